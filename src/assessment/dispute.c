/* The life of a disagreement: open → talking → resolved, parked or referred; and open again. How it ended is
 * derived from the answers that are stored, never claimed. */
#include "assessment/internal.h"

#include "assessment/answer.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool disagreement_is_live(const struct disagreement *d)
{
    return d->state == STATE_OPEN || d->state == STATE_TALKING;
}

struct dispute *dispute_find(const struct assessment *a, const char *id)
{
    /* Ids are given in order, so "d3" is the third. */
    size_t n = id && id[0] == 'd' ? strtoul(id + 1, NULL, 10) : 0;
    if (n < 1 || n > a->dispute_count || strcmp(a->disputes[n - 1].d.id, id) != 0)
        return NULL;
    return &a->disputes[n - 1];
}

struct dispute *dispute_rated(const struct assessment *a, int item)
{
    int rated = a->items[item].rated;
    return rated ? &a->disputes[rated - 1] : NULL;
}

struct dispute *dispute_about(const struct assessment *a, int item)
{
    for (int i = a->items[item].about; i; i = a->disputes[i - 1].older) {
        if (a->disputes[i - 1].d.state != STATE_WITHDRAWN)
            return &a->disputes[i - 1];
    }
    return NULL;
}

void dispute_turn(struct assessment *a, struct dispute *dispute, long seq)
{
    if (seq) {
        long *turns = (long *)dispute->d.turns;
        GROW(turns, dispute->d.turn_count, dispute->turn_room);
        turns[dispute->d.turn_count++] = seq;
        dispute->d.turns = turns;
    }
    if (!dispute->touched) {
        dispute->touched = true;
        GROW(a->touched_disputes, a->touched_dispute_count, a->touched_dispute_room);
        a->touched_disputes[a->touched_dispute_count++] = (size_t)(dispute - a->disputes);
    }
}

enum kind assessment_kind_of(const struct question *q)
{
    if (q->kind >= 0)
        return (enum kind)q->kind;
    switch (q->type) {
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        return KIND_SCORE;
    case TYPE_TEXT:
        return KIND_WORDING;
    default:
        return KIND_FACT;
    }
}

struct dispute *dispute_open(struct assessment *a, int item, long seq)
{
    GROW(a->disputes, a->dispute_count, a->dispute_room);
    struct dispute *dispute = &a->disputes[a->dispute_count++];
    *dispute = (struct dispute){0};
    struct disagreement *d = &dispute->d;
    snprintf(d->id, sizeof d->id, "d%zu", a->dispute_count);
    d->question = item;
    d->opened = seq;
    d->by = ALONGSIDE;
    d->before[PRACTITIONER].at = d->before[SERVICE_USER].at = "";
    if (item >= 0) {
        struct item *c = &a->items[item];
        d->kind = assessment_kind_of(assessment_question(a, item));
        dispute->older = c->about;
        c->about = (int)a->dispute_count;
        for (int party = 0; party < PARTIES; party++)
            d->before[party] = c->slot[party].answer;
        long p = c->slot[PRACTITIONER].first, s = c->slot[SERVICE_USER].first;
        d->first = s && (!p || s < p) ? SERVICE_USER : PRACTITIONER;
    }
    memcpy(d->after, d->before, sizeof d->after);
    dispute_turn(a, dispute, seq);
    return dispute;
}

void dispute_close(struct assessment *a, struct dispute *dispute, enum state state, long seq)
{
    struct disagreement *d = &dispute->d;
    d->state = state;
    d->closed = seq;
    dispute->settled_by = d->proposal.seq;
    dispute->reopen = false;
    if (d->question >= 0) {
        for (int party = 0; party < PARTIES; party++)
            d->after[party] = a->items[d->question].slot[party].answer;
        derive_from(a, d->question); /* what is agreed may be another now */
    }
}

/* ---- being heard ---- */

static bool tells_heard(const struct assessment *a, const struct event *event, enum who who)
{
    return event->kind == EVENT_SAID && event->by == who && event_integer(event, "heard") &&
           !assessment_is_undone(a, event->seq);
}

/* Is the sitting over in which that was said? */
static bool sitting_is_over(const struct assessment *a, long seq)
{
    for (size_t i = 0; i < a->sitting_count; i++) {
        if (a->sittings[i].closed > seq)
            return true;
    }
    return false;
}

bool assessment_heard_shown(const struct assessment *a, const struct event *said)
{
    const struct dispute *dispute = dispute_find(a, event_text(said, "disagreement"));
    if (!dispute || said->by >= PARTIES || !event_integer(said, "heard") || sitting_is_over(a, said->seq))
        return true;
    /* Between two reopenings. */
    bool other = false, now = false;
    for (size_t i = 0; i < dispute->d.turn_count; i++) {
        const struct event *turn = assessment_event_numbered(a, dispute->d.turns[i]);
        if (turn->kind == EVENT_REOPENED && now)
            break;
        if (turn->kind == EVENT_REOPENED)
            other = false;
        now |= turn->seq == said->seq;
        other |= tells_heard(a, turn, who_other(said->by));
    }
    return other;
}

int assessment_heard(const struct assessment *a, const struct disagreement *d, enum who who)
{
    for (size_t i = d->turn_count; d->heard[who] && i-- > 0;) {
        const struct event *turn = assessment_event_numbered(a, d->turns[i]);
        if (tells_heard(a, turn, who))
            return assessment_heard_shown(a, turn) ? d->heard[who] : 0;
    }
    return d->heard[who];
}

/* ---- answers, and how it ends ---- */

void dispute_answer_told(struct assessment *a, int item)
{
    for (int i = a->items[item].about; i; i = a->disputes[i - 1].older) {
        struct disagreement *d = &a->disputes[i - 1].d;
        for (int party = 0; party < PARTIES && disagreement_is_live(d); party++)
            d->after[party] = a->items[item].slot[party].answer;
    }
}

bool dispute_comes_back(const struct disagreement *d)
{
    return !disagreement_is_live(d) && d->state != STATE_WITHDRAWN && d->outcome != OUTCOME_STOPPED;
}

void dispute_answer_changed(struct assessment *a, int item, const struct dispute *settled)
{
    for (int i = a->items[item].about; i; i = a->disputes[i - 1].older) {
        struct dispute *dispute = &a->disputes[i - 1];
        struct disagreement *d = &dispute->d;
        if (d->state == STATE_WITHDRAWN || dispute == settled)
            continue;
        if (disagreement_is_live(d)) /* what lay on the table was about the answers as they were */
            memset(&d->proposal, 0, sizeof d->proposal);
        else if (!settled && dispute_comes_back(d))
            dispute->reopen = true;
        dispute_turn(a, dispute, 0);
    }
}

enum change dispute_change(const struct question *q, const json_t *p0, const json_t *s0, const json_t *p1,
                           const json_t *s1)
{
    double p0_place, s0_place, p1_place, s1_place;
    if (answer_place(q, p0, &p0_place) && answer_place(q, s0, &s0_place) && answer_place(q, p1, &p1_place) &&
        answer_place(q, s1, &s1_place) &&
        ((p0_place < s0_place && p1_place > s1_place) || (p0_place > s0_place && p1_place < s1_place)))
        return CHANGE_CROSSED;
    double before = answer_gap(q, p0, s0), after = answer_gap(q, p1, s1);
    return after < before - ANSWER_HAIR   ? CHANGE_NARROWED
           : after > before + ANSWER_HAIR ? CHANGE_WIDENED
                                          : CHANGE_UNCHANGED;
}

enum outcome disagreement_outcome(const struct question *q, const json_t *p0, const json_t *s0,
                                  const json_t *p1, const json_t *s1, enum change *change)
{
    *change = CHANGE_NONE;
    /* "Equal" is what the question calls agreeing: within its tolerance. */
    if (answer_differs(q, p1, s1)) {
        *change = dispute_change(q, p0, s0, p1, s1);
        return OUTCOME_BOTH_STAND;
    }
    bool practitioner_kept = answer_same(q, p1, p0), service_user_kept = answer_same(q, s1, s0);
    if (practitioner_kept && service_user_kept)
        return OUTCOME_AGREED; /* raised by hand, or by a form that had a smaller tolerance */
    if (service_user_kept)
        return OUTCOME_PRACTITIONER_MOVED;
    if (practitioner_kept)
        return OUTCOME_SERVICE_USER_MOVED;
    double p0_place, s0_place, p1_place, s1_place;
    if (!answer_place(q, p0, &p0_place) || !answer_place(q, s0, &s0_place) ||
        !answer_place(q, p1, &p1_place) || !answer_place(q, s1, &s1_place))
        return OUTCOME_NEW_ANSWER;
    double low = p0_place < s0_place ? p0_place : s0_place, high = p0_place < s0_place ? s0_place : p0_place;
    low += ANSWER_HAIR;
    high -= ANSWER_HAIR;
    bool between = p1_place > low && p1_place < high && s1_place > low && s1_place < high;
    return between ? OUTCOME_MET_BETWEEN : OUTCOME_NEW_ANSWER;
}
