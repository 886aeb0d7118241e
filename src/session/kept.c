/* The fields of an event, told. What a key means stands in the table of events, and nowhere else. */
#include "session/kept.h"

#include "assessment/beside.h"
#include "base/mem.h"
#include "session/beside.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

struct telling {
    void (*field)(void *context, const char *key, const char *help, const char *value);
    void *context;
};

static const char *help_of(const struct event *event, const char *key)
{
    for (const struct event_field *f = event_table[event->kind].fields; f && f->name; f++) {
        if (strcmp(f->name, key) == 0)
            return f->help;
    }
    return "written by a newer version of this program";
}

char *kept_told(const struct assessment *a, const struct event *event, int language)
{
    char *words = words_event(a, event, language), *later = words_later(a, event->seq, language);
    char *told = xasprintf("%s%s%s%s%s", words, assessment_is_undone(a, event->seq) ? " (undone)" : "",
                           *later ? " (" : "", later, *later ? ")" : "");
    free(later);
    free(words);
    return told;
}

static void tell(const struct telling *t, const char *key, const char *help, const json_t *value)
{
    if (json_is_object(value)) {
        const char *inner;
        json_t *member;
        json_object_foreach((json_t *)value, inner, member)
        {
            char *name = xasprintf("%s.%s", key, inner);
            tell(t, name, help, member);
            free(name);
        }
        if (json_object_size(value) == 0)
            t->field(t->context, key, help, "{}");
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            char *name = xasprintf("%s.%zu", key, i + 1);
            tell(t, name, help, json_array_get(value, i));
            free(name);
        }
        if (json_array_size(value) == 0)
            t->field(t->context, key, help, "[]");
    } else if (json_is_string(value)) {
        t->field(t->context, key, help, json_string_value(value));
    } else {
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
        t->field(t->context, key, help, text ? text : "?");
        free(text);
    }
}

static bool is_frame(const char *key)
{
    static const char *const keys[] = {"seq", "prev", "at", "by", "event", "hash"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i], key) == 0)
            return true;
    }
    return false;
}

static const char waiting[] = "(It shows when both have answered.)";

/* The seals of the chain. Whoever has the seal of a line can try out what stands in it, so they wait as well.
 */
static void tell_seals(const struct telling *t, const struct session *s, const struct event *event,
                       long sealed)
{
    const struct record *record = session_record(s);
    const char *prev = event_text(event, "prev"),
               *hash = (size_t)event->seq < record_count(record)
                           ? event_text(record_event(record, (size_t)event->seq), "prev")
                           : record_head(record);
    if (prev)
        t->field(t->context, "prev", "the seal of the entry before", event->seq > sealed ? waiting : prev);
    t->field(t->context, "hash", "the seal of this entry", event->seq >= sealed ? waiting : hash ? hash : "");
}

void kept_fields(const struct session *s, const struct event *event, long sealed,
                 void (*field)(void *context, const char *key, const char *help, const char *value),
                 void *context)
{
    const struct telling t = {field, context};
    bool waits = event_waits(session_assessment(s), event);
    bool answer = waits && (event->kind == EVENT_ANSWERED || event->kind == EVENT_DECLINED);
    const char *name = event_text(event, "event"), *by = event_text(event, "by"), *key;
    json_t *value;
    char *what = xasprintf("%s by %s, %s",
                           answer ? "answered or skipped"
                           : name ? name
                                  : "",
                           by ? by : "", event->at);
    field(context, "entry", "", what);
    free(what);
    json_object_foreach(event->body, key, value)
    {
        bool open = strcmp(key, "question") == 0 || strcmp(key, "topic") == 0; /* what of it tells nothing */
        if (!is_frame(key) && (!waits || open))
            tell(&t, key, help_of(event, key), value);
    }
    if (waits)
        field(context, "value", "what was said, and all that was said with it", waiting);
    if (sealed != KEPT_NO_SEALS)
        tell_seals(&t, s, event, sealed);
}
