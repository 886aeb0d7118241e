/* alongside print: one thing of an assessment on a page of its own. */
#include "command/command.h"

#include "command/locate.h"
#include "command/options.h"
#include "report/certificate.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: alongside print RECORD certificate [N]\n"
    "\n"
    "Prints a milestone on a page of its own, to be kept: its words, its day, and who has signed it.\n"
    "\n"
    "RECORD is a file, a reference or an id. N is which milestone, from 1; the last one where it is\n"
    "left out.\n"
    "\n"
    "  --caseload DIR  where records are looked for by reference\n"
    "  --help          print this and end\n";

static void help(void)
{
    fputs(usage, stdout);
}

static int print(const char *path, size_t number)
{
    char *cause = NULL;
    struct session *s = session_open(path, RECORD_READ, &cause);
    const struct event *milestone = s ? certificate_milestone(s, number, &cause) : NULL;
    bool done = milestone && certificate_write(s, milestone, stdout, &cause);
    if (!done)
        locate_say("print", cause);
    free(cause);
    session_close(s);
    return done ? 0 : 2;
}

int command_print(int argc, char **argv)
{
    const char *caseload = NULL;
    const struct option_row options[] = {{"caseload", 0, NULL, &caseload}, {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options,
                              (struct operands){2, 3, "say which record, and what: certificate.",
                                                "one record at a time, and one milestone."},
                              help);
    if (status >= 0)
        return status;
    const char *what = argv[optind + 1], *which = argc > optind + 2 ? argv[optind + 2] : NULL;
    if (strcmp(what, "certificate") != 0) {
        locate_say("print", "what can be printed is a certificate: alongside print RECORD certificate.");
        return 2;
    }
    size_t digits = which ? strspn(which, "0123456789") : 1;
    size_t number = which && digits < 7 ? (size_t)atol(which) : 0;
    if (which && (which[digits] || number == 0)) {
        locate_say("print", "which milestone is a whole number, from 1.");
        return 2;
    }
    char *path = locate_record("print", caseload, argv[optind]);
    status = path ? print(path, number) : 2;
    free(path);
    return status;
}
