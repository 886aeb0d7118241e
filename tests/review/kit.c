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
