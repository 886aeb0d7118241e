/* make caseload: a made-up caseload, for tests and for measuring.
 *
 *     make-caseload FOLDER [records [seed [jobs [broken]]]]
 *
 * Each job makes every so many-th person's records, so that all processors are used and the files are the
 * same however many there are. The broken ones are told on standard output, the sum after them. */
#include "bench/caseload.h"

#include "base/mem.h"

#include <errno.h>
#include <dirent.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void give_up(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("make-caseload: ", stderr);
    vfprintf(stderr, format, args);
    fputs("\n", stderr);
    va_end(args);
    exit(2);
}

/* What the jobs tell the one that waits for them: memory that they share. */
struct broken {
    int person; /* whose last record it is */
    char id[RECORD_ID_TEXT];
    const char *how; /* in the program's text, which all of them have */
};
struct sum {
    size_t records, lines, bytes;
};
struct shared {
    struct sum *sums;
    struct broken *broken;
};

struct order {
    const char *folder;
    uint64_t seed;
    int records, jobs, broken_count, people;
    struct shared shared;
};

static void *shared_room(size_t count, size_t size)
{
    void *room = mmap(NULL, count * size + 1, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED)
        give_up("there is no memory to share: %m");
    return room;
}

/* ---- one job ---- */

struct job {
    const struct order *order;
    struct sum *sum;
    int person, records;
};

static struct broken *broken_of(const struct order *order, int person)
{
    for (int i = 0; i < order->broken_count; i++) {
        if (order->shared.broken[i].person == person)
            return &order->shared.broken[i];
    }
    return NULL;
}

/* Only a person's last record is broken: no other one follows it. */
static void keep(void *context, const struct record *record, int which)
{
    const struct job *job = context;
    const struct order *order = job->order;
    job->sum->bytes += file_keep(order->folder, record);
    job->sum->lines += record_count(record);
    job->sum->records++;
    struct broken *broken = which + 1 == job->records ? broken_of(order, job->person) : NULL;
    if (!broken)
        return;
    struct chance chance = chance_of(order->seed ^ 0xb40ce4, (uint64_t)job->person);
    int way = (int)(broken - order->shared.broken);
    memcpy(broken->id, record_id(record), sizeof broken->id);
    broken->how = file_break(order->folder, record, (int)((order->seed + (uint64_t)way) % BREAKS), &chance);
}

static int records_of(const struct order *order, int person, int before)
{
    int records = life_records(order->seed, person);
    return records < order->records - before ? records : order->records - before;
}

static void work(const struct order *order, int which)
{
    struct job job = {.order = order, .sum = &order->shared.sums[which]};
    for (int before = 0; job.person < order->people; job.person++) {
        job.records = records_of(order, job.person, before);
        before += job.records;
        if (job.person % order->jobs != which)
            continue;
        life_make(&(struct life_plan){.seed = order->seed,
                                      .number = job.person,
                                      .records = job.records,
                                      .keep = keep,
                                      .context = &job});
    }
    life_forms_release();
}

/* ---- all of them ---- */

static void plan(struct order *order)
{
    for (int before = 0; before < order->records; order->people++)
        before += records_of(order, order->people, before);
    if (order->broken_count > order->people)
        order->broken_count = order->people;
    order->shared.sums = shared_room((size_t)order->jobs, sizeof *order->shared.sums);
    order->shared.broken = shared_room((size_t)order->broken_count, sizeof *order->shared.broken);
    for (int i = 0; i < order->broken_count; i++)
        order->shared.broken[i].person = (int)((2L * i + 1) * order->people / (2L * order->broken_count));
}

static void make_all(const struct order *order)
{
    fflush(stdout);
    for (int i = 0; i < order->jobs; i++) {
        pid_t child = fork();
        if (child < 0)
            give_up("a job cannot be begun: %m");
        if (child == 0) {
            work(order, i);
            exit(0);
        }
    }
    int status, left = 0;
    while (wait(&status) > 0)
        left += status != 0;
    if (left)
        give_up("%d of %d jobs did not come to their end", left, order->jobs);
}

static void tell(const struct order *order, double seconds)
{
    struct sum all = {0};
    for (int i = 0; i < order->jobs; i++) {
        all.records += order->shared.sums[i].records;
        all.lines += order->shared.sums[i].lines;
        all.bytes += order->shared.sums[i].bytes;
    }
    for (int i = 0; i < order->broken_count; i++)
        printf("broken: %s.jsonl: %s\n", order->shared.broken[i].id, order->shared.broken[i].how);
    printf("%zu records (%d of them broken), %zu lines, %.1f MB, %.1f s with seed %llu\n", all.records,
           order->broken_count, all.lines, (double)all.bytes / 1e6, seconds, (unsigned long long)order->seed);
}

/* A folder of the owner's alone, with nothing in it. */
static void prepare(const char *folder)
{
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        give_up("%s: %m", folder);
    DIR *dir = opendir(folder);
    if (!dir)
        give_up("%s: %m", folder);
    for (const struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] != '.')
            give_up("%s is not empty: take it away, or say another folder (DIR=…).", folder);
    }
    closedir(dir);
}

static long number_in(int argc, char **argv, int which, long otherwise, long most)
{
    if (argc <= which || !*argv[which])
        return otherwise;
    char *end;
    long number = strtol(argv[which], &end, 10);
    if (*end || number < 0 || number > most)
        give_up("“%s” is not a number from 0 to %ld.", argv[which], most);
    return number;
}

int main(int argc, char **argv)
{
    struct timespec from, to;
    mem_init();
    setlocale(LC_ALL, "C.UTF-8");
    setenv("TZ", "UTC", 1);
    if (argc < 2 || argc > 6)
        give_up("say: make-caseload FOLDER [records [seed [jobs [broken]]]]");
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    struct order order = {.folder = argv[1]};
    order.records = (int)number_in(argc, argv, 2, 10000, 1000 * 1000);
    order.seed = (uint64_t)number_in(argc, argv, 3, 1, 1000L * 1000 * 1000);
    order.jobs = (int)number_in(argc, argv, 4, processors > 0 ? processors : 1, 64);
    order.jobs = order.jobs > 0 ? order.jobs : 1;
    int some = order.records >= 500 ? order.records / 500 : order.records >= 10;
    order.broken_count = (int)number_in(argc, argv, 5, some, order.records);
    clock_gettime(CLOCK_MONOTONIC, &from);
    prepare(order.folder);
    plan(&order);
    make_all(&order);
    clock_gettime(CLOCK_MONOTONIC, &to);
    tell(&order, (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9);
    return 0;
}
