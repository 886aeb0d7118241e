#include "check.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "screen/canvas.h"

#include <stdlib.h>
#include <string.h>

static void shows(const struct canvas *c, const char *expected)
{
    char *text = canvas_text(c);
    assert_string_equal(text, expected);
    free(text);
}

static void test_put(void **state)
{
    (void)state;
    static const struct {
        int column;
        const char *text;
        int written;
        const char *expected;
    } cases[] = {
        {0, "hello", 5, "hello\n"},
        {2, "hello", 5, "  hello\n"},
        {5, "hello", 3, "     hel\n"},
        {8, "hello", 0, "\n"},
        {-2, "hello", 3, "llo\n"},
        {0, "tŷ bach", 7, "tŷ bach\n"},
        {0, "日本語", 6, "日本語\n"},
        {3, "日本語", 4, "   日本\n"},
        {5, "日本語", 2, "     日\n"},
        {0, "cafe\xcc\x81", 4, "cafe\xcc\x81\n"},
        {0, "\xcc\x81x", 8, "⟨U+0301⟩\n"},
        {0, "\033[31m", 8, "⟨U+001B⟩\n"},
        {0, "a\nb", 8, "a⟨U+000A\n"},
        {0, "\xff", 4, "⟨FF⟩\n"},
        {0, "\xe2\x80\xae", 8, "⟨U+202E⟩\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct canvas *c = canvas_new(1, 8);
        assert_int_equal(canvas_put(c, 0, cases[i].column, STYLE_PLAIN, cases[i].text), cases[i].written);
        shows(c, cases[i].expected);
        canvas_free(c);
    }
}

static void test_outside(void **state)
{
    (void)state;
    struct canvas *c = canvas_new(2, 3);
    assert_int_equal(canvas_put(c, -1, 0, STYLE_PLAIN, "x"), 0);
    assert_int_equal(canvas_put(c, 2, 0, STYLE_PLAIN, "x"), 0);
    assert_int_equal(canvas_put_in(c, 0, 0, -1, STYLE_PLAIN, "x"), 0);
    assert_int_equal(canvas_put_short(c, 0, 7, 4, STYLE_PLAIN, "much too long"), 0);
    canvas_fill(c, 1, 2, 5, STYLE_PLAIN, "─");
    canvas_fill(c, 5, 0, 5, STYLE_PLAIN, "─");
    canvas_down(c, -3, 0, 9, STYLE_PLAIN, "│");
    canvas_restyle(c, 1, -5, 50, STYLE_FOCUS);
    canvas_restyle(c, 9, 0, 3, STYLE_FOCUS);
    shows(c, "│\n│ ─\n");
    assert_string_equal(canvas_cell(c, 9, 9, NULL), " ");
    canvas_reset(c, 0, 0);
    canvas_put(c, 0, 0, STYLE_PLAIN, "x");
    shows(c, "");
    canvas_reset(c, -1, 5);
    assert_int_equal(canvas_rows(c), 0);
    canvas_free(c);
}

/* Writing over half of a wide character leaves no other half. */
static void test_wide(void **state)
{
    (void)state;
    struct canvas *c = canvas_new(1, 8);
    enum style style;
    canvas_put(c, 0, 1, STYLE_LEFT, "日本");
    assert_string_equal(canvas_cell(c, 0, 1, &style), "日");
    assert_int_equal(style, STYLE_LEFT);
    assert_string_equal(canvas_cell(c, 0, 2, &style), "");
    assert_int_equal(style, STYLE_LEFT);
    canvas_put(c, 0, 2, STYLE_PLAIN, "x");
    shows(c, "  x本\n");
    canvas_put(c, 0, 3, STYLE_PLAIN, "y");
    shows(c, "  xy\n");
    canvas_put(c, 0, 1, STYLE_PLAIN, "日本");
    canvas_put(c, 0, 2, STYLE_PLAIN, "語");
    shows(c, "  語\n");
    canvas_restyle(c, 0, 3, 1, STYLE_FOCUS);
    canvas_cell(c, 0, 2, &style);
    assert_int_equal(style, STYLE_FOCUS);
    canvas_put(c, 0, 6, STYLE_PLAIN, "日");
    canvas_restyle(c, 0, 6, 1, STYLE_FOCUS);
    canvas_cell(c, 0, 7, &style);
    assert_int_equal(style, STYLE_FOCUS);
    canvas_free(c);
}

/* A cluster longer than a cell keeps whole characters. */
static void test_long_cluster(void **state)
{
    (void)state;
    char text[64] = "e";
    for (int i = 0; i < 10; i++)
        strcat(text, "\xe2\x83\x90"); /* an arrow above */
    struct canvas *c = canvas_new(1, 4);
    assert_int_equal(canvas_put(c, 0, 0, STYLE_PLAIN, text), 1);
    const char *cell = canvas_cell(c, 0, 0, NULL);
    assert_int_equal(strlen(cell), 22);
    assert_true(utf8_valid(cell, strlen(cell)));
    assert_memory_equal(cell, text, 22);
    canvas_free(c);
}

static void test_fitting(void **state)
{
    (void)state;
    struct canvas *c = canvas_new(6, 12);
    assert_int_equal(canvas_put_in(c, 0, 0, 4, STYLE_PLAIN, "in four"), 4);
    assert_int_equal(canvas_put_short(c, 1, 0, 8, STYLE_PLAIN, "much too long"), 7);
    assert_int_equal(canvas_put_centre(c, 2, 0, 12, STYLE_PLAIN, "middle"), 6);
    assert_int_equal(canvas_put_centre(c, 3, 0, 6, STYLE_PLAIN, "much too long"), 6);
    assert_int_equal(canvas_putf(c, 4, 1, STYLE_PLAIN, "%d of %d", 3, 4), 6);
    canvas_put_centre(c, 5, 4, 6, STYLE_PLAIN, "日本");
    shows(c, "in f\nmuch...\n   middle\nmuc...\n 3 of 4\n     日本\n");
    canvas_free(c);
}

static void test_wrapped(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int rows, columns, used;
        const char *expected;
    } cases[] = {
        {"one two three", 4, 8, 2, "one two\nthree\n\n\n"},
        {"one\ntwo", 4, 8, 2, "one\ntwo\n\n\n"},
        {"one two three four", 2, 8, 2, "one two\nthree...\n\n\n"},
        {"one two threes four", 2, 8, 2, "one two\nthree...\n\n\n"},
        {"one two", 1, 3, 1, "...\n\n\n\n"},
        {"a\nb", 1, 8, 1, "a...\n\n\n\n"},
        {"", 4, 8, 1, "\n\n\n\n"},
        {"one", 0, 8, 0, "\n\n\n\n"},
        {"one", 4, 0, 0, "\n\n\n\n"},
        {"é \033[31m", 4, 8, 2, "é\n⟨U+001B\n\n\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct canvas *c = canvas_new(4, 8);
        int used = canvas_put_wrapped(c, 0, 0, cases[i].rows, cases[i].columns, STYLE_PLAIN, cases[i].text);
        if (!strchr(cases[i].text, '\033')) {
            assert_int_equal(used, cases[i].used);
            shows(c, cases[i].expected);
        } else {
            char *text = canvas_text(c);
            assert_non_null(strstr(text, "⟨U+001B"));
            free(text);
        }
        canvas_free(c);
    }
}

static void test_copy(void **state)
{
    (void)state;
    struct canvas *a = canvas_new(2, 6), *b = canvas_new(1, 1);
    canvas_put(a, 1, 1, STYLE_KEY, "日x");
    canvas_cursor(a, 1, 3);
    canvas_copy(b, a);
    canvas_put(a, 1, 1, STYLE_PLAIN, "gone");
    shows(b, "\n 日x\n");
    int row, column;
    canvas_cursor_at(b, &row, &column);
    assert_int_equal(row * 10 + column, 13);
    canvas_free(a);
    canvas_free(b);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_put),          cmocka_unit_test(test_outside), cmocka_unit_test(test_wide),
        cmocka_unit_test(test_long_cluster), cmocka_unit_test(test_fitting), cmocka_unit_test(test_wrapped),
        cmocka_unit_test(test_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
