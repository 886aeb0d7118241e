/* Figures: numbers in, a figure out. Nothing here knows of records, people or screens.
 *
 * A figure is a value, what it is of (n), and how far it can be off (low to high, 95 %). Where there is none
 * it says why. What each can and cannot say is told in alongside-statistics(7); the sources stand here, one
 * to a function.
 *
 * Nothing is left out because n is small: that is a rule of what is shown, and figure_guard() holds it. Each
 * figure carries how many it wants at least, so that nobody has to know.
 *
 * The ranges take what is counted as drawn one by one. Questions that the same two people answered are not
 * quite that: such a range is rather too narrow than too wide. */
#ifndef REVIEW_STATISTICS_H
#define REVIEW_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why a figure, or its range, is not there. */
enum figure_reason {
    FIGURE_THERE,
    FIGURE_NOTHING,  /* n is 0 */
    FIGURE_UNDER_10, /* counts only */
    FIGURE_UNDER_30, /* too few for what is set against chance */
    FIGURE_ALL_SAME, /* chance alone would give the same: the formula divides by zero */
    FIGURE_NOBODY_MOVED,
    FIGURE_NOT_YET,   /* the curve has not come down so far; or nobody was followed for so long */
    FIGURE_NO_SPREAD, /* the range has no width, and would say more than is known */
    FIGURE_TOO_FEW,   /* too few for a range */
    FIGURE_HAS_NONE,  /* figures of this kind have no range */
    FIGURE_BAD_INPUT, /* negative counts, more than there are, no numbers */
};

enum { FEWEST_FOR_RATE = 10, FEWEST_FOR_CHANCE = 30 };

struct figure {
    enum figure_reason none;     /* FIGURE_THERE: there is a value */
    enum figure_reason no_range; /* FIGURE_THERE: there is a range; never without a value */
    double value;                /* NAN where it is not there, as are the others */
    double se;                   /* standard error, where the formula has one */
    double low, high;            /* 95 %; the median of a curve can have `low` alone */
    int64_t n;                   /* what it is of: there even where the value is not */
    int fewest;                  /* below this it is not shown */
};

/* The reason in a plain sentence; "" for FIGURE_THERE. */
const char *figure_why(enum figure_reason reason);
/* The figure as it may be shown: without value and range where n is below what it wants. */
struct figure figure_guard(struct figure figure);
/* How many digits a share in hundredths is told with: none, or one where its range would else be one number.
 */
int figure_digits(double low, double high);
/* A figure that is not there. */
struct figure figure_none(enum figure_reason reason, int64_t n, int fewest);

/* How many standard errors 95 % reach to each side: of the normal distribution, and of Student's t.
 * t: the closed form for whole degrees of freedom, solved for t (Abramowitz and Stegun 1964, 26.7.3
 * and 26.7.4); from 200 on the expansion about the normal (26.7.5), which is then right to eight digits. */
#define NORMAL_95 1.959963984540054
double student_95(int64_t degrees);

/* ---- do two agree? ----
 *
 * A table of counts, k by k, row by row: table[i * k + j] answers for which the one gave the i-th value and
 * the other the j-th, of k that there were to give, used or not. n is the sum: what both answered.
 * Only questions with the same k values go into one table. */

enum agreement_weights { WEIGHTS_NONE, WEIGHTS_LINEAR, WEIGHTS_QUADRATIC };

/* What each pair of answers counts, k by k: 1 on the diagonal, and beside it 0, 1 - |i-j|/(k-1), or 1 - the
 * square of that (Cohen 1968; Cicchetti and Allison 1971; Fleiss and Cohen 1973). */
void agreement_weights(enum agreement_weights kind, int k, double *weights);

/* The share of answers that are the same (0 to 1), with Wilson's range: rate_wilson(). */
struct figure agreement_percent(const int64_t *table, int k);

/* Cohen's kappa, for any weights (NULL: WEIGHTS_NONE). Cohen 1960, 1968:
 *
 *     (po - pe) / (1 - pe), po = sum w_ij p_ij, pe = sum w_ij r_i c_j
 *
 * The standard error is that for large samples of Fleiss, Cohen and Everitt 1969:
 *
 *     n (1-pe)^4 SE^2 = sum p_ij [w_ij (1-pe) - (w_i. + w_.j) (1-po)]^2 - (po pe - 2 pe + po)^2
 *
 * with w_i. = sum_j w_ij c_j and w_.j = sum_i w_ij r_i; the range is Student's with n - 1 degrees of freedom,
 * cut at -1 and 1 (Gwet 2014, chapter 5). FIGURE_ALL_SAME where pe is 1. */
struct figure agreement_kappa(const int64_t *table, int k, const double *weights);

/* Gwet's AC1 (NULL: WEIGHTS_NONE; Gwet 2008) or AC2 (2014, chapters 4 and 5): as kappa, but
 *
 *     pe = Tw / (k (k-1)) sum q_i (1 - q_i), q_i = (r_i + c_i) / 2, Tw the sum of the weights
 *
 * and the standard error
 *
 *     n (1-pe)^2 SE^2 = sum p_ij [w_ij - 2 (1-AC) Tw (1 - (q_i+q_j)/2) / (k (k-1))]^2 - [po - 2 (1-AC) pe]^2
 *
 * It does not collapse where nearly all answers are the same, as kappa does. */
struct figure agreement_ac(const int64_t *table, int k, const double *weights);

/* How far two values lie apart: not at all or wholly; by how many ranks; by their difference; by their
 * proportion. */
enum alpha_metric { ALPHA_NOMINAL, ALPHA_ORDINAL, ALPHA_INTERVAL, ALPHA_RATIO };

/* Krippendorff's alpha: 1 - Do / De on the matrix of coincidences, for any number of raters and with answers
 * missing (Krippendorff 2011; 2004, chapter 11). Of `count` units, values[unit * raters + rater] is 0 to k -
 * 1, below 0 for missing; times[unit] how often that row was found (NULL: once each); scale[value] what it
 * stands for (NULL: 1 to k), in rising order, not below zero for ALPHA_RATIO. n is how many units at least
 * two answered: the others say nothing and drop out; *pairable (or NULL) how many values those hold.
 *
 * The standard error is Gwet's, by linearisation over the units (Gwet 2014, chapter 5; "On Krippendorff's
 * alpha", 2015, formula 7), the range Student's with n - 1 degrees of freedom, cut at -1 and 1; the ordinal
 * metric is taken as it came out. It is not the bootstrap of Hayes and Krippendorff 2007, which draws pairs
 * of values instead of units and comes out too narrow (Gwet 2015; Zapf and others 2016 on drawing units;
 * Hughes 2022), and it is the same each time. */
struct figure alpha_units(const int *values, const int64_t *times, size_t count, int raters, int k,
                          enum alpha_metric metric, const double *scale, int64_t *pairable);
/* The same for two raters whose answers are counted in a table. */
struct figure alpha_table(const int64_t *table, int k, enum alpha_metric metric, const double *scale);

/* ---- shares, sides, middles ---- */

/* The share of `count` in `n` (0 to 1), with Wilson's score range: centre (p + z^2/2n) / (1 + z^2/n), to each
 * side z sqrt(p q/n + z^2/4n^2) / (1 + z^2/n). Wilson 1927; method 3 of Newcombe 1998. */
struct figure rate_wilson(int64_t count, int64_t n);

/* The exact sign test, two-sided: how often a split at least as uneven as this one would come of tossing a
 * coin. value is p = min(1, 2 P(B <= min)), B binomial with n = one + other and 1/2; who did neither is left
 * out beforehand. Exact up to n = 10^9, to five digits there; normal from there on. FIGURE_NOBODY_MOVED where
 * n is 0. Dixon and Mood 1946; Conover 1999, 3.4. */
struct figure sign_test(int64_t one, int64_t other);

/* Whose answer moved how far, of a disagreement: |P1-P0| / (|P1-P0| + |S1-S0|), 0 to 1, in whatever unit the
 * scale has. 1: the practitioner moved all of the way that was moved. Ours; it is a description and has no
 * range. n is 1. */
struct figure movement_share(double p0, double p1, double s0, double s1);

/* The middle of n values, and the quarters: the linear interpolation that spreadsheets and R have (definition
 * 7 of Hyndman and Fan 1996), in the unit of the values. The range is the median's, from the ordered values
 * by way of the sign test, at least 95 % (Conover 1999, 3.2); fewer than six have none. */
struct quartiles {
    struct figure median;
    double lower, upper; /* a quarter of the values lie below, above; NAN where the median is not there */
};
struct quartiles quartiles_of(const double *values, size_t n);
/* As figure_guard(). */
struct quartiles quartiles_guard(struct quartiles quartiles);

/* ---- how long does it go on? ---- */

/* One person: followed for so long (in whatever unit, from 0), and whether it ended then or was only not seen
 * after. */
struct survival_time {
    double time;
    bool ended;
};

/* What stands from this time on until that of the next step. */
struct survival_step {
    double time;
    int64_t at_risk, ended; /* still there just before; for how many it ended then */
    double survival;        /* the share for whom it goes on */
    double se;              /* Greenwood's */
    double low, high;       /* NAN where the share is 0: there the formula has none */
};

struct survival {
    struct survival_step *steps; /* one for each time at which it ended for somebody */
    size_t count;
    int64_t n, ended;
    double followed;      /* the longest that anybody was */
    struct figure median; /* of n people; a time */
};

/* Kaplan and Meier's product limit: S(t) = product of (1 - d/r) over the times up to t (1958). Who is seen
 * last at the time of an end is counted as there. Greenwood's standard error (1926), SE^2 = S^2 sum d / (r
 * (r-d)); the range from that of log(-log S) (Kalbfleisch and Prentice 2002, 1.4). The median is the first
 * time at which S is at most 1/2, or, where it is just that for a while, the middle of that while; its range
 * is where the range of S holds 1/2 (Brookmeyer and Crowley 1982). To be released. */
struct survival survival_estimate(const struct survival_time *times, size_t n);
void survival_release(struct survival *survival);
/* The share of all n for whom it went on longer than `time`; FIGURE_NOT_YET where nobody was followed for so
 * long. */
struct figure survival_at(const struct survival *survival, double time);

#endif
