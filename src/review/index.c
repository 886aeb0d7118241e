/* The index, on SQLite. Two tables: what is kept of each record, by its file's name, and the forms' facts.
 *
 * SQLite is told to mistrust the file (no triggers, no views, no schema but ours), not to sync, and to keep
 * its journal in memory: what is lost with the power, or half written, is found by SQLite or by the hashes,
 * and made anew; nothing lies beside the index. What is kept holds its own
 * proof, so nothing that SQLite says is believed but for where to look. */
#include "review/index.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/without.h"
#include "caseload/caseload.h"
#include "record/disk.h"
#include "record/key_file.h"
#include "record/keyring.h"

#include <config.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

enum {
    AT_ONCE = 400,                /* records in a transaction */
    PATIENCE = 200,               /* milliseconds that are waited for another's lock */
    PROOF = 32,                   /* bytes of the hash */
    MOST_FORMS = 1000,            /* more are no caseload's */
    MOST_KEPT = 16 * 1024 * 1024, /* far more than any record's digest */
    HEADER = 100,                 /* SQLite's, at the file's beginning */
    PAGE = 8192,
    APPLICATION = 0x416c5276, /* "AlRv" */
};

static const char schema[] =
    "CREATE TABLE records(name BLOB PRIMARY KEY,size INTEGER,changed INTEGER,touched INTEGER,inode INTEGER,"
    "kept BLOB)";
static const char schema_forms[] = "CREATE TABLE forms(kept BLOB)";

enum statement { FIND, PUT, PUT_FORM, TAKE_OUT, STATEMENTS };
static const char *const statements[STATEMENTS] = {
    [FIND] = "SELECT kept FROM records WHERE name=?1 AND size=?2 AND changed=?3 AND touched=?4 AND inode=?5",
    [PUT] = "INSERT OR REPLACE INTO records VALUES(?1,?2,?3,?4,?5,?6)",
    [PUT_FORM] = "INSERT INTO forms VALUES(?1)",
    [TAKE_OUT] = "DELETE FROM records WHERE name=?1",
};

struct index {
    char *folder, *path; /* without a link in it */
    sqlite3 *db;         /* NULL: it is of no use (any more) */
    sqlite3_stmt *statements[STATEMENTS];
    bool sealed, writes_fail;
    char key[KEY_ID_TEXT];
    struct facts **facts; /* as found when it was opened; others read them meanwhile */
    size_t facts_count;
    char (*stored)[65]; /* the sums of those that are in the file */
    size_t stored_count, stored_room;
    size_t begun; /* how many were put in the transaction; 0: there is none */
};

/* ---- keys ---- */

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

bool index_key_of(const char *path, struct index_key *key)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    *key = (struct index_key){st.st_size, nanoseconds(st.st_mtim), nanoseconds(st.st_ctim), st.st_ino};
    return true;
}

bool index_key_same(const struct index_key *a, const struct index_key *b)
{
    return a->size == b->size && a->changed == b->changed && a->touched == b->touched && a->inode == b->inode;
}

bool index_key_settled(const struct index_key *key)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t latest = nanoseconds(now) - 2 * (int64_t)1000000000;
    return (key->changed < latest && key->touched < latest) || WITHOUT("left alone for a while");
}

/* ---- what is kept ---- */

/* What makes a digest of another program unlike ours: its version, and how its parts lie in memory. */
static const char *layout(void)
{
    static const uint32_t order = 0x01020304;
    static _Thread_local char text[160];
    unsigned char bytes[sizeof order];
    memcpy(bytes, &order, sizeof order);
    snprintf(text, sizeof text, "%s/%d/%d.%d/%zu.%zu.%zu.%zu.%zu.%zu.%zu.%zu.%zu.%zu.%zu", PACKAGE_VERSION,
             DIGEST_VERSION, bytes[0], bytes[3], sizeof(struct digest), sizeof(struct digest_pair),
             sizeof(struct digest_disagreement), sizeof(struct digest_sitting), sizeof(struct digest_promise),
             sizeof(struct digest_happened), sizeof(struct digest_episode), sizeof(struct digest_remark),
             sizeof(struct facts), sizeof(struct facts_question), sizeof(struct facts_area));
    return text;
}

static int version_of_layout(void)
{
    unsigned char hash[PROOF];
    const char *text = layout();
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
    return (int)((hash[0] | hash[1] << 8 | hash[2] << 16 | (uint32_t)(hash[3] & 0x7f) << 24) | 1);
}

/* What a record's digest is bound to; for facts, whose name is "", only to being that. */
static char *about_of(const char *name, const struct index_key *key)
{
    return xasprintf("alongside review|%s|%lld|%lld|%lld|%llu|%s", layout(), (long long)key->size,
                     (long long)key->changed, (long long)key->touched, (unsigned long long)key->inode, name);
}

static void proof_of(const char *about, const void *block, size_t size, unsigned char proof[PROOF])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, PROOF);
    crypto_generichash_update(&state, (const unsigned char *)about, strlen(about) + 1);
    crypto_generichash_update(&state, block, size);
    crypto_generichash_final(&state, proof, PROOF);
}

void index_kept_release(struct index_kept *kept)
{
    free(kept->bytes);
    *kept = (struct index_kept){0};
}

/* A block, and its proof after it: then it stands where it can be used as it is. */
static bool keep(const struct index *index, const char *about, const void *block, size_t size,
                 struct index_kept *kept)
{
    *kept = (struct index_kept){0};
    if (size > MOST_KEPT)
        return false;
    if (index->sealed) {
        const unsigned char *key = keyring_find(index->key);
        if (!key)
            return false;
        struct strbuf sealed = STRBUF_INIT;
        seal_bytes(key, about, block, size, &sealed);
        kept->length = sealed.length;
        kept->bytes = strbuf_detach(&sealed);
        return true;
    }
    kept->length = size + PROOF;
    kept->bytes = xmalloc(kept->length);
    memcpy(kept->bytes, block, size);
    proof_of(about, block, size, (unsigned char *)kept->bytes + size);
    return true;
}

/* The block again, which the caller frees; NULL where it is not what was kept. */
static void *unkeep(const struct index *index, const char *about, struct index_kept *kept, size_t *size)
{
    char *block = NULL;
    if (index->sealed) {
        const unsigned char *key = keyring_find(index->key);
        struct strbuf bytes = STRBUF_INIT;
        if (key && seal_open_bytes(key, about, kept->bytes, kept->length, &bytes)) {
            *size = bytes.length;
            block = strbuf_detach(&bytes);
        }
    } else if (kept->length >= PROOF) {
        unsigned char proof[PROOF];
        *size = kept->length - PROOF;
        proof_of(about, kept->bytes, *size, proof);
        if (memcmp(proof, kept->bytes + *size, PROOF) == 0 || WITHOUT("the index's proof")) {
            block = kept->bytes;
            kept->bytes = NULL;
        }
    }
    index_kept_release(kept);
    return block;
}

bool index_kept(const struct index *index, const char *name, const struct index_key *key,
                const struct digest *digest, struct index_kept *kept)
{
    char *about = about_of(name, key);
    bool made = keep(index, about, digest, digest->size, kept);
    free(about);
    return made;
}

struct digest *index_digest(const struct index *index, const char *name, const struct index_key *key,
                            struct index_kept *kept, const struct facts **facts)
{
    size_t size;
    char *about = about_of(name, key);
    struct digest *digest = unkeep(index, about, kept, &size);
    free(about);
    if (digest && digest_valid(digest, size)) {
        for (size_t i = 0; i < index->facts_count; i++) {
            if (strcmp(index->facts[i]->sha256, digest->form) == 0 && digest_fits(digest, index->facts[i])) {
                *facts = index->facts[i];
                return digest;
            }
        }
    }
    free(digest);
    *facts = NULL;
    return NULL;
}

/* ---- the file ---- */

/* What stands under a name in a folder that is ours alone to write into. */
enum stands { NOTHING, OUR_FILE, OPEN_TO_OTHERS, SOMETHING_ELSE };

static enum stands stands_at(const char *path)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return errno == ENOENT ? NOTHING : SOMETHING_ELSE;
    if (!S_ISREG(st.st_mode) || st.st_uid != geteuid())
        return SOMETHING_ELSE;
    return (st.st_mode & 077) || st.st_nlink != 1 ? OPEN_TO_OTHERS : OUR_FILE;
}

/* Does the file begin as one of ours does? SQLite would follow what a header says: to a log beside it, say.
 */
static bool header_is_ours(const char *path)
{
    unsigned char header[HEADER];
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, header, sizeof header) : -1;
    if (fd >= 0)
        close(fd);
    if (got == 0)
        return true; /* made, and nothing written to it yet */
    int version = version_of_layout();
    const unsigned char as_ours[] = {(unsigned char)(version >> 24), (unsigned char)(version >> 16),
                                     (unsigned char)(version >> 8), (unsigned char)version};
    return got == HEADER && memcmp(header, "SQLite format 3", 16) == 0 && header[18] == 1 &&
           header[19] == 1 && memcmp(header + 60, as_ours, sizeof as_ours) == 0 &&
           memcmp(header + 68, "AlRv", 4) == 0;
}

/* Is this a folder in which an index can lie? */
static bool folder_lets(const char *folder, char **cause)
{
    struct stat st;
    struct statfs fs;
    if (stat(folder, &st) != 0 || statfs(folder, &fs) != 0)
        return cause_errno(cause, "The folder %s cannot be looked into", folder);
    const char *refusal = disk_refusal((unsigned long)fs.f_type & 0xFFFFFFFFul);
    if (st.st_uid != geteuid() || (st.st_mode & 022))
        return cause_set(cause, "Others than you can write into the folder %s.", folder);
    if (refusal)
        return cause_set(cause, "The folder %s lies on a file system that cannot be relied on (%s).", folder,
                         refusal);
    if (access(folder, W_OK | X_OK) != 0)
        return cause_errno(cause, "Nothing can be written into the folder %s", folder);
    return true;
}

/* Is there no journal, or is it taken away now? We write none; one that somebody put there could name other
 * files, and SQLite would take those away. */
static bool no_journal(const struct index *index)
{
    char *journal = path_join(index->folder, caseload_index_journal);
    enum stands stands = stands_at(journal);
    bool none = stands == NOTHING || (stands != SOMETHING_ELSE && unlink(journal) == 0);
    free(journal);
    return none;
}

/* A file of ours under the index's name, made if need be, before SQLite opens it. */
static bool file_ready(const struct index *index, char **cause)
{
    enum stands file = stands_at(index->path);
    if (file == SOMETHING_ELSE || !no_journal(index))
        return cause_set(cause, "Something else stands where the index would be, %s.", index->path);
    if (file == OUR_FILE && header_is_ours(index->path))
        return true;
    if (file != NOTHING && unlink(index->path) != 0)
        return cause_errno(cause, "The index %s cannot be made anew", index->path);
    int fd = open(index->path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return cause_errno(cause, "The index %s cannot be made", index->path);
    close(fd);
    return true;
}

/* ---- SQLite ---- */

static void let_go(struct index *index)
{
    for (int i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(index->statements[i]);
        index->statements[i] = NULL;
    }
    sqlite3_close(index->db); /* what was not committed is rolled back */
    index->db = NULL;
    index->begun = 0;
}

/* Is what SQLite says a fault of the file, rather than of the moment? */
static bool is_damage(int result)
{
    switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_INTERRUPT:
        return false;
    default:
        return true;
    }
}

static int run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

/* Are there our two tables, word for word, and nothing else (but the index that the first one's key has)? */
static int check_schema(sqlite3 *db)
{
    sqlite3_stmt *st = NULL;
    int found = 0, other = 0;
    int result = sqlite3_prepare_v2(db, "SELECT sql FROM sqlite_master", -1, &st, NULL);
    while (result == SQLITE_OK && (result = sqlite3_step(st)) == SQLITE_ROW) {
        const char *sql = (const char *)sqlite3_column_text(st, 0);
        if (sql && (strcmp(sql, schema) == 0 || strcmp(sql, schema_forms) == 0))
            found++;
        else
            other += sql != NULL;
        result = SQLITE_OK;
    }
    sqlite3_finalize(st);
    if (result != SQLITE_DONE)
        return result;
    return found == 2 && other == 0 ? SQLITE_OK : found + other == 0 ? SQLITE_EMPTY : SQLITE_CORRUPT;
}

static int make_schema(sqlite3 *db)
{
    char *sql = xasprintf("PRAGMA page_size=%d;BEGIN EXCLUSIVE;PRAGMA application_id=%d;"
                          "PRAGMA user_version=%d;%s;%s;COMMIT",
                          PAGE, APPLICATION, version_of_layout(), schema, schema_forms);
    int result = run(db, sql);
    if (result != SQLITE_OK)
        run(db, "ROLLBACK");
    free(sql);
    return result;
}

static void note_stored(struct index *index, const char *sha256)
{
    GROW(index->stored, index->stored_count, index->stored_room);
    memcpy(index->stored[index->stored_count++], sha256, sizeof *index->stored);
}

/* A copy of a column's bytes. */
static struct index_kept column(sqlite3_stmt *st, int i)
{
    struct index_kept kept = {0};
    const void *bytes = sqlite3_column_blob(st, i);
    int length = sqlite3_column_bytes(st, i);
    if (bytes && length > 0) {
        kept.length = (size_t)length;
        kept.bytes = xmalloc(kept.length);
        memcpy(kept.bytes, bytes, kept.length);
    }
    return kept;
}

static struct facts *facts_unkept(const struct index *index, struct index_kept *kept)
{
    static const struct index_key none;
    size_t size;
    char *about = about_of("", &none);
    struct facts *facts = unkeep(index, about, kept, &size);
    free(about);
    if (facts && !facts_valid(facts, size)) {
        free(facts);
        facts = NULL;
    }
    return facts;
}

static int load_facts(struct index *index)
{
    sqlite3_stmt *st = NULL;
    size_t room = 0;
    int result = sqlite3_prepare_v2(index->db, "SELECT kept FROM forms ORDER BY rowid", -1, &st, NULL);
    while (result == SQLITE_OK && (result = sqlite3_step(st)) == SQLITE_ROW) {
        struct index_kept kept = column(st, 0);
        struct facts *facts = index->facts_count < MOST_FORMS ? facts_unkept(index, &kept) : NULL;
        index_kept_release(&kept);
        result = facts ? SQLITE_OK : SQLITE_CORRUPT;
        if (facts) {
            GROW(index->facts, index->facts_count, room);
            index->facts[index->facts_count++] = facts;
            note_stored(index, facts->sha256);
        }
    }
    sqlite3_finalize(st);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

static void forget_facts(struct index *index)
{
    for (size_t i = 0; i < index->facts_count; i++)
        free(index->facts[i]);
    free(index->facts);
    index->facts = NULL;
    index->facts_count = index->stored_count = 0;
}

static int connect(struct index *index)
{
    int result = sqlite3_open_v2(
        index->path, &index->db,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (result != SQLITE_OK)
        return result;
    sqlite3_extended_result_codes(index->db, 1);
    sqlite3_busy_timeout(index->db, PATIENCE);
    sqlite3_db_config(index->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(index->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(index->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(index->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_limit(index->db, SQLITE_LIMIT_LENGTH, 2 * MOST_KEPT);
    result = run(index->db, "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=0;PRAGMA cell_size_check=ON;"
                            "PRAGMA journal_mode=MEMORY;PRAGMA synchronous=OFF;"
                            "PRAGMA cache_size=-4096;PRAGMA cache_spill=OFF");
    if (result == SQLITE_OK)
        result = check_schema(index->db);
    if (result == SQLITE_EMPTY)
        result = make_schema(index->db);
    return result;
}

static int prepare(struct index *index)
{
    int result = SQLITE_OK;
    for (int i = 0; i < STATEMENTS && result == SQLITE_OK; i++)
        result = sqlite3_prepare_v3(index->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT,
                                    &index->statements[i], NULL);
    return result;
}

/* Is the caseload's key still as it was when the index was opened? Somebody may have sealed the folder since:
 * what is made then must not be in the open. Asked once the file is there, as sealing a folder takes away
 * what lies in it after it has put down its key: one of the two sees the other. */
static bool as_sealed_as_before(const struct index *index)
{
    struct key_file file;
    enum key_found found = key_file_read(index->folder, &file, NULL, NULL);
    return index->sealed ? found == KEY_FOUND && strcmp(file.id, index->key) == 0 : found == KEY_NONE;
}

/* True where that is so, and the index is let go of and taken away. */
static bool forget_if_sealed_since(struct index *index)
{
    if (!index->db || as_sealed_as_before(index) || WITHOUT("sealed since"))
        return false;
    let_go(index);
    caseload_forget_index(index->folder);
    return true;
}

/* Something went wrong. The file's fault: it is taken away, and an empty one made. Of the moment: no more is
 * written, or, where it could not even be read, nothing more asked. */
static void doubt(struct index *index, int result, bool writing)
{
    if (!is_damage(result)) {
        index->writes_fail = true;
        if (index->begun)
            run(index->db, "ROLLBACK");
        index->begun = 0;
        if (!writing)
            let_go(index);
        return;
    }
    let_go(index);
    index->stored_count = 0;
    if (!caseload_forget_index(index->folder) || !file_ready(index, NULL) || connect(index) != SQLITE_OK ||
        prepare(index) != SQLITE_OK)
        let_go(index);
    forget_if_sealed_since(index);
}

/* ---- opening and closing ---- */

/* Is it to be sealed, and can it be? */
static bool settle_sealing(struct index *index, char **cause)
{
    struct key_file file;
    switch (key_file_read(index->folder, &file, NULL, cause)) {
    case KEY_NONE:
        return true;
    case KEY_FOUND:
        if (!keyring_find(file.id))
            return cause_set(cause, "The caseload %s is locked.", index->folder);
        index->sealed = true;
        memcpy(index->key, file.id, sizeof index->key);
        return true;
    default:
        return false;
    }
}

struct index *index_open(const char *folder, char **cause)
{
    struct index *index = xcalloc(1, sizeof *index);
    index->folder = realpath(folder, NULL);
    if (!index->folder) {
        cause_errno(cause, "The folder %s cannot be looked into", folder);
        index_close(index);
        return NULL;
    }
    index->path = path_join(index->folder, caseload_index);
    bool ready = folder_lets(index->folder, cause) && settle_sealing(index, cause);
    for (int round = 0; ready && !index->db && round < 2; round++) {
        ready = file_ready(index, cause);
        if (!ready)
            break;
        int result = connect(index);
        if (result == SQLITE_OK)
            result = load_facts(index);
        if (result == SQLITE_OK)
            result = prepare(index);
        if (result == SQLITE_OK)
            continue;
        let_go(index);
        forget_facts(index);
        ready = is_damage(result) && caseload_forget_index(index->folder);
        if (!ready)
            cause_set(cause, "The index %s cannot be used (%s).", index->path, sqlite3_errstr(result));
    }
    if (forget_if_sealed_since(index))
        ready = cause_set(cause, "The caseload %s is being sealed, or opened.", index->folder);
    if (index->db)
        return index;
    if (ready)
        cause_set(cause, "The index %s cannot be used.", index->path);
    index_close(index);
    return NULL;
}

static void commit(struct index *index)
{
    if (!index->begun)
        return;
    index->begun = 0;
    int result = run(index->db, "COMMIT");
    if (result != SQLITE_OK) {
        run(index->db, "ROLLBACK");
        doubt(index, result, true);
    }
}

void index_close(struct index *index)
{
    if (!index)
        return;
    commit(index);
    let_go(index);
    forget_facts(index);
    free(index->stored);
    free(index->folder);
    free(index->path);
    free(index);
}

/* ---- asking and telling ---- */

static void bind_key(sqlite3_stmt *st, const char *name, const struct index_key *key)
{
    sqlite3_bind_blob(st, 1, name, (int)strlen(name), SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, key->size);
    sqlite3_bind_int64(st, 3, key->changed);
    sqlite3_bind_int64(st, 4, key->touched);
    sqlite3_bind_int64(st, 5, (sqlite3_int64)key->inode);
}

/* Do a statement that yields nothing. */
static int finish(sqlite3_stmt *st)
{
    int result = sqlite3_step(st);
    sqlite3_reset(st);
    sqlite3_clear_bindings(st);
    return result == SQLITE_DONE ? SQLITE_OK : result == SQLITE_ROW ? SQLITE_CORRUPT : result;
}

bool index_find(struct index *index, const char *name, const struct index_key *key, struct index_kept *kept)
{
    *kept = (struct index_kept){0};
    if (!index->db)
        return false;
    sqlite3_stmt *st = index->statements[FIND];
    bind_key(st, name, key);
    int result = sqlite3_step(st);
    if (result == SQLITE_ROW)
        *kept = column(st, 0);
    sqlite3_reset(st);
    sqlite3_clear_bindings(st);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        doubt(index, result, false);
    return kept->bytes != NULL;
}

static bool is_stored(const struct index *index, const char *sha256)
{
    for (size_t i = 0; i < index->stored_count; i++) {
        if (strcmp(index->stored[i], sha256) == 0)
            return true;
    }
    return false;
}

static int begin(struct index *index)
{
    int result = index->begun ? SQLITE_OK : run(index->db, "BEGIN IMMEDIATE");
    if (result == SQLITE_OK)
        index->begun++;
    return result;
}

static int put_facts(struct index *index, const struct facts *facts)
{
    static const struct index_key none;
    struct index_kept kept;
    if (is_stored(index, facts->sha256))
        return SQLITE_OK;
    char *about = about_of("", &none);
    bool made = keep(index, about, facts, facts->size, &kept);
    free(about);
    if (!made)
        return SQLITE_AUTH;
    sqlite3_bind_blob(index->statements[PUT_FORM], 1, kept.bytes, (int)kept.length, SQLITE_STATIC);
    int result = finish(index->statements[PUT_FORM]);
    index_kept_release(&kept);
    if (result == SQLITE_OK)
        note_stored(index, facts->sha256);
    return result;
}

void index_put(struct index *index, const char *name, const struct index_key *key,
               const struct index_kept *kept, const struct facts *facts)
{
    if (!index->db || index->writes_fail)
        return;
    int result = begin(index);
    if (result == SQLITE_OK)
        result = put_facts(index, facts);
    if (result == SQLITE_OK) {
        sqlite3_stmt *st = index->statements[PUT];
        bind_key(st, name, key);
        sqlite3_bind_blob(st, 6, kept->bytes, (int)kept->length, SQLITE_STATIC);
        result = finish(st);
    }
    if (result != SQLITE_OK)
        doubt(index, result, true);
    else if (index->begun >= AT_ONCE)
        commit(index);
}

/* ---- what is gone ---- */

struct name {
    char *bytes;
    size_t length;
};

static int by_name(const void *key, const void *member)
{
    const struct name *name = key;
    const char *other = *(char *const *)member;
    size_t length = strlen(other);
    int order = memcmp(name->bytes, other, name->length < length ? name->length : length);
    return order ? order : name->length < length ? -1 : name->length > length;
}

/* The names in the file that are none of these. */
static int names_gone(struct index *index, char *const *names, size_t count, struct name **gone,
                      size_t *gone_count)
{
    sqlite3_stmt *st = NULL;
    size_t room = 0;
    int result = sqlite3_prepare_v2(index->db, "SELECT name FROM records", -1, &st, NULL);
    while (result == SQLITE_OK && (result = sqlite3_step(st)) == SQLITE_ROW) {
        struct index_kept bytes = column(st, 0);
        struct name name = {bytes.bytes, bytes.length};
        result = SQLITE_OK;
        if (name.bytes && count && bsearch(&name, names, count, sizeof *names, by_name)) {
            free(name.bytes);
            continue;
        }
        GROW(*gone, *gone_count, room);
        (*gone)[(*gone_count)++] = name;
    }
    sqlite3_finalize(st);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

void index_keep_only(struct index *index, char *const *names, size_t count)
{
    if (!index->db || index->writes_fail)
        return;
    struct name *gone = NULL;
    size_t gone_count = 0;
    int result = names_gone(index, names, count, &gone, &gone_count);
    for (size_t i = 0; i < gone_count && result == SQLITE_OK; i++) {
        result = begin(index);
        sqlite3_stmt *st = index->statements[TAKE_OUT];
        sqlite3_bind_blob(st, 1, gone[i].bytes ? gone[i].bytes : "", (int)gone[i].length, SQLITE_STATIC);
        if (result == SQLITE_OK)
            result = finish(st);
    }
    for (size_t i = 0; i < gone_count; i++)
        free(gone[i].bytes);
    free(gone);
    if (result != SQLITE_OK)
        doubt(index, result, true);
    else
        commit(index);
}
