/* Gathering. One thread, the keeper, goes through the folders: it looks at each file and asks the index for
 * what is kept of it, and later writes into the index what was read. Workers do what takes time: they check
 * what was kept, or read the record. Between them lies one lock, which nobody holds for longer than it takes
 * to hang something into a list.
 *
 * The list of what waits for a worker is short, so that what is kept of ten thousand records is not in memory
 * twice. */
#include "review/gather.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "caseload/caseload.h"
#include "review/index.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { WAITING_EACH = 32, AT_ONCE = 16, STACK = 8 * 1024 * 1024 };

/* A folder, and the records of it that are to be gathered. */
struct folder {
    char *shown, *real; /* as it was named; without a link in it */
    bool whole;         /* all that is in it */
    char **names;       /* in order, once it has begun */
    size_t count, room;
};

/* One record on its way. */
struct job {
    struct job *next;
    struct index *index; /* NULL: there is none */
    const char *name;
    struct index_key key;   /* of its file, when the index was asked */
    struct index_kept kept; /* by the index; or, on the way back, for it */
    /* What came of it. */
    char *path;
    struct digest *digest;
    const struct facts *facts;
};

struct list {
    struct job *first, **end;
    size_t count;
};

struct worker {
    struct gather *gather;
    pthread_t thread;
    struct digester *digester; /* what it lends lasts as long as the gather */
};

struct gather {
    struct folder *folders;
    size_t folder_count, folder_room, total;
    bool no_index;
    int fd;
    struct worker workers[GATHER_MOST_THREADS];
    int worker_count;
    pthread_t keeper;
    bool has_keeper;
    struct index **indexes; /* by folder; the keeper's */

    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t work, keep, there;
    struct list waiting;  /* for a worker */
    struct list to_keep;  /* read, and to be written into an index */
    struct list gathered; /* to be taken */
    size_t done, from_index;
    bool all_asked, stopped;
    int working; /* workers that have not ended */
};

/* ---- lists ---- */

static void list_init(struct list *list)
{
    *list = (struct list){.end = &list->first};
}

static void add(struct list *list, struct job *job)
{
    job->next = NULL;
    *list->end = job;
    list->end = &job->next;
    list->count++;
}

static struct job *take(struct list *list)
{
    struct job *job = list->first;
    if (job) {
        list->first = job->next;
        list->count--;
        if (!job->next)
            list->end = &list->first;
    }
    return job;
}

/* All of the other list after this one; the other is empty then. */
static void append(struct list *list, struct list *other)
{
    if (other->first) {
        *list->end = other->first;
        list->end = other->end;
        list->count += other->count;
    }
    list_init(other);
}

static void job_free(struct job *job)
{
    index_kept_release(&job->kept);
    free(job->path);
    free(job->digest);
    free(job);
}

static void list_empty(struct list *list)
{
    for (struct job *job; (job = take(list));)
        job_free(job);
}

/* ---- what is to be gathered ---- */

static struct folder *folder_at(struct gather *g, const char *shown, char **cause)
{
    char *real = realpath(shown, NULL);
    if (!real) {
        cause_errno(cause, "%s cannot be looked into", shown);
        return NULL;
    }
    for (size_t i = 0; i < g->folder_count; i++) {
        if (strcmp(g->folders[i].real, real) == 0) {
            free(real);
            return &g->folders[i];
        }
    }
    GROW(g->folders, g->folder_count, g->folder_room);
    struct folder *folder = &g->folders[g->folder_count++];
    *folder = (struct folder){.shown = xstrdup(shown), .real = real};
    return folder;
}

static void names_free(struct folder *folder)
{
    for (size_t i = 0; i < folder->count; i++)
        free(folder->names[i]);
    free(folder->names);
    folder->names = NULL;
    folder->count = folder->room = 0;
}

static bool add_whole(struct gather *g, const char *path, char **cause)
{
    struct folder *folder = folder_at(g, path, cause);
    if (!folder || folder->whole)
        return folder != NULL;
    names_free(folder);
    folder->whole = true;
    return caseload_names(path, &folder->names, &folder->count, cause);
}

static int in_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add_file(struct gather *g, const char *path, char **cause)
{
    char *shown = path_folder(path);
    struct folder *folder = folder_at(g, shown, cause);
    free(shown);
    if (!folder)
        return false;
    char *name = xstrdup(path_base(path));
    if (folder->whole && folder->count &&
        bsearch(&name, folder->names, folder->count, sizeof *folder->names, in_order)) {
        free(name);
        return true;
    }
    /* In a whole folder it is one that does not end as records do: then it is in a place of its own. */
    if (folder->whole) {
        GROW(g->folders, g->folder_count, g->folder_room);
        folder = &g->folders[g->folder_count++];
        *folder = (struct folder){.shown = path_folder(path), .real = xstrdup("")};
    }
    GROW(folder->names, folder->count, folder->room);
    folder->names[folder->count++] = name;
    return true;
}

/* The names of a folder in order, each once. */
static void names_settle(struct folder *folder)
{
    if (folder->whole || folder->count == 0)
        return;
    qsort(folder->names, folder->count, sizeof *folder->names, in_order);
    size_t kept = 1;
    for (size_t i = 1; i < folder->count; i++) {
        if (strcmp(folder->names[i], folder->names[kept - 1]) == 0)
            free(folder->names[i]);
        else
            folder->names[kept++] = folder->names[i];
    }
    folder->count = kept;
}

static bool look_through(struct gather *g, const char *const *paths, size_t count, char **cause)
{
    /* Folders first: a record that is named besides is in there already. */
    for (int folders = 1; folders >= 0; folders--) {
        for (size_t i = 0; i < count; i++) {
            struct stat st;
            bool there = stat(paths[i], &st) == 0;
            if (!there && errno == ENOENT && !caseload_is_record_name(path_base(paths[i])))
                continue; /* a caseload that is not there yet */
            if (!there)
                return cause_errno(cause, "%s cannot be looked at", paths[i]);
            if (S_ISDIR(st.st_mode) != (folders == 1))
                continue;
            if (!(folders ? add_whole(g, paths[i], cause) : add_file(g, paths[i], cause)))
                return false;
        }
    }
    for (size_t i = 0; i < g->folder_count; i++) {
        names_settle(&g->folders[i]);
        g->total += g->folders[i].count;
    }
    return true;
}

/* ---- telling ---- */

/* With the lock held: there is something to take, or it is over. */
static void tell(struct gather *g)
{
    static const uint64_t one = 1;
    ssize_t ignored = write(g->fd, &one, sizeof one); /* where it is full it can be read as well */
    (void)ignored;
    pthread_cond_broadcast(&g->there);
}

static bool over(const struct gather *g)
{
    return g->working == 0;
}

/* ---- workers ---- */

/* Read the record, and make what the index is to keep of it: only where the file was the same before and
 * after, and has been for a while. */
static void read_record(struct job *job, struct digester *digester, struct index_kept *to_keep)
{
    struct index_key after;
    job->digest = digest_read(digester, job->path, &job->facts);
    *to_keep = (struct index_kept){0};
    if (job->index && job->facts && job->key.size >= 0 && index_key_settled(&job->key) &&
        index_key_of(job->path, &after) && index_key_same(&job->key, &after))
        index_kept(job->index, job->name, &job->key, job->digest, to_keep);
}

/* What the keeper is to put into the index of a job that is taken away meanwhile. */
static struct job *for_keeper(const struct job *job, struct index_kept kept)
{
    struct job *copy = xcalloc(1, sizeof *copy);
    *copy = *job;
    copy->kept = kept;
    copy->path = NULL;
    copy->digest = NULL;
    return copy;
}

/* One job's part that needs no lock; *kept is what the keeper is to write, or NULL. */
static bool do_job(struct job *job, struct digester *digester, struct job **kept)
{
    struct index_kept to_keep = {0};
    if (job->kept.bytes)
        job->digest = index_digest(job->index, job->name, &job->key, &job->kept, &job->facts);
    bool from_index = job->digest != NULL;
    if (!from_index)
        read_record(job, digester, &to_keep);
    *kept = to_keep.bytes ? for_keeper(job, to_keep) : NULL;
    return from_index;
}

/* With the lock held: one job; or some, where something is kept of each, which takes next to no time. */
static void take_some(struct gather *g, struct list *some)
{
    do
        add(some, take(&g->waiting));
    while (some->first->kept.bytes && some->count < AT_ONCE && g->waiting.first &&
           g->waiting.first->kept.bytes);
}

static void *work(void *data)
{
    struct worker *worker = data;
    struct gather *g = worker->gather;
    pthread_mutex_lock(&g->lock);
    for (;;) {
        while (!g->stopped && !g->waiting.first && !g->all_asked)
            pthread_cond_wait(&g->work, &g->lock);
        if (g->stopped || !g->waiting.first)
            break;
        struct list some, to_keep;
        list_init(&some);
        list_init(&to_keep);
        take_some(g, &some);
        if (g->waiting.count < (size_t)g->worker_count * WAITING_EACH / 2)
            pthread_cond_signal(&g->keep);
        pthread_mutex_unlock(&g->lock);
        size_t from_index = 0, count = some.count;
        for (struct job *job = some.first, *kept; job; job = job->next) {
            from_index += do_job(job, worker->digester, &kept);
            if (kept)
                add(&to_keep, kept);
        }
        pthread_mutex_lock(&g->lock);
        if (to_keep.first) {
            append(&g->to_keep, &to_keep);
            if (g->to_keep.count >= AT_ONCE)
                pthread_cond_signal(&g->keep);
        }
        g->done += count;
        g->from_index += from_index;
        bool first = !g->gathered.first;
        append(&g->gathered, &some);
        if (first)
            tell(g);
    }
    g->working--;
    pthread_cond_signal(&g->keep);
    if (over(g))
        tell(g);
    pthread_mutex_unlock(&g->lock);
    return NULL;
}

/* ---- the keeper ---- */

/* With the lock held, which it lets go of meanwhile: write what there is to be written. */
static void write_kept(struct gather *g)
{
    for (struct job *job; (job = take(&g->to_keep));) {
        pthread_mutex_unlock(&g->lock);
        index_put(job->index, job->name, &job->key, &job->kept, job->facts);
        job_free(job);
        pthread_mutex_lock(&g->lock);
    }
}

/* Give what was asked for to the workers, once there is room for it. */
static void hand_over(struct gather *g, struct list *asked)
{
    pthread_mutex_lock(&g->lock);
    write_kept(g);
    while (!g->stopped && g->waiting.count >= (size_t)g->worker_count * WAITING_EACH) {
        pthread_cond_wait(&g->keep, &g->lock);
        write_kept(g);
    }
    if (!g->stopped && asked->first) {
        append(&g->waiting, asked);
        pthread_cond_broadcast(&g->work);
    }
    pthread_mutex_unlock(&g->lock);
    list_empty(asked);
}

static bool is_stopped(struct gather *g)
{
    pthread_mutex_lock(&g->lock);
    bool stopped = g->stopped;
    pthread_mutex_unlock(&g->lock);
    return stopped;
}

/* Look at each record of a folder, ask the index for what is kept of it, and hand it over: some at a time
 * where that is all there is to do, else at once. */
static void ask_for(struct gather *g, const struct folder *folder, struct index *index)
{
    struct list asked;
    list_init(&asked);
    for (size_t i = 0; i < folder->count && !is_stopped(g); i++) {
        struct job *job = xcalloc(1, sizeof *job);
        *job = (struct job){.index = index, .name = folder->names[i]};
        job->path = path_join(folder->shown, job->name);
        if (!index || !index_key_of(job->path, &job->key))
            job->key.size = -1;
        else
            index_find(index, job->name, &job->key, &job->kept);
        add(&asked, job);
        if (asked.count == AT_ONCE || !job->kept.bytes)
            hand_over(g, &asked);
    }
    hand_over(g, &asked);
}

/* Why there is none nobody has to know: all is read without it. */
static struct index *open_index(const struct gather *g, const struct folder *folder)
{
    return g->no_index || !folder->whole || folder->count == 0 ? NULL : index_open(folder->real, NULL);
}

static void *keep(void *data)
{
    struct gather *g = data;
    for (size_t i = 0; i < g->folder_count; i++) {
        g->indexes[i] = open_index(g, &g->folders[i]);
        ask_for(g, &g->folders[i], g->indexes[i]);
    }
    pthread_mutex_lock(&g->lock);
    g->all_asked = true;
    pthread_cond_broadcast(&g->work);
    while (g->working > 0 || g->to_keep.first) {
        write_kept(g);
        if (g->working > 0 && !g->to_keep.first)
            pthread_cond_wait(&g->keep, &g->lock);
    }
    bool whole = g->done == g->total;
    pthread_mutex_unlock(&g->lock);
    for (size_t i = 0; i < g->folder_count && whole; i++) {
        if (g->indexes[i])
            index_keep_only(g->indexes[i], g->folders[i].names, g->folders[i].count);
    }
    return NULL;
}

/* ---- beginning and ending ---- */

static int processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > GATHER_MOST_THREADS ? GATHER_MOST_THREADS : (int)count;
}

/* False and errno where there is not even one worker, or no keeper. */
static bool start_threads(struct gather *g, int wanted, const pthread_attr_t *attributes)
{
    pthread_mutex_lock(&g->lock);
    while (g->worker_count < wanted) {
        struct worker *worker = &g->workers[g->worker_count];
        *worker = (struct worker){.gather = g, .digester = digester_new()};
        errno = pthread_create(&worker->thread, attributes, work, worker);
        if (errno) {
            digester_free(worker->digester);
            break;
        }
        g->worker_count++;
        g->working++;
    }
    pthread_mutex_unlock(&g->lock);
    if (g->worker_count == 0)
        return false;
    errno = pthread_create(&g->keeper, attributes, keep, g);
    g->has_keeper = errno == 0;
    return g->has_keeper;
}

/* Threads get no signals: those are for who talks with the person. A file that may not grow is then an error
 * of writing, too. */
static bool start(struct gather *g, int wanted, char **cause)
{
    sigset_t all, before;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    g->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    bool started = g->fd >= 0 && start_threads(g, wanted, &attributes);
    int reason = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    errno = reason;
    return started || cause_errno(cause, "The records cannot be read");
}

static struct gather *gather_new(void)
{
    struct gather *g = xcalloc(1, sizeof *g);
    g->fd = -1;
    list_init(&g->waiting);
    list_init(&g->to_keep);
    list_init(&g->gathered);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&g->lock, NULL);
    pthread_cond_init(&g->work, NULL);
    pthread_cond_init(&g->keep, NULL);
    pthread_cond_init(&g->there, &attributes);
    pthread_condattr_destroy(&attributes);
    return g;
}

struct gather *gather_begin(const char *const *paths, size_t count, const struct gather_options *options,
                            char **cause)
{
    struct gather *g = gather_new();
    g->no_index = options && options->no_index;
    int wanted = options && options->threads > 0 ? options->threads : processors();
    bool begun = look_through(g, paths, count, cause);
    g->indexes = xcalloc(g->folder_count, sizeof *g->indexes);
    if (begun && start(g, wanted < GATHER_MOST_THREADS ? wanted : GATHER_MOST_THREADS, cause))
        return g;
    gather_free(g);
    return NULL;
}

void gather_free(struct gather *g)
{
    if (!g)
        return;
    gather_stop(g);
    for (int i = 0; i < g->worker_count; i++)
        pthread_join(g->workers[i].thread, NULL);
    if (g->has_keeper)
        pthread_join(g->keeper, NULL);
    list_empty(&g->waiting);
    list_empty(&g->to_keep);
    list_empty(&g->gathered);
    for (int i = 0; i < g->worker_count; i++)
        digester_free(g->workers[i].digester);
    for (size_t i = 0; i < g->folder_count; i++) {
        index_close(g->indexes[i]);
        names_free(&g->folders[i]);
        free(g->folders[i].shown);
        free(g->folders[i].real);
    }
    free(g->indexes);
    free(g->folders);
    if (g->fd >= 0)
        close(g->fd);
    pthread_cond_destroy(&g->work);
    pthread_cond_destroy(&g->keep);
    pthread_cond_destroy(&g->there);
    pthread_mutex_destroy(&g->lock);
    free(g);
}

/* ---- asking ---- */

size_t gather_take(struct gather *g, struct collection *collection)
{
    uint64_t count;
    pthread_mutex_lock(&g->lock);
    struct job *job = g->gathered.first;
    list_init(&g->gathered);
    ssize_t ignored = read(g->fd, &count, sizeof count);
    (void)ignored;
    pthread_mutex_unlock(&g->lock);
    size_t taken = 0;
    for (struct job *next; job; job = next, taken++) {
        next = job->next;
        collection_add(collection, job->path, job->digest, job->facts);
        job->digest = NULL;
        job_free(job);
    }
    return taken;
}

static struct timespec from_now(int milliseconds)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_sec += milliseconds / 1000;
    time.tv_nsec += milliseconds % 1000 * 1000000L;
    if (time.tv_nsec >= 1000000000L) {
        time.tv_sec++;
        time.tv_nsec -= 1000000000L;
    }
    return time;
}

bool gather_wait(struct gather *g, int milliseconds)
{
    struct timespec end = from_now(milliseconds < 0 ? 0 : milliseconds);
    pthread_mutex_lock(&g->lock);
    int result = 0;
    while (!g->gathered.first && !over(g) && result == 0)
        result = milliseconds < 0 ? pthread_cond_wait(&g->there, &g->lock)
                                  : pthread_cond_timedwait(&g->there, &g->lock, &end);
    bool there = g->gathered.first != NULL;
    pthread_mutex_unlock(&g->lock);
    return there;
}

int gather_fd(const struct gather *g)
{
    return g->fd;
}

bool gather_running(struct gather *g)
{
    pthread_mutex_lock(&g->lock);
    bool running = !over(g) || g->gathered.first;
    pthread_mutex_unlock(&g->lock);
    return running;
}

void gather_progress(struct gather *g, size_t *done, size_t *total, size_t *from_index)
{
    pthread_mutex_lock(&g->lock);
    *done = g->done;
    *from_index = g->from_index;
    pthread_mutex_unlock(&g->lock);
    *total = g->total;
}

void gather_stop(struct gather *g)
{
    pthread_mutex_lock(&g->lock);
    g->stopped = true;
    pthread_cond_broadcast(&g->work);
    pthread_cond_broadcast(&g->keep);
    pthread_mutex_unlock(&g->lock);
}
