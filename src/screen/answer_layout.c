/* How the question in front looks: two panes of the same size, on the sides where the two people sit; between
 * them how far apart they are; below, how they stand and who has the keyboard. Below 80 columns the answers
 * stand one above the other and the list is that of who has the keyboard. */
#include "screen/answer.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "screen/front.h"
#include "session/beside.h"
#include "session/summary.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

enum { GUTTER = 8, WIDE = 120, WIDE_CENTRE = 40, WIDEST_PANE = 64, HEADER_ROWS = 2 };

static const char *label_for(const struct answer_view *v, enum who party)
{
    return words_question(app_assessment(v->view.app), v->question, party, app_language(v->view.app, party));
}

/* The hint that a party reads; "" where there is none. */
static const char *hint_for(const struct answer_view *v, enum who party)
{
    return assessment_text(app_assessment(v->view.app), v->question, answer_question(v)->hint, party,
                           app_language(v->view.app, party));
}

/* The tags that a party reads, in brackets; "" where there are none. The caller frees it. */
static char *tags_for(const struct answer_view *v, enum who party)
{
    char *tags = summary_tags(app_assessment(v->view.app), answer_question(v), party,
                              app_language(v->view.app, party));
    char *words = *tags ? xasprintf("[%s]", tags) : xstrdup("");
    free(tags);
    return words;
}

/* Do both read the same words? Then they stand once, above both sides; else each side has its own. */
static bool one_wording(const struct answer_view *v)
{
    return strcmp(label_for(v, PRACTITIONER), label_for(v, SERVICE_USER)) == 0 &&
           strcmp(hint_for(v, PRACTITIONER), hint_for(v, SERVICE_USER)) == 0;
}

/* What stands above both sides. Returns the rows it takes, `most` at most: none where each side has its own
 * words, and else two at least, so that the answers begin in the same place for most questions. */
static int draw_header(struct answer_view *v, struct canvas *c, struct area area, int most)
{
    enum who reader = app_keyboard(v->view.app);
    if (!one_wording(v))
        return 0;
    area.rows = most;
    int used = front_centred(c, area, STYLE_STRONG, label_for(v, reader));
    area.row += used;
    area.rows -= used;
    int hint = front_centred(c, area, STYLE_PLAIN, hint_for(v, reader));
    area.row += hint;
    area.rows -= hint;
    char *tags = tags_for(v, reader);
    used += hint + front_centred(c, area, STYLE_QUIET, tags);
    free(tags);
    return used < HEADER_ROWS ? HEADER_ROWS : used;
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
    if (gutter.columns > GUTTER) {
        /* The question stands between them: only the ends of the line. */
        canvas_fill(c, left, start, 2, style, "─");
        canvas_fill(c, right, end - 2, 2, style, "─");
        return;
    }
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
    const struct question *q = answer_question(v);
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
    pane_draw(v->pane[TOGETHER], c, pane, heading ? pane_heading_rows(v->pane[TOGETHER], width) : 0, 0,
              !v->commanding);
    v->drawn[0] = pane;
    v->drawn[1] = (struct area){0};
    const struct proposal *p = assessment_together(app_assessment(app), v->question);
    int row = area.row + area.rows - 1, at = pane.column + 1;
    for (int side = 0; side < ANSWER_SIDES && p->seq; side++) {
        enum who party = app_party_at(app, side);
        static const char yes[] = ": [x] yes, F5   ";
        at += canvas_put_short(c, row, at, (width - 2) / 2 - (int)sizeof yes, app_style(app, party),
                               app_name(app, party));
        at += canvas_putf(c, row, at, STYLE_PLAIN, ": [%s] yes, %s   ", p->confirmed[party] ? "x" : " ",
                          side == 0 ? "F5" : "F6");
    }
}

/* What was said where both views stood last time. */
static void draw_stood(const struct answer_view *v, struct canvas *c, struct area area)
{
    const struct assessment *a = app_assessment(v->view.app);
    int row = area.row, end = area.row + area.rows;
    if (row < end && *words_stood(a, v->question))
        row += canvas_put_wrapped(c, row, area.column, end - row, area.columns, STYLE_STRONG,
                                  words_stood(a, v->question));
    for (size_t i = 0; i < assessment_stood(a, v->question) && row < end; i++) {
        char *said =
            words_stood_said(a, v->question, i, app_language(v->view.app, app_keyboard(v->view.app)));
        row += canvas_put_wrapped(c, row, area.column, end - row, area.columns, STYLE_PLAIN, said);
        free(said);
    }
}

/* The middle column of a wide screen: the question, what its words mean, what was said last time. */
static void draw_centre(struct answer_view *v, struct canvas *c, struct area area)
{
    enum who reader = app_keyboard(v->view.app);
    int row = area.row + 2, end = area.row + area.rows;
    if (one_wording(v))
        row += canvas_put_wrapped(c, row, area.column + 4, end - row, area.columns - 8, STYLE_STRONG,
                                  label_for(v, reader)) +
               1;
    char *tags = one_wording(v) ? tags_for(v, reader) : xstrdup("");
    const char *texts[] = {one_wording(v) ? hint_for(v, reader) : "", tags,
                           assessment_text(app_assessment(v->view.app), v->question,
                                           answer_question(v)->guidance, reader,
                                           app_language(v->view.app, reader))};
    for (size_t i = 0; i < sizeof texts / sizeof *texts && row < end; i++) {
        if (*texts[i])
            row += canvas_put_wrapped(c, row, area.column + 4, end - row, area.columns - 8, STYLE_PLAIN,
                                      texts[i]) +
                   1;
    }
    free(tags);
    draw_stood(v, c, (struct area){row, area.column + 4, end - row, area.columns - 8});
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
    int heading = 0, reason = 0;
    for (int party = 0; party < PARTIES; party++) {
        pane_keep_last(v->pane[party], true);
        int rows = one_wording(v) ? 0 : pane_heading_rows(v->pane[party], width);
        int reasons = pane_reason_rows(v->pane[party]);
        heading = rows > heading ? rows : heading;
        reason = reasons > reason ? reasons : reason;
    }
    for (int side = 0; side < ANSWER_SIDES; side++) {
        enum who party = app_party_at(app, side);
        struct area pane = {area.row, side == 0 ? 0 : area.columns - width, area.rows, width};
        pane_draw(v->pane[party], c, pane, heading, reason, party == app_keyboard(app) && !v->commanding);
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
    int words = area.rows / 2 > 3 ? area.rows / 2 : 3;
    row += canvas_put_wrapped(c, row, 1, words, area.columns - 2, STYLE_STRONG, label_for(v, keyboard));
    const char *hint = hint_for(v, keyboard);
    if (*hint && area.rows >= 18)
        row += canvas_put_wrapped(c, row, 1, 2, area.columns - 2, STYLE_PLAIN, hint);
    char *tags = tags_for(v, keyboard);
    if (*tags && area.rows >= 12)
        row += canvas_put_wrapped(c, row, 1, 1, area.columns - 2, STYLE_QUIET, tags);
    free(tags);
    for (int side = 0; side < ANSWER_SIDES; side++) {
        enum who party = app_party_at(app, side);
        char *answer = assessment_revealed(a, v->question)
                           ? words_answer(a, v->question, party, app_language(app, party))
                       : answer_given(assessment_answer(a, v->question, party)) ? xstrdup("has answered")
                                                                                : xstrdup("");
        int at =
            1 + canvas_put_short(c, row, 1, area.columns / 3, app_style(app, party), app_name(app, party));
        at += canvas_put(c, row, at, STYLE_PLAIN, side == 0 ? " (left)  " : " (right) ");
        canvas_put_short(c, row++, at, area.columns - at - 1, STYLE_CHOSEN, answer);
        free(answer);
        char *last = words_last_why(a, v->question, party, app_language(app, party));
        if (*last)
            canvas_put_short(c, row++, 3, area.columns - 4, STYLE_PLAIN, last);
        free(last);
        v->drawn[side] = (struct area){0};
    }
    pane_keep_last(v->pane[keyboard], false);
    draw_rule(c, row++, 0, area.columns);
    struct area pane = {row, 0, area.row + area.rows - row, area.columns};
    pane_draw(v->pane[keyboard], c, pane, 0, pane_reason_rows(v->pane[keyboard]), !v->commanding);
    v->drawn[app_side_of(app, keyboard)] = pane;
}

void answer_draw(struct answer_view *v, struct canvas *c, struct area area)
{
    /* Long words about the disk stay, so they get rows of their own; others stand over what is below until
     * the next key. */
    int more = session_trouble(app_session(v->view.app)) ? notice_rows(v->view.app, area.columns) - 1 : 0;
    int top = area.row + 1, foot = area.row + area.rows - 2 - more;
    bool stacked = area.columns < BESIDE, answered = question_is_answered(answer_question(v));
    canvas_cursor(c, foot + 1 + more, 2);
    front_progress(v->view.app, c, area.row, area.columns);
    if (answered && !stacked && area.columns < WIDE)
        top += draw_header(v, c, (struct area){top, 0, 0, area.columns}, area.rows / 4);
    else if (answered && answer_is_together(v))
        top += draw_header(v, c, (struct area){top, 0, 0, area.columns}, area.rows / 3);
    front_rule(v->view.app, c, top++, area.columns);
    draw_rule(c, foot - 1, 0, area.columns);
    bool hides = pane_hides(v->pane[PRACTITIONER]) || pane_hides(v->pane[SERVICE_USER]);
    for (int party = 0; party < PARTIES; party++)
        pane_tell_how(v->pane[party], hides);
    struct area body = {top, 0, foot - 1 - top, area.columns};
    if (!answered)
        draw_note(v, c, body);
    else if (answer_is_together(v))
        draw_together(v, c, body);
    else if (stacked)
        draw_stacked(v, c, body);
    else
        draw_beside(v, c, body);
    const struct assessment *a = app_assessment(v->view.app);
    enum who keyboard = app_keyboard(v->view.app);
    char *now = words_standing(a, v->question, app_language(v->view.app, keyboard));
    const char *stood = words_stood(a, v->question);
    bool said = assessment_stood(a, v->question) > 0 && area.columns < WIDE;
    /* What waits for an answer of whoever has the keyboard comes first. */
    char *waiting = beside_waiting(a, v->question, keyboard, app_language(v->view.app, keyboard));
    char *standing = xasprintf("%s%s%s%s%s%s", waiting, *waiting ? " b: answer it. " : "", now,
                               *now && *stood ? " " : "", stood, said ? " F2: what you said." : "");
    free(now);
    front_foot(v->view.app, c, foot, foot + 1 + more, area.columns, standing, v->commanding);
    free(waiting);
    free(standing);
}
