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

static int by_begin(const void *one, const void *other)
{
    const struct caseload_entry *const *a = one, *const *b = other;
    int order = strcmp((*a)->begun, (*b)->begun);
    return order ? order : strcmp((*a)->id, (*b)->id);
}

/* The entries of a case, the earliest first; *count of them. The caller frees the array. */
static const struct caseload_entry **entries_of(const struct caseload *caseload, const char *ref,
                                                size_t *count)
{
    const struct caseload_entry **entries = xcalloc(caseload->count + 1, sizeof *entries);
    *count = 0;
    for (size_t i = 0; i < caseload->count; i++) {
        if (strcmp(caseload->entries[i].ref, ref) == 0)
            entries[(*count)++] = &caseload->entries[i];
    }
    qsort(entries, *count, sizeof *entries, by_begin);
    return entries;
}

/* What can be read of them. False where something could not, which has been said. */
static bool gather(struct trend *trend, const struct caseload_entry **entries, size_t count)
{
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        char *cause = NULL;
        struct session *s = session_open(entries[i]->path, RECORD_READ, &cause);
        if (s)
            trend_add(trend, s);
        else
            locate_say("trend", cause);
        all &= s != NULL;
        session_close(s);
        free(cause);
    }
    return all;
}

static bool print(const struct trend *trend, const char *ref, int format)
{
    if (format == 0)
        trend_write_text(trend, stdout);
    else if (format == 1)
        trend_write_json(trend, ref, stdout);
    else
        trend_write_csv(trend, ref, stdout);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    locate_say("trend", "The answers cannot be written.");
    return false;
}

static int trend_of(const struct caseload *caseload, const char *folder, const char *ref, int format)
{
    size_t count;
    const struct caseload_entry **entries = entries_of(caseload, ref, &count);
    struct trend trend = {0};
    int status = 0;
    if (!*ref) {
        locate_say("trend", "The reference is empty.");
        status = 2;
    } else if (count == 0) {
        char *cause = NULL;
        caseload_unknown(folder, caseload, ref, &cause);
        locate_say("trend", cause);
        free(cause);
        status = 2;
    } else {
        bool all = gather(&trend, entries, count);
        trend_sort(&trend);
        if (all && trend.count == 0 && trend.mark_count == 0)
            locate_say("trend", "no question of these assessments is one to be shown over time.");
        status = print(&trend, ref, format) && all ? 0 : 2;
    }
    trend_release(&trend);
    free(entries);
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
    char *cause = NULL, *folder = caseload_folder(caseload_given, &cause);
    struct caseload caseload = {0};
    status = 2;
    if (!folder || !caseload_list(folder, &caseload, &cause))
        locate_say("trend", cause);
    else
        status = trend_of(&caseload, folder, argv[optind], chosen);
    caseload_release(&caseload);
    free(folder);
    free(cause);
    return status;
}
