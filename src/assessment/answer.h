/* One answer: what it may be, how two of them compare, and how it reads.
 *
 * An answer's value is a JSON value as the record holds it: text, date and select_one a string; integer,
 * decimal and range a number; select_multiple an array of strings; acknowledge true. */
#ifndef ASSESSMENT_ANSWER_H
#define ASSESSMENT_ANSWER_H

#include "assessment/assessment.h"

#include <jansson.h>
#include <stdbool.h>

/* Is the value of the question's type, within its bounds, one of its choices? (Its constraint and
 * choice_filter need the other answers: see assessment_allows().) */
bool answer_fits(const struct question *q, const json_t *value, char **cause);

/* How far two answers lie apart: numbers and ranges by their difference, dates in days, select_multiple by
 * how many choices are in one and not in the other; all else 0 for the same and 1 for different (texts
 * without the blanks around them). */
double answer_gap(const struct question *q, const json_t *a, const json_t *b);
/* No gap at all. */
bool answer_same(const struct question *q, const json_t *a, const json_t *b);
/* A gap of more than the question's tolerance. */
bool answer_differs(const struct question *q, const json_t *a, const json_t *b);
/* Its place on a line (numbers, ranges, dates in days); false for answers that have no order. */
bool answer_place(const struct question *q, const json_t *value, double *place);

/* What it is to an expression; the caller releases it. */
struct value answer_value(const struct question *q, const json_t *value);
/* An answer to an item as people read it: a choice's label, a number with what its scale calls it ("4: Mostly
 * OK"), a text as it is. The caller frees it. */
char *answer_words(const struct assessment *a, int item, const json_t *value, enum who reader, int language);
/* The same with the question that the path named when the event of that number was written; a value of
 * another kind is told as it is. */
char *answer_words_then(const struct assessment *a, const char *path, long seq, const json_t *value,
                        enum who reader, int language);
/* The same, short: "4" rather than "4: Mostly OK". */
char *answer_brief(const struct assessment *a, int item, const json_t *value, enum who reader, int language);
/* A number as people write it: no more digits than it needs. */
char *number_words(double number);

#endif
