/* What stands beside the answers, in a digest: sittings, promises, what happened, what was written. */
#include "review/making.h"

#include "assessment/happened.h"
#include "assessment/promises.h"
#include "assessment/supervision.h"
#include "assessment/topics.h"
#include "base/date.h"
#include "base/mem.h"
#include "review/deidentify.h"

#include <stdlib.h>
#include <string.h>

/* ---- sittings ---- */

static uint32_t skills_of(const struct assessment *a, size_t sitting)
{
    const struct topic *practice = topic_named("practice");
    const struct event *told = topic_told(a, sitting, practice, PRACTITIONER);
    const json_t *value = told ? event_value(told, "value") : NULL;
    uint32_t bits = 0;
    for (size_t i = 0; i < json_array_size(value); i++) {
        uint8_t place = making_place_of_word(practice->words, json_string_value(json_array_get(value, i)));
        bits |= place ? 1u << (place - 1) : 0;
    }
    return bits;
}

/* What happened from one event to before another. */
static void count_between(const struct assessment *a, long from, long to, struct digest_sitting *one)
{
    for (long seq = from; seq < to; seq++) {
        const struct event *event = assessment_event_numbered(a, seq);
        if (!event || assessment_is_undone(a, seq))
            continue;
        if ((event->kind == EVENT_ANSWERED || event->kind == EVENT_DECLINED) &&
            !event_text(event, "through") && event->by < PARTIES)
            one->answers[event->by] += one->answers[event->by] < UINT16_MAX;
        one->there |= event->kind == EVENT_CLOSED ? SAT_CLOSED : 0;
        one->copies += event->kind == EVENT_COPIED && one->copies < UINT16_MAX;
    }
    for (size_t i = 0; i < assessment_disagreements(a); i++) {
        const struct disagreement *d = assessment_disagreement(a, i);
        one->opened = making_few(one->opened + (size_t)(d->opened >= from && d->opened < to));
        one->settled = making_few(one->settled + (size_t)(d->closed >= from && d->closed < to));
    }
}

void making_sittings(struct making *m)
{
    const struct assessment *a = m->a;
    size_t count = assessment_sittings(a);
    for (size_t i = 0; i < count;) {
        struct digest_sitting one = {.at = (int64_t)clock_parse(assessment_sitting(a, i)->at)};
        size_t began = topic_sitting_began(a, i), last = i;
        for (; i < count && topic_sitting_began(a, i) == began; last = i++) {
            long end = i + 1 < count ? assessment_sitting(a, i + 1)->opened : (long)assessment_events(a) + 1;
            one.minutes += (int32_t)topic_minutes(a, i);
            count_between(a, assessment_sitting(a, i)->opened, end, &one);
        }
        one.until = *assessment_sitting(a, last)->until ? making_sitting_end(a, last) : 0;
        one.skills = skills_of(a, last);
        one.pen = making_told_word(a, last, "pen", PRACTITIONER);
        size_t sections;
        int *agenda = topic_agenda(a, last, &sections);
        free(agenda);
        one.there |= agenda ? SAT_AGENDA : 0;
        one.there |= topic_told(a, last, topic_named("recap"), PRACTITIONER) ? SAT_RECAP : 0;
        one.there |= topic_told(a, last, topic_named("next"), PRACTITIONER) ? SAT_NEXT : 0;
        for (int party = 0; party < PARTIES; party++) {
            one.arriving[party] = making_told_word(a, last, "arriving", (enum who)party);
            one.how_it_was[party] = making_told_word(a, last, "how_it_was", (enum who)party);
        }
        block_put(&m->block, DIGEST_SITTINGS, &one, sizeof one);
    }
}

/* ---- the rest ---- */

static int32_t day_in(const char *words)
{
    int day;
    return words && date_parse(words, &day) ? day : DIGEST_NO_DAY;
}

void making_promises(struct making *m)
{
    size_t count;
    struct promise *promises = assessment_promises(m->a, &count);
    for (size_t i = 0; i < count; i++) {
        const struct promise *promise = &promises[i];
        struct digest_promise one = {
            .at = making_when(m->a, promise->seq),
            .due = day_in(promise->by_when),
            .area = promise->item >= 0 ? assessment_question(m->a, promise->item)->section : -1,
            .text = block_text(&m->block, promise->text),
            .by = (uint8_t)promise->by,
            .kept = {(uint8_t)promise->kept[PRACTITIONER], (uint8_t)promise->kept[SERVICE_USER]},
        };
        block_put(&m->block, DIGEST_PROMISES, &one, sizeof one);
    }
    free(promises);
}

static uint8_t happened_word(const struct happened_kind *kind, const struct event *event, const char *field)
{
    for (const struct happened_field *f = kind->fields; f->name; f++) {
        if (strcmp(f->name, field) == 0)
            return making_place_of_word(f->words, event_text(event, field));
    }
    return 0;
}

void making_happened(struct making *m)
{
    for (const struct event *e = NULL; (e = assessment_next(m->a, EVENT_HAPPENED, e));) {
        const struct happened_kind *kind = happened_kind_of(e);
        if (!kind)
            continue;
        long minutes = event_integer(e, "minutes");
        struct digest_happened one = {
            .day = day_in(event_text(e, "on")),
            .minutes = minutes > 0 && minutes < INT32_MAX ? (int32_t)minutes : 0,
            .text = block_text(&m->block, event_text(e, "text")),
            .kind = (uint8_t)(kind - happened_table),
            .by = (uint8_t)e->by,
            .whose = happened_word(kind, e, "whose"),
            .absence = happened_word(kind, e, "absence"),
            .how = happened_word(kind, e, "how"),
            .reached = happened_word(kind, e, "reached"),
        };
        block_put(&m->block, DIGEST_HAPPENED, &one, sizeof one);
    }
}

/* A day or an instant, in seconds. */
static int64_t moment_of(const char *words)
{
    int day;
    if (!words)
        return 0;
    if (date_parse(words, &day))
        return (int64_t)day * 24 * 60 * 60;
    return (int64_t)clock_parse(words);
}

void making_episodes(struct making *m)
{
    enum { MOST_EPISODES = 64 };
    struct episode episodes[MOST_EPISODES];
    size_t count = happened_episodes(m->a, episodes, MOST_EPISODES);
    const struct happened_kind *left = happened_named("left");
    for (size_t i = 0; i < count; i++) {
        struct digest_episode one = {.from = moment_of(episodes[i].from), .to = moment_of(episodes[i].to)};
        for (const struct happened_field *f = left->fields; f->name; f++) {
            if (strcmp(f->name, "how") == 0)
                one.how = making_place_of_word(f->words, episodes[i].how);
        }
        block_put(&m->block, DIGEST_EPISODES, &one, sizeof one);
    }
}

/* Which disagreement of the digest it is; -1. They stand there in the assessment's order. */
static int32_t number_of(const struct assessment *a, const struct disagreement *d)
{
    for (size_t i = 0; d && i < assessment_disagreements(a); i++) {
        if (assessment_disagreement(a, i) == d)
            return (int32_t)i;
    }
    return -1;
}

/* A lesson is written for others: its words without the names that this record knows. */
static char *without_names(const struct assessment *a, const char *words)
{
    struct deidentify *names = deidentify_new();
    deidentify_add_record(names, a);
    char *unnamed = deidentify_text(names, words);
    deidentify_free(names);
    return unnamed;
}

static void put_remark(struct making *m, enum digest_remark_kind kind, enum who by, long seq, const char *at,
                       const struct disagreement *d, const char *name, const char *words,
                       const struct event *acknowledged)
{
    struct digest_remark one = {
        .at = (int64_t)clock_parse(at),
        .acknowledged = acknowledged ? (int64_t)clock_parse(acknowledged->at) : 0,
        .seq = (int32_t)seq,
        .disagreement = number_of(m->a, d),
        .name = block_text(&m->block, name),
        .text = block_text(&m->block, words),
        .unnamed = kind == REMARK_LESSON ? block_text_taken(&m->block, without_names(m->a, words)) : 0,
        .kind = (uint8_t)kind,
        .by = (uint8_t)by,
    };
    block_put(&m->block, DIGEST_REMARKS, &one, sizeof one);
    struct digest_disagreement *about =
        one.disagreement >= 0
            ? (struct digest_disagreement *)m->block.parts[DIGEST_DISAGREEMENTS].text + one.disagreement
            : NULL;
    if (about && (kind == REMARK_COMMENT || kind == REMARK_COACHING)) {
        about->comments += about->comments < UINT16_MAX;
        about->unacknowledged += !acknowledged && about->unacknowledged < UINT16_MAX;
    }
}

static void put_learned(struct making *m, enum digest_remark_kind kind, struct learned *learned, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_remark(m, kind, learned[i].by, learned[i].seq, learned[i].at, learned[i].disagreement,
                   learned[i].name, learned[i].text, NULL);
    free(learned);
}

void making_remarks(struct making *m)
{
    const struct assessment *a = m->a;
    size_t count;
    struct comment *comments = supervision_comments(a, &count);
    for (size_t i = 0; i < count; i++)
        put_remark(m, comments[i].coaching ? REMARK_COACHING : REMARK_COMMENT, SUPERVISOR, comments[i].seq,
                   comments[i].at, comments[i].disagreement, comments[i].name, comments[i].text,
                   comments[i].acknowledged);
    free(comments);
    struct learned *learned = supervision_reflections(a, &count);
    put_learned(m, REMARK_REFLECTION, learned, count);
    learned = supervision_lessons(a, &count);
    put_learned(m, REMARK_LESSON, learned, count);
    struct countersignature *signatures = supervision_countersignatures(a, &count);
    for (size_t i = 0; i < count; i++)
        put_remark(m, REMARK_COUNTERSIGNED, SUPERVISOR, signatures[i].seq, signatures[i].at, NULL,
                   signatures[i].name, "", NULL);
    free(signatures);
    struct lead *leads = supervision_leads(a, &count);
    for (size_t i = 0; i < count; i++) {
        const struct event *over = leads[i].handed_over;
        if (over)
            put_remark(m, REMARK_HANDED_OVER, over->by, leads[i].seq, leads[i].at, NULL, leads[i].name,
                       event_text_or(over, "because", ""), NULL);
    }
    free(leads);
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_STATEMENT, e));)
        put_remark(m, REMARK_STATEMENT, e->by, e->seq, e->at, NULL, "", event_text_or(e, "text", ""), NULL);
}
