/* How a talk looks: what it is about, the steps, what the two have said in panes of the same size, and below
 * what is to be done now. */
#include "screen/talk.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "screen/views.h"
#include "session/waiting.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE_BY_SIDE = 80, LEAST_SHOWN = 3 };

static int wrapped_rows(const char *text, int columns, int most)
{
    struct utf8_line *lines;
    int n = (int)utf8_wrap(text, columns, &lines);
    free(lines);
    return n < most ? n : most;
}

/* ---- the steps ---- */

static void draw_steps(const struct talk_view *v, struct canvas *c, int row, int columns)
{
    const struct assessment *a = app_assessment(v->view.app);
    const struct disagreement *d = talk_view_about(v);
    bool brief = columns < SIDE_BY_SIDE;
    int at = brief ? 0 : 1;
    draw_rule(c, row, 0, columns);
    for (int step = 0; step < TALK_STEPS; step++) {
        bool here = talk_view_live(v) && step == (int)v->talk.at;
        bool done = talk_done(a, d, (enum talk_at)step) == TALK_DONE;
        int from = at;
        at += canvas_putf(c, row, at, here ? STYLE_STRONG : STYLE_PLAIN, "%s%d %s%s",
                          here   ? "["
                          : done ? "*"
                                 : " ",
                          step + 1, talk_title((enum talk_at)step, brief), here ? "]" : " ");
        if (here)
            canvas_restyle(c, row, from, at - from, STYLE_FOCUS);
        at += brief ? 0 : 2;
    }
}

/* ---- what they say ---- */

static char *stands(const struct app *app, const struct disagreement *d, enum who party)
{
    const char *name = app_name(app, party);
    const struct question *q =
        d->question >= 0 ? assessment_question(app_assessment(app), d->question) : NULL;
    if (!q || !question_is_answered(q) || q->asked_of == TOGETHER)
        return xstrdup(name);
    char *answer = words_answer(app_assessment(app), d->question, party, app_language(app, party));
    bool said = assessment_answer(app_assessment(app), d->question, party)->value != NULL;
    char *text = said      ? xasprintf("%s says %s", name, answer)
                 : *answer ? xasprintf("%s: %s", name, answer)
                           : xasprintf("%s has no answer here", name);
    free(answer);
    return text;
}

/* The last words matter most: where not all fits, the first are to be paged back to, on both sides alike. */
static void draw_side(struct talk_view *v, struct canvas *c, enum who party, struct area area)
{
    struct app *app = v->view.app;
    const struct disagreement *d = talk_view_about(v);
    char *says = stands(app, d, party);
    enum talk_at at = talk_view_live(v) ? v->talk.at : TALK_END;
    char *voice = talk_voice(app_assessment(app), d, party, at, app_language(app, party));
    int width = area.columns - 2;
    int used = canvas_put_wrapped(c, area.row, area.column + 1, area.rows < 2 ? area.rows : 2, width,
                                  app_style(app, party), says);
    int rows = area.rows - used;
    struct utf8_line *lines;
    int n = (int)utf8_wrap(voice, width, &lines);
    int hidden = n > rows ? n - rows : 0, first = hidden > v->paged ? hidden - v->paged : 0;
    if (hidden > v->most)
        v->most = hidden;
    for (int i = first; i < n && i - first < rows; i++) {
        char *line = xstrndup(voice + lines[i].start, lines[i].length);
        canvas_put_in(c, area.row + used + i - first, area.column + 1, width, STYLE_PLAIN, line);
        free(line);
    }
    if (first > 0 && rows > 0)
        canvas_put(c, area.row + used, area.column + width + 1, STYLE_PLAIN, "▲");
    if (first < hidden && rows > 0)
        canvas_put(c, area.row + area.rows - 1, area.column + width + 1, STYLE_PLAIN, "▼");
    if (!*voice && rows > 0 && !session_read_only(app_session(app)))
        canvas_put_in(c, area.row + used, area.column + 1, width, STYLE_QUIET, "Why? Nothing is said yet.");
    free(lines);
    free(says);
    free(voice);
}

static int draw_sides(struct talk_view *v, struct canvas *c, struct area area)
{
    struct app *app = v->view.app;
    v->most = 0;
    if (area.columns >= SIDE_BY_SIDE) {
        int width = (area.columns - 1) / 2;
        canvas_down(c, area.row, width, area.rows, STYLE_QUIET, "│");
        for (int side = 0; side < 2; side++) {
            struct area half = {area.row, side == 0 ? 0 : area.columns - width, area.rows, width};
            draw_side(v, c, app_party_at(app, side), half);
        }
        return area.rows;
    }
    for (int side = 0; side < 2; side++) {
        struct area half = {area.row + side * (area.rows / 2), 0, area.rows / 2, area.columns};
        draw_side(v, c, app_party_at(app, side), half);
    }
    return area.rows / 2 * 2;
}

/* ---- below ---- */

/* The options that fit between the rows, the cursor's among them. */
static void draw_options(struct talk_view *v, struct canvas *c, int row, int end, int columns)
{
    struct settle_option options[SETTLE_MOST];
    int count = (int)talk_view_options(v, options);
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
    struct app *app = v->view.app;
    const struct disagreement *d = talk_view_about(v);
    return d->proposal.seq ? words_proposal(app_assessment(app), d, app_language(app, app_keyboard(app)))
                           : xstrdup("Pick one together. Then both say yes to it.");
}

/* Who has said yes. Names give way to what is to be seen of each. */
static void draw_yes(struct talk_view *v, struct canvas *c, int row, int columns)
{
    struct app *app = v->view.app;
    const struct proposal *p = &talk_view_about(v)->proposal;
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

static void draw_keyboard(struct app *app, struct canvas *c, int row, int columns)
{
    enum who keyboard = app_keyboard(app);
    bool on_left = app_side_of(app, keyboard) == 0;
    const char *before = on_left ? "<-- Keyboard: " : "Keyboard: ";
    const char *after = on_left ? " (left side)" : " (right side) -->";
    int at = 2 + canvas_put(c, row, 2, STYLE_PLAIN, before);
    at += canvas_put_short(c, row, at, columns - at - utf8_width(after) - 1, app_style(app, keyboard),
                           app_name(app, keyboard));
    canvas_put(c, row, at, STYLE_PLAIN, after);
}

/* What is asked in a step before the last. */
static char *step_prompt(const struct talk_view *v)
{
    struct app *app = v->view.app;
    struct talk_turn turn;
    if (talk_view_turn(v, &turn))
        return talk_prompt(app_assessment(app), &turn, app_language(app, turn.who));
    return xstrdup("Nobody has to say more here. Enter goes on.");
}

static char *heard_words(const struct talk_view *v)
{
    static const char *const words[] = {"", "not at all", "a little", "partly", "mostly", "fully"};
    struct app *app = v->view.app;
    struct strbuf sb = STRBUF_INIT;
    for (int side = 0; side < 2; side++) {
        enum who party = app_party_at(app, side);
        int heard = assessment_heard(app_assessment(app), talk_view_about(v), party);
        if (heard)
            strbuf_addf(&sb, "%s%s felt heard: %d of 5, %s", sb.length ? "\n" : "", app_name(app, party),
                        heard, words[heard]);
    }
    return strbuf_detach(&sb);
}

static void draw_closed(struct talk_view *v, struct canvas *c, int row, int end, int columns)
{
    struct app *app = v->view.app;
    char *outcome =
        words_outcome(app_assessment(app), talk_view_about(v), app_language(app, app_keyboard(app)));
    row += canvas_put_wrapped(c, row, 2, end - row - 3 > 1 ? end - row - 3 : 1, columns - 4, STYLE_STRONG,
                              outcome);
    free(outcome);
    char *heard = heard_words(v);
    if (*heard && row < end - 1)
        row += canvas_put_wrapped(c, row, 2, 2, columns - 4, STYLE_PLAIN, heard);
    free(heard);
    row = row + 1 < end ? row + 1 : end - 1;
    canvas_put_wrapped(c, row, 2, end - row, columns - 4, STYLE_PLAIN,
                       session_read_only(app_session(app)) ? "F2: how it went. Esc goes back."
                                                           : "F2: how it went. r opens it again. Esc: back");
    canvas_cursor(c, row, 2);
}

/* ---- all of it ---- */

/* What it waited for and has come back from; what somebody else was asked, and answered, stands beside both
 * views. The caller frees it. */
static char *third_words(const struct talk_view *v)
{
    struct app *app = v->view.app;
    const struct assessment *a = app_assessment(app);
    const struct disagreement *d = talk_view_about(v);
    const struct event *waited = waiting_came_back(a, d);
    char *voice = talk_voice(a, d, SUPERVISOR, TALK_END, app_language(app, app_keyboard(app)));
    if (!waited || waited->kind != EVENT_PARKED)
        return voice;
    char *back = waiting_came_back_words(a, d), *words = xasprintf("%s%s%s", voice, *voice ? "\n" : "", back);
    free(back);
    free(voice);
    return words;
}

static int draw_third(struct talk_view *v, struct canvas *c, int row, int end, int columns)
{
    char *voice = third_words(v);
    int used = 0;
    if (*voice) {
        draw_rule(c, row, 0, columns);
        used = 1 + canvas_put_wrapped(c, row + 1, 2, end - row - 1, columns - 4, STYLE_STRONG, voice);
    }
    free(voice);
    return used;
}

static int third_rows(const struct talk_view *v, int columns, int most)
{
    char *voice = third_words(v);
    int rows = *voice ? 1 + wrapped_rows(voice, columns - 4, most) : 0;
    free(voice);
    return rows;
}

/* From below: whose keyboard it is, who says yes, what lies on the table or what is asked, which is never cut
 * where there is room at all; then the options; the rest is for what the two say, and on the smallest screens
 * what is to be done comes first. */
void talk_draw(struct talk_view *v, struct canvas *c, struct area area)
{
    struct app *app = v->view.app;
    enum who keyboard = app_keyboard(app);
    int row = area.row, end = area.row + area.rows, columns = area.columns;
    char *topic = words_about(app_assessment(app), talk_view_about(v), keyboard, app_language(app, keyboard));
    row += canvas_put_wrapped(c, row, 2, 2, columns - 4, STYLE_STRONG, topic);
    free(topic);
    draw_steps(v, c, row++, columns);
    bool live = talk_view_live(v), write = live && v->talk.at >= TALK_WRITE;
    char *words = write ? table_words(v) : live ? step_prompt(v) : xstrdup("");
    int rows = wrapped_rows(words, columns - 4, write ? area.rows / 4 : area.rows / 3);
    struct settle_option options[SETTLE_MOST];
    size_t count = write ? talk_view_options(v, options) : 0;
    settle_release(options, count);
    int third = third_rows(v, columns, columns >= SIDE_BY_SIDE ? 3 : 2);
    /* The rows that what is below would have, its rule above it too. */
    int below = write ? 1 + 1 + (int)count + 1 + rows + 2 : live ? 1 + rows + 2 : 6;
    int least = columns >= SIDE_BY_SIDE ? 4 : 6, sides = end - row - below - third;
    if (sides < least)
        sides = least;
    int most = end - row - third - (write ? 1 + 3 + 1 + rows + 2 : live ? 1 + rows + 2 : 4);
    if (sides > most)
        sides = most > 0 ? most : 0;
    /* A box at the foot hides as much of the one as of the other: none of it. */
    int covered = app_covered(app);
    if (covered && sides > end - row - covered) {
        sides = end - row - covered > 0 ? end - row - covered : 0;
        third = 0;
    }
    int steps = row - 1;
    row += draw_sides(v, c, (struct area){row, 0, sides, columns});
    if (v->most > 0)
        canvas_put(c, steps, columns - 8, STYLE_PLAIN, v->paged < v->most ? " PgUp ▲ " : " PgDn ▼ ");
    if (third)
        row += draw_third(v, c, row, row + third, columns);
    if (covered && end - row - covered < LEAST_SHOWN) {
        free(words); /* nothing below is seen of it but a line without its words */
        return;
    }
    draw_rule(c, row++, 0, columns);
    if (!live) {
        draw_closed(v, c, row, end, columns);
        free(words);
        return;
    }
    int foot = end - 2 - rows;
    if (write) {
        draw_options(v, c, row, foot - 1, columns);
        draw_rule(c, foot - 1, 0, columns);
    } else {
        foot = row;
        canvas_cursor(c, foot, 2);
    }
    bool strong = !write || talk_view_about(v)->proposal.seq;
    foot += canvas_put_wrapped(c, foot, 2, rows, columns - 4, strong ? STYLE_STRONG : STYLE_PLAIN, words);
    free(words);
    if (write && talk_view_about(v)->proposal.seq)
        draw_yes(v, c, end - 2, columns);
    else
        canvas_put_short(c, write ? end - 2 : foot, 2, columns - 4, STYLE_PLAIN,
                         write ? "Esc goes back. Both answers are kept."
                               : "s leaves it out. 4 goes to the last step.");
    draw_keyboard(app, c, end - 1, columns);
}
