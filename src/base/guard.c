/* What the process does for itself before it knows anything worth guarding.
 *
 * Swap: what is in memory can be written to a swap area at any time, keys too where they are not locked in.
 * It is encrypted where the device mapper says so of the device it lies on, or of all that this one is made
 * of; zram is memory. Whatever else it may be, we do not know that it is encrypted, and say so. */
#include "base/guard.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/utf8.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* LeakSanitizer looks at the process from outside, and cannot where it is not dumpable. */
#if defined __has_feature
#if __has_feature(address_sanitizer)
#define IS_LOOKED_INTO 1
#endif
#elif defined __SANITIZE_ADDRESS__
#define IS_LOOKED_INTO 1
#endif
#ifndef IS_LOOKED_INTO
#define IS_LOOKED_INTO 0
#endif

/* A stream that was closed stays as unusable as it was: what is read or written is refused, and told of. Only
 * its number is taken, which the next file to be opened would have had. */
static void take_standard_numbers(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            _exit(2); /* there is nowhere to say why */
    }
}

void guard_process(void)
{
    take_standard_numbers();
    umask(077);
    /* Neither is enough alone: a core that is given to a program knows no limit, and a limit of 0 stays when
     * the process is made dumpable again. Where one cannot be had, the other still can. */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    if (!IS_LOOKED_INTO)
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* ---- swap ---- */

/* The first line of a file, without its end; NULL where there is none. The caller frees it. */
static char *first_line(const char *folder, const char *name)
{
    char *path = path_join(folder, name), *line = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "re");
    if (file && getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
    } else {
        free(line);
        line = NULL;
    }
    if (file)
        fclose(file);
    free(path);
    return line;
}

/* Does the device mapper encrypt this device? "CRYPT-" alone is not enough: verity and integrity only check.
 */
static bool is_mapped_encrypted(const char *device)
{
    static const char *const kinds[] = {"LUKS", "PLAIN-", "TCRYPT-", "LOOPAES-", "BITLK-", "FVAULT2-"};
    char *uuid = first_line(device, "dm/uuid");
    bool found = false;
    if (uuid && strncmp(uuid, "CRYPT-", 6) == 0) {
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            found |= strncmp(uuid + 6, kinds[i], strlen(kinds[i])) == 0;
    }
    free(uuid);
    return found;
}

/* The same of a device, given as its folder in sys, or of all that it is made of (a volume on an encrypted
 * disk). */
static bool is_encrypted(const char *device, int depth)
{
    enum { DEEPEST = 8 };
    if (depth > DEEPEST)
        return false;
    if (is_mapped_encrypted(device))
        return true;
    char *below = path_join(device, "slaves");
    DIR *folder = opendir(below);
    size_t parts = 0, encrypted = 0;
    const struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
        if (entry->d_name[0] == '.')
            continue;
        char *part = path_join(below, entry->d_name);
        parts++;
        encrypted += is_encrypted(part, depth + 1);
        free(part);
    }
    if (folder)
        closedir(folder);
    free(below);
    return parts > 0 && parts == encrypted;
}

/* Is it memory that is called a device, and not written on to a disk from there? */
static bool is_memory(const char *name, const char *device)
{
    if (strncmp(name, "zram", 4) != 0)
        return false;
    char *backing = first_line(device, "backing_dev");
    bool memory = !backing || strcmp(backing, "none") == 0;
    free(backing);
    return memory;
}

/* Is this swap area, a device or a file, safe to be swapped to? */
static bool is_safe(const char *root, const char *area, bool is_file)
{
    char *device;
    bool safe = false;
    if (is_file) {
        char *path = xasprintf("%s%s", root, area);
        struct stat st;
        if (stat(path, &st) == 0) {
            device = xasprintf("%s/sys/dev/block/%u:%u", root, major(st.st_dev), minor(st.st_dev));
            safe = is_encrypted(device, 0);
            free(device);
        }
        free(path);
        return safe;
    }
    const char *name = path_base(area);
    device = xasprintf("%s/sys/class/block/%s", root, name);
    safe = is_memory(name, device) || is_encrypted(device, 0);
    free(device);
    return safe;
}

/* In place: \040 and the like, as the kernel writes blanks in names. */
static void unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from; to++) {
        if (from[0] == '\\' && from[1] >= '0' && from[1] <= '3' && from[2] >= '0' && from[2] <= '7' &&
            from[3] >= '0' && from[3] <= '7') {
            *to = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0'));
            from += 4;
        } else {
            *to = *from++;
        }
    }
    *to = '\0';
}

char *guard_swap_warning_in(const char *root)
{
    char *path = xasprintf("%s/proc/swaps", root), *line = NULL, *warning = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "re");
    /* "Filename Type Size Used Priority", and a line so for each; the names begin with a slash. */
    while (file && !warning && getline(&line, &room, file) > 0) {
        char *end = line + strcspn(line, " \t\n");
        if (line[0] != '/' || !*end)
            continue;
        *end = '\0';
        bool is_file = strncmp(end + 1 + strspn(end + 1, " \t"), "file", 4) == 0;
        unescape(line);
        if (is_safe(root, line, is_file))
            continue;
        char *safe = utf8_safe(line, false);
        warning =
            xasprintf("This computer may write what is in its memory to its disk (%s), and nothing says that "
                      "it is encrypted there. What you type could be found on the disk later. Ask whoever "
                      "looks after this computer to encrypt its swap space, or to turn it off.",
                      safe);
        free(safe);
    }
    if (file)
        fclose(file);
    free(line);
    free(path);
    return warning;
}

char *guard_swap_warning(void)
{
    return guard_swap_warning_in("");
}
