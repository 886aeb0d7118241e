/* The terminal: the one place that talks to curses. Shows a canvas, waits for a key. */
#ifndef SCREEN_TERM_H
#define SCREEN_TERM_H

#include "screen/canvas.h"

#include <stdbool.h>
#include <stdio.h>

/* Keys: a character is its code point (control characters too: 1 is Ctrl-A, 27 is Esc, 13 and 10 are
 * TERM_ENTER). */
enum term_key {
    TERM_NONE = 0x110000, /* nothing came in time */
    TERM_RESIZED,
    TERM_CHANGED, /* there is something to read where term_watch() was told to look */
    TERM_HIDDEN,  /* what term_hide_with() was given has been called */
    TERM_ENDED,   /* end of input, SIGHUP or SIGTERM: save and leave */
    TERM_ENTER,
    TERM_TAB,
    TERM_BACKTAB,
    TERM_BACKSPACE,
    TERM_DELETE,
    TERM_UP,
    TERM_DOWN,
    TERM_LEFT,
    TERM_RIGHT,
    TERM_HOME,
    TERM_END,
    TERM_PAGE_UP,
    TERM_PAGE_DOWN,
    TERM_CLICK, /* term_click() says where */
    TERM_F1,    /* F1 … F12 follow each other */
    TERM_F12 = TERM_F1 + 11,
    TERM_WORD_LEFT, /* Ctrl-Left, where the terminal tells it from Left */
    TERM_WORD_RIGHT,
};

struct term;

/* Take the terminal over, with its signals. NULL and a cause where `type` (TERM) is unset, unknown, or cannot
 * move the cursor. One at a time. The caller has called setlocale(LC_ALL, ""); where that says nothing of the
 * characters the terminal takes ("C"), they are taken to be UTF-8. */
struct term *term_open(const char *type, FILE *out, FILE *in, char **cause);
/* Give it back as it was. Safe to call for NULL. */
void term_close(struct term *t);
void term_size(const struct term *t, int *rows, int *columns);
/* Show the canvas: only what changed is sent. */
void term_show(struct term *t, const struct canvas *c);
/* Show all of it next time, whatever may stand there by now. */
void term_redraw(struct term *t);
/* The next key; waits at most `milliseconds` (-1: for ever). TERM_ENDED stays: each later call returns it
 * again. */
int term_key(struct term *t, int milliseconds);
/* Show nothing that stood there any more, nor leave it to be scrolled back to: both of the terminal's screens
 * are cleared, and what is shown next is painted whole. */
void term_wipe(struct term *t);
/* Keys that were typed and not yet taken are lost. */
void term_drop_keys(struct term *t);
/* What is called where anybody may see the terminal next: before it is given back for a stop, after a stop that
 * could not be noticed, and at a SIGHUP where the terminal is still there, which ends the program otherwise.
 * It shows what may be seen. term_key() says TERM_HIDDEN then. */
void term_hide_with(struct term *t, void (*hide)(void *context), void *context);
/* Wait for this descriptor too: when it can be read from, term_key() says TERM_CHANGED. -1: none. */
void term_watch(struct term *t, int fd);
void term_click(const struct term *t, int *row, int *column);
/* Is more waiting (a paste, a held key), so that painting can wait? */
bool term_pending(struct term *t);
/* Give the terminal back for a stop (Ctrl-Z), and take it again after. */
void term_suspend(struct term *t);
/* Can the terminal draw the line-drawing characters and the few symbols of screens.md? Else use ASCII. */
bool term_draws_lines(const struct term *t);

#endif
