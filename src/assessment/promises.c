/* Promises, read from the events each time. */
#include "assessment/promises.h"

#include "assessment/internal.h"

#include "base/date.h"
#include "base/mem.h"

/* By its seq, among those that were not taken back; NULL. They stand in the order of their seqs. */
static struct promise *promise_of(struct promise *promises, size_t count, long seq)
{
    size_t from = 0, to = count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (promises[middle].seq < seq)
            from = middle + 1;
        else
            to = middle;
    }
    return from < count && promises[from].seq == seq ? &promises[from] : NULL;
}

static bool is_overdue(const struct promise *p)
{
    int due;
    return p->by_when && date_parse(p->by_when, &due) && due < clock_today() &&
           p->kept[PRACTITIONER] != PROMISE_KEPT && p->kept[SERVICE_USER] != PROMISE_KEPT;
}

struct promise *assessment_promises(const struct assessment *a, size_t *count)
{
    struct promise *promises = NULL;
    size_t room = 0;
    *count = 0;
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_PROMISED, e));) {
        GROW(promises, *count, room);
        promises[(*count)++] = (struct promise){.seq = e->seq,
                                                .by = e->by,
                                                .text = event_text_or(e, "text", ""),
                                                .by_when = event_text(e, "by_when"),
                                                .item = item_of(a, e)};
    }
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_KEPT, e));) {
        struct promise *p = promise_of(promises, *count, event_integer(e, "promise"));
        if (p && p->seq < e->seq && e->by < PARTIES)
            p->kept[e->by] = json_is_true(event_value(e, "kept")) ? PROMISE_KEPT : PROMISE_NOT_KEPT;
    }
    for (size_t i = 0; i < *count; i++)
        promises[i].overdue = is_overdue(&promises[i]);
    return promises;
}
