/* Answers over time: of each question with `trend: true`, over all assessments of one case, each person on
 * their own. Nothing is added up, neither across people nor across questions.
 *
 * A date that is asked in the entries of a repeat is not a line of its own: each entry happened on its day,
 * and stands as a mark between the answers of all lines. */
#ifndef REPORT_TREND_H
#define REPORT_TREND_H

#include "session/session.h"

#include <jansson.h>
#include <stdio.h>

struct trend_point {
    char *record, *at; /* the record's id; when it was answered */
    int sitting;       /* of that record, from 1; 0 before the first */
    bool last;         /* the last of its sitting */
    json_t *value;     /* NULL: a reason why there is none */
    char *words;
    bool placed; /* has it a place on a line? */
    double place;
};

/* One question as one person answered it. */
struct trend_series {
    char *question, *label; /* label: as in the latest form that asks it */
    enum who who;           /* PRACTITIONER, SERVICE_USER, TOGETHER */
    char *name;
    double min, max, step; /* step 0: it is not a scale of few steps */
    struct trend_point *points;
    size_t count, room;
};

/* What happened on a day: an entry of a repeat, as one person dated it. */
struct trend_mark {
    char *record, *question, *at; /* question: the date's path; at: when that was said */
    char *on;                     /* the day: YYYY-MM-DD, with a time where that is asked for */
    char *label, *words;          /* of the repeat; of the entry */
    enum who who;
    char *name;
    int sitting;
};

struct trend {
    struct trend_series *series;
    size_t count, room;
    struct trend_mark *marks; /* in the order of their days, when all records are in */
    size_t mark_count, mark_room;
};

/* Take in the answers of a record: call it for the earliest first. */
void trend_add(struct trend *trend, const struct session *s);
/* When the last is in: the marks by their days. */
void trend_sort(struct trend *trend);
void trend_release(struct trend *trend);

void trend_write_text(const struct trend *trend, FILE *out);
void trend_write_json(const struct trend *trend, const char *ref, FILE *out);
/* One row an answer; no cell is one that a spreadsheet would work out. */
void trend_write_csv(const struct trend *trend, const char *ref, FILE *out);

#endif
