/* What an assessment has from the one it follows, handed on in the event `opened`: the answers that one had
 * in the end, and the entries of repeats that go on. The answers are no answers here. They are shown beside
 * the question; some are what one starts from, and of a question that is only shown they are all there is.
 * The entries are entries here, numbered anew from 1, each after the one it stands in. */
#include "assessment/internal.h"

#include "assessment/answer.h"
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

/* ---- handing on ---- */

/* What is being handed on. */
struct handing {
    const struct assessment *before;
    const struct form *form;
    int *number; /* the new number of each entry before, from 1; 0: it does not go on */
    int count;
    json_t *last, *entries;
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

static void hand_answers_on(struct handing *h, int item)
{
    char *path = new_path(h, item);
    const struct question *q =
        path ? &h->form->questions[form_find(h->form, assessment_question(h->before, item)->name)] : NULL;
    json_t *answers = json_object();
    for (int who = PRACTITIONER; q && question_is_answered(q) && who <= TOGETHER; who++) {
        const json_t *value = assessment_answer(h->before, item, (enum who)who)->value;
        if (assessment_question(h->before, item)->read_only) /* it had it from one before in its turn */
            value = assessment_last(h->before, item, (enum who)who);
        if (value && slot_goes_on(q, (enum who)who) && answer_fits(q, value, NULL))
            json_object_set(answers, who_names[who], (json_t *)value);
    }
    if (json_object_size(answers) > 0)
        json_object_set(h->last, path, answers);
    json_decref(answers);
    free(path);
}

void assessment_hand_on(const struct assessment *before, const struct form *form, json_t *opened)
{
    struct handing h = {.before = before, .form = form, .last = json_object(), .entries = json_array()};
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
    if (json_array_size(h.entries) > 0)
        json_object_set(opened, "entries", h.entries);
    json_decref(h.entries);
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

bool may_open(const struct assessment *a, const struct event *event, char **cause)
{
    if (a->event_count > 0)
        return cause_set(cause, "a record is opened once.");
    if (!event_value(event, "follows") && (event_value(event, "last") || event_value(event, "entries")))
        return cause_set(cause, "it has answers of last time (“last”, “entries”), and follows no record.");
    struct assessment *trial = assessment_new(a->form);
    bool fits = take_entries(trial, event_value(event, "entries"), cause) &&
                last_fits(trial, event_value(event, "last"), cause);
    assessment_free(trial);
    return fits;
}
