/* Key files and sealed records that another program made (vectors.py), and what has to come of each: it
 * opens, or fails for just that cause.
 *
 * `test-vectors write FOLDER` makes a sealed record with its key file there, for that program to open, and
 * prints the record as it was in the open. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "kit.h"
#include "record/reseal.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char passphrase[] = "br\xc3\xbcme salt caf\xc3\xa9 plum oat ten";
static unsigned char code[RECOVERY_BYTES];
static char *vectors, *folder;
static int seen;

static char *vector(const char *name, size_t *length)
{
    char *path = path_join(vectors, name), *bytes = kit_read(path, length);
    free(path);
    return bytes;
}

/* What follows `start` in `does`; NULL where it does not start so. */
static const char *after(const char *does, const char *start)
{
    return strncmp(does, start, strlen(start)) == 0 ? does + strlen(start) : NULL;
}

static void because(const char *name, const char *cause, const char *wanted)
{
    if (!wanted || !cause || !strstr(cause, wanted))
        fail_msg("%s: “%s”, not “%s”", name, cause, wanted);
}

/* ---- key files ---- */

static void unlocks(const char *name, const struct key_file *file, enum key_slot slot,
                    enum key_unlocked wanted, const char *why)
{
    unsigned char *key = NULL;
    char *cause = NULL;
    enum key_unlocked result = slot == SLOT_PASSPHRASE
                                   ? key_file_unlock(file, slot, passphrase, strlen(passphrase), &key, &cause)
                                   : key_file_unlock(file, slot, code, sizeof code, &key, &cause);
    if (result != wanted)
        fail_msg("%s, slot %d: %d, not %d", name, slot, result, wanted);
    if (result == KEY_UNLOCKED) {
        char id[KEY_ID_TEXT];
        key_id(key, id);
        assert_string_equal(id, file->id);
    } else {
        assert_null(key);
        because(name, cause, why);
    }
    sodium_free(key);
    free(cause);
}

static void try_key(const char *name, const char *does)
{
    struct key_file file;
    char *cause = NULL;
    size_t length;
    char *text = vector(name, &length);
    kit_write(kit_path("alongside.key"), text, length);
    enum key_found found = key_file_read(folder, &file, NULL, &cause);
    if (found == KEY_BROKEN) {
        because(name, cause, after(does, "broken: "));
    } else if (after(does, "broken: ")) {
        fail_msg("%s can be used", name);
    } else if (after(does, "wrong: ")) {
        unlocks(name, &file, SLOT_PASSPHRASE, KEY_WRONG, after(does, "wrong: "));
    } else if (after(does, "changed: ")) {
        unlocks(name, &file, SLOT_PASSPHRASE, KEY_CHANGED, after(does, "changed: "));
    } else {
        assert_string_equal(does, "opens both");
        unlocks(name, &file, SLOT_PASSPHRASE, KEY_UNLOCKED, NULL);
        unlocks(name, &file, SLOT_RECOVERY, KEY_UNLOCKED, NULL);
    }
    free(cause);
    free(text);
}

/* What opens with the right secret does not with another. */
static void test_wrong_secrets(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "x",
                                        "br\xc3\xbcme salt caf\xc3\xa9 plum oat te",
                                        "br\xc3\xbcme salt caf\xc3\xa9 plum oat ten ",
                                        "Br\xc3\xbcme salt caf\xc3\xa9 plum oat ten",
                                        "br\xfcme salt"};
    struct key_file file;
    unsigned char *key = NULL;
    size_t length;
    char *text = vector("good.key", &length);
    assert_true(key_file_from_text(text, length, &file, NULL));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(key_file_unlock(&file, SLOT_PASSPHRASE, wrong[i], strlen(wrong[i]), &key, NULL),
                         KEY_WRONG);
    assert_int_equal(key_file_unlock(&file, SLOT_RECOVERY, passphrase, strlen(passphrase), &key, NULL),
                     KEY_WRONG);
    assert_int_equal(key_file_unlock(&file, SLOT_RECOVERY, code, sizeof code - 1, &key, NULL), KEY_WRONG);
    code[0] ^= 1;
    assert_int_equal(key_file_unlock(&file, SLOT_RECOVERY, code, sizeof code, &key, NULL), KEY_WRONG);
    code[0] ^= 1;
    assert_null(key);
    free(text);
}

/* ---- records ---- */

static void try_record(const char *name, const char *does)
{
    size_t length, count = 0, plain_length;
    char *text = vector(name, &length), *plain = vector("plain.jsonl", &plain_length), *cause = NULL;
    struct record *record = record_from_text(text, length, &cause);
    if (!record) {
        because(name, cause, after(does, "refused: "));
    } else if (record_damage(record)) {
        char *why = NULL;
        const char *counted = after(does, "damage ");
        if (!counted)
            fail_msg("%s: %s", name, record_damage(record));
        count = strtoul(counted, &why, 10);
        because(name, record_damage(record), why + 1);
    } else {
        const char *counted = after(does, "lines ");
        if (!counted)
            fail_msg("%s is sound", name);
        count = strtoul(counted, NULL, 10);
        assert_int_equal(strstr(does, "torn") != NULL, record_torn(record) > 0);
    }
    if (record) {
        if (record_count(record) != count)
            fail_msg("%s has %zu sound lines, not %zu", name, record_count(record), count);
        assert_string_equal(record_event(record, 0)->at, "2026-11-22T10:00:01Z");
    }
    /* The same lines as the one in the open: the heads are theirs. */
    if (record && after(name, "good")) {
        struct record *open = record_from_text(plain, plain_length, NULL);
        assert_string_equal(record_head(record), record_head(open));
        record_close(open);
    }
    record_close(record);
    free(cause);
    free(plain);
    free(text);
}

static void test_table(void **state)
{
    (void)state;
    struct key_file file;
    unsigned char *key = NULL;
    size_t length;
    char *text = vector("good.key", &length), *table = vector("table.tsv", &length), *rest = table;
    assert_true(key_file_from_text(text, strlen(text), &file, NULL));
    assert_int_equal(key_file_unlock(&file, SLOT_RECOVERY, code, sizeof code, &key, NULL), KEY_UNLOCKED);
    keyring_add(key, text);
    while (*rest) {
        char *name = strsep(&rest, "\t"), *does = strsep(&rest, "\n");
        if (strstr(name, ".key"))
            try_key(name, does);
        else
            try_record(name, does);
        seen++;
    }
    assert_true(seen > 140);
    sodium_free(key);
    free(table);
    free(text);
}

/* ---- for the other program ---- */

static int write_one(const char *there)
{
    struct key_file file;
    char *path = path_join(there, "r.jsonl"), *cause = NULL;
    size_t length;
    kit_sample(path, 20);
    char *plain = kit_read(path, &length);
    fputs(plain, stdout);
    unsigned char *key = key_new();
    key_file_init(&file, key, KEY_SEALED);
    file.cost = (struct key_cost){KEY_LEAST_PASSES, KEY_LEAST_MEBIBYTES};
    char *text = key_file_text(&file, key);
    keyring_add(key, text);
    bool done = key_file_wrap(&file, SLOT_PASSPHRASE, key, passphrase, strlen(passphrase), &cause) &&
                key_file_wrap(&file, SLOT_RECOVERY, key, "twenty bytes of code", RECOVERY_BYTES, &cause) &&
                key_file_write(there, &file, key, &cause) &&
                record_reseal(path, file.id, &cause) == RESEAL_DONE;
    if (!done)
        fputs(cause, stderr);
    free(cause);
    free(text);
    free(plain);
    free(path);
    sodium_free(key);
    return !done;
}

int main(int argc, char **argv)
{
    mem_init();
    if (argc == 3 && strcmp(argv[1], "write") == 0)
        return write_one(argv[2]);
    const char *srcdir = getenv("srcdir");
    vectors = path_join(srcdir ? srcdir : ".", "tests/record/vectors");
    folder = path_folder(kit_path("alongside.key"));
    for (size_t i = 0; i < sizeof code; i++)
        code[i] = (unsigned char)(100 + i);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table), cmocka_unit_test(test_wrong_secrets)};
    int failed = cmocka_run_group_tests_name("vectors", tests, NULL, NULL);
    free(vectors);
    free(folder);
    return failed;
}
