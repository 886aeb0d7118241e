/* The question in front for orders, times, choices that ask for words, warnings and how it is known: how it
 * looks, and what the keys do. */
#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "stage.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void looks(struct stage *s, const char *golden)
{
    static const struct stage_size sizes[] = {{20, 48}, {24, 80}};
    stage_check_sizes(s, golden, sizes, 2);
}

static const struct answer *answer_of(struct stage *s, const char *question, enum who who)
{
    return assessment_answer(session_assessment(s->session), stage_question(s, question), who);
}

/* The answer as JSON; "-" for none. */
static void assert_answer(struct stage *s, const char *question, enum who who, const char *expected)
{
    const json_t *value = answer_of(s, question, who)->value;
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : xstrdup("-");
    assert_string_equal(text, expected);
    free(text);
}

static void test_order(void **state)
{
    (void)state;
    struct stage *s = stage_seated("types.yaml");
    stage_go(s, "wants");
    looks(s, "order-none");
    stage_keys(s, "3 1");
    looks(s, "order-two");
    stage_keys(s, "Enter"); /* two have no place yet */
    assert_true(stage_shows(s, "2 have no place yet."));
    assert_answer(s, "wants", SERVICE_USER, "-");
    stage_keys(s, "4 2 Enter");
    assert_answer(s, "wants", SERVICE_USER, "[\"people\",\"home\",\"calm\",\"work\"]");
    /* Rae: with the arrows and Space; then calm one up, and home, the first, nowhere. */
    stage_keys(s, "Space Down Space Down Space Down Space K Up Up Up +");
    stage_keys(s, "Enter");
    assert_answer(s, "wants", PRACTITIONER, "[\"home\",\"work\",\"calm\",\"people\"]");
    looks(s, "order-differ");
    /* One is taken out, and those behind it close up. */
    stage_keys(s, "2 2 Enter Esc");
    assert_answer(s, "wants", PRACTITIONER, "[\"home\",\"calm\",\"people\",\"work\"]");
    stage_keys(s, "Enter 4 3");
    looks(s, "order-talk");
    stage_keys(s, "Enter");
    stage_type(s, "1 2");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "All 4 are to be put in order, and 2 of them are missing."));
    stage_keys(s, "3 Enter");
    stage_type(s, "1 2 4 3");
    stage_keys(s, "Enter F5 F6");
    assert_answer(s, "wants", SERVICE_USER, "[\"home\",\"work\",\"calm\",\"people\"]");
    stage_free(s);
}

/* Nothing of an order that is to be seen together shows before both are in. */
static void test_veiled(void **state)
{
    (void)state;
    char *seen = NULL;
    static const char *const orders[] = {"1 2 3 4", "4 2 1 3"};
    for (size_t i = 0; i < 2; i++) {
        struct stage *s = stage_seated("types.yaml");
        stage_go(s, "veiled");
        stage_keys(s, orders[i]);
        char *typed = stage_screen(s);
        stage_keys(s, "Space");
        assert_true(stage_shows(s, "Type the numbers, the first one first."));
        stage_keys(s, "+ Enter");
        char *saved = stage_screen(s);
        char *both = xasprintf("%s%s", typed, saved);
        if (seen)
            assert_string_equal(both, seen);
        free(seen);
        seen = both;
        free(typed);
        free(saved);
        stage_keys(s, "1 2 3 4 Enter Esc");
        assert_true(stage_shows(s, i == 0 ? "You both say the same." : "3 places apart"));
        stage_free(s);
    }
    free(seen);
}

static void test_start(void **state)
{
    (void)state;
    struct stage *s = stage_seated("types.yaml");
    stage_go(s, "start");
    looks(s, "order-start");
    stage_keys(s, "Enter");
    assert_answer(s, "start", SERVICE_USER, "[\"calm\",\"home\",\"work\",\"people\"]");
    stage_free(s);
}

static void test_times(void **state)
{
    (void)state;
    struct stage *s = stage_seated("types.yaml");
    stage_go(s, "up");
    stage_type(s, "half six");
    stage_keys(s, "Enter");
    looks(s, "time-refused");
    stage_keys(s, "Ctrl-U");
    stage_type(s, "6.30am");
    stage_keys(s, "Enter");
    stage_type(s, "8:05");
    stage_keys(s, "Enter");
    assert_answer(s, "up", SERVICE_USER, "\"06:30\"");
    looks(s, "time-differ");
    stage_go(s, "visit");
    stage_type(s, "today 9.15am");
    stage_keys(s, "Enter");
    stage_type(s, "20/11/2026 14:00");
    stage_keys(s, "Enter");
    assert_answer(s, "visit", PRACTITIONER, "\"2026-11-25T09:15\"");
    looks(s, "date-time-differ");
    /* What stands there is typed as it is shown. */
    stage_keys(s, "Backspace 5 Enter");
    assert_answer(s, "visit", SERVICE_USER, "\"2026-11-20T14:05\"");
    stage_free(s);
}

static void test_other_words(void **state)
{
    (void)state;
    struct stage *s = stage_seated("types.yaml");
    stage_go(s, "helper");
    stage_keys(s, "3");
    looks(s, "other-asked");
    stage_keys(s, "Enter"); /* without words it is not picked: nothing is saved */
    assert_answer(s, "helper", SERVICE_USER, "-");
    stage_keys(s, "3");
    stage_type(s, "My aunt");
    stage_keys(s, "Enter");
    assert_answer(s, "helper", SERVICE_USER, "\"other:My aunt\"");
    /* By the arrows: Enter asks. */
    stage_keys(s, "Down Down Down Enter");
    assert_true(stage_shows(s, "Someone else: in your own words."));
    stage_type(s, "My uncle");
    stage_keys(s, "Enter");
    assert_answer(s, "helper", PRACTITIONER, "\"other:My uncle\"");
    looks(s, "other-differ");
    /* The words are changed where they stand. */
    stage_keys(s, "3 Ctrl-U");
    stage_type(s, "My aunt");
    stage_keys(s, "Enter Esc");
    assert_answer(s, "helper", PRACTITIONER, "\"other:My aunt\"");
    assert_true(stage_shows(s, "You say the same now."));
    stage_go(s, "helpers");
    stage_keys(s, "1 3");
    stage_type(s, "The mosque");
    stage_keys(s, "Enter Enter");
    assert_answer(s, "helpers", PRACTITIONER, "[\"mum\",\"other:The mosque\"]");
    looks(s, "others-one");
    /* Marked without words: Enter asks once more. */
    stage_keys(s, "3 Esc Enter");
    assert_true(stage_shows(s, "Someone else: in your own words."));
    stage_keys(s, "Esc 3 2 Enter");
    assert_answer(s, "helpers", SERVICE_USER, "[\"friend\"]");
    /* Found together. */
    stage_go(s, "helper");
    stage_keys(s, "Tab 1 Enter Esc t 4 3 Enter 3");
    stage_type(s, "Gran");
    stage_keys(s, "Enter F5 F6");
    assert_answer(s, "helper", PRACTITIONER, "\"other:Gran\"");
    stage_free(s);
}

static void test_other_veiled(void **state)
{
    (void)state;
    struct stage *s = stage_seated("types.yaml");
    stage_go(s, "quiet");
    stage_keys(s, "3 Enter");
    stage_type(s, "The landlord");
    assert_false(stage_shows(s, "landlord"));
    stage_keys(s, "Enter");
    assert_answer(s, "quiet", SERVICE_USER, "\"other:The landlord\"");
    assert_false(stage_shows(s, "landlord"));
    stage_keys(s, "1 Enter Enter");
    assert_true(stage_shows(s, "landlord"));
    stage_free(s);
}

static void test_warnings(void **state)
{
    (void)state;
    struct stage *s = stage_seated("types.yaml");
    stage_go(s, "drinks");
    stage_type(s, "60");
    stage_keys(s, "Enter");
    looks(s, "warning");
    assert_answer(s, "drinks", SERVICE_USER, "-");
    /* Another answer is asked back about anew. */
    stage_keys(s, "Backspace 1 Enter");
    assert_true(stage_shows(s, "Is it right? Enter keeps it."));
    assert_answer(s, "drinks", SERVICE_USER, "-");
    stage_keys(s, "Enter");
    assert_answer(s, "drinks", SERVICE_USER, "61");
    assert_true(answer_of(s, "drinks", SERVICE_USER)->passed);
    stage_keys(s, "5 Enter");
    assert_answer(s, "drinks", PRACTITIONER, "5");
    assert_false(answer_of(s, "drinks", PRACTITIONER)->passed);
    /* A reason beside it is no new answer. */
    stage_keys(s, "Tab Esc w");
    stage_type(s, "So it is");
    stage_keys(s, "Enter");
    assert_string_equal(answer_of(s, "drinks", SERVICE_USER)->because, "So it is");
    assert_true(answer_of(s, "drinks", SERVICE_USER)->passed);
    stage_keys(s, "F2");
    assert_true(stage_shows(s, "It was asked back, and kept."));
    stage_keys(s, "Esc");
    stage_go(s, "visits");
    stage_keys(s, "7 Enter");
    assert_true(stage_shows(s, "So many? Enter keeps it."));
    stage_keys(s, "Enter F5 F6");
    assert_answer(s, "visits", TOGETHER, "7");
    stage_free(s);
}

static void test_evidence(void **state)
{
    (void)state;
    struct stage *s = stage_seated("types.yaml");
    stage_go(s, "rooms");
    stage_keys(s, "3 Enter");
    looks(s, "evidence-asked");
    stage_keys(s, "4");
    assert_int_equal(answer_of(s, "rooms", SERVICE_USER)->evidence, EVIDENCE_PAPER);
    stage_type(s, "The lease");
    stage_keys(s, "Enter");
    assert_string_equal(answer_of(s, "rooms", SERVICE_USER)->because, "The lease");
    assert_int_equal(answer_of(s, "rooms", SERVICE_USER)->evidence, EVIDENCE_PAPER);
    /* Left out, it is the reason's turn all the same. */
    stage_keys(s, "2 Enter Esc");
    assert_true(stage_shows(s, "why?"));
    stage_type(s, "I counted");
    stage_keys(s, "Enter");
    assert_int_equal(answer_of(s, "rooms", PRACTITIONER)->evidence, EVIDENCE_NONE);
    assert_string_equal(answer_of(s, "rooms", PRACTITIONER)->because, "I counted");
    stage_free(s);
}

static void test_shown_only(void **state)
{
    (void)state;
    struct stage *s = stage_seated("types.yaml");
    stage_go(s, "shown");
    looks(s, "read-only");
    stage_keys(s, "x Enter");
    assert_false(stage_shows(s, "What did we say"));
    assert_true(stage_shows(s, "Ctrl-N: a new line"));
    stage_go(s, "wants");
    assert_true(stage_shows(s, "[g]More"));
    stage_keys(s, "g");
    assert_true(stage_shows(s, "There is no right order."));
    stage_free(s);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    unsetenv("NO_COLOR");
    alarm(300);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),       cmocka_unit_test(test_veiled),
        cmocka_unit_test(test_start),       cmocka_unit_test(test_times),
        cmocka_unit_test(test_other_words), cmocka_unit_test(test_other_veiled),
        cmocka_unit_test(test_warnings),    cmocka_unit_test(test_evidence),
        cmocka_unit_test(test_shown_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
