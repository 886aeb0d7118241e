/* A person's copy, on paper: all of it, or half a page, with the receipt. */
#ifndef REPORT_COPY_TEXT_H
#define REPORT_COPY_TEXT_H

#include "session/copy.h"

#include <stdbool.h>
#include <stdio.h>

/* A copy that copy_make() has made. */
bool copy_text_write(const struct session *s, const struct copy *copy, FILE *out, char **cause);
/* The same to a new file, all of it or nothing: report_save(). */
bool copy_text_save(const struct session *s, const struct copy *copy, const char *path, bool over,
                    char **cause);

#endif
