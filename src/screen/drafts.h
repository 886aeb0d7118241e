/* What is half typed, kept beside the record so that neither a crash nor looking elsewhere takes it: any
 * number of texts, each until it is saved or given up.
 *
 * A place is what a record calls the question ("home", "goal#2"), or that and what is typed there
 * ("home:why"), with whose it is. */
#ifndef SCREEN_DRAFTS_H
#define SCREEN_DRAFTS_H

#include "screen/app.h"

/* Keep `text` for this place, the cursor standing so many bytes into it; an empty one is none. */
void drafts_keep(struct app *app, const char *place, enum who who, const char *text, size_t cursor);
/* The draft for this place, which the caller frees, or NULL; and where the cursor stood. */
char *drafts_of(struct app *app, const char *place, enum who who, size_t *cursor);
/* The question that the last draft is about, of those that are asked now, or -1: where to go on; and whose
 * words they are. */
int drafts_question(struct app *app, enum who *who);
/* It has been saved, or given up. */
void drafts_drop(struct app *app, const char *place, enum who who);

#endif
