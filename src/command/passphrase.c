/* alongside passphrase: another one, or a new recovery code. alongside unlock: does the passphrase fit; and
 * the way back in by the recovery code. */
#include "command/command.h"

#include "base/mem.h"
#include "base/out.h"
#include "caseload/caseload.h"
#include "caseload/protect.h"
#include "command/choose.h"
#include "command/locate.h"
#include "command/options.h"
#include "command/unlock.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char usage_passphrase[] =
    "Usage: alongside passphrase [--recovery] [--new-code]\n"
    "\n"
    "Sets another passphrase for a sealed caseload. What is sealed stays as it is.\n"
    "\n"
    "  --recovery      by the recovery code, in place of the passphrase so far\n"
    "  --new-code      make a new recovery code too; the old one no longer fits\n"
    "  --caseload DIR  where assessments are kept\n"
    "  --passphrase-file FILE\n"
    "                  the passphrase so far is the first line of FILE\n"
    "  --code-file FILE\n"
    "                  the recovery code is the first line of FILE\n"
    "  --new-passphrase-file FILE\n"
    "                  the new passphrase is the first line of FILE; nothing is asked, and a new\n"
    "                  recovery code is printed, alone\n"
    "  --help          print this and end\n"
    "\n"
    "FILE can be - for standard input, one line for each.\n";

static const char usage_unlock[] =
    "Usage: alongside unlock [--recovery]\n"
    "\n"
    "Says whether the passphrase fits, and what one try at it costs.\n"
    "\n"
    "  --recovery      open the caseload by its recovery code, and set a new passphrase\n"
    "  --caseload DIR  where assessments are kept\n"
    "  --passphrase-file FILE\n"
    "                  the passphrase is the first line of FILE\n"
    "  --code-file FILE\n"
    "                  the recovery code is the first line of FILE\n"
    "  --new-passphrase-file FILE\n"
    "                  the new passphrase is the first line of FILE\n"
    "  --help          print this and end\n"
    "\n"
    "FILE can be - for standard input, one line for each. The exit status is 1 where the\n"
    "passphrase or the code does not fit.\n";

struct wish {
    const char *command, *caseload, *code_file, *new_file;
    bool recovery, new_code;
};

static int say(const struct wish *wish, char *sentence, int status)
{
    locate_say(wish->command, sentence);
    free(sentence);
    return status;
}

/* ---- by the recovery code ---- */

/* 0; 1: it does not fit, 2: it cannot be tried, which has been said. */
static int by_code(const struct wish *wish, const char *folder)
{
    enum { TRIES = 3 };
    struct secret typed = secret_new();
    int status = 2;
    for (int left = wish->code_file ? 1 : TRIES; left > 0 && status; left--) {
        char *cause = NULL;
        bool wrong = false;
        bool given = wish->code_file ? secret_from_file(&typed, wish->code_file, &cause)
                                     : secret_ask(&typed, "Recovery code: ", true, &cause);
        if (given && caseload_unlock_by_code(folder, typed.text, &wrong, &cause))
            status = 0;
        else
            status =
                say(wish, cause ? cause : xstrdup("Nothing was typed, so it stays locked."), wrong ? 1 : 2);
        if (status == 2)
            break;
    }
    secret_free(&typed);
    return status;
}

/* ---- changing ---- */

static int change(const struct wish *wish, const char *folder)
{
    struct secret chosen = secret_new();
    unsigned char code[RECOVERY_BYTES];
    char *cause = NULL;
    int status = 2;
    if (choose_passphrase(wish->command, folder, wish->new_file, &chosen) &&
        (!wish->new_code || choose_code(wish->command, wish->new_file, code))) {
        if (protect_change(folder, chosen.text, chosen.length, wish->new_code ? code : NULL, &cause))
            status = say(wish,
                         xasprintf("The passphrase is changed.%s",
                                   wish->new_code ? " The old recovery code no longer fits."
                                                  : " The recovery code is the same as before."),
                         0);
        else
            status = say(wish, cause, 2);
    }
    sodium_memzero(code, sizeof code);
    secret_free(&chosen);
    return status;
}

/* ---- does it fit? ---- */

static int try_it(const struct wish *wish, const char *folder)
{
    struct secret passphrase = secret_new();
    struct timespec begun, ended;
    struct key_file file;
    int status = 2;
    bool wrong = false;
    if (unlock_try(wish->command, folder, &passphrase, &wrong)) {
        char *cause = NULL;
        clock_gettime(CLOCK_MONOTONIC, &begun);
        bool again = caseload_unlock(folder, passphrase.text, passphrase.length, NULL, &cause);
        clock_gettime(CLOCK_MONOTONIC, &ended);
        double took = (double)(ended.tv_sec - begun.tv_sec) + (double)(ended.tv_nsec - begun.tv_nsec) / 1e9;
        if (again && key_file_read(folder, &file, NULL, &cause) == KEY_FOUND) {
            out_line(stdout, "The passphrase of %s fits.", folder);
            out_line(stdout, "One try takes this computer %.1f seconds: %u passes over %u MiB.", took,
                     file.cost.passes, file.cost.mebibytes);
            status = 0;
        } else {
            say(wish, cause, 2);
        }
    }
    secret_free(&passphrase);
    return status ? wrong ? 1 : 2 : 0;
}

/* ---- the commands ---- */

static int with_folder(const struct wish *wish, const char *folder)
{
    char *cause = NULL, *remark = NULL;
    enum caseload_lock lock = caseload_lock_of(folder, &remark, &cause);
    if (remark)
        say(wish, remark, 0);
    if (lock == CASELOAD_STUCK)
        return say(wish, cause, 2);
    if (lock == CASELOAD_OPEN)
        return say(wish, xasprintf("%s is not sealed. To seal it: alongside protect", folder), 2);
    bool changes = wish->command[0] == 'p';
    if (!changes && !wish->recovery)
        return try_it(wish, folder);
    int held = protect_hold(folder, &cause), status;
    if (held < 0)
        return say(wish, cause, 2);
    struct secret passphrase = secret_new();
    if (wish->recovery)
        status = by_code(wish, folder);
    else
        status = unlock_with(wish->command, folder, &passphrase) ? 0 : 2;
    secret_free(&passphrase);
    if (status == 0)
        status = change(wish, folder);
    protect_release(held);
    return status;
}

static void help_passphrase(void)
{
    fputs(usage_passphrase, stdout);
}

static void help_unlock(void)
{
    fputs(usage_unlock, stdout);
}

static int run(int argc, char **argv, bool changes)
{
    struct wish wish = {.command = argv[0]};
    const struct option_row options[] = {{"recovery", 0, &wish.recovery, NULL},
                                         {"caseload", 0, NULL, &wish.caseload},
                                         {"code-file", 0, NULL, &wish.code_file},
                                         {"new-passphrase-file", 0, NULL, &wish.new_file},
                                         {changes ? "new-code" : NULL, 0, &wish.new_code, NULL},
                                         {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options, (struct operands){0, 0, NULL, "it takes no names."},
                              changes ? help_passphrase : help_unlock);
    if (status >= 0)
        return status;
    wish.recovery |= wish.code_file != NULL;
    char *cause = NULL, *folder = caseload_folder(wish.caseload, &cause);
    status = folder ? with_folder(&wish, folder) : say(&wish, cause, 2);
    free(folder);
    return status;
}

int command_passphrase(int argc, char **argv)
{
    return run(argc, argv, true);
}

int command_unlock(int argc, char **argv)
{
    return run(argc, argv, false);
}
