/* One row of the review, whole: read from its record when somebody looks at it. The same model for the
 * browser and for line mode.
 *
 * A detail is lines, one after the other. Where both people have something to say, it stands in one line with
 * a side for each, so that nobody can show the one without the other, and neither side is ever empty: where
 * one said nothing, that is what it says. Nothing of it is made safe for a terminal yet. */
#ifndef REVIEW_DETAIL_H
#define REVIEW_DETAIL_H

#include "form/who.h"
#include "review/table.h"

#include <stdbool.h>
#include <stddef.h>

enum detail_kind {
    DETAIL_TITLE,   /* what it is about */
    DETAIL_TEXT,    /* how it stands; what is to be known */
    DETAIL_HEADING, /* a part begins */
    DETAIL_BOTH,    /* `label`, and what each says: `side` */
    DETAIL_DAY,     /* what follows is of this day */
    DETAIL_TURN,    /* somebody said or did something: `by`, `seq` */
    DETAIL_HERE,    /* in the sitting: the place where this was found to differ */
};

struct detail_line {
    enum detail_kind kind;
    char *label;         /* DETAIL_BOTH: “First”, “Now”, “Why”, or a day; else NULL */
    char *text;          /* all but DETAIL_BOTH */
    char *side[PARTIES]; /* DETAIL_BOTH: both there */
    enum who by;         /* DETAIL_TURN */
    long seq;            /* DETAIL_TURN: the line of the record */
};

struct detail {
    char *name[PARTIES]; /* what each is called */
    enum who left;       /* who sits on the left */
    char *id;            /* of the disagreement; "" where it is of none */
    struct detail_line *lines;
    size_t count, room;
};

/* Read the record that a row is of. A row of disagreements, or of what both answered, is told with both
 * people's words, the whole talk, the sitting around it, and the same question over all records of that case
 * (those in the collection that follow one another, or have the same reference in the same folder); one of
 * another table with the columns it has. False and a cause where the record cannot be read, or has changed.
 * To be released. */
bool detail_read(struct detail *detail, const struct collection *collection, const struct table *table,
                 struct row row, char **cause);
void detail_release(struct detail *detail);

/* The records of the case that source `i` is of, itself among them, the earliest begun first. Numbers of
 * sources; the caller frees them. */
size_t *detail_case(const struct collection *collection, size_t i, size_t *count);

#endif
