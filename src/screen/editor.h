/* A text being typed: one line or several, by graphemes, wrapped. No terminal in it: it is drawn on a canvas.
 */
#ifndef SCREEN_EDITOR_H
#define SCREEN_EDITOR_H

#include "screen/canvas.h"

#include <stdbool.h>
#include <stddef.h>

struct editor;

/* `text` is what stands there already (NULL: nothing); `several` lines or one; at most `most` bytes (0: 16
 * KiB). It is cleaned as pasted text is: what cannot be seen is dropped, tabs (and newlines, in a single
 * line) become blanks. */
struct editor *editor_new(const char *text, bool several, size_t most);
void editor_free(struct editor *e);
const char *editor_text(const struct editor *e);
void editor_set(struct editor *e, const char *text);
/* The same, counting as typed: for what was half typed when the program ended. The cursor goes to where it
 * stood, so many bytes into the text; to its end where it is not that long. */
void editor_restore(struct editor *e, const char *text, size_t cursor);
size_t editor_cursor(const struct editor *e);
/* Has it been changed since it was made or set? */
bool editor_changed(const struct editor *e);
/* Take a key (term.h). False where it is none of the editor's (Esc, Tab, F-keys; Enter in a single line; Up
 * and Down where there is no line that way): the caller's to use. Several-line editors take Enter as a new
 * line. Keys as people know them: arrows, Home/End (Ctrl-A/E), Ctrl-Left/Right by word, Ctrl-U (all before,
 * of its line), Ctrl-K (all after, of its line), Ctrl-W (the word before), Backspace, Delete. Pasted control
 * characters are dropped. */
bool editor_key(struct editor *e, int key);
/* Draw it in a box of this size, scrolled so that the cursor is inside; puts the canvas's cursor if
 * `focused`. */
void editor_draw(struct editor *e, struct canvas *c, int row, int column, int rows, int columns,
                 bool focused);
/* How many rows it would take at this width (one column is kept for the cursor). */
int editor_rows(const struct editor *e, int columns);

#endif
