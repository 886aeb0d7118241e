/* The review: a made-up caseload gathered for the first time, and from the index, beside what any reader of
 * it has to do: jansson and SHA-256 over every line, in one thread. The aims are those for 10,000 records of
 * 370 MB, in proportion. */
#include "bench/bench.h"

#include "base/mem.h"
#include "base/path.h"
#include "caseload/caseload.h"
#include "review/figures.h"
#include "review/gather.h"
#include "review/listing.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { WALL, CPU, RECORDS, MEGABYTES, BROKEN, FROM_INDEX };
enum { TRIES = 8 };

static double cpu_now(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 +
           (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6;
}

static void read_barely(const void *folder, double figures[FIGURES])
{
    char **names;
    size_t count, bytes = 0;
    double wall = seconds_now(), cpu = cpu_now();
    if (!caseload_names(folder, &names, &count, NULL))
        return;
    for (size_t i = 0; i < count; i++) {
        size_t length;
        char *path = path_join(folder, names[i]), *text = path_read(path, 1 << 28, &length, NULL);
        for (char *at = text, *end; at && (end = memchr(at, '\n', length - (size_t)(at - text)));
             at = end + 1) {
            unsigned char hash[crypto_hash_sha256_BYTES];
            crypto_hash_sha256(hash, (const unsigned char *)at, (size_t)(end - at));
            json_decref(json_loadb(at, (size_t)(end - at), JSON_REJECT_DUPLICATES, NULL));
        }
        bytes += text ? length : 0;
        free(text);
        free(path);
        free(names[i]);
    }
    free(names);
    figures[WALL] = seconds_now() - wall;
    figures[CPU] = cpu_now() - cpu;
    figures[RECORDS] = (double)count;
    figures[MEGABYTES] = (double)bytes / 1e6;
}

static void gather(const void *folder, double figures[FIGURES])
{
    const char *const paths[] = {folder};
    double wall = seconds_now(), cpu = cpu_now();
    struct gather *g = gather_begin(paths, 1, NULL, NULL);
    struct collection *c = collection_new();
    while (g && gather_running(g)) {
        gather_wait(g, -1);
        gather_take(g, c);
    }
    size_t done = 0, total = 0, from_index = 0;
    figures[WALL] = seconds_now() - wall;
    if (g)
        gather_progress(g, &done, &total, &from_index);
    gather_free(g); /* and what is still to be written */
    figures[CPU] = cpu_now() - cpu;
    figures[RECORDS] = (double)collection_count(c);
    figures[BROKEN] = (double)collection_broken(c);
    figures[FROM_INDEX] = (double)from_index;
    collection_free(c);
}

/* CPU seconds of what is asked of the whole collection. */
enum { ALL_FIGURES, FILTERED_FIGURES, ALL_FLAGS, LISTED, DISAGREEMENTS, OF_RECORDS };

static double figures_worked(const struct scope *scope)
{
    double begin = cpu_now();
    for (const struct figure_kind *kind = figure_table; kind->name; kind++) {
        struct figure_lines lines = {0};
        kind->work(scope, &lines);
        figure_lines_release(&lines);
    }
    return cpu_now() - begin;
}

static void look_over(const void *folder, double figures[FIGURES])
{
    const char *const paths[] = {folder};
    struct gather *g = gather_begin(paths, 1, NULL, NULL);
    struct collection *c = collection_new();
    while (g && gather_running(g)) {
        gather_wait(g, -1);
        gather_take(g, c);
    }
    gather_free(g);
    struct scope all = {c, NULL}, some = {c, "gap>=2 first=practitioner since=2024-03"};
    figures[ALL_FIGURES] = figures_worked(&all);
    figures[FILTERED_FIGURES] = figures_worked(&some);
    double begin = cpu_now();
    for (const struct flag_kind *kind = flag_table; kind->name; kind++) {
        struct flags flags = {0};
        kind->look(&all, &flags);
        flags_release(&flags);
    }
    figures[ALL_FLAGS] = cpu_now() - begin;
    begin = cpu_now();
    struct listing *listing = listing_new(c, &table_disagreements);
    figures[LISTED] = cpu_now() - begin;
    figures[DISAGREEMENTS] = (double)listing_count(listing);
    figures[OF_RECORDS] = (double)collection_count(c);
    listing_free(listing);
    collection_free(c);
}

static void row(const char *what, const double figures[FIGURES], double peak, const double bare[FIGURES])
{
    printf("%-24s %10.0f %10.0f %10.2f %10.2f %10.2f %10.0f\n", what, figures[RECORDS], figures[FROM_INDEX],
           figures[WALL], figures[CPU], figures[CPU] / bare[CPU], peak);
}

void bench_review(const char *folder)
{
    double bare[FIGURES], first[FIGURES], again[FIGURES], peak_again = 0;
    if (!folder)
        return;
    heading("A caseload gathered, beside bare jansson and SHA-256 over all lines (one thread)");
    double peak_bare = in_child(read_barely, folder, bare);
    printf("%.0f records, %.0f MB in %s\n", bare[RECORDS], bare[MEGABYTES], folder);
    printf("%-24s %10s %10s %10s %10s %10s %10s\n", "", "records", "from index", "seconds", "CPU s",
           "x bare CPU", "peak MB");
    row("bare", bare, peak_bare, bare);
    caseload_forget_index(folder);
    double peak = in_child(gather, folder, first);
    row("first time", first, peak, bare);
    /* What was written just before the first time is kept from a later one on. */
    for (int i = 0; i < TRIES; i++) {
        peak_again = in_child(gather, folder, again);
        if (again[FROM_INDEX] + again[BROKEN] >= again[RECORDS])
            break;
        nanosleep(&(struct timespec){.tv_nsec = 500000000}, NULL);
    }
    row("again", again, peak_again, bare);
    double over[FIGURES];
    in_child(look_over, folder, over);
    printf("\nLooked over: %.0f records, %.0f disagreements; CPU seconds\n", over[OF_RECORDS],
           over[DISAGREEMENTS]);
    printf("%-24s %10.3f\n%-24s %10.3f\n%-24s %10.3f\n%-24s %10.3f\n", "all figures", over[ALL_FIGURES],
           "the same, filtered", over[FILTERED_FIGURES], "all questions", over[ALL_FLAGS],
           "disagreements, sorted", over[LISTED]);
    aim("all figures, as of 10,000", over[ALL_FIGURES] * 10000 / over[OF_RECORDS], 0.5, "s");
    aim("first time, as of 370 MB", first[WALL] * 370 / bare[MEGABYTES], 8, "s");
    aim("from the index, as of 10,000", again[WALL] * 10000 / bare[RECORDS], 0.5, "s");
    aim("peak of memory", peak > peak_again ? peak : peak_again, 200, "MB");
}
