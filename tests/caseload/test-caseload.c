/* The caseload: where it is, what is in it, which record is meant; and the forms by name. */
#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/path.h"
#include "caseload/caseload.h"
#include "caseload/forms.h"
#include "session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/alongside-caseload-XXXXXX";

static const char yaml[] = "form: small\nversion: \"1\"\ntitle: A small form\nlanguages: [en]\nsections:\n"
                           "  - section: one\n    title: One\n    questions:\n"
                           "      - {name: home, type: range, min: 1, max: 5, label: Home}\n";

static char *in_folder(const char *name)
{
    return path_join(folder, name);
}

static struct form *small_form(void)
{
    struct diags diags;
    diags_init(&diags, "small");
    struct form *form = form_load("small", yaml, sizeof yaml - 1, &diags);
    assert_non_null(form);
    diags_release(&diags);
    return form;
}

static void do_text(struct session *s, const char *intent)
{
    char *cause = NULL;
    if (!session_do(s, json_loads(intent, 0, NULL), &cause))
        fail_msg("%s", cause);
}

/* Begin a record, at a time of its own. */
static void make(const char *where, const char *id, const char *ref, time_t at, bool differing)
{
    clock_fix(at);
    char *path = caseload_new_path(where, id), *cause = NULL;
    struct session *s = session_begin(path, id, ref, small_form(), &cause);
    if (!s)
        fail_msg("%s", cause);
    if (differing) {
        do_text(s, "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":4}");
        do_text(s, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":2}");
        do_text(s, "{\"by\":\"service_user\",\"event\":\"signed\",\"name\":\"Sam\"}");
        do_text(s, "{\"by\":\"practitioner\",\"event\":\"signed\",\"refused\":true}");
    }
    session_close(s);
    free(path);
    clock_fix(0);
}

static const char first_id[] = "01AAAAAAAAAAAAAAAAAAAAAAA1", second_id[] = "01AAAAAAAAAAAAAAAAAAAAAAA2",
                  third_id[] = "01BBBBBBBBBBBBBBBBBBBBBBBB";

static int begin(void **state)
{
    (void)state;
    char *cause = NULL;
    char *cases = in_folder("cases");
    assert_true(caseload_prepare(cases, &cause));
    make(cases, first_id, "K-014", 1700000000, true);
    make(cases, second_id, "K-014", 1700100000, false);
    make(cases, third_id, "", 1600000000, false);
    free(cases);
    return 0;
}

static void test_folder(void **state)
{
    (void)state;
    setenv("ALONGSIDE_CASELOAD", "/from/env", 1);
    setenv("XDG_DATA_HOME", "/data", 1);
    char *given = caseload_folder("/given", NULL), *env = caseload_folder(NULL, NULL);
    unsetenv("ALONGSIDE_CASELOAD");
    char *usual = caseload_folder(NULL, NULL);
    unsetenv("XDG_DATA_HOME");
    setenv("HOME", "/home/rae", 1);
    char *home = caseload_folder("", NULL);
    assert_string_equal(given, "/given");
    assert_string_equal(env, "/from/env");
    assert_string_equal(usual, "/data/alongside");
    assert_string_equal(home, "/home/rae/.local/share/alongside");
    free(given);
    free(env);
    free(usual);
    free(home);
}

static void refuses(bool done, char *cause, const char *words)
{
    assert_false(done);
    assert_non_null(cause);
    if (!strstr(cause, words))
        fail_msg("the cause is: %s", cause);
    free(cause);
}

static void test_prepare(void **state)
{
    (void)state;
    struct stat st;
    char *deep = in_folder("a/b"), *file = in_folder("file"), *under = in_folder("file/cases"), *cause = NULL;
    assert_true(caseload_prepare(deep, NULL));
    assert_int_equal(stat(deep, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_null(caseload_warning(deep));
    assert_int_equal(chmod(deep, 0755), 0);
    char *warning = caseload_warning(deep);
    assert_non_null(strstr(warning, "chmod 700"));
    free(warning);
    fclose(fopen(file, "w"));
    bool done = caseload_prepare(file, &cause);
    refuses(done, cause, "is not a folder");
    cause = NULL;
    done = caseload_prepare(under, &cause);
    refuses(done, cause, file);
    struct caseload caseload;
    cause = NULL;
    done = caseload_list(file, &caseload, &cause);
    refuses(done, cause, "is not a folder");
    if (geteuid() != 0) {
        cause = NULL;
        done = caseload_prepare("/", &cause);
        refuses(done, cause, "belongs to somebody else");
        chmod(deep, 0500);
        cause = NULL;
        done = caseload_prepare(deep, &cause);
        refuses(done, cause, "Nothing can be written");
    }
    free(deep);
    free(file);
    free(under);
}

static void test_list(void **state)
{
    (void)state;
    char *cases = in_folder("cases"), *cause = NULL;
    struct caseload caseload;
    assert_true(caseload_list(cases, &caseload, &cause));
    assert_int_equal(caseload.count, 3);
    const struct caseload_entry *e = caseload.entries;
    assert_string_equal(e[0].id, second_id);
    assert_string_equal(e[1].id, first_id);
    assert_string_equal(e[2].id, third_id);
    assert_string_equal(e[1].ref, "K-014");
    assert_string_equal(e[2].ref, "");
    assert_string_equal(e[1].form, "small");
    assert_string_equal(e[1].title, "A small form");
    assert_string_equal(e[1].begun, "2023-11-14T22:13:20Z");
    assert_int_equal(e[1].entries, 6); /* with the difference that the program noted */
    assert_int_equal(e[1].live, 1);
    assert_int_equal(e[0].live, 0);
    assert_true(e[1].signed_by[SERVICE_USER]);
    assert_false(e[1].signed_by[PRACTITIONER]); /* they said they will not */
    for (size_t i = 0; i < caseload.count; i++)
        assert_null(e[i].trouble);
    caseload_release(&caseload);
    char *nowhere = in_folder("nowhere");
    assert_true(caseload_list(nowhere, &caseload, &cause));
    assert_int_equal(caseload.count, 0);
    free(nowhere);
    free(cases);
}

static void write_file(const char *path, const char *text, size_t length)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, length, out), length);
    assert_int_equal(fclose(out), 0);
}

/* Broken files are listed with what is wrong, and stop nothing. */
static void test_trouble(void **state)
{
    (void)state;
    char *cases = in_folder("broken"), *cause = NULL, *path = caseload_new_path(cases, first_id);
    assert_true(caseload_prepare(cases, &cause));
    make(cases, first_id, "whole", 1700000000, true);
    size_t length;
    char *text = path_read(path, 1 << 20, &length, &cause);
    char *names[] = {path_join(cases, "torn.jsonl"),  path_join(cases, "damaged.jsonl"),
                     path_join(cases, "empty.jsonl"), path_join(cases, "other.jsonl"),
                     path_join(cases, "notes.txt"),   path_join(cases, ".jsonl")};
    write_file(names[0], text, length - 10);
    char *third = strchr(strchr(text, '\n') + 1, '\n') + 1;
    *strstr(third, "value") = 'w';
    write_file(names[1], text, length);
    write_file(names[2], "", 0);
    write_file(names[3], "{\"not\":\"ours\"}\n", 15);
    write_file(names[4], "x", 1);
    write_file(names[5], "x", 1);
    struct caseload caseload;
    assert_true(caseload_list(cases, &caseload, &cause));
    assert_int_equal(caseload.count, 5);
    int seen = 0;
    for (size_t i = 0; i < caseload.count; i++) {
        const struct caseload_entry *e = &caseload.entries[i];
        const char *base = path_base(e->path);
        if (strcmp(base, "torn.jsonl") == 0) {
            assert_string_equal(e->ref, "whole");
            assert_non_null(strstr(e->trouble, "not finished"));
            assert_int_equal(e->entries, 5);
        } else if (strcmp(base, "damaged.jsonl") == 0) {
            assert_non_null(strstr(e->trouble, "Damaged: line 3"));
            assert_int_equal(e->entries, 2);
        } else if (strcmp(base, "empty.jsonl") == 0 || strcmp(base, "other.jsonl") == 0) {
            assert_non_null(e->trouble);
            assert_string_equal(e->begun, "");
            assert_true(strcmp(e->id, "empty") == 0 || strcmp(e->id, "other") == 0);
        } else {
            assert_null(e->trouble);
        }
        seen++;
    }
    assert_int_equal(seen, 5);
    caseload_release(&caseload);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        free(names[i]);
    free(text);
    free(path);
    free(cases);
}

static void test_find(void **state)
{
    (void)state;
    char *cases = in_folder("cases");
    static const struct {
        const char *name, *id, *says; /* id: what is found, or NULL; says: the remark or the cause */
    } table[] = {
        {"K-014", second_id, "2 assessments have the reference"},
        {"01B", third_id, NULL},
        {"01bb", third_id, NULL},
        {"01AAAAAAAAAAAAAAAAAAAAAAA1", first_id, NULL},
        {"01A", NULL, "beginning of 2"},
        {"01AAAAAAAAAAAAAAAAAAAAAAA3", NULL, "no assessment"},
        {"K-015", NULL, "did you mean “K-014”"},
        {"k-014", NULL, "did you mean “K-014”"},
        {"zebra", NULL, "alongside list"},
        {"", NULL, "no assessment"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char *remark = NULL, *cause = NULL, *found = caseload_find(cases, table[i].name, &remark, &cause);
        char *path = table[i].id ? caseload_new_path(cases, table[i].id) : NULL;
        const char *said = found ? remark : cause;
        if (!found != !path || (found && strcmp(found, path) != 0))
            fail_msg("“%s” finds %s (%s)", table[i].name, found ? found : "nothing", said);
        if (!said != !table[i].says || (said && !strstr(said, table[i].says)))
            fail_msg("“%s” says: %s", table[i].name, said ? said : "nothing");
        free(path);
        free(remark);
        free(cause);
        free(found);
    }
    char *found = caseload_find(cases, "./not/there", NULL, NULL); /* a path is a path */
    assert_string_equal(found, "./not/there");
    free(found);
    char *nowhere = in_folder("nowhere"), *cause = NULL;
    found = caseload_find(nowhere, "K-014", NULL, &cause);
    refuses(found != NULL, cause, "none at all");
    free(nowhere);
    free(cases);
}

static void test_ref(void **state)
{
    (void)state;
    static const char *const good[] = {"K-014", "Sam B.", "äöü", "2026 review"};
    static const char *const bad[] = {"",
                                      "  ",
                                      "a/b",
                                      "-x",
                                      "a\x1b[2J",
                                      "a\nb",
                                      "\xff",
                                      "a\u202e!",
                                      "12345678901234567890123456789012345678901"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(caseload_ref_fits(good[i], NULL));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *cause = NULL;
        bool fits = caseload_ref_fits(bad[i], &cause);
        refuses(fits, cause, "reference");
    }
}

static void test_forms(void **state)
{
    (void)state;
    char *forms = in_folder("forms"), *cause = NULL;
    assert_true(path_make_folder(forms, NULL));
    char *small = path_join(forms, "small-form.yaml"), *other = path_join(forms, "other.yaml");
    write_file(small, yaml, sizeof yaml - 1);
    write_file(other, yaml, sizeof yaml - 1);
    setenv("ALONGSIDE_FORMS", forms, 1);
    char *found = forms_find("small-form", &cause);
    assert_string_equal(found, small);
    free(found);
    static const char *const paths[] = {"./x", "x.yaml", "x.yml", "-"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        found = forms_find(paths[i], NULL);
        assert_string_equal(found, paths[i]);
        free(found);
    }
    found = forms_find("smal-form", &cause);
    refuses(found != NULL, cause, "did you mean “small-form”");
    cause = NULL;
    found = forms_find("zebra", &cause);
    refuses(found != NULL, cause, "There is other or small-form");
    char **names = forms_list();
    assert_string_equal(names[0], "other");
    assert_string_equal(names[1], "small-form");
    assert_null(names[2]);
    forms_release(names);
    assert_null(forms_file("demo.jsonl"));
    unlink(small);
    unlink(other);
    cause = NULL;
    found = forms_find("zebra", &cause);
    refuses(found != NULL, cause, "Give a form's file");
    free(small);
    free(other);
    free(forms);
}

static int end(void **state)
{
    (void)state;
    char *command = xasprintf("rm -rf '%s'", folder);
    int status = system(command);
    free(command);
    return status;
}

int main(void)
{
    mem_init();
    if (!mkdtemp(folder))
        return 99;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folder),  cmocka_unit_test(test_prepare), cmocka_unit_test(test_list),
        cmocka_unit_test(test_trouble), cmocka_unit_test(test_find),    cmocka_unit_test(test_ref),
        cmocka_unit_test(test_forms),
    };
    return cmocka_run_group_tests_name("caseload", tests, begin, end);
}
