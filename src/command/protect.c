/* alongside protect: seal a caseload, go on with it, or open it again. */
#include "command/command.h"

#include "base/guard.h"
#include "base/mem.h"
#include "base/out.h"
#include "base/utf8.h"
#include "caseload/caseload.h"
#include "caseload/protect.h"
#include "command/choose.h"
#include "command/locate.h"
#include "command/options.h"
#include "command/unlock.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "Usage: alongside protect [--light] [--off]\n"
    "\n"
    "Seals all assessments in the caseload with a passphrase: nobody can read them without it.\n"
    "There is no back door. If the passphrase and the recovery code are both lost, so is all\n"
    "that is sealed.\n"
    "\n"
    "  --light         for a computer with little memory: a try takes 64 MiB, and guessing is\n"
    "                  easier\n"
    "  --off           open all of it again, so that no passphrase is needed\n"
    "  --caseload DIR  where assessments are kept\n"
    "  --passphrase-file FILE\n"
    "                  the passphrase is the first line of FILE; nothing is asked, and the\n"
    "                  recovery code is printed, alone\n"
    "  --help          print this and end\n"
    "\n"
    "What was stopped half way is gone on with when it is run again. The exit status is 1 where\n"
    "some assessments could not be moved, 2 where nothing could be done.\n";

static void say(char *sentence)
{
    locate_say("protect", sentence);
    free(sentence);
}

/* ---- moving ---- */

/* "12 of 340" on one line of a terminal; what is left as it is stands on lines of its own. */
static void tell(void *who, size_t done, size_t count, const char *path, const char *cause)
{
    bool terminal = isatty(STDERR_FILENO);
    (void)who;
    (void)path;
    if (cause && terminal)
        fputc('\n', stderr);
    if (cause)
        locate_say("protect", cause);
    if (terminal && count)
        fprintf(stderr, "\r%zu of %zu%s", done, count, done == count ? "\n" : "");
}

static void say_sealed(const char *folder, const struct protect_look *before)
{
    say(xasprintf("%s is sealed. From now on its passphrase is needed.", folder));
    if (before->open)
        say(xstrdup(
            "What lay on this disk in the open before, and in backups, may still be found there by an "
            "expert. Sealing cannot reach it."));
    char **others = protect_others(folder);
    for (char **name = others; *name; name++) {
        if (name == others)
            locate_say("protect", "These files in the folder are no assessments, and stay in the open:");
        out_line(stderr, "  %s", *name);
        free(*name);
    }
    free(others);
}

static int move(const char *folder, enum key_state state)
{
    struct protect_look before = {0};
    const struct protect_told told = {tell, NULL};
    size_t left = 0;
    char *cause = NULL;
    if (!protect_look(folder, &before, &cause) || !protect_move(folder, state, &told, &left, &cause)) {
        say(cause);
        return 2;
    }
    if (left) {
        say(xasprintf("%zu of them could not be %s, and the key file stays as it is needed. When that is put "
                      "right, run this again: alongside protect%s",
                      left, state == KEY_OPENING ? "opened" : "sealed",
                      state == KEY_OPENING ? " --off" : ""));
        return 1;
    }
    if (state == KEY_OPENING)
        say(xasprintf("%s is open: no passphrase is needed any more.", folder));
    else
        say_sealed(folder, &before);
    return 0;
}

/* ---- sealing ---- */

static void explain(const char *folder, const struct protect_look *look)
{
    char *safe = utf8_safe(folder, false);
    secret_say("Sealing %s\n\n"
               "%zu assessment%s in this folder, and all new ones, will be sealed with a passphrase. "
               "Nobody can read them without it: not who finds the computer, nor who else uses it. "
               "You type it each time you begin.\n\n"
               "There is no back door. You get a recovery code for when the passphrase is "
               "forgotten. If you lose both, all assessments are lost, and nobody can help.\n\n"
               "Ctrl-C leaves, and changes nothing, until the code is on your paper.\n",
               safe, look->records, look->records == 1 ? "" : "s");
    free(safe);
}

static int seal_anew(const char *folder, bool light)
{
    const char *file = unlock_passphrase_file();
    struct protect_look look;
    unsigned char code[RECOVERY_BYTES];
    char *cause = NULL;
    if (!protect_look(folder, &look, &cause)) {
        say(cause);
        return 2;
    }
    if (!file) {
        explain(folder, &look);
        char *warning = guard_swap_warning();
        if (warning)
            say(warning);
    }
    struct secret chosen = secret_new();
    bool begun = choose_passphrase("protect", folder, file, &chosen) && choose_code("protect", file, code);
    if (begun) {
        begun = protect_begin(folder, light, chosen.text, chosen.length, code, &cause);
        if (!begun)
            say(cause);
    }
    sodium_memzero(code, sizeof code);
    secret_free(&chosen);
    return begun ? move(folder, KEY_SEALED) : 2;
}

/* One that has a key file: whatever is not sealed yet. */
static int seal_rest(const char *folder, const struct key_file *file)
{
    struct protect_look look;
    char *cause = NULL;
    if (!protect_look(folder, &look, &cause)) {
        say(cause);
        return 2;
    }
    if (file->state == KEY_SEALED && look.open + look.beside == 0) {
        say(xasprintf("%s is sealed already. Another passphrase: alongside passphrase. Back into the open: "
                      "alongside protect --off",
                      folder));
        return 0;
    }
    struct secret passphrase = secret_new();
    bool unlocked = unlock_with("protect", folder, &passphrase);
    secret_free(&passphrase);
    return unlocked ? move(folder, KEY_SEALED) : 2;
}

/* ---- opening ---- */

static bool agreed(const char *folder)
{
    struct secret answer = secret_new();
    char *safe = utf8_safe(folder, false);
    secret_say("\nAll assessments in %s will lie in the open: whoever gets at this "
               "computer or its disk can read them. The passphrase and the recovery code are then of "
               "no use.\n\n",
               safe);
    bool yes = secret_ask(&answer, "Type yes to go on: ", true, NULL) && strcmp(answer.text, "yes") == 0;
    free(safe);
    secret_free(&answer);
    if (!yes)
        locate_say("protect", "Nothing was changed.");
    return yes;
}

static int open_all(const char *folder)
{
    struct secret passphrase = secret_new();
    bool unlocked = unlock_with("protect", folder, &passphrase);
    secret_free(&passphrase);
    if (!unlocked || (!unlock_passphrase_file() && !agreed(folder)))
        return 2;
    return move(folder, KEY_OPENING);
}

static int protect(const char *folder, bool light, bool off)
{
    struct key_file file;
    char *cause = NULL, *remark = NULL;
    enum key_found found = key_file_read(folder, &file, &remark, &cause);
    if (remark)
        say(remark);
    if (found == KEY_BROKEN) {
        say(cause);
        return 2;
    }
    if (found == KEY_NONE && off) {
        struct protect_look look;
        bool looked = protect_look(folder, &look, &cause);
        if (!looked)
            say(cause);
        else if (look.open < look.records)
            say(xasprintf(
                "There are sealed assessments in %s, and their key file is gone. Put back a copy of "
                "it: alongside.key",
                folder));
        else
            say(xasprintf("%s is not sealed: there is nothing to open.", folder));
        return looked && look.open == look.records ? 0 : 2;
    }
    return found == KEY_NONE ? seal_anew(folder, light) : off ? open_all(folder) : seal_rest(folder, &file);
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_protect(int argc, char **argv)
{
    const char *caseload = NULL;
    bool light = false, off = false;
    const struct option_row options[] = {{"light", 0, &light, NULL},
                                         {"off", 0, &off, NULL},
                                         {"caseload", 0, NULL, &caseload},
                                         {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options, (struct operands){0, 0, NULL, "it takes no names."}, help);
    if (status >= 0)
        return status;
    char *cause = NULL, *folder = caseload_folder(caseload, &cause);
    int held = folder && caseload_prepare(folder, &cause) ? protect_hold(folder, &cause) : -1;
    status = 2;
    if (held < 0)
        locate_say("protect", cause);
    else if (!unlock_passphrase_file() && !secret_has_terminal())
        locate_say("protect", "There is no terminal to ask at. Say which file the passphrase is in: "
                              "--passphrase-file FILE");
    else
        status = protect(folder, light, off);
    protect_release(held);
    free(folder);
    free(cause);
    return status;
}
