/* Shares, sides and middles: Wilson's range, the sign test, whose answer moved, median and quarters. */
#include "review/statistics.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct figure rate_wilson(int64_t count, int64_t n)
{
    if (n < 0 || count < 0 || count > n)
        return figure_none(FIGURE_BAD_INPUT, 0, FEWEST_FOR_RATE);
    if (n == 0)
        return figure_none(FIGURE_NOTHING, 0, FEWEST_FOR_RATE);
    struct figure figure = figure_none(FIGURE_THERE, n, FEWEST_FOR_RATE);
    double size = (double)n, z2 = NORMAL_95 * NORMAL_95;
    double p = (double)count / size, q = (double)(n - count) / size;
    double scale = 1 + z2 / size;
    double reach = NORMAL_95 * sqrt(p * q / size + z2 / (4 * size * size)) / scale;
    figure.value = p;
    figure.se = sqrt(p * q / size);
    double centre = (p + z2 / (2 * size)) / scale;
    /* Just 0 and 1 at the ends, whatever rounding makes of them. */
    figure.low = count == 0 ? 0 : centre - reach;
    figure.high = count == n ? 1 : centre + reach;
    return figure;
}

/* P(B <= at), B binomial with n and 1/2, for at < n / 2: from its largest term, by logarithms, down to where
 * the terms no longer count. That is soon, but ever later the larger n is, while the logarithms of the
 * factorials lose digits: from a thousand million on it is taken from the normal distribution, which is then
 * as good. */
static double tossed_at_most(int64_t at, int64_t n)
{
    const double exact_to = 1e9;
    double top = (double)at, size = (double)n, sum = 0;
    if (size > exact_to)
        return erfc((size / 2 - top - 0.5) / sqrt(size / 2)) / 2;
    double term = exp(lgamma(size + 1) - lgamma(top + 1) - lgamma(size - top + 1) - size * log(2));
    for (int64_t i = at; i >= 0 && term > sum * 1e-18; i--) {
        sum += term;
        term *= (double)i / (double)(n - i + 1);
    }
    return sum;
}

struct figure sign_test(int64_t one, int64_t other)
{
    if (one < 0 || other < 0 || one > INT64_MAX - other)
        return figure_none(FIGURE_BAD_INPUT, 0, FEWEST_FOR_RATE);
    if (one + other == 0)
        return figure_none(FIGURE_NOBODY_MOVED, 0, FEWEST_FOR_RATE);
    struct figure figure = figure_none(FIGURE_THERE, one + other, FEWEST_FOR_RATE);
    int64_t apart = one < other ? other - one : one - other;
    figure.no_range = FIGURE_HAS_NONE;
    figure.value = apart < 2 ? 1 : fmin(1, 2 * tossed_at_most(one < other ? one : other, one + other));
    return figure;
}

struct figure movement_share(double p0, double p1, double s0, double s1)
{
    double practitioner = fabs(p1 - p0), moved = practitioner + fabs(s1 - s0);
    if (!isfinite(moved))
        return figure_none(FIGURE_BAD_INPUT, 0, 1);
    if (!(moved > 0))
        return figure_none(FIGURE_NOBODY_MOVED, 0, 1);
    struct figure figure = figure_none(FIGURE_THERE, 1, 1);
    figure.no_range = FIGURE_HAS_NONE;
    figure.value = practitioner / moved;
    return figure;
}

/* ---- the middle ---- */

static int by_size(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static double quantile(const double *sorted, size_t n, double share)
{
    double place = (double)(n - 1) * share;
    size_t below = (size_t)place;
    if (below + 1 >= n)
        return sorted[n - 1];
    double over = place - (double)below;
    return sorted[below] * (1 - over) + sorted[below + 1] * over;
}

/* How many of n ordered values can be left out at each end, such that what is left holds the median in 95 %
 * of cases. */
static size_t outside(size_t n)
{
    size_t low = 0, high = n / 2; /* `low` is right, `high` is too many */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (2 * tossed_at_most((int64_t)middle - 1, (int64_t)n) <= 0.05)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct quartiles quartiles_of(const double *values, size_t n)
{
    struct quartiles quartiles = {figure_none(FIGURE_NOTHING, 0, FEWEST_FOR_RATE), NAN, NAN};
    if (n == 0)
        return quartiles;
    for (size_t i = 0; i < n; i++)
        if (!isfinite(values[i])) {
            quartiles.median = figure_none(FIGURE_BAD_INPUT, 0, FEWEST_FOR_RATE);
            return quartiles;
        }
    double *sorted = xreallocarray(NULL, n, sizeof *sorted);
    memcpy(sorted, values, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_size);
    struct figure median = figure_none(FIGURE_THERE, (int64_t)n, FEWEST_FOR_RATE);
    median.value = quantile(sorted, n, 0.5);
    size_t left_out = outside(n);
    if (left_out > 0) {
        median.low = sorted[left_out - 1];
        median.high = sorted[n - left_out];
    } else {
        median.no_range = FIGURE_TOO_FEW;
    }
    quartiles = (struct quartiles){median, quantile(sorted, n, 0.25), quantile(sorted, n, 0.75)};
    free(sorted);
    return quartiles;
}

struct quartiles quartiles_guard(struct quartiles quartiles)
{
    quartiles.median = figure_guard(quartiles.median);
    if (quartiles.median.none)
        quartiles.lower = quartiles.upper = NAN;
    return quartiles;
}
