/* The lock in line mode, on a terminal in this process. Line mode waits by way of ticks_wait(); what happens
 * while it waits is a list of steps: what is typed, what time goes by, which signal comes, what is read by
 * then. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/ticks.h"
#include "line/line.h"
#include "record/keyring.h"
#include "sealing.h"
#include "session/lock.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const char passphrase[] = "six plain words";
#define RIGHT "six plain words\n"
static const char wipe[] = "<wiped>";

static char folder[] = "/tmp/test-line-lock-XXXXXX";
static char *record, *sources;

/* ---- the steps ---- */

struct step {
    enum { END, TYPE, HALF, PASS, SLEEP, RAISE, SEES, LACKS, CLEAR, WIPED, HANG_UP } what;
    const char *text;
    int number;
};

static const struct step *next;
static long long ticks, asleep, left;
static int near = -1;                    /* our end of the terminal */
static FILE *out;                        /* what line mode writes */
static struct strbuf seen = STRBUF_INIT; /* by now, since the last CLEAR */
static struct strbuf echo = STRBUF_INIT; /* what the terminal itself has shown */

static void look(void)
{
    char block[4096];
    size_t n;
    while ((n = fread(block, 1, sizeof block, out)) > 0)
        strbuf_addn(&seen, block, n);
    clearerr(out);
    while (near >= 0) {
        struct pollfd fd = {.fd = near, .events = POLLIN};
        ssize_t got = poll(&fd, 1, 0) > 0 ? read(near, block, sizeof block) : 0;
        if (got <= 0)
            break;
        strbuf_addn(&echo, block, (size_t)got);
    }
}

static bool has(const char *text)
{
    return seen.text && strstr(seen.text, text);
}

/* A line's beginning is there when the terminal has shown it. */
static void type_half(const char *text)
{
    assert_int_equal(write(near, text, strlen(text)), strlen(text));
    while (!echo.text || !strstr(echo.text, text)) {
        struct pollfd fd = {.fd = near, .events = POLLIN};
        assert_true(poll(&fd, 1, -1) > 0);
        look();
    }
}

static int play(struct pollfd *fds, nfds_t count, int milliseconds)
{
    int ready = poll(fds, count, 0);
    if (ready > 0)
        return ready; /* the rest of a line that was typed */
    look();
    for (;; next++, left = 0) {
        switch (next->what) {
        case END:
            fail_msg("more is asked for than is typed: %s", seen.text);
            break;
        case TYPE:
            assert_int_equal(write(near, next->text, strlen(next->text)), strlen(next->text));
            if (fds[0].fd < 0)
                continue; /* nobody reads that */
            next++;
            return poll(fds, count, -1);
        case HALF:
            type_half(next->text);
            break;
        case PASS:
            if (!left)
                left = 1000LL * next->number;
            if (milliseconds >= 0 && milliseconds <= left) {
                ticks += milliseconds;
                ticks_fix(ticks, asleep);
                left -= milliseconds;
                if (!left)
                    next++;
                return 0;
            }
            ticks += left;
            ticks_fix(ticks, asleep);
            milliseconds -= milliseconds < 0 ? 0 : (int)left;
            break;
        case SLEEP:
            asleep += 1000LL * next->number;
            ticks_fix(ticks, asleep);
            next++;
            return 0;
        case RAISE:
            raise(next->number);
            next++;
            return poll(fds, count, 0);
        case HANG_UP:
            close(near);
            near = -1;
            next++;
            return poll(fds, count, -1);
        case SEES:
            if (!has(next->text))
                fail_msg("“%s” is not in: %s", next->text, seen.text);
            break;
        case LACKS:
            if (has(next->text))
                fail_msg("“%s” is in: %s", next->text, seen.text);
            break;
        case CLEAR:
            strbuf_clear(&seen);
            break;
        case WIPED:
            assert_true(keyring_is_empty());
            break;
        }
    }
}

static struct session *begin(const char *settings)
{
    struct diags diags;
    char *cause = NULL, *form_path = path_join(sources, "home.yaml"),
         *path = path_join(folder, "settings.yaml");
    unlink(path);
    if (settings) {
        FILE *file = fopen(path, "w");
        fputs(settings, file);
        fclose(file);
    }
    diags_init(&diags, form_path);
    struct form *form = form_read(form_path, &diags);
    diags_release(&diags);
    assert_non_null(form);
    unlink(record);
    struct session *s = session_begin(record, "01JD0000000000000000000000", "K-014", form, &cause);
    if (!s)
        fail_msg("%s", cause);
    assert_true(session_do(s, json_pack("{s:s, s:s}", "by", "practitioner", "event", "sat"), &cause));
    free(form_path);
    free(path);
    return s;
}

/* Line mode over these steps; all of them are played. */
static void run(const struct step *steps, const char *settings, int status)
{
    int far;
    keyring_wipe();
    sealing_begin(folder, passphrase);
    struct session *s = begin(settings);
    assert_int_equal(openpty(&near, &far, NULL, NULL, NULL), 0);
    fcntl(near, F_SETFD, FD_CLOEXEC);
    FILE *in = fdopen(far, "r"), *writes = tmpfile();
    char *both = xasprintf("/proc/self/fd/%d", fileno(writes));
    out = fopen(both, "r");
    free(both);
    strbuf_clear(&seen);
    strbuf_clear(&echo);
    next = steps;
    left = 0;
    ticks = 1000 * 1000;
    ticks_fix(ticks, asleep);
    ticks_wait_with(play);
    line_wipes_with(wipe);
    assert_int_equal(line_run(s, in, writes), status);
    ticks_wait_with(NULL);
    fflush(writes);
    look();
    for (; next->what == SEES || next->what == LACKS; next++) {
        if (has(next->text) != (next->what == SEES))
            fail_msg("at the end, “%s”: %s", next->text, seen.text);
    }
    assert_int_equal(next->what, END);
    if (echo.text && strstr(echo.text, "plain"))
        fail_msg("the passphrase was shown: %s", echo.text);
    assert_null(seen.text ? strstr(seen.text, "plain words") : NULL);
    session_close(s);
    fclose(in);
    fclose(writes);
    fclose(out);
    if (near >= 0)
        close(near);
    near = -1;
}

/* ---- the tests ---- */

#define LEAVES                                                                                               \
    {SEES, "is my home?", 0},                                                                                \
    {                                                                                                        \
        TYPE, "q\n", 0                                                                                       \
    }

static void test_command(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {SEES, "is my home?", 0},
        {CLEAR, NULL, 0},
        {TYPE, "lock\n", 0},
        {WIPED, NULL, 0},
        {SEES,
         "<wiped>Alongside is locked. Your answers are saved and hidden.\nq closes Alongside.\nPassphrase: ",
         0},
        {LACKS, "K-014", 0},
        {TYPE, "\n", 0},
        {TYPE, "six plain word\n", 0},
        {SEES, "One moment.\nThat is not the passphrase.", 0},
        {LACKS, "wait", 0},
        {LACKS, "home", 0},
        {TYPE, RIGHT, 0},
        LEAVES,
        {SEES, "Everything is saved", 0},
        {END, NULL, 0},
    };
    run(steps, NULL, 0);
}

static void test_wrong(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {TYPE, "lock\n", 0},
        {TYPE, "a\n", 0},
        {TYPE, "b\n", 0},
        {TYPE, "c\n", 0},
        {SEES, "Please wait: 2 seconds.", 0},
        {CLEAR, NULL, 0},
        {TYPE, RIGHT, 0}, /* nobody takes that */
        {PASS, NULL, 2},
        {LACKS, "moment", 0},
        {SEES, "Passphrase: ", 0},
        {TYPE, "d\n", 0},
        {SEES, "Please wait: 4 seconds.", 0},
        {PASS, NULL, 4},
        {CLEAR, NULL, 0},
        {TYPE, RIGHT, 0},
        LEAVES,
        {END, NULL, 0},
    };
    run(steps, NULL, 0);
}

static void test_by_itself(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {PASS, NULL, 89},
        {LACKS, "Press Enter to stay", 0},
        {CLEAR, NULL, 0},
        {PASS, NULL, 1},
        {SEES, "Alongside locks in 30 seconds. Press Enter to stay.", 0},
        {SEES, "a number from 1 to 5", 0},
        {CLEAR, NULL, 0},
        {TYPE, "\n", 0}, /* and does nothing else */
        {SEES, "a number from 1 to 5", 0},
        {LACKS, "is my home?", 0},
        {LACKS, "Saved", 0},
        {PASS, NULL, 90},
        {SEES, "Press Enter to stay.", 0},
        {TYPE, "4\n", 0}, /* that was an answer */
        {SEES, "Saved", 0},
        {PASS, NULL, 90},
        {CLEAR, NULL, 0},
        {HALF, "half a wo", 0},
        {PASS, NULL, 29},
        {LACKS, "locked", 0},
        {PASS, NULL, 1},
        {WIPED, NULL, 0},
        {SEES, "<wiped>Alongside is locked.", 0},
        {LACKS, "half", 0},
        {PASS, NULL, 4000},
        {TYPE, RIGHT, 0},
        {SEES, "What you had begun to type was not taken: “half a wo”.", 0},
        LEAVES,
        {END, NULL, 0},
    };
    run(steps, "lock_after: 2\n", 0);
}

static void test_from_outside(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {RAISE, NULL, SIGHUP},
        {SEES, "<wiped>Alongside is locked.", 0},
        {WIPED, NULL, 0},
        {RAISE, NULL, SIGHUP},
        {TYPE, RIGHT, 0},
        {CLEAR, NULL, 0},
        {RAISE, NULL, SIGCONT},
        {SEES, "<wiped>Alongside is locked.", 0},
        {WIPED, NULL, 0},
        {TYPE, RIGHT, 0},
        {CLEAR, NULL, 0},
        {SLEEP, NULL, 60},
        {SEES, "<wiped>Alongside is locked.", 0},
        {WIPED, NULL, 0},
        {TYPE, RIGHT, 0},
        LEAVES,
        {END, NULL, 0},
    };
    run(steps, NULL, 0);
}

/* It ends while it is locked: nothing more is told, and nothing written. */
static void test_ends_locked(void **state)
{
    (void)state;
    static const struct step ways[][8] = {
        {{TYPE, "lock\n", 0}, {CLEAR, NULL, 0}, {TYPE, "q\n", 0}, {LACKS, "saved", 0}, {LACKS, "/", 0}},
        {{TYPE, "lock\n", 0}, {CLEAR, NULL, 0}, {TYPE, "\004", 0}, {LACKS, "saved", 0}, {LACKS, "/", 0}},
        {{TYPE, "w\n", 0},
         {RAISE, NULL, SIGHUP}, /* in the middle of another question */
         {CLEAR, NULL, 0},
         {RAISE, NULL, SIGTERM},
         {LACKS, "saved", 0},
         {LACKS, "/", 0}},
        {{TYPE, "lock\n", 0}, {CLEAR, NULL, 0}, {HANG_UP, NULL, 0}, {LACKS, "/", 0}},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        run(ways[i], NULL, 0);
        assert_true(lock_was_left());
        keyring_wipe();
        sealing_begin(folder, passphrase);
    }
}

/* Not on a terminal: by its command alone. */
static void test_piped(void **state)
{
    (void)state;
    char *written = NULL;
    size_t size;
    keyring_wipe();
    sealing_begin(folder, passphrase);
    struct session *s = begin(NULL);
    FILE *in = tmpfile(), *writes = open_memstream(&written, &size);
    fputs("lock\nsix plain word\n" RIGHT "q\n", in);
    rewind(in);
    line_wipes_with(NULL);
    assert_int_equal(line_run(s, in, writes), 0);
    fclose(in);
    fclose(writes);
    assert_non_null(strstr(written, "Lines from before may still stand above"));
    assert_non_null(strstr(written, "That is not the passphrase."));
    assert_non_null(strstr(written, "Everything is saved"));
    assert_null(strstr(written, "plain words"));
    free(written);
    session_close(s);
}

static void test_hidden(void **state)
{
    (void)state;
    char *written = NULL, *file = path_join(folder, "alongside.key");
    size_t size;
    unlink(file);
    free(file);
    keyring_wipe();
    struct session *s = begin(NULL);
    FILE *in = tmpfile(), *writes = open_memstream(&written, &size);
    fputs("lock\n\nq\n", in);
    rewind(in);
    assert_int_equal(line_run(s, in, writes), 0);
    fclose(in);
    fclose(writes);
    assert_non_null(strstr(written, "Alongside is hidden."));
    assert_non_null(strstr(written, "Everything is saved"));
    free(written);
    session_close(s);
}

/* No copy on paper where the settings say so. */
static void test_no_paper(void **state)
{
    (void)state;
    char *written = NULL;
    size_t size;
    struct session *s = begin("paper_copy: no\n");
    FILE *in = tmpfile(), *writes = open_memstream(&written, &size);
    fputs("copy\nq\n", in);
    rewind(in);
    assert_int_equal(line_run(s, in, writes), 0);
    fclose(in);
    fclose(writes);
    assert_non_null(strstr(written, "No copy on paper is made here"));
    free(written);
    session_close(s);
}

int main(void)
{
    mem_init();
    alarm(120);
    const char *srcdir = getenv("srcdir");
    char *here = realpath(srcdir ? srcdir : ".", NULL);
    sources = path_join(here, "tests/line");
    free(here);
    if (!mkdtemp(folder))
        return 99;
    setenv("ALONGSIDE_CASELOAD", folder, 1);
    record = path_join(folder, "r.jsonl");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_command),     cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_by_itself),   cmocka_unit_test(test_from_outside),
        cmocka_unit_test(test_ends_locked), cmocka_unit_test(test_piped),
        cmocka_unit_test(test_hidden),      cmocka_unit_test(test_no_paper),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char *command = xasprintf("rm -r %s", folder);
    if (system(command) != 0)
        failed = 1;
    free(command);
    free(record);
    free(sources);
    strbuf_release(&seen);
    strbuf_release(&echo);
    return failed;
}
