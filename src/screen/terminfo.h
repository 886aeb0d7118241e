/* What the terminfo database says of a terminal, asked before curses is started: curses would end the
 * program. */
#ifndef SCREEN_TERMINFO_H
#define SCREEN_TERMINFO_H

#include <stdbool.h>

/* Can screens be drawn on a terminal of this type? False and a cause where not. */
bool terminfo_draws(const char *type, int fd, char **cause);
/* Does it have the line-drawing characters, as far as its type tells? Terminals older than Unicode have not.
 */
bool terminfo_has_lines(const char *type);
/* The bytes that take all away that stands on it, and (where it can) what could be scrolled back to; with
 * `both`, on the screen behind the alternate one too, where there is one. "" where the type is not known or
 * cannot. The caller frees it. */
char *terminfo_wipe(const char *type, int fd, bool both);

#endif
