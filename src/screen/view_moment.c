/* One thing, whole: what was said when it was written down, what came of it, who has signed, what was said to
 * it. Below that, what the one with the keyboard can do about it.
 *
 * A row's target holds the event and what can be done about it, as its view is gone when that begins. */
#include "screen/views.h"

#include "base/mem.h"
#include "screen/undo.h"
#include "session/acts.h"
#include "session/timeline.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct rows {
    struct list *list;
    int columns;
};

static void add_row(void *context, const char *label, const char *text)
{
    const struct rows *rows = context;
    size_t length = strlen(label);
    if (!length) {
        list_add_wrapped(rows->list, STYLE_STRONG, -1, rows->columns, 0, text);
        return;
    }
    char *line = xasprintf("%s%s %s", label, label[length - 1] == '?' ? "" : ":", text);
    list_add_wrapped(rows->list, STYLE_PLAIN, -1, rows->columns, 4, line);
    free(line);
}

static void build(struct app *app, struct list *list, int columns, int about)
{
    const struct assessment *a = app_assessment(app);
    enum who by = app_keyboard(app);
    struct rows rows = {list, columns};
    enum act_kind acts[ACTS];
    timeline_tell(a, about, app_language(app, by), add_row, &rows);
    size_t count = acts_about(app_session(app), about, by, acts);
    if (!count)
        return;
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    list_add(list, app_style(app, by), -1, "%s:", app_name(app, by));
    for (size_t i = 0; i < count; i++)
        list_add(list, STYLE_PLAIN, about * ACTS + (int)acts[i], "  %s", act_label(acts[i]));
}

/* Whose word is wanted next: a signature of the other, or theirs on a promise. */
static bool other_is_next(const struct session *s, long seq, enum who by, enum act_kind act)
{
    enum act_kind acts[ACTS];
    size_t count = acts_about(s, seq, who_other(by), acts);
    bool sign = act == ACT_SIGN || act == ACT_WILL_NOT_SIGN, kept = act == ACT_KEPT || act == ACT_NOT_KEPT;
    size_t both = 0;
    for (size_t i = 0; i < count; i++)
        both += sign ? acts[i] == ACT_SIGN || acts[i] == ACT_WILL_NOT_SIGN
                     : acts[i] == ACT_KEPT || acts[i] == ACT_NOT_KEPT;
    return (sign || kept) && both == 2; /* both ways are open: they have not said */
}

static bool act_on(struct app *app, int target, const char *text)
{
    char *cause = NULL;
    long seq = target / ACTS;
    enum act_kind act = (enum act_kind)(target % ACTS);
    enum who by = app_keyboard(app);
    if (!act_do(app_session(app), seq, by, act, text, &cause))
        return app_say_cause(app, cause);
    if (act == ACT_TAKE_BACK) {
        app_pop(app);
        app_say(app, "It is taken back. It stays in the record, as taken back.");
    } else if (other_is_next(app_session(app), seq, by, act)) {
        app_hand_over(app, who_other(by));
        app_say(app, "Saved. Now %s.", app_name(app, who_other(by)));
    } else {
        app_say(app, "Saved.");
    }
    return true;
}

static bool said(struct app *app, const char *text, void *context)
{
    int target = (int)(intptr_t)context;
    if (!*text && !act_goes_without((enum act_kind)(target % ACTS)))
        return true;
    return act_on(app, target, text);
}

static void open_act(struct app *app, int target)
{
    enum act_kind act = (enum act_kind)(target % ACTS);
    struct view *view = view_moment_new(app, target / ACTS);
    view_list_go(view, target);
    app_push(app, view);
    if (!act_asks(act)) {
        act_on(app, target, NULL);
        return;
    }
    char *place = xasprintf("+%d:%d", target / ACTS, (int)act);
    app_push(app,
             view_field_new(app, act_asks(act), "", act != ACT_SIGN, place, said, (void *)(intptr_t)target));
    free(place);
}

static bool on_request(struct app *app, enum request request, int target, int about)
{
    (void)target;
    (void)about;
    switch (request) {
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
    return request == REQUEST_PASS ? "Pass" : NULL;
}

static const struct list_kind kind = {"All of it", build, open_act, "Do it"};
static const struct list_more more = {on_request, label};

struct view *view_moment_new(struct app *app, long seq)
{
    struct view *view = view_list_new(app, &kind, (int)seq);
    view_list_more(view, &more);
    return view;
}
