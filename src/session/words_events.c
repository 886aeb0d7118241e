/* What the events say, told to people: one sentence or two for each kind. Where something was said as a text,
 * its words stand as they are, in quotation marks. */
#include "session/words.h"

#include "assessment/answer.h"
#include "assessment/beside.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/waiting.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

/* A value as it read with the form that was in force when the event was written. */
static char *value_then(const struct assessment *a, const struct event *event, const char *path,
                        const json_t *value, int language)
{
    return path && value ? answer_words_then(a, path, event->seq, value, SERVICE_USER, language)
                         : words_value(a, -1, value, language);
}

char *words_topic(const struct assessment *a, const struct event *event, enum who reader, int language)
{
    const char *name = event_text(event, "question");
    const struct disagreement *d = assessment_disagreement_of_id(a, event_text_or(event, "disagreement", ""));
    int question = name ? assessment_find(a, name) : d ? d->question : -1;
    if (question >= 0)
        return words_item(a, question, reader, language);
    const struct question *then = name ? assessment_question_then(a, name, event->seq) : NULL;
    const char *label = then ? assessment_text(a, -1, then->label, reader, language) : "";
    return d && !name ? words_about(a, d, reader, language) : xstrdup(*label ? label : name ? name : "");
}

static const char *form_text(const struct event *event, const char *key)
{
    const char *text = json_string_value(json_object_get(event_value(event, "form"), key));
    return text ? text : "";
}

static void add_quoted(struct strbuf *sb, const char *text)
{
    if (text && *text)
        strbuf_addf(sb, " “%s”", text);
}

static void tell_answer(struct strbuf *sb, const struct assessment *a, const struct event *event,
                        int language)
{
    char *value = value_then(a, event, event_text(event, "question"), event_value(event, "value"), language);
    bool moved = event_text(event, "through") != NULL;
    size_t length = strlen(value);
    bool ended = length && strchr(".?!", value[length - 1]);
    strbuf_addf(sb, "%s %s “%s”%s", assessment_name(a, event->by, language),
                event->by == TOGETHER ? "answered:"
                : moved               ? "changed to"
                                      : "answered",
                value, ended ? "" : ".");
    add_quoted(sb, event_text(event, "because"));
    if (json_is_true(event_value(event, "passed")))
        strbuf_add(sb, " It was asked back, and kept.");
    free(value);
}

/* Both answers as they were then. */
static void tell_difference(struct strbuf *sb, const struct assessment *a, const struct event *event,
                            int language)
{
    strbuf_add(sb, "The two see this differently.");
    for (int party = 0; party < PARTIES; party++) {
        char *value = value_then(a, event, event_text(event, "question"),
                                 event_value(event, who_names[party]), language);
        strbuf_addf(sb, "%s %s: “%s”", party ? "," : "", assessment_name(a, (enum who)party, language),
                    value);
        free(value);
    }
    strbuf_addch(sb, '.');
}

/* “Get my card”, where anything stands in it. */
static void add_entry(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    const struct entry *entry = assessment_entry_numbered(a, event_integer(event, "entry"));
    char *title = entry ? words_entry(a, entry, event->by, language) : xstrdup("");
    if (*title)
        add_quoted(sb, title);
    else
        strbuf_add(sb, " one with nothing in it");
    free(title);
}

/* What a new entry is about. */
static void add_about(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    const char *path = event_text(event, "about");
    int item = path ? assessment_find(a, path) : -1;
    if (item < 0)
        return;
    char *about = words_item(a, item, event->by, language);
    strbuf_add(sb, ", about");
    add_quoted(sb, about);
    free(about);
}

static void tell_settling(struct strbuf *sb, const struct assessment *a, const struct event *event,
                          int language)
{
    static const char *const ways[] = {"to agree on", "to keep both answers", "to find out",
                                       "to ask someone else:", "to leave it"};
    const char *as = event_text_or(event, "as", "");
    int way = -1;
    for (int i = 0; settle_names[i]; i++) {
        if (strcmp(settle_names[i], as) == 0)
            way = i;
    }
    const struct disagreement *d = assessment_disagreement_of_id(a, event_text_or(event, "disagreement", ""));
    const char *question = event_text(event, "question");
    if (!question && d && d->question >= 0)
        question = assessment_path(a, d->question);
    char *value = value_then(a, event, question, event_value(event, "value"), language);
    if (event->by == ALONGSIDE)
        strbuf_add(sb, "The answers have come together. Is it settled?");
    else
        strbuf_addf(sb, "%s put forward %s", assessment_name(a, event->by, language),
                    way >= 0 ? ways[way] : "an answer:");
    if (event->by != ALONGSIDE || *value)
        add_quoted(sb, *value                              ? value
                       : *event_text_or(event, "what", "") ? event_text_or(event, "what", "")
                                                           : event_text_or(event, "asking", ""));
    free(value);
}

static void tell_waiting(struct strbuf *sb, const struct event *event)
{
    bool parked = event->kind == EVENT_PARKED;
    char *what = parked ? waiting_for_words(event) : waiting_asked_words(event);
    strbuf_addf(sb, parked ? "It waits for %s%s" : "It goes to %s%s", what, words_stop(what));
    free(what);
}

char *words_turn(const struct assessment *a, const struct event *event, int language)
{
    struct strbuf sb = STRBUF_INIT;
    const char *name = assessment_name(a, event->by, language);
    const struct disagreement *d = assessment_disagreement_of_id(a, event_text_or(event, "disagreement", ""));
    if (event_waits(a, event) && (event->kind == EVENT_ANSWERED || event->kind == EVENT_DECLINED))
        return xasprintf("%s answered. You see it when both have answered.", name);
    switch (event->kind) {
    case EVENT_OPENED:
        strbuf_add(&sb, event_value(event, "follows") ? "The assessment was begun, after an earlier one."
                                                      : "The assessment was begun.");
        break;
    case EVENT_RECOVERED:
        strbuf_addf(&sb, "%ld bytes that were not finished were set aside.", event_integer(event, "bytes"));
        break;
    case EVENT_SAT:
        strbuf_addf(&sb, "%s and %s sat down together", assessment_name(a, PRACTITIONER, language),
                    assessment_name(a, SERVICE_USER, language));
        strbuf_addf(&sb, "%s%s.", *event_text_or(event, "place", "") ? ": " : "",
                    event_text_or(event, "place", ""));
        break;
    case EVENT_PAUSED:
        strbuf_add(&sb, "They stopped for now.");
        break;
    case EVENT_ANSWERED:
        tell_answer(&sb, a, event, language);
        break;
    case EVENT_DECLINED:
        for (int i = 1; missing_names[i]; i++) {
            if (strcmp(missing_names[i], event_text_or(event, "missing", "")) == 0)
                strbuf_addf(&sb, "%s: %s.", name, words_missing((enum missing)i));
        }
        add_quoted(&sb, event_text(event, "because"));
        break;
    case EVENT_CLEARED:
        strbuf_addf(&sb, "%s took the answer back.", name);
        break;
    case EVENT_RAISED:
        strbuf_addf(&sb, "%s sees this differently.", name);
        add_quoted(&sb, event_text(event, "because"));
        break;
    case EVENT_DIFFERED:
        tell_difference(&sb, a, event, language);
        break;
    case EVENT_SAID:
        if (!assessment_heard_shown(a, event)) {
            strbuf_addf(&sb, "%s has said how far they felt heard. It shows when both have.", name);
            break;
        }
        if (event_integer(event, "heard"))
            strbuf_addf(&sb, "%s felt heard: %ld of 5.", name, event_integer(event, "heard"));
        else if (tell_step(&sb, a, event, language))
            break;
        else
            strbuf_addf(&sb, "%s said:", name);
        add_quoted(&sb, event_text(event, "text"));
        break;
    case EVENT_PROPOSED:
        tell_settling(&sb, a, event, language);
        break;
    case EVENT_CONFIRMED:
        strbuf_addf(&sb, "%s said yes.", name);
        break;
    case EVENT_PARKED:
    case EVENT_REFERRED:
        tell_waiting(&sb, event);
        break;
    case EVENT_RESOLVED:
        if (d && d->closed == event->seq) {
            char *outcome = words_outcome(a, d, language);
            strbuf_addf(&sb, "%s%s", outcome, words_stop(outcome));
            free(outcome);
        } else {
            strbuf_addf(&sb, "It was settled (%s).",
                        *event_text_or(event, "outcome", "") ? event_text_or(event, "outcome", "")
                                                             : event_text_or(event, "event", ""));
        }
        break;
    case EVENT_REOPENED:
        strbuf_add(&sb, "It is open again.");
        break;
    case EVENT_UNDONE:
        strbuf_addf(&sb, "%s took back entry %ld.", name, event_integer(event, "of"));
        break;
    case EVENT_NOTED:
        if (event_value(event, "come_back"))
            strbuf_add(&sb, json_is_true(event_value(event, "come_back")) ? "To come back to."
                                                                          : "No longer to come back to.");
        else
            strbuf_addf(&sb, "%s noted:", name);
        add_quoted(&sb, event_text(event, "text"));
        break;
    case EVENT_ADDED:
        strbuf_addf(&sb, "%s added", name);
        add_entry(&sb, a, event, language);
        add_about(&sb, a, event, language);
        strbuf_addch(&sb, '.');
        break;
    case EVENT_MOVED:
        strbuf_addf(&sb, "%s moved", name);
        add_entry(&sb, a, event, language);
        strbuf_addch(&sb, '.');
        break;
    case EVENT_REMOVED:
        strbuf_addf(&sb, "%s said to take out", name);
        add_entry(&sb, a, event, language);
        strbuf_addch(&sb, '.');
        break;
    case EVENT_UPGRADED:
        strbuf_addf(&sb, "%s went on with version %s of the form", name, form_text(event, "version"));
        strbuf_addf(&sb, ", in place of version %s.", assessment_form_before(a, event->seq)->version);
        break;
    case EVENT_SIGNED:
        if (event_value(event, "of"))
            tell_beside(&sb, a, event, language);
        else if (json_is_true(event_value(event, "refused")))
            strbuf_addf(&sb, "%s chose not to sign.", name);
        else
            strbuf_addf(&sb, "%s signed as “%s”.", name, event_text_or(event, "name", ""));
        add_quoted(&sb, event_text(event, "because"));
        break;
    default:
        if (tell_beside(&sb, a, event, language))
            break;
        strbuf_addf(&sb, "%s: %s", name,
                    event->kind == EVENT_UNKNOWN ? event_text_or(event, "event", "")
                                                 : event_table[event->kind].help);
        add_quoted(&sb, event_text(event, "text"));
        break;
    }
    return strbuf_detach(&sb);
}

char *words_event(const struct assessment *a, const struct event *event, int language)
{
    enum who reader = event->by == PRACTITIONER ? PRACTITIONER : SERVICE_USER;
    char *told = words_turn(a, event, language), *about = words_topic(a, event, reader, language);
    if (!*about || event->kind == EVENT_PAUSED) {
        free(about);
        return told;
    }
    char *words = xasprintf("%s (%s)", told, about);
    free(told);
    free(about);
    return words;
}

char *words_act(const struct assessment *a, const struct event *event, int language)
{
    static const char *const acts[EVENT_UNKNOWN + 1] = {
        [EVENT_ANSWERED] = "%s's answer",
        [EVENT_DECLINED] = "%s's answer",
        [EVENT_CLEARED] = "that %s took an answer back",
        [EVENT_RAISED] = "that %s sees it differently",
        [EVENT_SAID] = "what %s said",
        [EVENT_PROPOSED] = "what %s put forward",
        [EVENT_CONFIRMED] = "%s's yes",
        [EVENT_NOTED] = "%s's note",
        [EVENT_ADDED] = "what %s added",
        [EVENT_MOVED] = "what %s moved",
        [EVENT_REMOVED] = "that %s took one out",
        [EVENT_TOLD] = "what %s said about this sitting",
        [EVENT_SAID_BACK] = "what %s said back",
        [EVENT_MARKED] = "what %s said to that",
        [EVENT_REFRAMED] = "%s's other way to see it",
        [EVENT_OFFERED] = "what %s offered",
        [EVENT_TAKEN] = "%s's word on the offer",
        [EVENT_HAPPENED] = "what %s wrote down",
        [EVENT_CAME_OF_IT] = "what %s said came of it",
        [EVENT_PROMISED] = "%s's promise",
        [EVENT_KEPT] = "%s's word on a promise",
        [EVENT_STATEMENT] = "%s's statement",
        [EVENT_SHARED] = "that something was passed on, as %s said",
        [EVENT_COMMENTED] = "what %s wrote",
        [EVENT_ACKNOWLEDGED] = "that %s has read it",
        [EVENT_REFLECTED] = "what %s takes from it",
        [EVENT_LESSON] = "what %s says others can learn",
        [EVENT_COUNTERSIGNED] = "that %s signed too",
    };
    const char *name =
        event->by == SUPERVISOR ? words_supervisor(event) : assessment_name(a, event->by, language);
    if (event->kind == EVENT_NOTED && event_value(event, "come_back"))
        return xasprintf("%s's mark", name);
    return xasprintf(acts[event->kind] ? acts[event->kind] : "the last thing that %s did", name);
}
