/* The record: what being saved costs beside the bare write and sync of as many bytes, and opening. */
#include "bench/bench.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "record/chain.h"
#include "record/record.h"
#include "session/session.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAIRS = 400 };
static const double longest = 6; /* seconds, on a slow disk */

static const char source[] =
    "form: bench\nversion: \"1\"\ntitle: Bench\nsections:\n  - section: s\n    title: S\n    questions:\n"
    "      - {name: home, type: range, label: Home, scale: {min: 1, max: 5}}\n";

static json_t *opened(void)
{
    struct form *form = bench_form(source, sizeof source - 1);
    json_t *object =
        json_pack("{s:s, s:s, s:i, s:s, s:{s:s, s:s, s:s, s:s}}", "by", who_names[PRACTITIONER], "event",
                  "opened", "format", 1, "record", "01JD0000000000000000000000", "form", "id", form->id,
                  "version", form->version, "sha256", form->sha256, "text", source);
    form_free(form);
    return object;
}

static json_t *answer(unsigned n)
{
    return json_pack("{s:s, s:s, s:s, s:i, s:s}", "by", who_names[n / 4 % 2], "event", "answered", "question",
                     "home", "value", (int)(1 + n % 5), "because",
                     "As it was said, in the words it was said in.");
}

static void bench_append(const char *record_path, const char *bare_path)
{
    json_t *first = opened();
    char *cause = NULL;
    struct record *record = record_create(record_path, first, &cause);
    int bare = open(bare_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (!record || bare < 0) {
        fprintf(stderr, "bench: %s\n", cause ? cause : bare_path);
        exit(2);
    }
    json_decref(first);
    double saved[PAIRS], written[PAIRS], start = seconds_now();
    char bytes[RECORD_MOST_LINE];
    size_t length = 0, n = 0;
    memset(bytes, 'x', sizeof bytes);
    for (; n < PAIRS && seconds_now() - start < longest; n++) {
        json_t *object = answer((unsigned)n);
        size_t told = 0;
        struct chain chain;
        chain_init(&chain);
        free(chain_line(&chain, object, &told, NULL));
        length = told + 1;
        double before = seconds_now();
        if (record_append(record, object, &cause) != RECORD_SAVED)
            exit(2);
        double between = seconds_now();
        if (write(bare, bytes, length) != (ssize_t)length || fdatasync(bare) != 0)
            exit(2);
        written[n] = seconds_now() - between;
        saved[n] = between - before;
        json_decref(object);
    }
    close(bare);
    record_close(record);
    double record_half = share_of(saved, n, 0.5), bare_half = share_of(written, n, 0.5);
    heading("An entry saved, beside a bare write and fdatasync of as many bytes (in turn, same file system)");
    printf("%10s %9s %13s %13s %9s %13s %13s\n", "pairs", "bytes", "saved p50 us", "bare p50 us", "x bare",
           "saved p99 us", "bare p99 us");
    printf("%10zu %9zu %13.1f %13.1f %9.2f %13.1f %13.1f\n", n, length, record_half * 1e6, bare_half * 1e6,
           record_half / bare_half, share_of(saved, n, 0.99) * 1e6, share_of(written, n, 0.99) * 1e6);
}

/* A record of so many entries, made without syncing each. */
static void make_record(const char *path, size_t entries, double *bare)
{
    struct chain chain;
    struct strbuf text = STRBUF_INIT;
    chain_init(&chain);
    for (size_t i = 0; i < entries; i++) {
        json_t *object = i == 0 ? opened() : answer((unsigned)i * 4); /* one person's: nothing differs */
        size_t length;
        struct event event;
        char *line = chain_line(&chain, object, &length, NULL);
        if (!line || !chain_check(&chain, line, length, &event, NULL))
            exit(2);
        strbuf_addn(&text, line, length);
        strbuf_addch(&text, '\n');
        json_decref(event.body);
        json_decref(object);
        free(line);
    }
    FILE *file = fopen(path, "w");
    if (!file || fwrite(text.text, 1, text.length, file) != text.length || fclose(file) != 0)
        exit(2);
    double start = seconds_now();
    for (const char *at = text.text, *end; (end = strchr(at, '\n')); at = end + 1)
        json_decref(json_loadb(at, (size_t)(end - at), 0, NULL));
    *bare = seconds_now() - start;
    strbuf_release(&text);
}

static void bench_open(const char *path)
{
    static const size_t sizes[] = {1000, 10000};
    heading("Opening a record, beside bare jansson reading its lines");
    printf("%10s %11s %11s %9s %11s %9s\n", "entries", "jansson ms", "chain ms", "x jansson", "whole ms",
           "x jansson");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double bare;
        make_record(path, sizes[i], &bare);
        double start = seconds_now();
        struct record *record = record_open(path, RECORD_READ, NULL);
        double chain = seconds_now() - start;
        if (!record || record_count(record) != sizes[i] || record_damage(record))
            exit(2);
        record_close(record);
        start = seconds_now();
        session_close(session_open(path, RECORD_READ, NULL));
        double whole = seconds_now() - start;
        printf("%10zu %11.2f %11.2f %9.2f %11.2f %9.2f\n", sizes[i], bare * 1e3, chain * 1e3, chain / bare,
               whole * 1e3, whole / bare);
        unlink(path);
    }
}

void bench_record(void)
{
    char folder[] = "alongside-bench-XXXXXX"; /* here, not in a folder that may lie in memory */
    if (!mkdtemp(folder))
        exit(2);
    char *record = xasprintf("%s/r.jsonl", folder), *bare = xasprintf("%s/bare", folder);
    bench_append(record, bare);
    unlink(record);
    unlink(bare);
    bench_open(record);
    rmdir(folder);
    free(record);
    free(bare);
}
