/* What must hold of the figures whatever the numbers are, and the same worked out a second, slower way on
 * made-up data (always the same). */
#include "check.h"

#include "base/mem.h"
#include "review/kit.h"
#include "review/statistics.h"

#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 200 };

static uint64_t seed;

/* 0 to below `limit` (Marsaglia's xorshift). */
static int any(int limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int)(seed >> 33) % limit;
}

static int reseed(void **state)
{
    (void)state;
    seed = 88172645463325252;
    return 0;
}

/* A table as two people might fill it: mostly alike, nowhere empty in all. */
static int any_table(int64_t *table)
{
    int k = 2 + any(MOST - 1);
    for (int i = 0; i < k * k; i++)
        table[i] = any(4) + (i % (k + 1) == 0 ? 1 + any(9) : 0);
    return k;
}

/* Who is called the first does not matter; nor, to some, what the answers are called; to all, which end of
 * the scale is up. */
static void test_symmetries(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t table[MOST * MOST], turned[MOST * MOST], renamed[MOST * MOST], reversed[MOST * MOST];
        struct figure plain[ALL_OF_THEM], other[ALL_OF_THEM];
        int k = any_table(table), name[MOST];
        for (int i = 0; i < k; i++) { /* a shuffled order, filled from the inside (Durstenfeld 1964) */
            int j = any(i + 1);
            if (j != i)
                name[i] = name[j];
            name[j] = i;
        }
        for (int i = 0; i < k; i++)
            for (int j = 0; j < k; j++) {
                turned[j * k + i] = table[i * k + j];
                renamed[name[i] * k + name[j]] = table[i * k + j];
                reversed[(k - 1 - i) * k + k - 1 - j] = table[i * k + j];
            }
        coefficients(table, k, plain);
        coefficients(turned, k, other);
        for (int i = 0; i < ALL_OF_THEM; i++)
            same_figure("sides changed", other[i], plain[i]);
        coefficients(renamed, k, other);
        for (int i = 0; i < NOMINAL_ONES; i++)
            same_figure("answers renamed", other[i], plain[i]);
        coefficients(reversed, k, other);
        for (int i = 0; i < ALL_OF_THEM; i++)
            same_figure("scale reversed", other[i], plain[i]);
        for (int i = 0; i < ALL_OF_THEM; i++) {
            assert_true(plain[i].value >= -1 && plain[i].value <= 1);
            if (plain[i].no_range)
                continue;
            assert_true(-1 <= plain[i].low && plain[i].low <= plain[i].value);
            assert_true(plain[i].value <= plain[i].high && plain[i].high <= 1);
        }
    }
}

/* A thousand times the same says the same, and says it more surely. */
static void test_more_of_the_same(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t table[MOST * MOST], more[MOST * MOST];
        struct figure plain[ALL_OF_THEM], other[ALL_OF_THEM];
        int k = any_table(table);
        for (int i = 0; i < k * k; i++)
            more[i] = table[i] * 1000;
        coefficients(table, k, plain);
        coefficients(more, k, other);
        for (int i = 0; i < ALL_OF_THEM; i++) {
            bool corrected = i == 3 || i >= 8; /* alpha is corrected for small samples */
            near("a thousand times the same", other[i].value, plain[i].value,
                 corrected ? 1. / (double)plain[i].n : 1e-12);
            near("its error", other[i].se, plain[i].se / sqrt(1000), corrected ? .01 * plain[i].se : 1e-12);
        }
    }
}

static void test_perfect(void **state)
{
    (void)state;
    int64_t table[9] = {12, 0, 0, 0, 1, 0, 0, 0, 30};
    struct figure figures[ALL_OF_THEM];
    coefficients(table, 3, figures);
    for (int i = 0; i < ALL_OF_THEM; i++) {
        near("all agree", figures[i].value, 1, 0);
        if (i > 0) {
            assert_int_equal(figures[i].no_range, FIGURE_NO_SPREAD);
            assert_true(isnan(figures[i].low) && isnan(figures[i].high));
            near("its error", figures[i].se, 0, 0);
        }
    }
    assert_true(figures[0].low > 0.9 && figures[0].low < 1); /* Wilson's has a range even so */
}

static void test_two_answers(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t table[4];
        for (int i = 0; i < 4; i++)
            table[i] = 1 + any(20);
        struct figure figures[ALL_OF_THEM];
        coefficients(table, 2, figures);
        same_figure("kappa, linear", figures[4], figures[1]);
        same_figure("kappa, quadratic", figures[5], figures[1]);
        same_figure("AC, linear", figures[6], figures[2]);
        same_figure("AC, quadratic", figures[7], figures[2]);
        same_figure("alpha, ordinal", figures[8], figures[3]);
        same_figure("alpha, interval", figures[9], figures[3]);
    }
}

/* ---- the same, by going through all pairs ---- */

static double weight(const double *weights, int k, int a, int b)
{
    return weights[a * k + b];
}

/* Kappa: how much do the two agree on one thing, and how much if each answer of the one meets each of the
 * other? */
static void test_kappa_by_pairs(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        enum { N = 40 };
        int a[N], b[N], k = 2 + any(MOST - 1);
        int64_t table[MOST * MOST] = {0};
        double weights[MOST * MOST];
        for (int i = 0; i < k * k; i++)
            weights[i] = i % (k + 1) ? any(100) / 100. : 1;
        for (int i = 0; i < N; i++) {
            a[i] = any(k);
            b[i] = any(3) ? a[i] : any(k);
            table[a[i] * k + b[i]]++;
        }
        double po = 0, pe = 0;
        for (int i = 0; i < N; i++) {
            po += weight(weights, k, a[i], b[i]) / N;
            for (int j = 0; j < N; j++)
                pe += weight(weights, k, a[i], b[j]) / N / N;
        }
        near("kappa by pairs", agreement_kappa(table, k, weights).value, (po - pe) / (1 - pe), 1e-12);
    }
}

/* kappa or AC with a little more of one cell, on tables of shares: a second writing of both formulas. */
static double with_a_little_more(const double *cells, int k, const double *weights, int cell, double more,
                                 bool ac)
{
    double row[MOST] = {0}, column[MOST] = {0}, all = 0, po = 0, pe = 0, total = 0;
    for (int i = 0; i < k * k; i++) {
        double share = cells[i] + (i == cell ? more : 0);
        row[i / k] += share;
        column[i % k] += share;
        all += share;
        po += share * weights[i];
        total += weights[i];
    }
    for (int i = 0; i < k; i++) {
        double used = (row[i] + column[i]) / all / 2;
        if (ac)
            pe += used * (1 - used) * total / k / (k - 1);
        for (int j = 0; j < k && !ac; j++)
            pe += weights[i * k + j] * row[i] * column[j] / all / all;
    }
    return (po / all - pe) / (1 - pe);
}

/* The errors of large samples are what the delta method makes of the derivatives; here these are taken as
 * differences. */
static void test_errors_by_differences(void **state)
{
    (void)state;
    const double little = 1e-5;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t table[MOST * MOST], n = 0;
        double cells[MOST * MOST], weights[MOST * MOST];
        int k = any_table(table);
        for (int i = 0; i < k * k; i++) {
            weights[i] = i % (k + 1) ? any(100) / 100. : 1;
            n += table[i];
        }
        for (int i = 0; i < k * k; i++)
            cells[i] = (double)table[i] / (double)n;
        for (int ac = 0; ac < 2; ac++) {
            double variance = 0;
            for (int i = 0; i < k * k; i++) {
                double slope = with_a_little_more(cells, k, weights, i, little, ac) -
                               with_a_little_more(cells, k, weights, i, -little, ac);
                variance +=
                    cells[i] * slope * slope / little / little / 4; /* about 0: all shares grow alike */
            }
            struct figure figure = ac ? agreement_ac(table, k, weights) : agreement_kappa(table, k, weights);
            near(ac ? "AC's error" : "kappa's error", figure.se, sqrt(variance / (double)n), 1e-7);
        }
    }
}

/* ---- alpha, by its definition ---- */

enum { UNITS = 60, RATERS = 4 };

static double ordinal_apart(const double *given, int a, int b)
{
    double sum = -(given[a] + given[b]) / 2;
    for (int v = a < b ? a : b; v <= (a < b ? b : a); v++)
        sum += given[v];
    return a == b ? 0 : sum;
}

static double squared(const double *given, enum alpha_metric metric, const double *scale, int a, int b)
{
    double apart = scale[a] - scale[b];
    if (metric == ALPHA_NOMINAL)
        apart = a != b;
    else if (metric == ALPHA_ORDINAL)
        apart = ordinal_apart(given, a, b);
    else if (metric == ALPHA_RATIO)
        apart = a == b ? 0 : apart / (scale[a] + scale[b]);
    return apart * apart;
}

/* All pairs within units against all pairs whatsoever; `without`: a unit left out, or -1. */
static double alpha_by_pairs(const int *values, size_t units, int k, enum alpha_metric metric,
                             const double *scale, int without)
{
    double given[MOST] = {0}, within = 0, between = 0, n = 0;
    for (int turn = 0; turn < 2; turn++)
        for (size_t unit = 0; unit < units; unit++) {
            const int *row = values + unit * RATERS;
            int m = 0;
            for (int i = 0; i < RATERS; i++)
                m += row[i] >= 0;
            if (m < 2 || (int)unit == without)
                continue;
            for (int i = 0; i < RATERS; i++)
                if (row[i] >= 0 && turn == 0)
                    given[row[i]]++;
            for (int i = 0; i < RATERS; i++)
                for (int j = 0; j < RATERS; j++)
                    if (turn == 1 && i != j && row[i] >= 0 && row[j] >= 0)
                        within += squared(given, metric, scale, row[i], row[j]) / (m - 1);
        }
    for (int a = 0; a < k; a++) {
        n += given[a];
        for (int b = 0; b < k; b++)
            between += given[a] * given[b] * squared(given, metric, scale, a, b);
    }
    return 1 - (within / n) / (between / n / (n - 1));
}

static void any_units(int *values, int k)
{
    for (int unit = 0; unit < UNITS; unit++) {
        int truth = any(k);
        for (int rater = 0; rater < RATERS; rater++) {
            int value = any(3) ? truth : any(k);
            values[unit * RATERS + rater] = any(5) ? value : -1;
        }
    }
}

static void test_alpha_by_pairs(void **state)
{
    (void)state;
    double ratio[4] = {0}, rounds = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int values[UNITS * RATERS], k = 2 + any(MOST - 1);
        double scale[MOST];
        for (int v = 0; v < k; v++)
            scale[v] = (v ? scale[v - 1] : 0) + any(10) / 4. + .25 * (v > 0);
        any_units(values, k);
        rounds++;
        for (enum alpha_metric metric = ALPHA_NOMINAL; metric <= ALPHA_RATIO; metric++) {
            struct figure alpha = alpha_units(values, NULL, UNITS, RATERS, k, metric, scale, NULL);
            near("alpha", alpha.value, alpha_by_pairs(values, UNITS, k, metric, scale, -1), 1e-12);

            /* The linearised error against the jackknife's, which leaves out each unit once. */
            double mean = 0, variance = 0, part[UNITS];
            int n = 0;
            for (int unit = 0; unit < UNITS; unit++) {
                int m = 0;
                for (int i = 0; i < RATERS; i++)
                    m += values[unit * RATERS + i] >= 0;
                if (m < 2)
                    continue;
                part[n] = alpha_by_pairs(values, UNITS, k, metric, scale, unit);
                mean += part[n++];
            }
            assert_int_equal(alpha.n, n);
            for (int i = 0; i < n; i++)
                variance += (part[i] - mean / n) * (part[i] - mean / n) * (n - 1) / n;
            near("alpha's error", alpha.se, sqrt(variance), .08 * sqrt(variance));
            ratio[metric] += alpha.se / sqrt(variance);
        }
    }
    for (int metric = 0; metric < 4; metric++)
        near("alpha's error, on average", ratio[metric] / rounds, 1, .03);
}

/* Two raters, all answered: alpha is Scott's pi, corrected for small samples; and however the units are
 * given. */
static void test_alpha_of_tables(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t table[MOST * MOST], times[MOST * MOST + 2];
        int k = any_table(table), values[2 * (MOST * MOST + 2)], one_by_one[2 * 600];
        double n = 0, po = 0, pe = 0;
        size_t units = 0;
        for (int i = 0; i < k * k; i++) {
            n += (double)table[i];
            po += i % (k + 1) ? 0 : (double)table[i];
            times[i] = table[i];
            values[2 * i] = i / k;
            values[2 * i + 1] = i % k;
            for (int64_t t = 0; t < table[i]; t++, units++) {
                one_by_one[2 * units] = i % k; /* the sides changed too */
                one_by_one[2 * units + 1] = i / k;
            }
        }
        for (int i = 0; i < k; i++) {
            double used = 0;
            for (int j = 0; j < k; j++)
                used += (double)(table[i * k + j] + table[j * k + i]) / n / 2;
            pe += used * used;
        }
        struct figure alpha = alpha_table(table, k, ALPHA_NOMINAL, NULL);
        near("alpha and pi", alpha.value, 1 - (1 - po / n) / (1 - pe) * (2 * n - 1) / (2 * n), 1e-12);
        /* Those that only one of them answered say nothing. */
        values[2 * k * k] = values[2 * k * k + 3] = 0;
        values[2 * k * k + 1] = values[2 * k * k + 2] = -1;
        times[k * k] = 1000;
        times[k * k + 1] = 7;
        for (enum alpha_metric metric = ALPHA_NOMINAL; metric <= ALPHA_RATIO; metric++) {
            int64_t pairable;
            alpha = alpha_table(table, k, metric, NULL);
            same_figure("one by one", alpha_units(one_by_one, NULL, units, 2, k, metric, NULL, &pairable),
                        alpha);
            assert_int_equal(pairable, 2 * (int64_t)n);
            same_figure("in heaps", alpha_units(values, times, (size_t)(k * k + 2), 2, k, metric, NULL, NULL),
                        alpha);
        }
    }
}

/* ---- shares, sides, middles ---- */

/* An end of Wilson's range is the share that the score test just does not reject. */
static void test_wilson_inverts(void **state)
{
    (void)state;
    for (int n = 1; n <= 60; n++)
        for (int count = 0; count <= n; count++) {
            struct figure rate = rate_wilson(count, n), rest = rate_wilson(n - count, n);
            double p = (double)count / n;
            if (count > 0)
                near("low", (p - rate.low) / sqrt(rate.low * (1 - rate.low) / n), NORMAL_95, 1e-9);
            else
                near("low", rate.low, 0, 0);
            if (count < n)
                near("high", (rate.high - p) / sqrt(rate.high * (1 - rate.high) / n), NORMAL_95, 1e-9);
            else
                near("high", rate.high, 1, 0);
            near("the rest", rest.low, 1 - rate.high, 1e-12);
            assert_true(rate.low <= rate.value && rate.value <= rate.high);
        }
}

/* By Pascal's triangle, in whole numbers; and all outcomes together are certain. */
static void test_sign_by_counting(void **state)
{
    (void)state;
    uint64_t ways[61] = {1};
    for (int n = 1; n <= 60; n++) {
        for (int i = n; i > 0; i--)
            ways[i] += ways[i - 1];
        double before = 0, together = 0;
        uint64_t at_most = 0;
        for (int one = 0; 2 * one < n; one++) {
            at_most += ways[one];
            double p = sign_test(one, n - one).value;
            near("sign test", p, fmin(1, ldexp((double)at_most, 1 - n)), 1e-12);
            near("the other way round", sign_test(n - one, one).value, p, 0);
            together += p - before;
            before = p;
        }
        if (n % 2 == 0)
            together += ldexp((double)ways[n / 2], -n);
        near("all outcomes", together, 1, 1e-12);
    }
}

/* Where it is as near to even as it can be without being so, all that is missing to 1 is the middle, by
 * Stirling. */
static void test_sign_of_many(void **state)
{
    (void)state;
    for (int64_t half = 100; half < INT64_MAX / 20; half *= 10) {
        double n = 2 * (double)half, middle = sqrt(2 / (acos(-1) * n)) * (1 - 1 / (4 * n));
        near("nearly even", sign_test(half - 1, half + 1).value, 1 - middle, 2e-5);
        struct figure sure = sign_test(0, half);
        assert_true(sure.value >= 0 && sure.value < 1e-29);
    }
    /* Exact below, normal above: they meet. */
    for (int64_t apart = 20000; apart <= 160000; apart += 20000) {
        int64_t below = 500000000, above = below + 1;
        double exact = sign_test(below - apart / 2, below + apart / 2).value;
        near("where they meet", sign_test(above - apart / 2, above + apart / 2).value / exact, 1, 1e-4);
    }
    assert_true(sign_test(INT64_MAX / 2, INT64_MAX / 2 - 1000).value > .99);
}

static void test_quartiles(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        double values[40];
        size_t n = 1 + (size_t)any(40);
        for (size_t i = 0; i < n; i++)
            values[i] = any(11);
        struct quartiles quartiles = quartiles_of(values, n);
        size_t below = 0, above = 0;
        for (size_t i = 0; i < n; i++) {
            below += values[i] < quartiles.median.value;
            above += values[i] > quartiles.median.value;
        }
        assert_true(2 * below <= n && 2 * above <= n);
        assert_true(quartiles.lower <= quartiles.median.value && quartiles.median.value <= quartiles.upper);
        assert_int_equal(quartiles.median.no_range, n < 6 ? FIGURE_TOO_FEW : FIGURE_THERE);
        if (n >= 6)
            assert_true(quartiles.median.low <= quartiles.median.value &&
                        quartiles.median.value <= quartiles.median.high);
        assert_int_equal(quartiles_guard(quartiles).median.none, n < 10 ? FIGURE_UNDER_10 : FIGURE_THERE);
        assert_int_equal(isnan(quartiles_guard(quartiles).lower), n < 10);
    }
    double far[2] = {-1.7e308, 1.7e308};
    near("far apart", quartiles_of(far, 2).median.value, 0, 0);
}

/* ---- Kaplan-Meier ---- */

/* Efron's way (1967): each starts with the same share, and whoever is only not seen any more leaves theirs,
 * in equal parts, to those who are there longer. */
static double by_leaving(const struct survival_time *sorted, size_t n, double time)
{
    double share[64], on = 0;
    for (size_t i = 0; i < n; i++)
        share[i] = 1. / (double)n;
    for (size_t i = 0; i < n; i++)
        if (!sorted[i].ended && i + 1 < n) {
            for (size_t j = i + 1; j < n; j++)
                share[j] += share[i] / (double)(n - i - 1);
            share[i] = 0;
        }
    for (size_t i = 0; i < n; i++)
        on += sorted[i].time > time || (!sorted[i].ended && i + 1 == n) ? share[i] : 0;
    return on;
}

static void test_curve(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct survival_time times[64], shuffled[64];
        size_t n = 1 + (size_t)any(64);
        bool all_ended = round % 4 == 0;
        double time = 0;
        for (size_t i = 0; i < n; i++) {
            bool ended = all_ended || any(3);
            /* Ends come before those last seen at the same time; so only an end may follow at once, and only
             * an end. */
            if (!(i > 0 && times[i - 1].ended && any(2)))
                time += 1 + any(3);
            times[i] = (struct survival_time){time, ended};
            size_t j = (size_t)any((int)i + 1);
            if (j != i)
                shuffled[i] = shuffled[j];
            shuffled[j] = times[i];
        }
        struct survival survival = survival_estimate(shuffled, n);
        assert_int_equal(survival.n, n);
        double last = 1;
        for (size_t i = 0; i < survival.count; i++) {
            const struct survival_step *step = &survival.steps[i];
            near("curve", step->survival, by_leaving(times, n, step->time), 1e-12);
            near("its value", survival_at(&survival, step->time).value, step->survival, 0);
            near("its value before", survival_at(&survival, step->time - .5).value, last, 0);
            last = step->survival;
            if (all_ended) { /* then it is the share of those still there, and Greenwood's error that of a
                                share */
                size_t on = 0;
                for (size_t j = 0; j < n; j++)
                    on += times[j].time > step->time;
                double s = (double)on / (double)n;
                near("share still there", step->survival, s, 1e-12);
                near("its error", step->se, sqrt(s * (1 - s) / (double)n), 1e-9);
            }
            if (step->survival > 0)
                assert_true(0 <= step->low && step->low < step->survival && step->survival < step->high &&
                            step->high < 1);
            else
                assert_true(isnan(step->low) && isnan(step->high));
        }
        near("before all", survival_at(&survival, 0).value, 1, 0);
        struct figure beyond = survival_at(&survival, survival.followed + 1);
        assert_int_equal(beyond.none, last > 0 ? FIGURE_NOT_YET : FIGURE_THERE);
        assert_int_equal(survival.median.none, last > .5 ? FIGURE_NOT_YET : FIGURE_THERE);
        if (all_ended) {
            double plain[64];
            for (size_t i = 0; i < n; i++)
                plain[i] = times[i].time;
            /* The middle of what all took, but where two in the middle are the same and others follow at that
             * time. */
            near("median", survival.median.value, quartiles_of(plain, n).median.value, 1e-12);
        }
        survival_release(&survival);
    }
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_symmetries, reseed),
        cmocka_unit_test_setup(test_more_of_the_same, reseed),
        cmocka_unit_test(test_perfect),
        cmocka_unit_test_setup(test_two_answers, reseed),
        cmocka_unit_test_setup(test_kappa_by_pairs, reseed),
        cmocka_unit_test_setup(test_errors_by_differences, reseed),
        cmocka_unit_test_setup(test_alpha_by_pairs, reseed),
        cmocka_unit_test_setup(test_alpha_of_tables, reseed),
        cmocka_unit_test(test_wilson_inverts),
        cmocka_unit_test(test_sign_by_counting),
        cmocka_unit_test(test_sign_of_many),
        cmocka_unit_test_setup(test_quartiles, reseed),
        cmocka_unit_test_setup(test_curve, reseed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
