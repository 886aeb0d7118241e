/* Why something could not be done, in plain words.
 *
 * A function that a person's doing can make fail returns bool (or a pointer) and takes `char **cause` last.
 * On failure it sets *cause to a sentence that says what, where and what to do; the caller frees it. On
 * success it leaves *cause alone. `cause` may be NULL where nobody asks. */
#ifndef BASE_CAUSE_H
#define BASE_CAUSE_H

#include <stdbool.h>

/* Always returns false, so that `return cause_set(cause, …)` reads well. */
bool cause_set(char **cause, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "WHAT: REASON", the reason being strerror(errno). Returns false. */
bool cause_errno(char **cause, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
