/* A canvas: a grid of cells that views write on.
 *
 * A cell holds its text in place, so that painting a screen many times a second asks for no memory. The room
 * is enough for a letter with all the marks any language puts on it; a cluster that is longer keeps its first
 * characters. A wide character takes two cells, the second of which is empty; writing over one half blanks
 * the other, so that a half is never left behind. */
#include "screen/canvas.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define CELL_TEXT 24

struct cell {
    char text[CELL_TEXT]; /* "" for the second half of a wide character */
    unsigned char style;
};

struct canvas {
    int rows, columns;
    int cursor_row, cursor_column;
    size_t room; /* cells that there is memory for */
    struct cell *cells;
};

static const struct cell blank = {" ", STYLE_PLAIN};

struct canvas *canvas_new(int rows, int columns)
{
    struct canvas *c = xcalloc(1, sizeof *c);
    canvas_reset(c, rows, columns);
    return c;
}

void canvas_free(struct canvas *c)
{
    if (c)
        free(c->cells);
    free(c);
}

static void set_size(struct canvas *c, int rows, int columns)
{
    c->rows = rows > 0 ? rows : 0;
    c->columns = columns > 0 ? columns : 0;
    size_t wanted = (size_t)c->rows * (size_t)c->columns;
    if (wanted > c->room) {
        c->cells = xreallocarray(c->cells, wanted, sizeof *c->cells);
        c->room = wanted;
    }
}

void canvas_reset(struct canvas *c, int rows, int columns)
{
    set_size(c, rows, columns);
    size_t count = (size_t)c->rows * (size_t)c->columns;
    for (size_t i = 0; i < count; i++)
        c->cells[i] = blank;
    c->cursor_row = c->cursor_column = 0;
}

int canvas_rows(const struct canvas *c)
{
    return c->rows;
}

int canvas_columns(const struct canvas *c)
{
    return c->columns;
}

void canvas_copy(struct canvas *to, const struct canvas *from)
{
    set_size(to, from->rows, from->columns);
    if (from->rows && from->columns)
        memcpy(to->cells, from->cells, (size_t)from->rows * (size_t)from->columns * sizeof *from->cells);
    to->cursor_row = from->cursor_row;
    to->cursor_column = from->cursor_column;
}

static bool inside(const struct canvas *c, int row, int column)
{
    return row >= 0 && row < c->rows && column >= 0 && column < c->columns;
}

static struct cell *at(const struct canvas *c, int row, int column)
{
    return &c->cells[(size_t)row * (size_t)c->columns + (size_t)column];
}

static bool second_half(const struct canvas *c, int row, int column)
{
    return inside(c, row, column) && at(c, row, column)->text[0] == '\0';
}

/* Before cells [column, end) are written over: what they leave of wide characters at their edges becomes
 * blank. */
static void free_edges(struct canvas *c, int row, int column, int end)
{
    if (second_half(c, row, column))
        strcpy(at(c, row, column - 1)->text, " ");
    if (second_half(c, row, end))
        strcpy(at(c, row, end)->text, " ");
}

/* Put one grapheme, which is `width` (1 or 2) columns wide, where all of it is inside. */
static void put_grapheme(struct canvas *c, int row, int column, int width, enum style style, const char *text,
                         size_t length)
{
    free_edges(c, row, column, column + width);
    struct cell *cell = at(c, row, column);
    if (length >= CELL_TEXT) {
        length = CELL_TEXT - 1;
        while (((unsigned char)text[length] & 0xc0) == 0x80)
            length--;
    }
    memcpy(cell->text, text, length);
    cell->text[length] = '\0';
    cell->style = (unsigned char)style;
    if (width == 2)
        cell[1] = (struct cell){"", (unsigned char)style};
}

/* The text as it may be shown, and in *owned what is to be freed: NULL for plain ASCII, which nearly all text
 * is and which is safe as it stands. */
static const char *safe(const char *text, bool lines, char **owned)
{
    const unsigned char *p = (const unsigned char *)text;
    while ((*p >= ' ' && *p < 0x7f) || (lines && *p == '\n'))
        p++;
    *owned = *p ? utf8_safe(text, lines) : NULL;
    return *owned ? *owned : text;
}

/* Put text that is safe already. */
static int put(struct canvas *c, int row, int column, int columns, enum style style, const char *text,
               size_t length)
{
    if (row < 0 || row >= c->rows)
        return 0;
    int end = columns < c->columns - column ? column + columns : c->columns;
    int written = 0;
    for (size_t i = 0; i < length;) {
        size_t next = utf8_next(text, i);
        int width = utf8_width_of(text + i, next - i);
        if (column + width > end)
            break;
        /* A mark without a letter to stand on has no cell. */
        if (width > 0 && column >= 0) {
            put_grapheme(c, row, column, width, style, text + i, next - i);
            written += width;
        }
        column += width;
        i = next;
    }
    return written;
}

int canvas_put_in(struct canvas *c, int row, int column, int columns, enum style style, const char *text)
{
    char *owned;
    const char *shown = safe(text, false, &owned);
    int written = put(c, row, column, columns, style, shown, strlen(shown));
    free(owned);
    return written;
}

int canvas_put(struct canvas *c, int row, int column, enum style style, const char *text)
{
    return canvas_put_in(c, row, column, c->columns - column, style, text);
}

int canvas_put_short(struct canvas *c, int row, int column, int columns, enum style style, const char *text)
{
    char *owned;
    const char *shown = safe(text, false, &owned);
    int room = columns < c->columns - column ? columns : c->columns - column;
    char *shortened = utf8_shorten(shown, room);
    int written = put(c, row, column, room, style, shortened, strlen(shortened));
    free(shortened);
    free(owned);
    return written;
}

int canvas_put_centre(struct canvas *c, int row, int column, int columns, enum style style, const char *text)
{
    char *owned;
    const char *shown = safe(text, false, &owned);
    int width = utf8_width(shown);
    free(owned);
    int left = width < columns ? (columns - width) / 2 : 0;
    return canvas_put_short(c, row, column + left, columns - left, style, text);
}

int canvas_putf(struct canvas *c, int row, int column, enum style style, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = xvasprintf(format, args);
    va_end(args);
    int written = canvas_put(c, row, column, style, text);
    free(text);
    return written;
}

/* A line that more follows, so that it always ends in "...", which takes the room of its last letters if need
 * be. */
static void put_cut_line(struct canvas *c, int row, int column, int columns, enum style style,
                         const char *line, size_t length)
{
    char *copy = xstrndup(line, length);
    size_t fit = columns > 3 ? utf8_fit(copy, columns - 3) : 0;
    while (fit > 0 && copy[fit - 1] == ' ')
        fit--;
    int width = put(c, row, column, columns, style, copy, fit);
    put(c, row, column + width, columns - width, style, "...", 3);
    free(copy);
}

int canvas_put_wrapped(struct canvas *c, int row, int column, int rows, int columns, enum style style,
                       const char *text)
{
    if (rows <= 0 || columns <= 0)
        return 0;
    char *owned;
    const char *shown = safe(text, true, &owned);
    struct utf8_line *lines;
    size_t count = utf8_wrap(shown, columns, &lines);
    size_t used = count < (size_t)rows ? count : (size_t)rows;
    for (size_t i = 0; i < used; i++) {
        const char *line = shown + lines[i].start;
        if (i + 1 == used && used < count)
            put_cut_line(c, row + (int)i, column, columns, style, line, lines[i].length);
        else
            put(c, row + (int)i, column, columns, style, line, lines[i].length);
    }
    free(lines);
    free(owned);
    return (int)used;
}

void canvas_fill(struct canvas *c, int row, int column, int columns, enum style style, const char *character)
{
    size_t length = strlen(character);
    for (int i = 0; i < columns; i++) {
        if (inside(c, row, column + i))
            put_grapheme(c, row, column + i, 1, style, character, length);
    }
}

void canvas_down(struct canvas *c, int row, int column, int rows, enum style style, const char *character)
{
    for (int i = 0; i < rows; i++)
        canvas_fill(c, row + i, column, 1, style, character);
}

void canvas_restyle(struct canvas *c, int row, int column, int columns, enum style style)
{
    /* A wide character has one style. */
    int end = column + columns;
    if (columns > 0 && second_half(c, row, column))
        column--;
    if (columns > 0 && second_half(c, row, end))
        end++;
    for (; column < end; column++) {
        if (inside(c, row, column))
            at(c, row, column)->style = (unsigned char)style;
    }
}

void canvas_cursor(struct canvas *c, int row, int column)
{
    c->cursor_row = row;
    c->cursor_column = column;
}

void canvas_cursor_at(const struct canvas *c, int *row, int *column)
{
    *row = c->cursor_row;
    *column = c->cursor_column;
}

const char *canvas_cell(const struct canvas *c, int row, int column, enum style *style)
{
    const struct cell *cell = inside(c, row, column) ? at(c, row, column) : &blank;
    if (style)
        *style = cell->style;
    return cell->text;
}

char *canvas_text(const struct canvas *c)
{
    struct strbuf sb = STRBUF_INIT;
    for (int row = 0; row < c->rows; row++) {
        for (int column = 0; column < c->columns; column++)
            strbuf_add(&sb, at(c, row, column)->text);
        while (sb.length && sb.text[sb.length - 1] == ' ')
            strbuf_remove(&sb, sb.length - 1, 1);
        strbuf_addch(&sb, '\n');
    }
    return strbuf_detach(&sb);
}
