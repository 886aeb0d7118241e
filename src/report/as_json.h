/* JSON. */
#ifndef REPORT_AS_JSON_H
#define REPORT_AS_JSON_H

#include "report/report.h"

#include <jansson.h>

/* Digits of a number that is not whole: as many as are sure to come back as they were typed. */
enum { AS_JSON_DIGITS = 15 };

/* A tree as JSON that is safe to look at, indented, and the end of its last line. False where the stream
 * takes no more (which is said at the end of the program where it is standard output). */
bool as_json_print(const json_t *tree, FILE *out);
bool as_json_write(const struct session *s, FILE *out, char **cause);
/* Write a text in which every character that must not be shown raw stands between double quotes, with each
 * of them as \uXXXX, which JSON and YAML both read back. */
bool as_json_escaped(const char *text, size_t length, FILE *out, char **cause);

#endif
