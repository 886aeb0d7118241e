/* The supervisor's browser: rows over many records, and what they come to. It is one program with the split
 * screen: the same canvas, keys, help, lock; only that no record is open in it. */
#ifndef SCREEN_REVIEW_H
#define SCREEN_REVIEW_H

#include "review/reading.h"
#include "screen/app.h"

#include <stdbool.h>
#include <stddef.h>

/* What is shown first; each may be NULL, for what is usual. */
struct review_start {
    const char *folder; /* the caseload whose settings hold, and whose lock it is */
    const char *table, *filter, *sort, *group, *columns;
};

/* Show it on this process's terminal until they leave. `reading` is NULL where all has been read. Exit
 * status: 0; -1 and a cause where the screen cannot be shown here, or what is to be shown first is not to be
 * had. */
int screen_review(struct collection *collection, const struct review_reading *reading,
                  const struct review_start *start, char **cause);

/* The same in steps, for tests: NULL and a cause where it cannot begin. */
struct app *review_begin(struct collection *collection, const struct review_reading *reading,
                         const struct review_start *start, struct term *term, char **cause);
void review_end(struct app *app);

#endif
