/* What the files of line mode's review share. */
#ifndef LINE_REVIEW_INSIDE_H
#define LINE_REVIEW_INSIDE_H

#include "line/prompt.h"
#include "review/detail.h"
#include "review/figures.h"
#include "review/listing.h"
#include "review/reading.h"

enum { MOST_STEPS_BACK = 16, ROWS_A_PAGE = 10, LINES_AT_ONCE = 20 };

/* Where they were: another listing, or (NULL) this one with another filter. */
struct step_back {
    struct listing *listing;
    char *filter;
    size_t from;
};

struct look {
    struct prompt p;
    struct collection *collection;
    struct listing *listing;
    struct digester *digester;            /* reads anew what somebody acted on */
    size_t from;                          /* the first row of the page */
    const struct review_reading *reading; /* NULL: all is read */
    char *pending;                        /* typed where more was offered: it comes next; NULL */
    char *sought;                         /* what was searched for last; NULL */
    char *name;                           /* who acts, asked once; NULL */
    struct step_back back[MOST_STEPS_BACK];
    size_t back_count;
    bool leaving;
};

/* Say why something was not done, and free the cause. Returns false. */
bool look_refused(struct look *look, char *cause);
/* A number that was typed, from 1 to `most`; 0 where it is none. */
size_t look_number(const char *typed, size_t most);
/* A line: what was typed where more was offered, or what is typed now. NULL where none comes. */
char *look_read(struct look *look, const char *question);
/* So many lines were told (from 0): after each LINES_AT_ONCE, are they to go on? What else is typed is kept
 * for look_read(). */
bool look_goes_on(struct look *look, size_t told);
/* What was typed is one of the words in "n,next": does it say so, whatever the case of a long one? */
bool look_is_word(const char *words, const char *typed, size_t length);
/* Tell the page anew. */
void look_page(struct look *look);
/* Another table and filter; where they were is kept, to go back to. */
bool look_go(struct look *look, const struct table *table, const char *filter);

/* ---- review_detail.c */

/* Row i (from 0), whole; and what can be done about it. */
void look_open(struct look *look, size_t i);
/* "comment 3": is it a word for what can be done about a row? Then it is done, or said why not. */
bool look_act(struct look *look, const char *word, size_t length, const char *rest);
/* These words, told. */
void look_tell_acts(struct look *look, bool disagreement);

/* ---- review_figures.c */

/* `typed`: "" for the first line of each, a figure's name or words of its title, "all", or the number of a
 * line whose rows are wanted. */
void look_figures(struct look *look, const char *typed);
void look_definition(struct look *look, const char *typed);
void look_flags(struct look *look, const char *typed);

#endif
