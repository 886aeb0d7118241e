/* An arena is a chain of blocks; things are cut off the newest one. A form of ten thousand questions is some
 * hundred thousand small things that are all freed at once: one call of malloc for each would cost more than
 * reading the file does. */
#include "form/arena.h"

#include "base/mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 * 1024 };

struct arena_block {
    struct arena_block *older;
    alignas(max_align_t) unsigned char bytes[];
};

void *arena_alloc(struct arena *arena, size_t size)
{
    size_t align = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        mem_exhausted();
    size = (size + align - 1) / align * align;
    if (!arena->newest || arena->room - arena->used < size) {
        size_t room = size > BLOCK ? size : BLOCK;
        struct arena_block *block = xcalloc(1, sizeof *block + room);
        block->older = arena->newest;
        arena->newest = block;
        arena->room = room;
        arena->used = 0;
    }
    void *thing = arena->newest->bytes + arena->used;
    arena->used += size;
    return thing;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        mem_exhausted();
    return arena_alloc(arena, count * size);
}

char *arena_strndup(struct arena *arena, const char *s, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    memcpy(copy, s, length);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *s)
{
    return arena_strndup(arena, s, strlen(s));
}

void arena_release(struct arena *arena)
{
    while (arena->newest) {
        struct arena_block *block = arena->newest;
        arena->newest = block->older;
        free(block);
    }
    *arena = (struct arena){0};
}
