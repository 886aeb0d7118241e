/* A form's facts: what all records with that form have in common. */
#include "review/making.h"

#include "assessment/answer.h"
#include "base/mem.h"

#include <math.h>
#include <string.h>

enum { MOST_STEPS = 101 };

static bool steps_of(const struct question *q, struct facts_question *facts)
{
    if (q->type == TYPE_SELECT_ONE && q->choices && q->choices->count <= MOST_STEPS) {
        facts->steps = (int32_t)q->choices->count;
        return true;
    }
    if ((q->type != TYPE_RANGE && q->type != TYPE_INTEGER) || !q->scale || !q->scale->has_min ||
        !q->scale->has_max)
        return false;
    double step = q->scale->step > 0 ? q->scale->step : 1;
    double steps = floor((q->scale->max - q->scale->min) / step + 0.5) + 1;
    if (!(steps >= 2 && steps <= MOST_STEPS))
        return false;
    facts->steps = (int32_t)steps;
    facts->from = q->scale->min;
    facts->step = step;
    facts->ordered = true;
    return true;
}

struct facts *facts_of(const struct form *form)
{
    /* The parts of a digest that facts have none of stay out; two others stand for its own. */
    enum { QUESTIONS, AREAS };
    struct block b;
    block_init(&b);
    struct facts facts = {.version = DIGEST_VERSION};
    facts.id = block_text(&b, form->id);
    facts.form_version = block_text(&b, form->version);
    facts.title = block_text(&b, wording(form->title, PRACTITIONER, 0));
    memcpy(facts.sha256, form->sha256, sizeof facts.sha256);
    for (int i = 0; i < form->count; i++) {
        const struct question *q = &form->questions[i];
        struct facts_question one = {.area = q->section, .compared = question_is_compared(q)};
        one.name = block_text(&b, q->name);
        one.label = block_text(&b, wording(q->label, PRACTITIONER, 0));
        steps_of(q, &one);
        block_put(&b, QUESTIONS, &one, sizeof one);
    }
    for (int i = 0; i < form->section_count; i++) {
        const struct section *section = &form->sections[i];
        struct facts_area one = {.name = block_text(&b, section->name)};
        const char *title = wording(section->title, PRACTITIONER, 0);
        one.title = *title ? block_text(&b, title) : one.name;
        block_put(&b, AREAS, &one, sizeof one);
    }
    struct digest_span *const spans[DIGEST_PARTS] = {
        [QUESTIONS] = &facts.questions, [AREAS] = &facts.areas, [DIGEST_TEXT] = &facts.text};
    return block_end(&b, &facts, sizeof facts, spans);
}

int32_t facts_step(const struct question *q, const struct facts_question *facts, const json_t *value)
{
    if (!facts->steps)
        return -1;
    if (!facts->ordered) {
        const struct choice *choice = answer_choice(q, value);
        return choice ? (int32_t)(choice - q->choices->choices) : -1;
    }
    double step = (json_number_value(value) - facts->from) / facts->step;
    return step >= 0 && step <= facts->steps - 1 ? (int32_t)floor(step + 0.5) : -1;
}
