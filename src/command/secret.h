/* What is typed that nobody else is to see: passphrases, and codes.
 *
 * Asked at the terminal itself, whatever standard input and output are. It lies in guarded memory only, and
 * is wiped. */
#ifndef COMMAND_SECRET_H
#define COMMAND_SECRET_H

#include "caseload/unlock.h"

#include <stdbool.h>

/* A text of PASSPHRASE_MOST bytes and a NUL, in guarded memory; give it back with secret_free(). */
struct secret {
    char *text;
    size_t length;
};
struct secret secret_new(void);
void secret_free(struct secret *secret);

/* Is there a terminal to ask at? */
bool secret_has_terminal(void);

/* Write something there, and nowhere else, broken to its width; it is safe to show. */
void secret_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Take all away that stands on the terminal, and what could be scrolled back to; false where it cannot. */
bool secret_wipe_terminal(void);

/* Ask at the terminal; what is typed is shown there or not. However this ends, by a signal too, the terminal
 * is as it was. False where nothing was typed, with no cause; or with one, where it cannot be asked for. */
bool secret_ask(struct secret *secret, const char *prompt, bool shown, char **cause);

/* The first line of a file; of "-": of standard input, of which no byte more is read. False and a cause where
 * there is none. */
bool secret_from_file(struct secret *secret, const char *path, char **cause);

#endif
