/* The receipt: 80 bits of Argon2id, written as Douglas Crockford's base 32 with his check symbol.
 *
 * It is slow on purpose. Eighty bits are few enough to copy from paper; were they a plain hash, whoever
 * writes the record could prepare two versions with one code, by trying 2^40 of each. At a tenth of a second
 * and 64 MiB a try nobody does. The parameters can never change: what is on paper is on paper. */
#include "record/receipt.h"

#include "base/cause.h"
#include "base/crockford.h"
#include "base/mem.h"
#include "record/chain.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { PASSES = 2, MEMORY = 64 * 1024 * 1024 };

/* ---- working it out ---- */

bool receipt_make(struct receipt *receipt, const char *id, size_t lines, const char *head, char **cause)
{
    /* 16 characters of the id's hash, so that an id of any length will do, and the well-known `argon2` can be
     * given them on its command line. */
    char salt[RECORD_HASH_TEXT];
    chain_hash(id, strlen(id), salt);
    _Static_assert(crypto_pwhash_argon2id_SALTBYTES == 16, "the salt is 16 characters");
    unsigned char hash[16];
    char *text = xasprintf("%s %zu %s", id, lines, head);
    int failed = crypto_pwhash_argon2id(hash, sizeof hash, text, strlen(text), (const unsigned char *)salt,
                                        PASSES, MEMORY, crypto_pwhash_argon2id_ALG_ARGON2ID13);
    free(text);
    if (failed)
        return cause_set(cause,
                         "There is not enough free memory for the receipt code, which takes %d MiB. Close "
                         "other programs and try again.",
                         MEMORY / 1024 / 1024);
    memcpy(receipt->bytes, hash, RECEIPT_BYTES);
    return true;
}

bool receipt_of(struct receipt *receipt, const struct record *record, size_t lines, char **cause)
{
    return receipt_make(receipt, record_id(record), lines, record_head_after(record, lines), cause);
}

bool receipt_same(const struct receipt *a, const struct receipt *b)
{
    return memcmp(a->bytes, b->bytes, RECEIPT_BYTES) == 0;
}

/* ---- as text ---- */

const char *receipt_format(const struct receipt *receipt, char text[RECEIPT_TEXT])
{
    _Static_assert(RECEIPT_TEXT == CROCKFORD_TEXT(RECEIPT_BYTES), "there is room for the code");
    return crockford_format(receipt->bytes, RECEIPT_BYTES, text);
}

bool receipt_parse(const char *typed, struct receipt *receipt, char **cause)
{
    return crockford_parse(typed, "receipt code", receipt->bytes, RECEIPT_BYTES, cause);
}
