/* What stands around the question in front, the same where it is answered and where it is a list of entries.
 */
#ifndef SCREEN_FRONT_H
#define SCREEN_FRONT_H

#include "screen/app.h"

/* From this many columns on the two sides stand beside each other. */
enum { BESIDE = 80 };

/* "Question 7 of 32   Home"; in an entry where that is: "Our goals, 2 of 3". */
char *front_title(struct app *app);
/* How far they are, marks, how many things they see differently. */
void front_progress(struct app *app, struct canvas *c, int row, int columns);
/* A text in the middle, wrapped; returns the rows used. */
int front_centred(struct canvas *c, struct area area, enum style style, const char *text);
/* A line across, in which stands what the entry is called or about, and how many cards there are about the
 * question. */
void front_rule(struct app *app, struct canvas *c, int row, int columns);
/* What an entry is called, as two people read it at one screen: once where they say the same or only both
 * together do, else for each who says so, with whose it is. Returns how many, which the caller frees. */
int front_entry_names(struct app *app, const struct entry *entry, char *names[PARTIES]);
/* The last rows: how things stand, or what is to be said; whose turn it is, or why nothing can be written.
 * `letters`: that letters are keys in a text field just now. */
void front_foot(struct app *app, struct canvas *c, int row, int last, int columns, char *standing,
                bool letters);

#endif
