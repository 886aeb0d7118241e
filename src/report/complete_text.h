/* What there is of the last sitting, on plain lines. */
#ifndef REPORT_COMPLETE_TEXT_H
#define REPORT_COMPLETE_TEXT_H

#include "session/session.h"

#include <stdbool.h>
#include <stdio.h>

/* In as many columns as there are; in 80, no more than 20 lines. */
bool complete_text_write(const struct session *s, int columns, FILE *out, char **cause);

#endif
