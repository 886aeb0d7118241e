/* alongside show, export and verify, as they are run: what comes out where, and the exit status. */
#include "../report/kit.h"

#include "base/mem.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char id[] = "01JDKIT0000000000000000000";

/* What a run left behind. */
struct run {
    int status;
    char *out, *err;
};

/* Run the program with these arguments (by the shell), in the tests' folder as caseload. */
static struct run run(const char *arguments)
{
    char *out = kit_path("out"), *err = kit_path("err"), *caseload = kit_path("");
    char *command = xasprintf("ALONGSIDE_CASELOAD='%s' '%s' %s >'%s' 2>'%s' </dev/null", caseload,
                              getenv("ALONGSIDE"), arguments, out, err);
    int status = system(command);
    size_t length;
    struct run run = {WIFEXITED(status) ? WEXITSTATUS(status) : -1, kit_read(out, &length),
                      kit_read(err, &length)};
    free(command);
    free(caseload);
    free(out);
    free(err);
    return run;
}

static void run_release(struct run *run)
{
    free(run->out);
    free(run->err);
}

/* The arguments have %s for the record's path at most once. */
static void expect(const char *arguments, int status, const char *out, const char *err)
{
    char *record = xasprintf("%s.jsonl", id), *path = kit_path(record);
    char *all = xasprintf(arguments, path);
    struct run ran = run(all);
    bool right = ran.status == status && (*out ? strstr(ran.out, out) != NULL : !*ran.out) &&
                 (*err ? strstr(ran.err, err) != NULL : !*ran.err);
    if (!right)
        print_error("%s: %d\n%s\n%s\n", all, ran.status, ran.out, ran.err);
    assert_true(right);
    run_release(&ran);
    free(all);
    free(path);
    free(record);
}

static void test_told(void **state)
{
    (void)state;
    static const struct {
        const char *arguments;
        int status;
        const char *out, *err;
    } cases[] = {
        {"show %s", 0, "Rae moved to Sam's answer", ""},
        {"show K-014", 0, "Rae moved to Sam's answer", ""},
        {"show --at 5 %s", 0, "after 5 of 50 entries", ""},
        {"show --at 51 %s", 2, "", "there is no line 51"},
        {"show --at 0 %s", 2, "", "from 1"},
        {"show --at 1x %s", 2, "", "from 1"},
        {"show", 2, "", "say which record"},
        {"show K-999", 2, "", "K-999"},
        {"show --help", 0, "Usage: alongside show", ""},
        {"export %s", 0, "format: alongside-export/1", ""},
        {"export --format json K-014", 0, "\"format\": \"alongside-export/1\"", ""},
        {"export --format text %s", 0, "Every kind of question", ""},
        {"export --format yml %s", 2, "", "did you mean “yaml”"},
        {"export a b", 2, "", "one record at a time"},
        {"export --help", 0, "the same, for other programs", ""},
        {"verify %s", 0, ": 50 entries, nothing changed since they were written, every rule holds. Head ",
         ""},
        {"verify K-014", 0, "every rule holds", ""},
        {"verify", 2, "", "say which record"},
        {"verify /nowhere/at-all.jsonl", 2, "", "/nowhere"},
        {"verify --help", 0, "Usage: alongside verify", ""},
        {"verify --hepl", 2, "", "Try 'alongside verify --help'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(cases[i].arguments, cases[i].status, cases[i].out, cases[i].err);
}

static void test_output(void **state)
{
    (void)state;
    char *path = kit_path("made.json");
    char *first = xasprintf("export --output '%s' K-014", path);
    char *again = xasprintf("export --output '%s' --force --format yaml K-014", path);
    size_t length;
    expect(first, 0, "", "");
    char *text = kit_read(path, &length);
    assert_int_equal(text[0], '{'); /* by its name */
    free(text);
    expect(first, 2, "", "is there already");
    expect(again, 0, "", "");
    text = kit_read(path, &length);
    assert_memory_equal(text, "---\n", 4);
    free(text);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    free(first);
    free(again);
    free(path);
}

/* Standard output takes no more: said, and not taken for done. */
static void test_full(void **state)
{
    (void)state;
    static const char *const commands[] = {"export", "export --format json", "show"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char *caseload = kit_path(""), *err = kit_path("full");
        char *all = xasprintf("ALONGSIDE_CASELOAD='%s' '%s' %s K-014 >/dev/full 2>'%s'", caseload,
                              getenv("ALONGSIDE"), commands[i], err);
        int status = system(all);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 2);
        size_t length;
        char *said = kit_read(err, &length);
        assert_non_null(strstr(said, "No space left"));
        free(said);
        free(all);
        free(err);
        free(caseload);
    }
}

/* What does not hold is said with its line on standard output, with status 1. */
static void test_broken(void **state)
{
    (void)state;
    char *record = xasprintf("%s.jsonl", id), *from = kit_path(record), *to = kit_path("broken/broken.jsonl");
    char *folder = kit_path("broken");
    assert_int_equal(mkdir(folder, 0700), 0);
    char *verify = xasprintf("verify '%s'", to), *show = xasprintf("show '%s'", to);
    char *export = xasprintf("export '%s'", to), *both = xasprintf("verify '%s' '%s'", to, from);

    kit_forge(from, to, 7, "\"value\":2", "\"value\":3", false);
    expect(verify, 1, "broken.jsonl: line 7: its hash does not match.", "");
    expect(both, 1, "every rule holds", "");
    expect(show, 0, "This record is damaged: line 7", "");
    expect(export, 0, "damage: 'line 7: its hash does not match'", "The record is damaged");

    kit_forge(from, to, 11, "practitioner_moved", "service_user_moved", true);
    expect(verify, 1,
           "line 11: “resolved” cannot be here: by the rules its “outcome” is \"practitioner_moved\"", "");

    kit_forge(from, to, 6, "T10:04", "T09:04", true);
    expect(verify, 0, "every rule holds", "line 6: the clock went back here");

    kit_forge(from, to, 50, "\"paused\"", "\"mo\\u001b[31moned\"", true);
    expect(verify, 0, "every rule holds", "mo⟨U+001B⟩[31moned");

    kit_write(to, "no record\n", 10);
    expect(verify, 2, "", "is not a record that can be read");
    free(both);
    free(export);
    free(show);
    free(verify);
    free(folder);
    free(record);
    free(from);
    free(to);
}

static int begin(void **state)
{
    (void)state;
    char *record = xasprintf("%s.jsonl", id);
    session_close(kit_story(record));
    free(record);
    return 0;
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_told),
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_broken),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
