/* What depends on what: from "this reads those" to the other way round, an order, and circles. */
#ifndef FORM_DEPEND_H
#define FORM_DEPEND_H

#include "form/arena.h"

#include <stdbool.h>

/* Thing i reads reads[start[i] .. start[i + 1]), each of them from 0 to count - 1. */
struct reads {
    int count;
    const int *reads, *start;
};

struct depend {
    const int *dependents,
        *dependent_start; /* who reads i: the same the other way round, in order of number */
    const int *rank;      /* a permutation: each after all it reads */
};

/* Fill in *depend, allocated in the arena. False where there are circles: each of the first few is told to
 * `circle` as members[0 .. length), each reading the next and the last the first, beginning with the lowest
 * number. */
bool depend_build(const struct reads *reads, struct arena *arena, struct depend *depend,
                  void (*circle)(void *context, const int *members, int length), void *context);

#endif
