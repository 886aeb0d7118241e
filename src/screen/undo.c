/* Taking back what was done, and bringing it back. Each takes back their own only. When an answer is saved
 * the keyboard goes to the other by itself, and a slip is seen just then: so it is asked whose is meant, and
 * the keyboard goes back to them. */
#include "screen/undo.h"

#include "base/mem.h"
#include "screen/views.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdlib.h>

/* What is undone or comes back is looked at: the question that it was about. */
static void go_where(struct app *app, const struct event *event)
{
    const struct assessment *a = app_assessment(app);
    const char *name = event_text(event, "question"), *id = event_text(event, "disagreement");
    const struct disagreement *d = id ? assessment_disagreement_of_id(a, id) : NULL;
    int question = name ? assessment_find(a, name) : d ? d->question : -1;
    if (question >= 0 && walk_stops(a, question))
        app_go(app, question);
}

static void undo_of(struct app *app, enum who party)
{
    char *cause = NULL;
    long seq = assessment_undoable(app_assessment(app), party);
    app_give_keyboard(app, party);
    if (!session_undo(app_session(app), party, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    const struct event *event = assessment_event_numbered(app_assessment(app), seq);
    char *act = words_act(app_assessment(app), event, app_language(app, party));
    go_where(app, event);
    app_say(app, "Undone: %s.%s", act,
            assessment_redoable(app_assessment(app), party) ? " Ctrl-R brings it back." : "");
    free(act);
}

/* The one whose act came last is named first. */
static void picked(struct app *app, size_t which, void *context)
{
    (void)context;
    enum who keyboard = app_keyboard(app);
    undo_of(app, which == 0 ? who_other(keyboard) : keyboard);
}

void undo_last(struct app *app)
{
    const struct assessment *a = app_assessment(app);
    enum who keyboard = app_keyboard(app), other = who_other(keyboard);
    long own = assessment_undoable(a, keyboard), others = assessment_undoable(a, other);
    if (!app_was_handed_over(app) || others <= own) { /* the same only where neither has done anything */
        undo_of(app, keyboard);
        return;
    }
    const long seqs[] = {others, own};
    char *words[2];
    size_t count = own ? 2 : 1;
    for (size_t i = 0; i < count; i++) {
        const struct event *event = assessment_event_numbered(app_assessment(app), seqs[i]);
        int language = app_language(app, keyboard);
        char *act = words_act(a, event, language), *topic = words_topic(a, event, keyboard, language);
        words[i] = *topic ? xasprintf("%s: %s", act, topic) : xstrdup(act);
        free(act);
        free(topic);
    }
    app_push(app, view_pick_new(app, "Undo what?", (const char *const *)words, count, picked, NULL));
    for (size_t i = 0; i < count; i++)
        free(words[i]);
}

void undo_redo(struct app *app)
{
    char *cause = NULL;
    enum who keyboard = app_keyboard(app);
    long seq = assessment_redoable(app_assessment(app), keyboard);
    /* What is brought back is an undo undone: what that was about. */
    long of = seq ? event_integer(assessment_event_numbered(app_assessment(app), seq), "of") : 0;
    if (!session_redo(app_session(app), keyboard, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    go_where(app, assessment_event_numbered(app_assessment(app), of));
    app_say(app, "It is back.");
}
