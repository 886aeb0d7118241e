/* What can be picked on one person's side: the choices of a list, the steps of a scale, a yes; what is marked
 * there, in which order, with which words. No drawing in it. */
#ifndef SCREEN_OPTIONS_H
#define SCREEN_OPTIONS_H

#include "assessment/assessment.h"

struct option {
    json_t *value; /* a choice's name; a number; true */
    char *label;
    char *words; /* of a choice that asks for some; NULL: none yet, or it asks for none */
    bool other;  /* it asks for words */
    int digit;   /* that picks it: 0 to 9; -1: none */
    int row;     /* where it was drawn; -1: it was not */
    bool marked; /* picked among several, or the one that stands */
    int place;   /* in an order, from 1; 0: none yet */
};

struct options {
    const struct question *q;
    struct option *list;
    size_t count;
    int cursor; /* -1: on none, as nothing is preselected */
    bool moved; /* the cursor, a mark or a place is not as saved */
};

/* May more than one be picked; are they put in order? */
bool options_are_several(const struct options *o);
bool options_are_ordered(const struct options *o);
/* A scale of so few steps that they are listed. */
bool options_few_steps(const struct question *q);
/* Is the question answered from a list at all? */
bool options_fit(const struct question *q);

/* Make them for an item as `reader` is offered them. `o` has been zeroed or released. */
void options_make(struct options *o, const struct assessment *a, int item, enum who reader, int language);
void options_release(struct options *o);
/* Make them anew, as other answers may have changed what is offered; what is picked and not saved stays.
 * `value` is what is saved. */
void options_refresh(struct options *o, const struct assessment *a, int item, enum who reader, int language,
                     const json_t *value);
/* What is saved (NULL: nothing) stands there; the cursor goes to it. */
void options_show(struct options *o, const json_t *value);

/* Up or down a line. The first move goes to the middle of a scale, or the top of a list. */
void options_move(struct options *o, int by);
/* Pick one: mark it or take the mark off, give it the next place or take its place away, or go to it. */
void options_pick(struct options *o, size_t i);
/* Pick by a digit; false where it stands for none. */
bool options_pick_digit(struct options *o, int digit);
/* The one at the cursor goes to the place before (-1) or behind (1). False where there is none. */
bool options_shift(struct options *o, int by);
/* The one at the cursor, if it is picked and asks for words; NULL. */
struct option *options_asking(struct options *o);
/* Its words; without any it is not picked after all. */
void options_say(struct options *o, const char *words);
/* To the choice of that name. */
void options_go(struct options *o, const char *name);

/* What is picked as an answer, which the caller owns; NULL and a cause where it is none. */
json_t *options_value(const struct options *o, char **cause);
/* Is an option the answer, or a part of it? */
bool options_hold(const struct options *o, const json_t *answer, const struct option *option);
/* Is it another than the saved one (NULL: none)? */
bool options_changed(const struct options *o, const json_t *saved);

#endif
