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
    /* NOLINTNEXTLINE(cert-err34-c): so few digits are never too big a number */
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
    /* NOLINTNEXTLINE(cert-err34-c): so few digits are never too big a number */
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

bool typed_time(const char *text, char time[8])
{
    unsigned hour, minute = 0;
    char mark = ' ';
    int end = 0;
    /* "14:30", "9.05", "2.30pm"; "2pm" too, but a number alone is no time. */
    /* NOLINTNEXTLINE(cert-err34-c) */
    bool minutes = sscanf(text, "%2u%*1[:.]%2u%n", &hour, &minute, &end) == 2 && end >= 4 &&
                   text[end - 2] >= '0' && text[end - 2] <= '9';
    /* NOLINTNEXTLINE(cert-err34-c) */
    if (!minutes && (end = 0, sscanf(text, "%2u%n", &hour, &end) != 1))
        return false;
    text += end;
    text += strspn(text, " ");
    if (strcasecmp(text, "am") == 0 || strcasecmp(text, "a.m.") == 0)
        mark = 'a';
    else if (strcasecmp(text, "pm") == 0 || strcasecmp(text, "p.m.") == 0)
        mark = 'p';
    else if (*text || !minutes)
        return false;
    if (minute > 59 || (mark == ' ' ? hour > 23 : hour < 1 || hour > 12))
        return false;
    if (mark != ' ')
        hour = hour % 12 + (mark == 'p' ? 12 : 0);
    snprintf(time, 8, "%02u:%02u", hour % 24, minute % 60);
    return true;
}

bool typed_moment(const char *text, char moment[24])
{
    /* A day is written in more than one way, also with blanks: wherever a day may end and a time begin. */
    for (const char *at = text; *at; at++) {
        char day_text[32], day[16], time[8];
        size_t length = (size_t)(at - text);
        if ((*at != ' ' && *at != 'T' && *at != ',') || length >= sizeof day_text)
            continue;
        snprintf(day_text, sizeof day_text, "%.*s", (int)length, text);
        const char *rest = at + strspn(at, " T,");
        if (!typed_day(day_text, day) || !typed_time(rest, time))
            continue;
        snprintf(moment, 24, "%sT%s", day, time);
        return true;
    }
    return false;
}

static bool asks_words(const struct question *q, const json_t *member)
{
    const struct choice *choice =
        json_is_string(member) ? question_choice(q, json_string_value(member)) : NULL;
    return choice && choice->other;
}

const struct choice *typed_lacks_words(const struct question *q, const json_t *value)
{
    size_t count = json_is_array(value) ? json_array_size(value) : 1, length;
    for (size_t i = 0; i < count; i++) {
        const json_t *member = json_is_array(value) ? json_array_get(value, i) : value;
        if (!asks_words(q, member))
            continue;
        choice_words(json_string_value(member), &length);
        if (length == 0)
            return question_choice(q, json_string_value(member));
    }
    return NULL;
}

json_t *typed_with_words(const struct question *q, const json_t *value, const char *words)
{
    const struct choice *choice = typed_lacks_words(q, value);
    json_t *said = json_sprintf("%s:%s", choice ? choice->name : "", words);
    if (!json_is_array(value))
        return said;
    json_t *list = json_copy((json_t *)value);
    for (size_t i = 0; i < json_array_size(list) && choice; i++) {
        if (strcmp(json_string_value(json_array_get(list, i)), choice->name) == 0)
            json_array_set(list, i, said);
    }
    json_decref(said);
    return list;
}

/* Put the words to the choice that asks for them; false and a cause where none, or more than one, does. */
static bool add_said(const struct question *q, json_t *picked, const char *words, char **cause)
{
    size_t at = 0, asking = 0;
    for (size_t i = 0; i < json_array_size(picked); i++) {
        if (asks_words(q, json_array_get(picked, i))) {
            at = i;
            asking++;
        }
    }
    if (*words && asking == 0)
        return cause_set(cause, "“%.*s” is not one of the numbers.", (int)strcspn(words, " ,\t"), words);
    if (*words && asking == 1)
        json_array_set_new(picked, at,
                           json_sprintf("%s:%s", json_string_value(json_array_get(picked, at)), words));
    return true;
}

json_t *typed_choices(const struct question *q, const struct choice *const *offered, size_t count,
                      const char *text, char **cause)
{
    json_t *picked = json_array();
    static const char between[] = " ,\t";
    for (text += strspn(text, between); *text; text += strspn(text, between)) {
        size_t digits = strspn(text, "0123456789"), length = strcspn(text, between);
        bool words_follow = text[digits] == ':'; /* "4: my aunt" */
        if (digits == 0 || (digits < length && !words_follow))
            break; /* words from here on */
        unsigned long number = digits < 6 ? strtoul(text, NULL, 10) : 0;
        if (number < 1 || number > count) {
            cause_set(cause, "“%.*s” is not one of the numbers.", (int)digits, text);
            json_decref(picked);
            return NULL;
        }
        json_array_append_new(picked, json_string(offered[number - 1]->name));
        text += digits;
        if (words_follow) {
            text++;
            text += strspn(text, between);
            break;
        }
    }
    if (!add_said(q, picked, text, cause)) {
        json_decref(picked);
        return NULL;
    }
    if (q->type != TYPE_SELECT_ONE)
        return picked;
    json_t *one = json_array_size(picked) == 1 ? json_incref(json_array_get(picked, 0)) : NULL;
    if (!one)
        cause_set(cause, "Pick one, by its number.");
    json_decref(picked);
    return one;
}

/* By the numbers that typed_how() gives them. */
static json_t *choices_typed(const struct question *q, const char *text, char **cause)
{
    const struct choice **all = xcalloc(q->choices->count, sizeof *all);
    for (size_t i = 0; i < q->choices->count; i++)
        all[i] = &q->choices->choices[i];
    json_t *value = typed_choices(q, all, q->choices->count, text, cause);
    const struct choice *wordless = value ? typed_lacks_words(q, value) : NULL;
    free(all);
    if (!wordless)
        return value;
    size_t number = (size_t)(wordless - q->choices->choices) + 1;
    cause_set(cause, "Say it in words after the number, like this: %zu something else.", number);
    json_decref(value);
    return NULL;
}

json_t *typed_answer(const struct question *q, const char *text, char **cause)
{
    char iso[16], moment[24];
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
    case TYPE_RANK:
        value = choices_typed(q, trimmed, cause);
        break;
    case TYPE_DATE:
        if (typed_day(trimmed, iso))
            value = json_string(iso);
        else
            cause_set(cause, "“%s” is not a day. Write it like this: 30/11/2026.", trimmed);
        break;
    case TYPE_TIME:
        if (typed_time(trimmed, moment))
            value = json_string(moment);
        else
            cause_set(cause, "“%s” is not a time. Write it like this: 14:30 or 2.30pm.", trimmed);
        break;
    case TYPE_DATE_TIME:
        if (typed_moment(trimmed, moment))
            value = json_string(moment);
        else
            cause_set(cause, "“%s” is not a day and a time. Write them like this: 30/11/2026 14:30.",
                      trimmed);
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
    case TYPE_TIME:
        return xstrdup("A time, like 14:30 or 2.30pm");
    case TYPE_DATE_TIME:
        return xstrdup("A day and a time, like 30/11/2026 14:30");
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
    case TYPE_RANK:
        strbuf_add(&sb, q->type == TYPE_SELECT_ONE ? "Its number"
                        : q->type == TYPE_RANK     ? "Their numbers, the first one first"
                                                   : "Their numbers");
        for (size_t i = 0; i < q->choices->count; i++)
            strbuf_addf(&sb, "%s %zu %s", i ? "," : ":", i + 1,
                        assessment_text(a, item, q->choices->choices[i].label, reader, language));
        for (size_t i = 0; i < q->choices->count; i++) {
            if (q->choices->choices[i].other) {
                strbuf_addf(&sb, ". After %zu, say it: %zu like this", i + 1, i + 1);
                break;
            }
        }
        return strbuf_detach(&sb);
    case TYPE_TEXT:
        return xstrdup("In your own words");
    default:
        return xstrdup("");
    }
}
