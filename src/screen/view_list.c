/* A list to read and search in. The rows are made anew for each drawing; the cursor is a row's number. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct list_view {
    struct view view;
    const struct list_kind *kind;
    struct list_more more;
    int about;
    struct list list;
    size_t cursor, top;
    int columns;         /* that it was last built for */
    int rows, first_row; /* as drawn last */
    char *looked_for;
    bool filters; /* what is looked for is all that is shown */
    void (*release)(void *held);
    size_t events; /* there were when the rows were made, and who had the keyboard */
    enum who keyboard;
    bool steady;
};

static struct list_view *self_of(struct view *v)
{
    return (struct list_view *)v;
}

void list_add(struct list *list, enum style style, int target, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = xvasprintf(format, args);
    va_end(args);
    GROW(list->rows, list->count, list->room);
    list->rows[list->count++] = (struct list_row){text, style, target};
}

void list_add_wrapped(struct list *list, enum style style, int target, int columns, int indent,
                      const char *text)
{
    struct utf8_line *lines;
    size_t n = utf8_wrap(text, columns - indent, &lines);
    for (size_t i = 0; i < n; i++)
        list_add(list, style, target, "%*s%.*s", i ? indent : 0, "", (int)lines[i].length,
                 text + lines[i].start);
    free(lines);
}

static void list_clear(struct list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->rows[i].text);
    list->count = 0;
}

static char *title_of(struct view *view)
{
    return xstrdup(self_of(view)->kind->title);
}

static void build(struct list_view *v, int columns)
{
    list_clear(&v->list);
    v->list.wanted = v->filters ? v->looked_for : NULL;
    v->columns = columns;
    v->kind->build(v->view.app, &v->list, columns, v->about);
    if (v->steady) {
        v->events = assessment_events(app_assessment(v->view.app));
        v->keyboard = app_keyboard(v->view.app);
    }
}

/* Are the rows still as they would be made now? */
static bool is_fresh(const struct list_view *v, int columns)
{
    const struct app *app = v->view.app;
    return v->steady && v->columns == columns && v->events == assessment_events(app_assessment(app)) &&
           v->keyboard == app_keyboard(app);
}

/* The same, with the cursor still on what it was on where another width breaks the lines elsewhere. */
static void rebuild(struct list_view *v, int columns)
{
    bool other = columns != v->columns && v->cursor < v->list.count;
    int target = other ? v->list.rows[v->cursor].target : -1;
    if (!is_fresh(v, columns))
        build(v, columns);
    for (size_t i = v->list.count; target >= 0 && i-- > 0;)
        v->cursor = v->list.rows[i].target == target ? i : v->cursor;
}

/* The cursor to the first row that can be opened. */
static void to_first(struct list_view *v)
{
    build(v, canvas_columns(app_canvas(v->view.app)) - 4);
    v->cursor = v->top = 0;
    for (size_t i = v->list.count; i-- > 0;)
        v->cursor = v->list.rows[i].target >= 0 ? i : v->cursor;
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct list_view *v = self_of(view);
    rebuild(v, area.columns - 4);
    v->rows = area.rows - 1;
    v->first_row = area.row + 1;
    if (v->cursor >= v->list.count)
        v->cursor = v->list.count ? v->list.count - 1 : 0;
    if (v->cursor < v->top)
        v->top = v->cursor;
    if (v->cursor >= v->top + (size_t)v->rows)
        v->top = v->cursor - (size_t)v->rows + 1;
    canvas_cursor(c, v->first_row, 1);
    for (size_t i = v->top; i < v->list.count && i < v->top + (size_t)v->rows; i++) {
        const struct list_row *line = &v->list.rows[i];
        int row = v->first_row + (int)(i - v->top);
        canvas_put_in(c, row, 2, area.columns - 3, line->style, line->text);
        if (i == v->cursor) {
            canvas_put(c, row, 0, STYLE_FOCUS, ">");
            if (line->target >= 0)
                canvas_restyle(c, row, 0, area.columns - 1, STYLE_FOCUS);
            canvas_cursor(c, row, 0);
        }
    }
    if (v->top > 0)
        canvas_put(c, v->first_row, area.columns - 1, STYLE_PLAIN, "▲");
    if (v->top + (size_t)v->rows < v->list.count)
        canvas_put(c, v->first_row + v->rows - 1, area.columns - 1, STYLE_PLAIN, "▼");
}

/* ---- finding ---- */

/* Where a number is looked for, the row that begins with it is meant. */
static bool find_number(struct list_view *v)
{
    size_t digits = v->looked_for ? strspn(v->looked_for, "0123456789") : 0;
    for (size_t i = 0; digits && !v->looked_for[digits] && i < v->list.count; i++) {
        const char *text = v->list.rows[i].text;
        if (strncmp(text, v->looked_for, digits) == 0 && strncmp(text + digits, ". ", 2) == 0) {
            bool there = v->cursor == i;
            v->cursor = i;
            return !there; /* else the word is looked for, as it may be anywhere */
        }
    }
    return false;
}

static void find(struct list_view *v, int step)
{
    size_t count = v->list.count;
    if (find_number(v))
        return;
    for (size_t i = 1; i <= count && v->looked_for; i++) {
        size_t at = (v->cursor + (step > 0 ? i : count - i % count)) % count;
        if (utf8_contains(v->list.rows[at].text, v->looked_for)) {
            v->cursor = at;
            return;
        }
    }
    app_say(v->view.app, v->looked_for ? "“%s” is not in this list." : "/ finds a word.%s",
            v->looked_for ? v->looked_for : "");
}

static bool word_given(struct app *app, const char *text, void *context)
{
    struct list_view *v = context;
    (void)app;
    if (*text || v->filters) {
        free(v->looked_for);
        v->looked_for = *text ? xstrdup(text) : NULL;
        if (v->filters)
            to_first(v);
        else
            find(v, 1);
    }
    return true;
}

/* ---- keys ---- */

/* An empty row is passed over: there is nothing in it to read or to open. */
static void move(struct list_view *v, long by)
{
    long at = (long)v->cursor + by, last = (long)v->list.count - 1, step = by < 0 ? -1 : 1;
    while (at > 0 && at < last && !*v->list.rows[at].text)
        at += step;
    v->cursor = (size_t)(at < 0 ? 0 : at > last ? (last < 0 ? 0 : last) : at);
}

/* Where the row under the cursor leads; -1. */
static int target_of(const struct list_view *v)
{
    return v->cursor < v->list.count ? v->list.rows[v->cursor].target : -1;
}

static void open_row(struct list_view *v)
{
    struct app *app = v->view.app;
    void (*open)(struct app *, int) = v->kind->open;
    int target = target_of(v);
    if (!open) {
        app_pop(app);
    } else if (target >= 0) {
        app_pop(app);
        open(app, target);
    }
}

static bool on_key(struct view *view, int key)
{
    struct list_view *v = self_of(view);
    switch (key) {
    case 'n':
        find(v, 1);
        return true;
    case 'N':
        find(v, -1);
        return true;
    case TERM_HOME:
        v->cursor = 0;
        return true;
    case TERM_END:
        move(v, (long)v->list.count);
        return true;
    case TERM_PAGE_UP:
        move(v, -v->rows);
        return true;
    case TERM_PAGE_DOWN:
    case ' ':
        move(v, v->rows);
        return true;
    default:
        return false;
    }
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct list_view *v = self_of(view);
    struct view *field;
    (void)key;
    if (v->more.request && v->more.request(view->app, request, target_of(v), v->about))
        return true;
    switch (request) {
    case REQUEST_UP:
        move(v, -1);
        return true;
    case REQUEST_DOWN:
        move(v, 1);
        return true;
    case REQUEST_ACCEPT:
        open_row(v);
        return true;
    case REQUEST_BACK:
    case REQUEST_PREVIOUS:
    case REQUEST_LEAVE: /* q leaves the list, not the program */
        if (request == REQUEST_BACK && v->filters && v->looked_for) {
            free(v->looked_for);
            v->looked_for = NULL;
            return true;
        }
        app_pop(view->app);
        return true;
    case REQUEST_SEARCH:
        field = view_field_new(view->app, "Find a word in this list", "", false, NULL, word_given, v);
        view_field_call(field, "Find");
        app_push(view->app, field);
        return true;
    case REQUEST_REDRAW:
        return false;
    default:
        return true;
    }
}

static void on_click(struct view *view, int row, int column)
{
    struct list_view *v = self_of(view);
    (void)column;
    size_t at = v->top + (size_t)(row - v->first_row);
    if (row < v->first_row || at >= v->list.count)
        return;
    bool again = v->cursor == at;
    v->cursor = at;
    if (again && v->list.rows[at].target >= 0)
        open_row(v);
}

static const char *label(struct view *view, enum request request)
{
    struct list_view *v = self_of(view);
    const char *own = v->more.label ? v->more.label(view->app, request) : NULL;
    if (own)
        return own;
    switch (request) {
    case REQUEST_ACCEPT:
        return v->kind->open && v->cursor < v->list.count && v->list.rows[v->cursor].target >= 0
                   ? v->kind->enter
                   : "";
    case REQUEST_ADD:
    case REQUEST_KEPT:
    case REQUEST_PASS:
    case REQUEST_RAISE:
    case REQUEST_BESIDE:
        return ""; /* a kind of list that knows them says so */
    case REQUEST_UP:
        return "Up";
    case REQUEST_DOWN:
        return "Down";
    case REQUEST_SEARCH_NEXT:
        return v->looked_for && !v->filters ? "Next found" : "";
    case REQUEST_BACK:
        return v->filters && v->looked_for ? "Show all" : NULL;
    default:
        return NULL;
    }
}

static void free_view(struct view *view)
{
    struct list_view *v = self_of(view);
    list_clear(&v->list);
    free(v->list.rows);
    if (v->release)
        v->release(v->list.held);
    free(v->looked_for);
    free(v);
}

static const enum request footer[] = {
    REQUEST_UP,          REQUEST_DOWN, REQUEST_ACCEPT, REQUEST_ADD,   REQUEST_PASS,   REQUEST_SEARCH,
    REQUEST_SEARCH_NEXT, REQUEST_BACK, REQUEST_KEPT,   REQUEST_RAISE, REQUEST_BESIDE, REQUEST_NONE,
};

static const struct view_class list_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .key = on_key,
    .request = on_request,
    .click = on_click,
    .free = free_view,
};

bool view_is_list(const struct view *v, const struct list_kind *kind)
{
    return v && v->class == &list_class && ((const struct list_view *)v)->kind == kind;
}

struct view *view_list_new(struct app *app, const struct list_kind *kind, int about)
{
    return view_list_holding_new(app, kind, about, NULL, NULL);
}

struct view *view_list_holding_new(struct app *app, const struct list_kind *kind, int about, void *held,
                                   void (*release)(void *held))
{
    struct list_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&list_class, app, NULL};
    v->kind = kind;
    v->about = about;
    v->list.held = held;
    v->release = release;
    v->rows = 1;
    to_first(v); /* keys may come before it is drawn */
    return &v->view;
}

void view_list_more(struct view *view, const struct list_more *more)
{
    struct list_view *v = self_of(view);
    v->more = *more;
    build(v, v->columns);
}

void view_list_steady(struct view *view)
{
    self_of(view)->steady = true;
}

void view_list_go(struct view *view, int target)
{
    struct list_view *v = self_of(view);
    for (size_t i = v->list.count; i-- > 0;)
        v->cursor = v->list.rows[i].target == target ? i : v->cursor;
}

struct view *view_list_filtered_new(struct app *app, const struct list_kind *kind, int about)
{
    struct view *view = view_list_new(app, kind, about);
    self_of(view)->filters = true;
    return view;
}
