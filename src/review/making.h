/* Inside of the digests' making only: a block that grows, and what its parts are made with. */
#ifndef REVIEW_MAKING_H
#define REVIEW_MAKING_H

#include "base/strbuf.h"
#include "assessment/topics.h"
#include "review/digest.h"

/* ---- a block being made ---- */

struct block {
    struct strbuf parts[DIGEST_PARTS];
    size_t counts[DIGEST_PARTS];
    struct strbuf text;
};

void block_init(struct block *b);
/* One more member of a part. */
void block_put(struct block *b, int part, const void *one, size_t size);
/* A text among the block's text; and the same of words that are freed. */
digest_text block_text(struct block *b, const char *words);
digest_text block_text_taken(struct block *b, char *words);
/* The head and the arrays after it, each where its members can stand: one block, which the caller frees. What
 * the parts held is released. `spans` are the head's, by part; NULL: it has none such. */
void *block_end(struct block *b, void *head, size_t head_size, struct digest_span *const *spans);

/* ---- a digest being made ---- */

struct making {
    const struct assessment *a;
    const struct facts *facts;
    struct block block;
    struct digest head;
    int32_t *of_item; /* by item: the first disagreement that two answers to it made; -1 */
};

/* What can be counted in the few bits there are for it. */
uint16_t making_few(size_t count);
/* When an event was written; 0 for none. The record's last one. The end of a sitting. */
int64_t making_when(const struct assessment *a, long seq);
int64_t making_last_entry(const struct assessment *a);
int64_t making_sitting_end(const struct assessment *a, size_t i);
/* How long two instants lie apart, the time in which they did not sit together left out. */
int32_t making_seconds_together(const struct assessment *a, int64_t from, int64_t to);
/* The sitting that an event belongs to, from 1 (one gone on with after a pause is one); 0: none. */
size_t making_sitting_of(const struct assessment *a, long seq);
/* A word of a list by its place, from 1; 0 where it is none of them. */
uint8_t making_place_of_word(const struct topic_word *words, const char *word);
/* What somebody told about a sitting: the step of a scale, or the place of a word, from 1; 0. */
uint8_t making_told_word(const struct assessment *a, size_t sitting, const char *topic, enum who who);

/* Which step of its question's an answer is; -1 where they are not counted. */
int32_t facts_step(const struct question *q, const struct facts_question *facts, const json_t *value);

/* The parts: disagreements with what both answered, and what stands beside the answers. */
void making_pairs(struct making *m);
void making_sittings(struct making *m);
void making_promises(struct making *m);
void making_happened(struct making *m);
void making_episodes(struct making *m);
void making_remarks(struct making *m);

#endif
