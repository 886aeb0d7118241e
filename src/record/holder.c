/* Which process holds a file's lock. An open-file-description lock belongs to no process, so fcntl(2) does
 * not say whose it is; but /proc/PID/fdinfo has a line for the lock beside each open file it came through.
 * Only the files of processes of the same person can be seen, which is who shares a caseload. */
#include "record/holder.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Does the open file that /proc/PID/fdinfo/FD describes hold the lock? */
static bool holds_lock(const char *pid, const char *fd)
{
    char path[96], line[256];
    snprintf(path, sizeof path, "/proc/%.20s/fdinfo/%.20s", pid, fd);
    FILE *file = fopen(path, "re");
    bool found = false;
    while (file && !found && fgets(line, sizeof line, file))
        found = strncmp(line, "lock:", 5) == 0 && strstr(line, "OFDLCK");
    if (file)
        fclose(file);
    return found;
}

static bool process_holds(const char *pid, const struct stat *wanted)
{
    char path[96];
    snprintf(path, sizeof path, "/proc/%.20s/fd", pid);
    DIR *folder = opendir(path);
    bool found = false;
    const struct dirent *entry;
    while (folder && !found && (entry = readdir(folder))) {
        struct stat st;
        snprintf(path, sizeof path, "/proc/%.20s/fd/%.20s", pid, entry->d_name);
        /* Looked at only where there is a lock: a stat of any open file might wait for a network that is
         * gone. */
        found = holds_lock(pid, entry->d_name) && stat(path, &st) == 0 && st.st_dev == wanted->st_dev &&
                st.st_ino == wanted->st_ino;
    }
    if (folder)
        closedir(folder);
    return found;
}

long holder_find(const struct stat *file)
{
    DIR *folder = opendir("/proc");
    long holder = 0;
    const struct dirent *entry;
    while (folder && !holder && (entry = readdir(folder))) {
        long pid = strtol(entry->d_name, NULL, 10);
        if (pid > 0 && process_holds(entry->d_name, file))
            holder = pid;
    }
    if (folder)
        closedir(folder);
    return holder;
}
