/* Verifying: what was changed is found, and on its line, also where somebody made all hashes anew. */
#include "kit.h"

#include "base/mem.h"
#include "report/verdict.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

static void verify(const char *path, struct verdict *verdict)
{
    char *cause = NULL;
    struct record *record = record_open(path, RECORD_READ, &cause);
    if (!record)
        print_error("%s\n", cause);
    assert_non_null(record);
    verify_record(record, verdict);
    record_close(record);
}

/* The story's file, written once. */
static char *story(void)
{
    static bool told;
    if (!told)
        session_close(kit_story("story.jsonl"));
    told = true;
    return kit_path("story.jsonl");
}

struct forgery {
    size_t line;
    const char *old, *new; /* new NULL: the line is taken out */
    size_t found;          /* 0: it holds */
    const char *says;
};

static void check(const char *from, const struct forgery *forgery, bool forged)
{
    char *to = kit_path("forged.jsonl");
    kit_forge(from, to, forgery->line, forgery->old, forgery->new, forged);
    struct verdict verdict;
    verify(to, &verdict);
    if (verdict.line != forgery->found || (forgery->says && !strstr(verdict.finding, forgery->says)))
        print_error("line %zu, %s: %s\n", forgery->line, forgery->new ? forgery->new : "taken out",
                    verdict.finding ? verdict.finding : "holds");
    assert_int_equal(verdict.verified, forgery->found ? VERIFIED_BROKEN : VERIFIED_HOLDS);
    assert_int_equal(verdict.line, forgery->found);
    if (forgery->says)
        assert_non_null(strstr(verdict.finding, forgery->says));
    if (forgery->found)
        assert_null(verdict.owed);
    verdict_release(&verdict);
    free(to);
}

static void test_holds(void **state)
{
    (void)state;
    struct verdict verdict;
    char *path = story();
    verify(path, &verdict);
    if (verdict.finding)
        print_error("%s\n", verdict.finding);
    assert_int_equal(verdict.verified, VERIFIED_HOLDS);
    assert_null(verdict.finding);
    assert_null(verdict.clock);
    assert_null(verdict.unknown);
    assert_null(verdict.owed);
    verdict_release(&verdict);
    free(path);
}

static void test_edited(void **state)
{
    (void)state;
    static const struct forgery cases[] = {
        {7, "\"value\":2", "\"value\":3", 7,
         "its hash does not match. The 6 lines before it are as written."},
        {2, "visits", "prison", 2, "The 1 line before it is as written."},
        {6, "service_user", "practitioner", 6, "its hash does not match"},
        {5, "\"differed\"", "\"diffared\"", 5,
         "its hash does not match"}, /* and nothing is owed in its place */
        {9, NULL, NULL, 9, "line 10"},
        {50, "later", "words", 50, "its hash does not match"},
    };
    char *from = story();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(from, &cases[i], false);
    free(from);
}

static void test_forged(void **state)
{
    (void)state;
    static const struct forgery cases[] = {
        {0, NULL, NULL, 0, NULL}, /* made anew and nothing changed: the very same */
        {11, "practitioner_moved", "service_user_moved", 11,
         "“resolved” cannot be here: by the rules its “outcome” is \"practitioner_moved\""},
        {11, "\"value\":2", "\"value\":4", 11, "its “value” is 2"},
        {5, "\"practitioner\":4", "\"practitioner\":5", 5, "its “practitioner” is 4"},
        {5, "\"first\":\"service_user\"", "\"first\":\"practitioner\"", 5, "its “first”"},
        {4, "\"value\":4", "\"value\":9", 4, "too high"},
        {4, "\"value\":4", "\"value\":2", 5, "called for by no rule"},
        {4, "\"home\"", "\"homme\"", 4, "did you mean “home”?"},
        {5, NULL, NULL, 5, "the rules call for"},      /* the difference taken out */
        {10, NULL, NULL, 10, "called for by no rule"}, /* settled with one yes */
        {10, "service_user", "practitioner", 10, "has said yes already"},
        {18, "\"of\":17", "\"of\":19", 18, "no entry"},
        {18, "\"of\":17", "\"of\":7", 18, "each undoes what they did themselves"},
        {1, "Help with it", "Help with that", 1, "not the one whose hash it gives"},
        {1, "\"sha256\":\"", "\"sha256\":\"0", 1, "not the one whose hash it gives"},
        {1, "\"version\":\"1.0\"", "\"version\":\"1.1\"", 1, "another name or version"},
        {1, "\"form\":{", "\"entries\":[],\"form\":{", 1, "follows no record"},
        {1, "\"form\":{",
         "\"follows\":{},\"entries\":[{\"question\":\"home\",\"by\":\"practitioner\"}],\"form\":{", 1,
         "which cannot be"},
        {1, "\"form\":{", "\"follows\":{},\"last\":{\"home#1\":{\"practitioner\":2}},\"form\":{", 1,
         "is no question"},
    };
    char *from = story();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(from, &cases[i], true);
    free(from);
}

/* The form that a record goes on with is held against what is said of it, and has to be one. */
static void test_upgraded(void **state)
{
    (void)state;
#define FORM(version, question)                                                                              \
    "form: week\nversion: \"" version "\"\ntitle: The week\nsections:\n"                                     \
    "  - section: all\n    title: All\n    questions:\n      - " question "\n"
    static const char before[] = FORM("1.0", "{name: sleep, type: integer, label: Sleep}"),
                      after[] = FORM("2.0", "{name: sleep, type: decimal, label: Sleep}");
    static const struct forgery cases[] = {
        {0, NULL, NULL, 0, NULL},
        {3, "label: Sleep", "label: Sleeps", 3, "its “sha256” is not that of the form in it"},
        {3, "\"version\":\"2.0\"", "\"version\":\"3.0\"", 3, "its “version” is not that"},
        {3, "form: week", "form: weak", 3, "its “id” is not that"},
        {3, "\"id\":\"week\"", "\"id\":\"weak\"", 3, "its “id” is not that"},
        {3, NULL, NULL, 3, "1.5 is not a whole number"},
    };
#undef FORM
    struct session *s = kit_begin_with("upgraded.jsonl", before, strlen(before));
    kit_do(s, "{'by':'practitioner','event':'answered','question':'sleep','value':7}");
    char *cause = NULL;
    assert_true(session_do(
        s, json_pack("{s:s, s:s, s:{s:s}}", "by", "practitioner", "event", "upgraded", "form", "text", after),
        &cause));
    kit_do(s, "{'by':'practitioner','event':'answered','question':'sleep','value':1.5}");
    session_close(s);
    char *from = kit_path("upgraded.jsonl");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(from, &cases[i], true);

    /* One that this version cannot load: nothing can be said from there on, and nobody goes on with it. */
    char *to = kit_path("newer.jsonl");
    struct verdict verdict;
    kit_forge(from, to, 3, "type: decimal", "type: dream", true);
    verify(to, &verdict);
    assert_int_equal(verdict.verified, VERIFIED_UNKNOWN);
    assert_int_equal(verdict.line, 3);
    assert_non_null(strstr(verdict.finding, "cannot be used by this version (its line 8: There is no type"));
    assert_non_null(strstr(verdict.finding, "so no rule can be checked from here on."));
    verdict_release(&verdict);
    assert_null(session_open(to, RECORD_WRITE, &cause));
    assert_non_null(strstr(cause, "In line 3 the form in it cannot be used: its line 8: There is no type"));
    assert_non_null(strstr(cause, "show --at 2."));
    free(cause);
    s = session_open_at(to, 2, &cause);
    assert_non_null(s);
    session_close(s);
    free(to);
    free(from);
}

/* The first thing that does not hold is said, also where the chain breaks after it. */
static void test_first(void **state)
{
    (void)state;
    char *from = story(), *to = kit_path("two.jsonl");
    kit_forge(from, to, 4, "\"value\":4", "\"value\":9", true);
    kit_forge(to, to, 20, "answered", "answerEd", false);
    struct verdict verdict;
    verify(to, &verdict);
    assert_int_equal(verdict.line, 4);
    verdict_release(&verdict);
    free(from);
    free(to);
}

static void test_remarks(void **state)
{
    (void)state;
    char *from = story(), *to = kit_path("remark.jsonl");
    struct verdict verdict;

    kit_forge(from, to, 6, "T10:04", "T09:04", true);
    verify(to, &verdict);
    assert_int_equal(verdict.verified, VERIFIED_HOLDS);
    assert_non_null(strstr(verdict.clock, "line 6: the clock went back"));
    verdict_release(&verdict);

    kit_forge(from, to, 50, "\"paused\"", "\"mooned\"", true);
    verify(to, &verdict);
    assert_int_equal(verdict.verified, VERIFIED_HOLDS);
    assert_non_null(strstr(verdict.unknown, "1 entry is of a kind that this version does not know (mooned)"));
    verdict_release(&verdict);

    /* Cut between an answer and the difference that follows from it, as by a power cut. */
    size_t length, cut = 0;
    char *text = kit_read(from, &length);
    for (int lines = 0; lines < 4; cut++)
        lines += text[cut] == '\n';
    kit_write(to, text, cut);
    verify(to, &verdict);
    assert_int_equal(verdict.verified, VERIFIED_HOLDS);
    assert_non_null(strstr(verdict.owed, "“differed” comes next"));
    verdict_release(&verdict);

    kit_write(to, text, cut + 10);
    verify(to, &verdict);
    assert_int_equal(verdict.verified, VERIFIED_BROKEN);
    assert_non_null(strstr(verdict.finding, "line 5: it was not finished (10 bytes)"));
    verdict_release(&verdict);
    free(text);
    free(from);
    free(to);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_holds),    cmocka_unit_test(test_edited), cmocka_unit_test(test_forged),
        cmocka_unit_test(test_upgraded), cmocka_unit_test(test_first),  cmocka_unit_test(test_remarks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
