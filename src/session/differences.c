/* What the two see differently, as a list of it tells it. */
#include "session/differences.h"

#include "base/date.h"
#include "base/mem.h"
#include "session/supervise.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdio.h>
#include <stdlib.h>

enum difference_part difference_part(const struct disagreement *d)
{
    if (d->state == STATE_WITHDRAWN)
        return DIFFERENCE_PARTS;
    if (disagreement_is_live(d))
        return DIFFERENCE_OPEN;
    return d->state == STATE_PARKED || d->state == STATE_REFERRED ? DIFFERENCE_WAITING : DIFFERENCE_SETTLED;
}

const char *difference_part_title(enum difference_part part)
{
    static const char *const titles[] = {"Open", "Waiting", "Settled"};
    return titles[part];
}

char *difference_apart(const struct assessment *a, const struct disagreement *d)
{
    const json_t *practitioner = d->after[PRACTITIONER].value, *service_user = d->after[SERVICE_USER].value;
    if (d->question < 0 || !practitioner || !service_user)
        return xstrdup("");
    if (assessment_question(a, d->question)->type == TYPE_SELECT_MULTIPLE)
        return xstrdup(""); /* how many they are is no distance */
    return words_apart(assessment_question(a, d->question), practitioner, service_user);
}

/* The day of an event; false where it has none. */
static bool day_of(const struct assessment *a, long seq, int *day)
{
    const struct event *event = assessment_event_numbered(a, seq);
    char text[DATE_TEXT];
    snprintf(text, sizeof text, "%.10s", event ? event->at : "");
    return date_parse(text, day);
}

char *difference_age(const struct assessment *a, const struct disagreement *d)
{
    int first, last = clock_today();
    bool settled = difference_part(d) == DIFFERENCE_SETTLED;
    if (settled)
        day_of(a, d->closed, &last);
    if (!day_of(a, d->opened, &first) || first > last)
        return xstrdup("");
    size_t sittings = 1;
    for (size_t i = 0; i < assessment_sittings(a); i++) {
        long seq = assessment_sitting(a, i)->opened;
        sittings += seq > d->opened && (!settled || seq < d->closed);
    }
    if (last == first && sittings == 1)
        return xstrdup(settled ? "the same day" : "today");
    if (last == first)
        return xasprintf("%s, %zu sittings", settled ? "the same day" : "today", sittings);
    return xasprintf("%d %s, %zu %s", last - first, last - first == 1 ? "day" : "days", sittings,
                     sittings == 1 ? "sitting" : "sittings");
}

char *difference_unread(const struct assessment *a, const struct disagreement *d, int language)
{
    const struct event *comment = supervise_unread_about(a, d);
    return comment ? xasprintf("%s wrote about it. %s has not read it yet.", words_supervisor(comment),
                               assessment_name(a, PRACTITIONER, language))
                   : xstrdup("");
}
