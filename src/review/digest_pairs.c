/* What both answered, and what they see differently, in a digest. */
#include "review/making.h"

#include "assessment/answer.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/vocab.h"
#include "session/waiting.h"
#include "session/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- disagreements ---- */

static digest_text answer_text(struct making *m, const struct disagreement *d, const struct answer *answer,
                               enum who party)
{
    if (answer->value)
        return block_text_taken(&m->block, d->question >= 0
                                               ? answer_brief(m->a, d->question, answer->value, party, 0)
                                               : words_value(m->a, -1, answer->value, 0));
    return block_text(&m->block, words_missing(answer->missing));
}

/* The two answers before and after: where they lie, and how they read. What neither may see is not told. */
static void put_answers(struct making *m, const struct disagreement *d, struct digest_disagreement *one)
{
    const struct question *q = d->question >= 0 ? assessment_question(m->a, d->question) : NULL;
    static const struct answer unseen = {.at = ""};
    bool hidden = q && !assessment_revealed(m->a, d->question);
    for (int moment = 0; moment < MOMENTS; moment++) {
        const struct answer *answers[PARTIES];
        for (int party = 0; party < PARTIES; party++) {
            const struct answer *answer = moment == BEFORE ? &d->before[party] : &d->after[party];
            answers[party] = moment == AFTER && hidden ? &unseen : answer;
            double place;
            one->place[moment][party] =
                q && answers[party]->value && answer_place(q, answers[party]->value, &place) ? place : NAN;
            one->answer[moment][party] = answer_text(m, d, answers[party], (enum who)party);
        }
        bool both = q && answers[PRACTITIONER]->value && answers[SERVICE_USER]->value;
        one->gap[moment] =
            both ? answer_gap(q, answers[PRACTITIONER]->value, answers[SERVICE_USER]->value) : NAN;
    }
    for (int party = 0; party < PARTIES; party++) {
        const char *because = d->before[party].because;
        if (!because && !hidden)
            because = d->after[party].because;
        if (!because && (int)d->by == party)
            because = d->because;
        one->because[party] = block_text(&m->block, because);
    }
}

static void put_turn(struct making *m, struct digest_disagreement *one, const struct event *event)
{
    if (assessment_is_undone(m->a, event->seq))
        return;
    switch (event->kind) {
    case EVENT_SAID:
        if (event->by == SUPERVISOR) {
            one->answered = true;
        } else if (event->by == PRACTITIONER || event->by == SERVICE_USER) {
            int reason =
                event_text(event, "reason") ? vocab_find(reason_names, event_text(event, "reason")) : -1;
            one->said[event->by] += event_text(event, "text") != NULL && one->said[event->by] < UINT16_MAX;
            if (reason >= 0)
                one->reasons[event->by] |= (uint16_t)(1u << reason);
        }
        break;
    case EVENT_PARKED:
    case EVENT_REFERRED:
        one->waits_since = (int64_t)clock_parse(event->at);
        one->waits_for = block_text_taken(
            &m->block, event->kind == EVENT_PARKED ? waiting_for_words(event) : waiting_asked_words(event));
        one->until = block_text(&m->block, event_text(event, "by_when"));
        one->answered = false;
        break;
    case EVENT_REOPENED:
        one->reopened += one->reopened < UINT16_MAX;
        break;
    default:
        break;
    }
}

static void put_disagreement(struct making *m, const struct disagreement *d)
{
    struct digest_disagreement one = {
        .opened = making_when(m->a, d->opened),
        .closed = making_when(m->a, d->closed),
        .question = d->question >= 0 ? assessment_question(m->a, d->question)->number : -1,
        .area = d->question >= 0 ? assessment_question(m->a, d->question)->section : -1,
        .kind = (uint8_t)d->kind,
        .state = (uint8_t)d->state,
        .by = (uint8_t)d->by,
        .first = (uint8_t)d->first,
        .outcome = (uint8_t)d->outcome,
        .change = (uint8_t)d->change,
    };
    one.seconds =
        making_seconds_together(m->a, one.opened, one.closed ? one.closed : making_last_entry(m->a));
    one.id = block_text(&m->block, d->id);
    one.path = block_text(&m->block, d->question >= 0 ? assessment_path(m->a, d->question) : "");
    for (int party = 0; party < PARTIES; party++)
        one.heard[party] = (uint8_t)assessment_heard(m->a, d, (enum who)party);
    put_answers(m, d, &one);
    for (size_t i = 0; i < d->turn_count; i++)
        put_turn(m, &one, assessment_event_numbered(m->a, d->turns[i]));
    if (d->state != STATE_PARKED && d->state != STATE_REFERRED)
        one.waits_since = 0;
    size_t sitting = making_sitting_of(m->a, d->opened);
    one.sitting = (uint8_t)(sitting < UINT8_MAX ? sitting : UINT8_MAX);
    one.pen = sitting ? making_told_word(m->a, sitting - 1, "pen", PRACTITIONER) : 0;
    if (d->question >= 0 && d->by == ALONGSIDE && d->state != STATE_WITHDRAWN && m->of_item[d->question] < 0)
        m->of_item[d->question] = (int32_t)m->block.counts[DIGEST_DISAGREEMENTS];
    block_put(&m->block, DIGEST_DISAGREEMENTS, &one, sizeof one);
}

/* ---- pairs ---- */

struct first_answers {
    const json_t *value[PARTIES]; /* as they stand while the events are gone through */
    long seq[PARTIES];
    bool in; /* both were in: they stand as they were */
};

static void put_pair(struct making *m, int item, const struct first_answers *first, int32_t disagreement)
{
    const struct question *q = assessment_question(m->a, item);
    const struct facts_question *facts = facts_question(m->facts, (size_t)q->number);
    const struct entry *entry = assessment_entry_of(m->a, item);
    const json_t *p = first->value[PRACTITIONER], *s = first->value[SERVICE_USER];
    if (!question_is_compared(q) || !answer_fits(q, p, NULL) || !answer_fits(q, s, NULL))
        return;
    bool p_first = first->seq[PRACTITIONER] < first->seq[SERVICE_USER];
    struct digest_pair one = {
        .at = making_when(m->a, first->seq[p_first ? SERVICE_USER : PRACTITIONER]),
        .question = q->number,
        .entry = entry ? entry->number : 0,
        .disagreement = disagreement,
        .step = {facts_step(q, facts, p), facts_step(q, facts, s)},
        .first = p_first ? PRACTITIONER : SERVICE_USER,
        .differ = answer_differs(q, p, s),
    };
    block_put(&m->block, DIGEST_PAIRS, &one, sizeof one);
}

/* `most`: how many items are asked for. Others are in entries that were taken out. */
static void take_answer(const struct assessment *a, struct first_answers *firsts, int most,
                        const struct event *event)
{
    const char *path = event_text(event, "question");
    int item = path ? assessment_find(a, path) : -1;
    if (item < 0 || item >= most || firsts[item].in || assessment_is_undone(a, event->seq) ||
        (event->by != PRACTITIONER && event->by != SERVICE_USER))
        return;
    struct first_answers *first = &firsts[item];
    first->value[event->by] = event->kind == EVENT_ANSWERED ? event_value(event, "value") : NULL;
    first->seq[event->by] = event->seq;
    first->in = first->value[PRACTITIONER] && first->value[SERVICE_USER];
}

/* The events are gone through for the first moment at which both were in; what was taken back does not count.
 * What one of them changed after that, and whether they were then found to differ, says nothing of how it was
 * before any talk: whoever counted that would count each that was alike at first and differed for a while. */
void making_pairs(struct making *m)
{
    const struct assessment *a = m->a;
    int most = 0;
    for (int place = 0; place < assessment_count(a); place++)
        most = assessment_at(a, place) >= most ? assessment_at(a, place) + 1 : most;
    for (size_t i = 0; i < assessment_disagreements(a); i++)
        most = assessment_disagreement(a, i)->question >= most ? assessment_disagreement(a, i)->question + 1
                                                               : most;
    m->of_item = xcalloc((size_t)most + 1, sizeof *m->of_item);
    for (int i = 0; i <= most; i++)
        m->of_item[i] = -1;
    for (size_t i = 0; i < assessment_disagreements(a); i++)
        put_disagreement(m, assessment_disagreement(a, i));
    struct first_answers *firsts = xcalloc((size_t)most + 1, sizeof *firsts);
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        if (event->kind == EVENT_ANSWERED || event->kind == EVENT_DECLINED || event->kind == EVENT_CLEARED)
            take_answer(a, firsts, most, event);
    }
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        int32_t number = m->of_item[item];
        const struct first_answers *first = &firsts[item];
        if (first->in)
            put_pair(m, item, first, number);
    }
    free(firsts);
    free(m->of_item);
}
