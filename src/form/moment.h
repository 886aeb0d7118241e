/* A moment: a day with perhaps a time, as text, as a count of days, and as the number an expression reckons
 * with.
 *
 * A moment is the count of days since 1970-01-01 that a calendar and a clock on the wall here show, the time
 * of day as a fraction; NaN is no moment. ODK's number for it counts from midnight in Greenwich instead. So
 * that a day reckoned with and turned back is the same day whatever summer time does, a whole day's number is
 * taken by the zone's standard time; only a moment with a time of day takes the offset of its own hour. */
#ifndef FORM_MOMENT_H
#define FORM_MOMENT_H

#include "base/strbuf.h"

#include <stdbool.h>

enum { MOMENT_TEXT = 40 };

/* "2026-01-31", also "2026-1-31", and with "T12:30", "T12:30:59.123" and then "Z" or "+01:00". */
bool moment_parse(const char *text, double *moment);
/* "2026-01-31", or "2026-01-31T12:30:59.123+00:00" where there is a time of day; "Invalid Date" for NaN. */
const char *moment_text(double moment, char text[MOMENT_TEXT]);
/* The number that ODK's engines reckon with, and the moment of such a number (NaN outside the years 1 to
 * 9999). */
double moment_number(double moment);
double moment_of_number(double number);
double moment_now(void);
/* The time of day in "12:30:59.123+01:00" or in what moment_parse() reads, by the clock here, from 0 to 1;
 * NaN. */
double moment_time_of_day(const char *text);
/* ODK's format-date(): %Y %y %m %n %b %d %e %H %h %M %S %3 %a %%. Adds to `out`; false where `format` has a
 * letter that is none of these (the letter in *letter; NUL at the end of the format). */
bool moment_format(double moment, const char *format, struct strbuf *out, char *letter);

#endif
