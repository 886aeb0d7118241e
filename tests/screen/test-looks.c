/* What every screen looks like, at five sizes. The golden files are what somebody has looked at and found
 * right. */
#include "check.h"

#include "base/mem.h"
#include "screen/stage.h"
#include "session/preview.h"

#include <locale.h>
#include <stdlib.h>

static void all_sizes(struct stage *s, const char *golden)
{
    static const struct stage_size sizes[] = {{20, 48}, {24, 60}, {48, 160}, {30, 100}, {24, 80}};
    stage_check_sizes(s, golden, sizes, 5);
}

/* The least there is, one below the other and side by side. */
static void floor_sizes(struct stage *s, const char *golden)
{
    static const struct stage_size sizes[] = {{20, 48}, {24, 80}};
    stage_check_sizes(s, golden, sizes, 2);
}

static void test_scale(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    all_sizes(s, "scale-none");
    stage_keys(s, "Up Up");
    floor_sizes(s, "scale-picked");
    stage_keys(s, "Enter");
    floor_sizes(s, "scale-one");
    stage_keys(s, "4 Enter");
    floor_sizes(s, "scale-reason");
    stage_type(s, "New lock fitted. No calls to the police since May.");
    stage_keys(s, "Enter");
    floor_sizes(s, "scale-reason-other");
    stage_keys(s, "Esc");
    all_sizes(s, "scale-differ");
    stage_keys(s, "e");
    floor_sizes(s, "evidence");
    stage_keys(s, "1 F2");
    all_sizes(s, "kept");
    stage_keys(s, "Esc F3");
    floor_sizes(s, "scale-welsh");
    stage_keys(s, "F3 Up");
    floor_sizes(s, "scale-moving");
    stage_keys(s, "4 Enter");
    floor_sizes(s, "scale-why-moved");
    stage_keys(s, "3 Enter");
    floor_sizes(s, "scale-same-now");
    stage_keys(s, "Enter");
    floor_sizes(s, "scale-same-talk");
    stage_free(s);
}

static void test_agreed(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "few");
    stage_keys(s, "4 Enter 4 Enter");
    floor_sizes(s, "few-same");
    stage_go(s, "where");
    floor_sizes(s, "where-none");
    stage_keys(s, "1 Enter 3 Enter");
    all_sizes(s, "where-differ");
    stage_go(s, "help");
    stage_keys(s, "1 2 Enter 4 Enter");
    floor_sizes(s, "help-differ");
    stage_go(s, "long");
    all_sizes(s, "long-none");
    stage_free(s);
}

static void test_text(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "line");
    floor_sizes(s, "line-none");
    stage_type(s, "Forklift driver, nights, at the warehouse by the ring road");
    floor_sizes(s, "line-typing");
    stage_keys(s, "Enter Esc");
    floor_sizes(s, "line-one");
    stage_go(s, "story");
    stage_type(s, "My sister is near. ");
    stage_keys(s, "Ctrl-N");
    stage_type(s, "It is quiet, and the heating works. I can cook there and my girls have a bed.");
    all_sizes(s, "story-typing");
    stage_keys(s, "Enter Tab Esc s 1");
    floor_sizes(s, "story-skipped");
    stage_go(s, "many");
    stage_type(s, "60");
    floor_sizes(s, "many-typing");
    stage_keys(s, "Enter");
    stage_type(s, "1O");
    stage_keys(s, "Enter");
    floor_sizes(s, "many-refused");
    stage_go(s, "born");
    stage_type(s, "31/2/2026");
    stage_keys(s, "Enter");
    floor_sizes(s, "date-refused");
    stage_go(s, "wide");
    stage_type(s, "日本語の答え");
    floor_sizes(s, "wide-typing");
    stage_free(s);
}

static void test_rest(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "hello");
    all_sizes(s, "note");
    stage_go(s, "told");
    floor_sizes(s, "acknowledge-none");
    stage_keys(s, "Enter");
    floor_sizes(s, "acknowledge-one");
    stage_go(s, "mine");
    floor_sizes(s, "mine-none");
    stage_keys(s, "2 Enter Tab");
    floor_sizes(s, "mine-passed");
    stage_go(s, "hidden");
    floor_sizes(s, "hidden-none");
    stage_keys(s, "Tab 4 Enter");
    all_sizes(s, "hidden-one");
    stage_keys(s, "7 Enter");
    floor_sizes(s, "hidden-both");
    stage_go(s, "goal");
    floor_sizes(s, "together-none");
    stage_type(s, "Get my own front door");
    stage_keys(s, "Enter");
    floor_sizes(s, "together-put");
    stage_keys(s, "F5");
    all_sizes(s, "together-half");
    stage_keys(s, "F6");
    floor_sizes(s, "together-both");
    stage_go(s, "pick");
    floor_sizes(s, "together-pick");
    stage_free(s);
}

/* Where the steps of a talk are on a small laptop's terminal too. */
static void talk_sizes(struct stage *s, const char *golden)
{
    static const struct stage_size sizes[] = {{20, 48}, {20, 50}, {24, 80}};
    stage_check_sizes(s, golden, sizes, 3);
}

static void test_talk(void **state)
{
    (void)state;
    struct stage *s = stage_demo("whole-life.yaml", "demo.jsonl");
    stage_go(s, "skills");
    all_sizes(s, "demo-differ");
    stage_keys(s, "Enter");
    talk_sizes(s, "talk-back");
    stage_keys(s, "Enter");
    stage_type(s, "You have a ticket and you have somewhere to start.");
    talk_sizes(s, "talk-back-words");
    stage_keys(s, "Enter");
    talk_sizes(s, "talk-mark");
    stage_keys(s, "Enter");
    floor_sizes(s, "talk-mark-pick");
    stage_keys(s, "2");
    stage_type(s, "My cousin's boss asked for me.");
    stage_keys(s, "Enter");
    talk_sizes(s, "talk-not-quite");
    stage_keys(s, "Enter");
    stage_type(s, "You have a ticket, and a boss who asked for you.");
    stage_keys(s, "Enter Enter 1");
    talk_sizes(s, "talk-back-other");
    stage_keys(s, "s");
    talk_sizes(s, "talk-mind");
    stage_keys(s, "Enter");
    stage_type(s, "If nobody rings back in a month.");
    stage_keys(s, "Enter Right");
    talk_sizes(s, "talk-empty");
    stage_keys(s, "4 Enter");
    all_sizes(s, "talk-put");
    stage_keys(s, "F6");
    floor_sizes(s, "talk-half");
    stage_keys(s, "F5");
    floor_sizes(s, "talk-heard");
    stage_keys(s, "4");
    floor_sizes(s, "talk-heard-other");
    assert_false(stage_shows(s, "4 of 5"));
    stage_keys(s, "5");
    talk_sizes(s, "talk-settled");
    stage_keys(s, "F2");
    floor_sizes(s, "talk-turns");
    stage_keys(s, "Esc r");
    floor_sizes(s, "talk-again");
    stage_keys(s, "2 w");
    stage_type(s, "I have my ticket.");
    floor_sizes(s, "talk-words");
    stage_keys(s, "Esc");
    floor_sizes(s, "talk-words-going"); /* one key takes no words with it */
    stage_keys(s, "Esc 4 1 Enter F5 F6");
    floor_sizes(s, "talk-why-moved");
    stage_keys(s, "1");
    floor_sizes(s, "talk-why-moved-words");
    stage_type(s, "The boss did ring.");
    stage_keys(s, "Enter Esc Esc");
    floor_sizes(s, "talk-moved");
    stage_keys(s, "r 4 5 Enter");
    stage_type(s, "Which jobs there are");
    stage_keys(s, "Enter");
    floor_sizes(s, "talk-from");
    stage_keys(s, "Enter");
    floor_sizes(s, "talk-when");
    stage_keys(s, "Enter Esc");
    floor_sizes(s, "demo-talked");
    stage_free(s);
}

static void test_lists(void **state)
{
    (void)state;
    struct stage *s = stage_demo("whole-life.yaml", "demo.jsonl");
    floor_sizes(s, "demo-start");
    stage_keys(s, "o");
    all_sizes(s, "overview");
    stage_keys(s, "Down Down Esc d");
    all_sizes(s, "differences");
    stage_keys(s, "Esc F1");
    all_sizes(s, "help");
    stage_keys(s, "/");
    stage_type(s, "undo");
    stage_keys(s, "Enter");
    floor_sizes(s, "help-found");
    stage_keys(s, "Esc F8");
    all_sizes(s, "sign");
    stage_type(s, "Sam");
    stage_keys(s, "Enter F8");
    floor_sizes(s, "sign-not");
    stage_keys(s, "Enter");
    floor_sizes(s, "sign-both");
    stage_keys(s, "Esc F4");
    floor_sizes(s, "people-again");
    stage_keys(s, "Esc s");
    floor_sizes(s, "skip");
    stage_keys(s, "Esc n");
    floor_sizes(s, "note-field");
    stage_free(s);
    s = stage_new("all.yaml", "xterm-256color");
    all_sizes(s, "people");
    stage_type(s, "Bartholomew Featherstonehaugh-J");
    stage_keys(s, "Enter");
    stage_type(s, "Bartholomew Featherstonehaugh-K");
    stage_keys(s, "Enter Space");
    floor_sizes(s, "people-seat");
    stage_keys(s, "Enter Enter Enter Esc");
    stage_go(s, "safe");
    stage_keys(s, "3 Enter 8 Enter Esc Esc");
    floor_sizes(s, "long-names");
    stage_keys(s, "Enter");
    floor_sizes(s, "long-names-talk");
    stage_keys(s, "4 3 Enter");
    stage_type(s, "5");
    stage_keys(s, "Enter");
    floor_sizes(s, "long-names-put");
    stage_keys(s, "Esc o");
    floor_sizes(s, "long-names-overview");
    stage_free(s);
}

static void test_terminals(void **state)
{
    (void)state;
    static const char *const types[] = {"linux", "vt100", "xterm-mono", "xterm-256color"};
    for (size_t i = 0; i < 4; i++) {
        struct stage *s = stage_new("all.yaml", types[i]);
        stage_keys(s, "R Enter S Enter Enter Enter Enter Esc");
        stage_go(s, "safe");
        stage_keys(s, "3 Enter 8 Enter Esc Esc");
        char *golden = xasprintf("terminal-%s", types[i]);
        stage_check(s, golden);
        free(golden);
        stage_free(s);
    }
    setenv("NO_COLOR", "1", 1);
    struct stage *s = stage_new("all.yaml", "xterm-256color");
    unsetenv("NO_COLOR");
    stage_keys(s, "R Enter S Enter Enter Enter Enter Esc");
    stage_go(s, "safe");
    stage_keys(s, "3 Enter 8 Enter Esc Esc");
    stage_check(s, "terminal-xterm-mono");
    stage_free(s);
}

static void test_last_time(void **state)
{
    (void)state;
    struct stage *s = stage_following(
        "after.yaml", "before.yaml",
        "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":4}\n"
        "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":1}\n"
        "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"rent\",\"value\":90}\n"
        "{\"by\":\"practitioner\",\"event\":\"proposed\",\"question\":\"plan\",\"value\":\"A walk\"}\n"
        "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"question\":\"plan\"}\n"
        "{\"by\":\"service_user\",\"event\":\"confirmed\",\"question\":\"plan\"}\n"
        "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"born\",\"value\":\"1990-05-01\"}");
    stage_go(s, "home");
    stage_check(s, "last-time");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":3,"
                "\"because\":\"The stairs are too much for me now\"}");
    stage_check(s, "last-time-reason");
    stage_go(s, "plan");
    assert_true(stage_shows(s, "Last time: A walk"));
    /* what one starts from is no answer until it is saved */
    stage_go(s, "rent");
    assert_true(stage_shows(s, "last time's, to start from"));
    assert_true(stage_shows(s, "Last time: 90")); /* beside the other's, who had none: never one alone */
    assert_true(stage_shows(s, "Last time: no answer"));
    /* ... nor half typed, where it was only looked at ... */
    stage_keys(s, "Home Right");
    stage_go(s, "home");
    stage_go(s, "rent");
    assert_true(stage_shows(s, "last time's, to start from"));
    assert_false(stage_shows(s, "not saved yet"));
    assert_null(stage_answer(s, "rent", SERVICE_USER)->value);
    stage_keys(s, "Enter");
    assert_int_equal(json_integer_value(stage_answer(s, "rent", SERVICE_USER)->value), 90);
    /* and what is only shown cannot be answered */
    stage_go(s, "born");
    stage_check(s, "only-shown");
    stage_keys(s, "1 9 9 0 Enter");
    assert_null(stage_answer(s, "born", SERVICE_USER)->value);
    stage_free(s);
}

#define FORM(type, label)                                                                                    \
    "form: life\nversion: \"1\"\ntitle: Life\nsections:\n  - section: one\n    title: One\n    questions:\n" \
    "      - {name: home, type: " type ", min: 1, max: 5, label: " label "}\n"                               \
    "      - {name: rent, type: integer, label: Rent}\n"

static void test_preview(void **state)
{
    (void)state;
    struct stage *s = stage_preview(FORM("range", "How is home?"));
    stage_keys(s, "4");
    stage_keys(s, "Enter");
    stage_check(s, "preview");
    /* one that cannot be used is told, and the one before goes on */
    stage_save_form(FORM("rnage", "How is home?"));
    stage_keys(s, "F7");
    stage_check(s, "preview-faults");
    stage_keys(s, "Esc");
    assert_true(stage_shows(s, "Preview: 1 fault in the form (F7)"));
    stage_keys(s, "2");
    stage_keys(s, "Enter");
    assert_int_equal(json_integer_value(stage_answer(s, "home", PRACTITIONER)->value), 2);
    /* one that can be used takes over, and what was answered with it */
    stage_save_form(FORM("range", "How is your home?"));
    if (preview_watch(s->preview) >= 0)
        stage_wait(s);
    else
        stage_keys(s, "F7");
    assert_true(stage_shows(s, "The form was read again."));
    assert_true(stage_shows(s, "How is your home?"));
    assert_true(stage_shows(s, "Rae says 2"));
    assert_true(stage_shows(s, "Preview: nothing is kept"));
    assert_int_equal(assessment_live(session_assessment(s->session)), 1);
    stage_keys(s, "F7");
    assert_true(stage_shows(s, "nothing is wrong with it"));
    stage_free(s);
}

/* What is half typed goes on too. */
static void test_preview_typing(void **state)
{
    static const char head[] =
        "form: life\nversion: \"1\"\ntitle: Life\nsections:\n  - section: one\n    questions:\n"
        "      - {name: home, type: text, label: How is home?}\n";
    (void)state;
    struct stage *s = stage_preview(head);
    stage_type(s, "A roof, and");
    char *more = xasprintf("%s      - {name: rent, type: text, label: And the rent?}\n", head);
    stage_save_form(more);
    free(more);
    stage_keys(s, "F7");
    assert_true(stage_shows(s, "A roof, and"));
    stage_type(s, " a bed");
    stage_keys(s, "Enter");
    const json_t *value = stage_answer(s, "home", SERVICE_USER)->value;
    assert_string_equal(json_string_value(value), "A roof, and a bed");
    stage_keys(s, "Esc q");
    assert_true(s->over);
    stage_free(s);
}

static void test_small(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_resize(s, 10, 30);
    stage_check(s, "too-small");
    stage_free(s);
}

/* Texts that name answers; what is not there in Welsh says so. */
static void test_names(void **state)
{
    (void)state;
    struct stage *s = stage_seated("names.yaml");
    stage_go(s, "live");
    floor_sizes(s, "names-none");
    stage_go(s, "call");
    stage_type(s, "Sammy");
    stage_keys(s, "Enter");
    stage_go(s, "live");
    stage_keys(s, "1 Enter 3 Enter");
    floor_sizes(s, "names-live");
    stage_go(s, "want");
    all_sizes(s, "names-want");
    stage_keys(s, "F3");
    floor_sizes(s, "names-want-welsh");
    stage_keys(s, "1 Enter Esc");
    stage_go(s, "years");
    stage_type(s, "99");
    stage_keys(s, "Enter");
    floor_sizes(s, "names-refused");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"steps\"}");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"steps\"}");
    stage_do(s,
             "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"step#1\",\"value\":\"Ring\"}");
    stage_do(s,
             "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"step#2\",\"value\":\"Write\"}");
    stage_go(s, "steps");
    floor_sizes(s, "names-list");
    stage_go(s, "sure#2");
    floor_sizes(s, "names-in-entry");
    stage_go(s, "all_steps");
    floor_sizes(s, "names-of-all");
    stage_free(s);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scale),     cmocka_unit_test(test_agreed),
        cmocka_unit_test(test_text),      cmocka_unit_test(test_rest),
        cmocka_unit_test(test_talk),      cmocka_unit_test(test_lists),
        cmocka_unit_test(test_terminals), cmocka_unit_test(test_small),
        cmocka_unit_test(test_names),     cmocka_unit_test(test_last_time),
        cmocka_unit_test(test_preview),   cmocka_unit_test(test_preview_typing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
