/* alongside verify: is a record as it was written, and does every rule hold in it? */
#include "command/verify.h"

#include "base/mem.h"
#include "base/out.h"
#include "command/command.h"
#include "command/locate.h"
#include "command/options.h"
#include "command/verify_receipt.h"
#include "report/verdict.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "Usage: alongside verify RECORD...\n"
    "       alongside verify RECORD --receipt CODE\n"
    "       alongside verify --receipt-only FILE [--receipt CODE]\n"
    "\n"
    "Says whether a record is as it was written and every rule holds in it, or else the first\n"
    "thing that does not hold, with its line. What that proves is in alongside-record(5).\n"
    "\n"
    "RECORD is a file, a reference or an id.\n"
    "\n"
    "  --receipt CODE  hold the code printed on a person's copy against it, too\n"
    "  --everywhere    where it is not this record's: look at all copies of all others,\n"
    "                  which takes a tenth of a second for each\n"
    "  --receipt-only  FILE is an export, YAML or JSON: hold it against the code in it\n"
    "  --caseload DIR  where records are looked for by reference\n"
    "  --help          print this and end\n"
    "\n"
    "The exit status is 0 where all holds, 1 where something does not, 2 where it cannot be told.\n";

void verify_say(const char *path, const char *sentence)
{
    char *line = sentence ? xasprintf("%s: %s", path, sentence) : NULL;
    if (line)
        locate_say("verify", line);
    free(line);
}

void verify_print(const char *path, const char *sentence)
{
    out_line(stdout, "%s: %s", path, sentence);
}

/* The words that people closed sittings with: somebody who did not write the record knows theirs. */
static void print_words(const char *path, const struct record *record)
{
    for (size_t i = 0; i < record_count(record); i++) {
        const struct event *event = record_event(record, i);
        const char *word = event->kind == EVENT_CLOSED ? event_text(event, "word") : NULL;
        char *line = word ? xasprintf("entry %ld was closed with the word “%s”.", event->seq, word) : NULL;
        if (line)
            verify_print(path, line);
        free(line);
    }
}

/* What is asked for. */
struct wish {
    const char *caseload, *code;
    struct receipt receipt; /* the code, read */
    bool everywhere, receipt_only;
};

static int verify(const char *path, const struct wish *wish)
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
    verify_say(path, verdict.clock);
    verify_say(path, verdict.unknown);
    verify_say(path, verdict.owed);
    int status = 0;
    if (verdict.verified == VERIFIED_BROKEN) {
        verify_print(path, verdict.finding);
        status = 1;
    } else if (verdict.verified == VERIFIED_UNKNOWN) {
        verify_say(path, verdict.finding);
        status = 2;
    } else {
        size_t count = record_count(record);
        char *all = xasprintf("%zu %s, nothing changed since they were written, every rule holds. Head %s",
                              count, count == 1 ? "entry" : "entries", record_head(record));
        verify_print(path, all);
        free(all);
    }
    verdict_release(&verdict);
    print_words(path, record);
    if (wish->code) {
        int matched = verify_receipt(path, record, &wish->receipt, wish->caseload, wish->everywhere);
        status = matched > status ? matched : status;
    }
    record_close(record);
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

static int verify_one(const char *name, const struct wish *wish)
{
    if (wish->receipt_only)
        return verify_export(name, wish->code ? &wish->receipt : NULL);
    char *path = locate_record("verify", wish->caseload, name);
    int status = path ? verify(path, wish) : 2;
    free(path);
    return status;
}

/* Can what is asked for be done? False where it has been said why not. */
static bool is_sound(struct wish *wish, int records)
{
    char *cause = NULL;
    if (wish->everywhere && (!wish->code || wish->receipt_only)) {
        locate_say("verify", "--everywhere goes with --receipt CODE and a record: it says whose code it is.");
        return false;
    }
    if (!wish->code)
        return true;
    if (records > 1) {
        locate_say("verify", "a receipt code is of one record: name that one.");
        return false;
    }
    if (receipt_parse(wish->code, &wish->receipt, &cause))
        return true;
    locate_say("verify", cause);
    free(cause);
    return false;
}

int command_verify(int argc, char **argv)
{
    struct wish wish = {0};
    const struct option_row options[] = {{"caseload", 0, NULL, &wish.caseload},
                                         {"receipt", 0, NULL, &wish.code},
                                         {"everywhere", 0, &wish.everywhere, NULL},
                                         {"receipt-only", 0, &wish.receipt_only, NULL},
                                         {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options, (struct operands){1, -1, "say which record.", NULL}, help);
    if (status >= 0)
        return status;
    if (!is_sound(&wish, argc - optind))
        return 2;
    status = 0;
    for (int i = optind; i < argc; i++) {
        int one = verify_one(argv[i], &wish);
        status = one > status ? one : status;
    }
    return status;
}
