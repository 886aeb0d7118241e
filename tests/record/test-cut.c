/* A record cut at every byte: it opens with all its whole lines, or says clearly that it cannot; and nothing
 * but the line that was not finished leaves it, and that is kept. */
#include "check.h"

#include "base/mem.h"
#include "kit.h"
#include "record/chain.h"

#include <stdlib.h>
#include <string.h>

enum { NOTES = 3 };

static void cut_everywhere(void)
{
    const char *path = kit_path("r");
    kit_sample(path, NOTES);
    size_t length, whole = 0, lines = 0;
    char *text = kit_read(path, &length);
    for (size_t cut = 0; cut <= length; cut++) {
        if (cut > 0 && text[cut - 1] == '\n') {
            whole = cut;
            lines++;
        }
        kit_empty();
        kit_write(path, text, cut);
        char *cause = NULL;
        struct record *record = record_open(path, RECORD_READ, &cause);
        if (lines == 0) {
            assert_null(record);
            assert_non_null(strstr(cause, cut ? "cut off inside its first line" : "is empty"));
            free(cause);
            assert_null(record_open(path, RECORD_WRITE, NULL));
        } else {
            assert_int_equal(record_count(record), lines);
            assert_int_equal(record_torn(record), cut - whole);
            assert_null(record_damage(record));
            record_close(record);
        }
        size_t now;
        char *after = kit_read(path, &now);
        assert_int_equal(now, cut); /* reading changed nothing */
        assert_memory_equal(after, text, cut);
        free(after);
        if (lines == 0)
            continue;

        record = record_open(path, RECORD_WRITE, NULL);
        assert_non_null(record);
        assert_null(record_read_only(record));
        bool torn = cut > whole;
        assert_int_equal(record_count(record), lines + torn);
        assert_int_equal(record_torn(record), cut - whole);
        after = kit_read(path, &now);
        assert_memory_equal(after, text, whole);
        free(after);
        if (torn) {
            assert_true(kit_is_set_aside(path, text + whole, cut - whole));
            const struct event *event = record_event(record, lines);
            char hash[RECORD_HASH_TEXT];
            chain_hash(text + whole, cut - whole, hash);
            assert_int_equal(event->kind, EVENT_RECOVERED);
            assert_int_equal(event->by, ALONGSIDE);
            assert_int_equal(event_integer(event, "bytes"), cut - whole);
            assert_string_equal(event_text(event, "sha256"), hash);
        } else {
            assert_int_equal(now, cut);
        }
        assert_int_equal(kit_append(record, 50, NULL), RECORD_SAVED);
        record_close(record);
        record = record_open(path, RECORD_WRITE, NULL);
        assert_null(record_damage(record));
        assert_int_equal(record_count(record), lines + torn + 1); /* recovered once, not at each opening */
        record_close(record);
    }
    assert_int_equal(lines, NOTES + 1);
    free(text);
}

static void test_cut(void **state)
{
    (void)state;
    cut_everywhere();
    kit_empty();
    kit_protect(KEY_SEALED);
    cut_everywhere();
}

/* A tail that was set aside before is not written over. */
static void set_aside_again(void)
{
    const char *path = kit_path("r");
    kit_sample(path, 1);
    static const char *const tails[] = {"one", "two", "one"};
    for (int i = 0; i < 3; i++) {
        size_t length;
        char *text = kit_read(path, &length);
        char *torn = xasprintf("%s%s", text, tails[i]);
        kit_write(path, torn, length + 3);
        free(torn);
        free(text);
        struct record *record = record_open(path, RECORD_WRITE, NULL);
        assert_int_equal(record_count(record), 3 + i);
        record_close(record);
    }
    assert_true(kit_is_set_aside(path, "one", 3));
    assert_true(kit_is_set_aside(path, "two", 3));
    char *third = xasprintf("%s.torn.2", path);
    assert_true(kit_exists(third));
    free(third);
}

static void test_again(void **state)
{
    (void)state;
    kit_path("r");
    kit_empty();
    set_aside_again();
    kit_empty();
    kit_protect(KEY_SEALED);
    set_aside_again();
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cut), cmocka_unit_test(test_again)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
