/* The split screen, as the commands see it. */
#ifndef SCREEN_SCREEN_H
#define SCREEN_SCREEN_H

#include "session/session.h"

/* Show a session on this process's terminal until the people leave. Exit status: 0, or 1 where something they
 * did is not on the disk; -1 and a cause where the screen cannot be shown here (TERM unset, unknown or dumb).
 * Where they stopped is written down as `paused`. */
int screen_run(struct session *s, char **cause);

#endif
