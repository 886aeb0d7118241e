/* What there is of this sitting, and what is not there yet: the same for both, and no more than a look. */
#include "screen/views.h"

#include "session/complete.h"

#include <stdlib.h>

static void build(struct app *app, struct list *list, int columns, int about)
{
    struct complete c;
    (void)about;
    complete_of(&c, app_session(app), app_language(app, app_keyboard(app)));
    list_add_wrapped(list, STYLE_STRONG, -1, columns, 0, c.title);
    for (size_t i = 0; i < c.count; i++) {
        char *told = complete_told(&c.lines[i]);
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 2, told);
        free(told);
    }
    complete_release(&c);
}

static const struct list_kind kind = {"This sitting so far", build, NULL, NULL};

struct view *view_complete_new(struct app *app)
{
    return view_list_new(app, &kind, 0);
}
