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

#endif
