/* What is half typed: in a small file beside the record, so that a crash in the middle of a sentence does not
 * take it.
 *
 * It is no part of the record: nobody has said it yet. It is written over as typing goes on, and goes when
 * what was typed is saved or given up. Losing it loses words that were never shown as saved, so no failure
 * here is reported. */
#ifndef RECORD_DRAFT_H
#define RECORD_DRAFT_H

#include "record/record.h"

/* Keep `text`, typed at `place` (whatever names it for the caller). It is replaced as a whole. Where a
 * word has just ended it is synced, its name too, and a power cut takes no more than what came after that.
 * Nothing is kept for a record that is only read. */
void draft_keep(const struct record *record, const char *place, const char *text);
/* The text kept, with its place in *place; both the caller's to free. NULL where there is none. */
char *draft_load(const struct record *record, char **place);
void draft_drop(const struct record *record);

#endif
