/* What there is of a sitting, and what is not there yet (feature B30): the one in front, or the last. Plain
 * lines, few enough for one screen. Nothing is counted up, and nothing is stopped by it: a short sitting is
 * a whole one. */
#ifndef SESSION_COMPLETE_H
#define SESSION_COMPLETE_H

#include "session/session.h"

enum complete_standing { COMPLETE_THERE, COMPLETE_NOT_YET, COMPLETE_DOES_NOT_APPLY };

struct complete_line {
    const char *what; /* “How each of you is”; constant */
    enum complete_standing standing;
    char *more; /* whose it is that is not there, how many; "" */
};

enum { COMPLETE_MOST = 19 }; /* a heading and these are no more than 20 lines */

struct complete {
    char *title; /* “Your sitting on 24 November 2026” */
    struct complete_line lines[COMPLETE_MOST];
    size_t count; /* 0 where nobody has sat down yet */
};

/* Fill it in; release it also where there is no sitting. */
void complete_of(struct complete *c, const struct session *s, int language);
void complete_release(struct complete *c);
/* “How each of you is: not yet (Sam).” The caller frees it. */
char *complete_told(const struct complete_line *line);
/* What is not there yet, in one sentence, for who is about to close it: “Not yet: The day you meet next; A
 * copy to take away.” "" where all is there. The caller frees it. */
char *complete_not_yet(const struct complete *c);

#endif
