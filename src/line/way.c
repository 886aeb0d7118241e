/* How far they have come, the sitting so far, and the whole of the work, told and to go on from. */
#include "line/internal.h"

#include "base/mem.h"
#include "session/complete.h"
#include "session/cycle.h"
#include "session/distance.h"

#include <stdlib.h>

static void tell_row(struct line *l, const struct distance *d, size_t r)
{
    const struct distance_row *row = &d->rows[r];
    enum who left = assessment_left(line_state(l));
    prompt_item(&l->p, r + 1, distance_label(row, l->turn));
    for (int i = 0; i < 3; i++) {
        enum who who = i == 2 ? TOGETHER : i == 0 ? left : who_other(left);
        if (!row->side[who].series)
            continue;
        char *answers = distance_answers(&row->side[who]), *change = distance_change(d, row, who);
        char *told = distance_told(d, &row->side[who]);
        prompt_say(&l->p, "  %s. %s%s%s", answers, change, *told ? " Step by step: " : "", told);
        free(told);
        free(change);
        free(answers);
    }
}

void line_distance(struct line *l)
{
    struct distance d;
    distance_of(&d, l->s);
    if (d.count == 0)
        prompt_say(&l->p, "No question of this form is one to be shown over time.");
    else
        prompt_say(&l->p, "How far you have come.");
    if (distance_has_wobble(&d))
        prompt_say(&l->p, "%s", distance_wobble_legend);
    for (size_t r = 0; r < d.count; r++)
        tell_row(l, &d, r);
    if (d.trend.mark_count)
        prompt_say(&l->p, "What happened. It takes nothing away from what you reached.");
    for (size_t i = 0; i < d.trend.mark_count; i++) {
        char *mark = distance_mark(&d.trend.marks[i]);
        prompt_say(&l->p, "  %s", mark);
        free(mark);
    }
    int picked =
        d.count ? line_pick(l, "A number for every answer with its day, or Enter:", (int)d.count) : 0;
    size_t count = 0;
    char **lines = picked > 0 ? distance_all(&d, &d.rows[picked - 1], &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        prompt_say(&l->p, "  %s", lines[i]);
        free(lines[i]);
    }
    free(lines);
    distance_release(&d);
}

void line_complete(struct line *l)
{
    struct complete c;
    complete_of(&c, l->s, line_language(l, l->turn));
    prompt_say(&l->p, "%s.", c.title);
    for (size_t i = 0; i < c.count; i++) {
        char *told = complete_told(&c.lines[i]);
        prompt_say(&l->p, "  %s", told);
        free(told);
    }
    complete_release(&c);
}

/* One stage's questions, to go to one of them. */
static void tell_stage(struct line *l, enum cycle_stage stage)
{
    const struct assessment *a = line_state(l);
    size_t count;
    int *items = cycle_items(a, stage, &count);
    prompt_say(&l->p, "%s.", cycle_stage_title(stage));
    for (size_t i = 0; i < count; i++) {
        char *words = cycle_item(a, items[i], l->turn, line_language(l, l->turn));
        prompt_item(&l->p, i + 1, words);
        free(words);
    }
    if (count == 0)
        prompt_say(&l->p, "This form asks nothing of this kind.");
    int picked = count ? line_pick(l, "A number to go there, or Enter to stay:", (int)count) : 0;
    if (picked > 0)
        line_go(l, items[picked - 1]);
    free(items);
}

void line_cycle(struct line *l)
{
    struct cycle c;
    cycle_of(&c, l->s, true);
    prompt_say(&l->p, "The whole of it, from finding out to looking back.");
    for (int stage = 0; stage < STAGES; stage++) {
        char *answered = cycle_answered(&c.parts[stage], line_state(l));
        char *words = xasprintf("%s: %s", cycle_stage_title((enum cycle_stage)stage), answered);
        prompt_item(&l->p, (size_t)stage + 1, words);
        for (size_t i = 0; i < c.parts[stage].count; i++)
            prompt_say(&l->p, "  %s", c.parts[stage].facts[i]);
        free(words);
        free(answered);
    }
    cycle_release(&c);
    int picked = line_pick(l, "A number for its questions, or Enter to stay:", STAGES);
    if (picked > 0)
        tell_stage(l, (enum cycle_stage)(picked - 1));
}
