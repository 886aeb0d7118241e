/* The topics of a sitting, and what was told. Nothing is stored: what was told in the sitting is looked
 * through, which is little. */
#include "assessment/topics.h"

#include "assessment/internal.h"

#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

static const struct wording *principle_of(const struct form *form)
{
    return form->principle;
}

static const struct wording *must_pass_on_of(const struct form *form)
{
    return form->must_pass_on;
}

/* How the room helps or hinders: small changes count (feature A53). */
static const struct topic_word room[] = {{"side_by_side", "We sit side by side"},
                                         {"both_see", "We both see the screen"},
                                         {"quiet", "It is quiet, and the door is shut"},
                                         {"drink", "There is something to drink"},
                                         {NULL, NULL}};

static const struct topic_word arriving[] = {{"1", "Very bad"}, {"2", "Bad"},   {"3", "So-so"},
                                             {"4", "Good"},     {"5", "Great"}, {NULL, NULL}};

static const struct topic_word pen[] = {{"service_user", "The service user"},
                                        {"practitioner", "The practitioner"},
                                        {"in_turns", "Each in turn"},
                                        {NULL, NULL}};

static const struct topic_word it_was[] = {{"1", "Very bad"}, {"2", "Bad"},   {"3", "So-so"},
                                           {"4", "Good"},     {"5", "Great"}, {NULL, NULL}};

static const struct topic_word held_to[] = {{"yes", "Yes"}, {"partly", "Partly"}, {"no", "No"}, {NULL, NULL}};

/* The six of SEEDS and SEED (Rex and Hosking 2013, Probation Journal 60(3)). */
static const struct topic_word skills[] = {{"structure", "Gave the sitting a shape"},
                                           {"relationship", "Built trust"},
                                           {"pro_social", "Was fair and open, and showed how"},
                                           {"motivation", "Drew out their own reasons to change"},
                                           {"cognitive", "Looked at how thinking leads to acting"},
                                           {"responsivity", "Fitted it to this person's needs"},
                                           {NULL, NULL}};

static const struct topic_word reviewing[] = {
    {"formal", "A formal review"}, {"informal", "A short catch-up"}, {NULL, NULL}};

static const struct topic_word voice[] = {{"yes", "Yes"}, {"no", "No"}, {NULL, NULL}};

const struct topic topic_table[] = {
    {"room", TOPIC_OPENING, TOPIC_SEVERAL, TOPIC_BOTH, false, room, "Is the room right?", "how they sit",
     NULL},
    {"principle", TOPIC_OPENING, TOPIC_SEEN, TOPIC_BOTH, false, NULL, "What we work by",
     "the organisation's principle was read", principle_of},
    {"pass_on", TOPIC_OPENING, TOPIC_SEEN, TOPIC_BOTH, false, NULL, "What must be passed on",
     "what must be passed on was said, before any question", must_pass_on_of},
    {"arriving", TOPIC_OPENING, TOPIC_SCALE, TOPIC_EACH, false, arriving, "How are you today?",
     "how each arrives", NULL},
    {"agenda", TOPIC_OPENING, TOPIC_SECTIONS, TOPIC_EACH, false, NULL, "What shall we talk about today?",
     "the parts of the form for today, each in the order chosen", NULL},
    {"pen", TOPIC_OPENING, TOPIC_ONE, TOPIC_BOTH, false, pen, "Who has the keyboard first?",
     "who writes, to begin with", NULL},
    {"recap", TOPIC_CLOSING, TOPIC_SEEN, TOPIC_BOTH, false, NULL, "What we did today",
     "what was done today was looked at", NULL},
    {"best_bit", TOPIC_CLOSING, TOPIC_TEXT, TOPIC_EACH, false, NULL, "What was the best bit?",
     "the best bit of it", NULL},
    {"how_it_was", TOPIC_CLOSING, TOPIC_SCALE, TOPIC_EACH, true, it_was, "How was today?",
     "how it was to be here, apart from what came of it", NULL},
    {"setting", TOPIC_CLOSING, TOPIC_TEXT, TOPIC_BOTH, false, NULL, "What would make the place better?",
     "a note about the place", NULL},
    {"principle_kept", TOPIC_CLOSING, TOPIC_ONE, TOPIC_EACH, false, held_to,
     "Did we hold to what we work by?", "whether they held to the principle", principle_of},
    {"next", TOPIC_CLOSING, TOPIC_DAY, TOPIC_BOTH, false, NULL, "When do we meet next?",
     "the day of the next sitting; notes: time, place", NULL},
    {"review", TOPIC_CLOSING, TOPIC_DAY, TOPIC_BOTH, false, NULL, "When do we look back?",
     "the day of the next review", NULL},
    {"review_kind", TOPIC_CLOSING, TOPIC_ONE, TOPIC_BOTH, false, reviewing, "What kind of look back?",
     "how formal that review is", NULL},
    {"review_weeks", TOPIC_CLOSING, TOPIC_NUMBER, TOPIC_BOTH, false, NULL,
     "How often do we look back? In weeks", "how many weeks lie between reviews, for this person", NULL},
    {"practice", TOPIC_CLOSING, TOPIC_SEVERAL, TOPIC_PRACTITIONERS, false, skills, "What did I do today?",
     "the practitioner's skills used; both see it", NULL},
    {"voice", TOPIC_CLOSING, TOPIC_ONE, TOPIC_EACH, false, voice,
     "May your words be used, without your name, so that others learn?",
     "whether their words may be used without their name; the last word holds", NULL},
    {0},
};

const struct topic *topic_named(const char *name)
{
    for (const struct topic *topic = topic_table; name && topic->name; topic++) {
        if (strcmp(topic->name, name) == 0)
            return topic;
    }
    return NULL;
}

bool topic_is_there(const struct topic *topic, const struct form *form)
{
    return !topic->text || topic->text(form);
}

const char *topic_word_label(const struct topic *topic, const char *word)
{
    for (const struct topic_word *w = topic->words; w && w->word; w++) {
        if (word && strcmp(w->word, word) == 0)
            return w->label;
    }
    return word ? word : "";
}

/* ---- what was told ---- */

static bool tells(const struct assessment *a, const struct event *event, const struct topic *topic)
{
    const char *name = event_text(event, "topic");
    return !a->undone[event->seq - 1] && topic && name && strcmp(name, topic->name) == 0;
}

/* Of all that was told in the record, in order: the place of the first behind event `seq`. */
static size_t told_behind(const struct assessment *a, long seq)
{
    const struct list *told = &a->of_kind[EVENT_TOLD];
    size_t from = 0, to = told->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (told->seqs[middle] > seq)
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

/* Behind its last event. */
static size_t end_of(const struct assessment *a, size_t sitting)
{
    return sitting + 1 < a->sitting_count ? (size_t)a->sittings[sitting + 1].opened - 1 : a->event_count;
}

size_t topic_sitting_began(const struct assessment *a, size_t sitting)
{
    return a->sittings[sitting].began;
}

long topic_minutes(const struct assessment *a, size_t sitting)
{
    const struct sitting *s = &a->sittings[sitting];
    time_t from = clock_parse(s->at);
    /* One that was not ended (a power cut) lasted to what the two did last: what a supervisor writes days
     * later is no part of it. */
    size_t last = a->event_count;
    while (last > (size_t)s->opened && a->events[last - 1].by >= SUPERVISOR)
        last--;
    time_t to = clock_parse(*s->until ? s->until : a->events[last - 1].at);
    return from && to > from ? (long)((to - from + 59) / 60) : 0;
}

const struct event *topic_told(const struct assessment *a, size_t sitting, const struct topic *topic,
                               enum who who)
{
    if (sitting >= a->sitting_count)
        return NULL;
    const long *told = a->of_kind[EVENT_TOLD].seqs;
    size_t from = told_behind(a, a->sittings[topic_sitting_began(a, sitting)].opened);
    for (size_t i = told_behind(a, (long)end_of(a, sitting)); i > from; i--) {
        const struct event *event = &a->events[told[i - 1] - 1];
        if (tells(a, event, topic) && (topic->whose != TOPIC_EACH || event->by == who))
            return event;
    }
    return NULL;
}

const struct event *topic_told_last(const struct assessment *a, const char *name)
{
    const struct topic *topic = topic_named(name);
    const struct list *told = &a->of_kind[EVENT_TOLD];
    for (size_t i = told->count; i-- > 0;) {
        const struct event *event = &a->events[told->seqs[i] - 1];
        if (a->sitting_count && event->seq > a->sittings[0].opened && tells(a, event, topic))
            return event;
    }
    return NULL;
}

bool topic_voice(const struct assessment *a, enum who party)
{
    const struct topic *topic = topic_named("voice");
    const struct list *told = &a->of_kind[EVENT_TOLD];
    for (size_t i = told->count; i-- > 0;) {
        const struct event *event = &a->events[told->seqs[i] - 1];
        if (event->by == party && tells(a, event, topic)) {
            const char *word = event_text(event, "value");
            return word && strcmp(word, "yes") == 0;
        }
    }
    return false;
}

bool topic_revealed(const struct assessment *a, size_t sitting, const struct topic *topic)
{
    return !topic->hidden ||
           (topic_told(a, sitting, topic, PRACTITIONER) && topic_told(a, sitting, topic, SERVICE_USER));
}

static int section_named(const struct form *form, const char *name)
{
    for (int s = 0; name && s < form->section_count; s++) {
        if (strcmp(form->sections[s].name, name) == 0)
            return s;
    }
    return -1;
}

/* What each chose for a sitting, the first to choose first. What `sat` itself says goes before. */
static size_t choosings(const struct assessment *a, size_t sitting, const struct event *chosen[PARTIES])
{
    const struct topic *topic = topic_named("agenda");
    size_t n = 0;
    for (int party = 0; party < PARTIES; party++) {
        const struct event *told = topic_told(a, sitting, topic, (enum who)party);
        if (told)
            chosen[n++] = told;
    }
    /* Who chose first is who told first, whatever they changed since. */
    if (n == PARTIES && topic_agenda_first(a, sitting) == chosen[1]->by) {
        const struct event *first = chosen[1];
        chosen[1] = chosen[0];
        chosen[0] = first;
    }
    return n;
}

enum who topic_agenda_first(const struct assessment *a, size_t sitting)
{
    if (sitting >= a->sitting_count)
        return ALONGSIDE;
    const long *told = a->of_kind[EVENT_TOLD].seqs;
    size_t end = told_behind(a, (long)end_of(a, sitting));
    for (size_t i = told_behind(a, a->sittings[topic_sitting_began(a, sitting)].opened); i < end; i++) {
        const struct event *event = &a->events[told[i] - 1];
        if (tells(a, event, topic_named("agenda")))
            return event->by;
    }
    return ALONGSIDE;
}

static void take_sections(const struct assessment *a, const json_t *names, int *agenda, size_t *count)
{
    for (size_t i = 0; i < json_array_size(names); i++) {
        int s = section_named(a->form, json_string_value(json_array_get(names, i)));
        bool there = s < 0; /* a newer version of the form may have no such section */
        for (size_t k = 0; k < *count && !there; k++)
            there = agenda[k] == s;
        if (!there)
            agenda[(*count)++] = s;
    }
}

int *topic_agenda(const struct assessment *a, size_t sitting, size_t *count)
{
    const struct event *chosen[PARTIES];
    *count = 0;
    if (sitting >= a->sitting_count)
        return NULL;
    size_t n = choosings(a, sitting, chosen);
    int *agenda = xcalloc((size_t)a->form->section_count + 1, sizeof *agenda);
    take_sections(a, event_value(&a->events[a->sittings[sitting].opened - 1], "agenda"), agenda, count);
    for (size_t i = 0; i < n; i++)
        take_sections(a, event_value(chosen[i], "value"), agenda, count);
    if (*count > 0)
        return agenda;
    free(agenda);
    return NULL;
}

/* ---- may it be told? ---- */

static bool word_is_known(const struct topic *topic, const json_t *word, char **cause)
{
    const char *text = json_string_value(word);
    const char *known[16];
    size_t n = 0;
    for (const struct topic_word *w = topic->words; w->word; w++)
        known[n++] = w->word;
    known[n] = NULL;
    if (text && vocab_find(known, text) >= 0)
        return true;
    char *list = vocab_list(known);
    cause_set(cause, "“%s” is said with %s.", topic->name, list);
    free(list);
    return false;
}

static bool value_is_right(const struct assessment *a, const struct topic *topic, const json_t *value,
                           char **cause)
{
    int day;
    switch (topic->type) {
    case TOPIC_TEXT:
        return json_is_string(value) || cause_set(cause, "“%s” is said in words.", topic->name);
    case TOPIC_SCALE:
        return (json_is_integer(value) && json_integer_value(value) >= 1 && json_integer_value(value) <= 5) ||
               cause_set(cause, "“%s” is a number from 1 to 5.", topic->name);
    case TOPIC_ONE:
        return word_is_known(topic, value, cause);
    case TOPIC_SEVERAL:
    case TOPIC_SECTIONS:
        if (!json_is_array(value))
            return cause_set(cause, "“%s” is a list.", topic->name);
        for (size_t i = 0; i < json_array_size(value); i++) {
            const json_t *word = json_array_get(value, i);
            if (topic->type == TOPIC_SEVERAL && !word_is_known(topic, word, cause))
                return false;
            if (topic->type == TOPIC_SECTIONS && section_named(a->form, json_string_value(word)) < 0)
                return cause_set(cause, "“%s” names the sections of the form; “%s” is none.", topic->name,
                                 json_string_value(word));
        }
        return true;
    case TOPIC_DAY:
        return (json_is_string(value) && date_parse(json_string_value(value), &day)) ||
               cause_set(cause, "“%s” is a day, written YEAR-MONTH-DAY.", topic->name);
    case TOPIC_NUMBER:
        return (json_is_integer(value) && json_integer_value(value) >= 1 &&
                json_integer_value(value) <= 520) ||
               cause_set(cause, "“%s” is a whole number, from 1 to 520.", topic->name);
    case TOPIC_SEEN:
        return json_is_true(value) || cause_set(cause, "“%s” is true once it was shown.", topic->name);
    }
    return false;
}

bool may_tell(const struct assessment *a, const struct event *event, char **cause)
{
    const struct topic *topic = topic_named(event_text(event, "topic"));
    if (!topic) {
        const char *known[64];
        size_t n = 0;
        for (const struct topic *t = topic_table; t->name; t++)
            known[n++] = t->name;
        known[n] = NULL;
        const char *nearest = vocab_nearest(known, event_text(event, "topic"));
        return nearest ? cause_set(cause, "there is no topic “%s”: did you mean “%s”?",
                                   event_text(event, "topic"), nearest)
                       : cause_set(cause, "there is no topic “%s”: see alongside-record(5).",
                                   event_text(event, "topic"));
    }
    if (a->sitting_count == 0)
        return cause_set(cause, "nobody has sat down yet: first say who is here (“sat”).");
    if (!topic_is_there(topic, a->form))
        return cause_set(cause, "the form has no text for “%s”.", topic->name);
    if (topic->whose == TOPIC_PRACTITIONERS && event->by != PRACTITIONER)
        return cause_set(cause, "“%s” is for %s to say.", topic->name, called(a, PRACTITIONER));
    const char *name;
    json_t *note;
    json_object_foreach(event_value(event, "notes"), name, note)
    {
        if (!json_is_string(note))
            return cause_set(cause, "“notes” holds words: “%s” is something else.", name);
    }
    return value_is_right(a, topic, event_value(event, "value"), cause);
}

/* A sitting is closed when what was done in it was looked at by both (feature A4). To leave without that, it
 * is paused. */
bool may_close(const struct assessment *a, const struct event *event, char **cause)
{
    (void)event;
    if (a->sitting_count == 0 || a->sittings[a->sitting_count - 1].closed)
        return cause_set(cause, "there is no sitting going on.");
    return topic_told(a, a->sitting_count - 1, topic_named("recap"), TOGETHER) != NULL ||
           cause_set(cause, "first look together at what you did today (“told”, “recap”).");
}
