/* A milestone on paper, to be taken home: its words, its day, and both names. */
#ifndef REPORT_CERTIFICATE_H
#define REPORT_CERTIFICATE_H

#include "session/session.h"

#include <stdbool.h>
#include <stdio.h>

/* The milestone `number`, from 1, in the order in which they were written down; 0: the last one. NULL and a
 * cause where there is none such. */
const struct event *certificate_milestone(const struct session *s, size_t number, char **cause);
bool certificate_write(const struct session *s, const struct event *milestone, FILE *out, char **cause);
/* To a file; see report_save. */
bool certificate_save(const struct session *s, const struct event *milestone, const char *path, bool over,
                      char **cause);

#endif
