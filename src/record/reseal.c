/* Moving works on lines as they are stored, sound or not: what cannot be read as a record is evidence too.
 * The files beside a record are sealed before it and opened after it, since a sealed one can be read beside
 * an open record, and not the other way round. */
#include "record/reseal.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/without.h"
#include "record/chain.h"
#include "record/disk.h"
#include "record/frame.h"
#include "record/record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_ASIDE = 100, MOST_SMALL = 16 * 1024 * 1024 };

/* A record's text, a line at a time, as it is kept in one way and in another. */
struct moving {
    struct frame from, to;
    struct chain chain;
    bool damaged; /* from here on a line is only counted: nothing follows from it */
    struct strbuf plain, *out;
};

/* Move one line, or the unfinished one at the end, which is left without its newline again. */
static bool move_line(struct moving *m, const char *stored, size_t length, bool whole, char **cause)
{
    if (!frame_open(&m->from, &m->chain, stored, length, &m->plain, cause) ||
        !frame_close(&m->to, &m->chain, m->plain.text, m->plain.length, m->out, cause))
        return false;
    if (!whole) { /* no line of the chain */
        strbuf_remove(m->out, m->out->length - 1, 1);
        return true;
    }
    struct event event = {0};
    m->damaged = m->damaged || !chain_check(&m->chain, m->plain.text, m->plain.length, &event, NULL);
    if (m->damaged)
        m->chain.count++;
    else
        json_decref(event.body);
    return true;
}

static bool move_text(struct moving *m, const char *text, size_t length, char **cause)
{
    const char *end = text + length;
    char *why = NULL;
    while (text < end && !why) {
        const char *newline = memchr(text, '\n', (size_t)(end - text)), *stop = newline ? newline : end;
        size_t line = m->chain.count + 1;
        if (!move_line(m, text, (size_t)(stop - text), newline, &why))
            cause_set(cause, "line %zu: %s", line, why);
        text = newline ? newline + 1 : end;
    }
    bool moved = !why;
    free(why);
    return moved;
}

/* The text as `to` keeps it, added to `out`; it has to be what `record` was read from, so that a disk that
 * reads wrongly this once does not make a damaged record of a sound one. */
static bool convert(const struct record *record, const char *text, size_t length, const struct frame *from,
                    const struct frame *to, struct strbuf *out, char **cause)
{
    struct moving m = {.from = *from, .to = *to, .plain = STRBUF_INIT, .out = out};
    chain_init(&m.chain);
    bool moved = move_text(&m, text, length, cause);
    strbuf_release(&m.plain);
    if (moved && (strcmp(m.chain.head, record_head(record)) != 0 || (m.damaged && !record_damage(record))))
        return cause_set(cause, "it reads differently each time");
    return moved;
}

/* Move the record's own file, and see that what was made gives the old one back before it takes its name. */
static bool move_record(const struct record *record, struct disk *disk, const struct frame *from,
                        const struct frame *to, char **cause)
{
    const char *path = record_path(record);
    size_t length;
    char *text = disk_read(disk, &length, cause), *why = NULL;
    if (!text)
        return false;
    struct strbuf moved = STRBUF_INIT, plain = STRBUF_INIT, again = STRBUF_INIT;
    struct frame open = {0};
    bool same = convert(record, text, length, from, to, &moved, &why) &&
                convert(record, text, length, from, &open, &plain, &why) && /* cannot be: it was just read */
                convert(record, moved.text, moved.length, to, &open, &again, &why) &&
                plain.length == again.length && /* cannot be: but if it were, nothing would be lost */
                memcmp(plain.text, again.text, plain.length) == 0; /* cannot be: as above */
    if (!same)
        cause_set(cause, "%s was left as it is: %s.", path,
                  why ? why : "it could not be read back"); /* cannot be: as above */
    /* The lock keeps out another Alongside, and nobody else. */
    bool done = same && disk_unchanged(disk, cause) && disk_replace(path, moved.text, moved.length, cause);
    strbuf_release(&moved);
    strbuf_release(&plain);
    strbuf_release(&again);
    free(why);
    free(text);
    return done;
}

/* ---- the files beside it ---- */

/* Take away what a crash can leave of a file that was being made: it may be in the open. We hold the record's
 * lock, so nobody is making it now. */
static bool clear_away(const char *path, const char *ending, char **cause)
{
    char *left = xasprintf("%s%s", path, ending);
    bool gone = unlinkat(AT_FDCWD, left, 0) == 0 || errno == ENOENT ||
                cause_errno(cause, "%s cannot be taken away", left);
    free(left);
    return gone;
}

/* Nothing in a file that lies in the open tells of a byte that was read wrongly; so it is read twice. */
static bool reads_so(const char *path, const char *stored, size_t length, char **cause)
{
    size_t again;
    char *bytes = disk_read_small(path, MOST_SMALL, &again, cause);
    bool same = bytes && again == length && memcmp(bytes, stored, length) == 0;
    if (bytes && !same)
        cause_set(cause, "%s was left as it is: it reads differently each time.", path);
    free(bytes);
    return same || WITHOUT("reading twice");
}

/* Move one of them; `moved` says whether there was anything to do. */
static bool move_beside(const char *path, const char *what, const char *record, const struct frame *to,
                        bool anew, bool *moved, char **cause)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return errno == ENOENT || cause_errno(cause, "%s cannot be looked at", path);
    if (!S_ISREG(st.st_mode))
        return true; /* not put there by Alongside */
    size_t length;
    char *stored = clear_away(path, ".new", cause) ? disk_read_small(path, MOST_SMALL, &length, cause) : NULL;
    if (!stored)
        return false;
    char *why = NULL;
    struct strbuf bytes = STRBUF_INIT, made = STRBUF_INIT;
    bool right = frame_is_sealed_file(stored, length) == to->sealed && !anew, done = right;
    if (!right) {
        done = frame_open_file(record, what, stored, length, &bytes, &why) &&
               frame_close_file(to, what, bytes.text, bytes.length, &made, &why);
        if (!done)
            cause_set(cause, "%s was left as it is: %s.", path, why);
        done = done && reads_so(path, stored, length, cause) &&
               disk_replace(path, made.text, made.length, cause);
        *moved = true;
    }
    strbuf_release(&bytes);
    strbuf_release(&made);
    free(why);
    free(stored);
    return done;
}

static bool move_all_beside(const char *path, const char *record, const struct frame *to, bool anew,
                            bool *moved, char **cause)
{
    char *draft = xasprintf("%s.draft", path), *word = xasprintf("%s.word", draft);
    bool done = move_beside(word, "draft", record, to, anew, moved, cause) &&
                move_beside(draft, "draft", record, to, anew, moved, cause);
    free(word);
    free(draft);
    for (int i = 0; done && i < MOST_ASIDE; i++) {
        char *aside = i ? xasprintf("%s.torn.%d", path, i) : xasprintf("%s.torn", path);
        done = move_beside(aside, "torn", record, to, anew, moved, cause);
        free(aside);
    }
    return done;
}

/* ---- all of it ---- */

/* Move a record that is open here, and what lies beside it. */
static enum reseal move(const struct record *record, struct disk *disk, const char *key, char **cause)
{
    const char *path = record_path(record), *id = record_id(record);
    struct frame from = *record_frame(record), to = {0};
    char *why = NULL;
    if (key && !frame_for(&to, id, key, &why)) {
        cause_set(cause, "%s was left as it is: %s.", path, why);
        free(why);
        return RESEAL_FAILED;
    }
    bool right = from.sealed == to.sealed && strcmp(from.key, to.key) == 0, moved = !right;
    bool anew = to.sealed && from.sealed && !right; /* what is sealed beside it is under that other key */
    bool done = clear_away(path, ".new", cause) && clear_away(path, ".draft.new", cause) &&
                clear_away(path, ".torn-part", cause) &&
                (!to.sealed || move_all_beside(path, id, &to, anew, &moved, cause)) &&
                (right || move_record(record, disk, &from, &to, cause)) &&
                (to.sealed || move_all_beside(path, id, &to, anew, &moved, cause));
    return !done ? RESEAL_FAILED : moved ? RESEAL_DONE : RESEAL_NOTHING;
}

enum reseal record_reseal(const char *path, const char *key, char **cause)
{
    /* Opened for writing first: an unfinished line is then set aside as always. */
    record_close(record_open(path, RECORD_WRITE, NULL));
    struct disk *disk = disk_open(path, RECORD_WRITE, cause);
    struct record *record = disk ? record_open(path, RECORD_READ, cause) : NULL;
    enum reseal result = record ? move(record, disk, key, cause) : RESEAL_FAILED;
    record_close(record);
    disk_close(disk);
    return result;
}
