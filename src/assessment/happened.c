/* The kinds of what happens, and their fields. */
#include "assessment/happened.h"

#include "assessment/internal.h"

#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

#define FIELDS(...)                                                                                          \
    (const struct happened_field[])                                                                          \
    {                                                                                                        \
        __VA_ARGS__,                                                                                         \
        {                                                                                                    \
            0                                                                                                \
        }                                                                                                    \
    }

static const struct topic_word whose[] = {{"practitioner", "The practitioner"},
                                          {"service_user", "The service user"},
                                          {"other", "Somebody else"},
                                          {NULL, NULL}};

/* Attended, acceptable or unacceptable absence (Sorsby and others 2013; feature B33). */
static const struct topic_word absence[] = {{"acceptable", "There was a good reason"},
                                            {"not_acceptable", "There was no good reason"},
                                            {"not_known", "Not known"},
                                            {NULL, NULL}};

static const struct topic_word yes_no[] = {{"yes", "Yes"}, {"no", "No"}, {NULL, NULL}};

static const struct topic_word ways[] = {{"call", "A call"},       {"letter", "A letter"},
                                         {"message", "A message"}, {"visit", "A visit"},
                                         {"other", "Another way"}, {NULL, NULL}};

/* What part another service plays (feature B15). */
static const struct topic_word roles[] = {{"delivery", "It does the work with us"},
                                          {"referral", "It takes over this part"},
                                          {"brokerage", "It finds the right help"},
                                          {"steering", "It has a say in how we work"},
                                          {NULL, NULL}};

static const struct topic_word systems[] = {{"corrections", "Prison or probation"},
                                            {"welfare", "Benefits, housing, family"},
                                            {"treatment", "Health or treatment"},
                                            {"community", "The community"},
                                            {NULL, NULL}};

static const struct topic_word directions[] = {
    {"up", "More support"}, {"down", "Less support"}, {NULL, NULL}};

static const struct topic_word endings[] = {{"planned", "As we planned"},
                                            {"moved", "Moved away"},
                                            {"released", "Was released"},
                                            {"stopped_coming", "Stopped coming"},
                                            {"withdrew", "Chose to leave"},
                                            {"other", "Another way"},
                                            {NULL, NULL}};

const struct happened_kind happened_table[] = {
    {"life_event", "Something in my life", "A birth, a loss, a move, a new job: good or hard",
     FIELDS({"text", "What happened?", true, NULL, false}), false, false, 0},
    {"lapse", "A lapse", "A step back. It takes nothing away from what went well",
     FIELDS({"text", "What happened?", true, NULL, false},
            {"held", "What held? What did not slip?", false, NULL, false},
            {"next", "What comes next?", false, NULL, false}),
     false, false, 0},
    {"milestone", "A milestone", "Something reached. Both sign it, and it can be printed",
     FIELDS({"text", "What was reached?", true, NULL, false}), true, false, 0},
    {"attempt", "A try to get in touch", "Each try counts, whether it got through or not",
     FIELDS({"how", "How?", false, ways, false}, {"reached", "Did it get through?", false, yes_no, false},
            {"text", "What came of it?", false, NULL, false}),
     false, false, 0},
    {"missed", "A missed sitting", "It did not take place. It never closes anything",
     FIELDS({"whose", "Who could not come?", true, whose, false},
            {"absence", "Was there a good reason?", false, absence, false},
            {"text", "Why?", false, NULL, false}),
     false, false, 0},
    {"late", "A late start", "It began late",
     FIELDS({"whose", "Who was late?", true, whose, false},
            {"minutes", "By how many minutes?", false, NULL, true}, {"text", "Why?", false, NULL, false}),
     false, false, 0},
    {"cancelled", "A cancelled sitting", "It was called off before",
     FIELDS({"whose", "Who called it off?", true, whose, false}, {"text", "Why?", false, NULL, false}), false,
     false, 0},
    {"referral", "Help from another service", "Who was asked, and what came back",
     FIELDS({"to", "Which service?", true, NULL, false}, {"text", "What for?", true, NULL, false},
            {"role", "What does it do?", false, roles, false},
            {"system", "What kind of service is it?", false, systems, false}),
     false, true, 0},
    {"step", "More or less support", "A step up or down, in either direction",
     FIELDS({"direction", "Which way?", true, directions, false}, {"text", "Why?", true, NULL, false},
            {"decided_by", "Who decided?", false, NULL, false}),
     false, false, 0},
    {"entry", "How this began", "Why the work began, and who decided",
     FIELDS({"text", "Why?", true, NULL, false}, {"decided_by", "Who decided?", true, NULL, false},
            {"criteria", "By which rules?", false, NULL, false}),
     false, false, 0},
    {"left", "Leaving", "The work stops for now. The door stays open",
     FIELDS({"how", "How did it end?", false, endings, false},
            {"text", "Why? You need not say", false, NULL, false}),
     false, false, 0},
    {"returned", "Coming back", "The work goes on",
     FIELDS({"text", "What helped you come back?", false, NULL, false}), false, false, 0},
    {0},
};

const struct happened_kind *happened_named(const char *name)
{
    for (const struct happened_kind *kind = happened_table; name && kind->name; kind++) {
        if (strcmp(kind->name, name) == 0)
            return kind;
    }
    return NULL;
}

const struct happened_kind *happened_kind_of(const struct event *event)
{
    return happened_named(event_text(event, "what"));
}

char *happened_value(const struct event *event, const struct happened_field *field)
{
    const char *text = event_text(event, field->name);
    if (field->number)
        return event_value(event, field->name) ? xasprintf("%ld", event_integer(event, field->name))
                                               : xstrdup("");
    for (const struct topic_word *w = field->words; text && w && w->word; w++) {
        if (strcmp(w->word, text) == 0)
            return xstrdup(w->label);
    }
    return xstrdup(text ? text : "");
}

const struct event *happened_signed(const struct assessment *a, long seq, enum who party)
{
    const struct event *last = NULL;
    for (const struct event *e = NULL; (e = assessment_next_about(a, seq, e));) {
        if (e->kind == EVENT_SIGNED && e->by == party)
            last = e;
    }
    return last;
}

size_t happened_episodes(const struct assessment *a, struct episode *episodes, size_t room)
{
    if (room == 0 || a->event_count == 0)
        return 0;
    size_t n = 1;
    episodes[0] = (struct episode){.from = a->events[0].at};
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_HAPPENED, e));) {
        const struct happened_kind *kind = happened_kind_of(e);
        struct episode *last = &episodes[n - 1];
        if (kind == happened_named("left") && !last->to) {
            last->to = event_text(e, "on");
            last->how = event_text(e, "how");
        } else if (kind == happened_named("returned") && last->to && n < room) {
            episodes[n++] = (struct episode){.from = event_text(e, "on")};
        }
    }
    return n;
}

/* ---- may it be said? ---- */

static bool field_is_right(const struct event *event, const struct happened_kind *kind,
                           const struct happened_field *field, char **cause)
{
    if (!event_value(event, field->name))
        return !field->required ||
               cause_set(cause, "“%s” needs “%s”: %s", kind->name, field->name, field->label);
    if (field->number)
        return event_integer(event, field->name) >= 1 ||
               cause_set(cause, "“%s” is a whole number, from 1.", field->name);
    if (!field->words)
        return has_words(event, field->name) || cause_set(cause, "there are no words in “%s”.", field->name);
    const char *known[16];
    size_t n = 0;
    for (const struct topic_word *w = field->words; w->word; w++)
        known[n++] = w->word;
    known[n] = NULL;
    return word_known(event, field->name, known, cause);
}

bool may_happen(const struct assessment *a, const struct event *event, char **cause)
{
    const struct happened_kind *kind = happened_kind_of(event);
    const char *known[32];
    size_t n = 0;
    for (const struct happened_kind *k = happened_table; k->name; k++)
        known[n++] = k->name;
    known[n] = NULL;
    if (!kind)
        return word_known(event, "what", known, cause);
    if (kind->by && !(kind->by & (1u << event->by)))
        return cause_set(cause, "“%s” is for %s to say.", kind->name, called(a, who_other(event->by)));
    if (!day_known(event, "on", cause))
        return false;
    const char *key;
    json_t *value;
    json_object_foreach(event->body, key, value)
    {
        static const char *const others[] = {"seq", "prev", "at", "by", "event", "hash", "what", "on", NULL};
        bool of_kind = vocab_find(others, key) >= 0;
        for (const struct happened_field *field = kind->fields; field->name && !of_kind; field++)
            of_kind = strcmp(field->name, key) == 0;
        if (!of_kind)
            return cause_set(cause, "“%s” has no “%s”.", kind->name, key);
    }
    for (const struct happened_field *field = kind->fields; field->name; field++) {
        if (!field_is_right(event, kind, field, cause))
            return false;
    }
    return true;
}
