/* What they see differently, and what both answered, alike or not. */
#include "review/table.h"

#include "assessment/assessment.h"
#include "assessment/topics.h"
#include "base/date.h"
#include "review/statistics.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct digest_disagreement *at(const struct source *source, uint32_t number)
{
    return digest_disagreement(source->digest, number);
}

static void text(const struct source *source, digest_text words, struct cell *cell)
{
    cell->text = digest_text_of(source->digest, words);
}

/* ---- disagreements ---- */

static const char *const ended_words[] = {
    "open",       "practitioner_moved", "service_user_moved", "met_between", "new_answer",
    "both_stand", "needs_information",  "referred",           "stopped",     "agreed",
    NULL};
static const char *const people[] = {"practitioner", "service_user", "together",
                                     "supervisor",   "alongside",    NULL};
static const char *const pens[] = {"service_user", "practitioner", "in_turns", NULL};

static const char *const became_words[] = {"narrowed", "same", "widened", NULL};
static const char *const scale_words[] = {"scale", "list", NULL};

static void get_opened(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_day(cell, at(s, n)->opened);
}

static void get_closed(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_day(cell, at(s, n)->closed);
}

static void area(const struct source *s, int32_t number, struct cell *cell)
{
    const struct facts_area *found = number >= 0 ? facts_area(s->facts, (size_t)number) : NULL;
    if (!found)
        return;
    cell->text = facts_text(s->facts, found->title);
    cell->also = facts_text(s->facts, found->name);
}

static void question(const struct source *s, int32_t number, struct cell *cell, bool label)
{
    const struct facts_question *found = number >= 0 ? facts_question(s->facts, (size_t)number) : NULL;
    cell->text = found ? facts_text(s->facts, label ? found->label : found->name) : "";
}

static void get_part(const struct source *s, uint32_t n, struct cell *cell)
{
    area(s, at(s, n)->area, cell);
}

static void get_question(const struct source *s, uint32_t n, struct cell *cell)
{
    text(s, at(s, n)->path, cell);
}

static void get_label(const struct source *s, uint32_t n, struct cell *cell)
{
    question(s, at(s, n)->question, cell, true);
}

#define ANSWER(name, moment, party)                                                                          \
    static void name(const struct source *s, uint32_t n, struct cell *cell)                                  \
    {                                                                                                        \
        text(s, at(s, n)->answer[moment][party], cell);                                                      \
    }
ANSWER(get_p, BEFORE, PRACTITIONER)
ANSWER(get_s, BEFORE, SERVICE_USER)
ANSWER(get_p_after, AFTER, PRACTITIONER)
ANSWER(get_s_after, AFTER, SERVICE_USER)

#define NUMBER(name, value)                                                                                  \
    static void name(const struct source *s, uint32_t n, struct cell *cell)                                  \
    {                                                                                                        \
        const struct digest_disagreement *d = at(s, n);                                                      \
        cell_number(cell, value);                                                                            \
    }
NUMBER(get_gap, d->gap[BEFORE])
NUMBER(get_gap_after, d->gap[AFTER])
NUMBER(get_minutes, d->closed ? ceil(d->seconds / 60.0) : NAN)
NUMBER(get_seconds, d->closed ? d->seconds : NAN)
NUMBER(get_days, d->closed ? floor((double)(d->closed - d->opened) / (24 * 60 * 60)) : NAN)
NUMBER(get_heard_p, d->heard[PRACTITIONER] ? d->heard[PRACTITIONER] : NAN)
NUMBER(get_heard_s, d->heard[SERVICE_USER] ? d->heard[SERVICE_USER] : NAN)
NUMBER(get_said_p, d->said[PRACTITIONER])
NUMBER(get_said_s, d->said[SERVICE_USER])
NUMBER(get_comments, d->comments)
NUMBER(get_unread, d->unacknowledged)
NUMBER(get_reopened, d->reopened)
NUMBER(get_sitting, d->sitting ? d->sitting : NAN)

/* How it ended; while it has not: open. */
static void get_ended(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct digest_disagreement *d = at(s, n);
    bool live = d->state == STATE_OPEN || d->state == STATE_TALKING || d->outcome == OUTCOME_NONE;
    cell->text = live ? "open" : outcome_names[d->outcome];
}

#define WORD(name, vocabulary, value)                                                                        \
    static void name(const struct source *s, uint32_t n, struct cell *cell)                                  \
    {                                                                                                        \
        cell->text = (vocabulary)[at(s, n)->value];                                                          \
    }
WORD(get_state, state_names, state)
WORD(get_change, change_names, change)
WORD(get_kind, kind_names, kind)
WORD(get_by, who_names, by)
WORD(get_first, who_names, first)

static void get_pen(const struct source *s, uint32_t n, struct cell *cell)
{
    uint8_t pen = at(s, n)->pen;
    cell->text = pen >= 1 && pen <= sizeof pens / sizeof *pens - 1 ? pens[pen - 1] : "";
}

static void get_why_p(const struct source *s, uint32_t n, struct cell *cell)
{
    text(s, at(s, n)->because[PRACTITIONER], cell);
}

static void get_why_s(const struct source *s, uint32_t n, struct cell *cell)
{
    text(s, at(s, n)->because[SERVICE_USER], cell);
}

static void get_waits_for(const struct source *s, uint32_t n, struct cell *cell)
{
    if (at(s, n)->waits_since)
        text(s, at(s, n)->waits_for, cell);
}

static void get_waits_since(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_day(cell, at(s, n)->waits_since);
}

static void get_answered(const struct source *s, uint32_t n, struct cell *cell)
{
    if (at(s, n)->state == STATE_REFERRED || at(s, n)->answered)
        cell_yes(cell, at(s, n)->answered);
}

/* What became of the gap, of what is closed: both answers are there before and after. */
static void get_became(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct digest_disagreement *d = at(s, n);
    const double by = d->gap[AFTER] - d->gap[BEFORE], hair = 1e-9;
    if (d->closed && !isnan(by))
        cell->text = became_words[by < -hair ? 0 : by > hair ? 2 : 1];
}

static const struct facts_question *asked(const struct source *s, int32_t number)
{
    return number >= 0 ? facts_question(s->facts, (size_t)number) : NULL;
}

static void get_scale(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct facts_question *q = asked(s, at(s, n)->question);
    if (q && q->steps)
        cell->text = scale_words[!q->ordered];
}

static void get_share(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct digest_disagreement *d = at(s, n);
    const double(*p)[PARTIES] = d->place;
    if (d->closed)
        cell_number(cell, movement_share(p[BEFORE][PRACTITIONER], p[AFTER][PRACTITIONER],
                                         p[BEFORE][SERVICE_USER], p[AFTER][SERVICE_USER])
                              .value);
}

/* Where just one of them moved: was it who had answered first? */
static void get_first_moved(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct digest_disagreement *d = at(s, n);
    bool p = d->outcome == OUTCOME_PRACTITIONER_MOVED, u = d->outcome == OUTCOME_SERVICE_USER_MOVED;
    if ((p || u) && d->state == STATE_RESOLVED && d->question >= 0)
        cell_yes(cell, d->first == (p ? PRACTITIONER : SERVICE_USER));
}

static void reasons(const struct source *s, uint32_t n, enum who party, struct cell *cell)
{
    size_t length = 0;
    for (int reason = 0; reason_names[reason]; reason++) {
        if (at(s, n)->reasons[party] & 1u << reason)
            length += (size_t)snprintf(cell->own + length, sizeof cell->own - length, "%s%s",
                                       length ? ", " : "", reason_names[reason]);
    }
    for (char *c = cell->own; (c = strchr(c, '_'));)
        *c = ' ';
    cell->text = cell->own;
}

static void get_reasons_p(const struct source *s, uint32_t n, struct cell *cell)
{
    reasons(s, n, PRACTITIONER, cell);
}

static void get_reasons_s(const struct source *s, uint32_t n, struct cell *cell)
{
    reasons(s, n, SERVICE_USER, cell);
}

static bool until_day(const struct source *s, uint32_t n, int *day)
{
    return at(s, n)->waits_since && date_parse(digest_text_of(s->digest, at(s, n)->until), day);
}

static void get_until(const struct source *s, uint32_t n, struct cell *cell)
{
    int day;
    if (until_day(s, n, &day))
        text(s, at(s, n)->until, cell);
}

static void get_overdue(const struct source *s, uint32_t n, struct cell *cell)
{
    int day;
    if (until_day(s, n, &day))
        cell_yes(cell, day < clock_today());
}

static void get_waits_days(const struct source *s, uint32_t n, struct cell *cell)
{
    enum { DAY = 24 * 60 * 60 };
    int since = (int)(at(s, n)->waits_since / DAY), days = clock_today() - since;
    if (at(s, n)->waits_since)
        cell_number(cell, days > 0 ? days : 0);
}

static void get_id(const struct source *s, uint32_t n, struct cell *cell)
{
    text(s, at(s, n)->id, cell);
}

static const struct column disagreement_columns[] = {
    {"date", "Date", "the day on which they were found to differ", COLUMN_DAY, 10, true, NULL, get_opened},
    COLUMN_OF_CASE,
    {"part", "Part", "the part of the form", COLUMN_TEXT, 12, true, NULL, get_part},
    {"p", "P", "what the practitioner said first", COLUMN_TEXT, 3, true, NULL, get_p},
    {"s", "S", "what the service user said first", COLUMN_TEXT, 3, true, NULL, get_s},
    {"gap", "Gap", "how far apart that is", COLUMN_NUMBER, 3, true, NULL, get_gap},
    {"ended", "How it ended", "how it ended, or open", COLUMN_WORD, 18, true, ended_words, get_ended},
    {"question", "Question", "the question's name", COLUMN_TEXT, 16, false, NULL, get_question},
    {"label", "Asked", "the question as the practitioner reads it", COLUMN_TEXT, 30, false, NULL, get_label},
    {"p_after", "P after", "what the practitioner says now, or as it closed", COLUMN_TEXT, 7, false, NULL,
     get_p_after},
    {"s_after", "S after", "what the service user says now, or as it closed", COLUMN_TEXT, 7, false, NULL,
     get_s_after},
    {"gap_after", "Gap after", "how far apart that is", COLUMN_NUMBER, 9, false, NULL, get_gap_after},
    {"change", "Change", "both stand: what became of the gap", COLUMN_WORD, 9, false, change_names,
     get_change},
    {"became", "Gap became", "closed: what became of the gap", COLUMN_WORD, 10, false, became_words,
     get_became},
    {"share", "Share", "closed: of the way that both moved, what the practitioner did, 0 to 1", COLUMN_NUMBER,
     5, false, NULL, get_share},
    {"scale", "Scale", "are its answers on a scale, or in a list", COLUMN_WORD, 5, false, scale_words,
     get_scale},
    {"state", "State", "where it stands", COLUMN_WORD, 9, false, state_names, get_state},
    {"kind", "Kind", "what it is about", COLUMN_WORD, 8, false, kind_names, get_kind},
    {"by", "Raised by", "alongside where two answers differed, else who raised it", COLUMN_WORD, 12, false,
     people, get_by},
    {"first", "First", "who answered first", COLUMN_WORD, 12, false, people, get_first},
    {"first_moved", "First moved", "just one moved: was it who had answered first", COLUMN_YES, 11, false,
     NULL, get_first_moved},
    {"reasons_p", "Reasons P", "what made the practitioner change an answer, in their own words for it",
     COLUMN_TEXT, 20, false, NULL, get_reasons_p},
    {"reasons_s", "Reasons S", "what made the service user change an answer, in their own words for it",
     COLUMN_TEXT, 20, false, NULL, get_reasons_s},
    {"pen", "Typed by", "who had the keyboard first in that sitting", COLUMN_WORD, 12, false, pens, get_pen},
    {"closed", "Closed", "the day on which it was closed", COLUMN_DAY, 10, false, NULL, get_closed},
    {"days", "Days", "from found to closed", COLUMN_NUMBER, 4, false, NULL, get_days},
    {"minutes", "Minutes", "from found to closed, while they sat together", COLUMN_NUMBER, 7, false, NULL,
     get_minutes},
    {"seconds", "Seconds", "the same in seconds", COLUMN_NUMBER, 7, false, NULL, get_seconds},
    {"heard_p", "Heard P", "1 to 5: how far the practitioner felt heard", COLUMN_NUMBER, 7, false, NULL,
     get_heard_p},
    {"heard_s", "Heard S", "1 to 5: how far the service user felt heard", COLUMN_NUMBER, 7, false, NULL,
     get_heard_s},
    {"said_p", "Said P", "how often the practitioner spoke in the talk", COLUMN_NUMBER, 6, false, NULL,
     get_said_p},
    {"said_s", "Said S", "how often the service user spoke in the talk", COLUMN_NUMBER, 6, false, NULL,
     get_said_s},
    {"why_p", "Why P", "the practitioner's reason", COLUMN_TEXT, 24, false, NULL, get_why_p},
    {"why_s", "Why S", "the service user's reason", COLUMN_TEXT, 24, false, NULL, get_why_s},
    {"waits_for", "Waits for", "what has to be found out, or is asked of somebody", COLUMN_TEXT, 24, false,
     NULL, get_waits_for},
    {"waits_since", "Since", "since when it waits", COLUMN_DAY, 10, false, NULL, get_waits_since},
    {"waits_days", "Waits days", "for how many days it has waited", COLUMN_NUMBER, 10, false, NULL,
     get_waits_days},
    {"due", "Due", "by when it is to be known, or answered", COLUMN_DAY, 10, false, NULL, get_until},
    {"overdue", "Overdue", "is that day over", COLUMN_YES, 7, false, NULL, get_overdue},
    {"answered", "Answered", "referred: was it answered", COLUMN_YES, 8, false, NULL, get_answered},
    {"reopened", "Reopened", "how often it was opened again", COLUMN_NUMBER, 8, false, NULL, get_reopened},
    {"comments", "Comments", "what supervisors wrote about it", COLUMN_NUMBER, 8, false, NULL, get_comments},
    {"unread", "Unread", "how many of those the practitioner has not acknowledged", COLUMN_NUMBER, 6, false,
     NULL, get_unread},
    {"sitting", "Sitting", "the sitting it was found in, from 1", COLUMN_NUMBER, 7, false, NULL, get_sitting},
    COLUMNS_OF_RECORD,
    {"id", "Id", "its id in the record", COLUMN_TEXT, 4, false, NULL, get_id},
    {0},
};

static size_t disagreement_rows(const struct source *source)
{
    return digest_count(source->digest, DIGEST_DISAGREEMENTS);
}

/* A slip of a key that was taken back before anybody spoke is none. */
static bool is_disagreement(const struct source *source, uint32_t number)
{
    return at(source, number)->state != STATE_WITHDRAWN;
}

const struct table table_disagreements = {"disagreements",
                                          "What they see differently",
                                          "one row for each thing that two people see differently",
                                          disagreement_columns,
                                          disagreement_rows,
                                          is_disagreement,
                                          "-date,case,id",
                                          NULL};

/* ---- what both answered ---- */

static const struct digest_pair *pair_at(const struct source *source, uint32_t number)
{
    return digest_pair(source->digest, number);
}

static const struct digest_disagreement *pair_disagreement(const struct source *source, uint32_t number)
{
    int32_t found = pair_at(source, number)->disagreement;
    return found >= 0 ? digest_disagreement(source->digest, (size_t)found) : NULL;
}

static void get_pair_day(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_day(cell, pair_at(s, n)->at);
}

static void get_pair_part(const struct source *s, uint32_t n, struct cell *cell)
{
    area(s, facts_question(s->facts, (size_t)pair_at(s, n)->question)->area, cell);
}

static void get_pair_question(const struct source *s, uint32_t n, struct cell *cell)
{
    question(s, pair_at(s, n)->question, cell, false);
}

static void get_pair_label(const struct source *s, uint32_t n, struct cell *cell)
{
    question(s, pair_at(s, n)->question, cell, true);
}

static void get_entry(const struct source *s, uint32_t n, struct cell *cell)
{
    int32_t entry = pair_at(s, n)->entry;
    cell_number(cell, entry ? entry : NAN);
}

/* What a step stands for: on a scale its number, in a list its place. */
static double step_value(const struct source *s, uint32_t n, enum who party)
{
    const struct digest_pair *pair = pair_at(s, n);
    const struct facts_question *q = facts_question(s->facts, (size_t)pair->question);
    int32_t step = pair->step[party];
    if (step < 0)
        return NAN;
    return q->ordered ? q->from + step * q->step : step + 1;
}

static void get_pair_p(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_number(cell, step_value(s, n, PRACTITIONER));
}

static void get_pair_s(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_number(cell, step_value(s, n, SERVICE_USER));
}

static void get_pair_gap(const struct source *s, uint32_t n, struct cell *cell)
{
    if (facts_question(s->facts, (size_t)pair_at(s, n)->question)->ordered)
        cell_number(cell, fabs(step_value(s, n, PRACTITIONER) - step_value(s, n, SERVICE_USER)));
}

static void get_pair_differ(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_yes(cell, pair_at(s, n)->differ);
}

static void get_pair_first(const struct source *s, uint32_t n, struct cell *cell)
{
    cell->text = who_names[pair_at(s, n)->first];
}

static void get_pair_steps(const struct source *s, uint32_t n, struct cell *cell)
{
    int32_t steps = facts_question(s->facts, (size_t)pair_at(s, n)->question)->steps;
    cell_number(cell, steps ? steps : NAN);
}

/* What both steps can be counted in. */
static void get_pair_scale(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct digest_pair *pair = pair_at(s, n);
    const struct facts_question *q = asked(s, pair->question);
    if (q->steps >= 2 && pair->step[PRACTITIONER] >= 0 && pair->step[SERVICE_USER] >= 0)
        cell->text = scale_words[!q->ordered];
}

static void get_pair_same(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct digest_pair *pair = pair_at(s, n);
    get_pair_scale(s, n, cell);
    if (*cell->text)
        cell_yes(cell, pair->step[PRACTITIONER] == pair->step[SERVICE_USER]);
}

static void pair_step(const struct source *s, uint32_t n, enum who party, struct cell *cell)
{
    int32_t step = pair_at(s, n)->step[party];
    cell_number(cell, step >= 0 ? step + 1 : NAN);
}

static void get_pair_p_step(const struct source *s, uint32_t n, struct cell *cell)
{
    pair_step(s, n, PRACTITIONER, cell);
}

static void get_pair_s_step(const struct source *s, uint32_t n, struct cell *cell)
{
    pair_step(s, n, SERVICE_USER, cell);
}

static void get_pair_id(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct digest_disagreement *d = pair_disagreement(s, n);
    if (d)
        text(s, d->id, cell);
}

static const struct column pair_columns[] = {
    {"date", "Date", "the day on which both had answered", COLUMN_DAY, 10, true, NULL, get_pair_day},
    COLUMN_OF_CASE,
    {"part", "Part", "the part of the form", COLUMN_TEXT, 12, true, NULL, get_pair_part},
    {"question", "Question", "the question's name", COLUMN_TEXT, 16, true, NULL, get_pair_question},
    {"p", "P", "what the practitioner said first; in a list its place, from 1", COLUMN_NUMBER, 3, true, NULL,
     get_pair_p},
    {"s", "S", "what the service user said first; in a list its place, from 1", COLUMN_NUMBER, 3, true, NULL,
     get_pair_s},
    {"gap", "Gap", "how far apart that is, on a scale", COLUMN_NUMBER, 3, true, NULL, get_pair_gap},
    {"differ", "Differ", "further apart than the form lets pass", COLUMN_YES, 6, true, NULL, get_pair_differ},
    {"first", "First", "who answered first", COLUMN_WORD, 12, false, people, get_pair_first},
    {"steps", "Steps", "how many answers there are to give", COLUMN_NUMBER, 5, false, NULL, get_pair_steps},
    {"scale", "Scale", "are its answers on a scale, or in a list", COLUMN_WORD, 5, false, scale_words,
     get_pair_scale},
    {"same", "Same", "on a scale or in a list: is it the same answer", COLUMN_YES, 4, false, NULL,
     get_pair_same},
    {"p_step", "P step", "which step the practitioner's is, from 1", COLUMN_NUMBER, 6, false, NULL,
     get_pair_p_step},
    {"s_step", "S step", "which step the service user's is, from 1", COLUMN_NUMBER, 6, false, NULL,
     get_pair_s_step},
    {"label", "Asked", "the question as the practitioner reads it", COLUMN_TEXT, 30, false, NULL,
     get_pair_label},
    {"entry", "Entry", "of a list that people fill themselves", COLUMN_NUMBER, 5, false, NULL, get_entry},
    COLUMNS_OF_RECORD,
    {"id", "Id", "of the disagreement about it, at first or later", COLUMN_TEXT, 4, false, NULL, get_pair_id},
    {0},
};

static size_t pair_rows(const struct source *source)
{
    return digest_count(source->digest, DIGEST_PAIRS);
}

static const char *const of_answers[] = {"p", "s", "gap", "differ", "same", "p_step", "s_step", "id", NULL};

const struct table table_pairs = {"compared",
                                  "What both answered",
                                  "one row for each question that both answered, as it was before any talk",
                                  pair_columns,
                                  pair_rows,
                                  NULL,
                                  "-date,case,question",
                                  of_answers};
