/* Line mode's own inside, shared by the files of this folder only. */
#ifndef LINE_INTERNAL_H
#define LINE_INTERNAL_H

#include "base/strbuf.h"
#include "line/line.h"
#include "line/prompt.h"
#include "session/sheet.h"

#include <jansson.h>

enum { AT_END = -1 };

struct line {
    struct prompt p;
    struct session *s;
    int language[PARTIES]; /* each reads in their own */
    enum who turn;         /* whose line the next one is */
    int at;                /* the question, or AT_END: behind the last */
    bool arrived;          /* the question is to be told before the next line */
    bool leaving;
    bool veiled;           /* the answer given last was hidden: both are shown now */
    bool private[PARTIES]; /* they want their answer here hidden until both are in */
    int card;      /* the number of an entry opened from the question it is about, to go back there; 0 */
    time_t rested; /* when a break was offered last */
    char *listed; /* the answers to pick from as told last, so that they are told twice only if they differ */
};

static inline const struct assessment *line_state(const struct line *l)
{
    return session_assessment(l->s);
}

/* ---- line.c */

/* Whether it was done; where not, why has been said, and the cause is freed. Trouble with the disk is said
 * either way. Takes what the session's functions return and the address of the cause they set. */
bool line_done(struct line *l, bool done, char **cause);
/* Do an intent. */
bool line_do(struct line *l, json_t *intent);
/* "Saved: WHAT", or "Saved."; where the disk makes trouble, that it is not saved yet. */
void line_say_saved(struct line *l, const char *what);
/* A sentence, with a full stop where it has no end of its own. */
void line_say_sentence(struct line *l, const char *before, const char *sentence);
/* The same at the end of a text. */
void line_end_sentence(struct strbuf *sb);
const char *line_name(const struct line *l, enum who who);
/* Who sits there: 0 left, 1 right. */
enum who line_at_side(const struct line *l, int side);
int line_language(const struct line *l, enum who who);
/* The question they are at; NULL at the end. */
const struct question *line_question(const struct line *l);
/* Go to a question, or AT_END; the turn goes to whom it waits for. */
void line_go(struct line *l, int question);
/* Go on to the next one (AT_END), unless another entry is wanted first. */
void line_go_to(struct line *l, int next);
/* After an answer: ask the other, or talk, or go on. */
void line_go_on(struct line *l);
/* "b" in quotes is the word itself. The text without blanks around it and without such quotes; owned. */
char *line_plain(const char *typed);

/* ---- ask.c: small questions, and the answers to the form's */

/* Ask for words. NULL where they pressed Enter alone, went back, or left: in the last two *stop is set. "?"
 * says `help`. */
char *line_ask(struct line *l, const char *question, const char *help, bool *stop);
/* Ask for a number from 1 to `most`; 0 where they pressed Enter alone, -1 where they went back or left. */
int line_pick(struct line *l, const char *question, int most);
/* 1: yes, 0: no, -1: they went back or left. */
int line_yes(struct line *l, const char *question);
/* A prompt's text; the caller frees it. */
#define line_words xasprintf

/* Tell what can be picked, as `who` reads it, unless it has just been told. */
void line_list_answers(struct line *l, int question, enum who who);
/* "a number from 1 to 5". The caller frees it. */
char *line_way_to_answer(const struct line *l, int question, enum who who);
/* What the typed line is as an answer; NULL where it is none, and that has been said. */
json_t *line_read_answer(struct line *l, int question, enum who who, const char *typed);
/* The same for a day alone, as the record writes it; the caller frees it. */
char *line_read_day(struct line *l, const char *typed);
/* Give the typed line as the answer of the one whose turn it is. */
void line_answer(struct line *l, const char *typed);
/* The same for a value, which is the call's from then on: what the warning asks back, the reason and how it
 * is known are asked for, then it is saved. */
void line_take(struct line *l, json_t *value);
/* The answer that the one whose turn it is can start from, as words; NULL. *value: the answer itself, the
 * caller's; not where `value` is NULL. */
char *line_initial(const struct line *l, json_t **value);
/* Ask both to say yes to the answer put forward together. */
void line_both_confirm(struct line *l);
/* The same answer again, with a reason or how it is known (each may be NULL: as it was). */
bool line_answer_again(struct line *l, enum who who, const char *because, const char *evidence);
/* Ask the one whose turn it is how they know: an enum evidence, or -1 where they went back or left. */
int line_ask_evidence(struct line *l);
/* Is the answer of the one whose turn it is not to be seen before both are in? */
bool line_hides(const struct line *l);
/* Skip what is hidden: what is typed is "s1", "s2" or "s3". False where it is not. */
bool line_skip_hidden(struct line *l, const char *typed);
/* Ask why; as line_ask(). */
char *line_ask_reason(struct line *l, enum who who, bool *stop);

/* ---- show.c */

/* The question with all there is to say about it. */
void line_show(struct line *l);
/* Both answers, who sits left first, as far as each may see them, with their reasons. */
void line_show_answers(struct line *l, int question);
/* How the two stand. */
void line_show_standing(struct line *l, int question);
/* The question in the wording of each. */
void line_show_wording(struct line *l, int question);

/* ---- entries.c: the lists that they fill themselves */

/* Do they stand at a list? */
bool line_at_list(const struct line *l);
/* Its entries, numbered, and how far each is. */
void line_show_list(struct line *l, int repeat);
/* The entry that an item is in, if it is in one. */
void line_show_where(struct line *l, int item);
/* The cards that are about an item. */
void line_show_cards(struct line *l, int item);
/* What is asked for at a list; the caller frees it. */
char *line_list_prompt(const struct line *l);
/* At a list: open the one whose number is typed. */
void line_open(struct line *l, const char *typed);
/* From a list on: to what waits in it, or behind it. */
void line_past_list(struct line *l);
/* They are about to go from one item to another (AT_END), which may leave the last entry of a list: offer
 * another one. True where they go somewhere else instead. */
bool line_offer_another(struct line *l, int from, int to);

/* ---- talk.c */

/* Talk about a disagreement until they go back or it is settled and all is said. */
void line_talk(struct line *l, const char *id);
/* An answer that both give as one, where the form wants that: one says back what they heard, the other marks
 * it. False where they leave it for now. */
bool line_say_back(struct line *l);

/* ---- settle.c */

/* Put a way to settle it forward. True where they go back instead. */
bool line_settle(struct line *l, const char *id);

/* ---- differences.c */

/* All that they see differently, to pick one. */
void line_differences(struct line *l);
/* Raise by hand that the one whose turn it is sees something differently. */
void line_raise(struct line *l);

/* ---- sheet.c */

/* Go through a sheet, which is freed. True where it was done to its end. */
bool line_sheet(struct line *l, struct sheet *sheet);

/* ---- beside.c: what stands beside a question */

void line_show_beside(struct line *l, int item);

/* ---- plan.c: what the form makes of the answers */

/* What a section comes to, for each. */
void line_show_score(struct line *l, int section);
/* Answers that stay in sight; other forms that may fit. */
void line_show_in_sight(struct line *l);
void line_show_offers(struct line *l);

/* ---- lock.c */

/* Lock, and ask for the passphrase until it is given. Where the program is to end meanwhile, p->ended is set
 * and it stays locked: then nothing more is written, on the terminal or in the record. `stop`: the program
 * stops first. */
void prompt_lock(struct prompt *p, bool stop);
/* Wait until there is a line to be read. False where something else came first, and was seen to: it was
 * locked, or the warning was told. Then the question is to be asked again. */
bool prompt_heed(struct prompt *p);
/* The command. */
void line_lock(struct line *l);

/* ---- commands: each is done for the one whose turn it is */

void line_kept(struct line *l);
void line_record(struct line *l);
/* beside.c */
void line_beside(struct line *l);
/* What is learned from a difference. */
void line_learn(struct line *l, const struct disagreement *d);
void line_hide(struct line *l);
void line_overview(struct line *l);
/* plan.c: the lists made from the answers */
void line_plan(struct line *l);
/* way.c: how far they have come; the whole of the work */
void line_distance(struct line *l);
void line_cycle(struct line *l);
void line_complete(struct line *l);
/* timeline.c */
void line_timeline(struct line *l);
void line_promises(struct line *l);
/* What the practitioner promised and has not done by its day: both hear it. */
void line_show_overdue(struct line *l);
void line_search(struct line *l);
/* services.c */
void line_services(struct line *l);
void line_undo(struct line *l);
void line_redo(struct line *l);
/* entries.c */
void line_add(struct line *l);
void line_take_out(struct line *l);
void line_move(struct line *l);
void line_list(struct line *l);
void line_card(struct line *l);
/* who.c */
void line_people(struct line *l);
/* What a sitting closes with. */
void line_close(struct line *l);
void line_language_of(struct line *l);
void line_sign(struct line *l);
/* copy.c */
void line_copy(struct line *l);
/* remark.c */
void line_reason(struct line *l);
void line_evidence(struct line *l);
void line_note(struct line *l);
void line_come_back(struct line *l);
void line_skip(struct line *l);
void line_guidance(struct line *l);

#endif
