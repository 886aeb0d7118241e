/* What a form makes of the answers, on the screen: lists, scores, tags, what stays in sight, other forms. */
#include "check.h"

#include "base/mem.h"
#include "screen/stage.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static void say(struct stage *s, const char *by, const char *question, const char *value)
{
    char *intent = xasprintf("{\"by\":\"%s\",\"event\":\"answered\",\"question\":\"%s\",\"value\":%s}", by,
                             question, value);
    stage_do(s, intent);
    free(intent);
}

static void p(struct stage *s, const char *question, const char *value)
{
    say(s, "practitioner", question, value);
}

static void sam(struct stage *s, const char *question, const char *value)
{
    say(s, "service_user", question, value);
}

static void add(struct stage *s, const char *repeat)
{
    char *intent = xasprintf("{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"%s\"}", repeat);
    stage_do(s, intent);
    free(intent);
}

static struct stage *filled(void)
{
    struct stage *s = stage_seated("plan.yaml");
    sam(s, "year", "\"A home of my own, and my girl at the weekend\"");
    p(s, "year", "\"No crisis for a year\"");
    sam(s, "age", "19");
    p(s, "home", "1");
    sam(s, "home", "2");
    sam(s, "money", "2");
    sam(s, "home_by", "\"nobody\"");
    p(s, "home_by", "\"here\"");
    p(s, "money_by", "\"nobody\"");
    sam(s, "money_by", "\"nobody\"");
    add(s, "goals");
    sam(s, "goal#1", "\"Get my card\"");
    sam(s, "good#1", "\"work\"");
    sam(s, "by#1", "\"2026-12-01\"");
    add(s, "blocks#1");
    sam(s, "block#2", "\"No bus\"");
    sam(s, "kind#2", "\"practical\"");
    add(s, "blocks#1");
    sam(s, "block#3", "\"I get scared in there\"");
    sam(s, "kind#3", "\"inside\"");
    return s;
}

static const struct stage_size sizes[] = {{24, 80}, {30, 100}, {20, 50}};
enum { SIZES = sizeof sizes / sizeof *sizes };

static void test_lists(void **state)
{
    (void)state;
    struct stage *s = filled();
    stage_go(s, "home");
    stage_keys(s, "p");
    stage_check_sizes(s, "plan", sizes, SIZES);
    /* One kind of obstacle alone, by the name of its group; Esc brings all back, and then leaves. */
    stage_keys(s, "/");
    stage_type(s, "practical");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "No bus"));
    assert_true(stage_shows(s, "What gets in the way"));
    assert_false(stage_shows(s, "scared"));
    assert_false(stage_shows(s, "Nobody does this yet"));
    stage_check(s, "plan-found");
    stage_keys(s, "/");
    stage_type(s, "inside");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "I get scared"));
    assert_false(stage_shows(s, "No bus"));
    stage_keys(s, "Esc");
    assert_true(stage_shows(s, "Our plan"));
    assert_true(stage_shows(s, "No bus"));
    stage_keys(s, "/");
    stage_type(s, "practical");
    stage_keys(s, "Enter Enter");
    assert_int_equal(app_question(s->app), stage_question(s, "block#2"));
    stage_free(s);
}

static void test_nothing_found(void **state)
{
    (void)state;
    struct stage *s = filled();
    stage_go(s, "home");
    stage_keys(s, "p /");
    stage_type(s, "zebra");
    stage_keys(s, "Enter Enter");
    assert_true(stage_shows(s, "Nothing."));
    stage_keys(s, "Esc Esc");
    assert_false(stage_shows(s, "Our plan"));
    stage_free(s);
    /* A form that makes no lists says so. */
    s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "p");
    assert_true(stage_shows(s, "This form makes no lists."));
    stage_free(s);
}

static void test_overview(void **state)
{
    (void)state;
    struct stage *s = filled();
    stage_go(s, "home");
    stage_keys(s, "o");
    assert_true(stage_shows(s, "1 of 2 not answered yet"));
    stage_check_sizes(s, "plan-overview", sizes, SIZES);
    stage_free(s);
}

static void test_tags(void **state)
{
    (void)state;
    struct stage *s = filled();
    static const struct stage_size all[] = {{24, 80}, {30, 100}, {48, 160}, {20, 60}};
    stage_go(s, "home");
    assert_true(stage_shows(s, "[I can change this, A place to live]"));
    stage_check_sizes(s, "plan-tags", all, sizeof all / sizeof *all);
    stage_free(s);
}

static void test_later_sitting(void **state)
{
    (void)state;
    struct stage *s = filled();
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"paused\"}");
    stage_again(s, RECORD_WRITE);
    assert_true(stage_shows(s, "What would a good year look like?"));
    assert_true(stage_shows(s, "Sam: A home"));
    stage_check_sizes(s, "plan-later-sitting", sizes, SIZES);
    stage_free(s);
}

static void test_signing(void **state)
{
    (void)state;
    struct stage *s = filled();
    stage_go(s, "home");
    stage_keys(s, "F8");
    assert_true(stage_shows(s, "alongside new young-adult"));
    stage_check(s, "plan-sign");
    stage_free(s);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    setenv("ALONGSIDE_FORMS", "/nowhere", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists), cmocka_unit_test(test_nothing_found), cmocka_unit_test(test_overview),
        cmocka_unit_test(test_tags),  cmocka_unit_test(test_later_sitting), cmocka_unit_test(test_signing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
