/* glibc lets a program bring its own malloc(), and offers its own under other names to build it on. */
#include "scarce.h"

#include <errno.h>
#include <execinfo.h>
#include <link.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static bool counting, from_then_on;
static long calls, failing;
static unsigned long *watched;
static long most_watched;

static void know_curses(void);

void scarce_begin(long nth, bool all)
{
    know_curses();
    calls = 0;
    failing = nth;
    from_then_on = all;
    counting = true;
}

static struct range {
    unsigned long from, to;
} curses[8];
static size_t curses_count;

/* Note where a library of curses lies. */
static int note_library(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size;
    (void)context;
    if (!strstr(info->dlpi_name, "libncurses") && !strstr(info->dlpi_name, "libtinfo"))
        return 0;
    for (int i = 0; i < info->dlpi_phnum && curses_count < sizeof curses / sizeof *curses; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && (part->p_flags & PF_X))
            curses[curses_count++] = (struct range){info->dlpi_addr + part->p_vaddr,
                                                    info->dlpi_addr + part->p_vaddr + part->p_memsz};
    }
    return 0;
}

static void know_curses(void)
{
    void *first[1];
    backtrace(first, 1); /* the first time it wants memory itself */
    curses_count = 0;
    dl_iterate_phdr(note_library, NULL);
}

void scarce_watch(unsigned long *places, long most)
{
    watched = places;
    most_watched = most;
    scarce_begin(0, false);
}

long scarce_end(void)
{
    counting = false;
    watched = NULL;
    return calls;
}

#if !SCARCE_CANNOT

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static bool is_curses(unsigned long at)
{
    for (size_t i = 0; i < curses_count; i++) {
        if (at >= curses[i].from && at < curses[i].to)
            return true;
    }
    return false;
}

/* A number for the way of calls that led here; 0 where it goes through curses. */
static unsigned long place_now(void)
{
    enum { DEPTH = 20, NEAR = 8 };
    void *from[DEPTH];
    unsigned long place = 5381;
    bool ours = true;
    counting = false; /* not what looking itself might want */
    int n = backtrace(from, DEPTH);
    for (int i = 0; i < n; i++) {
        if (i < NEAR)
            place = place * 33 ^ (unsigned long)from[i];
        ours = ours && !is_curses((unsigned long)from[i]);
    }
    counting = true;
    return ours ? place : 0;
}

static bool fails(void)
{
    if (!counting)
        return false;
    calls++;
    if (watched && calls <= most_watched)
        watched[calls - 1] = place_now();
    if (failing == 0 || calls < failing || (calls > failing && !from_then_on))
        return false;
    /* On a screen the count is not the same in each run: what is painted at once depends on how fast keys
     * come. So the one to fail may turn out to be asked for by curses. */
    if (place_now() == 0)
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

#endif
