#include "review/cases.h"

#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "caseload/caseload.h"
#include "record/chain.h"
#include "review/gather.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NOON = 1795262400 }; /* 2026-11-21T12:00:00Z */

long cases_clock;
static char folder[64];
static char **names;
static size_t count;
static pid_t owner;

int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
    int result = __real_clock_gettime(clock, now);
    if (clock == CLOCK_REALTIME)
        now->tv_sec += cases_clock;
    return result;
}

char *cases_path(const char *name)
{
    return path_join(folder, name);
}

size_t cases_count(void)
{
    return count;
}

const char *cases_name(size_t i)
{
    return names[i];
}

char *cases_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    struct stat st;
    assert_int_equal(fstat(fileno(file), &st), 0);
    char *bytes = xcalloc(1, (size_t)st.st_size + 1);
    *length = fread(bytes, 1, (size_t)st.st_size, file);
    fclose(file);
    return bytes;
}

void cases_write(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* ---- records ---- */

static void add_line(struct chain *chain, json_t *object, struct strbuf *text)
{
    size_t length;
    struct event event;
    char *cause = NULL, *line = chain_line(chain, object, &length, &cause);
    if (!line || !chain_check(chain, line, length, &event, &cause))
        fail_msg("no line of a record: %s", cause);
    strbuf_addn(text, line, length);
    strbuf_addch(text, '\n');
    json_decref(event.body);
    json_decref(object);
    free(line);
}

char *cases_record(const char *id, const char *form, const char *entries, size_t *length)
{
    struct strbuf text = STRBUF_INIT;
    struct chain chain;
    chain_init(&chain);
    time_t now = NOON;
    char hash[RECORD_HASH_TEXT];
    chain_hash(form, strlen(form), hash);
    time_t before = clock_fix(now);
    add_line(&chain,
             json_pack("{s:s, s:s, s:i, s:s, s:s, s:{s:s, s:s, s:s, s:s}}", "by", "practitioner", "event",
                       "opened", "format", 1, "record", id, "ref", "C1", "form", "id", "story", "version",
                       "1", "sha256", hash, "text", form),
             &text);
    for (const char *end; *entries && (end = strchr(entries, '\n')); entries = end + 1) {
        json_t *object = json_loadb(entries, (size_t)(end - entries), 0, NULL);
        assert_non_null(object);
        clock_fix(now += 60);
        add_line(&chain, object, &text);
    }
    clock_fix(before);
    *length = text.length;
    return strbuf_detach(&text);
}

/* The form of a story: its own, that of the program it names, or the one they share. */
static char *form_of(const char *stories, const char *story)
{
    size_t length;
    char *path = xasprintf("%s/%s/form.yaml", stories, story),
         *named = xasprintf("%s/%s/form", stories, story);
    if (access(named, R_OK) == 0) {
        char *name = cases_read(named, &length);
        name[strcspn(name, "\n")] = '\0';
        free(path);
        path = xasprintf("%s/../../forms/%s.yaml", stories, name);
        free(name);
    } else if (access(path, R_OK) != 0) {
        free(path);
        path = xasprintf("%s/form.yaml", stories);
    }
    char *form = cases_read(path, &length);
    free(named);
    free(path);
    return form;
}

static void add_story(const char *stories, const char *story)
{
    static size_t room;
    size_t length;
    char *path = xasprintf("%s/%s/record.jsonl", stories, story);
    char *form = form_of(stories, story), *entries = cases_read(path, &length);
    char *id = xasprintf("01JD00000000000000000%05zu", count);
    char *text = cases_record(id, form, entries, &length), *name = xasprintf("%s.jsonl", story);
    free(path);
    path = cases_path(name);
    cases_write(path, text, length);
    GROW(names, count, room);
    names[count++] = name;
    free(path);
    free(id);
    free(text);
    free(form);
    free(entries);
}

/* ---- the folder ---- */

static void empty(void)
{
    chmod(folder, 0700);
    DIR *files = opendir(folder);
    const struct dirent *entry;
    while (files && (entry = readdir(files))) {
        char *path = cases_path(entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && remove(path) != 0)
            perror(path);
        free(path);
    }
    if (files)
        closedir(files);
    while (count)
        free(names[--count]);
}

static void remove_folder(void)
{
    if (getpid() != owner)
        return; /* a forked child */
    empty();
    free(names);
    rmdir(folder);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

const char *cases_begin(const char *const *stories)
{
    if (!owner) {
        snprintf(folder, sizeof folder, "/tmp/alongside-cases-XXXXXX");
        assert_non_null(mkdtemp(folder));
        owner = getpid();
        atexit(remove_folder);
    }
    empty();
    const char *srcdir = getenv("srcdir");
    char *all = path_join(srcdir ? srcdir : ".", "tests/stories");
    if (stories) {
        for (; *stories; stories++)
            add_story(all, *stories);
    } else {
        DIR *files = opendir(all);
        assert_non_null(files);
        const struct dirent *entry;
        while ((entry = readdir(files))) {
            char *path = xasprintf("%s/%s/record.jsonl", all, entry->d_name);
            if (access(path, R_OK) == 0)
                add_story(all, entry->d_name);
            free(path);
        }
        closedir(files);
        qsort(names, count, sizeof *names, by_name);
    }
    free(all);
    return folder;
}

struct collection *cases_gather(bool no_index, int threads, size_t *from_index)
{
    const char *const paths[] = {folder};
    struct gather_options options = {.no_index = no_index, .threads = threads};
    char *cause = NULL;
    struct gather *gather = gather_begin(paths, 1, &options, &cause);
    if (!gather)
        fail_msg("not gathered: %s", cause);
    struct collection *collection = collection_new();
    while (gather_running(gather)) {
        gather_wait(gather, -1);
        gather_take(gather, collection);
    }
    size_t done, total, from;
    gather_progress(gather, &done, &total, &from);
    assert_int_equal(done, total);
    assert_int_equal(done, collection_count(collection));
    if (from_index)
        *from_index = from;
    gather_free(gather);
    return collection;
}

static const struct source *source_at(const struct collection *collection, const char *path)
{
    for (size_t i = 0; i < collection_count(collection); i++) {
        if (strcmp(collection_at(collection, i)->path, path) == 0)
            return collection_at(collection, i);
    }
    fail_msg("%s was not gathered", path);
    return NULL;
}

void cases_same(const struct collection *collection)
{
    struct digester *digester = digester_new();
    char **found;
    size_t found_count;
    assert_true(caseload_names(folder, &found, &found_count, NULL));
    assert_int_equal(collection_count(collection), found_count);
    for (size_t i = 0; i < found_count; i++) {
        const struct facts *facts;
        char *path = cases_path(found[i]);
        struct digest *digest = digest_read(digester, path, &facts);
        const struct source *source = source_at(collection, path);
        assert_int_equal(source->digest->size, digest->size);
        if (memcmp(source->digest, digest, digest->size) != 0)
            fail_msg("%s: another digest", path);
        assert_int_equal(source->facts != NULL, facts != NULL);
        if (facts)
            assert_true(source->facts->size == facts->size && memcmp(source->facts, facts, facts->size) == 0);
        free(digest);
        free(path);
        free(found[i]);
    }
    free(found);
    digester_free(digester);
}
