/* A record: one assessment's file, a line of JSON for each event, only ever appended to
 * (alongside-record(5)).
 *
 * Nothing above this folder knows that there is a file. What record_append() returned RECORD_SAVED for is on
 * the disk. */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "record/event.h"

#include <stdbool.h>
#include <stddef.h>

/* The most bytes of a line; of one that holds a form (`opened`, `upgraded`). */
enum { RECORD_MOST_LINE = 64 * 1024, RECORD_MOST_FORM_LINE = 5 * 1024 * 1024 };
enum { RECORD_HASH_TEXT = 65, RECORD_ID_TEXT = 27 };

struct record;
struct frame;
struct spare;

enum record_mode {
    RECORD_READ,  /* no lock, nothing on the disk changes */
    RECORD_WRITE, /* the one writer; a torn tail is set aside and a `recovered` event says so */
};

enum record_saved {
    RECORD_SAVED,     /* on the disk */
    RECORD_NOT_SAVED, /* refused, or no room: the record is as it was before the call */
    RECORD_UNSAFE, /* the sync failed: this event and all later ones are in memory only, until record_rescue()
                    */
};

/* A new record's id: 26 characters (a ULID: time, then 80 random bits). */
void record_new_id(char id[RECORD_ID_TEXT]);

/* Make a new file for it, never over one that is there, with `opened` (without seq, prev, at) as its first
 * line, synced, its folder too. It is sealed where its folder's records are (record/key_file.h). NULL and a
 * cause where that fails; then nothing is left behind. `opened` is borrowed. */
struct record *record_create(const char *path, json_t *opened, char **cause);
/* Open one. NULL and a cause where it is no record, is of a newer major format, is sealed and its key is not
 * unlocked (record/keyring.h), has a writer already, or lies on a network or removable file system
 * (RECORD_WRITE only). A damaged one opens for reading: see
 * record_damage(). */
struct record *record_open(const char *path, enum record_mode mode, char **cause);
/* The same, for reading one of many: what it has in common with those before is not parsed again, and is
 * shared with them (record/spare.h). */
struct record *record_open_spared(const char *path, struct spare *spare, char **cause);
/* The same from the text itself, for reading (an export's check, a fuzzer). */
struct record *record_from_text(const char *text, size_t length, char **cause);
/* One that lies nowhere: it is added to like any other, and gone when it is closed. */
struct record *record_in_memory(json_t *opened, char **cause);
bool record_is_in_memory(const struct record *record);
void record_close(struct record *record);

const char *record_path(const struct record *record);
/* The id in the first line. */
const char *record_id(const struct record *record);
/* The hash of the last sound line, in hex. */
const char *record_head(const struct record *record);
/* The hash of line `lines` (from 1): the head when it was the last. */
const char *record_head_after(const struct record *record, size_t lines);
/* How its lines are kept, open or sealed (record/frame.h). */
const struct frame *record_frame(const struct record *record);
/* How many sound lines; event i (from 0) of them. */
size_t record_count(const struct record *record);
const struct event *record_event(const struct record *record, size_t i);

/* NULL where every line is sound; else what is wrong from line record_count() + 1 on: "line 7: its hash does
 * not match", and so on. Such a record is read-only. */
const char *record_damage(const struct record *record);
/* NULL, or why it can only be read: "it is open in another Alongside (process 1234)", and so on. */
const char *record_read_only(const struct record *record);
/* How many bytes at the end are a line that was not finished (RECORD_READ), or were set aside when it was
 * opened. */
size_t record_torn(const struct record *record);

/* Append an event: `object` (borrowed) without seq, prev, at, hash. On RECORD_SAVED and RECORD_UNSAFE the
 * event is the record's last one; a cause says why it is not RECORD_SAVED. */
enum record_saved record_append(struct record *record, json_t *object, char **cause);
/* Did a sync fail, so that what came since is in memory only? */
bool record_unsafe(const struct record *record);
/* Write all of it, what is in memory only included, to a new file at `path`, synced and read back. If the old
 * file can no longer be written to (a failed sync, or somebody took it away or changed it) and the new one
 * lies where a record may live, the record goes on there: record_path() is `path`, and it is safe again. A
 * sealed record stays sealed, and its key file goes along. */
bool record_rescue(struct record *record, const char *path, char **cause);

#endif
