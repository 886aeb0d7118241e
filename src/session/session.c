/* A session: one record open, with its form and the assessment that its events add up to. */
#include "session/session.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "caseload/caseload.h"
#include "caseload/directory.h"
#include "caseload/forms.h"
#include "record/draft.h"
#include "record/receipt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct session {
    struct record *record;
    struct form *form; /* the one in the first line */
    struct assessment *assessment;
    char *trouble;
    const struct form *offers_of; /* whose offers these are */
    char **offer_titles;          /* of the forms it offers, each looked for when first asked for */
    struct preview *preview;
    char *draft_place, *draft_text; /* of a record in memory; NULL */
    char receipt[RECEIPT_TEXT];     /* over the first `receipt_lines` lines; 0: none was made */
    size_t receipt_lines;
    struct services *services;      /* read when first asked for */
    char *no_services;              /* why there are none */
};

/* ---- opening ---- */

/* What is wrong with a form, as one cause: the first of it, and how much more there is. */
static void diags_cause(const char *path, const struct diags *diags, char **cause)
{
    const struct diag *first = NULL;
    for (size_t i = 0; i < diags->count && !first; i++) {
        if (diags->items[i].level == DIAG_ERROR)
            first = &diags->items[i];
    }
    cause_set(cause, "%s holds a form that cannot be used: line %zu: %s", path, first ? first->line : 0,
              first ? first->message : "");
}

/* The form in the record's first line. */
static struct form *form_of(const struct record *record, char **cause)
{
    const struct event *opened = record_event(record, 0);
    const json_t *text = json_object_get(event_value(opened, "form"), "text");
    if (!json_is_string(text)) {
        cause_set(cause, "%s: its first line holds no form.", record_path(record));
        return NULL;
    }
    struct diags diags;
    diags_init(&diags, record_path(record));
    struct form *form =
        form_load(record_path(record), json_string_value(text), json_string_length(text), &diags);
    if (!form)
        diags_cause(record_path(record), &diags, cause);
    diags_release(&diags);
    return form;
}

static void note_trouble(struct session *s, char *why)
{
    free(s->trouble);
    s->trouble = why;
}

/* Append one object and fold it in. */
static bool append(struct session *s, json_t *object, char **cause)
{
    char *why = NULL;
    switch (record_append(s->record, object, &why)) {
    case RECORD_NOT_SAVED:
        if (cause)
            *cause = why;
        else
            free(why);
        return false;
    case RECORD_UNSAFE:
        note_trouble(s, why ? why : xstrdup("This is not on the disk."));
        break;
    case RECORD_SAVED:
        free(why);
        break;
    }
    assessment_fold(s->assessment, record_event(s->record, record_count(s->record) - 1));
    return true;
}

/* Append what the rules call for. What cannot be saved now is owed still, and tried again at the next
 * occasion. */
static bool settle_debts(struct session *s, char **cause)
{
    json_t *owed;
    bool done = true;
    while (done && (owed = assessment_owed(s->assessment))) {
        done = append(s, owed, cause);
        json_decref(owed);
    }
    return done;
}

static struct session *session_of(struct record *record, struct form *form, size_t lines)
{
    struct session *s = xcalloc(1, sizeof *s);
    s->record = record;
    s->form = form;
    s->assessment = assessment_new(form);
    size_t count = record_count(record);
    for (size_t i = 0; i < count && (lines == 0 || i < lines); i++)
        assessment_fold(s->assessment, record_event(record, i));
    return s;
}

/* Which record it follows, as that one is now, and its answers. */
static void follow(json_t *opened, const struct form *form, const struct session *earlier)
{
    const struct record *record = earlier->record;
    size_t lines = record_count(record);
    json_object_set_new(opened, "follows",
                        json_pack("{s:s, s:I, s:s, s:s}", "record", record_id(record), "lines",
                                  (json_int_t)lines, "head", record_head(record), "at",
                                  record_event(record, lines - 1)->at));
    assessment_hand_on(earlier->assessment, form, opened);
}

/* `path` NULL: in memory. */
static struct session *begin(const char *path, const char *id, const char *ref, struct form *form,
                             const struct session *earlier, char **cause)
{
    json_t *opened = json_pack("{s:s, s:s, s:i, s:s}", "by", who_names[PRACTITIONER], "event", "opened",
                               "format", 1, "record", id);
    if (ref && *ref)
        json_object_set_new(opened, "ref", json_string(ref));
    json_object_set_new(opened, "form",
                        json_pack("{s:s, s:s, s:s, s:s%}", "id", form->id, "version", form->version, "sha256",
                                  form->sha256, "text", form->source, form->source_length));
    if (earlier)
        follow(opened, form, earlier);
    struct record *record = path ? record_create(path, opened, cause) : record_in_memory(opened, cause);
    json_decref(opened);
    if (!record) {
        form_free(form);
        return NULL;
    }
    return session_of(record, form, 0);
}

struct session *session_begin(const char *path, const char *id, const char *ref, struct form *form,
                              char **cause)
{
    return begin(path, id, ref, form, NULL, cause);
}

struct session *session_follow(const char *path, const char *id, const char *ref, struct form *form,
                               const struct session *earlier, char **cause)
{
    return begin(path, id, ref, form, earlier, cause);
}

struct session *session_in_memory(struct form *form, char **cause)
{
    char id[RECORD_ID_TEXT];
    record_new_id(id);
    return begin(NULL, id, NULL, form, NULL, cause);
}

bool session_is_in_memory(const struct session *s)
{
    return record_is_in_memory(s->record);
}

void session_swap(struct session *one, struct session *other)
{
    struct session held = *one;
    *one = *other;
    *other = held;
}

void session_set_preview(struct session *s, struct preview *preview)
{
    s->preview = preview;
}

struct preview *session_preview(const struct session *s)
{
    return s->preview;
}

/* Going on with the form before would be going on with other questions than they have. */
static bool is_stuck(const struct session *s, char **cause)
{
    const char *why;
    long line = assessment_stuck(s->assessment, &why);
    return line &&
           !cause_set(cause,
                      "%s cannot be gone on with here. In line %ld %s It may be of a newer alongside. Until "
                      "then it can be looked at: show --at %ld.",
                      record_path(s->record), line, why, line - 1);
}

static struct session *open_any(const char *path, enum record_mode mode, size_t lines, char **cause)
{
    struct record *record = record_open(path, mode, cause);
    if (!record)
        return NULL;
    if (lines > record_count(record)) {
        cause_set(cause, "%s has %zu lines; there is no line %zu to look back to.", path,
                  record_count(record), lines);
        record_close(record);
        return NULL;
    }
    struct form *form = form_of(record, cause);
    if (!form) {
        record_close(record);
        return NULL;
    }
    struct session *s = session_of(record, form, lines);
    if (is_stuck(s, cause) || (mode == RECORD_WRITE && !session_read_only(s) && !settle_debts(s, cause))) {
        session_close(s);
        return NULL;
    }
    return s;
}

struct session *session_open(const char *path, enum record_mode mode, char **cause)
{
    return open_any(path, mode, 0, cause);
}

struct session *session_open_at(const char *path, size_t lines, char **cause)
{
    return open_any(path, RECORD_READ, lines, cause);
}

static void forget_offers(struct session *s)
{
    for (size_t i = 0; s->offer_titles && i < s->offers_of->offer_count; i++)
        free(s->offer_titles[i]);
    free(s->offer_titles);
    s->offer_titles = NULL;
}

void session_close(struct session *s)
{
    if (!s)
        return;
    forget_offers(s);
    assessment_free(s->assessment);
    form_free(s->form);
    record_close(s->record);
    free(s->trouble);
    free(s->draft_place);
    free(s->draft_text);
    services_free(s->services);
    free(s->no_services);
    free(s);
}

/* ---- asking ---- */

/* The list beside the record; a record that lies elsewhere has that of the caseload. */
const struct services *session_services(struct session *s, const char **why)
{
    if (!s->services && !s->no_services && !session_is_in_memory(s)) {
        char *folder = path_folder(record_path(s->record)), *path = directory_path(folder);
        if (access(path, F_OK) == 0)
            s->services = directory_read(folder, &s->no_services);
        free(path);
        free(folder);
    }
    if (!s->services && !s->no_services) {
        char *folder = caseload_folder(NULL, &s->no_services);
        s->services = folder ? directory_read(folder, &s->no_services) : NULL;
        free(folder);
    }
    if (why)
        *why = s->no_services;
    return s->services;
}

/* The title of a form that came with the program; its name where it did not. */
static char *title_of(const char *name)
{
    char *file = xasprintf("%s.yaml", name), *path = forms_file(file);
    struct diags diags;
    diags_init(&diags, file);
    struct form *form = path ? form_read(path, &diags) : NULL;
    char *title = xstrdup(form ? wording(form->title, SERVICE_USER, 0) : name);
    form_free(form);
    diags_release(&diags);
    free(path);
    free(file);
    return title;
}

const char *session_offer_title(const struct session *s, size_t i)
{
    struct session *own = (struct session *)s; /* only remembers what it has looked for */
    if (own->offers_of != session_form(s)) {
        forget_offers(own);
        own->offers_of = session_form(s);
    }
    if (!own->offer_titles)
        own->offer_titles = xcalloc(own->offers_of->offer_count, sizeof *own->offer_titles);
    if (!own->offer_titles[i])
        own->offer_titles[i] = title_of(own->offers_of->offers[i].form);
    return own->offer_titles[i];
}

const struct form *session_form(const struct session *s)
{
    return assessment_form(s->assessment);
}

const struct assessment *session_assessment(const struct session *s)
{
    return s->assessment;
}

struct record *session_record(const struct session *s)
{
    return s->record;
}

const char *session_ref(const struct session *s)
{
    const char *ref = event_text(record_event(s->record, 0), "ref");
    return ref ? ref : "";
}

const char *session_read_only(const struct session *s)
{
    return record_read_only(s->record);
}

const char *session_trouble(const struct session *s)
{
    return s->trouble;
}

/* ---- the receipt ---- */

bool session_make_receipt(struct session *s, char **cause)
{
    struct receipt receipt;
    size_t lines = assessment_events(s->assessment);
    if (s->receipt_lines == lines)
        return true;
    if (!receipt_of(&receipt, s->record, lines, cause))
        return false;
    receipt_format(&receipt, s->receipt);
    s->receipt_lines = lines;
    return true;
}

const char *session_receipt(const struct session *s)
{
    return s->receipt_lines == assessment_events(s->assessment) ? s->receipt : NULL;
}

/* ---- doing ---- */

bool session_may(const struct session *s, json_t *intent, char **cause)
{
    struct event event;
    if (!json_is_object(intent))
        return cause_set(cause, "this is not a JSON object");
    assessment_complete(s->assessment, intent);
    static const char *const ours[] = {"seq", "prev", "at", "hash"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        if (json_object_get(intent, ours[i]))
            return cause_set(cause, "“%s” is written by the program, not asked for.", ours[i]);
    }
    return event_parse(intent, true, &event, cause) && assessment_follows(s->assessment, &event, cause);
}

static bool do_intent(struct session *s, json_t *intent, char **cause)
{
    if (session_read_only(s))
        return cause_set(cause, "Nothing can be written here: %s", session_read_only(s));
    if (!settle_debts(s, cause))
        return false;
    if (!record_unsafe(s->record))
        note_trouble(s, NULL); /* what could not be saved the last time is saved now */
    if (!session_may(s, intent, cause) || !append(s, intent, cause))
        return false;
    /* What was asked for is saved. What follows from it is tried now and, failing that, next time. */
    char *why = NULL;
    if (!settle_debts(s, &why))
        note_trouble(s, why);
    return true;
}

bool session_do(struct session *s, json_t *intent, char **cause)
{
    bool done = do_intent(s, intent, cause);
    json_decref(intent);
    return done;
}

bool session_rescue(struct session *s, const char *path, char **cause)
{
    if (!record_rescue(s->record, path, cause))
        return false;
    note_trouble(s, NULL);
    return true;
}

void session_keep_draft(struct session *s, const char *place, const char *text)
{
    if (!session_is_in_memory(s)) {
        draft_keep(s->record, place, text);
        return;
    }
    char *kept_place = xstrdup(place), *kept_text = xstrdup(text);
    session_drop_draft(s);
    s->draft_place = kept_place;
    s->draft_text = kept_text;
}

char *session_draft(const struct session *s, char **place)
{
    if (!session_is_in_memory(s))
        return draft_load(s->record, place);
    *place = s->draft_place ? xstrdup(s->draft_place) : NULL;
    return s->draft_text ? xstrdup(s->draft_text) : NULL;
}

void session_drop_draft(struct session *s)
{
    if (!session_is_in_memory(s)) {
        draft_drop(s->record);
        return;
    }
    free(s->draft_place);
    free(s->draft_text);
    s->draft_place = s->draft_text = NULL;
}

static json_t *intent_of(enum who by, const char *event)
{
    return json_pack("{s:s, s:s}", "by", who_names[by], "event", event);
}

/* What was given hidden stays so when something is added to it, until both are in. */
static void keep_hidden(const struct session *s, enum who by, int question, bool hidden, json_t *intent)
{
    bool was = assessment_answer(s->assessment, question, by)->hidden;
    if (hidden || (was && !assessment_revealed(s->assessment, question)))
        json_object_set_new(intent, "private", json_true());
}

static bool answer(struct session *s, enum who by, int question, json_t *value, const char *because,
                   const char *evidence, bool passed, bool hidden, char **cause)
{
    json_t *intent = intent_of(by, "answered");
    json_object_set_new(intent, "question", json_string(assessment_path(s->assessment, question)));
    json_object_set_new(intent, "value", value);
    if (because && *because)
        json_object_set_new(intent, "because", json_string(because));
    if (evidence && *evidence)
        json_object_set_new(intent, "evidence", json_string(evidence));
    if (passed)
        json_object_set_new(intent, "passed", json_true());
    keep_hidden(s, by, question, hidden, intent);
    return session_do(s, intent, cause);
}

char *session_warning(const struct session *s, enum who by, int question, const json_t *value)
{
    bool together = assessment_question(s->assessment, question)->asked_of == TOGETHER;
    return assessment_warning(s->assessment, question, together ? TOGETHER : by, value);
}

bool session_answer(struct session *s, enum who by, int question, json_t *value, const char *because,
                    const char *evidence, char **cause)
{
    const json_t *stands = assessment_answer(s->assessment, question, by)->value;
    return answer(s, by, question, value, because, evidence, stands && json_equal(stands, value), false,
                  cause);
}

bool session_answer_passed(struct session *s, enum who by, int question, json_t *value, const char *because,
                           const char *evidence, char **cause)
{
    return answer(s, by, question, value, because, evidence, true, false, cause);
}

bool session_answer_hidden(struct session *s, enum who by, int question, json_t *value, const char *because,
                           const char *evidence, char **cause)
{
    bool own = assessment_question(s->assessment, question)->reveal != REVEAL_TOGETHER;
    return answer(s, by, question, value, because, evidence, true, own, cause);
}

static bool decline(struct session *s, enum who by, int question, enum missing missing, const char *because,
                    bool hidden, char **cause)
{
    json_t *intent = intent_of(by, "declined");
    json_object_set_new(intent, "question", json_string(assessment_path(s->assessment, question)));
    json_object_set_new(intent, "missing", json_string(missing_names[missing]));
    if (because && *because)
        json_object_set_new(intent, "because", json_string(because));
    keep_hidden(s, by, question, hidden, intent);
    return session_do(s, intent, cause);
}

bool session_decline(struct session *s, enum who by, int question, enum missing missing, char **cause)
{
    return decline(s, by, question, missing, NULL, false, cause);
}

bool session_decline_hidden(struct session *s, enum who by, int question, enum missing missing,
                            const char *because, char **cause)
{
    bool own = assessment_question(s->assessment, question)->reveal != REVEAL_TOGETHER;
    return decline(s, by, question, missing, because, own, cause);
}

static json_t *structure_of(const struct session *s, enum who by, const char *event, int repeat)
{
    json_t *intent = intent_of(by, event);
    json_object_set_new(intent, "question", json_string(assessment_path(s->assessment, repeat)));
    return intent;
}

bool session_add_entry(struct session *s, enum who by, int repeat, int about, char **cause)
{
    json_t *intent = structure_of(s, by, "added", repeat);
    if (about >= 0)
        json_object_set_new(intent, "about", json_string(assessment_path(s->assessment, about)));
    return session_do(s, intent, cause);
}

bool session_move_entry(struct session *s, enum who by, const struct entry *entry, const struct entry *before,
                        char **cause)
{
    json_t *intent = structure_of(s, by, "moved", entry->repeat);
    json_object_set_new(intent, "entry", json_integer(entry->number));
    if (before)
        json_object_set_new(intent, "before", json_integer(before->number));
    return session_do(s, intent, cause);
}

bool session_remove_entry(struct session *s, enum who by, const struct entry *entry, char **cause)
{
    json_t *intent = structure_of(s, by, "removed", entry->repeat);
    json_object_set_new(intent, "entry", json_integer(entry->number));
    return session_do(s, intent, cause);
}

bool session_undo(struct session *s, enum who by, char **cause)
{
    if (!assessment_undoable(s->assessment, by))
        return cause_set(cause, "%s has nothing to undo.", assessment_name(s->assessment, by, 0));
    return session_do(s, intent_of(by, "undone"), cause);
}

bool session_redo(struct session *s, enum who by, char **cause)
{
    long of = assessment_redoable(s->assessment, by);
    if (!of)
        return cause_set(cause, "%s has nothing to bring back.", assessment_name(s->assessment, by, 0));
    json_t *intent = intent_of(by, "undone");
    json_object_set_new(intent, "of", json_integer(of));
    return session_do(s, intent, cause);
}
