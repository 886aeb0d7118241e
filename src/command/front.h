/* In front of the people: the split screen or line mode, whichever this terminal can show. */
#ifndef COMMAND_FRONT_H
#define COMMAND_FRONT_H

#include "session/session.h"

#include <stdbool.h>

/* Is somebody there: are input and output terminals? */
bool front_has_people(void);
/* Is it to be line mode: asked for (`accessible`, $ACCESSIBLE), or is there no terminal that could show a
 * screen? */
bool front_is_plain(bool accessible);
/* Before line mode: the lock is told how to clear this terminal. */
void front_plain(void);
/* Let them go through the assessment until they leave; the exit status. The session stays the caller's. */
int front_run(struct session *s, bool accessible);

#endif
