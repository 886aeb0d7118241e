/* Text as people see it, on top of libunistring. */
#include "base/utf8.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

static const uint8_t *bytes(const char *s)
{
    return (const uint8_t *)s;
}

/* Plain ASCII is nearly all text there is, and needs no tables: is s[offset..offset+1] two ordinary
 * characters (so that the border between them is a grapheme's)? */
static bool plain_pair(const char *s, size_t offset)
{
    unsigned char a = (unsigned char)s[offset], b = a ? (unsigned char)s[offset + 1] : 0;
    return a >= ' ' && a < 0x7f && b < 0x80 && b != '\r' && b != '\n';
}

bool utf8_valid(const char *s, size_t length)
{
    return !memchr(s, '\0', length) && !u8_check(bytes(s), length);
}

size_t utf8_next(const char *s, size_t offset)
{
    if (s[offset] == '\0')
        return offset;
    if (plain_pair(s, offset))
        return offset + 1;
    const uint8_t *at = bytes(s) + offset, *end = at + strlen(s + offset);
    return (size_t)(u8_grapheme_next(at, end) - bytes(s));
}

size_t utf8_previous(const char *s, size_t offset)
{
    if (offset == 0)
        return 0;
    const uint8_t *start = bytes(s);
    return (size_t)(u8_grapheme_prev(start + offset, start) - start);
}

/* The width of one grapheme: that of its widest character, as terminals do it (a family of emoji joined by
 * joiners, or a letter with marks, is one cell group). */
static int grapheme_width(const char *s, size_t length)
{
    if (length == 1)
        return (unsigned char)s[0] < ' ' ? 0 : 1;
    int widest = 0;
    for (size_t i = 0; i < length;) {
        ucs4_t c;
        int n = u8_mbtouc(&c, bytes(s) + i, length - i);
        int width = uc_width(c, "UTF-8");
        if (width > widest)
            widest = width;
        i += (size_t)n;
    }
    return widest;
}

int utf8_width_of(const char *s, size_t length)
{
    int width = 0;
    for (size_t i = 0; i < length;) {
        size_t next = utf8_next(s, i);
        width += grapheme_width(s + i, next - i);
        i = next;
    }
    return width;
}

int utf8_width(const char *s)
{
    return utf8_width_of(s, strlen(s));
}

size_t utf8_fit(const char *s, int columns)
{
    size_t i = 0;
    int width = 0;
    while (s[i]) {
        size_t next = utf8_next(s, i);
        width += grapheme_width(s + i, next - i);
        if (width > columns)
            break;
        i = next;
    }
    return i;
}

char *utf8_shorten(const char *s, int columns)
{
    if (utf8_width(s) <= columns)
        return xstrdup(s);
    if (columns < 4)
        return xstrndup(s, utf8_fit(s, columns < 0 ? 0 : columns));
    size_t fit = utf8_fit(s, columns - 3);
    while (fit > 0 && s[fit - 1] == ' ')
        fit--;
    return xasprintf("%.*s...", (int)fit, s);
}

static void add_line(struct utf8_line **lines, size_t *count, size_t *room, const char *s, size_t start,
                     size_t end)
{
    GROW(*lines, *count, *room);
    while (end > start && s[end - 1] == ' ')
        end--;
    (*lines)[(*count)++] = (struct utf8_line){start, end - start, utf8_width_of(s + start, end - start)};
}

size_t utf8_wrap(const char *s, int columns, struct utf8_line **lines)
{
    size_t length = strlen(s), count = 0, room = 0;
    if (columns < 1)
        columns = 1;
    *lines = NULL;
    char *breaks = xmalloc(length + 1);
    u8_possible_linebreaks(bytes(s), length, "UTF-8", breaks);

    size_t start = 0;   /* of the line being filled */
    size_t good = 0;    /* the last place at which it may be broken; = start for none */
    int width = 0;      /* of [start, i) */
    int since_good = 0; /* of [good, i) */
    for (size_t i = 0; i < length;) {
        if (i > start && breaks[i] == UC_BREAK_POSSIBLE) {
            good = i;
            since_good = 0;
        }
        if (s[i] == '\n') {
            add_line(lines, &count, &room, s, start, i);
            start = good = ++i;
            width = since_good = 0;
            continue;
        }
        size_t next = utf8_next(s, i);
        int w = grapheme_width(s + i, next - i);
        /* A blank at the end may hang over: it is not shown. */
        if (width + w > columns && s[i] != ' ' && i > start) {
            size_t at = good > start ? good : i;
            int left = good > start ? since_good : 0;
            add_line(lines, &count, &room, s, start, at);
            start = good = at;
            width = since_good = left;
            if (at == i)
                continue;
        }
        width += w;
        since_good += w;
        i = next;
    }
    add_line(lines, &count, &room, s, start, length);
    free(breaks);
    return count;
}

/* Characters that a reader cannot see or that move what stands around them: Cc, Cf and the like, with the
 * exception of the two joiners, which some scripts need inside a word and which are harmless there. */
bool utf8_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || c == 0x180e || c == 0x200b ||
           (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
           c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff) ||
           (c & 0xfffe) == 0xfffe;
}

char *utf8_safe(const char *s, bool lines)
{
    struct strbuf sb = STRBUF_INIT;
    size_t length = strlen(s);
    for (size_t i = 0; i < length;) {
        unsigned char b = (unsigned char)s[i];
        if ((b >= 0x20 && b < 0x7f) || (b == '\n' && lines)) {
            strbuf_addch(&sb, s[i++]);
            continue;
        }
        ucs4_t c;
        int n = u8_mbtoucr(&c, bytes(s) + i, length - i);
        if (n <= 0) {
            strbuf_addf(&sb, "⟨%02X⟩", b);
            i++;
            continue;
        }
        if (utf8_unsafe(c))
            strbuf_addf(&sb, "⟨U+%04X⟩", (unsigned)c);
        else
            strbuf_addn(&sb, s + i, (size_t)n);
        i += (size_t)n;
    }
    return strbuf_detach(&sb);
}

static uint8_t *folded(const char *s, size_t *length)
{
    uint8_t *fold = u8_casefold(bytes(s), strlen(s), NULL, UNINORM_NFC, NULL, length);
    if (!fold)
        mem_exhausted();
    return fold;
}

bool utf8_contains(const char *text, const char *part)
{
    if (*part == '\0')
        return true;
    size_t text_length, part_length;
    uint8_t *t = folded(text, &text_length), *p = folded(part, &part_length);
    bool found = memmem(t, text_length, p, part_length) != NULL;
    free(t);
    free(p);
    return found;
}
