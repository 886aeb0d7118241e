/* One answer: what it may be, how two of them compare, and how it reads.
 *
 * An answer's value is a JSON value as the record holds it: text, date ("2026-11-30"), time ("14:30"),
 * date_time ("2026-11-30T14:30") and select_one a string; integer, decimal and range a number;
 * select_multiple and rank (first first) an array of strings; acknowledge true. A choice that asks for words
 * is "name:words". */
#ifndef ASSESSMENT_ANSWER_H
#define ASSESSMENT_ANSWER_H

#include "assessment/assessment.h"

#include <jansson.h>
#include <stdbool.h>

/* Is the value of the question's type, within its bounds, one of its choices? (Its constraint and
 * choice_filter need the other answers: see assessment_allows().) */
bool answer_fits(const struct question *q, const json_t *value, char **cause);

/* How far two answers lie apart: numbers and ranges by their difference, dates in days, times in minutes,
 * dates with a time in days and parts of one, select_multiple by how many choices they differ in, rank by how
 * many places the choices have to go up to get from one order to the other (half the sum of all ways; what is
 * in one order only stands behind the last of the other); all else 0 for the same and 1 for different (texts,
 * and a choice's words, without the blanks around them). */
double answer_gap(const struct question *q, const json_t *a, const json_t *b);
/* Between decimals there may be a gap that nobody made: 0.1 + 0.2 is not quite 0.3 here. Within this it is
 * none.
 */
#define ANSWER_HAIR 1e-9
/* No gap at all. */
bool answer_same(const struct question *q, const json_t *a, const json_t *b);
/* A gap of more than the question's tolerance. */
bool answer_differs(const struct question *q, const json_t *a, const json_t *b);
/* Its place on a line (numbers, ranges; dates, with a time or without, in days; times in minutes); false for
 * answers that have no order. */
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
/* The same, short: "4" rather than "4: Mostly OK", "Home, Work" rather than "1 Home, 2 Work". */
char *answer_brief(const struct assessment *a, int item, const json_t *value, enum who reader, int language);
/* The choice that a member of an answer names; NULL for none. */
const struct choice *answer_choice(const struct question *q, const json_t *member);
/* A number as people write it: no more digits than it needs. */
char *number_words(double number);

#endif
