/* Writing beside an item: what can be written there, in one table for the screen and line mode; and how that
 * is told. */
#ifndef SESSION_BESIDE_H
#define SESSION_BESIDE_H

#include "session/session.h"

enum beside {
    BESIDE_NOTE,
    BESIDE_WAY,
    BESIDE_OFFER,
    BESIDE_STATEMENT,
    BESIDE_RAISE,
    BESIDE_REFLECTION,
    BESIDE_LESSON,
    BESIDES
};

struct beside_kind {
    const char *label; /* to pick it by */
    const char *asks;  /* what is then asked for */
    const char *help;  /* for who does not know what to type */
    const char *place; /* of its draft */
    const char *saved; /* what is said when it is saved */
    bool practitioner; /* is it the practitioner's alone? */
    bool learned;      /* can it be written about a difference, too? */
};
extern const struct beside_kind beside_kinds[BESIDES];

/* Those that this party can write: beside an item, or (`learned`) about a difference. Returns how many. */
size_t beside_offered(enum who by, bool learned, enum beside kinds[BESIDES]);
/* Write what was learned from a difference. */
bool beside_learn(struct session *s, enum who by, enum beside kind, const struct disagreement *d,
                  const char *text, char **cause);

/* Write it beside an item (-1: about none), or with `of` (an event's number; else 0) about that. An offer's
 * ways stand one on each line; what was learned is about the difference there, where there is one. False and
 * a cause where it was refused. */
bool beside_write(struct session *s, enum who by, enum beside kind, int item, long of, const char *text,
                  char **cause);

/* What can be said to an offer: each way taken, each changed, none of them. */
enum { MOST_REPLIES = 7 };
struct reply {
    int how;     /* index in taken_names */
    long option; /* from 1; 0: none */
    char *words; /* "Take: a phone list" */
};
/* How many there are; reply_release() frees their words. */
size_t beside_replies(const struct event *offer, struct reply replies[MOST_REPLIES]);
void beside_replies_release(struct reply *replies, size_t count);
/* The words of one of the ways in an offer; "". */
const char *beside_option(const struct event *offer, long option);
/* Say it. `text`: changed into what; else NULL. */
bool beside_reply(struct session *s, enum who by, const struct event *offer, const struct reply *reply,
                  const char *text, char **cause);

/* What stands beside an item, told in full, an offer with what became of it. The caller frees it. */
char *beside_words(const struct assessment *a, const struct event *event, int language);
/* The same for the side of whoever said it, on one short line. */
char *beside_brief(const struct assessment *a, const struct event *event, int language);
/* "Rae offers something here." where an offer waits for this party; "" where none does. The caller frees it.
 */
char *beside_waiting(const struct assessment *a, int item, enum who party, int language);
/* "Later, after Sam signed", "Later, after the signing": what came after the signatures; "" for what did not,
 * and for what can have no such mark. The caller frees it. */
char *words_later(const struct assessment *a, long seq, int language);

#endif
