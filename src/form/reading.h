/* How hard an English text is to read: the Flesch-Kincaid grade,
 *
 *     0.39 × words per sentence + 11.8 × syllables per word − 15.59
 *
 * (Kincaid, Fishburne, Rogers and Chissom 1975, Derivation of New Readability Formulas for Navy Enlisted
 * Personnel, Research Branch Report 8-75). It is the school year, in the United States, whose pupils can read
 * it; the reading age is about five years more.
 *
 * A label of a few words is no sentence: it counts for how long the words are, and not for how long the
 * sentences. */
#ifndef FORM_READING_H
#define FORM_READING_H

#include <stddef.h>

struct reading_sum {
    size_t words, syllables;
    size_t sentences, sentence_words;
};

/* Count in one more text. */
void reading_add(struct reading_sum *sum, const char *text);
/* NaN where there are no words. */
double reading_grade(const struct reading_sum *sum);

/* The words of the longest sentence of a text. *start and *length: where it stands, in bytes. */
size_t reading_longest(const char *text, size_t *start, size_t *length);

/* Go through the words of a text: the word after *at, of *length bytes, or NULL. Begin with *at = text. */
const char *reading_word(const char **at, size_t *length);
/* The syllables of an English word, as well as rules can tell: about 19 in 20 are right. At least 1. */
int reading_syllables(const char *word, size_t length);

#endif
