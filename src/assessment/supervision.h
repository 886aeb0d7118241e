/* What a supervisor wrote and signed, what the people made of it, and who leads the work. All of it stands in
 * the record for both people; none of it changes an answer, or what a signature stands for. */
#ifndef ASSESSMENT_SUPERVISION_H
#define ASSESSMENT_SUPERVISION_H

#include "assessment/assessment.h"

/* “comment”, “coaching”: what a comment is written as. */
enum commented_as { AS_COMMENT, AS_COACHING };
extern const char *const commented_names[];

struct comment {
    long seq;
    const char *at, *name, *text; /* name: "" where an old record has none */
    bool coaching;
    const struct disagreement *disagreement; /* NULL: about the whole record */
    const struct event *acknowledged;        /* the practitioner has read it; NULL */
};
/* In their order. The caller frees the array; what it points to is the assessment's. */
struct comment *supervision_comments(const struct assessment *a, size_t *count);
/* How many of them the practitioner has not acknowledged. */
size_t supervision_unacknowledged(const struct assessment *a);
/* The event that says that comment `seq` was read; NULL. */
const struct event *comment_acknowledged(const struct assessment *a, long seq);

/* A reflection (what the practitioner takes from it), or a lesson (what others can learn). */
struct learned {
    long seq;
    enum who by;
    const char *at, *name, *text;            /* name: what who wrote it is called */
    const struct disagreement *disagreement; /* NULL: about none */
    int item;                                /* the question it is about; -1 */
};
/* Those that were not taken back, in their order. The caller frees the array. */
struct learned *supervision_reflections(const struct assessment *a, size_t *count);
struct learned *supervision_lessons(const struct assessment *a, size_t *count);

struct countersignature {
    long seq; /* 0: there is none */
    const char *at, *name;
    bool changed_since; /* something was answered, settled, undone or signed after it */
};
/* All of them, oldest first; only the last can hold still. The caller frees the array. */
struct countersignature *supervision_countersignatures(const struct assessment *a, size_t *count);
struct countersignature supervision_countersignature(const struct assessment *a); /* the last */

/* Who leads the work: exactly one at any time. First the practitioner whose name was given first (or who led
 * in the end of the record that this one follows), from then on each whom it was handed over to. */
struct lead {
    const char *name;
    long seq;                        /* the event that made them so; they lead until the next one's */
    const char *at;                  /* when */
    const struct event *handed_over; /* NULL for the first */
};
/* Never none: the last is the lead now. The caller frees the array. */
struct lead *supervision_leads(const struct assessment *a, size_t *count);
struct lead supervision_lead(const struct assessment *a);

#endif
