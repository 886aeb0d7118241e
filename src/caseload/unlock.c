/* Unlocking a caseload: its key file read and tried, and the key put into the ring. */
#include "caseload/unlock.h"

#include "base/cause.h"
#include "base/crockford.h"
#include "base/mem.h"

#include <sodium.h>
#include <stdlib.h>

enum caseload_lock caseload_lock_of(const char *folder, char **remark, char **cause)
{
    struct key_file file;
    switch (key_file_read(folder, &file, remark, cause)) {
    case KEY_NONE:
        return CASELOAD_OPEN;
    case KEY_FOUND:
        return keyring_find(file.id) ? CASELOAD_UNLOCKED : CASELOAD_LOCKED;
    default:
        return CASELOAD_STUCK;
    }
}

bool caseload_is_sealed(const char *folder)
{
    struct key_file file;
    return key_file_read(folder, &file, NULL, NULL) == KEY_FOUND;
}

static bool unlock(const char *folder, enum key_slot slot, const void *secret, size_t length, bool *wrong,
                   char **cause)
{
    struct key_file file;
    char *remark = NULL;
    enum key_found found = key_file_read(folder, &file, &remark, cause);
    bool before = remark; /* it is the one from before the last change */
    free(remark);
    if (found == KEY_NONE)
        return cause_set(cause, "The caseload %s is not sealed: there is nothing to unlock.", folder);
    if (found != KEY_FOUND)
        return false;
    unsigned char *key = NULL;
    enum key_unlocked result = key_file_unlock(&file, slot, secret, length, &key, cause);
    if (wrong)
        *wrong = result == KEY_WRONG;
    if (result != KEY_UNLOCKED)
        return false;
    char *text = key_file_text(&file, key);
    keyring_add(key, text);
    free(text);
    sodium_free(key);
    if (!before)
        key_file_settle(folder);
    return true;
}

bool caseload_unlock(const char *folder, const char *passphrase, size_t length, bool *wrong, char **cause)
{
    if (wrong)
        *wrong = false;
    return unlock(folder, SLOT_PASSPHRASE, passphrase, length, wrong, cause);
}

bool caseload_unlock_by_code(const char *folder, const char *typed, bool *wrong, char **cause)
{
    unsigned char code[RECOVERY_BYTES];
    if (wrong)
        *wrong = true; /* one that was mistyped can be typed again */
    if (!crockford_parse(typed, "recovery code", code, sizeof code, cause))
        return false;
    bool unlocked = unlock(folder, SLOT_RECOVERY, code, sizeof code, wrong, cause);
    sodium_memzero(code, sizeof code);
    return unlocked;
}

char *caseload_half_moved(const char *folder)
{
    struct key_file file;
    if (key_file_read(folder, &file, NULL, NULL) != KEY_FOUND || file.state == KEY_SEALED)
        return NULL;
    if (file.state == KEY_SEALING)
        return xasprintf("Some files in %s may not be sealed yet. To go on: alongside protect", folder);
    return xasprintf("Some files in %s are still sealed. To go on: alongside protect --off", folder);
}
