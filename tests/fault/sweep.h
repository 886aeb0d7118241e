/* Sweeps: all jobs with one fault after the other. */
#ifndef TESTS_FAULT_SWEEP_H
#define TESTS_FAULT_SWEEP_H

#include "play.h"

#include <stddef.h>

struct sweep {
    const char *name;
    void (*test)(void **state); /* *state is the job */
};

/* The tests "SWEEP, JOB", for each of both; argv[1]: those alone that have this in their name. `sweeps` ends
 * with a NULL name. What a test program is to end with. */
int sweep_main(int argc, char **argv, const struct sweep sweeps[]);

/* Fail where something does not hold. */
void sweep_must(char *said);
/* How many calls there are where nothing fails. */
struct fault_told sweep_calls(const struct job *job);
/* Play the job with each of these ways of going wrong, at each call, or each of so many. */
void sweep_ways(const struct job *job, const struct wrong ways[], size_t count);
/* Which nth of `calls` to try, so that about `most` of them are. FAULTS=all: each. */
long sweep_step(const struct job *job, long calls, long most);

#endif
