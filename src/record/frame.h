/* The door between a line as it is said and a line as it is kept.
 *
 * Every line passes through here on its way to a file and back. In an open record both are the same. In a
 * sealed one, a line is kept as a box (record/seal) that is bound to its place: to the record, the line's
 * number and the hash of the line before. Hashes are over plain lines, so the chain and a receipt are the
 * same either way. All lines of a record are kept in one way, which its first line shows. */
#ifndef RECORD_FRAME_H
#define RECORD_FRAME_H

#include "base/strbuf.h"
#include "record/chain.h"
#include "record/keyring.h"
#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>

/* The most bytes a line has as it is kept, without its newline. */
enum { FRAME_MOST_LINE = RECORD_MOST_FORM_LINE / 3 * 4 + 4096 };

/* How a record's lines are kept. All zero: in the open. */
struct frame {
    bool sealed;
    char record[RECORD_ID_TEXT], key[KEY_ID_TEXT];
};

/* How a stored first line shows that its record is kept. False and a cause where it is sealed in a way that
 * this version does not know. Whether the key is there is not asked. */
bool frame_of(const char *stored, size_t length, struct frame *frame, char **cause);

/* Sealed lines for a record with this id, under the key with that one. False and a cause where it is no id
 * that a sealed line can show. */
bool frame_for(struct frame *frame, const char *record, const char *key, char **cause);

/* Add to `stored` what stands in the file for a plain line that comes next in the chain, its newline
 * included. False and a cause where the key is not unlocked. */
bool frame_close(const struct frame *frame, const struct chain *chain, const char *line, size_t length,
                 struct strbuf *stored, char **cause);
/* Put into `line` the plain line that a stored one (without its newline) stands for, at that place of the
 * chain. False and a cause where it cannot be told. */
bool frame_open(const struct frame *frame, const struct chain *chain, const char *stored, size_t length,
                struct strbuf *line, char **cause);

/* The same for a whole small file beside a record: `what` it is ("draft", "torn") is bound to it. One that is
 * sealed can be told from one that is not. */
bool frame_close_file(const struct frame *frame, const char *what, const char *bytes, size_t length,
                      struct strbuf *stored, char **cause);
bool frame_open_file(const char *record, const char *what, const char *stored, size_t length,
                     struct strbuf *bytes, char **cause);
/* Does it begin as all that is sealed does: a line, or such a file? FRAME_TELLS of its first bytes say so. */
enum { FRAME_TELLS = 32 };
bool frame_is_sealed(const char *stored, size_t length);
bool frame_is_sealed_file(const char *stored, size_t length);

#endif
