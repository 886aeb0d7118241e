/* From what is typed to an answer. */
#include "check.h"

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

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers)};
    return cmocka_run_group_tests_name("typed", tests, NULL, NULL);
}
