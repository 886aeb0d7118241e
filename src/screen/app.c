/* The screen's program: a stack of views, and the loop. Handlers change state; the loop paints once, when no
 * key is waiting. */
#include "screen/app.h"

#include "base/mem.h"
#include "screen/around.h"
#include "screen/key_names.h"
#include "screen/undo.h"
#include "screen/view_lock.h"
#include "screen/views.h"
#include "session/lock.h"
#include "session/preview.h"
#include "session/sheet.h"
#include "session/sitting.h"
#include "session/walk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_ROWS = 12, LEAST_COLUMNS = 40, CTRL_Q = 'Q' & 0x1f };

struct app {
    struct session *session;
    struct term *term;
    struct canvas *canvas;
    struct view *top;
    bool over, ended;
    bool warned; /* that leaving now loses what is not on the disk */
    enum who keyboard;
    size_t
        handed_over; /* how many events there were when the program passed it on by itself; 0: a person did */
    int language[PARTIES];
    int question, came_from;
    int card; /* the entry that is written about another question; 0: none */
    char *notice;
    time_t rested;    /* when a break was offered last */
    char *looked_for; /* the word of the last search, or NULL */
    struct footer footer;
    int covered; /* rows of the view that is drawn now */
    struct lock lock;
    struct lock_view *locked; /* what stands in place of all views; NULL */
    bool warns;               /* that it will lock by itself */
    const struct app_hooks *hooks;
    void *context;
};

static void hide(void *app);

static struct app *new_app(struct session *session, const char *folder, struct term *term)
{
    struct app *app = xcalloc(1, sizeof *app);
    app->session = session;
    app->term = term;
    app->canvas = canvas_new(24, 80);
    app->keyboard = SERVICE_USER;
    app->came_from = -1;
    for (int party = 0; session && party < PARTIES; party++) {
        app->language[party] = sitting_language(session_assessment(session), (enum who)party);
        assessment_read_in(session_assessment(session), (enum who)party, app->language[party]);
    }
    app->question = session ? walk_start(session_assessment(session)) : -1;
    if (session && app->question < 0)
        app->question = 0; /* nothing is asked as things stand: something is in front all the same */
    lock_init(&app->lock, session, folder);
    term_hide_with(term, hide, app);
    return app;
}

struct app *app_new(struct session *session, struct term *term)
{
    return new_app(session, NULL, term);
}

struct app *app_new_over(const char *folder, struct term *term)
{
    return new_app(NULL, folder, term);
}

void app_serve(struct app *app, const struct app_hooks *hooks, void *context)
{
    app->hooks = hooks;
    app->context = context;
}

void *app_context(const struct app *app)
{
    return app->context;
}

char *app_status(struct app *app)
{
    return app->hooks && app->hooks->status ? app->hooks->status(app) : xstrdup("");
}

struct term *app_term(const struct app *app)
{
    return app->term;
}

void app_free(struct app *app)
{
    if (!app)
        return;
    while (app->top)
        app_pop(app);
    term_hide_with(app->term, NULL, NULL);
    lock_view_free(app->locked);
    lock_release(&app->lock);
    canvas_free(app->canvas);
    free(app->notice);
    free(app->looked_for);
    free(app);
}

/* ---- views ---- */

void app_push(struct app *app, struct view *v)
{
    v->app = app;
    v->below = app->top;
    app->top = v;
}

void app_pop(struct app *app)
{
    struct view *v = app->top;
    if (!v)
        return;
    app->top = v->below;
    v->class->free(v);
}

void app_clear(struct app *app, int question)
{
    while (app->top)
        app_pop(app);
    app->question = question >= 0 ? question : walk_start(app_assessment(app));
    if (app->question < 0)
        app->question = 0;
    for (int party = 0; party < PARTIES; party++) {
        if (app->language[party] >= app_form(app)->language_count)
            app->language[party] = 0;
    }
}

const struct view *app_top(const struct app *app)
{
    return app->top;
}

void app_leave(struct app *app)
{
    app->over = true;
}

struct session *app_session(const struct app *app)
{
    return app->session;
}

const struct assessment *app_assessment(const struct app *app)
{
    return session_assessment(app->session);
}

const struct form *app_form(const struct app *app)
{
    return session_form(app->session);
}

/* ---- people ---- */

enum who app_keyboard(const struct app *app)
{
    return app->keyboard;
}

void app_give_keyboard(struct app *app, enum who party)
{
    app->keyboard = party;
    app->handed_over = 0;
}

void app_hand_over(struct app *app, enum who party)
{
    app->keyboard = party;
    app->handed_over = assessment_events(app_assessment(app));
}

bool app_was_handed_over(const struct app *app)
{
    return app->handed_over && app->handed_over == assessment_events(app_assessment(app));
}

int app_language(const struct app *app, enum who party)
{
    return app->language[party];
}

void app_next_language(struct app *app, enum who party)
{
    app->language[party] = (app->language[party] + 1) % app_form(app)->language_count;
    assessment_read_in(app_assessment(app), party, app->language[party]);
}

enum who app_party_at(const struct app *app, int side)
{
    enum who left = assessment_left(app_assessment(app));
    return side == 0 ? left : who_other(left);
}

int app_side_of(const struct app *app, enum who party)
{
    return app_party_at(app, 0) == party ? 0 : 1;
}

const char *app_name(const struct app *app, enum who party)
{
    return assessment_name(app_assessment(app), party, app->language[party]);
}

enum style app_style(const struct app *app, enum who party)
{
    return app_side_of(app, party) == 0 ? STYLE_LEFT : STYLE_RIGHT;
}

/* ---- questions ---- */

int app_question(const struct app *app)
{
    return app->question;
}

void app_go(struct app *app, int question)
{
    if (question < 0)
        return;
    const struct entry *card = assessment_entry_numbered(app_assessment(app), app->card);
    if (card && !walk_within(app_assessment(app), question, card))
        app->card = 0;
    if (question != app->question)
        app->came_from = app->question;
    app->question = question;
}

void app_return(struct app *app, int question)
{
    while (app->top && app->top->class->in_front == FRONT_NONE)
        app_pop(app);
    app_go(app, question);
}

int app_came_from(const struct app *app)
{
    return app->came_from;
}

void app_begin_card(struct app *app, int entry)
{
    app->card = entry;
}

int app_card(const struct app *app)
{
    return app->card;
}

/* A question that is shown to nobody any more, by another answer or an undo, is not stayed at. */
static void leave_what_is_gone(struct app *app)
{
    const struct assessment *a = app_assessment(app);
    int at = app->question;
    if (walk_stops(a, at))
        return;
    const struct entry *entry = assessment_entry_of(a, at);
    while (entry && !walk_stops(a, entry->repeat))
        entry = assessment_entry_of(a, entry->repeat);
    if (assessment_place(a, at) < 0 && entry) {
        app_go(app, entry->repeat);
        app_say(app, "That one was taken out. This is the list.");
        return;
    }
    int to = walk_next(a, at) >= 0 ? walk_next(a, at) : walk_previous(a, at);
    if (to < 0)
        return;
    app_go(app, to);
    app_say(app, "That question is not asked any more. This is the next one.");
}

/* The view of what is in front, for what that is now. */
static void put_in_front(struct app *app)
{
    if (!app->top || app->top->class->in_front == FRONT_NONE)
        return;
    leave_what_is_gone(app);
    bool list = assessment_question(app_assessment(app), app->question)->type == TYPE_REPEAT;
    if (app->top->class->in_front == (list ? FRONT_ENTRIES : FRONT_QUESTION))
        return;
    app_pop(app);
    app_push(app, list ? view_entries_new(app) : view_answer_new(app));
}

/* ---- saying things ---- */

void app_say(struct app *app, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *notice = xvasprintf(format, args);
    va_end(args);
    /* Where a form is tried out nothing is saved: what comes after that word stays. */
    static const char saved[] = "Saved.";
    if (app->session && session_preview(app->session) && strncmp(notice, saved, sizeof saved - 1) == 0) {
        char *rest = xstrdup(notice[sizeof saved - 1] ? notice + sizeof saved : "Done. Nothing is kept.");
        free(notice);
        notice = rest;
    }
    free(app->notice);
    app->notice = notice;
}

bool app_say_cause(struct app *app, char *cause)
{
    app_say(app, "%s", cause ? cause : "That could not be done.");
    free(cause);
    return false;
}

const char *app_notice(const struct app *app)
{
    if (app->warns)
        return lock_warning(&app->lock);
    const char *trouble = app->session ? session_trouble(app->session) : NULL;
    if (trouble)
        return trouble;
    return app->notice;
}

bool app_only_reads(struct app *app)
{
    const char *why = session_read_only(app->session);
    if (why)
        app_say(app, "Nothing can be written here: %s.", why);
    return why != NULL;
}

/* ---- keys and requests ---- */

static bool found(struct app *app, const char *text, void *context)
{
    (void)context;
    if (*text) {
        free(app->looked_for);
        app->looked_for = xstrdup(text);
    }
    if (!app->looked_for)
        return true;
    int from = app->question;
    int at = walk_search(app_assessment(app), from, app->looked_for, 1, app->language[app->keyboard]);
    if (at >= 0 && at != from)
        app_go(app, at);
    app_say(app,
            at < 0       ? "No question has “%s” in it."
            : at == from ? "Only this question has “%s” in it."
                         : "Found. / and Enter: the next one with “%s”.",
            app->looked_for);
    return true;
}

static void find(struct app *app)
{
    struct view *field =
        view_field_new(app, "Find a question that has this word in it", "", false, NULL, found, NULL);
    view_field_call(field, "Find");
    app_push(app, field);
}

/* Leaving while something is in memory only is asked about once: the second time it is meant. */
static void leave(struct app *app)
{
    if (!app->session || !session_trouble(app->session) || app->warned) {
        app_leave(app);
        return;
    }
    app->warned = true;
    app_push(app, view_rescue_new(app, NULL));
}

static void sitting_closed(struct app *app)
{
    app_say(app, "Thank you both. This sitting is closed. q leaves; F8 is for signing.");
}

static void close_sitting(struct app *app)
{
    if (app_only_reads(app))
        return;
    if (!sitting_goes_on(app_assessment(app)))
        app_say(app, "No sitting goes on now. F4: who is here.");
    else
        app_push(app, view_sheet_new(app, sheet_sitting(app->session, TOPIC_CLOSING), sitting_closed));
}

/* Carry a request out that is the same everywhere: help, overview, differences, find, leave … True where it
 * was one. */
static bool request_anywhere(struct app *app, enum request request)
{
    switch (request) {
    case REQUEST_HELP:
        app_push(app, view_help_new(app));
        return true;
    case REQUEST_LEAVE:
        leave(app);
        return true;
    case REQUEST_REDRAW:
        term_redraw(app->term);
        return true;
    default:
        break;
    }
    if (!app->session)
        return false;
    switch (request) {
    case REQUEST_PASS:
        app_give_keyboard(app, who_other(app->keyboard));
        return true;
    case REQUEST_OVERVIEW:
        app_push(app, view_overview_new(app));
        return true;
    case REQUEST_PLAN:
        app_push(app, view_plan_new(app));
        return true;
    case REQUEST_DISTANCE:
        app_push(app, view_distance_new(app));
        return true;
    case REQUEST_CYCLE:
        app_push(app, view_cycle_new(app));
        return true;
    case REQUEST_COMPLETE:
        app_push(app, view_complete_new(app));
        return true;
    case REQUEST_DIFFERENCES:
        app_push(app, view_differences_new(app));
        return true;
    case REQUEST_SERVICES:
        services_show(app);
        return true;
    case REQUEST_TIMELINE:
        app_push(app, view_timeline_new(app));
        return true;
    case REQUEST_PROMISES:
        app_push(app, view_promises_new(app));
        return true;
    case REQUEST_KEPT:
        app_push(app, view_kept_new(app, app->question));
        return true;
    case REQUEST_PEOPLE:
        if (!app_only_reads(app))
            app_push(app, view_people_new(app));
        return true;
    case REQUEST_SIGN:
        if (!app_only_reads(app))
            app_push(app, view_sign_new(app));
        return true;
    case REQUEST_COPY:
        copy_ask(app);
        return true;
    case REQUEST_CLOSE:
        close_sitting(app);
        return true;
    case REQUEST_RESCUE:
        if (session_trouble(app->session))
            app_push(app, view_rescue_new(app, NULL));
        else
            app_say(app, "All that was shown as saved is saved.");
        return true;
    case REQUEST_RELOAD:
        faults_look(app, true);
        return true;
    case REQUEST_SEARCH:
        find(app);
        return true;
    case REQUEST_UNDO:
        undo_last(app);
        return true;
    case REQUEST_REDO:
        undo_redo(app);
        return true;
    case REQUEST_LANGUAGE:
        if (app_form(app)->language_count < 2) {
            app_say(app, "This form has one language.");
        } else {
            app_next_language(app, app->keyboard);
            app_say(app, "%s reads in: %s.", app_name(app, app->keyboard),
                    app_form(app)->languages[app->language[app->keyboard]]);
        }
        return true;
    default:
        return false;
    }
}

/* ---- the lock ---- */

static void keep_half_typed(struct app *app)
{
    for (struct view *v = app->top; v; v = v->below) {
        if (v->class->ending)
            v->class->ending(v);
    }
}

static void watch_form(struct app *app, bool watch)
{
    if (app->session && session_preview(app->session))
        term_watch(app->term, watch ? preview_watch(session_preview(app->session)) : -1);
}

/* What is half typed is kept before there is no key to seal it with. The views stay as they are, out of
 * sight. */
static void lock_now(struct app *app)
{
    if (app->locked)
        return;
    keep_half_typed(app);
    if (app->hooks && app->hooks->locks)
        app->hooks->locks(app);
    lock_close(&app->lock);
    app->locked = lock_view_new(&app->lock);
    app->warns = false;
    watch_form(app, false);
    term_wipe(app->term);
    term_show(app->term, app_draw(app));
}

/* By itself, or from outside: what was typed by then was meant for what stood there, and what is typed when
 * it is seen to be locked is not. */
static void hide(void *app)
{
    if (!app_is_locked(app))
        term_drop_keys(((struct app *)app)->term);
    lock_now(app);
}

static void open_again(struct app *app)
{
    lock_view_free(app->locked);
    app->locked = NULL;
    watch_form(app, true);
    if (app->hooks && app->hooks->opens)
        app->hooks->opens(app);
    term_redraw(app->term);
}

/* Lock where the time has come. True where it has. */
static bool heed_time(struct app *app, enum lock_due due)
{
    if (due == LOCK_NOW)
        hide(app);
    return due == LOCK_NOW;
}

bool app_is_locked(const struct app *app)
{
    return app->locked != NULL;
}

const char *app_settings_trouble(const struct app *app)
{
    return app->lock.trouble;
}

/* ---- drawing ---- */

/* Too small for any view: nothing is shown, so no key but the one to leave does anything. */
static bool too_small(const struct app *app)
{
    int rows, columns;
    term_size(app->term, &rows, &columns);
    return rows < LEAST_ROWS || columns < LEAST_COLUMNS;
}

const struct canvas *app_draw(struct app *app)
{
    int rows, columns;
    if (!app->locked)
        put_in_front(app);
    term_size(app->term, &rows, &columns);
    canvas_reset(app->canvas, rows, columns);
    if (!app->top)
        return app->canvas;
    if (app->locked) {
        lock_view_draw(app->locked, app->canvas);
        return app->canvas;
    }
    if (too_small(app)) {
        canvas_put_wrapped(app->canvas, 0, 0, rows, columns, STYLE_PLAIN,
                           "This window is too small: Alongside needs 40 columns and 12 rows. All is saved. "
                           "Make it larger, or "
                           "press q to leave and start with --accessible.");
        canvas_cursor(app->canvas, 0, 0);
        return app->canvas;
    }
    around_draw(app, app->top, app->canvas, &app->footer);
    int notice = notice_rows(app, columns);
    if (app->top->class->shows_notice)
        notice = 0;
    else if (notice == 0)
        notice = 1; /* its row stays free, so that nothing moves when there is one */
    struct area area = {1, 0, rows - 2 - notice, columns};
    app->top->class->draw(app->top, app->canvas, area);
    if (notice)
        draw_notice(app, app->canvas, rows - 1 - notice, columns);
    return app->canvas;
}

void app_draw_below(struct app *app, struct view *below, struct canvas *c, struct area area, int top)
{
    if (!below)
        return;
    /* The row for notices is below the box; the view behind it may have had it. */
    area.rows = canvas_rows(c) - 2 - !below->class->shows_notice;
    app->covered = area.row + area.rows - top;
    below->class->draw(below, c, area);
    app->covered = 0;
}

int app_covered(const struct app *app)
{
    return app->covered;
}

const struct canvas *app_canvas(const struct app *app)
{
    return app->canvas;
}

/* ---- the loop ---- */

static void on_request(struct app *app, enum request request, int key)
{
    struct view *v = app->top;
    if (request == REQUEST_LOCK)
        lock_now(app);
    else if (request != REQUEST_RESCUE && v->class->request && v->class->request(v, request, key))
        return;
    else
        request_anywhere(app, request);
}

static void on_click(struct app *app)
{
    int row, column;
    term_click(app->term, &row, &column);
    if (row == canvas_rows(app->canvas) - 1) {
        enum request request = footer_at(&app->footer, column);
        if (request != REQUEST_NONE)
            on_request(app, request, TERM_CLICK);
    } else if (app->top->class->click) {
        app->top->class->click(app->top, row, column);
    }
}

/* Once it is locked nothing more is written: all was kept then. */
static void on_end(struct app *app)
{
    if (app->locked)
        lock_note_left();
    else
        keep_half_typed(app);
    app->over = app->ended = true;
}

static void on_key_locked(struct app *app, int key)
{
    enum lock_view_did did = lock_view_key(app->locked, key);
    if (request_for_key(key, WHERE_ANYWHERE) == REQUEST_REDRAW)
        term_redraw(app->term);
    if (did == LOCK_VIEW_LEAVES)
        on_end(app);
    if (did != LOCK_VIEW_TRIES)
        return;
    term_show(app->term, app_draw(app)); /* a try takes a while: that it is under way is seen */
    if (lock_view_try(app->locked))
        open_again(app);
}

static void on_key(struct app *app, int key)
{
    lock_touch(&app->lock);
    if (app->warns) {
        app->warns = false; /* that is all that this key does */
        return;
    }
    if (request_for_key(key, WHERE_ANYWHERE) == REQUEST_LOCK) {
        lock_now(app);
        return;
    }
    if (too_small(app)) {
        if (key == 'q' || key == CTRL_Q)
            on_end(app); /* as a hang-up would: what is half typed is kept */
        return;
    }
    free(app->notice);
    app->notice = NULL;
    struct view *v = app->top;
    if (key == TERM_CLICK) {
        on_click(app);
    } else if (!v->class->key || !v->class->key(v, key)) {
        enum request request = request_for_key(key, v->class->where);
        if (request != REQUEST_NONE)
            on_request(app, request, key);
    }
    /* After the key has done what it does, and where nothing else is to be said: so no key is ever taken for
     * it. */
    if (app->session && !app->over && !app_notice(app) &&
        sitting_break_due(app_assessment(app), &app->rested))
        app_say(app, "%s", sitting_break_words);
}

static void on_input(struct app *app, int key)
{
    if (key == TERM_ENDED)
        on_end(app);
    else if (key == TERM_NONE || key == TERM_RESIZED || key == TERM_HIDDEN)
        return;
    else if (app->locked)
        on_key_locked(app, key);
    else if (key == TERM_CHANGED && app->hooks && app->hooks->changed)
        app->hooks->changed(app);
    else if (key == TERM_CHANGED)
        faults_look(app, false);
    else
        on_key(app, key);
}

bool app_step(struct app *app, int wait)
{
    if (app->over || !app->top)
        return false;
    if (!app->locked)
        put_in_front(app);
    enum lock_due due = lock_due(&app->lock);
    app->warns = due == LOCK_WARNS;
    heed_time(app, due);
    if (!term_pending(app->term))
        term_show(app->term, app_draw(app));
    int next = lock_next(&app->lock);
    int key = term_key(app->term, wait < 0 || (next >= 0 && next < wait) ? next : wait);
    if (key == TERM_ENDED || !heed_time(app, lock_due(&app->lock)))
        on_input(app, key);
    return !app->over && app->top;
}

int app_run(struct app *app)
{
    while (app_step(app, -1))
        ;
    return app->session && session_trouble(app->session) ? 2 : 0;
}
