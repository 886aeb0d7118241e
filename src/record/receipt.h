/* The receipt: a short code over what a record held, printed on the copy that a person keeps, so that the
 * record can be held against the paper later (alongside-record(5) says what that proves). */
#ifndef RECORD_RECEIPT_H
#define RECORD_RECEIPT_H

#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    RECEIPT_BYTES = 10,
    RECEIPT_TEXT = 22, /* "K7QM-3X9T-0B5R-WZ2E-4": four groups of four, the check symbol, a NUL */
};

struct receipt {
    unsigned char bytes[RECEIPT_BYTES];
};

/* Work it out: over a record's id, how many lines it has, and the hash of the last. It takes a tenth of a
 * second and 64 MiB, which are given back. False and a cause where that much memory is not to be had. */
bool receipt_make(struct receipt *receipt, const char *id, size_t lines, const char *head, char **cause);
/* The same for the first `lines` lines of a record, 1 or more. */
bool receipt_of(struct receipt *receipt, const struct record *record, size_t lines, char **cause);
bool receipt_same(const struct receipt *a, const struct receipt *b);

/* As it is printed. Returns `text`. */
const char *receipt_format(const struct receipt *receipt, char text[RECEIPT_TEXT]);
/* As somebody typed it: upper or lower case, I and L for 1, O for 0, hyphens and blanks anywhere. False and a
 * cause where it is no code, or was mistyped: its check symbol does not fit. */
bool receipt_parse(const char *typed, struct receipt *receipt, char **cause);

#endif
