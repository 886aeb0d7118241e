/* Reviews that are due. What each record says of them is read when the caseload is listed; here the records
 * are put into chains by what they follow, as an interval is a person's and goes on in the next record. */
#include "caseload/due.h"

#include "assessment/happened.h"
#include "assessment/topics.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS_OF_WEEK = 7, MOST_WEEKS = 520 };

/* ---- what a record says ---- */

static int day_of(const char *instant)
{
    int day;
    char *text = xstrndup(instant, strnlen(instant, 10));
    bool is_day = date_parse(text, &day);
    free(text);
    return is_day ? day : NO_DAY;
}

enum cycle_stage form_stage(const struct form *form)
{
    int count[STAGES] = {0};
    enum cycle_stage most = STAGE_ASSESS;
    for (int i = 0; i < form->count; i++)
        count[form->questions[i].stage]++;
    for (int stage = 0; stage < STAGES; stage++) {
        if (count[stage] > count[most])
            most = (enum cycle_stage)stage;
    }
    return most;
}

static bool has_left(const struct assessment *a)
{
    bool left = false;
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_HAPPENED, e));) {
        const char *what = event_text(e, "what");
        if (what && (strcmp(what, "left") == 0 || strcmp(what, "returned") == 0))
            left = strcmp(what, "left") == 0;
    }
    return left;
}

void review_read(struct review *review, const struct assessment *a)
{
    const struct event *opened = assessment_event(a, 0);
    const struct event *told = topic_told_last(a, "review");
    const char *text = json_string_value(json_object_get(event_value(opened, "follows"), "record"));
    review->follows = xstrdup(text ? text : "");
    review->is_one = form_stage(assessment_form(a)) == STAGE_REVIEW;
    review->left = has_left(a);
    review->begun = day_of(opened->at);
    review->sat_last = assessment_sittings(a) ? day_of(assessment_sitting(a, assessment_sittings(a) - 1)->at)
                                              : review->begun;
    review->on = review->told = NO_DAY;
    text = told ? event_text(told, "value") : NULL;
    if (text && !date_parse(text, &review->on))
        review->on = NO_DAY;
    told = topic_told_last(a, "review_weeks");
    long weeks = told ? event_integer(told, "value") : 0;
    if (weeks > 0 && weeks <= MOST_WEEKS) {
        review->weeks = (int)weeks;
        review->told = day_of(told->at);
    }
    told = topic_told_last(a, "review_kind");
    text = told ? event_text(told, "value") : NULL;
    review->kind = xstrdup(text ? text : "");
}

void review_release(struct review *review)
{
    free(review->follows);
    free(review->kind);
}

/* ---- chains ---- */

static const struct caseload_entry *entry_of_id(const struct caseload *caseload, const char *id)
{
    for (size_t i = 0; *id && i < caseload->count; i++) {
        if (strcmp(caseload->entries[i].id, id) == 0)
            return &caseload->entries[i];
    }
    return NULL;
}

static bool is_reviewed(const struct caseload *caseload, const struct caseload_entry *entry)
{
    for (size_t i = 0; i < caseload->count; i++) {
        const struct review *later = &caseload->entries[i].review;
        if (later->is_one && later->follows && strcmp(later->follows, entry->id) == 0)
            return true;
    }
    return false;
}

/* The day of the next review; NO_DAY where nothing was chosen. */
static int next_day(const struct caseload *caseload, const struct caseload_entry *entry, struct due *due)
{
    const struct review *own = &entry->review;
    int from = own->told != NO_DAY ? own->told : own->begun;
    due->weeks = own->weeks;
    due->kind = own->kind;
    /* The interval is the person's: it was chosen in an earlier one, if not here. A hostile record may lead
     * in a circle. */
    const struct caseload_entry *earlier = entry;
    for (size_t steps = 0; !due->weeks && earlier && steps < caseload->count; steps++) {
        earlier = entry_of_id(caseload, earlier->review.follows ? earlier->review.follows : "");
        due->weeks = earlier ? earlier->review.weeks : 0;
    }
    bool informal = strcmp(own->kind, "informal") == 0;
    if (own->on != NO_DAY && (!informal || own->sat_last < own->on || own->told >= own->on))
        return own->on;
    if (!due->weeks)
        return NO_DAY;
    /* A short catch-up was held when they sat again. */
    if (informal && own->sat_last > from)
        from = own->sat_last;
    return from == NO_DAY ? NO_DAY : from + due->weeks * DAYS_OF_WEEK;
}

static int by_day(const void *one, const void *other)
{
    const struct due *a = one, *b = other;
    return a->day != b->day ? (a->day > b->day) - (a->day < b->day) : strcmp(a->entry->id, b->entry->id);
}

static bool read_due(const struct caseload *caseload, const struct caseload_entry *entry, struct due *due)
{
    *due = (struct due){.entry = entry, .day = NO_DAY};
    if (entry->review.kind && !entry->review.left && !is_reviewed(caseload, entry))
        due->day = next_day(caseload, entry, due);
    return due->day != NO_DAY;
}

bool caseload_is_due(const struct caseload *caseload, const struct caseload_entry *entry)
{
    struct due due;
    return read_due(caseload, entry, &due) && due.day <= clock_today();
}

struct due *caseload_due(const struct caseload *caseload, size_t *count)
{
    struct due *all = xcalloc(caseload->count + 1, sizeof *all);
    *count = 0;
    for (size_t i = 0; i < caseload->count; i++) {
        if (read_due(caseload, &caseload->entries[i], &all[*count]))
            ++*count;
    }
    qsort(all, *count, sizeof *all, by_day);
    return all;
}
