/* From what a person types to an answer: forgiving in how, strict in what. */
#ifndef SESSION_TYPED_H
#define SESSION_TYPED_H

#include "assessment/assessment.h"

#include <jansson.h>
#include <stdbool.h>

/* The answer that `text` gives to a question of numbers, dates, choices (by their numbers) or words; NULL and
 * a cause where it gives none. The caller owns it. Blanks around it do not count. Numbers take a decimal
 * comma. */
json_t *typed_answer(const struct question *q, const char *text, char **cause);
/* A day as people write it: 2026-11-30, 30/11/2026, 30.11.2026, 30 11 2026; also "today" and "+7" (days from
 * today). Writes it as YEAR-MONTH-DAY. */
bool typed_day(const char *text, char iso[16]);
/* How an answer is typed: "a day: 30/11/2026", "a number from 0 to 10". The caller frees it. */
char *typed_how(const struct assessment *a, int item, enum who reader, int language);

#endif
