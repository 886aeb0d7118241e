/* An answer that both give as one: put forward by either, said back where the form asks for that, and nothing
 * before both have said yes, each with their own key. */
#include "screen/answer.h"

#include "base/mem.h"
#include "screen/drafts.h"
#include "screen/views.h"

#include <stdlib.h>

void answer_propose(struct answer_view *v, json_t *value)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    json_t *intent = json_pack("{s:s, s:s, s:s, s:o, s:b}", "by", who_names[app_keyboard(app)], "event",
                               "proposed", "question", answer_path(v), "value", value, "passed", 1);
    if (!session_do(app_session(app), intent, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    pane_settled(v->pane[TOGETHER]);
    drafts_drop(app, answer_path(v), TOGETHER);
    struct talk_turn turn;
    if (talk_together_turn(app_assessment(app), v->question, &turn))
        app_say(app, "On the table. First %s says back what %s said: Enter.", app_name(app, turn.who),
                app_name(app, who_other(turn.who)));
    else
        app_say(app, "On the table. It counts when both say yes: F5 and F6.");
}

/* ---- saying back ---- */

static void say_next(struct answer_view *v)
{
    struct app *app = v->view.app;
    struct talk_turn turn;
    if (!talk_together_turn(app_assessment(app), v->question, &turn))
        app_say(app, "Saved. Both say yes to it: F5 and F6.");
    else
        answer_say_back(v);
}

static bool back_said(struct app *app, const char *text, void *context)
{
    struct answer_view *v = context;
    char *cause = NULL;
    if (!*text)
        return true;
    if (!talk_say_about(app_session(app), v->question, &v->turn, text, &cause))
        return app_say_cause(app, cause);
    say_next(v);
    return true;
}

static bool missing_said(struct app *app, const char *text, void *context)
{
    struct answer_view *v = context;
    char *cause = NULL;
    if (!talk_mark(app_session(app), &v->turn, false, text, &cause))
        return app_say_cause(app, cause);
    say_next(v);
    return true;
}

static void nothing_missing(struct app *app, void *context)
{
    missing_said(app, "", context);
}

static void marked(struct app *app, size_t picked, void *context)
{
    struct answer_view *v = context;
    char *cause = NULL;
    if (picked == 1) {
        char *title = xasprintf("%s: what was missing? Esc leaves it out.", app_name(app, v->turn.who));
        struct view *field = view_field_new(app, title, "", true, NULL, missing_said, v);
        view_field_left(field, nothing_missing);
        app_push(app, field);
        free(title);
    } else if (talk_mark(app_session(app), &v->turn, true, NULL, &cause)) {
        say_next(v);
    } else {
        app_say_cause(app, cause);
    }
}

bool answer_say_back(struct answer_view *v)
{
    static const char *const marks[] = {"Yes, that is right", "Not quite"};
    struct app *app = v->view.app;
    if (!talk_together_turn(app_assessment(app), v->question, &v->turn))
        return false;
    char *title = talk_prompt(app_assessment(app), &v->turn, app_language(app, v->turn.who));
    char *place = xasprintf("%s:back", answer_path(v));
    if (v->turn.who != app_keyboard(app))
        app_hand_over(app, v->turn.who);
    app_push(app, v->turn.asks == TALK_ASKS_MARK ? view_pick_new(app, title, marks, 2, marked, v)
                                                 : view_field_new(app, title, "", true, place, back_said, v));
    free(place);
    free(title);
    return true;
}

/* ---- both say yes ---- */

void answer_confirm(struct answer_view *v, int side)
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
    if (answer_say_back(v))
        return;
    json_t *intent = json_pack("{s:s, s:s, s:s}", "by", who_names[party], "event", "confirmed", "question",
                               answer_path(v));
    if (!session_do(app_session(app), intent, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    pane_settled(v->pane[TOGETHER]);
    bool both = answer_given(assessment_answer(app_assessment(app), v->question, TOGETHER));
    if (both)
        app_say(app, "Saved. Enter goes on.");
    else
        app_say(app, "%s says yes. Now %s.", app_name(app, party), app_name(app, who_other(party)));
}
