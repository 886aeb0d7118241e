/* Names of files and folders. */
#include "base/path.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/without.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *path_join(const char *folder, const char *name)
{
    size_t n = strlen(folder);
    return xasprintf("%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/", name);
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *path_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return xstrdup(".");
    return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

/* Is the name of a new folder on the disk? */
static bool sync_parent(const char *path)
{
    char *parent = path_folder(path);
    int fd = open(*parent ? parent : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
    if (fd < 0)
        synced = errno == EACCES; /* nobody but its owner can do more than go through it */
    else
        close(fd);
    free(parent);
    return synced || WITHOUT("folder sync");
}

bool path_make_folder(const char *path, char **cause)
{
    char *step = xstrdup(path);
    for (char *p = step + 1;; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        char was = *p;
        *p = '\0';
        struct stat st;
        bool made = mkdir(step, 0700) == 0;
        if ((!made && errno != EEXIST) || (made && !sync_parent(step))) {
            cause_errno(cause, "The folder %s cannot be made", step);
            free(step);
            return false;
        }
        if (stat(step, &st) != 0 || !S_ISDIR(st.st_mode)) {
            cause_set(cause, "%s is in the way: it is not a folder.", step);
            free(step);
            return false;
        }
        *p = was;
        if (was == '\0')
            break;
    }
    free(step);
    return true;
}

char *path_data_home(void)
{
    const char *set = getenv("XDG_DATA_HOME");
    if (set && set[0] == '/')
        return xstrdup(set);
    const char *home = getenv("HOME");
    return home && home[0] == '/' ? path_join(home, ".local/share") : NULL;
}

char *path_read(const char *path, size_t most, size_t *length, char **cause)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        cause_errno(cause, "%s cannot be read", path);
        if (fd >= 0 && !standard)
            close(fd);
        return NULL;
    }
    if (S_ISDIR(st.st_mode)) {
        if (!standard)
            close(fd);
        cause_set(cause, "%s is a folder, not a file.", path);
        return NULL;
    }
    struct strbuf sb = STRBUF_INIT;
    char block[16384];
    ssize_t got;
    while ((got = read(fd, block, sizeof block)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || sb.length + (size_t)got > most) {
            if (got < 0)
                cause_errno(cause, "%s cannot be read", path);
            else
                cause_set(cause, "%s is longer than the %zu bytes that are allowed.", path, most);
            strbuf_release(&sb);
            break;
        }
        strbuf_addn(&sb, block, (size_t)got);
    }
    if (!standard)
        close(fd);
    if (got != 0)
        return NULL;
    *length = sb.length;
    return strbuf_detach(&sb);
}
