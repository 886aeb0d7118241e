/* Comparing figures. */
#ifndef TESTS_REVIEW_KIT_H
#define TESTS_REVIEW_KIT_H

/* Does the value read as printed, rounded to as many digits? NULL: not printed; "-": it has to be missing.
 * Half a unit of the last digit is let be. */
void reads(const char *what, double value, const char *printed);
/* Are two the same, but for `within`? Missing on both sides is the same. */
void near(const char *what, double value, double wanted, double within);

#endif
