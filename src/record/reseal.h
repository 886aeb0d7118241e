/* A record's files moved from open to sealed, and back. */
#ifndef RECORD_RESEAL_H
#define RECORD_RESEAL_H

#include "record/keyring.h"

#include <stdbool.h>

enum reseal {
    RESEAL_DONE,
    RESEAL_NOTHING, /* all of it is that way already */
    RESEAL_FAILED,  /* a cause says why; what was moved so far can be gone on with */
};

/* Keep a record, what is half typed in it and what was set aside from it, under the key with this id (which
 * is unlocked); NULL: in the open. Its plain lines stay the same to the byte, damaged ones too. Each file is
 * made anew beside the old one, read back and renamed, so that at each moment all of it is there and can be
 * read. Nobody else may have it open for writing. */
enum reseal record_reseal(const char *path, const char *key, char **cause);

#endif
