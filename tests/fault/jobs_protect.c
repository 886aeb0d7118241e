/* The jobs of a whole caseload: sealed with a passphrase, its passphrase changed, or set anew by the recovery
 * code, opened again. At each moment all of it can be read with what the person has: a passphrase, or the
 * code that was printed. Once the key file says that all is sealed, nothing lies in the open. */
#include "jobs.h"

#include "base/crockford.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "record/record.h"
#include "record/reseal.h"

#include <dirent.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NEW_PASSPHRASE "quite other words than before"
/* What power cuts left behind earlier: beside a record, and where a record was to be. */
#define LEFT_BEHIND "a note of somebody who is long gone"

static char *other, other_head[RECORD_HASH_TEXT]; /* the caseload's second record */
static size_t other_lines;

/* ---- what is there ---- */

static enum key_found key_there(struct key_file *file, char **cause)
{
    return key_file_read(place("work/caseload"), file, NULL, cause);
}

/* Does this open the caseload? Its key is then in the ring. Nothing is changed by trying. */
static bool opens(enum key_slot slot, const void *secret, size_t length)
{
    struct key_file file;
    unsigned char *key = NULL;
    if (key_there(&file, NULL) != KEY_FOUND ||
        key_file_unlock(&file, slot, secret, length, &key, NULL) != KEY_UNLOCKED)
        return false;
    char *text = key_file_text(&file, key);
    keyring_add(key, text);
    free(text);
    sodium_free(key);
    return true;
}

static bool opens_by(const char *passphrase)
{
    return opens(SLOT_PASSPHRASE, passphrase, strlen(passphrase));
}

static bool code_opens(const char *printed)
{
    unsigned char code[RECOVERY_BYTES];
    size_t n = strcspn(printed, "\n");
    char *line = xstrndup(printed, n);
    bool right = crockford_parse(line, "recovery code", code, sizeof code, NULL) &&
                 opens(SLOT_RECOVERY, code, sizeof code);
    free(line);
    return right;
}

/* How many records and files beside them begin as sealed ones do, and how many do not. */
static void count_files(size_t *sealed, size_t *open)
{
    static const char start[] = "{\"sealed\":";
    DIR *dir = opendir(place("work/caseload"));
    const struct dirent *item;
    *sealed = *open = 0;
    while (dir && (item = readdir(dir))) {
        char *path = path_join(place("work/caseload"), item->d_name);
        size_t length;
        char *bytes = strstr(item->d_name, ".jsonl") ? file_bytes(path, &length) : NULL;
        bool is_sealed = bytes && length >= strlen(start) && memcmp(bytes, start, strlen(start)) == 0;
        *sealed += bytes && is_sealed;
        *open += bytes && !is_sealed;
        free(bytes);
        free(path);
    }
    if (dir)
        closedir(dir);
}

/* ---- what must hold ---- */

static char *check_all_whole(void)
{
    char *said = check_whole();
    struct record *record = said ? NULL : record_open(other, RECORD_READ, &said);
    if (record && record_damage(record))
        said = xstrdup(record_damage(record));
    else if (record && (record_count(record) != other_lines || strcmp(record_head(record), other_head) != 0))
        said = xasprintf("the other has %zu lines, and had %zu", record_count(record), other_lines);
    record_close(record);
    return said;
}

/* What the key file says is so, and this passphrase opens what is sealed. */
static char *check_state(const char *passphrase)
{
    struct key_file file;
    char *said = NULL;
    size_t sealed, open;
    keyring_wipe();
    enum key_found found = key_there(&file, &said);
    count_files(&sealed, &open);
    if (found == KEY_BROKEN)
        return said;
    if (found == KEY_NONE && sealed)
        return xasprintf("%zu files are sealed, and there is no key file", sealed);
    if (found == KEY_FOUND && !opens_by(passphrase))
        return xstrdup("the passphrase does not open it");
    if (found == KEY_FOUND && file.state == KEY_SEALED) {
        said = open ? xasprintf("all is said to be sealed, and %zu files are not", open) : check_no_words();
        if (said)
            return said;
    }
    return check_all_whole();
}

static bool is_all_sealed(void)
{
    struct key_file file;
    return key_there(&file, NULL) == KEY_FOUND && file.state == KEY_SEALED;
}

static bool is_all_open(void)
{
    struct key_file file;
    size_t sealed, open;
    count_files(&sealed, &open);
    return key_there(&file, NULL) == KEY_NONE && !sealed;
}

static char *check_protect(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    (void)wrong;
    struct key_file file;
    char *said = check_state(PASSPHRASE);
    bool anew = strcmp(job->state, "open") == 0, keyed = key_there(&file, NULL) == KEY_FOUND;
    if (said)
        return said;
    if (keyed && !(anew ? code_opens(ended->out) : opens(SLOT_RECOVERY, CODE, CODE_BYTES)))
        return xstrdup("the recovery code that was printed does not open it");
    if (ended->status == 0 && !is_all_sealed())
        return xstrdup("it was sealed, and is not");
    said = job_must(job, 0);
    if (!said)
        said = check_state(PASSPHRASE);
    if (!said && !is_all_sealed())
        said = xstrdup("gone on with, it is not sealed");
    if (!said && keyed && anew && !code_opens(ended->out))
        said = xstrdup("gone on with, the recovery code no longer opens it");
    return said;
}

static char *check_off(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    (void)wrong;
    char *said = check_state(PASSPHRASE);
    if (!said && ended->status == 0 && !is_all_open())
        said = xstrdup("it was opened, and is not");
    if (!said)
        said = job_must(job, 0);
    if (!said)
        said = check_state(PASSPHRASE);
    return said || is_all_open() ? said : xstrdup("gone on with, it is not open");
}

/* Which of the two passphrases it is now under, and which code goes with it. */
static char *check_secrets(bool new_code, const struct wrong *wrong, const struct ended *ended, bool *is_new)
{
    keyring_wipe();
    bool was = opens_by(PASSPHRASE);
    *is_new = opens_by(NEW_PASSPHRASE);
    bool unsure = wrong->done || strstr(ended->err, "did not confirm");
    if (was == *is_new)
        return xstrdup(was ? "both passphrases open it" : "neither passphrase opens it");
    if (ended->status == 0 && was)
        return xstrdup("it was changed, and the old passphrase still opens it");
    if (ended->status > 0 && *is_new && !unsure)
        return xstrdup("it was not changed, and only the new passphrase opens it");
    bool new_code_fits = code_opens(ended->out), old_code_fits = opens(SLOT_RECOVERY, CODE, CODE_BYTES);
    if ((*is_new && new_code) != new_code_fits || (*is_new && new_code) == old_code_fits)
        return xstrdup("the passphrase is of one time, and the recovery code of another");
    return check_state(*is_new ? NEW_PASSPHRASE : PASSPHRASE);
}

static char *check_change(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    static const struct job further = {.name = "further",
                                       .arguments = {"--passphrase-file", "@passphrase-new", "passphrase",
                                                     "--new-passphrase-file", "@passphrase-new"}},
                            used = {.name = "used",
                                    .arguments = {"--passphrase-file", "@passphrase-new", "unlock"}};
    bool by_code = strcmp(job->name, "unlock") == 0, is_new;
    char *said = check_secrets(!by_code, wrong, ended, &is_new);
    if (!said)
        said = job_must(is_new && !by_code ? &further : job, 0);
    if (!said)
        said = check_state(NEW_PASSPHRASE);
    /* What is under the old one is there until the new one was used, and no longer. */
    if (!said)
        said = job_must(&used, 0);
    if (!said && access(place("work/caseload/alongside.key.bak"), F_OK) == 0)
        said = xstrdup("the key file from before is still there");
    if (!said && opens_by(PASSPHRASE))
        said = xstrdup("changed again, the old passphrase still opens it");
    return said;
}

/* ---- what they start from ---- */

static char *find_other(void)
{
    DIR *dir = opendir(place("work/caseload"));
    const struct dirent *item;
    char *found = NULL;
    while (dir && !found && (item = readdir(dir))) {
        size_t n = strlen(item->d_name);
        if (n > 6 && strcmp(item->d_name + n - 6, ".jsonl") == 0 &&
            strcmp(item->d_name, path_base(THE_RECORD)) != 0)
            found = path_join(place("work/caseload"), item->d_name);
    }
    if (dir)
        closedir(dir);
    return found;
}

static void leave_behind(const char *ending)
{
    char *path = xasprintf("%s%s", THE_RECORD, ending);
    file_write(place(path), LEFT_BEHIND, strlen(LEFT_BEHIND));
    free(path);
}

const char *jobs_protect_begin(void)
{
    unsigned char code[CODE_BYTES] = CODE;
    char text[CROCKFORD_TEXT(RECOVERY_BYTES)];
    crockford_format(code, sizeof code, text);
    file_write(place("code"), text, strlen(text));
    file_write(place("passphrase-new"), NEW_PASSPHRASE, strlen(NEW_PASSPHRASE));

    folder_empty(place("work"));
    folder_copy(place("plain"), place("work"));
    char *said = job_must(play_job("new"), 0);
    other = find_other();
    struct record *record = other ? record_open(other, RECORD_READ, NULL) : NULL;
    if (said || !record)
        return "no other record can be made";
    memcpy(other_head, record_head(record), sizeof other_head);
    other_lines = record_count(record);
    record_close(record);
    leave_behind(".draft.new");
    leave_behind(".new");
    file_write(place("work/caseload/01GONE00000000000000000000.jsonl.new"), LEFT_BEHIND, strlen(LEFT_BEHIND));
    folder_copy(place("work"), place("open"));
    put_key(KEY_SEALING);
    struct key_file file;
    bool sealed =
        key_there(&file, NULL) == KEY_FOUND && record_reseal(place(THE_RECORD), file.id, NULL) == RESEAL_DONE;
    unlink(place("work/caseload/alongside.key.bak"));
    folder_copy(place("work"), place("half")); /* one is sealed, the other is not */
    sealed = sealed && record_reseal(other, file.id, NULL) == RESEAL_DONE;
    unlink(place("work/caseload/01GONE00000000000000000000.jsonl.new"));
    put_key(KEY_SEALED);
    unlink(place("work/caseload/alongside.key.bak"));
    folder_copy(place("work"), place("shut"));
    return sealed ? NULL : "the records cannot be sealed";
}

#define WITH_PASSPHRASE "--passphrase-file", "@passphrase"
const struct job protect_jobs[] = {
    {"protect", "open", {WITH_PASSPHRASE, "protect", "--light"}, NULL, check_protect, false},
    {"protect-rest", "half", {WITH_PASSPHRASE, "protect", "--light"}, NULL, check_protect, false},
    {"passphrase",
     "shut",
     {WITH_PASSPHRASE, "passphrase", "--new-code", "--new-passphrase-file", "@passphrase-new"},
     NULL,
     check_change,
     false},
    {"unlock",
     "shut",
     {"unlock", "--recovery", "--code-file", "@code", "--new-passphrase-file", "@passphrase-new"},
     NULL,
     check_change,
     false},
    {"protect-off", "shut", {WITH_PASSPHRASE, "protect", "--off"}, NULL, check_off, false},
    {NULL, NULL, {NULL}, NULL, NULL, false},
};
