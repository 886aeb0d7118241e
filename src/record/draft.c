/* What is half typed, beside the record. A file is written anew under a second name and then renamed, so that
 * there is always a whole one. Not every key waits for the disk: within a word what is typed goes to a file
 * of its own, so that a power cut which takes that leaves the one that was synced. */
#include "record/draft.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "record/disk.h"
#include "record/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_DRAFT = 128 * 1024, MOST_AROUND = 256 };

/* Up to the last word that was ended, synced; what is newer than that. */
static const char synced[] = "", newer[] = ".word";

static char *draft_path(const struct record *record, const char *ending)
{
    return xasprintf("%s.draft%s", record_path(record), ending);
}

static bool word_ended(const char *text)
{
    size_t n = strlen(text);
    return n > 0 && strchr(" .,!?\n", text[n - 1]);
}

static void take_away(const struct record *record, const char *ending)
{
    char *path = draft_path(record, ending);
    unlink(path);
    free(path);
}

/* What is synced stands for all of it: what is newer goes, and the disk is to know both names. */
static void settle(const struct record *record, const char *path)
{
    char *folder = path_folder(path);
    take_away(record, newer);
    disk_sync_folder(folder, NULL);
    free(folder);
}

static void write_whole(const struct record *record, const struct strbuf *stored, bool sync)
{
    char *path = draft_path(record, sync ? synced : newer), *fresh = draft_path(record, ".new");
    unlink(fresh); /* of an earlier try: whatever has that name, nothing is written through it */
    int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0) {
        bool whole = disk_write_all(fd, stored->text, stored->length) && (!sync || fdatasync(fd) == 0);
        close(fd);
        if (!whole || rename(fresh, path) != 0)
            unlink(fresh);
        else if (sync)
            settle(record, path);
    }
    free(path);
    free(fresh);
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
    struct strbuf stored = STRBUF_INIT;
    if (frame_close_file(record_frame(record), "draft", line, strlen(line), &stored, NULL))
        write_whole(record, &stored, word_ended(text));
    strbuf_release(&stored);
    free(line);
}

static char *load(const struct record *record, const char *ending, char **place)
{
    char *path = draft_path(record, ending), *text = NULL;
    size_t length;
    char *stored = disk_read_small(path, seal_box_size(MOST_DRAFT) + MOST_AROUND, &length, NULL);
    struct strbuf line = STRBUF_INIT;
    /* Beside a sealed record, what is not sealed was not put there by Alongside. */
    bool ours = stored && (!record_frame(record)->sealed || frame_is_sealed_file(stored, length)) &&
                frame_open_file(record_id(record), "draft", stored, length, &line, NULL);
    json_t *object = ours ? json_loadb(line.text, line.length, JSON_REJECT_DUPLICATES, NULL) : NULL;
    const char *where = json_string_value(json_object_get(object, "place"));
    const char *typed = json_string_value(json_object_get(object, "text"));
    if (where && typed) {
        *place = xstrdup(where);
        text = xstrdup(typed);
    }
    json_decref(object);
    strbuf_release(&line);
    free(stored);
    free(path);
    return text;
}

char *draft_load(const struct record *record, char **place)
{
    char *text = load(record, newer, place);
    return text ? text : load(record, synced, place);
}

void draft_drop(const struct record *record)
{
    if (record_read_only(record))
        return;
    take_away(record, newer);
    take_away(record, synced);
}
