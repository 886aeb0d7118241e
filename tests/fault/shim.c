/* Preloaded into the program as it is: its calls fail, fall short, or are the last ones, as the environment
 * says (shim.h). Nothing is asked of the disk itself: a sync only notes what would now be on it, so that a
 * cut of the power can put the files back to that. */
#include "shim.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FD = 256, MOST_BODIES = 256, MOST_NAMES = 256, MOST_PATH = 300, BACK = 10 * 24 * 60 * 60 };
enum { CHEAP = 8192 }; /* bytes that a try at a passphrase takes */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

/* The next one of that name, the C library's own. */
#define REAL(name)                                                                                           \
    __extension__({                                                                                          \
        static __typeof__(name) *real;                                                                       \
        if (!real)                                                                                           \
            *(void **)&real = dlsym(RTLD_NEXT, #name);                                                       \
        real;                                                                                                \
    })

static struct fault_told *told; /* NULL: nothing counts yet */
static const char *below, *power;
static size_t below_length;
static char kind;
static long nth, end_at, matching;
static int error;
static bool on, one_byte, falls_short, done_all_the_same;
static bool ours[MOST_FD], is_record[MOST_FD];

static void cut_power(void);

/* ---- counting ---- */

/* A program with threads counts as one: each call at a time. */
static bool counting;

static bool count_call(enum fault_kind which)
{
    told->calls[which]++;
    if (which <= FAULT_LOOK) {
        if ((size_t)told->all < sizeof told->trace - 1)
            told->trace[told->all] = FAULT_LETTERS[which];
        if (++told->all == end_at) {
            if (power)
                cut_power();
            syscall(SYS_kill, getpid(), SIGKILL);
        }
    }
    if (nth == 0 || kind != FAULT_LETTERS[which])
        return false;
    matching++;
    if (matching != nth && !(on && matching > nth))
        return false;
    told->hits++;
    errno = error;
    return true;
}

/* Count a call. True where it is to fail now, errno set. */
static bool enter(enum fault_kind which, bool counts)
{
    if (!told || !counts)
        return false;
    while (__atomic_test_and_set(&counting, __ATOMIC_ACQUIRE))
        ;
    bool fails = count_call(which);
    __atomic_clear(&counting, __ATOMIC_RELEASE);
    return fails;
}

static bool path_is_below(const char *path)
{
    return below && strncmp(path, below, below_length) == 0 &&
           (path[below_length] == '/' || path[below_length] == '\0');
}

static bool fd_is_ours(int fd)
{
    return fd >= 0 && fd < MOST_FD && ours[fd];
}

static bool at_is_ours(int folder, const char *path)
{
    return *path == '/' ? path_is_below(path) : fd_is_ours(folder);
}

/* ---- what is on the disk: each file's bytes as they were last synced, and the names of those in each folder
 * as that was ---- */

static struct body {
    ino_t inode; /* 0: no longer reached by any name */
    char *bytes;
    size_t length;
    bool lost; /* a sync of it failed: what was written before is never written again, and no later sync says
                  so */
} bodies[MOST_BODIES];
static int body_count;

static struct name {
    char path[MOST_PATH];
    int body; /* -1: a folder */
} names[MOST_NAMES];
static int name_count;

static int body_of(ino_t inode)
{
    for (int i = 0; i < body_count; i++) {
        if (bodies[i].inode == inode)
            return i;
    }
    if (body_count == MOST_BODIES)
        abort();
    bodies[body_count] = (struct body){.inode = inode};
    return body_count++;
}

/* A file's bytes. */
static char *whole(const char *path, size_t *length)
{
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    *length = 0;
    if (fd < 0 || REAL(fstat)(fd, &st) != 0)
        return NULL;
    char *bytes = __libc_malloc((size_t)st.st_size + 1);
    ssize_t n = syscall(SYS_read, fd, bytes, (size_t)st.st_size);
    *length = n > 0 ? (size_t)n : 0;
    syscall(SYS_close, fd);
    return bytes;
}

static void note_body(const char *path, ino_t inode)
{
    int i = body_of(inode);
    if (bodies[i].lost)
        return;
    free(bodies[i].bytes);
    bodies[i].bytes = whole(path, &bodies[i].length);
}

static bool lies_in(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && path[n] == '/' && !strchr(path + n + 1, '/');
}

/* The names in a folder are now on the disk; with `bodies_too`, at the start, all that they name as well. */
static void note_names(const char *folder, bool bodies_too)
{
    int kept = 0;
    for (int i = 0; i < name_count; i++) {
        if (!lies_in(names[i].path, folder))
            names[kept++] = names[i];
    }
    name_count = kept;
    DIR *dir = REAL(opendir)(folder);
    const struct dirent *item;
    while (dir && (item = REAL(readdir)(dir))) {
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
            continue;
        struct name *name = &names[name_count++];
        struct stat st;
        if (name_count == MOST_NAMES ||
            snprintf(name->path, MOST_PATH, "%s/%s", folder, item->d_name) >= MOST_PATH)
            abort();
        REAL(lstat)(name->path, &st);
        name->body = S_ISDIR(st.st_mode) ? -1 : body_of(st.st_ino);
        if (bodies_too && name->body < 0) {
            char path[MOST_PATH];
            strcpy(path, name->path);
            note_names(path, true);
        } else if (bodies_too) {
            note_body(name->path, st.st_ino);
        }
    }
    if (dir)
        REAL(closedir)(dir);
}

static void note_synced(int fd)
{
    char link[64], path[MOST_PATH];
    struct stat st;
    if (!power || REAL(fstat)(fd, &st) != 0)
        return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if (!S_ISDIR(st.st_mode)) {
        note_body(link, st.st_ino);
        return;
    }
    ssize_t n = readlink(link, path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    note_names(path, false);
}

/* A name is about to go: an inode's number can then be given to another file. */
static void note_going(int folder, const char *path)
{
    struct stat st;
    if (power && REAL(fstatat)(folder, path, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_nlink == 1 &&
        !S_ISDIR(st.st_mode))
        bodies[body_of(st.st_ino)].inode = 0;
}

/* And so can that of a file which never got a name, when it is closed. */
static void note_closing(int fd)
{
    struct stat st;
    if (power && REAL(fstat)(fd, &st) == 0 && st.st_nlink == 0)
        bodies[body_of(st.st_ino)].inode = 0;
}

static void put(const char *path, const char *bytes, size_t length)
{
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || syscall(SYS_write, fd, bytes ? bytes : "", length) != (long)length)
        abort();
    syscall(SYS_close, fd);
}

/* A file's contents back to the last sync; `half`: and half of what came after. */
static void put_back(const char *path, ino_t inode, bool half)
{
    const struct body *body = &bodies[body_of(inode)];
    size_t length;
    char *now = half ? whole(path, &length) : NULL;
    if (now && length > body->length && memcmp(now, body->bytes ? body->bytes : "", body->length) == 0)
        put(path, now, body->length + (length - body->length) / 2);
    else if (!now || length != body->length || memcmp(now, body->bytes ? body->bytes : "", length) != 0)
        put(path, body->bytes, body->length);
    free(now);
}

/* All files in a folder; `empty`: away with them. */
static void go_through(const char *folder, bool empty, bool half)
{
    DIR *dir = REAL(opendir)(folder);
    const struct dirent *item;
    while (dir && (item = REAL(readdir)(dir))) {
        char path[MOST_PATH];
        struct stat st;
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
            continue;
        if (snprintf(path, MOST_PATH, "%s/%s", folder, item->d_name) >= MOST_PATH)
            abort();
        REAL(lstat)(path, &st);
        if (S_ISDIR(st.st_mode)) {
            go_through(path, empty, half);
            if (empty)
                REAL(rmdir)(path);
        } else if (empty) {
            REAL(unlink)(path);
        } else {
            put_back(path, st.st_ino, half);
        }
    }
    if (dir)
        REAL(closedir)(dir);
}

static bool is_lasting_folder(const char *path)
{
    if (strcmp(path, below) == 0)
        return true;
    for (int i = 0; i < name_count; i++) {
        if (names[i].body == -1 && strcmp(names[i].path, path) == 0) {
            char parent[MOST_PATH];
            strcpy(parent, path);
            *strrchr(parent, '/') = '\0';
            return is_lasting_folder(parent);
        }
    }
    return false;
}

static void put_name(const struct name *name, bool folders)
{
    char parent[MOST_PATH];
    strcpy(parent, name->path);
    *strrchr(parent, '/') = '\0';
    if (!is_lasting_folder(parent))
        return;
    if (name->body < 0 && folders)
        REAL(mkdir)(name->path, 0700);
    else if (name->body >= 0 && !folders)
        put(name->path, bodies[name->body].bytes, bodies[name->body].length);
}

static void cut_power(void)
{
    bool worst = strcmp(power, "worst") == 0;
    struct fault_told *was = told;
    told = NULL;
    go_through(below, worst, strcmp(power, "half") == 0);
    for (int pass = 0; worst && pass < 2; pass++) {
        for (int i = 0; i < name_count; i++)
            put_name(&names[i], pass == 0);
    }
    told = was;
}

/* ---- beginning and end ---- */

static long number(const char *name)
{
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("FAULT_TOLD"), *letter = getenv("FAULT_KIND"), *amount = getenv("FAULT_SHORT");
    below = getenv("FAULT_BELOW");
    int fd = path && below ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    below_length = strlen(below);
    kind = letter ? *letter : '\0';
    nth = number("FAULT_NTH");
    end_at = number("FAULT_END");
    error = (int)number("FAULT_ERROR");
    on = getenv("FAULT_ON");
    done_all_the_same = getenv("FAULT_DONE");
    falls_short = amount;
    one_byte = amount && strcmp(amount, "one") == 0;
    power = getenv("FAULT_POWER");
    if (power)
        note_names(below, true);
    void *shared = REAL(mmap)(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    syscall(SYS_close, fd);
    if (shared != MAP_FAILED)
        told = shared;
}

__attribute__((destructor)) static void end(void)
{
    if (told && power)
        cut_power();
    told = NULL;
}

/* ---- writing ---- */

/* The disk keeps something else than it is given. */
static ssize_t write_wrong(int fd, const char *bytes, size_t length)
{
    char *wrong = __libc_malloc(length);
    memcpy(wrong, bytes, length);
    wrong[length / 2] ^= 1;
    ssize_t n = syscall(SYS_write, fd, wrong, length);
    free(wrong);
    return n;
}

static ssize_t write_some(int fd, const void *bytes, size_t length)
{
    if (told && fd_is_ours(fd) && is_record[fd])
        told->begun++;
    if (enter(FAULT_WRITE, fd_is_ours(fd))) {
        if (!error && !falls_short)
            return write_wrong(fd, bytes, length);
        if (!falls_short || told->hits > 1)
            return -1;
        length = one_byte ? 1 : length / 2;
    }
    return syscall(SYS_write, fd, bytes, length);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    return write_some(fd, bytes, length);
}

/* ---- a stream on a file that counts: the C library's own would write past us ---- */

static struct stream {
    FILE *file;
    int fd;
} streams[8];

static ssize_t stream_write(void *cookie, const char *bytes, size_t length)
{
    ssize_t n = write_some(((struct stream *)cookie)->fd, bytes, length);
    return n < 0 ? 0 : n; /* what fopencookie() wants where it fails */
}

static int stream_close(void *cookie)
{
    struct stream *stream = cookie;
    stream->file = NULL;
    return close(stream->fd);
}

FILE *fdopen(int fd, const char *mode)
{
    for (int i = 0; fd_is_ours(fd) && i < 8; i++) {
        if (streams[i].file)
            continue;
        cookie_io_functions_t calls = {.write = stream_write, .close = stream_close};
        streams[i].fd = fd;
        streams[i].file = fopencookie(&streams[i], mode, calls);
        return streams[i].file;
    }
    return REAL(fdopen)(fd, mode);
}

int fileno(FILE *file)
{
    for (int i = 0; i < 8; i++) {
        if (file && streams[i].file == file)
            return streams[i].fd;
    }
    return REAL(fileno)(file);
}

/* ---- syncing, cutting, locking, closing ---- */

static int sync_one(int fd)
{
    bool fails = enter(FAULT_SYNC, fd_is_ours(fd));
    int reason = errno;
    struct stat st;
    if (!fails || done_all_the_same)
        note_synced(fd);
    else if (power && reason != EINTR && REAL(fstat)(fd, &st) == 0)
        bodies[body_of(st.st_ino)].lost = true;
    errno = reason;
    return fails ? -1 : 0;
}

int fsync(int fd)
{
    return sync_one(fd);
}

int fdatasync(int fd)
{
    return sync_one(fd);
}

/* Each of these either fails or is done; or both. */
#define FAIL_OR(which, counts, act)                                                                          \
    bool fails = enter(which, counts);                                                                       \
    int reason = errno;                                                                                      \
    if (fails && !done_all_the_same)                                                                         \
        return -1;                                                                                           \
    int result = (act);                                                                                      \
    if (fails) {                                                                                             \
        errno = reason;                                                                                      \
        return -1;                                                                                           \
    }                                                                                                        \
    return result

int ftruncate(int fd, off_t size)
{
    FAIL_OR(FAULT_CUT, fd_is_ours(fd), (int)syscall(SYS_ftruncate, fd, size));
}

int close(int fd)
{
    bool counts = fd_is_ours(fd);
    if (counts)
        ours[fd] = is_record[fd] = false;
    bool fails = enter(FAULT_CLOSE, counts);
    if (counts)
        note_closing(fd);
    int reason = errno, result = (int)syscall(SYS_close, fd); /* closed whatever it says */
    if (fails)
        errno = reason;
    return fails ? -1 : result;
}

int flock(int fd, int operation)
{
    FAIL_OR(FAULT_LOCK, fd_is_ours(fd), (int)syscall(SYS_flock, fd, operation));
}

int fcntl(int fd, int command, ...)
{
    va_list args;
    va_start(args, command);
    void *argument = va_arg(args, void *);
    va_end(args);
    bool locks = command == F_SETLK || command == F_SETLKW || command == F_GETLK || command == F_OFD_SETLK ||
                 command == F_OFD_SETLKW || command == F_OFD_GETLK;
    if (enter(FAULT_LOCK, locks && fd_is_ours(fd)))
        return -1;
    return (int)syscall(SYS_fcntl, fd, command, argument);
}

/* ---- opening ---- */

static int note_opened(int fd, const char *path)
{
    if (fd < 0 || fd >= MOST_FD)
        return fd;
    size_t n = strlen(path);
    ours[fd] = true;
    is_record[fd] = n > 6 && strcmp(path + n - 6, ".jsonl") == 0;
    return fd;
}

static int open_at(int folder, const char *path, int flags, unsigned mode)
{
    bool counts = at_is_ours(folder, path);
    if (enter(FAULT_OPEN, counts))
        return -1;
    int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
    return counts ? note_opened(fd, path) : fd;
}

#define MODE_AFTER(flags)                                                                                    \
    va_list args;                                                                                            \
    va_start(args, flags);                                                                                   \
    unsigned mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, unsigned) : 0;                              \
    va_end(args)

int open(const char *path, int flags, ...)
{
    MODE_AFTER(flags);
    return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    MODE_AFTER(flags);
    return open_at(folder, path, flags, mode);
}

int mkostemp(char *path, int flags)
{
    bool counts = at_is_ours(AT_FDCWD, path);
    if (enter(FAULT_OPEN, counts))
        return -1;
    int fd = REAL(mkostemp)(path, flags);
    return counts ? note_opened(fd, path) : fd;
}

DIR *opendir(const char *path)
{
    return enter(FAULT_OPEN, at_is_ours(AT_FDCWD, path)) ? NULL : REAL(opendir)(path);
}

/* ---- reading ---- */

/* A read that fails or, without an errno, gives other bytes than were written. */
static ssize_t spoil(bool fails, char *bytes, ssize_t length)
{
    if (fails && length > 0)
        bytes[length / 2] ^= 1;
    return length;
}

ssize_t read(int fd, void *bytes, size_t length)
{
    bool fails = enter(FAULT_READ, fd_is_ours(fd));
    return fails && error ? -1 : spoil(fails, bytes, syscall(SYS_read, fd, bytes, length));
}

ssize_t pread(int fd, void *bytes, size_t length, off_t at)
{
    bool fails = enter(FAULT_READ, fd_is_ours(fd));
    return fails && error ? -1 : spoil(fails, bytes, syscall(SYS_pread64, fd, bytes, length, at));
}

struct dirent *readdir(DIR *dir)
{
    struct stat st, root;
    bool counts = told && REAL(fstat)(dirfd(dir), &st) == 0 && REAL(stat)(below, &root) == 0 &&
                  st.st_dev == root.st_dev; /* not /proc */
    bool fails = enter(FAULT_READ, counts);
    return fails && error ? NULL : REAL(readdir)(dir);
}

/* ---- names ---- */

int unlinkat(int folder, const char *path, int flags)
{
    bool counts = at_is_ours(folder, path);
    FAIL_OR(FAULT_NAME, counts, (note_going(folder, path), (int)syscall(SYS_unlinkat, folder, path, flags)));
}

int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}

int linkat(int from, const char *old, int to, const char *new, int flags)
{
    FAIL_OR(FAULT_NAME, at_is_ours(to, new), (int)syscall(SYS_linkat, from, old, to, new, flags));
}

int link(const char *old, const char *new)
{
    return linkat(AT_FDCWD, old, AT_FDCWD, new, 0);
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    FAIL_OR(FAULT_NAME, at_is_ours(to, new),
            (flags & RENAME_NOREPLACE ? (void)0 : note_going(to, new),
             (int)syscall(SYS_renameat2, from, old, to, new, flags)));
}

int renameat(int from, const char *old, int to, const char *new)
{
    return renameat2(from, old, to, new, 0);
}

int rename(const char *old, const char *new)
{
    return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0);
}

int mkdir(const char *path, mode_t mode)
{
    FAIL_OR(FAULT_NAME, at_is_ours(AT_FDCWD, path), (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

/* ---- looking ---- */

int stat(const char *restrict path, struct stat *restrict st)
{
    return enter(FAULT_LOOK, at_is_ours(AT_FDCWD, path)) ? -1 : REAL(stat)(path, st);
}

int lstat(const char *restrict path, struct stat *restrict st)
{
    return enter(FAULT_LOOK, at_is_ours(AT_FDCWD, path)) ? -1 : REAL(lstat)(path, st);
}

int fstat(int fd, struct stat *st)
{
    return enter(FAULT_LOOK, fd_is_ours(fd)) ? -1 : REAL(fstat)(fd, st);
}

int fstatat(int folder, const char *restrict path, struct stat *restrict st, int flags)
{
    return enter(FAULT_LOOK, at_is_ours(folder, path)) ? -1 : REAL(fstatat)(folder, path, st, flags);
}

int fstatfs(int fd, struct statfs *fs)
{
    return enter(FAULT_LOOK, fd_is_ours(fd)) ? -1 : (int)syscall(SYS_fstatfs, fd, fs);
}

int access(const char *path, int mode)
{
    return enter(FAULT_LOOK, at_is_ours(AT_FDCWD, path)) ? -1 : REAL(access)(path, mode);
}

/* ---- memory ---- */

void *malloc(size_t size)
{
    return enter(FAULT_MEMORY, true) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return enter(FAULT_MEMORY, true) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return enter(FAULT_MEMORY, true) ? NULL : __libc_realloc(old, size);
}

void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t from)
{
    return enter(FAULT_PAGES, true) ? MAP_FAILED
                                    : (void *)syscall(SYS_mmap, at, length, protection, flags, fd, from);
}

int mlock(const void *at, size_t length)
{
    return enter(FAULT_PAGES, true) ? -1 : (int)syscall(SYS_mlock, at, length);
}

int mprotect(void *at, size_t length, int protection)
{
    return enter(FAULT_PAGES, true) ? -1 : (int)syscall(SYS_mprotect, at, length, protection);
}

/* ---- a passphrase ---- */

/* What it costs to try one is not what is tried here, and each play would take seconds: the cheapest that
 * there is, by the library's own function. play.c does the same. */
int crypto_pwhash(unsigned char *out, unsigned long long size, const char *secret, unsigned long long length,
                  const unsigned char *salt, unsigned long long passes, size_t memory, int algorithm);

int crypto_pwhash(unsigned char *out, unsigned long long size, const char *secret, unsigned long long length,
                  const unsigned char *salt, unsigned long long passes, size_t memory, int algorithm)
{
    (void)passes;
    (void)memory;
    return REAL(crypto_pwhash)(out, size, secret, length, salt, 1, CHEAP, algorithm);
}

/* ---- the clock ---- */

int clock_gettime(clockid_t clock, struct timespec *now)
{
    bool fails = enter(FAULT_CLOCK, true);
    if (fails && error)
        return -1;
    int result = (int)syscall(SYS_clock_gettime, clock, now);
    if (fails)
        now->tv_sec -= BACK;
    return result;
}

time_t time(time_t *at)
{
    struct timespec now;
    bool fails = enter(FAULT_CLOCK, true);
    if (fails && error)
        return -1;
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
    time_t seconds = now.tv_sec - (fails ? BACK : 0);
    if (at)
        *at = seconds;
    return seconds;
}

/* ---- the same calls by the names that fortified code has for them ---- */

int __open_2(const char *path, int flags);
int __openat_2(int folder, const char *path, int flags);
ssize_t __read_chk(int fd, void *bytes, size_t length, size_t room);
ssize_t __pread_chk(int fd, void *bytes, size_t length, off_t at, size_t room);

int __open_2(const char *path, int flags)
{
    return open_at(AT_FDCWD, path, flags, 0);
}

int __openat_2(int folder, const char *path, int flags)
{
    return open_at(folder, path, flags, 0);
}

ssize_t __read_chk(int fd, void *bytes, size_t length, size_t room)
{
    if (length > room)
        abort();
    return read(fd, bytes, length);
}

ssize_t __pread_chk(int fd, void *bytes, size_t length, off_t at, size_t room)
{
    if (length > room)
        abort();
    return pread(fd, bytes, length, at);
}
