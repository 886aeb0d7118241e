/* Days and the clock.
 *
 * A day is a count of days since 1970-01-01 in the proleptic Gregorian calendar: dates are compared and
 * subtracted as such, and no time zone comes into it. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <time.h>

enum { DATE_TEXT = 16, INSTANT_TEXT = 24 };

/* "YYYY-MM-DD", years 0001 to 9999; false for anything else, a 30 February included. */
bool date_parse(const char *text, int *day);
/* Write the day as "YYYY-MM-DD" into `text` and return it. */
const char *date_format(int day, char text[DATE_TEXT]);
/* The year, month and day of the month of a day. */
void date_to_civil(int day, int *year, int *month, int *day_of_month);

/* Seconds since 1970-01-01T00:00Z by this computer's clock. */
time_t clock_now(void);
/* Today by this computer's clock and time zone. */
int clock_today(void);
/* Now as "YYYY-MM-DDTHH:MM:SSZ". */
const char *clock_instant(char text[INSTANT_TEXT]);
/* An instant's time of day in this computer's time zone, "HH:MM"; "" where it is not an instant. */
const char *clock_local_hour(const char *instant, char text[8]);
/* Stop the clock at `seconds`; 0 sets it going again. Returns what it was stopped at, or 0. For tests, and to
 * look at what happened as it was then: a date that had to lie ahead when it was given may lie behind by now.
 */
time_t clock_fix(time_t seconds);
/* The seconds of an instant written by clock_instant(); 0 where it is none. */
time_t clock_parse(const char *instant);
/* Stop the clock at an instant; where it is none the clock stays as it is. Returns what clock_fix() does, to
 * be given to it afterwards. */
time_t clock_fix_at(const char *instant);

#endif
