/* The caseload: finding the folder, listing it, and finding the record that a person means.
 *
 * Nothing is remembered between two looks: the folder is the truth, and a few hundred records are read faster
 * than an index of them could be kept right. Records mostly share one form, so the last one read is kept at
 * hand. */
#include "caseload/caseload.h"

#include "assessment/assessment.h"
#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/utf8.h"
#include "base/vocab.h"
#include "caseload/due.h"
#include "caseload/unlock.h"
#include "record/frame.h"
#include "record/record.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static const char ending[] = ".jsonl";

/* ---- the folder ---- */

char *caseload_folder(const char *given, char **cause)
{
    if (!given || !*given)
        given = getenv("ALONGSIDE_CASELOAD");
    if (given && *given)
        return xstrdup(given);
    char *home = path_data_home();
    if (!home) {
        cause_set(cause, "There is no home folder to keep assessments in. Say where: --caseload DIR.");
        return NULL;
    }
    char *folder = path_join(home, "alongside");
    free(home);
    return folder;
}

/* Is it a folder, and this person's own? */
static bool folder_is_ours(const char *folder, const struct stat *st, char **cause)
{
    if (!S_ISDIR(st->st_mode))
        return cause_set(cause, "%s is not a folder, so no assessments can be kept in it.", folder);
    if (st->st_uid == geteuid())
        return true;
    return cause_set(cause,
                     "The folder %s belongs to somebody else. Assessments are kept in a folder of your own.",
                     folder);
}

bool caseload_prepare(const char *folder, char **cause)
{
    struct stat st;
    if (stat(folder, &st) != 0) {
        if (errno != ENOENT)
            return cause_errno(cause, "The folder %s cannot be looked into", folder);
        if (!path_make_folder(folder, cause))
            return false;
        if (stat(folder, &st) != 0)
            return cause_errno(cause, "The folder %s cannot be looked into", folder);
    }
    if (!folder_is_ours(folder, &st, cause))
        return false;
    if (access(folder, W_OK | X_OK) != 0)
        return cause_errno(cause, "Nothing can be written into the folder %s", folder);
    return true;
}

char *caseload_warning(const char *folder)
{
    struct stat st;
    if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode) || (st.st_mode & 077) == 0)
        return NULL;
    return xasprintf("Others on this computer can look into the folder %s. To stop that: chmod 700 %s",
                     folder, folder);
}

bool caseload_ref_fits(const char *ref, char **cause)
{
    enum { MOST_COLUMNS = 40 };
    if (!utf8_valid(ref, strlen(ref)))
        return cause_set(cause, "The reference is not UTF-8 text.");
    if (strspn(ref, " ") == strlen(ref))
        return cause_set(cause, "The reference is empty.");
    char *safe = utf8_safe(ref, false);
    bool printable = strcmp(safe, ref) == 0;
    free(safe);
    if (!printable)
        return cause_set(cause, "The reference has characters in it that cannot be seen. Type it anew.");
    if (utf8_width(ref) > MOST_COLUMNS)
        return cause_set(cause, "The reference is too long: it is a short name, of %d characters at most.",
                         MOST_COLUMNS);
    if (strchr(ref, '/') || ref[0] == '-')
        return cause_set(cause, "A reference cannot %s: it would be taken for %s.",
                         ref[0] == '-' ? "begin with -" : "have / in it",
                         ref[0] == '-' ? "an option" : "a file");
    return true;
}

char *caseload_new_path(const char *folder, const char *id)
{
    char *name = xasprintf("%s%s", id, ending);
    char *path = path_join(folder, name);
    free(name);
    return path;
}

/* ---- listing ---- */

static char *text_or_empty(const char *text)
{
    return xstrdup(text ? text : "");
}

/* The form in a record's first line: the one at hand where it is the same to the byte. NULL where it cannot
 * be used. */
static const struct form *form_of(const struct record *record, struct form **at_hand)
{
    const json_t *text = json_object_get(event_value(record_event(record, 0), "form"), "text");
    if (!json_is_string(text))
        return NULL;
    size_t length = json_string_length(text);
    if (*at_hand && (*at_hand)->source_length == length &&
        memcmp((*at_hand)->source, json_string_value(text), length) == 0)
        return *at_hand;
    form_free(*at_hand);
    struct diags diags;
    diags_init(&diags, record_path(record));
    *at_hand = form_load(record_path(record), json_string_value(text), length, &diags);
    diags_release(&diags);
    return *at_hand;
}

static void describe_assessment(struct caseload_entry *entry, const struct record *record,
                                const struct form *form)
{
    struct assessment *a = assessment_new(form);
    for (size_t i = 0; i < entry->entries; i++)
        assessment_fold(a, record_event(record, i));
    entry->live = assessment_live(a);
    for (int party = 0; party < PARTIES; party++) {
        const struct signature *signature = assessment_signature(a, (enum who)party);
        entry->signed_by[party] = signature->seq && !signature->refused;
    }
    entry->stage = form_stage(assessment_form(a));
    review_read(&entry->review, a);
    entry->title = xstrdup(assessment_text(a, -1, assessment_form(a)->title, PRACTITIONER, 0));
    free(entry->version);
    entry->version = xstrdup(assessment_form(a)->version);
    const char *why;
    if (assessment_stuck(a, &why))
        entry->trouble = xasprintf("It went on in line %ld with a form that cannot be used here.",
                                   assessment_stuck(a, &why));
    assessment_free(a);
}

static void describe(struct caseload_entry *entry, const struct record *record, struct form **at_hand)
{
    const struct event *opened = record_event(record, 0);
    entry->entries = record_count(record);
    entry->id = text_or_empty(record_id(record));
    entry->ref = text_or_empty(event_text(opened, "ref"));
    entry->form = text_or_empty(json_string_value(json_object_get(event_value(opened, "form"), "id")));
    entry->version =
        text_or_empty(json_string_value(json_object_get(event_value(opened, "form"), "version")));
    entry->begun = text_or_empty(opened->at);
    entry->last = text_or_empty(record_event(record, entry->entries - 1)->at);
    const struct form *form = form_of(record, at_hand);
    if (form)
        describe_assessment(entry, record, form);
    if (entry->trouble)
        return;
    if (record_damage(record))
        entry->trouble = xasprintf("Damaged: %s. It can only be read, up to there.", record_damage(record));
    else if (record_torn(record))
        entry->trouble = xstrdup("Its last line was not finished. Opening it sets that line aside.");
    else if (!form)
        entry->trouble = xstrdup("The form in it cannot be used by this version.");
}

/* The file's name without its ending: what a record is called that cannot say so itself. */
static char *id_of_path(const char *path)
{
    const char *base = path_base(path);
    return xstrndup(base, strlen(base) - strlen(ending));
}

static struct caseload_entry entry_of(const char *path, bool sealed, struct form **at_hand)
{
    struct caseload_entry entry = {.path = xstrdup(path)};
    struct record *record = record_open(path, RECORD_READ, &entry.trouble);
    if (record)
        describe(&entry, record, at_hand);
    entry.exposed = record && sealed && !record_frame(record)->sealed;
    record_close(record);
    char **const strings[] = {&entry.ref,   &entry.form,  &entry.version,
                              &entry.title, &entry.begun, &entry.last};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        if (!*strings[i])
            *strings[i] = xstrdup("");
    }
    if (!entry.id)
        entry.id = id_of_path(path);
    return entry;
}

static void entry_release(struct caseload_entry *entry)
{
    char *const strings[] = {entry->path,  entry->id,    entry->ref,  entry->form,   entry->version,
                             entry->title, entry->begun, entry->last, entry->trouble};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        free(strings[i]);
    review_release(&entry->review);
}

void caseload_release(struct caseload *caseload)
{
    for (size_t i = 0; i < caseload->count; i++)
        entry_release(&caseload->entries[i]);
    free(caseload->entries);
    *caseload = (struct caseload){0};
}

bool caseload_is_record_name(const char *name)
{
    size_t n = strlen(name), e = strlen(ending);
    return name[0] != '.' && n > e && strcmp(name + n - e, ending) == 0;
}

static int in_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool caseload_names(const char *folder, char ***names, size_t *count, char **cause)
{
    *names = NULL;
    *count = 0;
    size_t room = 0;
    DIR *dir = opendir(folder);
    if (!dir)
        return errno == ENOENT || cause_errno(cause, "The folder %s cannot be looked into", folder);
    const struct dirent *item;
    while (errno = 0, (item = readdir(dir))) {
        if (!caseload_is_record_name(item->d_name))
            continue;
        GROW(*names, *count, room);
        (*names)[(*count)++] = xstrdup(item->d_name);
    }
    int reason = errno;
    closedir(dir);
    if (*count)
        qsort(*names, *count, sizeof **names, in_order);
    if (!reason)
        return true;
    while (*count)
        free((*names)[--*count]);
    free(*names);
    *names = NULL;
    errno = reason;
    return cause_errno(cause, "The folder %s cannot be looked through", folder);
}

const char caseload_index[] = ".alongside-review.db",
           caseload_index_journal[] = ".alongside-review.db-journal";

bool caseload_forget_index(const char *folder)
{
    const char *const files[] = {caseload_index_journal, caseload_index};
    bool gone = true;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = path_join(folder, files[i]);
        gone = (unlink(path) == 0 || errno == ENOENT || errno == EISDIR) && gone;
        free(path);
    }
    return gone;
}

/* Instants and ids read in order of time as they are written. */
static int later_first(const void *a, const void *b)
{
    const struct caseload_entry *one = a, *other = b;
    int order = strcmp(other->last, one->last);
    return order ? order : strcmp(other->id, one->id);
}

bool caseload_list(const char *folder, struct caseload *caseload, char **cause)
{
    *caseload = (struct caseload){0};
    struct stat st;
    if (stat(folder, &st) != 0)
        return errno == ENOENT || cause_errno(cause, "The folder %s cannot be looked into", folder);
    if (!folder_is_ours(folder, &st, cause))
        return false;
    DIR *dir = opendir(folder);
    if (!dir)
        return cause_errno(cause, "The folder %s cannot be looked into", folder);
    struct form *at_hand = NULL;
    bool sealed = caseload_is_sealed(folder); /* where that cannot be told, nothing is called exposed */
    size_t room = 0;
    const struct dirent *item;
    while (errno = 0, (item = readdir(dir))) {
        if (!caseload_is_record_name(item->d_name))
            continue;
        char *path = path_join(folder, item->d_name);
        GROW(caseload->entries, caseload->count, room);
        caseload->entries[caseload->count++] = entry_of(path, sealed, &at_hand);
        free(path);
    }
    int reason = errno;
    closedir(dir);
    form_free(at_hand);
    if (reason) { /* what is left out would be taken for gone */
        caseload_release(caseload);
        errno = reason;
        return cause_errno(cause, "The folder %s cannot be looked through", folder);
    }
    if (caseload->count)
        qsort(caseload->entries, caseload->count, sizeof *caseload->entries, later_first);
    return true;
}

/* ---- finding ---- */

static bool file_is_there(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* The one begun last of those with this reference; NULL where there is none. */
static const struct caseload_entry *newest_with_ref(const struct caseload *caseload, const char *ref,
                                                    size_t *count)
{
    const struct caseload_entry *newest = NULL;
    *count = 0;
    for (size_t i = 0; i < caseload->count; i++) {
        const struct caseload_entry *entry = &caseload->entries[i];
        if (strcmp(entry->ref, ref) != 0)
            continue;
        ++*count;
        int order = newest ? strcmp(entry->begun, newest->begun) : 1;
        if (order > 0 || (order == 0 && strcmp(entry->id, newest->id) > 0))
            newest = entry;
    }
    return newest;
}

static const struct caseload_entry *beginning_with(const struct caseload *caseload, const char *start,
                                                   size_t *count)
{
    const struct caseload_entry *found = NULL;
    *count = 0;
    for (size_t i = 0; i < caseload->count && *start; i++) {
        if (strncasecmp(caseload->entries[i].id, start, strlen(start)) == 0) {
            found = &caseload->entries[i];
            ++*count;
        }
    }
    return found;
}

void caseload_unknown(const char *folder, const struct caseload *caseload, const char *name, char **cause)
{
    if (caseload->count == 0) {
        cause_set(cause, "There is no assessment “%s”: there are none at all in %s.", name, folder);
        return;
    }
    const char **refs = xcalloc(caseload->count + 1, sizeof *refs);
    size_t n = 0;
    for (size_t i = 0; i < caseload->count; i++) {
        if (*caseload->entries[i].ref)
            refs[n++] = caseload->entries[i].ref;
    }
    /* Small and large letters are the commonest slip, and count as no change at all. */
    const char *nearest = NULL;
    for (size_t i = 0; i < n && !nearest; i++)
        nearest = strcasecmp(refs[i], name) == 0 ? refs[i] : NULL;
    if (!nearest)
        nearest = vocab_nearest(refs, name);
    if (nearest)
        cause_set(cause, "There is no assessment “%s” in %s: did you mean “%s”?", name, folder, nearest);
    else if (file_is_there(name))
        cause_set(cause, "There is no assessment “%s” in %s. To mean the file that is here: ./%s", name,
                  folder, name);
    else
        cause_set(cause, "There is no assessment “%s” in %s. All that are there: alongside list", name,
                  folder);
    free(refs);
}

static char *find_listed(const char *folder, const struct caseload *caseload, const char *name, char **remark,
                         char **cause)
{
    size_t count;
    const struct caseload_entry *entry = *name ? newest_with_ref(caseload, name, &count) : NULL;
    if (entry) {
        if (count > 1 && remark)
            *remark = xasprintf("%zu assessments have the reference “%s”. This is the one begun last, %.10s.",
                                count, name, entry->begun);
        return xstrdup(entry->path);
    }
    entry = beginning_with(caseload, name, &count);
    if (count == 1)
        return xstrdup(entry->path);
    if (count > 1)
        cause_set(cause, "“%s” is the beginning of %zu assessments' names. Type more of it.", name, count);
    else
        caseload_unknown(folder, caseload, name, cause);
    return NULL;
}

bool caseload_is_path(const char *name)
{
    return strchr(name, '/') || (caseload_is_record_name(name) && file_is_there(name));
}

char *caseload_find(const char *folder, const char *name, char **remark, char **cause)
{
    if (caseload_is_path(name))
        return xstrdup(name);
    char *path = caseload_new_path(folder, name);
    if (*name && file_is_there(path))
        return path;
    free(path);
    struct caseload caseload;
    if (!caseload_list(folder, &caseload, cause))
        return NULL;
    char *found = find_listed(folder, &caseload, name, remark, cause);
    caseload_release(&caseload);
    return found;
}
