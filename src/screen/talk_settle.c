/* Settling: what a way to settle it needs is asked for, both say yes, and who wants to looks back: why they
 * changed an answer, and whether they were heard. What is stopped is stopped: nothing more is asked. */
#include "screen/talk.h"

#include "base/mem.h"
#include "screen/views.h"
#include "session/typed.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

/* ---- putting something forward ---- */

static void propose(struct talk_view *v, json_t *value, const char *words, const char *from,
                    const char *by_when)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    enum settle as = v->chosen.as;
    if (!settle_propose(app_session(app), talk_view_about(v), app_keyboard(app), &v->chosen, value, words,
                        from, by_when, NULL, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    v->cursor = -1;
    if (as == SETTLE_STOPPED) {
        app_say(app, "It is left as it is. Both answers stay.");
        app_pop(app);
        return;
    }
    app_say(app, "On the table. It counts when both say yes: F5 and F6.");
}

static bool when_given(struct app *app, const char *text, void *context)
{
    struct talk_view *v = context;
    char iso[16];
    if (*text && !typed_day(text, iso)) {
        app_say(app, "“%s” is not a day. Put it forward again, with a day like 30/11/2026, or none.", text);
        return false;
    }
    propose(v, NULL, v->what, v->from, *text ? iso : NULL);
    return true;
}

static bool from_given(struct app *app, const char *text, void *context)
{
    struct talk_view *v = context;
    free(v->from);
    v->from = xstrdup(text);
    app_push(app, view_field_new(app, "Until when? A day like 30/11/2026. Enter alone: no day.", "", false,
                                 NULL, when_given, v));
    return true;
}

static bool to_given(struct app *app, const char *text, void *context)
{
    struct talk_view *v = context;
    (void)app;
    propose(v, NULL, v->what, text, NULL);
    return true;
}

static bool words_given(struct app *app, const char *text, void *context)
{
    struct talk_view *v = context;
    const struct disagreement *d = talk_view_about(v);
    json_t *value;
    char *cause = NULL;
    if (!*text) {
        app_say(app, "Nothing was written, so nothing is put forward.");
        return true;
    }
    switch (v->chosen.needs) {
    case NEEDS_ANSWER:
        value = d->question < 0
                    ? json_string(text)
                    : typed_answer(assessment_question(app_assessment(app), d->question), text, &cause);
        if (value)
            propose(v, value, NULL, NULL, NULL);
        else
            app_say_cause(app, cause);
        break;
    case NEEDS_WHAT:
    case NEEDS_ASKING:
        free(v->what);
        v->what = xstrdup(text);
        if (v->chosen.needs == NEEDS_WHAT)
            app_push(app, view_field_new(app, "From whom will you know? Enter alone: nobody in particular.",
                                         "", false, NULL, from_given, v));
        else
            app_push(app, view_field_new(app, "Of whom do you ask it? Enter: as it stands.", "the supervisor",
                                         false, NULL, to_given, v));
        break;
    case NEEDS_NOTHING:
        propose(v, NULL, text, NULL, NULL);
        break;
    }
    return true;
}

static bool other_given(struct app *app, const char *text, void *context)
{
    struct talk_view *v = context;
    if (*text)
        propose(v, json_sprintf("%s:%s", v->other->name, text), NULL, NULL, NULL);
    else
        app_say(app, "Nothing was written, so nothing is put forward.");
    return true;
}

static const char *choice_label(const struct talk_view *v, const struct choice *choice)
{
    struct app *app = v->view.app;
    return assessment_text(app_assessment(app), talk_view_about(v)->question, choice->label, SERVICE_USER,
                           app_language(app, app_keyboard(app)));
}

static void choice_picked(struct app *app, size_t picked, void *context)
{
    struct talk_view *v = context;
    const struct question *q = assessment_question(app_assessment(app), talk_view_about(v)->question);
    const struct choice *choice = &q->choices->choices[picked];
    if (!choice->other) {
        propose(v, json_string(choice->name), NULL, NULL, NULL);
        return;
    }
    char *title = xasprintf("%s: in your own words", choice_label(v, choice));
    v->other = choice;
    app_push(app, view_field_new(app, title, "", false, NULL, other_given, v));
    free(title);
}

static void ask_new_answer(struct talk_view *v)
{
    struct app *app = v->view.app;
    int item = talk_view_about(v)->question;
    const struct question *q = assessment_question(app_assessment(app), item);
    if (q->type == TYPE_SELECT_ONE && q->choices->count <= 9) {
        const char *words[9];
        for (size_t i = 0; i < q->choices->count; i++)
            words[i] = choice_label(v, &q->choices->choices[i]);
        app_push(app, view_pick_new(app, "Which answer is it, together?", words, q->choices->count,
                                    choice_picked, v));
        return;
    }
    char *how = typed_how(app_assessment(app), item, app_keyboard(app), app_language(app, app_keyboard(app)));
    char *title = xasprintf("Our answer, together. %s.", how);
    app_push(app, view_field_new(app, title, "", false, NULL, words_given, v));
    free(title);
    free(how);
}

void talk_put_forward(struct talk_view *v, size_t picked)
{
    struct app *app = v->view.app;
    struct settle_option options[SETTLE_MOST];
    size_t count = talk_view_options(v, options);
    bool there = picked < count;
    if (there) {
        v->chosen = options[picked];
        v->chosen.words = NULL;
    }
    settle_release(options, count);
    if (!there)
        return;
    switch (v->chosen.needs) {
    case NEEDS_NOTHING:
        propose(v, NULL, NULL, NULL, NULL); /* where it is stopped, the view is gone */
        break;
    case NEEDS_ANSWER:
        ask_new_answer(v);
        break;
    case NEEDS_WHAT:
        app_push(app, view_field_new(app, "What do you need to find out?", "", true, NULL, words_given, v));
        break;
    case NEEDS_ASKING:
        app_push(app, view_field_new(app, "What do you ask?", "", true, NULL, words_given, v));
        break;
    }
}

/* ---- saying yes ---- */

void talk_say_yes(struct talk_view *v, int side)
{
    struct app *app = v->view.app;
    enum who party = app_party_at(app, side);
    char *cause = NULL;
    if (!talk_view_about(v)->proposal.seq && talk_view_live(v)) {
        talk_go(&v->talk, TALK_WRITE);
        app_say(app, "First pick one of these. Then both say yes to it.");
        return;
    }
    if (!settle_confirm(app_session(app), talk_view_about(v), party, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    if (disagreement_is_live(talk_view_about(v))) {
        app_say(app, "%s says yes. Now %s.", app_name(app, party), app_name(app, who_other(party)));
        return;
    }
    char *outcome = words_outcome(app_assessment(app), talk_view_about(v), app_language(app, party));
    size_t length = strlen(outcome);
    app_say(app, "Saved. %s%s", outcome,
            length && (strchr(".?!", outcome[length - 1]) || strstr(outcome + length - 3, "”")) ? "" : ".");
    free(outcome);
    v->talk.at = TALK_MOVED;
    talk_look_back(v);
}

/* ---- why they moved ---- */

static void keep_reason(struct app *app, struct moved *moved, const char *text)
{
    const struct disagreement *d = assessment_disagreement_of_id(app_assessment(app), moved->id);
    char *cause = NULL;
    if (talk_say_reason(app_session(app), d, moved->who, moved->reason, text, &cause))
        app_say(app, "Saved.");
    else
        app_say_cause(app, cause);
    moved->done(app, true, moved->context);
}

static bool reason_words(struct app *app, const char *text, void *context)
{
    keep_reason(app, context, text);
    return true;
}

static void no_reason_words(struct app *app, void *context)
{
    keep_reason(app, context, NULL);
}

static void reason_picked(struct app *app, size_t picked, void *context)
{
    struct moved *moved = context;
    moved->reason = (enum reason)picked;
    char *title = xasprintf("%s: do you want to say more? Esc leaves it out.", app_name(app, moved->who));
    char *place = xasprintf("%s:moved", moved->id);
    struct view *field = view_field_new(app, title, "", true, place, reason_words, moved);
    view_field_left(field, no_reason_words);
    app_push(app, field);
    free(place);
    free(title);
}

static void no_reason(struct app *app, void *context)
{
    struct moved *moved = context;
    moved->done(app, false, moved->context);
}

void moved_ask(struct app *app, struct moved *moved)
{
    const char *words[REASON_OTHER + 1];
    for (int reason = 0; reason <= REASON_OTHER; reason++)
        words[reason] = words_reason((enum reason)reason);
    struct talk_turn turn = {TALK_MOVED, TALK_ASKS_REASON, moved->who, 0};
    char *title = talk_prompt(app_assessment(app), &turn, app_language(app, moved->who));
    app_hand_over(app, moved->who);
    struct view *pick = view_pick_new(app, title, words, REASON_OTHER + 1, reason_picked, moved);
    view_pick_left(pick, no_reason);
    app_push(app, pick);
    free(title);
}

/* ---- looking back ---- */

static void reason_done(struct app *app, bool said, void *context)
{
    struct talk_view *v = context;
    (void)app;
    if (!said)
        talk_leave_out(&v->talk, &v->turn);
    talk_look_back(v);
}

static void heard_picked(struct app *app, size_t picked, void *context)
{
    struct talk_view *v = context;
    char *cause = NULL;
    if (!settle_heard(app_session(app), talk_view_about(v), v->turn.who, (int)picked + 1, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    talk_look_back(v);
}

static void heard_left(struct app *app, void *context)
{
    struct talk_view *v = context;
    (void)app;
    talk_leave_out(&v->talk, &v->turn);
    talk_look_back(v);
}

/* "I was heard", each on their own: what is pressed shows when both have said it. */
static void ask_heard(struct talk_view *v)
{
    static const char *const words[] = {"Not at all", "A little", "Partly", "Mostly", "Yes, fully"};
    struct app *app = v->view.app;
    char *prompt = talk_prompt(app_assessment(app), &v->turn, app_language(app, v->turn.who));
    char *title = xasprintf("%s It shows when both have said it.", prompt);
    struct view *pick = view_pick_new(app, title, words, 5, heard_picked, v);
    view_pick_hide(pick);
    view_pick_left(pick, heard_left);
    app_hand_over(app, v->turn.who);
    app_push(app, pick);
    free(title);
    free(prompt);
}

void talk_look_back(struct talk_view *v)
{
    struct app *app = v->view.app;
    talk_on(&v->talk, app_assessment(app));
    if (!talk_turn(&v->talk, app_assessment(app), &v->turn))
        return;
    if (v->turn.asks == TALK_ASKS_HEARD) {
        ask_heard(v);
        return;
    }
    v->moved = (struct moved){.who = v->turn.who, .done = reason_done, .context = v};
    memcpy(v->moved.id, v->talk.id, sizeof v->moved.id);
    moved_ask(app, &v->moved);
}
