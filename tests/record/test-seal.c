/* Sealing: boxes, the key file, sealed records and what lies beside them, moving to and fro. */
#include "check.h"

#include "base/crockford.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "kit.h"
#include "record/draft.h"
#include "record/frame.h"
#include "record/key_file.h"
#include "record/reseal.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char passphrase[] = "six plain words", word[] = "note 2";
static char *folder;

static int setup(void **state)
{
    (void)state;
    kit_path("r");
    kit_empty();
    keyring_wipe();
    free(folder);
    folder = path_folder(kit_path("r"));
    return 0;
}

/* A key file in the folder, cheap to try; the key unlocked. Returns its id. */
static const char *protect(enum key_state state)
{
    static char id[KEY_ID_TEXT];
    struct key_file file;
    unsigned char *key = key_new(), code[RECOVERY_BYTES] = "a code of 20 bytes.";
    key_file_init(&file, key, state);
    file.cost = (struct key_cost){KEY_LEAST_PASSES, KEY_LEAST_MEBIBYTES};
    assert_true(key_file_wrap(&file, SLOT_PASSPHRASE, key, passphrase, strlen(passphrase), NULL));
    assert_true(key_file_wrap(&file, SLOT_RECOVERY, key, code, sizeof code, NULL));
    char *cause = NULL, *text = key_file_text(&file, key);
    if (!key_file_write(folder, &file, key, &cause))
        fail_msg("%s", cause);
    keyring_add(key, text);
    memcpy(id, file.id, sizeof id);
    free(text);
    sodium_free(key);
    return id;
}

static enum key_unlocked unlock(enum key_slot slot, const char *secret, size_t length, char **cause)
{
    struct key_file file;
    unsigned char *key = NULL;
    assert_int_equal(key_file_read(folder, &file, NULL, NULL), KEY_FOUND);
    enum key_unlocked result = key_file_unlock(&file, slot, secret, length, &key, cause);
    if (result == KEY_UNLOCKED)
        keyring_add(key, "");
    sodium_free(key);
    return result;
}

static bool file_holds(const char *path, const char *words)
{
    size_t length;
    char *bytes = kit_read(path, &length);
    bool holds = memmem(bytes, length, words, strlen(words)) != NULL;
    free(bytes);
    return holds;
}

static void cause_is(char *cause, const char *wanted)
{
    assert_non_null(cause);
    if (!strstr(cause, wanted))
        fail_msg("“%s”, not “%s”", cause, wanted);
    free(cause);
}

static void test_boxes(void **state)
{
    (void)state;
    unsigned char *key = key_new(), *other = key_new();
    struct strbuf box = STRBUF_INIT, again = STRBUF_INIT, bytes = STRBUF_INIT;
    seal_box(key, "here", "hello", 5, &box);
    seal_box(key, "here", "hello", 5, &again);
    assert_string_not_equal(box.text, again.text);
    assert_int_equal(box.length, seal_box_size(5));
    assert_int_equal(seal_box_size(0), seal_box_size(SEAL_PAD - 1));
    assert_true(seal_box_size(SEAL_PAD) > seal_box_size(SEAL_PAD - 1));
    assert_true(seal_unbox(key, "here", box.text, box.length, &bytes));
    assert_string_equal(bytes.text, "hello");
    assert_false(seal_unbox(other, "here", box.text, box.length, &bytes));
    assert_false(seal_unbox(key, "there", box.text, box.length, &bytes));
    for (size_t i = 0; i < box.length; i++) {
        char was = box.text[i];
        for (int bit = 0; bit < 8; bit++) {
            box.text[i] = (char)(was ^ 1 << bit);
            assert_false(seal_unbox(key, "here", box.text, box.length, &bytes));
        }
        box.text[i] = was;
        assert_false(seal_unbox(key, "here", box.text, i, &bytes));
    }
    strbuf_release(&box);
    strbuf_release(&again);
    strbuf_release(&bytes);
    sodium_free(key);
    sodium_free(other);
}

static void test_ring(void **state)
{
    (void)state;
    unsigned char *key = key_new();
    char id[KEY_ID_TEXT];
    key_id(key, id);
    assert_true(keyring_is_empty());
    assert_null(keyring_find(id));
    keyring_add(key, "file");
    keyring_add(key, "newer");
    assert_memory_equal(keyring_find(id), key, SEAL_KEY_BYTES);
    assert_string_equal(keyring_file(id), "newer");
    keyring_wipe();
    assert_true(keyring_is_empty());
    assert_null(keyring_find(id));
    assert_null(keyring_file(id));
    sodium_free(key);
}

static void test_key_file(void **state)
{
    (void)state;
    struct key_file file;
    assert_int_equal(key_file_read(folder, &file, NULL, NULL), KEY_NONE);
    protect(KEY_SEALED);
    char *cause = NULL;
    assert_int_equal(unlock(SLOT_PASSPHRASE, passphrase, strlen(passphrase), NULL), KEY_UNLOCKED);
    assert_int_equal(unlock(SLOT_RECOVERY, "a code of 20 bytes.", RECOVERY_BYTES, NULL), KEY_UNLOCKED);
    assert_int_equal(unlock(SLOT_PASSPHRASE, "six plain word", 14, &cause), KEY_WRONG);
    cause_is(cause, "not the passphrase");
    cause = NULL;
    assert_int_equal(unlock(SLOT_RECOVERY, "a code of 20 bytes,", RECOVERY_BYTES, &cause), KEY_WRONG);
    cause_is(cause, "not the recovery code");
}

/* The same letters, composed or not. */
static void test_passphrase_normal(void **state)
{
    (void)state;
    struct key_file file;
    unsigned char *key = key_new(), *found = NULL;
    key_file_init(&file, key, KEY_SEALED);
    file.cost = (struct key_cost){KEY_LEAST_PASSES, KEY_LEAST_MEBIBYTES};
    assert_true(key_file_wrap(&file, SLOT_PASSPHRASE, key, "caf\xc3\xa9", 5, NULL));
    assert_true(key_file_wrap(&file, SLOT_RECOVERY, key, "x", 1, NULL));
    char *text = key_file_text(&file, key);
    kit_write(kit_path("alongside.key"), text, strlen(text));
    assert_int_equal(key_file_read(folder, &file, NULL, NULL), KEY_FOUND);
    assert_int_equal(key_file_unlock(&file, SLOT_PASSPHRASE, "cafe\xcc\x81", 6, &found, NULL), KEY_UNLOCKED);
    assert_memory_equal(found, key, SEAL_KEY_BYTES);
    free(text);
    sodium_free(found);
    sodium_free(key);
}

static void test_sealed_record(void **state)
{
    (void)state;
    protect(KEY_SEALED);
    struct record *record = kit_create();
    for (int n = 1; n <= 3; n++)
        assert_int_equal(kit_append(record, n, NULL), RECORD_SAVED);
    char *head = strdup(record_head(record));
    record_close(record);
    assert_false(file_holds(kit_path("r"), word));
    record = kit_reopen(RECORD_WRITE);
    assert_null(record_damage(record));
    assert_int_equal(kit_notes(record, 2), 1);
    assert_string_equal(record_head(record), head);
    /* Locked: nothing can be added, and nothing was; unlocked again, it goes on. */
    keyring_wipe();
    char *cause = NULL;
    assert_int_equal(kit_append(record, 4, &cause), RECORD_NOT_SAVED);
    cause_is(cause, "Unlock it with the passphrase");
    cause = NULL;
    assert_null(record_open(kit_path("r"), RECORD_READ, &cause));
    cause_is(cause, "is sealed. Its passphrase is needed");
    assert_int_equal(unlock(SLOT_PASSPHRASE, passphrase, strlen(passphrase), NULL), KEY_UNLOCKED);
    assert_int_equal(kit_append(record, 4, NULL), RECORD_SAVED);
    record_close(record);
    record = kit_reopen(RECORD_READ);
    assert_int_equal(record_count(record), 5);
    record_close(record);
    free(head);
}

/* New records where the key cannot be used: none is made in the open. */
static void test_no_new_record(void **state)
{
    (void)state;
    protect(KEY_SEALED);
    json_t *opened = kit_opened();
    char *cause = NULL, *key_path = key_file_path(folder);
    record_close(record_create(kit_path("a.jsonl"), opened, NULL));
    assert_false(file_holds(kit_path("a.jsonl"), "opened"));
    keyring_wipe();
    assert_null(record_create(kit_path("b.jsonl"), opened, &cause));
    cause_is(cause, "is locked");
    cause = NULL;
    assert_int_equal(unlink(key_path), 0);
    assert_null(record_create(kit_path("b.jsonl"), opened, &cause));
    cause_is(cause, "key file is gone");
    assert_false(kit_exists(kit_path("b.jsonl")));
    free(key_path);
    json_decref(opened);
}

static void test_draft(void **state)
{
    (void)state;
    protect(KEY_SEALED);
    struct record *record = kit_create();
    char *place = NULL;
    draft_keep(record, "home", "half a secret");
    char *path = xasprintf("%s.draft.word", kit_path("r"));
    assert_true(kit_exists(path));
    assert_false(file_holds(path, "secret"));
    char *text = draft_load(record, &place);
    assert_string_equal(text, "half a secret");
    assert_string_equal(place, "home");
    free(text);
    free(place);
    place = NULL;
    /* Something in the open that somebody put there. */
    kit_write(path, "{\"place\":\"home\",\"text\":\"x\"}", 27);
    assert_null(draft_load(record, &place));
    unlink(path);
    keyring_wipe();
    draft_keep(record, "home", "half a secret");
    assert_false(kit_exists(path));
    free(path);
    record_close(record);
}

/* A record with a damaged line, a line that is not finished, a file set aside and a draft: to and fro, the
 * same bytes. */
static void test_moving(void **state)
{
    (void)state;
    char *cause = NULL;
    const char *path = kit_path("r");
    char *draft = xasprintf("%s.draft", path), *torn = xasprintf("%s.torn", path);
    for (int damaged = 0; damaged < 2; damaged++) {
        setup(NULL);
        kit_sample(path, 5);
        size_t length, after;
        char *bytes = kit_read(path, &length);
        if (damaged) {
            *(char *)memmem(bytes, length, word, strlen(word)) = 'N';
            kit_write(path, bytes, length - 7);
            length -= 7;
        }
        kit_write(draft, "{\"place\":\"p\",\"text\":\"half\"}", 27);
        struct record *record = kit_reopen(RECORD_READ);
        char *head = strdup(record_head(record));
        record_close(record);
        if (!damaged) { /* a tail that is set aside first */
            char *longer = xasprintf("%.*shalf a line", (int)length, bytes);
            kit_write(path, longer, strlen(longer));
            free(longer);
            record_close(kit_reopen(RECORD_WRITE));
            assert_true(file_holds(torn, "half a line"));
            free(bytes);
            bytes = kit_read(path, &length);
        }
        const char *id = protect(KEY_SEALING);
        if (record_reseal(path, id, &cause) != RESEAL_DONE)
            fail_msg("%s", cause);
        assert_int_equal(record_reseal(path, id, NULL), RESEAL_NOTHING);
        assert_false(file_holds(path, "note"));
        assert_false(file_holds(draft, "half"));
        assert_true(damaged || !file_holds(torn, "half a line"));
        record = kit_reopen(RECORD_WRITE);
        if (damaged)
            assert_non_null(strstr(record_damage(record), "line 3: "));
        else
            assert_int_equal(kit_notes(record, 5), 1);
        record_close(record);
        assert_int_equal(record_reseal(path, NULL, NULL), RESEAL_DONE);
        assert_int_equal(record_reseal(path, NULL, NULL), RESEAL_NOTHING);
        char *back = kit_read(path, &after);
        assert_int_equal(after, length);
        assert_memory_equal(back, bytes, length);
        assert_true(file_holds(draft, "half"));
        assert_true(damaged || file_holds(torn, "half a line"));
        free(back);
        free(bytes);
        free(head);
    }
    free(draft);
    free(torn);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_boxes, setup),
        cmocka_unit_test_setup(test_ring, setup),
        cmocka_unit_test_setup(test_key_file, setup),
        cmocka_unit_test_setup(test_passphrase_normal, setup),
        cmocka_unit_test_setup(test_sealed_record, setup),
        cmocka_unit_test_setup(test_no_new_record, setup),
        cmocka_unit_test_setup(test_draft, setup),
        cmocka_unit_test_setup(test_moving, setup),
    };
    return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
