/* alongside open: go on with an assessment. */
#include "command/command.h"

#include "caseload/caseload.h"
#include "command/front.h"
#include "command/locate.h"
#include "command/options.h"
#include "base/mem.h"
#include "base/path.h"
#include "session/session.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "Usage: alongside open [--read-only] RECORD\n"
    "\n"
    "Goes on with an assessment, on the split screen or, without a terminal that can show\n"
    "it, one prompt at a time.\n"
    "\n"
    "RECORD is a file, a reference or an id: see \"alongside list\".\n"
    "\n"
    "  --read-only     look at it only; also while another program has it open\n"
    "  --accessible    one prompt at a time, for screen readers\n"
    "  --caseload DIR  where records are looked for by reference\n"
    "  --help          print this and end\n";

/* Say why it cannot be opened, and that it can be looked at, where it can. */
static void say_why(const char *path, const char *name, const char *cause)
{
    locate_say("open", cause);
    struct record *record = record_open(path, RECORD_READ, NULL);
    if (!record)
        return;
    record_close(record);
    char *offer = xasprintf("To look at it meanwhile: alongside open --read-only %s", name);
    locate_say("open", offer);
    free(offer);
}

static void say_trouble(const struct session *s)
{
    const struct record *record = session_record(s);
    char *trouble = NULL;
    if (record_damage(record))
        trouble =
            xasprintf("%s is damaged (%s), so it can only be read, up to there. Nothing in it is changed.",
                      record_path(record), record_damage(record));
    else if (record_torn(record) && !session_read_only(s))
        trouble = xasprintf(
            "The last line of %s was not finished, as after a power cut. Its %zu bytes were set aside "
            "beside it; all before them is there.",
            record_path(record), record_torn(record));
    if (trouble)
        locate_say("open", trouble);
    free(trouble);
}

static int open_record(const char *path, const char *name, bool read_only, bool accessible)
{
    char *cause = NULL;
    struct session *s = session_open(path, read_only ? RECORD_READ : RECORD_WRITE, &cause);
    if (!s) {
        if (read_only)
            locate_say("open", cause);
        else
            say_why(path, name, cause);
        free(cause);
        return 2;
    }
    char *folder = path_folder(path), *warning = caseload_warning(folder);
    if (warning)
        locate_say("open", warning);
    free(warning);
    free(folder);
    say_trouble(s);
    int status = front_run(s, accessible);
    session_close(s);
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_open(int argc, char **argv)
{
    const char *caseload = NULL;
    bool read_only = false, accessible = false;
    const struct option_row options[] = {{"read-only", 0, &read_only, NULL},
                                         {"accessible", 0, &accessible, NULL},
                                         {"caseload", 0, NULL, &caseload},
                                         {NULL, 0, NULL, NULL}};
    int status = options_read(
        argc, argv, options,
        (struct operands){1, 1, "say which record: \"alongside list\" shows them.", "one record at a time."},
        help);
    if (status >= 0)
        return status;
    char *path = locate_record("open", caseload, argv[optind]);
    status = path ? open_record(path, argv[optind], read_only, accessible) : 2;
    free(path);
    return status;
}
