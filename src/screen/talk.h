/* The view of a talk: what its three files share. view_talk.c is what the keys do, talk_settle.c how
 * something is put forward, agreed to and looked back on, talk_layout.c how it looks. */
#ifndef SCREEN_TALK_H
#define SCREEN_TALK_H

#include "screen/app.h"
#include "session/settle.h"
#include "session/talk.h"

/* Somebody changed an answer: asking them why. Kept by the view that asks, until `done`. */
struct moved {
    char id[16]; /* of the disagreement */
    enum who who;
    enum reason reason;
    void (*done)(struct app *app, bool said, void *context);
    void *context;
};
/* Ask: a reason of the list, then (freely) their own words. `done` is called when they have said it, or left
 * it out. */
void moved_ask(struct app *app, struct moved *moved);

struct talk_view {
    struct view view;
    struct talk talk;
    enum who came;               /* who had the keyboard when it was opened */
    int cursor;                  /* among the ways to settle it; -1: on none */
    int first_row, first;        /* where they were drawn, and from which on */
    int paged;                   /* rows paged back in what the two have said */
    int most;                    /* as far as there is anything, as it was drawn */
    struct settle_option chosen; /* what is being put forward while its words are asked for */
    char *what, *from;
    const struct choice *other; /* that was picked and asks for words */
    struct talk_turn turn;      /* that is being taken while its words are asked for */
    struct moved moved;
};

const struct disagreement *talk_view_about(const struct talk_view *v);
/* Can something be said and settled here and now? */
bool talk_view_live(const struct talk_view *v);
/* The turn to be taken in a step before the last: that of who has the keyboard, else of the other. */
bool talk_view_turn(const struct talk_view *v, struct talk_turn *turn);
size_t talk_view_options(const struct talk_view *v, struct settle_option options[SETTLE_MOST]);

/* Put the option of that number forward; what it needs is asked for first. */
void talk_put_forward(struct talk_view *v, size_t picked);
void talk_say_yes(struct talk_view *v, int side);
/* What is asked of them once it is settled, one thing after the other. */
void talk_look_back(struct talk_view *v);

void talk_draw(struct talk_view *v, struct canvas *c, struct area area);

#endif
