/* Real jobs, played by the real program with the shim before it, and what must hold after each. */
#ifndef TESTS_FAULT_PLAY_H
#define TESTS_FAULT_PLAY_H

#include "shim.h"

#include <stdbool.h>

/* What is to go wrong: FAULT_… of shim.h. */
struct wrong {
    char kind;
    long nth;
    int error;
    bool on, done;
    const char *amount; /* "half", "one" */
    long end;
    const char *power;
};

struct job;
const struct job *play_nth(int i); /* from 0; NULL past the last */
const struct job *play_job(const char *name);
const char *play_name(const struct job *job);
bool play_is_slow(const struct job *job);

/* Begin and end the whole: a folder of its own, and the records that jobs start from. play_begin() says why
 * it cannot be done here; NULL where it can. */
const char *play_begin(void);
void play_end(void);

/* Play a job with that fault, from the beginning, and look. NULL where all holds, else what does not, the
 * caller's to free. */
char *play(const struct job *job, const struct wrong *wrong);
/* What the shim told of the last play. */
const struct fault_told *play_told(void);
/* Was the program killed in it? */
bool play_was_killed(void);

/* With the nth call of a kind failing, for each `step`th n; ending it before each `step`th call of all. Both
 * stop at what does not hold, and say so; the caller frees it. */
char *play_each(const struct job *job, struct wrong wrong, long step);
char *play_each_end(const struct job *job, const char *power, long step);
/* How many faults came to pass since the last time this was asked. */
long play_count(void);

#endif
