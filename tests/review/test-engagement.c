/* Engagement and flags, over records made by hand: each number is counted here. */
#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "review/engagement.h"
#include "review/made.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAT                                                                                                  \
    "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"      \
    "\"Sam\"}}\n"
#define TOLD(topic, value)                                                                                   \
    "{\"by\":\"practitioner\",\"event\":\"told\",\"topic\":\"" topic "\",\"value\":" value "}\n"
#define CLOSED TOLD("recap", "true") "{\"by\":\"practitioner\",\"event\":\"closed\"}\n"
#define SITTING(at) "@" at "T10:00:00Z\n" SAT "+1800\n" CLOSED
#define HAPPENED(on, what, more)                                                                             \
    "{\"by\":\"practitioner\",\"event\":\"happened\",\"what\":\"" what "\",\"on\":\"" on "\"" more "}\n"
#define PROMISED(by, when)                                                                                   \
    "{\"by\":\"" by "\",\"event\":\"promised\",\"text\":\"To ring\",\"by_when\":\"" when "\"}\n"
#define KEPT(by, promise, kept)                                                                              \
    "{\"by\":\"" by "\",\"event\":\"kept\",\"promise\":" promise ",\"kept\":" kept "}\n"

struct expected {
    const char *figure, *label, *words;
};

static void says(const struct scope *scope, const struct expected *expected)
{
    for (; expected->figure; expected++) {
        char *words = made_line(scope, expected->figure, expected->label);
        if (strcmp(words, expected->words) != 0)
            fail_msg("%s, “%s”: %s, not %s", expected->figure, expected->label, words, expected->words);
        free(words);
    }
}

/* ---- for how long ---- */

/* Ten episodes of nine people, in days:
 *
 *   A  2026-01-01, last entry 2026-01-11: goes on                       10, censored
 *   B  2026-01-01, stopped coming 2026-01-21                            20, ended
 *   B  came back 2026-02-10, last entry 2026-03-12                      30, censored
 *   C  two records, 2026-01-01 and 2026-02-10, left in the second on
 *      2026-02-20, by choice: one episode                               50, ended
 *   D  planned on 2026-02-20: not dropped out                           50, censored
 *   E  released on 2026-03-02                                           60, censored
 *   F  another way on 2026-03-12: nobody said that they dropped out     70, censored
 *   G  stopped coming on 2026-03-22                                     80, ended
 *   H  left on 2026-03-22, and nobody said how                          80, censored
 *   I  two records of one day, both go on, the last entry 2026-04-01    90, censored
 *
 * At risk at 20: 9 (A is gone), at 50: 7 (both of B are gone), at 80: 3 (D, E, F too; H was last seen then,
 * and counts as there). S = 8/9; 8/9 6/7; 8/9 6/7 2/3. Twelve rows: C and I have two each. */
static struct collection *episodes(void)
{
    struct collection *c = collection_new();
#define LEFT(on, how) "@" on "T12:00:00Z\n" HAPPENED(on, "left", how)
    made_add(c, "A", SITTING("2026-01-01") "@2026-01-11T12:00:00Z\nP home 3\n");
    made_add(c, "B",
             SITTING("2026-01-01")
                 LEFT("2026-01-21", ",\"how\":\"stopped_coming\"") "@2026-02-10T12:00:00Z\n" HAPPENED(
                     "2026-02-10", "returned", "") "@2026-03-12T12:00:00Z\nP home 3\n");
    made_add(c, "C", SITTING("2026-01-01") "@2026-01-20T12:00:00Z\nP home 3\n");
    made_add(c, "c", SITTING("2026-02-10") LEFT("2026-02-20", ",\"how\":\"withdrew\""));
    made_add(c, "D", SITTING("2026-01-01") LEFT("2026-02-20", ",\"how\":\"planned\""));
    made_add(c, "E", SITTING("2026-01-01") LEFT("2026-03-02", ",\"how\":\"released\""));
    made_add(c, "F", SITTING("2026-01-01") LEFT("2026-03-12", ",\"how\":\"other\""));
    made_add(c, "G", SITTING("2026-01-01") LEFT("2026-03-22", ",\"how\":\"stopped_coming\""));
    made_add(c, "H", SITTING("2026-01-01") LEFT("2026-03-22", ""));
    made_add(c, "I", SITTING("2026-01-01") "@2026-04-01T12:00:00Z\nP home 3\n");
    made_add(c, "I", SITTING("2026-01-01") "@2026-03-01T12:00:00Z\nP home 3\n");
    clock_fix_at("2026-12-01T12:00:00Z");
    return c;
}

/* B32: Kaplan and Meier's curve of the time to drop-out, by episode. */
static void test_drop_out(void **state)
{
    (void)state;
    struct collection *c = episodes();
    struct scope all = {c, NULL};
    struct drop_out drop_out;
    drop_out_work(&all, &drop_out);
    assert_int_equal(drop_out.rows, 12);
    assert_int_equal(drop_out.curve.n, 10);
    assert_int_equal(drop_out.curve.ended, 3);
    static const struct {
        double time, survival;
        int64_t at_risk;
    } steps[] = {{20, 8. / 9, 9}, {50, 8. / 9 * 6 / 7, 7}, {80, 8. / 9 * 6 / 7 * 2 / 3, 3}};
    assert_int_equal(drop_out.curve.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(drop_out.curve.steps[i].time == steps[i].time);
        assert_int_equal(drop_out.curve.steps[i].at_risk, steps[i].at_risk);
        assert_true(fabs(drop_out.curve.steps[i].survival - steps[i].survival) < 1e-12);
    }
    assert_true(drop_out.curve.followed == 90);
    drop_out_release(&drop_out);
    static const struct expected expected[] = {
        {"drop_out", "Goes on after 30 days", "0.89 (0.43 to 0.98), n 10"},
        {"drop_out", "Half have dropped out after", "n 10. It has not gone on for long enough to say."},
        {"drop_out", "They stopped coming", "2 of 12 (17 %, 5 to 45)"},
        {"drop_out", "They chose to leave", "1 of 12 (8 %, 1 to 35)"},
        {"drop_out", "It ended in another way, or nobody said how", "2 of 12 (17 %, 5 to 45)"},
        {"drop_out", "It goes on, as far as the record tells", "5 of 12 (42 %, 19 to 68)"},
        {0},
    };
    says(&all, expected);
    /* One episode is too few to show; who dropped out stays among all, whatever is in view. */
    struct scope one = {c, "case=g"};
    static const struct expected of_one[] = {
        {"drop_out", "Goes on after 30 days", "n 1. There are fewer than 10, so only the counts are shown."},
        {"drop_out", "They stopped coming", "1 of 1: too few for a share"},
        {0},
    };
    says(&one, of_one);
    made_lines_open(&all);
    collection_free(c);
}

/* ---- sittings, promises, who came ---- */

/* Case K-1, two records, five sittings of half an hour: 5 and 19 January, 2 February; 2 and 30 April. Case
 * K-2, one: 10 February. */
static struct collection *work(void)
{
    struct collection *c = collection_new();
    made_add(c, "K-1",
             SITTING("2026-01-05")
             /* Promises: lines 5 to 8 (before them: opened, sat, told, closed). */
             PROMISED("practitioner", "2026-01-10") PROMISED("practitioner", "2026-01-12") PROMISED(
                 "practitioner", "2026-01-14") PROMISED("service_user", "2026-01-10") SITTING("2026-01-19")
                 KEPT("practitioner", "5", "true") KEPT("service_user", "5", "true")
                     KEPT("practitioner", "6", "true") KEPT("service_user", "6", "false") KEPT("practitioner",
                                                                                               "8", "false")
                         KEPT("service_user", "8", "true") "@2026-02-02T10:00:00Z\n" SAT TOLD(
                             "agenda", "[\"home\"]") "+1800\n" TOLD("recap", "true")
                             TOLD("practice", "[\"structure\",\"relationship\",\"motivation\"]") TOLD(
                                 "next",
                                 "\"2026-02-20\"") "{\"by\":\"practitioner\",\"event\":\"closed\"}"
                                                   "\n" HAPPENED("2026-01-12", "missed",
                                                                 ",\"whose\":\"service_user\",\"absence\":"
                                                                 "\"acceptable\"")
                                                       HAPPENED("2026-01-26", "missed",
                                                                ",\"whose\":\"practitioner\"")
                                                           HAPPENED("2026-01-27", "cancelled",
                                                                    ",\"whose\":\"practitioner\"")
                                                               HAPPENED("2026-01-28", "cancelled",
                                                                        ",\"whose\":\"other\"")
                                                                   HAPPENED("2026-01-19", "late",
                                                                            ",\"whose\":\"practitioner\","
                                                                            "\"minutes\":20")
                                                                       HAPPENED("2026-01-29", "attempt",
                                                                                ",\"how\":\"call\","
                                                                                "\"reached\":\"no\"")
                                                                           HAPPENED("2026-01-30", "attempt",
                                                                                    ",\"how\":\"call\","
                                                                                    "\"reached\":\"yes\""));
    made_add(c, "K-1", SITTING("2026-04-02") SITTING("2026-04-30"));
    made_add(
        c, "K-2",
        "@2026-02-10T10:00:00Z\n" SAT "+1800\n" TOLD("recap", "true")
            TOLD("practice", "[\"structure\"]") "{\"by\":\"practitioner\",\"event\":\"closed\"}\n" PROMISED(
                "practitioner", "2026-12-30"));
    clock_fix_at("2026-06-01T12:00:00Z");
    return c;
}

static void test_work(void **state)
{
    (void)state;
    struct collection *c = work();
    struct scope all = {c, NULL};
    static const struct expected expected[] = {
        {"sittings", "Sittings", "6"},
        {"sittings", "2026-01", "2"},
        {"sittings", "2026-02", "2"},
        {"sittings", "2026-03", "0"},
        {"sittings", "2026-04", "2"},
        {"sittings", "Sittings with one person",
         "n 2. There are fewer than 10, so only the counts are shown."},
        {"sittings", "From one to that person's next",
         "n 4. There are fewer than 10, so only the counts are shown."},
        {"attendance", "Took place", "6 of 10 (60 %, 31 to 83)"},
        {"attendance", "Missed", "2 of 10 (20 %, 6 to 51)"},
        {"attendance", "The practitioner", "1 of 2: too few for a share"},
        {"attendance", "The service user", "1 of 2: too few for a share"},
        {"attendance", "The practitioner: for a good reason", "0 of 1: too few for a share"},
        {"attendance", "Called off before", "2 of 10 (20 %, 6 to 51)"},
        {"attendance", "Began late", "1"},
        {"attendance", "Tries to get in touch", "2"},
        {"attendance", "It got through", "1 of 2: too few for a share"},
        /* A35: staff promises: 5 and 6 the practitioner says kept; the service user says so of 5 and not of
         * 6; 7 is over and nobody has said; K-2's is not due. */
        {"promises", "The practitioner's promises", "4"},
        {"promises", "Kept, as the practitioner says", "2 of 2: too few for a share"},
        {"promises", "Kept, as the service user says", "1 of 2: too few for a share"},
        {"promises", "Kept, as both say", "1 of 4: too few for a share"},
        {"promises", "The day is over, and neither says it was kept", "1 of 4: too few for a share"},
        {"promises", "The service user's promises", "1"},
        /* A1, A3: structure twice, relationship and motivation once; of six sittings. */
        {"practice", "Gave the sitting a shape", "2"},
        {"practice", "Built trust", "1"},
        {"practice", "Was fair and open, and showed how", "0"},
        {"practice", "Drew out their own reasons to change", "1"},
        {"practice", "Structuring sessions", "2 of 6"},
        /* B30 */
        {"complete", "Sittings", "6"},
        {"complete", "It was chosen what to talk about", "1"},
        {"complete", "What was done was looked at together", "6"},
        {"complete", "The day of the next one was agreed", "1"},
        {"complete", "It was closed, and not only left", "6"},
        {"complete", "Records", "3"},
        {"complete", "Both have signed", "0"},
        {0},
    };
    says(&all, expected);
    struct sittings_counted counted;
    sittings_count(&all, &counted);
    static const double between[] = {14, 14, 59, 28};
    assert_int_equal(counted.between_count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_true(counted.between[i] == between[i]);
    assert_true(counted.each_count == 2 && counted.each[0] == 5 && counted.each[1] == 1);
    sittings_release(&counted);
    assert_true(made_lines_open(&all) > 100);
    collection_free(c);
}

/* A35: with ten of them, the share and its range: 8 of 10 as the practitioner says, 5 of 10 as the other. */
static void test_kept_rate(void **state)
{
    (void)state;
    struct collection *c = collection_new();
    struct strbuf script = STRBUF_INIT;
    strbuf_add(&script, SITTING("2026-01-05"));
    for (int i = 0; i < 10; i++)
        strbuf_add(&script, PROMISED("practitioner", "2026-01-10"));
    strbuf_add(&script, "@2026-01-12T10:00:00Z\n");
    for (int i = 0; i < 10; i++) {
        for (int party = 0; party < PARTIES; party++)
            strbuf_addf(&script, "{\"by\":\"%s\",\"event\":\"kept\",\"promise\":%d,\"kept\":%s}\n",
                        party == PRACTITIONER ? "practitioner" : "service_user", 5 + i,
                        i < (party == PRACTITIONER ? 8 : 5) ? "true" : "false");
    }
    made_add(c, "K-1", script.text);
    strbuf_release(&script);
    struct scope all = {c, NULL};
    static const struct expected expected[] = {
        {"promises", "Kept, as the practitioner says", "8 of 10 (80 %, 49 to 94)"},
        {"promises", "Kept, as the service user says", "5 of 10 (50 %, 24 to 76)"},
        {"promises", "Kept, as both say", "5 of 10 (50 %, 24 to 76)"},
        {0},
    };
    says(&all, expected);
    collection_free(c);
}

/* ---- questions ---- */

/* How many questions of a kind there are, and whether the first is this one. */
static void asks(const struct scope *scope, const char *name, size_t count, const char *question)
{
    for (const struct flag_kind *kind = flag_table; kind->name; kind++) {
        if (strcmp(kind->name, name) != 0)
            continue;
        struct flags flags = {0};
        kind->look(scope, &flags);
        if (flags.count != count)
            fail_msg("%s: %zu questions, not %zu", name, flags.count, count);
        if (count > 0 && question && strncmp(flags.flags[0].question, question, strlen(question)) != 0)
            fail_msg("%s: %s, not %s", name, flags.flags[0].question, question);
        flags_release(&flags);
        return;
    }
    fail_msg("there is no flag %s", name);
}

/* So many questions in which the service user moves, after so many seconds, and the last in which the
 * practitioner does, where `both`. Of the answers the practitioner's come first. */
static void moves(struct collection *c, const char *ref, int count, int seconds, bool both)
{
    struct strbuf script = STRBUF_INIT;
    strbuf_add(&script, "@2026-01-05T10:00:00Z\n" SAT);
    for (int i = 1; i <= count; i++)
        strbuf_addf(&script, "P q%d 4\nS q%d 2\n+%d\n%c q%d %d\n= d%d\n", i, i, seconds,
                    both && i == count ? 'P' : 'S', i, both && i == count ? 2 : 4, i);
    made_add(c, ref, script.text);
    strbuf_release(&script);
}

/* So many questions to which both say the same. */
static void agrees(struct collection *c, const char *ref, int count, bool in_turns)
{
    struct strbuf script = STRBUF_INIT;
    strbuf_add(&script, "@2026-01-05T10:00:00Z\n" SAT);
    for (int i = 1; i <= count; i++)
        strbuf_addf(&script, in_turns && i % 2 ? "S q%d 4\nP q%d 4\n" : "P q%d 4\nS q%d 4\n", i, i);
    made_add(c, ref, script.text);
    strbuf_release(&script);
}

static void test_flags(void **state)
{
    (void)state;
    /* One side: 4 are no pattern, 5 are; not where the other moved once. In two records of one case they are
     * taken together. */
    struct collection *c = collection_new();
    struct scope all = {c, NULL};
    moves(c, "K-1", 4, 90, false);
    asks(&all, "one_side", 0, NULL);
    moves(c, "k 1", 1, 90, false);
    moves(c, "K-2", 6, 90, true);
    asks(&all, "one_side", 1, "K-1: in all 5 things");
    moves(c, "A\"B", 5, 90, false); /* a reference that no filter can hold */
    asks(&all, "one_side", 2, NULL);
    made_lines_open(&all);
    /* 16 took a minute and a half; nobody's words stand in any. */
    asks(&all, "under_a_minute", 0, NULL);
    asks(&all, "no_words", 2, "16 things were closed without a word of the service user's");
    collection_free(c);

    c = collection_new();
    all.collection = c;
    moves(c, "K-1", 4, 59, false);
    asks(&all, "under_a_minute", 0, NULL);
    asks(&all, "no_words", 0, NULL);
    moves(c, "K-2", 1, 59, false);
    moves(c, "K-3", 1, 60, false);
    asks(&all, "under_a_minute", 1, "5 things were closed in less than a minute");
    collection_free(c);

    /* Nothing seen differently, and the same one first: from 20 questions on. */
    c = collection_new();
    all.collection = c;
    agrees(c, "K-1", 19, false);
    asks(&all, "agreed", 0, NULL);
    asks(&all, "same_first", 0, NULL);
    agrees(c, "K-2", 20, false);
    agrees(c, "K-3", 20, true);
    asks(&all, "same_first", 1, "K-2: the practitioner answered first in all 20 questions");
    asks(&all, "agreed", 1, "2 records in which");
    all.filter = "case=K-3";
    asks(&all, "agreed", 1, "In one record");
    asks(&all, "same_first", 0, NULL);
    made_lines_open(&all);
    collection_free(c);

    /* What waits past its day, and promises: from one on. */
    c = collection_new();
    all = (struct scope){c, NULL};
    made_add(c, "K-1",
             "@2026-02-10T10:00:00Z\n" SAT "P safe 2\nS safe 4\n"
             "{\"by\":\"practitioner\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"needs_"
             "information\","
             "\"what\":\"The letter\",\"by_when\":\"2026-03-01\"}\n= d1\n" PROMISED(
                 "practitioner", "2026-03-01") PROMISED("service_user", "2026-03-01"));
    clock_fix_at("2026-03-01T12:00:00Z");
    asks(&all, "overdue", 0, NULL);
    asks(&all, "promises", 0, NULL);
    clock_fix_at("2026-03-02T12:00:00Z");
    asks(&all, "overdue", 1, "One thing waits");
    asks(&all, "promises", 1, "The day of one promise");
    asks(&all, "unread", 0, NULL);
    made_lines_open(&all);
    collection_free(c);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drop_out),
        cmocka_unit_test(test_work),
        cmocka_unit_test(test_kept_rate),
        cmocka_unit_test(test_flags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
