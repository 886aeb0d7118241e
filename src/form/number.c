/* Numbers as text. printf() and strtod() follow the locale's decimal point, so they are called with the C
 * locale. */
#include "form/number.h"

#include "base/mem.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Made once, whichever thread wants it first. */
static locale_t plain_c;

static void make_c_locale(void)
{
    plain_c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!plain_c)
        mem_exhausted();
}

static locale_t c_locale(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_c_locale);
    return plain_c;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

double number_parse(const char *text)
{
    while (is_blank(*text))
        text++;
    const char *start = text;
    if (*text == '-')
        text++;
    int64_t whole = 0;
    int digits = 0, points = 0;
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && !points); text++) {
        if (*text == '.') {
            points++;
        } else {
            if (digits < 16)
                whole = whole * 10 + (*text - '0');
            digits++;
        }
    }
    const char *end = text;
    while (is_blank(*text))
        text++;
    if (*text || !digits)
        return NAN;
    if (!points && digits < 16) /* the common case: exact, and no library asked */
        return *start == '-' ? -(double)whole : (double)whole;
    char *stopped;
    double number = strtod_l(start, &stopped, c_locale());
    return stopped == end ? number : NAN;
}

/* Of less than 10^15. Marks and counts are most of what lists hold, and printf() takes ten times as long. */
static const char *whole_text(int64_t number, char text[NUMBER_TEXT])
{
    char digits[16], *out = text;
    int count = 0;
    if (number < 0) {
        *out++ = '-';
        number = -number;
    }
    do {
        digits[count++] = (char)('0' + number % 10);
    } while (number /= 10);
    while (count > 0)
        *out++ = digits[--count];
    *out = '\0';
    return text;
}

const char *number_text(double number, char text[NUMBER_TEXT])
{
    if (isnan(number) || isinf(number)) {
        snprintf(text, NUMBER_TEXT, "%s", isnan(number) ? "NaN" : number < 0 ? "-Infinity" : "Infinity");
        return text;
    }
    if (number == trunc(number) && fabs(number) < 1e15)
        return whole_text((int64_t)number, text);
    locale_t before = uselocale(c_locale());
    char scientific[NUMBER_TEXT]; /* "-d.ddde-XX" */
    /* 15 digits are exact unless the number is too small to have as many. */
    for (int precision = fabs(number) < DBL_MIN ? 0 : 14; precision <= 16; precision++) {
        snprintf(scientific, sizeof scientific, "%.*e", precision, number);
        if (strtod(scientific, NULL) == number)
            break;
    }
    uselocale(before);
    char digits[NUMBER_TEXT] = "";
    int count = 0;
    char *e = strchr(scientific, 'e');
    for (char *at = scientific; at < e; at++) {
        if (*at >= '0' && *at <= '9')
            digits[count++] = *at;
    }
    while (count > 1 && digits[count - 1] == '0')
        count--;
    int exponent = (int)strtol(e + 1, NULL, 10);
    char *out = text;
    if (number < 0)
        *out++ = '-';
    if (exponent >= 21 || exponent < -6) {
        *out++ = digits[0];
        if (count > 1)
            *out++ = '.';
        memcpy(out, digits + 1, (size_t)(count - 1));
        out += count - 1;
        snprintf(out, (size_t)(text + NUMBER_TEXT - out), "e%+d", exponent);
        return text;
    }
    /* place 0 is the first digit; the point stands after place `exponent`. */
    for (int place = exponent < 0 ? exponent : 0; place < count || place <= exponent; place++) {
        *out++ = place >= 0 && place < count ? digits[place] : '0';
        if (place == exponent && place + 1 < count)
            *out++ = '.';
    }
    *out = '\0';
    return text;
}

/* number * 10^shift, exactly as written in decimal. */
static double shifted(double number, int shift)
{
    char text[NUMBER_TEXT + 16];
    locale_t before = uselocale(c_locale());
    for (int precision = 14; precision <= 16; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, number);
        if (strtod(text, NULL) == number)
            break;
    }
    char *e = strchr(text, 'e');
    snprintf(e, (size_t)(text + sizeof text - e), "e%ld", strtol(e + 1, NULL, 10) + shift);
    double result = strtod(text, NULL);
    uselocale(before);
    return result;
}

double number_round(double number, int places)
{
    if (!isfinite(number))
        return number;
    if (places == 0)
        return round(number);
    if (places > 300)
        return number;
    if (places < -300)
        return 0;
    double up = shifted(number, places);
    return isfinite(up) ? shifted(round(up), -places) : number;
}
