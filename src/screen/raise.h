/* Raising by hand that one sees something differently: what it is about, what kind of thing it is, in their
 * own words. */
#ifndef SCREEN_RAISE_H
#define SCREEN_RAISE_H

#include "screen/app.h"

/* From where they are: an item, or (-1) no question, as in the overview. Asks what it is about. */
void raise_here(struct app *app, int item);
/* About an event (a note, a promise, what happened): only the kind and the words are asked for. `item`: the
 * question it belongs to, or -1. */
void raise_about(struct app *app, int item, long of, enum kind kind);

#endif
