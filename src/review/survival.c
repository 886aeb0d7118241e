/* How long something goes on: Kaplan and Meier's curve.
 *
 * Whoever was only not seen any more is neither left out nor counted as ended: they are counted for as long
 * as they were there. The curve is kept as its steps; between two it is level. */
#include "review/statistics.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_time(const void *a, const void *b)
{
    double one = ((const struct survival_time *)a)->time, other = ((const struct survival_time *)b)->time;
    return (one > other) - (one < other);
}

/* The range of S, where `sum` is that of d / (r (r - d)) so far. */
static void step_range(struct survival_step *step, double sum)
{
    double s = step->survival;
    step->low = step->high = NAN;
    step->se = s > 0 ? s * sqrt(sum) : 0;
    if (s > 0) {
        double reach = NORMAL_95 * sqrt(sum) / -log(s);
        step->low = pow(s, exp(reach));
        step->high = pow(s, exp(-reach));
    }
}

static void add_step(struct survival *survival, size_t *room, double *sum, struct survival_step step)
{
    double there = (double)step.at_risk, ended = (double)step.ended;
    GROW(survival->steps, survival->count, *room);
    *sum += ended / (there * (there - ended)); /* endless where none is left, and then not used */
    step.survival = survival->count ? survival->steps[survival->count - 1].survival : 1;
    step.survival *= (there - ended) / there;
    step_range(&step, *sum);
    survival->steps[survival->count++] = step;
    survival->ended += step.ended;
}

/* The first time at which S, or an end of its range, is at most 1/2; NAN where it never is. */
static double falls_to_half(const struct survival *survival, size_t offset)
{
    for (size_t i = 0; i < survival->count; i++) {
        double at;
        memcpy(&at, (const char *)&survival->steps[i] + offset, sizeof at);
        if (at <= 0.5)
            return survival->steps[i].time;
    }
    return NAN;
}

static struct figure median_of(const struct survival *survival)
{
    struct figure median = figure_none(FIGURE_NOT_YET, survival->n, FEWEST_FOR_RATE);
    size_t i = 0;
    while (i < survival->count && survival->steps[i].survival > 0.5 + 1e-12)
        i++;
    if (i == survival->count)
        return median;
    const struct survival_step *step = &survival->steps[i];
    median.none = median.no_range = FIGURE_THERE;
    median.value = step->time;
    if (step->survival > 0.5 - 1e-12 && i + 1 < survival->count)
        median.value = (step->time + step[1].time) / 2;
    median.low = falls_to_half(survival, offsetof(struct survival_step, low));
    median.high = falls_to_half(survival, offsetof(struct survival_step, high));
    if (isnan(median.high))
        median.no_range = FIGURE_NOT_YET;
    return median;
}

struct survival survival_estimate(const struct survival_time *times, size_t n)
{
    struct survival survival = {.median = figure_none(FIGURE_NOTHING, 0, FEWEST_FOR_RATE)};
    if (n == 0)
        return survival;
    for (size_t i = 0; i < n; i++)
        if (!isfinite(times[i].time) || times[i].time < 0) {
            survival.median = figure_none(FIGURE_BAD_INPUT, 0, FEWEST_FOR_RATE);
            return survival;
        }
    struct survival_time *sorted = xreallocarray(NULL, n, sizeof *sorted);
    memcpy(sorted, times, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_time);
    survival.n = (int64_t)n;
    survival.followed = sorted[n - 1].time;
    size_t room = 0;
    double sum = 0;
    for (size_t i = 0, next; i < n; i = next) {
        struct survival_step step = {.time = sorted[i].time, .at_risk = (int64_t)(n - i)};
        for (next = i; next < n && !(sorted[next].time > step.time); next++)
            step.ended += sorted[next].ended;
        if (step.ended > 0)
            add_step(&survival, &room, &sum, step);
    }
    free(sorted);
    survival.median = median_of(&survival);
    return survival;
}

void survival_release(struct survival *survival)
{
    free(survival->steps);
    *survival = (struct survival){.median = figure_none(FIGURE_NOTHING, 0, FEWEST_FOR_RATE)};
}

struct figure survival_at(const struct survival *survival, double time)
{
    if (survival->n == 0)
        return figure_none(survival->median.none, 0, FEWEST_FOR_RATE);
    if (isnan(time) || time < 0)
        return figure_none(FIGURE_BAD_INPUT, 0, FEWEST_FOR_RATE);
    struct survival_step step = {.survival = 1, .low = NAN, .high = NAN};
    for (size_t i = 0; i < survival->count && survival->steps[i].time <= time; i++)
        step = survival->steps[i];
    if (time > survival->followed && step.survival > 0)
        return figure_none(FIGURE_NOT_YET, survival->n, FEWEST_FOR_RATE);
    struct figure figure = figure_none(FIGURE_THERE, survival->n, FEWEST_FOR_RATE);
    figure.value = step.survival;
    figure.se = step.se;
    figure.low = step.low;
    figure.high = step.high;
    if (isnan(step.low))
        figure.no_range = FIGURE_NO_SPREAD;
    return figure;
}
