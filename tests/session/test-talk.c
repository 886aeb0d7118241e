/* The model of the guided talk: whose turn it is after what was said, what is left out, who moved, where it
 * goes on. Each row says or does something (as intents), and what is then asked of whom. */
#include "check.h"

#include "base/mem.h"
#include "session/talk.h"

#include <stdlib.h>
#include <string.h>

static struct session *session;
static struct talk talk;

static const char text[] =
    "form: t\nversion: \"1\"\ntitle: T\nlanguages: [en]\nsections:\n  - section: s\n    questions:\n"
    "      - {name: home, type: integer, label: Home}\n"
    "      - {name: goal, type: text, asked_of: together, say_back: true, label: Goal}\n";

static const struct assessment *state_of(void)
{
    return session_assessment(session);
}

static void act(const char *intent)
{
    char *cause = NULL;
    json_t *object = json_loads(intent, 0, NULL);
    assert_non_null(object);
    if (!session_do(session, object, &cause))
        fail_msg("%s: %s", intent, cause);
}

static void answer(const char *by, int value)
{
    char *intent =
        xasprintf("{\"by\":\"%s\",\"event\":\"answered\",\"question\":\"home\",\"value\":%d}", by, value);
    act(intent);
    free(intent);
}

static int set_up(void **state)
{
    (void)state;
    struct diags diags;
    diags_init(&diags, "t.yaml");
    struct form *form = form_load("t", text, sizeof text - 1, &diags);
    assert_non_null(form);
    diags_release(&diags);
    session = session_in_memory(form, NULL);
    assert_non_null(session);
    answer("practitioner", 8);
    answer("service_user", 3);
    talk_begin(&talk, state_of(), assessment_disagreement(state_of(), 0));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    session_close(session);
    return 0;
}

/* “2 words service_user”: the step from 1, what is asked, of whom; “-” for nothing. */
static char *turn_now(void)
{
    static const char *const asks[] = {"words", "mark", "settle", "yes", "reason", "heard"};
    struct talk_turn turn;
    if (!talk_turn(&talk, state_of(), &turn))
        return xstrdup("-");
    return xasprintf("%d %s %s", turn.at + 1, asks[turn.asks],
                     turn.who < PARTIES ? who_names[turn.who] : "either");
}

static void is(const char *expected)
{
    char *now = turn_now();
    assert_string_equal(now, expected);
    free(now);
}

static void on(const char *expected)
{
    talk_on(&talk, state_of());
    is(expected);
}

/* What stands in a talk, one thing after the other. */
static void test_in_order(void **state)
{
    static const struct {
        const char *intent, *then;
    } rows[] = {
        {NULL, "1 words service_user"},
        {"{'by':'practitioner','event':'said','disagreement':'d1','text':'A lock'}", "1 words service_user"},
        {"{'by':'service_user','event':'said','disagreement':'d1','step':'why','text':'He knows'}",
         "2 words practitioner"},
        {"{'by':'practitioner','event':'said_back','disagreement':'d1','text':'He does'}",
         "2 mark service_user"},
        {"{'by':'service_user','event':'marked','of':7,'right':false}", "2 words practitioner"},
        {"{'by':'practitioner','event':'said_back','disagreement':'d1','text':'He might'}",
         "2 mark service_user"},
        {"{'by':'service_user','event':'marked','of':9,'right':true}", "2 words service_user"},
        {"{'by':'service_user','event':'said_back','disagreement':'d1','text':'New lock'}",
         "2 mark practitioner"},
        {"{'by':'practitioner','event':'marked','of':11,'right':true}", "3 words service_user"},
        {"{'by':'service_user','event':'said','disagreement':'d1','step':'mind','text':'If'}",
         "3 words practitioner"},
        {"{'by':'practitioner','event':'said','disagreement':'d1','step':'mind','text':'But'}",
         "4 settle service_user"},
        {"{'by':'practitioner','event':'proposed','disagreement':'d1','as':'agree','value':3}",
         "4 yes service_user"},
        {"{'by':'service_user','event':'confirmed','disagreement':'d1'}", "4 yes practitioner"},
        {"{'by':'practitioner','event':'confirmed','disagreement':'d1'}", "5 reason practitioner"},
        {"{'by':'practitioner','event':'said','disagreement':'d1','step':'moved','reason':'misread'}",
         "6 heard service_user"},
        {"{'by':'practitioner','event':'said','disagreement':'d1','heard':5}", "6 heard service_user"},
        {"{'by':'service_user','event':'said','disagreement':'d1','heard':1}", "-"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *intent = rows[i].intent ? xstrdup(rows[i].intent) : NULL;
        for (char *at = intent; at && (at = strchr(at, '\''));)
            *at = '"';
        if (intent)
            act(intent);
        free(intent);
        talk_on(&talk, state_of());
        char *now = turn_now();
        if (strcmp(now, rows[i].then) != 0)
            fail_msg("row %zu: %s instead of %s", i, now, rows[i].then);
        free(now);
    }
    assert_int_equal(talk.at, TALK_END);
}

static void test_left_out(void **state)
{
    (void)state;
    struct talk_turn turn;
    for (int i = 0; i < 6; i++) {
        assert_true(talk_turn(&talk, state_of(), &turn));
        talk_leave_out(&talk, &turn);
        talk_on(&talk, state_of());
    }
    is("4 settle service_user");
    /* No further, while it is open. */
    assert_false(talk_on(&talk, state_of()));
    /* What was left out is asked again of who goes back to it; either may go first. */
    talk_go(&talk, TALK_MIND);
    is("3 words service_user");
    assert_true(talk_turn_for(&talk, state_of(), PRACTITIONER, &turn));
    assert_int_equal(turn.who, PRACTITIONER);
    /* Who is said back to and does not want to mark it ends the turn of the other, not their own. */
    talk_go(&talk, TALK_BACK);
    act("{\"by\":\"practitioner\",\"event\":\"said_back\",\"disagreement\":\"d1\",\"text\":\"He does\"}");
    is("2 mark service_user");
    assert_true(talk_turn(&talk, state_of(), &turn));
    talk_leave_out(&talk, &turn);
    is("2 words service_user");
}

/* It begins where nobody has said anything yet, at what lies on the table, or at the end. */
static void test_begins(void **state)
{
    (void)state;
    const struct disagreement *d = assessment_disagreement(state_of(), 0);
    assert_int_equal(talk.at, TALK_WHY);
    act("{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"text\":\"He knows\"}");
    act("{\"by\":\"practitioner\",\"event\":\"said\",\"disagreement\":\"d1\",\"text\":\"A lock\"}");
    talk_begin(&talk, state_of(), d);
    assert_int_equal(talk.at, TALK_BACK);
    act("{\"by\":\"practitioner\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"both_stand\"}");
    talk_begin(&talk, state_of(), assessment_disagreement(state_of(), 0));
    assert_int_equal(talk.at, TALK_WRITE);
    act("{\"by\":\"practitioner\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}");
    act("{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}");
    talk_begin(&talk, state_of(), assessment_disagreement(state_of(), 0));
    assert_int_equal(talk.at, TALK_END);
    is("-");
}

/* What was left is left: nothing is asked of anybody, not even how it was. */
static void test_stopped(void **state)
{
    (void)state;
    act("{\"by\":\"service_user\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"stopped\"}");
    for (int at = TALK_WHY; at <= TALK_END; at++) {
        talk_go(&talk, (enum talk_at)at);
        is("-");
    }
}

/* Moved: another answer than before, no reason yet; back again, or the same once more, is no move. */
static void test_moved(void **state)
{
    (void)state;
    const struct assessment *a = state_of();
    assert_false(talk_moved(a, assessment_disagreement(a, 0), SERVICE_USER));
    answer("service_user", 3);
    assert_false(talk_moved(a, assessment_disagreement(a, 0), SERVICE_USER));
    answer("service_user", 5);
    assert_true(talk_moved(a, assessment_disagreement(a, 0), SERVICE_USER));
    assert_false(talk_moved(a, assessment_disagreement(a, 0), PRACTITIONER));
    act("{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"reason\":\"misread\"}");
    assert_false(talk_moved(a, assessment_disagreement(a, 0), SERVICE_USER));
    answer("service_user", 6);
    assert_true(talk_moved(a, assessment_disagreement(a, 0), SERVICE_USER));
    act("{\"by\":\"service_user\",\"event\":\"undone\"}");
    assert_false(talk_moved(a, assessment_disagreement(a, 0), SERVICE_USER));
    answer("service_user", 3);
    assert_false(talk_moved(a, assessment_disagreement(a, 0), SERVICE_USER));
}

/* What both say as one is said back by the practitioner, whoever put it forward, and again for another. */
static void test_together(void **state)
{
    (void)state;
    struct talk_turn turn;
    int goal = assessment_find(state_of(), "goal");
    assert_false(talk_together_turn(state_of(), goal, &turn));
    for (int round = 0; round < 2; round++) {
        act("{\"by\":\"practitioner\",\"event\":\"proposed\",\"question\":\"goal\",\"value\":\"A door\"}");
        assert_true(talk_together_turn(state_of(), goal, &turn));
        assert_int_equal(turn.who, PRACTITIONER);
        assert_true(talk_say_about(session, goal, &turn, "A front door", NULL));
        assert_true(talk_together_turn(state_of(), goal, &turn));
        assert_int_equal(turn.asks, TALK_ASKS_MARK);
        assert_int_equal(turn.who, SERVICE_USER);
        assert_true(talk_mark(session, &turn, round == 1, "", NULL));
        assert_false(talk_together_turn(state_of(), goal, &turn));
    }
}

/* In each step what helps there: saying back shows what was heard, and the last only. */
static void test_voice(void **state)
{
    (void)state;
    act("{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"text\":\"He knows\"}");
    act("{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"step\":\"mind\",\"text\":"
        "\"If\"}");
    act("{\"by\":\"service_user\",\"event\":\"said_back\",\"disagreement\":\"d1\",\"text\":\"No\"}");
    act("{\"by\":\"service_user\",\"event\":\"said_back\",\"disagreement\":\"d1\",\"text\":\"A lock\"}");
    act("{\"by\":\"practitioner\",\"event\":\"marked\",\"of\":8,\"right\":true}");
    static const char *const voices[] = {
        [TALK_WHY] = "“He knows”",
        [TALK_BACK] = "“He knows”\nHeard: “A lock” Practitioner: right.",
        [TALK_MIND] = "“He knows”\nWhat would change it: “If”",
        [TALK_WRITE] = "“He knows”\nWhat would change it: “If”",
    };
    const struct disagreement *d = assessment_disagreement(state_of(), 0);
    for (int at = TALK_WHY; at < TALK_STEPS; at++) {
        char *voice = talk_voice(state_of(), d, SERVICE_USER, (enum talk_at)at, 0);
        assert_string_equal(voice, voices[at]);
        free(voice);
    }
    char *none = talk_voice(state_of(), d, PRACTITIONER, TALK_WRITE, 0);
    assert_string_equal(none, "");
    free(none);
    on("1 words practitioner");
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_left_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_begins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stopped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_moved, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_voice, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
