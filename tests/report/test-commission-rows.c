/* Rows of the commissioner's report: guards at 9 and 10, people at 4 and 5, and what could be worked out from
 * what stands beside it. */
#include "check.h"

#include "base/mem.h"
#include "report/commission_make.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct figure_line *add(struct figure_lines *lines, enum figure_shape shape, int64_t count, int64_t of,
                               const struct table *table)
{
    GROW(lines->lines, lines->count, lines->room);
    struct figure_line *line = &lines->lines[lines->count++];
    *line = (struct figure_line){.label = xstrdup("x"),
                                 .shape = shape,
                                 .count = count,
                                 .of = of,
                                 .unit = "",
                                 .lower = NAN,
                                 .upper = NAN,
                                 .behind = -1,
                                 .table = table};
    if (shape == SHAPE_SHARE)
        line->figure = figure_guard(rate_wilson(count, of));
    return line;
}

static struct commission_item rows_of(struct figure_lines *lines)
{
    struct commission_item item = {.name = "x"};
    commission_rows(&item, lines);
    figure_lines_release(lines);
    return item;
}

static void test_one_by_one(void **state)
{
    (void)state;
    static const struct {
        enum figure_shape shape;
        int64_t count, of;
        const struct table *table;
        const char *words, *value;
        int64_t number;
    } rows[] = {
        {SHAPE_COUNT, 0, -1, &table_pairs, "0", "", 0},
        {SHAPE_COUNT, 1204567, -1, &table_pairs, "1,204,567", "", 1204567},
        {SHAPE_COUNT, 0, -1, &table_records, "fewer than 5", "", -1},
        {SHAPE_COUNT, 4, -1, &table_happened, "fewer than 5", "", -1},
        {SHAPE_COUNT, 4, -1, &table_episodes, "fewer than 5", "", -1},
        {SHAPE_COUNT, 5, -1, &table_records, "5", "", 5},
        {SHAPE_SHARE, 3, 9, &table_pairs, "3 of 9", "too few to say", 3},
        {SHAPE_SHARE, 3, 10, &table_pairs, "3 of 10", "30 %", 3},
        {SHAPE_SHARE, 1, 3, &table_pairs, "1 of 3", "too few to say", 1},
        {SHAPE_SHARE, 4, 40, &table_records, "fewer than 5 of 40", "too few to say", -1},
        {SHAPE_SHARE, 36, 40, &table_records, "all but fewer than 5 of 40", "too few to say", -1},
        {SHAPE_SHARE, 40, 40, &table_records, "all but fewer than 5 of 40", "too few to say", -1},
        {SHAPE_SHARE, 35, 40, &table_records, "35 of 40", "88 %", 35},
        {SHAPE_SHARE, 2, 4, &table_records, "fewer than 5", "too few to say", -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct figure_lines lines = {0};
        add(&lines, rows[i].shape, rows[i].count, rows[i].of, rows[i].table);
        struct commission_item item = rows_of(&lines);
        assert_int_equal(item.row_count, 1);
        assert_string_equal(item.rows[0].count, rows[i].words);
        assert_string_equal(item.rows[0].value, rows[i].value);
        assert_true(item.rows[0].number == rows[i].number);
        assert_true(item.rows[0].fewer == (rows[i].number < 0));
        /* What is not printed is not there for programs either. */
        assert_true(rows[i].number >= 0 || isnan(item.rows[0].figure.value));
        commission_rows_release(&item);
    }
}

/* 20 people: 12 and 5 and 3 add up, so beside the 3 the 5 is left out; where two are few, no third is. */
static void test_beside(void **state)
{
    (void)state;
    static const struct {
        int64_t counts[3];
        const char *words[3];
    } rows[] = {
        {{12, 5, 3}, {"12 of 20", "not shown", "not shown"}},
        {{3, 12, 5}, {"not shown", "12 of 20", "not shown"}},
        {{14, 4, 2}, {"14 of 20", "fewer than 5 of 20", "fewer than 5 of 20"}},
        {{7, 7, 6}, {"7 of 20", "7 of 20", "6 of 20"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct figure_lines lines = {0};
        add(&lines, SHAPE_COUNT, 20, -1, &table_records);
        for (int k = 0; k < 3; k++)
            add(&lines, SHAPE_SHARE, rows[i].counts[k], 20, &table_records)->indent = 1;
        add(&lines, SHAPE_SHARE, 2, 2, &table_pairs);
        struct commission_item item = rows_of(&lines);
        assert_int_equal(item.row_count, 5);
        assert_string_equal(item.rows[0].count, "20");
        for (int k = 0; k < 3; k++)
            assert_string_equal(item.rows[1 + k].count, rows[i].words[k]);
        assert_string_equal(item.rows[4].count, "2 of 2");
        commission_rows_release(&item);
    }
}

/* Two that are few together could be worked out together: 20 less 18 is 2, and 20 less 20 leaves none to
 * either. And what stands apart, with others between, but is a share of the same. */
static void test_few_together(void **state)
{
    (void)state;
    static const struct {
        int64_t counts[4];
        const char *words[4];
    } rows[] = {
        {{10, 8, 1, 1}, {"10 of 20", "not shown", "not shown", "not shown"}},
        {{10, 10, 0, 0}, {"not shown", "10 of 20", "not shown", "not shown"}},
        {{9, 6, 3, 2}, {"9 of 20", "6 of 20", "fewer than 5 of 20", "fewer than 5 of 20"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct figure_lines lines = {0};
        for (int k = 0; k < 4; k++) {
            add(&lines, SHAPE_SHARE, rows[i].counts[k], 20, k ? &table_happened : &table_sittings)->among = 7;
            add(&lines, SHAPE_SHARE, 2, 2, &table_pairs)->indent = 1;
        }
        struct commission_item item = rows_of(&lines);
        for (int k = 0; k < 4; k++)
            assert_string_equal(item.rows[2 * k].count, rows[i].words[k]);
        commission_rows_release(&item);
    }
}

static void test_values(void **state)
{
    (void)state;
    struct figure_lines lines = {0};
    struct figure_line *line = add(&lines, SHAPE_VALUE, 7, -1, &table_records);
    line->figure = figure_none(FIGURE_UNDER_10, 7, FEWEST_FOR_RATE);
    line = add(&lines, SHAPE_VALUE, 4, -1, &table_records);
    line->figure = figure_none(FIGURE_UNDER_10, 4, FEWEST_FOR_RATE);
    line = add(&lines, SHAPE_VALUE, 29, -1, &table_pairs);
    line->figure = figure_none(FIGURE_UNDER_30, 29, FEWEST_FOR_CHANCE);
    line = add(&lines, SHAPE_VALUE, 12, -1, &table_pairs);
    line->figure = (struct figure){.value = 0.0004, .n = 12, .no_range = FIGURE_HAS_NONE};
    line->unit = "p";
    line = add(&lines, SHAPE_VALUE, 12, -1, &table_pairs);
    line->figure = (struct figure){.value = 6.5, .low = 4, .high = 9, .n = 12};
    line->unit = "minutes";
    line->lower = 3;
    line->upper = 11;
    line = add(&lines, SHAPE_VALUE, 74, -1, &table_episodes); /* 71 of 74: three have gone */
    line->figure = (struct figure){.value = 71. / 74, .low = 0.88, .high = 0.99, .n = 74};
    line->behind = 3;
    struct commission_item item = rows_of(&lines);
    static const char *const words[][3] = {
        {"n 7", "too few to say", ""},     {"fewer than 5", "too few to say", ""},
        {"n 29", "too few to say", ""},    {"n 12", "p below 0.001", ""},
        {"n 12", "6.5 minutes", "4 to 9"}, {"n 74", "too few to say", ""}};
    for (size_t i = 0; i < item.row_count; i++) {
        assert_string_equal(item.rows[i].count, words[i][0]);
        assert_string_equal(item.rows[i].value, words[i][1]);
        assert_string_equal(item.rows[i].range, words[i][2]);
    }
    assert_string_equal(item.rows[4].remark, "half of them lie from 3 to 11");
    commission_rows_release(&item);
}

/* What stands under a heading with 9 goes, with 10 stays; what stands under none stays. */
static void test_small_ones(void **state)
{
    (void)state;
    struct figure_lines lines = {0};
    add(&lines, SHAPE_COUNT, 9, -1, &table_pairs);
    add(&lines, SHAPE_SHARE, 3, 9, &table_pairs)->indent = 1;
    add(&lines, SHAPE_COUNT, 10, -1, &table_pairs);
    add(&lines, SHAPE_SHARE, 3, 10, &table_pairs)->indent = 1;
    add(&lines, SHAPE_COUNT, 2, -1, &table_pairs);
    struct commission_item item = rows_of(&lines);
    item.text = xstrdup("What.");
    commission_leave_out_small(&item);
    assert_int_equal(item.row_count, 3);
    assert_string_equal(item.rows[0].count, "10");
    assert_string_equal(item.rows[2].count, "2");
    assert_string_equal(item.text, "What. Those with fewer than 10 are not listed one by one: 1.");
    free(item.text);
    commission_rows_release(&item);
}

/* A figure of the review that is in no part has been forgotten, or stands here with the reason. */
static void test_no_figure_is_forgotten(void **state)
{
    (void)state;
    static const char *const left_out[] = {"pen",      /* who typed: for the two and their supervisor */
                                           "written"}; /* counted among the outputs */
    struct collection *collection = collection_new();
    struct commission *commission = commission_new(&(struct commission_wish){.collection = collection}, NULL);
    assert_non_null(commission);
    commission_free(commission);
    for (const struct figure_kind *kind = figure_table; kind->name; kind++) {
        size_t found = (size_t)commission_has_figure(kind->name);
        for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
            found += strcmp(kind->name, left_out[i]) == 0;
        if (found != 1)
            fail_msg("the figure “%s” is in %zu places of the report", kind->name, found);
    }
    collection_free(collection);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_by_one),   cmocka_unit_test(test_beside),
        cmocka_unit_test(test_few_together), cmocka_unit_test(test_values),
        cmocka_unit_test(test_small_ones),   cmocka_unit_test(test_no_figure_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
