/* Does a record hold: is it as it was written, and could each of its entries happen when it did? */
#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H

#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>

enum verified {
    VERIFIED_HOLDS,
    VERIFIED_BROKEN,  /* `finding` says what does not hold */
    VERIFIED_UNKNOWN, /* `finding` says why it cannot be told */
};

/* What there is to say; all strings are owned: release with verdict_release(). */
struct verdict {
    enum verified verified;
    size_t line;   /* of the finding; 0 where there is none */
    char *finding; /* a sentence, beginning with the line, or NULL */
    /* Worth knowing, and no fault. Each a sentence or NULL. */
    char *clock;   /* it went back */
    char *unknown; /* events that this version does not know, named */
    char *owed;    /* what the rules call for has not been written yet */
};

/* The first thing that does not hold, in the order of the lines: the form in the first line against its hash,
 * then each event against the rules as things stood, then what the chain says. */
void verify_record(const struct record *record, struct verdict *verdict);
void verdict_release(struct verdict *verdict);

#endif
