/* All that the two see differently, the open ones first. Enter goes to the talk. */
#include "screen/views.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "session/words.h"

#include <stdlib.h>

static void add(struct app *app, struct list *list, int columns, int i)
{
    const struct assessment *a = app_assessment(app);
    const struct disagreement *d = assessment_disagreement(a, (size_t)i);
    enum who reader = app_keyboard(app);
    int language = app_language(app, reader);
    char *topic = words_about(a, d, reader, language), *outcome = words_outcome(a, d, language);
    char *line = xasprintf("%s. %s", d->id + 1, topic);
    list_add_wrapped(list, disagreement_is_live(d) ? STYLE_STRONG : STYLE_PLAIN, i, columns, 3, line);
    free(line);
    if (d->question >= 0 && d->after[PRACTITIONER].value && d->after[SERVICE_USER].value) {
        char *words[2];
        for (int side = 0; side < 2; side++)
            words[side] = words_answer_brief(a, d->question, app_party_at(app, side), language);
        line = xasprintf("   %s: %s   %s: %s", app_name(app, app_party_at(app, 0)), words[0],
                         app_name(app, app_party_at(app, 1)), words[1]);
        list_add_wrapped(list, STYLE_PLAIN, i, columns, 3, line);
        free(line);
        free(words[0]);
        free(words[1]);
    }
    line = xasprintf("   %s", outcome);
    list_add_wrapped(list, STYLE_PLAIN, i, columns, 3, line);
    free(line);
    free(topic);
    free(outcome);
}

static void build(struct app *app, struct list *list, int columns, int about)
{
    const struct assessment *a = app_assessment(app);
    (void)about;
    size_t count = assessment_disagreements(a), shown = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            const struct disagreement *d = assessment_disagreement(a, i);
            if (d->state == STATE_WITHDRAWN || disagreement_is_live(d) != (pass == 0))
                continue;
            add(app, list, columns, (int)i);
            shown++;
        }
    }
    if (!shown)
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0,
                         "So far you see nothing differently. With r on a question you can say that you do.");
}

static void open_talk(struct app *app, int target)
{
    const struct disagreement *d = assessment_disagreement(app_assessment(app), (size_t)target);
    app_go(app, d->question);
    app_push(app, view_talk_new(app, d));
}

static const struct list_kind kind = {"What we see differently", build, open_talk, "Talk"};

struct view *view_differences_new(struct app *app)
{
    return view_list_new(app, &kind, 0);
}
