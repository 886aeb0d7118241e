/* What can be picked on one person's side. One list for all types: where one is picked the cursor is the
 * pick, where several are each has a mark, and in an order each has a place. An order stands as the form has
 * it, with the places before it, so that the two sides are compared line by line. */
#include "screen/options.h"

#include "assessment/answer.h"
#include "base/cause.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 11 };

bool options_are_several(const struct options *o)
{
    return o->q->type == TYPE_SELECT_MULTIPLE;
}

bool options_are_ordered(const struct options *o)
{
    return o->q->type == TYPE_RANK;
}

bool options_few_steps(const struct question *q)
{
    const struct scale *s = q->scale;
    return (q->type == TYPE_RANGE || q->type == TYPE_INTEGER) && s && s->has_min && s->has_max &&
           s->step > 0 && (s->max - s->min) / s->step + 1 <= MOST_STEPS + 0.5;
}

bool options_fit(const struct question *q)
{
    return options_few_steps(q) || q->type == TYPE_ACKNOWLEDGE ||
           (q->choices &&
            (q->type == TYPE_SELECT_ONE || q->type == TYPE_SELECT_MULTIPLE || q->type == TYPE_RANK));
}

/* ---- making ---- */

static struct option *add(struct options *o, json_t *value, const char *label, int digit)
{
    o->list = xreallocarray(o->list, o->count + 1, sizeof *o->list);
    o->list[o->count] =
        (struct option){.value = value, .label = xstrdup(label), .digit = digit <= 9 ? digit : -1, .row = -1};
    return &o->list[o->count++];
}

/* The highest on top, as on a ladder. The digit is the number itself, 0 standing for 10 where there is no 0.
 */
static void add_steps(struct options *o, const struct assessment *a, int item, enum who reader, int language)
{
    const struct scale *s = o->q->scale;
    for (int i = (int)lround((s->max - s->min) / s->step); i >= 0; i--) {
        double number = s->min + i * s->step;
        const struct wording *label = question_label_of(o->q, number);
        bool whole = number == floor(number);
        int digit = !whole || number < 0         ? -1
                    : number < 10                ? (int)number
                    : number == 10 && s->min > 0 ? 0
                                                 : -1;
        add(o, whole ? json_integer((json_int_t)number) : json_real(number),
            assessment_text(a, item, label, reader, language), digit);
    }
}

void options_make(struct options *o, const struct assessment *a, int item, enum who reader, int language)
{
    const struct question *q = assessment_question(a, item);
    *o = (struct options){.q = q, .cursor = -1};
    if (options_few_steps(q))
        add_steps(o, a, item, reader, language);
    else if (q->type == TYPE_ACKNOWLEDGE)
        add(o, json_true(), "Yes", 1);
    for (size_t i = 0; options_fit(q) && q->choices && i < q->choices->count; i++) {
        const struct choice *choice = &q->choices->choices[i];
        if (!assessment_offers(a, item, reader, choice))
            continue;
        int digit = o->count < 9 ? (int)o->count + 1 : o->count == 9 ? 0 : -1;
        add(o, json_string(choice->name), assessment_text(a, item, choice->label, reader, language), digit)
            ->other = choice->other;
    }
}

void options_release(struct options *o)
{
    for (size_t i = 0; i < o->count; i++) {
        json_decref(o->list[i].value);
        free(o->list[i].label);
        free(o->list[i].words);
    }
    free(o->list);
    *o = (struct options){.q = o->q, .cursor = -1};
}

/* Which member of the answer it is; NULL. */
static const json_t *member_of(const json_t *answer, const struct option *option, size_t *at)
{
    size_t count = json_is_array(answer) ? json_array_size(answer) : answer != NULL;
    for (*at = 0; *at < count; ++*at) {
        const json_t *member = json_is_array(answer) ? json_array_get(answer, *at) : answer;
        if (json_is_string(member) && json_is_string(option->value)) {
            const char *text = json_string_value(member), *name = json_string_value(option->value);
            size_t length = strcspn(text, ":");
            if (length == strlen(name) && memcmp(text, name, length) == 0)
                return member;
        } else if (json_equal(member, option->value) ||
                   (json_is_number(member) && json_is_number(option->value) &&
                    fabs(json_number_value(member) - json_number_value(option->value)) < 1e-9)) {
            return member;
        }
    }
    return NULL;
}

bool options_hold(const struct options *o, const json_t *answer, const struct option *option)
{
    size_t at;
    (void)o;
    return member_of(answer, option, &at) != NULL;
}

static void take_words(struct option *option, const json_t *member)
{
    size_t length = 0;
    const char *words = option->other && member ? choice_words(json_string_value(member), &length) : NULL;
    free(option->words);
    option->words = length ? xstrndup(words, length) : NULL;
}

void options_show(struct options *o, const json_t *value)
{
    bool one = !options_are_several(o) && !options_are_ordered(o);
    o->moved = false;
    o->cursor = one && o->q->type != TYPE_ACKNOWLEDGE ? -1 : 0;
    for (size_t i = 0; i < o->count; i++) {
        size_t at;
        struct option *option = &o->list[i];
        const json_t *member = member_of(value, option, &at);
        option->marked = member != NULL;
        option->place = member && options_are_ordered(o) ? (int)at + 1 : 0;
        take_words(option, member);
        if (member && one)
            o->cursor = (int)i;
    }
}

void options_refresh(struct options *o, const struct assessment *a, int item, enum who reader, int language,
                     const json_t *value)
{
    struct options old = *o;
    options_make(o, a, item, reader, language);
    options_show(o, value);
    if (old.moved && old.count == o->count) {
        o->moved = true;
        o->cursor = old.cursor;
        for (size_t i = 0; i < o->count; i++) {
            o->list[i].marked = old.list[i].marked;
            o->list[i].place = old.list[i].place;
            free(o->list[i].words);
            o->list[i].words = old.list[i].words;
            old.list[i].words = NULL;
        }
    }
    options_release(&old);
}

/* ---- picking ---- */

void options_move(struct options *o, int by)
{
    int last = (int)o->count - 1, to = o->cursor + by;
    if (o->cursor < 0)
        to = options_few_steps(o->q) ? (int)o->count / 2 : 0;
    if (to < 0 || to > last)
        return;
    o->cursor = to;
    o->moved = true;
}

static bool is_exclusive(const struct options *o, size_t i)
{
    const struct choice *choice = question_choice(o->q, json_string_value(o->list[i].value));
    return choice && choice->exclusive;
}

static void toggle(struct options *o, size_t i)
{
    o->list[i].marked = !o->list[i].marked;
    for (size_t j = 0; j < o->count && o->list[i].marked; j++) {
        if (j != i && (is_exclusive(o, i) || is_exclusive(o, j)))
            o->list[j].marked = false;
    }
}

static int placed(const struct options *o)
{
    int count = 0;
    for (size_t i = 0; i < o->count; i++)
        count += o->list[i].place > 0;
    return count;
}

/* The next place, or none: those behind it close up. */
static void put_in_order(struct options *o, size_t i)
{
    int place = o->list[i].place;
    o->list[i].place = place ? 0 : placed(o) + 1;
    for (size_t j = 0; j < o->count && place; j++)
        o->list[j].place -= o->list[j].place > place;
}

void options_pick(struct options *o, size_t i)
{
    o->cursor = (int)i;
    o->moved = true;
    if (options_are_several(o))
        toggle(o, i);
    else if (options_are_ordered(o))
        put_in_order(o, i);
}

bool options_pick_digit(struct options *o, int digit)
{
    for (size_t i = 0; i < o->count; i++) {
        if (o->list[i].digit == digit) {
            options_pick(o, i);
            return true;
        }
    }
    return false;
}

bool options_shift(struct options *o, int by)
{
    struct option *option = options_are_ordered(o) && o->cursor >= 0 ? &o->list[o->cursor] : NULL;
    int to = option && option->place ? option->place + by : 0;
    for (size_t i = 0; i < o->count && to > 0; i++) {
        if (o->list[i].place != to)
            continue;
        o->list[i].place = option->place;
        option->place = to;
        o->moved = true;
        return true;
    }
    return false;
}

struct option *options_asking(struct options *o)
{
    struct option *option = o->cursor >= 0 && (size_t)o->cursor < o->count ? &o->list[o->cursor] : NULL;
    return option && option->other && (option->marked || !options_are_several(o)) ? option : NULL;
}

void options_say(struct options *o, const char *words)
{
    struct option *option = options_asking(o);
    if (!option)
        return;
    o->moved = true;
    free(option->words);
    option->words = *words ? xstrdup(words) : NULL;
    if (!*words && options_are_several(o))
        option->marked = false;
}

void options_go(struct options *o, const char *name)
{
    for (size_t i = 0; i < o->count; i++) {
        if (json_is_string(o->list[i].value) && strcmp(json_string_value(o->list[i].value), name) == 0)
            o->cursor = (int)i;
    }
}

/* ---- as an answer ---- */

static json_t *value_of(const struct option *option)
{
    if (option->other && option->words)
        return json_sprintf("%s:%s", json_string_value(option->value), option->words);
    return json_incref(option->value);
}

json_t *options_value(const struct options *o, char **cause)
{
    if (o->count == 0)
        return NULL;
    if (!options_are_several(o) && !options_are_ordered(o)) {
        if (o->cursor >= 0)
            return value_of(&o->list[o->cursor]);
        cause_set(cause, "Pick an answer with its number or the arrow keys. s skips it, Right goes on.");
        return NULL;
    }
    int wait = (int)o->count - placed(o);
    if (options_are_ordered(o) && wait) {
        cause_set(cause, "%d %s no place yet. Give each its number, the first one first. s skips it.", wait,
                  wait == 1 ? "has" : "have");
        return NULL;
    }
    json_t *array = json_array();
    for (size_t i = 0; i < o->count; i++) {
        if (options_are_several(o) && o->list[i].marked)
            json_array_append_new(array, value_of(&o->list[i]));
        for (size_t j = 0; j < o->count && options_are_ordered(o); j++) {
            if (o->list[j].place == (int)i + 1)
                json_array_append(array, o->list[j].value);
        }
    }
    return array;
}

bool options_changed(const struct options *o, const json_t *saved)
{
    if (options_are_ordered(o) || options_are_several(o)) {
        for (size_t i = 0; i < o->count; i++) {
            size_t at, length = 0;
            const struct option *option = &o->list[i];
            const json_t *member = member_of(saved, option, &at);
            const char *words =
                member && option->other ? choice_words(json_string_value(member), &length) : "";
            bool said = option->words && option->marked;
            if (options_are_ordered(o) ? option->place != (member ? (int)at + 1 : 0)
                                       : option->marked != (member != NULL))
                return true;
            if (said != (length > 0) ||
                (said && (strlen(option->words) != length || memcmp(option->words, words, length) != 0)))
                return true;
        }
        return false;
    }
    if (!o->moved || o->cursor < 0)
        return false;
    if (!options_hold(o, saved, &o->list[o->cursor]))
        return true;
    json_t *now = value_of(&o->list[o->cursor]);
    bool other = json_is_string(now) && !answer_same(o->q, now, saved);
    json_decref(now);
    return other;
}
