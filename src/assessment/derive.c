/* What follows from the answers: relevance and calculations, for each party, kept up to date by need.
 *
 * The form gives every question a rank such that it stands after all it reads. When an answer changes, what
 * reads it goes into a heap ordered by rank; each is derived once, when all before it is settled, and only a
 * result that changed spreads further. So an answer costs what hangs on it, not what the form holds. The few
 * that ask for the day or the time are derived again with each event, as of then: what they give follows from
 * the record alone, whenever it is read. */
#include "assessment/internal.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/vocab.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what an expression sees ---- */

struct view {
    const struct assessment *a;
    enum who who; /* a party, or TOGETHER: what is agreed */
    const struct choice *choice;
};

static bool dealt_with(const struct slot *slot)
{
    return slot->answer.value || slot->answer.missing != MISSING_NONE;
}

/* ${q} for a party: the agreed answer if there is one, else their own, else (not asked, not answered) the
 * other's. */
static const struct value *own_value(const struct assessment *a, int question, enum who who)
{
    static const struct value nothing;
    const struct case_question *c = &a->questions[question];
    const struct question *q = &a->form->questions[question];
    if (who == TOGETHER ? !assessment_shown(a, question) : !c->relevant[who])
        return &nothing;
    if (q->type == TYPE_CALCULATE)
        return &c->calculated[who];
    if (q->asked_of == TOGETHER)
        return &c->slot[TOGETHER].value;
    if (who == TOGETHER) {
        if (!assessment_agreed(a, question))
            return &nothing;
        return &c->slot[c->slot[PRACTITIONER].answer.value ? PRACTITIONER : SERVICE_USER].value;
    }
    return dealt_with(&c->slot[who]) ? &c->slot[who].value : &c->slot[who_other(who)].value;
}

static struct value read_two(const struct assessment *a, int question, enum reading reading, enum who view)
{
    const struct case_question *c = &a->questions[question];
    const struct question *q = &a->form->questions[question];
    const struct answer *p = &c->slot[PRACTITIONER].answer, *s = &c->slot[SERVICE_USER].answer;
    bool both = p->value && s->value && assessment_shown(a, question);
    switch (reading) {
    case READ_DIFFERS:
        return value_of_boolean(both && answer_differs(q, p->value, s->value));
    case READ_GAP:
        return value_of_number(both ? answer_gap(q, p->value, s->value) : NAN);
    default: /* READ_MISSING */
        return value_of_string(missing_names[c->slot[view].answer.missing]);
    }
}

static void answer_of(void *context, int question, enum reading reading, struct value *out)
{
    const struct view *view = context;
    switch (reading) {
    case READ_OWN:
        *out = value_copy(own_value(view->a, question, view->who));
        break;
    case READ_PRACTITIONER:
    case READ_SERVICE_USER: {
        enum who who = reading == READ_PRACTITIONER ? PRACTITIONER : SERVICE_USER;
        const struct case_question *c = &view->a->questions[question];
        bool calculated = view->a->form->questions[question].type == TYPE_CALCULATE;
        if (c->relevant[who])
            *out = value_copy(calculated ? &c->calculated[who] : &c->slot[who].value);
        break;
    }
    case READ_AGREED:
        *out = value_copy(own_value(view->a, question, TOGETHER));
        break;
    default:
        *out = read_two(view->a, question, reading, view->who);
        break;
    }
}

static const char *label_of(void *context, int question, const char *name)
{
    const struct view *view = context;
    const struct choice *choice = question_choice(&view->a->form->questions[question], name);
    return choice ? wording(choice->label, view->who, 0) : NULL;
}

static void key_of(void *context, const char *name, struct value *out)
{
    const struct view *view = context;
    if (!view->choice)
        return;
    if (strcmp(name, "name") == 0) {
        *out = value_of_string(view->choice->name);
        return;
    }
    for (size_t i = 0; i < view->choice->keys; i++) {
        if (strcmp(view->choice->key_names[i], name) == 0)
            *out = value_of_string(view->choice->key_values[i]);
    }
}

bool derive_eval(const struct assessment *a, const struct expr *expr, enum who view, const struct value *self,
                 const struct choice *choice, struct value *out, char **cause)
{
    struct view context = {a, view, choice};
    const struct expr_env env = {answer_of, label_of, key_of, self, &context};
    return expr_eval(expr, &env, out, cause);
}

/* ---- deriving ---- */

static bool relevant_now(const struct assessment *a, const struct question *q, enum who party)
{
    if (q->parent >= 0 && !a->questions[q->parent].relevant[party])
        return false;
    if (!q->relevant)
        return true;
    struct value result = {0};
    /* One that cannot be worked out hides nothing. */
    bool relevant = !derive_eval(a, q->relevant, party, NULL, NULL, &result, NULL) || value_boolean(&result);
    value_release(&result);
    return relevant;
}

/* What once() gives again. Before the record was opened there was nothing, and NaN is no result to keep. */
static const struct value *kept_for_once(const struct assessment *a, const struct value *calculated)
{
    bool nothing = a->event_count <= 1 || (calculated->type == VALUE_NUMBER && isnan(calculated->number));
    return nothing ? NULL : calculated;
}

/* Derive one question again; true where anything about it changed. */
static bool derive(struct assessment *a, int question)
{
    const struct question *q = &a->form->questions[question];
    struct case_question *c = &a->questions[question];
    bool changed = false;
    for (int party = 0; party < PARTIES; party++) {
        bool relevant = relevant_now(a, q, (enum who)party);
        changed |= relevant != c->relevant[party];
        c->relevant[party] = relevant;
    }
    for (int view = 0; view < SLOTS && q->calculation; view++) {
        struct value result = {0};
        const struct value *kept = kept_for_once(a, &c->calculated[view]);
        if (!derive_eval(a, q->calculation, (enum who)view, kept, NULL, &result, NULL)) {
            value_release(&result);
            result = value_of_string(NULL);
        }
        if (value_same(&result, &c->calculated[view])) {
            value_release(&result);
            continue;
        }
        value_release(&c->calculated[view]);
        c->calculated[view] = result;
        changed = true;
    }
    return changed;
}

static void push(struct assessment *a, int question)
{
    struct case_question *c = &a->questions[question];
    if (c->queued)
        return;
    c->queued = true;
    int rank = a->form->rank[question], i = a->queue_count++;
    while (i > 0 && a->queue[(i - 1) / 2] > rank) {
        a->queue[i] = a->queue[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    a->queue[i] = rank;
}

static int pop(struct assessment *a)
{
    int first = a->queue[0], last = a->queue[--a->queue_count], i = 0;
    for (;;) {
        int child = 2 * i + 1;
        if (child >= a->queue_count)
            break;
        if (child + 1 < a->queue_count && a->queue[child + 1] < a->queue[child])
            child++;
        if (a->queue[child] >= last)
            break;
        a->queue[i] = a->queue[child];
        i = child;
    }
    a->queue[i] = last;
    int question = a->at_rank[first];
    a->questions[question].queued = false;
    return question;
}

static void push_dependents(struct assessment *a, int question)
{
    const struct form *form = a->form;
    for (int i = form->dependent_start[question]; i < form->dependent_start[question + 1]; i++)
        push(a, form->dependents[i]);
}

void touch(struct assessment *a, int question)
{
    if (a->questions[question].touched)
        return;
    a->questions[question].touched = true;
    GROW(a->touched, a->touched_count, a->touched_room);
    a->touched[a->touched_count++] = question;
}

static void derive_queued(struct assessment *a)
{
    while (a->queue_count > 0) {
        int next = pop(a);
        if (derive(a, next)) {
            touch(a, next);
            push_dependents(a, next);
        }
    }
}

void derive_from(struct assessment *a, int question)
{
    touch(a, question);
    push_dependents(a, question);
    derive_queued(a);
}

void derive_as_of_now(struct assessment *a)
{
    for (int i = 0; i < a->timely_count; i++)
        push(a, a->timely[i]);
    derive_queued(a);
}

static bool asks_the_clock(const struct question *q)
{
    return (q->relevant && expr_is_volatile(q->relevant)) ||
           (q->calculation && expr_is_volatile(q->calculation));
}

void derive_all(struct assessment *a)
{
    for (int question = 0; question < a->form->count; question++) {
        if (asks_the_clock(&a->form->questions[question])) {
            GROW(a->timely, a->timely_count, a->timely_room);
            a->timely[a->timely_count++] = question;
        }
    }
    for (int rank = 0; rank < a->form->count; rank++)
        derive(a, a->at_rank[rank]);
}

/* ---- asked on demand ---- */

bool assessment_required(const struct assessment *a, int question, enum who party)
{
    const struct question *q = &a->form->questions[question];
    if (!q->required)
        return q->always_required;
    struct value result = {0};
    bool required = derive_eval(a, q->required, party, NULL, NULL, &result, NULL) && value_boolean(&result);
    value_release(&result);
    return required;
}

bool assessment_offers(const struct assessment *a, int question, enum who party, const struct choice *choice)
{
    const struct question *q = &a->form->questions[question];
    if (!q->choice_filter)
        return true;
    struct value result = {0};
    bool offered =
        !derive_eval(a, q->choice_filter, party, NULL, choice, &result, NULL) || value_boolean(&result);
    value_release(&result);
    return offered;
}

json_t *assessment_initial(const struct assessment *a, int question, enum who party)
{
    const struct question *q = &a->form->questions[question];
    struct value result = {0};
    if (!q->initial || !derive_eval(a, q->initial, party, NULL, NULL, &result, NULL)) {
        value_release(&result);
        return NULL;
    }
    json_t *value = NULL;
    char *string = value_string(&result);
    switch (q->type) {
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE: {
        double number = value_number(&result);
        if (isfinite(number))
            value = number == floor(number) && fabs(number) < 1e15 ? json_integer((json_int_t)number)
                                                                   : json_real(number);
        break;
    }
    case TYPE_SELECT_MULTIPLE: {
        value = json_array();
        char *rest = string, *word;
        while ((word = strsep(&rest, " "))) {
            if (*word)
                json_array_append_new(value, json_string(word));
        }
        break;
    }
    case TYPE_ACKNOWLEDGE:
        value = value_boolean(&result) ? json_true() : NULL;
        break;
    case TYPE_DATE:
        string[strnlen(string, 10)] = '\0'; /* the day of a date with a time */
        value = json_string(string);
        break;
    default:
        value = json_string(string);
        break;
    }
    free(string);
    value_release(&result);
    if (value && !answer_fits(q, value, NULL)) {
        json_decref(value);
        value = NULL;
    }
    return value;
}
