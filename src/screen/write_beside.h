/* Writing beside what is in front: a note, another way to see it, an offer, a statement, that somebody sees
 * it differently; and saying what becomes of an offer. */
#ifndef SCREEN_WRITE_BESIDE_H
#define SCREEN_WRITE_BESIDE_H

#include "screen/app.h"
#include "session/beside.h"

/* Ask for the words of one of these, about the question in front, and save them. */
void write_beside(struct app *app, enum beside kind);
/* Ask which it is to be; an offer that waits for whoever has the keyboard stands first. */
void write_menu(struct app *app);
/* The same for what is learned from a difference, by its number from 0. */
void write_learned(struct app *app, size_t difference);
/* Ask for a statement about an entry of the record. */
void write_about_event(struct app *app, long seq);

#endif
