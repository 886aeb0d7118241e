/* Digests of what the stories tell, each number worked out by hand from the story. Entry n of a story is
 * line n + 1 of its record, n minutes after noon. */
#include "check.h"

#include "assessment/promises.h"
#include "base/date.h"
#include "base/mem.h"
#include "review/cases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NOON = 1795262400 /* 2026-11-21T12:00:00Z */, MINUTE = 60 };
enum { HOME, MONEY }; /* the first questions of the form that the stories share */

static struct digester *digester;
static const struct facts *facts;

static struct digest *of_story(const char *story)
{
    const char *const stories[] = {story, NULL};
    cases_begin(stories);
    char *path = cases_path(cases_name(0));
    struct digest *digest = digest_read(digester, path, &facts);
    free(path);
    assert_string_equal(digest_text_of(digest, digest->broken), "");
    assert_non_null(facts);
    assert_true(digest_valid(digest, digest->size));
    assert_true(facts_valid(facts, facts->size));
    assert_true(digest_fits(digest, facts));
    assert_int_equal(digest->begun, NOON);
    assert_int_equal(digest->last, NOON + (int64_t)(digest->entries - 1) * MINUTE);
    assert_string_equal(digest_text_of(digest, digest->ref), "C1");
    return digest;
}

#define WORDS(digest, member, words) assert_string_equal(digest_text_of(digest, member), words)

static void test_parked(void **state)
{
    (void)state;
    struct digest *digest = of_story("parked");
    assert_int_equal(digest->entries, 10);
    assert_int_equal(digest->live, 1);
    assert_int_equal(digest->answers[PRACTITIONER], 1);
    assert_int_equal(digest->answers[SERVICE_USER], 1);
    assert_int_equal(digest_count(digest, DIGEST_PAIRS), 1);
    const struct digest_pair *pair = digest_pair(digest, 0);
    assert_null(digest_pair(digest, 1));
    assert_int_equal(pair->question, HOME);
    assert_int_equal(pair->step[PRACTITIONER], 3); /* the fourth of five */
    assert_int_equal(pair->step[SERVICE_USER], 1);
    assert_int_equal(pair->at, NOON + 2 * MINUTE); /* when the second of them was in */
    assert_int_equal(pair->first, PRACTITIONER);
    assert_true(pair->differ);
    assert_int_equal(pair->disagreement, 0);
    assert_int_equal(digest_count(digest, DIGEST_DISAGREEMENTS), 1);
    const struct digest_disagreement *d = digest_disagreement(digest, 0);
    WORDS(digest, d->id, "d1");
    WORDS(digest, d->until, "2026-12-01");
    assert_non_null(strstr(digest_text_of(digest, d->waits_for), "What the tenancy says"));
    assert_int_equal(d->opened, NOON + 3 * MINUTE);
    assert_int_equal(d->closed, 0);
    assert_int_equal(d->seconds, 6 * MINUTE); /* to the last entry */
    assert_int_equal(d->waits_since, 0);      /* it does not wait any more */
    assert_int_equal(d->reopened, 1);
    assert_int_equal(d->said[PRACTITIONER], 1);
    assert_int_equal(d->said[SERVICE_USER], 0);
    assert_int_equal(d->kind, KIND_SCORE);
    assert_int_equal(d->by, ALONGSIDE);
    assert_int_equal(d->question, HOME);
    assert_int_equal(d->area, 0);
    assert_true(d->place[BEFORE][PRACTITIONER] == 4 && d->place[BEFORE][SERVICE_USER] == 2);
    assert_true(d->gap[BEFORE] == 2 && d->gap[AFTER] == 2);
    assert_string_equal(facts_text(facts, facts_question(facts, HOME)->label), "Home");
    assert_string_equal(facts_text(facts, facts_area(facts, 0)->title), "Life");
    assert_int_equal(facts_question(facts, HOME)->steps, 5);
    assert_true(facts_question(facts, HOME)->from == 1 && facts_question(facts, HOME)->step == 1);
    free(digest);
}

static void test_narrowed(void **state)
{
    (void)state;
    struct digest *digest = of_story("both-stand-narrowed");
    const struct digest_disagreement *d = digest_disagreement(digest, 0);
    assert_int_equal(digest->live, 0);
    assert_int_equal(d->state, STATE_RESOLVED);
    assert_int_equal(d->outcome, OUTCOME_BOTH_STAND);
    assert_int_equal(d->change, CHANGE_NARROWED);
    assert_int_equal(d->closed, NOON + 8 * MINUTE);
    assert_int_equal(d->seconds, 5 * MINUTE);
    assert_true(d->place[BEFORE][PRACTITIONER] == 5 && d->place[BEFORE][SERVICE_USER] == 1);
    assert_true(d->place[AFTER][PRACTITIONER] == 4 && d->place[AFTER][SERVICE_USER] == 1);
    assert_true(d->gap[BEFORE] == 4 && d->gap[AFTER] == 3);
    /* Before any talk, whatever came of it. */
    assert_int_equal(digest_pair(digest, 0)->step[PRACTITIONER], 4);
    free(digest);
}

static void test_promises(void **state)
{
    (void)state;
    static const struct {
        int64_t minutes;
        const char *due, *words;
        int area, by, kept[PARTIES];
    } wanted[] = {
        {1, "2020-01-02", "Ring the housing team", -1, PRACTITIONER, {PROMISE_KEPT, PROMISE_NOT_KEPT}},
        {2, "2099-12-31", "Bring my papers", 0, SERVICE_USER, {PROMISE_NOT_SAID, PROMISE_NOT_SAID}},
        {3, NULL, "Ring my sister", -1, SERVICE_USER, {PROMISE_KEPT, PROMISE_NOT_SAID}},
    };
    struct digest *digest = of_story("promises");
    assert_int_equal(digest_count(digest, DIGEST_PROMISES), 3);
    for (size_t i = 0; i < 3; i++) {
        const struct digest_promise *promise = digest_promise(digest, i);
        int due = DIGEST_NO_DAY;
        assert_true(!wanted[i].due || date_parse(wanted[i].due, &due));
        assert_int_equal(promise->at, NOON + wanted[i].minutes * MINUTE);
        assert_int_equal(promise->due, due);
        assert_int_equal(promise->area, wanted[i].area);
        assert_int_equal(promise->by, wanted[i].by);
        assert_int_equal(promise->kept[PRACTITIONER], wanted[i].kept[PRACTITIONER]);
        assert_int_equal(promise->kept[SERVICE_USER], wanted[i].kept[SERVICE_USER]);
        WORDS(digest, promise->text, wanted[i].words);
    }
    assert_int_equal(digest_count(digest, DIGEST_REMARKS), 1);
    const struct digest_remark *remark = digest_remark(digest, 0);
    assert_int_equal(remark->kind, REMARK_STATEMENT);
    assert_int_equal(remark->by, SERVICE_USER);
    assert_int_equal(remark->seq, 11);
    WORDS(digest, remark->text, "I waited for it");
    /* Raised by hand, about no question. */
    const struct digest_disagreement *d = digest_disagreement(digest, 0);
    assert_int_equal(d->by, SERVICE_USER);
    assert_int_equal(d->question, -1);
    assert_int_equal(d->area, -1);
    assert_true(isnan(d->gap[BEFORE]) && isnan(d->place[BEFORE][PRACTITIONER]));
    WORDS(digest, d->because[SERVICE_USER], "That was not kept");
    WORDS(digest, d->because[PRACTITIONER], "");
    assert_int_equal(digest_count(digest, DIGEST_PAIRS), 0);
    free(digest);
}

static void test_sitting(void **state)
{
    (void)state;
    struct digest *digest = of_story("sitting-in-full");
    assert_int_equal(digest->entries, 28);
    WORDS(digest, digest->name[PRACTITIONER], "Rae");
    WORDS(digest, digest->name[SERVICE_USER], "Sam");
    assert_int_equal(digest->voice[PRACTITIONER], 2);
    assert_int_equal(digest->voice[SERVICE_USER], 1);
    assert_int_equal(digest->live, 0);
    assert_int_equal(digest->asked[PRACTITIONER], 2);
    assert_int_equal(digest->answers[PRACTITIONER], 1);
    assert_int_equal(digest_count(digest, DIGEST_SITTINGS), 1);
    const struct digest_sitting *sitting = digest_sitting(digest, 0);
    assert_int_equal(sitting->at, NOON + 1 * MINUTE);
    assert_int_equal(sitting->until, NOON + 27 * MINUTE);
    assert_int_equal(sitting->minutes, 26);
    assert_int_equal(sitting->answers[PRACTITIONER], 1);
    assert_int_equal(sitting->answers[SERVICE_USER], 1);
    assert_int_equal(sitting->arriving[PRACTITIONER], 4);
    assert_int_equal(sitting->arriving[SERVICE_USER], 2);
    assert_int_equal(sitting->how_it_was[PRACTITIONER], 4);
    assert_int_equal(sitting->how_it_was[SERVICE_USER], 5);
    assert_int_equal(sitting->skills, 1u << 0 | 1u << 3); /* structure, motivation */
    assert_int_equal(sitting->there, SAT_AGENDA | SAT_RECAP | SAT_NEXT | SAT_CLOSED);
    assert_int_equal(sitting->opened + sitting->settled, 0);
    /* Both said 3, the service user first. */
    assert_int_equal(digest_count(digest, DIGEST_PAIRS), 1);
    const struct digest_pair *pair = digest_pair(digest, 0);
    assert_int_equal(pair->question, 1);
    assert_int_equal(pair->step[PRACTITIONER], 2);
    assert_int_equal(pair->step[SERVICE_USER], 2);
    assert_int_equal(pair->first, SERVICE_USER);
    assert_int_equal(pair->disagreement, -1);
    assert_false(pair->differ);
    assert_int_equal(digest_count(digest, DIGEST_PROMISES), 1);
    free(digest);
}

/* Every story: a block that is what it says, and of which no part can be cut off or put on. */
static void test_all(void **state)
{
    (void)state;
    cases_begin(NULL);
    for (size_t i = 0; i < cases_count(); i++) {
        char *path = cases_path(cases_name(i));
        struct digest *digest = digest_read(digester, path, &facts);
        free(path);
        assert_non_null(facts);
        assert_true(digest_valid(digest, digest->size));
        assert_true(digest_fits(digest, facts));
        assert_false(digest_valid(digest, digest->size - 1));
        assert_false(digest_valid(digest, digest->size + 1));
        assert_false(digest_valid(digest, 0));
        char was = digest->form[0];
        digest->form[0] = was == '0' ? '1' : '0';
        assert_false(digest_fits(digest, facts));
        digest->form[0] = was;
        digest->version++;
        assert_false(digest_valid(digest, digest->size));
        free(digest);
    }
}

/* Entries of a repeat that were taken out again, at the end: nothing of them is counted, nor looked for. */
static void test_taken_out(void **state)
{
    (void)state;
    struct digest *digest = of_story("repeat-taken-out");
    for (size_t i = 0; i < digest_count(digest, DIGEST_PAIRS); i++)
        assert_true(digest_pair(digest, i)->question < (int32_t)facts->questions.count);
    free(digest);
}

int main(void)
{
    mem_init();
    digester = digester_new();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parked),  cmocka_unit_test(test_narrowed), cmocka_unit_test(test_promises),
        cmocka_unit_test(test_sitting), cmocka_unit_test(test_all),      cmocka_unit_test(test_taken_out),
    };
    int failed = cmocka_run_group_tests_name("review/test-digest", tests, NULL, NULL);
    digester_free(digester);
    return failed;
}
