/* What stands beside an answer, on the side of whoever said it: the newest few, the newest last. F2 has all
 * of them. */
#include "screen/beside_lines.h"

#include "assessment/beside.h"
#include "session/beside.h"

#include <stdlib.h>

enum { MOST_BESIDE = 3 };

static int newest(struct app *app, int item, enum who slot, const struct event *list[MOST_BESIDE])
{
    int count = 0;
    for (const struct event *e = NULL; (e = beside_next(app_assessment(app), item, e));) {
        if (slot != TOGETHER && e->by != slot)
            continue;
        for (int i = 1; count == MOST_BESIDE && i < count; i++)
            list[i - 1] = list[i];
        count -= count == MOST_BESIDE;
        list[count++] = e;
    }
    return count;
}

int beside_rows(struct app *app, int item, enum who slot)
{
    const struct event *list[MOST_BESIDE];
    return newest(app, item, slot, list);
}

void beside_draw(struct app *app, struct canvas *c, struct area area, int item, enum who slot)
{
    const struct event *list[MOST_BESIDE];
    int count = newest(app, item, slot, list),
        language = app_language(app, slot < PARTIES ? slot : app_keyboard(app));
    for (int i = count > area.rows ? count - area.rows : 0; i < count; i++) {
        char *words = beside_brief(app_assessment(app), list[i], language);
        int used = canvas_put_wrapped(c, area.row, area.column + 1, area.rows - (count - i - 1),
                                      area.columns - 2, STYLE_PLAIN, words);
        area.row += used;
        area.rows -= used;
        free(words);
    }
}
