/* The receipt: 80 bits of Argon2id, written as Douglas Crockford's base 32 with his check symbol.
 *
 * It is slow on purpose. Eighty bits are few enough to copy from paper; were they a plain hash, whoever
 * writes the record could prepare two versions with one code, by trying 2^40 of each. At a tenth of a second
 * and 64 MiB a try nobody does. The parameters can never change: what is on paper is on paper. */
#include "record/receipt.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "record/chain.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { PASSES = 2, MEMORY = 64 * 1024 * 1024 };
enum { SYMBOLS = RECEIPT_BYTES * 8 / 5, GROUP = 4, CHECK_MODULUS = 37 };

/* The last five stand for 32 to 36, in the check symbol alone. */
static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

/* ---- working it out ---- */

bool receipt_make(struct receipt *receipt, const char *id, size_t lines, const char *head, char **cause)
{
    if (sodium_init() < 0)
        abort();
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
        return cause_set(
            cause,
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

/* The whole number modulo 37. */
static unsigned check_of(const struct receipt *receipt)
{
    unsigned rest = 0;
    for (int i = 0; i < RECEIPT_BYTES; i++)
        rest = (rest * 256 + receipt->bytes[i]) % CHECK_MODULUS;
    return rest;
}

/* The i-th five bits, from the left. */
static unsigned five_bits(const struct receipt *receipt, int i)
{
    int bit = i * 5, byte = bit / 8;
    unsigned two = (unsigned)receipt->bytes[byte] << 8;
    if (byte + 1 < RECEIPT_BYTES)
        two |= receipt->bytes[byte + 1];
    return two >> (11 - bit % 8) & 31;
}

static void set_five_bits(struct receipt *receipt, int i, unsigned value)
{
    int bit = i * 5, byte = bit / 8;
    unsigned two = value << (11 - bit % 8);
    receipt->bytes[byte] |= (unsigned char)(two >> 8);
    if (byte + 1 < RECEIPT_BYTES)
        receipt->bytes[byte + 1] |= (unsigned char)(two & 255);
}

const char *receipt_format(const struct receipt *receipt, char text[RECEIPT_TEXT])
{
    char *at = text;
    for (int i = 0; i < SYMBOLS; i++) {
        *at++ = symbols[five_bits(receipt, i)];
        if (i % GROUP == GROUP - 1)
            *at++ = '-';
    }
    *at++ = symbols[check_of(receipt)];
    *at = '\0';
    return text;
}

/* What a typed character stands for, 0 to 36; -1 for nothing. */
static int symbol_value(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'I' || c == 'L')
        c = '1';
    if (c == 'O')
        c = '0';
    const char *found = c ? strchr(symbols, c) : NULL;
    return found ? (int)(found - symbols) : -1;
}

/* The character at `at`, which can be of several bytes, cannot stand there. */
static bool refuse_symbol(const char *at, char **cause)
{
    size_t length = 1;
    while (((unsigned char)at[length] & 0xc0) == 0x80)
        length++;
    char *one = xstrndup(at, length), *safe = utf8_safe(one, false);
    cause_set(cause,
              strchr("*~$=Uu", *at)
                  ? "“%s” can only stand at the very end of a receipt code. Please look at the paper again."
                  : "A receipt code has no “%s” in it. Please look at the paper again.",
              safe);
    free(safe);
    free(one);
    return false;
}

bool receipt_parse(const char *typed, struct receipt *receipt, char **cause)
{
    struct receipt found = {{0}};
    int count = 0, check = -1;
    const char *extra = NULL; /* a symbol that only the last may be, and was not the last */
    for (const char *at = typed; *at; at++) {
        if (*at == '-' || *at == ' ' || *at == '\t')
            continue;
        int value = symbol_value(*at);
        if (value < 0)
            return refuse_symbol(at, cause);
        if (value >= 32 && count < SYMBOLS && !extra)
            extra = at;
        if (count < SYMBOLS && value < 32)
            set_five_bits(&found, count, (unsigned)value);
        check = value;
        count++;
    }
    if (count != SYMBOLS + 1)
        return cause_set(
            cause,
            "A receipt code has %d characters, hyphens not counted: %d and a check symbol. This one "
            "has %d. Please look at the paper again.",
            SYMBOLS + 1, SYMBOLS, count);
    if (extra)
        return refuse_symbol(extra, cause);
    if ((unsigned)check != check_of(&found))
        return cause_set(cause,
                         "The receipt code is mistyped: its check symbol does not fit the rest. Please "
                         "look at the paper again.");
    *receipt = found;
    return true;
}
