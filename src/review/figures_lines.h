/* How the lines of figures are made: of rows of one table that are in the scope, by filters.
 *
 * A line is a filter: its rows are counted with the very filter that opens them. */
#ifndef REVIEW_FIGURES_LINES_H
#define REVIEW_FIGURES_LINES_H

#include "review/figures.h"

/* The rows of a table that are in the scope, one after the other, in one pass. */
typedef void scope_row(void *to, const struct source *source, uint32_t number);
void scope_each(const struct scope *scope, const struct table *table, scope_row *each, void *to);

/* What a share is of: all rows in the scope, or the rows of an earlier line of the same table of lines, from
 * 0 (OF_LINE(2): of the third). */
enum { OF_NOTHING, OF_ALL, OF_FIRST_LINE };
#define OF_LINE(i) (OF_FIRST_LINE + (i))

/* A line to be worked out. */
struct line_wanted {
    const char *label;  /* NULL ends the list */
    const char *filter; /* in the figure's table; "" is all that is in the scope */
    int of;             /* OF_NOTHING: a count */
    int indent;
    const char
        *column; /* the middle and the quarters of this column, in `unit`; NULL: how many rows there are */
    const char *unit;
    bool both; /* by part: shown where it is none, too (what stands for one of the two, and its other) */
};
/* So many; so many of; the same as a part of the line above, and where it is shown with its other; a middle.
 */
#define LINE_COUNT(words, rows)                                                                              \
    {                                                                                                        \
        .label = (words), .filter = (rows)                                                                   \
    }
#define LINE_SHARE(words, rows, all)                                                                         \
    {                                                                                                        \
        .label = (words), .filter = (rows), .of = (all)                                                      \
    }
#define LINE_PART(words, rows, all)                                                                          \
    {                                                                                                        \
        .label = (words), .filter = (rows), .of = (all), .indent = 1                                         \
    }
#define LINE_BOTH(words, rows, all)                                                                          \
    {                                                                                                        \
        .label = (words), .filter = (rows), .of = (all), .indent = 1, .both = true                           \
    }
#define LINE_MIDDLE(words, rows, from, in, deep)                                                             \
    {                                                                                                        \
        .label = (words), .filter = (rows), .indent = (deep), .column = (from), .unit = (in)                 \
    }
/* All of them, in one pass. The counts are left in `counts` (room for as many as there are, or NULL). */
void lines_work(const struct scope *scope, const struct table *table, const struct line_wanted *wanted,
                struct figure_lines *lines, int64_t *counts);
/* The same for each part of the forms, one under the other, in the forms' order: the first line has the
 * part's name for its label, the others stand under it where they are not 0. Shares of all are of all in that
 * part. */
void lines_by_part(const struct scope *scope, const struct table *table, const struct line_wanted *wanted,
                   struct figure_lines *lines);

/* Where the table could not hear all of the scope's filter, the line says so: with what was left out, all of
 * its rows would be of one kind. */
void figure_line_hears(struct figure_line *line, const struct scope *scope, const struct table *table);

/* A line by itself. */
struct figure_line *figure_line_add(struct figure_lines *lines, const char *label, enum figure_shape shape);
/* It opens the rows of a table that are in the scope and fit `also`: `count` of them. */
void figure_line_opens(struct figure_line *line, const struct scope *scope, const struct table *table,
                       const char *also, int64_t count);
/* A figure, guarded here. */
struct figure_line *figure_line_value(struct figure_lines *lines, const char *label, struct figure figure,
                                      const char *unit);

/* The figures, by what they are about. */
void work_differ(const struct scope *scope, struct figure_lines *lines);
void work_kinds(const struct scope *scope, struct figure_lines *lines);
void work_agreement(const struct scope *scope, struct figure_lines *lines);
void work_gap(const struct scope *scope, struct figure_lines *lines);
void work_outcomes(const struct scope *scope, struct figure_lines *lines);
void work_outcomes_by_part(const struct scope *scope, struct figure_lines *lines);
void work_moved(const struct scope *scope, struct figure_lines *lines);
void work_first(const struct scope *scope, struct figure_lines *lines);
void work_reasons(const struct scope *scope, struct figure_lines *lines);
void work_heard(const struct scope *scope, struct figure_lines *lines);
void work_minutes(const struct scope *scope, struct figure_lines *lines);
void work_waiting(const struct scope *scope, struct figure_lines *lines);
void work_pen(const struct scope *scope, struct figure_lines *lines);
void work_declined(const struct scope *scope, struct figure_lines *lines);
void work_sittings(const struct scope *scope, struct figure_lines *lines);
void work_attendance(const struct scope *scope, struct figure_lines *lines);
void work_promises(const struct scope *scope, struct figure_lines *lines);
void work_drop_out(const struct scope *scope, struct figure_lines *lines);
void work_practice(const struct scope *scope, struct figure_lines *lines);
void work_complete(const struct scope *scope, struct figure_lines *lines);
void work_written(const struct scope *scope, struct figure_lines *lines);

/* The questions. */
void look_agreed(const struct scope *scope, struct flags *flags);
void look_one_side(const struct scope *scope, struct flags *flags);
void look_under_a_minute(const struct scope *scope, struct flags *flags);
void look_no_words(const struct scope *scope, struct flags *flags);
void look_same_first(const struct scope *scope, struct flags *flags);
void look_unread(const struct scope *scope, struct flags *flags);
void look_promises(const struct scope *scope, struct flags *flags);
void look_overdue(const struct scope *scope, struct flags *flags);

#endif
