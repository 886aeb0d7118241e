/* What is kept, all of it: each event of the record with every key it has, in plain words and word for word.
 * The screen and line mode only lay it out. */
#ifndef SESSION_KEPT_H
#define SESSION_KEPT_H

#include "session/session.h"

/* "Sam answered “Home”: 2: Hard." and what became of it: "(undone)", "(Later, after both had signed …)". What
 * waits to be seen is not told. The caller frees it. */
char *kept_told(const struct assessment *a, const struct event *event, int language);
enum { KEPT_NO_SEALS = -1 };
/* Call `field` for what stands in an entry: first what it is, by whom and when; then each of its keys: its
 * name (of what is within another "people.practitioner", "options.1"), what it means, and what stands there,
 * word for word; with `seals` last what ties its line to the others. Of what waits to be seen only that which
 * tells nothing. */
void kept_fields(const struct session *s, const struct event *event, long sealed,
                 void (*field)(void *context, const char *key, const char *help, const char *value),
                 void *context);

#endif
