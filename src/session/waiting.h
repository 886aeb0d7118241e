/* What disagreements wait for: something to be found out (parked), or the supervisor's answer (referred); and
 * what has come back of it. */
#ifndef SESSION_WAITING_H
#define SESSION_WAITING_H

#include "assessment/assessment.h"

#include <stddef.h>

/* “What the tenancy says” from the council, until 1 December 2026: what an event says is waited for (its
 * what, from, by_when). The caller frees it. */
char *waiting_for_words(const struct event *event);
/* Whom the event asks, and what: the supervisor: “Does a sofa count?” The caller frees it. */
char *waiting_asked_words(const struct event *event);

/* The event that referred it last, and the one in which that was answered; NULL. */
const struct event *waiting_referral(const struct assessment *a, const struct disagreement *d);
const struct event *waiting_reply(const struct assessment *a, const struct disagreement *d);

/* The event (parked or referred) that it has come back from by itself and that nothing has been settled
 * since; NULL. */
const struct event *waiting_came_back(const struct assessment *a, const struct disagreement *d);
/* The same in words: “You were waiting for “the letter” from the council, until 1 December 2026. Has it
 * come?”, “Pat Green answered what you asked: “…””; "" where it did not come back. The caller frees it. */
char *waiting_came_back_words(const struct assessment *a, const struct disagreement *d);
/* The same where there is room for one line: “Has it come: “the letter” from the council, until 1 December
 * 2026?” */
char *waiting_brief(const struct assessment *a, const struct disagreement *d);
/* What has come back and is about what is asked as things stand, oldest first: what the opening of a sitting
 * shows once the sitting is open. `list` has room for assessment_disagreements(), or is NULL. */
size_t waiting_back(const struct assessment *a, const struct disagreement **list);

#endif
