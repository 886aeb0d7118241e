/* What the two see differently, as a list of it tells it: in which part each stands, how far it is apart, how
 * old it is. */
#ifndef SESSION_DIFFERENCES_H
#define SESSION_DIFFERENCES_H

#include "assessment/assessment.h"

/* The parts of the list, in their order. */
enum difference_part { DIFFERENCE_OPEN, DIFFERENCE_WAITING, DIFFERENCE_SETTLED, DIFFERENCE_PARTS };

/* In which part it stands; DIFFERENCE_PARTS for one that was taken back, which stands in none. */
enum difference_part difference_part(const struct disagreement *d);
/* “Open”, “Waiting”, “Settled”. */
const char *difference_part_title(enum difference_part part);
/* “2 steps apart”; "" where that says nothing. The caller frees it. */
char *difference_apart(const struct assessment *a, const struct disagreement *d);
/* “today”, “3 days, 2 sittings”: since it was opened, or from then until it was settled. The caller frees it.
 */
char *difference_age(const struct assessment *a, const struct disagreement *d);

/* “Pat Green wrote about it. Rae has not read it yet.”; "" where nothing waits to be read. The caller frees
 * it.
 */
char *difference_unread(const struct assessment *a, const struct disagreement *d, int language);

#endif
