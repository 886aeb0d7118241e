/* What both answered, counted step against step: the tables that agreement is worked out from. Only questions
 * with the same number of steps go into one table, scales and lists apart. */
#ifndef REVIEW_SCALES_H
#define REVIEW_SCALES_H

#include "review/figures.h"

#include <stddef.h>
#include <stdint.h>

struct scale_table {
    int steps;
    bool ordered;   /* a scale; false: a list of choices */
    int64_t n;      /* how many pairs are in it */
    int64_t *table; /* steps by steps, row by row: practitioner, service user; before any talk */
};

struct scale_tables {
    struct scale_table *tables; /* scales before lists, each with the most pairs first */
    size_t count, room;
    int64_t others; /* pairs of answers that have no steps */
};

/* Of the pairs in the scope. To be released. */
void scale_tables_count(const struct scope *scope, struct scale_tables *tables);
void scale_tables_release(struct scale_tables *tables);

#endif
