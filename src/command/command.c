/* The table of commands. */
#include "command/command.h"

#include "base/vocab.h"
#include "command/check.h"

#include <stddef.h>
#include <string.h>

const struct command commands[] = {
    {"new", command_new, "begin an assessment"},
    {"open", command_open, "go on with an assessment"},
    {"list", command_list, "show what is in the caseload"},
    {"apply", command_apply, "do what a script asks for"},
    {"show", command_show, "print a summary of an assessment"},
    {"trend", command_trend, "show how one case's answers went over time"},
    {"report", command_report, "what came of the work, for those who pay for it"},
    {"review", command_review, "look over what is seen differently, in many assessments"},
    {"referred", command_referred, "show what the supervisor is asked, and answer it"},
    {"comment", command_comment, "write to the practitioner; both people see it"},
    {"countersign", command_countersign, "sign too, after both people"},
    {"handover", command_handover, "say who leads the work from now on"},
    {"export", command_export, "write an assessment out as YAML or JSON"},
    {"copy", command_copy, "make somebody's own copy, with a receipt code"},
    {"print", command_print, "print a milestone on a page of its own"},
    {"verify", command_verify, "say whether a record is as it was written and every rule holds"},
    {"upgrade", command_upgrade, "go on with another version of the form"},
    {"services", command_services, "find who can help, and how to reach them"},
    {"protect", command_protect, "seal the caseload with a passphrase, or open it again"},
    {"passphrase", command_passphrase, "set another passphrase for a sealed caseload"},
    {"unlock", command_unlock, "say whether the passphrase fits; get back in by the recovery code"},
    {"check", command_check, "say what is wrong with a form, and where"},
    {"preview", command_preview, "try a form out; nothing is kept"},
    {"eval", command_eval, "try out an expression"},
    {"schema", command_schema, "print the JSON Schema of forms, events, exports or services"},
    {"demo", command_demo, "look at an assessment of two made-up people"},
    {NULL, NULL, NULL},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

const struct command *command_find(const char *name, const char **nearest)
{
    const char *names[COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++) {
        names[i] = commands[i].name; /* the last is NULL */
        if (names[i] && strcmp(names[i], name) == 0)
            return &commands[i];
    }
    if (nearest)
        *nearest = vocab_nearest(names, name);
    return NULL;
}
