/* Lines of figures: one pass over a table's rows, each held against the filters of all lines. */
#include "review/figures_lines.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WANTED = 32 };

void scope_each(const struct scope *scope, const struct table *table, scope_row *each, void *to)
{
    size_t left;
    struct filter *filter = filter_parse_for(table, scope->filter, &left, NULL);
    for (size_t i = 0; filter && i < collection_count(scope->collection); i++) {
        const struct source *source = collection_at(scope->collection, i);
        size_t rows = table->rows(source);
        if (rows == 0 || !filter_takes_source(filter, source))
            continue;
        for (uint32_t n = 0; n < rows; n++) {
            if ((!table->has || table->has(source, n)) && filter_takes_row(filter, source, n))
                each(to, source, n);
        }
    }
    filter_free(filter);
}

/* ---- a line ---- */

struct figure_line *figure_line_add(struct figure_lines *lines, const char *label, enum figure_shape shape)
{
    GROW(lines->lines, lines->count, lines->room);
    struct figure_line *line = &lines->lines[lines->count++];
    *line = (struct figure_line){.label = xstrdup(label),
                                 .shape = shape,
                                 .of = -1,
                                 .figure = figure_none(FIGURE_NOTHING, 0, FEWEST_FOR_RATE),
                                 .lower = NAN,
                                 .upper = NAN,
                                 .unit = "",
                                 .behind = -1};
    return line;
}

void figure_line_opens(struct figure_line *line, const struct scope *scope, const struct table *table,
                       const char *also, int64_t count)
{
    char *filter = filter_text_for(table, scope->filter);
    line->count = count;
    line->table = table;
    line->filter = xasprintf("%s%s%s", filter, *filter && *also ? " " : "", also);
    free(filter);
}

void figure_line_hears(struct figure_line *line, const struct scope *scope, const struct table *table)
{
    size_t left;
    filter_free(filter_parse_for(table, scope->filter, &left, NULL));
    if (left)
        line->words =
            xstrdup("Of all that both answered: what the filter asks of how they differ is left out.");
}

struct figure_line *figure_line_value(struct figure_lines *lines, const char *label, struct figure figure,
                                      const char *unit)
{
    struct figure_line *line = figure_line_add(lines, label, SHAPE_VALUE);
    line->figure = figure_guard(figure);
    line->unit = unit;
    return line;
}

/* ---- many lines at once ---- */

struct values {
    double *values;
    size_t count, room;
};

/* A line that is being worked out. */
struct working {
    const struct line_wanted *wanted;
    const struct column *column;
};

/* What one part, or all, comes to. */
struct counted {
    const char *name, *title; /* of the part; "" */
    const char *form;         /* that it was first found in; "" */
    int32_t place;            /* of the part in its form */
    int64_t all, count[MOST_WANTED];
    struct values values[MOST_WANTED];
};

struct pass {
    struct working lines[MOST_WANTED];
    struct filter_set *filters; /* one for each line */
    size_t line_count;
    const struct column *part; /* NULL: all together */
    struct counted **parts;
    size_t count, room;
    struct counted *last;
};

static void pass_begin(struct pass *pass, const struct table *table, const struct line_wanted *wanted)
{
    *pass = (struct pass){.filters = filter_set_new(table)};
    for (; wanted[pass->line_count].label && pass->line_count < MOST_WANTED; pass->line_count++) {
        const struct line_wanted *one = &wanted[pass->line_count];
        if (!filter_set_add(pass->filters, one->filter, NULL))
            abort(); /* cannot be: the filters are constants, and tests work out all lines */
        pass->lines[pass->line_count] =
            (struct working){one, one->column ? &table->columns[table_column(table, one->column)] : NULL};
    }
}

static void pass_end(struct pass *pass)
{
    filter_set_free(pass->filters);
    for (size_t i = 0; i < pass->count; i++) {
        for (size_t k = 0; k < pass->line_count; k++)
            free(pass->parts[i]->values[k].values);
        free(pass->parts[i]);
    }
    free(pass->parts);
}

static struct counted *part_new(struct pass *pass, const char *name, const char *title, const char *form,
                                int32_t place)
{
    GROW(pass->parts, pass->count, pass->room);
    struct counted *part = pass->parts[pass->count++] = xcalloc(1, sizeof *part);
    part->name = name;
    part->title = title;
    part->form = form;
    part->place = place;
    return part;
}

/* Forms have few parts, and rows of one part mostly stand one after the other. */
static struct counted *part_of(struct pass *pass, const struct source *source, uint32_t number)
{
    struct cell cell = {.text = ""};
    if (pass->part)
        cell_fill(pass->part, source, number, &cell);
    const char *name = cell.also ? cell.also : cell.text;
    if (pass->last && pass->last->name == name && pass->last->title == cell.text)
        return pass->last;
    /* What belongs to no part comes last; what belongs to parts of several forms, with the first of these. */
    const char *form = cell.also ? facts_text(source->facts, source->facts->id) : "\xff";
    for (size_t i = 0; i < pass->count; i++) {
        struct counted *part = pass->parts[i];
        if (strcmp(part->name, name) == 0 && strcmp(part->title, cell.text) == 0) {
            part->form = strcmp(form, part->form) < 0 ? form : part->form;
            return pass->last = part;
        }
    }
    int32_t place = 0;
    for (size_t i = 0; cell.also && i < source->facts->areas.count; i++) {
        if (strcmp(facts_text(source->facts, facts_area(source->facts, i)->name), name) == 0)
            place = (int32_t)i;
    }
    return pass->last = part_new(pass, name, cell.text, form, place);
}

static void count_row(void *to, const struct source *source, uint32_t number)
{
    struct pass *pass = to;
    struct counted *part = part_of(pass, source, number);
    part->all++;
    uint64_t takes = filter_set_takes(pass->filters, source, number);
    for (size_t i = 0; takes >> i; i++) {
        const struct working *line = &pass->lines[i];
        if (!(takes >> i & 1))
            continue;
        part->count[i]++;
        if (!line->column)
            continue;
        struct cell cell;
        cell_fill(line->column, source, number, &cell);
        struct values *values = &part->values[i];
        GROW(values->values, values->count, values->room);
        values->values[values->count++] = cell.number;
    }
}

/* A number for lines that are told from here on: with what each is of, it says which are of the same rows. */
static int group_at(const struct figure_lines *lines)
{
    return (int)lines->count * (MOST_WANTED + OF_FIRST_LINE);
}

/* One line of what was counted. `also`: a term that goes before its own filter. */
static void tell(const struct scope *scope, const struct table *table, const struct line_wanted *wanted,
                 const struct counted *counted, size_t i, const char *label, const char *also,
                 struct figure_lines *lines, int group)
{
    struct figure_line *line = figure_line_add(lines, label, SHAPE_COUNT);
    char *filter = xasprintf("%s%s%s", also, *also && *wanted[i].filter ? " " : "", wanted[i].filter);
    figure_line_opens(line, scope, table, filter, counted->count[i]);
    free(filter);
    line->indent = wanted[i].indent;
    if (wanted[i].column) {
        struct quartiles middle =
            quartiles_guard(quartiles_of(counted->values[i].values, counted->values[i].count));
        line->shape = SHAPE_VALUE;
        line->figure = middle.median;
        line->lower = middle.lower;
        line->upper = middle.upper;
        line->unit = wanted[i].unit;
    } else if (wanted[i].of != OF_NOTHING) {
        line->shape = SHAPE_SHARE;
        line->among = group + wanted[i].of;
        line->of = wanted[i].of == OF_ALL ? counted->all : counted->count[wanted[i].of - OF_FIRST_LINE];
        line->figure = figure_guard(rate_wilson(line->count, line->of));
    }
}

void lines_work(const struct scope *scope, const struct table *table, const struct line_wanted *wanted,
                struct figure_lines *lines, int64_t *counts)
{
    struct pass pass;
    pass_begin(&pass, table, wanted);
    pass.last = part_new(&pass, "", "", "", 0);
    scope_each(scope, table, count_row, &pass);
    const int group = group_at(lines);
    for (size_t i = 0; i < pass.line_count; i++) {
        tell(scope, table, wanted, pass.parts[0], i, wanted[i].label, "", lines, group);
        if (counts)
            counts[i] = pass.parts[0]->count[i];
    }
    pass_end(&pass);
}

/* ---- by part ---- */

static int by_place(const void *one, const void *other)
{
    const struct counted *a = *(struct counted *const *)one, *b = *(struct counted *const *)other;
    int order = strcmp(a->form, b->form);
    if (order)
        return order;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    order = filter_order(a->name, b->name);
    return order ? order : strcmp(a->title, b->title);
}

/* What a filter `part=NAME` lets through: in two forms a part may have one name and two titles, and then they
 * are one part here. */
static void part_sum(const struct pass *pass, const char *name, struct counted *sum)
{
    *sum = (struct counted){.name = name};
    int64_t most = -1;
    for (size_t p = 0; p < pass->count; p++) {
        const struct counted *part = pass->parts[p];
        if (!filter_same(part->name, name) && !filter_same(part->title, name))
            continue;
        sum->all += part->all;
        if (part->all > most) {
            most = part->all;
            sum->title = part->title;
        }
        for (size_t i = 0; i < pass->line_count; i++) {
            sum->count[i] += part->count[i];
            for (size_t v = 0; v < part->values[i].count; v++) {
                GROW(sum->values[i].values, sum->values[i].count, sum->values[i].room);
                sum->values[i].values[sum->values[i].count++] = part->values[i].values[v];
            }
        }
    }
}

void lines_by_part(const struct scope *scope, const struct table *table, const struct line_wanted *wanted,
                   struct figure_lines *lines)
{
    struct pass pass;
    pass_begin(&pass, table, wanted);
    pass.part = &table->columns[table_column(table, "part")];
    scope_each(scope, table, count_row, &pass);
    if (pass.count)
        qsort(pass.parts, pass.count, sizeof *pass.parts, by_place);
    for (size_t p = 0; p < pass.count; p++) {
        bool told = false;
        for (size_t before = 0; before < p && !told; before++)
            told = filter_same(pass.parts[before]->name, pass.parts[p]->name);
        if (told)
            continue;
        struct counted sum;
        part_sum(&pass, pass.parts[p]->name, &sum);
        char *term = filter_term(pass.part, sum.name);
        const int group = group_at(lines);
        for (size_t i = 0; i < pass.line_count; i++) {
            if (i == 0 || sum.count[i] > 0 || wanted[i].both)
                tell(scope, table, wanted, &sum, i,
                     i > 0                     ? wanted[i].label
                     : sum.title && *sum.title ? sum.title
                                               : "No part of the form",
                     term, lines, group);
            free(sum.values[i].values);
        }
        free(term);
    }
    pass_end(&pass);
}
