/* A line parsed without what is known of it gives the object that parsing all of it gives, or is refused for
 * the same reason. */
#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "kit.h"
#include "record/chain.h"
#include "record/spare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
static char *form_raw; /* as in a line: long enough to be remembered, with escapes at both ends */

/* How many bytes the last hash has, and what is around it. */
static size_t ending(const char *line)
{
    size_t length = sizeof ",\"hash\":\"\"}" - 1 + sizeof zeros - 1;
    return length < strlen(line) ? length : strlen(line);
}

/* What parsing all of it comes to, without the hash, in the order of its keys; NULL. */
static char *plainly(const char *line, enum json_error_code *code)
{
    json_error_t error = {0};
    json_t *object = json_loadb(line, strlen(line), JSON_REJECT_DUPLICATES, &error);
    *code = object ? (enum json_error_code) - 1 : json_error_code(&error);
    if (object)
        json_object_del(object, "hash");
    char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;
    json_decref(object);
    return text;
}

static void same(struct chain *chain, const char *line)
{
    json_error_t error = {0};
    enum json_error_code code;
    char *plain = plainly(line, &code);
    json_t *object = spare_parse(chain, line, strlen(line), ending(line), &error);
    if (!plain) {
        if (object || json_error_code(&error) != code)
            fail_msg("taken, or refused for another reason: %s", line);
        return;
    }
    assert_non_null(object);
    json_object_del(object, "hash");
    char *found = json_dumps(object, JSON_COMPACT);
    assert_string_equal(found, plain);
    free(found);
    free(plain);
    json_decref(object);
}

/* Lines as the middle of which each of these is put; F stands for the form's text, H for 64 zeros. */
static const char *const middles[] = {
    "\"at\":\"x\"",
    "\"form\":{\"id\":\"a\",\"text\":\"F\"}",
    "\"form\":{\"text\":\"F\",\"id\":\"a\"},\"more\":[1,{\"text\":\"F\"}]",
    "\"text\":\"F\"",
    "\"text\":\"F\",\"form\":{\"text\":\"F\"}",
    "\"text\":\"F\",\"form\":{\"text\":\"other\"}",
    "\"form\":{\"text\":\"other\"},\"text\":\"F\"",
    "\"form\":{\"text\":\"F\",\"text\":\"F\"}",
    "\"form\":{\"text\":\"F\"},\"form\":{\"text\":\"F\"}",
    "\"form\":{\"text\" : \"F\"}",
    "\"form\":{\"text\":\"F \"}",
    "\"form\":{\"text\":\" F\"}",
    "\"form\":{\"text\":\"F\"",
    "\"form\":{\"text\":\"F\"}}",
    "\"form\":{\"text\":\"F\"x}",
    "\"form\":{\"text\":\"F\"\"F\"}",
    "\"form\":{\"text\":[\"F\"]}",
    "\"form\":[{\"text\":\"F\"}]",
    "\"form\":{\"\\\"text\":\"F\"}",
    "\"form\":{\"a\\\"text\":\"F\",\"text\":\"b\"}",
    "\"form\":{\"a\":\"b\"text\":\"F\"}",
    "\"form\":{\"a\":\"\\\\\"text\":\"F\"}",
    "\"form\":{\"text\":\"F\\u0000\"}",
    "\"form\":\"F\"",
    "\"form\":{\"text\":\"F",
    "\"form\":{\"text\":\"F\\",
    "\"hash\":\"H\"",
    "\"form\":{\"hash\":\"H\",\"text\":\"F\"}",
    "\"prev\":\"H\"",
    "\"prev\":\"\"",
    "\"seq\":1",
    "\"form\":{\"prev\":\"H\",\"seq\":1}",
    "\"a\":\"b",
    "\"a\":\"b\\",
    "\"a\":tru",
    "\"a\":1,",
    "\"a\"",
    "\"a\":[1",
    "\"a\":{\"b\":1",
    "",
    "\xff",
};

/* How lines begin: the first ones as the chain says, the others not, or not in these bytes. */
static const char *const starts[] = {
    "{\"seq\":1,\"prev\":\"H\",",   "{\"seq\":1,\"prev\":\"H\"",
    "{\"seq\":2,\"prev\":\"H\",",   "{\"seq\":1,\"prev\":\"H0\",",
    "{\"seq\":1,\"prev\":\"\",",    "{ \"seq\":1,\"prev\":\"H\",",
    "{\"prev\":\"H\",\"seq\":1,",   "{\"seq\":1,\"\\u0070rev\":\"H\",",
    "{\"seq\":1,\"prev\":\"H\\\",", "",
};

static char *put_in(const char *pattern)
{
    struct strbuf sb = STRBUF_INIT;
    for (; *pattern; pattern++) {
        if (*pattern == 'F')
            strbuf_add(&sb, form_raw);
        else if (*pattern == 'H')
            strbuf_add(&sb, zeros);
        else
            strbuf_addch(&sb, *pattern);
    }
    return strbuf_detach(&sb);
}

static void test_same(void **state)
{
    (void)state;
    struct chain chain;
    chain_init(&chain);
    struct spare *spare = spare_new();
    for (int round = 0; round < 3; round++) {
        chain.spare = round ? spare : NULL; /* the third time the text is known */
        for (size_t start = 0; start < sizeof starts / sizeof *starts; start++) {
            for (size_t i = 0; i < sizeof middles / sizeof *middles; i++) {
                char *head = put_in(starts[start]), *middle = put_in(middles[i]);
                char *line = xasprintf("%s%s,\"hash\":\"%s\"}", head, middle, zeros);
                same(&chain, line);
                free(line);
                free(middle);
                free(head);
            }
        }
    }
    spare_free(spare);
}

/* Every cut of a line, and every byte of it changed, once its text is known. */
static void test_changed(void **state)
{
    (void)state;
    struct chain chain;
    chain_init(&chain);
    chain.spare = spare_new();
    char *head = put_in(starts[0]), *middle = put_in(middles[2]);
    char *line = xasprintf("%s%s,\"hash\":\"%s\"}", head, middle, zeros);
    size_t length = strlen(line), before = length - ending(line);
    same(&chain, line);
    same(&chain, line);
    for (size_t i = 0; i < before; i++) {
        if (kit_left_out(i))
            continue;
        char *cut = xasprintf("%.*s%s", (int)i, line, line + before);
        same(&chain, cut);
        free(cut);
        static const char others[] = "\"\\ {}x,:";
        char was = line[i];
        for (size_t other = 0; other < sizeof others - 1; other++) {
            line[i] = others[other];
            same(&chain, line);
        }
        line[i] = was;
    }
    spare_free(chain.spare);
    free(line);
    free(middle);
    free(head);
}

/* A known text is one and the same in all records that hold it; and no more of them are kept than that. */
static void test_shared(void **state)
{
    (void)state;
    struct chain chain;
    chain_init(&chain);
    chain.spare = spare_new();
    const json_t *before = NULL;
    char *text = put_in("{\"seq\":1,\"prev\":\"H\",\"form\":{\"text\":\"F\"},\"hash\":\"H\"}");
    for (int round = 0; round < 60; round++) {
        /* In between, others: enough to drive it out in the end. */
        char *other = xasprintf("{\"seq\":1,\"prev\":\"%s\",\"form\":{\"text\":\"%d%s\"},\"hash\":\"%s\"}",
                                zeros, round, form_raw, zeros);
        const char *lines[] = {text, other};
        for (int i = 0; i < 2; i++) {
            json_t *object = spare_parse(&chain, lines[i], strlen(lines[i]), ending(lines[i]), NULL);
            json_t *found = json_object_get(json_object_get(object, "form"), "text");
            assert_true(json_is_string(found));
            assert_int_equal(strncmp(json_string_value(found), "\n", 1) == 0, i == 0);
            if (i == 0 && round > 0 && round < 15)
                assert_ptr_equal(found, before);
            before = i == 0 ? found : before;
            json_decref(object);
        }
        free(other);
    }
    spare_free(chain.spare);
    free(text);
}

int main(void)
{
    mem_init();
    struct strbuf sb = STRBUF_INIT;
    strbuf_add(&sb, "\\n");
    for (int i = 0; i < 40; i++)
        strbuf_add(&sb, "id: t\xc5\xb7 \\\"text\\\":\\\"x\\\" \\u00e9");
    strbuf_add(&sb, "\\\\");
    form_raw = strbuf_detach(&sb);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_changed),
        cmocka_unit_test(test_shared),
    };
    int failed = cmocka_run_group_tests_name("record/test-spare", tests, NULL, NULL);
    free(form_raw);
    return failed;
}
