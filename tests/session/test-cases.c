/* Cases for both people at once: what they answer, and what is then shown, asked, refused, worked out,
 * offered and agreed for each of them. Each file of tests/cases/ holds a form and its cases:
 *
 *     questions: |                     a form's questions; or form: | for a whole form
 *       - {name: home, type: integer, label: Home}
 *     cases:
 *       - case: what it shows
 *         answers:                     one after the other
 *           - practitioner: {home: 4, work: [paid, other]}
 *           - service_user: {home: {missing: not_sure}}
 *           - both: {home: {value: 3, because: So it is}}
 *           - together: {goal: A job}  put forward, and said yes to by both
 *           - practitioner: {home: {cleared: true}}
 *           - practitioner: {home: 99}
 *             refused: too high        words of the reason
 *           - {by: practitioner, event: added, question: goals}      any other event
 *           - expect: {relevant: {home: both}}                       as it stands there
 *         expect:                      as it stands in the end: see `expectations` below
 *           relevant: {home: both}
 *
 * A number or a boolean without quotes is one; all else is text. After each case the record is gone through
 * again, line by line: each must follow from those before it, and nothing may be owed. */
#include "check.h"

#include "assessment/assessment.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/vocab.h"
#include "form/number.h"
#include "form/value.h"
#include "form/yaml.h"
#include "session/session.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_CASES = 2000, MOST_FILES = 100, MOST_FILE = 1 << 20 };

/* ---- files ---- */

struct file {
    char *name, *text;
    struct arena arena;
    char *form; /* its text */
};

struct test {
    const struct file *file;
    const struct node *node;
};

static struct file files[MOST_FILES];
static struct test tests[MOST_CASES];
static size_t file_count, test_count;

/* Where we are, for messages. */
static const struct file *reading;

#define FAIL(node, ...) fail_at((node), xasprintf(__VA_ARGS__))

static void fail_at(const struct node *node, char *words)
{
    char *all = xasprintf("%s:%u: %s", reading->name, (unsigned)node->line, words);
    free(words);
    fail_msg("%s", all);
}

static const struct node *find(const struct node *map, const char *key)
{
    for (const struct node *k = map && map->kind == NODE_MAP ? map->first : NULL; k; k = k->next) {
        if (strcmp(k->text, key) == 0)
            return k->value;
    }
    return NULL;
}

/* A whole form of a list of questions, which is set in by as much as it has to be. */
static char *wrap(const char *questions)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_add(&sb, "form: case\nversion: \"1\"\ntitle: Case\nlanguages: [en]\n"
                    "sections:\n  - section: one\n    title: One\n    questions:\n");
    while (*questions) {
        size_t length = strcspn(questions, "\n");
        strbuf_add(&sb, "      ");
        strbuf_addn(&sb, questions, length);
        strbuf_addch(&sb, '\n');
        questions += length + (questions[length] == '\n');
    }
    return strbuf_detach(&sb);
}

static bool load(const char *folder, const char *name)
{
    struct file *file = &files[file_count++];
    char *path = path_join(folder, name), *cause = NULL;
    size_t length;
    *file = (struct file){.name = path};
    file->text = path_read(path, MOST_FILE, &length, &cause);
    if (!file->text) {
        print_error("%s\n", cause);
        return false;
    }
    struct diags diags;
    diags_init(&diags, path);
    const struct node *root = node_read(file->text, length, &file->arena, &diags);
    bool sound = diags.count == 0;
    if (!sound)
        diags_print(&diags, file->text, length, stderr);
    diags_release(&diags);
    const struct node *form = find(root, "form"), *questions = find(root, "questions"),
                      *cases = find(root, "cases");
    if (!sound || (!form && !questions) || !cases) {
        print_error("%s: a file of cases has “form” or “questions”, and “cases”\n", path);
        return false;
    }
    file->form = form ? xstrdup(form->text) : wrap(questions->text);
    for (const struct node *c = cases->first; c && test_count < MOST_CASES; c = c->next)
        tests[test_count++] = (struct test){file, c};
    return true;
}

/* ---- values ---- */

static json_t *json_of(const struct node *node)
{
    if (node->kind == NODE_LIST) {
        json_t *array = json_array();
        for (const struct node *item = node->first; item; item = item->next)
            json_array_append_new(array, json_of(item));
        return array;
    }
    double number = node->quoted ? NAN : number_parse(node->text);
    if (!isnan(number))
        return number == floor(number) && fabs(number) < 1e15 ? json_integer((json_int_t)number)
                                                              : json_real(number);
    if (!node->quoted && (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0))
        return json_boolean(node->text[0] == 't');
    return json_string(node->text);
}

static char *text_of_json(const json_t *value)
{
    return value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : xstrdup("nothing");
}

/* Is this what is expected there? "nothing" without quotes is no value. */
static void expect_json(const struct node *expected, const char *what, const json_t *is)
{
    bool nothing =
        expected->kind == NODE_SCALAR && !expected->quoted && strcmp(expected->text, "nothing") == 0;
    json_t *want = nothing ? NULL : json_of(expected);
    char *got = text_of_json(is), *wanted = text_of_json(want);
    json_decref(want);
    if (strcmp(got, wanted) != 0)
        FAIL(expected, "%s is %s, not %s", what, got, wanted);
    free(got);
    free(wanted);
}

static void expect_text(const struct node *expected, const char *what, const char *is)
{
    if (expected->kind != NODE_SCALAR || strcmp(expected->text, is) != 0)
        FAIL(expected, "%s is “%s”, not “%s”", what, is,
             expected->kind == NODE_SCALAR ? expected->text : "?");
}

/* ---- what is done ---- */

static void set(json_t *intent, const char *key, const char *text)
{
    json_object_set_new(intent, key, json_string(text));
}

/* Do it, or see it refused with those words. */
static void do_intent(struct session *s, json_t *intent, const struct node *where, const struct node *refused)
{
    char *cause = NULL, *told = text_of_json(intent);
    size_t before = assessment_events(session_assessment(s));
    bool done = session_do(s, intent, &cause);
    if (done && refused)
        FAIL(where, "%s is not refused", told);
    if (!done && !refused)
        FAIL(where, "%s is refused: %s", told, cause);
    if (!done && !strstr(cause, refused->text))
        FAIL(where, "%s is refused, but with: %s", told, cause);
    if (!done)
        assert_int_equal(assessment_events(session_assessment(s)), before);
    free(cause);
    free(told);
}

static void answer(struct session *s, enum who who, const struct node *key, const struct node *refused)
{
    const struct node *value = key->value;
    json_t *intent = json_pack("{s:s}", "by", who_names[who == TOGETHER ? PRACTITIONER : who]);
    const char *event = who == TOGETHER          ? "proposed"
                        : find(value, "missing") ? "declined"
                        : find(value, "cleared") ? "cleared"
                                                 : "answered";
    set(intent, "event", event);
    set(intent, "question", key->text);
    if (value->kind != NODE_MAP)
        json_object_set_new(intent, "value", json_of(value));
    for (const struct node *k = value->kind == NODE_MAP ? value->first : NULL; k; k = k->next) {
        if (strcmp(k->text, "cleared") != 0)
            json_object_set_new(intent, k->text, json_of(k->value));
    }
    do_intent(s, intent, key, refused);
    for (int party = 0; who == TOGETHER && !refused && party < PARTIES; party++)
        do_intent(
            s,
            json_pack("{s:s, s:s, s:s}", "by", who_names[party], "event", "confirmed", "question", key->text),
            key, NULL);
}

static void expect(const struct assessment *a, const struct node *map);

static void step(struct session *s, const struct node *item)
{
    const struct node *refused = find(item, "refused");
    if (item->kind != NODE_MAP)
        FAIL(item, "an answer is a set of keys");
    if (find(item, "event")) {
        json_t *intent = json_object();
        for (const struct node *k = item->first; k; k = k->next) {
            if (strcmp(k->text, "refused") != 0)
                json_object_set_new(intent, k->text, json_of(k->value));
        }
        do_intent(s, intent, item, refused);
        return;
    }
    for (const struct node *k = item->first; k; k = k->next) {
        int who = vocab_find(who_names, k->text);
        bool both = strcmp(k->text, "both") == 0;
        if (strcmp(k->text, "expect") == 0)
            expect(session_assessment(s), k->value);
        else if (!both && (who < 0 || who > TOGETHER) && strcmp(k->text, "refused") != 0)
            FAIL(k, "“%s” is nobody", k->text);
        for (const struct node *q = both || (who >= 0 && who <= TOGETHER) ? k->value->first : NULL; q;
             q = q->next) {
            answer(s, both ? PRACTITIONER : (enum who)who, q, refused);
            if (both)
                answer(s, SERVICE_USER, q, refused);
        }
    }
}

/* ---- what is expected ---- */

/* For whom something holds: both, practitioner, service_user or none. */
static void expect_who(const struct assessment *a, int item, const struct node *key,
                       bool (*holds)(const struct assessment *, int, enum who))
{
    bool p = holds(a, item, PRACTITIONER), s = holds(a, item, SERVICE_USER);
    expect_text(key->value, key->text, p && s ? "both" : p ? "practitioner" : s ? "service_user" : "none");
}

static void expect_relevant(const struct assessment *a, int item, const struct node *key)
{
    expect_who(a, item, key, assessment_relevant);
}

static void expect_asked(const struct assessment *a, int item, const struct node *key)
{
    expect_who(a, item, key, assessment_waits_for);
}

static void expect_required(const struct assessment *a, int item, const struct node *key)
{
    expect_who(a, item, key, assessment_required);
}

/* One value for both, or a set of them by party (and `agreed` or `together`). */
static void expect_each(const struct assessment *a, int item, const struct node *key,
                        void (*one)(const struct assessment *, int, enum who, const char *,
                                    const struct node *))
{
    for (int who = PRACTITIONER; who < PARTIES && key->value->kind != NODE_MAP; who++)
        one(a, item, (enum who)who, key->text, key->value);
    for (const struct node *k = key->value->kind == NODE_MAP ? key->value->first : NULL; k; k = k->next) {
        int who = strcmp(k->text, "agreed") == 0 ? TOGETHER : vocab_find(who_names, k->text);
        if (who < 0 || who > TOGETHER)
            FAIL(k, "“%s” is nobody", k->text);
        char *what = xasprintf("%s for %s", key->text, k->text);
        one(a, item, (enum who)who, what, k->value);
        free(what);
    }
}

static void one_answer(const struct assessment *a, int item, enum who who, const char *what,
                       const struct node *expected)
{
    const struct answer *given = assessment_answer(a, item, who);
    if (given->missing)
        expect_text(expected, what, missing_names[given->missing]);
    else
        expect_json(expected, what, given->value);
}

static void expect_answer(const struct assessment *a, int item, const struct node *key)
{
    expect_each(a, item, key, one_answer);
}

static void one_calculated(const struct assessment *a, int item, enum who who, const char *what,
                           const struct node *expected)
{
    char *is = value_string(assessment_calculated(a, item, who));
    expect_text(expected, what, is);
    free(is);
}

static void expect_calculated(const struct assessment *a, int item, const struct node *key)
{
    expect_each(a, item, key, one_calculated);
}

static void one_offered(const struct assessment *a, int item, enum who who, const char *what,
                        const struct node *expected)
{
    const struct question *q = assessment_question(a, item);
    json_t *names = json_array();
    for (size_t i = 0; q->choices && i < q->choices->count; i++) {
        if (assessment_offers(a, item, who, &q->choices->choices[i]))
            json_array_append_new(names, json_string(q->choices->choices[i].name));
    }
    expect_json(expected, what, names);
    json_decref(names);
}

static void expect_offered(const struct assessment *a, int item, const struct node *key)
{
    expect_each(a, item, key, one_offered);
}

static void one_initial(const struct assessment *a, int item, enum who who, const char *what,
                        const struct node *expected)
{
    json_t *initial = assessment_initial(a, item, who);
    expect_json(expected, what, initial);
    json_decref(initial);
}

static void expect_initial(const struct assessment *a, int item, const struct node *key)
{
    expect_each(a, item, key, one_initial);
}

static void expect_agreed(const struct assessment *a, int item, const struct node *key)
{
    expect_json(key->value, key->text, assessment_agreed(a, item));
}

static void expect_standing(const struct assessment *a, int item, const struct node *key)
{
    static const char *const names[] = {"open", "alone", "same", "differ"};
    expect_text(key->value, key->text, names[assessment_standing(a, item)]);
}

static void expect_entries(const struct assessment *a, int item, const struct node *key)
{
    json_t *numbers = json_array();
    for (size_t i = 0; i < assessment_entries(a, item); i++)
        json_array_append_new(numbers, json_integer(assessment_entry(a, item, i)->number));
    expect_json(key->value, key->text, numbers);
    json_decref(numbers);
}

static const struct {
    const char *name;
    void (*expect)(const struct assessment *a, int item, const struct node *key);
} expectations[] = {
    {"relevant", expect_relevant},     /* shown to whom */
    {"asked", expect_asked},           /* waits for whom */
    {"required", expect_required},     /* needed from whom */
    {"answer", expect_answer},         /* what stands, or why nothing does */
    {"calculated", expect_calculated}, /* what it comes to, for each (and agreed) */
    {"offered", expect_offered},       /* the choices each can pick */
    {"initial", expect_initial},       /* the answer each starts from */
    {"agreed", expect_agreed},         /* what both have come to */
    {"standing", expect_standing},     /* open, alone, same, differ */
    {"entries", expect_entries},       /* the numbers of a repeat's entries, in their order */
};

/* The questions that the two see differently now: all of them. */
static void expect_differ(const struct assessment *a, const struct node *list)
{
    json_t *names = json_array();
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        if (assessment_shown(a, item) && assessment_standing(a, item) == STANDING_DIFFER)
            json_array_append_new(names, json_string(assessment_path(a, item)));
    }
    expect_json(list, "what they see differently", names);
    json_decref(names);
}

static void expect(const struct assessment *a, const struct node *map)
{
    for (const struct node *k = map->first; k; k = k->next) {
        bool known = strcmp(k->text, "differ") == 0;
        if (known)
            expect_differ(a, k->value);
        for (size_t i = 0; i < sizeof expectations / sizeof *expectations && !known; i++) {
            if (strcmp(expectations[i].name, k->text) != 0)
                continue;
            known = true;
            for (const struct node *q = k->value->first; q; q = q->next) {
                int item = assessment_find(a, q->text);
                if (item < 0)
                    FAIL(q, "“%s” is no question", q->text);
                expectations[i].expect(a, item, q);
            }
        }
        if (!known)
            FAIL(k, "“%s” is nothing to expect", k->text);
    }
}

/* ---- a case ---- */

static void check_again(const struct session *s)
{
    struct assessment *a = assessment_new(session_form(s));
    for (size_t i = 0; i < assessment_events(session_assessment(s)); i++) {
        const struct event *event = assessment_event(session_assessment(s), i);
        char *cause = NULL;
        if (!assessment_follows(a, event, &cause))
            fail_msg("%s: entry %ld does not follow: %s", reading->name, event->seq, cause);
        assessment_fold(a, event);
    }
    assert_null(assessment_owed(a));
    assessment_free(a);
}

static void run(void **state)
{
    const struct test *test = *state;
    char temporary[] = "/tmp/alongside-case-XXXXXX", *cause = NULL;
    reading = test->file;
    struct diags diags;
    diags_init(&diags, reading->name);
    struct form *form = form_load(reading->name, reading->form, strlen(reading->form), &diags);
    if (diags.count)
        diags_print(&diags, reading->form, strlen(reading->form), stderr);
    assert_non_null(form);
    assert_int_equal(diags.count, 0);
    diags_release(&diags);
    assert_non_null(mkdtemp(temporary));
    char *path = path_join(temporary, "case.jsonl");
    struct session *s = session_begin(path, "01CASE00000000000000000000", "K-014", form, &cause);
    if (!s)
        fail_msg("%s", cause);
    const struct node *answers = find(test->node, "answers"), *expected = find(test->node, "expect");
    for (const struct node *k = test->node->first; k; k = k->next) {
        if (k->value != answers && k->value != expected && strcmp(k->text, "case") != 0)
            FAIL(k, "a case has “case”, “answers” and “expect”");
    }
    for (const struct node *item = answers ? answers->first : NULL; item; item = item->next)
        step(s, item);
    if (expected)
        expect(session_assessment(s), expected);
    check_again(s);
    session_close(s);
    unlink(path);
    rmdir(temporary);
    free(path);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(void)
{
    mem_init();
    const char *srcdir = getenv("srcdir");
    char *folder = path_join(srcdir ? srcdir : ".", "tests/cases"), *names[MOST_FILES];
    size_t count = 0;
    DIR *dir = opendir(folder);
    if (!dir)
        return 99;
    for (const struct dirent *item; (item = readdir(dir)) && count < MOST_FILES;) {
        const char *dot = strrchr(item->d_name, '.');
        if (dot && strcmp(dot, ".yaml") == 0)
            names[count++] = xstrdup(item->d_name);
    }
    closedir(dir);
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++) {
        if (!load(folder, names[i]))
            return 99;
    }
    static struct CMUnitTest units[MOST_CASES];
    for (size_t i = 0; i < test_count; i++) {
        const struct node *named = find(tests[i].node, "case");
        const char *file = strrchr(tests[i].file->name, '/') + 1;
        units[i] = (struct CMUnitTest){
            xasprintf("%.*s: %s", (int)strcspn(file, "."), file, named ? named->text : "without a name"), run,
            NULL, NULL, &tests[i]};
    }
    int failed = test_count ? _cmocka_run_group_tests("cases", units, test_count, NULL, NULL) : 99;
    for (size_t i = 0; i < test_count; i++)
        free((char *)units[i].name);
    for (size_t i = 0; i < file_count; i++) {
        arena_release(&files[i].arena);
        free(files[i].name);
        free(files[i].text);
        free(files[i].form);
    }
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(folder);
    return failed;
}
