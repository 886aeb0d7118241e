/* alongside show: a readable summary of one record. */
#include "command/command.h"

#include "base/mem.h"
#include "command/locate.h"
#include "command/options.h"
#include "report/as_text.h"
#include "report/complete_text.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char usage[] =
    "Usage: alongside show [--at N] [--complete] RECORD\n"
    "\n"
    "Prints a summary of an assessment: both people's answers side by side, where they differ\n"
    "and how that was settled, signatures, and what is still open.\n"
    "\n"
    "RECORD is a file, a reference or an id.\n"
    "\n"
    "  --at N          as it stood after N entries\n"
    "  --complete      instead: what there is of the last sitting, and what is not there yet\n"
    "  --caseload DIR  where records are looked for by reference\n"
    "  --help          print this and end\n";

enum { MOST_COLUMNS = 120 }; /* longer lines are hard to read */

static int columns_of(FILE *out)
{
    struct winsize size;
    if (ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return AS_TEXT_COLUMNS;
    return size.ws_col > MOST_COLUMNS ? MOST_COLUMNS : size.ws_col;
}

/* A whole number from 1; 0 for anything else. */
static size_t number_of(const char *text)
{
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    return errno || *end || end == text || number < 1 ? 0 : (size_t)number;
}

static int show(const char *path, size_t lines, bool complete)
{
    char *cause = NULL;
    struct session *s = session_open_at(path, lines, &cause);
    int columns = columns_of(stdout);
    bool done = s && (complete ? complete_text_write(s, columns, stdout, &cause)
                               : as_text_in(s, columns, stdout, &cause));
    if (!done)
        locate_say("show", cause);
    free(cause);
    session_close(s);
    return done ? 0 : 2;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_show(int argc, char **argv)
{
    const char *caseload = NULL, *at = NULL;
    bool complete = false;
    const struct option_row options[] = {{"at", 0, NULL, &at},
                                         {"complete", 0, &complete, NULL},
                                         {"caseload", 0, NULL, &caseload},
                                         {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options,
                              (struct operands){1, 1, "say which record.", "one record at a time."}, help);
    if (status >= 0)
        return status;
    size_t lines = at ? number_of(at) : 0;
    if (at && !lines) {
        locate_say("show", "--at takes the number of an entry, from 1.");
        return 2;
    }
    char *path = locate_record("show", caseload, argv[optind]);
    status = path ? show(path, lines, complete) : 2;
    free(path);
    return status;
}
