/* alongside export: an assessment as a file for others. */
#include "command/command.h"

#include "base/mem.h"
#include "command/locate.h"
#include "command/options.h"
#include "report/report.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "Usage: alongside export [--format FORMAT] [--output FILE] RECORD\n"
    "\n"
    "Writes out an assessment: every question with both answers and reasons, every disagreement\n"
    "with its whole talk and how it ended, scores, signatures, and what proves it unchanged.\n"
    "\n"
    "RECORD is a file, a reference or an id.\n"
    "\n";

static const char usage_options[] = "  --output FILE    write to this new file instead of standard output\n"
                                    "  --force          let --output replace a file that is there\n"
                                    "  --caseload DIR   where records are looked for by reference\n"
                                    "  --help           print this and end\n"
                                    "\n"
                                    "Without --format it is what FILE's name ends in, or yaml.\n";

static void print_usage(void)
{
    fputs(usage, stdout);
    puts("  --format FORMAT");
    for (const struct report_format *format = report_formats; format->name; format++)
        printf("      %-12s %s\n", format->name, format->help);
    fputs(usage_options, stdout);
}

/* What is asked for. */
struct wish {
    const struct report_format *format; /* NULL: not said */
    const char *output, *caseload;
    bool force;
};

static const struct report_format *format_of(const struct wish *wish)
{
    const struct report_format *format = wish->format;
    if (!format && wish->output)
        format = report_format_of_file(wish->output);
    return format ? format : &report_formats[0];
}

static int export(const char *path, const struct wish *wish)
{
    char *cause = NULL;
    const struct report_format *format = format_of(wish);
    struct session *s = session_open(path, RECORD_READ, &cause);
    if (s && format->receipt && !session_make_receipt(s, &cause)) { /* all else is worth having without it */
        locate_say("export", cause);
        free(cause);
        cause = NULL;
    }
    bool done = s && (wish->output ? report_save(format, s, wish->output, wish->force, &cause)
                                   : format->write(s, stdout, &cause));
    if (!done) {
        locate_say("export", cause);
        locate_say_force("export", wish->output, wish->force);
    }
    /* What is sound was written, but nobody is to take it for the whole. */
    if (done && record_damage(session_record(s))) {
        char *notice =
            xasprintf("The record is damaged (%s). What comes before that is sound, and was written.",
                      record_damage(session_record(s)));
        locate_say("export", notice);
        free(notice);
    }
    free(cause);
    session_close(s);
    return done ? 0 : 2;
}

/* False where nothing is left to do; *status says how it ended. */
int command_export(int argc, char **argv)
{
    struct wish wish = {0};
    const char *format = NULL;
    char *cause = NULL;
    const struct option_row options[] = {{"format", 'f', NULL, &format},
                                         {"output", 'o', NULL, &wish.output},
                                         {"force", 0, &wish.force, NULL},
                                         {"caseload", 0, NULL, &wish.caseload},
                                         {NULL, 0, NULL, NULL}};
    int status =
        options_read(argc, argv, options,
                     (struct operands){1, 1, "say which record.", "one record at a time."}, print_usage);
    if (status >= 0)
        return status;
    wish.format = format ? report_format_named(format, &cause) : NULL;
    if (format && !wish.format) {
        locate_say("export", cause);
        free(cause);
        return 2;
    }
    char *path = locate_record("export", wish.caseload, argv[optind]);
    status = path ? export(path, &wish) : 2;
    free(path);
    return status;
}
