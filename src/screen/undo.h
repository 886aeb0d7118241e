/* Taking back what was done, and bringing it back. */
#ifndef SCREEN_UNDO_H
#define SCREEN_UNDO_H

#include "screen/app.h"

/* Take back the last thing that who has the keyboard did. Where the program passed the keyboard on after what
 * the other did last, it is asked which of the two is meant. */
void undo_last(struct app *app);
/* Bring back what who has the keyboard took back last. */
void undo_redo(struct app *app);

#endif
