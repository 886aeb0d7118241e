/* A small record with each of its bytes changed, in each of its bits: that is noticed, and where. */
#include "check.h"

#include "base/mem.h"
#include "kit.h"

#include <stdlib.h>
#include <string.h>

static void test_flip(void **state)
{
    (void)state;
    kit_sample(kit_path("r"), 3);
    size_t length, line = 0;
    char *text = kit_read(kit_path("r"), &length);
    for (size_t i = 0; i < length; i++) {
        for (int bit = 0; bit < 8; bit++) {
            char was = text[i];
            text[i] = (char)(was ^ (1 << bit));
            char *cause = NULL;
            struct record *record = record_from_text(text, length, &cause);
            if (line == 0) {
                if (record || !cause)
                    fail_msg("byte %zu, bit %d of line 1 went unnoticed", i, bit);
            } else {
                if (!record || (i + 1 < length && !record_damage(record)) || record_count(record) != line)
                    fail_msg("byte %zu, bit %d of line %zu went unnoticed", i, bit, line + 1);
                /* the last newline gone is a line that was not finished */
                if (i + 1 == length)
                    assert_true(record_torn(record) > 0 || record_damage(record));
            }
            free(cause);
            record_close(record);
            text[i] = was;
        }
        line += text[i] == '\n';
    }
    free(text);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_flip)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
