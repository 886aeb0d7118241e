/* A canvas: a grid of cells that views write on. Knows nothing of terminals, so layouts are tested without
 * one.
 *
 * Styles say what a thing is, not how it looks; term.c decides that for the terminal at hand. Nothing is ever
 * told by a style alone. All text is made safe (utf8_safe) as it is put. */
#ifndef SCREEN_CANVAS_H
#define SCREEN_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

enum style {
    STYLE_PLAIN,
    STYLE_QUIET,  /* less important: not dim, which many consoles cannot show; here for terminals that can do
                     more */
    STYLE_STRONG, /* the question, a heading */
    STYLE_LEFT,   /* the one who sits left, their name */
    STYLE_RIGHT,  /* the one who sits right */
    STYLE_FOCUS,  /* where the keyboard is */
    STYLE_CHOSEN, /* an answer that is given: the same for both */
    STYLE_DIFFER, /* the two see this differently */
    STYLE_SAME,   /* the two agree */
    STYLE_KEY,    /* a key's name in the footer */
    STYLE_TITLE,  /* the line on top */
    STYLE_NOTICE, /* what the program has to say */
    STYLE_FIELD,  /* text as it is typed */
    STYLE_EMPTY,  /* where there is room for more of it */
    STYLES
};

struct canvas;

struct canvas *canvas_new(int rows, int columns);
void canvas_free(struct canvas *c);
/* Empty it, with this size. */
void canvas_reset(struct canvas *c, int rows, int columns);
int canvas_rows(const struct canvas *c);
int canvas_columns(const struct canvas *c);
/* Make `to` the same as `from`, its size and cursor too. */
void canvas_copy(struct canvas *to, const struct canvas *from);

/* Put text at a place; what would go beyond the right edge (or beyond `columns` in canvas_put_in) is cut at a
 * grapheme's border. Places outside are passed over. Returns the columns written. */
int canvas_put(struct canvas *c, int row, int column, enum style style, const char *text);
int canvas_put_in(struct canvas *c, int row, int column, int columns, enum style style, const char *text);
/* The same with text that is too long ending in "...". */
int canvas_put_short(struct canvas *c, int row, int column, int columns, enum style style, const char *text);
/* In the middle of `columns`; shortened where it is longer. */
int canvas_put_centre(struct canvas *c, int row, int column, int columns, enum style style, const char *text);
int canvas_putf(struct canvas *c, int row, int column, enum style style, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Wrapped into `columns` and at most `rows`; the last line ends in "..." where there is more. Returns rows
 * used. */
int canvas_put_wrapped(struct canvas *c, int row, int column, int rows, int columns, enum style style,
                       const char *text);
/* `columns` times the character (one column wide), or `rows` times downwards. */
void canvas_fill(struct canvas *c, int row, int column, int columns, enum style style, const char *character);
void canvas_down(struct canvas *c, int row, int column, int rows, enum style style, const char *character);
/* Change the style of cells that are there. */
void canvas_restyle(struct canvas *c, int row, int column, int columns, enum style style);

/* Where the hardware cursor is to be: on the focused item, always. */
void canvas_cursor(struct canvas *c, int row, int column);
void canvas_cursor_at(const struct canvas *c, int *row, int *column);

/* Read a cell: its text ("" for the second column of a wide one) and style. */
const char *canvas_cell(const struct canvas *c, int row, int column, enum style *style);
/* The whole canvas as text, a line for each row, blanks at line ends taken off. The caller frees it. */
char *canvas_text(const struct canvas *c);

#endif
