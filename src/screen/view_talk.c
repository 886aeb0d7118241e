/* Talking a difference over: both answers with their reasons and what has been said, then "What shall we
 * write down?". Nothing is preselected, and nothing counts until both have said yes, each with their own key.
 */
#include "screen/views.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "session/settle.h"
#include "session/typed.h"
#include "session/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct talk_view {
    struct view view;
    char id[16];                 /* of the disagreement: its place in memory may move */
    int cursor;                  /* among the options; -1: on none */
    int first_row, first;        /* where the options were drawn, and from which on */
    struct settle_option chosen; /* what is being put forward while its words are asked for */
    char *what;
    const struct choice *other; /* that was picked and asks for words */
};

static struct talk_view *self_of(struct view *v)
{
    return (struct talk_view *)v;
}

static const struct disagreement *about(const struct talk_view *v)
{
    return assessment_disagreement_of_id(app_assessment(v->view.app), v->id);
}

/* Can something be settled here and now? */
static bool can_settle(const struct talk_view *v)
{
    return disagreement_is_live(about(v)) && !session_read_only(app_session(v->view.app));
}

static int language_of(const struct app *app)
{
    return app_language(app, app_keyboard(app));
}

static size_t options_of(struct talk_view *v, struct settle_option options[SETTLE_MOST])
{
    struct app *app = v->view.app;
    return settle_options(app_assessment(app), about(v), app_keyboard(app), language_of(app), options);
}

/* How many there are to pick from now; 0 where nothing can be settled. */
static int option_count(struct talk_view *v)
{
    struct settle_option options[SETTLE_MOST];
    if (!can_settle(v))
        return 0;
    size_t count = options_of(v, options);
    settle_release(options, count);
    return (int)count;
}

/* ---- drawing ---- */

static char *title_of(struct view *view)
{
    (void)view;
    return xstrdup("Talking it over");
}

/* Everything that a party has said about it, their reason first, a paragraph each. */
static char *voice_of(const struct app *app, const struct disagreement *d, enum who party)
{
    const struct assessment *a = app_assessment(app);
    struct strbuf sb = STRBUF_INIT;
    if (d->after[party].because)
        strbuf_addf(&sb, "“%s”", d->after[party].because);
    if (d->by == party && d->because)
        strbuf_addf(&sb, "%s“%s”", sb.length ? "\n" : "", d->because);
    for (size_t i = 0; i < d->turn_count; i++) {
        const struct event *event = assessment_event_numbered(a, d->turns[i]);
        const char *text = event->kind == EVENT_SAID ? event_text(event, "text") : NULL;
        if (event->by == party && text && !assessment_is_undone(a, event->seq))
            strbuf_addf(&sb, "%s“%s”", sb.length ? "\n" : "", text);
    }
    return strbuf_detach(&sb);
}

static char *stands(const struct app *app, const struct disagreement *d, enum who party)
{
    const char *name = app_name(app, party);
    if (d->question < 0)
        return xstrdup(name);
    char *answer = words_answer(app_assessment(app), d->question, party, app_language(app, party));
    bool said = assessment_answer(app_assessment(app), d->question, party)->value != NULL;
    char *text = said      ? xasprintf("%s says %s", name, answer)
                 : *answer ? xasprintf("%s: %s", name, answer)
                           : xasprintf("%s has no answer here", name);
    free(answer);
    return text;
}

static void draw_side(struct app *app, struct canvas *c, const struct disagreement *d, enum who party,
                      struct area area)
{
    char *says = stands(app, d, party), *voice = voice_of(app, d, party);
    int used =
        canvas_put_wrapped(c, area.row, area.column + 1, 2, area.columns - 2, app_style(app, party), says);
    int rows = area.rows - used;
    /* The last words matter most: where not all fits, the first are left out. */
    struct utf8_line *lines;
    size_t n = utf8_wrap(voice, area.columns - 2, &lines), first = n > (size_t)rows ? n - (size_t)rows : 0;
    for (size_t i = first; i < n; i++) {
        char *line = xstrndup(voice + lines[i].start, lines[i].length);
        canvas_put(c, area.row + used + (int)(i - first), area.column + 1, STYLE_PLAIN, line);
        free(line);
    }
    if (!*voice && rows > 0 && !session_read_only(app_session(app)))
        canvas_put(c, area.row + used, area.column + 1, STYLE_QUIET, "Why? w: say it in your own words");
    free(lines);
    free(says);
    free(voice);
}

static int draw_sides(struct talk_view *v, struct canvas *c, struct area area, int rows)
{
    struct app *app = v->view.app;
    const struct disagreement *d = about(v);
    if (area.columns >= 80) {
        int width = (area.columns - 1) / 2;
        for (int side = 0; side < 2; side++) {
            struct area half = {area.row, side == 0 ? 0 : area.columns - width, rows, width};
            draw_side(app, c, d, app_party_at(app, side), half);
        }
        canvas_down(c, area.row, width, rows, STYLE_QUIET, "│");
        return rows;
    }
    for (int side = 0; side < 2; side++) {
        struct area half = {area.row + side * (rows / 2), 0, rows / 2, area.columns};
        draw_side(app, c, d, app_party_at(app, side), half);
    }
    return rows / 2 * 2;
}

/* The options that fit between the rows, the cursor's among them. */
static void draw_options(struct talk_view *v, struct canvas *c, int row, int end, int columns)
{
    struct settle_option options[SETTLE_MOST];
    int count = (int)options_of(v, options);
    canvas_put(c, row, 2, STYLE_STRONG, "What shall we write down?");
    canvas_cursor(c, row++, 2);
    int room = end - row, top = v->cursor >= room ? v->cursor - room + 1 : 0;
    v->first_row = row;
    v->first = top;
    for (int i = top; i < count && row < end; i++, row++) {
        canvas_putf(c, row, 2, STYLE_PLAIN, "%s%d ", i == v->cursor ? ">" : " ", i + 1);
        canvas_put_short(c, row, 6, columns - 8, STYLE_PLAIN, options[i].words);
        if (i == v->cursor) {
            canvas_restyle(c, row, 2, columns - 4, STYLE_FOCUS);
            canvas_cursor(c, row, 2);
        }
    }
    if (top > 0)
        canvas_put(c, v->first_row, columns - 1, STYLE_PLAIN, "▲");
    if (top + room < count)
        canvas_put(c, row - 1, columns - 1, STYLE_PLAIN, "▼");
    settle_release(options, (size_t)count);
}

/* What lies on the table, in words; the caller frees it. */
static char *table_words(const struct talk_view *v)
{
    const struct disagreement *d = about(v);
    return d->proposal.seq ? words_proposal(app_assessment(v->view.app), d, language_of(v->view.app))
                           : xstrdup("Pick one together. Then both say yes to it.");
}

/* Who has said yes. Names give way to what is to be seen of each. */
static void draw_yes(struct talk_view *v, struct canvas *c, int row, int columns)
{
    struct app *app = v->view.app;
    const struct proposal *p = &about(v)->proposal;
    static const char both[] = "Do you both say yes?  ", yes[] = ": [x] yes, F5   ";
    int room = (columns - 4) / 2 - (int)sizeof yes + 1, at = 2;
    int names = utf8_width(app_name(app, PRACTITIONER)) + utf8_width(app_name(app, SERVICE_USER));
    if (names + 2 * (int)sizeof yes + (int)sizeof both + 2 < columns)
        at += canvas_put(c, row, at, STYLE_PLAIN, both);
    for (int side = 0; side < 2; side++) {
        enum who party = app_party_at(app, side);
        at += canvas_put_short(c, row, at, room, app_style(app, party), app_name(app, party));
        at += canvas_putf(c, row, at, STYLE_PLAIN, ": [%s] yes, %s   ", p->confirmed[party] ? "x" : " ",
                          side == 0 ? "F5" : "F6");
    }
}

static void draw_closed(struct talk_view *v, struct canvas *c, int row, int end, int columns)
{
    struct app *app = v->view.app;
    const struct disagreement *d = about(v);
    char *outcome = words_outcome(app_assessment(app), d, language_of(app));
    row += canvas_put_wrapped(c, row, 2, 2, columns - 4, STYLE_STRONG, outcome);
    free(outcome);
    for (int party = 0; party < PARTIES; party++) {
        if (d->heard[party] && row < end - 1)
            canvas_putf(c, row++, 2, STYLE_PLAIN, "%s felt heard: %d of 5", app_name(app, (enum who)party),
                        d->heard[party]);
    }
    row = row + 1 < end ? row + 1 : end - 1;
    canvas_put_wrapped(c, row, 2, end - row, columns - 4, STYLE_PLAIN,
                       session_read_only(app_session(app))
                           ? "F2 shows how it went. Esc goes back."
                           : "F2 shows how it went. r opens it again. Esc goes back.");
    canvas_cursor(c, row, 2);
}

static int wrapped_rows(const char *text, int columns, int most)
{
    struct utf8_line *lines;
    int n = (int)utf8_wrap(text, columns, &lines);
    free(lines);
    return n < most ? n : most;
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct talk_view *v = self_of(view);
    struct app *app = view->app;
    const struct disagreement *d = about(v);
    enum who keyboard = app_keyboard(app);
    int row = area.row, end = area.row + area.rows;
    char *topic = words_about(app_assessment(app), d, keyboard, language_of(app));
    row += canvas_put_wrapped(c, row, 2, 2, area.columns - 4, STYLE_STRONG, topic);
    free(topic);
    draw_rule(c, row++, 0, area.columns);
    /* From below: whose keyboard it is, who says yes (or how to go back), what lies on the table, which is
     * never cut where there is room at all; then a rule and the options; the rest is for what the two say. */
    bool live = can_settle(v);
    char *table = table_words(v);
    int words = wrapped_rows(table, area.columns - 4, area.rows / 4), foot = end - 2 - words;
    int count = live ? option_count(v) : 4;
    int least = area.columns >= 80 ? 4 : 6, sides = foot - 1 - row - count - 2;
    if (sides < least)
        sides = least;
    /* On the smallest screens what is to be done comes first: a rule, the heading and two options. */
    int most = foot - 1 - row - 4;
    if (sides > most)
        sides = most > 0 ? most : 0;
    row += draw_sides(v, c, (struct area){row, 0, sides, area.columns}, sides);
    draw_rule(c, row++, 0, area.columns);
    if (!live) {
        draw_closed(v, c, row, end, area.columns);
        free(table);
        return;
    }
    draw_options(v, c, row, foot - 1, area.columns);
    draw_rule(c, foot - 1, 0, area.columns);
    canvas_put_wrapped(c, foot, 2, words, area.columns - 4, d->proposal.seq ? STYLE_STRONG : STYLE_PLAIN,
                       table);
    free(table);
    if (d->proposal.seq)
        draw_yes(v, c, end - 2, area.columns);
    else
        canvas_put_short(c, end - 2, 2, area.columns - 4, STYLE_PLAIN,
                         "Esc goes back. Both answers are kept as they are.");
    bool on_left = app_side_of(app, keyboard) == 0;
    const char *before = on_left ? "<-- Keyboard: " : "Keyboard: ";
    const char *after = on_left ? " (left side)" : " (right side) -->";
    int at = 2 + canvas_put(c, end - 1, 2, STYLE_PLAIN, before);
    at += canvas_put_short(c, end - 1, at, area.columns - at - utf8_width(after) - 1,
                           app_style(app, keyboard), app_name(app, keyboard));
    canvas_put(c, end - 1, at, STYLE_PLAIN, after);
}

/* ---- putting something forward ---- */

static void propose(struct talk_view *v, json_t *value, const char *words, const char *from,
                    const char *by_when)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    enum settle as = v->chosen.as;
    if (!settle_propose(app_session(app), about(v), app_keyboard(app), &v->chosen, value, words, from,
                        by_when, NULL, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    v->cursor = -1;
    if (as == SETTLE_STOPPED)
        app_say(app, "It is left as it is. Both answers stay.");
    else
        app_say(app, "On the table. It counts when both say yes: F5 and F6.");
}

static bool when_given(struct app *app, const char *text, void *context)
{
    struct talk_view *v = context;
    char iso[16];
    if (*text && !typed_day(text, iso)) {
        app_say(app, "“%s” is not a day. Put it forward again, with a day like 30/11/2026, or none.", text);
        return false;
    }
    propose(v, NULL, v->what, NULL, *text ? iso : NULL);
    return true;
}

static bool words_given(struct app *app, const char *text, void *context)
{
    struct talk_view *v = context;
    json_t *value;
    char *cause = NULL;
    if (!*text) {
        app_say(app, "Nothing was written, so nothing is put forward.");
        return true;
    }
    switch (v->chosen.needs) {
    case NEEDS_ANSWER:
        value =
            about(v)->question < 0
                ? json_string(text)
                : typed_answer(assessment_question(app_assessment(app), about(v)->question), text, &cause);
        if (value)
            propose(v, value, NULL, NULL, NULL);
        else
            app_say_cause(app, cause);
        break;
    case NEEDS_WHAT:
        free(v->what);
        v->what = xstrdup(text);
        app_push(app, view_field_new(app, "By when? A day like 30/11/2026. Enter alone: no day.", "", false,
                                     NULL, when_given, v));
        break;
    default:
        propose(v, NULL, text, NULL, NULL);
        break;
    }
    return true;
}

static bool other_given(struct app *app, const char *text, void *context)
{
    struct talk_view *v = context;
    if (*text)
        propose(v, json_sprintf("%s:%s", v->other->name, text), NULL, NULL, NULL);
    else
        app_say(app, "Nothing was written, so nothing is put forward.");
    return true;
}

static void choice_picked(struct app *app, size_t picked, void *context)
{
    struct talk_view *v = context;
    const struct question *q = assessment_question(app_assessment(app), about(v)->question);
    const struct choice *choice = &q->choices->choices[picked];
    if (!choice->other) {
        propose(v, json_string(choice->name), NULL, NULL, NULL);
        return;
    }
    char *title =
        xasprintf("%s: in your own words", assessment_text(app_assessment(app), about(v)->question,
                                                           choice->label, SERVICE_USER, language_of(app)));
    v->other = choice;
    app_push(app, view_field_new(app, title, "", false, NULL, other_given, v));
    free(title);
}

static void ask_new_answer(struct talk_view *v)
{
    struct app *app = v->view.app;
    const struct question *q = assessment_question(app_assessment(app), about(v)->question);
    if (q->type == TYPE_SELECT_ONE && q->choices->count <= 9) {
        const char *words[9];
        for (size_t i = 0; i < q->choices->count; i++)
            words[i] = assessment_text(app_assessment(app), about(v)->question, q->choices->choices[i].label,
                                       SERVICE_USER, language_of(app));
        app_push(app, view_pick_new(app, "Which answer is it, together?", words, q->choices->count,
                                    choice_picked, v));
        return;
    }
    char *how = typed_how(app_assessment(app), about(v)->question, app_keyboard(app), language_of(app));
    char *title = xasprintf("Our answer, together. %s.", how);
    app_push(app, view_field_new(app, title, "", false, NULL, words_given, v));
    free(title);
    free(how);
}

static void put_forward(struct talk_view *v, size_t picked)
{
    struct app *app = v->view.app;
    struct settle_option options[SETTLE_MOST];
    size_t count = options_of(v, options);
    if (picked < count) {
        v->chosen = options[picked];
        v->chosen.words = NULL;
        switch (options[picked].needs) {
        case NEEDS_NOTHING:
            propose(v, NULL, NULL, NULL, NULL);
            break;
        case NEEDS_ANSWER:
            ask_new_answer(v);
            break;
        case NEEDS_WHAT:
            app_push(app, view_field_new(app, "What do we need to find out, and from whom?", "", true, NULL,
                                         words_given, v));
            break;
        case NEEDS_ASKING:
            app_push(app, view_field_new(app, "Who do we ask, and what?", "", true, NULL, words_given, v));
            break;
        }
    }
    settle_release(options, count);
}

/* ---- saying yes, saying more ---- */

static void heard_picked(struct talk_view *v, enum who party, size_t picked)
{
    char *cause = NULL;
    if (!settle_heard(app_session(v->view.app), about(v), party, (int)picked + 1, &cause))
        app_say_cause(v->view.app, cause);
}

static void right_heard(struct app *app, size_t picked, void *context)
{
    heard_picked(context, app_party_at(app, 1), picked);
}

static void left_heard(struct app *app, size_t picked, void *context)
{
    heard_picked(context, app_party_at(app, 0), picked);
}

/* "I was heard", each on their own; Esc leaves it out. */
static void ask_heard(struct talk_view *v)
{
    static const char *const words[] = {"Not at all", "A little", "Partly", "Mostly", "Yes, fully"};
    struct app *app = v->view.app;
    void (*done[])(struct app *, size_t, void *) = {left_heard, right_heard};
    for (int side = 1; side >= 0; side--) {
        char *title = xasprintf("%s: in this talk I was heard. Esc leaves it out.",
                                app_name(app, app_party_at(app, side)));
        app_push(app, view_pick_new(app, title, words, 5, done[side], v));
        free(title);
    }
}

static void say_yes(struct talk_view *v, int side)
{
    struct app *app = v->view.app;
    enum who party = app_party_at(app, side);
    char *cause = NULL;
    if (!about(v)->proposal.seq && disagreement_is_live(about(v))) {
        app_say(app, "First pick one of these. Then both say yes to it.");
        return;
    }
    if (!settle_confirm(app_session(app), about(v), party, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    if (disagreement_is_live(about(v))) {
        app_say(app, "%s says yes. Now %s.", app_name(app, party), app_name(app, who_other(party)));
        return;
    }
    char *outcome = words_outcome(app_assessment(app), about(v), language_of(app));
    app_say(app, "Saved. %s.", outcome);
    free(outcome);
    ask_heard(v);
}

static bool said(struct app *app, const char *text, void *context)
{
    struct talk_view *v = context;
    char *cause = NULL;
    if (!*text)
        return true;
    if (!settle_say(app_session(app), about(v), app_keyboard(app), text, &cause))
        return app_say_cause(app, cause);
    app_say(app, "Saved.");
    return true;
}

static void say_more(struct talk_view *v)
{
    struct app *app = v->view.app;
    char *title = xasprintf("%s: in your own words", app_name(app, app_keyboard(app)));
    char *place = xasprintf("%s:said", about(v)->id);
    app_push(app, view_field_new(app, title, "", true, place, said, v));
    free(title);
    free(place);
}

static void reopen(struct talk_view *v)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    if (disagreement_is_live(about(v)))
        app_say(app, "It is open.");
    else if (!settle_reopen(app_session(app), about(v), app_keyboard(app), &cause))
        app_say_cause(app, cause);
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct talk_view *v = self_of(view);
    struct app *app = view->app;
    bool live = can_settle(v);
    int count = option_count(v);
    switch (request) {
    case REQUEST_PICK:
        if (live && key > '0' && key <= '0' + count)
            v->cursor = key - '1';
        return true;
    case REQUEST_UP:
        v->cursor = v->cursor > 0 ? v->cursor - 1 : 0;
        return true;
    case REQUEST_DOWN:
        v->cursor = v->cursor + 1 < count ? v->cursor + 1 : count - 1;
        return true;
    case REQUEST_ACCEPT:
        if (!live)
            app_pop(app);
        else if (v->cursor >= 0 && v->cursor < count)
            put_forward(v, (size_t)v->cursor);
        else if (about(v)->proposal.seq)
            app_say(app, "Both say yes to it: F5 and F6. Or pick something else.");
        else
            app_say(app, "Pick one with its number, or with the arrow keys.");
        return true;
    case REQUEST_BACK:
        app_pop(app);
        return true;
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS:
        say_yes(v, request == REQUEST_RIGHT_CONFIRMS);
        return true;
    case REQUEST_REASON:
    case REQUEST_TALK:
        if (!app_only_reads(app))
            say_more(v);
        return true;
    case REQUEST_RAISE:
        if (!app_only_reads(app))
            reopen(v);
        return true;
    case REQUEST_PASS:
        v->cursor = -1;
        return false;
    case REQUEST_KEPT:
        if (about(v)->question >= 0)
            app_push(app, view_kept_new(app, about(v)->question));
        return true;
    case REQUEST_PREVIOUS:
    case REQUEST_NEXT:
        return true;
    default:
        return false;
    }
}

static void on_click(struct view *view, int row, int column)
{
    struct talk_view *v = self_of(view);
    (void)column;
    int at = row - v->first_row + v->first;
    if (row >= v->first_row && at < option_count(v))
        v->cursor = at;
}

static const char *label(struct view *view, enum request request)
{
    struct talk_view *v = self_of(view);
    bool live = can_settle(v), reading = session_read_only(app_session(view->app)) != NULL;
    switch (request) {
    case REQUEST_ACCEPT:
        return live && v->cursor >= 0 ? "Put it forward" : "";
    case REQUEST_REASON:
        return reading ? "" : "Say more";
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS:
        return live && about(v)->proposal.seq ? "Yes" : "";
    case REQUEST_RAISE:
        return live || reading ? "" : "Open again";
    case REQUEST_UNDO:
        return reading ? "" : NULL;
    default:
        return NULL;
    }
}

static void free_view(struct view *view)
{
    free(self_of(view)->what);
    free(view);
}

static const enum request footer[] = {
    REQUEST_HELP,   REQUEST_ACCEPT, REQUEST_LEFT_CONFIRMS, REQUEST_RIGHT_CONFIRMS, REQUEST_BACK,
    REQUEST_REASON, REQUEST_PASS,   REQUEST_RAISE,         REQUEST_UNDO,           REQUEST_NONE,
};

static const struct view_class talk_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .request = on_request,
    .click = on_click,
    .free = free_view,
};

struct view *view_talk_new(struct app *app, const struct disagreement *d)
{
    struct talk_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&talk_class, app, NULL};
    snprintf(v->id, sizeof v->id, "%s", d->id);
    v->cursor = -1;
    return &v->view;
}
