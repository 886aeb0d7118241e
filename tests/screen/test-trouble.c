/* What the people see when the disk is full or lies. */
#include "check.h"

#include "record/faults.h"
#include "screen/stage.h"

#include "base/mem.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Press a key while a system call fails: typed before that, as the keyboard is no part of it. */
static void press_failing(struct stage *s, const char *key, char call, int error)
{
    terminal_type_keys(s->terminal, key);
    faults_begin((struct fault){.call = call, .nth = 1, .error = error, .all = true});
    app_step(s->app, -1);
    assert_true(faults_end());
}

/* A disk that says it cannot keep what it took: it is said on each screen from then on, and stays said. */
static void test_sync_fails(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "few");
    stage_keys(s, "4");
    press_failing(s, "Enter", 'd', EIO);
    static const char *const keys[] = {"Down", "o", "Esc", "F1", "Esc", "s", "Esc", "n"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        stage_keys(s, keys[i]);
        const char *trouble = session_trouble(s->session);
        assert_non_null(trouble);
        char first[24] = "";
        strncat(first, trouble, sizeof first - 1);
        assert_true(stage_shows(s, "NOT SAVED"));
        assert_true(stage_shows(s, first));
    }
    /* It counts all the same: they can go on. */
    assert_non_null(stage_answer(s, "few", SERVICE_USER)->value);
    stage_free(s);
}

/* No room: nothing has changed, the words are still there, and Enter saves them once there is room. */
static void test_disk_full(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "line");
    stage_type(s, "driver");
    press_failing(s, "Enter", 'w', ENOSPC);
    assert_null(stage_answer(s, "line", SERVICE_USER)->value);
    assert_true(stage_shows(s, "driver"));
    assert_int_equal(app_keyboard(s->app), SERVICE_USER);
    stage_keys(s, "Enter");
    assert_string_equal(json_string_value(stage_answer(s, "line", SERVICE_USER)->value), "driver");
    /* The same for words in a box. */
    stage_keys(s, "Esc n");
    stage_type(s, "ring");
    press_failing(s, "Enter", 'w', ENOSPC);
    stage_keys(s, "n");
    assert_true(stage_shows(s, "ring"));
    stage_free(s);
}

/* The disk has failed: F10 saves all of it to another place, and leaving asks for one first. */
static void test_rescue(void **state)
{
    (void)state;
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "few");
    stage_keys(s, "4");
    press_failing(s, "Enter", 'd', EIO);
    assert_true(stage_shows(s, "[F10]Save elsewhere"));
    stage_keys(s, "q");
    assert_true(stage_shows(s, "on another disk"));
    stage_type(s, "/nowhere/at/all");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "/nowhere"));
    assert_non_null(session_trouble(s->session));
    stage_keys(s, "Esc F10");
    char *place = xasprintf("%s.elsewhere", record_path(session_record(s->session)));
    stage_type(s, place);
    stage_keys(s, "Enter");
    assert_null(session_trouble(s->session));
    assert_true(stage_shows(s, "Saved"));
    char *cause = NULL;
    struct session *copy = session_open(place, RECORD_READ, &cause);
    assert_non_null(copy);
    assert_int_equal(record_count(session_record(copy)), record_count(session_record(s->session)));
    session_close(copy);
    unlink(place);
    free(place);
    stage_free(s);
}

/* What is in memory only is locked too, and cannot be left for good before it is saved. */
static void test_locked(void **state)
{
    (void)state;
    stage_sealed_under("six plain words");
    struct stage *s = stage_seated("all.yaml");
    stage_go(s, "few");
    stage_keys(s, "4");
    press_failing(s, "Enter", 'd', EIO);
    stage_keys(s, "F9");
    assert_true(stage_shows(s, "Not all is saved yet:"));
    assert_false(stage_shows(s, "Your answers are saved"));
    assert_false(stage_shows(s, "Ctrl-Q"));
    stage_keys(s, "Ctrl-Q q F10");
    assert_false(s->over);
    stage_keys(s, "Ctrl-U");
    stage_type(s, "six plain words");
    stage_keys(s, "Enter F10");
    assert_true(stage_shows(s, "NOT SAVED"));
    assert_non_null(stage_answer(s, "few", SERVICE_USER)->value);
    char *folder = xasprintf("%s.d", record_path(session_record(s->session)));
    char *place = xasprintf("%s/r", folder), *key = xasprintf("%s/alongside.key", folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    stage_type(s, place);
    stage_keys(s, "Enter");
    assert_null(session_trouble(s->session));
    /* It lies in another folder now, with its key file. */
    stage_keys(s, "F9");
    assert_true(stage_shows(s, "Your answers are saved and hidden."));
    stage_type(s, "six plain words");
    stage_keys(s, "Enter");
    assert_false(stage_shows(s, "Alongside is locked."));
    stage_sealed_under(NULL);
    char *draft = xasprintf("%s.draft", place);
    stage_free(s);
    unlink(draft);
    unlink(place);
    unlink(key);
    rmdir(folder);
    free(draft);
    free(place);
    free(key);
    free(folder);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    alarm(300);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sync_fails),
        cmocka_unit_test(test_disk_full),
        cmocka_unit_test(test_rescue),
        cmocka_unit_test(test_locked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
