/* A record is read up to the first line that is not as it was written where it was written, and says so: no
 * more is believed, and no less. */
#include "damage.h"

#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "record/chain.h"
#include "record/frame.h"
#include "record/key_file.h"
#include "record/kit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOTES = 5, LINES = NOTES + 1, MOST_TEXT = 1 << 16 };

static bool is_sealed;
static long count;

/* A record's text, and where its lines begin. */
struct text {
    char bytes[MOST_TEXT];
    size_t length, lines[LINES + 1];
};

void damage_seal(bool sealed)
{
    char *folder = path_folder(kit_path("r"));
    struct key_file file;
    kit_empty();
    keyring_wipe();
    is_sealed = sealed;
    if (sealed) {
        unsigned char *key = key_new(), code[RECOVERY_BYTES] = "a code of 20 bytes.";
        key_file_init(&file, key, KEY_SEALED);
        file.cost = (struct key_cost){KEY_LEAST_PASSES, KEY_LEAST_MEBIBYTES};
        assert_true(key_file_wrap(&file, SLOT_PASSPHRASE, key, "six words", 9, NULL));
        assert_true(key_file_wrap(&file, SLOT_RECOVERY, key, code, sizeof code, NULL));
        char *text = key_file_text(&file, key);
        keyring_add(key, text);
        assert_true(key_file_write(folder, &file, key, NULL));
        free(text);
        sodium_free(key);
    }
    free(folder);
}

long damage_count(void)
{
    long was = count;
    count = 0;
    return was;
}

/* Make a record anew, its notes numbered from `first`. */
static void make(const char *path, int first, struct text *text)
{
    unlink(path);
    json_t *opened = kit_opened();
    struct record *record = record_create(path, opened, NULL);
    json_decref(opened);
    assert_non_null(record);
    for (int n = first; n < first + NOTES; n++)
        assert_int_equal(kit_append(record, n, NULL), RECORD_SAVED);
    record_close(record);
    char *bytes = kit_read(path, &text->length);
    assert_true(text->length < MOST_TEXT / 2);
    memcpy(text->bytes, bytes, text->length);
    free(bytes);
    for (size_t i = 0, line = 1; i < text->length; i++) {
        if (text->bytes[i] == '\n')
            text->lines[line++] = i + 1;
    }
}

/* NULL where it reads as `sound` lines and no more, and says that something follows. */
static char *noticed(const char *bytes, size_t length, size_t sound, const char *what, size_t at)
{
    char *cause = NULL, *said = NULL;
    struct record *record = record_from_text(bytes, length, &cause);
    size_t read = record ? record_count(record) : 0;
    bool told = record ? record_damage(record) || record_torn(record) > 0 : cause != NULL;
    count++;
    if (read != sound || !told)
        said = xasprintf("%s %zu: %zu lines are read, not %zu%s", what, at, read, sound,
                         told ? "" : ", and nothing is said");
    free(cause);
    record_close(record);
    return said;
}

static char *flipped(void)
{
    struct text t = {0};
    char *said = NULL;
    make(kit_path("r"), 1, &t);
    size_t line = 0;
    for (size_t i = 0; i < t.length && !said; i++) {
        char was = t.bytes[i];
        for (int bit = 0; bit < 8 && !said; bit += is_sealed ? 3 : 1) {
            t.bytes[i] = (char)(was ^ (1 << bit));
            said = noticed(t.bytes, t.length, line, "a changed bit in byte", i);
        }
        t.bytes[i] = was;
        line += was == '\n';
    }
    return said;
}

static char *cut(void)
{
    struct text t = {0};
    char *said = NULL;
    make(kit_path("r"), 1, &t);
    size_t line = 0;
    for (size_t i = 0; i < t.length && !said; i++) {
        if (line == 0 || t.lines[line] != i) /* between two lines it is a shorter record, whole */
            said = noticed(t.bytes, i, line, "cut at byte", i);
        line += t.bytes[i] == '\n';
    }
    return said;
}

/* The lines in another order: `order` ends with -1. */
static char *in_order(const struct text *t, const struct text *other, const int order[], size_t sound,
                      const char *what, size_t at)
{
    char *bytes = xmalloc(MOST_TEXT * 2);
    size_t length = 0;
    for (int i = 0; order[i] >= 0; i++) {
        const struct text *from = order[i] >= LINES ? other : t;
        size_t line = (size_t)order[i] % LINES, size = from->lines[line + 1] - from->lines[line];
        memcpy(bytes + length, from->bytes + from->lines[line], size);
        length += size;
    }
    char *said = noticed(bytes, length, sound, what, at);
    free(bytes);
    return said;
}

static char *moved(void)
{
    struct text t = {0};
    char *said = NULL;
    make(kit_path("r"), 1, &t);
    for (int a = 0; a < LINES && !said; a++) {
        for (int b = a + 1; b < LINES && !said; b++) {
            int order[LINES + 1] = {0, 1, 2, 3, 4, 5, -1};
            order[a] = b;
            order[b] = a;
            said = in_order(&t, NULL, order, (size_t)a, "moved: line", (size_t)b + 1);
        }
    }
    return said;
}

static char *dropped(void)
{
    struct text t = {0};
    char *said = NULL;
    make(kit_path("r"), 1, &t);
    for (int a = 0; a < LINES - 1 && !said; a++) { /* without its last line it is a shorter record, whole */
        int order[LINES + 1], n = 0;
        for (int i = 0; i < LINES; i++) {
            if (i != a)
                order[n++] = i;
        }
        order[n] = -1;
        said = in_order(&t, NULL, order, (size_t)a, "dropped: line", (size_t)a + 1);
    }
    return said;
}

static char *doubled(void)
{
    struct text t = {0};
    char *said = NULL;
    make(kit_path("r"), 1, &t);
    for (int a = 0; a < LINES && !said; a++) {
        for (int after = a; after < LINES && !said; after++) {
            int order[LINES + 2], n = 0;
            for (int i = 0; i < LINES; i++) {
                order[n++] = i;
                if (i == after)
                    order[n++] = a;
            }
            order[n] = -1;
            said = in_order(&t, NULL, order, (size_t)after + 1, "doubled: line", (size_t)a + 1);
        }
    }
    return said;
}

static char *from_another(void)
{
    struct text t = {0}, other = {0};
    char *said = NULL;
    make(kit_path("r"), 1, &t);
    make(kit_path("other"), 50, &other);
    for (int a = 1; a < LINES && !said; a++) {
        /* line 2 follows from the first, and both have the same first line, if it is of the same second */
        int order[LINES + 1] = {0, 1, 2, 3, 4, 5, -1};
        order[a] = a + LINES;
        if (a > 1)
            said = in_order(&t, &other, order, (size_t)a, "from another record: line", (size_t)a + 1);
    }
    return said;
}

/* A line that says it is another than it is, and is rightly hashed: who can write a record can write that. */
static char *numbered(void)
{
    struct text t = {0};
    char *said = NULL;
    if (is_sealed)
        return NULL; /* nobody without the key can */
    make(kit_path("r"), 1, &t);
    size_t last = t.lines[LINES - 1], size = t.length - last - 1;
    for (int number = 0; number < 10 && !said; number++) {
        char *line = t.bytes + last, hash[RECORD_HASH_TEXT];
        if (number == LINES)
            continue;
        line[strlen("{\"seq\":")] = (char)('0' + number);
        char *hashed = memmem(line, size, ",\"hash\":\"", 9);
        chain_hash(line, (size_t)(hashed - line), hash);
        memcpy(hashed + 9, hash, RECORD_HASH_TEXT - 1);
        said = noticed(t.bytes, t.length, LINES - 1, "numbered", (size_t)number);
    }
    return said;
}

/* ---- what a seal is bound to: who cannot open it can still put it elsewhere ---- */

/* The frame of a sealed record. */
static struct frame frame_here(void)
{
    struct text t = {0};
    struct frame frame;
    make(kit_path("r"), 1, &t);
    assert_true(frame_of(t.bytes, t.lines[1], &frame, NULL) && frame.sealed);
    return frame;
}

static struct chain place_after(size_t lines, char head)
{
    struct chain chain;
    chain_init(&chain);
    chain.count = lines;
    memset(chain.head, head, sizeof chain.head - 1);
    return chain;
}

/* A line is sealed in one place, and put into another with what stands openly around it made to fit. Does it
 * open there? It must not: only where it was sealed. */
static char *opens_there(const struct frame *from, const struct chain *here, const struct frame *to,
                         const struct chain *there, const char *what)
{
    static const char line[] = "what somebody said";
    struct strbuf stored = STRBUF_INIT, fitting = STRBUF_INIT, opened = STRBUF_INIT;
    assert_true(frame_close(from, here, line, strlen(line), &stored, NULL) &&
                frame_close(to, there, "", 0, &fitting, NULL));
    assert_true(frame_open(from, here, stored.text, stored.length - 1, &opened, NULL));
    /* The other line's beginning, this one's box. */
    strbuf_remove(&fitting, (size_t)(strstr(fitting.text, "\"box\"") - fitting.text),
                  fitting.length - (size_t)(strstr(fitting.text, "\"box\"") - fitting.text));
    strbuf_add(&fitting, strstr(stored.text, "\"box\""));
    bool opens = frame_open(to, there, fitting.text, fitting.length - 1, &opened, NULL);
    char *said = opens ? xasprintf("%s opens there: “%.*s”", what, (int)opened.length, opened.text) : NULL;
    count++;
    strbuf_release(&stored);
    strbuf_release(&fitting);
    strbuf_release(&opened);
    return said;
}

/* Lines after a damaged one all follow from the last sound one: their number alone tells them apart. */
static char *to_another_place(void)
{
    char *said = NULL;
    if (!is_sealed)
        return NULL;
    struct frame frame = frame_here();
    for (size_t a = 0; a < LINES && !said; a++) {
        for (size_t b = 0; b < LINES && !said; b++) {
            struct chain here = place_after(a, 'a'), there = place_after(b, 'a');
            if (a != b)
                said = opens_there(&frame, &here, &frame, &there, "a line moved to another place");
        }
    }
    return said;
}

/* A record that was put back from a copy and gone on with has two lines of one number. */
static char *after_another_line(void)
{
    char *said = NULL;
    if (!is_sealed)
        return NULL;
    struct frame frame = frame_here();
    for (size_t n = 1; n < LINES && !said; n++) {
        struct chain here = place_after(n, 'a'), there = place_after(n, 'b');
        said = opens_there(&frame, &here, &frame, &there, "a line moved after another line");
    }
    return said;
}

/* All first lines follow from nothing; and a draft has no number at all. */
static char *to_another_record(void)
{
    if (!is_sealed)
        return NULL;
    struct frame frame = frame_here(), other = frame;
    other.record[0] = other.record[0] == '0' ? '1' : '0';
    char *said = NULL;
    for (size_t n = 0; n < LINES && !said; n++) {
        struct chain here = place_after(n, 'a');
        said = opens_there(&frame, &here, &other, &here, "a line moved into another record");
    }
    struct strbuf stored = STRBUF_INIT, opened = STRBUF_INIT;
    assert_true(frame_close_file(&frame, "draft", "half typed", 10, &stored, NULL));
    assert_true(frame_open_file(frame.record, "draft", stored.text, stored.length, &opened, NULL));
    memcpy(strstr(stored.text, frame.record), other.record, strlen(other.record));
    count++;
    if (!said && frame_open_file(other.record, "draft", stored.text, stored.length, &opened, NULL))
        said = xstrdup("a draft moved to another record opens there");
    strbuf_release(&stored);
    strbuf_release(&opened);
    return said;
}

/* From a sealed record nobody can tell how long a line is, within a step, nor that two are the same. */
static char *lengths(void)
{
    char *said = NULL;
    size_t first = 0;
    unsigned char *key = is_sealed ? key_new() : NULL;
    for (size_t n = 1; key && n < SEAL_PAD && !said; n++) {
        char plain[SEAL_PAD] = {0};
        struct strbuf box = STRBUF_INIT;
        seal_box(key, "here", plain, n, &box);
        first = first ? first : box.length;
        count++;
        if (box.length != first)
            said = xasprintf("a line of %zu bytes is told by its seal's length", n);
        strbuf_release(&box);
    }
    sodium_free(key);
    return said;
}

static char *sealed_twice(void)
{
    char *said = NULL;
    unsigned char *key = is_sealed ? key_new() : NULL;
    struct strbuf box = STRBUF_INIT, again = STRBUF_INIT;
    if (key) {
        seal_box(key, "here", "the same", 8, &box);
        seal_box(key, "here", "the same", 8, &again);
        count++;
        if (strcmp(box.text, again.text) == 0)
            said = xstrdup("the same sealed twice is the same");
    }
    strbuf_release(&box);
    strbuf_release(&again);
    sodium_free(key);
    return said;
}

static char *made_twice(void)
{
    struct text t = {0};
    make(kit_path("r"), 1, &t);
    json_t *opened = kit_opened();
    struct record *record = record_create(kit_path("r"), opened, NULL);
    json_decref(opened);
    size_t length;
    char *bytes = kit_read(kit_path("r"), &length), *said = NULL;
    count++;
    if (record || length != t.length || memcmp(bytes, t.bytes, length) != 0)
        said = xstrdup("a new record is made over one that is there");
    free(bytes);
    record_close(record);
    return said;
}

static char *two_writers(void)
{
    struct text t = {0};
    make(kit_path("r"), 1, &t);
    struct record *one = record_open(kit_path("r"), RECORD_WRITE, NULL);
    struct record *other = record_open(kit_path("r"), RECORD_WRITE, NULL);
    assert_non_null(one);
    count++;
    char *said = other ? xstrdup("two have it open for writing") : NULL;
    record_close(one);
    record_close(other);
    return said;
}

/* Another program touches a record that is open here. */
static void touch(int how, const struct text *t)
{
    const char *path = kit_path("r"), *other = kit_path("other");
    if (how == 0) { /* more of it */
        kit_write(path, t->bytes, t->length);
        FILE *file = fopen(path, "ab");
        fputs("x", file);
        fclose(file);
    } else if (how == 1) { /* less of it */
        assert_int_equal(truncate(path, (off_t)t->lines[LINES - 1]), 0);
    } else if (how == 2) { /* something else of that length */
        FILE *file = fopen(path, "r+b");
        fseek(file, -20, SEEK_END);
        fputs("another", file);
        fclose(file);
    } else if (how == 3) { /* another file */
        kit_write(other, t->bytes, t->length);
        assert_int_equal(rename(other, path), 0);
    } else { /* none */
        assert_int_equal(unlink(path), 0);
    }
}

static char *changed_under_it(void)
{
    char *said = NULL;
    for (int how = 0; how < 5 && !said; how++) {
        struct text t = {0};
        make(kit_path("r"), 1, &t);
        struct record *record = record_open(kit_path("r"), RECORD_WRITE, NULL);
        touch(how, &t);
        count++;
        if (kit_append(record, 99, NULL) != RECORD_NOT_SAVED)
            said = xasprintf("change %d: what is added to it counts as saved", how);
        record_close(record);
    }
    return said;
}

static const struct {
    const char *name;
    char *(*each)(void);
} ways[] = {
    {"flipped", flipped},
    {"cut", cut},
    {"moved", moved},
    {"dropped", dropped},
    {"doubled", doubled},
    {"from another", from_another},
    {"numbered", numbered},
    {"to another place", to_another_place},
    {"after another line", after_another_line},
    {"to another record", to_another_record},
    {"lengths", lengths},
    {"sealed twice", sealed_twice},
    {"made twice", made_twice},
    {"two writers", two_writers},
    {"changed under it", changed_under_it},
};
enum { WAYS = sizeof ways / sizeof *ways };

const char *const damage_ways[] = {"flipped",
                                   "cut",
                                   "moved",
                                   "dropped",
                                   "doubled",
                                   "from another",
                                   "numbered",
                                   "to another place",
                                   "after another line",
                                   "to another record",
                                   "lengths",
                                   "sealed twice",
                                   "made twice",
                                   "two writers",
                                   "changed under it",
                                   NULL};

char *damage_each(const char *way)
{
    for (int i = 0; i < WAYS; i++) {
        if (strcmp(ways[i].name, way) == 0)
            return ways[i].each();
    }
    return xasprintf("there is no way “%s”", way);
}
