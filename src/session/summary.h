/* The lists that a form makes of the answers (`summaries`): which entries of a repeat, or which questions
 * with a tag, for whom each holds, in groups where the form asks for them. Both people's answers count the
 * same: what holds for either is listed, with whom it holds for.
 *
 * What may not be seen yet (`reveal: together`) is in no list. */
#ifndef SESSION_SUMMARY_H
#define SESSION_SUMMARY_H

#include "session/session.h"

#include <jansson.h>

struct summary_row {
    int item;            /* the question; for an entry the first that is asked in it */
    bool holds[PARTIES]; /* for whom */
    int group;           /* index, or -1 where there are no groups */
    double order;        /* by `order_by`: small first */
};

struct summary_group {
    char *key; /* "" for what nobody has said */
    int item;  /* one that is in it, and as whom: what its name is taken from */
    enum who as;
    long rank;  /* a choice's place among the choices */
    int listed; /* rows in it */
    int of;     /* of how many that could be */
};

struct summary_list {
    const struct summary *summary;
    struct summary_row *rows; /* group by group */
    size_t count, room;
    struct summary_group *groups;
    size_t group_count, group_room;
    int listed, of, hidden; /* of the entries or questions: in it, looked at, not to be seen yet */
};

/* Make one of the form's summaries; free with summary_release(). */
void summary_make(const struct assessment *a, const struct summary *summary, struct summary_list *list);
void summary_release(struct summary_list *list);
/* How many of the groups have anything listed in them. */
int summary_groups_listed(const struct summary_list *list);
/* Is all that is listed, two or more, in one group? */
bool summary_is_one_kind(const struct summary_list *list);

/* ---- summary_words.c: told */

enum summary_level { SUMMARY_TITLE, SUMMARY_GROUP, SUMMARY_ROW, SUMMARY_REMARK };

/* Tell all of the form's summaries line by line, as `reader` reads them. `item`: where a row leads, else -1;
 * `group`: the name of the group that a row is in, else "". */
void summary_tell(const struct assessment *a, enum who reader, int language,
                  void (*line)(void *context, enum summary_level level, int item, const char *group,
                               const char *text),
                  void *context);
/* All of them as a tree for programs. */
json_t *summary_tree(const struct assessment *a, int language);
/* What a group is called, and a row: the caller frees them. */
char *summary_group_words(const struct assessment *a, const struct summary_list *list, int group,
                          enum who reader, int language);
char *summary_row_words(const struct assessment *a, const struct summary_list *list,
                        const struct summary_row *row, enum who reader, int language);

/* Call `line` for each answer that the form keeps in sight: "What would a good year look like? Rae: … Sam:
 * …".
 */
void summary_in_sight(const struct assessment *a, enum who reader, int language,
                      void (*line)(void *context, int item, const char *text), void *context);
/* The same for each other form that may fit now: "There is also “Young adult” for this: …". */
void summary_offers(const struct session *s, void (*line)(void *context, const char *text), void *context);
/* The tags of a question that people see: "This can change. A place to live"; "" for none. The caller frees
 * it. */
char *summary_tags(const struct assessment *a, const struct question *q, enum who reader, int language);

#endif
