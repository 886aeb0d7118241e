/* How rows look: columns as wide as there is room for, figures beside them, both people's words below. Only
 * what is in sight is worked out. */
#include "screen/review_views.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "review/picture.h"

#include <stdlib.h>
#include <string.h>

enum {
    RAIL = 2,      /* the cursor and the mark */
    GAP = 1,       /* before a column's right neighbour */
    SHORT_DAY = 8, /* "26-11-25", and shorter still "11-25" */
    SHORTEST_DAY = 5,
    NARROW_TEXT = 4, /* texts are not cut below that as long as something else can be, */
    BRIEF_WORD = 12, /* has room for what brief() makes of words that stand for one of a few, */
    NARROW_WORD = 8, /* which are not cut below that either */
    NARROWEST = 3,
    DOTS_FROM = 15, /* a text that is narrower is cut without dots */
    WIDEST = 40,
    SAMPLE = 200,   /* so many rows say how wide a column is */
    PANE_FROM = 80, /* columns of a screen that has room for figures beside the rows */
    PANE = 27,
    WIDE_FROM = 140,
    PANE_WIDE = 48,
    LABEL = 29, /* of the widest label, with a blank, where there is room for bars */
    COUNT = 6,
    SHORTEST_BAR = 6,
};

/* ---- widths ---- */

void review_layout_forget(struct rows_view *v)
{
    v->room = -1;
}

static const struct column *column_of(const struct rows_view *v, size_t i)
{
    return &listing_table(v->listing)->columns[listing_column(v->listing, i)];
}

/* Which way it is sorted by this column: "▲", "▼" or "". */
static const char *arrow(const struct rows_view *v, const struct column *column)
{
    const char *order = listing_sort_text(v->listing);
    bool down = *order == '-';
    size_t length = strcspn(order + down, ", ");
    if (strlen(column->name) != length || strncmp(order + down, column->name, length) != 0)
        return "";
    return down ? "▼" : "▲";
}

/* As wide as what stands in it, in some rows from all over the listing: the same wherever they have gone. */
static int natural_width(const struct rows_view *v, size_t i)
{
    size_t count = listing_count(v->listing), step = count / SAMPLE + 1;
    int widest = utf8_width(column_of(v, i)->title) + (*arrow(v, column_of(v, i)) != '\0');
    for (size_t row = 0; row < count && widest < WIDEST; row += step) {
        struct cell cell;
        int width = utf8_width(listing_shown(v->listing, row, listing_column(v->listing, i), &cell));
        widest = width > widest ? width : widest;
    }
    return widest < WIDEST ? widest : WIDEST;
}

/* What has to be as wide as this at least, in the order in which columns give way: first they are cut to the
 * width that their table has for them, then days lose their century, those that stand for one of a few are
 * told in brief, then words of people's own are cut, then those that stand for one of a few, and at the very
 * last everything.
 */
enum squeeze { TO_WANTED, TO_SHORT_DAY, TO_BRIEF_WORD, TO_NARROW_TEXT, TO_NARROW_WORD, TO_NOTHING, SQUEEZES };

static int least_width(const struct column *column, enum squeeze squeeze)
{
    bool text = column->type == COLUMN_TEXT, word = column->type == COLUMN_WORD;
    switch (squeeze) {
    case TO_WANTED:
        return text || word ? column->width : WIDEST;
    case TO_SHORT_DAY:
        return column->type == COLUMN_DAY ? SHORT_DAY : WIDEST;
    case TO_BRIEF_WORD:
        return word ? BRIEF_WORD : WIDEST;
    case TO_NARROW_TEXT:
        /* A case is known by all of its reference. */
        return !text ? WIDEST : strcmp(column->name, "case") == 0 ? column->width : NARROW_TEXT;
    case TO_NARROW_WORD:
        return word ? NARROW_WORD : WIDEST;
    default:
        break;
    }
    return column->type == COLUMN_DAY ? SHORTEST_DAY : NARROWEST;
}

/* Take from the widest columns that can give way until all fit. */
static int squeeze(struct rows_view *v, int sum, int room, enum squeeze how)
{
    while (sum > room) {
        int widest = -1;
        for (size_t i = 0; i < listing_column_count(v->listing); i++) {
            if (v->widths[i] > least_width(column_of(v, i), how) &&
                (widest < 0 || v->widths[i] > v->widths[widest]))
                widest = (int)i;
        }
        if (widest < 0)
            break;
        v->widths[widest]--;
        sum--;
    }
    return sum;
}

static void work_out_widths(struct rows_view *v, int room)
{
    size_t count = listing_column_count(v->listing);
    int sum = count ? -GAP : 0;
    if (v->room == room)
        return;
    v->room = room;
    for (size_t i = 0; i < count; i++)
        sum += GAP + (v->widths[i] = natural_width(v, i));
    for (int how = 0; how < SQUEEZES; how++)
        sum = squeeze(v, sum, room, (enum squeeze)how);
}

/* Where each column stands: from `first` on as many as there is room for, the marked one among them. */
static void place_columns(struct rows_view *v, int room)
{
    size_t count = listing_column_count(v->listing);
    v->column = v->column < count ? v->column : count - 1;
    v->first = v->first <= v->column ? v->first : v->column;
    for (;; v->first++) {
        int at = RAIL;
        for (size_t i = 0; i < count; i++) {
            bool fits = i >= v->first && at + v->widths[i] <= RAIL + room;
            v->at[i] = fits ? at : -1;
            if (i >= v->first)
                at = fits ? at + v->widths[i] + GAP : RAIL + room + 1;
        }
        if (v->at[v->column] >= 0 || v->first >= v->column)
            return;
    }
}

/* ---- rows ---- */

static void draw_titles(struct rows_view *v, struct canvas *c, int row)
{
    for (size_t i = 0; i < listing_column_count(v->listing); i++) {
        const struct column *column = column_of(v, i);
        if (v->at[i] < 0)
            continue;
        const char *order = arrow(v, column);
        int room = v->widths[i] - (*order != '\0');
        int width = canvas_put_in(c, row, v->at[i], room, STYLE_STRONG, column->title);
        canvas_put(c, row, v->at[i] + width, STYLE_STRONG, order);
        if (i == v->column)
            canvas_put(c, row, v->at[i] - 1, STYLE_FOCUS, ">");
    }
}

/* An outcome where there is no room for it, in the letters that stand over the two people's own columns; NULL
 * for all that is short already. */
static const char *brief(const char *word)
{
    static const struct {
        enum outcome outcome;
        const char *brief;
    } words[] = {{OUTCOME_PRACTITIONER_MOVED, "P moved"},
                 {OUTCOME_SERVICE_USER_MOVED, "S moved"},
                 {OUTCOME_NEEDS_INFORMATION, "to find out"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, outcome_names[words[i].outcome]) == 0)
            return words[i].brief;
    }
    return NULL;
}

static void draw_cell(struct rows_view *v, struct canvas *c, int row, size_t i, size_t line)
{
    const struct column *column = column_of(v, i);
    struct cell cell;
    const char *text = listing_shown(v->listing, line, listing_column(v->listing, i), &cell);
    int width = v->widths[i], at = v->at[i];
    struct cell own;
    const char *shorter = column->type == COLUMN_WORD && width < utf8_width(text)
                              ? brief(listing_data(v->listing, line, listing_column(v->listing, i), &own))
                              : NULL;
    if (shorter)
        text = shorter;
    if (column->type == COLUMN_DAY && width < 10 && strlen(text) == 10) {
        canvas_put_in(c, row, at, width, STYLE_PLAIN, text + (width >= SHORT_DAY ? 2 : 5));
    } else if (column->type == COLUMN_NUMBER && utf8_width(text) <= width) {
        canvas_put(c, row, at + width - utf8_width(text), STYLE_PLAIN, text);
    } else if (width >= DOTS_FROM && column->type == COLUMN_TEXT) {
        canvas_put_short(c, row, at, width, STYLE_PLAIN, text);
    } else {
        canvas_put_in(c, row, at, width, STYLE_PLAIN, text);
    }
}

static void draw_row(struct rows_view *v, struct canvas *c, int row, size_t line, int columns)
{
    for (size_t i = 0; i < listing_column_count(v->listing); i++) {
        if (v->at[i] >= 0)
            draw_cell(v, c, row, i, line);
    }
    if (listing_marked(v->listing, line))
        canvas_put(c, row, 1, STYLE_CHOSEN, "*");
    if (line != v->cursor)
        return;
    canvas_put(c, row, 0, STYLE_FOCUS, ">");
    canvas_restyle(c, row, 0, columns, STYLE_FOCUS);
    canvas_cursor(c, row, 0);
}

/* A group's heading, with how many rows it has where it begins here. */
static void draw_heading(struct rows_view *v, struct canvas *c, int row, size_t line, int columns)
{
    const char *value;
    size_t count = 0;
    struct cell cell;
    bool begins = listing_begins_group(v->listing, line, &value, &count);
    if (!begins)
        value = listing_shown(v->listing, line, listing_group_column(v->listing), &cell);
    char *number = browser_number(count);
    char *text = begins ? xasprintf("%s  %s", *value ? value : "-", number)
                        : xasprintf("%s  (more)", *value ? value : "-");
    canvas_put_short(c, row, RAIL, columns - RAIL, STYLE_STRONG, text);
    free(text);
    free(number);
}

/* Does a heading stand above this row, where it is the first in sight or not? */
static bool has_heading(const struct rows_view *v, size_t line, bool first)
{
    const char *value;
    size_t count;
    return listing_group_column(v->listing) >= 0 &&
           (first || listing_begins_group(v->listing, line, &value, &count));
}

/* The first row from which all rows to this one fit on the screen, headings counted; not before `top`. */
static size_t first_before(const struct rows_view *v, size_t to, size_t top)
{
    int used = 0;
    for (size_t line = to + 1; line-- > top;) {
        bool begins = has_heading(v, line, false);
        used += 1 + begins;
        /* Above the first one in sight there always is a heading. */
        if (used + (!begins && has_heading(v, line, true)) > v->lines)
            return line < to ? line + 1 : line;
    }
    return top;
}

/* The row at the cursor is in sight, and where there are rows enough the screen is full of them. */
static void scroll(struct rows_view *v)
{
    size_t count = listing_count(v->listing);
    if (v->cursor < v->top)
        v->top = v->cursor;
    v->top = first_before(v, v->cursor, v->top);
    if (count && v->top + (size_t)v->lines > count) {
        size_t last = first_before(v, count - 1, 0);
        v->top = v->top < last ? v->top : last;
    }
}

static const char *nothing_here(const struct rows_view *v)
{
    const struct browser *b = browser_of(v->view.app);
    if (listing_all(v->listing))
        return listing_shows_only_marked(v->listing) ? "No marked row passes the filter. Esc goes back."
                                                     : "Nothing passes this filter. Esc goes back.";
    if (b->reads)
        return "Nothing has been read yet that stands here.";
    if (listing_table(v->listing) == &table_broken)
        return "All could be read.";
    return collection_count(b->collection) ? "There is nothing of this kind in these records."
                                           : "There are no records here yet.";
}

static void draw_rows(struct rows_view *v, struct canvas *c, int row, int columns)
{
    size_t line = v->top, count = listing_count(v->listing);
    for (int i = 0; i < v->lines; i++)
        v->line_row[i] = -1;
    canvas_cursor(c, row, 0);
    if (!count)
        canvas_put_wrapped(c, row, RAIL, v->lines, columns - RAIL - 1, STYLE_PLAIN, nothing_here(v));
    for (int i = 0; i < v->lines && line < count; i++) {
        if (has_heading(v, line, i == 0)) {
            draw_heading(v, c, row + i, line, columns);
            if (++i == v->lines)
                break;
        }
        v->line_row[i] = (long)line;
        draw_row(v, c, row + i, line++, columns);
    }
    if (v->top > 0)
        canvas_put(c, row, columns - 1, STYLE_PLAIN, "▲");
    if (line < count)
        canvas_put(c, row + v->lines - 1, columns - 1, STYLE_PLAIN, "▼");
}

/* ---- the line below the rows ---- */

static void add_state(struct strbuf *text, const char *what, const char *value)
{
    if (*value)
        strbuf_addf(text, "%s%s: %s", text->length ? " ─ " : "", what, value);
}

static void draw_state(struct rows_view *v, struct canvas *c, int row, int columns)
{
    struct strbuf text = STRBUF_INIT;
    int group = listing_group_column(v->listing);
    add_state(&text, "Filter", listing_filter_text(v->listing));
    if (group >= 0)
        add_state(&text, "Group", listing_table(v->listing)->columns[group].title);
    if (listing_marks(v->listing)) {
        char *marks = browser_number(listing_marks(v->listing));
        add_state(&text, listing_shows_only_marked(v->listing) ? "Only marked" : "Marked", marks);
        free(marks);
    }
    draw_rule(c, row, 0, columns);
    if (text.length) {
        int width = canvas_put_short(c, row, 3, columns - 5, STYLE_PLAIN, text.text);
        canvas_put(c, row, 2, STYLE_PLAIN, " ");
        canvas_put(c, row, 3 + width, STYLE_PLAIN, " ");
    }
    strbuf_release(&text);
}

/* ---- the row at the cursor ---- */

static const char *value_of(const struct rows_view *v, const char *name, struct cell *cell)
{
    int column = table_column(listing_table(v->listing), name);
    return column >= 0 ? listing_shown(v->listing, v->cursor, column, cell) : "";
}

/* “Rae 7, now 5: “New lock fitted.””, all of it by their name. The caller frees it. */
static char *words_of(const struct rows_view *v, enum who who)
{
    static const char *const answers[PARTIES] = {"p", "s"}, *const after[PARTIES] = {"p_after", "s_after"},
                             *const why[PARTIES] = {"why_p", "why_s"},
                             *const roles[PARTIES] = {"Practitioner", "Service user"};
    const struct digest *digest = listing_source(v->listing, v->cursor)->digest;
    const char *name = digest_text_of(digest, digest->name[who]);
    struct cell first, now, reason;
    const char *answer = value_of(v, answers[who], &first), *then = value_of(v, after[who], &now),
               *because = value_of(v, why[who], &reason);
    bool moved = *then && *answer && strcmp(answer, then) != 0;
    return xasprintf("%s: %s%s%s%s%s%s", *name ? name : roles[who], *answer ? answer : "-",
                     moved ? ", now " : "", moved ? then : "", *because ? " “" : "", because,
                     *because ? "”" : "");
}

static bool has_both(const struct rows_view *v)
{
    const struct table *table = listing_table(v->listing);
    return table_column(table, "p") >= 0 && table_column(table, "s") >= 0;
}

/* What is asked, or all that its columns do not show. The caller frees it. */
static char *about(const struct rows_view *v)
{
    const struct table *table = listing_table(v->listing);
    struct strbuf text = STRBUF_INIT;
    struct cell cell;
    if (has_both(v)) {
        strbuf_add(&text, value_of(v, "date", &cell));
        strbuf_addf(&text, "  %s", value_of(v, "case", &cell));
        strbuf_addf(&text, "  %s", value_of(v, "label", &cell));
        if (!*value_of(v, "label", &cell))
            strbuf_add(&text, value_of(v, "part", &cell));
        return strbuf_detach(&text);
    }
    for (int i = 0; table->columns[i].name; i++) {
        const char *value = listing_shown(v->listing, v->cursor, i, &cell);
        if (*value)
            strbuf_addf(&text, "%s%s: %s", text.length ? "   " : "", table->columns[i].title, value);
    }
    return strbuf_detach(&text);
}

/* Both people's words have the same room, side by side or one above the other. */
static void draw_words(struct rows_view *v, struct canvas *c, int row, int rows, int columns)
{
    bool beside = columns >= 72;
    int width = beside ? columns / 2 - 3 : columns - 4, each = beside ? rows : rows / 2;
    for (int who = 0; who < PARTIES; who++) {
        char *words = words_of(v, (enum who)who);
        canvas_put_wrapped(c, beside ? row : row + who * each, beside ? 2 + who * (columns / 2) : 2, each,
                           width, STYLE_PLAIN, words);
        free(words);
    }
}

static void draw_foot(struct rows_view *v, struct canvas *c, int row, int rows, int columns)
{
    if (v->cursor >= listing_count(v->listing))
        return;
    char *text = about(v);
    int used = has_both(v) ? 1 : rows;
    if (used == 1)
        canvas_put_short(c, row, 2, columns - 4, STYLE_STRONG, text);
    else
        canvas_put_wrapped(c, row, 2, rows, columns - 4, STYLE_PLAIN, text);
    free(text);
    if (has_both(v))
        draw_words(v, c, row + 1, rows - 1, columns);
}

/* ---- the figures beside them ---- */

static void clear_pane(struct rows_view *v)
{
    for (size_t i = 0; i < v->pane_count; i++) {
        free(v->pane[i].label);
        free(v->pane[i].value);
    }
    v->pane_count = 0;
}

void review_layout_release(struct rows_view *v)
{
    clear_pane(v);
    free(v->pane);
    free(v->pane_filter);
}

static void add_pane(struct rows_view *v, enum style style, const char *label, const char *value,
                     int64_t part, int64_t of)
{
    GROW(v->pane, v->pane_count, v->pane_room);
    v->pane[v->pane_count++] = (struct pane_line){xstrdup(label), xstrdup(value), style, part, of};
}

static char *pane_amount(double value, const char *unit)
{
    char *number = picture_number(value),
         *text = xasprintf("%s %.*s", number, figure_unit_length(unit, value), unit);
    free(number);
    return text;
}

/* A line's value in as few words as can be; a count always comes before a share. The caller frees it. */
static char *pane_value(const struct figure_line *line)
{
    const struct figure *figure = &line->figure;
    switch (line->shape) {
    case SHAPE_COUNT:
        return browser_number((size_t)line->count);
    case SHAPE_SHARE:
        return figure->none == FIGURE_THERE
                   ? xasprintf("%lld of %lld %3.0f%%", (long long)line->count, (long long)line->of,
                               figure->value * 100)
                   : xasprintf("%lld of %lld", (long long)line->count, (long long)line->of);
    case SHAPE_VALUE:
        if (figure->none != FIGURE_THERE)
            return xstrdup(figure->n ? "too few to say" : "-");
        return *line->unit ? pane_amount(figure->value, line->unit) : xasprintf("%.2f", figure->value);
    case SHAPE_WORDS:
        break;
    }
    return xstrdup(line->words ? line->words : "");
}

/* The figures that stand beside the rows, and how much of each; v shows all there are. */
static const struct beside {
    const char *figure;
    const char *title;  /* what it is called here */
    const char *begins; /* only its first line that begins so; NULL: all that are no parts of others */
    bool parts;         /* the parts of its first line, as bars */
} beside[] = {
    {"differ", "Differ", "", false},
    {"gap", "Gap, the middle", "Before any talk", false},
    {"agreement", "Agree, kappa", "Kappa", false},
    {"outcomes", "How it ended", NULL, true},
    {"heard", "How far each felt heard", NULL, false},
    {"minutes", "How long it took", NULL, false},
};
enum { BESIDE = sizeof beside / sizeof *beside };

/* One line of a figure in one line, under the name that it has here. */
static void add_first(struct rows_view *v, const struct beside *wanted, const struct figure_lines *lines)
{
    size_t length = strlen(wanted->begins);
    for (size_t i = 0; i < lines->count; i++) {
        if (strncmp(lines->lines[i].label, wanted->begins, length) != 0)
            continue;
        char *value = pane_value(&lines->lines[i]);
        add_pane(v, STYLE_PLAIN, wanted->title, value, 0, 0);
        free(value);
        return;
    }
}

static int64_t most_of(const struct figure_lines *lines)
{
    int64_t most = 1;
    for (size_t i = 0; i < lines->count; i++)
        most = lines->lines[i].indent && lines->lines[i].count > most ? lines->lines[i].count : most;
    return most;
}

static void add_lines(struct rows_view *v, const struct beside *wanted, const struct figure_lines *lines)
{
    char *total = wanted->parts ? pane_value(&lines->lines[0]) : xstrdup("");
    add_pane(v, STYLE_STRONG, wanted->title, total, 0, 0);
    for (size_t i = 0; i < lines->count; i++) {
        const struct figure_line *line = &lines->lines[i];
        if (wanted->parts != (line->indent > 0))
            continue;
        /* “Practitioner moved” is short enough for the narrowest. */
        char *label = xstrdup(line->label + (wanted->parts && strncmp(line->label, "The ", 4) == 0 ? 4 : 0));
        if (*label >= 'a' && *label <= 'z')
            *label -= 'a' - 'A';
        char *value = wanted->parts ? browser_number((size_t)line->count) : pane_value(line);
        add_pane(v, STYLE_PLAIN, label, value, line->count, wanted->parts ? most_of(lines) : 0);
        free(value);
        free(label);
    }
    free(total);
}

/* Figures in that order, as many as there is room for: the others are not worked out. */
static void make_pane(struct rows_view *v, int rows)
{
    const struct browser *b = browser_of(v->view.app);
    const char *filter = listing_filter_text(v->listing);
    if (v->pane_filter && v->pane_looks == b->looks && v->pane_rows >= rows &&
        strcmp(v->pane_filter, filter) == 0)
        return;
    clear_pane(v);
    free(v->pane_filter);
    v->pane_filter = xstrdup(filter);
    v->pane_looks = b->looks;
    v->pane_rows = rows;
    struct scope scope = {b->collection, filter};
    for (size_t k = 0; k < BESIDE && (int)v->pane_count < rows; k++) {
        const struct figure_kind *kind = figure_kind_named(beside[k].figure, NULL);
        struct figure_lines lines = {0};
        if (kind)
            kind->work(&scope, &lines);
        if (lines.count && beside[k].begins)
            add_first(v, &beside[k], &lines);
        else if (lines.count)
            add_lines(v, &beside[k], &lines);
        figure_lines_release(&lines);
    }
}

/* A bar between the words and the count, where there is room for one of some length. */
static void draw_pane_bar(struct canvas *c, int row, int at, int room, const struct pane_line *line)
{
    if (room < SHORTEST_BAR || line->of <= 0)
        return;
    int length = (int)((double)line->part / (double)line->of * room + 0.5);
    canvas_fill(c, row, at, length == 0 && line->part ? 1 : length, STYLE_PLAIN, "#");
}

static void draw_pane(struct rows_view *v, struct canvas *c, int row, int rows, int column, int columns)
{
    canvas_down(c, row, column, rows, STYLE_QUIET, "│");
    make_pane(v, rows);
    int at = column + 2, width = columns - 3, end = row + rows;
    for (size_t i = 0; i < v->pane_count && row < end; i++) {
        const struct pane_line *line = &v->pane[i];
        int value = utf8_width(line->value), label = utf8_width(line->label);
        if (label + 1 + value <= width) {
            canvas_put(c, row, at, line->style, line->label);
            canvas_put(c, row, at + width - value, line->style, line->value);
            draw_pane_bar(c, row++, at + LABEL, width - LABEL - COUNT, line);
            continue;
        }
        if (line->of) { /* bars stand below each other, a line each */
            canvas_put_short(c, row, at, width - value - 1, line->style, line->label);
            canvas_put(c, row++, at + width - value, line->style, line->value);
            continue;
        }
        row += canvas_put_wrapped(c, row, at, end - row, width, line->style, line->label);
        if (*line->value && row < end)
            canvas_put_short(c, row++, at + (value < width ? width - value : 0), width, line->style,
                             line->value);
    }
}

/* ---- all of it ---- */

void review_layout_draw(struct rows_view *v, struct canvas *c, struct area area)
{
    int pane = area.columns >= WIDE_FROM ? PANE_WIDE : area.columns >= PANE_FROM ? PANE : 0;
    int columns = area.columns - pane, foot = area.rows >= 28 ? 6 : 4;
    int covered = app_covered(v->view.app), body = area.rows - foot;
    if (covered) { /* a box stands over the foot: the row at the cursor stays in sight */
        body = area.rows - covered;
        foot = 0;
    }
    v->head = area.row;
    v->lines = body > 2 ? body - 1 : 1;
    v->lines = v->lines < MOST_LINES ? v->lines : MOST_LINES;
    work_out_widths(v, columns - RAIL - 1);
    place_columns(v, columns - RAIL - 1);
    scroll(v);
    draw_titles(v, c, v->head);
    draw_rows(v, c, v->head + 1, columns);
    if (pane)
        draw_pane(v, c, area.row, body, columns, pane);
    if (!foot)
        return;
    draw_state(v, c, area.row + body, area.columns);
    draw_foot(v, c, area.row + body + 1, foot - 1, area.columns);
}
