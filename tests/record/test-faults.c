/* Each system call failing in turn, once and from then on, in each way it can, on open and on sealed records:
 * what was reported saved is there when the record is opened again, once; what was reported not saved is not;
 * an unfinished line is never lost; and nothing of what is sealed comes to lie in the open. */
#include "check.h"

#include "base/mem.h"
#include "faults.h"
#include "kit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BEFORE = 2, ADDED = 4 };

static const int errors[] = {0, EIO, ENOSPC, EDQUOT, EROFS, EINTR};

static bool sealed;

static int setup(void **state)
{
    (void)state;
    sealed = false;
    kit_begin(sealed);
    return 0;
}

static int setup_sealed(void **state)
{
    (void)state;
    sealed = true;
    kit_begin(sealed);
    return 0;
}

/* Run `scenario` with each fault there can be, until it is over before the fault comes. */
static void with_each_fault(void (*scenario)(struct fault fault, bool *hit))
{
    int runs = 0;
    for (const char *call = FAULT_CALLS; *call; call++) {
        for (size_t e = 0; e < sizeof errors / sizeof *errors; e++) {
            for (int all = 0; all < 2; all++) {
                if ((errors[e] == EINTR && all) || (errors[e] == 0 && *call != 'w'))
                    continue; /* interrupted for ever is not a fault but a hang; only a write falls short */
                bool hit = true;
                for (int nth = 1; hit; nth++, runs++) {
                    kit_begin(sealed);
                    scenario((struct fault){*call, nth, errors[e], all}, &hit);
                }
            }
        }
    }
    assert_true(runs > 100);
}

static void told(const struct fault *fault, const char *what)
{
    fail_msg("%s, call %c, number %d, errno %d%s: %s", sealed ? "sealed" : "open", fault->call, fault->nth,
             fault->error, fault->all ? ", always" : "", what);
}

static void check_sealed(const struct fault *fault)
{
    if (sealed && kit_lies_open())
        told(fault, kit_lies_open());
}

static void append_scenario(struct fault fault, bool *hit)
{
    const char *path = kit_path("r");
    kit_sample(path, BEFORE);
    kit_tear(path, sealed);

    enum record_saved results[ADDED];
    bool unsafe = false;
    for (int n = 0; n < ADDED; n++)
        results[n] = RECORD_NOT_SAVED;
    faults_begin(fault);
    struct record *record = record_open(path, RECORD_WRITE, NULL);
    if (record) {
        for (int n = 0; n < ADDED; n++) {
            size_t count = record_count(record);
            char *cause = NULL;
            results[n] = kit_append(record, 10 + n, &cause);
            if (fault.error == EINTR && strchr("wdstp", fault.call) && results[n] != RECORD_SAVED)
                told(&fault, "an interruption is no failure");
            if ((results[n] == RECORD_SAVED) != !cause)
                told(&fault, "no cause, or one too many");
            if (record_count(record) != count + (results[n] != RECORD_NOT_SAVED))
                told(&fault, "memory and result differ");
            if (unsafe && results[n] != RECORD_UNSAFE)
                told(&fault, "safe again without a rescue");
            unsafe = results[n] == RECORD_UNSAFE;
            free(cause);
        }
    }
    *hit = faults_end();
    if (unsafe) {
        assert_true(record_unsafe(record));
        if (!record_rescue(record, kit_path("new"), NULL))
            told(&fault, "not rescued");
        struct record *rescued = record_open(kit_path("new"), RECORD_READ, NULL);
        for (int n = 0; n < ADDED; n++) {
            if (kit_notes(rescued, 10 + n) != (results[n] != RECORD_NOT_SAVED))
                told(&fault, "rescued wrongly");
        }
        assert_null(record_damage(rescued));
        record_close(rescued);
    }
    record_close(record);

    record = record_open(path, RECORD_WRITE, NULL);
    if (!record || record_damage(record) || record_read_only(record))
        told(&fault, "not to be opened again");
    for (int n = 1; n <= BEFORE; n++) {
        if (kit_notes(record, n) != 1)
            told(&fault, "an old line is gone");
    }
    for (int n = 0; n < ADDED; n++) {
        int found = kit_notes(record, 10 + n);
        if (results[n] == RECORD_SAVED ? found != 1 : results[n] == RECORD_NOT_SAVED ? found != 0 : found > 1)
            told(&fault, "saved and not there, or not saved and there, or twice");
    }
    const char *tail = kit_torn(sealed);
    if (!kit_is_set_aside(path, tail, strlen(tail)))
        told(&fault, "the unfinished line is lost");
    int recovered = 0;
    for (size_t i = 0; i < record_count(record); i++) {
        const struct event *event = record_event(record, i);
        recovered += event->kind == EVENT_RECOVERED && event_integer(event, "bytes") == (long)strlen(tail);
    }
    if (recovered != 1)
        told(&fault, "not said once that it was set aside");
    record_close(record);
    check_sealed(&fault);
}

static void create_scenario(struct fault fault, bool *hit)
{
    json_t *opened = kit_opened();
    char *cause = NULL;
    faults_begin(fault);
    struct record *record = record_create(kit_path("r"), opened, &cause);
    *hit = faults_end();
    json_decref(opened);
    if (record) {
        record_close(record);
        record = record_open(kit_path("r"), RECORD_WRITE, NULL);
        if (!record || record_count(record) != 1)
            told(&fault, "made, and not there");
        record_close(record);
    } else if (!cause || kit_exists(kit_path("r"))) {
        told(&fault, "not made, and something left behind");
    }
    free(cause);
    check_sealed(&fault);
}

static void rescue_scenario(struct fault fault, bool *hit)
{
    kit_sample(kit_path("r"), BEFORE);
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    faults_begin((struct fault){.call = 'd', .nth = 1, .error = EIO});
    assert_int_equal(kit_append(record, 10, NULL), RECORD_UNSAFE);
    faults_end();
    faults_begin(fault);
    char *cause = NULL;
    bool rescued = record_rescue(record, kit_path("new"), &cause);
    *hit = faults_end();
    if (rescued == (cause != NULL) || rescued != kit_exists(kit_path("new")))
        told(&fault, "rescued or not?");
    if (!rescued && (!record_unsafe(record) || !record_rescue(record, kit_path("new"), NULL)))
        told(&fault, "not to be rescued a second time");
    free(cause);
    record_close(record);
    record = record_open(kit_path("new"), RECORD_WRITE, NULL);
    if (kit_notes(record, 1) + kit_notes(record, 2) + kit_notes(record, 10) != 3)
        told(&fault, "not all rescued");
    record_close(record);
    check_sealed(&fault);
}

static void test_append(void **state)
{
    (void)state;
    with_each_fault(append_scenario);
}

static void test_create(void **state)
{
    (void)state;
    with_each_fault(create_scenario);
}

static void test_rescue(void **state)
{
    (void)state;
    with_each_fault(rescue_scenario);
}

/* A write that falls short, and a cut that fails as well: said so, and unsafe. */
static void test_cut_fails(void **state)
{
    (void)state;
    kit_sample(kit_path("r"), 1);
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    faults_begin((struct fault){.call = 'w', .nth = 1, .error = 0});
    assert_int_equal(kit_append(record, 10, NULL), RECORD_NOT_SAVED);
    assert_true(faults_end());
    assert_string_equal(faults_trace(), "apwts");
    size_t length;
    char *text = kit_read(kit_path("r"), &length), *cause = NULL;
    assert_int_equal(text[length - 1], '\n'); /* cut back */
    free(text);
    faults_short_then((struct fault){.call = 't', .nth = 1, .error = EIO});
    assert_int_equal(kit_append(record, 11, &cause), RECORD_UNSAFE);
    assert_true(faults_end());
    assert_non_null(strstr(cause, "could not be taken back"));
    free(cause);
    assert_int_equal(kit_notes(record, 11), 1);
    faults_begin((struct fault){0});
    assert_int_equal(kit_append(record, 13, NULL), RECORD_UNSAFE); /* and it stays so */
    faults_end();
    assert_string_equal(faults_trace(), "");
    assert_true(record_rescue(record, kit_path("new"), NULL));
    assert_int_equal(kit_append(record, 12, NULL), RECORD_SAVED);
    record_close(record);
    record = record_open(kit_path("new"), RECORD_READ, NULL);
    assert_int_equal(kit_notes(record, 1) + kit_notes(record, 11) + kit_notes(record, 12), 3);
    record_close(record);
    record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    assert_true(record_torn(record) > 0);
    assert_int_equal(kit_notes(record, 1), 1);
    record_close(record);
}

/* A disk that keeps something else than it was given. */
static void test_copy_differs(void **state)
{
    (void)state;
    kit_sample(kit_path("r"), 1);
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    char *cause = NULL;
    faults_begin((struct fault){.call = 'p', .nth = sealed ? 2 : 1, .error = 0}); /* after the key file */
    assert_false(record_rescue(record, kit_path("new"), &cause));
    assert_true(faults_end());
    assert_non_null(strstr(cause, "did not keep what was written"));
    assert_false(kit_exists(kit_path("new")));
    free(cause);
    record_close(record);
}

/* Where the file system is one that a record cannot live on: no making, no adding, but reading, and copying
 * to. */
static void test_kind(void **state)
{
    (void)state;
    const struct fault nfs = {.call = 'f', .nth = 1, .error = 0, .all = true};
    char *cause = NULL;
    json_t *opened = kit_opened();
    faults_begin(nfs);
    assert_null(record_create(kit_path("r"), opened, &cause));
    assert_true(faults_end());
    json_decref(opened);
    assert_non_null(strstr(cause, "NFS, over a network"));
    free(cause);
    assert_false(kit_exists(kit_path("r")));

    kit_sample(kit_path("r"), 1);
    faults_begin(nfs);
    assert_null(record_open(kit_path("r"), RECORD_WRITE, &cause));
    assert_non_null(strstr(cause, "NFS, over a network"));
    free(cause);
    struct record *record = record_open(kit_path("r"), RECORD_READ, NULL);
    assert_non_null(record);
    assert_true(record_rescue(record, kit_path("copy"), NULL));
    record_close(record);
    faults_end();

    /* an unsafe record is copied there, but does not go on there */
    record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    faults_begin((struct fault){.call = 'd', .nth = 1, .error = EIO});
    assert_int_equal(kit_append(record, 10, NULL), RECORD_UNSAFE);
    faults_begin(nfs);
    assert_true(record_rescue(record, kit_path("new"), NULL));
    faults_end();
    assert_true(record_unsafe(record));
    assert_string_equal(record_path(record), kit_path("r"));
    assert_int_equal(kit_append(record, 11, NULL), RECORD_UNSAFE);
    record_close(record);
    record = record_open(kit_path("new"), RECORD_READ, NULL);
    assert_int_equal(kit_notes(record, 10), 1);
    record_close(record);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_append, setup),
        cmocka_unit_test_setup(test_create, setup),
        cmocka_unit_test_setup(test_rescue, setup),
        cmocka_unit_test_setup(test_cut_fails, setup),
        cmocka_unit_test_setup(test_copy_differs, setup),
        cmocka_unit_test_setup(test_kind, setup),
        {"test_append, sealed", test_append, setup_sealed, NULL, NULL},
        {"test_create, sealed", test_create, setup_sealed, NULL, NULL},
        {"test_rescue, sealed", test_rescue, setup_sealed, NULL, NULL},
        {"test_cut_fails, sealed", test_cut_fails, setup_sealed, NULL, NULL},
        {"test_copy_differs, sealed", test_copy_differs, setup_sealed, NULL, NULL},
        {"test_kind, sealed", test_kind, setup_sealed, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
