/* Line mode: the same power as the screens, one prompt at a time, for screen readers, braille displays, dumb
 * terminals and pipes.
 *
 * What it writes is plain text: no escape sequences, no cursor movement, no bell, no line of more than 72
 * columns or than the terminal is wide, flushed before each read. */
#ifndef LINE_LINE_H
#define LINE_LINE_H

#include "session/session.h"

#include <stddef.h>
#include <stdio.h>

/* Go through an assessment until they leave, the input ends, or SIGHUP, SIGINT or SIGTERM comes. Everything
 * is saved as it goes; where they were is kept. The session stays the caller's. Returns the exit status: 0,
 * or 2 where something could not be saved. */
int line_run(struct session *s, FILE *in, FILE *out);

/* The bytes that take away what stands on this terminal, for the lock: line mode itself knows of none.
 * Borrowed; NULL or "": there is no way. */
void line_wipes_with(const char *bytes);

/* Offer a numbered list under a heading, and return the index of the one picked; -1 where they leave. */
int line_home(FILE *in, FILE *out, const char *heading, const char *const *items, size_t count);
/* Ask for one line; NULL where they leave it empty or leave. The caller frees it. */
char *line_home_ask(FILE *in, FILE *out, const char *prompt);

#endif
