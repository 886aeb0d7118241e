/* Digests made: a record read and folded, and what the review asks of it put into a block.
 *
 * Forms are kept at hand, as thousands of records hold the same few: they are told apart by their whole text,
 * not by what a record calls them. */
#include "review/making.h"

#include "assessment/supervision.h"
#include "assessment/topics.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/utf8.h"
#include "caseload/due.h"
#include "record/record.h"
#include "record/spare.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_FORMS = 16 };

/* ---- the digester ---- */

struct held_form {
    struct form *form;
    size_t used; /* the round in which it was last wanted */
};

struct digester {
    struct held_form forms[MOST_FORMS];
    size_t form_count, round;
    struct facts **facts;
    size_t facts_count, facts_room;
    struct spare *spare; /* so that forms' texts are not parsed thousands of times either */
};

struct digester *digester_new(void)
{
    struct digester *digester = xcalloc(1, sizeof *digester);
    digester->spare = spare_new();
    return digester;
}

void digester_free(struct digester *digester)
{
    if (!digester)
        return;
    for (size_t i = 0; i < digester->form_count; i++)
        form_free(digester->forms[i].form);
    for (size_t i = 0; i < digester->facts_count; i++)
        free(digester->facts[i]);
    free(digester->facts);
    spare_free(digester->spare);
    free(digester);
}

/* The form in a record's first line, by its whole text. NULL where it cannot be used. */
static const struct form *form_in(struct digester *digester, const struct record *record)
{
    const json_t *source = json_object_get(event_value(record_event(record, 0), "form"), "text");
    if (!json_is_string(source))
        return NULL;
    size_t length = json_string_length(source);
    digester->round++;
    struct held_form *oldest = &digester->forms[0];
    for (size_t i = 0; i < digester->form_count; i++) {
        struct held_form *held = &digester->forms[i];
        if (held->form->source_length == length &&
            memcmp(held->form->source, json_string_value(source), length) == 0) {
            held->used = digester->round;
            return held->form;
        }
        if (held->used < oldest->used)
            oldest = held;
    }
    struct diags diags;
    diags_init(&diags, record_path(record));
    struct form *form = form_load(record_path(record), json_string_value(source), length, &diags);
    diags_release(&diags);
    if (!form)
        return NULL;
    if (digester->form_count < MOST_FORMS)
        oldest = &digester->forms[digester->form_count++];
    else
        form_free(oldest->form);
    *oldest = (struct held_form){form, digester->round};
    return form;
}

static const struct facts *facts_in(struct digester *digester, const struct form *form)
{
    for (size_t i = 0; i < digester->facts_count; i++) {
        if (strcmp(digester->facts[i]->sha256, form->sha256) == 0)
            return digester->facts[i];
    }
    GROW(digester->facts, digester->facts_count, digester->facts_room);
    return digester->facts[digester->facts_count++] = facts_of(form);
}

/* ---- a record ---- */

struct making {
    const struct assessment *a;
    const struct facts *facts;
    struct block block;
    struct digest head;
    int32_t *of_item; /* by item: the first disagreement that two answers to it made; -1 */
};

static uint16_t few(size_t count)
{
    return count < UINT16_MAX ? (uint16_t)count : UINT16_MAX;
}

static int64_t when(const struct assessment *a, long seq)
{
    const struct event *event = seq > 0 ? assessment_event_numbered(a, seq) : NULL;
    return event ? (int64_t)clock_parse(event->at) : 0;
}

static int64_t last_entry(const struct assessment *a)
{
    return when(a, (long)assessment_events(a));
}

/* The end of a sitting, where nobody said so: the next begins, or nothing comes after. */
static int64_t sitting_end(const struct assessment *a, size_t i)
{
    const struct sitting *sitting = assessment_sitting(a, i);
    if (*sitting->until)
        return (int64_t)clock_parse(sitting->until);
    return i + 1 < assessment_sittings(a) ? (int64_t)clock_parse(assessment_sitting(a, i + 1)->at)
                                          : last_entry(a);
}

/* How long two instants lie apart, the time in which they did not sit together left out. */
static int32_t seconds_together(const struct assessment *a, int64_t from, int64_t to)
{
    int64_t sum = 0;
    for (size_t i = 0; i < assessment_sittings(a); i++) {
        int64_t begin = (int64_t)clock_parse(assessment_sitting(a, i)->at), end = sitting_end(a, i);
        begin = begin > from ? begin : from;
        end = end < to ? end : to;
        sum += end > begin ? end - begin : 0;
    }
    if (assessment_sittings(a) == 0)
        sum = to > from ? to - from : 0;
    return sum < INT32_MAX ? (int32_t)sum : INT32_MAX;
}

/* The sitting that an event belongs to, from 1 (a sitting gone on with after a pause is one); 0: none. */
static size_t sitting_of(const struct assessment *a, long seq)
{
    size_t found = 0;
    for (size_t i = 0; i < assessment_sittings(a) && assessment_sitting(a, i)->opened <= seq; i++)
        found = topic_sitting_began(a, i) + 1;
    return found;
}

/* A word of a list by its place, from 1; 0 where it is none of them. */
static uint8_t place_of_word(const struct topic_word *words, const char *word)
{
    for (uint8_t i = 0; words && word && words[i].word; i++) {
        if (strcmp(words[i].word, word) == 0)
            return (uint8_t)(i + 1);
    }
    return 0;
}

static uint8_t told_word(const struct assessment *a, size_t sitting, const char *topic, enum who who)
{
    const struct topic *t = topic_named(topic);
    const struct event *told = topic_told(a, sitting, t, who);
    if (!told || !topic_revealed(a, sitting, t))
        return 0;
    const json_t *value = event_value(told, "value");
    if (t->type == TOPIC_SCALE) {
        json_int_t step = json_integer_value(value);
        return step >= 1 && step <= 5 ? (uint8_t)step : 0;
    }
    return place_of_word(t->words, json_string_value(value));
}

/* ---- disagreements ---- */

static digest_text answer_text(struct making *m, const struct disagreement *d, const struct answer *answer,
                               enum who party)
{
    if (answer->value)
        return text_taken(&m->block, d->question >= 0
                                         ? answer_brief(m->a, d->question, answer->value, party, 0)
                                         : words_value(m->a, -1, answer->value, 0));
    return text(&m->block, words_missing(answer->missing));
}

/* The two answers before and after: where they lie, and how they read. What neither may see is not told. */
static void put_answers(struct making *m, const struct disagreement *d, struct digest_disagreement *one)
{
    const struct question *q = d->question >= 0 ? assessment_question(m->a, d->question) : NULL;
    static const struct answer unseen = {.at = ""};
    bool hidden = q && !assessment_revealed(m->a, d->question);
    for (int moment = 0; moment < MOMENTS; moment++) {
        const struct answer *answers[PARTIES];
        for (int party = 0; party < PARTIES; party++) {
            const struct answer *answer = moment == BEFORE ? &d->before[party] : &d->after[party];
            answers[party] = moment == AFTER && hidden ? &unseen : answer;
            double place;
            one->place[moment][party] =
                q && answers[party]->value && answer_place(q, answers[party]->value, &place) ? place : NAN;
            one->answer[moment][party] = answer_text(m, d, answers[party], (enum who)party);
        }
        bool both = q && answers[PRACTITIONER]->value && answers[SERVICE_USER]->value;
        one->gap[moment] =
            both ? answer_gap(q, answers[PRACTITIONER]->value, answers[SERVICE_USER]->value) : NAN;
    }
    for (int party = 0; party < PARTIES; party++) {
        const char *because = d->before[party].because;
        if (!because && !hidden)
            because = d->after[party].because;
        if (!because && (int)d->by == party)
            because = d->because;
        one->because[party] = text(&m->block, because);
    }
}

static void put_turn(struct making *m, struct digest_disagreement *one, const struct event *event)
{
    if (assessment_is_undone(m->a, event->seq))
        return;
    switch (event->kind) {
    case EVENT_SAID:
        if (event->by == SUPERVISOR) {
            one->answered = true;
        } else if (event->by == PRACTITIONER || event->by == SERVICE_USER) {
            int reason =
                event_text(event, "reason") ? vocab_find(reason_names, event_text(event, "reason")) : -1;
            one->said[event->by] += event_text(event, "text") != NULL && one->said[event->by] < UINT16_MAX;
            if (reason >= 0)
                one->reasons[event->by] |= (uint16_t)(1u << reason);
        }
        break;
    case EVENT_PARKED:
    case EVENT_REFERRED:
        one->waits_since = (int64_t)clock_parse(event->at);
        one->waits_for = text_taken(&m->block, event->kind == EVENT_PARKED ? waiting_for_words(event)
                                                                           : waiting_asked_words(event));
        one->until = text(&m->block, event_text(event, "by_when"));
        one->answered = false;
        break;
    case EVENT_REOPENED:
        one->reopened += one->reopened < UINT16_MAX;
        break;
    default:
        break;
    }
}

static void put_disagreement(struct making *m, const struct disagreement *d)
{
    struct digest_disagreement one = {
        .opened = when(m->a, d->opened),
        .closed = when(m->a, d->closed),
        .question = d->question >= 0 ? assessment_question(m->a, d->question)->number : -1,
        .area = d->question >= 0 ? assessment_question(m->a, d->question)->section : -1,
        .kind = (uint8_t)d->kind,
        .state = (uint8_t)d->state,
        .by = (uint8_t)d->by,
        .first = (uint8_t)d->first,
        .outcome = (uint8_t)d->outcome,
        .change = (uint8_t)d->change,
    };
    one.seconds = seconds_together(m->a, one.opened, one.closed ? one.closed : last_entry(m->a));
    one.id = text(&m->block, d->id);
    one.path = text(&m->block, d->question >= 0 ? assessment_path(m->a, d->question) : "");
    for (int party = 0; party < PARTIES; party++)
        one.heard[party] = (uint8_t)assessment_heard(m->a, d, (enum who)party);
    put_answers(m, d, &one);
    for (size_t i = 0; i < d->turn_count; i++)
        put_turn(m, &one, assessment_event_numbered(m->a, d->turns[i]));
    if (d->state != STATE_PARKED && d->state != STATE_REFERRED)
        one.waits_since = 0;
    size_t sitting = sitting_of(m->a, d->opened);
    one.sitting = (uint8_t)(sitting < UINT8_MAX ? sitting : UINT8_MAX);
    one.pen = sitting ? told_word(m->a, sitting - 1, "pen", PRACTITIONER) : 0;
    if (d->question >= 0 && d->by == ALONGSIDE && d->state != STATE_WITHDRAWN && m->of_item[d->question] < 0)
        m->of_item[d->question] = (int32_t)m->block.counts[DIGEST_DISAGREEMENTS];
    put(&m->block, DIGEST_DISAGREEMENTS, &one, sizeof one);
}

/* ---- pairs ---- */

struct first_answers {
    const json_t *value[PARTIES]; /* as they stand while the events are gone through */
    long seq[PARTIES];
    bool in; /* both were in: they stand as they were */
};

static void put_pair(struct making *m, int item, const json_t *p, const json_t *s, enum who first, int64_t at,
                     int32_t disagreement)
{
    const struct question *q = assessment_question(m->a, item);
    const struct facts_question *facts = facts_question(m->facts, (size_t)q->number);
    const struct entry *entry = assessment_entry_of(m->a, item);
    if (!p || !s || !question_is_compared(q))
        return;
    struct digest_pair one = {
        .at = at,
        .question = q->number,
        .entry = entry ? entry->number : 0,
        .disagreement = disagreement,
        .step = {step_of(q, facts, p), step_of(q, facts, s)},
        .first = (uint8_t)first,
        .differ = answer_differs(q, p, s),
    };
    put(&m->block, DIGEST_PAIRS, &one, sizeof one);
}

/* `most`: how many items are asked for. Others are in entries that were taken out. */
static void take_answer(const struct assessment *a, struct first_answers *firsts, int most,
                        const struct event *event)
{
    const char *path = event_text(event, "question");
    int item = path ? assessment_find(a, path) : -1;
    if (item < 0 || item >= most || firsts[item].in || assessment_is_undone(a, event->seq) ||
        (event->by != PRACTITIONER && event->by != SERVICE_USER))
        return;
    struct first_answers *first = &firsts[item];
    first->value[event->by] = event->kind == EVENT_ANSWERED ? event_value(event, "value") : NULL;
    first->seq[event->by] = event->seq;
    first->in = first->value[PRACTITIONER] && first->value[SERVICE_USER];
}

/* Where two answers were found to differ, they stand in the disagreement. Where not, the events are gone
 * through for the first moment at which both were in; what was taken back does not count. */
static void put_pairs(struct making *m)
{
    const struct assessment *a = m->a;
    int most = 0;
    for (int place = 0; place < assessment_count(a); place++)
        most = assessment_at(a, place) >= most ? assessment_at(a, place) + 1 : most;
    for (size_t i = 0; i < assessment_disagreements(a); i++)
        most = assessment_disagreement(a, i)->question >= most ? assessment_disagreement(a, i)->question + 1
                                                               : most;
    m->of_item = xcalloc((size_t)most + 1, sizeof *m->of_item);
    for (int i = 0; i <= most; i++)
        m->of_item[i] = -1;
    for (size_t i = 0; i < assessment_disagreements(a); i++)
        put_disagreement(m, assessment_disagreement(a, i));
    struct first_answers *firsts = xcalloc((size_t)most + 1, sizeof *firsts);
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        if (event->kind == EVENT_ANSWERED || event->kind == EVENT_DECLINED || event->kind == EVENT_CLEARED)
            take_answer(a, firsts, most, event);
    }
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        int32_t number = m->of_item[item];
        const struct first_answers *first = &firsts[item];
        if (number >= 0) {
            const struct disagreement *d = assessment_disagreement(a, (size_t)number);
            put_pair(m, item, d->before[PRACTITIONER].value, d->before[SERVICE_USER].value, d->first,
                     when(a, d->opened), number);
        } else if (first->in) {
            put_pair(m, item, first->value[PRACTITIONER], first->value[SERVICE_USER],
                     first->seq[PRACTITIONER] < first->seq[SERVICE_USER] ? PRACTITIONER : SERVICE_USER,
                     when(a, first->seq[PRACTITIONER] > first->seq[SERVICE_USER] ? first->seq[PRACTITIONER]
                                                                                 : first->seq[SERVICE_USER]),
                     -1);
        }
    }
    free(firsts);
    free(m->of_item);
}

/* ---- sittings ---- */

static uint32_t skills_of(const struct assessment *a, size_t sitting)
{
    const struct topic *practice = topic_named("practice");
    const struct event *told = topic_told(a, sitting, practice, PRACTITIONER);
    const json_t *value = told ? event_value(told, "value") : NULL;
    uint32_t bits = 0;
    for (size_t i = 0; i < json_array_size(value); i++) {
        uint8_t place = place_of_word(practice->words, json_string_value(json_array_get(value, i)));
        bits |= place ? 1u << (place - 1) : 0;
    }
    return bits;
}

/* What happened from one event to before another. */
static void count_between(const struct assessment *a, long from, long to, struct digest_sitting *one)
{
    for (long seq = from; seq < to; seq++) {
        const struct event *event = assessment_event_numbered(a, seq);
        if (!event || assessment_is_undone(a, seq))
            continue;
        if ((event->kind == EVENT_ANSWERED || event->kind == EVENT_DECLINED) &&
            !event_text(event, "through") && event->by < PARTIES)
            one->answers[event->by] += one->answers[event->by] < UINT16_MAX;
        one->there |= event->kind == EVENT_CLOSED ? SAT_CLOSED : 0;
        one->copies += event->kind == EVENT_COPIED && one->copies < UINT16_MAX;
    }
    for (size_t i = 0; i < assessment_disagreements(a); i++) {
        const struct disagreement *d = assessment_disagreement(a, i);
        one->opened = few(one->opened + (size_t)(d->opened >= from && d->opened < to));
        one->settled = few(one->settled + (size_t)(d->closed >= from && d->closed < to));
    }
}

static void put_sittings(struct making *m)
{
    const struct assessment *a = m->a;
    size_t count = assessment_sittings(a);
    for (size_t i = 0; i < count;) {
        struct digest_sitting one = {.at = (int64_t)clock_parse(assessment_sitting(a, i)->at)};
        size_t began = topic_sitting_began(a, i), last = i;
        for (; i < count && topic_sitting_began(a, i) == began; last = i++) {
            long end = i + 1 < count ? assessment_sitting(a, i + 1)->opened : (long)assessment_events(a) + 1;
            one.minutes += (int32_t)topic_minutes(a, i);
            count_between(a, assessment_sitting(a, i)->opened, end, &one);
        }
        one.until = *assessment_sitting(a, last)->until ? sitting_end(a, last) : 0;
        one.skills = skills_of(a, last);
        one.pen = told_word(a, last, "pen", PRACTITIONER);
        size_t sections;
        int *agenda = topic_agenda(a, last, &sections);
        free(agenda);
        one.there |= agenda ? SAT_AGENDA : 0;
        one.there |= topic_told(a, last, topic_named("recap"), PRACTITIONER) ? SAT_RECAP : 0;
        one.there |= topic_told(a, last, topic_named("next"), PRACTITIONER) ? SAT_NEXT : 0;
        for (int party = 0; party < PARTIES; party++) {
            one.arriving[party] = told_word(a, last, "arriving", (enum who)party);
            one.how_it_was[party] = told_word(a, last, "how_it_was", (enum who)party);
        }
        put(&m->block, DIGEST_SITTINGS, &one, sizeof one);
    }
}

/* ---- the rest ---- */

static int32_t day_in(const char *words)
{
    int day;
    return words && date_parse(words, &day) ? day : DIGEST_NO_DAY;
}

static void put_promises(struct making *m)
{
    size_t count;
    struct promise *promises = assessment_promises(m->a, &count);
    for (size_t i = 0; i < count; i++) {
        const struct promise *promise = &promises[i];
        struct digest_promise one = {
            .at = when(m->a, promise->seq),
            .due = day_in(promise->by_when),
            .area = promise->item >= 0 ? assessment_question(m->a, promise->item)->section : -1,
            .text = text(&m->block, promise->text),
            .by = (uint8_t)promise->by,
            .kept = {(uint8_t)promise->kept[PRACTITIONER], (uint8_t)promise->kept[SERVICE_USER]},
        };
        put(&m->block, DIGEST_PROMISES, &one, sizeof one);
    }
    free(promises);
}

static uint8_t happened_word(const struct happened_kind *kind, const struct event *event, const char *field)
{
    for (const struct happened_field *f = kind->fields; f->name; f++) {
        if (strcmp(f->name, field) == 0)
            return place_of_word(f->words, event_text(event, field));
    }
    return 0;
}

static void put_happened(struct making *m)
{
    for (const struct event *e = NULL; (e = assessment_next(m->a, EVENT_HAPPENED, e));) {
        const struct happened_kind *kind = happened_kind_of(e);
        if (!kind)
            continue;
        long minutes = event_integer(e, "minutes");
        struct digest_happened one = {
            .day = day_in(event_text(e, "on")),
            .minutes = minutes > 0 && minutes < INT32_MAX ? (int32_t)minutes : 0,
            .text = text(&m->block, event_text(e, "text")),
            .kind = (uint8_t)(kind - happened_table),
            .by = (uint8_t)e->by,
            .whose = happened_word(kind, e, "whose"),
            .absence = happened_word(kind, e, "absence"),
            .how = happened_word(kind, e, "how"),
            .reached = happened_word(kind, e, "reached"),
        };
        put(&m->block, DIGEST_HAPPENED, &one, sizeof one);
    }
}

/* A day or an instant, in seconds. */
static int64_t moment_of(const char *words)
{
    int day;
    if (!words)
        return 0;
    if (date_parse(words, &day))
        return (int64_t)day * 24 * 60 * 60;
    return (int64_t)clock_parse(words);
}

static void put_episodes(struct making *m)
{
    enum { MOST_EPISODES = 64 };
    struct episode episodes[MOST_EPISODES];
    size_t count = happened_episodes(m->a, episodes, MOST_EPISODES);
    const struct happened_kind *left = happened_named("left");
    for (size_t i = 0; i < count; i++) {
        struct digest_episode one = {.from = moment_of(episodes[i].from), .to = moment_of(episodes[i].to)};
        for (const struct happened_field *f = left->fields; f->name; f++) {
            if (strcmp(f->name, "how") == 0)
                one.how = place_of_word(f->words, episodes[i].how);
        }
        put(&m->block, DIGEST_EPISODES, &one, sizeof one);
    }
}

/* Which disagreement of the digest it is; -1. They stand there in the assessment's order. */
static int32_t number_of(const struct assessment *a, const struct disagreement *d)
{
    for (size_t i = 0; d && i < assessment_disagreements(a); i++) {
        if (assessment_disagreement(a, i) == d)
            return (int32_t)i;
    }
    return -1;
}

/* A lesson is written for others: its words without the names that this record knows. */
static char *without_names(const struct assessment *a, const char *words)
{
    struct deidentify *names = deidentify_new();
    deidentify_add_record(names, a);
    char *unnamed = deidentify_text(names, words);
    deidentify_free(names);
    return unnamed;
}

static void put_remark(struct making *m, enum digest_remark_kind kind, enum who by, long seq, const char *at,
                       const struct disagreement *d, const char *name, const char *words,
                       const struct event *acknowledged)
{
    struct digest_remark one = {
        .at = (int64_t)clock_parse(at),
        .acknowledged = acknowledged ? (int64_t)clock_parse(acknowledged->at) : 0,
        .seq = (int32_t)seq,
        .disagreement = number_of(m->a, d),
        .name = text(&m->block, name),
        .text = text(&m->block, words),
        .unnamed = kind == REMARK_LESSON ? text_taken(&m->block, without_names(m->a, words)) : 0,
        .kind = (uint8_t)kind,
        .by = (uint8_t)by,
    };
    put(&m->block, DIGEST_REMARKS, &one, sizeof one);
    struct digest_disagreement *about =
        one.disagreement >= 0
            ? (struct digest_disagreement *)m->block.parts[DIGEST_DISAGREEMENTS].text + one.disagreement
            : NULL;
    if (about && (kind == REMARK_COMMENT || kind == REMARK_COACHING)) {
        about->comments += about->comments < UINT16_MAX;
        about->unacknowledged += !acknowledged && about->unacknowledged < UINT16_MAX;
    }
}

static void put_learned(struct making *m, enum digest_remark_kind kind, struct learned *learned, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_remark(m, kind, learned[i].by, learned[i].seq, learned[i].at, learned[i].disagreement,
                   learned[i].name, learned[i].text, NULL);
    free(learned);
}

static void put_remarks(struct making *m)
{
    const struct assessment *a = m->a;
    size_t count;
    struct comment *comments = supervision_comments(a, &count);
    for (size_t i = 0; i < count; i++)
        put_remark(m, comments[i].coaching ? REMARK_COACHING : REMARK_COMMENT, SUPERVISOR, comments[i].seq,
                   comments[i].at, comments[i].disagreement, comments[i].name, comments[i].text,
                   comments[i].acknowledged);
    free(comments);
    struct learned *learned = supervision_reflections(a, &count);
    put_learned(m, REMARK_REFLECTION, learned, count);
    learned = supervision_lessons(a, &count);
    put_learned(m, REMARK_LESSON, learned, count);
    struct countersignature *signatures = supervision_countersignatures(a, &count);
    for (size_t i = 0; i < count; i++)
        put_remark(m, REMARK_COUNTERSIGNED, SUPERVISOR, signatures[i].seq, signatures[i].at, NULL,
                   signatures[i].name, "", NULL);
    free(signatures);
    struct lead *leads = supervision_leads(a, &count);
    for (size_t i = 0; i < count; i++) {
        const struct event *over = leads[i].handed_over;
        if (over)
            put_remark(m, REMARK_HANDED_OVER, over->by, leads[i].seq, leads[i].at, NULL, leads[i].name,
                       event_text_or(over, "because", ""), NULL);
    }
    free(leads);
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_STATEMENT, e));)
        put_remark(m, REMARK_STATEMENT, e->by, e->seq, e->at, NULL, "", event_text_or(e, "text", ""), NULL);
}

static void count_answers(struct making *m)
{
    for (int place = 0; place < assessment_count(m->a); place++) {
        int item = assessment_at(m->a, place);
        const struct question *q = assessment_question(m->a, item);
        for (int party = 0; party < PARTIES; party++) {
            if (!question_is_answered(q) || !question_asked_of(q, (enum who)party) ||
                !assessment_relevant(m->a, item, (enum who)party))
                continue;
            const struct answer *answer = assessment_answer(m->a, item, (enum who)party);
            m->head.asked[party] = making_few(m->head.asked[party] + 1u);
            m->head.answers[party] = making_few(m->head.answers[party] + (answer->value ? 1u : 0u));
            m->head.declined[party] = making_few(m->head.declined[party] + (answer->missing ? 1u : 0u));
        }
    }
}

/* What somebody last said of their words being used: 1 yes, 2 no; 0: nothing (as topic_voice()). */
static uint8_t voice_of(const struct assessment *a, enum who party)
{
    const struct topic *topic = topic_named("voice");
    for (size_t i = assessment_sittings(a); i-- > 0;) {
        const struct event *told = topic_told(a, i, topic, party);
        if (told)
            return making_place_of_word(topic->words, event_text(told, "value"));
    }
    return 0;
}

static void put_head(struct making *m)
{
    const struct assessment *a = m->a;
    const struct event *opened = assessment_event(a, 0);
    m->head.follows =
        block_text(&m->block, json_string_value(json_object_get(event_value(opened, "follows"), "record")));
    for (int party = 0; party < PARTIES; party++) {
        const struct signature *signature = assessment_signature(a, (enum who)party);
        m->head.voice[party] = voice_of(a, (enum who)party);
        m->head.name[party] = block_text(&m->block, assessment_name_given(a, (enum who)party));
        m->head.has_signed[party] = signature->seq && !signature->refused;
        m->head.refused[party] = signature->seq && signature->refused;
        m->head.changed_since |= signature->seq && signature->changed_since;
    }
    struct countersignature countersignature = supervision_countersignature(a);
    m->head.lead = block_text(&m->block, supervision_lead(a).name);
    m->head.countersigned = countersignature.seq && !countersignature.changed_since;
    m->head.live = making_few(assessment_live(a));
    m->head.stage = (uint8_t)form_stage(assessment_form(a));
    memcpy(m->head.form, m->facts->sha256, sizeof m->head.form);
}

static struct digest *making_end(struct making *m)
{
    struct digest_span *spans[DIGEST_PARTS];
    for (int part = 0; part < DIGEST_PARTS; part++)
        spans[part] = &m->head.parts[part];
    return block_end(&m->block, &m->head, sizeof m->head, spans);
}

struct digest *digest_broken(const char *id, const char *ref, const char *why)
{
    struct making m = {.head = {.version = DIGEST_VERSION}};
    block_init(&m.block);
    char *safe = utf8_valid(why, strlen(why)) ? xstrdup(why) : utf8_safe(why, false);
    m.head.broken = block_text_taken(&m.block, safe);
    m.head.id = block_text(&m.block, id);
    m.head.ref = block_text(&m.block, ref);
    return making_end(&m);
}

struct digest *digest_of(struct digester *digester, const struct record *record, const struct facts **facts)
{
    const struct event *opened = record_event(record, 0);
    const char *ref = event_text_or(opened, "ref", "");
    *facts = NULL;
    if (record_damage(record)) {
        char *why = xasprintf("It is damaged: %s", record_damage(record));
        struct digest *digest = digest_broken(record_id(record), ref, why);
        free(why);
        return digest;
    }
    const struct form *form = form_in(digester, record);
    if (!form)
        return digest_broken(record_id(record), ref, "The form in it cannot be used by this version.");
    struct assessment *a = assessment_new(form);
    for (size_t i = 0; i < record_count(record); i++)
        assessment_fold(a, record_event(record, i));
    const char *why;
    struct digest *digest;
    if (assessment_stuck(a, &why)) {
        char *words = xasprintf("In line %ld %s", assessment_stuck(a, &why), why);
        digest = digest_broken(record_id(record), ref, words);
        free(words);
    } else {
        struct making m = {
            .a = a, .facts = facts_in(digester, assessment_form(a)), .head = {.version = DIGEST_VERSION}};
        block_init(&m.block);
        m.head.id = block_text(&m.block, record_id(record));
        m.head.ref = block_text(&m.block, ref);
        m.head.entries = (uint32_t)record_count(record);
        m.head.begun = (int64_t)clock_parse(opened->at);
        m.head.last = making_last_entry(a);
        if (record_torn(record))
            m.head.remark = block_text(&m.block, "Its last line was not finished. It was left out.");
        put_head(&m);
        making_pairs(&m);
        making_sittings(&m);
        making_promises(&m);
        making_happened(&m);
        making_episodes(&m);
        making_remarks(&m);
        count_answers(&m);
        digest = making_end(&m);
        *facts = m.facts;
    }
    assessment_free(a);
    return digest;
}

struct digest *digest_read(struct digester *digester, const char *path, const struct facts **facts)
{
    char *why = NULL;
    struct record *record = record_open_spared(path, digester->spare, &why);
    *facts = NULL;
    if (record) {
        struct digest *digest = digest_of(digester, record, facts);
        record_close(record);
        return digest;
    }
    const char *base = path_base(path), *end = strrchr(base, '.');
    char *id = xstrndup(base, end ? (size_t)(end - base) : strlen(base));
    struct digest *digest =
        digest_broken(utf8_valid(id, strlen(id)) ? id : "", "", why ? why : "It cannot be read.");
    free(id);
    free(why);
    return digest;
}
