/* Raising by hand that one sees something differently: what it can be about, what kind of thing it is, and
 * their own words. */
#ifndef SESSION_RAISE_H
#define SESSION_RAISE_H

#include "assessment/assessment.h"
#include "session/session.h"

enum { RAISE_MOST = 9, RAISE_MOST_EVENTS = 4, RAISE_KINDS = KIND_PROCESS + 1 };

/* One thing it can be about. */
struct raise_option {
    char *words;    /* “A note here: “Ask the council”” */
    int item;       /* or -1 */
    long of;        /* the event, or 0 */
    enum kind kind; /* what kind of thing that mostly is; they can say another */
    char open[16];  /* the id of the difference about it that is open already, or "": then it is said there */
};

/* What it can be about from where they are: an item, or (-1) no question. */
size_t raise_options(const struct assessment *a, int item, struct raise_option options[RAISE_MOST]);
void raise_release(struct raise_option *options, size_t count);
/* Raise it. */
bool raise_it(struct session *s, enum who by, const struct raise_option *option, enum kind kind,
              const char *because, char **cause);

#endif
