#include "check.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

static void wrapped(const char *text, int columns, const char *expected)
{
    struct utf8_line *lines;
    size_t n = utf8_wrap(text, columns, &lines);
    char got[512] = "";
    for (size_t i = 0; i < n; i++) {
        assert_true(lines[i].width <= columns);
        strncat(got, text + lines[i].start, lines[i].length);
        strcat(got, "|");
    }
    free(lines);
    assert_string_equal(got, expected);
}

static void test_wrap(void **state)
{
    (void)state;
    wrapped("", 10, "|");
    wrapped("one two three", 7, "one two|three|");
    wrapped("one two three", 8, "one two|three|");
    wrapped("one  two", 3, "one|two|");
    wrapped("a\n\nb\n", 5, "a||b||");
    wrapped("incomprehensible", 6, "incomp|rehens|ible|");
    wrapped("so incomprehensible", 6, "so|incomp|rehens|ible|");
    wrapped("tŷ bach", 3, "tŷ|bac|h|");
    wrapped("日本語", 4, "日本|語|");
    wrapped("1 cafe\xcc\x81 s", 6, "1 cafe\xcc\x81|s|");
}

static void test_graphemes(void **state)
{
    (void)state;
    const char *s = "e\xcc\x81x"; /* e + combining acute, x */
    assert_int_equal(utf8_next(s, 0), 3);
    assert_int_equal(utf8_next(s, 3), 4);
    assert_int_equal(utf8_next(s, 4), 4);
    assert_int_equal(utf8_previous(s, 4), 3);
    assert_int_equal(utf8_previous(s, 3), 0);
    assert_int_equal(utf8_width(s), 2);
    assert_int_equal(utf8_fit("日本語", 5), 6);
}

static void shortened(const char *s, int columns, const char *expected)
{
    char *got = utf8_shorten(s, columns);
    assert_string_equal(got, expected);
    free(got);
}

static void test_shorten(void **state)
{
    (void)state;
    shortened("short", 5, "short");
    shortened("shorter", 6, "sho...");
    shortened("a b cdef", 5, "a...");
    shortened("abcdef", 2, "ab");
}

static void safe(const char *s, bool lines, const char *expected)
{
    char *got = utf8_safe(s, lines);
    assert_string_equal(got, expected);
    free(got);
}

static void test_safe(void **state)
{
    (void)state;
    safe("plain ŷ", false, "plain ŷ");
    safe("\x1b]52;c;x\a", false, "⟨U+001B⟩]52;c;x⟨U+0007⟩");
    safe("a\nb", false, "a⟨U+000A⟩b");
    safe("a\nb", true, "a\nb");
    safe("\xe2\x80\xae"
         "evil",
         true, "⟨U+202E⟩evil");
    safe("\xc2\x9b"
         "1m",
         true, "⟨U+009B⟩1m");
    safe("\xff", true, "⟨FF⟩");
}

static void test_contains(void **state)
{
    (void)state;
    assert_true(utf8_contains("Money and DEBT", "debt"));
    assert_true(utf8_contains("Tŷ", "tŶ"));
    assert_false(utf8_contains("Money", "home"));
    assert_true(utf8_contains("Money", ""));
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const words[] = {"relevant", "required", "read_only", NULL};
    assert_string_equal(vocab_nearest(words, "relevent"), "relevant");
    assert_string_equal(vocab_nearest(words, "requierd"), "required");
    assert_null(vocab_nearest(words, "colour"));
    char *list = vocab_list(words);
    assert_string_equal(list, "relevant, required or read_only");
    free(list);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrap), cmocka_unit_test(test_graphemes), cmocka_unit_test(test_shorten),
        cmocka_unit_test(test_safe), cmocka_unit_test(test_contains),  cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
