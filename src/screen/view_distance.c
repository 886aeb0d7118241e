/* How far they have come: each question with both people's ways side by side, in two columns of one width;
 * where the screen is narrow one above the other. Enter shows every answer with its day. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "session/distance.h"

#include <stdlib.h>
#include <string.h>

enum { BESIDE_COLUMNS = 70, GUTTER = 3 };

static void release(void *held)
{
    distance_release(held);
    free(held);
}

static struct distance *made(struct app *app)
{
    struct distance *d = xcalloc(1, sizeof *d);
    distance_of(d, app_session(app));
    return d;
}

/* ---- a cell: what one of them has, as lines ---- */

struct cell {
    char *lines[3]; /* the answers, the drawing, what has changed */
};

static struct cell cell_of(const struct distance *d, const struct distance_row *row, enum who who,
                           int columns)
{
    const struct distance_side *side = &row->side[who];
    struct cell cell = {{NULL}};
    if (!side->series)
        return cell;
    cell.lines[0] = distance_answers(side);
    cell.lines[1] = distance_drawn(d, side, columns);
    cell.lines[2] = distance_change(d, row, who);
    return cell;
}

static void cell_release(struct cell *cell)
{
    for (size_t i = 0; i < 3; i++)
        free(cell->lines[i]);
}

/* One line of each cell, wrapped: the two beside each other. */
static void add_beside(struct list *list, int target, int columns, const char *left, const char *right)
{
    const char *texts[2] = {left ? left : "", right ? right : ""};
    struct utf8_line *lines[2];
    size_t count[2];
    int width = (columns - GUTTER) / 2;
    for (int i = 0; i < 2; i++)
        count[i] = utf8_wrap(texts[i], width, &lines[i]);
    size_t most = count[0] > count[1] ? count[0] : count[1];
    for (size_t n = 0; n < most; n++) {
        char *part[2];
        for (int i = 0; i < 2; i++)
            part[i] = n < count[i] ? xstrndup(texts[i] + lines[i][n].start, lines[i][n].length) : xstrdup("");
        if (*part[0] || *part[1])
            list_add(list, STYLE_PLAIN, target, "%s%*s │ %s", part[0], width - utf8_width(part[0]), "",
                     part[1]);
        free(part[0]);
        free(part[1]);
    }
    free(lines[0]);
    free(lines[1]);
}

static void add_row(struct app *app, struct list *list, const struct distance *d, int r, int columns)
{
    const struct distance_row *row = &d->rows[r];
    bool together = row->side[TOGETHER].series, beside = columns >= BESIDE_COLUMNS && !together;
    int width = beside ? (columns - GUTTER) / 2 : columns - 2;
    struct cell cells[2];
    for (int i = 0; i < 2; i++)
        cells[i] = cell_of(d, row, together ? TOGETHER : app_party_at(app, i), width);
    list_add_wrapped(list, STYLE_STRONG, r, columns, 0, distance_label(row, app_keyboard(app)));
    for (size_t line = 0; line < 3 && beside; line++)
        add_beside(list, r, columns, cells[0].lines[line], cells[1].lines[line]);
    for (int i = 0; i < (together ? 1 : 2) && !beside; i++) {
        for (size_t line = 0; line < 3; line++) {
            if (!cells[i].lines[line] || !*cells[i].lines[line])
                continue;
            char *text = xasprintf("  %s", cells[i].lines[line]);
            list_add_wrapped(list, STYLE_PLAIN, r, columns, 2, text);
            free(text);
        }
    }
    cell_release(&cells[0]);
    cell_release(&cells[1]);
    list_add(list, STYLE_PLAIN, -1, "%s", "");
}

static void build(struct app *app, struct list *list, int columns, int about)
{
    const struct distance *d = list->held;
    (void)about;
    if (d->count == 0) {
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0,
                         "No question of this form is one to be shown over time.");
    } else {
        list_add_wrapped(list, STYLE_QUIET, -1, columns, 0, distance_legend);
        if (distance_has_wobble(d))
            list_add_wrapped(list, STYLE_QUIET, -1, columns, 0, distance_wobble_legend);
        list_add(list, STYLE_PLAIN, -1, "%s", "");
    }
    for (size_t r = 0; r < d->count; r++)
        add_row(app, list, d, (int)r, columns);
    if (d->trend.mark_count)
        list_add_wrapped(list, STYLE_STRONG, -1, columns, 2,
                         "* What happened. It takes nothing away from what you reached.");
    for (size_t i = 0; i < d->trend.mark_count; i++) {
        char *mark = distance_mark(&d->trend.marks[i]);
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 12, mark);
        free(mark);
    }
}

/* ---- every answer ---- */

static void build_all(struct app *app, struct list *list, int columns, int about)
{
    const struct distance *d = list->held;
    if (about < 0 || (size_t)about >= d->count)
        return;
    list_add_wrapped(list, STYLE_STRONG, -1, columns, 0, distance_label(&d->rows[about], app_keyboard(app)));
    size_t count;
    char **lines = distance_all(d, &d->rows[about], &count);
    for (size_t i = 0; i < count; i++) {
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 12, lines[i]);
        free(lines[i]);
    }
    free(lines);
}

static const struct list_kind all_kind = {"Every answer, with its day", build_all, NULL, NULL};

/* The list lies below, to come back to. */
static void open_row(struct app *app, int row)
{
    struct view *list = view_distance_new(app);
    view_list_go(list, row);
    app_push(app, list);
    app_push(app, view_list_holding_new(app, &all_kind, row, made(app), release));
}

static const struct list_kind kind = {"How far you have come", build, open_row, "Every answer"};

struct view *view_distance_new(struct app *app)
{
    return view_list_holding_new(app, &kind, 0, made(app), release);
}
