/* What is looked over as JSON, written piece by piece: ten thousand records' disagreements in full are more
 * than is to be in memory at once. Each piece is a tree of its own; its lines are set in by hand.
 *
 * A digest does not hold the talks, so each record that has a row is opened once more; the last few stay
 * open, as rows of one record mostly stand together. */
#include "report/review.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "report/as_json.h"
#include "report/tree.h"
#include "report/tree_values.h"
#include "review/figures.h"
#include "review/scales.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- pieces ---- */

struct writer {
    FILE *out;
    bool begun; /* something stands before, in the object or the list */
};

/* The text of a tree, every line but its first set in. The tree is taken over. */
static void write_tree(struct writer *w, int indent, const char *key, json_t *tree)
{
    char *text = json_dumps(tree, JSON_INDENT(2) | JSON_ENCODE_ANY | JSON_REAL_PRECISION(AS_JSON_DIGITS));
    struct strbuf lines = STRBUF_INIT;
    strbuf_addf(&lines, "%s\n%*s", w->begun ? "," : "", indent, "");
    if (key)
        strbuf_addf(&lines, "\"%s\": ", key);
    /* A newline within a text is an escape, so each that is there ends a line. */
    for (const char *at = text ? text : "null"; *at; at++) {
        strbuf_addch(&lines, *at);
        if (*at == '\n')
            strbuf_addf(&lines, "%*s", indent, "");
    }
    as_json_escaped(lines.text, lines.length, w->out, NULL);
    strbuf_release(&lines);
    free(text);
    json_decref(tree);
    w->begun = true;
}

static void write_key(struct writer *w, const char *key, json_t *tree)
{
    write_tree(w, 2, key, tree);
}

/* A name of a file need not be UTF-8; everything in JSON is. */
static json_t *text_or_null(const char *text)
{
    if (!text || utf8_valid(text, strlen(text)))
        return tree_text(text);
    char *safe = utf8_safe(text, false);
    json_t *tree = tree_text(safe);
    free(safe);
    return tree;
}

static json_t *number_or_null(double number)
{
    if (!isfinite(number))
        return json_null();
    return number == floor(number) && fabs(number) < 1e15 ? json_integer((json_int_t)number)
                                                          : json_real(number);
}

/* ---- figures ---- */

static json_t *figure_tree(const struct figure *figure)
{
    json_t *tree = json_object();
    tree_put(tree, "value", number_or_null(figure->value));
    tree_put(tree, "n", json_integer(figure->n));
    tree_put(tree, "low", number_or_null(figure->low));
    tree_put(tree, "high", number_or_null(figure->high));
    tree_put(tree, "why", text_or_null(figure_why(figure->none)));
    return tree;
}

static json_t *guarded(struct figure figure)
{
    figure = figure_guard(figure);
    return figure_tree(&figure);
}

static json_t *scale_tree(const struct scale_table *scale)
{
    json_t *tree = json_object();
    int k = scale->steps;
    double *weights = xcalloc((size_t)k * (size_t)k, sizeof *weights);
    agreement_weights(scale->ordered ? WEIGHTS_QUADRATIC : WEIGHTS_NONE, k, weights);
    tree_put(tree, "steps", json_integer(k));
    tree_put(tree, "ordered", json_boolean(scale->ordered));
    tree_put(tree, "question", text_or_null(scale->ordered ? "" : scale->question));
    tree_put(tree, "pairs", json_integer(scale->n));
    tree_put(tree, "percent", guarded(agreement_percent(scale->table, k)));
    tree_put(tree, "kappa", guarded(agreement_kappa(scale->table, k, weights)));
    tree_put(tree, "ac2", guarded(agreement_ac(scale->table, k, weights)));
    tree_put(tree, "alpha",
             guarded(alpha_table(scale->table, k, scale->ordered ? ALPHA_ORDINAL : ALPHA_NOMINAL, NULL)));
    free(weights);
    return tree;
}

/* The scale that most pairs are on comes first, and each of them after it. */
static json_t *agreement_tree(const struct scope *scope)
{
    int64_t none[2 * 2] = {0};
    const struct scale_table nothing = {.steps = 2, .ordered = true, .table = none};
    struct scale_tables tables;
    scale_tables_count(scope, &tables);
    bool there = tables.count > 0 && tables.tables[0].ordered;
    json_t *tree = scale_tree(there ? &tables.tables[0] : &nothing), *all = json_array();
    if (!there)
        tree_put(tree, "steps", json_null());
    for (size_t i = 0; i < tables.count; i++)
        json_array_append_new(all, scale_tree(&tables.tables[i]));
    tree_put(tree, "scales", all);
    scale_tables_release(&tables);
    return tree;
}

static json_t *line_tree(const struct figure_line *line)
{
    static const char *const shapes[] = {"count", "share", "value", "words"};
    json_t *tree = json_object();
    bool share = line->shape == SHAPE_SHARE, counted = share || line->shape == SHAPE_COUNT;
    char *words = figure_line_words(line);
    tree_put(tree, "label", text_or_null(line->label));
    tree_put(tree, "indent", json_integer(line->indent));
    tree_put(tree, "shape", json_string(shapes[line->shape]));
    tree_put(tree, "words", text_or_null(words));
    tree_put(tree, "count", counted ? json_integer(line->count) : json_null());
    tree_put(tree, "of", share ? json_integer(line->of) : json_null());
    tree_put(tree, "figure", share || line->shape == SHAPE_VALUE ? figure_tree(&line->figure) : json_null());
    tree_put(tree, "lower", number_or_null(line->lower));
    tree_put(tree, "upper", number_or_null(line->upper));
    tree_put(tree, "unit", text_or_null(line->unit));
    tree_put(tree, "remark", line->shape == SHAPE_WORDS ? json_null() : text_or_null(line->words));
    tree_put(tree, "table", line->table ? json_string(line->table->name) : json_null());
    tree_put(tree, "filter", line->table ? tree_text(line->filter) : json_null());
    free(words);
    return tree;
}

static json_t *figures_tree(const struct scope *scope)
{
    json_t *all = json_array();
    for (const struct figure_kind *kind = figure_table; kind->name; kind++) {
        struct figure_lines lines = {0};
        json_t *tree = json_object(), *list = json_array();
        kind->work(scope, &lines);
        for (size_t i = 0; i < lines.count; i++)
            json_array_append_new(list, line_tree(&lines.lines[i]));
        figure_lines_release(&lines);
        tree_put(tree, "name", json_string(kind->name));
        tree_put(tree, "title", json_string(kind->title));
        tree_put(tree, "says", json_string(kind->says));
        tree_put(tree, "formula", text_or_null(kind->formula));
        tree_put(tree, "source", text_or_null(kind->source));
        tree_put(tree, "lines", list);
        json_array_append_new(all, tree);
    }
    return all;
}

static json_t *flags_tree(const struct scope *scope)
{
    json_t *all = json_array();
    for (const struct flag_kind *kind = flag_table; kind->name; kind++) {
        struct flags flags = {0};
        kind->look(scope, &flags);
        for (size_t i = 0; i < flags.count; i++) {
            const struct flag *flag = &flags.flags[i];
            json_t *tree = json_object();
            tree_put(tree, "name", json_string(kind->name));
            tree_put(tree, "says", json_string(kind->says));
            tree_put(tree, "question", tree_text(flag->question));
            tree_put(tree, "table", flag->table ? json_string(flag->table->name) : json_null());
            tree_put(tree, "filter", flag->table ? tree_text(flag->filter) : json_null());
            json_array_append_new(all, tree);
        }
        flags_release(&flags);
    }
    return all;
}

/* ---- counts ---- */

/* How many rows of a table are in the scope, and of those have each of a column's words: counts[i], where
 * there is a column. */
static int64_t count_words(const struct scope *scope, const struct table *table, const struct column *column,
                           int64_t *counts)
{
    size_t left;
    int64_t all = 0;
    struct filter *filter = filter_parse_for(table, scope->filter, &left, NULL);
    for (size_t i = 0; filter && i < collection_count(scope->collection); i++) {
        const struct source *source = collection_at(scope->collection, i);
        size_t rows = table->rows(source);
        for (uint32_t n = 0; n < rows; n++) {
            if ((table->has && !table->has(source, n)) || !filter_takes(filter, source, n))
                continue;
            struct cell cell;
            const char *word = cell_data(column, source, n, &cell);
            all++;
            for (size_t k = 0; column->words && column->words[k]; k++)
                counts[k] += strcmp(column->words[k], word) == 0;
        }
    }
    filter_free(filter);
    return all;
}

static int64_t count_of(const struct column *column, const int64_t *counts, const char *word)
{
    for (size_t k = 0; column->words[k]; k++) {
        if (strcmp(column->words[k], word) == 0)
            return counts[k];
    }
    return 0;
}

enum { MOST_WORDS = 32 };

static void write_counts(struct writer *w, const struct scope *scope)
{
    const struct table *pairs = &table_pairs, *differences = &table_disagreements;
    static const char *const yes_no[] = {"yes", "no", NULL};
    struct column differ = pairs->columns[table_column(pairs, "differ")];
    int64_t counts[MOST_WORDS] = {0}, ways[MOST_WORDS] = {0};
    differ.words = yes_no;
    write_key(w, "compared", json_integer(count_words(scope, pairs, &differ, counts)));
    write_key(w, "differ", json_integer(counts[0]));
    const struct column *ended = &differences->columns[table_column(differences, "ended")];
    count_words(scope, differences, ended, ways);
    json_t *outcomes = json_object(), *moved = json_object();
    for (size_t k = 0; ended->words[k]; k++)
        tree_put(outcomes, ended->words[k], json_integer(ways[k]));
    write_key(w, "outcomes", outcomes);
    int64_t practitioner = count_of(ended, ways, "practitioner_moved"),
            service_user = count_of(ended, ways, "service_user_moved");
    tree_put(moved, "practitioner", json_integer(practitioner));
    tree_put(moved, "service_user", json_integer(service_user));
    tree_put(moved, "both", json_integer(count_of(ended, ways, "met_between")));
    tree_put(moved, "sign_test", guarded(sign_test(practitioner, service_user)));
    write_key(w, "moved", moved);
}

/* ---- records ---- */

static json_t *broken_tree(const struct collection *collection)
{
    json_t *all = json_array();
    struct listing *broken = listing_new(collection, &table_broken);
    for (size_t i = 0; i < listing_count(broken); i++) {
        const struct source *source = listing_source(broken, i);
        const struct digest *digest = source->digest;
        json_t *tree = json_object();
        tree_put(tree, "path", text_or_null(source->path));
        tree_put(tree, "record", text_or_null(digest_text_of(digest, digest->id)));
        tree_put(tree, "ref", text_or_null(digest_text_of(digest, digest->ref)));
        tree_put(tree, "why", text_or_null(digest_text_of(digest, digest->broken)));
        json_array_append_new(all, tree);
    }
    listing_free(broken);
    return all;
}

enum { KEPT_OPEN = 4 };

struct opened {
    uint32_t source;
    struct session *s;
};

/* The record of a source, from among the few that are open, the last one used first. NULL and a cause. */
static struct session *open_source(struct opened *opened, const struct source *source, uint32_t number,
                                   char **cause)
{
    struct opened found = {number, NULL};
    size_t i = 0;
    for (; i < KEPT_OPEN - 1 && !(opened[i].s && opened[i].source == number); i++)
        ;
    if (opened[i].s && opened[i].source == number) {
        found = opened[i];
    } else {
        found.s = session_open(source->path, RECORD_READ, cause);
        if (!found.s)
            return NULL;
        session_close(opened[i].s);
    }
    memmove(opened + 1, opened, i * sizeof *opened);
    opened[0] = found;
    return found.s;
}

static json_t *disagreement_in(const struct session *s, const char *id)
{
    const struct assessment *a = session_assessment(s);
    const struct disagreement *d = assessment_disagreement_of_id(a, id);
    if (!d)
        return NULL;
    json_t *tree = json_object(), *all = tree_disagreement(a, d);
    tree_put(tree, "record", json_string(record_id(session_record(s))));
    tree_put(tree, "ref", text_or_null(session_ref(s)));
    json_object_update(tree, all);
    json_decref(all);
    return tree;
}

static void write_disagreements(struct writer *w, const struct review_report *report)
{
    struct opened opened[KEPT_OPEN] = {{0}};
    for (size_t i = 0; i < listing_count(report->listing); i++) {
        const struct source *source = listing_source(report->listing, i);
        struct row row = listing_row(report->listing, i);
        const struct digest_disagreement *d = digest_disagreement(source->digest, row.number);
        char *why = NULL;
        struct session *s = open_source(opened, source, row.source, &why);
        json_t *tree = s ? disagreement_in(s, digest_text_of(source->digest, d->id)) : NULL;
        if (tree)
            write_tree(w, 4, NULL, tree);
        else if (report->missed)
            report->missed(source->path, why ? why : "It has changed since it was looked at.");
        free(why);
    }
    for (size_t i = 0; i < KEPT_OPEN; i++)
        session_close(opened[i].s);
}

static json_t *cell_tree(const struct column *column, const struct source *source, uint32_t number)
{
    struct cell cell;
    const char *data = cell_data(column, source, number, &cell);
    if (!*data)
        return json_null();
    if (column->type == COLUMN_NUMBER)
        return number_or_null(cell.number);
    return column->type == COLUMN_YES ? json_boolean(strcmp(data, "yes") == 0) : text_or_null(data);
}

static void write_rows(struct writer *w, const struct listing *listing)
{
    const struct column *columns = listing_table(listing)->columns;
    for (size_t i = 0; i < listing_count(listing); i++) {
        json_t *tree = json_object();
        for (size_t k = 0; k < listing_column_count(listing); k++) {
            const struct column *column = &columns[listing_column(listing, k)];
            tree_put(tree, column->name,
                     cell_tree(column, listing_source(listing, i), listing_row(listing, i).number));
        }
        write_tree(w, 4, NULL, tree);
    }
}

static void write_list(struct writer *w, const struct review_report *report)
{
    bool whole = listing_table(report->listing) == &table_disagreements;
    fprintf(w->out, ",\n  \"%s\": [", whole ? "disagreements" : "rows");
    struct writer list = {w->out, false};
    if (whole)
        write_disagreements(&list, report);
    else
        write_rows(&list, report->listing);
    fputs(list.begun ? "\n  ]" : "]", w->out);
}

bool review_json_write(const struct review_report *report, FILE *out, char **cause)
{
    const struct listing *listing = report->listing;
    const struct scope scope = {report->collection, listing_filter_text(listing)};
    const struct table *table = listing_table(listing);
    int group = listing_group_column(listing);
    struct writer w = {out, false};
    size_t broken = collection_broken(report->collection);
    fputc('{', out);
    write_key(&w, "format", json_string(REVIEW_FORMAT));
    write_key(&w, "whole", json_boolean(!report->stopped));
    write_key(&w, "table", json_string(table->name));
    write_key(&w, "filter", text_or_null(listing_filter_text(listing)));
    write_key(&w, "sort", text_or_null(listing_sort_text(listing)));
    write_key(&w, "group", group < 0 ? json_null() : json_string(table->columns[group].name));
    write_key(&w, "records", json_integer((json_int_t)(collection_count(report->collection) - broken)));
    write_key(&w, "broken", broken_tree(report->collection));
    write_counts(&w, &scope);
    write_key(&w, "agreement", agreement_tree(&scope));
    if (report->figures)
        write_key(&w, "figures", figures_tree(&scope));
    if (report->flags)
        write_key(&w, "flags", flags_tree(&scope));
    if (!report->figures && !report->flags)
        write_list(&w, report);
    fputs("\n}\n", out);
    return (fflush(out) == 0 && !ferror(out)) || cause_errno(cause, "It cannot be written");
}
