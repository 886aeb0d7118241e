/* Raising by hand. It is asked in three steps, and each can be left with Esc: what it is about, what kind of
 * thing it is (one is proposed, any can be picked), and what they see differently. Only the last writes. */
#include "screen/raise.h"

#include "base/mem.h"
#include "screen/views.h"
#include "session/raise.h"
#include "session/words_beside.h"

#include <stdlib.h>

/* What is being raised: asked for at the foot of the screen, one at a time, and forgotten when that is left.
 */
static int raising_from;
static struct raise_option raising;
static enum kind raising_kind;

static bool said(struct app *app, const char *text, void *context)
{
    const struct assessment *a = app_assessment(app);
    char *cause = NULL;
    (void)context;
    if (!*text)
        return true;
    if (!raise_it(app_session(app), app_keyboard(app), &raising, raising_kind, text, &cause))
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
    raising_kind = (enum kind)picked;
    char *title = xasprintf("%s: what do you see differently?", app_name(app, app_keyboard(app)));
    char *place = raising.item >= 0
                      ? xasprintf("%s:raise", assessment_path(app_assessment(app), raising.item))
                      : xstrdup("raise");
    app_push(app, view_field_new(app, title, "", true, place, said, NULL));
    free(place);
    free(title);
}

static void ask_kind(struct app *app)
{
    const char *words[RAISE_KINDS];
    for (int i = 0; i < RAISE_KINDS; i++)
        words[i] = words_kind((enum kind)i);
    char *title = xasprintf("What is it about? Enter: %s.", words[raising.kind]);
    struct view *pick = view_pick_new(app, title, words, RAISE_KINDS, kind_picked, NULL);
    view_pick_start(pick, (size_t)raising.kind);
    app_push(app, pick);
    free(title);
}

void raise_about(struct app *app, int item, long of, enum kind kind)
{
    raising = (struct raise_option){.item = item, .of = of, .kind = kind};
    ask_kind(app);
}

static void about_picked(struct app *app, size_t picked, void *context)
{
    const struct assessment *a = app_assessment(app);
    struct raise_option options[RAISE_MOST];
    size_t count = raise_options(a, raising_from, options);
    (void)context;
    if (picked < count)
        raising = options[picked];
    raising.words = NULL;
    raise_release(options, count);
    const struct disagreement *d = assessment_disagreement_of_id(a, raising.open);
    if (picked >= count)
        return;
    if (d) {
        app_say(app, "You talk about this one already. w says more.");
        app_push(app, view_talk_new(app, d));
    } else {
        ask_kind(app);
    }
}

void raise_here(struct app *app, int item)
{
    struct raise_option options[RAISE_MOST];
    const char *words[RAISE_MOST];
    size_t count = raise_options(app_assessment(app), item, options);
    for (size_t i = 0; i < count; i++)
        words[i] = options[i].words;
    raising_from = item;
    char *title = xasprintf("%s: what do you see differently?", app_name(app, app_keyboard(app)));
    app_push(app, view_pick_new(app, title, words, count, about_picked, NULL));
    free(title);
    raise_release(options, count);
}
