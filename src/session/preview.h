/* Trying a form out: a session that is kept nowhere, and the form's file looked at again whenever it changes.
 */
#ifndef SESSION_PREVIEW_H
#define SESSION_PREVIEW_H

#include "session/session.h"

#include <stdbool.h>

struct preview;

/* Begin with the form in a file. Its faults go on *diags, which the caller releases; NULL where there are
 * errors, or (and a cause) where it cannot be read. */
struct preview *preview_new(const char *path, struct diags *diags, char **cause);
void preview_free(struct preview *p);
/* The session, which belongs to the preview. The pointer stays as long as it; the form and the assessment in
 * it are others after PREVIEW_NEW. */
struct session *preview_session(const struct preview *p);
/* A descriptor that can be read from when the file may have changed; -1 where files cannot be watched. */
int preview_watch(const struct preview *p);

enum preview_news {
    PREVIEW_SAME,   /* the file is as it was */
    PREVIEW_NEW,    /* a new version without errors: the session goes on with it, its answers carried over by
                       name */
    PREVIEW_FAULTY, /* one with errors, or none at all: the session is as it was */
};
enum preview_news preview_look(struct preview *p);
/* Is the file as it was looked at last not what the session goes by? */
bool preview_is_faulty(const struct preview *p);
/* What is wrong with the file as it was looked at last: "life.yaml:12:5: error: …", one fault (and the line
 * it is in) a line; "" where nothing is. */
const char *preview_faults(const struct preview *p);
size_t preview_fault_count(const struct preview *p);

#endif
