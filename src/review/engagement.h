/* Engagement: how often people meet, and for how long it goes on.
 *
 * What belongs to one person are all records of one case. An episode begins with the first of them, or when
 * the work is gone on with after it had stopped, and goes on, from record to record, until one of them says
 * that it stopped. It ended by dropping out where it says that they stopped coming or chose to leave. All
 * other episodes are censored, which is not to be left out: as planned, moved away, released, another way and
 * not said, at the day on which it stopped, since what nobody said is not made up; and what goes on, at the
 * last entry of its records and not today, since after that nobody has seen whether they come. */
#ifndef REVIEW_ENGAGEMENT_H
#define REVIEW_ENGAGEMENT_H

#include "review/figures.h"

struct drop_out {
    struct survival_time *times; /* one for each episode, in days */
    size_t count, room;
    int64_t rows; /* of table_episodes, that they are made of */
    struct survival curve;
};
/* Of the episodes in the scope. To be released. */
void drop_out_work(const struct scope *scope, struct drop_out *drop_out);
void drop_out_release(struct drop_out *drop_out);

/* Sittings in the scope: by month, from the first month in which there was one to the last, and by person.
 * Months count years too: 12 * year + month - 1. */
struct sittings_counted {
    int64_t all;
    int first_month;
    int64_t *months;
    size_t month_count;
    double *each, *between; /* how many each person had; the days from one to that person's next */
    size_t each_count, between_count;
};
void sittings_count(const struct scope *scope, struct sittings_counted *counted);
void sittings_release(struct sittings_counted *counted);

#endif
