/* The timeline, what is written down in it, and promises, on the screen. */
#include "check.h"

#include "assessment/happened.h"
#include "assessment/promises.h"
#include "base/mem.h"
#include "screen/stage.h"

#include <locale.h>
#include <stdlib.h>

static const struct stage_size sizes[] = {{24, 80}, {20, 50}};
enum { SIZES = sizeof sizes / sizeof *sizes };

static void check(struct stage *s, const char *golden)
{
    stage_check_sizes(s, golden, sizes, SIZES);
    stage_resize(s, 24, 80);
    free(stage_screen(s));
}

static const char *const doings[] = {
    "{\"by\":\"service_user\",\"event\":\"happened\",\"what\":\"life_event\",\"on\":\"2026-05-02\","
    "\"text\":\"My sister had a baby\"}",
    "{\"by\":\"service_user\",\"event\":\"happened\",\"what\":\"lapse\",\"on\":\"2026-05-20\",\"text\":\"I "
    "drank\",\"held\":\"I went to work\",\"next\":\"I ring Jo first\"}",
    "{\"by\":\"practitioner\",\"event\":\"happened\",\"what\":\"missed\",\"on\":\"2026-05-24\",\"whose\":"
    "\"service_user\",\"absence\":\"acceptable\",\"text\":\"The bus did not come\"}",
    "{\"by\":\"practitioner\",\"event\":\"happened\",\"what\":\"late\",\"on\":\"2026-05-26\",\"whose\":"
    "\"practitioner\",\"minutes\":20}",
    "{\"by\":\"practitioner\",\"event\":\"happened\",\"what\":\"referral\",\"on\":\"2026-05-28\",\"to\":"
    "\"The housing team\",\"text\":\"A room\"}",
    "{\"by\":\"practitioner\",\"event\":\"happened\",\"what\":\"milestone\",\"on\":\"2026-06-01\",\"text\":"
    "\"Three months in work\"}",
    "{\"by\":\"practitioner\",\"event\":\"shared\",\"what\":\"The address\",\"to\":\"The housing team\","
    "\"because\":\"Their form\",\"basis\":\"Sam said yes\",\"on\":\"2026-05-28\",\"told\":true}",
    "{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"Ring the housing team about the room and say "
    "from when\",\"by_when\":\"2020-01-02\"}",
    "{\"by\":\"service_user\",\"event\":\"promised\",\"text\":\"Bring my papers\",\"by_when\":"
    "\"2099-12-31\"}",
    "{\"by\":\"service_user\",\"event\":\"promised\",\"text\":\"Ring my sister\"}",
};

static struct stage *filled(void)
{
    struct stage *s = stage_seated("all.yaml");
    for (size_t i = 0; i < sizeof doings / sizeof *doings; i++)
        stage_do(s, doings[i]);
    stage_go(s, "safe");
    return s;
}

static const struct event *last_of(const struct stage *s, enum event_kind kind)
{
    const struct event *last = NULL;
    for (const struct event *e = NULL; (e = assessment_next(session_assessment(s->session), kind, e));)
        last = e;
    return last;
}

static void test_timeline(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "T");
    check(s, "timeline-empty");
    stage_free(s);
    s = filled();
    stage_keys(s, "T");
    check(s, "timeline");
    stage_keys(s, "Esc");
    assert_false(stage_shows(s, "What happened, and when"));
    stage_free(s);
}

/* A kind is picked, its sheet filled in, and it stands there, on the day that was said. */
static void test_writing_down(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "T a");
    check(s, "timeline-kinds");
    stage_keys(s, "Down Down Enter");
    assert_true(stage_shows(s, "What held?"));
    check(s, "timeline-lapse");
    stage_keys(s, "Enter");
    stage_type(s, "I drank");
    stage_keys(s, "Enter Enter");
    stage_type(s, "I went to work");
    stage_keys(s, "Enter Enter");
    stage_type(s, "I ring Jo");
    stage_keys(s, "Enter Enter Ctrl-U");
    stage_type(s, "20/05/2026");
    stage_keys(s, "Enter Enter");
    const struct event *event = last_of(s, EVENT_HAPPENED);
    assert_non_null(event);
    assert_string_equal(event_text(event, "what"), "lapse");
    assert_string_equal(event_text(event, "text"), "I drank");
    assert_string_equal(event_text(event, "held"), "I went to work");
    assert_string_equal(event_text(event, "next"), "I ring Jo");
    assert_string_equal(event_text(event, "on"), "2026-05-20");
    assert_true(stage_shows(s, "> 20 May 2026  A lapse: “I drank”"));
    assert_true(stage_shows(s, "Written down."));
    stage_keys(s, "Esc");
    assert_false(stage_shows(s, "What happened, and when"));
    stage_free(s);
}

/* One of them, whole; each signs on their own, with their own name. */
static void test_signing(void **state)
{
    (void)state;
    struct stage *s = filled();
    long seq = 0;
    for (const struct event *e = NULL;
         (e = assessment_next(session_assessment(s->session), EVENT_HAPPENED, e));)
        seq = happened_kind_of(e)->both_sign ? e->seq : seq;
    stage_keys(s, "T /");
    stage_type(s, "milestone");
    stage_keys(s, "Enter Enter");
    assert_true(stage_shows(s, "What was reached? Three months in work"));
    check(s, "moment");
    stage_keys(s, "Enter");
    stage_type(s, "Sam Cole");
    stage_keys(s, "Enter");
    assert_non_null(happened_signed(session_assessment(s->session), seq, SERVICE_USER));
    assert_null(happened_signed(session_assessment(s->session), seq, PRACTITIONER));
    assert_true(stage_shows(s, "Saved. Now Rae."));
    assert_int_equal(app_keyboard(s->app), PRACTITIONER);
    stage_keys(s, "/");
    stage_type(s, "I will not sign");
    stage_keys(s, "Enter Enter");
    stage_type(s, "It was four");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Rae chose not to sign: It was four"));
    stage_check(s, "moment-signed");
    stage_keys(s, "Esc");
    assert_true(stage_shows(s, "Rae chose not to sign. Sam has signed."));
    stage_free(s);
}

static void test_promises(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "i");
    check(s, "promises-empty");
    stage_free(s);
    s = filled();
    stage_keys(s, "i");
    check(s, "promises");
    /* Each has a key of their own, whoever has the keyboard. */
    stage_keys(s, "F6 1 F5 2");
    size_t count;
    struct promise *promises = assessment_promises(session_assessment(s->session), &count);
    assert_int_equal(count, 3);
    assert_int_equal(promises[2].kept[SERVICE_USER], PROMISE_KEPT);
    assert_int_equal(promises[2].kept[PRACTITIONER], PROMISE_NOT_KEPT);
    assert_int_equal(promises[1].kept[SERVICE_USER], PROMISE_NOT_SAID);
    free(promises);
    check(s, "promises-kept");
    /* The other column, and one of it whole. */
    stage_keys(s, "Left Enter");
    assert_true(stage_shows(s, "Rae will: “Ring the housing team"));
    stage_keys(s, "Esc Esc o");
    assert_true(stage_shows(s, "That day is over."));
    check(s, "promises-overdue");
    stage_free(s);
}

/* In an entry it is about that; one's own slip is taken back. */
static void test_promising(void **state)
{
    (void)state;
    struct stage *s = stage_seated("plan.yaml");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"goals\"}");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"goal#1\",\"value\":\"Get my "
                "card\"}");
    stage_go(s, "goal#1");
    stage_keys(s, "Esc i a");
    assert_true(stage_shows(s, "About: "));
    check(s, "promises-sheet");
    stage_keys(s, "Enter");
    stage_type(s, "Ring them");
    stage_keys(s, "Enter Down Enter");
    const struct event *event = last_of(s, EVENT_PROMISED);
    assert_non_null(event);
    assert_string_equal(event_text(event, "text"), "Ring them");
    assert_string_equal(event_text(event, "question"), "goal#1");
    assert_null(event_text(event, "by_when"));
    stage_keys(s, "u");
    assert_null(last_of(s, EVENT_PROMISED));
    stage_free(s);
}

/* What is half filled in stands there again after a hang-up, row by row, and the words half typed with it;
 * one Esc takes none of it. */
static void test_half_filled_in(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "T a Down Down Enter Enter");
    stage_type(s, "I drank");
    stage_keys(s, "Enter Enter");
    stage_type(s, "I went to wo");
    stage_hang_up(s);
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter T a Down Down Enter");
    assert_true(stage_shows(s, "I drank"));
    assert_true(stage_shows(s, "What you filled in before stands here. It is not kept yet."));
    assert_null(last_of(s, EVENT_HAPPENED));
    stage_keys(s, "Down Enter");
    assert_true(stage_shows(s, "I went to wo"));
    stage_type(s, "rk");
    stage_keys(s, "Enter Esc");
    check(s, "timeline-half-filled");
    stage_keys(s, "Down Down Down Enter");
    assert_string_equal(event_text(last_of(s, EVENT_HAPPENED), "held"), "I went to work");
    /* What is written down is no draft any more, and neither is what was given up. */
    stage_keys(s, "a Down Down Enter");
    assert_false(stage_shows(s, "I drank"));
    stage_keys(s, "Enter");
    stage_type(s, "Again");
    stage_keys(s, "Enter Esc Esc T a Down Down Enter");
    assert_false(stage_shows(s, "Again"));
    stage_free(s);
}

/* The same for what each does about one thing. */
static void test_half_signed(void **state)
{
    (void)state;
    struct stage *s = filled();
    stage_keys(s, "T /");
    stage_type(s, "milestone");
    stage_keys(s, "Enter Enter Enter");
    stage_type(s, "Sam Co");
    stage_hang_up(s);
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter T /");
    stage_type(s, "milestone");
    stage_keys(s, "Enter Enter Enter");
    assert_true(stage_shows(s, "Sam Co"));
    stage_type(s, "le");
    stage_keys(s, "Enter");
    assert_string_equal(event_text(last_of(s, EVENT_SIGNED), "name"), "Sam Cole");
    if (app_keyboard(s->app) != SERVICE_USER)
        stage_keys(s, "Tab"); /* signed: a second Enter is not to be the opposite */
    assert_false(stage_shows(s, "I will not sign it"));
    stage_free(s);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    setenv("ALONGSIDE_FORMS", "/nowhere", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_timeline),    cmocka_unit_test(test_writing_down),
        cmocka_unit_test(test_signing),     cmocka_unit_test(test_promises),
        cmocka_unit_test(test_promising),   cmocka_unit_test(test_half_filled_in),
        cmocka_unit_test(test_half_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
