/* What is counted for the commissioner's report and is no figure of the review: how much work there was. And
 * the pictures of some figures.
 *
 * Each is made of lines as the review's own figures are. What counts people, or is close to that, says so by
 * the table of its line: commission_is_of_people(). */
#include "report/commission_make.h"

#include "base/mem.h"
#include "review/engagement.h"
#include "review/figures_lines.h"
#include "review/scales.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OF_SHARES "count / n, with Wilson's range"
#define FROM_SHARES "Wilson 1927; Newcombe 1998"

/* ---- how much work ---- */

static void add_count(struct figure_lines *lines, const struct table *table, const char *label, int64_t count)
{
    struct figure_line *line = figure_line_add(lines, label, SHAPE_COUNT);
    line->count = count;
    line->table = table;
}

struct people {
    const struct cases *cases;
    const struct collection *collection;
    uint32_t at; /* the number of the source that was seen last: they come in their order */
    bool *there;
};

static void see_person(void *to, const struct source *source, uint32_t number)
{
    struct people *people = to;
    (void)number;
    while (collection_at(people->collection, people->at) != source)
        people->at = people->at + 1 < people->cases->all ? people->at + 1 : 0;
    people->there[people->cases->of[people->at]] = true;
}

size_t commission_people(const struct scope *scope, const struct cases *cases)
{
    struct people people = {cases, scope->collection, 0, xcalloc(cases->count + 1, sizeof(bool))};
    size_t count = 0;
    scope_each(scope, &table_records, see_person, &people);
    scope_each(scope, &table_sittings, see_person, &people);
    for (size_t i = 0; i < cases->count; i++)
        count += people.there[i];
    free(people.there);
    return count;
}

static void work_people(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_COUNT("Assessments and reviews that were begun", ""),
        LINE_COUNT("Those that follow an earlier one", "follows!=\"\""),
        {0},
    };
    struct cases cases = cases_of(scope->collection);
    add_count(lines, &table_records, "People", (int64_t)commission_people(scope, &cases));
    cases_release(&cases);
    lines_work(scope, &table_records, wanted, lines, NULL);
    lines->lines[lines->count - 1].indent = 1;
}

struct sum {
    int64_t minutes, copies;
};

static void add_sitting(void *to, const struct source *source, uint32_t number)
{
    const struct digest_sitting *sitting = digest_sitting(source->digest, number);
    struct sum *sum = to;
    sum->minutes += sitting->until ? sitting->minutes : 0;
    sum->copies += sitting->copies;
}

static void work_time(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_COUNT("Sittings", ""),
        LINE_PART("Closed together, and not only left", "closed=yes", OF_LINE(0)),
        LINE_PART("With what matters most chosen first", "agenda=yes", OF_LINE(0)),
        LINE_PART("With the day of the next one agreed", "next=yes", OF_LINE(0)),
        {0},
    };
    struct sum sum = {0};
    lines_work(scope, &table_sittings, wanted, lines, NULL);
    scope_each(scope, &table_sittings, add_sitting, &sum);
    add_count(lines, &table_sittings, "Hours that they sat together, in whole hours", sum.minutes / 60);
    add_count(lines, &table_sittings, "Copies that were taken away", sum.copies);
}

static void work_answers(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted pairs[] = {LINE_COUNT("Questions that both answered", ""), {0}};
    static const struct line_wanted differences[] = {
        LINE_COUNT("Things that they saw differently", ""),
        LINE_COUNT("Of these, talked over and closed", "closed!=\"\""),
        {0},
    };
    lines_work(scope, &table_pairs, pairs, lines, NULL);
    lines_work(scope, &table_disagreements, differences, lines, NULL);
}

static void work_promised(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_COUNT("Promises", ""),
        LINE_PART("By the practitioner", "by=practitioner", OF_LINE(0)),
        LINE_PART("By the service user", "by=service_user", OF_LINE(0)),
        {0},
    };
    lines_work(scope, &table_promises, wanted, lines, NULL);
}

static void work_contact(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_COUNT("Tries to get in touch", "kind=attempt"),
        LINE_PART("That got through", "kind=attempt reached=yes", OF_LINE(0)),
        LINE_COUNT("Referrals to another service", "kind=referral"),
        LINE_COUNT("Milestones", "kind=milestone"),
        {0},
    };
    lines_work(scope, &table_happened, wanted, lines, NULL);
}

static void work_supervision(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_COUNT("Comments by a supervisor", "kind=comment,coaching"),
        LINE_PART("Read by the practitioner", "kind=comment,coaching read=yes", OF_LINE(0)),
        LINE_COUNT("Signatures of a supervisor", "kind=countersigned"),
        LINE_COUNT("What a practitioner took from it", "kind=reflection"),
        LINE_COUNT("Lessons for others", "kind=lesson"),
        LINE_COUNT("Times that another took the lead", "kind=handed_over"),
        {0},
    };
    lines_work(scope, &table_remarks, wanted, lines, NULL);
}

const struct figure_kind commission_outputs[] = {
    {"people", "People and records",
     "A person is counted once, however many records are theirs: records that follow one another, or have "
     "the "
     "same reference in one folder. Counted is who had a record begun or sat down in this time.",
     "", "", work_people},
    {"time", "Sittings",
     "Each time that the two sat down together. A sitting that goes on after a break is one. The hours are "
     "those from when it began to when it was closed.",
     OF_SHARES, FROM_SHARES, work_time},
    {"answers", "Questions and talks",
     "Questions that both of them answered, each for themselves; what they then saw differently.", "", "",
     work_answers},
    {"promised", "Promises", "What each said in a sitting that they would do.", OF_SHARES, FROM_SHARES,
     work_promised},
    {"contact", "Beside the sittings", "What was done between sittings, as it was written down.", OF_SHARES,
     FROM_SHARES, work_contact},
    {"supervision", "Supervision", "What supervisors did, and what was made of it.", OF_SHARES, FROM_SHARES,
     work_supervision},
    {0},
};

/* ---- their pictures ---- */

static int later_first(const void *one, const void *other)
{
    double a = ((const struct survival_time *)one)->time, b = ((const struct survival_time *)other)->time;
    return (a < b) - (a > b);
}

/* The curve ends where fewer than COMMISSION_FEWEST are followed: whoever is followed for longer counts as
 * last seen when the last of these is. Times are whole months, counted from 1: by its days somebody could be
 * known. */
void commission_draw_staying(struct making *making, struct commission_item *item)
{
    enum { LAST = COMMISSION_FEWEST - 1, MONTH = 30 };
    struct drop_out drop_out;
    drop_out_work(&making->scope, &drop_out);
    size_t count = drop_out.count;
    if (count >= FEWEST_FOR_RATE) {
        struct survival_time *times = xcalloc(count, sizeof *times);
        for (size_t i = 0; i < count; i++)
            times[i] = (struct survival_time){ceil(fmax(drop_out.times[i].time, 1) / MONTH),
                                              drop_out.times[i].ended};
        qsort(times, count, sizeof *times, later_first);
        for (size_t i = 0; i < LAST; i++) {
            if (times[i].time > times[LAST].time)
                times[i] = (struct survival_time){times[LAST].time, false};
        }
        item->held[0] = times;
        item->curve = survival_estimate(times, count);
        item->drawn = true;
        item->picture = (struct picture){
            .kind = PICTURE_STEPS,
            .title = "For what share of people it goes on",
            .note = "In months of 30 days. The line ends where fewer than 5 people are followed.",
            .steps = {&item->curve, times, "months"}};
    }
    drop_out_release(&drop_out);
}

/* A clock that was wrong once draws nothing. */
void commission_draw_months(struct making *making, struct commission_item *item)
{
    enum { MOST_MONTHS = 12 * 100 };
    struct sittings_counted counted;
    sittings_count(&making->scope, &counted);
    if (counted.month_count >= 2 && counted.month_count <= MOST_MONTHS) {
        int64_t *months = xcalloc(counted.month_count, sizeof *months);
        memcpy(months, counted.months, counted.month_count * sizeof *months);
        item->held[0] = months;
        item->drawn = true;
        item->picture = (struct picture){
            .kind = PICTURE_MONTHS,
            .title = "Sittings, month by month",
            .months = {counted.first_month / 12, counted.first_month % 12 + 1, months, counted.month_count}};
    }
    sittings_release(&counted);
}

/* The scale that most answers are on, step against step. */
void commission_draw_agreement(struct making *making, struct commission_item *item)
{
    enum { MOST_STEPS = 11 };
    struct scale_tables tables;
    scale_tables_count(&making->scope, &tables);
    const struct scale_table *scale = tables.count ? &tables.tables[0] : NULL;
    if (scale && scale->ordered && scale->steps <= MOST_STEPS && scale->n >= FEWEST_FOR_RATE) {
        size_t k = (size_t)scale->steps;
        int64_t *counts = xcalloc(k * k, sizeof *counts);
        const char **labels = xcalloc(k, sizeof *labels);
        char *texts = xcalloc(k, 32);
        memcpy(counts, scale->table, k * k * sizeof *counts);
        for (size_t i = 0; i < k; i++) {
            snprintf(texts + 32 * i, 32, "%g", scale->from + (double)i * scale->step);
            labels[i] = texts + 32 * i;
        }
        item->held[0] = counts;
        item->held[1] = labels;
        item->held[2] = texts;
        item->drawn = true;
        item->picture = (struct picture){.kind = PICTURE_MATRIX,
                                         .title = "First answers on the scale that most are on",
                                         .matrix = {(int)k, labels, counts}};
    }
    scale_tables_release(&tables);
}
