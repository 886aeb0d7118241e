/* The view of the question in front: what its files share. view_answer.c is what it does, answer_save.c how
 * an answer is saved and what is asked around it, answer_together.c one that both give, answer_layout.c how
 * it looks. */
#ifndef SCREEN_ANSWER_H
#define SCREEN_ANSWER_H

#include "screen/app.h"
#include "screen/pane.h"
#include "screen/talk.h"

enum { ANSWER_SLOTS = 3, ANSWER_SIDES = 2 };

struct answer_view {
    struct view view;
    int question; /* that the panes are about; -1: none yet */
    struct pane *pane[ANSWER_SLOTS];
    json_t *warned;                  /* the answer that was asked back about last; Enter again keeps it */
    bool worded;                     /* the words that a hidden choice may need were asked for */
    bool commanding;                 /* Esc was pressed in a text field: letters are keys */
    enum who saved;                  /* who saved an answer last, or says why of their own accord */
    bool why_asked;                  /* the program asked why: leaving it out passes the turn too */
    struct moved moved;              /* who is asked what made them change their answer */
    struct talk_turn turn;           /* saying back, before a yes to what is put forward together */
    struct area drawn[ANSWER_SIDES]; /* where the panes were drawn last, for clicks */
};

const struct question *answer_question(const struct answer_view *v);
/* What a record calls the question in its place. */
const char *answer_path(const struct answer_view *v);
bool answer_is_together(const struct answer_view *v);
/* The pane that the keyboard is in. */
struct pane *answer_active(const struct answer_view *v);
/* Save what stands there, once all that it asks for has been asked; false where it is not saved (yet). */
bool answer_save(struct answer_view *v);
/* Ask for the words of what was just picked; false where it asks for none. */
bool answer_ask_words(struct answer_view *v);
/* Enter does not keep what was asked back about. */
void answer_forget_warning(struct answer_view *v);
/* Ask for these about the answer that is there. */
void answer_ask_reason(struct answer_view *v);
void answer_ask_evidence(struct answer_view *v);
void answer_skip(struct answer_view *v);
/* Put an answer forward that is given together; the value is the function's from then on. */
void answer_propose(struct answer_view *v, json_t *value);
/* One says yes to what is put forward together, once it was said back where the form asks for that. */
void answer_confirm(struct answer_view *v, int side);
/* It waits for being said back: ask for that. False where it does not wait. */
bool answer_say_back(struct answer_view *v);
/* Draw it. The panes are about the question in front by then. */
void answer_draw(struct answer_view *v, struct canvas *c, struct area area);

#endif
