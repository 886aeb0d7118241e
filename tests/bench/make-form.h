/* A made-up form of any size, for measuring. */
#ifndef BENCH_MAKE_FORM_H
#define BENCH_MAKE_FORM_H

#include <stddef.h>

/* A form of n questions q0, q1 … in sections of fifty: each fifth is asked only after the one before it has
 * an answer above 2, and after each twenty their sum is worked out (sum0, sum1 …). The caller frees it. */
char *make_form(int n, size_t *length);

#endif
