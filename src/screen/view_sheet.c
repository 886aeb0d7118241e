/* A sheet: its rows one under the other, a column each where both are asked. It is drawn whole on a canvas as
 * high as it needs, and the part of it that fits is shown: so a long text to be read scrolls like everything
 * else. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "screen/drafts.h"
#include "session/sheet.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_HEIGHT = 200, INDENT = 4 };

struct sheet_view {
    struct view view;
    struct sheet *sheet;
    void (*done)(struct app *);
    struct canvas *whole;
    size_t row; /* sheet->count: the last line */
    int *start; /* of each row, and of the last line, and behind it: lines of the whole */
    int top, rows, first_row;
    int screen_rows, screen_columns; /* as drawn last */
    bool moved;                      /* the row with the keyboard is to be brought into sight */
    /* While a row is filled in: which, by whom, and the note that is asked for. */
    size_t edited;
    enum who by;
    size_t note;
    json_t *notes;
    bool warned; /* that what is filled in is not kept if they leave */
};

static struct sheet_view *self_of(struct view *v)
{
    return (struct sheet_view *)v;
}

static char *title_of(struct view *view)
{
    struct sheet_view *v = self_of(view);
    return xasprintf("%s. Keyboard: %s", v->sheet->title, app_name(view->app, app_keyboard(view->app)));
}

static const struct sheet_row *row_of(const struct sheet_view *v)
{
    return &v->sheet->rows[v->row];
}

static int language_of(const struct app *app)
{
    return app_language(app, app_keyboard(app));
}

static void go(struct sheet_view *v, size_t row)
{
    v->row = row;
    v->moved = true;
}

/* ---- drawing ---- */

/* What one of them has said, with their name before it where each is asked. Returns the lines it takes. */
static int draw_value(struct sheet_view *v, size_t row, enum who who, int at, int column, int columns,
                      bool focused)
{
    struct app *app = v->view.app;
    char *value = v->sheet->class->value(v->sheet, row, who, app_language(app, who));
    bool each = v->sheet->rows[row].whose == TOPIC_EACH;
    char *text =
        xasprintf("%s%s%s", each ? app_name(app, who) : "", each ? ": " : "", *value ? value : "___");
    int used =
        canvas_put_wrapped(v->whole, at, column, 6, columns, *value ? STYLE_CHOSEN : STYLE_PLAIN, text);
    if (each)
        canvas_restyle(v->whole, at, column, utf8_width(app_name(app, who)), app_style(app, who));
    if (focused) {
        canvas_put(v->whole, at, column - 2, STYLE_FOCUS, ">");
        for (int i = 0; i < used; i++)
            canvas_restyle(v->whole, at + i, column, columns, STYLE_FOCUS);
        canvas_cursor(v->whole, at, column - 2);
    }
    free(text);
    free(value);
    return used;
}

static int draw_row(struct sheet_view *v, size_t row, int at, int columns)
{
    struct app *app = v->view.app;
    const struct sheet_row *r = &v->sheet->rows[row];
    bool focused = row == v->row;
    int from = at;
    at += canvas_put_wrapped(v->whole, at, 2, 3, columns - INDENT, STYLE_STRONG, r->label);
    if (r->text)
        at += canvas_put_wrapped(v->whole, at, 2, canvas_rows(v->whole), columns - INDENT, STYLE_PLAIN,
                                 r->text);
    if (r->whose != TOPIC_EACH)
        return at - from +
               draw_value(v, row, r->whose == TOPIC_PRACTITIONERS ? PRACTITIONER : app_keyboard(app), at,
                          INDENT, columns - INDENT - 2, focused);
    int width = (columns - 2) / 2, most = 1;
    for (int side = 0; side < 2; side++) {
        enum who who = app_party_at(app, side);
        int used = draw_value(v, row, who, at, (side ? columns - width : 0) + INDENT, width - INDENT - 1,
                              focused && who == app_keyboard(app));
        most = used > most ? used : most;
    }
    return at - from + most;
}

/* All of it, as high as it gets. Returns its height; 0 where the canvas was not high enough. */
static int draw_whole(struct sheet_view *v, int columns, int height, int gap)
{
    canvas_reset(v->whole, height, columns);
    int at = 0;
    if (v->sheet->above)
        at +=
            canvas_put_wrapped(v->whole, at, 2, height, columns - INDENT, STYLE_NOTICE, v->sheet->above) + 1;
    for (size_t row = 0; row < v->sheet->count && at < height; row++) {
        v->start[row] = at;
        at += draw_row(v, row, at, columns) + gap;
    }
    v->start[v->sheet->count] = at;
    v->start[v->sheet->count + 1] = at + 1;
    bool focused = v->row == v->sheet->count;
    canvas_putf(v->whole, at, 2, focused ? STYLE_FOCUS : STYLE_PLAIN, "%s [ %s ]", focused ? ">" : " ",
                v->sheet->done_words);
    if (focused)
        canvas_cursor(v->whole, at, 2);
    return at + 1 < height ? at + 1 : 0;
}

static int lay_out(struct sheet_view *v, int columns, int rows)
{
    int height = FIRST_HEIGHT, used;
    while (!(used = draw_whole(v, columns, height, 0)))
        height *= 2;
    if (used + (int)v->sheet->count <= rows)
        used = draw_whole(v, columns, height, 1);
    return used;
}

/* The row with the keyboard into sight: its end, unless it is so long that its beginning would go. */
static void bring_into_sight(struct sheet_view *v)
{
    int start = v->start[v->row], end = v->start[v->row + 1];
    if (v->row == 0 && end <= v->rows)
        start = 0; /* with what stands above it */
    if (end > v->top + v->rows)
        v->top = end - v->rows;
    if (start < v->top)
        v->top = start;
    v->moved = false;
}

static void copy_cells(const struct sheet_view *v, struct canvas *c, struct area area, int shown)
{
    for (int row = 0; row < shown; row++) {
        for (int column = 0; column < area.columns - 1; column++) {
            enum style style;
            const char *cell = canvas_cell(v->whole, v->top + row, column, &style);
            if (*cell && (*cell != ' ' || style != STYLE_PLAIN))
                canvas_put(c, area.row + row, column, style, cell);
        }
    }
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct sheet_view *v = self_of(view);
    v->rows = area.rows;
    v->first_row = area.row;
    int height = lay_out(v, area.columns, area.rows);
    bool other = v->screen_rows != canvas_rows(c) || v->screen_columns != canvas_columns(c);
    v->screen_rows = canvas_rows(c);
    v->screen_columns = canvas_columns(c);
    if (v->moved || other)
        bring_into_sight(v);
    if (v->top > height - area.rows)
        v->top = height - area.rows;
    if (v->top < 0)
        v->top = 0;
    int shown = height - v->top < area.rows ? height - v->top : area.rows, row, column;
    copy_cells(v, c, area, shown);
    if (v->top > 0)
        canvas_put(c, area.row, area.columns - 1, STYLE_PLAIN, "▲");
    if (v->top + area.rows < height)
        canvas_put(c, area.row + area.rows - 1, area.columns - 1, STYLE_PLAIN, "▼");
    canvas_cursor_at(v->whole, &row, &column);
    row = row < v->top ? 0 : row >= v->top + area.rows ? area.rows - 1 : row - v->top;
    canvas_cursor(c, area.row + row, column);
}

/* ---- what is kept nowhere else yet ---- */

/* Rows that become one event at the end are drafts until then. They are both people's. */
static void keep_unkept(struct sheet_view *v)
{
    json_t *unkept = v->sheet->class->unkept ? v->sheet->class->unkept(v->sheet) : NULL;
    char *text = unkept ? json_dumps(unkept, JSON_COMPACT) : NULL;
    if (text)
        drafts_keep(v->view.app, v->sheet->place, TOGETHER, text, strlen(text));
    free(text);
    json_decref(unkept);
}

static void take_up(struct sheet_view *v)
{
    size_t cursor;
    char *text = v->sheet->class->take_up ? drafts_of(v->view.app, v->sheet->place, TOGETHER, &cursor) : NULL;
    json_t *unkept = text ? json_loads(text, 0, NULL) : NULL;
    if (json_is_object(unkept)) {
        v->sheet->class->take_up(v->sheet, unkept);
        app_say(v->view.app, "What you filled in before stands here. It is not kept yet.");
    }
    json_decref(unkept);
    free(text);
}

/* Leaving takes no words with it that are kept nowhere: the second time it is meant. */
static void leave(struct sheet_view *v)
{
    struct app *app = v->view.app;
    json_t *unkept = v->sheet->class->unkept ? v->sheet->class->unkept(v->sheet) : NULL;
    bool ask = unkept && !v->warned;
    json_decref(unkept);
    if (ask) {
        v->warned = true;
        app_say(app, "This is not kept yet. [ %s ] keeps it. Esc again: it goes.", v->sheet->done_words);
        return;
    }
    drafts_drop(app, v->sheet->place, TOGETHER);
    app_pop(app);
}

/* ---- filling in ---- */

static void ask_note(struct sheet_view *v);

/* Said: the other's turn where each is asked and they have said nothing yet, else the next row. */
static void go_on(struct sheet_view *v)
{
    struct app *app = v->view.app;
    v->row = v->edited;
    const struct sheet_row *r = row_of(v);
    enum who other = who_other(v->by);
    if (r->whose == TOPIC_EACH && !v->sheet->class->given(v->sheet, v->row, other)) {
        app_give_keyboard(app, other);
        return;
    }
    go(v, v->row + 1);
    app_give_keyboard(app, sheet_turn(v->sheet, v->row, app_keyboard(app)));
}

static bool set(struct sheet_view *v, json_t *value, json_t *notes)
{
    char *cause = NULL;
    if (!v->sheet->class->set(v->sheet, v->edited, v->by, value, notes, &cause))
        return app_say_cause(v->view.app, cause);
    keep_unkept(v);
    return true;
}

static const json_t *noted(const struct sheet_view *v)
{
    return v->sheet->class->noted ? v->sheet->class->noted(v->sheet, v->edited, v->by) : NULL;
}

/* Kept at once; what more can be said about it is asked for after that. */
static bool take(struct sheet_view *v, json_t *value)
{
    const json_t *before = noted(v);
    json_decref(v->notes);
    v->notes = before ? json_deep_copy(before) : json_object();
    if (!set(v, value, json_deep_copy(v->notes)))
        return false;
    v->note = 0;
    ask_note(v);
    return true;
}

static bool is_noted_about(const struct sheet_view *v, const struct topic_word *note)
{
    if (v->sheet->rows[v->edited].type != TOPIC_SEVERAL)
        return true;
    const json_t *value = v->sheet->class->given(v->sheet, v->edited, v->by);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *word = json_string_value(json_array_get(value, i));
        if (word && strcmp(word, note->word) == 0)
            return true;
    }
    return false;
}

/* All notes that were given, beside the value as it stands. */
static void end_notes(struct app *app, void *context)
{
    struct sheet_view *v = context;
    (void)app;
    const json_t *before = noted(v);
    bool changed = before ? !json_equal(before, v->notes) : json_object_size(v->notes) > 0;
    const json_t *value = v->sheet->class->given(v->sheet, v->edited, v->by);
    if (!changed || !value || set(v, json_deep_copy(value), json_incref(v->notes)))
        go_on(v);
}

static bool note_given(struct app *app, const char *text, void *context)
{
    struct sheet_view *v = context;
    (void)app;
    const char *name = v->sheet->rows[v->edited].notes[v->note].word;
    if (*text)
        json_object_set_new(v->notes, name, json_string(text));
    else
        json_object_del(v->notes, name);
    v->note++;
    ask_note(v);
    return true;
}

static void ask_note(struct sheet_view *v)
{
    struct app *app = v->view.app;
    const struct topic_word *notes = v->sheet->rows[v->edited].notes;
    while (notes && notes[v->note].word && !is_noted_about(v, &notes[v->note]))
        v->note++;
    if (!notes || !notes[v->note].word) {
        end_notes(app, v);
        return;
    }
    const struct topic_word *note = &notes[v->note];
    const char *before = json_string_value(json_object_get(v->notes, note->word));
    bool several = v->sheet->rows[v->edited].type == TOPIC_SEVERAL;
    char *title = several ? xasprintf("%s. Do you want to say more? Enter alone: no.", note->label)
                          : xasprintf("%s You can leave it empty.", note->label);
    char *place = xasprintf("%s:%zu:%s", v->sheet->place, v->edited, note->word);
    struct view *field = view_field_new(app, title, before ? before : "", false, place, note_given, v);
    view_field_left(field, end_notes);
    app_push(app, field);
    free(place);
    free(title);
}

static bool words_given(struct app *app, const char *text, void *context)
{
    struct sheet_view *v = context;
    char *cause = NULL;
    bool empty = !text[strspn(text, " ")], day = v->sheet->rows[v->edited].type != TOPIC_TEXT;
    if (empty && (day || !v->sheet->class->given(v->sheet, v->edited, v->by))) {
        go_on(v);
        return true;
    }
    json_t *value = sheet_typed(v->sheet, v->edited, text, &cause);
    return value ? take(v, value) : app_say_cause(app, cause);
}

static void one_picked(struct app *app, size_t picked, void *context)
{
    struct sheet_view *v = context;
    (void)app;
    take(v, sheet_picked(v->sheet, v->edited, &picked, 1));
}

static void some_picked(struct app *app, const size_t *marked, size_t count, void *context)
{
    struct sheet_view *v = context;
    (void)app;
    take(v, sheet_picked(v->sheet, v->edited, marked, count));
}

static void open_field(struct sheet_view *v, const char *title)
{
    struct app *app = v->view.app;
    const json_t *given = v->sheet->class->given(v->sheet, v->edited, v->by);
    enum topic_type type = v->sheet->rows[v->edited].type;
    char *text = json_is_integer(given) ? xasprintf("%d", (int)json_integer_value(given))
                                        : xstrdup(json_is_string(given) ? json_string_value(given) : "");
    char *asked = type == TOPIC_DAY
                      ? xasprintf("%s A day, like 30/11/2026, or +7 for a week from today.", title)
                      : xstrdup(title);
    /* A day is soon typed again; words that were refused are to be put right, not typed anew. */
    char *place = type == TOPIC_TEXT ? xasprintf("%s:%zu", v->sheet->place, v->edited) : NULL;
    app_push(app, view_field_new(app, asked, text, type == TOPIC_TEXT, place, words_given, v));
    free(place);
    free(asked);
    free(text);
}

static void open_pick(struct sheet_view *v, const char *title)
{
    struct app *app = v->view.app;
    const char *labels[16];
    size_t count = sheet_options(v->sheet, v->edited);
    count = count < 16 ? count : 16;
    for (size_t i = 0; i < count; i++)
        sheet_option(v->sheet, v->edited, i, v->by, language_of(app), &labels[i]);
    struct view *pick = view_pick_new(app, title, labels, count, one_picked, v);
    if (v->sheet->rows[v->edited].hidden)
        view_pick_hide(pick);
    app_push(app, pick);
}

static void open_choose(struct sheet_view *v, const char *title)
{
    struct app *app = v->view.app;
    const json_t *given = v->sheet->class->given(v->sheet, v->edited, v->by);
    size_t count = sheet_options(v->sheet, v->edited);
    struct view *choose =
        view_choose_new(app, title, v->sheet->rows[v->edited].type == TOPIC_SECTIONS, some_picked, v);
    const char *label;
    for (size_t i = 0; i < count; i++) {
        sheet_option(v->sheet, v->edited, i, v->by, language_of(app), &label);
        view_choose_add(choose, label);
    }
    for (size_t k = 0; k < json_array_size(given); k++) {
        const char *word = json_string_value(json_array_get(given, k));
        for (size_t i = 0; word && i < count; i++) {
            if (strcmp(word, sheet_option(v->sheet, v->edited, i, v->by, language_of(app), &label)) == 0)
                view_choose_mark(choose, i);
        }
    }
    app_push(app, choose);
}

/* Who fills it in: the one with the keyboard, but the practitioner what is theirs. */
static void begin(struct sheet_view *v)
{
    struct app *app = v->view.app;
    v->edited = v->row;
    if (row_of(v)->whose == TOPIC_PRACTITIONERS)
        app_give_keyboard(app, PRACTITIONER);
    v->by = app_keyboard(app);
}

static void edit(struct sheet_view *v)
{
    struct app *app = v->view.app;
    struct sheet *other = v->sheet->class->opens ? v->sheet->class->opens(v->sheet, v->row) : NULL;
    if (other) {
        app_push(app, view_sheet_new(app, other, NULL));
        return;
    }
    bool passed = app_keyboard(app) != PRACTITIONER && row_of(v)->whose == TOPIC_PRACTITIONERS;
    begin(v);
    if (passed && row_of(v)->type == TOPIC_SEEN) { /* nobody says for another that they have read it */
        app_say(app, "%s, Enter says that you have read it.", app_name(app, PRACTITIONER));
        return;
    }
    char *title = sheet_asks(v->sheet, v->row, v->by, language_of(app));
    switch (row_of(v)->type) {
    case TOPIC_TEXT:
    case TOPIC_DAY:
    case TOPIC_NUMBER:
        open_field(v, title);
        break;
    case TOPIC_SCALE:
    case TOPIC_ONE:
        open_pick(v, title);
        break;
    case TOPIC_SEVERAL:
    case TOPIC_SECTIONS:
        open_choose(v, title);
        break;
    case TOPIC_SEEN:
        take(v, json_true());
        break;
    }
    free(title);
}

static void finish(struct sheet_view *v)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    size_t lacks = sheet_lacks(v->sheet);
    if (v->sheet->class->done && lacks < v->sheet->count) {
        go(v, lacks);
        app_say(app, "This comes first: %s", row_of(v)->label);
        return;
    }
    if (v->sheet->class->done && !v->sheet->class->done(v->sheet, app_keyboard(app), &cause)) {
        app_say_cause(app, cause);
        return;
    }
    void (*done)(struct app *) = v->done;
    drafts_drop(app, v->sheet->place, TOGETHER);
    app_pop(app);
    if (done)
        done(app);
}

/* ---- keys ---- */

static void down(struct sheet_view *v)
{
    if (!v->moved && v->start[v->row + 1] > v->top + v->rows && v->start[v->row] <= v->top)
        v->top += v->rows > 2 ? v->rows - 2 : 1; /* the rest of what is read now */
    else if (v->row < v->sheet->count)
        go(v, v->row + 1);
}

static void up(struct sheet_view *v)
{
    if (!v->moved && v->start[v->row] < v->top)
        v->top -= v->rows > 2 ? v->rows - 2 : 1;
    else if (v->row > 0)
        go(v, v->row - 1);
}

/* A digit says it at once, where one of a few is picked. */
static void digit(struct sheet_view *v, int key)
{
    size_t picked = (size_t)(key - '1');
    enum topic_type type = v->row < v->sheet->count ? row_of(v)->type : TOPIC_TEXT;
    if ((type != TOPIC_SCALE && type != TOPIC_ONE) || key < '1' || picked >= sheet_options(v->sheet, v->row))
        return;
    begin(v);
    take(v, sheet_picked(v->sheet, v->row, &picked, 1));
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct sheet_view *v = self_of(view);
    v->warned = v->warned && request == REQUEST_BACK;
    switch (request) {
    case REQUEST_UP:
        up(v);
        return true;
    case REQUEST_DOWN:
        down(v);
        return true;
    case REQUEST_PREVIOUS:
    case REQUEST_NEXT:
        v->top += request == REQUEST_NEXT ? v->rows - 2 : 2 - v->rows;
        return true;
    case REQUEST_PICK:
        digit(v, key);
        return true;
    case REQUEST_ACCEPT:
    case REQUEST_MARK:
        if (v->row < v->sheet->count)
            edit(v);
        else
            finish(v);
        return true;
    case REQUEST_BACK:
        leave(v);
        return true;
    case REQUEST_COMPLETE:
        return !v->sheet->closes;
    case REQUEST_HELP:
    case REQUEST_PASS:
    case REQUEST_LANGUAGE:
    case REQUEST_LEAVE:
    case REQUEST_REDRAW:
        return false;
    default:
        return true;
    }
}

static void on_click(struct view *view, int row, int column)
{
    struct sheet_view *v = self_of(view);
    (void)column;
    int at = v->top + row - v->first_row;
    for (size_t i = 0; i <= v->sheet->count; i++) {
        if (at < v->start[i] || at >= v->start[i + 1])
            continue;
        bool again = v->row == i;
        go(v, i);
        if (again)
            on_request(view, REQUEST_ACCEPT, TERM_CLICK);
        return;
    }
}

static const char *label(struct view *view, enum request request)
{
    struct sheet_view *v = self_of(view);
    switch (request) {
    case REQUEST_ACCEPT:
        return v->row == v->sheet->count       ? v->sheet->done_words
               : row_of(v)->type == TOPIC_SEEN ? "Seen"
                                               : "Fill in";
    case REQUEST_UP:
        return v->sheet->closes && v->row == v->sheet->count ? "" : "Up"; /* there is no room for all */
    case REQUEST_DOWN:
        return v->row < v->sheet->count ? "Next line" : "";
    case REQUEST_BACK:
        return "Leave it";
    case REQUEST_COMPLETE:
        return v->sheet->closes ? NULL : "";
    default:
        return NULL;
    }
}

static void free_view(struct view *view)
{
    struct sheet_view *v = self_of(view);
    sheet_free(v->sheet);
    canvas_free(v->whole);
    free(v->start);
    json_decref(v->notes);
    free(v);
}

static const enum request footer[] = {REQUEST_HELP,  REQUEST_ACCEPT,   REQUEST_BACK,
                                      REQUEST_PASS,  REQUEST_DOWN,     REQUEST_UP,
                                      REQUEST_LEAVE, REQUEST_COMPLETE, REQUEST_NONE};

static const struct view_class sheet_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .request = on_request,
    .click = on_click,
    .free = free_view,
};

struct view *view_sheet_new(struct app *app, struct sheet *sheet, void (*done)(struct app *app))
{
    struct sheet_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&sheet_class, app, NULL};
    v->sheet = sheet;
    v->done = done;
    v->whole = canvas_new(1, 1);
    v->start = xcalloc(sheet->count + 2, sizeof *v->start);
    v->rows = 1;
    v->moved = true;
    take_up(v);
    /* The service user begins. */
    app_give_keyboard(app, sheet_turn(sheet, 0, SERVICE_USER));
    lay_out(v, canvas_columns(app_canvas(app)), 0); /* keys may come before it is drawn */
    return &v->view;
}
