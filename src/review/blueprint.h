/* The six skills that a practitioner ticks after a sitting (topic `practice`, feature A1), gathered into the
 * four parts of the blueprint for an engaging practitioner (feature A3).
 *
 * Sources. The four parts: S. Rex and M. Smith, “Offender Engagement Programme: changing lives and reducing
 * re-offending through the power of one to one relationships” (slides, England and Wales, National Offender
 * Management Service): SEED as a blueprint, four fields around “1:1”. The six skills: S. Rex and N. Hosking
 * (2013), Probation Journal 60(3), doi 10.1177/0264550513499002. Why both matter here: K. Wong, R. Kinsella
 * and L. Meadows (2018), Howard Journal 57(4), 556-575, doi 10.1111/hojo.12284.
 *
 * Five of the skills bear the name of their part. The sixth, building trust, stands in the middle of that
 * picture and in no field. It is counted with the part on how the practitioner is with the person; that is
 * this program's choice.
 *
 * Counts only: how often a skill was used says nothing of how well, and the parts hold unequal numbers of
 * skills. So each count says of how many, and none is a share or a score. */
#ifndef REVIEW_BLUEPRINT_H
#define REVIEW_BLUEPRINT_H

#include <stddef.h>

enum blueprint_part {
    BLUEPRINT_STRUCTURE,
    BLUEPRINT_MODELLING, /* and motivating */
    BLUEPRINT_THINKING,
    BLUEPRINT_FITTING,
    BLUEPRINT_PARTS
};
enum { BLUEPRINT_SKILLS = 6 };

/* A skill by its word in topic `practice`, in that topic's order, and the one part it counts for. */
struct blueprint_row {
    const char *skill;
    enum blueprint_part part;
};
extern const struct blueprint_row blueprint_table[BLUEPRINT_SKILLS];

/* “Structuring sessions”: as the source calls it. */
const char *blueprint_title(enum blueprint_part part);
/* The same in plain words. */
const char *blueprint_words(enum blueprint_part part);
/* The place of a skill in the table; -1 where it is none of the six. */
int blueprint_skill(const char *word);

struct blueprint_count {
    size_t ticks;  /* how often a skill of this part was ticked */
    size_t of;     /* how often it could have been: its skills times the sittings */
    size_t skills; /* how many of the six it holds */
};
/* `ticked`: by the table's order, in how many of `sittings` sittings each skill was ticked. */
void blueprint_counts(const size_t ticked[BLUEPRINT_SKILLS], size_t sittings,
                      struct blueprint_count parts[BLUEPRINT_PARTS]);

#endif
