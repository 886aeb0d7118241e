/* Crockford's base 32: no letter that is mistaken for another when read out, and one symbol more, the whole
 * number modulo 37, that finds any one mistyped character and any two exchanged ones. */
#include "base/crockford.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP = 4, CHECK_MODULUS = 37, MOST_BYTES = 20 };

/* The last five stand for 32 to 36, in the check symbol alone. */
static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

static unsigned check_of(const unsigned char *bytes, size_t count)
{
    unsigned rest = 0;
    for (size_t i = 0; i < count; i++)
        rest = (rest * 256 + bytes[i]) % CHECK_MODULUS;
    return rest;
}

/* The i-th five bits, from the left. */
static unsigned five_bits(const unsigned char *bytes, size_t count, size_t i)
{
    size_t bit = i * 5, byte = bit / 8;
    unsigned two = (unsigned)bytes[byte] << 8;
    if (byte + 1 < count)
        two |= bytes[byte + 1];
    return two >> (11 - bit % 8) & 31;
}

static void set_five_bits(unsigned char *bytes, size_t count, size_t i, unsigned value)
{
    size_t bit = i * 5, byte = bit / 8;
    unsigned two = value << (11 - bit % 8);
    bytes[byte] |= (unsigned char)(two >> 8);
    if (byte + 1 < count)
        bytes[byte + 1] |= (unsigned char)(two & 255);
}

const char *crockford_format(const unsigned char *bytes, size_t count, char *text)
{
    char *at = text;
    for (size_t i = 0; i < CROCKFORD_SYMBOLS(count); i++) {
        *at++ = symbols[five_bits(bytes, count, i)];
        if (i % GROUP == GROUP - 1)
            *at++ = '-';
    }
    *at++ = symbols[check_of(bytes, count)];
    *at = '\0';
    return text;
}

/* What a typed character, which is no NUL, stands for, 0 to 36; -1 for nothing. */
static int symbol_value(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'I' || c == 'L')
        c = '1';
    if (c == 'O')
        c = '0';
    const char *found = strchr(symbols, c);
    return found ? (int)(found - symbols) : -1;
}

/* The character at `at`, which can be of several bytes, cannot stand there. */
static bool refuse_symbol(const char *at, const char *what, char **cause)
{
    size_t length = 1;
    while (((unsigned char)at[length] & 0xc0) == 0x80)
        length++;
    char *one = xstrndup(at, length), *safe = utf8_safe(one, false);
    if (strchr("*~$=Uu", *at))
        cause_set(cause, "“%s” can only stand at the very end of a %s. Please look at the paper again.", safe,
                  what);
    else
        cause_set(cause, "A %s has no “%s” in it. Please look at the paper again.", what, safe);
    free(safe);
    free(one);
    return false;
}

bool crockford_parse(const char *typed, const char *what, unsigned char *bytes, size_t count, char **cause)
{
    unsigned char found[MOST_BYTES] = {0};
    size_t symbol_count = CROCKFORD_SYMBOLS(count), seen = 0;
    int check = -1;
    const char *extra = NULL; /* a symbol that only the last may be, and was not the last */
    for (const char *at = typed; *at; at++) {
        if (*at == '-' || *at == ' ' || *at == '\t')
            continue;
        int value = symbol_value(*at);
        if (value < 0)
            return refuse_symbol(at, what, cause);
        if (value >= 32 && seen < symbol_count && !extra)
            extra = at;
        if (seen < symbol_count && value < 32)
            set_five_bits(found, count, seen, (unsigned)value);
        check = value;
        seen++;
    }
    bool fits = false;
    if (seen != symbol_count + 1)
        cause_set(cause,
                  "A %s has %zu characters, hyphens not counted: %zu and a check symbol. This one has %zu. "
                  "Please look at the paper again.",
                  what, symbol_count + 1, symbol_count, seen);
    else if (extra)
        refuse_symbol(extra, what, cause);
    else if ((unsigned)check != check_of(found, count))
        cause_set(cause,
                  "The %s is mistyped: its check symbol does not fit the rest. Please look at the paper "
                  "again.",
                  what);
    else
        fits = true;
    if (fits)
        memcpy(bytes, found, count);
    sodium_memzero(found, sizeof found); /* a code can be a secret */
    return fits;
}
