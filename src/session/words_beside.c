/* What stands beside the answers, told: one function for each kind of event. */
#include "session/words_beside.h"

#include "assessment/happened.h"
#include "assessment/topics.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/vocab.h"
#include "session/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *name_of(const struct assessment *a, const struct event *event, int language)
{
    return assessment_name(a, event->by, language);
}

static void add_quoted(struct strbuf *sb, const char *text)
{
    if (text && *text)
        strbuf_addf(sb, " “%s”", text);
}

const char *words_day(const char *iso)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    static _Thread_local char text[64];
    int day, year, month, of_month;
    if (!iso || !date_parse(iso, &day))
        return iso ? iso : "";
    date_to_civil(day, &year, &month, &of_month);
    snprintf(text, sizeof text, "%d %s %d", of_month, months[month - 1], year);
    return text;
}

const char *words_kind(enum kind kind)
{
    static const char *const words[] = {
        [KIND_SCORE] = "How much",     [KIND_FACT] = "What is so",
        [KIND_CAUSE] = "Why it is so", [KIND_PRIORITY] = "What comes first",
        [KIND_GOAL] = "What we want",  [KIND_SAFETY] = "Staying safe",
        [KIND_WORDING] = "The words",  [KIND_PROCESS] = "How we work together",
    };
    return words[kind];
}

const char *words_reason(enum reason reason)
{
    static const char *const words[] = {
        [REASON_NEW_FACT] = "I learned something new",
        [REASON_MISREAD] = "I had read the question in another way",
        [REASON_TIME_FRAME] = "I was thinking of another time",
        [REASON_STANDARD] = "I was measuring it in another way",
        [REASON_MIND] = "I changed my mind",
        [REASON_GAVE_WAY] = "I gave way",
        [REASON_OTHER] = "Something else",
    };
    return words[reason];
}

const char *words_supervisor(const struct event *event)
{
    const char *name = event_text(event, "name");
    return name && *name ? name : "The supervisor";
}

/* ---- a sitting ---- */

static const char *section_title(const struct assessment *a, const char *name, enum who reader, int language)
{
    const struct form *form = assessment_form(a);
    for (int s = 0; name && s < form->section_count; s++) {
        if (strcmp(form->sections[s].name, name) == 0)
            return words_section(a, s, reader, language);
    }
    return name ? name : "";
}

char *words_told(const struct assessment *a, const struct topic *topic, const struct event *told,
                 int language)
{
    struct strbuf sb = STRBUF_INIT;
    const json_t *value = event_value(told, "value"), *notes = event_value(told, "notes");
    char number[24];
    switch (topic->type) {
    case TOPIC_SCALE:
        snprintf(number, sizeof number, "%ld", event_integer(told, "value"));
        strbuf_addf(&sb, "%s: %s", number, topic_word_label(topic, number));
        break;
    case TOPIC_ONE:
        strbuf_add(&sb, topic_word_label(topic, json_string_value(value)));
        break;
    case TOPIC_SEVERAL:
    case TOPIC_SECTIONS:
        for (size_t i = 0; i < json_array_size(value); i++) {
            const char *word = json_string_value(json_array_get(value, i));
            const char *note = json_string_value(json_object_get(notes, word));
            strbuf_addf(&sb, "%s%s", i ? ", " : "",
                        topic->type == TOPIC_SECTIONS ? section_title(a, word, told->by, language)
                                                      : topic_word_label(topic, word));
            if (note)
                strbuf_addf(&sb, " (“%s”)", note);
        }
        if (json_array_size(value) == 0)
            strbuf_add(&sb, "None of these");
        break;
    case TOPIC_DAY:
        strbuf_add(&sb, words_day(json_string_value(value)));
        break;
    case TOPIC_NUMBER:
        strbuf_addf(&sb, "%ld", event_integer(told, "value"));
        break;
    case TOPIC_SEEN:
        strbuf_add(&sb, "Done");
        break;
    case TOPIC_TEXT:
        strbuf_addf(&sb, "“%s”", json_is_string(value) ? json_string_value(value) : "");
        break;
    }
    const char *key;
    json_t *note;
    json_object_foreach((json_t *)notes, key, note)
    {
        if (topic->type != TOPIC_SEVERAL)
            strbuf_addf(&sb, ". “%s”", json_is_string(note) ? json_string_value(note) : "");
    }
    return strbuf_detach(&sb);
}

static void told(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    const struct topic *topic = topic_named(event_text(event, "topic"));
    if (!topic) {
        strbuf_addf(sb, "%s said something about the sitting.", name_of(a, event, language));
        return;
    }
    /* Which sitting it was told in: what is private there must not be told here. */
    size_t sitting = 0;
    for (size_t i = 0; i < assessment_sittings(a); i++)
        sitting = assessment_sitting(a, i)->opened <= event->seq ? i : sitting;
    if (!topic_revealed(a, sitting, topic)) {
        strbuf_addf(sb, "%s said how it was. It shows when both have.", name_of(a, event, language));
        return;
    }
    char *words = words_told(a, topic, event, language);
    strbuf_addf(sb, "%s. %s: %s", topic->label, name_of(a, event, language), words);
    size_t length = strlen(topic->label);
    if (length && strchr(".?!", topic->label[length - 1])) { /* no second stop after a question */
        sb->length = 0;
        strbuf_addf(sb, "%s %s: %s", topic->label, name_of(a, event, language), words);
    }
    free(words);
}

/* ---- the talk ---- */

bool tell_step(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    const char *step = event_text(event, "step"), *reason = event_text(event, "reason");
    int why = reason ? vocab_find(reason_names, reason) : -1,
        which = step ? vocab_find(step_names, step) : -1;
    if (event->by == SUPERVISOR) {
        strbuf_addf(sb, "%s answered:", words_supervisor(event));
    } else if (why >= 0) {
        strbuf_addf(sb, "%s on what changed: %s.", name_of(a, event, language),
                    words_reason((enum reason)why));
    } else if (which == STEP_MIND) {
        strbuf_addf(sb, "%s on what would change this:", name_of(a, event, language));
    } else {
        return false;
    }
    add_quoted(sb, event_text(event, "text"));
    return true;
}

static void marked(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    strbuf_addf(sb, json_is_true(event_value(event, "right")) ? "%s: that is right." : "%s: not quite.",
                name_of(a, event, language));
    add_quoted(sb, event_text(event, "text"));
}

/* ---- beside the answers ---- */

static void offered(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    const json_t *options = event_value(event, "options");
    strbuf_addf(sb, "%s offered", name_of(a, event, language));
    for (size_t i = 0; i < json_array_size(options); i++)
        strbuf_addf(sb, "%s “%s”", i ? "," : "",
                    json_is_string(json_array_get(options, i)) ? json_string_value(json_array_get(options, i))
                                                               : "");
    strbuf_addch(sb, '.');
    add_quoted(sb, event_text(event, "text"));
}

static void taken(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    const struct event *offer = assessment_event_numbered(a, event_integer(event, "of"));
    long option = event_value(event, "option") ? event_integer(event, "option") : 1;
    const char *how = event_text_or(event, "how", ""), *words = "declined the offer.";
    if (strcmp(how, taken_names[0]) == 0)
        words = "took up";
    else if (strcmp(how, taken_names[1]) == 0)
        words = "changed the offer into";
    strbuf_addf(sb, "%s %s", name_of(a, event, language), words);
    if (offer && strcmp(how, taken_names[0]) == 0)
        add_quoted(sb, json_string_value(json_array_get(event_value(offer, "options"), (size_t)option - 1)));
    add_quoted(sb, event_text(event, "text"));
}

char *words_happened(const struct assessment *a, const struct event *event,
                     const struct happened_field *field, int language)
{
    const char *text = event_text(event, field->name);
    for (int party = 0; party < PARTIES && field->words && text; party++) {
        if (strcmp(text, who_names[party]) == 0)
            return xstrdup(assessment_name(a, (enum who)party, language));
    }
    return happened_value(event, field);
}

static void happened(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    const struct happened_kind *kind = happened_kind_of(event);
    strbuf_addf(sb, "%s, %s.", kind ? kind->label : event_text_or(event, "what", ""),
                words_day(event_text(event, "on")));
    for (const struct happened_field *field = kind ? kind->fields : NULL; field && field->name; field++) {
        char *value = words_happened(a, event, field, language);
        if (*value)
            strbuf_addf(sb, field->words || field->number ? " %s %s." : " %s “%s”", field->label, value);
        free(value);
    }
}

/* The words of the event that another one is about: of a promise, of what happened. */
static void add_about(struct strbuf *sb, const struct assessment *a, const struct event *event,
                      const char *key)
{
    const struct event *about = assessment_event_numbered(a, event_integer(event, key));
    if (about)
        add_quoted(sb, event_text(about, "text"));
}

static void shared(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    const char *on = event_text(event, "on"), *basis = event_text(event, "basis");
    strbuf_addf(sb, "%s was told “%s”", event_text_or(event, "to", ""), event_text_or(event, "what", ""));
    if (on)
        strbuf_addf(sb, " on %s", words_day(on));
    strbuf_addch(sb, '.');
    if (event_text(event, "because"))
        strbuf_addf(sb, " Why: “%s”", event_text(event, "because"));
    if (basis)
        strbuf_addf(sb, " By what right: “%s”", basis);
    if (event_value(event, "told"))
        strbuf_addf(
            sb, json_is_true(event_value(event, "told")) ? " %s was told of it." : " %s was not told of it.",
            assessment_name(a, SERVICE_USER, language));
}

/* ---- what a supervisor wrote, and what was learned ---- */

static void acknowledged(struct strbuf *sb, const struct assessment *a, const struct event *event,
                         int language)
{
    const struct event *comment = assessment_event_numbered(a, event_integer(event, "of"));
    strbuf_addf(sb, "%s has read what %s wrote.", name_of(a, event, language),
                comment ? words_supervisor(comment) : "the supervisor");
    add_quoted(sb, event_text(event, "text"));
}

static void handed_over(struct strbuf *sb, const struct event *event)
{
    strbuf_addf(sb, "%s leads from here on.", event_text_or(event, "to", ""));
    if (event_text(event, "from"))
        strbuf_addf(sb, " Before: %s.", event_text(event, "from"));
    add_quoted(sb, event_text(event, "because"));
}

static bool tell_supervision(struct strbuf *sb, const struct assessment *a, const struct event *event,
                             int language)
{
    const char *name = event->by == SUPERVISOR ? words_supervisor(event) : name_of(a, event, language);
    switch (event->kind) {
    case EVENT_COMMENTED:
        strbuf_addf(sb,
                    strcmp(event_text_or(event, "as", ""), "coaching") == 0 ? "%s wrote, as coaching:"
                                                                            : "%s wrote:",
                    name);
        add_quoted(sb, event_text(event, "text"));
        return true;
    case EVENT_ACKNOWLEDGED:
        acknowledged(sb, a, event, language);
        return true;
    case EVENT_REFLECTED:
    case EVENT_LESSON:
        strbuf_addf(
            sb, event->kind == EVENT_LESSON ? "%s says what others can learn:" : "%s takes from it:", name);
        add_quoted(sb, event_text(event, "text"));
        return true;
    case EVENT_COUNTERSIGNED:
        strbuf_addf(sb, "%s signed too.", name);
        return true;
    case EVENT_HANDED_OVER:
        handed_over(sb, event);
        return true;
    default:
        return false;
    }
}

bool tell_beside(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    const char *name = name_of(a, event, language);
    switch (event->kind) {
    case EVENT_TOLD:
        told(sb, a, event, language);
        return true;
    case EVENT_SAID_BACK:
        strbuf_addf(sb, "%s heard:", name);
        add_quoted(sb, event_text(event, "text"));
        return true;
    case EVENT_MARKED:
        marked(sb, a, event, language);
        return true;
    case EVENT_REFRAMED:
        strbuf_addf(sb, "%s sees it another way too:", name);
        add_quoted(sb, event_text(event, "text"));
        return true;
    case EVENT_OFFERED:
        offered(sb, a, event, language);
        return true;
    case EVENT_TAKEN:
        taken(sb, a, event, language);
        return true;
    case EVENT_HAPPENED:
        happened(sb, a, event, language);
        return true;
    case EVENT_CAME_OF_IT:
        strbuf_addf(sb, "%s on what came of", name);
        add_about(sb, a, event, "of");
        strbuf_addch(sb, ':');
        add_quoted(sb, event_text(event, "text"));
        return true;
    case EVENT_PROMISED:
        strbuf_addf(sb, "%s will:", name);
        add_quoted(sb, event_text(event, "text"));
        if (event_text(event, "by_when"))
            strbuf_addf(sb, " By %s.", words_day(event_text(event, "by_when")));
        return true;
    case EVENT_KEPT:
        strbuf_addf(sb,
                    json_is_true(event_value(event, "kept")) ? "%s says it was kept:"
                                                             : "%s says it was not kept:",
                    name);
        add_about(sb, a, event, "promise");
        return true;
    case EVENT_SIGNED:
        strbuf_addf(
            sb, json_is_true(event_value(event, "refused")) ? "%s chose not to sign:" : "%s signed:", name);
        add_about(sb, a, event, "of");
        return true;
    case EVENT_STATEMENT:
        strbuf_addf(sb, "%s wants to say:", name);
        add_quoted(sb, event_text(event, "text"));
        return true;
    case EVENT_SHARED:
        shared(sb, a, event, language);
        return true;
    case EVENT_COPIED:
        strbuf_add(sb, "A copy was made");
        if (event_text(event, "as") && strcmp(event_text(event, "as"), "conference") == 0)
            strbuf_add(sb, " to take to a case conference");
        strbuf_addf(sb, "%s%s.", event_text(event, "to") ? " for " : "",
                    event_text(event, "to") ? event_text(event, "to") : "");
        return true;
    default:
        return tell_supervision(sb, a, event, language);
    }
}
