/* alongside demo: Rae and Sam, who are made up, are some way into an assessment in a folder that is thrown
 * away.
 *
 * Nothing of the person's own is read or written. The folder goes when the demo ends, by a signal too,
 * because every front end returns from one; it stays where there is something in it to look at. */
#include "command/command.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/out.h"
#include "base/path.h"
#include "caseload/caseload.h"
#include "caseload/directory.h"
#include "caseload/forms.h"
#include "command/front.h"
#include "command/locate.h"
#include "command/options.h"
#include "form/yaml.h"
#include "report/report.h"
#include "session/script.h"
#include "session/words.h"

#include <dirent.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "Usage: alongside demo [--keep]\n"
    "\n"
    "Shows an assessment that two made-up people have begun: go on with it as you like. It lies in\n"
    "a folder of its own that is thrown away; nothing of yours is touched. Without a terminal it\n"
    "tells what the two have done, and writes the assessment out as YAML.\n"
    "\n"
    "  --keep        keep the folder, and say where it is\n"
    "  --accessible  one prompt at a time instead of the split screen\n"
    "  --help        print this and end\n";

static char *make_folder(char **cause)
{
    const char *temporary = getenv("TMPDIR");
    char *folder = path_join(temporary && *temporary ? temporary : "/tmp", "alongside-demo-XXXXXX");
    if (mkdtemp(folder))
        return folder;
    cause_errno(cause, "No folder for the demo can be made (%s)", folder);
    free(folder);
    return NULL;
}

static void remove_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *item;
    while (dir && (item = readdir(dir)))
        unlinkat(dirfd(dir), item->d_name, 0); /* fails for "." and "..", as it should */
    if (dir)
        closedir(dir);
    rmdir(folder);
}

static struct session *begin(const char *folder, char **cause)
{
    char *path = forms_find("whole-life", cause);
    if (!path)
        return NULL;
    struct diags diags;
    diags_init(&diags, path);
    struct form *form = form_read(path, &diags);
    if (!form)
        cause_set(cause, "The form %s cannot be used. To see why: alongside check %s", path, path);
    diags_release(&diags);
    free(path);
    if (!form)
        return NULL;
    char id[RECORD_ID_TEXT];
    record_new_id(id);
    char *record = caseload_new_path(folder, id);
    struct session *s = session_begin(record, id, "demo", form, cause);
    free(record);
    return s;
}

/* What the two have done so far. */
static bool play(struct session *s, char **cause)
{
    char *path = forms_file("demo.jsonl");
    FILE *in = path ? fopen(path, "re") : NULL;
    struct script_count count = {0};
    char *why = NULL;
    bool played = false;
    if (!in)
        cause_set(
            cause,
            "The demo's script, demo.jsonl, is not among the forms: the program is not wholly installed.");
    else if (script_play(s, in, &count, &why) != SCRIPT_DONE)
        cause_set(cause, "%s:%zu: %s", path, count.line, why);
    else
        played = true;
    if (in)
        fclose(in);
    free(why);
    free(path);
    return played;
}

/* The made-up services, for the two to look through. Without them the demo is a demo still. */
static void lay_out_services(const char *folder)
{
    size_t length;
    char *example = directory_example(), *path = directory_path(folder);
    char *text = example ? path_read(example, YAML_MOST_BYTES, &length, NULL) : NULL;
    FILE *out = text ? fopen(path, "wxe") : NULL;
    if (out) {
        fwrite(text, 1, length, out);
        fclose(out);
    }
    free(text);
    free(path);
    free(example);
}

static int show(struct session *s, const char *folder, bool accessible)
{
    lay_out_services(folder);
    return front_run(s, accessible);
}

/* Tell what the two did, from the record, and write the assessment out. */
static bool tell(const struct session *s, const char *folder, char **cause)
{
    const struct assessment *a = session_assessment(s);
    for (size_t i = 0; i < assessment_events(a); i++) {
        char *words = words_event(a, assessment_event(a, i), 0);
        out_line(stdout, "%s", words);
        free(words);
    }
    char *path = path_join(folder, "assessment.yaml");
    bool saved = report_save(report_format_named("yaml", NULL), s, path, false, cause);
    if (saved) {
        putchar('\n');
        out_line(stdout, "The assessment is written out in %s", path);
        saved = fflush(stdout) == 0 || cause_errno(cause, "The telling cannot be written");
    }
    free(path);
    return saved;
}

static int demo(bool accessible, bool keep)
{
    char *cause = NULL;
    char *folder = make_folder(&cause);
    struct session *s = folder ? begin(folder, &cause) : NULL;
    bool told = false;
    int status = 2;
    if (!s || !play(s, &cause))
        ;
    else if (front_has_people())
        status = show(s, folder, accessible);
    else if ((told = tell(s, folder, &cause)))
        status = 0;
    if (cause)
        locate_say("demo", cause);
    session_close(s);
    if (folder && keep)
        out_line(stderr, "alongside demo: the record is kept in %s", folder);
    else if (folder && !told)
        remove_folder(folder);
    free(folder);
    free(cause);
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_demo(int argc, char **argv)
{
    bool keep = false, accessible = false;
    const struct option_row options[] = {
        {"keep", 0, &keep, NULL}, {"accessible", 0, &accessible, NULL}, {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options, (struct operands){0, 0, NULL, "it takes no names."}, help);
    return status >= 0 ? status : demo(accessible, keep);
}
