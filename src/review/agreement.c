/* Agreement of two: percent, kappa, AC.
 *
 * All three are made of one table of counts. Sums of counts are kept whole, products are not: the product of
 * two sums of rows would overflow long before the counts do. A variance is summed about its mean, not as a
 * difference of squares, so that it comes out as 0 and not as a little less where it is 0. */
#include "review/statistics.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* A table as shares: `cell` k by k, `row` and `column` its sums, all behind one pointer. */
struct shares {
    double *cell, *row, *column;
    int k;
};

void agreement_weights(enum agreement_weights kind, int k, double *weights)
{
    for (int i = 0; i < k; i++)
        for (int j = 0; j < k; j++) {
            double apart = k > 1 ? fabs((double)(i - j)) / (k - 1) : 0;
            double weight = i == j;
            if (kind == WEIGHTS_LINEAR)
                weight = 1 - apart;
            else if (kind == WEIGHTS_QUADRATIC)
                weight = 1 - apart * apart;
            weights[i * k + j] = weight;
        }
}

static double weight_of(const double *weights, int k, int i, int j)
{
    return weights ? weights[i * k + j] : i == j;
}

/* The sum of a table, or -1 where it is none. */
static int64_t table_sum(const int64_t *table, int k)
{
    int64_t sum = 0;
    if (k < 1)
        return -1;
    for (int i = 0; i < k * k; i++)
        if (table[i] < 0 || table[i] > INT64_MAX - sum)
            return -1;
        else
            sum += table[i];
    return sum;
}

static struct shares shares_of(const int64_t *table, int k, int64_t n)
{
    size_t size = (size_t)k;
    struct shares shares = {.cell = xcalloc(size * (size + 2), sizeof(double)), .k = k};
    shares.row = shares.cell + size * size;
    shares.column = shares.row + size;
    for (int i = 0; i < k; i++)
        for (int j = 0; j < k; j++) {
            double share = (double)table[i * k + j] / (double)n;
            shares.cell[i * k + j] = share;
            shares.row[i] += share;
            shares.column[j] += share;
        }
    return shares;
}

static struct figure with_range(double value, double variance, int64_t n)
{
    struct figure figure = figure_none(FIGURE_THERE, n, FEWEST_FOR_CHANCE);
    figure.value = value;
    figure.se = sqrt(variance);
    if (n < 2) {
        figure.no_range = FIGURE_TOO_FEW;
    } else if (!(figure.se > 1e-12)) {
        figure.se = 0;
        figure.no_range = FIGURE_NO_SPREAD;
    } else {
        double reach = student_95(n - 1) * figure.se;
        figure.low = fmax(value - reach, -1);
        figure.high = fmin(value + reach, 1);
    }
    return figure;
}

/* The share of what the weights leave of agreement: 1 - po, summed as such, so that it is 0 and not nearly 0
 * where all agree. */
static double disagreement(const struct shares *shares, const double *weights)
{
    double sum = 0;
    for (int i = 0; i < shares->k; i++)
        for (int j = 0; j < shares->k; j++)
            sum += (1 - weight_of(weights, shares->k, i, j)) * shares->cell[i * shares->k + j];
    return sum;
}

/* The variance of `part` (k by k) over the cells. */
static double spread(const struct shares *shares, const double *part)
{
    double mean = 0, sum = 0;
    int cells = shares->k * shares->k;
    for (int i = 0; i < cells; i++)
        mean += shares->cell[i] * part[i];
    for (int i = 0; i < cells; i++)
        sum += shares->cell[i] * (part[i] - mean) * (part[i] - mean);
    return sum;
}

struct figure agreement_percent(const int64_t *table, int k)
{
    int64_t n = table_sum(table, k), same = 0;
    if (n < 0)
        return figure_none(FIGURE_BAD_INPUT, 0, FEWEST_FOR_RATE);
    for (int i = 0; i < k; i++)
        same += table[i * k + i];
    return rate_wilson(same, n);
}

struct figure agreement_kappa(const int64_t *table, int k, const double *weights)
{
    int64_t n = table_sum(table, k);
    if (n <= 0)
        return figure_none(n < 0 ? FIGURE_BAD_INPUT : FIGURE_NOTHING, 0, FEWEST_FOR_CHANCE);
    struct shares shares = shares_of(table, k, n);
    double apart = disagreement(&shares, weights), by_chance = 0; /* 1 - po, 1 - pe */
    double *part = xcalloc((size_t)k * (size_t)k + 2 * (size_t)k, sizeof *part);
    double *by_row = part + k * k, *by_column = by_row + k;
    for (int i = 0; i < k; i++)
        for (int j = 0; j < k; j++) {
            double weight = weight_of(weights, k, i, j);
            by_row[i] += weight * shares.column[j];
            by_column[j] += weight * shares.row[i];
            by_chance += (1 - weight) * shares.row[i] * shares.column[j];
        }
    struct figure figure = figure_none(FIGURE_ALL_SAME, n, FEWEST_FOR_CHANCE);
    if (by_chance > 0) {
        for (int i = 0; i < k; i++)
            for (int j = 0; j < k; j++)
                part[i * k + j] =
                    weight_of(weights, k, i, j) * by_chance - (by_row[i] + by_column[j]) * apart;
        figure =
            with_range(1 - apart / by_chance, spread(&shares, part) / ((double)n * pow(by_chance, 4)), n);
    }
    free(part);
    free(shares.cell);
    return figure;
}

struct figure agreement_ac(const int64_t *table, int k, const double *weights)
{
    int64_t n = table_sum(table, k);
    if (n <= 0)
        return figure_none(n < 0 ? FIGURE_BAD_INPUT : FIGURE_NOTHING, 0, FEWEST_FOR_CHANCE);
    if (k < 2) /* there was nothing to choose */
        return figure_none(FIGURE_ALL_SAME, n, FEWEST_FOR_CHANCE);
    struct shares shares = shares_of(table, k, n);
    double apart = disagreement(&shares, weights), pe = 0, total = 0;
    double *part = xcalloc((size_t)k * (size_t)k, sizeof *part);
    for (int i = 0; i < k; i++) {
        double used = (shares.row[i] + shares.column[i]) / 2;
        pe += used * (1 - used);
        for (int j = 0; j < k; j++)
            total += weight_of(weights, k, i, j);
    }
    double scale = total / ((double)k * (k - 1));
    pe *= scale;
    struct figure figure = figure_none(FIGURE_ALL_SAME, n, FEWEST_FOR_CHANCE);
    if (pe < 1) {
        double ac = 1 - apart / (1 - pe);
        for (int i = 0; i < k; i++)
            for (int j = 0; j < k; j++) {
                double used = shares.row[i] + shares.column[i] + shares.row[j] + shares.column[j];
                part[i * k + j] = weight_of(weights, k, i, j) - 2 * (1 - ac) * scale * (1 - used / 4);
            }
        figure = with_range(ac, spread(&shares, part) / ((double)n * (1 - pe) * (1 - pe)), n);
    }
    free(part);
    free(shares.cell);
    return figure;
}
