/* Going through the questions: what is on the way, where one is, what is still open. */
#ifndef SESSION_WALK_H
#define SESSION_WALK_H

#include "assessment/assessment.h"

/* Is it a stop on the way: shown to somebody, and not a group or a calculation? */
bool walk_stops(const struct assessment *a, int question);
/* The stop after or before this one (after -1: the first; before WALK_END: the last), or -1. */
enum { WALK_END = -2 };
int walk_next(const struct assessment *a, int question);
int walk_previous(const struct assessment *a, int question);
/* Where to begin: where they stopped, or what they last did something about if it is not done with; else the
 * next question that waits for somebody, else the first. -1 only where the form has no stop at all. */
int walk_start(const struct assessment *a);
/* The first stop after `question` that waits for either (going round), or -1. */
int walk_waiting(const struct assessment *a, int question);
/* "Question 7 of 32": counts the stops that ask something. A note counts as the one before it. */
void walk_position(const struct assessment *a, int question, int *number, int *of);
/* The first stop after `question` (going round; `step` -1: before) whose wording for anybody holds `text`;
 * -1. */
int walk_search(const struct assessment *a, int question, const char *text, int step, int language);

/* Does its wording, its section's title or its name hold `text`? */
bool walk_holds(const struct assessment *a, int question, const char *text, int language);

/* Does an item stand in this entry, or in one within it? */
bool walk_is_in(const struct assessment *a, int item, const struct entry *entry);
/* The first stop in an entry, or -1. */
int walk_into(const struct assessment *a, const struct entry *entry);
/* The first stop behind all of a repeat's entries, or -1. */
int walk_past(const struct assessment *a, int repeat);

/* How far a section is: questions that ask something of either, and how many of those nobody is waited for.
 */
struct walk_progress {
    int questions, done;
    int differ; /* live disagreements in it */
};
/* Of a section, or (section -1) of all. */
struct walk_progress walk_progress(const struct assessment *a, int section);
/* Of an entry, and all within it. */
struct walk_progress walk_progress_in(const struct assessment *a, const struct entry *entry);

#endif
