/* What is filled in about what happened, was passed on or is promised, and what each can do about it then. */
#include "check.h"

#include "assessment/happened.h"
#include "assessment/promises.h"
#include "base/date.h"
#include "base/mem.h"
#include "session/acts.h"
#include "session/promised.h"
#include "session/sheet.h"
#include "session/timeline.h"

#include <stdlib.h>
#include <string.h>

static const char text[] = "form: f\n"
                           "version: \"1\"\n"
                           "title: F\n"
                           "sections:\n"
                           "  - section: s\n"
                           "    title: S\n"
                           "    questions:\n"
                           "      - {name: home, type: integer, label: Home}\n";

static struct session *begin(void)
{
    struct diags diags;
    diags_init(&diags, "f");
    struct form *form = form_load("f", text, strlen(text), &diags);
    assert_non_null(form);
    diags_release(&diags);
    struct session *s = session_in_memory(form, NULL);
    assert_non_null(s);
    assert_true(session_do(s,
                           json_pack("{s:s, s:s, s:{s:s, s:s}}", "by", "practitioner", "event", "sat",
                                     "people", "practitioner", "Rae", "service_user", "Sam"),
                           NULL));
    return s;
}

static void say(struct sheet *sheet, size_t row, const char *value)
{
    char *cause = NULL;
    if (!sheet->class->set(sheet, row, SERVICE_USER, json_string(value), NULL, &cause))
        fail_msg("row %zu: %s", row, cause);
}

static void refused(struct sheet *sheet, size_t row, json_t *value, const char *why)
{
    char *cause = NULL;
    assert_false(sheet->class->set(sheet, row, SERVICE_USER, value, NULL, &cause));
    assert_non_null(strstr(cause, why));
    free(cause);
}

static void value_is(const struct sheet *sheet, size_t row, const char *words)
{
    char *value = sheet->class->value(sheet, row, SERVICE_USER, 0);
    assert_string_equal(value, words);
    free(value);
}

static const struct event *last(const struct session *s)
{
    const struct assessment *a = session_assessment(s);
    return assessment_event(a, assessment_events(a) - 1);
}

/* Every kind has a sheet with its fields and a day, and needs what the rules need. */
static void test_every_kind(void **state)
{
    (void)state;
    struct session *s = begin();
    for (const struct happened_kind *kind = happened_table; kind->name; kind++) {
        struct sheet *sheet = sheet_happened(s, kind);
        size_t rows = 0;
        for (; kind->fields[rows].name; rows++) {
            assert_string_equal(sheet->rows[rows].label, kind->fields[rows].label);
            assert_int_equal(sheet->rows[rows].needed, kind->fields[rows].required);
        }
        assert_int_equal(sheet->count, rows + 1);
        for (size_t i = 0; i < rows; i++) {
            if (sheet->rows[i].needed)
                say(sheet, i, sheet->rows[i].words ? sheet->rows[i].words[0].word : "Words");
        }
        char *cause = NULL;
        if (!sheet->class->done(sheet, SERVICE_USER, &cause))
            fail_msg("%s: %s", kind->name, cause);
        assert_string_equal(event_text(last(s), "what"), kind->name);
        char today[DATE_TEXT];
        assert_string_equal(event_text(last(s), "on"), date_format(clock_today(), today));
        sheet_free(sheet);
    }
    session_close(s);
}

static void test_values(void **state)
{
    (void)state;
    struct session *s = begin();
    struct sheet *late = sheet_happened(s, happened_named("late"));
    char *cause = NULL;
    assert_false(late->class->done(late, PRACTITIONER, &cause));
    assert_non_null(strstr(cause, "Who was late?"));
    free(cause);
    refused(late, 0, json_string("nobody"), "Pick one");
    refused(late, 1, json_integer(0), "whole number");
    refused(late, 1, json_string("a few"), "whole number");
    refused(late, 2, json_integer(3), "words");
    refused(late, 3, json_string("soon"), "not a day");
    say(late, 0, "practitioner");
    value_is(late, 0, "Rae");
    say(late, 1, "20");
    value_is(late, 1, "20");
    say(late, 2, "The train");
    say(late, 2, " ");
    value_is(late, 2, "");
    say(late, 3, "30/11/2026");
    value_is(late, 3, "30 November 2026");
    say(late, 3, "2026-11-29");
    assert_true(late->class->done(late, SERVICE_USER, NULL));
    assert_string_equal(event_text(last(s), "whose"), "practitioner");
    assert_int_equal(event_integer(last(s), "minutes"), 20);
    assert_string_equal(event_text(last(s), "on"), "2026-11-29");
    assert_null(event_text(last(s), "text"));
    sheet_free(late);
    session_close(s);
}

static void test_shared(void **state)
{
    (void)state;
    struct session *s = begin();
    for (int told = 0; told < 2; told++) {
        struct sheet *sheet = sheet_shared(s);
        static const char *const words[] = {"The address", "The council", "Their form", "The law"};
        for (size_t i = 0; i < 4; i++)
            say(sheet, i, words[i]);
        assert_string_equal(sheet->rows[4].label, "Was Sam told about it?");
        assert_false(sheet->class->done(sheet, PRACTITIONER, NULL));
        say(sheet, 4, told ? "yes" : "no");
        assert_true(sheet->class->done(sheet, PRACTITIONER, NULL));
        assert_int_equal(last(s)->kind, EVENT_SHARED);
        assert_int_equal(json_is_true(event_value(last(s), "told")), told);
        assert_string_equal(event_text(last(s), "basis"), "The law");
        sheet_free(sheet);
    }
    session_close(s);
}

static bool can(const struct session *s, long seq, enum who by, enum act_kind act)
{
    enum act_kind acts[ACTS];
    size_t count = acts_about(s, seq, by, acts);
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found |= acts[i] == act;
    return found;
}

/* What is offered is what the rules take; what was said already is not offered again. */
static void test_acts(void **state)
{
    (void)state;
    struct session *s = begin();
    struct sheet *sheet = sheet_promised(s);
    say(sheet, 0, "Ring Jo");
    assert_true(sheet->class->done(sheet, PRACTITIONER, NULL));
    sheet_free(sheet);
    long promise = last(s)->seq;
    assert_true(can(s, promise, SERVICE_USER, ACT_KEPT));
    assert_true(can(s, promise, SERVICE_USER, ACT_NOT_KEPT));
    assert_false(can(s, promise, SERVICE_USER, ACT_SIGN));
    assert_false(can(s, promise, SERVICE_USER, ACT_TAKE_BACK));
    assert_true(can(s, promise, PRACTITIONER, ACT_TAKE_BACK));
    assert_true(act_do(s, promise, SERVICE_USER, ACT_NOT_KEPT, NULL, NULL));
    assert_false(can(s, promise, SERVICE_USER, ACT_NOT_KEPT));
    assert_true(can(s, promise, SERVICE_USER, ACT_KEPT));
    assert_true(can(s, promise, PRACTITIONER, ACT_NOT_KEPT));
    sheet = sheet_happened(s, happened_named("milestone"));
    say(sheet, 0, "A month of work");
    assert_true(sheet->class->done(sheet, SERVICE_USER, NULL));
    sheet_free(sheet);
    long milestone = last(s)->seq;
    assert_false(can(s, milestone, SERVICE_USER, ACT_KEPT));
    assert_true(act_do(s, milestone, SERVICE_USER, ACT_SIGN, "Sam", NULL));
    assert_false(can(s, milestone, SERVICE_USER, ACT_SIGN));
    assert_true(can(s, milestone, PRACTITIONER, ACT_SIGN));
    assert_false(act_do(s, milestone, PRACTITIONER, ACT_SIGN, "", NULL));
    assert_true(act_do(s, milestone, PRACTITIONER, ACT_WILL_NOT_SIGN, "", NULL));
    assert_true(act_do(s, milestone, SERVICE_USER, ACT_TAKE_BACK, NULL, NULL));
    enum act_kind acts[ACTS];
    assert_int_equal(acts_about(s, milestone, PRACTITIONER, acts), 0);
    assert_int_equal(acts_about(s, 2, PRACTITIONER, acts), 0); /* a sitting is what it was */
    session_close(s);
}

/* A day is over when the next one has begun, whoever promised. */
static void test_overdue(void **state)
{
    (void)state;
    struct session *s = begin();
    int now = clock_today();
    time_t before = clock_now();
    char day[DATE_TEXT];
    assert_true(session_do(s,
                           json_pack("{s:s, s:s, s:s, s:s}", "by", "practitioner", "event", "promised",
                                     "text", "Ring Jo", "by_when", date_format(now, day)),
                           NULL));
    char *words = promised_overdue(session_assessment(s), PRACTITIONER, 0);
    assert_string_equal(words, "");
    free(words);
    clock_fix(before + 24L * 60 * 60);
    words = promised_overdue(session_assessment(s), PRACTITIONER, 0);
    assert_non_null(strstr(words, "Rae promised: “Ring Jo”"));
    free(words);
    words = promised_overdue(session_assessment(s), SERVICE_USER, 0);
    assert_string_equal(words, "");
    free(words);
    clock_fix(0);
    session_close(s);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind), cmocka_unit_test(test_values),  cmocka_unit_test(test_shared),
        cmocka_unit_test(test_acts),       cmocka_unit_test(test_overdue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
