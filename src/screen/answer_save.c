/* Saving an answer, and what is asked around it: the words of a choice that asks for some, what its warning
 * asks back, how it is known, why. Then it is the other's turn. */
#include "screen/answer.h"

#include "base/mem.h"
#include "screen/drafts.h"
#include "screen/views.h"
#include "session/typed.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

struct pane *answer_active(const struct answer_view *v)
{
    return v->pane[answer_is_together(v) ? TOGETHER : app_keyboard(v->view.app)];
}

void answer_forget_warning(struct answer_view *v)
{
    json_decref(v->warned);
    v->warned = NULL;
}

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
    bool hides = pane_hides(v->pane[party]); /* then nothing is read off what is asked next */
    return (answer->value || (hides && answer_given(answer))) && !answer->because &&
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

static void ask_reason(struct answer_view *v, void (*left)(struct app *, void *));

/* The reason was given or left out. It is the other's turn; where both have answered and differ, they are
 * asked why too, once. */
static void reason_left(struct app *app, void *context)
{
    struct answer_view *v = context;
    enum who party = app_keyboard(app), other = who_other(party);
    say_saved(v, party);
    if (others_turn(v, party)) {
        app_hand_over(app, other);
    } else if (differ(v) && party == v->saved && reason_wanted(v, other)) {
        app_hand_over(app, other);
        app_say(app, "Saved. Now %s.", app_name(app, other));
        ask_reason(v, reason_left);
    }
}

static bool reason_given(struct app *app, const char *text, void *context)
{
    struct answer_view *v = context;
    enum who party = app_keyboard(app);
    const struct answer *answer = assessment_answer(app_assessment(app), v->question, party);
    char *cause = NULL;
    if (!answer_given(answer) || (!*text && !v->why_asked))
        return true;
    if (*text && !answer->value) {
        /* Skipped without anybody seeing it: the reason stands beside that. */
        if (!session_decline_hidden(app_session(app), party, v->question, answer->missing, text, &cause))
            return app_say_cause(app, cause);
    } else if (*text &&
               !session_answer(app_session(app), party, v->question, json_incref((json_t *)answer->value),
                               text, evidence_names[answer->evidence], &cause))
        return app_say_cause(app, cause);
    reason_left(app, v);
    return true;
}

static void ask_reason(struct answer_view *v, void (*left)(struct app *, void *))
{
    struct app *app = v->view.app;
    const struct answer *answer = assessment_answer(app_assessment(app), v->question, app_keyboard(app));
    bool hides = pane_hides(v->pane[app_keyboard(app)]);
    if (hides ? !answer_given(answer) : !answer->value) {
        app_say(app, "First pick an answer. Then say why.");
        return;
    }
    char *title =
        xasprintf("%s: why? In your own words. Esc leaves it out.", app_name(app, app_keyboard(app)));
    char *place = xasprintf("%s:why", answer_path(v));
    struct view *field =
        view_field_new(app, title, answer->because ? answer->because : "", true, place, reason_given, v);
    view_field_left(field, left);
    if (hides)
        view_field_hide(field);
    v->why_asked = left != NULL;
    app_push(app, field);
    free(title);
    free(place);
}

void answer_ask_reason(struct answer_view *v)
{
    v->saved = app_keyboard(v->view.app);
    ask_reason(v, NULL);
}

static void evidence_picked(struct app *app, size_t picked, void *context)
{
    struct answer_view *v = context;
    enum who party = app_keyboard(app);
    const struct answer *answer = assessment_answer(app_assessment(app), v->question, party);
    char *cause = NULL;
    /* Skipped without anybody seeing it: as many entries as an answer makes. */
    bool skipped = answer->missing != MISSING_NONE && pane_hides(v->pane[party]);
    if (skipped && !session_decline_hidden(app_session(app), party, v->question, answer->missing,
                                           answer->because, &cause))
        app_say_cause(app, cause);
    else if (answer->value &&
             !session_answer(app_session(app), party, v->question, json_incref((json_t *)answer->value),
                             answer->because, evidence_names[picked + 1], &cause))
        app_say_cause(app, cause);
}

static void ask_evidence(struct answer_view *v, void (*picked)(struct app *, size_t, void *),
                         void (*left)(struct app *, void *))
{
    struct app *app = v->view.app;
    const struct answer *answer = assessment_answer(app_assessment(app), v->question, app_keyboard(app));
    bool hides = pane_hides(v->pane[app_keyboard(app)]);
    if (hides ? !answer_given(answer) : !answer->value) {
        app_say(app, "First pick an answer. Then say how you know.");
        return;
    }
    const char *words[8];
    size_t count = 0;
    for (int e = EVIDENCE_SAW; e <= EVIDENCE_UNCHECKED; e++)
        words[count++] = words_evidence((enum evidence)e);
    char *title = xasprintf("%s: how do you know?", app_name(app, app_keyboard(app)));
    struct view *pick = view_pick_new(app, title, words, count, picked, v);
    view_pick_left(pick, left);
    if (hides)
        view_pick_hide(pick);
    app_push(app, pick);
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

void answer_skip(struct answer_view *v)
{
    struct app *app = v->view.app;
    if (pane_hides(answer_active(v))) {
        pane_skip(answer_active(v));
        return;
    }
    const char *words[] = {words_missing(MISSING_NOT_SURE), words_missing(MISSING_DOES_NOT_APPLY),
                           words_missing(MISSING_RATHER_NOT_SAY)};
    char *title = xasprintf("%s: skip this one because", app_name(app, app_keyboard(app)));
    app_push(app, view_pick_new(app, title, words, 3, skip_picked, v));
    free(title);
}

/* What comes after an answer was saved, and how it is known: the reason if it is asked for, the other's turn
 * if they have not answered. */
static void go_on_from(struct answer_view *v, enum who party)
{
    say_saved(v, party);
    v->saved = party;
    if (reason_wanted(v, party)) {
        if (differ(v))
            app_say(v->view.app, "Saved. You see this differently. Nobody is wrong.");
        ask_reason(v, reason_left);
    } else if (others_turn(v, party)) {
        app_hand_over(v->view.app, who_other(party));
    }
}

static void evidence_given(struct app *app, size_t picked, void *context)
{
    enum who party = app_keyboard(app);
    evidence_picked(app, picked, context);
    go_on_from(context, party);
}

static void evidence_left_out(struct app *app, void *context)
{
    go_on_from(context, app_keyboard(app));
}

/* How they know and why was asked when they answered first. */
static void moved_said(struct app *app, bool said, void *context)
{
    struct answer_view *v = context;
    (void)app;
    (void)said;
    say_saved(v, v->moved.who);
}

/* They differ, and one of them has come to see it another way: that is worth a word, before anything else. */
static bool ask_moved(struct answer_view *v, enum who party)
{
    struct app *app = v->view.app;
    const struct assessment *a = app_assessment(app);
    const struct disagreement *d = assessment_disagreement_about(a, v->question);
    if (!d || !disagreement_is_live(d) || !talk_moved(a, d, party))
        return false;
    v->moved = (struct moved){.who = party, .done = moved_said, .context = v};
    memcpy(v->moved.id, d->id, sizeof v->moved.id);
    app_say(app, "Saved.");
    moved_ask(app, &v->moved);
    return true;
}

static void after_saving(struct answer_view *v, enum who party)
{
    struct app *app = v->view.app;
    const struct answer *answer = assessment_answer(app_assessment(app), v->question, party);
    bool wanted = answer->value || pane_hides(v->pane[party]);
    if (ask_moved(v, party))
        return;
    if (!answer_question(v)->evidence || !wanted || answer->evidence != EVIDENCE_NONE) {
        go_on_from(v, party);
        return;
    }
    app_say(app, "Saved.");
    ask_evidence(v, evidence_given, evidence_left_out);
}

/* Where the question's warning asks back about the answer, Enter again keeps it. True where it may be saved.
 */
static bool warning_read(struct answer_view *v, enum who party, const json_t *value)
{
    struct app *app = v->view.app;
    char *warning = pane_hides(answer_active(v))
                        ? session_hidden_warning(app_session(app), party, v->question)
                        : session_warning(app_session(app), party, v->question, value);
    bool kept = !warning || (v->warned && json_equal(v->warned, value));
    answer_forget_warning(v);
    if (!kept) {
        v->warned = json_deep_copy(value);
        size_t length = strlen(warning);
        app_say(app, "%s%s Enter keeps it.", warning,
                length && strchr(".?!", warning[length - 1]) ? "" : ".");
    }
    free(warning);
    return kept;
}

/* ---- words with a choice ---- */

static bool words_given(struct app *app, const char *text, void *context)
{
    struct answer_view *v = context;
    struct pane *pane = answer_active(v);
    pane_say_words(pane, text);
    if (!*text)
        return true;
    /* Where one is picked, that is the answer. */
    if (answer_question(v)->type == TYPE_SELECT_ONE)
        answer_save(v);
    else
        app_say(app, "Enter saves your answer.");
    return true;
}

/* What was picked asks for words. False where it does not. */
bool answer_ask_words(struct answer_view *v)
{
    struct app *app = v->view.app;
    const char *label, *words;
    if (!pane_asks_words(answer_active(v), &label, &words))
        return false;
    char *title = xasprintf("%s: in your own words. Esc leaves it out.", label);
    struct view *field = view_field_new(app, title, words, false, NULL, words_given, v);
    if (pane_hides(answer_active(v)))
        view_field_hide(field);
    app_push(app, field);
    free(title);
    return true;
}

/* Why not; of a hidden answer the same for each. */
static bool say_not_taken(struct answer_view *v, char *cause)
{
    struct app *app = v->view.app;
    if (!pane_hides(answer_active(v)))
        return app_say_cause(app, cause);
    free(cause);
    return app_say_cause(app, session_not_taken(app_session(app), app_keyboard(app), v->question));
}

/* ---- what is hidden ---- */

static bool some_ask_words(const struct question *q)
{
    for (size_t i = 0; q->choices && i < q->choices->count; i++) {
        if (q->choices->choices[i].other)
            return true;
    }
    return false;
}

/* They are asked for whatever was picked, and left out where it needs none. */
static bool hidden_words_given(struct app *app, const char *text, void *context)
{
    struct answer_view *v = context;
    struct pane *pane = answer_active(v);
    (void)app;
    json_t *value = pane_value(pane, NULL);
    const struct choice *wordless = value ? typed_lacks_words(answer_question(v), value) : NULL;
    if (wordless && *text) {
        pane_go_to(pane, wordless);
        pane_say_words(pane, text);
    }
    json_decref(value);
    v->worded = true;
    answer_save(v);
    return true;
}

static bool ask_hidden_words(struct answer_view *v)
{
    struct app *app = v->view.app;
    if (!pane_hides(answer_active(v)) || v->worded || !some_ask_words(answer_question(v)))
        return false;
    struct view *field =
        view_field_new(app, "If you picked one that wants words, type them now. Else only Enter.", "", false,
                       NULL, hidden_words_given, v);
    view_field_hide(field);
    app_push(app, field);
    return true;
}

static bool skip_hidden(struct answer_view *v, enum who party)
{
    struct app *app = v->view.app;
    struct pane *pane = answer_active(v);
    char *cause = NULL, *words = session_hidden_warning(app_session(app), party, v->question);
    enum missing missing = pane_skipped(pane);
    bool read = !words || (v->warned && json_is_null(v->warned));
    if (!read) {
        answer_forget_warning(v);
        v->warned = json_null();
        app_say(app, "%s Enter keeps it.", words);
    }
    free(words);
    if (!read)
        return false;
    answer_forget_warning(v);
    const char *because = assessment_answer(app_assessment(app), v->question, party)->because;
    if (!session_decline_hidden(app_session(app), party, v->question, missing, because, &cause))
        return app_say_cause(app, cause);
    v->worded = false;
    pane_settled(pane);
    drafts_drop(app, answer_path(v), party);
    after_saving(v, party);
    return true;
}

/* Would it be taken, once a warning is read? Why not has been said. */
static bool could_be(struct answer_view *v, enum who party, const json_t *value)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    json_t *intent = json_pack("{s:s, s:s, s:s, s:O, s:b}", "by", who_names[party], "event",
                               answer_is_together(v) ? "proposed" : "answered", "question", answer_path(v),
                               "value", value, "passed", 1);
    bool could = session_may(app_session(app), intent, &cause);
    json_decref(intent);
    if (!could)
        say_not_taken(v, cause);
    return could;
}

bool answer_save(struct answer_view *v)
{
    struct app *app = v->view.app;
    enum who party = app_keyboard(app);
    char *cause = NULL;
    struct pane *pane = answer_active(v);
    const struct answer *old = assessment_answer(app_assessment(app), v->question, party);
    bool skipped = pane_hides(pane) && pane_skipped(pane) != MISSING_NONE;
    json_t *value = skipped ? NULL : pane_value(pane, &cause);
    if (!value && !skipped)
        return pane_is_text(pane) ? say_not_taken(v, cause) : app_say_cause(app, cause);
    if (ask_hidden_words(v)) {
        json_decref(value);
        return false;
    }
    if (skipped)
        return skip_hidden(v, party);
    const struct choice *wordless = typed_lacks_words(answer_question(v), value);
    if (wordless && pane_hides(pane)) {
        json_decref(value);
        v->worded = false;
        return say_not_taken(v, NULL);
    }
    if (wordless || !could_be(v, party, value) || !warning_read(v, party, value)) {
        json_decref(value);
        if (wordless) {
            pane_go_to(pane, wordless);
            answer_ask_words(v);
        }
        return false;
    }
    if (answer_is_together(v)) {
        answer_propose(v, value);
        return true;
    }
    if (!(pane_is_private(pane) ? session_answer_hidden : session_answer_passed)(
            app_session(app), party, v->question, value, old->because, evidence_names[old->evidence], &cause))
        return app_say_cause(app, cause);
    v->worded = false;
    pane_settled(pane);
    drafts_drop(app, answer_path(v), party);
    after_saving(v, party);
    return true;
}

void answer_ask_evidence(struct answer_view *v)
{
    ask_evidence(v, evidence_picked, NULL);
}
