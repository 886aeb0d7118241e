/* How each style looks on the terminal at hand, and what to draw where its characters are missing. */
#ifndef SCREEN_LOOK_H
#define SCREEN_LOOK_H

#include "screen/canvas.h"

#include <curses.h>
#include <stdbool.h>
#include <wchar.h>

/* Set up the colours, where the terminal has them and the person wants them (NO_COLOR). Curses is on. True
 * where there are colours. */
bool look_begin(void);
/* The attributes of a style, and its colour pair. */
attr_t look_of(enum style style, bool coloured, short *pair);
/* The character to draw in place of `c` where the terminal has `lines` or not; most often `c` itself. */
wchar_t look_character(wchar_t c, bool lines);

#endif
