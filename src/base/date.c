/* Days and the clock. The calendar arithmetic counts from 1 March, so that the leap day is the last of its
 * year, in eras of 400 years (146,097 days), which repeat exactly. */
#include "base/date.h"

#include <stdio.h>
#include <string.h>

/* Each thread has its own: records are read side by side, and each looks at the clock as it was then. */
static _Thread_local time_t fixed;

static int from_civil(int year, int month, int day_of_month)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void date_to_civil(int day, int *year, int *month, int *day_of_month)
{
    day += 719468;
    int era = (day >= 0 ? day : day - 146096) / 146097;
    int day_of_era = day - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

static bool digits(const char *s, int n, int *value)
{
    *value = 0;
    for (int i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        *value = *value * 10 + (s[i] - '0');
    }
    return true;
}

bool date_parse(const char *text, int *day)
{
    int year, month, day_of_month;
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' || !digits(text, 4, &year) ||
        !digits(text + 5, 2, &month) || !digits(text + 8, 2, &day_of_month))
        return false;
    if (year < 1 || month < 1 || month > 12 || day_of_month < 1 || day_of_month > 31)
        return false;
    int found = from_civil(year, month, day_of_month);
    int y, m, d;
    date_to_civil(found, &y, &m, &d);
    if (m != month || d != day_of_month)
        return false; /* 30 February is some day of March */
    *day = found;
    return true;
}

const char *date_format(int day, char text[DATE_TEXT])
{
    int year, month, day_of_month;
    date_to_civil(day, &year, &month, &day_of_month);
    /* By hand: lists hold many days, and printf() takes ten times as long. */
    const int digits[] = {
        year / 1000 % 10,       year / 100 % 10,  year / 10 % 10, year % 10, -1, month / 10, month % 10, -1,
        day_of_month / 10 % 10, day_of_month % 10};
    enum { DIGITS = sizeof digits / sizeof *digits };
    for (int i = 0; i < DIGITS; i++)
        text[i] = digits[i] < 0 ? '-' : (char)('0' + digits[i]);
    text[DIGITS] = '\0';
    return text;
}

time_t clock_now(void)
{
    return fixed ? fixed : time(NULL);
}

int clock_today(void)
{
    time_t now = clock_now();
    struct tm tm;
    localtime_r(&now, &tm);
    return from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

const char *clock_instant(char text[INSTANT_TEXT])
{
    time_t now = clock_now();
    struct tm tm;
    gmtime_r(&now, &tm);
    strftime(text, INSTANT_TEXT, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return text;
}

const char *clock_local_hour(const char *instant, char text[8])
{
    time_t t = clock_parse(instant);
    text[0] = '\0';
    if (t) {
        struct tm tm;
        localtime_r(&t, &tm);
        strftime(text, 8, "%H:%M", &tm);
    }
    return text;
}

time_t clock_fix(time_t seconds)
{
    time_t before = fixed;
    fixed = seconds;
    return before;
}

time_t clock_parse(const char *instant)
{
    struct tm tm = {0};
    return strptime(instant, "%Y-%m-%dT%H:%M:%SZ", &tm) ? timegm(&tm) : 0;
}

time_t clock_fix_at(const char *instant)
{
    time_t then = clock_parse(instant), before = clock_fix(0);
    clock_fix(then ? then : before);
    return before;
}
