/* "What shall we write down?": the ways to settle a disagreement that make sense now, in plain words. */
#ifndef SESSION_SETTLE_H
#define SESSION_SETTLE_H

#include "assessment/assessment.h"
#include "session/session.h"

enum { SETTLE_MOST = 8 };

enum settle_needs {
    NEEDS_NOTHING,
    NEEDS_ANSWER, /* the new answer */
    NEEDS_WHAT,   /* what has to be found out (then, freely: from whom, by when) */
    NEEDS_ASKING, /* the question for somebody else */
};

struct settle_option {
    enum settle as;
    enum settle_needs needs;
    const json_t *value; /* agree on an answer that is there: whose; else NULL */
    char *words;         /* "Rae changes to 4" */
};

/* The options, in a fixed order: nothing is preselected. `by` is who would put it forward (only the service
 * user may choose to leave it). The words are freed with settle_release(). */
size_t settle_options(const struct assessment *a, const struct disagreement *d, enum who by, int language,
                      struct settle_option options[SETTLE_MOST]);
void settle_release(struct settle_option *options, size_t count);

/* Put one forward. `value` is the new answer (NEEDS_ANSWER) and is the function's from then on, else NULL;
 * `words` what has to be found out or asked. `because`, `from` and `by_when` may be NULL. */
bool settle_propose(struct session *s, const struct disagreement *d, enum who by,
                    const struct settle_option *option, json_t *value, const char *words, const char *from,
                    const char *by_when, const char *because, char **cause);
bool settle_confirm(struct session *s, const struct disagreement *d, enum who by, char **cause);
bool settle_say(struct session *s, const struct disagreement *d, enum who by, const char *text, char **cause);
bool settle_heard(struct session *s, const struct disagreement *d, enum who by, int heard, char **cause);
bool settle_reopen(struct session *s, const struct disagreement *d, enum who by, char **cause);

#endif
