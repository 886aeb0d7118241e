/* Calls that fail seldom, failing when a test wants it (linked with -Wl,--wrap). Where a power cut or a full
 * disk is what matters, see faults.h. */
#ifndef TESTS_RECORD_REFUSALS_H
#define TESTS_RECORD_REFUSALS_H

#include <stdbool.h>

/* The functions that can be made to fail, up to a NULL; besides them “json_dumps”, which fails for what JSON
 * cannot hold. */
extern const char *const refusal_functions[];

/* From now on the nth call of this function fails, and with `all` every later one: NULL, -1 or what else it
 * says failure by, and errno. */
void refusal_begin(const char *function, int nth, int error, bool all);
/* Nothing fails any more; did it come to that? */
bool refusal_end(void);

/* What the clock shows from one look at it to the next, in milliseconds; 0: what time it is. */
extern long refusal_clock_step;
/* How much memory a passphrase can have, in MiB: more is refused. 0: as much as there is. A passphrase costs
 * nothing here: what comes out is a plain hash of it. */
extern unsigned refusal_memory;

#endif
