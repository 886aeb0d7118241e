#include "check.h"

#include "review/kit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void reads(const char *what, double value, const char *printed)
{
    if (!printed)
        return;
    if (!strcmp(printed, "-")) {
        if (!isnan(value))
            fail_msg("%s is %.8g, and should not be there", what, value);
        return;
    }
    const char *point = strchr(printed, '.');
    double unit = pow(10, point ? -(double)strlen(point + 1) : 0);
    if (!(fabs(value - atof(printed)) <= unit * 0.5000001))
        fail_msg("%s is %.8g, and is printed as %s", what, value, printed);
}

void near(const char *what, double value, double wanted, double within)
{
    if (isnan(value) && isnan(wanted))
        return;
    if (!(fabs(value - wanted) <= within))
        fail_msg("%s is %.17g, and should be %.17g", what, value, wanted);
}

void same_figure(const char *what, struct figure a, struct figure b)
{
    near(what, a.value, b.value, 1e-12);
    near(what, a.se, b.se, 1e-9);
    near(what, a.low, b.low, 1e-9);
    near(what, a.high, b.high, 1e-9);
    assert_int_equal(a.n, b.n);
    assert_int_equal(a.none, b.none);
    assert_int_equal(a.no_range, b.no_range);
}

void coefficients(const int64_t *table, int k, struct figure figures[ALL_OF_THEM])
{
    double linear[MOST * MOST], quadratic[MOST * MOST];
    agreement_weights(WEIGHTS_LINEAR, k, linear);
    agreement_weights(WEIGHTS_QUADRATIC, k, quadratic);
    figures[0] = agreement_percent(table, k);
    figures[1] = agreement_kappa(table, k, NULL);
    figures[2] = agreement_ac(table, k, NULL);
    figures[3] = alpha_table(table, k, ALPHA_NOMINAL, NULL);
    figures[4] = agreement_kappa(table, k, linear);
    figures[5] = agreement_kappa(table, k, quadratic);
    figures[6] = agreement_ac(table, k, linear);
    figures[7] = agreement_ac(table, k, quadratic);
    figures[8] = alpha_table(table, k, ALPHA_ORDINAL, NULL);
    figures[9] = alpha_table(table, k, ALPHA_INTERVAL, NULL);
}
