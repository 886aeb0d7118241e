/* The index: whatever happens to its file, what is gathered is what the records say. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "caseload/caseload.h"
#include "caseload/protect.h"
#include "record/keyring.h"
#include "record/reseal.h"
#include "review/cases.h"
#include "review/index.h"
#include "sealing.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *folder;
static char *path; /* of the index */

/* Some that have all kinds of things in them. */
static const char *const stories[] = {"parked",          "guided-talk", "promises",
                                      "sitting-in-full", "repeat",      "referred",
                                      "statements",      "declined",    NULL};
enum { STORIES = sizeof stories / sizeof *stories - 1 };

static int setup(void **state)
{
    (void)state;
    keyring_wipe();
    cases_clock = 3600; /* an hour later than the files */
    folder = cases_begin(stories);
    free(path);
    path = cases_path(caseload_index);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    remove(path);
    return 0;
}

/* Gather, hold it against the records, and say how many the index gave. */
static size_t look(void)
{
    size_t from_index;
    struct collection *c = cases_gather(false, 2, &from_index);
    cases_same(c);
    collection_free(c);
    return from_index;
}

static void filled(void)
{
    look();
    assert_int_equal(look(), STORIES);
}

static void test_used(void **state)
{
    (void)state;
    struct stat st;
    assert_int_equal(look(), 0);
    assert_int_equal(look(), STORIES);
    assert_int_equal(look(), STORIES);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    /* Nothing else is left beside the records, and nothing that is taken for one of them. */
    char *journal = cases_path(caseload_index_journal), **names;
    size_t count;
    assert_int_equal(access(journal, F_OK), -1);
    assert_true(caseload_names(folder, &names, &count, NULL));
    assert_int_equal(count, STORIES);
    while (count)
        free(names[--count]);
    free(names);
    free(journal);
    /* It is not asked where it is not wanted. */
    size_t from_index;
    struct collection *c = cases_gather(true, 2, &from_index);
    assert_int_equal(from_index, 0);
    collection_free(c);
}

/* ---- bytes that are others ---- */

static void test_flipped(void **state)
{
    (void)state;
    filled();
    size_t length;
    char *good = cases_read(path, &length);
    size_t used = 0;
    for (size_t i = 0; i < 200; i++) {
        size_t at = i < 60 ? i : 60 + (i - 60) * (length - 60) / 140;
        char was = good[at];
        good[at] ^= (char)(1 << i % 8);
        cases_write(path, good, length);
        used += look();
        good[at] = was;
    }
    assert_true(used > 0); /* most bytes are of one record, and the others' are used */
    assert_true(used < (size_t)200 * STORIES);
    free(good);
}

static void test_cut(void **state)
{
    (void)state;
    filled();
    size_t length;
    char *good = cases_read(path, &length);
    for (size_t i = 0; i < 40; i++) {
        cases_write(path, good, i < 10 ? i * 12 : i * length / 40);
        look();
        assert_int_equal(look(), STORIES);
    }
    /* More after its end, other files, and a journal of nothing that ever was. */
    char *journal = cases_path(caseload_index_journal);
    for (int i = 0; i < 4; i++) {
        cases_write(path, good, length);
        if (i == 0)
            cases_write(path, "{\"seq\":1}\n", 10);
        else if (i == 1)
            cases_write(journal, good, length);
        else if (i == 2)
            cases_write(journal, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7garbage", 15);
        else
            assert_int_equal(truncate(path, (off_t)(2 * length)), 0);
        look();
        /* SQLite has not seen it: it can name other files, which SQLite then takes away. */
        assert_int_equal(access(journal, F_OK), -1);
        assert_int_equal(look(), STORIES);
    }
    free(journal);
    free(good);
}

/* ---- what SQLite can say that is not so ---- */

static void tell(const char *sql)
{
    sqlite3 *db;
    char *error = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA writable_schema=ON", NULL, NULL, NULL);
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s: %s", sql, error);
    sqlite3_close(db);
}

static int number(const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    int result = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return result;
}

static void test_forged(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        size_t most; /* that may still come from it */
    } rows[] = {
        /* One record's for another; what was of an older one; nothing; too much. */
        {"UPDATE records SET kept=(SELECT kept FROM records WHERE name=CAST('parked.jsonl' AS BLOB))", 1},
        {"UPDATE records SET kept=zeroblob(400)", 0},
        {"UPDATE records SET kept=NULL", 0},
        {"UPDATE records SET kept='words'", 0},
        {"UPDATE records SET kept=kept||x'00'", 0},
        {"UPDATE records SET kept=zeroblob(20000000)", 0},
        {"UPDATE records SET size=size+1", 0},
        {"UPDATE records SET changed=changed+1", 0},
        {"UPDATE records SET touched=touched-1", 0},
        {"UPDATE records SET inode=inode+1", 0},
        {"UPDATE records SET name=name||'x'", 0},
        {"UPDATE records SET name=CAST(name AS TEXT)", 0},
        {"UPDATE forms SET kept=zeroblob(4000)", 0},
        {"DELETE FROM forms", 0},
        {"DELETE FROM records", 0},
        {"INSERT INTO forms SELECT kept FROM records", 0},
        {"PRAGMA user_version=7", 0},
        {"PRAGMA application_id=7", 0},
        {"PRAGMA journal_mode=WAL", 0},
        {"CREATE TABLE more(x)", 0},
        {"CREATE VIEW v AS SELECT 1", 0},
        {"CREATE TRIGGER t AFTER INSERT ON records BEGIN DELETE FROM records; END", 0},
        {"CREATE INDEX i ON records(size)", 0},
        {"DROP TABLE forms", 0},
        {"DROP TABLE records", 0},
        {"DROP TABLE records; CREATE VIEW records AS SELECT 1", 0},
        {"ALTER TABLE records RENAME COLUMN kept TO held", 0},
        {"UPDATE sqlite_master SET rootpage=1", 0},
        {"UPDATE sqlite_master SET rootpage=(SELECT max(rootpage) FROM sqlite_master)", 0},
        {"UPDATE sqlite_master SET sql='CREATE TABLE records('", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        setup(NULL);
        filled();
        tell(rows[i].sql);
        size_t used = look();
        if (used > rows[i].most)
            fail_msg("%s: %zu were used", rows[i].sql, used);
        if (look() != STORIES)
            fail_msg("%s: it was not mended", rows[i].sql);
    }
}

/* ---- something else in its place ---- */

static void test_replaced(void **state)
{
    (void)state;
    char *other = cases_path("other");
    struct stat st;
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(look(), 0);
    assert_int_equal(look(), 0);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(look(), 0);
    assert_int_equal(lstat(path, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));
    assert_int_equal(remove(path), 0);
    /* A link, to nothing and to a good one: neither is followed. */
    assert_int_equal(symlink("other", path), 0);
    assert_int_equal(look(), 0);
    assert_int_equal(access(other, F_OK), -1);
    remove(path);
    filled();
    assert_int_equal(rename(path, other), 0);
    assert_int_equal(symlink("other", path), 0);
    assert_int_equal(look(), 0);
    remove(path);
    /* A second name of it: that one stays as it was. */
    size_t length, length_after;
    char *before = cases_read(other, &length);
    assert_int_equal(link(other, path), 0);
    look();
    assert_int_equal(look(), STORIES);
    char *after = cases_read(other, &length_after);
    assert_int_equal(length, length_after);
    assert_memory_equal(before, after, length);
    free(before);
    free(after);
    /* Others can read it: it is made anew, for its owner alone. */
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(look(), 0);
    assert_int_equal(look(), STORIES);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    /* A journal that is a link. */
    char *journal = cases_path(caseload_index_journal);
    assert_int_equal(symlink("other", journal), 0);
    assert_int_equal(look(), 0);
    remove(journal);
    assert_int_equal(look(), STORIES);
    free(journal);
    remove(other);
    free(other);
}

/* Folders that it is not written into. */
static void test_folders(void **state)
{
    (void)state;
    assert_int_equal(chmod(folder, 0770), 0);
    assert_int_equal(look(), 0);
    assert_int_equal(look(), 0);
    assert_int_equal(access(path, F_OK), -1);
    if (geteuid() != 0) {
        assert_int_equal(chmod(folder, 0500), 0);
        assert_int_equal(look(), 0);
        assert_int_equal(access(path, F_OK), -1);
    }
    assert_int_equal(chmod(folder, 0700), 0);
    char *cause = NULL;
    assert_null(index_open("/proc/self", &cause));
    assert_non_null(cause);
    free(cause);
    cause = NULL;
    char *nowhere = cases_path("nowhere");
    assert_null(index_open(nowhere, &cause));
    assert_non_null(strstr(cause, "cannot be looked into"));
    free(cause);
    free(nowhere);
}

/* In a child: no file may become longer than this. What was gathered is right, and so is what is next. */
static void test_full(void **state)
{
    (void)state;
    for (rlim_t most = 0; most <= 256 * 1024; most += most < 8192 ? 2048 : 32 * 1024) {
        setup(NULL);
        pid_t child = fork();
        if (child == 0) {
            setrlimit(RLIMIT_FSIZE, &(struct rlimit){most, most});
            look();
            look();
            _exit(0);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        look();
        assert_int_equal(look(), STORIES);
    }
}

static void test_locked(void **state)
{
    (void)state;
    filled();
    sqlite3 *db;
    static const char *const locks[] = {"BEGIN EXCLUSIVE", "BEGIN IMMEDIATE",
                                        "BEGIN; SELECT count(*) FROM records"};
    for (size_t i = 0; i < sizeof locks / sizeof *locks; i++) {
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, locks[i], NULL, NULL, NULL), SQLITE_OK);
        /* In a child: what one process locks it does not keep from itself. */
        pid_t child = fork();
        if (child == 0)
            _exit(look() == (i == 0 ? 0 : STORIES) ? 0 : 1);
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        sqlite3_close(db);
    }
    assert_int_equal(look(), STORIES);
}

/* ---- records that change ---- */

static void test_changed(void **state)
{
    (void)state;
    filled();
    size_t length;
    struct stat st;
    char *record = cases_path("parked.jsonl"), *bytes = cases_read(record, &length);
    char *word = strstr(bytes, "tenancy");
    assert_non_null(word);
    /* As long as it was, and its time set back. */
    assert_int_equal(stat(record, &st), 0);
    word[0] = 'T';
    int fd = open(record, O_WRONLY | O_CLOEXEC);
    assert_int_equal(write(fd, bytes, length), length);
    const struct timespec times[] = {st.st_atim, st.st_mtim};
    assert_int_equal(futimens(fd, times), 0);
    close(fd);
    assert_int_equal(look(), STORIES - 1); /* cases_same(): it is broken now */
    assert_int_equal(look(), STORIES - 1);
    /* Right again: it is read, and from then on kept. */
    word[0] = 't';
    cases_write(record, bytes, length);
    assert_int_equal(look(), STORIES - 1);
    assert_int_equal(look(), STORIES);
    /* In the place of it another, by renaming; one that is gone; one that is new. */
    char *other = cases_path("guided-talk.jsonl"), *moved = cases_path("new.jsonl");
    assert_int_equal(rename(other, moved), 0);
    assert_int_equal(number("SELECT count(*) FROM records"), STORIES);
    assert_int_equal(look(), STORIES - 1);
    assert_int_equal(number("SELECT count(*) FROM records"), STORIES);
    assert_int_equal(remove(moved), 0);
    assert_int_equal(look(), STORIES - 1);
    assert_int_equal(number("SELECT count(*) FROM records"), STORIES - 1);
    assert_int_equal(number("SELECT count(*) FROM records WHERE name=CAST('new.jsonl' AS BLOB)"), 0);
    free(other);
    free(moved);
    free(bytes);
    free(record);
}

/* What was changed just now is not kept, nor what lies ahead of the clock. */
static void test_clock(void **state)
{
    (void)state;
    static const long clocks[] = {-60, -3600}; /* however slow this computer is, they are of just now */
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        setup(NULL);
        cases_clock = clocks[i];
        assert_int_equal(look(), 0);
        assert_int_equal(look(), 0);
    }
    cases_clock = 4;
    assert_int_equal(look(), 0);
    assert_int_equal(look(), STORIES);
    cases_clock = -3600;
    assert_int_equal(look(), STORIES);
}

/* ---- sealed ---- */

static void reseal_all(const char *key)
{
    for (size_t i = 0; i < cases_count(); i++) {
        char *record = cases_path(cases_name(i)), *cause = NULL;
        if (record_reseal(record, key, &cause) != RESEAL_DONE)
            fail_msg("%s", cause);
        free(record);
    }
}

static bool holds(const char *file, const char *words)
{
    size_t length;
    char *bytes = cases_read(file, &length);
    bool found = memmem(bytes, length, words, strlen(words)) != NULL;
    free(bytes);
    return found;
}

static void test_sealed(void **state)
{
    (void)state;
    static const char *const words[] = {"tenancy", "What the", "01JD0", "council"};
    enum { WORDS = sizeof words / sizeof *words };
    filled();
    size_t found = 0;
    for (size_t i = 0; i < WORDS; i++)
        found += holds(path, words[i]);
    assert_true(found >= WORDS - 1); /* they are good ones; one may lie across two pages of the file */
    sealing_begin(folder, "some words of my own");
    struct key_file file;
    assert_int_equal(key_file_read(folder, &file, NULL, NULL), KEY_FOUND);
    reseal_all(file.id);
    /* What was kept in the open is of no use any more, and gone. */
    assert_int_equal(look(), 0);
    assert_int_equal(look(), STORIES);
    for (size_t i = 0; i < WORDS; i++)
        assert_false(holds(path, words[i]));
    /* Locked: nothing is read, from wherever. */
    size_t length, length_after;
    char *before = cases_read(path, &length);
    keyring_wipe();
    size_t from_index;
    struct collection *c = cases_gather(false, 2, &from_index);
    assert_int_equal(from_index, 0);
    assert_int_equal(collection_broken(c), STORIES);
    collection_free(c);
    char *after = cases_read(path, &length_after);
    assert_int_equal(length, length_after);
    assert_memory_equal(before, after, length);
    free(before);
    free(after);
    char *cause = NULL;
    assert_null(index_open(folder, &cause));
    assert_non_null(strstr(cause, "locked"));
    free(cause);
    char *key = cases_path("alongside.key");
    remove(key);
    free(key);
}

/* Sealing a folder takes an open index away, and so does opening it a sealed one. */
static void test_protect(void **state)
{
    (void)state;
    static const unsigned char code[RECOVERY_BYTES] = "a code of 20 bytes.";
    char *cause = NULL;
    size_t left;
    filled();
    if (!protect_begin(folder, true, "some words", 10, code, &cause))
        fail_msg("%s", cause);
    assert_int_equal(access(path, F_OK), -1);
    /* Somebody looks on the way: that is sealed already, and not kept. */
    assert_int_equal(look(), 0);
    assert_false(holds(path, "tenancy"));
    assert_true(protect_move(folder, KEY_SEALED, NULL, &left, NULL));
    assert_int_equal(left, 0);
    assert_int_equal(access(path, F_OK), -1);
    filled();
    char **others = protect_others(folder);
    assert_null(others[0]);
    free(others);
    assert_true(protect_move(folder, KEY_OPENING, NULL, &left, NULL));
    assert_int_equal(access(path, F_OK), -1);
    filled();
    /* It cannot be taken away where a folder stands in its place: that is none of ours. */
    remove(path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_true(caseload_forget_index(folder));
    assert_int_equal(rmdir(path), 0);
}

/* The power goes while the index is written: any of its pages are as they were before, or as they are after,
 * or were never written, and it ends at any of them. */
static void test_power(void **state)
{
    (void)state;
    enum { PAGE_BYTES = 8192, CUTS = 150 };
    size_t was, is, used = 0;
    char *aside[STORIES], *kept[STORIES];
    for (size_t i = 0; i < STORIES; i += 2) {
        char *beside = xasprintf("%s.aside", cases_name(i));
        kept[i] = cases_path(cases_name(i));
        aside[i] = cases_path(beside);
        assert_int_equal(rename(kept[i], aside[i]), 0);
        free(beside);
    }
    size_t none;
    collection_free(cases_gather(false, 2, &none));
    char *before = cases_read(path, &was);
    for (size_t i = 0; i < STORIES; i += 2) {
        assert_int_equal(rename(aside[i], kept[i]), 0);
        free(aside[i]);
        free(kept[i]);
    }
    filled();
    char *after = cases_read(path, &is);
    assert_true(is >= was && (is > was || memcmp(before, after, is) != 0));
    uint64_t chance = 88172645463325252u;
    for (int cut = 0; cut < CUTS; cut++) {
        char *bytes = xcalloc(1, is);
        for (size_t at = 0; at < is; at += PAGE_BYTES) {
            chance ^= chance << 13, chance ^= chance >> 7, chance ^= chance << 17;
            if (chance % 8 == 0 && at)
                continue;
            const char *from = chance % 8 < 4 && at + PAGE_BYTES <= was ? before : after;
            memcpy(bytes + at, from + at, PAGE_BYTES);
        }
        cases_write(path, bytes, cut % 3 ? is : (chance >> 20) % (is / PAGE_BYTES) * PAGE_BYTES);
        free(bytes);
        used += look();
    }
    assert_true(used > 0); /* what is whole is used */
    print_message("# %d cuts of the power; %zu of %d digests could be used\n", CUTS, used, CUTS * STORIES);
    free(before);
    free(after);
}

/* An index that was open when the folder was sealed, and is found damaged then, is not made anew in the open.
 */
static void test_sealed_since(void **state)
{
    (void)state;
    static const unsigned char code[RECOVERY_BYTES] = "a code of 20 bytes.";
    static const char garbage[8192] = "garbage";
    struct stat st;
    struct index_kept kept;
    filled();
    struct index *index = index_open(folder, NULL);
    assert_non_null(index);
    struct digester *digester = digester_new();
    const char *name = cases_name(0);
    char *record = cases_path(name);
    struct index_key key;
    assert_true(index_key_of(record, &key));
    const struct facts *facts;
    struct digest *digest = digest_read(digester, record, &facts);
    assert_true(index_kept(index, name, &key, digest, &kept));
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0 && fstat(fd, &st) == 0);
    assert_true(protect_begin(folder, true, "some words", 10, code, NULL));
    for (off_t at = 0; at < st.st_size; at += (off_t)sizeof garbage)
        assert_int_equal(pwrite(fd, garbage, sizeof garbage, at), sizeof garbage);
    close(fd);
    for (int i = 0; i < 3; i++) /* it notices, and goes on */
        index_put(index, name, &key, &kept, facts);
    index_close(index);
    assert_int_equal(access(path, F_OK), -1);
    index_kept_release(&kept);
    free(digest);
    free(record);
    digester_free(digester);
    char *file = cases_path("alongside.key");
    remove(file);
    free(file);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_used, setup, teardown),
        cmocka_unit_test_setup_teardown(test_flipped, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cut, setup, teardown),
        cmocka_unit_test_setup_teardown(test_forged, setup, teardown),
        cmocka_unit_test_setup_teardown(test_replaced, setup, teardown),
        cmocka_unit_test_setup_teardown(test_folders, setup, teardown),
        cmocka_unit_test_setup_teardown(test_full, setup, teardown),
        cmocka_unit_test_setup_teardown(test_locked, setup, teardown),
        cmocka_unit_test_setup_teardown(test_changed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clock, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sealed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_protect, setup, teardown),
        cmocka_unit_test_setup_teardown(test_power, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sealed_since, setup, teardown),
    };
    int failed = cmocka_run_group_tests_name("review/test-index", tests, NULL, NULL);
    free(path);
    return failed;
}
