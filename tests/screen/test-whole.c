/* Every question of the form that comes with the program, as each of the two would see it on the smallest
 * console: all of its words are there, and no list goes on below the edge. */
#include "check.h"

#include "base/mem.h"
#include "screen/stage.h"
#include "session/walk.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* 1 where something of the question in front is cut off; the screen is shown then. */
static int check_whole(struct stage *s, const char *when)
{
    static const char *const signs[] = {"...", "▼", "▲"};
    const struct form *form = session_form(s->session);
    int cut = 0;
    char *screen = stage_screen(s);
    const char *name = form->questions[app_question(s->app)].name;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!strstr(screen, signs[i]))
            continue;
        print_error("# %s, %s: “%s”\n%s\n", name, when, signs[i], screen);
        cut++;
        break;
    }
    free(screen);
    return cut;
}

/* Each stop as it is with nothing said, with the keyboard on either side. Whatever opens others is opened. */
static void test_nothing_is_cut_off(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    const struct form *form = session_form(s->session);
    int cut = 0, seen = 0;
    for (int i = 0; i < (int)form->count; i++) {
        if (form->questions[i].type == TYPE_GROUP || form->questions[i].type == TYPE_CALCULATE)
            continue;
        app_go(s->app, i);
        app_give_keyboard(s->app, PRACTITIONER);
        cut += check_whole(s, "Rae answering");
        app_give_keyboard(s->app, SERVICE_USER);
        cut += check_whole(s, "Sam answering");
        seen++;
    }
    stage_free(s);
    assert_true(seen > 100);
    assert_int_equal(cut, 0);
}

/* The same where the two have picked what lies furthest apart. */
static void test_nor_where_they_differ(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    const struct form *form = session_form(s->session);
    int cut = 0, seen = 0;
    for (int i = 0; i < (int)form->count; i++) {
        const struct question *q = &form->questions[i];
        if (!question_is_compared(q) || (q->type != TYPE_RANGE && q->type != TYPE_SELECT_ONE) ||
            !assessment_shown(session_assessment(s->session), i))
            continue;
        for (int party = 0; party < PARTIES; party++) {
            json_t *value =
                q->type == TYPE_RANGE
                    ? json_integer((json_int_t)(party == PRACTITIONER ? q->scale->max : q->scale->min))
                    : json_string(
                          q->choices->choices[party == PRACTITIONER ? 0 : q->choices->count - 1].name);
            char *cause = NULL;
            if (!session_answer(s->session, (enum who)party, i, value, NULL, "", &cause))
                fail_msg("%s: %s", q->name, cause);
        }
        app_go(s->app, i);
        cut += check_whole(s, "differing");
        seen++;
    }
    stage_free(s);
    assert_true(seen >= 16);
    assert_int_equal(cut, 0);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    unsetenv("NO_COLOR");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_cut_off),
        cmocka_unit_test(test_nor_where_they_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
