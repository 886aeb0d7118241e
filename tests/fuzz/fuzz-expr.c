/* Any bytes as an expression: compiled, checked, evaluated in a scope with a question of each type, and cast.
 *
 * With libFuzzer: the files of src/base, src/form and this one, compiled by clang
 * -fsanitize=fuzzer,address,undefined, and run on a copy of tests/fuzz/expr. */
#include "base/mem.h"
#include "base/vocab.h"
#include "form/expr.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* i stands in the repeat r, j in s, which stands in r. */
static const char *const names[] = {"t", "n", "b", "d", "l", "e", "r", "i", "s", "j", NULL};
static const int repeats[] = {-1, -1, -1, -1, -1, -1, -1, 6, 6, 8};
static const enum expr_kind kinds[] = {KIND_TEXT,   KIND_NUMBER,  KIND_BOOLEAN, KIND_DATE,    KIND_CHOICES,
                                       KIND_CHOICE, KIND_ENTRIES, KIND_NUMBER,  KIND_ENTRIES, KIND_TEXT};

static int resolve(void *context, const char *name)
{
    (void)context;
    return vocab_find(names, name);
}

static const char *nearest(void *context, const char *name)
{
    (void)context;
    return vocab_nearest(names, name);
}

static void answer(void *context, int question, enum reading reading, struct value *out)
{
    static const char *const items[] = {"3", "", "x y", "2026-01-31"};
    (void)context;
    (void)reading;
    switch (question) {
    case 0:
        *out = value_of_string("a text, ŷ");
        break;
    case 1:
        *out = value_of_number(-2.5);
        break;
    case 2:
        *out = value_of_boolean(true);
        break;
    case 3:
        *out = value_of_date(20484);
        break;
    case 4:
    case 6:
    case 7:
    case 9:
        *out = value_of_list(items, 4);
        break;
    default:
        break;
    }
}

static void key(void *context, const char *name, struct value *out)
{
    (void)context;
    *out = value_of_string(name);
}

static enum expr_kind kind(void *context, int question)
{
    (void)context;
    return kinds[question];
}

static int repeat(void *context, int question)
{
    (void)context;
    return repeats[question];
}

static const char *name(void *context, int question)
{
    (void)context;
    return names[question];
}

static int position(void *context, int within)
{
    (void)context;
    return within < 0 ? 0 : within;
}

static void answer_at(void *context, int question, const int *of, const int *places, size_t count,
                      struct value *out)
{
    double sum = question;
    (void)context;
    for (size_t i = 0; i < count; i++)
        sum += of[i] + places[i];
    *out = value_of_number(sum);
}

static bool has_choice(void *context, int question, const char *name, const char **near)
{
    (void)context;
    (void)question;
    *near = vocab_nearest(names, name);
    return vocab_find(names, name) >= 0;
}

static void note(void *context, const struct expr_fault *fault)
{
    size_t length = *(size_t *)context;
    if (fault->offset + fault->length > length)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *source = xstrndup((const char *)data, size);
    size_t length = strlen(source);
    for (int lenient = 0; lenient < 2; lenient++) {
        const struct expr_scope scope = {resolve, nearest, lenient, lenient, NULL};
        struct value self = value_of_string("2026-01-31");
        const struct expr_env env = {.answer = answer,
                                     .key = key,
                                     .position = position,
                                     .answer_at = answer_at,
                                     .self = lenient ? &self : NULL};
        struct expr_fault fault;
        struct value value;
        char *cause = NULL;
        struct expr *expr = expr_compile(source, &scope, &fault);
        if (!expr) {
            if (!fault.message)
                abort();
            note(&length, &fault);
            expr_fault_release(&fault);
        } else {
            static const int places[] = {-1, 6, 8}; /* outside, in r, in s */
            for (size_t p = 0; p < 3; p++) {
                const struct expr_types types = {.self = -1, .kind = kind,
                                                 .has_choice = has_choice,
                                                 .repeat = repeat,
                                                 .name = name,
                                                 .here = places[p],
                                                 .use = p == 0 ? USE_VALUE : USE_TRUTH};
                expr_check(expr, &types, note, &length);
            }
            if (expr_eval(expr, &env, &value, &cause)) {
                free(value_string(&value));
                value_number(&value);
                value_boolean(&value);
                value_release(&value);
            } else if (!cause) {
                abort();
            }
            free(cause);
            expr_free(expr);
        }
        value_release(&self);
    }
    free(source);
    return 0;
}
