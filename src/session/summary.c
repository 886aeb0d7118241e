/* Making a list: everything that could be in it is looked at once for each of the two; where they put it into
 * different groups it is listed in both, each time for one of them. */
#include "session/summary.h"

#include "assessment/answer.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what an answer says about the group ---- */

/* Whose answer to it this party goes by: their own, else (not asked, not answered) the other's. */
static enum who slot_for(const struct assessment *a, int item, enum who party)
{
    const struct question *q = assessment_question(a, item);
    if (q->asked_of != ASKED_OF_BOTH)
        return q->asked_of;
    return answer_given(assessment_answer(a, item, party)) ? party : who_other(party);
}

/* The answer as a key; NULL where there is none to go by. */
static const char *answer_key(const struct assessment *a, int item, enum who *as)
{
    *as = slot_for(a, item, *as);
    const json_t *value = assessment_revealed(a, item) ? assessment_answer(a, item, *as)->value : NULL;
    return json_string_value(value);
}

static long rank_of(const struct question *q, const char *key)
{
    for (size_t i = 0; q->choices && i < q->choices->count; i++) {
        if (strcmp(q->choices->choices[i].name, key) == 0)
            return (long)i;
    }
    return 0;
}

enum { RANK_LAST = 1000000 };

/* The group that an item is in for a party; -1 where there are none. */
static int group_for(const struct assessment *a, struct summary_list *list, int item, enum who party)
{
    const struct summary *s = list->summary;
    const struct question *q = assessment_question(a, item);
    struct summary_group group = {.item = item, .as = party};
    const char *key = NULL;
    switch (s->group_by) {
    case GROUP_NONE:
        return -1;
    case GROUP_PATHWAY:
        key = q->pathway;
        break;
    case GROUP_SECTION:
        key = assessment_form(a)->sections[q->section].name;
        break;
    case GROUP_ANSWER:
        key = answer_key(a, item, &group.as);
        break;
    case GROUP_QUESTION:
        group.item = assessment_item_from(a, s->group_question, item);
        key = group.item >= 0 ? answer_key(a, group.item, &group.as) : NULL;
        break;
    }
    bool by_answer = s->group_by == GROUP_ANSWER || s->group_by == GROUP_QUESTION;
    group.rank = !key ? RANK_LAST : by_answer ? rank_of(assessment_question(a, group.item), key) : 0;
    for (size_t i = 0; i < list->group_count; i++) {
        if (strcmp(list->groups[i].key, key ? key : "") == 0)
            return (int)i;
    }
    group.key = xstrdup(key ? key : "");
    GROW(list->groups, list->group_count, list->group_room);
    list->groups[list->group_count] = group;
    return (int)list->group_count++;
}

/* ---- rows ---- */

/* Where it stands in the order asked for; last where nobody has said. */
static double order_of(const struct assessment *a, const struct summary *s, int item, enum who party)
{
    int by = s->order_question >= 0 ? assessment_item_from(a, s->order_question, item) : -1;
    double place = INFINITY;
    if (by >= 0 && assessment_revealed(a, by)) {
        const json_t *value = assessment_answer(a, by, slot_for(a, by, party))->value;
        if (!answer_place(assessment_question(a, by), value, &place))
            place = INFINITY;
    }
    return place;
}

static void add_row(const struct assessment *a, struct summary_list *list, int item, int group,
                    bool practitioner, bool service_user)
{
    GROW(list->rows, list->count, list->room);
    list->rows[list->count] = (struct summary_row){item, {practitioner, service_user}, group, 0};
    list->rows[list->count++].order =
        order_of(a, list->summary, item, service_user ? SERVICE_USER : PRACTITIONER);
    if (group >= 0)
        list->groups[group].listed++;
}

/* Something that could be listed, and for whom it is. */
static void take(const struct assessment *a, struct summary_list *list, int item, const bool holds[PARTIES])
{
    int group[PARTIES];
    for (int party = 0; party < PARTIES; party++)
        group[party] = group_for(a, list, item, (enum who)party);
    list->of++;
    list->listed += holds[PRACTITIONER] || holds[SERVICE_USER];
    if (group[PRACTITIONER] >= 0)
        list->groups[group[PRACTITIONER]].of++;
    if (group[SERVICE_USER] >= 0 && group[SERVICE_USER] != group[PRACTITIONER])
        list->groups[group[SERVICE_USER]].of++;
    if (group[PRACTITIONER] == group[SERVICE_USER]) {
        if (holds[PRACTITIONER] || holds[SERVICE_USER])
            add_row(a, list, item, group[PRACTITIONER], holds[PRACTITIONER], holds[SERVICE_USER]);
        return;
    }
    if (holds[PRACTITIONER])
        add_row(a, list, item, group[PRACTITIONER], true, false);
    if (holds[SERVICE_USER])
        add_row(a, list, item, group[SERVICE_USER], false, true);
}

/* Does the condition read an answer that may not be seen yet? */
static bool is_hidden(const struct assessment *a, const struct summary *s, int item)
{
    return s->where && !(assessment_basis(a, s->where, item, PRACTITIONER).revealed &&
                         assessment_basis(a, s->where, item, SERVICE_USER).revealed);
}

static void take_entry(const struct assessment *a, struct summary_list *list, const struct entry *entry)
{
    const struct summary *s = list->summary;
    const struct question *repeat = assessment_question(a, entry->repeat);
    bool holds[PARTIES];
    if (is_hidden(a, s, entry->first)) {
        list->hidden++;
        return;
    }
    for (int party = 0; party < PARTIES; party++) {
        bool asked = repeat->asked_of == TOGETHER || question_asked_of(repeat, (enum who)party);
        holds[party] = asked && assessment_relevant(a, entry->repeat, (enum who)party) &&
                       (!s->where || assessment_holds(a, s->where, entry->first, (enum who)party));
    }
    take(a, list, entry->first, holds);
}

static void take_question(const struct assessment *a, struct summary_list *list, int item)
{
    const struct summary *s = list->summary;
    const struct question *q = assessment_question(a, item);
    bool holds[PARTIES], given = false;
    for (int party = 0; party < PARTIES; party++) {
        bool asked = q->asked_of == TOGETHER || question_asked_of(q, (enum who)party);
        enum who slot = q->asked_of == TOGETHER ? TOGETHER : (enum who)party;
        const struct answer *answer = assessment_answer(a, item, slot);
        /* What is hidden counts as hidden, also where it was skipped. */
        bool there = assessment_revealed(a, item) ? answer->value != NULL : answer_given(answer);
        holds[party] =
            asked && there && (q->asked_of == TOGETHER || assessment_relevant(a, item, (enum who)party));
        given |= holds[party];
    }
    if (given && (!assessment_revealed(a, item) || is_hidden(a, s, item))) {
        list->hidden++;
        return;
    }
    for (int party = 0; party < PARTIES; party++)
        holds[party] = holds[party] && (!s->where || assessment_holds(a, s->where, item, (enum who)party));
    take(a, list, item, holds);
}

/* A note stands in the list while it is shown. */
static void take_note(const struct assessment *a, struct summary_list *list, int item)
{
    const struct summary *s = list->summary;
    const struct question *q = assessment_question(a, item);
    bool holds[PARTIES];
    for (int party = 0; party < PARTIES; party++)
        holds[party] = (q->asked_of == TOGETHER || question_asked_of(q, (enum who)party)) &&
                       assessment_relevant(a, item, (enum who)party) &&
                       (!s->where || assessment_holds(a, s->where, item, (enum who)party));
    take(a, list, item, holds);
}

static bool has_tag(const struct question *q, const char *tag)
{
    for (size_t i = 0; i < q->tag_count; i++) {
        if (strcmp(q->tags[i], tag) == 0)
            return true;
    }
    return false;
}

/* ---- groups in order ---- */

struct place {
    long rank;
    int index;
};

static int by_rank(const void *one, const void *other)
{
    const struct place *a = one, *b = other;
    return a->rank != b->rank ? (a->rank > b->rank) - (a->rank < b->rank) : a->index - b->index;
}

/* Rows of one order stay as they are. */
static void put_rows_in_order(struct summary_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        struct summary_row row = list->rows[i];
        size_t at = i;
        for (; at > 0 && list->rows[at - 1].order > row.order; at--)
            list->rows[at] = list->rows[at - 1];
        list->rows[at] = row;
    }
}

/* Groups as their choices stand, else as they were met; within each the rows by their order, else as they are
 * asked. */
static void put_in_order(struct summary_list *list)
{
    put_rows_in_order(list);
    if (!list->groups)
        return;
    struct place *places = xcalloc(list->group_count, sizeof *places);
    struct summary_group *groups = xcalloc(list->group_count, sizeof *groups);
    struct summary_row *rows = xcalloc(list->count + 1, sizeof *rows);
    for (size_t i = 0; i < list->group_count; i++)
        places[i] = (struct place){list->groups[i].rank, (int)i};
    qsort(places, list->group_count, sizeof *places, by_rank);
    size_t count = 0;
    for (size_t i = 0; i < list->group_count; i++) {
        groups[i] = list->groups[places[i].index];
        for (size_t r = 0; r < list->count; r++) {
            if (list->rows[r].group != places[i].index)
                continue;
            rows[count] = list->rows[r];
            rows[count++].group = (int)i;
        }
    }
    free(list->groups);
    free(list->rows);
    free(places);
    list->groups = groups;
    list->rows = rows;
    list->group_room = list->group_count;
    list->room = list->count + 1;
}

void summary_make(const struct assessment *a, const struct summary *summary, struct summary_list *list)
{
    *list = (struct summary_list){.summary = summary};
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        const struct question *q = assessment_question(a, item);
        if (!assessment_shown(a, item))
            continue;
        if (summary->tag && has_tag(q, summary->tag)) {
            if (question_is_answered(q))
                take_question(a, list, item);
            else if (q->type == TYPE_NOTE)
                take_note(a, list, item);
        }
        for (size_t i = 0; q->number == summary->repeat && i < assessment_entries(a, item); i++)
            take_entry(a, list, assessment_entry(a, item, i));
    }
    put_in_order(list);
}

void summary_release(struct summary_list *list)
{
    for (size_t i = 0; i < list->group_count; i++)
        free(list->groups[i].key);
    free(list->groups);
    free(list->rows);
    *list = (struct summary_list){0};
}

int summary_groups_listed(const struct summary_list *list)
{
    int listed = 0;
    for (size_t i = 0; i < list->group_count; i++)
        listed += list->groups[i].listed > 0;
    return listed;
}

bool summary_is_one_kind(const struct summary_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct summary_row *row = &list->rows[i];
        if (row->group < 0 || row->group != list->rows[0].group || !*list->groups[row->group].key)
            return false;
    }
    return list->listed > 1;
}
