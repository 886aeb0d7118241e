/* alongside report: what the work comes to, for those who pay for it. */
#include "command/command.h"

#include "base/mem.h"
#include "command/gathered.h"
#include "command/locate.h"
#include "command/options.h"
#include "report/commission.h"
#include "report/report.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "Usage: alongside report [OPTION...] [PATH...]\n"
    "\n"
    "Tells those who pay for the work what came of it, only from what is written down already. Nobody\n"
    "is named in it, no day is told finer than a month, and how much was done stands apart from how it\n"
    "was done. Read it before it goes out: words that people said are in it.\n"
    "\n"
    "PATH is a caseload's folder or a record: a file, a reference or an id. Without one it is your\n"
    "caseload.\n"
    "\n";

static const char usage_options[] =
    "  --since DAY      from the month of this day on: 2026, 2026-03 or 2026-03-31\n"
    "  --until DAY      up to the end of its month\n"
    "  --filter FILTER  some of it: 'part=home form=whole-life', never by who it is about\n"
    "  --title WORDS    what stands on top\n"
    "  --output FILE    write to this new file instead of standard output\n"
    "  --force          let --output replace a file that is there\n"
    "  --no-index       read each record anew\n"
    "  --caseload DIR   where assessments are kept\n"
    "  --help           print this and end\n"
    "\n"
    "The exit status is 1 where some record could not be read or lies there twice: all others are in\n"
    "the report.\n";

static void help(void)
{
    fputs(usage, stdout);
    puts("  --format FORMAT");
    for (const struct commission_format *format = commission_formats; format->name; format++)
        printf("      %-12s %s\n", format->name, format->help);
    puts("  --part PART      only this one:");
    for (const struct commission_kind_of_part *part = commission_parts; part->name; part++)
        printf("      %-12s %s\n", part->name, part->title);
    fputs(usage_options, stdout);
}

struct wish {
    const char *format_name, *output, *caseload;
    bool force, no_index;
    const struct commission_format *format;
    struct commission_wish report;
};

static bool refuse(char *cause)
{
    locate_say("report", cause);
    free(cause);
    return false;
}

struct written {
    const struct commission_format *format;
    const struct commission *commission;
};

static bool write_report(const void *what, FILE *out, char **cause)
{
    const struct written *written = what;
    return written->format->write(written->commission, out, cause);
}

static bool put_out(const struct wish *wish, const struct commission *commission)
{
    const struct written written = {wish->format, commission};
    char *cause = NULL;
    if (wish->output ? report_save_by(write_report, &written, wish->output, wish->force, &cause)
                     : write_report(&written, stdout, &cause))
        return true;
    refuse(cause);
    locate_say_force("report", wish->output, wish->force);
    return false;
}

static int report(struct wish *wish, const struct gathered_paths *paths)
{
    struct collection *collection = collection_new();
    struct commission *commission = NULL;
    char *cause = NULL;
    int status = 2;
    if (gathered_read(paths, "report", wish->no_index, collection, NULL)) {
        wish->report.collection = collection;
        commission = commission_new(&wish->report, &cause);
        size_t broken = collection_broken(collection);
        if (!commission)
            refuse(cause);
        else if (put_out(wish, commission))
            status = broken ? 1 : 0;
        if (commission && broken)
            refuse(xasprintf("Not in it: %zu of %zu records. “alongside review --table broken” says why.",
                             broken, collection_count(collection)));
        if (commission && collection_count(collection) == 0)
            locate_say("report", "There are no records there.");
    }
    commission_free(commission);
    collection_free(collection);
    return status;
}

/* What can be told before anything is read is told then. */
static bool is_sound(struct wish *wish)
{
    char *cause = NULL;
    wish->format =
        commission_format_named(wish->format_name ? wish->format_name : commission_formats[0].name, &cause);
    if (!wish->format || !commission_may(&wish->report, &cause))
        return refuse(cause);
    if (wish->output && !report_may_save(wish->output, wish->force, &cause)) {
        refuse(cause);
        locate_say_force("report", wish->output, wish->force);
        return false;
    }
    return true;
}

int command_report(int argc, char **argv)
{
    struct wish wish = {0};
    const struct option_row options[] = {{"format", 'f', NULL, &wish.format_name},
                                         {"part", 0, NULL, &wish.report.part},
                                         {"since", 0, NULL, &wish.report.since},
                                         {"until", 0, NULL, &wish.report.until},
                                         {"filter", 0, NULL, &wish.report.filter},
                                         {"title", 0, NULL, &wish.report.title},
                                         {"output", 'o', NULL, &wish.output},
                                         {"force", 0, &wish.force, NULL},
                                         {"no-index", 0, &wish.no_index, NULL},
                                         {"caseload", 0, NULL, &wish.caseload},
                                         {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options, (struct operands){0, -1, NULL, NULL}, help);
    if (status >= 0)
        return status;
    if (!is_sound(&wish))
        return 2;
    struct gathered_paths paths = {0};
    bool found = gathered_find(&paths, "report", wish.caseload, argv + optind, argc - optind);
    status = found ? report(&wish, &paths) : 2;
    gathered_paths_release(&paths);
    return status;
}
