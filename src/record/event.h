/* Events: what a record is made of, and the one table of what there can be.
 *
 * The reader, the writer, `alongside apply`, the man page alongside-record(5) and the schema share it. */
#ifndef RECORD_EVENT_H
#define RECORD_EVENT_H

#include "form/who.h"

#include <jansson.h>
#include <stdbool.h>

enum event_kind {
    EVENT_OPENED,
    EVENT_RECOVERED,
    EVENT_SAT,
    EVENT_PAUSED,
    EVENT_ANSWERED,
    EVENT_DECLINED,
    EVENT_CLEARED,
    EVENT_RAISED,
    EVENT_DIFFERED,
    EVENT_SAID,
    EVENT_PROPOSED,
    EVENT_CONFIRMED,
    EVENT_RESOLVED,
    EVENT_PARKED,
    EVENT_REFERRED,
    EVENT_REOPENED,
    EVENT_UNDONE,
    EVENT_NOTED,
    EVENT_PROMISED,
    EVENT_KEPT,
    EVENT_SIGNED,
    EVENT_CLOSED,
    EVENT_SHARED,
    EVENT_STATEMENT,
    EVENT_COMMENTED,
    EVENT_COUNTERSIGNED,
    EVENT_ADDED,
    EVENT_MOVED,
    EVENT_REMOVED,
    EVENT_UPGRADED,
    EVENT_TOLD,
    EVENT_SAID_BACK,
    EVENT_MARKED,
    EVENT_REFRAMED,
    EVENT_OFFERED,
    EVENT_TAKEN,
    EVENT_HAPPENED,
    EVENT_CAME_OF_IT,
    EVENT_COPIED,
    EVENT_ACKNOWLEDGED,
    EVENT_REFLECTED,
    EVENT_LESSON,
    EVENT_HANDED_OVER,
    EVENT_UNKNOWN, /* written by a newer version: kept, and shown as such */
};

/* What a key's value must be. */
enum field_type {
    FIELD_TEXT,    /* a string */
    FIELD_INTEGER, /* a whole number */
    FIELD_BOOLEAN,
    FIELD_OBJECT,
    FIELD_ARRAY,
    FIELD_ANSWER, /* what a question's answer may be: a string, a number, true, or an array of strings */
};

struct event_field {
    const char *name; /* NULL ends the list */
    enum field_type type;
    bool required;
    const char *help; /* one line, for the man page and the schema */
};

struct event_info {
    const char *name;
    unsigned by; /* a bit (1u << who) for each who may do it */
    const struct event_field *fields;
    const char *help;
};

/* By event_kind, up to EVENT_UNKNOWN, which has a NULL name. */
extern const struct event_info event_table[];

/* One event of a record. Everything belongs to the record, or to whoever holds a reference to `body`. */
struct event {
    long seq; /* from 1 */
    enum event_kind kind;
    enum who by;
    const char *at; /* "YYYY-MM-DDTHH:MM:SSZ" */
    json_t *body;   /* the whole line's object, `hash` excepted */
};

/* Look at the shape of an event's object: a known `event`, a `by` that may do it, known keys with values of
 * the right type, the needed ones there. False and a cause with "did you mean" where not. `seq`, `prev`, `at`
 * may be missing. An event of an unknown kind, and unknown keys, are refused if `strict` (what a person or a
 * program asks for) and accepted if not (what a newer version may have written). Fills in *event; its `body`
 * is a borrowed reference. */
bool event_parse(json_t *object, bool strict, struct event *event, char **cause);

/* Shorthands for the string, whole number or anything of an event's body; NULL or 0 where it is not there. */
const char *event_text(const struct event *event, const char *key);
/* The same, with what stands in where it is not there. */
const char *event_text_or(const struct event *event, const char *key, const char *otherwise);
long event_integer(const struct event *event, const char *key);
json_t *event_value(const struct event *event, const char *key);

#endif
