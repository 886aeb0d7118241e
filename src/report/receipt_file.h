/* What an export says of its record: enough to work its receipt code out again. */
#ifndef REPORT_RECEIPT_FILE_H
#define REPORT_RECEIPT_FILE_H

#include "record/receipt.h"

#include <stdbool.h>
#include <stddef.h>

struct receipt_claim {
    char *record, *head;
    size_t lines;
    char *receipt; /* the code that stands in it; NULL: none */
};

/* Read an export, JSON or YAML. False and a cause where it is none. */
bool receipt_file_read(const char *path, struct receipt_claim *claim, char **cause);
void receipt_claim_release(struct receipt_claim *claim);

#endif
