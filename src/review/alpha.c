/* Krippendorff's alpha.
 *
 * A unit is what several may have answered: a question. It comes down to how often each value was given to
 * it; units of fewer than two values drop out. All is worked out from disagreements, d = 0 where two values
 * are the same and 1 where they lie farthest apart: alpha is the same in any unit. Everything is
 * linear in the units but the ordinal metric, which is made from how often each value was given in all. */
#include "review/statistics.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

struct units {
    const int *values;
    const int64_t *times;
    size_t count;
    int raters, k;
    int64_t compared, pairable; /* units of two values and more, and how many values those hold */
    double *total;              /* how often each value was given, in those */
    double *apart;              /* k by k */
    double *own;                /* the same for one unit */
};

static int64_t times_of(const struct units *units, size_t unit)
{
    return units->times ? units->times[unit] : 1;
}

/* How often each value was given to a unit, in `own`; returns how many values those are. */
static int count_values(const struct units *units, size_t unit)
{
    int given = 0;
    for (int v = 0; v < units->k; v++)
        units->own[v] = 0;
    for (int rater = 0; rater < units->raters; rater++) {
        int value = units->values[unit * (size_t)units->raters + (size_t)rater];
        if (value >= 0) {
            units->own[value]++;
            given++;
        }
    }
    return given;
}

/* Counts what there is; false where it cannot be right. */
static bool take_stock(struct units *units)
{
    for (size_t unit = 0; unit < units->count; unit++) {
        int64_t times = times_of(units, unit);
        for (int rater = 0; rater < units->raters; rater++)
            if (units->values[unit * (size_t)units->raters + (size_t)rater] >= units->k)
                return false;
        int given = count_values(units, unit);
        if (times < 0 || (given > 0 && times > (INT64_MAX - units->pairable) / given))
            return false;
        if (given < 2)
            continue;
        units->compared += times;
        units->pairable += times * given;
        for (int v = 0; v < units->k; v++)
            units->total[v] += (double)times * units->own[v];
    }
    return true;
}

/* Can values stand at these places, one after the other? */
static bool is_scale(const double *scale, int k, enum alpha_metric metric)
{
    for (int v = 0; v < k; v++)
        if (!isfinite(scale[v]) || (v > 0 && scale[v] <= scale[v - 1]) ||
            (metric == ALPHA_RATIO && scale[v] < 0))
            return false;
    return true;
}

/* How far apart each two values are. */
static void measure(struct units *units, enum alpha_metric metric, const double *scale)
{
    int k = units->k;
    double most = 0, below = 0;
    double *place = units->own; /* where each value stands: nobody else needs this room yet */
    for (int v = 0; v < k; v++) {
        place[v] = scale ? scale[v] : v + 1;
        if (metric == ALPHA_ORDINAL)
            place[v] =
                below + units->total[v] / 2; /* between two of them lie all between, and half of each */
        below += units->total[v];
    }
    for (int i = 0; i < k; i++)
        for (int j = 0; j < k; j++) {
            double apart = fabs(place[i] - place[j]);
            if (metric == ALPHA_RATIO && apart > 0)
                apart /= place[i] + place[j];
            if (metric == ALPHA_NOMINAL)
                apart = i != j;
            units->apart[i * k + j] = apart;
            if (units->total[i] > 0 && units->total[j] > 0)
                most = fmax(most, apart);
        }
    for (int cell = 0; cell < k * k; cell++) {
        double apart = most > 0 ? units->apart[cell] / most : 0;
        units->apart[cell] = apart * apart;
    }
}

/* How far a value lies from all values that were given, on average. */
static double from_all(const struct units *units, int value)
{
    double sum = 0;
    for (int v = 0; v < units->k; v++)
        sum += units->total[v] * units->apart[value * units->k + v];
    return sum / (double)units->pairable;
}

/* What the unit in `own` adds: its pairs of values that differ, each pair weighing as much as makes a value
 * count once; and its values' distance from all. */
static void add_up(const struct units *units, int given, const double *from, double *within, double *between)
{
    int k = units->k;
    *within = *between = 0;
    for (int i = 0; i < k; i++) {
        if (!(units->own[i] > 0))
            continue;
        *between += units->own[i] * from[i];
        for (int j = 0; j < k; j++)
            *within += units->own[i] * units->own[j] * units->apart[i * k + j];
    }
    *within /= given - 1;
}

static struct figure work_out(const struct units *units, double *from)
{
    double n = (double)units->compared, all = (double)units->pairable, mean = all / n;
    double observed = 0, expected = 0, variance = 0, within, between;
    for (int v = 0; v < units->k; v++) {
        from[v] = from_all(units, v);
        expected += units->total[v] * from[v] / all;
    }
    struct figure figure = figure_none(FIGURE_ALL_SAME, units->compared, FEWEST_FOR_CHANCE);
    if (!(expected > 0))
        return figure;
    for (size_t unit = 0; unit < units->count; unit++) {
        int given = count_values(units, unit);
        if (given < 2)
            continue;
        add_up(units, given, from, &within, &between);
        observed += (double)times_of(units, unit) * within / all;
    }
    figure.none = figure.no_range = FIGURE_THERE;
    figure.value = 1 - observed * (all - 1) / all / expected;

    /* Gwet's linearisation: each unit's share in alpha, about the mean. His agreement is 1 less our
     * disagreement, before and after the correction for small samples. */
    double plain = 1 - observed / expected, po = 1 - observed * (all - 1) / all, pe = 1 - expected;
    for (size_t unit = 0; unit < units->count; unit++) {
        int given = count_values(units, unit);
        if (given < 2)
            continue;
        add_up(units, given, from, &within, &between);
        double more = (given - mean) / mean;
        double agreed = (given - within) / mean - po * more;
        double by_chance = (given - between) / mean - pe * more;
        double part = (agreed - pe) / expected - 2 * (1 - plain) * (by_chance - pe) / expected;
        variance += (double)times_of(units, unit) * (part - plain) * (part - plain);
    }
    if (units->compared < 2) {
        figure.no_range = FIGURE_TOO_FEW;
        return figure;
    }
    figure.se = sqrt(variance / n / (n - 1));
    if (!(figure.se > 1e-12)) {
        figure.se = 0;
        figure.no_range = FIGURE_NO_SPREAD;
        return figure;
    }
    double reach = student_95(units->compared - 1) * figure.se;
    figure.low = fmax(figure.value - reach, -1);
    figure.high = fmin(figure.value + reach, 1);
    return figure;
}

struct figure alpha_units(const int *values, const int64_t *times, size_t count, int raters, int k,
                          enum alpha_metric metric, const double *scale, int64_t *pairable)
{
    if (pairable)
        *pairable = 0;
    bool on_scale = metric == ALPHA_INTERVAL || metric == ALPHA_RATIO;
    if (k < 1 || raters < 1 || (scale && on_scale && !is_scale(scale, k, metric)))
        return figure_none(FIGURE_BAD_INPUT, 0, FEWEST_FOR_CHANCE);
    size_t size = (size_t)k;
    double *room = xcalloc(size * (size + 3), sizeof *room);
    struct units units = {values, times, count, raters, k, 0, 0, room, room + size, room + size * (size + 1)};
    struct figure figure;
    if (!take_stock(&units)) {
        figure = figure_none(FIGURE_BAD_INPUT, 0, FEWEST_FOR_CHANCE);
    } else if (units.compared == 0) {
        figure = figure_none(FIGURE_NOTHING, 0, FEWEST_FOR_CHANCE);
    } else {
        measure(&units, metric, scale);
        figure = work_out(&units, room + size * (size + 2));
    }
    if (pairable && figure.none != FIGURE_BAD_INPUT)
        *pairable = units.pairable;
    free(room);
    return figure;
}

struct figure alpha_table(const int64_t *table, int k, enum alpha_metric metric, const double *scale)
{
    if (k < 1)
        return figure_none(FIGURE_BAD_INPUT, 0, FEWEST_FOR_CHANCE);
    int *values = xcalloc((size_t)k * (size_t)k, 2 * sizeof *values);
    for (int cell = 0; cell < k * k; cell++) {
        values[2 * cell] = cell / k;
        values[2 * cell + 1] = cell % k;
    }
    struct figure figure = alpha_units(values, table, (size_t)k * (size_t)k, 2, k, metric, scale, NULL);
    free(values);
    return figure;
}
