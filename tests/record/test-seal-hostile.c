/* A sealed caseload in the hands of somebody who has no key but can write in its folder: what they move, put
 * there, take away or link to is noticed, and never has anything written in the open. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "kit.h"
#include "record/chain.h"
#include "record/draft.h"
#include "record/frame.h"
#include "record/key_file.h"
#include "record/reseal.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void cause_is(char *cause, const char *wanted)
{
    assert_non_null(cause);
    if (!strstr(cause, wanted))
        fail_msg("“%s”, not “%s”", cause, wanted);
    free(cause);
}

/* A second key, unlocked; its file's text is in the ring. */
static const char *other_key(void)
{
    static char id[KEY_ID_TEXT];
    struct key_file file;
    unsigned char *key = key_new();
    key_file_init(&file, key, KEY_SEALED);
    char *text = key_file_text(&file, key);
    keyring_add(key, text);
    memcpy(id, file.id, sizeof id);
    free(text);
    sodium_free(key);
    return id;
}

/* ---- lines ---- */

enum { LINES = 5 };

static void sealed_lines(char *lines[LINES])
{
    kit_sample(kit_path("r"), LINES - 1);
    size_t length;
    char *text = kit_read(kit_path("r"), &length), *at = text;
    for (int i = 0; i < LINES; i++) {
        char *end = strchr(at, '\n') + 1;
        lines[i] = xstrndup(at, (size_t)(end - at));
        at = end;
    }
    free(text);
    unlink(kit_path("r"));
}

static void damaged(const char *const *lines, const char *wanted)
{
    struct strbuf sb = STRBUF_INIT;
    for (int i = 0; lines[i]; i++)
        strbuf_add(&sb, lines[i]);
    char *cause = NULL;
    struct record *record = record_from_text(sb.text, sb.length, &cause);
    const char *why = record ? record_damage(record) : cause;
    if (!wanted ? why != NULL : !why || !strstr(why, wanted))
        fail_msg("“%s”, not “%s”", why, wanted);
    free(cause);
    record_close(record);
    strbuf_release(&sb);
}
#define DAMAGED(wanted, ...) damaged((const char *[]){__VA_ARGS__, NULL}, wanted)

static void test_moved(void **state)
{
    (void)state;
    char *l[LINES], *other[LINES], *open[LINES];
    sealed_lines(open);
    kit_protect(KEY_SEALED);
    sealed_lines(other); /* the same record once more under the same key: other nonces, other times perhaps */
    sealed_lines(l);
    DAMAGED(NULL, l[0], l[1], l[2], l[3], l[4]);
    DAMAGED("line 2: it is not the sealed line that belongs here", l[0], l[2], l[3], l[4]);
    DAMAGED("line 3: it is not the sealed line that belongs here", l[0], l[1], l[1], l[2]);
    DAMAGED("line 3: it is not the sealed line that belongs here", l[0], l[1], l[3], l[2], l[4]);
    DAMAGED("line 2: it is not the sealed line that belongs here", l[0], l[0]);
    DAMAGED("line 3: it is not sealed", l[0], l[1], "\n", l[2]);
    DAMAGED("line 3: it is not sealed", l[0], l[1], open[2]);
    DAMAGED("line 3: it is sealed, and the lines before it are not", open[0], open[1], l[2]);
    DAMAGED("line 1: it is sealed, and what stands around", "{\"sealed\":1,\"seq\":1,\n");
    /* one number for another, around the same box */
    char *box = strstr(l[2], "\"box\""), *moved = xasprintf("{\"sealed\":1,\"seq\":2,%s", box);
    DAMAGED("line 2: its seal is broken", l[0], moved);
    free(moved);
    moved = xasprintf("{\"sealed\":1,\"seq\":02,%s", strstr(l[1], "\"box\""));
    DAMAGED("line 2: it is not the sealed line that belongs here", l[0], moved);
    free(moved);
    for (int i = 0; i < LINES; i++) {
        free(l[i]);
        free(other[i]);
        free(open[i]);
    }
}

/* A line of another record under the same key, which stands at the same place. */
static void test_other_record(void **state)
{
    (void)state;
    kit_protect(KEY_SEALED);
    char *l[LINES], *cause = NULL;
    sealed_lines(l);
    json_t *opened = kit_opened();
    json_object_set_new(opened, "record", json_string("01JD0000000000000000000001"));
    struct record *record = record_create(kit_path("r"), opened, &cause);
    json_decref(opened);
    kit_append(record, 1, NULL);
    record_close(record);
    size_t length;
    char *text = kit_read(kit_path("r"), &length), *second = strchr(text, '\n') + 1;
    DAMAGED("line 2: its seal is broken", l[0], second);
    /* Its id on the seal of the other one. */
    memcpy(strstr(l[0], "01JD"), "01JD0000000000000000000001", 26);
    DAMAGED("line 1: its seal is broken", l[0], l[1]);
    for (int i = 0; i < LINES; i++)
        free(l[i]);
    free(text);
}

/* Whoever has the key cannot put another record's id on a seal either. */
static void test_other_id(void **state)
{
    (void)state;
    struct frame frame;
    struct chain chain;
    struct strbuf stored = STRBUF_INIT;
    size_t length;
    assert_true(frame_for(&frame, "01JD0000000000000000000009", kit_protect(KEY_SEALED), NULL));
    chain_init(&chain);
    json_t *opened = kit_opened();
    char *line = chain_line(&chain, opened, &length, NULL);
    assert_true(frame_close(&frame, &chain, line, length, &stored, NULL));
    DAMAGED("line 1: it is of another record than the one that stands on its seal", stored.text);
    json_decref(opened);
    free(line);
    strbuf_release(&stored);
}

static void test_header(void **state)
{
    (void)state;
    kit_protect(KEY_SEALED);
    char *l[LINES];
    sealed_lines(l);
    static const struct {
        const char *from, *to, *wanted;
    } cases[] = {
        {"{\"sealed\":1", "{\"sealed\":2", "sealed in a way that this version"},
        {"{\"sealed\":1", "{\"sealed\":01", "sealed in a way that this version"},
        {"{\"sealed\":1", "{\"sealed\": 1", "sealed in a way that this version"},
        {"{\"sealed\":1", "{ \"sealed\":1", "does not end in its hash"},
        {"\"seq\":1,", "\"seq\":2,", "what stands around the seal is damaged"},
        {"\"record\":\"01", "\"record\":\"1", "what stands around the seal is damaged"},
        {"\"record\":\"01", "\"record\":\"001", "what stands around the seal is damaged"},
        {"\"record\":\"01", "\"record\":\"\x1b[", "what stands around the seal is damaged"},
        {"\"record\":\"01", "\"record\":\"|1", "what stands around the seal is damaged"},
        {"\"key\":\"", "\"key\":\"a", "what stands around the seal is damaged"},
        {"\"key\":\"", "\"key\":\"\"", "what stands around the seal is damaged"},
        {"\"key\"", "\"Key\"", "what stands around the seal is damaged"},
        {"\"box\":\"", "\"box\": \"", "not the sealed line that belongs here"},
        {"\"box\":\"", "\"box\":\"=", "its seal is broken"},
        {"\"box\":\"", "\"box\":\"\n", "not the sealed line that belongs here"},
        {"\"}\n", "\" }\n", "not the sealed line that belongs here"},
        {"\"}\n", "\"}\r\n", "not the sealed line that belongs here"},
        {"\"}\n", "=\"}\n", "its seal is broken"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *at = strstr(l[0], cases[i].from);
        char *changed =
            xasprintf("%.*s%s%s", (int)(at - l[0]), l[0], cases[i].to, at + strlen(cases[i].from));
        DAMAGED(cases[i].wanted, changed, l[1]);
        free(changed);
    }
    for (int i = 0; i < LINES; i++)
        free(l[i]);
}

/* A box that is filled up to another length than ours are. */
static void test_padding(void **state)
{
    (void)state;
    unsigned char *key = key_new();
    enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
    for (size_t size = 0; size <= 3 * (size_t)SEAL_PAD; size += SEAL_PAD / 2) {
        unsigned char sealed[1024] = {0}, *plain = sealed + NONCE;
        unsigned long long length;
        char text[2048];
        struct strbuf bytes = STRBUF_INIT;
        if (size)
            plain[size - 7] = 0x80;
        crypto_aead_xchacha20poly1305_ietf_encrypt(plain, &length, plain, size, NULL, 0, NULL, sealed, key);
        sodium_bin2base64(text, sizeof text, sealed, NONCE + length, sodium_base64_VARIANT_ORIGINAL);
        assert_int_equal(seal_unbox(key, "", text, strlen(text), &bytes), size && size % SEAL_PAD == 0);
        strbuf_release(&bytes);
    }
    sodium_free(key);
}

/* ---- files ---- */

/* A record in the open among sealed ones: it can be looked at, and nothing is written in it. */
static void test_planted(void **state)
{
    (void)state;
    static const struct {
        enum key_state state;
        bool written;
    } cases[] = {{KEY_SEALED, false}, {KEY_SEALING, true}, {KEY_OPENING, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        setup(NULL);
        kit_sample(kit_path("r"), 1);
        kit_protect(cases[i].state);
        struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
        char *cause = NULL;
        assert_int_equal(kit_append(record, 2, &cause), cases[i].written ? RECORD_SAVED : RECORD_NOT_SAVED);
        if (!cases[i].written)
            cause_is(cause, "it is not sealed, and its caseload is");
        record_close(record);
        record = record_open(kit_path("r"), RECORD_READ, NULL);
        assert_int_equal(record_count(record), 2 + cases[i].written);
        record_close(record);
    }
    /* The state changed without the key, the hash made right again. */
    setup(NULL);
    kit_sample(kit_path("r"), 1);
    const char *id = kit_protect(KEY_SEALED);
    struct key_file file;
    unsigned char other[SEAL_KEY_BYTES] = {1};
    key_file_read(folder, &file, NULL, NULL);
    file.state = KEY_OPENING;
    char *text = key_file_text(&file, other), *cause = NULL, new_id[KEY_ID_TEXT];
    kit_write(kit_path("alongside.key"), text, strlen(text));
    assert_int_equal(key_file_read(folder, &file, NULL, NULL), KEY_FOUND);
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    assert_non_null(strstr(record_read_only(record), "was changed, and not by Alongside"));
    record_close(record);
    assert_false(key_file_for_new(folder, new_id, &cause));
    cause_is(cause, "was changed, and not by Alongside");
    cause = NULL;
    bool put;
    assert_false(key_file_accompany(id, folder, &put, &cause));
    cause_is(cause, "was changed, and not by Alongside");
    free(text);
    /* A key file that cannot be read. */
    kit_write(kit_path("alongside.key"), "x", 1);
    record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    assert_non_null(strstr(record_read_only(record), "it is damaged"));
    record_close(record);
}

/* In the place of the key file: nothing that hangs, and nothing that counts as none. */
static void test_in_its_place(void **state)
{
    (void)state;
    struct key_file file;
    const char *path = kit_path("alongside.key"), *before = kit_path("alongside.key.bak");
    char *cause = NULL, id[KEY_ID_TEXT];
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(key_file_read(folder, &file, NULL, &cause), KEY_BROKEN);
    cause_is(cause, "a device or a pipe, not a file");
    unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    cause = NULL;
    assert_int_equal(key_file_read(folder, &file, NULL, &cause), KEY_BROKEN);
    cause_is(cause, "is a folder, not a file");
    rmdir(path);
    cause = NULL;
    assert_int_equal(symlink("/dev/zero", path), 0);
    assert_int_equal(key_file_read(folder, &file, NULL, &cause), KEY_BROKEN);
    cause_is(cause, "is a link");
    unlink(path);
    cause = NULL;
    char *large = xcalloc(1, 10000);
    kit_write(path, large, 10000);
    assert_int_equal(key_file_read(folder, &file, NULL, &cause), KEY_BROKEN);
    cause_is(cause, "is longer than the 8192 bytes");
    free(large);
    /* It is gone, and the one from before is damaged. */
    unlink(path);
    kit_write(before, "{}\n", 3);
    cause = NULL;
    assert_int_equal(key_file_read(folder, &file, NULL, &cause), KEY_BROKEN);
    cause_is(cause, "alongside.key.bak cannot be used: it is damaged. Put back a copy");
    cause = NULL;
    assert_false(key_file_for_new(folder, id, &cause));
    free(cause);
    assert_string_equal(id, "");
    kit_protect(KEY_SEALED);
    rename(path, before);
    char *remark = NULL;
    assert_int_equal(key_file_read(folder, &file, &remark, NULL), KEY_FOUND);
    cause_is(remark, "The key file is gone. ");
}

/* No record can be made in the open where it cannot be told that none is sealed. */
static void test_cannot_tell(void **state)
{
    (void)state;
    char *cause = NULL, id[KEY_ID_TEXT];
    const char *path = kit_path("a.jsonl");
    assert_true(key_file_for_new(folder, id, &cause));
    kit_write(path, "{\"seq\":1", 8);
    assert_true(key_file_for_new(folder, id, &cause));
    unlink(path);
    assert_int_equal(symlink("nowhere", path), 0);
    assert_true(key_file_for_new(folder, id, &cause));
    unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_true(key_file_for_new(folder, id, &cause));
    rmdir(path);
    kit_write(path, "{\"sealed\":9,", 12);
    assert_false(key_file_for_new(folder, id, &cause));
    cause_is(cause, "their key file is gone");
    if (geteuid() == 0)
        return; /* to whom everything is readable */
    chmod(path, 0);
    cause = NULL;
    assert_false(key_file_for_new(folder, id, &cause));
    cause_is(cause, "cannot be read");
}

/* Another key's file is neither written over nor taken away. */
static void test_other_key_stays(void **state)
{
    (void)state;
    struct key_file file;
    unsigned char *key = key_new();
    char *cause = NULL;
    size_t length, after;
    kit_protect(KEY_SEALED);
    char *text = kit_read(kit_path("alongside.key"), &length);
    key_file_init(&file, key, KEY_SEALED);
    assert_false(key_file_write(folder, &file, key, &cause));
    cause_is(cause, "holds another key");
    char *now = kit_read(kit_path("alongside.key"), &after);
    assert_int_equal(length, after);
    assert_memory_equal(text, now, length);
    free(now);
    kit_write(kit_path("alongside.key.bak"), text, length);
    char *other = key_file_text(&file, key);
    kit_write(kit_path("alongside.key"), other, strlen(other));
    key_file_settle(folder);
    assert_true(kit_exists(kit_path("alongside.key.bak")));
    kit_write(kit_path("alongside.key"), text, length);
    key_file_settle(folder);
    assert_false(kit_exists(kit_path("alongside.key.bak")));
    free(other);
    free(text);
    sodium_free(key);
}

/* A sealed record saved elsewhere: its key file goes along, and never into an open caseload. */
static void test_accompany(void **state)
{
    (void)state;
    kit_protect(KEY_SEALED);
    kit_sample(kit_path("r"), 1);
    struct record *record = record_open(kit_path("r"), RECORD_READ, NULL);
    const char *there = kit_path("there");
    char *cause = NULL, *copy = path_join(there, "r.jsonl"), *key = path_join(there, "alongside.key");
    char *plain = path_join(there, "p.jsonl");
    assert_int_equal(mkdir(there, 0700), 0);
    kit_write(plain, "{\"seq\":1}", 9);
    assert_false(record_rescue(record, copy, &cause));
    cause_is(cause, "holds assessments that are not sealed");
    assert_false(kit_exists(key));
    unlink(plain);
    /* What cannot be written leaves no key file behind. */
    mkdir(copy, 0700);
    assert_false(record_rescue(record, copy, NULL));
    assert_false(kit_exists(key));
    rmdir(copy);
    assert_true(record_rescue(record, copy, NULL));
    assert_true(kit_exists(key));
    unlink(copy);
    assert_true(record_rescue(record, copy, NULL)); /* it is there already */
    unlink(copy);
    size_t length;
    const char *other = keyring_file(other_key());
    kit_write(key, other, strlen(other));
    cause = NULL;
    assert_false(record_rescue(record, copy, &cause));
    cause_is(cause, "another caseload's folder");
    kit_write(key, "", 0);
    assert_false(record_rescue(record, copy, NULL));
    unlink(key);
    keyring_wipe();
    cause = NULL;
    assert_false(record_rescue(record, copy, &cause));
    cause_is(cause, "This is locked");
    char *text = kit_read(kit_path("r"), &length);
    assert_false(kit_exists(copy));
    free(text);
    rmdir(there);
    record_close(record);
    free(copy);
    free(key);
    free(plain);
}

/* A cost within the bounds, whatever the computer; and one that it has no memory for, which is said. */
static void test_cost(void **state)
{
    (void)state;
    for (int light = 0; light < 2; light++) {
        struct key_cost cost = key_cost_here(light);
        assert_in_range(cost.passes, KEY_LEAST_PASSES, KEY_MOST_PASSES);
        assert_in_range(cost.mebibytes, KEY_LEAST_MEBIBYTES,
                        light ? KEY_LEAST_MEBIBYTES : KEY_MOST_MEBIBYTES);
    }
    pid_t child = fork();
    if (child == 0) {
        struct key_file file;
        unsigned char *key = key_new(), *found = NULL;
        char *wrap = NULL, *unlock = NULL;
        static const char said[] = "There is not enough free memory for the passphrase, which takes 256 MiB";
        key_file_init(&file, key, KEY_SEALED);
        kit_leave_memory(48 << 20);
        bool wrapped = key_file_wrap(&file, SLOT_PASSPHRASE, key, "x", 1, &wrap);
        enum key_unlocked unlocked = key_file_unlock(&file, SLOT_PASSPHRASE, "x", 1, &found, &unlock);
        _exit(wrapped || !wrap || !strstr(wrap, said)                          ? 1
              : unlocked != KEY_NO_MEMORY || !unlock || !strstr(unlock, said)  ? 2
              : found || key_cost_here(false).mebibytes != KEY_LEAST_MEBIBYTES ? 3
                                                                               : 0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* ---- moving ---- */

/* What a crash left in the open beside a record goes with the sealing, moved or not. */
static void test_left_behind(void **state)
{
    (void)state;
    static const char *const left[] = {".new", ".draft.new", ".torn-part", ".torn.new", ".torn.1.new"};
    for (int again = 0; again < 2; again++) {
        setup(NULL);
        if (!again)
            kit_sample(kit_path("r"), 1);
        const char *id = kit_protect(KEY_SEALING);
        if (again)
            kit_sample(kit_path("r"), 1);
        for (size_t i = 0; i < 5; i++) {
            char *path = xasprintf("%s%s", kit_path("r"), left[i]);
            kit_write(path, "secret", 6);
            if (strstr(left[i], "torn."))
                kit_write((path[strlen(path) - 4] = '\0', path), "x", 1);
            free(path);
        }
        assert_int_equal(record_reseal(kit_path("r"), id, NULL), RESEAL_DONE); /* the .torn files at least */
        for (size_t i = 0; i < 5; i++) {
            char *path = xasprintf("%s%s", kit_path("r"), left[i]);
            if (kit_exists(path))
                fail_msg("%s is still there", left[i]);
            free(path);
        }
    }
}

/* A record in the open that somebody put into a sealed caseload, with a line that was not finished: it is not
 * written to, so the line is not set aside, and goes along as it is. */
static void test_straggler(void **state)
{
    (void)state;
    const char *path = kit_path("r");
    kit_sample(path, 2);
    size_t length, after;
    char *text = kit_read(path, &length), *longer = xasprintf("%s{\"seq\":4", text);
    kit_write(path, longer, length + 8);
    const char *id = kit_protect(KEY_SEALED);
    assert_int_equal(record_reseal(path, id, NULL), RESEAL_DONE);
    struct record *record = record_open(path, RECORD_READ, NULL);
    assert_null(record_damage(record));
    assert_int_equal(record_count(record), 3);
    assert_true(record_torn(record) > 8);
    record_close(record);
    record = record_open(path, RECORD_WRITE, NULL);
    assert_int_equal(record_count(record), 4); /* set aside as it lies there, sealed */
    record_close(record);
    assert_int_equal(record_reseal(path, NULL, NULL), RESEAL_DONE);
    char *back = kit_read(path, &after);
    assert_memory_equal(back, text, length);
    free(back);
    free(longer);
    free(text);
}

/* From one key to another: what lies beside it as well. */
static void test_other_key(void **state)
{
    (void)state;
    const char *path = kit_path("r");
    char *torn = xasprintf("%s.torn", path), *place = NULL, first[KEY_ID_TEXT];
    strcpy(first, kit_protect(KEY_SEALED));
    kit_sample(path, 2);
    struct record *record = record_open(path, RECORD_WRITE, NULL);
    draft_keep(record, "home", "half");
    record_close(record);
    kit_write(torn, "{\"se", 4);
    const char *id = other_key();
    assert_int_equal(record_reseal(path, id, NULL), RESEAL_DONE);
    assert_int_equal(record_reseal(path, id, NULL), RESEAL_NOTHING);
    size_t length;
    char *text = kit_read(path, &length), *aside = kit_read(torn, &length);
    assert_null(strstr(text, first));
    assert_null(strstr(aside, first));
    record = record_open(path, RECORD_READ, NULL);
    assert_int_equal(kit_notes(record, 2), 1);
    char *draft = draft_load(record, &place);
    assert_string_equal(draft, "half");
    record_close(record);
    free(draft);
    free(place);
    free(text);
    free(aside);
    free(torn);
}

static void not_moved(const char *id, const char *wanted)
{
    char *cause = NULL;
    assert_int_equal(record_reseal(kit_path("r"), id, &cause), RESEAL_FAILED);
    cause_is(cause, wanted);
}

static void test_not_moved(void **state)
{
    (void)state;
    const char *path = kit_path("r");
    not_moved(NULL, "cannot be opened");
    kit_write(path, "", 0);
    not_moved(NULL, "is empty");
    /* an id that no seal can show */
    json_t *opened = kit_opened();
    json_object_set_new(opened, "record", json_string("short"));
    record_close((unlink(path), record_create(path, opened, NULL)));
    const char *id = kit_protect(KEY_SEALING);
    not_moved(id, "its id is not one of 26 letters and digits");
    json_object_set_new(opened, "record", json_string("01JD|000000000000000000000"));
    unlink(path);
    assert_null(record_create(path, opened, NULL));
    json_decref(opened);
    /* a key that is not unlocked */
    setup(NULL);
    kit_sample(path, 1);
    not_moved("00000000000000000000000000000000", "Unlock it with the passphrase first");
    /* a sealed line that is damaged has no other form */
    setup(NULL);
    id = kit_protect(KEY_SEALED);
    kit_sample(path, 2);
    size_t length;
    char *text = kit_read(path, &length);
    text[length - 10] ^= 1;
    kit_write(path, text, length);
    not_moved(NULL, "was left as it is: line 3: its seal is broken");
    char *now = kit_read(path, &length);
    assert_string_equal(now, text);
    free(now);
    free(text);
    /* a draft of another record, and one that is too large, and one that is no file */
    setup(NULL);
    id = kit_protect(KEY_SEALED);
    kit_sample(path, 1);
    char *draft = xasprintf("%s.draft", path);
    kit_write(draft, "{\"sealed\":1,\"file\":\"draft\",\n", 28);
    not_moved(NULL, "it is sealed, and not for this record");
    unlink(draft);
    setup(NULL);
    kit_sample(path, 1);
    id = kit_protect(KEY_SEALING);
    assert_int_equal(truncate((kit_write(draft, "", 0), draft), 17 * 1024 * 1024), 0);
    not_moved(id, "is longer than");
    unlink(draft);
    assert_int_equal(symlink("/etc/hostname", draft), 0);
    assert_int_equal(record_reseal(path, id, NULL), RESEAL_DONE);
    free(draft);
}

/* ---- drafts ---- */

static void test_draft(void **state)
{
    (void)state;
    kit_protect(KEY_SEALED);
    kit_sample(kit_path("r"), 1);
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    char *draft = xasprintf("%s.draft", kit_path("r")), *fresh = xasprintf("%s.new", draft), *place = NULL;
    /* Nothing is written through what somebody put in its place. */
    const char *bait = kit_path("bait");
    kit_write(bait, "bait", 4);
    assert_int_equal(symlink(bait, fresh), 0);
    draft_keep(record, "home", "half.");
    unlink(fresh);
    assert_int_equal(link(bait, fresh), 0);
    draft_keep(record, "home", "half a word");
    size_t length;
    char *text = kit_read(bait, &length);
    assert_string_equal(text, "bait");
    free(text);
    text = draft_load(record, &place);
    assert_string_equal(text, "half a word");
    free(text);
    free(place);
    place = NULL;
    unlink(draft);
    char *word = xasprintf("%s.word", draft);
    unlink(word);
    free(word);
    assert_int_equal(mkfifo(draft, 0600), 0);
    assert_null(draft_load(record, &place));
    unlink(draft);
    /* A sealed one that was set aside is no draft. */
    struct strbuf stored = STRBUF_INIT;
    assert_true(frame_close_file(record_frame(record), "torn", "{\"place\":\"p\",\"text\":\"t\"}", 24,
                                 &stored, NULL));
    kit_write(draft, stored.text, stored.length);
    assert_null(draft_load(record, &place));
    /* One as long as drafts can be. */
    char *typed = xmalloc(100001);
    memset(typed, 'x', 100000);
    typed[100000] = '\0';
    draft_keep(record, "home", typed);
    text = draft_load(record, &place);
    assert_string_equal(text, typed);
    free(typed);
    free(text);
    free(place);
    strbuf_release(&stored);
    free(fresh);
    free(draft);
    record_close(record);
}

int main(void)
{
    mem_init();
#define TEST(name) cmocka_unit_test_setup(name, setup)
    const struct CMUnitTest tests[] = {
        TEST(test_moved),        TEST(test_other_record), TEST(test_other_id),
        TEST(test_header),       TEST(test_padding),      TEST(test_planted),
        TEST(test_in_its_place), TEST(test_cannot_tell),  TEST(test_other_key_stays),
        TEST(test_accompany),    TEST(test_left_behind),  TEST(test_other_key),
        TEST(test_cost),         TEST(test_not_moved),    TEST(test_straggler),
        TEST(test_draft),
    };
    return cmocka_run_group_tests_name("seal-hostile", tests, NULL, NULL);
}
