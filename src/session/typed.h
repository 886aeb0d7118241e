/* From what a person types to an answer: forgiving in how, strict in what. */
#ifndef SESSION_TYPED_H
#define SESSION_TYPED_H

#include "assessment/assessment.h"

#include <jansson.h>
#include <stdbool.h>

/* The answer that `text` gives to a question of numbers, days, times, choices (by their numbers; an order is
 * typed from its first to its last) or words; NULL and
 * a cause where it gives none. The caller owns it. Blanks around it do not count. Numbers take a decimal
 * comma. */
json_t *typed_answer(const struct question *q, const char *text, char **cause);
/* A day as people write it: 2026-11-30, 30/11/2026, 30.11.2026, 30 11 2026; also "today" and "+7" (days from
 * today). Writes it as YEAR-MONTH-DAY. */
bool typed_day(const char *text, char iso[16]);
/* A time of day: 14:30, 9.05, 2.30pm, 2pm. Writes it as HH:MM. */
bool typed_time(const char *text, char time[8]);
/* A day as above and a time after it: "today 14:30", "30/11/2026 2.30pm". Writes it as YEAR-MONTH-DAYTHH:MM.
 */
bool typed_moment(const char *text, char moment[24]);
/* Choices by their places among those on offer; words after the numbers are those of a choice that asks for
 * some: "1 4 my aunt", "4: my aunt". One for a select_one, else a list. The answer may still not be one. */
json_t *typed_choices(const struct question *q, const struct choice *const *offered, size_t count,
                      const char *text, char **cause);
/* The choice in an answer that asks for words and has none yet; NULL. */
const struct choice *typed_lacks_words(const struct question *q, const json_t *value);
/* A copy of the answer in which that one has these words. */
json_t *typed_with_words(const struct question *q, const json_t *value, const char *words);
/* How an answer is typed: "a day: 30/11/2026", "a number from 0 to 10". The caller frees it. */
char *typed_how(const struct assessment *a, int item, enum who reader, int language);

#endif
