/* The door between a line as it is said and a line as it is kept.
 *
 * Every line passes through here on its way to a file and back. Today both are the same, so a stored line is
 * the plain line; a sealed record's lines will be opened and closed in this one place. Hashes are over plain
 * lines, so the chain and a receipt are the same either way. */
#ifndef RECORD_FRAME_H
#define RECORD_FRAME_H

#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

/* Add to `stored` what stands in the file for a plain line, its newline included. */
void frame_close(const char *line, size_t length, struct strbuf *stored);
/* Put into `line` the plain line that a stored one (without its newline) stands for. False and a cause where
 * it cannot be told. */
bool frame_open(const char *stored, size_t length, struct strbuf *line, char **cause);

#endif
