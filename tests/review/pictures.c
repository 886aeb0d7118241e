/* Pictures of each kind. The numbers are made up, but for the curve: Freireich's 6-MP arm (1963). */
#include "pictures.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

const char hostile_label[] = "</text><script>alert(1)</script>\x1b[31m\"'& \xff\u202eab\nc";

static const struct picture_bar outcomes[] = {
    {"Both stand", 38, 0, 0, 0},
    {"Service user moved", 27, 0, 0, 0},
    {"Practitioner moved", 14, 0, 0, 0},
    {"New answer", 9, 0, 0, 0},
    {"Parked", 1, 0, 0, 0},
    {"Referred", 0, 0, 0, 0},
};

static const struct picture_bar areas[] = {
    {"Home", 38, 142, 0, 0},     {"Money", 20, 20, 0, 0},
    {"Health", 0, 20, 0, 0},     {"Drugs and drink", 3, 7, 0, 0},
    {"Family", 999, 1000, 0, 0}, {"Friends", 12, 48, 0.1, 0.5},
    {"Hope", 0, 0, 0, 0},
};

static const struct picture_bar long_labels[] = {
    {"Somebody I can ring at night when it gets too much for me, and who comes", 12, 30, 0, 0},
    {"Work", 15, 30, 0, 0},
    {"Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenversicherung", 9, 30, 0, 0},
    {"住まいについて心配なことがありますか", 3, 30, 0, 0},
};

static const struct picture_bar hostile[] = {{hostile_label, 12, 30, 0, 0}, {"", 3, 30, 0, 0}};
static const struct picture_bar huge[] = {{"All", INT64_MAX, INT64_MAX, 0, 0},
                                          {"Half", INT64_MAX / 2, INT64_MAX, 0, 0},
                                          {"One", 1, INT64_MAX, 0, 0}};
static const struct picture_bar wrong[] = {{"Home", 8, 7, 0, 0}};

static const struct picture_rung rungs[] = {
    {"How safe do you feel at home?", {7, 4}, {6, 6}},
    {"Money", {3, 6}, {3, 6}},
    {"Health", {8, 5}, {5, 5}},
    {"Family", {6, 2}, {NAN, NAN}},
    {"Mood", {0, 10}, {2.5, 7.25}},
    {"Sleep", {NAN, 4}, {NAN, 5}},
};
static const struct picture_rung first_only[] = {{"Home", {7, 4}, {NAN, NAN}}, {"Money", {3, 3}, {NAN, NAN}}};
static const struct picture_rung outside[] = {{hostile_label, {-5, 400}, {1e300, -1e300}}};

static const char *const safety[] = {"Not safe at all", "A little safe", "Mostly safe", "Very safe"};
static const int64_t safety_counts[] = {12, 3, 0, 1, 4, 20, 7, 2, 0, 5, 31, 6, 0, 1, 2, 18};
static const char *const yes_no[] = {"No", "Yes"};
static const int64_t yes_no_counts[] = {40, 9, 3, 48};
static const char *const zero_to_ten[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
static const char *const long_steps[] = {
    "It has never been safe here, and I do not think that it will be",
    "On some days it is, on most it is not",
    "It is, but for the street and for who comes by at night",
    "I feel safe at home, all of the time, whoever comes",
};
static const int64_t none_counts[] = {0, 0, 0, 0};
static const int64_t minus_counts[] = {0, -1, 0, 0};
static const int64_t huge_counts[] = {INT64_MAX / 2, 1, 0, INT64_MAX / 2};
static const char *const hostile_steps[] = {hostile_label, "<b>"};

static const int64_t year[] = {3, 8, 12, 0, 5, 11, 14, 9};
static int64_t years[70], decades[400];
static int64_t eleven[11][11 * 11];

static const double treated[] = {6,   6,   6,   -6, 7,  -9,  10,  -10, -11, 13, 16,
                                 -17, -19, -20, 22, 23, -25, -32, -32, -34, -35};
static struct survival_time times[21], few_times[4], at_once[12], all_end[12];
static struct survival curve, few, none, zero, ending;

#define BARS(array, of_all)                                                                                  \
    {                                                                                                        \
        array, sizeof array / sizeof *array, of_all                                                          \
    }
#define LADDER(array, low, high, one, other)                                                                 \
    {                                                                                                        \
        array, sizeof array / sizeof *array, low, high, one, other                                           \
    }

struct picture_case *pictures_make(size_t *count)
{
    for (size_t i = 0; i < 21; i++)
        times[i] = (struct survival_time){fabs(treated[i]), treated[i] > 0};
    for (size_t i = 0; i < 4; i++)
        few_times[i] = times[i];
    for (size_t i = 0; i < 12; i++) {
        at_once[i] = (struct survival_time){0, true};
        all_end[i] = (struct survival_time){(double)(i / 3 + 1) * 0.3, true};
    }
    curve = survival_estimate(times, 21);
    few = survival_estimate(few_times, 4);
    none = survival_estimate(NULL, 0);
    zero = survival_estimate(at_once, 12);
    ending = survival_estimate(all_end, 12);
    for (size_t i = 0; i < 70; i++)
        years[i] = (int64_t)(i * 7 % 13);
    for (size_t i = 0; i < 400; i++)
        decades[i] = (int64_t)(i % 10);
    for (int k = 2; k <= 11; k++)
        for (int i = 0; i < k * k; i++) {
            int apart = abs(i / k - i % k);
            eleven[k - 1][i] = apart < 3 ? (i * 5 % 7) + (apart == 0 ? 2 : 0) : i % 11 == 0;
        }
    const struct picture_case cases[] = {
        {"bars", {.title = "How it ended", .bars = BARS(outcomes, false)}, true},
        {"shares",
         {.title = "Differ, of all that both answered",
          .note = "Before any talk.",
          .bars = BARS(areas, true)},
         true},
        {"long labels", {.title = "Long labels", .bars = BARS(long_labels, true)}, true},
        {"hostile bars", {.title = hostile_label, .note = hostile_label, .bars = BARS(hostile, true)}, true},
        {"huge bars", {.bars = BARS(huge, true)}, true},
        {"huge counts", {.bars = BARS(huge, false)}, false},
        {"wrong bars", {.title = "Wrong", .bars = BARS(wrong, true)}, false},
        {"no bars", {.title = "Nothing", .bars = {NULL, 0, true}}, true},
        {"ladder",
         {PICTURE_LADDER, .title = "What the two answered", .people = {"Rae", "Sam"},
          .ladder = LADDER(rungs, 0, 10, "Not safe at all", "I always feel safe")},
         true},
        {"first only", {PICTURE_LADDER, .ladder = LADDER(first_only, 0, 10, NULL, NULL)}, true},
        {"outside",
         {PICTURE_LADDER, .people = {hostile_label, "Sam"},
          .ladder = LADDER(outside, -1, 1, hostile_label, hostile_label)},
         false},
        {"no ladder", {PICTURE_LADDER, .title = "Nothing", .ladder = {NULL, 0, 0, 10, NULL, NULL}}, false},
        {"wrong ladder", {PICTURE_LADDER, .ladder = LADDER(rungs, 5, 5, NULL, NULL)}, false},
        {"matrix",
         {PICTURE_MATRIX, .title = "How safe at home?", .matrix = {4, safety, safety_counts}},
         true},
        {"yes or no", {PICTURE_MATRIX, .people = {"Rae", "Sam"}, .matrix = {2, yes_no, yes_no_counts}}, true},
        {"zero to ten", {PICTURE_MATRIX, .title = "0 to 10", .matrix = {11, zero_to_ten, eleven[10]}}, true},
        {"long steps", {PICTURE_MATRIX, .title = "Long", .matrix = {4, long_steps, safety_counts}}, true},
        {"hostile steps",
         {PICTURE_MATRIX, .people = {hostile_label, "\x80"}, .matrix = {2, hostile_steps, yes_no_counts}},
         false},
        {"huge matrix", {PICTURE_MATRIX, .matrix = {2, yes_no, huge_counts}}, true},
        {"no matrix", {PICTURE_MATRIX, .matrix = {2, yes_no, none_counts}}, false},
        {"wrong matrix", {PICTURE_MATRIX, .matrix = {2, yes_no, minus_counts}}, false},
        {"matrix of 3", {PICTURE_MATRIX, .matrix = {3, zero_to_ten, eleven[2]}}, false},
        {"matrix of 5", {PICTURE_MATRIX, .matrix = {5, zero_to_ten, eleven[4]}}, false},
        {"matrix of 6", {PICTURE_MATRIX, .matrix = {6, zero_to_ten, eleven[5]}}, false},
        {"matrix of 7", {PICTURE_MATRIX, .matrix = {7, zero_to_ten, eleven[6]}}, false},
        {"matrix of 8", {PICTURE_MATRIX, .matrix = {8, zero_to_ten, eleven[7]}}, false},
        {"matrix of 9", {PICTURE_MATRIX, .matrix = {9, zero_to_ten, eleven[8]}}, false},
        {"matrix of 10", {PICTURE_MATRIX, .matrix = {10, zero_to_ten, eleven[9]}}, false},
        {"curve",
         {PICTURE_STEPS, .title = "How long people keep coming",
          .note = "Who was last seen while it went on is counted for as long as they were there.",
          .steps = {&curve, times, "weeks"}},
         true},
        {"few", {PICTURE_STEPS, .title = "Few", .steps = {&few, few_times, "weeks"}}, true},
        {"no curve", {PICTURE_STEPS, .title = "Nothing", .steps = {&none, NULL, "weeks"}}, false},
        {"at once", {PICTURE_STEPS, .steps = {&zero, at_once, "weeks"}}, false},
        {"all end", {PICTURE_STEPS, .steps = {&ending, all_end, hostile_label}}, true},
        {"months",
         {PICTURE_MONTHS, .title = "Sittings", .months = {2025, 11, year, sizeof year / sizeof *year}},
         true},
        {"quarters", {PICTURE_MONTHS, .months = {2021, 2, years, 70}}, true},
        {"years", {PICTURE_MONTHS, .months = {1993, 12, decades, 400}}, false},
        {"no months", {PICTURE_MONTHS, .months = {2025, 11, NULL, 0}}, false},
        {"wrong months", {PICTURE_MONTHS, .months = {2025, 13, year, 3}}, false},
    };
    *count = sizeof cases / sizeof *cases;
    struct picture_case *made = xcalloc(*count, sizeof *made);
    for (size_t i = 0; i < *count; i++)
        made[i] = cases[i];
    return made;
}

void pictures_release(struct picture_case *cases)
{
    free(cases);
    survival_release(&curve);
    survival_release(&few);
    survival_release(&none);
    survival_release(&zero);
    survival_release(&ending);
}
