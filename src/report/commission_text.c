/* The commissioner's report on plain lines, by report/page. */
#include "report/commission.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "report/page.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 80, WIDEST_LABEL = 46 };

/* “38 of 142 (27 %, 20 to 35)”, “7 of 9: too few to say”. */
static char *row_words(const struct commission_row *row)
{
    struct strbuf words = STRBUF_INIT;
    strbuf_add(&words, row->count);
    if (*row->value) {
        bool beside = row->figure.none == FIGURE_THERE && !row->fewer && row->shape == COMMISSION_SHARE;
        strbuf_addf(&words, beside ? " (%s" : ": %s", row->value);
        if (*row->range)
            strbuf_addf(&words, beside ? ", %s" : " (%s)", row->range);
        strbuf_add(&words, beside ? ")" : "");
    }
    if (*row->remark)
        strbuf_addf(&words, "%s%s", words.length ? "; " : "", row->remark);
    return strbuf_detach(&words);
}

static void print_picture(const struct page *page, const struct picture *picture)
{
    struct picture_lines lines = picture_text(picture, page->columns - INDENT, PICTURE_BLOCKS);
    page_blank(page);
    for (size_t i = 0; i < lines.count; i++)
        page_line(page, INDENT, "%s", lines.lines[i]);
    picture_lines_release(&lines);
}

static void print_figure(const struct page *page, const struct commission_item *item)
{
    int widest = 0;
    page_blank(page);
    page_line(page, 0, "%s", item->title);
    for (size_t i = 0; i < item->row_count; i++) {
        int width = utf8_width(item->rows[i].label) + INDENT * item->rows[i].indent;
        widest = width > widest && width <= WIDEST_LABEL ? width : widest;
    }
    for (size_t i = 0; i < item->row_count; i++) {
        const struct commission_row *row = &item->rows[i];
        int indent = INDENT + INDENT * row->indent,
            blanks = widest - utf8_width(row->label) - INDENT * row->indent;
        char *words = row_words(row),
             *label = xasprintf("%s%*s", row->label, (blanks > 0 ? blanks : 0) + INDENT, "");
        page_labelled(page, indent, label, words);
        free(label);
        free(words);
    }
    if (item->drawn && !item->only_rows)
        print_picture(page, &item->picture);
    page_blank(page);
    page_labelled(page, INDENT, "What it is: ", item->text);
    page_labelled(page, INDENT, "Worked out: ", item->formula);
    if (*item->source)
        page_labelled(page, INDENT, "Source:     ", item->source);
}

static void print_voice(const struct page *page, const struct commission_item *item)
{
    static const char *const people[PARTIES] = {"The practitioner", "The service user"};
    struct cell cells[PARTIES];
    page_blank(page);
    page_line(page, 0, "%s: %s", item->title, item->text);
    cells_init(page, cells);
    for (int party = 0; party < PARTIES; party++) {
        cell_add(&cells[party], 0, people[party]);
        if (item->words[party]) {
            char *words = xasprintf("%s: “%s”", item->answer[party], item->words[party]);
            cell_add(&cells[party], 0, words);
            free(words);
        } else {
            cell_add(&cells[party], 0, "Has not said that their words may be used.");
        }
    }
    cells_print(page, cells);
}

static void print_item(const struct page *page, const struct commission_item *item)
{
    switch (item->kind) {
    case COMMISSION_SAYS:
        page_blank(page);
        page_line(page, 0, "%s", item->text);
        break;
    case COMMISSION_TERM: {
        page_blank(page);
        page_line(page, 0, "%s", item->title);
        page_line(page, INDENT, "%s", item->text);
        break;
    }
    case COMMISSION_FIGURE:
        print_figure(page, item);
        break;
    case COMMISSION_VOICE:
        print_voice(page, item);
        break;
    case COMMISSION_LESSON:
        page_blank(page);
        page_line(page, 0, "%s: “%s”", item->title, item->text);
        break;
    }
}

bool commission_text_write(const struct commission *commission, FILE *out, char **cause)
{
    const struct page page = {.out = out, .columns = COLUMNS, .side = {PRACTITIONER, SERVICE_USER}};
    page_line(&page, 0, "%s", commission->title);
    page_line(&page, 0, "Made in %s.", commission->made);
    for (size_t i = 0; i < commission->count; i++) {
        const struct commission_part *part = &commission->parts[i];
        char *title = xasprintf("%zu. %s", i + 1, part->title);
        page_blank(&page);
        page_heading(&page, commission->count > 1 ? title : part->title);
        page_line(&page, 0, "%s", part->says);
        for (size_t k = 0; k < part->count; k++)
            print_item(&page, &part->items[k]);
        free(title);
    }
    return (fflush(out) == 0 && !ferror(out)) || cause_errno(cause, "It cannot be written");
}
