/* Figures: what the rows in view come to. One table of figures; each is made of lines, and each line can open
 * the rows it is made of, by a table and a filter.
 *
 * Counts come before rates, and both people's always stand together. What there is too little of is a count
 * and says so (figure_guard()). Every figure has its definition, its formula and its source beside it, word
 * for word as alongside-statistics(7) and the commissioner's report have them. */
#ifndef REVIEW_FIGURES_H
#define REVIEW_FIGURES_H

#include "review/listing.h"
#include "review/statistics.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is looked at: a collection, and a filter as typed for any table. A figure takes from it what the table
 * it counts in can tell. */
struct scope {
    const struct collection *collection;
    const char *filter; /* NULL: all */
};

enum figure_shape {
    SHAPE_COUNT, /* so many */
    SHAPE_SHARE, /* so many of so many: a bar, and (from 10 on) a share with its range */
    SHAPE_VALUE, /* a figure of its own unit: kappa, a middle, minutes */
    SHAPE_WORDS, /* a sentence */
};

struct figure_line {
    char *label;
    enum figure_shape shape;
    int64_t count, of;         /* rows that it opens, of how many; SHAPE_COUNT, SHAPE_VALUE: of is -1 */
    struct figure figure;      /* SHAPE_SHARE, SHAPE_VALUE: guarded already */
    double lower, upper;       /* SHAPE_VALUE: the quarters, where it is a middle; NAN */
    const char *unit;          /* SHAPE_VALUE: "minutes", "days"; "p" for a probability; "" */
    char *words;               /* SHAPE_WORDS; or what is to be known about the line; NULL */
    const struct table *table; /* the rows it is made of; NULL: none to open */
    char *filter;              /* among them: the scope's, and this line's own */
    int indent;                /* 0, or 1 for a part of the line before */
    int among;                 /* the same in lines that are shares of the same rows; 0: nobody said */
    int64_t behind;            /* SHAPE_VALUE: how few a value tells of, where that is fewer than its n; -1 */
};

struct figure_lines {
    struct figure_line *lines;
    size_t count, room;
};

struct figure_kind {
    const char *name, *title; /* NULL name ends the table */
    const char *says;         /* one plain sentence: what it tells, and what not */
    const char *formula;      /* "" where it is a count */
    const char *source;       /* who it is from; "" for a count */
    void (*work)(const struct scope *scope, struct figure_lines *lines);
};

/* In the order they are shown in. */
extern const struct figure_kind figure_table[];
/* By its name; NULL and a cause with "did you mean". */
const struct figure_kind *figure_kind_named(const char *name, char **cause);
void figure_lines_release(struct figure_lines *lines);
/* What is said beside a figure: its sentence, its formula and its source, each on a line of its own and
 * named. The caller frees it. */
char *figure_definition_words(const struct figure_kind *kind);
/* How much of a unit stands behind a number: of "minutes" all but the last letter where it is 1. */
int figure_unit_length(const char *unit, double number);
/* A line in words without its label: “38 of 142 (27 %, 20 to 35)”, “0.71 (0.63 to 0.79), n 1204”, “7 of 9:
 * too few for a share”. The caller frees it. */
char *figure_line_words(const struct figure_line *line);

/* ---- questions that may open a conversation ---- */

/* Never a finding about anybody: a pattern, as a question to the people it is about, with the rows. */
struct flag {
    char *question; /* “All 41 answers are the same. Did both feel free to say otherwise?” */
    const struct table *table;
    char *filter;
};
struct flags {
    struct flag *flags;
    size_t count, room;
};
struct flag_kind {
    const char *name, *title;
    const char *says; /* when it is asked, with its numbers */
    void (*look)(const struct scope *scope, struct flags *flags);
};
extern const struct flag_kind flag_table[];
void flags_release(struct flags *flags);

#endif
