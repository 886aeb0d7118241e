/* What is looked over (review/), written down: one interface, one table of formats. */
#ifndef REPORT_REVIEW_H
#define REPORT_REVIEW_H

#include "review/listing.h"

#include <stdbool.h>
#include <stdio.h>

/* The JSON's "format". */
#define REVIEW_FORMAT "alongside-review/1"

/* What is to be written. All of it is borrowed. */
struct review_report {
    const struct collection *collection;
    const struct listing *listing;
    bool figures, flags; /* these, and not the rows */
    bool stopped;        /* not all records were read: somebody stopped it */
    int columns;         /* of the terminal it is for; 0: none, lines are as long as they are */
    /* Told of each row that is not in it after all: its record has changed, or cannot be read any more. */
    void (*missed)(const char *path, const char *why);
};

struct review_format {
    const char *name; /* "text"; NULL ends the table */
    /* False and a cause where the stream takes no more. */
    bool (*write)(const struct review_report *report, FILE *out, char **cause);
    const char *help;
    bool all_columns; /* where nobody says which: all of the table */
};

/* The first is what is written where nobody says. */
extern const struct review_format review_formats[];
/* By its name; NULL and a cause. */
const struct review_format *review_format_named(const char *name, char **cause);

/* The same to a new file at `path`, as report_save() does it. */
bool review_save(const struct review_format *format, const struct review_report *report, const char *path,
                 bool over, char **cause);

/* The tables there are, or one of them with its columns and their words, for people (NULL: all tables). */
void review_tell_tables(const struct table *table, FILE *out);

bool review_text_write(const struct review_report *report, FILE *out, char **cause);
bool review_csv_write(const struct review_report *report, FILE *out, char **cause);
bool review_json_write(const struct review_report *report, FILE *out, char **cause);

#endif
