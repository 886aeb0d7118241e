/* What is not shown, and why; and numbers that cannot be right. */
#include "check.h"

#include "base/mem.h"
#include "review/kit.h"
#include "review/statistics.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_guard(void **state)
{
    (void)state;
    int64_t table[4] = {10, 2, 3, 14};
    struct figure kappa = figure_guard(agreement_kappa(table, 2, NULL));
    assert_int_equal(kappa.none, FIGURE_UNDER_30);
    assert_int_equal(kappa.n, 29);
    assert_true(isnan(kappa.value) && isnan(kappa.low) && isnan(kappa.high) && isnan(kappa.se));
    assert_int_equal(figure_guard(agreement_ac(table, 2, NULL)).none, FIGURE_UNDER_30);
    assert_int_equal(figure_guard(alpha_table(table, 2, ALPHA_NOMINAL, NULL)).none, FIGURE_UNDER_30);
    assert_int_equal(figure_guard(agreement_percent(table, 2)).none, FIGURE_THERE);
    table[0]++;
    same_figure("thirty", figure_guard(agreement_kappa(table, 2, NULL)), agreement_kappa(table, 2, NULL));
    assert_int_equal(figure_guard(rate_wilson(9, 9)).none, FIGURE_UNDER_10);
    same_figure("ten", figure_guard(rate_wilson(9, 10)), rate_wilson(9, 10));
    assert_int_equal(figure_guard(sign_test(0, 9)).none, FIGURE_UNDER_10);
    assert_int_equal(figure_guard(sign_test(0, 10)).none, FIGURE_THERE);
    assert_int_equal(figure_guard(movement_share(1, 2, 3, 4)).none, FIGURE_THERE);
    /* A reason that is there is not replaced by a worse one. */
    assert_int_equal(figure_guard(rate_wilson(0, 0)).none, FIGURE_NOTHING);
    assert_int_equal(figure_guard(rate_wilson(-1, 5)).none, FIGURE_BAD_INPUT);
    assert_int_equal(figure_guard(sign_test(0, 0)).none, FIGURE_NOBODY_MOVED);
}

/* Each in a sentence that can be read, and in the same words in alongside-statistics(7). */
static void test_reasons(void **state)
{
    (void)state;
    const char *srcdir = getenv("srcdir");
    char *path = xasprintf("%s/man/alongside-statistics.7", srcdir ? srcdir : "."), page[65536];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    page[fread(page, 1, sizeof page - 1, file)] = '\0';
    fclose(file);
    free(path);
    assert_string_equal(figure_why(FIGURE_THERE), "");
    for (enum figure_reason reason = FIGURE_NOTHING; reason <= FIGURE_BAD_INPUT; reason++) {
        const char *why = figure_why(reason);
        int words = 1;
        for (const char *c = why; *c; c++)
            words += *c == ' ';
        assert_true(isupper((unsigned char)*why) && why[strlen(why) - 1] == '.' && words <= 15);
        char *item = xasprintf("\n.It\n%s\n", why);
        if (!strstr(page, item))
            fail_msg("the page has no \"%s\"", why);
        free(item);
    }
}

static void refuse(struct figure figure, enum figure_reason reason, int64_t n)
{
    assert_int_equal(figure.none, reason);
    assert_int_equal(figure.no_range, reason);
    assert_int_equal(figure.n, n);
    assert_true(isnan(figure.value) && isnan(figure.se) && isnan(figure.low) && isnan(figure.high));
}

static void test_hostile_tables(void **state)
{
    (void)state;
    int64_t none[9] = {0}, less[9] = {5, 0, 0, 0, -1, 0, 0, 0, 5}, same[9] = {0, 0, 0, 0, 50, 0, 0, 0, 0};
    int64_t apart[9] = {0, 0, 50, 0, 0, 0, 0, 0, 0}, one[9] = {0, 1, 0, 0, 0, 0, 0, 0, 0};
    int64_t over[4] = {INT64_MAX, 0, 0, 1}, most[4] = {INT64_MAX / 4, 0, 1, INT64_MAX / 8};
    struct figure figures[ALL_OF_THEM];
    coefficients(none, 3, figures);
    for (int i = 0; i < ALL_OF_THEM; i++)
        refuse(figures[i], FIGURE_NOTHING, 0);
    coefficients(less, 3, figures);
    for (int i = 0; i < ALL_OF_THEM; i++)
        refuse(figures[i], FIGURE_BAD_INPUT, 0);
    coefficients(over, 2, figures);
    for (int i = 0; i < ALL_OF_THEM; i++)
        refuse(figures[i], FIGURE_BAD_INPUT, 0);
    coefficients(same, 1, figures); /* a scale of one answer: the first cell alone */
    for (int i = 0; i < ALL_OF_THEM; i++)
        refuse(figures[i], FIGURE_NOTHING, 0);
    coefficients(same + 4, 1, figures);
    for (int i = 1; i < ALL_OF_THEM; i++)
        refuse(figures[i], FIGURE_ALL_SAME, 50);
    refuse(agreement_kappa(none, 0, NULL), FIGURE_BAD_INPUT, 0);
    refuse(agreement_ac(none, -1, NULL), FIGURE_BAD_INPUT, 0);
    refuse(alpha_table(none, 0, ALPHA_NOMINAL, NULL), FIGURE_BAD_INPUT, 0);

    /* All the same: chance does that too, says kappa, and so does alpha; AC takes it for agreement. */
    coefficients(same, 3, figures);
    for (int i = 0; i < ALL_OF_THEM; i++)
        if (i == 0 || i == 2 || i == 6 || i == 7)
            near("all the same", figures[i].value, 1, 0);
        else
            refuse(figures[i], FIGURE_ALL_SAME, 50);
    /* Each always the same, but not as the other: no agreement, and none by chance either. */
    coefficients(apart, 3, figures);
    near("never the same", figures[0].value, 0, 0);
    near("never the same, kappa", figures[1].value, 0, 0);
    assert_int_equal(figures[1].no_range, FIGURE_NO_SPREAD);
    coefficients(one, 3, figures);
    for (int i = 1; i < ALL_OF_THEM; i++)
        assert_int_equal(figures[i].no_range, FIGURE_TOO_FEW);
    one[0]++; /* two are enough for a range, a wide one */
    coefficients(one, 3, figures);
    assert_int_equal(figures[1].no_range, FIGURE_NO_SPREAD); /* one side always the same: kappa has to be 0 */
    assert_int_equal(figures[2].no_range, FIGURE_THERE);
    assert_int_equal(figures[3].no_range, FIGURE_THERE);
    near("a wide one", figures[2].low, -1, 0);
    near("a wide one", figures[2].high, 1, 0);
    /* Where all pairs of answers count as the same, chance does it all. */
    double all_alike[4] = {1, 1, 1, 1};
    int64_t even[4] = {8, 8, 8, 8}, full[4] = {INT64_MAX - 5, 5, 0, 0};
    refuse(agreement_ac(even, 2, all_alike), FIGURE_ALL_SAME, 32);
    refuse(agreement_kappa(even, 2, all_alike), FIGURE_ALL_SAME, 32);
    assert_true(agreement_percent(full, 2).n == INT64_MAX);

    coefficients(most, 2, figures);
    for (int i = 0; i < ALL_OF_THEM; i++) {
        assert_int_equal(figures[i].none, FIGURE_THERE);
        near("very many", figures[i].value, 1, 1e-9);
    }
}

static void test_hostile_units(void **state)
{
    (void)state;
    int values[6] = {0, -1, -1, 1, -1, -1}, high[2] = {0, 2}, pair[4] = {0, 1, 1, 1}, same[4] = {1, 1, 1, 1};
    int64_t negative[1] = {-1}, huge[2] = {INT64_MAX, 1}, many[2] = {INT64_MAX / 8, INT64_MAX / 8},
            pairable = 9;
    double rising[2] = {1, 1}, below[2] = {-1, 1}, endless[2] = {0, INFINITY}, zero[2] = {0, 3};
    refuse(alpha_units(values, NULL, 3, 2, 2, ALPHA_NOMINAL, NULL, &pairable), FIGURE_NOTHING, 0);
    assert_int_equal(pairable, 0);
    refuse(alpha_units(values, NULL, 0, 2, 2, ALPHA_NOMINAL, NULL, NULL), FIGURE_NOTHING, 0);
    refuse(alpha_units(values, NULL, 1, 0, 2, ALPHA_NOMINAL, NULL, NULL), FIGURE_BAD_INPUT, 0);
    refuse(alpha_units(high, NULL, 1, 2, 2, ALPHA_NOMINAL, NULL, NULL), FIGURE_BAD_INPUT, 0);
    refuse(alpha_units(pair, negative, 1, 2, 2, ALPHA_NOMINAL, NULL, NULL), FIGURE_BAD_INPUT, 0);
    refuse(alpha_units(pair, huge, 2, 2, 2, ALPHA_NOMINAL, NULL, &pairable), FIGURE_BAD_INPUT, 0);
    assert_int_equal(pairable, 0);
    refuse(alpha_units(same, NULL, 2, 2, 2, ALPHA_ORDINAL, NULL, NULL), FIGURE_ALL_SAME, 2);
    refuse(alpha_units(pair, NULL, 2, 2, 2, ALPHA_INTERVAL, rising, NULL), FIGURE_BAD_INPUT, 0);
    refuse(alpha_units(pair, NULL, 2, 2, 2, ALPHA_INTERVAL, endless, NULL), FIGURE_BAD_INPUT, 0);
    refuse(alpha_units(pair, NULL, 2, 2, 2, ALPHA_RATIO, below, NULL), FIGURE_BAD_INPUT, 0);
    near("below zero", alpha_units(pair, NULL, 2, 2, 2, ALPHA_INTERVAL, below, NULL).value, 0, 1e-15);
    near("zero", alpha_units(pair, NULL, 2, 2, 2, ALPHA_RATIO, zero, NULL).value, 0, 1e-15);
    near("no scale", alpha_units(pair, NULL, 2, 2, 2, ALPHA_NOMINAL, endless, NULL).value, 0, 1e-15);
    struct figure alpha = alpha_units(pair, many, 2, 2, 2, ALPHA_NOMINAL, NULL, &pairable);
    assert_true(alpha.none == FIGURE_THERE && alpha.high - alpha.low < 1e-6);
    assert_int_equal(pairable, 2 * (2 * (INT64_MAX / 8)));
}

static void test_hostile_others(void **state)
{
    (void)state;
    refuse(rate_wilson(0, 0), FIGURE_NOTHING, 0);
    refuse(rate_wilson(-1, 10), FIGURE_BAD_INPUT, 0);
    refuse(rate_wilson(11, 10), FIGURE_BAD_INPUT, 0);
    refuse(rate_wilson(0, -1), FIGURE_BAD_INPUT, 0);
    struct figure rate = rate_wilson(INT64_MAX / 2, INT64_MAX);
    assert_true(rate.low <= .5 && rate.high >= .5 && rate.high - rate.low < 1e-8);
    rate = rate_wilson(1, INT64_MAX);
    assert_true(0 < rate.low && rate.low < 1e-18);
    refuse(sign_test(0, 0), FIGURE_NOBODY_MOVED, 0);
    refuse(sign_test(-1, 5), FIGURE_BAD_INPUT, 0);
    refuse(sign_test(INT64_MAX, 1), FIGURE_BAD_INPUT, 0);
    assert_int_equal(sign_test(3, 4).no_range, FIGURE_HAS_NONE);
    assert_int_equal(movement_share(1, 2, 3, 4).n, 1);
    refuse(movement_share(NAN, 1, 2, 3), FIGURE_BAD_INPUT, 0);
    refuse(movement_share(INFINITY, 1, 2, 3), FIGURE_BAD_INPUT, 0);

    double values[3] = {1, NAN, 3};
    refuse(quartiles_of(values, 0).median, FIGURE_NOTHING, 0);
    refuse(quartiles_of(values, 3).median, FIGURE_BAD_INPUT, 0);
    assert_true(isnan(quartiles_of(values, 3).lower));
    near("one", quartiles_of(values, 1).upper, 1, 0);

    struct survival_time times[2] = {{-1, true}, {1, false}}, strange[1] = {{NAN, true}};
    struct survival survival = survival_estimate(times, 2);
    refuse(survival.median, FIGURE_BAD_INPUT, 0);
    refuse(survival_at(&survival, 1), FIGURE_BAD_INPUT, 0);
    survival_release(&survival);
    survival = survival_estimate(strange, 1);
    refuse(survival.median, FIGURE_BAD_INPUT, 0);
    survival_release(&survival);
    survival = survival_estimate(NULL, 0);
    refuse(survival.median, FIGURE_NOTHING, 0);
    refuse(survival_at(&survival, 1), FIGURE_NOTHING, 0);
    survival_release(&survival);
    survival = survival_estimate(times + 1, 1); /* nobody's ended: level, and then nothing is known */
    assert_int_equal(survival.count, 0);
    near("nobody's ended", survival_at(&survival, 1).value, 1, 0);
    refuse(survival_at(&survival, 2), FIGURE_NOT_YET, 1);
    refuse(survival_at(&survival, NAN), FIGURE_BAD_INPUT, 0);
    survival_release(&survival);
    times[0].time = .5; /* just half, to the end */
    survival = survival_estimate(times, 2);
    near("half", survival.median.value, .5, 0);
    survival_release(&survival);
    struct survival_time early[5] = {{1, true}, {1, true}, {1, true}, {1, true}, {2, true}};
    survival = survival_estimate(early, 5);
    near("most at once", survival.median.value, 1, 0);
    near("most at once", survival.median.low, 1, 0);
    survival_release(&survival);
    times[0].time = 0; /* gone before it began */
    survival = survival_estimate(times, 2);
    near("at once", survival_at(&survival, 0).value, .5, 0);
    survival_release(&survival);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guard),          cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_hostile_tables), cmocka_unit_test(test_hostile_units),
        cmocka_unit_test(test_hostile_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
