/* A line of the chain as JSON, without parsing what is known already.
 *
 * Most of a line's bytes are two hashes, and most of a record's is a form that thousands of records hold. A
 * JSON library goes through them byte by byte, several times. Where they are, to the byte, what they have to
 * be, they need not be parsed again: the rest of the line is, and they are put in. What comes of it is the
 * same object, with its keys in the same order, as parsing all of the line would make
 * (tests/record/test-spare holds it to that); a line of which this is not certain is parsed whole. */
#ifndef RECORD_SPARE_H
#define RECORD_SPARE_H

#include "record/chain.h"

#include <stddef.h>

/* Forms' texts that came before: for one thread. The objects made with them share them. */
struct spare;
struct spare *spare_new(void);
void spare_free(struct spare *spare);

/* The object of the line that ends in the hash `,"hash":"…"}` of `ending` bytes, and comes next in the chain,
 * by all it says or not. Its `hash` may be left out. NULL and *error where it is none. */
json_t *spare_parse(const struct chain *chain, const char *line, size_t length, size_t ending,
                    json_error_t *error);

#endif
