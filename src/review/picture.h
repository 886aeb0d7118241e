/* Pictures out of numbers: one description, drawn as lines of plain characters here and as SVG by
 * report/picture_svg. Nothing here knows of records, people or screens.
 *
 * A picture is numbers and labels, all of them the caller's, for as long as it is used. Labels may hold
 * anything: what comes out is safe to show. Each picture says in words all that it shows (picture_told()),
 * for readers who hear it; and no part of it is told by colour alone.
 *
 * What both people gave or did always gets the same mark, of the same size. A share is drawn only where it is
 * of 10 or more (figure_guard()); below that the counts stand there. */
#ifndef REVIEW_PICTURE_H
#define REVIEW_PICTURE_H

#include "review/statistics.h"

#include "form/who.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum picture_kind { PICTURE_BARS, PICTURE_LADDER, PICTURE_MATRIX, PICTURE_STEPS, PICTURE_MONTHS };

/* BARS: counts, each against the largest; or, where `shares`, each of its own `of`, against all of it. */
struct picture_bar {
    const char *label;
    int64_t count, of; /* of: only for shares */
    double low, high;  /* the range of the share, 0 to 1; both 0: Wilson's (rate_wilson()) */
};
struct picture_bars {
    const struct picture_bar *bars;
    size_t count;
    bool shares;
};

/* LADDER: what the two answered on one scale, at first and now; NAN for what is not there. */
struct picture_rung {
    const char *label;
    double before[PARTIES], after[PARTIES];
};
struct picture_ladder {
    const struct picture_rung *rungs;
    size_t count;
    double low, high;                   /* the ends of the scale */
    const char *low_label, *high_label; /* what they stand for; NULL: only the numbers */
};

/* MATRIX: how often the practitioner gave the i-th and the service user the j-th answer: counts[i * k + j].
 */
struct picture_matrix {
    int k;
    const char *const *labels; /* of the k answers */
    const int64_t *counts;
};

/* STEPS: Kaplan and Meier's curve, and the times it was made of (curve->n of them, in any order), for when
 * somebody was last seen and how many were still followed. */
struct picture_steps {
    const struct survival *curve;
    const struct survival_time *times;
    const char *unit; /* of time, plural: "weeks" */
};

/* MONTHS: counts of months that follow each other. More than 24 are taken together by quarters, and more than
 * 24 of those by years. */
struct picture_months {
    int year, month; /* the first; 1 to 12 */
    const int64_t *counts;
    size_t count;
};

struct picture {
    enum picture_kind kind;
    const char *title;           /* NULL: none */
    const char *note;            /* said below it; NULL: nothing */
    const char *people[PARTIES]; /* what the two are called; NULL: practitioner, service user */
    union {
        struct picture_bars bars;
        struct picture_ladder ladder;
        struct picture_matrix matrix;
        struct picture_steps steps;
        struct picture_months months;
    };
};

/* Lines of a picture, to be released. */
struct picture_lines {
    char **lines;
    size_t count, room;
};
void picture_lines_release(struct picture_lines *lines);

/* With characters of boxes and blocks; with ASCII's alone (but for what the labels hold); or in words, a fact
 * a line, which draw nothing: for those who listen to it, and for where there is no room. */
enum picture_marks { PICTURE_BLOCKS, PICTURE_ASCII, PICTURE_WORDS };

/* A picture in so many columns: no line is wider. Below PICTURE_NARROWEST, and where a picture cannot be
 * drawn in so many, it is told in words. */
enum { PICTURE_NARROWEST = 24 };
struct picture_lines picture_text(const struct picture *picture, int columns, enum picture_marks marks);

/* All that the picture shows, in words: one fact an item, in full, without its title and note. */
struct picture_lines picture_told(const struct picture *picture);

/* ---- for those that draw ---- */

/* The share of a bar, with its range, as it may be shown. */
struct figure picture_share(const struct picture_bar *bar);
/* "27%", where it is not quite none or all "<1%" and ">99%". The caller frees it. */
char *picture_percent(double share);
/* What stands beside a bar: "38", "38 of 142", and, to be freed, the share: "27% (20 to 35)", or why there is
 * none. */
char *picture_count(const struct picture_bars *bars, size_t i);
char *picture_rate(const struct picture_bars *bars, size_t i);
/* The largest count, at least 1. */
int64_t picture_most(const struct picture_bars *bars);
/* A number as it is shown: to one digit after the point. The caller frees it. */
char *picture_number(double number);
/* "7", "7, now 5", or "-" where there is none; joined by `now`. The caller frees it. */
char *picture_moved(const struct picture_rung *rung, enum who party, const char *now);
/* What one of the two is called. */
const char *picture_person(const struct picture *picture, enum who party);
/* Are all the labels of a matrix short enough for the heads of columns? Else the columns are numbered. */
bool picture_labels_are_short(const struct picture_matrix *matrix);
/* The sum of a matrix, and of its diagonal; -1 where it holds what no count can be. */
int64_t picture_matrix_sum(const struct picture_matrix *matrix, int64_t *same);
/* Months as bars, whose labels go with them. To be released. */
struct picture_bars picture_months_as_bars(const struct picture_months *months);
void picture_bars_release(struct picture_bars *bars);
/* How far apart the marks on an axis from 0 to `end` stand, such that there are at most `most` of them beside
 * 0: 1, 2 or 5 times a power of ten. */
double picture_tick(double end, int most);
/* How many were still followed just before a time. */
int64_t picture_still_there(const struct picture_steps *steps, double time);
/* Why there is no picture: "" where there is. */
const char *picture_why_none(const struct picture *picture);

#endif
