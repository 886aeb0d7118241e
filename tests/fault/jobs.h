/* What the player and the jobs know of each other. */
#ifndef TESTS_FAULT_JOBS_H
#define TESTS_FAULT_JOBS_H

#include "play.h"
#include "record/key_file.h"

#include <stddef.h>

enum { MOST_ARGUMENTS = 10 };

struct ended {
    int status, signal;
    bool killed; /* as was asked for */
    char *out, *err;
    long begun; /* writes to a record */
};

struct job {
    const char *name;
    const char *state;                     /* the folder that it starts from, or NULL: nothing at all */
    const char *arguments[MOST_ARGUMENTS]; /* @NAME: that place; !NAME: a job of the player's */
    void (*prepare)(void);
    /* What does not hold, or NULL. It may go on in the folder, with nothing going wrong. */
    char *(*check)(const struct job *job, const struct wrong *wrong, const struct ended *ended);
    bool slow; /* it works out a receipt, which takes a moment */
};

extern const struct job jobs[], sealed_jobs[], protect_jobs[]; /* end with a NULL name */

/* "folder/NAME", valid for a while. */
const char *place(const char *name);
char *file_bytes(const char *path, size_t *length); /* NULL where there is none */
void file_write(const char *path, const char *bytes, size_t length);
void folder_empty(const char *folder);
void folder_copy(const char *from, const char *to);

struct ended job_run(const struct job *job, const struct wrong *wrong);
/* Run it with nothing going wrong. What it said where it does not end in `status`, else NULL. */
char *job_must(const struct job *job, int status);
void ended_release(struct ended *ended);

/* Make the states; why not, or NULL. */
const char *jobs_begin(void);
const char *jobs_sealed_begin(void);
const char *jobs_protect_begin(void);

/* ---- what the jobs of sealed records share ---- */

#define THE_RECORD "work/caseload/01FAULT0000000000000000000.jsonl"
#define PASSPHRASE "six words or some other ones"
#define CODE "a code of 20 bytes."
enum { CODE_BYTES = sizeof CODE };

/* Is one of the words that were said in any file of the caseload? */
char *check_no_words(void);
/* The record, what was typed and what was set aside are as they were, and can be read. */
char *check_whole(void);
/* Give the caseload a key file: the player's key, under PASSPHRASE and CODE; it is in the ring. */
void put_key(enum key_state state);

#endif
