/* What stands around every view: the line on top, the footer, what is to be said. The footer remembers where
 * its items stand, for clicks. */
#include "screen/around.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "session/preview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NOTICE = 4 };

void draw_rule(struct canvas *c, int row, int column, int columns)
{
    canvas_fill(c, row, column, columns, STYLE_QUIET, "─");
}

void draw_bar(struct canvas *c, int row, int column, int columns, int part, int whole)
{
    int inside = columns - 2, full = whole > 0 ? inside * part / whole : 0;
    canvas_put(c, row, column, STYLE_PLAIN, "[");
    canvas_fill(c, row, column + 1, full, STYLE_PLAIN, "#");
    canvas_fill(c, row, column + 1 + full, inside - full, STYLE_PLAIN, "-");
    canvas_put(c, row, column + 1 + inside, STYLE_PLAIN, "]");
}

/* What stands there instead of "Saved". */
static void preview_mark(const struct session *s, char *mark, size_t size)
{
    const struct preview *p = session_preview(s);
    size_t count = preview_fault_count(p);
    if (preview_is_faulty(p))
        snprintf(mark, size, "Preview: %zu %s in the form (F7)", count, count == 1 ? "fault" : "faults");
    else
        snprintf(mark, size, "Preview: nothing is kept");
}

static void draw_title(struct app *app, struct view *top, struct canvas *c)
{
    struct session *s = app_session(app);
    int columns = canvas_columns(c), right = columns;
    canvas_fill(c, 0, 0, columns, STYLE_TITLE, " ");
    if (s) {
        char saved[64] = "";
        struct record *record = session_record(s);
        char hour[8];
        clock_local_hour(record_event(record, record_count(record) - 1)->at, hour);
        if (session_preview(s))
            preview_mark(s, saved, sizeof saved);
        else if (session_trouble(s))
            snprintf(saved, sizeof saved, "NOT SAVED");
        else if (session_read_only(s))
            snprintf(saved, sizeof saved, "To read only");
        else
            snprintf(saved, sizeof saved, "Saved %s", hour);
        int width = utf8_width(saved);
        right = columns - width - 1;
        canvas_put(c, 0, right, STYLE_TITLE, saved);
    }
    char *status = app_status(app);
    if (*status) {
        right = columns - utf8_width(status) - 1;
        canvas_put(c, 0, right, STYLE_TITLE, status);
    }
    free(status);
    char *title = top->class->title(top);
    int at = columns >= 72 ? canvas_put(c, 0, 1, STYLE_TITLE, "Alongside") + 4 : 1;
    canvas_put_short(c, 0, at, right - at - 1, STYLE_TITLE, title);
    free(title);
}

static const char *first_key(enum request request, char key[16])
{
    const char *keys = request_table[request].keys;
    snprintf(key, 16, "%.*s", (int)strcspn(keys, " "), keys);
    return key;
}

/* As many items as fit, the first ones first: each view names them in the order of their use. */
static int draw_footer_item(struct canvas *c, struct footer *footer, enum request request, const char *label,
                            int column)
{
    char key[16];
    first_key(request, key);
    int row = canvas_rows(c) - 1, width = utf8_width(key) + 2 + utf8_width(label) + 1;
    if (!*label || column + width - 1 > canvas_columns(c) || footer->count == MOST_FOOTER)
        return column;
    int at = column + canvas_putf(c, row, column, STYLE_KEY, "[%s]", key);
    canvas_put(c, row, at, STYLE_PLAIN, label);
    footer->items[footer->count++] = (struct footer_item){column, width - 1, request};
    return column + width;
}

static void draw_footer(struct app *app, struct view *top, struct canvas *c, struct footer *footer)
{
    const struct view_class *class = top->class;
    const struct session *s = app_session(app);
    int column = 0;
    footer->count = 0;
    /* When the disk has failed, what mends it comes before everything else, wherever it can be asked for. */
    if (s && session_trouble(s))
        column = draw_footer_item(c, footer, REQUEST_RESCUE, request_table[REQUEST_RESCUE].label, column);
    for (const enum request *r = class->footer; *r != REQUEST_NONE; r++) {
        const char *label = class->label ? class->label(top, *r) : NULL;
        column = draw_footer_item(c, footer, *r, label ? label : request_table[*r].label, column);
    }
    draw_footer_item(c, footer, REQUEST_LOCK, request_table[REQUEST_LOCK].label, column);
}

void around_draw(struct app *app, struct view *top, struct canvas *c, struct footer *footer)
{
    draw_title(app, top, c);
    draw_footer(app, top, c, footer);
}

enum request footer_at(const struct footer *footer, int column)
{
    for (size_t i = 0; i < footer->count; i++) {
        const struct footer_item *item = &footer->items[i];
        if (column >= item->column && column < item->column + item->columns)
            return item->request;
    }
    return REQUEST_NONE;
}

/* ---- what is to be said ---- */

int notice_rows(const struct app *app, int columns)
{
    const char *notice = app_notice(app);
    struct utf8_line *lines;
    if (!notice)
        return 0;
    int rows = (int)utf8_wrap(notice, columns - 4, &lines);
    free(lines);
    return rows < MOST_NOTICE ? rows : MOST_NOTICE;
}

void draw_notice(struct app *app, struct canvas *c, int row, int columns)
{
    int rows = notice_rows(app, columns);
    for (int i = 0; i < rows; i++)
        canvas_fill(c, row + i, 0, columns, STYLE_PLAIN, " ");
    if (rows)
        canvas_put_wrapped(c, row, 2, rows, columns - 4, STYLE_NOTICE, app_notice(app));
}
