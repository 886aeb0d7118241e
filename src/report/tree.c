/* The export tree. Keys are put in as they are to be read: jansson keeps their order. Small builders, one for
 * each kind of thing, all taking the assessment and giving an object of their own. */
#include "report/tree.h"

#include "assessment/answer.h"
#include "assessment/beside.h"
#include "base/date.h"
#include "assessment/topics.h"
#include "base/mem.h"
#include "report/tree_beside.h"
#include "report/tree_supervision.h"
#include "report/tree_values.h"
#include "session/score.h"
#include "session/summary.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The tree's words are in the form's first language: which one was read on the screen is not recorded. */
enum { LANGUAGE = 0 };

/* Null where there is none. */
static json_t *words_or_null(char *words)
{
    json_t *text = tree_text(words);
    free(words);
    return text;
}

static const char *at_of(const struct assessment *a, long seq)
{
    const struct event *event = assessment_event_numbered(a, seq);
    return event ? event->at : NULL;
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
        tree_put(one, "at", tree_text(event->at));
        tree_put(one, "by", json_string(who_names[event->by]));
        tree_put(one, "from", json_string(from->version));
        tree_put(one, "to", json_string(to->version));
        json_array_append_new(tree, one);
    }
    return tree;
}

static json_t *form_tree(const struct assessment *a)
{
    const struct form *form = assessment_form(a);
    json_t *tree = json_object();
    tree_put(tree, "id", json_string(form->id));
    tree_put(tree, "version", json_string(form->version));
    tree_put(tree, "title", tree_text(assessment_text(a, -1, form->title, SERVICE_USER, LANGUAGE)));
    tree_put(tree, "language", tree_text(form->languages[LANGUAGE]));
    tree_put(tree, "sha256", json_string(form->sha256));
    tree_put(tree, "upgrades", upgrades_tree(a));
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
        tree_put(person, "name", tree_text(given_name(a, (enum who)party)));
        const struct wording *label = assessment_form(a)->party_label[party];
        tree_put(person, "pronouns", tree_text(assessment_pronouns(a, (enum who)party)));
        tree_put(person, "label", tree_text(wording(label, (enum who)party, LANGUAGE)));
        tree_put(tree, who_names[party], person);
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
        tree_put(one, "about", json_string(name));
        tree_put(one, "text", json_incref(note));
        json_array_append_new(tree, one);
    }
    return tree;
}

static void add_told(const struct assessment *a, json_t *tree, const struct topic *topic,
                     const struct event *event)
{
    json_t *one = json_object();
    tree_put(one, "topic", json_string(topic->name));
    tree_put(one, "by", json_string(who_names[event->by]));
    tree_put(one, "value", json_deep_copy(event_value(event, "value")));
    tree_put(one, "words", words_or_null(words_told(a, topic, event, LANGUAGE)));
    tree_put(one, "notes", notes_tree(event));
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
    tree_put(one, "closed", json_boolean(closed));
    tree_put(one, "word", tree_text(closed ? event_text(end, "word") : NULL));
}

static json_t *sittings_tree(const struct assessment *a)
{
    json_t *tree = json_array();
    for (size_t i = 0; i < assessment_sittings(a); i++) {
        const struct sitting *sitting = assessment_sitting(a, i);
        json_t *one = json_object();
        tree_put(one, "from", tree_text(sitting->at));
        tree_put(one, "until", tree_text(sitting->until));
        tree_put(one, "place", tree_text(sitting->place));
        for (int party = 0; party < PARTIES; party++)
            tree_put(one, who_names[party], tree_text(sitting->name[party]));
        enum who first = topic_agenda_first(a, i);
        tree_put(one, "minutes", json_integer(topic_minutes(a, i)));
        tree_put(one, "chose_first", tree_text(first == ALONGSIDE ? NULL : who_names[first]));
        tree_put(one, "agenda", agenda_tree(a, i));
        tree_put(one, "told", sitting_said_tree(a, i));
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
        tree_put(tree, who_names[party], json_string(words_question(a, question, (enum who)party, LANGUAGE)));
    return tree;
}

static json_t *relevant_tree(const struct assessment *a, int question)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++)
        tree_put(tree, who_names[party], json_boolean(assessment_relevant(a, question, (enum who)party)));
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
    tree_put(tree, "value", tree_value(answer->value));
    tree_put(tree, "words",
             answer->value ? words_or_null(answer_words(a, question, answer->value, who, LANGUAGE))
                           : tree_text(words_missing(answer->missing)));
    tree_put(tree, "because", tree_text(answer->because));
    tree_put(tree, "evidence", tree_text(evidence_names[answer->evidence]));
    tree_put(tree, "passed", json_boolean(answer->passed));
    tree_put(tree, "missing", tree_text(missing_names[answer->missing]));
    tree_put(tree, "at", tree_text(given->at));
    tree_put(tree, "hidden", json_boolean(hidden));
    tree_put_later(tree, a, given->seq);
    if (!json_object_get(tree, "after_signing_of")) /* each side has the same keys */
        tree_put(tree, "after_signing_of", json_array());
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
        tree_put(one, "entry", json_integer(entry->number));
        tree_put(one, "place", json_integer((json_int_t)i + 1));
        tree_put(one, "about",
                 entry->about >= 0 ? json_string(assessment_path(a, entry->about)) : json_null());
        tree_put(one, "by", json_string(who_names[entry->by]));
        tree_put(one, "at", tree_text(at_of(a, entry->seq)));
        tree_put(one, "wanted_out", out);
        json_array_append_new(tree, one);
    }
    return tree;
}

static void put_entry(json_t *tree, const struct assessment *a, int item)
{
    const struct entry *entry = assessment_entry_of(a, item);
    if (entry)
        tree_put(tree, "entry", json_integer(entry->number));
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
            tree_put(tree, who_names[who], tree_value(value));
        if (reason)
            tree_put(because, who_names[who], json_string(reason));
    }
    if (json_object_size(because) > 0)
        json_object_set(tree, "because", because);
    json_decref(because);
    if (assessment_both_stood(a, question))
        tree_put(tree, "stood", stood_tree(a, question));
    if (json_object_size(tree) > 0)
        return tree;
    json_decref(tree);
    return json_null();
}

static json_t *question_tree(const struct assessment *a, int question)
{
    const struct question *q = assessment_question(a, question);
    json_t *tree = json_object();
    tree_put(tree, "name", json_string(assessment_path(a, question)));
    tree_put(tree, "type", json_string(question_type_names[q->type]));
    tree_put(tree, "stage", json_string(stage_names[q->stage]));
    if (q->parent >= 0)
        tree_put(tree, "group", json_string(assessment_form(a)->questions[q->parent].name));
    put_entry(tree, a, question);
    tree_put(tree, "label", labels_tree(a, question));
    tree_put(tree, "relevant", relevant_tree(a, question));
    if (q->type == TYPE_REPEAT) {
        tree_put(tree, "asked_of", json_string(asked_of_name(q)));
        tree_put(tree, "entries", entries_tree(a, question));
        tree_put(tree, "come_back", json_boolean(assessment_come_back(a, question)));
    }
    if (!question_is_answered(q))
        return tree;
    tree_put(tree, "asked_of", json_string(asked_of_name(q)));
    for (int who = PRACTITIONER; who <= TOGETHER; who++) {
        bool asked = who == TOGETHER ? q->asked_of == TOGETHER : question_asked_of(q, (enum who)who);
        tree_put(tree, who_names[who], asked ? answer_tree(a, question, (enum who)who) : json_null());
    }
    tree_put(tree, "agreed", tree_value(assessment_agreed(a, question)));
    tree_put(tree, "last", last_tree(a, question));
    tree_put(tree, "come_back", json_boolean(assessment_come_back(a, question)));
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
            tree_put(title, who_names[party], json_string(words_section(a, i, (enum who)party, LANGUAGE)));
        for (; place < assessment_count(a); place++) {
            int item = assessment_at(a, place);
            if (assessment_question(a, item)->section != i)
                break;
            if (assessment_question(a, item)->type != TYPE_CALCULATE)
                json_array_append_new(questions, question_tree(a, item));
        }
        tree_put(one, "section", json_string(section->name));
        tree_put(one, "title", title);
        tree_put(one, "questions", questions);
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
        tree_put(
            tree, view == TOGETHER ? "agreed" : who_names[view],
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
        tree_put(tree, view == TOGETHER ? "agreed" : who_names[view],
                 tree_text(assessment_text(a, -1, band, (enum who)view, LANGUAGE)));
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
        tree_put(one, "name", json_string(assessment_path(a, q)));
        put_entry(one, a, q);
        tree_put(one, "label", labels_tree(a, q));
        tree_put(one, "relevant", relevant_tree(a, q));
        for (int party = 0; party < PARTIES; party++)
            tree_put(one, who_names[party], score_of(a, q, (enum who)party));
        tree_put(one, "agreed", score_of(a, q, TOGETHER));
        tree_put(one, "basis", basis_tree(a, q));
        const struct section *section = section_of_score(assessment_form(a), q);
        tree_put(one, "section", section ? json_string(section->name) : json_null());
        tree_put(one, "band",
                 section && section->score->band_count ? bands_tree(a, section->score) : json_null());
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
        tree_put(tree, "event", json_string("answered"));
        tree_put(tree, "hidden", json_true());
    }
    if (assessment_is_undone(a, event->seq))
        tree_put(tree, "undone", json_true());
    tree_put_later(tree, a, event->seq);
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
    tree_put(tree, "before", tree_value(before->value));
    tree_put(tree, "after", tree_value(after->value));
    tree_put(tree, "because", tree_text(after->because ? after->because : before->because));
    tree_put(tree, "missing", tree_text(missing_names[after->missing]));
    tree_put(tree, "heard", heard ? json_integer(heard) : json_null());
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
            tree_put(one, *key, tree_text(event_text(event, *key)));
        tree_put(one, "at", tree_text(event->at));
        json_array_append_new(tree, one);
    }
    return tree;
}

/* How many days it was, or has been, open: to when it was closed, else to the latest entry. */
static json_int_t days_of(const struct assessment *a, const struct disagreement *d)
{
    long last = d->closed ? d->closed : (long)assessment_events(a);
    const char *to = at_of(a, last), *from = at_of(a, d->opened);
    time_t days = to && from ? (clock_parse(to) - clock_parse(from)) / (24L * 60 * 60) : 0;
    return days > 0 ? (json_int_t)days : 0;
}

json_t *tree_disagreement(const struct assessment *a, const struct disagreement *d)
{
    bool rated = d->by == ALONGSIDE;
    json_t *tree = json_object(), *confirmed = json_array();
    for (int party = 0; party < PARTIES; party++) {
        if (d->proposal.confirmed[party])
            json_array_append_new(confirmed, json_string(who_names[party]));
    }
    tree_put(tree, "id", json_string(d->id));
    tree_put(tree, "question", d->question >= 0 ? json_string(assessment_path(a, d->question)) : json_null());
    tree_put(tree, "kind", json_string(kind_names[d->kind]));
    tree_put(tree, "state", json_string(state_names[d->state]));
    tree_put(tree, "by", json_string(who_names[d->by]));
    tree_put(tree, "because", tree_text(d->because));
    tree_put(tree, "opened", tree_text(at_of(a, d->opened)));
    tree_put(tree, "closed", tree_text(at_of(a, d->closed)));
    tree_put(tree, "days", json_integer(days_of(a, d)));
    tree_put(tree, "first", rated ? json_string(who_names[d->first]) : json_null());
    for (int party = 0; party < PARTIES; party++)
        tree_put(tree, who_names[party], view_tree(a, d, (enum who)party));
    tree_put(tree, "outcome", tree_text(outcome_names[d->outcome]));
    tree_put(tree, "change", tree_text(change_names[d->change]));
    tree_put(tree, "value", tree_value(d->value));
    tree_put(tree, "confirmed_by", confirmed);
    tree_put(
        tree, "parked",
        told_tree(a, d, EVENT_PARKED, ALONGSIDE, (const char *const[]){"what", "from", "by_when", NULL}));
    tree_put(tree, "referred",
             told_tree(a, d, EVENT_REFERRED, ALONGSIDE, (const char *const[]){"asking", "to", NULL}));
    tree_put(tree, "supervisor",
             told_tree(a, d, EVENT_SAID, SUPERVISOR, (const char *const[]){"name", "text", NULL}));
    tree_put(tree, "turns", turns_tree(a, d));
    return tree;
}

static json_t *disagreements_tree(const struct assessment *a)
{
    json_t *tree = json_array();
    for (size_t i = 0; i < assessment_disagreements(a); i++)
        json_array_append_new(tree, tree_disagreement(a, assessment_disagreement(a, i)));
    return tree;
}

/* ---- the end ---- */

static json_t *signatures_tree(const struct assessment *a)
{
    json_t *tree = json_object();
    for (int party = 0; party < PARTIES; party++) {
        const struct signature *signature = assessment_signature(a, (enum who)party);
        json_t *one = signature->seq ? json_object() : json_null();
        tree_put(tree, who_names[party], one);
        if (!signature->seq)
            continue;
        tree_put(one, "name", tree_text(signature->name));
        tree_put(one, "refused", json_boolean(signature->refused));
        tree_put(one, "because", tree_text(signature->because));
        tree_put(one, "at", tree_text(at_of(a, signature->seq)));
        tree_put(one, "changed_since", json_boolean(signature->changed_since));
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
    tree_put(tree, "lines", json_integer((json_int_t)tree_lines(s)));
    tree_put(tree, "head", json_string(tree_head(s)));
    tree_put(tree, "receipt", tree_text(session_receipt(s)));
    tree_put(tree, "damage", tree_text(record_damage(record)));
    tree_put(tree, "unfinished_bytes", json_integer((json_int_t)record_torn(record)));
    return tree;
}

json_t *tree_build(const struct session *s)
{
    const struct assessment *a = session_assessment(s);
    json_t *tree = json_object();
    tree_put(tree, "format", json_string(TREE_FORMAT));
    tree_put(tree, "record", json_string(record_id(session_record(s))));
    tree_put(tree, "ref", tree_text(session_ref(s)));
    tree_put(tree, "follows", tree_value(event_value(assessment_event(a, 0), "follows")));
    tree_put(tree, "form", form_tree(a));
    tree_put(tree, "people", people_tree(a));
    tree_put(tree, "lead", tree_lead(a));
    tree_put(tree, "leads", tree_leads(a));
    tree_put(tree, "sittings", sittings_tree(a));
    tree_put(tree, "sections", sections_tree(a));
    tree_put(tree, "scores", scores_tree(a));
    tree_put(tree, "plan", summary_tree(a, LANGUAGE));
    tree_put(tree, "disagreements", disagreements_tree(a));
    tree_put(tree, "notes", tree_said(a, EVENT_NOTED));
    tree_put(tree, "promises", tree_promises(a));
    tree_put(tree, "happenings", tree_happenings(a));
    tree_put(tree, "attendance", tree_attendance(a));
    tree_put(tree, "episodes", tree_episodes(a));
    tree_put(tree, "shared", tree_shared(a));
    tree_put(tree, "said_back", tree_said_back(a));
    tree_put(tree, "statements", tree_said(a, EVENT_STATEMENT));
    tree_put(tree, "reframed", tree_said(a, EVENT_REFRAMED));
    tree_put(tree, "offers", tree_offers(a));
    tree_put(tree, "comments", tree_comments(a));
    tree_put(tree, "reflections", tree_learned(a, EVENT_REFLECTED));
    tree_put(tree, "lessons", tree_learned(a, EVENT_LESSON));
    tree_put(tree, "signatures", signatures_tree(a));
    tree_put(tree, "countersignatures", tree_countersignatures(a));
    tree_put(tree, "integrity", integrity_tree(s));
    return tree;
}
