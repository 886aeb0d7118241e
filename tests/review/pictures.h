/* Pictures of each kind, for those who draw them: usual ones, and those at the edges. */
#ifndef TESTS_REVIEW_PICTURES_H
#define TESTS_REVIEW_PICTURES_H

#include "review/picture.h"

struct picture_case {
    const char *name;
    struct picture picture;
    bool golden; /* kept, as drawn in 30, 50 and 80 columns */
};

/* All of them; to be made once and released. */
struct picture_case *pictures_make(size_t *count);
void pictures_release(struct picture_case *cases);

/* What a label may hold at its worst. */
extern const char hostile_label[];

#endif
