/* Going through the questions. Everything is counted from the state when it is asked: a form of a few hundred
 * questions is counted faster than a screen is painted. */
#include "session/walk.h"

#include "base/utf8.h"

#include <stddef.h>

static int count_of(const struct assessment *a)
{
    return assessment_form(a)->count;
}

bool walk_stops(const struct assessment *a, int question)
{
    const struct question *q = &assessment_form(a)->questions[question];
    return q->type != TYPE_GROUP && q->type != TYPE_CALCULATE && assessment_shown(a, question);
}

int walk_next(const struct assessment *a, int question)
{
    for (int q = question + 1; q < count_of(a); q++) {
        if (walk_stops(a, q))
            return q;
    }
    return -1;
}

int walk_previous(const struct assessment *a, int question)
{
    for (int q = question - 1; q >= 0; q--) {
        if (walk_stops(a, q))
            return q;
    }
    return -1;
}

static bool waits(const struct assessment *a, int question)
{
    return walk_stops(a, question) && (assessment_waits_for(a, question, PRACTITIONER) ||
                                       assessment_waits_for(a, question, SERVICE_USER));
}

int walk_waiting(const struct assessment *a, int question)
{
    int count = count_of(a);
    for (int i = 1; i <= count; i++) {
        int q = (question + i + count) % count;
        if (waits(a, q))
            return q;
    }
    return -1;
}

/* The question that somebody last did something about; -1. */
static int last_question(const struct assessment *a)
{
    for (size_t i = assessment_events(a); i-- > 0;) {
        const struct event *event = assessment_event(a, i);
        const char *name = event_text(event, "question");
        const struct disagreement *d = assessment_disagreement_of_id(a, event_text(event, "disagreement"));
        int q = name ? form_find(assessment_form(a), name) : d ? d->question : -1;
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
    for (int q = walk_previous(a, waiting); q > at && assessment_form(a)->questions[q].type == TYPE_NOTE;
         q = walk_previous(a, q))
        waiting = q;
    return waiting;
}

static bool asks(const struct assessment *a, int question)
{
    return walk_stops(a, question) && question_is_answered(&assessment_form(a)->questions[question]);
}

void walk_position(const struct assessment *a, int question, int *number, int *of)
{
    *number = *of = 0;
    for (int q = 0; q < count_of(a); q++) {
        if (!asks(a, q))
            continue;
        ++*of;
        if (q <= question)
            ++*number;
    }
    if (*number == 0 && *of > 0)
        *number = 1;
}

static bool holds(const struct form *form, const struct wording *w, const char *text, int language)
{
    return w &&
           (utf8_contains(wording(w, PRACTITIONER, language), text) ||
            utf8_contains(wording(w, SERVICE_USER, language), text) || (language && holds(form, w, text, 0)));
}

int walk_search(const struct assessment *a, int question, const char *text, int step, int language)
{
    const struct form *form = assessment_form(a);
    int count = count_of(a);
    for (int i = 1; i <= count; i++) {
        int at = ((question + i * step) % count + count) % count;
        const struct question *q = &form->questions[at];
        if (walk_stops(a, at) &&
            (holds(form, q->label, text, language) ||
             holds(form, form->sections[q->section].title, text, language) || utf8_contains(q->name, text)))
            return at;
    }
    return -1;
}

struct walk_progress walk_progress(const struct assessment *a, int section)
{
    const struct form *form = assessment_form(a);
    struct walk_progress p = {0};
    for (int q = 0; q < form->count; q++) {
        if (section >= 0 && form->questions[q].section != section)
            continue;
        const struct disagreement *d = assessment_disagreement_about(a, q);
        p.differ += d && disagreement_is_live(d);
        if (!asks(a, q))
            continue;
        p.questions++;
        p.done += !waits(a, q);
    }
    return p;
}
