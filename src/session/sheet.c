/* Sheets: what all of them have in common, and the sheet of a sitting, made of the table of topics. Each of
 * its rows is kept as soon as it is said, so that a power cut takes no more than the row in hand. */
#include "session/sheet.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/sitting.h"
#include "session/supervise.h"
#include "session/typed.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

/* ---- what all sheets have in common ---- */

void sheet_free(struct sheet *sheet)
{
    if (!sheet)
        return;
    for (size_t i = 0; i < sheet->count; i++)
        free(sheet->rows[i].text);
    free(sheet->rows);
    free(sheet->above);
    free(sheet->place);
    sheet->class->free(sheet);
}

char *sheet_asks(const struct sheet *sheet, size_t row, enum who who, int language)
{
    const struct sheet_row *r = &sheet->rows[row];
    if (r->whose == TOPIC_BOTH)
        return xstrdup(r->label);
    const struct assessment *a = session_assessment(sheet->session);
    return xasprintf("%s: %s",
                     assessment_name(a, r->whose == TOPIC_PRACTITIONERS ? PRACTITIONER : who, language),
                     r->label);
}

size_t sheet_options(const struct sheet *sheet, size_t row)
{
    const struct sheet_row *r = &sheet->rows[row];
    if (r->type == TOPIC_SECTIONS)
        return (size_t)session_form(sheet->session)->section_count;
    size_t count = 0;
    while (r->words && r->words[count].word)
        count++;
    return count;
}

const char *sheet_option(const struct sheet *sheet, size_t row, size_t option, enum who reader, int language,
                         const char **label)
{
    const struct sheet_row *r = &sheet->rows[row];
    if (r->type == TOPIC_SECTIONS) {
        *label = words_section(session_assessment(sheet->session), (int)option, reader, language);
        return session_form(sheet->session)->sections[option].name;
    }
    *label = r->words[option].label;
    /* People go by their names, not by what they are in the record. */
    for (int party = 0; party < PARTIES; party++) {
        if (strcmp(r->words[option].word, who_names[party]) == 0)
            *label = assessment_name(session_assessment(sheet->session), (enum who)party, language);
    }
    return r->words[option].word;
}

/* What a picked word says. */
static const char *label_of(const struct sheet *sheet, size_t row, const char *word, enum who reader,
                            int language)
{
    const char *label;
    for (size_t i = 0; i < sheet_options(sheet, row); i++) {
        if (strcmp(sheet_option(sheet, row, i, reader, language, &label), word) == 0)
            return label;
    }
    return word;
}

static void add_part(struct strbuf *sb, const char *between, const char *text)
{
    if (*text)
        strbuf_addf(sb, "%s%s", sb->length ? between : "", text);
}

static void add_note(struct strbuf *sb, const json_t *notes, const char *name, const char *before,
                     const char *after)
{
    const char *note = json_string_value(json_object_get(notes, name));
    if (note && *note)
        strbuf_addf(sb, "%s%s%s", before, note, after);
}

char *sheet_words_noted(const struct sheet *sheet, size_t row, const json_t *value, const json_t *notes,
                        enum who reader, int language)
{
    const struct sheet_row *r = &sheet->rows[row];
    struct strbuf sb = STRBUF_INIT;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            const char *word = json_string_value(json_array_get(value, i));
            add_part(&sb, r->type == TOPIC_SECTIONS ? ", " : "; ",
                     word ? label_of(sheet, row, word, reader, language) : "");
            if (word)
                add_note(&sb, notes, word, " (", ")");
        }
        if (!sb.length)
            strbuf_add(&sb, "None of them");
    } else if (r->type == TOPIC_SEEN) {
        strbuf_add(&sb, json_is_true(value) ? "Seen" : "");
    } else if (json_is_integer(value)) {
        char number[24];
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        strbuf_add(&sb, r->words ? label_of(sheet, row, number, reader, language) : number);
    } else if (json_is_string(value)) {
        const char *text = json_string_value(value);
        strbuf_add(&sb, r->type == TOPIC_ONE   ? label_of(sheet, row, text, reader, language)
                        : r->type == TOPIC_DAY ? words_day(text)
                                               : text);
    } else if (json_is_boolean(value)) {
        strbuf_add(&sb, json_is_true(value) ? "Yes" : "No");
    }
    for (const struct topic_word *n = r->notes; n && n->word && r->type != TOPIC_SEVERAL && sb.length; n++)
        add_note(&sb, notes, n->word, ", ", "");
    return strbuf_detach(&sb);
}

char *sheet_words(const struct sheet *sheet, size_t row, const json_t *value, enum who reader, int language)
{
    return sheet_words_noted(sheet, row, value, NULL, reader, language);
}

json_t *sheet_typed(const struct sheet *sheet, size_t row, const char *text, char **cause)
{
    const struct sheet_row *r = &sheet->rows[row];
    if (r->type == TOPIC_DAY) {
        char iso[16];
        if (typed_day(text, iso))
            return json_string(iso);
        cause_set(cause, "“%s” is not a day. Type it like this: 30/11/2026.", text);
        return NULL;
    }
    if (r->type == TOPIC_NUMBER) {
        size_t digits = strspn(text, "0123456789");
        long number = digits > 0 && digits < 4 && !text[digits] ? strtol(text, NULL, 10) : 0;
        if (number > 0)
            return json_integer(number);
        cause_set(cause, "“%s” is not a whole number. Type it like this: 4.", text);
        return NULL;
    }
    return json_string(text);
}

json_t *sheet_picked(const struct sheet *sheet, size_t row, const size_t *options, size_t count)
{
    const struct sheet_row *r = &sheet->rows[row];
    const char *label;
    if (r->type == TOPIC_SCALE)
        return json_integer(strtol(sheet_option(sheet, row, options[0], SERVICE_USER, 0, &label), NULL, 10));
    if (r->type == TOPIC_ONE)
        return json_string(sheet_option(sheet, row, options[0], SERVICE_USER, 0, &label));
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list,
                              json_string(sheet_option(sheet, row, options[i], SERVICE_USER, 0, &label)));
    return list;
}

static bool is_said(const struct sheet *sheet, size_t row, enum who who)
{
    return sheet->class->given(sheet, row, who) != NULL;
}

size_t sheet_lacks(const struct sheet *sheet)
{
    size_t row = 0;
    while (row < sheet->count && (!sheet->rows[row].needed || is_said(sheet, row, SERVICE_USER) ||
                                  is_said(sheet, row, PRACTITIONER)))
        row++;
    return row;
}

enum who sheet_turn(const struct sheet *sheet, size_t row, enum who keyboard)
{
    if (row >= sheet->count || sheet->rows[row].whose == TOPIC_BOTH)
        return keyboard;
    if (sheet->rows[row].whose == TOPIC_PRACTITIONERS)
        return PRACTITIONER;
    return !is_said(sheet, row, SERVICE_USER)   ? SERVICE_USER
           : !is_said(sheet, row, PRACTITIONER) ? PRACTITIONER
                                                : keyboard;
}

/* ---- the sheet of a sitting ---- */

enum { MOST_TOPICS = 40, MOST_COMMENTS = 4 };

/* What the supervisor wrote has two rows: it is read, and each may say something to it. */
enum comment_row { NO_COMMENT, COMMENT_READ, COMMENT_SAID };

struct sitting_sheet {
    struct sheet sheet;
    const struct topic *topic[MOST_TOPICS]; /* of each row; NULL: the word that the sitting is closed with */
    enum comment_row comment[MOST_TOPICS];  /* or it is a row of what the supervisor wrote: */
    long comment_seq[MOST_TOPICS];
    char *comment_title[MOST_TOPICS];
    size_t promises; /* the row that opens the sheet of a promise; MOST_TOPICS: none */
    char *word_label;
    bool looked; /* the recap is looked at each time anew: things were done since */
    json_t *word;
};

static const struct sitting_sheet *sitting_of(const struct sheet *sheet)
{
    return (const struct sitting_sheet *)sheet;
}

/* Time and place of the next one: its day alone is not found again. */
static const struct topic_word beside_next[] = {{"time", "At what time?"}, {"place", "Where?"}, {NULL, NULL}};

static const struct event *told(const struct sheet *sheet, size_t row, enum who who)
{
    const struct assessment *a = session_assessment(sheet->session);
    size_t sittings = assessment_sittings(a);
    const struct topic *topic = sitting_of(sheet)->topic[row];
    if (topic && strcmp(topic->name, "recap") == 0 && !sitting_of(sheet)->looked)
        return NULL;
    return topic && sittings ? topic_told(a, sittings - 1, topic, who) : NULL;
}

/* ---- what the supervisor wrote ---- */

static const json_t *comment_given(const struct sheet *sheet, size_t row, enum who who)
{
    const struct sitting_sheet *s = sitting_of(sheet);
    const struct assessment *a = session_assessment(sheet->session);
    if (s->comment[row] == COMMENT_READ)
        return comment_acknowledged(a, s->comment_seq[row]) ? json_true() : NULL;
    const struct event *said = supervise_said(a, s->comment_seq[row], who);
    return said ? event_value(said, "text") : NULL;
}

static bool comment_set(struct sheet *sheet, size_t row, enum who by, const json_t *value, char **cause)
{
    const struct sitting_sheet *s = sitting_of(sheet);
    return s->comment[row] == COMMENT_READ
               ? supervise_read(sheet->session, s->comment_seq[row], cause)
               : supervise_say(sheet->session, s->comment_seq[row], by, json_string_value(value), cause);
}

/* What is not read yet; what is beyond the first few stands in the timeline. */
static void add_comments(struct sitting_sheet *s, int language)
{
    const struct assessment *a = session_assessment(s->sheet.session);
    long seqs[MOST_COMMENTS];
    size_t count = supervise_unread(a, seqs, MOST_COMMENTS);
    for (size_t i = 0; i < count && i < MOST_COMMENTS; i++) {
        const struct event *comment = assessment_event_numbered(a, seqs[i]);
        for (int row = COMMENT_READ; row <= COMMENT_SAID; row++) {
            size_t at = s->sheet.count++;
            s->comment[at] = (enum comment_row)row;
            s->comment_seq[at] = seqs[i];
            s->sheet.rows[at] = (struct sheet_row){.label = "What do you say to it?", .type = TOPIC_TEXT};
            if (row == COMMENT_SAID)
                continue;
            s->comment_title[at] = supervise_title(a, comment, language);
            s->sheet.rows[at] = (struct sheet_row){.label = s->comment_title[at],
                                                   .text = xasprintf("“%s”", event_text(comment, "text")),
                                                   .type = TOPIC_SEEN,
                                                   .whose = TOPIC_PRACTITIONERS};
        }
    }
}

/* ---- its rows ---- */

static char *value_of(const struct sheet *sheet, size_t row, enum who who, int language)
{
    const struct assessment *a = session_assessment(sheet->session);
    const struct sitting_sheet *s = sitting_of(sheet);
    if (s->comment[row] == COMMENT_READ && comment_given(sheet, row, who))
        return xasprintf("%s has read it", assessment_name(a, PRACTITIONER, language));
    if (s->comment[row])
        return sheet_words(sheet, row, comment_given(sheet, row, who), who, language);
    if (row == s->promises)
        return sitting_promises(sheet->session, language);
    if (!s->topic[row])
        return xstrdup(s->word ? json_string_value(s->word) : "");
    const struct event *event = told(sheet, row, who);
    if (!event)
        return xstrdup("");
    if (!topic_revealed(a, assessment_sittings(a) - 1, s->topic[row]))
        return xstrdup("Said. Not shown yet.");
    return sheet_words_noted(sheet, row, event_value(event, "value"), event_value(event, "notes"), who,
                             language);
}

static const json_t *given_of(const struct sheet *sheet, size_t row, enum who who)
{
    const struct sitting_sheet *s = sitting_of(sheet);
    if (s->comment[row])
        return comment_given(sheet, row, who);
    if (row == s->promises)
        return NULL;
    const struct event *event = told(sheet, row, who);
    const json_t *value = event ? event_value(event, "value") : s->topic[row] ? NULL : s->word;
    return json_is_string(value) && !*json_string_value(value) ? NULL : value; /* taken back */
}

static const json_t *noted_of(const struct sheet *sheet, size_t row, enum who who)
{
    const struct event *event = told(sheet, row, who);
    return event ? event_value(event, "notes") : NULL;
}

static bool set_row(struct sheet *sheet, size_t row, enum who by, json_t *value, json_t *notes, char **cause)
{
    struct sitting_sheet *s = (struct sitting_sheet *)sheet;
    if (s->comment[row]) {
        bool done = comment_set(sheet, row, by, value, cause);
        json_decref(value);
        json_decref(notes);
        return done;
    }
    if (!s->topic[row]) {
        json_decref(s->word);
        s->word = *json_string_value(value) ? json_incref(value) : NULL;
        json_decref(value);
        json_decref(notes);
        return true;
    }
    json_t *intent = json_pack("{s:s, s:s, s:s, s:o}", "by", who_names[by], "event", "told", "topic",
                               s->topic[row]->name, "value", value);
    if (json_object_size(notes) > 0)
        json_object_set(intent, "notes", notes);
    json_decref(notes);
    bool done = session_do(sheet->session, intent, cause);
    s->looked = s->looked || (done && strcmp(s->topic[row]->name, "recap") == 0);
    return done;
}

static struct sheet *opens(const struct sheet *sheet, size_t row)
{
    return row == sitting_of(sheet)->promises ? sheet_promised(sheet->session) : NULL;
}

static bool close_sitting(struct sheet *sheet, enum who by, char **cause)
{
    const struct sitting_sheet *s = sitting_of(sheet);
    json_t *intent = json_pack("{s:s, s:s}", "by", who_names[s->word ? SERVICE_USER : by], "event", "closed");
    if (s->word)
        json_object_set(intent, "word", s->word);
    return session_do(sheet->session, intent, cause);
}

static json_t *unkept(const struct sheet *sheet)
{
    const struct sitting_sheet *s = sitting_of(sheet);
    return s->word ? json_pack("{s:O}", "word", s->word) : NULL;
}

static void take_up(struct sheet *sheet, const json_t *unkept)
{
    struct sitting_sheet *s = (struct sitting_sheet *)sheet;
    json_t *word = json_object_get(unkept, "word");
    if (!json_is_string(word))
        return;
    json_decref(s->word);
    s->word = json_incref(word);
}

static void free_sitting(struct sheet *sheet)
{
    struct sitting_sheet *s = (struct sitting_sheet *)sheet;
    for (size_t i = 0; i < MOST_TOPICS; i++)
        free(s->comment_title[i]);
    json_decref(s->word);
    free(s->word_label);
    free(s);
}

static const struct sheet_class opening_class = {
    .value = value_of, .given = given_of, .noted = noted_of, .set = set_row, .free = free_sitting};
static const struct sheet_class closing_class = {.value = value_of,
                                                 .given = given_of,
                                                 .noted = noted_of,
                                                 .set = set_row,
                                                 .done = close_sitting,
                                                 .opens = opens,
                                                 .unkept = unkept,
                                                 .take_up = take_up,
                                                 .free = free_sitting};

/* What is to be read before a row. */
static char *text_of(const struct session *session, const struct topic *topic, int language)
{
    const struct assessment *a = session_assessment(session);
    if (topic->text)
        return xstrdup(assessment_text(a, -1, topic->text(session_form(session)), SERVICE_USER, language));
    return topic == topic_named("recap") ? sitting_recap(session, language) : NULL;
}

static void add_topic(struct sitting_sheet *s, const struct topic *topic, int language)
{
    struct sheet_row *row = &s->sheet.rows[s->sheet.count];
    *row = (struct sheet_row){
        .label = topic->label, .type = topic->type, .whose = topic->whose, .words = topic->words};
    row->text = text_of(s->sheet.session, topic, language);
    row->needed = topic == topic_named("recap");
    row->hidden = topic->hidden;
    row->notes = topic == topic_named("next")       ? beside_next
                 : topic == topic_named("practice") ? topic->words
                                                    : NULL;
    s->topic[s->sheet.count++] = topic;
}

/* What they promise each other: as many as they like, one sheet each. */
static void add_promises(struct sitting_sheet *s)
{
    s->promises = s->sheet.count;
    s->sheet.rows[s->sheet.count++] = (struct sheet_row){
        .label = "What do you promise each other?", .type = TOPIC_TEXT, .whose = TOPIC_BOTH};
}

/* A word of the service user's own, by which they know a copy of it again. */
static void add_word(struct sitting_sheet *s, int language)
{
    const struct assessment *a = session_assessment(s->sheet.session);
    s->word_label =
        xasprintf("A word of your own, %s, to know this day by", assessment_name(a, SERVICE_USER, language));
    s->sheet.rows[s->sheet.count++] =
        (struct sheet_row){.label = s->word_label, .type = TOPIC_TEXT, .whose = TOPIC_BOTH};
}

struct sheet *sheet_sitting(struct session *session, enum topic_stage stage)
{
    struct sitting_sheet *s = xcalloc(1, sizeof *s);
    bool opening = stage == TOPIC_OPENING;
    s->promises = MOST_TOPICS;
    int language = assessment_language(session_assessment(session), SERVICE_USER);
    s->sheet = (struct sheet){.class = opening ? &opening_class : &closing_class,
                              .session = session,
                              .place = xstrdup(opening ? "+begin" : "+stop"),
                              .title = opening ? "Before we begin" : "Before we stop",
                              .closes = !opening,
                              .done_words = opening ? "Begin" : "Close this sitting",
                              .left_words = opening ? NULL : "The sitting goes on. What you said is kept.",
                              .rows = xcalloc(MOST_TOPICS, sizeof *s->sheet.rows)};
    if (opening)
        s->sheet.above = sitting_brought_along(session, language);
    for (const struct topic *topic = topic_table; topic->name; topic++) {
        if (topic->stage == stage && topic_is_there(topic, session_form(session)) &&
            s->sheet.count + 2 + 2 * MOST_COMMENTS < MOST_TOPICS)
            add_topic(s, topic, language);
        if (topic == topic_named("recap") && !opening)
            add_promises(s);
        /* How they are comes first; what was written may be what they want to talk about. */
        if (opening && topic == topic_named("arriving"))
            add_comments(s, language);
    }
    if (!opening)
        add_word(s, language);
    return &s->sheet;
}
