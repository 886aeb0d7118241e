/* A sheet: a few things to be filled in, one under the other: what a sitting opens and closes with, what happened, what was
 * passed on. It is made of a table (topics.h, happened.h); the screen (screen/view_sheet) and line mode (line/sheet) show
 * any sheet and know of no topic.
 *
 * Two kinds: where each row is kept as soon as it is said (a sitting's topics), and where all rows together become one
 * event when it is done (a happening). The class says which; who shows it need not know. */
#ifndef SESSION_SHEET_H
#define SESSION_SHEET_H

#include "assessment/topics.h"
#include "session/session.h"

struct sheet;

struct sheet_row {
    const char *label;              /* what is asked, in plain words; the table's */
    char *text;                     /* to be read before (the principle, the recap), or NULL; the sheet's own */
    enum topic_type type;           /* what can be said */
    enum topic_whose whose;         /* TOPIC_EACH: one column for each of the two */
    const struct topic_word *words; /* for what is picked; NULL where none */
    bool needed;                    /* it cannot be done without */
};

struct sheet_class {
    /* What one of them has said, in words; "" for nothing, or a short word for what is hidden. The caller frees it. */
    char *(*value)(const struct sheet *sheet, size_t row, enum who who, int language);
    /* The value itself as it would be changed, borrowed; NULL where there is none. */
    const json_t *(*given)(const struct sheet *sheet, size_t row, enum who who);
    /* Say it. `value` and `notes` (may be NULL) are the sheet's from then on. */
    bool (*set)(struct sheet *sheet, size_t row, enum who by, json_t *value, json_t *notes, char **cause);
    /* All is said: keep it, close the sitting. */
    bool (*done)(struct sheet *sheet, enum who by, char **cause);
    void (*free)(struct sheet *sheet);
};

/* The beginning of every sheet. */
struct sheet {
    const struct sheet_class *class;
    struct session *session; /* borrowed */
    const char *title;       /* “Before we begin” */
    const char *done_words;  /* what the last line says: “Begin”, “Write it down” */
    struct sheet_row *rows;
    size_t count;
};

/* The topics of a stage of the sitting that goes on; the closing's last line closes it. */
struct sheet *sheet_sitting(struct session *s, enum topic_stage stage);
/* Something that happened, of a kind (happened.h). */
struct happened_kind;
struct sheet *sheet_happened(struct session *s, const struct happened_kind *kind);
/* Something that was passed on to somebody else. */
struct sheet *sheet_shared(struct session *s);
/* A promise. */
struct sheet *sheet_promised(struct session *s);
void sheet_free(struct sheet *sheet);

#endif
