/* The split screen, as the commands see it. */
#ifndef SCREEN_SCREEN_H
#define SCREEN_SCREEN_H

#include "caseload/caseload.h"
#include "session/session.h"

#include <stdbool.h>

/* Show a session on this process's terminal until the people leave. Exit status: 0, or 2 where something they
 * did is not on the disk; -1 and a cause where the screen cannot be shown here (TERM unset, unknown or dumb).
 * Where they stopped is written down as `paused`. */
int screen_run(struct session *s, char **cause);

/* The home screen: what was picked on it. */
struct home_choice {
    enum { HOME_LEAVE, HOME_NEW, HOME_OPEN, HOME_DEMO } kind;
    char *name; /* the form's name, or the record's path */
    char *ref;  /* of a new one; may be "" */
};
/* Show it on this process's terminal. `forms` ends in NULL. `say`: a sentence to be shown first, or NULL.
 * False and a cause where the screen cannot be shown here. The choice is released with home_choice_release().
 */
bool screen_home(const struct caseload *records, const char *const *forms, const char *say,
                 struct home_choice *picked, char **cause);
void home_choice_release(struct home_choice *choice);

#endif
