/* What stands beside an item (offers, other ways to see it, statements), what an event is about, what of it
 * waits to be seen, and what came after the signatures. */
#ifndef ASSESSMENT_BESIDE_H
#define ASSESSMENT_BESIDE_H

#include "assessment/assessment.h"

/* The item an event is about: it names it, or the disagreement, the promise or the event it is about does;
 * -1. */
int event_item(const struct assessment *a, const struct event *event);
/* The same as a question; a new entry is also about what it was attached to. */
bool event_is_about(const struct assessment *a, const struct event *event, int item);
/* Does it hold what the other is not to see before both are in? Whoever tells it, tells that it is there, and
 * no more. */
bool event_waits(const struct assessment *a, const struct event *event);
/* The first event that waits, or LONG_MAX: its hash, and each after it, would tell of it. */
long event_first_waiting(const struct assessment *a);
/* Who had signed, or said that they will not, before that event: a bit (1u << who) for each. */
unsigned event_after_signing(const struct assessment *a, long seq);

/* Offers, other ways to see it, statements and what was learned about an item by one of the two, in their
 * order; taken back ones are none. -1: about no item. NULL where there is no other. */
const struct event *beside_next(const struct assessment *a, int item, const struct event *after);
/* What the other made of an offer, the last word on it; NULL. */
const struct event *offer_taken(const struct assessment *a, const struct event *offer);
/* The first offer about the item that waits for this party's word; NULL. */
const struct event *offer_waiting(const struct assessment *a, int item, enum who party);

#endif
