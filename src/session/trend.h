/* Answers over time: of each question with `trend: true`, over all assessments of one case, each person on
 * their own. Nothing is added up, neither across people nor across questions.
 *
 * A date that is asked in the entries of a repeat is not a line of its own: each entry happened on its day,
 * and stands as a mark between the answers of all lines. So do lapses and what happened in a life. They
 * change nothing in a line. */
#ifndef SESSION_TREND_H
#define SESSION_TREND_H

#include "session/session.h"

#include <jansson.h>

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
    double wobble;         /* what chance alone may change; 0: the form does not say */
    bool number;           /* what is answered is one */
    char *asked_last;      /* the id of the last assessment that asks it */
    struct trend_point *points;
    size_t count, room;
};

/* What happened on a day: an entry of a repeat, as one person dated it; a lapse, something in their life. */
struct trend_mark {
    char *record, *question, *at; /* question: the date's path, or what kind of thing; at: when it was said */
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

#endif
