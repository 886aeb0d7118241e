/* Going on with another version of the form.
 *
 * Items are made anew for the new form, and what each held is carried over by the question's name: the events
 * that touched a slot come along, and its answer is worked out from them again. A question that is gone, or
 * is now of another kind, leaves a relic: an item after all others, with a copy of the question that has no
 * number in any form, so that nothing is ever asked of it or derived from it, and a disagreement about it can
 * still be told. Forms that were left stay in memory for the same reason. */
#include "assessment/internal.h"

#include "assessment/answer.h"
#include "base/cause.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- forms ---- */

/* The form in an event; NULL and a cause where it cannot be used or is not what the event says it is. */
static struct form *form_of(const struct event *event, char **cause)
{
    const json_t *said = event_value(event, "form"), *text = json_object_get(said, "text");
    if (!json_is_string(text)) {
        cause_set(cause, "there is no form in it (“text”).");
        return NULL;
    }
    struct diags diags;
    diags_init(&diags, "the form");
    struct form *form = form_load("the form", json_string_value(text), json_string_length(text), &diags);
    for (size_t i = 0; !form && i < diags.count; i++) {
        if (diags.items[i].level == DIAG_ERROR) {
            cause_set(cause, "the form in it cannot be used: its line %zu: %s", diags.items[i].line,
                      diags.items[i].message);
            break;
        }
    }
    diags_release(&diags);
    if (!form)
        return NULL;
    const char *const is[][2] = {{"id", form->id}, {"version", form->version}, {"sha256", form->sha256}};
    for (size_t i = 0; i < sizeof is / sizeof *is; i++) {
        const char *value = json_string_value(json_object_get(said, is[i][0]));
        if (value && strcmp(value, is[i][1]) == 0)
            continue;
        cause_set(cause, "its “%s” is not that of the form in it.", is[i][0]);
        form_free(form);
        return NULL;
    }
    return form;
}

void upgrade_complete(json_t *intent)
{
    json_t *said = json_object_get(intent, "form"), *text = json_object_get(said, "text");
    struct diags diags;
    diags_init(&diags, "the form");
    struct form *form = json_is_string(text)
                            ? form_load("the form", json_string_value(text), json_string_length(text), &diags)
                            : NULL;
    if (form) {
        const char *const is[][2] = {{"id", form->id}, {"version", form->version}, {"sha256", form->sha256}};
        for (size_t i = 0; i < sizeof is / sizeof *is; i++) {
            if (!json_object_get(said, is[i][0]))
                json_object_set_new(said, is[i][0], json_string(is[i][1]));
        }
    }
    diags_release(&diags);
    form_free(form);
}

void upgrades_release(struct assessment *a)
{
    free(a->stuck_why);
    for (size_t i = 0; i < a->relic_count; i++)
        free(a->relics[i]);
    free(a->relics);
    for (size_t i = 0; i < a->edition_count; i++)
        form_free(a->editions[i].owned);
    free(a->editions);
}

long assessment_stuck(const struct assessment *a, const char **why)
{
    *why = a->stuck_why;
    return a->stuck;
}

const struct form *assessment_form_before(const struct assessment *a, long seq)
{
    size_t i = a->edition_count - 1;
    while (i > 0 && a->editions[i].seq >= seq)
        i--;
    return a->editions[i].form;
}

const struct question *assessment_question_then(const struct assessment *a, const char *path, long seq)
{
    const struct form *form = assessment_form_before(a, seq);
    char *name = xstrndup(path, strcspn(path, "#"));
    int question = form_find(form, name);
    free(name);
    return question < 0 ? NULL : &form->questions[question];
}

size_t assessment_upgrades(const struct assessment *a)
{
    return a->edition_count - 1;
}

const struct event *assessment_upgrade(const struct assessment *a, size_t i, const struct form **from,
                                       const struct form **to)
{
    *from = a->editions[i].form;
    *to = a->editions[i + 1].form;
    return assessment_event_numbered(a, a->editions[i + 1].seq);
}

/* ---- what is kept ---- */

static bool is_number(const struct question *q)
{
    return q->type == TYPE_INTEGER || q->type == TYPE_DECIMAL || q->type == TYPE_RANGE;
}

/* The question of the new form that one of the old goes on as, or -1: the same name, the same kind of answer,
 * in the same repeats. */
static int goes_on_as(const struct form *old, const struct form *form, const struct question *q)
{
    int number = form_find(form, q->name);
    if (number < 0)
        return -1;
    const struct question *to = &form->questions[number];
    if (q->type != to->type && !(is_number(q) && is_number(to)))
        return -1;
    if (q->repeat < 0 || to->repeat < 0)
        return q->repeat == to->repeat ? number : -1;
    return goes_on_as(old, form, &old->questions[q->repeat]) == to->repeat ? number : -1;
}

bool slot_goes_on(const struct question *to, enum who who)
{
    return who == TOGETHER ? to->asked_of == TOGETHER : question_asked_of(to, who);
}

/* How many items there would be. */
static long items_with(const struct assessment *a, const struct form *form)
{
    long count = form->count;
    for (int e = 0; e < a->entry_count; e++) {
        const struct question *q = a->items[a->entries[e].repeat].q;
        int to = q->number < 0 ? -1 : goes_on_as(a->form, form, q);
        if (to >= 0)
            count += form->questions[to].end - to - 1;
    }
    return count;
}

bool assessment_may_upgrade(const struct assessment *a, const struct form *form, char **cause)
{
    if (strcmp(form->id, a->form->id) != 0)
        return cause_set(cause,
                         "this assessment is of the form “%s”; “%s” is another form, not a version of it.",
                         a->form->id, form->id);
    if (strcmp(form->version, a->form->version) == 0)
        return cause_set(cause, "it is of version “%s” of its form already.", form->version);
    if (items_with(a, form) > MOST_ITEMS)
        return cause_set(cause, "with all the entries there are, that version asks more than one assessment "
                                "can hold.");
    bool finished = true;
    for (int party = 0; party < PARTIES; party++) {
        const struct signature *s = &a->signature[party];
        finished &= s->seq && !s->refused && !s->changed_since;
    }
    if (finished)
        return cause_set(cause, "both have signed it: it is finished, and stays with its form.");
    for (size_t i = 0; i < a->dispute_count; i++) {
        const struct dispute *dispute = &a->disputes[i];
        if (!disagreement_is_live(&dispute->d) || dispute->d.question < 0)
            continue;
        const struct question *q = a->items[dispute->d.question].q;
        int to = goes_on_as(a->form, form, q);
        if (to < 0)
            return cause_set(
                cause, "%s is still open, and its question, “%s”, is not in that version: settle it first.",
                dispute->d.id, assessment_path(a, dispute->d.question));
        if (dispute->rated && !question_is_compared(&form->questions[to]))
            return cause_set(
                cause,
                "%s is still open, and that version no longer compares two answers to “%s”: settle it first.",
                dispute->d.id, assessment_path(a, dispute->d.question));
    }
    return true;
}

bool may_upgrade(const struct assessment *a, const struct event *event, char **cause)
{
    struct form *form = form_of(event, cause);
    bool may = form && assessment_may_upgrade(a, form, cause);
    form_free(form);
    return may;
}

struct losses {
    struct loss *all;
    size_t count, room;
};

static void lose(struct losses *l, struct loss loss)
{
    GROW(l->all, l->count, l->room);
    l->all[l->count++] = loss;
}

struct loss *assessment_losses(const struct assessment *a, const struct form *form, size_t *count)
{
    struct losses l = {0};
    for (int place = 0; place < a->order_count; place++) {
        int item = a->order[place];
        int to = goes_on_as(a->form, form, a->items[item].q);
        for (int who = 0; who < SLOTS; who++) {
            const struct answer *answer = &a->items[item].slot[who].answer;
            if (!answer_given(answer))
                continue;
            bool question = to < 0 || !slot_goes_on(&form->questions[to], (enum who)who);
            if (question || (answer->value && !answer_fits(&form->questions[to], answer->value, NULL)))
                lose(&l, (struct loss){.item = item, .who = (enum who)who, .question = question});
        }
        for (size_t i = 0; to < 0 && i < a->dispute_count; i++) {
            const struct disagreement *d = &a->disputes[i].d;
            if (d->question == item && d->state != STATE_WITHDRAWN)
                lose(&l, (struct loss){.item = item, .disagreement = d, .question = true});
        }
    }
    *count = l.count;
    return l.all;
}

struct assessment *assessment_upgraded(const struct assessment *a, const struct form *form)
{
    struct assessment *next = assessment_new(a->editions[0].form);
    for (size_t i = 0; i < a->event_count; i++)
        assessment_fold(next, &a->events[i]);
    json_t *body = json_pack("{s:{s:s, s:s, s:s, s:s%}}", "form", "id", form->id, "version", form->version,
                             "sha256", form->sha256, "text", form->source, form->source_length);
    assessment_fold(next,
                    &(struct event){.kind = EVENT_UPGRADED, .by = PRACTITIONER, .at = "", .body = body});
    json_decref(body);
    return next;
}

/* ---- carrying over ---- */

/* What is being carried over, and where each old item goes: its new number, NOWHERE as long as it has none,
 * or NEVER where it only held its question's number. */
enum { NOWHERE = -1, NEVER = -2 };
struct carrying {
    const struct form *old;
    struct item *items;
    int count;
    int *to;
};

static void slot_drop(struct slot *slot)
{
    free(slot->versions);
    value_release(&slot->value);
    *slot = (struct slot){.answer.at = ""};
}

/* Where items go that their questions go on in: first those outside of entries, then entry by entry, an outer
 * one before those in it. */
static void find_places(struct assessment *a, struct carrying *c)
{
    for (int i = 0; i < c->count; i++) {
        const struct item *item = &c->items[i];
        if (item->entry < 0 && item->q->number >= 0 && item->q->repeat < 0)
            c->to[i] = goes_on_as(c->old, a->form, item->q);
    }
    for (int e = 0; e < a->entry_count; e++) {
        struct entry *entry = &a->entries[e];
        int from = entry->repeat, first = entry->first;
        entry->repeat = c->to[from];
        entry->first = -1;
        if (entry->repeat < 0)
            continue;
        entry_items(a, e);
        const struct question *q = c->items[from].q;
        for (int i = 0; i < q->end - q->number - 1; i++) {
            const struct question *inner = c->items[first + i].q;
            int to = inner->repeat == q->number ? goes_on_as(c->old, a->form, inner) : -1;
            if (to >= 0)
                c->to[first + i] = assessment_item_in(a, entry, to);
        }
    }
}

static void carry_item(struct assessment *a, struct item *from, int number)
{
    struct item *to = &a->items[number];
    for (int slot = 0; slot < SLOTS; slot++) {
        if (!slot_goes_on(to->q, (enum who)slot))
            slot_drop(&from->slot[slot]);
    }
    bool fits = from->together.seq && to->q->asked_of == TOGETHER && from->together.value &&
                answer_fits(to->q, from->together.value, NULL);
    if (!fits)
        memset(&from->together, 0, sizeof from->together);
    from->q = to->q;
    from->entry = to->entry;
    free(from->path);
    from->path = to->path;
    *to = *from;
    to->place = -1;
    to->queued = to->touched = false;
}

/* What is left of a question: it can be told, and stands in no form. */
static const struct question *relic_of(struct assessment *a, const struct question *q)
{
    struct question *relic = xmalloc(sizeof *relic);
    *relic = *q;
    relic->number = relic->parent = relic->repeat = relic->end = -1;
    relic->section = 0;
    GROW(a->relics, a->relic_count, a->relic_room);
    a->relics[a->relic_count++] = relic;
    return relic;
}

static int keep_relic(struct assessment *a, struct item *from)
{
    if (from->q->number >= 0)
        from->q = relic_of(a, from->q);
    free(from->entries);
    from->entries = NULL;
    from->entry_count = from->entry_room = 0;
    from->place = -1;
    from->relevant[PRACTITIONER] = from->relevant[SERVICE_USER] = false;
    from->come_back = from->queued = from->touched = false;
    memset(&from->together, 0, sizeof from->together);
    GROW(a->items, a->item_count, a->item_room);
    a->items[a->item_count] = *from;
    return a->item_count++;
}

/* Does anything go back to it: an answer, a disagreement, an entry? */
static bool is_used(const struct item *item)
{
    return item->slot[PRACTITIONER].count || item->slot[SERVICE_USER].count || item->slot[TOGETHER].count ||
           item->about || item->structure_count;
}

static void item_drop(struct item *item)
{
    for (int slot = 0; slot < SLOTS; slot++) {
        slot_drop(&item->slot[slot]);
        value_release(&item->calculated[slot]);
    }
    free(item->path);
    free(item->entries);
    free(item->structure);
}

static void carry_items(struct assessment *a, struct carrying *c)
{
    int *repeats = xcalloc((size_t)a->entry_count + 1, sizeof *repeats);
    bool *named = xcalloc((size_t)c->count + 1, sizeof *named); /* by an entry, as what it is about */
    for (int e = 0; e < a->entry_count; e++) {
        repeats[e] = a->entries[e].repeat;
        if (a->entries[e].about >= 0)
            named[a->entries[e].about] = true;
    }
    find_places(a, c);
    for (int i = 0; i < c->count; i++) {
        struct item *item = &c->items[i];
        if (c->to[i] >= 0)
            carry_item(a, item, c->to[i]);
        else if (c->to[i] != NEVER && (is_used(item) || named[i]))
            c->to[i] = keep_relic(a, item);
        else
            item_drop(item);
    }
    for (int e = 0; e < a->entry_count; e++) {
        struct entry *entry = &a->entries[e];
        entry->repeat = c->to[repeats[e]];
        entry->about = entry->about < 0 ? -1 : c->to[entry->about];
    }
    free(repeats);
    free(named);
}

/* What they are about has another number; what lay on the table may fit no more. */
static void carry_disputes(struct assessment *a, const struct carrying *c)
{
    for (size_t i = 0; i < a->dispute_count; i++) {
        struct disagreement *d = &a->disputes[i].d;
        a->disputes[i].touched = false;
        if (d->question < 0)
            continue;
        d->question = c->to[d->question];
        if (item_is_gone(a, d->question) || !disagreement_is_live(d))
            continue;
        const struct item *item = &a->items[d->question];
        if (d->proposal.value && !answer_fits(item->q, d->proposal.value, NULL))
            memset(&d->proposal, 0, sizeof d->proposal);
        for (int party = 0; party < PARTIES; party++)
            d->after[party] = item->slot[party].answer;
    }
}

static void refresh(struct assessment *a)
{
    a->queue_count = 0;
    a->touched_count = a->touched_dispute_count = 0;
    order_refresh(a);
    for (int i = 0; i < a->item_count; i++) {
        if (item_is_gone(a, i) || item_is_template(a, i))
            continue;
        for (int slot = 0; slot < SLOTS; slot++) {
            bool changed = slot_refresh(a, i, (enum who)slot) == SLOT_CHANGED;
            struct dispute *live = changed ? dispute_about(a, i) : NULL;
            if (live && disagreement_is_live(&live->d)) /* what lay on the table was about both answers */
                memset(&live->d.proposal, 0, sizeof live->d.proposal);
        }
        touch(a, i);
    }
}

void fold_upgraded(struct assessment *a, const struct event *event)
{
    char *cause = NULL;
    struct form *form = form_of(event, &cause);
    if (!form && !a->stuck) {
        a->stuck = event->seq;
        a->stuck_why = cause;
        cause = NULL;
    }
    free(cause);
    if (!form || !assessment_may_upgrade(a, form, NULL)) {
        form_free(form);
        return;
    }
    struct carrying c = {.old = a->form, .items = a->items, .count = a->item_count};
    c.to = xcalloc((size_t)c.count + 1, sizeof *c.to);
    for (int i = 0; i < c.count; i++)
        c.to[i] = item_is_template(a, i) ? NEVER : NOWHERE;
    a->form = form;
    a->items = NULL;
    a->item_count = a->item_room = a->order_count = 0;
    GROW(a->editions, a->edition_count, a->edition_room);
    a->editions[a->edition_count++] = (struct edition){.form = form, .owned = form, .seq = event->seq};
    for (int question = 0; question < form->count; question++)
        item_new(a, &form->questions[question], -1);
    carry_items(a, &c);
    if (a->paused_at >= 0) {
        a->paused_at = c.to[a->paused_at];
        if (a->paused_at >= 0 && item_is_gone(a, a->paused_at))
            a->paused_at = -1;
    }
    refresh(a);
    carry_disputes(a, &c);
    derive_all(a);
    for (size_t i = 0; i < a->dispute_count; i++) {
        if (a->disputes[i].d.question < 0 || !item_is_gone(a, a->disputes[i].d.question))
            dispute_turn(a, &a->disputes[i], 0);
    }
    a->upgraded = event->seq;
    signatures_age(a);
    free(c.items);
    free(c.to);
}
