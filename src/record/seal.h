/* Boxes: bytes that only who holds the key can read, or could have made.
 *
 * XChaCha20-Poly1305 with a fresh random nonce of 24 bytes for each, so that no counter has to survive a
 * crash (libsodium: crypto_aead_xchacha20poly1305_ietf). A box is text: base 64 of the nonce and what it
 * sealed. */
#ifndef RECORD_SEAL_H
#define RECORD_SEAL_H

#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum { SEAL_KEY_BYTES = 32, SEAL_PAD = 256 };

/* Add a box of these bytes to `box`. `about` is bound to it: it opens under the same words alone. Bytes are
 * filled up to a multiple of SEAL_PAD first, because lengths tell. */
void seal_box(const unsigned char key[SEAL_KEY_BYTES], const char *about, const char *bytes, size_t length,
              struct strbuf *box);
/* Add what is in a box to `bytes`; false where it is none of this key, about something else, or changed in
 * any bit. */
bool seal_unbox(const unsigned char key[SEAL_KEY_BYTES], const char *about, const char *box, size_t length,
                struct strbuf *bytes);
/* The same as bytes, without base 64: for what is no line of text. */
void seal_bytes(const unsigned char key[SEAL_KEY_BYTES], const char *about, const void *bytes, size_t length,
                struct strbuf *sealed);
bool seal_open_bytes(const unsigned char key[SEAL_KEY_BYTES], const char *about, const void *sealed,
                     size_t length, struct strbuf *bytes);
/* How many characters a box of so many bytes has, at most. */
size_t seal_box_size(size_t bytes);

#endif
