/* How the events beside the answers are told: sittings, what was said back, offers, promises, what happened.
 * Each adds its sentences to `sb`, and says whether it knew the event. */
#ifndef SESSION_WORDS_BESIDE_H
#define SESSION_WORDS_BESIDE_H

#include "assessment/assessment.h"
#include "base/strbuf.h"

bool tell_beside(struct strbuf *sb, const struct assessment *a, const struct event *event, int language);
/* What was said in a step of a talk, or why somebody changed their answer; the supervisor's words. */
bool tell_step(struct strbuf *sb, const struct assessment *a, const struct event *event, int language);
/* Who it was, of what the supervisor said, wrote or signed. */
const char *words_supervisor(const struct event *event);
/* A day as people read it: "24 November 2026"; the text itself where it is none. In memory of its own, good
 * until the next call. */
const char *words_day(const char *iso);
/* What was told about a sitting, in words: "4: Good", "We sit side by side, There is something to drink". The
 * caller frees it. */
struct topic;
char *words_told(const struct assessment *a, const struct topic *topic, const struct event *told,
                 int language);
/* What kind of thing a difference is about: “How much”, “The words”, “How we work together”. */
const char *words_kind(enum kind kind);
/* A field of what happened, in words, the two by their names; “” where it has none. The caller frees it. */
struct happened_field;
char *words_happened(const struct assessment *a, const struct event *event,
                     const struct happened_field *field, int language);
/* Why they changed an answer: "They learned something new". */
const char *words_reason(enum reason reason);

#endif
