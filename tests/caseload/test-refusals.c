/* A whole caseload sealed, gone on with, opened, locked and unlocked, each call failing in turn: what is not
 * done is said; a second try does it; no assessment is lost; and while the key file says that all is sealed,
 * none lies in the open. */
#include "check.h"

#include "../record/faults.h"
#include "../record/kit.h"
#include "../record/refusals.h"
#include "base/mem.h"
#include "base/path.h"
#include "caseload/passphrase.h"
#include "caseload/protect.h"
#include "caseload/unlock.h"
#include "record/frame.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECORDS = 2, NOTES = 1, MOST_CALLS = 400 };

static const char words[] = "some words of my own", other[] = "quite other words now";
static const unsigned char code[RECOVERY_BYTES] = "a code of 20 bytes.";
static const char *const names[RECORDS] = {"a.jsonl", "b.jsonl"};
static char *folder;

static void cause_is(char *cause, const char *wanted)
{
    if (!cause || !strstr(cause, wanted))
        fail_msg("“%s” is not “… %s …”", cause ? cause : "nothing", wanted);
    free(cause);
}

/* ---- how it begins ---- */

static void prepare_open(void)
{
    kit_begin(false);
    for (int i = 0; i < RECORDS; i++)
        kit_sample(kit_path(names[i]), NOTES);
    kit_write(kit_path("a.jsonl.draft"), "{\"place\":\"home\",\"text\":\"note half\"}", 34);
    kit_write(kit_path("a.jsonl.new"), "note left", 9);
}

static bool seal(char **cause)
{
    struct key_file file;
    size_t left = 0;
    enum key_found found = key_file_read(folder, &file, NULL, cause);
    if (found == KEY_BROKEN ||
        (found == KEY_NONE && !protect_begin(folder, false, words, strlen(words), code, cause)) ||
        !protect_move(folder, KEY_SEALED, NULL, &left, cause))
        return false;
    if (left)
        *cause = xasprintf("%zu are left", left);
    return left == 0;
}

static bool open_again(char **cause)
{
    size_t left = 0;
    if (!protect_move(folder, KEY_OPENING, NULL, &left, cause))
        return false;
    if (left)
        *cause = xasprintf("%zu are left", left);
    return left == 0;
}

static void prepare_sealed(void)
{
    char *cause = NULL;
    prepare_open();
    if (!seal(&cause))
        fail_msg("%s", cause);
}

static void prepare_locked(void)
{
    prepare_sealed();
    keyring_wipe();
}

/* ---- what is done ---- */

static bool look_through(char **cause)
{
    struct protect_look look;
    return protect_look(folder, &look, cause);
}

static bool hold(char **cause)
{
    int held = protect_hold(folder, cause);
    protect_release(held);
    return held >= 0;
}

static bool change(char **cause)
{
    return protect_change(folder, other, strlen(other), code, cause);
}

static bool unlock(char **cause)
{
    return caseload_unlock(folder, words, strlen(words), NULL, cause);
}

/* ---- what holds then ---- */

static void look_records(const char *when)
{
    for (int i = 0; i < RECORDS; i++) {
        char *cause = NULL;
        struct record *record = record_open(kit_path(names[i]), RECORD_READ, &cause);
        if (!record || record_damage(record) || kit_notes(record, NOTES) != 1)
            fail_msg("%s: %s: %s", when, names[i], cause ? cause : "it is not as it was");
        record_close(record);
    }
}

static void unlocked(const char *when)
{
    bool wrong;
    char *cause = NULL;
    if (caseload_lock_of(folder, NULL, NULL) != CASELOAD_LOCKED)
        return;
    if (!caseload_unlock(folder, words, strlen(words), &wrong, NULL) &&
        !caseload_unlock(folder, other, strlen(other), &wrong, &cause))
        fail_msg("%s: %s", when, cause);
}

static void look_sealed(bool done, const char *when)
{
    char *cause = NULL;
    unlocked(when);
    look_records(when);
    struct key_file file;
    if (key_file_read(folder, &file, NULL, NULL) == KEY_FOUND && file.state == KEY_SEALED && kit_lies_open())
        fail_msg("%s: %s lies in the open", when, kit_lies_open());
    if (done && file.state != KEY_SEALED)
        fail_msg("%s: it is said to be done", when);
    if (!seal(&cause))
        fail_msg("%s: a second try: %s", when, cause);
    if (kit_lies_open())
        fail_msg("%s: %s lies in the open", when, kit_lies_open());
    look_records(when);
}

static void look_open(bool done, const char *when)
{
    char *cause = NULL;
    unlocked(when);
    look_records(when);
    if (done && caseload_is_sealed(folder))
        fail_msg("%s: it is said to be done", when);
    if (caseload_is_sealed(folder) && !open_again(&cause))
        fail_msg("%s: a second try: %s", when, cause);
    keyring_wipe();
    look_records(when);
}

static void look_changed(bool done, const char *when)
{
    bool wrong;
    keyring_wipe();
    if (done && !caseload_unlock(folder, other, strlen(other), &wrong, NULL))
        fail_msg("%s: the new one does not fit", when);
    unlocked(when);
    look_records(when);
}

static void look_same(bool done, const char *when)
{
    (void)done;
    unlocked(when);
    look_records(when);
}

static const struct {
    const char *name;
    void (*prepare)(void);
    bool (*act)(char **cause);
    void (*look)(bool done, const char *when);
} scenarios[] = {
    {"sealing", prepare_open, seal, look_sealed},
    {"opening", prepare_sealed, open_again, look_open},
    {"looking", prepare_sealed, look_through, look_same},
    {"keeping others out", prepare_open, hold, look_same},
    {"changing the passphrase", prepare_sealed, change, look_changed},
    {"unlocking", prepare_locked, unlock, look_same},
};
enum { SCENARIOS = sizeof scenarios / sizeof *scenarios };

static bool one(int scenario, const char *function, char call, int nth, bool all)
{
    char when[160], *cause = NULL, letter[] = {call, '\0'};
    snprintf(when, sizeof when, "%s: %s, number %d%s", scenarios[scenario].name, function ? function : letter,
             nth, all ? ", always" : "");
    scenarios[scenario].prepare();
    if (function)
        refusal_begin(function, nth, EIO, all);
    else
        faults_begin((struct fault){call, nth, EIO, all});
    bool done = scenarios[scenario].act(&cause), hit = function ? refusal_end() : faults_end();
    if (done == (cause != NULL))
        fail_msg("%s: %s", when, done ? cause : "it is not said why");
    scenarios[scenario].look(done, when);
    free(cause);
    return hit;
}

static void test_each(void **state)
{
    (void)state;
    int hits = 0;
    for (int way = 0; way < 2 * SCENARIOS; way++) {
        for (const char *const *f = refusal_functions; *f; f++) {
            int nth = 1;
            while (nth < MOST_CALLS && one(way / 2, *f, 0, nth, way & 1))
                nth++;
            hits += nth - 1;
        }
        for (const char *call = FAULT_CALLS; *call; call++) {
            int nth = 1;
            while (nth < MOST_CALLS && one(way / 2, NULL, *call, nth, way & 1))
                nth++;
            hits += nth - 1;
        }
    }
    assert_true(hits > 300);
}

/* ---- what is said ---- */

static void test_said(void **state)
{
    (void)state;
    char *cause = NULL;
    struct protect_look look;
    size_t left;
    kit_begin(false);
    assert_int_equal(protect_hold("/nowhere at all", &cause), -1);
    cause_is(cause, "The folder /nowhere at all cannot be looked into");
    protect_release(-1);
    refusal_begin("flock", 1, EIO, false);
    cause = NULL;
    assert_int_equal(protect_hold(folder, &cause), -1);
    cause_is(cause, "cannot be kept from others");
    refusal_end();
    cause = NULL;
    assert_false(protect_look("/nowhere at all", &look, &cause));
    cause_is(cause, "cannot be looked into");
    char **others = protect_others("/nowhere at all");
    assert_null(*others);
    free(others);
    refusal_begin("readdir", 1, EIO, false);
    cause = NULL;
    assert_false(protect_look(folder, &look, &cause));
    cause_is(cause, "cannot be looked through");
    refusal_end();

    /* Nothing that is sealed: nothing to unlock, to change or to open. */
    cause = NULL;
    assert_false(unlock(&cause));
    cause_is(cause, "is not sealed: there is nothing to unlock.");
    cause = NULL;
    assert_false(change(&cause));
    cause_is(cause, "is not sealed.");
    cause = NULL;
    assert_false(protect_move(folder, KEY_OPENING, NULL, &left, &cause));
    cause_is(cause, "is not sealed.");
    assert_null(caseload_half_moved(folder));

    /* Locked: neither of them. */
    prepare_locked();
    cause = NULL;
    assert_false(change(&cause));
    cause_is(cause, "is locked. Unlock it with its passphrase first.");
    assert_null(caseload_half_moved(folder));

    /* A key file of no use: nothing is begun anew over it. */
    kit_write(kit_path("alongside.key"), "x", 1);
    assert_int_equal(caseload_lock_of(folder, NULL, NULL), CASELOAD_STUCK);
    cause = NULL;
    assert_false(protect_begin(folder, true, words, strlen(words), code, &cause));
    cause_is(cause, "Put back a copy of it");
    cause = NULL;
    assert_false(unlock(&cause));
    cause_is(cause, "Put back a copy of it");
}

/* A leftover that cannot be taken away may be in the open: it is not said that all is sealed. */
static void test_leftover(void **state)
{
    (void)state;
    char *cause = NULL, left[200];
    struct key_file file;
    kit_begin(false);
    snprintf(left, sizeof left, "%s/gone.jsonl.new", folder);
    assert_int_equal(mkdir(left, 0700), 0);
    assert_false(seal(&cause));
    cause_is(cause, "gone.jsonl.new cannot be removed");
    assert_int_equal(key_file_read(folder, &file, NULL, NULL), KEY_FOUND);
    assert_int_equal(file.state, KEY_SEALING);
    assert_int_equal(rmdir(left), 0);
    cause = NULL;
    assert_true(seal(&cause));
}

/* What stands beside no record is told, whichever way. */
static void test_strays(void **state)
{
    (void)state;
    static const char *const strays[] = {"x.jsonl.draft", "x.jsonl.draft.word", "x.jsonl.torn",
                                         "x.jsonl.torn.12"};
    static const char *const none[] = {"x.jsonl.torn.",
                                       "x.jsonl.torn.1a",
                                       "x.jsonl.tornado",
                                       ".x.jsonl",
                                       ".jsonl",
                                       "x.jsonl.news",
                                       "x.jsonl.other.new",
                                       "y",
                                       "z",
                                       "x.json"};
    static const char *const gone[] = {"x.jsonl.new", "x.jsonl.torn-part", "x.jsonl.draft.new",
                                       "x.jsonl.torn.3.new"};
    kit_begin(false);
    char path[300], *cause = NULL;
    size_t left = 0;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, none[i]);
        kit_write(path, "x", 1);
    }
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, gone[i]);
        kit_write(path, "x", 1);
    }
    char **others = protect_others(folder);
    size_t count = 0;
    for (char **name = others; *name; name++, count++)
        free(*name);
    free(others);
    assert_int_equal(count, sizeof none / sizeof *none);
    assert_true(protect_begin(folder, true, words, strlen(words), code, &cause));
    for (size_t i = 0; i < sizeof strays / sizeof *strays; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, strays[i]);
        kit_write(path, "x", 1);
        assert_true(protect_move(folder, KEY_SEALED, NULL, &left, &cause));
        assert_int_equal(left, 1);
        unlink(path);
    }
    assert_true(seal(&cause));
    snprintf(path, sizeof path, "%s/x.jsonl.draft", folder);
    const char sealed_file[] = "{\"sealed\":1,\"file\":\"draft\"";
    kit_write(path, sealed_file, sizeof sealed_file - 1);
    assert_true(protect_move(folder, KEY_OPENING, NULL, &left, &cause));
    assert_int_equal(left, 1);
    unlink(path);
    assert_true(seal(&cause));
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, gone[i]);
        assert_false(kit_exists(path));
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, none[i]);
        assert_true(kit_exists(path));
        unlink(path);
    }
}

/* Passphrases that are refused, and one that is not where the references cannot be read. */
static void test_fits(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length;
        const char *says;
    } rows[] = {
        {"some words\0of", 13, "That is not UTF-8 text."},
        {"some words \xff of", 14, "That is not UTF-8 text."},
        {"elf zeichen", 11, "That is too short: 11 of at least 12 characters."},
        {"ääääääääääää", 24, "That is one character again and again"},
        {"aaaaaaaaaaab", 12, NULL},
        {"ääääääääääää a", 26, NULL},
    };
    kit_begin(false);
    kit_sample(kit_path("a.jsonl"), 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *cause = NULL;
        assert_int_equal(passphrase_fits(rows[i].text, rows[i].length, folder, &cause), rows[i].says == NULL);
        if (rows[i].says)
            cause_is(cause, rows[i].says);
    }
    assert_true(passphrase_fits(words, strlen(words), "/nowhere at all", NULL));
    json_t *opened = kit_opened();
    json_object_set_new(opened, "ref", json_string("K-014 of the north"));
    record_close(record_create(kit_path("b.jsonl"), opened, NULL));
    json_decref(opened);
    char *cause = NULL;
    assert_false(passphrase_fits("k-014 OF the north", 18, folder, &cause));
    cause_is(cause, "That is the reference of a case, and soon found.");
}

static int setup(void **state)
{
    (void)state;
    if (!folder)
        folder = path_folder(kit_path("a.jsonl"));
    return 0;
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_each, setup),     cmocka_unit_test_setup(test_said, setup),
        cmocka_unit_test_setup(test_leftover, setup), cmocka_unit_test_setup(test_strays, setup),
        cmocka_unit_test_setup(test_fits, setup),
    };
    return cmocka_run_group_tests_name("caseload-refusals", tests, NULL, NULL);
}
