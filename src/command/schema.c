/* alongside schema: what forms, events, exports, reports, reviews and trends may look like, for editors and
 * other programs. */
#include "command/command.h"
#include "command/options.h"
#include "report/as_json.h"

#include "base/mem.h"
#include "base/vocab.h"
#include "command/locate.h"
#include "form/form_schema.h"
#include "record/event_schema.h"
#include "report/commission.h"
#include "report/review_schema.h"
#include "report/tree_schema.h"
#include "report/trend_schema.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "Usage: alongside schema form|event|export|report|review|services|trend\n"
    "Print the JSON Schema (draft-07) of a form, of a line of a record, of an export, of a\n"
    "commissioner's report, of a review, of a list of services, or of a trend.\n"
    "\n"
    "  --help  this\n"
    "\n"
    "An editor that speaks YAML checks a form with it while it is written.\n";

static const char *const names[] = {"form", "event", "export", "report", "review", "services", "trend", NULL};
static json_t *(*const makers[])(void) = {form_schema,   event_schema,    tree_schema, commission_schema,
                                          review_schema, services_schema, trend_schema};

static void help(void)
{
    fputs(usage, stdout);
}

static int refuse(const char *name)
{
    const char *nearest = vocab_nearest(names, name);
    char *cause =
        nearest
            ? xasprintf("there is no schema “%s”: did you mean “%s”?", name, nearest)
            : xasprintf(
                  "there is no schema “%s”: it is form, event, export, report, review, services or trend.",
                  name);
    locate_say("schema", cause);
    free(cause);
    return 2;
}

int command_schema(int argc, char **argv)
{
    static const struct option_row options[] = {{NULL, 0, NULL, NULL}};
    int status = options_read(
        argc, argv, options,
        (struct operands){1, 1, "say which: form, event, export, report, review, services or trend.",
                          "one at a time."},
        help);
    if (status >= 0)
        return status;
    int which = vocab_find(names, argv[optind]);
    if (which < 0)
        return refuse(argv[optind]);
    json_t *schema = makers[which]();
    as_json_print(schema, stdout);
    json_decref(schema);
    return 0;
}
