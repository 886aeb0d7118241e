/* What happens besides the answers: in the person's life, and in the work with them. One table of kinds, each
 * with its fields; each happening is an event `happened` with its day. None of them counts for or against
 * anybody, and none resets anything.
 *
 * A kind more is a row more (and, for a new field, a key in record/event.c). */
#ifndef ASSESSMENT_HAPPENED_H
#define ASSESSMENT_HAPPENED_H

#include "assessment/assessment.h"
#include "assessment/topics.h"

struct happened_field {
    const char *name;  /* the event's key; NULL ends the list */
    const char *label; /* what is asked, in plain words */
    bool required;
    const struct topic_word *words; /* one of these; NULL: their own words */
    bool number;                    /* a whole number, from 1 */
};

struct happened_kind {
    const char *name;  /* NULL ends the table */
    const char *label; /* "A lapse" */
    const char *help;  /* one line, for whoever picks it */
    const struct happened_field *fields;
    bool both_sign;  /* a milestone: `signed` with its seq in `of` */
    bool comes_back; /* something is expected to come of it: `came_of_it` */
    unsigned by;     /* 0: either; else a bit for who alone may say it */
};

extern const struct happened_kind happened_table[];
/* By its name; NULL. */
const struct happened_kind *happened_named(const char *name);
/* The kind of an event `happened`; NULL for a newer version's. */
const struct happened_kind *happened_kind_of(const struct event *event);
/* A field's value in words (“” where it has none); the caller frees it. */
char *happened_value(const struct event *event, const struct happened_field *field);
/* Who has signed for a milestone: the event `signed`, or NULL. */
const struct event *happened_signed(const struct assessment *a, long seq, enum who party);

/* How the work goes on or stops, from `left` and `returned`: never “failed”. Episode i, from 0: when it
 * began, and when and how it ended (NULL: it goes on). The first begins with the record. */
struct episode {
    const char *from, *to, *how;
};
size_t happened_episodes(const struct assessment *a, struct episode *episodes, size_t room);

#endif
