/* Any bytes as a record. Twice: as they are; and each line as the inside of a rightly numbered, chained and
 * hashed line after a sound first one, since no fuzzer finds a SHA-256. What is read has to hold together,
 * and be read the same from the lines that were sound.
 *
 * The second one is sealed as well, each line in a box that is rightly made: it is the same record. Then the
 * first bytes say what is done to its stored lines (one left out, doubled, moved, a byte of it changed), and
 * nothing of that may go unnoticed. */
#include "base/mem.h"
#include "base/strbuf.h"
#include "record/chain.h"
#include "record/frame.h"
#include "record/record.h"

#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(what)                                                                                           \
    do {                                                                                                     \
        if (!(what))                                                                                         \
            abort();                                                                                         \
    } while (0)

static void look(const char *text, size_t length)
{
    char *cause = NULL;
    struct record *record = record_from_text(text, length, &cause);
    MUST(!record == (cause != NULL));
    free(cause);
    if (!record)
        return;
    MUST(record_count(record) > 0 && record_id(record) && record_read_only(record));
    MUST(!record_damage(record) || record_torn(record) == 0);
    size_t sound = 0;
    for (size_t i = 0; i < record_count(record); i++) {
        const struct event *event = record_event(record, i);
        MUST(event->seq == (long)i + 1 && (event->kind == EVENT_OPENED) == (i == 0) &&
             strlen(event->at) == 20);
        const char *newline = memchr(text + sound, '\n', length - sound);
        MUST(newline);
        sound = (size_t)(newline + 1 - text);
    }
    MUST(record_damage(record) || length - sound == record_torn(record));
    struct record *again = record_from_text(text, sound, NULL);
    MUST(again && !record_damage(again) && record_count(again) == record_count(record));
    MUST(strcmp(record_head(again), record_head(record)) == 0);
    record_close(again);
    record_close(record);
}

static void add_line(struct strbuf *sb, size_t seq, char head[RECORD_HASH_TEXT], const char *inside,
                     size_t length)
{
    size_t start = sb->length;
    strbuf_addf(sb, "{\"seq\":%zu,\"prev\":\"%s\",\"at\":\"2026-11-21T10:02:11Z\",", seq, head);
    strbuf_addn(sb, inside, length);
    chain_hash(sb->text + start, sb->length - start, head);
    strbuf_addf(sb, ",\"hash\":\"%s\"}\n", head);
}

/* ---- sealed ---- */

enum { MOST_LINES = 64, CHANGES = 4 };

struct sealed {
    struct strbuf text;
    size_t ends[MOST_LINES]; /* after each whole line's newline */
    int lines;
};

/* The text's lines in boxes, each at its place in the chain, as far as the chain goes; what is not finished,
 * raw. */
static void seal(struct sealed *sealed, const char *text, size_t length)
{
    struct frame frame;
    struct chain chain;
    chain_init(&chain);
    unsigned char key[SEAL_KEY_BYTES] = {7};
    char id[KEY_ID_TEXT];
    key_id(key, id);
    MUST(frame_for(&frame, "01JD0000000000000000000000", id, NULL));
    for (const char *end = text + length; text < end && sealed->lines < MOST_LINES;) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        if (!newline) {
            strbuf_addn(&sealed->text, text, (size_t)(end - text));
            break;
        }
        MUST(frame_close(&frame, &chain, text, (size_t)(newline - text), &sealed->text, NULL));
        sealed->ends[sealed->lines++] = sealed->text.length;
        struct event event;
        if (!chain_check(&chain, text, (size_t)(newline - text), &event, NULL))
            break;
        json_decref(event.body);
        text = newline + 1;
    }
}

/* Whatever is done to stored lines, what is read is a beginning of what was sealed. */
static void look_changed(const struct sealed *sealed, const struct record *plain, const uint8_t *data)
{
    struct strbuf sb = STRBUF_INIT;
    int from = data[1] % sealed->lines, to = data[2] % sealed->lines;
    for (int i = 0; i < sealed->lines; i++) {
        int line = data[0] % CHANGES == 1 && i == from ? to : i;
        if (data[0] % CHANGES == 2 && i == from)
            continue; /* left out */
        size_t start = line ? sealed->ends[line - 1] : 0;
        strbuf_addn(&sb, sealed->text.text + start, sealed->ends[line] - start);
        if (data[0] % CHANGES == 3 && i == from) { /* one bit, or doubled */
            if (data[2])
                sb.text[start + (size_t)(data[2] << 8 | data[3]) % (sealed->ends[i] - start)] ^=
                    (char)(1 << data[1] % 8);
            else
                strbuf_addn(&sb, sealed->text.text + start, sealed->ends[i] - start);
        }
    }
    look(sb.text, sb.length);
    struct record *record = record_from_text(sb.text, sb.length, NULL);
    if (record) {
        size_t count = record_count(record);
        MUST(count <= record_count(plain) &&
             strcmp(record_head(record), record_head_after(plain, count)) == 0);
        bool changed = sb.length != sealed->ends[sealed->lines - 1] ||
                       memcmp(sb.text, sealed->text.text, sb.length) != 0;
        bool cut = data[0] % CHANGES == 2 && from == sealed->lines - 1; /* no one can tell */
        MUST(!changed || cut || record_damage(record) || record_torn(record));
    }
    record_close(record);
    strbuf_release(&sb);
}

static void look_sealed(const char *text, size_t length, const uint8_t *data, size_t size)
{
    unsigned char key[SEAL_KEY_BYTES] = {7};
    if (keyring_is_empty())
        keyring_add(key, "");
    struct sealed sealed = {.text = STRBUF_INIT};
    seal(&sealed, text, length);
    look(sealed.text.text, sealed.text.length);
    struct record *plain = record_from_text(text, length, NULL),
                  *record = record_from_text(sealed.text.text, sealed.text.length, NULL);
    MUST(plain && record);
    if (sealed.lines < MOST_LINES) {
        MUST(record_count(plain) == record_count(record));
        MUST(strcmp(record_head(plain), record_head(record)) == 0);
    }
    if (size > 3)
        look_changed(&sealed, plain, data);
    record_close(plain);
    record_close(record);
    strbuf_release(&sealed.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char opened[] = "\"by\":\"practitioner\",\"event\":\"opened\",\"format\":1,\"record\":"
                                 "\"01JD0000000000000000000000\",\"form\":{}";
    static bool ready;
    if (!ready)
        mem_init();
    ready = true;
    const char *text = (const char *)data;
    size_t all = size;
    look(text, size);

    struct strbuf sb = STRBUF_INIT;
    struct chain chain;
    chain_init(&chain);
    size_t seq = 1;
    add_line(&sb, seq++, chain.head, opened, sizeof opened - 1);
    while (size > 0) {
        const char *newline = memchr(text, '\n', size);
        size_t length = newline ? (size_t)(newline - text) : size;
        if (newline) {
            add_line(&sb, seq++, chain.head, text, length);
            length++;
        } else {
            strbuf_addn(&sb, text, length); /* not finished */
        }
        text += length;
        size -= length;
    }
    look(sb.text, sb.length);
    look_sealed(sb.text, sb.length, data, all);
    strbuf_release(&sb);
    return 0;
}
