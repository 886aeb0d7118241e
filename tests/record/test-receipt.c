/* The receipt: its alphabet and check symbol as Crockford has them, the whole code against codes that another
 * program worked out, every slip of a finger, and too little memory. */
#include "check.h"

#include "base/mem.h"
#include "kit.h"
#include "record/receipt.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define HELLO "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" /* SHA-256 of "hello" */
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" /* and of "" */

/* ---- the alphabet and the check symbol ---- */

/* A whole number as the last of its ten bytes. */
static struct receipt number(unsigned long long n)
{
    struct receipt receipt = {{0}};
    for (int i = RECEIPT_BYTES; i-- > 0 && n; n >>= 8)
        receipt.bytes[i] = n & 255;
    return receipt;
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        unsigned long long n;
        const char *text;
    } rows[] = {
        {0, "0000-0000-0000-0000-0"},
        /* Published: 16JD (Perl's Encode::Base32::Crockford), 1A5 (Python's base32-crockford). */
        {1234, "0000-0000-0000-016J-D"},
        {42, "0000-0000-0000-001A-5"},
        {31, "0000-0000-0000-000Z-Z"},
        /* The five symbols that only check: 32 to 36. */
        {32, "0000-0000-0000-0010-*"},
        {33, "0000-0000-0000-0011-~"},
        {34, "0000-0000-0000-0012-$"},
        {35, "0000-0000-0000-0013-="},
        {36, "0000-0000-0000-0014-U"},
        {37, "0000-0000-0000-0015-0"},
        {18446744073709551615u, "000F-ZZZZ-ZZZZ-ZZZZ-B"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct receipt made = number(rows[i].n), read;
        char text[RECEIPT_TEXT];
        assert_string_equal(receipt_format(&made, text), rows[i].text);
        assert_true(receipt_parse(rows[i].text, &read, NULL));
        assert_true(receipt_same(&read, &made));
    }
}

/* Each symbol in each place, there and back. */
static void test_places(void **state)
{
    (void)state;
    for (int bit = 0; bit < RECEIPT_BYTES * 8; bit++) {
        struct receipt made = {{0}}, read;
        char text[RECEIPT_TEXT];
        made.bytes[bit / 8] = (unsigned char)(1 << (7 - bit % 8));
        receipt_format(&made, text);
        int at = bit / 5 + bit / 20; /* a hyphen after every four */
        assert_int_equal(text[at], "G8421"[bit % 5]);
        assert_true(receipt_parse(text, &read, NULL));
        assert_true(receipt_same(&read, &made));
    }
}

/* ---- reading ---- */

static void test_read(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *cause; /* NULL: it reads as 1234 does */
    } rows[] = {
        {"0000-0000-0000-016J-D", NULL},
        {"000000000000016JD", NULL},
        {" 0000 0000 0000 016j - d ", NULL},
        {"oOoO-OOOO-oooo-oi6J-d", NULL},
        {"OOOO-0000-0000-0L6J-D", NULL},
        {"0-0-0-0-0-0-0-0-0-0-0-0-0-l-6-J-D", NULL},
        {"", "This one has 0."},
        {"0000-0000-0000-016J", "This one has 16."},
        {"0000-0000-0000-0016J-D", "This one has 18."},
        {"0000-0000-0000-016J-E", "mistyped"},
        {"0000-0000-0000-016J-*", "mistyped"},
        {"0000-0000-0000-016U-D", "“U” can only stand at the very end"},
        {"0000-*000-0000-016J-D", "“*” can only stand at the very end"},
        {"0000-~0$0-0000-016J-D", "“~” can only stand at the very end"},
        {"0000\t0000\t0000\t016J\tD", NULL},
        {"0000-0000-0000-016!-D", "no “!”"},
        {"0000-0000-0000-016é-D", "no “é”"},
        {"0000-0000-0000-016\033-D", "no “⟨U+001B⟩”"},
    };
    struct receipt wanted = number(1234);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct receipt read = number(7), before = read;
        char *cause = NULL;
        bool is = receipt_parse(rows[i].typed, &read, &cause);
        assert_int_equal(is, rows[i].cause == NULL);
        assert_true(receipt_same(&read, is ? &wanted : &before));
        if (rows[i].cause && !strstr(cause, rows[i].cause))
            fail_msg("“%s”: “%s” does not say “%s”", rows[i].typed, cause, rows[i].cause);
        free(cause);
    }
}

/* ---- the whole code ---- */

/* Worked out with Argon2's reference program, and base 32 by hand:
 * printf '%s %d %s' ID LINES HEAD | argon2 "$(printf %s ID | sha256sum | cut -c1-16)" -id -t 2 -k 65536 -p 1
 * -l 16 -r | cut -c1-20 */
static const struct {
    const char *id;
    size_t lines;
    const char *head, *code;
} vectors[] = {
    {"01JD0000000000000000000000", 1, ZEROS, "SFQ5-NJKT-57W9-0YBA-K"},
    {"01JDZ7Q9X3M4T5V6W8Y0ABCDEF", 42, HELLO, "M5GT-M8NZ-2PF0-MT7R-B"},
    {"01JDZ7Q9X3M4T5V6W8Y0ABCDEF", 43, HELLO, "MQY5-ZHW7-11ZY-6FWV-A"},
    {"01JDZ7Q9X3M4T5V6W8Y0ABCDEG", 42, HELLO, "N4Y5-Q7A5-GHM1-2AM1-R"},
    {"01JDZ7Q9X3M4T5V6W8Y0ABCDEF", 42, EMPTY, "25EK-GYZD-H0WQ-ZKF4-2"},
    {"K", 1000000, EMPTY, "9KHV-8RB3-WB8S-02V8-E"},
    {"ünï cöde with a blank", 7, HELLO, "A367-2W5J-6WT7-5GFH-Z"},
};

static void test_vectors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        struct receipt receipt;
        char text[RECEIPT_TEXT];
        assert_true(receipt_make(&receipt, vectors[i].id, vectors[i].lines, vectors[i].head, NULL));
        assert_string_equal(receipt_format(&receipt, text), vectors[i].code);
    }
}

/* It is made of the line asked about: its own hash, not the head of them all. */
static void test_of_record(void **state)
{
    (void)state;
    const char *path = kit_path("of.jsonl");
    kit_sample(path, 3);
    struct record *record = record_open(path, RECORD_READ, NULL);
    for (size_t lines = 2; lines <= 4; lines += 2) {
        struct receipt of, made;
        const char *head = lines == 4 ? record_head(record) : event_text(record_event(record, lines), "prev");
        assert_true(receipt_of(&of, record, lines, NULL));
        assert_true(receipt_make(&made, record_id(record), lines, head, NULL));
        assert_true(receipt_same(&of, &made));
    }
    record_close(record);
}

/* ---- slips ---- */

/* A code reads as itself, or is told to be mistyped. */
static void slip(const char *code, const char *typed, const struct receipt *right)
{
    struct receipt read;
    if (receipt_parse(typed, &read, NULL) && !receipt_same(&read, right))
        fail_msg("“%s” typed as “%s” was taken for another code", code, typed);
}

/* What is typed for it is something else than `c`, as codes are read. */
static bool is_other(char typed, char c)
{
    typed = (char)toupper((unsigned char)typed);
    return (typed == 'I' || typed == 'L' ? '1' : typed == 'O' ? '0' : typed) != c;
}

static void test_slips(void **state)
{
    (void)state;
    for (size_t v = 0; v < sizeof vectors / sizeof *vectors; v++) {
        const char *code = vectors[v].code;
        size_t length = strlen(code);
        struct receipt right, read;
        assert_true(receipt_parse(code, &right, NULL));
        for (size_t at = 0; at < length; at++) {
            char typed[RECEIPT_TEXT + 1];
            if (code[at] == '-')
                continue;
            for (int c = ' ' + 1; c < 127; c++) { /* another key */
                strcpy(typed, code);
                typed[at] = (char)c;
                /* No other symbol in its place is ever taken: not only for no other code, but not at all. */
                if (is_other((char)c, code[at]) && receipt_parse(typed, &read, NULL))
                    fail_msg("“%s” typed as “%s” was taken", code, typed);
                slip(code, typed, &right);
            }
            memcpy(typed, code, at); /* left out */
            strcpy(typed + at, code + at + 1);
            assert_false(receipt_parse(typed, &read, NULL));
            memcpy(typed, code, at + 1); /* typed twice */
            strcpy(typed + at + 1, code + at);
            assert_false(receipt_parse(typed, &read, NULL));
        }
        for (size_t at = 0; at + 2 < length; at++) { /* two next to each other the wrong way round */
            char typed[RECEIPT_TEXT];
            size_t next = at + 1 + (code[at + 1] == '-');
            if (code[at] == '-' || next == length - 1)
                continue; /* the check symbol and the last of the rest: told apart nearly always */
            strcpy(typed, code);
            typed[at] = code[next];
            typed[next] = code[at];
            slip(code, typed, &right);
        }
    }
}

/* ---- memory ---- */

/* A sentence, not the end of the program. */
static void test_memory(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        struct receipt receipt;
        char *cause = NULL;
        kit_leave_memory(32 << 20);
        bool said = !receipt_make(&receipt, "K", 1, ZEROS, &cause) && cause && strstr(cause, "64 MiB");
        _exit(said ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* Many of them take no more memory than one. */
static void test_one_after_another(void **state)
{
    (void)state;
    struct rusage before, after;
    struct receipt receipt;
    assert_true(receipt_make(&receipt, "K", 1, ZEROS, NULL));
    getrusage(RUSAGE_SELF, &before);
    for (size_t i = 0; i < 4; i++)
        assert_true(receipt_make(&receipt, "K", i, ZEROS, NULL));
    getrusage(RUSAGE_SELF, &after);
    assert_in_range(after.ru_maxrss - before.ru_maxrss, 0, 32 * 1024);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),   cmocka_unit_test(test_places),
        cmocka_unit_test(test_read),      cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_of_record), cmocka_unit_test(test_slips),
        cmocka_unit_test(test_memory),    cmocka_unit_test(test_one_after_another),
    };
    return cmocka_run_group_tests_name("receipt", tests, NULL, NULL);
}
