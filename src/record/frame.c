/* What a sealed line looks like is written and read by one function each, as bytes: read as JSON it could be
 * spelled in many ways, and then a byte could change unnoticed.
 *
 *   {"sealed":1,"seq":1,"record":"01K…","key":"…","box":"…"}     the first line
 *   {"sealed":1,"seq":2,"box":"…"}                               any other
 *   {"sealed":1,"file":"draft","record":"01K…","key":"…","box":"…"}
 *
 * The record's id and the key's stand in the first line openly, so that a record which cannot be opened can
 * still be told from a damaged one. */
#include "record/frame.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/without.h"

#include <stdlib.h>
#include <string.h>

static const char any_sealed[] = "{\"sealed\":", this_sealed[] = "{\"sealed\":1,", first_end[] = "\"}";
static const char file_start[] = "{\"sealed\":1,\"file\":";

static const char id_digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", key_digits[] = "0123456789abcdef";

static bool starts_with(const char *text, size_t length, const char *start)
{
    return length >= strlen(start) && memcmp(text, start, strlen(start)) == 0;
}

/* ---- what stands around a box ---- */

static char *line_start(const struct frame *frame, size_t seq)
{
    return seq > 1 ? xasprintf("%s\"seq\":%zu,\"box\":\"", this_sealed, seq)
                   : xasprintf("%s\"seq\":1,\"record\":\"%s\",\"key\":\"%s\",\"box\":\"", this_sealed,
                               frame->record, frame->key);
}

static char *file_start_of(const struct frame *frame, const char *what)
{
    return xasprintf("%s\"%s\",\"record\":\"%s\",\"key\":\"%s\",\"box\":\"", file_start, what, frame->record,
                     frame->key);
}

/* Take `length` of these digits out of *at up to a quote, if there are just as many of them. */
static bool take_word(const char **at, const char *end, const char *before, const char *digits, char *word,
                      size_t length)
{
    if (!starts_with(*at, (size_t)(end - *at), before))
        return false;
    *at += strlen(before);
    if ((size_t)(end - *at) <= length || (*at)[length] != '"')
        return false;
    memcpy(word, *at, length);
    word[length] = '\0';
    *at += length;
    return strspn(word, digits) == length;
}

/* Read the record's id and the key's that stand after `start`. */
static bool read_ids(const char *stored, size_t length, const char *start, struct frame *frame)
{
    if (!starts_with(stored, length, start))
        return false;
    const char *at = stored + strlen(start), *end = stored + length;
    frame->sealed = take_word(&at, end, "\"record\":\"", id_digits, frame->record, RECORD_ID_TEXT - 1) &&
                    take_word(&at, end, "\",\"key\":\"", key_digits, frame->key, KEY_ID_TEXT - 1);
    return frame->sealed;
}

bool frame_of(const char *stored, size_t length, struct frame *frame, char **cause)
{
    *frame = (struct frame){0};
    if (!starts_with(stored, length, any_sealed))
        return true;
    if (read_ids(stored, length, "{\"sealed\":1,\"seq\":1,", frame))
        return true;
    return cause_set(cause, starts_with(stored, length, this_sealed)
                                ? "it is sealed, and what stands around the seal is damaged"
                                : "it is sealed in a way that this version of Alongside does not know");
}

bool frame_for(struct frame *frame, const char *record, const char *key, char **cause)
{
    *frame = (struct frame){.sealed = true};
    if (!record || strlen(record) != RECORD_ID_TEXT - 1 || strspn(record, id_digits) != RECORD_ID_TEXT - 1)
        return cause_set(cause, "its id is not one of %d letters and digits, so it cannot be sealed",
                         RECORD_ID_TEXT - 1);
    memcpy(frame->record, record, RECORD_ID_TEXT);
    memcpy(frame->key, key, KEY_ID_TEXT);
    return true;
}

/* ---- boxes ---- */

static bool add_box(const struct frame *frame, const char *about, const char *start, const char *bytes,
                    size_t length, struct strbuf *stored, char **cause)
{
    const unsigned char *key = keyring_find(frame->key);
    if (!key)
        return cause_set(cause, "This is locked. Unlock it with the passphrase first.");
    strbuf_add(stored, start);
    seal_box(key, about, bytes, length, stored);
    strbuf_add(stored, first_end);
    strbuf_addch(stored, '\n');
    return true;
}

/* Open the box between `start` and the end of what is stored. */
static bool open_box(const struct frame *frame, const char *about, const char *start, const char *stored,
                     size_t length, struct strbuf *bytes, char **cause)
{
    size_t before = strlen(start), after = sizeof first_end - 1;
    const unsigned char *key = keyring_find(frame->key);
    if (!key)
        return cause_set(cause, "it is sealed, and its key is not unlocked");
    if (!starts_with(stored, length, start) || length < before + after ||
        memcmp(stored + length - after, first_end, after) != 0)
        return cause_set(cause, "it is not the sealed line that belongs here");
    if (!seal_unbox(key, about, stored + before, length - before - after, bytes))
        return cause_set(cause, "its seal is broken: it was changed, or belongs to another place");
    return true;
}

/* ---- lines ---- */

/* What a line's box is bound to. */
static char *about_line(const struct frame *frame, const struct chain *chain)
{
    return xasprintf("%d|%s|%zu|%s", CHAIN_FORMAT, WITHOUT("bound to its record") ? "" : frame->record,
                     WITHOUT("bound to its place") ? 0 : chain->count + 1,
                     WITHOUT("bound to the line before") ? "" : chain->head);
}

bool frame_close(const struct frame *frame, const struct chain *chain, const char *line, size_t length,
                 struct strbuf *stored, char **cause)
{
    if (!frame->sealed) {
        strbuf_addn(stored, line, length);
        strbuf_addch(stored, '\n');
        return true;
    }
    char *about = about_line(frame, chain), *start = line_start(frame, chain->count + 1);
    bool closed = add_box(frame, about, start, line, length, stored, cause);
    free(about);
    free(start);
    return closed;
}

bool frame_open(const struct frame *frame, const struct chain *chain, const char *stored, size_t length,
                struct strbuf *line, char **cause)
{
    strbuf_clear(line);
    if (frame->sealed != starts_with(stored, length, any_sealed))
        return cause_set(cause, frame->sealed ? "it is not sealed, and the lines before it are"
                                              : "it is sealed, and the lines before it are not");
    if (!frame->sealed) {
        strbuf_addn(line, stored, length);
        return true;
    }
    char *about = about_line(frame, chain), *start = line_start(frame, chain->count + 1);
    bool opened = open_box(frame, about, start, stored, length, line, cause);
    free(about);
    free(start);
    return opened;
}

/* ---- files ---- */

static char *about_file(const char *record, const char *what)
{
    return xasprintf("%d|%s|%s", CHAIN_FORMAT, WITHOUT("bound to its record") ? "" : record, what);
}

bool frame_close_file(const struct frame *frame, const char *what, const char *bytes, size_t length,
                      struct strbuf *stored, char **cause)
{
    if (!frame->sealed) {
        strbuf_addn(stored, bytes, length);
        return true;
    }
    char *about = about_file(frame->record, what), *start = file_start_of(frame, what);
    bool closed = add_box(frame, about, start, bytes, length, stored, cause);
    free(about);
    free(start);
    return closed;
}

bool frame_is_sealed(const char *stored, size_t length)
{
    return starts_with(stored, length, any_sealed);
}

bool frame_is_sealed_file(const char *stored, size_t length)
{
    return starts_with(stored, length, file_start);
}

bool frame_open_file(const char *record, const char *what, const char *stored, size_t length,
                     struct strbuf *bytes, char **cause)
{
    strbuf_clear(bytes);
    if (!frame_is_sealed_file(stored, length)) {
        strbuf_addn(bytes, stored, length);
        return true;
    }
    struct frame frame = {0};
    char *start = xasprintf("%s\"%s\",", file_start, what), *about = about_file(record, what), *whole = NULL;
    bool opened = false;
    if (stored[length - 1] != '\n' || !read_ids(stored, length, start, &frame) ||
        strcmp(frame.record, record) != 0) {
        cause_set(cause, "it is sealed, and not for this record");
    } else {
        whole = file_start_of(&frame, what);
        opened = open_box(&frame, about, whole, stored, length - 1, bytes, cause);
    }
    free(whole);
    free(start);
    free(about);
    return opened;
}
