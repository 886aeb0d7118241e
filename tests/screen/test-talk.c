/* Talking it over, with keys: a whole talk, each step left out, raising by hand, the list of all differences,
 * and what the research asks of them (the tests that bear its rows' names). */
#include "check.h"

#include "base/mem.h"
#include "screen/stage.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const struct assessment *state_of(const struct stage *s)
{
    return session_assessment(s->session);
}

static const struct disagreement *dispute(const struct stage *s, size_t n)
{
    return assessment_disagreement(state_of(s), n - 1);
}

/* The event before the last ones, as text; NULL where there are not so many. */
static char *event_back(const struct stage *s, size_t back)
{
    size_t count = assessment_events(state_of(s));
    json_t *body = json_deep_copy(assessment_event(state_of(s), count - 1 - back)->body);
    static const char *const keys[] = {"seq", "prev", "at", "hash"};
    for (size_t i = 0; i < 4; i++)
        json_object_del(body, keys[i]);
    char *text = json_dumps(body, JSON_COMPACT);
    json_decref(body);
    return text;
}

static void last_is(const struct stage *s, const char *event)
{
    char *text = event_back(s, 0);
    assert_string_equal(text, event);
    free(text);
}

static void shows(struct stage *s, const char *text)
{
    if (!stage_shows(s, text))
        fail_msg("not there: “%s”\n%s", text, stage_screen(s));
}

static void lacks(struct stage *s, const char *text)
{
    if (stage_shows(s, text))
        fail_msg("there: “%s”\n%s", text, stage_screen(s));
}

static void looks(struct stage *s, const char *golden)
{
    static const struct stage_size sizes[] = {{20, 50}, {24, 80}};
    stage_check_sizes(s, golden, sizes, 2);
}

/* Rae says 8, Sam 3, and the talk is open. */
static struct stage *differing(void)
{
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "3 Enter 8 Enter Esc Esc Enter");
    shows(s, "Talking it over");
    return s;
}

/* ---- A52: the guided talk ---- */

static void test_whole(void **state)
{
    (void)state;
    struct stage *s = differing();
    shows(s, "Sam: why do you see it like that?");
    stage_keys(s, "Enter");
    stage_type(s, "He knows where I live.");
    stage_keys(s, "Enter");
    last_is(
        s,
        "{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"step\":\"why\",\"text\":\"He "
        "knows where I live.\"}");
    shows(s, "Rae: why do you see it like that?");
    stage_keys(s, "Enter");
    stage_type(s, "A new lock.");
    stage_keys(s, "Enter");
    /* The one whose life it is, is listened to first. */
    shows(s, "Rae: say in your own words what Sam said.");
    stage_keys(s, "Enter");
    stage_type(s, "He comes round.");
    stage_keys(s, "Enter");
    last_is(s, "{\"by\":\"practitioner\",\"event\":\"said_back\",\"disagreement\":\"d1\",\"text\":\"He comes "
               "round.\"}");
    shows(s, "Sam: Rae heard: “He comes round.” Is that right?");
    assert_int_equal(app_keyboard(s->app), SERVICE_USER);
    stage_keys(s, "Enter 2");
    stage_type(s, "He might.");
    stage_keys(s, "Enter");
    shows(s, "Rae: not quite, Sam says: “He might.”");
    stage_keys(s, "Enter");
    stage_type(s, "He might come round.");
    stage_keys(s, "Enter Enter 1");
    shows(s, "Sam: say in your own words what Rae said.");
    stage_keys(s, "Enter");
    stage_type(s, "The lock is new.");
    stage_keys(s, "Enter Enter 1");
    shows(s, "Sam: what would change your mind?");
    stage_keys(s, "Enter");
    stage_type(s, "If he moved away.");
    stage_keys(s, "Enter s");
    shows(s, "What shall we write down?");
    assert_int_equal(dispute(s, 1)->state, STATE_TALKING);
    stage_keys(s, "4 Enter F5 F6");
    assert_int_equal(dispute(s, 1)->outcome, OUTCOME_BOTH_STAND);
    shows(s, "Sam: in this talk I was heard.");
    stage_keys(s, "2");
    shows(s, "Rae: in this talk I was heard.");
    lacks(s, "2 of 5");
    stage_keys(s, "5");
    shows(s, "Sam felt heard: 2 of 5, a little");
    shows(s, "Rae felt heard: 5 of 5, fully");
    stage_free(s);
}

/* Each step is left out with one key, and the last is one key away from the first. */
static void test_left_out(void **state)
{
    (void)state;
    struct stage *s = differing();
    size_t before = assessment_events(state_of(s));
    static const char *const asked[] = {"Sam: why",
                                        "Rae: why",
                                        "Rae: say in your own words",
                                        "Sam: say in your own words",
                                        "Sam: what would change",
                                        "Rae: what would change"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        shows(s, asked[i]);
        stage_keys(s, "s");
    }
    shows(s, "What shall we write down?");
    assert_int_equal(assessment_events(state_of(s)), before);
    /* Left, right, and by number. What was left out is asked again. */
    stage_keys(s, "Left");
    shows(s, "Sam: what would change");
    stage_keys(s, "1");
    shows(s, "Sam: why");
    stage_keys(s, "Right");
    shows(s, "Rae: say in your own words");
    stage_keys(s, "4");
    shows(s, "What shall we write down?");
    /* Either may go first: who has the keyboard. */
    stage_keys(s, "Left Left Left Tab");
    shows(s, "Rae: why do you see it like that?");
    stage_keys(s, "Enter");
    stage_type(s, "A new lock.");
    stage_keys(s, "Enter");
    shows(s, "Sam: why");
    stage_free(s);
}

/* What is said is not lost where the words are taken back, and the step is there again. */
static void test_taken_back(void **state)
{
    (void)state;
    struct stage *s = differing();
    stage_keys(s, "Enter");
    stage_type(s, "He knows where I live.");
    stage_keys(s, "Enter Tab u");
    shows(s, "Sam: why do you see it like that?");
    lacks(s, "He knows where I live.\xe2\x80\x9d");
    /* Back to the question, with the keyboard where it was. */
    stage_keys(s, "Esc");
    lacks(s, "Talking it over");
    stage_free(s);
}

/* ---- A48: nothing final before both ---- */

static void test_both(void **state)
{
    (void)state;
    struct stage *s = differing();
    stage_keys(s, "4 F5");
    shows(s, "First pick one of these.");
    stage_keys(s, "1 Enter F5");
    assert_int_equal(dispute(s, 1)->state, STATE_TALKING);
    assert_int_equal(dispute(s, 1)->closed, 0);
    assert_int_equal(json_integer_value(stage_answer(s, "safe", PRACTITIONER)->value), 8);
    stage_keys(s, "F5");
    shows(s, "has said yes already");
    assert_int_equal(dispute(s, 1)->state, STATE_TALKING);
    stage_again(s, RECORD_WRITE);
    assert_int_equal(dispute(s, 1)->state, STATE_TALKING);
    stage_go(s, "safe");
    stage_keys(s, "Enter t");
    shows(s, "[x] yes, F5");
    stage_keys(s, "F6");
    assert_int_equal(dispute(s, 1)->state, STATE_RESOLVED);
    assert_int_equal(dispute(s, 1)->outcome, OUTCOME_PRACTITIONER_MOVED);
    stage_free(s);
}

/* ---- A6: the practitioner moves, on screen ---- */

static void test_practitioner_moves(void **state)
{
    (void)state;
    struct stage *s = differing();
    stage_keys(s, "4 1 Enter F5 F6");
    shows(s, "Rae: you changed your answer. What made you change it?");
    assert_int_equal(app_keyboard(s->app), PRACTITIONER);
    stage_keys(s, "2");
    stage_type(s, "I read “at home” as the hostel.");
    stage_keys(s, "Enter");
    last_is(
        s,
        "{\"by\":\"practitioner\",\"event\":\"said\",\"disagreement\":\"d1\",\"step\":\"moved\",\"reason\":"
        "\"misread\",\"text\":\"I read “at home” as the hostel.\"}");
    stage_keys(s, "Esc Esc");
    shows(s, "Rae on what changed: I had read the");
    shows(s, "Rae moved to Sam's answer");
    const struct disagreement *d = dispute(s, 1);
    assert_int_equal(json_integer_value(d->before[PRACTITIONER].value), 8);
    assert_int_equal(json_integer_value(d->after[PRACTITIONER].value), 3);
    assert_int_equal(json_integer_value(d->before[SERVICE_USER].value), 3);
    stage_keys(s, "F2");
    shows(s, "Rae changed to");
    stage_free(s);
}

/* The same in the question itself, while the difference is open; and for the other. It can be left out, and
 * is not asked twice, nor of a new answer where nobody differs. */
static void test_moves_by_answering(void **state)
{
    (void)state;
    struct stage *s = differing();
    stage_keys(s, "Esc");
    stage_go(s, "safe");
    if (app_keyboard(s->app) != SERVICE_USER)
        stage_keys(s, "Tab");
    stage_keys(s, "5 Enter");
    shows(s, "Sam: you changed your answer.");
    stage_keys(s, "5 Esc"); /* a reason, no words */
    last_is(s, "{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"step\":\"moved\","
               "\"reason\":\"changed_mind\"}");
    stage_keys(s, "6 Enter");
    shows(s, "Sam: you changed your answer.");
    size_t before = assessment_events(state_of(s));
    stage_keys(s, "Esc");
    assert_int_equal(assessment_events(state_of(s)), before);
    stage_go(s, "few");
    stage_keys(s, "4 Enter 4 Enter 5 Enter");
    lacks(s, "you changed your answer");
    stage_free(s);
}

/* ---- being heard ---- */

static void test_heard_alone(void **state)
{
    (void)state;
    static const char *const places[] = {"", "F2", "Esc d", "Esc d F2", "Esc o", "Esc F2"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct stage *s = differing();
        stage_keys(s, "4 4 Enter F5 F6 Up");
        shows(s, "Press the number: it does not show.");
        stage_keys(s, "2 Esc");
        assert_int_equal(dispute(s, 1)->heard[SERVICE_USER], 2);
        stage_keys(s, places[i]);
        lacks(s, "2 of 5");
        lacks(s, "\"heard\":2");
        stage_free(s);
    }
}

/* ---- settling: parked, referred, stopped ---- */

static void test_waiting(void **state)
{
    (void)state;
    struct stage *s = differing();
    stage_keys(s, "4 5 Enter");
    stage_type(s, "What the lease says");
    stage_keys(s, "Enter");
    stage_type(s, "the council");
    stage_keys(s, "Enter");
    stage_type(s, "1/12/2026");
    stage_keys(s, "Enter F5 F6 Esc Esc Esc d");
    assert_int_equal(dispute(s, 1)->state, STATE_PARKED);
    const struct event *parked = assessment_event_numbered(state_of(s), dispute(s, 1)->closed);
    assert_string_equal(event_text(parked, "from"), "the council");
    assert_string_equal(event_text(parked, "by_when"), "2026-12-01");
    looks(s, "differences-waiting");
    shows(s, "Waiting: 1");
    shows(s, "What the lease says");
    stage_free(s);
}

static void test_third_voice(void **state)
{
    (void)state;
    struct stage *s = differing();
    stage_keys(s, "4 6 Enter");
    stage_type(s, "Does the hostel count as home?");
    stage_keys(s, "Enter");
    shows(s, "the supervisor"); /* whom they ask, if nobody else */
    stage_keys(s, "Enter F5 F6 Esc Esc Esc");
    assert_int_equal(dispute(s, 1)->state, STATE_REFERRED);
    stage_do(s, "{\"by\":\"supervisor\",\"event\":\"said\",\"disagreement\":\"d1\",\"name\":\"Pat "
                "Green\",\"text\":\"It "
                "does, for now. You may both be right: look at it again in May.\"}");
    stage_keys(s, "d Enter 4");
    looks(s, "talk-third");
    shows(s, "Pat Green says: “It does, for now.");
    shows(s, "Rae says 8");
    shows(s, "Sam says 3");
    stage_free(s);
}

/* At once, with nothing asked, and they are back where they were. */
static void test_stopped(void **state)
{
    (void)state;
    struct stage *s = differing();
    if (app_keyboard(s->app) != SERVICE_USER)
        stage_keys(s, "Tab");
    stage_keys(s, "4 7 Enter");
    assert_int_equal(dispute(s, 1)->outcome, OUTCOME_STOPPED);
    lacks(s, "Talking it over");
    lacks(s, "heard");
    lacks(s, "hy?");
    shows(s, "It is left as it is. Both answers stay.");
    stage_free(s);
}

/* ---- raising by hand ---- */

static void test_raised_from_a_question(void **state)
{
    static const struct {
        const char *keys, *kind;
        bool question;
    } rows[] = {
        {"1 Enter", "score", true},    {"1 7", "wording", true},       {"2 Enter", "wording", true},
        {"3 Enter", "process", false}, {"4 Enter", "priority", false}, {"4 6", "safety", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stage *s = stage_seated("all.yaml");
        stage_go(s, "few");
        stage_keys(s, "r");
        if (i == 0)
            looks(s, "raise-what");
        stage_keys(s, rows[i].keys);
        shows(s, "Sam: what do you see differently?");
        stage_type(s, "Not so");
        stage_keys(s, "Enter");
        shows(s, "Talking it over");
        const struct disagreement *d = dispute(s, 1);
        assert_string_equal(kind_names[d->kind], rows[i].kind);
        assert_int_equal(d->question >= 0, rows[i].question);
        assert_string_equal(d->because, "Not so");
        assert_int_equal(d->by, SERVICE_USER);
        stage_keys(s, "Esc d");
        shows(s, "by Sam");
        shows(s, "Not so");
        stage_free(s);
    }
}

/* About a note; then, with that open, the answer is talked about there and not raised once more. */
static void test_raised_from_a_note(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_do(s,
             "{\"by\":\"practitioner\",\"event\":\"noted\",\"question\":\"few\",\"text\":\"He was late\"}");
    long note = assessment_event(state_of(s), assessment_events(state_of(s)) - 1)->seq;
    stage_go(s, "few");
    stage_keys(s, "r");
    shows(s, "2  A note here: “He was late”");
    stage_keys(s, "2 Enter");
    looks(s, "raise-words");
    stage_type(s, "The bus was late");
    stage_keys(s, "Enter F2");
    assert_int_equal(dispute(s, 1)->of, note);
    shows(s, "Rae noted: “He was late”");
    stage_keys(s, "Esc Esc r 1");
    shows(s, "You talk about this one already.");
    shows(s, "Talking it over");
    assert_int_equal(assessment_disagreements(state_of(s)), 1);
    stage_free(s);
}

static void test_raised_from_the_overview(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"Ring the council\"}");
    long promise = assessment_event(state_of(s), assessment_events(state_of(s)) - 1)->seq;
    stage_keys(s, "o r");
    shows(s, "1  A promise: “Ring the council”");
    stage_keys(s, "1 Enter");
    stage_type(s, "It was the bank");
    stage_keys(s, "Enter");
    assert_int_equal(dispute(s, 1)->of, promise);
    assert_int_equal(dispute(s, 1)->question, -1);
    stage_keys(s, "Esc Esc d r Esc");
    assert_int_equal(assessment_disagreements(state_of(s)), 1);
    stage_free(s);
}

/* In a list: about the entry at the cursor; with none, about the list. */
static void test_raised_from_a_list(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    stage_go(s, "goals");
    stage_keys(s, "r");
    shows(s, "1  This list");
    stage_keys(s, "1 5");
    stage_type(s, "I want none");
    stage_keys(s, "Enter");
    shows(s, "Talking it over");
    assert_int_equal(dispute(s, 1)->question, stage_question(s, "goals"));
    assert_int_equal(dispute(s, 1)->kind, KIND_GOAL);
    stage_keys(s, "4");
    looks(s, "talk-list");
    stage_keys(s, "1 Enter F5 F6 Esc Esc");
    assert_int_equal(dispute(s, 1)->outcome, OUTCOME_AGREED);
    stage_keys(s, "Esc");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"goals\"}");
    stage_do(s,
             "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"goal#1\",\"value\":\"A flat\"}");
    stage_go(s, "goals");
    stage_keys(s, "r 1 Enter");
    stage_type(s, "A house");
    stage_keys(s, "Enter");
    assert_int_equal(dispute(s, 2)->question, stage_question(s, "goal#1"));
    stage_keys(s, "4 1 Enter F5 F6 Esc Esc");
    assert_int_equal(dispute(s, 2)->outcome, OUTCOME_AGREED);
    stage_free(s);
}

/* ---- A13: a goal is said back ---- */

static void test_said_back(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"goals\"}");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"goal#1\",\"value\":\"A flat "
                "of my own\"}");
    stage_go(s, "goal_ours#1");
    stage_keys(s, "1 Enter");
    shows(s, "First Rae says back what Sam said: Enter.");
    /* No yes counts before: F5 and F6 ask for it. */
    stage_keys(s, "F6");
    shows(s, "Rae: say in your own words what Sam said.");
    looks(s, "say-back-goal");
    stage_keys(s, "Esc");
    assert_false(assessment_together(state_of(s), stage_question(s, "goal_ours#1"))->confirmed[SERVICE_USER]);
    stage_keys(s, "Enter");
    stage_type(s, "A flat, for you and your son");
    stage_keys(s, "Enter");
    shows(s, "Sam: Rae heard: “A flat, for you and your son”. Is that right?");
    assert_int_equal(app_keyboard(s->app), SERVICE_USER);
    stage_keys(s, "2");
    stage_type(s, "Just for me");
    stage_keys(s, "Enter");
    last_is(
        s,
        "{\"by\":\"service_user\",\"event\":\"marked\",\"of\":6,\"right\":false,\"text\":\"Just for me\"}");
    shows(s, "Both say yes to it: F5 and F6.");
    stage_keys(s, "F5 F6");
    assert_non_null(stage_answer(s, "goal_ours#1", TOGETHER)->value);
    stage_free(s);
}

/* ---- A51: a record, not an error ---- */

/* How many cells are red: the map below the cursor's place has the number of a colour in it. */
static int red_cells(struct stage *s)
{
    char *picture = stage_picture(s);
    int red = 0;
    for (char *line = strchr(strstr(picture, "\ncursor: ") + 1, '\n'); line; line = strchr(line + 1, '\n')) {
        for (const char *at = line + 1; *at && *at != '\n'; at++)
            red += at > line + 3 && (*at == '1' || *at == '9');
    }
    free(picture);
    return red;
}

static void test_no_error(void **state)
{
    static const char *const words[] = {"error",    "Error", "conflict",   "Conflict",
                                        "disagree", "fail",  "rong answer"};
    static const char *const places[] = {"", "4", "4 4 Enter", "F2", "Esc", "Esc d", "Esc o"};
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct stage *s = differing();
        stage_keys(s, places[i]);
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            lacks(s, words[w]);
        assert_int_equal(red_cells(s), 0);
        stage_free(s);
    }
    struct stage *s = differing();
    assert_string_equal(dispute(s, 1)->id, "d1");
    assert_int_equal(dispute(s, 1)->turn_count, 1);
    stage_free(s);
}

/* ---- how it looks where there is much to say ---- */

static void test_long(void **state)
{
    (void)state;
    struct stage *s = stage_new("all.yaml", "xterm-256color");
    stage_type(s, "Bartholomew Featherstonehaugh-J");
    stage_keys(s, "Enter");
    stage_type(s, "山田太郎");
    stage_keys(s, "Enter Enter Enter Enter Esc");
    stage_go(s, "safe");
    stage_keys(s, "3 Enter 8 Enter");
    for (int i = 1; i <= 9; i++) {
        char *words = xasprintf("This is the %d. thing that I have to say about where I live. ", i);
        stage_type(s, words);
        free(words);
    }
    stage_keys(s, "Enter");
    stage_type(s, "鍵は新しい。警察は来ていない。");
    stage_keys(s, "Enter Enter");
    looks(s, "talk-long");
    stage_keys(s, "PageUp PageUp PageUp PageUp PageUp PageUp PageUp PageUp");
    looks(s, "talk-long-top");
    shows(s, "This is the 1. thing");
    stage_keys(s, "PageDown PageDown PageDown PageDown PageDown PageDown PageDown PageDown 4");
    looks(s, "talk-long-write");
    stage_free(s);
}

static void test_no_color(void **state)
{
    (void)state;
    setenv("NO_COLOR", "1", 1);
    struct stage *s = differing();
    unsetenv("NO_COLOR");
    stage_check(s, "talk-no-color");
    stage_free(s);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    setenv("ALONGSIDE_FORMS", "/nowhere", 1);
    const struct CMUnitTest tests[] = {
        {"A52 a guided talk: why, say back, what would change it, what to write down, was I heard",
         test_whole, NULL, NULL, NULL},
        {"A52 each step can be left out, and gone to", test_left_out, NULL, NULL, NULL},
        cmocka_unit_test(test_taken_back),
        {"A48 nothing is final before both have said yes, separately", test_both, NULL, NULL, NULL},
        {"A6 the practitioner moves: before, after and why, as theirs", test_practitioner_moves, NULL, NULL,
         NULL},
        cmocka_unit_test(test_moves_by_answering),
        cmocka_unit_test(test_heard_alone),
        cmocka_unit_test(test_waiting),
        cmocka_unit_test(test_third_voice),
        cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_raised_from_a_question),
        cmocka_unit_test(test_raised_from_a_note),
        cmocka_unit_test(test_raised_from_the_overview),
        cmocka_unit_test(test_raised_from_a_list),
        {"A13 a goal is said back, and marked, before anybody says yes to it", test_said_back, NULL, NULL,
         NULL},
        {"A51 a difference is a record: no word and no colour of an error", test_no_error, NULL, NULL, NULL},
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_no_color),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
