/* What a supervisor does to a record, and what the two make of it: thin intents for the review's browser, its
 * line mode and the commands; and how it is told when a sitting opens. Neither view is ever rewritten. */
#ifndef SESSION_SUPERVISE_H
#define SESSION_SUPERVISE_H

#include "assessment/supervision.h"
#include "session/session.h"

/* ---- the supervisor's ---- */

/* Write about a disagreement (its id; NULL: about the whole): a comment, or coaching. Each of these gives
 * false and a cause where it was refused; `name` is who does it, and needed. */
bool session_comment(struct session *s, const char *disagreement, bool coaching, const char *name,
                     const char *text, char **cause);
/* Answer what was referred. */
bool session_answer_referral(struct session *s, const char *disagreement, const char *name, const char *text,
                             char **cause);
bool session_countersign(struct session *s, const char *name, char **cause);
/* `because` may be NULL. */
bool session_hand_over(struct session *s, enum who by, const char *name, const char *to, const char *because,
                       char **cause);
/* What others can learn, as the supervisor sees it. */
bool session_lesson(struct session *s, const char *disagreement, const char *name, const char *text,
                    char **cause);

/* ---- what the two make of it ---- */

/* The comments that the practitioner has not said to have read, oldest first: their seqs; `seqs` has room for
 * `room`, or is NULL. Returns how many there are. */
size_t supervise_unread(const struct assessment *a, long *seqs, size_t room);
/* The first of them about this disagreement; NULL. */
const struct event *supervise_unread_about(const struct assessment *a, const struct disagreement *d);
/* “Pat Green wrote about “Home””, and the words alone. The caller frees the first. */
char *supervise_title(const struct assessment *a, const struct event *comment, int language);
/* What one of them said to a comment: in words of their own, with or after having read it; the event, NULL.
 */
const struct event *supervise_said(const struct assessment *a, long seq, enum who by);
/* The practitioner has read it (`text` NULL); or one of them says something to it, in place of what they said
 * before. The practitioner's words say that they have read it too. */
bool supervise_read(struct session *s, long seq, char **cause);
bool supervise_say(struct session *s, long seq, enum who by, const char *text, char **cause);

/* “Bea Lang leads, since 3 November 2026. Before: Rae Moss.” The caller frees it. */
char *supervise_lead_words(const struct assessment *a);
/* “Pat Green signed too. Something was changed after that.” for the last countersignature; "" where there is
 * none. The caller frees it. */
char *supervise_countersigned_words(const struct assessment *a);

#endif
