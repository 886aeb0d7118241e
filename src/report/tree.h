/* The export tree: all of an assessment as one JSON object, which every data format writes out
 * (alongside-export(5)).
 *
 * Both people's views stand side by side, with the same keys in the same order, wherever there are two;
 * nothing is averaged and none is put first by rank. What a key has no value for is null. What was undone is
 * in no answer; in a disagreement's turns it stands, marked. */
#ifndef REPORT_TREE_H
#define REPORT_TREE_H

#include "session/session.h"

#define TREE_FORMAT "alongside-export/1"

/* The caller owns it. */
json_t *tree_build(const struct session *s);
/* One disagreement, as it stands in that tree. The caller owns it. */
json_t *tree_disagreement(const struct assessment *a, const struct disagreement *d);

/* How many lines of the record the session was made of, and the hash of the last of them: also where it looks
 * back (session_open_at). */
size_t tree_lines(const struct session *s);
const char *tree_head(const struct session *s);

#endif
