/* May it be said? What stands beside the answers: saying back, other ways to see it, offers, promises,
 * statements, what was passed on, copies. */
#include "assessment/internal.h"

#include "base/cause.h"

#include <string.h>

const struct event *named_event(const struct assessment *a, const struct event *event, char **cause)
{
    long of = event_integer(event, "of");
    const struct event *target = assessment_event_numbered(a, of);
    if (!target)
        cause_set(cause, "there is no entry %ld.", of);
    else if (assessment_is_undone(a, of)) {
        cause_set(cause, "entry %ld was taken back.", of);
        target = NULL;
    }
    return target;
}

bool may_be_about(const struct assessment *a, const struct event *event, char **cause)
{
    if (event_text(event, "question") && named_question(a, event, cause) < 0)
        return false;
    return !event_value(event, "of") || named_event(a, event, cause) != NULL;
}

bool may_say_back(const struct assessment *a, const struct event *event, char **cause)
{
    if (!event_text(event, "disagreement") == !event_text(event, "question"))
        return cause_set(cause, "say what it is about: “disagreement”, or “question”.");
    if (event_text(event, "disagreement") ? !named_dispute(a, event, cause)
                                          : named_question(a, event, cause) < 0)
        return false;
    return has_words(event, "text") || cause_set(cause, "there are no words in it.");
}

bool may_mark(const struct assessment *a, const struct event *event, char **cause)
{
    const struct event *target = named_event(a, event, cause);
    if (!target)
        return false;
    if (target->kind != EVENT_SAID_BACK)
        return cause_set(cause, "entry %ld is nothing that was said back.", target->seq);
    if (target->by == event->by)
        return cause_set(cause, "whether it was right is for %s to say.", called(a, who_other(event->by)));
    const char *id = event_text(target, "disagreement");
    const struct dispute *dispute = id ? dispute_find(a, id) : NULL;
    return !dispute || dispute->d.state != STATE_WITHDRAWN || cause_set(cause, "%s was taken back.", id);
}

bool said_back_since(const struct assessment *a, int item, long seq)
{
    for (const struct event *e = assessment_event_numbered(a, seq);
         e && (e = assessment_next(a, EVENT_SAID_BACK, e));) {
        const struct event *mark = NULL;
        while ((mark = assessment_next_about(a, e->seq, mark)) && mark->kind != EVENT_MARKED)
            ;
        if (mark && event_text(e, "question") && item_of(a, e) == item)
            return true;
    }
    return false;
}

bool may_reframe(const struct assessment *a, const struct event *event, char **cause)
{
    return named_question(a, event, cause) >= 0 &&
           (has_words(event, "text") || cause_set(cause, "there are no words in it."));
}

bool may_offer(const struct assessment *a, const struct event *event, char **cause)
{
    if (event_text(event, "question") && named_question(a, event, cause) < 0)
        return false;
    const json_t *options = event_value(event, "options");
    size_t n = json_array_size(options);
    if (n < 1 || n > 3)
        return cause_set(cause, "offer one, two or three ways (“options”).");
    for (size_t i = 0; i < n; i++) {
        const char *text = json_string_value(json_array_get(options, i));
        if (!text || strspn(text, " \t\n") == strlen(text))
            return cause_set(cause, "each of the “options” is a text.");
    }
    return true;
}

const char *const taken_names[] = {"accepted", "changed", "declined", NULL};

bool may_take(const struct assessment *a, const struct event *event, char **cause)
{
    const struct event *target = named_event(a, event, cause);
    if (!target)
        return false;
    if (target->kind != EVENT_OFFERED)
        return cause_set(cause, "entry %ld is not an offer.", target->seq);
    if (target->by == event->by)
        return cause_set(cause, "what becomes of it is for %s to say.", called(a, who_other(event->by)));
    if (!word_known(event, "how", taken_names, cause))
        return false;
    long option = event_integer(event, "option"),
         most = (long)json_array_size(event_value(target, "options"));
    if (event_value(event, "option") && (option < 1 || option > most))
        return cause_set(cause, "the “option” is a number from 1 to %ld.", most);
    if (strcmp(event_text(event, "how"), "accepted") == 0)
        return event_value(event, "option") || most == 1 || cause_set(cause, "say which one (“option”).");
    return strcmp(event_text(event, "how"), "changed") != 0 || has_words(event, "text") ||
           cause_set(cause, "say into what it is changed (“text”).");
}

bool may_come_of(const struct assessment *a, const struct event *event, char **cause)
{
    const struct event *target = named_event(a, event, cause);
    if (!target)
        return false;
    if (target->kind != EVENT_HAPPENED && target->kind != EVENT_PROMISED)
        return cause_set(cause, "entry %ld is nothing that something comes of.", target->seq);
    return has_words(event, "text") || cause_set(cause, "there are no words in it.");
}

bool may_share(const struct assessment *a, const struct event *event, char **cause)
{
    (void)a;
    return (has_words(event, "what") || cause_set(cause, "say what was passed on (“what”).")) &&
           (has_words(event, "to") || cause_set(cause, "say to whom (“to”).")) &&
           day_known(event, "on", cause);
}

bool may_copy(const struct assessment *a, const struct event *event, char **cause)
{
    (void)a;
    return has_words(event, "as") || cause_set(cause, "say what kind of copy it is (“as”).");
}
