/* What stands beside the answers in the export tree. What was taken back is not in it. */
#include "report/tree_beside.h"

#include "assessment/beside.h"
#include "assessment/happened.h"
#include "assessment/promises.h"
#include "report/tree_values.h"
#include "session/timeline.h"

#include <stdlib.h>

/* A copy of what the event holds; null where it does not. */
static json_t *held(const struct event *event, const char *key)
{
    const json_t *value = event_value(event, key);
    return value ? json_deep_copy(value) : json_null();
}

static json_t *begin(const struct assessment *a, const struct event *event)
{
    json_t *one = json_object();
    tree_put(one, "seq", json_integer(event->seq));
    tree_put(one, "by", json_string(who_names[event->by]));
    tree_put(one, "at", tree_text(event->at));
    tree_put(one, "later", json_boolean(timeline_is_later(a, event)));
    return one;
}

json_t *tree_about(const struct assessment *a, long seq, enum event_kind kind)
{
    json_t *tree = json_array();
    for (const struct event *e = NULL; (e = assessment_next_about(a, seq, e));) {
        if (e->kind != kind)
            continue;
        json_t *one = json_object();
        tree_put(one, "by", json_string(who_names[e->by]));
        tree_put(one, "at", tree_text(e->at));
        tree_put(one, "text", held(e, "text"));
        json_array_append_new(tree, one);
    }
    return tree;
}

static void put_since(json_t *one, const struct assessment *a, long seq)
{
    tree_put(one, "came_of_it", tree_about(a, seq, EVENT_CAME_OF_IT));
    tree_put(one, "statements", tree_about(a, seq, EVENT_STATEMENT));
}

/* ---- what happened ---- */

static json_t *signed_tree(const struct assessment *a, long seq)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++) {
        const struct event *event = happened_signed(a, seq, (enum who)party);
        json_t *one = event ? json_object() : json_null();
        tree_put(tree, who_names[party], one);
        if (!event)
            continue;
        tree_put(one, "name", held(event, "name"));
        tree_put(one, "refused", json_boolean(json_is_true(event_value(event, "refused"))));
        tree_put(one, "because", held(event, "because"));
        tree_put(one, "at", tree_text(event->at));
    }
    return tree;
}

json_t *tree_happenings(const struct assessment *a)
{
    json_t *tree = json_array();
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_HAPPENED, e));) {
        const struct happened_kind *kind = happened_kind_of(e);
        if (!kind)
            continue;
        json_t *one = begin(a, e);
        tree_put(one, "what", json_string(kind->name));
        tree_put(one, "on", held(e, "on"));
        for (const struct happened_field *field = kind->fields; field->name; field++)
            tree_put(one, field->name, held(e, field->name));
        put_since(one, a, e->seq);
        if (kind->both_sign)
            tree_put(one, "signed", signed_tree(a, e->seq));
        json_array_append_new(tree, one);
    }
    return tree;
}

/* ---- promises ---- */

static json_t *kept_tree(const struct promise *promise)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++)
        tree_put(tree, who_names[party],
                 promise->kept[party] == PROMISE_NOT_SAID
                     ? json_null()
                     : json_boolean(promise->kept[party] == PROMISE_KEPT));
    return tree;
}

json_t *tree_promises(const struct assessment *a)
{
    json_t *tree = json_array();
    size_t count;
    struct promise *promises = assessment_promises(a, &count);
    for (size_t i = 0; i < count; i++) {
        const struct event *event = assessment_event_numbered(a, promises[i].seq);
        json_t *one = begin(a, event);
        tree_put(one, "question", held(event, "question"));
        tree_put(one, "text", json_string(promises[i].text));
        tree_put(one, "by_when", tree_text(promises[i].by_when));
        tree_put(one, "kept", kept_tree(&promises[i]));
        tree_put(one, "overdue", json_boolean(promises[i].overdue));
        put_since(one, a, event->seq);
        json_array_append_new(tree, one);
    }
    free(promises);
    return tree;
}

/* ---- what was passed on ---- */

json_t *tree_shared(const struct assessment *a)
{
    json_t *tree = json_array();
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_SHARED, e));) {
        static const char *const keys[] = {"what", "to", "because", "basis", "on", "told"};
        json_t *one = begin(a, e);
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            tree_put(one, keys[i], held(e, keys[i]));
        tree_put(one, "statements", tree_about(a, e->seq, EVENT_STATEMENT));
        json_array_append_new(tree, one);
    }
    return tree;
}

/* ---- what was written ---- */

/* All events of one kind that hold words and were not undone. */
json_t *tree_said(const struct assessment *a, enum event_kind kind)
{
    json_t *tree = json_array();
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        if (event->kind != kind || !event_text(event, "text") || assessment_is_undone(a, event->seq))
            continue;
        json_t *one = json_object();
        tree_put(one, "by", json_string(who_names[event->by]));
        tree_put(one, "at", tree_text(event->at));
        tree_put(one, "question", tree_text(event_text(event, "question")));
        tree_put(one, "text", json_string(event_text(event, "text")));
        tree_put_later(one, a, event->seq);
        if (kind == EVENT_STATEMENT)
            tree_put(one, "of",
                     event_integer(event, "of") ? json_integer(event_integer(event, "of")) : json_null());
        json_array_append_new(tree, one);
    }
    return tree;
}

/* What the other made of it; null where they have not said. */
static json_t *taken_tree(const struct assessment *a, const struct event *offer)
{
    const struct event *taken = offer_taken(a, offer);
    json_t *one = taken ? json_object() : json_null();
    if (!taken)
        return one;
    tree_put(one, "by", json_string(who_names[taken->by]));
    tree_put(one, "at", tree_text(taken->at));
    tree_put(one, "how", tree_text(event_text(taken, "how")));
    tree_put(one, "option",
             event_integer(taken, "option") ? json_integer(event_integer(taken, "option")) : json_null());
    tree_put(one, "text", tree_text(event_text(taken, "text")));
    tree_put_later(one, a, taken->seq);
    return one;
}

json_t *tree_offers(const struct assessment *a)
{
    json_t *tree = json_array();
    for (const struct event *event = NULL; (event = assessment_next(a, EVENT_OFFERED, event));) {
        json_t *one = json_object();
        tree_put(one, "by", json_string(who_names[event->by]));
        tree_put(one, "at", tree_text(event->at));
        tree_put(one, "question", tree_text(event_text(event, "question")));
        tree_put(one, "text", tree_text(event_text(event, "text")));
        tree_put(one, "options", tree_value(event_value(event, "options")));
        tree_put(one, "taken", taken_tree(a, event));
        tree_put_later(one, a, event->seq);
        json_array_append_new(tree, one);
    }
    return tree;
}

/* ---- what was said back ---- */

static json_t *marked_tree(const struct assessment *a, long seq)
{
    const struct event *mark = NULL;
    for (const struct event *e = NULL; (e = assessment_next_about(a, seq, e));)
        mark = e->kind == EVENT_MARKED ? e : mark;
    json_t *tree = mark ? json_object() : json_null();
    if (!mark)
        return tree;
    tree_put(tree, "by", json_string(who_names[mark->by]));
    tree_put(tree, "at", tree_text(mark->at));
    tree_put(tree, "right", held(mark, "right"));
    tree_put(tree, "text", held(mark, "text"));
    return tree;
}

json_t *tree_said_back(const struct assessment *a)
{
    json_t *tree = json_array();
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_SAID_BACK, e));) {
        if (!event_text(e, "question"))
            continue;
        json_t *one = begin(a, e);
        tree_put(one, "question", held(e, "question"));
        tree_put(one, "text", held(e, "text"));
        tree_put(one, "marked", marked_tree(a, e->seq));
        json_array_append_new(tree, one);
    }
    return tree;
}

/* ---- how the work went on ---- */

json_t *tree_episodes(const struct assessment *a)
{
    struct episode episodes[64];
    json_t *tree = json_array();
    size_t count = happened_episodes(a, episodes, sizeof episodes / sizeof *episodes);
    for (size_t i = 0; i < count; i++) {
        json_t *one = json_object();
        tree_put(one, "from", json_stringn(episodes[i].from, 10));
        tree_put(one, "to", tree_text(episodes[i].to));
        tree_put(one, "how", tree_text(episodes[i].how));
        json_array_append_new(tree, one);
    }
    return tree;
}

json_t *tree_attendance(const struct assessment *a)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++) {
        struct attendance n = timeline_attended(a, (enum who)party);
        tree_put(tree, who_names[party],
                 json_pack("{s:i, s:i, s:i, s:i, s:i, s:i}", "missed", (int)n.missed, "acceptable",
                           (int)n.acceptable, "not_acceptable", (int)n.not_acceptable, "not_known",
                           (int)n.not_known, "cancelled", (int)n.cancelled, "late", (int)n.late));
    }
    return tree;
}
