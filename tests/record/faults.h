/* System calls that fail, fall short, or are the process's last (linked with -Wl,--wrap). */
#ifndef TESTS_RECORD_FAULTS_H
#define TESTS_RECORD_FAULTS_H

#include <stdbool.h>

/* A call's letter: Write, Data sync, file or folder Sync, Truncate, Open, Pread, fstAtat (at its name),
 * Unlink, Link, Rename. */
#define FAULT_CALLS "wdstopaulr"

struct fault {
    char call; /* a letter, or 0 for any */
    int nth;   /* from 1 */
    int error; /* errno; 0: a write takes half of what it is given, a pread changes a byte, fstatfs finds NFS
                */
    bool all;  /* and from then on always */
};

enum crash { CRASH_NONE, CRASH_BEFORE, CRASH_HALFWAY, CRASH_AFTER };

/* Begin counting and fail as told; stop, and say whether it came to that. */
void faults_begin(struct fault fault);
bool faults_end(void);
/* The same, each write falling short besides. */
void faults_short_then(struct fault fault);
/* Begin counting, and kill the process at the nth call. With `power`, what was not synced is lost first. */
void faults_crash(int nth, enum crash when, bool power);
/* The letters of the calls since faults_begin(). */
const char *faults_trace(void);

#endif
