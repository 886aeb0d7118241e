/* The whole cycle of the work on one page: finding out, planning, doing, looking again, looking back; and for
 * each what there is of it in this assessment and in the others of the case. */
#ifndef SESSION_CYCLE_H
#define SESSION_CYCLE_H

#include "session/session.h"

/* What there is of one stage. */
struct cycle_part {
    /* Questions as things stand: how many each is asked, and has dealt with. One asked of both together
     * counts for each. */
    int asked[PARTIES], answered[PARTIES];
    char **facts; /* other things, a sentence each */
    size_t count, room;
};

struct cycle {
    struct cycle_part parts[STAGES];
};

/* Fill it in. `others`: also from the other assessments of the case, which lie in the record's folder. */
void cycle_of(struct cycle *c, const struct session *s, bool others);
void cycle_release(struct cycle *c);

/* "Finding out" */
const char *cycle_stage_title(enum cycle_stage stage);
/* "Rae 12 of 40, Sam 10 of 38"; "No questions in this form" where there are none. Who sits left comes first.
 * The caller frees it. */
char *cycle_answered(const struct cycle_part *part, const struct assessment *a);
/* The items of a stage, in their order: those that are asked of either or answered. The caller frees the
 * array. */
int *cycle_items(const struct assessment *a, enum cycle_stage stage, size_t *count);
/* "How is home? Rae: 4. Sam: no answer yet." The caller frees it. */
char *cycle_item(const struct assessment *a, int item, enum who reader, int language);
/* Has the form more than finding out? */
bool cycle_is_told(const struct form *form);

#endif
