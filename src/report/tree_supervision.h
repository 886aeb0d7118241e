/* What a supervisor wrote and signed, what was learned, and who leads, in the export tree. */
#ifndef REPORT_TREE_SUPERVISION_H
#define REPORT_TREE_SUPERVISION_H

#include "assessment/assessment.h"

/* The caller owns each. Who leads now; all who did, in their order; comments; reflections or lessons;
 * countersignatures. */
json_t *tree_lead(const struct assessment *a);
json_t *tree_leads(const struct assessment *a);
json_t *tree_comments(const struct assessment *a);
json_t *tree_learned(const struct assessment *a, enum event_kind kind);
json_t *tree_countersignatures(const struct assessment *a);

#endif
