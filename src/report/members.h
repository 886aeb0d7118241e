/* What a program writes as JSON, described key by key: tables, and the JSON Schema (draft-07) made of them.
 */
#ifndef REPORT_MEMBERS_H
#define REPORT_MEMBERS_H

#include <jansson.h>
#include <stddef.h>

struct thing;

enum holds { TEXT, INTEGER, NUMBER, BOOLEAN, WORD, ANSWER, SCORE, OBJECT };
enum {
    OR_NULL = 1,
    MAY_LACK = 2, /* the key is there for some only */
    LIST = 4,     /* any number of such */
    EACH = 8,     /* one for each of the two people */
};

struct member {
    const char *name; /* NULL ends the table */
    enum holds holds;
    unsigned ways;
    const char *help;
    const char *const *words;   /* of a WORD; "" is not one of them, but null */
    const struct thing *object; /* of an OBJECT */
};

struct thing {
    const char *name;
    const struct member *members;
};

/* clang-format off */
#define KEY(name, holds, ways, help) {name, holds, ways, help, NULL, NULL}
#define ONE_OF(name, words, ways, help) {name, WORD, ways, help, words, NULL}
#define IS(name, thing, ways, help) {name, OBJECT, ways, help, NULL, &(thing)}
#define END {NULL, TEXT, 0, NULL, NULL, NULL}
/* clang-format on */

/* The schema of `whole`, whose key "format" is always `format`; each of `things` is a definition. The
 * caller's own. */
json_t *members_schema(const char *title, const char *description, const char *format,
                       const struct thing *whole, const struct thing *const *things, size_t count);

#endif
