/* A few choices in a box at the foot of the screen. Nothing is preselected: the cursor stands before the
 * first, and only a digit or a move picks. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { MOST_PICKS = 9 };

struct pick_view {
    struct view view;
    char *title;
    char *words[MOST_PICKS];
    size_t count;
    int cursor; /* -1: on none */
    bool hidden;
    int first_row;
    void (*done)(struct app *, size_t, void *);
    void (*left)(struct app *, void *); /* or NULL */
    void *context;
};

static struct pick_view *self_of(struct view *v)
{
    return (struct pick_view *)v;
}

static char *title_of(struct view *v)
{
    return v->below->class->title(v->below);
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct pick_view *v = self_of(view);
    struct utf8_line *lines;
    int title = (int)utf8_wrap(v->title, area.columns - 4, &lines);
    free(lines);
    if (title > 3)
        title = 3;
    int top = area.row + area.rows - (int)v->count - title - 1;
    app_draw_below(view->app, view->below, c, area, top);
    for (int row = top; row < canvas_rows(c) - 1; row++)
        canvas_fill(c, row, 0, area.columns, STYLE_PLAIN, " ");
    draw_rule(c, top, 0, area.columns);
    canvas_put_wrapped(c, top + 1, 2, title, area.columns - 4, STYLE_STRONG, v->title);
    canvas_cursor(c, top + 1, 2);
    v->first_row = top + 1 + title;
    for (int i = 0; i < (int)v->count; i++) {
        canvas_putf(c, v->first_row + i, 3, STYLE_PLAIN, "%s%d ", i == v->cursor ? ">" : " ", i + 1);
        canvas_put_short(c, v->first_row + i, 7, area.columns - 9, STYLE_PLAIN, v->words[i]);
        if (i == v->cursor) {
            canvas_restyle(c, v->first_row + i, 3, area.columns - 5, STYLE_FOCUS);
            canvas_cursor(c, v->first_row + i, 3);
        }
    }
}

static void take(struct pick_view *v, size_t picked)
{
    struct app *app = v->view.app;
    void (*done)(struct app *, size_t, void *) = v->done;
    void *context = v->context;
    app_pop(app);
    done(app, picked, context);
}

static void leave(struct pick_view *v)
{
    struct app *app = v->view.app;
    void (*left)(struct app *, void *) = v->left;
    void *context = v->context;
    app_pop(app);
    if (left)
        left(app, context);
}

void view_pick_hide(struct view *pick)
{
    self_of(pick)->hidden = true;
}

void view_pick_left(struct view *pick, void (*left)(struct app *app, void *context))
{
    self_of(pick)->left = left;
}

void view_pick_start(struct view *pick, size_t at)
{
    self_of(pick)->cursor = (int)at;
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct pick_view *v = self_of(view);
    switch (request) {
    case REQUEST_PICK:
        if (key > '0' && key <= '0' + (int)v->count)
            take(v, (size_t)(key - '1'));
        return true;
    case REQUEST_UP:
    case REQUEST_DOWN:
        if (v->hidden) {
            app_say(view->app, "Press the number: it does not show.");
            return true;
        }
        if (request == REQUEST_DOWN)
            v->cursor = v->cursor + 1 < (int)v->count ? v->cursor + 1 : v->cursor;
        else
            v->cursor = v->cursor > 0 ? v->cursor - 1 : 0;
        return true;
    case REQUEST_ACCEPT:
        if (v->cursor >= 0)
            take(v, (size_t)v->cursor);
        else
            app_say(view->app, v->hidden ? "Press the number: it does not show."
                                         : "Pick one with its number, or with the arrow keys.");
        return true;
    case REQUEST_BACK:
        leave(v);
        return true;
    case REQUEST_HELP:
        return false;
    default:
        return true;
    }
}

static void on_click(struct view *view, int row, int column)
{
    struct pick_view *v = self_of(view);
    (void)column;
    if (row >= v->first_row && row < v->first_row + (int)v->count)
        take(v, (size_t)(row - v->first_row));
}

static void free_view(struct view *view)
{
    struct pick_view *v = self_of(view);
    for (size_t i = 0; i < v->count; i++)
        free(v->words[i]);
    free(v->title);
    free(v);
}

static const char *label(struct view *view, enum request request)
{
    if (request == REQUEST_ACCEPT)
        return self_of(view)->cursor >= 0 ? "Take it" : "";
    if (request == REQUEST_PICK)
        return "Pick";
    if (request == REQUEST_BACK && self_of(view)->left)
        return "Leave it out";
    return NULL;
}

static const enum request footer[] = {REQUEST_HELP, REQUEST_PICK, REQUEST_ACCEPT, REQUEST_BACK, REQUEST_NONE};

static const struct view_class pick_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .request = on_request,
    .click = on_click,
    .free = free_view,
};

struct view *view_pick_new(struct app *app, const char *title, const char *const *words, size_t count,
                           void (*done)(struct app *app, size_t picked, void *context), void *context)
{
    struct pick_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&pick_class, app, NULL};
    v->title = xstrdup(title);
    v->count = count < MOST_PICKS ? count : MOST_PICKS;
    for (size_t i = 0; i < v->count; i++)
        v->words[i] = xstrdup(words[i]);
    v->cursor = -1;
    v->done = done;
    v->context = context;
    return &v->view;
}
