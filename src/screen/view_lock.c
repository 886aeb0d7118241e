/* The locked screen. What is typed lies in guarded memory and is overwritten after each try. It is never
 * shown, nor is there a key that would show it: somebody sits beside. A star for each letter says that the
 * key was taken. */
#include "screen/view_lock.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "caseload/unlock.h"
#include "screen/term.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

enum { CTRL_Q = 'Q' & 0x1f, CTRL_U = 'U' & 0x1f, ESC = 27, MARGIN = 2 };

struct lock_view {
    struct lock *lock;
    char *typed; /* PASSPHRASE_MOST bytes, guarded */
    size_t length;
    int letters;
    bool trying;
    const char *say; /* NULL: nothing */
};

struct lock_view *lock_view_new(struct lock *lock)
{
    struct lock_view *v = xcalloc(1, sizeof *v);
    v->lock = lock;
    v->typed = mem_guarded(PASSPHRASE_MOST);
    return v;
}

void lock_view_free(struct lock_view *v)
{
    if (!v)
        return;
    sodium_free(v->typed); /* overwrites it first */
    free(v);
}

/* ---- drawing ---- */

/* Wrapped; the row after it. */
static int put(struct canvas *c, int row, enum style style, const char *text)
{
    int room = canvas_rows(c) - row;
    return room > 0
               ? row + canvas_put_wrapped(c, row, MARGIN, room, canvas_columns(c) - 2 * MARGIN, style, text)
               : row;
}

static int put_field(const struct lock_view *v, struct canvas *c, int row)
{
    static const char name[] = "Passphrase:";
    if (row >= canvas_rows(c)) { /* in a tiny window it takes the last row, whatever stands there */
        row = canvas_rows(c) - 1;
        canvas_fill(c, row, 0, canvas_columns(c), STYLE_PLAIN, " ");
    }
    int column = MARGIN + canvas_put(c, row, MARGIN, STYLE_PLAIN, name) + 1;
    int room = canvas_columns(c) - MARGIN - column - 1, stars = v->letters < room ? v->letters : room;
    canvas_fill(c, row, column, room + 1, STYLE_EMPTY, " ");
    if (stars > 0)
        canvas_fill(c, row, column, stars, STYLE_FIELD, "*");
    column += stars > 0 ? stars : 0;
    canvas_cursor(c, row, column < canvas_columns(c) ? column : canvas_columns(c) - 1);
    return row + 1;
}

static void put_news(const struct lock_view *v, struct canvas *c, int row)
{
    int wait = lock_wait(v->lock);
    char *waiting = wait ? xasprintf("%s Please wait: %d %s.", v->say ? v->say : "", wait,
                                     wait == 1 ? "second" : "seconds")
                         : NULL;
    const char *say = v->trying ? "One moment." : waiting ? waiting : v->say;
    if (say)
        put(c, row, STYLE_STRONG, say);
    free(waiting);
}

void lock_view_draw(const struct lock_view *v, struct canvas *c)
{
    int row = canvas_rows(c) / 4;
    canvas_cursor(c, row, canvas_columns(c) > MARGIN ? MARGIN : 0);
    if (lock_may_leave(v->lock))
        canvas_put(c, canvas_rows(c) - 1, 0, STYLE_PLAIN, "[Ctrl-Q]Close Alongside");
    for (const char *const *words = lock_words(v->lock); *words; words++)
        row = put(c, row, STYLE_PLAIN, *words) + 1;
    if (lock_asks(v->lock)) {
        row = put_field(v, c, row) + 1;
        put_news(v, c, row);
    }
}

/* ---- keys ---- */

static void forget(struct lock_view *v)
{
    sodium_memzero(v->typed, PASSPHRASE_MOST);
    v->length = 0;
    v->letters = 0;
}

static void add(struct lock_view *v, int key)
{
    uint8_t bytes[6];
    int n = u8_uctomb(bytes, (ucs4_t)key, sizeof bytes);
    if (n > 0 && v->length + (size_t)n <= PASSPHRASE_MOST) {
        memcpy(v->typed + v->length, bytes, (size_t)n);
        v->length += (size_t)n;
        v->letters++;
    }
    sodium_memzero(bytes, sizeof bytes);
}

static void take_back(struct lock_view *v)
{
    if (!v->length)
        return;
    do {
        v->length--;
    } while (v->length && ((unsigned char)v->typed[v->length] & 0xc0) == 0x80);
    sodium_memzero(v->typed + v->length, PASSPHRASE_MOST - v->length);
    v->letters--;
}

enum lock_view_did lock_view_key(struct lock_view *v, int key)
{
    if (key == CTRL_Q)
        return lock_may_leave(v->lock) ? LOCK_VIEW_LEAVES : LOCK_VIEW_STAYS;
    if (lock_wait(v->lock) > 0)
        return LOCK_VIEW_STAYS;
    if (key == TERM_ENTER) {
        v->trying = !lock_asks(v->lock) || v->length > 0;
        return v->trying ? LOCK_VIEW_TRIES : LOCK_VIEW_STAYS;
    }
    v->say = NULL;
    if (key == TERM_BACKSPACE)
        take_back(v);
    else if (key == CTRL_U || key == ESC)
        forget(v);
    else if (lock_asks(v->lock) && key >= ' ' && key < TERM_NONE)
        add(v, key);
    return LOCK_VIEW_STAYS;
}

bool lock_view_try(struct lock_view *v)
{
    v->say = lock_try(v->lock, v->typed, v->length);
    v->trying = false;
    forget(v);
    return !v->say;
}
