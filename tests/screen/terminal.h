/* A terminal to test screens on: a pseudo-terminal whose other end is libvterm, in this process. What is
 * asked of it takes in first whatever was written, so nothing waits and nothing depends on time. */
#ifndef TESTS_SCREEN_TERMINAL_H
#define TESTS_SCREEN_TERMINAL_H

#include "screen/term.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct terminal;

/* A terminal of this size and type (TERM), with a struct term opened on it. The test fails where that cannot
 * be. */
struct terminal *terminal_new(int rows, int columns, const char *type);
/* The same without a struct term: for tests of opening one, or of a program. */
struct terminal *terminal_bare(int rows, int columns, const char *type);
/* Closes the struct term too. */
void terminal_free(struct terminal *t);

struct term *terminal_term(struct terminal *t);
/* Close the struct term, leaving the terminal as it then is. */
void terminal_close_term(struct terminal *t);
/* The program's end: its streams, and the device's name. */
FILE *terminal_out(struct terminal *t);
FILE *terminal_in(struct terminal *t);
const char *terminal_device(struct terminal *t);

/* Type keys, separated by blanks: "Tab Up é Ctrl-A F5 Enter Space". Named keys are sent as terminfo says that
 * this type sends them; all else is sent as it stands, letter by letter. */
void terminal_type_keys(struct terminal *t, const char *keys);
/* Send bytes as they stand, as a paste or a broken line would. */
void terminal_send(struct terminal *t, const char *bytes, size_t length);
void terminal_click(struct terminal *t, int row, int column);
void terminal_resize(struct terminal *t, int rows, int columns);
/* Hang up: there will be no more input. What was on the screen can still be asked for. */
void terminal_hang_up(struct terminal *t);

/* What stands on the screen: a line for each row, blanks at the end taken off. The caller frees it. */
char *terminal_screen(struct terminal *t);
bool terminal_shows(struct terminal *t, const char *text);
/* For golden files: the rows, each ending in "|"; the cursor's place; a map of the attributes of each row
 * that has any (b bold, u underline, r reverse, capital with bold; a digit: that colour as background, with
 * others in front or not). The caller frees it. */
char *terminal_picture(struct terminal *t);
/* golden_check() of the picture. */
void terminal_check(struct terminal *t, const char *golden);
/* The letter of terminal_picture's map for one cell; '.' for none. */
char terminal_cell_look(struct terminal *t, int row, int column);
/* False where the cursor is hidden. */
bool terminal_cursor(struct terminal *t, int *row, int *column);
/* Is the alternate screen on? */
bool terminal_alternate(struct terminal *t);
/* Bytes that arrived since this was last asked. */
size_t terminal_bytes_sent(struct terminal *t);
/* All that arrived since it was opened; the terminal's own. */
const char *terminal_stream(struct terminal *t);

#endif
