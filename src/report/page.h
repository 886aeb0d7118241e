/* Writing on paper: lines that fit, and two columns, one for each of the two. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "assessment/assessment.h"
#include "base/strbuf.h"
#include "session/session.h"

#include <stdbool.h>
#include <stdio.h>

/* All is in the form's first language: which one was read on the screen is not recorded. */
enum { LANGUAGE = 0, INDENT = 2 };

struct page {
    const struct session *s;
    const struct assessment *a;
    FILE *out;
    int columns;
    int margin;                /* how far all is set in: within entries */
    enum who side[PARTIES];    /* who sits on the left, who on the right */
    const struct about *about; /* as_text.c's own */
};

/* A paragraph after a label (safe to show; "" for none), its lines under each other. */
void page_labelled(const struct page *page, int indent, const char *label, const char *text);
/* A paragraph. */
void page_line(const struct page *page, int indent, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void page_blank(const struct page *page);
/* A blank line, the text, and a rule below it. */
void page_heading(const struct page *page, const char *text);
/* Is there room for two columns beside each other? */
bool page_is_wide(const struct page *page);

/* One side's lines, already wrapped, each ended by a newline. */
struct cell {
    struct strbuf text;
    int columns;
};

/* Two of the same width. */
void cells_init(const struct page *page, struct cell cells[PARTIES]);
/* Add a paragraph. */
void cell_add(struct cell *cell, int indent, const char *text);
/* Print both, beside each other or, by their names, under each other, and release them. */
void cells_print(const struct page *page, struct cell cells[PARTIES]);
/* Print one alone and release it. */
void cell_print(const struct page *page, struct cell *cell);

#endif
