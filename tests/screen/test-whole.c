/* Every question of the forms that come with the program, as each of the two would see it on the smallest
 * console: all of its words are there, and no list goes on below the edge. */
#include "check.h"

#include "base/mem.h"
#include "screen/stage.h"
#include "session/walk.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int stops, differing; /* at least so many */
} forms[] = {{"whole-life.yaml", 170, 16},
             {"review.yaml", 80, 16},
             {"feedback.yaml", 17, 8},
             {"young-adult.yaml", 20, 8},
             {"exit.yaml", 20, 3}};
enum { FORMS = sizeof forms / sizeof *forms };

static void do_for(struct stage *s, int item, const char *event, const char *more)
{
    const struct assessment *a = session_assessment(s->session);
    enum who by = assessment_question(a, item)->asked_of == SERVICE_USER ? SERVICE_USER : PRACTITIONER;
    char *intent = xasprintf("{\"by\":\"%s\",\"event\":\"%s\",\"question\":\"%s\"%s}", who_names[by], event,
                             assessment_path(a, item), more);
    stage_do(s, intent);
    free(intent);
}

/* The form with one entry in each of its repeats, and words in its first question, on which others wait. */
static struct stage *opened(const char *name)
{
    struct stage *s = stage_seated(name);
    const struct assessment *a = session_assessment(s->session);
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        if (assessment_question(a, item)->type != TYPE_REPEAT)
            continue;
        do_for(s, item, "added", "");
        int first = assessment_entry(a, item, 0)->first;
        if (assessment_question(a, first)->type == TYPE_TEXT)
            do_for(s, first, assessment_question(a, first)->asked_of == TOGETHER ? "proposed" : "answered",
                   ",\"value\":\"Some words of ours\"");
    }
    return s;
}

/* 1 where something of the question in front is cut off; the screen is shown then. */
static int check_whole(struct stage *s, const char *when)
{
    static const char *const signs[] = {"...", "▼", "▲"};
    int cut = 0;
    char *screen = stage_screen(s);
    const char *name = assessment_path(session_assessment(s->session), app_question(s->app));
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
    int cut = 0;
    for (int f = 0; f < FORMS; f++) {
        struct stage *s = opened(forms[f].name);
        const struct assessment *a = session_assessment(s->session);
        int seen = 0;
        for (int place = 0; place < assessment_count(a); place++) {
            int item = assessment_at(a, place);
            enum question_type type = assessment_question(a, item)->type;
            if (type == TYPE_GROUP || type == TYPE_CALCULATE || type == TYPE_REPEAT)
                continue;
            app_go(s->app, item);
            app_give_keyboard(s->app, PRACTITIONER);
            cut += check_whole(s, "Rae answering");
            app_give_keyboard(s->app, SERVICE_USER);
            cut += check_whole(s, "Sam answering");
            seen++;
        }
        stage_free(s);
        if (seen < forms[f].stops)
            fail_msg("%s: only %d stops", forms[f].name, seen);
    }
    assert_int_equal(cut, 0);
}

/* The practitioner's answer at one end, the service user's at the other: "something else" wants words, and is
 * not it. */
static json_t *furthest(const struct question *q, enum who party)
{
    if (q->type == TYPE_RANGE)
        return json_integer((json_int_t)(party == PRACTITIONER ? q->scale->max : q->scale->min));
    size_t last = q->choices->count - 1;
    if (strcmp(q->choices->choices[last].name, "other") == 0)
        last--;
    return json_string(q->choices->choices[party == PRACTITIONER ? 0 : last].name);
}

/* The same where the two have picked what lies furthest apart. */
static void test_nor_where_they_differ(void **state)
{
    (void)state;
    int cut = 0;
    for (int f = 0; f < FORMS; f++) {
        struct stage *s = opened(forms[f].name);
        const struct assessment *a = session_assessment(s->session);
        int seen = 0;
        for (int place = 0; place < assessment_count(a); place++) {
            int item = assessment_at(a, place);
            const struct question *q = assessment_question(a, item);
            if (!question_is_compared(q) || (q->type != TYPE_RANGE && q->type != TYPE_SELECT_ONE) ||
                !assessment_shown(a, item))
                continue;
            for (int party = 0; party < PARTIES; party++) {
                json_t *value = furthest(q, (enum who)party);
                char *cause = NULL;
                if (!session_answer(s->session, (enum who)party, item, value, NULL, "", &cause))
                    fail_msg("%s: %s", q->name, cause);
            }
            app_go(s->app, item);
            cut += check_whole(s, "differing");
            seen++;
        }
        stage_free(s);
        if (seen < forms[f].differing)
            fail_msg("%s: only %d that differ", forms[f].name, seen);
    }
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
