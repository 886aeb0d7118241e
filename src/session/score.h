/* What a section comes to: its score as each of the two has it, and as agreed; and how much it rests on.
 * Never a sum across the two people. */
#ifndef SESSION_SCORE_H
#define SESSION_SCORE_H

#include "assessment/assessment.h"

#include <jansson.h>

/* What a calculation rests on, as PRACTITIONER, SERVICE_USER or TOGETHER (what is agreed) has it. */
struct basis score_basis(const struct assessment *a, int item, enum who view);
/* Its value; NULL where there is none to tell: where it is not asked for, nothing that it rests on is
 * answered, or not all of it may be seen yet. */
const struct value *score_told(const struct assessment *a, int item, enum who view);
/* That value in words, a number with two digits after the point at most; "" where there is none to
 * tell. The caller frees it. */
char *score_value_words(const struct assessment *a, int item, enum who view);
/* "2 of 7 not answered yet"; "" where all is, or nothing is to be. The caller frees it. */
char *score_gap_words(const struct assessment *a, int item, enum who view);

/* Is there a value to tell, in any of the three views? */
bool score_is_told(const struct assessment *a, int item);

/* How a bar is drawn; NULL for none. */
struct score_bar {
    const char *full, *empty;
    int columns;
};
/* A section's score in one line without the name: "#####----- 5 of 15, Some. 2 of 7 not answered yet". The
 * section has one, and it is shown (assessment_shown()). The caller frees it. */
char *score_words(const struct assessment *a, const struct score *score, enum who view, enum who reader,
                  int language, const struct score_bar *bar);
/* The band its value is in, or NULL. */
const struct wording *score_band_of(const struct assessment *a, const struct score *score, enum who view);

#endif
