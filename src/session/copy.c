/* A copy that one of them keeps: the one event, and the receipt over all up to it. */
#include "session/copy.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "caseload/caseload.h"
#include "caseload/settings.h"

#include <stdlib.h>
#include <string.h>

const char *const copy_names[] = {"full", "slip", "conference", NULL};
const char *const copy_words[] = {"All of it", "Half a page: when we meet next, who does what, the code",
                                  "For a case conference: both views of all that is open",
                                  NULL};

const char *const copy_advice[] = {
    "Keep the paper with this code on it. Copy the code by hand if there is no printer.",
    "Later the code shows if anything was changed, taken out or put in since today.",
    "It does not show who typed, or if what was written is true.",
    NULL,
};

static size_t count_copies(const struct session *s)
{
    const struct assessment *a = session_assessment(s);
    size_t count = 0;
    for (size_t i = 0; i < assessment_events(a); i++)
        count += assessment_event(a, i)->kind == EVENT_COPIED;
    return count;
}

char *copy_no_paper(const struct session *s)
{
    if (session_is_in_memory(s))
        return NULL;
    char *folder = path_folder(record_path(session_record(s))), *why = settings_no_paper(folder);
    free(folder);
    return why;
}

bool copy_make(struct copy *copy, struct session *s, enum who by, enum copy_as as, const char *to,
               char **cause)
{
    const char *name = to && *to               ? to
                       : as == COPY_CONFERENCE ? "the case conference"
                                               : assessment_name(session_assessment(s), SERVICE_USER, 0);
    *copy = (struct copy){.as = as, .by = by, .to = xstrdup(name)};
    char *why = copy_no_paper(s);
    if (why) {
        cause_set(cause, "%s", why);
        free(why);
        return false;
    }
    if (session_read_only(s)) {
        copy->unnoted = xstrdup(session_read_only(s));
    } else {
        json_t *intent =
            json_pack("{s:s, s:s, s:s}", "by", who_names[by], "event", "copied", "as", copy_names[as]);
        if (to && *to)
            json_object_set_new(intent, "to", json_string(to));
        if (!session_do(s, intent, cause))
            return false;
        copy->number = count_copies(s);
    }
    return session_make_receipt(s, cause);
}

void copy_release(struct copy *copy)
{
    free(copy->to);
    free(copy->unnoted);
}

char *copy_code_wide(const char *text)
{
    struct strbuf sb = STRBUF_INIT;
    for (; *text; text++)
        if (*text == '-')
            strbuf_add(&sb, "   ");
        else
            strbuf_addf(&sb, "%c ", *text);
    return strbuf_detach(&sb);
}

char *copy_place(const struct session *s)
{
    const char *home = getenv("HOME"), *ref = session_ref(s);
    bool named = *ref && caseload_ref_fits(ref, NULL); /* not in a record that somebody made by hand */
    char *name = xasprintf("copy-%s%s%zu.txt", named ? ref : "", named ? "-" : "", count_copies(s) + 1);
    char *place = path_join(home && *home ? home : ".", name);
    free(name);
    return place;
}

char *copy_code_spaced(const char *text)
{
    char *spaced = xstrdup(text);
    for (char *at = spaced; (at = strchr(at, '-')); at++)
        *at = ' ';
    return spaced;
}
