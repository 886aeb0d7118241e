/* Figures of what is in view, each of which opens its rows; questions that may open a talk; and what a figure
 * is. */
#include "screen/review_views.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* What a line leads to: rows; or, of a heading, the figure alone. */
struct way {
    const struct figure_kind *figure, *all; /* `all`: that one with all of its lines */
    const struct table *table;
    char *filter;
};

/* What the lines are of, and where they lead to: a target is the number of its way. */
struct ways {
    const struct table *table;
    char *filter;
    const struct figure_kind
        *only; /* that figure alone, with all of its lines; NULL: all figures, in short */
    struct way *ways;
    size_t count, room;
};

static void clear(struct ways *ways)
{
    for (size_t i = 0; i < ways->count; i++)
        free(ways->ways[i].filter);
    ways->count = 0;
}

static void release(void *held)
{
    struct ways *ways = held;
    clear(ways);
    free(ways->ways);
    free(ways->filter);
    free(ways);
}

static struct ways *new_ways(const struct table *table, const char *filter)
{
    struct ways *ways = xcalloc(1, sizeof *ways);
    ways->table = table;
    ways->filter = xstrdup(filter ? filter : "");
    return ways;
}

static int add_way(struct ways *ways, const struct figure_kind *figure, const struct table *table,
                   const char *filter)
{
    GROW(ways->ways, ways->count, ways->room);
    ways->ways[ways->count] = (struct way){figure, NULL, table, filter ? xstrdup(filter) : NULL};
    return (int)ways->count++;
}

/* What they are of: the filter, and that records are still being read. */
static void add_above(struct app *app, struct list *list, int columns, const struct ways *ways)
{
    if (browser_of(app)->reads)
        list_add_wrapped(list, STYLE_NOTICE, -1, columns, 0,
                         "Records are still being read. These are of what was read so far.");
    if (!*ways->filter)
        return;
    char *text = xasprintf("Of what passes: %s", ways->filter);
    list_add_wrapped(list, STYLE_PLAIN, -1, columns, 3, text);
    free(text);
}

/* ---- figures ---- */

/* The label left, what it comes to beside it; below it where both are not wide enough apart. */
static void add_figure(struct list *list, int columns, int target, const struct figure_line *line)
{
    char *words = figure_line_words(line);
    int indent = 2 + 2 * line->indent, label = columns >= 72 ? 34 : 22;
    char *left = xasprintf("%*s%s", indent, "", line->label);
    int width = utf8_width(left);
    if (line->shape == SHAPE_WORDS) {
        char *text = xasprintf("%s%s%s", left, *line->label ? ": " : "", words);
        list_add_wrapped(list, STYLE_PLAIN, target, columns, indent + 2, text);
        free(text);
    } else if (width <= label && label + 2 + utf8_width(words) <= columns) {
        list_add(list, STYLE_PLAIN, target, "%s%*s  %s", left, label - width, "", words);
    } else {
        list_add_wrapped(list, STYLE_PLAIN, target, columns, indent + 2, left);
        char *text = xasprintf("%*s%s", indent + 4, "", words);
        list_add_wrapped(list, STYLE_PLAIN, target, columns, indent + 4, text);
        free(text);
    }
    if (line->words && line->shape != SHAPE_WORDS) {
        char *text = xasprintf("%*s%s", indent + 4, "", line->words);
        list_add_wrapped(list, STYLE_QUIET, target, columns, indent + 4, text);
        free(text);
    }
    free(left);
    free(words);
}

enum { LONG = 14, SHORT = 10 }; /* a figure with more lines than the one is shown with as many as the other */

static void add_kind(struct list *list, int columns, struct ways *ways, const struct figure_kind *kind,
                     const struct figure_lines *lines)
{
    bool folded = !ways->only && lines->count > LONG;
    size_t count = folded ? SHORT : lines->count;
    list_add(list, STYLE_STRONG, add_way(ways, kind, NULL, NULL), "%s", kind->title);
    for (size_t i = 0; i < count; i++)
        add_figure(list, columns, add_way(ways, kind, lines->lines[i].table, lines->lines[i].filter),
                   &lines->lines[i]);
    if (!folded)
        return;
    int target = add_way(ways, kind, NULL, NULL);
    ways->ways[target].all = kind;
    list_add(list, STYLE_PLAIN, target, "    and %zu more lines: Enter shows them", lines->count - count);
}

static void build_figures(struct app *app, struct list *list, int columns)
{
    struct ways *ways = list->held;
    struct scope scope = {browser_of(app)->collection, ways->filter};
    clear(ways);
    add_above(app, list, columns, ways);
    for (const struct figure_kind *kind = figure_table; kind->name; kind++) {
        struct figure_lines lines = {0};
        if (ways->only && ways->only != kind)
            continue;
        kind->work(&scope, &lines);
        if (lines.count && list->count)
            list_add(list, STYLE_PLAIN, -1, "%s", "");
        if (lines.count)
            add_kind(list, columns, ways, kind, &lines);
        figure_lines_release(&lines);
    }
}

/* ---- one figure's definition ---- */

static void add_part(struct list *list, int columns, const char *title, const char *text)
{
    if (!*text)
        return;
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    list_add(list, STYLE_STRONG, -1, "%s", title);
    char *set_in = xasprintf("  %s", text);
    list_add_wrapped(list, STYLE_PLAIN, -1, columns, 2, set_in);
    free(set_in);
}

static void build_definition(struct app *app, struct list *list, int columns)
{
    const struct figure_kind *kind = list->held;
    (void)app;
    list_add(list, STYLE_STRONG, -1, "%s", kind->title);
    add_part(list, columns, "What it tells", kind->says);
    add_part(list, columns, "How it is worked out", kind->formula);
    add_part(list, columns, "Who it is from", kind->source);
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    list_add_wrapped(list, STYLE_PLAIN, -1, columns, 2,
                     "  Counts come before shares. Of fewer than 10 there is no share. Of fewer than 30 "
                     "nothing is set against chance. More is in alongside-statistics(7).");
}

static void define(struct app *app, const struct figure_kind *kind)
{
    static const struct lines_kind definition = {.title = "What this figure is", .build = build_definition};
    app_push(app, view_lines_new(app, &definition, (void *)kind));
}

/* ---- opening ---- */

static struct view *figures_of(struct app *app, const struct ways *ways, const struct figure_kind *kind);

static void open_way(struct app *app, struct list *list, int target)
{
    const struct ways *ways = list->held;
    const struct way *way = &ways->ways[target];
    if (way->all)
        app_push(app, figures_of(app, ways, way->all));
    else if (way->table)
        view_review_open(app, way->table, way->filter);
    else if (way->figure)
        define(app, way->figure);
}

static bool on_request(struct app *app, struct list *list, enum request request, int target)
{
    const struct ways *ways = list->held;
    if (request == REQUEST_DEFINITION && target >= 0 && ways->ways[target].figure) {
        define(app, ways->ways[target].figure);
        return true;
    }
    if (request == REQUEST_FIGURES || request == REQUEST_FLAGS) {
        struct view *other = request == REQUEST_FIGURES ? view_figures_new(app, ways->table, ways->filter)
                                                        : view_flags_new(app, ways->table, ways->filter);
        app_pop(app);
        app_push(app, other);
        return true;
    }
    return false;
}

static const struct lines_kind figures_kind = {.title = "Figures of what is in view",
                                               .build = build_figures,
                                               .open = open_way,
                                               .request = on_request,
                                               .footer = FOOTER_FIGURES,
                                               .enter = "Open",
                                               .release = release};

/* One of them, with all of its lines. */
static struct view *figures_of(struct app *app, const struct ways *ways, const struct figure_kind *kind)
{
    struct ways *own = new_ways(ways->table, ways->filter);
    own->only = kind;
    return view_lines_new(app, &figures_kind, own);
}

struct view *view_figures_new(struct app *app, const struct table *table, const char *filter)
{
    return view_lines_new(app, &figures_kind, new_ways(table, filter));
}

/* ---- questions ---- */

static void build_flags(struct app *app, struct list *list, int columns)
{
    struct ways *ways = list->held;
    struct scope scope = {browser_of(app)->collection, ways->filter};
    size_t before;
    clear(ways);
    add_above(app, list, columns, ways);
    list_add_wrapped(
        list, STYLE_PLAIN, -1, columns, 0,
        "These are questions to talk about, with the rows they come from. They say nothing about "
        "anybody.");
    before = list->count;
    for (const struct flag_kind *kind = flag_table; kind->name; kind++) {
        struct flags flags = {0};
        kind->look(&scope, &flags);
        if (flags.count) {
            list_add(list, STYLE_PLAIN, -1, "%s", "");
            list_add(list, STYLE_STRONG, -1, "%s", kind->title);
            list_add_wrapped(list, STYLE_QUIET, -1, columns, 2, kind->says);
        }
        for (size_t i = 0; i < flags.count; i++) {
            char *text = xasprintf("  %s", flags.flags[i].question);
            list_add_wrapped(list, STYLE_PLAIN,
                             add_way(ways, NULL, flags.flags[i].table, flags.flags[i].filter), columns, 4,
                             text);
            free(text);
        }
        flags_release(&flags);
    }
    if (list->count == before) {
        list_add(list, STYLE_PLAIN, -1, "%s", "");
        list_add(list, STYLE_PLAIN, -1, "There is none in what is in view.");
    }
}

struct view *view_flags_new(struct app *app, const struct table *table, const char *filter)
{
    static const struct lines_kind kind = {.title = "Questions that may open a talk",
                                           .build = build_flags,
                                           .open = open_way,
                                           .request = on_request,
                                           .enter = "Open its rows",
                                           .release = release};
    return view_lines_new(app, &kind, new_ways(table, filter));
}
