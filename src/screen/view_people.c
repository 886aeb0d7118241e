/* Who is here, who sits where, the place: what a sitting opens with. Everything can be left empty. */
#include "screen/views.h"

#include "base/mem.h"
#include "screen/editor.h"
#include "session/sheet.h"
#include "session/sitting.h"
#include "session/summary.h"
#include "session/walk.h"

#include <stdlib.h>
#include <string.h>

enum row { ROW_PRACTITIONER, ROW_SERVICE_USER, ROW_SEAT, ROW_PLACE, ROW_BEGIN, ROWS };

struct people_view {
    struct view view;
    struct editor *editor[ROWS]; /* NULL for the rows that are not text */
    enum who left;
    int row;
};

static struct people_view *self_of(struct view *v)
{
    return (struct people_view *)v;
}

static char *title_of(struct view *view)
{
    (void)view;
    return xstrdup("Who is here?");
}

/* As it is typed now, or what the form calls them. The caller frees it. */
static char *name_in(const struct people_view *v, enum who party)
{
    char *name = sitting_name_typed(
        editor_text(v->editor[party == PRACTITIONER ? ROW_PRACTITIONER : ROW_SERVICE_USER]));
    if (*name)
        return name;
    free(name);
    const char *label = wording(app_form(v->view.app)->party_label[party], party, 0);
    return xstrdup(*label ? label : party == PRACTITIONER ? "Practitioner" : "Service user");
}

/* What one of them is asked for their name; and the language they read, where there are several. */
static char *asked_name(const struct people_view *v, enum who party)
{
    struct app *app = v->view.app;
    const struct form *form = app_form(app);
    const char *label = wording(form->party_label[party], party, 0);
    const char *called = *label ? label : party == PRACTITIONER ? "Practitioner" : "Service user";
    bool narrow = canvas_columns(app_canvas(app)) < 72;
    const char *asked = narrow ? "your name" : "what do you want to be called";
    if (form->language_count < 2)
        return xasprintf("%s: %s? Like: Sam (he/him)", called, asked);
    return xasprintf(narrow ? "%s: your name? Reads %s (F3)"
                            : "%s: your name? Like: Sam (he/him). Reads %s (F3)",
                     called, form->languages[app_language(app, party)]);
}

static char *label_of(const struct people_view *v, int row)
{
    switch (row) {
    case ROW_PRACTITIONER:
        return asked_name(v, PRACTITIONER);
    case ROW_SERVICE_USER:
        return asked_name(v, SERVICE_USER);
    case ROW_SEAT:
        return xstrdup("Who sits on the left? (Space changes it)");
    case ROW_PLACE:
        return xstrdup("Where are you? (You can leave this empty)");
    default:
        return xstrdup("");
    }
}

/* The rows that one part takes: its label, what is typed or picked, and a gap where there is room. */
static int rows_of(int row, int gap)
{
    return row == ROW_BEGIN ? 1 : row == ROW_SEAT ? 3 + gap : 2 + gap;
}

static void draw_row(struct people_view *v, struct canvas *c, int row, int at, int columns)
{
    bool focused = v->row == row;
    enum style style = focused ? STYLE_FOCUS : STYLE_PLAIN;
    char *label = label_of(v, row);
    canvas_put_short(c, at, 2, columns - 4, STYLE_STRONG, label);
    free(label);
    int place = at + (row != ROW_BEGIN);
    if (focused) {
        canvas_put(c, place, 2, STYLE_FOCUS, ">");
        canvas_cursor(c, place, 4);
    }
    if (v->editor[row]) {
        editor_draw(v->editor[row], c, place, 4, 1, columns - 6 < 50 ? columns - 6 : 50, focused);
    } else if (row == ROW_SEAT) {
        for (int side = 0; side < 2; side++) {
            char *name = name_in(v, side == 0 ? v->left : who_other(v->left));
            char *seat = xasprintf("%s %s", side == 0 ? "Left: " : "Right:", name);
            free(name);
            canvas_put_short(c, place + side, 4, columns - 6, style, seat);
            free(seat);
        }
    } else {
        canvas_put(c, place, 4, style, "[ Begin ]");
    }
}

struct sight {
    struct canvas *c;
    int row, end, columns;
};

static void draw_line_in_sight(void *context, int item, const char *text)
{
    struct sight *sight = context;
    (void)item;
    if (sight->row < sight->end)
        sight->row += canvas_put_wrapped(sight->c, sight->row, 2, sight->end - sight->row, sight->columns - 4,
                                         STYLE_STRONG, text);
}

/* What they said before that is to stay in sight, above all else. Returns the rows it takes. */
static int draw_in_sight(struct people_view *v, struct canvas *c, struct area area, int most)
{
    struct app *app = v->view.app;
    enum who reader = app_keyboard(app);
    struct sight sight = {c, area.row, area.row + most, area.columns};
    if (assessment_sittings(app_assessment(app)) > 0)
        summary_in_sight(app_assessment(app), reader, app_language(app, reader), draw_line_in_sight, &sight);
    return sight.row - area.row;
}

static int rows_of_all(int gap)
{
    int needed = 0;
    for (int row = 0; row < ROWS; row++)
        needed += rows_of(row, gap);
    return needed;
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct people_view *v = self_of(view);
    int spare = area.rows - rows_of_all(0) - 1;
    int used = draw_in_sight(v, c, area, spare > 0 ? spare : 0);
    used += used > 0; /* a line between */
    area.row += used;
    area.rows -= used;
    int gap = area.rows >= 18 || (used && rows_of_all(1) <= area.rows), at = area.row + (area.rows >= 20),
        end = area.row + area.rows, first = 0, needed = rows_of_all(gap);
    if (needed + 4 <= area.rows)
        at += 1 + canvas_put_wrapped(c, at, 2, 2, area.columns - 4, STYLE_PLAIN,
                                     session_preview(app_session(view->app))
                                         ? "This form is only tried out. Nothing is kept."
                                         : "You both see this screen. You both see all that is kept.");
    /* Where not all fits, the part with the keyboard does. */
    for (; first < v->row; first++) {
        int down_to = 0;
        for (int row = first; row <= v->row; row++)
            down_to += rows_of(row, gap);
        if (at + down_to <= end)
            break;
    }
    for (int row = first; row < ROWS && at + rows_of(row, 0) <= end; row++) {
        draw_row(v, c, row, at, area.columns);
        at += rows_of(row, gap);
    }
}

/* They chose what to talk about, and who has the keyboard: so it is. */
static void go_to_today(struct app *app)
{
    const struct assessment *a = app_assessment(app);
    const struct event *pen = topic_told(a, assessment_sittings(a) - 1, topic_named("pen"), TOGETHER);
    const char *who = pen ? event_text(pen, "value") : NULL;
    for (int party = 0; who && party < PARTIES; party++) {
        if (strcmp(who, who_names[party]) == 0)
            app_give_keyboard(app, (enum who)party);
    }
    app_go(app, walk_today(a));
}

static void begin(struct people_view *v)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    char *names[PARTIES] = {name_in(v, PRACTITIONER), name_in(v, SERVICE_USER)};
    bool same = strcmp(names[PRACTITIONER], names[SERVICE_USER]) == 0;
    free(names[PRACTITIONER]);
    free(names[SERVICE_USER]);
    if (same) {
        app_say(app, "You have the same name here. Add a letter to one, to tell who says what.");
        v->row = ROW_PRACTITIONER;
        return;
    }
    const char *typed[PARTIES] = {[PRACTITIONER] = editor_text(v->editor[ROW_PRACTITIONER]),
                                  [SERVICE_USER] = editor_text(v->editor[ROW_SERVICE_USER])};
    const int languages[PARTIES] = {app_language(app, PRACTITIONER), app_language(app, SERVICE_USER)};
    json_t *intent = sitting_sat(app_session(app), PRACTITIONER, typed, v->left,
                                 editor_text(v->editor[ROW_PLACE]), languages);
    if (!session_do(app_session(app), intent, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    app_pop(app);
    bool quiet =
        session_preview(app_session(app)) && !app_form(app)->principle && !app_form(app)->must_pass_on;
    if (sitting_is_new(app_assessment(app)) && !quiet)
        app_push(app, view_sheet_new(app, sheet_sitting(app_session(app), TOPIC_OPENING), go_to_today));
    char *unread = sitting_is_new(app_assessment(app))
                       ? NULL
                       : sitting_unread_words(app_assessment(app), app_language(app, PRACTITIONER));
    if (unread)
        app_say(app, "%s T shows it.", unread);
    free(unread);
}

static bool on_key(struct view *view, int key)
{
    struct people_view *v = self_of(view);
    if (key == TERM_TAB || key == TERM_DOWN) {
        v->row = v->row + 1 < ROWS ? v->row + 1 : key == TERM_TAB ? 0 : v->row;
        return true;
    }
    if (key == TERM_BACKTAB || key == TERM_UP) {
        v->row = v->row > 0 ? v->row - 1 : 0;
        return true;
    }
    if (v->editor[v->row] && editor_key(v->editor[v->row], key))
        return true;
    if (v->row == ROW_SEAT && (key == ' ' || key == TERM_LEFT || key == TERM_RIGHT)) {
        v->left = who_other(v->left);
        return true;
    }
    return key < TERM_NONE && key >= ' '; /* letters are no keys here */
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct people_view *v = self_of(view);
    (void)key;
    switch (request) {
    case REQUEST_ACCEPT:
        if (v->row == ROW_BEGIN)
            begin(v);
        else
            v->row++;
        return true;
    case REQUEST_BACK:
        app_pop(view->app);
        return true;
    case REQUEST_LANGUAGE:
        if (v->row == ROW_PRACTITIONER || v->row == ROW_SERVICE_USER)
            app_next_language(view->app, v->row == ROW_PRACTITIONER ? PRACTITIONER : SERVICE_USER);
        return true;
    case REQUEST_HELP:
    case REQUEST_LEAVE:
    case REQUEST_REDRAW:
        return false;
    default:
        return true;
    }
}

static const char *label(struct view *view, enum request request)
{
    switch (request) {
    case REQUEST_ACCEPT:
        return self_of(view)->row == ROW_BEGIN ? "Begin" : "Go on";
    case REQUEST_PASS:
        return "Next line";
    case REQUEST_BACK:
        return "Leave it out";
    default:
        return NULL;
    }
}

static void free_view(struct view *view)
{
    struct people_view *v = self_of(view);
    for (int row = 0; row < ROWS; row++)
        editor_free(v->editor[row]);
    free(v);
}

static const enum request footer[] = {REQUEST_HELP, REQUEST_PASS, REQUEST_ACCEPT, REQUEST_BACK, REQUEST_NONE};

static const struct view_class people_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .key = on_key,
    .request = on_request,
    .free = free_view,
};

struct view *view_people_new(struct app *app)
{
    struct people_view *v = xcalloc(1, sizeof *v);
    const struct assessment *a = app_assessment(app);
    v->view = (struct view){&people_class, app, NULL};
    v->left = assessment_left(a);
    size_t sittings = assessment_sittings(a);
    const struct sitting *last = sittings ? assessment_sitting(a, sittings - 1) : NULL;
    /* As they were last time: going on is then pressing Enter. */
    char *names[PARTIES] = {sitting_typed(a, PRACTITIONER), sitting_typed(a, SERVICE_USER)};
    v->editor[ROW_PRACTITIONER] = editor_new(names[PRACTITIONER], false, 200);
    v->editor[ROW_SERVICE_USER] = editor_new(names[SERVICE_USER], false, 200);
    free(names[PRACTITIONER]);
    free(names[SERVICE_USER]);
    v->editor[ROW_PLACE] = editor_new(last ? last->place : "", false, 400);
    v->row = last ? ROW_BEGIN : ROW_PRACTITIONER;
    return &v->view;
}
