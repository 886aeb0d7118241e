/* What “alongside review --format json” may look like, as a JSON Schema (draft-07). */
#ifndef REPORT_REVIEW_SCHEMA_H
#define REPORT_REVIEW_SCHEMA_H

#include <jansson.h>

/* The caller's own. */
json_t *review_schema(void);

#endif
