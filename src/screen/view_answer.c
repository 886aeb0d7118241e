/* The question in front. Two panes of the same size, on the sides where the two people sit; between them how
 * far apart they are; below, how they stand and who has the keyboard. Below 80 columns the answers stand one
 * above the other and the list is that of who has the keyboard. */
#include "screen/views.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "screen/drafts.h"
#include "screen/pane.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 3, SIDES = 2, GUTTER = 8, WIDE = 120, WIDE_CENTRE = 40, WIDEST_PANE = 64, HEADER_ROWS = 2 };

struct answer_view {
    struct view view;
    int question; /* that the panes are about; -1: none yet */
    struct pane *pane[SLOTS];
    bool commanding;          /* Esc was pressed in a text field: letters are keys */
    struct area drawn[SIDES]; /* where the panes were drawn last, for clicks */
};

static struct answer_view *self_of(struct view *v)
{
    return (struct answer_view *)v;
}

static const struct question *question_in(const struct answer_view *v)
{
    return &app_form(v->view.app)->questions[v->question];
}

static bool is_together(const struct answer_view *v)
{
    return question_in(v)->asked_of == TOGETHER;
}

/* The pane that the keyboard is in. */
static struct pane *active(const struct answer_view *v)
{
    return v->pane[is_together(v) ? TOGETHER : app_keyboard(v->view.app)];
}

static bool typing(const struct answer_view *v)
{
    return pane_is_text(active(v)) && !v->commanding && !session_read_only(app_session(v->view.app));
}

static void load(struct answer_view *v)
{
    struct app *app = v->view.app;
    int question = app_question(app);
    if (question == v->question) {
        for (int slot = 0; slot < SLOTS; slot++)
            pane_refresh(v->pane[slot]);
        return;
    }
    v->question = question;
    v->commanding = false;
    for (int slot = 0; slot < SLOTS; slot++) {
        pane_free(v->pane[slot]);
        v->pane[slot] = pane_new(app, question, (enum who)slot);
    }
    /* The keyboard goes to somebody who can answer here. */
    const struct question *q = question_in(v);
    if (question_is_answered(q) && q->asked_of != TOGETHER && !pane_is_asked(active(v)))
        app_give_keyboard(app, who_other(app_keyboard(app)));
    for (int slot = 0; slot < SLOTS; slot++) {
        char *draft = drafts_of(app, question_in(v)->name, (enum who)slot);
        if (draft) {
            pane_set_text(v->pane[slot], draft);
            app_say(app, "These words were not saved yet. Enter saves them.");
        }
        free(draft);
    }
}

/* ---- drawing
 * ------------------------------------------------------------------------------------------------ */

static char *title_of(struct view *view)
{
    struct app *app = view->app;
    struct answer_view *v = self_of(view);
    load(v);
    const struct assessment *a = app_assessment(app);
    int number, of;
    walk_position(a, v->question, &number, &of);
    return xasprintf("%s   %s %d of %d",
                     words_section(a, question_in(v)->section, SERVICE_USER, app_language(app, SERVICE_USER)),
                     question_is_answered(question_in(v)) ? "Question" : "Note before question", number, of);
}

static void draw_progress(struct app *app, struct canvas *c, int row, int columns)
{
    const struct assessment *a = app_assessment(app);
    struct walk_progress p = walk_progress(a, -1);
    int width = columns >= 80 ? 28 : columns / 3;
    draw_bar(c, row, 1, width, p.done, p.questions);
    canvas_putf(c, row, width + 2, STYLE_PLAIN, "%d%%", p.questions ? 100 * p.done / p.questions : 0);
    int live = (int)assessment_live(a);
    if (live > 0) {
        char *text =
            xasprintf(live == 1 ? "We see %d thing differently" : "We see %d things differently", live);
        canvas_put(c, row, columns - utf8_width(text) - 1, STYLE_PLAIN, text);
        free(text);
    }
    if (assessment_come_back(a, app_question(app)))
        canvas_put(c, row, width + 8, STYLE_PLAIN, "Come back later");
}

static const char *label_for(const struct answer_view *v, enum who party)
{
    return words_question(app_assessment(v->view.app), v->question, party, app_language(v->view.app, party));
}

static bool one_wording(const struct answer_view *v)
{
    return strcmp(label_for(v, PRACTITIONER), label_for(v, SERVICE_USER)) == 0;
}

/* The hint that a party reads; "" where there is none. */
static const char *hint_for(const struct answer_view *v, enum who party)
{
    return wording(question_in(v)->hint, party, app_language(v->view.app, party));
}

/* What stands above both sides: the question if it is worded the same for both, and the hint. */
static void draw_header(struct answer_view *v, struct canvas *c, struct area area)
{
    int row = area.row, end = area.row + area.rows;
    struct utf8_line *lines;
    if (one_wording(v)) {
        const char *label = label_for(v, SERVICE_USER);
        size_t n = utf8_wrap(label, area.columns - 4, &lines);
        for (size_t i = 0; i < n && row < end; i++) {
            char *line = xstrndup(label + lines[i].start, lines[i].length);
            canvas_put_centre(c, row++, area.column + 2, area.columns - 4, STYLE_STRONG, line);
            free(line);
        }
        free(lines);
    }
    const char *hint = hint_for(v, app_keyboard(v->view.app));
    size_t n = utf8_wrap(hint, area.columns - 4, &lines);
    for (size_t i = 0; i < n && row < end && *hint; i++) {
        char *line = xstrndup(hint + lines[i].start, lines[i].length);
        canvas_put_centre(c, row++, area.column + 2, area.columns - 4, STYLE_PLAIN, line);
        free(line);
    }
    free(lines);
}

/* From the one answer to the other, with how far apart they are. */
static void draw_link(struct answer_view *v, struct canvas *c, struct area gutter)
{
    const struct assessment *a = app_assessment(v->view.app);
    struct app *app = v->view.app;
    canvas_down(c, gutter.row, gutter.column, gutter.rows, STYLE_QUIET, "│");
    canvas_down(c, gutter.row, gutter.column + gutter.columns - 1, gutter.rows, STYLE_QUIET, "│");
    enum standing standing = assessment_standing(a, v->question);
    if ((standing != STANDING_DIFFER && standing != STANDING_SAME) || !assessment_revealed(a, v->question))
        return;
    enum style style = standing == STANDING_DIFFER ? STYLE_DIFFER : STYLE_SAME;
    const struct disagreement *d = assessment_disagreement_about(a, v->question);
    const char *word = standing == STANDING_SAME ? "same" : d && !disagreement_is_live(d) ? "both" : "differ";
    canvas_put_centre(c, gutter.row, gutter.column + 1, gutter.columns - 2, style, word);
    int left = pane_answer_row(v->pane[app_party_at(app, 0)]),
        right = pane_answer_row(v->pane[app_party_at(app, 1)]);
    if (left < 0 || right < 0)
        return;
    int start = gutter.column + 1, end = gutter.column + gutter.columns - 1,
        middle = start + (end - start) / 2 - 1;
    if (left == right) {
        canvas_fill(c, left, start, end - start, style, "─");
        return;
    }
    int top = left < right ? left : right, bottom = left < right ? right : left;
    canvas_fill(c, left, start, middle - start, style, "─");
    canvas_put(c, left, middle, style, left < right ? "┐" : "┘");
    canvas_down(c, top + 1, middle, bottom - top - 1, style, "│");
    canvas_put(c, right, middle, style, left < right ? "└" : "┌");
    canvas_fill(c, right, middle + 1, end - middle - 1, style, "─");
    const struct question *q = question_in(v);
    double place;
    const json_t *p = assessment_answer(a, v->question, PRACTITIONER)->value;
    const json_t *s = assessment_answer(a, v->question, SERVICE_USER)->value;
    if (!answer_place(q, p, &place))
        return;
    char *gap = number_words(answer_gap(q, p, s));
    int row = (top + bottom) / 2;
    if (bottom - top == 1)
        row = left < right ? top : bottom; /* beside the corner, where nothing is drawn */
    canvas_put(c, row, middle + (bottom - top == 1 ? 1 : 2), style, gap);
    free(gap);
}

static void draw_foot(struct answer_view *v, struct canvas *c, int row, int columns)
{
    struct app *app = v->view.app;
    const struct assessment *a = app_assessment(app);
    const char *notice = app_notice(app);
    if (notice) {
        canvas_put_short(c, row, 2, columns - 4, STYLE_NOTICE, notice);
    } else {
        char *standing = words_standing(a, v->question, app_language(app, app_keyboard(app)));
        canvas_put_short(c, row, 2, columns - 4, STYLE_PLAIN, standing);
        free(standing);
    }
    if (session_read_only(app_session(app))) {
        char *text = xasprintf("To read only: %s", session_read_only(app_session(app)));
        canvas_put_short(c, row + 1, 2, columns - 4, STYLE_PLAIN, text);
        free(text);
        return;
    }
    enum who keyboard = app_keyboard(app);
    bool left = app_side_of(app, keyboard) == 0;
    int at = 2;
    if (left)
        at += canvas_put(c, row + 1, at, STYLE_PLAIN, "<-- ");
    at += canvas_put(c, row + 1, at, STYLE_PLAIN, "Keyboard: ");
    at += canvas_put(c, row + 1, at, app_style(app, keyboard), app_name(app, keyboard));
    at += canvas_put(c, row + 1, at, STYLE_PLAIN, left ? " (left side)" : " (right side) -->");
    if (v->commanding)
        canvas_put_short(c, row + 1, at + 2, columns - at - 3, STYLE_PLAIN,
                         "Letters are keys. Enter: write again");
}

static void draw_note(struct answer_view *v, struct canvas *c, struct area area)
{
    enum who reader = app_keyboard(v->view.app);
    int width = area.columns < 72 ? area.columns - 4 : 68;
    int column = (area.columns - width) / 2;
    int rows =
        canvas_put_wrapped(c, area.row + 1, column, area.rows - 3, width, STYLE_STRONG, label_for(v, reader));
    const char *hint = hint_for(v, reader);
    if (*hint)
        rows += 1 + canvas_put_wrapped(c, area.row + 2 + rows, column, area.rows - rows - 3, width,
                                       STYLE_PLAIN, hint);
    canvas_put(c, area.row + rows + 3, column, STYLE_PLAIN, "Enter: go on");
    canvas_cursor(c, area.row + rows + 3, column);
}

static void draw_together(struct answer_view *v, struct canvas *c, struct area area)
{
    struct app *app = v->view.app;
    int width = area.columns < 72 ? area.columns : 64;
    struct area pane = {area.row, (area.columns - width) / 2, area.rows - 2, width};
    bool heading = !one_wording(v);
    pane_draw(v->pane[TOGETHER], c, pane, heading ? pane_heading_rows(v->pane[TOGETHER], width) : 0,
              !v->commanding);
    v->drawn[0] = pane;
    v->drawn[1] = (struct area){0};
    const struct proposal *p = assessment_together(app_assessment(app), v->question);
    int row = area.row + area.rows - 1, at = pane.column + 1;
    for (int side = 0; side < SIDES; side++) {
        enum who party = app_party_at(app, side);
        at += canvas_putf(c, row, at, app_style(app, party), "%s:", app_name(app, party));
        at += canvas_putf(c, row, at, STYLE_PLAIN, " [%s] yes, key %s   ",
                          p->seq && p->confirmed[party] ? "x" : " ", side == 0 ? "F5" : "F6");
    }
}

/* The middle column of a wide screen: the question, what its words mean. */
static void draw_centre(struct answer_view *v, struct canvas *c, struct area area)
{
    enum who reader = app_keyboard(v->view.app);
    int row = area.row + 2, end = area.row + area.rows;
    if (one_wording(v))
        row += canvas_put_wrapped(c, row, area.column + 2, end - row, area.columns - 4, STYLE_STRONG,
                                  label_for(v, reader)) +
               1;
    const char *texts[] = {hint_for(v, reader),
                           wording(question_in(v)->guidance, reader, app_language(v->view.app, reader))};
    for (size_t i = 0; i < 2 && row < end; i++) {
        if (*texts[i])
            row += canvas_put_wrapped(c, row, area.column + 2, end - row, area.columns - 4, STYLE_PLAIN,
                                      texts[i]) +
                   1;
    }
}

static void draw_beside(struct answer_view *v, struct canvas *c, struct area area)
{
    struct app *app = v->view.app;
    bool wide = area.columns >= WIDE;
    int centre = wide ? WIDE_CENTRE : GUTTER;
    int width = (area.columns - centre) / 2;
    if (width > WIDEST_PANE)
        width = WIDEST_PANE;
    centre = area.columns - 2 * width;
    int heading = 0;
    if (!one_wording(v)) {
        for (int party = 0; party < PARTIES; party++) {
            int rows = pane_heading_rows(v->pane[party], width);
            heading = rows > heading ? rows : heading;
        }
    }
    for (int side = 0; side < SIDES; side++) {
        enum who party = app_party_at(app, side);
        struct area pane = {area.row, side == 0 ? 0 : area.columns - width, area.rows, width};
        pane_draw(v->pane[party], c, pane, heading, party == app_keyboard(app) && !v->commanding);
        v->drawn[side] = pane;
    }
    struct area gutter = {area.row, width, area.rows, centre};
    draw_link(v, c, gutter);
    if (wide)
        draw_centre(v, c, gutter);
}

static void draw_stacked(struct answer_view *v, struct canvas *c, struct area area)
{
    struct app *app = v->view.app;
    const struct assessment *a = app_assessment(app);
    enum who keyboard = app_keyboard(app);
    int row = area.row;
    row += canvas_put_wrapped(c, row, 1, 3, area.columns - 2, STYLE_STRONG, label_for(v, keyboard));
    const char *hint = hint_for(v, keyboard);
    if (*hint && area.rows >= 18)
        row += canvas_put_wrapped(c, row, 1, 2, area.columns - 2, STYLE_PLAIN, hint);
    for (int side = 0; side < SIDES; side++) {
        enum who party = app_party_at(app, side);
        char *answer = assessment_revealed(a, v->question)
                           ? words_answer(a, v->question, party, app_language(app, party))
                       : answer_given(assessment_answer(a, v->question, party)) ? xstrdup("has answered")
                                                                                : xstrdup("");
        int at = 1 + canvas_put(c, row, 1, app_style(app, party), app_name(app, party));
        at += canvas_put(c, row, at, STYLE_PLAIN, side == 0 ? " (left)  " : " (right) ");
        canvas_put_short(c, row++, at, area.columns - at - 1, STYLE_CHOSEN, answer);
        free(answer);
        v->drawn[side] = (struct area){0};
    }
    draw_rule(c, row++, 0, area.columns);
    struct area pane = {row, 0, area.row + area.rows - row, area.columns};
    pane_draw(v->pane[keyboard], c, pane, 0, !v->commanding);
    v->drawn[app_side_of(app, keyboard)] = pane;
}

static void draw(struct view *view, struct canvas *c, struct area area)
{
    struct answer_view *v = self_of(view);
    load(v);
    int foot = area.row + area.rows - 2;
    draw_progress(view->app, c, area.row, area.columns);
    bool stacked = area.columns < 80;
    int top = area.row + 1;
    canvas_cursor(c, foot + 1, 2);
    if (!stacked && question_is_answered(question_in(v)) && area.columns < WIDE) {
        draw_header(v, c, (struct area){top, 0, HEADER_ROWS + (area.rows >= 26), area.columns});
        top += HEADER_ROWS + (area.rows >= 26);
    }
    draw_rule(c, top++, 0, area.columns);
    draw_rule(c, foot - 1, 0, area.columns);
    struct area body = {top, 0, foot - 1 - top, area.columns};
    if (!question_is_answered(question_in(v)))
        draw_note(v, c, body);
    else if (is_together(v))
        draw_together(v, c, body);
    else if (stacked)
        draw_stacked(v, c, body);
    else
        draw_beside(v, c, body);
    draw_foot(v, c, foot, area.columns);
}

/* ---- answering
 * ---------------------------------------------------------------------------------------------- */

static void go(struct answer_view *v, int question)
{
    struct app *app = v->view.app;
    if (question < 0) {
        app_say(app, "This is the last question. o shows where you are, F8 is for signing.");
        return;
    }
    app_go(app, question);
}

static void reason_given(struct app *app, const char *text, void *context)
{
    struct answer_view *v = context;
    enum who party = app_keyboard(app);
    const struct answer *answer = assessment_answer(app_assessment(app), v->question, party);
    char *cause = NULL;
    if (!*text || !answer->value)
        return;
    if (!session_answer(app_session(app), party, v->question, json_incref((json_t *)answer->value), text,
                        evidence_names[answer->evidence], &cause))
        app_say_cause(app, cause);
    drafts_drop(app);
}

static void ask_reason(struct answer_view *v)
{
    struct app *app = v->view.app;
    const struct answer *answer = assessment_answer(app_assessment(app), v->question, app_keyboard(app));
    if (!answer->value) {
        app_say(app, "First pick an answer. Then say why.");
        return;
    }
    char *title =
        xasprintf("%s: why? In your own words. Esc leaves it out.", app_name(app, app_keyboard(app)));
    char *place = xasprintf("%s:why", question_in(v)->name);
    app_push(app, view_field_new(app, title, answer->because ? answer->because : "", true, place,
                                 reason_given, v));
    free(title);
    free(place);
}

static void evidence_picked(struct app *app, size_t picked, void *context)
{
    struct answer_view *v = context;
    enum who party = app_keyboard(app);
    const struct answer *answer = assessment_answer(app_assessment(app), v->question, party);
    char *cause = NULL;
    if (answer->value &&
        !session_answer(app_session(app), party, v->question, json_incref((json_t *)answer->value),
                        answer->because, evidence_names[picked + 1], &cause))
        app_say_cause(app, cause);
}

static void ask_evidence(struct answer_view *v)
{
    struct app *app = v->view.app;
    if (!assessment_answer(app_assessment(app), v->question, app_keyboard(app))->value) {
        app_say(app, "First pick an answer. Then say how you know.");
        return;
    }
    const char *words[8];
    size_t count = 0;
    for (int e = EVIDENCE_SAW; e <= EVIDENCE_UNCHECKED; e++)
        words[count++] = words_evidence((enum evidence)e);
    char *title = xasprintf("%s: how do you know?", app_name(app, app_keyboard(app)));
    app_push(app, view_pick_new(app, title, words, count, evidence_picked, v));
    free(title);
}

static void skip_picked(struct app *app, size_t picked, void *context)
{
    struct answer_view *v = context;
    char *cause = NULL;
    enum who party = app_keyboard(app);
    if (!session_decline(app_session(app), party, v->question, (enum missing)(picked + 1), &cause)) {
        app_say_cause(app, cause);
        return;
    }
    pane_settled(v->pane[is_together(v) ? TOGETHER : party]);
    app_say(app, "Saved. That is an answer too. Enter goes on.");
}

static void skip(struct answer_view *v)
{
    struct app *app = v->view.app;
    if (!pane_is_asked(active(v))) {
        go(v, walk_next(app_assessment(app), v->question));
        return;
    }
    const char *words[] = {words_missing(MISSING_NOT_SURE), words_missing(MISSING_DOES_NOT_APPLY),
                           words_missing(MISSING_RATHER_NOT_SAY)};
    char *title = xasprintf("%s: skip this one because", app_name(app, app_keyboard(app)));
    app_push(app, view_pick_new(app, title, words, 3, skip_picked, v));
    free(title);
}

/* After an answer was saved: the reason if it is asked for, the other's turn if they have not answered. */
static void after_saving(struct answer_view *v, enum who party)
{
    struct app *app = v->view.app;
    const struct assessment *a = app_assessment(app);
    const struct question *q = question_in(v);
    enum who other = who_other(party);
    bool differ = assessment_standing(a, v->question) == STANDING_DIFFER;
    bool turn = question_asked_of(q, other) && !answer_given(assessment_answer(a, v->question, other)) &&
                assessment_relevant(a, v->question, other);
    bool reason = q->because == BECAUSE_ALWAYS || (q->because == BECAUSE_WHEN_DIFFERING && differ);
    if (differ)
        app_say(app, "Saved. You see this differently. Nobody is wrong. Enter: talk about it.");
    else if (turn)
        app_say(app, "Saved. Now %s.", app_name(app, other));
    else
        app_say(app, "Saved. Enter goes on.");
    if (reason && !assessment_answer(a, v->question, party)->because)
        ask_reason(v);
    else if (turn)
        app_give_keyboard(app, other);
}

static void propose_together(struct answer_view *v, json_t *value)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    json_t *intent = json_pack("{s:s, s:s, s:s, s:o}", "by", who_names[app_keyboard(app)], "event",
                               "proposed", "question", question_in(v)->name, "value", value);
    if (!session_do(app_session(app), intent, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    pane_settled(v->pane[TOGETHER]);
    drafts_drop(app);
    app_say(app, "Kept as a draft. It counts when both say yes: F5 and F6.");
}

static bool save(struct answer_view *v)
{
    struct app *app = v->view.app;
    enum who party = app_keyboard(app);
    char *cause = NULL;
    struct pane *pane = active(v);
    const struct answer *old = assessment_answer(app_assessment(app), v->question, party);
    json_t *value = pane_value(pane, &cause);
    if (!value)
        return app_say_cause(app, cause);
    if (is_together(v)) {
        propose_together(v, value);
        return true;
    }
    if (!session_answer(app_session(app), party, v->question, value, old->because,
                        evidence_names[old->evidence], &cause))
        return app_say_cause(app, cause);
    pane_settled(pane);
    drafts_drop(app);
    after_saving(v, party);
    return true;
}

/* Enter: write again, save, say yes to nothing, talk, or go on: whatever comes next. */
static void accept(struct answer_view *v)
{
    struct app *app = v->view.app;
    const struct assessment *a = app_assessment(app);
    const struct question *q = question_in(v);
    struct pane *pane = active(v);
    bool asked = pane_is_asked(pane) && !session_read_only(app_session(app));
    if (v->commanding) {
        v->commanding = false;
        return;
    }
    bool answered =
        answer_given(assessment_answer(a, v->question, is_together(v) ? TOGETHER : app_keyboard(app)));
    bool empty_text = pane_is_text(pane) && !*pane_text(pane);
    bool draft = is_together(v) && assessment_together(a, v->question)->seq && !pane_unsaved(pane);
    if (asked && !empty_text && !draft &&
        (pane_unsaved(pane) || (!answered && q->type != TYPE_SELECT_MULTIPLE))) {
        save(v);
        return;
    }
    if (draft) {
        app_say(app, "Both say yes to it: F5 and F6.");
        return;
    }
    const struct disagreement *d = assessment_disagreement_about(a, v->question);
    if (d && disagreement_is_live(d))
        app_push(app, view_talk_new(app, d));
    else
        go(v, walk_next(a, v->question));
}

static void confirm(struct answer_view *v, int side)
{
    struct app *app = v->view.app;
    enum who party = app_party_at(app, side);
    const struct disagreement *d = assessment_disagreement_about(app_assessment(app), v->question);
    char *cause = NULL;
    if (!is_together(v)) {
        if (d && disagreement_is_live(d))
            app_push(app, view_talk_new(app, d));
        else
            app_say(app, "There is nothing to say yes to here.");
        return;
    }
    json_t *intent = json_pack("{s:s, s:s, s:s}", "by", who_names[party], "event", "confirmed", "question",
                               question_in(v)->name);
    if (!session_do(app_session(app), intent, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    pane_settled(v->pane[TOGETHER]);
    bool both = answer_given(assessment_answer(app_assessment(app), v->question, TOGETHER));
    app_say(app, both ? "Saved. Enter goes on." : "%s says yes.", app_name(app, party));
}

/* ---- notes and marks
 * ---------------------------------------------------------------------------------------- */

static void do_about(struct answer_view *v, const char *event, const char *key, json_t *value,
                     const char *said)
{
    struct app *app = v->view.app;
    char *cause = NULL;
    json_t *intent = json_pack("{s:s, s:s, s:s, s:o}", "by", who_names[app_keyboard(app)], "event", event,
                               "question", question_in(v)->name, key, value);
    if (session_do(app_session(app), intent, &cause))
        app_say(app, "%s", said);
    else
        app_say_cause(app, cause);
    drafts_drop(app);
}

static void note_written(struct app *app, const char *text, void *context)
{
    (void)app;
    if (*text)
        do_about(context, "noted", "text", json_string(text), "The note is saved. F2 shows it.");
}

static void raised(struct app *app, const char *text, void *context)
{
    struct answer_view *v = context;
    if (!*text)
        return;
    do_about(v, "raised", "because", json_string(text), "Saved.");
    const struct disagreement *d = assessment_disagreement_about(app_assessment(app), v->question);
    if (d && disagreement_is_live(d))
        app_push(app, view_talk_new(app, d));
}

static void talk(struct answer_view *v)
{
    struct app *app = v->view.app;
    const struct disagreement *d = assessment_disagreement_about(app_assessment(app), v->question);
    if (d)
        app_push(app, view_talk_new(app, d));
    else
        app_say(app, "You do not differ here. r says that you see it differently.");
}

static void show_guidance(struct answer_view *v)
{
    struct app *app = v->view.app;
    enum who reader = app_keyboard(app);
    const char *text = wording(question_in(v)->guidance, reader, app_language(app, reader));
    if (!*text) {
        app_say(app, "There is no more to say about this question.");
        return;
    }
    app_push(app, view_guidance_new(app, v->question));
}

static bool on_request(struct view *view, enum request request, int key)
{
    struct answer_view *v = self_of(view);
    struct app *app = view->app;
    const struct assessment *a = app_assessment(app);
    bool back = assessment_come_back(a, v->question);
    char *title, *place;
    load(v);
    switch (request) {
    case REQUEST_ACCEPT:
        accept(v);
        return true;
    case REQUEST_PICK:
    case REQUEST_UP:
    case REQUEST_DOWN:
    case REQUEST_MARK:
        if (!session_read_only(app_session(app)))
            pane_key(active(v), key);
        return true;
    case REQUEST_BACK:
        if (pane_is_text(active(v)))
            v->commanding = true;
        else
            pane_settled(active(v)); /* forget what is picked and not saved */
        return true;
    case REQUEST_PREVIOUS:
    case REQUEST_PAGE_UP:
        if (walk_previous(a, v->question) < 0)
            app_say(app, "This is the first question.");
        else
            go(v, walk_previous(a, v->question));
        return true;
    case REQUEST_NEXT:
    case REQUEST_PAGE_DOWN:
        go(v, walk_next(a, v->question));
        return true;
    case REQUEST_TALK:
        talk(v);
        return true;
    case REQUEST_REASON:
        ask_reason(v);
        return true;
    case REQUEST_EVIDENCE:
        ask_evidence(v);
        return true;
    case REQUEST_GUIDANCE:
        show_guidance(v);
        return true;
    case REQUEST_SKIP:
        skip(v);
        return true;
    case REQUEST_NOTE:
        title = xasprintf("%s: a note about this question", app_name(app, app_keyboard(app)));
        place = xasprintf("%s:note", question_in(v)->name);
        app_push(app, view_field_new(app, title, "", true, place, note_written, v));
        free(title);
        free(place);
        return true;
    case REQUEST_COME_BACK:
        do_about(v, "noted", "come_back", json_boolean(!back),
                 back ? "The mark is off." : "Marked: come back later. o shows all marks.");
        return true;
    case REQUEST_RAISE:
        title = xasprintf("%s: what do you see differently?", app_name(app, app_keyboard(app)));
        place = xasprintf("%s:raise", question_in(v)->name);
        app_push(app, view_field_new(app, title, "", true, place, raised, v));
        free(title);
        free(place);
        return true;
    case REQUEST_LEFT_CONFIRMS:
    case REQUEST_RIGHT_CONFIRMS:
        confirm(v, request == REQUEST_RIGHT_CONFIRMS);
        return true;
    default:
        return false;
    }
}

/* Text is typed here: characters and the keys of an editor go there first. */
static bool on_key(struct view *view, int key)
{
    struct answer_view *v = self_of(view);
    load(v);
    if (!typing(v) || !pane_key(active(v), key))
        return typing(v) && ((key >= ' ' && key < 0x110000 && key != 127) || key == TERM_LEFT ||
                             key == TERM_RIGHT || key == TERM_UP || key == TERM_DOWN);
    drafts_keep(view->app, question_in(v)->name, is_together(v) ? TOGETHER : app_keyboard(view->app),
                pane_text(active(v)));
    return true;
}

static void on_click(struct view *view, int row, int column)
{
    struct answer_view *v = self_of(view);
    struct app *app = view->app;
    for (int side = 0; side < SIDES; side++) {
        const struct area *area = &v->drawn[side];
        if (row < area->row || row >= area->row + area->rows || column < area->column ||
            column >= area->column + area->columns)
            continue;
        enum who party = app_party_at(app, side);
        struct pane *pane = v->pane[is_together(v) ? TOGETHER : party];
        if (!is_together(v))
            app_give_keyboard(app, party);
        pane_click(pane, row);
    }
}

static const char *label(struct view *view, enum request request)
{
    struct answer_view *v = self_of(view);
    const struct assessment *a = app_assessment(view->app);
    const struct disagreement *d;
    if (request == REQUEST_BACK)
        return typing(v) ? "Keys" : "";
    if (typing(v) && (request == REQUEST_SKIP || request == REQUEST_NOTE || request == REQUEST_COME_BACK ||
                      request == REQUEST_UNDO || request == REQUEST_REASON || request == REQUEST_LEAVE))
        return "";
    if (request == REQUEST_REASON && (!question_is_answered(question_in(v)) ||
                                      !assessment_answer(a, v->question, app_keyboard(view->app))->value))
        return "";
    if (request != REQUEST_ACCEPT)
        return NULL;
    if (v->commanding)
        return "Write";
    if (pane_is_asked(active(v)) &&
        (pane_unsaved(active(v)) ||
         (!answer_given(assessment_answer(a, v->question, app_keyboard(view->app))) &&
          !pane_is_text(active(v)))))
        return "Save";
    d = assessment_disagreement_about(a, v->question);
    return d && disagreement_is_live(d) ? "Talk" : "Next";
}

static void on_end(struct view *view)
{
    struct answer_view *v = self_of(view);
    if (v->question >= 0 && pane_is_text(active(v)) && pane_unsaved(active(v)))
        drafts_keep(view->app, question_in(v)->name, is_together(v) ? TOGETHER : app_keyboard(view->app),
                    pane_text(active(v)));
}

static void free_view(struct view *view)
{
    struct answer_view *v = self_of(view);
    for (int slot = 0; slot < SLOTS; slot++)
        pane_free(v->pane[slot]);
    free(v);
}

static const enum request footer[] = {
    REQUEST_HELP,        REQUEST_PASS,  REQUEST_ACCEPT,    REQUEST_BACK, REQUEST_SKIP,
    REQUEST_REASON,      REQUEST_NOTE,  REQUEST_COME_BACK, REQUEST_UNDO, REQUEST_OVERVIEW,
    REQUEST_DIFFERENCES, REQUEST_LEAVE, REQUEST_NONE,
};

static const struct view_class answer_class = {
    .title = title_of,
    .footer = footer,
    .label = label,
    .draw = draw,
    .shows_notice = true,
    .key = on_key,
    .request = on_request,
    .click = on_click,
    .ending = on_end,
    .free = free_view,
};

struct view *view_answer_new(struct app *app)
{
    struct answer_view *v = xcalloc(1, sizeof *v);
    v->view = (struct view){&answer_class, app, NULL};
    v->question = -1;
    return &v->view;
}
