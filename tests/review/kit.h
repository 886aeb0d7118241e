/* Comparing figures. */
#ifndef TESTS_REVIEW_KIT_H
#define TESTS_REVIEW_KIT_H

#include "review/statistics.h"

/* Does the value read as printed, rounded to as many digits? NULL: not printed; "-": it has to be missing.
 * Half a unit of the last digit is let be. */
void reads(const char *what, double value, const char *printed);
/* Are two the same, but for `within`? Missing on both sides is the same. */
void near(const char *what, double value, double wanted, double within);
/* The same in all, but for rounding. */
void same_figure(const char *what, struct figure a, struct figure b);

/* All coefficients of a table of at most MOST answers, in a fixed order: percent, then kappa, AC and alpha
 * without weights, which know of no order of the answers; then kappa (4, 5) and AC (6, 7) with linear and
 * quadratic ones, and alpha ordinal (8) and interval (9). */
enum { MOST = 6, NOMINAL_ONES = 4, ALL_OF_THEM = 10 };
void coefficients(const int64_t *table, int k, struct figure figures[ALL_OF_THEM]);

#endif
