/* Protections that the tests can take out, one at a time, to see that a test fails without it
 * (tests/fault/test-controls.c). In the program itself WITHOUT() is false, and nothing of it is left. */
#ifndef BASE_WITHOUT_H
#define BASE_WITHOUT_H

#ifdef ALONGSIDE_CONTROLS
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
static inline bool without(const char *protection)
{
    const char *taken_out = getenv("ALONGSIDE_WITHOUT");
    return taken_out && strcmp(taken_out, protection) == 0;
}
#define WITHOUT(protection) without(protection)
#else
#define WITHOUT(protection) false
#endif

#endif
