/* A caseload's settings. They are read by the means of a form: a table of keys, and the loader's sentences
 * for values that are something else. Unlike a list of services, a file with a fault is used as far as it is
 * sound: what was meant to guard people is not to be without effect for a slip of the pen in another line. */
#include "caseload/settings.h"

#include "form/load.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <unistd.h>

static void set_lock_after(struct loader *l, const struct node *key, void *target)
{
    double minutes;
    if (!read_number(l, key, &minutes))
        return;
    if (minutes < LOCK_AFTER_LEAST || minutes > LOCK_AFTER_MOST || minutes != (int)minutes)
        fault(l, key->value, NULL, "\"lock_after\" is a whole number of minutes, from %d to %d.",
              LOCK_AFTER_LEAST, LOCK_AFTER_MOST);
    else
        ((struct settings *)target)->lock_after = (int)minutes;
}

/* Whoever wrote the key had something against paper: only a clear yes is one. */
static void set_paper_copy(struct loader *l, const struct node *key, void *target)
{
    static const char *const words[] = {"no", "yes", NULL};
    int word = 0;
    bool *paper = &((struct settings *)target)->paper_copy;
    *paper = false;
    if (read_word(l, key, words, &word))
        *paper = word;
}

static const struct key settings_table[] = {
    {"lock_after", set_lock_after, 0, "minutes without a key until Alongside locks by itself (4)",
     .takes = TAKES_COUNT},
    {"paper_copy", set_paper_copy, 0, "no: copies to take away are not made (yes)", .takes = TAKES_WORD},
    {0},
};
static const struct keys settings_keys = {"the settings", settings_table};

const char *const *settings_names(void)
{
    static const char *names[sizeof settings_table / sizeof *settings_table]; /* the last stays NULL */
    for (size_t i = 0; settings_table[i].name; i++)
        names[i] = settings_table[i].name;
    return names;
}

char *settings_path(const char *folder)
{
    return path_join(folder, "settings.yaml");
}

static struct settings usual(void)
{
    return (struct settings){.lock_after = LOCK_AFTER_USUAL, .paper_copy = true};
}

void settings_load(const char *source, size_t length, struct settings *settings, struct diags *diags)
{
    struct loaded *out = xcalloc(1, sizeof *out); /* the loader wants a form to put things into */
    struct loader l = {.out = out, .form = &out->form, .diags = diags};
    const struct node *root = node_read(source, length, &l.scratch, diags);
    const struct node *given[MOST_KEYS];
    *settings = usual();
    if (root && root->kind != NODE_MAP)
        fault(&l, root, NULL, "The settings are a set of keys, like \"lock_after: 4\".");
    else if (root)
        read_keys(&l, root, &settings_keys, 0, settings, given);
    arena_release(&l.scratch);
    arena_release(&out->arena);
    free(out);
}

/* "settings.yaml, line 2: …". */
static char *first_fault(const char *path, const struct diags *diags)
{
    size_t kept;
    const struct diag **all = diags_in_order(diags, &kept);
    struct strbuf sb = STRBUF_INIT;
    if (kept) {
        strbuf_add(&sb, path_base(path));
        if (all[0]->line)
            strbuf_addf(&sb, ", line %zu", all[0]->line);
        strbuf_addf(&sb, ": %s", all[0]->message);
        if (all[0]->suggestion)
            strbuf_addf(&sb, " Did you mean \"%s\"?", all[0]->suggestion);
    }
    free(all);
    return sb.length ? strbuf_detach(&sb) : NULL;
}

void settings_read(const char *folder, struct settings *settings, char **trouble)
{
    char *path = settings_path(folder), *cause = NULL;
    size_t length;
    *settings = usual();
    if (trouble)
        *trouble = NULL;
    if (access(path, F_OK) == 0) {
        char *source = path_read(path, YAML_MOST_BYTES, &length, &cause);
        struct diags diags;
        diags_init(&diags, path);
        if (source)
            settings_load(source, length, settings, &diags);
        if (trouble)
            *trouble = source ? first_fault(path, &diags) : xstrdup(cause);
        diags_release(&diags);
        free(source);
        free(cause);
    }
    free(path);
}

char *settings_no_paper(const char *folder)
{
    struct settings settings;
    settings_read(folder, &settings, NULL);
    if (settings.paper_copy)
        return NULL;
    char *path = settings_path(folder);
    char *why = xasprintf("No copy on paper is made here: %s says so (paper_copy).", path);
    free(path);
    return why;
}
