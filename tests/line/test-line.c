/* Line mode: whole sittings as data. What two people type, what they read and what is kept stand in one file
 * for each story, golden/NAME; GOLDEN_UPDATE=1 writes them anew. What is typed is in stories.h. */
#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "line/line.h"
#include "session/sitting.h"
#include "stories.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { NOON = 1795255200 }; /* 2026-11-21T10:00:00Z */

static char *sources; /* tests/line, absolute */
static char folder[] = "/tmp/test-line-XXXXXX";

static struct session *begin(const char *form_name)
{
    char *path = path_join(sources, form_name), *cause = NULL;
    struct diags diags;
    diags_init(&diags, form_name);
    struct form *form = form_read(path, &diags);
    if (!form)
        diags_print(&diags, NULL, 0, stderr);
    assert_non_null(form);
    diags_release(&diags);
    free(path);
    unlink("case.record");
    struct session *s = session_begin("case.record", "01JD0000000000000000000000", "K-014", form, &cause);
    if (!s)
        fail_msg("%s", cause);
    return s;
}

/* What was done before they sat down to line mode: intents, one a line; "+1" is a day later. */
static void tell(struct session *s, const char *lines)
{
    while (lines && *lines) {
        size_t length = strcspn(lines, "\n");
        char *cause = NULL;
        json_t *intent = *lines == '+' ? NULL : json_loadb(lines, length, 0, NULL);
        if (*lines == '+')
            clock_fix(clock_now() + (time_t)atoi(lines + 1) * 24 * 60 * 60);
        else if (!intent || !session_do(s, intent, &cause))
            fail_msg("%.*s: %s", (int)length, lines, cause);
        lines += length + (lines[length] == '\n');
    }
}

static void add_events(struct strbuf *sb, const struct session *s)
{
    const struct record *record = session_record(s);
    for (size_t i = 1; i < record_count(record); i++) {
        json_t *body = json_copy(record_event(record, i)->body);
        json_object_del(body, "prev");
        json_object_del(body, "at");
        json_object_del(body, "hash");
        char *text = json_dumps(body, JSON_COMPACT);
        strbuf_addf(sb, "%s\n", text);
        free(text);
        json_decref(body);
    }
}

/* Run line mode over what is typed; what it writes is added to `sb`. */
static int run(struct session *s, const char *typed, size_t length, struct strbuf *sb)
{
    char *written = NULL;
    size_t size = 0;
    FILE *in = tmpfile(), *out = open_memstream(&written, &size);
    fwrite(typed, 1, length, in);
    rewind(in);
    int status = line_run(s, in, out);
    fclose(in);
    fclose(out);
    strbuf_addn(sb, written, size);
    free(written);
    return status;
}

/* No line too wide, nothing that moves a cursor, rings or turns the direction of text. */
static void check_plain(const char *name, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        if (utf8_width_of(text, length) > 72)
            fail_msg("%s: too wide: %.*s", name, (int)length, text);
        for (size_t i = 0; i < length; i++) {
            if ((unsigned char)text[i] < ' ' || text[i] == 127)
                fail_msg("%s: a control character %d in: %.*s", name, text[i], (int)length, text);
        }
        text += length + (text[length] == '\n');
    }
}

static void check_golden(const char *name, const char *text)
{
    char *golden = xasprintf("%s/golden/%s", sources, name), *cause = NULL;
    if (getenv("GOLDEN_UPDATE")) {
        FILE *file = fopen(golden, "w");
        assert_non_null(file);
        fputs(text, file);
        fclose(file);
    }
    size_t length;
    char *expected = path_read(golden, 1 << 20, &length, &cause);
    if (!expected)
        fail_msg("%s", cause);
    if (strcmp(expected, text) != 0) {
        size_t line = 1, i = 0;
        for (; expected[i] && expected[i] == text[i]; i++)
            line += text[i] == '\n';
        while (i && text[i - 1] != '\n')
            i--;
        fail_msg("golden/%s differs in line %zu. It was: %.*s", name, line, (int)strcspn(text + i, "\n"),
                 text + i);
    }
    free(expected);
    free(golden);
}

static void test_story(void **state)
{
    const struct story *story = *state;
    clock_fix(NOON);
    struct strbuf sb = STRBUF_INIT;
    struct session *s = begin(story->form);
    tell(s, story->before);
    if (story->read_only) {
        char *cause = NULL;
        session_close(s);
        s = session_open("case.record", RECORD_READ, &cause);
        assert_non_null(s);
    }
    assert_int_equal(run(s, story->typed, strlen(story->typed), &sb), 0);
    check_plain(story->name, sb.text);
    strbuf_add(&sb, "---- kept ----\n");
    add_events(&sb, s);
    /* What was shown as saved is there when it is opened again. */
    size_t count = record_count(session_record(s));
    session_close(s);
    s = session_open("case.record", RECORD_READ, NULL);
    assert_int_equal(record_count(session_record(s)), count);
    session_close(s);
    check_golden(story->name, sb.text);
    strbuf_release(&sb);
}

/* Cut what is typed at every byte: whatever is said to be saved is in the record, and it leaves in order. */
static void test_cut_anywhere(void **state)
{
    const struct story *story = &stories[0];
    (void)state;
    size_t whole = strlen(story->typed);
    for (size_t cut = 0; cut <= whole; cut += 3) {
        struct strbuf sb = STRBUF_INIT;
        struct session *s = begin(story->form);
        assert_int_equal(run(s, story->typed, cut, &sb), 0);
        const struct record *record = session_record(s);
        const struct event *last = record_event(record, record_count(record) - 1);
        assert_int_equal(last->kind, EVENT_PAUSED);
        assert_non_null(strstr(sb.text, "Everything is saved in case.record."));
        size_t saved = 0, events = 0;
        for (const char *at = sb.text; (at = strstr(at, "\nSaved")); at++)
            saved++;
        for (size_t i = 1; i < record_count(record); i++)
            events += record_event(record, i)->by != ALONGSIDE;
        assert_true(saved <= events);
        session_close(s);
        strbuf_release(&sb);
    }
}

static void test_not_text(void **state)
{
    static const char typed[] = "\n\n\n\nb\n\xff\xfe\n\0\nRobin\nq\n";
    struct strbuf sb = STRBUF_INIT;
    struct session *s = begin("nasty.yaml");
    (void)state;
    run(s, typed, sizeof typed - 1, &sb);
    assert_non_null(strstr(sb.text, "That was not text in UTF-8"));
    assert_non_null(strstr(sb.text, "Saved: Robin"));
    session_close(s);
    strbuf_release(&sb);
}

static void test_long_line(void **state)
{
    struct strbuf typed = STRBUF_INIT, sb = STRBUF_INIT;
    struct session *s = begin("nasty.yaml");
    (void)state;
    strbuf_add(&typed, NOBODY);
    for (int i = 0; i < 100000; i++)
        strbuf_addch(&typed, 'x');
    strbuf_add(&typed, "\nshort\nq\n");
    run(s, typed.text, typed.length, &sb);
    assert_non_null(strstr(sb.text, "That line is too long"));
    assert_non_null(strstr(sb.text, "Saved: short"));
    check_plain("long line", sb.text);
    session_close(s);
    strbuf_release(&sb);
    strbuf_release(&typed);
}

/* ---- the disk ---- */

/* The next sync fails, or the nth write finds no room. */
static bool sync_fails;
static int write_fails;

int __real_fdatasync(int fd);
int __wrap_fdatasync(int fd);
int __wrap_fdatasync(int fd)
{
    if (!sync_fails)
        return __real_fdatasync(fd);
    sync_fails = false;
    errno = EIO;
    return -1;
}

ssize_t __real_write(int fd, const void *bytes, size_t count);
ssize_t __wrap_write(int fd, const void *bytes, size_t count);
ssize_t __wrap_write(int fd, const void *bytes, size_t count)
{
    if (!write_fails || --write_fails)
        return __real_write(fd, bytes, count);
    errno = ENOSPC;
    return -1;
}

static size_t times(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text++)
        count++;
    return count;
}

static void test_sync_fails(void **state)
{
    static const char typed[] = NOBODY "4\n2\n\n\nn\nq\n/nowhere/x\nsaved.record\n";
    struct strbuf sb = STRBUF_INIT;
    struct session *s = begin("home.yaml");
    (void)state;
    sync_fails = true;
    assert_int_equal(run(s, typed, sizeof typed - 1, &sb), 0);
    assert_false(sync_fails);
    assert_true(times(sb.text, "no\n  longer be relied on") + times(sb.text, "no longer be relied on") >
                5); /* said again and again */
    assert_int_equal(times(sb.text, "\nSaved"), 0);
    assert_true(times(sb.text, "Not saved yet: 4") == 1);
    assert_non_null(strstr(sb.text, "All of it is saved in saved.record."));
    check_plain("sync", sb.text);
    session_close(s);
    s = session_open("saved.record", RECORD_READ, NULL);
    assert_int_equal(json_integer_value(assessment_answer(session_assessment(s), 0, PRACTITIONER)->value), 2);
    session_close(s);
    unlink("saved.record");

    /* They leave without. */
    strbuf_clear(&sb);
    s = begin("home.yaml");
    sync_fails = true;
    assert_int_equal(run(s, NOBODY "4\nq\n\n", 8, &sb), 2);
    assert_null(strstr(sb.text, "Everything is saved"));
    session_close(s);
    strbuf_release(&sb);
}

static void test_no_room(void **state)
{
    static const char typed[] = NOBODY "4\n4\nq\n";
    struct strbuf sb = STRBUF_INIT;
    struct session *s = begin("home.yaml");
    (void)state;
    write_fails = 2; /* who is here is the first, the answer the second */
    assert_int_equal(run(s, typed, sizeof typed - 1, &sb), 0);
    assert_int_equal(times(sb.text, "Saved: 4"), 1);
    assert_int_equal(times(sb.text, "Service user, a number from 1 to 5"), 2); /* asked again */
    assert_int_equal(record_count(session_record(s)), 4); /* opened, sat, answered, paused */
    session_close(s);
    strbuf_release(&sb);
}

/* Who reads us goes away. */
static void test_output_gone(void **state)
{
    int fds[2];
    struct session *s = begin("home.yaml");
    (void)state;
    assert_int_equal(pipe(fds), 0);
    close(fds[0]);
    FILE *in = tmpfile(), *out = fdopen(fds[1], "w");
    fputs(NOBODY "4\n", in);
    rewind(in);
    assert_int_equal(line_run(s, in, out), 0);
    fclose(in);
    fclose(out);
    const struct record *record = session_record(s);
    assert_int_equal(record_event(record, record_count(record) - 1)->kind, EVENT_PAUSED);
    session_close(s);
}

/* A break is offered once in 20 minutes, and takes no line that is typed. */
static void test_break(void **state)
{
    struct strbuf sb = STRBUF_INIT;
    struct session *s = begin("home.yaml");
    (void)state;
    tell(s, "{\"by\":\"practitioner\",\"event\":\"sat\"}");
    clock_fix(NOON + 20 * 60);
    assert_int_equal(run(s, "3\n3\nq\n", 6, &sb), 0);
    const char *offered = strstr(sb.text, sitting_break_told);
    assert_non_null(offered);
    assert_null(strstr(offered + 1, sitting_break_told));
    assert_int_equal(json_integer_value(assessment_answer(session_assessment(s), 0, SERVICE_USER)->value), 3);
    clock_fix(NOON);
    session_close(s);
    strbuf_release(&sb);
}

/* ---- signals ---- */

/* Read from a pipe until `text` has come. */
static void wait_for(int fd, struct strbuf *sb, const char *text)
{
    char c;
    while (!strstr(sb->text, text) && read(fd, &c, 1) == 1)
        strbuf_addch(sb, c);
    if (!strstr(sb->text, text))
        fail_msg("“%s” never came; this did: %s", text, sb->text);
}

static void test_signal(void **state)
{
    int number = *(int *)*state, to[2], from[2], status;
    struct strbuf sb = STRBUF_INIT;
    assert_int_equal(pipe(to), 0);
    assert_int_equal(pipe(from), 0);
    struct session *s = begin("home.yaml");
    pid_t child = fork();
    if (child == 0) {
        signal(number, SIG_DFL); /* the tests may be run by nohup */
        close(to[1]);
        close(from[0]);
        FILE *in = fdopen(to[0], "r"), *out = fdopen(from[1], "w");
        int result = line_run(s, in, out);
        session_close(s);
        fclose(in);
        fclose(out);
        _exit(result);
    }
    session_close(s);
    close(to[0]);
    close(from[1]);
    static const char typed[] = NOBODY "4\nhalf a wo"; /* in the middle of a word */
    assert_int_equal(write(to[1], typed, sizeof typed - 1), (int)sizeof typed - 1);
    wait_for(from[0], &sb, "Practitioner, a number");
    kill(child, number);
    wait_for(from[0], &sb, "You can go on from here later.");
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    close(to[1]);
    close(from[0]);
    s = session_open("case.record", RECORD_WRITE, NULL);
    const struct assessment *a = session_assessment(s);
    assert_int_equal(json_integer_value(assessment_answer(a, 0, SERVICE_USER)->value), 4);
    assert_null(assessment_answer(a, 0, PRACTITIONER)->value);
    assert_int_equal(assessment_paused_at(a), 0);
    session_close(s);
    strbuf_release(&sb);
}

/* On a terminal, what the other may not see yet is typed without echo; all else with. */
static void test_no_echo(void **state)
{
    int terminal = posix_openpt(O_RDWR | O_NOCTTY), status;
    struct termios modes;
    struct strbuf sb = STRBUF_INIT;
    (void)state;
    assert_true(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
    int side = open(ptsname(terminal), O_RDWR | O_NOCTTY);
    assert_true(side >= 0);
    struct session *s = begin("types.yaml");
    tell(s, "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"safe\"}");
    pid_t child = fork();
    if (child == 0) {
        FILE *in = fdopen(side, "r"), *out = fdopen(dup(side), "w");
        int result = line_run(s, in, out);
        session_close(s);
        fclose(in);
        fclose(out);
        _exit(result);
    }
    session_close(s);
    assert_int_equal(write(terminal, "Rae\nSam\n\n\nb\n", 12), 12);
    wait_for(terminal, &sb, "Sam, a number from 1 to 5");
    assert_int_equal(tcgetattr(terminal, &modes), 0);
    assert_false(modes.c_lflag & ECHO);
    assert_int_equal(write(terminal, "5\n", 2), 2);
    wait_for(terminal, &sb, "Rae, a number from 1 to 5");
    assert_null(strstr(strstr(sb.text, "Going well"), "5\r"));
    assert_int_equal(write(terminal, "1\n", 2), 2);
    wait_for(terminal, &sb, "n for later:");
    assert_int_equal(tcgetattr(terminal, &modes), 0);
    assert_true(modes.c_lflag & ECHO);
    assert_non_null(strstr(sb.text, "Sam says: 5: Going well"));
    assert_int_equal(write(terminal, "n\nq\n", 4), 4);
    wait_for(terminal, &sb, "go on from here later.");
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    close(side);
    close(terminal);
    strbuf_release(&sb);
}

/* ---- the home menu ---- */

static void test_home(void **state)
{
    static const char *const items[] = {"Go on with K-014", "Begin a new one", "Leave"};
    static const struct {
        const char *typed;
        int picked;
    } cases[] = {{"2\n", 1}, {"0\n4\nx\n3\n", 2}, {"q\n", -1}, {"", -1}, {"1", -1}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *written = NULL;
        size_t size;
        FILE *in = tmpfile(), *out = open_memstream(&written, &size);
        fputs(cases[i].typed, in);
        rewind(in);
        assert_int_equal(line_home(in, out, "Alongside", items, 3), cases[i].picked);
        fclose(out);
        fclose(in);
        assert_non_null(strstr(written, "   2. Begin a new one\n"));
        check_plain("home", written);
        free(written);
    }
}

/* Two sittings that differ only in what Sam answers where neither is to see it yet: each line is the same. */
static void test_hidden(void **state)
{
    (void)state;
    static const struct {
        const char *question, *one, *other;
    } secrets[] = {
        {"scale", "1\n", "5\n"},
        {"scale", "1\n", "s3\n"},
        {"number", "7\n\n", "70\n\n"}, /* one breaks the warning */
        {"number", "70\n\n", "s1\n\n"},
        {"number", "13\n", "a word\n"}, /* neither can be taken */
        {"who", "1\n\n", "3\nhim next door\n"},
        {"several", "1 2\n\n", "s2\n\n"},
        {"order", "1 2 3\n", "3 1 2\n"},
        {"many", "1\n", "16\n"},
        {"words", "gym\n", "s1\n"},
        {"why", "1\nno\n1\n", "5\nnever\n4\n"},
        {"why", "1\nno\n1\n", "s3\nnever\n4\n"},
        {"home", "hide\n1\n", "hide\n5\n"},
        {"home", "hide\n1\n", "hide\ns2\n"},
        {"home", "1\n", "5\n"}, /* not hidden: that it can be seen */
    };
    enum { COUNT = sizeof secrets / sizeof *secrets };
    for (size_t i = 0; i < COUNT; i++) {
        struct strbuf sb[2] = {STRBUF_INIT, STRBUF_INIT};
        for (int other = 0; other < 2; other++) {
            clock_fix(NOON);
            struct session *s = begin("../screen/forms/hidden.yaml");
            char *at = xasprintf("{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"%s\"}",
                                 secrets[i].question);
            tell(s, at);
            tell(s, "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\","
                    "\"service_user\":\"Sam\"}}");
            char *typed = xasprintf("%sk\nkept all\n\nkept all\nMy\nd\no\n\nplan\n?\nlang\n/\nhow\n\nq\n",
                                    other ? secrets[i].other : secrets[i].one);
            run(s, typed, strlen(typed), &sb[other]);
            check_plain(secrets[i].question, sb[other].text);
            free(typed);
            free(at);
            session_close(s);
        }
        if (i + 1 == COUNT)
            assert_string_not_equal(sb[0].text, sb[1].text);
        else
            assert_string_equal(sb[0].text, sb[1].text);
        strbuf_release(&sb[0]);
        strbuf_release(&sb[1]);
    }
}

int main(void)
{
    mem_init();
    alarm(300); /* rather than wait for ever for words that do not come */
    clock_fix(NOON);
    const char *srcdir = getenv("srcdir");
    char *here = realpath(srcdir ? srcdir : ".", NULL);
    sources = path_join(here, "tests/line");
    free(here);
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return 99;
    setenv("HOME", "/home/rae", 1); /* where a copy would go */
    static int signals[] = {SIGHUP, SIGINT, SIGTERM};
    struct CMUnitTest tests[STORIES + 16];
    size_t count = 0;
    for (size_t i = 0; i < STORIES; i++)
        tests[count++] = (struct CMUnitTest){stories[i].name, test_story, NULL, NULL, (void *)&stories[i]};
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_cut_anywhere);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_not_text);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_long_line);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_sync_fails);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_no_room);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_output_gone);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_no_echo);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_break);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_hidden);
    for (size_t i = 0; i < 3; i++)
        tests[count++] = (struct CMUnitTest)cmocka_unit_test_prestate(test_signal, &signals[i]);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_home);
    int failed = _cmocka_run_group_tests("line", tests, count, NULL, NULL);
    unlink("case.record");
    unlink("copy.txt");
    unlink("look.txt");
    if (chdir("/") == 0)
        rmdir(folder);
    free(sources);
    return failed;
}
