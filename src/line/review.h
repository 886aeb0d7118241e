/* Many records looked over in line mode: the same power as the browser, by typed words. */
#ifndef LINE_REVIEW_H
#define LINE_REVIEW_H

#include "review/reading.h"

#include <stdio.h>

/* What is shown first; each may be NULL, for what is usual. */
struct line_review_start {
    const char *table, *filter, *sort, *group, *columns;
};

/* Until they leave, the input ends, or a signal comes. `reading` is NULL where all has been read; else what
 * has come in is taken each time that a page is told, so that a row keeps its number until then. The
 * collection stays the caller's; a record that somebody acts on is read anew in it. Exit status: 0, or 2 and
 * a cause where what is to be shown first is not to be had. */
int line_review(struct collection *collection, const struct review_reading *reading,
                const struct line_review_start *start, FILE *in, FILE *out, char **cause);

#endif
