/* The makings of a commissioner's report: what its parts are put together with. For commission*.c alone. */
#ifndef REPORT_COMMISSION_MAKE_H
#define REPORT_COMMISSION_MAKE_H

#include "report/commission.h"
#include "review/case_groups.h"
#include "review/figures.h"

struct making {
    struct commission *commission;
    struct scope scope;
    struct cases cases;
    size_t people; /* cases with a record or a sitting in the scope */
};

/* Items, added to a part. What is given is copied, but for a figure's name, which is a constant. */
struct commission_item *commission_says(struct commission_part *part, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void commission_term(struct commission_part *part, const char *title, const char *text);
struct commission_item *commission_item_add(struct commission_part *part, enum commission_kind kind);
/* A figure: worked out, and made fit to be printed. NULL where it has no line. */
struct commission_item *commission_figure(struct making *making, struct commission_part *part,
                                          const struct figure_kind *kind);
/* The rows of its lines. */
void commission_rows(struct commission_item *item, const struct figure_lines *lines);
void commission_rows_release(struct commission_item *item);
/* Leave out what stands under a heading with fewer than FEWEST_FOR_RATE, and say how many those are. */
void commission_leave_out_small(struct commission_item *item);
/* Leave out the rows of this indent. */
void commission_leave_out(struct commission_item *item, int indent);
/* Their shares as a picture, those of this indent. */
void commission_bars(struct commission_item *item, int indent);

/* How many cases had a record begun or a sitting in the scope. */
size_t commission_people(const struct scope *scope, const struct cases *cases);
/* Does a count of these rows count people, or what is close to that? */
bool commission_is_of_people(const struct table *table);
/* A month in words: “March 2026”; the caller frees it. */
char *commission_month(int64_t seconds);

/* The figures that are counted here, by part; each table ends with a NULL name. */
extern const struct figure_kind commission_outputs[], commission_change[], commission_voice[];
/* In how many of the parts a figure of the review is: 1, or 0 where it is not for this report. */
size_t commission_has_figure(const char *name);
/* Pictures of some of them. */
void commission_draw_months(struct making *making, struct commission_item *item);
void commission_draw_staying(struct making *making, struct commission_item *item);
void commission_draw_agreement(struct making *making, struct commission_item *item);
/* What people said, and what they learned. */
void commission_voices(struct making *making, struct commission_part *part);
void commission_lessons(struct making *making, struct commission_part *part);

#endif
