/* What both answered, counted step against step: the tables that agreement is worked out from, and the data
 * of their pictures. Scales with the same number of steps go into one table. What stands in a list has no
 * order, and the first of one list has nothing to do with the first of another: each question has its own. */
#ifndef REVIEW_SCALES_H
#define REVIEW_SCALES_H

#include "review/figures.h"

#include <stddef.h>
#include <stdint.h>

struct scale_table {
    int steps;
    bool ordered;         /* a scale; false: a list of choices */
    const char *question; /* of a list: its name, else "" */
    const char *label;    /* of a list: what is asked, else "" */
    double from, step;    /* what the first step stands for and how far it is to the next, where all agree on
                             that; else 1 and 1 */
    int64_t n;            /* how many pairs are in it */
    int64_t *table;       /* steps by steps, row by row: practitioner, service user; before any talk */
};

struct scale_tables {
    struct scale_table *tables; /* scales before lists, each with the most pairs first */
    size_t count, room;
    int64_t others; /* pairs of answers that have no steps, or none of those there are */
};

/* What one table comes to, guarded. Lists have no order, and no alpha here: percent, kappa, AC1. */
struct scale_agreement {
    struct figure percent;
    struct figure kappa[2],
        ac[2];              /* linear and quadratic weights; of a list without weights, both the same */
    struct figure alpha[2]; /* ordinal, interval; of a list nominal, both the same */
};
struct scale_agreement scale_agreement(const struct scale_table *table);
/* The filter of table_pairs that opens its pairs; the caller frees it. */
char *scale_filter(const struct scale_table *table);

/* Of the pairs in the scope. Texts are the collection's. To be released. */
void scale_tables_count(const struct scope *scope, struct scale_tables *tables);
void scale_tables_release(struct scale_tables *tables);

#endif
