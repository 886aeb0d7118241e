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
#include "form/moment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what an expression sees ---- */

struct view {
    const struct assessment *a;
    int item;     /* where it is evaluated */
    enum who who; /* a party, or TOGETHER: what is agreed */
    const struct choice *choice;
};

/* A question that is only shown, of which last time's answer counts. */
static const struct value *last_value(const struct assessment *a, int item, enum who who)
{
    static const struct value nothing;
    const struct item *c = &a->items[item];
    const json_t *p = assessment_last(a, item, PRACTITIONER), *s = assessment_last(a, item, SERVICE_USER);
    if (who == TOGETHER && p && s && !answer_same(c->q, p, s))
        return &nothing;
    bool other = who < PARTIES ? !(who == PRACTITIONER ? p : s) : !p;
    return &c->slot[who < PARTIES ? (other ? who_other(who) : who)
                    : other       ? SERVICE_USER
                                  : PRACTITIONER]
                .value;
}

/* ${q} for a party: the agreed answer if there is one, else their own, else (not asked, not answered) the
 * other's. What is hidden until both are in is empty until then, for either: what follows from it is seen by
 * both. */
static const struct value *own_value(const struct assessment *a, int item, enum who who)
{
    static const struct value nothing;
    const struct item *c = &a->items[item];
    const struct question *q = assessment_question(a, item);
    if (!assessment_asked(a, item, who))
        return &nothing;
    if (q->type == TYPE_CALCULATE)
        return &c->calculated[who];
    if (q->asked_of == TOGETHER)
        return &c->slot[TOGETHER].value;
    if (q->read_only)
        return last_value(a, item, who);
    if (!assessment_revealed(a, item))
        return &nothing;
    if (who == TOGETHER) {
        if (!assessment_agreed(a, item))
            return &nothing;
        return &c->slot[c->slot[PRACTITIONER].answer.value ? PRACTITIONER : SERVICE_USER].value;
    }
    return answer_given(&c->slot[who].answer) ? &c->slot[who].value : &c->slot[who_other(who)].value;
}

static struct value read_two(const struct assessment *a, int item, enum reading reading, enum who view)
{
    const struct item *c = &a->items[item];
    const struct question *q = assessment_question(a, item);
    const struct answer *p = &c->slot[PRACTITIONER].answer, *s = &c->slot[SERVICE_USER].answer;
    bool both = p->value && s->value && assessment_shown(a, item);
    if (reading == READ_MISSING && !assessment_revealed(a, item))
        return value_of_string("");
    switch (reading) {
    case READ_DIFFERS:
        return value_of_boolean(both && answer_differs(q, p->value, s->value));
    case READ_GAP:
        return value_of_number(both ? answer_gap(q, p->value, s->value) : NAN);
    default: /* READ_MISSING */
        return value_of_string(missing_names[c->slot[view].answer.missing]);
    }
}

/* An item's answer under a reading. */
static struct value read_item(const struct view *view, int item, enum reading reading)
{
    const struct assessment *a = view->a;
    switch (reading) {
    case READ_OWN:
        return value_copy(own_value(a, item, view->who));
    case READ_PRACTITIONER:
    case READ_SERVICE_USER: {
        enum who who = reading == READ_PRACTITIONER ? PRACTITIONER : SERVICE_USER;
        const struct item *c = &a->items[item];
        if (!c->relevant[who] || (c->q->type != TYPE_CALCULATE && !assessment_revealed(a, item)))
            return (struct value){0};
        return value_copy(c->q->type == TYPE_CALCULATE ? &c->calculated[who] : &c->slot[who].value);
    }
    case READ_AGREED:
        return value_copy(own_value(a, item, TOGETHER));
    default:
        return read_two(a, item, reading, view->who);
    }
}

/* Several answers as a list, while it is being made. */
struct gathering {
    const struct view *view;
    enum reading reading;
    char **items;
    size_t count, room;
};

static void gather_text(struct gathering *g, char *text)
{
    GROW(g->items, g->count, g->room);
    g->items[g->count++] = text;
}

static void gather(void *context, int item)
{
    struct gathering *g = context;
    const struct assessment *a = g->view->a;
    if (!assessment_asked(a, item, g->view->who))
        return; /* what is not asked is no member */
    if (a->items[item].q->type == TYPE_REPEAT) {
        for (int i = 0; i < a->items[item].entry_count; i++)
            gather_text(g, xasprintf("%d", a->items[item].entries[i] + 1));
        return;
    }
    struct value value = read_item(g->view, item, g->reading);
    gather_text(g, value_string(&value));
    value_release(&value);
}

static void answer_of(void *context, int question, enum reading reading, struct value *out)
{
    const struct view *view = context;
    const struct assessment *a = view->a;
    bool repeat = a->form->questions[question].type == TYPE_REPEAT;
    int item = repeat ? -1 : item_seen(a, question, view->item);
    if (item >= 0) {
        *out = read_item(view, item, reading);
        return;
    }
    struct gathering g = {.view = view, .reading = reading};
    items_seen(a, question, view->item, gather, &g);
    *out = (struct value){.type = VALUE_LIST, .items = g.items, .count = g.count};
}

static int position_of(void *context, int repeat)
{
    const struct view *view = context;
    const struct assessment *a = view->a;
    const struct entry *entry = view->item < 0 ? NULL : assessment_entry_of(a, view->item);
    while (entry && repeat >= 0 && a->items[entry->repeat].q->number != repeat)
        entry = assessment_entry_of(a, entry->repeat);
    return entry ? assessment_entry_place(a, entry) : 0;
}

/* From the outermost repeat inwards: at the place that is given for it, else where the expression stands. */
static void answer_at(void *context, int question, const int *repeats, const int *places, size_t count,
                      struct value *out)
{
    enum { DEEPEST = 32 };
    const struct view *view = context;
    const struct assessment *a = view->a;
    int chain[DEEPEST], depth = 0;
    for (int r = a->form->questions[question].repeat; r >= 0 && depth < DEEPEST;
         r = a->form->questions[r].repeat)
        chain[depth++] = r;
    struct view at = {.a = a, .item = -1, .who = view->who};
    while (depth-- > 0) {
        size_t named = 0;
        while (named < count && repeats[named] != chain[depth])
            named++;
        int repeat = item_seen(a, chain[depth], at.item), place = 0;
        if (named < count)
            place = places[named];
        else if (repeat == item_seen(a, chain[depth], view->item))
            place = position_of(context, chain[depth]);
        if (place < 1 || place > a->items[repeat].entry_count)
            return;
        at.item = assessment_entry(a, repeat, (size_t)place - 1)->first;
    }
    *out = read_item(&at, item_seen(a, question, at.item), READ_OWN);
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

bool derive_eval(const struct assessment *a, int item, const struct expr *expr, enum who view,
                 const struct value *self, const struct choice *choice, struct value *out, char **cause)
{
    if (item >= 0 && item_is_gone(a, item))
        return false; /* what it read had its number in another form */
    struct view context = {a, item, view, choice};
    const struct expr_env env = {.answer = answer_of,
                                 .choice_label = label_of,
                                 .key = key_of,
                                 .position = position_of,
                                 .answer_at = answer_at,
                                 .self = self,
                                 .context = &context};
    return expr_eval(expr, &env, out, cause);
}

/* ---- deriving ---- */

static bool relevant_now(const struct assessment *a, int item, enum who party)
{
    const struct question *q = a->items[item].q;
    if (item_is_template(a, item) || (a->items[item].entry >= 0 && a->items[item].place < 0))
        return false;
    if (q->parent >= 0) {
        bool repeat = q->parent == q->repeat;
        int parent = repeat ? assessment_entry_of(a, item)->repeat : item_seen(a, q->parent, item);
        if (!a->items[parent].relevant[party])
            return false;
    }
    if (!q->relevant)
        return true;
    struct value result = {0};
    /* One that cannot be worked out hides nothing. */
    bool relevant =
        !derive_eval(a, item, q->relevant, party, NULL, NULL, &result, NULL) || value_boolean(&result);
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
static bool derive(struct assessment *a, int item)
{
    const struct question *q = assessment_question(a, item);
    struct item *c = &a->items[item];
    bool changed = false;
    for (int party = 0; party < PARTIES; party++) {
        bool relevant = relevant_now(a, item, (enum who)party);
        changed |= relevant != c->relevant[party];
        c->relevant[party] = relevant;
    }
    for (int view = 0; view < SLOTS && q->calculation; view++) {
        struct value result = {0};
        const struct value *kept = kept_for_once(a, &c->calculated[view]);
        if (!derive_eval(a, item, q->calculation, (enum who)view, kept, NULL, &result, NULL)) {
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

/* Is one to be derived before the other? */
static bool before(const struct assessment *a, int one, int other)
{
    int rank = a->form->rank[a->items[one].q->number], against = a->form->rank[a->items[other].q->number];
    return rank != against ? rank < against : one < other;
}

static void push(struct assessment *a, int item)
{
    struct item *c = &a->items[item];
    if (c->queued || item_is_template(a, item))
        return;
    c->queued = true;
    GROW(a->queue, a->queue_count, a->queue_room);
    int i = a->queue_count++;
    while (i > 0 && before(a, item, a->queue[(i - 1) / 2])) {
        a->queue[i] = a->queue[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    a->queue[i] = item;
}

static int pop(struct assessment *a)
{
    int first = a->queue[0], last = a->queue[--a->queue_count], i = 0;
    for (;;) {
        int child = 2 * i + 1;
        if (child >= a->queue_count)
            break;
        if (child + 1 < a->queue_count && before(a, a->queue[child + 1], a->queue[child]))
            child++;
        if (!before(a, a->queue[child], last))
            break;
        a->queue[i] = a->queue[child];
        i = child;
    }
    a->queue[i] = last;
    a->items[first].queued = false;
    return first;
}

/* A question wherever it is asked. */
static void push_everywhere(struct assessment *a, int question)
{
    int repeat = a->form->questions[question].repeat;
    if (repeat < 0) {
        push(a, question);
        return;
    }
    for (int i = 0; i < a->entry_count; i++) {
        const struct entry *entry = &a->entries[i];
        if (a->items[entry->repeat].q->number == repeat)
            push(a, assessment_item_in(a, entry, question));
    }
}

static void push_seen(void *context, int item)
{
    push(context, item);
}

/* What a reader gives where it sees this item. Of questions in the same entry it is those in there alone:
 * what they read is the answer in their own entry. */
static void push_reader(struct assessment *a, const struct question *reader, int item)
{
    if (a->items[item].entry < 0 || reader->repeat < 0 || reader->reads_across)
        push_everywhere(a, reader->number);
    else
        items_seen(a, reader->number, item, push_seen, a);
}

static void push_dependents(struct assessment *a, int item)
{
    const struct form *form = a->form;
    int question = a->items[item].q->number;
    if (item_is_gone(a, item))
        return; /* nothing reads it any more */
    for (int i = form->dependent_start[question]; i < form->dependent_start[question + 1]; i++)
        push_reader(a, &form->questions[form->dependents[i]], item);
}

void touch(struct assessment *a, int item)
{
    if (a->items[item].touched)
        return;
    a->items[item].touched = true;
    GROW(a->touched, a->touched_count, a->touched_room);
    a->touched[a->touched_count++] = item;
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

void derive_from(struct assessment *a, int item)
{
    touch(a, item);
    push_dependents(a, item);
    derive_queued(a);
}

/* All that is asked in an entry of this repeat, or within one: it may ask for its place, be new or gone. */
static void push_entries(struct assessment *a, int repeat)
{
    for (int i = 0; i < a->entry_count; i++) {
        int outer = a->entries[i].repeat;
        while (outer != repeat && a->items[outer].entry >= 0)
            outer = a->entries[a->items[outer].entry].repeat;
        if (outer != repeat)
            continue;
        const struct question *q = a->items[a->entries[i].repeat].q;
        for (int item = 0; item < q->end - q->number - 1; item++)
            push(a, a->entries[i].first + item);
    }
}

void derive_structure(struct assessment *a, int repeat)
{
    const struct question *q = a->items[repeat].q;
    touch(a, repeat);
    push_entries(a, repeat);
    for (int question = q->number; question < q->end; question++) {
        for (int i = a->form->dependent_start[question]; i < a->form->dependent_start[question + 1]; i++) {
            const struct question *reader = &a->form->questions[a->form->dependents[i]];
            bool inside = reader->number > q->number && reader->number < q->end;
            if (!inside || reader->reads_across) /* else it sees its own entry, and is among those above */
                push_reader(a, reader, repeat);
        }
    }
    derive_queued(a);
}

void derive_as_of_now(struct assessment *a)
{
    for (int i = 0; i < a->timely_count; i++)
        push_everywhere(a, a->timely[i]);
    derive_queued(a);
}

static bool asks_the_clock(const struct question *q)
{
    return (q->relevant && expr_is_volatile(q->relevant)) ||
           (q->calculation && expr_is_volatile(q->calculation));
}

void derive_all(struct assessment *a)
{
    a->timely_count = 0;
    for (int question = 0; question < a->form->count; question++) {
        if (asks_the_clock(&a->form->questions[question])) {
            GROW(a->timely, a->timely_count, a->timely_room);
            a->timely[a->timely_count++] = question;
        }
        push_everywhere(a, question);
    }
    while (a->queue_count > 0)
        derive(a, pop(a));
}

/* ---- asked on demand ---- */

bool assessment_required(const struct assessment *a, int item, enum who party)
{
    const struct question *q = assessment_question(a, item);
    if (!q->required)
        return q->always_required;
    struct value result = {0};
    bool required =
        derive_eval(a, item, q->required, party, NULL, NULL, &result, NULL) && value_boolean(&result);
    value_release(&result);
    return required;
}

bool assessment_offers(const struct assessment *a, int item, enum who party, const struct choice *choice)
{
    const struct question *q = assessment_question(a, item);
    if (!q->choice_filter)
        return true;
    struct value result = {0};
    bool offered =
        !derive_eval(a, item, q->choice_filter, party, NULL, choice, &result, NULL) || value_boolean(&result);
    value_release(&result);
    return offered;
}

/* The time of day in what an expression yields: "14:30" itself, now(), a moment. */
static json_t *time_of(const char *string)
{
    double part = strchr(string, ':') ? moment_time_of_day(string) : NAN;
    if (isnan(part))
        return NULL;
    int minutes = (int)(part * 1440 + 1e-6);
    return json_sprintf("%02d:%02d", minutes / 60, minutes % 60);
}

json_t *assessment_initial(const struct assessment *a, int item, enum who party)
{
    const struct question *q = assessment_question(a, item);
    const json_t *last = q->carry_over ? assessment_last(a, item, slot_of(q, party)) : NULL;
    if (last)
        return json_deep_copy(last);
    struct value result = {0};
    if (!q->initial || !derive_eval(a, item, q->initial, party, NULL, NULL, &result, NULL)) {
        value_release(&result);
        return NULL;
    }
    json_t *value = NULL;
    char day[MOMENT_TEXT];
    /* A day and a number of days make a number, in ODK too: where a day is wanted, it is that day. */
    char *string = (q->type == TYPE_DATE || q->type == TYPE_DATE_TIME) && result.type == VALUE_NUMBER
                       ? xstrdup(moment_text(moment_of_number(result.number), day))
                       : value_string(&result);
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
    case TYPE_SELECT_MULTIPLE:
    case TYPE_RANK: {
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
    case TYPE_TIME:
        value = time_of(string);
        break;
    case TYPE_DATE_TIME:
        /* A day alone is midnight, as in ODK. */
        value = json_sprintf("%.10s%.6s", string, strlen(string) > 10 ? string + 10 : "T00:00");
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
