/* Records as a hand, a newer version or bad luck could have written them: nothing in them is taken for what
 * it is not, and opening one comes to an end. */
#include "check.h"

#include "assessment/assessment.h"
#include "assessment/beside.h"
#include "assessment/internal.h"
#include "base/mem.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

#define HEAD                                                                                                 \
    "form: hand\ntitle: By hand\nlanguages: [en]\nsections:\n  - section: one\n    title: One\n    "         \
    "questions:\n"
#define GOALS(questions)                                                                                     \
    "      - name: goals\n        type: repeat\n        label: Goals\n        questions:\n" questions
#define STEPS                                                                                                \
    "          - name: steps\n            type: repeat\n            label: Steps\n            questions:\n"  \
    "              - {name: step, type: text, label: Step}\n"                                                \
    "              - {name: day, type: date, label: Day}\n"
#define ONE                                                                                                  \
    "version: \"1\"\n" HEAD "      - {name: age, type: integer, label: Age, required: \"${said} != ''\"}\n"  \
    "      - {name: said, type: text, label: Said, compare: true}\n"                                         \
    "      - {name: echo, type: calculate, calculation: \"concat('<', ${said}, '>')\"}\n" GOALS(             \
        "          - {name: goal, type: text, label: Goal}\n"                                                \
        "          - {name: why, type: text, label: Why}\n" STEPS)
#define TWO "version: \"2\"\n" HEAD GOALS("          - {name: goal, type: text, label: Goal}\n" STEPS)

#define THREE                                                                                                \
    "version: \"3\"\n" HEAD "      - name: goals\n        type: repeat\n        label: Goals\n        "      \
    "asked_of: practitioner\n        questions:\n"                                                           \
    "          - {name: goal, type: text, label: Goal}\n"

static struct form *load(const char *text)
{
    struct diags diags;
    diags_init(&diags, "hand");
    struct form *form = form_load("hand", text, strlen(text), &diags);
    if (!form)
        diags_print(&diags, text, strlen(text), stderr);
    diags_release(&diags);
    assert_non_null(form);
    return form;
}

static void fold_object(struct assessment *a, json_t *object)
{
    struct event event;
    char *cause = NULL;
    if (!json_object_get(object, "by"))
        json_object_set_new(object, "by", json_string("practitioner"));
    if (!event_parse(object, false, &event, &cause))
        fail_msg("%s", cause);
    assessment_fold(a, &event);
    json_decref(object);
}

/* Fold lines in as they are, whether they may or not: the practitioner's where they name nobody. */
static void fold(struct assessment *a, const char *const *lines)
{
    for (; *lines; lines++) {
        json_t *object = json_loads(*lines, 0, NULL);
        assert_non_null(object);
        fold_object(a, object);
    }
}

#define FOLD(a, ...) fold(a, (const char *const[]){__VA_ARGS__, NULL})

static void upgrade(struct assessment *a, const char *text)
{
    json_t *event =
        json_pack("{s:s, s:s, s:{s:s}}", "by", "practitioner", "event", "upgraded", "form", "text", text);
    assessment_complete(a, event);
    fold_object(a, event);
}

/* What is owed, until nothing is. */
static size_t settle(struct assessment *a)
{
    json_t *owed;
    size_t count = 0;
    for (; (owed = assessment_owed(a)); count++) {
        if (count == 20)
            fail_msg("this is owed for ever: %s", json_dumps(owed, JSON_COMPACT));
        fold_object(a, owed);
    }
    return count;
}

static struct form *one;
#define OPENED "{\"event\":\"opened\",\"format\":1,\"record\":\"1\",\"form\":{}}"
#define ADDED(number) "{\"event\":\"added\",\"question\":\"goals\",\"entry\":" number "}"

static int load_one(void **state)
{
    (void)state;
    one = load(ONE);
    return 0;
}

static int free_one(void **state)
{
    (void)state;
    form_free(one);
    return 0;
}

/* 4294967297 is no other way to say 1. */
static void test_numbers_of_entries(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "{\"event\":\"removed\",\"question\":\"goals\",\"entry\":4294967297}",
        "{\"event\":\"removed\",\"question\":\"goals\",\"entry\":-4294967295}",
        "{\"event\":\"removed\",\"question\":\"goals\",\"entry\":0}",
        "{\"event\":\"removed\",\"question\":\"goals\",\"entry\":1099511627776}",
        "{\"event\":\"removed\",\"question\":\"goals\",\"entry\":9223372036854775807}",
        "{\"event\":\"moved\",\"question\":\"goals\",\"entry\":4294967297}",
        "{\"event\":\"moved\",\"question\":\"goals\",\"entry\":2,\"before\":4294967297}",
        "{\"event\":\"added\",\"question\":\"goals\",\"entry\":4294967299}",
        "{\"event\":\"added\",\"question\":\"goals\",\"entry\":-1}",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct assessment *a = assessment_new(one);
        FOLD(a, OPENED, ADDED("1"), ADDED("2"), lines[i]);
        int goals = assessment_find(a, "goals");
        if (assessment_entries(a, goals) != 2 || assessment_entry(a, goals, 0)->number != 1 ||
            assessment_next_entry(a) != 3)
            fail_msg("%s is taken for something", lines[i]);
        assessment_free(a);
    }
}

/* The same answer, but for blanks: no other answer, and yet another text. */
static void test_written_otherwise(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(one);
    int echo = assessment_find(a, "echo");
    FOLD(a, OPENED, "{\"event\":\"answered\",\"question\":\"said\",\"value\":\"home\"}",
         "{\"event\":\"answered\",\"question\":\"said\",\"value\":\" home \"}");
    assert_string_equal(assessment_calculated(a, echo, PRACTITIONER)->string, "< home >");
    FOLD(a, "{\"event\":\"undone\",\"of\":3}");
    assert_string_equal(assessment_calculated(a, echo, PRACTITIONER)->string, "<home>");
    assessment_free(a);
}

/* An answer "through" a disagreement that is about something else, or about nothing. */
static void test_through_another(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(one);
    FOLD(a, OPENED, "{\"event\":\"raised\",\"because\":\"You were late.\"}",
         "{\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"agree\",\"value\":\"So be it.\"}",
         "{\"event\":\"confirmed\",\"disagreement\":\"d1\"}",
         "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}");
    assert_int_equal(settle(a), 1);
    FOLD(a, "{\"event\":\"answered\",\"question\":\"said\",\"value\":\"mine\",\"through\":\"d1\"}");
    settle(a);
    FOLD(a, "{\"event\":\"undone\",\"of\":4}");
    settle(a);
    assert_string_equal(
        json_string_value(assessment_answer(a, assessment_find(a, "said"), PRACTITIONER)->value), "mine");
    assessment_free(a);
}

/* What is about a question that is gone stays as it is, whatever is said of it then. */
static void test_gone(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(one);
    FOLD(a, OPENED, "{\"event\":\"answered\",\"question\":\"said\",\"value\":\"a\"}",
         "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"said\",\"value\":\"b\"}");
    assert_int_equal(settle(a), 1);
    FOLD(a, "{\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"both_stand\"}",
         "{\"event\":\"confirmed\",\"disagreement\":\"d1\"}",
         "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}");
    assert_int_equal(settle(a), 1);
    /* This would open it again. */
    FOLD(a, "{\"event\":\"said\",\"disagreement\":\"d1\",\"text\":\"Wait.\"}");
    int said = assessment_find(a, "said");
    upgrade(a, TWO);
    assert_int_equal(assessment_upgrades(a), 1);
    assert_int_equal(assessment_find(a, "said"), -1);
    FOLD(a, "{\"event\":\"answered\",\"question\":\"goals\",\"value\":\"x\",\"through\":\"d1\"}",
         "{\"event\":\"said\",\"disagreement\":\"d1\",\"text\":\"Wait.\"}");
    assert_int_equal(settle(a), 0);
    assert_int_equal(assessment_disagreement(a, 0)->state, STATE_RESOLVED);
    /* An undo of an undo of what was done before. */
    FOLD(a, "{\"event\":\"undone\",\"of\":2}", "{\"event\":\"undone\",\"of\":12}");
    assert_false(assessment_is_undone(a, 2));
    settle(a);
    /* Its expressions named questions by their numbers in the form that was left. */
    int relic = assessment_disagreement(a, 0)->question;
    assert_string_equal(assessment_question(a, relic)->name, "said");
    for (int item = 0; item < a->item_count; item++) {
        if (item_is_gone(a, item))
            assert_false(assessment_required(a, item, PRACTITIONER));
    }
    (void)said;
    assessment_free(a);
}

/* What the other has built on goes by the word of both, also when a version of the form has lost what it was.
 */
static void test_built_on(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(one);
    FOLD(a, OPENED, ADDED("1"),
         "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"why#1\",\"value\":\"My own.\"}",
         "{\"event\":\"removed\",\"question\":\"goals\",\"entry\":1}");
    assert_int_equal(assessment_entries(a, assessment_find(a, "goals")), 1);
    upgrade(a, TWO);
    int goals = assessment_find(a, "goals");
    assert_int_equal(assessment_entries(a, goals), 1);
    FOLD(a, ADDED("2"));
    assert_int_equal(assessment_entries(a, goals), 2);
    assert_false(assessment_goes_at_once(a, assessment_entry_numbered(a, 1), PRACTITIONER));
    assert_true(assessment_goes_at_once(a, assessment_entry_numbered(a, 1), SERVICE_USER));
    assessment_free(a);
}

/* What was decided with the form as it was stays decided: here one of them, who could not do so alone then,
 * is now the only one asked. */
static void test_decided(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(one);
    FOLD(a, OPENED, ADDED("1"),
         "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"goal#1\",\"value\":\"My own.\"}",
         "{\"event\":\"removed\",\"question\":\"goals\",\"entry\":1}");
    upgrade(a, THREE);
    FOLD(a, ADDED("2"), ADDED("3"), "{\"event\":\"undone\",\"of\":7}");
    int goals = assessment_find(a, "goals");
    assert_int_equal(assessment_entries(a, goals), 2);
    assert_int_equal(assessment_entry(a, goals, 0)->number, 1);
    FOLD(a, "{\"event\":\"removed\",\"question\":\"goals\",\"entry\":1}");
    assert_int_equal(assessment_entries(a, goals), 1);
    assessment_free(a);
}

/* A few lines do not make a heap of items. */
static void test_room(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(one);
    FOLD(a, OPENED, ADDED("1"));
    int goals = assessment_find(a, "goals"), count = a->item_count;
    json_t *more = json_loads(
        "{\"by\":\"practitioner\",\"event\":\"added\",\"question\":\"goals\",\"entry\":2}", 0, NULL);
    struct event event;
    char *cause = NULL;
    assert_true(event_parse(more, true, &event, NULL));
    assert_true(assessment_follows(a, &event, NULL));
    a->item_count = MOST_ITEMS - 3;
    assert_false(assessment_follows(a, &event, &cause));
    assert_non_null(strstr(cause, "no more"));
    assessment_fold(a, &event);
    assert_int_equal(a->item_count, MOST_ITEMS - 3);
    a->item_count = count;
    assert_int_equal(assessment_entries(a, goals), 1);
    free(cause);
    json_decref(more);

    /* A version of the form that asks so much in each of them. */
    for (int number = 2; number <= 20; number++)
        fold_object(a, json_pack("{s:s, s:s, s:i}", "event", "added", "question", "goals", "entry", number));
    struct strbuf sb = STRBUF_INIT;
    strbuf_add(&sb, "version: \"9\"\n" HEAD GOALS(""));
    for (int i = 0; i < MOST_ITEMS / 20; i++)
        strbuf_addf(&sb, "          - {name: q%d, type: text, label: Q}\n", i);
    struct form *much = load(sb.text);
    assert_false(assessment_may_upgrade(a, much, &cause));
    assert_non_null(strstr(cause, "more than one assessment can hold"));
    upgrade(a, sb.text);
    assert_int_equal(assessment_upgrades(a), 0);
    free(cause);
    strbuf_release(&sb);
    form_free(much);
    assessment_free(a);
}

/* Going from version to version and back leaves nothing behind of questions that stay, or that nobody
 * answered. */
static void test_up_and_down(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(one);
    FOLD(a, OPENED, ADDED("1"), "{\"event\":\"added\",\"question\":\"steps#1\",\"entry\":2}",
         "{\"event\":\"answered\",\"question\":\"step#2\",\"value\":\"Walk.\"}");
    upgrade(a, TWO);
    upgrade(a, ONE);
    int items = a->item_count;
    size_t relics = a->relic_count;
    for (int i = 0; i < 3; i++) {
        upgrade(a, TWO);
        upgrade(a, ONE);
    }
    assert_int_equal(a->relic_count, relics);
    assert_int_equal(a->item_count, items);
    assert_string_equal(
        json_string_value(assessment_answer(a, assessment_find(a, "step#2"), PRACTITIONER)->value), "Walk.");
    assessment_free(a);
}

/* Words about words about words, and undoings of undoings: what they are about is found as far as people get,
 * and beyond that nothing is looked for. */
static void test_chains(void **state)
{
    (void)state;
    enum { LONG = 3000 };
    struct assessment *a = assessment_new(one);
    FOLD(a, OPENED, "{\"event\":\"statement\",\"question\":\"age\",\"text\":\"x\"}");
    int age = assessment_find(a, "age");
    for (int i = 2; i < LONG; i++)
        fold_object(a, json_pack("{s:s, s:i, s:s}", "event", "statement", "of", i, "text", "x"));
    assert_int_equal(event_item(a, assessment_event_numbered(a, 4)), age);
    assert_int_equal(event_item(a, assessment_event_numbered(a, LONG)), -1);
    fold_object(a, json_pack("{s:s, s:i}", "event", "undone", "of", 3));
    assert_true(event_is_about(a, assessment_event_numbered(a, LONG + 1), age));
    for (int i = 1; i < LONG; i++)
        fold_object(a, json_pack("{s:s, s:i}", "event", "undone", "of", LONG + i));
    assert_false(event_is_about(a, assessment_event_numbered(a, 2 * LONG), age));
    assert_null(assessment_next_about(a, 2 * LONG, NULL));
    assert_null(assessment_next_about(a, -1, NULL));
    assessment_free(a);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_of_entries),
        cmocka_unit_test(test_written_otherwise),
        cmocka_unit_test(test_through_another),
        cmocka_unit_test(test_gone),
        cmocka_unit_test(test_built_on),
        cmocka_unit_test(test_decided),
        cmocka_unit_test(test_room),
        cmocka_unit_test(test_up_and_down),
        cmocka_unit_test(test_chains),
    };
    return cmocka_run_group_tests(tests, load_one, free_one);
}
