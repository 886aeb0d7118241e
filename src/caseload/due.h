/* Reviews that are due: each person's own interval and the day that was chosen together, as told at the close
 * of a sitting (assessment/topics.h). Nothing closes or changes because a day goes by; it is only told. */
#ifndef CASELOAD_DUE_H
#define CASELOAD_DUE_H

#include "assessment/assessment.h"
#include "caseload/caseload.h"

/* A review to come, or that should have been. */
struct due {
    const struct caseload_entry *entry; /* the assessment to look back at: the last one of its chain */
    int day;
    int weeks;        /* the interval chosen for this person; 0: none */
    const char *kind; /* "formal", "informal"; "": nobody has said */
};

/* All of a caseload, the earliest first. A review is held when an assessment follows that is mostly one for
 * reviews, or, where it is an informal one, when they sit again on its day or later; the interval goes
 * on from there. Where the work has stopped for now nothing is due. The caller frees the array; what it
 * points to is the caseload's. */
struct due *caseload_due(const struct caseload *caseload, size_t *count);

/* Is a review of this one due, today or since some day? */
bool caseload_is_due(const struct caseload *caseload, const struct caseload_entry *entry);

/* For caseload.c: what most of a form's questions are for; what an assessment says of its reviews. */
enum cycle_stage form_stage(const struct form *form);
void review_read(struct review *review, const struct assessment *a);
void review_release(struct review *review);

#endif
