/* Measuring: a clock, a child of its own for each measurement, and what the parts of the table share. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "assessment/assessment.h"

#include <stddef.h>

enum { FIGURES = 6 };

/* Seconds on a clock that only goes on. */
double seconds_now(void);

/* Run `work` in a child process, so that its memory is its own: it fills in the figures. The peak of the
 * child's memory in MB is returned. The program ends where the child did not do it. */
double in_child(void (*work)(const void *what, double figures[FIGURES]), const void *what,
                double figures[FIGURES]);

/* Put numbers in order; the number that this share of them (0.5, 0.99, 1) does not exceed. */
double share_of(double *numbers, size_t count, double share);

/* The same numbers in each run. */
unsigned made_up(unsigned *state, unsigned below);

/* A form that has no faults, or the program ends. */
struct form *bench_form(const char *source, size_t length);
struct form *bench_read(const char *path);

/* Take one answer, a line of JSON, as session_do() would but for the disk. True where the rules called for
 * something besides. */
bool bench_take(struct assessment *a, const char *line, size_t length);

/* A heading; a figure held against what is aimed at (0: nothing is) on a line of its own. */
void heading(const char *text);
void aim(const char *what, double is, double most, const char *unit);
/* How many aims were missed. */
int aims_missed(void);

/* The parts. */
void bench_load(void);
void bench_answers(void);
void bench_screen(void);
void bench_record(void);
/* Of a made-up caseload (make caseload); NULL: not at all. */
void bench_review(const char *folder);
/* For peers/peers.mjs; the exit status. */
int bench_peer(int argc, char **argv);

#endif
