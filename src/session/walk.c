/* Going through the questions. Everything is counted from the state when it is asked: a form of a few hundred
 * questions is counted faster than a screen is painted. */
#include "session/walk.h"

#include "assessment/topics.h"
#include "base/utf8.h"

#include <stddef.h>
#include <stdlib.h>

bool walk_stops(const struct assessment *a, int question)
{
    const struct question *q = assessment_question(a, question);
    return q->type != TYPE_GROUP && q->type != TYPE_CALCULATE && assessment_shown(a, question) &&
           assessment_place(a, question) >= 0;
}

/* An item's place; that of the entry's repeat for one in an entry that was taken out. */
static int place_of(const struct assessment *a, int item)
{
    while (item >= 0 && assessment_place(a, item) < 0 && assessment_entry_of(a, item))
        item = assessment_entry_of(a, item)->repeat;
    return item < 0 ? -1 : assessment_place(a, item);
}

int walk_next(const struct assessment *a, int question)
{
    for (int place = place_of(a, question) + 1; place < assessment_count(a); place++) {
        if (walk_stops(a, assessment_at(a, place)))
            return assessment_at(a, place);
    }
    return -1;
}

int walk_previous(const struct assessment *a, int question)
{
    int from = question == WALK_END ? assessment_count(a) : place_of(a, question);
    for (int place = from - 1; place >= 0; place--) {
        if (walk_stops(a, assessment_at(a, place)))
            return assessment_at(a, place);
    }
    return -1;
}

static bool waits(const struct assessment *a, int question)
{
    return walk_stops(a, question) && (assessment_waits_for(a, question, PRACTITIONER) ||
                                       assessment_waits_for(a, question, SERVICE_USER));
}

/* ---- today ---- */

static int *agenda_of(const struct assessment *a, size_t *count)
{
    size_t sittings = assessment_sittings(a);
    *count = 0;
    return sittings ? topic_agenda(a, sittings - 1, count) : NULL;
}

bool walk_has_today(const struct assessment *a)
{
    size_t count;
    int *agenda = agenda_of(a, &count);
    free(agenda);
    return agenda != NULL;
}

/* A section's place among those chosen; `count` where it is none of them. */
static size_t place_in(const int *agenda, size_t count, int section)
{
    size_t i = 0;
    while (i < count && agenda[i] != section)
        i++;
    return i;
}

bool walk_section_today(const struct assessment *a, int section)
{
    size_t count;
    int *agenda = agenda_of(a, &count);
    bool today = !agenda || place_in(agenda, count, section) < count;
    free(agenda);
    return today;
}

/* A section's first stop, or its first one that waits for somebody; -1. */
static int first_in(const struct assessment *a, int section, bool waiting)
{
    int place, to;
    for (walk_section(a, section, &place, &to); place < to; place++) {
        int q = assessment_at(a, place);
        if (waiting ? waits(a, q) : walk_stops(a, q))
            return q;
    }
    return -1;
}

int walk_today(const struct assessment *a)
{
    size_t count;
    int *agenda = agenda_of(a, &count), found = -1;
    for (int waiting = 1; waiting >= 0; waiting--) {
        for (size_t i = 0; i < count && found < 0; i++)
            found = first_in(a, agenda[i], waiting);
    }
    free(agenda);
    return found;
}

/* From a stop that is done with, where `next` would come next: past the end of a part chosen for today lies
 * the next of those, not the next of the form. */
static int by_the_agenda(const struct assessment *a, int question, int next)
{
    size_t count;
    int *agenda = agenda_of(a, &count);
    int section = assessment_question(a, question)->section;
    size_t i = agenda ? place_in(agenda, count, section) : 0;
    if (agenda && i < count && (next < 0 || assessment_question(a, next)->section != section)) {
        next = -1;
        while (++i < count && next < 0)
            next = first_in(a, agenda[i], false);
    }
    free(agenda);
    return next;
}

int walk_next_today(const struct assessment *a, int question)
{
    return by_the_agenda(a, question, walk_next(a, question));
}

struct walk_progress walk_progress_today(const struct assessment *a)
{
    size_t count;
    int *agenda = agenda_of(a, &count);
    if (!agenda)
        return walk_progress(a, -1);
    struct walk_progress all = {0};
    for (size_t i = 0; i < count; i++) {
        struct walk_progress p = walk_progress(a, agenda[i]);
        all.questions += p.questions;
        all.done += p.done;
        all.differ += p.differ;
        for (int who = 0; who <= PARTIES; who++)
            all.to_go[who] += p.to_go[who];
    }
    free(agenda);
    return all;
}

int walk_waiting(const struct assessment *a, int question)
{
    int today = walk_today(a);
    if (today >= 0 && waits(a, today))
        return today;
    int count = assessment_count(a), from = place_of(a, question);
    for (int i = 1; i <= count; i++) {
        int q = assessment_at(a, (from + i + count) % count);
        if (waits(a, q))
            return q;
    }
    return -1;
}

bool walk_within(const struct assessment *a, int item, const struct entry *entry)
{
    const struct entry *e = assessment_entry_of(a, item);
    while (e && e->number != entry->number)
        e = assessment_entry_of(a, e->repeat);
    return e != NULL;
}

/* Does it stand in any entry of this repeat? */
static bool is_in(const struct assessment *a, int item, int repeat)
{
    const struct entry *e = assessment_entry_of(a, item);
    while (e && e->repeat != repeat)
        e = assessment_entry_of(a, e->repeat);
    return e != NULL;
}

/* `next` comes after `question`: but a list that is left behind is come back to first. */
static int by_the_list(const struct assessment *a, int question, int next)
{
    const struct entry *entry = assessment_entry_of(a, question);
    return entry && (next < 0 || !is_in(a, next, entry->repeat)) ? entry->repeat : next;
}

int walk_on(const struct assessment *a, int question)
{
    return by_the_list(a, question, by_the_agenda(a, question, walk_next(a, question)));
}

int walk_past(const struct assessment *a, int repeat)
{
    int next = walk_next(a, repeat);
    while (next >= 0 && is_in(a, next, repeat))
        next = walk_next(a, next);
    return by_the_list(a, repeat, by_the_agenda(a, repeat, next));
}

int walk_entry(const struct assessment *a, const struct entry *entry)
{
    int first = -1, place = assessment_place(a, entry->first);
    for (; place >= 0 && place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        if (!walk_within(a, item, entry))
            break;
        if (waits(a, item))
            return item;
        if (first < 0 && walk_stops(a, item))
            first = item;
    }
    return first;
}

/* The question that somebody last did something about; -1. */
static int last_question(const struct assessment *a)
{
    for (size_t i = assessment_events(a); i-- > 0;) {
        const struct event *event = assessment_event(a, i);
        const char *name = event_text(event, "question");
        const struct disagreement *d = assessment_disagreement_of_id(a, event_text(event, "disagreement"));
        int q = name ? assessment_find(a, name) : d ? d->question : -1;
        if (q >= 0 && walk_stops(a, q))
            return q;
    }
    return -1;
}

int walk_start(const struct assessment *a)
{
    int at = last_question(a);
    if (at >= 0) {
        const struct disagreement *d = assessment_disagreement_about(a, at);
        if (at == assessment_paused_at(a) || waits(a, at) || (d && disagreement_is_live(d)))
            return at;
    }
    int waiting = walk_waiting(a, at);
    if (waiting < 0)
        return at >= 0 ? at : walk_next(a, -1);
    /* A note stands before what it is about. */
    for (int q = walk_previous(a, waiting);
         q >= 0 && place_of(a, q) > place_of(a, at) && assessment_question(a, q)->type == TYPE_NOTE;
         q = walk_previous(a, q))
        waiting = q;
    return waiting;
}

bool walk_counts(const struct assessment *a, int question)
{
    const struct question *q = assessment_question(a, question);
    return walk_stops(a, question) && (q->type == TYPE_REPEAT ? q->min_count > 0 : question_is_answered(q));
}

void walk_position(const struct assessment *a, int question, int *number, int *of)
{
    *number = *of = 0;
    int here = place_of(a, question);
    for (int place = 0; place < assessment_count(a); place++) {
        if (!walk_counts(a, assessment_at(a, place)))
            continue;
        ++*of;
        if (place <= here)
            ++*number;
    }
    if (!walk_counts(a, question))
        ++*number;
}

static bool holds(const struct assessment *a, int item, const struct wording *w, const char *text,
                  int language)
{
    return w && (utf8_contains(assessment_text(a, item, w, PRACTITIONER, language), text) ||
                 utf8_contains(assessment_text(a, item, w, SERVICE_USER, language), text) ||
                 (language && holds(a, item, w, text, 0)));
}

bool walk_holds(const struct assessment *a, int question, const char *text, int language)
{
    const struct form *form = assessment_form(a);
    const struct question *q = assessment_question(a, question);
    return walk_stops(a, question) &&
           (holds(a, question, q->label, text, language) ||
            holds(a, -1, form->sections[q->section].title, text, language) || utf8_contains(q->name, text));
}

int walk_search(const struct assessment *a, int question, const char *text, int step, int language)
{
    int count = assessment_count(a), from = place_of(a, question);
    for (int i = 1; i <= count; i++) {
        int at = assessment_at(a, ((from + i * step) % count + count) % count);
        if (walk_holds(a, at, text, language))
            return at;
    }
    return -1;
}

static void count(const struct assessment *a, int item, struct walk_progress *p)
{
    const struct disagreement *d = assessment_disagreement_about(a, item);
    p->differ += d && disagreement_is_live(d) && assessment_shown(a, item);
    const struct question *q = assessment_question(a, item);
    if (!walk_counts(a, item))
        return;
    p->questions++;
    p->done += !waits(a, item);
    if (q->asked_of == TOGETHER) {
        p->to_go[TOGETHER] += waits(a, item);
        return;
    }
    for (int party = 0; party < PARTIES; party++)
        p->to_go[party] += assessment_waits_for(a, item, (enum who)party);
}

void walk_section(const struct assessment *a, int section, int *from, int *to)
{
    const struct form *form = assessment_form(a);
    *from = 0;
    *to = assessment_count(a);
    if (section < 0)
        return;
    /* A section begins and ends outside of repeats, where an item is its question's number. */
    const struct section *s = &form->sections[section];
    if (s->first < form->count)
        *from = assessment_place(a, s->first);
    if (s->count == 0)
        *to = *from;
    else if (s->first + s->count < form->count)
        *to = assessment_place(a, s->first + s->count);
}

struct walk_progress walk_progress(const struct assessment *a, int section)
{
    struct walk_progress p = {0};
    int place, to;
    for (walk_section(a, section, &place, &to); place < to; place++)
        count(a, assessment_at(a, place), &p);
    return p;
}

struct walk_progress walk_entry_progress(const struct assessment *a, const struct entry *entry)
{
    struct walk_progress p = {0};
    int place = assessment_place(a, entry->first);
    for (; place >= 0 && place < assessment_count(a); place++) {
        if (!walk_within(a, assessment_at(a, place), entry))
            break;
        count(a, assessment_at(a, place), &p);
    }
    return p;
}
