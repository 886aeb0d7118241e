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
    "Usage: alongside print [--output FILE] RECORD certificate [N]\n"
    "\n"
    "Prints a milestone on a page of its own, to be kept: its words, its day, and who has signed it.\n"
    "\n"
    "RECORD is a file, a reference or an id. N is which milestone, from 1; the last one where it is\n"
    "left out.\n"
    "\n"
    "  --output FILE   write to this new file instead of standard output\n"
    "  --force         let --output replace a file that is there\n"
    "  --caseload DIR  where records are looked for by reference\n"
    "  --help          print this and end\n";

static void help(void)
{
    fputs(usage, stdout);
}

/* What is asked for. */
struct wish {
    const char *output, *caseload;
    bool force;
    size_t number; /* of the milestone, from 1; 0: the last */
};

static int print(const char *path, const struct wish *wish)
{
    char *cause = NULL;
    struct session *s = session_open(path, RECORD_READ, &cause);
    if (s)
        locate_say_damage("print", session_record(s));
    const struct event *milestone = s ? certificate_milestone(s, wish->number, &cause) : NULL;
    bool done = milestone && (wish->output ? certificate_save(s, milestone, wish->output, wish->force, &cause)
                                           : certificate_write(s, milestone, stdout, &cause));
    if (!done)
        locate_say("print", cause);
    if (milestone && !done)
        locate_say_force("print", wish->output, wish->force);
    free(cause);
    session_close(s);
    return done ? 0 : 2;
}

int command_print(int argc, char **argv)
{
    struct wish wish = {0};
    const struct option_row options[] = {{"output", 'o', NULL, &wish.output},
                                         {"force", 0, &wish.force, NULL},
                                         {"caseload", 0, NULL, &wish.caseload},
                                         {NULL, 0, NULL, NULL}};
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
    wish.number = which && digits < 7 ? strtoul(which, NULL, 10) : 0;
    if (which && (which[digits] || wish.number == 0)) {
        locate_say("print", "which milestone is a whole number, from 1.");
        return 2;
    }
    char *path = locate_record("print", wish.caseload, argv[optind]);
    status = path ? print(path, &wish) : 2;
    free(path);
    return status;
}
