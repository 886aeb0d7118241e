/* What was written beside the assessment: comments, coaching, reflections, lessons, statements; who signed
 * for it and who leads. */
#include "review/table.h"

#include "assessment/assessment.h"

#include <stdio.h>
#include <string.h>

static const char *const people[] = {"practitioner", "service_user", "together",
                                     "supervisor",   "alongside",    NULL};

static const struct digest_remark *at(const struct source *source, uint32_t number)
{
    return digest_remark(source->digest, number);
}

static const struct digest_disagreement *about(const struct source *source, uint32_t number)
{
    int32_t found = at(source, number)->disagreement;
    return found >= 0 ? digest_disagreement(source->digest, (size_t)found) : NULL;
}

static void text(const struct source *source, digest_text words, struct cell *cell)
{
    cell->text = digest_text_of(source->digest, words);
}

static void get_day(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_day(cell, at(s, n)->at);
}

static void get_kind(const struct source *s, uint32_t n, struct cell *cell)
{
    cell->text = remark_names[at(s, n)->kind];
}

static void get_by(const struct source *s, uint32_t n, struct cell *cell)
{
    cell->text = who_names[at(s, n)->by];
}

static void get_name(const struct source *s, uint32_t n, struct cell *cell)
{
    text(s, at(s, n)->name, cell);
}

static void get_text(const struct source *s, uint32_t n, struct cell *cell)
{
    text(s, at(s, n)->text, cell);
}

static bool is_to_be_read(const struct digest_remark *remark)
{
    return remark->kind == REMARK_COMMENT || remark->kind == REMARK_COACHING;
}

static void get_read(const struct source *s, uint32_t n, struct cell *cell)
{
    if (is_to_be_read(at(s, n)))
        cell_yes(cell, at(s, n)->acknowledged);
}

static void get_read_on(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_day(cell, at(s, n)->acknowledged);
}

static void get_part(const struct source *s, uint32_t n, struct cell *cell)
{
    const struct digest_disagreement *d = about(s, n);
    const struct facts_area *area = d && d->area >= 0 ? facts_area(s->facts, (size_t)d->area) : NULL;
    if (!area)
        return;
    cell->text = facts_text(s->facts, area->title);
    cell->also = facts_text(s->facts, area->name);
}

static void get_question(const struct source *s, uint32_t n, struct cell *cell)
{
    if (about(s, n))
        text(s, about(s, n)->path, cell);
}

static void get_id(const struct source *s, uint32_t n, struct cell *cell)
{
    if (about(s, n))
        text(s, about(s, n)->id, cell);
}

static void get_line(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_number(cell, at(s, n)->seq);
}

static const struct column remark_columns[] = {
    {"date", "Date", "the day it was written", COLUMN_DAY, 10, true, NULL, get_day},
    COLUMN_OF_CASE,
    {"kind", "What", "what kind of words it is", COLUMN_WORD, 13, true, remark_names, get_kind},
    {"by", "By", "who wrote it", COLUMN_WORD, 12, true, people, get_by},
    {"name", "Name", "under which name; of what was handed over: to whom", COLUMN_TEXT, 12, false, NULL,
     get_name},
    {"part", "Part", "the part of the form it is about", COLUMN_TEXT, 12, true, NULL, get_part},
    {"text", "Words", "what was written", COLUMN_TEXT, 40, true, NULL, get_text},
    {"read", "Read", "a comment: has the practitioner acknowledged it", COLUMN_YES, 4, true, NULL, get_read},
    {"read_on", "Read on", "the day on which that was", COLUMN_DAY, 10, false, NULL, get_read_on},
    {"question", "Question", "the question's name", COLUMN_TEXT, 16, false, NULL, get_question},
    COLUMNS_OF_RECORD,
    {"id", "Id", "of the disagreement it is about", COLUMN_TEXT, 4, false, NULL, get_id},
    {"line", "Line", "the line of the record", COLUMN_NUMBER, 5, false, NULL, get_line},
    {0},
};

static size_t remark_rows(const struct source *source)
{
    return digest_count(source->digest, DIGEST_REMARKS);
}

const struct table table_remarks = {"remarks",
                                    "What was written beside it",
                                    "one row for each comment, reflection, lesson or statement, each "
                                    "countersignature, and each time another took the lead",
                                    remark_columns,
                                    remark_rows,
                                    NULL,
                                    "-date,case",
                                    NULL};

/* ---- lessons ----
 *
 * For others to read: without names, and without what leads back to a case. Of the day the month is told. */

static void get_month(const struct source *s, uint32_t n, struct cell *cell)
{
    cell_day(cell, at(s, n)->at);
    cell->own[strlen("2026-03")] = '\0';
}

static void get_unnamed(const struct source *s, uint32_t n, struct cell *cell)
{
    text(s, at(s, n)->unnamed, cell);
}

static const struct column lesson_columns[] = {
    {"date", "Month", "the month in which it was written", COLUMN_DAY, 7, true, NULL, get_month},
    {"part", "Part", "the part of the form it is about", COLUMN_TEXT, 20, true, NULL, get_part},
    {"by", "By", "who wrote it", COLUMN_WORD, 12, true, people, get_by},
    {"text", "Lesson", "what others can learn, without the names that the record knows", COLUMN_TEXT, 60,
     true, NULL, get_unnamed},
    {"form", "Form", "the form's id", COLUMN_TEXT, 12, false, NULL, column_form},
    {0},
};

/* A lesson was written for others. Where whoever wrote it says that their words may not be used, it stays in
 * its record. */
static bool is_lesson(const struct source *source, uint32_t number)
{
    enum { NO = 2 };
    const struct digest_remark *remark = at(source, number);
    bool kept_back = remark->by < PARTIES && source->digest->voice[remark->by] == NO;
    return remark->kind == REMARK_LESSON && remark->unnamed && !kept_back;
}

const struct table table_lessons = {"lessons",
                                    "What others can learn",
                                    "one row for each lesson, without names: read each before you pass it on",
                                    lesson_columns,
                                    remark_rows,
                                    is_lesson,
                                    "-date,part,text",
                                    NULL};
