/* The table of functions, and all of them that have no file of their own. */
#include "form/expr_code.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/vocab.h"
#include "form/number.h"

#include <math.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double number(const struct call *c, size_t i)
{
    return value_number(&c->args[i].v);
}

static const char *text(struct call *c, size_t i)
{
    return slot_text(&c->args[i]);
}

static bool give_number(struct call *c, double value)
{
    slot_number(c->out, value);
    return true;
}

static bool give_boolean(struct call *c, bool value)
{
    slot_boolean(c->out, value);
    return true;
}

static bool give_text(struct call *c, const char *start, size_t length)
{
    slot_take(c->out, xstrndup(start, length));
    return true;
}

/* Arguments as what they hold: a list's items one by one, other values whole. Start with {0}. */
struct items {
    size_t argument, item;
};
static bool next_item(const struct call *c, struct items *at, struct value *v)
{
    while (at->argument < c->count) {
        const struct value *argument = &c->args[at->argument].v;
        if (argument->type != VALUE_LIST) {
            *v = *argument;
            at->argument++;
            return true;
        }
        if (at->item < argument->count) {
            *v = (struct value){.string = argument->items[at->item++]};
            return true;
        }
        at->argument++;
        at->item = 0;
    }
    return false;
}

/* ---- numbers ---- */

#define OF_ONE_NUMBER(name, formula)                                                                         \
    static bool name(struct call *c)                                                                         \
    {                                                                                                        \
        double x = number(c, 0);                                                                             \
        return give_number(c, formula);                                                                      \
    }
OF_ONE_NUMBER(do_int, trunc(x))
OF_ONE_NUMBER(do_floor, floor(x))
OF_ONE_NUMBER(do_ceiling, ceil(x))
OF_ONE_NUMBER(do_abs, fabs(x))
OF_ONE_NUMBER(do_sqrt, sqrt(x))
OF_ONE_NUMBER(do_exp, exp(x))
OF_ONE_NUMBER(do_log, log(x))
OF_ONE_NUMBER(do_log10, log10(x))
OF_ONE_NUMBER(do_sin, sin(x))
OF_ONE_NUMBER(do_cos, cos(x))
OF_ONE_NUMBER(do_tan, tan(x))
OF_ONE_NUMBER(do_asin, asin(x))
OF_ONE_NUMBER(do_acos, acos(x))
OF_ONE_NUMBER(do_atan, atan(x))
#undef OF_ONE_NUMBER

static bool do_atan2(struct call *c)
{
    return give_number(c, atan2(number(c, 0), number(c, 1)));
}

static bool do_pow(struct call *c)
{
    double x = number(c, 0), y = number(c, 1);
    /* C has 1 to the power of anything be 1; not a number stays none here. */
    return give_number(c, isnan(x) || isnan(y) ? NAN : pow(x, y));
}

static bool do_pi(struct call *c)
{
    return give_number(c, M_PI);
}

static bool do_round(struct call *c)
{
    double places = c->count > 1 ? trunc(number(c, 1)) : 0;
    if (isnan(places))
        return give_number(c, NAN);
    return give_number(c, number_round(number(c, 0), places > 400    ? 400
                                                     : places < -400 ? -400
                                                                     : (int)places));
}

static bool do_number(struct call *c)
{
    struct slot *from = &c->args[0];
    bool was_text = from->v.type == VALUE_STRING || from->v.type == VALUE_LIST;
    give_number(c, number(c, 0));
    if (was_text && !isnan(c->out->v.number)) {
        double plain = number_parse(slot_text(from));
        c->out->v.boolean = isnan(plain); /* a date's text: written as whole days */
    }
    return true;
}

static bool do_random(struct call *c)
{
    uint64_t bits;
    randombytes_buf(&bits, sizeof bits);
    return give_number(c, (double)(bits >> 11) / 9007199254740992.0);
}

/* ---- many at once ---- */

static bool do_sum(struct call *c)
{
    struct items at = {0};
    struct value v;
    double sum = 0;
    while (next_item(c, &at, &v))
        sum += value_number(&v);
    return give_number(c, sum);
}

static bool extreme(struct call *c, bool largest)
{
    struct items at = {0};
    struct value v;
    double best = NAN;
    bool first = true;
    while (next_item(c, &at, &v)) {
        double x = value_number(&v);
        if (isnan(x))
            return give_number(c, NAN);
        if (first || (largest ? x > best : x < best))
            best = x;
        first = false;
    }
    return give_number(c, best);
}

static bool do_max(struct call *c)
{
    return extreme(c, true);
}

static bool do_min(struct call *c)
{
    return extreme(c, false);
}

static bool do_count(struct call *c)
{
    struct items at = {0};
    struct value v;
    double count = 0;
    while (next_item(c, &at, &v))
        count++;
    return give_number(c, count);
}

/* Where one of several entries that repeat stands. */
static bool do_position(struct call *c)
{
    int place = c->env->position ? c->env->position(c->env->context, c->op->about) : 0;
    if (place < 1)
        return cause_set(c->cause, "%s() is the place of an entry in its repeat, and this stands in none.",
                         c->op->function->name);
    return give_number(c, place);
}

static bool do_count_non_empty(struct call *c)
{
    struct items at = {0};
    struct value v;
    double count = 0;
    while (next_item(c, &at, &v))
        count += !value_is_empty(&v);
    return give_number(c, count);
}

/* Is the number of those that hold within [the first, the second argument]? Below zero is no bound. */
static bool within(struct call *c, double count)
{
    double least = number(c, 0), most = number(c, 1);
    return give_boolean(c, (least < 0 || count >= least) && (most < 0 || count <= most));
}

static bool do_checklist(struct call *c)
{
    struct items at = {.argument = 2};
    struct value v;
    double count = 0;
    while (next_item(c, &at, &v))
        count += value_boolean(&v);
    return within(c, count);
}

static bool do_weighted_checklist(struct call *c)
{
    double sum = 0;
    for (size_t i = 2; i + 1 < c->count; i += 2) {
        /* Value and weight may each be a list; they go together one by one. */
        struct call values = {.args = &c->args[i], .count = 1},
                    weights = {.args = &c->args[i + 1], .count = 1};
        struct items value_at = {0}, weight_at = {0};
        struct value value, weight;
        while (next_item(&values, &value_at, &value) && next_item(&weights, &weight_at, &weight)) {
            double w = value_number(&weight);
            if (value_boolean(&value) && !isnan(w))
                sum += w;
        }
    }
    return within(c, sum);
}

static bool joined(struct call *c, size_t first, const char *separator)
{
    struct strbuf sb = STRBUF_INIT;
    struct items at = {.argument = first};
    struct value v;
    bool started = false;
    while (next_item(c, &at, &v)) {
        if (started)
            strbuf_add(&sb, separator);
        started = true;
        if (v.type == VALUE_STRING) {
            strbuf_add(&sb, v.string ? v.string : "");
        } else {
            char *s = value_string(&v);
            strbuf_add(&sb, s);
            free(s);
        }
    }
    slot_take(c->out, strbuf_detach(&sb));
    return true;
}

static bool do_concat(struct call *c)
{
    return joined(c, 0, "");
}

static bool do_join(struct call *c)
{
    return joined(c, 1, text(c, 0));
}

/* ---- yes and no ---- */

static bool do_true(struct call *c)
{
    return give_boolean(c, true);
}

static bool do_false(struct call *c)
{
    return give_boolean(c, false);
}

static bool do_not(struct call *c)
{
    return give_boolean(c, !value_boolean(&c->args[0].v));
}

static bool do_boolean(struct call *c)
{
    return give_boolean(c, value_boolean(&c->args[0].v));
}

static bool do_boolean_from_string(struct call *c)
{
    const char *s = text(c, 0);
    return give_boolean(c, strcmp(s, "1") == 0 || strcmp(s, "true") == 0);
}

/* ---- choices: words with blanks between ---- */

/* The next word of `*at`, its length in *length, and past it; NULL at the end. */
static const char *next_word(const char **at, size_t *length)
{
    static const char blanks[] = " \t\r\n";
    const char *word = *at + strspn(*at, blanks);
    *length = strcspn(word, blanks);
    *at = word + *length;
    return *length ? word : NULL;
}

static bool do_selected(struct call *c)
{
    const char *wanted = text(c, 1), *at = wanted;
    size_t wanted_length, length, words = 0;
    const char *want = next_word(&at, &wanted_length);
    if (want && next_word(&at, &length))
        return give_boolean(c, false); /* two words are not one choice */
    struct call list = {.args = c->args, .count = 1};
    struct items items = {0};
    struct value v;
    slot_text(&c->args[0]); /* a number becomes text here, a list stays one */
    while (next_item(&list, &items, &v)) {
        at = v.string ? v.string : "";
        for (const char *word; (word = next_word(&at, &length)); words++) {
            if (want && length == wanted_length && memcmp(word, want, length) == 0)
                return give_boolean(c, true);
        }
    }
    return give_boolean(c, !want && words == 0 && c->args[0].v.type != VALUE_LIST);
}

static bool do_selected_at(struct call *c)
{
    double index = trunc(number(c, 1));
    struct call list = {.args = c->args, .count = 1};
    struct items items = {0};
    struct value v;
    size_t length;
    double i = 0;
    slot_text(&c->args[0]);
    while (next_item(&list, &items, &v)) {
        const char *at = v.string ? v.string : "";
        for (const char *word; (word = next_word(&at, &length));) {
            if (i++ == index)
                return give_text(c, word, length);
        }
    }
    return true;
}

static bool do_count_selected(struct call *c)
{
    struct items items = {0};
    struct value v;
    size_t length;
    double count = 0;
    slot_text(&c->args[0]);
    while (next_item(c, &items, &v)) {
        const char *at = v.string ? v.string : "";
        while (next_word(&at, &length))
            count++;
    }
    return give_number(c, count);
}

static bool do_choice_name(struct call *c)
{
    const char *name = text(c, 0);
    const char *label =
        c->env->choice_label ? c->env->choice_label(c->env->context, c->op->about, name) : NULL;
    return label ? give_text(c, label, strlen(label)) : true;
}

/* ---- text; a position is a character's, counted as XPath does (code points) ---- */

static size_t characters(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

static const char *skip_characters(const char *s, double n)
{
    while (n-- > 0 && *s) {
        s++;
        while (((unsigned char)*s & 0xc0) == 0x80)
            s++;
    }
    return s;
}

static bool do_string(struct call *c)
{
    const char *s = text(c, 0);
    return give_text(c, s, strlen(s));
}

static bool do_string_length(struct call *c)
{
    return give_number(c, (double)characters(text(c, 0)));
}

/* substr(text, from, to): from 0, and from the end where negative. */
static bool do_substr(struct call *c)
{
    const char *s = text(c, 0);
    double length = (double)characters(s), from = trunc(number(c, 1)),
           to = c->count > 2 ? trunc(number(c, 2)) : length;
    if (isnan(from))
        from = 0;
    if (isnan(to))
        to = 0;
    if (from < 0)
        from = fmax(length + from, 0);
    if (to < 0)
        to = fmax(length + to, 0);
    if (to <= from)
        return true;
    const char *start = skip_characters(s, from);
    return give_text(c, start,
                     (size_t)(skip_characters(start, fmin(to, length) - fmin(from, length)) - start));
}

/* XPath's substring(text, from, length): from 1, both rounded. */
static bool do_substring(struct call *c)
{
    const char *s = text(c, 0);
    double length = (double)characters(s), from = floor(number(c, 1) + 0.5);
    double end =
        c->count > 2 ? from + floor(number(c, 2) + 0.5) : INFINITY; /* the first position not in it */
    if (isnan(from) || isnan(end))
        return true;
    from = fmin(fmax(from, 1), length + 1);
    end = fmin(end, length + 1);
    if (end <= from)
        return true;
    const char *start = skip_characters(s, from - 1);
    return give_text(c, start, (size_t)(skip_characters(start, end - from) - start));
}

static bool do_substring_before(struct call *c)
{
    const char *s = text(c, 0), *found = strstr(s, text(c, 1));
    return found ? give_text(c, s, (size_t)(found - s)) : true;
}

static bool do_substring_after(struct call *c)
{
    const char *part = text(c, 1), *found = strstr(text(c, 0), part);
    return found ? give_text(c, found + strlen(part), strlen(found + strlen(part))) : true;
}

static bool do_contains(struct call *c)
{
    return give_boolean(c, strstr(text(c, 0), text(c, 1)) != NULL);
}

static bool do_starts_with(struct call *c)
{
    const char *start = text(c, 1);
    return give_boolean(c, strncmp(text(c, 0), start, strlen(start)) == 0);
}

static bool do_ends_with(struct call *c)
{
    const char *s = text(c, 0), *end = text(c, 1);
    size_t all = strlen(s), part = strlen(end);
    return give_boolean(c, part <= all && strcmp(s + all - part, end) == 0);
}

/* The bytes of the character at `s`. */
static size_t character_length(const char *s)
{
    return (size_t)(skip_characters(s, 1) - s);
}

static bool do_translate(struct call *c)
{
    const char *s = text(c, 0), *from = text(c, 1), *to = text(c, 2);
    struct strbuf sb = STRBUF_INIT;
    while (*s) {
        size_t length = character_length(s);
        const char *f = from, *t = to;
        while (*f && !(character_length(f) == length && memcmp(f, s, length) == 0)) {
            f = skip_characters(f, 1);
            t = skip_characters(t, 1);
        }
        if (!*f)
            strbuf_addn(&sb, s, length);
        else if (*t)
            strbuf_addn(&sb, t, character_length(t));
        s += length;
    }
    slot_take(c->out, strbuf_detach(&sb));
    return true;
}

static bool do_normalize_space(struct call *c)
{
    const char *at = text(c, 0), *word;
    struct strbuf sb = STRBUF_INIT;
    size_t length;
    while ((word = next_word(&at, &length))) {
        if (sb.length)
            strbuf_addch(&sb, ' ');
        strbuf_addn(&sb, word, length);
    }
    slot_take(c->out, strbuf_detach(&sb));
    return true;
}

/* uuid(): a random one (RFC 9562, version 4); uuid(n): n letters and digits. */
static bool do_uuid(struct call *c)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    if (c->count) {
        double n = number(c, 0);
        size_t length = n > 0 ? (size_t)fmin(n, 1000) : 0;
        char *s = xmalloc(length + 1);
        for (size_t i = 0; i < length; i++)
            s[i] = letters[randombytes_uniform(sizeof letters - 1)];
        s[length] = '\0';
        slot_take(c->out, s);
        return true;
    }
    unsigned char b[16];
    randombytes_buf(b, sizeof b);
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    slot_take(c->out, xasprintf("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0],
                                b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12],
                                b[13], b[14], b[15]));
    return true;
}

/* ---- the table ---- */

static const struct function functions[] = {
    /* name, least and most arguments, yields, flags, run, lazy */
    {"abs", 1, 1, KIND_NUMBER, 0, do_abs, 0},
    {"acos", 1, 1, KIND_NUMBER, 0, do_acos, 0},
    {"agreed", 1, 1, KIND_UNKNOWN, FUNCTION_PARTY, NULL, READ_AGREED},
    {"asin", 1, 1, KIND_NUMBER, 0, do_asin, 0},
    {"atan", 1, 1, KIND_NUMBER, 0, do_atan, 0},
    {"atan2", 2, 2, KIND_NUMBER, 0, do_atan2, 0},
    {"boolean", 1, 1, KIND_BOOLEAN, FUNCTION_LISTS | FUNCTION_ENTRIES, do_boolean, 0},
    {"boolean-from-string", 1, 1, KIND_BOOLEAN, 0, do_boolean_from_string, 0},
    {"ceiling", 1, 1, KIND_NUMBER, 0, do_ceiling, 0},
    {"checklist", 2, -1, KIND_BOOLEAN, FUNCTION_LISTS, do_checklist, 0},
    {"coalesce", 1, -1, KIND_UNKNOWN, FUNCTION_LAZY, NULL, OP_COALESCE},
    {"concat", 0, -1, KIND_TEXT, FUNCTION_LISTS, do_concat, 0},
    {"contains", 2, 2, KIND_BOOLEAN, 0, do_contains, 0},
    {"cos", 1, 1, KIND_NUMBER, 0, do_cos, 0},
    {"count", 1, -1, KIND_NUMBER, FUNCTION_LIST | FUNCTION_LISTS | FUNCTION_ENTRIES, do_count, 0},
    {"count-if", 2, 2, KIND_NUMBER, FUNCTION_LAZY, NULL, OP_COUNT_IF},
    {"count-non-empty", 1, -1, KIND_NUMBER, FUNCTION_LIST | FUNCTION_LISTS | FUNCTION_ENTRIES,
     do_count_non_empty, 0},
    {"count-selected", 1, 1, KIND_NUMBER, FUNCTION_LISTS, do_count_selected, 0},
    {"date", 1, 1, KIND_DATE, 0, function_date, 0},
    {"date-time", 1, 1, KIND_DATE, 0, function_date, 0},
    {"decimal-date-time", 1, 1, KIND_UNKNOWN, 0, function_decimal_date_time, 0},
    {"decimal-time", 1, 1, KIND_NUMBER, 0, function_decimal_time, 0},
    {"differs", 1, 1, KIND_BOOLEAN, FUNCTION_PARTY, NULL, READ_DIFFERS},
    {"ends-with", 2, 2, KIND_BOOLEAN, 0, do_ends_with, 0},
    {"exp", 1, 1, KIND_NUMBER, 0, do_exp, 0},
    {"false", 0, 0, KIND_BOOLEAN, 0, do_false, 0},
    {"floor", 1, 1, KIND_NUMBER, 0, do_floor, 0},
    {"format-date", 2, 2, KIND_TEXT, 0, function_format_date, 0},
    {"format-date-time", 2, 2, KIND_TEXT, 0, function_format_date, 0},
    {"gap", 1, 1, KIND_NUMBER, FUNCTION_PARTY, NULL, READ_GAP},
    {"if", 3, 3, KIND_UNKNOWN, FUNCTION_LAZY, NULL, OP_IF_NOT},
    {"index", 0, 0, KIND_NUMBER, FUNCTION_PLACE, do_position, 0},
    {"indexed-repeat", 3, -1, KIND_UNKNOWN, FUNCTION_LAZY, NULL, OP_INDEXED},
    {"int", 1, 1, KIND_NUMBER, 0, do_int, 0},
    {"join", 1, -1, KIND_TEXT, FUNCTION_LISTS, do_join, 0},
    {"jr:choice-name", 2, 2, KIND_TEXT, 0, do_choice_name, 0},
    {"log", 1, 1, KIND_NUMBER, 0, do_log, 0},
    {"log10", 1, 1, KIND_NUMBER, 0, do_log10, 0},
    {"max", 1, -1, KIND_NUMBER, FUNCTION_LISTS, do_max, 0},
    {"min", 1, -1, KIND_NUMBER, FUNCTION_LISTS, do_min, 0},
    {"missing", 1, 1, KIND_TEXT, FUNCTION_PARTY, NULL, READ_MISSING},
    {"normalize-space", 0, 1, KIND_TEXT, 0, do_normalize_space, 0},
    {"not", 1, 1, KIND_BOOLEAN, FUNCTION_LISTS | FUNCTION_ENTRIES, do_not, 0},
    {"now", 0, 0, KIND_DATE, FUNCTION_VOLATILE, function_now, 0},
    {"number", 0, 1, KIND_NUMBER, 0, do_number, 0},
    {"once", 1, 1, KIND_UNKNOWN, FUNCTION_LAZY, NULL, OP_ONCE},
    {"pi", 0, 0, KIND_NUMBER, 0, do_pi, 0},
    {"position", 0, 0, KIND_NUMBER, FUNCTION_PLACE, do_position, 0},
    {"pow", 2, 2, KIND_NUMBER, 0, do_pow, 0},
    {"practitioner", 1, 1, KIND_UNKNOWN, FUNCTION_PARTY, NULL, READ_PRACTITIONER},
    {"random", 0, 0, KIND_NUMBER, FUNCTION_VOLATILE | FUNCTION_IN_ONCE, do_random, 0},
    {"regex", 2, 2, KIND_BOOLEAN, 0, function_regex, 0},
    {"repeat-count", 1, 1, KIND_NUMBER, FUNCTION_LIST | FUNCTION_LISTS | FUNCTION_ENTRIES, do_count, 0},
    {"round", 1, 2, KIND_NUMBER, 0, do_round, 0},
    {"selected", 2, 2, KIND_BOOLEAN, FUNCTION_LISTS, do_selected, 0},
    {"selected-at", 2, 2, KIND_TEXT, FUNCTION_LISTS, do_selected_at, 0},
    {"service_user", 1, 1, KIND_UNKNOWN, FUNCTION_PARTY, NULL, READ_SERVICE_USER},
    {"sin", 1, 1, KIND_NUMBER, 0, do_sin, 0},
    {"sqrt", 1, 1, KIND_NUMBER, 0, do_sqrt, 0},
    {"starts-with", 2, 2, KIND_BOOLEAN, 0, do_starts_with, 0},
    {"string", 0, 1, KIND_TEXT, 0, do_string, 0},
    {"string-length", 0, 1, KIND_NUMBER, 0, do_string_length, 0},
    {"substr", 2, 3, KIND_TEXT, 0, do_substr, 0},
    {"substring", 2, 3, KIND_TEXT, 0, do_substring, 0},
    {"substring-after", 2, 2, KIND_TEXT, 0, do_substring_after, 0},
    {"substring-before", 2, 2, KIND_TEXT, 0, do_substring_before, 0},
    {"sum", 1, -1, KIND_NUMBER, FUNCTION_NO_LITERAL | FUNCTION_LISTS, do_sum, 0},
    {"tan", 1, 1, KIND_NUMBER, 0, do_tan, 0},
    {"today", 0, 0, KIND_DATE, FUNCTION_VOLATILE, function_today, 0},
    {"translate", 3, 3, KIND_TEXT, 0, do_translate, 0},
    {"true", 0, 0, KIND_BOOLEAN, 0, do_true, 0},
    {"uuid", 0, 1, KIND_TEXT, FUNCTION_VOLATILE | FUNCTION_IN_ONCE, do_uuid, 0},
    {"weighted-checklist", 2, -1, KIND_BOOLEAN, FUNCTION_PAIRS | FUNCTION_LISTS, do_weighted_checklist, 0},
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

const char *function_name(size_t i)
{
    return i < FUNCTIONS ? functions[i].name : NULL;
}

static int by_name(const void *name, const void *function)
{
    return strcmp(name, ((const struct function *)function)->name);
}

const struct function *function_find(const char *name, const char **nearest)
{
    const struct function *found = bsearch(name, functions, FUNCTIONS, sizeof *functions, by_name);
    if (!found && nearest) {
        const char *names[FUNCTIONS + 1];
        for (size_t i = 0; i < FUNCTIONS; i++)
            names[i] = functions[i].name;
        names[FUNCTIONS] = NULL;
        *nearest = vocab_nearest(names, name);
    }
    return found;
}

char *function_count_fault(const struct function *f, size_t count)
{
    char wanted[64];
    if (f->flags & FUNCTION_PAIRS)
        snprintf(wanted, sizeof wanted, "two bounds and then a value and a weight each");
    else if (f->most < 0)
        snprintf(wanted, sizeof wanted, "%d or more values", f->least);
    else if (f->most == 0)
        snprintf(wanted, sizeof wanted, "no value");
    else if (f->least == f->most)
        snprintf(wanted, sizeof wanted, "%d value%s", f->least, f->least == 1 ? "" : "s");
    else
        snprintf(wanted, sizeof wanted, "%d or %d values", f->least, f->most);
    return xasprintf("%s() takes %s, not %zu.", f->name, wanted, count);
}
