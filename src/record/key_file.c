/* The key file: one line of JSON.
 *
 *   {"format":1,"key":ID,"state":"sealed","passphrase":{"passes":3,"mebibytes":256,"salt":…,"box":…},
 *    "recovery":{"salt":…,"box":…},"proof":…,"hash":…}
 *
 * What is bound to a slot's box is the key's id, the slot's name and its parameters, so that no part of one
 * file can stand in another. The proof is over all before it: without it somebody could set the state to
 * “opening” and have new records written in the open. */
#include "record/key_file.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/vocab.h"
#include "record/chain.h"
#include "record/disk.h"
#include "record/frame.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <uninorm.h>
#include <unistd.h>

enum { KEY_FORMAT = 1, MOST_FILE = 8192, BASE64 = sodium_base64_VARIANT_ORIGINAL };

_Static_assert(sodium_base64_ENCODED_LEN(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + SEAL_PAD +
                                             crypto_aead_xchacha20poly1305_ietf_ABYTES,
                                         BASE64) <= KEY_MOST_BOX,
               "there is room for a key's box");

static const char file_name[] = "alongside.key", before_ending[] = ".bak";
static const char *const state_names[KEY_STATES + 1] = {"sealed", "sealing", "opening", NULL};
static const char *const slot_names[KEY_SLOTS + 1] = {"passphrase", "recovery", NULL};

char *key_file_path(const char *folder)
{
    return path_join(folder, file_name);
}

static char *path_before(const char *folder)
{
    char *path = key_file_path(folder), *before = xasprintf("%s%s", path, before_ending);
    free(path);
    return before;
}

/* ---- as text ---- */

static void salt_text(const unsigned char salt[KEY_SALT_BYTES], char *text)
{
    sodium_bin2base64(text, sodium_base64_ENCODED_LEN(KEY_SALT_BYTES, BASE64), salt, KEY_SALT_BYTES, BASE64);
}

static json_t *slot_json(const struct key_file *file, enum key_slot slot)
{
    char salt[sodium_base64_ENCODED_LEN(KEY_SALT_BYTES, BASE64)];
    salt_text(file->slots[slot].salt, salt);
    json_t *object = json_object();
    if (slot == SLOT_PASSPHRASE) {
        json_object_set_new(object, "passes", json_integer(file->cost.passes));
        json_object_set_new(object, "mebibytes", json_integer(file->cost.mebibytes));
    }
    json_object_set_new(object, "salt", json_string(salt));
    json_object_set_new(object, "box", json_string(file->slots[slot].box));
    return object;
}

/* All that the proof is over: the object without its last brace. */
static char *proved_text(const struct key_file *file)
{
    json_t *object = json_pack("{s:i, s:s, s:s}", "format", KEY_FORMAT, "key", file->id, "state",
                               state_names[file->state]);
    for (int slot = 0; slot < KEY_SLOTS; slot++)
        json_object_set_new(object, slot_names[slot], slot_json(file, (enum key_slot)slot));
    char *text = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER); /* all of it is UTF-8 */
    json_decref(object);
    text[strlen(text) - 1] = '\0';
    return text;
}

/* The whole line, given the proof. */
static char *whole_text(const struct key_file *file, const char *proof)
{
    char hash[RECORD_HASH_TEXT];
    char *proved = proved_text(file), *hashed = xasprintf("%s,\"proof\":\"%s\"", proved, proof);
    chain_hash(hashed, strlen(hashed), hash);
    char *whole = xasprintf("%s,\"hash\":\"%s\"}\n", hashed, hash);
    free(hashed);
    free(proved);
    return whole;
}

char *key_file_text(const struct key_file *file, const unsigned char key[SEAL_KEY_BYTES])
{
    char proof[KEY_PROOF_TEXT];
    char *proved = proved_text(file);
    key_proof(key, proved, strlen(proved), proof);
    free(proved);
    return whole_text(file, proof);
}

/* ---- reading ---- */

static bool copy_text(const json_t *object, const char *name, char *text, size_t room)
{
    const char *found = json_string_value(json_object_get(object, name));
    if (!found || strlen(found) >= room)
        return false;
    memcpy(text, found, strlen(found) + 1);
    return true;
}

/* Hex digits that fill their room, the NUL counted. */
static bool is_hex(const char *text, size_t room)
{
    return strlen(text) == room - 1 && strspn(text, "0123456789abcdef") == room - 1;
}

static bool read_slot(const json_t *object, struct key_file *file, enum key_slot slot)
{
    char salt[sodium_base64_ENCODED_LEN(KEY_SALT_BYTES, BASE64)];
    size_t size;
    return copy_text(object, "salt", salt, sizeof salt) &&
           sodium_base642bin(file->slots[slot].salt, KEY_SALT_BYTES, salt, strlen(salt), NULL, &size, NULL,
                             BASE64) == 0 &&
           size == KEY_SALT_BYTES && copy_text(object, "box", file->slots[slot].box, KEY_MOST_BOX);
}

static bool within(json_int_t value, json_int_t least, json_int_t most)
{
    return value >= least && value <= most;
}

static bool read_cost(const json_t *object, struct key_cost *cost, char **cause)
{
    json_int_t passes = json_integer_value(json_object_get(object, "passes"));
    json_int_t mebibytes = json_integer_value(json_object_get(object, "mebibytes"));
    if (!within(passes, KEY_LEAST_PASSES, KEY_MOST_PASSES) ||
        !within(mebibytes, KEY_LEAST_MEBIBYTES, KEY_MOST_MEBIBYTES))
        return cause_set(cause,
                         "it asks for %" JSON_INTEGER_FORMAT " passes over %" JSON_INTEGER_FORMAT
                         " MiB of memory, and %d to %d over %d to %d are taken",
                         passes, mebibytes, KEY_LEAST_PASSES, KEY_MOST_PASSES, KEY_LEAST_MEBIBYTES,
                         KEY_MOST_MEBIBYTES);
    *cost = (struct key_cost){(unsigned)passes, (unsigned)mebibytes};
    return true;
}

static bool read_object(const json_t *object, struct key_file *file, char **cause)
{
    json_int_t format = json_integer_value(json_object_get(object, "format"));
    if (format > KEY_FORMAT)
        return cause_set(cause,
                         "it was made by a newer version of Alongside (format %" JSON_INTEGER_FORMAT
                         "): open this caseload with that version",
                         format);
    const char *state = json_string_value(json_object_get(object, "state"));
    int found = state ? vocab_find(state_names, state) : -1;
    const json_t *passphrase = json_object_get(object, slot_names[SLOT_PASSPHRASE]);
    if (format != KEY_FORMAT || found < 0 || !copy_text(object, "key", file->id, sizeof file->id) ||
        !is_hex(file->id, KEY_ID_TEXT) || !copy_text(object, "proof", file->proof, sizeof file->proof) ||
        !is_hex(file->proof, KEY_PROOF_TEXT) || !read_slot(passphrase, file, SLOT_PASSPHRASE) ||
        !read_slot(json_object_get(object, slot_names[SLOT_RECOVERY]), file, SLOT_RECOVERY))
        return cause_set(cause, "it is damaged");
    file->state = (enum key_state)found;
    return read_cost(passphrase, &file->cost, cause);
}

/* A text is a key file where it is, to the byte, what would be written for what is read out of it: each byte
 * counts, and damage is found before anybody types a passphrase. */
bool key_file_from_text(const char *text, size_t length, struct key_file *file, char **cause)
{
    *file = (struct key_file){0};
    json_t *object = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    bool read = object ? read_object(object, file, cause) : cause_set(cause, "it is damaged");
    json_decref(object);
    if (!read)
        return false;
    char *whole = whole_text(file, file->proof);
    bool same = strlen(whole) == length && memcmp(whole, text, length) == 0;
    free(whole);
    return same || cause_set(cause, "it is damaged");
}

static enum key_found read_path(const char *path, struct key_file *file, char **cause)
{
    size_t length;
    char *why = NULL, *text = disk_read_small(path, MOST_FILE, &length, &why);
    if (!text && (errno == ENOENT || errno == ENOTDIR)) {
        free(why);
        return KEY_NONE;
    }
    bool read = text && key_file_from_text(text, length, file, &why);
    free(text);
    if (!text)
        cause_set(cause, "%s", why);
    else if (!read)
        cause_set(cause, "The key file %s cannot be used: %s.", path, why);
    free(why);
    return read ? KEY_FOUND : KEY_BROKEN;
}

enum key_found key_file_read(const char *folder, struct key_file *file, char **remark, char **cause)
{
    char *path = key_file_path(folder), *before = path_before(folder), *why = NULL;
    if (remark)
        *remark = NULL;
    enum key_found found = read_path(path, file, &why),
                   old = found == KEY_FOUND ? KEY_NONE : read_path(before, file, why ? NULL : &why);
    if (old == KEY_FOUND) {
        if (remark)
            *remark = xasprintf("%s %s is used in its place. Its passphrase is the one before the last "
                                "change.",
                                why ? why : "The key file is gone.", before);
        found = KEY_FOUND;
    } else if (found == KEY_BROKEN || old == KEY_BROKEN) {
        /* One that is gone, beside one from before that is damaged, is no sign that nothing is sealed. */
        cause_set(cause, "%s Put back a copy of it, as it was.", why);
        found = KEY_BROKEN;
    }
    free(why);
    free(before);
    free(path);
    return found;
}

/* ---- secrets ---- */

void key_file_init(struct key_file *file, const unsigned char key[SEAL_KEY_BYTES], enum key_state state)
{
    *file = (struct key_file){.state = state, .cost = {KEY_LEAST_PASSES, 256}};
    key_id(key, file->id);
}

/* No text grows by more than this when it is composed (NFC). */
enum { MOST_GROWTH = 3 };

/* The key that a slot's box is under. A recovery code has bits enough as it is, and a passphrase has not. */
static bool slot_key(const struct key_file *file, enum key_slot slot, const void *secret, size_t length,
                     unsigned char *key, char **cause)
{
    const unsigned char *salt = file->slots[slot].salt;
    if (slot == SLOT_RECOVERY) {
        crypto_generichash(key, SEAL_KEY_BYTES, secret, length, salt, KEY_SALT_BYTES);
        return true;
    }
    /* One keyboard sends é as one character, another as two. There is room enough from the start, so that no
     * copy of the passphrase is left behind in memory that was outgrown. */
    size_t room = length * MOST_GROWTH + 1, size = room;
    uint8_t *text = mem_guarded(room);
    if (u8_normalize(UNINORM_NFC, secret, length, text, &size) != text)
        mem_exhausted(); /* it takes some for letters with many marks */
    int failed = crypto_pwhash(key, SEAL_KEY_BYTES, (const char *)text, size, salt, file->cost.passes,
                               (size_t)file->cost.mebibytes << 20, crypto_pwhash_ALG_ARGON2ID13);
    sodium_free(text); /* overwrites it first */
    return !failed ||
           cause_set(cause,
                     "There is not enough free memory for the passphrase, which takes %u MiB. Close "
                     "other programs and try again.",
                     file->cost.mebibytes);
}

/* What a slot's box is bound to. */
static char *about_slot(const struct key_file *file, enum key_slot slot)
{
    char salt[sodium_base64_ENCODED_LEN(KEY_SALT_BYTES, BASE64)];
    salt_text(file->slots[slot].salt, salt);
    return slot == SLOT_PASSPHRASE
               ? xasprintf("key|%d|%s|%s|%u|%u|%s", KEY_FORMAT, file->id, slot_names[slot], file->cost.passes,
                           file->cost.mebibytes, salt)
               : xasprintf("key|%d|%s|%s|%s", KEY_FORMAT, file->id, slot_names[slot], salt);
}

bool key_file_wrap(struct key_file *file, enum key_slot slot, const unsigned char key[SEAL_KEY_BYTES],
                   const void *secret, size_t length, char **cause)
{
    unsigned char *over = key_new();
    randombytes_buf(file->slots[slot].salt, KEY_SALT_BYTES);
    bool wrapped = slot_key(file, slot, secret, length, over, cause);
    if (wrapped) {
        struct strbuf box = STRBUF_INIT;
        char *about = about_slot(file, slot);
        seal_box(over, about, (const char *)key, SEAL_KEY_BYTES, &box);
        memcpy(file->slots[slot].box, box.text, box.length + 1);
        free(about);
        strbuf_release(&box);
    }
    sodium_free(over);
    return wrapped;
}

/* Is the key in the file the one that the file is about, and did who held it write the file? */
static bool is_genuine(const struct key_file *file, const unsigned char *key)
{
    char id[KEY_ID_TEXT], proof[KEY_PROOF_TEXT];
    char *proved = proved_text(file);
    key_id(key, id);
    key_proof(key, proved, strlen(proved), proof);
    bool genuine = strcmp(id, file->id) == 0 && sodium_memcmp(proof, file->proof, sizeof proof) == 0;
    free(proved);
    return genuine;
}

enum key_unlocked key_file_unlock(const struct key_file *file, enum key_slot slot, const void *secret,
                                  size_t length, unsigned char **key, char **cause)
{
    unsigned char *over = key_new();
    struct strbuf inside = STRBUF_INIT;
    enum key_unlocked result = KEY_NO_MEMORY;
    if (slot_key(file, slot, secret, length, over, cause)) {
        char *about = about_slot(file, slot);
        const char *box = file->slots[slot].box;
        result = seal_unbox(over, about, box, strlen(box), &inside) && inside.length == SEAL_KEY_BYTES
                     ? KEY_UNLOCKED
                     : KEY_WRONG;
        free(about);
    }
    if (result == KEY_UNLOCKED && !is_genuine(file, (const unsigned char *)inside.text))
        result = KEY_CHANGED;
    if (result == KEY_UNLOCKED) {
        *key = over;
        memcpy(over, inside.text, SEAL_KEY_BYTES);
    } else {
        sodium_free(over);
    }
    if (inside.length)
        sodium_memzero(inside.text, inside.length);
    strbuf_release(&inside);
    if (result == KEY_WRONG)
        cause_set(cause, slot == SLOT_RECOVERY ? "That is not the recovery code of this caseload."
                                               : "That is not the passphrase of this caseload.");
    if (result == KEY_CHANGED)
        cause_set(cause, "The key file was changed, and not by Alongside. Put back a copy of it, as it was.");
    return result;
}

struct key_cost key_cost_here(bool light)
{
    enum { ABOUT_A_SECOND = 1000, MOST_TRIED = 16 };
    struct key_cost cost = {KEY_LEAST_PASSES, light ? KEY_LEAST_MEBIBYTES : 256};
    for (; cost.mebibytes >= KEY_LEAST_MEBIBYTES; cost.mebibytes /= 2) {
        struct timespec begun, ended;
        unsigned char out[SEAL_KEY_BYTES], salt[KEY_SALT_BYTES] = {0};
        clock_gettime(CLOCK_MONOTONIC, &begun);
        if (crypto_pwhash(out, sizeof out, "", 0, salt, cost.passes, (size_t)cost.mebibytes << 20,
                          crypto_pwhash_ALG_ARGON2ID13) != 0)
            continue; /* there is not so much memory */
        clock_gettime(CLOCK_MONOTONIC, &ended);
        long took = (long)(ended.tv_sec - begun.tv_sec) * 1000 + (ended.tv_nsec - begun.tv_nsec) / 1000000;
        if (took > 3 * ABOUT_A_SECOND && cost.mebibytes > KEY_LEAST_MEBIBYTES)
            continue;
        long each = took / cost.passes + 1;
        while (cost.passes < MOST_TRIED && each * ((long)cost.passes + 1) <= ABOUT_A_SECOND && !light)
            cost.passes++;
        return cost;
    }
    return (struct key_cost){KEY_LEAST_PASSES, KEY_LEAST_MEBIBYTES};
}

/* ---- what lies in the folder ---- */

enum kept { KEPT_NOTHING, KEPT_OPEN, KEPT_SEALED };

/* Does this record, by its first bytes, lie there in the open or sealed? False and a cause where it cannot be
 * told: what cannot be read may be sealed. */
static bool look_at(int folder, const char *name, enum kept *kept, char **cause)
{
    char text[FRAME_TELLS];
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
    if (fd < 0 && (errno == ELOOP || errno == ENOENT || errno == ENXIO))
        return true; /* a link, gone meanwhile, or a socket: not a record of this folder */
    ssize_t got = fd >= 0 ? pread(fd, text, sizeof text, 0) : -1;
    bool told = got >= 0 || (fd >= 0 && (errno == EISDIR || errno == ESPIPE));
    if (!told)
        cause_errno(cause, "%s cannot be read", name);
    if (got > 0)
        *kept = frame_is_sealed(text, (size_t)got) ? KEPT_SEALED : KEPT_OPEN;
    if (fd >= 0)
        close(fd);
    return told;
}

/* How the records in the folder lie there: any sealed one counts. */
static bool look_around(const char *folder, enum kept *kept, char **cause)
{
    static const char ending[] = ".jsonl";
    DIR *dir = opendir(folder);
    *kept = KEPT_NOTHING;
    if (!dir)
        return errno == ENOENT || errno == ENOTDIR || /* then nothing can be made in it either */
               cause_errno(cause, "The folder %s cannot be read", folder);
    const struct dirent *item = NULL;
    bool told = true;
    do {
        errno = 0;
        item = readdir(dir);
        size_t n = item ? strlen(item->d_name) : 0, e = sizeof ending - 1;
        if (!item && errno)
            told = cause_errno(cause, "The folder %s cannot be read", folder);
        else if (n > e && strcmp(item->d_name + n - e, ending) == 0)
            told = look_at(dirfd(dir), item->d_name, kept, cause);
    } while (item && told && *kept != KEPT_SEALED);
    closedir(dir);
    return told;
}

/* ---- writing ---- */

bool key_file_write(const char *folder, const struct key_file *file, const unsigned char key[SEAL_KEY_BYTES],
                    char **cause)
{
    char *path = key_file_path(folder), *before = path_before(folder), *text = key_file_text(file, key);
    struct key_file present;
    /* A damaged one is not worth keeping in the place of a sound one. */
    enum key_found found = read_path(path, &present, NULL);
    if (found == KEY_FOUND && strcmp(present.id, file->id) != 0) {
        cause_set(cause, "%s holds another key, which opens what was sealed before. It was left as it is.",
                  path);
        free(text);
        free(before);
        free(path);
        return false;
    }
    if (found == KEY_FOUND) {
        /* Where there is no place for a second name, the file is still replaced as a whole. */
        bool kept = (unlinkat(AT_FDCWD, before, 0) == 0 || errno == ENOENT) &&
                    linkat(AT_FDCWD, path, AT_FDCWD, before, 0) == 0;
        (void)kept;
    }
    bool written = disk_replace(path, text, strlen(text), cause);
    if (written && keyring_find(file->id))
        keyring_add(key, text);
    free(text);
    free(before);
    free(path);
    return written;
}

void key_file_settle(const char *folder)
{
    struct key_file file, old;
    char *path = key_file_path(folder), *before = path_before(folder);
    /* Never the last copy of another key. */
    if (read_path(path, &file, NULL) == KEY_FOUND &&
        (read_path(before, &old, NULL) != KEY_FOUND || strcmp(old.id, file.id) == 0))
        unlinkat(AT_FDCWD, before, 0);
    free(before);
    free(path);
}

static bool unlink_if_there(const char *path, char **cause)
{
    return unlinkat(AT_FDCWD, path, 0) == 0 || errno == ENOENT ||
           cause_errno(cause, "%s cannot be taken away", path);
}

bool key_file_remove(const char *folder, char **cause)
{
    char *path = key_file_path(folder), *before = path_before(folder), *made = xasprintf("%s.new", path);
    /* The one before first, and for good: it would else be taken for the key file. */
    bool gone = unlink_if_there(made, cause) && unlink_if_there(before, cause) &&
                disk_sync_folder(folder, cause) && unlink_if_there(path, cause);
    free(made);
    free(before);
    free(path);
    return gone && disk_sync_folder(folder, cause);
}

static bool changed(const char *folder, char **cause)
{
    return cause_set(
        cause, "The key file in %s was changed, and not by Alongside. Put back a copy of it, as it was.",
        folder);
}

bool key_file_accompany(const char *id, const char *folder, bool *put, char **cause)
{
    struct key_file there;
    const char *text = keyring_file(id);
    *put = false;
    enum key_found found = key_file_read(folder, &there, NULL, cause);
    if (found == KEY_BROKEN)
        return false;
    if (found == KEY_FOUND && strcmp(there.id, id) != 0)
        return cause_set(
            cause, "%s is another caseload's folder, with a key of its own. Save to another folder.", folder);
    if (!text)
        return cause_set(cause, "This is locked. Unlock it with the passphrase first.");
    if (found == KEY_FOUND)
        return is_genuine(&there, keyring_find(id)) || changed(folder, cause);
    enum kept kept;
    if (!look_around(folder, &kept, cause))
        return false;
    if (kept == KEPT_OPEN)
        return cause_set(cause, "%s holds assessments that are not sealed. Save to another folder.", folder);
    char *path = key_file_path(folder);
    *put = disk_copy(path, text, strlen(text), cause);
    free(path);
    return *put;
}

/* ---- new records ---- */

bool key_file_for_new(const char *folder, char id[KEY_ID_TEXT], char **cause)
{
    struct key_file file;
    *id = '\0';
    enum key_found found = key_file_read(folder, &file, NULL, cause);
    if (found == KEY_BROKEN)
        return false;
    enum kept kept;
    if (found == KEY_NONE)
        return look_around(folder, &kept, cause) &&
               (kept != KEPT_SEALED ||
                cause_set(cause,
                          "The assessments in %s are sealed, and their key file is gone. Put back a copy of "
                          "it: %s.",
                          folder, file_name));
    const unsigned char *key = keyring_find(file.id);
    if (!key)
        return cause_set(cause, "The caseload %s is locked. Unlock it with its passphrase first.", folder);
    if (!is_genuine(&file, key))
        return changed(folder, cause);
    if (file.state != KEY_OPENING)
        memcpy(id, file.id, sizeof file.id);
    return true;
}

bool key_file_lets_open(const char *folder, char **cause)
{
    struct key_file file;
    char *why = NULL;
    enum key_found found = key_file_read(folder, &file, NULL, &why);
    bool lets = found == KEY_NONE || (found == KEY_FOUND && file.state != KEY_SEALED);
    const unsigned char *key = found == KEY_FOUND ? keyring_find(file.id) : NULL;
    if (key && !is_genuine(&file, key))
        lets = changed(folder, &why);
    if (!lets)
        cause_set(cause, "%s",
                  why ? why : "it is not sealed, and its caseload is: seal it with “alongside protect”");
    free(why);
    return lets;
}
