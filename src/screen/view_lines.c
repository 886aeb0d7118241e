/* Lines to read in the browser, some of which lead somewhere. They are made when the width or the collection
 * is another, and not for each drawing: they may be dear. */
#include "screen/review_views.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

struct lines_view {
    struct view view;
    const struct lines_kind *kind;
    struct list list;
    size_t cursor, top, looks;
    int columns, rows, first_row;
    int wanted; /* a target that the cursor is to go to; -1 */
    char *looked_for;
};

static struct lines_view *self_of(struct view *v)
{
    return (struct lines_view *)v;
}

static void clear(struct list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->rows[i].text);
    list->count = 0;
}

static int target_of(const struct lines_view *v)
{
    return v->cursor < v->list.count ? v->list.rows[v->cursor].target : -1;
}

static void to_target(struct lines_view *v, int target)
{
    for (size_t i = v->list.count; target >= 0 && i-- > 0;)
        v->cursor = v->list.rows[i].target == target ? i : v->cursor;
}

/* The cursor stays on what it is on where other lines come in, or break elsewhere. */
static void build(struct lines_view *v, int columns)
{
    const struct browser *b = browser_of(v->view.app);
    if (v->columns == columns && v->looks == b->looks)
        return;
    bool first = v->columns == 0;
    int target = first ? -1 : target_of(v);
    clear(&v->list);
    v->columns = columns;
    v->looks = b->looks;
    v->kind->build(v->view.app, &v->list, columns);
    if (first) {
        for (size_t i = v->list.count; i-- > 0;)
            v->cursor = v->list.rows[i].target >= 0 ? i : v->cursor;
    }
    to_target(v, v->wanted >= 0 ? v->wanted : target);
    v->wanted = -1;
    if (v->cursor >= v->list.count)
        v->cursor = v->list.count ? v->list.count - 1 : 0;
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct lines_view *v = self_of(view);
    build(v, area.columns - 4);
    v->first_row = area.row + 1;
    v->rows = area.rows - 1 - app_covered(view->app);
    v->rows = v->rows < 1 ? 1 : v->rows;
    if (v->cursor < v->top)
        v->top = v->cursor;
    if (v->cursor >= v->top + (size_t)v->rows)
        v->top = v->cursor - (size_t)v->rows + 1;
    canvas_cursor(c, v->first_row, 1);
    for (size_t i = v->top; i < v->list.count && i < v->top + (size_t)v->rows; i++) {
        const struct list_row *line = &v->list.rows[i];
        int row = v->first_row + (int)(i - v->top);
        canvas_put_in(c, row, 2, area.columns - 3, line->style, line->text);
        if (i != v->cursor)
            continue;
        canvas_put(c, row, 0, STYLE_FOCUS, ">");
        if (line->target >= 0)
            canvas_restyle(c, row, 0, area.columns - 1, STYLE_FOCUS);
        canvas_cursor(c, row, 0);
    }
    if (v->top > 0)
        canvas_put(c, v->first_row, area.columns - 1, STYLE_PLAIN, "▲");
    if (v->top + (size_t)v->rows < v->list.count)
        canvas_put(c, v->first_row + v->rows - 1, area.columns - 1, STYLE_PLAIN, "▼");
}

/* ---- keys ---- */

static void go(struct lines_view *v, long at)
{
    long last = (long)v->list.count - 1;
    v->cursor = (size_t)(at > last ? (last < 0 ? 0 : last) : at < 0 ? 0 : at);
}

/* A line with nothing on it is passed over. */
static void move(struct lines_view *v, int step)
{
    long at = (long)v->cursor + step, last = (long)v->list.count - 1;
    while (at > 0 && at < last && !*v->list.rows[at].text)
        at += step;
    go(v, at);
}

static void find(struct lines_view *v, bool backward)
{
    size_t count = v->list.count;
    for (size_t i = 1; v->looked_for && i <= count; i++) {
        size_t at = (v->cursor + (backward ? count - i % count : i)) % count;
        if (utf8_contains(v->list.rows[at].text, v->looked_for)) {
            v->cursor = at;
            return;
        }
    }
    app_say(v->view.app, v->looked_for ? "“%s” is not here." : "/ finds a word.%s",
            v->looked_for ? v->looked_for : "");
}

static bool word_given(struct app *app, const char *text, void *context)
{
    struct lines_view *v = context;
    (void)app;
    if (*text) {
        free(v->looked_for);
        v->looked_for = xstrdup(text);
    }
    find(v, false);
    return true;
}

static void ask_word(struct lines_view *v)
{
    struct view *field = view_field_new(v->view.app, "Find a word here", "", false, NULL, word_given, v);
    view_field_call(field, "Find");
    app_push(v->view.app, field);
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct lines_view *v = self_of(view);
    int page = v->rows > 2 ? v->rows - 1 : 1, target;
    /* A question mark is a question about the line, where there is something to be said to it. */
    if (key == '?' && request == REQUEST_HELP)
        request = REQUEST_DEFINITION;
    build(v, canvas_columns(app_canvas(view->app)) - 4);
    target = target_of(v);
    if (v->kind->request && v->kind->request(view->app, &v->list, request, target))
        return true;
    switch (request) {
    case REQUEST_UP:
        move(v, -1);
        return true;
    case REQUEST_DOWN:
        move(v, 1);
        return true;
    case REQUEST_PAGE_UP:
        go(v, (long)v->cursor - page);
        return true;
    case REQUEST_PAGE_DOWN:
    case REQUEST_MARK_ROW: /* Space */
        go(v, (long)v->cursor + page);
        return true;
    case REQUEST_FIRST_ROW:
        go(v, 0);
        return true;
    case REQUEST_LAST_ROW:
        go(v, (long)v->list.count - 1);
        return true;
    case REQUEST_OPEN:
        if (v->kind->open && target >= 0)
            v->kind->open(view->app, &v->list, target);
        return true;
    case REQUEST_FIND:
        ask_word(v);
        return true;
    case REQUEST_FIND_NEXT:
        find(v, false);
        return true;
    case REQUEST_FIND_PREVIOUS:
        find(v, true);
        return true;
    case REQUEST_DEFINITION:
        app_push(view->app, view_help_new(view->app));
        return true;
    case REQUEST_STEP_BACK:
    case REQUEST_LEAVE: /* q leaves this, not the program */
        app_pop(view->app);
        return true;
    case REQUEST_HELP:
    case REQUEST_REDRAW:
        return false;
    default:
        return true;
    }
}

static void on_click(struct view *view, int row, int column)
{
    struct lines_view *v = self_of(view);
    (void)column;
    size_t at = v->top + (size_t)(row - v->first_row);
    if (row < v->first_row || at >= v->list.count)
        return;
    bool again = v->cursor == at;
    v->cursor = at;
    if (again)
        on_request(view, REQUEST_OPEN, TERM_CLICK);
}

/* ---- the view ---- */

static char *title_of(struct view *view)
{
    return xstrdup(self_of(view)->kind->title);
}

static const char *label(struct view *view, enum request request)
{
    struct lines_view *v = self_of(view);
    switch (request) {
    case REQUEST_OPEN:
        return v->kind->open && target_of(v) >= 0 ? v->kind->enter : "";
    case REQUEST_UP:
        return "Up";
    case REQUEST_DOWN:
        return "Down";
    case REQUEST_COLUMN_LEFT:
        return "Before";
    case REQUEST_COLUMN_RIGHT:
        return "Next";
    case REQUEST_FIND_NEXT:
        return v->looked_for ? "Next found" : "";
    default:
        return NULL;
    }
}

static void free_view(struct view *view)
{
    struct lines_view *v = self_of(view);
    clear(&v->list);
    free(v->list.rows);
    if (v->kind->release)
        v->kind->release(v->list.held);
    free(v->looked_for);
    free(v);
}

/* One class for each footer: just what is to be read, figures, and what a supervisor can do. */
static const enum request footer[] = {
    REQUEST_HELP,      REQUEST_STEP_BACK, REQUEST_OPEN, REQUEST_FIND,
    REQUEST_FIND_NEXT, REQUEST_UP,        REQUEST_DOWN, REQUEST_NONE,
};
static const enum request figures_footer[] = {
    REQUEST_HELP,      REQUEST_STEP_BACK, REQUEST_OPEN, REQUEST_DEFINITION, REQUEST_FIND,
    REQUEST_FIND_NEXT, REQUEST_UP,        REQUEST_DOWN, REQUEST_NONE,
};
static const enum request acts_footer[] = {
    REQUEST_HELP,      REQUEST_STEP_BACK, REQUEST_COLUMN_LEFT, REQUEST_COLUMN_RIGHT,
    REQUEST_COMMENT,   REQUEST_COACH,     REQUEST_ANSWER,      REQUEST_COUNTERSIGN,
    REQUEST_HAND_OVER, REQUEST_FIND,      REQUEST_FIND_NEXT,   REQUEST_NONE,
};

#define CLASS_WITH(its_footer)                                                                               \
    {                                                                                                        \
        .title = title_of, .footer = (its_footer), .label = label, .draw = draw, .where = WHERE_REVIEW,      \
        .request = on_request, .click = on_click, .free = free_view,                                         \
    }
static const struct view_class classes[] = {
    [FOOTER_LINES] = CLASS_WITH(footer),
    [FOOTER_FIGURES] = CLASS_WITH(figures_footer),
    [FOOTER_ACTS] = CLASS_WITH(acts_footer),
};

struct view *view_lines_new(struct app *app, const struct lines_kind *kind, void *held)
{
    struct lines_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&classes[kind->footer], app, NULL};
    v->kind = kind;
    v->list.held = held;
    v->wanted = -1;
    v->rows = 1;
    build(v, canvas_columns(app_canvas(app)) - 4); /* keys may come before it is drawn */
    return &v->view;
}

void view_lines_go(struct view *view, int target)
{
    self_of(view)->wanted = target;
    self_of(view)->columns = 0;
}
