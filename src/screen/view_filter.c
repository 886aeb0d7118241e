/* A filter being typed, in a box at the foot, with what can follow above it: Tab goes on typing for you. What
 * is not a filter is said, and stays to be put right. */
#include "screen/review_views.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "review/filter.h"
#include "screen/editor.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_WAYS = 6 };

struct filter_view {
    struct view view;
    const struct table *table;
    struct editor *editor;
};

static struct filter_view *self_of(struct view *v)
{
    return (struct filter_view *)v;
}

static char *title_of(struct view *view)
{
    return view->below->class->title(view->below);
}

/* What can follow, as lines. The caller frees it. */
static char *ways_on(const struct filter_view *v)
{
    char *text = xstrndup(editor_text(v->editor), editor_cursor(v->editor));
    char *ways = filter_ways_on(v->table, text);
    free(text);
    return ways;
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static void draw_ways(const char *ways, struct canvas *c, int row, int rows, int columns)
{
    size_t count = count_lines(ways);
    for (int i = 0; i < rows && *ways; i++) {
        size_t length = strcspn(ways, "\n");
        char *line = xstrndup(ways, length);
        if (i + 1 == rows && count > (size_t)rows) {
            canvas_putf(c, row + i, 4, STYLE_QUIET, "and %zu more: type its first letters",
                        count - (size_t)rows + 1);
        } else {
            canvas_put_short(c, row + i, 4, columns - 6, STYLE_QUIET, line);
        }
        free(line);
        ways += length + (ways[length] == '\n');
    }
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct filter_view *v = self_of(view);
    char *ways = ways_on(v);
    size_t count = count_lines(ways);
    int most = area.rows / 2 - 3, text = editor_rows(v->editor, area.columns - 4);
    int shown = count < MOST_WAYS ? (int)count : MOST_WAYS;
    text = text > 3 ? 3 : text;
    shown = shown > most ? (most > 0 ? most : 0) : shown;
    int top = area.row + area.rows - text - MOST_WAYS - 2;
    top = most < MOST_WAYS ? area.row + area.rows - text - (most > 0 ? most : 0) - 2 : top;
    app_draw_below(view->app, view->below, c, area, top);
    for (int row = top; row < canvas_rows(c) - 1; row++)
        canvas_fill(c, row, 0, area.columns, STYLE_PLAIN, " ");
    draw_rule(c, top, 0, area.columns);
    canvas_put_short(c, top + 1, 2, area.columns - 4, STYLE_STRONG,
                     area.columns >= 72
                         ? "Which rows? As in: part=home gap>=2 ended=open since=2026-01 \"new lock\""
                         : "Which rows? As in: gap>=2 ended=open");
    draw_ways(ways, c, top + 2 + text, shown, area.columns);
    editor_draw(v->editor, c, top + 2, 2, text, area.columns - 4, true);
    free(ways);
}

/* ---- Tab ---- */

/* The part that is being typed: the name of a column, or a value after its sign. */
static size_t begun_at(const char *text, size_t cursor)
{
    while (cursor > 0 && !strchr(" =!<>~,", text[cursor - 1]))
        cursor--;
    return cursor;
}

/* How much of the first way all ways have in common, a way being what stands before the two blanks. */
static size_t common(const char *ways)
{
    size_t length = strcspn(ways, " \n");
    for (const char *line = ways; *(line += strcspn(line, "\n")) && *++line;) {
        size_t same = 0;
        while (same < length && line[same] == ways[same])
            same++;
        length = same;
    }
    return length;
}

static void type_on(struct filter_view *v)
{
    char *ways = ways_on(v);
    const char *text = editor_text(v->editor);
    size_t cursor = editor_cursor(v->editor), begun = begun_at(text, cursor);
    size_t length = common(ways);
    if (*ways && length >= cursor - begun) {
        char *longer = xasprintf("%.*s%.*s%s", (int)begun, text, (int)length, ways, text + cursor);
        editor_restore(v->editor, longer, begun + length);
        free(longer);
    }
    if (!*ways)
        app_say(v->view.app, "Nothing that is known goes on from here. A value can be any word.");
    free(ways);
}

/* ---- keys ---- */

static bool on_key(struct view *view, int key)
{
    struct filter_view *v = self_of(view);
    if (key == TERM_ENTER || (key >= TERM_F1 && key <= TERM_F12) || key == 27)
        return false;
    if (key == TERM_TAB)
        type_on(v);
    else
        editor_key(v->editor, key);
    return true;
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct filter_view *v = self_of(view);
    struct app *app = view->app;
    char *cause = NULL;
    (void)key;
    if (request == REQUEST_STEP_BACK) {
        app_pop(app);
    } else if (request == REQUEST_OPEN) {
        char *text = xstrdup(editor_text(v->editor));
        if (view_review_filter(app, text, &cause))
            app_pop(app);
        else
            app_say_cause(app, cause);
        free(text);
    } else {
        return request != REQUEST_HELP;
    }
    return true;
}

static const char *label(struct view *view, enum request request)
{
    (void)view;
    return request == REQUEST_OPEN ? "Show these" : request == REQUEST_PASS ? "Go on typing" : NULL;
}

static void free_view(struct view *view)
{
    editor_free(self_of(view)->editor);
    free(view);
}

static const enum request footer[] = {REQUEST_HELP, REQUEST_OPEN, REQUEST_PASS, REQUEST_STEP_BACK,
                                      REQUEST_NONE};

static const struct view_class filter_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .key = on_key,
    .where = WHERE_REVIEW,
    .request = on_request,
    .free = free_view,
};

struct view *view_filter_new(struct app *app, const struct table *table, const char *text)
{
    struct filter_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&filter_class, app, NULL};
    v->table = table;
    v->editor = editor_new(text, false, 0);
    return &v->view;
}
