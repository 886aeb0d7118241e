/* May it happen? One small function for each kind of event that a person can ask for, and one check for those
 * that only the rules themselves write. Undoing is in rules_undo.c, what is said beside the answers in
 * rules_beside.c, sittings in topics.c. */
#include "assessment/internal.h"

#include "assessment/answer.h"
#include "assessment/happened.h"
#include "assessment/supervision.h"
#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

/* Can this party answer this question at all now? */
static bool asked_now(const struct assessment *a, int item, enum who by, char **cause)
{
    const struct question *q = assessment_question(a, item);
    if (!question_is_answered(q))
        return cause_set(cause, "“%s” is a %s: there is nothing to answer.", assessment_path(a, item),
                         question_type_names[q->type]);
    if (q->read_only)
        return cause_set(cause, "“%s” is only shown: it cannot be changed.", assessment_path(a, item));
    if (!assessment_shown(a, item))
        return cause_set(cause, "“%s” is not asked as things stand. Its “relevant” holds for neither of you.",
                         assessment_path(a, item));
    if (q->asked_of != TOGETHER && !question_asked_of(q, by))
        return cause_set(cause, "“%s” is asked of %s alone.", assessment_path(a, item),
                         called(a, who_other(by)));
    return true;
}

static bool may_answer(const struct assessment *a, const struct event *event, char **cause)
{
    int item = named_question(a, event, cause);
    if (item < 0 || !asked_now(a, item, event->by, cause))
        return false;
    const struct question *q = assessment_question(a, item);
    if (event_text(event, "through"))
        return cause_set(cause, "“through” is written by the program when a disagreement is settled.");
    if (q->asked_of == TOGETHER)
        return cause_set(cause,
                         "“%s” is answered together. One puts an answer forward (proposed). Both say yes to "
                         "it (confirmed).",
                         assessment_path(a, item));
    return value_may(a, item, event->by, event_value(event, "value"), cause) &&
           word_known(event, "evidence", evidence_names, cause) && warning_passed(a, item, event, cause);
}

/* What both have said yes to, neither takes away alone. */
static bool not_said_by_both(const struct assessment *a, int item, char **cause)
{
    const struct question *q = assessment_question(a, item);
    if (q->asked_of != TOGETHER || !assessment_answer(a, item, TOGETHER)->value)
        return true;
    return cause_set(cause, "“%s” was answered together: put another answer forward, and both say yes to it.",
                     assessment_path(a, item));
}

static bool may_decline(const struct assessment *a, const struct event *event, char **cause)
{
    int item = named_question(a, event, cause);
    return item >= 0 && asked_now(a, item, event->by, cause) && not_said_by_both(a, item, cause) &&
           word_known(event, "missing", missing_names, cause);
}

static bool may_clear(const struct assessment *a, const struct event *event, char **cause)
{
    int item = named_question(a, event, cause);
    if (item < 0)
        return false;
    const struct question *q = assessment_question(a, item);
    if (!question_is_answered(q) || q->read_only ||
        !answer_given(assessment_answer(a, item, slot_of(q, event->by))))
        return cause_set(cause, "%s has no answer to “%s” to take back.", called(a, event->by),
                         assessment_path(a, item));
    return not_said_by_both(a, item, cause);
}

/* ---- disagreements ---- */

struct dispute *named_dispute(const struct assessment *a, const struct event *event, char **cause)
{
    const char *id = event_text(event, "disagreement");
    struct dispute *dispute = dispute_find(a, id);
    if (!dispute)
        cause_set(cause, "there is no disagreement “%s”%s.", id ? id : "",
                  a->dispute_count ? "" : ": there is none at all yet");
    else if (dispute->d.state == STATE_WITHDRAWN) {
        cause_set(cause, "%s was taken back.", id);
        dispute = NULL;
    } else if (dispute->d.question >= 0 && item_is_gone(a, dispute->d.question)) {
        cause_set(cause, "%s is about a question that the form no longer has. It stays as it is.", id);
        dispute = NULL;
    }
    return dispute;
}

static bool may_raise(const struct assessment *a, const struct event *event, char **cause)
{
    if (!has_words(event, "because"))
        return cause_set(cause, "say in a few words what you see differently.");
    if (!word_known(event, "kind", kind_names, cause) || !may_be_about(a, event, cause))
        return false;
    if (event_text(event, "question")) {
        int item = named_question(a, event, cause);
        if (item < 0)
            return false;
        const struct dispute *dispute = dispute_about(a, item);
        if (dispute && disagreement_is_live(&dispute->d))
            return cause_set(cause, "there is an open disagreement about “%s” already: %s. Say it there.",
                             event_text(event, "question"), dispute->d.id);
    }
    const char *id = event_text(event, "disagreement");
    char *next = xasprintf("d%zu", a->dispute_count + 1);
    bool right = !id || strcmp(id, next) == 0;
    if (!right)
        cause_set(cause, "the next disagreement is %s, not %s.", next, id);
    free(next);
    return right;
}

/* The supervisor answers what was asked, with their name; the talk is the two people's. */
static bool may_answer_referred(const struct event *event, const struct dispute *dispute, char **cause)
{
    if (dispute->d.state != STATE_REFERRED)
        return cause_set(
            cause,
            "nobody is asked about %s as things stand (it stands as “%s”). The two have to put it "
            "forward first: to ask someone else.",
            dispute->d.id, state_names[dispute->d.state]);
    if (event_value(event, "heard") || event_text(event, "step") || event_text(event, "reason"))
        return cause_set(cause, "who is asked says their words (“text”) and their name, nothing else.");
    return (has_words(event, "text") || cause_set(cause, "there are no words in it.")) &&
           (has_words(event, "name") || cause_set(cause, "say who answers (“name”)."));
}

/* Why they changed their answer is said where they did. */
static bool may_say_moved(const struct assessment *a, const struct event *event, const struct disagreement *d,
                          char **cause)
{
    const char *step = event_text(event, "step");
    if (!step || strcmp(step, step_names[STEP_MOVED]) != 0 || d->question < 0)
        return true;
    return assessment_answer(a, d->question, event->by)->seq > d->opened ||
           cause_set(cause, "%s has not changed what they said there.", called(a, event->by));
}

static bool may_say(const struct assessment *a, const struct event *event, char **cause)
{
    const struct dispute *dispute = named_dispute(a, event, cause);
    if (!dispute)
        return false;
    if (event->by == SUPERVISOR)
        return may_answer_referred(event, dispute, cause);
    bool heard = event_value(event, "heard") != NULL;
    if (heard && (event_integer(event, "heard") < 1 || event_integer(event, "heard") > 5))
        return cause_set(cause, "“heard” is a number from 1 to 5.");
    if (!word_known(event, "step", step_names, cause) || !word_known(event, "reason", reason_names, cause))
        return false;
    if (!heard && !has_words(event, "text") && !event_text(event, "reason"))
        return cause_set(cause, "there are no words in it.");
    return may_say_moved(a, event, &dispute->d, cause);
}

static bool settling_may(const struct assessment *a, const struct event *event, const struct dispute *dispute,
                         char **cause)
{
    const struct disagreement *d = &dispute->d;
    const json_t *value = event_value(event, "value");
    switch (vocab_find(settle_names, event_text(event, "as"))) {
    case SETTLE_AGREE:
        if (d->question < 0)
            return !value || json_is_string(value) ||
                   cause_set(cause, "what is agreed here is put in words.");
        if (!value)
            return !dispute->rated || assessment_standing(a, d->question) == STANDING_SAME ||
                   cause_set(cause, "say which answer to agree on (“value”).");
        for (int party = 0; party < PARTIES; party++) {
            if (!question_asked_of(assessment_question(a, d->question), (enum who)party))
                return cause_set(cause, "only one of you is asked this: there is no answer to share.");
            if (!value_may(a, d->question, (enum who)party, value, cause))
                return false;
        }
        return true;
    case SETTLE_BOTH_STAND:
        if (dispute->rated && !both_answered(a, d->question))
            return cause_set(cause, "there are not two answers to keep: one of them was taken back.");
        if (dispute->rated && assessment_standing(a, d->question) == STANDING_SAME)
            return cause_set(cause, "your answers are the same now: there are not two to keep.");
        return true;
    case SETTLE_NEEDS_INFORMATION:
        if (!has_words(event, "what"))
            return cause_set(cause, "say what has to be found out (“what”).");
        return day_known(event, "by_when", cause);
    case SETTLE_REFERRED:
        return has_words(event, "asking") || cause_set(cause, "say what is to be asked (“asking”).");
    case SETTLE_STOPPED:
        return event->by == SERVICE_USER ||
               cause_set(cause, "leaving it is for %s to choose.", called(a, SERVICE_USER));
    }
    return word_known(event, "as", settle_names, cause);
}

static bool may_propose(const struct assessment *a, const struct event *event, char **cause)
{
    if (!event_text(event, "disagreement")) {
        int item = named_question(a, event, cause);
        if (item < 0 || !asked_now(a, item, event->by, cause))
            return false;
        const struct question *q = assessment_question(a, item);
        if (q->asked_of != TOGETHER)
            return cause_set(cause, "“%s” is not answered together: each gives an answer of their own.",
                             assessment_path(a, item));
        const json_t *value = event_value(event, "value");
        if (!value)
            return cause_set(cause, "say which answer is put forward (“value”).");
        return value_may(a, item, SERVICE_USER, value, cause) && warning_passed(a, item, event, cause);
    }
    struct dispute *dispute = named_dispute(a, event, cause);
    if (!dispute)
        return false;
    if (!disagreement_is_live(&dispute->d))
        return cause_set(cause, "%s is settled. Open it again first.", dispute->d.id);
    if (!event_text(event, "as"))
        return cause_set(cause, "say how to settle it (“as”).");
    if (event_value(event, "passed"))
        return cause_set(cause, "“passed” is for an answer of one's own: settling is a yes by both anyway.");
    return settling_may(a, event, dispute, cause);
}

static bool may_confirm(const struct assessment *a, const struct event *event, char **cause)
{
    const struct proposal *p = NULL;
    if (event_text(event, "disagreement")) {
        struct dispute *dispute = named_dispute(a, event, cause);
        if (!dispute)
            return false;
        p = &dispute->d.proposal;
        if (!disagreement_is_live(&dispute->d) || !p->seq)
            return cause_set(cause, "nothing lies on the table for %s: put something forward first.",
                             dispute->d.id);
        /* What is agreed on must still be possible. */
        if (p->as == SETTLE_AGREE && p->value && dispute->d.question >= 0) {
            for (int party = 0; party < PARTIES; party++) {
                if (!value_may(a, dispute->d.question, (enum who)party, p->value, cause))
                    return false;
            }
        }
    } else {
        int item = named_question(a, event, cause);
        if (item < 0)
            return false;
        p = &a->items[item].together;
        if (!p->seq)
            return cause_set(cause, "nothing lies on the table for “%s”: put an answer forward first.",
                             event_text(event, "question"));
        if (!asked_now(a, item, event->by, cause) ||
            (p->value && !value_may(a, item, SERVICE_USER, p->value, cause)))
            return false;
        if (assessment_question(a, item)->say_back && !said_back_since(a, item, p->seq))
            return cause_set(cause,
                             "first one of you says back what they heard. The other says if it is right.");
    }
    if (p->confirmed[event->by])
        return cause_set(cause, "%s has said yes already.", called(a, event->by));
    return true;
}

static bool may_reopen(const struct assessment *a, const struct event *event, char **cause)
{
    struct dispute *dispute = named_dispute(a, event, cause);
    if (!dispute)
        return false;
    return !disagreement_is_live(&dispute->d) || cause_set(cause, "%s is open.", dispute->d.id);
}

/* ---- the entries of repeats ---- */

static int named_repeat(const struct assessment *a, const struct event *event, char **cause)
{
    int item = named_question(a, event, cause);
    if (item < 0)
        return -1;
    const struct question *q = assessment_question(a, item);
    if (q->type != TYPE_REPEAT) {
        cause_set(cause, "“%s” is not a repeat: it has no entries.", assessment_path(a, item));
        return -1;
    }
    if (q->asked_of < PARTIES && q->asked_of != event->by) {
        cause_set(cause, "“%s” is for %s alone.", assessment_path(a, item), called(a, q->asked_of));
        return -1;
    }
    return item;
}

static bool may_add(const struct assessment *a, const struct event *event, char **cause)
{
    int repeat = named_repeat(a, event, cause);
    if (repeat < 0)
        return false;
    const struct question *q = assessment_question(a, repeat);
    if (!assessment_shown(a, repeat))
        return cause_set(cause, "“%s” is not asked as things stand.", assessment_path(a, repeat));
    if (assessment_entries(a, repeat) >= (size_t)q->max_count)
        return cause_set(cause, "There are %d already, and no more can be added.", q->max_count);
    if (!entry_has_items(a, repeat))
        return cause_set(cause, "There are so many entries by now that one assessment can hold no more.");
    if (event_integer(event, "entry") != assessment_next_entry(a))
        return cause_set(cause, "the next entry is number %d.", assessment_next_entry(a));
    const char *about = event_text(event, "about");
    if (about && !q->attachable)
        return cause_set(cause, "an entry of “%s” is not about a question: it is not “attachable”.",
                         assessment_path(a, repeat));
    if (about && assessment_find(a, about) < 0) {
        no_such_item(a, about, cause);
        return false;
    }
    return true;
}

/* The entry that an event names by a key; NULL and a cause. */
static const struct entry *named_entry(const struct assessment *a, const struct event *event, const char *key,
                                       int repeat, char **cause)
{
    long number = event_integer(event, key);
    const struct entry *entry = assessment_entry_numbered(a, number);
    if (entry && entry->repeat == repeat && entry->in)
        return entry;
    cause_set(cause, "there is no entry %ld in “%s”.", number, assessment_path(a, repeat));
    return NULL;
}

static bool may_move(const struct assessment *a, const struct event *event, char **cause)
{
    int repeat = named_repeat(a, event, cause);
    const struct entry *entry = repeat < 0 ? NULL : named_entry(a, event, "entry", repeat, cause);
    if (!entry || !event_value(event, "before"))
        return entry != NULL;
    const struct entry *next = named_entry(a, event, "before", repeat, cause);
    return next && (next != entry || cause_set(cause, "an entry cannot stand before itself."));
}

static bool may_remove(const struct assessment *a, const struct event *event, char **cause)
{
    int repeat = named_repeat(a, event, cause);
    const struct entry *entry = repeat < 0 ? NULL : named_entry(a, event, "entry", repeat, cause);
    if (!entry)
        return false;
    return !entry->out[event->by] || cause_set(cause, "%s has said so already: it goes when %s says so too.",
                                               called(a, event->by), called(a, who_other(event->by)));
}

/* ---- the rest ---- */

/* Where it is there: a text for each party? */
static bool is_by_party(const struct event *event, const char *key)
{
    const char *party;
    json_t *text;
    json_object_foreach(event_value(event, key), party, text)
    {
        int who = vocab_find(who_names, party);
        if (who < 0 || who >= PARTIES || !json_is_string(text))
            return false;
    }
    return true;
}

bool people_fit(const struct event *event, char **cause)
{
    const char *party;
    json_t *name;
    json_object_foreach(event_value(event, "people"), party, name)
    {
        int who = vocab_find(who_names, party);
        if (who < 0 || who >= PARTIES || !json_is_string(name))
            return cause_set(cause, "“people” gives the names of practitioner and service_user.");
    }
    if (!is_by_party(event, "pronouns") || !is_by_party(event, "languages"))
        return cause_set(cause, "“pronouns” and “languages” give a text for practitioner and service_user.");
    json_t *left = json_object_get(event_value(event, "seats"), "left");
    int who = left && json_is_string(left) ? vocab_find(who_names, json_string_value(left)) : -1;
    if (left && (who < 0 || who >= PARTIES))
        return cause_set(cause, "“seats” says who sits left: practitioner or service_user.");
    return true;
}

static bool may_sit(const struct assessment *a, const struct event *event, char **cause)
{
    if (!people_fit(event, cause))
        return false;
    json_t *agenda = event_value(event, "agenda");
    for (size_t i = 0; i < json_array_size(agenda); i++) {
        const char *name_of = json_string_value(json_array_get(agenda, i));
        bool found = false;
        for (int s = 0; s < a->form->section_count && name_of; s++)
            found |= strcmp(a->form->sections[s].name, name_of) == 0;
        if (!found)
            return cause_set(cause, "“agenda” names the sections of the form; “%s” is none.",
                             name_of ? name_of : "?");
    }
    return true;
}

static bool may_stop(const struct assessment *a, const struct event *event, char **cause)
{
    return !event_text(event, "question") || named_question(a, event, cause) >= 0;
}

static bool may_note(const struct assessment *a, const struct event *event, char **cause)
{
    if (event_text(event, "question") && named_question(a, event, cause) < 0)
        return false;
    if (event_value(event, "come_back"))
        return event_text(event, "question") ||
               cause_set(cause, "“come_back” is about a question: say which (“question”).");
    return has_words(event, "text") || cause_set(cause, "there are no words in it.");
}

static bool may_state(const struct assessment *a, const struct event *event, char **cause)
{
    if (!may_be_about(a, event, cause))
        return false;
    return (has_words(event, "text") || cause_set(cause, "there are no words in it.")) &&
           day_known(event, "by_when", cause);
}

static bool may_keep(const struct assessment *a, const struct event *event, char **cause)
{
    const struct event *promise = assessment_event_numbered(a, event_integer(event, "promise"));
    if (!promise || promise->kind != EVENT_PROMISED)
        return cause_set(cause, "entry %ld is not a promise.", event_integer(event, "promise"));
    return !assessment_is_undone(a, promise->seq) ||
           cause_set(cause, "entry %ld was taken back.", promise->seq);
}

static bool may_sign(const struct assessment *a, const struct event *event, char **cause)
{
    if (event_value(event, "of")) {
        const struct event *target = assessment_event_numbered(a, event_integer(event, "of"));
        const struct happened_kind *kind =
            target && target->kind == EVENT_HAPPENED ? happened_kind_of(target) : NULL;
        if (!kind || !kind->both_sign || assessment_is_undone(a, target->seq))
            return cause_set(cause, "entry %ld is nothing that is signed.", event_integer(event, "of"));
    }
    if (json_is_true(event_value(event, "refused")))
        return true;
    return has_words(event, "name") || cause_set(cause, "signing is typing your name.");
}

static bool (*const rules[EVENT_UNKNOWN + 1])(const struct assessment *, const struct event *, char **) = {
    [EVENT_OPENED] = may_open,
    [EVENT_SAT] = may_sit,
    [EVENT_PAUSED] = may_stop,
    [EVENT_ANSWERED] = may_answer,
    [EVENT_DECLINED] = may_decline,
    [EVENT_CLEARED] = may_clear,
    [EVENT_RAISED] = may_raise,
    [EVENT_SAID] = may_say,
    [EVENT_PROPOSED] = may_propose,
    [EVENT_CONFIRMED] = may_confirm,
    [EVENT_REOPENED] = may_reopen,
    [EVENT_UNDONE] = may_undo,
    [EVENT_NOTED] = may_note,
    [EVENT_PROMISED] = may_state,
    [EVENT_STATEMENT] = may_state,
    [EVENT_KEPT] = may_keep,
    [EVENT_SIGNED] = may_sign,
    [EVENT_ADDED] = may_add,
    [EVENT_MOVED] = may_move,
    [EVENT_REMOVED] = may_remove,
    [EVENT_UPGRADED] = may_upgrade,
    [EVENT_TOLD] = may_tell,
    [EVENT_SAID_BACK] = may_say_back,
    [EVENT_MARKED] = may_mark,
    [EVENT_REFRAMED] = may_reframe,
    [EVENT_OFFERED] = may_offer,
    [EVENT_TAKEN] = may_take,
    [EVENT_HAPPENED] = may_happen,
    [EVENT_CAME_OF_IT] = may_come_of,
    [EVENT_SHARED] = may_share,
    [EVENT_COPIED] = may_copy,
    [EVENT_CLOSED] = may_close,
    [EVENT_COMMENTED] = may_comment,
    [EVENT_ACKNOWLEDGED] = may_acknowledge,
    [EVENT_REFLECTED] = may_learn,
    [EVENT_LESSON] = may_learn,
    [EVENT_COUNTERSIGNED] = may_countersign,
    [EVENT_HANDED_OVER] = may_hand_over,
};

/* Does the event say what was owed? Keys that it has besides (a newer version's) are its own. */
static bool is_owed(json_t *owed, const struct event *event, char **cause)
{
    const char *key;
    json_t *value;
    json_object_foreach(owed, key, value)
    {
        if (json_equal(value, json_object_get(event->body, key)))
            continue;
        char *should = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
        bool other = strcmp(key, "event") == 0 || strcmp(key, "by") == 0;
        cause_set(cause,
                  other ? "the rules call for an entry with “%s” %s here." : "by the rules its “%s” is %s.",
                  key, should);
        free(should);
        return false;
    }
    return true;
}

static bool follows(const struct assessment *a, const struct event *event, char **cause)
{
    if (event->kind == EVENT_RECOVERED || event->kind == EVENT_UNKNOWN)
        return true;
    json_t *owed = assessment_owed(a);
    if (owed) {
        bool right = is_owed(owed, event, cause);
        json_decref(owed);
        return right;
    }
    if (event->by == ALONGSIDE && event->kind != EVENT_OPENED)
        return cause_set(cause, "“%s” by the program is called for by no rule here.",
                         event_table[event->kind].name);
    if (event->kind == EVENT_ANSWERED && event->by == TOGETHER)
        return cause_set(cause, "an answer given together follows when both have said yes to it.");
    return !rules[event->kind] || rules[event->kind](a, event, cause);
}

bool assessment_follows(const struct assessment *a, const struct event *event, char **cause)
{
    time_t before = clock_fix_at(event->at);
    bool may = follows(a, event, cause);
    clock_fix(before);
    return may;
}

void assessment_complete(const struct assessment *a, json_t *intent)
{
    const char *name = json_string_value(json_object_get(intent, "event"));
    const char *by = json_string_value(json_object_get(intent, "by"));
    int who = by ? vocab_find(who_names, by) : -1;
    if (!name || who < 0)
        return;
    if (strcmp(name, "handed_over") == 0 && !json_object_get(intent, "from"))
        json_object_set_new(intent, "from", json_string(supervision_lead(a).name));
    if (who >= PARTIES)
        return;
    if (strcmp(name, "undone") == 0 && !json_object_get(intent, "of")) {
        long of = assessment_undoable(a, (enum who)who);
        json_object_set_new(intent, "of", json_integer(of));
    }
    if (json_object_get(intent, "passed")) {
        const char *path = json_string_value(json_object_get(intent, "question"));
        int item = path ? assessment_find(a, path) : -1;
        enum who slot = item >= 0 ? slot_of(assessment_question(a, item), (enum who)who) : TOGETHER;
        char *warning =
            item >= 0 ? assessment_warning(a, item, slot, json_object_get(intent, "value")) : NULL;
        if (item >= 0 && !warning)
            json_object_del(intent, "passed"); /* there was nothing to pass */
        free(warning);
    }
    if (strcmp(name, "raised") == 0 && !json_object_get(intent, "disagreement"))
        json_object_set_new(intent, "disagreement", json_sprintf("d%zu", a->dispute_count + 1));
    if (strcmp(name, "added") == 0 && !json_object_get(intent, "entry"))
        json_object_set_new(intent, "entry", json_integer(assessment_next_entry(a)));
    if (strcmp(name, "upgraded") == 0)
        upgrade_complete(intent);
}
