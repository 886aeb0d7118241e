/* Any bytes as a record. Twice: as they are; and each line as the inside of a rightly numbered, chained and
 * hashed line after a sound first one, since no fuzzer finds a SHA-256. What is read has to hold together,
 * and be read the same from the lines that were sound. */
#include "base/mem.h"
#include "base/strbuf.h"
#include "record/chain.h"
#include "record/record.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char opened[] =
        "\"by\":\"practitioner\",\"event\":\"opened\",\"format\":1,\"record\":\"01\",\"form\":{}";
    static bool ready;
    if (!ready)
        mem_init();
    ready = true;
    const char *text = (const char *)data;
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
    strbuf_release(&sb);
    return 0;
}
