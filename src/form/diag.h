/* Diagnostics: what is wrong with a form and where, in the way of a C compiler. */
#ifndef FORM_DIAG_H
#define FORM_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum diag_level { DIAG_WARNING, DIAG_ERROR };

struct diag {
    enum diag_level level;
    size_t line, column; /* from 1; the column in characters; 0 for none */
    size_t length;       /* characters underlined; 0 is a caret alone */
    char *message;
    char *suggestion; /* what may have been meant, printed as "did you mean …?"; or NULL */
};

/* All there is to say about one file. */
struct diags {
    char *name; /* of the file, as it stands in each line */
    struct diag *items;
    size_t count, room;
    size_t errors;
    /* Beyond a bound (200) only the count goes on; diags_print() says how many more there were. */
};

void diags_init(struct diags *diags, const char *name);
void diags_release(struct diags *diags);
void diags_add(struct diags *diags, enum diag_level level, size_t line, size_t column, size_t length,
               const char *suggestion, const char *format, ...) __attribute__((format(printf, 7, 8)));
/* Those that are kept, in order of line and column; the caller frees the array, not what it points to. */
const struct diag **diags_in_order(const struct diags *diags, size_t *kept);
extern const char *const diag_level_names[]; /* "warning", "error" */
/* In that order: `name:line:column: error: message`, the line itself with a caret under it
 * (both made safe to show), and the suggestion. `source` may be NULL where there is no text to show. */
void diags_print(struct diags *diags, const char *source, size_t length, FILE *out);

#endif
