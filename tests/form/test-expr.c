#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/vocab.h"
#include "form/expr.h"
#include "form/moment.h"
#include "form/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A small form: its questions by number. */
static const char *const names[] = {"home", "born", "words", "help", "many", "done", NULL};
static const enum expr_kind kinds[] = {KIND_NUMBER, KIND_DATE,    KIND_TEXT,
                                       KIND_CHOICE, KIND_CHOICES, KIND_BOOLEAN};
static const char *const choices[] = {"have", "want", "7", NULL};
static int asked; /* how often an answer was asked for */

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
    (void)context;
    (void)reading;
    asked++;
    *out = value_of_number(question + 1);
}

static void key(void *context, const char *name, struct value *out)
{
    (void)context;
    *out = value_of_string(name);
}

static const struct expr_scope form_scope = {.resolve = resolve, .nearest = nearest};
static const struct expr_env form_env = {.answer = answer, .key = key};

static struct expr *compile(const char *source)
{
    struct expr_fault fault;
    struct expr *expr = expr_compile(source, &form_scope, &fault);
    if (!expr)
        fail_msg("%s: %s", source, fault.message);
    return expr;
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        size_t offset, length;
        const char *suggestion;
    } cases[] = {
        {"", 0, 0, NULL},
        {"1 +", 3, 0, NULL},
        {"${hom} + 1", 0, 6, "home"},
        {"1 + ${xyz}", 4, 6, NULL},
        {"concat(${homee})", 7, 8, "home"},
        {"differs(${hoem})", 8, 7, "home"},
        {"jr:choice-name(1, '${hlep}')", 19, 7, "help"},
        {"cuont(${home})", 0, 5, "count"},
        {"1 + roun(2)", 4, 4, "round"},
        {"1 + round(2, 3, 4)", 4, 14, NULL},
        {"1 == 1", 2, 2, "="},
        {"1 && 1", 2, 2, "and"},
        {"1 || 1", 2, 2, "or"},
        {"1 AND 1", 2, 3, "and"},
        {"1 = “a”", 4, 3, "\""},
        {"‘a’", 0, 3, "'"},
        {"hom", 0, 3, "home"},
        {"home", 0, 4, NULL},
        {"true and 1", 0, 4, "true()"},
        {"random()", 0, 6, "once("},
        {"ab 'c", 0, 2, NULL},
        {"1 = 'c", 4, 1, NULL},
        {"sum(${home}, 12)", 13, 2, NULL},
        {"regex('a', '(')", 11, 3, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct expr_fault fault;
        struct expr *expr = expr_compile(cases[i].source, &form_scope, &fault);
        if (expr)
            fail_msg("%s: is not refused", cases[i].source);
        if (fault.offset != cases[i].offset || fault.length != cases[i].length)
            fail_msg("%s: at %zu + %zu: %s", cases[i].source, fault.offset, fault.length, fault.message);
        if (!cases[i].suggestion)
            assert_null(fault.suggestion);
        else if (!fault.suggestion || strcmp(fault.suggestion, cases[i].suggestion) != 0)
            fail_msg("%s: did you mean %s", cases[i].source, fault.suggestion ? fault.suggestion : "nothing");
        expr_fault_release(&fault);
    }
}

/* Long and deep things are refused, or done, without a stack that grows with them. */
static void test_bounds(void **state)
{
    (void)state;
    enum { LONG = 200 * 1024 };
    char *text = xmalloc(LONG + 2);
    struct expr_fault fault;
    static const char *const openings[] = {"(", "abs(", "if(", "-("};
    for (size_t k = 0; k < sizeof openings / sizeof *openings; k++) {
        size_t n = strlen(openings[k]);
        for (size_t i = 0; i + n <= LONG; i += n)
            memcpy(text + i, openings[k], n + 1);
        assert_null(expr_compile(text, &form_scope, &fault));
        assert_true(fault.offset <= 65 * n);
        expr_fault_release(&fault);
    }
    memset(text, '-', LONG);
    strcpy(text + LONG, "1");
    struct value value;
    struct expr *expr = compile(text);
    assert_true(expr_eval(expr, &form_env, &value, NULL));
    assert_true(value.number == 1);
    expr_free(expr);
    static const char *const chains[] = {"1+", "1 or ", "0 or ", "1=", "0 and "};
    for (size_t k = 0; k < sizeof chains / sizeof *chains; k++) {
        size_t n = strlen(chains[k]), i = 0;
        for (; i + n < LONG; i += n)
            memcpy(text + i, chains[k], n);
        strcpy(text + i, "1");
        expr = compile(text);
        assert_true(expr_eval(expr, &form_env, &value, NULL));
        expr_free(expr);
    }
    free(text);
    /* More arguments than the small stack has room for. */
    char many[4096] = "concat(0";
    for (int i = 0; i < 1000; i++)
        strcat(many, ",1");
    strcat(many, ")");
    expr = compile(many);
    assert_true(expr_eval(expr, &form_env, &value, NULL));
    assert_int_equal(strlen(value.string), 1001);
    value_release(&value);
    expr_free(expr);
}

static void test_references(void **state)
{
    (void)state;
    struct expr *expr = compile(
        "${born} > today() and (${home} = 1 or differs(${born}) or jr:choice-name(1, '${help}') = '')");
    size_t count;
    const int *references = expr_references(expr, &count);
    assert_int_equal(count, 3);
    assert_int_equal(references[0], 1);
    assert_int_equal(references[1], 0);
    assert_int_equal(references[2], 3);
    assert_true(expr_is_volatile(expr));
    assert_true(strncmp(expr_source(expr), "${born} >", 9) == 0);
    expr_free(expr);
    expr = compile("${home}");
    assert_false(expr_is_volatile(expr));
    expr_free(expr);
}

/* What is not needed is not asked for. */
static void test_lazy(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        int asked;
    } cases[] = {
        {"false() and ${home}", 0},
        {"true() or ${home}", 0},
        {"true() and ${home}", 1},
        {"if(true(), 1, ${home})", 0},
        {"if(${done}, 1, ${home})", 1},
        {"if(false(), 1, ${home})", 1},
        {"coalesce(1, ${home})", 0},
        {"coalesce('', ${home}, ${done})", 1},
        {"coalesce(${home}, ${done})", 1},
        {"once(${home})", 1},
        {"false() and true() or ${home}", 1},
        {"if(${done} > 100, ${home}, coalesce(7, ${born}))", 1},
        {"not(true() or ${home}) and ${home} or ${home}", 1},
        {"count-if(${many}, false() and ${home})", 1},
        {"count-if(${many}, ${many} = 5)", 1}, /* the item, not asked for again */
        {"if(true(), 1, indexed-repeat(${home}, ${many}, ${done}))", 0},
        {"indexed-repeat(${home}, ${many}, ${done})", 1}, /* the place */
        {"if(false(), position(..), 1)", 0},
        {"concat('a', if(1 = 1, 'b', regex('a', ${words})))", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct expr *expr = compile(cases[i].source);
        struct value value;
        asked = 0;
        assert_true(expr_eval(expr, &form_env, &value, NULL));
        value_release(&value);
        expr_free(expr);
        if (asked != cases[i].asked)
            fail_msg("%s: asked %d times", cases[i].source, asked);
    }
    struct value self = value_of_string("kept"), value;
    struct expr_env env = form_env;
    env.self = &self;
    struct expr *expr = compile("once(${home})");
    asked = 0;
    assert_true(expr_eval(expr, &env, &value, NULL));
    assert_string_equal(value.string, "kept");
    assert_int_equal(asked, 0);
    value_release(&value);
    value_release(&self);
    expr_free(expr);
}

static void test_keys(void **state)
{
    (void)state;
    struct expr_scope scope = form_scope;
    struct expr_fault fault;
    struct value value;
    scope.keys_allowed = true;
    struct expr *expr = expr_compile("county = 'county' and a-b != 'b'", &scope, &fault);
    assert_non_null(expr);
    assert_true(expr_eval(expr, &form_env, &value, NULL));
    assert_true(value_boolean(&value));
    expr_free(expr);
}

/* Late faults: only where they are come to. */
static void test_late(void **state)
{
    (void)state;
    struct expr_scope scope = form_scope;
    struct expr_fault fault;
    struct value value;
    char *cause = NULL;
    scope.late_faults = true;
    struct expr *expr = expr_compile("true() or nothing(substring())", &scope, &fault);
    assert_non_null(expr);
    assert_true(expr_eval(expr, &form_env, &value, &cause));
    expr_free(expr);
    expr = expr_compile("concat('a', nothing())", &scope, &fault);
    assert_non_null(expr);
    assert_false(expr_eval(expr, &form_env, &value, &cause));
    assert_non_null(strstr(cause, "nothing()"));
    free(cause);
    expr_free(expr);
}

/* ---- expr_check ---- */

static enum expr_kind kind(void *context, int question)
{
    (void)context;
    return kinds[question];
}

static bool has_choice(void *context, int question, const char *name, const char **near)
{
    (void)context;
    (void)question;
    *near = vocab_nearest(choices, name);
    return vocab_find(choices, name) >= 0;
}

struct reports {
    int count;
    size_t offset, length;
    char suggestion[32];
};

static void note(void *context, const struct expr_fault *fault)
{
    struct reports *r = context;
    r->count++;
    r->offset = fault->offset;
    r->length = fault->length;
    strcpy(r->suggestion, fault->suggestion ? fault->suggestion : "");
    assert_true(strlen(fault->message) > 10);
}

static void test_check(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        int count;
        size_t offset, length;
        const char *suggestion;
    } cases[] = {
        {"${help} = 'have' or ${help} = ''", 0, 0, 0, ""},
        {"${help} = 'hvae'", 1, 10, 6, "have"},
        {"'hvae' != agreed(${help})", 1, 0, 6, "have"},
        {"${help} = 7", 0, 0, 0, ""},
        {"${help} = 8", 1, 10, 1, ""},
        {"selected(${many}, 'wnat')", 1, 18, 6, "want"},
        {"not(selected(${many}, 'want')) and if(${home} = 1, 1, 0)", 0, 0, 0, ""},
        {"${born} > 5", 1, 10, 1, ""},
        {"5 < ${born}", 1, 0, 1, ""},
        {"${born} = ${home}", 1, 10, 7, ""},
        {"${home} = ${born}", 1, 0, 7, ""},
        {"${born} > today() - 7", 0, 0, 0, ""},
        {"${born} > '2026-01-31' and ${born} != ''", 0, 0, 0, ""},
        {"${born} > 'soon'", 1, 10, 6, ""},
        {"today() - ${born} > 365 * 18", 0, 0, 0, ""},
        {"${words} < 'b'", 1, 9, 1, ""},
        {"${words} < 5", 1, 9, 1, ""},
        {"'b' >= ${words}", 1, 4, 2, ""},
        {"${words} = 'b'", 0, 0, 0, ""},
        {"string-length(${words}) < 5", 0, 0, 0, ""},
        {"${home} = 'x'", 1, 10, 3, ""},
        {"${home} = '3' and ${home} < -3", 0, 0, 0, ""},
        {"if(${done}, ${born}, today()) = 3", 1, 32, 1, ""},
        {"if(${done}, ${born}, ${home}) = 3", 0, 0, 0, ""},
        {"coalesce(${home}, 'none') = 'none'", 0, 0, 0, ""},
        {"once(${home}) = 'x'", 1, 16, 3, ""},
        {"differs(${help}) = 'x'", 0, 0, 0, ""},
        {"gap(${help}) > 'x'", 1, 15, 3, ""},
        {"missing(${help}) = 'not_sure'", 0, 0, 0, ""},
        {"count-if(${many}, . = 'want') > 'x'", 1, 32, 3, ""},
    };
    static const struct expr_types types = {.kind = kind, .has_choice = has_choice, .self = -1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct expr *expr = compile(cases[i].source);
        struct reports r = {0};
        expr_check(expr, &types, note, &r);
        if (r.count != cases[i].count || r.offset != cases[i].offset || r.length != cases[i].length ||
            strcmp(r.suggestion, cases[i].suggestion) != 0)
            fail_msg("%s: %d reports, at %zu + %zu, \"%s\"", cases[i].source, r.count, r.offset, r.length,
                     r.suggestion);
        expr_free(expr);
    }
}

/* ---- values, numbers, moments ---- */

static void test_values(void **state)
{
    (void)state;
    const char *items[] = {"a", "b"};
    struct value list = value_of_list(items, 2), copy = value_copy(&list), empty = {0};
    assert_true(value_same(&list, &copy));
    free(copy.items[1]);
    copy.items[1] = xstrdup("c");
    assert_false(value_same(&list, &copy));
    value_release(&copy);
    value_release(&copy);
    assert_true(value_same(&copy, &empty));
    assert_true(value_is_empty(&empty));
    assert_false(value_is_empty(&list));
    value_release(&list);
    struct value text = value_of_string(""), nothing = value_of_string(NULL);
    assert_true(value_same(&text, &nothing));
    struct value nan = value_of_number(NAN), zero = value_of_number(0), no = value_of_boolean(false);
    assert_true(value_same(&nan, &nan));
    assert_false(value_same(&zero, &no));
    assert_false(value_boolean(&nan));
    struct value day = value_of_date(1);
    char *string = value_string(&day);
    assert_string_equal(string, "1970-01-02");
    free(string);
}

static void test_moments(void **state)
{
    (void)state;
    setenv("TZ", "Europe/London", 1);
    tzset();
    char text[MOMENT_TEXT];
    /* Each day of some years, through its number and back, and over the hours that are there twice or not at
     * all. */
    for (int day = 20000; day < 21500; day++) {
        assert_true(moment_of_number(moment_number(day)) == day);
        assert_true(moment_number(day) == day);
    }
    double moment;
    assert_true(moment_parse("2026-07-01T12:30:15.5+02:00", &moment));
    assert_string_equal(moment_text(moment, text), "2026-07-01T11:30:15.500+01:00");
    assert_true(fabs(moment_of_number(moment_number(moment)) - moment) < 1e-9);
    static const char *const wrong[] = {"",
                                        "2026",
                                        "2026-13-01",
                                        "2026-02-30",
                                        "2026-01-01x",
                                        "2026-01-01T",
                                        "2026-01-01T24:00",
                                        "2026-01-01T10:60",
                                        "2026-01-01T10:00+25:00",
                                        "0000-01-01",
                                        "2026-1-1-1",
                                        "20260101"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (moment_parse(wrong[i], &moment))
            fail_msg("%s is read as a date", wrong[i]);
    }
    assert_string_equal(moment_text(NAN, text), "Invalid Date");
    assert_string_equal(moment_text(INFINITY, text), "Invalid Date");
    assert_true(isnan(moment_of_number(1e300)));
    clock_fix(1000000);
    assert_true(fabs(moment_now() - (1000000.0 + 3600) / 86400) < 1e-9); /* in 1970 London kept summer time */
    clock_fix(0);
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        double number;
        const char *text;
    } cases[] = {
        {0.1, "0.1"},
        {-0.0, "0"},
        {0, "0"},
        {7, "7"},
        {-10, "-10"},
        {1002003, "1002003"},
        {999999999999999, "999999999999999"},
        {-999999999999999, "-999999999999999"},
        {1e15, "1000000000000000"},
        {1e20, "100000000000000000000"},
        {1e21, "1e+21"},
        {1.5, "1.5"},
        {123.456, "123.456"},
        {0.000001, "0.000001"},
        {1.25e-7, "1.25e-7"},
        {-2.5e-9, "-2.5e-9"},
        {1e300, "1e+300"},
        {5e-324, "5e-324"},
        {1234567890.5, "1234567890.5"},
    };
    char text[NUMBER_TEXT];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(number_text(cases[i].number, text), cases[i].text);
    assert_true(number_parse(" -12.50\n") == -12.5);
    assert_true(isnan(number_parse("1.2.3")) && isnan(number_parse("-")) && isnan(number_parse(".")));
    assert_true(number_parse("12345678901234567890") == 12345678901234567890.0);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults),  cmocka_unit_test(test_bounds), cmocka_unit_test(test_references),
        cmocka_unit_test(test_lazy),    cmocka_unit_test(test_keys),   cmocka_unit_test(test_late),
        cmocka_unit_test(test_check),   cmocka_unit_test(test_values), cmocka_unit_test(test_moments),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
