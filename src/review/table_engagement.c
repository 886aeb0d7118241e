/* The work itself: sittings, promises, what happened beside them, and how the work goes on or stops. */
#include "review/table.h"

#include "assessment/happened.h"
#include "assessment/promises.h"
#include "assessment/topics.h"
#include "base/date.h"

#include <math.h>
#include <string.h>

static const char *const people[] = {"practitioner", "service_user", "together",
                                     "supervisor",   "alongside",    NULL};
enum { DAY = 24 * 60 * 60 };

static void text(const struct source *source, digest_text words, struct cell *cell)
{
    cell->text = digest_text_of(source->digest, words);
}

/* A word by its place, from 1; 0 is none. */
static void word(const char *const *words, uint8_t place, struct cell *cell)
{
    for (uint8_t i = 1; i <= place && words[i - 1]; i++)
        cell->text = i == place ? words[i - 1] : "";
}

/* A day as the digest has it. */
static void day(int32_t number, struct cell *cell)
{
    if (number == DIGEST_NO_DAY)
        return;
    cell->number = number;
    cell->text = date_format(number, cell->own);
}

#define NUMBER(name, of, value)                                                                              \
    static void name(const struct source *s, uint32_t n, struct cell *cell)                                  \
    {                                                                                                        \
        const struct of *d = of(s->digest, n);                                                               \
        cell_number(cell, value);                                                                            \
    }
#define SCALE(name, of, value) NUMBER(name, of, (value) ? (double)(value) : NAN)
#define YES(name, of, value)                                                                                 \
    static void name(const struct source *s, uint32_t n, struct cell *cell)                                  \
    {                                                                                                        \
        const struct of *d = of(s->digest, n);                                                               \
        cell_yes(cell, value);                                                                               \
    }
#define WORD(name, of, words, place)                                                                         \
    static void name(const struct source *s, uint32_t n, struct cell *cell)                                  \
    {                                                                                                        \
        const struct of *d = of(s->digest, n);                                                               \
        word(words, place, cell);                                                                            \
    }

/* ---- sittings ---- */

static const char *const pens[] = {"service_user", "practitioner", "in_turns", NULL};

static void get_sat(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_day(cell, digest_sitting(s->digest, n)->at);
}

NUMBER(get_sitting, digest_sitting, d ? n + 1 : NAN)
/* One that goes on has taken no time yet that could be told. */
NUMBER(get_minutes, digest_sitting, d->until ? d->minutes : NAN)
NUMBER(get_answers_p, digest_sitting, d->answers[PRACTITIONER])
NUMBER(get_answers_s, digest_sitting, d->answers[SERVICE_USER])
NUMBER(get_found, digest_sitting, d->opened)
NUMBER(get_settled, digest_sitting, d->settled)
SCALE(get_arriving_p, digest_sitting, d->arriving[PRACTITIONER])
SCALE(get_arriving_s, digest_sitting, d->arriving[SERVICE_USER])
SCALE(get_it_was_p, digest_sitting, d->how_it_was[PRACTITIONER])
SCALE(get_it_was_s, digest_sitting, d->how_it_was[SERVICE_USER])
WORD(get_pen, digest_sitting, pens, d->pen)
YES(get_agenda, digest_sitting, d->there &SAT_AGENDA)
YES(get_recap, digest_sitting, d->there &SAT_RECAP)
YES(get_next, digest_sitting, d->there &SAT_NEXT)
YES(get_closed, digest_sitting, d->there &SAT_CLOSED)

/* Skills by their place among the words of the topic. */
enum { STRUCTURE, RELATIONSHIP, PRO_SOCIAL, MOTIVATION, COGNITIVE, RESPONSIVITY };
YES(get_structure, digest_sitting, d->skills & 1u << STRUCTURE)
YES(get_relationship, digest_sitting, d->skills & 1u << RELATIONSHIP)
YES(get_pro_social, digest_sitting, d->skills & 1u << PRO_SOCIAL)
YES(get_motivation, digest_sitting, d->skills & 1u << MOTIVATION)
YES(get_cognitive, digest_sitting, d->skills & 1u << COGNITIVE)
YES(get_responsivity, digest_sitting, d->skills & 1u << RESPONSIVITY)
NUMBER(get_skills, digest_sitting, __builtin_popcount(d->skills))

static const struct column sitting_columns[] = {
    {"date", "Date", "the day of the sitting", COLUMN_DAY, 10, true, NULL, get_sat},
    COLUMN_OF_CASE,
    {"sitting", "Sitting", "which one of its record, from 1", COLUMN_NUMBER, 7, true, NULL, get_sitting},
    {"minutes", "Minutes", "how long it took; nothing while it goes on", COLUMN_NUMBER, 7, true, NULL,
     get_minutes},
    {"pen", "Typed by", "who had the keyboard first", COLUMN_WORD, 12, true, pens, get_pen},
    {"answers_p", "Answers P", "how many answers the practitioner gave in it", COLUMN_NUMBER, 9, true, NULL,
     get_answers_p},
    {"answers_s", "Answers S", "how many answers the service user gave in it", COLUMN_NUMBER, 9, true, NULL,
     get_answers_s},
    {"found", "Found", "in how many things they were found to differ", COLUMN_NUMBER, 5, true, NULL,
     get_found},
    {"settled", "Settled", "how many of what they see differently were closed", COLUMN_NUMBER, 7, true, NULL,
     get_settled},
    {"arriving_p", "Came P", "1 to 5: how the practitioner was on arriving", COLUMN_NUMBER, 6, false, NULL,
     get_arriving_p},
    {"arriving_s", "Came S", "1 to 5: how the service user was on arriving", COLUMN_NUMBER, 6, false, NULL,
     get_arriving_s},
    {"it_was_p", "Was P", "1 to 5: how it was for the practitioner", COLUMN_NUMBER, 5, false, NULL,
     get_it_was_p},
    {"it_was_s", "Was S", "1 to 5: how it was for the service user", COLUMN_NUMBER, 5, false, NULL,
     get_it_was_s},
    {"agenda", "Agenda", "was it chosen what to talk about", COLUMN_YES, 6, false, NULL, get_agenda},
    {"recap", "Recap", "was what was done looked at together", COLUMN_YES, 5, false, NULL, get_recap},
    {"next", "Next", "was the day of the next one agreed", COLUMN_YES, 4, false, NULL, get_next},
    {"closed", "Closed", "was it closed, and not only left", COLUMN_YES, 6, false, NULL, get_closed},
    {"skills", "Skills", "how many of the six skills the practitioner ticked", COLUMN_NUMBER, 6, false, NULL,
     get_skills},
    {"structure", "Structure", "ticked: gave the sitting a shape", COLUMN_YES, 9, false, NULL, get_structure},
    {"relationship", "Relationship", "ticked: built trust", COLUMN_YES, 12, false, NULL, get_relationship},
    {"pro_social", "Pro-social", "ticked: was fair and open, and showed how", COLUMN_YES, 10, false, NULL,
     get_pro_social},
    {"motivation", "Motivation", "ticked: drew out their own reasons to change", COLUMN_YES, 10, false, NULL,
     get_motivation},
    {"cognitive", "Cognitive", "ticked: looked at how thinking leads to acting", COLUMN_YES, 9, false, NULL,
     get_cognitive},
    {"responsivity", "Responsivity", "ticked: fitted it to this person's needs", COLUMN_YES, 12, false, NULL,
     get_responsivity},
    COLUMNS_OF_RECORD,
    {0},
};

static size_t sitting_rows(const struct source *source)
{
    return digest_count(source->digest, DIGEST_SITTINGS);
}

const struct table table_sittings = {
    "sittings",           "Sittings",   "one row for each time they sat down together",
    sitting_columns,      sitting_rows, NULL,
    "-date,case,sitting", NULL};

/* ---- promises ---- */

static const char *const kept_words[] = {"not_said", "kept", "not_kept", NULL};

static void get_promised(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_day(cell, digest_promise(s->digest, n)->at);
}

static void get_promiser(const struct source *s, uint32_t n, struct cell *cell)
{
    cell->text = who_names[digest_promise(s->digest, n)->by];
}

static void get_promise(const struct source *s, uint32_t n, struct cell *cell)
{
    text(s, digest_promise(s->digest, n)->text, cell);
}

static void get_due(const struct source *s, uint32_t n, struct cell *cell)
{
    day(digest_promise(s->digest, n)->due, cell);
}

static void get_kept_p(const struct source *s, uint32_t n, struct cell *cell)
{
    cell->text = kept_words[digest_promise(s->digest, n)->kept[PRACTITIONER]];
}

static void get_kept_s(const struct source *s, uint32_t n, struct cell *cell)
{
    cell->text = kept_words[digest_promise(s->digest, n)->kept[SERVICE_USER]];
}

/* As assessment_promises() has it, but as of today: a digest may be older. */
static void get_overdue(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct digest_promise *d = digest_promise(s->digest, n);
    bool kept = d->kept[PRACTITIONER] == PROMISE_KEPT || d->kept[SERVICE_USER] == PROMISE_KEPT;
    if (d->due != DIGEST_NO_DAY)
        cell_yes(cell, !kept && d->due < clock_today());
}

static void get_promise_part(const struct source *s, uint32_t n, struct cell *cell)
{
    int32_t area = digest_promise(s->digest, n)->area;
    const struct facts_area *found = area >= 0 ? facts_area(s->facts, (size_t)area) : NULL;
    if (!found)
        return;
    cell->text = facts_text(s->facts, found->title);
    cell->also = facts_text(s->facts, found->name);
}

static const struct column promise_columns[] = {
    {"date", "Date", "the day it was made", COLUMN_DAY, 10, true, NULL, get_promised},
    COLUMN_OF_CASE,
    {"by", "By", "who promised", COLUMN_WORD, 12, true, people, get_promiser},
    {"text", "What", "what was promised", COLUMN_TEXT, 30, true, NULL, get_promise},
    {"due", "Due", "by when", COLUMN_DAY, 10, true, NULL, get_due},
    {"kept_p", "Kept P", "what the practitioner says became of it", COLUMN_WORD, 8, true, kept_words,
     get_kept_p},
    {"kept_s", "Kept S", "what the service user says became of it", COLUMN_WORD, 8, true, kept_words,
     get_kept_s},
    {"overdue", "Overdue", "its day is over, and neither says it was kept", COLUMN_YES, 7, false, NULL,
     get_overdue},
    {"part", "Part", "the part of the form it belongs to", COLUMN_TEXT, 12, false, NULL, get_promise_part},
    COLUMNS_OF_RECORD,
    {0},
};

static size_t promise_rows(const struct source *source)
{
    return digest_count(source->digest, DIGEST_PROMISES);
}

const struct table table_promises = {
    "promises",      "Promises",   "one row for each promise that either made",
    promise_columns, promise_rows, NULL,
    "-date,case",    NULL};

/* ---- what happened ---- */

static const char *const kinds[] = {"life_event", "lapse",     "milestone", "attempt", "missed",
                                    "late",       "cancelled", "referral",  "step",    "entry",
                                    "left",       "returned",  NULL};
static const char *const whose_words[] = {"practitioner", "service_user", "other", NULL};
static const char *const absences[] = {"acceptable", "not_acceptable", "not_known", NULL};
static const char *const yes_no[] = {"yes", "no", NULL};
/* How somebody tried to get in touch, and how the work ended: one column, as no row has both. */
static const char *const ways[] = {"call",  "letter",   "message",        "visit",    "other", "planned",
                                   "moved", "released", "stopped_coming", "withdrew", NULL};

static void get_happened_day(const struct source *s, uint32_t n, struct cell *cell)
{
    day(digest_happened(s->digest, n)->day, cell);
}

static void get_happened_kind(const struct source *s, uint32_t n, struct cell *cell)
{
    cell->text = happened_table[digest_happened(s->digest, n)->kind].name;
}

static void get_happened_text(const struct source *s, uint32_t n, struct cell *cell)
{
    text(s, digest_happened(s->digest, n)->text, cell);
}

static void get_happened_by(const struct source *s, uint32_t n, struct cell *cell)
{
    cell->text = who_names[digest_happened(s->digest, n)->by];
}

/* What “how” means depends on the kind: its own words say it. */
static void get_happened_how(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct digest_happened *d = digest_happened(s->digest, n);
    for (const struct happened_field *f = happened_table[d->kind].fields; d->how && f->name; f++) {
        if (strcmp(f->name, "how") != 0)
            continue;
        for (uint8_t i = 1; f->words && f->words[i - 1].word && i <= d->how; i++)
            cell->text = i == d->how ? f->words[i - 1].word : "";
    }
}

WORD(get_whose, digest_happened, whose_words, d->whose)
WORD(get_absence, digest_happened, absences, d->absence)
WORD(get_reached, digest_happened, yes_no, d->reached)
NUMBER(get_late_minutes, digest_happened, d->minutes ? d->minutes : NAN)

static const struct column happened_columns[] = {
    {"date", "Date", "the day on which it happened", COLUMN_DAY, 10, true, NULL, get_happened_day},
    COLUMN_OF_CASE,
    {"kind", "What", "what kind of thing it was", COLUMN_WORD, 10, true, kinds, get_happened_kind},
    {"whose", "Whose", "missed, late, cancelled: who it was", COLUMN_WORD, 12, true, whose_words, get_whose},
    {"absence", "Reason", "missed: was there a good reason", COLUMN_WORD, 14, true, absences, get_absence},
    {"how", "How", "a try to get in touch: how; leaving: how it ended", COLUMN_WORD, 14, true, ways,
     get_happened_how},
    {"reached", "Reached", "a try to get in touch: did it get through", COLUMN_WORD, 7, false, yes_no,
     get_reached},
    {"minutes", "Minutes", "late: by how many minutes", COLUMN_NUMBER, 7, false, NULL, get_late_minutes},
    {"text", "Words", "what was said about it", COLUMN_TEXT, 30, true, NULL, get_happened_text},
    {"by", "Told by", "who told it", COLUMN_WORD, 12, false, people, get_happened_by},
    COLUMNS_OF_RECORD,
    {0},
};

static size_t happened_rows(const struct source *source)
{
    return digest_count(source->digest, DIGEST_HAPPENED);
}

/* A stored digest of another version's kind is no row. */
static bool is_happened(const struct source *source, uint32_t number)
{
    size_t known = 0;
    while (happened_table[known].name)
        known++;
    return digest_happened(source->digest, number)->kind < known;
}

const struct table table_happened = {"happened",
                                     "What happened",
                                     "one row for each thing that happened beside the sittings",
                                     happened_columns,
                                     happened_rows,
                                     is_happened,
                                     "-date,case",
                                     NULL};

/* ---- episodes ---- */

static const char *const endings[] = {"planned",  "moved", "released", "stopped_coming",
                                      "withdrew", "other", NULL};

static void get_from(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_day(cell, digest_episode(s->digest, n)->from);
}

static void get_to(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_day(cell, digest_episode(s->digest, n)->to);
}

/* While it goes on: to the record's last entry, as nothing is known of what came after. */
static void get_length(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct digest_episode *d = digest_episode(s->digest, n);
    int64_t to = d->to ? d->to : s->digest->last, days = to / DAY - d->from / DAY;
    cell_number(cell, days > 0 ? (double)days : 0);
}

static void get_goes_on(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_yes(cell, !digest_episode(s->digest, n)->to);
}

NUMBER(get_episode, digest_episode, d ? n + 1 : NAN)
WORD(get_ending, digest_episode, endings, d->how)

static const struct column episode_columns[] = {
    {"date", "From", "the day it began, or was gone on with", COLUMN_DAY, 10, true, NULL, get_from},
    COLUMN_OF_CASE,
    {"to", "To", "the day it stopped; nothing while it goes on", COLUMN_DAY, 10, true, NULL, get_to},
    {"days", "Days", "from the one to the other, or to the last entry", COLUMN_NUMBER, 5, true, NULL,
     get_length},
    {"how", "How it stopped", "as it was said", COLUMN_WORD, 14, true, endings, get_ending},
    {"goes_on", "Goes on", "it has not stopped", COLUMN_YES, 7, true, NULL, get_goes_on},
    {"episode", "Episode", "which one of its record, from 1", COLUMN_NUMBER, 7, false, NULL, get_episode},
    COLUMNS_OF_RECORD,
    {0},
};

static size_t episode_rows(const struct source *source)
{
    return digest_count(source->digest, DIGEST_EPISODES);
}

const struct table table_episodes = {"episodes",
                                     "How the work goes on",
                                     "one row for each time that the work went on without a break",
                                     episode_columns,
                                     episode_rows,
                                     NULL,
                                     "-date,case",
                                     NULL};
