/* All stages of the work on one screen; Enter on a stage lists its questions, and from there to one of them.
 */
#include "screen/views.h"

#include "base/mem.h"
#include "session/cycle.h"

#include <stdlib.h>

static void release(void *held)
{
    cycle_release(held);
    free(held);
}

static void build(struct app *app, struct list *list, int columns, int about)
{
    const struct cycle *c = list->held;
    (void)about;
    for (int stage = 0; stage < STAGES; stage++) {
        const struct cycle_part *part = &c->parts[stage];
        char *answered = cycle_answered(part, app_assessment(app));
        char *heading =
            xasprintf("%d. %s: %s", stage + 1, cycle_stage_title((enum cycle_stage)stage), answered);
        list_add_wrapped(list, STYLE_STRONG, stage, columns, 3, heading);
        free(heading);
        free(answered);
        for (size_t i = 0; i < part->count; i++) {
            char *fact = xasprintf("   %s", part->facts[i]);
            list_add_wrapped(list, STYLE_PLAIN, stage, columns, 5, fact);
            free(fact);
        }
    }
}

/* ---- one stage ---- */

static void build_stage(struct app *app, struct list *list, int columns, int about)
{
    const struct assessment *a = app_assessment(app);
    enum who reader = app_keyboard(app);
    size_t count;
    int *items = cycle_items(a, (enum cycle_stage)about, &count);
    list_add(list, STYLE_STRONG, -1, "%d. %s", about + 1, cycle_stage_title((enum cycle_stage)about));
    for (size_t i = 0; i < count; i++) {
        char *line = cycle_item(a, items[i], reader, app_language(app, reader));
        list_add_wrapped(list, STYLE_PLAIN, items[i], columns, 4, line);
        free(line);
    }
    if (count == 0)
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, "This form asks nothing of this kind.");
    free(items);
}

static const struct list_kind stage_kind = {"One part of the whole", build_stage, app_return, "Go there"};

/* The cycle lies below, to come back to. */
static void open_stage(struct app *app, int stage)
{
    struct view *cycle = view_cycle_new(app);
    view_list_go(cycle, stage);
    app_push(app, cycle);
    app_push(app, view_list_new(app, &stage_kind, stage));
}

static const struct list_kind kind = {"The whole of it", build, open_stage, "Its questions"};

struct view *view_cycle_new(struct app *app)
{
    struct cycle *c = xcalloc(1, sizeof *c);
    cycle_of(c, app_session(app), true);
    return view_list_holding_new(app, &kind, 0, c, release);
}
