/* What the browser reads from: a gathering of records (review/gather) that can be held and gone on with, as
 * the lock wants it. */
#ifndef SCREEN_REVIEW_GATHER_H
#define SCREEN_REVIEW_GATHER_H

#include "review/gather.h"
#include "screen/review.h"

struct review_gather;

/* Begin, as gather_begin(), into a collection that is used as long as this. `paths` and `options` are copied.
 */
struct review_gather *review_gather_begin(const char *const *paths, size_t count,
                                          const struct gather_options *options, struct collection *collection,
                                          char **cause);
void review_gather_free(struct review_gather *reading);
/* For screen_review(); its own. */
const struct review_reading *review_gather_reading(const struct review_gather *reading);

#endif
