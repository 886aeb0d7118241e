/* A passphrase chosen, and a recovery code handed over. What is shown goes to the terminal itself, so that
 * neither ends up in a file by a slip. */
#include "command/choose.h"

#include "base/crockford.h"
#include "base/mem.h"
#include "caseload/passphrase.h"
#include "command/locate.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 3 };

static bool refuse(const char *command, const char *sentence)
{
    locate_say(command, sentence);
    return false;
}

static bool refuse_and_free(const char *command, char *sentence)
{
    locate_say(command, sentence);
    free(sentence);
    return false;
}

/* Nothing typed, or why nothing could be. */
static bool gave_up(const char *command, char *cause)
{
    return refuse_and_free(command, cause ? cause : xstrdup("Nothing was typed, so nothing was changed."));
}

/* ---- the passphrase ---- */

static bool same(const struct secret *a, const struct secret *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

/* The words are on the screen: typed once, they are known to be readable in somebody's own hand. */
static bool take_words(const char *command, struct secret *chosen)
{
    struct secret again = secret_new();
    bool taken = false;
    char *cause = NULL;
    secret_say("\nWrite the six words down, or learn them by heart. Then type them, with blanks "
               "between. What you type is not shown.\n\n");
    for (int left = TRIES; left > 0 && !taken; left--) {
        if (!secret_ask(&again, "The six words: ", false, &cause))
            break;
        taken = same(&again, chosen);
        if (!taken)
            secret_say("That is something else. Look at the words again: %s\n", left > 1 ? chosen->text : "");
    }
    secret_free(&again);
    return taken ||
           gave_up(command, cause ? cause : xstrdup("The words were not typed, so nothing was changed."));
}

static bool take_own(const char *command, const char *folder, struct secret *chosen)
{
    struct secret again = secret_new();
    bool taken = false;
    char *cause = NULL;
    secret_say("\nYour own: %d characters at least, best of several words that nobody would guess. "
               "What you type is not shown.\n\n",
               PASSPHRASE_LEAST);
    for (int left = TRIES; left > 0 && !taken; left--) {
        char *why = NULL;
        if (!secret_ask(chosen, "New passphrase: ", false, &cause))
            break;
        if (!passphrase_fits(chosen->text, chosen->length, folder, &why)) {
            locate_say(command, why);
        } else if (!secret_ask(&again, "The same again: ", false, &cause)) {
            free(why);
            break;
        } else if (!(taken = same(&again, chosen))) {
            locate_say(command, "The two are not the same.");
        }
        free(why);
    }
    secret_free(&again);
    return taken ||
           gave_up(command, cause ? cause : xstrdup("No passphrase was set, so nothing was changed."));
}

static bool offer(const char *command, const char *folder, struct secret *chosen)
{
    struct secret answer = secret_new();
    for (;;) {
        passphrase_make(chosen->text);
        chosen->length = strlen(chosen->text);
        secret_say("\nSix words, drawn by chance:\n\n    %s\n\n", chosen->text);
        char *cause = NULL;
        bool typed = secret_ask(
            &answer, "Enter takes them.  w: other words.  o: a passphrase of your own: ", true, &cause);
        char letter = typed ? answer.text[0] : '\0';
        if (cause) {
            secret_free(&answer);
            return refuse_and_free(command, cause);
        }
        if (letter == 'w')
            continue;
        secret_free(&answer);
        return letter == 'o' ? take_own(command, folder, chosen) : take_words(command, chosen);
    }
}

bool choose_passphrase(const char *command, const char *folder, const char *file, struct secret *chosen)
{
    if (!file)
        return secret_has_terminal()
                   ? offer(command, folder, chosen)
                   : refuse(command,
                            "There is no terminal to choose a passphrase at. Say which file it is in.");
    char *cause = NULL;
    if (secret_from_file(chosen, file, &cause) &&
        passphrase_fits(chosen->text, chosen->length, folder, &cause))
        return true;
    return refuse_and_free(command, cause);
}

/* ---- the recovery code ---- */

/* As it is compared: no hyphens or blanks, in capitals, and what looks alike is alike. */
static void plain_code(const char *typed, char *plain, size_t room)
{
    size_t length = 0;
    for (; *typed && length + 1 < room; typed++) {
        char c = *typed;
        if (c == '-' || c == ' ')
            continue;
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        plain[length++] = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    }
    plain[length] = '\0';
}

/* All of the code, or its second line. */
static bool is_copied(const char *code, const char *typed)
{
    char whole[RECOVERY_TEXT], given[RECOVERY_TEXT];
    plain_code(code, whole, sizeof whole);
    plain_code(typed, given, sizeof given);
    size_t n = strlen(whole), t = strlen(given), half = CROCKFORD_SYMBOLS(RECOVERY_BYTES) / 2 + 1;
    bool copied = (t == n || t == half) && strcmp(whole + n - t, given) == 0;
    sodium_memzero(whole, sizeof whole);
    sodium_memzero(given, sizeof given);
    return copied;
}

/* In two lines of four groups, wide enough to be copied by hand. */
static void show_code(const char *code)
{
    enum { GROUP = 5, LINE = 4 * GROUP };
    secret_say("\nYour recovery code. It is shown once, and kept nowhere:\n\n");
    for (const char *c = code; c <= code + LINE; c += LINE)
        secret_say("        %.4s  -  %.4s  -  %.4s  -  %.4s  -%s%s\n\n", c, c + GROUP, c + 2 * GROUP,
                   c + 3 * GROUP, c == code ? "" : "  ", c == code ? "" : c + LINE);
    secret_say("Copy it onto paper by hand, and keep the paper away from this computer. It opens "
               "the caseload when the passphrase is forgotten. Whoever has it needs nothing else.\n\n");
}

static bool hand_over(const char *command, const char *code)
{
    struct secret typed = secret_new();
    char *cause = NULL;
    bool copied = false;
    show_code(code);
    while (!copied &&
           secret_ask(&typed, "Type it from your paper (the second line is enough): ", true, &cause)) {
        copied = is_copied(code, typed.text);
        if (!copied)
            secret_say(
                "That is not what stands there. Compare your paper with the screen, and type it again.\n"
                "Enter alone leaves everything as it was.\n");
    }
    secret_free(&typed);
    if (copied)
        secret_say(secret_wipe_terminal()
                       ? "That is right. The code is off the screen now.\n\n"
                       : "That is right. The code is still on the screen: close the window when you go.\n\n");
    return copied || gave_up(command, cause);
}

bool choose_code(const char *command, bool alone, unsigned char code[RECOVERY_BYTES])
{
    char text[RECOVERY_TEXT + 1];
    randombytes_buf(code, RECOVERY_BYTES);
    crockford_format(code, RECOVERY_BYTES, text);
    bool had;
    if (alone)
        had = (puts(text) >= 0 && fflush(stdout) == 0) ||
              refuse(command, "The recovery code cannot be written, so nothing was changed.");
    else
        had = hand_over(command, text);
    sodium_memzero(text, sizeof text);
    return had;
}
