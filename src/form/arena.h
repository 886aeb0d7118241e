/* An arena: many small things that live and die together.
 *
 * What it gives is zeroed, never moves and is never freed by itself; arena_release() frees all of it. A
 * zeroed struct is an empty arena. */
#ifndef FORM_ARENA_H
#define FORM_ARENA_H

#include <stddef.h>

struct arena {
    struct arena_block *newest;
    size_t used, room; /* of the newest block */
};

void *arena_alloc(struct arena *arena, size_t size);
/* Room for `count` things of `size` bytes. */
void *arena_array(struct arena *arena, size_t count, size_t size);
char *arena_strndup(struct arena *arena, const char *s, size_t length);
char *arena_strdup(struct arena *arena, const char *s);
void arena_release(struct arena *arena);

#endif
