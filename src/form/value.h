/* A value: what an expression yields and what an answer is to an expression.
 *
 * The types are those of XPath 1.0 plus two of ODK's: a list (of strings: what a question answered in a
 * repeat adds up to; XPath's node-set) and a date. An unanswered question is the empty string. The choices of
 * a select_multiple are one string with blanks between them, as in ODK: a list's string is its first item
 * only.
 *
 * Ownership: a value owns its string or list. value_release() frees what it holds; a value that has been
 * zeroed or released is the empty string's equal and safe to release again. */
#ifndef FORM_VALUE_H
#define FORM_VALUE_H

#include <stdbool.h>
#include <stddef.h>

enum value_type { VALUE_STRING, VALUE_NUMBER, VALUE_BOOLEAN, VALUE_DATE, VALUE_LIST };

struct value {
    enum value_type type;
    double number; /* VALUE_NUMBER; VALUE_DATE: days since 1970-01-01, with the time of day as a fraction, by
                      the clock on this wall; NaN for a date that is none */
    bool boolean; /* VALUE_BOOLEAN; VALUE_NUMBER: made of a date's text, so that string() writes whole days */
    char *string; /* VALUE_STRING; NULL is "" */
    char **items; /* VALUE_LIST */
    size_t count;
};

struct value value_of_number(double number);
struct value value_of_boolean(bool boolean);
/* Takes a copy of the string; NULL is "". */
struct value value_of_string(const char *string);
/* A whole day. */
struct value value_of_date(int day);
/* Takes copies of the strings. */
struct value value_of_list(const char *const *items, size_t count);
struct value value_copy(const struct value *v);
void value_release(struct value *v);

/* XPath's number(), string() and boolean(), with ODK's rules for dates and lists (man alongside-form).
 * The caller frees the string. */
double value_number(const struct value *v);
char *value_string(const struct value *v);
bool value_boolean(const struct value *v);
/* Is it the empty string or the empty list? */
bool value_is_empty(const struct value *v);
/* Same type, same content; NaN is the same as NaN. To see whether a re-evaluation changed anything. */
bool value_same(const struct value *a, const struct value *b);

#endif
