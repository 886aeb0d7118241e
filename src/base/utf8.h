/* Text as people see it: graphemes, columns, lines, and nothing raw.
 *
 * All strings are UTF-8. An offset is in bytes and always lies on a grapheme's border. Widths are in terminal
 * columns (UAX #11, by libunistring), line breaks follow UAX #14, graphemes UAX #29. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Is it well-formed UTF-8 without NUL? */
bool utf8_valid(const char *s, size_t length);
/* The grapheme at or after `offset`: the offset after it (the string's length at its end), or before it. */
size_t utf8_next(const char *s, size_t offset);
size_t utf8_previous(const char *s, size_t offset);
/* Columns that the string, or its first `length` bytes, take up. */
int utf8_width(const char *s);
int utf8_width_of(const char *s, size_t length);
/* How many bytes of the string fit into `columns`, whole graphemes only. */
size_t utf8_fit(const char *s, int columns);
/* The string in at most `columns`, its end replaced by "..." where it is longer (plain full stops: the
 * ellipsis is not in every console's font). The caller frees it. */
char *utf8_shorten(const char *s, int columns);

/* One line of a wrapped text: bytes [start, start + length) of it, without the blank or newline it was broken
 * at. */
struct utf8_line {
    size_t start, length;
    int width;
};
/* Break a text into lines of at most `columns`; "\n" always breaks. There is at least one line, and an empty
 * one after a final newline. Words longer than a line are broken within. The caller frees *lines. */
size_t utf8_wrap(const char *s, int columns, struct utf8_line **lines);

/* The string safe to show: each control character (newline and tab too, unless `lines` keeps newlines), each
 * character that turns direction, is invisible, private or a tag, stands as ⟨U+001B⟩; broken bytes as ⟨FF⟩.
 * Every place where text leaves for a terminal or a readable page goes through this. The caller frees it.
 *
 * A joiner (U+200C, U+200D) or a selector of pictures (U+FE0E, U+FE0F) stands as it is where it can do what
 * it is for: once, after a letter of a script that joins, or after a symbol. All other selectors are shown,
 * those for variants of Chinese characters too: each could carry a hidden byte, and the name reads the same
 * without. Of more than ten marks on one letter the rest is shown beside it, and so is a mark that has no
 * letter to stand on. */
char *utf8_safe(const char *s, bool lines);
/* Is it one of those characters wherever it stands? (So is newline.) */
bool utf8_unsafe(uint32_t character);

/* What came before, for going through a text character by character; begins as {0, 0}. */
struct utf8_look {
    uint32_t before;
    int marks;
};
/* Is the next character of it one that is not to be written as it is? (So is newline.) */
bool utf8_hidden(struct utf8_look *look, uint32_t character);

/* Does `text` contain `part`, large and small letters alike? */
bool utf8_contains(const char *text, const char *part);

#endif
