/* Memory that is there or ends the program.
 *
 * Running out of memory is not something a person can mend in the middle of a sitting, and everything shown
 * as saved is on the disk already. So these never return NULL: they put the terminal right, say so, and exit
 * with 2. Free what they return with free(). */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xreallocarray(void *old, size_t count, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

/* Make room for one more in a growing array: `items` (any pointer), how many are in it, and its room.
 * The array is freed with free(). */
#define GROW(items, count, room)                                                                             \
    do {                                                                                                     \
        if ((count) >= (room)) {                                                                             \
            (room) = (room) ? (room)*2 : 8;                                                                  \
            (items) = xreallocarray((items), (size_t)(room), sizeof *(items));                               \
        }                                                                                                    \
    } while (0)

/* What to do before the program ends for want of memory: the screen gives the terminal back. NULL for
 * nothing. */
void mem_before_exit(void (*restore)(void));

/* End the program as the functions above do. For libraries that report exhaustion themselves. */
void mem_exhausted(void) __attribute__((noreturn));

/* Memory for secrets: kept from swap, from core dumps and from stray reads and writes, overwritten when it is
 * given back with sodium_free(). */
void *mem_guarded(size_t size);

/* Make jansson take its memory from here too, and libsodium ready. Called once, first thing in main() and in
 * tests. */
void mem_init(void);

#endif
