/* Talking a difference over, step by step: why, what each heard the other say, what would change it, then
 * "What shall we write down?". Every step can be left out, and each is there to be gone to. Nothing is
 * preselected, and nothing counts until both have said yes, each with their own key. */
#include "screen/talk.h"

#include "base/mem.h"
#include "screen/views.h"
#include "session/words.h"

#include <stdio.h>
#include <stdlib.h>

static struct talk_view *self_of(struct view *v)
{
    return (struct talk_view *)v;
}

const struct disagreement *talk_view_about(const struct talk_view *v)
{
    return talk_about(&v->talk, app_assessment(v->view.app));
}

bool talk_view_live(const struct talk_view *v)
{
    return disagreement_is_live(talk_view_about(v)) && !session_read_only(app_session(v->view.app));
}

bool talk_view_turn(const struct talk_view *v, struct talk_turn *turn)
{
    const struct assessment *a = app_assessment(v->view.app);
    return talk_view_live(v) && v->talk.at < TALK_WRITE &&
           (talk_turn_for(&v->talk, a, app_keyboard(v->view.app), turn) || talk_turn(&v->talk, a, turn));
}

size_t talk_view_options(const struct talk_view *v, struct settle_option options[SETTLE_MOST])
{
    struct app *app = v->view.app;
    enum who by = app_keyboard(app);
    return settle_options(app_assessment(app), talk_view_about(v), by, app_language(app, by), options);
}

/* How many there are to pick from now; 0 where nothing can be settled. */
static int option_count(const struct talk_view *v)
{
    struct settle_option options[SETTLE_MOST];
    if (!talk_view_live(v) || v->talk.at < TALK_WRITE)
        return 0;
    size_t count = talk_view_options(v, options);
    settle_release(options, count);
    return (int)count;
}

static char *title_of(struct view *view)
{
    (void)view;
    return xstrdup("Talking it over");
}

/* It may have been opened again since: an undo, another answer. */
static void look(struct talk_view *v)
{
    if (v->talk.at > TALK_WRITE && talk_view_live(v))
        talk_begin(&v->talk, app_assessment(v->view.app), talk_view_about(v));
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct talk_view *v = self_of(view);
    look(v);
    talk_draw(v, c, area);
}

/* ---- the steps ---- */

/* The keyboard goes to whose turn it is; either may pass it on and let the other go first. */
static void to_whose_turn(struct talk_view *v)
{
    struct talk_turn turn;
    v->paged = 0;
    if (talk_view_live(v) && v->talk.at < TALK_WRITE &&
        talk_turn(&v->talk, app_assessment(v->view.app), &turn) && turn.who != app_keyboard(v->view.app))
        app_hand_over(v->view.app, turn.who);
}

static void begin(struct talk_view *v)
{
    talk_begin(&v->talk, app_assessment(v->view.app), talk_view_about(v));
    v->cursor = -1;
    to_whose_turn(v);
}

static void go_to(struct talk_view *v, enum talk_at at)
{
    talk_go(&v->talk, at);
    v->cursor = -1;
    to_whose_turn(v);
}

static void step_by(struct talk_view *v, int by)
{
    int at = (int)v->talk.at + by;
    if (talk_view_live(v) && at >= TALK_WHY && at <= TALK_WRITE)
        go_to(v, (enum talk_at)at);
}

/* This turn is taken, or left out: whose is next, and in which step? */
static void go_on(struct talk_view *v)
{
    talk_on(&v->talk, app_assessment(v->view.app));
    to_whose_turn(v);
}

static bool words_said(struct app *app, const char *text, void *context)
{
    struct talk_view *v = context;
    char *cause = NULL;
    if (!*text)
        return true;
    if (!talk_say(app_session(app), talk_view_about(v), &v->turn, text, &cause))
        return app_say_cause(app, cause);
    app_say(app, "Saved.");
    go_on(v);
    return true;
}

static bool missing_given(struct app *app, const char *text, void *context)
{
    struct talk_view *v = context;
    char *cause = NULL;
    if (!talk_mark(app_session(app), &v->turn, false, text, &cause))
        return app_say_cause(app, cause);
    app_say(app, "Saved.");
    go_on(v);
    return true;
}

static void nothing_missing(struct app *app, void *context)
{
    missing_given(app, "", context);
}

static void mark_picked(struct app *app, size_t picked, void *context)
{
    struct talk_view *v = context;
    char *cause = NULL;
    if (picked == 1) {
        char *title = xasprintf("%s: what was missing? Esc leaves it out.", app_name(app, v->turn.who));
        struct view *field = view_field_new(app, title, "", true, NULL, missing_given, v);
        view_field_left(field, nothing_missing);
        app_push(app, field);
        free(title);
    } else if (talk_mark(app_session(app), &v->turn, true, NULL, &cause)) {
        app_say(app, "Saved.");
        go_on(v);
    } else {
        app_say_cause(app, cause);
    }
}

/* Ask for what the turn asks for. */
static void take_turn(struct talk_view *v, struct talk_turn turn)
{
    struct app *app = v->view.app;
    static const char *const marks[] = {"Yes, that is right", "Not quite"};
    v->turn = turn;
    if (turn.who != app_keyboard(app))
        app_hand_over(app, turn.who);
    if (turn.asks == TALK_ASKS_MARK) {
        char *title = xasprintf("%s: is that right?", app_name(app, turn.who));
        app_push(app, view_pick_new(app, title, marks, 2, mark_picked, v));
        free(title);
        return;
    }
    char *title = talk_prompt(app_assessment(app), &turn, app_language(app, turn.who));
    char *place = xasprintf("%s:%d", v->talk.id, turn.at);
    app_push(app, view_field_new(app, title, "", true, place, words_said, v));
    free(title);
    free(place);
}

/* Who has the keyboard says something, whosever turn it is: to the step they are at, or, where that is done,
 * more. */
static void say_more(struct talk_view *v)
{
    enum who who = app_keyboard(v->view.app);
    enum talk_at at = talk_view_live(v) && v->talk.at < TALK_WRITE ? v->talk.at : TALK_WHY;
    struct talk_turn turn;
    if (at < TALK_WRITE && talk_turn_for(&v->talk, app_assessment(v->view.app), who, &turn) &&
        turn.at == at) {
        take_turn(v, turn);
        return;
    }
    take_turn(v, (struct talk_turn){at, TALK_ASKS_WORDS, who, 0});
}

static void leave_out(struct talk_view *v)
{
    struct talk_turn turn;
    if (!talk_view_turn(v, &turn))
        return;
    talk_leave_out(&v->talk, &turn);
    go_on(v);
}

static void accept(struct talk_view *v)
{
    struct app *app = v->view.app;
    struct talk_turn turn;
    int count = option_count(v);
    if (!talk_view_live(v))
        app_pop(app);
    else if (talk_view_turn(v, &turn))
        take_turn(v, turn);
    else if (v->talk.at < TALK_WRITE)
        step_by(v, 1);
    else if (v->cursor >= 0 && v->cursor < count)
        talk_put_forward(v, (size_t)v->cursor);
    else if (talk_view_about(v)->proposal.seq)
        app_say(app, "Both say yes to it: F5 and F6. Or pick something else.");
    else
        app_say(app, "Pick one with its number, or with the arrow keys.");
}

static void reopen(struct talk_view *v)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    if (disagreement_is_live(talk_view_about(v)))
        app_say(app, "It is open.");
    else if (!settle_reopen(app_session(app), talk_view_about(v), app_keyboard(app), &cause))
        app_say_cause(app, cause);
    else
        begin(v);
}

static void page(struct talk_view *v, int by)
{
    v->paged += by;
    if (v->paged > v->most)
        v->paged = v->most;
    if (v->paged < 0)
        v->paged = 0;
}

/* ---- keys ---- */

static void pick(struct talk_view *v, int number)
{
    if (!talk_view_live(v))
        return;
    if (v->talk.at < TALK_WRITE && number >= 1 && number <= TALK_STEPS)
        go_to(v, (enum talk_at)(number - 1));
    else if (number >= 1 && number <= option_count(v))
        v->cursor = number - 1;
}

static void move(struct talk_view *v, int by)
{
    int count = option_count(v), at = v->cursor + by;
    if (!count)
        page(v, -by);
    else
        v->cursor = at < 0 ? 0 : at < count ? at : count - 1;
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct talk_view *v = self_of(view);
    struct app *app = view->app;
    look(v);
    switch (request) {
    case REQUEST_PICK:
        pick(v, key - '0');
        return true;
    case REQUEST_UP:
    case REQUEST_DOWN:
        move(v, request == REQUEST_UP ? -1 : 1);
        return true;
    case REQUEST_PREVIOUS:
    case REQUEST_NEXT:
        if (key == TERM_PAGE_UP || key == TERM_PAGE_DOWN)
            page(v, key == TERM_PAGE_UP ? 3 : -3);
        else
            step_by(v, request == REQUEST_PREVIOUS ? -1 : 1);
        return true;
    case REQUEST_ACCEPT:
        accept(v);
        return true;
    case REQUEST_SKIP:
        leave_out(v);
        return true;
    case REQUEST_BACK:
        if (app_was_handed_over(app)) /* they only looked */
            app_give_keyboard(app, v->came);
        app_pop(app);
        return true;
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS:
        talk_say_yes(v, request == REQUEST_RIGHT_CONFIRMS);
        return true;
    case REQUEST_REASON:
    case REQUEST_TALK:
        if (!app_only_reads(app))
            say_more(v);
        return true;
    case REQUEST_RAISE:
        if (!app_only_reads(app))
            reopen(v);
        return true;
    case REQUEST_PASS:
        v->cursor = -1;
        return false;
    case REQUEST_KEPT:
        app_push(app, view_turns_new(app, talk_view_about(v)));
        return true;
    default:
        return false;
    }
}

static void on_click(struct view *view, int row, int column)
{
    struct talk_view *v = self_of(view);
    (void)column;
    int at = row - v->first_row + v->first;
    if (row >= v->first_row && at < option_count(v))
        v->cursor = at;
}

static const char *accept_label(struct talk_view *v)
{
    struct talk_turn turn;
    if (!talk_view_live(v))
        return "";
    if (talk_view_turn(v, &turn))
        return turn.asks == TALK_ASKS_MARK ? "Is it right?" : "Say it";
    return v->talk.at < TALK_WRITE ? "Go on" : v->cursor >= 0 ? "Put it forward" : "";
}

static const char *label(struct view *view, enum request request)
{
    struct talk_view *v = self_of(view);
    struct talk_turn turn;
    bool live = talk_view_live(v), reading = session_read_only(app_session(view->app)) != NULL;
    bool step = live && v->talk.at < TALK_WRITE;
    switch (request) {
    case REQUEST_ACCEPT:
        return accept_label(v);
    case REQUEST_SKIP:
        return talk_view_turn(v, &turn) ? "Leave out" : "";
    case REQUEST_NEXT:
        return step ? "Next" : "";
    case REQUEST_PREVIOUS:
        return live && v->talk.at > TALK_WHY ? "Steps" : "";
    case REQUEST_REASON:
        return reading || step ? "" : "Say more";
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS:
        return live && talk_view_about(v)->proposal.seq ? "Yes" : "";
    case REQUEST_RAISE:
        return live || reading ? "" : "Open again";
    case REQUEST_KEPT:
        return "All of it";
    case REQUEST_UNDO:
        return reading ? "" : NULL;
    default:
        return NULL;
    }
}

static void free_view(struct view *view)
{
    free(self_of(view)->what);
    free(self_of(view)->from);
    free(view);
}

static const enum request footer[] = {
    REQUEST_HELP,          REQUEST_ACCEPT,         REQUEST_SKIP, REQUEST_NEXT,   REQUEST_PREVIOUS,
    REQUEST_LEFT_CONFIRMS, REQUEST_RIGHT_CONFIRMS, REQUEST_BACK, REQUEST_REASON, REQUEST_PASS,
    REQUEST_RAISE,         REQUEST_KEPT,           REQUEST_UNDO, REQUEST_NONE,
};

static const struct view_class talk_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .request = on_request,
    .click = on_click,
    .free = free_view,
};

struct view *view_talk_new(struct app *app, const struct disagreement *d)
{
    struct talk_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&talk_class, app, NULL};
    v->came = app_keyboard(app);
    snprintf(v->talk.id, sizeof v->talk.id, "%s", d->id);
    begin(v);
    return &v->view;
}
