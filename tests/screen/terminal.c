/* A terminal to test screens on.
 *
 * The pseudo-terminal is a real one, so that raw mode, sizes and hanging up are what the program will meet.
 * It holds only some kilobytes, so a thread keeps emptying it into a buffer; libvterm is fed from that in the
 * test's own time. The device controls no process, so a change of size is signalled by hand. */
#include "screen/terminal.h"

#include "check.h"
#include "golden.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <curses.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <unistr.h>
#include <vterm.h>

struct terminal {
    int near; /* our end */
    pthread_t reader;
    pthread_mutex_t lock;  /* on what follows, and on reading */
    struct strbuf arrived; /* and not yet taken in */
    struct strbuf stream; /* all that ever arrived */
    FILE *in, *out;
    char device[64];
    char *type;
    VTerm *vterm;
    VTermScreen *screen;
    struct term *term;
    size_t bytes;
    bool cursor_visible, alternate;
};

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct terminal *t = user;
    if (property == VTERM_PROP_CURSORVISIBLE)
        t->cursor_visible = value->boolean;
    if (property == VTERM_PROP_ALTSCREEN)
        t->alternate = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

/* Read what has arrived at our end by now. The caller holds the lock. */
static void read_arrived(struct terminal *t)
{
    char block[4096];
    ssize_t got;
    while ((got = read(t->near, block, sizeof block)) > 0)
        strbuf_addn(&t->arrived, block, (size_t)got);
}

/* The thread: keeps the device from being full, which would stop the writer, who is the one that would empty
 * it. */
static void *keep_reading(void *terminal)
{
    struct terminal *t = terminal;
    struct pollfd near = {.fd = t->near, .events = POLLIN};
    while (poll(&near, 1, -1) > 0 && !(near.revents & (POLLERR | POLLNVAL))) {
        pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
        pthread_mutex_lock(&t->lock);
        read_arrived(t);
        pthread_mutex_unlock(&t->lock);
        pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
        if (near.revents & POLLHUP)
            break;
    }
    return NULL;
}

static void start_reading(struct terminal *t)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_mutex_init(&t->lock, NULL);
    /* Signals are for the program under test. */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    assert_int_equal(pthread_create(&t->reader, NULL, keep_reading, t), 0);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* Take in what was written: all of it, since reading takes over what the device still holds. */
static void take_in(struct terminal *t)
{
    if (t->near < 0)
        return;
    pthread_mutex_lock(&t->lock);
    read_arrived(t);
    t->bytes += t->arrived.length;
    strbuf_addf(&t->stream, "%.*s", (int)t->arrived.length, t->arrived.text ? t->arrived.text : "");
    vterm_input_write(t->vterm, t->arrived.text, t->arrived.length);
    strbuf_clear(&t->arrived);
    pthread_mutex_unlock(&t->lock);
}

/* Close our end. */
static void leave(struct terminal *t)
{
    if (t->near < 0)
        return;
    pthread_cancel(t->reader);
    pthread_join(t->reader, NULL);
    pthread_mutex_destroy(&t->lock);
    close(t->near);
    t->near = -1;
}

struct terminal *terminal_bare(int rows, int columns, const char *type)
{
    struct terminal *t = xcalloc(1, sizeof *t);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    int far;
    assert_int_equal(openpty(&t->near, &far, t->device, NULL, &size), 0);
    fcntl(t->near, F_SETFL, O_NONBLOCK);
    fcntl(t->near, F_SETFD, FD_CLOEXEC);
    t->in = fdopen(far, "r");
    t->out = fdopen(fcntl(far, F_DUPFD_CLOEXEC, 0), "w");
    t->type = type ? xstrdup(type) : NULL;
    t->vterm = vterm_new(rows, columns);
    vterm_set_utf8(t->vterm, 1);
    t->screen = vterm_obtain_screen(t->vterm);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_set_callbacks(t->screen, &callbacks, t);
    t->cursor_visible = true;
    vterm_screen_reset(t->screen, 1);
    t->arrived = (struct strbuf)STRBUF_INIT;
    start_reading(t);
    return t;
}

/* The one a struct term is open on: a test that fails leaves it, and the next test is to start afresh. */
static struct terminal *live;

struct terminal *terminal_new(int rows, int columns, const char *type)
{
    if (live)
        terminal_free(live);
    struct terminal *t = terminal_bare(rows, columns, type);
    char *cause = NULL;
    t->term = term_open(type, t->out, t->in, &cause);
    if (!t->term)
        fail_msg("%s", cause);
    live = t;
    return t;
}

void terminal_close_term(struct terminal *t)
{
    take_in(t);
    term_close(t->term);
    t->term = NULL;
    if (live == t)
        live = NULL;
    take_in(t);
}

void terminal_free(struct terminal *t)
{
    terminal_close_term(t);
    leave(t);
    fclose(t->in);
    fclose(t->out);
    strbuf_release(&t->arrived);
    strbuf_release(&t->stream);
    vterm_free(t->vterm);
    free(t->type);
    free(t);
}

struct term *terminal_term(struct terminal *t)
{
    return t->term;
}

FILE *terminal_out(struct terminal *t)
{
    return t->out;
}

FILE *terminal_in(struct terminal *t)
{
    return t->in;
}

const char *terminal_device(struct terminal *t)
{
    return t->device;
}

/* ---- input ---- */

/* Keys by name: their terminfo capability, and what is sent where the type has none. */
static const struct {
    const char *name, *capability, *otherwise;
} named[] = {
    {"Enter", NULL, "\r"},
    {"Tab", NULL, "\t"},
    {"Esc", NULL, "\033"},
    {"Space", NULL, " "},
    {"Backspace", NULL, "\177"},
    {"BackTab", "kcbt", "\033[Z"},
    {"Up", "kcuu1", "\033[A"},
    {"Down", "kcud1", "\033[B"},
    {"Left", "kcub1", "\033[D"},
    {"Right", "kcuf1", "\033[C"},
    {"Home", "khome", "\033[1~"},
    {"End", "kend", "\033[4~"},
    {"PageUp", "kpp", "\033[5~"},
    {"PageDown", "knp", "\033[6~"},
    {"Delete", "kdch1", "\033[3~"},
    {"Ctrl-Left", NULL, "\033[1;5D"},
    {"Ctrl-Right", NULL, "\033[1;5C"},
    {"F1", "kf1", "\033[11~"},
    {"F2", "kf2", "\033[12~"},
    {"F3", "kf3", "\033[13~"},
    {"F4", "kf4", "\033[14~"},
    {"F5", "kf5", "\033[15~"},
    {"F6", "kf6", "\033[17~"},
    {"F7", "kf7", "\033[18~"},
    {"F8", "kf8", "\033[19~"},
    {"F9", "kf9", "\033[20~"},
    {"F10", "kf10", "\033[21~"},
    {"F11", "kf11", "\033[23~"},
    {"F12", "kf12", "\033[24~"},
};

void terminal_send(struct terminal *t, const char *bytes, size_t length)
{
    take_in(t);
    assert_int_equal(write(t->near, bytes, length), length);
}

static void type_key(struct terminal *t, const char *key)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strcmp(named[i].name, key) != 0)
            continue;
        /* Curses runs on this type, so it is the one asked. */
        const char *sent = named[i].capability && t->term ? tigetstr(named[i].capability) : NULL;
        if (!sent || sent == (char *)-1)
            sent = named[i].otherwise;
        terminal_send(t, sent, strlen(sent));
        return;
    }
    if (strncmp(key, "Ctrl-", 5) == 0 && key[5] && !key[6]) {
        char control = (char)(key[5] & 0x1f);
        terminal_send(t, &control, 1);
        return;
    }
    terminal_send(t, key, strlen(key));
}

void terminal_type_keys(struct terminal *t, const char *keys)
{
    while (*keys) {
        size_t length = strcspn(keys, " ");
        char *key = xstrndup(keys, length);
        if (length)
            type_key(t, key);
        free(key);
        keys += length + (keys[length] == ' ');
    }
}

void terminal_click(struct terminal *t, int row, int column)
{
    char *click = xasprintf("\033[<0;%d;%dM\033[<0;%d;%dm", column + 1, row + 1, column + 1, row + 1);
    terminal_send(t, click, strlen(click));
    free(click);
}

void terminal_resize(struct terminal *t, int rows, int columns)
{
    take_in(t);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    assert_int_equal(ioctl(t->near, TIOCSWINSZ, &size), 0);
    vterm_set_size(t->vterm, rows, columns);
    raise(SIGWINCH);
}

void terminal_hang_up(struct terminal *t)
{
    take_in(t);
    leave(t);
}

/* ---- what can be seen ---- */

static void add_cell(struct strbuf *sb, const VTermScreenCell *cell)
{
    if (cell->chars[0] == 0)
        strbuf_addch(sb, ' ');
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
        uint8_t utf8[6];
        int n = u8_uctomb(utf8, cell->chars[i], sizeof utf8);
        strbuf_addn(sb, n > 0 ? (char *)utf8 : "?", n > 0 ? (size_t)n : 1);
    }
}

static VTermScreenCell cell_at(struct terminal *t, int row, int column)
{
    VTermScreenCell cell = {0};
    vterm_screen_get_cell(t->screen, (VTermPos){row, column}, &cell);
    return cell;
}

static void add_row(struct terminal *t, struct strbuf *sb, int row, int columns)
{
    for (int column = 0; column < columns;) {
        VTermScreenCell cell = cell_at(t, row, column);
        add_cell(sb, &cell);
        column += cell.width > 1 ? cell.width : 1;
    }
}

char *terminal_screen(struct terminal *t)
{
    take_in(t);
    int rows, columns;
    vterm_get_size(t->vterm, &rows, &columns);
    struct strbuf sb = STRBUF_INIT;
    for (int row = 0; row < rows; row++) {
        add_row(t, &sb, row, columns);
        while (sb.length && sb.text[sb.length - 1] == ' ')
            strbuf_remove(&sb, sb.length - 1, 1);
        strbuf_addch(&sb, '\n');
    }
    return strbuf_detach(&sb);
}

bool terminal_shows(struct terminal *t, const char *text)
{
    char *screen = terminal_screen(t);
    bool there = strstr(screen, text) != NULL;
    free(screen);
    return there;
}

/* The number of a colour among the eight, or -1 for the terminal's own. (libvterm hands out its palette's RGB
 * for some and an index for others.) */
static int colour_number(struct terminal *t, VTermColor colour)
{
    if (VTERM_COLOR_IS_DEFAULT_FG(&colour) || VTERM_COLOR_IS_DEFAULT_BG(&colour))
        return -1;
    VTermState *state = vterm_obtain_state(t->vterm);
    vterm_state_convert_color_to_rgb(state, &colour);
    for (int i = 0; i < 16; i++) {
        VTermColor of_palette;
        vterm_state_get_palette_color(state, i, &of_palette);
        vterm_state_convert_color_to_rgb(state, &of_palette);
        if (vterm_color_is_equal(&of_palette, &colour))
            return i;
    }
    return -1;
}

static char look(struct terminal *t, int row, int column)
{
    VTermScreenCell cell = cell_at(t, row, column);
    int background = colour_number(t, cell.bg), colour = colour_number(t, cell.fg);
    if (background >= 0 || colour >= 0)
        return "0123456789ABCDEF"[background >= 0 ? background : colour];
    char shown = cell.attrs.reverse ? 'r' : cell.attrs.underline ? 'u' : '.';
    if (cell.attrs.bold)
        shown = shown == 'r' ? 'R' : shown == 'u' ? 'U' : 'b';
    return shown;
}

char terminal_cell_look(struct terminal *t, int row, int column)
{
    take_in(t);
    return look(t, row, column);
}

bool terminal_cursor(struct terminal *t, int *row, int *column)
{
    take_in(t);
    VTermPos position;
    vterm_state_get_cursorpos(vterm_obtain_state(t->vterm), &position);
    *row = position.row;
    *column = position.col;
    return t->cursor_visible;
}

bool terminal_alternate(struct terminal *t)
{
    take_in(t);
    return t->alternate;
}

const char *terminal_stream(struct terminal *t)
{
    take_in(t);
    return t->stream.text ? t->stream.text : "";
}

size_t terminal_bytes_sent(struct terminal *t)
{
    take_in(t);
    size_t bytes = t->bytes;
    t->bytes = 0;
    return bytes;
}

char *terminal_picture(struct terminal *t)
{
    int rows, columns, cursor_row, cursor_column;
    bool visible = terminal_cursor(t, &cursor_row, &cursor_column);
    vterm_get_size(t->vterm, &rows, &columns);
    struct strbuf sb = STRBUF_INIT;
    for (int row = 0; row < rows; row++) {
        add_row(t, &sb, row, columns);
        strbuf_add(&sb, "|\n");
    }
    strbuf_addf(&sb, "cursor: row %d, column %d%s\n", cursor_row, cursor_column, visible ? "" : ", hidden");
    for (int row = 0; row < rows; row++) {
        struct strbuf map = STRBUF_INIT;
        for (int column = 0; column < columns; column++)
            strbuf_addch(&map, look(t, row, column));
        while (map.length && map.text[map.length - 1] == '.')
            strbuf_remove(&map, map.length - 1, 1);
        if (map.length)
            strbuf_addf(&sb, "%3d %s\n", row, map.text);
        strbuf_release(&map);
    }
    return strbuf_detach(&sb);
}

void terminal_check(struct terminal *t, const char *golden)
{
    char *picture = terminal_picture(t);
    golden_check(golden, picture);
    free(picture);
}
