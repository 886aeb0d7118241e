/* YAML, as much of it as a form needs, read into a small tree.
 *
 * Reading is bounded in time and memory whatever the text: its length, how deep it nests, how long one text
 * and how many there are. There are no anchors, aliases, tags, merge keys or directives, and no characters
 * that cannot be seen, also not by way of escapes: what is refused is said with its line. The tree belongs to
 * the arena. */
#ifndef FORM_YAML_H
#define FORM_YAML_H

#include "form/arena.h"
#include "form/diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    YAML_MOST_BYTES = 4 * 1024 * 1024,
    YAML_MOST_DEPTH = 32,
    YAML_MOST_SCALAR = 16 * 1024,
    YAML_MOST_NODES = 500 * 1000,
};

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    uint32_t line, column; /* from 1; the column in characters */
    uint32_t span; /* characters it takes up in the text, quotes included; 0 where that is several lines */
    bool quoted;
    bool exact;    /* a scalar each of whose bytes stands in the text as it is, from column (+ 1 if quoted) */
    uint32_t size; /* bytes of a scalar's text, items of a list, keys of a map */
    const char *text;   /* of a scalar; ends in a NUL and holds none */
    struct node *first; /* of a list's items or a map's keys */
    struct node *next;  /* in the list or map this stands in */
    struct node *value; /* of a key */
};

/* NULL, with the reason on `diags`, where there is no tree to speak of. Lesser faults (a key that stands
 * twice) are on `diags` too, and there is a tree all the same, so that all else can be looked at as well. */
const struct node *node_read(const char *source, size_t length, struct arena *arena, struct diags *diags);

/* Is it a scalar in which nothing stands, or null? */
bool node_is_empty(const struct node *node);

#endif
