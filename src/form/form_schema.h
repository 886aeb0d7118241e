/* What a form may look like, as a JSON Schema (draft-07): for editors that speak YAML, and for other
 * programs.
 *
 * It is made from the tables of keys (form/load.h), so a new key is in it as soon as it is a row there. It
 * tells shapes: which keys stand where and what kind of value each takes. Names that lead nowhere,
 * expressions and sums are for form_load() to find. */
#ifndef FORM_FORM_SCHEMA_H
#define FORM_FORM_SCHEMA_H

#include <jansson.h>

/* The caller's own. */
json_t *form_schema(void);
/* The same for a list of services (form/services.h). */
json_t *services_schema(void);

#endif
