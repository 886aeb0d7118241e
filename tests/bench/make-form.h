/* Made-up forms, for measuring. */
#ifndef BENCH_MAKE_FORM_H
#define BENCH_MAKE_FORM_H

#include <stddef.h>

/* `n` questions on a scale of 5, every fifth relevant by the one before, a sum over each twenty, in sections
 * of fifty. The caller frees the text. */
char *make_form(int n, size_t *length);

/* A repeat "entries" of up to 99 entries of MADE_QUESTIONS questions on a scale of 5 (q0 …, every fifth
 * relevant by the one before), their sum in each entry, and sums over all entries outside. */
enum { MADE_QUESTIONS = 10 };
char *make_repeat_form(size_t *length);

/* A question "county" of ten counties and a question "town" of `n` towns, shown by a choice_filter where they
 * lie in the county picked. */
char *make_filter_form(int n, size_t *length);

#endif
