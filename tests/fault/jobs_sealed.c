/* The jobs of sealed records: moving one from open to sealed and back, with what lies beside it, and adding
 * to one that a power cut tore. At each moment all of it is there and can be read; where a record is sealed,
 * none of its words is in any file. */
#include "jobs.h"
#include "player.h"

#include "base/mem.h"
#include "base/path.h"
#include "record/draft.h"
#include "record/frame.h"
#include "record/key_file.h"
#include "record/reseal.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char name[] = THE_RECORD;
static const char half_typed[] = "What nobody has sa";
/* What somebody said in there, typed, and what a note of the player's says. */
static const char *const words[] = {"a sofa",       "What nobody", "told to go", "a note of",
                                    "housing team", "F-2",         "\"event\""};

static char key_name[KEY_ID_TEXT], head[RECORD_HASH_TEXT];
static size_t lines, aside_length;
static char *aside;
static char *key_text; /* the key file as it was last put there */

/* ---- what they start from ---- */

void put_key(enum key_state state)
{
    struct key_file file;
    unsigned char *key = key_new();
    memcpy(key, player_key, SEAL_KEY_BYTES);
    key_file_init(&file, key, state);
    /* What it costs to try a passphrase is not what is tried here: nobody gives one. */
    file.cost = (struct key_cost){KEY_LEAST_PASSES, KEY_LEAST_MEBIBYTES};
    char *text = NULL;
    if (key_file_wrap(&file, SLOT_PASSPHRASE, key, PASSPHRASE, strlen(PASSPHRASE), NULL) &&
        key_file_wrap(&file, SLOT_RECOVERY, key, CODE, CODE_BYTES, NULL) &&
        key_file_write(place("work/caseload"), &file, key, NULL))
        text = key_file_text(&file, key);
    if (!text)
        abort();
    keyring_add(key, text);
    memcpy(key_name, file.id, sizeof key_name);
    free(key_text);
    key_text = text;
    sodium_free(key);
}

/* Put the player's key into the ring, whatever a job before has left in it. */
static void know_key(void)
{
    unsigned char *key = key_new();
    memcpy(key, player_key, SEAL_KEY_BYTES);
    keyring_wipe();
    keyring_add(key, key_text);
    sodium_free(key);
}

/* From "torn", which the plain jobs start from too. */
const char *jobs_sealed_begin(void)
{
    file_write(place("passphrase"), PASSPHRASE, strlen(PASSPHRASE));
    folder_empty(place("work"));
    folder_copy(place("torn"), place("work"));
    struct record *record = record_open(place(name), RECORD_WRITE, NULL);
    if (!record)
        return "the unfinished line cannot be set aside";
    draft_keep(record, "home", "What nobody has said ");
    draft_keep(record, "home", half_typed);
    memcpy(head, record_head(record), sizeof head);
    lines = record_count(record);
    record_close(record);
    aside = file_bytes(place(THE_RECORD ".torn"), &aside_length);
    folder_copy(place("work"), place("plain"));
    put_key(KEY_SEALING);
    folder_copy(place("work"), place("sealing"));
    if (record_reseal(place(name), key_name, NULL) != RESEAL_DONE)
        return "the record cannot be sealed";
    put_key(KEY_OPENING);
    unlink(place("work/caseload/alongside.key.bak"));
    folder_copy(place("work"), place("opening"));
    put_key(KEY_SEALED);
    unlink(place("work/caseload/alongside.key.bak"));
    record = record_open(place(name), RECORD_READ, NULL);
    bool right = record && record_count(record) == lines && strcmp(record_head(record), head) == 0;
    record_close(record);
    size_t length;
    char *bytes = file_bytes(place(name), &length);
    FILE *file = fopen(place(name), "ab");
    fwrite(bytes + length - 300, 1, 200, file); /* the middle of a line, as a power cut leaves it */
    fclose(file);
    free(bytes);
    folder_copy(place("work"), place("sealed"));
    return right ? NULL : "the record cannot be read";
}

/* ---- what must hold ---- */

/* Is one of the words in any file of the folder? */
char *check_no_words(void)
{
    char *said = NULL;
    DIR *dir = opendir(place("work/caseload"));
    const struct dirent *item;
    while (dir && !said && (item = readdir(dir))) {
        char *path = path_join(place("work/caseload"), item->d_name);
        size_t length;
        char *bytes = item->d_name[0] == '.' ? NULL : file_bytes(path, &length);
        for (size_t i = 0; bytes && !said && i < sizeof words / sizeof *words; i++) {
            if (memmem(bytes, length, words[i], strlen(words[i])))
                said = xasprintf("“%s” stands in %s", words[i], item->d_name);
        }
        free(bytes);
        free(path);
    }
    if (dir)
        closedir(dir);
    return said;
}

static bool is_sealed(void)
{
    size_t length;
    char *bytes = file_bytes(place(name), &length);
    bool sealed = bytes && strncmp(bytes, "{\"sealed\":", 10) == 0;
    free(bytes);
    return sealed;
}

/* Is what was set aside there, as it was? */
static char *check_aside(const char *record)
{
    size_t length;
    char *path = xasprintf("%s.torn", name), *stored = file_bytes(place(path), &length), *cause = NULL;
    struct strbuf bytes = STRBUF_INIT;
    bool opened = stored && frame_open_file(record, "torn", stored, length, &bytes, &cause);
    bool same = opened && bytes.length == aside_length && memcmp(bytes.text, aside, aside_length) == 0;
    strbuf_release(&bytes);
    free(stored);
    free(path);
    if (same)
        return NULL;
    return cause ? cause : xstrdup("what was set aside is gone");
}

/* All of it can be read: the record, what was typed, what was set aside. */
char *check_whole(void)
{
    char *cause = NULL, *where = NULL;
    struct record *record = record_open(place(name), RECORD_WRITE, &cause);
    if (!record)
        return cause;
    char *text = draft_load(record, &where), *said = NULL;
    if (record_damage(record) || record_read_only(record))
        said = xstrdup(record_damage(record) ? record_damage(record) : record_read_only(record));
    else if (record_count(record) != lines || strcmp(record_head(record), head) != 0)
        said = xasprintf("it has %zu lines, and had %zu", record_count(record), lines);
    else if (!text || strcmp(text, half_typed) != 0)
        said = xasprintf("what was typed is “%s”", text ? text : "gone");
    else
        said = check_aside(record_id(record));
    free(where);
    free(text);
    record_close(record);
    return said;
}

static char *check_move(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    (void)wrong;
    bool seals = strcmp(job->name, "seal") == 0;
    know_key();
    char *said = check_whole();
    if (!said && ended->status == 0 && is_sealed() != seals)
        said = xstrdup("it was moved, and is as it was");
    if (!said && ended->status == 0 && seals)
        said = check_no_words();
    if (!said)
        said = job_must(job, 0);
    if (!said && is_sealed() != seals)
        said = xstrdup("moved again, it is as it was");
    if (!said)
        said = check_whole();
    return said;
}

static char *check_add(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    know_key();
    char *cause = NULL, *said = check_no_words();
    size_t told_of = 0;
    for (const char *c = ended->out; *c; c++)
        told_of += *c == '\n';
    struct record *record = said ? NULL : record_open(place(name), RECORD_READ, &cause);
    if (!said && !record)
        return cause;
    if (record && record_damage(record))
        said = xstrdup(record_damage(record));
    else if (record && record_count(record) < lines + told_of)
        said = xasprintf("%zu notes were told as saved; it has %zu lines, and had %zu", told_of,
                         record_count(record), lines);
    record_close(record);
    (void)wrong;
    if (!said)
        said = job_must(job, 0);
    return said ? said : check_no_words();
}

/* The same by the command, which unlocks it with the passphrase. */
static char *check_apply(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    static const struct job looking = {.name = "verify",
                                       .arguments = {"--passphrase-file", "@passphrase", "verify", "F-1"}};
    const char *sentence = strstr(ended->err, "alongside apply: ");
    know_key();
    char *said = check_no_words();
    size_t added = 0;
    (void)job;
    (void)wrong;
    if (ended->killed)
        added = ended->begun ? (size_t)ended->begun - 1 : 0;
    else if (sentence && sscanf(sentence, "alongside apply: %zu entr", &added) != 1)
        added = 0;
    struct record *record = said ? NULL : record_open(place(name), RECORD_WRITE, &said);
    if (record && record_damage(record))
        said = xstrdup(record_damage(record));
    else if (record && record_count(record) < lines + added)
        said = xasprintf("%zu were told as saved; it has %zu lines, and had %zu", added, record_count(record),
                         lines);
    record_close(record);
    if (!said)
        said = job_must(&looking, 0);
    return said ? said : check_no_words();
}

#define RECORD "@work/caseload/01FAULT0000000000000000000.jsonl"
const struct job sealed_jobs[] = {
    {"seal", "sealing", {"!seal", RECORD}, NULL, check_move, false},
    {"unseal", "opening", {"!unseal", RECORD}, NULL, check_move, false},
    {"add-sealed", "sealed", {"!add", RECORD}, NULL, check_add, false},
    {"apply-sealed",
     "sealed",
     {"--passphrase-file", "@passphrase", "apply", "F-1", "@later"},
     NULL,
     check_apply,
     false},
    {NULL, NULL, {NULL}, NULL, NULL, false},
};
