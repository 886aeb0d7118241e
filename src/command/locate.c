/* From what a person calls a record, or a form, to its file. */
#include "command/locate.h"

#include "base/mem.h"
#include "base/out.h"
#include "base/path.h"
#include "base/utf8.h"
#include "caseload/caseload.h"
#include "caseload/forms.h"
#include "command/unlock.h"
#include "form/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void locate_say(const char *command, const char *sentence)
{
    char *text = xasprintf("alongside %s: %s", command, sentence), *safe = utf8_safe(text, false);
    out_wrapped(stderr, safe, out_columns(STDERR_FILENO), 2);
    fputc('\n', stderr);
    free(safe);
    free(text);
}

void locate_say_damage(const char *command, const struct record *record)
{
    if (!record_damage(record))
        return;
    char *notice = xasprintf("%s is damaged (%s). Only what comes before that is told.", record_path(record),
                             record_damage(record));
    locate_say(command, notice);
    free(notice);
}

void locate_say_force(const char *command, const char *output, bool force)
{
    struct stat st;
    if (output && !force && lstat(output, &st) == 0 && !S_ISDIR(st.st_mode))
        locate_say(command, "With --force it is written over.");
}

char *locate_caseload(const char *command, const char *given)
{
    char *cause = NULL, *folder = caseload_folder(given, &cause);
    if (!folder) {
        locate_say(command, cause);
    } else if (!unlock_folder(command, folder)) {
        free(folder);
        folder = NULL;
    }
    free(cause);
    return folder;
}

/* A record given by its path: the folder it lies in is the one to unlock. */
static char *locate_path(const char *command, const char *path)
{
    char *folder = path_folder(path);
    bool unlocked = unlock_folder(command, folder);
    free(folder);
    return unlocked ? xstrdup(path) : NULL;
}

char *locate_record(const char *command, const char *caseload, const char *name)
{
    if (caseload_is_path(name))
        return locate_path(command, name);
    char *cause = NULL, *remark = NULL, *path = NULL;
    char *folder = locate_caseload(command, caseload);
    if (folder)
        path = caseload_find(folder, name, &remark, &cause);
    if (remark)
        locate_say(command, remark);
    if (cause)
        locate_say(command, cause);
    free(folder);
    free(remark);
    free(cause);
    return path;
}

struct form *locate_form(const char *command, const char *name)
{
    char *cause = NULL;
    char *path = forms_find(name, &cause);
    size_t length;
    char *source = path ? path_read(path, YAML_MOST_BYTES, &length, &cause) : NULL;
    struct form *form = NULL;
    if (source) {
        struct diags diags;
        diags_init(&diags, path);
        form = form_load(path, source, length, &diags);
        if (!form)
            diags_print(&diags, source, length, stderr);
        diags_release(&diags);
    } else {
        locate_say(command, cause);
    }
    free(source);
    free(path);
    free(cause);
    return form;
}
