/* Sheets whose rows together become one event when they are done: something that happened, something that was
 * passed on, a promise. Nothing is kept before: a sheet that is left was not filled in.
 *
 * What was said so far stands in one object, under the event's own keys and in the form in which the event
 * will hold it; only “told”, true or false there, is a word to pick here. */
#include "session/sheet.h"

#include "assessment/happened.h"
#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "session/typed.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 12, MOST_WORDS = 3 };

struct event_sheet {
    struct sheet sheet;
    const char *event;           /* what is written when it is done */
    const char *keys[MOST_ROWS]; /* of that event, row by row */
    char *labels[MOST_ROWS];     /* those made for it, with a name in them; NULL: a table's */
    struct topic_word whose[MOST_WORDS + 1];
    char *names[PARTIES]; /* in those */
    json_t *given;        /* by key */
    json_t *fixed;        /* what the event holds besides */
    bool touched;         /* somebody has said something, besides what stood there */
};

static const struct topic_word told_words[] = {
    {"yes", "Yes"}, {"no", "No. It is written here, to be read at any time"}, {NULL, NULL}};

static struct event_sheet *self_of(const struct sheet *sheet)
{
    return (struct event_sheet *)sheet;
}

/* ---- what is in it ---- */

static const json_t *given(const struct sheet *sheet, size_t row, enum who who)
{
    (void)who;
    return json_object_get(self_of(sheet)->given, self_of(sheet)->keys[row]);
}

static char *value(const struct sheet *sheet, size_t row, enum who who, int language)
{
    const json_t *said = given(sheet, row, who);
    const char *text = json_string_value(said);
    (void)language;
    if (json_is_integer(said))
        return xasprintf("%lld", (long long)json_integer_value(said));
    if (text && sheet->rows[row].type == TOPIC_DAY)
        return xstrdup(words_day(text));
    for (const struct topic_word *w = sheet->rows[row].words; text && w && w->word; w++) {
        if (strcmp(w->word, text) == 0)
            return xstrdup(w->label);
    }
    return xstrdup(text ? text : "");
}

static bool is_blank(const char *text)
{
    return strspn(text, " \t\n") == strlen(text);
}

/* What is to be kept of what was said; NULL and a cause where it is not right. */
static json_t *read_value(const struct sheet_row *row, const json_t *said, char **cause)
{
    const char *text = json_string_value(said);
    char day[DATE_TEXT], *end;
    long number;
    switch (row->type) {
    case TOPIC_DAY:
        if (text && typed_day(text, day))
            return json_string(day);
        cause_set(cause, "“%s” is not a day. Type it like this: 30/11/2026.", text ? text : "");
        return NULL;
    case TOPIC_NUMBER:
        number = text ? strtol(text, &end, 10) : (long)json_integer_value(said);
        if (number >= 1 && number < 100000 && (!text || !*end))
            return json_integer(number);
        cause_set(cause, "Type a whole number, from 1.");
        return NULL;
    case TOPIC_ONE:
        for (const struct topic_word *w = row->words; text && w->word; w++) {
            if (strcmp(w->word, text) == 0)
                return json_string(text);
        }
        cause_set(cause, "Pick one of the list.");
        return NULL;
    default:
        if (text)
            return json_string(text);
        cause_set(cause, "Say it in words.");
        return NULL;
    }
}

static bool set(struct sheet *sheet, size_t row, enum who by, json_t *said, json_t *notes, char **cause)
{
    struct event_sheet *v = self_of(sheet);
    bool none = !said || json_is_null(said) || (json_is_string(said) && is_blank(json_string_value(said)));
    json_t *kept = none ? NULL : read_value(&sheet->rows[row], said, cause);
    (void)by;
    json_decref(said);
    json_decref(notes);
    v->touched = v->touched || none || kept;
    if (none)
        json_object_del(v->given, v->keys[row]);
    else if (kept)
        json_object_set_new(v->given, v->keys[row], kept);
    return none || kept;
}

static json_t *unkept(const struct sheet *sheet)
{
    const struct event_sheet *v = self_of(sheet);
    return v->touched ? json_incref(v->given) : NULL;
}

static void take_up(struct sheet *sheet, const json_t *unkept)
{
    const struct event_sheet *v = self_of(sheet);
    for (size_t i = 0; i < sheet->count; i++) {
        json_t *said = json_object_get(unkept, v->keys[i]);
        char *cause = NULL;
        if (said)
            set(sheet, i, SERVICE_USER, json_incref(said), NULL, &cause);
        free(cause); /* what is not right is as if it had not been said */
    }
}

/* ---- done ---- */

static bool done(struct sheet *sheet, enum who by, char **cause)
{
    struct event_sheet *v = self_of(sheet);
    for (size_t i = 0; i < sheet->count; i++) {
        if (sheet->rows[i].needed && !given(sheet, i, by))
            return cause_set(cause, "This is still open: %s", sheet->rows[i].label);
    }
    json_t *intent = json_pack("{s:s, s:s}", "by", who_names[by], "event", v->event);
    json_object_update(intent, v->fixed);
    json_object_update(intent, v->given);
    for (size_t i = 0; i < sheet->count; i++) {
        if (sheet->rows[i].words == told_words && given(sheet, i, by))
            json_object_set_new(intent, v->keys[i],
                                json_boolean(strcmp(json_string_value(given(sheet, i, by)), "yes") == 0));
    }
    return session_do(sheet->session, intent, cause);
}

static void free_sheet(struct sheet *sheet)
{
    struct event_sheet *v = self_of(sheet);
    for (size_t i = 0; i < MOST_ROWS; i++)
        free(v->labels[i]);
    for (int party = 0; party < PARTIES; party++)
        free(v->names[party]);
    json_decref(v->given);
    json_decref(v->fixed);
    free(v);
}

static const struct sheet_class event_sheet_class = {.value = value,
                                                     .given = given,
                                                     .set = set,
                                                     .done = done,
                                                     .unkept = unkept,
                                                     .take_up = take_up,
                                                     .free = free_sheet};

/* ---- making them ---- */

static struct event_sheet *sheet_new(struct session *s, const char *event, const char *title,
                                     const char *done_words)
{
    struct event_sheet *v = xcalloc(1, sizeof *v);
    v->sheet = (struct sheet){.class = &event_sheet_class,
                              .session = s,
                              .title = title,
                              .done_words = done_words,
                              .left_words = "Nothing was written down.",
                              .rows = xcalloc(MOST_ROWS, sizeof *v->sheet.rows)};
    v->event = event;
    v->given = json_object();
    v->fixed = json_object();
    return v;
}

static struct sheet_row *add_row(struct event_sheet *v, const char *key, const char *label,
                                 enum topic_type type, const struct topic_word *words, bool needed)
{
    size_t i = v->sheet.count++;
    v->keys[i] = key;
    v->sheet.rows[i] = (struct sheet_row){
        .label = label, .type = type, .whose = TOPIC_BOTH, .words = words, .needed = needed};
    return &v->sheet.rows[i];
}

/* Today, until another day is said. */
static void add_day(struct event_sheet *v)
{
    char day[DATE_TEXT];
    add_row(v, "on", "On which day?", TOPIC_DAY, NULL, true);
    json_object_set_new(v->given, "on", json_string(date_format(clock_today(), day)));
}

/* The two by their names. */
static const struct topic_word *by_name(struct event_sheet *v, const struct topic_word *words)
{
    size_t n = 0;
    for (; words->word && n < MOST_WORDS; words++, n++) {
        v->whose[n] = *words;
        for (int party = 0; party < PARTIES; party++) {
            if (strcmp(words->word, who_names[party]) != 0)
                continue;
            free(v->names[party]);
            v->names[party] =
                xstrdup(assessment_name(session_assessment(v->sheet.session), (enum who)party, 0));
            v->whose[n].label = v->names[party];
        }
    }
    v->whose[n] = (struct topic_word){NULL, NULL};
    return v->whose;
}

struct sheet *sheet_happened(struct session *s, const struct happened_kind *kind)
{
    struct event_sheet *v = sheet_new(s, "happened", kind->label, "Write it down");
    v->sheet.place = xasprintf("+%s", kind->name);
    json_object_set_new(v->fixed, "what", json_string(kind->name));
    for (const struct happened_field *field = kind->fields; field->name; field++) {
        const struct topic_word *words = field->words;
        if (words && strcmp(field->name, "whose") == 0)
            words = by_name(v, words);
        add_row(v, field->name, field->label,
                words           ? TOPIC_ONE
                : field->number ? TOPIC_NUMBER
                                : TOPIC_TEXT,
                words, field->required);
    }
    add_day(v);
    return &v->sheet;
}

struct sheet *sheet_shared(struct session *s)
{
    struct event_sheet *v = sheet_new(s, "shared", "Something was passed on", "Write it down");
    v->sheet.place = xstrdup("+shared");
    add_row(v, "what", "What was passed on?", TOPIC_TEXT, NULL, true);
    add_row(v, "to", "To whom?", TOPIC_TEXT, NULL, true);
    add_row(v, "because", "Why?", TOPIC_TEXT, NULL, true);
    add_row(v, "basis", "By what right? A law, a rule, or a yes", TOPIC_TEXT, NULL, true);
    size_t row = v->sheet.count;
    v->labels[row] =
        xasprintf("Was %s told about it?", assessment_name(session_assessment(s), SERVICE_USER, 0));
    add_row(v, "told", v->labels[row], TOPIC_ONE, told_words, true);
    add_day(v);
    return &v->sheet;
}

struct sheet *sheet_promised_about(struct session *s, int item)
{
    struct event_sheet *v = sheet_new(s, "promised", "A promise", "I promise");
    struct sheet_row *row = add_row(v, "text", "What will you do?", TOPIC_TEXT, NULL, true);
    add_row(v, "by_when", "By which day?", TOPIC_DAY, NULL, false);
    v->sheet.place = xasprintf("+promised%s%s", item >= 0 ? "@" : "",
                               item >= 0 ? assessment_path(session_assessment(s), item) : "");
    if (item >= 0) {
        const struct assessment *a = session_assessment(s);
        char *about = words_item(a, item, SERVICE_USER, assessment_language(a, SERVICE_USER));
        row->text = xasprintf("About: %s", about);
        free(about);
        json_object_set_new(v->fixed, "question", json_string(assessment_path(a, item)));
    }
    return &v->sheet;
}

struct sheet *sheet_promised(struct session *s)
{
    return sheet_promised_about(s, -1);
}
