/* What stands beside the answers in the export tree. What was taken back is not in it. */
#include "report/tree_beside.h"

#include "assessment/happened.h"
#include "assessment/promises.h"
#include "session/timeline.h"

#include <stdlib.h>

static void put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static json_t *text_or_null(const char *text)
{
    return text && *text ? json_string(text) : json_null();
}

/* A copy of what the event holds; null where it does not. */
static json_t *held(const struct event *event, const char *key)
{
    const json_t *value = event_value(event, key);
    return value ? json_deep_copy(value) : json_null();
}

static json_t *begin(const struct assessment *a, const struct event *event)
{
    json_t *one = json_object();
    put(one, "seq", json_integer(event->seq));
    put(one, "by", json_string(who_names[event->by]));
    put(one, "at", text_or_null(event->at));
    put(one, "later", json_boolean(timeline_is_later(a, event)));
    return one;
}

/* The events of a kind that are about this one. */
static json_t *about_tree(const struct assessment *a, long seq, enum event_kind kind)
{
    json_t *tree = json_array();
    for (const struct event *e = NULL; (e = assessment_next_about(a, seq, e));) {
        if (e->kind != kind)
            continue;
        json_t *one = json_object();
        put(one, "by", json_string(who_names[e->by]));
        put(one, "at", text_or_null(e->at));
        put(one, "text", held(e, "text"));
        json_array_append_new(tree, one);
    }
    return tree;
}

static void put_since(json_t *one, const struct assessment *a, long seq)
{
    put(one, "came_of_it", about_tree(a, seq, EVENT_CAME_OF_IT));
    put(one, "statements", about_tree(a, seq, EVENT_STATEMENT));
}

/* ---- what happened ---- */

static json_t *signed_tree(const struct assessment *a, long seq)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++) {
        const struct event *event = happened_signed(a, seq, (enum who)party);
        json_t *one = event ? json_object() : json_null();
        put(tree, who_names[party], one);
        if (!event)
            continue;
        put(one, "name", held(event, "name"));
        put(one, "refused", json_boolean(json_is_true(event_value(event, "refused"))));
        put(one, "because", held(event, "because"));
        put(one, "at", text_or_null(event->at));
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
        put(one, "what", json_string(kind->name));
        put(one, "on", held(e, "on"));
        for (const struct happened_field *field = kind->fields; field->name; field++)
            put(one, field->name, held(e, field->name));
        put_since(one, a, e->seq);
        if (kind->both_sign)
            put(one, "signed", signed_tree(a, e->seq));
        json_array_append_new(tree, one);
    }
    return tree;
}

/* ---- promises ---- */

static json_t *kept_tree(const struct promise *promise)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++)
        put(tree, who_names[party],
            promise->kept[party] == PROMISE_NOT_SAID ? json_null()
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
        put(one, "question", held(event, "question"));
        put(one, "text", json_string(promises[i].text));
        put(one, "by_when", text_or_null(promises[i].by_when));
        put(one, "kept", kept_tree(&promises[i]));
        put(one, "overdue", json_boolean(promises[i].overdue));
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
            put(one, keys[i], held(e, keys[i]));
        put(one, "statements", about_tree(a, e->seq, EVENT_STATEMENT));
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
    put(tree, "by", json_string(who_names[mark->by]));
    put(tree, "at", text_or_null(mark->at));
    put(tree, "right", held(mark, "right"));
    put(tree, "text", held(mark, "text"));
    return tree;
}

json_t *tree_said_back(const struct assessment *a)
{
    json_t *tree = json_array();
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_SAID_BACK, e));) {
        if (!event_text(e, "question"))
            continue;
        json_t *one = begin(a, e);
        put(one, "question", held(e, "question"));
        put(one, "text", held(e, "text"));
        put(one, "marked", marked_tree(a, e->seq));
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
        put(one, "from", json_stringn(episodes[i].from, 10));
        put(one, "to", text_or_null(episodes[i].to));
        put(one, "how", text_or_null(episodes[i].how));
        json_array_append_new(tree, one);
    }
    return tree;
}

json_t *tree_attendance(const struct assessment *a)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++) {
        struct attendance n = timeline_attended(a, (enum who)party);
        put(tree, who_names[party],
            json_pack("{s:i, s:i, s:i, s:i, s:i, s:i}", "missed", (int)n.missed, "acceptable",
                      (int)n.acceptable, "not_acceptable", (int)n.not_acceptable, "not_known",
                      (int)n.not_known, "cancelled", (int)n.cancelled, "late", (int)n.late));
    }
    return tree;
}
