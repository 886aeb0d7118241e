/* A record's file. It is reached through its folder's descriptor, kept open, so that a new file, a check that
 * the file is still the one at its name, and the folder's sync all speak of the same folder.
 *
 * What we know of the file is its size and its last bytes. Before each append both are looked at again: the
 * lock keeps out another Alongside, but not an editor, a synchroniser or a restored backup. */
#include "record/disk.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/without.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum {
    TAIL = 80,                     /* how many of the last bytes are compared: a line's hash, and more */
    MOST_TORN = 100,               /* how many .torn files one record may have */
    MOST_FILE = 256 * 1024 * 1024, /* far more than a life of sittings; bounds what a wrong file can cost */
};

struct disk {
    char *path;
    const char *name; /* points into it */
    int folder, fd;
    off_t size; /* what is in it and synced */
    char tail[TAIL];
    bool unsafe, astray;
};

/* File systems on which a sync, a lock or an append is not what it says, or that are pulled out with the
 * stick. Numbers from statfs(2). */
static const struct {
    unsigned long kind;
    const char *name;
} refused[] = {
    {0x6969, "NFS, over a network"},
    {0x517B, "SMB, over a network"},
    {0xFF534D42, "CIFS, over a network"},
    {0xFE534D42, "SMB, over a network"},
    {0x564C, "NCP, over a network"},
    {0x5346414F, "AFS, over a network"},
    {0x73757245, "Coda, over a network"},
    {0x00C36400, "Ceph, over a network"},
    {0x01021997, "9P, over a network or from another system"},
    {0x786F4256, "a folder of another system (vboxsf)"},
    {0x65735546, "reached through another program (FUSE)"},
    {0x4D44, "FAT, as on a memory stick"},
    {0x2011BAB0, "exFAT, as on a memory stick"},
    {0x7366746E, "NTFS, as on another system's disk"},
    {0x5346544E, "NTFS, as on another system's disk"},
    {0x15013346, "UDF, as on a disc"},
};

const char *disk_refusal(unsigned long kind)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (refused[i].kind == kind)
            return refused[i].name;
    }
    return NULL;
}

/* Refuse a folder or file on such a file system. */
static bool check_kind(int fd, const char *path, char **cause)
{
    struct statfs fs;
    if (fstatfs(fd, &fs) != 0)
        return cause_errno(cause, "%s: what it lies on cannot be found out", path);
    /* f_type is signed, and as wide as the machine's word. */
    const char *why = disk_refusal((unsigned long)fs.f_type & 0xFFFFFFFFul);
    if (why)
        return cause_set(
            cause,
            "%s lies on a file system that can lose what was saved (%s). Keep records on this computer's "
            "own disk; copies may go anywhere.",
            path, why);
    return true;
}

/* ---- calls that a signal may interrupt ---- */

static ssize_t write_once(int fd, const char *bytes, size_t length)
{
    ssize_t n;
    do
        n = write(fd, bytes, length);
    while (n < 0 && errno == EINTR); /* interrupted before the first byte: nothing was written */
    return n;
}

bool disk_write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = write_once(fd, bytes, length);
        if (n < 0)
            return false;
        if (n == 0) {
            errno = EIO;
            return false;
        }
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

/* An interrupted sync has reported nothing and may be asked again; one that failed may not. */
static bool sync_data(int fd)
{
    int result;
    if (WITHOUT("sync"))
        return true;
    do
        result = fdatasync(fd);
    while (result != 0 && (errno == EINTR || WITHOUT("believing a failed sync")));
    return result == 0;
}

static bool sync_file(int fd)
{
    int result;
    if (WITHOUT("sync"))
        return true;
    do
        result = fsync(fd);
    while (result != 0 && errno == EINTR);
    return result == 0;
}

/* Some file systems that only copies go to have no such thing as a folder's sync. */
static bool sync_folder(int folder)
{
    return WITHOUT("folder sync") || sync_file(folder) || errno == EINVAL;
}

static bool cut(int fd, off_t size)
{
    int result;
    do
        result = ftruncate(fd, size);
    while (result != 0 && errno == EINTR);
    return result == 0;
}

/* Exactly these bytes, or false: errno is 0 where the file ends before them. */
static bool read_at(int fd, char *bytes, size_t length, off_t at)
{
    while (length > 0) {
        ssize_t n = pread(fd, bytes, length, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            if (n == 0)
                errno = 0;
            return false;
        }
        bytes += n;
        at += n;
        length -= (size_t)n;
    }
    return true;
}

/* ---- making and opening ---- */

static int open_folder(const char *path, char **cause)
{
    char *folder = path_folder(path);
    int fd = openat(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0)
        cause_errno(cause, "The folder %s cannot be opened", folder);
    free(folder);
    return fd;
}

/* Two locks. The one on all that a file can hold is the open file's, and is what keeps others out; but it
 * belongs to no process, so nobody can be told whose it is. Behind that lies one byte more, whose lock is the
 * process's, and the system says of that one who has it. It keeps nobody out; the process loses it when it
 * closes the record after another look at it, and then nobody is named. */
static const off_t name_at = (off_t)1 << (sizeof(off_t) * 8 - 2);

static struct flock file_lock(short type)
{
    return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_len = name_at};
}

static struct flock name_lock(short type)
{
    return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = name_at, .l_len = 1};
}

static bool lock(int fd)
{
    struct flock file = file_lock(F_WRLCK), name = name_lock(F_WRLCK);
    if (fcntl(fd, F_OFD_SETLK, &file) != 0)
        return WITHOUT("lock");
    fcntl(fd, F_SETLK, &name); /* where that fails, nobody is named */
    return true;
}

/* Open a new file, without a name yet where the file system has such: then whatever happens on the way, no
 * half of it is ever found under its name. */
static int open_new(int folder, const char *name, bool *named)
{
    bool can = access("/proc/self/fd", X_OK) == 0 && !WITHOUT("whole before named");
    int fd = can ? openat(folder, ".", O_TMPFILE | O_RDWR | O_APPEND | O_CLOEXEC, 0600) : -1;
    *named = fd < 0;
    if (fd < 0)
        fd = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    return fd;
}

/* Give it its name, over nothing that is there. */
static bool give_name(int fd, int folder, const char *name)
{
    char *self = xasprintf("/proc/self/fd/%d", fd);
    if (WITHOUT("nothing written over"))
        unlinkat(folder, name, 0);
    bool given = linkat(AT_FDCWD, self, folder, name, AT_SYMLINK_FOLLOW) == 0;
    free(self);
    return given;
}

/* A new file of these bytes in the folder, synced and locked; its descriptor, or -1 with errno set and
 * nothing left behind. */
static int new_file(int folder, const char *name, const char *bytes, size_t length)
{
    bool named;
    int fd = open_new(folder, name, &named);
    if (fd < 0)
        return -1;
    lock(fd); /* before there is anything in it; a copy does not need it, and disk_create() asks again */
    if (disk_write_all(fd, bytes, length) && sync_file(fd) &&
        (named || (named = give_name(fd, folder, name))) && sync_folder(folder))
        return fd;
    int reason = errno;
    if (named)
        unlinkat(folder, name, 0);
    close(fd);
    errno = reason;
    return -1;
}

static struct disk *disk_new(const char *path, int folder, int fd)
{
    struct disk *disk = xcalloc(1, sizeof *disk);
    disk->path = xstrdup(path);
    disk->name = path_base(disk->path);
    disk->folder = folder;
    disk->fd = fd;
    return disk;
}

/* Remember what the file now ends in. */
static void note_tail(struct disk *disk, const char *bytes, size_t length)
{
    size_t n = length < TAIL ? length : TAIL;
    memmove(disk->tail, disk->tail + n, TAIL - n);
    memcpy(disk->tail + TAIL - n, bytes + length - n, n);
}

struct disk *disk_create(const char *path, const char *bytes, size_t length, char **cause)
{
    int folder = open_folder(path, cause);
    if (folder < 0)
        return NULL;
    int fd = -1;
    if (check_kind(folder, path, cause)) {
        fd = new_file(folder, path_base(path), bytes, length);
        if (fd < 0)
            cause_errno(cause, "%s cannot be made", path);
    }
    if (fd >= 0 && !lock(fd)) {
        cause_errno(cause, "%s cannot be locked, so nothing can be added to it safely", path);
        unlinkat(folder, path_base(path), 0);
        close(fd);
        fd = -1;
    }
    if (fd < 0) {
        close(folder);
        return NULL;
    }
    struct disk *disk = disk_new(path, folder, fd);
    disk->size = (off_t)length;
    note_tail(disk, bytes, length);
    return disk;
}

/* What has to hold of an open file. */
static bool check_opened(struct disk *disk, enum record_mode mode, char **cause)
{
    struct stat st;
    if (fstat(disk->fd, &st) != 0)
        return cause_errno(cause, "%s cannot be read", disk->path);
    if (!S_ISREG(st.st_mode))
        return cause_set(cause, "%s is %s, not a record.", disk->path,
                         S_ISDIR(st.st_mode) ? "a folder" : "no file");
    if (mode == RECORD_READ)
        return true;
    if (!check_kind(disk->fd, disk->path, cause))
        return false;
    if (lock(disk->fd))
        return true;
    if (errno != EAGAIN && errno != EACCES)
        return cause_errno(cause, "%s cannot be locked, so nothing can be added to it safely", disk->path);
    char *holder = disk_holder(disk);
    cause_set(cause, "%s is open in %s. It can be read here, but only added to once it is closed there.",
              disk->path, holder ? holder : "another program, which has closed it this moment");
    free(holder);
    return false;
}

struct disk *disk_open(const char *path, enum record_mode mode, char **cause)
{
    int folder = open_folder(path, cause);
    if (folder < 0)
        return NULL;
    /* Not blocking, so that a pipe in the record's place does not hang us. A link may be read through, but a
     * record has one name only to those who write it. */
    int flags = mode == RECORD_WRITE ? O_RDWR | O_APPEND | O_NOFOLLOW : O_RDONLY;
    int fd = openat(folder, path_base(path), flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
    if (fd < 0) {
        if (errno == ELOOP)
            cause_set(cause, "%s is a link. Open the record itself, where it lies.", path);
        else
            cause_errno(cause, "%s cannot be opened", path);
        close(folder);
        return NULL;
    }
    struct disk *disk = disk_new(path, folder, fd);
    if (!check_opened(disk, mode, cause)) {
        disk_close(disk);
        return NULL;
    }
    return disk;
}

void disk_close(struct disk *disk)
{
    if (!disk)
        return;
    close(disk->fd);
    close(disk->folder);
    free(disk->path);
    free(disk);
}

char *disk_holder(const struct disk *disk)
{
    struct flock asked = file_lock(F_RDLCK), named = name_lock(F_RDLCK);
    if (fcntl(disk->fd, F_OFD_GETLK, &asked) != 0 || asked.l_type == F_UNLCK)
        return NULL;
    if (fcntl(disk->fd, F_GETLK, &named) == 0 && named.l_type != F_UNLCK && named.l_pid > 0)
        return xasprintf("another Alongside (process %ld)", (long)named.l_pid);
    return xstrdup("another program");
}

/* ---- reading ---- */

/* The whole of an open file. */
static char *read_whole(int fd, const char *path, size_t *length, char **cause)
{
    struct stat st;
    if (fstat(fd, &st) != 0) {
        cause_errno(cause, "%s cannot be read", path);
        return NULL;
    }
    if (st.st_size > MOST_FILE) {
        cause_set(cause, "%s is too large to be a record.", path);
        return NULL;
    }
    size_t size = (size_t)st.st_size;
    char *bytes = xmalloc(size + 1);
    if (!read_at(fd, bytes, size, 0)) {
        if (errno)
            cause_errno(cause, "%s cannot be read", path);
        else
            cause_set(cause, "%s became shorter while it was read. Try again.", path);
        free(bytes);
        return NULL;
    }
    bytes[size] = '\0';
    *length = size;
    return bytes;
}

char *disk_read(struct disk *disk, size_t *length, char **cause)
{
    char *bytes = read_whole(disk->fd, disk->path, length, cause);
    if (bytes) {
        disk->size = (off_t)*length;
        note_tail(disk, bytes, *length);
    }
    return bytes;
}

char *disk_read_small(const char *path, size_t most, size_t *length, char **cause)
{
    int fd = openat(AT_FDCWD, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
    int reason = fd < 0 ? errno : 0;
    struct stat st;
    char *bytes = NULL;
    if (reason == ELOOP)
        cause_set(cause, "%s is a link, and has to be the file itself.", path);
    else if (fd < 0 || fstat(fd, &st) != 0)
        cause_errno(cause, "%s cannot be read", path);
    else if (!S_ISREG(st.st_mode))
        cause_set(cause, "%s is %s, not a file.", path,
                  S_ISDIR(st.st_mode) ? "a folder" : "a device or a pipe");
    else if ((size_t)st.st_size > most)
        cause_set(cause, "%s is longer than the %zu bytes that are allowed.", path, most);
    else
        bytes = read_whole(fd, path, length, cause);
    if (fd >= 0)
        close(fd);
    errno = reason;
    return bytes;
}

/* ---- adding ---- */

static enum record_saved gone_astray(struct disk *disk, const char *how, char **cause)
{
    disk->astray = true;
    cause_set(cause, "%s was %s since it was last saved, not by this Alongside. Nothing was written to it.",
              disk->path, how);
    return RECORD_NOT_SAVED;
}

/* Is the file what we last left there? RECORD_SAVED for yes. */
static enum record_saved check_unchanged(struct disk *disk, char **cause)
{
    struct stat here, there;
    char tail[TAIL];
    size_t n = disk->size < TAIL ? (size_t)disk->size : TAIL;
    if (WITHOUT("looking before adding"))
        return RECORD_SAVED;
    if (fstat(disk->fd, &here) != 0) {
        cause_errno(cause, "%s cannot be looked at", disk->path);
        return RECORD_NOT_SAVED;
    }
    if (fstatat(disk->folder, disk->name, &there, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT)
            return gone_astray(disk, "taken away or renamed", cause);
        cause_errno(cause, "%s cannot be looked at", disk->path);
        return RECORD_NOT_SAVED;
    }
    if (here.st_dev != there.st_dev || here.st_ino != there.st_ino)
        return gone_astray(disk, "replaced", cause);
    if (here.st_size != disk->size)
        return gone_astray(disk, "changed", cause);
    if (!read_at(disk->fd, tail, n, disk->size - (off_t)n)) {
        cause_errno(cause, "%s cannot be read", disk->path);
        return RECORD_NOT_SAVED;
    }
    if (memcmp(tail, disk->tail + TAIL - n, n) != 0)
        return gone_astray(disk, "changed", cause);
    return RECORD_SAVED;
}

/* A write that did not take all of the line: cut it back, so that the file is as it was. */
static enum record_saved take_back(struct disk *disk, ssize_t written, char **cause)
{
    char *why = written < 0 ? xstrdup(strerror(errno)) : xstrdup("there is no room for it on the disk");
    struct stat st;
    bool as_it_was = fstat(disk->fd, &st) == 0 && st.st_size == disk->size;
    if (WITHOUT("cutting back"))
        as_it_was = true;
    if (!as_it_was && cut(disk->fd, disk->size) && sync_file(disk->fd))
        as_it_was = true;
    if (as_it_was)
        cause_set(cause, "This was not saved: %s. Make room, or save to another place.", why);
    else
        cause_set(cause,
                  "This was not saved: %s. Part of it could not be taken back out of %s. Save to another "
                  "place.",
                  why, disk->path);
    free(why);
    disk->unsafe = !as_it_was;
    return as_it_was ? RECORD_NOT_SAVED : RECORD_UNSAFE;
}

enum record_saved disk_append(struct disk *disk, const char *bytes, size_t length, char **cause)
{
    if (disk->unsafe) {
        cause_set(cause, "%s can no longer be relied on: saving to it failed. Save to another place.",
                  disk->path);
        return RECORD_UNSAFE;
    }
    enum record_saved unchanged = check_unchanged(disk, cause);
    if (unchanged != RECORD_SAVED)
        return unchanged;
    ssize_t written = write_once(disk->fd, bytes, length);
    if (written < 0 || (size_t)written != length)
        return take_back(disk, written, cause);
    if (!sync_data(disk->fd)) {
        disk->unsafe = true;
        cause_errno(
            cause,
            "The disk did not confirm that this was saved. %s can no longer be relied on. Save to another "
            "place",
            disk->path);
        return RECORD_UNSAFE;
    }
    disk->size += (off_t)length;
    note_tail(disk, bytes, length);
    return RECORD_SAVED;
}

bool disk_unchanged(struct disk *disk, char **cause)
{
    return check_unchanged(disk, cause) == RECORD_SAVED;
}

bool disk_astray(const struct disk *disk)
{
    return disk->astray;
}

/* ---- setting aside ---- */

/* "NAME.torn", "NAME.torn.1", … ; the caller frees it. */
static char *torn_name(const struct disk *disk, int i)
{
    return i ? xasprintf("%s.torn.%d", disk->name, i) : xasprintf("%s.torn", disk->name);
}

/* Keep these bytes in a new file beside the record. It gets its name when it is whole: a file of that name is
 * never half of what was set aside. */
static bool keep_aside(struct disk *disk, const char *bytes, size_t length)
{
    char *part = xasprintf("%s.torn-part", disk->name);
    unlinkat(disk->folder, part, 0); /* of an earlier try that came to nothing; we hold the record's lock */
    int fd = new_file(disk->folder, part, bytes, length);
    bool kept = false;
    for (int i = 0; i < MOST_TORN && fd >= 0 && !kept; i++) {
        char *name = torn_name(disk, i);
        kept = linkat(disk->folder, part, disk->folder, name, 0) == 0;
        free(name);
        if (!kept && errno != EEXIST)
            break;
    }
    if (fd >= 0) {
        int reason = errno;
        unlinkat(disk->folder, part, 0);
        close(fd);
        errno = reason;
    }
    free(part);
    return kept;
}

/* Keep what is in the file from there on. It has no hash that tells of a byte read wrongly: it is read
 * twice. */
static bool keep_end(struct disk *disk, size_t from, size_t length)
{
    char *bytes = xmalloc(length), *again = xmalloc(length);
    bool same =
        read_at(disk->fd, bytes, length, (off_t)from) && read_at(disk->fd, again, length, (off_t)from);
    if (same && memcmp(bytes, again, length) != 0 && !WITHOUT("reading twice")) {
        errno = EIO;
        same = false;
    }
    bool kept = same && keep_aside(disk, bytes, length);
    free(again);
    free(bytes);
    return kept;
}

bool disk_set_aside(struct disk *disk, size_t size, bool kept, char **cause)
{
    size_t length = (size_t)disk->size - size;
    kept = kept || WITHOUT("setting aside") || keep_end(disk, size, length);
    if (!kept || !sync_folder(disk->folder))
        return cause_errno(cause, "the unfinished line at its end cannot be set aside");
    /* From here on the bytes are in two places, and a crash costs nothing. */
    if (!cut(disk->fd, (off_t)size) || !sync_file(disk->fd))
        return cause_errno(cause, "the unfinished line at its end cannot be cut off");
    char *whole = disk_read(disk, &length, cause);
    free(whole);
    return whole != NULL;
}

char *disk_aside(struct disk *disk, int i, size_t *length)
{
    char *name = torn_name(disk, i);
    int fd = openat(disk->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
    free(name);
    struct stat st;
    char *bytes = NULL;
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        bytes = read_whole(fd, disk->name, length, NULL);
    if (fd >= 0)
        close(fd);
    return bytes;
}

/* ---- copying ---- */

/* Does the disk hold what was written? */
static bool compare_back(int fd, const char *path, const char *bytes, size_t length, char **cause)
{
    /* Let go of what memory holds of it, so that what is compared comes from the disk. */
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    size_t found = 0;
    char *back = read_whole(fd, path, &found, cause);
    bool same = WITHOUT("reading back") || (back && found == length && memcmp(back, bytes, length) == 0);
    if (back && !same)
        cause_set(cause, "%s did not keep what was written to it. Save to another place.", path);
    free(back);
    return same;
}

bool disk_copy(const char *path, const char *bytes, size_t length, char **cause)
{
    int folder = open_folder(path, cause);
    if (folder < 0)
        return false;
    int fd = new_file(folder, path_base(path), bytes, length);
    if (fd < 0) {
        cause_errno(cause, "%s cannot be made", path);
        close(folder);
        return false;
    }
    bool same = compare_back(fd, path, bytes, length, cause);
    if (!same)
        unlinkat(folder, path_base(path), 0);
    close(fd);
    close(folder);
    return same;
}

bool disk_replace(const char *path, const char *bytes, size_t length, char **cause)
{
    int folder = open_folder(path, cause);
    if (folder < 0)
        return false;
    char *made = xasprintf("%s.new", path_base(path));
    unlinkat(folder, made, 0); /* of an earlier try that came to nothing */
    int fd = new_file(folder, made, bytes, length);
    bool whole = fd >= 0 ? compare_back(fd, path, bytes, length, cause)
                         : cause_errno(cause, "%s cannot be written", path);
    bool named = whole && (renameat(folder, made, folder, path_base(path)) == 0 ||
                           cause_errno(cause, "%s cannot be replaced", path));
    bool replaced = named && (sync_folder(folder) ||
                              cause_errno(cause, "The disk did not confirm that %s was replaced", path));
    if (fd >= 0 && !named)
        unlinkat(folder, made, 0);
    if (fd >= 0)
        close(fd);
    free(made);
    close(folder);
    return replaced;
}

bool disk_sync_folder(const char *folder, char **cause)
{
    int fd = openat(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    bool synced = fd >= 0 && sync_folder(fd);
    if (!synced)
        cause_errno(cause, "The disk did not confirm what was changed in %s", folder);
    if (fd >= 0)
        close(fd);
    return synced;
}
