/* What stands beside the answers, told by fuzz-apply in all ways that there are; MUST() is its. */
#ifndef FUZZ_APPLY_BESIDE_H
#define FUZZ_APPLY_BESIDE_H

#include "assessment/assessment.h"
#include "assessment/promises.h"
#include "assessment/supervision.h"
#include "session/differences.h"
#include "session/promised.h"
#include "session/sitting.h"
#include "session/supervise.h"
#include "session/talk.h"
#include "session/timeline.h"
#include "session/waiting.h"

#include <stdlib.h>
#include <string.h>

static void hear_row(void *context, const char *label, const char *text)
{
    *(size_t *)context += strlen(label) + strlen(text);
}

/* The events about each are those that a look through all of them finds. */
static void indexed(const struct assessment *a)
{
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *about = NULL, *next = NULL, *target = assessment_event(a, i);
        for (size_t k = i + 1; k < assessment_events(a); k++) {
            const struct event *event = assessment_event(a, k);
            if (event->kind == EVENT_UNDONE || assessment_is_undone(a, event->seq))
                continue;
            if (event->kind == target->kind && !next)
                next = event;
            if (event_integer(event, "of") != target->seq)
                continue;
            about = assessment_next_about(a, target->seq, about);
            MUST(about == event);
        }
        MUST(!assessment_next_about(a, target->seq, about));
        if (target->kind != EVENT_UNDONE)
            MUST(assessment_next(a, target->kind, target) == next);
    }
}

/* Exactly one leads at any time, from the first event on; what was read was written before. */
static void supervised(const struct assessment *a)
{
    size_t count, unread = 0;
    struct lead *leads = supervision_leads(a, &count);
    MUST(count > 0 && leads[0].name);
    for (size_t i = 1; i < count; i++)
        MUST(leads[i].name && leads[i].handed_over && leads[i].seq > leads[i - 1].seq);
    free(leads);
    struct comment *comments = supervision_comments(a, &count);
    for (size_t i = 0; i < count; i++) {
        MUST(!comments[i].acknowledged || comments[i].acknowledged->seq > comments[i].seq);
        unread += !comments[i].acknowledged;
    }
    MUST(unread == supervision_unacknowledged(a) && unread == supervise_unread(a, NULL, 0));
    free(comments);
    free(supervision_reflections(a, &count));
    free(supervision_lessons(a, &count));
    struct countersignature *signatures = supervision_countersignatures(a, &count);
    for (size_t i = 0; i + 1 < count; i++)
        MUST(signatures[i].changed_since); /* only the last can hold */
    free(signatures);
    free(supervise_lead_words(a));
    free(supervise_countersigned_words(a));
}

/* What stands beside the answers: the talks, the sittings, the timeline. */
static void tell_beside_answers(const struct assessment *a)
{
    size_t count, length = 0;
    indexed(a);
    supervised(a);
    struct moment *moments = timeline_make(a, 0, &count);
    timeline_free(moments, count);
    free(timeline_attendance(a, 0));
    free(timeline_episodes(a));
    for (size_t i = 0; i < assessment_events(a); i++)
        timeline_tell(a, assessment_event(a, i)->seq, 0, hear_row, &length);
    struct promise *promises = assessment_promises(a, &count);
    for (size_t i = 0; i < count; i++)
        free(promised_standing(a, &promises[i], 0));
    free(promises);
    free(promised_overdue(a, PRACTITIONER, 0));
    free(sitting_stage_words(a));
    for (int who = 0; who < PARTIES; who++)
        MUST(sitting_language(a, (enum who)who) < assessment_form(a)->language_count);
    for (size_t i = 0; i < assessment_disagreements(a); i++) {
        const struct disagreement *d = assessment_disagreement(a, i);
        struct talk talk;
        struct talk_turn turn;
        talk_begin(&talk, a, d);
        for (int steps = 0; talk.at < TALK_END; steps++) {
            MUST(steps < 4 * TALK_END);
            free(talk_voice(a, d, (enum who)(steps % PARTIES), talk.at, 0));
            if (talk_turn(&talk, a, &turn)) {
                free(talk_prompt(a, &turn, 0));
                talk_leave_out(&talk, &turn);
            } else if (!talk_on(&talk, a)) {
                break;
            }
        }
        free(talk_voice(a, d, SUPERVISOR, TALK_WRITE, 0));
        free(difference_age(a, d));
        free(waiting_brief(a, d));
        free(waiting_came_back_words(a, d));
    }
}

#endif
