/* A record's file: every system call that makes, reads, locks, grows or cuts it, and nothing of what it says.
 *
 * What disk_append() returned RECORD_SAVED for is on the disk. A failed sync is never tried again on the same
 * file: a later success would say nothing about what was lost. */
#ifndef RECORD_DISK_H
#define RECORD_DISK_H

#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>

struct disk;

/* Make a new file of these bytes, locked, never over one that is there. The bytes, then the folder, are
 * synced. NULL and a cause where that fails; then nothing is left behind. */
struct disk *disk_create(const char *path, const char *bytes, size_t length, char **cause);
/* Open one; for writing: locked, and on a file system that keeps its word. */
struct disk *disk_open(const char *path, enum record_mode mode, char **cause);
/* NULL is fine. */
void disk_close(struct disk *disk);

/* The whole file, a NUL after it that *length does not count; the caller frees it. */
char *disk_read(struct disk *disk, size_t *length, char **cause);
/* Add these bytes in one write and sync them. RECORD_NOT_SAVED: the file is as it was. RECORD_UNSAFE: nobody
 * can tell what is in it, and nothing more is written to it. */
enum record_saved disk_append(struct disk *disk, const char *bytes, size_t length, char **cause);
/* Keep the bytes from `size` on in a new file beside it (.torn, .torn.1, …), unless an earlier try has `kept`
 * them, and only then cut them off. */
bool disk_set_aside(struct disk *disk, size_t size, bool kept, char **cause);
/* What the i-th such file (from 0) holds, its length in *length; NULL where there is none. The caller frees
 * it. */
char *disk_aside(struct disk *disk, int i, size_t *length);
/* Was the file taken away, replaced or changed by somebody else? (Known once an append was refused for it.)
 */
bool disk_astray(const struct disk *disk);

/* Is the file still what was last read from it or written to it, under its name? False and a cause if not. */
bool disk_unchanged(struct disk *disk, char **cause);

/* All of a small file of at most so many bytes: never through a link, never waiting for one that is no file.
 * NULL and a cause where it cannot be read, and errno is ENOENT where there is none. */
char *disk_read_small(const char *path, size_t most, size_t *length, char **cause);
/* All of the bytes, however many writes it takes; false, with errno, where that fails. */
bool disk_write_all(int fd, const char *bytes, size_t length);
/* Write a new file of these bytes anywhere, synced, and read it back from the disk to compare. */
bool disk_copy(const char *path, const char *bytes, size_t length, char **cause);

/* Put these bytes in the place of a file, or where there is none: written beside it ("PATH.new"), synced,
 * read back, renamed, the folder synced. False and a cause where that fails: then the old one is there as it
 * was, or the new one as a whole. */
bool disk_replace(const char *path, const char *bytes, size_t length, char **cause);
bool disk_sync_folder(const char *folder, char **cause);

/* Why a record cannot be written on a file system of this kind (statfs(2)'s f_type); NULL where it can. */
const char *disk_refusal(unsigned long kind);
/* Who else holds the file's lock, "another Alongside (process 1234)" or, where that cannot be told, "another
 * program"; NULL for nobody. The caller frees it. */
char *disk_holder(const struct disk *disk);

#endif
