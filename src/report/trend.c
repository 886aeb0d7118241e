/* Answers over time, written down. */
#include "report/trend.h"

#include "base/csv.h"
#include "base/mem.h"
#include "base/out.h"
#include "base/strbuf.h"
#include "report/as_json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- for people ---- */

/* ". . o . ." : where it lies between the lowest and the highest. Time goes down the page. */
static void print_place(FILE *out, const struct trend_series *series, const struct trend_point *point)
{
    int steps = (int)lround((series->max - series->min) / series->step);
    int at = point->placed ? (int)lround((point->place - series->min) / series->step) : -1;
    for (int i = 0; i <= steps; i++)
        fputs(i == at ? "o " : ". ", out);
    fputc(' ', out);
}

static void print_day(FILE *out, const char *on)
{
    char *day = xasprintf("    %.10s  ", on);
    out_text(out, day);
    free(day);
}

static void print_mark(FILE *out, const struct trend_mark *mark)
{
    out_text(out, mark->words);
    fputs(" (", out);
    out_text(out, mark->name);
    fputs(")\n", out);
}

/* Those up to a day (NULL: all) from mark `from` on: a line through the scale. Returns the first not printed.
 */
static size_t print_marks(const struct trend *trend, const struct trend_series *series, size_t from,
                          const char *day, FILE *out)
{
    for (; from < trend->mark_count; from++) {
        const struct trend_mark *mark = &trend->marks[from];
        if (day && strncmp(mark->on, day, 10) > 0)
            break;
        print_day(out, mark->on);
        int steps = series->step > 0 ? (int)lround((series->max - series->min) / series->step) : 0;
        for (int i = 0; i <= steps; i++)
            fputs("--", out);
        fputc(' ', out);
        print_mark(out, mark);
    }
    return from;
}

/* The first mark that lies between answers: on the day of the first one, or after it. */
static size_t first_mark(const struct trend *trend, const struct trend_series *series)
{
    size_t from = 0;
    while (series->count && from < trend->mark_count &&
           strncmp(trend->marks[from].on, series->points[0].at, 10) < 0)
        from++;
    return series->count ? from : trend->mark_count;
}

static void print_series(const struct trend *trend, const struct trend_series *series, FILE *out)
{
    size_t shown = 0, since = 0, mark = first_mark(trend, series);
    for (size_t i = 0; i < series->count; i++) {
        const struct trend_point *point = &series->points[i];
        since++;
        if (!point->last)
            continue;
        if (shown > 0)
            mark = print_marks(trend, series, mark, point->at, out);
        print_day(out, point->at);
        if (series->step > 0)
            print_place(out, series, point);
        out_text(out, point->words);
        if (since > 1)
            fprintf(out, " (the last of %zu that time)", since);
        fputc('\n', out);
        since = 0;
        shown++;
    }
    print_marks(trend, series, mark, NULL, out);
    if (shown == 0)
        fputs("    No answer yet\n", out);
}

/* First, last time, now, and what has changed, for each. */
static void print_distance(const struct distance *distance, const char *question, FILE *out)
{
    const struct distance_row *row = NULL;
    for (size_t i = 0; i < distance->count && !row; i++)
        row = strcmp(distance->rows[i].question, question) == 0 ? &distance->rows[i] : NULL;
    for (int who = PRACTITIONER; row && who <= TOGETHER; who++) {
        if (!row->side[who].series || !row->side[who].series->count)
            continue;
        char *answers = distance_answers(&row->side[who]),
             *change = distance_change(distance, row, (enum who)who);
        fputs("  ", out);
        out_text(out, answers);
        fputs(". ", out);
        out_text(out, change);
        fputc('\n', out);
        free(answers);
        free(change);
    }
}

/* What happened, the earliest first, also what was before the first answer. */
static void print_timeline(const struct trend *trend, FILE *out)
{
    if (trend->mark_count)
        fprintf(out, "%sWhat happened when\n", trend->count ? "\n" : "");
    for (size_t i = 0; i < trend->mark_count; i++) {
        char *mark = distance_mark(&trend->marks[i]);
        fputs("    ", out);
        out_text(out, mark);
        fputc('\n', out);
        free(mark);
    }
}

/* A question's series stand together, those of one person each on their own; below them how far each has
 * come. */
void trend_write_text(const struct distance *distance, FILE *out)
{
    const struct trend *trend = &distance->trend;
    for (size_t i = 0; i < trend->count; i++) {
        const struct trend_series *series = &trend->series[i];
        const char *before = i ? trend->series[i - 1].question : "";
        bool begins = strcmp(before, series->question) != 0;
        if (begins && i)
            fputc('\n', out);
        if (begins || strcmp(trend->series[i - 1].label, series->label) != 0) {
            out_text(out, series->label);
            fputc('\n', out);
        }
        fputs("  ", out);
        out_text(out, series->name);
        fputc('\n', out);
        print_series(trend, series, out);
        if (i + 1 == trend->count || strcmp(trend->series[i + 1].question, series->question) != 0)
            print_distance(distance, series->question, out);
    }
    if (distance_has_wobble(distance))
        fprintf(out, "\n%s\n", distance_wobble_legend);
    print_timeline(trend, out);
}

/* ---- for programs ---- */

static json_t *point_tree(const struct trend_point *point)
{
    json_t *tree = json_object();
    json_object_set_new(tree, "record", json_string(point->record));
    json_object_set_new(tree, "sitting", json_integer(point->sitting));
    json_object_set_new(tree, "at", json_string(point->at));
    json_object_set_new(tree, "last", json_boolean(point->last));
    json_object_set_new(tree, "value", point->value ? json_deep_copy(point->value) : json_null());
    json_object_set_new(tree, "words", json_string(point->words));
    return tree;
}

static json_t *place_tree(const struct trend_point *point)
{
    return point && point->value ? json_deep_copy(point->value) : json_null();
}

static json_t *side_tree(const struct distance_row *row, enum who who)
{
    const struct distance_side *side = &row->side[who];
    if (!side->series)
        return json_null();
    json_t *tree = json_object();
    int beyond = distance_beyond_wobble(row, who);
    bool number = row->told && side->series->number;
    json_object_set_new(tree, "name", json_string(side->series->name));
    json_object_set_new(tree, "first", place_tree(side->first));
    json_object_set_new(tree, "last", place_tree(side->last));
    json_object_set_new(tree, "now", place_tree(side->now));
    json_object_set_new(tree, "baseline", json_boolean(side->compared));
    json_object_set_new(tree, "change", number ? json_real(side->change) : json_null());
    json_object_set_new(tree, "more_than_wobble", beyond < 0 ? json_null() : json_boolean(beyond));
    return tree;
}

static json_t *distance_tree(const struct distance *distance)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < distance->count; i++) {
        const struct distance_row *row = &distance->rows[i];
        json_t *tree = json_object();
        json_object_set_new(tree, "question", json_string(row->question));
        json_object_set_new(tree, "label", json_string(row->label));
        for (int who = PRACTITIONER; who <= TOGETHER; who++)
            json_object_set_new(tree, who_names[who], side_tree(row, (enum who)who));
        json_array_append_new(rows, tree);
    }
    return rows;
}

void trend_write_json(const struct distance *distance, const char *ref, FILE *out)
{
    const struct trend *trend = &distance->trend;
    json_t *tree = json_object(), *all = json_array(), *marks = json_array();
    for (size_t i = 0; i < trend->mark_count; i++) {
        const struct trend_mark *mark = &trend->marks[i];
        json_array_append_new(marks,
                              json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:s}", "on", mark->on,
                                        "question", mark->question, "label", mark->label, "by",
                                        who_names[mark->who], "name", mark->name, "sitting", mark->sitting,
                                        "record", mark->record, "at", mark->at, "words", mark->words));
    }
    for (size_t i = 0; i < trend->count; i++) {
        const struct trend_series *series = &trend->series[i];
        json_t *points = json_array();
        for (size_t p = 0; p < series->count; p++)
            json_array_append_new(points, point_tree(&series->points[p]));
        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s, s:o}", "question", series->question,
                                             "label", series->label, "by", who_names[series->who], "name",
                                             series->name, "points", points));
    }
    json_object_set_new(tree, "format", json_string(TREND_FORMAT));
    json_object_set_new(tree, "ref", json_string(ref));
    json_object_set_new(tree, "series", all);
    json_object_set_new(tree, "distance", distance_tree(distance));
    json_object_set_new(tree, "happened", marks);
    as_json_print(tree, out);
    json_decref(tree);
}

struct cells {
    const char *question, *label;
    enum who who;
    const char *name, *record;
    int sitting;
    const char *at;
    bool last;
    const char *value;
    bool number;
    const char *words;
};

static void print_row(FILE *out, const char *ref, const struct cells *row)
{
    char *sitting = xasprintf("%d", row->sitting);
    csv_cell(out, ref, false, false);
    csv_cell(out, row->question, false, false);
    csv_cell(out, row->label, false, false);
    csv_cell(out, who_names[row->who], false, false);
    csv_cell(out, row->name, false, false);
    csv_cell(out, row->record, false, false);
    csv_cell(out, sitting, true, false);
    csv_cell(out, row->at, false, false);
    csv_cell(out, row->last ? "true" : "false", false, false);
    csv_cell(out, row->value, row->number, false);
    csv_cell(out, row->words, false, true);
    free(sitting);
}

void trend_write_csv(const struct trend *trend, const char *ref, FILE *out)
{
    fputs("ref,question,label,by,name,record,sitting,at,last,value,words\r\n", out);
    for (size_t i = 0; i < trend->count; i++) {
        const struct trend_series *series = &trend->series[i];
        for (size_t p = 0; p < series->count; p++) {
            const struct trend_point *point = &series->points[p];
            bool bare = json_is_string(point->value);
            char *value = bare           ? xstrdup(json_string_value(point->value))
                          : point->value ? json_dumps(point->value, JSON_ENCODE_ANY | JSON_COMPACT)
                                         : xstrdup("");
            print_row(out, ref,
                      &(struct cells){series->question, series->label, series->who, series->name,
                                      point->record, point->sitting, point->at, point->last, value,
                                      json_is_number(point->value), point->words});
            free(value);
        }
    }
    for (size_t i = 0; i < trend->mark_count; i++) {
        const struct trend_mark *mark = &trend->marks[i];
        print_row(out, ref,
                  &(struct cells){mark->question, mark->label, mark->who, mark->name, mark->record,
                                  mark->sitting, mark->at, true, mark->on, false, mark->words});
    }
}
