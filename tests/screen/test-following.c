/* An assessment that follows another, on the screen: last time beside the question for both, how far they
 * have come, the whole cycle, and coming back to where they stopped. */
#include "check.h"

#include "base/mem.h"
#include "stage.h"

#include <stdlib.h>
#include <string.h>

static const struct stage_size sizes[] = {{24, 80}, {20, 50}, {48, 160}}, small[] = {{24, 80}, {20, 50}};
enum { SIZES = sizeof sizes / sizeof *sizes, SMALL = sizeof small / sizeof *small };

static const char before[] =
    "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
    "\"Sam\"}}\n"
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":7,\"because\":\"New "
    "lock "
    "fitted. No calls to police since May.\"}\n"
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":4,\"because\":\"He "
    "still "
    "knows where I live.\"}\n"
    "{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"text\":\"I do not sleep well.\"}\n"
    "{\"by\":\"practitioner\",\"event\":\"said\",\"disagreement\":\"d1\",\"text\":\"I did not know that.\"}\n"
    "{\"by\":\"practitioner\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"both_stand\"}\n"
    "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}\n"
    "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}\n"
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"money\",\"value\":5}\n"
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"money\",\"value\":3}\n"
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"friends\",\"value\":1}\n"
    "{\"by\":\"service_user\",\"event\":\"happened\",\"what\":\"lapse\",\"on\":\"2026-11-20\",\"text\":\"I "
    "drank "
    "at the wedding\"}";

static struct stage *following(void)
{
    return stage_following("ladder-again.yaml", "ladder.yaml", before);
}

static void test_last_time(void **state)
{
    (void)state;
    struct stage *s = following();
    stage_go(s, "home");
    stage_check_sizes(s, "following-stood", sizes, SIZES);
    stage_keys(s, "F2");
    assert_true(stage_shows(s, "Both views stood last time."));
    assert_true(stage_shows(s, "Sam said then: “I do not sleep well.”"));
    assert_true(stage_shows(s, "Rae said then: “I did not know that.”"));
    stage_keys(s, "Esc");
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":8}");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":5}");
    stage_check_sizes(s, "following-stood-again", small, SMALL);
    stage_go(s, "friends");
    assert_true(stage_shows(s, "Last time: no answer"));
    stage_free(s);
}

static void test_distance(void **state)
{
    (void)state;
    struct stage *s = following();
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":8}");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":8}");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"money\",\"value\":2}");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"friends\",\"value\":3}");
    stage_go(s, "home");
    stage_keys(s, "y");
    stage_check_sizes(s, "distance", sizes, SIZES);
    stage_keys(s, "Down Down Down Enter");
    stage_check_sizes(s, "distance-all", small, SMALL);
    stage_keys(s, "Esc");
    assert_true(stage_shows(s, "How far you have come"));
    stage_keys(s, "Esc");
    assert_true(stage_shows(s, "How safe do you feel at home?"));
    stage_free(s);
}

static void test_cycle(void **state)
{
    (void)state;
    struct stage *s = following();
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"money\",\"value\":2}");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"promised\",\"text\":\"Call the landlord\",\"by_when\":"
                "\"2026-12-24\"}");
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"told\",\"topic\":\"review\",\"value\":\"2027-02-01\"}");
    stage_keys(s, "z");
    stage_check_sizes(s, "cycle", small, SMALL);
    stage_keys(s, "Down Down Down Down Down Down Down Enter");
    stage_check_sizes(s, "cycle-stage", small, SMALL);
    stage_keys(s, "Down Down Enter");
    assert_true(stage_shows(s, "How is money?"));
    stage_free(s);
}

/* "cursor: row 7, column 52" */
static char *cursor_of(struct stage *s)
{
    char *picture = stage_picture(s);
    const char *at = strstr(picture, "cursor: ");
    assert_non_null(at);
    char *line = xstrndup(at, strcspn(at, "\n"));
    free(picture);
    return line;
}

/* A25: they stop in the middle of a word, and come back to it: the same question, the same hands on the
 * keyboard, the cursor between the same two letters. */
static void test_exact_spot(void **state)
{
    (void)state;
    print_message("A25: coming back lands on the exact spot\n");
    static const enum who whose[] = {SERVICE_USER, PRACTITIONER};
    for (size_t i = 0; i < 2; i++) {
        struct stage *s = stage_seated("ladder.yaml");
        stage_go(s, "story");
        app_give_keyboard(s->app, whose[i]);
        stage_type(s, "The dog comes too");
        stage_keys(s, "Left Left Left");
        char *left_at = cursor_of(s);
        stage_keys(s, "Ctrl-Q");
        assert_true(s->over);
        stage_again(s, RECORD_WRITE);
        stage_keys(s, "Esc Left Right"); /* who is here; the notice goes with a key */
        char *back_at = cursor_of(s);
        assert_string_equal(left_at, back_at);
        stage_type(s, "X");
        assert_true(stage_shows(s, "The dog comes Xtoo"));
        assert_int_equal(app_keyboard(s->app), whose[i]);
        free(left_at);
        free(back_at);
        stage_free(s);
    }
}

/* ... and where nothing was half typed, to the question they were at. */
static void test_same_question(void **state)
{
    (void)state;
    struct stage *s = stage_seated("ladder.yaml");
    stage_go(s, "friends");
    app_give_keyboard(s->app, PRACTITIONER);
    stage_keys(s, "Ctrl-Q");
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Esc");
    assert_true(stage_shows(s, "How many friends are on your side?"));
    assert_int_equal(app_keyboard(s->app), PRACTITIONER);
    stage_free(s);
}

/* Who they are and where they sit is there to start from. */
static void test_people(void **state)
{
    (void)state;
    struct stage *s = following();
    stage_keys(s, "F4");
    assert_true(stage_shows(s, "Rae"));
    assert_true(stage_shows(s, "Sam"));
    stage_free(s);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_time),     cmocka_unit_test(test_distance),
        cmocka_unit_test(test_cycle),         cmocka_unit_test(test_exact_spot),
        cmocka_unit_test(test_same_question), cmocka_unit_test(test_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
