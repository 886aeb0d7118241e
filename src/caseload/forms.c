/* The forms that come with the program: where they lie, and which one a name means.
 *
 * They are looked for in $ALONGSIDE_FORMS, or else where they were installed; a program that was built and
 * not installed finds them beside the folder it was built in. */
#include "caseload/forms.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/vocab.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char ending[] = ".yaml";

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_file(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* "../forms", seen from the folder that the running program lies in; NULL where that cannot be told. */
static char *folder_beside_build(void)
{
    char exe[4096];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n <= 0 || (size_t)n >= sizeof exe - 1)
        return NULL;
    exe[n] = '\0';
    char *folder = path_folder(exe);
    char *forms = path_join(folder, "../forms");
    free(folder);
    return forms;
}

static char *forms_folder(void)
{
    const char *set = getenv("ALONGSIDE_FORMS");
    if (set && *set)
        return xstrdup(set);
    if (is_folder(ALONGSIDE_FORMS))
        return xstrdup(ALONGSIDE_FORMS);
    char *beside = folder_beside_build();
    return beside ? beside : xstrdup(ALONGSIDE_FORMS);
}

char *forms_file(const char *file)
{
    char *folder = forms_folder();
    char *path = path_join(folder, file);
    free(folder);
    if (is_file(path))
        return path;
    free(path);
    return NULL;
}

static bool ends_in(const char *name, const char *end)
{
    size_t n = strlen(name), e = strlen(end);
    return n > e && strcmp(name + n - e, end) == 0;
}

static int in_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **forms_list(void)
{
    char *folder = forms_folder();
    DIR *dir = opendir(folder);
    free(folder);
    char **names = xcalloc(1, sizeof *names);
    size_t count = 0;
    const struct dirent *item;
    while (dir && (item = readdir(dir))) {
        if (item->d_name[0] == '.' || !ends_in(item->d_name, ending))
            continue;
        names = xreallocarray(names, count + 2, sizeof *names);
        names[count++] = xstrndup(item->d_name, strlen(item->d_name) - strlen(ending));
        names[count] = NULL;
    }
    if (dir)
        closedir(dir);
    qsort(names, count, sizeof *names, in_order);
    return names;
}

void forms_release(char **names)
{
    for (size_t i = 0; names && names[i]; i++)
        free(names[i]);
    free(names);
}

static void no_such(const char *name, char **cause)
{
    char **names = forms_list();
    const char *const *known = (const char *const *)names;
    const char *nearest = vocab_nearest(known, name);
    char *list = vocab_list(known);
    if (nearest)
        cause_set(cause, "There is no form “%s”: did you mean “%s”?", name, nearest);
    else if (*names)
        cause_set(cause, "There is no form “%s”. There is %s; for a form of your own, give its file.", name,
                  list);
    else
        cause_set(cause, "There is no form “%s”. Give a form's file.", name);
    free(list);
    forms_release(names);
}

char *forms_find(const char *name, char **cause)
{
    if (strchr(name, '/') || strcmp(name, "-") == 0 || ends_in(name, ending) || ends_in(name, ".yml"))
        return xstrdup(name);
    char *file = xasprintf("%s%s", name, ending);
    char *path = forms_file(file);
    free(file);
    if (path)
        return path;
    if (is_file(name))
        return xstrdup(name);
    no_such(name, cause);
    return NULL;
}
