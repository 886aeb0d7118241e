/* A copy that one of them keeps. It is noted in the record, with the last line that its receipt is over, so
 * that the record knows at which lines receipts were given. */
#ifndef SESSION_COPY_H
#define SESSION_COPY_H

#include "session/session.h"

enum copy_as { COPY_FULL, COPY_SLIP, COPY_CONFERENCE, COPY_KINDS };
/* "full", "slip", "conference"; and what each is, in plain words. */
extern const char *const copy_names[];
extern const char *const copy_words[];

struct copy {
    enum copy_as as;
    enum who by;
    char *to;      /* whose it is */
    size_t number; /* from 1; 0: it could not be noted */
    char *unnoted; /* why not; NULL */
};

/* NULL, or why no copy is made: the settings of the caseload say so. The caller frees it. */
char *copy_no_paper(const struct session *s);
/* Note that a copy is made (`to` NULL: for the service user, by name; one for a case conference is for that),
 * and work out its receipt code. A record that can only be read has copies made of it all the same, and
 * nothing noted. False and a cause where it could not be saved, or there is no memory for the code; what was
 * noted then stays. Release it also then.
 */
bool copy_make(struct copy *copy, struct session *s, enum who by, enum copy_as as, const char *to,
               char **cause);
void copy_release(struct copy *copy);
/* The code in groups with blanks between, to be read out and typed. `text` is the code as it is printed; the
 * caller frees it. */
char *copy_code_spaced(const char *text);
/* The same with a blank after each character, and more after each group: 46 columns. */
char *copy_code_wide(const char *text);
/* Where a copy is put unless they say otherwise: a new file in the home folder, "copy-K014-1.txt". The caller
 * frees it. */
char *copy_place(const struct session *s);
/* What to do with the code, in plain words; NULL ends them. */
extern const char *const copy_advice[];

#endif
