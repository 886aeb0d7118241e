/* When the disk fails: all of the record, what is in memory only included, to a new file in another place. */
#include "screen/views.h"

#include "base/mem.h"

#include <stdlib.h>

static bool place_given(struct app *app, const char *path, void *context)
{
    (void)context;
    char *cause = NULL;
    if (!*path)
        return true;
    if (!session_rescue(app_session(app), path, &cause))
        app_push(app, view_rescue_new(app, cause));
    else if (!session_trouble(app_session(app)))
        app_say(app, "All of it is saved in %s.", record_path(session_record(app_session(app))));
    free(cause);
    return true;
}

struct view *view_rescue_new(struct app *app, const char *why)
{
    /* The trouble itself stands in the line for notices. */
    char *title = xasprintf("%s%sSave all of it to a new file, on another disk. Its name, with the folder:",
                            why ? why : "", why ? ". " : "");
    struct view *v = view_field_new(app, title, "", false, NULL, place_given, NULL);
    free(title);
    return v;
}
