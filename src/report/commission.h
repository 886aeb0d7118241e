/* The commissioner's report: what the work comes to, for those who pay for it, made only of what the records
 * hold already (feature B29). One model, written by three writers (text, html, json).
 *
 * It is for people who know nobody in it. So nobody is named, nothing in it leads back to a case, no day is
 * told finer than a month, and no count of people below COMMISSION_FEWEST is printed. How much work was done
 * stands apart from how it was done (B24), and there is no figure that mixes parts: each belongs to one part,
 * with its definition, its formula and its source beside it (B13). What there is too little of says so (B35).
 * Nothing in it ranks people, services or areas. */
#ifndef REPORT_COMMISSION_H
#define REPORT_COMMISSION_H

#include "review/collection.h"
#include "review/picture.h"
#include "review/statistics.h"

#include "form/who.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* The JSON's "format". */
#define COMMISSION_FORMAT "alongside-report/1"

enum {
    COMMISSION_FEWEST = 5,       /* people, below which nothing is printed of them */
    COMMISSION_MOST_LESSONS = 10 /* that are in it */
};

/* ---- the model ---- */

/* A count; a share of so many; a figure of its own unit; words alone. */
enum commission_shape { COMMISSION_COUNT, COMMISSION_SHARE, COMMISSION_VALUE, COMMISSION_WORDS };

/* A line of a figure, as it may be printed. */
struct commission_row {
    char *label;
    int indent;                  /* 1: a part of the row before */
    char *count;                 /* “38 of 142”, “n 1204”, “fewer than 5”; "" */
    char *value;                 /* “27 %”, “0.71”, “too few to say”; "" */
    char *range;                 /* “20 to 35”; "" */
    char *remark;                /* what else is to be known; "" */
    enum commission_shape shape; /* what follows is for other programs */
    const char *unit;            /* "" */
    int64_t number, of;          /* -1 where there is none, or it is not to be printed */
    struct figure figure;        /* guarded; without anything where it is not to be printed */
    bool fewer;                  /* it is not printed, as few people stand behind it */
};

enum commission_kind {
    COMMISSION_SAYS,   /* a paragraph: `text` */
    COMMISSION_TERM,   /* what a word means: `title`, `text` */
    COMMISSION_FIGURE, /* `name`, `title`, `text`, `formula`, `source`, `rows`, maybe a picture */
    COMMISSION_VOICE,  /* `title`: how it ended; `text`: the question; what each said */
    COMMISSION_LESSON, /* `title`: whose; `text` */
};

struct commission_item {
    enum commission_kind kind;
    const char *name; /* of a figure; "" */
    char *title, *text, *formula, *source;
    struct commission_row *rows;
    size_t row_count, row_room;
    char *answer[PARTIES], *words[PARTIES]; /* of a voice: NULL where they are not to be used */
    bool drawn;                             /* it has a picture */
    struct picture picture;
    bool only_rows; /* the picture shows nothing but the rows: a text does without it */
    void *held[4];  /* what the picture is made of */
    struct survival curve;
};

struct commission_part {
    const char *name, *title, *says;
    struct commission_item *items;
    size_t count, room;
};

struct commission {
    char *title;
    char *period;                /* “from March 2026 to June 2026” */
    char *made;                  /* “November 2026” */
    char *since, *until, *month; /* "2026-03"; the first two "" where nobody said */
    char *filter;                /* as it was given; "" */
    struct commission_part *parts;
    size_t count, room;
};

/* ---- making it ---- */

struct commission_wish {
    const struct collection *collection;
    const char *filter;        /* NULL or "": all */
    const char *since, *until; /* a day, a month or a year; whole months are taken. NULL: no bound */
    const char *title;         /* NULL: a plain one */
    const char *part;          /* only this one; NULL: all */
};

/* Can it be made? To be asked before anything is read; false and a cause. A filter that picks out one person
 * or one case is refused: so is a word alone, which could. */
bool commission_may(const struct commission_wish *wish, char **cause);
/* NULL and a cause. The caller frees it. The collection is borrowed. */
struct commission *commission_new(const struct commission_wish *wish, char **cause);
void commission_free(struct commission *commission);

/* The parts there are, in their order. */
struct making;
struct commission_kind_of_part {
    const char *name, *title; /* NULL name ends the table */
    const char *says;         /* one sentence: what it is about, and what not */
    void (*work)(struct making *making, struct commission_part *part);
    bool withheld; /* left out where fewer than COMMISSION_FEWEST people are in it */
};
extern const struct commission_kind_of_part commission_parts[];

/* ---- writing it ---- */

struct commission_format {
    const char *name; /* "text"; NULL ends the table */
    /* False and a cause where the stream takes no more. */
    bool (*write)(const struct commission *commission, FILE *out, char **cause);
    const char *help;
};
/* The first is what is written where nobody says. */
extern const struct commission_format commission_formats[];
/* By its name; NULL and a cause. */
const struct commission_format *commission_format_named(const char *name, char **cause);

bool commission_text_write(const struct commission *commission, FILE *out, char **cause);
bool commission_html_write(const struct commission *commission, FILE *out, char **cause);
bool commission_json_write(const struct commission *commission, FILE *out, char **cause);
/* The JSON Schema of what the last one writes; the caller's own. */
json_t *commission_schema(void);

#endif
