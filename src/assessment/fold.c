/* Taking events in: one small function for each kind of event. None of them fails: an event that makes no
 * sense here (a newer version's, or one let through by nobody) is kept in the list and changes nothing else.
 */
#include "assessment/internal.h"

#include "assessment/answer.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

static int word_of(const struct event *event, const char *key, const char *const *words)
{
    const char *word = event_text(event, key);
    int found = word ? vocab_find(words, word) : -1;
    return found < 0 ? 0 : found;
}

/* ---- answers ---- */

enum slot_change slot_refresh(struct assessment *a, int item, enum who who)
{
    const struct question *q = assessment_question(a, item);
    struct slot *slot = &a->items[item].slot[who];
    const struct event *event = NULL;
    for (int i = slot->count; i-- > 0 && !event;) {
        if (!a->undone[slot->versions[i] - 1])
            event = assessment_event_numbered(a, slot->versions[i]);
    }
    struct answer answer = {.at = ""};
    if (event && event->kind != EVENT_CLEARED) {
        answer.seq = event->seq;
        answer.at = event->at;
        answer.because = event_text(event, "because");
        answer.evidence = (enum evidence)word_of(event, "evidence", evidence_names);
        answer.hidden = json_is_true(event_value(event, "private"));
        answer.passed = json_is_true(event_value(event, "passed"));
        answer.missing = (enum missing)word_of(event, "missing", missing_names);
        const json_t *value = event->kind == EVENT_ANSWERED ? event_value(event, "value") : NULL;
        /* A value that cannot be one (by a newer version, by a hand) is kept in the record and not used. */
        answer.value = value && answer_fits(q, value, NULL) ? value : NULL;
    }
    const json_t *old = slot->answer.value;
    bool same = (!old && !answer.value) || (old && answer.value && answer_same(q, old, answer.value));
    same = same && slot->answer.missing == answer.missing;
    slot->answer = answer;
    dispute_answer_told(a, item);
    /* What is only shown counts as it was last time. */
    const json_t *counts = q->read_only ? assessment_last(a, item, who) : answer.value;
    struct value value = counts ? answer_value(q, counts) : (struct value){0};
    bool reworded = !value_same(&slot->value, &value);
    value_release(&slot->value);
    slot->value = value;
    return !same ? SLOT_CHANGED : reworded ? SLOT_REWORDED : SLOT_SAME;
}

void signatures_age(struct assessment *a)
{
    for (int party = 0; party < PARTIES; party++) {
        if (a->signature[party].seq)
            a->signature[party].changed_since = true;
    }
    a->countersigned_changed = true;
}

/* Its versions, or which of them are undone, are others now. `settled`: the disagreement whose settling
 * changed it, or NULL. */
static void slot_again(struct assessment *a, int item, enum who who, const struct dispute *settled)
{
    bool revealed = assessment_revealed(a, item);
    enum slot_change change = slot_refresh(a, item, who);
    if (change == SLOT_CHANGED)
        dispute_answer_changed(a, item, settled);
    if (change != SLOT_SAME || revealed != assessment_revealed(a, item))
        derive_from(a, item);
}

static void fold_answer(struct assessment *a, const struct event *event)
{
    int item = item_of(a, event);
    if (item < 0 || event->by > TOGETHER)
        return;
    enum who who = slot_of(assessment_question(a, item), event->by);
    struct slot *slot = &a->items[item].slot[who];
    GROW(slot->versions, slot->count, slot->room);
    slot->versions[slot->count++] = event->seq;
    if (event->kind == EVENT_ANSWERED) {
        if (!slot->first)
            slot->first = event->seq;
        entry_built(a, a->items[item].entry, who, event->seq);
    }
    const char *through = event_text(event, "through");
    struct dispute *settled = through ? dispute_find(a, through) : NULL;
    if (settled && settled->d.question != item)
        settled = NULL; /* by a hand: no settling of that one changes this answer */
    if (settled)
        dispute_turn(a, settled, event->seq);
    struct dispute *about = dispute_rated(a, item);
    slot_again(a, item, who, settled);
    if (about && !settled && about->d.state != STATE_WITHDRAWN)
        dispute_turn(a, about, event->seq);
    if (who == TOGETHER) {
        a->items[item].together_by = event->by == TOGETHER ? a->items[item].together.seq : 0;
        memset(&a->items[item].together, 0, sizeof(struct proposal));
    }
    signatures_age(a);
}

/* ---- disagreements ---- */

static void fold_differed(struct assessment *a, const struct event *event)
{
    int item = item_of(a, event);
    if (item < 0)
        return;
    struct dispute *dispute = dispute_open(a, item, event->seq);
    dispute->rated = true;
    a->items[item].rated = (int)a->dispute_count;
    dispute->d.kind = (enum kind)word_of(event, "kind", kind_names);
    for (int party = 0; party < PARTIES; party++) {
        long seq = a->items[item].slot[party].answer.seq;
        if (seq > dispute->cause)
            dispute->cause = seq;
    }
    derive_from(a, item);
}

static void fold_raised(struct assessment *a, const struct event *event)
{
    struct dispute *dispute = dispute_open(a, item_of(a, event), event->seq);
    dispute->d.by = event->by;
    dispute->d.because = event_text(event, "because");
    dispute->d.of = event_integer(event, "of");
    if (event_text(event, "kind"))
        dispute->d.kind = (enum kind)word_of(event, "kind", kind_names);
    else if (dispute->d.question < 0)
        dispute->d.kind = KIND_PROCESS;
    if (dispute->d.question >= 0)
        derive_from(a, dispute->d.question);
}

/* What is about a question that is gone stays as it is. */
static struct dispute *dispute_of(const struct assessment *a, const struct event *event)
{
    struct dispute *dispute = dispute_find(a, event_text(event, "disagreement"));
    bool gone = dispute && dispute->d.question >= 0 && item_is_gone(a, dispute->d.question);
    return gone ? NULL : dispute;
}

/* 1 to 5; 0 where it is not said, or by a hand something else. */
static int heard_of(const struct event *event)
{
    long heard = event_integer(event, "heard");
    return heard >= 1 && heard <= 5 ? (int)heard : 0;
}

static void fold_said(struct assessment *a, const struct event *event)
{
    struct dispute *dispute = dispute_of(a, event);
    if (!dispute)
        return;
    dispute_turn(a, dispute, event->seq);
    if (heard_of(event) && event->by < PARTIES)
        dispute->d.heard[event->by] = heard_of(event);
    /* What the supervisor was asked has its answer. */
    if (event_text(event, "text") && event->by == SUPERVISOR && dispute->d.state == STATE_REFERRED)
        dispute->reopen = true;
    if (!event_text(event, "text") || event_text(event, "reason") || event->by >= PARTIES)
        return;
    dispute->talked = true;
    if (dispute->d.state == STATE_OPEN)
        dispute->d.state = STATE_TALKING;
    else if (dispute_comes_back(&dispute->d))
        dispute->reopen = true;
}

/* The disagreement that an event is a turn of: a mark is one of what was said back in; having read a comment,
 * and a statement about it, of what was commented on. */
static struct dispute *dispute_turned(const struct assessment *a, const struct event *event)
{
    bool mark = event->kind == EVENT_MARKED, read = event->kind == EVENT_ACKNOWLEDGED;
    if (!mark && !read && event->kind != EVENT_STATEMENT)
        return dispute_of(a, event);
    const struct event *target = assessment_event_numbered(a, event_integer(event, "of"));
    if (!target || target->seq >= event->seq)
        return NULL;
    bool written = target->kind == EVENT_COMMENTED || (target->kind == EVENT_REFLECTED && !read) ||
                   (target->kind == EVENT_LESSON && !read);
    return (mark ? target->kind == EVENT_SAID_BACK : written) ? dispute_of(a, target) : NULL;
}

/* What changes nothing that the signatures stand for. */
static bool is_aside(const struct event *event)
{
    return event->kind == EVENT_ACKNOWLEDGED || event->kind == EVENT_REFLECTED || event->kind == EVENT_LESSON;
}

/* Saying back, and the mark on it, are part of the talk. */
static void fold_said_back(struct assessment *a, const struct event *event)
{
    struct dispute *dispute = dispute_turned(a, event);
    if (!dispute)
        return;
    dispute_turn(a, dispute, event->seq);
    if (!disagreement_is_live(&dispute->d))
        return;
    dispute->talked = true;
    dispute->d.state = STATE_TALKING;
}

static struct proposal proposal_of(const struct event *event)
{
    return (struct proposal){
        .seq = event->seq,
        .by = event->by,
        .as = (enum settle)word_of(event, "as", settle_names),
        .value = event_value(event, "value"),
        .because = event_text(event, "because"),
        .what = event_text(event, "what"),
        .from = event_text(event, "from"),
        .by_when = event_text(event, "by_when"),
        .asking = event_text(event, "asking"),
        .to = event_text(event, "to"),
    };
}

static void fold_proposed(struct assessment *a, const struct event *event)
{
    int item = item_of(a, event);
    struct dispute *dispute = dispute_of(a, event);
    if (dispute) {
        dispute->d.proposal = proposal_of(event);
        dispute_turn(a, dispute, event->seq);
        if (event->by < PARTIES) {
            dispute->talked = true;
            dispute->d.state = STATE_TALKING;
        }
    } else if (item >= 0) {
        a->items[item].together = proposal_of(event);
        touch(a, item);
    }
}

static void fold_confirmed(struct assessment *a, const struct event *event)
{
    int item = item_of(a, event);
    struct dispute *dispute = dispute_of(a, event);
    if (event->by >= PARTIES)
        return;
    if (dispute) {
        dispute->d.proposal.confirmed[event->by] = true;
        dispute_turn(a, dispute, event->seq);
    } else if (item >= 0) {
        a->items[item].together.confirmed[event->by] = true;
        touch(a, item);
    }
}

static void fold_closing(struct assessment *a, const struct event *event)
{
    struct dispute *dispute = dispute_of(a, event);
    if (!dispute)
        return;
    dispute_turn(a, dispute, event->seq);
    if (event->kind == EVENT_RESOLVED) {
        dispute->d.outcome = (enum outcome)word_of(event, "outcome", outcome_names);
        dispute->d.change = (enum change)word_of(event, "change", change_names);
        dispute->d.value = event_value(event, "value");
        dispute_close(a, dispute, STATE_RESOLVED, event->seq);
    } else {
        bool parked = event->kind == EVENT_PARKED;
        dispute->d.outcome = parked ? OUTCOME_NEEDS_INFORMATION : OUTCOME_REFERRED;
        dispute_close(a, dispute, parked ? STATE_PARKED : STATE_REFERRED, event->seq);
    }
    signatures_age(a);
}

static void fold_reopened(struct assessment *a, const struct event *event)
{
    struct dispute *dispute = dispute_of(a, event);
    if (!dispute)
        return;
    struct disagreement *d = &dispute->d;
    dispute_turn(a, dispute, event->seq);
    d->state = dispute->talked ? STATE_TALKING : STATE_OPEN;
    d->closed = 0;
    d->outcome = OUTCOME_NONE;
    d->change = CHANGE_NONE;
    d->value = NULL;
    d->heard[PRACTITIONER] = d->heard[SERVICE_USER] = 0;
    memset(&d->proposal, 0, sizeof d->proposal);
    dispute->reopen = false;
    dispute->settled_by = 0;
    if (d->question >= 0) {
        for (int party = 0; party < PARTIES; party++)
            d->after[party] = a->items[d->question].slot[party].answer;
        derive_from(a, d->question);
    }
    signatures_age(a);
}

/* ---- undoing ---- */

static void come_back_refresh(struct assessment *a, int item)
{
    for (size_t i = a->event_count; i-- > 0;) {
        const struct event *event = &a->events[i];
        const json_t *mark = event->kind == EVENT_NOTED ? event_value(event, "come_back") : NULL;
        if (mark && !a->undone[i] && item_of(a, event) == item) {
            a->items[item].come_back = json_is_true(mark);
            return;
        }
    }
    a->items[item].come_back = false;
}

/* What they said last about being heard, since it was last opened. */
static void heard_refresh(struct assessment *a, struct dispute *dispute, enum who who)
{
    struct disagreement *d = &dispute->d;
    d->heard[who] = 0;
    for (size_t i = d->turn_count; i-- > 0 && !d->heard[who];) {
        const struct event *turn = assessment_event_numbered(a, d->turns[i]);
        if (turn->kind == EVENT_REOPENED)
            return;
        if (turn->kind == EVENT_SAID && turn->by == who && !a->undone[turn->seq - 1])
            d->heard[who] = heard_of(turn);
    }
}

/* A disagreement that nobody has spoken about yet goes with the slip of the key that made it, if that still
 * is the answer. */
static void withdraw_caused_by(struct assessment *a, int item, const struct event *answer)
{
    struct dispute *dispute = dispute_rated(a, item);
    if (!dispute || dispute->cause != answer->seq || dispute->talked || !disagreement_is_live(&dispute->d) ||
        a->items[item].slot[answer->by].answer.seq != answer->seq)
        return;
    dispute->d.state = STATE_WITHDRAWN;
    dispute->d.closed = (long)a->event_count;
    a->items[item].rated = 0;
}

/* The settling is taken back: the answers it changed are as before, and the difference is there again. */
static void unsettle(struct assessment *a, struct dispute *dispute)
{
    int item = dispute->d.question;
    for (size_t i = 0; i < dispute->d.turn_count; i++) {
        const struct event *turn = assessment_event_numbered(a, dispute->d.turns[i]);
        if (turn->seq > dispute->settled_by && turn->kind == EVENT_ANSWERED && event_text(turn, "through")) {
            a->undone[turn->seq - 1] = true;
            slot_again(a, item, turn->by, dispute);
        }
    }
    dispute->reopen = true;
}

/* The same for an answer that was given together: the one before it is there again. */
static void untie(struct assessment *a, int item, const struct event *target)
{
    struct item *c = &a->items[item];
    if (c->together_by && target->seq >= c->together_by && !c->together.seq && c->slot[TOGETHER].answer.seq) {
        a->undone[c->slot[TOGETHER].answer.seq - 1] = true;
        c->together_by = 0;
        slot_again(a, item, TOGETHER, NULL);
    } else if (target->kind == EVENT_PROPOSED) {
        memset(&c->together, 0, sizeof c->together);
    } else {
        c->together.confirmed[target->by] = false;
    }
}

static void fold_undone(struct assessment *a, const struct event *event)
{
    const struct event *target = assessment_event_numbered(a, event_integer(event, "of"));
    if (!target || target->seq >= event->seq || target->seq < a->upgraded)
        return;
    bool again = target->kind == EVENT_UNDONE; /* an undo undone: what it took back stands again */
    if (again) {
        a->undone[target->seq - 1] = true;
        target = assessment_event_numbered(a, event_integer(target, "of"));
        if (!target || target->seq < a->upgraded)
            return;
    }
    a->undone[target->seq - 1] = !again;
    int item = item_of(a, target);
    struct dispute *dispute = dispute_turned(a, target);
    if (dispute)
        dispute_turn(a, dispute, event->seq);
    switch (target->kind) {
    case EVENT_ANSWERED:
    case EVENT_DECLINED:
    case EVENT_CLEARED:
        if (item < 0)
            break;
        if (!again)
            withdraw_caused_by(a, item, target);
        if (dispute_rated(a, item))
            dispute_turn(a, dispute_rated(a, item), event->seq);
        slot_again(a, item, slot_of(assessment_question(a, item), target->by), NULL);
        break;
    case EVENT_NOTED:
        if (item >= 0)
            come_back_refresh(a, item);
        break;
    case EVENT_ADDED:
    case EVENT_MOVED:
    case EVENT_REMOVED:
        if (item >= 0)
            entries_refresh(a, item);
        break;
    case EVENT_SAID:
        if (dispute && target->by < PARTIES)
            heard_refresh(a, dispute, target->by);
        break;
    case EVENT_RAISED:
        for (size_t i = 0; i < a->dispute_count; i++) {
            struct disagreement *d = &a->disputes[i].d;
            if (d->opened != target->seq)
                continue;
            d->state = STATE_WITHDRAWN;
            d->closed = event->seq;
            if (d->question >= 0)
                derive_from(a, d->question);
        }
        break;
    case EVENT_PROPOSED:
    case EVENT_CONFIRMED:
        if (dispute && dispute->settled_by) {
            unsettle(a, dispute);
        } else if (dispute && target->kind == EVENT_PROPOSED) {
            memset(&dispute->d.proposal, 0, sizeof dispute->d.proposal);
        } else if (dispute) {
            dispute->d.proposal.confirmed[target->by] = false;
        } else if (item >= 0) {
            untie(a, item, target);
        }
        break;
    default:
        break;
    }
    if (!is_aside(target))
        signatures_age(a);
}

/* ---- the rest ---- */

static void end_sitting(struct assessment *a, const struct event *event)
{
    if (a->sitting_count == 0 || a->sittings[a->sitting_count - 1].closed)
        return;
    struct sitting *s = &a->sittings[a->sitting_count - 1];
    s->closed = event->seq;
    s->until = event->at;
}

void people_take(struct assessment *a, const struct event *event)
{
    for (int party = 0; party < PARTIES; party++) {
        const char *name = json_string_value(json_object_get(event_value(event, "people"), who_names[party]));
        if (name && *name) {
            free(a->name[party]);
            a->name[party] = xstrdup(name);
        }
        const char *pronouns =
            json_string_value(json_object_get(event_value(event, "pronouns"), who_names[party]));
        if (pronouns)
            a->pronouns[party] = pronouns;
    }
    const char *left = json_string_value(json_object_get(event_value(event, "seats"), "left"));
    if (left)
        a->left = strcmp(left, who_names[SERVICE_USER]) == 0 ? SERVICE_USER : PRACTITIONER;
}

static bool same_day(const char *one, const char *other)
{
    return strncmp(one, other, strlen("YYYY-MM-DD")) == 0;
}

/* Which sitting a new one goes on with: the one before, where that was left the same day and not closed. */
static size_t began(const struct assessment *a, const struct event *sat)
{
    size_t n = a->sitting_count;
    const struct sitting *before = n ? &a->sittings[n - 1] : NULL;
    bool closed = before && a->events[before->closed - 1].kind == EVENT_CLOSED;
    return before && !closed && same_day(before->at, sat->at) ? before->began : n;
}

static void fold_sat(struct assessment *a, const struct event *event)
{
    end_sitting(a, event);
    size_t goes_on_with = began(a, event);
    GROW(a->sittings, a->sitting_count, a->sitting_room);
    struct sitting *s = &a->sittings[a->sitting_count++];
    *s = (struct sitting){.opened = event->seq,
                          .at = event->at,
                          .until = "",
                          .place = event_text_or(event, "place", ""),
                          .began = goes_on_with};
    for (int party = 0; party < PARTIES; party++) {
        const char *name = json_string_value(json_object_get(event_value(event, "people"), who_names[party]));
        s->name[party] = name ? name : "";
    }
    people_take(a, event);
    /* What was parked comes back by itself, at the first sitting of another day: a later one, but by a clock
     * that was wrong before and is put right, or went wrong, it can be any. */
    for (size_t i = 0; i < a->dispute_count; i++) {
        struct dispute *dispute = &a->disputes[i];
        const struct event *parked = assessment_event_numbered(a, dispute->d.closed);
        bool gone = dispute->d.question >= 0 && item_is_gone(a, dispute->d.question);
        if (dispute->d.state != STATE_PARKED || gone || !parked || same_day(parked->at, event->at))
            continue;
        dispute->reopen = true;
        dispute_turn(a, dispute, 0);
    }
}

static void fold_paused(struct assessment *a, const struct event *event)
{
    end_sitting(a, event);
    int item = item_of(a, event);
    if (item >= 0)
        a->paused_at = item;
}

static void fold_signed(struct assessment *a, const struct event *event)
{
    if (event->by >= PARTIES || event_value(event, "of"))
        return;
    a->signature[event->by] = (struct signature){
        .seq = event->seq,
        .name = event_text_or(event, "name", ""),
        .because = event_text(event, "because"),
        .refused = json_is_true(event_value(event, "refused")),
    };
    a->countersigned_changed = true; /* it was under the signatures before */
}

static void fold_countersigned(struct assessment *a, const struct event *event)
{
    a->countersigned = event->seq;
    a->countersigned_changed = false;
}

/* What is written beside a disagreement, and that it was read, stands among its turns. It changes neither the
 * disagreement nor what the signatures stand for. */
static void fold_written(struct assessment *a, const struct event *event)
{
    struct dispute *dispute = dispute_turned(a, event);
    if (dispute)
        dispute_turn(a, dispute, event->seq);
}

static void fold_noted(struct assessment *a, const struct event *event)
{
    int item = item_of(a, event);
    const json_t *mark = event_value(event, "come_back");
    if (item >= 0 && mark)
        a->items[item].come_back = json_is_true(mark);
}

static void fold_structure(struct assessment *a, const struct event *event)
{
    int repeat = item_of(a, event);
    if (repeat < 0 || assessment_question(a, repeat)->type != TYPE_REPEAT)
        return;
    if (event->kind == EVENT_ADDED && event->by < PARTIES &&
        event_integer(event, "entry") == assessment_next_entry(a))
        entry_add(a, event->seq, event->by, repeat, event_text(event, "about"));
    entries_by(a, repeat, event->seq);
    signatures_age(a);
}

static void (*const folds[EVENT_UNKNOWN + 1])(struct assessment *, const struct event *) = {
    [EVENT_SAT] = fold_sat,
    [EVENT_PAUSED] = fold_paused,
    [EVENT_CLOSED] = fold_paused,
    [EVENT_ANSWERED] = fold_answer,
    [EVENT_DECLINED] = fold_answer,
    [EVENT_CLEARED] = fold_answer,
    [EVENT_RAISED] = fold_raised,
    [EVENT_DIFFERED] = fold_differed,
    [EVENT_SAID] = fold_said,
    [EVENT_PROPOSED] = fold_proposed,
    [EVENT_CONFIRMED] = fold_confirmed,
    [EVENT_RESOLVED] = fold_closing,
    [EVENT_PARKED] = fold_closing,
    [EVENT_REFERRED] = fold_closing,
    [EVENT_REOPENED] = fold_reopened,
    [EVENT_UNDONE] = fold_undone,
    [EVENT_NOTED] = fold_noted,
    [EVENT_SIGNED] = fold_signed,
    [EVENT_ADDED] = fold_structure,
    [EVENT_MOVED] = fold_structure,
    [EVENT_REMOVED] = fold_structure,
    [EVENT_UPGRADED] = fold_upgraded,
    [EVENT_OPENED] = fold_opened,
    [EVENT_SAID_BACK] = fold_said_back,
    [EVENT_MARKED] = fold_said_back,
    [EVENT_COMMENTED] = fold_written,
    [EVENT_ACKNOWLEDGED] = fold_written,
    [EVENT_REFLECTED] = fold_written,
    [EVENT_LESSON] = fold_written,
    [EVENT_STATEMENT] = fold_written,
    [EVENT_COUNTERSIGNED] = fold_countersigned,
};

void assessment_fold(struct assessment *a, const struct event *event)
{
    if (a->event_count >= a->event_room) {
        a->event_room = a->event_room ? a->event_room * 2 : 64;
        a->events = xreallocarray(a->events, a->event_room, sizeof *a->events);
        a->undone = xreallocarray(a->undone, a->event_room, sizeof *a->undone);
        a->about = xreallocarray(a->about, a->event_room, sizeof *a->about);
    }
    texts_clear(a->texts);
    size_t i = a->event_count++;
    a->events[i] = *event;
    a->events[i].seq = (long)a->event_count;
    json_incref(event->body);
    a->undone[i] = false;
    assessment_index(a, &a->events[i]);
    /* What was given is looked at as of then. */
    time_t before = clock_fix_at(event->at);
    if (folds[event->kind])
        folds[event->kind](a, &a->events[i]);
    derive_as_of_now(a);
    /* Where nothing is owed, what was touched need not be looked at again. */
    if (a->touched_count + a->touched_dispute_count > 0) {
        json_t *owed = assessment_owed(a);
        if (!owed) {
            for (size_t t = 0; t < a->touched_count; t++)
                a->items[a->touched[t]].touched = false;
            for (size_t t = 0; t < a->touched_dispute_count; t++)
                a->disputes[a->touched_disputes[t]].touched = false;
            a->touched_count = a->touched_dispute_count = 0;
        }
        json_decref(owed);
    }
    clock_fix(before);
}
