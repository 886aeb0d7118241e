/* One person's side: their wording, what they can pick or type, what they have answered, and why.
 *
 * A pane is about one question and one slot (a party, or TOGETHER). What is picked or typed and not saved yet
 * is kept in it, also while the other has the keyboard. */
#ifndef SCREEN_PANE_H
#define SCREEN_PANE_H

#include "screen/app.h"

struct pane;

/* Ctrl-N: a new line in a longer text, as Enter saves. */
enum { PANE_NEW_LINE = 'N' & 0x1f };

struct pane *pane_new(struct app *app, int question, enum who slot);
void pane_free(struct pane *p);
/* Look at the assessment again: after something was saved or undone. Unsaved typing stays. */
void pane_refresh(struct pane *p);

/* Move, pick, type: true where the key was used. */
bool pane_key(struct pane *p, int key);
/* In an order: the one at the cursor goes a place up (-1) or down (1). */
void pane_shift(struct pane *p, int by);
bool pane_is_order(const struct pane *p);
/* True where what is picked at the cursor asks for words: its label, and its words so far or "". */
bool pane_asks_words(struct pane *p, const char **label, const char **words);
/* The words for it; "" where there are to be none: then it is not picked. */
void pane_say_words(struct pane *p, const char *words);
/* The cursor goes to that choice. */
void pane_go_to(struct pane *p, const struct choice *choice);
/* Is what is picked and typed here kept from sight until both are in? */
bool pane_hides(const struct pane *p);
/* It is to be, though the question is none of those where it always is. */
void pane_set_private(struct pane *p, bool private);
/* Say on this side how what is hidden is skipped. */
void pane_tell_how(struct pane *p, bool tells);
bool pane_is_private(const struct pane *p);
/* Where it is: the next digit says why this one is skipped; and what was said so, or typed ("s3"). */
void pane_skip(struct pane *p);
enum missing pane_skipped(const struct pane *p);
/* What stands there now as an answer, which the caller owns; NULL and a cause where it is none. */
json_t *pane_value(struct pane *p, char **cause);
/* Is it something other than what is saved? */
bool pane_unsaved(const struct pane *p);
/* It has been saved (or is to be forgotten): what stands there is what is saved. */
void pane_settled(struct pane *p);
/* Is text being typed here (so that letters are not keys)? */
bool pane_is_text(const struct pane *p);
/* The text typed so far, where the cursor is in it, and putting one there (from a draft). */
const char *pane_text(const struct pane *p);
size_t pane_text_cursor(const struct pane *p);
void pane_set_text(struct pane *p, const char *text, size_t cursor);
/* Is anybody asked here at all? */
bool pane_is_asked(const struct pane *p);

/* How many rows the wording and the hint take at this width, so that both sides' answers can begin in the
 * same row; 0 where the wording stands elsewhere. */
int pane_heading_rows(const struct pane *p, int columns);
/* How many rows are to be kept for the reason, so that both sides' lists have the same room. */
int pane_reason_rows(const struct pane *p);
/* Draw into the area: name, wording and hint (`heading` rows at most, 0: none), answers, reason (`reason`
 * rows kept for it). Cursor if focused. */
void pane_draw(struct pane *p, struct canvas *c, struct area area, int heading, int reason, bool focused);
/* Does last time's answer stand here, below this time's? Not where only this one side is shown: then both
 * stand with the names. */
void pane_keep_last(struct pane *p, bool here);
/* The row in which the saved answer was drawn last; -1 where it was not. */
int pane_answer_row(const struct pane *p);
/* A click at this row: true where an answer stands there, which is picked then. */
bool pane_click(struct pane *p, int row);

#endif
