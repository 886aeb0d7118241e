/* Guesses are safe: whatever an expression comes to, what was guessed of it before allows it. Made-up
 * expressions over answers that are known, within bounds, or not known at all; always the same ones. */
#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "form/expr_guess.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- answers ---- */

/* n: a number from 1 to 5, m: from 7 to 11; c and d: a, b or c; t: any text; y: OK. All can be empty. */
static const char *const names[] = {"n", "m", "c", "d", "t", "y"};
enum { NAMES = sizeof names / sizeof *names, NUMBERS = 2 };

struct answers {
    struct value values[NAMES];
    bool known[NAMES];
};

static unsigned long seed = 1;

static unsigned rolled(unsigned sides)
{
    seed = seed * 6364136223846793005UL + 1442695040888963407UL;
    return (unsigned)(seed >> 33) % sides;
}

static int resolve(void *context, const char *name)
{
    (void)context;
    for (int i = 0; i < NAMES; i++) {
        if (strcmp(names[i], name) == 0)
            return i;
    }
    return -1;
}

static void answer(void *context, int question, enum reading reading, struct value *out)
{
    const struct answers *a = context;
    if (reading == READ_DIFFERS)
        *out = value_of_boolean(question == 0);
    else if (reading == READ_GAP)
        *out = value_of_number(question == 0 ? 2 : NAN);
    else
        *out = value_copy(&a->values[question]);
}

static struct guess guessed(void *context, int question, enum reading reading)
{
    const struct answers *a = context;
    if (reading == READ_DIFFERS)
        return (struct guess){.kind = GUESS_BOOLEAN};
    if (reading == READ_GAP)
        return guess_number(0, INFINITY);
    if (a->known[question])
        return guess_value(value_copy(&a->values[question]));
    return question < NUMBERS ? guess_number(question ? 7 : 1, question ? 11 : 5)
                              : (struct guess){.kind = GUESS_ANYTHING};
}

static void give_answers(struct answers *a)
{
    static const char *const choices[] = {"", "a", "b", "c"}, *const texts[] = {"", "some words", "7",
                                                                                "2026-11-21"};
    for (int i = 0; i < NAMES; i++) {
        unsigned number = rolled(6);
        a->known[i] = rolled(3) == 0;
        if (i < NUMBERS)
            a->values[i] = number ? value_of_number(number + 6 * i) : value_of_string(NULL);
        else if (i < NUMBERS + 2)
            a->values[i] = value_of_string(choices[rolled(4)]);
        else if (i < NUMBERS + 3)
            a->values[i] = value_of_string(texts[rolled(4)]);
        else
            a->values[i] = value_of_string(number % 2 ? "OK" : "");
    }
}

/* ---- expressions ---- */

static void make(struct strbuf *sb, int depth);

static void made(struct strbuf *sb, const char *before, int depth, const char *between, const char *after)
{
    strbuf_add(sb, before);
    make(sb, depth);
    strbuf_add(sb, between);
    make(sb, depth);
    strbuf_add(sb, after);
}

static void make_leaf(struct strbuf *sb)
{
    static const char *const leaves[] = {
        "${n}",   "${n}",    "${m}", "${c}", "${d}",      "${t}",      "${y}",          "0",        "1",
        "2",      "3",       "5",    "6",    "2.5",       "''",        "'a'",           "'b'",      "'3'",
        "true()", "false()", "'x'",  "-1",   "(1 div 0)", "gap(${n})", "differs(${n})", "gap(${m})"};
    strbuf_add(sb, leaves[rolled(sizeof leaves / sizeof *leaves)]);
}

static void make(struct strbuf *sb, int depth)
{
    static const char *const operators[] = {" and ", " or ", " = ", " != ", " < ",   " <= ", " > ",
                                            " >= ",  " + ",  " - ", " * ",  " div ", " mod "};
    static const char *const calls[] = {"sum(", "min(", "max(", "concat(", "coalesce("};
    if (depth == 0 || rolled(6) == 0) {
        make_leaf(sb);
        return;
    }
    switch (rolled(8)) {
    case 0:
        strbuf_add(sb, rolled(2) ? "not(" : "number(");
        make(sb, depth - 1);
        strbuf_add(sb, ")");
        break;
    case 1:
        strbuf_add(sb, "if(");
        make(sb, depth - 1);
        made(sb, ", ", depth - 1, ", ", ")");
        break;
    case 2: /* these take answers only */
        strbuf_addf(sb, "%s${%s}, ${%s})", calls[rolled(5)], names[rolled(NAMES)], names[rolled(NAMES)]);
        break;
    case 3:
        strbuf_addf(sb, "selected(${%s}, '%c')", names[2 + rolled(2)], (int)('a' + rolled(3)));
        break;
    case 4:
        strbuf_add(sb, "-(");
        make(sb, depth - 1);
        strbuf_add(sb, ")");
        break;
    default:
        made(sb, "(", depth - 1, operators[rolled(sizeof operators / sizeof *operators)], ")");
        break;
    }
}

/* ---- the rule ---- */

static bool allows(const struct guess *guess, const struct value *value)
{
    double number = value_number(value);
    if (guess_is_false(guess) && value_boolean(value))
        return false;
    switch (guess->kind) {
    case GUESS_ANYTHING:
        return true;
    case GUESS_BOOLEAN:
        return value->type == VALUE_BOOLEAN;
    case GUESS_NUMBER:
        return (value->type == VALUE_NUMBER || value_is_empty(value)) &&
               (isnan(number) || (guess->low <= number && number <= guess->high));
    case GUESS_VALUE:
        return value_same(&guess->value, value);
    }
    return false;
}

static void test_safe(void **state)
{
    (void)state;
    const struct expr_scope scope = {.resolve = resolve};
    size_t compiled = 0, told = 0, wrong = 0;
    for (int round = 0; round < 20000 && wrong < 5; round++) {
        struct answers answers;
        struct strbuf source = STRBUF_INIT;
        struct expr_fault fault = {0};
        struct value value = {0};
        make(&source, 1 + (int)rolled(4));
        give_answers(&answers);
        struct expr *expr = expr_compile(source.text, &scope, &fault);
        const struct expr_env env = {.answer = answer, .context = &answers};
        if (expr && expr_eval(expr, &env, &value, NULL)) {
            const struct guess_env guess_env = {.answer = guessed, .context = &answers};
            struct guess guess = expr_guess(expr, &guess_env);
            compiled++;
            told += guess.kind == GUESS_VALUE || guess_is_false(&guess);
            if (!allows(&guess, &value)) {
                char *string = value_string(&value);
                fprintf(stderr, "%s: is %s, guessed kind %d from %g to %g\n", source.text, string,
                        (int)guess.kind, guess.low, guess.high);
                free(string);
                wrong++;
            }
            guess_release(&guess);
        }
        value_release(&value);
        expr_free(expr);
        expr_fault_release(&fault);
        strbuf_release(&source);
        for (int i = 0; i < NAMES; i++)
            value_release(&answers.values[i]);
    }
    assert_int_equal(wrong, 0);
    assert_true(compiled > 15000);
    assert_true(told > compiled / 10); /* to know nothing would be safe, too */
}

/* With no answer known. */
static void test_never(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        bool never;
    } cases[] = {
        {"1 > 2", true},
        {"${n} > 5", true},
        {"6 <= ${n}", true},
        {"${n} = 6", true},
        {"${n} > ${m}", true},
        {"${n} + ${m} < 8", true},
        {"${n} * ${m} > 55", true},
        {"-${n} > 0", true},
        {"sum(${n}, ${m}) > 16", true},
        {"max(${n}, ${m}) < 7", true},
        {"coalesce(${n}, 0) > 5", true},
        {"false() and ${t} = 'x'", true},
        {"${t} = 'x' and ${n} > 5", true},
        {"not(true() or ${t} = '')", true},
        {"if(${t} = '', ${n} > 9, ${m} < 0)", true},
        {"(${n} < 3) + (${m} < 9) > 2", true},
        {"${n} > 4", false},
        {"${n} = ${m}", false}, /* neither is answered */
        {"${n} != 6", false},
        {"${n}", false},
        {"${t}", false},
        {"${n} > 5 or ${t} = ''", false},
        {"(${n} < 2) = 5", false}, /* as booleans */
        {"not(${n} > 3)", false},
        {"coalesce(${t}, 0) > 5", false},
        {"today() > 0", false},
        {"count-if(${c}, . = 'a') > 5", false},
        {"once(${n}) > 5", false},
        {"${n} mod 2 = 1", false},
        {"if(${t} = '', ${n} > 9, ${m} > 7)", false},
    };
    const struct expr_scope scope = {.resolve = resolve};
    struct answers answers = {.known = {false}};
    const struct guess_env env = {.answer = guessed, .context = &answers};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct expr_fault fault = {0};
        struct expr *expr = expr_compile(cases[i].source, &scope, &fault);
        if (!expr)
            fail_msg("%s: %s", cases[i].source, fault.message);
        struct guess guess = expr_guess(expr, &env);
        if (guess_is_false(&guess) != cases[i].never)
            fail_msg("%s: never true? %d", cases[i].source, !cases[i].never);
        guess_release(&guess);
        expr_free(expr);
    }
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_safe), cmocka_unit_test(test_never)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
