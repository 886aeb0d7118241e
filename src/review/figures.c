/* Figures: the table, and what all of them need. */
#include "review/figures.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

/* ---- rows ---- */

/* How many rows of a table are in the scope, and of those fit `also`. */
static int64_t count_rows(const struct scope *scope, const struct table *table, const char *also)
{
    size_t left;
    struct filter *filter = filter_parse_for(table, scope->filter, &left, NULL);
    struct filter *own = filter_parse(table, also, NULL);
    int64_t count = 0;
    for (size_t i = 0; filter && own && i < collection_count(scope->collection); i++) {
        const struct source *source = collection_at(scope->collection, i);
        size_t rows = table->rows(source);
        for (uint32_t n = 0; n < rows; n++)
            count += (!table->has || table->has(source, n)) && filter_takes(filter, source, n) &&
                     filter_takes(own, source, n);
    }
    filter_free(filter);
    filter_free(own);
    return count;
}

static struct figure_line *add(struct figure_lines *lines, const char *label, enum figure_shape shape)
{
    GROW(lines->lines, lines->count, lines->room);
    struct figure_line *line = &lines->lines[lines->count++];
    *line = (struct figure_line){.label = xstrdup(label), .shape = shape, .of = -1, .unit = ""};
    return line;
}

/* The line opens the rows of a table that are in the scope and fit `also`. */
static void opens(struct figure_line *line, const struct scope *scope, const struct table *table,
                  const char *also)
{
    const char *filter = scope->filter ? scope->filter : "";
    line->table = table;
    line->filter = xasprintf("%s%s%s", filter, *filter && *also ? " " : "", also);
}

static void add_share(struct figure_lines *lines, const struct scope *scope, const struct table *table,
                      const char *label, const char *also, int64_t of)
{
    struct figure_line *line = add(lines, label, SHAPE_SHARE);
    line->count = count_rows(scope, table, also);
    line->of = of;
    line->figure = figure_guard(rate_wilson(line->count, of));
    opens(line, scope, table, also);
}

/* ---- the figures ---- */

static void work_differ(const struct scope *scope, struct figure_lines *lines)
{
    add_share(lines, scope, &table_pairs, "See it differently at first", "differ=yes",
              count_rows(scope, &table_pairs, ""));
}

const struct figure_kind figure_table[] = {
    {"differ", "How much they differ",
     "Of the questions that both answered, how many they answered further apart than the form lets pass.",
     "count / n, with Wilson's range", "Wilson 1927; Newcombe 1998", work_differ},
    {0},
};

const struct flag_kind flag_table[] = {{0}};

const struct figure_kind *figure_kind_named(const char *name, char **cause)
{
    const char *names[64];
    size_t n = 0;
    for (; figure_table[n].name; n++) {
        if (strcmp(figure_table[n].name, name) == 0)
            return &figure_table[n];
        names[n] = figure_table[n].name;
    }
    names[n] = NULL;
    vocab_refuse("figure", name, names, cause);
    return NULL;
}

void figure_lines_release(struct figure_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        free(lines->lines[i].label);
        free(lines->lines[i].words);
        free(lines->lines[i].filter);
    }
    free(lines->lines);
    *lines = (struct figure_lines){0};
}

void flags_release(struct flags *flags)
{
    for (size_t i = 0; i < flags->count; i++) {
        free(flags->flags[i].question);
        free(flags->flags[i].filter);
    }
    free(flags->flags);
    *flags = (struct flags){0};
}

static void add_range(struct strbuf *words, const struct figure *f, double by, const char *format)
{
    if (f->no_range != FIGURE_THERE)
        return;
    strbuf_addf(words, format, f->low * by);
    strbuf_addf(words, " to ");
    strbuf_addf(words, format, f->high * by);
}

char *figure_line_words(const struct figure_line *line)
{
    struct strbuf words = STRBUF_INIT;
    const struct figure *f = &line->figure;
    switch (line->shape) {
    case SHAPE_COUNT:
        strbuf_addf(&words, "%lld", (long long)line->count);
        break;
    case SHAPE_SHARE:
        strbuf_addf(&words, "%lld of %lld", (long long)line->count, (long long)line->of);
        if (f->none == FIGURE_THERE) {
            strbuf_addf(&words, " (%.0f %%", f->value * 100);
            if (f->no_range == FIGURE_THERE)
                strbuf_addf(&words, ", %.0f to %.0f", f->low * 100, f->high * 100);
            strbuf_addch(&words, ')');
        }
        break;
    case SHAPE_VALUE:
        if (f->none != FIGURE_THERE) {
            strbuf_addf(&words, "%s", figure_why(f->none));
            break;
        }
        strbuf_addf(&words, "%.2f%s%s", f->value, *line->unit ? " " : "", line->unit);
        if (f->no_range == FIGURE_THERE) {
            strbuf_add(&words, " (");
            add_range(&words, f, 1, "%.2f");
            strbuf_addch(&words, ')');
        }
        strbuf_addf(&words, ", n %lld", (long long)f->n);
        break;
    case SHAPE_WORDS:
        strbuf_add(&words, line->words ? line->words : "");
        break;
    }
    return strbuf_detach(&words);
}
