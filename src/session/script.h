/* Scripts: intents as JSON Lines, in the words of a record's events without `seq`, `prev`, `at`, `hash`.
 *
 * Blank lines, and lines that begin with "#", say nothing. `alongside apply`, the demo and the tests' stories
 * use them. */
#ifndef SESSION_SCRIPT_H
#define SESSION_SCRIPT_H

#include "session/session.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum script_end {
    SCRIPT_DONE,
    SCRIPT_REFUSED,    /* a line asked for what cannot be, or was no intent at all */
    SCRIPT_NOT_SAVED,  /* it could have been, but could not be saved */
    SCRIPT_UNREADABLE, /* reading failed */
};

/* How far it got. */
struct script_count {
    size_t line;  /* the line it stopped at, from 1 */
    size_t asked; /* intents that were done */
    size_t added; /* entries that the program added of its own accord after them */
};

/* Does the line say nothing? */
bool script_is_blank(const char *line);
/* Do one line (without its newline). */
enum script_end script_do(struct session *s, const char *line, size_t length, struct script_count *count,
                          char **cause);
/* Do line after line until the end, or until one cannot be done; what came before it stays. Each is done
 * before the next is read. */
enum script_end script_play(struct session *s, FILE *in, struct script_count *count, char **cause);

#endif
