/* The collection: what is known of all records that are looked over, each with its number.
 *
 * The same record may lie in two places (a copy, a folder saved elsewhere). It is counted once: the one with
 * more entries counts; of two that are as long, the one that was written to last, then the one whose path
 * comes first: which one came first does not matter. The other is a source like a broken one: no facts, and
 * its digest's `broken` says where the one that counts lies. Where that one is replaced or lies elsewhere by
 * now, they are held against each other anew.
 *
 * A record that is broken is never held against others: it has nothing to count. */
#ifndef REVIEW_COLLECTION_H
#define REVIEW_COLLECTION_H

#include "review/digest.h"

#include <stddef.h>

struct source {
    char *path;
    struct digest *digest;
    const struct facts *facts; /* NULL where broken, or left out */
};

struct collection;

struct collection *collection_new(void);
void collection_free(struct collection *collection);
/* One more. The path is copied, the digest taken over, the facts copied once for all records with that form.
 * `facts` is NULL where the record is broken. */
void collection_add(struct collection *collection, const char *path, struct digest *digest,
                    const struct facts *facts);
/* Number i was read again after somebody acted on it: another digest in the place of its own, which is freed.
 */
void collection_replace(struct collection *collection, size_t i, struct digest *digest,
                        const struct facts *facts);
size_t collection_count(const struct collection *collection);
/* In the order they came; a number stays with its path, and so does the address. NULL from the count on.
 * `digest` and `facts` of a source can be others after each collection_add() and collection_replace(): ask
 * for them anew, hold numbers. */
const struct source *collection_at(const struct collection *collection, size_t i);
/* How often one that was there became another, or counts no more: rows that were listed before are not to be
 * looked at until they are listed anew. One more at the end changes nothing of the others. */
size_t collection_changes(const struct collection *collection);
/* How many of them do not count: broken, or left out. */
size_t collection_broken(const struct collection *collection);

#endif
