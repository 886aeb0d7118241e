/* What a supervisor wrote, on the screen: it stands in the opening of the next sitting, the practitioner
 * reads it with one key, the service user sees it and writes beside it; and what is learned is written beside
 * what is in front, or about a difference. */
#include "check.h"

#include "assessment/supervision.h"
#include "base/date.h"
#include "base/mem.h"
#include "screen/stage.h"
#include "session/supervise.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum { NEXT_DAY = 1795615320 + 24 * 60 * 60 }; /* a day after the stage's clock */

static const struct stage_size sizes[] = {{24, 80}, {20, 50}};

/* Rae and Sam differ; Pat Green writes twice; the next day they sit down again. */
static struct stage *next_day(void)
{
    struct stage *s = stage_seated("ladder.yaml");
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":7}");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":4}");
    char *cause = NULL;
    assert_true(session_comment(s->session, "d1", true, "Pat Green", "What would Sam call it?", &cause));
    assert_true(session_comment(s->session, NULL, false, "Pat Green", "You took time for this.", &cause));
    assert_true(session_hand_over(s->session, SUPERVISOR, "Pat Green", "Bea Lang", NULL, &cause));
    stage_keys(s, "q");
    clock_fix(NEXT_DAY);
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter");
    return s;
}

static void down_to(struct stage *s, int rows)
{
    for (int i = 0; i < rows; i++)
        stage_keys(s, "Down");
}

/* A2: it stands in the opening, word for word; one key says that it was read; the other sees it and writes.
 */
static void test_a2_opening(void **state)
{
    (void)state;
    struct stage *s = next_day();
    const struct assessment *a = session_assessment(s->session);

    assert_true(stage_shows(s, "The supervisor wrote 2 things that Rae has not read yet."));
    assert_true(stage_shows(s, "Bea Lang leads, since"));
    down_to(s, 2); /* the room, how they are */
    assert_true(stage_shows(s, "What would Sam call it?"));
    stage_check_sizes(s, "supervised-opening", sizes, 2);
    assert_int_equal(supervision_unacknowledged(a), 2);
    /* Sam has the keyboard, and cannot say it for Rae: the key passes it on. */
    stage_keys(s, "Enter");
    assert_int_equal(supervision_unacknowledged(a), 2);
    assert_int_equal(app_keyboard(s->app), PRACTITIONER);
    stage_keys(s, "Enter");
    assert_int_equal(supervision_unacknowledged(a), 1);
    /* Both may say something to it: Sam first. */
    stage_keys(s, "Enter");
    stage_type(s, "I call it a sofa");
    stage_keys(s, "Enter");
    const struct event *said = NULL;
    size_t count;
    struct comment *comments = supervision_comments(a, &count);
    assert_int_equal(count, 2);
    said = supervise_said(a, comments[0].seq, SERVICE_USER);
    assert_non_null(said);
    assert_string_equal(event_text(said, "text"), "I call it a sofa");
    /* With words it is read too. */
    stage_keys(s, "Down Down Down");
    stage_check_sizes(s, "supervised-said", sizes, 2);
    long seq = comments[1].seq;
    free(comments);
    char *cause = NULL;
    assert_true(supervise_say(s->session, seq, PRACTITIONER, "I will ask him", &cause));
    assert_int_equal(supervision_unacknowledged(a), 0);
    assert_string_equal(event_text(comment_acknowledged(a, seq), "text"), "I will ask him");
    /* Taken back it is not read. */
    assert_true(supervise_say(s->session, seq, PRACTITIONER, "", &cause));
    assert_int_equal(supervision_unacknowledged(a), 1);
    stage_free(s);
}

/* A2: what was not read in the opening stands in the timeline, and is read there with Enter. */
static void test_a2_timeline(void **state)
{
    (void)state;
    struct stage *s = next_day();
    const struct assessment *a = session_assessment(s->session);
    stage_keys(s, "Esc");
    assert_true(stage_shows(s, "Pat Green wrote about it"));
    stage_keys(s, "d");
    assert_true(stage_shows(s, "Pat Green wrote about it. Rae has not read it yet."));
    stage_keys(s, "q");
    app_give_keyboard(s->app, PRACTITIONER);
    stage_keys(s, "T Down Enter");
    stage_check_sizes(s, "supervised-moment", sizes, 2);
    assert_true(stage_shows(s, "I have read it"));
    stage_keys(s, "Enter");
    assert_int_equal(supervision_unacknowledged(a), 1);
    assert_true(stage_shows(s, "Rae has read it"));
    /* The service user has no such key, and a word of their own. */
    app_give_keyboard(s->app, SERVICE_USER);
    stage_keys(s, "Ctrl-L");
    assert_false(stage_shows(s, "I have read it"));
    assert_true(stage_shows(s, "Say something to it"));
    stage_free(s);
}

/* B28: the practitioner writes what they take from a difference; both see it. */
static void test_b28_reflection(void **state)
{
    (void)state;
    struct stage *s = next_day();
    const struct assessment *a = session_assessment(s->session);
    size_t count;
    stage_keys(s, "Esc");
    app_give_keyboard(s->app, PRACTITIONER);
    stage_keys(s, "b 6");
    stage_type(s, "I go by papers too much");
    stage_keys(s, "Enter");
    struct learned *learned = supervision_reflections(a, &count);
    assert_int_equal(count, 1);
    assert_string_equal(learned[0].disagreement->id, "d1");
    free(learned);
    assert_true(stage_shows(s, "Takes from it: I go by papers"));
    app_give_keyboard(s->app, SERVICE_USER);
    stage_keys(s, "Ctrl-L b");
    assert_false(stage_shows(s, "What I take from this")); /* it is the practitioner's work */
    assert_true(stage_shows(s, "What others can learn from this"));
    stage_keys(s, "6");
    stage_type(s, "Ask where I sleep");
    stage_keys(s, "Enter");
    learned = supervision_lessons(a, &count);
    assert_int_equal(count, 1);
    assert_int_equal(learned[0].by, SERVICE_USER);
    free(learned);
    /* From the list of differences too. */
    stage_keys(s, "d b 1");
    stage_type(s, "Look at the letter together");
    stage_keys(s, "Enter");
    free(supervision_lessons(a, &count));
    assert_int_equal(count, 2);
    stage_keys(s, "F2");
    assert_true(stage_shows(s, "Rae takes from it"));
    stage_check_sizes(s, "supervised-turns", sizes, 2);
    stage_free(s);
}

int main(void)
{
    mem_init();
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a2_opening),
        cmocka_unit_test(test_a2_timeline),
        cmocka_unit_test(test_b28_reflection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
