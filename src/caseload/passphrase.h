/* Passphrases: six words made by chance, and what one of somebody's own must be. */
#ifndef CASELOAD_PASSPHRASE_H
#define CASELOAD_PASSPHRASE_H

#include <stdbool.h>
#include <stddef.h>

/* 2048 words, so that each is worth 11 bits, and six of them 66. */
enum { PASSPHRASE_LIST = 2048, PASSPHRASE_WORDS = 6, PASSPHRASE_LEAST = 12 };
enum { PASSPHRASE_LONGEST_WORD = 6, PASSPHRASE_MADE = PASSPHRASE_WORDS * (PASSPHRASE_LONGEST_WORD + 1) };
extern const char passphrase_list[PASSPHRASE_LIST][PASSPHRASE_LONGEST_WORD + 1];

/* Six of them, with a blank between, into text[PASSPHRASE_MADE]. */
void passphrase_make(char *text);

/* May this be a passphrase? `folder` is the caseload's: none of its references can be. False and a cause. */
bool passphrase_fits(const char *text, size_t length, const char *folder, char **cause);

#endif
