/* Promises: what each will do, by when, and what both say became of it. */
#ifndef ASSESSMENT_PROMISES_H
#define ASSESSMENT_PROMISES_H

#include "assessment/assessment.h"

enum promise_kept { PROMISE_NOT_SAID, PROMISE_KEPT, PROMISE_NOT_KEPT };

struct promise {
    long seq;
    enum who by;
    const char *text, *by_when;      /* by_when: "YYYY-MM-DD" or NULL */
    int item;                        /* the question it is about, or -1 */
    enum promise_kept kept[PARTIES]; /* as each says; a promise is settled when both have said */
    bool overdue;                    /* its day is over, and neither says that it was kept */
};

/* Those that were not taken back, in the order in which they were made; overdue as of today (base/date's
 * clock). The caller frees the array; its texts are the assessment's. */
struct promise *assessment_promises(const struct assessment *a, size_t *count);

#endif
