/* Who can help: the list of services, those for the question they are at first. */
#include "line/internal.h"

#include "base/date.h"
#include "base/mem.h"
#include "session/services_words.h"

#include <stdlib.h>
#include <strings.h>

static void take(void *context, const char *text)
{
    struct line *l = context;
    prompt_say(&l->p, "%s", text);
}

/* Which to list. */
struct choice_of {
    const char *word; /* that they are to have to do with; NULL: any */
    const bool *near; /* in one of these areas; NULL: in any */
};

static bool is_wanted(const struct services *services, const struct service *s, struct choice_of wanted)
{
    return (!wanted.near || service_is_near(s, wanted.near)) &&
           (!wanted.word || service_holds(services, s, wanted.word));
}

/* List them, and tell all about those that are picked. False where there are none. */
static bool list(struct line *l, const struct services *services, struct choice_of wanted)
{
    const struct service **found = xcalloc(services->count + 1, sizeof *found);
    size_t count = 0;
    for (size_t i = 0; i < services->count; i++) {
        const struct service *s = &services->list[i];
        if (!is_wanted(services, s, wanted))
            continue;
        found[count++] = s;
        char *words = xasprintf("%s. %s", s->name, s->what);
        prompt_item(&l->p, count, words);
        free(words);
    }
    int picked;
    while (count &&
           (picked = line_pick(l, "A number for all about it, or Enter to go back:", (int)count)) > 0) {
        const struct service *s = found[picked - 1];
        prompt_say(&l->p, "%s", s->name);
        services_tell(services, s, clock_today(), take, l);
    }
    free(found);
    return count > 0;
}

void line_services(struct line *l)
{
    const char *why;
    const struct services *services = session_services(l->s, &why);
    if (!services) {
        prompt_say(&l->p, "%s", why);
        return;
    }
    bool *near = services_areas_near(line_state(l), l->at, services);
    char *areas = services_near_words(services, near);
    bool stop = false;
    char *question = *areas ? xasprintf("A word to find, or Enter for “%s”, or all:", areas)
                            : xstrdup("A word to find, or Enter for all:");
    if (services->made_up)
        prompt_say(&l->p, "%s", services_made_up);
    char *word = line_ask(l, question, "Type what you look for, like flat or debt. all lists all.", &stop);
    bool all = word ? strcasecmp(word, "all") == 0 : !*areas;
    if (!stop && !list(l, services, (struct choice_of){all ? NULL : word, word || all ? NULL : near}))
        prompt_say(&l->p,
                   word && !all ? "No service has “%s” in it." : "There is nobody for this part yet.%s",
                   word && !all ? word : "");
    free(word);
    free(question);
    free(areas);
    free(near);
}
