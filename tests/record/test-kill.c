/* The process killed, and the power cut, before, in the middle of and after each system call of an opening
 * with an unfinished line, some adding, and a making, open and sealed. What was reported saved before it
 * happened is there; nothing of an unfinished line is lost; everything opens again; and nothing of what is
 * sealed lies in the open. */
#include "check.h"

#include "base/mem.h"
#include "faults.h"
#include "kit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BEFORE = 2, ADDED = 3 };

static bool sealed;

/* Past the faults, so that it is no call of the record's. */
ssize_t __real_write(int fd, const void *bytes, size_t length);

/* Tell the parent that note n is saved. */
static void tell(int fd, int n)
{
    char c = (char)n;
    if (__real_write(fd, &c, 1) != 1)
        _exit(3);
}

static void add(int fd)
{
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    if (!record)
        _exit(2);
    for (int n = 10; n < 10 + ADDED; n++) {
        if (kit_append(record, n, NULL) == RECORD_SAVED)
            tell(fd, n);
    }
    record_close(record);
}

static void make(int fd)
{
    json_t *opened = kit_opened();
    struct record *record = record_create(kit_path("r"), opened, NULL);
    if (!record)
        _exit(2);
    tell(fd, 0);
    record_close(record);
    json_decref(opened);
}

/* Do it in a child that ends at the nth call; true if it came to that. What it told is in `saved`. */
static bool killed(void (*act)(int), int nth, enum crash when, bool power, bool saved[128])
{
    int told[2];
    assert_int_equal(pipe(told), 0);
    pid_t child = fork();
    if (child == 0) {
        close(told[0]);
        faults_crash(nth, when, power);
        act(told[1]);
        _exit(0);
    }
    close(told[1]);
    memset(saved, 0, 128);
    char c;
    while (read(told[0], &c, 1) == 1)
        saved[(int)c] = true;
    close(told[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status))
        assert_int_equal(WTERMSIG(status), SIGKILL);
    else
        assert_int_equal(status, 0);
    return WIFSIGNALED(status);
}

static void look(const bool saved[128], const char *when)
{
    const char *path = kit_path("r");
    struct record *record = record_open(path, RECORD_WRITE, NULL);
    if (!record || record_damage(record) || record_read_only(record))
        fail_msg("%s: not to be opened", when);
    for (int n = 1; n <= BEFORE; n++) {
        if (kit_notes(record, n) != 1)
            fail_msg("%s: an old line is gone", when);
    }
    for (int n = 10; n < 10 + ADDED; n++) {
        int found = kit_notes(record, n);
        if (found > 1 || (saved[n] && found != 1))
            fail_msg("%s: note %d is there %d times", when, n, found);
    }
    const char *tail = kit_torn(sealed);
    if (!kit_is_set_aside(path, tail, strlen(tail)))
        fail_msg("%s: the unfinished line is lost", when);
    int recovered = 0;
    for (size_t i = 0; i < record_count(record); i++) {
        const struct event *event = record_event(record, i);
        recovered += event->kind == EVENT_RECOVERED && event_integer(event, "bytes") == (long)strlen(tail);
    }
    if (recovered != 1)
        fail_msg("%s: it says %d times that it was set aside", when, recovered);
    record_close(record);
}

static void look_made(const bool saved[128], const char *when)
{
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    if (saved[0] && (!record || record_count(record) != 1))
        fail_msg("%s: made and not there", when);
    record_close(record);
}

static void at_each_call(bool making, bool power)
{
    int kills = 0;
    for (int when = CRASH_BEFORE; when <= CRASH_AFTER; when++) {
        bool was_killed = true;
        for (int nth = 1; was_killed || (when == CRASH_HALFWAY && nth < 40); nth++) {
            kit_begin(sealed);
            if (!making) {
                kit_sample(kit_path("r"), BEFORE);
                kit_tear(kit_path("r"), sealed);
            }
            bool saved[128];
            char what[64];
            was_killed = killed(making ? make : add, nth, (enum crash)when, power, saved);
            snprintf(what, sizeof what, "%s, %s %s call %d", sealed ? "sealed" : "open",
                     power ? "power cut" : "killed",
                     (const char *[]){"", "before", "in the middle of", "after"}[when], nth);
            if (making)
                look_made(saved, what);
            else
                look(saved, what);
            if (sealed && kit_lies_open())
                fail_msg("%s: %s can be read", what, kit_lies_open());
            kills += was_killed;
        }
    }
    assert_true(kills > (making ? 9 : 40));
}

static int make_open(void **state)
{
    (void)state;
    sealed = false;
    return 0;
}

static int make_sealed(void **state)
{
    (void)state;
    sealed = true;
    return 0;
}

static void test_kill_adding(void **state)
{
    (void)state;
    at_each_call(false, false);
}

static void test_kill_making(void **state)
{
    (void)state;
    at_each_call(true, false);
}

static void test_power_adding(void **state)
{
    (void)state;
    at_each_call(false, true);
}

static void test_power_making(void **state)
{
    (void)state;
    at_each_call(true, true);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_kill_adding, make_open),
        cmocka_unit_test_setup(test_kill_making, make_open),
        cmocka_unit_test_setup(test_power_adding, make_open),
        cmocka_unit_test_setup(test_power_making, make_open),
        {"test_kill_adding, sealed", test_kill_adding, make_sealed, NULL, NULL},
        {"test_kill_making, sealed", test_kill_making, make_sealed, NULL, NULL},
        {"test_power_adding, sealed", test_power_adding, make_sealed, NULL, NULL},
        {"test_power_making, sealed", test_power_making, make_sealed, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
