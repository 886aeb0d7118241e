/* From what a person types to an answer. */
#include "session/typed.h"

#include "assessment/answer.h"
#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "form/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool typed_day(const char *text, char iso[16])
{
    int a, end = 0, day;
    char sign;
    if (strcasecmp(text, "today") == 0) {
        date_format(clock_today(), iso);
        return true;
    }
    if (sscanf(text, "%c%5d%n", &sign, &a, &end) == 2 && sign == '+' && !text[end] && a >= 0) {
        date_format(clock_today() + a, iso);
        return true;
    }
    if (date_parse(text, &day)) {
        date_format(day, iso);
        return true;
    }
    /* day month year, with anything usual between */
    unsigned d, m, y;
    end = 0;
    if (sscanf(text, "%2u%*1[-/. ]%2u%*1[-/. ]%4u%n", &d, &m, &y, &end) == 3 && end && !text[end] &&
        y >= 1000) {
        snprintf(iso, 16, "%04u-%02u-%02u", y % 10000, m % 100, d % 100);
        return date_parse(iso, &day);
    }
    return false;
}

/* A number as people write it, with a point or a comma, whatever the locale; false where it is none. */
static bool typed_number(const char *text, double *number)
{
    char *copy = xstrdup(text);
    for (char *p = copy; *p; p++) {
        if (*p == ',')
            *p = '.';
    }
    *number = number_parse(copy + (*copy == '+'));
    free(copy);
    return isfinite(*number) && fabs(*number) < 1e15;
}

/* 1,500: a thousand and a half to some, one and a half to others. */
static bool is_ambiguous(const char *text)
{
    static const char digits[] = "0123456789";
    text += strspn(text, "+-");
    size_t before = strspn(text, digits);
    return *text != '0' && before >= 1 && before <= 3 && text[before] == ',' &&
           strspn(text + before + 1, digits) == 3;
}

static json_t *number_typed(const char *text, char **cause)
{
    double number;
    if (is_ambiguous(text)) {
        cause_set(cause, "“%s” can be read in two ways. Write it without the comma, or with a point.", text);
        return NULL;
    }
    if (!typed_number(text, &number)) {
        cause_set(cause, "“%s” is not a number.", text);
        return NULL;
    }
    return number == floor(number) ? json_integer((json_int_t)number) : json_real(number);
}

/* Choices by their numbers, as typed_how() gives them: "2", or "1 3" where several may be picked. */
static json_t *choices_typed(const struct question *q, const char *text, char **cause)
{
    json_t *picked = json_array();
    char *copy = xstrdup(text), *rest = copy;
    for (char *word; picked && (word = strsep(&rest, " ,"));) {
        char *end;
        unsigned long number = strtoul(word, &end, 10);
        if (!*word)
            continue;
        if (*end || number < 1 || number > q->choices->count) {
            cause_set(cause, "“%s” is not one of the numbers.", word);
            json_decref(picked);
            picked = NULL;
        } else {
            json_array_append_new(picked, json_string(q->choices->choices[number - 1].name));
        }
    }
    free(copy);
    if (!picked || q->type == TYPE_SELECT_MULTIPLE)
        return picked;
    json_t *one = json_array_size(picked) == 1 ? json_incref(json_array_get(picked, 0)) : NULL;
    if (!one)
        cause_set(cause, "Pick one, by its number.");
    json_decref(picked);
    return one;
}

json_t *typed_answer(const struct question *q, const char *text, char **cause)
{
    char iso[16];
    json_t *value = NULL;
    text += strspn(text, " \t\n");
    char *trimmed = xstrdup(text);
    for (size_t n = strlen(trimmed); n > 0 && strchr(" \t\n", trimmed[n - 1]); n--)
        trimmed[n - 1] = '\0';
    switch (q->type) {
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        value = number_typed(trimmed, cause);
        break;
    case TYPE_SELECT_ONE:
    case TYPE_SELECT_MULTIPLE:
        value = choices_typed(q, trimmed, cause);
        break;
    case TYPE_DATE:
        if (typed_day(trimmed, iso))
            value = json_string(iso);
        else
            cause_set(cause, "“%s” is not a day. Write it like this: 30/11/2026.", trimmed);
        break;
    default:
        value = json_string(trimmed);
        if (!value)
            cause_set(cause, "this text has characters that cannot be kept.");
        break;
    }
    free(trimmed);
    if (value && !answer_fits(q, value, cause)) {
        json_decref(value);
        return NULL;
    }
    return value;
}

char *typed_how(const struct assessment *a, int item, enum who reader, int language)
{
    const struct question *q = assessment_question(a, item);
    struct strbuf sb = STRBUF_INIT;
    const struct scale *s = q->scale;
    switch (q->type) {
    case TYPE_DATE:
        return xstrdup("A day, like 30/11/2026");
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        if (s && s->has_min && s->has_max)
            return xasprintf("A number from %.15g to %.15g", s->min, s->max);
        if (s && s->has_min)
            return xasprintf("A number, %.15g or more", s->min);
        if (s && s->has_max)
            return xasprintf("A number, %.15g or less", s->max);
        return xstrdup("A number");
    case TYPE_SELECT_ONE:
    case TYPE_SELECT_MULTIPLE:
        strbuf_add(&sb, q->type == TYPE_SELECT_ONE ? "Its number" : "Their numbers");
        for (size_t i = 0; i < q->choices->count; i++)
            strbuf_addf(&sb, "%s %zu %s", i ? "," : ":", i + 1,
                        assessment_text(a, item, q->choices->choices[i].label, reader, language));
        return strbuf_detach(&sb);
    case TYPE_TEXT:
        return xstrdup("In your own words");
    default:
        return xstrdup("");
    }
}
