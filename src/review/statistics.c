/* What all figures have in common: the reasons why one is not there, in one table; who may show what; and how
 * far 95 % reach. */
#include "review/statistics.h"

#include <math.h>

static const char *const reasons[] = {
    [FIGURE_THERE] = "",
    [FIGURE_NOTHING] = "There is nothing to count yet.",
    [FIGURE_UNDER_10] = "There are fewer than 10, so only the counts are shown.",
    [FIGURE_UNDER_30] = "There are fewer than 30, too few to set against chance.",
    [FIGURE_ALL_SAME] = "All the answers are the same, so nothing can be set against chance.",
    [FIGURE_NOBODY_MOVED] = "Nobody moved.",
    [FIGURE_NOT_YET] = "It has not gone on for long enough to say.",
    [FIGURE_NO_SPREAD] = "All are alike, so no range can be worked out.",
    [FIGURE_TOO_FEW] = "There are too few for a range.",
    [FIGURE_HAS_NONE] = "A figure of this kind has no range.",
    [FIGURE_BAD_INPUT] = "These numbers cannot be right, so nothing is worked out.",
};

const char *figure_why(enum figure_reason reason)
{
    return reasons[reason];
}

struct figure figure_none(enum figure_reason reason, int64_t n, int fewest)
{
    return (struct figure){.none = reason,
                           .no_range = reason,
                           .value = NAN,
                           .se = NAN,
                           .low = NAN,
                           .high = NAN,
                           .n = n,
                           .fewest = fewest};
}

int figure_digits(double low, double high)
{
    return floor(low * 100 + 0.5) == floor(high * 100 + 0.5) &&
           floor(low * 1000 + 0.5) < floor(high * 1000 + 0.5);
}

struct figure figure_guard(struct figure figure)
{
    if (figure.none || figure.n >= figure.fewest)
        return figure;
    return figure_none(figure.n < FEWEST_FOR_RATE ? FIGURE_UNDER_10 : FIGURE_UNDER_30, figure.n,
                       figure.fewest);
}

/* The probability that Student's t lies within `t` to both sides, for whole degrees of freedom. */
static double student_within(double t, int degrees)
{
    double angle = atan(t / sqrt(degrees)), cosine = cos(angle), sum = 0;
    double term = degrees % 2 ? cosine : 1;
    for (int i = degrees % 2 ? 3 : 2; i <= degrees; i += 2) {
        sum += term;
        term *= cosine * cosine * (i - 1) / i;
    }
    if (degrees % 2 == 0)
        return sin(angle) * sum;
    return (angle + sin(angle) * sum) * 2 / acos(-1);
}

double student_95(int64_t degrees)
{
    enum { EXPAND_FROM = 200 };
    if (degrees < 1)
        return NAN;
    if (degrees >= EXPAND_FROM) {
        double z = NORMAL_95, z2 = z * z, n = (double)degrees;
        double g1 = z * (z2 + 1) / 4;
        double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
        double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
        return z + (g1 + (g2 + g3 / n) / n) / n;
    }
    double low = 1, high = 20;
    for (int halving = 0; halving < 60; halving++) {
        double middle = (low + high) / 2;
        if (student_within(middle, (int)degrees) < 0.95)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}
