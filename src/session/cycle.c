/* The whole cycle. Each stage's facts are read off the events that belong to it, whatever the form: promises
 * and referrals are doing, a chosen day is looking again, leaving is looking back. */
#include "session/cycle.h"

#include "assessment/happened.h"
#include "assessment/promises.h"
#include "assessment/topics.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "caseload/caseload.h"
#include "session/words.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { LANGUAGE = 0 };

const char *cycle_stage_title(enum cycle_stage stage)
{
    static const char *const titles[] = {"Finding out", "Planning", "Doing", "Looking again", "Looking back"};
    return titles[stage];
}

bool cycle_is_told(const struct form *form)
{
    for (int i = 0; i < form->count; i++) {
        if (form->questions[i].stage != STAGE_ASSESS)
            return true;
    }
    return false;
}

static void add_fact(struct cycle_part *part, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_fact(struct cycle_part *part, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    GROW(part->facts, part->count, part->room);
    part->facts[part->count++] = xvasprintf(format, args);
    va_end(args);
}

/* ---- questions ---- */

static void count_item(struct cycle *c, const struct assessment *a, int item)
{
    const struct question *q = assessment_question(a, item);
    struct cycle_part *part = &c->parts[q->stage];
    if (!question_is_answered(q) || q->read_only)
        return;
    for (int party = 0; party < PARTIES; party++) {
        bool together = q->asked_of == TOGETHER;
        if (!(together
                  ? assessment_shown(a, item)
                  : question_asked_of(q, (enum who)party) && assessment_relevant(a, item, (enum who)party)))
            continue;
        part->asked[party]++;
        part->answered[party] +=
            answer_given(assessment_answer(a, item, together ? TOGETHER : (enum who)party));
    }
}

/* "Goal: 2": how many are in the lists that they fill themselves. Lists within lists are told with theirs. */
static void add_entries(struct cycle *c, const struct assessment *a, int item)
{
    const struct question *q = assessment_question(a, item);
    size_t count = assessment_entries(a, item);
    if (q->repeat < 0 && !q->attachable && count > 0)
        add_fact(&c->parts[q->stage], "%s: %zu", words_question(a, item, SERVICE_USER, LANGUAGE), count);
}

int *cycle_items(const struct assessment *a, enum cycle_stage stage, size_t *count)
{
    int *items = xcalloc((size_t)assessment_count(a) + 1, sizeof *items);
    *count = 0;
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        const struct question *q = assessment_question(a, item);
        if (q->stage == stage && (question_is_answered(q) || q->type == TYPE_REPEAT) &&
            assessment_shown(a, item))
            items[(*count)++] = item;
    }
    return items;
}

char *cycle_item(const struct assessment *a, int item, enum who reader, int language)
{
    const struct question *q = assessment_question(a, item);
    enum who left = assessment_left(a);
    struct strbuf sb = STRBUF_INIT;
    char *label = words_item(a, item, reader, language);
    strbuf_add(&sb, label);
    free(label);
    if (q->type == TYPE_REPEAT)
        strbuf_addf(&sb, ": %zu", assessment_entries(a, item));
    for (int i = 0; i < PARTIES && question_is_answered(q); i++) {
        enum who who = q->asked_of == TOGETHER ? TOGETHER : i == 0 ? left : who_other(left);
        bool given = answer_given(assessment_answer(a, item, who));
        char *words = given && assessment_revealed(a, item)
                          ? words_answer_brief(a, item, who, language)
                          : xstrdup(given ? "has answered" : "no answer yet");
        if (who == TOGETHER || question_asked_of(q, who))
            strbuf_addf(&sb, "%s %s: %s", i ? "." : " ", assessment_name(a, who, language), words);
        free(words);
        if (who == TOGETHER)
            break;
    }
    return strbuf_detach(&sb);
}

char *cycle_answered(const struct cycle_part *part, const struct assessment *a)
{
    enum who left = assessment_left(a), right = who_other(left);
    if (part->asked[left] + part->asked[right] == 0)
        return xstrdup("no questions here");
    return xasprintf("%s %d of %d, %s %d of %d", assessment_name(a, left, LANGUAGE), part->answered[left],
                     part->asked[left], assessment_name(a, right, LANGUAGE), part->answered[right],
                     part->asked[right]);
}

/* ---- what else there is ---- */

static void add_promises(struct cycle *c, const struct assessment *a)
{
    size_t count;
    struct promise *promises = assessment_promises(a, &count);
    int made[PARTIES] = {0}, kept = 0, broken = 0, open = 0, overdue = 0;
    for (size_t i = 0; i < count; i++) {
        const struct promise *p = &promises[i];
        if (p->by < PARTIES)
            made[p->by]++;
        /* Kept only where both say so. */
        if (p->kept[PRACTITIONER] == PROMISE_KEPT && p->kept[SERVICE_USER] == PROMISE_KEPT)
            kept++;
        else if (p->kept[PRACTITIONER] != PROMISE_NOT_SAID && p->kept[SERVICE_USER] != PROMISE_NOT_SAID)
            broken++;
        else
            open++;
        overdue += p->overdue;
    }
    free(promises);
    if (count == 0)
        return;
    enum who left = assessment_left(a), right = who_other(left);
    add_fact(&c->parts[STAGE_PLAN], "Promises made: %s %d, %s %d", assessment_name(a, left, LANGUAGE),
             made[left], assessment_name(a, right, LANGUAGE), made[right]);
    add_fact(&c->parts[STAGE_IMPLEMENT], "Promises: %d kept, %d not kept or seen differently, %d open", kept,
             broken, open);
    if (overdue)
        add_fact(&c->parts[STAGE_IMPLEMENT], "Promises whose day is over: %d", overdue);
}

static void add_happened(struct cycle *c, const struct assessment *a)
{
    int referrals = 0, answered = 0, milestones = 0;
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_HAPPENED, e));) {
        const char *what = event_text(e, "what"), *on = event_text(e, "on");
        if (!what || !on)
            continue;
        milestones += strcmp(what, "milestone") == 0;
        if (strcmp(what, "referral") == 0) {
            referrals++;
            const struct event *about = NULL;
            bool came = false;
            while ((about = assessment_next_about(a, e->seq, about)))
                came |= about->kind == EVENT_CAME_OF_IT;
            answered += came;
        }
        if (strcmp(what, "left") == 0)
            add_fact(&c->parts[STAGE_EVALUATE], "The work stopped on %.10s", on);
        if (strcmp(what, "returned") == 0)
            add_fact(&c->parts[STAGE_EVALUATE], "It went on again on %.10s", on);
    }
    if (referrals)
        add_fact(&c->parts[STAGE_IMPLEMENT], "Help asked of other services: %d, with an answer: %d",
                 referrals, answered);
    if (milestones)
        add_fact(&c->parts[STAGE_IMPLEMENT], "Milestones: %d", milestones);
}

/* ---- the other assessments of the case ---- */

static int by_begin(const void *one, const void *other)
{
    const struct caseload_entry *a = one, *b = other;
    int order = strcmp(a->begun, b->begun);
    return order ? order : strcmp(a->id, b->id);
}

static bool of_the_case(const struct caseload_entry *entry, const struct session *s)
{
    const struct event *opened = assessment_event(session_assessment(s), 0);
    const char *before = json_string_value(json_object_get(event_value(opened, "follows"), "record"));
    const char *own = record_id(session_record(s));
    if (strcmp(entry->id, own) == 0)
        return false;
    return (*session_ref(s) && strcmp(entry->ref, session_ref(s)) == 0) ||
           (entry->review.follows && strcmp(entry->review.follows, own) == 0) ||
           (before && strcmp(before, entry->id) == 0);
}

static void add_others(struct cycle *c, const struct session *s)
{
    struct caseload caseload = {0};
    char *folder = path_folder(record_path(session_record(s)));
    caseload_list(folder, &caseload, NULL);
    free(folder);
    if (caseload.count)
        qsort(caseload.entries, caseload.count, sizeof *caseload.entries, by_begin);
    for (size_t i = 0; i < caseload.count; i++) {
        const struct caseload_entry *entry = &caseload.entries[i];
        if (of_the_case(entry, s) && *entry->title)
            add_fact(&c->parts[entry->stage], "Also: %s, begun on %.10s", entry->title, entry->begun);
    }
    caseload_release(&caseload);
}

static void add_review(struct cycle *c, const struct session *s)
{
    const struct assessment *a = session_assessment(s);
    const struct event *opened = assessment_event(a, 0);
    const char *at = json_string_value(json_object_get(event_value(opened, "follows"), "at"));
    struct cycle_part *part = &c->parts[STAGE_REVIEW];
    if (at)
        add_fact(part, "This one follows the one of %.10s", at);
    const struct event *day = topic_told_last(a, "review"), *weeks = topic_told_last(a, "review_weeks"),
                       *kind = topic_told_last(a, "review_kind");
    const char *on = day ? event_text(day, "value") : NULL, *how = kind ? event_text(kind, "value") : NULL;
    if (on)
        add_fact(part, "Next look back: %.10s%s%s", on, how ? ". " : "",
                 how ? topic_word_label(topic_named("review_kind"), how) : "");
    if (weeks)
        add_fact(part, "How often: every %ld weeks", event_integer(weeks, "value"));
}

void cycle_of(struct cycle *c, const struct session *s, bool others)
{
    const struct assessment *a = session_assessment(s);
    *c = (struct cycle){0};
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        if (assessment_question(a, item)->type == TYPE_REPEAT)
            add_entries(c, a, item);
        else
            count_item(c, a, item);
    }
    add_promises(c, a);
    add_happened(c, a);
    add_review(c, s);
    if (others && !session_is_in_memory(s))
        add_others(c, s);
}

void cycle_release(struct cycle *c)
{
    for (int stage = 0; stage < STAGES; stage++) {
        struct cycle_part *part = &c->parts[stage];
        for (size_t i = 0; i < part->count; i++)
            free(part->facts[i]);
        free(part->facts);
    }
    *c = (struct cycle){0};
}
