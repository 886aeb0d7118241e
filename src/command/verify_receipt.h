/* `alongside verify --receipt`: a code from paper held against a record, or an export held against itself. */
#ifndef COMMAND_VERIFY_RECEIPT_H
#define COMMAND_VERIFY_RECEIPT_H

#include "record/receipt.h"

#include <stdbool.h>

/* Is the code this record's? What there is to say is printed after `path`. `caseload` is the folder of the
 * other records, or NULL for the usual one, `everywhere`: look at all their copies, however long it takes.
 * Exit status: 0 where it matches, 1 where it does not, 2 where that cannot be told. */
int verify_receipt(const char *path, const struct record *record, const struct receipt *receipt,
                   const char *caseload, bool everywhere);
/* Does an export fit the code in it, and the one on the paper (NULL: none was given)? */
int verify_export(const char *path, const struct receipt *paper);

#endif
