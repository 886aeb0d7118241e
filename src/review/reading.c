/* A gathering that can be held: while it is, there is no thread that asks for a key. It goes on with the
 * records that are not in the collection by then. */
#include "review/reading.h"

#include "base/mem.h"
#include "base/path.h"
#include "caseload/caseload.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct paths {
    char **paths;
    size_t count, room;
};

struct review_gather {
    struct review_reading reading;
    struct gather *gather; /* NULL while it is held, and after */
    struct gather_options options;
    struct collection *collection;
    struct paths asked;   /* folders and records, as they were named */
    size_t before, total; /* records that were gathered before it was held; of how many in all, then */
    bool held, stopped;
};

static void add(struct paths *paths, char *path)
{
    GROW(paths->paths, paths->count, paths->room);
    paths->paths[paths->count++] = path;
}

static void release(struct paths *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        free(paths->paths[i]);
    free(paths->paths);
    *paths = (struct paths){0};
}

/* ---- what is left ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_left(struct paths *left, const struct paths *there, char *path)
{
    if (there->count && bsearch(&path, there->paths, there->count, sizeof path, by_name))
        free(path);
    else
        add(left, path);
}

/* Each record that was asked for and is not in the collection. A folder that cannot be looked into any more
 * has none: what was read of it stays. */
static struct paths what_is_left(const struct review_gather *r)
{
    struct paths there = {0}, left = {0};
    for (size_t i = 0; i < collection_count(r->collection); i++)
        add(&there, xstrdup(collection_at(r->collection, i)->path));
    if (there.count)
        qsort(there.paths, there.count, sizeof *there.paths, by_name);
    for (size_t i = 0; i < r->asked.count; i++) {
        char **names;
        size_t count = 0;
        struct stat st;
        if (stat(r->asked.paths[i], &st) == 0 && !S_ISDIR(st.st_mode)) {
            add_left(&left, &there, xstrdup(r->asked.paths[i]));
        } else if (caseload_names(r->asked.paths[i], &names, &count, NULL)) {
            for (size_t k = 0; k < count; k++) {
                add_left(&left, &there, path_join(r->asked.paths[i], names[k]));
                free(names[k]);
            }
            free(names);
        }
    }
    release(&there);
    return left;
}

/* ---- what is asked of it ---- */

static int fd(void *reader)
{
    struct review_gather *r = reader;
    return r->gather ? gather_fd(r->gather) : -1;
}

static size_t take(void *reader, struct collection *collection)
{
    struct review_gather *r = reader;
    return r->gather ? gather_take(r->gather, collection) : 0;
}

static void progress(void *reader, size_t *done, size_t *total)
{
    struct review_gather *r = reader;
    size_t from_index;
    *done = r->before;
    *total = r->total;
    if (!r->gather)
        return;
    gather_progress(r->gather, done, total, &from_index);
    *done += r->before;
    *total += r->before;
    r->total = *total;
}

static bool running(void *reader)
{
    struct review_gather *r = reader;
    return r->held || (r->gather && gather_running(r->gather));
}

/* End the threads. What they had in hand is taken first. */
static void end(struct review_gather *r)
{
    size_t done, total;
    if (!r->gather)
        return;
    gather_stop(r->gather);
    while (gather_running(r->gather)) {
        gather_wait(r->gather, -1);
        gather_take(r->gather, r->collection);
    }
    progress(r, &done, &total);
    r->before = collection_count(r->collection);
    r->total = total;
    gather_free(r->gather);
    r->gather = NULL;
}

static void stop(void *reader)
{
    struct review_gather *r = reader;
    r->stopped = true;
    r->held = false;
    end(r);
}

static void hold(void *reader)
{
    struct review_gather *r = reader;
    end(r);
    r->held = !r->stopped;
}

static void resume(void *reader)
{
    struct review_gather *r = reader;
    if (!r->held)
        return;
    r->held = false;
    struct paths left = what_is_left(r);
    if (left.count)
        r->gather = gather_begin((const char *const *)left.paths, left.count, &r->options, NULL);
    release(&left);
}

struct review_gather *review_gather_begin(const char *const *paths, size_t count,
                                          const struct gather_options *options, struct collection *collection,
                                          char **cause)
{
    struct gather *gather = gather_begin(paths, count, options, cause);
    if (!gather)
        return NULL;
    struct review_gather *r = xcalloc(1, sizeof *r);
    r->reading = (struct review_reading){r, fd, take, progress, running, stop, hold, resume};
    r->gather = gather;
    r->options = options ? *options : (struct gather_options){0};
    r->collection = collection;
    for (size_t i = 0; i < count; i++)
        add(&r->asked, xstrdup(paths[i]));
    return r;
}

void review_gather_free(struct review_gather *r)
{
    if (!r)
        return;
    gather_free(r->gather);
    release(&r->asked);
    free(r);
}

const struct review_reading *review_gather_reading(const struct review_gather *r)
{
    return &r->reading;
}
