/* Tables: what can be looked over, row by row. One table for each kind of thing that digests hold; a table is
 * its columns. Filtering, sorting, grouping, searching, the browser, line mode, CSV and JSON all go by the
 * columns and know no table, so that a column more is a row more, and a table more is one file.
 *
 * Nothing in a table ranks people: lead and case are there to find somebody's rows with, and whatever is
 * grouped by them stands in the order of their names. */
#ifndef REVIEW_TABLE_H
#define REVIEW_TABLE_H

#include "review/collection.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A row: a source of the collection, and the number within what its digest holds of that kind. */
struct row {
    uint32_t source, number;
};

/* What stands in a cell. A text is the digest's, the table's or in `own`; "" where there is nothing to say.
 * A number is NAN where there is none. */
struct cell {
    const char *text;
    const char *also; /* what a filter may call it too (a part's name beside its title); NULL */
    double number;
    char own[80];
};

enum column_type {
    COLUMN_TEXT,   /* anybody's words: sorted by the alphabet, searched for a part */
    COLUMN_WORD,   /* one of `words`: as data the word itself, as shown with blanks for its underscores */
    COLUMN_NUMBER, /* with no more digits than it needs */
    COLUMN_DAY,    /* "2026-03-12"; in a filter also the beginning of one: 2026, 2026-03 */
    COLUMN_YES,    /* yes or no; "" where it does not apply */
};

struct column {
    const char *name;  /* in filters, CSV and JSON; NULL ends a table */
    const char *title; /* on top of the column */
    const char *help;  /* one line */
    enum column_type type;
    int width;                /* columns of the screen it wants */
    bool shown;               /* without being asked for */
    const char *const *words; /* COLUMN_WORD: ends with NULL; "" stands for none */
    void (*get)(const struct source *source, uint32_t number, struct cell *cell);
};

struct table {
    const char *name;  /* "disagreements"; NULL ends the list */
    const char *title; /* "What they see differently" */
    const char *help;  /* one line: what a row is */
    const struct column *columns;
    /* How many rows a source has (none where it is broken, but for the table of broken ones). */
    size_t (*rows)(const struct source *source);
    bool (*has)(const struct source *source, uint32_t number); /* is that one a row? NULL: each is */
    const char *sort; /* what it is sorted by where nobody says: "-date,case" */
    /* Columns that say how answers stand to each other; NULL. A figure over all answers leaves terms about
     * them out of its filter: of those that differ all differ. */
    const char *const *of_answers;
};

/* All of them; the first is what is shown first. Ends with a NULL. */
extern const struct table *const table_list[];
/* By its name; NULL and a cause with "did you mean". */
const struct table *table_named(const char *name, char **cause);
/* Its column of that name; -1. And with a cause. */
int table_column(const struct table *table, const char *name);
int table_column_named(const struct table *table, const char *name, char **cause);

/* What stands in a cell, as its column has it: a number has no text. */
void cell_fill(const struct column *column, const struct source *source, uint32_t number, struct cell *cell);
/* A cell as data (a COLUMN_WORD's word, a whole number without a point) and as people read it. The text is
 * the cell's, good until it is filled in again or its collection is changed. */
const char *cell_data(const struct column *column, const struct source *source, uint32_t number,
                      struct cell *cell);
const char *cell_shown(const struct column *column, const struct source *source, uint32_t number,
                       struct cell *cell);
/* How two rows stand to each other in a column: below 0, 0, above 0. What is not there comes last. */
int column_compare(const struct column *column, const struct source *one, uint32_t one_number,
                   const struct source *other, uint32_t other_number);

/* ---- for the files of tables ---- */

void cell_day(struct cell *cell, int64_t seconds);
void cell_number(struct cell *cell, double number);
void cell_yes(struct cell *cell, bool yes);
/* Is it the same for all rows of a source? Then it need be asked only once. */
bool column_is_of_record(const struct column *column);
/* What a case is called: its reference, else the beginning of its id. */
const char *source_case(const struct source *source);
/* The columns of the record itself that every table can have: COLUMN_CASE and so on below. */
void column_case(const struct source *source, uint32_t number, struct cell *cell);
void column_lead(const struct source *source, uint32_t number, struct cell *cell);
void column_person(const struct source *source, uint32_t number, struct cell *cell);
void column_form(const struct source *source, uint32_t number, struct cell *cell);
void column_record(const struct source *source, uint32_t number, struct cell *cell);

#define COLUMN_OF_CASE                                                                                       \
    {                                                                                                        \
        "case", "Case", "the case's reference", COLUMN_TEXT, 8, true, NULL, column_case                      \
    }
#define COLUMNS_OF_RECORD                                                                                    \
    {"person", "Person", "the service user's name", COLUMN_TEXT, 10, false, NULL, column_person},            \
        {"lead", "Lead", "who leads the work", COLUMN_TEXT, 10, false, NULL, column_lead},                   \
        {"form", "Form", "the form's id", COLUMN_TEXT, 12, false, NULL, column_form},                        \
    {                                                                                                        \
        "record", "Record", "the record's id", COLUMN_TEXT, 26, false, NULL, column_record                   \
    }

extern const struct table table_disagreements, table_pairs, table_records, table_sittings, table_promises,
    table_happened, table_episodes, table_remarks, table_lessons, table_broken;

#endif
