/* May an answer be taken as things stand: is it one at all, is it on offer, does the constraint hold, and
 * what does the question's warning ask about it. */
#include "assessment/internal.h"

#include "assessment/answer.h"
#include "base/cause.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Does a constraint or a warning hold for this answer? *could: could it be worked out? */
static bool holds(const struct assessment *a, int item, const struct expr *expr, enum who by,
                  const json_t *value, bool *could, char **cause)
{
    struct value self = answer_value(assessment_question(a, item), value), result = {0};
    *could = derive_eval(a, item, expr, by, &self, NULL, &result, cause);
    bool yes = *could && value_boolean(&result);
    value_release(&self);
    value_release(&result);
    return yes;
}

static bool constraint_holds(const struct assessment *a, int item, enum who by, const json_t *value,
                             char **cause)
{
    const struct question *q = assessment_question(a, item);
    bool could;
    if (!q->constraint || holds(a, item, q->constraint, by, value, &could, cause))
        return true;
    if (!could)
        return false;
    const char *message = assessment_text(a, item, q->constraint_message, by, assessment_language(a, by));
    if (*message)
        return cause_set(cause, "%s", message);
    return cause_set(cause, "This answer does not fit “%s”: it must hold that %s.", assessment_path(a, item),
                     expr_source(q->constraint));
}

char *assessment_warning(const struct assessment *a, int item, enum who party, const json_t *value)
{
    const struct question *q = assessment_question(a, item);
    enum who by =
        party == PRACTITIONER ? PRACTITIONER : SERVICE_USER; /* for both: the service user's words */
    bool could;
    if (!q->warning || !value || !answer_fits(q, value, NULL) ||
        holds(a, item, q->warning, by, value, &could, NULL) || !could)
        return NULL;
    const char *message = assessment_text(a, item, q->warning_message, by, assessment_language(a, by));
    return xstrdup(*message ? message : "This is unusual. Is it right?");
}

/* A choice as this person reads it. */
static const char *choice_called(const struct assessment *a, int item, enum who by,
                                 const struct choice *choice)
{
    const char *label = assessment_text(a, item, choice->label, by, assessment_language(a, by));
    return *label ? label : choice->name;
}

/* answer_fits() says this too, but by the choices' names. */
static bool goes_together(const struct assessment *a, int item, enum who by, const json_t *list, char **cause)
{
    const struct question *q = assessment_question(a, item);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const struct choice *choice = answer_choice(q, json_array_get(list, i));
        if (choice && choice->exclusive && json_array_size(list) > 1)
            return cause_set(cause, "“%s” goes with no other choice.", choice_called(a, item, by, choice));
        for (size_t j = 0; choice && j < i; j++) {
            if (answer_choice(q, json_array_get(list, j)) == choice)
                return cause_set(cause, "“%s” is %s twice.", choice_called(a, item, by, choice),
                                 q->type == TYPE_RANK ? "there" : "picked");
        }
    }
    return true;
}

bool assessment_fits(const struct assessment *a, int item, enum who by, const json_t *value, char **cause)
{
    const struct question *q = assessment_question(a, item);
    bool list = q->type == TYPE_SELECT_MULTIPLE || q->type == TYPE_RANK;
    return (!list || goes_together(a, item, by, value, cause)) && answer_fits(q, value, cause);
}

/* Are all that are offered now in the order? */
static bool orders_all(const struct assessment *a, int item, enum who by, const json_t *value, char **cause)
{
    const struct question *q = assessment_question(a, item);
    for (size_t i = 0; i < q->choices->count; i++) {
        const struct choice *choice = &q->choices->choices[i];
        bool there = false;
        for (size_t j = 0; j < json_array_size(value) && !there; j++)
            there = strcmp(json_string_value(json_array_get(value, j)), choice->name) == 0;
        if (!there && assessment_offers(a, item, by, choice))
            return cause_set(cause, "All are to be put in order, and “%s” is not in it yet.",
                             choice_called(a, item, by, choice));
    }
    return true;
}

static bool offered(const struct assessment *a, int item, enum who by, const json_t *value, char **cause)
{
    const struct question *q = assessment_question(a, item);
    if (!q->choice_filter)
        return true;
    if (q->type == TYPE_RANK && !orders_all(a, item, by, value, cause))
        return false;
    size_t n = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < n; i++) {
        const json_t *name = json_is_array(value) ? json_array_get(value, i) : value;
        const struct choice *choice = question_choice(q, json_string_value(name));
        if (choice && !assessment_offers(a, item, by, choice))
            return cause_set(cause, "“%s” cannot be “%s” as things stand.", assessment_path(a, item),
                             choice_called(a, item, by, choice));
    }
    return true;
}

bool value_may(const struct assessment *a, int item, enum who by, const json_t *value, char **cause)
{
    return assessment_fits(a, item, by, value, cause) && offered(a, item, by, value, cause) &&
           constraint_holds(a, item, by, value, cause);
}

bool assessment_takes(const struct assessment *a, int item, enum who who, const json_t *value, char **cause)
{
    return value_may(a, item, who == TOGETHER ? SERVICE_USER : who, value, cause);
}

bool warning_passed(const struct assessment *a, int item, const struct event *event, char **cause)
{
    enum who party = slot_of(assessment_question(a, item), event->by);
    char *warning = assessment_warning(a, item, party, event_value(event, "value"));
    bool said = json_is_true(event_value(event, "passed")), right = said == (warning != NULL);
    if (!right && warning)
        cause_set(cause, "%s (It is kept all the same with “passed”: true.)", warning);
    else if (!right)
        cause_set(cause,
                  "“passed” is said where an answer breaks the question's warning, and it breaks none.");
    free(warning);
    return right;
}
