/* What stands there in place of all views while it is locked: that it is, and a place for the passphrase. It
 * is no view, for a view stands among others. */
#ifndef SCREEN_VIEW_LOCK_H
#define SCREEN_VIEW_LOCK_H

#include "screen/canvas.h"
#include "session/lock.h"

struct lock_view;

/* `lock` is borrowed, and has been closed. */
struct lock_view *lock_view_new(struct lock *lock);
void lock_view_free(struct lock_view *v);
/* On all of the canvas. */
void lock_view_draw(const struct lock_view *v, struct canvas *c);

enum lock_view_did {
    LOCK_VIEW_STAYS,
    LOCK_VIEW_TRIES, /* lock_view_try() is to be called, once that has been shown */
    LOCK_VIEW_LEAVES /* the program is to end */
};
enum lock_view_did lock_view_key(struct lock_view *v, int key);
/* Try what was typed, which takes about a second. True where it is open again. */
bool lock_view_try(struct lock_view *v);

#endif
