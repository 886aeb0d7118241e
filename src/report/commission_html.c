/* The commissioner's report as one page: for a browser, a screen reader, a printer. It is complete in itself;
 * its policy lets a browser load nothing and run nothing, and takes the one style sheet by its hash. All of
 * it goes through base/markup. */
#include "report/commission.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/markup.h"
#include "report/picture_svg.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* Black on white; what has to stand out does by weight, lines and room. */
static const char css[] =
    "html{font:112.5%/1.5 \"Atkinson Hyperlegible\",Verdana,\"DejaVu "
    "Sans\",sans-serif;color:#000;background:#fff}"
    "*{box-sizing:border-box}"
    "body{max-width:48rem;margin:0 auto;padding:1.5rem}"
    "h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}"
    "h2{font-size:1.5rem;line-height:1.25;margin:3.5rem 0 .5rem;padding-top:1rem;border-top:4px solid #000}"
    "h3{font-size:1.15rem;margin:2.5rem 0 .5rem}"
    "p{margin:.5rem 0}"
    ".lead{font-size:1.1rem}"
    "nav ol{padding-left:1.5rem}"
    "a{color:#000}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0}"
    "caption{text-align:left;padding:.25rem 0 .5rem}"
    "table.both caption{font-weight:bold}"
    "th,td{padding:.3rem .6rem .3rem 0;vertical-align:top;text-align:left;border-bottom:1px solid #999}"
    "thead th{border-bottom:2px solid #000}"
    "thead th:first-child{width:44%}"
    "tbody th{font-weight:normal}"
    "tbody tr.head th,tbody tr.head td{font-weight:bold}"
    "tbody th.in{padding-left:1.5rem}"
    "td.n{white-space:nowrap;font-variant-numeric:tabular-nums}"
    "th .also{display:block;font-size:.85rem}"
    ".what{font-size:.85rem;border-left:4px solid #767676;padding-left:.8rem;margin:.5rem 0 1rem}"
    "dt{font-weight:bold;margin-top:1rem}"
    "dd{margin:.1rem 0 .5rem 1.5rem}"
    "figure{margin:1.5rem 0}"
    "svg{max-width:100%;height:auto}"
    "table.both{table-layout:fixed;break-inside:avoid}"
    "table.both th,table.both td,table.both thead th:first-child{width:50%;padding:.5rem .8rem;border:1px "
    "solid #767676}"
    "blockquote{margin:1rem 0;padding:.2rem 0 .2rem 1rem;border-left:4px solid #000}"
    "@page{size:A4;margin:18mm}"
    "@media print{html{font-size:11pt}body{max-width:none;padding:0}h1,h2,h3{break-after:avoid}"
    "h2{margin-top:0;padding-top:0;border:0}h3{margin-top:1.8rem}th,td{padding:.2rem .5rem .2rem "
    "0}"
    "section{break-before:page}nav{break-after:page}tr,figure,blockquote,.what,dd{break-inside:avoid}"
    "thead{display:table-header-group}}";

/* Nothing comes from anywhere, nothing runs, nothing is sent; this style alone holds. The caller frees it. */
static char *policy(void)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char text[sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    crypto_hash_sha256(hash, (const unsigned char *)css, sizeof css - 1);
    sodium_bin2base64(text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
    return xasprintf("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'", text);
}

static void line_end(struct markup *m)
{
    markup_text(m, "\n");
}

static void paragraph(struct markup *m, const char *class, const char *text)
{
    markup_open(m, "p", NULL);
    if (class)
        markup_attribute(m, "class", class);
    markup_text(m, text);
    markup_close(m);
    line_end(m);
}

/* ---- figures ---- */

static bool any_value(const struct commission_item *item)
{
    for (size_t i = 0; i < item->row_count; i++) {
        if (*item->rows[i].value)
            return true;
    }
    return false;
}

static void write_row(struct markup *m, const struct commission_row *row, bool values, bool headed)
{
    markup_open(m, "tr", NULL);
    if (headed)
        markup_attribute(m, "class", "head");
    markup_open(m, "th", "scope", "row", NULL);
    if (row->indent)
        markup_attribute(m, "class", "in");
    markup_text(m, row->label);
    if (*row->remark)
        markup_element(m, "span", row->remark, "class", "also", NULL);
    markup_close(m);
    markup_element(m, "td", row->count, "class", "n", NULL);
    if (values && *row->range) {
        markup_element(m, "td", row->value, "class", "n", NULL);
        markup_element(m, "td", row->range, "class", "n", NULL);
    } else if (values) {
        markup_element(m, "td", row->value, "colspan", "2", NULL);
    }
    markup_close(m);
    line_end(m);
}

static void write_rows(struct markup *m, const struct commission_item *item)
{
    bool values = any_value(item);
    markup_open(m, "table", NULL);
    markup_element(m, "caption", item->text, NULL);
    markup_open(m, "thead", NULL);
    markup_open(m, "tr", NULL);
    markup_element(m, "th", "What", "scope", "col", NULL);
    markup_element(m, "th", "How many", "scope", "col", NULL);
    if (values) {
        markup_element(m, "th", "Figure", "scope", "col", NULL);
        markup_element(m, "th", "Range (95 %)", "scope", "col", NULL);
    }
    markup_close(m);
    markup_close(m);
    line_end(m);
    markup_open(m, "tbody", NULL);
    for (size_t i = 0; i < item->row_count; i++)
        write_row(m, &item->rows[i], values,
                  !item->rows[i].indent && i + 1 < item->row_count && item->rows[i + 1].indent);
    markup_close(m);
    markup_close(m);
    line_end(m);
}

static void write_figure(struct markup *m, const struct commission_part *part,
                         const struct commission_item *item)
{
    char *id = xasprintf("%s-%s", part->name, item->name);
    markup_element(m, "h3", item->title, "id", id, NULL);
    line_end(m);
    write_rows(m, item);
    if (item->drawn) {
        char *picture = xasprintf("%s-picture", id);
        markup_open(m, "figure", NULL);
        picture_svg(m, &item->picture, picture);
        markup_close(m);
        line_end(m);
        free(picture);
    }
    markup_open(m, "p", "class", "what", NULL);
    markup_textf(m, "Worked out: %s.", item->formula);
    if (*item->source)
        markup_textf(m, " Source: %s.", item->source);
    markup_close(m);
    line_end(m);
    free(id);
}

/* ---- words ---- */

static void write_voice(struct markup *m, const struct commission_item *item)
{
    static const char *const people[PARTIES] = {"The practitioner", "The service user"};
    markup_element(m, "h3", item->title, NULL);
    line_end(m);
    markup_open(m, "table", "class", "both", NULL);
    markup_element(m, "caption", item->text, NULL);
    markup_open(m, "thead", NULL);
    markup_open(m, "tr", NULL);
    for (int party = 0; party < PARTIES; party++)
        markup_element(m, "th", people[party], "scope", "col", NULL);
    markup_close(m);
    markup_close(m);
    markup_open(m, "tbody", NULL);
    markup_open(m, "tr", NULL);
    for (int party = 0; party < PARTIES; party++) {
        markup_open(m, "td", NULL);
        if (item->words[party]) {
            markup_element(m, "strong", item->answer[party], NULL);
            markup_void(m, "br", NULL);
            markup_textf(m, "“%s”", item->words[party]);
        } else {
            markup_text(m, "Has not said that their words may be used.");
        }
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
    markup_close(m);
    line_end(m);
}

static void write_lesson(struct markup *m, const struct commission_item *item)
{
    markup_open(m, "blockquote", NULL);
    markup_open(m, "p", NULL);
    markup_textf(m, "%s: “%s”", item->title, item->text);
    markup_close(m);
    markup_close(m);
    line_end(m);
}

/* Terms that follow one another are one list. */
static void write_terms(struct markup *m, const struct commission_part *part, size_t *at)
{
    markup_open(m, "dl", NULL);
    for (; *at < part->count && part->items[*at].kind == COMMISSION_TERM; ++*at) {
        markup_element(m, "dt", part->items[*at].title, NULL);
        markup_element(m, "dd", part->items[*at].text, NULL);
        line_end(m);
    }
    markup_close(m);
    line_end(m);
}

/* ---- the page ---- */

static void write_part(struct markup *m, const struct commission_part *part)
{
    char *heading = xasprintf("%s-title", part->name);
    markup_open(m, "section", "id", part->name, "aria-labelledby", heading, NULL);
    markup_element(m, "h2", part->title, "id", heading, NULL);
    line_end(m);
    paragraph(m, "lead", part->says);
    for (size_t i = 0; i < part->count;) {
        const struct commission_item *item = &part->items[i];
        if (item->kind == COMMISSION_TERM) {
            write_terms(m, part, &i);
            continue;
        }
        if (item->kind == COMMISSION_SAYS)
            paragraph(m, NULL, item->text);
        else if (item->kind == COMMISSION_FIGURE)
            write_figure(m, part, item);
        else if (item->kind == COMMISSION_VOICE)
            write_voice(m, item);
        else
            write_lesson(m, item);
        i++;
    }
    markup_close(m);
    line_end(m);
    free(heading);
}

static void write_head(struct markup *m, const struct commission *commission)
{
    char *content = policy();
    markup_open(m, "head", NULL);
    markup_void(m, "meta", "charset", "utf-8", NULL);
    markup_void(m, "meta", "http-equiv", "Content-Security-Policy", "content", content, NULL);
    markup_void(m, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
    markup_void(m, "meta", "name", "referrer", "content", "no-referrer", NULL);
    markup_element(m, "title", commission->title, NULL);
    markup_style(m, css);
    markup_close(m);
    line_end(m);
    free(content);
}

static void write_contents(struct markup *m, const struct commission *commission)
{
    markup_open(m, "nav", "aria-label", "What is in it", NULL);
    markup_open(m, "ol", NULL);
    for (size_t i = 0; i < commission->count; i++) {
        char *place = xasprintf("#%s", commission->parts[i].name);
        markup_open(m, "li", NULL);
        markup_element(m, "a", commission->parts[i].title, "href", place, NULL);
        markup_close(m);
        free(place);
    }
    markup_close(m);
    markup_close(m);
    line_end(m);
}

bool commission_html_write(const struct commission *commission, FILE *out, char **cause)
{
    struct strbuf page = STRBUF_INIT;
    struct markup m;
    markup_begin(&m, &page);
    markup_doctype(&m);
    markup_open(&m, "html", "lang", "en", NULL);
    write_head(&m, commission);
    markup_open(&m, "body", NULL);
    markup_open(&m, "header", NULL);
    markup_element(&m, "h1", commission->title, NULL);
    markup_open(&m, "p", NULL);
    markup_textf(&m, "Made in %s.", commission->made);
    markup_close(&m);
    if (commission->count > 1)
        write_contents(&m, commission);
    markup_close(&m);
    markup_open(&m, "main", NULL);
    for (size_t i = 0; i < commission->count; i++)
        write_part(&m, &commission->parts[i]);
    markup_end(&m);
    strbuf_addch(&page, '\n');
    bool written = fwrite(page.text, 1, page.length, out) == page.length && fflush(out) == 0 && !ferror(out);
    strbuf_release(&page);
    return written || cause_errno(cause, "It cannot be written");
}
