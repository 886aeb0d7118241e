/* A row, whole: both people's words side by side, the talk, the sitting around it, the same question over
 * time. Left and right go on to the row before and the next one. */
#include "screen/review_views.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "review/detail.h"

#include <stdlib.h>
#include <string.h>

enum { BESIDE_FROM = 72 }; /* columns from which on the two stand side by side */

struct held {
    const struct table *table;
    struct row row;
    size_t looks; /* browser.looks when it was read */
    bool read;
    struct detail detail;
    char *cause; /* why it could not be */
};

static void forget(struct held *held)
{
    detail_release(&held->detail);
    free(held->cause);
    held->cause = NULL;
}

static void release(void *what)
{
    forget(what);
    free(what);
}

/* A row of another width is not read again; one whose record was read anew is. */
static void read_row(struct app *app, struct held *held)
{
    const struct browser *b = browser_of(app);
    if (held->read && held->looks == b->looks)
        return;
    forget(held);
    held->read = true;
    held->looks = b->looks;
    if (!detail_read(&held->detail, b->collection, held->table, held->row, &held->cause) && !held->cause)
        held->cause = xstrdup("It cannot be read.");
}

/* ---- both ---- */

/* One line of each, beside each other, filled up to the middle. */
static void add_halves(struct list *list, enum style style, int width, const char *left, size_t left_length,
                       const char *right, size_t right_length)
{
    int blanks = width - utf8_width_of(left, left_length);
    list_add(list, style, -1, "%.*s%*s │ %.*s", (int)left_length, left, blanks > 0 ? blanks : 0, "",
             (int)right_length, right);
}

static void add_beside(struct list *list, enum style style, int columns, const char *left, const char *right)
{
    struct utf8_line *lines[2];
    int width = (columns - 3) / 2;
    size_t counts[2] = {utf8_wrap(left, width, &lines[0]), utf8_wrap(right, width, &lines[1])};
    for (size_t i = 0; i < counts[0] || i < counts[1]; i++) {
        const char *l = i < counts[0] ? left + lines[0][i].start : "";
        const char *r = i < counts[1] ? right + lines[1][i].start : "";
        add_halves(list, style, width, l, i < counts[0] ? lines[0][i].length : 0, r,
                   i < counts[1] ? lines[1][i].length : 0);
    }
    free(lines[0]);
    free(lines[1]);
}

static void add_both(struct list *list, int columns, const struct detail *detail,
                     const struct detail_line *line)
{
    enum who left = detail->left, right = who_other(left);
    char *said[PARTIES];
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    if (columns >= BESIDE_FROM) {
        /* Above each of them stands who it is: nobody has to look up. */
        said[left] = xasprintf("%s. %s", detail->name[left], line->label);
        said[right] = xasprintf("%s. %s", detail->name[right], line->label);
        add_beside(list, STYLE_STRONG, columns, said[left], said[right]);
        add_beside(list, STYLE_PLAIN, columns, line->side[left], line->side[right]);
    } else {
        said[left] = xasprintf("%s: %s", detail->name[left], line->side[left]);
        said[right] = xasprintf("%s: %s", detail->name[right], line->side[right]);
        list_add_wrapped(list, STYLE_STRONG, -1, columns, 0, line->label);
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 2, said[left]);
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 2, said[right]);
    }
    free(said[left]);
    free(said[right]);
}

/* ---- lines ---- */

static void build(struct app *app, struct list *list, int columns)
{
    struct held *held = list->held;
    read_row(app, held);
    if (held->cause)
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, held->cause);
    bool drawn = held->table != &table_disagreements;
    for (size_t i = 0; i < held->detail.count; i++) {
        const struct detail_line *line = &held->detail.lines[i];
        switch (line->kind) {
        case DETAIL_TITLE:
            list_add_wrapped(list, STYLE_STRONG, -1, columns, 0, line->text);
            break;
        case DETAIL_TEXT:
            list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, line->text);
            break;
        case DETAIL_HEADING:
            if (!drawn) /* above the first part */
                picture_ladder(app, list, columns,
                               collection_at(browser_of(app)->collection, held->row.source),
                               held->row.number);
            drawn = true;
            list_add(list, STYLE_PLAIN, -1, "%s", "");
            list_add_wrapped(list, STYLE_STRONG, -1, columns, 0, line->text);
            break;
        case DETAIL_BOTH:
            add_both(list, columns, &held->detail, line);
            break;
        case DETAIL_DAY:
            list_add_wrapped(list, STYLE_QUIET, -1, columns, 0, line->text);
            break;
        case DETAIL_TURN:
        case DETAIL_HERE: {
            char *text = xasprintf(line->kind == DETAIL_HERE ? "→ %s" : "  %s", line->text);
            list_add_wrapped(list, line->kind == DETAIL_HERE ? STYLE_DIFFER : STYLE_PLAIN, -1, columns, 4,
                             text);
            free(text);
            break;
        }
        }
    }
}

static const struct lines_kind kind;

/* The next row of the rows below, in its place. */
static void step(struct app *app, bool backward)
{
    const struct table *table;
    struct row row;
    if (!view_review_step(app, backward, &table, &row)) {
        app_say(app, backward ? "This is the first of these rows." : "This is the last of these rows.");
        return;
    }
    app_pop(app);
    app_push(app, view_detail_new(app, table, row));
}

static bool on_request(struct app *app, struct list *list, enum request request, int target)
{
    struct held *held = list->held;
    (void)target;
    switch (request) {
    case REQUEST_COLUMN_LEFT:
    case REQUEST_COLUMN_RIGHT:
        step(app, request == REQUEST_COLUMN_LEFT);
        return true;
    default:
        return act_request(app, request, held->table, held->row);
    }
}

static const struct lines_kind kind = {.title = "One row, whole",
                                       .build = build,
                                       .request = on_request,
                                       .footer = FOOTER_ACTS,
                                       .release = release};

struct view *view_detail_new(struct app *app, const struct table *table, struct row row)
{
    struct held *held = xcalloc(1, sizeof *held);
    held->table = table;
    held->row = row;
    return view_lines_new(app, &kind, held);
}
