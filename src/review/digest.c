/* Digests as blocks: where what stands in them, and whether a block is one.
 *
 * A block that was stored may be anything, whatever its hash says: the tables below name every number in it
 * that something is looked up by. */
#include "review/digest.h"

#include "assessment/happened.h"
#include "base/utf8.h"

#include <stddef.h>
#include <string.h>

const char *const remark_names[] = {"comment",       "coaching",    "reflection", "lesson",
                                    "countersigned", "handed_over", "statement",  NULL};

/* ---- what is looked up ---- */

enum look { LOOK_TEXT, LOOK_BYTE, LOOK_INDEX };

struct looked_up {
    enum look look;
    size_t at;    /* in the struct */
    size_t count; /* how many of them, one after the other; 0 ends the list */
    long
        below; /* LOOK_BYTE: the number it stays below; LOOK_INDEX: the part it is an index of, or -1 to it */
};

struct part {
    size_t size;
    const struct looked_up *looked_up;
};

#define TEXT(type, member)                                                                                   \
    {                                                                                                        \
        LOOK_TEXT, offsetof(struct type, member), sizeof(((struct type *)0)->member) / sizeof(digest_text),  \
            0                                                                                                \
    }
#define BYTE(type, member, below)                                                                            \
    {                                                                                                        \
        LOOK_BYTE, offsetof(struct type, member), sizeof(((struct type *)0)->member), below                  \
    }
#define INDEX(type, member, part)                                                                            \
    {                                                                                                        \
        LOOK_INDEX, offsetof(struct type, member), 1, part                                                   \
    }
#define END                                                                                                  \
    {                                                                                                        \
        LOOK_TEXT, 0, 0, 0                                                                                   \
    }

enum { WHO_COUNT = ALONGSIDE + 1, HEARD_COUNT = 6, SAID_COUNT = 3, WORD_COUNT = 32 };

static const struct looked_up in_pair[] = {BYTE(digest_pair, first, WHO_COUNT), BYTE(digest_pair, differ, 2),
                                           INDEX(digest_pair, disagreement, DIGEST_DISAGREEMENTS), END};
static const struct looked_up in_disagreement[] = {TEXT(digest_disagreement, id),
                                                   TEXT(digest_disagreement, path),
                                                   TEXT(digest_disagreement, answer),
                                                   TEXT(digest_disagreement, because),
                                                   TEXT(digest_disagreement, waits_for),
                                                   TEXT(digest_disagreement, until),
                                                   BYTE(digest_disagreement, kind, KIND_PROCESS + 1),
                                                   BYTE(digest_disagreement, state, STATE_WITHDRAWN + 1),
                                                   BYTE(digest_disagreement, by, WHO_COUNT),
                                                   BYTE(digest_disagreement, first, WHO_COUNT),
                                                   BYTE(digest_disagreement, outcome, OUTCOME_AGREED + 1),
                                                   BYTE(digest_disagreement, change, CHANGE_CROSSED + 1),
                                                   BYTE(digest_disagreement, heard, HEARD_COUNT),
                                                   BYTE(digest_disagreement, answered, 2),
                                                   BYTE(digest_disagreement, pen, WORD_COUNT),
                                                   END};
static const struct looked_up in_sitting[] = {BYTE(digest_sitting, arriving, HEARD_COUNT),
                                              BYTE(digest_sitting, how_it_was, HEARD_COUNT),
                                              BYTE(digest_sitting, pen, WORD_COUNT), END};
static const struct looked_up in_promise[] = {TEXT(digest_promise, text), BYTE(digest_promise, by, WHO_COUNT),
                                              BYTE(digest_promise, kept, SAID_COUNT), END};
static const struct looked_up in_happened[] = {TEXT(digest_happened, text),
                                               BYTE(digest_happened, kind, WORD_COUNT),
                                               BYTE(digest_happened, by, WHO_COUNT),
                                               BYTE(digest_happened, whose, WORD_COUNT),
                                               BYTE(digest_happened, absence, WORD_COUNT),
                                               BYTE(digest_happened, how, WORD_COUNT),
                                               BYTE(digest_happened, reached, WORD_COUNT),
                                               END};
static const struct looked_up in_episode[] = {BYTE(digest_episode, how, WORD_COUNT), END};
static const struct looked_up in_remark[] = {TEXT(digest_remark, name),
                                             TEXT(digest_remark, text),
                                             TEXT(digest_remark, unnamed),
                                             BYTE(digest_remark, kind, REMARK_STATEMENT + 1),
                                             BYTE(digest_remark, by, WHO_COUNT),
                                             INDEX(digest_remark, disagreement, DIGEST_DISAGREEMENTS),
                                             END};
static const struct looked_up in_digest[] = {TEXT(digest, broken),
                                             TEXT(digest, remark),
                                             TEXT(digest, id),
                                             TEXT(digest, ref),
                                             TEXT(digest, follows),
                                             TEXT(digest, lead),
                                             TEXT(digest, name),
                                             BYTE(digest, has_signed, 2),
                                             BYTE(digest, refused, 2),
                                             BYTE(digest, changed_since, 2),
                                             BYTE(digest, countersigned, 2),
                                             BYTE(digest, voice, SAID_COUNT),
                                             BYTE(digest, stage, STAGES),
                                             END};
static const struct looked_up in_text[] = {END};

static const struct part parts[DIGEST_PARTS] = {
    [DIGEST_PAIRS] = {sizeof(struct digest_pair), in_pair},
    [DIGEST_DISAGREEMENTS] = {sizeof(struct digest_disagreement), in_disagreement},
    [DIGEST_SITTINGS] = {sizeof(struct digest_sitting), in_sitting},
    [DIGEST_PROMISES] = {sizeof(struct digest_promise), in_promise},
    [DIGEST_HAPPENED] = {sizeof(struct digest_happened), in_happened},
    [DIGEST_EPISODES] = {sizeof(struct digest_episode), in_episode},
    [DIGEST_REMARKS] = {sizeof(struct digest_remark), in_remark},
    [DIGEST_TEXT] = {1, in_text},
};

/* ---- is it one? ---- */

/* Does an array lie inside a block of that size, where its members can stand? */
static bool span_fits(struct digest_span span, size_t each, size_t size)
{
    return span.at <= size && span.at % (each == 1 ? 1 : sizeof(int64_t)) == 0 &&
           span.count <= (size - span.at) / each;
}

/* The text part of a block: valid UTF-8 in pieces, each of which ends, and begins with "". */
static bool text_fits(const char *block, struct digest_span text)
{
    const char *at = block + text.at;
    if (text.count == 0 || at[0] != '\0' || at[text.count - 1] != '\0')
        return false;
    for (size_t i = 0; i < text.count;) {
        size_t length = strlen(at + i);
        if (!utf8_valid(at + i, length))
            return false;
        i += length + 1;
    }
    return true;
}

static bool member_fits(const char *at, const struct looked_up *look, const struct digest_span *spans,
                        uint32_t text)
{
    for (size_t i = 0; i < look->count; i++) {
        uint32_t offset;
        int32_t index;
        switch (look->look) {
        case LOOK_TEXT:
            memcpy(&offset, at + look->at + i * sizeof offset, sizeof offset);
            if (offset >= text)
                return false;
            break;
        case LOOK_BYTE:
            if ((unsigned char)at[look->at + i] >= look->below)
                return false;
            break;
        case LOOK_INDEX:
            memcpy(&index, at + look->at + i * sizeof index, sizeof index);
            if (index < -1 || (index >= 0 && (uint32_t)index >= spans[look->below].count))
                return false;
            break;
        }
    }
    return true;
}

static bool members_fit(const char *at, const struct looked_up *looked_up, const struct digest_span *spans,
                        uint32_t text)
{
    for (; looked_up->count; looked_up++) {
        if (!member_fits(at, looked_up, spans, text))
            return false;
    }
    return true;
}

bool digest_valid(const void *block, size_t size)
{
    const struct digest *digest = block;
    if (size < sizeof *digest || digest->size != size || digest->version != DIGEST_VERSION ||
        !memchr(digest->form, '\0', sizeof digest->form))
        return false;
    for (int part = 0; part < DIGEST_PARTS; part++) {
        if (!span_fits(digest->parts[part], parts[part].size, size))
            return false;
    }
    struct digest_span text = digest->parts[DIGEST_TEXT];
    if (!text_fits(block, text) || !members_fit(block, in_digest, digest->parts, text.count))
        return false;
    for (int part = 0; part < DIGEST_TEXT; part++) {
        struct digest_span span = digest->parts[part];
        for (uint32_t i = 0; i < span.count; i++) {
            if (!members_fit((const char *)block + span.at + i * parts[part].size, parts[part].looked_up,
                             digest->parts, text.count))
                return false;
        }
    }
    return true;
}

/* Is a number one of the facts' questions, with a step that it has? */
static bool pair_fits(const struct digest_pair *pair, const struct facts *facts)
{
    const struct facts_question *question =
        pair->question >= 0 ? facts_question(facts, (size_t)pair->question) : NULL;
    if (!question)
        return false;
    for (int party = 0; party < PARTIES; party++) {
        if (pair->step[party] >= question->steps)
            return false;
    }
    return true;
}

bool digest_fits(const struct digest *digest, const struct facts *facts)
{
    if (strcmp(digest->form, facts->sha256) != 0)
        return false;
    for (size_t i = 0; i < digest_count(digest, DIGEST_PAIRS); i++) {
        if (!pair_fits(digest_pair(digest, i), facts))
            return false;
    }
    for (size_t i = 0; i < digest_count(digest, DIGEST_DISAGREEMENTS); i++) {
        const struct digest_disagreement *d = digest_disagreement(digest, i);
        if (d->question >= (int32_t)facts->questions.count || d->area >= (int32_t)facts->areas.count)
            return false;
    }
    for (size_t i = 0; i < digest_count(digest, DIGEST_PROMISES); i++) {
        if (digest_promise(digest, i)->area >= (int32_t)facts->areas.count)
            return false;
    }
    return true;
}

bool facts_valid(const void *block, size_t size)
{
    static const struct looked_up in_question[] = {TEXT(facts_question, name), TEXT(facts_question, label),
                                                   BYTE(facts_question, ordered, 2), END};
    static const struct looked_up in_area[] = {TEXT(facts_area, name), TEXT(facts_area, title), END};
    static const struct looked_up in_facts[] = {TEXT(facts, id), TEXT(facts, form_version),
                                                TEXT(facts, title), END};
    const struct facts *facts = block;
    if (size < sizeof *facts || facts->size != size || facts->version != DIGEST_VERSION ||
        !memchr(facts->sha256, '\0', sizeof facts->sha256) ||
        !span_fits(facts->questions, sizeof(struct facts_question), size) ||
        !span_fits(facts->areas, sizeof(struct facts_area), size) || !span_fits(facts->text, 1, size) ||
        !text_fits(block, facts->text) || !members_fit(block, in_facts, NULL, facts->text.count))
        return false;
    for (size_t i = 0; i < facts->questions.count; i++) {
        const struct facts_question *question = facts_question(facts, i);
        if (!members_fit((const char *)question, in_question, NULL, facts->text.count) ||
            question->area < 0 || (uint32_t)question->area >= facts->areas.count)
            return false;
    }
    for (size_t i = 0; i < facts->areas.count; i++) {
        if (!members_fit((const char *)facts_area(facts, i), in_area, NULL, facts->text.count))
            return false;
    }
    return true;
}

/* ---- what is in it ---- */

static const void *member(const void *block, struct digest_span span, size_t each, size_t i)
{
    return i < span.count ? (const char *)block + span.at + i * each : NULL;
}

const struct facts_question *facts_question(const struct facts *facts, size_t i)
{
    return member(facts, facts->questions, sizeof(struct facts_question), i);
}

const struct facts_area *facts_area(const struct facts *facts, size_t i)
{
    return member(facts, facts->areas, sizeof(struct facts_area), i);
}

const char *facts_text(const struct facts *facts, digest_text text)
{
    return (const char *)facts + facts->text.at + text;
}

size_t digest_count(const struct digest *digest, enum digest_part part)
{
    return digest->parts[part].count;
}

static const void *of(const struct digest *digest, enum digest_part part, size_t i)
{
    return member(digest, digest->parts[part], parts[part].size, i);
}

const struct digest_pair *digest_pair(const struct digest *digest, size_t i)
{
    return of(digest, DIGEST_PAIRS, i);
}

const struct digest_disagreement *digest_disagreement(const struct digest *digest, size_t i)
{
    return of(digest, DIGEST_DISAGREEMENTS, i);
}

const struct digest_sitting *digest_sitting(const struct digest *digest, size_t i)
{
    return of(digest, DIGEST_SITTINGS, i);
}

const struct digest_promise *digest_promise(const struct digest *digest, size_t i)
{
    return of(digest, DIGEST_PROMISES, i);
}

const struct digest_happened *digest_happened(const struct digest *digest, size_t i)
{
    return of(digest, DIGEST_HAPPENED, i);
}

const struct digest_episode *digest_episode(const struct digest *digest, size_t i)
{
    return of(digest, DIGEST_EPISODES, i);
}

const struct digest_remark *digest_remark(const struct digest *digest, size_t i)
{
    return of(digest, DIGEST_REMARKS, i);
}

const char *digest_text_of(const struct digest *digest, digest_text text)
{
    return (const char *)digest + digest->parts[DIGEST_TEXT].at + text;
}
