/* What the rules call for: the events that nobody types. Each follows from the state alone, so that a record
 * cut short between two of them is simply gone on with, and `verify` can hold every one against the rule. */
#include "assessment/internal.h"

#include "assessment/answer.h"

#include <stdio.h>
#include <stdlib.h>

static json_t *derived(const char *by, const char *event)
{
    return json_pack("{s:s, s:s}", "by", by, "event", event);
}

static json_t *about(const char *event, const struct dispute *dispute)
{
    json_t *object = derived(who_names[ALONGSIDE], event);
    json_object_set_new(object, "disagreement", json_string(dispute->d.id));
    return object;
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text)
        json_object_set_new(object, key, json_string(text));
}

static void set_value(json_t *object, const char *key, const json_t *value)
{
    if (value)
        json_object_set(object, key, (json_t *)value);
}

/* Both have said yes to the answer: where it breaks the question's warning, they have passed that too. */
static void set_passed(json_t *object, const struct assessment *a, int item, enum who party)
{
    char *warning = assessment_warning(a, item, party, json_object_get(object, "value"));
    if (warning)
        json_object_set_new(object, "passed", json_true());
    free(warning);
}

/* An answer that settling changes, by the one whose answer it is; NULL where theirs is that already, or where
 * it cannot be an answer (no rule let that in: it would be owed for ever). */
static json_t *moved(const struct assessment *a, const struct dispute *dispute, enum who party)
{
    const struct disagreement *d = &dispute->d;
    const struct question *q = assessment_question(a, d->question);
    const struct answer *now = &a->items[d->question].slot[party].answer;
    if (!d->proposal.value || !answer_fits(q, d->proposal.value, NULL) ||
        (now->value && answer_same(q, now->value, d->proposal.value)))
        return NULL;
    json_t *object = derived(who_names[party], "answered");
    set_text(object, "question", assessment_path(a, d->question));
    set_value(object, "value", d->proposal.value);
    set_text(object, "because", d->proposal.because ? d->proposal.because : now->because);
    set_passed(object, a, d->question, party);
    set_text(object, "through", d->id);
    return object;
}

static enum outcome outcome_of(const struct assessment *a, const struct disagreement *d, enum change *change)
{
    *change = CHANGE_NONE;
    if (d->proposal.as == SETTLE_STOPPED)
        return OUTCOME_STOPPED;
    const json_t *p0 = d->before[PRACTITIONER].value, *s0 = d->before[SERVICE_USER].value;
    if (d->question >= 0 && p0 && s0 && both_answered(a, d->question)) {
        const struct question *q = assessment_question(a, d->question);
        const struct item *c = &a->items[d->question];
        const json_t *p1 = c->slot[PRACTITIONER].answer.value, *s1 = c->slot[SERVICE_USER].answer.value;
        /* Raised by hand, two answers may be close enough for the question and not for the two people. */
        if (d->proposal.as == SETTLE_BOTH_STAND && !answer_same(q, p1, s1)) {
            *change = dispute_change(q, p0, s0, p1, s1);
            return OUTCOME_BOTH_STAND;
        }
        if (!answer_same(q, p0, s0))
            return disagreement_outcome(q, p0, s0, p1, s1, change);
    }
    return d->proposal.as == SETTLE_BOTH_STAND ? OUTCOME_BOTH_STAND : OUTCOME_AGREED;
}

static json_t *settled(const struct assessment *a, const struct dispute *dispute)
{
    const struct disagreement *d = &dispute->d;
    const struct proposal *p = &d->proposal;
    json_t *object;
    if (p->as == SETTLE_NEEDS_INFORMATION) {
        object = about("parked", dispute);
        set_text(object, "what", p->what);
        set_text(object, "from", p->from);
        set_text(object, "by_when", p->by_when);
        return object;
    }
    if (p->as == SETTLE_REFERRED) {
        object = about("referred", dispute);
        set_text(object, "asking", p->asking);
        set_text(object, "to", p->to);
        return object;
    }
    if (p->as == SETTLE_AGREE && d->question >= 0) {
        for (int party = 0; party < PARTIES; party++) {
            if ((object = moved(a, dispute, (enum who)party)))
                return object;
        }
    }
    enum change change;
    enum outcome outcome = outcome_of(a, d, &change);
    object = about("resolved", dispute);
    set_text(object, "outcome", outcome_names[outcome]);
    if (p->as == SETTLE_AGREE)
        set_value(object, "value", p->value);
    if (change != CHANGE_NONE)
        set_text(object, "change", change_names[change]);
    return object;
}

static json_t *owed_to(const struct assessment *a, const struct dispute *dispute)
{
    const struct disagreement *d = &dispute->d;
    if (d->state == STATE_WITHDRAWN || (d->question >= 0 && item_is_gone(a, d->question)))
        return NULL; /* what is about a question that is gone stays as it is */
    if (!disagreement_is_live(d))
        return dispute->reopen ? about("reopened", dispute) : NULL;
    const struct proposal *p = &d->proposal;
    if (p->seq)
        return p->as == SETTLE_STOPPED || (p->confirmed[PRACTITIONER] && p->confirmed[SERVICE_USER])
                   ? settled(a, dispute)
                   : NULL;
    /* Two answers that differed and do no longer: the program puts it forward, both say yes. */
    if (!dispute->rated || assessment_standing(a, d->question) != STANDING_SAME)
        return NULL;
    const struct question *q = assessment_question(a, d->question);
    const json_t *practitioner = a->items[d->question].slot[PRACTITIONER].answer.value;
    json_t *object = about("proposed", dispute);
    set_text(object, "as", settle_names[SETTLE_AGREE]);
    if (answer_same(q, practitioner, a->items[d->question].slot[SERVICE_USER].answer.value))
        set_value(object, "value", practitioner);
    return object;
}

static json_t *owed_about(const struct assessment *a, int item)
{
    const struct item *c = &a->items[item];
    const struct proposal *p = &c->together;
    if (p->seq && p->confirmed[PRACTITIONER] && p->confirmed[SERVICE_USER]) {
        json_t *object = derived(who_names[TOGETHER], "answered");
        set_text(object, "question", assessment_path(a, item));
        set_value(object, "value", p->value);
        set_text(object, "because", p->because);
        set_passed(object, a, item, TOGETHER);
        return object;
    }
    if (c->rated || !assessment_shown(a, item) || assessment_standing(a, item) != STANDING_DIFFER)
        return NULL;
    char id[16];
    snprintf(id, sizeof id, "d%zu", a->dispute_count + 1);
    json_t *object = derived(who_names[ALONGSIDE], "differed");
    set_text(object, "disagreement", id);
    set_text(object, "question", assessment_path(a, item));
    for (int party = 0; party < PARTIES; party++)
        set_value(object, who_names[party], c->slot[party].answer.value);
    long practitioner = c->slot[PRACTITIONER].first, service_user = c->slot[SERVICE_USER].first;
    set_text(object, "first", who_names[service_user < practitioner ? SERVICE_USER : PRACTITIONER]);
    set_text(object, "kind", kind_names[assessment_kind_of(assessment_question(a, item))]);
    return object;
}

json_t *assessment_owed(const struct assessment *a)
{
    json_t *owed = NULL;
    for (size_t i = 0; i < a->touched_dispute_count && !owed; i++)
        owed = owed_to(a, &a->disputes[a->touched_disputes[i]]);
    for (size_t i = 0; i < a->touched_count && !owed; i++)
        owed = owed_about(a, a->touched[i]);
    return owed;
}
