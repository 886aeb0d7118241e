/* May it be said? What a supervisor writes and signs, what the people make of it, and who leads the work.
 * None of it needs an open disagreement or changes one. */
#include "assessment/supervision.h"

#include "assessment/internal.h"

#include "base/cause.h"
#include "base/utf8.h"

#include <string.h>

/* A name, where one is given, is one. */
static bool name_fits(const struct event *event, char **cause)
{
    return !event_value(event, "name") || has_words(event, "name") ||
           cause_set(cause, "a “name” has at least one letter.");
}

/* The disagreement or the question that it says it is about. */
static bool about_fits(const struct assessment *a, const struct event *event, char **cause)
{
    if (event_text(event, "disagreement") && !named_dispute(a, event, cause))
        return false;
    return !event_text(event, "question") || named_question(a, event, cause) >= 0;
}

bool may_comment(const struct assessment *a, const struct event *event, char **cause)
{
    return about_fits(a, event, cause) && word_known(event, "as", commented_names, cause) &&
           (has_words(event, "text") || cause_set(cause, "there are no words in it.")) &&
           name_fits(event, cause);
}

bool may_acknowledge(const struct assessment *a, const struct event *event, char **cause)
{
    const struct event *target = named_event(a, event, cause);
    if (!target)
        return false;
    if (target->kind != EVENT_COMMENTED)
        return cause_set(cause, "entry %ld is not a comment.", target->seq);
    if (comment_acknowledged(a, target->seq))
        return cause_set(cause, "%s has said already that entry %ld was read.", called(a, event->by),
                         target->seq);
    return !event_value(event, "text") || has_words(event, "text") ||
           cause_set(cause, "there are no words in it. It can be left out.");
}

bool may_learn(const struct assessment *a, const struct event *event, char **cause)
{
    return about_fits(a, event, cause) &&
           (has_words(event, "text") || cause_set(cause, "there are no words in it.")) &&
           name_fits(event, cause);
}

bool may_countersign(const struct assessment *a, const struct event *event, char **cause)
{
    if (!has_words(event, "name"))
        return cause_set(cause, "signing is typing your name.");
    for (int party = 0; party < PARTIES; party++) {
        const struct signature *signature = assessment_signature(a, (enum who)party);
        if (!signature->seq)
            return cause_set(cause, "%s has not signed yet, nor said no to it. The two sign first.",
                             called(a, (enum who)party));
        if (signature->changed_since)
            return cause_set(cause, "something has changed since %s signed. The two sign again first.",
                             called(a, (enum who)party));
    }
    return !a->countersigned || a->countersigned_changed ||
           cause_set(cause, "it is countersigned as it stands, in entry %ld.", a->countersigned);
}

/* The same name, however its letters are written? */
static bool same_name(const char *one, const char *other)
{
    return utf8_contains(one, other) && utf8_contains(other, one);
}

bool may_hand_over(const struct assessment *a, const struct event *event, char **cause)
{
    struct lead lead = supervision_lead(a);
    const char *from = event_text(event, "from");
    if (!has_words(event, "to"))
        return cause_set(cause, "say who leads from now on (“to”).");
    if (same_name(event_text(event, "to"), lead.name))
        return cause_set(cause, "%s leads already.", lead.name);
    if (from && !same_name(from, lead.name))
        return cause_set(cause, "%s leads as things stand, not %s.", lead.name, from);
    return name_fits(event, cause);
}
