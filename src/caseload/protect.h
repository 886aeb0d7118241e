/* A whole caseload moved from open to sealed, and back.
 *
 * The key file says which way it is going (record/key_file.h), and is written before the first record is
 * moved, and made final after the last. So it can be stopped at any moment and gone on with: each record is
 * open or sealed as a whole, and the key is there for as long as one of them needs it. */
#ifndef CASELOAD_PROTECT_H
#define CASELOAD_PROTECT_H

#include "record/key_file.h"

#include <stdbool.h>
#include <stddef.h>

/* Keep everybody else from moving this folder or changing its key file; give it back with protect_release().
 * -1 and a cause where somebody is doing so already. */
int protect_hold(const char *folder, char **cause);
void protect_release(int held);

/* What is to be sealed, or opened. */
struct protect_look {
    size_t records; /* all of them */
    size_t open;    /* of these, in the open */
    size_t beside;  /* files that are in the open beside sealed records: half typed, set aside, left over */
};
/* Look through a folder. The key need not be unlocked. False and a cause where it cannot be looked into. */
bool protect_look(const char *folder, struct protect_look *look, char **cause);

/* Give a folder its key file: a new key, under this passphrase and this recovery code. Its state is
 * KEY_SEALING, and its key is in the ring. */
bool protect_begin(const char *folder, bool light, const char *passphrase, size_t length,
                   const unsigned char code[RECOVERY_BYTES], char **cause);

/* What is told of the moving. `cause` is NULL, or why the file at `path` was left as it is. */
struct protect_told {
    void (*tell)(void *who, size_t done, size_t count, const char *path, const char *cause);
    void *who;
};
/* Move all records of a folder whose key is unlocked: `state` is KEY_SEALED, or KEY_OPENING for into the
 * open. *left is how many could not be moved; while there are any, it stays half moved. False and a cause
 * where it had to stop. */
bool protect_move(const char *folder, enum key_state state, const struct protect_told *told, size_t *left,
                  char **cause);

/* The names of other files in the folder, which are never sealed: a list, ended by NULL; free both. */
char **protect_others(const char *folder);

/* Put a new passphrase (NULL: keep it), a new recovery code (NULL: keep it) in the place of the old ones. The
 * key is unlocked, and stays the same. */
bool protect_change(const char *folder, const char *passphrase, size_t length, const unsigned char *code,
                    char **cause);

#endif
