/* The timeline: all that has a day, in the order of the days. The sittings, what happened beside them in the
 * life of the person and in the work, and what was passed on to others. Nothing in it counts for or against
 * anybody, and nothing in it resets anything.
 *
 * The same words on the screen, in line mode and on paper. */
#ifndef SESSION_TIMELINE_H
#define SESSION_TIMELINE_H

#include "assessment/assessment.h"

#include <stdbool.h>
#include <stddef.h>

struct moment {
    long seq;       /* of the event: `sat`, `happened` or `shared` */
    char day[16];   /* "YYYY-MM-DD", by this computer's time zone */
    char *words;    /* on one line: “A lapse: “I drank on Saturday”” */
    char *standing; /* what came of it, who has signed, what was said to it; "" where there is nothing */
    bool later;     /* it was written down after somebody had signed the assessment */
};

/* The earliest first; the caller gives them back to timeline_free(). */
struct moment *timeline_make(const struct assessment *a, int language, size_t *count);
void timeline_free(struct moment *moments, size_t count);

/* All of one event (a promise too), told row by row: a label ("" for none) and words. The first is what it is
 * called. */
void timeline_tell(const struct assessment *a, long seq, int language,
                   void (*tell)(void *context, const char *label, const char *text), void *context);

/* How often one of them missed a sitting (with which reason), called one off, or was late. */
struct attendance {
    size_t missed, acceptable, not_acceptable, not_known, cancelled, late;
};
struct attendance timeline_attended(const struct assessment *a, enum who party);

/* What stands above the list: who missed, called off or was late how often, both of them or neither; and when
 * the work stopped and went on. "" where nothing is to be said. The caller frees them. */
char *timeline_attendance(const struct assessment *a, int language);
char *timeline_episodes(const struct assessment *a);

/* A day in few columns: "3 Nov 2026". In memory of its own, good until the next call. */
const char *timeline_day(const char *iso);
/* The day that an instant is of, here, as "YYYY-MM-DD" into `day`, which it returns. */
const char *timeline_local_day(const char *at, char day[16]);
/* Was this written after somebody's signature under the assessment? */
bool timeline_is_later(const struct assessment *a, const struct event *event);
/* How long a sitting took, in whole minutes; -1 while it goes on. */
long timeline_minutes(const struct sitting *sitting);

#endif
