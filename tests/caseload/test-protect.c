/* A whole caseload sealed and opened again; stopped at each record, with one that is in use, damaged or no
 * record at all; the passphrase and the code changed; the words of made passphrases. */
#include "check.h"

#include "../record/kit.h"
#include "base/crockford.h"
#include "base/mem.h"
#include "base/path.h"
#include "caseload/passphrase.h"
#include "caseload/protect.h"
#include "caseload/unlock.h"
#include "form/reading.h"
#include "record/frame.h"
#include "record/reseal.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char passphrase[] = "some words of my own";
static const unsigned char code[RECOVERY_BYTES] = "a code of 20 bytes.";
static const char *const names[] = {"a.jsonl", "b.jsonl", "c.jsonl"};
enum { RECORDS = sizeof names / sizeof *names };
/* Words that stand in the records, their drafts, torn tails and what a power cut leaves. */
static const char *const planted[] = {"note 2", "half a sentence", "torn words", "left over", "opened"};
static char *folder;

static void put(const char *name, const char *words)
{
    char *path = path_join(folder, name);
    kit_write(path, words, strlen(words));
    free(path);
}

static int setup(void **state)
{
    (void)state;
    kit_path("a.jsonl");
    kit_empty();
    keyring_wipe();
    free(folder);
    folder = path_folder(kit_path("a.jsonl"));
    for (int i = 0; i < RECORDS; i++)
        kit_sample(kit_path(names[i]), 3 + i);
    put("a.jsonl.draft", "{\"place\":\"home\",\"text\":\"half a sentence\"}");
    put("a.jsonl.draft.word", "{\"place\":\"home\",\"text\":\"half a sentence more\"}");
    put("b.jsonl.torn", "torn words");
    put("b.jsonl.torn.1", "torn words too");
    record_close(record_open(kit_path("b.jsonl"), RECORD_WRITE, NULL)); /* takes note of them */
    return 0;
}

static void begin(void)
{
    char *cause = NULL;
    if (!protect_begin(folder, true, passphrase, strlen(passphrase), code, &cause))
        fail_msg("%s", cause);
}

/* Move all; how many are left. */
static size_t move(enum key_state state, const struct protect_told *told)
{
    size_t left = 0;
    char *cause = NULL;
    if (!protect_move(folder, state, told, &left, &cause))
        fail_msg("%s", cause);
    return left;
}

static int state_now(void)
{
    struct key_file file;
    return key_file_read(folder, &file, NULL, NULL) == KEY_FOUND ? (int)file.state : -1;
}

/* Does any file in the folder hold one of the planted words? */
static bool holds_plain(void)
{
    DIR *dir = opendir(folder);
    const struct dirent *item;
    bool holds = false;
    while ((item = readdir(dir))) {
        if (item->d_name[0] == '.')
            continue;
        char *path = path_join(folder, item->d_name);
        size_t length;
        char *bytes = kit_read(path, &length);
        for (size_t i = 0; i < sizeof planted / sizeof *planted; i++)
            holds |= memmem(bytes, length, planted[i], strlen(planted[i])) != NULL;
        free(bytes);
        free(path);
    }
    closedir(dir);
    return holds;
}

static void opens(const char *name, int notes)
{
    char *cause = NULL;
    struct record *record = record_open(kit_path(name), RECORD_READ, &cause);
    if (!record)
        fail_msg("%s", cause);
    assert_null(record_damage(record));
    assert_int_equal(kit_notes(record, notes), 1);
    record_close(record);
}

static bool unlock(const char *words, bool *wrong, char **cause)
{
    keyring_wipe();
    return caseload_unlock(folder, words, strlen(words), wrong, cause);
}

static void cause_is(char *cause, const char *wanted)
{
    assert_non_null(cause);
    if (!strstr(cause, wanted))
        fail_msg("“%s”, not “%s”", cause, wanted);
    free(cause);
}

static void test_there_and_back(void **state)
{
    (void)state;
    char *before[RECORDS];
    size_t lengths[RECORDS], length;
    for (int i = 0; i < RECORDS; i++)
        before[i] = kit_read(kit_path(names[i]), &lengths[i]);
    put("a.jsonl.new", "left over");
    put("a.jsonl.draft.new", "left over");
    put("b.jsonl.torn-part", "left over");
    put("b.jsonl.torn.1.new", "left over");
    struct protect_look look;
    assert_true(protect_look(folder, &look, NULL));
    assert_int_equal(look.records, RECORDS);
    assert_int_equal(look.open, RECORDS);
    assert_int_equal(look.beside, 8);
    assert_true(holds_plain());
    begin();
    assert_int_equal(state_now(), KEY_SEALING);
    assert_int_equal(move(KEY_SEALED, NULL), 0);
    assert_int_equal(state_now(), KEY_SEALED);
    assert_false(holds_plain());
    assert_true(protect_look(folder, &look, NULL));
    assert_int_equal(look.open + look.beside, 0);
    for (int i = 0; i < RECORDS; i++)
        opens(names[i], 3 + i);
    /* Another is made in the open, as by a program from before: found, and sealed. */
    assert_int_equal(record_reseal(kit_path("b.jsonl"), NULL, NULL), RESEAL_DONE);
    assert_true(holds_plain());
    assert_int_equal(move(KEY_SEALED, NULL), 0);
    assert_false(holds_plain());
    assert_int_equal(move(KEY_OPENING, NULL), 0);
    assert_int_equal(state_now(), -1);
    assert_false(caseload_is_sealed(folder));
    for (int i = 0; i < RECORDS; i++) {
        char *after = kit_read(kit_path(names[i]), &length);
        assert_int_equal(length, lengths[i]);
        assert_memory_equal(after, before[i], length);
        free(after);
        free(before[i]);
    }
}

/* The program is killed after each record, on both ways: all of them can be read, and it can be gone on. */
static void die(void *who, size_t done, size_t count, const char *path, const char *cause)
{
    (void)count;
    (void)path;
    (void)cause;
    if (done == *(const size_t *)who)
        _exit(9);
}

static void test_killed(void **state)
{
    (void)state;
    begin();
    for (int way = 0; way < 2; way++) {
        enum key_state to = way ? KEY_OPENING : KEY_SEALED;
        for (size_t at = 1; at <= RECORDS; at++) {
            const struct protect_told told = {die, &at};
            pid_t child = fork();
            if (child == 0) {
                size_t left;
                protect_move(folder, to, &told, &left, NULL);
                _exit(0);
            }
            int status;
            assert_int_equal(waitpid(child, &status, 0), child);
            assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 9);
            assert_int_equal(state_now(), way ? KEY_OPENING : KEY_SEALING);
            char *said = caseload_half_moved(folder);
            cause_is(said, way ? "alongside protect --off" : "alongside protect");
            assert_true(unlock(passphrase, NULL, NULL));
            for (int i = 0; i < RECORDS; i++)
                opens(names[i], 3 + i);
        }
        assert_int_equal(move(to, NULL), 0);
        assert_int_equal(state_now(), way ? -1 : KEY_SEALED);
    }
}

/* How often something was told to be left, and the last reason. */
struct seen {
    int left;
    char reason[512];
};

static void see(void *who, size_t done, size_t count, const char *path, const char *cause)
{
    struct seen *seen = who;
    (void)path;
    assert_true(done <= count);
    if (cause) {
        seen->left++;
        snprintf(seen->reason, sizeof seen->reason, "%s", cause);
    }
}

static void leaves_one(const char *reason)
{
    struct seen seen = {0, ""};
    const struct protect_told told = {see, &seen};
    assert_int_equal(move(KEY_SEALED, &told), 1);
    assert_int_equal(seen.left, 1);
    if (!strstr(seen.reason, reason))
        fail_msg("“%s”, not “%s”", seen.reason, reason);
    assert_int_equal(state_now(), KEY_SEALING);
}

static void test_left(void **state)
{
    (void)state;
    begin();
    struct record *held = record_open(kit_path("b.jsonl"), RECORD_WRITE, NULL);
    leaves_one("b.jsonl");
    record_close(held);
    assert_int_equal(move(KEY_SEALED, NULL), 0);
    put("d.jsonl", "this is no record");
    leaves_one("d.jsonl");
    unlink(kit_path("d.jsonl"));
    put("e.jsonl.draft", "half a sentence");
    leaves_one("in the open");
    char *path = path_join(folder, "e.jsonl.draft");
    unlink(path);
    free(path);
    assert_int_equal(move(KEY_SEALED, NULL), 0);
    assert_int_equal(state_now(), KEY_SEALED);
}

/* A damaged record is sealed as it is, and comes back the same. */
static void test_damaged(void **state)
{
    (void)state;
    size_t length, after;
    char *bytes = kit_read(kit_path("c.jsonl"), &length);
    *(char *)memmem(bytes, length, "note 3", 6) = 'N';
    kit_write(kit_path("c.jsonl"), bytes, length);
    begin();
    assert_int_equal(move(KEY_SEALED, NULL), 0);
    assert_false(holds_plain());
    struct record *record = record_open(kit_path("c.jsonl"), RECORD_READ, NULL);
    assert_non_null(record_damage(record));
    record_close(record);
    assert_int_equal(move(KEY_OPENING, NULL), 0);
    char *back = kit_read(kit_path("c.jsonl"), &after);
    assert_int_equal(after, length);
    assert_memory_equal(back, bytes, length);
    free(back);
    free(bytes);
}

/* A sealed line that a power cut left unfinished is set aside as it was: of no use to anybody, and in
 * nobody's way. */
static void test_torn_while_sealed(void **state)
{
    (void)state;
    begin();
    assert_int_equal(move(KEY_SEALED, NULL), 0);
    size_t length;
    char *bytes = kit_read(kit_path("c.jsonl"), &length);
    kit_write(kit_path("c.jsonl"), bytes, length - 100);
    free(bytes);
    record_close(record_open(kit_path("c.jsonl"), RECORD_WRITE, NULL));
    assert_true(kit_exists(kit_path("c.jsonl.torn")));
    assert_int_equal(move(KEY_SEALED, NULL), 0);
    for (int round = 0; round < 2; round++) { /* as it was, and in a box of its own */
        assert_int_equal(move(KEY_OPENING, NULL), 0);
        assert_int_equal(state_now(), -1);
        opens("c.jsonl", 4);
        if (round == 0) {
            begin();
            assert_int_equal(move(KEY_SEALED, NULL), 0);
        }
    }
}

static void test_two_at_once(void **state)
{
    (void)state;
    char *cause = NULL;
    int held = protect_hold(folder, &cause);
    assert_true(held >= 0);
    assert_int_equal(protect_hold(folder, &cause), -1);
    cause_is(cause, "Another Alongside");
    protect_release(held);
    held = protect_hold(folder, NULL);
    assert_true(held >= 0);
    protect_release(held);
}

static void test_begin_twice(void **state)
{
    (void)state;
    char *cause = NULL;
    begin();
    assert_false(protect_begin(folder, true, "other words", 11, code, &cause));
    cause_is(cause, "sealed already");
    cause = NULL;
    keyring_wipe();
    size_t left;
    assert_false(protect_move(folder, KEY_SEALED, NULL, &left, &cause));
    cause_is(cause, "is locked");
}

static void test_others(void **state)
{
    (void)state;
    static const char *const fixed[] = {"services.yaml", "settings.yaml"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        put(fixed[i], "x");
    char **others = protect_others(folder);
    assert_null(others[0]);
    free(others);
    put("export.yaml", "x");
    others = protect_others(folder);
    assert_string_equal(others[0], "export.yaml");
    assert_null(others[1]);
    free(others[0]);
    free(others);
}

static void test_change(void **state)
{
    (void)state;
    unsigned char newer[RECOVERY_BYTES] = "another code of 20.";
    char text[RECOVERY_TEXT], *cause = NULL, *key_path = key_file_path(folder);
    bool wrong;
    begin();
    move(KEY_SEALED, NULL);
    assert_true(protect_change(folder, "newer words than before", 23, NULL, NULL));
    /* The one from before stays until the new one is known to be good: a damaged one costs nothing. */
    size_t length;
    char *bytes = kit_read(key_path, &length);
    bytes[length / 2] ^= 1;
    kit_write(key_path, bytes, length);
    char *remark = NULL;
    assert_int_equal(caseload_lock_of(folder, &remark, NULL), CASELOAD_UNLOCKED);
    assert_non_null(remark);
    free(remark);
    assert_true(unlock(passphrase, NULL, NULL));
    bytes[length / 2] ^= 1;
    kit_write(key_path, bytes, length);
    assert_false(unlock(passphrase, &wrong, &cause));
    assert_true(wrong);
    cause_is(cause, "not the passphrase");
    cause = NULL;
    assert_true(unlock("newer words than before", NULL, NULL));
    opens("a.jsonl", 3);
    /* Now it is: there is none from before any more. */
    bytes[length / 2] ^= 1;
    kit_write(key_path, bytes, length);
    assert_false(unlock("newer words than before", &wrong, &cause));
    assert_false(wrong);
    cause_is(cause, "damaged");
    cause = NULL;
    bytes[length / 2] ^= 1;
    kit_write(key_path, bytes, length);
    free(bytes);
    /* The recovery code, and another one. */
    keyring_wipe();
    assert_true(caseload_unlock_by_code(folder, crockford_format(code, sizeof code, text), NULL, NULL));
    assert_true(protect_change(folder, NULL, 0, newer, NULL));
    keyring_wipe();
    assert_false(caseload_unlock_by_code(folder, text, &wrong, &cause));
    assert_true(wrong);
    cause_is(cause, "not the recovery code");
    cause = NULL;
    crockford_format(newer, sizeof newer, text);
    text[0] = text[0] == '0' ? '1' : '0';
    assert_false(caseload_unlock_by_code(folder, text, &wrong, &cause));
    assert_true(wrong);
    cause_is(cause, "recovery code");
    assert_true(caseload_unlock_by_code(folder, crockford_format(newer, sizeof newer, text), NULL, NULL));
    assert_true(unlock("newer words than before", NULL, NULL));
    free(key_path);
}

/* ---- passphrases ---- */

static void test_words(void **state)
{
    (void)state;
    static const char *const never[] = {"gun",  "kill",  "knife", "cell",   "prison", "beer", "wine",
                                        "drug", "spice", "drunk", "police", "arrest", "body", "weed"};
    for (int i = 0; i < PASSPHRASE_LIST; i++) {
        const char *word = passphrase_list[i];
        size_t length = strlen(word);
        assert_in_range(length, 3, PASSPHRASE_LONGEST_WORD);
        assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz"), length);
        assert_in_range(reading_syllables(word, length), 1, 3);
        /* In order, so that they are different; and none is the beginning of the next, so of none. */
        if (i && (strcmp(passphrase_list[i - 1], word) >= 0 ||
                  strncmp(passphrase_list[i - 1], word, strlen(passphrase_list[i - 1])) == 0))
            fail_msg("%s, %s", passphrase_list[i - 1], word);
        for (size_t n = 0; n < sizeof never / sizeof *never; n++)
            assert_string_not_equal(word, never[n]);
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void test_made(void **state)
{
    (void)state;
    char text[PASSPHRASE_MADE], other[PASSPHRASE_MADE];
    passphrase_make(text);
    passphrase_make(other);
    assert_string_not_equal(text, other);
    assert_true(passphrase_fits(text, strlen(text), folder, NULL));
    int words = 0;
    for (char *at = text, *word; (word = strsep(&at, " ")); words++)
        assert_non_null(bsearch(word, passphrase_list, PASSPHRASE_LIST, sizeof *passphrase_list, by_text));
    assert_int_equal(words, PASSPHRASE_WORDS);
}

static void test_own(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why; /* NULL: it may be one */
    } cases[] = {
        {"twelve chars", NULL},
        {"elevenchars", "11 of at least 12"},
        {"", "0 of at least 12"},
        {"éééééééééééé", "one character again and again"},
        {"aaaaaaaaaaaaaaaa", "one character again and again"},
        {"aaaaaaaaaaaaaaab", NULL},
        {"ééé ééé ééé", "11 of at least 12"}, /* characters, not bytes */
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *cause = NULL;
        bool fits = passphrase_fits(cases[i].text, strlen(cases[i].text), folder, &cause);
        if (fits == (cases[i].why != NULL))
            fail_msg("case %zu", i);
        if (!fits)
            cause_is(cause, cases[i].why);
    }
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_there_and_back, setup),
        cmocka_unit_test_setup(test_killed, setup),
        cmocka_unit_test_setup(test_left, setup),
        cmocka_unit_test_setup(test_damaged, setup),
        cmocka_unit_test_setup(test_torn_while_sealed, setup),
        cmocka_unit_test_setup(test_two_at_once, setup),
        cmocka_unit_test_setup(test_begin_twice, setup),
        cmocka_unit_test_setup(test_others, setup),
        cmocka_unit_test_setup(test_change, setup),
        cmocka_unit_test(test_words),
        cmocka_unit_test_setup(test_made, setup),
        cmocka_unit_test_setup(test_own, setup),
    };
    return cmocka_run_group_tests_name("protect", tests, NULL, NULL);
}
