/* What an assessment has from the one it follows, handed on in the event `opened`: the answers that one had
 * in the end, and the entries of repeats that go on. The answers are no answers here. They are shown beside
 * the question, with the reasons; some are what one starts from, and of a question that is only shown they
 * are all there is. Where both views stood, what was said then goes on too.
 * The entries are entries here, numbered anew from 1, each after the one it stands in. */
#include "assessment/internal.h"

#include "assessment/answer.h"
#include "assessment/supervision.h"
#include "base/cause.h"
#include "base/mem.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

const json_t *assessment_last(const struct assessment *a, int item, enum who who)
{
    if (a->event_count == 0 || who > TOGETHER)
        return NULL;
    const struct question *q = a->items[item].q;
    const json_t *answers = json_object_get(event_value(&a->events[0], "last"), assessment_path(a, item));
    const json_t *value = json_object_get(answers, who_names[who]);
    return value && question_is_answered(q) && slot_goes_on(q, who) && answer_fits(q, value, NULL) ? value
                                                                                                   : NULL;
}

static const json_t *opened_with(const struct assessment *a, const char *key, int item)
{
    return a->event_count == 0 ? NULL
                               : json_object_get(event_value(&a->events[0], key), assessment_path(a, item));
}

const char *assessment_last_because(const struct assessment *a, int item, enum who who)
{
    return assessment_last(a, item, who)
               ? json_string_value(json_object_get(opened_with(a, "last_because", item), who_names[who]))
               : NULL;
}

bool assessment_had_last(const struct assessment *a, int item)
{
    bool had = false;
    for (int who = PRACTITIONER; who <= TOGETHER; who++)
        had |= assessment_last(a, item, (enum who)who) != NULL;
    return had;
}

bool assessment_both_stood(const struct assessment *a, int item)
{
    return assessment_last(a, item, PRACTITIONER) && assessment_last(a, item, SERVICE_USER) &&
           opened_with(a, "stood", item);
}

size_t assessment_stood(const struct assessment *a, int item)
{
    return assessment_both_stood(a, item) ? json_array_size(opened_with(a, "stood", item)) : 0;
}

enum who assessment_stood_said(const struct assessment *a, int item, size_t i, const char **text)
{
    const json_t *said = json_array_get(opened_with(a, "stood", item), i);
    const char *by = json_string_value(json_object_get(said, "by")),
               *words = json_string_value(json_object_get(said, "text"));
    int who = by ? vocab_find(who_names, by) : -1;
    *text = words ? words : "";
    return who < 0 ? ALONGSIDE : (enum who)who; /* by a hand */
}

/* ---- handing on ---- */

/* What is being handed on. */
struct handing {
    const struct assessment *before;
    const struct form *form;
    int *number; /* the new number of each entry before, from 1; 0: it does not go on */
    int count;
    json_t *last, *because, *stood, *entries;
};

/* What an item before is called from now on; NULL where it is not there any more. The caller frees it. */
static char *new_path(const struct handing *h, int item)
{
    const struct question *q = assessment_question(h->before, item);
    const struct entry *entry = assessment_entry_of(h->before, item);
    int question = form_find(h->form, q->name);
    if (question < 0 || (h->form->questions[question].repeat >= 0) != (entry != NULL))
        return NULL;
    if (!entry)
        return xstrdup(q->name);
    const struct question *repeat = &h->form->questions[h->form->questions[question].repeat];
    bool same = strcmp(repeat->name, assessment_question(h->before, entry->repeat)->name) == 0;
    return same && h->number[entry->number - 1] ? xasprintf("%s#%d", q->name, h->number[entry->number - 1])
                                                : NULL;
}

static void hand_entries_on(struct handing *h, int repeat)
{
    char *path = new_path(h, repeat);
    int question = path ? form_find(h->form, assessment_question(h->before, repeat)->name) : -1;
    const struct question *q = question < 0 ? NULL : &h->form->questions[question];
    if (q && q->type == TYPE_REPEAT && q->carry_over) {
        for (size_t i = 0; i < assessment_entries(h->before, repeat) && i < (size_t)q->max_count; i++) {
            const struct entry *entry = assessment_entry(h->before, repeat, i);
            char *about = entry->about >= 0 && q->attachable ? new_path(h, entry->about) : NULL;
            h->number[entry->number - 1] = ++h->count;
            json_array_append_new(h->entries, json_pack("{s:s, s:s, s:s*}", "question", path, "by",
                                                        who_names[entry->by], "about", about));
            free(about);
        }
    }
    free(path);
}

/* What the two said where both views stood: their words, in order, as texts by each. */
static void hand_words_on(struct handing *h, int item, const char *path)
{
    const struct assessment *a = h->before;
    const struct disagreement *d = assessment_disagreement_about(a, item);
    if (!d || d->state != STATE_RESOLVED || d->outcome != OUTCOME_BOTH_STAND)
        return;
    json_t *words = json_array();
    for (size_t i = 0; i < d->turn_count; i++) {
        const struct event *event = assessment_event_numbered(a, d->turns[i]);
        bool said = event->kind == EVENT_SAID || event->kind == EVENT_RAISED ||
                    event->kind == EVENT_PROPOSED || event->kind == EVENT_REOPENED;
        const char *text = event_text(event, event->kind == EVENT_SAID ? "text" : "because");
        if (said && text && *text && event->by < ALONGSIDE && !assessment_is_undone(a, event->seq))
            json_array_append_new(words, json_pack("{s:s, s:s}", "by", who_names[event->by], "text", text));
    }
    /* That both stood is to be seen also where nobody said a word about it. */
    json_object_set_new(h->stood, path, words);
}

/* Its reason, or the one that was handed on to it in its turn where it is only shown. */
static const char *reason_of(const struct assessment *a, int item, enum who who)
{
    return assessment_question(a, item)->read_only ? assessment_last_because(a, item, who)
                                                   : assessment_answer(a, item, who)->because;
}

static void hand_answers_on(struct handing *h, int item)
{
    char *path = new_path(h, item);
    const struct question *q =
        path ? &h->form->questions[form_find(h->form, assessment_question(h->before, item)->name)] : NULL;
    json_t *answers = json_object(), *reasons = json_object();
    /* One answer that waited for the other's is not for the other to see: it does not go on. */
    if (!assessment_revealed(h->before, item))
        q = NULL;
    for (int who = PRACTITIONER; q && question_is_answered(q) && who <= TOGETHER; who++) {
        const json_t *value = assessment_answer(h->before, item, (enum who)who)->value;
        if (assessment_question(h->before, item)->read_only) /* it had it from one before in its turn */
            value = assessment_last(h->before, item, (enum who)who);
        const char *because = reason_of(h->before, item, (enum who)who);
        if (value && slot_goes_on(q, (enum who)who) && answer_fits(q, value, NULL)) {
            json_object_set(answers, who_names[who], (json_t *)value);
            if (because)
                json_object_set_new(reasons, who_names[who], json_string(because));
        }
    }
    if (json_object_size(answers) > 0)
        json_object_set(h->last, path, answers);
    if (json_object_size(reasons) > 0)
        json_object_set(h->because, path, reasons);
    if (json_object_get(answers, who_names[PRACTITIONER]) &&
        json_object_get(answers, who_names[SERVICE_USER]))
        hand_words_on(h, item, path);
    json_decref(answers);
    json_decref(reasons);
    free(path);
}

/* Put it in where there is anything in it. */
static void put_some(json_t *opened, const char *key, json_t *value)
{
    if (json_object_size(value) > 0 || json_array_size(value) > 0)
        json_object_set(opened, key, value);
    json_decref(value);
}

/* Who they are and where they sat: what the first sitting starts from. */
static void hand_people_on(const struct assessment *a, json_t *opened)
{
    json_t *people = json_object(), *pronouns = json_object();
    for (int party = 0; party < PARTIES; party++) {
        if (a->name[party])
            json_object_set_new(people, who_names[party], json_string(a->name[party]));
        if (*assessment_pronouns(a, (enum who)party))
            json_object_set_new(pronouns, who_names[party],
                                json_string(assessment_pronouns(a, (enum who)party)));
    }
    put_some(opened, "people", people);
    /* Who leads goes on too, once it is not simply the practitioner. */
    struct lead lead = supervision_lead(a);
    if (lead.handed_over || event_text(assessment_event(a, 0), "lead"))
        json_object_set_new(opened, "lead", json_string(lead.name));
    put_some(opened, "pronouns", pronouns);
    if (assessment_sittings(a) > 0 || a->left != PRACTITIONER)
        json_object_set_new(opened, "seats", json_pack("{s:s}", "left", who_names[a->left]));
}

void assessment_hand_on(const struct assessment *before, const struct form *form, json_t *opened)
{
    struct handing h = {.before = before,
                        .form = form,
                        .last = json_object(),
                        .because = json_object(),
                        .stood = json_object(),
                        .entries = json_array()};
    h.number = xcalloc((size_t)assessment_next_entry(before), sizeof *h.number);
    /* In their order, an entry comes before what is in it. */
    for (int place = 0; place < assessment_count(before); place++) {
        int item = assessment_at(before, place);
        if (assessment_question(before, item)->type == TYPE_REPEAT)
            hand_entries_on(&h, item);
        else if (question_is_answered(assessment_question(before, item)))
            hand_answers_on(&h, item);
    }
    free(h.number);
    json_object_set_new(opened, "last", h.last);
    put_some(opened, "last_because", h.because);
    put_some(opened, "stood", h.stood);
    put_some(opened, "entries", h.entries);
    hand_people_on(before, opened);
}

/* ---- taking over ---- */

/* Add an entry as the list has it; false and a cause where it cannot be one. */
static bool take_entry(struct assessment *a, const json_t *entry, char **cause)
{
    const char *path = json_string_value(json_object_get(entry, "question"));
    const char *by = json_string_value(json_object_get(entry, "by"));
    const char *about = json_string_value(json_object_get(entry, "about"));
    int repeat = path ? assessment_find(a, path) : -1, who = by ? vocab_find(who_names, by) : -1;
    if (repeat < 0 || a->items[repeat].q->type != TYPE_REPEAT || who < 0 || who >= PARTIES)
        return cause_set(cause, "“entries” has one of “%s” by “%s”, which cannot be.", path ? path : "",
                         by ? by : "");
    return entry_add(a, 1, (enum who)who, repeat, about) ||
           cause_set(cause, "“entries” has more of them than one assessment can hold.");
}

static bool take_entries(struct assessment *a, const json_t *entries, char **cause)
{
    enum { MOST_ENTRIES = 5000 }; /* in all; more is no case that two people sat over */
    bool taken = json_array_size(entries) <= MOST_ENTRIES ||
                 cause_set(cause, "“entries” has %zu of them: more than %d cannot go on.",
                           json_array_size(entries), MOST_ENTRIES);
    for (size_t i = 0; taken && i < json_array_size(entries); i++)
        taken = take_entry(a, json_array_get(entries, i), cause);
    return taken;
}

void fold_opened(struct assessment *a, const struct event *event)
{
    take_entries(a, event_value(event, "entries"), NULL);
    people_take(a, event);
    /* Each repeat once, an outer one before those in it. */
    for (int i = 0; i < a->entry_count; i++) {
        if (a->items[a->entries[i].repeat].structure_count == 0)
            entries_by(a, a->entries[i].repeat, event->seq);
    }
    for (int item = 0; item < a->item_count; item++) {
        if (!a->items[item].q->read_only || !question_is_answered(a->items[item].q))
            continue;
        for (int slot = 0; slot < SLOTS; slot++)
            slot_refresh(a, item, (enum who)slot);
        derive_from(a, item);
    }
}

/* Answers of last time, by the paths that the entries make. */
static bool last_fits(const struct assessment *a, json_t *last, char **cause)
{
    const char *path, *party;
    json_t *answers, *value;
    json_object_foreach(last, path, answers)
    {
        int item = assessment_find(a, path);
        if (item < 0)
            return cause_set(cause, "“last” has answers to “%s”, which is no question.", path);
        json_object_foreach(answers, party, value)
        {
            const struct question *q = assessment_question(a, item);
            int who = vocab_find(who_names, party);
            if (who < 0 || who > TOGETHER || !slot_goes_on(q, (enum who)who) || !answer_fits(q, value, NULL))
                return cause_set(cause, "“last” has an answer by “%s” to “%s” that cannot be one.", party,
                                 path);
        }
    }
    return true;
}

/* Reasons, each of an answer that is there. */
static bool reasons_fit(json_t *reasons, const json_t *last, char **cause)
{
    const char *path, *party;
    json_t *of, *text;
    json_object_foreach(reasons, path, of)
    {
        json_object_foreach(of, party, text)
        {
            if (!json_is_string(text) || !json_object_get(json_object_get(last, path), party))
                return cause_set(cause, "“last_because” has a reason of “%s” to “%s” that is none.", party,
                                 path);
        }
    }
    return true;
}

/* What was said, each a text by somebody, about a question that both had answered. */
static bool stood_fits(json_t *stood, const json_t *last, char **cause)
{
    const char *path;
    json_t *words;
    json_object_foreach(stood, path, words)
    {
        const json_t *answers = json_object_get(last, path);
        bool fits = json_is_array(words) && json_object_get(answers, who_names[PRACTITIONER]) &&
                    json_object_get(answers, who_names[SERVICE_USER]);
        for (size_t i = 0; fits && i < json_array_size(words); i++) {
            const json_t *said = json_array_get(words, i);
            const char *by = json_string_value(json_object_get(said, "by"));
            int who = by ? vocab_find(who_names, by) : -1;
            fits = who >= 0 && who < ALONGSIDE && json_is_string(json_object_get(said, "text"));
        }
        if (!fits)
            return cause_set(cause, "“stood” has words about “%s” that cannot be.", path);
    }
    return true;
}

/* What only a record that follows another can have. */
static const char *const handed_on[] = {"last",   "last_because", "stood", "entries",
                                        "people", "pronouns",     "seats", NULL};

bool may_open(const struct assessment *a, const struct event *event, char **cause)
{
    if (a->event_count > 0)
        return cause_set(cause, "a record is opened once.");
    for (size_t i = 0; handed_on[i] && !event_value(event, "follows"); i++) {
        if (event_value(event, handed_on[i]))
            return cause_set(cause, "it has something of last time (“%s”), and follows no record.",
                             handed_on[i]);
    }
    struct assessment *trial = assessment_new(a->form);
    bool fits = take_entries(trial, event_value(event, "entries"), cause) &&
                last_fits(trial, event_value(event, "last"), cause) &&
                reasons_fit(event_value(event, "last_because"), event_value(event, "last"), cause) &&
                stood_fits(event_value(event, "stood"), event_value(event, "last"), cause) &&
                people_fit(event, cause);
    assessment_free(trial);
    return fits;
}
