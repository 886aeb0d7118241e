/* What tells who somebody is without being a name: numbers, days, addresses of a known look. */
#ifndef REVIEW_MARKS_H
#define REVIEW_MARKS_H

#include <stddef.h>

/* Is there one in `text` at `at`, where a word or number begins? Then the bytes [*from, *to) that it takes
 * (`from` may lie a little before `at`: the + of a telephone number), and what to say instead. NULL where
 * there is none. */
const char *marks_at(const char *text, size_t at, size_t *from, size_t *to);

#endif
