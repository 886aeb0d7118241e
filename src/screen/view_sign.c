/* Signing: each on their own side, by typing their name; or saying that they will not, with a reason or none.
 */
#include "screen/views.h"

#include "base/date.h"
#include "base/mem.h"
#include "screen/editor.h"
#include "session/summary.h"
#include "session/walk.h"

#include <stdlib.h>
#include <string.h>

struct sign_view {
    struct view view;
    struct editor *editor[PARTIES];
};

static struct sign_view *self_of(struct view *v)
{
    return (struct sign_view *)v;
}

static char *title_of(struct view *view)
{
    (void)view;
    return xstrdup("Signing");
}

static void draw_side(struct sign_view *v, struct canvas *c, enum who party, struct area area)
{
    struct app *app = v->view.app;
    const struct signature *s = assessment_signature(app_assessment(app), party);
    bool focused = app_keyboard(app) == party;
    int row = area.row;
    canvas_put_short(c, row++, area.column + 1, area.columns - 2, app_style(app, party),
                     app_name(app, party));
    char *state = NULL;
    char hour[8];
    if (!s->seq)
        state = xstrdup("Type your name to sign:");
    else if (s->refused)
        state = xasprintf("Chose not to sign.%s%s", s->because ? " " : "", s->because ? s->because : "");
    else
        state = xasprintf("Signed: %s (%s)", s->name,
                          clock_local_hour(assessment_event_numbered(app_assessment(app), s->seq)->at, hour));
    row += canvas_put_wrapped(c, row, area.column + 1, area.rows > 4 ? 3 : 1, area.columns - 2, STYLE_PLAIN,
                              state);
    free(state);
    if (s->changed_since && area.rows > 4)
        row += canvas_put_wrapped(c, row, area.column + 1, 2, area.columns - 2, STYLE_PLAIN,
                                  "Things changed after that. You can sign again.");
    editor_draw(v->editor[party], c, row, area.column + 1, 1, area.columns - 2, focused);
}

struct offers {
    struct canvas *c;
    int row, columns, end;
};

static void draw_offer(void *context, const char *text)
{
    struct offers *o = context;
    if (o->row < o->end)
        o->row += canvas_put_wrapped(o->c, o->row, 2, o->end - o->row, o->columns - 4, STYLE_STRONG, text);
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct sign_view *v = self_of(view);
    struct app *app = view->app;
    struct walk_progress p = walk_progress(app_assessment(app), -1);
    size_t live = assessment_live(app_assessment(app));
    int row = area.row + (area.rows >= 14), end = area.row + area.rows;
    row += canvas_put_wrapped(
        c, row, 2, 3, area.columns - 4, STYLE_PLAIN,
        "Signing says: this is what we said today. It does not say that you agree on everything.");
    if (area.rows >= 14) {
        char *so_far =
            xasprintf("%d of %d questions are answered. %zu %s still open between you. Both are fine.",
                      p.done, p.questions, live, live == 1 ? "difference is" : "differences are");
        row += canvas_put_wrapped(c, row, 2, 3, area.columns - 4, STYLE_PLAIN, so_far) + 1;
        free(so_far);
    }
    struct offers offers = {c, row, area.columns, area.rows >= 14 ? end - 8 : row};
    summary_offers(app_session(app), draw_offer, &offers);
    row = offers.row > row ? offers.row + 1 : row;
    bool beside = area.columns >= 80;
    int width = beside ? (area.columns - 2) / 2 : area.columns;
    int rows = beside ? end - row : (end - row) / 2;
    for (int side = 0; side < 2; side++) {
        struct area half = {beside ? row : row + side * rows, side && beside ? area.columns - width : 0, rows,
                            width};
        draw_side(v, c, app_party_at(app, side), half);
    }
}

static void sign(struct sign_view *v, json_t *intent, enum who party)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    if (!session_do(app_session(app), intent, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    editor_set(v->editor[party], "");
    bool both = assessment_signature(app_assessment(app), who_other(party))->seq != 0;
    app_say(app, both ? "Saved. Thank you both." : "Saved. Now %s.", app_name(app, who_other(party)));
    app_give_keyboard(app, who_other(party));
}

static json_t *signed_by(enum who party)
{
    return json_pack("{s:s, s:s}", "by", who_names[party], "event", "signed");
}

static bool refused(struct app *app, const char *text, void *context)
{
    enum who party = app_keyboard(app);
    json_t *intent = signed_by(party);
    json_object_set_new(intent, "refused", json_true());
    if (*text)
        json_object_set_new(intent, "because", json_string(text));
    sign(context, intent, party);
    return true;
}

static bool on_key(struct view *view, int key)
{
    struct sign_view *v = self_of(view);
    if (editor_key(v->editor[app_keyboard(view->app)], key))
        return true;
    return key < TERM_NONE && key >= ' ';
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct sign_view *v = self_of(view);
    struct app *app = view->app;
    enum who party = app_keyboard(app);
    (void)key;
    switch (request) {
    case REQUEST_ACCEPT: {
        const char *name = editor_text(v->editor[party]);
        if (!*name) {
            app_say(app, "Type your name. F8: I will not sign.");
            return true;
        }
        json_t *intent = signed_by(party);
        json_object_set_new(intent, "name", json_string(name));
        sign(v, intent, party);
        return true;
    }
    case REQUEST_SIGN:
        app_push(app, view_field_new(app, "You do not have to sign. If you like, say why. Enter saves it.",
                                     "", true, NULL, refused, v));
        return true;
    case REQUEST_BACK:
        app_pop(app);
        return true;
    case REQUEST_HELP:
    case REQUEST_PASS:
    case REQUEST_LEAVE:
    case REQUEST_REDRAW:
        return false;
    default:
        return true;
    }
}

static const char *label(struct view *view, enum request request)
{
    (void)view;
    return request == REQUEST_ACCEPT ? "Sign" : request == REQUEST_SIGN ? "I will not" : NULL;
}

static void free_view(struct view *view)
{
    struct sign_view *v = self_of(view);
    for (int party = 0; party < PARTIES; party++)
        editor_free(v->editor[party]);
    free(v);
}

static const enum request footer[] = {
    REQUEST_HELP, REQUEST_ACCEPT, REQUEST_SIGN, REQUEST_BACK, REQUEST_PASS, REQUEST_NONE,
};

static const struct view_class sign_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .key = on_key,
    .request = on_request,
    .free = free_view,
};

struct view *view_sign_new(struct app *app)
{
    struct sign_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&sign_class, app, NULL};
    for (int party = 0; party < PARTIES; party++)
        v->editor[party] = editor_new("", false, 200);
    return &v->view;
}
