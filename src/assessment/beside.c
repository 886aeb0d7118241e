/* What stands beside an item, found in the events: they are few, and nothing is kept twice. */
#include "assessment/beside.h"

#include "assessment/topics.h"

#include <limits.h>
#include <string.h>

/* The event that another one is about; NULL. It lies before it, so that going on from there ends. */
static const struct event *target_of(const struct assessment *a, const struct event *event)
{
    long of = event_integer(event, event->kind == EVENT_KEPT ? "promise" : "of");
    return of >= 1 && of < event->seq ? assessment_event_numbered(a, of) : NULL;
}

/* From word to word about a word, so far and no farther: people get nowhere near it, and a hand that wrote a
 * long chain of them makes nobody wait. */
enum { MOST_TARGETS = 32 };

int event_item(const struct assessment *a, const struct event *event)
{
    for (int steps = 0; event && steps < MOST_TARGETS; event = target_of(a, event), steps++) {
        const char *name = event_text(event, "question"), *id = event_text(event, "disagreement");
        const struct disagreement *d = id ? assessment_disagreement_of_id(a, id) : NULL;
        if (name)
            return assessment_find(a, name);
        if (d)
            return d->question;
    }
    return -1;
}

bool event_is_about(const struct assessment *a, const struct event *event, int item)
{
    const char *about = event->kind == EVENT_ADDED ? event_text(event, "about") : NULL;
    for (int steps = 0; event->kind == EVENT_UNDONE && steps < MOST_TARGETS; steps++) {
        const struct event *undone = target_of(a, event);
        if (!undone)
            break;
        event = undone;
        about = event->kind == EVENT_ADDED ? event_text(event, "about") : NULL;
    }
    return (about && assessment_find(a, about) == item) || event_item(a, event) == item;
}

/* In which sitting it was. */
static size_t sitting_of(const struct assessment *a, long seq)
{
    size_t sitting = 0;
    for (size_t i = 0; i < assessment_sittings(a); i++)
        sitting = assessment_sitting(a, i)->opened <= seq ? i : sitting;
    return sitting;
}

bool event_waits(const struct assessment *a, const struct event *event)
{
    const struct topic *topic = event->kind == EVENT_TOLD ? topic_named(event_text(event, "topic")) : NULL;
    if (topic)
        return !topic_revealed(a, sitting_of(a, event->seq), topic);
    if (event->kind == EVENT_SAID)
        return !assessment_heard_shown(a, event);
    if ((event->kind != EVENT_ANSWERED && event->kind != EVENT_DECLINED) || event->by >= PARTIES)
        return false;
    int item = event_item(a, event);
    if (item < 0 || assessment_question(a, item)->asked_of != ASKED_OF_BOTH)
        return false;
    return !assessment_revealed(a, item) || (json_is_true(event_value(event, "private")) &&
                                             !(answer_given(assessment_answer(a, item, PRACTITIONER)) &&
                                               answer_given(assessment_answer(a, item, SERVICE_USER))));
}

long event_first_waiting(const struct assessment *a)
{
    for (size_t i = 0; i < assessment_events(a); i++) {
        if (event_waits(a, assessment_event(a, i)))
            return (long)i + 1;
    }
    return LONG_MAX;
}

unsigned event_after_signing(const struct assessment *a, long seq)
{
    const struct event *event = assessment_event_numbered(a, seq);
    unsigned who = 0;
    if (!event || event->kind == EVENT_SIGNED)
        return 0;
    for (int party = 0; party < PARTIES; party++) {
        long signature = assessment_signature(a, (enum who)party)->seq;
        if (signature && signature < seq)
            who |= 1u << party;
    }
    return who;
}

const struct event *beside_next(const struct assessment *a, int item, const struct event *after)
{
    for (size_t i = after ? (size_t)after->seq : 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        bool beside = event->kind == EVENT_OFFERED || event->kind == EVENT_REFRAMED ||
                      event->kind == EVENT_STATEMENT || event->kind == EVENT_REFLECTED ||
                      (event->kind == EVENT_LESSON && event->by < PARTIES);
        if (beside && !assessment_is_undone(a, event->seq) && event_item(a, event) == item)
            return event;
    }
    return NULL;
}

const struct event *offer_taken(const struct assessment *a, const struct event *offer)
{
    const struct event *last = NULL;
    for (const struct event *e = NULL; (e = assessment_next_about(a, offer->seq, e));)
        last = e->kind == EVENT_TAKEN ? e : last;
    return last;
}

const struct event *offer_waiting(const struct assessment *a, int item, enum who party)
{
    for (const struct event *e = NULL; (e = beside_next(a, item, e));) {
        if (e->kind == EVENT_OFFERED && e->by == who_other(party) && !offer_taken(a, e))
            return e;
    }
    return NULL;
}
