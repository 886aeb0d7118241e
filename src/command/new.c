/* alongside new: begin an assessment. */
#include "command/command.h"

#include "base/path.h"
#include "caseload/caseload.h"
#include "caseload/forms.h"
#include "command/front.h"
#include "command/locate.h"
#include "form/yaml.h"
#include "session/session.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "Usage: alongside new [--ref REF] [--no-open] FORM\n"
    "\n"
    "Begins an assessment with a form, and prints the path of its record. At a terminal it goes\n"
    "on into the assessment.\n"
    "\n"
    "FORM is the name of a form that comes with the program (whole-life), a YAML file, or - for\n"
    "standard input.\n"
    "\n"
    "  --ref REF       what you call the case: a number or word of yours, to find it by\n"
    "  --no-open       only begin it\n"
    "  --accessible    one prompt at a time instead of the split screen\n"
    "  --caseload DIR  where assessments are kept\n"
    "  --help          print this and end\n"
    "\n"
    "The exit status is 2 where it could not be begun, also because of faults in the form.\n";

/* What is asked for. */
struct wish {
    const char *form, *ref, *caseload;
    bool no_open, accessible;
};

static struct form *read_form(const char *name)
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
        locate_say("new", cause);
    }
    free(source);
    free(path);
    free(cause);
    return form;
}

/* The form is the function's from here on. */
static struct session *begin(const char *folder, const char *ref, struct form *form, char **cause)
{
    if (!caseload_prepare(folder, cause)) {
        form_free(form);
        return NULL;
    }
    char *warning = caseload_warning(folder);
    if (warning)
        locate_say("new", warning);
    free(warning);
    char id[RECORD_ID_TEXT];
    record_new_id(id);
    char *path = caseload_new_path(folder, id);
    struct session *s = session_begin(path, id, ref, form, cause);
    free(path);
    return s;
}

static int new (const struct wish *wish)
{
    char *cause = NULL;
    if (wish->ref && !caseload_ref_fits(wish->ref, &cause)) {
        locate_say("new", cause);
        free(cause);
        return 2;
    }
    struct form *form = read_form(wish->form);
    if (!form)
        return 2;
    char *folder = caseload_folder(wish->caseload, &cause);
    struct session *s = NULL;
    if (folder)
        s = begin(folder, wish->ref, form, &cause);
    else
        form_free(form);
    int status = 0;
    if (!s) {
        locate_say("new", cause);
        status = 2;
    } else if (puts(record_path(session_record(s))) < 0 || fflush(stdout) != 0) {
        locate_say("new", "The record was begun, but its path cannot be printed.");
        status = 2;
    } else if (!wish->no_open && front_has_people()) {
        status = front_run(s, wish->accessible);
    }
    session_close(s);
    free(folder);
    free(cause);
    return status;
}

int command_new(int argc, char **argv)
{
    static const struct option options[] = {
        {"ref", required_argument, NULL, 'r'},  {"no-open", no_argument, NULL, 'n'},
        {"accessible", no_argument, NULL, 'a'}, {"caseload", required_argument, NULL, 'c'},
        {"help", no_argument, NULL, 'h'},       {NULL, 0, NULL, 0}};
    struct wish wish = {0};
    int option;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'r':
            wish.ref = optarg;
            break;
        case 'n':
            wish.no_open = true;
            break;
        case 'a':
            wish.accessible = true;
            break;
        case 'c':
            wish.caseload = optarg;
            break;
        case 'h':
            fputs(usage, stdout);
            return 0;
        default:
            fputs("Try 'alongside new --help'.\n", stderr);
            return 2;
        }
    }
    if (argc - optind != 1) {
        locate_say("new",
                   argc == optind ? "say which form: alongside new whole-life" : "one form at a time.");
        fputs("Try 'alongside new --help'.\n", stderr);
        return 2;
    }
    wish.form = argv[optind];
    return new (&wish);
}
