/* A record made by somebody who knows the format and means harm: each value of each line replaced by others,
 * lines taken out and told twice, and all hashes made anew. Opened, told, exported and verified, none may do
 * worse than be found out. */
#include "kit.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "record/chain.h"
#include "report/as_text.h"
#include "report/as_yaml.h"
#include "report/verdict.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

static const char *const values[] = {
    "null",   "true",      "-1", "0",          "3",      "1e300", "9223372036854775807", "\"\"", "\"home\"",
    "\"d1\"", "\"agree\"", "[]", "[\"have\"]", "[[{}]]", "{}",    "\"both_stand\"",      "17",   "\"goal\"",
};

static size_t opened, broken;

/* Write the lines as a sound chain, and do with it all there is. */
static void try(const json_t *lines, const char *path)
{
    struct chain chain;
    chain_init(&chain);
    struct strbuf text = STRBUF_INIT;
    for (size_t i = 0; i < json_array_size(lines); i++) {
        size_t length;
        char *line = chain_line(&chain, json_array_get(lines, i), &length, NULL);
        struct event event;
        if (!line || !chain_check(&chain, line, length, &event, NULL)) {
            free(line);
            strbuf_release(&text);
            return; /* no chain could have it */
        }
        json_decref(event.body);
        strbuf_addf(&text, "%s\n", line);
        free(line);
    }
    kit_write(path, text.text, text.length);
    strbuf_release(&text);
    struct session *s = session_open(path, RECORD_READ, NULL);
    if (!s)
        return;
    opened++;
    char *told = kit_written(s, as_text_write), *yaml = kit_written(s, as_yaml_write);
    struct verdict verdict;
    verify_record(session_record(s), &verdict);
    broken += verdict.verified == VERIFIED_BROKEN;
    assert_true((verdict.finding != NULL) == (verdict.verified != VERIFIED_HOLDS));
    verdict_release(&verdict);
    free(told);
    free(yaml);
    session_close(s);
}

static json_t *story_lines(const char *path)
{
    json_t *lines = json_array();
    size_t length;
    char *text = kit_read(path, &length), *rest = text, *line;
    while ((line = strsep(&rest, "\n")) && *line)
        json_array_append_new(lines, json_loads(line, 0, NULL));
    free(text);
    return lines;
}

static void test_values(void **state)
{
    (void)state;
    session_close(kit_story("story.jsonl"));
    char *from = kit_path("story.jsonl"), *to = kit_path("forged.jsonl");
    json_t *lines = story_lines(from);
    size_t next = 0;
    opened = broken = 0;
    for (size_t i = 1; i < json_array_size(lines); i++) {
        json_t *line = json_array_get(lines, i);
        json_t *keys = json_copy(line);
        const char *key;
        json_t *old;
        json_object_foreach(keys, key, old)
        {
            if (!strcmp(key, "at") || !strcmp(key, "seq") || !strcmp(key, "prev") || !strcmp(key, "hash"))
                continue;
            /* Not each with each: every key meets six of them, in turn. */
            for (int n = 0; n < 6; n++) {
                const char *value = values[next++ % (sizeof values / sizeof *values)];
                json_object_set_new(line, key, json_loads(value, JSON_DECODE_ANY, NULL));
                try(lines, to);
            }
            json_object_set(line, key, old);
        }
        json_decref(keys);
    }
    assert_true(opened > 300);
    assert_true(broken > opened / 2);
    json_decref(lines);
    free(from);
    free(to);
}

static void test_lines(void **state)
{
    (void)state;
    session_close(kit_story("lines.jsonl"));
    char *from = kit_path("lines.jsonl"), *to = kit_path("forged-lines.jsonl");
    opened = broken = 0;
    for (int twice = 0; twice < 2; twice++) {
        json_t *lines = story_lines(from);
        for (size_t i = 1; i < json_array_size(lines); i++) {
            json_t *other = json_copy(lines);
            if (twice)
                json_array_append(other, json_array_get(lines, i));
            else
                json_array_remove(other, i);
            try(other, to);
            json_decref(other);
        }
        json_decref(lines);
    }
    assert_true(opened > 80);
    assert_true(broken > 20);
    free(from);
    free(to);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values), cmocka_unit_test(test_lines)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
