/* What a supervisor wrote and signed, in the export tree. What was taken back is not in it. */
#include "report/tree_supervision.h"

#include "assessment/supervision.h"
#include "report/tree_beside.h"
#include "report/tree_values.h"

#include <stdlib.h>

static json_t *lead_tree(const struct lead *lead)
{
    const struct event *event = lead->handed_over;
    json_t *one = json_object();
    tree_put(one, "name", tree_text(lead->name));
    tree_put(one, "since", tree_text(lead->at));
    tree_put(one, "by", event ? json_string(who_names[event->by]) : json_null());
    tree_put(one, "handed_over_by", tree_text(event ? event_text(event, "name") : NULL));
    tree_put(one, "because", tree_text(event ? event_text(event, "because") : NULL));
    return one;
}

json_t *tree_lead(const struct assessment *a)
{
    struct lead lead = supervision_lead(a);
    return lead_tree(&lead);
}

json_t *tree_leads(const struct assessment *a)
{
    json_t *tree = json_array();
    size_t count;
    struct lead *leads = supervision_leads(a, &count);
    for (size_t i = 0; i < count; i++)
        json_array_append_new(tree, lead_tree(&leads[i]));
    free(leads);
    return tree;
}

static json_t *id_tree(const struct disagreement *d)
{
    return d ? json_string(d->id) : json_null();
}

static json_t *read_tree(const struct event *event)
{
    json_t *one = event ? json_object() : json_null();
    if (event) {
        tree_put(one, "at", tree_text(event->at));
        tree_put(one, "text", tree_text(event_text(event, "text")));
    }
    return one;
}

json_t *tree_comments(const struct assessment *a)
{
    json_t *tree = json_array();
    size_t count;
    struct comment *comments = supervision_comments(a, &count);
    for (size_t i = 0; i < count; i++) {
        const struct comment *c = &comments[i];
        json_t *one = json_object();
        tree_put(one, "seq", json_integer(c->seq));
        tree_put(one, "at", tree_text(c->at));
        tree_put(one, "name", tree_text(c->name));
        tree_put(one, "as", json_string(commented_names[c->coaching ? AS_COACHING : AS_COMMENT]));
        tree_put(one, "disagreement", id_tree(c->disagreement));
        tree_put(one, "text", tree_text(c->text));
        tree_put(one, "acknowledged", read_tree(c->acknowledged));
        tree_put(one, "statements", tree_about(a, c->seq, EVENT_STATEMENT));
        json_array_append_new(tree, one);
    }
    free(comments);
    return tree;
}

json_t *tree_learned(const struct assessment *a, enum event_kind kind)
{
    json_t *tree = json_array();
    size_t count;
    struct learned *learned =
        kind == EVENT_LESSON ? supervision_lessons(a, &count) : supervision_reflections(a, &count);
    for (size_t i = 0; i < count; i++) {
        const struct learned *l = &learned[i];
        json_t *one = json_object();
        tree_put(one, "seq", json_integer(l->seq));
        tree_put(one, "by", json_string(who_names[l->by]));
        tree_put(one, "at", tree_text(l->at));
        tree_put(one, "name", tree_text(l->name));
        tree_put(one, "disagreement", id_tree(l->disagreement));
        tree_put(one, "question", l->item >= 0 ? json_string(assessment_path(a, l->item)) : json_null());
        tree_put(one, "text", tree_text(l->text));
        tree_put(one, "statements", tree_about(a, l->seq, EVENT_STATEMENT));
        json_array_append_new(tree, one);
    }
    free(learned);
    return tree;
}

json_t *tree_countersignatures(const struct assessment *a)
{
    json_t *tree = json_array();
    size_t count;
    struct countersignature *all = supervision_countersignatures(a, &count);
    for (size_t i = 0; i < count; i++) {
        json_t *one = json_object();
        tree_put(one, "name", tree_text(all[i].name));
        tree_put(one, "at", tree_text(all[i].at));
        tree_put(one, "changed_since", json_boolean(all[i].changed_since));
        json_array_append_new(tree, one);
    }
    free(all);
    return tree;
}
