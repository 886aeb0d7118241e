/* Tables of expressions and what they yield: the engines' own cases where they are at hand (../shared/cases,
 * or the file that ALONGSIDE_CASES names), and the project's. A table is tab-separated with a header row, and
 * `\\`, `\t`,
 * `\n`, `\uXXXX` in its cells. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/vocab.h"
#include "form/expr.h"
#include "form/expr_code.h"

#include <jansson.h>
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Rows of the engines' table that are answered otherwise here, and why. */
static const struct {
    const char *id, *why, *page; /* how alongside-form(5) names it */
} exceptions[] = {
    {"x1239", "int() yields a whole number: 0, as in all engines; the row's own test takes 0 for 1.23e-18",
     "int('0.00000000000000000123')"},
    {"x1650", "an unanswered question is no, as in ODK Collect; in Enketo the mere question is yes",
     "if(${q}, 'exists', 'does not exist')"},
};

enum { ID, LEVEL, CLASS, RESULT_TYPE, EXPRESSION, BINDINGS, EXPECTED, ROUND_FACTOR, TZ, COLUMNS };
static const char *const column_names[] = {
    "id", "level", "class", "result_type", "expression", "bindings", "expected", "round_factor", "tz", NULL};

/* ---- what ${names} are ---- */

/* Names are bound by JSON: a text; a list of texts; or, for two people, an object with what each reading
 * yields. */
struct bindings {
    json_t *all;
    const char *names[16];
    int count;
};
static const char *const readings[] = {"own",     "practitioner", "service_user", "agreed",
                                       "differs", "gap",          "missing",      NULL};

static struct value from_json(const json_t *json)
{
    if (json_is_array(json)) {
        const char *items[64];
        size_t count = json_array_size(json);
        assert_true(count <= 64);
        for (size_t i = 0; i < count; i++)
            items[i] = json_string_value(json_array_get(json, i));
        return value_of_list(items, count);
    }
    if (json_is_boolean(json))
        return value_of_boolean(json_is_true(json));
    if (json_is_number(json))
        return value_of_number(json_number_value(json));
    return value_of_string(json_string_value(json));
}

static int resolve(void *context, const char *name)
{
    struct bindings *b = context;
    for (int i = 0; i < b->count; i++) {
        if (strcmp(b->names[i], name) == 0)
            return i;
    }
    return -1;
}

static const char *nearest(void *context, const char *name)
{
    struct bindings *b = context;
    return vocab_nearest(b->names, name);
}

static void answer(void *context, int question, enum reading reading, struct value *out)
{
    struct bindings *b = context;
    const json_t *json = json_object_get(b->all, b->names[question]);
    if (json_is_object(json))
        json = json_object_get(json, readings[reading]);
    *out = from_json(json);
}

static const char *choice_label(void *context, int question, const char *name)
{
    (void)context;
    (void)question;
    return strcmp(name, "have") == 0 ? "I have it" : NULL;
}

/* ---- a row ---- */

static void unescape(char *s)
{
    char *to = s;
    for (; *s; s++) {
        unsigned code;
        if (*s != '\\') {
            *to++ = *s;
        } else if (s[1] == 'u' && sscanf(s + 2, "%4x", &code) == 1) {
            *to++ = (char)code; /* control characters only */
            s += 5;
        } else {
            s++;
            *to++ = *s == 't' ? '\t' : *s == 'n' ? '\n' : *s == 'r' ? '\r' : *s;
        }
    }
    *to = '\0';
}

static double expected_number(const char *text)
{
    return strcmp(text, "Infinity") == 0    ? INFINITY
           : strcmp(text, "-Infinity") == 0 ? -INFINITY
           : strcmp(text, "NaN") == 0       ? NAN
                                            : strtod(text, NULL);
}

static bool close_to(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b || fabs(a - b) <= 1e-12 * fmax(fabs(a), fabs(b));
}

static bool matches(const char *pattern, const char *text)
{
    char inside[256];
    snprintf(inside, sizeof inside, "%.*s", (int)strlen(pattern) - 2, pattern + 1); /* without its slashes */
    regex_t regex;
    assert_int_equal(regcomp(&regex, inside, REG_EXTENDED), 0);
    bool found = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return found;
}

static bool is_expected(char *const cells[], const struct value *value)
{
    const char *type = cells[RESULT_TYPE], *expected = cells[EXPECTED];
    char *text = value_string(value);
    double number = value_number(value);
    bool good = false;
    if (strcmp(type, "boolean") == 0)
        good = value_boolean(value) == (strcmp(expected, "true") == 0);
    else if (strcmp(type, "number") == 0)
        good = close_to(number, expected_number(expected));
    else if (strcmp(type, "rounded") == 0)
        /* The table's numbers were rounded from numbers up to half a unit away. */
        good = fabs(number - expected_number(expected)) * strtod(cells[ROUND_FACTOR], NULL) <= 0.50001;
    else if (strcmp(type, "string") == 0)
        good = strcmp(text, expected) == 0;
    else if (strcmp(type, "match") == 0)
        good = matches(expected, text);
    else if (strcmp(type, "date") == 0)
        good = strncmp(text, expected, 10) == 0;
    if (!good)
        printf("# %s: %s: got \"%s\" (number %.17g), not %s \"%s\"\n", cells[ID], cells[EXPRESSION], text,
               number, type, expected);
    free(text);
    return good;
}

static bool run_row(char *const cells[], bool late_faults)
{
    setenv("TZ", *cells[TZ] ? cells[TZ] : "UTC", 1);
    tzset();
    struct bindings b = {.all = json_loads(cells[BINDINGS], 0, NULL)};
    assert_non_null(b.all);
    const char *name;
    json_t *json;
    struct value self = {0}, value;
    json_object_foreach(b.all, name, json)
    {
        if (strcmp(name, ".") == 0)
            self = from_json(json);
        else
            b.names[b.count++] = name;
    }
    const struct expr_scope scope = {resolve, nearest, false, late_faults, &b};
    const struct expr_env env = {
        .answer = answer, .choice_label = choice_label, .self = &self, .context = &b};
    struct expr_fault fault;
    char *cause = NULL;
    bool throws = strcmp(cells[RESULT_TYPE], "throws") == 0, good;
    struct expr *expr = expr_compile(cells[EXPRESSION], &scope, &fault);
    if (expr && expr_eval(expr, &env, &value, &cause)) {
        good = !throws && is_expected(cells, &value);
        if (throws)
            printf("# %s: %s: is not refused\n", cells[ID], cells[EXPRESSION]);
        value_release(&value);
    } else {
        const char *message = expr ? cause : fault.message;
        good = throws && (strcmp(cells[EXPECTED], "error") == 0 || strstr(message, cells[EXPECTED]));
        if (!good)
            printf("# %s: %s: refused: %s\n", cells[ID], cells[EXPRESSION], message);
    }
    expr_fault_release(&fault);
    expr_free(expr);
    free(cause);
    value_release(&self);
    json_decref(b.all);
    return good;
}

/* ---- a table ---- */

static bool split_row(char *line, char *cells[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++) {
        cells[i] = line ? strsep(&line, "\t") : NULL;
        if (!cells[i])
            cells[i] = strbuf_empty; /* trailing empty cells may be left off */
        else if (i != BINDINGS)
            unescape(cells[i]);
    }
    return *cells[EXPRESSION] || *cells[RESULT_TYPE];
}

/* The bindings' JSON has escapes of its own: only the table's doubled backslash is undone. */
static void undouble(char *s)
{
    char *to = s;
    for (; *s; s++) {
        if (s[0] == '\\' && s[1] == '\\')
            s++;
        *to++ = *s;
    }
    *to = '\0';
}

static bool is_exception(const char *id)
{
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++) {
        if (strcmp(exceptions[i].id, id) == 0) {
            printf("# %s is answered otherwise: %s\n", id, exceptions[i].why);
            return true;
        }
    }
    return false;
}

/* How many rows failed that are no exceptions. */
static int run_table(const char *path, bool late_faults)
{
    size_t length;
    char *cause, *text = path_read(path, 16 << 20, &length, &cause), *rest = text, *cells[COLUMNS];
    assert_non_null(text);
    int rows = 0, passed = 0, failed = 0;
    split_row(strsep(&rest, "\n"), cells);
    for (int i = 0; i < COLUMNS; i++)
        assert_string_equal(cells[i], column_names[i]);
    while (rest && *rest) {
        if (!split_row(strsep(&rest, "\n"), cells))
            continue;
        undouble(cells[BINDINGS]);
        rows++;
        if (run_row(cells, late_faults))
            passed++;
        else
            failed += !is_exception(cells[ID]);
    }
    printf("# %s: %d of %d passed\n", path_base(path), passed, rows);
    assert_true(rows > 0);
    free(text);
    return failed;
}

static const char *srcdir(void)
{
    return getenv("srcdir") ? getenv("srcdir") : ".";
}

static void test_engines(void **state)
{
    (void)state;
    char *path = getenv("ALONGSIDE_CASES") ? xstrdup(getenv("ALONGSIDE_CASES"))
                                           : xasprintf("%s/../shared/cases/expressions.tsv", srcdir());
    FILE *there = fopen(path, "r");
    if (!there) {
        print_message("# %s is not there: only the project's own table is tried\n", path);
        free(path);
        return; /* not skip(): this cmocka's TAP calls that a failure */
    }
    fclose(there);
    int failed = run_table(path, true);
    free(path);
    assert_int_equal(failed, 0);
}

static void test_own(void **state)
{
    (void)state;
    char *path = xasprintf("%s/tests/form/cases/expressions.tsv", srcdir());
    int failed = run_table(path, false);
    free(path);
    assert_int_equal(failed, 0);
}

/* The page has every function, and a reason for each exception. */
static void test_page(void **state)
{
    (void)state;
    size_t length;
    char *path = xasprintf("%s/man/alongside-form.5", srcdir()), *cause = NULL;
    char *page = path_read(path, 1 << 20, &length, &cause);
    assert_non_null(page);
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++) {
        if (!strstr(page, exceptions[i].page))
            fail_msg("%s does not name %s", path, exceptions[i].page);
    }
    for (size_t i = 0; function_name(i); i++) {
        char *entry = xasprintf("Fn %s ", function_name(i));
        if (!strstr(page, entry))
            fail_msg("%s does not have %s()", path, function_name(i));
        free(entry);
    }
    free(page);
    free(path);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_engines),
        cmocka_unit_test(test_own),
        cmocka_unit_test(test_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
