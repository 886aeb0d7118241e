/* What can be done about what stands there already: a promise, something that happened, something that was
 * passed on. Say what came of it, whether it was kept, sign it, say something to it, see it differently, take
 * it back. One list for the screen and for line mode. */
#ifndef SESSION_ACTS_H
#define SESSION_ACTS_H

#include "session/session.h"

enum act_kind {
    ACT_READ,
    ACT_READ_WORDS,
    ACT_KEPT,
    ACT_NOT_KEPT,
    ACT_SIGN,
    ACT_WILL_NOT_SIGN,
    ACT_CAME_OF_IT,
    ACT_STATEMENT,
    ACT_RAISE,
    ACT_TAKE_BACK,
    ACTS,
};

/* How it is offered: "It was kept". */
const char *act_label(enum act_kind act);
/* What is asked before it is done, for its words; NULL where it needs none. */
const char *act_asks(enum act_kind act);
/* Can it be done without those words? */
bool act_goes_without(enum act_kind act);

/* What this party can do about that event, in the order in which it is offered. Returns how many. */
size_t acts_about(const struct session *s, long seq, enum who by, enum act_kind can[ACTS]);
/* Do it; `text` may be NULL or "" where it goes without. */
bool act_do(struct session *s, long seq, enum who by, enum act_kind act, const char *text, char **cause);

#endif
