/* The table of formats, and a report as a file: all of it, or nothing and a reason. */
#include "report/report.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/vocab.h"
#include "base/without.h"
#include "record/disk.h"
#include "report/as_json.h"
#include "report/as_text.h"
#include "report/as_yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

const struct report_format report_formats[] = {
    {"yaml", "yaml", as_yaml_write, "all of it, easy to read", true},
    {"json", "json", as_json_write, "the same, for other programs", true},
    {"text", "txt", as_text_write, "a summary on plain lines, as `alongside show` gives it", false},
    {NULL, NULL, NULL, NULL, false},
};

const struct report_format *report_format_named(const char *name, char **cause)
{
    const char *names[sizeof report_formats / sizeof *report_formats];
    size_t count = 0;
    for (const struct report_format *format = report_formats; format->name; format++) {
        if (strcmp(format->name, name) == 0)
            return format;
        names[count++] = format->name;
    }
    names[count] = NULL;
    const char *nearest = vocab_nearest(names, name);
    if (nearest) {
        cause_set(cause, "There is no format “%s”: did you mean “%s”?", name, nearest);
    } else {
        char *list = vocab_list(names);
        cause_set(cause, "There is no format “%s”: it is one of %s.", name, list);
        free(list);
    }
    return NULL;
}

const struct report_format *report_format_of_file(const char *path)
{
    const char *dot = strrchr(path_base(path), '.');
    for (const struct report_format *format = report_formats; dot && format->name; format++) {
        if (strcasecmp(dot + 1, format->extension) == 0)
            return format;
    }
    return NULL;
}

/* ---- as a file ---- */

static bool refuse_existing(const char *path, char **cause)
{
    return cause_set(cause, "%s is there already and was left as it is. Choose another name.", path);
}

/* Give the finished file its name, over nothing that is there. */
static bool name_new(const char *made, const char *path, char **cause)
{
    if (renameat2(AT_FDCWD, made, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return true;
    if (errno == EEXIST)
        return refuse_existing(path, cause);
    /* Not every file system can do that; most can do this. */
    if (link(made, path) == 0) {
        unlink(made);
        return true;
    }
    if (errno == EEXIST)
        return refuse_existing(path, cause);
    return cause_errno(cause, "%s cannot be made", path);
}

static bool name_over(const char *made, const char *path, char **cause)
{
    return rename(made, path) == 0 || cause_errno(cause, "%s cannot be replaced", path);
}

static bool give_name(const char *made, const char *path, bool over, char **cause)
{
    return over ? name_over(made, path, cause) : name_new(made, path, cause);
}

/* The report's bytes on the disk, under whatever name `out` has. Closes it. */
static bool write_all(bool (*write)(const void *, FILE *, char **), const void *what, FILE *out,
                      const char *path, char **cause)
{
    char *why = NULL;
    bool written = write(what, out, &why);
    if (!written)
        cause_set(cause, "%s was not made. %s", path, why);
    free(why);
    if (written && (fflush(out) != 0 || (!WITHOUT("sync") && fsync(fileno(out)) != 0)))
        written = cause_errno(cause, "%s was not made. It cannot be written", path);
    if (fclose(out) != 0 && written)
        written = cause_errno(cause, "%s was not made. It cannot be written", path);
    return written;
}

bool report_may_save(const char *path, bool over, char **cause)
{
    struct stat st;
    if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return cause_set(cause, "%s is a folder. Name a file in it.", path);
    if (!over && lstat(path, &st) == 0)
        return refuse_existing(path, cause);
    char *folder = path_folder(path);
    bool may = access(folder, W_OK | X_OK) == 0 ||
               cause_errno(cause, "Nothing can be written in the folder %s", folder);
    free(folder);
    return may;
}

bool report_save_by(bool (*write)(const void *, FILE *, char **), const void *what, const char *path,
                    bool over, char **cause)
{
    if (!report_may_save(path, over, cause))
        return false;
    char *folder = path_folder(path), *made = path_join(folder, ".alongside-XXXXXX");
    /* mkostemp() makes a file that was not there, mode 0600, following no link. */
    int fd = mkostemp(made, O_CLOEXEC);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    bool early = WITHOUT("whole before named"), saved = false;
    if (!out)
        cause_errno(cause, "Nothing can be written in the folder %s", folder);
    else
        saved = (!early || give_name(made, path, over, cause)) && write_all(write, what, out, path, cause) &&
                (early || give_name(made, path, over, cause));
    if (!out && fd >= 0)
        close(fd);
    if (fd >= 0 && !saved)
        unlink(made);
    /* Its name is not on the disk before that. */
    saved = saved && (WITHOUT("folder sync") || disk_sync_folder(folder, cause));
    free(made);
    free(folder);
    return saved;
}

struct formatted {
    const struct report_format *format;
    const struct session *s;
};

static bool write_formatted(const void *what, FILE *out, char **cause)
{
    const struct formatted *formatted = what;
    return formatted->format->write(formatted->s, out, cause);
}

bool report_save(const struct report_format *format, const struct session *s, const char *path, bool over,
                 char **cause)
{
    struct formatted formatted = {format, s};
    return report_save_by(write_formatted, &formatted, path, over, cause);
}
