/* What the keys do at a question, and what must not be lost or seen. */
#include "check.h"

#include "base/mem.h"
#include "screen/stage.h"
#include "session/request.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *in_front(const struct stage *s)
{
    return assessment_path(session_assessment(s->session), app_question(s->app));
}

static long answered(const struct stage *s, const char *question, enum who who)
{
    const json_t *value = stage_answer(s, question, who)->value;
    return value ? (long)json_integer_value(value) : -1;
}

static void assert_text(const struct stage *s, const char *question, enum who who, const char *text)
{
    const char *value = json_string_value(stage_answer(s, question, who)->value);
    assert_non_null(value);
    assert_string_equal(value, text);
}

static void test_nothing_is_preselected(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    static const char *const questions[] = {"safe", "where", "mine", "hidden", "help"};
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        size_t events = assessment_events(session_assessment(s->session));
        stage_go(s, questions[i]);
        stage_keys(s, "Enter");
        assert_int_equal(assessment_events(session_assessment(s->session)), events);
    }
    stage_free(s);
}

static void test_needed_and_starting(void **state)
{
    static const char needed[] = "This one is needed, and “not sure” counts too.";
    (void)state;
    struct stage *s = stage_seated("starting.yaml");
    stage_go(s, "needed");
    assert_true(stage_shows(s, needed));
    stage_do(s,
             "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"needed\",\"value\":\"Cook\"}");
    assert_false(stage_shows(s, needed));
    stage_go(s, "ours");
    assert_true(stage_shows(s, needed));
    stage_go(s, "mine");
    assert_true(stage_shows(s, needed));
    stage_do(
        s, "{\"by\":\"service_user\",\"event\":\"declined\",\"question\":\"mine\",\"missing\":\"not_sure\"}");
    assert_false(stage_shows(s, needed));
    /* What stands there to start from is not said yet: Enter says it. */
    stage_go(s, "nights");
    assert_true(stage_shows(s, "[Enter]Save"));
    assert_false(stage_shows(s, "needed"));
    stage_keys(s, "Enter");
    assert_int_equal(answered(s, "nights", SERVICE_USER), 7);
    assert_true(stage_shows(s, "[Enter]Save"));
    /* Where letters are typed, the notice says how they are keys. */
    stage_go(s, "last");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Esc and then o: where you are."));
    stage_keys(s, "Esc o");
    assert_true(stage_shows(s, "Where we are"));
    stage_keys(s, "Esc Esc");
    /* Where no choice is on offer yet, that is said. */
    stage_go(s, "town");
    assert_true(stage_shows(s, "Nothing to pick from here yet."));
    stage_go(s, "county");
    stage_keys(s, "1 Enter");
    stage_go(s, "town");
    assert_true(stage_shows(s, "Dover"));
    assert_false(stage_shows(s, "Harlow"));
    assert_false(stage_shows(s, "Nothing to pick from"));
    stage_free(s);
}

static void test_digits_and_arrows(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "0 Enter");
    assert_int_equal(answered(s, "safe", SERVICE_USER), 10);
    assert_int_equal(app_keyboard(s->app), PRACTITIONER);
    stage_keys(s, "Down Down Enter");
    assert_int_equal(answered(s, "safe", PRACTITIONER), 4);
    stage_keys(s, "Esc Esc Tab");
    stage_go(s, "few");
    stage_keys(s, "0 Enter");
    assert_int_equal(answered(s, "few", PRACTITIONER), 0);
    /* Esc forgets what is picked. */
    stage_keys(s, "3 Esc Enter");
    assert_int_equal(answered(s, "few", SERVICE_USER), -1);
    stage_keys(s, "9");
    assert_true(stage_shows(s, "There is no answer 9 here."));
    stage_free(s);
}

static void test_passing(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "Tab");
    assert_int_equal(app_keyboard(s->app), PRACTITIONER);
    stage_keys(s, "BackTab");
    assert_int_equal(app_keyboard(s->app), SERVICE_USER);
    /* What is picked and not saved waits on its own side. */
    stage_keys(s, "7 Tab 4 Tab Enter");
    assert_int_equal(answered(s, "safe", SERVICE_USER), 7);
    stage_keys(s, "Enter");
    assert_int_equal(answered(s, "safe", PRACTITIONER), 4);
    stage_free(s);
}

static void test_enter_flow(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "8 Enter 3 Enter");
    assert_true(stage_shows(s, "Rae: why?"));
    stage_type(s, "The police came.");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Sam: why?"));
    stage_type(s, "They went away.");
    stage_keys(s, "Enter");
    assert_string_equal(stage_answer(s, "safe", PRACTITIONER)->because, "The police came.");
    assert_string_equal(stage_answer(s, "safe", SERVICE_USER)->because, "They went away.");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Talking it over"));
    stage_keys(s, "4 4 Enter F5 F6 Esc Esc");
    const struct disagreement *d =
        assessment_disagreement_about(session_assessment(s->session), stage_question(s, "safe"));
    assert_int_equal(d->state, STATE_RESOLVED);
    assert_int_equal(d->outcome, OUTCOME_BOTH_STAND);
    stage_keys(s, "Esc Enter");
    assert_string_equal(in_front(s), "line");
    stage_free(s);
}

static void test_words(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "line");
    /* Letters are words here, not keys: this has q, n, u, s, c, d and o in it. */
    stage_type(s, "queues, sound, 1 desk ?/");
    stage_keys(s, "Enter");
    assert_text(s, "line", SERVICE_USER, "queues, sound, 1 desk ?/");
    assert_int_equal(app_keyboard(s->app), PRACTITIONER);
    stage_keys(s, "Esc c");
    assert_true(assessment_come_back(session_assessment(s->session), stage_question(s, "line")));
    stage_keys(s, "Enter d o g s");
    assert_true(stage_shows(s, "dogs"));
    stage_keys(s, "Enter");
    assert_text(s, "line", PRACTITIONER, "dogs");
    /* Sam's words are still Sam's. */
    assert_text(s, "line", SERVICE_USER, "queues, sound, 1 desk ?/");
    stage_free(s);
}

static void test_drafts(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "line");
    stage_type(s, "Fork");
    stage_keys(s, "Tab");
    stage_type(s, "Ware");
    stage_go(s, "story");
    stage_type(s, "It is near my gi");
    stage_hang_up(s);
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter"); /* who is here: as last time */
    assert_string_equal(in_front(s), "story");
    assert_true(stage_shows(s, "It is near my gi"));
    assert_false(answer_given(stage_answer(s, "story", PRACTITIONER)));
    assert_false(answer_given(stage_answer(s, "line", SERVICE_USER)));
    stage_go(s, "line");
    assert_true(stage_shows(s, "Fork"));
    assert_true(stage_shows(s, "Ware"));
    stage_keys(s, "Enter");
    /* Saved is saved; the rest still waits. */
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter");
    stage_go(s, "story");
    assert_true(stage_shows(s, "It is near my gi"));
    stage_free(s);
}

static void test_draft_of_a_note(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "n");
    stage_type(s, "Ask about the ho");
    stage_hang_up(s);
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter"); /* who is here: as last time */
    assert_string_equal(in_front(s), "safe");
    stage_keys(s, "n");
    assert_true(stage_shows(s, "Ask about the ho"));
    assert_true(stage_shows(s, "These words were not saved yet."));
    stage_keys(s, "Esc");
    assert_true(stage_shows(s, "Ask about the ho")); /* one key takes nothing with it */
    assert_true(stage_shows(s, "Esc again: they go."));
    stage_type(s, "u");
    stage_keys(s, "Esc");
    assert_true(stage_shows(s, "Ask about the hou"));
    stage_keys(s, "Esc n");
    assert_false(stage_shows(s, "Ask about the ho")); /* given up */
    stage_free(s);
}

static void test_undo(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "few");
    stage_keys(s, "4 Enter 2 Enter");
    assert_int_equal(assessment_live(session_assessment(s->session)), 1);
    stage_go(s, "where");
    stage_keys(s, "u");
    assert_string_equal(in_front(s), "few"); /* where it can be seen */
    assert_int_equal(answered(s, "few", PRACTITIONER), -1);
    assert_int_equal(answered(s, "few", SERVICE_USER), 4);
    assert_int_equal(assessment_live(session_assessment(s->session)), 0);
    stage_keys(s, "Ctrl-R");
    assert_int_equal(answered(s, "few", PRACTITIONER), 2);
    assert_int_equal(assessment_live(session_assessment(s->session)), 1);
    /* Each their own. */
    stage_keys(s, "Tab Ctrl-Z");
    assert_int_equal(answered(s, "few", SERVICE_USER), -1);
    assert_int_equal(answered(s, "few", PRACTITIONER), 2);
    stage_free(s);
}

/* Every key that Sam might press for an answer that is hidden gives the very same screen, byte for byte. */
static void test_together_hides(void **state)
{
    (void)state;
    char *first[3] = {0};
    for (int digit = 0; digit <= 9; digit++) {
        struct stage *s = stage_seated("all.yaml");
        stage_go(s, "hidden");
        char key[] = {(char)('0' + digit), '\0'};
        char *seen[3];
        stage_keys(s, key);
        seen[0] = stage_picture(s);
        stage_keys(s, "Enter");
        seen[1] = stage_picture(s);
        /* Nor can it be tried out which it was. */
        stage_keys(s, "Tab 5");
        seen[2] = stage_picture(s);
        for (int i = 0; i < 3; i++) {
            if (!first[i])
                first[i] = xstrdup(seen[i]);
            assert_string_equal(seen[i], first[i]);
            free(seen[i]);
        }
        /* The lists do not tell either. */
        static const char *const lists[] = {"F2", "o", "d", "g"};
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
            static char *shown[4];
            stage_keys(s, lists[i]);
            char *list = stage_screen(s);
            if (digit == 0)
                shown[i] = xstrdup(list);
            assert_string_equal(list, shown[i]);
            if (digit == 9) {
                free(shown[i]);
                shown[i] = NULL;
            }
            free(list);
            stage_keys(s, "Esc");
        }
        stage_free(s);
    }
    for (int i = 0; i < 3; i++)
        free(first[i]);
}

static void test_together_hides_words(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "secret");
    stage_type(s, "The visit");
    assert_false(stage_shows(s, "visit"));
    stage_keys(s, "Enter");
    assert_false(stage_shows(s, "visit"));
    stage_type(s, "The gym");
    assert_false(stage_shows(s, "gym"));
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "The visit"));
    assert_true(stage_shows(s, "The gym"));
    stage_free(s);
}

static void test_seats(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\","
                "\"service_user\":\"Sam\"},\"seats\":{\"left\":\"service_user\"}}");
    stage_go(s, "goal");
    stage_type(s, "A door");
    stage_keys(s, "Enter F5");
    const struct proposal *p = assessment_together(session_assessment(s->session), stage_question(s, "goal"));
    assert_true(p->confirmed[SERVICE_USER]);
    assert_false(p->confirmed[PRACTITIONER]);
    stage_keys(s, "F6");
    assert_text(s, "goal", TOGETHER, "A door");
    stage_go(s, "few");
    stage_keys(s, "Tab Tab 3 Enter 5 Enter Enter 4 4 Enter F5");
    const struct disagreement *d =
        assessment_disagreement_about(session_assessment(s->session), stage_question(s, "few"));
    assert_true(d->proposal.confirmed[SERVICE_USER]);
    assert_false(d->proposal.confirmed[PRACTITIONER]);
    stage_free(s);
}

/* The question in front is shown to nobody any more. */
static void test_question_goes(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "help");
    stage_keys(s, "1 Enter");
    stage_go(s, "how");
    assert_string_equal(in_front(s), "how");
    stage_do(s,
             "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"help\",\"value\":[\"work\"]}");
    assert_true(stage_shows(s, "not asked any more"));
    assert_string_equal(in_front(s), "mine");
    stage_free(s);
}

/* Raised by hand: about words that are not compared, and about no question. */
static void test_raised(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "story");
    stage_type(s, "Near");
    stage_keys(s, "Enter");
    stage_type(s, "Far");
    stage_keys(s, "Enter Esc r 1 Enter");
    stage_type(s, "It is not near.");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Talking it over"));
    assert_true(stage_shows(s, "It is not near."));
    stage_keys(s, "4 Down Down Enter Esc Esc");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"raised\",\"because\":\"How we began today\"}");
    stage_keys(s, "Esc Esc d");
    assert_true(stage_shows(s, "How we began today"));
    stage_keys(s, "/");
    stage_type(s, "began");
    stage_keys(s, "Enter Enter");
    assert_true(stage_shows(s, "Rae: why do you see it like that?"));
    stage_keys(s, "4");
    assert_true(stage_shows(s, "What shall we write down?"));
    stage_keys(s, "1 Enter F5 F6 Esc Esc");
    const struct disagreement *d = assessment_disagreement(session_assessment(s->session), 1);
    assert_int_equal(d->state, STATE_RESOLVED);
    stage_free(s);
}

/* The line of a list that the cursor is on; the caller frees it. */
static char *line_at_cursor(struct stage *s)
{
    char *screen = stage_screen(s);
    const char *at = strstr(screen, "\n>");
    assert_non_null(at);
    char *line = xstrndup(at + 1, strcspn(at + 1, "\n"));
    free(screen);
    return line;
}

/* The cursor stands on what can be read: it passes over the rows between, down and up. */
static void test_no_empty_row(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    static const char *const ways[] = {"Down", "Up"};
    stage_keys(s, "F1");
    for (int way = 0; way < 2; way++) {
        for (int i = 0; i < 30; i++) {
            stage_keys(s, ways[way]);
            char *line = line_at_cursor(s);
            assert_true(strspn(line, "> ") < strlen(line));
            free(line);
        }
    }
    stage_free(s);
}

static void test_found_again(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "F1 /");
    stage_type(s, "the question");
    stage_keys(s, "Enter");
    char *first = line_at_cursor(s);
    assert_non_null(strstr(first, "the question"));
    stage_keys(s, "n");
    char *second = line_at_cursor(s);
    assert_non_null(strstr(second, "the question"));
    assert_string_not_equal(second, first);
    stage_keys(s, "N");
    char *back = line_at_cursor(s);
    assert_string_equal(back, first);
    free(first);
    free(second);
    free(back);
    stage_free(s);
}

static void test_read_only(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "few");
    stage_keys(s, "4 Enter 2 Enter");
    stage_again(s, RECORD_READ);
    size_t events = assessment_events(session_assessment(s->session));
    assert_true(stage_shows(s, "To read only"));
    stage_keys(
        s, "3 Enter w Esc e Esc n x Enter Esc c s 1 u Ctrl-R r x Enter Esc F5 F6 Esc F4 Enter Enter Enter "
           "Enter Enter Esc F8 S Enter Esc");
    stage_go(s, "line");
    stage_type(s, "x");
    stage_keys(s, "Enter");
    stage_go(s, "goal");
    stage_keys(s, "x Enter F5");
    assert_int_equal(assessment_events(session_assessment(s->session)), events);
    stage_keys(s, "Esc n");
    assert_true(stage_shows(s, "Nothing can be written here"));
    stage_free(s);
}

static void test_languages(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "F3");
    assert_true(stage_shows(s, "Pa mor ddiogel"));  /* Sam's side */
    assert_true(stage_shows(s, "How safe do you")); /* Rae's */
    stage_keys(s, "Tab F3");
    assert_false(stage_shows(s, "How safe do you"));
    stage_keys(s, "F3");
    assert_true(stage_shows(s, "How safe do you"));
    stage_free(s);
}

static void test_same_names(void **state)
{
    (void)state;
    struct stage *s = stage_new("all.yaml", "xterm-256color");
    stage_keys(s, "S a m Enter S a m Enter Enter Enter Enter");
    assert_true(stage_shows(s, "the same name"));
    stage_keys(s, "B Enter Enter Enter Enter Enter Esc");
    assert_true(stage_shows(s, "Each of us answers"));
    stage_free(s);
}

/* Too small to see what one does: then nothing is done. */
static void test_too_small(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "few");
    stage_resize(s, 5, 10);
    stage_keys(s, "4 Enter");
    assert_int_equal(answered(s, "few", SERVICE_USER), -1);
    stage_resize(s, 24, 80);
    stage_keys(s, "4 Enter");
    assert_int_equal(answered(s, "few", SERVICE_USER), 4);
    stage_go(s, "line");
    stage_type(s, "half a wo");
    stage_resize(s, 5, 10);
    stage_keys(s, "q");
    assert_true(s->over);
    stage_again(s, RECORD_WRITE);
    stage_resize(s, 24, 80);
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "half a wo"));
    stage_free(s);
}

/* Few bytes: lines can be slow, and every byte wakes a screen reader. */
static void test_bytes(void **state)
{
    (void)state;
    static const char *const types[] = {"linux", "xterm-256color"};
    for (size_t i = 0; i < 2; i++) {
        struct stage *s = stage_new("all.yaml", types[i]);
        stage_keys(s, "R Enter S Enter Enter Enter Enter Esc");
        stage_go(s, "safe");
        stage_keys(s, "5");
        static const char *const keys[] = {"Up", "Down", "Down", "3"};
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            free(stage_screen(s));
            terminal_bytes_sent(s->terminal);
            stage_keys(s, keys[k]);
            free(stage_screen(s));
            size_t sent = terminal_bytes_sent(s->terminal);
            if (sent == 0 || sent >= 200)
                print_error("# %s on %s: %zu bytes\n", keys[k], types[i], sent);
            assert_true(sent > 0 && sent < 200);
        }
        stage_free(s);
    }
}

/* Both sides look the same once both have said the same: the same size, and in each cell the same style, but
 * for their names' own and the line that the cursor is on. */
static void test_equal(void **state)
{
    (void)state;
    static const char *const questions[] = {"safe", "few", "where", "help", "told", "line", "long"};
    static const int sizes[][2] = {{24, 80}, {30, 100}, {48, 160}, {25, 81}};
    for (size_t q = 0; q < sizeof questions / sizeof *questions; q++) {
        struct stage *s = stage_seated("all.yaml");
        stage_go(s, questions[q]);
        if (strcmp(questions[q], "line") == 0)
            stage_keys(s, "a Enter a Enter");
        else
            stage_keys(s, "1 Enter 1 Enter");
        stage_keys(s, "Esc"); /* no side has the cursor now, where there is text */
        for (size_t i = 0; i < 4; i++) {
            int rows = sizes[i][0], columns = sizes[i][1];
            stage_resize(s, rows, columns);
            free(stage_screen(s));
            const struct canvas *c = app_draw(s->app);
            int right = columns;
            /* Where the right side begins: behind the second upright line. */
            for (int column = columns - 1; column > columns / 2; column--) {
                if (strcmp(canvas_cell(c, 6, column, NULL), "│") == 0) {
                    right = column + 1;
                    break;
                }
            }
            int width = columns - right;
            assert_true(strcmp(canvas_cell(c, 6, width, NULL), "│") == 0);
            for (int row = 5; row < rows - 4; row++) {
                for (int column = 1; column < width; column++) {
                    enum style left_style, right_style;
                    canvas_cell(c, row, column, &left_style);
                    canvas_cell(c, row, right + column, &right_style);
                    if (left_style == STYLE_FOCUS || right_style == STYLE_FOCUS || left_style == STYLE_LEFT ||
                        right_style == STYLE_RIGHT)
                        continue;
                    if (strcmp(questions[q], "long") != 0 && left_style != right_style)
                        fail_msg("%s %dx%d: row %d, column %d", questions[q], columns, rows, row, column);
                }
            }
        }
        stage_free(s);
    }
}

/* The keyboard went on by itself when the answer was saved, and the slip is seen then. */
static void test_undo_of_a_slip(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "few");
    stage_keys(s, "Tab 1 Enter"); /* the practitioner; then it is the service user's turn */
    stage_keys(s, "2 Enter");
    stage_go(s, "many");
    stage_keys(s, "7 Enter");
    assert_int_equal(app_keyboard(s->app), PRACTITIONER);
    stage_keys(s, "Esc u");
    assert_true(stage_shows(s, "Undo what?"));
    assert_true(stage_shows(s, "1  Sam's answer: How many cigarettes"));
    assert_true(stage_shows(s, "2  Rae's answer: How many nights"));
    stage_keys(s, "1");
    assert_true(stage_shows(s, "Undone: Sam's answer. Ctrl-R brings it back."));
    assert_int_equal(app_keyboard(s->app), SERVICE_USER);
    assert_int_equal(answered(s, "many", SERVICE_USER), -1);
    assert_int_equal(answered(s, "few", PRACTITIONER), 1);
    stage_keys(s, "Ctrl-R");
    assert_int_equal(answered(s, "many", SERVICE_USER), 7);
    /* Passed on by hand, it is one's own, and nothing is asked. */
    stage_keys(s, "Tab Esc u");
    assert_int_equal(answered(s, "few", PRACTITIONER), -1);
    assert_int_equal(answered(s, "many", SERVICE_USER), 7);
    /* A yes cannot be brought back, so nothing says that it can. */
    stage_go(s, "pick");
    stage_keys(s, "1 Enter F5");
    assert_true(stage_shows(s, "says yes. Now "));
    stage_keys(s, "u");
    assert_true(stage_shows(s, "'s yes."));
    assert_false(stage_shows(s, "Ctrl-R"));
    stage_free(s);
}

/* Where a reason is left out, it is the other's turn all the same, and both are asked, once. */
static void test_reason_left_out(void **state)
{
    static const char *const leave[] = {"Esc", "Enter"};
    (void)state;
    for (size_t i = 0; i < sizeof leave / sizeof *leave; i++) {
        struct stage *s = stage_seated("all.yaml");
        stage_go(s, "safe");
        stage_keys(s, "2 Enter 9 Enter");
        assert_true(stage_shows(s, "Rae: why?"));
        stage_keys(s, leave[i]);
        assert_true(stage_shows(s, "Sam: why?"));
        assert_int_equal(app_keyboard(s->app), SERVICE_USER);
        stage_keys(s, leave[i]);
        assert_false(stage_shows(s, "why?"));
        assert_true(stage_shows(s, "Enter: talk about it."));
        /* Asked for by oneself and left out, nothing happens. */
        stage_keys(s, "w");
        stage_keys(s, leave[i]);
        assert_int_equal(app_keyboard(s->app), SERVICE_USER);
        assert_false(stage_shows(s, "why?"));
        stage_keys(s, "w x Enter");
        assert_string_equal(stage_answer(s, "safe", SERVICE_USER)->because, "x");
        assert_true(stage_shows(s, "Rae: why?"));
        stage_free(s);
    }
}

/* A field that was emptied is an answer taken back; blanks are nothing. */
static void test_emptied(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "line");
    stage_keys(s, "Space Space Enter");
    assert_string_equal(in_front(s), "story");
    /* In an empty field the arrows lead on; in words they go along them. */
    stage_go(s, "line");
    stage_keys(s, "Right");
    assert_string_equal(in_front(s), "story");
    stage_keys(s, "Left Left");
    assert_string_equal(in_front(s), "safe");
    stage_go(s, "line");
    stage_type(s, "x");
    stage_keys(s, "Right Left Right");
    assert_string_equal(in_front(s), "line");
    stage_keys(s, "Enter Tab Backspace Enter");
    assert_null(stage_answer(s, "line", SERVICE_USER)->value);
    assert_true(stage_shows(s, "Sam has no answer here now."));
    stage_keys(s, "Ctrl-Z");
    assert_text(s, "line", SERVICE_USER, "x");
    stage_free(s);
}

static void test_finding(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "/ Enter");
    assert_string_equal(in_front(s), "safe");
    stage_keys(s, "/");
    assert_true(stage_shows(s, "[Enter]Find [Esc]Back"));
    stage_type(s, "week");
    stage_keys(s, "Enter");
    assert_string_equal(in_front(s), "few");
    assert_true(stage_shows(s, "/ and Enter: the next one with “week”."));
    stage_keys(s, "Esc / Enter");
    assert_string_equal(in_front(s), "many");
    stage_keys(s, "Esc /");
    stage_type(s, "cigarettes");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Only this question has “cigarettes” in it."));
    stage_free(s);
}

/* What does not show yet is heard all the same, and said so. */
static void test_heard_unseen(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "hidden");
    assert_true(stage_shows(s, "Neither answer shows until both are in."));
    stage_keys(s, "4");
    assert_true(stage_shows(s, "Got it. It does not show until both are in. Enter saves it."));
    stage_go(s, "secret");
    stage_type(s, "no");
    assert_true(stage_shows(s, "(typed; it does not show yet)"));
    stage_free(s);
}

/* Nothing lies there to say yes to. */
static void test_yes_before_picking(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "safe");
    stage_keys(s, "2 Enter 9 Enter Esc Esc t F5");
    assert_true(stage_shows(s, "First pick one of these. Then both say yes to it."));
    stage_free(s);
}

/* A record made by hand may take back what is not there yet, or itself: F2 comes to an end all the same. */
static void test_undone_by_hand(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "rate");
    struct record *record = session_record(s->session);
    json_t *line = json_pack("{s:s, s:s, s:I}", "by", who_names[PRACTITIONER], "event", "undone", "of",
                             (json_int_t)record_count(record) + 1);
    assert_int_equal(record_append(record, line, NULL), RECORD_SAVED);
    json_decref(line);
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Enter");
    stage_go(s, "rate");
    stage_keys(s, "F2");
    assert_true(stage_shows(s, "All that is kept about it"));
    stage_free(s);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    unsetenv("NO_COLOR");
    alarm(300);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_preselected),
        cmocka_unit_test(test_digits_and_arrows),
        cmocka_unit_test(test_passing),
        cmocka_unit_test(test_enter_flow),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_drafts),
        cmocka_unit_test(test_draft_of_a_note),
        cmocka_unit_test(test_undo),
        cmocka_unit_test(test_undone_by_hand),
        cmocka_unit_test(test_together_hides),
        cmocka_unit_test(test_together_hides_words),
        cmocka_unit_test(test_seats),
        cmocka_unit_test(test_question_goes),
        cmocka_unit_test(test_raised),
        cmocka_unit_test(test_no_empty_row),
        cmocka_unit_test(test_found_again),
        cmocka_unit_test(test_read_only),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_same_names),
        cmocka_unit_test(test_too_small),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_equal),
        cmocka_unit_test(test_needed_and_starting),
        cmocka_unit_test(test_undo_of_a_slip),
        cmocka_unit_test(test_reason_left_out),
        cmocka_unit_test(test_emptied),
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_yes_before_picking),
        cmocka_unit_test(test_heard_unseen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
