/* A small record, open and sealed, and a key file with each of its bytes changed: that is noticed, and where.
 */
#include "check.h"

#include "base/mem.h"
#include "kit.h"

#include <stdlib.h>
#include <string.h>

static void flip_everywhere(void)
{
    kit_sample(kit_path("r"), 3);
    size_t length, line = 0;
    char *text = kit_read(kit_path("r"), &length);
    for (size_t i = 0; i < length; i++) {
        for (int bit = 0; bit < 8 && !kit_left_out(i); bit++) {
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

static void test_flip(void **state)
{
    (void)state;
    flip_everywhere();
}

static void test_flip_sealed(void **state)
{
    (void)state;
    kit_empty();
    kit_protect(KEY_SEALED);
    flip_everywhere();
}

/* Every byte as every other one. */
static void test_change_key_file(void **state)
{
    (void)state;
    kit_empty();
    kit_protect(KEY_SEALED);
    struct key_file file;
    size_t length;
    char *text = kit_read(kit_path("alongside.key"), &length);
    assert_true(key_file_from_text(text, length, &file, NULL));
    for (size_t i = 0; i < length; i++) {
        char was = text[i];
        for (int other = 1; other < 256 && !kit_left_out(i); other++) {
            text[i] = (char)(was ^ other);
            if (key_file_from_text(text, length, &file, NULL))
                fail_msg("byte %zu as %d went unnoticed", i, (unsigned char)text[i]);
        }
        text[i] = was;
        if (key_file_from_text(text, i, &file, NULL))
            fail_msg("cut after %zu bytes went unnoticed", i);
    }
    free(text);
}

/* The last line of a sealed record, every byte of it as every other one. */
static void test_change_sealed(void **state)
{
    (void)state;
    kit_empty();
    kit_protect(KEY_SEALED);
    kit_sample(kit_path("r"), 1);
    size_t length;
    char *text = kit_read(kit_path("r"), &length), *line = strchr(text, '\n') + 1;
    for (char *at = line; *at != '\n'; at++) {
        char was = *at;
        for (int other = 1; other < 256 && !kit_left_out((size_t)(at - line)); other++) {
            *at = (char)(was ^ other);
            struct record *record = record_from_text(text, length, NULL);
            if (!record_damage(record) || record_count(record) != 1)
                fail_msg("byte %zu as %d went unnoticed", (size_t)(at - line), (unsigned char)*at);
            record_close(record);
        }
        *at = was;
    }
    free(text);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flip),
        cmocka_unit_test(test_flip_sealed),
        cmocka_unit_test(test_change_key_file),
        cmocka_unit_test(test_change_sealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
