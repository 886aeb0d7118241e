/* The timeline: all that has a day, the earliest first. Enter opens one, whole; a key writes one more down.
 */
#include "screen/views.h"

#include "assessment/happened.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "screen/undo.h"
#include "session/sheet.h"
#include "session/timeline.h"

#include <stdlib.h>

enum { DAY = 13 }; /* what the day takes, and what stands beside it is set in by */

/* ---- what is it? ---- */

static void add_kind(struct list *list, int columns, int target, const char *label, const char *help)
{
    list_add(list, STYLE_STRONG, target, "%s", label);
    char *line = xasprintf("   %s", help);
    list_add_wrapped(list, STYLE_PLAIN, target, columns, 3, line);
    free(line);
}

/* Targets: the kinds of the table, and behind them what was passed on. */
static void build_kinds(struct app *app, struct list *list, int columns, int about)
{
    int target = 0;
    (void)app;
    (void)about;
    for (const struct happened_kind *kind = happened_table; kind->name; kind++)
        add_kind(list, columns, target++, kind->label, kind->help);
    add_kind(list, columns, target, "Something was passed on",
             "What somebody else was told, and why. Both of you see it here");
}

/* The timeline is on top again, and the cursor on what was written down just now. */
static void written(struct app *app)
{
    struct view *timeline = view_timeline_new(app);
    view_list_go(timeline, (int)assessment_events(app_assessment(app)));
    app_pop(app);
    app_push(app, timeline);
    app_say(app, "Written down.");
}

static void open_kind(struct app *app, int target)
{
    const struct happened_kind *kind = &happened_table[target];
    struct session *s = app_session(app);
    app_push(app, view_sheet_new(app, kind->name ? sheet_happened(s, kind) : sheet_shared(s), written));
}

static const struct list_kind kinds = {"What do you want to write down?", build_kinds, open_kind, "This"};

/* ---- the list ---- */

static void add_above(struct list *list, int columns, char *text)
{
    if (*text)
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, text);
    free(text);
}

/* Beside the day, or (NULL) below what stands there. */
static void add_beside(struct list *list, int columns, const struct moment *moment, enum style style,
                       const char *day, const char *text)
{
    struct utf8_line *lines;
    size_t n = utf8_wrap(text, columns - DAY, &lines);
    for (size_t i = 0; i < n; i++)
        list_add(list, style, (int)moment->seq, "%-*s%.*s", DAY, i == 0 && day ? day : "",
                 (int)lines[i].length, text + lines[i].start);
    free(lines);
}

static void add_moment(struct list *list, int columns, const struct moment *moment)
{
    add_beside(list, columns, moment, STYLE_PLAIN, timeline_day(moment->day), moment->words);
    if (moment->later)
        add_beside(list, columns, moment, STYLE_QUIET, NULL, "That was written after signing.");
    if (*moment->standing)
        add_beside(list, columns, moment, STYLE_QUIET, NULL, moment->standing);
}

static void build(struct app *app, struct list *list, int columns, int about)
{
    const struct assessment *a = app_assessment(app);
    int language = app_language(app, app_keyboard(app));
    size_t count;
    (void)about;
    add_above(list, columns, timeline_attendance(a, language));
    add_above(list, columns, timeline_episodes(a));
    if (list->count)
        list_add(list, STYLE_PLAIN, -1, "%s", "");
    struct moment *moments = timeline_make(a, language, &count);
    for (size_t i = 0; i < count; i++)
        add_moment(list, columns, &moments[i]);
    timeline_free(moments, count);
    if (!count)
        list_add(list, STYLE_PLAIN, -1, "Nothing stands here yet.");
}

static void open_moment(struct app *app, int target)
{
    struct view *timeline = view_timeline_new(app);
    view_list_go(timeline, target);
    app_push(app, timeline);
    app_push(app, view_moment_new(app, target));
}

static bool on_request(struct app *app, enum request request, int target, int about)
{
    (void)target;
    (void)about;
    switch (request) {
    case REQUEST_ADD:
        if (!app_only_reads(app))
            app_push(app, view_list_new(app, &kinds, 0));
        return true;
    case REQUEST_PASS:
        app_give_keyboard(app, who_other(app_keyboard(app)));
        return true;
    case REQUEST_UNDO:
        undo_last(app);
        return true;
    case REQUEST_REDO:
        undo_redo(app);
        return true;
    default:
        return false;
    }
}

static const char *label(struct app *app, enum request request)
{
    (void)app;
    return request == REQUEST_ADD ? "Write down" : NULL;
}

static const struct list_kind kind = {"What happened, and when", build, open_moment, "Open it"};
static const struct list_more more = {on_request, label};

struct view *view_timeline_new(struct app *app)
{
    struct view *view = view_list_new(app, &kind, 0);
    view_list_more(view, &more);
    return view;
}
