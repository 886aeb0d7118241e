/* The chain: what a line looks like, and how each holds on to the one before.
 *
 * A line is one JSON object without its newline; its last key is `hash`, the SHA-256 of all bytes before
 * `,"hash":`, and its `prev` is the `hash` of the line before. */
#ifndef RECORD_CHAIN_H
#define RECORD_CHAIN_H

#include "record/event.h"
#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>

enum { CHAIN_FORMAT = 1 }; /* the major version of the format: in `opened`, as `format` */

/* Where the next line goes on: how many there are, and the hash of the last (64 zeros where there is none).
 */
struct chain {
    size_t count;
    char head[RECORD_HASH_TEXT];
    struct spare *spare; /* forms' texts that came before (record/spare); borrowed, or NULL */
};

void chain_init(struct chain *chain);
/* SHA-256 in hex. */
void chain_hash(const void *bytes, size_t length, char hash[RECORD_HASH_TEXT]);
/* How many bytes a line may have, without its newline: one that holds a form, or any other. */
size_t chain_most(enum event_kind kind);
/* The next line for an event's object (borrowed): seq, prev and at are put in front, whatever it says of them
 * itself. NULL and a cause where it cannot be written. The caller frees it. */
char *chain_line(const struct chain *chain, json_t *object, size_t *length, char **cause);
/* Look at a line as the next one. If it is sound, fill in *event (its `body` is the caller's reference) and
 * move the chain on; else leave both alone: false and a cause that reads on from "line 7: ". */
bool chain_check(struct chain *chain, const char *line, size_t length, struct event *event, char **cause);
/* Does this first line, sound or not, say that it is of a newer major format? Which, or 0. */
long chain_newer(const char *line, size_t length);

#endif
