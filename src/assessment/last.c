/* What an assessment has from the one it follows: the answers that one had in the end, handed on in the event
 * `opened`. They are no answers here. They are shown beside the question; some are what one starts from, and
 * of a question that is only shown they are all there is. Answers in entries of repeats are not handed on: an
 * entry is a thing of its own record. */
#include "assessment/internal.h"

#include "assessment/answer.h"
#include "base/cause.h"
#include "base/vocab.h"

#include <string.h>

const json_t *assessment_last(const struct assessment *a, int item, enum who who)
{
    if (a->event_count == 0 || who > TOGETHER || a->items[item].entry >= 0)
        return NULL;
    const struct question *q = a->items[item].q;
    const json_t *answers = json_object_get(event_value(&a->events[0], "last"), q->name);
    const json_t *value = json_object_get(answers, who_names[who]);
    return value && question_is_answered(q) && slot_goes_on(q, who) && answer_fits(q, value, NULL) ? value
                                                                                                   : NULL;
}

json_t *assessment_hand_on(const struct assessment *before, const struct form *form)
{
    json_t *last = json_object();
    for (int i = 0; i < form->count; i++) {
        const struct question *q = &form->questions[i];
        int item = q->repeat < 0 && question_is_answered(q) ? assessment_find(before, q->name) : -1;
        json_t *answers = json_object();
        for (int who = PRACTITIONER; item >= 0 && who <= TOGETHER; who++) {
            const json_t *value = assessment_answer(before, item, (enum who)who)->value;
            if (assessment_question(before, item)->read_only) /* it had it from one before in its turn */
                value = assessment_last(before, item, (enum who)who);
            if (value && slot_goes_on(q, (enum who)who) && answer_fits(q, value, NULL))
                json_object_set(answers, who_names[who], (json_t *)value);
        }
        if (json_object_size(answers) > 0)
            json_object_set(last, q->name, answers);
        json_decref(answers);
    }
    return last;
}

void fold_opened(struct assessment *a, const struct event *event)
{
    (void)event;
    for (int item = 0; item < a->item_count; item++) {
        if (!a->items[item].q->read_only || !question_is_answered(a->items[item].q))
            continue;
        for (int slot = 0; slot < SLOTS; slot++)
            slot_refresh(a, item, (enum who)slot);
        derive_from(a, item);
    }
}

bool may_open(const struct assessment *a, const struct event *event, char **cause)
{
    if (a->event_count > 0)
        return cause_set(cause, "a record is opened once.");
    const char *name, *party;
    json_t *answers, *value;
    if (event_value(event, "last") && !event_value(event, "follows"))
        return cause_set(cause, "it has answers of last time (“last”), and follows no record.");
    json_object_foreach(event_value(event, "last"), name, answers)
    {
        int item = assessment_find(a, name);
        if (item < 0)
            return cause_set(cause, "“last” has answers to “%s”, which is no question.", name);
        json_object_foreach(answers, party, value)
        {
            const struct question *q = assessment_question(a, item);
            int who = vocab_find(who_names, party);
            if (who < 0 || who > TOGETHER || !slot_goes_on(q, (enum who)who) || !answer_fits(q, value, NULL))
                return cause_set(cause, "“last” has an answer by “%s” to “%s” that cannot be one.", party,
                                 name);
        }
    }
    return true;
}
