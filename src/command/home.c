/* Plain `alongside`: the home screen, or the same as a numbered list. What is picked is done by the command
 * of that name; then the home screen comes back, until they leave. */
#include "command/command.h"

#include "base/mem.h"
#include "caseload/caseload.h"
#include "caseload/due.h"
#include "caseload/forms.h"
#include "command/front.h"
#include "command/locate.h"
#include "line/line.h"
#include "screen/screen.h"
#include "session/lock.h"

#include <stdio.h>
#include <stdlib.h>

/* The same choice, one prompt at a time. */
static struct home_choice ask(const struct caseload *records, char *const *forms)
{
    enum { NEW, DEMO, FIXED };
    front_plain();
    struct home_choice choice = {HOME_LEAVE, NULL, NULL};
    const char **items = xcalloc(FIXED + records->count, sizeof *items);
    char **made = xcalloc(records->count + 1, sizeof *made);
    items[NEW] = "Begin a new assessment";
    items[DEMO] = "Try it out (made-up people; nothing is kept)";
    for (size_t i = 0; i < records->count; i++) {
        const struct caseload_entry *e = &records->entries[i];
        made[i] = xasprintf("Go on with %s, %s, last on %.10s%s", *e->ref ? e->ref : e->id, e->title, e->last,
                            caseload_is_due(records, e) ? ", time to look back" : "");
        items[FIXED + i] = made[i];
    }
    int picked = line_home(stdin, stdout, "Alongside", items, FIXED + records->count);
    if (picked == DEMO) {
        choice.kind = HOME_DEMO;
    } else if (picked >= FIXED) {
        choice.kind = HOME_OPEN;
        choice.name = xstrdup(records->entries[picked - FIXED].path);
    } else if (picked == NEW) {
        size_t count = 0;
        while (forms[count])
            count++;
        int form = line_home(stdin, stdout, "Which form?", (const char *const *)forms, count);
        if (form >= 0) {
            choice.kind = HOME_NEW;
            choice.name = xstrdup(forms[form]);
            choice.ref =
                line_home_ask(stdin, stdout, "Its reference, a case number rather than a name (Enter: none)");
        }
    }
    for (size_t i = 0; i < records->count; i++)
        free(made[i]);
    free(made);
    free(items);
    return choice;
}

/* As if typed on the command line. */
static int run(const struct home_choice *choice)
{
    char *new_words[] = {"new", choice->name, choice->ref && *choice->ref ? "--ref" : NULL, choice->ref,
                         NULL};
    char *open_words[] = {"open", choice->name, NULL};
    char *demo_words[] = {"demo", NULL};
    switch (choice->kind) {
    case HOME_NEW:
        return command_new(choice->ref && *choice->ref ? 4 : 2, new_words);
    case HOME_OPEN:
        return command_open(2, open_words);
    default:
        return command_demo(1, demo_words);
    }
}

static bool choose(const char *folder, const char *say, struct home_choice *choice, char **cause)
{
    struct caseload records;
    if (!caseload_list(folder, &records, cause))
        return false;
    char **forms = forms_list();
    bool shown = true;
    if (front_is_plain(false))
        *choice = ask(&records, forms);
    else
        shown = screen_home(&records, (const char *const *)forms, say, choice, cause);
    forms_release(forms);
    caseload_release(&records);
    return shown;
}

int command_home(void)
{
    if (!front_has_people()) {
        fputs("alongside: which command? \"alongside --help\" lists them all.\n", stderr);
        return 2;
    }
    char *cause = NULL, *folder = locate_caseload("home", NULL);
    const char *say = NULL;
    int status = folder ? 0 : 2;
    while (status == 0) {
        struct home_choice choice = {HOME_LEAVE, NULL, NULL};
        if (!choose(folder, say, &choice, &cause)) {
            status = 2;
            break;
        }
        bool leave = choice.kind == HOME_LEAVE;
        status = leave ? 0 : run(&choice);
        home_choice_release(&choice);
        if (leave || lock_was_left())
            break;
        say = "All that was shown as saved is saved.";
    }
    if (cause)
        locate_say("home", cause);
    free(cause);
    free(folder);
    return status;
}
