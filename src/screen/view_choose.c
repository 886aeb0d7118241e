/* Some of a list, in a box at the foot of the screen: marked with their numbers or with Space, and kept with
 * Enter. Where the order counts, each shows its place in it: the first one marked is the first. */
#include "screen/views.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct choose_view {
    struct view view;
    char *title;
    char **words;
    size_t *marked; /* the numbers of those marked, in the order they were */
    size_t count, marked_count;
    bool ordered;
    size_t cursor, top;
    int first_row, rows;
    void (*done)(struct app *, const size_t *, size_t, void *);
    void *context;
};

static struct choose_view *self_of(struct view *v)
{
    return (struct choose_view *)v;
}

static char *title_of(struct view *v)
{
    return v->below->class->title(v->below);
}

/* Its place among those marked, from 1; 0. */
static size_t place_of(const struct choose_view *v, size_t option)
{
    for (size_t i = 0; i < v->marked_count; i++) {
        if (v->marked[i] == option)
            return i + 1;
    }
    return 0;
}

static void mark(struct choose_view *v, size_t option)
{
    size_t place = place_of(v, option);
    v->cursor = option;
    if (!place) {
        v->marked[v->marked_count++] = option;
        return;
    }
    memmove(v->marked + place - 1, v->marked + place, (v->marked_count - place) * sizeof *v->marked);
    v->marked_count--;
}

static void draw_option(const struct choose_view *v, struct canvas *c, size_t option, int row, int columns)
{
    size_t place = place_of(v, option);
    char mark[8] = "[ ]";
    if (place && v->ordered)
        snprintf(mark, sizeof mark, "[%zu]", place % 100);
    else if (place)
        snprintf(mark, sizeof mark, "[*]");
    bool focused = option == v->cursor;
    if (option < 9)
        canvas_putf(c, row, 2, STYLE_PLAIN, "%s%zu %s", focused ? ">" : " ", option + 1, mark);
    else
        canvas_putf(c, row, 2, STYLE_PLAIN, "%s  %s", focused ? ">" : " ", mark);
    canvas_put_short(c, row, 10, columns - 12, place ? STYLE_CHOSEN : STYLE_PLAIN, v->words[option]);
    if (focused) {
        canvas_restyle(c, row, 2, columns - 4, STYLE_FOCUS);
        canvas_cursor(c, row, 2);
    }
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct choose_view *v = self_of(view);
    struct area behind = area;
    behind.rows = canvas_rows(c) - 2 - !view->below->class->shows_notice;
    view->below->class->draw(view->below, c, behind);
    int most = area.rows - 3;
    v->rows = (int)v->count < most ? (int)v->count : most;
    if (v->cursor < v->top)
        v->top = v->cursor;
    if (v->cursor >= v->top + (size_t)v->rows)
        v->top = v->cursor - (size_t)v->rows + 1;
    int top = area.row + area.rows - v->rows - 2;
    for (int row = top; row < canvas_rows(c) - 1; row++)
        canvas_fill(c, row, 0, area.columns, STYLE_PLAIN, " ");
    draw_rule(c, top, 0, area.columns);
    canvas_put_short(c, top + 1, 2, area.columns - 4, STYLE_STRONG, v->title);
    v->first_row = top + 2;
    for (int i = 0; i < v->rows; i++)
        draw_option(v, c, v->top + (size_t)i, v->first_row + i, area.columns);
    if (v->top > 0)
        canvas_put(c, v->first_row, area.columns - 1, STYLE_PLAIN, "▲");
    if (v->top + (size_t)v->rows < v->count)
        canvas_put(c, v->first_row + v->rows - 1, area.columns - 1, STYLE_PLAIN, "▼");
}

static void take(struct choose_view *v)
{
    struct app *app = v->view.app;
    void (*done)(struct app *, const size_t *, size_t, void *) = v->done;
    void *context = v->context;
    size_t count = v->marked_count, *marked = v->marked;
    v->marked = NULL;
    app_pop(app);
    done(app, marked, count, context);
    free(marked);
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct choose_view *v = self_of(view);
    switch (request) {
    case REQUEST_PICK:
        if (key > '0' && key <= '9' && (size_t)(key - '1') < v->count)
            mark(v, (size_t)(key - '1'));
        return true;
    case REQUEST_MARK:
        mark(v, v->cursor);
        return true;
    case REQUEST_UP:
        v->cursor -= v->cursor > 0;
        return true;
    case REQUEST_DOWN:
        v->cursor += v->cursor + 1 < v->count;
        return true;
    case REQUEST_ACCEPT:
        take(v);
        return true;
    case REQUEST_BACK:
        app_pop(view->app);
        return true;
    case REQUEST_HELP:
        return false;
    default:
        return true;
    }
}

static void on_click(struct view *view, int row, int column)
{
    struct choose_view *v = self_of(view);
    (void)column;
    if (row >= v->first_row && row < v->first_row + v->rows)
        mark(v, v->top + (size_t)(row - v->first_row));
}

static void free_view(struct view *view)
{
    struct choose_view *v = self_of(view);
    for (size_t i = 0; i < v->count; i++)
        free(v->words[i]);
    free(v->words);
    free(v->marked);
    free(v->title);
    free(v);
}

static const enum request footer[] = {REQUEST_HELP, REQUEST_MARK, REQUEST_ACCEPT, REQUEST_BACK, REQUEST_NONE};

static const struct view_class choose_class = {
    .title = title_of,
    .footer = footer,
    .draw = draw,
    .request = on_request,
    .click = on_click,
    .free = free_view,
};

struct view *view_choose_new(struct app *app, const char *title, bool ordered,
                             void (*done)(struct app *app, const size_t *marked, size_t count, void *context),
                             void *context)
{
    struct choose_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&choose_class, app, NULL};
    v->title = xstrdup(title);
    v->ordered = ordered;
    v->done = done;
    v->context = context;
    return &v->view;
}

void view_choose_add(struct view *view, const char *words)
{
    struct choose_view *v = self_of(view);
    v->words = xreallocarray(v->words, v->count + 1, sizeof *v->words);
    v->marked = xreallocarray(v->marked, v->count + 1, sizeof *v->marked);
    v->words[v->count++] = xstrdup(words);
}

void view_choose_mark(struct view *view, size_t option)
{
    struct choose_view *v = self_of(view);
    if (option < v->count && !place_of(v, option))
        v->marked[v->marked_count++] = option;
    v->cursor = 0;
}
