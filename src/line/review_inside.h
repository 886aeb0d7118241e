/* What the files of line mode's review share. */
#ifndef LINE_REVIEW_INSIDE_H
#define LINE_REVIEW_INSIDE_H

#include "line/prompt.h"
#include "review/detail.h"
#include "review/figures.h"
#include "review/listing.h"

enum { MOST_STEPS_BACK = 16, ROWS_A_PAGE = 10 };

struct step_back {
    const struct table *table;
    char *filter;
};

struct look {
    struct prompt p;
    struct collection *collection;
    struct listing *listing;
    struct digester *digester; /* reads anew what somebody acted on */
    size_t from;               /* the first row of the page */
    char *sought;              /* what was searched for last; NULL */
    char *name;                /* who acts, asked once; NULL */
    struct step_back back[MOST_STEPS_BACK];
    size_t back_count;
    bool leaving;
};

/* Say why something was not done, and free the cause. Returns false. */
bool look_refused(struct look *look, char *cause);
/* A number that was typed, from 1 to `most`; 0 where it is none. */
size_t look_number(const char *typed, size_t most);
/* Tell the page anew. */
void look_page(struct look *look);
/* Another table and filter; where they were is kept, to go back to. */
bool look_go(struct look *look, const struct table *table, const char *filter);

/* ---- review_detail.c */

/* Row i (from 0), whole; and what can be done about it. */
void look_open(struct look *look, size_t i);

/* ---- review_figures.c */

/* `typed`: "" for all of them, or the number of a line whose rows are wanted. */
void look_figures(struct look *look, const char *typed);
void look_definition(struct look *look, const char *typed);
void look_flags(struct look *look, const char *typed);

#endif
