/* Any bytes as a digest and as a form's facts, and changes to real ones. What is taken for one holds
 * together: each number that something is looked up by is within its bounds, each text ends and can be told.
 * Nobody who uses one looks again. */
#include "assessment/happened.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "record/chain.h"
#include "review/collection.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(what)                                                                                           \
    do {                                                                                                     \
        if (!(what))                                                                                         \
            abort();                                                                                         \
    } while (0)

enum { NOON = 1795262400 };

static const char form_source[] =
    "form: f\nversion: \"1\"\ntitle: F\nsections:\n  - section: s\n    title: S\n    questions:\n"
    "      - {name: home, type: range, label: Home, scale: {min: 1, max: 5}}\n"
    "      - {name: help, type: select_one, label: Help, choices: [{name: a, label: A}, {name: b, label: "
    "B}]}\n"
    "      - {name: best, type: text, label: Best}\n";

static const char *const entries[] = {
    "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
    "\"Sam\"},"
    "\"seats\":{\"left\":\"service_user\"}}",
    "{\"by\":\"service_user\",\"event\":\"told\",\"topic\":\"arriving\",\"value\":2}",
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":4}",
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":2,\"because\":\"It is "
    "cold\"}",
    "{\"by\":\"alongside\",\"event\":\"differed\",\"disagreement\":\"d1\",\"question\":\"home\","
    "\"practitioner\":4,"
    "\"service_user\":2,\"first\":\"practitioner\",\"kind\":\"score\"}",
    "{\"by\":\"practitioner\",\"event\":\"said\",\"disagreement\":\"d1\",\"text\":\"Tell me\"}",
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"help\",\"value\":\"a\"}",
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"help\",\"value\":\"a\"}",
    "{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"Ring them\",\"by_when\":\"2099-12-31\"}",
    "{\"by\":\"service_user\",\"event\":\"statement\",\"text\":\"My own words\"}",
    "{\"by\":\"supervisor\",\"event\":\"commented\",\"disagreement\":\"d1\",\"text\":\"Well asked\"}",
    "{\"by\":\"practitioner\",\"event\":\"closed\"}",
    NULL,
};

static struct digester *digester;
static struct digest *real;
static const struct facts *real_facts;

static void add(struct chain *chain, json_t *object, struct strbuf *text)
{
    size_t length;
    struct event event;
    char *line = chain_line(chain, object, &length, NULL);
    MUST(line && chain_check(chain, line, length, &event, NULL));
    strbuf_addn(text, line, length);
    strbuf_addch(text, '\n');
    json_decref(event.body);
    json_decref(object);
    free(line);
}

static void begin(void)
{
    struct strbuf text = STRBUF_INIT;
    struct chain chain;
    mem_init();
    chain_init(&chain);
    clock_fix(NOON);
    add(&chain,
        json_pack("{s:s, s:s, s:i, s:s, s:{s:s, s:s, s:s, s:s}}", "by", "practitioner", "event", "opened",
                  "format", 1, "record", "01JD0000000000000000000000", "form", "id", "f", "version", "1",
                  "sha256", "", "text", form_source),
        &text);
    for (int i = 0; entries[i]; i++)
        add(&chain, json_loads(entries[i], 0, NULL), &text);
    clock_fix(0);
    struct record *record = record_from_text(text.text, text.length, NULL);
    MUST(record && record_count(record) == chain.count);
    digester = digester_new();
    real = digest_of(digester, record, &real_facts);
    MUST(real_facts && digest_count(real, DIGEST_DISAGREEMENTS) == 1 &&
         digest_count(real, DIGEST_PAIRS) == 2);
    record_close(record);
    strbuf_release(&text);
}

/* ---- what is looked up ---- */

static void told(const char *words)
{
    MUST(utf8_valid(words, strlen(words)));
}

static void walk_facts(const struct facts *facts)
{
    told(facts_text(facts, facts->id));
    told(facts_text(facts, facts->form_version));
    told(facts_text(facts, facts->title));
    MUST(strlen(facts->sha256) < sizeof facts->sha256);
    for (size_t i = 0; i < facts->questions.count; i++) {
        const struct facts_question *question = facts_question(facts, i);
        told(facts_text(facts, question->name));
        told(facts_text(facts, question->label));
        MUST(facts_area(facts, (size_t)question->area) != NULL);
    }
    MUST(!facts_question(facts, facts->questions.count));
    for (size_t i = 0; i < facts->areas.count; i++) {
        told(facts_text(facts, facts_area(facts, i)->name));
        told(facts_text(facts, facts_area(facts, i)->title));
    }
    MUST(!facts_area(facts, facts->areas.count));
}

static void walk_disagreement(const struct digest *digest, const struct digest_disagreement *d)
{
    const digest_text texts[] = {d->id,
                                 d->path,
                                 d->answer[BEFORE][PRACTITIONER],
                                 d->answer[BEFORE][SERVICE_USER],
                                 d->answer[AFTER][PRACTITIONER],
                                 d->answer[AFTER][SERVICE_USER],
                                 d->because[PRACTITIONER],
                                 d->because[SERVICE_USER],
                                 d->waits_for,
                                 d->until};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        told(digest_text_of(digest, texts[i]));
    told(kind_names[d->kind]);
    told(who_names[d->by]);
    told(who_names[d->first]);
    told(outcome_names[d->outcome]);
    told(change_names[d->change]);
}

static void walk_digest(const struct digest *digest)
{
    const digest_text texts[] = {digest->broken, digest->remark,  digest->id,      digest->ref,
                                 digest->lead,   digest->follows, digest->name[0], digest->name[1]};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        told(digest_text_of(digest, texts[i]));
    MUST(strlen(digest->form) < sizeof digest->form);
    for (size_t i = 0; i < digest_count(digest, DIGEST_PAIRS); i++) {
        const struct digest_pair *pair = digest_pair(digest, i);
        MUST(pair->disagreement < 0 || digest_disagreement(digest, (size_t)pair->disagreement));
        told(who_names[pair->first]);
    }
    for (size_t i = 0; i < digest_count(digest, DIGEST_DISAGREEMENTS); i++)
        walk_disagreement(digest, digest_disagreement(digest, i));
    int64_t sum = 0;
    for (size_t i = 0; i < digest_count(digest, DIGEST_SITTINGS); i++)
        sum ^= digest_sitting(digest, i)->until;
    for (size_t i = 0; i < digest_count(digest, DIGEST_EPISODES); i++)
        sum ^= digest_episode(digest, i)->to;
    for (size_t i = 0; i < digest_count(digest, DIGEST_PROMISES); i++) {
        told(digest_text_of(digest, digest_promise(digest, i)->text));
        told(who_names[digest_promise(digest, i)->by]);
    }
    for (size_t i = 0; i < digest_count(digest, DIGEST_HAPPENED); i++) {
        const struct digest_happened *happened = digest_happened(digest, i);
        told(digest_text_of(digest, happened->text));
        told(who_names[happened->by]);
        sum ^= happened->day;
    }
    for (size_t i = 0; i < digest_count(digest, DIGEST_REMARKS); i++) {
        const struct digest_remark *remark = digest_remark(digest, i);
        told(digest_text_of(digest, remark->name));
        told(digest_text_of(digest, remark->text));
        told(remark_names[remark->kind]);
        MUST(remark->disagreement < 0 || digest_disagreement(digest, (size_t)remark->disagreement));
    }
    static volatile int64_t seen;
    seen = sum;
    (void)seen;
    for (int part = 0; part < DIGEST_TEXT; part++)
        MUST(digest_count(digest, (enum digest_part)part) <= digest->size);
    MUST(!digest_pair(digest, digest_count(digest, DIGEST_PAIRS)) &&
         !digest_disagreement(digest, digest_count(digest, DIGEST_DISAGREEMENTS)) &&
         !digest_sitting(digest, digest_count(digest, DIGEST_SITTINGS)) &&
         !digest_remark(digest, digest_count(digest, DIGEST_REMARKS)));
}

/* With the facts of the form that it says it is of. */
static void walk_both(const struct digest *digest, const struct facts *facts)
{
    for (size_t i = 0; i < digest_count(digest, DIGEST_PAIRS); i++) {
        const struct digest_pair *pair = digest_pair(digest, i);
        MUST(pair->question >= 0);
        const struct facts_question *question = facts_question(facts, (size_t)pair->question);
        MUST(question && (question->steps == 0 || pair->step[PRACTITIONER] < question->steps));
    }
    for (size_t i = 0; i < digest_count(digest, DIGEST_DISAGREEMENTS); i++) {
        const struct digest_disagreement *d = digest_disagreement(digest, i);
        MUST(d->question < 0 || facts_question(facts, (size_t)d->question));
        MUST(d->area < 0 || facts_area(facts, (size_t)d->area));
    }
    for (size_t i = 0; i < digest_count(digest, DIGEST_PROMISES); i++) {
        int32_t area = digest_promise(digest, i)->area;
        MUST(area < 0 || facts_area(facts, (size_t)area));
    }
}

static void try_digest(struct digest *digest, size_t size)
{
    if (!digest_valid(digest, size))
        return;
    walk_digest(digest);
    if (digest_fits(digest, real_facts))
        walk_both(digest, real_facts);
    /* The collection takes it as it is. */
    struct collection *c = collection_new();
    for (int i = 0; i < 2; i++) {
        struct digest *copy = xmalloc(size);
        memcpy(copy, digest, size);
        collection_add(c, i ? "a" : "b", copy, digest_fits(digest, real_facts) ? real_facts : NULL);
    }
    MUST(collection_count(c) == 2);
    collection_free(c);
}

static void try_facts(const struct facts *facts, size_t size)
{
    if (facts_valid(facts, size))
        walk_facts(facts);
}

/* Bytes as a block of their own, its size and version put right: no fuzzer finds those. */
static void try_bytes(const uint8_t *data, size_t size)
{
    const uint32_t head[2] = {(uint32_t)size, DIGEST_VERSION};
    void *block = xmalloc(size);
    memcpy(block, data, size);
    try_digest(block, size);
    try_facts(block, size);
    if (size >= sizeof head)
        memcpy(block, head, sizeof head);
    try_digest(block, size);
    try_facts(block, size);
    free(block);
}

/* A real one, three bytes of input for each that is changed: where, and what into. */
static void *changed(const void *block, size_t size, const uint8_t *data, size_t count)
{
    unsigned char *copy = xmalloc(size);
    memcpy(copy, block, size);
    for (size_t i = 0; i + 2 < count; i += 3)
        copy[(size_t)(data[i] << 8 | data[i + 1]) % size] = data[i + 2];
    return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!real)
        begin();
    try_bytes(data, size);
    void *digest = changed(real, real->size, data, size);
    void *facts = changed(real_facts, real_facts->size, data, size);
    if (size < 3)
        MUST(digest_valid(digest, real->size) && digest_fits(digest, real_facts) &&
             facts_valid(facts, real_facts->size));
    try_digest(digest, real->size);
    try_facts(facts, real_facts->size);
    free(digest);
    free(facts);
    return 0;
}
