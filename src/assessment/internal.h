/* The assessment's own inside, shared by the files of this folder only.
 *
 * Each question has three slots: the practitioner's answer, the service user's, and the one given together. A
 * slot keeps the events that touched it; the answer is what the last of them that is not undone says. */
#ifndef ASSESSMENT_INTERNAL_H
#define ASSESSMENT_INTERNAL_H

#include "assessment/assessment.h"
#include "form/value.h"

enum { SLOTS = 3 }; /* PRACTITIONER, SERVICE_USER, TOGETHER */

struct slot {
    struct answer answer;
    struct value value; /* the same for expressions; the empty string where there is none */
    long *versions;     /* seq of the events that touched it */
    int count, room;
    long first; /* seq of the first answer ever given; 0 */
};

/* An event about a repeat's entries, and whether it took one out: what did, or did not, with the form as it
 * was does so still. */
struct step {
    long seq;
    bool goes;
};

struct item {
    const struct question *q;
    int entry;  /* index of the entry it stands in, or -1 */
    char *path; /* "goal#2"; NULL where it is the question's name */
    int place;  /* in a->order; -1 */
    /* For a repeat: its entries that are in, in their order, and the events that made them so. */
    int *entries, entry_count, entry_room;
    struct step *structure;
    int structure_count, structure_room;

    struct slot slot[SLOTS];
    struct value calculated[SLOTS]; /* calculations: per party, and from what is agreed */
    bool relevant[PARTIES];
    bool come_back;
    bool queued;  /* in the queue of what is to be derived again */
    bool touched; /* in `touched`: to be looked at by assessment_owed() */
    int rated,
        about; /* the dispute that two answers made, and the newest of any origin: index + 1; 0 for none */
    struct proposal together;
    long together_by; /* the proposal that the answer given together came from; 0 */
};

struct dispute {
    struct disagreement d;
    size_t turn_room;
    int older;       /* the one before it about the same question: index + 1; 0 for none */
    bool rated;      /* two answers differed when it opened */
    bool touched;    /* in `touched_disputes` */
    bool talked;     /* one of the people has said or proposed something about it */
    bool reopen;     /* the rules call for its reopening */
    long cause;      /* the answer that made it */
    long settled_by; /* the proposal through which it closed */
};

struct texts;

/* Events by their seq, in order. */
struct list {
    long *seqs;
    size_t count, room;
};

/* The events whose `of` is this one, undone or not: the first and the last of them; and where this one is
 * itself among those about another, which comes after it. 0 for none. */
struct about {
    long first, last, next;
};

/* A version of the form, and the event from which on it holds. */
struct edition {
    const struct form *form;
    struct form *owned; /* NULL for the first: the caller's */
    long seq;
};

struct assessment {
    const struct form *form; /* the newest of the editions */
    struct edition *editions;
    size_t edition_count, edition_room;
    struct question **relics; /* what is left of questions that the form no longer has */
    size_t relic_count, relic_room;
    long upgraded; /* the last upgrade; 0 */
    long stuck;    /* the first upgrade whose form cannot be used, and why; 0 */
    char *stuck_why;
    struct texts *texts; /* what text.c has put together; changes nothing that can be asked */
    struct event *events;
    bool *undone;        /* by event */
    struct about *about; /* by event */
    struct list of_kind[EVENT_UNKNOWN + 1];
    size_t event_count, event_room;

    struct item *items; /* first one for each question of the form; those in a repeat only hold the number */
    int item_count, item_room;
    struct entry *entries; /* by number, from 1 */
    int entry_count, entry_room;
    int *order, order_count, order_room; /* the items as they are gone through */

    int *queue, queue_count, queue_room;    /* a heap of items to be derived again, by rank */
    int *timely, timely_count, timely_room; /* what asks for the day or the time */
    int *touched; /* questions whose answers or relevance changed since owed() was last NULL */
    size_t touched_count, touched_room;
    size_t *touched_disputes; /* the same, for what happened to them */
    size_t touched_dispute_count, touched_dispute_room;

    struct dispute *disputes;
    size_t dispute_count, dispute_room;

    struct sitting *sittings;
    size_t sitting_count, sitting_room;
    char *name[PARTIES]; /* as last given, or NULL */
    const char *pronouns[PARTIES];
    enum who left;
    int paused_at;
    struct signature signature[PARTIES];
    long countersigned;         /* the last countersignature; 0 */
    bool countersigned_changed; /* is what it stands on no longer so? */
};

/* entries.c: items and the entries of repeats. */
void items_init(struct assessment *a);
void items_release(struct assessment *a);
/* Does it only hold its question's number, since the question is asked in entries alone? */
bool item_is_template(const struct assessment *a, int item);
/* Was its question left behind by an upgrade? Its answers stay; it is never asked or derived again. */
bool item_is_gone(const struct assessment *a, int item);
int item_new(struct assessment *a, const struct question *q, int entry);
/* The items of an entry's own, from the question after its repeat on. */
void entry_items(struct assessment *a, int entry);
void order_refresh(struct assessment *a);
/* The next entry of a repeat, added by the event `seq`; `about`: a path, or NULL. It is in once entries_by()
 * has been told of that event. False where there is no room for it. */
bool entry_add(struct assessment *a, long seq, enum who by, int repeat, const char *about);
/* One of them, or both, put something into an entry and so into those it stands in. */
void entry_built(struct assessment *a, int entry, enum who by, long seq);
/* What the events not undone make of a repeat's entries: which are in, in which order. */
void entries_refresh(struct assessment *a, int repeat);
/* An event that says so: kept with the repeat, and taken in. */
void entries_by(struct assessment *a, int repeat, long seq);
/* Bounds what a few lines can cost, of a form with much in a repeat: all items, those of an entry and more.
 */
enum { MOST_ITEMS = 250 * 1000 };
/* Is there room for one more entry? */
bool entry_has_items(const struct assessment *a, int repeat);
/* Is it out of its repeat, which holds as many as it may? Then it cannot come back. */
bool entry_has_no_room(const struct assessment *a, const struct entry *entry);
/* Call `use` for the items that a question is as seen from `from` (-1: from outside of all entries): the one
 * in the same entry, or all of them. True where it is one. */
bool items_seen(const struct assessment *a, int question, int from, void (*use)(void *context, int item),
                void *context);
/* That one where it is one, else -1. */
int item_seen(const struct assessment *a, int question, int from);

/* text.c: texts that were put together, kept until the next event. */
struct texts *texts_new(void);
void texts_clear(struct texts *t);
void texts_free(struct texts *t);

/* last.c: what an earlier record handed on. */
bool may_open(const struct assessment *a, const struct event *event, char **cause);
/* Names and seats, of `sat` and of `opened`: take them over; can they be (rules.c)? */
void people_take(struct assessment *a, const struct event *event);
bool people_fit(const struct event *event, char **cause);
void fold_opened(struct assessment *a, const struct event *event);
/* fold.c: set a slot's answer from the last event that touched it and is not undone. Reworded: the same
 * answer (not counting its reason), written otherwise, so that an expression may make something else of it.
 */
enum slot_change { SLOT_SAME, SLOT_REWORDED, SLOT_CHANGED };
enum slot_change slot_refresh(struct assessment *a, int item, enum who who);
void signatures_age(struct assessment *a);

/* upgrade.c: other versions of the form. */
/* May a question of this kind hold an answer of this party? */
bool slot_goes_on(const struct question *to, enum who who);
bool may_upgrade(const struct assessment *a, const struct event *event, char **cause);
void fold_upgraded(struct assessment *a, const struct event *event);
/* Fill in what follows from the form's text. */
void upgrade_complete(json_t *intent);
void upgrades_release(struct assessment *a);

/* derive.c: relevance and calculations. */
void derive_all(struct assessment *a);
/* What depends on this question's answers is derived again. */
void derive_from(struct assessment *a, int item);
/* So is what asks for the day or the time. */
void derive_as_of_now(struct assessment *a);
void touch(struct assessment *a, int item);
/* A repeat's entries are others now: what hangs on that is derived again. */
void derive_structure(struct assessment *a, int repeat);
/* Evaluate an expression of `item` as `view` (a slot) sees it, with `self` as ".". */
bool derive_eval(const struct assessment *a, int item, const struct expr *expr, enum who view,
                 const struct value *self, const struct choice *choice, struct value *out, char **cause);

/* dispute.c: the life of a disagreement. */
struct dispute *dispute_find(const struct assessment *a, const char *id);
struct dispute *dispute_rated(const struct assessment *a, int item);
/* The newest one about a question that has not been withdrawn; NULL. */
struct dispute *dispute_about(const struct assessment *a, int item);
/* Something happened to it: event `seq`, or 0 for what is no event about it. */
void dispute_turn(struct assessment *a, struct dispute *dispute, long seq);
struct dispute *dispute_open(struct assessment *a, int item, long seq);
void dispute_close(struct assessment *a, struct dispute *dispute, enum state state, long seq);
/* An answer to this question was given, with or without a change: its reason may be another. */
void dispute_answer_told(struct assessment *a, int item);
/* An answer to this question changed. `settled`: the disagreement whose settling changed it, or NULL; that
 * one goes on as it does, and it opens no other again. */
void dispute_answer_changed(struct assessment *a, int item, const struct dispute *settled);
/* Is it settled in a way that new words or another answer open again? What the service user chose to leave
 * stays left until one of them says to open it. */
bool dispute_comes_back(const struct disagreement *d);
/* How the gap changed where both answers stand. */
enum change dispute_change(const struct question *q, const json_t *p0, const json_t *s0, const json_t *p1,
                           const json_t *s1);

/* allowed.c: may a party give this answer as things stand? */
bool value_may(const struct assessment *a, int item, enum who by, const json_t *value, char **cause);
/* What breaks the question's warning is taken once that has been read, and the event says so. */
bool warning_passed(const struct assessment *a, int item, const struct event *event, char **cause);

/* named.c: what an event names, and what is said where it is not right. */
const char *called(const struct assessment *a, enum who party);
void no_such_item(const struct assessment *a, const char *name, char **cause);
/* The item an event names, or -1 and a cause. */
int named_question(const struct assessment *a, const struct event *event, char **cause);
bool word_known(const struct event *event, const char *key, const char *const *words, char **cause);
bool day_known(const struct event *event, const char *key, char **cause);
bool has_words(const struct event *event, const char *key);
/* rules_beside.c: the event that another one is about, with its `of`; NULL and a cause where it is not there.
 */
const struct event *named_event(const struct assessment *a, const struct event *event, char **cause);
/* rules.c: the disagreement an event names; NULL and a cause. */
struct dispute *named_dispute(const struct assessment *a, const struct event *event, char **cause);
/* rules_undo.c */
bool may_undo(const struct assessment *a, const struct event *event, char **cause);
/* topics.c, happened.c */
bool may_tell(const struct assessment *a, const struct event *event, char **cause);
bool may_close(const struct assessment *a, const struct event *event, char **cause);
bool may_happen(const struct assessment *a, const struct event *event, char **cause);
/* rules_beside.c */
/* What it says it is about (`question`, `of`) is there. */
bool may_be_about(const struct assessment *a, const struct event *event, char **cause);
bool may_say_back(const struct assessment *a, const struct event *event, char **cause);
bool may_mark(const struct assessment *a, const struct event *event, char **cause);
bool may_reframe(const struct assessment *a, const struct event *event, char **cause);
bool may_offer(const struct assessment *a, const struct event *event, char **cause);
bool may_take(const struct assessment *a, const struct event *event, char **cause);
bool may_come_of(const struct assessment *a, const struct event *event, char **cause);
bool may_share(const struct assessment *a, const struct event *event, char **cause);
bool may_copy(const struct assessment *a, const struct event *event, char **cause);
/* rules_supervision.c */
bool may_comment(const struct assessment *a, const struct event *event, char **cause);
bool may_acknowledge(const struct assessment *a, const struct event *event, char **cause);
bool may_learn(const struct assessment *a, const struct event *event, char **cause);
bool may_countersign(const struct assessment *a, const struct event *event, char **cause);
bool may_hand_over(const struct assessment *a, const struct event *event, char **cause);
/* rules_beside.c: was something said back about this question after event `seq`, and marked by the other? */
bool said_back_since(const struct assessment *a, int item, long seq);

/* assessment.c: a new event is to be found by its kind, and from the one it is about. */
void assessment_index(struct assessment *a, const struct event *event);
/* Shared lookups. */
int item_of(const struct assessment *a, const struct event *event); /* -1 */
bool both_answered(const struct assessment *a, int item);
/* Which slot of a question an event by `by` is about. */
enum who slot_of(const struct question *q, enum who by);

#endif
