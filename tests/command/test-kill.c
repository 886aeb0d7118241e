/* `alongside apply`, fed through a pipe line by line, killed with SIGKILL when the record holds one more
 * entry than last time, for every number of entries that there can be. What was in the record is there again,
 * what the rules owed is added on opening, the script can be gone on with where it was broken off, and in the
 * end every entry follows from those before it. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "session/script.h"
#include "session/session.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_FILE = 1 << 20 };

/* A disagreement, settled: the second yes makes the program add an answer and the outcome, one after the
 * other. */
static const char *const script[] = {
    ("{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
     "\"Sam\"}}"),
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":5}",
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":1}",
    "{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"text\":\"I can be told to go\"}",
    "{\"by\":\"practitioner\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"agree\",\"value\":3}",
    "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}",
    "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}",
    "{\"by\":\"service_user\",\"event\":\"undone\"}",
    "{\"by\":\"service_user\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"stopped\"}",
};
enum { LINES = sizeof script / sizeof *script };

static char folder[] = "/tmp/alongside-kill-XXXXXX";
static char *path;

static const char yaml[] = "form: kill\nversion: \"1\"\ntitle: Kill\nlanguages: [en]\nsections:\n"
                           "  - section: one\n    title: One\n    questions:\n"
                           "      - {name: home, type: range, min: 1, max: 5, label: Home}\n";

static void begin(void)
{
    struct diags diags;
    diags_init(&diags, "kill");
    struct form *form = form_load("kill", yaml, sizeof yaml - 1, &diags);
    assert_non_null(form);
    diags_release(&diags);
    char *cause = NULL;
    unlink(path);
    struct session *s = session_begin(path, "01KILL00000000000000000000", "kill", form, &cause);
    if (!s)
        fail_msg("%s", cause);
    session_close(s);
}

static char *read_all(size_t *length)
{
    char *text = path_read(path, MOST_FILE, length, NULL);
    assert_non_null(text);
    return text;
}

/* Whole lines in the file; the bytes up to the end of the last of them. */
static size_t entries(size_t *bytes)
{
    size_t length, count = 0;
    char *text = read_all(&length);
    *bytes = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n') {
            count++;
            *bytes = i + 1;
        }
    }
    free(text);
    return count;
}

static pid_t start(int *feed)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDERR_FILENO);
        execl(getenv("ALONGSIDE"), "alongside", "apply", path, "-", (char *)NULL);
        _exit(127);
    }
    close(ends[0]);
    *feed = ends[1];
    return child;
}

static void feed_line(int feed, const char *line)
{
    assert_int_equal(write(feed, line, strlen(line)), (ssize_t)strlen(line));
    assert_int_equal(write(feed, "\n", 1), 1);
}

/* Wait until the record holds `wanted` entries; false where the child ends before. */
static bool wait_for(pid_t child, size_t wanted)
{
    size_t bytes;
    while (entries(&bytes) < wanted) {
        if (waitpid(child, NULL, WNOHANG) == child)
            return false;
        poll(NULL, 0, 1); /* gives the processor away; what is waited for is the file */
    }
    return true;
}

/* What the rules make of the first `lines` lines: how many entries there are then. */
static size_t entries_after(size_t lines)
{
    struct session *s = session_open(path, RECORD_WRITE, NULL);
    assert_non_null(s);
    for (size_t i = 0; i < lines; i++) {
        struct script_count count = {0};
        char *cause = NULL;
        if (script_do(s, script[i], strlen(script[i]), &count, &cause) != SCRIPT_DONE)
            fail_msg("%s: %s", script[i], cause);
    }
    size_t count = assessment_events(session_assessment(s));
    session_close(s);
    return count;
}

/* How many of the script's lines stand in the record: entries that the program did not add. */
static size_t lines_done(const struct assessment *a)
{
    size_t count = 0;
    for (size_t i = 1; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        count += event->by != ALONGSIDE && !event_text(event, "through");
    }
    return count;
}

static void check_follows(const struct session *s)
{
    const struct assessment *whole = session_assessment(s);
    struct assessment *a = assessment_new(session_form(s));
    for (size_t i = 0; i < assessment_events(whole); i++) {
        char *cause = NULL;
        if (!assessment_follows(a, assessment_event(whole, i), &cause))
            fail_msg("entry %zu does not follow: %s", i + 1, cause);
        assessment_fold(a, assessment_event(whole, i));
    }
    assert_null(assessment_owed(a));
    assessment_free(a);
}

/* The bodies of all entries but the first, without the frame, to compare two records. */
static char *told(const struct assessment *a)
{
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 1; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        json_t *body = json_copy(event->body);
        if (event->kind != EVENT_RECOVERED) {
            json_object_del(body, "seq");
            json_object_del(body, "prev");
            json_object_del(body, "at");
            json_object_del(body, "of"); /* by number, which an entry about the recovery shifts */
            char *text = json_dumps(body, JSON_COMPACT);
            strbuf_addf(&sb, "%s\n", text);
            free(text);
        }
        json_decref(body);
    }
    return strbuf_detach(&sb);
}

/* Play it with a kill once `wanted` entries are there, then go on; what came of it. NULL where it never had
 * as many. */
static char *play_with_kill(size_t wanted)
{
    begin();
    int feed, status;
    pid_t child = start(&feed);
    signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < LINES; i++)
        feed_line(feed, script[i]);
    /* The end of the script is held back, so that the child is at work or waiting when it is killed. */
    assert_true(wait_for(child, wanted));
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    close(feed);

    size_t bytes, length;
    size_t before = entries(&bytes);
    char *was = read_all(&length);
    assert_true(before >= wanted);
    char *cause = NULL;
    struct session *s = session_open(path, RECORD_WRITE, &cause);
    if (!s)
        fail_msg("killed at %zu: %s", wanted, cause);
    assert_null(session_read_only(s));
    char *is = read_all(&length);
    assert_true(length >= bytes);
    assert_memory_equal(is, was, bytes);
    free(is);
    free(was);
    for (size_t i = lines_done(session_assessment(s)); i < LINES; i++) {
        struct script_count count = {0};
        if (script_do(s, script[i], strlen(script[i]), &count, &cause) != SCRIPT_DONE)
            fail_msg("killed at %zu: %s: %s", wanted, script[i], cause);
    }
    check_follows(s);
    char *story = told(session_assessment(s));
    session_close(s);
    return story;
}

static void test_killed_everywhere(void **state)
{
    (void)state;
    begin();
    size_t all = entries_after(LINES);
    struct session *s = session_open(path, RECORD_READ, NULL);
    char *whole = told(session_assessment(s));
    session_close(s);
    assert_true(all > LINES + 1); /* or it tries nothing that the program adds */
    for (size_t wanted = 1; wanted <= all; wanted++) {
        char *story = play_with_kill(wanted);
        assert_string_equal(story, whole);
        free(story);
    }
    free(whole);
}

/* As if the kill had come between any two entries, one of the program's own among them: cut there, opened,
 * gone on with. The kill above comes there only by luck. */
static void test_cut_between_any_two(void **state)
{
    (void)state;
    begin();
    size_t all = entries_after(LINES), length;
    char *text = read_all(&length);
    struct session *s = session_open(path, RECORD_READ, NULL);
    char *whole = told(session_assessment(s));
    session_close(s);
    const char *end = text;
    for (size_t keep = 1; keep <= all; keep++) {
        end = strchr(end, '\n') + 1;
        FILE *out = fopen(path, "w");
        assert_int_equal(fwrite(text, 1, (size_t)(end - text), out), (size_t)(end - text));
        assert_int_equal(fclose(out), 0);
        char *cause = NULL;
        s = session_open(path, RECORD_WRITE, &cause);
        if (!s)
            fail_msg("cut after %zu: %s", keep, cause);
        for (size_t i = lines_done(session_assessment(s)); i < LINES; i++) {
            struct script_count count = {0};
            if (script_do(s, script[i], strlen(script[i]), &count, &cause) != SCRIPT_DONE)
                fail_msg("cut after %zu: %s: %s", keep, script[i], cause);
        }
        check_follows(s);
        char *story = told(session_assessment(s));
        assert_string_equal(story, whole);
        free(story);
        session_close(s);
    }
    free(whole);
    free(text);
}

int main(void)
{
    mem_init();
    if (!getenv("ALONGSIDE") || !mkdtemp(folder))
        return 99;
    path = path_join(folder, "kill.jsonl");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_killed_everywhere),
        cmocka_unit_test(test_cut_between_any_two),
    };
    int failed = cmocka_run_group_tests_name("kill", tests, NULL, NULL);
    char *torn = xasprintf("%s.torn", path);
    unlink(torn);
    free(torn);
    unlink(path);
    rmdir(folder);
    free(path);
    return failed;
}
