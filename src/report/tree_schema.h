/* What an export may look like, as a JSON Schema (draft-07). */
#ifndef REPORT_TREE_SCHEMA_H
#define REPORT_TREE_SCHEMA_H

#include <jansson.h>

/* The caller's own. */
json_t *tree_schema(void);

#endif
