/* What is written about the question in front besides its answers: notes, the mark to come back, that
 * somebody sees it differently, and cards (entries of an attachable repeat). */
#ifndef SCREEN_REMARK_H
#define SCREEN_REMARK_H

#include "screen/app.h"

/* Carry out a request about the question in front, or the list it is in: note, come back, raise, card, list,
 * add. False where it is another. */
bool remark_request(struct app *app, enum request request);
/* Add an entry to a repeat, about an item or (-1) none, and go there. */
void remark_add(struct app *app, int repeat, int about);
/* Where a list is for the other one alone, say so; true then. */
bool remark_not_theirs(struct app *app, int repeat);
/* Can a card be written about the question in front? */
bool remark_cards(struct app *app);
/* Where Enter goes on from the question in front: walk_on(), but from a card that was written just now back
 * to what it is about. */
int remark_next(struct app *app);

#endif
