/* The guided talk about a disagreement: its steps, whose turn it is, what is done, what comes next.
 *
 * What was said is in the record and is read from there each time; a struct talk only holds where these two
 * are now and what they left out, and is worth nothing once they go. The screen and line mode walk through
 * the same one: every turn can be left out, and from each step they can go to any other. Nothing is
 * preselected. */
#ifndef SESSION_TALK_H
#define SESSION_TALK_H

#include "assessment/assessment.h"
#include "session/session.h"

enum talk_at {
    TALK_WHY,                /* each says why */
    TALK_BACK,               /* each says back what they heard; the other says if it is right */
    TALK_MIND,               /* what would change your mind */
    TALK_WRITE,              /* what shall we write down; both say yes */
    TALK_STEPS,              /* so many stand in the bar; what comes after is asked once it is settled */
    TALK_MOVED = TALK_STEPS, /* who changed an answer: why */
    TALK_HEARD,              /* each on their own: I was heard */
    TALK_END
};

enum talk_asks {
    TALK_ASKS_WORDS,  /* their own words */
    TALK_ASKS_MARK,   /* is what was said back right, or not quite (then freely: what was missing) */
    TALK_ASKS_SETTLE, /* a way to settle it (settle_options) */
    TALK_ASKS_YES,    /* a yes to what lies on the table */
    TALK_ASKS_REASON, /* one of the reasons (words_reason), and freely their own words */
    TALK_ASKS_HEARD   /* 1 to 5, not seen by the other */
};

/* One thing to be done next, and by whom. */
struct talk_turn {
    enum talk_at at;
    enum talk_asks asks;
    enum who who; /* TALK_ASKS_SETTLE: either */
    long of; /* TALK_ASKS_MARK: the seq of what was said back; TALK_ASKS_WORDS in TALK_BACK: of the mark that
                said “not quite” before; else 0 */
};

struct talk {
    char id[16]; /* of the disagreement */
    enum talk_at at;
    bool left_out[TALK_END][PARTIES]; /* this one's turns in this step are passed over now */
};

/* Begin where there is something left to do: at the first step nobody has taken, or at what lies on the
 * table. */
void talk_begin(struct talk *t, const struct assessment *a, const struct disagreement *d);
const struct disagreement *talk_about(const struct talk *t, const struct assessment *a);
/* Whose turn it is in the step they are at; false where nothing is left to do in it. */
bool talk_turn(const struct talk *t, const struct assessment *a, struct talk_turn *turn);
/* The same, for this one of them: either may go first. */
bool talk_turn_for(const struct talk *t, const struct assessment *a, enum who who, struct talk_turn *turn);
/* Leave this turn out; talk_turn() then gives the next one. */
void talk_leave_out(struct talk *t, const struct talk_turn *turn);
/* On to the next step that has something left in it, from the one they are at; TALK_WRITE at the most while
 * it is open, TALK_END when all is done. True where that is another step. */
bool talk_on(struct talk *t, const struct assessment *a);
/* To this step, whatever is done: what they left out there is asked again. */
void talk_go(struct talk *t, enum talk_at at);

/* Has this step been taken by both, by one, by none? What they left out here is not done. */
enum talk_done { TALK_NOT_DONE, TALK_HALF_DONE, TALK_DONE };
enum talk_done talk_done(const struct assessment *a, const struct disagreement *d, enum talk_at at);

/* What the step is called: “Say back”; `brief`: where there is little room. */
const char *talk_title(enum talk_at at, bool brief);
/* What is asked, with the names: “Sam: say in your own words what Rae said.” The caller frees it. */
char *talk_prompt(const struct assessment *a, const struct talk_turn *turn, int language);
/* All that one of them has said about it that helps in this step, the reason first, a paragraph each; "" for
 * nothing. The caller frees it. `who` may be SUPERVISOR: what they answered, with their name. */
char *talk_voice(const struct assessment *a, const struct disagreement *d, enum who who, enum talk_at at,
                 int language);

/* Did this one change their answer since it was opened, without having said why? */
bool talk_moved(const struct assessment *a, const struct disagreement *d, enum who party);

/* Does a together answer wait for one of them to say back what they heard, before anybody can say yes to it?
 * Then whose turn it is: the one who did not put it forward says back, the other marks. The words and the
 * mark go the same way. */
bool talk_together_turn(const struct assessment *a, int item, struct talk_turn *turn);

/* Do what a turn asks for. The text is borrowed; `text` of a mark and of a reason may be NULL or "". */
bool talk_say(struct session *s, const struct disagreement *d, const struct talk_turn *turn, const char *text,
              char **cause);
bool talk_say_about(struct session *s, int item, const struct talk_turn *turn, const char *text,
                    char **cause);
bool talk_mark(struct session *s, const struct talk_turn *turn, bool right, const char *text, char **cause);
bool talk_say_reason(struct session *s, const struct disagreement *d, enum who who, enum reason reason,
                     const char *text, char **cause);

#endif
