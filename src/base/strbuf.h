/* A string that grows.
 *
 * Invariant: `text` is always a valid NUL-terminated string of `length` bytes, also right after STRBUF_INIT
 * (then it points to a constant and is not to be written to). */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stddef.h>

struct strbuf {
    char *text;
    size_t length, room;
};

extern char strbuf_empty[1];
#define STRBUF_INIT                                                                                          \
    {                                                                                                        \
        strbuf_empty, 0, 0                                                                                   \
    }

void strbuf_add(struct strbuf *sb, const char *s);
void strbuf_addn(struct strbuf *sb, const char *s, size_t n);
void strbuf_addch(struct strbuf *sb, char c);
void strbuf_addf(struct strbuf *sb, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Put `n` bytes in at `offset`, or take `n` bytes out at `offset`. */
void strbuf_insert(struct strbuf *sb, size_t offset, const char *s, size_t n);
void strbuf_remove(struct strbuf *sb, size_t offset, size_t n);
/* Empty it, keeping the room. */
void strbuf_clear(struct strbuf *sb);
/* Free what it holds; it is as after STRBUF_INIT. */
void strbuf_release(struct strbuf *sb);
/* The string, which the caller frees; the buffer is as after STRBUF_INIT. */
char *strbuf_detach(struct strbuf *sb);

#endif
