/* Memory that runs out: this program's own malloc(), calloc() and realloc(), which the libraries and the C
 * library itself then call as well, so that each of their allocations can be the one that fails. */
#ifndef TESTS_FAULT_SCARCE_H
#define TESTS_FAULT_SCARCE_H

#include <stdbool.h>

/* A sanitizer brings its own malloc(), which nothing can stand in for. */
#if defined __SANITIZE_ADDRESS__
#define SCARCE_CANNOT 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define SCARCE_CANNOT 1
#endif
#endif
#ifndef SCARCE_CANNOT
#define SCARCE_CANNOT 0
#endif

/* Count from here, and let the nth fail (0: none), and with `all` every one after it. */
void scarce_begin(long nth, bool all);
/* Count from here; places[n - 1] becomes a number that stands for the way of calls that led to the nth,
 * or 0 where that goes through curses, which does not survive it everywhere. */
void scarce_watch(unsigned long *places, long most);
/* Stop; how many there were. */
long scarce_end(void);

#endif
