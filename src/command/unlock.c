/* Unlocking a caseload for a command. */
#include "command/unlock.h"

#include "base/guard.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "command/locate.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES = 3 };

const char *unlock_passphrase_file(void)
{
    const char *path = getenv(UNLOCK_VARIABLE);
    return path && *path ? path : NULL;
}

static void say_and_free(const char *command, char *sentence)
{
    if (sentence)
        locate_say(command, sentence);
    free(sentence);
}

static bool from_file(const char *command, const char *folder, const char *path, struct secret *passphrase,
                      bool *wrong)
{
    char *cause = NULL;
    bool unlocked = secret_from_file(passphrase, path, &cause) &&
                    caseload_unlock(folder, passphrase->text, passphrase->length, wrong, &cause);
    say_and_free(command, cause);
    return unlocked;
}

static bool from_terminal(const char *command, const char *folder, struct secret *passphrase, bool *wrong)
{
    char *safe = utf8_safe(folder, false), *prompt = xasprintf("Passphrase for %s (not shown): ", safe);
    bool unlocked = false;
    for (int left = TRIES; left > 0 && !unlocked; left--) {
        char *cause = NULL;
        bool again = true; /* can another try help? */
        if (secret_ask(passphrase, prompt, false, &cause)) {
            unlocked = caseload_unlock(folder, passphrase->text, passphrase->length, &again, &cause);
            *wrong = again && !unlocked;
        } else if (!cause) {
            again = false;
            cause = xstrdup("Nothing was typed, so it stays locked.");
        }
        say_and_free(command, cause);
        if (!again)
            break;
        if (!unlocked && left == 1)
            locate_say(command, "It stays locked. With the recovery code: alongside unlock --recovery");
    }
    free(prompt);
    free(safe);
    return unlocked;
}

bool unlock_try(const char *command, const char *folder, struct secret *passphrase, bool *wrong)
{
    const char *path = unlock_passphrase_file();
    *wrong = false;
    if (path)
        return from_file(command, folder, path, passphrase, wrong);
    if (secret_has_terminal())
        return from_terminal(command, folder, passphrase, wrong);
    say_and_free(command, xasprintf("The caseload %s is locked, and there is no terminal to ask for its "
                                    "passphrase at. Say which file it is in: --passphrase-file FILE",
                                    folder));
    return false;
}

bool unlock_with(const char *command, const char *folder, struct secret *passphrase)
{
    bool wrong;
    return unlock_try(command, folder, passphrase, &wrong);
}

/* What is said once, when a caseload has just been unlocked. */
static void say_state(const char *command, const char *folder)
{
    if (!unlock_passphrase_file()) /* a script can do nothing about it, and is run often */
        say_and_free(command, guard_swap_warning());
    say_and_free(command, caseload_half_moved(folder));
}

bool unlock_folder(const char *command, const char *folder)
{
    char *remark = NULL, *cause = NULL;
    enum caseload_lock lock = caseload_lock_of(folder, &remark, &cause);
    bool unlocked = lock == CASELOAD_OPEN || lock == CASELOAD_UNLOCKED;
    if (lock == CASELOAD_LOCKED) {
        if (remark)
            locate_say(command, remark);
        struct secret passphrase = secret_new();
        unlocked = unlock_with(command, folder, &passphrase);
        secret_free(&passphrase);
        if (unlocked)
            say_state(command, folder);
    }
    if (cause)
        locate_say(command, cause);
    free(cause);
    free(remark);
    return unlocked;
}
