/* alongside comment, countersign, handover: what a supervisor does to one record without a screen. Three
 * commands, one table: what each is called with, and what it does with that. */
#include "command/command.h"

#include "base/cause.h"
#include "base/mem.h"
#include "command/locate.h"
#include "command/options.h"
#include "session/session.h"
#include "session/supervise.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char comment_usage[] =
    "Usage: alongside comment RECORD [--disagreement ID] [--coaching] --name NAME TEXT\n"
    "\n"
    "Writes something to the practitioner about one assessment, or about one disagreement in it.\n"
    "Both people see it. It stands in the opening of their next sitting until the practitioner\n"
    "says that they have read it. It changes no answer, and it cannot be taken back.\n"
    "\n"
    "  --disagreement ID  about this one (d1, d2, …), not about the whole\n"
    "  --coaching         written as coaching: for the practitioner to try out\n"
    "  --name NAME        who writes it\n"
    "  --caseload DIR     where assessments are kept\n"
    "  --help             print this and end\n";

static const char countersign_usage[] =
    "Usage: alongside countersign RECORD --name NAME\n"
    "\n"
    "Signs an assessment too, once both people have signed it, or have said that they will not,\n"
    "and nothing has been changed since.\n"
    "\n"
    "  --name NAME      who signs\n"
    "  --caseload DIR   where assessments are kept\n"
    "  --help           print this and end\n";

static const char handover_usage[] =
    "Usage: alongside handover RECORD --to NAME [--because TEXT] --name NAME\n"
    "\n"
    "Says who leads the work from now on. One person leads at any time: first the practitioner\n"
    "who was named first, then whom it was handed over to last. Both people see it.\n"
    "\n"
    "  --to NAME        who leads from now on\n"
    "  --because TEXT   why\n"
    "  --name NAME      who hands it over\n"
    "  --caseload DIR   where assessments are kept\n"
    "  --help           print this and end\n";

/* What was given. */
struct given {
    const char *disagreement, *name, *to, *because, *text;
    bool coaching;
};

struct act {
    const char *command, *usage;
    int operands;
    const char *too_few;
    bool (*act)(struct session *s, const struct given *given, char **cause);
    char *(*told)(const struct assessment *a, const struct given *given);
};

static const char *called(const struct assessment *a, enum who party)
{
    return assessment_name(a, party, 0);
}

static bool comment(struct session *s, const struct given *given, char **cause)
{
    if (given->disagreement && !*given->disagreement)
        return cause_set(cause, "Say which disagreement it is about: d1, d2, …");
    return session_comment(s, given->disagreement, given->coaching, given->name, given->text, cause);
}

static char *comment_told(const struct assessment *a, const struct given *given)
{
    (void)given;
    return xasprintf("Saved. %s and %s see it when they sit down next, and %s says that it was read.",
                     called(a, PRACTITIONER), called(a, SERVICE_USER), called(a, PRACTITIONER));
}

static bool countersign(struct session *s, const struct given *given, char **cause)
{
    return session_countersign(s, given->name, cause);
}

static char *countersign_told(const struct assessment *a, const struct given *given)
{
    return xasprintf("Saved. %s signed too, after %s and %s.", given->name, called(a, PRACTITIONER),
                     called(a, SERVICE_USER));
}

static bool handover(struct session *s, const struct given *given, char **cause)
{
    if (!given->to)
        return cause_set(cause, "Say who leads from now on: --to NAME.");
    bool own = strcmp(given->name, assessment_name_given(session_assessment(s), PRACTITIONER)) == 0;
    return session_hand_over(s, own ? PRACTITIONER : SUPERVISOR, given->name, given->to, given->because,
                             cause);
}

static char *handover_told(const struct assessment *a, const struct given *given)
{
    (void)given;
    char *lead = supervise_lead_words(a), *told = xasprintf("Saved. %s", lead);
    free(lead);
    return told;
}

static const struct act acts[] = {
    {"comment", comment_usage, 2, "say which record, and what you want to write: RECORD TEXT.", comment,
     comment_told},
    {"countersign", countersign_usage, 1, "say which record.", countersign, countersign_told},
    {"handover", handover_usage, 1, "say which record.", handover, handover_told},
};

/* ---- what they have in common ---- */

static int on_record(const struct act *act, const char *path, const struct given *given)
{
    char *cause = NULL;
    struct session *s = session_open(path, RECORD_WRITE, &cause);
    bool done = s && act->act(s, given, &cause);
    if (done) {
        char *told = act->told(session_assessment(s), given);
        locate_say(act->command, session_trouble(s) ? session_trouble(s) : told);
        done = !session_trouble(s);
        free(told);
    } else {
        locate_say(act->command, cause);
    }
    free(cause);
    session_close(s);
    return done ? 0 : 2;
}

static const struct act *helped; /* the options' help knows no more than that it is asked for */

static void help(void)
{
    fputs(helped->usage, stdout);
}

static int run(const struct act *act, int argc, char **argv)
{
    const char *caseload = NULL;
    struct given given = {0};
    const struct option_row comments[] = {{"caseload", 0, NULL, &caseload},
                                          {"name", 0, NULL, &given.name},
                                          {"disagreement", 0, NULL, &given.disagreement},
                                          {"coaching", 0, &given.coaching, NULL},
                                          {NULL, 0, NULL, NULL}};
    const struct option_row signs[] = {
        {"caseload", 0, NULL, &caseload}, {"name", 0, NULL, &given.name}, {NULL, 0, NULL, NULL}};
    const struct option_row hands[] = {{"caseload", 0, NULL, &caseload},
                                       {"name", 0, NULL, &given.name},
                                       {"to", 0, NULL, &given.to},
                                       {"because", 0, NULL, &given.because},
                                       {NULL, 0, NULL, NULL}};
    helped = act;
    const struct option_row *rows = act->act == comment ? comments : act->act == handover ? hands : signs;
    int status = options_read(argc, argv, rows,
                              (struct operands){act->operands, act->operands, act->too_few,
                                                "one record at a time, and texts in “”."},
                              help);
    if (status >= 0)
        return status;
    if (!given.name || !*given.name) {
        locate_say(act->command, "Say who you are: --name NAME.");
        return 2;
    }
    given.text = act->operands > 1 ? argv[optind + 1] : NULL;
    char *path = locate_record(act->command, caseload, argv[optind]);
    status = path ? on_record(act, path, &given) : 2;
    free(path);
    return status;
}

int command_comment(int argc, char **argv)
{
    return run(&acts[0], argc, argv);
}

int command_countersign(int argc, char **argv)
{
    return run(&acts[1], argc, argv);
}

int command_handover(int argc, char **argv)
{
    return run(&acts[2], argc, argv);
}
