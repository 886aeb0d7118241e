/* Records as files, without a sync for each line; and files that are broken in known ways. */
#include "bench/caseload.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "caseload/caseload.h"
#include "record/chain.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void write_all(const char *path, int flags, const char *text, size_t length)
{
    int file = open(path, O_WRONLY | O_CLOEXEC | flags, 0600);
    for (size_t done = 0; file >= 0 && done < length;) {
        ssize_t n = write(file, text + done, length - done);
        if (n < 0)
            give_up("%s: %m", path);
        done += (size_t)n;
    }
    if (file < 0 || close(file) != 0)
        give_up("%s: %m", path);
}

/* The lines, chained as they were: the clock stands at each event's own time. */
static void lines_of(const struct record *record, struct strbuf *text)
{
    struct chain chain;
    chain_init(&chain);
    for (size_t i = 0; i < record_count(record); i++) {
        const struct event *event = record_event(record, i);
        size_t length;
        char *cause = NULL;
        time_t before = clock_fix_at(event->at);
        char *line = chain_line(&chain, event->body, &length, &cause);
        clock_fix(before);
        if (!line)
            give_up("%s, line %zu: %s", record_id(record), i + 1, cause);
        strbuf_addn(text, line, length);
        strbuf_addch(text, '\n');
        free(line);
        chain.count++;
        memcpy(chain.head, record_head_after(record, i + 1), sizeof chain.head);
    }
}

size_t file_keep(const char *folder, const struct record *record)
{
    struct strbuf text = STRBUF_INIT;
    char *path = caseload_new_path(folder, record_id(record));
    lines_of(record, &text);
    size_t length = text.length;
    write_all(path, O_CREAT | O_EXCL, text.text, length);
    strbuf_release(&text);
    free(path);
    return length;
}

/* Where line `number` (from 0) begins. */
static size_t line_at(const struct strbuf *text, size_t number)
{
    const char *at = text->text;
    for (; number > 0; number--)
        at = strchr(at, '\n') + 1;
    return (size_t)(at - text->text);
}

const char *file_break(const char *folder, const struct record *record, int way, struct chance *chance)
{
    static const char *const names[BREAKS] = {"cut inside a line", "one byte is another", "a newer format",
                                              "empty", "random bytes"};
    struct strbuf text = STRBUF_INIT;
    size_t count = record_count(record);
    lines_of(record, &text);
    size_t middle = line_at(&text, count / 2), next = line_at(&text, count / 2 + 1);
    if (way == 0) { /* what came before a power cut, and nothing of what came after */
        text.length = middle + (next - middle) / 2;
    } else if (way == 1) {
        text.text[middle + 40] = text.text[middle + 40] == 'a' ? 'b' : 'a'; /* in its `prev` */
    } else if (way == 2) {
        char *format = strstr(text.text, "\"format\":1,");
        format[strlen("\"format\":")] = '9';
    } else if (way == 3) {
        text.length = 0;
    } else {
        for (size_t i = 0; i < text.length; i++)
            text.text[i] = (char)chance_next(chance);
    }
    char *path = caseload_new_path(folder, record_id(record));
    write_all(path, O_TRUNC, text.text, text.length);
    strbuf_release(&text);
    free(path);
    return names[way];
}
