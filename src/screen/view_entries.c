/* A repeat in front: one list that both share, in the middle. Its rows are the entries in their order, then
 * adding one, then going on past all of them; the keyboard is on one of these. An entry takes several lines,
 * which are made anew for each drawing. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "screen/front.h"
#include "screen/raise.h"
#include "screen/remark.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

enum { WIDEST = 100, HEADER_ROWS = 2, INDENT = 4 };

struct entries_view {
    struct view view;
    int repeat;   /* the item that the list is of; -1: none yet */
    int cursor;   /* a row: an entry, adding, or going on */
    int moved_to; /* where the entry under the cursor would stand, while it is moved; else -1 */
    struct list lines;
    int top; /* the first line shown */
    struct area drawn;
};

static struct entries_view *self_of(struct view *v)
{
    return (struct entries_view *)v;
}

static const struct assessment *state(const struct entries_view *v)
{
    return app_assessment(v->view.app);
}

static int count_of(const struct entries_view *v)
{
    return (int)assessment_entries(state(v), v->repeat);
}

static bool reading(const struct entries_view *v)
{
    return session_read_only(app_session(v->view.app)) != NULL;
}

/* Is there a row to add one? */
static bool can_add(const struct entries_view *v)
{
    return !reading(v) && count_of(v) < assessment_question(state(v), v->repeat)->max_count;
}

static int rows_of(const struct entries_view *v)
{
    return count_of(v) + can_add(v) + 1;
}

static bool on_add(const struct entries_view *v)
{
    return can_add(v) && v->cursor == count_of(v);
}

/* The entry under the cursor; NULL. */
static const struct entry *focused(const struct entries_view *v)
{
    return v->cursor < count_of(v) ? assessment_entry(state(v), v->repeat, (size_t)v->cursor) : NULL;
}

/* ---- coming here ---- */

static bool waits(const struct assessment *a, const struct entry *entry)
{
    struct walk_progress p = walk_entry_progress(a, entry);
    return p.done < p.questions;
}

/* Out of an entry that is not done with: that. Else what is to be done next: the first entry that waits,
 * adding one, or going on. */
static int where_to_begin(const struct entries_view *v)
{
    const struct assessment *a = state(v);
    int from = app_came_from(v->view.app), count = count_of(v), first = -1;
    for (int i = 0; i < count; i++) {
        const struct entry *entry = assessment_entry(a, v->repeat, (size_t)i);
        bool here = from >= 0 && walk_within(a, from, entry);
        bool list = here && assessment_question(a, from)->type == TYPE_REPEAT;
        int next = list ? walk_past(a, from) : here ? walk_next(a, from) : -1;
        if (here && (waits(a, entry) || (next >= 0 && walk_within(a, next, entry))))
            return i;
        if (first < 0 && waits(a, entry))
            first = i;
    }
    if (first >= 0)
        return first;
    bool more = count == 0 || count < assessment_question(a, v->repeat)->min_count;
    return count + (can_add(v) && !more);
}

static void load(struct entries_view *v)
{
    struct app *app = v->view.app;
    if (v->repeat != app_question(app)) {
        v->repeat = app_question(app);
        v->cursor = where_to_begin(v);
        v->moved_to = -1;
        v->top = 0;
        enum who of = assessment_question(state(v), v->repeat)->asked_of;
        if (of < PARTIES && app_keyboard(app) != of)
            app_hand_over(app, of);
    }
    if (v->cursor >= rows_of(v))
        v->cursor = rows_of(v) - 1;
}

static char *title_of(struct view *view)
{
    load(self_of(view));
    return front_title(view->app);
}

/* ---- drawing ---- */

static void add_names(struct entries_view *v, const struct entry *entry, int row, int place, int columns)
{
    char *names[PARTIES], number[16];
    int count = front_entry_names(v->view.app, entry, names);
    if (count == 0)
        names[count++] = xstrdup("(nothing in it yet)");
    snprintf(number, sizeof number, "%d.", place);
    for (int i = 0; i < count; i++) {
        char *cut = utf8_shorten(names[i], columns - INDENT);
        list_add(&v->lines, STYLE_CHOSEN, row, "%-*s%s", INDENT, i ? "" : number, cut);
        free(cut);
        free(names[i]);
    }
}

static void add_indented(struct entries_view *v, enum style style, int row, int columns, char *text)
{
    if (*text) {
        char *line = xasprintf("%*s%s", INDENT, "", text);
        list_add_wrapped(&v->lines, style, row, columns, INDENT, line);
        free(line);
    }
    free(text);
}

static void add_entry(struct entries_view *v, int row, int place, const struct entry *entry, int columns)
{
    struct app *app = v->view.app;
    const struct assessment *a = state(v);
    enum who reader = app_keyboard(app);
    int language = app_language(app, reader);
    add_names(v, entry, row, place, columns);
    if (entry->about >= 0) {
        char *about = words_item(a, entry->about, reader, language);
        char *line = xasprintf("About: %s", about);
        char *cut = utf8_shorten(line, columns - INDENT);
        list_add(&v->lines, STYLE_PLAIN, row, "%*s%s", INDENT, "", cut);
        free(cut);
        free(line);
        free(about);
    }
    add_indented(v, STYLE_PLAIN, row, columns, words_entry_standing(a, entry, language));
    add_indented(v, STYLE_STRONG, row, columns, words_entry_out(a, entry, language));
}

static void begin_row(struct entries_view *v, bool gap)
{
    if (gap && v->lines.count > 0)
        list_add(&v->lines, STYLE_PLAIN, -1, "%s", "");
}

/* The lines, each with the row it belongs to; with room between the rows. */
static void build(struct entries_view *v, int columns, bool gap)
{
    int count = count_of(v);
    for (size_t i = 0; i < v->lines.count; i++)
        free(v->lines.rows[i].text);
    v->lines.count = 0;
    for (int i = 0; i < count; i++) {
        int row = i;
        if (v->moved_to >= 0) /* what is moved stands where it would, the others around it */
            row = i == v->moved_to                    ? v->cursor
                  : i > v->moved_to && i <= v->cursor ? i - 1
                  : i < v->moved_to && i >= v->cursor ? i + 1
                                                      : i;
        begin_row(v, gap);
        add_entry(v, row, i + 1, assessment_entry(state(v), v->repeat, (size_t)row), columns);
    }
    if (can_add(v)) {
        begin_row(v, gap);
        list_add(&v->lines, STYLE_PLAIN, count, "%-*s%s", INDENT, "+", count ? "Add one more" : "Add one");
    }
    begin_row(v, gap);
    list_add(&v->lines, STYLE_PLAIN, rows_of(v) - 1, "%-*s%s", INDENT, "", "Go on");
}

/* So that the row with the keyboard is in sight, its first line before its last. */
static void scroll(struct entries_view *v, int rows)
{
    int first = -1, last = -1, count = (int)v->lines.count;
    for (int i = 0; i < count; i++) {
        if (v->lines.rows[i].target != v->cursor)
            continue;
        first = first < 0 ? i : first;
        last = i;
    }
    if (v->top + rows > count)
        v->top = count > rows ? count - rows : 0;
    if (last >= v->top + rows)
        v->top = last - rows + 1;
    if (first < v->top)
        v->top = first;
}

static void draw_lines(struct entries_view *v, struct canvas *c, struct area area)
{
    bool begun = false;
    scroll(v, area.rows);
    v->drawn = area;
    for (int i = v->top; i < (int)v->lines.count && i < v->top + area.rows; i++) {
        const struct list_row *line = &v->lines.rows[i];
        int row = area.row + i - v->top;
        canvas_put_in(c, row, area.column + 2, area.columns - 3, line->style, line->text);
        if (line->target == v->cursor && !begun) {
            canvas_put(c, row, area.column, STYLE_FOCUS, v->moved_to >= 0 ? "=" : ">");
            canvas_restyle(c, row, area.column, area.columns - 1, STYLE_FOCUS);
            canvas_cursor(c, row, area.column);
            begun = true;
        }
    }
    if (v->top > 0)
        canvas_put(c, area.row, area.column + area.columns - 1, STYLE_PLAIN, "▲");
    if (v->top + area.rows < (int)v->lines.count)
        canvas_put(c, area.row + area.rows - 1, area.column + area.columns - 1, STYLE_PLAIN, "▼");
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct entries_view *v = self_of(view);
    struct app *app = view->app;
    load(v);
    enum who reader = app_keyboard(app);
    int language = app_language(app, reader);
    int more = session_trouble(app_session(app)) ? notice_rows(app, area.columns) - 1 : 0;
    int top = area.row + 1, foot = area.row + area.rows - 2 - more;
    front_progress(app, c, area.row, area.columns);
    struct area header = {top, 0, area.rows / 4, area.columns};
    int used = front_centred(c, header, STYLE_STRONG, words_question(state(v), v->repeat, reader, language));
    header.row += used;
    header.rows -= used;
    used += front_centred(c, header, STYLE_PLAIN,
                          assessment_text(state(v), v->repeat, assessment_question(state(v), v->repeat)->hint,
                                          reader, language));
    top += used < HEADER_ROWS ? HEADER_ROWS : used;
    front_rule(app, c, top++, area.columns);
    draw_rule(c, foot - 1, 0, area.columns);
    int width = area.columns < WIDEST ? area.columns : WIDEST;
    struct area body = {top, (area.columns - width) / 2, foot - 1 - top, width};
    build(v, width - 4, false);
    if ((int)v->lines.count + rows_of(v) - 1 <= body.rows)
        build(v, width - 4, true);
    char *standing = words_repeat(state(v), v->repeat, language);
    front_foot(app, c, foot, foot + 1 + more, area.columns, standing, false);
    free(standing);
    draw_lines(v, c, body);
}

/* ---- what the keys do ---- */

static void go_on(struct entries_view *v)
{
    int to = walk_past(state(v), v->repeat);
    if (to >= 0)
        app_go(v->view.app, to);
    else
        app_say(v->view.app, "This is the last question. o shows where you are, F8 is for signing.");
}

static void put_down(struct entries_view *v)
{
    struct app *app = v->view.app;
    int from = v->cursor, to = v->moved_to;
    char *cause = NULL;
    v->moved_to = -1;
    if (from == to) {
        app_say(app, "It stays where it was.");
        return;
    }
    int before = to < from ? to : to + 1;
    if (!session_move_entry(
            app_session(app), app_keyboard(app), focused(v),
            before < count_of(v) ? assessment_entry(state(v), v->repeat, (size_t)before) : NULL, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    v->cursor = to;
    app_say(app, "Saved. It is number %d now.", to + 1);
}

static void accept(struct entries_view *v)
{
    struct app *app = v->view.app;
    if (v->moved_to >= 0) {
        put_down(v);
    } else if (on_add(v)) {
        remark_add(app, v->repeat, -1);
    } else if (focused(v)) {
        int to = walk_entry(state(v), focused(v));
        if (to >= 0)
            app_go(app, to);
        else
            app_say(app, "Nothing is asked in it, as things stand.");
    } else {
        go_on(v);
    }
}

static void take_out(struct entries_view *v)
{
    struct app *app = v->view.app;
    enum who party = app_keyboard(app);
    const struct entry *entry = focused(v);
    char *cause = NULL;
    if (!entry) {
        app_say(app, "First go to the one that is to be taken out.");
        return;
    }
    if (entry->out[party]) {
        app_say(app, "%s has said so. It goes when %s says so too. u takes it back.", app_name(app, party),
                app_name(app, who_other(party)));
        return;
    }
    bool goes = assessment_goes_at_once(state(v), entry, party), both = entry->out[who_other(party)];
    if (!session_remove_entry(app_session(app), party, entry, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    if (!focused(v) && count_of(v) > 0)
        v->cursor = count_of(v) - 1; /* Enter is not to add one by mistake */
    if (goes)
        app_say(app, both ? "You both say so. It is taken out. u brings it back."
                          : "It is taken out. u brings it back.");
    else
        app_say(app, "Saved. It goes when %s says so too: Tab, then x. u takes it back.",
                app_name(app, who_other(party)));
}

static void take_hold(struct entries_view *v)
{
    struct app *app = v->view.app;
    if (v->moved_to >= 0) {
        put_down(v);
    } else if (!focused(v)) {
        app_say(app, "First go to the one that is to be moved.");
    } else if (count_of(v) < 2) {
        app_say(app, "There is only this one.");
    } else {
        v->moved_to = v->cursor;
        app_say(app, "Up and Down move it. Enter: it stays there. Esc: back where it was.");
    }
}

static void step(struct entries_view *v, int by)
{
    int *at = v->moved_to >= 0 ? &v->moved_to : &v->cursor;
    int last = (v->moved_to >= 0 ? count_of(v) : rows_of(v)) - 1;
    *at = *at + by < 0 ? 0 : *at + by > last ? last : *at + by;
}

/* What is raised here is about the entry at the cursor, or the list. */
static int about_here(const struct entries_view *v)
{
    int item = focused(v) ? words_entry_item(state(v), focused(v)) : -1;
    return item >= 0 ? item : v->repeat;
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct entries_view *v = self_of(view);
    struct app *app = view->app;
    load(v);
    if (v->moved_to >= 0 && request != REQUEST_UP && request != REQUEST_DOWN && request != REQUEST_ACCEPT &&
        request != REQUEST_MOVE && request != REQUEST_REDRAW) {
        v->moved_to = -1;
        app_say(app, "It stays where it was.");
        if (request == REQUEST_BACK)
            return true;
    }
    switch (request) {
    case REQUEST_UP:
        step(v, -1);
        return true;
    case REQUEST_DOWN:
        step(v, 1);
        return true;
    case REQUEST_PICK:
        if ((key + 9 - '0') % 10 < rows_of(v))
            v->cursor = (key + 9 - '0') % 10;
        return true;
    case REQUEST_ACCEPT:
        accept(v);
        return true;
    case REQUEST_ADD:
        if (!app_only_reads(app))
            remark_add(app, v->repeat, -1);
        return true;
    case REQUEST_TAKE_OUT:
        if (!app_only_reads(app) && !remark_not_theirs(app, v->repeat))
            take_out(v);
        return true;
    case REQUEST_MOVE:
        if (!app_only_reads(app) && !remark_not_theirs(app, v->repeat))
            take_hold(v);
        return true;
    case REQUEST_PREVIOUS:
        if (walk_previous(state(v), v->repeat) < 0)
            app_say(app, "This is the first question.");
        else
            app_go(app, walk_previous(state(v), v->repeat));
        return true;
    case REQUEST_NEXT:
        if (walk_next(state(v), v->repeat) >= 0)
            app_go(app, walk_next(state(v), v->repeat));
        else
            go_on(v);
        return true;
    case REQUEST_GUIDANCE:
        app_push(app, view_guidance_new(app, v->repeat));
        return true;
    case REQUEST_RAISE:
        if (!app_only_reads(app))
            raise_here(app, about_here(v));
        return true;
    default:
        return remark_request(app, request);
    }
}

static bool on_key(struct view *view, int key)
{
    struct entries_view *v = self_of(view);
    load(v);
    if (key == TERM_HOME || key == TERM_END)
        step(v, key == TERM_HOME ? -rows_of(v) : rows_of(v));
    return key == TERM_HOME || key == TERM_END;
}

static void on_click(struct view *view, int row, int column)
{
    struct entries_view *v = self_of(view);
    int line = v->top + row - v->drawn.row;
    (void)column;
    if (row < v->drawn.row || row >= v->drawn.row + v->drawn.rows || line >= (int)v->lines.count ||
        v->moved_to >= 0 || v->lines.rows[line].target < 0)
        return;
    bool again = v->cursor == v->lines.rows[line].target;
    v->cursor = v->lines.rows[line].target;
    if (again)
        accept(v);
}

static const char *label(struct view *view, enum request request)
{
    struct entries_view *v = self_of(view);
    bool moving = v->moved_to >= 0, writing = !reading(v);
    load(v);
    switch (request) {
    case REQUEST_ACCEPT:
        return moving ? "Put it here" : focused(v) ? "Open" : on_add(v) ? "Add" : "Go on";
    case REQUEST_BACK:
        return moving ? NULL : "";
    case REQUEST_ADD:
        return can_add(v) && !moving && !on_add(v) ? NULL : "";
    case REQUEST_TAKE_OUT:
        return writing && focused(v) && !moving ? NULL : "";
    case REQUEST_MOVE:
        return writing && focused(v) && count_of(v) > 1 && !moving ? NULL : "";
    case REQUEST_LIST:
        return assessment_entry_of(state(v), v->repeat) ? NULL : "";
    case REQUEST_UNDO:
    case REQUEST_NOTE:
    case REQUEST_COME_BACK:
        return writing ? NULL : "";
    default:
        return NULL;
    }
}

static void free_view(struct view *view)
{
    struct entries_view *v = self_of(view);
    for (size_t i = 0; i < v->lines.count; i++)
        free(v->lines.rows[i].text);
    free(v->lines.rows);
    free(v);
}

static const enum request footer[] = {
    REQUEST_HELP,     REQUEST_PASS, REQUEST_ACCEPT,    REQUEST_BACK,  REQUEST_TAKE_OUT,
    REQUEST_ADD,      REQUEST_MOVE, REQUEST_LIST,      REQUEST_NEXT,  REQUEST_UNDO,
    REQUEST_OVERVIEW, REQUEST_NOTE, REQUEST_COME_BACK, REQUEST_LEAVE, REQUEST_NONE,
};

static const struct view_class entries_class = {
    .in_front = FRONT_ENTRIES,
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .shows_notice = true,
    .key = on_key,
    .request = on_request,
    .click = on_click,
    .free = free_view,
};

struct view *view_entries_new(struct app *app)
{
    struct entries_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&entries_class, app, NULL};
    v->repeat = -1;
    v->moved_to = -1;
    return &v->view;
}
