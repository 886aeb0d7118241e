/* The chain: a line as it is made, and every way in which one can be wrong. */
#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "kit.h"
#include "record/chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOON = 1795255331 }; /* 2026-11-21T10:02:11Z */

static void test_hash(void **state)
{
    (void)state;
    char hash[RECORD_HASH_TEXT];
    chain_hash("abc", 3, hash); /* FIPS 180-2's own example */
    assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void test_line(void **state)
{
    (void)state;
    clock_fix(NOON);
    struct chain chain;
    chain_init(&chain);
    json_error_t error;
    json_t *object = json_loads(
        "{\"seq\":9,\"text\":\"T\xc5\xb7 / \\\"bach\\\"\",\"event\":\"noted\",\"question\":\"home\","
        "\"hash\":\"x\",\"by\":\"service_user\",\"at\":\"never\",\"prev\":\"x\"}",
        0, &error);
    size_t length;
    char *line = chain_line(&chain, object, &length, NULL);
    assert_int_equal(length, strlen(line));
    const char *wanted =
        "{\"seq\":1,\"prev\":\"0000000000000000000000000000000000000000000000000000000000000000\","
        "\"at\":\"2026-11-21T10:02:11Z\",\"by\":\"service_user\",\"event\":\"noted\","
        "\"text\":\"T\xc5\xb7 / \\\"bach\\\"\",\"question\":\"home\"";
    char hash[RECORD_HASH_TEXT], all[512];
    chain_hash(wanted, strlen(wanted), hash);
    snprintf(all, sizeof all, "%s,\"hash\":\"%s\"}", wanted, hash);
    assert_string_equal(line, all);
    free(line);
    json_decref(object);
    clock_fix(0);
}

/* Close a line over what comes before its hash, and check it after the first line of a record. */
static void checked(const char *before, const char *wanted)
{
    struct chain chain;
    chain_init(&chain);
    struct event event;
    size_t length;
    json_t *opened = kit_opened();
    char *first = chain_line(&chain, opened, &length, NULL);
    json_decref(opened);
    assert_true(chain_check(&chain, first, length, &event, NULL));
    json_decref(event.body);
    free(first);

    char *start = NULL;
    const char *prev = strstr(before, "HEAD");
    if (prev)
        start = xasprintf("%.*s%s%s", (int)(prev - before), before, chain.head, prev + 4);
    else
        start = xstrdup(before);
    char hash[RECORD_HASH_TEXT], *cause = NULL;
    chain_hash(start, strlen(start), hash);
    char *line = xasprintf("%s,\"hash\":\"%s\"}", start, hash);
    struct chain was = chain;
    bool sound = chain_check(&chain, line, strlen(line), &event, &cause);
    if (wanted) {
        assert_false(sound);
        if (!strstr(cause, wanted))
            fail_msg("%s: %s, not %s", before, cause, wanted);
        assert_int_equal(chain.count, was.count);
        assert_string_equal(chain.head, was.head);
    } else {
        if (!sound)
            fail_msg("%s: %s", before, cause);
        assert_int_equal(chain.count, 2);
        assert_string_equal(chain.head, hash);
        assert_null(json_object_get(event.body, "hash"));
        assert_non_null(json_object_get(event.body, "prev"));
        json_decref(event.body);
    }
    free(cause);
    free(line);
    free(start);
}

#define AT "\"at\":\"2026-11-21T10:02:11Z\""
#define NOTE "\"by\":\"service_user\",\"event\":\"noted\",\"text\":\"a\""
#define START "{\"seq\":2,\"prev\":\"HEAD\"," AT ","

static void test_check(void **state)
{
    (void)state;
    checked(START NOTE, NULL);
    checked("{ \"seq\" : 2, " NOTE ", " AT ",\"prev\":\"HEAD\"",
            NULL);                                       /* bytes count, not their spacing or order */
    checked(START NOTE ",\"mood\":{\"a\":[1,2]}", NULL); /* a key of a newer version */
    checked(START "\"by\":\"together\",\"event\":\"danced\"", NULL); /* an event of a newer version */
    checked("{\"seq\":2,\"prev\":\"HEAD\",\"at\":\"1970-01-01T00:00:00Z\"," NOTE,
            NULL); /* a clock that went back */
    checked("{\"seq\":2,\"prev\":\"HEAD\",\"at\":\"2016-12-31T23:59:60Z\"," NOTE, NULL); /* a leap second */

    checked("{\"seq\":3,\"prev\":\"HEAD\"," AT "," NOTE, "it says that it is line 3");
    checked("{\"seq\":\"2\",\"prev\":\"HEAD\"," AT "," NOTE, "does not say which line");
    checked("{\"seq\":2.0,\"prev\":\"HEAD\"," AT "," NOTE, "does not say which line");
    checked("{\"prev\":\"HEAD\"," AT "," NOTE, "does not say which line");
    checked("{\"seq\":2,\"prev\":\"0000000000000000000000000000000000000000000000000000000000000000\"," AT
            "," NOTE,
            "does not follow");
    checked("{\"seq\":2," AT "," NOTE, "does not follow");
    checked("{\"seq\":2,\"prev\":2," AT "," NOTE, "does not follow");
    const char *times[] = {
        "2026-11-31T10:02:11Z", "2026-11-21T24:02:11Z", "2026-11-21T10:60:11Z", "2026-11-21T10:02:61Z",
        "2026-11-21 10:02:11Z", "2026-11-21T10:02:11",  "2026-11-21T10:02:1aZ", "",
        "2026-11-21T/0:02:11Z", "2026-11-21T:0:02:11Z", "2026-11-21T1/:02:11Z", "2026-11-21T10-02:11Z",
        "2026-11-21T10:02-11Z", "2026-11-21T10:02:11z"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        char before[512];
        snprintf(before, sizeof before, "{\"seq\":2,\"prev\":\"HEAD\",\"at\":\"%s\"," NOTE, times[i]);
        checked(before, "its time is not a time");
    }
    checked("{\"seq\":2,\"prev\":\"HEAD\"," NOTE, "its time is not a time");
    checked(START NOTE ",\"text\":\"b\"", "same key twice");
    checked(START "\"x\":{\"a\":1,\"a\":2}," NOTE, "same key twice");
    checked(START "\"x\":\"\\u0000\"," NOTE, "not a JSON object");
    checked(START "\"x\":\"\xff\"," NOTE, "it is not text");
    checked(START "\"x\":\"\x01\"," NOTE, "not a JSON object");
    checked(START "\"x\":1e999," NOTE, "not a JSON object");
    checked(START "\"by\":\"nobody\",\"event\":\"noted\"", "there is no party “nobody”");
    checked(START "\"by\":\"service_user\",\"event\":\"answered\"", "“answered” needs “question”");
    checked(START "\"by\":\"service_user\"", "an event needs “event”");
    checked(START "\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"q\",\"value\":[\"a\",1]",
            "“value” of “answered” must be");
    checked(START "\"by\":\"service_user\",\"event\":\"opened\",\"format\":1,\"record\":\"a\",\"form\":{}",
            "only there");
    checked("[" START NOTE, "not a JSON object");
    checked(START NOTE "} {\"a\":1", "not a JSON object");
}

/* Ways that need no right hash. */
static void refused_raw(const char *line, size_t length, const char *wanted)
{
    struct chain chain;
    chain_init(&chain);
    struct event event;
    char *cause = NULL;
    assert_false(chain_check(&chain, line, length, &event, &cause));
    if (!strstr(cause, wanted))
        fail_msg("%s, not %s", cause, wanted);
    free(cause);
}

static void test_raw(void **state)
{
    (void)state;
    refused_raw("", 0, "does not end in its hash");
    refused_raw("{}", 2, "does not end in its hash");
    refused_raw("a\0b", 3, "it is not text");
    const char *line =
        "{\"a\":1,\"hash\":\"0123456789012345678901234567890123456789012345678901234567890123\"";
    char other[128];
    for (const char *wrong = "] \n0"; *wrong; wrong++) {
        snprintf(other, sizeof other, "%s%c", line, *wrong);
        refused_raw(other, strlen(other), "does not end in its hash");
    }
    snprintf(other, sizeof other, "%s}", line);
    refused_raw(other, strlen(other), "its hash does not match");
    char *long_line = xmalloc(6 * 1024 * 1024);
    memset(long_line, '[', 6 * 1024 * 1024);
    refused_raw(long_line, RECORD_MOST_FORM_LINE + 1, "longer than the 5242880 bytes");
    refused_raw(long_line, RECORD_MOST_FORM_LINE, "does not end in its hash");
    /* 5 MiB of brackets, properly hashed: too deep, and no harm done */
    char hash[RECORD_HASH_TEXT];
    size_t before = RECORD_MOST_FORM_LINE - 75;
    chain_hash(long_line, before, hash);
    char end[80];
    snprintf(end, sizeof end, ",\"hash\":\"%s\"}", hash);
    memcpy(long_line + before, end, 75);
    refused_raw(long_line, before + 75, "not a JSON object");
    free(long_line);
}

/* A record that begins in the middle of one. */
static void test_no_first(void **state)
{
    (void)state;
    char hash[RECORD_HASH_TEXT];
    char *start = xasprintf("{\"seq\":1,\"prev\":\"%064d\"," AT "," NOTE, 1);
    chain_hash(start, strlen(start), hash);
    char *line = xasprintf("%s,\"hash\":\"%s\"}", start, hash);
    refused_raw(line, strlen(line), "it says that there was a line before it");
    free(line);
    free(start);
}

/* Lines that hold a form may be longer than others. */
static void test_most(void **state)
{
    (void)state;
    for (int kind = 0; kind <= EVENT_UNKNOWN; kind++) {
        bool form = kind == EVENT_OPENED || kind == EVENT_UPGRADED;
        assert_int_equal(chain_most((enum event_kind)kind), form ? 5 * 1024 * 1024 : 64 * 1024);
    }
}

static void test_newer(void **state)
{
    (void)state;
    const char *two = "{\"event\":\"opened\",\"format\":2}", *one = "{\"event\":\"opened\",\"format\":1}",
               *other = "{\"event\":\"noted\",\"format\":2}", *none = "format 2";
    assert_int_equal(chain_newer(two, strlen(two)), 2);
    assert_int_equal(chain_newer(one, strlen(one)), 0);
    assert_int_equal(chain_newer(other, strlen(other)), 0);
    assert_int_equal(chain_newer(none, strlen(none)), 0);
    char *longer = xmalloc(RECORD_MOST_FORM_LINE + 1); /* is not even read */
    memset(longer, ' ', RECORD_MOST_FORM_LINE + 1);
    memcpy(longer, two, strlen(two));
    assert_int_equal(chain_newer(longer, RECORD_MOST_FORM_LINE), 2);
    assert_int_equal(chain_newer(longer, RECORD_MOST_FORM_LINE + 1), 0);
    free(longer);
}

/* What json_dumps cannot write is refused, not written by halves. */
static void test_unwritable(void **state)
{
    (void)state;
    struct chain chain;
    chain_init(&chain);
    json_t *object = kit_note(1);
    json_object_set_new(object, "text", json_string_nocheck("\xff"));
    size_t length;
    char *cause = NULL;
    assert_null(chain_line(&chain, object, &length, &cause));
    assert_string_equal(cause, "This cannot be written as a line of JSON.");
    free(cause);
    json_decref(object);
}

static void test_id(void **state)
{
    (void)state;
    char a[RECORD_ID_TEXT], b[RECORD_ID_TEXT];
    clock_fix(NOON);
    record_new_id(a);
    record_new_id(b);
    assert_int_equal(strlen(a), 26);
    assert_int_equal(strspn(a, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), 26);
    assert_string_not_equal(a, b);
    assert_memory_equal(a, b, 10); /* the same second */
    clock_fix(NOON + 1);
    record_new_id(b);
    assert_true(strcmp(a, b) < 0);
    clock_fix(1469918176);
    record_new_id(a);
    assert_memory_equal(a, "01ARYZ6RR0", 10);
    clock_fix(0);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash),  cmocka_unit_test(test_line),       cmocka_unit_test(test_check),
        cmocka_unit_test(test_raw),   cmocka_unit_test(test_no_first),   cmocka_unit_test(test_most),
        cmocka_unit_test(test_newer), cmocka_unit_test(test_unwritable), cmocka_unit_test(test_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
