/* alongside apply: do what a script asks for, line by line, as if typed. */
#include "command/command.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/out.h"
#include "command/locate.h"
#include "command/options.h"
#include "session/script.h"
#include "session/session.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: alongside apply RECORD [SCRIPT]\n"
    "\n"
    "Does what the lines of SCRIPT (- or nothing: standard input) ask for, each checked as if\n"
    "typed and saved before the next is read. A line is an entry of a record in JSON, without\n"
    "seq, prev, at and hash:\n"
    "\n"
    "  {\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":2}\n"
    "\n"
    "Blank lines and lines that begin with # are passed over. The first line that is refused\n"
    "ends it, with its number and the reason; what came before stays.\n"
    "\n"
    "RECORD is a file, a reference or an id.\n"
    "\n"
    "  --caseload DIR  where records are looked for by reference\n"
    "  --help          print this and end\n"
    "\n"
    "The exit status is 0 where all was done, 1 where a line was refused, 2 where the script\n"
    "could not be read or something could not be saved.\n";

static void say_count(const struct script_count *count)
{
    size_t all = count->asked + count->added;
    char *sentence = count->added
                         ? xasprintf("%zu entries added, %zu of them by the program.", all, count->added)
                         : xasprintf("%zu %s added.", all, all == 1 ? "entry" : "entries");
    locate_say("apply", sentence);
    free(sentence);
}

static int play(struct session *s, FILE *in, const char *name)
{
    struct script_count count;
    char *cause = NULL;
    enum script_end end = script_play(s, in, &count, &cause);
    if (end != SCRIPT_DONE) {
        /* Where it can be read no further, the line is the one after the last that could. */
        size_t line = end == SCRIPT_UNREADABLE ? count.line + 1 : count.line;
        out_line(stderr, "%s:%zu: %s", name, line, cause);
        free(cause);
    }
    say_count(&count);
    return end == SCRIPT_DONE ? 0 : end == SCRIPT_REFUSED ? 1 : 2;
}

static int apply(const char *path, const char *script)
{
    bool standard = strcmp(script, "-") == 0;
    char *cause = NULL;
    FILE *in = standard ? stdin : fopen(script, "re");
    if (!in)
        cause_errno(&cause, "%s cannot be read", script);
    struct session *s = in ? session_open(path, RECORD_WRITE, &cause) : NULL;
    if (s && session_read_only(s))
        cause_set(&cause, "Nothing can be added to %s: %s.", path, session_read_only(s));
    int status = 2;
    if (cause)
        locate_say("apply", cause);
    else
        status = play(s, in, script);
    if (in && !standard)
        fclose(in);
    session_close(s);
    free(cause);
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_apply(int argc, char **argv)
{
    const char *caseload = NULL;
    const struct option_row options[] = {{"caseload", 0, NULL, &caseload}, {NULL, 0, NULL, NULL}};
    int status = options_read(
        argc, argv, options,
        (struct operands){1, 2, "say which record.", "one record and one script at a time."}, help);
    if (status >= 0)
        return status;
    char *path = locate_record("apply", caseload, argv[optind]);
    status = path ? apply(path, argc - optind == 2 ? argv[optind + 1] : "-") : 2;
    free(path);
    return status;
}
