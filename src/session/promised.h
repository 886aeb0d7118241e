/* Promises in words: the same on the screen, in line mode and on paper. All strings are the caller's. */
#ifndef SESSION_PROMISED_H
#define SESSION_PROMISED_H

#include "assessment/promises.h"

/* What both say became of it, who sits left first: "Rae: kept. Sam: not kept." "" where neither has said. */
char *promised_standing(const struct assessment *a, const struct promise *promise, int language);
/* By when, and whether that day is over: "By 3 December 2026", "By 3 December 2026. That day is over"; "" for
 * no day. */
char *promised_due(const struct promise *promise);
/* What a party has promised that is overdue, to be shown to both: "Rae promised: “Call the housing office”,
 * by 3 November 2026. That day is over." "" where nothing is. */
char *promised_overdue(const struct assessment *a, enum who party, int language);

#endif
