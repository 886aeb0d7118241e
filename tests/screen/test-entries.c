/* Lists that people make: the page of a repeat, inside its entries, and cards about a question. */
#include "check.h"

#include "base/mem.h"
#include "screen/stage.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static void all_sizes(struct stage *s, const char *golden)
{
    static const struct stage_size sizes[] = {{20, 48}, {20, 50}, {48, 160}, {30, 100}, {24, 80}};
    stage_check_sizes(s, golden, sizes, 5);
}

static void floor_sizes(struct stage *s, const char *golden)
{
    static const struct stage_size sizes[] = {{20, 48}, {24, 80}};
    stage_check_sizes(s, golden, sizes, 2);
}

static const char *in_front(const struct stage *s)
{
    return assessment_path(session_assessment(s->session), app_question(s->app));
}

static size_t entries(const struct stage *s, const char *repeat)
{
    return assessment_entries(session_assessment(s->session), stage_question(s, repeat));
}

/* The number of the entry at a place of a repeat. */
static int at_place(const struct stage *s, const char *repeat, size_t i)
{
    return assessment_entry(session_assessment(s->session), stage_question(s, repeat), i)->number;
}

/* Two goals, a step in the first; they differ about how much it matters. */
static struct stage *with_goals(void)
{
    static const char *const doings[] = {
        "{'by':'service_user','event':'added','question':'goals'}",
        "{'by':'service_user','event':'answered','question':'goal#1','value':'Get my card'}",
        "{'by':'practitioner','event':'answered','question':'goal#1','value':'A forklift ticket, and a job "
        "at "
        "the warehouse after that, with days that fit around the children'}",
        "{'by':'service_user','event':'answered','question':'matters#1','value':5}",
        "{'by':'practitioner','event':'answered','question':'matters#1','value':2}",
        "{'by':'practitioner','event':'added','question':'steps#1'}",
        "{'by':'practitioner','event':'proposed','question':'step#2','value':'Ring the office'}",
        "{'by':'practitioner','event':'confirmed','question':'step#2'}",
        "{'by':'service_user','event':'confirmed','question':'step#2'}",
        "{'by':'practitioner','event':'added','question':'goals'}",
        "{'by':'practitioner','event':'answered','question':'goal#3','value':'A flat'}",
        "{'by':'service_user','event':'answered','question':'goal#3','value':'A flat'}",
    };
    struct stage *s = stage_seated("lists.yaml");
    for (size_t i = 0; i < sizeof doings / sizeof *doings; i++) {
        char *json = xstrdup(doings[i]);
        for (char *c = json; *c; c++)
            *c = *c == '\'' ? '"' : *c;
        stage_do(s, json);
        free(json);
    }
    return s;
}

static void test_list(void **state)
{
    (void)state;
    struct stage *s = stage_seated("lists.yaml");
    stage_go(s, "goals");
    all_sizes(s, "list-empty");
    stage_free(s);
    s = with_goals();
    stage_go(s, "goals");
    all_sizes(s, "list");
    stage_keys(s, "x");
    all_sizes(s, "list-wanted-out");
    /* Inside it that is told too, and in what is within it. */
    stage_go(s, "matters#3");
    assert_false(stage_shows(s, "take it out"));
    stage_go(s, "whose#2");
    assert_true(stage_shows(s, "Sam says: take it out (l)"));
    stage_go(s, "matters#1");
    floor_sizes(s, "list-wanted-out-inside");
    stage_go(s, "goals");
    stage_keys(s, "x");
    assert_true(stage_shows(s, "Sam has said so. It goes when Rae says so too."));
    assert_int_equal(entries(s, "goals"), 2);
    stage_keys(s, "u");
    assert_false(stage_shows(s, "take it out"));
    stage_keys(s, "x Tab x");
    assert_int_equal(entries(s, "goals"), 1);
    assert_true(stage_shows(s, "You both say so. It is taken out. u brings it back."));
    stage_keys(s, "u");
    assert_int_equal(entries(s, "goals"), 2);
    /* One's own slip goes at once, and Enter does not add another by mistake. */
    stage_keys(s, "a l");
    assert_int_equal(entries(s, "goals"), 2 + 1);
    stage_free(s);
}

static void test_moving(void **state)
{
    (void)state;
    struct stage *s = with_goals();
    stage_go(s, "goals");
    size_t events = assessment_events(session_assessment(s->session));
    stage_keys(s, "1 m Down");
    floor_sizes(s, "list-moving");
    stage_keys(s, "Esc");
    assert_true(stage_shows(s, "It stays where it was."));
    stage_keys(s, "m Down Up Enter");
    assert_int_equal(assessment_events(session_assessment(s->session)), events);
    stage_keys(s, "m Down Enter");
    assert_true(stage_shows(s, "Saved. It is number 2 now."));
    assert_int_equal(at_place(s, "goals", 0), 3);
    assert_int_equal(at_place(s, "goals", 1), 1);
    stage_keys(s, "m Up m");
    assert_int_equal(at_place(s, "goals", 0), 1);
    stage_keys(s, "u");
    assert_int_equal(at_place(s, "goals", 0), 3);
    stage_free(s);
}

static void test_going(void **state)
{
    (void)state;
    struct stage *s = stage_seated("lists.yaml");
    stage_go(s, "goals");
    stage_keys(s, "Enter");
    assert_string_equal(in_front(s), "goal#1");
    stage_type(s, "Get my card");
    stage_keys(s, "Enter");
    stage_type(s, "Get my card");
    stage_keys(s, "Enter Enter 4 Enter 4 Enter");
    assert_string_equal(in_front(s), "matters#1");
    stage_keys(s, "Enter");
    assert_string_equal(in_front(s), "steps#1");
    /* Past a list that stays empty, and from the last of the entries back to the list of them. */
    stage_keys(s, "Down Enter");
    assert_string_equal(in_front(s), "goals");
    assert_true(stage_shows(s, "All answered."));
    stage_keys(s, "a");
    assert_string_equal(in_front(s), "goal#2");
    stage_keys(s, "Esc l");
    assert_string_equal(in_front(s), "goals");
    assert_true(stage_shows(s, "> 2.  (nothing in it yet)"));
    /* Left and Right go through all of it, as everywhere. */
    stage_keys(s, "Right");
    assert_string_equal(in_front(s), "goal#1");
    stage_keys(s, "Esc Left Left");
    assert_string_equal(in_front(s), "safe");
    stage_keys(s, "Right");
    assert_string_equal(in_front(s), "goals");
    stage_keys(s, "Delete");
    assert_int_equal(entries(s, "goals"), 1);
    assert_true(stage_shows(s, "It is taken out. u brings it back."));
    assert_true(stage_shows(s, "> 1.  Get my card"));
    stage_keys(s, "u a Esc a");
    assert_int_equal(entries(s, "goals"), 3);
    stage_keys(s, "Esc a");
    assert_true(stage_shows(s, "There are 3 already, and no more can be added."));
    stage_keys(s, "l");
    floor_sizes(s, "list-full");
    /* What is taken out while it is in front is not stayed in. */
    stage_go(s, "matters#3");
    stage_keys(s, "u");
    assert_string_equal(in_front(s), "goals");
    stage_keys(s, "End Enter");
    assert_string_equal(in_front(s), "rest");
    /* A list that is for one of them. */
    stage_keys(s, "Tab Esc Right");
    assert_string_equal(in_front(s), "own");
    floor_sizes(s, "list-own");
    assert_int_equal(app_keyboard(s->app), SERVICE_USER);
    stage_keys(s, "Tab a");
    assert_true(stage_shows(s, "This list is for Sam. Tab passes the keyboard."));
    assert_int_equal(entries(s, "own"), 0);
    stage_keys(s, "Left");
    assert_string_equal(in_front(s), "rest");
    stage_keys(s, "Esc l");
    assert_true(stage_shows(s, "This question is in no list."));
    stage_keys(s, "Esc a");
    assert_true(stage_shows(s, "a adds to a list. This question is in none."));
    stage_free(s);
}

static void test_within(void **state)
{
    (void)state;
    struct stage *s = with_goals();
    stage_go(s, "matters#1");
    all_sizes(s, "list-differ");
    stage_go(s, "steps#1");
    floor_sizes(s, "list-steps");
    stage_go(s, "whose#2");
    all_sizes(s, "list-within");
    stage_keys(s, "1 Enter 2 Enter");
    assert_true(stage_answer(s, "whose#2", SERVICE_USER)->value);
    stage_keys(s, "c o");
    all_sizes(s, "list-overview");
    stage_keys(s, "Down Enter");
    assert_string_equal(in_front(s), "goal#1");
    stage_keys(s, "Esc d");
    floor_sizes(s, "list-differences");
    stage_keys(s, "Enter");
    floor_sizes(s, "list-talk");
    stage_keys(s, "Esc");
    stage_go(s, "safe");
    stage_keys(s, "/");
    stage_type(s, "who does");
    stage_keys(s, "Enter");
    assert_string_equal(in_front(s), "whose#2");
    stage_keys(s, "F2");
    floor_sizes(s, "list-kept");
    stage_keys(s, "Esc");
    stage_go(s, "goals");
    stage_keys(s, "F2");
    floor_sizes(s, "list-kept-all");
    stage_keys(s, "Down Down Enter");
    assert_string_equal(in_front(s), "matters#3");
    stage_free(s);
}

static void test_cards(void **state)
{
    (void)state;
    struct stage *s = stage_seated("lists.yaml");
    stage_go(s, "safe");
    stage_keys(s, "3 Enter 5 Enter k");
    floor_sizes(s, "card-pick");
    stage_keys(s, "1");
    assert_string_equal(in_front(s), "thought#1");
    all_sizes(s, "card");
    assert_int_equal(app_keyboard(s->app), SERVICE_USER);
    stage_type(s, "They will come again.");
    stage_keys(s, "Enter Enter");
    stage_type(s, "I did not sleep.");
    /* Written to its end, it leads back to what it is about. */
    stage_keys(s, "Enter Enter");
    assert_string_equal(in_front(s), "safe");
    all_sizes(s, "card-question");
    stage_keys(s, "k 2");
    stage_type(s, "A new lock.");
    stage_keys(s, "Enter Esc l");
    assert_string_equal(in_front(s), "news");
    floor_sizes(s, "card-list");
    /* No card about a card of the same kind. */
    stage_keys(s, "k");
    assert_string_equal(in_front(s), "thought#3");
    stage_keys(s, "Esc Tab u");
    stage_go(s, "safe");
    stage_keys(s, "F2");
    floor_sizes(s, "card-kept");
    stage_keys(s, "Enter");
    assert_string_equal(in_front(s), "thought#1");
    /* Gone through like any other, it leads on. */
    stage_keys(s, "Enter Enter");
    assert_string_equal(in_front(s), "thoughts");
    stage_free(s);
    s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "k");
    assert_true(stage_shows(s, "There are no cards for this question."));
    stage_free(s);
}

static void test_long(void **state)
{
    (void)state;
    struct stage *s = stage_seated("lists.yaml");
    for (int i = 0; i < 20; i++)
        stage_do(s, "{\"by\":\"practitioner\",\"event\":\"added\",\"question\":\"news\"}");
    stage_go(s, "news");
    floor_sizes(s, "list-long");
    stage_keys(s, "9 Down Down Down");
    floor_sizes(s, "list-long-middle");
    stage_keys(s, "End");
    floor_sizes(s, "list-long-end");
    stage_keys(s, "a");
    assert_true(stage_shows(s, "There are 20 already, and no more can be added."));
    stage_free(s);
}

static void test_half_typed(void **state)
{
    (void)state;
    struct stage *s = with_goals();
    stage_go(s, "goal#3");
    stage_type(s, " near my girls");
    stage_hang_up(s);
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter"); /* who is here: as last time */
    assert_string_equal(in_front(s), "goal#3");
    assert_true(stage_shows(s, "A flat near my girls"));
    assert_true(stage_shows(s, "These words were not saved yet."));
    stage_keys(s, "Enter");
    assert_string_equal(json_string_value(stage_answer(s, "goal#3", SERVICE_USER)->value),
                        "A flat near my girls");
    assert_string_equal(json_string_value(stage_answer(s, "goal#1", SERVICE_USER)->value), "Get my card");
    /* Half typed in what was taken out: it is there again when that is. */
    stage_type(s, "x");
    stage_keys(s, "Tab Esc l x Tab x");
    assert_int_equal(entries(s, "goals"), 1);
    stage_hang_up(s);
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter");
    assert_string_equal(in_front(s), "goals");
    stage_keys(s, "u");
    stage_go(s, "goal#3");
    assert_true(stage_shows(s, "A flat near my girlsx"));
    stage_keys(s, "Backspace Enter");
    /* Where they stopped is where they go on, also at a list. */
    static const char *const places[] = {"matters#1", "steps#1", "whose#2", "goals"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        stage_go(s, places[i]);
        stage_keys(s, "Ctrl-Q");
        stage_again(s, RECORD_WRITE);
        stage_keys(s, "Enter");
        assert_string_equal(in_front(s), places[i]);
    }
    stage_again(s, RECORD_READ);
    stage_keys(s, "Esc");
    stage_go(s, "goals");
    floor_sizes(s, "list-read-only");
    stage_keys(s, "a x");
    assert_int_equal(entries(s, "goals"), 2);
    stage_keys(s, "1 Enter");
    assert_string_equal(in_front(s), "whose#2");
    stage_free(s);
}

static void test_mouse(void **state)
{
    (void)state;
    struct stage *s = with_goals();
    stage_go(s, "goals");
    assert_true(stage_shows(s, "> 1.  Rae:"));
    stage_click(s, 9, 20);
    assert_true(stage_shows(s, "> 2.  A flat"));
    stage_click(s, 10, 20);
    assert_string_equal(in_front(s), "matters#3");
    stage_free(s);
}

static void test_terminals(void **state)
{
    (void)state;
    static const char *const types[] = {"linux", "xterm-mono"};
    for (size_t i = 0; i < 2; i++) {
        struct stage *s = stage_new("lists.yaml", types[i]);
        stage_keys(s, "R Enter S Enter Enter Enter Enter Esc");
        stage_go(s, "goals");
        stage_keys(s, "Enter X Enter Y Enter Esc a Esc l 1 x");
        char *golden = xasprintf("list-%s", types[i]);
        stage_check(s, golden);
        free(golden);
        stage_free(s);
    }
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),   cmocka_unit_test(test_moving), cmocka_unit_test(test_going),
        cmocka_unit_test(test_within), cmocka_unit_test(test_cards),  cmocka_unit_test(test_half_typed),
        cmocka_unit_test(test_mouse),  cmocka_unit_test(test_long),   cmocka_unit_test(test_terminals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
