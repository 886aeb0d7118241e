/* The caseload keys that are unlocked in this program, in memory that is kept from swap, from core dumps and
 * from stray reads and writes (sodium_malloc()).
 *
 * There is one ring for the program, so that locking is one call. Everything else holds a key's id and asks
 * for the key each time: where the ring has been wiped, there is none. */
#ifndef RECORD_KEYRING_H
#define RECORD_KEYRING_H

#include "record/seal.h"

#include <stdbool.h>

/* A key's id tells nothing of the key: BLAKE2b under it, 16 bytes in hex. */
enum { KEY_ID_BYTES = 16, KEY_ID_TEXT = 2 * KEY_ID_BYTES + 1 };

/* A new random key in guarded memory; sodium_free() it. */
unsigned char *key_new(void);
void key_id(const unsigned char key[SEAL_KEY_BYTES], char id[KEY_ID_TEXT]);
/* A keyed hash over a text (BLAKE2b), 32 bytes in hex: nobody without the key can make it. */
enum { KEY_PROOF_TEXT = 65 };
void key_proof(const unsigned char key[SEAL_KEY_BYTES], const char *text, size_t length,
               char proof[KEY_PROOF_TEXT]);

/* Take a copy of a key in. `file` is what its key file holds, kept so that a record which goes on in another
 * place can take it along. */
void keyring_add(const unsigned char key[SEAL_KEY_BYTES], const char *file);
/* NULL where it is not unlocked. The ring's; gone with keyring_wipe(). */
const unsigned char *keyring_find(const char *id);
/* What its key file held; NULL where it is not unlocked. */
const char *keyring_file(const char *id);
bool keyring_is_empty(void);
/* The lock: every key overwritten and given back. */
void keyring_wipe(void);

#endif
