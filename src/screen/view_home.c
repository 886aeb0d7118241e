/* The home screen: what `alongside` alone shows. A list of what can be done and of the recent assessments;
 * the program ends with what was picked, and the command does it. */
#include "screen/screen.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "caseload/due.h"
#include "screen/app.h"
#include "screen/term.h"
#include "screen/views.h"
#include "session/lock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the rows lead to; records follow from FIRST_RECORD on. */
enum target { TARGET_NEW, TARGET_DEMO, TARGET_HELP, TARGET_LEAVE, FIRST_RECORD };
enum { MOST_RECENT = 12 };

/* One home screen at a time: list views are given no more than a number. */
static const struct caseload *caseload;
static const char *const *forms;
static struct home_choice choice;

static void add_record(struct list *list, int columns, const struct caseload_entry *e, int target)
{
    char day[12];
    snprintf(day, sizeof day, "%.10s", e->last);
    char *title = utf8_shorten(*e->title ? e->title : e->form, columns >= 70 ? 30 : 16);
    char *ref = utf8_shorten(*e->ref ? e->ref : e->id, 14);
    struct strbuf state = STRBUF_INIT;
    if (e->trouble)
        strbuf_add(&state, "Look: it has a problem");
    else if (e->live)
        strbuf_addf(&state, "%zu open", e->live);
    else if (e->signed_by[PRACTITIONER] && e->signed_by[SERVICE_USER])
        strbuf_add(&state, "signed");
    if (caseload_is_due(caseload, e))
        strbuf_addf(&state, "%stime to look back", state.length ? ", " : "");
    list_add(list, STYLE_PLAIN, target, "%s%*s  %s%*s  %s  %s", ref, 14 - utf8_width(ref), "", title,
             (columns >= 70 ? 30 : 16) - utf8_width(title), "", day, state.text);
    strbuf_release(&state);
    free(title);
    free(ref);
}

static void build_home(struct app *app, struct list *list, int columns, int about)
{
    (void)app;
    (void)about;
    list_add(list, STYLE_PLAIN, TARGET_NEW, "Begin a new assessment");
    list_add(list, STYLE_PLAIN, TARGET_DEMO, "Try it out (made-up people; nothing is kept)");
    list_add(list, STYLE_PLAIN, TARGET_HELP, "Help");
    list_add(list, STYLE_PLAIN, TARGET_LEAVE, "Leave");
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    list_add(list, STYLE_STRONG, -1, caseload->count ? "Go on with" : "There are no assessments here yet.");
    for (size_t i = 0; i < caseload->count && i < MOST_RECENT; i++)
        add_record(list, columns, &caseload->entries[i], FIRST_RECORD + (int)i);
    if (caseload->count > MOST_RECENT)
        list_add(list, STYLE_PLAIN, -1,
                 "and %zu more: alongside list shows them all, alongside open REF opens one",
                 caseload->count - MOST_RECENT);
}

static bool ref_given(struct app *app, const char *text, void *context)
{
    (void)context;
    char *cause = NULL;
    if (*text && !caseload_ref_fits(text, &cause)) {
        app_push(app, view_home_new(app));
        return app_say_cause(app, cause);
    }
    choice.ref = xstrdup(text);
    app_leave(app);
    return true;
}

static void choose_name(const char *name)
{
    free(choice.name); /* they may have begun to choose something else before */
    choice.name = xstrdup(name);
}

static void form_picked(struct app *app, size_t picked, void *context)
{
    (void)context;
    choice.kind = HOME_NEW;
    choose_name(forms[picked]);
    app_push(app, view_field_new(app, "Its reference (a case number, not a name). Enter alone: none.", "",
                                 false, NULL, ref_given, NULL));
}

static void open_target(struct app *app, int target)
{
    size_t count = 0;
    /* The list is gone when this is called: it comes back under whatever is asked now. */
    app_push(app, view_home_new(app));
    switch (target) {
    case TARGET_NEW:
        while (forms[count])
            count++;
        if (count == 0)
            app_say(app, "No form is installed. alongside new FILE begins one with a form of your own.");
        else
            app_push(app, view_pick_new(app, "Which form?", forms, count, form_picked, NULL));
        break;
    case TARGET_DEMO:
        choice.kind = HOME_DEMO;
        app_leave(app);
        break;
    case TARGET_HELP:
        app_push(app, view_help_new(app));
        break;
    case TARGET_LEAVE:
        app_leave(app);
        break;
    default:
        choice.kind = HOME_OPEN;
        choose_name(caseload->entries[target - FIRST_RECORD].path);
        app_leave(app);
        break;
    }
}

static const struct list_kind home_kind = {"Side by side", build_home, open_target, "Choose"};

struct view *view_home_new(struct app *app)
{
    return view_list_new(app, &home_kind, 0);
}

bool screen_home(const struct caseload *records, const char *const *form_names, const char *say,
                 struct home_choice *picked, char **cause)
{
    struct term *term = term_open(getenv("TERM"), stdout, stdin, cause);
    if (!term)
        return false;
    caseload = records;
    forms = form_names;
    choice = (struct home_choice){HOME_LEAVE, NULL, NULL};
    struct app *app = app_new(NULL, term);
    app_push(app, view_home_new(app));
    if (app_settings_trouble(app))
        app_say(app, "%s", app_settings_trouble(app));
    else if (say)
        app_say(app, "%s", say);
    app_run(app);
    app_free(app);
    term_close(term);
    if (lock_was_left() || (choice.kind == HOME_NEW && !choice.ref))
        choice.kind = HOME_LEAVE; /* they left in the middle of it, or while it was locked */
    *picked = choice;
    return true;
}

void home_choice_release(struct home_choice *c)
{
    free(c->name);
    free(c->ref);
}
