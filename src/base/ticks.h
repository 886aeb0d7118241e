/* Time that goes by, for what waits: no day and no hour comes into it, and nobody can set it.
 *
 * It stands still while the computer sleeps, and that it slept can be asked. */
#ifndef BASE_TICKS_H
#define BASE_TICKS_H

#include <poll.h>
#include <stdbool.h>

/* Milliseconds since some moment. */
long long ticks_now(void);
/* How long the computer has slept since some moment, in milliseconds: two of these are compared. */
long long ticks_asleep(void);
/* poll(), for at most seven; it returns 0 too when the computer has woken up. */
int ticks_wait(struct pollfd *fds, nfds_t count, int milliseconds);

/* For tests: both clocks stand at these until the next call (0, 0: they go). And what is called in place of
 * poll(); NULL: poll(). */
void ticks_fix(long long now, long long asleep);
void ticks_wait_with(int (*wait)(struct pollfd *fds, nfds_t count, int milliseconds));

#endif
