/* HTML and SVG, written so that no text can get out of its place: the one door for both.
 *
 * What is written is well-formed XML and HTML at once, so that either reader takes it: each element is
 * closed, empty ones as <br/>, all attributes are quoted. Text and values are made safe to look at
 * (utf8_safe()) and escaped here; whoever calls says what is an element, what a value and what a text, and
 * never writes a `<`. There are no scripts, no styles from text, and no link but to a place in the same page:
 * names of elements and attributes that could be one are not written, and what stood under them is text.
 * tests/test-doors.sh finds tags that are written elsewhere. */
#ifndef BASE_MARKUP_H
#define BASE_MARKUP_H

#include "base/strbuf.h"

#include <stdbool.h>

enum { MARKUP_DEPTH = 32 };

/* Being written, into a string that is the caller's. Names of elements and attributes are constants of the
 * program: they are kept as pointers until the element is closed. */
struct markup {
    struct strbuf *out;
    const char *open[MARKUP_DEPTH];
    int depth;     /* how many are open */
    bool starting; /* the last one's start is not ended yet: it takes attributes */
    bool is_void;  /* and it holds nothing */
};

void markup_begin(struct markup *m, struct strbuf *out);
/* Close all that is open. */
void markup_end(struct markup *m);

/* Open an element, with attributes: names and values in pairs, then NULL. It takes more until something is
 * put into it. */
void markup_open(struct markup *m, const char *element, ...) __attribute__((sentinel));
/* One that holds nothing: it is not to be closed. */
void markup_void(struct markup *m, const char *element, ...) __attribute__((sentinel));
/* One that holds just a text: open, text, close. */
void markup_element(struct markup *m, const char *element, const char *text, ...) __attribute__((sentinel));
/* Close the last one opened. */
void markup_close(struct markup *m);

/* An attribute more of the element that was opened last, before anything is put into it. */
void markup_attribute(struct markup *m, const char *name, const char *value);
/* The same with a number, to two digits after the point, whatever the locale; 0 for what is no number. */
void markup_number(struct markup *m, const char *name, double value);
/* A text; newlines stay. */
void markup_text(struct markup *m, const char *text);
void markup_textf(struct markup *m, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Only for constants of the program: "<!DOCTYPE html>", and a style sheet, without <, > and &. */
void markup_doctype(struct markup *m);
void markup_style(struct markup *m, const char *css);

#endif
