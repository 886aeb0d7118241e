/* What waits and what comes back: parked until the next sitting of a later day, referred until it is
 * answered, left for good; undone, gone on with in another version of the form, cut short. And being heard,
 * which shows when both have said it. */
#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "session/session.h"
#include "session/settle.h"
#include "session/waiting.h"
#include "session/words.h"
#include "record/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define QUESTIONS(home)                                                                                      \
    "title: T\nlanguages: [en]\nsections:\n  - section: one\n    title: One\n    questions:\n" home          \
    "      - {name: work, type: range, min: 1, max: 5, label: Work}\n"                                       \
    "      - {name: pay, type: range, min: 1, max: 5, label: Pay, relevant: \"${work} > 1\"}\n"
#define HOME "      - {name: home, type: range, min: 1, max: 5, label: Home}\n"
static const char first[] = "form: f\nversion: \"1\"\n" QUESTIONS(HOME);
static const char second[] = "form: f\nversion: \"2\"\n" QUESTIONS(HOME);
static const char third[] = "form: f\nversion: \"3\"\n" QUESTIONS("");

enum { NOON = 12 * 60 * 60, DAY = 24 * 60 * 60 };
static const char *path;

static struct session *s;
static const struct assessment *a;

static int begin(void **state)
{
    (void)state;
    struct diags diags;
    diags_init(&diags, "f");
    struct form *form = form_load("f", first, strlen(first), &diags);
    assert_non_null(form);
    diags_release(&diags);
    clock_fix(clock_parse("2026-11-23T12:00:00Z"));
    char id[RECORD_ID_TEXT], *cause = NULL;
    record_new_id(id);
    kit_empty();
    path = kit_path("waiting.jsonl");
    s = session_begin(path, id, NULL, form, &cause);
    if (!s)
        fail_msg("%s", cause);
    a = session_assessment(s);
    return 0;
}

static int end(void **state)
{
    (void)state;
    session_close(s);
    clock_fix(0);
    return 0;
}

static void days_later(int days)
{
    clock_fix(clock_now() + (time_t)days * DAY);
}

static void act(const char *intent)
{
    char *cause = NULL;
    json_t *object = json_loads(intent, 0, NULL);
    assert_non_null(object);
    if (!session_do(s, object, &cause))
        fail_msg("%s: %s", intent, cause);
}

static void refused(const char *intent, const char *why)
{
    char *cause = NULL;
    assert_false(session_do(s, json_loads(intent, 0, NULL), &cause));
    if (!strstr(cause, why))
        fail_msg("%s: refused, but: %s", intent, cause);
    free(cause);
}

#define BY(who, event, more) "{\"by\":\"" who "\",\"event\":\"" event "\"" more "}"
#define D(id) ",\"disagreement\":\"" id "\""
#define LETTER                                                                                               \
    D("d1")                                                                                                  \
    ",\"as\":\"needs_information\",\"what\":\"the letter\",\"from\":\"the "                                  \
    "council\",\"by_when\":\"2026-12-01\""
#define ASKED D("d1") ",\"as\":\"referred\",\"asking\":\"Does a sofa count?\",\"to\":\"the supervisor\""

static void sit(void)
{
    act(BY("practitioner", "sat", ",\"people\":{\"practitioner\":\"Rae\",\"service_user\":\"Sam\"}"));
}

static void both_yes(const char *id)
{
    char *practitioner = xasprintf(BY("practitioner", "confirmed", D("%s")), id);
    char *service_user = xasprintf(BY("service_user", "confirmed", D("%s")), id);
    act(practitioner);
    act(service_user);
    free(practitioner);
    free(service_user);
}

static void differ(const char *question)
{
    for (int party = 0; party < PARTIES; party++) {
        char *intent = xasprintf("{\"by\":\"%s\",\"event\":\"answered\",\"question\":\"%s\",\"value\":%d}",
                                 who_names[party], question, party ? 2 : 4);
        act(intent);
        free(intent);
    }
}

static const struct disagreement *d(const char *id)
{
    const struct disagreement *found = assessment_disagreement_of_id(a, id);
    assert_non_null(found);
    return found;
}

static void park(void)
{
    differ("home");
    act(BY("service_user", "proposed", LETTER));
    both_yes("d1");
    assert_int_equal(d("d1")->state, STATE_PARKED);
}

static void refer(void)
{
    differ("home");
    act(BY("service_user", "proposed", ASKED));
    both_yes("d1");
    assert_int_equal(d("d1")->state, STATE_REFERRED);
}

static void told(char *words, const char *expected)
{
    assert_string_equal(words, expected);
    free(words);
}

static void open_again(void)
{
    char *cause = NULL;
    session_close(s);
    s = session_open(path, RECORD_WRITE, &cause);
    if (!s)
        fail_msg("%s", cause);
    a = session_assessment(s);
}

/* ---- parked ---- */

static void test_parked_comes_back(void **state)
{
    (void)state;
    sit();
    park();
    told(words_outcome(a, d("d1"), 0),
         "You are waiting for “the letter” from the council, until 1 December 2026");
    told(waiting_came_back_words(a, d("d1")), "");
    sit(); /* after a break, on the same day */
    assert_int_equal(d("d1")->state, STATE_PARKED);
    assert_int_equal(waiting_back(a, NULL), 0);
    days_later(1); /* before the day it waits for: they may have heard sooner */
    sit();
    assert_true(disagreement_is_live(d("d1")));
    told(waiting_came_back_words(a, d("d1")),
         "You were waiting for “the letter” from the council, until 1 December 2026. Has it come?");
    told(words_standing(a, assessment_find(a, "home"), 0),
         "Has it come: “the letter” from the council, until 1 December 2026?");
    const struct disagreement *back[1];
    assert_int_equal(waiting_back(a, back), 1);
    assert_ptr_equal(back[0], d("d1"));
    /* Once it is settled nobody is asked any more. */
    act(BY("practitioner", "proposed", D("d1") ",\"as\":\"both_stand\""));
    both_yes("d1");
    assert_int_equal(waiting_back(a, NULL), 0);
    act(BY("service_user", "reopened", D("d1")));
    assert_int_equal(waiting_back(a, NULL), 0);
    days_later(1);
    sit();
    assert_int_equal(waiting_back(a, NULL), 0);
}

static void test_parked_with_little(void **state)
{
    (void)state;
    differ("home");
    act(BY("service_user", "proposed", D("d1") ",\"as\":\"needs_information\",\"what\":\"What is left?\""));
    both_yes("d1");
    days_later(3);
    sit();
    told(waiting_came_back_words(a, d("d1")), "You were waiting for “What is left?”. Has it come?");
}

static void test_several(void **state)
{
    (void)state;
    park();
    differ("work");
    differ("pay");
    act(BY("practitioner", "proposed", D("d3") ",\"as\":\"needs_information\",\"what\":\"a payslip\""));
    both_yes("d3");
    act(BY("practitioner", "proposed", D("d2") ",\"as\":\"both_stand\""));
    both_yes("d2");
    days_later(1);
    size_t before = assessment_events(a);
    sit();
    assert_int_equal(assessment_events(a), before + 3); /* the sitting, and the two that come back */
    const struct disagreement *back[3];
    assert_int_equal(waiting_back(a, back), 2);
    assert_string_equal(back[0]->id, "d1");
    assert_string_equal(back[1]->id, "d3");
    assert_int_equal(d("d2")->state, STATE_RESOLVED);
    /* One that is not asked any more comes back, and is not in the way. */
    act("{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"work\",\"value\":1}");
    act("{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"work\",\"value\":1}");
    assert_int_equal(waiting_back(a, NULL), 1);
}

static void test_parked_again(void **state)
{
    (void)state;
    park();
    days_later(1);
    sit();
    act(BY("practitioner", "proposed", D("d1") ",\"as\":\"needs_information\",\"what\":\"a second letter\""));
    both_yes("d1");
    assert_int_equal(d("d1")->state, STATE_PARKED);
    sit();
    assert_int_equal(d("d1")->state, STATE_PARKED);
    days_later(30);
    sit();
    told(waiting_came_back_words(a, d("d1")), "You were waiting for “a second letter”. Has it come?");
}

static void test_parked_undone(void **state)
{
    (void)state;
    park();
    act(BY("service_user", "undone", ""));
    assert_true(disagreement_is_live(d("d1")));
    days_later(1);
    size_t before = assessment_events(a);
    sit();
    assert_int_equal(assessment_events(a), before + 1);
    assert_int_equal(waiting_back(a, NULL), 0); /* it was not the sitting that brought it */
    /* And the other way round: what came back stays, whatever of before is taken back. */
    act(BY("practitioner", "proposed", LETTER));
    both_yes("d1");
    days_later(1);
    sit();
    refused(BY("practitioner", "undone", ",\"of\":6"), "gone on since");
    assert_int_equal(waiting_back(a, NULL), 1);
}

/* News before the next sitting opens it, and then nobody asks whether it has come. */
static void test_parked_news(void **state)
{
    (void)state;
    park();
    days_later(1);
    act(BY("service_user", "said", D("d1") ",\"text\":\"It came this morning\""));
    assert_true(disagreement_is_live(d("d1")));
    sit();
    assert_int_equal(waiting_back(a, NULL), 0);
}

static void upgrade(const char *text)
{
    char *cause = NULL;
    if (!session_do(
            s,
            json_pack("{s:s, s:s, s:{s:s}}", "by", "practitioner", "event", "upgraded", "form", "text", text),
            &cause))
        fail_msg("%s", cause);
}

static void test_parked_upgrade(void **state)
{
    (void)state;
    park();
    upgrade(second);
    assert_int_equal(d("d1")->state, STATE_PARKED);
    days_later(1);
    sit();
    assert_int_equal(waiting_back(a, NULL), 1);
    act(BY("practitioner", "proposed", LETTER));
    both_yes("d1");
    /* What is about a question that is gone waits for nothing. */
    upgrade(third);
    days_later(1);
    sit();
    assert_int_equal(d("d1")->state, STATE_PARKED);
    assert_int_equal(waiting_back(a, NULL), 0);
}

/* A power cut after the sitting was written, before what it calls for: whoever opens the record next goes on
 * with that. */
static void test_parked_cut(void **state)
{
    (void)state;
    park();
    differ("work");
    act(BY("practitioner", "proposed", D("d2") ",\"as\":\"needs_information\",\"what\":\"a payslip\""));
    both_yes("d2");
    days_later(1);
    size_t before = assessment_events(a);
    sit();
    for (int kept = 0; kept < 2; kept++) {
        session_close(s);
        s = NULL;
        FILE *file = fopen(path, "r+");
        assert_non_null(file);
        char *line = NULL;
        size_t room = 0;
        for (size_t i = 0; i < before + 1 + (size_t)kept; i++)
            assert_true(getline(&line, &room, file) > 0);
        long at = ftell(file) + (kept ? 9 : 0); /* once in the midst of a line */
        fclose(file);
        free(line);
        assert_int_equal(truncate(path, at), 0);
        char *cause = NULL;
        s = session_open(path, RECORD_WRITE, &cause);
        if (!s)
            fail_msg("%s", cause);
        a = session_assessment(s);
        assert_int_equal(waiting_back(a, NULL), 2);
        assert_int_equal(assessment_live(a), 2);
        session_close(s);
        /* To look at, it is as it was left; then it is as it was. */
        s = session_open(path, RECORD_READ, &cause);
        a = session_assessment(s);
        assert_int_equal(waiting_back(a, NULL), 2);
    }
}

/* ---- referred ---- */

static void test_referred(void **state)
{
    (void)state;
    sit();
    refer();
    told(words_outcome(a, d("d1"), 0), "You are asking the supervisor: “Does a sofa count?”");
    assert_string_equal(event_text(waiting_referral(a, d("d1")), "asking"), "Does a sofa count?");
    assert_null(waiting_reply(a, d("d1")));
    days_later(7);
    sit(); /* only an answer brings it back, or the two themselves */
    assert_int_equal(d("d1")->state, STATE_REFERRED);
    open_again();
    act(BY("supervisor", "said", D("d1") ",\"name\":\"Pat Green\",\"text\":\"Count it as none.\""));
    assert_true(disagreement_is_live(d("d1")));
    told(waiting_came_back_words(a, d("d1")), "Pat Green answered what you asked: “Count it as none.”");
    assert_int_equal(waiting_back(a, NULL), 1);
    /* Neither view is another. */
    for (int party = 0; party < PARTIES; party++)
        assert_int_equal(json_integer_value(d("d1")->after[party].value), party ? 2 : 4);
    /* It stands beside both views however it ends. */
    act(BY("service_user", "proposed", D("d1") ",\"as\":\"both_stand\""));
    both_yes("d1");
    assert_string_equal(event_text(waiting_reply(a, d("d1")), "name"), "Pat Green");
    assert_int_equal(waiting_back(a, NULL), 0);
    /* Asked once more, there is no answer yet. */
    act(BY("service_user", "reopened", D("d1")));
    act(BY("service_user", "proposed", ASKED));
    both_yes("d1");
    assert_null(waiting_reply(a, d("d1")));
    /* The two can go on without it; then nobody is asked any more. */
    act(BY("practitioner", "reopened", D("d1")));
    refused(BY("supervisor", "said", D("d1") ",\"name\":\"Pat Green\",\"text\":\"Late\""), "nobody is asked");
}

/* ---- stopped ---- */

static void test_stopped(void **state)
{
    (void)state;
    sit();
    differ("home");
    act(BY("service_user", "proposed", D("d1") ",\"as\":\"stopped\""));
    told(words_standing(a, assessment_find(a, "home"), 0), "Sam chose to leave it.");
    size_t before = assessment_events(a);
    act(BY("practitioner", "said", D("d1") ",\"text\":\"Why?\""));
    act("{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":1}");
    act("{\"by\":\"service_user\",\"event\":\"cleared\",\"question\":\"home\"}");
    act("{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":1}");
    days_later(1);
    sit();
    upgrade(second);
    open_again();
    assert_int_equal(assessment_events(a), before + 6); /* and nothing that follows from any */
    assert_int_equal(d("d1")->outcome, OUTCOME_STOPPED);
    assert_int_equal(assessment_live(a), 0);
    act(BY("service_user", "reopened", D("d1")));
    assert_true(disagreement_is_live(d("d1")));
}

/* ---- being heard ---- */

static int shown(enum who who)
{
    return assessment_heard(a, d("d1"), who);
}

static void test_heard(void **state)
{
    (void)state;
    sit();
    differ("home");
    act(BY("practitioner", "proposed", D("d1") ",\"as\":\"both_stand\""));
    both_yes("d1");
    act(BY("service_user", "said", D("d1") ",\"heard\":2"));
    const struct event *said = assessment_event(a, assessment_events(a) - 1);
    assert_int_equal(shown(SERVICE_USER), 0);
    told(words_turn(a, said, 0), "Sam has said how far they felt heard. It shows when both have.");
    act(BY("practitioner", "said", D("d1") ",\"heard\":5"));
    assert_int_equal(shown(SERVICE_USER), 2);
    assert_int_equal(shown(PRACTITIONER), 5);
    said = assessment_event(a, assessment_events(a) - 2);
    told(words_turn(a, said, 0), "Sam felt heard: 2 of 5.");
    /* What was said of an earlier end shows, and says nothing of this one. */
    act(BY("practitioner", "reopened", D("d1")));
    act(BY("practitioner", "proposed", D("d1") ",\"as\":\"both_stand\""));
    both_yes("d1");
    act(BY("practitioner", "said", D("d1") ",\"heard\":3"));
    assert_int_equal(shown(PRACTITIONER), 0);
    assert_int_equal(shown(SERVICE_USER), 0);
    for (size_t i = 0, told = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        if (event_integer(event, "heard"))
            assert_int_equal(assessment_heard_shown(a, event), told++ < 2);
    }
    /* One who does not say it does not keep the other's words back for good. */
    act(BY("practitioner", "paused", ""));
    assert_int_equal(shown(PRACTITIONER), 3);
}

int main(void)
{
    mem_init();
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(test_parked_comes_back),
        TEST(test_parked_with_little),
        TEST(test_several),
        TEST(test_parked_again),
        TEST(test_parked_undone),
        TEST(test_parked_news),
        TEST(test_parked_upgrade),
        TEST(test_parked_cut),
        TEST(test_referred),
        TEST(test_stopped),
        TEST(test_heard),
    };
    return cmocka_run_group_tests_name("waiting", tests, NULL, NULL);
}
