#include "check.h"

#include "base/mem.h"
#include "form/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *printed(struct diags *diags, const char *source)
{
    static char *text; /* not a local: gcc 12 takes what the stream writes there for its address */
    static size_t length;
    FILE *out = open_memstream(&text, &length);
    diags_print(diags, source, source ? strlen(source) : 0, out);
    fclose(out);
    return text;
}

static void expect(struct diags *diags, const char *source, const char *expected)
{
    char *got = printed(diags, source);
    assert_string_equal(got, expected);
    free(got);
}

static void test_order_and_levels(void **state)
{
    (void)state;
    struct diags diags;
    diags_init(&diags, "f.yaml");
    diags_add(&diags, DIAG_ERROR, 2, 3, 4, "word", "late");
    diags_add(&diags, DIAG_WARNING, 1, 1, 0, NULL, "early %d", 1);
    diags_add(&diags, DIAG_ERROR, 2, 3, 1, NULL, "later");
    diags_add(&diags, DIAG_ERROR, 0, 0, 0, NULL, "of the whole file");
    assert_int_equal(diags.errors, 3);
    assert_int_equal(diags.count, 4);
    expect(&diags, "one\r\nx worm y\n",
           "f.yaml: error: of the whole file\n"
           "f.yaml:1:1: warning: early 1\n    one\n    ^\n"
           "f.yaml:2:3: error: late\n    x worm y\n      ^~~~\n    did you mean \"word\"?\n"
           "f.yaml:2:3: error: later\n    x worm y\n      ^\n");
    expect(&diags, NULL,
           "f.yaml: error: of the whole file\nf.yaml:1:1: warning: early 1\n"
           "f.yaml:2:3: error: late\n    did you mean \"word\"?\nf.yaml:2:3: error: later\n");
    diags_release(&diags);
}

/* Columns are characters; the caret stands under what is shown for them, and nothing is shown raw. */
static void test_safe_and_wide(void **state)
{
    (void)state;
    struct diags diags;
    diags_init(&diags, "a\x1b.yaml");
    diags_add(&diags, DIAG_ERROR, 1, 3, 2, "\x1b[1m", "a \a bell");
    expect(&diags, "日\x1bŷŷx",
           "a⟨U+001B⟩.yaml:1:3: error: a ⟨U+0007⟩ bell\n    日⟨U+001B⟩ŷŷx\n              ^~\n"
           "    did you mean \"⟨U+001B⟩[1m\"?\n");
    diags_release(&diags);
}

static void test_long_line(void **state)
{
    (void)state;
    char line[1001];
    memset(line, 'x', 1000);
    line[1000] = '\0';
    memcpy(line + 500, "HERE", 4);
    struct diags diags;
    diags_init(&diags, "f");
    diags_add(&diags, DIAG_ERROR, 1, 501, 4, NULL, "m");
    char *got = printed(&diags, line);
    const char *shown = strstr(got, "HERE"), *caret = strchr(got, '^');
    assert_non_null(shown);
    assert_non_null(caret);
    /* both so far from their line's start, and no line longer than it should be */
    const char *second = strchr(got, '\n') + 1, *third = strchr(second, '\n') + 1;
    assert_int_equal(shown - second, caret - third);
    assert_true(third - second <= 4 + 100 + 1);
    assert_string_equal(caret, "^~~~\n");
    free(got);
    diags_release(&diags);
}

static void test_past_the_end(void **state)
{
    (void)state;
    struct diags diags;
    diags_init(&diags, "f");
    diags_add(&diags, DIAG_ERROR, 1, 9, 3, NULL, "a");
    diags_add(&diags, DIAG_ERROR, 7, 1, 3, NULL, "b");
    expect(&diags, "ab", "f:1:9: error: a\n    ab\n      ^\nf:7:1: error: b\n");
    diags_release(&diags);
}

static void test_bound(void **state)
{
    (void)state;
    struct diags diags;
    diags_init(&diags, "f");
    for (int i = 0; i < 1000; i++)
        diags_add(&diags, i % 2 ? DIAG_ERROR : DIAG_WARNING, 1, 1, 0, NULL, "%d", i);
    assert_int_equal(diags.count, 1000);
    assert_int_equal(diags.errors, 500);
    char *got = printed(&diags, NULL);
    assert_non_null(strstr(got, "f:1:1: error: 199\nf: and 800 more\n"));
    assert_null(strstr(got, ": 200\n"));
    free(got);
    diags_release(&diags);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_and_levels),
        cmocka_unit_test(test_safe_and_wide),
        cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_past_the_end),
        cmocka_unit_test(test_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
