/* A copy to take away, on the screen: which kind, where to, and the code. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "screen/stage.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct stage_size sizes[] = {{24, 80}, {30, 100}, {20, 50}};
enum { SIZES = sizeof sizes / sizeof *sizes };

static char folder[] = "/tmp/alongside-copy-XXXXXX";

static char *copy_at(const char *name)
{
    return path_join(folder, name);
}

static char *file(const char *name)
{
    char *path = copy_at(name), *cause = NULL;
    size_t length;
    char *text = path_read(path, 1 << 20, &length, &cause);
    if (!text)
        fail_msg("%s", cause);
    free(path);
    return text;
}

static const struct event *last(const struct stage *s)
{
    const struct record *record = session_record(s->session);
    return record_event(record, record_count(record) - 1);
}

static void test_copy(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    setenv("HOME", "/home/rae", 1);
    stage_keys(s, "F12");
    stage_check_sizes(s, "copy-kind", sizes, SIZES);
    stage_keys(s, "2");
    stage_check(s, "copy-place");
    /* Nothing is done before all is said. */
    stage_keys(s, "Esc");
    assert_int_equal(last(s)->kind, EVENT_SAT);
    setenv("HOME", folder, 1);
    stage_keys(s, "F12 2 Enter");
    assert_int_equal(last(s)->kind, EVENT_COPIED);
    assert_int_equal(last(s)->by, SERVICE_USER);
    assert_string_equal(event_text(last(s), "as"), "slip");
    stage_check_sizes(s, "copy-code", sizes, SIZES);
    /* The code on the screen is the one on the paper. */
    const char *code = session_receipt(s->session);
    char *paper = file("copy-K-014-1.txt"), spaced[64] = "";
    assert_non_null(strstr(paper, code));
    assert_non_null(strstr(paper, "Copy number 1\n"));
    free(paper);
    for (size_t i = 0; code[i]; i++) {
        char one[2] = {code[i], 0};
        strcat(spaced, code[i] == '-' ? "   " : one);
        strcat(spaced, code[i] == '-' ? "" : code[i + 1] ? " " : "");
    }
    assert_true(stage_shows(s, spaced));
    stage_keys(s, "Esc");
    /* The practitioner makes the next, in full; its file has the next number. */
    stage_keys(s, "Tab F12 1 Enter Esc");
    assert_int_equal(last(s)->by, PRACTITIONER);
    paper = file("copy-K-014-2.txt");
    assert_non_null(strstr(paper, "Copy number 2\n"));
    free(paper);
    /* B7: the paper for a case conference. */
    stage_keys(s, "F12 3 Ctrl-U");
    char *place = copy_at("conference.txt");
    stage_type(s, place);
    stage_keys(s, "Enter Esc");
    free(place);
    assert_string_equal(event_text(last(s), "as"), "conference");
    paper = file("conference.txt");
    assert_non_null(strstr(paper, "Copy for the case conference"));
    assert_non_null(strstr(paper, "What each asks of this meeting"));
    assert_non_null(strstr(paper, session_receipt(s->session)));
    free(paper);
    stage_free(s);
}

/* A name that is taken, a folder that is none: it is asked for again, and nothing is noted. */
static void test_place(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    setenv("HOME", folder, 1);
    stage_keys(s, "F12 1 Enter");
    assert_true(stage_shows(s, "is there already"));
    assert_int_equal(last(s)->kind, EVENT_SAT);
    stage_keys(s, "Esc");
    setenv("HOME", "/nowhere/at/all", 1);
    stage_keys(s, "F12 1 Enter");
    assert_true(stage_shows(s, "Nothing can be written"));
    assert_int_equal(last(s)->kind, EVENT_SAT);
    stage_free(s);
}

/* A record that can only be looked at has copies made of it too. */
static void test_only_looking(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    setenv("HOME", folder, 1);
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"copied\",\"as\":\"full\"}");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"copied\",\"as\":\"full\"}");
    stage_again(s, RECORD_READ); /* leaving has been written down */
    stage_keys(s, "F12 1 Enter");
    assert_true(stage_shows(s, "The copy is made. Its receipt code, over 5 entries:"));
    assert_true(stage_shows(s, "It is not noted in the record: it was opened for reading only."));
    char *paper = file("copy-K-014-3.txt");
    assert_non_null(strstr(paper, "This copy has no number"));
    assert_non_null(strstr(paper, session_receipt(s->session)));
    free(paper);
    assert_int_equal(last(s)->seq, 5);
    stage_free(s);
}

static void test_nothing_kept(void **state)
{
    (void)state;
    struct stage *s =
        stage_preview("form: p\nversion: 1\ntitle: P\nlanguages: [en]\nsections:\n- section: a\n"
                      "  title: A\n  questions:\n  - {name: t, type: text, label: T}\n");
    stage_keys(s, "F12");
    assert_true(stage_shows(s, "There is nothing kept to copy"));
    stage_free(s);
}

int main(void)
{
    mem_init();
    setlocale(LC_ALL, "");
    if (!mkdtemp(folder))
        return 99;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_only_looking),
        cmocka_unit_test(test_nothing_kept),
    };
    int failed = cmocka_run_group_tests_name("copy", tests, NULL, NULL);
    for (int i = 1; i <= 3; i++) {
        char *name = xasprintf("%s/copy-K-014-%d.txt", folder, i);
        unlink(name);
        free(name);
    }
    rmdir(folder);
    return failed;
}
