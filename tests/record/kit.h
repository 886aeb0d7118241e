/* What the tests of the record share: a folder of their own, small events, files as bytes. */
#ifndef TESTS_RECORD_KIT_H
#define TESTS_RECORD_KIT_H

#include "record/key_file.h"
#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>

/* A path in this program's own folder, which goes when the program ends. Valid for good. */
const char *kit_path(const char *name);
/* Take everything out of that folder. */
void kit_empty(void);

char *kit_read(const char *path, size_t *length);
void kit_write(const char *path, const char *bytes, size_t length);
bool kit_exists(const char *path);

/* A key file in that folder, with nothing in its slots (a passphrase takes its time); the key is unlocked,
 * and records made from now on are sealed. Its id. */
const char *kit_protect(enum key_state state);

/* An empty folder; `sealed`: with a new key file in it, and its key the only one that is unlocked. */
void kit_begin(bool sealed);
/* What a crash can leave at the end of a record of three lines, which keeps them so. */
const char *kit_torn(bool sealed);
/* Put that at the end of a file. */
void kit_tear(const char *path, bool sealed);
/* Is any file in that folder, but the key file, readable without a key: the name of the first that is, or
 * NULL. Valid until the next call. */
const char *kit_lies_open(void);

/* From now on this process gets so many bytes of memory more, and not one besides: for a child. */
void kit_leave_memory(size_t more);

/* Is this one of a sweep to be left out? None is; under valgrind, where each takes fifty times as long, all
 * but every $KIT_STRIDEth. */
bool kit_left_out(size_t i);

/* Objects for record_create() and record_append(): the caller has the reference. */
json_t *kit_opened(void);
json_t *kit_note(int n); /* a note that says "note N" */
/* A new record at kit_path("r"), and that one opened again; the test fails where that cannot be done. */
struct record *kit_create(void);
struct record *kit_reopen(enum record_mode mode);
/* Append note N. */
enum record_saved kit_append(struct record *record, int n, char **cause);
/* How often the record has note N. */
int kit_notes(const struct record *record, int n);
/* Make a record with notes 1 to `notes` and close it. */
void kit_sample(const char *path, int notes);
/* "PATH.torn", "PATH.torn.1", …: is one of them these bytes? */
bool kit_is_set_aside(const char *path, const char *bytes, size_t length);

#endif
