/* A series is found by its question's name and whose it is, so that it goes on from one assessment to the
 * next, also where the form has changed. What is asked in an entry of a repeat is a series of that record
 * alone: an entry's number means nothing in another one. */
#include "session/trend.h"

#include "assessment/answer.h"
#include "assessment/happened.h"
#include "base/mem.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

enum { LANGUAGE = 0, MOST_STEPS = 11 };

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
    free(series->asked_last);
    series->asked_last = xstrdup(record_id(session_record(s)));
    series->number = q->type == TYPE_INTEGER || q->type == TYPE_DECIMAL || q->type == TYPE_RANGE;
    series->wobble = q->scale ? q->scale->wobble : 0;
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

/* Lapses, and what happened in their life: as they were told. */
static void add_happened(struct trend *trend, const struct session *s)
{
    const struct assessment *a = session_assessment(s);
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_HAPPENED, e));) {
        const struct happened_kind *kind = happened_kind_of(e);
        const char *on = event_text(e, "on"), *text = event_text(e, "text");
        if (!kind || !on || (strcmp(kind->name, "lapse") != 0 && strcmp(kind->name, "life_event") != 0))
            continue;
        GROW(trend->marks, trend->mark_count, trend->mark_room);
        trend->marks[trend->mark_count++] = (struct trend_mark){
            .record = xstrdup(record_id(session_record(s))),
            .question = xstrdup(kind->name),
            .at = xstrdup(e->at),
            .on = xstrdup(on),
            .label = xstrdup(kind->label),
            .words = xstrdup(text ? text : kind->label),
            .who = e->by,
            .name = xstrdup(assessment_name(a, e->by, LANGUAGE)),
            .sitting = sitting_of(a, e->seq),
        };
    }
}

void trend_add(struct trend *trend, const struct session *s)
{
    const struct assessment *a = session_assessment(s);
    add_happened(trend, s);
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
        free(series->asked_last);
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
