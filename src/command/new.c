/* alongside new: begin an assessment. */
#include "command/command.h"

#include "base/mem.h"
#include "base/out.h"
#include "caseload/caseload.h"
#include "command/front.h"
#include "command/locate.h"
#include "command/options.h"
#include "session/session.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "Usage: alongside new [--ref REF] [--follows RECORD] [--no-open] FORM\n"
    "\n"
    "Begins an assessment with a form, and prints the path of its record. At a terminal it goes\n"
    "on into the assessment.\n"
    "\n"
    "FORM is the name of a form that comes with the program (whole-life), a YAML file, or - for\n"
    "standard input.\n"
    "\n"
    "  --ref REF       what you call the case: a number or word of yours, to find it by\n"
    "  --follows RECORD\n"
    "                  the assessment before: its answers are shown as last time's, and its\n"
    "                  reference is taken over\n"
    "  --no-open       only begin it\n"
    "  --accessible    one prompt at a time instead of the split screen\n"
    "  --caseload DIR  where assessments are kept\n"
    "  --help          print this and end\n"
    "\n"
    "The exit status is 2 where it could not be begun, also because of faults in the form.\n";

/* What is asked for. */
struct wish {
    const char *form, *ref, *follows, *caseload;
    bool no_open, accessible;
};

/* The form is the function's from here on. */
static struct session *begin(const char *folder, const char *ref, struct form *form,
                             const struct session *earlier, char **cause)
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
    struct session *s = earlier ? session_follow(path, id, ref, form, earlier, cause)
                                : session_begin(path, id, ref, form, cause);
    free(path);
    return s;
}

/* For a script to go on with. A folder whose name would have to be shown otherwise cannot be gone on with so;
 * by its reference or id the record is found all the same. */
static bool print_path(const char *path)
{
    out_line(stdout, "%s", path);
    return fflush(stdout) == 0 && !ferror(stdout);
}

static int new (const struct wish *wish)
{
    char *cause = NULL;
    if (wish->ref && !caseload_ref_fits(wish->ref, &cause)) {
        locate_say("new", cause);
        free(cause);
        return 2;
    }
    /* First of all: what is typed, or stands first on standard input, is the passphrase. */
    char *folder = locate_caseload("new", wish->caseload);
    if (!folder)
        return 2;
    struct session *earlier = NULL;
    if (wish->follows) {
        char *path = locate_record("new", wish->caseload, wish->follows);
        earlier = path ? session_open(path, RECORD_READ, &cause) : NULL;
        if (cause)
            locate_say("new", cause);
        if (earlier)
            locate_say_damage("new", session_record(earlier));
        free(path);
        free(cause);
        cause = NULL;
        if (!earlier) {
            free(folder);
            return 2;
        }
    }
    const char *ref = wish->ref ? wish->ref : earlier ? session_ref(earlier) : NULL;
    struct form *form = locate_form("new", wish->form);
    if (!form) {
        session_close(earlier);
        free(folder);
        return 2;
    }
    struct session *s = begin(folder, ref, form, earlier, &cause);
    session_close(earlier);
    int status = 0;
    if (!s) {
        locate_say("new", cause);
        status = 2;
    } else if (!print_path(record_path(session_record(s)))) {
        locate_say("new", "The record was begun, but its path cannot be printed.");
        status = 2;
    } else if (!wish->no_open && front_has_people()) {
        status = front_run(s, wish->accessible);
        char *further = xasprintf("to go on: alongside open %s",
                                  *session_ref(s) ? session_ref(s) : record_id(session_record(s)));
        locate_say("new", further);
        free(further);
    }
    session_close(s);
    free(folder);
    free(cause);
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_new(int argc, char **argv)
{
    struct wish wish = {0};
    const struct option_row options[] = {
        {"ref", 0, NULL, &wish.ref},           {"follows", 0, NULL, &wish.follows},
        {"no-open", 0, &wish.no_open, NULL},   {"accessible", 0, &wish.accessible, NULL},
        {"caseload", 0, NULL, &wish.caseload}, {NULL, 0, NULL, NULL}};
    int status = options_read(
        argc, argv, options,
        (struct operands){1, 1, "say which form: alongside new whole-life", "one form at a time."}, help);
    if (status >= 0)
        return status;
    wish.form = argv[optind];
    return new (&wish);
}
