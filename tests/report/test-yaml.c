/* What is written as YAML reads back as what is written as JSON, by libyaml's parser and the core schema's
 * idea of what an unquoted word is. */
#include "kit.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "report/as_json.h"
#include "report/as_yaml.h"
#include "report/tree.h"

#include "check.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>
#include <yaml.h>

static bool matches(const char *text, const char *pattern)
{
    regex_t regex;
    assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB), 0);
    bool match = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return match;
}

/* YAML 1.2.2, 10.3.2. */
static json_t *core_scalar(const char *text)
{
    if (matches(text, "^(null|Null|NULL|~|)$"))
        return json_null();
    if (matches(text, "^(true|True|TRUE)$"))
        return json_true();
    if (matches(text, "^(false|False|FALSE)$"))
        return json_false();
    if (matches(text, "^[-+]?[0-9]+$"))
        return json_integer(strtoll(text, NULL, 10));
    if (matches(text, "^0o[0-7]+$"))
        return json_integer(strtoll(text + 2, NULL, 8));
    if (matches(text, "^0x[0-9a-fA-F]+$"))
        return json_integer(strtoll(text + 2, NULL, 16));
    if (matches(text, "^[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?$"))
        return json_real(strtod(text, NULL));
    assert_false(matches(text, "^([-+]?(\\.inf|\\.Inf|\\.INF)|\\.nan|\\.NaN|\\.NAN)$"));
    return json_string(text);
}

/* Would a reader of YAML 1.1 take an unquoted word for something else than the core schema does? */
static void assert_no_1_1(const char *text)
{
    assert_false(matches(text, "^(y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)$"));
    assert_false(matches(text, "^[0-9][0-9][0-9][0-9]-[0-9]"));         /* a date */
    assert_false(matches(text, "^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+"));   /* base 60 */
    assert_false(matches(text, "^[-+]?[0-9]+_|^[-+]?0[0-9]|^(=|<<)$")); /* 1_000, octal, merge */
    assert_false(matches(text, "^[0-9]+[eE]"));                         /* 1e3 is a string there */
}

static json_t *read_node(yaml_parser_t *parser, yaml_event_t *event);

static json_t *read_collection(yaml_parser_t *parser, yaml_event_type_t end, json_t *collection)
{
    yaml_event_t event;
    while (yaml_parser_parse(parser, &event) && event.type != end) {
        if (json_is_object(collection)) {
            assert_int_equal(event.type, YAML_SCALAR_EVENT);
            char *key = xstrdup((const char *)event.data.scalar.value);
            yaml_event_delete(&event);
            assert_true(yaml_parser_parse(parser, &event));
            assert_null(json_object_get(collection, key));
            json_object_set_new(collection, key, read_node(parser, &event));
            free(key);
        } else {
            json_array_append_new(collection, read_node(parser, &event));
        }
    }
    assert_int_equal(event.type, end);
    yaml_event_delete(&event);
    return collection;
}

/* Takes the event over. */
static json_t *read_node(yaml_parser_t *parser, yaml_event_t *event)
{
    json_t *node = NULL;
    switch (event->type) {
    case YAML_SCALAR_EVENT: {
        const char *text = (const char *)event->data.scalar.value;
        if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE) {
            assert_no_1_1(text);
            node = core_scalar(text);
        } else {
            node = json_stringn(text, event->data.scalar.length);
        }
        break;
    }
    case YAML_MAPPING_START_EVENT:
        node = read_collection(parser, YAML_MAPPING_END_EVENT, json_object());
        break;
    case YAML_SEQUENCE_START_EVENT:
        node = read_collection(parser, YAML_SEQUENCE_END_EVENT, json_array());
        break;
    default:
        fail();
    }
    yaml_event_delete(event);
    return node;
}

static json_t *read_yaml(const char *text, size_t length)
{
    yaml_parser_t parser;
    yaml_event_t event;
    assert_true(yaml_parser_initialize(&parser));
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    for (int i = 0; i < 2; i++) { /* the stream's start, the document's */
        assert_true(yaml_parser_parse(&parser, &event));
        yaml_event_delete(&event);
    }
    if (!yaml_parser_parse(&parser, &event)) {
        print_error("%s\n%s", parser.problem, text);
        fail();
    }
    json_t *node = read_node(&parser, &event);
    yaml_parser_delete(&parser);
    return node;
}

/* Nothing that hides or controls, not even where it is data. */
static void assert_safe(const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length;) {
        ucs4_t c;
        i += (size_t)u8_mbtouc(&c, (const uint8_t *)text + i, length - i);
        assert_true(c == '\n' || !utf8_unsafe(c));
    }
}

static void assert_back(const json_t *tree)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_true(as_yaml_tree(tree, out, NULL));
    fclose(out);
    assert_safe(text);
    json_t *back = read_yaml(text, length);
    if (!json_equal(tree, back)) {
        char *want = json_dumps(tree, JSON_ENSURE_ASCII), *got = json_dumps(back, JSON_ENSURE_ASCII);
        print_error("%s\n%s\n%s", want, got, text);
        fail();
    }
    json_decref(back);
    free(text);
}

/* Each at the top, deep down, in a list of short and of long things, and as a key. */
static void test_nasty_strings(void **state)
{
    (void)state;
    for (size_t i = 0; kit_nasty[i]; i++) {
        const char *nasty = kit_nasty[i];
        json_t *tree = json_pack("{s:s, s:[s, s, {s:s, s:s}], s:[s, s], s:{s:s, s:i}}", "plain", nasty,
                                 "list", nasty, "and something that is longer than a short list has", "deep",
                                 nasty, "after", "it", "short", nasty, "a", "keys", nasty, nasty, "next", 1);
        assert_non_null(tree);
        assert_back(tree);
        json_decref(tree);
    }
}

static void test_numbers(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "[0, -1, 9223372036854775807, -9223372036854775808]",
        "[0.1, -0.5, 3.0, 1e21, 1.5e-7, 1e-300, 123456789.125]",
        "[true, false, null, [], {}, [[]], [{}]]",
        NULL,
    };
    for (size_t i = 0; texts[i]; i++) {
        json_t *tree = json_loads(texts[i], 0, NULL);
        assert_non_null(tree);
        assert_back(tree);
        json_decref(tree);
    }
}

static void test_both_formats_say_the_same(void **state)
{
    (void)state;
    struct session *s = kit_story("yaml.jsonl");
    for (size_t i = 0; kit_nasty[i]; i++) {
        if (strspn(kit_nasty[i], " \t\n") == strlen(kit_nasty[i]))
            continue; /* an answer is never only blanks */
        json_t *intent =
            json_pack("{s:s, s:s, s:s, s:s, s:s}", "by", "service_user", "event", "answered", "question",
                      i % 2 ? "words" : "more", "value", kit_nasty[i], "because", kit_nasty[i]);
        char *cause = NULL;
        if (!session_do(s, intent, &cause))
            print_error("%s\n", cause);
        assert_null(cause);
        if (i % 8 != 0)
            continue;
        char *json = kit_written(s, as_json_write), *yaml = kit_written(s, as_yaml_write);
        json_t *one = json_loads(json, 0, NULL), *two = read_yaml(yaml, strlen(yaml));
        assert_non_null(one);
        assert_true(json_equal(one, two));
        assert_safe(json);
        assert_safe(yaml);
        json_decref(one);
        json_decref(two);
        free(json);
        free(yaml);
    }
    /* And the JSON says what the tree does, but for digits that nobody typed. */
    char *json = kit_written(s, as_json_write);
    json_t *read = json_loads(json, 0, NULL), *tree = tree_build(s);
    assert_true(json_equal(json_object_get(read, "disagreements"), json_object_get(tree, "disagreements")));
    assert_true(json_equal(json_object_get(read, "sections"), json_object_get(tree, "sections")));
    json_decref(read);
    json_decref(tree);
    free(json);
    session_close(s);
}

/* How it looks: what needs no quotes has none, several lines stand as lines, what no terminal should see is
 * an escape. */
static void test_looks(void **state)
{
    (void)state;
    json_t *tree =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:[s,s], s:f}", "name", "Rae", "answer", "yes", "lines",
                  "one\ntwo", "blank", " one\ntwo", "turned", "\xe2\x80\xae", "few", "a", "ŵ", "big", 1e21);
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_true(as_yaml_tree(tree, out, NULL));
    fclose(out);
    assert_string_equal(
        text,
        "---\nname: Rae\nanswer: 'yes'\nlines: |-\n  one\n  two\nblank: \" one\\ntwo\"\nturned: \"\\u202E\"\n"
        "few: [a, 'ŵ']\nbig: 1.0e+21\n");
    free(text);
    json_decref(tree);
}

static void test_full(void **state)
{
    (void)state;
    struct session *s = kit_story("full.jsonl");
    bool (*const writers[])(const struct session *, FILE *, char **) = {as_json_write, as_yaml_write};
    for (size_t i = 0; i < 2; i++) {
        FILE *full = fopen("/dev/full", "w");
        char *cause = NULL;
        assert_false(writers[i](s, full, &cause));
        assert_non_null(strstr(cause, "No space left"));
        free(cause);
        fclose(full);
    }
    session_close(s);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nasty_strings),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_both_formats_say_the_same),
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
