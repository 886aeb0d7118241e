/* Boxes. What libsodium does is all there is to it; base 64 is read back strictly, so that one box has one
 * spelling. */
#include "record/seal.h"

#include "base/mem.h"
#include "base/without.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    BASE64 = sodium_base64_VARIANT_ORIGINAL,
};

_Static_assert(SEAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a key is a key");

static size_t padded_size(size_t bytes)
{
    return WITHOUT("padding") ? bytes + 1 : (bytes / SEAL_PAD + 1) * SEAL_PAD;
}

size_t seal_box_size(size_t bytes)
{
    return sodium_base64_ENCODED_LEN(NONCE + padded_size(bytes) + TAG, BASE64) - 1;
}

void seal_bytes(const unsigned char key[SEAL_KEY_BYTES], const char *about, const void *bytes, size_t length,
                struct strbuf *sealed)
{
    size_t padded = padded_size(length);
    unsigned char *box = xmalloc(NONCE + padded + TAG), *plain = box + NONCE;
    memcpy(plain, bytes, length);
    sodium_pad(NULL, plain, length, WITHOUT("padding") ? 1 : SEAL_PAD, padded); /* there is room */
    if (WITHOUT("a number used once"))
        memset(box, 0, NONCE);
    else
        randombytes_buf(box, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(plain, NULL, plain, padded, (const unsigned char *)about,
                                               strlen(about), NULL, box, key);
    strbuf_addn(sealed, (const char *)box, NONCE + padded + TAG);
    free(box);
}

void seal_box(const unsigned char key[SEAL_KEY_BYTES], const char *about, const char *bytes, size_t length,
              struct strbuf *box)
{
    struct strbuf sealed = STRBUF_INIT;
    seal_bytes(key, about, bytes, length, &sealed);
    size_t size = seal_box_size(length) + 1;
    char *text = xmalloc(size);
    sodium_bin2base64(text, size, (const unsigned char *)sealed.text, sealed.length, BASE64);
    strbuf_addn(box, text, size - 1);
    free(text);
    strbuf_release(&sealed);
}

/* libsodium's reader takes some bytes above 127 for others; what it read must be written as it stood. */
static bool spelled_so(const unsigned char *sealed, size_t size, const char *box, size_t length)
{
    size_t room = sodium_base64_ENCODED_LEN(size, BASE64);
    char *text = xmalloc(room);
    sodium_bin2base64(text, room, sealed, size, BASE64);
    bool same = room - 1 == length && /* cannot be: it was read back to its last digit */
                memcmp(text, box, length) == 0;
    free(text);
    return same;
}

bool seal_open_bytes(const unsigned char key[SEAL_KEY_BYTES], const char *about, const void *sealed,
                     size_t length, struct strbuf *bytes)
{
    size_t whole;
    if (length < NONCE + TAG)
        return false;
    size_t padded = length - NONCE - TAG;
    unsigned char *plain = xmalloc(padded);
    const unsigned char *box = sealed;
    bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, box + NONCE, length - NONCE,
                                                             (const unsigned char *)about, strlen(about), box,
                                                             key) == 0 &&
                  /* sodium_unpad() looks at the last block alone */
                  (WITHOUT("padding") || padded % SEAL_PAD == 0) &&
                  sodium_unpad(&whole, plain, padded, WITHOUT("padding") ? 1 : SEAL_PAD) == 0;
    if (opened)
        strbuf_addn(bytes, (const char *)plain, whole);
    sodium_memzero(plain, padded);
    free(plain);
    return opened;
}

bool seal_unbox(const unsigned char key[SEAL_KEY_BYTES], const char *about, const char *box, size_t length,
                struct strbuf *bytes)
{
    size_t room = length / 4 * 3 + 1, size;
    unsigned char *sealed = xmalloc(room);
    bool opened = sodium_base642bin(sealed, room, box, length, NULL, &size, NULL, BASE64) == 0 &&
                  spelled_so(sealed, size, box, length) && seal_open_bytes(key, about, sealed, size, bytes);
    free(sealed);
    return opened;
}
