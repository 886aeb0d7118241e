/* What the tests of the record share. It goes round the code under test: plain stdio. */
#include "kit.h"

#include "check.h"

#include "base/mem.h"
#include "base/path.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static pid_t owner;

void kit_empty(void)
{
    DIR *files = opendir(folder);
    const struct dirent *entry;
    while (files && (entry = readdir(files))) {
        char path[sizeof folder + 300];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' && remove(path) != 0)
            perror(path);
    }
    if (files)
        closedir(files);
}

static void remove_folder(void)
{
    if (getpid() != owner)
        return; /* a forked child */
    kit_empty();
    rmdir(folder);
}

const char *kit_path(const char *name)
{
    static char paths[8][sizeof folder + 64];
    static int next;
    if (!owner) {
        snprintf(folder, sizeof folder, "/tmp/alongside-record-XXXXXX");
        assert_non_null(mkdtemp(folder));
        owner = getpid();
        atexit(remove_folder);
    }
    for (int i = 0; i < 8; i++) {
        if (strcmp(paths[i] + (paths[i][0] ? strlen(folder) + 1 : 0), name) == 0)
            return paths[i];
    }
    assert_true(next < 8);
    snprintf(paths[next], sizeof *paths, "%s/%s", folder, name);
    return paths[next++];
}

char *kit_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    struct stat st;
    assert_int_equal(fstat(fileno(file), &st), 0);
    char *bytes = xmalloc((size_t)st.st_size + 1);
    *length = fread(bytes, 1, (size_t)st.st_size, file);
    assert_int_equal(*length, st.st_size);
    bytes[*length] = '\0';
    fclose(file);
    return bytes;
}

void kit_write(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

bool kit_exists(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

json_t *kit_opened(void)
{
    return json_pack("{ss ss si ss ss s{ss ss ss ss}}", "by", "practitioner", "event", "opened", "format", 1,
                     "record", "01JD0000000000000000000000", "ref", "K-014", "form", "id", "tiny", "version",
                     "1.0", "sha256", "00", "text", "id: tiny\n");
}

const char *kit_protect(enum key_state state)
{
    static char id[KEY_ID_TEXT];
    struct key_file file;
    unsigned char *key = key_new();
    char *cause = NULL;
    key_file_init(&file, key, state);
    char *text = key_file_text(&file, key), *at = path_folder(kit_path("r"));
    if (!key_file_write(at, &file, key, &cause))
        fail_msg("%s", cause);
    keyring_add(key, text);
    memcpy(id, file.id, sizeof id);
    free(at);
    free(text);
    sodium_free(key);
    return id;
}

void kit_begin(bool sealed)
{
    kit_path("r");
    kit_empty();
    keyring_wipe();
    if (sealed)
        kit_protect(KEY_SEALED);
}

const char *kit_torn(bool sealed)
{
    return sealed ? "{\"sealed\":1,\"seq\":4,\"box\":\"3q2+7w" : "{\"seq\":4,\"pre";
}

void kit_tear(const char *path, bool sealed)
{
    FILE *file = fopen(path, "ab");
    assert_non_null(file);
    fputs(kit_torn(sealed), file);
    assert_int_equal(fclose(file), 0);
}

const char *kit_lies_open(void)
{
    static char name[300];
    DIR *files = opendir(folder);
    const struct dirent *entry;
    bool open = false;
    while (!open && (entry = readdir(files))) {
        char path[sizeof folder + sizeof name];
        size_t length;
        snprintf(name, sizeof name, "%s", entry->d_name);
        snprintf(path, sizeof path, "%s/%s", folder, name);
        if (name[0] == '.' || strncmp(name, "alongside.key", 13) == 0)
            continue;
        char *bytes = kit_read(path, &length);
        open = strstr(bytes, "note ") || strstr(bytes, "\"prev\"");
        free(bytes);
    }
    closedir(files);
    return open ? name : NULL;
}

json_t *kit_note(int n)
{
    char text[32];
    snprintf(text, sizeof text, "note %d", n);
    return json_pack("{ss ss ss}", "by", "service_user", "event", "noted", "text", text);
}

enum record_saved kit_append(struct record *record, int n, char **cause)
{
    json_t *note = kit_note(n);
    enum record_saved saved = record_append(record, note, cause);
    json_decref(note);
    return saved;
}

int kit_notes(const struct record *record, int n)
{
    char text[32];
    int found = 0;
    snprintf(text, sizeof text, "note %d", n);
    for (size_t i = 0; i < record_count(record); i++) {
        const struct event *event = record_event(record, i);
        found += event->kind == EVENT_NOTED && strcmp(event_text(event, "text"), text) == 0;
    }
    return found;
}

void kit_sample(const char *path, int notes)
{
    json_t *opened = kit_opened();
    struct record *record = record_create(path, opened, NULL);
    json_decref(opened);
    assert_non_null(record);
    for (int n = 1; n <= notes; n++)
        assert_int_equal(kit_append(record, n, NULL), RECORD_SAVED);
    record_close(record);
}

bool kit_is_set_aside(const char *path, const char *bytes, size_t length)
{
    for (int i = 0;; i++) {
        char name[256];
        snprintf(name, sizeof name, i ? "%s.torn.%d" : "%s.torn", path, i);
        if (!kit_exists(name))
            return false;
        size_t got;
        char *found = kit_read(name, &got);
        bool same = got == length && memcmp(found, bytes, length) == 0;
        free(found);
        if (same)
            return true;
    }
}

bool kit_left_out(size_t i)
{
    const char *stride = getenv("KIT_STRIDE");
    return stride && i % strtoul(stride, NULL, 10) != 0;
}

void kit_leave_memory(size_t more)
{
    /* What it has taken already: a sanitizer or valgrind takes a lot of address space. */
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    assert_true(f && fscanf(f, "%lu", &pages) == 1);
    fclose(f);
    rlim_t most = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + more;
    assert_int_equal(setrlimit(RLIMIT_AS, &(struct rlimit){most, most}), 0);
}

struct record *kit_create(void)
{
    json_t *opened = kit_opened();
    char *cause = NULL;
    struct record *record = record_create(kit_path("r"), opened, &cause);
    if (!record)
        fail_msg("%s", cause);
    json_decref(opened);
    return record;
}

struct record *kit_reopen(enum record_mode mode)
{
    char *cause = NULL;
    struct record *record = record_open(kit_path("r"), mode, &cause);
    if (!record)
        fail_msg("%s", cause);
    return record;
}
