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
#include "form/moment.h"
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
    const struct choice *choice = question_choice(q, name);
    size_t length;
    const char *words = choice_words(name, &length);
    if (choice && choice->other)
        return length > 0 || cause_set(cause, "“%s” asks for words of your own, after it: %s:like this.",
                                       choice->name, choice->name);
    if (choice)
        return !words || cause_set(cause, "“%s” takes no words of your own.", choice->name);
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

const struct choice *answer_choice(const struct question *q, const json_t *member)
{
    return json_is_string(member) ? question_choice(q, json_string_value(member)) : NULL;
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
            if (answer_choice(q, json_array_get(value, j)) == answer_choice(q, item))
                return cause_set(cause, "“%s” is %s twice.", answer_choice(q, item)->name,
                                 q->type == TYPE_RANK ? "there" : "picked");
        }
        if (n > 1 && answer_choice(q, item)->exclusive)
            return cause_set(cause, "“%s” goes with no other choice.", json_string_value(item));
    }
    return true;
}

/* All that is offered, which only the other answers tell where there is a choice_filter. */
static bool order_fits(const struct question *q, const json_t *value, char **cause)
{
    if (!choices_fit(q, value, cause))
        return false;
    size_t missing = q->choices->count - json_array_size(value);
    return missing == 0 || q->choice_filter ||
           cause_set(cause, "All %zu are to be put in order, and %zu of them %s missing.", q->choices->count,
                     missing, missing == 1 ? "is" : "are");
}

/* "14:30", in minutes. */
static bool time_parse(const char *text, int *minutes)
{
    if (strlen(text) != 5 || text[2] != ':')
        return false;
    int digits[5];
    for (int i = 0; i < 5; i++) {
        digits[i] = text[i] - '0';
        if (i != 2 && (digits[i] < 0 || digits[i] > 9))
            return false;
    }
    int hour = digits[0] * 10 + digits[1], minute = digits[3] * 10 + digits[4];
    *minutes = hour * 60 + minute;
    return hour < 24 && minute < 60;
}

/* "2026-11-30T14:30", in minutes since 1970-01-01T00:00. */
static bool date_time_parse(const char *text, long *minutes)
{
    int day, clock;
    char date[DATE_TEXT] = "";
    if (strlen(text) != 16 || text[10] != 'T')
        return false;
    memcpy(date, text, 10);
    if (!date_parse(date, &day) || !time_parse(text + 11, &clock))
        return false;
    *minutes = day * 1440L + clock;
    return true;
}

bool answer_fits(const struct question *q, const json_t *value, char **cause)
{
    int day, clock;
    long minutes;
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
    case TYPE_RANK:
        return order_fits(q, value, cause);
    case TYPE_TIME:
        if (json_is_string(value) && time_parse(json_string_value(value), &clock))
            return true;
        return cause_set(cause, "This is answered with a time from 00:00 to 23:59, like 14:30.");
    case TYPE_DATE_TIME:
        if (json_is_string(value) && date_time_parse(json_string_value(value), &minutes))
            return true;
        return cause_set(cause,
                         "This is answered with a day that exists and a time, written 2026-11-30T14:30.");
    case TYPE_ACKNOWLEDGE:
        return json_is_true(value) || cause_set(cause, "This is answered with a yes (true).");
    case TYPE_NOTE:
    case TYPE_CALCULATE:
    case TYPE_GROUP:
    case TYPE_REPEAT:
        break;
    }
    return cause_set(cause, "“%s” cannot be answered: it is a %s.", q->name, question_type_names[q->type]);
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

static bool same_text(const char *a, const char *b)
{
    size_t la, lb;
    a = trimmed(a, &la);
    b = trimmed(b, &lb);
    return la == lb && memcmp(a, b, la) == 0;
}

/* The same choice and, where it has words, the same words? */
static bool same_choice(const char *a, const char *b)
{
    size_t name = strcspn(a, ":"), la, lb;
    if (name != strcspn(b, ":") || memcmp(a, b, name) != 0)
        return false;
    const char *wa = choice_words(a, &la), *wb = choice_words(b, &lb);
    return la == lb && (la == 0 || memcmp(wa, wb, la) == 0);
}

/* Where in the list a choice stands; -1. */
static int place_in(const struct question *q, const json_t *list, const struct choice *choice)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (answer_choice(q, json_array_get(list, i)) == choice)
            return (int)i;
    }
    return -1;
}

/* How many choices they say something else about. */
static double choices_apart(const struct question *q, const json_t *a, const json_t *b)
{
    int apart = 0;
    for (size_t i = 0; i < q->choices->count; i++) {
        const struct choice *choice = &q->choices->choices[i];
        int in_a = place_in(q, a, choice), in_b = place_in(q, b, choice);
        if (in_a < 0 || in_b < 0)
            apart += (in_a < 0) != (in_b < 0);
        else
            apart += !same_choice(json_string_value(json_array_get(a, (size_t)in_a)),
                                  json_string_value(json_array_get(b, (size_t)in_b)));
    }
    return apart;
}

/* How many places the choices go up, and down, from one order to the other, halved. */
static double places_apart(const struct question *q, const json_t *a, const json_t *b)
{
    int apart = 0;
    for (size_t i = 0; i < q->choices->count; i++) {
        const struct choice *choice = &q->choices->choices[i];
        int in_a = place_in(q, a, choice), in_b = place_in(q, b, choice);
        if (in_a < 0 && in_b < 0)
            continue;
        /* choice_filter may offer the two not quite the same. */
        apart +=
            abs((in_a < 0 ? (int)json_array_size(a) : in_a) - (in_b < 0 ? (int)json_array_size(b) : in_b));
    }
    return apart / 2.0;
}

bool answer_place(const struct question *q, const json_t *value, double *place)
{
    int day;
    long minutes;
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
    case TYPE_TIME:
        if (!json_is_string(value) || !time_parse(json_string_value(value), &day))
            return false;
        *place = day; /* in minutes */
        return true;
    case TYPE_DATE_TIME:
        if (!json_is_string(value) || !date_time_parse(json_string_value(value), &minutes))
            return false;
        *place = (double)minutes / 1440;
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
        return choices_apart(q, a, b);
    if (q->type == TYPE_RANK)
        return places_apart(q, a, b);
    if (!json_is_string(a) || !json_is_string(b))
        return !json_equal(a, b);
    const char *text_a = json_string_value(a), *text_b = json_string_value(b);
    return q->type == TYPE_SELECT_ONE ? !same_choice(text_a, text_b) : !same_text(text_a, text_b);
}

bool answer_same(const struct question *q, const json_t *a, const json_t *b)
{
    return answer_gap(q, a, b) <= ANSWER_HAIR;
}

bool answer_differs(const struct question *q, const json_t *a, const json_t *b)
{
    return answer_gap(q, a, b) > q->tolerance + ANSWER_HAIR;
}

/* As in ODK: the names with blanks between them, for selected() and selected-at(). What was said with a
 * choice is no part of its name. */
static struct value names_value(const char *name, const json_t *list)
{
    struct strbuf sb = STRBUF_INIT;
    size_t count = list ? json_array_size(list) : 1;
    for (size_t i = 0; i < count; i++) {
        const char *one = list ? json_string_value(json_array_get(list, i)) : name;
        if (one)
            strbuf_addf(&sb, "%s%.*s", i ? " " : "", (int)strcspn(one, ":"), one);
    }
    struct value names = value_of_string(sb.text);
    strbuf_release(&sb);
    return names;
}

struct value answer_value(const struct question *q, const json_t *value)
{
    int day;
    double moment;
    switch (q->type) {
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        return value_of_number(json_number_value(value));
    case TYPE_DATE:
        if (json_is_string(value) && date_parse(json_string_value(value), &day))
            return value_of_date(day);
        break;
    case TYPE_DATE_TIME:
        if (json_is_string(value) && moment_parse(json_string_value(value), &moment))
            return (struct value){.type = VALUE_DATE, .number = moment};
        break;
    case TYPE_SELECT_ONE:
        return names_value(json_string_value(value), NULL);
    case TYPE_SELECT_MULTIPLE:
    case TYPE_RANK:
        return names_value(NULL, value);
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
    const struct choice *choice = answer_choice(t->q, name);
    const char *label = choice ? label_text(t, choice->label) : NULL;
    size_t length = 0;
    const char *words = choice && choice->other ? choice_words(json_string_value(name), &length) : NULL;
    strbuf_add(sb, label && *label ? label : json_is_string(name) ? json_string_value(name) : "?");
    if (words)
        strbuf_addf(sb, ": %.*s", (int)length, words);
}

/* "Home, Work"; an order in full: "1 Home, 2 Work". */
static void add_choices(struct strbuf *sb, const struct telling *t, const json_t *list, bool brief)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (i)
            strbuf_add(sb, ", ");
        if (t->q->type == TYPE_RANK && !brief)
            strbuf_addf(sb, "%zu ", i + 1);
        add_choice(sb, t, json_array_get(list, i));
    }
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
    case TYPE_RANK:
        add_choices(&sb, t, value, brief);
        break;
    case TYPE_DATE_TIME:
        if (json_is_string(value))
            strbuf_addf(&sb, "%.10s %s", json_string_value(value),
                        json_string_length(value) == 16 ? json_string_value(value) + 11 : "");
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
