/* What a picture shows, before anybody draws it: its numbers as texts, why there is none, months taken
 * together, and all of it in words. Both who draw it take their texts from here, so that a picture says the
 * same wherever it stands. */
#include "review/picture.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "form/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_GROUPS = 24, MOST_SHORT = 3, MOST_TOLD_TICKS = 6 };

/* Three times 0.2 is a little more than 0.6. */
static const double NEARLY = 1e-12;

/* ---- lines ---- */

void picture_lines_release(struct picture_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        free(lines->lines[i]);
    free(lines->lines);
    *lines = (struct picture_lines){NULL, 0, 0};
}

/* A line more, of words, made safe. */
static void say(struct picture_lines *lines, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(struct picture_lines *lines, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = xvasprintf(format, args);
    va_end(args);
    GROW(lines->lines, lines->count, lines->room);
    lines->lines[lines->count++] = utf8_safe(text, false);
    free(text);
}

/* ---- numbers as texts ---- */

struct figure picture_share(const struct picture_bar *bar)
{
    struct figure figure = rate_wilson(bar->count, bar->of);
    if (!figure.none && (bar->low != 0 || bar->high != 0)) {
        bool ordered = bar->low >= 0 && bar->low <= bar->high && bar->high <= 1;
        figure.no_range = ordered ? FIGURE_THERE : FIGURE_HAS_NONE;
        figure.low = ordered ? bar->low : NAN;
        figure.high = ordered ? bar->high : NAN;
    }
    return figure_guard(figure);
}

char *picture_percent(double share)
{
    if (share > 0 && share < 0.005)
        return xstrdup("<1%");
    if (share < 1 && share >= 0.995)
        return xstrdup(">99%");
    return xasprintf("%.0f%%", floor(share * 100 + 0.5));
}

char *picture_count(const struct picture_bars *bars, size_t i)
{
    const struct picture_bar *bar = &bars->bars[i];
    if (!bars->shares)
        return xasprintf("%lld", (long long)bar->count);
    return xasprintf("%lld of %lld", (long long)bar->count, (long long)bar->of);
}

char *picture_rate(const struct picture_bars *bars, size_t i)
{
    if (!bars->shares)
        return xstrdup("");
    struct figure share = picture_share(&bars->bars[i]);
    if (share.none)
        return xstrdup(share.none == FIGURE_NOTHING ? "nothing yet" : "too few to say");
    char *percent = picture_percent(share.value);
    if (share.no_range)
        return percent;
    char *text = figure_digits(share.low, share.high)
                     ? xasprintf("%s (%.1f to %.1f)", percent, share.low * 100, share.high * 100)
                     : xasprintf("%s (%.0f to %.0f)", percent, floor(share.low * 100 + 0.5),
                                 floor(share.high * 100 + 0.5));
    free(percent);
    return text;
}

int64_t picture_most(const struct picture_bars *bars)
{
    int64_t most = 1;
    for (size_t i = 0; i < bars->count; i++)
        if (bars->bars[i].count > most)
            most = bars->bars[i].count;
    return most;
}

char *picture_number(double number)
{
    char text[NUMBER_TEXT];
    return xstrdup(number_text(number_round(number, 1), text));
}

char *picture_moved(const struct picture_rung *rung, enum who party, const char *now)
{
    double before = rung->before[party], after = rung->after[party];
    if (isnan(before) && isnan(after))
        return xstrdup("-");
    if (isnan(before) || isnan(after))
        return picture_number(isnan(before) ? after : before);
    char *first = picture_number(before), *last = picture_number(after);
    char *text = xasprintf("%s%s%s", first, now, last);
    free(first);
    free(last);
    return text;
}

const char *picture_person(const struct picture *picture, enum who party)
{
    static const char *const roles[PARTIES] = {"Practitioner", "Service user"};
    return picture->people[party] ? picture->people[party] : roles[party];
}

/* ---- matrices ---- */

bool picture_labels_are_short(const struct picture_matrix *matrix)
{
    for (int i = 0; i < matrix->k; i++) {
        char *safe = utf8_safe(matrix->labels[i], false);
        bool is_short = utf8_width(safe) <= MOST_SHORT;
        free(safe);
        if (!is_short)
            return false;
    }
    return true;
}

int64_t picture_matrix_sum(const struct picture_matrix *matrix, int64_t *same)
{
    int64_t sum = 0;
    *same = 0;
    if (matrix->k < 1)
        return -1;
    for (int i = 0; i < matrix->k * matrix->k; i++) {
        int64_t count = matrix->counts[i];
        if (count < 0 || count > INT64_MAX - sum)
            return -1;
        sum += count;
        if (i / matrix->k == i % matrix->k)
            *same += count;
    }
    return sum;
}

/* ---- months ---- */

/* How many groups of so many months of the calendar they fall into. */
static size_t groups_of(const struct picture_months *months, size_t size)
{
    size_t before = (size_t)(months->month - 1) % size;
    return (before + months->count + size - 1) / size;
}

struct picture_bars picture_months_as_bars(const struct picture_months *months)
{
    size_t size = 1;
    if (months->count > MOST_GROUPS)
        size = groups_of(months, 3) > MOST_GROUPS ? 12 : 3;
    struct picture_bar *bars = xcalloc(months->count + 1, sizeof *bars);
    size_t count = 0, first = (size_t)(months->month - 1);
    for (size_t i = 0; i < months->count; i++) {
        size_t month = first + i, in_year = month % 12;
        if (i == 0 || month % size == 0) {
            /* The last month that is there, so that a group at either end says what it holds. */
            size_t last = month - month % size + size - 1, end = first + months->count - 1;
            last = (last < end ? last : end) % 12;
            long long year = (long long)months->year + (long long)(month / 12);
            char *label = last == in_year ? xasprintf("%04lld-%02zu", year, in_year + 1)
                                          : xasprintf("%04lld-%02zu to %02zu", year, in_year + 1, last + 1);
            if (size == 12 && in_year == 0 && last == 11) {
                free(label);
                label = xasprintf("%04lld", year);
            }
            bars[count++] = (struct picture_bar){.label = label};
        }
        struct picture_bar *bar = &bars[count - 1];
        int64_t more = months->counts[i];
        bar->count = more > INT64_MAX - bar->count ? INT64_MAX : bar->count + more;
    }
    return (struct picture_bars){bars, count, false};
}

void picture_bars_release(struct picture_bars *bars)
{
    for (size_t i = 0; i < bars->count; i++)
        free((char *)bars->bars[i].label);
    free((struct picture_bar *)bars->bars);
    *bars = (struct picture_bars){NULL, 0, false};
}

/* ---- curves ---- */

double picture_tick(double end, int most)
{
    static const double steps[] = {1, 2, 5};
    if (!(end > 1e-300) || !(end < 1e300) || most < 1)
        return 1;
    for (int power = (int)floor(log10(end / most));; power++)
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            if (end / (steps[i] * pow(10, power)) < most + 1e-9)
                return steps[i] * pow(10, power);
}

int64_t picture_still_there(const struct picture_steps *steps, double time)
{
    int64_t there = 0;
    for (int64_t i = 0; i < steps->curve->n; i++)
        there += steps->times[i].time >= time * (1 - NEARLY);
    return there;
}

/* ---- why there is none ---- */

static enum figure_reason bars_reason(const struct picture_bars *bars)
{
    for (size_t i = 0; i < bars->count; i++) {
        const struct picture_bar *bar = &bars->bars[i];
        if (bar->count < 0 || (bars->shares && bar->count > bar->of))
            return FIGURE_BAD_INPUT;
    }
    return bars->count ? FIGURE_THERE : FIGURE_NOTHING;
}

static enum figure_reason ladder_reason(const struct picture_ladder *ladder)
{
    if (!isfinite(ladder->low) || !isfinite(ladder->high) || !(ladder->low < ladder->high))
        return FIGURE_BAD_INPUT;
    return ladder->count ? FIGURE_THERE : FIGURE_NOTHING;
}

static enum figure_reason matrix_reason(const struct picture_matrix *matrix)
{
    int64_t same, sum = picture_matrix_sum(matrix, &same);
    if (sum > 0)
        return FIGURE_THERE;
    return sum == 0 ? FIGURE_NOTHING : FIGURE_BAD_INPUT;
}

static enum figure_reason steps_reason(const struct survival *curve)
{
    if (curve->n == 0)
        return curve->median.none;
    if (curve->n < FEWEST_FOR_RATE)
        return FIGURE_UNDER_10;
    return curve->followed > 0 ? FIGURE_THERE : FIGURE_NOT_YET;
}

static enum figure_reason months_reason(const struct picture_months *months)
{
    if (months->month < 1 || months->month > 12 || months->year < 1 || months->year > 9999)
        return FIGURE_BAD_INPUT;
    for (size_t i = 0; i < months->count; i++)
        if (months->counts[i] < 0)
            return FIGURE_BAD_INPUT;
    return months->count ? FIGURE_THERE : FIGURE_NOTHING;
}

const char *picture_why_none(const struct picture *picture)
{
    enum figure_reason reason = FIGURE_BAD_INPUT;
    switch (picture->kind) {
    case PICTURE_BARS:
        reason = bars_reason(&picture->bars);
        break;
    case PICTURE_LADDER:
        reason = ladder_reason(&picture->ladder);
        break;
    case PICTURE_MATRIX:
        reason = matrix_reason(&picture->matrix);
        break;
    case PICTURE_STEPS:
        reason = steps_reason(picture->steps.curve);
        break;
    case PICTURE_MONTHS:
        reason = months_reason(&picture->months);
        break;
    }
    return figure_why(reason);
}

/* ---- in words ---- */

/* What stands between a label and what is said of it: a question has its mark already. */
static const char *after_label(const char *label)
{
    size_t length = strlen(label);
    return length > 0 && strchr("?!:.", label[length - 1]) ? "" : ":";
}

static void tell_bars(struct picture_lines *lines, const struct picture_bars *bars)
{
    for (size_t i = 0; i < bars->count; i++) {
        char *count = picture_count(bars, i), *rate = picture_rate(bars, i);
        const char *label = bars->bars[i].label;
        say(lines, "%s%s %s%s%s", label, after_label(label), count, *rate ? ", " : "", rate);
        free(count);
        free(rate);
    }
}

static char *told_answer(const struct picture_rung *rung, enum who party)
{
    if (isnan(rung->before[party]) && isnan(rung->after[party]))
        return xstrdup("has no answer");
    return picture_moved(rung, party, ", now ");
}

static void tell_ladder(struct picture_lines *lines, const struct picture *picture)
{
    const struct picture_ladder *ladder = &picture->ladder;
    char *low = picture_number(ladder->low), *high = picture_number(ladder->high);
    say(lines, "From %s%s%s to %s%s%s.", low, ladder->low_label ? " " : "",
        ladder->low_label ? ladder->low_label : "", high, ladder->high_label ? " " : "",
        ladder->high_label ? ladder->high_label : "");
    free(low);
    free(high);
    for (size_t i = 0; i < ladder->count; i++) {
        const struct picture_rung *rung = &ladder->rungs[i];
        char *one = told_answer(rung, PRACTITIONER), *other = told_answer(rung, SERVICE_USER);
        say(lines, "%s%s %s %s; %s %s", rung->label, after_label(rung->label),
            picture_person(picture, PRACTITIONER), one, picture_person(picture, SERVICE_USER), other);
        free(one);
        free(other);
    }
}

/* The same answers first, then what lies farther and farther apart. */
static void tell_matrix(struct picture_lines *lines, const struct picture *picture)
{
    const struct picture_matrix *matrix = &picture->matrix;
    int64_t same, sum = picture_matrix_sum(matrix, &same);
    say(lines, "The same answer: %lld of %lld", (long long)same, (long long)sum);
    for (int apart = 0; apart < matrix->k; apart++)
        for (int i = 0; i < matrix->k; i++)
            for (int side = -1; side <= (apart ? 1 : -1); side += 2) {
                int j = i + side * apart;
                long long count = j >= 0 && j < matrix->k ? (long long)matrix->counts[i * matrix->k + j] : 0;
                if (count && apart == 0)
                    say(lines, "Both %s: %lld", matrix->labels[i], count);
                else if (count)
                    say(lines, "%s %s, %s %s: %lld", picture_person(picture, PRACTITIONER), matrix->labels[i],
                        picture_person(picture, SERVICE_USER), matrix->labels[j], count);
            }
}

/* Who it is about; this much is told of any curve. */
static void tell_followed(struct picture_lines *lines, const struct survival *curve)
{
    say(lines, "Followed: %lld. It has ended for %lld", (long long)curve->n, (long long)curve->ended);
    if (curve->ended < curve->n)
        say(lines, "Last seen when it still went on: %lld", (long long)(curve->n - curve->ended));
}

static void tell_steps(struct picture_lines *lines, const struct picture_steps *steps)
{
    const struct survival *curve = steps->curve;
    tell_followed(lines, curve);
    double tick = picture_tick(curve->followed, MOST_TOLD_TICKS);
    for (int i = 1; i * tick <= curve->followed * (1 + NEARLY); i++) {
        double reached = fmin(i * tick * (1 + NEARLY), curve->followed);
        struct figure at = figure_guard(survival_at(curve, reached));
        char *time = picture_number(i * tick), *percent = picture_percent(at.none ? 0 : at.value);
        char *range =
            at.no_range ? xstrdup("")
                        : xasprintf(" (%.0f to %.0f)", floor(at.low * 100 + 0.5), floor(at.high * 100 + 0.5));
        say(lines, "After %s %s: it goes on for %s%s; %lld still followed", time, steps->unit, percent, range,
            (long long)picture_still_there(steps, i * tick));
        free(time);
        free(percent);
        free(range);
    }
    struct figure median = figure_guard(curve->median);
    if (median.none) {
        say(lines, "It has not come down to half yet");
        return;
    }
    char *half = picture_number(median.value);
    say(lines, "It has ended for half after %s %s", half, steps->unit);
    free(half);
}

struct picture_lines picture_told(const struct picture *picture)
{
    struct picture_lines lines = {NULL, 0, 0};
    const char *why = picture_why_none(picture);
    if (*why) {
        if (picture->kind == PICTURE_STEPS && picture->steps.curve->n > 0)
            tell_followed(&lines, picture->steps.curve);
        say(&lines, "%s", why);
        return lines;
    }
    struct picture_bars bars;
    switch (picture->kind) {
    case PICTURE_BARS:
        tell_bars(&lines, &picture->bars);
        break;
    case PICTURE_LADDER:
        tell_ladder(&lines, picture);
        break;
    case PICTURE_MATRIX:
        tell_matrix(&lines, picture);
        break;
    case PICTURE_STEPS:
        tell_steps(&lines, &picture->steps);
        break;
    case PICTURE_MONTHS:
        bars = picture_months_as_bars(&picture->months);
        tell_bars(&lines, &bars);
        picture_bars_release(&bars);
        break;
    }
    return lines;
}
