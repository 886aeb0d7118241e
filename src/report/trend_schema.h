/* What “alongside trend --format json” may look like, as a JSON Schema (draft-07). */
#ifndef REPORT_TREND_SCHEMA_H
#define REPORT_TREND_SCHEMA_H

#include <jansson.h>

/* The caller's own. */
json_t *trend_schema(void);

#endif
