/* What is half typed, beside the record. The file is written anew under a second name and then renamed, so
 * that there is always a whole one. */
#include "record/draft.h"

#include "base/mem.h"
#include "base/path.h"
#include "record/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_DRAFT = 64 * 1024 };

static char *draft_path(const struct record *record, const char *ending)
{
    return xasprintf("%s.draft%s", record_path(record), ending);
}

static bool word_ended(const char *text)
{
    size_t n = strlen(text);
    return n > 0 && strchr(" .,!?\n", text[n - 1]);
}

void draft_keep(const struct record *record, const char *place, const char *text)
{
    if (record_read_only(record))
        return;
    json_t *object = json_pack("{s:s, s:s}", "place", place, "text", text);
    char *line = object ? json_dumps(object, JSON_COMPACT) : NULL;
    json_decref(object);
    if (!line)
        return;
    char *path = draft_path(record, ""), *fresh = draft_path(record, ".new");
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0) {
        bool whole = disk_write_all(fd, line, strlen(line)) && (!word_ended(text) || fdatasync(fd) == 0);
        close(fd);
        if (!whole || rename(fresh, path) != 0)
            unlink(fresh);
    }
    free(path);
    free(fresh);
    free(line);
}

char *draft_load(const struct record *record, char **place)
{
    char *path = draft_path(record, ""), *text = NULL;
    size_t length;
    char *line = access(path, F_OK) == 0 ? path_read(path, MOST_DRAFT, &length, NULL) : NULL;
    json_t *object = line ? json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL) : NULL;
    const char *where = json_string_value(json_object_get(object, "place"));
    const char *typed = json_string_value(json_object_get(object, "text"));
    if (where && typed) {
        *place = xstrdup(where);
        text = xstrdup(typed);
    }
    json_decref(object);
    free(line);
    free(path);
    return text;
}

void draft_drop(const struct record *record)
{
    if (record_read_only(record))
        return;
    char *path = draft_path(record, "");
    unlink(path);
    free(path);
}
