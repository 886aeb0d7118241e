/* What each may take back of their own, and bring back. What is taken back stays in the record; only what it
 * did is no longer so. What both have said yes to is taken back by either: it stood on both. */
#include "assessment/internal.h"

#include "base/cause.h"

#include <string.h>

/* What a person does that can be taken back. */
static bool is_act(enum event_kind kind)
{
    switch (kind) {
    case EVENT_ANSWERED:
    case EVENT_DECLINED:
    case EVENT_CLEARED:
    case EVENT_RAISED:
    case EVENT_SAID:
    case EVENT_PROPOSED:
    case EVENT_CONFIRMED:
    case EVENT_NOTED:
    case EVENT_PROMISED:
    case EVENT_STATEMENT:
    case EVENT_ADDED:
    case EVENT_MOVED:
    case EVENT_REMOVED:
    case EVENT_TOLD:
    case EVENT_SAID_BACK:
    case EVENT_MARKED:
    case EVENT_REFRAMED:
    case EVENT_OFFERED:
    case EVENT_TAKEN:
    case EVENT_HAPPENED:
    case EVENT_CAME_OF_IT:
    case EVENT_SHARED:
    case EVENT_KEPT:
    case EVENT_ACKNOWLEDGED:
    case EVENT_REFLECTED:
    case EVENT_LESSON:
        return true;
    default:
        return false;
    }
}

/* Can this event, the party's own, be taken back now? */
static bool undo_allowed(const struct assessment *a, const struct event *target, char **cause)
{
    if (target->seq < a->upgraded)
        return cause_set(cause, "this cannot be undone: it was done with the form as it was before.");
    if (!is_act(target->kind) || event_text(target, "through"))
        return cause_set(cause, "this cannot be undone: %s",
                         event_table[target->kind].help ? event_table[target->kind].help : "");
    if (target->kind == EVENT_ADDED) {
        const struct entry *entry = assessment_entry_numbered(a, event_integer(target, "entry"));
        if (!entry || !assessment_goes_at_once(a, entry, target->by))
            return cause_set(cause, "%s has answered in it: both say to take it out.",
                             called(a, who_other(target->by)));
    }
    if (target->kind == EVENT_REMOVED) {
        const struct entry *entry = assessment_entry_numbered(a, event_integer(target, "entry"));
        if (!entry || entry_has_no_room(a, entry))
            return cause_set(cause, "there is no room for it any more: take another one out first.");
    }
    const struct dispute *dispute = dispute_find(a, event_text(target, "disagreement"));
    if (target->kind == EVENT_RAISED) {
        for (size_t i = 0; i < a->dispute_count; i++) {
            if (a->disputes[i].d.opened == target->seq && a->disputes[i].talked)
                return cause_set(cause, "%s has been talked about: settle it instead.", a->disputes[i].d.id);
        }
    }
    if (target->kind != EVENT_PROPOSED && target->kind != EVENT_CONFIRMED)
        return true;
    /* Only what led to how things stand: the proposal on the table, or the one it was settled by. */
    int item = item_of(a, target);
    long proposal = 0;
    if (dispute)
        proposal = dispute->settled_by ? dispute->settled_by : dispute->d.proposal.seq;
    else if (item >= 0)
        proposal = a->items[item].together.seq ? a->items[item].together.seq : a->items[item].together_by;
    if (!proposal || target->seq < proposal)
        return cause_set(cause, "%s has gone on since: this is no longer what it stands on.",
                         dispute ? dispute->d.id : "the question");
    return true;
}

/* Once taken back, can it be done again? Not what is about something that was taken back since. */
static bool redo_allowed(const struct assessment *a, const struct event *target)
{
    return is_act(target->kind) && target->kind != EVENT_CONFIRMED && target->kind != EVENT_PROPOSED &&
           target->kind != EVENT_RAISED && target->kind != EVENT_ADDED &&
           target->kind != EVENT_ACKNOWLEDGED && !assessment_is_undone(a, event_integer(target, "of")) &&
           !assessment_is_undone(a, event_integer(target, "promise"));
}

bool may_undo(const struct assessment *a, const struct event *event, char **cause)
{
    const struct event *target = assessment_event_numbered(a, event_integer(event, "of"));
    if (!target)
        return event_integer(event, "of") > 0
                   ? cause_set(cause, "there is no entry %ld to undo.", event_integer(event, "of"))
                   : cause_set(cause, "there is nothing to undo.");
    if (target->by != event->by)
        return cause_set(cause, "entry %ld is not %s's own: each undoes what they did themselves.",
                         target->seq, called(a, event->by));
    if (assessment_is_undone(a, target->seq))
        return cause_set(cause, "entry %ld is undone already.", target->seq);
    if (target->kind != EVENT_UNDONE)
        return undo_allowed(a, target, cause);
    const struct event *first = assessment_event_numbered(a, event_integer(target, "of"));
    if (!first || !redo_allowed(a, first) || target->seq < a->upgraded)
        return cause_set(cause, "this cannot be brought back by itself: say it again.");
    return true;
}

long assessment_undoable(const struct assessment *a, enum who party)
{
    for (size_t i = a->event_count; i-- > 0;) {
        const struct event *event = &a->events[i];
        if (event->by == party && !a->undone[i] && is_act(event->kind) && undo_allowed(a, event, NULL))
            return event->seq;
    }
    return 0;
}

long assessment_redoable(const struct assessment *a, enum who party)
{
    for (size_t i = a->event_count; i-- > 0;) {
        const struct event *event = &a->events[i];
        if (event->by != party || a->undone[i])
            continue;
        if (event->seq < a->upgraded)
            return 0;
        if (event->kind == EVENT_UNDONE) {
            const struct event *target = assessment_event_numbered(a, event_integer(event, "of"));
            if (target && target->kind != EVENT_UNDONE)
                return redo_allowed(a, target) ? event->seq : 0;
        } else if (is_act(event->kind) && !event_text(event, "through")) {
            return 0; /* something else has been done since */
        }
    }
    return 0;
}
