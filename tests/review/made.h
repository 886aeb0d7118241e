/* Collections made by hand, record by record, in a few words a line. */
#ifndef TESTS_REVIEW_MADE_H
#define TESTS_REVIEW_MADE_H

#include "review/figures.h"

/* The form of made_add(): part Home (home, safe), part Money (money) on a ladder of 1 to 5, pay (yes, no),
 * and part Many (q1 to q30, the same ladder). */

/* A new record with the case's reference, in the collection. Each line of the script is one of
 *
 *     @2026-01-05T10:00:00Z     the clock stands there from now on
 *     +90                       so many seconds later
 *     P home 4 [reason]         the practitioner answers; S: the service user; a word in a list
 *     P home ?                  does not say
 *     = d1                      both confirm what lies on the table
 *     ! d1 both_stand           the practitioner puts that forward, and both confirm
 *     {…}                       an intent, as in a record
 *
 * What is refused fails the test with the reason. */
void made_add(struct collection *collection, const char *ref, const char *script);

/* What a figure's line says: of the first line whose label is this; and how many rows its filter opens. The
 * caller frees it; the test fails where there is no such line. */
char *made_line(const struct scope *scope, const char *figure, const char *label);
/* Each line of each figure, and each flag, opens as many rows as it counts. How many lines there were. */
size_t made_lines_open(const struct scope *scope);
/* How many rows a filter takes; -1 and a line on standard error where it is none. */
long made_rows(const struct collection *collection, const struct table *table, const char *filter);

#endif
