/* Choosing a passphrase and being given a recovery code, at the terminal. */
#ifndef COMMAND_CHOOSE_H
#define COMMAND_CHOOSE_H

#include "command/secret.h"

#include <stdbool.h>

/* A new passphrase for a caseload: six words made by chance or one of somebody's own, typed again; from the
 * first line of `file` where that is not NULL. False where there is none, which has been said. */
bool choose_passphrase(const char *command, const char *folder, const char *file, struct secret *chosen);

/* Make a recovery code and hand it over: shown at the terminal, and typed back from the paper; `alone`: as
 * one line on standard output. False where nobody has it, which has been said. */
bool choose_code(const char *command, bool alone, unsigned char code[RECOVERY_BYTES]);

#endif
