#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "screen/canvas.h"
#include "screen/editor.h"
#include "screen/term.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

/* Keys in a word, so that a case is one line: named between "<" and ">", else the characters. */
static const struct {
    const char *name;
    int key;
} named[] = {
    {"<left>", TERM_LEFT},
    {"<right>", TERM_RIGHT},
    {"<up>", TERM_UP},
    {"<down>", TERM_DOWN},
    {"<home>", TERM_HOME},
    {"<end>", TERM_END},
    {"<back>", TERM_BACKSPACE},
    {"<del>", TERM_DELETE},
    {"<word-left>", TERM_WORD_LEFT},
    {"<word-right>", TERM_WORD_RIGHT},
    {"<enter>", TERM_ENTER},
    {"<tab>", TERM_TAB},
    {"<f1>", TERM_F1},
    {"<esc>", 27},
    {"<a>", 'a' & 0x1f},
    {"<e>", 'e' & 0x1f},
    {"<k>", 'k' & 0x1f},
    {"<u>", 'u' & 0x1f},
    {"<w>", 'w' & 0x1f},
    {"<z>", 'z' & 0x1f},
    {"<bell>", 7},
    {"<rubout>", 0x7f},
};

static int key_of(const char **keys)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        size_t n = strlen(named[i].name);
        if (strncmp(*keys, named[i].name, n) == 0) {
            *keys += n;
            return named[i].key;
        }
    }
    ucs4_t c;
    *keys += u8_mbtouc(&c, (const uint8_t *)*keys, strlen(*keys));
    return (int)c;
}

/* Type the keys; false where any was not taken. */
static bool type(struct editor *e, const char *keys)
{
    bool taken = true;
    while (*keys)
        taken &= editor_key(e, key_of(&keys));
    return taken;
}

/* What the box looks like: its rows between bars, then the cursor's place in it. */
static void box(struct editor *e, int rows, int columns, const char *expected)
{
    struct canvas *c = canvas_new(rows + 2, columns + 2);
    editor_draw(e, c, 1, 1, rows, columns, true);
    struct strbuf sb = STRBUF_INIT;
    for (int row = 1; row <= rows; row++) {
        strbuf_addch(&sb, '|');
        for (int column = 1; column <= columns; column++)
            strbuf_add(&sb, canvas_cell(c, row, column, NULL));
    }
    int row, column;
    canvas_cursor_at(c, &row, &column);
    strbuf_addf(&sb, "| %d,%d", row - 1, column - 1);
    assert_string_equal(sb.text, expected);
    strbuf_release(&sb);
    canvas_free(c);
}

struct typed {
    const char *text, *keys;
    bool taken;
    const char *after; /* NULL: not looked at */
    const char *drawn;
};

static void check(const struct typed *t, bool several, int rows, int columns)
{
    struct editor *e = editor_new(t->text, several, 0);
    struct canvas *c = canvas_new(rows, columns);
    editor_draw(e, c, 0, 0, rows, columns, true);
    canvas_free(c);
    assert_int_equal(type(e, t->keys), t->taken);
    if (t->after)
        assert_string_equal(editor_text(e), t->after);
    box(e, rows, columns, t->drawn);
    editor_free(e);
}

/* In a box of 3 rows and 9 columns: lines of 8, the last column is the cursor's. */
static void test_several(void **state)
{
    (void)state;
    static const struct typed cases[] = {
        {"", "hello", true, "hello", "|hello    |         |         | 0,5"},
        {"", "one<enter>two", true, "one\ntwo", "|one      |two      |         | 1,3"},
        {"ab", "<left>x", true, "axb", "|axb      |         |         | 0,2"},
        {"ab", "<home>x<end>y", true, "xaby", "|xaby     |         |         | 0,4"},
        {"ab", "<a>x<e>y", true, "xaby", "|xaby     |         |         | 0,4"},
        {"ab", "<right><right><left><left><left>x", true, "xab", "|xab      |         |         | 0,1"},
        /* Graphemes whole. */
        {"cafe\xcc\x81s", "<left><back>", true, "cafs", "|cafs     |         |         | 0,3"},
        {"cafe\xcc\x81s", "<left><left><del>", true, "cafs", "|cafs     |         |         | 0,3"},
        {"日本", "<left>x", true, "日x本", "|日x本    |         |         | 0,3"},
        {"e", "\xcc\x81<left>x", true, "xe\xcc\x81", "|xe\xcc\x81       |         |         | 0,1"},
        {"\xcc\x81", "<home>e<back>", true, "", "|         |         |         | 0,0"},
        /* Words and lines. */
        {"one two  three", "<w>", true, "one two  ", "|one two  |         |         | 0,8"},
        {"one two  three", "<w><w>", true, "one ", "|one      |         |         | 0,4"},
        {"one two", "<word-left>x", true, "one xtwo", "|one xtwo |         |         | 0,5"},
        {"one two", "<word-left><word-left>x", true, "xone two", "|xone two |         |         | 0,1"},
        {"one two", "<a><word-right>x", true, "one xtwo", "|one xtwo |         |         | 0,5"},
        {"one two", "<word-left><u>", true, "two", "|two      |         |         | 0,0"},
        {"one two", "<word-left><k>", true, "one ", "|one      |         |         | 0,4"},
        {"one\ntwo\nsix", "<up><left><k>", true, "one\ntw\nsix", "|one      |tw       |six      | 1,2"},
        {"one\ntwo\nsix", "<up><left><u>", true, "one\no\nsix", "|one      |o        |six      | 1,0"},
        {"one\ntwo", "<up><del>", true, "onetwo", "|onetwo   |         |         | 0,3"},
        {"one\ntwo", "<home><back>", true, "onetwo", "|onetwo   |         |         | 0,3"},
        /* Up and Down keep the column, over wrapped lines and shorter ones. */
        {"abcdef\nx\nabcdef", "<up><up>", true, NULL, "|abcdef   |x        |abcdef   | 0,6"},
        {"abcdef\nx\nabcdef", "<left><up><up>", true, NULL, "|abcdef   |x        |abcdef   | 0,5"},
        {"abcdef\nx\nabcdef", "<up><left><up>", true, NULL, "|abcdef   |x        |abcdef   | 0,0"},
        {"日本\nabcd", "<left><up>", true, NULL, "|日本     |abcd     |         | 0,2"},
        {"one two three", "<up><home>", true, NULL, "|one two  |three    |         | 0,0"},
        {"one two three", "<up><end>x", true, "one twox three", "|one twox |three    |         | 0,8"},
        {"abcdefghijkl", "<up>", true, NULL, "|abcdefgh |ijkl     |         | 0,4"},
        {"abcdefghijkl", "<up><end>", true, NULL, "|abcdefgh |ijkl     |         | 0,7"},
        {"abcdefghijkl", "<up><end><right>", true, NULL, "|abcdefgh |ijkl     |         | 1,0"},
        {"abcdefghijkl", "<up><end><down>", true, NULL, "|abcdefgh |ijkl     |         | 1,4"},
        /* At the border: behind a full line, and blanks that hang over. */
        {"abcdefgh", "", true, NULL, "|abcdefgh |         |         | 0,8"},
        {"abcdefgh", "i", true, NULL, "|abcdefgh |i        |         | 1,1"},
        {"abcdefgh", "     ", true, "abcdefgh     ", "|abcdefgh |         |         | 0,8"},
        {"日本語日", "", true, NULL, "|日本語日 |         |         | 0,8"},
        {"日本語日", "本", true, NULL, "|日本語日 |本       |         | 1,2"},
        {"a日本語日", "", true, NULL, "|a日本語  |日       |         | 1,2"},
        /* Scrolled so that the cursor is inside. */
        {"1\n2\n3\n4\n5", "", true, NULL, "|3        |4        |5        | 2,1"},
        {"1\n2\n3\n4\n5", "<up><up><up><up>", true, NULL, "|1        |2        |3        | 0,1"},
        {"a\n", "", true, NULL, "|a        |         |         | 1,0"},
        /* None of the editor's. */
        {"ab", "<up>", false, "ab", "|ab       |         |         | 0,2"},
        {"ab", "<down>", false, "ab", "|ab       |         |         | 0,2"},
        {"ab", "<tab>", false, "ab", "|ab       |         |         | 0,2"},
        {"ab", "<esc>", false, "ab", "|ab       |         |         | 0,2"},
        {"ab", "<f1>", false, "ab", "|ab       |         |         | 0,2"},
        {"ab", "<z>", false, "ab", "|ab       |         |         | 0,2"},
        {"ab", "<bell><rubout>c", false, "abc", "|abc      |         |         | 0,3"},
        /* What cannot be seen is dropped. */
        {"ab", "\xc2\x9b\xe2\x80\xae\xe2\x80\x8b\xc2\xad|", true, "ab|",
         "|ab|      |         |         | 0,3"},
        {"a\033\tb\r\n\xff\xe2\x80\xae", "c", true, "a b\nc", "|a b      |c        |         | 1,1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&cases[i], true, 3, 9);
}

/* One line in a row of 9 columns moves sideways, keeping something before the cursor in sight. */
static void test_single(void **state)
{
    (void)state;
    static const struct typed cases[] = {
        {"", "hello", true, "hello", "|hello    | 0,5"},
        {"hello", "<enter>", false, "hello", "|hello    | 0,5"},
        {"hello", "<up>", false, "hello", "|hello    | 0,5"},
        {"hello", "<down>", false, "hello", "|hello    | 0,5"},
        {"abcdefgh", "", true, NULL, "|abcdefgh | 0,8"},
        {"abcdefghijkl", "", true, NULL, "|efghijkl | 0,8"},
        {"abcdefghijkl", "<home>", true, NULL, "|abcdefghi| 0,0"},
        {"abcdefghijkl", "<left><left><left><left><left><left>", true, NULL, "|efghijkl | 0,2"},
        {"abcdefghijkl", "<left><left><left><left><left><left><left>", true, NULL, "|defghijkl| 0,2"},
        {"abcdefghijkl", "<home><end>", true, NULL, "|efghijkl | 0,8"},
        {"abcdefghijkl", "<u>m", true, "m", "|m        | 0,1"},
        {"abcdefgh日", "<left>", true, NULL, "|cdefgh日 | 0,6"},
        {"日本語日本語", "", true, NULL, "|語日本語 | 0,8"},
        {"日本語日本語x", "", true, NULL, "| 日本語x | 0,8"},
        {"two\nlines\tand", "", true, "two lines and", "|ines and | 0,8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&cases[i], false, 1, 9);
    /* In more rows it is wrapped as any text is. */
    static const struct typed wrapped = {"one two three", "<up>", true, NULL, "|one two  |three    | 0,5"};
    check(&wrapped, false, 2, 9);
}

static void test_most(void **state)
{
    (void)state;
    struct editor *e = editor_new("cafe\xcc\x81", false, 5);
    assert_string_equal(editor_text(e), "caf");
    type(e, "ŷŷ");
    assert_string_equal(editor_text(e), "cafŷ");
    type(e, "x");
    assert_string_equal(editor_text(e), "cafŷ");
    type(e, "<back>xyz");
    assert_string_equal(editor_text(e), "cafxy");
    editor_free(e);
    e = editor_new(NULL, true, 0);
    for (int i = 0; i < 17 * 1024; i++)
        type(e, "x");
    assert_int_equal(strlen(editor_text(e)), 16 * 1024);
    editor_free(e);
}

static void test_changed(void **state)
{
    (void)state;
    struct editor *e = editor_new("ab", true, 0);
    assert_false(editor_changed(e));
    type(e, "<left><right><del><home><back><tab>");
    assert_false(editor_changed(e));
    type(e, "x");
    assert_true(editor_changed(e));
    editor_set(e, "new");
    assert_false(editor_changed(e));
    assert_string_equal(editor_text(e), "new");
    type(e, "<back>");
    assert_true(editor_changed(e));
    editor_free(e);
}

static void test_rows(void **state)
{
    (void)state;
    struct editor *e = editor_new("one two three\n", true, 0);
    assert_int_equal(editor_rows(e, 20), 2);
    assert_int_equal(editor_rows(e, 9), 3);
    assert_int_equal(editor_rows(e, 2), 12);
    assert_int_equal(editor_rows(e, 0), editor_rows(e, 1));
    editor_free(e);
}

/* In a box of any size the cursor is inside, and nothing around the box is touched. */
static void test_any_box(void **state)
{
    (void)state;
    static const int keys[] = {TERM_UP,  TERM_UP,   TERM_LEFT,      TERM_UP,  TERM_HOME, TERM_END,
                               TERM_END, TERM_DOWN, TERM_WORD_LEFT, TERM_END, TERM_DOWN, TERM_END};
    struct editor *e = editor_new("日本 one two\n\nthree     ", true, 0);
    for (int rows = 1; rows <= 4; rows++) {
        for (int columns = 1; columns <= 12; columns++) {
            for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
                struct canvas *c = canvas_new(rows + 2, columns + 2);
                for (int row = 0; row < rows + 2; row++)
                    canvas_fill(c, row, 0, columns + 2, STYLE_PLAIN, "#");
                editor_draw(e, c, 1, 1, rows, columns, true);
                int row, column;
                canvas_cursor_at(c, &row, &column);
                assert_in_range(row, 1, rows);
                assert_in_range(column, 1, columns);
                for (row = 0; row < rows + 2; row++) {
                    for (column = 0; column < columns + 2; column++) {
                        if (row == 0 || row == rows + 1 || column == 0 || column == columns + 1)
                            assert_string_equal(canvas_cell(c, row, column, NULL), "#");
                    }
                }
                canvas_free(c);
                editor_key(e, keys[i]);
            }
        }
    }
    editor_free(e);
}

/* The cursor is somebody else's where the editor is not focused. */
static void test_unfocused(void **state)
{
    (void)state;
    struct editor *e = editor_new("text", true, 0);
    struct canvas *c = canvas_new(3, 9);
    canvas_cursor(c, 2, 7);
    editor_draw(e, c, 0, 0, 2, 9, false);
    int row, column;
    canvas_cursor_at(c, &row, &column);
    assert_int_equal(row * 10 + column, 27);
    enum style style;
    canvas_cell(c, 1, 8, &style);
    assert_int_equal(style, STYLE_EMPTY);
    canvas_free(c);
    editor_free(e);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_several),   cmocka_unit_test(test_single), cmocka_unit_test(test_most),
        cmocka_unit_test(test_changed),   cmocka_unit_test(test_rows),   cmocka_unit_test(test_any_box),
        cmocka_unit_test(test_unfocused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
