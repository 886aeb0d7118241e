/* From what is typed to an answer. */
#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "session/typed.h"

#include <stdlib.h>

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double number; /* -1: refused */
    } rows[] = {
        {"5", 5},        {" 5 \n", 5},   {"+5", 5},         {"2.5", 2.5},   {"2,5", 2.5},
        {"95,50", 95.5}, {"1.500", 1.5}, {"0,125", 0.125},  {"1500", 1500}, {"1234,567", 1234.567},
        {"1,500", -1},   {"12,500", -1}, {"1,500,000", -1}, {"1e15", -1},   {"1e999", -1},
        {"", -1},        {"inf", -1},    {"five", -1},      {"1 2", -1},    {"0x10", -1},
    };
    struct question q = {.name = "size", .type = TYPE_DECIMAL};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *cause = NULL;
        json_t *value = typed_answer(&q, rows[i].text, &cause);
        if (value && json_number_value(value) != rows[i].number)
            fail_msg("“%s” is %g", rows[i].text, json_number_value(value));
        if (!value && rows[i].number >= 0)
            fail_msg("“%s” is refused: %s", rows[i].text, cause);
        assert_true(value || cause);
        json_decref(value);
        free(cause);
    }
}

/* How an answer to this question alone is typed. */
static char *how_typed(struct question *q)
{
    static const int none[2];
    q->parent = q->repeat = -1;
    q->end = 1;
    const struct form form = {
        .questions = q, .count = 1, .language_count = 1, .dependent_start = none, .rank = none};
    struct assessment *a = assessment_new(&form);
    char *how = typed_how(a, 0, SERVICE_USER, 0);
    assessment_free(a);
    return how;
}

/* Choices by their numbers, and how that is said. */
static void test_choices(void **state)
{
    (void)state;
    static const struct wording labels[] = {
        {.by = {{"Bus", "Bus"}}}, {.by = {{"Train", "Train"}}}, {.by = {{"None", "None"}}}};
    static const struct choice choices[] = {{.name = "bus", .label = &labels[0]},
                                            {.name = "train", .label = &labels[1]},
                                            {.name = "none", .label = &labels[2], .exclusive = true}};
    static const struct choice_list list = {NULL, choices, 3};
    static const struct {
        enum question_type type;
        const char *text, *answer; /* as JSON; NULL: refused */
    } rows[] = {
        {TYPE_SELECT_ONE, "2", "\"train\""},
        {TYPE_SELECT_ONE, "4", NULL},
        {TYPE_SELECT_ONE, "1 2", NULL},
        {TYPE_SELECT_ONE, "bus", NULL},
        {TYPE_SELECT_ONE, "", NULL},
        {TYPE_SELECT_MULTIPLE, "1 2", "[\"bus\",\"train\"]"},
        {TYPE_SELECT_MULTIPLE, " 2,1 ", "[\"train\",\"bus\"]"},
        {TYPE_SELECT_MULTIPLE, "1 1", NULL},
        {TYPE_SELECT_MULTIPLE, "1 3", NULL},
        {TYPE_SELECT_MULTIPLE, "0", NULL},
        {TYPE_SELECT_MULTIPLE, "", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct question q = {.name = "way", .type = rows[i].type, .choices = &list};
        char *cause = NULL;
        json_t *value = typed_answer(&q, rows[i].text, &cause);
        char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
        if (!rows[i].answer != !text)
            fail_msg("“%s” gives %s", rows[i].text, text ? text : cause);
        if (text)
            assert_string_equal(text, rows[i].answer);
        assert_true(value || cause);
        json_decref(value);
        free(text);
        free(cause);
    }
    struct question q = {.name = "way", .type = TYPE_SELECT_MULTIPLE, .choices = &list};
    char *how = how_typed(&q);
    assert_string_equal(how, "Their numbers: 1 Bus, 2 Train, 3 None");
    free(how);
}

/* Words with a choice that asks for some, and an order. */
static void test_words_and_orders(void **state)
{
    (void)state;
    static const struct wording labels[] = {
        {.by = {{"Bus", "Bus"}}}, {.by = {{"Train", "Train"}}}, {.by = {{"Other", "Other"}}}};
    static const struct choice choices[] = {{.name = "bus", .label = &labels[0]},
                                            {.name = "train", .label = &labels[1]},
                                            {.name = "other", .label = &labels[2], .other = true}};
    static const struct choice_list three = {NULL, choices, 3}, two = {NULL, choices, 2};
    static const struct {
        enum question_type type;
        const char *text, *answer; /* as JSON; NULL: refused */
    } rows[] = {
        {TYPE_SELECT_ONE, "3 my aunt's car", "\"other:my aunt's car\""},
        {TYPE_SELECT_ONE, "3: 2 friends", "\"other:2 friends\""},
        {TYPE_SELECT_ONE, "3", NULL},
        {TYPE_SELECT_ONE, "3:", NULL},
        {TYPE_SELECT_ONE, "1 my aunt's car", NULL},
        {TYPE_SELECT_MULTIPLE, "1 3 my aunt's car", "[\"bus\",\"other:my aunt's car\"]"},
        {TYPE_SELECT_MULTIPLE, "3, 1, on foot", "[\"other:on foot\",\"bus\"]"},
        {TYPE_SELECT_MULTIPLE, "1 2 on foot", NULL},
        {TYPE_SELECT_MULTIPLE, "3 3 on foot", NULL},
        {TYPE_RANK, "2 1", "[\"train\",\"bus\"]"},
        {TYPE_RANK, "2,1", "[\"train\",\"bus\"]"},
        {TYPE_RANK, "2", NULL},
        {TYPE_RANK, "2 2", NULL},
        {TYPE_RANK, "2 1 on foot", NULL},
        {TYPE_RANK, "", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct question q = {
            .name = "way", .type = rows[i].type, .choices = rows[i].type == TYPE_RANK ? &two : &three};
        char *cause = NULL;
        json_t *value = typed_answer(&q, rows[i].text, &cause);
        char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
        if (!rows[i].answer != !text)
            fail_msg("“%s” gives %s", rows[i].text, text ? text : cause);
        if (text)
            assert_string_equal(text, rows[i].answer);
        assert_true(value || cause);
        json_decref(value);
        free(text);
        free(cause);
    }
    struct question q = {.name = "way", .type = TYPE_RANK, .choices = &two};
    char *how = how_typed(&q);
    assert_string_equal(how, "Their numbers, the first one first: 1 Bus, 2 Train");
    free(how);
}

static void test_times(void **state)
{
    (void)state;
    static const struct {
        enum question_type type;
        const char *text, *answer; /* NULL: refused */
    } rows[] = {
        {TYPE_TIME, "14:30", "14:30"},
        {TYPE_TIME, " 9:05 ", "09:05"},
        {TYPE_TIME, "9.05", "09:05"},
        {TYPE_TIME, "2.30pm", "14:30"},
        {TYPE_TIME, "2:30 PM", "14:30"},
        {TYPE_TIME, "2pm", "14:00"},
        {TYPE_TIME, "12am", "00:00"},
        {TYPE_TIME, "12.15 p.m.", "12:15"},
        {TYPE_TIME, "00:00", "00:00"},
        {TYPE_TIME, "24:00", NULL},
        {TYPE_TIME, "14:60", NULL},
        {TYPE_TIME, "14:3", NULL},
        {TYPE_TIME, "14:300", NULL},
        {TYPE_TIME, "14.30pm", NULL},
        {TYPE_TIME, "0am", NULL},
        {TYPE_TIME, "14", NULL},
        {TYPE_TIME, "half two", NULL},
        {TYPE_TIME, "-1:30", NULL},
        {TYPE_TIME, "", NULL},
        {TYPE_DATE_TIME, "30/11/2026 14:30", "2026-11-30T14:30"},
        {TYPE_DATE_TIME, "30 11 2026 2.30 pm", "2026-11-30T14:30"},
        {TYPE_DATE_TIME, "2026-11-30T14:30", "2026-11-30T14:30"},
        {TYPE_DATE_TIME, "2026-11-30, 9am", "2026-11-30T09:00"},
        {TYPE_DATE_TIME, "today 14:30", "2026-11-21T14:30"},
        {TYPE_DATE_TIME, "+7 9.05", "2026-11-28T09:05"},
        {TYPE_DATE_TIME, "30/02/2026 14:30", NULL},
        {TYPE_DATE_TIME, "30/11/2026", NULL},
        {TYPE_DATE_TIME, "14:30", NULL},
        {TYPE_DATE_TIME, "today", NULL},
        {TYPE_DATE_TIME, "", NULL},
    };
    setenv("TZ", "UTC", 1);
    clock_fix(1795255200); /* 2026-11-21T10:00:00Z */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct question q = {.name = "at", .type = rows[i].type};
        char *cause = NULL;
        json_t *value = typed_answer(&q, rows[i].text, &cause);
        if (!rows[i].answer != !value)
            fail_msg("“%s” gives %s", rows[i].text, value ? json_string_value(value) : cause);
        if (value)
            assert_string_equal(json_string_value(value), rows[i].answer);
        assert_true(value || cause);
        json_decref(value);
        free(cause);
    }
    clock_fix(0);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers), cmocka_unit_test(test_choices),
                                       cmocka_unit_test(test_words_and_orders), cmocka_unit_test(test_times)};
    return cmocka_run_group_tests_name("typed", tests, NULL, NULL);
}
