/* A write or a sync failing at every n while two people fill in: the session says so, nothing counts as saved
 * that is not, another place takes all of it, and going on from there, from the record itself or in the same
 * session comes to the very story that nothing interrupted. */
#include "check.h"

#include "base/mem.h"
#include "record/faults.h"
#include "record/kit.h"
#include "session/session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Two differences, one settled by agreeing (which changes an answer and resolves), one parked and opened
 * again by an answer; an undo. Most lines call for more. */
static const char *const story[] = {
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":4}",
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":2}",
    "{\"by\":\"practitioner\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"agree\",\"value\":3}",
    "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}",
    "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}",
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"job\",\"value\":\"cook\"}",
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"job\",\"value\":\"chef\"}",
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"job\",\"value\":\"cook\"}",
    "{\"by\":\"service_user\",\"event\":\"undone\"}",
};
enum { LINES = sizeof story / sizeof *story, MOST_ENTRIES = 64 };

static char *form_text;
static size_t form_length;

/* The uninterrupted story: its entries without what the chain gives them, and how many there are after each
 * line with what it calls for. */
static json_t *whole[MOST_ENTRIES];
static size_t whole_count, after_line[LINES + 1];

static const char *telling(const struct fault *fault)
{
    static char text[80];
    snprintf(text, sizeof text, "call %c, number %d, errno %d%s", fault->call, fault->nth, fault->error,
             fault->all ? ", and on" : "");
    return text;
}

static struct session *begin(void)
{
    struct diags diags;
    diags_init(&diags, "story");
    struct form *form = form_load("story", form_text, form_length, &diags);
    diags_release(&diags);
    assert_non_null(form);
    struct session *s = session_begin(kit_path("r"), "01JD0000000000000000000000", "K-1", form, NULL);
    assert_non_null(s);
    return s;
}

static bool do_line(struct session *s, size_t line, char **cause)
{
    return session_do(s, json_loads(story[line], 0, NULL), cause);
}

/* An entry without what the chain gives it. */
static json_t *bare(const struct session *s, size_t i)
{
    json_t *copy = json_copy(record_event(session_record(s), i)->body);
    json_object_del(copy, "seq");
    json_object_del(copy, "prev");
    json_object_del(copy, "at");
    return copy;
}

static size_t count_of(const struct session *s)
{
    return record_count(session_record(s));
}

/* Are the entries the beginning of the whole story? */
static bool is_beginning(const struct session *s)
{
    bool same = count_of(s) <= whole_count;
    for (size_t i = 0; i < count_of(s) && same; i++) {
        json_t *entry = bare(s, i);
        same = json_equal(entry, whole[i]);
        json_decref(entry);
    }
    return same;
}

static bool owes_nothing(const struct session *s)
{
    json_t *owed = assessment_owed(session_assessment(s));
    json_decref(owed);
    return !owed;
}

/* Go on with the first line that was not done, to the end. */
static void go_on(struct session *s, const struct fault *fault, const char *where)
{
    if (!is_beginning(s))
        fail_msg("%s: %s is not the story's beginning", telling(fault), where);
    size_t line = 0;
    while (line < LINES && after_line[line] < count_of(s))
        line++;
    for (; line < LINES; line++) {
        char *cause = NULL;
        if (!do_line(s, line, &cause))
            fail_msg("%s: %s cannot go on with line %zu: %s", telling(fault), where, line, cause);
    }
    if (session_trouble(s))
        fail_msg("%s: %s is still in trouble: %s", telling(fault), where, session_trouble(s));
    if (!is_beginning(s) || count_of(s) != whole_count || !owes_nothing(s))
        fail_msg("%s: %s came to another end", telling(fault), where);
}

/* The record opens again with all that was saved and pays what it owes. */
static struct session *open_again(const char *path, size_t saved, const struct fault *fault)
{
    char *cause = NULL;
    struct session *s = session_open(path, RECORD_WRITE, &cause);
    if (!s)
        fail_msg("%s: %s does not open again: %s", telling(fault), path, cause);
    if (session_read_only(s) || record_damage(session_record(s)) || record_torn(session_record(s)))
        fail_msg("%s: %s is not whole", telling(fault), path);
    if (count_of(s) < saved || !owes_nothing(s))
        fail_msg("%s: %s has %zu entries of %zu that were saved, or owes some", telling(fault), path,
                 count_of(s), saved);
    return s;
}

/* Play until something is wrong. Returns whether the fault came. */
static bool play(struct fault fault)
{
    kit_empty();
    struct session *s = begin();
    size_t saved = 1, line = 0;
    bool refused = false;
    faults_begin(fault);
    for (; line < LINES && !refused && !session_trouble(s); line++) {
        char *cause = NULL;
        size_t before = count_of(s);
        refused = !do_line(s, line, &cause);
        if (refused != (cause != NULL))
            fail_msg("%s: refused without a cause, or the other way round", telling(&fault));
        if (refused && count_of(s) != before)
            fail_msg("%s: refused, and something happened", telling(&fault));
        if (!refused && !session_trouble(s) && count_of(s) != after_line[line + 1])
            fail_msg("%s: all was well, and something is missing", telling(&fault));
        if (!record_unsafe(session_record(s)))
            saved = count_of(s);
        free(cause);
    }
    bool hit = faults_end(), unsafe = record_unsafe(session_record(s));
    if (unsafe && !session_trouble(s))
        fail_msg("%s: not on the disk, and not said", telling(&fault));
    if (hit && !refused && !session_trouble(s) && fault.error != EINTR)
        fail_msg("%s: it failed, and nobody was told", telling(&fault));
    if (assessment_events(session_assessment(s)) != count_of(s))
        fail_msg("%s: what is shown and what is kept differ", telling(&fault));

    /* To another place goes all of it. */
    size_t held = count_of(s);
    char *cause = NULL;
    if (!session_rescue(s, kit_path("new"), &cause) || session_trouble(s) || record_unsafe(session_record(s)))
        fail_msg("%s: not rescued: %s", telling(&fault), cause ? cause : "");
    if (unsafe != (strcmp(record_path(session_record(s)), kit_path("new")) == 0))
        fail_msg("%s: it goes on in the wrong place", telling(&fault));
    go_on(s, &fault, "the same session");
    session_close(s);

    struct session *copy = open_again(kit_path("new"), held, &fault);
    go_on(copy, &fault, "the copy");
    session_close(copy);
    struct session *again = open_again(kit_path("r"), saved, &fault);
    go_on(again, &fault, "the record");
    session_close(again);
    return hit;
}

static void test_each(void **state)
{
    (void)state;
    static const int errors[] = {0, EIO, ENOSPC, EROFS, EINTR};
    int runs = 0;
    for (const char *call = "wdstpa"; *call; call++) {
        for (size_t e = 0; e < sizeof errors / sizeof *errors; e++) {
            for (int all = 0; all < 2; all++) {
                if ((errors[e] == EINTR && (all || *call == 'a')) || (errors[e] == 0 && *call != 'w'))
                    continue;
                for (int nth = 1; play((struct fault){*call, nth, errors[e], all}); nth++)
                    runs++;
            }
        }
    }
    assert_true(runs > 100);
    print_message("# %d faults\n", runs);
}

/* No room, and room again: what was owed is paid, and the trouble is over. */
static void test_room_again(void **state)
{
    (void)state;
    kit_empty();
    struct session *s = begin();
    assert_true(do_line(s, 0, NULL));
    faults_begin((struct fault){.call = 'w', .nth = 2, .error = ENOSPC});
    assert_true(do_line(s, 1, NULL)); /* the answer is saved; that it differs is not */
    assert_true(faults_end());
    assert_non_null(session_trouble(s));
    assert_int_equal(count_of(s), 3);
    assert_int_equal(assessment_disagreements(session_assessment(s)), 0);
    assert_true(do_line(s, 2, NULL));
    assert_null(session_trouble(s));
    assert_int_equal(count_of(s), after_line[3]);
    session_close(s);
}

static int setup(void **state)
{
    (void)state;
    const char *sources = getenv("srcdir");
    char *path = xasprintf("%s/tests/stories/form.yaml", sources ? sources : ".");
    form_text = kit_read(path, &form_length);
    free(path);
    kit_path("r");
    struct session *s = begin();
    after_line[0] = 1;
    for (size_t line = 0; line < LINES; line++) {
        assert_true(do_line(s, line, NULL));
        after_line[line + 1] = count_of(s);
    }
    whole_count = count_of(s);
    assert_in_range(whole_count, LINES + 4, MOST_ENTRIES);
    for (size_t i = 0; i < whole_count; i++)
        whole[i] = bare(s, i);
    session_close(s);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    for (size_t i = 0; i < whole_count; i++)
        json_decref(whole[i]);
    free(form_text);
    return 0;
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each),
        cmocka_unit_test(test_room_again),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
