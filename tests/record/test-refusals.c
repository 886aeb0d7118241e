/* Calls that hardly ever fail, failing each in turn, on open and on sealed records: what is not done is said
 * and leaves all as it was, what is said to be done is there. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "faults.h"
#include "kit.h"
#include "record/chain.h"
#include "record/disk.h"
#include "record/draft.h"
#include "record/frame.h"
#include "record/receipt.h"
#include "record/reseal.h"
#include "refusals.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { NOTES = 2, MOST_CALLS = 200 };

static bool sealed;
static char *folder, id[KEY_ID_TEXT];

static void cause_is(char *cause, const char *wanted)
{
    if (!cause || !strstr(cause, wanted))
        fail_msg("“%s” is not “… %s …”", cause ? cause : "nothing", wanted);
    free(cause);
}

/* ---- each call in turn ---- */

/* One thing that is done: true for done, or a cause. */
struct scenario {
    const char *name;
    void (*prepare)(void);
    bool (*act)(char **cause);
    void (*look)(bool done, const char *when);
};

static void begin(void)
{
    kit_begin(false);
    if (sealed)
        strcpy(id, kit_protect(KEY_SEALED));
}

static void prepare_record(void)
{
    begin();
    kit_sample(kit_path("r"), NOTES);
}

static void look_record(const char *when, size_t most)
{
    char *cause = NULL;
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, &cause);
    if (!record || record_damage(record) || record_read_only(record))
        fail_msg("%s: %s", when, cause ? cause : "it cannot be gone on with");
    if (kit_notes(record, 1) != 1 || kit_notes(record, NOTES) != 1 || record_count(record) > most)
        fail_msg("%s: it is not as it was", when);
    if (record_frame(record)->sealed != sealed)
        fail_msg("%s: open or sealed?", when);
    record_close(record);
    if (sealed && kit_lies_open())
        fail_msg("%s: %s lies in the open", when, kit_lies_open());
}

static enum record_saved saved;

static bool append(char **cause)
{
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, cause);
    saved = record ? kit_append(record, 10, cause) : RECORD_NOT_SAVED;
    record_close(record);
    return saved == RECORD_SAVED;
}

static void look_appended(bool done, const char *when)
{
    look_record(when, NOTES + 3);
    struct record *record = record_open(kit_path("r"), RECORD_READ, NULL);
    if (saved != RECORD_UNSAFE && kit_notes(record, 10) != done)
        fail_msg("%s: saved or not?", when);
    record_close(record);
}

static void prepare_torn(void)
{
    prepare_record();
    kit_tear(kit_path("r"), sealed);
}

static bool open_torn(char **cause)
{
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, cause);
    const char *why = record ? record_read_only(record) : NULL;
    if (why)
        *cause = xstrdup(why);
    record_close(record);
    return record && !why;
}

static void look_torn(bool done, const char *when)
{
    (void)done;
    look_record(when, NOTES + 3);
    if (!kit_is_set_aside(kit_path("r"), kit_torn(sealed), strlen(kit_torn(sealed))))
        fail_msg("%s: the unfinished line is lost", when);
}

static bool create(char **cause)
{
    json_t *opened = kit_opened();
    struct record *record = record_create(kit_path("r"), opened, cause);
    json_decref(opened);
    record_close(record);
    return record;
}

static void look_created(bool done, const char *when)
{
    if (done != kit_exists(kit_path("r")))
        fail_msg("%s: made or not?", when);
    if (sealed && kit_lies_open())
        fail_msg("%s: %s lies in the open", when, kit_lies_open());
}

static bool copy(char **cause)
{
    struct record *record = record_open(kit_path("r"), RECORD_READ, cause);
    bool copied = record && record_rescue(record, kit_path("copy"), cause);
    record_close(record);
    return copied;
}

static void look_copied(bool done, const char *when)
{
    look_record(when, NOTES + 1);
    if (done != kit_exists(kit_path("copy")))
        fail_msg("%s: copied or not?", when);
    if (!done)
        return;
    size_t length, copied;
    char *bytes = kit_read(kit_path("r"), &length), *other = kit_read(kit_path("copy"), &copied);
    if (length != copied || memcmp(bytes, other, length) != 0)
        fail_msg("%s: it is no copy", when);
    free(other);
    free(bytes);
}

static const char half[] = "half a thought. ";

static void prepare_moving(void)
{
    prepare_torn();
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    draft_keep(record, "home", half);
    record_close(record);
    if (!sealed)
        strcpy(id, kit_protect(KEY_SEALING));
}

static bool reseal(char **cause)
{
    return record_reseal(kit_path("r"), sealed ? NULL : id, cause) != RESEAL_FAILED;
}

static void look_moved(bool done, const char *when)
{
    char *cause = NULL, *place = NULL;
    enum reseal again = record_reseal(kit_path("r"), sealed ? NULL : id, &cause);
    if (again == RESEAL_FAILED || (done && again != RESEAL_NOTHING))
        fail_msg("%s: %s", when, cause ? cause : "it was not moved");
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    char *text = draft_load(record, &place);
    if (kit_notes(record, NOTES) != 1 || !text || strcmp(text, half) != 0)
        fail_msg("%s: it is not all there", when);
    if (!sealed && kit_lies_open())
        fail_msg("%s: %s lies in the open", when, kit_lies_open());
    free(text);
    free(place);
    record_close(record);
}

static bool for_new(char **cause)
{
    char for_new[KEY_ID_TEXT] = "";
    bool told = key_file_for_new(folder, for_new, cause);
    if (told && (*for_new != '\0') != sealed)
        fail_msg("new records would be %s", sealed ? "open" : "sealed");
    return told;
}

static void look_nothing(bool done, const char *when)
{
    (void)done;
    (void)when;
}

/* Where the key file is gone, what lies in the folder is looked at. */
static void prepare_keyless(void)
{
    prepare_record();
    rename(kit_path("r"), kit_path("r.jsonl"));
    key_file_remove(folder, NULL);
}

static bool keyless(char **cause)
{
    char for_new[KEY_ID_TEXT] = "";
    bool told = key_file_for_new(folder, for_new, cause);
    if (told && sealed)
        fail_msg("a record could be made in the open beside a sealed one");
    return told;
}

static bool change_key(char **cause)
{
    struct key_file file;
    if (!sealed)
        return true;
    if (key_file_read(folder, &file, NULL, cause) != KEY_FOUND)
        return false;
    file.state = KEY_OPENING;
    bool written = key_file_write(folder, &file, keyring_find(id), cause);
    key_file_settle(folder);
    return written;
}

static void look_key(bool done, const char *when)
{
    struct key_file file;
    if (sealed &&
        (key_file_read(folder, &file, NULL, NULL) != KEY_FOUND || (done && file.state != KEY_OPENING)))
        fail_msg("%s: there is no sound key file", when);
}

static bool remove_key(char **cause)
{
    return key_file_remove(folder, cause);
}

static void look_removed(bool done, const char *when)
{
    if (done && kit_exists(kit_path("alongside.key")))
        fail_msg("%s: it is still there", when);
}

static bool draft(char **cause)
{
    (void)cause;
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    if (record)
        draft_keep(record, "home", "half a thought. And more");
    record_close(record);
    return true;
}

/* What was last synced, or what is newer: never nothing, and never a part. */
static void look_draft(bool done, const char *when)
{
    (void)done;
    char *place = NULL;
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    char *text = draft_load(record, &place);
    if (!text || (strcmp(text, half) != 0 && strcmp(text, "half a thought. And more") != 0))
        fail_msg("%s: “%s”", when, text ? text : "nothing");
    free(text);
    free(place);
    record_close(record);
}

static const struct scenario scenarios[] = {
    {"appending", prepare_record, append, look_appended},
    {"opening a torn one", prepare_torn, open_torn, look_torn},
    {"making", begin, create, look_created},
    {"copying", prepare_record, copy, look_copied},
    {"moving", prepare_moving, reseal, look_moved},
    {"asking how new ones are kept", begin, for_new, look_nothing},
    {"asking without a key file", prepare_keyless, keyless, look_nothing},
    {"changing the key file", begin, change_key, look_key},
    {"taking the key file away", begin, remove_key, look_removed},
    {"typing", prepare_moving, draft, look_draft},
};

/* The nth call failing, whichever it is: one of those here, or of those in faults.h. False where it did not
 * come to that. */
static bool one(const struct scenario *scenario, const char *function, char call, int nth, int error,
                bool all)
{
    char when[160], *cause = NULL, letter[] = {call, '\0'};
    snprintf(when, sizeof when, "%s %s: %s, number %d, errno %d%s", sealed ? "sealed," : "open,",
             scenario->name, function ? function : letter, nth, error, all ? ", always" : "");
    scenario->prepare();
    if (function)
        refusal_begin(function, nth, error, all);
    else
        faults_begin((struct fault){call, nth, error, all});
    bool done = scenario->act(&cause), hit = function ? refusal_end() : faults_end();
    if (done == (cause != NULL))
        fail_msg("%s: %s", when, done ? cause : "it is not said why");
    scenario->look(done, when);
    free(cause);
    return hit;
}

static void test_each(void **state)
{
    (void)state;
    static const int errors[] = {EIO, EACCES};
    int hits = 0;
    for (int way = 0; way < 4 * (int)(sizeof scenarios / sizeof *scenarios); way++) {
        const struct scenario *scenario = &scenarios[way / 4];
        sealed = way & 1;
        bool all = way & 2;
        for (const char *const *f = refusal_functions; *f; f++) {
            for (size_t e = 0; e < sizeof errors / sizeof *errors; e++) {
                int nth = 1;
                while (nth < MOST_CALLS && one(scenario, *f, 0, nth, errors[e], all))
                    nth++;
                hits += nth - 1;
            }
        }
        for (const char *call = FAULT_CALLS; *call; call++) {
            int nth = 1;
            while (nth < MOST_CALLS && one(scenario, NULL, *call, nth, EIO, all))
                nth++;
            hits += nth - 1;
        }
    }
    assert_true(hits > 400);
}

/* ---- what is said ---- */

static void test_locks(void **state)
{
    (void)state;
    static const struct {
        int error, nth;
        bool all;
        const char *says;
    } rows[] = {
        {EIO, 1, false, "cannot be locked, so nothing can be added to it safely"},
        {EAGAIN, 1, true, "is open in another program, which has closed it this moment"},
        {EACCES, 1, true, "is open in another program, which has closed it this moment"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *cause = NULL;
        kit_begin(false);
        kit_sample(kit_path("r"), 1);
        refusal_begin("fcntl", rows[i].nth, rows[i].error, rows[i].all);
        assert_null(record_open(kit_path("r"), RECORD_WRITE, &cause));
        assert_true(refusal_end());
        cause_is(cause, rows[i].says);
    }
    /* A program that locks the file, and not as Alongside does: nobody is named. */
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open(kit_path("r"), O_RDWR);
    assert_int_equal(fcntl(fd, F_OFD_SETLK, &whole), 0);
    refusal_begin("fcntl", 2, EIO, false); /* who has the name's lock */
    struct record *record = record_open(kit_path("r"), RECORD_READ, NULL);
    assert_true(refusal_end());
    assert_string_equal(record_read_only(record), "it is open in another program");
    record_close(record);
    close(fd);
    /* A record that cannot be locked is not made. */
    char *cause = NULL;
    kit_begin(false);
    json_t *opened = kit_opened();
    refusal_begin("fcntl", 1, EIO, true);
    assert_null(record_create(kit_path("r"), opened, &cause));
    assert_true(refusal_end());
    cause_is(cause, "cannot be locked");
    assert_false(kit_exists(kit_path("r")));
    json_decref(opened);
}

/* A file that is cut while it is read. */
static void test_shorter(void **state)
{
    (void)state;
    char *cause = NULL;
    kit_begin(false);
    kit_sample(kit_path("r"), 1);
    refusal_begin("fstat", 2, 0, false);
    assert_null(record_open(kit_path("r"), RECORD_WRITE, &cause));
    assert_true(refusal_end());
    cause_is(cause, "became shorter while it was read. Try again.");
}

/* A file of fewer bytes than are compared. */
static void test_small(void **state)
{
    (void)state;
    kit_begin(false);
    size_t length;
    struct disk *disk = disk_create(kit_path("r"), "12\n", 3, NULL);
    assert_int_equal(disk_append(disk, "45\n", 3, NULL), RECORD_SAVED);
    assert_int_equal(disk_append(disk, "78\n", 3, NULL), RECORD_SAVED);
    disk_close(disk);
    char *bytes = kit_read(kit_path("r"), &length);
    assert_string_equal(bytes, "12\n45\n78\n");
    free(bytes);
}

/* A hundred lines set aside: the next one stays where it is, and nothing can be added. */
static void test_most_torn(void **state)
{
    (void)state;
    kit_begin(false);
    kit_sample(kit_path("r"), 1);
    for (int i = 0; i < 100; i++) {
        char name[128];
        snprintf(name, sizeof name, i ? "%s.torn.%d" : "%s.torn", kit_path("r"), i);
        kit_write(name, "x", 1);
    }
    kit_tear(kit_path("r"), false);
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    assert_non_null(strstr(record_read_only(record), "cannot be set aside"));
    assert_int_equal(record_torn(record), strlen(kit_torn(false)));
    record_close(record);
    size_t length;
    char *bytes = kit_read(kit_path("r"), &length);
    assert_non_null(strstr(bytes, kit_torn(false)));
    free(bytes);
}

/* What JSON cannot hold is not saved, and that is said. */
static void test_no_json(void **state)
{
    (void)state;
    char *cause = NULL;
    kit_begin(false);
    json_t *opened = kit_opened();
    refusal_begin("json_dumps", 1, 0, false);
    assert_null(record_create(kit_path("r"), opened, &cause));
    cause_is(cause, "cannot be made: This cannot be written as a line of JSON.");
    json_object_del(opened, "form");
    cause = NULL;
    refusal_end();
    assert_null(record_in_memory(opened, &cause));
    cause_is(cause, "“opened” needs “form”");
    json_decref(opened);
}

/* ---- sealed ---- */

/* Locked in the middle: nothing is added, in the open least of all. */
static void test_locked_meanwhile(void **state)
{
    (void)state;
    char *cause = NULL, *place = NULL;
    kit_begin(true);
    kit_sample(kit_path("r"), 1);
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    draft_keep(record, "home", half);
    keyring_wipe();
    assert_int_equal(kit_append(record, 10, &cause), RECORD_NOT_SAVED);
    cause_is(cause, "This is locked. Unlock it with the passphrase first.");
    draft_keep(record, "home", "nothing that lies in the open. ");
    assert_null(draft_load(record, &place));
    cause = NULL;
    assert_false(record_rescue(record, kit_path("copy"), &cause));
    cause_is(cause, "This is locked.");
    assert_null(kit_lies_open());
    record_close(record);
}

/* Its key file is damaged: said so, and what to do. */
static void test_key_broken(void **state)
{
    (void)state;
    char *cause = NULL;
    kit_begin(true);
    kit_sample(kit_path("r"), 1);
    keyring_wipe();
    size_t length;
    char *bytes = kit_read(kit_path("alongside.key"), &length);
    bytes[length - 4] = (char)(bytes[length - 4] == '0' ? '1' : '0'); /* in its hash */
    kit_write(kit_path("alongside.key"), bytes, length);
    free(bytes);
    assert_null(record_open(kit_path("r"), RECORD_READ, &cause));
    cause_is(cause, "is sealed. The key file ");
}

/* A record's id that a seal cannot hold, and none. */
static void test_no_id(void **state)
{
    (void)state;
    static const char *const ids[] = {NULL, "short", "01JD000000000000000000000!"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        char *cause = NULL;
        kit_begin(true);
        json_t *opened = kit_opened();
        json_object_del(opened, "record");
        if (ids[i])
            json_object_set_new(opened, "record", json_string(ids[i]));
        assert_null(record_create(kit_path("r"), opened, &cause));
        cause_is(cause, "its id is not one of 26 letters and digits, so it cannot be sealed");
        json_decref(opened);
    }
}

/* A draft that is damaged, or of another record, is none; one set aside that cannot be opened counts as the
 * bytes it is. */
static void test_beside(void **state)
{
    (void)state;
    char *place = NULL;
    size_t length, whole;
    kit_begin(true);
    kit_sample(kit_path("r"), 1);
    struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    draft_keep(record, "home", half);
    char *bytes = kit_read(kit_path("r.draft"), &whole), *other = xstrdup(bytes);
    for (length = 10; length < whole; length += 7) {
        kit_write(kit_path("r.draft"), bytes, length);
        assert_null(draft_load(record, &place));
    }
    *strstr(other, "01JD") = '2';
    kit_write(kit_path("r.draft"), other, whole);
    assert_null(draft_load(record, &place));
    kit_write(kit_path("r.draft"), bytes, whole);
    char *text = draft_load(record, &place);
    assert_string_equal(text, half);
    free(text);
    free(place);
    draft_keep(record, "home", "no text: \xff. "); /* is not kept, and what was is left */
    text = draft_load(record, &place);
    assert_string_equal(text, half);
    free(text);
    free(place);
    record_close(record);
    record = record_open(kit_path("r"), RECORD_READ, NULL); /* who only reads changes nothing */
    draft_keep(record, "home", "other words. ");
    draft_drop(record);
    text = draft_load(record, &place);
    assert_string_equal(text, half);
    free(text);
    free(place);
    record_close(record);
    kit_write(kit_path("r.torn"), other, whole);
    record = record_open(kit_path("r"), RECORD_WRITE, NULL);
    assert_int_equal(record_count(record), 3);
    assert_int_equal(event_integer(record_event(record, 2), "bytes"), whole);
    record_close(record);
    free(other);
    free(bytes);
}

/* ---- what a passphrase costs ---- */

static void test_cost(void **state)
{
    (void)state;
    static const struct {
        long milliseconds;
        unsigned memory;
        bool light;
        struct key_cost cost;
    } rows[] = {
        {1000, 0, false, {3, 256}},   {100, 0, false, {16, 256}}, {200, 0, false, {14, 256}},
        {4000, 0, false, {3, 64}},    {4000, 0, true, {3, 64}},   {100, 0, true, {3, 64}},
        {100, 200, false, {16, 128}}, {100, 1, false, {3, 64}},   {3000, 100, false, {3, 64}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        refusal_clock_step = rows[i].milliseconds;
        refusal_memory = rows[i].memory;
        struct key_cost cost = key_cost_here(rows[i].light);
        if (cost.passes != rows[i].cost.passes || cost.mebibytes != rows[i].cost.mebibytes)
            fail_msg("row %zu: %u passes over %u MiB", i, cost.passes, cost.mebibytes);
    }
    refusal_clock_step = 0;
    refusal_memory = 0;
}

/* Bytes that are no text, and letters that grow threefold when they are composed fit. */
static void test_secrets(void **state)
{
    (void)state;
    static const char *const secrets[] = {"pass\xe9 in latin 1", "\xed\x85\x9f",
                                          "\U0001D160\U0001D160\U0001D160", "\uFB2C\uFB2C"};
    static const char *const same[] = {NULL, NULL, "\U0001D158\U0001D165\U0001D16E\U0001D160\U0001D160",
                                       "\u05E9\u05BC\u05C1\uFB2C"};
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        struct key_file file;
        unsigned char *key = key_new(), *found = NULL;
        kit_begin(false);
        key_file_init(&file, key, KEY_SEALED);
        assert_true(key_file_wrap(&file, SLOT_PASSPHRASE, key, secrets[i], strlen(secrets[i]), NULL));
        assert_true(key_file_wrap(&file, SLOT_RECOVERY, key, "code", 4, NULL));
        char *text = key_file_text(&file, key);
        assert_true(key_file_from_text(text, strlen(text), &file, NULL));
        const char *typed = same[i] ? same[i] : secrets[i];
        assert_int_equal(key_file_unlock(&file, SLOT_PASSPHRASE, typed, strlen(typed), &found, NULL),
                         KEY_UNLOCKED);
        assert_memory_equal(found, key, SEAL_KEY_BYTES);
        sodium_free(found);
        assert_int_equal(key_file_unlock(&file, SLOT_PASSPHRASE, typed, strlen(typed) - 1, &found, NULL),
                         KEY_WRONG);
        free(text);
        sodium_free(key);
    }
}

/* What stands in the folder besides records is looked past; what cannot be looked at may be sealed. */
static void test_around(void **state)
{
    (void)state;
    char for_new[KEY_ID_TEXT], *cause = NULL;
    struct sockaddr_un place = {.sun_family = AF_UNIX};
    kit_begin(false);
    assert_true(key_file_for_new("/nowhere at all", for_new, &cause));
    kit_write(kit_path("a.jsonl"), "{\"seq\":1", 8);
    assert_true(key_file_for_new(kit_path("a.jsonl"), for_new, &cause));
    kit_write(kit_path("r"), "x", 1);
    assert_int_equal(mkfifo(kit_path("b.jsonl"), 0600), 0);
    snprintf(place.sun_path, sizeof place.sun_path, "%s/c.jsonl", folder);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&place, sizeof place), 0);
    assert_true(key_file_for_new(folder, for_new, &cause));
    close(fd);
    /* gone between finding its name and looking at it: after the key file, its copy from before and the
     * folder */
    kit_begin(false);
    kit_write(kit_path("a.jsonl"), "{\"sealed\":1", 11);
    for (int nth = 1; nth <= 3; nth++) {
        faults_begin((struct fault){'o', nth, ENOENT, false});
        bool told = key_file_for_new(folder, for_new, &cause);
        assert_true(faults_end());
        assert_int_equal(told, nth == 3);
        free(told ? NULL : cause);
    }
}

static int setup(void **state)
{
    (void)state;
    sealed = false;
    if (!folder)
        folder = path_folder(kit_path("r"));
    return 0;
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_each, setup),
        cmocka_unit_test_setup(test_locks, setup),
        cmocka_unit_test_setup(test_shorter, setup),
        cmocka_unit_test_setup(test_small, setup),
        cmocka_unit_test_setup(test_most_torn, setup),
        cmocka_unit_test_setup(test_no_json, setup),
        cmocka_unit_test_setup(test_locked_meanwhile, setup),
        cmocka_unit_test_setup(test_key_broken, setup),
        cmocka_unit_test_setup(test_no_id, setup),
        cmocka_unit_test_setup(test_beside, setup),
        cmocka_unit_test_setup(test_around, setup),
        cmocka_unit_test_setup(test_cost, setup),
        cmocka_unit_test_setup(test_secrets, setup),
    };
    return cmocka_run_group_tests_name("refusals", tests, NULL, NULL);
}
