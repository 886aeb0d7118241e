/* Raising by hand. It is asked in three steps, and each can be left with Esc: what it is about, what kind of
 * thing it is (one is proposed, any can be picked), and what they see differently. Only the last writes. */
#include "screen/raise.h"

#include "base/mem.h"
#include "screen/views.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ABOUT = 9, KINDS = KIND_PROCESS + 1 };

enum about { ABOUT_ANSWER, ABOUT_EVENT, ABOUT_WORDING, ABOUT_PROCESS, ABOUT_ELSE };

/* One at a time: it is asked at the foot of the screen, and forgotten when that is left. */
static struct {
    int item;
    long of;
    enum kind kind;
    struct {
        enum about about;
        long of;
    } offered[MOST_ABOUT];
    size_t count;
} raising;

static bool said(struct app *app, const char *text, void *context)
{
    const struct assessment *a = app_assessment(app);
    char *cause = NULL;
    (void)context;
    if (!*text)
        return true;
    json_t *intent = json_pack("{s:s, s:s, s:s, s:s}", "by", who_names[app_keyboard(app)], "event", "raised",
                               "kind", kind_names[raising.kind], "because", text);
    if (raising.item >= 0)
        json_object_set_new(intent, "question", json_string(assessment_path(a, raising.item)));
    if (raising.of)
        json_object_set_new(intent, "of", json_integer(raising.of));
    if (!session_do(app_session(app), intent, &cause))
        return app_say_cause(app, cause);
    app_say(app, "Saved. d shows all that you see differently.");
    const struct disagreement *d = assessment_disagreement(a, assessment_disagreements(a) - 1);
    if (disagreement_is_live(d))
        app_push(app, view_talk_new(app, d));
    return true;
}

static void kind_picked(struct app *app, size_t picked, void *context)
{
    (void)context;
    raising.kind = (enum kind)picked;
    char *title = xasprintf("%s: what do you see differently?", app_name(app, app_keyboard(app)));
    char *place = xasprintf("%s:raise", raising.item >= 0 ? assessment_path(app_assessment(app), raising.item)
                                                          : kind_names[raising.kind]);
    app_push(app, view_field_new(app, title, "", true, place, said, NULL));
    free(place);
    free(title);
}

void raise_about(struct app *app, int item, long of, enum kind kind)
{
    const char *words[KINDS];
    raising.item = item;
    raising.of = of;
    for (int i = 0; i < KINDS; i++)
        words[i] = words_kind((enum kind)i);
    char *title = xasprintf("What is it about? Enter: %s.", words[kind]);
    struct view *pick = view_pick_new(app, title, words, KINDS, kind_picked, NULL);
    view_pick_start(pick, (size_t)kind);
    app_push(app, pick);
    free(title);
}

static enum kind kind_of(const struct app *app, int item)
{
    const struct question *q = item >= 0 ? assessment_question(app_assessment(app), item) : NULL;
    if (!q)
        return KIND_PROCESS;
    if (q->kind >= 0)
        return (enum kind)q->kind;
    return q->type == TYPE_INTEGER || q->type == TYPE_DECIMAL || q->type == TYPE_RANGE ? KIND_SCORE
           : q->type == TYPE_TEXT                                                      ? KIND_WORDING
                                                                                       : KIND_FACT;
}

/* Is a difference about this question open already? Then it is said there. */
static const struct disagreement *open_about(const struct app *app, int item)
{
    const struct disagreement *d =
        item >= 0 ? assessment_disagreement_about(app_assessment(app), item) : NULL;
    return d && disagreement_is_live(d) ? d : NULL;
}

static void about_picked(struct app *app, size_t picked, void *context)
{
    int item = raising.item;
    long of = raising.offered[picked].of;
    enum kind kind = kind_of(app, item);
    (void)context;
    switch (raising.offered[picked].about) {
    case ABOUT_ANSWER:
        break;
    case ABOUT_EVENT:
        if (open_about(app, item))
            item = -1; /* one at a time about a question; what is about a note can be said beside it */
        kind = item < 0 ? KIND_FACT : kind;
        break;
    case ABOUT_WORDING:
        kind = KIND_WORDING;
        break;
    case ABOUT_PROCESS:
        kind = KIND_PROCESS;
        item = -1;
        break;
    case ABOUT_ELSE:
        kind = KIND_PRIORITY;
        item = -1;
        break;
    }
    const struct disagreement *d = open_about(app, item);
    if (d) {
        app_say(app, "You talk about this one already. w says more.");
        app_push(app, view_talk_new(app, d));
        return;
    }
    raise_about(app, item, of, kind);
}

static void offer(const char **words, enum about about, long of, const char *text)
{
    raising.offered[raising.count].about = about;
    raising.offered[raising.count].of = of;
    words[raising.count++] = text;
}

/* The notes about the question, or where there is none the promises, the latest first: as many as there is
 * room for. */
static size_t events_here(const struct app *app, int item, const struct event **events, size_t most)
{
    const struct assessment *a = app_assessment(app);
    size_t count = 0;
    for (size_t i = assessment_events(a); i-- > 0 && count < most;) {
        const struct event *event = assessment_event(a, i);
        const char *path = event_text(event, "question");
        bool note = event->kind == EVENT_NOTED && event_text(event, "text") && path &&
                    assessment_find(a, path) == item;
        if (!assessment_is_undone(a, event->seq) && (item >= 0 ? note : event->kind == EVENT_PROMISED))
            events[count++] = event;
    }
    return count;
}

void raise_here(struct app *app, int item)
{
    const char *words[MOST_ABOUT];
    const struct event *events[4];
    char *told[4];
    raising.count = 0;
    raising.item = item;
    if (item >= 0 && question_is_answered(assessment_question(app_assessment(app), item)))
        offer(words, ABOUT_ANSWER, 0, "This answer");
    size_t count = events_here(app, item, events, 4);
    for (size_t i = 0; i < count; i++) {
        told[i] =
            xasprintf(item >= 0 ? "A note here: “%s”" : "A promise: “%s”", event_text(events[i], "text"));
        offer(words, ABOUT_EVENT, events[i]->seq, told[i]);
    }
    if (item >= 0)
        offer(words, ABOUT_WORDING, 0, "How the question is put");
    offer(words, ABOUT_PROCESS, 0, "How we work together");
    offer(words, ABOUT_ELSE, 0, "Something else");
    char *title = xasprintf("%s: what do you see differently?", app_name(app, app_keyboard(app)));
    app_push(app, view_pick_new(app, title, words, raising.count, about_picked, NULL));
    free(title);
    for (size_t i = 0; i < count; i++)
        free(told[i]);
}
