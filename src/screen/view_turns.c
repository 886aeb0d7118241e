/* All that was said and done about a difference, word for word and in order. */
#include "screen/views.h"

#include "base/date.h"
#include "base/mem.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

static void add_event(const struct assessment *a, struct list *list, int columns, const struct event *event,
                      char day[16])
{
    char now[16];
    snprintf(now, sizeof now, "%.10s", event->at);
    if (strcmp(now, day) != 0) {
        list_add(list, STYLE_STRONG, -1, "%s", words_day(now));
        memcpy(day, now, sizeof now);
    }
    char *told = words_turn(a, event, 0);
    char *line =
        xasprintf("%ld. %s%s", event->seq, told, assessment_is_undone(a, event->seq) ? " (taken back)" : "");
    list_add_wrapped(list, STYLE_PLAIN, -1, columns, 4, line);
    free(line);
    free(told);
}

static void build(struct app *app, struct list *list, int columns, int about)
{
    const struct assessment *a = app_assessment(app);
    const struct disagreement *d = assessment_disagreement(a, (size_t)about);
    enum who reader = app_keyboard(app);
    int language = app_language(app, reader);
    char day[16] = "", *topic = words_about(a, d, reader, language), *outcome = words_outcome(a, d, language);
    list_add_wrapped(list, STYLE_STRONG, -1, columns, 0, topic);
    list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, outcome);
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    const struct event *of = d->of ? assessment_event_numbered(a, d->of) : NULL;
    if (of)
        add_event(a, list, columns, of, day);
    for (size_t i = 0; i < d->turn_count; i++)
        add_event(a, list, columns, assessment_event_numbered(a, d->turns[i]), day);
    free(topic);
    free(outcome);
}

static const struct list_kind kind = {"All that was said about it", build, NULL, NULL};

struct view *view_turns_new(struct app *app, const struct disagreement *d)
{
    return view_list_new(app, &kind, (int)strtol(d->id + 1, NULL, 10) - 1);
}
