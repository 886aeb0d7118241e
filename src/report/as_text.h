/* A summary on plain lines, for a terminal or a pipe. */
#ifndef REPORT_AS_TEXT_H
#define REPORT_AS_TEXT_H

#include "report/report.h"

enum { AS_TEXT_COLUMNS = 80, AS_TEXT_LEAST = 20 };

/* As a format: 80 columns. */
bool as_text_write(const struct session *s, FILE *out, char **cause);
/* In as many columns as there are; below 60 the two views stand under each other. */
bool as_text_in(const struct session *s, int columns, FILE *out, char **cause);

#endif
