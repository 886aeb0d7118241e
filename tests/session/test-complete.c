/* Feature B30: what there is of a sitting, line by line. And topic `voice`: may their words be used? */
#include "check.h"

#include "assessment/promises.h"
#include "assessment/topics.h"
#include "base/date.h"
#include "base/mem.h"
#include "session/complete.h"

#include <stdlib.h>
#include <string.h>

static const char text[] = "form: f\n"
                           "version: \"1\"\n"
                           "title: F\n"
                           "%s"
                           "sections:\n"
                           "  - section: s\n"
                           "    title: S\n"
                           "    questions:\n"
                           "      - {name: home, type: integer, label: Home}\n"
                           "      - {name: job, type: integer, label: Job}\n";

static struct session *begin(const char *more)
{
    struct diags diags;
    diags_init(&diags, "f");
    char *whole = xasprintf(text, more);
    struct form *form = form_load("f", whole, strlen(whole), &diags);
    assert_non_null(form);
    diags_release(&diags);
    free(whole);
    struct session *s = session_in_memory(form, NULL);
    assert_non_null(s);
    return s;
}

static void does(struct session *s, const char *event)
{
    char *quoted = xstrdup(event), *cause = NULL;
    for (char *at = quoted; (at = strchr(at, '\'')); at++)
        *at = '"';
    json_t *intent = json_loads(quoted, 0, NULL);
    assert_non_null(intent);
    if (!session_do(s, intent, &cause))
        fail_msg("%s: %s", event, cause);
    free(quoted);
}

static void sit(struct session *s)
{
    does(s, "{'by':'practitioner','event':'sat','people':{'practitioner':'Rae','service_user':'Sam'}}");
}

/* All of it as one text. */
static char *all_of(const struct session *s)
{
    struct complete c;
    complete_of(&c, s, 0);
    char *all = xstrdup(c.title);
    assert_true(c.count <= COMPLETE_MOST);
    for (size_t i = 0; i < c.count; i++) {
        char *told = complete_told(&c.lines[i]), *more = xasprintf("%s\n%s", all, told);
        free(told);
        free(all);
        all = more;
    }
    complete_release(&c);
    return all;
}

static void has(const struct session *s, const char *line)
{
    char *all = all_of(s), *wanted = xasprintf("\n%s\n", line), *whole = xasprintf("%s\n", all);
    if (!strstr(whole, wanted))
        fail_msg("not there: %s\nin: %s", line, all);
    free(whole);
    free(wanted);
    free(all);
}

/* The first promise: not kept, says one of them. */
static void keep_not(struct session *s, const char *by)
{
    size_t count;
    struct promise *promises = assessment_promises(session_assessment(s), &count);
    char *event = xasprintf("{'by':'%s','event':'kept','promise':%ld,'kept':false}", by, promises[0].seq);
    does(s, event);
    free(event);
    free(promises);
}

/* What is done, and the line that is another one then. */
static void test_lines(void **state)
{
    (void)state;
    static const struct {
        const char *event, *line;
    } steps[] = {
        {NULL, "The room: not yet."},
        {"{'by':'practitioner','event':'told','topic':'room','value':[]}", "The room: there."},
        {NULL, "What we work by: not yet."},
        {"{'by':'service_user','event':'told','topic':'principle','value':true}", "What we work by: there."},
        {NULL, "What must be passed on: does not apply (this form has none)."},
        {NULL, "How each of you is: not yet (Rae, Sam)."},
        {"{'by':'practitioner','event':'told','topic':'arriving','value':3}",
         "How each of you is: not yet (Sam)."},
        {"{'by':'service_user','event':'told','topic':'arriving','value':3}", "How each of you is: there."},
        {NULL, "What you talk about today: does not apply (there is only one part)."},
        {NULL, "Both answers to what was begun: does not apply (no question was answered)."},
        {"{'by':'service_user','event':'answered','question':'home','value':3}",
         "Both answers to what was begun: not yet (1 waits for Rae)."},
        {"{'by':'service_user','event':'answered','question':'job','value':3}",
         "Both answers to what was begun: not yet (2 wait for Rae)."},
        {"{'by':'practitioner','event':'declined','question':'job','missing':'rather_not_say'}",
         "Both answers to what was begun: not yet (1 waits for Rae)."},
        {NULL, "Talk about what you see differently: does not apply (there is nothing)."},
        {"{'by':'practitioner','event':'answered','question':'home','value':9}",
         "Both answers to what was begun: there."},
        {NULL, "Talk about what you see differently: not yet (1 not talked about)."},
        {"{'by':'practitioner','event':'said','disagreement':'d1','text':'So I see it'}",
         "Talk about what you see differently: there (1 still open)."},
        {"{'by':'practitioner','event':'answered','question':'home','value':3}",
         "Talk about what you see differently: there (1 still open)."},
        {"{'by':'practitioner','event':'confirmed','disagreement':'d1'}",
         "Talk about what you see differently: there (1 still open)."},
        {"{'by':'service_user','event':'confirmed','disagreement':'d1'}",
         "Talk about what you see differently: there."},
        {NULL, "A day for what you promised: does not apply (nothing was promised)."},
        {"{'by':'practitioner','event':'promised','text':'Ring','by_when':'2026-03-09'}",
         "A day for what you promised: there."},
        {NULL, "A word on what was due: does not apply (nothing was due)."},
        {"{'by':'service_user','event':'promised','text':'Come'}",
         "A day for what you promised: not yet (1 without a day)."},
        {NULL, "A look back on what you did: not yet."},
        {"{'by':'service_user','event':'told','topic':'recap','value':true}",
         "A look back on what you did: there."},
        {"{'by':'service_user','event':'told','topic':'how_it_was','value':1}",
         "How today was for each of you: not yet (Rae)."},
        {NULL, "The day you meet next: not yet."},
        {"{'by':'service_user','event':'told','topic':'next','value':'2026-03-17'}",
         "The day you meet next: there (17 March 2026)."},
        {NULL, "How you were helped today: not yet."},
        {"{'by':'practitioner','event':'told','topic':'practice','value':[]}",
         "How you were helped today: there."},
        {NULL, "A copy to take away: not yet."},
        {"{'by':'practitioner','event':'copied','as':'slip'}", "A copy to take away: there."},
        {NULL, "The end of this sitting: not yet."},
        {"{'by':'practitioner','event':'closed'}", "The end of this sitting: there."},
    };
    time_t before = clock_fix(1772532000); /* 2026-03-03 10:00 UTC */
    struct session *s = begin("principle: We listen.\n");
    char *nobody = all_of(s);
    assert_string_equal(nobody, "Nobody has sat down yet");
    free(nobody);
    sit(s);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i].event)
            does(s, steps[i].event);
        has(s, steps[i].line);
    }
    /* In the next one it all begins again; what was promised is due by then, and spoken about by both. */
    clock_fix(1773741600); /* 2026-03-17 10:00 UTC */
    sit(s);
    has(s, "The room: not yet.");
    has(s, "Both answers to what was begun: does not apply (no question was answered).");
    has(s, "Talk about what you see differently: does not apply (there is nothing).");
    has(s, "A copy to take away: not yet.");
    has(s, "A word on what was due: not yet (1 not spoken about by both).");
    keep_not(s, "practitioner");
    has(s, "A word on what was due: not yet (1 not spoken about by both).");
    keep_not(s, "service_user");
    has(s, "A word on what was due: there.");
    session_close(s);
    clock_fix(before);
}

/* Before closing: what is not there, without the closing itself. */
static void test_not_yet(void **state)
{
    (void)state;
    struct complete_line lines[] = {{"One", COMPLETE_THERE, NULL},
                                    {"Two", COMPLETE_NOT_YET, NULL},
                                    {"Three", COMPLETE_DOES_NOT_APPLY, NULL},
                                    {"Four", COMPLETE_NOT_YET, NULL}};
    struct complete c = {.count = 4};
    memcpy(c.lines, lines, sizeof lines);
    char *told = complete_not_yet(&c);
    assert_string_equal(told, "Not yet: Two; Four.");
    free(told);
    c.count = 1;
    told = complete_not_yet(&c);
    assert_string_equal(told, "");
    free(told);
    struct session *s = begin("");
    sit(s);
    complete_of(&c, s, 0);
    told = complete_not_yet(&c);
    assert_non_null(strstr(told, "A copy to take away."));
    assert_null(strstr(told, "The end"));
    free(told);
    complete_release(&c);
    session_close(s);
}

/* B12: each for themselves; the last word holds, in whichever sitting; taking a yes back by undoing it too.
 */
static void test_voice(void **state)
{
    (void)state;
    struct session *s = begin("");
    static const struct {
        const char *event;
        bool practitioner, service_user;
    } steps[] = {
        {"{'by':'practitioner','event':'sat'}", false, false},
        {"{'by':'service_user','event':'told','topic':'voice','value':'yes'}", false, true},
        {"{'by':'practitioner','event':'told','topic':'voice','value':'no'}", false, true},
        {"{'by':'practitioner','event':'told','topic':'voice','value':'yes'}", true, true},
        {"{'by':'service_user','event':'told','topic':'recap','value':true}", true, true},
        {"{'by':'service_user','event':'closed'}", true, true},
        {"{'by':'practitioner','event':'sat'}", true, true},
        {"{'by':'service_user','event':'told','topic':'voice','value':'no'}", true, false},
        {"{'by':'service_user','event':'undone'}", true, true},
        {"{'by':'service_user','event':'told','topic':'voice','value':'no'}", true, false},
        {"{'by':'practitioner','event':'sat'}", true, false},
    };
    const struct assessment *a = session_assessment(s);
    assert_false(topic_voice(a, PRACTITIONER) || topic_voice(a, SERVICE_USER));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        does(s, steps[i].event);
        if (topic_voice(a, PRACTITIONER) != steps[i].practitioner ||
            topic_voice(a, SERVICE_USER) != steps[i].service_user)
            fail_msg("after step %zu: %s", i, steps[i].event);
    }
    session_close(s);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_not_yet),
        cmocka_unit_test(test_voice),
    };
    return cmocka_run_group_tests_name("B30", tests, NULL, NULL);
}
