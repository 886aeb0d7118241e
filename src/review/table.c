/* Tables in general: cells as data and as people read them, and how rows stand to each other. */
#include "review/table.h"

#include "base/cause.h"
#include "base/date.h"
#include "base/vocab.h"
#include "form/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

const struct table *const table_list[] = {&table_disagreements,
                                          &table_pairs,
                                          &table_records,
                                          &table_sittings,
                                          &table_promises,
                                          &table_happened,
                                          &table_episodes,
                                          &table_remarks,
                                          &table_lessons,
                                          &table_broken,
                                          NULL};

const struct table *table_named(const char *name, char **cause)
{
    const char *names[32];
    size_t n = 0;
    for (; table_list[n]; n++) {
        if (strcmp(table_list[n]->name, name) == 0)
            return table_list[n];
        names[n] = table_list[n]->name;
    }
    names[n] = NULL;
    vocab_refuse("table", name, names, cause);
    return NULL;
}

int table_column(const struct table *table, const char *name)
{
    for (int i = 0; table->columns[i].name; i++) {
        if (strcasecmp(table->columns[i].name, name) == 0)
            return i;
    }
    return -1;
}

int table_column_named(const struct table *table, const char *name, char **cause)
{
    int found = table_column(table, name);
    if (found >= 0)
        return found;
    const char *names[64];
    size_t n = 0;
    for (; table->columns[n].name; n++)
        names[n] = table->columns[n].name;
    names[n] = NULL;
    vocab_refuse("column", name, names, cause);
    return -1;
}

/* ---- cells ---- */

void cell_fill(const struct column *column, const struct source *source, uint32_t number, struct cell *cell)
{
    cell->text = "";
    cell->also = NULL;
    cell->number = NAN;
    cell->own[0] = '\0';
    column->get(source, number, cell);
}

static const char *own(struct cell *cell)
{
    return cell->text = cell->own;
}

const char *cell_data(const struct column *column, const struct source *source, uint32_t number,
                      struct cell *cell)
{
    cell_fill(column, source, number, cell);
    if (column->type != COLUMN_NUMBER || isnan(cell->number))
        return cell->text;
    number_text(cell->number, cell->own);
    return own(cell);
}

const char *cell_shown(const struct column *column, const struct source *source, uint32_t number,
                       struct cell *cell)
{
    const char *data = cell_data(column, source, number, cell);
    if (column->type == COLUMN_NUMBER && !isnan(cell->number) && cell->number != floor(cell->number)) {
        snprintf(cell->own, sizeof cell->own, "%.1f", cell->number);
        return own(cell);
    }
    if (column->type != COLUMN_WORD || !strchr(data, '_'))
        return data;
    snprintf(cell->own, sizeof cell->own, "%s", data);
    for (char *at = cell->own; (at = strchr(at, '_'));)
        *at = ' ';
    return own(cell);
}

static int compare_numbers(double one, double other)
{
    if (isnan(one) || isnan(other))
        return isnan(one) - isnan(other);
    return (one > other) - (one < other);
}

static int compare_texts(const char *one, const char *other)
{
    if (!*one || !*other)
        return !*one - !*other;
    return strcasecmp(one, other);
}

int column_compare(const struct column *column, const struct source *one, uint32_t one_number,
                   const struct source *other, uint32_t other_number)
{
    struct cell a, b;
    cell_fill(column, one, one_number, &a);
    cell_fill(column, other, other_number, &b);
    if (column->type == COLUMN_NUMBER)
        return compare_numbers(a.number, b.number);
    if (column->type == COLUMN_WORD) {
        int i = *a.text ? vocab_find(column->words, a.text) : -1;
        int k = *b.text ? vocab_find(column->words, b.text) : -1;
        return i < 0 || k < 0 ? (i < 0) - (k < 0) : (i > k) - (i < k);
    }
    return compare_texts(a.text, b.text);
}

void cell_day(struct cell *cell, int64_t seconds)
{
    enum { DAY = 24 * 60 * 60 };
    if (seconds <= 0)
        return;
    int day = (int)(seconds / DAY);
    cell->number = day;
    date_format(day, cell->own);
    cell->text = cell->own;
}

void cell_number(struct cell *cell, double number)
{
    cell->number = number;
}

void cell_yes(struct cell *cell, bool yes)
{
    cell->text = yes ? "yes" : "no";
}

/* ---- what every table can have ---- */

const char *source_case(const struct source *source)
{
    const char *ref = digest_text_of(source->digest, source->digest->ref);
    return *ref ? ref : digest_text_of(source->digest, source->digest->id);
}

void column_case(const struct source *source, uint32_t number, struct cell *cell)
{
    (void)number;
    const char *ref = digest_text_of(source->digest, source->digest->ref);
    cell->text = ref;
    if (*ref)
        return;
    snprintf(cell->own, sizeof cell->own, "%.10s", source_case(source));
    cell->text = cell->own;
}

void column_lead(const struct source *source, uint32_t number, struct cell *cell)
{
    (void)number;
    cell->text = digest_text_of(source->digest, source->digest->lead);
}

void column_person(const struct source *source, uint32_t number, struct cell *cell)
{
    (void)number;
    cell->text = digest_text_of(source->digest, source->digest->name[SERVICE_USER]);
}

void column_form(const struct source *source, uint32_t number, struct cell *cell)
{
    (void)number;
    cell->text = source->facts ? facts_text(source->facts, source->facts->id) : "";
}

void column_record(const struct source *source, uint32_t number, struct cell *cell)
{
    (void)number;
    cell->text = digest_text_of(source->digest, source->digest->id);
}

bool column_is_of_record(const struct column *column)
{
    return column->get == column_case || column->get == column_lead || column->get == column_person ||
           column->get == column_form || column->get == column_record;
}
