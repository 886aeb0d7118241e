/* A form that is tried out: what is wrong with its file, and going on with a new version of it. */
#include "screen/views.h"

#include "base/mem.h"
#include "session/preview.h"

#include <stdlib.h>
#include <string.h>

/* As a compiler says it, and as it stands: a line that is too long is cut, so that a caret stands under its
 * fault. */
static void build(struct app *app, struct list *list, int columns, int about)
{
    (void)about;
    const struct preview *p = session_preview(app_session(app));
    list_add_wrapped(list, STYLE_STRONG, -1, columns, 0,
                     !*preview_faults(p) ? "Nothing is wrong with the form now."
                     : preview_is_faulty(p)
                         ? "The form as it was before is still in use: Esc. To go on with the new one, mend "
                           "these and save it:"
                         : "It can be used as it is. To look at:");
    char *all = xstrdup(preview_faults(p)), *rest = all, *line;
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    while ((line = strsep(&rest, "\n"))) {
        if (*line == ' ')
            list_add(list, STYLE_QUIET, -1, "%s", line);
        else if (*line)
            list_add_wrapped(list, STYLE_PLAIN, -1, columns, 2, line);
    }
    free(all);
}

static const struct list_kind kind = {"What is wrong with the form", build, NULL, NULL};

static void show(struct app *app)
{
    if (!view_is_list(app_top(app), &kind))
        app_push(app, view_list_new(app, &kind, 0));
}

void faults_look(struct app *app, bool asked)
{
    struct preview *p = session_preview(app_session(app));
    if (!p) {
        app_say(app, "The form is in the record, as it was then. It is not read again.");
        return;
    }
    char *path = xstrdup(assessment_path(app_assessment(app), app_question(app)));
    size_t count;
    switch (preview_look(p)) {
    case PREVIEW_NEW:
        screen_begin_again(app, path);
        count = preview_fault_count(p);
        if (count)
            app_say(app, "The form was read again. F7 shows what there is to look at in it: %zu.", count);
        else
            app_say(app, "The form was read again.");
        break;
    case PREVIEW_FAULTY:
        show(app);
        break;
    case PREVIEW_SAME:
        if (asked && *preview_faults(p))
            show(app);
        else if (asked)
            app_say(app, "The form's file is as it was, and nothing is wrong with it.");
        break;
    }
    free(path);
}
