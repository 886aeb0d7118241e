/* The assessment: what a record's events add up to, and what may happen next.
 *
 * Two functions make all of it. assessment_follows() says whether an event may come now; assessment_fold()
 * takes it in. What the rules themselves then call for (two answers differ, a disagreement is settled)
 * assessment_owed() gives as the next event to append, until there is none. The screens, line mode, `apply`,
 * opening and `verify` all go through these, so that a rule is written once and what was shown can be
 * rebuilt.
 *
 * An assessment refers to its form, which must outlive it, owns the versions it is upgraded to, and holds
 * references to the events it was given. All pointers it hands out belong to it and are good until the next
 * fold. */
#ifndef ASSESSMENT_ASSESSMENT_H
#define ASSESSMENT_ASSESSMENT_H

#include "form/form.h"
#include "record/event.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct assessment;

struct assessment *assessment_new(const struct form *form);
void assessment_free(struct assessment *a);
/* The form as it is now: the one it was made with, or the version it was upgraded to. */
const struct form *assessment_form(const struct assessment *a);

/* ---- what may happen, and what it does ---- */

/* Fill in what a person need not say: the `of` of an undo (their own last doing), the id of what is raised,
 * the number of a new entry; take out a `passed` where no warning was broken. */
void assessment_complete(const struct assessment *a, json_t *intent);
/* May this event come next? False and a cause in plain words where not. For an event out of a record the
 * clock stands at the event's own time. */
bool assessment_follows(const struct assessment *a, const struct event *event, char **cause);
/* Take an event in. Never fails: what makes no sense (a newer version's) is kept and changes nothing. */
void assessment_fold(struct assessment *a, const struct event *event);
/* The next event that the rules call for, as an object without seq, prev, at, which the caller owns; NULL if
 * none. */
json_t *assessment_owed(const struct assessment *a);

/* ---- other versions of the form ---- */

/* May it go on with this form? False and a cause where not: another form, the same version, finished, or an
 * open disagreement that would lose its question. */
bool assessment_may_upgrade(const struct assessment *a, const struct form *form, char **cause);
/* The upgrades there were, oldest first: the event, from which form, to which. */
size_t assessment_upgrades(const struct assessment *a);
const struct event *assessment_upgrade(const struct assessment *a, size_t i, const struct form **from,
                                       const struct form **to);
/* The first event that went on with a form which cannot be used here (a newer version's), and why; 0 where
 * there is none. From there on the assessment is not what was meant. */
long assessment_stuck(const struct assessment *a, const char **why);
/* What it would lose of what it holds now: an answer, or (`disagreement`) what a settled one was about. */
struct loss {
    int item;
    enum who who;                            /* whose answer */
    const struct disagreement *disagreement; /* or NULL */
    bool question;                           /* its question is gone; else the answer does not fit any more */
};
/* In the form's order. The caller frees it. */
struct loss *assessment_losses(const struct assessment *a, const struct form *form, size_t *count);
/* Another assessment, of the same doings, that has gone on with that form, which it may. The caller frees it.
 */
struct assessment *assessment_upgraded(const struct assessment *a, const struct form *form);
/* What a path in an event's “question” named when that event was written; NULL where nothing. */
const struct question *assessment_question_then(const struct assessment *a, const char *path, long seq);
/* The form in force before the event of that number; for an upgrade: what it was upgraded from. */
const struct form *assessment_form_before(const struct assessment *a, long seq);

/* ---- items: questions in their places ---- */

/* An item is a question in its place. A question outside of repeats is the item of its own number; one in a
 * repeat is an item of its own in each entry. Items keep their numbers; what is taken out is never asked for
 * again, and its answers stay. */

/* The question that an item asks. */
const struct question *assessment_question(const struct assessment *a, int item);
/* What a record calls it: "home", or "goal#2" for the question goal in entry 2. */
const char *assessment_path(const struct assessment *a, int item);
/* The item of that path, or -1. */
int assessment_find(const struct assessment *a, const char *path);
/* The items as they are gone through: all but those in entries taken out, entries in their order. */
int assessment_count(const struct assessment *a);
int assessment_at(const struct assessment *a, int place);
/* Where an item stands among them, from 0; -1 where it was taken out. */
int assessment_place(const struct assessment *a, int item);

/* One entry of a repeat: the questions in it, once. */
struct entry {
    int number;        /* its own, from 1, never used again in the record */
    int repeat;        /* the item of the repeat it belongs to */
    int about;         /* the item it is about, or -1 */
    enum who by;       /* who added it */
    long seq;          /* the event that did */
    int first;         /* its items are numbered on from here, in the order of its questions */
    bool in;           /* not taken out, and neither is what it stands in */
    bool out[PARTIES]; /* who has said to take it out */
    /* The event in which each first put an answer, or an entry, into it; 0: none yet. It stays, whatever
     * becomes of that: what the other has built on does not go by the word of one. */
    long built[PARTIES];
};

/* The entries of a repeat's item that are in, in their order. */
size_t assessment_entries(const struct assessment *a, int repeat);
const struct entry *assessment_entry(const struct assessment *a, int repeat, size_t i);
/* The entry an item stands in (the innermost), or NULL. */
const struct entry *assessment_entry_of(const struct assessment *a, int item);
/* The item that a question of the entry's repeat is in this entry. */
int assessment_item_in(const struct assessment *a, const struct entry *entry, int question);
/* By its number, in or out; NULL where there is none. */
const struct entry *assessment_entry_numbered(const struct assessment *a, long number);
/* Its place in its repeat, from 1; 0 where it was taken out. */
int assessment_entry_place(const struct assessment *a, const struct entry *entry);
/* The number that a new entry gets. */
int assessment_next_entry(const struct assessment *a);
/* Would one more word of this party take the entry out (the other has said so, or has no say in it)? */
bool assessment_goes_at_once(const struct assessment *a, const struct entry *entry, enum who party);

/* ---- answers ---- */

struct answer {
    const json_t *value;  /* NULL: none */
    enum missing missing; /* why there is none; MISSING_NONE where nothing was said */
    const char *because;  /* or NULL */
    enum evidence evidence;
    bool passed;    /* it stands although it breaks the question's warning */
    bool hidden;    /* given so that the other does not see it before both have answered */
    long seq;       /* the event that gave it; 0 where there was none */
    const char *at; /* when; "" */
};

/* The answer in the record that this one follows, NULL where there was none that fits. */
const json_t *assessment_last(const struct assessment *a, int item, enum who who);
/* The reason that was given with it, or NULL. */
const char *assessment_last_because(const struct assessment *a, int item, enum who who);
/* Had anybody an answer in the record that this one follows? */
bool assessment_had_last(const struct assessment *a, int item);
/* Did both views stand there in the end? Then how many words were said about it; 0 also where none were. */
bool assessment_both_stood(const struct assessment *a, int item);
size_t assessment_stood(const struct assessment *a, int item);
/* The words said then, oldest first: who said them; *text belongs to the assessment. */
enum who assessment_stood_said(const struct assessment *a, int item, size_t i, const char **text);
/* Put into the event `opened` of a record with this form what goes on in it from the one before: the answers
 * (`last`) with their reasons, what was said where both views stood, the entries of repeats with `carry_over`
 * (`entries`), and who the people are. */
void assessment_hand_on(const struct assessment *before, const struct form *form, json_t *opened);

/* Has the question been dealt with at all: a value, or a reason why not? */
bool answer_given(const struct answer *answer);
/* `who` is PRACTITIONER, SERVICE_USER, or TOGETHER for a question asked of both as one. */
const struct answer *assessment_answer(const struct assessment *a, int item, enum who who);
/* Is it relevant for this party; for either? */
bool assessment_relevant(const struct assessment *a, int item, enum who party);
bool assessment_shown(const struct assessment *a, int item);
/* Is it asked as one view has it: a party; or (TOGETHER) for either? */
bool assessment_asked(const struct assessment *a, int item, enum who view);
/* Is it relevant, answerable by and asked of this party, and not dealt with yet? */
bool assessment_waits_for(const struct assessment *a, int item, enum who party);
/* Must it be answered (its `required`) as this party sees it? Required never traps anyone. */
bool assessment_required(const struct assessment *a, int item, enum who party);
/* Can this choice be picked (choice_filter)? */
bool assessment_offers(const struct assessment *a, int item, enum who party, const struct choice *choice);
/* Is this an answer to the question at all (answer_fits())? The cause names choices as this person reads
 * them. */
bool assessment_fits(const struct assessment *a, int item, enum who by, const json_t *value, char **cause);
/* Would it be taken as an answer now: does it fit, is it offered, does the constraint hold? */
bool assessment_takes(const struct assessment *a, int item, enum who who, const json_t *value, char **cause);
/* The starting answer (last time's with `carry_over`, else `default`) for a party as a value that
 * answer_fits(), or NULL; the caller owns it. */
json_t *assessment_initial(const struct assessment *a, int item, enum who party);

/* What the question's warning asks about this answer before it is taken, in words for the party; NULL where
 * the warning holds or there is none. The caller frees it. */
char *assessment_warning(const struct assessment *a, int item, enum who party, const json_t *value);

enum standing {
    STANDING_OPEN,  /* not both have answered */
    STANDING_ALONE, /* not a question of two answers: asked of one, or not compared; answered */
    STANDING_SAME,  /* both answered, and agree */
    STANDING_DIFFER /* both answered, further apart than the tolerance */
};
enum standing assessment_standing(const struct assessment *a, int item);
/* The answer both have come to: exactly the same answer and no open disagreement about it; the together
 * answer; the one answer where only one was asked. NULL where there is none. */
const json_t *assessment_agreed(const struct assessment *a, int item);
/* May this party see the other's answer now (`reveal: together` hides it until both are in)? */
bool assessment_revealed(const struct assessment *a, int item);

/* A calculation's result as PRACTITIONER, SERVICE_USER or TOGETHER (from what is agreed) has it. */
const struct value *assessment_calculated(const struct assessment *a, int item, enum who view);

/* ---- texts ---- */

/* A text of the form as this reader has it at an item (-1: nowhere in particular): in their language, or
 * marked with the one it is in ("[en] ..."); ${name} in it replaced by the answer in words, as the reader has
 * it, or by "___" where there is none to be seen. "" for NULL. */
const char *assessment_text(const struct assessment *a, int item, const struct wording *w, enum who reader,
                            int language);
/* The language this party reads, for what is said to them by the rules. It is no part of the record. */
void assessment_read_in(const struct assessment *a, enum who party, int language);
int assessment_language(const struct assessment *a, enum who party);

/* ---- what a form makes of answers ---- */

/* The answers that an expression reads, by way of calculations too, as one view (PRACTITIONER, SERVICE_USER,
 * or TOGETHER: what is agreed) has them. What is not asked does not count. */
struct basis {
    int of, answered;
    int passed;    /* no answer, but a reason why there is none */
    bool revealed; /* none of them is hidden until both are in */
};
struct basis assessment_basis(const struct assessment *a, const struct expr *expr, int item, enum who view);
/* Is an expression true as this party has it, seen from `item` (-1: from outside of all entries), whose
 * answer is "."? */
bool assessment_holds(const struct assessment *a, const struct expr *expr, int item, enum who party);
/* The item that a question is, seen from another item: in the same entry, or outside of it; -1 where it is
 * none or several. */
int assessment_item_from(const struct assessment *a, int question, int from);

/* ---- disagreements ---- */

enum state { STATE_OPEN, STATE_TALKING, STATE_RESOLVED, STATE_PARKED, STATE_REFERRED, STATE_WITHDRAWN };
extern const char *const state_names[];

/* How to settle it. */
enum settle { SETTLE_AGREE, SETTLE_BOTH_STAND, SETTLE_NEEDS_INFORMATION, SETTLE_REFERRED, SETTLE_STOPPED };
extern const char *const settle_names[];

enum outcome {
    OUTCOME_NONE,
    OUTCOME_PRACTITIONER_MOVED,
    OUTCOME_SERVICE_USER_MOVED,
    OUTCOME_MET_BETWEEN,
    OUTCOME_NEW_ANSWER,
    OUTCOME_BOTH_STAND,
    OUTCOME_NEEDS_INFORMATION,
    OUTCOME_REFERRED,
    OUTCOME_STOPPED,
    OUTCOME_AGREED, /* raised by hand where no two answers differed, and settled */
};
extern const char *const outcome_names[]; /* "" for OUTCOME_NONE */

enum change { CHANGE_NONE, CHANGE_UNCHANGED, CHANGE_NARROWED, CHANGE_WIDENED, CHANGE_CROSSED };
extern const char *const change_names[]; /* "" for CHANGE_NONE */

/* The steps of a talk that words can belong to, in their order: why they see it so, what would change their
 * mind, and what did. Words: they are in the record. */
enum talk_step { STEP_WHY, STEP_MIND, STEP_MOVED };
extern const char *const step_names[];
/* What makes people change an answer, as they say themselves. */
enum reason {
    REASON_NEW_FACT,
    REASON_MISREAD,
    REASON_TIME_FRAME,
    REASON_STANDARD,
    REASON_MIND,
    REASON_GAVE_WAY,
    REASON_OTHER
};
extern const char *const reason_names[];

/* A way to settle it that lies on the table. */
struct proposal {
    long seq; /* 0: none */
    enum who by;
    enum settle as;
    const json_t *value; /* agree: the answer; NULL where the two are close enough as they are */
    const char *because, *what, *from, *by_when, *asking, *to;
    bool confirmed[PARTIES];
};

struct disagreement {
    char id[16];  /* "d1" */
    int question; /* the item; -1: about no question */
    enum kind kind;
    enum state state;
    enum who by;         /* ALONGSIDE where two answers differed, else who raised it */
    enum who first;      /* who answered first */
    const char *because; /* raised by hand: the reason */
    long of;             /* raised by hand: the event it is about; 0 */
    long opened, closed; /* seq; closed: 0 while it is open */
    struct answer before[PARTIES], after[PARTIES]; /* after: as it closed, or as it is now */
    int heard[PARTIES];                            /* 1 to 5; 0: not said */
    struct proposal proposal;
    enum outcome outcome;
    enum change change;
    const json_t *value; /* what was agreed on, or NULL */
    const long *turns;   /* seq of every event about it, in order */
    size_t turn_count;
};

size_t assessment_disagreements(const struct assessment *a);
const struct disagreement *assessment_disagreement(const struct assessment *a, size_t i);
/* By its id; NULL where there is none. */
const struct disagreement *assessment_disagreement_of_id(const struct assessment *a, const char *id);
/* The one about this question that is open or was last open; NULL. */
const struct disagreement *assessment_disagreement_about(const struct assessment *a, int item);
/* How far each felt heard is said by each on their own, and shown together: when both have said it, or when
 * the sitting it was said in is over. May what this `said` tells of it be shown? True where it tells nothing.
 */
bool assessment_heard_shown(const struct assessment *a, const struct event *said);
/* What a party has said of it, 1 to 5, as far as it may be shown; 0. */
int assessment_heard(const struct assessment *a, const struct disagreement *d, enum who who);
/* What kind of thing a difference about this question mostly is. */
enum kind assessment_kind_of(const struct question *q);
/* Open or being talked about? */
bool disagreement_is_live(const struct disagreement *d);
/* How many are live, about what is asked as things stand. */
size_t assessment_live(const struct assessment *a);
/* The outcome rule itself (design table), for answers that have an order or not. */
enum outcome disagreement_outcome(const struct question *q, const json_t *p0, const json_t *s0,
                                  const json_t *p1, const json_t *s1, enum change *change);

/* What lies on the table for a question asked of both together; seq 0 where nothing does. */
const struct proposal *assessment_together(const struct assessment *a, int item);

/* ---- the rest ---- */

/* “accepted”, “changed”, “declined”: what becomes of an offer. */
extern const char *const taken_names[];

/* What this party is called: the name they gave, else what the form calls them. */
const char *assessment_name(const struct assessment *a, enum who party, int language);
/* The name they gave last, here or in the record that this one follows; "" where none. */
const char *assessment_name_given(const struct assessment *a, enum who party);
/* he, she, they … as this party said last; "" where not said. */
const char *assessment_pronouns(const struct assessment *a, enum who party);
/* Who sits on the left (PRACTITIONER until somebody says). */
enum who assessment_left(const struct assessment *a);

struct sitting {
    long opened, closed;       /* seq; closed: 0 while it goes on */
    const char *at, *until;    /* until: "" while it goes on */
    const char *name[PARTIES]; /* "" where not said */
    const char *place;         /* "" */
    size_t began; /* which sitting it goes on with, by its index: its own, where it does not (topics.h) */
};
size_t assessment_sittings(const struct assessment *a);
const struct sitting *assessment_sitting(const struct assessment *a, size_t i);
/* Where they stopped last: an item, or -1. */
int assessment_paused_at(const struct assessment *a);

struct signature {
    long seq; /* 0: not signed */
    const char *name, *because;
    bool refused;
    bool changed_since; /* something was answered, settled or undone after it */
};
const struct signature *assessment_signature(const struct assessment *a, enum who party);

/* Is the question marked to be come back to? */
bool assessment_come_back(const struct assessment *a, int item);

/* All events, oldest first; and whether one has been undone. */
size_t assessment_events(const struct assessment *a);
const struct event *assessment_event(const struct assessment *a, size_t i);
/* By its seq; NULL where there is none. */
const struct event *assessment_event_numbered(const struct assessment *a, long seq);
bool assessment_is_undone(const struct assessment *a, long seq);
/* The next event of a kind after `after` (NULL: from the first on) that has not been undone; NULL where there
 * is none. */
const struct event *assessment_next(const struct assessment *a, enum event_kind kind,
                                    const struct event *after);
/* The same for the events whose “of” is `seq`: what was said about that event. Undoings are none. */
const struct event *assessment_next_about(const struct assessment *a, long seq, const struct event *after);
/* The seq that this party's next undo, or redo, is about; 0 where there is nothing. */
long assessment_undoable(const struct assessment *a, enum who party);
long assessment_redoable(const struct assessment *a, enum who party);

#endif
