/* A caseload's settings: what is read, what is said of faults, and that alongside-settings(5) has each key.
 */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "caseload/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/test-settings-XXXXXX";

static void save(const char *text, size_t length)
{
    char *path = settings_path(folder);
    unlink(path);
    if (text) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_int_equal(fwrite(text, 1, length, file), length);
        assert_int_equal(fclose(file), 0);
    }
    free(path);
}

static void test_cases(void **state)
{
    (void)state;
    static const struct {
        const char *text; /* NULL: no file */
        int lock_after;
        bool paper;
        const char *trouble; /* words of it; NULL: none */
    } cases[] = {
        {NULL, 4, true, NULL},
        {"", 4, true, "settings.yaml"},
        {"lock_after: 1\n", 1, true, NULL},
        {"lock_after: 60\npaper_copy: no\n", 60, false, NULL},
        {"paper_copy: yes\n", 4, true, NULL},
        {"lock_after: 0\n", 4, true,
         "settings.yaml, line 1: \"lock_after\" is a whole number of minutes, from 1"},
        {"lock_after: 61\n", 4, true, "from 1 to 60"},
        {"lock_after: 2.5\n", 4, true, "whole number"},
        {"lock_after: soon\n", 4, true, "must be a number"},
        {"lock_after: 1e300\n", 4, true, "lock_after"},
        {"lock_after: [1]\n", 4, true, "lock_after"},
        {"lock_after:\n", 4, true, "Nothing stands after \"lock_after\""},
        {"lock_after: 3\nlock_after: 5\n", 3, true, "a second time"},
        {"lok_after: 3\npaper_copy: no\n", 4, false, "Did you mean \"lock_after\"?"},
        /* One that is not clear counts as no. */
        {"paper_copy: never\n", 4, false, "settings.yaml, line 1: \"paper_copy\" must be no or yes"},
        {"lock_after: 3\npaper_copy: [no]\n", 3, false, "line 2"},
        {"- lock_after\n", 4, true, "The settings are a set of keys"},
        {"lock_after: {\n", 4, true, "settings.yaml, line"},
        {"\033[2J: 3\n", 4, true, "settings.yaml"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct settings settings;
        char *trouble;
        save(cases[i].text, cases[i].text ? strlen(cases[i].text) : 0);
        settings_read(folder, &settings, &trouble);
        if (settings.lock_after != cases[i].lock_after || settings.paper_copy != cases[i].paper ||
            !trouble != !cases[i].trouble || (trouble && !strstr(trouble, cases[i].trouble)))
            fail_msg("%s: %d, %d, %s", cases[i].text, settings.lock_after, settings.paper_copy, trouble);
        char *why = settings_no_paper(folder);
        assert_int_equal(why == NULL, cases[i].paper);
        free(why);
        free(trouble);
    }
}

/* One that is no file, or has no end. */
static void test_unreadable(void **state)
{
    (void)state;
    struct settings settings;
    char *trouble, *path = settings_path(folder);
    save(NULL, 0);
    assert_int_equal(symlink(folder, path), 0);
    settings_read(folder, &settings, &trouble);
    assert_non_null(trouble);
    assert_int_equal(settings.lock_after, LOCK_AFTER_USUAL);
    free(trouble);
    size_t most = 5 * 1024 * 1024;
    char *text = xcalloc(1, most);
    memset(text, '#', most);
    save(text, most);
    settings_read(folder, &settings, &trouble);
    assert_non_null(trouble);
    free(trouble);
    free(text);
    unlink(path);
    free(path);
}

static void test_page(void **state)
{
    (void)state;
    const char *sources = getenv("srcdir");
    char *path = path_join(sources ? sources : ".", "man/alongside-settings.5"), *cause = NULL;
    size_t length;
    char *page = path_read(path, 1 << 20, &length, &cause);
    assert_non_null(page);
    for (const char *const *name = settings_names(); *name; name++) {
        char *item = xasprintf(".It Cm %s\n", *name);
        if (!strstr(page, item))
            fail_msg("the page lacks %s", *name);
        free(item);
    }
    /* And its example is one. */
    char *example = strstr(page, "indent\n") + strlen("indent\n");
    struct diags diags;
    struct settings settings;
    diags_init(&diags, "example");
    settings_load(example, (size_t)(strstr(example, ".Ed") - example), &settings, &diags);
    assert_int_equal(diags.count, 0);
    assert_int_equal(settings.lock_after, 2);
    assert_false(settings.paper_copy);
    diags_release(&diags);
    free(page);
    free(path);
}

int main(void)
{
    mem_init();
    if (!mkdtemp(folder))
        return 99;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_page),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    save(NULL, 0);
    rmdir(folder);
    return failed;
}
