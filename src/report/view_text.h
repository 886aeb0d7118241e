/* One person's view of a question, on paper: the answer, the reason, how they know. */
#ifndef REPORT_VIEW_TEXT_H
#define REPORT_VIEW_TEXT_H

#include "report/page.h"

/* The answer with its reason; `who` is one of the two, or TOGETHER. There is one. */
void cell_add_answer(struct cell *cell, const struct assessment *a, int question, enum who who);
/* What they said last time, where anything was said. */
void cell_add_last(struct cell *cell, const struct assessment *a, int question, enum who who);
/* One of the two: the answer, or that there is none, or that it is not shown yet. */
void cell_add_view(struct cell *cell, const struct assessment *a, int question, enum who who);

#endif
