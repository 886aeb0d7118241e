/* How answers changed over time: of each case, the first and the last record in which both answered the same
 * question on the same scale, as each said it before any talk. What the two say stands in two lines and is
 * never added up: they are two views.
 *
 * It is told how many say a higher step, the same, a lower one. Which end of a scale is the better one is the
 * form's matter, and people's; it is not judged here. */
#include "report/commission_make.h"

#include "base/mem.h"
#include "review/figures_lines.h"

#include <stdlib.h>
#include <string.h>

/* A question of one case, answered in one record and, maybe, in a later one. */
struct asked {
    const char *name;
    const struct facts_question *question;
    const struct source *source;
    int32_t first[PARTIES], last[PARTIES];
    bool again;
};

/* What one part of the forms comes to, or all of them. */
struct changed {
    const char *title;
    int32_t place;
    int64_t count, ways[PARTIES][3]; /* higher, as before, lower */
    struct {
        double *values;
        size_t count, room;
    } steps[PARTIES];
};

struct changes {
    const struct scope *scope;
    struct cases cases;
    uint32_t *order; /* sources, by case and then by when they were begun */
    bool *taken;     /* by source: it is in the scope */
    struct asked *asked;
    size_t asked_count, asked_room;
    struct changed *parts; /* the first: all of them */
    size_t part_count, part_room;
    size_t people;
};

static _Thread_local const struct changes *ordering; /* qsort() hands on nothing */

static const char *id_of(const struct source *source)
{
    return digest_text_of(source->digest, source->digest->id);
}

/* Of two that were begun in the same second, the one that follows the other is the later. */
static int by_case(const void *one, const void *other)
{
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    const struct cases *cases = &ordering->cases;
    if (cases->of[a] != cases->of[b])
        return cases->of[a] < cases->of[b] ? -1 : 1;
    const struct source *first = collection_at(ordering->scope->collection, a),
                        *second = collection_at(ordering->scope->collection, b);
    if (first->digest->begun != second->digest->begun)
        return first->digest->begun < second->digest->begun ? -1 : 1;
    if (strcmp(digest_text_of(first->digest, first->digest->follows), id_of(second)) == 0)
        return 1;
    if (strcmp(digest_text_of(second->digest, second->digest->follows), id_of(first)) == 0)
        return -1;
    return strcmp(id_of(first), id_of(second));
}

static struct changed *part_of(struct changes *change, const char *title, int32_t place)
{
    for (size_t i = 0; i < change->part_count; i++) {
        struct changed *part = &change->parts[i];
        if (strcmp(part->title, title) != 0)
            continue;
        /* In two forms it can stand in two places: the first, whatever form came first. */
        part->place = place < part->place ? place : part->place;
        return part;
    }
    GROW(change->parts, change->part_count, change->part_room);
    struct changed *part = &change->parts[change->part_count++];
    *part = (struct changed){.title = title, .place = place};
    return part;
}

static void add_change(struct changed *part, const struct asked *asked)
{
    part->count++;
    for (int party = 0; party < PARTIES; party++) {
        int32_t by = asked->last[party] - asked->first[party];
        part->ways[party][by > 0 ? 0 : by == 0 ? 1 : 2]++;
        GROW(part->steps[party].values, part->steps[party].count, part->steps[party].room);
        part->steps[party].values[part->steps[party].count++] = by;
    }
}

/* A case is over. */
static void end_case(struct changes *change)
{
    bool any = false;
    for (size_t i = 0; i < change->asked_count; i++) {
        const struct asked *asked = &change->asked[i];
        if (!asked->again)
            continue;
        int32_t number = asked->question->area;
        const struct facts_area *area = number >= 0 ? facts_area(asked->source->facts, (size_t)number) : NULL;
        any = true;
        if (area)
            add_change(part_of(change, facts_text(asked->source->facts, area->title), number), asked);
        add_change(&change->parts[0], asked);
    }
    change->people += any;
    change->asked_count = 0;
}

static bool is_same_scale(const struct facts_question *one, const struct facts_question *other)
{
    return one->steps == other->steps && one->from == other->from && one->step == other->step;
}

static void see_pair(struct changes *change, const struct source *source, const struct digest_pair *pair)
{
    const struct facts_question *question = facts_question(source->facts, (size_t)pair->question);
    if (!question->ordered || pair->entry || pair->step[PRACTITIONER] < 0 || pair->step[SERVICE_USER] < 0)
        return;
    const char *name = facts_text(source->facts, question->name);
    for (size_t i = 0; i < change->asked_count; i++) {
        struct asked *asked = &change->asked[i];
        if (strcmp(asked->name, name) != 0)
            continue;
        if (is_same_scale(asked->question, question) && asked->source != source) {
            memcpy(asked->last, pair->step, sizeof asked->last);
            asked->again = true;
        }
        return;
    }
    GROW(change->asked, change->asked_count, change->asked_room);
    struct asked *asked = &change->asked[change->asked_count++];
    *asked = (struct asked){.name = name, .question = question, .source = source};
    memcpy(asked->first, pair->step, sizeof asked->first);
}

struct seeing {
    struct changes *change;
    uint32_t at; /* the number of the source that was seen last: they come in their order */
};

static void take_record(void *to, const struct source *source, uint32_t number)
{
    struct seeing *seeing = to;
    (void)number;
    while (collection_at(seeing->change->scope->collection, seeing->at) != source)
        seeing->at++;
    seeing->change->taken[seeing->at] = true;
}

/* Each case's records, the earliest first, with those of their answers that are in the scope. */
static void look_at_all(struct changes *change)
{
    size_t all = change->cases.all, left;
    struct filter *filter = filter_parse_for(&table_pairs, change->scope->filter, &left, NULL);
    struct seeing seeing = {change, 0};
    scope_each(change->scope, &table_records, take_record, &seeing);
    for (uint32_t i = 0; i < all; i++)
        change->order[i] = i;
    ordering = change;
    qsort(change->order, all, sizeof *change->order, by_case);
    for (size_t i = 0; filter && i < all; i++) {
        uint32_t number = change->order[i];
        const struct source *source = collection_at(change->scope->collection, number);
        if (i && change->cases.of[number] != change->cases.of[change->order[i - 1]])
            end_case(change);
        if (!change->taken[number] || !source->facts)
            continue;
        for (uint32_t n = 0; n < digest_count(source->digest, DIGEST_PAIRS); n++) {
            if (filter_takes(filter, source, n))
                see_pair(change, source, digest_pair(source->digest, n));
        }
    }
    end_case(change);
    filter_free(filter);
}

static int by_place(const void *one, const void *other)
{
    const struct changed *a = one, *b = other;
    return a->place != b->place ? (a->place < b->place ? -1 : 1) : strcmp(a->title, b->title);
}

static void tell_party(const struct changed *part, enum who party, bool steps, struct figure_lines *lines)
{
    static const char *const labels[PARTIES][3] = {
        {"The practitioner: higher", "The practitioner: as before", "The practitioner: lower"},
        {"The service user: higher", "The service user: as before", "The service user: lower"},
    };
    static const char *const middles[PARTIES] = {"The practitioner: the middle of all changes",
                                                 "The service user: the middle of all changes"};
    for (int way = 0; way < 3; way++) {
        struct figure_line *line = figure_line_add(lines, labels[party][way], SHAPE_SHARE);
        line->count = part->ways[party][way];
        line->of = part->count;
        line->indent = 1;
        line->figure = figure_guard(rate_wilson(line->count, line->of));
    }
    if (!steps)
        return;
    struct quartiles middle =
        quartiles_guard(quartiles_of(part->steps[party].values, part->steps[party].count));
    struct figure_line *line = figure_line_value(lines, middles[party], middle.median, "steps");
    line->indent = 1;
    line->lower = middle.lower;
    line->upper = middle.upper;
}

static void tell(const struct changed *part, const char *label, bool steps, struct figure_lines *lines)
{
    struct figure_line *line = figure_line_add(lines, label, SHAPE_COUNT);
    line->count = part->count;
    for (int party = 0; party < PARTIES; party++)
        tell_party(part, (enum who)party, steps, lines);
}

static void change_begin(struct changes *change, const struct scope *scope)
{
    *change = (struct changes){.scope = scope, .cases = cases_of(scope->collection)};
    change->order = xcalloc(change->cases.all + 1, sizeof *change->order);
    change->taken = xcalloc(change->cases.all + 1, sizeof *change->taken);
    part_of(change, "", -1);
    look_at_all(change);
    qsort(change->parts + 1, change->part_count - 1, sizeof *change->parts, by_place);
}

static void change_end(struct changes *change)
{
    for (size_t i = 0; i < change->part_count; i++) {
        for (int party = 0; party < PARTIES; party++)
            free(change->parts[i].steps[party].values);
    }
    free(change->parts);
    free(change->asked);
    free(change->order);
    free(change->taken);
    cases_release(&change->cases);
}

static void work_first_to_last(const struct scope *scope, struct figure_lines *lines)
{
    struct changes change;
    change_begin(&change, scope);
    struct figure_line *people =
        figure_line_add(lines, "People with more than one record to look at", SHAPE_COUNT);
    people->count = (int64_t)change.people;
    people->table = &table_records;
    tell(&change.parts[0], "Questions that both answered first and last", true, lines);
    change_end(&change);
}

static void work_by_part(const struct scope *scope, struct figure_lines *lines)
{
    struct changes change;
    change_begin(&change, scope);
    for (size_t i = 1; i < change.part_count; i++)
        tell(&change.parts[i], change.parts[i].title, false, lines);
    change_end(&change);
}

#define FORMULA "last step - first step, of each question; count / n, with Wilson's range"
#define SOURCE "Wilson 1927; Newcombe 1998; Conover 1999"

const struct figure_kind commission_change[] = {
    {"first_to_last", "From the first record to the last",
     "Of each person, the answers to the same question in their first and in their last record, each as it "
     "was "
     "given before any talk. Higher is higher on the scale: whether that is better, the form says. Such "
     "changes "
     "are modest as a rule, they come for many reasons, and nobody was compared who had no such help.",
     FORMULA, SOURCE, work_first_to_last},
    {"first_to_last_parts", "The same, by part of the form",
     "The same for each part of the form, in the form's order. Parts are not there to be held against each "
     "other.",
     FORMULA, SOURCE, work_by_part},
    {0},
};
