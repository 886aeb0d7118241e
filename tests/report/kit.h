/* What the tests of reports share: a folder of their own, one rich form, and one story told in it. */
#ifndef TESTS_REPORT_KIT_H
#define TESTS_REPORT_KIT_H

#include "session/session.h"

#include <stddef.h>
#include <time.h>

/* A path in this program's own folder, which goes when the program ends. The caller frees it. */
char *kit_path(const char *name);

/* A new record there, with the form below; the clock stands still at 2026-11-21 10:00 UTC. */
struct session *kit_begin(const char *name);
/* The same with a form of one's own. */
struct session *kit_begin_with(const char *name, const char *yaml, size_t length);
/* Do what a JSON object says, its quotes written as ' for ease; the clock goes on by a minute. Fails the test
 * where it is refused. */
void kit_do(struct session *s, const char *intent);
/* A record in which everything there is has happened. */
struct session *kit_story(const char *name);
/* A record of lists that the two fill themselves: moved, taken out, one within another, cards. */
struct session *kit_lists(const char *name);
/* Texts that a careless writer would not get back. NULL ends them. */
extern const char *const kit_nasty[];

/* What a writer of reports writes. The caller frees it. */
char *kit_written(const struct session *s, bool (*write)(const struct session *, FILE *, char **));
char *kit_read(const char *path, size_t *length);
void kit_write(const char *path, const char *bytes, size_t length);

/* Write to `to` the record at `from` with the text `old` in line `line` replaced by `new` (NULL: without that
 * line; line 0: nothing), and, if `forged`, all numbers and hashes made anew, as somebody who knows the
 * format would. */
void kit_forge(const char *from, const char *to, size_t line, const char *old, const char *new, bool forged);

/* The member of an array of objects whose `key` is `value`; NULL. */
json_t *kit_member(const json_t *array, const char *key, const char *value);
/* A question of an export tree. */
json_t *kit_question(const json_t *tree, const char *name);

#endif
