/* Line mode's review: a whole session as data, in golden/; while records are being read; what Ctrl-C ends
 * then. */
#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/ticks.h"
#include "golden.h"
#include "line/review.h"
#include "review/cases.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const told[] = {"both-stand-narrowed", "commented",          "met-between", "new-answer",
                                   "practitioner-moved",  "service-user-moved", "raised",      NULL};

/* ---- a reader of one record at a time ---- */

struct slow {
    size_t next, pauses;
    bool over, paused;
};

static int slow_fd(void *reader)
{
    (void)reader;
    return -1;
}

static void read_one(struct collection *collection, size_t i)
{
    char *path = cases_path(cases_name(i));
    struct digester *digester = digester_new();
    const struct facts *facts;
    struct digest *digest = digest_read(digester, path, &facts);
    collection_add(collection, path, digest, facts);
    digester_free(digester);
    free(path);
}

static size_t slow_take(void *reader, struct collection *collection)
{
    struct slow *slow = reader;
    assert_false(slow->paused);
    if (slow->over || slow->next >= cases_count())
        return 0;
    read_one(collection, slow->next++);
    return 1;
}

static void slow_progress(void *reader, size_t *done, size_t *total)
{
    *done = ((struct slow *)reader)->next;
    *total = cases_count();
}

static bool slow_running(void *reader)
{
    const struct slow *slow = reader;
    return !slow->over && slow->next < cases_count();
}

static void slow_stop(void *reader)
{
    ((struct slow *)reader)->over = true;
}

static void slow_pause(void *reader)
{
    ((struct slow *)reader)->paused = true;
    ((struct slow *)reader)->pauses++;
}

static void slow_resume(void *reader)
{
    ((struct slow *)reader)->paused = false;
}

static struct review_reading reading_of(struct slow *slow)
{
    *slow = (struct slow){0};
    return (struct review_reading){slow,         slow_fd,   slow_take,  slow_progress,
                                   slow_running, slow_stop, slow_pause, slow_resume};
}

/* ---- typing ---- */

static void add_all(struct strbuf *sb, FILE *file)
{
    char block[4096];
    rewind(file);
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
        strbuf_addn(sb, block, n);
}

/* What it says to these lines. The caller frees it. */
static char *say(struct collection *collection, const struct review_reading *reading, const char *typed)
{
    struct strbuf said = STRBUF_INIT;
    char *cause = NULL;
    const struct line_review_start start = {0};
    FILE *in = tmpfile(), *out = tmpfile();
    assert_non_null(in);
    assert_non_null(out);
    fputs(typed, in);
    rewind(in);
    assert_int_equal(line_review(collection, reading, &start, in, out, &cause), 0);
    add_all(&said, out);
    fclose(in);
    fclose(out);
    return strbuf_detach(&said);
}

static size_t count(const char *text, const char *words)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, words)); at += strlen(words))
        n++;
    return n;
}

static void test_session(void **state)
{
    (void)state;
    static const char typed[] = "help\n"
                                "sort case,id\n"
                                "filter ended=both_stand,practitioner_moved\n"
                                "open 1\n"
                                "\n"
                                "?\n"
                                "comment\n"
                                "Pat Green\n"
                                "What would help at night?\n"
                                "next\n"
                                "s\n"
                                "hand\n"
                                "Bea Lang\n"
                                "\n"
                                "back\n"
                                "coach 2\n"
                                "\n"
                                "sign 1\n"
                                "yes\n"
                                "figures\n"
                                "figures moved\n"
                                "define moved\n"
                                "questions\n"
                                "questions 1\n"
                                "table remarks\n"
                                "columns by,kind,text\n"
                                "group kind\n"
                                "mark 1\n"
                                "marked\n"
                                "back\n"
                                "back\n"
                                "quit\n";
    struct collection *collection = collection_new();
    cases_begin(told);
    for (size_t i = 0; i < cases_count(); i++)
        read_one(collection, i);
    char *said = say(collection, NULL, typed);
    golden_check_in("tests/line/golden", "review", said);
    free(said);
    collection_free(collection);
}

static void test_while_reading(void **state)
{
    (void)state;
    struct slow slow;
    struct review_reading reading = reading_of(&slow);
    struct collection *collection = collection_new();
    cases_begin(told);
    /* What comes in comes with a page, and with nothing else: a row keeps its number until then. */
    char *said = say(collection, &reading, "help\nt\nagain\nlock\n\nagain\nstop\nagain\nstop\nq\n");
    assert_int_equal(slow.next, 4);
    assert_int_equal(slow.pauses, 1);
    assert_int_equal(count(said, "Still reading: 1 of 7 records."), 1);
    assert_int_equal(count(said, "Still reading: 2 of 7 records."), 1);
    assert_int_equal(count(said, "Still reading: 4 of 7 records."), 1);
    assert_int_equal(count(said, "Reading was stopped: 4 of 7 records are in this."), 2);
    assert_int_equal(count(said, "Nothing is being read now."), 1);
    free(said);
    collection_free(collection);
}

static void test_all_is_read(void **state)
{
    (void)state;
    struct slow slow;
    struct review_reading reading = reading_of(&slow);
    struct collection *collection = collection_new();
    cases_begin(told);
    char *said = say(collection, &reading, "again\nagain\nagain\nagain\nagain\nagain\nagain\nq\n");
    assert_int_equal(count(said, "Still reading"), 6);
    assert_null(strstr(said, "Reading was stopped"));
    free(said);
    collection_free(collection);
}

/* ---- Ctrl-C, at a terminal ---- */

static int near_end = -1, breaks;

/* In place of poll(): first it is pressed, then they leave. */
static int press(struct pollfd *fds, nfds_t number, int milliseconds)
{
    (void)milliseconds;
    if (breaks++ == 0)
        raise(SIGINT);
    else
        assert_int_equal(write(near_end, "again\nq\n", 8), 8);
    return poll(fds, number, -1);
}

static void test_break(void **state)
{
    (void)state;
    struct slow slow;
    struct review_reading reading = reading_of(&slow);
    struct collection *collection = collection_new();
    const struct line_review_start start = {0};
    struct strbuf said = STRBUF_INIT;
    int far;
    char *cause = NULL;
    cases_begin(told);
    assert_int_equal(openpty(&near_end, &far, NULL, NULL, NULL), 0);
    FILE *in = fdopen(far, "r"), *out = tmpfile();
    ticks_wait_with(press);
    assert_int_equal(line_review(collection, &reading, &start, in, out, &cause), 0);
    ticks_wait_with(NULL);
    add_all(&said, out);
    assert_true(slow.over);
    assert_int_equal(slow.next, 1);
    assert_int_equal(count(said.text, "Reading was stopped: 1 of 7 records are in this."), 2);
    strbuf_release(&said);
    fclose(in);
    fclose(out);
    close(near_end);
    collection_free(collection);
}

int main(void)
{
    enum { A_DAY_LATER = 1795341600 }; /* 2026-11-22T10:00:00Z, after the stories */
    mem_init();
    alarm(300);
    clock_fix(A_DAY_LATER);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_session),
        cmocka_unit_test(test_while_reading),
        cmocka_unit_test(test_all_is_read),
        cmocka_unit_test(test_break),
    };
    return cmocka_run_group_tests_name("the review in line mode", tests, NULL, NULL);
}
