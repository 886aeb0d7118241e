/* Calls that fail seldom, failing when a test wants it. */
#include "refusals.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

const char *const refusal_functions[] = {"fstat",         "lstat",  "fcntl", "flock",  "opendir",
                                         "readdir",       "open",   "read",  "rename", "unlink",
                                         "crypto_pwhash", "access", NULL};

long refusal_clock_step;
unsigned refusal_memory;

static const char *refused;
static int wanted, seen, reason;
static bool from_then_on, hit;

void refusal_begin(const char *function, int nth, int error, bool all)
{
    refused = function;
    wanted = nth;
    seen = 0;
    reason = error;
    from_then_on = all;
    hit = false;
}

bool refusal_end(void)
{
    refused = NULL;
    return hit;
}

static bool refuses(const char *function)
{
    if (!refused || strcmp(function, refused) != 0)
        return false;
    seen++;
    if (seen != wanted && !(from_then_on && seen > wanted))
        return false;
    hit = true;
    errno = reason;
    return true;
}

/* One that is as it was, but for failing. */
#define REFUSABLE(type, name, failure, parameters, arguments)                                                \
    type __real_##name parameters;                                                                           \
    type __wrap_##name parameters;                                                                           \
    type __wrap_##name parameters                                                                            \
    {                                                                                                        \
        return refuses(#name) ? (failure) : __real_##name arguments;                                         \
    }

REFUSABLE(int, lstat, -1, (const char *path, struct stat *st), (path, st))
REFUSABLE(int, flock, -1, (int fd, int operation), (fd, operation))
REFUSABLE(DIR *, opendir, NULL, (const char *path), (path))
REFUSABLE(struct dirent *, readdir, NULL, (DIR * dir), (dir))
REFUSABLE(ssize_t, read, -1, (int fd, void *bytes, size_t length), (fd, bytes, length))
REFUSABLE(int, rename, -1, (const char *from, const char *to), (from, to))
REFUSABLE(int, unlink, -1, (const char *path), (path))
REFUSABLE(int, access, -1, (const char *path, int mode), (path, mode))
REFUSABLE(char *, json_dumps, NULL, (const json_t *json, size_t flags), (json, flags))

/* With no errno: it tells of one byte more than there is. */
int __real_fstat(int fd, struct stat *st);
int __wrap_fstat(int fd, struct stat *st);
int __wrap_fstat(int fd, struct stat *st)
{
    bool fails = refuses("fstat");
    if (fails && reason)
        return -1;
    int result = __real_fstat(fd, st);
    st->st_size += fails;
    return result;
}

int __real_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...)
{
    va_list args;
    va_start(args, command);
    void *argument = va_arg(args, void *);
    va_end(args);
    return command != F_GETFD && refuses("fcntl") ? -1 : __real_fcntl(fd, command, argument);
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = va_arg(args, mode_t);
    va_end(args);
    return refuses("open") ? -1 : __real_open(path, flags, mode);
}

int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
    static long shown;
    if (!refusal_clock_step)
        return __real_clock_gettime(clock, now);
    shown += refusal_clock_step;
    now->tv_sec = shown / 1000;
    now->tv_nsec = shown % 1000 * 1000000;
    return 0;
}

int __wrap_crypto_pwhash(unsigned char *out, unsigned long long size, const char *secret,
                         unsigned long long length, const unsigned char *salt, unsigned long long passes,
                         size_t memory, int algorithm);
int __wrap_crypto_pwhash(unsigned char *out, unsigned long long size, const char *secret,
                         unsigned long long length, const unsigned char *salt, unsigned long long passes,
                         size_t memory, int algorithm)
{
    (void)passes;
    (void)algorithm;
    if (refuses("crypto_pwhash") || (refusal_memory && memory > (size_t)refusal_memory << 20))
        return -1;
    return crypto_generichash(out, size, (const unsigned char *)secret, length, salt,
                              crypto_pwhash_SALTBYTES);
}
