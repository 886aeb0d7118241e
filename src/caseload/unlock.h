/* Unlocking a sealed caseload: from what somebody typed to a key in the ring. */
#ifndef CASELOAD_UNLOCK_H
#define CASELOAD_UNLOCK_H

#include "record/key_file.h"

#include <stdbool.h>
#include <stddef.h>

/* The most bytes of a passphrase. */
enum { PASSPHRASE_MOST = 1024 };

enum caseload_lock {
    CASELOAD_OPEN,     /* no key file: nothing to unlock */
    CASELOAD_UNLOCKED, /* its key is in the ring */
    CASELOAD_LOCKED,
    CASELOAD_STUCK, /* its key file is of no use: a cause says why */
};
/* How a folder is. *remark (may be NULL; the caller frees it) is what is to be said of its key file. */
enum caseload_lock caseload_lock_of(const char *folder, char **remark, char **cause);

/* Is there a key file in this folder, and can it be read? */
bool caseload_is_sealed(const char *folder);

/* Unlock it with a passphrase: its key goes into the ring. False and a cause; *wrong (may be NULL): it is
 * another passphrase, so that another try can help. */
bool caseload_unlock(const char *folder, const char *passphrase, size_t length, bool *wrong, char **cause);
/* The same with a recovery code, as it was typed. */
bool caseload_unlock_by_code(const char *folder, const char *typed, bool *wrong, char **cause);

/* NULL, or what is to be said where a folder has been moved only half way, into sealing or out of it. The
 * caller frees it. */
char *caseload_half_moved(const char *folder);

#endif
