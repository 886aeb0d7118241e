/* A listing, figures and flags on plain lines. Columns are as wide as what stands in them, up to a bound; at
 * a terminal that is too narrow for that, the widest give way first. */
#include "report/review.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/out.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "review/figures.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { WIDEST = 40, NARROWEST = 6, GAP = 2 };

/* ---- rows ---- */

struct sheet {
    const struct listing *listing;
    const struct column *columns;
    int *widths; /* by place among the columns that are shown */
    size_t count;
};

static const struct column *column_at(const struct sheet *sheet, size_t k)
{
    return &sheet->columns[listing_column(sheet->listing, k)];
}

/* A cell safe to show on one line; the caller frees it. */
static char *cell_at(const struct sheet *sheet, size_t i, size_t k)
{
    struct cell cell;
    return utf8_safe(listing_shown(sheet->listing, i, listing_column(sheet->listing, k), &cell), false);
}

static void fit(struct sheet *sheet, int columns)
{
    int sum = -GAP;
    for (size_t k = 0; k < sheet->count; k++)
        sum += sheet->widths[k] + GAP;
    while (columns > 0 && sum > columns) {
        size_t widest = 0;
        for (size_t k = 1; k < sheet->count; k++) {
            if (sheet->widths[k] > sheet->widths[widest])
                widest = k;
        }
        if (sheet->widths[widest] <= NARROWEST)
            return;
        sheet->widths[widest]--;
        sum--;
    }
}

/* As wide as what stands in it. Only the last column can be wider than the bound: nothing stands after it. */
static void measure(struct sheet *sheet)
{
    for (size_t k = 0; k < sheet->count; k++) {
        int width = utf8_width(column_at(sheet, k)->title), most = k + 1 < sheet->count ? WIDEST : INT_MAX;
        for (size_t i = 0; i < listing_count(sheet->listing) && width < most; i++) {
            char *text = cell_at(sheet, i, k);
            int its = utf8_width(text);
            width = its > width ? its : width;
            free(text);
        }
        sheet->widths[k] = width < most ? width : most;
    }
}

static void add_blanks(struct strbuf *line, int count)
{
    for (int i = 0; i < count; i++)
        strbuf_addch(line, ' ');
}

/* Add a cell; blanks are only owed, so that no line ends in some. */
static void add_cell(struct strbuf *line, int *owed, const char *text, int width, bool right)
{
    char *fitted = utf8_shorten(text, width);
    int blanks = width - utf8_width(fitted);
    *owed += right ? blanks : 0;
    if (*fitted) {
        add_blanks(line, *owed);
        strbuf_add(line, fitted);
        *owed = 0;
    }
    *owed += (right ? 0 : blanks) + GAP;
    free(fitted);
}

/* Row i, or the heading (i is how many there are). */
static void print_row(const struct sheet *sheet, size_t i, FILE *out)
{
    struct strbuf line = STRBUF_INIT;
    int owed = 0;
    for (size_t k = 0; k < sheet->count; k++) {
        const struct column *column = column_at(sheet, k);
        bool heading = i == listing_count(sheet->listing);
        char *text = heading ? xstrdup(column->title) : cell_at(sheet, i, k);
        add_cell(&line, &owed, text, sheet->widths[k], column->type == COLUMN_NUMBER);
        free(text);
    }
    out_line(out, "%s", line.text);
    strbuf_release(&line);
}

static void print_group(const struct sheet *sheet, size_t i, FILE *out)
{
    const char *value;
    size_t count;
    if (!listing_begins_group(sheet->listing, i, &value, &count))
        return;
    const char *title = sheet->columns[listing_group_column(sheet->listing)].title;
    fputs(i ? "\n" : "", out);
    out_line(out, "%s: %s (%zu)", title, *value ? value : "nothing said", count);
}

static void print_rows(const struct review_report *report, FILE *out)
{
    const struct listing *listing = report->listing;
    struct sheet sheet = {listing, listing_table(listing)->columns, NULL, listing_column_count(listing)};
    size_t count = listing_count(listing);
    sheet.widths = xcalloc(sheet.count, sizeof *sheet.widths);
    measure(&sheet);
    fit(&sheet, report->columns);
    if (count)
        print_row(&sheet, count, out);
    for (size_t i = 0; i < count; i++) {
        print_group(&sheet, i, out);
        print_row(&sheet, i, out);
    }
    free(sheet.widths);
    fputs(count ? "\n" : "", out);
    const char *filter = listing_filter_text(listing);
    out_line(out, "%s: %zu of %zu%s%s", listing_table(listing)->title, count, listing_all(listing),
             *filter ? ", filter: " : "", filter);
}

/* ---- figures, flags ---- */

/* One line set in, its own further lines more. */
static void print_wrapped(const struct review_report *report, int indent, const char *text, FILE *out)
{
    char *safe = utf8_safe(text, false);
    char *line = xasprintf("%*s%s", indent, "", safe);
    out_wrapped(out, line, report->columns, indent + 2);
    fputc('\n', out);
    free(line);
    free(safe);
}

static void print_figure(const struct review_report *report, const struct scope *scope,
                         const struct figure_kind *kind, FILE *out)
{
    struct figure_lines lines = {0};
    int widest = 0;
    kind->work(scope, &lines);
    out_line(out, "%s", kind->title);
    for (size_t i = 0; i < lines.count; i++) {
        int width = utf8_width(lines.lines[i].label) + 2 * lines.lines[i].indent;
        widest = width > widest ? width : widest;
    }
    for (size_t i = 0; i < lines.count; i++) {
        const struct figure_line *line = &lines.lines[i];
        char *words = figure_line_words(line);
        int blanks = widest - utf8_width(line->label) - 2 * line->indent;
        char *text = line->shape == SHAPE_WORDS && !*line->label
                         ? xstrdup(words)
                         : xasprintf("%s%*s  %s", line->label, blanks, "", words);
        print_wrapped(report, 2 + 2 * line->indent, text, out);
        if (line->words && *line->words && line->shape != SHAPE_WORDS)
            print_wrapped(report, 4 + 2 * line->indent, line->words, out);
        free(text);
        free(words);
    }
    figure_lines_release(&lines);
    print_wrapped(report, 2, kind->says, out);
    if (*kind->formula)
        print_wrapped(report, 2, kind->formula, out);
    if (*kind->source)
        print_wrapped(report, 2, kind->source, out);
}

static void print_figures(const struct review_report *report, const struct scope *scope, FILE *out)
{
    for (const struct figure_kind *kind = figure_table; kind->name; kind++) {
        if (kind != figure_table)
            fputc('\n', out);
        print_figure(report, scope, kind, out);
    }
}

static void print_flags(const struct review_report *report, const struct scope *scope, FILE *out)
{
    size_t count = 0;
    if (report->figures)
        fputc('\n', out);
    for (const struct flag_kind *kind = flag_table; kind->name; kind++) {
        struct flags flags = {0};
        kind->look(scope, &flags);
        for (size_t i = 0; i < flags.count; i++, count++) {
            const struct flag *flag = &flags.flags[i];
            print_wrapped(report, 0, flag->question, out);
            if (flag->table) {
                char *rows = xasprintf("--table %s --filter '%s'", flag->table->name,
                                       flag->filter ? flag->filter : "");
                print_wrapped(report, 2, rows, out);
                free(rows);
            }
        }
        flags_release(&flags);
    }
    if (count == 0)
        out_line(out, "There is nothing to ask about.");
}

bool review_text_write(const struct review_report *report, FILE *out, char **cause)
{
    const struct scope scope = {report->collection, listing_filter_text(report->listing)};
    if (report->figures)
        print_figures(report, &scope, out);
    if (report->flags)
        print_flags(report, &scope, out);
    if (!report->figures && !report->flags)
        print_rows(report, out);
    return (fflush(out) == 0 && !ferror(out)) || cause_errno(cause, "It cannot be written");
}
