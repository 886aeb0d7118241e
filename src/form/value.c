/* Values: making, copying, releasing and casting them. */
#include "form/value.h"

#include "base/mem.h"
#include "form/moment.h"
#include "form/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct value value_of_number(double number)
{
    return (struct value){.type = VALUE_NUMBER, .number = number};
}

struct value value_of_boolean(bool boolean)
{
    return (struct value){.type = VALUE_BOOLEAN, .boolean = boolean};
}

struct value value_of_string(const char *string)
{
    return (struct value){.type = VALUE_STRING, .string = string && *string ? xstrdup(string) : NULL};
}

struct value value_of_date(int day)
{
    return (struct value){.type = VALUE_DATE, .number = day};
}

struct value value_of_list(const char *const *items, size_t count)
{
    struct value v = {.type = VALUE_LIST, .count = count};
    v.items = xcalloc(count, sizeof *v.items);
    for (size_t i = 0; i < count; i++)
        v.items[i] = xstrdup(items[i]);
    return v;
}

struct value value_copy(const struct value *v)
{
    struct value copy = *v;
    if (v->type == VALUE_LIST)
        return value_of_list((const char *const *)v->items, v->count);
    copy.string = v->string ? xstrdup(v->string) : NULL;
    copy.items = NULL;
    copy.count = 0;
    return copy;
}

void value_release(struct value *v)
{
    for (size_t i = 0; i < v->count; i++)
        free(v->items[i]);
    free(v->items);
    free(v->string);
    *v = (struct value){0};
}

static double text_number(const char *text)
{
    double moment;
    /* Most texts are no dates, which the fifth character tells. */
    if (text[0] >= '0' && text[0] <= '9' && text[1] && text[2] && text[3] && text[4] == '-' &&
        moment_parse(text, &moment))
        return moment_number(moment);
    return number_parse(text);
}

double value_number(const struct value *v)
{
    switch (v->type) {
    case VALUE_NUMBER:
        return v->number;
    case VALUE_BOOLEAN:
        return v->boolean;
    case VALUE_DATE:
        return moment_number(v->number);
    case VALUE_LIST:
        return v->count ? text_number(v->items[0]) : NAN;
    case VALUE_STRING:
        break;
    }
    return v->string ? text_number(v->string) : NAN;
}

char *value_string(const struct value *v)
{
    char text[MOMENT_TEXT + NUMBER_TEXT]; /* room for either */
    switch (v->type) {
    case VALUE_NUMBER:
        return xstrdup(number_text(v->boolean ? floor(v->number) : v->number, text));
    case VALUE_BOOLEAN:
        return xstrdup(v->boolean ? "true" : "false");
    case VALUE_DATE:
        return xstrdup(moment_text(v->number, text));
    case VALUE_LIST:
        return xstrdup(v->count ? v->items[0] : "");
    case VALUE_STRING:
        break;
    }
    return xstrdup(v->string ? v->string : "");
}

bool value_boolean(const struct value *v)
{
    switch (v->type) {
    case VALUE_NUMBER:
        return v->number != 0 && !isnan(v->number);
    case VALUE_BOOLEAN:
        return v->boolean;
    case VALUE_DATE:
        return !isnan(v->number);
    case VALUE_LIST:
        return v->count > 0;
    case VALUE_STRING:
        break;
    }
    return v->string && *v->string;
}

bool value_is_empty(const struct value *v)
{
    return v->type == VALUE_STRING ? !v->string || !*v->string : v->type == VALUE_LIST && v->count == 0;
}

bool value_same(const struct value *a, const struct value *b)
{
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case VALUE_NUMBER:
    case VALUE_DATE:
        return a->number == b->number || (isnan(a->number) && isnan(b->number));
    case VALUE_BOOLEAN:
        return a->boolean == b->boolean;
    case VALUE_STRING:
        return strcmp(a->string ? a->string : "", b->string ? b->string : "") == 0;
    case VALUE_LIST:
        break;
    }
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->items[i], b->items[i]) != 0)
            return false;
    }
    return true;
}
