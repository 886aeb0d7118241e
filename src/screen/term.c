/* The terminal: the one place that talks to curses.
 *
 * What was shown last is kept as a canvas, and only cells that differ from it are handed to curses, which in
 * turn sends only what differs on the glass. Keys are read byte by byte through a pad, not through the
 * window: reading from a window would paint it. Characters are put together here, so that one that arrives in
 * two halves is whole.
 *
 * Signals only leave a mark and a byte in a pipe that the wait for a key listens to, so none is missed and
 * none is acted on in the middle of something. Curses installs no handler where there is one, so all of them
 * are ours. */
#include "screen/term.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/ticks.h"
#include "screen/keys.h"
#include "screen/look.h"
#include "screen/terminfo.h"

#include <assert.h>
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <unistr.h>
#include <wchar.h>

#define ESCAPE_MILLISECONDS 25 /* to tell the Esc key from a sequence that begins with it */

struct term {
    SCREEN *curses;
    WINDOW *keyboard;     /* a pad that only keys are read from */
    struct canvas *shown; /* what is on the glass */
    int in, out;
    char *type;
    int watched;       /* one more than the descriptor of term_watch(); 0: none */
    int ahead;         /* a key that term_pending() had to read; TERM_NONE for none */
    mbstate_t partial; /* of a character of which some bytes are still to come */
    int click_row, click_column;
    bool lines, coloured;
    bool console; /* a bare Linux console */
    bool stale;   /* the glass does not show `shown`: paint it all */
    bool ended;
    void (*hide)(void *context); /* or NULL */
    void *hide_context;
};

static struct term *opened; /* the one there is */

/* ---- signals ---- */

enum { RESIZE, HANG_UP, TERMINATE, INTERRUPT, STOP, CONTINUE, SIGNALS };

static struct {
    int number;
    struct sigaction before;
    volatile sig_atomic_t caught;
} watched[SIGNALS] = {
    [RESIZE] = {.number = SIGWINCH},  [HANG_UP] = {.number = SIGHUP}, [TERMINATE] = {.number = SIGTERM},
    [INTERRUPT] = {.number = SIGINT}, [STOP] = {.number = SIGTSTP},   [CONTINUE] = {.number = SIGCONT},
};
static int wake[2] = {-1, -1};

static void on_signal(int number)
{
    int was = errno;
    for (int i = 0; i < SIGNALS; i++) {
        if (watched[i].number == number)
            watched[i].caught = 1;
    }
    ssize_t ignored = write(wake[1], "", 1);
    (void)ignored;
    errno = was;
}

static void watch(int number, struct sigaction *before)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, before);
}

static bool watch_signals(char **cause)
{
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
        return cause_errno(cause, "The screen cannot be started");
    for (int i = 0; i < SIGNALS; i++) {
        watched[i].caught = 0;
        watch(watched[i].number, &watched[i].before);
        /* Who started the program may have shielded it from a signal: it stays so. */
        if (watched[i].before.sa_handler == SIG_IGN && i != RESIZE)
            sigaction(watched[i].number, &watched[i].before, NULL);
    }
    return true;
}

static void unwatch_signals(void)
{
    for (int i = 0; i < SIGNALS; i++)
        sigaction(watched[i].number, &watched[i].before, NULL);
    close(wake[0]);
    close(wake[1]);
    wake[0] = wake[1] = -1;
}

static bool take_signal(int which)
{
    bool caught = watched[which].caught;
    watched[which].caught = 0;
    return caught;
}

/* ---- open and close ---- */

/* The size the terminal has by now, if it says so; else what curses found out. */
static void take_size(struct term *t)
{
    struct winsize size;
    if (ioctl(t->out, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col &&
        (size.ws_row != LINES || size.ws_col != COLS))
        resizeterm(size.ws_row, size.ws_col);
    t->stale = true;
}

/* A locale that says nothing about characters says nothing against UTF-8 either, which is what terminals of
 * this age take, and the text of a record is not to be lost for want of a setting. */
static void use_utf8(void)
{
    if (strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

static void give_back(void)
{
    if (opened && !isendwin())
        endwin();
}

static void listen_to_keys(struct term *t, const char *type)
{
    raw();
    noecho();
    nonl();
    typeahead(-1); /* a screen is always painted to its end */
    set_escdelay(ESCAPE_MILLISECONDS);
    t->keyboard = newpad(1, 1);
    if (!t->keyboard)
        mem_exhausted();
    keypad(t->keyboard, TRUE);
    nodelay(t->keyboard, TRUE);
    meta(t->keyboard, TRUE);
    keys_begin();
    /* On the bare console the mouse speaks through a daemon that the wait for a key cannot listen to. */
    if (strncmp(type, "linux", 5) != 0) {
        mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED, NULL);
        mouseinterval(0);
    }
}

struct term *term_open(const char *type, FILE *out, FILE *in, char **cause)
{
    assert(!opened);
    if (!terminfo_draws(type, fileno(out), cause) || !watch_signals(cause))
        return NULL;
    use_utf8();
    /* Our own memory first: from newterm() on there is a terminal to be given back. */
    struct term *t = xcalloc(1, sizeof *t);
    t->shown = canvas_new(0, 0);
    t->curses = newterm(type, out, in);
    if (!t->curses) {
        unwatch_signals();
        canvas_free(t->shown);
        free(t);
        cause_set(
            cause,
            "The screen cannot be started on this terminal. Start with --accessible to work line by line.");
        return NULL;
    }
    opened = t;
    mem_before_exit(give_back);
    t->in = fileno(in);
    t->out = fileno(out);
    t->ahead = TERM_NONE;
    t->console = strncmp(type, "linux", 5) == 0;
    t->type = xstrdup(type);
    t->lines = strcmp(nl_langinfo(CODESET), "UTF-8") == 0 && terminfo_has_lines(type);
    set_term(t->curses);
    t->coloured = look_begin();
    listen_to_keys(t, type);
    take_size(t);
    return t;
}

void term_close(struct term *t)
{
    if (!t)
        return;
    mem_before_exit(NULL);
    delwin(t->keyboard);
    give_back();
    opened = NULL;
    delscreen(t->curses);
    unwatch_signals();
    canvas_free(t->shown);
    free(t->type);
    free(t);
}

void term_size(const struct term *t, int *rows, int *columns)
{
    (void)t;
    getmaxyx(stdscr, *rows, *columns);
}

bool term_draws_lines(const struct term *t)
{
    return t->lines;
}

/* ---- showing ---- */

/* The text of a cell as curses wants it: one character with the marks on it. What follows a joiner is left
 * out: curses has no cell for it, and terminals disagree on its width. Returns the columns the terminal will
 * take for it. */
static int curses_text(const struct term *t, const char *text, int width, wchar_t out[CCHARW_MAX + 1])
{
    size_t length = strlen(text);
    int n = 0, taken = 0;
    for (size_t i = 0; i < length && n < CCHARW_MAX;) {
        ucs4_t c;
        i += (size_t)u8_mbtouc(&c, (const uint8_t *)text + i, length - i);
        if (n == 0) {
            out[n] = look_character((wchar_t)c, t->lines);
            taken = wcwidth(out[n]);
            if (taken < 1 || taken > width) {
                out[n] = L'?';
                taken = 1;
            }
            n++;
        } else if (c != 0x200d && wcwidth((wchar_t)c) == 0) {
            out[n++] = (wchar_t)c;
        } else {
            break;
        }
    }
    out[n] = L'\0';
    return taken;
}

static void put_cell(const struct term *t, int row, int column, const char *text, int width, enum style style)
{
    wchar_t characters[CCHARW_MAX + 1];
    short pair;
    attr_t attributes = look_of(style, t->coloured, &pair);
    cchar_t cell;
    /* A bare console draws no line under what is empty: a field is seen by the strokes to write on. */
    if (style == STYLE_EMPTY && t->console && text[0] == ' ')
        text = "_";
    int taken = curses_text(t, text, width, characters);
    setcchar(&cell, characters, attributes, pair, NULL);
    mvadd_wch(row, column, &cell);
    if (taken < width) {
        setcchar(&cell, L" ", attributes, pair, NULL);
        mvadd_wch(row, column + 1, &cell);
    }
}

static void paint(struct term *t, const struct canvas *c)
{
    int rows, columns;
    getmaxyx(stdscr, rows, columns);
    bool all =
        t->stale || canvas_rows(c) != canvas_rows(t->shown) || canvas_columns(c) != canvas_columns(t->shown);
    if (all)
        werase(stdscr);
    if (t->stale)
        clearok(curscr, TRUE);
    for (int row = 0; row < rows && row < canvas_rows(c); row++) {
        for (int column = 0; column < columns && column < canvas_columns(c); column++) {
            enum style style, was;
            const char *text = canvas_cell(c, row, column, &style);
            if (*text == '\0')
                continue;
            if (!all && strcmp(text, canvas_cell(t->shown, row, column, &was)) == 0 && style == was)
                continue;
            bool wide = *canvas_cell(c, row, column + 1, NULL) == '\0';
            put_cell(t, row, column, text, wide && column + 1 < columns ? 2 : 1, style);
        }
    }
    int row, column;
    canvas_cursor_at(c, &row, &column);
    row = row < 0 ? 0 : row < rows ? row : rows - 1;
    column = column < 0 ? 0 : column < columns ? column : columns - 1;
    wmove(stdscr, row, column);
    curs_set(1);
    wrefresh(stdscr);
    t->stale = false;
}

/* Curses knows nothing of this: it sends what it has to send at once, and paints all of it afterwards. */
void term_wipe(struct term *t)
{
    char *bytes = terminfo_wipe(t->type, t->out, true);
    size_t length = strlen(bytes);
    for (size_t sent = 0; sent < length;) {
        ssize_t n = write(t->out, bytes + sent, length - sent);
        if (n < 0 && errno != EINTR)
            break;
        sent += n > 0 ? (size_t)n : 0;
    }
    free(bytes);
    canvas_reset(t->shown, canvas_rows(t->shown), canvas_columns(t->shown));
    werase(stdscr);
    t->stale = true;
}

void term_show(struct term *t, const struct canvas *c)
{
    paint(t, c);
    canvas_copy(t->shown, c);
}

/* ---- stopping ---- */

void term_hide_with(struct term *t, void (*hide)(void *context), void *context)
{
    t->hide = hide;
    t->hide_context = context;
}

/* True where there was something to do it. */
static bool hide(struct term *t)
{
    if (t->hide)
        t->hide(t->hide_context);
    return t->hide != NULL;
}

/* After the terminal was somebody else's. */
static void take_again(struct term *t)
{
    int rows = LINES, columns = COLS;
    reset_prog_mode();
    take_size(t);
    if (rows != LINES || columns != COLS)
        watched[RESIZE].caught = 1;
    hide(t);
    paint(t, t->shown);
}

void term_suspend(struct term *t)
{
    hide(t);
    give_back();
    /* Nobody could wake it up again where stopping is ignored. */
    if (watched[STOP].before.sa_handler != SIG_IGN) {
        struct sigaction stop = {.sa_handler = SIG_DFL}, before;
        sigemptyset(&stop.sa_mask);
        sigaction(SIGTSTP, &stop, &before);
        kill(0, SIGTSTP); /* all that the shell started as one job, as the terminal itself would */
        sigaction(SIGTSTP, &before, NULL);
    }
    take_signal(STOP);
    take_signal(CONTINUE);
    take_again(t);
}

/* ---- keys ---- */

/* Has nothing been read because there will be nothing more? */
static bool at_end(const struct term *t)
{
    struct pollfd input = {.fd = t->in, .events = POLLIN};
    if (poll(&input, 1, 0) <= 0)
        return false;
    int waiting = 0;
    return ioctl(t->in, FIONREAD, &waiting) != 0 || waiting == 0;
}

/* The character this byte completes, or TERM_NONE. A byte that fits nowhere is dropped, with what it broke.
 */
static int complete(struct term *t, char byte)
{
    wchar_t c;
    size_t n = mbrtowc(&c, &byte, 1, &t->partial);
    if (n == (size_t)-1) {
        memset(&t->partial, 0, sizeof t->partial);
        return (unsigned char)byte < 0x80 ? keys_of_character((unsigned char)byte) : TERM_NONE;
    }
    return n == (size_t)-2 ? TERM_NONE : keys_of_character((unsigned)c);
}

static int read_key(struct term *t)
{
    for (;;) {
        int key = TERM_NONE;
        int code = wgetch(t->keyboard);
        MEVENT event;
        if (code == ERR) {
            t->ended = at_end(t);
            return t->ended ? TERM_ENDED : TERM_NONE;
        }
        if (code == KEY_MOUSE) {
            if (getmouse(&event) == OK && (event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED))) {
                t->click_row = event.y;
                t->click_column = event.x;
                return TERM_CLICK;
            }
        } else {
            key = code > 0xff ? keys_of_code(code) : complete(t, (char)code);
        }
        if (key != TERM_NONE)
            return key;
    }
}

/* Is it still a terminal that somebody sits at? One that was hung up is none. */
static bool is_there(const struct term *t)
{
    struct pollfd input = {.fd = t->in};
    struct termios modes;
    return poll(&input, 1, 0) == 0 && tcgetattr(t->in, &modes) == 0;
}

/* What there is to tell by now, without waiting. */
static int next_key(struct term *t)
{
    char drained[64];
    while (read(wake[0], drained, sizeof drained) > 0)
        ;
    bool hidden = false;
    if (take_signal(HANG_UP)) {
        hidden = is_there(t) && hide(t);
        t->ended = t->ended || !hidden;
    }
    if (take_signal(TERMINATE) || take_signal(INTERRUPT))
        t->ended = true;
    if (t->ended)
        return TERM_ENDED;
    if (take_signal(STOP)) {
        term_suspend(t);
        hidden = t->hide;
    }
    if (take_signal(CONTINUE)) {
        take_again(t);
        hidden = t->hide;
    }
    if (hidden)
        return TERM_HIDDEN;
    if (take_signal(RESIZE)) {
        take_size(t);
        return TERM_RESIZED;
    }
    return read_key(t);
}

int term_key(struct term *t, int milliseconds)
{
    int key = t->ahead;
    t->ahead = TERM_NONE;
    long long until = milliseconds < 0 ? 0 : ticks_now() + milliseconds;
    while (key == TERM_NONE && (key = next_key(t)) == TERM_NONE) {
        long long left = milliseconds < 0 ? -1 : until - ticks_now();
        if (milliseconds >= 0 && left <= 0)
            break;
        struct pollfd all[] = {{.fd = t->in, .events = POLLIN},
                               {.fd = wake[0], .events = POLLIN},
                               {.fd = t->watched ? t->watched - 1 : -1, .events = POLLIN}};
        if (ticks_wait(all, 3, (int)left) == 0)
            break; /* the time is over, or the computer woke up */
        if ((all[2].revents & POLLIN) && !all[0].revents && !all[1].revents)
            return TERM_CHANGED;
    }
    return key;
}

void term_drop_keys(struct term *t)
{
    if (t->ahead != TERM_ENDED)
        t->ahead = TERM_NONE;
    flushinp();
    memset(&t->partial, 0, sizeof t->partial);
}

void term_watch(struct term *t, int fd)
{
    t->watched = fd + 1;
}

void term_click(const struct term *t, int *row, int *column)
{
    *row = t->click_row;
    *column = t->click_column;
}

void term_redraw(struct term *t)
{
    t->stale = true;
}

bool term_pending(struct term *t)
{
    if (t->ahead == TERM_NONE)
        t->ahead = next_key(t);
    return t->ahead != TERM_NONE;
}
