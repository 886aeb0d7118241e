/* Gathering: from caseload folders and records' files to a collection of digests, by several threads.
 *
 * What the index of a folder has is taken from there (review/index), all else is read; every line of it
 * against its hash and the one before. It goes on by itself once begun: whoever gathers takes what is there,
 * whenever it likes, from its own thread. Records come in no certain order.
 *
 * While it runs, other threads read records and ask for keys. So whoever unlocks, or wipes the keys (the
 * lock), frees it first and begins anew afterwards: what was read is in the index by then. */
#ifndef REVIEW_GATHER_H
#define REVIEW_GATHER_H

#include "review/collection.h"

#include <stdbool.h>
#include <stddef.h>

enum { GATHER_MOST_THREADS = 8 };

struct gather_options {
    bool no_index; /* neither ask nor make one */
    int threads;   /* how many read; 0: as many as there are processors, at most GATHER_MOST_THREADS */
};

struct gather;

/* Begin. A path is a caseload's folder, or a record's file; what is named twice is gathered once. A folder
 * that is not there is an empty one, as elsewhere. NULL and a cause where one of them cannot be looked into,
 * or no thread can be had. `options` may be NULL. */
struct gather *gather_begin(const char *const *paths, size_t count, const struct gather_options *options,
                            char **cause);
/* Stop it, wait for the records in hand and for what the index has to write, and free it. NULL is fine. */
void gather_free(struct gather *gather);

/* Move what is there into the collection; how many that were. */
size_t gather_take(struct gather *gather, struct collection *collection);
/* Wait until there is something to take, or it is over, so long at most (-1: as long as it takes). Is there
 * something to take? */
bool gather_wait(struct gather *gather, int milliseconds);
/* A descriptor that can be read from while there is something to take, and when it is over: for poll(). It is
 * gather_take() that reads from it. */
int gather_fd(const struct gather *gather);
/* Is there more to come, or something to take? */
bool gather_running(struct gather *gather);
/* How many are gathered (taken or not), of how many; and how many of these came from an index. */
void gather_progress(struct gather *gather, size_t *done, size_t *total, size_t *from_index);
/* Gather no more: what is in hand is gathered still. Returns at once. */
void gather_stop(struct gather *gather);

#endif
