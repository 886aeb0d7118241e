/* What a form makes of answers rests on some of them: which ones, and whether they are there. */
#include "assessment/internal.h"

#include "base/date.h"
#include "base/mem.h"

#include <stdlib.h>

struct walk {
    const struct assessment *a;
    enum who view;
    bool *seen;                /* by item */
    int *waiting, count, room; /* calculations to be followed */
    struct basis basis;
};

static const struct answer *answer_for(const struct walk *w, int item)
{
    const struct question *q = assessment_question(w->a, item);
    enum who slot = q->asked_of == ASKED_OF_BOTH ? w->view : q->asked_of;
    return &w->a->items[item].slot[slot].answer;
}

static void count_answer(struct walk *w, int item)
{
    const struct question *q = assessment_question(w->a, item);
    w->basis.of++;
    w->basis.revealed &= assessment_revealed(w->a, item);
    if (q->read_only) { /* what there is of it comes from the assessment before */
        bool last = false;
        for (int who = PRACTITIONER; who <= TOGETHER; who++)
            last |= assessment_last(w->a, item, (enum who)who) != NULL;
        w->basis.answered += last;
        return;
    }
    if (!assessment_revealed(w->a,
                             item)) { /* that it is in may be known; not whether it is an answer or a skip */
        w->basis.answered += w->view != TOGETHER && answer_given(answer_for(w, item));
        return;
    }
    if (w->view == TOGETHER && q->asked_of == ASKED_OF_BOTH) {
        const struct slot *slots = w->a->items[item].slot;
        w->basis.answered += assessment_agreed(w->a, item) != NULL;
        w->basis.passed += slots[PRACTITIONER].answer.missing != MISSING_NONE ||
                           slots[SERVICE_USER].answer.missing != MISSING_NONE;
        return;
    }
    const struct answer *answer = answer_for(w, item);
    w->basis.answered += answer->value != NULL;
    w->basis.passed += !answer->value && answer->missing != MISSING_NONE;
}

static void rest_on(void *context, int item)
{
    struct walk *w = context;
    const struct question *q = assessment_question(w->a, item);
    if (w->seen[item] || !assessment_asked(w->a, item, w->view))
        return;
    w->seen[item] = true;
    if (q->type == TYPE_CALCULATE) {
        GROW(w->waiting, w->count, w->room);
        w->waiting[w->count++] = item;
    } else if (question_is_answered(q)) {
        count_answer(w, item);
    }
}

static void follow(struct walk *w, const struct expr *expr, int from)
{
    size_t count;
    const int *references = expr_references(expr, &count);
    for (size_t i = 0; i < count; i++)
        items_seen(w->a, references[i], from, rest_on, w);
}

/* Chains of calculations can be as long as the form: nothing recurses here. */
struct basis assessment_basis(const struct assessment *a, const struct expr *expr, int item, enum who view)
{
    struct walk w = {.a = a, .view = view, .basis.revealed = true};
    w.seen = xcalloc((size_t)a->item_count, sizeof *w.seen);
    follow(&w, expr, item);
    while (w.count > 0) {
        int next = w.waiting[--w.count];
        follow(&w, assessment_question(a, next)->calculation, next);
    }
    free(w.waiting);
    free(w.seen);
    return w.basis;
}

bool assessment_holds(const struct assessment *a, const struct expr *expr, int item, enum who party)
{
    const struct value *self = NULL;
    if (item >= 0) {
        const struct question *q = assessment_question(a, item);
        self = &a->items[item].slot[q->asked_of == ASKED_OF_BOTH ? party : q->asked_of].value;
    }
    /* As of the latest entry, as everything that is worked out from a record. */
    time_t before = clock_fix_at(a->event_count ? a->events[a->event_count - 1].at : "");
    struct value result = {0};
    bool holds = derive_eval(a, item, expr, party, self, NULL, &result, NULL) && value_boolean(&result);
    value_release(&result);
    clock_fix(before);
    return holds;
}

int assessment_item_from(const struct assessment *a, int question, int from)
{
    return item_seen(a, question, from);
}
