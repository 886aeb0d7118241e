/* Cells for spreadsheets: what a spreadsheet would work out is text, and everything is safe to look at. */
#include "check.h"

#include "base/csv.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct row {
    const char *why, *text, *cell; /* the cell without its quotes */
};

/* Where the note says so, the row is on the page about CSV injection of OWASP's list. */
static const struct row rows[] = {
    {"nothing", "", ""},
    {"words", "Home, mostly", "Home, mostly"},
    {"quotes", "the \"flat\"", "the \"\"flat\"\""},
    {"OWASP: =", "=1+1", "'=1+1"},
    {"OWASP: +", "+1", "'+1"},
    {"OWASP: -", "-1", "'-1"},
    {"OWASP: @", "@SUM(A1)", "'@SUM(A1)"},
    {"OWASP: tab", "\t=1", "⟨U+0009⟩=1"},
    {"OWASP: CR", "\r=1", "⟨U+000D⟩=1"},
    {"OWASP: LF", "\n=1", "\n'=1"},
    {"OWASP: wide", "＝1", "'＝1"},
    {"OWASP: wide", "＋1", "'＋1"},
    {"OWASP: wide", "－1", "'－1"},
    {"OWASP: wide", "＠SUM(A1)", "'＠SUM(A1)"},
    {"small", "﹦1", "'﹦1"},
    {"minus", "\u22121", "'\u22121"},
    {"a command", "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"},
    {"a link", "=HYPERLINK(\"http://x\",\"y\")", "'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")"},
    {"blanks before", "  =1", "  '=1"},
    {"a blank that does not break", "\u00a0=1", "\u00a0'=1"},
    {"a wide blank", "\u3000@x", "\u3000'@x"},
    {"byte order mark", "\ufeff=1", "⟨U+FEFF⟩=1"},
    {"zero width", "\u200b=1", "⟨U+200B⟩=1"},
    {"direction", "\u202e=1", "⟨U+202E⟩=1"},
    {"a quote before", "\"=1", "\"\"'=1"},
    {"an apostrophe before, which a spreadsheet may take away", "'=1", "''=1"},
    {"apostrophe, quote, blank", "'\" =1", "'\"\" '=1"},
    {"OWASP: a new cell by quote and comma", "x\",=1", "x\"\",'=1"},
    {"the same with a semicolon", "x\";\"=1", "x\"\";\"\"'=1"},
    {"a new cell in the middle", "a; =1;@b;c", "a; '=1;'@b;c"},
    {"a new row in the middle", "a\r\n=1", "a⟨U+000D⟩\n'=1"},
    {"a list", "both:\n- one\n- two", "both:\n'- one\n'- two"},
    {"signs inside words", "a=b, c+d; e-f@g", "a=b, c+d; e-f@g"},
    {"a formula of two signs gets one", "=-1", "'=-1"},
    {"escape", "\x1b]52;c;x\a", "⟨U+001B⟩]52;c;x⟨U+0007⟩"},
    {"broken bytes", "\x9b=1", "⟨9B⟩=1"},
};

static char *written(const char *text, bool number, bool last)
{
    char *got;
    size_t length;
    FILE *out = open_memstream(&got, &length);
    csv_cell(out, text, number, last);
    fclose(out);
    return got;
}

static void test_cells(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *got = written(rows[i].text, false, false), *wanted = xasprintf("\"%s\",", rows[i].cell);
        if (strcmp(got, wanted) != 0)
            print_message("# %s\n", rows[i].why);
        assert_string_equal(got, wanted);
        free(got);
        free(wanted);
    }
}

static void test_numbers_and_ends(void **state)
{
    (void)state;
    char *got = written("-3", true, true);
    assert_string_equal(got, "\"-3\"\r\n");
    free(got);
    got = written("x", false, true);
    assert_string_equal(got, "\"x\"\r\n");
    free(got);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_numbers_and_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
