/* Pictures as lines of plain characters. */
#include "check.h"
#include "golden.h"
#include "pictures.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct picture_case *cases;
static size_t count;

static int set_up(void **state)
{
    (void)state;
    cases = pictures_make(&count);
    return 0;
}

static int take_down(void **state)
{
    (void)state;
    pictures_release(cases);
    return 0;
}

static char *joined(struct picture_lines *lines)
{
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < lines->count; i++) {
        strbuf_add(&sb, lines->lines[i]);
        strbuf_addch(&sb, '\n');
    }
    return strbuf_detach(&sb);
}

static char *drawn(const struct picture *picture, int columns, enum picture_marks marks)
{
    struct picture_lines lines = picture_text(picture, columns, marks);
    char *text = joined(&lines);
    picture_lines_release(&lines);
    return text;
}

/* All the ways to draw one under the other: 80, 50, 30 columns, 50 in ASCII, and in words. */
static void test_golden(void **state)
{
    (void)state;
    static const struct {
        int columns;
        enum picture_marks marks;
        const char *what;
    } ways[] = {{80, PICTURE_BLOCKS, "80 columns"},
                {50, PICTURE_BLOCKS, "50 columns"},
                {30, PICTURE_BLOCKS, "30 columns"},
                {50, PICTURE_ASCII, "50 columns, ASCII"},
                {60, PICTURE_WORDS, "60 columns, words"}};
    for (size_t i = 0; i < count; i++) {
        if (!cases[i].golden)
            continue;
        struct strbuf sb = STRBUF_INIT;
        for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
            char *text = drawn(&cases[i].picture, ways[way].columns, ways[way].marks);
            strbuf_addf(&sb, "== %s\n%s", ways[way].what, text);
            free(text);
        }
        char *name = xstrdup(cases[i].name);
        for (char *blank; (blank = strchr(name, ' '));)
            *blank = '-';
        golden_check_in("tests/review/golden", name, sb.text);
        free(name);
        strbuf_release(&sb);
    }
}

/* Of what is drawn, these characters alone; labels have their own. */
static bool is_of_pictures(const char *at)
{
    static const char *const characters[] = {"─", "│", "┌", "┐", "└", "┘", "├", "┤", "█",
                                             "▒", "░", "■", "▲", "▼", "→", "←", "≠"};
    if (!(*at & 0x80))
        return true;
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
        if (strncmp(at, characters[i], strlen(characters[i])) == 0)
            return true;
    return false;
}

static bool has_own_letters(const char *name)
{
    return strstr(name, "hostile") || strstr(name, "long labels") || strstr(name, "outside") ||
           strstr(name, "all end");
}

/* In any width nothing is wider, nothing is raw, and each line is well-formed. */
static void test_any_width(void **state)
{
    (void)state;
    for (size_t i = 0; i < count; i++)
        for (int columns = 4; columns <= 130; columns++)
            for (enum picture_marks marks = PICTURE_BLOCKS; marks <= PICTURE_WORDS; marks++) {
                struct picture_lines lines = picture_text(&cases[i].picture, columns, marks);
                assert_true(lines.count > 0);
                for (size_t l = 0; l < lines.count; l++) {
                    const char *line = lines.lines[l];
                    if (utf8_width(line) > columns)
                        print_message("# %s, %d: %s\n", cases[i].name, columns, line);
                    assert_true(utf8_width(line) <= columns);
                    assert_true(utf8_valid(line, strlen(line)));
                    char *safe = utf8_safe(line, false);
                    assert_string_equal(line, safe);
                    free(safe);
                    for (const char *at = line; *at && !has_own_letters(cases[i].name);
                         at += utf8_next(at, 0))
                        assert_true(is_of_pictures(at) && !(marks == PICTURE_ASCII && (*at & 0x80)));
                }
                picture_lines_release(&lines);
            }
}

/* Each run of blanks and ends of lines as one blank. */
static void unwrap(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++)
        if ((*from != ' ' && *from != '\n') || (to > text && to[-1] != ' '))
            *to++ = *from == '\n' ? ' ' : *from;
    *to = '\0';
}

/* No count is lost: each stands in what is drawn and in what is told. */
static void test_all_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const struct picture *picture = &cases[i].picture;
        if (*picture_why_none(picture) || picture->kind == PICTURE_STEPS || picture->kind == PICTURE_LADDER)
            continue;
        for (int columns = 30; columns <= 80; columns += 10) {
            struct picture_lines words = picture_told(picture);
            char *text = drawn(picture, columns, PICTURE_BLOCKS), *told = joined(&words);
            picture_lines_release(&words);
            unwrap(text);
            struct picture_bars months = {NULL, 0, false};
            const struct picture_bars *bars = &picture->bars;
            if (picture->kind == PICTURE_MONTHS) {
                months = picture_months_as_bars(&picture->months);
                bars = &months;
            }
            for (size_t b = 0; picture->kind != PICTURE_MATRIX && b < bars->count; b++) {
                char *number = picture_count(bars, b);
                assert_non_null(strstr(text, number));
                assert_non_null(strstr(told, number));
                free(number);
            }
            for (int c = 0; picture->kind == PICTURE_MATRIX && c < picture->matrix.k * picture->matrix.k;
                 c++) {
                char *number = xasprintf("%lld", (long long)picture->matrix.counts[c]);
                assert_true(picture->matrix.counts[c] == 0 || strstr(text, number));
                free(number);
            }
            picture_bars_release(&months);
            free(text);
            free(told);
        }
    }
}

/* Below 10 no share is drawn or said, and the counts are. */
static void test_guard(void **state)
{
    (void)state;
    for (int64_t of = 0; of <= 12; of++) {
        const struct picture_bar bar = {"Home", of / 2, of, 0, 0};
        const struct picture picture = {.bars = {&bar, 1, true}};
        char *text = drawn(&picture, 60, PICTURE_BLOCKS), *told = drawn(&picture, 60, PICTURE_WORDS);
        char *counts = xasprintf("%d of %d", (int)of / 2, (int)of);
        assert_non_null(strstr(text, counts));
        assert_non_null(strstr(told, counts));
        assert_int_equal(!!strstr(text, "%"), of >= 10);
        assert_int_equal(!!strstr(told, "%"), of >= 10);
        assert_int_equal(!!strstr(text, "█") || !!strstr(text, "▒"), of >= 10);
        assert_int_equal(!!strstr(text, "too few to say"), of > 0 && of < 10);
        assert_int_equal(!!strstr(told, "too few to say"), of > 0 && of < 10);
        free(text);
        free(told);
        free(counts);
    }
}

/* The line of the one and that of the other are drawn alike: with their answers exchanged, the lines are. */
static void test_equal(void **state)
{
    (void)state;
    for (double p0 = 0; p0 <= 10; p0 += 2.5)
        for (double s1 = 0; s1 <= 10; s1 += 2.5) {
            const struct picture_rung one = {"Home", {p0, 4}, {6, s1}}, other = {"Home", {4, p0}, {s1, 6}};
            struct picture picture = {PICTURE_LADDER, .people = {"Kim", "Kim"},
                                      .ladder = {&one, 1, 0, 10, NULL, NULL}};
            struct picture_lines a = picture_text(&picture, 50, PICTURE_BLOCKS);
            picture.ladder.rungs = &other;
            struct picture_lines b = picture_text(&picture, 50, PICTURE_BLOCKS);
            assert_int_equal(a.count, b.count);
            assert_string_equal(a.lines[1], b.lines[2]);
            assert_string_equal(a.lines[2], b.lines[1]);
            picture_lines_release(&a);
            picture_lines_release(&b);
        }
}

static void test_percent(void **state)
{
    (void)state;
    static const struct {
        double share;
        const char *text;
    } rows[] = {{0, "0%"},      {0.0001, "<1%"}, {0.0049, "<1%"}, {0.005, "1%"},    {0.27, "27%"},
                {0.275, "28%"}, {0.994, "99%"},  {0.996, ">99%"}, {0.9999, ">99%"}, {1, "100%"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = picture_percent(rows[i].share);
        assert_string_equal(text, rows[i].text);
        free(text);
    }
}

static void test_ticks(void **state)
{
    (void)state;
    static const struct {
        double end;
        int most;
        double tick;
    } rows[] = {{35, 8, 5}, {35, 3, 20}, {35, 1, 50}, {10, 10, 1}, {1, 4, 0.5}, {0.9, 5, 0.2}, {1e6, 5, 2e5}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(fabs(picture_tick(rows[i].end, rows[i].most) / rows[i].tick - 1) < 1e-9);
    /* A tick for anything, and never more of them than were asked for. */
    for (double end = 1e-3; end < 1e9; end *= 1.37)
        for (int most = 1; most < 20; most++) {
            double tick = picture_tick(end, most);
            assert_true(tick > 0 && end / tick < most + 1);
        }
    assert_true(picture_tick(0, 5) > 0 && picture_tick(NAN, 5) > 0 && picture_tick(INFINITY, 5) > 0 &&
                picture_tick(1e-320, 5) > 0);
}

/* However many months there are, there are at most 24 bars until the years are more, all months are in one,
 * and each label says which. */
static void test_months(void **state)
{
    (void)state;
    int64_t counts[300];
    for (size_t i = 0; i < 300; i++)
        counts[i] = 1;
    for (int month = 1; month <= 12; month++)
        for (size_t n = 1; n <= 270; n++) {
            const struct picture_months months = {2020, month, counts, n};
            struct picture_bars bars = picture_months_as_bars(&months);
            assert_true(bars.count <= 24);
            int64_t sum = 0;
            for (size_t i = 0; i < bars.count; i++)
                sum += bars.bars[i].count;
            assert_int_equal(sum, n);
            char *first = xasprintf("2020-%02d", month);
            bool whole_year = month == 1 && n > 72;
            assert_int_equal(strncmp(bars.bars[0].label, first, whole_year ? 4 : 7), 0);
            free(first);
            picture_bars_release(&bars);
        }
    const struct picture_months months = {2020, 2, counts, 60};
    struct picture_bars bars = picture_months_as_bars(&months);
    assert_string_equal(bars.bars[0].label, "2020-02 to 03");
    assert_int_equal(bars.bars[0].count, 2);
    assert_string_equal(bars.bars[1].label, "2020-04 to 06");
    assert_string_equal(bars.bars[bars.count - 1].label, "2025-01");
    picture_bars_release(&bars);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden), cmocka_unit_test(test_any_width), cmocka_unit_test(test_all_counts),
        cmocka_unit_test(test_guard),  cmocka_unit_test(test_equal),     cmocka_unit_test(test_percent),
        cmocka_unit_test(test_ticks),  cmocka_unit_test(test_months),
    };
    return cmocka_run_group_tests(tests, set_up, take_down);
}
