/* A vocabulary: words whose index is the value of an enum, and how to find the one that was meant. */
#include "base/vocab.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 64 }; /* words longer than this are not compared: nobody mistypes those */

int vocab_find(const char *const *words, const char *word)
{
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], word) == 0)
            return i;
    }
    return -1;
}

size_t vocab_distance(const char *a, const char *b, size_t limit)
{
    size_t la = strlen(a), lb = strlen(b);
    if (la > LONGEST || lb > LONGEST || (la > lb ? la - lb : lb - la) > limit)
        return limit + 1;
    size_t rows[3][LONGEST + 1]; /* the row before last, the last row, this row */
    size_t *older = rows[0], *old = rows[1], *now = rows[2];
    for (size_t j = 0; j <= lb; j++)
        old[j] = j;
    for (size_t i = 1; i <= la; i++) {
        now[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t best = old[j - 1] + (a[i - 1] != b[j - 1]);
            if (old[j] + 1 < best)
                best = old[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && older[j - 2] + 1 < best)
                best = older[j - 2] + 1;
            now[j] = best;
        }
        size_t *spare = older;
        older = old;
        old = now;
        now = spare;
    }
    return old[lb] > limit ? limit + 1 : old[lb];
}

static size_t near_limit(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b);
    return (la > lb ? la : lb) / 3;
}

int vocab_is_near(const char *a, const char *b)
{
    size_t limit = near_limit(a, b);
    return limit > 0 && vocab_distance(a, b, limit) <= limit;
}

const char *vocab_nearest(const char *const *words, const char *word)
{
    const char *nearest = NULL;
    size_t best = 0;
    for (int i = 0; words[i]; i++) {
        if (!vocab_is_near(words[i], word))
            continue;
        size_t distance = vocab_distance(words[i], word, near_limit(words[i], word));
        if (!nearest || distance < best) {
            nearest = words[i];
            best = distance;
        }
    }
    return nearest;
}

char *vocab_list(const char *const *words)
{
    struct strbuf sb = STRBUF_INIT;
    for (int i = 0; words[i]; i++) {
        if (i)
            strbuf_add(&sb, words[i + 1] ? ", " : " or ");
        strbuf_add(&sb, words[i]);
    }
    return strbuf_detach(&sb);
}

bool vocab_refuse(const char *what, const char *word, const char *const *known, char **cause)
{
    enum { MOST_COLUMNS = 40 };
    const char *nearest = vocab_nearest(known, word);
    char *safe = utf8_safe(word, false); /* it may come from any file, and be as long as a line */
    char *shown = utf8_shorten(safe, MOST_COLUMNS);
    if (nearest) {
        cause_set(cause, "there is no %s “%s”: did you mean “%s”?", what, shown, nearest);
    } else {
        char *list = vocab_list(known);
        cause_set(cause, "there is no %s “%s”: it is one of %s", what, shown, list);
        free(list);
    }
    free(shown);
    free(safe);
    return false;
}
