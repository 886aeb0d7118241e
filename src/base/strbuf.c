/* A string that grows. */
#include "base/strbuf.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char strbuf_empty[1];

static void need(struct strbuf *sb, size_t more)
{
    size_t wanted = sb->length + more + 1;
    if (wanted <= sb->room)
        return;
    size_t room = sb->room ? sb->room : 32;
    while (room < wanted)
        room *= 2;
    sb->text = xreallocarray(sb->room ? sb->text : NULL, room, 1);
    sb->room = room;
    sb->text[sb->length] = '\0';
}

void strbuf_addn(struct strbuf *sb, const char *s, size_t n)
{
    need(sb, n);
    memcpy(sb->text + sb->length, s, n);
    sb->length += n;
    sb->text[sb->length] = '\0';
}

void strbuf_add(struct strbuf *sb, const char *s)
{
    strbuf_addn(sb, s, strlen(s));
}

void strbuf_addch(struct strbuf *sb, char c)
{
    strbuf_addn(sb, &c, 1);
}

void strbuf_addf(struct strbuf *sb, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *s = xvasprintf(format, args);
    va_end(args);
    strbuf_add(sb, s);
    free(s);
}

void strbuf_insert(struct strbuf *sb, size_t offset, const char *s, size_t n)
{
    need(sb, n);
    memmove(sb->text + offset + n, sb->text + offset, sb->length - offset + 1);
    memcpy(sb->text + offset, s, n);
    sb->length += n;
}

void strbuf_remove(struct strbuf *sb, size_t offset, size_t n)
{
    if (n == 0)
        return;
    memmove(sb->text + offset, sb->text + offset + n, sb->length - offset - n + 1);
    sb->length -= n;
}

void strbuf_clear(struct strbuf *sb)
{
    sb->length = 0;
    if (sb->room)
        sb->text[0] = '\0';
}

void strbuf_release(struct strbuf *sb)
{
    if (sb->room)
        free(sb->text);
    *sb = (struct strbuf)STRBUF_INIT;
}

char *strbuf_detach(struct strbuf *sb)
{
    need(sb, 0);
    char *s = sb->text;
    *sb = (struct strbuf)STRBUF_INIT;
    return s;
}
