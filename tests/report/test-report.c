/* The table of formats, and a report as a file: all of it or nothing. */
#include "kit.h"

#include "base/mem.h"
#include "report/report.h"

#include "check.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_formats(void **state)
{
    (void)state;
    char *cause = NULL;
    assert_string_equal(report_format_named("json", &cause)->name, "json");
    assert_null(cause);
    assert_null(report_format_named("jsn", &cause));
    assert_non_null(strstr(cause, "did you mean “json”?"));
    free(cause);
    assert_null(report_format_named("spreadsheet", &cause));
    assert_non_null(strstr(cause, "yaml, json or text"));
    free(cause);
    assert_string_equal(report_format_of_file("a.b/c.YAML")->name, "yaml");
    assert_string_equal(report_format_of_file("c.txt")->name, "text");
    assert_null(report_format_of_file("json"));
    assert_null(report_format_of_file("a.json/c"));
}

/* A folder of its own for each test, and how many names are in it. */
static char *folder(const char *name)
{
    char *path = kit_path(name);
    assert_int_equal(mkdir(path, 0700), 0);
    return path;
}

static int names_in(const char *path)
{
    DIR *dir = opendir(path);
    assert_non_null(dir);
    int names = 0;
    while (readdir(dir))
        names++;
    closedir(dir);
    return names - 2; /* . and .. */
}

static void assert_content(const char *path, const char *content)
{
    size_t length;
    char *text = kit_read(path, &length);
    assert_string_equal(text, content);
    free(text);
}

static void test_save(void **state)
{
    (void)state;
    const struct report_format *format = report_format_named("json", NULL);
    struct session *s = kit_story("save.jsonl");
    char *in = folder("save"), *path = xasprintf("%s/a.json", in), *cause = NULL;
    char *whole = kit_written(s, format->write);
    assert_true(report_save(format, s, path, false, &cause));
    assert_content(path, whole);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(names_in(in), 1);

    /* Never over what is there, unless told to. */
    kit_write(path, "mine", 4);
    assert_false(report_save(format, s, path, false, &cause));
    assert_non_null(strstr(cause, "is there already and was left as it is"));
    free(cause);
    assert_content(path, "mine");
    assert_true(report_save(format, s, path, true, NULL));
    assert_content(path, whole);
    assert_int_equal(names_in(in), 1);
    free(whole);
    free(path);
    free(in);
    session_close(s);
}

/* A link is not followed: it is in the way, or itself replaced. */
static void test_links(void **state)
{
    (void)state;
    const struct report_format *format = report_format_named("yaml", NULL);
    struct session *s = kit_story("links.jsonl");
    char *in = folder("links"), *path = xasprintf("%s/link", in), *target = kit_path("target"), *cause = NULL;
    kit_write(target, "mine", 4);
    assert_int_equal(symlink(target, path), 0);
    assert_false(report_save(format, s, path, false, &cause));
    free(cause);
    assert_true(report_save(format, s, path, true, NULL));
    assert_content(target, "mine");
    struct stat st;
    assert_int_equal(lstat(path, &st), 0);
    assert_true(S_ISREG(st.st_mode));
    /* Nor one that leads nowhere. */
    unlink(path);
    assert_int_equal(symlink("nowhere", path), 0);
    assert_false(report_save(format, s, path, false, &cause));
    free(cause);
    free(target);
    free(path);
    free(in);
    session_close(s);
}

static void test_cannot(void **state)
{
    (void)state;
    const struct report_format *format = report_format_named("json", NULL);
    struct session *s = kit_story("cannot.jsonl");
    char *in = folder("cannot"), *path = xasprintf("%s/no/a.json", in), *cause = NULL;
    assert_false(report_save(format, s, path, false, &cause));
    assert_non_null(strstr(cause, "Nothing can be written in the folder"));
    free(cause);
    assert_false(report_save(format, s, in, true, &cause));
    assert_non_null(strstr(cause, "is a folder"));
    free(cause);
    free(path);
    free(in);
    session_close(s);
}

/* No room: nothing is left behind, and what was there stays. */
static void test_no_room(void **state)
{
    (void)state;
    const struct report_format *format = report_format_named("json", NULL);
    struct session *s = kit_story("room.jsonl");
    char *in = folder("room"), *path = xasprintf("%s/a.json", in), *cause = NULL;
    kit_write(path, "mine", 4);
    struct rlimit before, little;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = before;
    little.rlim_cur = 1000;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    bool saved = report_save(format, s, path, true, &cause);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_false(saved);
    assert_non_null(strstr(cause, "was not made"));
    assert_non_null(strstr(cause, "File too large"));
    free(cause);
    assert_content(path, "mine");
    assert_int_equal(names_in(in), 1);
    free(path);
    free(in);
    session_close(s);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats), cmocka_unit_test(test_save),    cmocka_unit_test(test_links),
        cmocka_unit_test(test_cannot),  cmocka_unit_test(test_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
