/* A session: one record open, with its form and the assessment that its events add up to.
 *
 * Everything that changes a record goes through session_do(): the screens, line mode, `apply`, the demo. */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "assessment/assessment.h"
#include "form/services.h"
#include "record/record.h"

#include <stdbool.h>

struct session;

/* Begin a record at `path` with a form, which the session takes over (it is freed with it, also on failure).
 * `ref` may be NULL; `id` comes from record_new_id(). */
struct session *session_begin(const char *path, const char *id, const char *ref, struct form *form,
                              char **cause);
/* The same for one that follows `earlier`: it has that one's answers as last time's. */
struct session *session_follow(const char *path, const char *id, const char *ref, struct form *form,
                               const struct session *earlier, char **cause);
/* One that is kept nowhere, to try a form out, which it takes over: session/preview.h. */
struct session *session_in_memory(struct form *form, char **cause);
bool session_is_in_memory(const struct session *s);
/* What either holds is the other's from then on. */
void session_swap(struct session *one, struct session *other);
/* Open the record at `path`. Opening for writing goes on with what the rules still owe (a power cut between
 * two entries). A damaged one opens for reading, whatever was asked: see record_damage() and
 * session_read_only(). */
struct session *session_open(const char *path, enum record_mode mode, char **cause);
/* The same, reading only, as it stood after `lines` lines (0: all). */
struct session *session_open_at(const char *path, size_t lines, char **cause);
void session_close(struct session *s);

/* The form as it is now (an upgrade brings another version). */
const struct form *session_form(const struct session *s);
const struct assessment *session_assessment(const struct session *s);
struct record *session_record(const struct session *s);
/* What the form's offer `i` is called: the other form's title where it came with the program, else its name.
 */
const char *session_offer_title(const struct session *s, size_t i);
/* The list of services, read when first asked for; NULL where there is none that can be used, and *why (may be
 * NULL) says why. */
const struct services *session_services(struct session *s, const char **why);
/* The case's own reference, or "". */
const char *session_ref(const struct session *s);
/* NULL, or why nothing can be written. */
const char *session_read_only(const struct session *s);

/* The receipt code over all that the session was made of (record/receipt.h), worked out when that is asked for
 * and not before: it takes a moment and 64 MiB. False and a cause where the memory is not there. */
bool session_make_receipt(struct session *s, char **cause);
/* That code; NULL where it was not worked out, or where the record has gone on since. */
const char *session_receipt(const struct session *s);

/* Is an intent one that session_do() would take, the saving aside? What a person need not say is filled in.
 */
bool session_may(const struct session *s, json_t *intent, char **cause);
/* Do what a person asks for: an event without seq, prev, at, hash. The intent is the session's from then on.
 * Checked as assessment_follows() says, appended, folded in, and so is all that the rules then call for.
 * False and a cause where it was refused or could not be saved; then nothing has changed. When a sync has
 * failed it returns true, the event counts, and session_trouble() says that it is in memory only. */
bool session_do(struct session *s, json_t *intent, char **cause);
/* NULL, or the sentence to be shown until it is mended: what was done lately is not on the disk. */
const char *session_trouble(const struct session *s);
/* Write all of it to another place (record_rescue), after which there is no trouble about what has been done.
 */
bool session_rescue(struct session *s, const char *path, char **cause);

/* The preview that a session in memory belongs to, or NULL; it stays the caller's. */
struct preview;
void session_set_preview(struct session *s, struct preview *preview);
struct preview *session_preview(const struct session *s);

/* What is half typed, kept beside the record (record/draft.h), or in memory where the record is.
 * session_draft(): the text and its place as it was kept, the caller's to free, or NULL. */
void session_keep_draft(struct session *s, const char *place, const char *text);
char *session_draft(const struct session *s, char **place);
void session_drop_draft(struct session *s);

/* Shorthands for intents that every front end needs; each makes the intent and does it. An answer that stands
 * already (a reason is added to it) is not asked back about again. */
bool session_answer(struct session *s, enum who by, int question, json_t *value, const char *because,
                    const char *evidence, char **cause);
/* What the question's warning asks back about an answer before it is taken, in words for whom gives it; NULL
 * where it asks nothing. The caller frees it. */
char *session_warning(const struct session *s, enum who by, int question, const json_t *value);
/* session_answer() for an answer that is kept when the warning was read. */
bool session_answer_passed(struct session *s, enum who by, int question, json_t *value, const char *because,
                           const char *evidence, char **cause);
/* The same for one that neither sees before both are in, though the question is not of those where it is
 * always so. What is added to it later stays hidden as well. */
bool session_answer_hidden(struct session *s, enum who by, int question, json_t *value, const char *because,
                           const char *evidence, char **cause);
bool session_decline(struct session *s, enum who by, int question, enum missing missing, char **cause);
bool session_decline_hidden(struct session *s, enum who by, int question, enum missing missing,
                            const char *because, char **cause);
/* May this one be answered hidden? False and a cause where it would hide nothing. */
bool session_may_hide(const struct session *s, enum who by, int question, char **cause);
/* What is said where a hidden answer is not taken: the same for each, as why would tell of it. The caller
 * frees it. */
char *session_not_taken(const struct session *s, enum who by, int question);
/* What a question's warning asks back about some answers, said whatever was answered; NULL where it has none.
 */
char *session_hidden_warning(const struct session *s, enum who by, int question);
/* Add an entry to a repeat, `about` an item or (-1) none; its number is assessment_next_entry() before. */
bool session_add_entry(struct session *s, enum who by, int repeat, int about, char **cause);
/* Put an entry before another, or (NULL) last. */
bool session_move_entry(struct session *s, enum who by, const struct entry *entry, const struct entry *before,
                        char **cause);
/* Say to take an entry out: see assessment_goes_at_once(). */
bool session_remove_entry(struct session *s, enum who by, const struct entry *entry, char **cause);
bool session_undo(struct session *s, enum who by, char **cause);
bool session_redo(struct session *s, enum who by, char **cause);

#endif
