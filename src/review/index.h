/* The index: the digests of a caseload's records, kept in its folder so that they need not be read again.
 *
 * It is only ever a cache. A digest is used where its record's file is the same by name, size, times and
 * number, and where what is kept is what this version of the program kept for just that: it has a hash over
 * all of it, or, in a sealed caseload, is sealed under the caseload's key and bound to all of it. Whatever is
 * in doubt is not used: the record is read. Whatever cannot be done is not done: no index, no complaint.
 *
 * The file is `.alongside-review.db` (SQLite), its owner's alone. Who writes to it holds SQLite's lock; who
 * cannot have it goes on without writing.
 *
 * All of it is for one thread at a time, but for index_kept() and index_digest(). */
#ifndef REVIEW_INDEX_H
#define REVIEW_INDEX_H

#include "review/digest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a file is known by. Times in nanoseconds since 1970. */
struct index_key {
    int64_t size, changed, touched; /* touched: the inode's own time, which nobody can set */
    uint64_t inode;
};
/* Of the file at that path, through a link; false where there is none, or it is no file. */
bool index_key_of(const char *path, struct index_key *key);
bool index_key_same(const struct index_key *a, const struct index_key *b);
/* Has it been left alone for two seconds, by this computer's clock? Another change within the same tick of
 * the file system's clock could not be seen, so what is younger is not kept. */
bool index_key_settled(const struct index_key *key);

/* What is kept of one record: to be released. */
struct index_kept {
    char *bytes;
    size_t length;
};
void index_kept_release(struct index_kept *kept);

struct index;

/* The index of a caseload's folder, made where there is none. NULL and a cause where there is to be none: the
 * folder is somebody else's, others can write into it, it lies on a file system that cannot be relied on, it
 * is locked, something else stands under the index's name. One that is of another version, damaged, or open
 * to others is taken away and made anew. */
struct index *index_open(const char *folder, char **cause);
/* Ends what was begun. NULL is fine. */
void index_close(struct index *index);

/* What is kept for a record's file of that name and key; false where there is nothing. */
bool index_find(struct index *index, const char *name, const struct index_key *key, struct index_kept *kept);
/* Keep this for it, and the facts that go with it (borrowed for the call). Some hundred are written at a
 * time. */
void index_put(struct index *index, const char *name, const struct index_key *key,
               const struct index_kept *kept, const struct facts *facts);
/* Take out what is kept of other files than these, whose names are in order. */
void index_keep_only(struct index *index, char *const *names, size_t count);

/* From a digest to what is kept of it; false where there is nothing that can be kept (the key is gone). From
 * any thread, as long as nobody opens, closes or wipes the keys. */
bool index_kept(const struct index *index, const char *name, const struct index_key *key,
                const struct digest *digest, struct index_kept *kept);
/* And back: NULL where it is in any doubt. The caller frees it; *facts are the index's, good until it is
 * closed. What `kept` holds is gone then. From any thread, as above. */
struct digest *index_digest(const struct index *index, const char *name, const struct index_key *key,
                            struct index_kept *kept, const struct facts **facts);

#endif
