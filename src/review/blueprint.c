/* One table: from a skill to its part. All else adds up along it. */
#include "review/blueprint.h"

#include <string.h>

const struct blueprint_row blueprint_table[BLUEPRINT_SKILLS] = {
    {"structure", BLUEPRINT_STRUCTURE},  {"relationship", BLUEPRINT_MODELLING},
    {"pro_social", BLUEPRINT_MODELLING}, {"motivation", BLUEPRINT_MODELLING},
    {"cognitive", BLUEPRINT_THINKING},   {"responsivity", BLUEPRINT_FITTING},
};

static const struct {
    const char *title, *words;
} parts_told[BLUEPRINT_PARTS] = {
    [BLUEPRINT_STRUCTURE] = {"Structuring sessions", "Gave the sittings a shape"},
    [BLUEPRINT_MODELLING] = {"Pro-social modelling and motivational interviewing",
                             "Built trust, showed how, drew out their own reasons"},
    [BLUEPRINT_THINKING] = {"Cognitive behavioural techniques", "Looked at how thinking leads to acting"},
    [BLUEPRINT_FITTING] = {"Risk, need and responsivity", "Fitted it to this person's needs"},
};

const char *blueprint_title(enum blueprint_part part)
{
    return parts_told[part].title;
}

const char *blueprint_words(enum blueprint_part part)
{
    return parts_told[part].words;
}

int blueprint_skill(const char *word)
{
    for (int i = 0; word && i < BLUEPRINT_SKILLS; i++) {
        if (strcmp(blueprint_table[i].skill, word) == 0)
            return i;
    }
    return -1;
}

void blueprint_counts(const size_t ticked[BLUEPRINT_SKILLS], size_t sittings,
                      struct blueprint_count parts[BLUEPRINT_PARTS])
{
    memset(parts, 0, BLUEPRINT_PARTS * sizeof *parts);
    for (int i = 0; i < BLUEPRINT_SKILLS; i++) {
        struct blueprint_count *part = &parts[blueprint_table[i].part];
        part->ticks += ticked[i];
        part->of += sittings;
        part->skills++;
    }
}
