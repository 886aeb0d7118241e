/* The receipt from paper to record and back: which line a code belongs to, records that were cut, edited,
 * made anew or gone on with, and exports read back. */
#include "check.h"

#include "base/mem.h"
#include "kit.h"
#include "report/as_json.h"
#include "report/as_yaml.h"
#include "report/copy_text.h"
#include "report/receipt_file.h"
#include "report/receipt_search.h"
#include "report/tree.h"

#include <stdlib.h>
#include <string.h>

/* ---- which line ---- */

/* A small record, and the code of each of two copies in it: lines 4 and 6 of 8. */
enum { LINES = 8, FIRST = 4, SECOND = 6 };

static struct session *story(const char *name, char codes[2][RECEIPT_TEXT])
{
    struct session *s = kit_begin(name);
    kit_do(s, "{'by':'practitioner','event':'sat','people':{'practitioner':'Rae','service_user':'Sam'}}");
    kit_do(s, "{'by':'service_user','event':'noted','text':'One'}");
    for (int i = 0; i < 2; i++) {
        struct copy copy;
        assert_true(copy_make(&copy, s, SERVICE_USER, i ? COPY_SLIP : COPY_FULL, NULL, NULL));
        assert_int_equal(copy.number, i + 1);
        copy_release(&copy);
        strcpy(codes[i], session_receipt(s));
        kit_do(s, "{'by':'service_user','event':'noted','text':'Two'}");
        assert_null(session_receipt(s)); /* it is of the record as it was */
    }
    kit_do(s, "{'by':'service_user','event':'noted','text':'Three'}");
    assert_int_equal(record_count(session_record(s)), LINES);
    return s;
}

/* The number of lines a code is over, among the lines of copies or all others; 0. */
static size_t found(const struct record *record, const char *code, enum receipt_where where)
{
    struct receipt_search search = {.record = record};
    size_t lines = 99;
    assert_true(receipt_parse(code, &search.receipt, NULL));
    assert_true(receipt_search(&search, where, &lines, NULL));
    return lines;
}

static void test_copies(void **state)
{
    (void)state;
    char codes[2][RECEIPT_TEXT], end[RECEIPT_TEXT];
    struct session *s = story("copies.jsonl", codes);
    const struct record *record = session_record(s);
    assert_int_equal(found(record, codes[0], RECEIPT_COPIES), FIRST);
    assert_int_equal(found(record, codes[1], RECEIPT_COPIES), SECOND);
    assert_true(session_make_receipt(s, NULL));
    strcpy(end, session_receipt(s));
    assert_int_equal(found(record, end, RECEIPT_COPIES), LINES);
    assert_int_equal(found(record, "0000-0000-0000-0000-0", RECEIPT_COPIES), 0);
    assert_int_equal(receipt_copies(record, FIRST - 1), 0);
    assert_int_equal(receipt_copies(record, SECOND - 1), 1);
    assert_int_equal(receipt_copies(record, LINES), 2);
    session_close(s);
}

static void test_each_line(void **state)
{
    (void)state;
    static const size_t lines[] = {1, FIRST + 1};
    char codes[2][RECEIPT_TEXT];
    struct session *s = story("each.jsonl", codes);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct receipt receipt;
        char code[RECEIPT_TEXT];
        assert_true(receipt_of(&receipt, session_record(s), lines[i], NULL));
        receipt_format(&receipt, code);
        assert_int_equal(found(session_record(s), code, RECEIPT_REST), lines[i]);
    }
    session_close(s);
}

struct seen {
    size_t calls, of;
};

static void see(void *context, size_t done, size_t of)
{
    struct seen *seen = context;
    assert_int_equal(done, seen->calls);
    seen->calls++;
    seen->of = of;
}

/* Copies are tried first and counted apart; no more tries are made than were asked for. */
static void test_tries(void **state)
{
    (void)state;
    static const struct {
        enum receipt_where where;
        size_t most, tries;
    } rows[] = {{RECEIPT_REST, 0, 5}, {RECEIPT_COPIES, 2, 2}};
    char codes[2][RECEIPT_TEXT];
    struct session *s = story("tries.jsonl", codes);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct seen seen = {0, 0};
        struct receipt_search search = {session_record(s), {{0}}, rows[i].most, see, &seen};
        size_t lines;
        assert_true(receipt_search(&search, rows[i].where, &lines, NULL));
        assert_int_equal(lines, 0);
        assert_int_equal(seen.calls, rows[i].tries);
        assert_int_equal(seen.of, rows[i].tries);
    }
    session_close(s);
}

/* ---- a record that is another one now ---- */

/* What became of a record, and over how many lines each of the two copies is then found; 0: not. */
static void test_changed(void **state)
{
    (void)state;
    static const struct {
        size_t line;
        const char *old, *new;
        bool forged;
        size_t first, second, sound;
    } rows[] = {
        {3, "One", "Won", true, 0, 0, LINES},              /* edited by who knows how */
        {3, "One", NULL, true, 0, 0, LINES - 1},           /* taken out */
        {8, "Three", "Other", true, FIRST, SECOND, LINES}, /* after both */
        {5, "Two", "Too", false, FIRST, 0, 4},             /* edited and nothing else */
        {4, "full", "slip", true, 0, 0, LINES},            /* the copy's own line */
    };
    char codes[2][RECEIPT_TEXT];
    session_close(story("changed.jsonl", codes));
    char *from = kit_path("changed.jsonl"), *to = kit_path("other.jsonl");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        kit_forge(from, to, rows[i].line, rows[i].old, rows[i].new, rows[i].forged);
        struct record *record = record_open(to, RECORD_READ, NULL);
        assert_int_equal(record_count(record), rows[i].sound);
        assert_int_equal(found(record, codes[0], RECEIPT_COPIES), rows[i].first);
        assert_int_equal(found(record, codes[1], RECEIPT_COPIES), rows[i].second);
        if (i == 0) /* nor anywhere else: each try takes its time */
            assert_int_equal(found(record, codes[0], RECEIPT_REST), 0);
        record_close(record);
    }
    free(from);
    free(to);
}

/* Lines cut off: nothing else shows that, for the chain is whole. */
static void test_cut(void **state)
{
    (void)state;
    char codes[2][RECEIPT_TEXT];
    size_t length;
    session_close(story("whole.jsonl", codes));
    char *from = kit_path("whole.jsonl"), *to = kit_path("cut.jsonl");
    char *text = kit_read(from, &length);
    for (size_t keep = LINES; keep >= SECOND - 1; keep--) {
        kit_write(to, text, length);
        struct record *record = record_open(to, RECORD_READ, NULL);
        assert_null(record_damage(record));
        assert_int_equal(record_count(record), keep);
        if (keep <= SECOND) { /* each try takes its time */
            assert_int_equal(found(record, codes[0], RECEIPT_COPIES), FIRST);
            assert_int_equal(found(record, codes[1], RECEIPT_COPIES), keep == SECOND ? SECOND : 0);
        }
        record_close(record);
        do
            length--;
        while (text[length - 1] != '\n');
    }
    free(text);
    free(from);
    free(to);
}

/* ---- exports read back ---- */

/* What every export says of its record is read back, whatever stands in it. */
static void test_exports(void **state)
{
    (void)state;
    bool (*const writers[])(const struct session *, FILE *, char **) = {as_json_write, as_yaml_write};
    struct session *s = kit_story("exports.jsonl");
    char *path = kit_path("export");
    for (int with = 0; with < 2; with++) {
        if (with)
            assert_true(session_make_receipt(s, NULL));
        for (size_t i = 0; i < 2; i++) {
            struct receipt_claim claim;
            char *text = kit_written(s, writers[i]);
            kit_write(path, text, strlen(text));
            free(text);
            assert_true(receipt_file_read(path, &claim, NULL));
            assert_string_equal(claim.record, record_id(session_record(s)));
            assert_string_equal(claim.head, tree_head(s));
            assert_int_equal(claim.lines, tree_lines(s));
            if (with)
                assert_string_equal(claim.receipt, session_receipt(s));
            else
                assert_null(claim.receipt);
            receipt_claim_release(&claim);
        }
    }
    session_close(s);
    free(path);
}

#define HEAD "9c1f9c1f9c1f9c1f9c1f9c1f9c1f9c1f9c1f9c1f9c1f9c1f9c1f9c1f9c1f9c1f"
#define FORMAT "format: alongside-export/1\n"
#define RIGHT FORMAT "record: R\nintegrity:\n  lines: 3\n  head: " HEAD "\n"

static void test_files(void **state)
{
    (void)state;
    static const struct {
        const char *text, *receipt; /* receipt NULL: it is refused; "": none in it */
    } rows[] = {
        {RIGHT, ""},
        {RIGHT "  receipt: null\n", ""},
        {RIGHT "  receipt: X\n", "X"},
        {RIGHT "  receipt: 'null'\n", "null"},
        {"\"integrity\": {\"receipt\": X, lines: 3, head: " HEAD "}\n" FORMAT "'record': R\n", "X"},
        {"{\"format\":\"alongside-export/1\",\"record\":\"R\",\"integrity\":{\"lines\":3,\"head\":\"" HEAD
         "\"}}",
         ""},
        /* What stands elsewhere by such a name is something else. */
        {"sections:\n- integrity: {receipt: Y}\n- {record: S, lines: 4}\nother: {receipt: Z, lines: "
         "9}\n" RIGHT,
         ""},
        {RIGHT "  more: {receipt: Y, lines: 9}\n", ""},
        {RIGHT "---\nrecord: S\n", ""},
        /* None of ours. */
        {"", NULL},
        {"null", NULL},
        {"- a\n", NULL},
        {"a", NULL},
        {"[]", NULL},
        {"{}", NULL},
        {"{\"record\":\"R\"", NULL},
        {"a: [\n", NULL},
        {"record: R\nintegrity: {lines: 3, head: " HEAD "}\n", NULL},
        {"format: alongside-export/2\nrecord: R\nintegrity: {lines: 3, head: " HEAD "}\n", NULL},
        {FORMAT "integrity: {lines: 3, head: " HEAD "}\n", NULL},
        {FORMAT "record: R\n", NULL},
        {FORMAT "record: R\nintegrity: [{lines: 3, head: " HEAD "}]\n", NULL},
        {FORMAT "record: R\nintegrity: {head: " HEAD "}\n", NULL},
        {FORMAT "record: R\nintegrity: {lines: 0, head: " HEAD "}\n", NULL},
        {FORMAT "record: R\nintegrity: {lines: -3, head: " HEAD "}\n", NULL},
        {FORMAT "record: R\nintegrity: {lines: 3.5, head: " HEAD "}\n", NULL},
        {FORMAT "record: R\nintegrity: {lines: 99999999999999999999999, head: " HEAD "}\n", NULL},
        {FORMAT "record: R\nintegrity: {lines: 3, head: 9c1f}\n", NULL},
        {FORMAT "record: R\nintegrity: {lines: 3, head: G" HEAD "}\n", NULL},
        /* Twice: which is meant? */
        {RIGHT "record: S\n", NULL},
        {RIGHT "  head: " HEAD "\n", NULL},
        {"{\"format\":\"alongside-export/"
         "1\",\"record\":\"R\",\"record\":\"S\",\"integrity\":{\"lines\":3,\"head\":\"" HEAD "\"}}",
         NULL},
        /* What no export has. */
        {RIGHT "x: &a [b]\ny: *a\n", NULL},
        {"? [a]\n: b\n" RIGHT, NULL},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", NULL},
        {"a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", NULL},
        {RIGHT "z: \"a\\0b\"\n", NULL},
        {"\xff\xfe", NULL},
    };
    char *path = kit_path("file");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct receipt_claim claim;
        char *cause = NULL;
        kit_write(path, rows[i].text, strlen(rows[i].text));
        bool read = receipt_file_read(path, &claim, &cause);
        if (read != (rows[i].receipt != NULL))
            fail_msg("%s: %s", read ? "read" : "refused", rows[i].text);
        if (!read) {
            assert_non_null(strstr(cause, "is no export of an assessment"));
            free(cause);
            continue;
        }
        assert_string_equal(claim.record, "R");
        assert_string_equal(claim.head, HEAD);
        assert_int_equal(claim.lines, 3);
        assert_string_equal(claim.receipt ? claim.receipt : "", rows[i].receipt);
        receipt_claim_release(&claim);
    }
    free(path);
}

/* ---- the copy ---- */

static char *written(const struct session *s, const struct copy *copy)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_true(copy_text_write(s, copy, out, NULL));
    fclose(out);
    return text;
}

/* Nothing of a person's reaches a terminal raw, and no line is wider than the paper. */
static void test_paper(void **state)
{
    (void)state;
    for (int as = 0; as < COPY_KINDS; as++) {
        struct session *s = kit_begin("paper.jsonl");
        struct copy copy;
        kit_do(s, "{'by':'practitioner','event':'sat'}");
        for (size_t i = 0; kit_nasty[i]; i++) {
            json_t *intent =
                json_pack("{s:s, s:s, s:s}", "by", "service_user", "event", "promised", "text", kit_nasty[i]);
            session_do(s, intent, NULL); /* an empty one is refused */
        }
        kit_do(s, "{'by':'service_user','event':'told','topic':'recap','value':true}");
        kit_do(s, "{'by':'service_user','event':'closed','word':'\\u001b[2J\\u202eend'}");
        assert_true(copy_make(&copy, s, SERVICE_USER, (enum copy_as)as, "\033]0;Sam", NULL));
        char *text = written(s, &copy);
        for (const char *at = text; *at; at++)
            assert_true(*at == '\n' || (unsigned char)*at >= ' ');
        assert_null(strstr(text, "\xe2\x80\xae"));
        assert_non_null(strstr(text, "with the word: “⟨U+001B⟩[2J⟨U+202E⟩end”"));
        assert_non_null(strstr(text, session_receipt(s)));
        assert_non_null(strstr(text, tree_head(s)));
        free(text);
        copy_release(&copy);
        session_close(s);
        char *path = kit_path("paper.jsonl");
        remove(path);
        free(path);
    }
}

/* Where nothing can be written down, the copy says so, has the code all the same, and no number. */
static void test_unnoted(void **state)
{
    (void)state;
    char codes[2][RECEIPT_TEXT];
    session_close(story("unnoted.jsonl", codes));
    char *path = kit_path("unnoted.jsonl");
    struct session *s = session_open(path, RECORD_READ, NULL);
    struct copy copy;
    assert_true(copy_make(&copy, s, PRACTITIONER, COPY_FULL, NULL, NULL));
    assert_int_equal(copy.number, 0);
    assert_int_equal(record_count(session_record(s)), LINES);
    char *text = written(s, &copy);
    assert_non_null(strstr(text, "This copy has no number: it could not be noted in the record."));
    assert_null(strstr(text, "Copy number"));
    assert_non_null(strstr(text, session_receipt(s)));
    free(text);
    copy_release(&copy);
    session_close(s);
    free(path);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copies),  cmocka_unit_test(test_each_line), cmocka_unit_test(test_tries),
        cmocka_unit_test(test_changed), cmocka_unit_test(test_cut),       cmocka_unit_test(test_exports),
        cmocka_unit_test(test_files),   cmocka_unit_test(test_paper),     cmocka_unit_test(test_unnoted),
    };
    return cmocka_run_group_tests_name("receipt", tests, NULL, NULL);
}
