/* Records that somebody changed, or that two would write to: what must be noticed. */
#ifndef TESTS_FAULT_DAMAGE_H
#define TESTS_FAULT_DAMAGE_H

#include <stdbool.h>

/* The ways, by name; ends with NULL. */
extern const char *const damage_ways[];
/* The records that are damaged from now on are sealed ones, or not. */
void damage_seal(bool sealed);
/* Each change of this way, one after the other: NULL where all are noticed, else the first that was not; the
 * caller frees it. */
char *damage_each(const char *way);
/* How many changes were tried since this was last asked. */
long damage_count(void);

#endif
