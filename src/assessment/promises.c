/* Promises, read from the events each time: they are few. */
#include "assessment/promises.h"

#include "assessment/internal.h"

#include "base/date.h"
#include "base/mem.h"

struct promise *assessment_promises(const struct assessment *a, size_t *count)
{
    struct promise *promises = NULL;
    size_t room = 0;
    *count = 0;
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_PROMISED, e));) {
        GROW(promises, *count, room);
        struct promise *p = &promises[(*count)++];
        *p = (struct promise){.seq = e->seq,
                              .by = e->by,
                              .text = event_text(e, "text") ? event_text(e, "text") : "",
                              .by_when = event_text(e, "by_when"),
                              .item = item_of(a, e)};
        int due;
        for (const struct event *k = e; (k = assessment_next(a, EVENT_KEPT, k));) {
            if (event_integer(k, "promise") == e->seq && k->by < PARTIES)
                p->kept[k->by] = json_is_true(event_value(k, "kept")) ? PROMISE_KEPT : PROMISE_NOT_KEPT;
        }
        p->overdue = p->by_when && date_parse(p->by_when, &due) && due < clock_today() &&
                     p->kept[PRACTITIONER] != PROMISE_KEPT && p->kept[SERVICE_USER] != PROMISE_KEPT;
    }
    return promises;
}
