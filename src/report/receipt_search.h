/* Which line of a record does a receipt code belong to? Each try takes a tenth of a second, so that those
 * come first that a copy was made after. */
#ifndef REPORT_RECEIPT_SEARCH_H
#define REPORT_RECEIPT_SEARCH_H

#include "record/receipt.h"

#include <stdbool.h>
#include <stddef.h>

enum receipt_where {
    RECEIPT_COPIES, /* the lines that copies were made with, the last one first, and then the end */
    RECEIPT_REST,   /* all others, the last one first */
};

struct receipt_search {
    const struct record *record;
    struct receipt receipt;
    size_t most; /* tries; 0: as many as it takes */
    /* Called before each try, with how many were made and how many there are at most; or NULL. */
    void (*progress)(void *context, size_t done, size_t of);
    void *context;
};

/* The number of lines that the code is over, 0 where it is over none of those. False and a cause where that
 * cannot be told. */
bool receipt_search(const struct receipt_search *search, enum receipt_where where, size_t *lines,
                    char **cause);

/* Copies noted in the first `lines` lines: a copy's number is this, at its own line. */
size_t receipt_copies(const struct record *record, size_t lines);

#endif
