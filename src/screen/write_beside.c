/* Writing beside what is in front. What is typed or picked comes back while that question is still in front,
 * so nothing but the number of a line of a list has to be carried along. */
#include "screen/write_beside.h"

#include "assessment/beside.h"
#include "base/mem.h"
#include "screen/raise.h"
#include "screen/views.h"

#include <stdint.h>
#include <stdlib.h>

static void *number_as_context(long number)
{
    return (void *)(intptr_t)number; // NOLINT: a number is all there is to carry
}

static long context_as_number(void *context)
{
    return (long)(intptr_t)context;
}

static void ask(struct app *app, const char *what, const char *text, const char *place,
                bool (*done)(struct app *, const char *, void *), long number)
{
    char *title = xasprintf("%s: %s", app_name(app, app_keyboard(app)), what);
    app_push(app, view_field_new(app, title, text, true, place, done, number_as_context(number)));
    free(title);
}

/* ---- words of one's own ---- */

static bool written(struct app *app, const char *text, void *context)
{
    enum beside kind = (enum beside)context_as_number(context);
    char *cause = NULL;
    if (!*text)
        return true;
    if (!beside_write(app_session(app), app_keyboard(app), kind, app_question(app), 0, text, &cause))
        return app_say_cause(app, cause);
    app_say(app, "%s", beside_kinds[kind].saved);
    return true;
}

void write_beside(struct app *app, enum beside kind)
{
    const struct beside_kind *b = &beside_kinds[kind];
    if (kind == BESIDE_RAISE) {
        raise_here(app, app_question(app));
        return;
    }
    char *place = xasprintf("%s:%s", assessment_path(app_assessment(app), app_question(app)), b->place);
    char *asks = kind == BESIDE_OFFER ? xasprintf("%s. Ctrl-N: the next line", b->asks) : xstrdup(b->asks);
    ask(app, asks, "", place, written, kind);
    free(asks);
    free(place);
}

static bool stated(struct app *app, const char *text, void *context)
{
    char *cause = NULL;
    if (*text && !beside_write(app_session(app), app_keyboard(app), BESIDE_STATEMENT, -1,
                               context_as_number(context), text, &cause))
        return app_say_cause(app, cause);
    if (*text)
        app_say(app, "Saved. It stands there in your own words.");
    return true;
}

void write_about_event(struct app *app, long seq)
{
    if (app_only_reads(app))
        return;
    char *place = xasprintf("#%ld:statement", seq),
         *what = xasprintf("what do you want to say to entry %ld?", seq);
    ask(app, what, "", place, stated, seq);
    free(what);
    free(place);
}

/* ---- what was learned from a difference ---- */

/* Which one, and what: a number is all there is to carry. */
static bool learned(struct app *app, const char *text, void *context)
{
    long number = context_as_number(context);
    const struct disagreement *d = assessment_disagreement(app_assessment(app), (size_t)(number / BESIDES));
    enum beside kind = (enum beside)(number % BESIDES);
    char *cause = NULL;
    if (*text && !beside_learn(app_session(app), app_keyboard(app), kind, d, text, &cause))
        return app_say_cause(app, cause);
    if (*text)
        app_say(app, "%s", beside_kinds[kind].saved);
    return true;
}

static void picked_learned(struct app *app, size_t picked, void *context)
{
    enum beside kinds[BESIDES];
    long number = context_as_number(context);
    if (picked >= beside_offered(app_keyboard(app), true, kinds))
        return;
    const struct disagreement *d = assessment_disagreement(app_assessment(app), (size_t)number);
    char *place = xasprintf("%s:%s", d->id, beside_kinds[kinds[picked]].place);
    ask(app, beside_kinds[kinds[picked]].asks, "", place, learned, number * BESIDES + (long)kinds[picked]);
    free(place);
}

void write_learned(struct app *app, size_t difference)
{
    enum beside kinds[BESIDES];
    const char *words[BESIDES];
    if (app_only_reads(app))
        return;
    size_t count = beside_offered(app_keyboard(app), true, kinds);
    for (size_t i = 0; i < count; i++)
        words[i] = beside_kinds[kinds[i]].label;
    char *title = xasprintf("%s: what do you want to write about it?", app_name(app, app_keyboard(app)));
    app_push(app,
             view_pick_new(app, title, words, count, picked_learned, number_as_context((long)difference)));
    free(title);
}

/* ---- an offer ---- */

static const struct event *waiting(const struct app *app)
{
    return offer_waiting(app_assessment(app), app_question(app), app_keyboard(app));
}

static void reply(struct app *app, size_t picked, const char *text)
{
    struct reply replies[MOST_REPLIES];
    const struct event *offer = waiting(app);
    char *cause = NULL;
    if (!offer)
        return;
    size_t count = beside_replies(offer, replies);
    if (picked < count &&
        !beside_reply(app_session(app), app_keyboard(app), offer, &replies[picked], text, &cause))
        app_say_cause(app, cause);
    else
        app_say(app, "Saved. F2 shows what was offered, and what became of it.");
    beside_replies_release(replies, count);
}

static bool changed(struct app *app, const char *text, void *context)
{
    if (*text)
        reply(app, (size_t)context_as_number(context), text);
    return true;
}

static void reply_picked(struct app *app, size_t picked, void *context)
{
    struct reply replies[MOST_REPLIES];
    const struct event *offer = waiting(app);
    (void)context;
    if (!offer)
        return;
    size_t count = beside_replies(offer, replies);
    if (picked < count && replies[picked].how == 1)
        ask(app, "what instead? Change the words as you like.", beside_option(offer, replies[picked].option),
            NULL, changed, (long)picked);
    else
        reply(app, picked, NULL);
    beside_replies_release(replies, count);
}

static void answer_offer(struct app *app)
{
    struct reply replies[MOST_REPLIES];
    const struct event *offer = waiting(app);
    const char *words[MOST_REPLIES];
    if (!offer)
        return;
    size_t count = beside_replies(offer, replies);
    for (size_t i = 0; i < count; i++)
        words[i] = replies[i].words;
    char *title = xasprintf("%s: what do you make of %s's offer?", app_name(app, app_keyboard(app)),
                            app_name(app, offer->by));
    app_push(app, view_pick_new(app, title, words, count, reply_picked, NULL));
    free(title);
    beside_replies_release(replies, count);
}

/* ---- which of them ---- */

static void picked_kind(struct app *app, size_t picked, void *context)
{
    size_t first = (size_t)context_as_number(context);
    enum beside kinds[BESIDES];
    size_t count = beside_offered(app_keyboard(app), false, kinds);
    if (picked < first)
        answer_offer(app);
    else if (picked - first < count)
        write_beside(app, kinds[picked - first]);
}

void write_menu(struct app *app)
{
    const char *words[BESIDES + 1];
    size_t count = 0;
    char *offer = beside_waiting(app_assessment(app), app_question(app), app_keyboard(app),
                                 app_language(app, app_keyboard(app)));
    long first = *offer != '\0';
    if (first)
        words[count++] = offer;
    enum beside kinds[BESIDES];
    size_t kind_count = beside_offered(app_keyboard(app), false, kinds);
    for (size_t i = 0; i < kind_count; i++)
        words[count++] = beside_kinds[kinds[i]].label;
    char *title = xasprintf("%s: what do you want to write here?", app_name(app, app_keyboard(app)));
    app_push(app, view_pick_new(app, title, words, count, picked_kind, number_as_context(first)));
    free(title);
    free(offer);
}
