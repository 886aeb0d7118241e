/* What stands beside an answer, how it is written, and what came after the signatures: how it looks, and what
 * the keys do. */
#include "check.h"

#include "base/mem.h"
#include "stage.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void looks(struct stage *s, const char *golden)
{
    static const struct stage_size sizes[] = {{20, 50}, {24, 80}};
    stage_check_sizes(s, golden, sizes, 2);
}

static const struct event *last_event(const struct stage *s)
{
    return record_event(session_record(s->session), record_count(session_record(s->session)) - 1);
}

static void assert_last(const struct stage *s, enum event_kind kind, const char *key, const char *text)
{
    assert_int_equal(last_event(s)->kind, kind);
    assert_string_equal(event_text(last_event(s), key), text);
}

/* A41: by either, the first words staying. */
static void test_a41_another_way(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "3 Enter b");
    looks(s, "beside-menu");
    stage_keys(s, "2");
    stage_type(s, "You have a key of your own");
    stage_keys(s, "Enter");
    assert_last(s, EVENT_REFRAMED, "text", "You have a key of your own");
    stage_keys(s, "Tab b 2");
    stage_type(s, "It is mine, and the door is thin");
    stage_keys(s, "Enter");
    looks(s, "beside-ways");
    assert_int_equal(json_integer_value(stage_answer(s, "safe", SERVICE_USER)->value), 3);
    stage_keys(s, "F2");
    assert_true(stage_shows(s, "You have a key of your own"));
    stage_free(s);
}

/* A40: up to three ways are offered, and the other takes one, changes one or declines. */
static void test_a40_offers(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "Tab b 3");
    stage_type(s, "A lock");
    stage_keys(s, "Ctrl-N");
    stage_type(s, "A walk round the block every evening, with somebody whom you trust");
    stage_keys(s, "Enter");
    assert_int_equal(last_event(s)->kind, EVENT_OFFERED);
    assert_int_equal(json_array_size(event_value(last_event(s), "options")), 2);
    /* It is for the other to say. */
    assert_false(stage_shows(s, "offers something here"));
    stage_keys(s, "Tab");
    looks(s, "beside-offer");
    stage_keys(s, "b 1");
    looks(s, "beside-reply");
    stage_keys(s, "4");
    assert_true(stage_shows(s, "Change the words as you like."));
    stage_type(s, ", Sundays too");
    stage_keys(s, "Enter");
    assert_last(s, EVENT_TAKEN, "how", "changed");
    assert_string_equal(event_text(last_event(s), "text"),
                        "A walk round the block every evening, with somebody whom you trust, Sundays too");
    looks(s, "beside-changed");
    /* Nothing waits any more: the menu has no answer to give. */
    stage_keys(s, "b");
    assert_false(stage_shows(s, "offers something here"));
    stage_keys(s, "3");
    stage_type(s, "You come to us");
    stage_keys(s, "Enter Tab b 1 1");
    assert_last(s, EVENT_TAKEN, "how", "accepted");
    stage_keys(s, "b 3");
    stage_type(s, "Wait");
    stage_keys(s, "Enter Tab b 1 3");
    assert_last(s, EVENT_TAKEN, "how", "declined");
    stage_free(s);
}

/* B36: any question can be answered hidden. */
static void test_b36_private(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "h");
    looks(s, "private-on");
    stage_keys(s, "3 Enter");
    looks(s, "private-one");
    assert_true(stage_answer(s, "safe", SERVICE_USER)->hidden);
    stage_keys(s, "F2");
    assert_true(stage_shows(s, "You see it when both have answered."));
    stage_keys(s, "Esc 3 Enter");
    assert_true(stage_shows(s, "Saved. You agree here."));
    /* Where nothing would be hidden, that is said. */
    stage_keys(s, "h");
    assert_true(stage_shows(s, "has answered already"));
    stage_go(s, "hidden");
    stage_keys(s, "h");
    assert_true(stage_shows(s, "Here nothing shows anyway"));
    /* It can be taken back before anything is saved. */
    stage_go(s, "few");
    stage_keys(s, "h h 1 Enter");
    assert_false(stage_answer(s, "few", app_keyboard(s->app))->hidden);
    stage_free(s);
}

/* Why stays hidden with what it stands beside. */
static void test_reason_stays_hidden(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "h 3 Enter Tab w");
    stage_type(s, "the stairs");
    assert_false(stage_shows(s, "stairs"));
    stage_keys(s, "Enter");
    assert_true(stage_answer(s, "safe", SERVICE_USER)->hidden);
    assert_string_equal(stage_answer(s, "safe", SERVICE_USER)->because, "the stairs");
    assert_false(stage_shows(s, "stairs"));
    stage_keys(s, "9 Enter Esc");
    assert_true(stage_shows(s, "stairs"));
    stage_free(s);
}

/* After both have signed, or said why not: what comes then says so. */
static void test_later(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"signed\",\"name\":\"Sam\"}");
    stage_do(s,
             "{\"by\":\"practitioner\",\"event\":\"signed\",\"refused\":true,\"because\":\"I want to ask\"}");
    stage_go(s, "safe");
    stage_keys(s, "3 Enter 3 Enter b 4");
    stage_type(s, "I had no time to read it");
    stage_keys(s, "Enter");
    assert_last(s, EVENT_STATEMENT, "text", "I had no time to read it");
    looks(s, "later");
    stage_keys(s, "F2");
    assert_true(stage_shows(s, "(Later, after the signing)"));
    stage_free(s);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    unsetenv("NO_COLOR");
    alarm(300);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a41_another_way), cmocka_unit_test(test_a40_offers),
        cmocka_unit_test(test_b36_private),     cmocka_unit_test(test_reason_stays_hidden),
        cmocka_unit_test(test_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
