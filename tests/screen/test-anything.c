/* Any keys at any sizes, 20,000 of them, always the same: no crash, the cursor is on the screen, and every
 * event that came of it is one the rules accept. */
#include "check.h"

#include "base/mem.h"
#include "screen/stage.h"

#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

enum { STEPS = 20000, SESSION_STEPS = 400 };

static uint32_t seed = 20261121;

/* The same on every machine. */
static uint32_t any(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

static const char *const keys[] = {
    "Up",     "Down",   "Left",   "Right",     "PageUp", "PageDown", "Home", "End", "Enter",  "Enter",
    "Enter",  "Tab",    "Esc",    "Esc",       "F1",     "F2",       "F3",   "F4",  "F5",     "F5",
    "F6",     "F6",     "F8",     "u",         "Ctrl-R", "Ctrl-Z",   "w",    "e",   "g",      "n",
    "N",      "c",      "s",      "r",         "d",      "o",        "/",    "t",   "a",      "é",
    "日",     "Space",  "0",      "1",         "2",      "3",        "4",    "5",   "7",      "9",
    "Ctrl-N", "Ctrl-L", "Ctrl-U", "Backspace", "Delete", "BackTab",  "?",    "x",   "Ctrl-W", "Enter",
    "m",      "l",      "k",      "a",         "x",      "F9",       "F9",
};

static void check_cursor(struct stage *s)
{
    int row, column;
    const struct canvas *c = app_draw(s->app);
    canvas_cursor_at(c, &row, &column);
    if (row >= 0 && row < canvas_rows(c) && column >= 0 && column < canvas_columns(c))
        return;
    char *text = canvas_text(c);
    print_error("%s", text);
    fail_msg("the cursor is at row %d, column %d", row, column);
}

static void any_step(struct stage *s)
{
    static const int sizes[][2] = {{24, 80}, {20, 48}, {30, 100}, {48, 160},
                                   {12, 40}, {5, 10},  {13, 81},  {60, 41}};
    uint32_t what = any(100);
    if (what == 0) {
        const int *size = sizes[any(sizeof sizes / sizeof *sizes)];
        stage_resize(s, size[0], size[1]);
    } else if (what == 1) {
        stage_resize(s, 1 + (int)any(60), 1 + (int)any(200));
    } else if (what == 2) {
        stage_click(s, (int)any((uint32_t)s->rows), (int)any((uint32_t)s->columns));
    } else if (what == 3) {
        const struct assessment *a = session_assessment(s->session);
        app_go(s->app, assessment_at(a, (int)any((uint32_t)assessment_count(a))));
    } else {
        stage_keys(s, keys[any(sizeof keys / sizeof *keys)]);
    }
}

/* Everything in the record follows from what stands before it. */
static void check_record(struct stage *s)
{
    struct assessment *again = assessment_new(session_form(s->session));
    size_t count = assessment_events(session_assessment(s->session));
    for (size_t i = 0; i < count; i++) {
        const struct event *event = assessment_event(session_assessment(s->session), i);
        char *cause = NULL;
        if (i > 0 && !assessment_follows(again, event, &cause))
            fail_msg("entry %ld: %s", event->seq, cause);
        assessment_fold(again, event);
    }
    assessment_free(again);
}

static void run(const char *form, int steps)
{
    for (int done = 0; done < steps; done += SESSION_STEPS) {
        struct stage *s = stage_seated(form);
        for (int i = 0; i < SESSION_STEPS && !s->over; i++) {
            any_step(s);
            if (!s->over)
                check_cursor(s);
        }
        check_record(s);
        stage_again(s, RECORD_WRITE);
        check_cursor(s);
        stage_free(s);
    }
}

static void test_all_kinds(void **state)
{
    (void)state;
    run("all.yaml", STEPS / 2);
}

static void test_whole_life(void **state)
{
    (void)state;
    run("whole-life.yaml", STEPS / 2);
}

static void test_lists(void **state)
{
    (void)state;
    run("lists.yaml", STEPS / 2);
}

static void test_nothing_asked(void **state)
{
    (void)state;
    run("nothing-asked.yaml", STEPS / 10);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    unsetenv("NO_COLOR");
    alarm(600);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_kinds),
        cmocka_unit_test(test_whole_life),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_nothing_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
