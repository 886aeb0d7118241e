/* A series is found by its question's name and whose it is, so that it goes on from one assessment to the
 * next, also where the form has changed. What is asked in an entry of a repeat is a series of that record
 * alone: an entry's number means nothing in another one. */
#include "report/trend.h"

#include "assessment/answer.h"
#include "base/csv.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "session/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LANGUAGE = 0, MOST_STEPS = 11 };

/* ---- gathering ---- */

static char *series_name(const struct session *s, int item)
{
    const struct assessment *a = session_assessment(s);
    if (!assessment_entry_of(a, item))
        return xstrdup(assessment_path(a, item));
    return xasprintf("%s in %s", assessment_path(a, item), record_id(session_record(s)));
}

static struct trend_series *series_of(struct trend *trend, const char *question, enum who who)
{
    for (size_t i = 0; i < trend->count; i++) {
        if (trend->series[i].who == who && strcmp(trend->series[i].question, question) == 0)
            return &trend->series[i];
    }
    GROW(trend->series, trend->count, trend->room);
    struct trend_series *series = &trend->series[trend->count++];
    *series = (struct trend_series){.question = xstrdup(question), .who = who};
    return series;
}

/* "Goals, 1 of 2 (A job): How near?": a place alone would be the same in each record. */
static char *label_of(const struct assessment *a, int item, enum who who)
{
    const struct entry *entry = assessment_entry_of(a, item);
    char *title = entry ? words_entry(a, entry, who, LANGUAGE) : NULL, *label;
    if (title && *title) {
        char *where = words_where(a, item, who, LANGUAGE);
        label = xasprintf("%s (%s): %s", where, title, words_question(a, item, who, LANGUAGE));
        free(where);
    } else {
        label = words_item(a, item, who, LANGUAGE);
    }
    free(title);
    return label;
}

/* As the latest form and the latest sitting have it. */
static void describe(struct trend_series *series, const struct session *s, int item)
{
    const struct assessment *a = session_assessment(s);
    const struct question *q = assessment_question(a, item);
    free(series->label);
    free(series->name);
    series->label = label_of(a, item, series->who);
    series->name = xstrdup(series->who == TOGETHER ? "Together" : assessment_name(a, series->who, LANGUAGE));
    series->step = 0;
    if (!q->scale || !q->scale->has_min || !q->scale->has_max || q->scale->step <= 0 ||
        (q->scale->max - q->scale->min) / q->scale->step >= MOST_STEPS)
        return;
    series->min = q->scale->min;
    series->max = q->scale->max;
    series->step = q->scale->step;
}

static void add_point(struct trend_series *series, const struct session *s, int item,
                      const struct event *event, int sitting)
{
    const struct assessment *a = session_assessment(s);
    const json_t *value = event_value(event, "value");
    GROW(series->points, series->count, series->room);
    struct trend_point *point = &series->points[series->count++];
    *point = (struct trend_point){.record = xstrdup(record_id(session_record(s))),
                                  .at = xstrdup(event->at),
                                  .sitting = sitting,
                                  .last = true};
    if (value) {
        point->value = json_deep_copy(value);
        point->words = words_value(a, item, value, LANGUAGE);
        point->placed = answer_place(assessment_question(a, item), value, &point->place);
    } else {
        const char *why = event_text(event, "missing");
        int missing = 0;
        for (int i = 1; why && missing_names[i]; i++)
            missing = strcmp(missing_names[i], why) == 0 ? i : missing;
        point->words = xstrdup(words_missing((enum missing)missing));
    }
    if (series->count > 1 && point[-1].sitting == sitting && strcmp(point[-1].record, point->record) == 0)
        point[-1].last = false;
}

/* Is this an answer of theirs there that stands, or stood? */
static bool is_given(const struct assessment *a, int item, enum who who, const struct event *event)
{
    const char *about = event_text(event, "question");
    return (event->kind == EVENT_ANSWERED || event->kind == EVENT_DECLINED) && event->by == who && about &&
           strcmp(about, assessment_path(a, item)) == 0 && !assessment_is_undone(a, event->seq);
}

static bool any_given(const struct assessment *a, int item, enum who who)
{
    bool any = false;
    for (size_t i = 0; i < assessment_events(a) && !any; i++)
        any = is_given(a, item, who, assessment_event(a, i));
    return any;
}

/* Every version of an answer, those taken back left out. An entry may stay half empty without being told. */
static void add_item(struct trend *trend, const struct session *s, int item, enum who who)
{
    const struct assessment *a = session_assessment(s);
    if (assessment_entry_of(a, item) && !any_given(a, item, who))
        return;
    char *name = series_name(s, item);
    struct trend_series *series = series_of(trend, name, who);
    int sitting = 0;
    free(name);
    describe(series, s, item);
    for (size_t i = 0; i < assessment_events(a) && assessment_revealed(a, item); i++) {
        const struct event *event = assessment_event(a, i);
        sitting += event->kind == EVENT_SAT;
        if (is_given(a, item, who, event))
            add_point(series, s, item, event, sitting);
    }
}

static int sitting_of(const struct assessment *a, long seq)
{
    int sitting = 0;
    for (size_t i = 0; i < assessment_events(a) && assessment_event(a, i)->seq < seq; i++)
        sitting += assessment_event(a, i)->kind == EVENT_SAT;
    return sitting;
}

static void add_mark(struct trend *trend, const struct session *s, int item, enum who who)
{
    const struct assessment *a = session_assessment(s);
    const struct answer *answer = assessment_answer(a, item, who);
    const struct entry *entry = assessment_entry_of(a, item);
    if (!json_is_string(answer->value) || !assessment_shown(a, item) || !assessment_revealed(a, item))
        return;
    char *words = words_entry_item(a, entry) == item ? words_where(a, item, who, LANGUAGE)
                                                     : words_entry(a, entry, who, LANGUAGE);
    GROW(trend->marks, trend->mark_count, trend->mark_room);
    trend->marks[trend->mark_count++] = (struct trend_mark){
        .record = xstrdup(record_id(session_record(s))),
        .question = xstrdup(assessment_path(a, item)),
        .at = xstrdup(answer->at),
        .on = xstrdup(json_string_value(answer->value)),
        .label = xstrdup(words_question(a, entry->repeat, who, LANGUAGE)),
        .words = words,
        .who = who,
        .name = xstrdup(who == TOGETHER ? "Together" : assessment_name(a, who, LANGUAGE)),
        .sitting = sitting_of(a, answer->seq),
    };
}

void trend_add(struct trend *trend, const struct session *s)
{
    const struct assessment *a = session_assessment(s);
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        const struct question *q = assessment_question(a, item);
        if (!q->trend)
            continue;
        bool marks = (q->type == TYPE_DATE || q->type == TYPE_DATE_TIME) && assessment_entry_of(a, item);
        for (int who = PRACTITIONER; who <= TOGETHER; who++) {
            if (who == TOGETHER ? q->asked_of != TOGETHER : !question_asked_of(q, (enum who)who))
                continue;
            if (marks)
                add_mark(trend, s, item, (enum who)who);
            else
                add_item(trend, s, item, (enum who)who);
        }
    }
}

static int by_day(const void *one, const void *other)
{
    const struct trend_mark *a = one, *b = other;
    int order = strcmp(a->on, b->on);
    order = order ? order : strcmp(a->record, b->record);
    order = order ? order : strcmp(a->question, b->question);
    return order ? order : (a->who > b->who) - (a->who < b->who);
}

void trend_sort(struct trend *trend)
{
    if (trend->mark_count)
        qsort(trend->marks, trend->mark_count, sizeof *trend->marks, by_day);
}

void trend_release(struct trend *trend)
{
    for (size_t i = 0; i < trend->count; i++) {
        struct trend_series *series = &trend->series[i];
        for (size_t p = 0; p < series->count; p++) {
            free(series->points[p].record);
            free(series->points[p].at);
            free(series->points[p].words);
            json_decref(series->points[p].value);
        }
        free(series->points);
        free(series->question);
        free(series->label);
        free(series->name);
    }
    for (size_t i = 0; i < trend->mark_count; i++) {
        struct trend_mark *mark = &trend->marks[i];
        free(mark->record);
        free(mark->question);
        free(mark->at);
        free(mark->on);
        free(mark->label);
        free(mark->words);
        free(mark->name);
    }
    free(trend->marks);
    free(trend->series);
    *trend = (struct trend){0};
}

/* ---- for people ---- */

static void print_safe(FILE *out, const char *text)
{
    char *safe = utf8_safe(text, false);
    fputs(safe, out);
    free(safe);
}

/* ". . o . ." : where it lies between the lowest and the highest. Time goes down the page. */
static void print_place(FILE *out, const struct trend_series *series, const struct trend_point *point)
{
    int steps = (int)lround((series->max - series->min) / series->step);
    int at = point->placed ? (int)lround((point->place - series->min) / series->step) : -1;
    for (int i = 0; i <= steps; i++)
        fputs(i == at ? "o " : ". ", out);
    fputc(' ', out);
}

static void print_mark(FILE *out, const struct trend_mark *mark)
{
    print_safe(out, mark->words);
    fputs(" (", out);
    print_safe(out, mark->name);
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
        fprintf(out, "    %.10s  ", mark->on);
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
        fprintf(out, "    %.10s  ", point->at);
        if (series->step > 0)
            print_place(out, series, point);
        print_safe(out, point->words);
        if (since > 1)
            fprintf(out, " (the last of %zu that time)", since);
        fputc('\n', out);
        since = 0;
        shown++;
    }
    print_marks(trend, series, mark, NULL, out);
    if (shown == 0)
        fputs("    No answer yet\n", out);
    else if (shown == 1)
        fputs("    One answer: too few to show a trend\n", out);
}

/* What happened, the earliest first, also what was before the first answer. */
static void print_timeline(const struct trend *trend, FILE *out)
{
    if (trend->mark_count)
        fprintf(out, "%sWhat happened when\n", trend->count ? "\n" : "");
    for (size_t i = 0; i < trend->mark_count; i++) {
        fprintf(out, "    %.10s  ", trend->marks[i].on);
        const struct trend_mark *mark = &trend->marks[i];
        if (strncmp(mark->words, mark->label, strlen(mark->label)) !=
            0) { /* "Event, 2 of 3": nothing said yet */
            print_safe(out, mark->label);
            fputs(": ", out);
        }
        print_mark(out, mark);
    }
}

/* A question's series stand together, those of one person each on their own. */
void trend_write_text(const struct trend *trend, FILE *out)
{
    for (size_t i = 0; i < trend->count; i++) {
        const struct trend_series *series = &trend->series[i];
        const char *before = i ? trend->series[i - 1].question : "";
        if (strcmp(before, series->question) != 0) {
            if (i)
                fputc('\n', out);
            print_safe(out, series->label);
            fputc('\n', out);
        } else if (strcmp(trend->series[i - 1].label, series->label) != 0) {
            print_safe(out, series->label);
            fputc('\n', out);
        }
        fputs("  ", out);
        print_safe(out, series->name);
        fputc('\n', out);
        print_series(trend, series, out);
    }
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

void trend_write_json(const struct trend *trend, const char *ref, FILE *out)
{
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
    json_object_set_new(tree, "format", json_string("alongside-trend/1"));
    json_object_set_new(tree, "ref", json_string(ref));
    json_object_set_new(tree, "series", all);
    json_object_set_new(tree, "happened", marks);
    json_dumpf(tree, out, JSON_INDENT(2));
    fputc('\n', out);
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
