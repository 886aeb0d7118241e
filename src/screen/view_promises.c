/* Promises: what each of them will do, in two columns of the same size, each on the side where they sit;
 * under each promise its day and what both say became of it. F5 and F6 are each person's own word on the one
 * that is picked.
 *
 * The lines are made anew for each drawing; the cursor is a promise's seq, so that it stays where it was. */
#include "screen/views.h"

#include "assessment/promises.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "screen/undo.h"
#include "session/acts.h"
#include "session/promised.h"
#include "session/sheet.h"
#include "session/words.h"

#include <stdint.h>
#include <stdlib.h>

enum { BESIDE = 72 }; /* so many columns hold two beside each other */

struct promises_view {
    struct view view;
    long at; /* the promise that is picked; 0: none */
    int top[PARTIES];
    struct area area[PARTIES]; /* as drawn last */
};

static struct promises_view *self_of(struct view *v)
{
    return (struct promises_view *)v;
}

static char *title_of(struct view *view)
{
    (void)view;
    return xstrdup("What we will do");
}

/* ---- which one ---- */

/* The promise `by` places on from the one that is picked, in its column; itself where there is none. */
static long neighbour(const struct promises_view *v, const struct promise *promises, size_t count, int by)
{
    size_t at = count;
    for (size_t i = 0; i < count; i++)
        at = promises[i].seq == v->at ? i : at;
    for (size_t i = at; at < count && (by > 0 ? i + 1 < count : i > 0);) {
        i += by > 0 ? 1 : (size_t)-1;
        if (promises[i].by == promises[at].by)
            return promises[i].seq;
    }
    return v->at;
}

/* The first one of a party, or the last; 0. */
static long end_of(const struct promise *promises, size_t count, enum who party, bool last)
{
    long found = 0;
    for (size_t i = 0; i < count; i++) {
        if (promises[i].by == party && (last || !found))
            found = promises[i].seq;
    }
    return found;
}

static const struct promise *picked(const struct promises_view *v, const struct promise *promises,
                                    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (promises[i].seq == v->at)
            return &promises[i];
    }
    return NULL;
}

/* Where the picked one is gone (or none was), the first there is. */
static void settle(struct promises_view *v, const struct promise *promises, size_t count)
{
    struct app *app = v->view.app;
    if (picked(v, promises, count))
        return;
    v->at = end_of(promises, count, app_keyboard(app), true);
    if (!v->at)
        v->at = end_of(promises, count, who_other(app_keyboard(app)), true);
}

static void settle_now(struct promises_view *v)
{
    size_t count;
    struct promise *promises = assessment_promises(app_assessment(v->view.app), &count);
    settle(v, promises, count);
    free(promises);
}

/* ---- drawing ---- */

static void add_promise(const struct app *app, struct list *list, int columns, const struct promise *p)
{
    const struct assessment *a = app_assessment(app);
    int target = (int)p->seq;
    list_add_wrapped(list, STYLE_PLAIN, target, columns, 0, p->text);
    char *due = promised_due(p), *standing = promised_standing(a, p, app_language(app, app_keyboard(app)));
    if (*due) {
        char *line = xasprintf("  %s", due);
        list_add_wrapped(list, p->overdue ? STYLE_STRONG : STYLE_QUIET, target, columns, 2, line);
        free(line);
    }
    if (*standing) {
        char *line = xasprintf("  %s", standing);
        list_add_wrapped(list, STYLE_QUIET, target, columns, 2, line);
        free(line);
    }
    free(standing);
    free(due);
}

/* The picked one in sight: its last row, and then its first. */
static void scroll(struct promises_view *v, const struct list *list, int side, int rows)
{
    int *top = &v->top[side];
    for (int i = 0; i < (int)list->count; i++) {
        if (list->rows[i].target == v->at && i >= *top + rows)
            *top = i - rows + 1;
    }
    for (int i = (int)list->count; i-- > 0;) {
        if (list->rows[i].target == v->at && i < *top)
            *top = i;
    }
    if (*top > 0 && *top + rows > (int)list->count)
        *top = (int)list->count > rows ? (int)list->count - rows : 0;
}

static void draw_side(struct promises_view *v, struct canvas *c, int side, const struct promise *promises,
                      size_t count)
{
    struct app *app = v->view.app;
    const struct area *area = &v->area[side];
    enum who party = app_party_at(app, side);
    struct list list = {0};
    int rows = area->rows - 1, columns = area->columns - 4;
    char *heading = xasprintf("%s will:", app_name(app, party));
    canvas_put_short(c, area->row, area->column + 1, area->columns - 2, app_style(app, party), heading);
    free(heading);
    for (size_t i = 0; i < count; i++) {
        if (promises[i].by == party)
            add_promise(app, &list, columns, &promises[i]);
    }
    if (!list.count)
        list_add(&list, STYLE_QUIET, -1, "Nothing yet.");
    scroll(v, &list, side, rows);
    bool first = true;
    for (int i = v->top[side]; i < (int)list.count && i < v->top[side] + rows; i++) {
        int row = area->row + 1 + i - v->top[side];
        const struct list_row *line = &list.rows[i];
        canvas_put_in(c, row, area->column + 3, columns, line->style, line->text);
        if (line->target < 0 || line->target != v->at)
            continue;
        canvas_put(c, row, area->column + 1, STYLE_FOCUS, first ? ">" : " ");
        canvas_restyle(c, row, area->column + 1, area->columns - 2, STYLE_FOCUS);
        if (first)
            canvas_cursor(c, row, area->column + 1);
        first = false;
    }
    if (v->top[side] > 0)
        canvas_put(c, area->row + 1, area->column + area->columns - 1, STYLE_PLAIN, "▲");
    if (v->top[side] + rows < (int)list.count)
        canvas_put(c, area->row + rows, area->column + area->columns - 1, STYLE_PLAIN, "▼");
    for (size_t i = 0; i < list.count; i++)
        free(list.rows[i].text);
    free(list.rows);
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct promises_view *v = self_of(view);
    bool beside = area.columns >= BESIDE;
    int columns = beside ? (area.columns - 1) / 2 : area.columns,
        rows = beside ? area.rows - 1 : (area.rows - 2) / 2;
    size_t count;
    struct promise *promises = assessment_promises(app_assessment(view->app), &count);
    settle(v, promises, count);
    canvas_cursor(c, area.row + 1, 0);
    for (int side = 0; side < PARTIES; side++) {
        v->area[side] = (struct area){area.row + 1 + (beside ? 0 : side * (rows + 1)),
                                      beside ? side * (area.columns - columns) : 0, rows, columns};
        draw_side(v, c, side, promises, count);
    }
    if (beside)
        canvas_down(c, area.row + 1, columns, rows, STYLE_QUIET, "│");
    else
        draw_rule(c, area.row + 1 + rows, 0, area.columns);
    free(promises);
}

/* ---- keys ---- */

static void word_given(struct app *app, size_t which, void *context)
{
    long target = (long)(intptr_t)context, seq = target / PARTIES;
    enum who by = (enum who)(target % PARTIES);
    char *cause = NULL;
    if (act_do(app_session(app), seq, by, which == 0 ? ACT_KEPT : ACT_NOT_KEPT, NULL, &cause))
        app_say(app, "Saved.");
    else
        app_say_cause(app, cause);
}

/* Each has a key of their own for it. */
static void ask_kept(struct promises_view *v, const struct promise *p, enum who by)
{
    static const char *const words[] = {"It was kept", "It was not kept"};
    struct app *app = v->view.app;
    if (!p || app_only_reads(app))
        return;
    char *title = xasprintf("%s, was it kept? “%s”", app_name(app, by), p->text);
    app_push(app, view_pick_new(app, title, words, 2, word_given,
                                (void *)(intptr_t)(p->seq * PARTIES + (long)by)));
    free(title);
}

/* In an entry of a list (a goal) it is about that. */
static int about(const struct app *app)
{
    int item = app_question(app);
    return item >= 0 && assessment_entry_of(app_assessment(app), item) ? item : -1;
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct promises_view *v = self_of(view);
    struct app *app = view->app;
    size_t count;
    struct promise *promises = assessment_promises(app_assessment(app), &count);
    settle(v, promises, count);
    const struct promise *p = picked(v, promises, count);
    enum who other;
    bool used = true;
    (void)key;
    switch (request) {
    case REQUEST_UP:
    case REQUEST_DOWN:
        v->at = neighbour(v, promises, count, request == REQUEST_UP ? -1 : 1);
        break;
    case REQUEST_PREVIOUS:
    case REQUEST_NEXT:
        other = app_party_at(app, request == REQUEST_NEXT);
        if (p && p->by != other && end_of(promises, count, other, false))
            v->at = end_of(promises, count, other, false);
        break;
    case REQUEST_ACCEPT:
        if (p)
            app_push(app, view_moment_new(app, p->seq));
        break;
    case REQUEST_ADD:
        if (!app_only_reads(app)) {
            v->at = 0; /* the newest one, then */
            app_push(app, view_sheet_new(app, sheet_promised_about(app_session(app), about(app)), NULL));
        }
        break;
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS:
        ask_kept(v, p, app_party_at(app, request == REQUEST_RIGHT_CONFIRMS));
        break;
    case REQUEST_UNDO:
        undo_last(app);
        break;
    case REQUEST_REDO:
        undo_redo(app);
        break;
    case REQUEST_BACK:
    case REQUEST_LEAVE: /* q leaves the list, not the program */
        app_pop(app);
        break;
    case REQUEST_HELP:
    case REQUEST_PASS:
    case REQUEST_REDRAW:
        used = false;
        break;
    default:
        break;
    }
    free(promises);
    return used;
}

static void on_click(struct view *view, int row, int column)
{
    struct promises_view *v = self_of(view);
    struct app *app = view->app;
    size_t count;
    struct promise *promises = assessment_promises(app_assessment(app), &count);
    for (int side = 0; side < PARTIES; side++) {
        const struct area *area = &v->area[side];
        struct list list = {0};
        for (size_t i = 0; i < count; i++) {
            if (promises[i].by == app_party_at(app, side))
                add_promise(app, &list, area->columns - 4, &promises[i]);
        }
        int at = row - area->row - 1 + v->top[side];
        bool inside = row > area->row && row < area->row + area->rows && column >= area->column &&
                      column < area->column + area->columns && at >= 0 && at < (int)list.count;
        if (inside && list.rows[at].target >= 0)
            v->at = list.rows[at].target;
        for (size_t i = 0; i < list.count; i++)
            free(list.rows[i].text);
        free(list.rows);
    }
    free(promises);
}

static const char *label(struct view *view, enum request request)
{
    struct promises_view *v = self_of(view);
    static char words[PARTIES][32];
    settle_now(v);
    switch (request) {
    case REQUEST_ACCEPT:
        return v->at ? "Open it" : "";
    case REQUEST_ADD:
        return "I promise";
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS: {
        int side = request == REQUEST_RIGHT_CONFIRMS;
        char *name = utf8_shorten(app_name(view->app, app_party_at(view->app, side)), 10);
        snprintf(words[side], sizeof words[side], "%.20s: kept?", name);
        free(name);
        return v->at ? words[side] : "";
    }
    default:
        return NULL;
    }
}

static void free_view(struct view *view)
{
    free(view);
}

static const enum request footer[] = {
    REQUEST_HELP,           REQUEST_PASS, REQUEST_ACCEPT, REQUEST_ADD,  REQUEST_LEFT_CONFIRMS,
    REQUEST_RIGHT_CONFIRMS, REQUEST_BACK, REQUEST_UNDO,   REQUEST_NONE,
};

static const struct view_class promises_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .request = on_request,
    .click = on_click,
    .free = free_view,
};

struct view *view_promises_new(struct app *app)
{
    struct promises_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&promises_class, app, NULL};
    settle_now(v);
    return &v->view;
}
