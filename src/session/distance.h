/* How far they have come: of each question that is asked again and again, what each said first, last time and
 * now, side by side over all assessments of one case.
 *
 * Two rules hold everywhere. No change is told without an answer to compare it with. And of a question that
 * both are asked, what has changed for one is told when it can be told for the other too: never one alone. */
#ifndef SESSION_DISTANCE_H
#define SESSION_DISTANCE_H

#include "caseload/caseload.h"
#include "session/trend.h"

/* One person's way in one question. Points belong to the trend; NULL where there is none. */
struct distance_side {
    const struct trend_series *series; /* NULL: they are not asked */
    const struct trend_point *first;   /* what all later ones are compared with */
    const struct trend_point *last;    /* of the assessment before; in the first one, of the sitting before */
    const struct trend_point *now;     /* in the latest assessment that asks it */
    bool compared;                     /* there are two answers, the first and a later one */
    double change;                     /* from the first to the latest, of numbers */
};

struct distance_row {
    const char *question, *label;
    struct distance_side side[3]; /* PRACTITIONER, SERVICE_USER, TOGETHER */
    bool told;                    /* may what has changed be told? */
};

struct distance {
    struct trend trend;
    struct distance_row *rows; /* in the order of the questions */
    size_t count;
    size_t records; /* how many assessments are in it */
};

/* Take in all assessments of a case: those in the caseload with its reference (NULL or "": those that `open`
 * follows, one after the other), and `open` itself as it is now (NULL: none is open). What cannot be read is
 * told to `say`, if given. False where there was such. */
bool distance_gather(struct trend *trend, const struct caseload *caseload, const char *ref,
                     const struct session *open, void (*say)(const char *cause), size_t *records);
/* The rows of a gathered trend, which is the distance's from then on. */
void distance_make(struct distance *d, struct trend *trend, size_t records);
/* Both, for the session in front: the other assessments lie in its folder. */
void distance_of(struct distance *d, const struct session *s);
void distance_release(struct distance *d);

/* The question as this reader has it. It belongs to the distance. */
const char *distance_label(const struct distance_row *row, enum who reader);

/* ---- in words; the caller frees them ---- */

/* "Rae: first 3, last time 5, now 7" */
char *distance_answers(const struct distance_side *side);
/* The ups and downs from one sitting to the next in so many columns: "3 / 5 * \ 4 - 4"; "*" is where
 * something happened. "" for what is no number. */
char *distance_drawn(const struct distance *d, const struct distance_side *side, int columns);
/* The same for the ear: "3, up to 5, something happened, down to 4, still 4."; "" where there are not two. */
char *distance_told(const struct distance *d, const struct distance_side *side);
/* "4 up since the first time. More than the wobble." or why nothing can be told: "No earlier answer to
 * compare." */
char *distance_change(const struct distance *d, const struct distance_row *row, enum who who);
/* Does a change go beyond what chance alone may change? -1 where the form does not say; else 0 or 1. */
int distance_beyond_wobble(const struct distance_row *row, enum who who);
/* What the signs of a drawing mean. */
extern const char distance_legend[];
/* What the wobble is; said where the form gives one for any of the rows. */
extern const char distance_wobble_legend[];
bool distance_has_wobble(const struct distance *d);

/* Every answer of a row, each version of it, and what happened, by their days: lines. The caller frees them
 * and the array. */
char **distance_all(const struct distance *d, const struct distance_row *row, size_t *count);
/* A mark: "2026-03-04  A lapse: “…” (Sam)" */
char *distance_mark(const struct trend_mark *mark);

#endif
