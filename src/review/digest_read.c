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

/* A reason that begins with the file's name, without it: the name stands beside it. */
static char *reason_of(const char *path, const char *why)
{
    size_t length = strlen(path);
    bool named = strncmp(why, path, length) == 0 && why[length] == ' ';
    return named ? xasprintf("It%s", why + length) : xstrdup(why);
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
    char *reason = reason_of(path, why ? why : "It cannot be read.");
    struct digest *digest = digest_broken(utf8_valid(id, strlen(id)) ? id : "", "", reason);
    free(reason);
    free(id);
    free(why);
    return digest;
}
