/* Which records are of one case: those that follow one another, and those with the same reference in the same
 * folder. A case stands for a person, wherever people are counted. */
#ifndef REVIEW_CASE_GROUPS_H
#define REVIEW_CASE_GROUPS_H

#include "review/collection.h"

#include <stddef.h>
#include <stdint.h>

enum { CASE_NONE = UINT32_MAX };

struct cases {
    uint32_t *of; /* by the source's number: the case's, from 0; CASE_NONE where nothing of it counts */
    size_t count; /* how many cases there are */
    size_t all;   /* and sources */
};

/* As the collection is now. To be released. */
struct cases cases_of(const struct collection *collection);
void cases_release(struct cases *cases);

#endif
