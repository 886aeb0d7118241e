/* The lock. What it was unlocked by is remembered as a key's id from the beginning: somebody who puts a key
 * file of their own into the folder, with a passphrase that they know, gets a key with another id, and that
 * opens nothing. */
#include "session/lock.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/ticks.h"
#include "caseload/caseload.h"
#include "caseload/settings.h"
#include "caseload/unlock.h"
#include "record/frame.h"
#include "record/key_file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static bool left_locked;

/* ---- begin and end ---- */

/* Take the folder where its key is the one that is unlocked. */
static bool take_folder(struct lock *lock, const char *folder)
{
    struct key_file file;
    if (!folder || key_file_read(folder, &file, NULL, NULL) != KEY_FOUND || !keyring_find(file.id))
        return false;
    if (lock->folder != folder) {
        free(lock->folder);
        lock->folder = xstrdup(folder);
    }
    memcpy(lock->key, file.id, sizeof lock->key);
    return true;
}

void lock_init(struct lock *lock, const struct session *session, const char *folder)
{
    *lock = (struct lock){.session = session, .touched = ticks_now(), .asleep = ticks_asleep()};
    char *usual = caseload_folder(NULL, NULL);
    bool lies_somewhere = session && !session_is_in_memory(session);
    if (lies_somewhere)
        lock->folder = path_folder(record_path(session_record(session)));
    else if (folder)
        lock->folder = xstrdup(folder);
    else
        lock->folder = usual ? xstrdup(usual) : xstrdup(".");
    struct settings settings;
    settings_read(lock->folder, &settings, &lock->trouble);
    lock->after = (long long)settings.lock_after * 60 * 1000;
    /* The demo and a preview lie elsewhere than what was unlocked before them. */
    if (!take_folder(lock, lock->folder))
        take_folder(lock, usual);
    const struct frame *frame = lies_somewhere ? record_frame(session_record(session)) : NULL;
    if (frame && frame->sealed)
        memcpy(lock->key, frame->key, sizeof lock->key);
    free(usual);
}

void lock_release(struct lock *lock)
{
    free(lock->folder);
    free(lock->trouble);
    *lock = (struct lock){0};
}

/* ---- by itself ---- */

enum lock_due lock_due(struct lock *lock)
{
    bool slept = ticks_asleep() - lock->asleep > 1000; /* the two clocks are read one after the other */
    lock->asleep = ticks_asleep();
    long long idle = ticks_now() - lock->touched;
    if (lock->locked)
        return LOCK_NOT_YET;
    if (slept || idle >= lock->after)
        return LOCK_NOW;
    return idle >= lock->after - LOCK_WARNS_SECONDS * 1000 ? LOCK_WARNS : LOCK_NOT_YET;
}

int lock_next(const struct lock *lock)
{
    long long now = ticks_now(), next = lock->touched + lock->after;
    if (lock->locked) {
        /* Each second that is counted down. */
        return now >= lock->again ? -1 : (int)((lock->again - now - 1) % 1000 + 1);
    }
    if (now < next - LOCK_WARNS_SECONDS * 1000)
        next -= LOCK_WARNS_SECONDS * 1000;
    next -= now;
    return next < 0 ? 0 : next > INT_MAX ? INT_MAX : (int)next;
}

void lock_touch(struct lock *lock)
{
    lock->touched = ticks_now();
}

const char *lock_warning(const struct lock *lock)
{
    return *lock->key ? "Alongside locks in 30 seconds. Press any key to stay."
                      : "Alongside hides this in 30 seconds. Press any key to stay.";
}

/* ---- locked ---- */

void lock_close(struct lock *lock)
{
    if (lock->locked)
        return;
    lock->locked = true;
    lock->sealed = *lock->key || !keyring_is_empty();
    keyring_wipe();
}

bool lock_asks(const struct lock *lock)
{
    return lock->sealed;
}

const char *const *lock_words(const struct lock *lock)
{
    static const char *const words[2][3][3] = {
        {{"Alongside is hidden. Your answers are saved. Press Enter to go on.",
          "There is no passphrase here. “alongside protect” sets one.", NULL},
         {"Alongside is hidden. Nothing of this is kept. Press Enter to go on.", NULL},
         {"Alongside is hidden. Not all is saved yet. Press Enter to go on.", NULL}},
        {{"Alongside is locked. Your answers are saved and hidden.", NULL},
         {"Alongside is locked. What stood here is hidden.", NULL},
         {"Alongside is locked. Your answers are hidden. Not all is saved yet: unlock it to save them.",
          NULL}},
    };
    const struct session *s = lock->session;
    int kept = s && session_trouble(s) ? 2 : s && session_is_in_memory(s) ? 1 : 0;
    return words[lock->sealed][kept];
}

bool lock_may_leave(const struct lock *lock)
{
    return !lock->session || !session_trouble(lock->session);
}

int lock_wait(const struct lock *lock)
{
    long long left = lock->again - ticks_now();
    return left <= 0 ? 0 : (int)((left + 999) / 1000);
}

static void open_again(struct lock *lock)
{
    lock->locked = false;
    lock->wrong = 0;
    lock->again = 0;
    lock->asleep = ticks_asleep();
    lock_touch(lock);
}

static const char *refuse(struct lock *lock)
{
    lock->wrong++;
    if (lock->wrong >= LOCK_FREE_TRIES) {
        unsigned doubled = lock->wrong - LOCK_FREE_TRIES;
        int wait = doubled < 5 ? LOCK_FIRST_WAIT << doubled : LOCK_LONGEST_WAIT;
        lock->again = ticks_now() + (long long)(wait < LOCK_LONGEST_WAIT ? wait : LOCK_LONGEST_WAIT) * 1000;
    }
    return "That is not the passphrase. Try again.";
}

const char *lock_try(struct lock *lock, const char *passphrase, size_t length)
{
    bool wrong = false;
    char *cause = NULL;
    if (!lock->sealed) {
        open_again(lock);
        return NULL;
    }
    if (lock_wait(lock) > 0)
        return "It is too soon for another try.";
    bool unlocked = caseload_unlock(lock->folder, passphrase, length, &wrong, &cause);
    free(cause); /* it may name the folder: nothing of that is told here */
    if (unlocked && *lock->key && !keyring_find(lock->key)) {
        keyring_wipe();
        return "The key file is another one now. It does not open this.";
    }
    if (unlocked) {
        open_again(lock);
        return NULL;
    }
    return wrong ? refuse(lock)
                 : "This did not work. Is the key file there and whole? Is there enough memory?";
}

void lock_note_left(void)
{
    left_locked = true;
}

bool lock_was_left(void)
{
    return left_locked;
}
