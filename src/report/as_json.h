/* JSON. */
#ifndef REPORT_AS_JSON_H
#define REPORT_AS_JSON_H

#include "report/report.h"

/* Digits of a number that is not whole: as many as are sure to come back as they were typed. */
enum { AS_JSON_DIGITS = 15 };

bool as_json_write(const struct session *s, FILE *out, char **cause);
/* Write a text in which every character that must not be shown raw stands between double quotes, with each
 * of them as \uXXXX, which JSON and YAML both read back. */
bool as_json_escaped(const char *text, size_t length, FILE *out, char **cause);

#endif
