/* What the research asks of the screen, row by row, with the shipped forms: what both people see. The rest of
 * each row is in tests/forms/test-rows.sh. */
#include "check.h"

#include "base/mem.h"
#include "base/utf8.h"
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

static void add(struct stage *s, const char *repeat)
{
    char *intent = xasprintf("{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"%s\"}", repeat);
    stage_do(s, intent);
    free(intent);
}

/* How often a text stands in the left or the right half of the screen. */
static int count_in_half(struct stage *s, const char *text, int half)
{
    char *screen = stage_screen(s), *rest = screen;
    int count = 0;
    for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
        char *bar = strstr(line, "│");
        const char *at = bar ? strstr(half ? bar : line, text) : NULL;
        count += at && (half || at < bar);
    }
    free(screen);
    return count;
}

/* A10: the tag stands on both sides; where it is none, on neither. */
static void test_what_can_change(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    stage_go(s, "skills");
    if (count_in_half(s, "This can change", 0) != 1 || count_in_half(s, "This can change", 1) != 1)
        fail_msg("not on both sides:\n%s", stage_screen(s));
    stage_keys(s, "Tab");
    assert_int_equal(count_in_half(s, "This can change", 0), 1);
    assert_int_equal(count_in_half(s, "This can change", 1), 1);
    stage_go(s, "fair");
    assert_false(stage_shows(s, "This can change"));
    stage_free(s);
}

/* A12: at the next opening. */
static void test_a_good_year(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    say(s, "service_user", "good_year", "\"A flat and my son\"");
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"paused\"}");
    stage_again(s, RECORD_WRITE);
    assert_true(stage_shows(s, "What would a good year look like"));
    assert_true(stage_shows(s, "A flat and my son"));
    stage_free(s);
}

/* A26: both answers that were given stand there, in their order, the day with each. */
static void test_who_i_was(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    say(s, "service_user", "who_now", "\"A lad in bother\"");
    say(s, "service_user", "who_now", "\"A dad\"");
    stage_go(s, "who_now");
    stage_keys(s, "F2");
    char *screen = stage_screen(s);
    const char *first = strstr(screen, "Sam answered “A lad in bother”");
    assert_non_null(first);
    assert_non_null(strstr(first, "answered by service_user, 20"));
    assert_non_null(strstr(first, "Sam answered “A dad”"));
    free(screen);
    stage_free(s);
}

/* A17, A27, A33: in the plan of both, in each one's words. */
static void test_in_the_plan(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    say(s, "practitioner", "belief", "\"He will be a good dad\"");
    for (int i = 1; i <= 2; i++) {
        char *goal = xasprintf("goal#%d", i), *kind = xasprintf("goal_for#%d", i);
        add(s, "goals");
        say(s, "service_user", goal, "\"A flat\"");
        say(s, "service_user", kind, "\"trouble\"");
        free(goal);
        free(kind);
    }
    stage_keys(s, "p");
    assert_true(stage_shows(s, "All our goals are of one kind so far."));
    stage_keys(s, "/");
    stage_type(s, "believes");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "What my worker believes: 1 of 1"));
    assert_true(stage_shows(s, "He will be a good"));
    stage_keys(s, "Esc Esc Tab p /");
    stage_type(s, "what i believe");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "He will be a good"));
    stage_free(s);
}

/* A42: on the overview and at signing, as soon as the age fits, and not else. */
static void test_young_adult(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    static const struct {
        const char *age;
        bool offered;
    } cases[] = {{"15", false}, {"16", true}, {"25", true}, {"26", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        say(s, "service_user", "age", cases[i].age);
        stage_go(s, "home_work");
        stage_keys(s, "o");
        assert_int_equal(stage_shows(s, "alongside new young-adult"), cases[i].offered);
        stage_keys(s, "Esc F8");
        assert_int_equal(stage_shows(s, "alongside new young-adult"), cases[i].offered);
        stage_keys(s, "Esc");
    }
    stage_free(s);
}

/* A46: the words stand before both. */
static void test_feeling_words(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    stage_go(s, "feelings");
    static const char *const words[] = {"Calm", "Hopeful", "Worried", "Ashamed"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (int half = 0; half < 2; half++)
            if (count_in_half(s, words[i], half) != 1)
                fail_msg("%s, %d:\n%s", words[i], half, stage_screen(s));
    stage_free(s);
}

/* B34, A19: what one has picked is not to be seen before the other has answered. */
static void test_feedback(void **state)
{
    (void)state;
    struct stage *s = stage_seated("feedback.yaml");
    say(s, "service_user", "today", "1");
    stage_go(s, "today");
    stage_keys(s, "Tab F2");
    assert_false(stage_shows(s, "Very low"));
    stage_keys(s, "Esc");
    say(s, "practitioner", "today", "4");
    stage_go(s, "today");
    stage_keys(s, "F2");
    assert_true(stage_shows(s, "1: Very low"));
    stage_free(s);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    setenv("ALONGSIDE_FORMS", "/nowhere", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_can_change), cmocka_unit_test(test_a_good_year),
        cmocka_unit_test(test_who_i_was),       cmocka_unit_test(test_in_the_plan),
        cmocka_unit_test(test_young_adult),     cmocka_unit_test(test_feeling_words),
        cmocka_unit_test(test_feedback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
