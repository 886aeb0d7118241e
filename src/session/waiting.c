/* What disagreements wait for, and what has come back of it. All of it is read from the turns each time: a
 * disagreement can wait more than once. */
#include "session/waiting.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "session/words_beside.h"

#include <stdlib.h>

static const struct event *turn(const struct assessment *a, const struct disagreement *d, size_t i)
{
    return assessment_event_numbered(a, d->turns[i]);
}

char *waiting_for_words(const struct event *event)
{
    struct strbuf sb = STRBUF_INIT;
    const char *what = event_text(event, "what"), *from = event_text(event, "from");
    const char *by_when = event_text(event, "by_when");
    strbuf_addf(&sb, "“%s”", what ? what : "");
    if (from)
        strbuf_addf(&sb, " from %s", from);
    if (by_when)
        strbuf_addf(&sb, ", until %s", words_day(by_when));
    return strbuf_detach(&sb);
}

char *waiting_asked_words(const struct event *event)
{
    const char *to = event_text(event, "to"), *asking = event_text(event, "asking");
    return xasprintf("%s: “%s”", to ? to : "someone else", asking ? asking : "");
}

const struct event *waiting_referral(const struct assessment *a, const struct disagreement *d)
{
    for (size_t i = d->turn_count; i-- > 0;) {
        if (turn(a, d, i)->kind == EVENT_REFERRED)
            return turn(a, d, i);
    }
    return NULL;
}

const struct event *waiting_reply(const struct assessment *a, const struct disagreement *d)
{
    for (size_t i = d->turn_count; i-- > 0;) {
        const struct event *event = turn(a, d, i);
        if (event->kind == EVENT_REFERRED)
            return NULL;
        if (event->kind == EVENT_SAID && event->by == SUPERVISOR && event_text(event, "text"))
            return event;
    }
    return NULL;
}

/* What the program opened it again for: the sitting, or the words, that came before. */
static bool reopened_by_itself(const struct assessment *a, const struct event *reopened)
{
    const struct event *cause = reopened;
    while (cause && cause->by == ALONGSIDE)
        cause = assessment_event_numbered(a, cause->seq - 1);
    return cause && (cause->kind == EVENT_SAT || cause->by == SUPERVISOR);
}

const struct event *waiting_came_back(const struct assessment *a, const struct disagreement *d)
{
    if (!disagreement_is_live(d))
        return NULL;
    const struct event *reopened = NULL;
    for (size_t i = d->turn_count; i-- > 0;) {
        const struct event *event = turn(a, d, i);
        if (!reopened && event->kind == EVENT_REOPENED) {
            if (!reopened_by_itself(a, event))
                return NULL;
            reopened = event;
        }
        if (event->kind == EVENT_RESOLVED)
            return NULL;
        if (reopened && (event->kind == EVENT_PARKED || event->kind == EVENT_REFERRED))
            return event;
    }
    return NULL;
}

static const char *name_of(const struct event *reply)
{
    const char *name = reply ? event_text(reply, "name") : NULL;
    return name ? name : "The supervisor";
}

char *waiting_brief(const struct assessment *a, const struct disagreement *d)
{
    const struct event *waited = waiting_came_back(a, d);
    if (!waited)
        return xstrdup("");
    if (waited->kind == EVENT_REFERRED)
        return xasprintf("%s has answered what you asked. t shows it.",
                         name_of(waiting_reply(a, d)));
    char *what = waiting_for_words(waited);
    char *words = xasprintf("Has it come: %s?", what);
    free(what);
    return words;
}

char *waiting_came_back_words(const struct assessment *a, const struct disagreement *d)
{
    const struct event *waited = waiting_came_back(a, d);
    if (!waited)
        return xstrdup("");
    if (waited->kind == EVENT_PARKED) {
        char *what = waiting_for_words(waited);
        char *words = xasprintf("You were waiting for %s. Has it come?", what);
        free(what);
        return words;
    }
    const struct event *reply = waiting_reply(a, d);
    return xasprintf("%s answered what you asked: “%s”", name_of(reply),
                     reply ? event_text(reply, "text") : "");
}

size_t waiting_back(const struct assessment *a, const struct disagreement **list)
{
    size_t count = 0;
    for (size_t i = 0; i < assessment_disagreements(a); i++) {
        const struct disagreement *d = assessment_disagreement(a, i);
        if (!waiting_came_back(a, d) || (d->question >= 0 && !assessment_shown(a, d->question)))
            continue;
        if (list)
            list[count] = d;
        count++;
    }
    return count;
}
