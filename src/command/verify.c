/* alongside verify: is a record as it was written, and does every rule hold in it? */
#include "command/command.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "command/locate.h"
#include "command/options.h"
#include "report/verdict.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "Usage: alongside verify RECORD...\n"
    "\n"
    "Says whether a record is as it was written and every rule holds in it, or else the first\n"
    "thing that does not hold, with its line. What that proves is in alongside-record(5).\n"
    "\n"
    "RECORD is a file, a reference or an id.\n"
    "\n"
    "  --caseload DIR  where records are looked for by reference\n"
    "  --help          print this and end\n"
    "\n"
    "The exit status is 0 where all holds, 1 where something does not, 2 where it cannot be told.\n";

static void say_about(const char *path, const char *sentence)
{
    char *line = sentence ? xasprintf("%s: %s", path, sentence) : NULL;
    if (line)
        locate_say("verify", line);
    free(line);
}

static void print_about(const char *path, const char *sentence)
{
    char *line = xasprintf("%s: %s", path, sentence);
    char *safe = utf8_safe(line, false);
    puts(safe);
    free(safe);
    free(line);
}

static int verify(const char *path)
{
    char *cause = NULL;
    struct record *record = record_open(path, RECORD_READ, &cause);
    if (!record) {
        locate_say("verify", cause);
        free(cause);
        return 2;
    }
    struct verdict verdict;
    verify_record(record, &verdict);
    say_about(path, verdict.clock);
    say_about(path, verdict.unknown);
    say_about(path, verdict.owed);
    int status = 0;
    if (verdict.verified == VERIFIED_BROKEN) {
        print_about(path, verdict.finding);
        status = 1;
    } else if (verdict.verified == VERIFIED_UNKNOWN) {
        say_about(path, verdict.finding);
        status = 2;
    } else {
        size_t count = record_count(record);
        char *all = xasprintf("%zu %s, nothing changed since they were written, every rule holds. Head %s",
                              count, count == 1 ? "entry" : "entries", record_head(record));
        print_about(path, all);
        free(all);
    }
    verdict_release(&verdict);
    record_close(record);
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_verify(int argc, char **argv)
{
    const char *caseload = NULL;
    const struct option_row options[] = {{"caseload", 0, NULL, &caseload}, {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options, (struct operands){1, -1, "say which record.", NULL}, help);
    if (status >= 0)
        return status;
    status = 0;
    for (int i = optind; i < argc; i++) {
        char *path = locate_record("verify", caseload, argv[i]);
        int one = path ? verify(path) : 2;
        free(path);
        if (one > status)
            status = one;
    }
    return status;
}
