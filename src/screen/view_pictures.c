/* Pictures of what is in view, in plain characters: what they differ about, how it ended, what each answered
 * at first, month by month. And the two answers of one row on their scale. */
#include "screen/review_views.h"

#include "base/mem.h"
#include "review/engagement.h"
#include "review/picture.h"
#include "review/scales.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BARS = 24 };

struct scene {
    const struct table *table;
    char *filter;
};

static void release(void *held)
{
    struct scene *scene = held;
    free(scene->filter);
    free(scene);
}

void picture_add(struct app *app, struct list *list, int columns, const struct picture *picture)
{
    enum picture_marks marks = term_draws_lines(app_term(app)) ? PICTURE_BLOCKS : PICTURE_ASCII;
    struct picture_lines lines = picture_text(picture, columns, marks);
    if (list->count && lines.count && *lines.lines[0])
        list_add(list, STYLE_PLAIN, -1, "%s", "");
    for (size_t i = 0; i < lines.count; i++)
        list_add(list, i == 0 && picture->title ? STYLE_STRONG : STYLE_PLAIN, -1, "%s", lines.lines[i]);
    picture_lines_release(&lines);
}

/* ---- bars of a figure's lines ---- */

static void add_bars(struct app *app, struct list *list, int columns, const struct scope *scope,
                     const char *name, bool shares)
{
    const struct figure_kind *kind = figure_kind_named(name, NULL);
    struct figure_lines lines = {0};
    struct picture_bar bars[MOST_BARS] = {0};
    size_t count = 0;
    if (!kind)
        return;
    kind->work(scope, &lines);
    for (size_t i = 0; i < lines.count && count < MOST_BARS; i++) {
        const struct figure_line *line = &lines.lines[i];
        if (line->shape != SHAPE_SHARE || !line->indent)
            continue;
        bars[count++] = (struct picture_bar){.label = line->label, .count = line->count, .of = line->of};
    }
    const struct picture picture = {
        .kind = PICTURE_BARS, .title = kind->title, .note = kind->says, .bars = {bars, count, shares}};
    if (count)
        picture_add(app, list, columns, &picture);
    figure_lines_release(&lines);
}

/* ---- what each answered ---- */

static void add_matrix(struct app *app, struct list *list, int columns, const struct scope *scope)
{
    struct scale_tables tables = {0};
    scale_tables_count(scope, &tables);
    const struct scale_table *scale = tables.count && tables.tables[0].ordered ? &tables.tables[0] : NULL;
    if (scale && scale->n > 0) {
        char **labels = xcalloc((size_t)scale->steps, sizeof *labels);
        for (int i = 0; i < scale->steps; i++)
            labels[i] = xasprintf("%g", scale->from + i * scale->step);
        char *title = xasprintf("What each answered before any talk, on scales of %d", scale->steps);
        const struct picture picture = {.kind = PICTURE_MATRIX,
                                        .title = title,
                                        .matrix = {scale->steps, (const char *const *)labels, scale->table}};
        picture_add(app, list, columns, &picture);
        free(title);
        for (int i = 0; i < scale->steps; i++)
            free(labels[i]);
        free(labels);
    }
    scale_tables_release(&tables);
}

/* ---- month by month ---- */

/* The month of a day "2026-11-25", counted from the year 0; -1. */
static int month_of(const char *day)
{
    if (strlen(day) < 7)
        return -1;
    return (int)strtol(day, NULL, 10) * 12 + (int)strtol(day + 5, NULL, 10) - 1;
}

static void add_months(struct app *app, struct list *list, int columns, const struct scene *scene)
{
    struct listing *listing = listing_new(browser_of(app)->collection, scene->table);
    int column = table_column(scene->table, "date"), first = -1, last = -1;
    if (!listing_filter(listing, scene->filter, NULL))
        column = -1;
    for (size_t i = 0; column >= 0 && i < listing_count(listing); i++) {
        struct cell cell;
        int month = month_of(listing_data(listing, i, column, &cell));
        if (month < 0)
            continue;
        first = first < 0 || month < first ? month : first;
        last = month > last ? month : last;
    }
    if (first >= 0 && last - first < 12 * 200) {
        int64_t *counts = xcalloc((size_t)(last - first + 1), sizeof *counts);
        for (size_t i = 0; i < listing_count(listing); i++) {
            struct cell cell;
            int month = month_of(listing_data(listing, i, column, &cell));
            if (month >= 0)
                counts[month - first]++;
        }
        char *title = xasprintf("%s, by month", scene->table->title);
        const struct picture picture = {
            .kind = PICTURE_MONTHS,
            .title = title,
            .months = {first / 12, first % 12 + 1, counts, (size_t)(last - first + 1)}};
        picture_add(app, list, columns, &picture);
        free(title);
        free(counts);
    }
    listing_free(listing);
}

/* ---- how long it goes on ---- */

static void add_curve(struct app *app, struct list *list, int columns, const struct scope *scope)
{
    const struct figure_kind *kind = figure_kind_named("drop_out", NULL);
    struct drop_out drop_out = {0};
    drop_out_work(scope, &drop_out);
    const struct picture picture = {.kind = PICTURE_STEPS,
                                    .title = "How long it goes on, until somebody drops out",
                                    .note = kind ? kind->says : NULL,
                                    .steps = {&drop_out.curve, drop_out.times, "days"}};
    if (drop_out.count)
        picture_add(app, list, columns, &picture);
    drop_out_release(&drop_out);
}

static void build(struct app *app, struct list *list, int columns)
{
    const struct scene *scene = list->held;
    const struct scope scope = {browser_of(app)->collection, scene->filter};
    add_bars(app, list, columns, &scope, "outcomes", false);
    add_bars(app, list, columns, &scope, "differ", true);
    add_matrix(app, list, columns, &scope);
    add_months(app, list, columns, scene);
    add_curve(app, list, columns, &scope);
    if (!list->count)
        list_add(list, STYLE_PLAIN, -1, "There is nothing here to draw.");
}

struct view *view_pictures_new(struct app *app, const struct table *table, const char *filter)
{
    static const struct lines_kind kind = {
        .title = "Pictures of what is in view", .build = build, .release = release};
    struct scene *scene = xcalloc(1, sizeof *scene);
    scene->table = table;
    scene->filter = xstrdup(filter);
    return view_lines_new(app, &kind, scene);
}

/* ---- one row ---- */

void picture_ladder(struct app *app, struct list *list, int columns, const struct source *source,
                    uint32_t number)
{
    const struct digest_disagreement *d = digest_disagreement(source->digest, number);
    const struct facts_question *q =
        d && source->facts && d->question >= 0 ? facts_question(source->facts, (size_t)d->question) : NULL;
    if (!q || !q->ordered || q->steps < 2 || isnan(d->place[BEFORE][PRACTITIONER]) ||
        isnan(d->place[BEFORE][SERVICE_USER]))
        return;
    struct picture_rung rung = {.label = ""};
    const char *names[PARTIES];
    for (int who = 0; who < PARTIES; who++) {
        rung.before[who] = d->place[BEFORE][who];
        rung.after[who] = d->place[AFTER][who];
        const char *name = digest_text_of(source->digest, source->digest->name[who]);
        names[who] = *name ? name : NULL;
    }
    struct picture picture = {
        .kind = PICTURE_LADDER,
        .people = {[PRACTITIONER] = names[PRACTITIONER], [SERVICE_USER] = names[SERVICE_USER]},
        .ladder = {&rung, 1, q->from, q->from + (q->steps - 1) * q->step, NULL, NULL}};
    picture_add(app, list, columns, &picture);
}
