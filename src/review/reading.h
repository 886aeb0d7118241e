/* Reading while one looks: what whoever looks asks of whoever reads, and a gathering (review/gather) that can
 * be held and gone on with, as the lock wants it. */
#ifndef REVIEW_READING_H
#define REVIEW_READING_H

#include "review/gather.h"

#include <stdbool.h>
#include <stddef.h>

/* Where records are still being read while they are looked over: what is asked of whoever reads
 * them. All is called from one thread, that of who looks. */
struct review_reading {
    void *reader; /* given to each */
    /* Can be read from when there is something to take. -1: never. */
    int (*fd)(void *reader);
    /* Move what is there into the collection: how many. */
    size_t (*take)(void *reader, struct collection *collection);
    void (*progress)(void *reader, size_t *done, size_t *total);
    bool (*running)(void *reader);
    /* For good; what was read stays. */
    void (*stop)(void *reader);
    /* No key is used once pause() has come back; resume() goes on with what is still to be read. */
    void (*pause)(void *reader);
    void (*resume)(void *reader);
};

struct review_gather;

/* Begin, as gather_begin(), into a collection that is used as long as this. `paths` and `options` are copied.
 */
struct review_gather *review_gather_begin(const char *const *paths, size_t count,
                                          const struct gather_options *options, struct collection *collection,
                                          char **cause);
void review_gather_free(struct review_gather *reading);
/* Its own. */
const struct review_reading *review_gather_reading(const struct review_gather *reading);

#endif
