/* Which records are looked over, and reading them: folders and records by name, several threads, progress. */
#include "command/gathered.h"

#include "base/mem.h"
#include "base/ticks.h"
#include "command/locate.h"
#include "review/gather.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool refuse(const char *command, char *cause)
{
    locate_say(command, cause);
    free(cause);
    return false;
}

/* ---- which records ---- */

static void add_path(struct gathered_paths *paths, char *path)
{
    GROW(paths->paths, paths->count, paths->room);
    paths->paths[paths->count++] = path;
}

void gathered_paths_release(struct gathered_paths *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        free(paths->paths[i]);
    free(paths->paths);
}

bool gathered_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool find_path(struct gathered_paths *paths, const char *command, const char *caseload,
                      const char *name)
{
    char *path =
        gathered_is_folder(name) ? locate_caseload(command, name) : locate_record(command, caseload, name);
    if (path && access(path, F_OK) != 0) {
        refuse(command, xasprintf("There is nothing at %s.", path));
        free(path);
        path = NULL;
    }
    if (path)
        add_path(paths, path);
    return path != NULL;
}

bool gathered_find(struct gathered_paths *paths, const char *command, const char *caseload, char **names,
                   int count)
{
    for (int i = 0; i < count; i++) {
        if (!find_path(paths, command, caseload, names[i]))
            return false;
    }
    if (count)
        return true;
    char *folder = locate_caseload(command, caseload);
    if (folder)
        add_path(paths, folder);
    return folder != NULL;
}

/* ---- reading them ---- */

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

/* On the same line each time; at the end it is wiped. */
static void show_progress(struct gather *gather, bool stoppable, bool over)
{
    size_t done, total, from_index;
    if (!isatty(STDERR_FILENO))
        return;
    gather_progress(gather, &done, &total, &from_index);
    if (over)
        fputs("\r\033[K", stderr);
    else if (stoppable)
        fprintf(stderr, "\r%zu of %zu read. Ctrl-C shows what is there. ", done, total);
    else
        fprintf(stderr, "\r%zu of %zu read. ", done, total);
}

bool gathered_read(const struct gathered_paths *paths, const char *command, bool no_index,
                   struct collection *collection, bool *stopped)
{
    char *cause = NULL;
    const struct gather_options options = {.no_index = no_index};
    struct gather *gather = gather_begin((const char *const *)paths->paths, paths->count, &options, &cause);
    if (!gather)
        return refuse(command, cause);
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND}, before;
    if (stopped)
        sigaction(SIGINT, &action, &before);
    while (gather_running(gather)) {
        if (stopped && interrupted && !*stopped)
            gather_stop(gather);
        if (stopped)
            *stopped = interrupted;
        gather_wait(gather, 200);
        gather_take(gather, collection);
        show_progress(gather, stopped, false);
    }
    show_progress(gather, stopped, true);
    if (stopped) {
        sigaction(SIGINT, &before, NULL);
        size_t done, total, from_index;
        gather_progress(gather, &done, &total, &from_index);
        if (*stopped && done < total)
            refuse(command, xasprintf("It was stopped: %zu of %zu records were read. Only those are shown.",
                                      done, total));
        *stopped = done < total;
    }
    gather_free(gather);
    return true;
}

void gathered_wait(const struct review_reading *reading, struct collection *collection, int milliseconds)
{
    enum { STEP = 100 };
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND}, before;
    long long until = ticks_now() + milliseconds;
    sigaction(SIGINT, &action, &before);
    while (reading->running(reading->reader) && (milliseconds < 0 || ticks_now() < until)) {
        struct pollfd news = {.fd = reading->fd(reading->reader), .events = POLLIN};
        poll(&news, 1, STEP);
        if (interrupted)
            reading->stop(reading->reader);
        reading->take(reading->reader, collection);
    }
    sigaction(SIGINT, &before, NULL);
}
