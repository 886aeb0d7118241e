/* Going through the questions: what is on the way, where one is, what is still open. */
#ifndef SESSION_WALK_H
#define SESSION_WALK_H

#include "assessment/assessment.h"

/* Is it a stop on the way: shown to somebody, and not a group or a calculation? */
bool walk_stops(const struct assessment *a, int question);
/* The stop after or before this one (after -1: the first; before WALK_END: the last), or -1. */
enum { WALK_END = -2 };
int walk_next(const struct assessment *a, int question);
/* The same, from the last stop of a part chosen for today to the next of those; -1 after the last. */
int walk_next_today(const struct assessment *a, int question);
int walk_previous(const struct assessment *a, int question);
/* Where to begin: where they stopped, or what they last did something about if it is not done with; else the
 * next question that waits for somebody, else the first. -1 only where the form has no stop at all. */
int walk_start(const struct assessment *a);
/* ---- today: the parts they chose for this sitting, in the order chosen; all of them where they chose none
 * ---- */

/* Have they chosen? Is this section one of those? */
bool walk_has_today(const struct assessment *a);
bool walk_section_today(const struct assessment *a, int section);
/* Where today begins: the first stop of today that waits for either, else the first of all; -1 where they
 * chose nothing. */
int walk_today(const struct assessment *a);
/* The first stop after `question` that waits for either (going round, those of today first), or -1. */
int walk_waiting(const struct assessment *a, int question);
/* Where to go on from a stop that is done with: the next one, but from the last of a list of entries to the
 * list, where one more can be added; from the last of a part chosen for today to the next of those. -1:
 * nowhere. */
int walk_on(const struct assessment *a, int question);
/* The same from the list itself, past all of its entries. */
int walk_past(const struct assessment *a, int repeat);
/* Where to begin in an entry: its first stop that waits for either, else its first; -1 where it has none. */
int walk_entry(const struct assessment *a, const struct entry *entry);
/* Does an item stand in this entry, or in one within it? */
bool walk_within(const struct assessment *a, int item, const struct entry *entry);
/* Does this stop ask something that can be done with? Not a note, nor a list that may stay empty. */
bool walk_counts(const struct assessment *a, int question);
/* "Question 7 of 32": counts what is counted. For what is not, the number of the one that comes after it;
 * after the last one, one more than there are. */
void walk_position(const struct assessment *a, int question, int *number, int *of);
/* The first stop after `question` (going round; `step` -1: before) whose wording for anybody holds `text`;
 * -1. */
int walk_search(const struct assessment *a, int question, const char *text, int step, int language);
/* Does its wording, its section's title or its name hold `text`? */
bool walk_holds(const struct assessment *a, int question, const char *text, int language);

/* The places of a section's items, [from, to); of section -1: all there are. */
void walk_section(const struct assessment *a, int section, int *from, int *to);

/* How far a section is: questions that ask something of either, and how many of those nobody is waited for.
 */
struct walk_progress {
    int questions, done;
    int differ;             /* live disagreements in it */
    int to_go[PARTIES + 1]; /* how many wait for PRACTITIONER, SERVICE_USER, TOGETHER */
};
/* Of a section, or (section -1) of all. */
struct walk_progress walk_progress(const struct assessment *a, int section);
/* Of today. */
struct walk_progress walk_progress_today(const struct assessment *a);
/* The same of an entry, with what it holds. */
struct walk_progress walk_entry_progress(const struct assessment *a, const struct entry *entry);

#endif
