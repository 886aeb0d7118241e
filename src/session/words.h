/* What the program says about an assessment, in plain words, the same on the screen, in line mode and on
 * paper.
 *
 * Names are those the people gave. Strings that are returned as char * are the caller's to free; nothing here
 * is made safe for a terminal yet (utf8_safe), as that is done where text leaves. */
#ifndef SESSION_WORDS_H
#define SESSION_WORDS_H

#include "assessment/assessment.h"

/* "Not sure", "Does not apply", "Rather not say"; "" for MISSING_NONE. */
const char *words_missing(enum missing missing);
/* How it is known, as a choice to pick: "I saw it", "The other person told me", … "" for none. */
const char *words_evidence(enum evidence evidence);
/* The question as this reader reads it, falling back to its name. */
const char *words_question(const struct assessment *a, int question, enum who reader, int language);
/* The entry an item stands in: "Our goals, 2 of 3", one repeat within another "Our goals, 2 of 3: Steps, 1 of
 * 2"; "" outside of repeats. */
char *words_where(const struct assessment *a, int question, enum who reader, int language);
/* The question with that before it, for lists where nothing else says which entry is meant. */
char *words_item(const struct assessment *a, int question, enum who reader, int language);
/* What an entry is called: the first thing answered in it, as this reader has it, on one line; "" while
 * nothing is. */
char *words_entry(const struct assessment *a, const struct entry *entry, enum who reader, int language);
/* The same as one of them (or TOGETHER) has said it; "" where they have not. */
char *words_entry_by(const struct assessment *a, const struct entry *entry, enum who who, int language);
/* The item whose answer that is; -1. */
int words_entry_item(const struct assessment *a, const struct entry *entry);
/* How far an entry is: "Rae has 2 to go. Sam has 1 to go. You see 1 thing differently." */
char *words_entry_standing(const struct assessment *a, const struct entry *entry, int language);
/* "Sam says: take it out. It goes when Rae says so too." "" where nobody says so. */
char *words_entry_out(const struct assessment *a, const struct entry *entry, int language);
/* How many entries a repeat has, and may have: "At least 1, no more than 6. You have 2." */
char *words_repeat(const struct assessment *a, int repeat, int language);
/* words_where() in so many columns: the outer entries give way, the counts never. */
char *words_where_short(const struct assessment *a, int question, enum who reader, int language, int columns);
/* The entries that are about an item: how many. */
int words_cards(const struct assessment *a, int item);
/* The section's title. */
const char *words_section(const struct assessment *a, int section, enum who reader, int language);
/* A party's answer: "4: Mostly OK", "Rather not say", or "" where there is none yet. */
char *words_answer(const struct assessment *a, int question, enum who who, int language);
/* The same, short: "4". */
char *words_answer_brief(const struct assessment *a, int question, enum who who, int language);
/* What they said in the assessment before: "Last time: 4: Mostly OK"; "Last time: no answer" where only the
 * other had one, as the one is never told without the other; "" where nobody had. */
char *words_last(const struct assessment *a, int question, enum who who, int language);
/* With the reason that was given: "Last time: 4: Mostly OK. “The lock is new.”" */
char *words_last_why(const struct assessment *a, int question, enum who who, int language);
/* Where both views stood last time: "Both views stood last time." else "". */
const char *words_stood(const struct assessment *a, int question);
/* What one of them said about it then: "Sam said then: “He knows where I live.”" */
char *words_stood_said(const struct assessment *a, int question, size_t i, int language);
/* A value as an answer to a question, or the words themselves where it is about none (question -1). */
char *words_value(const struct assessment *a, int question, const json_t *value, int language);
/* How far two answers lie apart: "3 steps apart", "2 of these"; "" where the gap says nothing. */
char *words_apart(const struct question *q, const json_t *one, const json_t *other);
/* How the two stand on a question, one sentence: "You see this differently: 3 steps apart. Nobody is wrong."
 * "" where there is nothing to say. */
char *words_standing(const struct assessment *a, int question, int language);
/* "Question 7 of 32"; of what is not counted "List before question 8 of 32"; `brief`: "7 of 32". */
char *words_position(const struct assessment *a, int question, bool brief);
/* Why the question is not asked of a party, or "": "Sam is not asked this." */
char *words_not_asked(const struct assessment *a, int question, enum who party, int language);
/* The full stop that a sentence still needs: "." or "". */
const char *words_stop(const char *sentence);
/* "open", "talking about it", "Rae moved to Sam's answer", "both views stand", … */
char *words_outcome(const struct assessment *a, const struct disagreement *d, int language);
/* What lies on the table: "Both keep your answers, with both reasons." "" where nothing does. */
char *words_proposal(const struct assessment *a, const struct disagreement *d, int language);
/* One event told: "Sam answered “Home”: 2: Hard. “I am on my sister's sofa”". */
char *words_event(const struct assessment *a, const struct event *event, int language);
/* The same without what it is about, where that stands above it already. */
char *words_turn(const struct assessment *a, const struct event *event, int language);
/* What kind of thing it was, nothing of its words: "Sam's answer", "what Rae added". */
char *words_act(const struct assessment *a, const struct event *event, int language);
/* The question or the disagreement that it is about, as `reader` has it; "" where it is about none. */
char *words_topic(const struct assessment *a, const struct event *event, enum who reader, int language);
/* What a disagreement is about: the question, or the words it was raised with. */
char *words_about(const struct assessment *a, const struct disagreement *d, enum who reader, int language);

#endif
