/* The assessment in memory, and what can be asked of it. How events change it is in fold.c, whether they may
 * happen in rules.c, what the rules call for in owed.c, what follows from the answers in derive.c. */
#include "assessment/assessment.h"

#include "assessment/answer.h"
#include "assessment/internal.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

const char *const state_names[] = {"open", "talking", "resolved", "parked", "referred", "withdrawn", NULL};
const char *const settle_names[] = {"agree", "both_stand", "needs_information", "referred", "stopped", NULL};
const char *const outcome_names[] = {
    "",           "practitioner_moved", "service_user_moved", "met_between", "new_answer",
    "both_stand", "needs_information",  "referred",           "stopped",     "agreed",
    NULL};
const char *const step_names[] = {"why", "mind", "moved", NULL};
const char *const reason_names[] = {"new_fact",     "misread",  "time_frame", "standard",
                                    "changed_mind", "gave_way", "other",      NULL};
const char *const change_names[] = {"", "unchanged", "narrowed", "widened", "crossed", NULL};

struct assessment *assessment_new(const struct form *form)
{
    struct assessment *a = xcalloc(1, sizeof *a);
    a->form = form;
    a->texts = texts_new();
    GROW(a->editions, a->edition_count, a->edition_room);
    a->editions[a->edition_count++] = (struct edition){.form = form};
    a->left = PRACTITIONER;
    a->paused_at = -1;
    items_init(a);
    derive_all(a);
    return a;
}

void assessment_free(struct assessment *a)
{
    if (!a)
        return;
    texts_free(a->texts);
    items_release(a);
    for (size_t i = 0; i < a->dispute_count; i++)
        free((long *)a->disputes[i].d.turns);
    for (size_t i = 0; i < a->event_count; i++)
        json_decref(a->events[i].body);
    free(a->name[PRACTITIONER]);
    free(a->name[SERVICE_USER]);
    free(a->events);
    free(a->undone);
    free(a->about);
    for (int kind = 0; kind <= EVENT_UNKNOWN; kind++)
        free(a->of_kind[kind].seqs);
    free(a->queue);
    free(a->timely);
    free(a->touched);
    free(a->touched_disputes);
    free(a->disputes);
    free(a->sittings);
    upgrades_release(a);
    free(a);
}

const struct form *assessment_form(const struct assessment *a)
{
    return a->form;
}

/* ---- answers ---- */

bool answer_given(const struct answer *answer)
{
    return answer->value || answer->missing != MISSING_NONE;
}

const struct answer *assessment_answer(const struct assessment *a, int item, enum who who)
{
    return &a->items[item].slot[who].answer;
}

bool assessment_relevant(const struct assessment *a, int item, enum who party)
{
    return a->items[item].relevant[party];
}

bool assessment_shown(const struct assessment *a, int item)
{
    return a->items[item].relevant[PRACTITIONER] || a->items[item].relevant[SERVICE_USER];
}

bool assessment_asked(const struct assessment *a, int item, enum who view)
{
    return view < PARTIES ? assessment_relevant(a, item, view) : assessment_shown(a, item);
}

bool assessment_waits_for(const struct assessment *a, int item, enum who party)
{
    const struct question *q = assessment_question(a, item);
    if (q->type == TYPE_REPEAT)
        return question_asked_of(q, q->asked_of == TOGETHER ? TOGETHER : party) &&
               assessment_relevant(a, item, party) && a->items[item].entry_count < q->min_count;
    if (!question_is_answered(q) || q->read_only)
        return false;
    if (q->asked_of == TOGETHER)
        return assessment_shown(a, item) && !answer_given(assessment_answer(a, item, TOGETHER));
    return question_asked_of(q, party) && assessment_relevant(a, item, party) &&
           !answer_given(assessment_answer(a, item, party));
}

bool both_answered(const struct assessment *a, int item)
{
    const struct item *c = &a->items[item];
    return c->slot[PRACTITIONER].answer.value && c->slot[SERVICE_USER].answer.value;
}

enum standing assessment_standing(const struct assessment *a, int item)
{
    const struct question *q = assessment_question(a, item);
    const struct item *c = &a->items[item];
    if (q->asked_of == TOGETHER)
        return c->slot[TOGETHER].answer.value ? STANDING_ALONE : STANDING_OPEN;
    if (both_answered(a, item) && question_is_compared(q)) {
        bool differ =
            answer_differs(q, c->slot[PRACTITIONER].answer.value, c->slot[SERVICE_USER].answer.value);
        return differ ? STANDING_DIFFER : STANDING_SAME;
    }
    for (int party = 0; party < PARTIES; party++) {
        if (question_asked_of(q, (enum who)party) && !answer_given(&c->slot[party].answer))
            return STANDING_OPEN;
    }
    return STANDING_ALONE;
}

const json_t *assessment_agreed(const struct assessment *a, int item)
{
    const struct question *q = assessment_question(a, item);
    const struct item *c = &a->items[item];
    if (q->asked_of == TOGETHER)
        return c->slot[TOGETHER].answer.value;
    if (q->asked_of == PRACTITIONER || q->asked_of == SERVICE_USER)
        return c->slot[q->asked_of].answer.value;
    if (!both_answered(a, item))
        return NULL;
    const struct dispute *dispute = dispute_about(a, item);
    if (dispute && disagreement_is_live(&dispute->d))
        return NULL;
    const json_t *p = c->slot[PRACTITIONER].answer.value, *s = c->slot[SERVICE_USER].answer.value;
    return answer_same(q, p, s) ? p : NULL;
}

bool assessment_revealed(const struct assessment *a, int item)
{
    const struct question *q = assessment_question(a, item);
    const struct item *c = &a->items[item];
    bool hidden = q->reveal == REVEAL_TOGETHER || c->slot[PRACTITIONER].answer.hidden ||
                  c->slot[SERVICE_USER].answer.hidden;
    if (!hidden || q->asked_of != ASKED_OF_BOTH)
        return true;
    return answer_given(&c->slot[PRACTITIONER].answer) && answer_given(&c->slot[SERVICE_USER].answer);
}

const struct value *assessment_calculated(const struct assessment *a, int item, enum who view)
{
    return &a->items[item].calculated[view];
}

/* ---- disagreements ---- */

size_t assessment_disagreements(const struct assessment *a)
{
    return a->dispute_count;
}

const struct disagreement *assessment_disagreement(const struct assessment *a, size_t i)
{
    return &a->disputes[i].d;
}

const struct disagreement *assessment_disagreement_of_id(const struct assessment *a, const char *id)
{
    const struct dispute *dispute = dispute_find(a, id);
    return dispute ? &dispute->d : NULL;
}

const struct disagreement *assessment_disagreement_about(const struct assessment *a, int item)
{
    const struct dispute *dispute = dispute_about(a, item);
    return dispute ? &dispute->d : NULL;
}

size_t assessment_live(const struct assessment *a)
{
    size_t live = 0;
    for (size_t i = 0; i < a->dispute_count; i++)
        live += disagreement_is_live(&a->disputes[i].d) &&
                (a->disputes[i].d.question < 0 || assessment_shown(a, a->disputes[i].d.question));
    return live;
}

const struct proposal *assessment_together(const struct assessment *a, int item)
{
    return &a->items[item].together;
}

/* ---- the rest ---- */

const char *assessment_name(const struct assessment *a, enum who party, int language)
{
    static const char *const plain[] = {"Practitioner", "Service user", "Together", "Supervisor",
                                        "Alongside"};
    if (party >= PARTIES)
        return plain[party];
    if (a->name[party])
        return a->name[party];
    const char *label = wording(a->form->party_label[party], party, language);
    return *label ? label : plain[party];
}

const char *assessment_pronouns(const struct assessment *a, enum who party)
{
    return a->pronouns[party] ? a->pronouns[party] : "";
}

const char *assessment_name_given(const struct assessment *a, enum who party)
{
    return a->name[party] ? a->name[party] : "";
}

enum who assessment_left(const struct assessment *a)
{
    return a->left;
}

size_t assessment_sittings(const struct assessment *a)
{
    return a->sitting_count;
}

const struct sitting *assessment_sitting(const struct assessment *a, size_t i)
{
    return &a->sittings[i];
}

int assessment_paused_at(const struct assessment *a)
{
    return a->paused_at;
}

const struct signature *assessment_signature(const struct assessment *a, enum who party)
{
    return &a->signature[party];
}

bool assessment_come_back(const struct assessment *a, int item)
{
    return a->items[item].come_back;
}

size_t assessment_events(const struct assessment *a)
{
    return a->event_count;
}

const struct event *assessment_event(const struct assessment *a, size_t i)
{
    return &a->events[i];
}

enum who slot_of(const struct question *q, enum who by)
{
    return q->asked_of == TOGETHER ? TOGETHER : by;
}

/* Events are numbered by seq from 1 without gaps, so the place is known. A record that was cut for a look
 * back keeps that true. */
const struct event *assessment_event_numbered(const struct assessment *a, long seq)
{
    if (seq < 1 || (size_t)seq > a->event_count)
        return NULL;
    return &a->events[seq - 1];
}

/* Of a kind, in order: the first behind `after`, found by halves. */
const struct event *assessment_next(const struct assessment *a, enum event_kind kind,
                                    const struct event *after)
{
    const struct list *list = &a->of_kind[kind];
    size_t from = 0, to = list->count;
    while (after && from < to) {
        size_t middle = from + (to - from) / 2;
        if (list->seqs[middle] > after->seq)
            to = middle;
        else
            from = middle + 1;
    }
    while (from < list->count && a->undone[list->seqs[from] - 1])
        from++;
    return from < list->count ? &a->events[list->seqs[from] - 1] : NULL;
}

const struct event *assessment_next_about(const struct assessment *a, long seq, const struct event *after)
{
    if (seq < 1 || (size_t)seq > a->event_count)
        return NULL;
    bool is_about = after && after->kind != EVENT_UNDONE && event_integer(after, "of") == seq;
    long next = is_about && after->seq > seq ? a->about[after->seq - 1].next : a->about[seq - 1].first;
    while (next && (a->undone[next - 1] || (after && next <= after->seq)))
        next = a->about[next - 1].next;
    return next ? &a->events[next - 1] : NULL;
}

void assessment_index(struct assessment *a, const struct event *event)
{
    struct list *list = &a->of_kind[event->kind];
    GROW(list->seqs, list->count, list->room);
    list->seqs[list->count++] = event->seq;
    a->about[event->seq - 1] = (struct about){0};
    long of = event->kind == EVENT_UNDONE ? 0 : event_integer(event, "of");
    if (of < 1 || of >= event->seq)
        return;
    struct about *target = &a->about[of - 1];
    if (target->last)
        a->about[target->last - 1].next = event->seq;
    else
        target->first = event->seq;
    target->last = event->seq;
}

bool assessment_is_undone(const struct assessment *a, long seq)
{
    return seq >= 1 && (size_t)seq <= a->event_count && a->undone[seq - 1];
}

int item_of(const struct assessment *a, const struct event *event)
{
    const char *path = event_text(event, "question");
    return path ? assessment_find(a, path) : -1;
}
