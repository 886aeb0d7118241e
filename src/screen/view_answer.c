/* The question in front: what the keys do there. A pane for each person, and one for both together, holds
 * what is picked or typed and not saved yet. */
#include "screen/views.h"

#include "base/mem.h"
#include "screen/answer.h"
#include "screen/drafts.h"
#include "screen/front.h"
#include "screen/remark.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = ANSWER_SLOTS, SIDES = ANSWER_SIDES };

static struct answer_view *self_of(struct view *v)
{
    return (struct answer_view *)v;
}

const struct question *answer_question(const struct answer_view *v)
{
    return assessment_question(app_assessment(v->view.app), v->question);
}

const char *answer_path(const struct answer_view *v)
{
    return assessment_path(app_assessment(v->view.app), v->question);
}

bool answer_is_together(const struct answer_view *v)
{
    return answer_question(v)->asked_of == TOGETHER;
}

static bool typing(const struct answer_view *v)
{
    return pane_is_text(answer_active(v)) && !v->commanding && !session_read_only(app_session(v->view.app));
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\n")] == '\0';
}

static void load(struct answer_view *v)
{
    struct app *app = v->view.app;
    int question = app_question(app);
    if (question == v->question) {
        for (int slot = 0; slot < SLOTS; slot++)
            pane_refresh(v->pane[slot]);
        return;
    }
    v->question = question;
    v->commanding = v->worded = false;
    answer_forget_warning(v);
    for (int slot = 0; slot < SLOTS; slot++) {
        pane_free(v->pane[slot]);
        v->pane[slot] = pane_new(app, question, (enum who)slot);
    }
    /* The keyboard goes to somebody who can answer here. */
    const struct question *q = answer_question(v);
    if (question_is_answered(q) && !q->read_only && q->asked_of != TOGETHER &&
        !pane_is_asked(answer_active(v)))
        app_hand_over(app, who_other(app_keyboard(app)));
    for (int slot = 0; slot < SLOTS; slot++) {
        size_t cursor;
        char *draft = drafts_of(app, answer_path(v), (enum who)slot, &cursor);
        if (draft) {
            pane_set_text(v->pane[slot], draft, cursor);
            app_say(app, "These words were not saved yet. Enter saves them.");
        }
        free(draft);
    }
}

static char *title_of(struct view *view)
{
    load(self_of(view));
    return front_title(view->app);
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    load(self_of(view));
    answer_draw(self_of(view), c, area);
}

/* ---- answering ---- */

static void go(struct answer_view *v, int question)
{
    struct app *app = v->view.app;
    if (question < 0 && walk_next(app_assessment(app), v->question) >= 0) {
        app_say(app, typing(v)
                         ? "That was all you chose for today. Esc and then C closes the sitting."
                         : "That was all you chose for today. C closes the sitting, → goes on to the rest.");
        return;
    }
    if (question < 0) {
        app_say(app, typing(v) ? "This is the last question. Esc and then o: where you are. F8: signing."
                               : "This is the last question. o shows where you are, F8 is for signing.");
        return;
    }
    app_go(app, question);
}

/* The field was emptied: the answer is taken back. */
static void clear(struct answer_view *v)
{
    struct app *app = v->view.app;
    enum who party = app_keyboard(app);
    char *cause = NULL;
    json_t *intent =
        json_pack("{s:s, s:s, s:s}", "by", who_names[party], "event", "cleared", "question", answer_path(v));
    if (!session_do(app_session(app), intent, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    pane_settled(answer_active(v));
    drafts_drop(app, answer_path(v), party);
    app_say(app, "Saved. %s has no answer here now. u brings it back.", app_name(app, party));
}

/* Enter: write again, save, say yes to nothing, talk, or go on: whatever comes next. */
static void accept(struct answer_view *v)
{
    struct app *app = v->view.app;
    const struct assessment *a = app_assessment(app);
    const struct question *q = answer_question(v);
    struct pane *pane = answer_active(v);
    bool asked = pane_is_asked(pane) && !session_read_only(app_session(app));
    if (v->commanding) {
        v->commanding = false;
        return;
    }
    bool answered =
        answer_given(assessment_answer(a, v->question, answer_is_together(v) ? TOGETHER : app_keyboard(app)));
    bool empty_text = pane_is_text(pane) && is_blank(pane_text(pane));
    bool draft = answer_is_together(v) && assessment_together(a, v->question)->seq && !pane_unsaved(pane);
    if (asked && empty_text && answered && pane_unsaved(pane) && !answer_is_together(v)) {
        clear(v);
        return;
    }
    if (asked && !empty_text && !draft &&
        (pane_unsaved(pane) || (!answered && q->type != TYPE_SELECT_MULTIPLE))) {
        answer_save(v);
        return;
    }
    if (draft) {
        if (!answer_say_back(v))
            app_say(app, "Both say yes to it: F5 and F6.");
        return;
    }
    const struct disagreement *d = assessment_disagreement_about(a, v->question);
    if (d && disagreement_is_live(d))
        app_push(app, view_talk_new(app, d));
    else
        go(v, remark_next(app));
}

/* ---- what the keys do ---- */

static void talk(struct answer_view *v)
{
    struct app *app = v->view.app;
    const struct disagreement *d = assessment_disagreement_about(app_assessment(app), v->question);
    if (d)
        app_push(app, view_talk_new(app, d));
    else
        app_say(app, "You do not differ here. r says that you see it differently.");
}

static void show_guidance(struct answer_view *v)
{
    app_push(v->view.app, view_guidance_new(v->view.app, v->question));
}

static bool writes(enum request request)
{
    switch (request) {
    case REQUEST_PICK:
    case REQUEST_MARK:
    case REQUEST_SOONER:
    case REQUEST_LESS_SOON:
    case REQUEST_REASON:
    case REQUEST_EVIDENCE:
    case REQUEST_SKIP:
    case REQUEST_PRIVATE:
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS:
        return true;
    default:
        return false;
    }
}

/* h: this answer is hidden until both are in; again: it is not. */
static void hide(struct answer_view *v)
{
    struct app *app = v->view.app;
    struct pane *pane = answer_active(v);
    char *cause = NULL;
    if (!session_may_hide(app_session(app), app_keyboard(app), v->question, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    pane_set_private(pane, !pane_is_private(pane));
    v->commanding = false;
    app_say(app, pane_is_private(pane)
                     ? "What you answer now does not show until both answers are in. h: show it again."
                     : "What you answer now shows.");
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct answer_view *v = self_of(view);
    struct app *app = view->app;
    const struct assessment *a = app_assessment(app);
    load(v);
    if (request != REQUEST_ACCEPT)
        answer_forget_warning(v);
    if (writes(request) && app_only_reads(app))
        return true;
    switch (request) {
    case REQUEST_ACCEPT:
        accept(v);
        return true;
    case REQUEST_PICK:
    case REQUEST_UP:
    case REQUEST_DOWN:
    case REQUEST_MARK:
        v->worded = false;
        if (!session_read_only(app_session(app)) && pane_key(answer_active(v), key) &&
            (request == REQUEST_PICK || request == REQUEST_MARK) && !pane_hides(answer_active(v)))
            answer_ask_words(v);
        return true;
    case REQUEST_SOONER:
    case REQUEST_LESS_SOON:
        pane_shift(answer_active(v), request == REQUEST_SOONER ? -1 : 1);
        return true;
    case REQUEST_PASS:
        v->commanding = false; /* the other begins afresh */
        return false;
    case REQUEST_BACK:
        if (pane_is_text(answer_active(v)))
            v->commanding = !session_read_only(app_session(app));
        else
            pane_settled(answer_active(v)); /* forget what is picked and not saved */
        return true;
    case REQUEST_PREVIOUS:
        if (walk_previous(a, v->question) < 0)
            app_say(app, "This is the first question.");
        else
            go(v, walk_previous(a, v->question));
        return true;
    case REQUEST_NEXT:
        go(v, walk_next(a, v->question));
        return true;
    case REQUEST_TALK:
        talk(v);
        return true;
    case REQUEST_REASON:
        answer_ask_reason(v);
        return true;
    case REQUEST_EVIDENCE:
        answer_ask_evidence(v);
        return true;
    case REQUEST_GUIDANCE:
        show_guidance(v);
        return true;
    case REQUEST_PRIVATE:
        hide(v);
        return true;
    case REQUEST_SKIP:
        if (pane_is_asked(answer_active(v)))
            answer_skip(v);
        else
            go(v, walk_next(a, v->question));
        return true;
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS:
        answer_confirm(v, request == REQUEST_RIGHT_CONFIRMS);
        return true;
    default:
        return remark_request(app, request);
    }
}

/* Text is typed here: characters and the keys of an editor go there first. */
static bool on_key(struct view *view, int key)
{
    struct answer_view *v = self_of(view);
    load(v);
    if (key != TERM_ENTER)
        answer_forget_warning(v);
    /* In an empty field there is nothing to go along: Left and Right lead to other questions, as elsewhere.
     */
    if (typing(v) && is_blank(pane_text(answer_active(v))) && (key == TERM_LEFT || key == TERM_RIGHT))
        return false;
    if (!typing(v) || !pane_key(answer_active(v), key))
        return typing(v) && ((key >= ' ' && key < 0x110000 && key != 127) || key == TERM_LEFT ||
                             key == TERM_RIGHT || key == TERM_UP || key == TERM_DOWN);
    /* What was only looked at, or stands there as it is saved, is no draft. */
    enum who whose = answer_is_together(v) ? TOGETHER : app_keyboard(view->app);
    const char *text = pane_text(answer_active(v));
    bool empty = is_blank(text) && !assessment_answer(app_assessment(view->app), v->question, whose)->value;
    if (pane_unsaved(answer_active(v)) && !empty)
        drafts_keep(view->app, answer_path(v), whose, text, pane_text_cursor(answer_active(v)));
    else
        drafts_drop(view->app, answer_path(v), whose);
    return true;
}

static void on_click(struct view *view, int row, int column)
{
    struct answer_view *v = self_of(view);
    struct app *app = view->app;
    for (int side = 0; side < SIDES; side++) {
        const struct area *area = &v->drawn[side];
        if (row < area->row || row >= area->row + area->rows || column < area->column ||
            column >= area->column + area->columns)
            continue;
        enum who party = app_party_at(app, side);
        struct pane *pane = v->pane[answer_is_together(v) ? TOGETHER : party];
        if (!answer_is_together(v))
            app_give_keyboard(app, party);
        if (pane_click(pane, row))
            answer_ask_words(v);
    }
}

/* The footer names what can be done now, and no more. */
static bool offered(const struct answer_view *v, enum request request)
{
    struct app *app = v->view.app;
    bool text = typing(v), reading = session_read_only(app_session(app)) != NULL;
    bool asked = pane_is_asked(answer_active(v)) && !reading;
    const struct answer *own =
        answer_is_together(v) ? NULL : assessment_answer(app_assessment(app), v->question, app_keyboard(app));
    bool answered = own && (pane_hides(answer_active(v)) ? answer_given(own) : own->value != NULL);
    switch (request) {
    case REQUEST_BACK:
        return text;
    case REQUEST_SKIP:
        return asked && !text;
    case REQUEST_REASON:
        return asked && !text && answered;
    case REQUEST_EVIDENCE:
        return asked && !text && answered && answer_question(v)->evidence;
    case REQUEST_LIST:
        return !text && assessment_entry_of(app_assessment(app), v->question);
    case REQUEST_CARD:
        return !text && !reading && remark_cards(app);
    case REQUEST_SOONER:
        return asked && pane_is_order(answer_active(v));
    case REQUEST_GUIDANCE:
        return !text && *assessment_text(app_assessment(app), v->question, answer_question(v)->guidance,
                                         app_keyboard(app), app_language(app, app_keyboard(app)));
    case REQUEST_PRIVATE:
        return asked && !text && !answered &&
               session_may_hide(app_session(app), app_keyboard(app), v->question, NULL);
    case REQUEST_NOTE:
    case REQUEST_BESIDE:
    case REQUEST_COME_BACK:
    case REQUEST_UNDO:
        return !text && !reading;
    case REQUEST_OVERVIEW:
    case REQUEST_DIFFERENCES:
    case REQUEST_LEAVE:
        return !text;
    case REQUEST_PLAN:
        return !text && app_form(v->view.app)->summary_count > 0;
    case REQUEST_SERVICES:
        return !text && session_services(app_session(app), NULL);
    default:
        return true;
    }
}

/* What Enter does now. */
static const char *accept_label(const struct answer_view *v)
{
    const struct assessment *a = app_assessment(v->view.app);
    const struct pane *pane = answer_active(v);
    if (v->commanding)
        return "Write";
    if (v->warned)
        return "Keep it";
    bool asked = pane_is_asked(pane) && !session_read_only(app_session(v->view.app));
    bool together = answer_is_together(v);
    bool answered =
        answer_given(assessment_answer(a, v->question, together ? TOGETHER : app_keyboard(v->view.app)));
    bool blank = pane_is_text(pane) && is_blank(pane_text(pane));
    if (asked && pane_unsaved(pane) && (!blank || (answered && !together)))
        return "Save";
    struct talk_turn turn;
    if (together && talk_together_turn(a, v->question, &turn))
        return turn.asks == TALK_ASKS_MARK ? "Is it right?" : "Say back";
    if (together && assessment_together(a, v->question)->seq)
        return "";
    if (asked && !answered && pane_is_text(pane) && !blank)
        return "Save"; /* an answer to start from */
    if (asked && !answered && !pane_is_text(pane) && answer_question(v)->type != TYPE_SELECT_MULTIPLE)
        return "Save"; /* also before anything is picked: the footer does not jump with the first key */
    const struct disagreement *d = assessment_disagreement_about(a, v->question);
    return d && disagreement_is_live(d) ? "Talk" : "Next";
}

static const char *label(struct view *view, enum request request)
{
    struct answer_view *v = self_of(view);
    struct talk_turn turn;
    if (!offered(v, request))
        return "";
    switch (request) {
    case REQUEST_BACK:
        return "Keys";
    case REQUEST_ACCEPT:
        return accept_label(v);
    case REQUEST_NEXT:
        /* Where Enter does not go on. */
        return typing(v) || strcmp(accept_label(v), "Next") == 0 ? "" : NULL;
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS:
        return answer_is_together(v) && assessment_together(app_assessment(view->app), v->question)->seq &&
                       !talk_together_turn(app_assessment(view->app), v->question, &turn)
                   ? "Yes"
                   : "";
    default:
        return NULL;
    }
}

static void on_end(struct view *view)
{
    struct answer_view *v = self_of(view);
    for (int slot = 0; slot < SLOTS && v->question >= 0; slot++) {
        if (pane_is_text(v->pane[slot]) && pane_unsaved(v->pane[slot]) && !is_blank(pane_text(v->pane[slot])))
            drafts_keep(view->app, answer_path(v), (enum who)slot, pane_text(v->pane[slot]),
                        pane_text_cursor(v->pane[slot]));
    }
}

static void free_view(struct view *view)
{
    struct answer_view *v = self_of(view);
    for (int slot = 0; slot < SLOTS; slot++)
        pane_free(v->pane[slot]);
    answer_forget_warning(v);
    free(v);
}

static const enum request footer[] = {
    REQUEST_HELP,      REQUEST_PASS,     REQUEST_ACCEPT, REQUEST_LEFT_CONFIRMS, REQUEST_RIGHT_CONFIRMS,
    REQUEST_BACK,      REQUEST_NEXT,     REQUEST_LIST,   REQUEST_CARD,          REQUEST_GUIDANCE,
    REQUEST_SOONER,    REQUEST_SKIP,     REQUEST_REASON, REQUEST_EVIDENCE,      REQUEST_NOTE,
    REQUEST_COME_BACK, REQUEST_OVERVIEW, REQUEST_LEAVE,  REQUEST_UNDO,          REQUEST_DIFFERENCES,
    REQUEST_PLAN,      REQUEST_SERVICES, REQUEST_BESIDE, REQUEST_PRIVATE,       REQUEST_NONE,
};

static const struct view_class answer_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .in_front = FRONT_QUESTION,
    .draw = draw,
    .shows_notice = true,
    .key = on_key,
    .request = on_request,
    .click = on_click,
    .ending = on_end,
    .free = free_view,
};

struct view *view_answer_new(struct app *app)
{
    struct answer_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&answer_class, app, NULL};
    v->question = -1;
    return &v->view;
}
