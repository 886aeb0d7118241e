/* A text being typed.
 *
 * The text is one string of clean UTF-8 and the cursor an offset in it, always on a grapheme's border. The
 * wrapped lines are worked out anew where they are needed: the text is short, and nothing can then be out of
 * step. Text is wrapped one column short of the box, so that the cursor has a place behind a full line. */
#include "screen/editor.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "screen/term.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#define MOST_BYTES ((size_t)16 * 1024)

#define CONTROL(letter) ((letter)&0x1f)

struct editor {
    struct strbuf text;
    size_t cursor;
    size_t most;
    bool several;
    bool changed;
    int goal;  /* the column that Up and Down keep to; -1 where none is set */
    int width; /* that lines are wrapped at, as last drawn */
    int top;   /* the first line in the box */
    int left;  /* the first column in the box, where one line is shown in one row */
};

/* ---- the text ---- */

/* The first border of a grapheme at or after the offset. What stands between two characters may turn out to
 * join them (a letter put before a lone mark, halves of a flag), so the borders are counted from the start of
 * the line. */
static size_t border(const struct editor *e, size_t offset)
{
    const char *s = e->text.text;
    size_t i = offset;
    while (i > 0 && s[i - 1] != '\n')
        i--;
    while (i < offset)
        i = utf8_next(s, i);
    return i;
}

/* Is it a character that a text may hold: one that can be seen? (The blank and the newline are not asked
 * for.) */
static bool can_be_seen(ucs4_t c)
{
    return !utf8_unsafe(c);
}

/* Append the text, cleaned. */
static void add_clean(struct editor *e, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length;) {
        ucs4_t c;
        int n = u8_mbtoucr(&c, (const uint8_t *)text + i, length - i);
        if (n > 0) {
            char character[8] = "";
            memcpy(character, text + i, (size_t)n);
            if (c == '\n' && e->several)
                strbuf_addch(&e->text, '\n');
            else if (c == '\n' || c == '\t')
                strbuf_addch(&e->text, ' ');
            else if (can_be_seen(c))
                strbuf_add(&e->text, character);
        }
        i += n > 0 ? (size_t)n : 1;
    }
}

void editor_set(struct editor *e, const char *text)
{
    strbuf_clear(&e->text);
    add_clean(e, text ? text : "");
    if (e->text.length > e->most) {
        size_t cut = 0;
        for (size_t next; (next = utf8_next(e->text.text, cut)) <= e->most;)
            cut = next;
        strbuf_remove(&e->text, cut, e->text.length - cut);
    }
    e->cursor = e->text.length;
    e->changed = false;
    e->goal = -1;
    e->top = e->left = 0;
}

void editor_restore(struct editor *e, const char *text, size_t cursor)
{
    editor_set(e, text);
    e->changed = true;
    if (cursor < e->text.length)
        e->cursor = border(e, cursor);
}

size_t editor_cursor(const struct editor *e)
{
    return e->cursor;
}

struct editor *editor_new(const char *text, bool several, size_t most)
{
    struct editor *e = xcalloc(1, sizeof *e);
    e->text = (struct strbuf)STRBUF_INIT;
    e->several = several;
    e->most = most ? most : MOST_BYTES;
    e->width = INT_MAX;
    editor_set(e, text);
    return e;
}

void editor_free(struct editor *e)
{
    if (e)
        strbuf_release(&e->text);
    free(e);
}

const char *editor_text(const struct editor *e)
{
    return e->text.text;
}

bool editor_changed(const struct editor *e)
{
    return e->changed;
}

static void insert(struct editor *e, const char *s)
{
    size_t n = strlen(s);
    if (e->text.length + n > e->most)
        return;
    strbuf_insert(&e->text, e->cursor, s, n);
    e->cursor = border(e, e->cursor + n);
    e->changed = true;
}

static void insert_character(struct editor *e, int key)
{
    char character[8] = "";
    if (u8_uctomb((uint8_t *)character, (ucs4_t)key, sizeof character - 1) > 0 && can_be_seen((ucs4_t)key))
        insert(e, character);
}

/* Take out [from, to); the cursor is there then. */
static void take_out(struct editor *e, size_t from, size_t to)
{
    if (from < to) {
        strbuf_remove(&e->text, from, to - from);
        e->changed = true;
        e->cursor = border(e, from);
    }
}

static bool blank_at(const struct editor *e, size_t offset)
{
    return e->text.text[offset] == ' ' || e->text.text[offset] == '\n';
}

static size_t word_before(const struct editor *e)
{
    size_t i = e->cursor;
    while (i > 0 && blank_at(e, i - 1))
        i--;
    while (i > 0 && !blank_at(e, i - 1))
        i--;
    return i;
}

static size_t word_after(const struct editor *e)
{
    size_t i = e->cursor;
    while (i < e->text.length && !blank_at(e, i))
        i++;
    while (i < e->text.length && blank_at(e, i))
        i++;
    return i;
}

static size_t start_of_paragraph(const struct editor *e)
{
    size_t i = e->cursor;
    while (i > 0 && e->text.text[i - 1] != '\n')
        i--;
    return i;
}

static size_t end_of_paragraph(const struct editor *e)
{
    return e->cursor + strcspn(e->text.text + e->cursor, "\n");
}

/* ---- the lines it is shown in ---- */

struct layout {
    struct utf8_line *lines;
    size_t count;
    size_t line; /* that the cursor is in */
    int column;  /* the cursor's, in that line */
};

static int wrap_width(int columns)
{
    return columns > 1 ? columns - 1 : 1;
}

/* Lay the text out at the editor's width. The caller frees the lines. */
static struct layout lay_out(const struct editor *e)
{
    struct layout l = {0};
    l.count = utf8_wrap(e->text.text, e->width, &l.lines);
    while (l.line + 1 < l.count && l.lines[l.line + 1].start <= e->cursor)
        l.line++;
    size_t start = l.lines[l.line].start;
    l.column = utf8_width_of(e->text.text + start, e->cursor - start);
    return l;
}

/* The last place for the cursor in a line. Where a word is broken within, the place behind the line is the
 * same as the start of the next, so it is the place before its last letter. */
static size_t end_of_line(const struct editor *e, const struct layout *l, size_t line)
{
    size_t end = l->lines[line].start + l->lines[line].length;
    if (line + 1 < l->count && end == l->lines[line + 1].start && end > l->lines[line].start)
        end = utf8_previous(e->text.text, end);
    /* Blanks typed at the very end are of the line too. */
    return line + 1 < l->count ? end : e->text.length;
}

static bool move_by_line(struct editor *e, int step)
{
    struct layout l = lay_out(e);
    bool there = step < 0 ? l.line > 0 : l.line + 1 < l.count;
    if (there) {
        if (e->goal < 0)
            e->goal = l.column < e->width ? l.column : e->width;
        size_t to = step < 0 ? l.line - 1 : l.line + 1;
        size_t i = l.lines[to].start, end = end_of_line(e, &l, to);
        for (int column = 0; i < end;) {
            size_t next = utf8_next(e->text.text, i);
            column += utf8_width_of(e->text.text + i, next - i);
            if (column > e->goal)
                break;
            i = next;
        }
        e->cursor = i < end ? i : end;
    }
    free(l.lines);
    return there;
}

static void move_in_line(struct editor *e, bool to_end)
{
    struct layout l = lay_out(e);
    e->cursor = to_end ? end_of_line(e, &l, l.line) : l.lines[l.line].start;
    free(l.lines);
}

int editor_rows(const struct editor *e, int columns)
{
    struct utf8_line *lines;
    size_t count = utf8_wrap(e->text.text, wrap_width(columns), &lines);
    free(lines);
    return (int)count;
}

/* ---- keys ---- */

bool editor_key(struct editor *e, int key)
{
    if (key == TERM_UP || key == TERM_DOWN)
        return move_by_line(e, key == TERM_UP ? -1 : 1);
    e->goal = -1;
    switch (key) {
    case TERM_LEFT:
        e->cursor = utf8_previous(e->text.text, e->cursor);
        return true;
    case TERM_RIGHT:
        e->cursor = utf8_next(e->text.text, e->cursor);
        return true;
    case TERM_WORD_LEFT:
        e->cursor = word_before(e);
        return true;
    case TERM_WORD_RIGHT:
        e->cursor = word_after(e);
        return true;
    case TERM_HOME:
    case CONTROL('a'):
        move_in_line(e, false);
        return true;
    case TERM_END:
    case CONTROL('e'):
        move_in_line(e, true);
        return true;
    case TERM_BACKSPACE:
        take_out(e, utf8_previous(e->text.text, e->cursor), e->cursor);
        return true;
    case TERM_DELETE:
        take_out(e, e->cursor, utf8_next(e->text.text, e->cursor));
        return true;
    case CONTROL('u'):
        take_out(e, start_of_paragraph(e), e->cursor);
        return true;
    case CONTROL('k'):
        take_out(e, e->cursor, end_of_paragraph(e));
        return true;
    case CONTROL('w'):
        take_out(e, word_before(e), e->cursor);
        return true;
    case TERM_ENTER:
        if (e->several)
            insert(e, "\n");
        return e->several;
    default:
        if (key < ' ' || key == 0x7f || key >= TERM_NONE)
            return false;
        insert_character(e, key);
        return true;
    }
}

/* ---- drawing ---- */

/* The whole text in one row, moved sideways so that the cursor, and all of the character it is on, is inside.
 */
static void draw_row(struct editor *e, struct canvas *c, int row, int column, int columns, bool focused)
{
    const char *s = e->text.text;
    int x = utf8_width_of(s, e->cursor);
    size_t next = utf8_next(s, e->cursor);
    int under = utf8_width_of(s + e->cursor, next - e->cursor);
    if (under < 1)
        under = 1;
    int context = columns / 4; /* so much before the cursor is always in sight */
    if (x - e->left < context)
        e->left = x > context ? x - context : 0;
    if (x + under > e->left + columns)
        e->left = x + under - columns;
    size_t start = 0;
    int before = 0;
    while (before < e->left) {
        size_t then = utf8_next(s, start);
        before += utf8_width_of(s + start, then - start);
        start = then;
    }
    canvas_put_in(c, row, column + before - e->left, columns - (before - e->left), STYLE_FIELD, s + start);
    if (focused)
        canvas_cursor(c, row, column + (x - e->left < columns ? x - e->left : columns - 1));
}

static void draw_lines(struct editor *e, struct canvas *c, int row, int column, int rows, int columns,
                       bool focused)
{
    struct layout l = lay_out(e);
    int line = (int)l.line, count = (int)l.count;
    if (e->top > count - rows)
        e->top = count > rows ? count - rows : 0;
    if (line < e->top)
        e->top = line;
    if (line >= e->top + rows)
        e->top = line - rows + 1;
    for (int i = 0; i < rows && e->top + i < count; i++) {
        const struct utf8_line *shown = &l.lines[e->top + i];
        char *text = xstrndup(e->text.text + shown->start, shown->length);
        canvas_put_in(c, row + i, column, columns, STYLE_FIELD, text);
        free(text);
    }
    /* Blanks at a line's end may hang over the edge: the cursor waits there for the next word. */
    if (focused)
        canvas_cursor(c, row + line - e->top, column + (l.column < columns ? l.column : columns - 1));
    free(l.lines);
}

void editor_draw(struct editor *e, struct canvas *c, int row, int column, int rows, int columns, bool focused)
{
    if (rows < 1 || columns < 1)
        return;
    for (int i = 0; i < rows; i++)
        canvas_fill(c, row + i, column, columns, STYLE_EMPTY, " ");
    bool one_row = !e->several && rows == 1;
    e->width = one_row ? INT_MAX : wrap_width(columns);
    if (one_row)
        draw_row(e, c, row, column, columns, focused);
    else
        draw_lines(e, c, row, column, rows, columns, focused);
}
