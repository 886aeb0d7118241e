/* How far they have come. All of it is read off the series of session/trend: nothing is kept, and what
 * happened in between is a mark in a drawing that no number knows of. */
#include "session/distance.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char distance_wobble_legend[] = "Wobble: how far answers go up and down by chance alone.";
const char distance_legend[] = "/ up  \\ down  - same  ? no number  * an event";

/* ---- gathering ---- */

static int by_begin(const void *one, const void *other)
{
    const struct caseload_entry *const *a = one, *const *b = other;
    int order = strcmp((*a)->begun, (*b)->begun);
    return order ? order : strcmp((*a)->id, (*b)->id);
}

static bool follows(const struct caseload *caseload, const struct session *open, const char *id)
{
    const struct event *opened = assessment_event(session_assessment(open), 0);
    const char *before = json_string_value(json_object_get(event_value(opened, "follows"), "record"));
    for (size_t steps = 0; before && *before && steps <= caseload->count; steps++) {
        if (strcmp(before, id) == 0)
            return true;
        const char *next = NULL;
        for (size_t i = 0; i < caseload->count && !next; i++) {
            if (strcmp(caseload->entries[i].id, before) == 0)
                next = caseload->entries[i].review.follows;
        }
        before = next;
    }
    return false;
}

bool distance_gather(struct trend *trend, const struct caseload *caseload, const char *ref,
                     const struct session *open, void (*say)(const char *cause), size_t *records)
{
    const struct caseload_entry **entries = xcalloc(caseload->count + 1, sizeof *entries);
    const char *own = open ? record_id(session_record(open)) : "";
    size_t count = 0;
    bool all = true, taken = false;
    for (size_t i = 0; i < caseload->count; i++) {
        const struct caseload_entry *entry = &caseload->entries[i];
        bool in = ref && *ref ? strcmp(entry->ref, ref) == 0 : open && follows(caseload, open, entry->id);
        if (in || strcmp(entry->id, own) == 0)
            entries[count++] = entry;
    }
    qsort(entries, count, sizeof *entries, by_begin);
    *records = 0;
    for (size_t i = 0; i < count; i++) {
        char *cause = NULL;
        bool is_open = strcmp(entries[i]->id, own) == 0;
        struct session *s = is_open ? NULL : session_open(entries[i]->path, RECORD_READ, &cause);
        taken |= is_open;
        if (is_open || s)
            trend_add(trend, is_open ? open : s);
        else if (say)
            say(cause);
        all &= is_open || s;
        *records += is_open || s;
        session_close(s);
        free(cause);
    }
    if (open && !taken) { /* it is kept nowhere, or its file is gone */
        trend_add(trend, open);
        ++*records;
    }
    free(entries);
    trend_sort(trend);
    return all;
}

/* ---- rows ---- */

/* The last one given at a sitting, with an answer in it. */
static bool counts(const struct trend_point *point)
{
    return point->last && point->value;
}

static struct distance_side side_of(const struct trend_series *series)
{
    struct distance_side side = {.series = series};
    const struct trend_point *latest = NULL;
    for (size_t i = 0; i < series->count; i++) {
        const struct trend_point *point = &series->points[i];
        bool now = strcmp(point->record, series->asked_last) == 0;
        if (!point->last)
            continue;
        if (counts(point) && !side.first)
            side.first = point;
        /* Where it was asked before, "last time" is the assessment before this one. */
        if (!now || !side.last || strcmp(side.last->record, series->asked_last) == 0)
            side.last = now ? side.now : point;
        if (now)
            side.now = point;
        if (counts(point))
            latest = point;
    }
    side.compared = side.first && latest != side.first;
    if (side.compared && side.first->placed && latest->placed)
        side.change = latest->place - side.first->place;
    else if (side.compared)
        side.change = json_equal(side.first->value, latest->value) ? 0 : NAN;
    return side;
}

void distance_make(struct distance *d, struct trend *trend, size_t records)
{
    *d = (struct distance){.trend = *trend, .records = records};
    *trend = (struct trend){0};
    d->rows = xcalloc(d->trend.count + 1, sizeof *d->rows);
    for (size_t i = 0; i < d->trend.count; i++) {
        const struct trend_series *series = &d->trend.series[i];
        struct distance_row *row = NULL;
        for (size_t r = 0; r < d->count && !row; r++)
            row = strcmp(d->rows[r].question, series->question) == 0 ? &d->rows[r] : NULL;
        if (!row)
            row = &d->rows[d->count++];
        row->question = series->question;
        row->label = series->label;
        row->side[series->who] = side_of(series);
    }
    for (size_t r = 0; r < d->count; r++) {
        struct distance_row *row = &d->rows[r];
        row->told = true;
        for (int who = PRACTITIONER; who <= TOGETHER; who++)
            row->told &= !row->side[who].series || row->side[who].compared;
    }
}

void distance_of(struct distance *d, const struct session *s)
{
    struct trend trend = {0};
    struct caseload caseload = {0};
    size_t records;
    if (!session_is_in_memory(s)) {
        char *folder = path_folder(record_path(session_record(s)));
        caseload_list(folder, &caseload, NULL);
        free(folder);
    }
    distance_gather(&trend, &caseload, session_ref(s), s, NULL, &records);
    caseload_release(&caseload);
    distance_make(d, &trend, records);
}

void distance_release(struct distance *d)
{
    trend_release(&d->trend);
    free(d->rows);
    *d = (struct distance){0};
}

const char *distance_label(const struct distance_row *row, enum who reader)
{
    return reader < PARTIES && row->side[reader].series ? row->side[reader].series->label : row->label;
}

/* ---- in words ---- */

/* A number alone, or the words of what is none. */
static char *brief(const struct distance_side *side, const struct trend_point *point)
{
    return side->series->number && point->placed ? number_words(point->place) : xstrdup(point->words);
}

char *distance_answers(const struct distance_side *side)
{
    const struct {
        const char *when;
        const struct trend_point *point;
    } parts[] = {{"first", side->first}, {"last time", side->last}, {"now", side->now}};
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "%s:", side->series->name);
    if (!side->last) { /* the first time: nothing lies before it */
        char *words = side->now ? brief(side, side->now) : xstrdup("no answer yet");
        strbuf_addf(&sb, " %s%s", side->now ? "now " : "", words);
        free(words);
        return strbuf_detach(&sb);
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *words = parts[i].point ? brief(side, parts[i].point) : xstrdup("no answer");
        strbuf_addf(&sb, "%s %s %s", i ? "," : "", parts[i].when, words);
        free(words);
    }
    return strbuf_detach(&sb);
}

/* Did it happen after an answer was given? Of what happened on the same day, by when it was told. */
static bool is_after(const struct trend_mark *mark, const struct trend_point *point)
{
    int order = strncmp(mark->on, point->at, 10);
    return order > 0 || (order == 0 && strcmp(mark->at, point->at) > 0);
}

/* Did something happen between two answers (NULL: up to now)? */
static bool happened_between(const struct trend *trend, const struct trend_point *one,
                             const struct trend_point *other)
{
    for (size_t i = 0; i < trend->mark_count; i++) {
        if (is_after(&trend->marks[i], one) && (!other || !is_after(&trend->marks[i], other)))
            return true;
    }
    return false;
}

/* How a way is written: what stands where something happened, between two answers, and for what is no number.
 */
struct way_signs {
    const char *happened, *up, *down, *same, *next, *none;
};

/* Each answer as it stood at the end of a sitting, and what lies between them. */
static size_t write_way(struct strbuf *sb, const struct distance *d, const struct distance_side *side,
                        const struct way_signs *signs)
{
    size_t count = 0;
    const struct trend_point *before = NULL, *number = NULL;
    for (size_t i = 0; i < side->series->count && side->series->number; i++) {
        const struct trend_point *point = &side->series->points[i];
        if (!point->last)
            continue;
        if (before && happened_between(&d->trend, before, point))
            strbuf_add(sb, signs->happened);
        if (before)
            strbuf_add(sb, !point->placed || !number      ? signs->next
                           : point->place > number->place ? signs->up
                           : point->place < number->place ? signs->down
                                                          : signs->same);
        char *words = point->placed ? number_words(point->place) : xstrdup(signs->none);
        strbuf_add(sb, words);
        free(words);
        before = point;
        number = point->placed ? point : number;
        count++;
    }
    if (before && happened_between(&d->trend, before, NULL))
        strbuf_add(sb, signs->happened);
    return count;
}

char *distance_drawn(const struct distance *d, const struct distance_side *side, int columns)
{
    static const struct way_signs signs = {" *", " / ", " \\ ", " - ", " - ", "?"};
    static const char cut[] = "... ";
    struct strbuf sb = STRBUF_INIT;
    write_way(&sb, d, side, &signs);
    /* The latest is what matters most. */
    int over = (int)sb.length - columns;
    if (over > 0) {
        size_t from = (size_t)over + sizeof cut - 1;
        while (from < sb.length && sb.text[from] != ' ')
            from++;
        while (from < sb.length && sb.text[from] == ' ')
            from++;
        strbuf_remove(&sb, 0, from);
        strbuf_insert(&sb, 0, cut, sizeof cut - 1);
    }
    return strbuf_detach(&sb);
}

char *distance_told(const struct distance *d, const struct distance_side *side)
{
    static const struct way_signs signs = {
        ", something happened", ", up to ", ", down to ", ", still ", ", then ", "no number"};
    struct strbuf sb = STRBUF_INIT;
    if (write_way(&sb, d, side, &signs) < 2)
        strbuf_clear(&sb);
    else
        strbuf_add(&sb, ".");
    return strbuf_detach(&sb);
}

bool distance_has_wobble(const struct distance *d)
{
    for (size_t i = 0; i < d->trend.count; i++) {
        if (d->trend.series[i].wobble > 0)
            return true;
    }
    return false;
}

int distance_beyond_wobble(const struct distance_row *row, enum who who)
{
    const struct distance_side *side = &row->side[who];
    if (!row->told || !side->series || side->series->wobble <= 0)
        return -1;
    return fabs(side->change) > side->series->wobble;
}

char *distance_change(const struct distance *d, const struct distance_row *row, enum who who)
{
    (void)d;
    const struct distance_side *side = &row->side[who];
    if (!side->first) /* that there is no answer yet is said already */
        return xstrdup("");
    if (!side->compared)
        return xstrdup(side->now ? "No earlier answer to compare." : "No answer this time to compare.");
    if (!row->told) /* the other has none: what has changed for one is not told alone */
        return xasprintf("Told when %s has two answers too.", row->side[who_other(who)].series->name);
    char *number = number_words(fabs(side->change)), *words;
    int beyond = distance_beyond_wobble(row, who);
    if (side->change == 0)
        words = xstrdup("The same as the first time.");
    else if (!side->series->number)
        words = xstrdup("Changed since the first time.");
    else
        words = xasprintf("%s %s since the first time.%s", number, side->change > 0 ? "up" : "down",
                          beyond < 0 ? ""
                          : beyond   ? " More than the wobble."
                                     : " No more than the wobble.");
    free(number);
    return words;
}

char *distance_mark(const struct trend_mark *mark)
{
    bool own = strncmp(mark->words, mark->label, strlen(mark->label)) == 0; /* "Event, 2 of 3" */
    return xasprintf("%.10s  %s%s%s (%s)", mark->on, own ? "" : mark->label, own ? "" : ": ", mark->words,
                     mark->name);
}

/* ---- every answer ---- */

struct dated {
    const char *day; /* an instant, or a day */
    char *line;
    size_t order; /* as it came, where days are the same */
};

static int by_day(const void *one, const void *other)
{
    const struct dated *a = one, *b = other;
    int order = strncmp(a->day, b->day, 10);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* ". . o . ." */
static char *place_drawn(const struct trend_series *series, const struct trend_point *point)
{
    struct strbuf sb = STRBUF_INIT;
    int steps = series->step > 0 ? (int)lround((series->max - series->min) / series->step) : -1;
    int at = point->placed && steps >= 0 ? (int)lround((point->place - series->min) / series->step) : -1;
    for (int i = 0; i <= steps; i++)
        strbuf_add(&sb, i == at ? "o " : ". ");
    return strbuf_detach(&sb);
}

char **distance_all(const struct distance *d, const struct distance_row *row, size_t *count)
{
    size_t room = d->trend.mark_count + 1, n = 0;
    for (int who = PRACTITIONER; who <= TOGETHER; who++)
        room += row->side[who].series ? row->side[who].series->count : 0;
    struct dated *all = xcalloc(room, sizeof *all);
    for (int who = PRACTITIONER; who <= TOGETHER; who++) {
        const struct trend_series *series = row->side[who].series;
        for (size_t i = 0; series && i < series->count; i++) {
            const struct trend_point *point = &series->points[i];
            char *place = place_drawn(series, point);
            char *line = xasprintf("%.10s  %s%s: %s%s", point->at, place, series->name, point->words,
                                   point->last ? "" : " (changed later that day)");
            all[n] = (struct dated){point->at, line, n};
            n++;
            free(place);
        }
    }
    for (size_t i = 0; i < d->trend.mark_count; i++) {
        all[n] = (struct dated){d->trend.marks[i].on, distance_mark(&d->trend.marks[i]), n};
        n++;
    }
    qsort(all, n, sizeof *all, by_day);
    char **lines = xcalloc(n + 1, sizeof *lines);
    for (size_t i = 0; i < n; i++)
        lines[i] = all[i].line;
    free(all);
    *count = n;
    return lines;
}
