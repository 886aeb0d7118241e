/* Codes that people copy from paper: bytes as Douglas Crockford's base 32 with his check symbol, in groups of
 * four. */
#ifndef BASE_CROCKFORD_H
#define BASE_CROCKFORD_H

#include <stdbool.h>
#include <stddef.h>

/* Five bytes are eight characters, so `bytes` is a multiple of five. Room for the text: each four characters
 * have a hyphen after them, then the check symbol and a NUL. */
#define CROCKFORD_SYMBOLS(bytes) ((bytes)*8 / 5)
#define CROCKFORD_TEXT(bytes) (CROCKFORD_SYMBOLS(bytes) + CROCKFORD_SYMBOLS(bytes) / 4 + 2)

/* As it is printed, into text[CROCKFORD_TEXT(count)]. Returns `text`. */
const char *crockford_format(const unsigned char *bytes, size_t count, char *text);
/* As somebody typed it: upper or lower case, I and L for 1, O for 0, hyphens and blanks anywhere. `what` is
 * what such a code is called ("receipt code"). False and a cause, and `bytes` as they were, where it is none,
 * or was mistyped: its check symbol does not fit. */
bool crockford_parse(const char *typed, const char *what, unsigned char *bytes, size_t count, char **cause);

#endif
