/* What a line of a record may look like, as a JSON Schema (draft-07); and a line of a script for `alongside
 * apply`, which is the same without what the chain gives to each line. Made from the table of events. */
#ifndef RECORD_EVENT_SCHEMA_H
#define RECORD_EVENT_SCHEMA_H

#include <jansson.h>

/* The caller's own. */
json_t *event_schema(void);

#endif
