/* alongside trend: one case's answers over time. */
#include "command/command.h"

#include "base/mem.h"
#include "base/vocab.h"
#include "caseload/caseload.h"
#include "command/locate.h"
#include "command/options.h"
#include "report/trend.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: alongside trend [--format FORMAT] REF\n"
    "\n"
    "Shows how answers went over time, in all assessments with this reference: of each question\n"
    "that the form shows so (\"trend: true\"), each person on their own, never added up.\n"
    "\n"
    "  --format FORMAT  text (for people; the last answer of each sitting), json or csv (every\n"
    "                   answer with its date)\n"
    "  --caseload DIR   where assessments are kept\n"
    "  --help           print this and end\n";

static const char *const formats[] = {"text", "json", "csv", NULL};

static void say(const char *cause)
{
    locate_say("trend", cause);
}

static bool print(const struct distance *distance, const char *ref, int format)
{
    if (format == 0)
        trend_write_text(distance, stdout);
    else if (format == 1)
        trend_write_json(distance, ref, stdout);
    else
        trend_write_csv(&distance->trend, ref, stdout);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    locate_say("trend", "The answers cannot be written.");
    return false;
}

static int trend_of(const struct caseload *caseload, const char *folder, const char *ref, int format)
{
    struct trend trend = {0};
    struct distance distance;
    size_t records;
    bool all = distance_gather(&trend, caseload, *ref ? ref : NULL, NULL, say, &records);
    distance_make(&distance, &trend, records);
    int status = 2;
    if (!*ref) {
        locate_say("trend", "The reference is empty.");
    } else if (records == 0 && all) {
        char *cause = NULL;
        caseload_unknown(folder, caseload, ref, &cause);
        locate_say("trend", cause);
        free(cause);
    } else {
        if (all && distance.trend.count == 0 && distance.trend.mark_count == 0)
            locate_say("trend", "no question of these assessments is one to be shown over time.");
        status = print(&distance, ref, format) && all ? 0 : 2;
    }
    distance_release(&distance);
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_trend(int argc, char **argv)
{
    const char *caseload_given = NULL, *format = "text";
    const struct option_row options[] = {
        {"format", 'f', NULL, &format}, {"caseload", 0, NULL, &caseload_given}, {NULL, 0, NULL, NULL}};
    int status =
        options_read(argc, argv, options,
                     (struct operands){1, 1, "say which reference.", "one reference at a time."}, help);
    if (status >= 0)
        return status;
    int chosen = vocab_find(formats, format);
    if (chosen < 0) {
        locate_say("trend", "--format is text, json or csv.");
        return 2;
    }
    char *cause = NULL, *folder = locate_caseload("trend", caseload_given);
    struct caseload caseload = {0};
    status = 2;
    if (folder && !caseload_list(folder, &caseload, &cause))
        locate_say("trend", cause);
    else if (folder)
        status = trend_of(&caseload, folder, argv[optind], chosen);
    caseload_release(&caseload);
    free(folder);
    free(cause);
    return status;
}
