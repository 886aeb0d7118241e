/* The table of formats, what there is to be asked for, and the table as CSV. */
#include "report/review.h"

#include "base/cause.h"
#include "base/csv.h"
#include "base/mem.h"
#include "base/out.h"
#include "base/vocab.h"
#include "report/report.h"
#include "review/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct review_format review_formats[] = {
    {"text", review_text_write, "a table for people", false},
    {"csv", review_csv_write, "a table for spreadsheets", true},
    {"json", review_json_write, "for other programs; disagreements in full", true},
    {NULL, NULL, NULL, false},
};

const struct review_format *review_format_named(const char *name, char **cause)
{
    const char *names[sizeof review_formats / sizeof *review_formats];
    size_t count = 0;
    for (; review_formats[count].name; count++) {
        if (strcmp(review_formats[count].name, name) == 0)
            return &review_formats[count];
        names[count] = review_formats[count].name;
    }
    names[count] = NULL;
    char *list = vocab_list(names);
    cause_set(cause, "there is no format “%s”: it is %s.", name, list);
    free(list);
    return NULL;
}

struct written {
    const struct review_format *format;
    const struct review_report *report;
};

static bool write_report(const void *what, FILE *out, char **cause)
{
    const struct written *written = what;
    return written->format->write(written->report, out, cause);
}

bool review_save(const struct review_format *format, const struct review_report *report, const char *path,
                 bool over, char **cause)
{
    const struct written written = {format, report};
    return report_save_by(write_report, &written, path, over, cause);
}

/* ---- what there is ---- */

static const char *type_help(const struct column *column)
{
    switch (column->type) {
    case COLUMN_TEXT:
    case COLUMN_WORD:
        return "";
    case COLUMN_NUMBER:
        return " (a number)";
    case COLUMN_DAY:
        return " (a day)";
    case COLUMN_YES:
        return " (yes or no)";
    }
    return "";
}

static void tell_column(const struct column *column, FILE *out)
{
    char *words = column->words ? vocab_list(column->words) : NULL;
    out_line(out, "  %-14s %s%s%s%s", column->name, column->help, words ? ": " : "", words ? words : "",
             type_help(column));
    free(words);
}

void review_tell_tables(const struct table *table, FILE *out)
{
    for (size_t i = 0; table_list[i] && !table; i++)
        out_line(out, "%-14s %s", table_list[i]->name, table_list[i]->help);
    if (!table)
        return;
    out_line(out, "%s: %s", table->name, table->help);
    for (const struct column *column = table->columns; column->name; column++)
        tell_column(column, out);
}

/* ---- CSV ---- */

static bool is_sound(FILE *out, char **cause)
{
    return (fflush(out) == 0 && !ferror(out)) || cause_errno(cause, "It cannot be written");
}

static void csv_number(FILE *out, double number, bool last)
{
    char text[32] = "";
    if (!isnan(number))
        snprintf(text, sizeof text, "%.10g", number);
    csv_cell(out, text, true, last);
}

/* Figures: a row for each line of each. */
static void csv_figures(const struct review_report *report, FILE *out)
{
    const struct scope scope = {report->collection, listing_filter_text(report->listing)};
    fputs("figure,label,words,count,of,value,low,high,n,table,filter\r\n", out);
    for (const struct figure_kind *kind = figure_table; kind->name; kind++) {
        struct figure_lines lines = {0};
        kind->work(&scope, &lines);
        for (size_t i = 0; i < lines.count; i++) {
            const struct figure_line *line = &lines.lines[i];
            bool share = line->shape == SHAPE_SHARE, counted = share || line->shape == SHAPE_COUNT,
                 valued = share || line->shape == SHAPE_VALUE;
            const struct figure none = figure_none(FIGURE_NOTHING, 0, 0), *f = valued ? &line->figure : &none;
            char *words = figure_line_words(line);
            csv_cell(out, kind->name, false, false);
            csv_cell(out, line->label, false, false);
            csv_cell(out, words, false, false);
            csv_number(out, counted ? (double)line->count : NAN, false);
            csv_number(out, share ? (double)line->of : NAN, false);
            csv_number(out, f->value, false);
            csv_number(out, f->low, false);
            csv_number(out, f->high, false);
            csv_number(out, valued ? (double)f->n : NAN, false);
            csv_cell(out, line->table ? line->table->name : "", false, false);
            csv_cell(out, line->filter ? line->filter : "", false, true);
            free(words);
        }
        figure_lines_release(&lines);
    }
}

static void csv_flags(const struct review_report *report, FILE *out)
{
    const struct scope scope = {report->collection, listing_filter_text(report->listing)};
    fputs("flag,question,table,filter\r\n", out);
    for (const struct flag_kind *kind = flag_table; kind->name; kind++) {
        struct flags flags = {0};
        kind->look(&scope, &flags);
        for (size_t i = 0; i < flags.count; i++) {
            csv_cell(out, kind->name, false, false);
            csv_cell(out, flags.flags[i].question, false, false);
            csv_cell(out, flags.flags[i].table ? flags.flags[i].table->name : "", false, false);
            csv_cell(out, flags.flags[i].filter ? flags.flags[i].filter : "", false, true);
        }
        flags_release(&flags);
    }
}

static void csv_rows(const struct listing *listing, FILE *out)
{
    const struct column *columns = listing_table(listing)->columns;
    size_t count = listing_column_count(listing);
    for (size_t k = 0; k < count; k++)
        csv_cell(out, columns[listing_column(listing, k)].name, false, k + 1 == count);
    for (size_t i = 0; i < listing_count(listing); i++) {
        for (size_t k = 0; k < count; k++) {
            struct cell cell;
            int column = listing_column(listing, k);
            csv_cell(out, listing_data(listing, i, column, &cell), columns[column].type == COLUMN_NUMBER,
                     k + 1 == count);
        }
    }
}

bool review_csv_write(const struct review_report *report, FILE *out, char **cause)
{
    if (report->figures)
        csv_figures(report, out);
    if (report->flags)
        csv_flags(report, out);
    if (!report->figures && !report->flags)
        csv_rows(report->listing, out);
    return is_sound(out, cause);
}
