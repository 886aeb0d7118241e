/* Digests: what the review keeps of one record, and of one form.
 *
 * Ten thousand records cannot be in memory, but what is asked of them can: each is read once, folded, and a
 * digest made of it. A digest is one block of plain arrays and the text they name, without a pointer, so that
 * it is stored and read back as it is (review/index). What a digest does not hold (the whole talk, what stood
 * around it) is read from the record when somebody looks at it.
 *
 * A form's facts are the same for all records with that form, and are kept once. */
#ifndef REVIEW_DIGEST_H
#define REVIEW_DIGEST_H

#include "assessment/assessment.h"
#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Changes with the layout, or with what is put in: what was made by another version is made anew. */
enum { DIGEST_VERSION = 6 };

/* A text: its place among the block's text; 0 is "". */
typedef uint32_t digest_text;

/* Structs of a block name what would else be left between their members (`unused`, 0), so that nothing of
 * what was in memory before gets into it, and the same record gives the same bytes. The compiler says where
 * one is wanted, and how long. */
#pragma GCC diagnostic push
#pragma GCC diagnostic warning "-Wpadded"

/* An array in the block. */
struct digest_span {
    uint32_t at, count;
};

/* ---- a form ---- */

struct facts_question {
    digest_text name, label; /* as the practitioner reads it, in the form's first language */
    int32_t area;            /* its section */
    int32_t steps;           /* how many answers there are to give, on a scale or in a list; 0: not counted */
    double from, step;       /* what the first of a scale's steps stands for, and how far it is to the next */
    uint8_t ordered;         /* the steps have an order, and lie evenly */
    uint8_t compared;        /* two answers to it are compared */
    uint8_t unused[6];
};

struct facts_area {
    digest_text name, title;
};

struct facts {
    uint32_t size, version;
    struct digest_span questions, areas, text;
    digest_text id, form_version, title;
    char sha256[65]; /* of the form's source: what digests call it by */
    uint8_t unused[3];
};

/* The caller frees it with free(), as it does a digest. */
struct facts *facts_of(const struct form *form);
bool facts_valid(const void *block, size_t size);
const struct facts_question *facts_question(const struct facts *facts, size_t i);
const struct facts_area *facts_area(const struct facts *facts, size_t i);
const char *facts_text(const struct facts *facts, digest_text text);

/* ---- a record ---- */

/* A question that both answered: as it was when both were first in, before any talk. An answer is the number of its step, from 0; below 0 where steps are not
 * counted. */
struct digest_pair {
    int64_t at;           /* when the second of the two was given */
    int32_t question;     /* of the facts */
    int32_t entry;        /* of a repeat; 0: none */
    int32_t disagreement; /* of the digest, that was then found, at first or later; -1: none */
    int32_t step[PARTIES];
    uint8_t first;  /* who answered first */
    uint8_t differ; /* further apart than the form's tolerance */
    uint8_t unused[2];
};

/* Which answers a disagreement has been through. */
enum { BEFORE, AFTER, MOMENTS };

struct digest_disagreement {
    int64_t opened, closed; /* seconds since 1970; closed: 0 while it is open */
    int64_t waits_since;    /* parked or referred since; 0: it is not */
    int32_t seconds;        /* from opened to closed (to the last entry), while they sat together */
    int32_t question, area; /* of the facts; -1: none */
    uint8_t unused_before[4];
    double place[MOMENTS][PARTIES];       /* on the scale; NAN where there is no order, or no answer */
    double gap[MOMENTS];                  /* as answer_gap(); NAN where one answer is missing */
    digest_text id, path;                 /* "d1"; "goal#2" or "" */
    digest_text answer[MOMENTS][PARTIES]; /* in words, short */
    digest_text because[PARTIES];         /* each one's reason, with the answer or raised by hand */
    digest_text waits_for;                /* what is to be found out, or is asked of somebody */
    digest_text until;                    /* by when, "YYYY-MM-DD" */
    uint16_t said[PARTIES];               /* how often each spoke in the talk */
    uint16_t comments, unacknowledged;    /* the supervisor's */
    uint16_t reopened;
    uint16_t reasons[PARTIES]; /* why each changed their answer: a bit for each enum reason */
    uint8_t kind, state, by, first, outcome, change;
    uint8_t heard[PARTIES]; /* 1 to 5; 0: not said, or not to be shown */
    uint8_t answered;       /* referred: the supervisor has answered */
    uint8_t pen;     /* who had the keyboard first in that sitting: place in the topic's words + 1; 0 */
    uint8_t sitting; /* in which one it was opened, from 1; 0: in none */
    uint8_t unused[7];
};

/* What was there at the end of a sitting (session/complete.h shows the same to the two). */
enum { SAT_AGENDA = 1, SAT_RECAP = 2, SAT_NEXT = 4, SAT_CLOSED = 8 };

struct digest_sitting {
    int64_t at, until; /* until: 0 while it goes on */
    int32_t minutes;
    uint32_t skills;                                /* topic practice: a bit for each of its words */
    uint16_t answers[PARTIES];                      /* how many each gave in it */
    uint16_t opened, settled;                       /* disagreements that were opened and closed in it */
    uint16_t copies;                                /* that somebody was given in it, or before the next */
    uint8_t arriving[PARTIES], how_it_was[PARTIES]; /* 1 to 5; 0 */
    uint8_t pen, there;
};

enum { DIGEST_NO_DAY = -2147483647 };

struct digest_promise {
    int64_t at;
    int32_t due; /* a day; DIGEST_NO_DAY */
    int32_t area;
    digest_text text;
    uint8_t by, kept[PARTIES]; /* as each says: enum promise_kept */
    uint8_t unused[1];
};

/* Something that happened: its kind by its place in happened_table, its words by theirs + 1 (0: not said). */
struct digest_happened {
    int32_t day, minutes;
    digest_text text;
    uint8_t kind, by, whose, absence, how, reached;
    uint8_t unused[2];
};

struct digest_episode {
    int64_t from, to; /* to: 0 while it goes on */
    uint8_t how;      /* place in the words of how it ended + 1; 0: not said */
    uint8_t unused[7];
};

/* What was written beside the assessment by, or for, those who are not in the room. */
enum digest_remark_kind {
    REMARK_COMMENT,
    REMARK_COACHING,
    REMARK_REFLECTION,
    REMARK_LESSON,
    REMARK_COUNTERSIGNED,
    REMARK_HANDED_OVER,
    REMARK_STATEMENT
};
extern const char *const remark_names[];

struct digest_remark {
    int64_t at, acknowledged; /* acknowledged: 0 */
    int32_t seq;
    int32_t disagreement; /* of the digest; -1 */
    digest_text name, text;
    digest_text unnamed; /* a lesson's text without the names (review/deidentify) */
    uint8_t kind, by;
    uint8_t unused[2];
};

enum digest_part {
    DIGEST_PAIRS,
    DIGEST_DISAGREEMENTS,
    DIGEST_SITTINGS,
    DIGEST_PROMISES,
    DIGEST_HAPPENED,
    DIGEST_EPISODES,
    DIGEST_REMARKS,
    DIGEST_TEXT,
    DIGEST_PARTS
};

struct digest {
    uint32_t size, version;
    struct digest_span parts[DIGEST_PARTS];
    int64_t begun, last;
    digest_text broken; /* why it cannot be read; then there is nothing else but, at most, id and ref */
    digest_text remark; /* what is to be known about it although it was read: “its last line …” */
    digest_text id, ref, follows, lead, name[PARTIES];
    uint32_t entries;
    uint16_t live; /* disagreements that are open, about what is asked */
    uint16_t asked[PARTIES], answers[PARTIES], declined[PARTIES]; /* questions, as things stand */
    uint8_t has_signed[PARTIES], refused[PARTIES], changed_since; /* signatures; since either */
    uint8_t countersigned;
    uint8_t voice[PARTIES]; /* may the words be used without the name: 0 not said, 1 yes, 2 no */
    uint8_t stage;          /* enum cycle_stage: what most of the form is for */
    char form[65];          /* the facts' sha256; "" where broken */
    uint8_t unused[4];
};

#pragma GCC diagnostic pop

/* The i-th of a part, and how many there are. A part's accessor gives NULL from the count on. */
size_t digest_count(const struct digest *digest, enum digest_part part);
const struct digest_pair *digest_pair(const struct digest *digest, size_t i);
const struct digest_disagreement *digest_disagreement(const struct digest *digest, size_t i);
const struct digest_sitting *digest_sitting(const struct digest *digest, size_t i);
const struct digest_promise *digest_promise(const struct digest *digest, size_t i);
const struct digest_happened *digest_happened(const struct digest *digest, size_t i);
const struct digest_episode *digest_episode(const struct digest *digest, size_t i);
const struct digest_remark *digest_remark(const struct digest *digest, size_t i);
const char *digest_text_of(const struct digest *digest, digest_text text);

/* Is this block a digest of this version, all of it within its bounds? (That it was made from the record it
 * is kept for is not asked here.) With facts: do its numbers fit them? */
bool digest_valid(const void *block, size_t size);
bool digest_fits(const struct digest *digest, const struct facts *facts);

/* Reads records, one after the other, and keeps the forms at hand. One for each thread. */
struct digester;
struct digester *digester_new(void);
void digester_free(struct digester *digester);
/* Read the record at `path`: every line against its hash and the one before. A record that cannot be read, or
 * is damaged, has a digest that says why (`broken`). *facts: its form's, the digester's own and good until it
 * is freed; NULL where it is broken. The caller frees the digest with free(). */
struct digest *digest_read(struct digester *digester, const char *path, const struct facts **facts);
/* A record of which nothing is counted: its id and reference, as far as they are known, and why. */
struct digest *digest_broken(const char *id, const char *ref, const char *why);
/* The same from what is open already. `id` is what it is called if it cannot say so itself. */
struct digest *digest_of(struct digester *digester, const struct record *record, const struct facts **facts);

#endif
