/* A copy to take away: which kind, where to, and then its receipt code, big enough to be copied by hand. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/path.h"
#include "report/copy_text.h"
#include "report/report.h"

#include <stdlib.h>

/* ---- the code ---- */

enum { BIG = 46 /* columns that the code takes with a blank after each character */ };

static void add_code(struct list *list, int columns, const char *code)
{
    char *spaced = columns >= BIG ? copy_code_wide(code) : copy_code_spaced(code);
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    list_add(list, STYLE_STRONG, -1, "  %s", spaced);
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    free(spaced);
}

/* As things stand: the code is gone when the record goes on, which it cannot while this is in front. */
static void build_code(struct app *app, struct list *list, int columns, int number)
{
    struct session *s = app_session(app);
    const char *code = session_receipt(s);
    size_t lines = assessment_events(app_assessment(app));
    char *made = number ? xasprintf("Copy %d is made.", number) : xstrdup("The copy is made.");
    char *line =
        xasprintf("%s Its receipt code, over %zu %s:", made, lines, lines == 1 ? "entry" : "entries");
    list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, line);
    free(line);
    free(made);
    add_code(list, columns, code ? code : "");
    if (!number) {
        char *unnoted = xasprintf("It is not noted in the record: %s.", session_read_only(s));
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, unnoted);
        free(unnoted);
    }
    for (const char *const *advice = copy_advice; *advice; advice++)
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, *advice);
}

static const struct list_kind code_kind = {"Your receipt code", build_code, NULL, NULL};

/* ---- making it ---- */

static void ask_place(struct app *app, enum copy_as as, const char *why);

static void make(struct app *app, enum copy_as as, const char *path)
{
    struct copy copy;
    char *cause = NULL;
    bool made = copy_make(&copy, app_session(app), app_keyboard(app), as, NULL, &cause) &&
                copy_text_save(app_session(app), &copy, path, false, &cause);
    int number = (int)copy.number;
    copy_release(&copy);
    if (!made) {
        app_say_cause(app, cause);
        return;
    }
    app_push(app, view_list_new(app, &code_kind, number));
    app_say(app, "Saved as %s. Print that file.", path_base(path));
}

static bool place_given(struct app *app, const char *path, enum copy_as as)
{
    char *cause = NULL;
    if (!*path)
        return true;
    if (report_may_save(path, false, &cause))
        make(app, as, path);
    else
        ask_place(app, as, cause);
    free(cause);
    return true;
}

static bool full_place(struct app *app, const char *path, void *context)
{
    (void)context;
    return place_given(app, path, COPY_FULL);
}

static bool slip_place(struct app *app, const char *path, void *context)
{
    (void)context;
    return place_given(app, path, COPY_SLIP);
}

static bool conference_place(struct app *app, const char *path, void *context)
{
    (void)context;
    return place_given(app, path, COPY_CONFERENCE);
}

/* By what kind of copy it is. */
static bool (*const given[COPY_KINDS])(struct app *app, const char *path, void *context) = {
    [COPY_FULL] = full_place, [COPY_SLIP] = slip_place, [COPY_CONFERENCE] = conference_place};

static void ask_place(struct app *app, enum copy_as as, const char *why)
{
    char *place = copy_place(app_session(app));
    char *title = xasprintf("%s%sThe copy goes into a new file, to be printed. Its name:", why ? why : "",
                            why ? " " : "");
    struct view *field = view_field_new(app, title, place, false, NULL, given[as], NULL);
    view_field_call(field, "Make it");
    app_push(app, field);
    free(title);
    free(place);
}

static void picked(struct app *app, size_t as, void *context)
{
    (void)context;
    ask_place(app, (enum copy_as)as, NULL);
}

void copy_ask(struct app *app)
{
    if (session_is_in_memory(app_session(app))) {
        app_say(app, "This only tries the form out. There is nothing kept to copy.");
        return;
    }
    char *why = copy_no_paper(app_session(app));
    if (why) {
        app_say_cause(app, why);
        return;
    }
    app_push(app, view_pick_new(app, "A copy to take away. How much of it?", copy_words, COPY_KINDS, picked,
                                NULL));
}
