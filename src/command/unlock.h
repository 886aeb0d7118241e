/* Unlocking a caseload for a command: the passphrase from where it was said to be, or from the terminal. */
#ifndef COMMAND_UNLOCK_H
#define COMMAND_UNLOCK_H

#include "command/secret.h"

#include <stdbool.h>

/* Where the passphrase is when nobody is to be asked (--passphrase-file): the name of a file, or "-". */
#define UNLOCK_VARIABLE "ALONGSIDE_PASSPHRASE_FILE"
/* NULL where it is to be asked for. */
const char *unlock_passphrase_file(void);

/* See that a folder's key is in the ring, if its records are sealed. What there is to say goes to standard
 * error as `alongside COMMAND: …`. False where it stays locked. */
bool unlock_folder(const char *command, const char *folder);
/* Unlock it, whether its key is in the ring already or not; *passphrase is what did. */
bool unlock_with(const char *command, const char *folder, struct secret *passphrase);
/* The same; *wrong: it is because all that was given was some other passphrase. */
bool unlock_try(const char *command, const char *folder, struct secret *passphrase, bool *wrong);

#endif
