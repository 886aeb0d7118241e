/* No library that is kept up counts syllables (those that break words at the end of a line leave out the
 * breaks that would look bad), so they are counted here: each group of vowels is one, and the rules below are
 * about vowels that stand together and are two, and about an e that is not said. What no rule tells is in a
 * short table. The rules are our own, held against a table of words and against style(1) in the tests. */
#include "form/reading.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum {
    MOST_LETTERS = 64, /* of a word that are looked at */
    SHORT_LABEL = 3,   /* words; more of them are a sentence without a full stop too */
};

/* ---- syllables ---- */

/* Where the rules are wrong about words that people need: does a syllable begin with the vowel at `at`? */
static const struct {
    const char *beginning;
    size_t at;
    bool begins;
} exceptions[] = {
    {"business", 3, false}, {"creat", 3, true},  {"element", 2, true},  {"evening", 2, false},
    {"every", 2, false},    {"fluid", 3, true},  {"frien", 3, false},   {"ideal", 3, true},
    {"maybe", 4, true},     {"naked", 3, true},  {"poem", 2, true},     {"poet", 2, true},
    {"react", 2, true},     {"reali", 2, true},  {"recipe", 5, true},   {"ruin", 2, true},
    {"scien", 3, true},     {"societ", 4, true}, {"soldier", 5, false}, {"suicid", 2, true},
    {"theat", 3, true},     {"theor", 3, true},  {"wednes", 4, false},  {"wherever", 4, true},
    {"wicked", 4, true},
};

static bool one_of(char c, const char *letters)
{
    return c && strchr(letters, c);
}

static bool is_vowel(char c)
{
    return one_of(c, "aeiouy");
}

static bool is_apostrophe(const char *text, size_t *bytes)
{
    *bytes = strncmp(text, "’", sizeof "’" - 1) == 0 ? sizeof "’" - 1 : 1;
    return *bytes > 1 || *text == '\'';
}

/* The letters of a word, small, "é" and the like without their marks, up to an apostrophe. A y before a vowel
 * and not after a consonant is one itself (yes, player), and becomes a j. *contracted: the end was n't. */
static size_t letters_of(const char *word, size_t length, char w[MOST_LETTERS + 1], bool *contracted)
{
    /* From U+00C0 on; é and the like as an a, because an e could be silent. */
    static const char latin[] = "aaaaaaacaaaaiiiidnooooo ouuuuytsaaaaaaacaaaaiiiidnooooo ouuuuyty";
    size_t n = 0;
    for (size_t i = 0; i < length && n < MOST_LETTERS; i++) {
        unsigned char c = (unsigned char)word[i];
        size_t bytes;
        if (n > 0 && is_apostrophe(word + i, &bytes)) {
            *contracted = w[n - 1] == 'n' && i + bytes < length && one_of(word[i + bytes], "tT");
            break;
        }
        if (c == 0xc3 && i + 1 < length)
            c = (unsigned char)latin[(unsigned char)word[++i] & 0x3f];
        if (c < 0x80 && isalpha(c))
            w[n++] = (char)tolower(c);
    }
    w[n] = '\0';
    for (size_t i = 0; i < n; i++) {
        if (w[i] == 'y' && is_vowel(w[i + 1]) && (i == 0 || is_vowel(w[i - 1])))
            w[i] = 'j';
    }
    return n;
}

/* A vowel stands at i - 1 too: does another syllable begin at i all the same? */
static bool parts(const char *w, size_t i, size_t n)
{
    char before = i > 1 ? w[i - 2] : '\0', first = w[i - 1], second = w[i], after = w[i + 1];
    bool hushed = one_of(before, "ctsxg"); /* social, nation, ancient */
    if (first == 'u' && one_of(before, "qg"))
        return false;
    if (strcmp(w + i, "ing") == 0 || strcmp(w + i, "ings") == 0)
        return true; /* doing, trying, feelings */
    switch (first) {
    case 'y':
        return before != 'w'; /* anyone, but lawyer */
    case 'i':
        if (second == 'a')
            return after == 't' ||
                   (!hushed && strncmp(w + i, "age", 3) != 0); /* appreciate, diary, but marriage */
        if (second == 'o')
            return !hushed && !(one_of(before, "ln") && after == 'n'); /* period, but million */
        if (second == 'e' && one_of(after, "nt"))
            return !hushed; /* client, quiet, but patient */
        if (second == 'e')
            return i > 2 && (strcmp(w + i, "er") == 0 || strcmp(w + i, "est") == 0); /* easier, easiest */
        return one_of(second, "ui");                                                 /* medium */
    case 'u':
        return one_of(second, "ao") || (second == 'e' && one_of(after, "ln")); /* usual, influence, fuel */
    case 'e':
        return (second == 'a' && i > 2 && i + 1 == n) || (second == 'u' && after == 'm') ||
               (second == 'o' && i > 2 && i + 1 == n); /* area, museum, video */
    default:
        return first == 'a' && second == 'o'; /* chaos */
    }
}

static bool is_suffix(const char *end)
{
    static const char *const suffixes[] = {"ly", "ful", "fully", "less", "ment", "ments", "ness", NULL};
    for (int i = 0; suffixes[i]; i++) {
        if (strcmp(end, suffixes[i]) == 0)
            return true;
    }
    return false;
}

/* Is what stands before it a word of its own? some|thing, house|work */
static bool is_first_part(const char *w, size_t length)
{
    static const char *const parts_of_words[] = {"some",  "home", "house", "life", "there",
                                                 "where", "care", "time",  NULL};
    for (int i = 0; parts_of_words[i]; i++) {
        if (strlen(parts_of_words[i]) == length && strncmp(w, parts_of_words[i], length) == 0)
            return true;
    }
    return false;
}

/* Is the e at i written and not said? */
static bool is_silent(const char *w, size_t i, size_t n)
{
    bool vowel_before = false;
    for (size_t k = 0; k + 1 < i; k++)
        vowel_before |= is_vowel(w[k]);
    char before = i ? w[i - 1] : '\0', further = i > 1 ? w[i - 2] : '\0', after = w[i + 1];
    if (!vowel_before || is_vowel(before))
        return false;
    if (after && !is_vowel(after) && i + 2 < n && is_first_part(w, i + 1))
        return true;
    bool at_end = !after || (one_of(after, "sd") && i + 2 == n);
    if (!at_end && !is_suffix(w + i + 1))
        return false;
    if (one_of(before, "lr") && !is_vowel(further) && further != before && !one_of(further, "rw"))
        return false;               /* table, centre, handled, settlement */
    if (after == 's' && i + 2 == n) /* houses, changes, washes */
        return !one_of(before, "sxzcg") && !(before == 'h' && one_of(further, "cs"));
    return !(after == 'd' && one_of(before, "td")); /* wanted, needed */
}

static bool begins_syllable(const char *w, size_t i, size_t n)
{
    for (size_t k = 0; k < sizeof exceptions / sizeof *exceptions; k++) {
        if (exceptions[k].at == i &&
            strncmp(w, exceptions[k].beginning, strlen(exceptions[k].beginning)) == 0)
            return exceptions[k].begins;
    }
    if (i > 0 && is_vowel(w[i - 1]))
        return parts(w, i, n);
    return w[i] != 'e' || !is_silent(w, i, n);
}

/* One part of a word with hyphens. */
static int syllables_of(const char *word, size_t length)
{
    char w[MOST_LETTERS + 1];
    bool contracted = false;
    size_t n = letters_of(word, length, w, &contracted);
    int count = contracted && n > 1 && !is_vowel(w[n - 2]); /* didn't, but don't */
    for (size_t i = 0; i < n; i++)
        count += is_vowel(w[i]) && begins_syllable(w, i, n);
    count += n > 3 && strcmp(w + n - 3, "ism") == 0; /* alcoholism */
    return count;
}

int reading_syllables(const char *word, size_t length)
{
    int count = 0;
    for (size_t from = 0; from <= length;) {
        const char *hyphen = memchr(word + from, '-', length - from);
        size_t to = hyphen ? (size_t)(hyphen - word) : length;
        count += syllables_of(word + from, to - from);
        from = to + 1;
    }
    return count > 0 ? count : 1;
}

/* ---- words and sentences ---- */

static bool is_letter(const char *text)
{
    unsigned char c = (unsigned char)*text;
    if (c < 0x80)
        return isalnum(c);
    return c != 0xc2 && c != 0xe2; /* Latin signs, and dashes, quotes and other marks */
}

static size_t letter_bytes(const char *text)
{
    size_t n = 1;
    while (((unsigned char)text[n] & 0xc0) == 0x80)
        n++;
    return n;
}

/* A hyphen or an apostrophe between letters belongs to the word, and the point to a number. */
const char *reading_word(const char **at, size_t *length)
{
    const char *p = *at, *word;
    while (*p && !is_letter(p))
        p += letter_bytes(p);
    if (!*p) {
        *at = p;
        return NULL;
    }
    for (word = p; *p;) {
        size_t bytes;
        if (is_letter(p))
            p += letter_bytes(p);
        else if ((is_apostrophe(p, &bytes) || *p == '-') && p[bytes] && is_letter(p + bytes))
            p += bytes;
        else if (*p == '.' && isdigit((unsigned char)p[-1]) && isdigit((unsigned char)p[1]))
            p++;
        else
            break;
    }
    *length = (size_t)(p - word);
    *at = p;
    return word;
}

enum ending { GOES_ON, LINE_ENDS, SENTENCE_ENDS };

/* What comes after the word that ends at `p`, before the next one? A single letter's full stop (e.g.) ends
 * nothing. */
static enum ending ending_after(const char *word, const char *p)
{
    bool letter = p - word == 1 && !isdigit((unsigned char)*word);
    for (; *p && !is_letter(p); p += letter_bytes(p)) {
        bool apart =
            strchr(" \n\"')", p[1]) || (unsigned char)p[1] >= 0x80; /* strchr() finds the text's end too */
        if (*p == '\n')
            return LINE_ENDS;
        if ((strchr("?!", *p) && apart) || (*p == '.' && apart && !letter) ||
            strncmp(p, "…", sizeof "…" - 1) == 0)
            return SENTENCE_ENDS;
    }
    return GOES_ON;
}

struct sentence {
    const char *start;
    size_t length, words, syllables;
    enum ending ending;
};

/* The next one from *at on; false at the end. */
static bool next_sentence(const char **at, struct sentence *s)
{
    const char *word;
    size_t length;
    *s = (struct sentence){.ending = GOES_ON};
    while (s->ending == GOES_ON && (word = reading_word(at, &length))) {
        if (s->words++ == 0)
            s->start = word;
        s->length = (size_t)(*at - s->start);
        s->syllables += (size_t)reading_syllables(word, length);
        s->ending = ending_after(word, *at);
    }
    return s->words > 0;
}

void reading_add(struct reading_sum *sum, const char *text)
{
    struct sentence s;
    while (next_sentence(&text, &s)) {
        sum->words += s.words;
        sum->syllables += s.syllables;
        if (s.ending == SENTENCE_ENDS || s.words > SHORT_LABEL) {
            sum->sentences++;
            sum->sentence_words += s.words;
        }
    }
}

double reading_grade(const struct reading_sum *sum)
{
    if (sum->words == 0)
        return NAN;
    double words = sum->sentences ? (double)sum->sentence_words / (double)sum->sentences : 1;
    return 0.39 * words + 11.8 * (double)sum->syllables / (double)sum->words - 15.59;
}

size_t reading_longest(const char *text, size_t *start, size_t *length)
{
    const char *at = text;
    size_t longest = 0;
    struct sentence s;
    while (next_sentence(&at, &s)) {
        if (s.words > longest) {
            longest = s.words;
            *start = (size_t)(s.start - text);
            *length = s.length;
        }
    }
    return longest;
}
