/* Passphrases asked for at a real terminal: what is shown and what is not, three tries, and the terminal as
 * it was however it ends. Everything waits for what the program writes, nothing for time. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "record/key_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

enum { PATIENCE = 30 * 1000 };

static const char own[] = "some words of my own";
static char folder[] = "/tmp/alongside-secret-XXXXXX";
static int device = -1, held = -1;
static pid_t child;
static struct strbuf said = STRBUF_INIT;
static bool hangup_ignored; /* as under nohup */
static size_t seen;         /* what is waited for comes after this */

/* ---- the terminal ---- */

static void start_program(const char *program, const char *const *arguments)
{
    struct winsize size = {.ws_row = 24, .ws_col = 160} /* no line is broken */;
    strbuf_clear(&said);
    seen = 0;
    assert_int_equal(openpty(&device, &held, NULL, NULL, &size), 0);
    child = fork();
    if (child == 0) {
        close(device);
        login_tty(dup(held));
        close(held);
        static const int wanted[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
            signal(wanted[i], SIG_DFL);
        if (hangup_ignored)
            signal(SIGHUP, SIG_IGN);
        execv(program, (char *const *)arguments);
        _exit(127);
    }
}

static void start(const char *const *arguments)
{
    start_program(getenv("ALONGSIDE"), arguments);
}

static void wait_for(const char *text)
{
    char block[1024];
    for (;;) {
        const char *found = said.length > seen ? strstr(said.text + seen, text) : NULL;
        if (found) {
            seen = (size_t)(found - said.text) + strlen(text);
            return;
        }
        struct pollfd input = {.fd = device, .events = POLLIN};
        ssize_t n = poll(&input, 1, PATIENCE) > 0 ? read(device, block, sizeof block) : -1;
        if (n <= 0)
            fail_msg("“%s” does not come after:\n%s", text, said.text);
        strbuf_addn(&said, block, (size_t)n);
    }
}

static void type(const char *keys)
{
    assert_int_equal(write(device, keys, strlen(keys)), strlen(keys));
}

static bool echoes(void)
{
    struct termios now;
    assert_int_equal(tcgetattr(held, &now), 0);
    return now.c_lflag & ECHO;
}

/* Its exit status, or minus the signal that ended it; the terminal is as it was. */
static int finish(void)
{
    int status;
    char block[1024];
    ssize_t n;
    /* What it still writes must not hold it up. */
    for (;;) {
        struct pollfd input = {.fd = device, .events = POLLIN};
        pid_t ended = waitpid(child, &status, WNOHANG);
        while (poll(&input, 1, ended == child ? 0 : 10) > 0 && (n = read(device, block, sizeof block)) > 0)
            strbuf_addn(&said, block, (size_t)n);
        if (ended == child)
            break;
    }
    assert_true(echoes());
    close(device);
    close(held);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void shown(const char *text, bool wanted)
{
    if ((strstr(said.text, text) != NULL) != wanted)
        fail_msg("“%s” is %s:\n%s", text, wanted ? "not shown" : "shown", said.text);
}

/* ---- what happens ---- */

static const char *const list[] = {"alongside", "list", NULL};
static const char *const protect[] = {"alongside", "protect", "--light", NULL};

/* What stands between two texts, after `seen`. */
static char *between(const char *before, const char *after)
{
    wait_for(before);
    size_t start_of = seen;
    wait_for(after);
    return xstrndup(said.text + start_of, seen - strlen(after) - start_of);
}

static bool is_protected(void)
{
    struct key_file file;
    return key_file_read(folder, &file, NULL, NULL) == KEY_FOUND;
}

/* Up to the question for the code; the code's second line as one would copy it, in small letters. */
static char *code_shown(void)
{
    wait_for("It is shown once, and kept nowhere:");
    free(between("        ", "\r\n"));
    char *line = between("        ", "\r\n");
    for (char *c = line; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    wait_for("Type it from your paper (the second line is enough): ");
    return line;
}

static void test_left_alone(void **state)
{
    (void)state;
    static const char *const keys[] = {"\n\n", "\n\x04", "o\nshort\n\n", "o\n\n"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        start(protect);
        wait_for("Enter takes them.");
        for (const char *key = keys[i]; *key; key++) {
            char one[] = {*key, '\0'};
            type(one);
        }
        wait_for("nothing was changed");
        assert_int_equal(finish(), 2);
        assert_false(is_protected());
    }
    start(protect);
    wait_for("Enter takes them.");
    type("\x03");
    assert_int_equal(finish(), -SIGINT);
    assert_false(is_protected());
}

static void test_words(void **state)
{
    (void)state;
    start(protect);
    wait_for("There is no back door.");
    char *first = between("drawn by chance:\r\n\r\n    ", "\r\n");
    type("w\n");
    char *words = between("drawn by chance:\r\n\r\n    ", "\r\n");
    assert_string_not_equal(first, words);
    type("\n");
    wait_for("The six words: ");
    assert_false(echoes());
    type("not these at all\n");
    wait_for("Look at the words again");
    wait_for("The six words: ");
    type(words);
    type("\n");
    char *code = code_shown();
    assert_true(echoes());
    assert_false(is_protected());
    type("abcd\n");
    wait_for("That is not what stands there.");
    wait_for("Type it from your paper");
    type(code);
    type("\n");
    wait_for("That is right. The code is ");
    assert_int_equal(finish(), 0);
    shown("is sealed", true);
    shown("not these at all", false);
    assert_true(is_protected());
    /* And opened again by those words. */
    static const char *const off[] = {"alongside", "protect", "--off", NULL};
    for (int yes = 0; yes < 2; yes++) {
        start(off);
        wait_for("(not shown): ");
        type(words);
        type("\n");
        wait_for("Type yes to go on: ");
        type(yes ? "yes\n" : "no\n");
        assert_int_equal(finish(), yes ? 0 : 2);
        assert_int_equal(is_protected(), !yes);
    }
    free(code);
    free(words);
    free(first);
}

static void test_own(void **state)
{
    (void)state;
    start(protect);
    wait_for("Enter takes them.");
    type("o\n");
    wait_for("New passphrase: ");
    assert_false(echoes());
    type("short\n");
    wait_for("too short");
    wait_for("New passphrase: ");
    type(own);
    type("\n");
    wait_for("The same again: ");
    type("some words of my owm\n");
    wait_for("not the same");
    wait_for("New passphrase: ");
    type(own);
    type("\n");
    wait_for("The same again: ");
    type(own);
    type("\n");
    char *code = code_shown();
    type(code);
    type("\n");
    wait_for("is sealed");
    assert_int_equal(finish(), 0);
    shown(own, false);
    free(code);
}

static void test_tries(void **state)
{
    (void)state;
    for (int right = 1; right <= 4; right++) {
        start(list);
        for (int i = 1; i <= right && i <= 3; i++) {
            wait_for("(not shown): ");
            assert_false(echoes());
            type(i == right ? own : "other words");
            type("\n");
            if (i != right)
                wait_for("That is not the passphrase of this caseload.");
        }
        wait_for(right <= 3 ? "There are no assessments" : "alongside unlock --recovery");
        assert_int_equal(finish(), right <= 3 ? 0 : 2);
        shown("words", false);
    }
}

/* However it ends, the terminal echoes again. */
static void test_ways_out(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        int signal, status;
    } ways[] = {
        {"\n", 0, 2},          {"\x04", 0, 2},          {"\x03", 0, -SIGINT},  {"abc\x03", 0, -SIGINT},
        {"\x1c", 0, -SIGQUIT}, {"", SIGTERM, -SIGTERM}, {"", SIGHUP, -SIGHUP}, {"", SIGINT, -SIGINT}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        start(list);
        wait_for("(not shown): ");
        assert_false(echoes());
        type(ways[i].keys);
        if (ways[i].signal)
            kill(child, ways[i].signal);
        assert_int_equal(finish(), ways[i].status);
        shown("abc", false);
    }
}

/* Stopped in the middle, and gone on with: the terminal echoes meanwhile. */
static void test_stopped(void **state)
{
    (void)state;
    int status;
    start(list);
    wait_for("(not shown): ");
    /* A program whose session leader it is itself is not stopped by ^Z; by this it is. */
    kill(child, SIGTSTP);
    wait_for("(not shown): ");
    assert_false(echoes());
    kill(child, SIGSTOP);
    assert_int_equal(waitpid(child, &status, WUNTRACED), child);
    assert_true(WIFSTOPPED(status));
    kill(child, SIGCONT);
    type(own);
    type("\n");
    wait_for("There are no assessments");
    assert_int_equal(finish(), 0);
}

/* Longer than a passphrase can be; standard input and output elsewhere. */
static void test_elsewhere(void **state)
{
    (void)state;
    static const char *const script[] = {"sh", "-c", "\"$ALONGSIDE\" list </dev/null >/dev/null", NULL};
    start_program("/bin/sh", script);
    wait_for("(not shown): ");
    char longer[1201];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    type(longer);
    type("\n");
    wait_for("too long");
    wait_for("(not shown): ");
    type(own);
    type("\n");
    wait_for("There are no assessments");
    assert_int_equal(finish(), 0);
}

static void wait_and_type(const char *text, const char *keys)
{
    wait_for(text);
    type(keys);
}

/* Three tries at choosing, and then nothing was changed; so too where it is left in the middle. */
static void test_not_chosen(void **state)
{
    (void)state;
    static const struct {
        const char *at, *keys; /* what is waited for, and typed; up to a NULL */
    } ways[][8] = {
        {{"Enter takes them.", "\n"}, {"six words: ", "a\n"}, {"six words: ", "b\n"}, {"six words: ", "c\n"}},
        {{"Enter takes them.", "\n"}, {"six words: ", "a\n"}, {"six words: ", "\x04"}},
        {{"Enter takes them.", "o\n"},
         {"New passphrase: ", "a\n"},
         {"New passphrase: ", "b\n"},
         {"New passphrase: ", "c\n"}},
        {{"Enter takes them.", "o\n"}, {"New passphrase: ", "quite long enough\n"}, {"same again: ", "\x04"}},
        {{"Enter takes them.", "o\n"},
         {"New passphrase: ", "quite long enough\n"},
         {"same again: ", "quite long enougj\n"},
         {"New passphrase: ", "quite long enough\n"},
         {"same again: ", "quite\n"},
         {"New passphrase: ", "\n"}},
    };
    char *key = key_file_path(folder);
    unlink(key);
    free(key);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        start(protect);
        for (int step = 0; ways[i][step].at; step++)
            wait_and_type(ways[i][step].at, ways[i][step].keys);
        wait_for("nothing was changed.");
        assert_int_equal(finish(), 2);
        assert_false(is_protected());
        shown("quite long", false);
    }
    /* More than any passphrase has, in the place of a letter. */
    char longer[1201];
    memset(longer, 'w', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    start(protect);
    wait_and_type("Enter takes them.", longer);
    type("\n");
    wait_for("too long");
    assert_int_equal(finish(), 2);
    /* The code is on no paper: nothing is sealed. */
    start(protect);
    wait_and_type("Enter takes them.", "o\n");
    wait_and_type("New passphrase: ", own);
    type("\n");
    assert_false(is_protected());
    wait_and_type("same again: ", own);
    type("\n");
    free(code_shown());
    type("oil ~ IOL\n");
    wait_for("That is not what stands there.");
    wait_for("(the second line is enough): ");
    type("0123-4567-89ab-cdef-0\n"); /* as long as the half that is asked for */
    wait_for("That is not what stands there.");
    wait_for("(the second line is enough): ");
    memset(longer, 'w', 100);
    longer[100] = '\0';
    type(longer);
    type("\n");
    wait_for("That is not what stands there.");
    wait_for("(the second line is enough): ");
    type("\n");
    wait_for("nothing was changed.");
    assert_int_equal(finish(), 2);
    assert_false(is_protected());
}

/* By the recovery code, at the terminal: three tries, then another passphrase. */
static void test_recovery(void **state)
{
    (void)state;
    static const char *const unlock[] = {"alongside", "unlock", "--recovery", NULL};
    static const char *const fits[] = {"alongside", "unlock", NULL};
    static const char *const new_code[] = {"alongside", "passphrase", "--new-code", NULL};
    static const char wrong[] = "0000-0000-0000-0000-0000-0000-0000-0000-0\n";
    char *file = path_join(folder, "notes.jsonl");
    FILE *notes = fopen(file, "w"); /* told on a line of its own */
    fputs("no record\n", notes);
    fclose(notes);
    start(protect);
    wait_and_type("Enter takes them.", "\x0f\n"); /* any other letter takes them too */
    wait_and_type("six words: ", "\x04");
    wait_for("nothing was changed");
    assert_int_equal(finish(), 2);
    start(protect);
    wait_and_type("Enter takes them.", "o\n");
    wait_and_type("New passphrase: ", own);
    type("\n");
    wait_and_type("same again: ", own);
    type("\n");
    wait_for("It is shown once, and kept nowhere:");
    char *first = between("        ", "\r\n"), *second = between("        ", "\r\n");
    char *code = xasprintf("%s%s\n", first, second);
    wait_and_type("(the second line is enough): ", code);
    wait_for("notes.jsonl");
    wait_for("1 of 1");
    wait_for("alongside protect");
    assert_int_equal(finish(), 1);
    unlink(file);

    for (int way = 0; way < 3; way++) {
        start(unlock);
        if (way == 0) {
            for (int i = 0; i < 3; i++)
                wait_and_type("Recovery code: ", wrong);
            assert_int_equal(finish(), 1);
        } else if (way == 1) {
            wait_and_type("Recovery code: ", "\n");
            wait_for("Nothing was typed, so it stays locked.");
            assert_int_equal(finish(), 2);
        } else {
            wait_and_type("Recovery code: ", "not a code\n");
            wait_and_type("Recovery code: ", code);
            wait_and_type("Enter takes them.", "o\n");
            wait_and_type("New passphrase: ", "other words of mine\n");
            wait_and_type("same again: ", "other words of mine\n");
            wait_for("The recovery code is the same as before.");
            assert_int_equal(finish(), 0);
        }
    }
    start(fits);
    for (int i = 0; i < 3; i++) {
        wait_and_type("(not shown): ", own);
        type("\n");
        wait_for("That is not the passphrase of this caseload.");
    }
    assert_int_equal(finish(), 1);
    start(fits);
    wait_and_type("(not shown): ", "other words of mine\n");
    wait_for("fits.");
    assert_int_equal(finish(), 0);
    start(new_code); /* and left before the code is on paper */
    wait_and_type("(not shown): ", "other words of mine\n");
    wait_and_type("Enter takes them.", "o\n");
    wait_and_type("New passphrase: ", own);
    type("\n");
    wait_and_type("same again: ", own);
    type("\n");
    free(code_shown());
    type("\n");
    wait_for("nothing was changed.");
    assert_int_equal(finish(), 2);
    start(fits);
    wait_and_type("(not shown): ", "other words of mine\n");
    wait_for("fits.");
    assert_int_equal(finish(), 0);
    free(code);
    free(second);
    free(first);
    free(file);
}

/* A terminal that cannot be wiped: it is said that the code still stands there. A hangup that was not to end
 * the program ends no asking. */
static void test_plain_terminal(void **state)
{
    (void)state;
    static const char *const fits[] = {"alongside", "unlock", NULL};
    char *key = key_file_path(folder);
    unlink(key);
    free(key);
    setenv("TERM", "dumb", 1);
    start(protect);
    wait_and_type("Enter takes them.", "o\n");
    wait_and_type("New passphrase: ", own);
    type("\n");
    wait_and_type("same again: ", own);
    type("\n");
    char *code = code_shown();
    type(code);
    type("\n");
    wait_for("The code is still on the screen: close the window when you go.");
    assert_int_equal(finish(), 0);
    setenv("TERM", "xterm", 1);
    free(code);
    hangup_ignored = true;
    start(fits);
    wait_for("(not shown): ");
    kill(child, SIGHUP);
    type(own);
    type("\n");
    wait_for("fits.");
    assert_int_equal(finish(), 0);
    hangup_ignored = false;
}

static int teardown(void **state)
{
    (void)state;
    char *key = key_file_path(folder);
    unlink(key);
    free(key);
    rmdir(folder);
    strbuf_release(&said);
    return 0;
}

int main(void)
{
    mem_init();
    assert_non_null(mkdtemp(folder));
    setenv("ALONGSIDE_CASELOAD", folder, 1);
    setenv("TERM", "xterm", 1);
    unsetenv("ALONGSIDE_PASSPHRASE_FILE");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_left_alone), cmocka_unit_test(test_words),
        cmocka_unit_test(test_own),        cmocka_unit_test(test_tries),
        cmocka_unit_test(test_ways_out),   cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_elsewhere),  cmocka_unit_test(test_not_chosen),
        cmocka_unit_test(test_recovery),   cmocka_unit_test(test_plain_terminal),
    };
    return cmocka_run_group_tests_name("secret", tests, NULL, teardown);
}
