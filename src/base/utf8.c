/* Text as people see it, on top of libunistring. */
#include "base/utf8.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
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
    if (memchr(s, '\0', length))
        return false;
    /* Most text begins with much ASCII: that is told eight bytes at a time. */
    uint64_t eight;
    size_t plain = 0;
    while (length - plain >= sizeof eight) {
        memcpy(&eight, s + plain, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            break;
        plain += sizeof eight;
    }
    return !u8_check(bytes(s) + plain, length - plain);
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

/* ---- nothing raw ---- */

struct range {
    uint32_t first, last;
};

/* What cannot be seen, moves what stands around it, or looks otherwise on each machine. In order. */
static const struct range unsafe[] = {
    {0x0, 0x1f},        {0x7f, 0x9f},
    {0xad, 0xad},                         /* controls; the hyphen that hides */
    {0x34f, 0x34f},     {0x61c, 0x61c},   /* the joiner of marks; Arabic's mark of direction */
    {0x115f, 0x1160},   {0x17b4, 0x17b5}, /* letters of no width */
    {0x180b, 0x180f},                     /* Mongolian selectors and separator */
    {0x200b, 0x200b},   {0x200e, 0x200f},
    {0x2028, 0x202e},                     /* zero width, direction, other ends of lines */
    {0x2060, 0x206f},   {0x3164, 0x3164}, /* more of the same; a letter that is a blank */
    {0xd800, 0xf8ff},                     /* halves of characters; private ones */
    {0xfdd0, 0xfdef},   {0xfe00, 0xfe0d}, /* no characters; selectors */
    {0xfeff, 0xfeff},   {0xffa0, 0xffa0},
    {0xfff0, 0xfffc}, /* byte order; a blank; marks between texts */
    {0x13430, 0x1345f}, {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a},                      /* how hieroglyphs, shorthand, music are set */
    {0xe0000, 0xe0fff}, {0xf0000, 0x10ffff}, /* tags and selectors; private ones */
};

bool utf8_unsafe(uint32_t c)
{
    if ((c >= 0x20 && c < 0x7f) || (c & 0xfffe) == 0xfffe)
        return c >= 0x7f;
    size_t low = 0, high = sizeof unsafe / sizeof *unsafe;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > unsafe[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof unsafe / sizeof *unsafe && c >= unsafe[low].first;
}

static bool is_joiner(uint32_t c)
{
    return c == 0x200c || c == 0x200d;
}

/* The two selectors that choose between a symbol and a picture, as keyboards write them. */
static bool is_picture_selector(uint32_t c)
{
    return c == 0xfe0e || c == 0xfe0f;
}

/* A letter that may want a joiner, or a symbol that may want a selector? None of Latin, Greek or Cyrillic
 * does, and no punctuation: there they would only make two names that read alike. */
static bool carries(uint32_t c)
{
    return c >= 0x590 && !(c >= 0x2000 && c <= 0x206f && c != 0x203c && c != 0x2049) && c != 0x3000 &&
           !is_picture_selector(c) && !utf8_unsafe(c);
}

static bool is_mark(uint32_t c)
{
    return c >= 0x300 && uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me);
}

bool utf8_hidden(struct utf8_look *look, uint32_t c)
{
    enum {
        MOST_MARKS = 10
    }; /* on one letter; Tibetan and Hebrew go to nine, a flood covers the lines above */
    uint32_t before = look->before;
    look->before = c;
    if (is_joiner(c))
        return !carries(before) && !is_picture_selector(before);
    if (is_picture_selector(c))
        return !carries(before);
    if (is_mark(c))
        return before == 0 || before == '\n' || ++look->marks > MOST_MARKS || utf8_unsafe(c);
    look->marks = 0;
    return utf8_unsafe(c);
}

char *utf8_safe(const char *s, bool lines)
{
    struct strbuf sb = STRBUF_INIT;
    struct utf8_look look = {0, 0};
    size_t length = strlen(s);
    for (size_t i = 0; i < length;) {
        unsigned char b = (unsigned char)s[i];
        if ((b >= 0x20 && b < 0x7f) || (b == '\n' && lines)) {
            strbuf_addch(&sb, s[i++]);
            look = (struct utf8_look){b, 0};
            continue;
        }
        ucs4_t c;
        int n = u8_mbtoucr(&c, bytes(s) + i, length - i);
        if (n <= 0) {
            strbuf_addf(&sb, "⟨%02X⟩", b);
            look = (struct utf8_look){'?', 0};
            i++;
            continue;
        }
        if (utf8_hidden(&look, c))
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

static bool is_ascii(const char *s)
{
    for (; *s; s++) {
        if ((unsigned char)*s >= 0x80)
            return false;
    }
    return true;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* The same for ASCII, where folding is only this: ten thousand texts are looked through in no time. */
static bool ascii_contains(const char *text, const char *part)
{
    for (; *text; text++) {
        size_t i = 0;
        while (part[i] && small(text[i]) == small(part[i]))
            i++;
        if (!part[i])
            return true;
    }
    return false;
}

bool utf8_contains(const char *text, const char *part)
{
    if (*part == '\0')
        return true;
    if (is_ascii(text) && is_ascii(part))
        return ascii_contains(text, part);
    size_t text_length, part_length;
    uint8_t *t = folded(text, &text_length), *p = folded(part, &part_length);
    bool found = memmem(t, text_length, p, part_length) != NULL;
    free(t);
    free(p);
    return found;
}
