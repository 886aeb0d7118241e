/* Following: what goes on from one assessment to the next, how far the two have come, the whole cycle, and
 * the reviews that are due. Days are set by the clock; all records lie in a folder of their own. */
#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/path.h"
#include "caseload/due.h"
#include "session/cycle.h"
#include "session/distance.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/alongside-following-XXXXXX";
static int records;
static time_t clock_at;

static const char first_form[] = "form: first\nversion: \"1\"\ntitle: The first\n"
                                 "scales: {ten: {min: 1, max: 10, wobble: 2}}\n"
                                 "sections:\n"
                                 "  - section: one\n"
                                 "    questions:\n"
                                 "      - {name: home, type: range, scale: ten, trend: true, label: Home}\n"
                                 "      - {name: friends, type: integer, trend: true, label: Friends}\n"
                                 "      - {name: story, type: text, label: My story}\n"
                                 "  - section: plan\n"
                                 "    stage: plan\n"
                                 "    questions:\n"
                                 "      - {name: aim, type: text, asked_of: together, label: Our aim}\n";
static const char review_form[] = "form: again\nversion: \"1\"\ntitle: The review\n"
                                  "scales: {ten: {min: 1, max: 10, wobble: 2}}\n"
                                  "sections:\n"
                                  "  - section: one\n"
                                  "    stage: review\n"
                                  "    questions:\n"
                                  "      - {name: home, type: range, scale: ten, trend: true, label: Home}\n"
                                  "      - {name: friends, type: integer, trend: true, label: Friends}\n"
                                  "      - {name: mood, type: range, scale: ten, trend: true, label: Mood}\n";

static void set_day(const char *day)
{
    char *instant = xasprintf("%sT10:00:00Z", day);
    clock_at = clock_parse(instant);
    clock_fix(clock_at);
    free(instant);
}

static struct form *form_of(const char *yaml)
{
    struct diags diags;
    diags_init(&diags, "form");
    struct form *form = form_load("form", yaml, strlen(yaml), &diags);
    diags_release(&diags);
    assert_non_null(form);
    return form;
}

static struct session *begin(const char *yaml, const struct session *earlier)
{
    char *cause = NULL, *id = xasprintf("01AAAAAAAAAAAAAAAAAAAAAA%02d", ++records);
    char *path = caseload_new_path(folder, id);
    struct session *s = earlier ? session_follow(path, id, "K-1", form_of(yaml), earlier, &cause)
                                : session_begin(path, id, "K-1", form_of(yaml), &cause);
    free(path);
    free(id);
    if (!s)
        fail_msg("%s", cause);
    return s;
}

/* Quotes are written as ' for ease; a minute goes by. */
static void does(struct session *s, const char *intent)
{
    char *text = xstrdup(intent), *cause = NULL;
    for (char *c = text; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    json_t *json = json_loads(text, 0, NULL);
    assert_non_null(json);
    clock_fix(clock_at += 60);
    if (!session_do(s, json, &cause))
        fail_msg("%s: %s", text, cause);
    free(text);
}

static void sit(struct session *s, const char *day)
{
    set_day(day);
    does(s, "{'by':'practitioner','event':'sat','people':{'practitioner':'Rae','service_user':'Sam'},"
            "'seats':{'left':'service_user'}}");
}

static void answers(struct session *s, const char *who, const char *question, const char *value)
{
    char *intent =
        xasprintf("{'by':'%s','event':'answered','question':'%s','value':%s}", who, question, value);
    does(s, intent);
    free(intent);
}

static int forget(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind;
    return ftw->level > 0 ? remove(path) : 0;
}

static int empty(void **state)
{
    (void)state;
    records = 0;
    set_day("2026-01-01");
    return nftw(folder, forget, 8, FTW_DEPTH | FTW_PHYS);
}

static void is_said(char *words, const char *wanted)
{
    assert_string_equal(words, wanted);
    free(words);
}

static const struct distance_row *row_of(const struct distance *d, const char *question)
{
    for (size_t i = 0; i < d->count; i++) {
        if (strcmp(d->rows[i].question, question) == 0)
            return &d->rows[i];
    }
    fail_msg("no row of %s", question);
    return NULL;
}

/* ---- how far they have come ---- */

/* Two sittings over one assessment, then a review that follows it. */
static struct session *two_assessments(void)
{
    struct session *s = begin(first_form, NULL);
    sit(s, "2026-01-10");
    answers(s, "practitioner", "home", "5");
    answers(s, "service_user", "home", "8");
    answers(s, "service_user", "home", "3");
    answers(s, "service_user", "friends", "1");
    sit(s, "2026-02-10");
    answers(s, "service_user", "home", "5");
    does(s, "{'by':'service_user','event':'happened','what':'lapse','on':'2026-02-20','text':'I drank'}");
    sit(s, "2026-03-10");
    answers(s, "service_user", "home", "2");
    answers(s, "practitioner", "home", "6");
    set_day("2026-06-01");
    struct session *review = begin(review_form, s);
    session_close(s);
    sit(review, "2026-06-01");
    answers(review, "service_user", "home", "7");
    answers(review, "practitioner", "home", "7");
    answers(review, "service_user", "mood", "4");
    return review;
}

static void test_zig_zag(void **state)
{
    (void)state;
    print_message(
        "A23: every rating is kept with its day; ups and downs are drawn, nothing is written over\n");
    struct session *s = two_assessments();
    struct distance d;
    distance_of(&d, s);
    assert_int_equal(d.records, 2);
    const struct distance_row *home = row_of(&d, "home");
    is_said(distance_answers(&home->side[SERVICE_USER]), "Sam: first 3, last time 2, now 7");
    is_said(distance_answers(&home->side[PRACTITIONER]), "Rae: first 5, last time 6, now 7");
    is_said(distance_drawn(&d, &home->side[SERVICE_USER], 40), "3 / 5 * \\ 2 / 7");
    is_said(distance_drawn(&d, &home->side[SERVICE_USER], 11), "... 2 / 7");
    size_t count;
    char **all = distance_all(&d, home, &count);
    bool version = false;
    for (size_t i = 0; i < count; i++) {
        version |= strcmp(all[i], "2026-01-10  . . . . . . . o . . Sam: 8 (changed later that day)") == 0;
        free(all[i]);
    }
    free(all);
    assert_int_equal(count, 5 + 3 + 1);
    assert_true(version);
    distance_release(&d);
    session_close(s);
}

static void test_lapse(void **state)
{
    (void)state;
    print_message("A14, A30: a lapse stands as a mark on its day, and resets nothing\n");
    struct session *s = two_assessments();
    struct distance with, without;
    distance_of(&with, s);
    assert_int_equal(with.trend.mark_count, 1);
    is_said(distance_mark(&with.trend.marks[0]), "2026-02-20  A lapse: I drank (Sam)");
    distance_of(&without, s);
    without.trend.mark_count = 0;
    is_said(distance_drawn(&without, &row_of(&without, "home")->side[SERVICE_USER], 40), "3 / 5 \\ 2 / 7");
    for (int who = PRACTITIONER; who <= SERVICE_USER; who++) {
        char *change = distance_change(&without, row_of(&without, "home"), (enum who)who);
        is_said(distance_change(&with, row_of(&with, "home"), (enum who)who), change);
        free(change);
    }
    without.trend.mark_count = 1;
    distance_release(&with);
    distance_release(&without);
    session_close(s);
}

static void test_baseline(void **state)
{
    (void)state;
    print_message(
        "B27: no change is told without an earlier answer to compare it with, and never one alone\n");
    struct session *s = two_assessments();
    struct distance d;
    distance_of(&d, s);
    is_said(distance_change(&d, row_of(&d, "mood"), SERVICE_USER), "No earlier answer to compare.");
    is_said(distance_change(&d, row_of(&d, "mood"), PRACTITIONER), "");
    is_said(distance_change(&d, row_of(&d, "friends"), SERVICE_USER), "No answer this time to compare.");
    distance_release(&d);
    answers(s, "service_user", "friends", "4");
    distance_of(&d, s);
    assert_false(row_of(&d, "friends")->told);
    is_said(distance_change(&d, row_of(&d, "friends"), SERVICE_USER), "Told when Rae has two answers too.");
    assert_int_equal(distance_beyond_wobble(row_of(&d, "friends"), SERVICE_USER), -1);
    distance_release(&d);
    session_close(s);
}

static void test_wobble(void **state)
{
    (void)state;
    print_message("B31: both people's change stands side by side, and the note on chance only where the form "
                  "gives it\n");
    struct session *s = two_assessments();
    struct distance d;
    distance_of(&d, s);
    is_said(distance_change(&d, row_of(&d, "home"), SERVICE_USER),
            "4 up since the first time. More than the wobble.");
    is_said(distance_change(&d, row_of(&d, "home"), PRACTITIONER),
            "2 up since the first time. No more than the wobble.");
    distance_release(&d);
    session_close(s);
    empty(NULL);
    s = begin(first_form, NULL);
    sit(s, "2026-01-10");
    answers(s, "service_user", "friends", "1");
    answers(s, "practitioner", "friends", "2");
    does(s, "{'by':'practitioner','event':'declined','question':'home','missing':'not_sure'}");
    sit(s, "2026-01-11");
    answers(s, "service_user", "friends", "0");
    answers(s, "practitioner", "friends", "2");
    answers(s, "practitioner", "home", "2");
    distance_of(&d, s);
    is_said(distance_change(&d, row_of(&d, "friends"), SERVICE_USER), "1 down since the first time.");
    is_said(distance_change(&d, row_of(&d, "friends"), PRACTITIONER), "The same as the first time.");
    is_said(distance_answers(&row_of(&d, "friends")->side[SERVICE_USER]), "Sam: first 1, last time 1, now 0");
    is_said(distance_drawn(&d, &row_of(&d, "home")->side[PRACTITIONER], 40), "? - 2");
    is_said(distance_change(&d, row_of(&d, "home"), PRACTITIONER), "No earlier answer to compare.");
    distance_release(&d);
    session_close(s);
}

/* ---- what goes on ---- */

static void test_handed_on(void **state)
{
    (void)state;
    print_message(
        "Following: answers with their reasons, words where both views stood, names and seats go on\n");
    struct session *s = begin(first_form, NULL);
    sit(s, "2026-01-10");
    does(s, "{'by':'practitioner','event':'answered','question':'home','value':7,'because':'A new lock'}");
    does(s, "{'by':'service_user','event':'answered','question':'home','value':4,'because':'He came by'}");
    does(s, "{'by':'service_user','event':'said','disagreement':'d1','text':'It was in May.'}");
    does(s, "{'by':'service_user','event':'said','disagreement':'d1','text':'Not this.'}");
    does(s, "{'by':'service_user','event':'undone'}");
    does(s, "{'by':'practitioner','event':'proposed','disagreement':'d1','as':'both_stand','because':'Both "
            "are so.'}");
    does(s, "{'by':'practitioner','event':'confirmed','disagreement':'d1'}");
    does(s, "{'by':'service_user','event':'confirmed','disagreement':'d1'}");
    answers(s, "service_user", "friends", "3");
    struct session *review = begin(review_form, s);
    session_close(s);
    const struct assessment *a = session_assessment(review);
    int home = assessment_find(a, "home"), friends = assessment_find(a, "friends");
    assert_string_equal(assessment_last_because(a, home, PRACTITIONER), "A new lock");
    assert_string_equal(assessment_last_because(a, home, SERVICE_USER), "He came by");
    assert_true(assessment_both_stood(a, home));
    assert_int_equal(assessment_stood(a, home), 2);
    const char *text;
    assert_int_equal(assessment_stood_said(a, home, 0, &text), SERVICE_USER);
    assert_string_equal(text, "It was in May.");
    assert_int_equal(assessment_stood_said(a, home, 1, &text), PRACTITIONER);
    assert_string_equal(text, "Both are so.");
    assert_false(assessment_both_stood(a, friends));
    assert_true(assessment_had_last(a, friends));
    assert_null(assessment_last(a, friends, PRACTITIONER));
    assert_string_equal(assessment_name(a, PRACTITIONER, 0), "Rae");
    assert_string_equal(assessment_name(a, SERVICE_USER, 0), "Sam");
    assert_int_equal(assessment_left(a), SERVICE_USER);
    assert_int_equal(assessment_sittings(a), 0);
    session_close(review);
}

static void test_hidden_stays(void **state)
{
    (void)state;
    static const char secret[] = "form: secret\nversion: \"1\"\ntitle: Secret\nsections:\n  - section: one\n"
                                 "    questions:\n      - {name: home, type: range, min: 1, max: 10, reveal: "
                                 "together, label: Home}\n";
    struct session *s = begin(secret, NULL);
    sit(s, "2026-01-10");
    answers(s, "practitioner", "home", "7");
    struct session *review = begin(review_form, s);
    const struct assessment *a = session_assessment(review);
    assert_false(assessment_had_last(a, assessment_find(a, "home")));
    session_close(review);
    session_close(s);
}

/* What is no record: reasons without answers, words of nobody, without a record before. */
static void test_refused(void **state)
{
    (void)state;
    static const char *const extra[] = {
        "'last_because':{'home':{'practitioner':'x'}}",
        "'last':{'home':{'practitioner':4}},'last_because':{'home':{'practitioner':4}}",
        "'last':{'home':{'practitioner':4}},'stood':{'home':[]}",
        "'last':{'home':{'practitioner':4,'service_user':5}},'stood':{'home':[{'by':'x','text':'y'}]}",
        "'last':{'home':{'practitioner':4,'service_user':5}},'stood':{'home':[{'by':'practitioner'}]}",
        "'people':{'nobody':'x'}",
        "'seats':{'left':'nobody'}",
    };
    struct form *form = form_of(first_form);
    for (size_t i = 0; i < 2 * sizeof extra / sizeof *extra + 1; i++) {
        size_t n = i / 2;
        bool alone = i % 2, good = n == sizeof extra / sizeof *extra;
        char *text =
            xasprintf("{'by':'practitioner','event':'opened','format':1,'record':'x','form':{}%s,%s}",
                      alone ? "" : ",'follows':{'record':'y'}",
                      good ? "'last':{'home':{'practitioner':4,'service_user':5}},"
                             "'last_because':{'home':{'practitioner':'x'}},'stood':{'home':[{'by':'"
                             "practitioner','text':'y'}]},"
                             "'people':{'practitioner':'Rae'},'seats':{'left':'practitioner'}"
                           : extra[n]);
        for (char *c = text; *c; c++)
            *c = *c == '\'' ? '"' : *c;
        json_t *body = json_loads(text, 0, NULL);
        assert_non_null(body);
        struct event event;
        char *cause = NULL;
        assert_true(event_parse(body, true, &event, &cause));
        struct assessment *a = assessment_new(form);
        if (assessment_follows(a, &event, &cause) != good)
            fail_msg("%s", text);
        assessment_free(a);
        json_decref(body);
        free(cause);
        free(text);
    }
    form_free(form);
}

/* ---- the cycle ---- */

static bool has_fact(const struct cycle_part *part, const char *fact)
{
    for (size_t i = 0; i < part->count; i++) {
        if (strcmp(part->facts[i], fact) == 0)
            return true;
    }
    return false;
}

static void test_cycle(void **state)
{
    (void)state;
    print_message("B1: the whole cycle at one look, each item with its stage\n");
    struct session *s = begin(first_form, NULL);
    sit(s, "2026-01-10");
    answers(s, "service_user", "home", "7");
    answers(s, "practitioner", "home", "7");
    answers(s, "service_user", "story", "'Long'");
    does(s, "{'by':'service_user','event':'promised','text':'Ring them','by_when':'2026-01-11'}");
    does(s, "{'by':'practitioner','event':'promised','text':'Write to them'}");
    does(s, "{'by':'practitioner','event':'happened','what':'referral','on':'2026-01-10','to':'The clinic',"
            "'text':'Sleep'}");
    does(s, "{'by':'practitioner','event':'told','topic':'review','value':'2026-04-10'}");
    does(s, "{'by':'practitioner','event':'told','topic':'review_kind','value':'informal'}");
    does(s, "{'by':'practitioner','event':'happened','what':'left','on':'2026-01-12'}");
    struct session *review = begin(review_form, s);
    session_close(review);
    set_day("2026-01-20");
    struct cycle c;
    cycle_of(&c, s, true);
    is_said(cycle_answered(&c.parts[STAGE_ASSESS], session_assessment(s)), "Sam 2 of 3, Rae 1 of 3");
    is_said(cycle_answered(&c.parts[STAGE_PLAN], session_assessment(s)), "Sam 0 of 1, Rae 0 of 1");
    is_said(cycle_answered(&c.parts[STAGE_IMPLEMENT], session_assessment(s)), "no questions here");
    assert_true(has_fact(&c.parts[STAGE_PLAN], "Promises made: Sam 1, Rae 1"));
    assert_true(
        has_fact(&c.parts[STAGE_IMPLEMENT], "Promises: 0 kept, 0 not kept or seen differently, 2 open"));
    assert_true(has_fact(&c.parts[STAGE_IMPLEMENT], "Promises whose day is over: 1"));
    assert_true(has_fact(&c.parts[STAGE_IMPLEMENT], "Help asked of other services: 1, with an answer: 0"));
    assert_true(has_fact(&c.parts[STAGE_REVIEW], "Next look back: 2026-04-10. A short catch-up"));
    assert_true(has_fact(&c.parts[STAGE_REVIEW], "Also: The review, begun on 2026-01-10"));
    assert_true(has_fact(&c.parts[STAGE_EVALUATE], "The work stopped on 2026-01-12"));
    cycle_release(&c);
    cycle_of(&c, s, false);
    assert_false(has_fact(&c.parts[STAGE_REVIEW], "Also: The review, begun on 2026-01-10"));
    cycle_release(&c);
    size_t count;
    int *items = cycle_items(session_assessment(s), STAGE_PLAN, &count);
    assert_int_equal(count, 1);
    is_said(cycle_item(session_assessment(s), items[0], SERVICE_USER, 0), "Our aim  Together: no answer yet");
    free(items);
    session_close(s);
}

/* ---- reviews that are due ---- */

/* What is due in the folder, as "day kind weeks" of the first, and how many there are. */
static size_t due(char **first)
{
    struct caseload caseload;
    size_t count;
    char day[DATE_TEXT];
    assert_true(caseload_list(folder, &caseload, NULL));
    struct due *all = caseload_due(&caseload, &count);
    *first =
        count ? xasprintf("%s %s %d", date_format(all[0].day, day), all[0].kind, all[0].weeks) : xstrdup("");
    free(all);
    caseload_release(&caseload);
    return count;
}

static void is_due(const char *wanted)
{
    char *first;
    size_t count = due(&first);
    assert_int_equal(count, *wanted != '\0');
    is_said(first, wanted);
}

/* Does the home screen say so of the only one? */
static bool first_is_due(void)
{
    struct caseload caseload;
    assert_true(caseload_list(folder, &caseload, NULL));
    assert_int_equal(caseload.count, 1);
    bool is = caseload_is_due(&caseload, &caseload.entries[0]);
    caseload_release(&caseload);
    return is;
}

static void test_due(void **state)
{
    (void)state;
    print_message("B10: an interval and a day for each person; what is due, by when, formal or not\n");
    struct session *s = begin(first_form, NULL);
    sit(s, "2026-01-10");
    is_due("");
    does(s, "{'by':'service_user','event':'told','topic':'review_weeks','value':6}");
    is_due("2026-02-21  6");
    does(s, "{'by':'practitioner','event':'told','topic':'review','value':'2026-03-01'}");
    does(s, "{'by':'practitioner','event':'told','topic':'review_kind','value':'formal'}");
    is_due("2026-03-01 formal 6");
    set_day("2026-02-28");
    assert_false(first_is_due());
    set_day("2026-03-01");
    assert_true(first_is_due());
    /* Years go by: it is due still, and sitting again is no formal review. */
    sit(s, "2029-01-01");
    is_due("2026-03-01 formal 6");
    does(s, "{'by':'practitioner','event':'happened','what':'left','on':'2029-01-01'}");
    is_due("");
    does(s, "{'by':'practitioner','event':'happened','what':'returned','on':'2029-01-02'}");
    is_due("2026-03-01 formal 6");
    /* The review itself: the interval, which is the person's, goes on from there. */
    struct session *review = begin(review_form, s);
    is_due("2029-02-12  6");
    sit(review, "2029-02-01");
    does(review, "{'by':'practitioner','event':'told','topic':'review','value':'2029-02-10'}");
    does(review, "{'by':'practitioner','event':'told','topic':'review_kind','value':'informal'}");
    is_due("2029-02-10 informal 6");
    sit(review, "2029-02-11");
    is_due("2029-03-25 informal 6");
    session_close(review);
    session_close(s);
}

/* ---- open-ended ---- */

static void test_years(void **state)
{
    (void)state;
    print_message("B22: nothing closes because time goes by\n");
    struct session *s = begin(first_form, NULL);
    sit(s, "2011-01-10");
    answers(s, "service_user", "home", "4");
    does(s, "{'by':'service_user','event':'promised','text':'Ring them','by_when':'2011-01-11'}");
    char *path = xstrdup(record_path(session_record(s))), *cause = NULL;
    session_close(s);
    set_day("2026-01-10");
    s = session_open(path, RECORD_WRITE, &cause);
    assert_non_null(s);
    assert_null(session_read_only(s));
    assert_int_equal(assessment_sittings(session_assessment(s)), 1);
    answers(s, "service_user", "home", "5");
    does(s, "{'by':'practitioner','event':'kept','promise':4,'kept':true}");
    sit(s, "2026-01-11");
    answers(s, "practitioner", "home", "5");
    session_close(s);
    free(path);
}

static int make_folder(void **state)
{
    (void)state;
    setenv("TZ", "UTC", 1);
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    clock_fix(0);
    return empty(state) || rmdir(folder);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_zig_zag, empty),   cmocka_unit_test_setup(test_lapse, empty),
        cmocka_unit_test_setup(test_baseline, empty),  cmocka_unit_test_setup(test_wobble, empty),
        cmocka_unit_test_setup(test_handed_on, empty), cmocka_unit_test_setup(test_hidden_stays, empty),
        cmocka_unit_test_setup(test_refused, empty),   cmocka_unit_test_setup(test_cycle, empty),
        cmocka_unit_test_setup(test_due, empty),       cmocka_unit_test_setup(test_years, empty),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
