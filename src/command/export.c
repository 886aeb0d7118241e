/* alongside export: an assessment as a file for others. */
#include "command/command.h"

#include "base/mem.h"
#include "command/locate.h"
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
    bool done = s && (wish->output ? report_save(format, s, wish->output, wish->force, &cause)
                                   : format->write(s, stdout, &cause));
    if (!done)
        locate_say("export", cause);
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
static bool read_options(int argc, char **argv, struct wish *wish, int *status)
{
    static const struct option options[] = {
        {"format", required_argument, NULL, 'f'}, {"output", required_argument, NULL, 'o'},
        {"force", no_argument, NULL, 'F'},        {"caseload", required_argument, NULL, 'c'},
        {"help", no_argument, NULL, 'h'},         {NULL, 0, NULL, 0}};
    char *cause = NULL;
    int option;
    *status = 2;
    while ((option = getopt_long(argc, argv, "hf:o:", options, NULL)) != -1) {
        switch (option) {
        case 'f':
            wish->format = report_format_named(optarg, &cause);
            if (!wish->format) {
                locate_say("export", cause);
                free(cause);
                return false;
            }
            break;
        case 'o':
            wish->output = optarg;
            break;
        case 'F':
            wish->force = true;
            break;
        case 'c':
            wish->caseload = optarg;
            break;
        case 'h':
            print_usage();
            *status = 0;
            return false;
        default:
            fputs("Try 'alongside export --help'.\n", stderr);
            return false;
        }
    }
    return true;
}

int command_export(int argc, char **argv)
{
    struct wish wish = {0};
    int status;
    if (!read_options(argc, argv, &wish, &status))
        return status;
    if (argc - optind != 1) {
        locate_say("export", argc == optind ? "say which record." : "one record at a time.");
        fputs("Try 'alongside export --help'.\n", stderr);
        return 2;
    }
    char *path = locate_record("export", wish.caseload, argv[optind]);
    status = path ? export(path, &wish) : 2;
    free(path);
    return status;
}
