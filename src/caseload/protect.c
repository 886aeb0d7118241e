/* Moving a caseload: which files there are, each record in turn, and the key file before and after. */
#include "caseload/protect.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "caseload/caseload.h"
#include "record/disk.h"
#include "record/frame.h"
#include "record/reseal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- one at a time ---- */

int protect_hold(const char *folder, char **cause)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        cause_errno(cause, "The folder %s cannot be looked into", folder);
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    if (errno == EWOULDBLOCK)
        cause_set(cause, "Another Alongside is at work on %s. Wait until it is done.", folder);
    else
        cause_errno(cause, "The folder %s cannot be kept from others", folder);
    close(fd);
    return -1;
}

void protect_release(int held)
{
    if (held >= 0)
        close(held);
}

/* ---- which files there are ---- */

enum file_kind {
    KIND_RECORD,   /* ID.jsonl */
    KIND_BESIDE,   /* ID.jsonl.draft, ID.jsonl.draft.word, ID.jsonl.torn, ID.jsonl.torn.1, … */
    KIND_LEFTOVER, /* ID.jsonl.new and the like: what a power cut leaves of a file that was being made */
    KIND_OURS,     /* the key file, services and settings: nothing of anybody in them */
    KIND_OTHER,
};

static bool ends_with(const char *name, const char *ending)
{
    size_t n = strlen(name), e = strlen(ending);
    return n > e && strcmp(name + n - e, ending) == 0;
}

static bool is_beside(const char *after)
{
    static const char torn[] = ".torn";
    if (strcmp(after, ".draft") == 0 || strcmp(after, ".draft.word") == 0 || strcmp(after, torn) == 0)
        return true;
    size_t n = sizeof torn - 1;
    return strncmp(after, torn, n) == 0 && after[n] == '.' && after[n + 1] &&
           strspn(after + n + 1, "0123456789") == strlen(after + n + 1);
}

static enum file_kind kind_of(const char *name)
{
    static const char ending[] = ".jsonl", fresh[] = ".new";
    static const char *const ours[] = {"alongside.key",       "alongside.key.bak", "alongside.key.new",
                                       "services.yaml",       "settings.yaml",     caseload_index,
                                       caseload_index_journal};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        if (strcmp(name, ours[i]) == 0)
            return KIND_OURS;
    }
    if (name[0] != '.' && ends_with(name, ending))
        return KIND_RECORD;
    const char *found = name[0] != '.' ? strstr(name, ending) : NULL;
    if (!found)
        return KIND_OTHER;
    const char *after = found + sizeof ending - 1;
    if (is_beside(after))
        return KIND_BESIDE;
    if (strcmp(after, ".torn-part") == 0 || strcmp(after, fresh) == 0)
        return KIND_LEFTOVER;
    char *without = ends_with(after, fresh) ? xstrndup(after, strlen(after) - strlen(fresh)) : NULL;
    bool left = without && is_beside(without);
    free(without);
    return left ? KIND_LEFTOVER : KIND_OTHER;
}

/* The names in a folder, in order. */
struct names {
    char **items;
    size_t count, room;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void names_release(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
    *names = (struct names){0};
}

/* All names of this kind. */
static bool names_of(const char *folder, enum file_kind kind, struct names *names, char **cause)
{
    *names = (struct names){0};
    DIR *dir = opendir(folder);
    if (!dir)
        return cause_errno(cause, "The folder %s cannot be looked into", folder);
    const struct dirent *item;
    while ((errno = 0, item = readdir(dir))) {
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0 ||
            kind_of(item->d_name) != kind)
            continue;
        GROW(names->items, names->count, names->room);
        names->items[names->count++] = xstrdup(item->d_name);
    }
    int error = errno;
    closedir(dir);
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, by_name);
    if (!error)
        return true;
    names_release(names);
    errno = error;
    return cause_errno(cause, "The folder %s cannot be looked through", folder);
}

/* Does a file begin as this says? One that cannot be read does not. */
static bool begins(bool (*as)(const char *, size_t), const char *folder, const char *name)
{
    char text[FRAME_TELLS], *path = path_join(folder, name);
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, text, sizeof text) : -1;
    if (fd >= 0)
        close(fd);
    free(path);
    return got > 0 && as(text, (size_t)got);
}

/* Is a file beside a record not as it is to be? A sealed line that was not finished can never be opened: set
 * aside as it was, it is neither. */
static bool is_wrong_beside(const char *folder, const char *name, bool sealing)
{
    return sealing ? !begins(frame_is_sealed, folder, name) : begins(frame_is_sealed_file, folder, name);
}

static bool count_of(const char *folder, enum file_kind kind, size_t *all, size_t *open, char **cause)
{
    struct names names;
    if (!names_of(folder, kind, &names, cause))
        return false;
    *all += names.count;
    for (size_t i = 0; i < names.count; i++)
        *open += !begins(frame_is_sealed, folder, names.items[i]);
    names_release(&names);
    return true;
}

bool protect_look(const char *folder, struct protect_look *look, char **cause)
{
    *look = (struct protect_look){0};
    size_t beside = 0;
    return count_of(folder, KIND_RECORD, &look->records, &look->open, cause) &&
           count_of(folder, KIND_BESIDE, &beside, &look->beside, cause) &&
           count_of(folder, KIND_LEFTOVER, &beside, &look->beside, cause);
}

char **protect_others(const char *folder)
{
    struct names names;
    if (!names_of(folder, KIND_OTHER, &names, NULL))
        names = (struct names){0};
    GROW(names.items, names.count, names.room);
    names.items[names.count] = NULL;
    return names.items;
}

/* ---- the key file ---- */

/* The review's index may be of the other kind, or be made by somebody who looked at the folder a moment ago.
 */
static bool forget_index(const char *folder, char **cause)
{
    return caseload_forget_index(folder) ||
           cause_errno(cause, "The file %s/%s cannot be taken away, and may tell of what is sealed", folder,
                       caseload_index);
}

bool protect_begin(const char *folder, bool light, const char *passphrase, size_t length,
                   const unsigned char code[RECOVERY_BYTES], char **cause)
{
    struct key_file file;
    enum key_found found = key_file_read(folder, &file, NULL, cause);
    if (found == KEY_BROKEN)
        return false;
    if (found == KEY_FOUND)
        return cause_set(cause, "The caseload %s is sealed already.", folder);
    unsigned char *key = key_new();
    key_file_init(&file, key, KEY_SEALING);
    file.cost = key_cost_here(light);
    bool written = key_file_wrap(&file, SLOT_PASSPHRASE, key, passphrase, length, cause) &&
                   key_file_wrap(&file, SLOT_RECOVERY, key, code, RECOVERY_BYTES, cause) &&
                   key_file_write(folder, &file, key, cause);
    if (written) {
        char *text = key_file_text(&file, key);
        keyring_add(key, text);
        free(text);
    }
    sodium_free(key);
    return written && forget_index(folder, cause);
}

/* The folder's key file and its key; NULL and a cause where it is not there or not unlocked. */
static const unsigned char *key_of(const char *folder, struct key_file *file, char **cause)
{
    enum key_found found = key_file_read(folder, file, NULL, cause);
    if (found == KEY_NONE)
        cause_set(cause, "The caseload %s is not sealed.", folder);
    const unsigned char *key = found == KEY_FOUND ? keyring_find(file->id) : NULL;
    if (found == KEY_FOUND && !key)
        cause_set(cause, "The caseload %s is locked. Unlock it with its passphrase first.", folder);
    return key;
}

static bool set_state(const char *folder, enum key_state state, char **cause)
{
    struct key_file file;
    const unsigned char *key = key_of(folder, &file, cause);
    if (!key)
        return false;
    if (file.state == state)
        return true;
    file.state = state;
    if (!key_file_write(folder, &file, key, cause))
        return false;
    key_file_settle(folder); /* its secrets are the same, and the older state would be wrong */
    return true;
}

bool protect_change(const char *folder, const char *passphrase, size_t length, const unsigned char *code,
                    char **cause)
{
    struct key_file file;
    const unsigned char *key = key_of(folder, &file, cause);
    return key && (!passphrase || key_file_wrap(&file, SLOT_PASSPHRASE, key, passphrase, length, cause)) &&
           (!code || key_file_wrap(&file, SLOT_RECOVERY, key, code, RECOVERY_BYTES, cause)) &&
           key_file_write(folder, &file, key, cause);
}

/* ---- moving ---- */

/* Move each record once. *moved: something was; *left: how many could not be. */
static bool move_records(const char *folder, const char *key, const struct protect_told *told, bool *moved,
                         size_t *left, char **cause)
{
    struct names names;
    if (!names_of(folder, KIND_RECORD, &names, cause))
        return false;
    *moved = false;
    *left = 0;
    for (size_t i = 0; i < names.count; i++) {
        char *path = path_join(folder, names.items[i]), *why = NULL;
        enum reseal result = record_reseal(path, key, &why);
        *moved |= result == RESEAL_DONE;
        *left += result == RESEAL_FAILED;
        if (told)
            told->tell(told->who, i + 1, names.count, path, result == RESEAL_FAILED ? why : NULL);
        free(why);
        free(path);
    }
    names_release(&names);
    return true;
}

/* What is left of a file that was being made is never the only copy of anything. */
static bool remove_leftovers(const char *folder, char **cause)
{
    struct names names;
    if (!names_of(folder, KIND_LEFTOVER, &names, cause))
        return false;
    bool removed = true;
    for (size_t i = 0; i < names.count && removed; i++) {
        char *path = path_join(folder, names.items[i]);
        removed = unlink(path) == 0 || errno == ENOENT || cause_errno(cause, "%s cannot be removed", path);
        free(path);
    }
    bool any = names.count;
    names_release(&names);
    return removed && (!any || disk_sync_folder(folder, cause));
}

/* Files beside records that are gone, or could not be read: nothing moves them. */
static bool look_beside(const char *folder, bool sealing, const struct protect_told *told, size_t *left,
                        char **cause)
{
    struct names names;
    if (!names_of(folder, KIND_BESIDE, &names, cause))
        return false;
    for (size_t i = 0; i < names.count; i++) {
        if (!is_wrong_beside(folder, names.items[i], sealing))
            continue;
        ++*left;
        char *path = path_join(folder, names.items[i]);
        char *why = xasprintf("%s is still %s, and the assessment it belongs to is gone. If nobody needs it, "
                              "take it out of the folder.",
                              path, sealing ? "in the open" : "sealed");
        if (told)
            told->tell(told->who, 0, 0, path, why);
        free(why);
        free(path);
    }
    names_release(&names);
    return true;
}

/* Move all of them, and look through the folder again: others may have made some meanwhile. */
static bool move_all(const char *folder, const char *key, const struct protect_told *told, size_t *left,
                     char **cause)
{
    enum { MOST_ROUNDS = 5 };
    size_t wrong = 0;
    bool moved = true;
    for (int round = 0; moved && round < MOST_ROUNDS; round++) {
        struct protect_look look;
        if (!move_records(folder, key, round == 0 ? told : NULL, &moved, left, cause) ||
            !protect_look(folder, &look, cause))
            return false;
        wrong = key ? look.open : look.records - look.open;
        if (wrong <= *left)
            break;
    }
    *left = wrong > *left ? wrong : *left;
    return true;
}

bool protect_move(const char *folder, enum key_state state, const struct protect_told *told, size_t *left,
                  char **cause)
{
    bool sealing = state != KEY_OPENING;
    struct key_file file;
    if (!set_state(folder, sealing ? KEY_SEALING : KEY_OPENING, cause) || !key_of(folder, &file, cause) ||
        !forget_index(folder, cause) || !move_all(folder, sealing ? file.id : NULL, told, left, cause))
        return false;
    if (*left == 0 && (!remove_leftovers(folder, cause) || !look_beside(folder, sealing, told, left, cause)))
        return false;
    if (*left)
        return true;
    if (!forget_index(folder, cause))
        return false;
    return sealing ? set_state(folder, KEY_SEALED, cause) : key_file_remove(folder, cause);
}
