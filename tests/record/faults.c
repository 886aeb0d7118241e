/* System calls that fail, fall short, or are the process's last.
 *
 * A power cut is worse than a kill: it also takes what was written and not synced. So each file opened for
 * writing is remembered as it was at its last sync; when the power goes, that is what it becomes again, and a
 * new file whose folder was not synced is gone. */
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <unistd.h>

/* The linker's names for the real calls and for ours. */
ssize_t __real_write(int fd, const void *bytes, size_t length);
int __real_ftruncate(int fd, off_t size);
int __real_openat(int folder, const char *path, int flags, ...);
ssize_t __real_pread(int fd, void *bytes, size_t length, off_t at);
int __real_fstatat(int folder, const char *path, struct stat *st, int flags);
int __real_fstatfs(int fd, struct statfs *fs);
int __real_linkat(int from, const char *old, int to, const char *new, int flags);
int __real_unlinkat(int folder, const char *path, int flags);
int __real_renameat(int from, const char *old, int to, const char *new);
ssize_t __wrap_write(int fd, const void *bytes, size_t length);
int __wrap_fdatasync(int fd);
int __wrap_fsync(int fd);
int __wrap_ftruncate(int fd, off_t size);
int __wrap_openat(int folder, const char *path, int flags, ...);
ssize_t __wrap_pread(int fd, void *bytes, size_t length, off_t at);
int __wrap_fstatat(int folder, const char *path, struct stat *st, int flags);
int __wrap_fstatfs(int fd, struct statfs *fs);
int __wrap_linkat(int from, const char *old, int to, const char *new, int flags);
int __wrap_unlinkat(int folder, const char *path, int flags);
int __wrap_renameat(int from, const char *old, int to, const char *new);

enum { MOST_FILES = 32, MOST_BYTES = 8192, MOST_TRACE = 256 };

static bool counting, hit, fall_short;
static struct fault fault;
static int crash_at, calls, matching;
static enum crash crash_when;
static bool power_cut;
static char trace[MOST_TRACE];

static struct file {
    char path[256];
    char synced[MOST_BYTES];
    size_t length;
    bool named; /* the folder that names it was synced */
} files[MOST_FILES];
static int file_count;

/* The last renaming, until its folder is synced: when the power goes, the old file has its name again. */
static struct {
    bool pending, there; /* was there an old one? */
    int folder;
    char from[256], to[256], bytes[MOST_BYTES];
    size_t length;
} renamed;

static struct file *file_of(int fd)
{
    char link[64], path[256];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    for (int i = 0; i < file_count; i++) {
        if (strcmp(files[i].path, path) == 0)
            return &files[i];
    }
    if (file_count == MOST_FILES)
        abort();
    strcpy(files[file_count].path, path);
    return &files[file_count++];
}

static void note_synced(int fd)
{
    struct stat st;
    if (!power_cut || fstat(fd, &st) != 0)
        return;
    if (S_ISDIR(st.st_mode)) {
        for (int i = 0; i < file_count; i++)
            files[i].named = true;
        renamed.pending = false;
        return;
    }
    struct file *file = file_of(fd);
    ssize_t n = __real_pread(fd, file->synced, sizeof file->synced, 0);
    if (n < 0 || n == MOST_BYTES)
        abort();
    file->length = (size_t)n;
}

static void note_opened(int fd, int flags)
{
    if (!power_cut || fd < 0 || (flags & O_ACCMODE) == O_RDONLY)
        return;
    struct file *file = file_of(fd);
    file->named = !(flags & O_CREAT);
    file->length = 0;
    if (file->named)
        note_synced(fd);
}

static void undo_rename(void)
{
    __real_renameat(renamed.folder, renamed.to, renamed.folder, renamed.from);
    if (!renamed.there)
        return;
    int fd = __real_openat(renamed.folder, renamed.to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || __real_write(fd, renamed.bytes, renamed.length) != (ssize_t)renamed.length)
        abort();
    close(fd);
}

static void die(void)
{
    if (power_cut && renamed.pending)
        undo_rename();
    for (int i = 0; power_cut && i < file_count; i++) {
        if (!files[i].named) {
            unlink(files[i].path);
            continue;
        }
        int fd = open(files[i].path, O_WRONLY | O_TRUNC);
        if (fd < 0 || __real_write(fd, files[i].synced, files[i].length) != (ssize_t)files[i].length)
            continue; /* unlinked again */
        close(fd);
    }
    kill(getpid(), SIGKILL);
}

/* Count a call. True if it is to fail now. */
static bool enter(char call)
{
    if (!counting)
        return false;
    size_t n = strlen(trace);
    if (n < MOST_TRACE - 1)
        trace[n] = call;
    calls++;
    if (crash_when == CRASH_BEFORE && calls == crash_at)
        die();
    if (fault.nth == 0 || (fault.call && fault.call != call))
        return false;
    matching++;
    if (matching != fault.nth && !(fault.all && matching > fault.nth))
        return false;
    hit = true;
    errno = fault.error;
    return true;
}

static void leave(void)
{
    if (counting && crash_when == CRASH_AFTER && calls == crash_at)
        die();
}

static void start(void)
{
    counting = true;
    hit = false;
    fall_short = false;
    calls = matching = file_count = 0;
    renamed.pending = false;
    memset(trace, 0, sizeof trace);
}

void faults_begin(struct fault wanted)
{
    fault = wanted;
    crash_when = CRASH_NONE;
    start();
}

bool faults_end(void)
{
    counting = false;
    return hit;
}

void faults_short_then(struct fault wanted)
{
    faults_begin(wanted);
    fall_short = true;
}

void faults_crash(int nth, enum crash when, bool power)
{
    fault = (struct fault){0};
    crash_at = nth;
    crash_when = when;
    power_cut = power;
    start();
}

const char *faults_trace(void)
{
    return trace;
}

ssize_t __wrap_write(int fd, const void *bytes, size_t length)
{
    if (enter('w')) {
        if (fault.error)
            return -1;
        length /= 2;
    }
    if (counting && crash_when == CRASH_HALFWAY && calls == crash_at) {
        if (__real_write(fd, bytes, length / 2) < 0)
            abort();
        die();
    }
    ssize_t n = __real_write(fd, bytes, counting && fall_short ? length / 2 : length);
    leave();
    return n;
}

int __wrap_fdatasync(int fd)
{
    if (enter('d') && fault.error)
        return -1;
    int result = fcntl(fd, F_GETFD) < 0 ? -1 : 0; /* what a sync does is acted out here, and takes no time */
    note_synced(fd);
    leave();
    return result;
}

int __wrap_fsync(int fd)
{
    if (enter('s') && fault.error)
        return -1;
    int result = fcntl(fd, F_GETFD) < 0 ? -1 : 0;
    note_synced(fd);
    leave();
    return result;
}

int __wrap_ftruncate(int fd, off_t size)
{
    if (enter('t') && fault.error)
        return -1;
    int result = __real_ftruncate(fd, size);
    leave();
    return result;
}

int __wrap_openat(int folder, const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = va_arg(args, mode_t);
    va_end(args);
    if (enter('o') && fault.error)
        return -1;
    int fd = __real_openat(folder, path, flags, mode);
    int reason = errno;
    note_opened(fd, flags);
    leave();
    errno = reason;
    return fd;
}

ssize_t __wrap_pread(int fd, void *bytes, size_t length, off_t at)
{
    bool fails = enter('p');
    if (fails && fault.error)
        return -1;
    ssize_t n = __real_pread(fd, bytes, length, at);
    if (fails && n > 0)
        ((char *)bytes)[n / 2] ^= 1;
    leave();
    return n;
}

int __wrap_fstatat(int folder, const char *path, struct stat *st, int flags)
{
    if (enter('a') && fault.error)
        return -1;
    int result = __real_fstatat(folder, path, st, flags);
    leave();
    return result;
}

int __wrap_unlinkat(int folder, const char *path, int flags)
{
    if (enter('u') && fault.error)
        return -1;
    int result = __real_unlinkat(folder, path, flags);
    leave();
    return result;
}

int __wrap_linkat(int from, const char *old, int to, const char *new, int flags)
{
    if (enter('l') && fault.error)
        return -1;
    int result = __real_linkat(from, old, to, new, flags);
    int reason = errno;
    int fd = result == 0 && power_cut ? __real_openat(to, new, O_RDONLY, 0) : -1;
    if (fd >= 0) { /* as whole as the file it names, and its name as lasting as any new one's */
        struct file *file = file_of(fd);
        note_synced(fd);
        file->named = false;
        close(fd);
    }
    leave();
    errno = reason;
    return result;
}

int __wrap_fstatfs(int fd, struct statfs *fs)
{
    bool fails = enter('f');
    if (fails && fault.error)
        return -1;
    int result = __real_fstatfs(fd, fs);
    if (fails)
        fs->f_type = 0x6969;
    leave();
    return result;
}

int __wrap_renameat(int from, const char *old, int to, const char *new)
{
    if (enter('r') && fault.error)
        return -1;
    if (counting && power_cut) {
        int fd = __real_openat(to, new, O_RDONLY, 0);
        renamed.there = fd >= 0;
        ssize_t n = fd >= 0 ? __real_pread(fd, renamed.bytes, sizeof renamed.bytes, 0) : 0;
        if (n < 0 || n == MOST_BYTES)
            abort();
        renamed.length = (size_t)n;
        if (fd >= 0)
            close(fd);
        renamed.folder = to;
        snprintf(renamed.from, sizeof renamed.from, "%s", old);
        snprintf(renamed.to, sizeof renamed.to, "%s", new);
        renamed.pending = true;
    }
    struct file *over = NULL; /* what is known of the old one is not true of the new */
    int fd = counting && power_cut ? __real_openat(to, new, O_RDONLY, 0) : -1;
    if (fd >= 0) {
        over = file_of(fd);
        close(fd);
    }
    int result = __real_renameat(from, old, to, new);
    if (over && result == 0)
        strcpy(over->path, "/"); /* no file's */
    int reason = errno;
    renamed.pending = renamed.pending && result == 0;
    leave();
    errno = reason;
    return result;
}
