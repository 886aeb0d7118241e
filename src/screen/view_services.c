/* Who can help: the list of services, those for the question in front first. Finding a word leaves those that
 * have to do with it. */
#include "screen/views.h"

#include "base/date.h"
#include "base/mem.h"
#include "session/services_words.h"

#include <stdlib.h>

struct teller {
    struct list *list;
    int columns;
};

static void take(void *context, const char *line)
{
    const struct teller *t = context;
    char *indented = xasprintf("    %s", line);
    list_add_wrapped(t->list, STYLE_PLAIN, -1, t->columns, 6, indented);
    free(indented);
}

/* Those that are near, or all the others; with a heading, where there are any. How many. */
static size_t add(struct list *list, int columns, const struct services *services, const bool *areas_near,
                  bool near, const char *heading)
{
    struct teller teller = {list, columns};
    size_t count = 0;
    for (size_t i = 0; i < services->count; i++) {
        const struct service *s = &services->list[i];
        if (service_is_near(s, areas_near) != near ||
            (list->wanted && !service_holds(services, s, list->wanted)))
            continue;
        if (count++ == 0) {
            if (list->count)
                list_add(list, STYLE_PLAIN, -1, "%s", "");
            list_add_wrapped(list, STYLE_STRONG, -1, columns, 0, heading);
        }
        list_add(list, STYLE_STRONG, -1, "  %s", s->name);
        services_tell(services, s, clock_today(), take, &teller);
    }
    return count;
}

static void build(struct app *app, struct list *list, int columns, int about)
{
    const struct services *services = session_services(app_session(app), NULL);
    if (!services)
        return;
    bool *near = services_areas_near(app_assessment(app), about, services);
    char *areas = services_near_words(services, near);
    bool divided = *areas != '\0';
    if (services->made_up)
        list_add_wrapped(list, STYLE_NOTICE, -1, columns, 0, services_made_up);
    size_t count = divided ? add(list, columns, services, near, true, areas) : 0;
    if (divided && count == 0 && !list->wanted)
        list_add(list, STYLE_PLAIN, -1, "There is nobody for this part yet.");
    count += add(list, columns, services, near, false, divided ? "For other things" : services->title);
    if (count == 0)
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0,
                         "No service has that word in it. Esc shows them all.");
    free(areas);
    free(near);
}

static const struct list_kind services_kind = {"Services: who can help", build, NULL, NULL};

void services_show(struct app *app)
{
    const char *why;
    if (session_services(app_session(app), &why))
        app_push(app, view_list_filtered_new(app, &services_kind, app_question(app)));
    else
        app_say(app, "%s", why);
}
