/* The lock: when it comes by itself, what it takes away, and what opens it again.
 *
 * It is one for whatever is in front, a session or the home screen. The front ends hide what they show and
 * ask for the passphrase; all that is decided is decided here. Where nothing in the program was unlocked by a
 * passphrase, there is none to ask for: then what is shown is only hidden. */
#ifndef SESSION_LOCK_H
#define SESSION_LOCK_H

#include "record/keyring.h"
#include "session/session.h"

#include <stdbool.h>
#include <stddef.h>

/* The warning stands so long before it locks by itself. */
enum { LOCK_WARNS_SECONDS = 30 };
/* The first few wrong passphrases cost nothing; then each wait is twice the one before, up to a minute. */
enum { LOCK_FREE_TRIES = 3, LOCK_FIRST_WAIT = 2, LOCK_LONGEST_WAIT = 60 };

struct lock {
    char *folder;          /* of the caseload that is unlocked, or that the record lies in */
    char key[KEY_ID_TEXT]; /* of what is unlocked; "" where nothing is */
    char *trouble;         /* what is wrong with the settings; NULL */
    const struct session *session;
    long long after;   /* milliseconds without a key */
    long long touched; /* when the last one came */
    long long asleep;  /* ticks_asleep() when that was looked at last */
    bool locked, sealed;
    unsigned wrong;  /* tries, one after the other */
    long long again; /* when the next try is taken */
};

/* For a session, or (NULL) for the caseload in `folder`, the usual one where that is NULL. The settings of
 * its folder are read. The session is borrowed. */
void lock_init(struct lock *lock, const struct session *session, const char *folder);
void lock_release(struct lock *lock);

/* ---- by itself ---- */

enum lock_due { LOCK_NOT_YET, LOCK_WARNS, LOCK_NOW };
/* How things stand by now. A computer that has slept since this was asked last: LOCK_NOW. Locked: nothing. */
enum lock_due lock_due(struct lock *lock);
/* Milliseconds until that, or the wait between two tries, stands differently; -1: it will not by itself. */
int lock_next(const struct lock *lock);
/* A key came. */
void lock_touch(struct lock *lock);
/* What stands there while it warns. */
const char *lock_warning(const struct lock *lock);

/* ---- locked ---- */

/* Every key is wiped. What is half typed is to be kept before. Once it is locked it does nothing. */
void lock_close(struct lock *lock);
/* Is there a passphrase to be asked for? Else it was only hidden. */
bool lock_asks(const struct lock *lock);
/* What is said then, on a line of its own each; none tells whose it is. Ends in NULL. */
const char *const *lock_words(const struct lock *lock);
/* May it be left for good while it is locked? Not where something is in memory only. */
bool lock_may_leave(const struct lock *lock);

/* Seconds until the next try is taken; 0: it is. */
int lock_wait(const struct lock *lock);
/* Try a passphrase: open again, or a sentence that says why not. Where there is none to be asked for, it
 * opens. */
const char *lock_try(struct lock *lock, const char *passphrase, size_t length);

/* The program was left while it was locked, so nothing is to come after it: to be said, and asked. */
void lock_note_left(void);
bool lock_was_left(void);

#endif
