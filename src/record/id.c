/* A record's id: a ULID, 48 bits of time in milliseconds and 80 random bits, in Crockford's base 32. Ids sort
 * by when they were made, need no counter kept anywhere, and hold no letter that is mistaken for another when
 * read out. */
#include "record/record.h"

#include "base/date.h"

#include <sodium.h>
#include <stdint.h>

enum { TIME_DIGITS = 10, RANDOM_DIGITS = RECORD_ID_TEXT - 1 - TIME_DIGITS };

void record_new_id(char id[RECORD_ID_TEXT])
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint64_t milliseconds = (uint64_t)clock_now() * 1000;
    for (int i = TIME_DIGITS; i-- > 0; milliseconds >>= 5)
        id[i] = digits[milliseconds & 31];
    for (int i = 0; i < RANDOM_DIGITS; i++) /* 16 digits of 5 bits: the 80 */
        id[TIME_DIGITS + i] = digits[randombytes_uniform(32)];
    id[RECORD_ID_TEXT - 1] = '\0';
}
