/* Writing on paper: lines that fit, and two columns. All text goes through page_labelled() or cell_add(),
 * which make it safe to show and wrap it. */
#include "report/page.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE_BY_SIDE = 60, GAP = 3 };

/* ---- lines ---- */

static void page_spaces(const struct page *page, int n)
{
    fprintf(page->out, "%*s", n, "");
}

void page_labelled(const struct page *page, int indent, const char *label, const char *text)
{
    indent += page->margin;
    if (utf8_width(label) > (page->columns - indent) / 2) { /* no room beside it: on with the text after it */
        char *both = xasprintf("%s%s", label, text);
        page_labelled(page, indent - page->margin, "", both);
        free(both);
        return;
    }
    char *safe = utf8_safe(text, true), *safe_label = utf8_safe(label, false);
    struct utf8_line *lines;
    int hang = utf8_width(safe_label), columns = page->columns - indent - hang;
    size_t count = utf8_wrap(safe, columns, &lines);
    for (size_t i = 0; i < count; i++) {
        page_spaces(page, lines[i].length || i == 0 ? indent : 0);
        if (i == 0)
            fputs(safe_label, page->out);
        else if (lines[i].length)
            page_spaces(page, hang);
        fwrite(safe + lines[i].start, 1, lines[i].length, page->out);
        fputc('\n', page->out);
    }
    free(lines);
    free(safe);
    free(safe_label);
}

void page_line(const struct page *page, int indent, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = xvasprintf(format, args);
    va_end(args);
    page_labelled(page, indent, "", text);
    free(text);
}

void page_blank(const struct page *page)
{
    fputc('\n', page->out);
}

static void page_rule(const struct page *page)
{
    for (int i = 0; i < page->columns; i++)
        fputs("─", page->out);
    page_blank(page);
}

void page_heading(const struct page *page, const char *text)
{
    page_blank(page);
    page_line(page, 0, "%s", text);
    page_rule(page);
}

/* ---- two columns ---- */

void cell_add(struct cell *cell, int indent, const char *text)
{
    char *safe = utf8_safe(text, true);
    struct utf8_line *lines;
    for (size_t length = strlen(safe); length > 0 && safe[length - 1] == '\n'; length--)
        safe[length - 1] = '\0';
    size_t count = utf8_wrap(safe, cell->columns - indent, &lines);
    for (size_t i = 0; i < count; i++) {
        strbuf_addf(&cell->text, "%*s", lines[i].length ? indent : 0, "");
        strbuf_addn(&cell->text, safe + lines[i].start, lines[i].length);
        strbuf_addch(&cell->text, '\n');
    }
    free(lines);
    free(safe);
}

/* The next line of a cell, of `*length` bytes; an empty one where there is none left. */
static const char *cell_next(const char **rest, size_t *length)
{
    const char *line = *rest;
    *length = strcspn(line, "\n");
    *rest = line + *length + (line[*length] == '\n');
    return line;
}

bool page_is_wide(const struct page *page)
{
    return page->columns >= SIDE_BY_SIDE;
}

void cells_init(const struct page *page, struct cell cells[2])
{
    int room = page->columns - page->margin;
    int columns = page_is_wide(page) ? (room - INDENT - GAP) / 2 : room - 2 * INDENT;
    for (int i = 0; i < 2; i++)
        cells[i] = (struct cell){STRBUF_INIT, columns};
}

void cells_print(const struct page *page, struct cell cells[2])
{
    const char *left = cells[0].text.text, *right = cells[1].text.text;
    while (page_is_wide(page) && (*left || *right)) {
        size_t left_length, right_length;
        const char *l = cell_next(&left, &left_length), *r = cell_next(&right, &right_length);
        page_spaces(page, page->margin + INDENT);
        fwrite(l, 1, left_length, page->out);
        page_spaces(page, cells[0].columns - utf8_width_of(l, left_length));
        fputs(right_length ? " │ " : " │", page->out);
        fwrite(r, 1, right_length, page->out);
        page_blank(page);
    }
    for (int i = 0; i < 2; i++) {
        const char *rest = cells[i].text.text;
        if (!page_is_wide(page) && *rest)
            page_line(page, INDENT, "%s:", assessment_name(page->a, page->side[i], 0));
        while (!page_is_wide(page) && *rest) {
            size_t length;
            const char *line = cell_next(&rest, &length);
            fprintf(page->out, "%*s%.*s\n", length ? page->margin + 2 * INDENT : 0, "", (int)length, line);
        }
        strbuf_release(&cells[i].text);
    }
}

void cell_print(const struct page *page, struct cell *cell)
{
    for (const char *rest = cell->text.text; *rest;) {
        size_t length;
        const char *line = cell_next(&rest, &length);
        page_spaces(page, length ? page->margin + INDENT : 0);
        fwrite(line, 1, length, page->out);
        page_blank(page);
    }
    strbuf_release(&cell->text);
}
