/* What can never come to be: a question that is never asked, a choice that nobody can pick, a constraint that
 * no answer fits. Each is worked out from guesses (expr_guess.h), in an order in which what is read comes
 * first, so that what is never asked is known to be without an answer from there on.
 *
 * Answers of which there are few are tried one by one, in all combinations up to a bound: that tells that
 * ${a} = 'x' and ${a} = 'y' is never so. All others stay guesses. Either way only what is certain is said. */
#include "form/load.h"

#include "base/mem.h"
#include "form/expr_guess.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_VARIABLES = 6,       /* tried in one expression */
    MOST_VALUES = 60,         /* of one */
    MOST_TRIES = 2000,        /* of one expression */
    MOST_IN_ALL = 300 * 1000, /* of all: a form is checked while its writer waits */
    SELF = -1,                /* in the place of a question: "." */
};

/* An answer that is tried value by value. */
struct variable {
    int question; /* or SELF */
    enum reading reading;
    struct value *values;
    size_t count, at;
};

struct reach {
    struct loader *l;
    bool *dead;               /* never asked, by question */
    bool **picked;            /* by question with a choice_filter: can the choice be picked? else NULL */
    struct guess *calculated; /* by question */
    size_t tries;             /* left in all */
    int of;                   /* the question whose expression it is */
    const struct choice *choice;
    struct variable variables[MOST_VARIABLES];
    size_t variable_count, combinations;
    bool choosing; /* are variables still being collected? */
};

/* ---- what an answer can be ---- */

static bool of_one(const struct question *q)
{
    return q->asked_of != ASKED_OF_BOTH;
}

static struct guess number_of_scale(const struct scale *scale)
{
    bool low = scale && scale->has_min, high = scale && scale->has_max;
    return guess_number(low ? scale->min : -INFINITY, high ? scale->max : INFINITY);
}

/* Worked out, but empty as long as it is not relevant. */
static struct guess calculated(const struct reach *r, int question)
{
    const struct guess *known = &r->calculated[question];
    const struct question *q = &r->l->questions[question];
    if (known->kind != GUESS_VALUE)
        return *known;
    if (!q->relevant && q->parent < 0)
        return guess_value(value_copy(&known->value));
    if (known->value.type == VALUE_NUMBER && !isnan(known->value.number))
        return guess_number(known->value.number, known->value.number);
    return (struct guess){.kind = GUESS_ANYTHING};
}

static struct guess answer_of_type(const struct reach *r, int question)
{
    const struct question *q = &r->l->questions[question];
    switch (q->type) {
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        return number_of_scale(q->scale);
    case TYPE_CALCULATE:
        return calculated(r, question);
    default:
        return (struct guess){.kind = GUESS_ANYTHING};
    }
}

/* What can be told without trying. Of what is asked many times over, nothing. */
static struct guess untried(const struct reach *r, int question, enum reading reading)
{
    const struct question *q = &r->l->questions[question];
    bool dead = r->dead[question];
    if (q->repeat >= 0 || q->type == TYPE_REPEAT)
        return (struct guess){.kind = GUESS_ANYTHING};
    switch (reading) {
    case READ_DIFFERS:
        return dead || of_one(q) ? guess_value(value_of_boolean(false))
                                 : (struct guess){.kind = GUESS_BOOLEAN};
    case READ_GAP:
        return dead || of_one(q) ? guess_value(value_of_number(NAN)) : guess_number(0, INFINITY);
    case READ_MISSING:
        return dead ? guess_value(value_of_string(NULL)) : (struct guess){.kind = GUESS_ANYTHING};
    default:
        /* What only the one is asked the other has no answer to. */
        dead |= (reading == READ_PRACTITIONER && q->asked_of == SERVICE_USER) ||
                (reading == READ_SERVICE_USER && q->asked_of == PRACTITIONER);
        return dead ? guess_value(value_of_string(NULL)) : answer_of_type(r, question);
    }
}

/* ---- what is tried ---- */

static void add_value(struct variable *v, struct value value)
{
    v->values = xreallocarray(v->values, v->count + 1, sizeof *v->values);
    v->values[v->count++] = value;
}

/* All that the answer can be, but for being empty; none where that is too much. */
static void list_values(const struct reach *r, int question, struct variable *v)
{
    const struct question *q = &r->l->questions[question];
    const struct scale *scale = q->scale;
    double step = scale && scale->step > 0 ? scale->step : 1;
    switch (q->type) {
    case TYPE_SELECT_ONE:
        if (!q->choices || q->choices->count > MOST_VALUES)
            return;
        for (size_t i = 0; i < q->choices->count; i++) {
            if (!r->picked[question] || r->picked[question][i])
                add_value(v, value_of_string(q->choices->choices[i].name));
        }
        return;
    case TYPE_RANGE:
    case TYPE_INTEGER:
        if (!scale || !scale->has_min || !scale->has_max || (scale->max - scale->min) / step > MOST_VALUES)
            return;
        for (int i = 0; scale->min + i * step <= scale->max; i++)
            add_value(v, value_of_number(scale->min + i * step));
        return;
    case TYPE_ACKNOWLEDGE:
        add_value(v, value_of_string("OK"));
        return;
    default:
        return;
    }
}

static void release_variable(struct variable *v)
{
    for (size_t i = 0; i < v->count; i++)
        value_release(&v->values[i]);
    free(v->values);
    *v = (struct variable){0};
}

/* Try this one too, where it has few values and the whole does not take too long. */
static struct variable *choose(struct reach *r, int question, enum reading reading)
{
    bool self = question == SELF;
    int whose = self ? r->of : question;
    const struct question *q = &r->l->questions[whose];
    if (r->variable_count == MOST_VARIABLES || (!self && (q->repeat >= 0 || r->dead[question])))
        return NULL;
    struct variable v = {.question = question, .reading = reading};
    if (reading == READ_DIFFERS && !of_one(q)) {
        add_value(&v, value_of_boolean(true));
        add_value(&v, value_of_boolean(false));
    } else if (reading <= READ_AGREED && untried(r, whose, reading).kind != GUESS_VALUE) {
        list_values(r, whose, &v);
        if (v.count && !self) /* a constraint is asked about an answer that is there */
            add_value(&v, value_of_string(NULL));
    }
    if (v.count == 0 || r->combinations * v.count > MOST_TRIES) {
        release_variable(&v);
        return NULL;
    }
    r->combinations *= v.count;
    r->variables[r->variable_count] = v;
    return &r->variables[r->variable_count++];
}

static struct variable *variable_of(struct reach *r, int question, enum reading reading)
{
    for (size_t i = 0; i < r->variable_count; i++) {
        if (r->variables[i].question == question && r->variables[i].reading == reading)
            return &r->variables[i];
    }
    return r->choosing ? choose(r, question, reading) : NULL;
}

static struct guess answer(void *context, int question, enum reading reading)
{
    struct reach *r = context;
    const struct variable *v = variable_of(r, question, reading);
    if (v && !r->choosing)
        return guess_value(value_copy(&v->values[v->at]));
    return untried(r, question, reading);
}

static struct guess self(void *context)
{
    struct reach *r = context;
    const struct variable *v = variable_of(r, SELF, READ_OWN);
    if (v && !r->choosing)
        return guess_value(value_copy(&v->values[v->at]));
    return answer_of_type(r, r->of);
}

static struct guess key(void *context, const char *name)
{
    const struct reach *r = context;
    if (!r->choice)
        return (struct guess){.kind = GUESS_ANYTHING};
    if (strcmp(name, "name") == 0)
        return guess_value(value_of_string(r->choice->name));
    for (size_t i = 0; i < r->choice->keys; i++) {
        if (strcmp(r->choice->key_names[i], name) == 0)
            return guess_value(value_of_string(r->choice->key_values[i]));
    }
    return guess_value(value_of_string(NULL));
}

static bool false_now(struct reach *r, const struct expr *expr)
{
    const struct guess_env env = {.answer = answer, .key = key, .self = self, .context = r};
    struct guess guess = expr_guess(expr, &env);
    bool is_false = guess_is_false(&guess);
    guess_release(&guess);
    return is_false;
}

/* On to the next combination; false after the last. */
static bool next_combination(struct reach *r)
{
    for (size_t i = 0; i < r->variable_count; i++) {
        if (++r->variables[i].at < r->variables[i].count)
            return true;
        r->variables[i].at = 0;
    }
    return false;
}

/* Is it false whatever is answered? */
static bool never_true(struct reach *r, int of, const struct expr *expr)
{
    r->of = of;
    r->combinations = 1;
    r->choosing = true;
    bool never = false_now(r, expr);
    r->choosing = false;
    if (!never && r->variable_count && r->tries >= r->combinations) {
        do {
            never = false_now(r, expr);
            r->tries--;
        } while (never && next_combination(r));
    }
    for (size_t i = 0; i < r->variable_count; i++)
        release_variable(&r->variables[i]);
    r->variable_count = 0;
    return never;
}

/* ---- what is said ---- */

/* What the expression reads that is never asked itself, in words; "" where there is none. */
static char *never_asked(const struct reach *r, const struct expr *expr)
{
    size_t count;
    const int *references = expr_references(expr, &count);
    for (size_t i = 0; i < count; i++) {
        if (r->dead[references[i]])
            return xasprintf(" (\"%s\" is never asked)", r->l->questions[references[i]].name);
    }
    return xstrdup(count ? ", whatever is answered" : "");
}

static void say_dead(const struct reach *r, int question)
{
    const struct question *q = &r->l->questions[question];
    const struct node *at = r->l->drafts[question].exprs[EXPR_RELEVANT];
    char *why = never_asked(r, q->relevant);
    int within = q->end - question - 1;
    if (within > 0)
        warn(r->l, at, NULL, "This is never true%s: nothing in \"%s\" is ever asked.", why, q->name);
    else
        warn(r->l, at, NULL, "This is never true%s: \"%s\" is never %s.", why, q->name,
             question_is_answered(q)     ? "asked"
             : q->type == TYPE_CALCULATE ? "worked out"
                                         : "shown");
    free(why);
}

static void look_at_relevance(struct reach *r, int question)
{
    const struct question *q = &r->l->questions[question];
    if (q->parent >= 0 && r->dead[q->parent]) {
        r->dead[question] = true; /* said of the group */
    } else if (q->relevant && never_true(r, question, q->relevant)) {
        r->dead[question] = true;
        say_dead(r, question);
    }
}

static void look_at_choices(struct reach *r, int question)
{
    const struct question *q = &r->l->questions[question];
    struct list_draft *list = r->l->drafts[question].list;
    if (!list || !q->choices || r->dead[question])
        return;
    if (!list->picked)
        list->picked = arena_array(&r->l->scratch, q->choices->count, sizeof *list->picked);
    bool *picked = NULL;
    size_t left = 0;
    if (q->choice_filter)
        picked = arena_array(&r->l->scratch, q->choices->count, sizeof *picked);
    for (size_t i = 0; i < q->choices->count; i++) {
        r->choice = &q->choices->choices[i];
        bool can_be = !q->choice_filter || !never_true(r, question, q->choice_filter);
        list->picked[i] |= can_be;
        left += can_be;
        if (picked)
            picked[i] = can_be;
    }
    r->choice = NULL;
    r->picked[question] = picked;
    if (left > 0)
        return;
    memset(list->picked, true, q->choices->count * sizeof *list->picked); /* once is enough */
    warn(r->l, r->l->drafts[question].exprs[EXPR_FILTER], NULL,
         "This is never true for any of the choices: none is ever offered.");
}

static void look_at_constraint(struct reach *r, int question)
{
    const struct question *q = &r->l->questions[question];
    if (q->constraint && !r->dead[question] && never_true(r, question, q->constraint))
        warn(r->l, r->l->drafts[question].exprs[EXPR_CONSTRAINT], NULL, "No answer to \"%s\" ever fits this.",
             q->name);
}

/* A list may serve several questions, each with a filter: what none of them offers is said once. */
static void say_unpicked(struct reach *r)
{
    for (int question = 0; question < r->l->count; question++) {
        struct list_draft *list = r->l->drafts[question].list;
        if (!list || !list->picked || !list->sorted)
            continue;
        for (size_t i = 0; i < list->list.count; i++) {
            const struct named *name = &list->sorted[i];
            if (!list->picked[name->index])
                warn(r->l, name->where, NULL,
                     "Nobody can pick \"%s\": \"choice_filter\" leaves it out, whatever is answered.",
                     name->name);
        }
        list->picked = NULL;
    }
}

void advise_reach(struct loader *l)
{
    struct reach r = {.l = l, .tries = MOST_IN_ALL};
    size_t count = (size_t)l->count;
    r.dead = xcalloc(count, sizeof *r.dead);
    r.picked = xcalloc(count, sizeof *r.picked);
    r.calculated = xcalloc(count, sizeof *r.calculated);
    int *order = xcalloc(count, sizeof *order);
    for (int i = 0; i < l->count; i++)
        order[l->form->rank[i]] = i;
    for (int i = 0; i < l->count; i++) {
        int question = order[i];
        const struct question *q = &l->questions[question];
        look_at_relevance(&r, question);
        look_at_choices(&r, question);
        if (q->calculation && !expr_is_volatile(q->calculation)) {
            const struct guess_env env = {.answer = answer, .key = key, .self = self, .context = &r};
            r.of = question;
            r.calculated[question] = expr_guess(q->calculation, &env);
        }
    }
    for (int i = 0; i < l->count; i++) /* may read what stands after it */
        look_at_constraint(&r, i);
    say_unpicked(&r);
    for (int i = 0; i < l->count; i++)
        guess_release(&r.calculated[i]);
    free(order);
    free(r.calculated);
    free(r.picked);
    free(r.dead);
}
