/* A record in memory: each sound line as an event, and all sound lines as they are stored, one after the
 * other.
 *
 * The stored lines are kept besides the events for the day when a sync fails: what the file then holds is not
 * known, and what is written to another place has to be the very same bytes, because the chain runs over
 * them. */
#include "record/record.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "record/chain.h"
#include "record/disk.h"
#include "record/frame.h"
#include "record/key_file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct record {
    char *path;
    struct disk *disk;  /* NULL where nothing can be added */
    struct chain chain; /* chain.count is how many events there are */
    struct frame frame; /* how its lines are kept */
    struct strbuf text; /* every sound line, as stored */
    struct event *events;
    size_t room;
    char *damage, *read_only;
    size_t torn;
    bool unsafe;
    bool in_memory; /* it has no file at all */
};

static struct record *record_new(const char *path)
{
    struct record *record = xcalloc(1, sizeof *record);
    record->path = xstrdup(path);
    record->text = (struct strbuf)STRBUF_INIT;
    chain_init(&record->chain);
    return record;
}

void record_close(struct record *record)
{
    if (!record)
        return;
    for (size_t i = 0; i < record->chain.count; i++)
        json_decref(record->events[i].body);
    free(record->events);
    strbuf_release(&record->text);
    disk_close(record->disk);
    free(record->damage);
    free(record->read_only);
    free(record->path);
    free(record);
}

/* ---- reading ---- */

/* Take in a sound line. */
static bool take(struct record *record, const char *line, size_t length, char **cause)
{
    GROW(record->events, record->chain.count, record->room);
    struct event *event = &record->events[record->chain.count];
    return chain_check(&record->chain, line, length, event, cause);
}

/* Take in a line that was read; `line` is room for it. */
static bool take_stored(struct record *record, const char *stored, size_t length, struct strbuf *line,
                        char **cause)
{
    return frame_open(&record->frame, &record->chain, stored, length - 1, line, cause) &&
           take(record, line->text, line->length, cause);
}

/* Why a sealed record cannot be opened: false and a cause, unless its key is unlocked. */
static bool check_key(const struct record *record, char **cause)
{
    if (!record->frame.sealed || keyring_find(record->frame.key))
        return true;
    struct key_file file;
    char *folder = path_folder(record->path), *why = NULL;
    enum key_found found = key_file_read(folder, &file, NULL, &why);
    if (found == KEY_FOUND && strcmp(file.id, record->frame.key) == 0)
        cause_set(cause, "%s is sealed. Its passphrase is needed to open it.", record->path);
    else if (found == KEY_FOUND)
        cause_set(cause, "%s is sealed with the key of another caseload, not with the one in %s.",
                  record->path, folder);
    else if (found == KEY_NONE)
        cause_set(cause, "%s is sealed, and the key file alongside.key is not beside it.", record->path);
    else
        cause_set(cause, "%s is sealed. %s", record->path, why);
    free(why);
    free(folder);
    return false;
}

/* Why the first line, and so the whole, is no record. `length` is the line's, without a newline. */
static bool refuse_first(const struct record *record, const char *line, size_t length, const char *why,
                         char **cause)
{
    long newer = chain_newer(line, length);
    if (newer)
        return cause_set(
            cause,
            "%s was made by a newer version of Alongside. Its format is %ld, and this one reads %d. Open it "
            "with that version.",
            record->path, newer, CHAIN_FORMAT);
    return cause_set(cause, "%s is not a record that can be read: line 1: %s.", record->path, why);
}

static void set_damage(struct record *record, const char *why)
{
    record->damage = xasprintf("line %zu: %s", record->chain.count + 1, why);
}

/* Read all lines, up to the first that is not sound; *sound is how many bytes they have. False where there is
 * not one to begin with. */
static bool read_sound(struct record *record, const char *text, size_t length, size_t *sound, char **cause)
{
    const char *at = text, *end = text + length;
    struct strbuf line = STRBUF_INIT;
    char *why = NULL;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        if (!newline || !take_stored(record, at, (size_t)(newline + 1 - at), &line, &why))
            break;
        at = newline + 1;
        if (record->chain.count == 1 && record->frame.sealed &&
            strcmp(record_id(record), record->frame.record) != 0) {
            strbuf_release(&line);
            return refuse_first(record, "", 0, "it is of another record than the one that stands on its seal",
                                cause);
        }
    }
    strbuf_release(&line);
    *sound = (size_t)(at - text);
    if (why && record->chain.count == 0)
        refuse_first(record, at, (size_t)((const char *)memchr(at, '\n', (size_t)(end - at)) - at), why,
                     cause);
    else if (why)
        set_damage(record, why);
    bool any = record->chain.count > 0 || !why;
    free(why);
    return any;
}

static bool read_lines(struct record *record, const char *text, size_t length, size_t *sound, char **cause)
{
    const char *first = memchr(text, '\n', length);
    char *unknown = NULL;
    *sound = 0;
    if (first && !frame_of(text, (size_t)(first - text), &record->frame, &unknown)) {
        refuse_first(record, text, (size_t)(first - text), unknown, cause);
        free(unknown);
        return false;
    }
    if (!check_key(record, cause) || !read_sound(record, text, length, sound, cause))
        return false;
    if (record->chain.count == 0)
        return cause_set(cause,
                         length
                             ? "%s is cut off inside its first line: nothing of it can be read. It was left "
                               "as it is."
                             : "%s is empty, so it is not a record. It was left as it is.",
                         record->path);
    size_t rest = length - *sound;
    if (!record->damage && rest > (record->frame.sealed ? FRAME_MOST_LINE : RECORD_MOST_FORM_LINE))
        set_damage(record, "what follows is too long to be a line");
    record->torn = record->damage ? 0 : rest;
    return true;
}

/* Nothing can be added from now on; `why` becomes the record's. */
static void make_read_only(struct record *record, char *why)
{
    disk_close(record->disk);
    record->disk = NULL;
    free(record->read_only);
    record->read_only = why;
}

/* ---- recovering ---- */

/* How often the record says that bytes of this hash were set aside. */
static int count_recovered(const struct record *record, const char *hash)
{
    int count = 0;
    for (size_t i = 0; i < record->chain.count; i++) {
        const struct event *event = &record->events[i];
        count += event->kind == EVENT_RECOVERED && strcmp(event_text(event, "sha256"), hash) == 0;
    }
    return count;
}

/* Hash what the i-th file set aside holds; false where there is none. */
static bool hash_aside(const struct record *record, int i, size_t *length, char hash[RECORD_HASH_TEXT])
{
    size_t stored_length;
    char *stored = disk_aside(record->disk, i, &stored_length);
    if (!stored)
        return false;
    struct strbuf bytes = STRBUF_INIT;
    /* One that cannot be opened counts as what it is: nothing is lost by saying so. */
    if (!frame_open_file(record_id(record), "torn", stored, stored_length, &bytes, NULL))
        strbuf_addn(&bytes, stored, stored_length);
    *length = bytes.length;
    chain_hash(bytes.text, bytes.length, hash);
    strbuf_release(&bytes);
    free(stored);
    return true;
}

/* How many of the first `most` files set aside have this hash. */
static int count_aside(const struct record *record, int most, const char *hash)
{
    char found[RECORD_HASH_TEXT];
    size_t length;
    int count = 0;
    for (int i = 0; i < most && hash_aside(record, i, &length, found); i++)
        count += strcmp(found, hash) == 0;
    return count;
}

static bool append_recovered(struct record *record, size_t bytes, const char *hash, char **cause)
{
    json_t *object = json_pack("{ss ss sI ss}", "by", who_names[ALONGSIDE], "event",
                               event_table[EVENT_RECOVERED].name, "bytes", (json_int_t)bytes, "sha256", hash);
    enum record_saved saved = record_append(record, object, cause);
    json_decref(object);
    return saved == RECORD_SAVED;
}

/* Set the unfinished line at the end of the file aside, cut it off, and say so in the record. A crash on the
 * way leaves one step done and not the next: a line set aside and not cut off, or a file set aside that the
 * record says nothing of. Either is one more such file than there are events for it, and is gone on with from
 * there. */
static bool recover(struct record *record, const char *torn, char **cause)
{
    char hash[RECORD_HASH_TEXT];
    if (record->torn) {
        chain_hash(torn, record->torn, hash);
        bool kept = count_aside(record, INT_MAX, hash) > count_recovered(record, hash);
        if (!disk_set_aside(record->disk, record->text.length, kept, cause))
            return false;
    }
    size_t aside;
    bool said = true;
    for (int i = 0; said && hash_aside(record, i, &aside, hash); i++)
        said = count_recovered(record, hash) >= count_aside(record, i + 1, hash) ||
               append_recovered(record, aside, hash, cause);
    return said;
}

/* ---- opening ---- */

/* Read the file: what is sound of it becomes the record's text, *tail is a copy of what comes after. */
static bool read_file(struct record *record, char **tail, char **cause)
{
    size_t length, sound;
    char *text = disk_read(record->disk, &length, cause);
    if (!text || !read_lines(record, text, length, &sound, cause)) {
        free(text);
        return false;
    }
    *tail = xmalloc(length - sound);
    memcpy(*tail, text + sound, length - sound);
    text[sound] = '\0';
    record->text = (struct strbuf){.text = text, .length = sound, .room = length + 1};
    return true;
}

static struct record *open_as(const char *path, enum record_mode mode, struct spare *spare, char **tail,
                              char **cause)
{
    struct disk *disk = disk_open(path, mode, cause);
    if (!disk)
        return NULL;
    struct record *record = record_new(path);
    record->disk = disk;
    record->chain.spare = spare;
    if (read_file(record, tail, cause))
        return record;
    record_close(record);
    return NULL;
}

struct record *record_open(const char *path, enum record_mode mode, char **cause)
{
    char *tail, *why = NULL;
    struct record *record = open_as(path, mode, NULL, &tail, cause);
    if (!record)
        return NULL;
    if (mode == RECORD_WRITE && !record->frame.sealed) {
        char *folder = path_folder(path);
        key_file_lets_open(folder, &why);
        free(folder);
    }
    if (why) {
        make_read_only(record, why);
        why = NULL;
    } else if (mode == RECORD_READ) {
        char *holder = disk_holder(record->disk);
        make_read_only(record, holder ? xasprintf("it is open in %s", holder)
                                      : xstrdup("it was opened for reading only"));
        free(holder);
    } else if (record->damage) {
        make_read_only(record, xasprintf("it is damaged from line %zu on", record->chain.count + 1));
    } else if (!recover(record, tail, &why) && !record->unsafe) {
        make_read_only(record, why);
        why = NULL;
    }
    free(why);
    free(tail);
    return record;
}

struct record *record_open_spared(const char *path, struct spare *spare, char **cause)
{
    char *tail;
    struct record *record = open_as(path, RECORD_READ, spare, &tail, cause);
    if (record) {
        make_read_only(record, xstrdup("it was opened for reading only"));
        record->chain.spare = NULL;
        free(tail);
    }
    return record;
}

struct record *record_from_text(const char *text, size_t length, char **cause)
{
    struct record *record = record_new("The record");
    size_t sound;
    if (!read_lines(record, text, length, &sound, cause)) {
        record_close(record);
        return NULL;
    }
    strbuf_addn(&record->text, text, sound);
    make_read_only(record, xstrdup("it was opened for reading only"));
    return record;
}

/* The first line of a new record, taken in; `stored` is how it is kept. */
static bool take_first(struct record *record, json_t *opened, struct strbuf *stored, char **cause)
{
    size_t length;
    char *line = chain_line(&record->chain, opened, &length, cause);
    bool taken = line && frame_close(&record->frame, &record->chain, line, length, stored, cause) &&
                 take(record, line, length, cause);
    if (taken)
        strbuf_addn(&record->text, stored->text, stored->length);
    free(line);
    return taken;
}

/* How a new record at this path is to be kept: as its folder's key file says. */
static bool choose_frame(struct record *record, const json_t *opened, char **cause)
{
    char *folder = path_folder(record->path), id[KEY_ID_TEXT];
    bool told = key_file_for_new(folder, id, cause);
    free(folder);
    return told && (!*id || frame_for(&record->frame, json_string_value(json_object_get(opened, "record")),
                                      id, cause));
}

struct record *record_in_memory(json_t *opened, char **cause)
{
    struct record *record = record_new("");
    struct strbuf stored = STRBUF_INIT;
    record->in_memory = true;
    bool taken = take_first(record, opened, &stored, cause);
    strbuf_release(&stored);
    if (taken)
        return record;
    record_close(record);
    return NULL;
}

struct record *record_create(const char *path, json_t *opened, char **cause)
{
    struct record *record = record_new(path);
    struct strbuf stored = STRBUF_INIT;
    char *why = NULL;
    if (choose_frame(record, opened, &why) && take_first(record, opened, &stored, &why))
        record->disk = disk_create(path, stored.text, stored.length, cause);
    if (why)
        cause_set(cause, "%s cannot be made: %s", path, why);
    free(why);
    strbuf_release(&stored);
    if (record->disk)
        return record;
    record_close(record);
    return NULL;
}

/* ---- what is in it ---- */

bool record_is_in_memory(const struct record *record)
{
    return record->in_memory;
}

const char *record_path(const struct record *record)
{
    return record->path;
}

const char *record_id(const struct record *record)
{
    return event_text(&record->events[0], "record");
}

const char *record_head(const struct record *record)
{
    return record->chain.head;
}

const char *record_head_after(const struct record *record, size_t lines)
{
    return lines < record->chain.count ? event_text(&record->events[lines], "prev") : record->chain.head;
}

const struct frame *record_frame(const struct record *record)
{
    return &record->frame;
}

size_t record_count(const struct record *record)
{
    return record->chain.count;
}

const struct event *record_event(const struct record *record, size_t i)
{
    return &record->events[i];
}

const char *record_damage(const struct record *record)
{
    return record->damage;
}

const char *record_read_only(const struct record *record)
{
    return record->read_only;
}

size_t record_torn(const struct record *record)
{
    return record->torn;
}

bool record_unsafe(const struct record *record)
{
    return record->unsafe;
}

/* ---- adding ---- */

enum record_saved record_append(struct record *record, json_t *object, char **cause)
{
    if (record->read_only) {
        cause_set(cause, "Nothing can be added to %s: %s.", record->path, record->read_only);
        return RECORD_NOT_SAVED;
    }
    size_t length;
    char *line = chain_line(&record->chain, object, &length, cause);
    if (!line)
        return RECORD_NOT_SAVED;
    /* First see that what would be written would be read again, on a chain of its own: nothing has happened
     * yet. */
    struct chain next = record->chain;
    struct event event;
    enum record_saved saved = RECORD_NOT_SAVED;
    char *why = NULL;
    if (!chain_check(&next, line, length, &event, &why)) {
        cause_set(cause, "This cannot be saved: %s.", why);
        free(why);
    } else {
        struct strbuf stored = STRBUF_INIT;
        if (frame_close(&record->frame, &record->chain, line, length, &stored, cause))
            saved = record->in_memory ? RECORD_SAVED
                                      : disk_append(record->disk, stored.text, stored.length, cause);
        if (saved == RECORD_NOT_SAVED) {
            json_decref(event.body);
        } else {
            GROW(record->events, record->chain.count, record->room);
            record->events[record->chain.count] = event;
            record->chain = next;
            strbuf_addn(&record->text, stored.text, stored.length);
        }
        strbuf_release(&stored);
    }
    free(line);
    record->unsafe = record->unsafe || saved == RECORD_UNSAFE;
    return saved;
}

bool record_rescue(struct record *record, const char *path, char **cause)
{
    if (record->damage)
        return cause_set(cause, "%s is damaged: copy the file itself, so that nothing of it is lost.",
                         record->path);
    char *folder = path_folder(path);
    bool put = false;
    bool copied = (!record->frame.sealed || key_file_accompany(record->frame.key, folder, &put, cause)) &&
                  disk_copy(path, record->text.text, record->text.length, cause);
    if (put && !copied)
        key_file_remove(folder, NULL); /* alone, it would have new records there sealed */
    free(folder);
    if (!copied)
        return false;
    if (!record->unsafe && !(record->disk && disk_astray(record->disk)))
        return true;
    struct disk *disk = disk_open(path, RECORD_WRITE, NULL);
    size_t length;
    char *text = disk ? disk_read(disk, &length, NULL) : NULL;
    if (!text) {
        disk_close(disk); /* a copy, on a stick perhaps: saved, but no place to go on */
        return true;
    }
    free(text);
    disk_close(record->disk);
    record->disk = disk;
    free(record->path);
    record->path = xstrdup(path);
    record->unsafe = false;
    return true;
}
