#include "check.h"
#include "golden.h"

#include "base/mem.h"
#include "screen/canvas.h"
#include "screen/term.h"
#include "screen/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define CONTROL(letter) ((letter)&0x1f)

/* A screen with something of everything in it. */
static struct canvas *sample(int rows, int columns)
{
    static const char *const names[STYLES] = {
        [STYLE_PLAIN] = "plain",   [STYLE_QUIET] = "quiet",   [STYLE_STRONG] = "strong",
        [STYLE_LEFT] = "left",     [STYLE_RIGHT] = "right",   [STYLE_FOCUS] = "focus",
        [STYLE_CHOSEN] = "chosen", [STYLE_DIFFER] = "differ", [STYLE_SAME] = "same",
        [STYLE_KEY] = "key",       [STYLE_TITLE] = "title",   [STYLE_NOTICE] = "notice",
        [STYLE_FIELD] = "a field", [STYLE_EMPTY] = "     ",
    };
    struct canvas *c = canvas_new(rows, columns);
    canvas_fill(c, 0, 0, columns, STYLE_PLAIN, "─");
    canvas_down(c, 1, columns / 2, rows - 1, STYLE_PLAIN, "│");
    for (int i = 0; i < STYLES; i++)
        canvas_put(c, 1 + i, 2, (enum style)i, names[i]);
    canvas_put(c, 1, columns / 2 + 2, STYLE_PLAIN, "Siân, tŷ, cafe\xcc\x81");
    canvas_put(c, 2, columns / 2 + 2, STYLE_PLAIN, "日本語 wide");
    canvas_put(c, 3, columns / 2 + 2, STYLE_PLAIN, "┌─┐ ├┤ └┘ █▒░■ ▲▼→← ≠");
    canvas_put(c, 4, columns / 2 + 2, STYLE_PLAIN, "raw \033[2J gone");
    canvas_put(c, rows - 1, 0, STYLE_TITLE, "last row");
    canvas_put(c, rows - 1, columns - 1, STYLE_PLAIN, "x");
    canvas_cursor(c, 6, 2);
    return c;
}

static void test_shown(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        bool lines;
    } cases[] = {{"xterm-256color", true}, {"linux", true}, {"vt100", false}, {"xterm-mono", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct terminal *t = terminal_new(16, 60, cases[i].type);
        struct canvas *c = sample(16, 60);
        assert_int_equal(term_draws_lines(terminal_term(t)), cases[i].lines);
        term_show(terminal_term(t), c);
        char *golden = xasprintf("term-%s", cases[i].type);
        terminal_check(t, golden);
        free(golden);
        canvas_free(c);
        terminal_free(t);
    }
}

static void test_no_color(void **state)
{
    (void)state;
    setenv("NO_COLOR", "1", 1);
    struct terminal *t = terminal_new(16, 60, "xterm-256color");
    unsetenv("NO_COLOR");
    struct canvas *c = sample(16, 60);
    term_show(terminal_term(t), c);
    /* Just as on a terminal without colours, and each style that says something can still be told from plain.
     */
    terminal_check(t, "term-xterm-mono");
    assert_int_equal(terminal_cell_look(t, 1 + STYLE_FOCUS, 2), 'r');
    assert_int_equal(terminal_cell_look(t, 1 + STYLE_CHOSEN, 2), 'b');
    assert_int_equal(terminal_cell_look(t, 1 + STYLE_LEFT, 2), terminal_cell_look(t, 1 + STYLE_RIGHT, 2));
    canvas_free(c);
    terminal_free(t);
    setenv("NO_COLOR", "", 1); /* means nothing */
    t = terminal_new(16, 60, "linux");
    unsetenv("NO_COLOR");
    c = sample(16, 60);
    term_show(terminal_term(t), c);
    assert_int_equal(terminal_cell_look(t, 1 + STYLE_LEFT, 2), '6');
    assert_int_equal(terminal_cell_look(t, 1 + STYLE_RIGHT, 2), '2');
    canvas_free(c);
    terminal_free(t);
}

/* Canvases shown one after the other leave what the last one says, wide characters and all. */
static void test_changes(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "日本語",   "x日本語", "日x本", "abcdef", "  日  ", "a\xcc\x81日", "日本語日本語日本語",
        "       z", "👍 ok",    "",      "日",     "❤"};
    struct terminal *t = terminal_new(3, 12, "xterm-256color");
    struct canvas *c = canvas_new(3, 12);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t j = 0; j < sizeof rows / sizeof *rows; j++) {
            canvas_reset(c, 3, 12);
            canvas_put(c, 0, 0, STYLE_PLAIN, rows[i]);
            canvas_put(c, 1, 1, STYLE_PLAIN, rows[j]);
            term_show(terminal_term(t), c);
            char *expected = canvas_text(c), *got = terminal_screen(t);
            assert_string_equal(got, expected);
            free(expected);
            free(got);
        }
    }
    canvas_free(c);
    terminal_free(t);
}

/* What curses has no cell for keeps its columns, and nothing that follows is moved. */
static void test_clusters(void **state)
{
    (void)state;
    static const struct {
        const char *text, *seen;
    } cases[] = {
        {"👨\xe2\x80\x8d👩\xe2\x80\x8d👧|", "👨👩👧|"},
        {"🇬🇧|", NULL},
        {"e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86|", "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84|"},
        {"\xcd\xb8|", "?|"}, /* not assigned */
    };
    struct terminal *t = terminal_new(1, 20, "xterm-256color");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct canvas *c = canvas_new(1, 20);
        int width = canvas_put(c, 0, 0, STYLE_PLAIN, cases[i].text);
        term_show(terminal_term(t), c);
        char *got = terminal_screen(t);
        if (cases[i].seen) {
            char *expected = xasprintf("%s\n", cases[i].seen);
            assert_string_equal(got, expected);
            free(expected);
        }
        assert_non_null(strchr(got, '|'));
        assert_in_range(width, 2, 7);
        free(got);
        canvas_free(c);
    }
    terminal_free(t);
}

/* ---- how much is sent ---- */

static void list(struct canvas *c, int focused)
{
    canvas_reset(c, 24, 80);
    canvas_fill(c, 0, 0, 80, STYLE_TITLE, " ");
    canvas_put(c, 0, 1, STYLE_TITLE, "Alongside");
    for (int i = 0; i < 10; i++) {
        canvas_putf(c, 5 + i, 2, STYLE_PLAIN, "%2d ( ) I feel safe some days       │      │", i + 1);
        canvas_putf(c, 5 + i, 45, STYLE_PLAIN, "  %2d ( ) I feel safe some days", i + 1);
    }
    canvas_put(c, 5 + focused, 45, STYLE_PLAIN, ">");
    canvas_restyle(c, 5 + focused, 47, 32, STYLE_FOCUS);
    canvas_cursor(c, 5 + focused, 51);
}

static void test_bytes(void **state)
{
    (void)state;
    static const char *const types[] = {"xterm-256color", "linux", "vt100"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct terminal *t = terminal_new(24, 80, types[i]);
        struct canvas *c = canvas_new(24, 80);
        list(c, 3);
        term_show(terminal_term(t), c);
        assert_in_range(terminal_bytes_sent(t), 600, 6000);
        term_show(terminal_term(t), c);
        assert_int_equal(terminal_bytes_sent(t), 0);
        list(c, 4);
        term_show(terminal_term(t), c);
        assert_in_range(terminal_bytes_sent(t), 1, 199);
        canvas_cursor(c, 9, 55);
        term_show(terminal_term(t), c);
        assert_in_range(terminal_bytes_sent(t), 1, 12);
        canvas_free(c);
        terminal_free(t);
    }
}

/* The cursor can be seen, and is where the canvas says, or at the nearest edge. */
static void test_cursor(void **state)
{
    (void)state;
    static const int places[][4] = {
        {0, 0, 0, 0}, {5, 7, 5, 7}, {9, 19, 9, 19}, {-1, 3, 0, 3}, {30, 30, 9, 19}};
    struct terminal *t = terminal_new(10, 20, "linux");
    struct canvas *c = canvas_new(10, 20);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int row, column;
        canvas_cursor(c, places[i][0], places[i][1]);
        term_show(terminal_term(t), c);
        assert_true(terminal_cursor(t, &row, &column));
        assert_int_equal(row, places[i][2]);
        assert_int_equal(column, places[i][3]);
    }
    canvas_free(c);
    terminal_free(t);
}

/* ---- keys ---- */

static void types_as(struct terminal *t, const char *keys, int expected)
{
    terminal_type_keys(t, keys);
    int key = term_key(terminal_term(t), 0);
    if (key != expected)
        print_error("# %s\n", keys);
    assert_int_equal(key, expected);
    assert_int_equal(term_key(terminal_term(t), 0), TERM_NONE);
}

static void test_keys(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        int key;
    } cases[] = {
        {"a", 'a'},
        {"é", 0xe9},
        {"日", 0x65e5},
        {"👍", 0x1f44d},
        {"Space", ' '},
        {"Enter", TERM_ENTER},
        {"\n", TERM_ENTER},
        {"Tab", TERM_TAB},
        {"BackTab", TERM_BACKTAB},
        {"Esc", 27},
        {"Backspace", TERM_BACKSPACE},
        {"\b", TERM_BACKSPACE},
        {"Delete", TERM_DELETE},
        {"Up", TERM_UP},
        {"Down", TERM_DOWN},
        {"Left", TERM_LEFT},
        {"Right", TERM_RIGHT},
        {"Home", TERM_HOME},
        {"End", TERM_END},
        {"PageUp", TERM_PAGE_UP},
        {"PageDown", TERM_PAGE_DOWN},
        {"Ctrl-Left", TERM_WORD_LEFT},
        {"Ctrl-Right", TERM_WORD_RIGHT},
        {"F1", TERM_F1},
        {"F2", TERM_F1 + 1},
        {"F3", TERM_F1 + 2},
        {"F4", TERM_F1 + 3},
        {"F5", TERM_F1 + 4},
        {"F6", TERM_F1 + 5},
        {"F7", TERM_F1 + 6},
        {"F8", TERM_F1 + 7},
        {"F9", TERM_F1 + 8},
        {"F10", TERM_F1 + 9},
        {"F11", TERM_F1 + 10},
        {"F12", TERM_F12},
        /* The ones a terminal would take for itself. */
        {"Ctrl-C", CONTROL('c')},
        {"Ctrl-Z", CONTROL('z')},
        {"Ctrl-S", CONTROL('s')},
        {"Ctrl-Q", CONTROL('q')},
        {"Ctrl-\\", CONTROL('\\')},
        {"Ctrl-D", CONTROL('d')},
        {"Ctrl-V", CONTROL('v')},
        {"Ctrl-A", CONTROL('a')},
        /* What emulators send whatever TERM says. */
        {"\033[A", TERM_UP},
        {"\033OB", TERM_DOWN},
        {"\033[H", TERM_HOME},
        {"\033[F", TERM_END},
        {"\033[1~", TERM_HOME},
        {"\033[4~", TERM_END},
        {"\033[15~", TERM_F1 + 4},
    };
    static const char *const types[] = {"xterm-256color", "linux", "vt100", "screen", "rxvt-unicode"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct terminal *t = terminal_new(24, 80, types[i]);
        for (size_t j = 0; j < sizeof cases / sizeof *cases; j++)
            types_as(t, cases[j].keys, cases[j].key);
        terminal_free(t);
    }
}

/* Bytes that are no text are passed over, and a character in two halves is one. */
static void test_broken_input(void **state)
{
    (void)state;
    struct terminal *t = terminal_new(24, 80, "xterm");
    struct term *term = terminal_term(t);
    terminal_send(t,
                  "\xff\xc3"
                  "a\xe2\x94"
                  "b\0\x80"
                  "c",
                  10);
    assert_int_equal(term_key(term, 0), 'a');
    assert_int_equal(term_key(term, 0), 'b');
    assert_int_equal(term_key(term, 0), 'c');
    assert_int_equal(term_key(term, 0), TERM_NONE);
    terminal_send(t, "\xe6\x97", 2);
    assert_int_equal(term_key(term, 0), TERM_NONE);
    terminal_send(t, "\xa5", 1);
    assert_int_equal(term_key(term, 0), 0x65e5);
    assert_int_equal(term_key(term, 0), TERM_NONE);
    terminal_free(t);
}

static void test_pending(void **state)
{
    (void)state;
    struct terminal *t = terminal_new(24, 80, "xterm");
    struct term *term = terminal_term(t);
    assert_false(term_pending(term));
    terminal_type_keys(t, "a Up");
    assert_true(term_pending(term));
    assert_true(term_pending(term));
    assert_int_equal(term_key(term, -1), 'a');
    assert_true(term_pending(term));
    assert_int_equal(term_key(term, -1), TERM_UP);
    assert_false(term_pending(term));
    terminal_free(t);
}

static void test_click(void **state)
{
    (void)state;
    struct terminal *t = terminal_new(24, 80, "xterm-256color");
    int row, column;
    terminal_click(t, 23, 7);
    assert_int_equal(term_key(terminal_term(t), 0), TERM_CLICK);
    term_click(terminal_term(t), &row, &column);
    assert_int_equal(row, 23);
    assert_int_equal(column, 7);
    assert_int_equal(term_key(terminal_term(t), 0), TERM_NONE);
    types_as(t, "x", 'x');
    terminal_free(t);
}

/* ---- sizes, signals, ends ---- */

static void test_resize(void **state)
{
    (void)state;
    static const int sizes[][2] = {{30, 100}, {48, 160}, {20, 48}, {3, 5}, {1, 1}, {24, 80}};
    setenv("LINES", "7", 1);
    setenv("COLUMNS", "9", 1);
    struct terminal *t = terminal_new(24, 80, "xterm-256color");
    struct term *term = terminal_term(t);
    int rows, columns;
    term_size(term, &rows, &columns);
    assert_int_equal(rows, 24);
    assert_int_equal(columns, 80);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        terminal_resize(t, sizes[i][0], sizes[i][1]);
        assert_int_equal(term_key(term, -1), TERM_RESIZED);
        assert_int_equal(term_key(term, 0), TERM_NONE);
        term_size(term, &rows, &columns);
        assert_int_equal(rows, sizes[i][0]);
        assert_int_equal(columns, sizes[i][1]);
        struct canvas *c = canvas_new(rows, columns);
        for (int row = 0; row < rows; row++)
            canvas_fill(c, row, 0, columns, STYLE_PLAIN, "─");
        term_show(term, c);
        char *expected = canvas_text(c), *got = terminal_screen(t);
        assert_string_equal(got, expected);
        free(expected);
        free(got);
        canvas_free(c);
    }
    unsetenv("LINES");
    unsetenv("COLUMNS");
    terminal_free(t);
}

/* A canvas of another size than the terminal's (it has just been changed) is shown as far as it goes. */
static void test_other_size(void **state)
{
    (void)state;
    struct terminal *t = terminal_new(3, 6, "xterm");
    struct canvas *c = canvas_new(9, 20);
    for (int row = 0; row < 9; row++)
        canvas_putf(c, row, 0, STYLE_PLAIN, "%d 日本語日本語", row);
    term_show(terminal_term(t), c);
    assert_true(terminal_shows(t, "0 日本\n1 日本\n2 日本\n"));
    canvas_reset(c, 2, 2);
    canvas_put(c, 1, 0, STYLE_PLAIN, "ab");
    term_show(terminal_term(t), c);
    assert_true(terminal_shows(t, "\nab\n\n"));
    canvas_free(c);
    terminal_free(t);
}

static void test_end_of_input(void **state)
{
    (void)state;
    struct terminal *t = terminal_new(24, 80, "xterm");
    terminal_hang_up(t);
    assert_int_equal(term_key(terminal_term(t), -1), TERM_ENDED);
    assert_int_equal(term_key(terminal_term(t), -1), TERM_ENDED);
    terminal_free(t);
}

/* Input that is no terminal ends too, and what came before is not lost. */
static void test_end_of_file(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    FILE *in = fdopen(ends[0], "r");
    struct terminal *t = terminal_bare(24, 80, "xterm");
    struct term *term = term_open("xterm", terminal_out(t), in, NULL);
    assert_non_null(term);
    assert_int_equal(write(ends[1], "a\xc3\xa9", 3), 3);
    assert_int_equal(term_key(term, -1), 'a');
    close(ends[1]);
    assert_int_equal(term_key(term, -1), 0xe9);
    assert_int_equal(term_key(term, -1), TERM_ENDED);
    assert_true(term_pending(term));
    term_close(term);
    fclose(in);
    in = fopen("/dev/null", "r");
    term = term_open("xterm", terminal_out(t), in, NULL);
    assert_int_equal(term_key(term, -1), TERM_ENDED);
    term_close(term);
    fclose(in);
    terminal_free(t);
}

static volatile sig_atomic_t reached_us;

static void note(int number)
{
    reached_us = number;
}

static void test_ending_signals(void **state)
{
    (void)state;
    static const int numbers[] = {SIGTERM, SIGHUP, SIGINT};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        signal(numbers[i], note);
        reached_us = 0;
        struct terminal *t = terminal_new(24, 80, "xterm");
        terminal_type_keys(t, "a");
        raise(numbers[i]);
        assert_int_equal(term_key(terminal_term(t), -1), TERM_ENDED);
        assert_int_equal(term_key(terminal_term(t), -1), TERM_ENDED);
        terminal_free(t);
        /* And the handler that was there is there again. */
        assert_int_equal(reached_us, 0);
        raise(numbers[i]);
        assert_int_equal(reached_us, numbers[i]);
        signal(numbers[i], SIG_DFL);
    }
}

/* A signal that the one who started us had ignored stays ignored. */
static void test_ignored_signal(void **state)
{
    (void)state;
    signal(SIGHUP, SIG_IGN);
    struct terminal *t = terminal_new(24, 80, "xterm");
    raise(SIGHUP);
    assert_int_equal(term_key(terminal_term(t), 0), TERM_NONE);
    terminal_free(t);
    signal(SIGHUP, SIG_DFL);
}

/* In a process of its own, which stops: what it shows is there again when it goes on, and keys arrive. */
static void stopping_child(struct terminal *t, bool by_signal)
{
    setpgid(0, 0);
    alarm(60); /* so that nothing is left over where the test fails */
    struct canvas *c = sample(16, 60);
    struct term *term = terminal_term(t);
    term_show(term, c);
    if (by_signal)
        raise(SIGTSTP); /* acted on in the wait for a key */
    else
        term_suspend(term);
    _exit(term_key(term, -1) == 'x' ? 0 : 1);
}

static void test_stop(void **state)
{
    (void)state;
    for (int by_signal = 0; by_signal < 2; by_signal++) {
        struct terminal *t = terminal_new(16, 60, "xterm-256color");
        struct termios while_on, stopped, again;
        int device = open(terminal_device(t), O_RDWR | O_NOCTTY);
        tcgetattr(device, &while_on);
        pid_t child = fork();
        if (child == 0)
            stopping_child(t, by_signal);
        int status;
        assert_int_equal(waitpid(child, &status, WUNTRACED), child);
        assert_true(WIFSTOPPED(status));
        assert_false(terminal_alternate(t));
        tcgetattr(device, &stopped);
        assert_true(stopped.c_lflag & ICANON);
        assert_true(stopped.c_lflag & ISIG);
        kill(child, SIGCONT);
        while (!terminal_alternate(t) && waitpid(child, &status, WNOHANG) == 0)
            sched_yield();
        terminal_type_keys(t, "x");
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        tcgetattr(device, &again);
        assert_int_equal(again.c_lflag, while_on.c_lflag);
        assert_int_equal(again.c_iflag, while_on.c_iflag);
        assert_true(terminal_alternate(t));
        terminal_check(t, "term-xterm-256color");
        close(device);
        terminal_free(t);
    }
}

/* Continued after a stop that could not be noticed: the modes are set again and all is painted. */
static void test_continued(void **state)
{
    (void)state;
    struct terminal *t = terminal_new(16, 60, "xterm-256color");
    struct canvas *c = sample(16, 60);
    term_show(terminal_term(t), c);
    char *before = terminal_picture(t);
    assert_true(write(fileno(terminal_out(t)), "\033[2Jgarbage", 11) == 11);
    assert_true(terminal_shows(t, "garbage"));
    raise(SIGCONT);
    assert_int_equal(term_key(terminal_term(t), 0), TERM_NONE);
    char *after = terminal_picture(t);
    assert_string_equal(after, before);
    free(before);
    free(after);
    canvas_free(c);
    terminal_free(t);
}

/* ---- opening and closing ---- */

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *type, *says;
    } cases[] = {
        {NULL, "TERM is not set"},
        {"", "TERM is not set"},
        {"dumb", "cannot draw screens"},
        {"no-such-terminal", "does not know terminals of type \"no-such-terminal\""},
        {"\033]0;x\a", "⟨U+001B⟩]0;x⟨U+0007⟩"},
        {"../../etc/passwd", "does not know"},
        {"unknown", "\"unknown\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct terminal *t = terminal_bare(24, 80, cases[i].type);
        char *cause = NULL;
        assert_null(term_open(cases[i].type, terminal_out(t), terminal_in(t), &cause));
        if (!strstr(cause, cases[i].says))
            fail_msg("%s", cause);
        assert_non_null(strstr(cause, "--accessible"));
        free(cause);
        assert_null(term_open(cases[i].type, terminal_out(t), terminal_in(t), NULL));
        /* Nothing was written. */
        assert_int_equal(terminal_bytes_sent(t), 0);
        terminal_free(t);
    }
}

/* As it was: modes, screen, cursor, mouse, and the handlers of signals. */
static void test_given_back(void **state)
{
    (void)state;
    struct terminal *t = terminal_bare(16, 60, "xterm-256color");
    struct termios before, during, after;
    int device = fileno(terminal_in(t));
    tcgetattr(device, &before);
    assert_true(write(fileno(terminal_out(t)), "$ alongside\r\n", 13) == 13);
    struct term *term = term_open("xterm-256color", terminal_out(t), terminal_in(t), NULL);
    struct canvas *c = sample(16, 60);
    term_show(term, c);
    tcgetattr(device, &during);
    assert_false(during.c_lflag & (ICANON | ECHO | ISIG));
    assert_false(during.c_iflag & (IXON | ICRNL));
    assert_true(terminal_alternate(t));
    term_close(term);
    tcgetattr(device, &after);
    assert_int_equal(after.c_lflag, before.c_lflag);
    assert_int_equal(after.c_iflag, before.c_iflag);
    assert_int_equal(after.c_oflag, before.c_oflag);
    assert_false(terminal_alternate(t));
    assert_true(terminal_shows(t, "$ alongside"));
    int row, column;
    assert_true(terminal_cursor(t, &row, &column));
    struct sigaction action;
    sigaction(SIGWINCH, NULL, &action);
    assert_true(action.sa_handler == SIG_DFL);
    sigaction(SIGTSTP, NULL, &action);
    assert_true(action.sa_handler == SIG_DFL);
    term_close(NULL);
    canvas_free(c);
    terminal_free(t);
}

/* Out of memory: the terminal is given back before the sentence is written. */
static void test_out_of_memory(void **state)
{
    (void)state;
    struct terminal *t = terminal_new(16, 60, "xterm-256color");
    struct canvas *c = sample(16, 60);
    term_show(terminal_term(t), c);
    assert_true(terminal_alternate(t));
    pid_t child = fork();
    if (child == 0) {
        dup2(fileno(terminal_out(t)), STDERR_FILENO);
        mem_exhausted();
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 2);
    assert_false(terminal_alternate(t));
    assert_true(terminal_shows(t, "run out of memory"));
    canvas_free(c);
    terminal_free(t);
}

int main(void)
{
    mem_init();
    setlocale(LC_ALL, "");
    alarm(300); /* to fail rather than to wait for ever */
    unsetenv("NO_COLOR");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shown),          cmocka_unit_test(test_no_color),
        cmocka_unit_test(test_changes),        cmocka_unit_test(test_clusters),
        cmocka_unit_test(test_bytes),          cmocka_unit_test(test_cursor),
        cmocka_unit_test(test_keys),           cmocka_unit_test(test_broken_input),
        cmocka_unit_test(test_pending),        cmocka_unit_test(test_click),
        cmocka_unit_test(test_resize),         cmocka_unit_test(test_other_size),
        cmocka_unit_test(test_end_of_input),   cmocka_unit_test(test_end_of_file),
        cmocka_unit_test(test_ending_signals), cmocka_unit_test(test_ignored_signal),
        cmocka_unit_test(test_stop),           cmocka_unit_test(test_continued),
        cmocka_unit_test(test_refused),        cmocka_unit_test(test_given_back),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
