/* alongside copy: the paper that somebody takes away, with its receipt code. */
#include "command/command.h"

#include "base/mem.h"
#include "base/vocab.h"
#include "command/locate.h"
#include "command/options.h"
#include "report/copy_text.h"
#include "report/report.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "Usage: alongside copy [--as full|slip|conference] [--output FILE] RECORD\n"
    "\n"
    "Makes the service user's own copy, to be printed, and notes in the record that it was made.\n"
    "On it stands a receipt code: with that, alongside verify shows later whether the record was\n"
    "changed since.\n"
    "\n"
    "RECORD is a file, a reference or an id.\n"
    "\n"
    "  --as KIND       full: all of it (where nothing else is said); slip: half a page with the\n"
    "                  next date, what both promised, and how to ask for a session;\n"
    "                  conference: for a meeting of several agencies\n"
    "  --output FILE   write to this new file instead of standard output\n"
    "  --force         let --output replace a file that is there\n"
    "  --to NAME       whose copy it is, where it is not the service user's\n"
    "  --by WHO        who makes it: service_user, where nothing else is said, or practitioner\n"
    "  --caseload DIR  where records are looked for by reference\n"
    "  --help          print this and end\n";

static void help(void)
{
    fputs(usage, stdout);
}

/* What is asked for. */
struct wish {
    const char *as, *output, *to, *by, *caseload;
    bool force;
};

static void say(const char *format, const char *what)
{
    char *line = xasprintf("%s%s", format, what);
    locate_say("copy", line);
    free(line);
}

/* For adding to; one that somebody else has open, only for reading. */
static struct session *open_either(const char *path, char **cause)
{
    char *why = NULL;
    struct session *s = session_open(path, RECORD_WRITE, &why);
    if (!s)
        s = session_open(path, RECORD_READ, cause);
    free(why);
    return s;
}

/* Make it and write it out. False and a cause where that fails. */
static bool write_copy(struct session *s, const struct wish *wish, int as, int by, char **cause)
{
    struct copy copy;
    if (wish->output && !report_may_save(wish->output, wish->force, cause))
        return false;
    bool made = copy_make(&copy, s, (enum who)by, (enum copy_as)as, wish->to, cause);
    size_t lines = record_count(session_record(s));
    bool written = made && (wish->output ? copy_text_save(s, &copy, wish->output, wish->force, cause)
                                         : copy_text_write(s, &copy, stdout, cause));
    if (copy.unnoted)
        say("The copy is not noted in the record: ", copy.unnoted);
    if (!written && copy.number) {
        char *noted = xasprintf("Entry %zu of the record says all the same that a copy was made.", lines);
        say(noted, "");
        free(noted);
    }
    if (written && wish->output)
        say("The receipt code on it is ", session_receipt(s));
    copy_release(&copy);
    return written;
}

static int run(const char *path, const struct wish *wish, int as, int by)
{
    char *cause = NULL;
    struct session *s = open_either(path, &cause);
    bool done = s && write_copy(s, wish, as, by, &cause);
    if (!done) {
        locate_say("copy", cause);
        locate_say_force("copy", wish->output, wish->force);
    }
    if (done && session_trouble(s)) {
        locate_say("copy", session_trouble(s));
        done = false;
    }
    free(cause);
    session_close(s);
    return done ? 0 : 2;
}

int command_copy(int argc, char **argv)
{
    struct wish wish = {.as = copy_names[COPY_FULL], .by = who_names[SERVICE_USER]};
    const struct option_row options[] = {
        {"as", 0, NULL, &wish.as}, {"output", 'o', NULL, &wish.output}, {"force", 0, &wish.force, NULL},
        {"to", 0, NULL, &wish.to}, {"by", 0, NULL, &wish.by},           {"caseload", 0, NULL, &wish.caseload},
        {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options,
                              (struct operands){1, 1, "say which record.", "one record at a time."}, help);
    if (status >= 0)
        return status;
    int as = vocab_find(copy_names, wish.as), by = vocab_find(who_names, wish.by);
    if (as < 0) {
        locate_say("copy", "--as is full, slip or conference.");
        return 2;
    }
    if (by < 0 || by >= PARTIES) {
        locate_say("copy", "--by is practitioner or service_user.");
        return 2;
    }
    char *path = locate_record("copy", wish.caseload, argv[optind]);
    status = path ? run(path, &wish, as, by) : 2;
    free(path);
    return status;
}
