/* What a sitting opens and closes with, on the screen; a break; today's parts. */
#include "check.h"

#include "assessment/topics.h"
#include "base/date.h"
#include "base/mem.h"
#include "report/tree.h"
#include "screen/stage.h"
#include "session/sitting.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum { NOON = 1795615320, MINUTE = 60 }; /* when the stage's clock stands */

static const struct stage_size sizes[] = {{24, 80}, {20, 50}};

static void check(struct stage *s, const char *golden)
{
    stage_check_sizes(s, golden, sizes, 2);
}

/* Rae and Sam have sat down, and the sheet is in front. */
static struct stage *opening(void)
{
    struct stage *s = stage_new("sitting.yaml", "xterm-256color");
    stage_keys(s, "R a e Enter");
    stage_type(s, "Sam (he/him)");
    stage_keys(s, "Enter Enter Enter Enter");
    return s;
}

static const struct event *told(const struct stage *s, const char *topic, enum who who)
{
    const struct assessment *a = session_assessment(s->session);
    return topic_told(a, assessment_sittings(a) - 1, topic_named(topic), who);
}

/* A5: what they are called and how to speak of them stand on every question's screen; each says how they
 * arrive. */
static void test_arriving(void **state)
{
    (void)state;
    struct stage *s = opening();
    check(s, "sitting-opening");
    stage_keys(s, "Down Down Down 4 3");
    assert_int_equal(event_integer(told(s, "arriving", SERVICE_USER), "value"), 4);
    assert_int_equal(event_integer(told(s, "arriving", PRACTITIONER), "value"), 3);
    assert_true(stage_shows(s, "Sam: Good"));
    assert_true(stage_shows(s, "Rae: So-so"));
    check(s, "sitting-arriving");
    stage_keys(s, "Esc");
    assert_true(stage_shows(s, "Sam (he/him)"));
    stage_free(s);
}

/* A5: the language each reads is held with the sitting, and there again when the record is opened anew. */
static void test_language(void **state)
{
    (void)state;
    struct stage *s = stage_seated("names.yaml");
    stage_do(
        s, "{\"by\":\"service_user\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
           "\"Sam\"},\"pronouns\":{\"practitioner\":\"she/her\"},\"languages\":{\"service_user\":\"cy\"}}");
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter");
    stage_go(s, "call");
    assert_true(stage_shows(s, "Sam (cy)"));
    assert_true(stage_shows(s, "Rae (she/her)"));
    assert_true(stage_shows(s, "Beth fyddwn ni yn eich galw chi?"));
    stage_free(s);
}

/* A28, A39: the service user is asked first, by name; the walk goes through what was chosen, in that order.
 */
static void test_today(void **state)
{
    (void)state;
    struct stage *s = opening();
    stage_keys(s, "Down Down Down Down Enter");
    assert_true(stage_shows(s, "Sam: What shall we talk about today?"));
    stage_keys(s, "3 1 3 2");
    check(s, "sitting-agenda");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Sam: Home, Money"));
    stage_keys(s, "Tab Tab Down 2 Enter"); /* Rae adds nothing; Rae has the keyboard */
    const struct assessment *a = session_assessment(s->session);
    assert_int_equal(topic_agenda_first(a, 0), SERVICE_USER);
    assert_int_equal(app_keyboard(s->app), PRACTITIONER);
    assert_true(stage_shows(s, "How safe is home?"));
    assert_true(stage_shows(s, "0% of today"));
    stage_keys(s, "5 Enter 5 Enter Enter");
    assert_true(stage_shows(s, "How is the rent going?"));
    assert_true(stage_shows(s, "50% of today"));
    stage_keys(s, "5 Enter 5 Enter Enter");
    assert_true(stage_shows(s, "That was all you chose for today."));
    check(s, "sitting-today");
    stage_keys(s, "Right");
    assert_true(stage_shows(s, "How do you sleep?"));
    stage_keys(s, "o");
    assert_true(stage_shows(s, "[Rate]"));
    assert_true(stage_shows(s, "* = for today"));
    check(s, "sitting-overview");
    stage_free(s);
}

/* A4: no sitting is closed before both have looked at what was done in it. */
static void test_closing(void **state)
{
    (void)state;
    struct stage *s = opening();
    stage_keys(s, "Esc 4 Enter 7 Enter Esc Esc C");
    check(s, "sitting-closing");
    assert_true(stage_shows(s, "Rae gave 1 answer."));
    assert_true(stage_shows(s, "How safe is home? (Not talked about yet)"));
    for (int i = 0; i < 20; i++)
        stage_keys(s, "Down");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "This comes first: What we did today"));
    assert_int_equal(assessment_sitting(session_assessment(s->session), 0)->closed, 0);
    stage_keys(s, "Enter");
    for (int i = 0; i < 20; i++)
        stage_keys(s, "Down");
    check(s, "sitting-closing-end");
    stage_keys(s, "f"); /* B30: what there is of it, from the closing and back */
    check(s, "sitting-so-far");
    stage_keys(s, "Esc Enter");
    assert_true(stage_shows(s, "This sitting is closed."));
    assert_int_not_equal(assessment_sitting(session_assessment(s->session), 0)->closed, 0);
    stage_keys(s, "C");
    assert_true(stage_shows(s, "No sitting goes on now."));
    stage_free(s);
}

/* A37: how it was does not show before both have said it, not even as a highlight; the best bit does. */
static void test_how_it_was(void **state)
{
    (void)state;
    struct stage *s = opening();
    stage_keys(s, "Esc C Down Down Enter");
    stage_type(s, "We laughed");
    stage_keys(s, "Enter Down Enter");
    assert_true(stage_shows(s, "Sam: We laughed"));
    assert_true(stage_shows(s, "Rae: How was today?"));
    stage_keys(s, "Tab");
    char *before = stage_picture(s);
    stage_keys(s, "Down");
    char *after = stage_picture(s);
    assert_null(strstr(after, ">1"));
    free(before);
    free(after);
    stage_keys(s, "2");
    assert_false(stage_shows(s, "Bad"));
    assert_true(stage_shows(s, "Rae: Said. Not shown yet."));
    check(s, "sitting-hidden");
    stage_keys(s, "5");
    assert_true(stage_shows(s, "Rae: Bad"));
    assert_true(stage_shows(s, "Sam: Great"));
    stage_free(s);
}

/* A1: six skills, a tick and a note for each; both see them. */
static void test_practice(void **state)
{
    (void)state;
    struct stage *s = opening();
    stage_keys(s, "Esc C Down Down Down Down Down Down Down Down Down Down Enter 1 4");
    check(s, "sitting-practice");
    stage_keys(s, "Enter");
    stage_type(s, "we had a plan");
    stage_keys(s, "Enter Enter");
    const struct event *event = told(s, "practice", PRACTITIONER);
    assert_int_equal(event->by, PRACTITIONER);
    assert_int_equal(json_array_size(event_value(event, "value")), 2);
    assert_string_equal(json_string_value(json_object_get(event_value(event, "notes"), "structure")),
                        "we had a plan");
    assert_true(stage_shows(s, "Gave the sitting a shape (we had a plan)"));
    stage_free(s);
}

/* The day, and what is said besides; a day that is none is asked for again. */
static void test_next(void **state)
{
    (void)state;
    struct stage *s = opening();
    stage_keys(s, "Esc C Down Down Down Down Down Down Enter");
    stage_type(s, "soon");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "is not a day"));
    assert_null(told(s, "next", TOGETHER));
    stage_keys(s, "Enter");
    stage_type(s, "+7");
    stage_keys(s, "Enter");
    stage_type(s, "10:30");
    stage_keys(s, "Enter Enter");
    assert_true(stage_shows(s, "2 December 2026, 10:30"));
    stage_free(s);
}

/* After 20 minutes, once; the key that brings it, and the next one, do what they always do. */
static void test_break(void **state)
{
    (void)state;
    struct stage *s = stage_seated("sitting.yaml");
    clock_fix(NOON + 19 * MINUTE);
    stage_keys(s, "Right");
    assert_false(stage_shows(s, sitting_break_words));
    clock_fix(NOON + 20 * MINUTE);
    stage_keys(s, "Left");
    assert_true(stage_shows(s, "How safe is home?"));
    assert_true(stage_shows(s, sitting_break_words));
    stage_keys(s, "Right");
    assert_true(stage_shows(s, "How is the rent going?"));
    assert_false(stage_shows(s, sitting_break_words));
    clock_fix(NOON + 39 * MINUTE);
    stage_keys(s, "Right");
    assert_false(stage_shows(s, sitting_break_words));
    clock_fix(NOON + 41 * MINUTE);
    stage_keys(s, "Left");
    assert_true(stage_shows(s, sitting_break_words));
    stage_free(s);
}

/* A25: one key leaves, and one comes back to the same place; what was chosen for the day still holds. */
static void test_coming_back(void **state)
{
    (void)state;
    struct stage *s = opening();
    stage_keys(s, "Down Down Down Down Enter 2 Enter Esc");
    stage_go(s, "sleep");
    stage_keys(s, "q");
    assert_true(s->over);
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "How do you sleep?"));
    assert_true(stage_shows(s, "of today"));
    stage_free(s);
}

/* What the next one begins with: the day agreed on, and what the practitioner has still to do. */
static void test_brought_along(void **state)
{
    (void)state;
    struct stage *s = opening();
    stage_keys(s, "Esc");
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"Ring the landlord\","
                "\"by_when\":\"2026-11-26\"}");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"told\",\"topic\":\"next\",\"value\":\"2026-11-30\"}");
    stage_keys(s, "q");
    clock_fix(NOON + 5 * 24 * 60 * MINUTE);
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Last time you said: we meet on 30 November 2026."));
    assert_true(stage_shows(s, "Rae has still to do this: “Ring the landlord” (by 26 November 2026)."));
    check(s, "sitting-brought-along");
    stage_free(s);
}

/* B37: how long it took, to the minute that was begun; a pause ends it, and what comes after one is not
 * counted. */
static void test_minutes(void **state)
{
    (void)state;
    struct stage *s = stage_seated("sitting.yaml");
    clock_fix(NOON + 12 * MINUTE + 1);
    stage_keys(s, "q");
    const struct assessment *a = session_assessment(s->session);
    screen_end(s->app);
    assert_int_equal(topic_minutes(a, 0), 13);
    clock_fix(NOON + 60 * MINUTE);
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"sat\"}");
    clock_fix(NOON + 62 * MINUTE);
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"noted\",\"text\":\"Here again\"}");
    assert_int_equal(topic_minutes(a, 0), 13);
    assert_int_equal(topic_minutes(a, 1), 2);
    json_t *tree = tree_build(s->session);
    for (size_t i = 0; i < 2; i++) {
        const json_t *sitting = json_array_get(json_object_get(tree, "sittings"), i);
        assert_int_equal(json_integer_value(json_object_get(sitting, "minutes")), i ? 2 : 13);
    }
    json_decref(tree);
    stage_free(s);
}

int main(void)
{
    mem_init();
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arriving),    cmocka_unit_test(test_language),
        cmocka_unit_test(test_today),       cmocka_unit_test(test_closing),
        cmocka_unit_test(test_how_it_was),  cmocka_unit_test(test_practice),
        cmocka_unit_test(test_next),        cmocka_unit_test(test_break),
        cmocka_unit_test(test_coming_back), cmocka_unit_test(test_brought_along),
        cmocka_unit_test(test_minutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
