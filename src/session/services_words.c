/* Services in words. People read this who look for help, so the lines are short, and what is not known is
 * not told. */
#include "session/services_words.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

const char services_made_up[] = "These are made up. Do not ring them.";

/* ---- what is near to a question ---- */

static bool area_is_near(const struct assessment *a, int item, const char *area)
{
    const struct form *form = assessment_form(a);
    const struct question *at = assessment_question(a, item);
    const struct section *section = &form->sections[at->section];
    if (strcmp(section->name, area) == 0)
        return true;
    for (int i = section->first; i < section->first + section->count; i++) {
        const char *pathway = form->questions[i].pathway;
        if (pathway && strcmp(pathway, area) == 0)
            return true;
    }
    return false;
}

bool *services_areas_near(const struct assessment *a, int item, const struct services *services)
{
    bool *near = xcalloc(services->area_count + 1, sizeof *near);
    for (size_t i = 0; i < services->area_count && item >= 0; i++)
        near[i] = area_is_near(a, item, services->areas[i].name);
    return near;
}

bool service_is_near(const struct service *service, const bool *areas_near)
{
    bool near = false;
    for (size_t i = 0; i < service->area_count; i++)
        near |= areas_near[service->areas[i]];
    return near;
}

char *services_near_words(const struct services *services, const bool *areas_near)
{
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < services->area_count; i++) {
        if (areas_near[i])
            strbuf_addf(&sb, "%s%s", sb.length ? ", " : "", services->areas[i].label);
    }
    return strbuf_detach(&sb);
}

/* ---- telling ---- */

static const char *way_in_words(enum way_in way)
{
    switch (way) {
    case WAY_IN_YOURSELF:
        return "You can just ask.";
    case WAY_IN_REFERRAL:
        return "Your worker has to ask for you.";
    case WAY_IN_EITHER:
        return "You can ask, or your worker can.";
    case WAY_IN_UNSAID:
        break;
    }
    return NULL;
}

char *services_checked_words(const struct service *service, int today)
{
    if (!service->has_checked)
        return xstrdup("Nobody has checked this. Ring before you go.");
    char day[DATE_TEXT];
    date_format(service->checked, day);
    if (!service_is_old(service, today))
        return xasprintf("Checked on %s.", day);
    int months = (today - service->checked) / 30;
    return xasprintf("Checked on %s. That was %d months ago. Ring before you go.", day, months);
}

static void tell(void (*take)(void *, const char *), void *context, const char *label, const char *text)
{
    if (!text)
        return;
    char *line = xasprintf("%s%s%s", label, *label ? ": " : "", text);
    take(context, line);
    free(line);
}

static char *joined(const char *const *words, size_t count)
{
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&sb, "%s%s", i ? ", " : "", words[i]);
    return strbuf_detach(&sb);
}

void services_tell(const struct services *services, const struct service *s, int today,
                   void (*take)(void *context, const char *line), void *context)
{
    const char **areas = xcalloc(s->area_count + 1, sizeof *areas);
    for (size_t i = 0; i < s->area_count; i++)
        areas[i] = services->areas[s->areas[i]].label;
    char *helps = joined(areas, s->area_count), *languages = joined(s->languages, s->language_count);
    char *checked = services_checked_words(s, today);
    tell(take, context, "", s->what);
    tell(take, context, "Helps with", helps);
    tell(take, context, "For", s->whom);
    tell(take, context, "Phone", s->phone);
    tell(take, context, "Where", s->address);
    tell(take, context, "Web", s->web);
    tell(take, context, "Open", s->opening);
    tell(take, context, "Languages", s->language_count ? languages : NULL);
    tell(take, context, "How to get in", way_in_words(s->way_in));
    tell(take, context, "", checked);
    free(checked);
    free(languages);
    free(helps);
    free(areas);
}
