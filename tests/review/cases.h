/* A caseload for tests of the review: the records that the stories of tests/stories tell, in a folder that
 * goes when the program ends. */
#ifndef TESTS_REVIEW_CASES_H
#define TESTS_REVIEW_CASES_H

#include "review/collection.h"

#include <stdbool.h>
#include <stddef.h>

/* Make the folder anew with the records of these stories (a list ended by NULL; NULL: of all), each under its
 * story's name. The first's first entry is of noon on 2026-11-21, each next a minute later. */
const char *cases_begin(const char *const *stories);
/* A path in it; the caller frees it. */
char *cases_path(const char *name);
/* How many records it had when it was made, and the i-th's file's name. */
size_t cases_count(void);
const char *cases_name(size_t i);

/* A record's text: its form's source, and its entries as a story has them, a line for each. The caller frees
 * it. */
char *cases_record(const char *id, const char *form, const char *entries, size_t *length);
char *cases_read(const char *path, size_t *length);
void cases_write(const char *path, const char *bytes, size_t length);

/* From now on this computer's clock shows so many seconds more, or fewer. The program is linked with
 * --wrap=clock_gettime. */
extern long cases_clock;

/* Gather the folder; how many came from the index. Waits until all is written. */
struct collection *cases_gather(bool no_index, int threads, size_t *from_index);
/* Is it what reading each record of the folder, one after the other, comes to? */
void cases_same(const struct collection *collection);

#endif
