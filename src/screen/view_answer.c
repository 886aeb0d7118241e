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

/* The pane that the keyboard is in. */
static struct pane *active(const struct answer_view *v)
{
    return v->pane[answer_is_together(v) ? TOGETHER : app_keyboard(v->view.app)];
}

static bool typing(const struct answer_view *v)
{
    return pane_is_text(active(v)) && !v->commanding && !session_read_only(app_session(v->view.app));
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
    v->commanding = false;
    for (int slot = 0; slot < SLOTS; slot++) {
        pane_free(v->pane[slot]);
        v->pane[slot] = pane_new(app, question, (enum who)slot);
    }
    /* The keyboard goes to somebody who can answer here. */
    const struct question *q = answer_question(v);
    if (question_is_answered(q) && q->asked_of != TOGETHER && !q->read_only && !pane_is_asked(active(v)))
        app_give_keyboard(app, who_other(app_keyboard(app)));
    for (int slot = 0; slot < SLOTS; slot++) {
        char *draft = drafts_of(app, answer_path(v), (enum who)slot);
        if (draft) {
            pane_set_text(v->pane[slot], draft);
            app_say(app, "These words were not saved yet. Enter saves them.");
        }
        free(draft);
    }
}

static char *title_of(struct view *view)
{
    struct app *app = view->app;
    struct answer_view *v = self_of(view);
    load(v);
    return front_title(app, question_is_answered(answer_question(v)) ? "Question " : "Note before question ");
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
    if (question < 0) {
        app_say(app, typing(v) ? "This is the last question. Esc and then o: where you are. F8: signing."
                               : "This is the last question. o shows where you are, F8 is for signing.");
        return;
    }
    app_go(app, question);
}

static void ask_reason(struct answer_view *v);

/* Who is to answer next, when this one has: the other, if they are asked and have not. */
static bool others_turn(const struct answer_view *v, enum who party)
{
    const struct assessment *a = app_assessment(v->view.app);
    enum who other = who_other(party);
    return question_asked_of(answer_question(v), other) &&
           !answer_given(assessment_answer(a, v->question, other)) &&
           assessment_relevant(a, v->question, other);
}

static bool differ(const struct answer_view *v)
{
    return assessment_standing(app_assessment(v->view.app), v->question) == STANDING_DIFFER;
}

/* Is this party to be asked for a reason? */
static bool reason_wanted(const struct answer_view *v, enum who party)
{
    const struct question *q = answer_question(v);
    const struct answer *answer = assessment_answer(app_assessment(v->view.app), v->question, party);
    return answer->value && !answer->because &&
           (q->because == BECAUSE_ALWAYS || (q->because == BECAUSE_WHEN_DIFFERING && differ(v)));
}

static void say_saved(struct answer_view *v, enum who party)
{
    struct app *app = v->view.app;
    const struct disagreement *d = assessment_disagreement_about(app_assessment(app), v->question);
    if (differ(v) && d && disagreement_is_live(d))
        app_say(app, "Saved. You see this differently. Nobody is wrong. Enter: talk about it.");
    else if (others_turn(v, party))
        app_say(app, "Saved. Now %s.", app_name(app, who_other(party)));
    else if (assessment_standing(app_assessment(app), v->question) == STANDING_SAME)
        app_say(app, d && disagreement_is_live(d) ? "Saved. You say the same now. Enter: is it settled?"
                                                  : "Saved. You agree here. Enter goes on.");
    else
        app_say(app, "Saved. Enter goes on.");
}

static bool reason_given(struct app *app, const char *text, void *context)
{
    struct answer_view *v = context;
    enum who party = app_keyboard(app), other = who_other(party);
    const struct answer *answer = assessment_answer(app_assessment(app), v->question, party);
    char *cause = NULL;
    if (!*text || !answer->value)
        return true;
    if (!session_answer(app_session(app), party, v->question, json_incref((json_t *)answer->value), text,
                        evidence_names[answer->evidence], &cause))
        return app_say_cause(app, cause);
    say_saved(v, party);
    if (others_turn(v, party)) {
        app_give_keyboard(app, other);
    } else if (differ(v) && reason_wanted(v, other)) {
        /* Both are asked why, each for themselves. */
        app_give_keyboard(app, other);
        app_say(app, "Saved. Now %s.", app_name(app, other));
        ask_reason(v);
    }
    return true;
}

static void ask_reason(struct answer_view *v)
{
    struct app *app = v->view.app;
    const struct answer *answer = assessment_answer(app_assessment(app), v->question, app_keyboard(app));
    if (!answer->value) {
        app_say(app, "First pick an answer. Then say why.");
        return;
    }
    char *title =
        xasprintf("%s: why? In your own words. Esc leaves it out.", app_name(app, app_keyboard(app)));
    char *place = xasprintf("%s:why", answer_path(v));
    app_push(app, view_field_new(app, title, answer->because ? answer->because : "", true, place,
                                 reason_given, v));
    free(title);
    free(place);
}

static void evidence_picked(struct app *app, size_t picked, void *context)
{
    struct answer_view *v = context;
    enum who party = app_keyboard(app);
    const struct answer *answer = assessment_answer(app_assessment(app), v->question, party);
    char *cause = NULL;
    if (answer->value &&
        !session_answer(app_session(app), party, v->question, json_incref((json_t *)answer->value),
                        answer->because, evidence_names[picked + 1], &cause))
        app_say_cause(app, cause);
}

static void ask_evidence(struct answer_view *v)
{
    struct app *app = v->view.app;
    if (!assessment_answer(app_assessment(app), v->question, app_keyboard(app))->value) {
        app_say(app, "First pick an answer. Then say how you know.");
        return;
    }
    const char *words[8];
    size_t count = 0;
    for (int e = EVIDENCE_SAW; e <= EVIDENCE_UNCHECKED; e++)
        words[count++] = words_evidence((enum evidence)e);
    char *title = xasprintf("%s: how do you know?", app_name(app, app_keyboard(app)));
    app_push(app, view_pick_new(app, title, words, count, evidence_picked, v));
    free(title);
}

static void skip_picked(struct app *app, size_t picked, void *context)
{
    struct answer_view *v = context;
    char *cause = NULL;
    enum who party = app_keyboard(app);
    if (!session_decline(app_session(app), party, v->question, (enum missing)(picked + 1), &cause)) {
        app_say_cause(app, cause);
        return;
    }
    pane_settled(v->pane[answer_is_together(v) ? TOGETHER : party]);
    app_say(app, "Saved. That is an answer too. Enter goes on.");
}

static void skip(struct answer_view *v)
{
    struct app *app = v->view.app;
    if (!pane_is_asked(active(v))) {
        go(v, walk_next(app_assessment(app), v->question));
        return;
    }
    const char *words[] = {words_missing(MISSING_NOT_SURE), words_missing(MISSING_DOES_NOT_APPLY),
                           words_missing(MISSING_RATHER_NOT_SAY)};
    char *title = xasprintf("%s: skip this one because", app_name(app, app_keyboard(app)));
    app_push(app, view_pick_new(app, title, words, 3, skip_picked, v));
    free(title);
}

/* After an answer was saved: the reason if it is asked for, the other's turn if they have not answered. */
static void after_saving(struct answer_view *v, enum who party)
{
    say_saved(v, party);
    if (reason_wanted(v, party)) {
        if (differ(v))
            app_say(v->view.app, "Saved. You see this differently. Nobody is wrong.");
        ask_reason(v);
    } else if (others_turn(v, party)) {
        app_give_keyboard(v->view.app, who_other(party));
    }
}

static void propose_together(struct answer_view *v, json_t *value)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    json_t *intent = json_pack("{s:s, s:s, s:s, s:o}", "by", who_names[app_keyboard(app)], "event",
                               "proposed", "question", answer_path(v), "value", value);
    if (!session_do(app_session(app), intent, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    pane_settled(v->pane[TOGETHER]);
    drafts_drop(app, answer_path(v), TOGETHER);
    app_say(app, "On the table. It counts when both say yes: F5 and F6.");
}

static bool save(struct answer_view *v)
{
    struct app *app = v->view.app;
    enum who party = app_keyboard(app);
    char *cause = NULL;
    struct pane *pane = active(v);
    const struct answer *old = assessment_answer(app_assessment(app), v->question, party);
    json_t *value = pane_value(pane, &cause);
    if (!value)
        return app_say_cause(app, cause);
    if (answer_is_together(v)) {
        propose_together(v, value);
        return true;
    }
    if (!session_answer(app_session(app), party, v->question, value, old->because,
                        evidence_names[old->evidence], &cause))
        return app_say_cause(app, cause);
    pane_settled(pane);
    drafts_drop(app, answer_path(v), party);
    after_saving(v, party);
    return true;
}

/* Enter: write again, save, say yes to nothing, talk, or go on: whatever comes next. */
static void accept(struct answer_view *v)
{
    struct app *app = v->view.app;
    const struct assessment *a = app_assessment(app);
    const struct question *q = answer_question(v);
    struct pane *pane = active(v);
    bool asked = pane_is_asked(pane) && !session_read_only(app_session(app));
    if (v->commanding) {
        v->commanding = false;
        return;
    }
    bool answered =
        answer_given(assessment_answer(a, v->question, answer_is_together(v) ? TOGETHER : app_keyboard(app)));
    bool empty_text = pane_is_text(pane) && !*pane_text(pane);
    bool draft = answer_is_together(v) && assessment_together(a, v->question)->seq && !pane_unsaved(pane);
    if (asked && !empty_text && !draft &&
        (pane_unsaved(pane) || (!answered && q->type != TYPE_SELECT_MULTIPLE))) {
        save(v);
        return;
    }
    if (draft) {
        app_say(app, "Both say yes to it: F5 and F6.");
        return;
    }
    const struct disagreement *d = assessment_disagreement_about(a, v->question);
    if (d && disagreement_is_live(d))
        app_push(app, view_talk_new(app, d));
    else
        go(v, remark_next(app));
}

static void confirm(struct answer_view *v, int side)
{
    struct app *app = v->view.app;
    enum who party = app_party_at(app, side);
    const struct disagreement *d = assessment_disagreement_about(app_assessment(app), v->question);
    char *cause = NULL;
    if (!answer_is_together(v)) {
        if (d && disagreement_is_live(d))
            app_push(app, view_talk_new(app, d));
        else
            app_say(app, "There is nothing to say yes to here.");
        return;
    }
    json_t *intent = json_pack("{s:s, s:s, s:s}", "by", who_names[party], "event", "confirmed", "question",
                               answer_path(v));
    if (!session_do(app_session(app), intent, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    pane_settled(v->pane[TOGETHER]);
    bool both = answer_given(assessment_answer(app_assessment(app), v->question, TOGETHER));
    app_say(app, both ? "Saved. Enter goes on." : "%s says yes.", app_name(app, party));
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
    case REQUEST_REASON:
    case REQUEST_EVIDENCE:
    case REQUEST_SKIP:
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS:
        return true;
    default:
        return false;
    }
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct answer_view *v = self_of(view);
    struct app *app = view->app;
    const struct assessment *a = app_assessment(app);
    load(v);
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
        if (!session_read_only(app_session(app)))
            pane_key(active(v), key);
        return true;
    case REQUEST_PASS:
        v->commanding = false; /* the other begins afresh */
        return false;
    case REQUEST_BACK:
        if (pane_is_text(active(v)))
            v->commanding = !session_read_only(app_session(app));
        else
            pane_settled(active(v)); /* forget what is picked and not saved */
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
        ask_reason(v);
        return true;
    case REQUEST_EVIDENCE:
        ask_evidence(v);
        return true;
    case REQUEST_GUIDANCE:
        show_guidance(v);
        return true;
    case REQUEST_SKIP:
        skip(v);
        return true;
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS:
        confirm(v, request == REQUEST_RIGHT_CONFIRMS);
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
    if (!typing(v) || !pane_key(active(v), key))
        return typing(v) && ((key >= ' ' && key < 0x110000 && key != 127) || key == TERM_LEFT ||
                             key == TERM_RIGHT || key == TERM_UP || key == TERM_DOWN);
    drafts_keep(view->app, answer_path(v), answer_is_together(v) ? TOGETHER : app_keyboard(view->app),
                pane_text(active(v)));
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
        pane_click(pane, row);
    }
}

/* The footer names what can be done now, and no more. */
static bool offered(const struct answer_view *v, enum request request)
{
    struct app *app = v->view.app;
    bool text = typing(v), reading = session_read_only(app_session(app)) != NULL;
    bool asked = pane_is_asked(active(v)) && !reading;
    bool answered = !answer_is_together(v) &&
                    assessment_answer(app_assessment(app), v->question, app_keyboard(app))->value != NULL;
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
    case REQUEST_NOTE:
    case REQUEST_COME_BACK:
    case REQUEST_UNDO:
        return !text && !reading;
    case REQUEST_OVERVIEW:
    case REQUEST_DIFFERENCES:
    case REQUEST_LEAVE:
        return !text;
    case REQUEST_PLAN:
        return !text && app_form(v->view.app)->summary_count > 0;
    default:
        return true;
    }
}

/* What Enter does now. */
static const char *accept_label(const struct answer_view *v)
{
    const struct assessment *a = app_assessment(v->view.app);
    const struct pane *pane = active(v);
    if (v->commanding)
        return "Write";
    bool asked = pane_is_asked(pane) && !session_read_only(app_session(v->view.app));
    bool together = answer_is_together(v);
    bool answered =
        answer_given(assessment_answer(a, v->question, together ? TOGETHER : app_keyboard(v->view.app)));
    if (asked && pane_unsaved(pane))
        return "Save";
    if (together && assessment_together(a, v->question)->seq)
        return "";
    if (asked && !answered && pane_is_text(pane) && *pane_text(pane))
        return "Save"; /* an answer to start from */
    if (asked && !answered && !pane_is_text(pane) && answer_question(v)->type != TYPE_SELECT_MULTIPLE)
        return "Save"; /* also before anything is picked: the footer does not jump with the first key */
    const struct disagreement *d = assessment_disagreement_about(a, v->question);
    return d && disagreement_is_live(d) ? "Talk" : "Next";
}

static const char *label(struct view *view, enum request request)
{
    struct answer_view *v = self_of(view);
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
        return answer_is_together(v) && assessment_together(app_assessment(view->app), v->question)->seq
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
        if (pane_is_text(v->pane[slot]) && pane_unsaved(v->pane[slot]))
            drafts_keep(view->app, answer_path(v), (enum who)slot, pane_text(v->pane[slot]));
    }
}

static void free_view(struct view *view)
{
    struct answer_view *v = self_of(view);
    for (int slot = 0; slot < SLOTS; slot++)
        pane_free(v->pane[slot]);
    free(v);
}

static const enum request footer[] = {
    REQUEST_HELP,   REQUEST_PASS,     REQUEST_ACCEPT,      REQUEST_LEFT_CONFIRMS, REQUEST_RIGHT_CONFIRMS,
    REQUEST_BACK,   REQUEST_NEXT,     REQUEST_LIST,        REQUEST_CARD,          REQUEST_SKIP,
    REQUEST_REASON, REQUEST_EVIDENCE, REQUEST_NOTE,        REQUEST_COME_BACK,     REQUEST_OVERVIEW,
    REQUEST_LEAVE,  REQUEST_UNDO,     REQUEST_DIFFERENCES, REQUEST_PLAN,          REQUEST_NONE,
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
