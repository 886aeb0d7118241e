/* Supervision, read from the events each time: they are few, and nothing is kept twice. Only whether a
 * countersignature still holds is kept with the assessment, as it is for signatures. */
#include "assessment/supervision.h"

#include "assessment/internal.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

const char *const commented_names[] = {"comment", "coaching", NULL};

/* ---- comments ---- */

const struct event *comment_acknowledged(const struct assessment *a, long seq)
{
    for (const struct event *e = NULL; (e = assessment_next_about(a, seq, e));) {
        if (e->kind == EVENT_ACKNOWLEDGED)
            return e;
    }
    return NULL;
}

static const struct disagreement *disagreement_of(const struct assessment *a, const struct event *event)
{
    const char *id = event_text(event, "disagreement");
    return id ? assessment_disagreement_of_id(a, id) : NULL;
}

struct comment *supervision_comments(const struct assessment *a, size_t *count)
{
    struct comment *comments = NULL;
    size_t room = 0;
    *count = 0;
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_COMMENTED, e));) {
        GROW(comments, *count, room);
        comments[(*count)++] = (struct comment){
            .seq = e->seq,
            .at = e->at,
            .name = event_text_or(e, "name", ""),
            .text = event_text_or(e, "text", ""),
            .coaching = strcmp(event_text_or(e, "as", ""), commented_names[AS_COACHING]) == 0,
            .disagreement = disagreement_of(a, e),
            .acknowledged = comment_acknowledged(a, e->seq),
        };
    }
    return comments;
}

size_t supervision_unacknowledged(const struct assessment *a)
{
    size_t count = 0;
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_COMMENTED, e));)
        count += !comment_acknowledged(a, e->seq);
    return count;
}

/* ---- what was learned ---- */

static struct learned *learned_of(const struct assessment *a, enum event_kind kind, size_t *count)
{
    struct learned *learned = NULL;
    size_t room = 0;
    *count = 0;
    for (const struct event *e = NULL; (e = assessment_next(a, kind, e));) {
        const struct disagreement *d = disagreement_of(a, e);
        GROW(learned, *count, room);
        learned[(*count)++] = (struct learned){
            .seq = e->seq,
            .by = e->by,
            .at = e->at,
            .name = event_text_or(e, "name", assessment_name(a, e->by, 0)),
            .text = event_text_or(e, "text", ""),
            .disagreement = d,
            .item = d ? d->question : item_of(a, e),
        };
    }
    return learned;
}

struct learned *supervision_reflections(const struct assessment *a, size_t *count)
{
    return learned_of(a, EVENT_REFLECTED, count);
}

struct learned *supervision_lessons(const struct assessment *a, size_t *count)
{
    return learned_of(a, EVENT_LESSON, count);
}

/* ---- countersignatures ---- */

struct countersignature *supervision_countersignatures(const struct assessment *a, size_t *count)
{
    struct countersignature *all = NULL;
    size_t room = 0;
    *count = 0;
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_COUNTERSIGNED, e));) {
        GROW(all, *count, room);
        all[(*count)++] = (struct countersignature){
            .seq = e->seq,
            .at = e->at,
            .name = event_text_or(e, "name", ""),
            .changed_since = e->seq != a->countersigned || a->countersigned_changed,
        };
    }
    return all;
}

struct countersignature supervision_countersignature(const struct assessment *a)
{
    size_t count;
    struct countersignature *all = supervision_countersignatures(a, &count),
                            last = count ? all[count - 1] : (struct countersignature){.at = "", .name = ""};
    free(all);
    return last;
}

/* ---- who leads ---- */

/* Where nobody said a name, it is the practitioner by what the form calls them. */
static const char *plain_name(const struct assessment *a)
{
    const char *label = wording(a->form->party_label[PRACTITIONER], PRACTITIONER, 0);
    return *label ? label : "Practitioner";
}

/* The first event before `until` (0: any) that gives the practitioner's name; NULL. */
static const struct event *first_named(const struct assessment *a, long until, const char **name)
{
    static const enum event_kind naming[] = {EVENT_OPENED, EVENT_SAT};
    for (size_t k = 0; k < sizeof naming / sizeof *naming; k++) {
        for (const struct event *e = NULL; (e = assessment_next(a, naming[k], e));) {
            const char *given =
                json_string_value(json_object_get(event_value(e, "people"), who_names[PRACTITIONER]));
            if (naming[k] == EVENT_OPENED && event_text(e, "lead"))
                given = event_text(e, "lead");
            if (given && *given && (!until || e->seq < until)) {
                *name = given;
                return e;
            }
        }
    }
    return NULL;
}

struct lead *supervision_leads(const struct assessment *a, size_t *count)
{
    size_t room = 0;
    struct lead *leads = NULL;
    *count = 0;
    const struct event *next = assessment_next(a, EVENT_HANDED_OVER, NULL);
    const char *name = NULL;
    const struct event *first = first_named(a, next ? next->seq : 0, &name);
    GROW(leads, *count, room);
    leads[(*count)++] = (struct lead){
        .name = name ? name : plain_name(a),
        .seq = first ? first->seq : a->event_count > 0,
        .at = first            ? first->at
              : a->event_count ? a->events[0].at
                               : "",
    };
    for (; next; next = assessment_next(a, EVENT_HANDED_OVER, next)) {
        GROW(leads, *count, room);
        leads[(*count)++] = (struct lead){
            .name = event_text_or(next, "to", ""), .seq = next->seq, .at = next->at, .handed_over = next};
    }
    return leads;
}

struct lead supervision_lead(const struct assessment *a)
{
    size_t count;
    struct lead *leads = supervision_leads(a, &count), last = leads[count - 1];
    free(leads);
    return last;
}
