/* The export tree. Keys are put in as they are to be read: jansson keeps their order. Small builders, one for
 * each kind of thing, all taking the assessment and giving an object of their own. */
#include "report/tree.h"

#include "assessment/answer.h"
#include "assessment/beside.h"
#include "base/date.h"
#include "assessment/topics.h"
#include "base/mem.h"
#include "report/tree_beside.h"
#include "session/score.h"
#include "session/summary.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The tree's words are in the form's first language: which one was read on the screen is not recorded. */
enum { LANGUAGE = 0 };

static void put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

/* Null where there is none. */
static json_t *text_or_null(const char *text)
{
    return text && *text ? json_string(text) : json_null();
}

static json_t *value_or_null(const json_t *value)
{
    return value ? json_deep_copy(value) : json_null();
}

static json_t *words_or_null(char *words)
{
    json_t *text = text_or_null(words);
    free(words);
    return text;
}

static const char *at_of(const struct assessment *a, long seq)
{
    const struct event *event = assessment_event_numbered(a, seq);
    return event ? event->at : NULL;
}

/* Who had signed, or said that they will not, before that entry; nothing where nobody had. */
static void put_later(json_t *tree, const struct assessment *a, long seq)
{
    unsigned who = event_after_signing(a, seq);
    json_t *list = who ? json_array() : NULL;
    for (int party = 0; list && party < PARTIES; party++) {
        if (who & (1u << party))
            json_array_append_new(list, json_string(who_names[party]));
    }
    if (list)
        put(tree, "after_signing_of", list);
}

/* ---- who, when, which form ---- */

/* Which version took the place of which, and when. */
static json_t *upgrades_tree(const struct assessment *a)
{
    json_t *tree = json_array();
    const struct form *from, *to;
    for (size_t i = 0; i < assessment_upgrades(a); i++) {
        const struct event *event = assessment_upgrade(a, i, &from, &to);
        json_t *one = json_object();
        put(one, "at", text_or_null(event->at));
        put(one, "by", json_string(who_names[event->by]));
        put(one, "from", json_string(from->version));
        put(one, "to", json_string(to->version));
        json_array_append_new(tree, one);
    }
    return tree;
}

static json_t *form_tree(const struct assessment *a)
{
    const struct form *form = assessment_form(a);
    json_t *tree = json_object();
    put(tree, "id", json_string(form->id));
    put(tree, "version", json_string(form->version));
    put(tree, "title", text_or_null(assessment_text(a, -1, form->title, SERVICE_USER, LANGUAGE)));
    put(tree, "language", text_or_null(form->languages[LANGUAGE]));
    put(tree, "sha256", json_string(form->sha256));
    put(tree, "upgrades", upgrades_tree(a));
    return tree;
}

/* The name a party gave last, or NULL: not what the form calls them. */
static const char *given_name(const struct assessment *a, enum who party)
{
    for (size_t i = assessment_sittings(a); i-- > 0;) {
        const char *name = assessment_sitting(a, i)->name[party];
        if (*name)
            return name;
    }
    return NULL;
}

static json_t *people_tree(const struct assessment *a)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++) {
        json_t *person = json_object();
        put(person, "name", text_or_null(given_name(a, (enum who)party)));
        const struct wording *label = assessment_form(a)->party_label[party];
        put(person, "pronouns", text_or_null(assessment_pronouns(a, (enum who)party)));
        put(person, "label", text_or_null(wording(label, (enum who)party, LANGUAGE)));
        put(tree, who_names[party], person);
    }
    return tree;
}

static json_t *notes_tree(const struct event *event)
{
    json_t *tree = json_array();
    const char *name;
    json_t *note;
    json_object_foreach(event_value(event, "notes"), name, note)
    {
        json_t *one = json_object();
        put(one, "about", json_string(name));
        put(one, "text", json_incref(note));
        json_array_append_new(tree, one);
    }
    return tree;
}

static void add_told(const struct assessment *a, json_t *tree, const struct topic *topic,
                     const struct event *event)
{
    json_t *one = json_object();
    put(one, "topic", json_string(topic->name));
    put(one, "by", json_string(who_names[event->by]));
    put(one, "value", json_deep_copy(event_value(event, "value")));
    put(one, "words", words_or_null(words_told(a, topic, event, LANGUAGE)));
    put(one, "notes", notes_tree(event));
    json_array_append_new(tree, one);
}

/* What holds of what was told in this sitting, in the order of the topics. What one of them may not see yet
 * is not told here either. */
static json_t *sitting_said_tree(const struct assessment *a, size_t sitting)
{
    json_t *tree = json_array();
    for (const struct topic *topic = topic_table; topic->name; topic++) {
        for (int party = 0; party < (topic->whose == TOPIC_EACH ? PARTIES : 1); party++) {
            const struct event *event = topic_told(a, sitting, topic, (enum who)party);
            if (event && event->seq > assessment_sitting(a, sitting)->opened &&
                topic_revealed(a, sitting, topic))
                add_told(a, tree, topic, event);
        }
    }
    return tree;
}

static json_t *agenda_tree(const struct assessment *a, size_t sitting)
{
    size_t count;
    int *agenda = topic_agenda(a, sitting, &count);
    json_t *tree = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(tree, json_string(assessment_form(a)->sections[agenda[i]].name));
    free(agenda);
    return tree;
}

/* How it ended: closed by both, or left for a pause; and the word it was closed with. */
static void put_end(const struct assessment *a, json_t *one, const struct sitting *sitting)
{
    const struct event *end = sitting->closed ? assessment_event_numbered(a, sitting->closed) : NULL;
    bool closed = end && end->kind == EVENT_CLOSED;
    put(one, "closed", json_boolean(closed));
    put(one, "word", text_or_null(closed ? event_text(end, "word") : NULL));
}

static json_t *sittings_tree(const struct assessment *a)
{
    json_t *tree = json_array();
    for (size_t i = 0; i < assessment_sittings(a); i++) {
        const struct sitting *sitting = assessment_sitting(a, i);
        json_t *one = json_object();
        put(one, "from", text_or_null(sitting->at));
        put(one, "until", text_or_null(sitting->until));
        put(one, "place", text_or_null(sitting->place));
        for (int party = 0; party < PARTIES; party++)
            put(one, who_names[party], text_or_null(sitting->name[party]));
        enum who first = topic_agenda_first(a, i);
        put(one, "minutes", json_integer(topic_minutes(a, i)));
        put(one, "chose_first", text_or_null(first == ALONGSIDE ? NULL : who_names[first]));
        put(one, "agenda", agenda_tree(a, i));
        put(one, "told", sitting_said_tree(a, i));
        put_end(a, one, sitting);
        json_array_append_new(tree, one);
    }
    return tree;
}

/* ---- questions and answers ---- */

static json_t *labels_tree(const struct assessment *a, int question)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++)
        put(tree, who_names[party], json_string(words_question(a, question, (enum who)party, LANGUAGE)));
    return tree;
}

static json_t *relevant_tree(const struct assessment *a, int question)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++)
        put(tree, who_names[party], json_boolean(assessment_relevant(a, question, (enum who)party)));
    return tree;
}

/* Until both are in, what is revealed together is in no export either: only that it is given, and when. */
static json_t *answer_tree(const struct assessment *a, int question, enum who who)
{
    static const struct answer unseen = {.at = ""};
    const struct answer *given = assessment_answer(a, question, who);
    bool hidden = answer_given(given) && !assessment_revealed(a, question);
    const struct answer *answer = hidden ? &unseen : given;
    json_t *tree = json_object();
    put(tree, "value", value_or_null(answer->value));
    put(tree, "words",
        answer->value ? words_or_null(answer_words(a, question, answer->value, who, LANGUAGE))
                      : text_or_null(words_missing(answer->missing)));
    put(tree, "because", text_or_null(answer->because));
    put(tree, "evidence", text_or_null(evidence_names[answer->evidence]));
    put(tree, "passed", json_boolean(answer->passed));
    put(tree, "missing", text_or_null(missing_names[answer->missing]));
    put(tree, "at", text_or_null(given->at));
    put(tree, "hidden", json_boolean(hidden));
    put_later(tree, a, given->seq);
    if (!json_object_get(tree, "after_signing_of")) /* each side has the same keys */
        put(tree, "after_signing_of", json_array());
    return tree;
}

static const char *asked_of_name(const struct question *q)
{
    return q->asked_of == ASKED_OF_BOTH ? "both" : who_names[q->asked_of];
}

/* The entries of a repeat that are in, in their order. */
static json_t *entries_tree(const struct assessment *a, int repeat)
{
    json_t *tree = json_array();
    for (size_t i = 0; i < assessment_entries(a, repeat); i++) {
        const struct entry *entry = assessment_entry(a, repeat, i);
        json_t *one = json_object(), *out = json_array();
        for (int party = 0; party < PARTIES; party++) {
            if (entry->out[party])
                json_array_append_new(out, json_string(who_names[party]));
        }
        put(one, "entry", json_integer(entry->number));
        put(one, "place", json_integer((json_int_t)i + 1));
        put(one, "about", entry->about >= 0 ? json_string(assessment_path(a, entry->about)) : json_null());
        put(one, "by", json_string(who_names[entry->by]));
        put(one, "at", text_or_null(at_of(a, entry->seq)));
        put(one, "wanted_out", out);
        json_array_append_new(tree, one);
    }
    return tree;
}

static void put_entry(json_t *tree, const struct assessment *a, int item)
{
    const struct entry *entry = assessment_entry_of(a, item);
    if (entry)
        put(tree, "entry", json_integer(entry->number));
}

/* Where both views stood: what was said then. */
static json_t *stood_tree(const struct assessment *a, int question)
{
    json_t *tree = json_array();
    for (size_t i = 0; i < assessment_stood(a, question); i++) {
        const char *text;
        enum who by = assessment_stood_said(a, question, i, &text);
        json_array_append_new(tree, json_pack("{s:s, s:s}", "by", who_names[by], "text", text));
    }
    return tree;
}

/* What they said in the assessment before; null where nothing. */
static json_t *last_tree(const struct assessment *a, int question)
{
    json_t *tree = json_object(), *because = json_object();
    for (int who = PRACTITIONER; who <= TOGETHER; who++) {
        const json_t *value = assessment_last(a, question, (enum who)who);
        const char *reason = assessment_last_because(a, question, (enum who)who);
        if (value)
            put(tree, who_names[who], value_or_null(value));
        if (reason)
            put(because, who_names[who], json_string(reason));
    }
    if (json_object_size(because) > 0)
        json_object_set(tree, "because", because);
    json_decref(because);
    if (assessment_both_stood(a, question))
        put(tree, "stood", stood_tree(a, question));
    if (json_object_size(tree) > 0)
        return tree;
    json_decref(tree);
    return json_null();
}

static json_t *question_tree(const struct assessment *a, int question)
{
    const struct question *q = assessment_question(a, question);
    json_t *tree = json_object();
    put(tree, "name", json_string(assessment_path(a, question)));
    put(tree, "type", json_string(question_type_names[q->type]));
    put(tree, "stage", json_string(stage_names[q->stage]));
    if (q->parent >= 0)
        put(tree, "group", json_string(assessment_form(a)->questions[q->parent].name));
    put_entry(tree, a, question);
    put(tree, "label", labels_tree(a, question));
    put(tree, "relevant", relevant_tree(a, question));
    if (q->type == TYPE_REPEAT) {
        put(tree, "asked_of", json_string(asked_of_name(q)));
        put(tree, "entries", entries_tree(a, question));
        put(tree, "come_back", json_boolean(assessment_come_back(a, question)));
    }
    if (!question_is_answered(q))
        return tree;
    put(tree, "asked_of", json_string(asked_of_name(q)));
    for (int who = PRACTITIONER; who <= TOGETHER; who++) {
        bool asked = who == TOGETHER ? q->asked_of == TOGETHER : question_asked_of(q, (enum who)who);
        put(tree, who_names[who], asked ? answer_tree(a, question, (enum who)who) : json_null());
    }
    put(tree, "agreed", value_or_null(assessment_agreed(a, question)));
    put(tree, "last", last_tree(a, question));
    put(tree, "come_back", json_boolean(assessment_come_back(a, question)));
    return tree;
}

static json_t *sections_tree(const struct assessment *a)
{
    const struct form *form = assessment_form(a);
    json_t *tree = json_array();
    int place = 0; /* the items lie section by section */
    for (int i = 0; i < form->section_count; i++) {
        const struct section *section = &form->sections[i];
        json_t *one = json_object(), *title = json_object(), *questions = json_array();
        for (int party = 0; party < PARTIES; party++)
            put(title, who_names[party], json_string(words_section(a, i, (enum who)party, LANGUAGE)));
        for (; place < assessment_count(a); place++) {
            int item = assessment_at(a, place);
            if (assessment_question(a, item)->section != i)
                break;
            if (assessment_question(a, item)->type != TYPE_CALCULATE)
                json_array_append_new(questions, question_tree(a, item));
        }
        put(one, "section", json_string(section->name));
        put(one, "title", title);
        put(one, "questions", questions);
        json_array_append_new(tree, one);
    }
    return tree;
}

/* ---- scores ---- */

static json_t *number_tree(double number)
{
    /* Beyond 2^53 whole numbers are not exact any more, and are written like any other. */
    if (number == floor(number) && fabs(number) <= 9007199254740992.0)
        return json_integer((json_int_t)number);
    json_t *real = json_real(number); /* NULL for what JSON has no number for */
    return real ? real : json_null();
}

static json_t *score_value(const struct value *value)
{
    json_t *tree;
    switch (value->type) {
    case VALUE_NUMBER:
        return number_tree(value->number);
    case VALUE_BOOLEAN:
        return json_boolean(value->boolean);
    case VALUE_LIST:
        tree = json_array();
        for (size_t i = 0; i < value->count; i++)
            json_array_append_new(tree, json_string(value->items[i]));
        return tree;
    default:
        return words_or_null(value_string(value));
    }
}

/* What it rests on, for each view. */
static json_t *basis_tree(const struct assessment *a, int item)
{
    json_t *tree = json_object();
    for (int view = PRACTITIONER; view <= TOGETHER; view++) {
        struct basis basis = score_basis(a, item, (enum who)view);
        put(tree, view == TOGETHER ? "agreed" : who_names[view],
            json_pack("{s:i, s:i, s:i}", "answered", basis.answered, "passed", basis.passed, "of", basis.of));
    }
    return tree;
}

/* The section whose score it is, or NULL. */
static const struct section *section_of_score(const struct form *form, int question)
{
    for (int i = 0; i < form->section_count; i++) {
        if (form->sections[i].score && form->sections[i].score->calculation == question)
            return &form->sections[i];
    }
    return NULL;
}

static json_t *bands_tree(const struct assessment *a, const struct score *score)
{
    json_t *tree = json_object();
    for (int view = PRACTITIONER; view <= TOGETHER; view++) {
        const struct wording *band = score_band_of(a, score, (enum who)view);
        put(tree, view == TOGETHER ? "agreed" : who_names[view],
            text_or_null(assessment_text(a, -1, band, (enum who)view, LANGUAGE)));
    }
    return tree;
}

/* Null where nothing that it rests on is answered, or not all of that may be seen yet: what an expression
 * makes of nothing is no score. */
static json_t *score_of(const struct assessment *a, int item, enum who view)
{
    const struct value *value = score_told(a, item, view);
    return value ? score_value(value) : json_null();
}

static json_t *scores_tree(const struct assessment *a)
{
    json_t *tree = json_array();
    for (int place = 0; place < assessment_count(a); place++) {
        int q = assessment_at(a, place);
        if (assessment_question(a, q)->type != TYPE_CALCULATE)
            continue;
        json_t *one = json_object();
        put(one, "name", json_string(assessment_path(a, q)));
        put_entry(one, a, q);
        put(one, "label", labels_tree(a, q));
        put(one, "relevant", relevant_tree(a, q));
        for (int party = 0; party < PARTIES; party++)
            put(one, who_names[party], score_of(a, q, (enum who)party));
        put(one, "agreed", score_of(a, q, TOGETHER));
        put(one, "basis", basis_tree(a, q));
        const struct section *section = section_of_score(assessment_form(a), q);
        put(one, "section", section ? json_string(section->name) : json_null());
        put(one, "band", section && section->score->band_count ? bands_tree(a, section->score) : json_null());
        json_array_append_new(tree, one);
    }
    return tree;
}

/* ---- disagreements ---- */

/* An event in full, as it stands in the record, without what ties its line to the one before. */
static json_t *turn_tree(const struct assessment *a, const struct event *event)
{
    json_t *tree = json_deep_copy(event->body);
    json_object_del(tree, "prev");
    if (event->kind == EVENT_SAID && !assessment_heard_shown(a, event)) {
        json_object_del(tree, "heard");
    } else if (event_waits(a, event)) { /* not what it says, nor whether it is an answer or a skip */
        static const char *const open[] = {"seq", "at", "by", "question"};
        json_object_clear(tree);
        for (size_t i = 0; i < sizeof open / sizeof *open; i++)
            json_object_set(tree, open[i], event_value(event, open[i]));
        put(tree, "event", json_string("answered"));
        put(tree, "hidden", json_true());
    }
    if (assessment_is_undone(a, event->seq))
        put(tree, "undone", json_true());
    put_later(tree, a, event->seq);
    return tree;
}

static json_t *turns_tree(const struct assessment *a, const struct disagreement *d)
{
    json_t *tree = json_array();
    for (size_t i = 0; i < d->turn_count; i++)
        json_array_append_new(tree, turn_tree(a, assessment_event_numbered(a, d->turns[i])));
    return tree;
}

static json_t *view_tree(const struct assessment *a, const struct disagreement *d, enum who party)
{
    static const struct answer unseen = {.at = ""};
    int heard = assessment_heard(a, d, party);
    bool hidden = d->question >= 0 && !assessment_revealed(a, d->question);
    const struct answer *before = &d->before[party], *after = hidden ? &unseen : &d->after[party];
    json_t *tree = json_object();
    put(tree, "before", value_or_null(before->value));
    put(tree, "after", value_or_null(after->value));
    put(tree, "because", text_or_null(after->because ? after->because : before->because));
    put(tree, "missing", text_or_null(missing_names[after->missing]));
    put(tree, "heard", heard ? json_integer(heard) : json_null());
    return tree;
}

/* All events of one kind among its turns, each with these keys of theirs, and `at`. */
static json_t *told_tree(const struct assessment *a, const struct disagreement *d, enum event_kind kind,
                         enum who by, const char *const *keys)
{
    json_t *tree = json_array();
    for (size_t i = 0; i < d->turn_count; i++) {
        const struct event *event = assessment_event_numbered(a, d->turns[i]);
        if (event->kind != kind || event->by != by || assessment_is_undone(a, event->seq))
            continue;
        json_t *one = json_object();
        for (const char *const *key = keys; *key; key++)
            put(one, *key, text_or_null(event_text(event, *key)));
        put(one, "at", text_or_null(event->at));
        json_array_append_new(tree, one);
    }
    return tree;
}

/* How many days it was, or has been, open: to when it was closed, else to the latest entry. */
static json_int_t days_of(const struct assessment *a, const struct disagreement *d)
{
    long last = d->closed ? d->closed : (long)assessment_events(a);
    const char *to = at_of(a, last), *from = at_of(a, d->opened);
    time_t days = to && from ? (clock_parse(to) - clock_parse(from)) / (24 * 60 * 60) : 0;
    return days > 0 ? (json_int_t)days : 0;
}

static json_t *disagreement_tree(const struct assessment *a, const struct disagreement *d)
{
    bool rated = d->by == ALONGSIDE;
    json_t *tree = json_object(), *confirmed = json_array();
    for (int party = 0; party < PARTIES; party++) {
        if (d->proposal.confirmed[party])
            json_array_append_new(confirmed, json_string(who_names[party]));
    }
    put(tree, "id", json_string(d->id));
    put(tree, "question", d->question >= 0 ? json_string(assessment_path(a, d->question)) : json_null());
    put(tree, "kind", json_string(kind_names[d->kind]));
    put(tree, "state", json_string(state_names[d->state]));
    put(tree, "by", json_string(who_names[d->by]));
    put(tree, "because", text_or_null(d->because));
    put(tree, "opened", text_or_null(at_of(a, d->opened)));
    put(tree, "closed", text_or_null(at_of(a, d->closed)));
    put(tree, "days", json_integer(days_of(a, d)));
    put(tree, "first", rated ? json_string(who_names[d->first]) : json_null());
    for (int party = 0; party < PARTIES; party++)
        put(tree, who_names[party], view_tree(a, d, (enum who)party));
    put(tree, "outcome", text_or_null(outcome_names[d->outcome]));
    put(tree, "change", text_or_null(change_names[d->change]));
    put(tree, "value", value_or_null(d->value));
    put(tree, "confirmed_by", confirmed);
    put(tree, "parked",
        told_tree(a, d, EVENT_PARKED, ALONGSIDE, (const char *const[]){"what", "from", "by_when", NULL}));
    put(tree, "referred",
        told_tree(a, d, EVENT_REFERRED, ALONGSIDE, (const char *const[]){"asking", "to", NULL}));
    put(tree, "supervisor",
        told_tree(a, d, EVENT_SAID, SUPERVISOR, (const char *const[]){"name", "text", NULL}));
    put(tree, "turns", turns_tree(a, d));
    return tree;
}

static json_t *disagreements_tree(const struct assessment *a)
{
    json_t *tree = json_array();
    for (size_t i = 0; i < assessment_disagreements(a); i++)
        json_array_append_new(tree, disagreement_tree(a, assessment_disagreement(a, i)));
    return tree;
}

/* ---- what was written beside the answers ---- */

/* All events of one kind that hold words and were not undone. */
static json_t *said_tree(const struct assessment *a, enum event_kind kind)
{
    json_t *tree = json_array();
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        if (event->kind != kind || !event_text(event, "text") || assessment_is_undone(a, event->seq))
            continue;
        json_t *one = json_object();
        put(one, "by", json_string(who_names[event->by]));
        put(one, "at", text_or_null(event->at));
        put(one, "question", text_or_null(event_text(event, "question")));
        put(one, "text", json_string(event_text(event, "text")));
        put_later(one, a, event->seq);
        if (kind == EVENT_STATEMENT)
            put(one, "of",
                event_integer(event, "of") ? json_integer(event_integer(event, "of")) : json_null());
        json_array_append_new(tree, one);
    }
    return tree;
}

/* What the other made of it; null where they have not said. */
static json_t *taken_tree(const struct assessment *a, const struct event *offer)
{
    const struct event *taken = offer_taken(a, offer);
    json_t *one = taken ? json_object() : json_null();
    if (!taken)
        return one;
    put(one, "by", json_string(who_names[taken->by]));
    put(one, "at", text_or_null(taken->at));
    put(one, "how", text_or_null(event_text(taken, "how")));
    put(one, "option",
        event_integer(taken, "option") ? json_integer(event_integer(taken, "option")) : json_null());
    put(one, "text", text_or_null(event_text(taken, "text")));
    put_later(one, a, taken->seq);
    return one;
}

static json_t *offers_tree(const struct assessment *a)
{
    json_t *tree = json_array();
    for (const struct event *event = NULL; (event = assessment_next(a, EVENT_OFFERED, event));) {
        json_t *one = json_object();
        put(one, "by", json_string(who_names[event->by]));
        put(one, "at", text_or_null(event->at));
        put(one, "question", text_or_null(event_text(event, "question")));
        put(one, "text", text_or_null(event_text(event, "text")));
        put(one, "options", value_or_null(event_value(event, "options")));
        put(one, "taken", taken_tree(a, event));
        put_later(one, a, event->seq);
        json_array_append_new(tree, one);
    }
    return tree;
}

static json_t *signatures_tree(const struct assessment *a)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++) {
        const struct signature *signature = assessment_signature(a, (enum who)party);
        json_t *one = signature->seq ? json_object() : json_null();
        put(tree, who_names[party], one);
        if (!signature->seq)
            continue;
        put(one, "name", text_or_null(signature->name));
        put(one, "refused", json_boolean(signature->refused));
        put(one, "because", text_or_null(signature->because));
        put(one, "at", text_or_null(at_of(a, signature->seq)));
        put(one, "changed_since", json_boolean(signature->changed_since));
    }
    return tree;
}

/* ---- the record ---- */

size_t tree_lines(const struct session *s)
{
    return assessment_events(session_assessment(s));
}

const char *tree_head(const struct session *s)
{
    return record_head_after(session_record(s), tree_lines(s));
}

static json_t *integrity_tree(const struct session *s)
{
    const struct record *record = session_record(s);
    json_t *tree = json_object();
    put(tree, "lines", json_integer((json_int_t)tree_lines(s)));
    put(tree, "head", json_string(tree_head(s)));
    put(tree, "receipt", text_or_null(session_receipt(s)));
    put(tree, "damage", text_or_null(record_damage(record)));
    put(tree, "unfinished_bytes", json_integer((json_int_t)record_torn(record)));
    return tree;
}

json_t *tree_build(const struct session *s)
{
    const struct assessment *a = session_assessment(s);
    json_t *tree = json_object();
    put(tree, "format", json_string(TREE_FORMAT));
    put(tree, "record", json_string(record_id(session_record(s))));
    put(tree, "ref", text_or_null(session_ref(s)));
    put(tree, "follows", value_or_null(event_value(assessment_event(a, 0), "follows")));
    put(tree, "form", form_tree(a));
    put(tree, "people", people_tree(a));
    put(tree, "sittings", sittings_tree(a));
    put(tree, "sections", sections_tree(a));
    put(tree, "scores", scores_tree(a));
    put(tree, "plan", summary_tree(a, LANGUAGE));
    put(tree, "disagreements", disagreements_tree(a));
    put(tree, "notes", said_tree(a, EVENT_NOTED));
    put(tree, "promises", tree_promises(a));
    put(tree, "happenings", tree_happenings(a));
    put(tree, "attendance", tree_attendance(a));
    put(tree, "episodes", tree_episodes(a));
    put(tree, "shared", tree_shared(a));
    put(tree, "said_back", tree_said_back(a));
    put(tree, "statements", said_tree(a, EVENT_STATEMENT));
    put(tree, "reframed", said_tree(a, EVENT_REFRAMED));
    put(tree, "offers", offers_tree(a));
    put(tree, "signatures", signatures_tree(a));
    put(tree, "integrity", integrity_tree(s));
    return tree;
}
