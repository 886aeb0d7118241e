#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "form/yaml.h"

#include <stdlib.h>
#include <string.h>

/* The tree as a text: scalars with where they stand and what is known of them. */
static void describe(struct strbuf *sb, const struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        strbuf_addf(sb, "%s@%u:%u+%u%s%s", node->text, node->line, node->column, node->span,
                    node->quoted ? "q" : "", node->exact ? "" : "~");
        return;
    }
    strbuf_add(sb, node->kind == NODE_LIST ? "[" : "{");
    for (const struct node *in = node->first; in; in = in->next) {
        if (in != node->first)
            strbuf_add(sb, ", ");
        describe(sb, in);
        if (node->kind == NODE_MAP) {
            strbuf_add(sb, ": ");
            describe(sb, in->value);
        }
    }
    strbuf_add(sb, node->kind == NODE_LIST ? "]" : "}");
}

static void test_trees(void **state)
{
    (void)state;
    static const struct {
        const char *source, *tree;
    } cases[] = {
        {"a", "a@1:1+1"},
        {"a: b", "{a@1:1+1: b@1:4+1}"},
        {"a:\n  - b\n  - 'c'\n", "{a@1:1+1: [b@2:5+1, c@3:5+3q]}"},
        {"[a, \"ŷ\", b]", "[a@1:2+1, ŷ@1:5+3q, b@1:10+1]"},
        {"# ŷŷ\r\nŷ: 'ŷ'\r\nz: ŷ\r\n", "{ŷ@2:1+1: ŷ@2:4+3q, z@3:1+1: ŷ@3:4+1}"},
        {"\xef\xbb\xbf"
         "a: b",
         "{a@1:1+1: b@1:4+1}"},
        /* what does not stand there as it is */
        {"a: 'it''s'", "{a@1:1+1: it's@1:4+7q~}"},
        {"a: \"\\u0041\"", "{a@1:1+1: A@1:4+8q~}"},
        {"a: b\n  c", "{a@1:1+1: b c@1:4+0~}"},
        {"a: >\n  b\n", "{a@1:1+1: b\n@1:4+0q~}"},
        {"a: |\n  b\n  c\n", "{a@1:1+1: b\nc\n@1:4+0q~}"},
        {"a:", "{a@1:1+1: @1:3+0}"},
        {"{}", "{}"},
        {"---\na\n...\n", "a@2:1+1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct diags diags;
        diags_init(&diags, "t");
        const struct node *root = node_read(cases[i].source, strlen(cases[i].source), &arena, &diags);
        assert_int_equal(diags.count, 0);
        assert_non_null(root);
        struct strbuf sb = STRBUF_INIT;
        describe(&sb, root);
        assert_string_equal(sb.text, cases[i].tree);
        strbuf_release(&sb);
        diags_release(&diags);
        arena_release(&arena);
    }
}

static void test_empty(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool quoted, empty;
    } cases[] = {{"", false, true},     {"~", false, true},     {"null", false, true}, {"", true, false},
                 {"null", true, false}, {"Null", false, false}, {"0", false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct node node = {
            .text = cases[i].text, .size = (uint32_t)strlen(cases[i].text), .quoted = cases[i].quoted};
        assert_int_equal(node_is_empty(&node), cases[i].empty);
    }
}

/* Read `times` times `part` after `head`, which must be refused with these words (or taken, where they are
 * NULL), and with no more memory than what is read so far calls for. */
static void repeated(const char *head, const char *part, size_t times, const char *tail, const char *words)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_add(&sb, head);
    for (size_t i = 0; i < times; i++)
        strbuf_add(&sb, part);
    strbuf_add(&sb, tail);
    struct arena arena = {0};
    struct diags diags;
    diags_init(&diags, "t");
    const struct node *root = node_read(sb.text, sb.length, &arena, &diags);
    if (words) {
        assert_null(root);
        assert_true(diags.errors >= 1);
        assert_non_null(strstr(diags.items[0].message, words));
    } else {
        assert_int_equal(diags.count, 0);
        assert_non_null(root);
    }
    diags_release(&diags);
    arena_release(&arena);
    strbuf_release(&sb);
}

static void test_bounds(void **state)
{
    (void)state;
    repeated("", "[", 32, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", NULL);
    repeated("", "[", 33, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "32 deep");
    repeated("", "[", 200 * 1024, "", "32 deep");
    repeated("", "{a: ", 100 * 1024, "", "32 deep");
    repeated("", "- ", 100 * 1024, "", "32 deep");
    repeated("", "? ", 100 * 1024, "", "key must be a word");
    repeated("", "[\n", 100 * 1024, "", "32 deep");
    repeated("a: ", "x", 16 * 1024, "", NULL);
    repeated("a: ", "x", 16 * 1024 + 1, "", "16 KiB");
    repeated("a: \"", "\\x41", 16 * 1024, "\"", NULL); /* decoded */
    repeated("a: ", "x", 4 * 1024 * 1024 - 3, "", "16 KiB");
    repeated("a: ", "x", 4 * 1024 * 1024 - 2, "", "4 MiB");
    repeated("", "- \n", 500 * 1000 - 1, "", NULL);
    repeated("", "- \n", 500 * 1000, "", "500,000");
    repeated("", "%TAG !a! b\n", 100 * 1000, "--- a\n", "cannot begin with");
    repeated("#", "x", 4 * 1024 * 1024 - 2, "\na", "4 MiB");
    repeated("- a\n#", "x", 4 * 1024 * 1024 - 5, "", NULL);
}

/* However many keys: each that stands twice is found. */
static void test_duplicates(void **state)
{
    (void)state;
    for (int keys = 1; keys < 40; keys++) {
        struct strbuf sb = STRBUF_INIT;
        for (int i = 0; i < keys; i++)
            strbuf_addf(&sb, "k%d: 1\n", i * 7 % 41);
        strbuf_addf(&sb, "k0: 2\nk0: 3\n");
        struct arena arena = {0};
        struct diags diags;
        diags_init(&diags, "t");
        assert_non_null(node_read(sb.text, sb.length, &arena, &diags));
        assert_int_equal(diags.count, 2);
        assert_int_equal(diags.items[0].line, keys + 1);
        assert_int_equal(diags.items[1].line, keys + 2);
        assert_non_null(strstr(diags.items[1].message, "line 1)"));
        diags_release(&diags);
        arena_release(&arena);
        strbuf_release(&sb);
    }
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trees),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_duplicates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
