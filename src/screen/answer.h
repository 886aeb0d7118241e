/* The view of the question in front: what its two files share. view_answer.c is what it does, answer_layout.c
 * how it looks. */
#ifndef SCREEN_ANSWER_H
#define SCREEN_ANSWER_H

#include "screen/app.h"
#include "screen/pane.h"

enum { ANSWER_SLOTS = 3, ANSWER_SIDES = 2 };

struct answer_view {
    struct view view;
    int question; /* that the panes are about; -1: none yet */
    struct pane *pane[ANSWER_SLOTS];
    bool commanding;                 /* Esc was pressed in a text field: letters are keys */
    struct area drawn[ANSWER_SIDES]; /* where the panes were drawn last, for clicks */
};

const struct question *answer_question(const struct answer_view *v);
/* What a record calls the question in its place. */
const char *answer_path(const struct answer_view *v);
bool answer_is_together(const struct answer_view *v);
/* Draw it. The panes are about the question in front by then. */
void answer_draw(struct answer_view *v, struct canvas *c, struct area area);

#endif
