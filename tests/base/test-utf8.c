#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
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
    safe("\x9b", true, "⟨9B⟩");
    safe("\xed\xa0\x80", true, "⟨ED⟩⟨A0⟩⟨80⟩"); /* half a character */
}

/* What is unsafe wherever it stands; the table in utf8.c said anew, by its edges. */
static void test_unsafe(void **state)
{
    (void)state;
    static const struct {
        uint32_t first, last;
    } hidden[] = {
        {0x0, 0x1f},        {0x7f, 0x9f},        {0xad, 0xad},       {0x34f, 0x34f},     {0x61c, 0x61c},
        {0x115f, 0x1160},   {0x17b4, 0x17b5},    {0x180b, 0x180f},   {0x200b, 0x200b},   {0x200e, 0x200f},
        {0x2028, 0x202e},   {0x2060, 0x206f},    {0x3164, 0x3164},   {0xd800, 0xf8ff},   {0xfdd0, 0xfdef},
        {0xfe00, 0xfe0d},   {0xfeff, 0xfeff},    {0xffa0, 0xffa0},   {0xfff0, 0xfffc},   {0xfffe, 0xffff},
        {0x13430, 0x1345f}, {0x1bca0, 0x1bca3},  {0x1d173, 0x1d17a}, {0x1fffe, 0x1ffff}, {0x2fffe, 0x2ffff},
        {0xdfffe, 0xe0fff}, {0xefffe, 0x10ffff},
    };
    enum { HIDDEN = sizeof hidden / sizeof *hidden };
    for (size_t i = 0; i < HIDDEN; i++) {
        for (uint32_t c = hidden[i].first; c <= hidden[i].last; c++)
            assert_true(utf8_unsafe(c));
        if (hidden[i].first)
            assert_false(utf8_unsafe(hidden[i].first - 1));
        if (hidden[i].last < 0x10ffff)
            assert_false(utf8_unsafe(hidden[i].last + 1));
    }
}

/* What depends on what stands before it. */
static void test_hidden(void **state)
{
    (void)state;
    safe("می\u200cخواهم", false, "می\u200cخواهم");                 /* Persian */
    safe("क्\u200dष", false, "क्\u200dष");                           /* Hindi */
    safe("👩\u200d❤\ufe0f\u200d👨", false, "👩\u200d❤\ufe0f\u200d👨"); /* one picture */
    safe("Sa\u200dm", false, "Sa⟨U+200D⟩m");
    safe("\u200cx", false, "⟨U+200C⟩x");
    safe("م\u200c\u200d", false, "م\u200c⟨U+200D⟩");
    safe("❤\ufe0f", false, "❤\ufe0f");
    safe("❤\ufe0f\ufe0e\ufe0f", false, "❤\ufe0f⟨U+FE0E⟩⟨U+FE0F⟩"); /* bits, one after the other */
    safe("K-1\ufe0f", false, "K-1⟨U+FE0F⟩");
    safe("葛\U000e0100", false, "葛⟨U+E0100⟩");
    safe("😀\U000e0158\U000e0159", false, "😀⟨U+E0158⟩⟨U+E0159⟩");
    safe("\u0301x", false, "⟨U+0301⟩x");
    safe("a\n\u0301x", true, "a\n⟨U+0301⟩x");
    safe("e\u0301\u0323", false, "e\u0301\u0323");
    struct strbuf flood = STRBUF_INIT;
    strbuf_add(&flood, "e");
    for (int i = 0; i < 10; i++)
        strbuf_add(&flood, "\u0336");
    safe(flood.text, false, flood.text);
    char *more = xasprintf("%s\u0336\u0336", flood.text),
         *shown = xasprintf("%s⟨U+0336⟩⟨U+0336⟩", flood.text);
    safe(more, false, shown);
    free(more);
    free(shown);
    strbuf_release(&flood);
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
        cmocka_unit_test(test_wrap),     cmocka_unit_test(test_graphemes), cmocka_unit_test(test_shorten),
        cmocka_unit_test(test_safe),     cmocka_unit_test(test_unsafe),    cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_contains), cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
