/* Records: those that were read, and those that could not be. */
#include "review/table.h"

#include "form/form.h"

#include <math.h>

static const struct digest *at(const struct source *source)
{
    return source->digest;
}

static bool is_broken(const struct source *source)
{
    return at(source)->broken != 0;
}

#define NUMBER(name, value)                                                                                  \
    static void name(const struct source *s, uint32_t n, struct cell *cell)                                  \
    {                                                                                                        \
        (void)n;                                                                                             \
        const struct digest *d = at(s);                                                                      \
        cell_number(cell, value);                                                                            \
    }
NUMBER(get_entries, d->entries)
NUMBER(get_live, d->live)
NUMBER(get_asked_p, d->asked[PRACTITIONER])
NUMBER(get_asked_s, d->asked[SERVICE_USER])
NUMBER(get_answers_p, d->answers[PRACTITIONER])
NUMBER(get_answers_s, d->answers[SERVICE_USER])
NUMBER(get_declined_p, d->declined[PRACTITIONER])
NUMBER(get_declined_s, d->declined[SERVICE_USER])
NUMBER(get_sittings, (double)digest_count(d, DIGEST_SITTINGS))
NUMBER(get_compared, (double)digest_count(d, DIGEST_PAIRS))
NUMBER(get_promises, (double)digest_count(d, DIGEST_PROMISES))

static void get_differ(const struct source *s, uint32_t n, struct cell *cell)
{
    (void)n;
    size_t count = 0;
    for (size_t i = 0; i < digest_count(at(s), DIGEST_PAIRS); i++)
        count += digest_pair(at(s), i)->differ;
    cell_number(cell, (double)count);
}

/* Of what they see differently, as the table of it: without slips of a key. */
static void get_seen(const struct source *s, uint32_t n, struct cell *cell)
{
    (void)n;
    size_t count = 0;
    for (uint32_t i = 0; i < digest_count(at(s), DIGEST_DISAGREEMENTS); i++)
        count += table_disagreements.has(s, i);
    cell_number(cell, (double)count);
}

static void get_begun(const struct source *s, uint32_t n, struct cell *cell)
{
    (void)n;
    cell_day(cell, at(s)->begun);
}

static void get_last(const struct source *s, uint32_t n, struct cell *cell)
{
    (void)n;
    cell_day(cell, at(s)->last);
}

static const char *const signed_words[] = {"both", "practitioner", "service_user", "refused", "no", NULL};

static void get_signed(const struct source *s, uint32_t n, struct cell *cell)
{
    (void)n;
    const struct digest *d = at(s);
    bool p = d->has_signed[PRACTITIONER], u = d->has_signed[SERVICE_USER];
    if (p && u)
        cell->text = "both";
    else if (p || u)
        cell->text = p ? "practitioner" : "service_user";
    else
        cell->text = d->refused[PRACTITIONER] || d->refused[SERVICE_USER] ? "refused" : "no";
}

static void get_countersigned(const struct source *s, uint32_t n, struct cell *cell)
{
    (void)n;
    cell_yes(cell, at(s)->countersigned);
}

static void get_stage(const struct source *s, uint32_t n, struct cell *cell)
{
    (void)n;
    cell->text = stage_names[at(s)->stage];
}

static void get_follows(const struct source *s, uint32_t n, struct cell *cell)
{
    (void)n;
    cell->text = digest_text_of(at(s), at(s)->follows);
}

static void get_remark(const struct source *s, uint32_t n, struct cell *cell)
{
    (void)n;
    cell->text = digest_text_of(at(s), at(s)->remark);
}

static void get_path(const struct source *s, uint32_t n, struct cell *cell)
{
    (void)n;
    cell->text = s->path;
}

static void get_broken(const struct source *s, uint32_t n, struct cell *cell)
{
    (void)n;
    cell->text = digest_text_of(at(s), at(s)->broken);
}

static const struct column record_columns[] = {
    {"date", "Begun", "the day it was begun", COLUMN_DAY, 10, true, NULL, get_begun},
    COLUMN_OF_CASE,
    {"last", "Last entry", "the day of its last entry", COLUMN_DAY, 10, true, NULL, get_last},
    {"sittings", "Sittings", "how many there were", COLUMN_NUMBER, 8, true, NULL, get_sittings},
    {"compared", "Both answered", "how many questions both answered", COLUMN_NUMBER, 13, true, NULL,
     get_compared},
    {"differ", "Differ", "in how many of those they differed at first", COLUMN_NUMBER, 6, true, NULL,
     get_differ},
    {"disagreements", "Seen differently", "what they saw differently, first or later", COLUMN_NUMBER, 16,
     false, NULL, get_seen},
    {"open", "Open", "what is open between them", COLUMN_NUMBER, 4, true, NULL, get_live},
    {"signed", "Signed", "who has signed", COLUMN_WORD, 12, true, signed_words, get_signed},
    {"countersigned", "Countersigned", "has a supervisor signed too", COLUMN_YES, 13, false, NULL,
     get_countersigned},
    {"stage", "Stage", "what most of its form is for", COLUMN_WORD, 9, false, stage_names, get_stage},
    {"asked_p", "Asked P", "questions for the practitioner", COLUMN_NUMBER, 7, false, NULL, get_asked_p},
    {"asked_s", "Asked S", "questions for the service user", COLUMN_NUMBER, 7, false, NULL, get_asked_s},
    {"answers_p", "Answers P", "of those, answered", COLUMN_NUMBER, 9, false, NULL, get_answers_p},
    {"answers_s", "Answers S", "of those, answered", COLUMN_NUMBER, 9, false, NULL, get_answers_s},
    {"declined_p", "Not said P", "of those, not sure, does not apply or rather not say", COLUMN_NUMBER, 10,
     false, NULL, get_declined_p},
    {"declined_s", "Not said S", "of those, not sure, does not apply or rather not say", COLUMN_NUMBER, 10,
     false, NULL, get_declined_s},
    {"promises", "Promises", "how many were made", COLUMN_NUMBER, 8, false, NULL, get_promises},
    {"entries", "Entries", "lines of the record", COLUMN_NUMBER, 7, false, NULL, get_entries},
    {"follows", "Follows", "the record it follows", COLUMN_TEXT, 26, false, NULL, get_follows},
    {"remark", "Remark", "what is to be known about the file", COLUMN_TEXT, 30, false, NULL, get_remark},
    {"path", "File", "where it lies", COLUMN_TEXT, 40, false, NULL, get_path},
    COLUMNS_OF_RECORD,
    {0},
};

static size_t one_if_read(const struct source *source)
{
    return !is_broken(source);
}

const struct table table_records = {"records",      "Records",   "one row for each record that was read",
                                    record_columns, one_if_read, NULL,
                                    "-date,case",   NULL};

static const struct column broken_columns[] = {
    COLUMN_OF_CASE,
    {"why", "Why", "why it cannot be read", COLUMN_TEXT, 50, true, NULL, get_broken},
    {"path", "File", "where it lies", COLUMN_TEXT, 40, true, NULL, get_path},
    {"record", "Record", "the record's id", COLUMN_TEXT, 26, false, NULL, column_record},
    {0},
};

static size_t one_if_broken(const struct source *source)
{
    return is_broken(source);
}

const struct table table_broken = {"broken",
                                   "What cannot be read",
                                   "one row for each record that could not be read, and why",
                                   broken_columns,
                                   one_if_broken,
                                   NULL,
                                   "path",
                                   NULL};
