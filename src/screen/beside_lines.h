/* What stands beside an answer, on the side of whoever said it. */
#ifndef SCREEN_BESIDE_LINES_H
#define SCREEN_BESIDE_LINES_H

#include "screen/app.h"

/* How many rows are to be kept for it; TOGETHER: for what either said. */
int beside_rows(struct app *app, int item, enum who slot);
/* Draw it: whole where there is room, each on a row at least. */
void beside_draw(struct app *app, struct canvas *c, struct area area, int item, enum who slot);

#endif
