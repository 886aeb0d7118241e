/* Moments. All arithmetic is in whole milliseconds, so that a day that went through a number and back is
 * exactly that day. The computer's zone is asked for anew each time (TZ may change, and libc keeps what it
 * has read). */
#include "form/moment.h"

#include "base/date.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const int64_t DAY = 86400000; /* milliseconds */

static int64_t to_ms(double days)
{
    return llround(days * (double)DAY);
}

/* The day (rounded down) and what is left of it. */
static int64_t split(int64_t ms, int64_t *rest)
{
    int64_t day = ms / DAY;
    *rest = ms % DAY;
    if (*rest < 0) {
        *rest += DAY;
        day--;
    }
    return day;
}

static bool in_calendar(double days)
{
    return days >= -719162 && days < 2932897; /* 0001-01-01 to 9999-12-31 */
}

/* How far the clock here is ahead of Greenwich at an instant (milliseconds since 1970-01-01T00:00Z). */
static int64_t offset_at(int64_t ms)
{
    int64_t rest, day = split(ms, &rest);
    time_t t = (time_t)(day * 86400 + rest / 1000);
    struct tm tm;
    tzset();
    return localtime_r(&t, &tm) ? (int64_t)tm.tm_gmtoff * 1000 : 0;
}

static int64_t standard_offset(void)
{
    tzset();
    return -(int64_t)timezone * 1000;
}

/* The same for a reading of the clock here. In the hour that is there twice it is the first of the two. */
static int64_t offset_on_wall(int64_t wall)
{
    int64_t guess = offset_at(wall - standard_offset());
    int64_t better = offset_at(wall - guess);
    return better;
}

static bool read_digits(const char **at, int least, int most, int *value)
{
    int n = 0;
    *value = 0;
    while (n < most && **at >= '0' && **at <= '9') {
        *value = *value * 10 + (*(*at)++ - '0');
        n++;
    }
    return n >= least;
}

/* "12:30", "12:30:59", "12:30:59.123", in milliseconds. */
static bool read_clock(const char **at, int64_t *ms)
{
    int hour, minute, second = 0;
    if (!read_digits(at, 2, 2, &hour) || *(*at)++ != ':' || !read_digits(at, 2, 2, &minute))
        return false;
    int64_t fraction = 0;
    if (**at == ':') {
        (*at)++;
        if (!read_digits(at, 2, 2, &second))
            return false;
        if (**at == '.') {
            long scale = 100;
            for ((*at)++; **at >= '0' && **at <= '9'; (*at)++, scale /= 10)
                fraction += (**at - '0') * scale;
        }
    }
    *ms = ((hour * 60 + minute) * 60 + second) * (int64_t)1000 + fraction;
    return hour < 24 && minute < 60 && second < 60;
}

/* "Z", "+01:00", "-0700" or nothing. */
static bool read_offset(const char **at, bool *given, int64_t *ms)
{
    *given = **at != '\0';
    *ms = 0;
    if (!*given)
        return true;
    char sign = *(*at)++;
    if (sign == 'Z')
        return **at == '\0';
    int hour, minute = 0;
    if ((sign != '+' && sign != '-') || !read_digits(at, 2, 2, &hour))
        return false;
    if (**at == ':')
        (*at)++;
    if (**at && !read_digits(at, 2, 2, &minute))
        return false;
    *ms = (hour * 60 + minute) * (int64_t)(sign == '-' ? -60000 : 60000);
    return hour < 24 && minute < 60 && **at == '\0';
}

bool moment_parse(const char *text, double *moment)
{
    int year, month, day;
    const char *at = text;
    if (!read_digits(&at, 4, 4, &year) || *at++ != '-' || !read_digits(&at, 1, 2, &month) || *at++ != '-' ||
        !read_digits(&at, 1, 2, &day))
        return false;
    char canonical[DATE_TEXT];
    int number;
    snprintf(canonical, sizeof canonical, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
    if (!date_parse(canonical, &number))
        return false;
    int64_t clock = 0, offset = 0, wall = number * DAY;
    bool given = false;
    if (*at == 'T') {
        at++;
        if (!read_clock(&at, &clock) || !read_offset(&at, &given, &offset))
            return false;
        wall += clock;
        if (given)
            wall += offset_at(wall - offset) - offset;
    }
    *moment = (double)wall / (double)DAY;
    return *at == '\0';
}

const char *moment_text(double moment, char text[MOMENT_TEXT])
{
    if (!in_calendar(moment)) { /* NaN too */
        snprintf(text, MOMENT_TEXT, "Invalid Date");
        return text;
    }
    int64_t ms = to_ms(moment), rest, day = split(ms, &rest);
    date_format((int)day, text);
    if (rest) {
        int offset = (int)(offset_on_wall(ms) / 60000), seconds = (int)(rest / 1000);
        int size = offset < 0 ? -offset : offset;
        snprintf(text + strlen(text), MOMENT_TEXT - strlen(text), "T%02d:%02d:%02d.%03d%c%02d:%02d",
                 seconds / 3600, seconds / 60 % 60, seconds % 60, (int)(rest % 1000), offset < 0 ? '-' : '+',
                 size / 60 % 100, size % 60);
    }
    return text;
}

double moment_number(double moment)
{
    if (!in_calendar(moment))
        return NAN;
    int64_t wall = to_ms(moment);
    int64_t offset = wall % DAY != 0 ? offset_on_wall(wall) : standard_offset();
    return (double)(wall - offset) / (double)DAY;
}

double moment_of_number(double number)
{
    if (!in_calendar(number - 1) || !in_calendar(number + 1))
        return NAN;
    int64_t ms = to_ms(number), wall = ms + standard_offset();
    if (wall % DAY)
        wall = ms + offset_at(ms);
    return (double)wall / (double)DAY;
}

double moment_now(void)
{
    int64_t ms = (int64_t)clock_now() * 1000;
    return (double)(ms + offset_at(ms)) / (double)DAY;
}

double moment_time_of_day(const char *text)
{
    double moment;
    int64_t ms, offset, rest;
    bool given;
    if (moment_parse(text, &moment)) {
        ms = to_ms(moment);
    } else {
        const char *at = text;
        if (!read_clock(&at, &ms) || !read_offset(&at, &given, &offset))
            return NAN;
        if (given)
            ms += offset_at((int64_t)clock_now() * 1000) - offset;
    }
    split(ms, &rest);
    return (double)rest / (double)DAY;
}

bool moment_format(double moment, const char *format, struct strbuf *out, char *letter)
{
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    static const char weekdays[7][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    int year = 1970, month = 1, day_of_month = 1;
    int64_t rest = 0, day = in_calendar(moment) ? split(to_ms(moment), &rest) : 0;
    date_to_civil((int)day, &year, &month, &day_of_month);
    int seconds = (int)(rest / 1000);
    for (const char *at = format; *at; at++) {
        if (*at != '%') {
            strbuf_addch(out, *at);
            continue;
        }
        *letter = *++at;
        switch (*at) {
        case '%':
            strbuf_addch(out, '%');
            break;
        case 'Y':
            strbuf_addf(out, "%04d", year);
            break;
        case 'y':
            strbuf_addf(out, "%02d", year % 100);
            break;
        case 'm':
            strbuf_addf(out, "%02d", month);
            break;
        case 'n':
            strbuf_addf(out, "%d", month);
            break;
        case 'b':
            strbuf_add(out, months[month - 1]);
            break;
        case 'd':
            strbuf_addf(out, "%02d", day_of_month);
            break;
        case 'e':
            strbuf_addf(out, "%d", day_of_month);
            break;
        case 'H':
            strbuf_addf(out, "%02d", seconds / 3600);
            break;
        case 'h':
            strbuf_addf(out, "%d", seconds / 3600);
            break;
        case 'M':
            strbuf_addf(out, "%02d", seconds / 60 % 60);
            break;
        case 'S':
            strbuf_addf(out, "%02d", seconds % 60);
            break;
        case '3':
            strbuf_addf(out, "%03d", (int)(rest % 1000));
            break;
        case 'a':
            strbuf_add(out, weekdays[((day % 7) + 7) % 7]);
            break;
        default:
            return false;
        }
    }
    return true;
}
