/* Each figure against examples that others have published, digit for digit: what is printed there is what
 * this value reads as, rounded to as many digits. The data are facts, and each table says where it and its
 * figures stand. */
#include "check.h"

#include "base/mem.h"
#include "review/kit.h"
#include "review/statistics.h"

#include <math.h>
#include <stdlib.h>

/* ---- two raters, one table ---- */

enum coefficient { PERCENT, KAPPA, AC, ALPHA };

static const int64_t abstractors[] = {13, 0, 0, 0, 20, 7, 0, 4, 56};
static const int64_t diagnosis[] = {40, 4, 4, 17, 6, 25, 2, 13, 4, 1, 21, 12, 15, 5, 9, 45};
static const int64_t skin[] = {10, 4, 1, 0, 5, 10, 12, 2, 2, 4, 12, 5, 0, 2, 6, 13};
static const int64_t freq_example[] = {0, 4, 1, 0, 8, 0, 0, 1, 5};
static const int64_t mammograms[] = {34, 10, 2, 0, 6, 8, 8, 2, 2, 5, 4, 12, 0, 1, 2, 14};
/* Raters 2 and 3 of 20 subjects, on the five values that they used. */
static const int64_t anxiety[] = {0, 0, 1, 0, 0, 4, 0, 1, 0, 0, 2, 3, 3, 0, 0, 0, 2, 0, 1, 1, 1, 0, 0, 1, 0};

static const struct table_case {
    const char *source;
    int k;
    const int64_t *table;
    enum coefficient coefficient;
    enum agreement_weights weights;
    const char *value, *se, *low, *high;
} table_cases[] = {
    /* Abstractors: Gwet's R package irrCAC 1.0, vignettes "overview" and "weighting". Its range of the
     * percentage is not Wilson's. */
    {"irrCAC, cont3x3abstractors, percent", 3, abstractors, PERCENT, WEIGHTS_NONE, "0.89", "0.03128898", NULL,
     NULL},
    {"irrCAC, cont3x3abstractors, kappa", 3, abstractors, KAPPA, WEIGHTS_NONE, "0.7964094", "0.05891072",
     "0.680", "0.913"},
    {"irrCAC, cont3x3abstractors, kappa, quadratic", 3, abstractors, KAPPA, WEIGHTS_QUADRATIC, "0.8921569",
     "0.03535151", "0.822", "0.962"},
    {"irrCAC, cont3x3abstractors, AC1", 3, abstractors, AC, WEIGHTS_NONE, "0.8493305", "0.04321747", "0.764",
     "0.935"},
    {"irrCAC, cont3x3abstractors, AC2, quadratic", 3, abstractors, AC, WEIGHTS_QUADRATIC, "0.9402369",
     "0.01792019", "0.905", "0.976"},
    {"irrCAC, cont3x3abstractors, alpha", 3, abstractors, ALPHA, WEIGHTS_NONE, "0.7972585", NULL, NULL, NULL},
    {"irrCAC, cont3x3abstractors, alpha, quadratic", 3, abstractors, ALPHA, WEIGHTS_QUADRATIC, "0.8926487",
     NULL, NULL, NULL},
    /* The tests of the Python package irrCAC 0.4, which hold it to the R package. */
    {"irrCAC, cont3x3abstractors, kappa, linear", 3, abstractors, KAPPA, WEIGHTS_LINEAR, "0.843", NULL,
     "0.748", "0.938"},
    {"irrCAC, cont3x3abstractors, AC2, linear", 3, abstractors, AC, WEIGHTS_LINEAR, "0.900", NULL, "0.842",
     "0.958"},
    {"irrCAC, cont4x4diagnosis, kappa", 4, diagnosis, KAPPA, WEIGHTS_NONE, "0.432", "0.046", "0.341",
     "0.522"},
    {"irrCAC, cont4x4diagnosis, kappa, linear", 4, diagnosis, KAPPA, WEIGHTS_LINEAR, "0.407", "0.053",
     "0.302", "0.512"},
    {"irrCAC, cont4x4diagnosis, kappa, quadratic", 4, diagnosis, KAPPA, WEIGHTS_QUADRATIC, "0.383", "0.066",
     "0.254", "0.513"},
    {"irrCAC, cont4x4diagnosis, AC1", 4, diagnosis, AC, WEIGHTS_NONE, "0.456", "0.043", "0.371", "0.542"},
    {"irrCAC, cont4x4diagnosis, AC2, linear", 4, diagnosis, AC, WEIGHTS_LINEAR, "0.377", "0.056", "0.267",
     "0.488"},
    {"irrCAC, cont4x4diagnosis, AC2, quadratic", 4, diagnosis, AC, WEIGHTS_QUADRATIC, "0.299", "0.075",
     "0.150", "0.447"},
    /* SAS' PROC FREQ, as printed in the tests of statsmodels (test_inter_rater.py); SAS' range is the normal
       one. */
    {"SAS, kappa", 3, freq_example, KAPPA, WEIGHTS_NONE, "0.4842", "0.1380", NULL, NULL},
    {"SAS, kappa, linear", 3, freq_example, KAPPA, WEIGHTS_LINEAR, "0.4701", "0.1457", NULL, NULL},
    /* SAS/STAT, PROC FREQ, "Agreement Study". */
    {"SAS, skin condition", 4, skin, KAPPA, WEIGHTS_NONE, "0.3449", "0.0724", NULL, NULL},
    /* Kundel and Polansky 2003, table A1; figures by R's vcd, on the reference page of vcdExtra's Mammograms.
     */
    {"Mammograms, kappa", 4, mammograms, KAPPA, WEIGHTS_NONE, "0.3713", "0.06033", NULL, NULL},
    {"Mammograms, kappa, linear", 4, mammograms, KAPPA, WEIGHTS_LINEAR, "0.5964", "0.04923", NULL, NULL},
    /* R's irr 0.84, data anxiety, raters 2 and 3, as printed in the tests of statsmodels. */
    {"irr, anxiety, kappa", 5, anxiety, KAPPA, WEIGHTS_NONE, "-0.006289308", NULL, NULL, NULL},
    {"irr, anxiety, kappa, linear", 5, anxiety, KAPPA, WEIGHTS_LINEAR, "0.1459075", NULL, NULL, NULL},
    {"irr, anxiety, kappa, quadratic", 5, anxiety, KAPPA, WEIGHTS_QUADRATIC, "0.2520325", NULL, NULL, NULL},
};

static struct figure of_table(const struct table_case *c)
{
    double weights[25];
    agreement_weights(c->weights, c->k, weights);
    switch (c->coefficient) {
    case PERCENT:
        return agreement_percent(c->table, c->k);
    case KAPPA:
        return agreement_kappa(c->table, c->k, weights);
    case AC:
        return agreement_ac(c->table, c->k, weights);
    case ALPHA:
        break;
    }
    return alpha_table(c->table, c->k, c->weights == WEIGHTS_NONE ? ALPHA_NOMINAL : ALPHA_INTERVAL, NULL);
}

static void test_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table_cases / sizeof *table_cases; i++) {
        const struct table_case *c = &table_cases[i];
        struct figure figure = of_table(c);
        reads(c->source, figure.value, c->value);
        reads(c->source, figure.se, c->se);
        reads(c->source, figure.low, c->low);
        reads(c->source, figure.high, c->high);
    }
    /* Of alpha irrCAC's errors and ranges for tables are over n; ours, as its own for units, over n - 1. */
    reads("irrCAC, alpha", alpha_table(abstractors, 3, ALPHA_NOMINAL, NULL).se * sqrt(.99), "0.05905473");
    reads("irrCAC, alpha, quadratic", alpha_table(abstractors, 3, ALPHA_INTERVAL, NULL).se * sqrt(.99),
          "0.03539506");
}

/* Weights of one's own. Cohen 1968's table, and Fleiss, Cohen and Everitt's of 1969 with its weights, as in
 * the examples of R's psych (cohen.kappa); irrCAC's weights that are not symmetric. */
static void test_weights_of_ones_own(void **state)
{
    (void)state;
    static const int64_t cohen[] = {88, 14, 18, 10, 40, 10, 2, 6, 12};
    static const double costs[] = {0, 1, 3, 1, 0, 6, 3, 6, 0}, uneven[] = {0, 1, 4, 1, 0, 6, 2, 2, 0};
    double weights[9];
    for (int i = 0; i < 9; i++)
        weights[i] = 1 - costs[i] / 6;
    reads("Cohen 1968, kappa", agreement_kappa(cohen, 3, NULL).value, "0.492");
    reads("Cohen 1968, weighted", agreement_kappa(cohen, 3, weights).value, "0.348");
    for (int i = 0; i < 9; i++)
        weights[i] = 1 - uneven[i] / 6;
    reads("Cohen 1968, weighted unevenly", agreement_kappa(cohen, 3, weights).value, "0.353");

    /* Fleiss, Cohen and Everitt 1969, the example: their weights have four digits. */
    static const int64_t everitt[] = {106, 10, 4, 22, 28, 10, 2, 12, 6};
    static const double similar[] = {1, 0, .4444, 0, 1, .6667, .4444, .6667, 1};
    struct figure plain = agreement_kappa(everitt, 3, NULL), weighted = agreement_kappa(everitt, 3, similar);
    reads("Fleiss, Cohen and Everitt, kappa", plain.value, ".429");
    reads("Fleiss, Cohen and Everitt, kappa, variance", plain.se * plain.se, ".002885");
    reads("Fleiss, Cohen and Everitt, weighted", weighted.value, ".507");
    reads("Fleiss, Cohen and Everitt, weighted, variance", weighted.se * weighted.se, ".003248");

    static const double turned[] = {1, .67, .33, 0, 0, 1, .67, .33, 0, 0, 1, .67, .33, 0, 0, 1};
    struct figure kappa = agreement_kappa(diagnosis, 4, turned), ac = agreement_ac(diagnosis, 4, turned);
    /* The Python package's error of kappa has the sums of rows and columns changed round, which only such
     * weights show: not held to. The R package has them as here. */
    reads("irrCAC, kappa, weights of one's own", kappa.value, "0.439");
    reads("irrCAC, AC2, weights of one's own", ac.value, "0.461");
    reads("irrCAC, AC2, weights of one's own: SE", ac.se, "0.047");
    reads("irrCAC, AC2, weights of one's own: low", ac.low, "0.369");
    reads("irrCAC, AC2, weights of one's own: high", ac.high, "0.554");
}

/* irrCAC's further weights: by the root of the distance, and by its square in proportion to the sum. Values
 * and ranges: the tests of the Python package, which hold it to the R package. */
static void test_further_weights(void **state)
{
    (void)state;
    static const struct {
        const int64_t *table;
        int k;
        bool ratio, ac;
        const char *value, *se, *low, *high;
    } rows[] = {{abstractors, 3, false, false, "0.819", NULL, "0.712", "0.925"},
                {abstractors, 3, true, false, "0.927", NULL, "0.876", "0.977"},
                {abstractors, 3, false, true, "0.875", NULL, "0.804", "0.947"},
                {abstractors, 3, true, true, "0.963", NULL, "0.942", "0.985"},
                {diagnosis, 4, false, false, "0.419", "0.048", "0.324", "0.515"},
                {diagnosis, 4, true, false, "0.413", "0.063", "0.288", "0.538"},
                {diagnosis, 4, false, true, "0.418", "0.048", "0.323", "0.513"},
                {diagnosis, 4, true, true, "0.359", "0.070", "0.221", "0.496"}};
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        int k = rows[row].k;
        double weights[16], most = (double)(k - 1) / (k + 1);
        for (int i = 0; i < k; i++)
            for (int j = 0; j < k; j++) {
                double apart = abs(i - j), share = apart / (i + j + 2);
                weights[i * k + j] =
                    rows[row].ratio ? 1 - share * share / (most * most) : 1 - sqrt(apart / (k - 1));
            }
        struct figure figure = (rows[row].ac ? agreement_ac : agreement_kappa)(rows[row].table, k, weights);
        const char *what = rows[row].ac ? "irrCAC, AC2, further weights" : "irrCAC, kappa, further weights";
        reads(what, figure.value, rows[row].value);
        reads(what, figure.se, rows[row].se);
        reads(what, figure.low, rows[row].low);
        reads(what, figure.high, rows[row].high);
    }
}

/* ---- several raters, answers missing: a line a unit ---- */

enum { O = -1 };

/* Krippendorff 2011, section D. */
static const int observers[12][4] = {{0, 0, O, 0}, {1, 1, 2, 1}, {2, 2, 2, 2}, {2, 2, 2, 2},
                                     {1, 1, 1, 1}, {0, 1, 2, 3}, {3, 3, 3, 3}, {0, 0, 1, 0},
                                     {1, 1, 1, 1}, {O, 4, 4, 4}, {O, O, 0, 0}, {O, 2, O, O}};
/* irrCAC's cac.raw5obser: answers from 0 to 3. */
static const int five[15][5] = {{1, 1, 2, O, 2}, {1, 1, 0, 1, O}, {2, 3, 3, 3, O}, {O, 0, 0, O, 0},
                                {0, 0, 0, O, 0}, {0, 0, 0, O, 0}, {1, 0, 2, O, 1}, {1, O, 2, 0, O},
                                {2, 2, 2, O, 2}, {2, 1, 1, 1, O}, {O, 1, 0, 0, O}, {0, 0, 0, 0, O},
                                {1, 2, 2, 2, O}, {3, 3, 2, 2, 3}, {1, 1, 1, O, 1}};
/* The example of the Wikipedia article and of the Python package krippendorff 0.5. */
static const int coders[15][3] = {{O, 0, O}, {O, O, O}, {O, 1, 1}, {O, 0, 0}, {O, 2, 2},
                                  {2, 2, 3}, {3, 3, 3}, {0, 2, O}, {1, O, 1}, {0, O, 0},
                                  {0, O, 0}, {2, O, 2}, {2, O, 2}, {O, O, O}, {2, O, 3}};

static const struct units_case {
    const char *source;
    const int *values;
    size_t units;
    int raters, k;
    enum alpha_metric metric;
    int64_t n, pairable;
    const char *value, *se, *low, *high;
} units_cases[] = {
    /* Values: Krippendorff 2011. Errors and ranges: R's irrCAC, vignettes. */
    {"Krippendorff 2011, nominal", *observers, 12, 4, 5, ALPHA_NOMINAL, 11, 40, "0.74342", "0.14557", "0.419",
     "1"},
    {"Krippendorff 2011, ordinal", *observers, 12, 4, 5, ALPHA_ORDINAL, 11, 40, "0.815", NULL, NULL, NULL},
    {"Krippendorff 2011, interval", *observers, 12, 4, 5, ALPHA_INTERVAL, 11, 40, "0.84911", "0.12913",
     "0.561", "1"},
    {"Krippendorff 2011, ratio", *observers, 12, 4, 5, ALPHA_RATIO, 11, 40, "0.797", NULL, NULL, NULL},
    {"irrCAC, cac.raw5obser", *five, 15, 5, 4, ALPHA_NOMINAL, 15, 58, "0.481", "0.114", "0.237", "0.724"},
    {"krippendorff, nominal", *coders, 15, 3, 4, ALPHA_NOMINAL, 12, 26, "0.691358", NULL, NULL, NULL},
    {"krippendorff, interval", *coders, 15, 3, 4, ALPHA_INTERVAL, 12, 26, "0.810845", NULL, NULL, NULL},
};

static void test_units(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof units_cases / sizeof *units_cases; i++) {
        const struct units_case *c = &units_cases[i];
        int64_t pairable;
        struct figure figure =
            alpha_units(c->values, NULL, c->units, c->raters, c->k, c->metric, NULL, &pairable);
        reads(c->source, figure.value, c->value);
        reads(c->source, figure.se, c->se);
        reads(c->source, figure.low, c->low);
        reads(c->source, figure.high, c->high);
        assert_int_equal(figure.n, c->n);
        assert_int_equal(pairable, c->pairable);
    }
    /* What the sixth unit, in which all four differ, does to alpha: the tests of R's krippendorffsalpha 2.0.
     */
    int64_t times[12] = {1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1};
    double with = alpha_units(*observers, NULL, 12, 4, 5, ALPHA_NOMINAL, NULL, NULL).value;
    double without = alpha_units(*observers, times, 12, 4, 5, ALPHA_NOMINAL, NULL, NULL).value;
    reads("krippendorffsalpha, without unit 6", with - without, "-0.114");
}

/* ---- shares, sides, middles ---- */

static void test_wilson(void **state)
{
    (void)state;
    static const struct {
        int64_t count, n;
        const char *value, *low, *high;
    } cases[] = {
        /* Newcombe 1998, table I, method 3. */
        {81, 263, "0.3080", "0.2553", "0.3662"},
        {15, 148, "0.1014", "0.0624", "0.1605"},
        {0, 20, "0.0000", "0.0000", "0.1611"},
        {1, 29, "0.0345", "0.0061", "0.1718"},
        /* Fagerland, Lydersen and Laake 2017, chapter 2 (Ligarden 2010): R's contingencytables. */
        {13, 16, "0.8125", "0.5699", "0.9341"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct figure rate = rate_wilson(cases[i].count, cases[i].n);
        reads("Wilson's share", rate.value, cases[i].value);
        reads("Wilson's low", rate.low, cases[i].low);
        reads("Wilson's high", rate.high, cases[i].high);
    }
}

static void test_sign(void **state)
{
    (void)state;
    static const struct {
        int64_t one, other;
        const char *p;
    } cases[] = {
        {8, 2, ".1094"}, /* the examples of the sign test in Wikipedia, and of Conover 1999 */
        {9, 1, ".0215"},   {1, 9, ".02148"}, /* Blaker's, the same with 1/2: tests of R's contingencytables */
        {13, 3, ".02127"}, /* Ligarden 2010, exact: Fagerland, Lydersen and Laake 2017, chapter 2 */
        {4, 4, "1"},       {4, 5, "1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        reads("sign test", sign_test(cases[i].one, cases[i].other).value, cases[i].p);
    /* Siegel 1956, table D: one tail. */
    reads("3 of 15", sign_test(3, 12).value / 2, ".018");
    reads("5 of 20", sign_test(15, 5).value / 2, ".021");
    reads("7 of 25", sign_test(7, 18).value / 2, ".022");
    /* Arbuthnot 1710: more boys than girls in each of 82 years; one side is 1 in 4836 0000 0000 0000 0000
     * 0000. */
    reads("Arbuthnot", 2 / sign_test(0, 82).value / 1e21, "4836");
}

static void test_quartiles(void **state)
{
    (void)state;
    static const double eleven[] = {49, 6, 47, 7, 43, 15, 42, 36, 41, 39, 40},
                        six[] = {7, 15, 36, 39, 40, 41};
    /* Wikipedia, "Quartile", examples 1 and 2, as R's quantile() and spreadsheets have them. */
    struct quartiles quartiles = quartiles_of(eleven, 11);
    reads("lower", quartiles.lower, "25.5");
    reads("median", quartiles.median.value, "40");
    reads("upper", quartiles.upper, "42.5");
    /* Conover 1999, table A3: B(11, 1/2) is at most 1 with .0059, at most 2 with .0327. */
    reads("median, low", quartiles.median.low, "7");
    reads("median, high", quartiles.median.high, "47");
    quartiles = quartiles_of(six, 6);
    reads("lower", quartiles.lower, "20.25");
    reads("median", quartiles.median.value, "37.5");
    reads("upper", quartiles.upper, "39.75");
    reads("median, low", quartiles.median.low, "7");
    reads("median, high", quartiles.median.high, "41");
    /* Which of n ordered values they are: Campbell and Gardner 1988. */
    static const struct {
        size_t n;
        const char *low, *high;
    } ranks[] = {{20, "6", "15"}, {30, "10", "21"}, {50, "18", "33"}, {100, "40", "61"}};
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
        double values[100];
        for (size_t v = 0; v < ranks[i].n; v++)
            values[v] = (double)v + 1;
        quartiles = quartiles_of(values, ranks[i].n);
        reads("rank, low", quartiles.median.low, ranks[i].low);
        reads("rank, high", quartiles.median.high, ranks[i].high);
    }
}

static void test_student(void **state)
{
    (void)state;
    /* Abramowitz and Stegun 1964, table 26.10. */
    static const struct {
        int degrees;
        const char *t;
    } cases[] = {{1, "12.706"}, {2, "4.303"},  {3, "3.182"},   {4, "2.776"},
                 {5, "2.571"},  {10, "2.228"}, {15, "2.131"},  {29, "2.045"},
                 {30, "2.042"}, {60, "2.000"}, {120, "1.980"}, {2000000000, "1.960"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        reads("Student's t", student_95(cases[i].degrees), cases[i].t);
    assert_true(isnan(student_95(0)));
    /* The closed form goes over into the expansion without a step. */
    double on = 4 * student_95(199) - 6 * student_95(198) + 4 * student_95(197) - student_95(196);
    near("from 199 to 200", student_95(200), on, 4e-9);
}

static void test_movement(void **state)
{
    (void)state;
    near("share", movement_share(7, 4, 4, 4).value, 1, 1e-15);
    near("share", movement_share(7, 7, 4, 7).value, 0, 1e-15);
    near("share", movement_share(7, 6, 4, 6).value, 1 / 3., 1e-15);
    near("share", movement_share(7, 9, 4, 2).value, .5, 1e-15); /* further apart: still as far each */
    struct figure nobody = movement_share(7, 7, 4, 4);
    assert_int_equal(nobody.none, FIGURE_NOBODY_MOVED);
    assert_true(isnan(nobody.value));
}

/* ---- Kaplan-Meier ---- */

struct step_case {
    double time;
    int64_t at_risk, ended;
    const char *survival, *se, *low, *high;
};

/* Times, those that were only not seen any more below zero. */
static struct survival estimate(const double *signed_times, size_t n)
{
    struct survival_time times[64];
    for (size_t i = 0; i < n; i++)
        times[i] = (struct survival_time){fabs(signed_times[i]), signed_times[i] > 0};
    return survival_estimate(times, n);
}

static void check_curve(const char *source, const struct survival *survival, const struct step_case *steps,
                        size_t count)
{
    assert_int_equal(survival->count, count);
    for (size_t i = 0; i < count; i++) {
        const struct survival_step *step = &survival->steps[i];
        near(source, step->time, steps[i].time, 0);
        assert_int_equal(step->at_risk, steps[i].at_risk);
        assert_int_equal(step->ended, steps[i].ended);
        reads(source, step->survival, steps[i].survival);
        reads(source, step->se, steps[i].se);
        reads(source, step->low, steps[i].low);
        reads(source, step->high, steps[i].high);
    }
}
#define CHECK_CURVE(source, survival, steps)                                                                 \
    check_curve(source, survival, steps, sizeof steps / sizeof *steps)
#define ESTIMATE(times) estimate(times, sizeof times / sizeof *times)

/* Freireich and others 1963, weeks in remission. Figures: SAS' PROC LIFETEST and Stata's sts list (Rodriguez,
 * Princeton), which take the same range; the median's: SAS, 13 and no end. */
static void test_gehan(void **state)
{
    (void)state;
    static const double treated[] = {6,   6,   6,   -6, 7,  -9,  10,  -10, -11, 13, 16,
                                     -17, -19, -20, 22, 23, -25, -32, -32, -34, -35};
    static const struct step_case steps[] = {{6, 21, 3, "0.8571", "0.0764", "0.6197", "0.9516"},
                                             {7, 17, 1, "0.8067", "0.0869", "0.5631", "0.9228"},
                                             {10, 15, 1, "0.7529", "0.0963", NULL, NULL},
                                             {13, 12, 1, "0.6902", "0.1068", NULL, NULL},
                                             {16, 11, 1, "0.6275", "0.1141", NULL, NULL},
                                             {22, 7, 1, "0.5378", "0.1282", NULL, NULL},
                                             {23, 6, 1, "0.4482", "0.1346", NULL, NULL}};
    struct survival survival = ESTIMATE(treated);
    CHECK_CURVE("6-MP", &survival, steps);
    assert_int_equal(survival.n, 21);
    assert_int_equal(survival.ended, 9);
    near("followed", survival.followed, 35, 0);
    reads("6-MP, median", survival.median.value, "23");
    reads("6-MP, median, low", survival.median.low, "13");
    reads("6-MP, median, high", survival.median.high, "-");
    assert_int_equal(survival.median.no_range, FIGURE_NOT_YET);
    survival_release(&survival);

    static const double control[] = {1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23};
    static const struct step_case control_steps[] = {{1, 21, 2, "0.9048", "0.0641", "0.6700", "0.9753"},
                                                     {2, 19, 2, "0.8095", "0.0857", "0.5689", "0.9239"}};
    survival = ESTIMATE(control);
    assert_int_equal(survival.count, 12);
    survival.count = 2;
    CHECK_CURVE("control", &survival, control_steps);
    survival.count = 12;
    reads("control, median", survival.median.value, "8");
    reads("control, end", survival.steps[11].survival, "0.0000");
    survival_release(&survival);
}

/* Miller 1981, p. 49: the data aml of R's survival; figures of its test doaml (its range is another one). */
static void test_aml(void **state)
{
    (void)state;
    static const double maintained[] = {9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161};
    static const double other[] = {5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45};
    static const struct step_case maintained_steps[] = {
        {9, 11, 1, "0.909", "0.0867", NULL, NULL}, {13, 10, 1, "0.818", "0.1163", NULL, NULL},
        {18, 8, 1, "0.716", "0.1397", NULL, NULL}, {23, 7, 1, "0.614", "0.1526", NULL, NULL},
        {31, 5, 1, "0.491", "0.1642", NULL, NULL}, {34, 4, 1, "0.368", "0.1627", NULL, NULL},
        {48, 2, 1, "0.184", "0.1535", NULL, NULL}};
    static const struct step_case other_steps[] = {
        {5, 12, 2, "0.8333", "0.1076", NULL, NULL}, {8, 10, 2, "0.6667", "0.1361", NULL, NULL},
        {12, 8, 1, "0.5833", "0.1423", NULL, NULL}, {23, 6, 1, "0.4861", "0.1481", NULL, NULL},
        {27, 5, 1, "0.3889", "0.1470", NULL, NULL}, {30, 4, 1, "0.2917", "0.1387", NULL, NULL},
        {33, 3, 1, "0.1944", "0.1219", NULL, NULL}, {43, 2, 1, "0.0972", "0.0919", NULL, NULL},
        {45, 1, 1, "0.0000", NULL, "-", "-"}};
    struct survival survival = ESTIMATE(maintained);
    CHECK_CURVE("aml, maintained", &survival, maintained_steps);
    reads("aml, maintained, median", survival.median.value, "31");
    survival_release(&survival);
    survival = ESTIMATE(other);
    CHECK_CURVE("aml, nonmaintained", &survival, other_steps);
    reads("aml, nonmaintained, median", survival.median.value, "23");
    survival_release(&survival);
}

/* Kaplan and Meier 1958, section 2: four deaths, four losses; 7/8, 7/10, 21/40, 21/80. */
static void test_kaplan_and_meier(void **state)
{
    (void)state;
    static const double times[] = {.8, -1.0, -2.7, 3.1, 5.4, -7.0, 9.2, -12.1};
    static const struct step_case steps[] = {{.8, 8, 1, "0.875", NULL, NULL, NULL},
                                             {3.1, 5, 1, "0.700", NULL, NULL, NULL},
                                             {5.4, 4, 1, "0.525", NULL, NULL, NULL},
                                             {9.2, 2, 1, "0.2625", NULL, NULL, NULL}};
    struct survival survival = ESTIMATE(times);
    CHECK_CURVE("Kaplan and Meier 1958", &survival, steps);
    survival_release(&survival);
}

/* Ranges of log(-log S), as R's survival has them: made-up times of the tests of scikit-survival; and the
 * data glioma (grade 3) of R's coin, from Grana and others 2002, in the tests of lifelines. */
static void test_ranges(void **state)
{
    (void)state;
    static const double made_up[] = {-1, 2, 2, 3, 7, 6, 5, 5, 3, 9, 11, 13, 17, 13, 6, -23};
    static const struct step_case made_up_steps[] = {{2, 15, 2, "0.866667", NULL, "0.563912", "0.964884"},
                                                     {3, 13, 2, "0.733333", NULL, "0.436208", "0.890520"},
                                                     {5, 11, 2, "0.6", NULL, "0.317587", "0.796523"},
                                                     {6, 9, 2, "0.466667", NULL, "0.212259", "0.687454"},
                                                     {7, 7, 1, "0.4", NULL, "0.164939", "0.627586"},
                                                     {9, 6, 1, "0.333333", NULL, "0.121546", "0.564000"},
                                                     {11, 5, 1, "0.266667", NULL, "0.082581", "0.496336"},
                                                     {13, 4, 2, "0.133333", NULL, "0.021873", "0.345732"},
                                                     {17, 2, 1, "0.066667", NULL, "0.004300", "0.260322"}};
    static const double control[] = {34, 32, 9, 19, -50, -48};
    static const struct step_case control_steps[] = {{9, 6, 1, "0.833", NULL, "0.2731", "0.975"},
                                                     {19, 5, 1, "0.667", NULL, "0.1946", "0.904"},
                                                     {32, 4, 1, "0.500", NULL, "0.1109", "0.804"},
                                                     {34, 3, 1, "0.333", NULL, "0.0461", "0.676"}};
    static const double treated[] = {53, -28, -69, -58, -54, 25, -51, -61, -57, -57, -50};
    static const struct step_case treated_steps[] = {{25, 11, 1, "0.909", NULL, NULL, NULL},
                                                     {53, 7, 1, "0.779", NULL, NULL, NULL}};
    struct survival survival = ESTIMATE(made_up);
    CHECK_CURVE("scikit-survival", &survival, made_up_steps);
    survival_release(&survival);
    survival = ESTIMATE(control);
    CHECK_CURVE("glioma, control", &survival, control_steps);
    survival_release(&survival);
    survival = ESTIMATE(treated);
    CHECK_CURVE("glioma, treated", &survival, treated_steps);
    assert_int_equal(survival.median.none, FIGURE_NOT_YET);
    survival_release(&survival);
}

/* Medians by hand in the tests of R's survival (quantile.R); the first steps of Kleinman and Horton's example
 * 7.38 ("SAS and R"), where somebody was last seen before anything ended, and one when something did. */
static void test_ties(void **state)
{
    (void)state;
    static const double both[] = {9, 1, -1, 6, 6, -8, -10}, zero[] = {9, 6, -8, -10}, one[] = {1, -1, 6};
    struct survival survival = ESTIMATE(both);
    reads("survival, quantile.R, median", survival.median.value, "9");
    reads("survival, quantile.R", survival.steps[1].survival * 35, "18");
    survival_release(&survival);
    survival = ESTIMATE(zero);
    reads("survival, quantile.R, 0, median", survival.median.value, "9");
    reads("survival, quantile.R, 0", survival.steps[0].survival, "0.75");
    reads("survival, quantile.R, 0", survival.steps[1].survival, "0.375");
    survival_release(&survival);
    survival = ESTIMATE(one);
    reads("survival, quantile.R, 1, median", survival.median.value, "6");
    survival_release(&survival);

    static const double small[] = {-.5, 1, 1, 2, -2, 3, 4, -5, 6, -7, 8, 9, -10, 12, -14, 14, -17, 20, -21};
    static const struct step_case steps[] = {{1, 18, 2, "0.8889", NULL, NULL, NULL},
                                             {2, 16, 1, "0.8333", NULL, NULL, NULL},
                                             {3, 14, 1, "0.7738", NULL, NULL, NULL}};
    survival = ESTIMATE(small);
    assert_int_equal(survival.count, 10);
    survival.count = 3;
    CHECK_CURVE("SAS and R, 7.38", &survival, steps);
    survival.count = 10;
    survival_release(&survival);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_weights_of_ones_own),
        cmocka_unit_test(test_further_weights),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_wilson),
        cmocka_unit_test(test_sign),
        cmocka_unit_test(test_quartiles),
        cmocka_unit_test(test_student),
        cmocka_unit_test(test_movement),
        cmocka_unit_test(test_gehan),
        cmocka_unit_test(test_aml),
        cmocka_unit_test(test_kaplan_and_meier),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_ties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
