/* Copies that people keep: one interface, one table of formats. A new format is one file and one row. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "session/session.h"

#include <stdbool.h>
#include <stdio.h>

struct report_format {
    const char *name;
    const char *extension; /* of a file's name, without the full stop */
    /* Write it. False and a cause where the stream takes no more. */
    bool (*write)(const struct session *s, FILE *out, char **cause);
    const char *help; /* one line */
    bool receipt;     /* it tells session_receipt(), where that was worked out */
};

/* Ends with a NULL name; the first is what is written where nobody says. */
extern const struct report_format report_formats[];

/* By its name; NULL and a cause with "did you mean" where there is none. */
const struct report_format *report_format_named(const char *name, char **cause);
/* The one that a file's name ends like, or NULL. */
const struct report_format *report_format_of_file(const char *path);

/* Write a report to a new file at `path`, mode 0600, all of it or nothing: made under another name beside it,
 * synced, and only then given its name. Over a file that is there only where `over` says so; a link is
 * replaced, not followed. */
bool report_save(const struct report_format *format, const struct session *s, const char *path, bool over,
                 char **cause);
/* The same for anything that writes itself; `what` is given to it. */
bool report_save_by(bool (*write)(const void *what, FILE *out, char **cause), const void *what,
                    const char *path, bool over, char **cause);
/* Would it be refused, as things stand? False and a cause then: to be asked before something is done that
 * cannot be taken back. */
bool report_may_save(const char *path, bool over, char **cause);

#endif
