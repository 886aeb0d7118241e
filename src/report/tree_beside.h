/* What stands beside the answers in the export tree: what happened, what was promised, what was passed on,
 * when the work stopped and went on. report/tree.h says what holds for all of it. */
#ifndef REPORT_TREE_BESIDE_H
#define REPORT_TREE_BESIDE_H

#include "assessment/assessment.h"

/* The caller owns what they return. */
json_t *tree_happenings(const struct assessment *a);
json_t *tree_promises(const struct assessment *a);
/* Notes, statements, other ways to see it: all of one kind that hold words. */
json_t *tree_said(const struct assessment *a, enum event_kind kind);
json_t *tree_offers(const struct assessment *a);
/* About a question; what is said back in a talk is one of its turns. */
json_t *tree_said_back(const struct assessment *a);
/* The events of a kind that are about event `seq`: who, when and in which words. */
json_t *tree_about(const struct assessment *a, long seq, enum event_kind kind);
json_t *tree_shared(const struct assessment *a);
json_t *tree_episodes(const struct assessment *a);
json_t *tree_attendance(const struct assessment *a);

#endif
