/* The outcome rule, over every pair of answers on a ladder of five before and after, for each tolerance: the
 * rule as a function, and the same pairs lived through event by event; for times and days with a time too,
 * which lie on a line as well. Then over every pair of orders of three, which lie on none. What is expected
 * is stated here a second time, by sets and words of its own. */
#include "check.h"

#include "assessment/answer.h"
#include "assessment/assessment.h"
#include "base/mem.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS = 5 };

/* What a step of the ladder is as an answer, and how far it is to the next in what its tolerance counts. */
static const struct line {
    const char *keys; /* of the question */
    double step;
    const char *answers[STEPS]; /* NULL: the number itself */
} lines[] =
    {
        {"type: range, min: 1, max: 5", 1, {NULL}},
        {"type: time", 95, {"07:30", "09:05", "10:40", "12:15", "13:50"}},
        {"type: date_time",
         0.5,
         {"2026-02-28T01:10", "2026-02-28T13:10", "2026-03-01T01:10", "2026-03-01T13:10",
          "2026-03-02T01:10"}},
},
  *line = &lines[0];

static json_t *answer_at(int step)
{
    const char *text = line->answers[step - 1];
    return text ? json_string(text) : json_integer(step);
}

struct pair {
    int p, s;
};

static const struct expected {
    const char *outcome, *change;
} nobody_knows = {"?", "?"};

static int distance(struct pair pair)
{
    return abs(pair.p - pair.s);
}

static bool strictly_within(int x, struct pair ends)
{
    return (ends.p < x && x < ends.s) || (ends.s < x && x < ends.p);
}

/* assessment.md's table, row by row; "equal" is within the tolerance. */
static struct expected expect(struct pair before, struct pair after, int tolerance)
{
    if (distance(after) > tolerance) {
        bool passed =
            (before.p > before.s && after.p < after.s) || (before.p < before.s && after.p > after.s);
        if (passed)
            return (struct expected){"both_stand", "crossed"};
        if (distance(after) == distance(before))
            return (struct expected){"both_stand", "unchanged"};
        return (struct expected){"both_stand", distance(after) < distance(before) ? "narrowed" : "widened"};
    }
    if (after.s == before.s && after.p != before.p)
        return (struct expected){"practitioner_moved", ""};
    if (after.p == before.p && after.s != before.s)
        return (struct expected){"service_user_moved", ""};
    if (after.p == before.p && after.s == before.s)
        return nobody_knows; /* they would not have differed */
    if (strictly_within(after.p, before) && strictly_within(after.s, before))
        return (struct expected){"met_between", ""};
    return (struct expected){"new_answer", ""};
}

static struct form *ladder(int tolerance)
{
    struct strbuf yaml = STRBUF_INIT;
    strbuf_addf(&yaml,
                "form: ladder\nversion: \"1\"\ntitle: A ladder\nlanguages: [en]\n"
                "sections:\n  - section: one\n    title: One\n    questions:\n"
                "      - {name: q, %s, label: Where?, tolerance: %g}\n",
                line->keys, line->step * tolerance);
    struct diags diags;
    diags_init(&diags, "ladder");
    struct form *form = form_load("ladder", yaml.text, yaml.length, &diags);
    assert_non_null(form);
    diags_release(&diags);
    strbuf_release(&yaml);
    return form;
}

/* Call `check` for all that can be. */
static void all_pairs(int tolerance, void (*check)(const struct form *form, struct pair before,
                                                   struct pair after, int tolerance))
{
    struct form *form = ladder(tolerance);
    for (int i = 0; i < STEPS * STEPS * STEPS * STEPS; i++) {
        struct pair before = {i % STEPS + 1, i / STEPS % STEPS + 1};
        struct pair after = {i / STEPS / STEPS % STEPS + 1, i / STEPS / STEPS / STEPS + 1};
        if (distance(before) > tolerance)
            check(form, before, after, tolerance);
    }
    form_free(form);
}

static void same(struct pair before, struct pair after, int tolerance, enum outcome outcome,
                 enum change change)
{
    struct expected expected = expect(before, after, tolerance);
    if (strcmp(outcome_names[outcome], expected.outcome) != 0 ||
        strcmp(change_names[change], expected.change) != 0)
        fail_msg("%d,%d then %d,%d (tolerance %d): expected %s %s, but it is %s %s", before.p, before.s,
                 after.p, after.s, tolerance, expected.outcome, expected.change, outcome_names[outcome],
                 change_names[change]);
}

static void check_rule(const struct form *form, struct pair before, struct pair after, int tolerance)
{
    json_t *p0 = answer_at(before.p), *s0 = answer_at(before.s);
    json_t *p1 = answer_at(after.p), *s1 = answer_at(after.s);
    enum change change;
    enum outcome outcome = disagreement_outcome(&form->questions[0], p0, s0, p1, s1, &change);
    same(before, after, tolerance, outcome, change);
    json_decref(p0);
    json_decref(s0);
    json_decref(p1);
    json_decref(s1);
}

/* ---- the same, lived through ---- */

static void take(struct assessment *a, json_t *object)
{
    struct event event;
    char *cause = NULL;
    if (!event_parse(object, true, &event, &cause) || !assessment_follows(a, &event, &cause))
        fail_msg("refused: %s", cause);
    assessment_fold(a, &event);
    json_decref(object);
}

static void act(struct assessment *a, json_t *object)
{
    take(a, object);
    json_t *owed;
    while ((owed = assessment_owed(a)))
        take(a, owed);
}

static void answer(struct assessment *a, enum who by, int value)
{
    act(a, json_pack("{s:s, s:s, s:s, s:o}", "by", who_names[by], "event", "answered", "question", "q",
                     "value", answer_at(value)));
}

static void check_life(const struct form *form, struct pair before, struct pair after, int tolerance)
{
    struct assessment *a = assessment_new(form);
    answer(a, PRACTITIONER, before.p);
    answer(a, SERVICE_USER, before.s);
    const struct disagreement *d = assessment_disagreement_of_id(a, "d1");
    assert_non_null(d);
    if (after.p != before.p)
        answer(a, PRACTITIONER, after.p);
    if (after.s != before.s)
        answer(a, SERVICE_USER, after.s);
    d = assessment_disagreement_of_id(a, "d1");
    /* Whether they agree now is the program's to see; that they keep both, theirs to say. */
    assert_int_equal(d->proposal.seq != 0, distance(after) <= tolerance);
    if (!d->proposal.seq)
        act(a, json_pack("{s:s, s:s, s:s, s:s}", "by", "service_user", "event", "proposed", "disagreement",
                         "d1", "as", "both_stand"));
    act(a, json_pack("{s:s, s:s, s:s}", "by", "practitioner", "event", "confirmed", "disagreement", "d1"));
    assert_int_equal(assessment_live(a), 1);
    act(a, json_pack("{s:s, s:s, s:s}", "by", "service_user", "event", "confirmed", "disagreement", "d1"));
    assert_int_equal(assessment_live(a), 0);
    d = assessment_disagreement_of_id(a, "d1");
    assert_int_equal(d->state, STATE_RESOLVED);
    same(before, after, tolerance, d->outcome, d->change);
    assert_int_equal(assessment_disagreements(a), 1);
    /* Agreed is only what is the same to the step. */
    assert_int_equal(assessment_agreed(a, 0) != NULL, distance(after) == 0);
    assessment_free(a);
}

static void each_line(void (*check)(const struct form *form, struct pair before, struct pair after,
                                    int tolerance))
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        line = &lines[i];
        for (int tolerance = 0; tolerance < STEPS - 1; tolerance++)
            all_pairs(tolerance, check);
    }
    line = &lines[0];
}

static void test_rule(void **state)
{
    (void)state;
    each_line(check_rule);
}

static void test_life(void **state)
{
    (void)state;
    each_line(check_life);
}

/* How often each must come, counted by hand for tolerance 0: 20 pairs that differ, 25 ways on from each. */
static int counts[OUTCOME_AGREED + 1];

static void count(const struct form *form, struct pair before, struct pair after, int tolerance)
{
    (void)tolerance;
    json_t *v[4] = {json_integer(before.p), json_integer(before.s), json_integer(after.p),
                    json_integer(after.s)};
    enum change change;
    counts[disagreement_outcome(&form->questions[0], v[0], v[1], v[2], v[3], &change)]++;
    for (int i = 0; i < 4; i++)
        json_decref(v[i]);
}

static void test_counts(void **state)
{
    (void)state;
    all_pairs(0, count);
    assert_int_equal(counts[OUTCOME_PRACTITIONER_MOVED], 20); /* to the other's answer: one way each */
    assert_int_equal(counts[OUTCOME_SERVICE_USER_MOVED], 20);
    assert_int_equal(counts[OUTCOME_BOTH_STAND], 20 * 20);
    assert_int_equal(counts[OUTCOME_MET_BETWEEN],
                     2 * (3 * 1 + 2 * 2 + 1 * 3)); /* steps between two and apart */
    assert_int_equal(counts[OUTCOME_NEW_ANSWER], 20 * 3 - 20);
}

/* ---- orders ---- */

static const char orders[6][4] = {"abc", "acb", "bac", "bca", "cab", "cba"};

static json_t *order(int i)
{
    json_t *list = json_array();
    for (int place = 0; place < 3; place++)
        json_array_append_new(list, json_sprintf("%c", orders[i][place]));
    return list;
}

/* Two neighbours that change places are 1 apart; one end that goes to the other, or both ends, 2. */
static int places(int i, int j)
{
    static const int by_first[6] = {0, 1, 1, 2, 2, 2}; /* from abc to each */
    char renamed[4] = "";
    for (int place = 0; place < 3; place++)
        renamed[place] = (char)('a' + (strchr(orders[i], orders[j][place]) - orders[i]));
    for (int k = 0; k < 6; k++) {
        if (strcmp(orders[k], renamed) == 0)
            return by_first[k];
    }
    return -1;
}

static const char *order_outcome(int p0, int s0, int p1, int s1, int tolerance, const char **change)
{
    int before = places(p0, s0), after = places(p1, s1);
    *change = "";
    if (after > tolerance) {
        *change = after < before ? "narrowed" : after > before ? "widened" : "unchanged";
        return "both_stand";
    }
    return s1 == s0 ? "practitioner_moved" : p1 == p0 ? "service_user_moved" : "new_answer";
}

static void test_orders(void **state)
{
    (void)state;
    static const char text[] = "form: orders\nversion: \"1\"\ntitle: T\nsections:\n  - section: one\n"
                               "    questions:\n      - {name: q, type: rank, label: What first?, "
                               "tolerance: %d, choices: [{name: a, label: A}, {name: b, label: B}, "
                               "{name: c, label: C}]}\n";
    for (int tolerance = 0; tolerance < 2; tolerance++) {
        struct diags diags;
        diags_init(&diags, "orders");
        char *yaml = xasprintf(text, tolerance);
        struct form *form = form_load("orders", yaml, strlen(yaml), &diags);
        assert_non_null(form);
        for (int i = 0; i < 6 * 6 * 6 * 6; i++) {
            int at[4] = {i % 6, i / 6 % 6, i / 36 % 6, i / 216};
            if (places(at[0], at[1]) <= tolerance)
                continue;
            json_t *v[4];
            for (int k = 0; k < 4; k++)
                v[k] = order(at[k]);
            assert_true(answer_gap(&form->questions[0], v[0], v[1]) == places(at[0], at[1]));
            enum change change;
            const char *changed, *outcome = order_outcome(at[0], at[1], at[2], at[3], tolerance, &changed);
            enum outcome is = disagreement_outcome(&form->questions[0], v[0], v[1], v[2], v[3], &change);
            if (strcmp(outcome_names[is], outcome) != 0 || strcmp(change_names[change], changed) != 0)
                fail_msg("%s,%s then %s,%s (tolerance %d): expected %s %s, but it is %s %s", orders[at[0]],
                         orders[at[1]], orders[at[2]], orders[at[3]], tolerance, outcome, changed,
                         outcome_names[is], change_names[change]);
            for (int k = 0; k < 4; k++)
                json_decref(v[k]);
        }
        form_free(form);
        diags_release(&diags);
        free(yaml);
    }
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rule),
        cmocka_unit_test(test_life),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_orders),
    };
    return cmocka_run_group_tests_name("outcome", tests, NULL, NULL);
}
