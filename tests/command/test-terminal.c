/* The program itself on a real terminal, started by a shell in small: the signals that come in the middle of
 * a word, a terminal that goes away, and one that is nothing, unknown or dumb. Everything waits for what the
 * screen shows, nothing for time. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "record/keyring.h"
#include "sealing.h"
#include "session/session.h"

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
#include <vterm.h>

enum { ROWS = 24, COLUMNS = 80, PATIENCE = 20 * 1000 };

static char folder[] = "/tmp/alongside-terminal-XXXXXX";
static char *path, *form_path;
static const char hidden[] = "Alongside is hidden.";

/* ---- the terminal ---- */

static int device = -1, alive = -1;
static pid_t shell;
static VTerm *vterm;
static VTermScreen *screen;
static bool alternate, cursor_visible;

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    (void)user;
    if (property == VTERM_PROP_CURSORVISIBLE)
        cursor_visible = value->boolean;
    if (property == VTERM_PROP_ALTSCREEN)
        alternate = value->boolean;
    return 1;
}

static char *what_is_shown(void)
{
    struct strbuf sb = STRBUF_INIT;
    char row[COLUMNS * 16];
    for (int r = 0; r < ROWS; r++) {
        VTermRect rect = {r, r + 1, 0, COLUMNS};
        size_t n = vterm_screen_get_text(screen, row, sizeof row, rect);
        while (n > 0 && row[n - 1] == ' ')
            n--;
        strbuf_addn(&sb, row, n);
        strbuf_addch(&sb, '\n');
    }
    return strbuf_detach(&sb);
}

/* The test fails, with the whole screen before that. */
static void give_up(const char *text, const char *why)
{
    char *shown = what_is_shown();
    fputs(shown, stderr);
    free(shown);
    fail_msg("“%s” %s", text ? text : "the program's end", why);
}

static bool shows(const char *text)
{
    char *shown = what_is_shown();
    bool found = strstr(shown, text) != NULL;
    free(shown);
    return found;
}

/* Take in what the program writes until `text` is shown, or is shown no more (NULL: until it has let go of
 * the terminal). */
static void wait_until(const char *text, bool shown)
{
    char block[4096];
    while (!text || shows(text) != shown) {
        struct pollfd input = {.fd = device, .events = POLLIN};
        if (poll(&input, 1, PATIENCE) <= 0)
            give_up(text, "does not come");
        ssize_t n = read(device, block, sizeof block);
        if (n <= 0 && !text)
            return;
        if (n <= 0)
            give_up(text, "did not come before its end");
        vterm_input_write(vterm, block, (size_t)n);
    }
}

static void wait_for(const char *text)
{
    wait_until(text, true);
}

static void type(const char *keys)
{
    assert_int_equal(write(device, keys, strlen(keys)), strlen(keys));
}

/* ---- a shell in small: one job, which may be stopped and gone on with ---- */

static void be_shell(const char *const *arguments)
{
    static const char stopped[] = "[stopped]\r\n";
    int status;
    signal(SIGTTOU, SIG_IGN);
    pid_t job = fork();
    if (job == 0) {
        setpgid(0, 0);
        tcsetpgrp(STDIN_FILENO, getpid());
        signal(SIGTTOU, SIG_DFL);
        /* What whoever runs the tests ignores (nohup, a shell's "&") the program would ignore too. */
        static const int wanted[] = {SIGHUP, SIGINT, SIGTERM, SIGTSTP};
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
            signal(wanted[i], SIG_DFL);
        execv(arguments[0], (char *const *)arguments);
        _exit(127);
    }
    setpgid(job, job);
    while (waitpid(job, &status, WUNTRACED) == job && WIFSTOPPED(status)) {
        char line[8];
        tcsetpgrp(STDIN_FILENO, getpgrp());
        if (write(STDOUT_FILENO, stopped, sizeof stopped - 1) < 0 ||
            read(STDIN_FILENO, line, sizeof line) <= 0)
            break;
        tcsetpgrp(STDIN_FILENO, job);
        kill(-job, SIGCONT);
    }
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

/* Start the program on a terminal of that many columns; NULL for a TERM that is not set. */
static void start_program(const char *term, unsigned short columns, const char *const *arguments)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = columns};
    assert_non_null(arguments[0]);
    alternate = false;
    cursor_visible = true;
    vterm = vterm_new(ROWS, COLUMNS);
    vterm_set_utf8(vterm, 1);
    screen = vterm_obtain_screen(vterm);
    static const VTermScreenCallbacks callbacks = {.settermprop = on_property};
    vterm_screen_enable_altscreen(screen, 1);
    vterm_screen_set_callbacks(screen, &callbacks, NULL);
    vterm_screen_reset(screen, 1);
    fflush(stdout);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    shell = forkpty(&device, NULL, NULL, &size);
    assert_true(shell >= 0);
    if (shell > 0) {
        close(ends[1]); /* the program and its shell hold it as long as they are there */
        alive = ends[0];
        return;
    }
    close(ends[0]);
    unsetenv("ACCESSIBLE");
    setenv("LC_ALL", "C.UTF-8", 1);
    if (term)
        setenv("TERM", term, 1);
    else
        unsetenv("TERM");
    be_shell(arguments);
}

/* Start `alongside open` on the record. */
static void start(const char *term)
{
    const char *const arguments[] = {getenv("ALONGSIDE"), "open", path, NULL};
    start_program(term, COLUMNS, arguments);
}

/* Wait for the program's end; its exit status. */
static int end(void)
{
    int status;
    wait_for(NULL);
    assert_int_equal(waitpid(shell, &status, 0), shell);
    close(device);
    close(alive);
    device = -1;
    vterm_free(vterm);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* ---- the record ---- */

static size_t entries(void)
{
    struct record *record = record_open(path, RECORD_READ, NULL);
    assert_non_null(record);
    assert_null(record_damage(record));
    assert_int_equal(record_torn(record), 0);
    size_t count = record_count(record);
    record_close(record);
    return count;
}

/* What is kept half typed is this. */
static void check_draft(const char *wanted)
{
    struct session *s = session_open(path, RECORD_READ, NULL);
    char *place = NULL, *text = session_draft(s, &place);
    assert_non_null(text);
    assert_string_equal(text, wanted);
    free(text);
    free(place);
    session_close(s);
}

static int setup(void **state)
{
    (void)state;
    char *cause = NULL;
    unlink(path);
    char *draft = xasprintf("%s.draft", path), *word = xasprintf("%s.word", draft);
    unlink(draft);
    unlink(word);
    free(word);
    free(draft);
    const char *sources = getenv("srcdir");
    free(form_path);
    form_path = xasprintf("%s/tests/stories/form.yaml", sources ? sources : ".");
    struct diags diags;
    diags_init(&diags, form_path);
    struct form *form = form_read(form_path, &diags);
    diags_release(&diags);
    assert_non_null(form);
    struct session *s = session_begin(path, "01JD0000000000000000000000", "K-1", form, &cause);
    assert_non_null(s);
    /* Somebody sits there, so that the question comes first. */
    assert_true(
        session_do(s, json_pack("{s:s, s:s}", "by", who_names[PRACTITIONER], "event", "sat"), &cause));
    session_close(s);
    return 0;
}

/* Up to the middle of a word in a note. */
static void to_half_a_word(void)
{
    start("xterm-256color");
    wait_for("Home");
    type("n");
    wait_for("a note about this question");
    type("half a wo");
    wait_for("half a wo");
    assert_true(alternate);
}

/* ---- the tests ---- */

/* A signal that ends it: the terminal is given back, the words are kept, and are there the next time. */
static void test_ending(void **state)
{
    (void)state;
    static const int numbers[] = {SIGTERM, SIGINT};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        setup(NULL);
        size_t before = entries();
        to_half_a_word();
        kill(-tcgetpgrp(device), numbers[i]);
        int status = end();
        assert_true(status == 0 || status == 128 + numbers[i]);
        assert_false(alternate);
        assert_true(cursor_visible);
        assert_in_range(entries(), before, before + 1); /* that they paused */
        check_draft("half a wo");
        start("xterm-256color");
        wait_for("Who is here?"); /* they paused */
        type("\x1b");
        wait_for("Home");
        type("n");
        wait_for("half a wo");
        type("rd\r");
        wait_for("The note is saved");
        type("q");
        assert_int_equal(end(), 0);
        char *draft = xasprintf("%s.draft", path);
        struct stat st;
        assert_int_equal(lstat(draft, &st), -1);
        char *word = xasprintf("%s.word", draft);
        assert_int_equal(lstat(word, &st), -1);
        free(word);
        free(draft);
    }
}

/* The window is closed: no more terminal at all. */
static void test_window_closed(void **state)
{
    (void)state;
    setup(NULL);
    size_t before = entries();
    to_half_a_word();
    int status;
    char byte;
    close(device);
    device = -1;
    assert_int_equal(waitpid(shell, &status, 0), shell);
    assert_int_equal(read(alive, &byte, 1), 0); /* the program has gone too */
    close(alive);
    assert_in_range(entries(), before, before + 1);
    check_draft("half a wo");
    vterm_free(vterm);
}

/* What stands there when all words of the lock, and this, are taken out: nothing. */
static void check_nothing_but(const char *text)
{
    char *shown = what_is_shown(), *at = strstr(shown, text);
    assert_non_null(at);
    memset(at, ' ', strlen(text));
    if (strspn(shown, " \n") != strlen(shown))
        fail_msg("this is left: %s", shown);
    free(shown);
}

/* A hang-up where the terminal has not gone: somebody wants it locked. */
static void test_locked_from_outside(void **state)
{
    (void)state;
    setup(NULL);
    to_half_a_word();
    kill(-tcgetpgrp(device), SIGHUP);
    wait_for(hidden);
    assert_true(alternate);
    assert_false(shows("half a wo"));
    assert_false(shows("Home"));
    check_draft("half a wo");
    type("\r");
    wait_for("half a wo");
    type("rd\r");
    wait_for("The note is saved");
    type("\033[20~");
    wait_for(hidden);
    type("\x11"); /* Ctrl-Q */
    wait_for(NULL);
    assert_false(alternate);
    check_nothing_but("");
    assert_int_equal(end(), 0);
}

/* A sealed caseload: by F9 and before a stop, and the passphrase opens it again. */
static void test_sealed(void **state)
{
    (void)state;
    static const char locked[] = "Alongside is locked.", words[] = "six plain words\r";
    char *key = xasprintf("%s/alongside.key", folder);
    sealing_begin(folder, "six plain words");
    setup(NULL);
    start("xterm-256color");
    wait_for("Passphrase for");
    type(words);
    wait_for("Home");
    type("n");
    wait_for("a note about this question");
    type("half a wo");
    wait_for("half a wo");
    kill(-tcgetpgrp(device), SIGTSTP);
    wait_for("[stopped]");
    check_nothing_but("[stopped]");
    type("fg\n");
    wait_for(locked);
    assert_false(shows("K-1"));
    type("six plain word\r");
    wait_for("That is not the passphrase.");
    type(words);
    wait_for("half a wo");
    type("\033[20~");
    wait_for(locked);
    assert_false(shows("half a wo"));
    type("\x11"); /* Ctrl-Q */
    assert_int_equal(end(), 0);
    check_draft("half a wo");
    unlink(key);
    free(key);
    keyring_wipe();
}

/* Line mode: Ctrl-Z, SIGHUP, and the window closed while it is locked. */
static void test_lines_locked(void **state)
{
    (void)state;
    const char *const arguments[] = {getenv("ALONGSIDE"), "open", "--accessible", path, NULL};
    setup(NULL);
    start_program("xterm-256color", COLUMNS, arguments);
    wait_for("or ? for help:");
    type("\x1a");
    wait_for("[stopped]");
    assert_false(shows("Home"));
    assert_true(shows(hidden));
    type("fg\n");
    wait_for("Enter to go on:");
    type("\n");
    wait_for("or ? for help:");
    kill(-tcgetpgrp(device), SIGHUP);
    wait_until("Home", false);
    wait_for("Enter to go on:");
    size_t before = entries();
    char byte;
    int status;
    close(device);
    device = -1;
    assert_int_equal(waitpid(shell, &status, 0), shell);
    assert_int_equal(read(alive, &byte, 1), 0); /* the program has gone too */
    close(alive);
    assert_int_equal(entries(), before);
    vterm_free(vterm);
}

/* Stopped as a shell stops a job, and gone on with: the terminal is given back between, and the words are
 * still there to be gone on with. */
static void test_stopped(void **state)
{
    (void)state;
    setup(NULL);
    to_half_a_word();
    kill(-tcgetpgrp(device), SIGTSTP);
    wait_for("[stopped]");
    assert_false(alternate);
    assert_true(cursor_visible);
    check_draft("half a wo");
    check_nothing_but("[stopped]");
    type("fg\n");
    wait_for(hidden);
    assert_true(alternate);
    assert_false(shows("half a wo"));
    type("\r");
    wait_for("half a wo");
    type("rd\r");
    wait_for("The note is saved");
    type("q");
    assert_int_equal(end(), 0);
    struct session *s = session_open(path, RECORD_READ, NULL);
    size_t found = 0;
    for (size_t i = 0; i < assessment_events(session_assessment(s)); i++) {
        const char *text = event_text(assessment_event(session_assessment(s), i), "text");
        found += text && strcmp(text, "half a word") == 0;
    }
    assert_int_equal(found, 1);
    session_close(s);
}

/* Without a terminal that can draw screens it goes on one prompt at a time, and says why where that is not
 * plain. */
static void test_no_screen(void **state)
{
    (void)state;
    static const struct {
        const char *term, *says;
    } cases[] = {{NULL, "Home"}, {"", "Home"}, {"dumb", "Home"}, {"no-such-terminal", "no-such-terminal"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        setup(NULL);
        size_t before = entries();
        start(cases[i].term);
        wait_for(cases[i].says);
        wait_for("Home");
        assert_false(alternate);
        type("q\n");
        assert_int_equal(end(), 0);
        assert_in_range(entries(), before, before + 1);
    }
}

/* On a narrow terminal line mode's lines end where the terminal does, or before. */
static void test_narrow(void **state)
{
    (void)state;
    enum { NARROW = 40 };
    const char *const arguments[] = {getenv("ALONGSIDE"), "open", "--accessible", path, NULL};
    setup(NULL);
    start_program("dumb", NARROW, arguments);
    wait_for("Home");
    type("?\n");
    wait_for("  leaves.");
    char *shown = what_is_shown(), *rest = shown, *line;
    while ((line = strsep(&rest, "\n"))) {
        if (utf8_width(line) > NARROW)
            fail_msg("this is longer than %d: %s", NARROW, line);
    }
    free(shown);
    type("q\n");
    assert_int_equal(end(), 0);
}

/* A new version of the record's form, in a file. */
static char *write_new_version(void)
{
    char *cause = NULL, *to = xasprintf("%s/new.yaml", folder);
    size_t length;
    char *text = path_read(form_path, 1 << 20, &length, &cause), *version = strstr(text, "version: \"1.0\"");
    assert_non_null(version);
    version[strlen("version: \"")] = '2';
    FILE *file = fopen(to, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    free(text);
    return to;
}

/* upgrade asks, and only a yes is one. */
static void test_upgrade_asks(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        int status;
        size_t more;
    } cases[] = {{"\n", 1, 0},   {"no\n", 1, 0},  {"yess\n", 1, 0}, {"YES!\n", 1, 0},
                 {"\x04", 1, 0}, {"yes\n", 0, 1}, {"y\n", 0, 1},    {" Yes \n", 0, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        setup(NULL);
        char *form = write_new_version();
        const char *const arguments[] = {getenv("ALONGSIDE"), "upgrade", path, form, NULL};
        size_t before = entries();
        start_program("xterm-256color", COLUMNS, arguments);
        wait_for("from version 1.0 to version 2.0");
        wait_for("Type yes");
        type(cases[i].typed);
        wait_for(cases[i].more ? "It goes on with version 2.0." : "All is as it was.");
        assert_int_equal(end(), cases[i].status);
        assert_int_equal(entries(), before + cases[i].more);
        free(form);
    }
}

static int make_folder(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    path = xasprintf("%s/r.jsonl", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    char *command = xasprintf("rm -r %s", folder);
    int status = system(command);
    free(command);
    free(path);
    free(form_path);
    return status;
}

int main(void)
{
    mem_init();
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ending),
        cmocka_unit_test(test_window_closed),
        cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_no_screen),
        cmocka_unit_test(test_locked_from_outside),
        cmocka_unit_test(test_lines_locked),
        cmocka_unit_test(test_sealed),
        cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_upgrade_asks),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
