/* A vocabulary: a NULL-terminated array of words whose index is the value of an enum. */
#ifndef BASE_VOCAB_H
#define BASE_VOCAB_H

#include <stdbool.h>
#include <stddef.h>

/* The index of `word`, or -1. */
int vocab_find(const char *const *words, const char *word);
/* The word most like `word`, for "did you mean": NULL where none is near. The distance is Damerau-Levenshtein
 * (optimal string alignment); near is at most a third of the longer word's length. */
const char *vocab_nearest(const char *const *words, const char *word);
/* The distance itself, in bytes changed; more than `limit` counts as limit + 1. */
size_t vocab_distance(const char *a, const char *b, size_t limit);
/* Is that distance near, by the rule above? */
int vocab_is_near(const char *a, const char *b);
/* "a, b or c": for sentences that say what would have been right. The caller frees it. */
char *vocab_list(const char *const *words);
/* Refuse a word that is not among the known ones: “there is no key of said “becuase”: did you mean
 * “because”?” Returns false. */
bool vocab_refuse(const char *what, const char *word, const char *const *known, char **cause);

#endif
