/* A sheet: a few things to be filled in, one under the other: what a sitting opens and closes with, what
 * happened, what was passed on. It is made of a table (topics.h, happened.h); the screen (screen/view_sheet)
 * and line mode (line/sheet) show any sheet and know of no topic.
 *
 * Two kinds: where each row is kept as soon as it is said (a sitting's topics), and where all rows together
 * become one event when it is done (a happening). The class says which; who shows it need not know. */
#ifndef SESSION_SHEET_H
#define SESSION_SHEET_H

#include "assessment/topics.h"
#include "session/session.h"

struct sheet;

struct sheet_row {
    const char *label;      /* what is asked, in plain words; the table's */
    char *text;             /* to be read before (the principle, the recap), or NULL; the sheet's own */
    enum topic_type type;   /* what can be said */
    enum topic_whose whose; /* TOPIC_EACH: one column for each of the two */
    const struct topic_word *words; /* for what is picked; NULL where none */
    bool needed;                    /* it cannot be done without */
    bool hidden;                    /* what one of them says does not show before both have said it */
    /* What more can be said about it, by its name in `notes`; NULL where nothing. For TOPIC_SEVERAL: a note
     * about each of its words that is picked. */
    const struct topic_word *notes;
};

struct sheet_class {
    /* What one of them has said, in words; "" for nothing, or a short word for what is hidden. The caller
     * frees it. */
    char *(*value)(const struct sheet *sheet, size_t row, enum who who, int language);
    /* The value itself as it would be changed, borrowed; NULL where there is none. */
    const json_t *(*given)(const struct sheet *sheet, size_t row, enum who who);
    /* Say it. `value` and `notes` (may be NULL) are the sheet's from then on. */
    bool (*set)(struct sheet *sheet, size_t row, enum who by, json_t *value, json_t *notes, char **cause);
    /* What was said besides, by its name, borrowed; NULL where there is nothing. May be NULL. */
    const json_t *(*noted)(const struct sheet *sheet, size_t row, enum who who);
    /* All is said: keep it, close the sitting. NULL: there is nothing more to be done. */
    bool (*done)(struct sheet *sheet, enum who by, char **cause);
    /* A row that opens another sheet: that sheet, made anew, or NULL where the row is filled in here. May be
     * NULL. */
    struct sheet *(*opens)(const struct sheet *sheet, size_t row);
    /* What was said and stands in no record yet, whole; NULL where that is nothing. The caller lets go of it.
     * And saying it again, as far as it is right. Both NULL where each row is kept at once. */
    json_t *(*unkept)(const struct sheet *sheet);
    void (*take_up)(struct sheet *sheet, const json_t *unkept);
    void (*free)(struct sheet *sheet);
};

/* The beginning of every sheet. */
struct sheet {
    const struct sheet_class *class;
    struct session *session; /* borrowed */
    char *place;             /* of what is half filled in, among the drafts; the sheet's own */
    const char *title;       /* “Before we begin” */
    const char *done_words;  /* what the last line says: “Begin”, “Write it down” */
    const char *left_words;  /* what has become of it where it is left before that, or NULL */
    bool closes;             /* a sitting: what there is of it can be looked at (session/complete.h) */
    char *above;             /* to be read before all rows, or NULL; the sheet's own */
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
/* A promise: about nothing in particular, or about an item (a goal). */
struct sheet *sheet_promised(struct session *s);
struct sheet *sheet_promised_about(struct session *s, int item);
void sheet_free(struct sheet *sheet);

/* ---- for those who make or show sheets ---- */

/* A row's label for whom it is asked: what it says, with their name before it where each is asked. The caller
 * frees it. */
char *sheet_asks(const struct sheet *sheet, size_t row, enum who who, int language);
/* A value of a row in words: the label of what was picked, the titles of sections, “Seen”; "" for NULL. The
 * caller frees it. */
char *sheet_words(const struct sheet *sheet, size_t row, const json_t *value, enum who reader, int language);
/* The same with what was noted besides, which may be NULL. */
char *sheet_words_noted(const struct sheet *sheet, size_t row, const json_t *value, const json_t *notes,
                        enum who reader, int language);
/* What can be picked: how many, and each by its number from 0: its word, and what it says. None where nothing
 * is picked. */
size_t sheet_options(const struct sheet *sheet, size_t row);
const char *sheet_option(const struct sheet *sheet, size_t row, size_t option, enum who reader, int language,
                         const char **label);
/* From what was typed to a value of a row of words, days or numbers. NULL and a cause where it is none. */
json_t *sheet_typed(const struct sheet *sheet, size_t row, const char *text, char **cause);
/* Options picked, by their numbers and in this order, as a value. */
json_t *sheet_picked(const struct sheet *sheet, size_t row, const size_t *options, size_t count);
/* The first row that is needed and that nobody has said; sheet->count where there is none. */
size_t sheet_lacks(const struct sheet *sheet);
/* Whose row it is when it is come to: of the two, who has not said anything yet, the service user before the
 * other. */
enum who sheet_turn(const struct sheet *sheet, size_t row, enum who keyboard);

#endif
