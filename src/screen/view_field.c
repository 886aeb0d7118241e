/* One text, asked for in a box at the foot of the screen. What is below stays in sight above it. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "screen/drafts.h"
#include "screen/editor.h"
#include "screen/pane.h"

#include <stdlib.h>
#include <string.h>

struct field_view {
    struct view view;
    char *title, *draft;
    enum who whose; /* who has the keyboard, and keeps it while this is open */
    bool several, hidden;
    struct editor *editor;
    bool (*done)(struct app *, const char *, void *);
    void (*left)(struct app *, void *); /* or NULL */
    void *context;
    const char *label; /* of Enter, where it is not "Save" */
    bool warned;       /* that Esc takes the words with it */
};

static struct field_view *self_of(struct view *v)
{
    return (struct field_view *)v;
}

static char *title_of(struct view *v)
{
    return v->below ? v->below->class->title(v->below) : xstrdup("");
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct field_view *v = self_of(view);
    int rows = v->hidden ? 1 : editor_rows(v->editor, area.columns - 4), most = area.rows / 2;
    if (v->several && rows < 4)
        rows = 4;
    rows = rows > most ? most : rows;
    struct utf8_line *lines;
    int title = (int)utf8_wrap(v->title, area.columns - 4, &lines);
    free(lines);
    if (title > 3)
        title = 3;
    int top = area.row + area.rows - rows - title - 1;
    app_draw_below(view->app, view->below, c, area, top);
    for (int row = top; row < canvas_rows(c) - 1; row++)
        canvas_fill(c, row, 0, area.columns, STYLE_PLAIN, " ");
    draw_rule(c, top, 0, area.columns);
    canvas_put_wrapped(c, top + 1, 2, title, area.columns - 4, STYLE_STRONG, v->title);
    if (v->hidden)
        canvas_cursor(c, top + 1 + title, 2);
    else
        editor_draw(v->editor, c, top + 1 + title, 2, rows, area.columns - 4, true);
}

static void keep(struct field_view *v)
{
    if (v->draft && editor_changed(v->editor))
        drafts_keep(v->view.app, v->draft, v->whose, editor_text(v->editor), editor_cursor(v->editor));
}

static bool has_words(const struct field_view *v)
{
    const char *text = editor_text(v->editor);
    return editor_changed(v->editor) && text[strspn(text, " \n")];
}

static bool on_key(struct view *view, int key)
{
    struct field_view *v = self_of(view);
    v->warned = v->warned && key == 27;
    if (key == TERM_ENTER || (key >= TERM_F1 && key <= TERM_F12) || key == 27)
        return false;
    if (key == PANE_NEW_LINE && v->several)
        key = TERM_ENTER;
    if (editor_key(v->editor, key))
        keep(v);
    return true;
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct field_view *v = self_of(view);
    struct app *app = view->app;
    (void)key;
    if (request == REQUEST_BACK && v->draft && !v->warned && has_words(v)) {
        /* One key does not take with it what took long to type: the second time it is meant. */
        v->warned = true;
        app_say(app, "These words are not saved. Enter saves them. Esc again: they go.");
    } else if (request == REQUEST_BACK) {
        void (*left)(struct app *, void *) = v->left;
        void *context = v->context;
        if (v->draft)
            drafts_drop(app, v->draft, v->whose);
        app_pop(app);
        if (left)
            left(app, context);
    } else if (request == REQUEST_ACCEPT) {
        /* The view goes first: what is done may put another in its place. */
        char *text = xstrdup(editor_text(v->editor)), *draft = v->draft;
        bool (*done)(struct app *, const char *, void *) = v->done;
        void *context = v->context;
        enum who whose = v->whose;
        v->draft = NULL;
        app_pop(app);
        if (done(app, text, context) && draft)
            drafts_drop(app, draft, whose);
        free(text);
        free(draft);
    } else if (request != REQUEST_HELP) {
        return true;
    } else {
        return false;
    }
    return true;
}

static const char *label(struct view *view, enum request request)
{
    const char *other = self_of(view)->label;
    if (request == REQUEST_ACCEPT)
        return other ? other : "Save";
    return request == REQUEST_BACK && !other ? "Leave it out" : NULL;
}

void view_field_left(struct view *field, void (*left)(struct app *app, void *context))
{
    self_of(field)->left = left;
}

void view_field_call(struct view *field, const char *label)
{
    self_of(field)->label = label;
}

void view_field_hide(struct view *field)
{
    self_of(field)->hidden = true;
}

static void on_end(struct view *view)
{
    keep(self_of(view));
}

static void free_view(struct view *view)
{
    struct field_view *v = self_of(view);
    editor_free(v->editor);
    free(v->title);
    free(v->draft);
    free(v);
}

static const enum request footer[] = {REQUEST_HELP, REQUEST_ACCEPT, REQUEST_BACK, REQUEST_NONE};

static const struct view_class field_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .key = on_key,
    .request = on_request,
    .ending = on_end,
    .free = free_view,
};

struct view *view_field_new(struct app *app, const char *title, const char *text, bool several,
                            const char *draft, bool (*done)(struct app *app, const char *text, void *context),
                            void *context)
{
    struct field_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&field_class, app, NULL};
    v->title = xstrdup(title);
    v->draft = draft ? xstrdup(draft) : NULL;
    v->several = several;
    v->whose = app_keyboard(app);
    v->editor = editor_new(text, several, 0);
    v->done = done;
    v->context = context;
    size_t cursor = 0;
    char *kept = draft ? drafts_of(app, draft, v->whose, &cursor) : NULL;
    if (kept) {
        editor_restore(v->editor, kept, cursor);
        app_say(app, "These words were not saved yet. Enter saves them.");
    }
    free(kept);
    return &v->view;
}
