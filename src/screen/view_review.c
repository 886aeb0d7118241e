/* The rows of a table: what the keys do. How they look is in review_layout. */
#include "screen/review_views.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static const struct view_class rows_class;

static struct rows_view *self_of(struct view *v)
{
    return (struct rows_view *)v;
}

/* ---- what is in view ---- */

static void go(struct rows_view *v, long at)
{
    long last = (long)listing_count(v->listing) - 1;
    v->cursor = (size_t)(at > last ? (last < 0 ? 0 : last) : at < 0 ? 0 : at);
}

/* The rows are others: the cursor stays on its row, and that where it stands on the screen. */
static void stay(struct rows_view *v, bool there, struct row row)
{
    long at = there && v->used ? listing_find(v->listing, row) : -1;
    long above = (long)v->cursor - (long)v->top;
    go(v, at >= 0 ? at : (long)v->cursor);
    v->top = (long)v->cursor > above ? v->cursor - (size_t)above : 0;
    review_layout_forget(v);
}

static bool row_at(const struct rows_view *v, struct row *row)
{
    bool there = v->cursor < listing_count(v->listing);
    if (there)
        *row = listing_row(v->listing, v->cursor);
    return there;
}

static void look_anew(struct rows_view *v)
{
    const struct browser *b = browser_of(v->view.app);
    struct row row = {0, 0};
    if (v->looks == b->looks)
        return;
    bool there = row_at(v, &row);
    v->looks = b->looks;
    listing_refresh(v->listing);
    stay(v, there, row);
}

static void pop_filter(struct rows_view *v)
{
    struct row row = {0, 0};
    bool there = row_at(v, &row);
    char *text = v->before[--v->before_count];
    listing_filter(v->listing, text, NULL);
    free(text);
    stay(v, there, row);
}

/* The topmost view of rows. */
static struct rows_view *rows_of(const struct app *app)
{
    for (struct view *v = (struct view *)app_top(app); v; v = v->below) {
        if (v->class == &rows_class)
            return self_of(v);
    }
    return NULL;
}

bool view_review_filter(struct app *app, const char *text, char **cause)
{
    struct rows_view *v = rows_of(app);
    struct row row = {0, 0};
    if (!v || strcmp(text, listing_filter_text(v->listing)) == 0)
        return true;
    bool there = row_at(v, &row);
    char *was = xstrdup(listing_filter_text(v->listing));
    if (!listing_filter(v->listing, text, cause)) {
        free(was);
        return false;
    }
    GROW(v->before, v->before_count, v->before_room);
    v->before[v->before_count++] = was;
    stay(v, there, row);
    return true;
}

struct listing *view_review_listing(struct app *app)
{
    struct rows_view *v = rows_of(app);
    if (v)
        look_anew(v);
    return v ? v->listing : NULL;
}

bool view_review_step(struct app *app, bool backward, const struct table **table, struct row *row)
{
    struct rows_view *v = rows_of(app);
    if (!v)
        return false;
    look_anew(v);
    if (backward ? v->cursor == 0 : v->cursor + 1 >= listing_count(v->listing))
        return false;
    v->cursor += backward ? -(size_t)1 : 1;
    *table = listing_table(v->listing);
    return row_at(v, row);
}

/* ---- columns ---- */

static const struct column *marked_column(const struct rows_view *v)
{
    return &listing_table(v->listing)->columns[listing_column(v->listing, v->column)];
}

static void sort(struct rows_view *v, bool descending)
{
    struct row row = {0, 0};
    bool there = row_at(v, &row);
    /* What is alike in it stands as it would without. */
    const struct column *column = marked_column(v);
    char *text = xasprintf("%s%s,%s", descending ? "-" : "", column->name, listing_table(v->listing)->sort);
    listing_sort(v->listing, text, NULL);
    free(text);
    stay(v, there, row);
    app_say(v->view.app, descending ? "Sorted by “%s”, the last first." : "Sorted by “%s”.", column->title);
}

static void group(struct rows_view *v)
{
    struct row row = {0, 0};
    bool there = row_at(v, &row);
    int column = listing_column(v->listing, v->column);
    bool off = listing_group_column(v->listing) == column;
    listing_group(v->listing, off ? NULL : marked_column(v)->name, NULL);
    stay(v, there, row);
    if (off)
        app_say(v->view.app, "No groups any more.");
    else
        app_say(v->view.app, "In groups by “%s”.", marked_column(v)->title);
}

static void columns_chosen(struct app *app, const size_t *marked, size_t count, void *context)
{
    struct rows_view *v = context;
    char *text = xstrdup("");
    for (size_t i = 0; i < count; i++) {
        char *longer =
            xasprintf("%s%s%s", text, i ? "," : "", listing_table(v->listing)->columns[marked[i]].name);
        free(text);
        text = longer;
    }
    listing_columns(v->listing, text, NULL);
    free(text);
    v->column = v->first = 0;
    review_layout_forget(v);
    if (!count)
        app_say(app, "None was marked: these are the usual ones.");
}

static void choose_columns(struct rows_view *v)
{
    const struct table *table = listing_table(v->listing);
    struct view *choose = view_choose_new(v->view.app, "Which columns, in which order? Mark them with Space.",
                                          true, columns_chosen, v);
    for (const struct column *column = table->columns; column->name; column++) {
        char *words = xasprintf("%s: %s", column->title, column->help);
        view_choose_add(choose, words);
        free(words);
    }
    for (size_t i = 0; i < listing_column_count(v->listing); i++)
        view_choose_mark(choose, (size_t)listing_column(v->listing, i));
    app_push(v->view.app, choose);
}

/* ---- finding, marking ---- */

static void find(struct rows_view *v, bool backward)
{
    if (!v->looked_for) {
        app_say(v->view.app, "/ finds a word.");
        return;
    }
    long at = listing_search(v->listing, v->looked_for, v->cursor, backward);
    if (at < 0)
        app_say(v->view.app, "“%s” is not in these rows.", v->looked_for);
    else
        go(v, at);
}

static bool word_given(struct app *app, const char *text, void *context)
{
    struct rows_view *v = context;
    (void)app;
    if (*text) {
        free(v->looked_for);
        v->looked_for = xstrdup(text);
    }
    find(v, false);
    return true;
}

static void ask_word(struct rows_view *v)
{
    struct view *field =
        view_field_new(v->view.app, "Find a word in these rows", "", false, NULL, word_given, v);
    view_field_call(field, "Find");
    app_push(v->view.app, field);
}

static void mark(struct rows_view *v)
{
    if (v->cursor >= listing_count(v->listing))
        return;
    bool marked = listing_marked(v->listing, v->cursor);
    listing_mark(v->listing, v->cursor, !marked);
    if (!marked || !listing_shows_only_marked(v->listing))
        go(v, (long)v->cursor + 1);
}

static void only_marked(struct rows_view *v)
{
    struct row row = {0, 0};
    bool only = !listing_shows_only_marked(v->listing), there = row_at(v, &row);
    if (only && listing_marks(v->listing) == 0) {
        app_say(v->view.app, "No row is marked. m marks one.");
        return;
    }
    listing_only_marked(v->listing, only);
    stay(v, there, row);
}

/* ---- other tables ---- */

void view_review_table(struct app *app, const struct table *table)
{
    struct view *rows = view_review_new(app, table, NULL, NULL, NULL, NULL, NULL);
    struct view *top = (struct view *)app_top(app);
    if (top && top->class == &rows_class)
        app_pop(app);
    app_push(app, rows);
}

void view_review_open(struct app *app, const struct table *table, const char *filter)
{
    char *cause = NULL;
    struct view *rows = view_review_new(app, table, filter, NULL, NULL, NULL, &cause);
    if (rows)
        app_push(app, rows);
    else
        app_say_cause(app, cause);
}

static const struct table *next_table(const struct table *table)
{
    for (size_t i = 0; table_list[i]; i++) {
        if (table_list[i] == table)
            return table_list[i + 1] ? table_list[i + 1] : table_list[0];
    }
    return table_list[0];
}

/* ---- keys ---- */

static void step_back(struct rows_view *v)
{
    struct app *app = v->view.app;
    if (browser_stop(app))
        app_say(app, "Reading has stopped. What was read stays.");
    else if (listing_shows_only_marked(v->listing))
        only_marked(v);
    else if (v->before_count)
        pop_filter(v);
    else if (v->view.below)
        app_pop(app);
    else
        app_say(app, "This is where you began. q leaves.");
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct rows_view *v = self_of(view);
    struct app *app = view->app;
    const struct table *table = listing_table(v->listing);
    struct row row;
    long page = v->lines > 2 ? v->lines - 1 : 1;
    (void)key;
    look_anew(v);
    v->used = true;
    if (row_at(v, &row) && act_request(app, request, table, row))
        return true;
    switch (request) {
    case REQUEST_OPEN:
        if (row_at(v, &row))
            app_push(app, view_detail_new(app, table, row));
        return true;
    case REQUEST_SAVE_VIEW:
        save_ask(app);
        return true;
    case REQUEST_UP:
        go(v, (long)v->cursor - 1);
        return true;
    case REQUEST_DOWN:
        go(v, (long)v->cursor + 1);
        return true;
    case REQUEST_PAGE_UP:
        go(v, (long)v->cursor - page);
        return true;
    case REQUEST_PAGE_DOWN:
        go(v, (long)v->cursor + page);
        return true;
    case REQUEST_FIRST_ROW:
        go(v, 0);
        return true;
    case REQUEST_LAST_ROW:
        go(v, (long)listing_count(v->listing) - 1);
        return true;
    case REQUEST_COLUMN_LEFT:
        v->column -= v->column > 0;
        return true;
    case REQUEST_COLUMN_RIGHT:
        v->column += v->column + 1 < listing_column_count(v->listing);
        return true;
    case REQUEST_SORT:
        sort(v, false);
        return true;
    case REQUEST_SORT_BACK:
        sort(v, true);
        return true;
    case REQUEST_GROUP:
        group(v);
        return true;
    case REQUEST_COLUMNS:
        choose_columns(v);
        return true;
    case REQUEST_FILTER:
        app_push(app, view_filter_new(app, table, listing_filter_text(v->listing)));
        return true;
    case REQUEST_FIND:
        ask_word(v);
        return true;
    case REQUEST_FIND_NEXT:
        find(v, false);
        return true;
    case REQUEST_FIND_PREVIOUS:
        find(v, true);
        return true;
    case REQUEST_MARK_ROW:
        mark(v);
        return true;
    case REQUEST_ONLY_MARKED:
        only_marked(v);
        return true;
    case REQUEST_NEXT_TABLE:
        view_review_table(app, next_table(table));
        return true;
    case REQUEST_TABLES:
        app_push(app, view_tables_new(app));
        return true;
    case REQUEST_BROKEN:
        view_review_open(app, &table_broken, NULL);
        return true;
    case REQUEST_FIGURES:
        app_push(app, view_figures_new(app, table, listing_filter_text(v->listing)));
        return true;
    case REQUEST_FLAGS:
        app_push(app, view_flags_new(app, table, listing_filter_text(v->listing)));
        return true;
    case REQUEST_PICTURES:
        app_push(app, view_pictures_new(app, table, listing_filter_text(v->listing)));
        return true;
    case REQUEST_STEP_BACK:
        step_back(v);
        return true;
    case REQUEST_STOP_READING:
        if (browser_stop(app))
            app_say(app, "Reading has stopped. What was read stays.");
        else
            app_say(app, "All that is there has been read.");
        return true;
    default:
        return false;
    }
}

/* A second click on a row opens it, on a title sorts by it. */
static void on_click(struct view *view, int row, int column)
{
    struct rows_view *v = self_of(view);
    int line = row - v->head - 1;
    look_anew(v);
    if (row == v->head) {
        for (size_t i = listing_column_count(v->listing); i-- > 0;) {
            if (v->at[i] < 0 || column < v->at[i] || column >= v->at[i] + v->widths[i])
                continue;
            bool again = v->column == i;
            v->column = i;
            if (again)
                sort(v, false);
            return;
        }
    }
    if (line < 0 || line >= v->lines || v->line_row[line] < 0)
        return;
    bool again = v->cursor == (size_t)v->line_row[line];
    go(v, v->line_row[line]);
    if (again)
        on_request(view, REQUEST_OPEN, TERM_CLICK);
}

/* ---- the view ---- */

static char *title_of(struct view *view)
{
    struct rows_view *v = self_of(view);
    look_anew(v);
    char *count = browser_number(listing_count(v->listing)), *all = browser_number(listing_all(v->listing));
    bool part = listing_count(v->listing) != listing_all(v->listing);
    char *title = xasprintf("%s   %s%s%s", listing_table(v->listing)->title, count, part ? " of " : "",
                            part ? all : "");
    free(count);
    free(all);
    return title;
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct rows_view *v = self_of(view);
    look_anew(v);
    go(v, (long)v->cursor);
    review_layout_draw(v, c, area);
}

static const char *label(struct view *view, enum request request)
{
    struct rows_view *v = self_of(view);
    switch (request) {
    case REQUEST_OPEN:
        return listing_count(v->listing) ? NULL : "";
    case REQUEST_STEP_BACK:
        return browser_of(view->app)->reads                                              ? "Stop"
               : v->before_count || view->below || listing_shows_only_marked(v->listing) ? "Back"
                                                                                         : "";
    case REQUEST_FIND_NEXT:
        return v->looked_for ? "Next found" : "";
    default:
        return NULL;
    }
}

static void free_view(struct view *view)
{
    struct rows_view *v = self_of(view);
    listing_free(v->listing);
    for (size_t i = 0; i < v->before_count; i++)
        free(v->before[i]);
    free(v->before);
    free(v->looked_for);
    review_layout_release(v);
    free(v);
}

static const enum request footer[] = {
    REQUEST_HELP,      REQUEST_STEP_BACK, REQUEST_OPEN,     REQUEST_FILTER, REQUEST_SORT,
    REQUEST_GROUP,     REQUEST_FIGURES,   REQUEST_FIND,     REQUEST_LEAVE,  REQUEST_SAVE_VIEW,
    REQUEST_FIND_NEXT, REQUEST_TABLES,    REQUEST_MARK_ROW, REQUEST_FLAGS,  REQUEST_PICTURES,
    REQUEST_COLUMNS,   REQUEST_NONE,
};

static const struct view_class rows_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .where = WHERE_REVIEW,
    .request = on_request,
    .click = on_click,
    .free = free_view,
};

struct view *view_review_new(struct app *app, const struct table *table, const char *filter,
                             const char *order, const char *grouped, const char *columns, char **cause)
{
    struct rows_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&rows_class, app, NULL};
    v->listing = listing_new(browser_of(app)->collection, table);
    v->looks = browser_of(app)->looks;
    v->lines = 1;
    /* Each lists all rows anew: only what is asked for. */
    if ((columns && !listing_columns(v->listing, columns, cause)) ||
        (order && !listing_sort(v->listing, order, cause)) ||
        (grouped && !listing_group(v->listing, grouped, cause)) ||
        (filter && !listing_filter(v->listing, filter, cause))) {
        free_view(&v->view);
        return NULL;
    }
    review_layout_forget(v);
    return &v->view;
}
