/* A sitting told in short: what both have done in it, looked at together at its end; and what is brought
 * along into a new one. Made of the events each time it is asked for. */
#ifndef SESSION_SITTING_H
#define SESSION_SITTING_H

#include "session/session.h"

#include <time.h>

/* What was done in the sitting that goes on: who answered how much, in which parts, what they see differently
 * and how that ended, what is new in their lists, what they promised. Lines; the caller frees it. */
char *sitting_recap(const struct session *s, int language);
/* What is to be known before a sitting begins: promises of the practitioner whose day is over, differences
 * that are back, the day agreed on last time. NULL where there is nothing; the caller frees it. */
char *sitting_brought_along(const struct session *s, int language);

/* The promises made in the sitting that goes on, one a line; "" for none. The caller frees it. */
char *sitting_promises(const struct session *s, int language);

/* ---- who is here ---- */

/* What a person types as their name can say how to speak of them: “Sam (he/him)”. The intent of sitting down:
 * what each typed (NULL or "": nothing), who sits left, the place (the same), the languages they read (by
 * index). */
json_t *sitting_sat(const struct session *s, enum who by, const char *const typed[PARTIES], enum who left,
                    const char *place, const int languages[PARTIES]);
/* The name alone of what was typed; the caller frees it. */
char *sitting_name_typed(const char *typed);
/* As it would be typed: the name they gave last and how to speak of them, "" where they gave none. The caller
 * frees it. */
char *sitting_typed(const struct assessment *a, enum who party);
/* What stands beside a name: " (he/him)"; with the language they read where that is not the form's first: "
 * (he/him, cy)";
 * "" for neither. The caller frees it. */
char *sitting_beside_name(const struct assessment *a, enum who party, int language);
/* The language they read when they sat down last, by index. */
int sitting_language(const struct assessment *a, enum who party);

/* Does a sitting go on: opened, and neither paused nor closed since? And is it one that has just begun, not
 * the going on with one of the same day? */
bool sitting_goes_on(const struct assessment *a);
bool sitting_is_new(const struct assessment *a);

/* That the supervisor wrote what the practitioner has not read yet; NULL where there is nothing. An opening
 * says it; who goes on with a sitting of the same day has none. The caller frees it. */
char *sitting_unread_words(const struct assessment *a, int language);

/* Where a sitting is on its way (feature A4). Nothing has to be gone through, and none of it is stored. */
enum sitting_stage {
    SITTING_WELCOME,
    SITTING_AREAS,
    SITTING_RATE,
    SITTING_TALK,
    SITTING_PLAN,
    SITTING_RECAP
};
enum sitting_stage sitting_stage(const struct assessment *a);
/* "Welcome > Areas > [Rate] > Talk > Plan > Recap". The caller frees it. */
char *sitting_stage_words(const struct assessment *a);
/* The same for the ear: "Rate, 3 of 6. Then Talk, Plan, Recap." The caller frees it. */
char *sitting_stage_told(const struct assessment *a);

/* Is a break to be offered? Twenty minutes after they sat down, and each twenty after it was offered last:
 * `rested`, which begins as 0 and is the caller's to keep. There is no timer: it is looked at when something
 * is done anyway. */
bool sitting_break_due(const struct assessment *a, time_t *rested);
extern const char sitting_break_words[]; /* where any key goes on */
extern const char sitting_break_told[];  /* one line at a time */

#endif
