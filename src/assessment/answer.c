/* One answer: what it may be, how two of them compare, and how it reads. Each question type is one row of
 * behaviour here, by a switch over the type in each function, so that a new type is found by the compiler's
 * warning. */
#include "assessment/answer.h"

#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/vocab.h"
#include "form/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TEXT = 16 * 1024 };

char *number_words(double number)
{
    char text[NUMBER_TEXT];
    return xstrdup(number_text(number, text));
}

static bool number_fits(const struct question *q, const json_t *value, char **cause)
{
    if (!json_is_number(value))
        return cause_set(cause, "This is answered with a number.");
    double number = json_number_value(value);
    const struct scale *s = q->scale;
    const char *problem = NULL;
    double bound = 0;
    if (q->type == TYPE_INTEGER && number != floor(number)) {
        problem = "is not a whole number, as is wanted here", bound = NAN;
    } else if (s && s->has_min && number < s->min) {
        problem = "is too low: the lowest here is", bound = s->min;
    } else if (s && s->has_max && number > s->max) {
        problem = "is too high: the highest here is", bound = s->max;
    } else if (s && s->step > 0) {
        double steps = (number - (s->has_min ? s->min : 0)) / s->step;
        if (fabs(steps - round(steps)) > 1e-9)
            problem = "lies between the steps here; each is", bound = s->step;
    }
    if (!problem)
        return true;
    char *given = number_words(number), *limit = number_words(bound);
    if (isnan(bound))
        cause_set(cause, "%s %s.", given, problem);
    else
        cause_set(cause, "%s %s %s.", given, problem, limit);
    free(given);
    free(limit);
    return false;
}

static bool text_fits(const json_t *value, char **cause)
{
    const char *text = json_string_value(value);
    if (!text)
        return cause_set(cause, "This is answered with words.");
    if (strspn(text, " \t\n") == strlen(text))
        return cause_set(cause, "This is answered with words, and there are none.");
    if (json_string_length(value) > MOST_TEXT)
        return cause_set(cause, "This is too long: %zu bytes, and the most is %d.", json_string_length(value),
                         MOST_TEXT);
    return true;
}

static bool choice_fits(const struct question *q, const json_t *value, char **cause)
{
    const char *name = json_string_value(value);
    if (!name)
        return cause_set(cause, "This is answered with the name of a choice.");
    if (question_choice(q, name))
        return true;
    const char **names = xcalloc(q->choices->count + 1, sizeof *names);
    for (size_t i = 0; i < q->choices->count; i++)
        names[i] = q->choices->choices[i].name;
    const char *nearest = vocab_nearest(names, name);
    if (nearest) {
        cause_set(cause, "There is no choice “%s” here: did you mean “%s”?", name, nearest);
    } else {
        char *list = vocab_list(names);
        cause_set(cause, "There is no choice “%s” here: it is one of %s.", name, list);
        free(list);
    }
    free(names);
    return false;
}

static bool choices_fit(const struct question *q, const json_t *value, char **cause)
{
    if (!json_is_array(value))
        return cause_set(cause, "This is answered with a list of choices.");
    size_t n = json_array_size(value);
    if (n == 0)
        return cause_set(cause, "Nothing is picked.");
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(value, i);
        if (!choice_fits(q, item, cause))
            return false;
        for (size_t j = 0; j < i; j++) {
            if (json_equal(json_array_get(value, j), item))
                return cause_set(cause, "“%s” is picked twice.", json_string_value(item));
        }
        if (n > 1 && question_choice(q, json_string_value(item))->exclusive)
            return cause_set(cause, "“%s” goes with no other choice.", json_string_value(item));
    }
    return true;
}

bool answer_fits(const struct question *q, const json_t *value, char **cause)
{
    int day;
    switch (q->type) {
    case TYPE_TEXT:
        return text_fits(value, cause);
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        return number_fits(q, value, cause);
    case TYPE_SELECT_ONE:
        return choice_fits(q, value, cause);
    case TYPE_SELECT_MULTIPLE:
        return choices_fit(q, value, cause);
    case TYPE_DATE:
        if (json_is_string(value) && date_parse(json_string_value(value), &day))
            return true;
        return cause_set(cause,
                         "This is answered with a day that exists, written YEAR-MONTH-DAY: 2026-11-30.");
    case TYPE_ACKNOWLEDGE:
        return json_is_true(value) || cause_set(cause, "This is answered with a yes (true).");
    case TYPE_RANK:
    case TYPE_TIME:
    case TYPE_DATE_TIME:
    case TYPE_NOTE:
    case TYPE_CALCULATE:
    case TYPE_GROUP:
    case TYPE_REPEAT:
        break;
    }
    return cause_set(cause, "“%s” cannot be answered: it is a %s.", q->name, question_type_names[q->type]);
}

static bool in_array(const json_t *array, const json_t *item)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (json_equal(json_array_get(array, i), item))
            return true;
    }
    return false;
}

static double only_in_first(const json_t *a, const json_t *b)
{
    double n = 0;
    for (size_t i = 0; i < json_array_size(a); i++)
        n += !in_array(b, json_array_get(a, i));
    return n;
}

/* The text without the blanks around it. */
static const char *trimmed(const char *text, size_t *length)
{
    text += strspn(text, " \t\n");
    *length = strlen(text);
    while (*length && strchr(" \t\n", text[*length - 1]))
        --*length;
    return text;
}

bool answer_place(const struct question *q, const json_t *value, double *place)
{
    int day;
    switch (q->type) {
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        *place = json_number_value(value);
        return json_is_number(value);
    case TYPE_DATE:
        if (!json_is_string(value) || !date_parse(json_string_value(value), &day))
            return false;
        *place = day;
        return true;
    default:
        return false;
    }
}

double answer_gap(const struct question *q, const json_t *a, const json_t *b)
{
    double pa, pb;
    if (answer_place(q, a, &pa) && answer_place(q, b, &pb))
        return fabs(pa - pb);
    if (q->type == TYPE_SELECT_MULTIPLE)
        return only_in_first(a, b) + only_in_first(b, a);
    if (json_is_string(a) && json_is_string(b)) {
        size_t la, lb;
        const char *ta = trimmed(json_string_value(a), &la), *tb = trimmed(json_string_value(b), &lb);
        return la != lb || memcmp(ta, tb, la) != 0;
    }
    return !json_equal(a, b);
}

bool answer_same(const struct question *q, const json_t *a, const json_t *b)
{
    return answer_gap(q, a, b) == 0;
}

bool answer_differs(const struct question *q, const json_t *a, const json_t *b)
{
    /* Decimals: 0.1 + 0.2 apart by a hair is not a disagreement. */
    return answer_gap(q, a, b) > q->tolerance + 1e-9;
}

struct value answer_value(const struct question *q, const json_t *value)
{
    int day;
    switch (q->type) {
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        return value_of_number(json_number_value(value));
    case TYPE_DATE:
        if (json_is_string(value) && date_parse(json_string_value(value), &day))
            return value_of_date(day);
        break;
    case TYPE_SELECT_MULTIPLE: {
        /* As in ODK: the names with blanks between them, for selected() and count-selected(). */
        struct strbuf sb = STRBUF_INIT;
        for (size_t i = 0; i < json_array_size(value); i++)
            strbuf_addf(&sb, "%s%s", i ? " " : "", json_string_value(json_array_get(value, i)));
        struct value names = value_of_string(sb.text);
        strbuf_release(&sb);
        return names;
    }
    case TYPE_ACKNOWLEDGE:
        return value_of_string("OK"); /* as in ODK */
    default:
        break;
    }
    return value_of_string(json_string_value(value));
}

/* To whom an answer is told, and where. */
struct telling {
    const struct assessment *a;
    int item;
    const struct question *q;
    enum who reader;
    int language;
};

static const char *label_text(const struct telling *t, const struct wording *label)
{
    return assessment_text(t->a, t->item, label, t->reader, t->language);
}

static void add_choice(struct strbuf *sb, const struct telling *t, const json_t *name)
{
    const struct choice *choice =
        json_is_string(name) ? question_choice(t->q, json_string_value(name)) : NULL;
    const char *label = choice ? label_text(t, choice->label) : NULL;
    if (sb->length)
        strbuf_add(sb, ", ");
    strbuf_add(sb, label && *label ? label : json_is_string(name) ? json_string_value(name) : "?");
}

static void add_number(struct strbuf *sb, const struct telling *t, double number, bool brief)
{
    char *digits = number_words(number);
    strbuf_add(sb, digits);
    free(digits);
    const struct wording *label = brief ? NULL : question_label_of(t->q, number);
    if (label)
        strbuf_addf(sb, ": %s", label_text(t, label));
}

static char *words_of(const struct telling *t, const json_t *value, bool brief)
{
    struct strbuf sb = STRBUF_INIT;
    switch (t->q->type) {
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        add_number(&sb, t, json_number_value(value), brief);
        break;
    case TYPE_SELECT_ONE:
        add_choice(&sb, t, value);
        break;
    case TYPE_SELECT_MULTIPLE:
        for (size_t i = 0; i < json_array_size(value); i++)
            add_choice(&sb, t, json_array_get(value, i));
        break;
    case TYPE_ACKNOWLEDGE:
        strbuf_add(&sb, "yes");
        break;
    default:
        if (json_is_string(value))
            strbuf_add(&sb, json_string_value(value));
        break;
    }
    return strbuf_detach(&sb);
}

char *answer_words(const struct assessment *a, int item, const json_t *value, enum who reader, int language)
{
    return words_of(&(struct telling){a, item, assessment_question(a, item), reader, language}, value, false);
}

char *answer_words_then(const struct assessment *a, const char *path, long seq, const json_t *value,
                        enum who reader, int language)
{
    const struct question *q = assessment_question_then(a, path, seq);
    int item = assessment_find(a, path);
    if (!q)
        return json_is_string(value) ? xstrdup(json_string_value(value)) : json_dumps(value, JSON_ENCODE_ANY);
    if (item >= 0 && assessment_question(a, item) != q)
        item = -1;
    return words_of(&(struct telling){a, item, q, reader, language}, value, false);
}

char *answer_brief(const struct assessment *a, int item, const json_t *value, enum who reader, int language)
{
    return words_of(&(struct telling){a, item, assessment_question(a, item), reader, language}, value, true);
}
