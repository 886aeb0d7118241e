/* Memory that is there or ends the program. See mem.h for why. */
#include "base/mem.h"

#include <jansson.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*before_exit)(void);

void mem_before_exit(void (*restore)(void))
{
    before_exit = restore;
}

void mem_exhausted(void)
{
    static const char sentence[] =
        "alongside: this computer has run out of memory. Everything that was shown as saved is saved.\n";
    if (before_exit)
        before_exit();
    /* Not stdio: it might want memory itself. */
    ssize_t ignored = write(STDERR_FILENO, sentence, sizeof sentence - 1);
    (void)ignored;
    _exit(2);
}

void *xmalloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        mem_exhausted();
    return p;
}

void *xcalloc(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p)
        mem_exhausted();
    return p;
}

void *xreallocarray(void *old, size_t count, size_t size)
{
    void *p = reallocarray(old, count ? count : 1, size ? size : 1);
    if (!p)
        mem_exhausted();
    return p;
}

char *xstrndup(const char *s, size_t n)
{
    char *p = strndup(s, n);
    if (!p)
        mem_exhausted();
    return p;
}

char *xstrdup(const char *s)
{
    return xstrndup(s, SIZE_MAX);
}

char *xvasprintf(const char *format, va_list args)
{
    char *p;
    if (vasprintf(&p, format, args) < 0)
        mem_exhausted();
    return p;
}

char *xasprintf(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *p = xvasprintf(format, args);
    va_end(args);
    return p;
}

void *mem_guarded(size_t size)
{
    void *p = sodium_malloc(size);
    if (!p)
        mem_exhausted();
    return p;
}

void mem_init(void)
{
    if (sodium_init() < 0)
        abort(); /* no randomness on this computer: nothing safe can be made */
    json_set_alloc_funcs(xmalloc, free);
    json_object_seed(0); /* by the first of several threads it would be too late */
}
