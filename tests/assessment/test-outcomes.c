/* How disagreements end, for every type of answer that two people can differ on: all ways from two answers to
 * two answers, against the design's table said here a second time, of distances counted here by other means.
 * Then the same lived through, in each order in which it can be done: who answers first, who changes first,
 * who says yes first, by answering again or by settling on an answer; opened again; and read back from a
 * record. test-outcome has the ladder, times and orders in full. */
#include "check.h"

#include "assessment/answer.h"
#include "assessment/assessment.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 10 };

/* Answers of one type. What tells how far two lie apart: places on a line; or sets of marks, of which each
 * that only one of them has counts; or names, which are the same or not. */
struct answers {
    const char *type; /* the question's keys */
    const char *value[MOST];
    enum { LINE, SETS, NAMES } are;
    double at[MOST]; /* the place, the marks as bits, or the name as a number */
    int tolerances;  /* 0 up to this, in steps of: */
    double step;
};

static const struct answers all[] = {
    {"range, min: 1, max: 5", {"1", "2", "3", "4", "5"}, LINE, {1, 2, 3, 4, 5}, 2, 1},
    {"integer", {"-3", "0", "1", "40"}, LINE, {-3, 0, 1, 40}, 2, 1},
    /* Three tenths and one of a tenth are not 0.4 to a computer. */
    {"decimal", {"0.1", "0.2", "0.30000000000000004", "0.4"}, LINE, {0.1, 0.2, 0.3, 0.4}, 2, 0.1},
    /* The last of February, in a leap year and in none, and the turn of a year. */
    {"date",
     {"\"2027-12-31\"", "\"2028-01-01\"", "\"2028-02-28\"", "\"2028-02-29\"", "\"2028-03-01\""},
     LINE,
     {0, 1, 59, 60, 61},
     2,
     1},
    {"time", {"\"00:00\"", "\"09:59\"", "\"10:00\"", "\"23:59\""}, LINE, {0, 599, 600, 1439}, 2, 1},
    {"date_time",
     {"\"2026-11-30T23:30\"", "\"2026-12-01T11:30\"", "\"2026-12-01T23:30\"", "\"2026-12-02T11:30\""},
     LINE,
     {0, 0.5, 1, 1.5},
     2,
     0.5},
    /* “Other” with other words is another answer; blanks around them are not. */
    {"select_one, choices: [{name: a, label: A}, {name: b, label: B}, {name: o, label: O, other: true}]",
     {"\"a\"", "\"b\"", "\"o:in a van\"", "\"o:on a boat\"", "\"o: in a van \""},
     NAMES,
     {1, 2, 3, 4, 3},
     0,
     0},
    /* The order in which they are picked is nothing. Own words: one mark for the choice, said in one of two
     * ways. */
    {"select_multiple, choices: [{name: a, label: A}, {name: b, label: B}, {name: c, label: C}]",
     {"[\"a\"]", "[\"b\"]", "[\"c\"]", "[\"a\",\"b\"]", "[\"b\",\"a\"]", "[\"a\",\"c\"]", "[\"b\",\"c\"]",
      "[\"a\",\"b\",\"c\"]"},
     SETS,
     {1, 2, 4, 3, 3, 5, 6, 7},
     2,
     1},
    {"rank, choices: [{name: a, label: A}, {name: b, label: B}]",
     {"[\"a\",\"b\"]", "[\"b\",\"a\"]"},
     NAMES,
     {1, 2},
     0,
     0},
    /* Blanks around words are not words; capitals are. */
    {"text, compare: true",
     {"\"I look after my brother\"", "\"No job\"", "\" No job\\n\"", "\"no job\""},
     NAMES,
     {1, 2, 2, 3},
     0,
     0},
};
enum { KINDS_OF_ANSWERS = sizeof all / sizeof *all };

static const struct answers *these;
static int count;
static double tolerance;
static json_t *value[MOST];

/* Four answers, by their number: before, and after. */
struct way {
    int p0, s0, p1, s1;
};

static double apart(int i, int j)
{
    if (these->are == LINE)
        return fabs(these->at[i] - these->at[j]);
    if (these->are == SETS)
        return __builtin_popcount((unsigned)these->at[i] ^ (unsigned)these->at[j]);
    return these->at[i] != these->at[j];
}

static bool same(int i, int j)
{
    return apart(i, j) < 1e-9;
}

static bool differ(int i, int j)
{
    return apart(i, j) > tolerance + 1e-9;
}

static int compared(double x, double y)
{
    return fabs(x - y) < 1e-9 ? 0 : x < y ? -1 : 1;
}

static bool strictly_between(int i, struct way w)
{
    return these->are == LINE && compared(these->at[i], these->at[w.p0]) &&
           compared(these->at[i], these->at[w.p0]) == -compared(these->at[i], these->at[w.s0]);
}

/* The table of assessment.md. */
static const char *outcome_by_table(struct way w, const char **change)
{
    *change = "";
    if (differ(w.p1, w.s1)) {
        int before = these->are == LINE ? compared(these->at[w.p0], these->at[w.s0]) : 0;
        int after = these->are == LINE ? compared(these->at[w.p1], these->at[w.s1]) : 0;
        int grown = compared(apart(w.p1, w.s1), apart(w.p0, w.s0));
        *change = before && before == -after ? "crossed"
                  : grown == 0               ? "unchanged"
                  : grown < 0                ? "narrowed"
                                             : "widened";
        return "both_stand";
    }
    bool practitioner_moved = !same(w.p0, w.p1), service_user_moved = !same(w.s0, w.s1);
    if (practitioner_moved && service_user_moved)
        return strictly_between(w.p1, w) && strictly_between(w.s1, w) ? "met_between" : "new_answer";
    return practitioner_moved ? "practitioner_moved" : service_user_moved ? "service_user_moved" : "agreed";
}

static char *way_words(struct way w)
{
    return xasprintf("%.30s (tolerance %g): %s and %s, then %s and %s", these->type, tolerance,
                     these->value[w.p0], these->value[w.s0], these->value[w.p1], these->value[w.s1]);
}

static struct form *form_of(void)
{
    const char *more = strchr(these->type, ',');
    int length = more ? (int)(more - these->type) : (int)strlen(these->type);
    bool tolerant = these->tolerances > 0;
    char *yaml =
        xasprintf("form: f\nversion: \"1\"\ntitle: T\nsections:\n  - section: one\n    questions:\n"
                  "      - {name: q, label: Q, type: %.*s%s%s%.3g}\n",
                  length, these->type, more ? more : "", tolerant ? ", tolerance: " : ", hint: H", tolerance);
    struct diags diags;
    diags_init(&diags, "f");
    struct form *form = form_load("f", yaml, strlen(yaml), &diags);
    if (!form)
        diags_print(&diags, yaml, strlen(yaml), stderr);
    assert_non_null(form);
    diags_release(&diags);
    free(yaml);
    return form;
}

/* Call `check` for each type with each of its tolerances. */
static void each_type(void (*check)(const struct form *form))
{
    for (int t = 0; t < KINDS_OF_ANSWERS; t++) {
        these = &all[t];
        for (count = 0; count < MOST && these->value[count]; count++)
            value[count] = json_loads(these->value[count], JSON_DECODE_ANY, NULL);
        for (int i = 0; i <= these->tolerances; i++) {
            tolerance = i * these->step;
            struct form *form = form_of();
            check(form);
            form_free(form);
        }
        for (int i = 0; i < count; i++)
            json_decref(value[i]);
    }
}

static void each_way(const struct form *form, void (*check)(const struct form *form, struct way w))
{
    for (int i = 0; i < count * count * count * count; i++)
        check(form, (struct way){i % count, i / count % count, i / count / count % count,
                                 i / count / count / count});
}

/* ---- the gap ---- */

static void gap_holds(const struct form *form)
{
    const struct question *q = &form->questions[0];
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < count; j++) {
            double gap = answer_gap(q, value[i], value[j]);
            if (fabs(gap - apart(i, j)) > 1e-9 && these->are != NAMES)
                fail_msg("%s: %s and %s are %g apart, not %g", these->type, these->value[i], these->value[j],
                         apart(i, j), gap);
            if (gap != answer_gap(q, value[j], value[i]))
                fail_msg("%s: from %s to %s is another way than back", these->type, these->value[i],
                         these->value[j]);
            if (answer_differs(q, value[i], value[j]) != differ(i, j))
                fail_msg("%s (tolerance %g): do %s and %s differ?", these->type, tolerance, these->value[i],
                         these->value[j]);
            if (tolerance == 0 && (fabs(gap) < 1e-9) != !answer_differs(q, value[i], value[j]))
                fail_msg("%s: %s and %s lie %g apart", these->type, these->value[i], these->value[j], gap);
            for (int k = 0; k < count; k++) {
                if (gap > answer_gap(q, value[i], value[k]) + answer_gap(q, value[k], value[j]) + 1e-9)
                    fail_msg("%s: from %s to %s is shorter by %s", these->type, these->value[i],
                             these->value[j], these->value[k]);
            }
        }
    }
}

static void test_gap(void **state)
{
    (void)state;
    each_type(gap_holds);
}

/* ---- the rule ---- */

static enum outcome rule(const struct form *form, struct way w, enum change *change)
{
    return disagreement_outcome(&form->questions[0], value[w.p0], value[w.s0], value[w.p1], value[w.s1],
                                change);
}

static void as_the_table_says(struct way w, enum outcome outcome, enum change change)
{
    const char *changed, *expected = outcome_by_table(w, &changed);
    if (strcmp(outcome_names[outcome], expected) == 0 && strcmp(change_names[change], changed) == 0)
        return;
    fail_msg("%s: %s %s, and not %s %s", way_words(w), expected, changed, outcome_names[outcome],
             change_names[change]);
}

static void rule_holds(const struct form *form, struct way w)
{
    enum change change;
    enum outcome outcome = rule(form, w, &change);
    as_the_table_says(w, outcome, change);
    if ((outcome == OUTCOME_BOTH_STAND) != (change != CHANGE_NONE))
        fail_msg("%s: both stand with a change, and nothing else", way_words(w));
}

static void rule_of(const struct form *form)
{
    each_way(form, rule_holds);
}

static void test_rule(void **state)
{
    (void)state;
    each_type(rule_of);
}

/* Neither of the two is anybody special: with the answers of one in the other's place it is the same, but for
 * who it was that moved. */
static void is_symmetric(const struct form *form, struct way w)
{
    enum change change, mirrored;
    enum outcome outcome = rule(form, w, &change);
    enum outcome mirror = rule(form, (struct way){w.s0, w.p0, w.s1, w.p1}, &mirrored);
    if (outcome == OUTCOME_PRACTITIONER_MOVED)
        outcome = OUTCOME_SERVICE_USER_MOVED;
    else if (outcome == OUTCOME_SERVICE_USER_MOVED)
        outcome = OUTCOME_PRACTITIONER_MOVED;
    if (outcome != mirror || change != mirrored)
        fail_msg("%s: the other way round it is %s %s", way_words(w), outcome_names[mirror],
                 change_names[mirrored]);
}

static void symmetry_of(const struct form *form)
{
    each_way(form, is_symmetric);
}

static void test_symmetry(void **state)
{
    (void)state;
    each_type(symmetry_of);
}

/* ---- lived through ---- */

/* In which order it is done. */
enum { ANSWERS_LATER = 1, CHANGES_LATER = 2, YES_LATER = 4, SETTLES = 8, ORDERS = 16 };

/* Does what an intent says: in an assessment alone, or in a session. */
typedef void doing(void *context, json_t *intent);

static void act(void *context, json_t *object)
{
    struct assessment *a = context;
    for (; object; object = assessment_owed(a)) {
        struct event event;
        char *cause = NULL;
        if (!event_parse(object, true, &event, &cause) || !assessment_follows(a, &event, &cause))
            fail_msg("refused: %s", cause);
        assessment_fold(a, &event);
        json_decref(object);
    }
}

static void act_in_session(void *context, json_t *intent)
{
    char *cause = NULL;
    if (!session_do(context, intent, &cause))
        fail_msg("refused: %s", cause);
}

static json_t *answered(enum who by, int i)
{
    return json_pack("{s:s, s:s, s:s, s:O}", "by", who_names[by], "event", "answered", "question", "q",
                     "value", value[i]);
}

static json_t *about(enum who by, const char *event)
{
    return json_pack("{s:s, s:s, s:s}", "by", who_names[by], "event", event, "disagreement", "d1");
}

static json_t *proposed(enum who by, const char *as, const json_t *agreed)
{
    json_t *intent = about(by, "proposed");
    json_object_set_new(intent, "as", json_string(as));
    if (agreed)
        json_object_set(intent, "value", (json_t *)agreed);
    return intent;
}

/* The two answer, see it differently, and settle it. */
static void live(doing *by_whom, void *context, const struct assessment *a, struct way w, unsigned order)
{
    enum who first = order & ANSWERS_LATER ? SERVICE_USER : PRACTITIONER;
    by_whom(context, answered(first, first == PRACTITIONER ? w.p0 : w.s0));
    by_whom(context, answered(who_other(first), first == PRACTITIONER ? w.s0 : w.p0));
    assert_int_equal(assessment_disagreement_of_id(a, "d1")->first, first);
    first = order & CHANGES_LATER ? SERVICE_USER : PRACTITIONER;
    if (order & SETTLES && w.p1 == w.s1) {
        by_whom(context, proposed(first, "agree", value[w.p1]));
    } else {
        for (int i = 0; i < PARTIES; i++, first = who_other(first)) {
            bool practitioner = first == PRACTITIONER;
            if (practitioner ? w.p1 != w.p0 : w.s1 != w.s0)
                by_whom(context, answered(first, practitioner ? w.p1 : w.s1));
        }
        if (differ(w.p1, w.s1))
            by_whom(context, proposed(first, "both_stand", NULL));
    }
    first = order & YES_LATER ? SERVICE_USER : PRACTITIONER;
    by_whom(context, about(first, "confirmed"));
    assert_int_equal(assessment_live(a), 1); /* one yes settles nothing */
    by_whom(context, about(who_other(first), "confirmed"));
    assert_int_equal(assessment_live(a), 0);
}

static void ended_by_the_table(const struct assessment *a, struct way w)
{
    const struct disagreement *d = assessment_disagreement_of_id(a, "d1");
    assert_int_equal(assessment_disagreements(a), 1);
    assert_int_equal(d->state, STATE_RESOLVED);
    as_the_table_says(w, d->outcome, d->change);
    assert_true(json_equal(d->before[PRACTITIONER].value, value[w.p0]));
    assert_true(json_equal(d->before[SERVICE_USER].value, value[w.s0]));
    assert_int_equal(d->proposal.confirmed[PRACTITIONER] && d->proposal.confirmed[SERVICE_USER], true);
}

static void every_order(const struct form *form, struct way w)
{
    if (!differ(w.p0, w.s0))
        return;
    for (unsigned order = 0; order < ORDERS; order++) {
        if (order & SETTLES && w.p1 != w.s1)
            continue;
        struct assessment *a = assessment_new(form);
        live(act, a, a, w, order);
        ended_by_the_table(a, w);
        /* Opened again and settled as it stands: the history is longer, and the end the same. */
        if (order == 0 || order == SETTLES) {
            bool keep = differ(w.p1, w.s1);
            act(a, about(SERVICE_USER, "reopened"));
            const struct disagreement *d = assessment_disagreement_of_id(a, "d1");
            assert_true(disagreement_is_live(d) && d->outcome == OUTCOME_NONE && d->change == CHANGE_NONE);
            if (keep)
                act(a, proposed(PRACTITIONER, "both_stand", NULL));
            act(a, about(SERVICE_USER, "confirmed"));
            act(a, about(PRACTITIONER, "confirmed"));
            ended_by_the_table(a, w);
        }
        assessment_free(a);
    }
}

static void orders_of(const struct form *form)
{
    /* The longest list in every order is much of the same. */
    if (count <= 5 || tolerance == 0)
        each_way(form, every_order);
}

static void test_orders(void **state)
{
    (void)state;
    each_type(orders_of);
}

/* ---- in a record, and read again ---- */

static void as_read_again(const struct form *form, const struct session *s, struct way w)
{
    const struct record *record = session_record(s);
    struct assessment *again = assessment_new(form);
    char *cause = NULL;
    for (size_t i = 0; i < record_count(record); i++) {
        if (!assessment_follows(again, record_event(record, i), &cause))
            fail_msg("%s: line %zu: %s", way_words(w), i + 1, cause);
        assessment_fold(again, record_event(record, i));
    }
    assert_null(assessment_owed(again));
    ended_by_the_table(again, w);
    const struct disagreement *d = assessment_disagreement_of_id(session_assessment(s), "d1");
    const struct disagreement *e = assessment_disagreement_of_id(again, "d1");
    assert_int_equal(d->turn_count, e->turn_count);
    assert_memory_equal(d->turns, e->turns, d->turn_count * sizeof *d->turns);
    assert_int_equal(d->closed, e->closed);
    assessment_free(again);
}

static unsigned ways;

static void as_a_record(const struct form *form, struct way w)
{
    if (!differ(w.p0, w.s0) || ways++ % 17)
        return;
    char *cause = NULL;
    struct session *s = session_in_memory(form_of(), &cause);
    assert_non_null(s);
    live(act_in_session, s, session_assessment(s), w, ways / 17 % ORDERS);
    ended_by_the_table(session_assessment(s), w);
    as_read_again(form, s, w);
    session_close(s);
}

static void records_of(const struct form *form)
{
    each_way(form, as_a_record);
}

static void test_records(void **state)
{
    (void)state;
    each_type(records_of);
    assert_true(ways / 17 > 500);
}

/* ---- raised by hand, where two answers are close enough for the question ---- */

static void test_close_enough(void **state)
{
    (void)state;
    static const struct {
        const char *as;
        int value; /* to agree on; 0: on what stands there */
        const char *outcome, *change;
    } cases[] = {
        {"both_stand", 0, "both_stand", "unchanged"},
        {"agree", 0, "agreed", ""}, /* nobody moved */
        {"agree", 3, "practitioner_moved", ""},
        {"agree", 2, "service_user_moved", ""},
        {"agree", 5, "new_answer", ""},
    };
    these = &all[0];
    tolerance = 1;
    struct form *form = form_of();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct assessment *a = assessment_new(form);
        for (int party = 0; party < PARTIES; party++)
            act(a, json_pack("{s:s, s:s, s:s, s:i}", "by", who_names[party], "event", "answered", "question",
                             "q", "value", 2 + party));
        assert_int_equal(assessment_disagreements(a), 0);
        act(a, json_pack("{s:s, s:s, s:s, s:s, s:s}", "by", "service_user", "event", "raised", "question",
                         "q", "because", "It is more than you think", "disagreement", "d1"));
        json_t *intent = proposed(PRACTITIONER, cases[i].as, NULL);
        if (cases[i].value)
            json_object_set_new(intent, "value", json_integer(cases[i].value));
        act(a, intent);
        act(a, about(PRACTITIONER, "confirmed"));
        act(a, about(SERVICE_USER, "confirmed"));
        const struct disagreement *d = assessment_disagreement_of_id(a, "d1");
        assert_string_equal(outcome_names[d->outcome], cases[i].outcome);
        assert_string_equal(change_names[d->change], cases[i].change);
        assessment_free(a);
    }
    form_free(form);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gap),    cmocka_unit_test(test_rule),    cmocka_unit_test(test_symmetry),
        cmocka_unit_test(test_orders), cmocka_unit_test(test_records), cmocka_unit_test(test_close_enough),
    };
    return cmocka_run_group_tests_name("outcomes", tests, NULL, NULL);
}
