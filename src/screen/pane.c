/* One person's side. A question is either a list to pick from (select_one, select_multiple, acknowledge, and
 * numbers of few steps) or a field to type into (all else). */
#include "screen/pane.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "screen/beside_lines.h"
#include "screen/editor.h"
#include "screen/options.h"
#include "session/beside.h"
#include "session/summary.h"
#include "session/typed.h"
#include "session/sitting.h"
#include "session/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_INDENT = 9, LEAST_LIST = 6 };

struct pane {
    struct app *app;
    int item;
    const struct question *q; /* that the item asks */
    enum who slot;
    struct options options;
    int top;               /* the first option shown */
    struct editor *editor; /* instead of options; NULL */
    bool private;          /* they want it hidden until both are in */
    int tens;              /* hidden, of many: the first of two digits; -1 */
    bool tells_how;        /* how what is hidden is skipped: on both sides, where it is on one */
    bool skipping;         /* hidden: s was pressed, and a digit says why */
    enum missing skip;     /* that */
    bool starting;         /* what stands there is an answer to start from, which nobody has given yet */
    int answer_row;
    bool last_elsewhere; /* last time's answers stand with the names: the side is the only one shown */
};

/* Who reads this side. */
static enum who reader(const struct pane *p)
{
    return p->slot == TOGETHER ? app_keyboard(p->app) : p->slot;
}

static const struct answer *answer_of(const struct pane *p)
{
    return assessment_answer(app_assessment(p->app), p->item, p->slot);
}

/* Is what is picked here kept from sight until both are in? */
static bool hidden(const struct pane *p)
{
    const struct assessment *a = app_assessment(p->app);
    if (p->slot == TOGETHER)
        return false;
    return !assessment_revealed(a, p->item) ||
           (p->private && !(answer_given(assessment_answer(a, p->item, PRACTITIONER)) &&
                            answer_given(assessment_answer(a, p->item, SERVICE_USER))));
}

/* Are there so many that each is picked by two digits? Only where the cursor cannot be moved, as it would
 * tell. */
static bool two_digits(const struct pane *p)
{
    return hidden(p) && p->options.count > 10 && !options_few_steps(p->q);
}

bool pane_is_asked(const struct pane *p)
{
    if (!question_is_answered(p->q) || p->q->read_only)
        return false;
    return p->slot == TOGETHER ? p->q->asked_of == TOGETHER : question_asked_of(p->q, p->slot);
}

/* ---- making ---- */

/* What is saved, or put forward together; NULL. */
static const json_t *saved_value(const struct pane *p)
{
    const struct proposal *together = assessment_together(app_assessment(p->app), p->item);
    return p->slot == TOGETHER && together->seq ? together->value : answer_of(p)->value;
}

/* What is saved, or else the starting answer, stands there. */
static void show_saved(struct pane *p)
{
    json_t *initial = NULL;
    const json_t *value = saved_value(p);
    /* Enter alone would tell that it is that one. */
    if (!value && !answer_given(answer_of(p)) && !hidden(p))
        value = initial = assessment_initial(app_assessment(p->app), p->item, reader(p));
    if (p->editor) {
        char *text = value ? answer_brief(app_assessment(p->app), p->item, value, reader(p), 0) : xstrdup("");
        editor_set(p->editor, text);
        free(text);
    } else {
        options_show(&p->options, value);
        p->options.moved = initial != NULL;
    }
    p->starting = initial != NULL;
    json_decref(initial);
}

struct pane *pane_new(struct app *app, int question, enum who slot)
{
    struct pane *p = xcalloc(1, sizeof *p);
    p->app = app;
    p->item = question;
    p->q = assessment_question(app_assessment(app), question);
    p->slot = slot;
    p->answer_row = p->tens = -1;
    if (options_fit(p->q))
        options_make(&p->options, app_assessment(app), p->item, reader(p), app_language(app, reader(p)));
    else
        p->editor = editor_new("", p->q->type == TYPE_TEXT && p->q->rows > 1, 0);
    show_saved(p);
    return p;
}

void pane_free(struct pane *p)
{
    if (!p)
        return;
    options_release(&p->options);
    editor_free(p->editor);
    free(p);
}

void pane_refresh(struct pane *p)
{
    if (p->editor) {
        if (!editor_changed(p->editor))
            show_saved(p);
        return;
    }
    bool kept = p->options.moved && !p->starting;
    if (kept)
        options_refresh(&p->options, app_assessment(p->app), p->item, reader(p),
                        app_language(p->app, reader(p)), saved_value(p));
    else {
        options_release(&p->options);
        options_make(&p->options, app_assessment(p->app), p->item, reader(p),
                     app_language(p->app, reader(p)));
        show_saved(p);
    }
}

/* ---- picking and typing ---- */

/* Each key says the same: it was heard, and nothing can be read off. */
static void heard(struct pane *p)
{
    app_say(p->app, "Got it. It does not show until both are in. Enter saves it.");
}

static void pick_by_two(struct pane *p, int digit)
{
    int number = p->tens * 10 + digit;
    if (p->tens < 0) {
        p->tens = digit;
        p->options.moved = true;
        return;
    }
    p->tens = -1;
    if (number >= 1 && number <= (int)p->options.count)
        options_pick(&p->options, (size_t)number - 1);
}

bool pane_key(struct pane *p, int key)
{
    if (!pane_is_asked(p))
        return false;
    if (p->editor) {
        if (key == TERM_ENTER)
            return false; /* Enter saves, everywhere */
        if (key == PANE_NEW_LINE && p->q->rows > 1)
            key = TERM_ENTER;
        bool used = editor_key(p->editor, key);
        p->starting &= !editor_changed(p->editor);
        return used;
    }
    if (hidden(p) && p->skipping && key >= '0' && key <= '9') {
        p->skipping = false;
        p->skip = key >= '1' && key <= '3' ? (enum missing)(key - '0') : MISSING_NONE;
        heard(p);
        return true;
    }
    if (hidden(p) && (key == TERM_UP || key == TERM_DOWN || key == ' ')) {
        p->top += key == TERM_UP ? -1 : key == TERM_DOWN;
        app_say(p->app, options_are_ordered(&p->options)
                            ? "Type the numbers, the first one first. They do not show until both are in."
                            : "Type the number of your answer. It does not show until both are in.");
        return true;
    }
    if (key == TERM_UP || key == TERM_DOWN) {
        options_move(&p->options, key == TERM_UP ? -1 : 1);
    } else if (key == ' ' && p->options.count &&
               (options_are_several(&p->options) || options_are_ordered(&p->options))) {
        options_pick(&p->options, (size_t)p->options.cursor);
    } else if (key >= '0' && key <= '9') {
        p->skip = MISSING_NONE;
        if (two_digits(p)) {
            pick_by_two(p, key - '0');
        } else if (!options_pick_digit(&p->options, key - '0')) {
            app_say(p->app, "There is no answer %c here.", key);
            return true;
        }
        if (hidden(p))
            heard(p);
    } else {
        return false;
    }
    p->starting = false;
    return true;
}

void pane_shift(struct pane *p, int by)
{
    if (!pane_is_asked(p) || p->editor || !options_are_ordered(&p->options))
        app_say(p->app, "There is no order here to change.");
    else if (hidden(p))
        app_say(p->app,
                "Your order does not show yet. Take a place away with its number, then type it again.");
    else if (!options_shift(&p->options, by) && p->options.list[p->options.cursor].place == 0)
        app_say(p->app, "It has no place yet. Space gives it one.");
    p->starting = false;
}

bool pane_asks_words(struct pane *p, const char **label, const char **words)
{
    struct option *option = pane_is_asked(p) && !p->editor ? options_asking(&p->options) : NULL;
    if (!option)
        return false;
    *label = option->label;
    *words = option->words ? option->words : "";
    return true;
}

void pane_say_words(struct pane *p, const char *words)
{
    options_say(&p->options, words);
}

void pane_go_to(struct pane *p, const struct choice *choice)
{
    options_go(&p->options, choice->name);
}

bool pane_hides(const struct pane *p)
{
    return hidden(p);
}

void pane_set_private(struct pane *p, bool private)
{
    p->private = private;
    p->skipping = false;
    p->skip = MISSING_NONE;
    pane_settled(p);
}

void pane_tell_how(struct pane *p, bool tells)
{
    p->tells_how = tells;
}

bool pane_is_private(const struct pane *p)
{
    return p->private;
}

void pane_skip(struct pane *p)
{
    p->skipping = true;
    p->options.moved = true;
    heard(p);
}

enum missing pane_skipped(const struct pane *p)
{
    const char *text = pane_text(p);
    if (p->editor && text[0] == 's' && text[1] >= '1' && text[1] <= '3' && !text[2])
        return (enum missing)(text[1] - '0');
    return p->skip;
}

bool pane_is_order(const struct pane *p)
{
    return !p->editor && options_are_ordered(&p->options);
}

bool pane_click(struct pane *p, int row)
{
    for (size_t i = 0; i < p->options.count && pane_is_asked(p) && !hidden(p); i++) {
        if (p->options.list[i].row == row) {
            options_pick(&p->options, i);
            p->starting = false;
            return true;
        }
    }
    return false;
}

json_t *pane_value(struct pane *p, char **cause)
{
    if (p->editor)
        return typed_answer(p->q, editor_text(p->editor), cause);
    return options_value(&p->options, cause);
}

bool pane_unsaved(const struct pane *p)
{
    if (p->editor)
        return editor_changed(p->editor);
    if (p->options.count == 0 || !pane_is_asked(p))
        return false;
    /* Nothing may be read off whether what is picked is the answer already. */
    return hidden(p) ? p->options.moved : options_changed(&p->options, saved_value(p));
}

void pane_settled(struct pane *p)
{
    p->options.moved = p->skipping = false;
    p->skip = MISSING_NONE;
    p->tens = -1;
    show_saved(p);
}

bool pane_is_text(const struct pane *p)
{
    return p->editor && pane_is_asked(p);
}

const char *pane_text(const struct pane *p)
{
    return p->editor ? editor_text(p->editor) : "";
}

void pane_set_text(struct pane *p, const char *text, size_t cursor)
{
    if (p->editor)
        editor_restore(p->editor, text, cursor);
}

size_t pane_text_cursor(const struct pane *p)
{
    return p->editor ? editor_cursor(p->editor) : 0;
}

/* ---- drawing ---- */

/* Does each of the two read other words for this question or its choices ("Me", "Them")? */
static bool told_differently(const struct pane *p)
{
    const struct assessment *a = app_assessment(p->app);
    const struct choice_list *choices = p->q->choices;
    int language[PARTIES] = {app_language(p->app, PRACTITIONER), app_language(p->app, SERVICE_USER)};
    bool same = strcmp(words_question(a, p->item, PRACTITIONER, language[PRACTITIONER]),
                       words_question(a, p->item, SERVICE_USER, language[SERVICE_USER])) == 0;
    for (size_t i = 0; same && choices && i < choices->count; i++) {
        const struct wording *w = choices->choices[i].label;
        same = strcmp(assessment_text(a, p->item, w, PRACTITIONER, language[PRACTITIONER]),
                      assessment_text(a, p->item, w, SERVICE_USER, language[SERVICE_USER])) == 0;
    }
    return !same;
}

/* What they say in the line with their name, the name being what is shortened. */
static char *says(const struct pane *p, int columns)
{
    const struct assessment *a = app_assessment(p->app);
    const struct answer *answer = answer_of(p);
    if (p->slot == TOGETHER && told_differently(p))
        return xasprintf("Your answer together, in %s's words", app_name(p->app, reader(p)));
    if (p->slot == TOGETHER)
        return xstrdup("Your answer together");
    char *rest;
    if (!answer_given(answer))
        rest = xstrdup(!p->starting || !pane_is_asked(p)      ? ""
                       : assessment_last(a, p->item, p->slot) ? ": last time's, to start from"
                                                              : ": an answer to start from");
    else if (!assessment_revealed(a, p->item))
        rest = xstrdup(" has answered");
    else if (answer->missing != MISSING_NONE)
        rest = xasprintf(": %s", words_missing(answer->missing));
    else if (p->q->type == TYPE_TEXT || p->q->type == TYPE_SELECT_MULTIPLE ||
             p->q->type == TYPE_ACKNOWLEDGE || p->q->type == TYPE_SELECT_ONE || p->q->type == TYPE_RANK)
        rest = xstrdup(" has answered");
    else {
        char *brief = words_answer_brief(a, p->item, p->slot, app_language(p->app, p->slot));
        rest = xasprintf(" says %s", brief);
        free(brief);
    }
    char *beside = sitting_beside_name(a, p->slot, app_language(p->app, p->slot));
    bool fits = utf8_width(app_name(p->app, p->slot)) + utf8_width(beside) + utf8_width(rest) <= columns;
    char *whole = xasprintf("%s%s", app_name(p->app, p->slot), fits ? beside : "");
    char *name = utf8_shorten(whole, columns - utf8_width(rest));
    free(beside);
    free(whole);
    char *line = xasprintf("%s%s", name, rest);
    free(name);
    free(rest);
    return line;
}

static const char *label_of(const struct pane *p)
{
    return words_question(app_assessment(p->app), p->item, reader(p), app_language(p->app, reader(p)));
}

static const char *hint_of(const struct pane *p)
{
    return assessment_text(app_assessment(p->app), p->item, p->q->hint, reader(p),
                           app_language(p->app, reader(p)));
}

/* The tags that this side reads, in brackets; "" where there are none. The caller frees it. */
static char *tags_of(const struct pane *p)
{
    char *tags = summary_tags(app_assessment(p->app), p->q, reader(p), app_language(p->app, reader(p)));
    char *words = *tags ? xasprintf("[%s]", tags) : xstrdup("");
    free(tags);
    return words;
}

static int rows_of(const char *text, int columns)
{
    struct utf8_line *lines;
    size_t n = utf8_wrap(text, columns, &lines);
    free(lines);
    return *text ? (int)n : 0;
}

int pane_heading_rows(const struct pane *p, int columns)
{
    char *tags = tags_of(p);
    int rows =
        rows_of(label_of(p), columns - 2) + rows_of(hint_of(p), columns - 2) + rows_of(tags, columns - 2);
    free(tags);
    return rows;
}

/* The wording, and what room it leaves for the hint. */
static void draw_heading(const struct pane *p, struct canvas *c, struct area area)
{
    int used = canvas_put_wrapped(c, area.row, area.column + 1, area.rows, area.columns - 2, STYLE_STRONG,
                                  label_of(p));
    if (*hint_of(p))
        used += canvas_put_wrapped(c, area.row + used, area.column + 1, area.rows - used, area.columns - 2,
                                   STYLE_PLAIN, hint_of(p));
    char *tags = tags_of(p);
    if (*tags && used < area.rows)
        canvas_put_wrapped(c, area.row + used, area.column + 1, area.rows - used, area.columns - 2,
                           STYLE_QUIET, tags);
    free(tags);
}

/* The last column is for the marks of a list that goes on. */
static int label_columns(int columns)
{
    return columns - OPTION_INDENT - 1;
}

/* Its label, and the words said with it; not where these are kept from sight. */
static char *option_text(const struct pane *p, const struct option *option)
{
    bool said = option->words && !hidden(p) && (option->marked || !options_are_several(&p->options));
    return said ? xasprintf("%s: %s", option->label, option->words) : xstrdup(option->label);
}

static int option_rows(const struct pane *p, const struct option *option, int columns)
{
    char *text = option_text(p, option);
    int rows = rows_of(text, label_columns(columns));
    free(text);
    return rows ? rows : 1;
}

/* Whether it is picked: "(*)", "[x]", and in an order which place it has: "[2]". */
static void draw_mark(const struct pane *p, struct canvas *c, const struct option *option, int row,
                      int column, enum style style, bool chosen)
{
    if (options_are_ordered(&p->options) && chosen)
        canvas_putf(c, row, column - (option->place > 9), style, "[%d]", option->place);
    else if (options_are_ordered(&p->options) || options_are_several(&p->options))
        canvas_put(c, row, column, style, chosen ? "[x]" : "[ ]");
    else
        canvas_put(c, row, column, style, chosen ? "(*)" : "( )");
}

static void draw_option(struct pane *p, struct canvas *c, struct option *option, int row, int rows,
                        struct area area, bool at_cursor, bool focused)
{
    bool quiet = hidden(p), one = !options_are_several(&p->options) && !options_are_ordered(&p->options);
    const json_t *saved = answer_of(p)->value;
    bool chosen = !quiet && (options_are_ordered(&p->options)   ? option->place > 0
                             : options_are_several(&p->options) ? option->marked
                                                                : options_hold(&p->options, saved, option));
    enum style style = chosen ? STYLE_CHOSEN : STYLE_PLAIN;
    if (two_digits(p)) {
        canvas_putf(c, row, area.column + 2, style, "%02d", (int)(option - p->options.list) + 1);
    } else if (p->q->type == TYPE_RANGE || p->q->type == TYPE_INTEGER) {
        char *number = number_words(json_number_value(option->value));
        canvas_putf(c, row, area.column + 2, style, "%2s", number);
        free(number);
    } else if (option->digit >= 0) {
        canvas_putf(c, row, area.column + 2, style, "%2d", option->digit == 0 ? 10 : option->digit);
    }
    draw_mark(p, c, option, row, area.column + 5, style, chosen);
    char *text = option_text(p, option);
    canvas_put_wrapped(c, row, area.column + OPTION_INDENT, rows, label_columns(area.columns), style, text);
    free(text);
    option->row = row;
    if (chosen && one)
        p->answer_row = row;
    if (at_cursor && focused && !quiet) {
        canvas_put(c, row, area.column + 1, STYLE_FOCUS, ">");
        canvas_restyle(c, row, area.column + 1, area.columns - 1, STYLE_FOCUS);
        canvas_cursor(c, row, area.column + 1);
    } else if (at_cursor && p->options.moved && !quiet) {
        canvas_put(c, row, area.column + 1, STYLE_PLAIN, "-");
    }
}

/* The rows of the options from `first` to `last`. */
static int rows_between(const struct pane *p, int first, int last, int columns)
{
    int rows = 0;
    for (int i = first; i <= last; i++)
        rows += option_rows(p, &p->options.list[i], columns);
    return rows;
}

/* Which option is to be on top so that the cursor's is among those shown, and no row is left empty. */
static void scroll(struct pane *p, int rows, int columns)
{
    int last = (int)p->options.count - 1, cursor = p->options.cursor < 0 ? p->top : p->options.cursor;
    if (hidden(p)) /* where it stands would tell */
        cursor = p->top = p->top < 0 ? 0 : p->top > last ? last : p->top;
    if (cursor < p->top)
        p->top = cursor;
    while (p->top < cursor && rows_between(p, p->top, cursor, columns) > rows)
        p->top++;
    while (p->top > 0 && rows_between(p, p->top - 1, last, columns) <= rows)
        p->top--;
}

/* The options that fit. Returns the rows used. */
static int draw_list(struct pane *p, struct canvas *c, struct area area, bool focused)
{
    scroll(p, area.rows, area.columns);
    int row = area.row, end = area.row + area.rows, i = p->top;
    for (; i < (int)p->options.count; i++) {
        int rows = option_rows(p, &p->options.list[i], area.columns);
        if (row + rows > end && i > p->top)
            break;
        /* One that is longer than all the room there is is cut. */
        rows = rows > end - row ? end - row : rows;
        draw_option(p, c, &p->options.list[i], row, rows, area, i == p->options.cursor, focused);
        row += rows;
    }
    if (p->top > 0)
        canvas_put(c, area.row, area.column + area.columns - 1, STYLE_PLAIN, "▲");
    if (i < (int)p->options.count)
        canvas_put(c, row - 1, area.column + area.columns - 1, STYLE_PLAIN, "▼");
    return row - area.row;
}

/* How to skip so that nobody sees it. */
static int draw_how_hidden(struct canvas *c, struct area area)
{
    return canvas_put_wrapped(c, area.row, area.column + 1, 3, area.columns - 2, STYLE_QUIET,
                              "To skip it: s1 not sure, s2 does not apply, s3 rather not say.");
}

static int draw_options(struct pane *p, struct canvas *c, struct area area, bool focused)
{
    if (p->options.count == 0) /* the form's choice_filter offers none */
        return canvas_put_wrapped(c, area.row, area.column + 1, area.rows, area.columns - 2, STYLE_QUIET,
                                  "Nothing to pick from here yet. What is offered hangs on another answer.");
    if (p->tells_how && area.rows > LEAST_LIST + 2) {
        int used = draw_how_hidden(c, area);
        area.row += used;
        area.rows -= used;
    }
    if (pane_is_order(p) && area.rows > LEAST_LIST) {
        int used = canvas_put_wrapped(c, area.row, area.column + 1, 2, area.columns - 2, STYLE_QUIET,
                                      "Type the numbers in your order.");
        return used + draw_list(p, c,
                                (struct area){area.row + used, area.column, area.rows - used, area.columns},
                                focused);
    }
    return draw_list(p, c, area, focused);
}

static int draw_field(struct pane *p, struct canvas *c, struct area area, bool focused)
{
    char *how = p->q->type == TYPE_TEXT && p->q->rows > 1
                    ? xstrdup("Your words. Ctrl-N: a new line")
                    : typed_how(app_assessment(p->app), p->item, reader(p), app_language(p->app, reader(p)));
    int row = area.row, box = p->q->type == TYPE_TEXT ? p->q->rows : 1;
    row += canvas_put_wrapped(c, row, area.column + 1, 2, area.columns - 2, STYLE_QUIET, how);
    free(how);
    int wanted = editor_rows(p->editor, area.columns - 2);
    if (wanted > box)
        box = wanted;
    if (box < 3 && p->q->type == TYPE_TEXT)
        box = 3;
    if (box > area.row + area.rows - row)
        box = area.row + area.rows - row;
    if (p->tells_how) {
        int used =
            draw_how_hidden(c, (struct area){row, area.column, area.row + area.rows - row, area.columns});
        row += used;
        box = box > used ? box - used : 1;
    }
    if (hidden(p)) {
        if (*pane_text(p) && !answer_given(answer_of(p)))
            canvas_put_wrapped(c, row, area.column + 1, box, area.columns - 2, STYLE_QUIET,
                               "(typed; it does not show yet)");
        if (focused)
            canvas_cursor(c, row, area.column + 1);
        return row + box - area.row;
    }
    editor_draw(p->editor, c, row, area.column + 1, box, area.columns - 2, focused);
    return row + box - area.row;
}

void pane_keep_last(struct pane *p, bool here)
{
    p->last_elsewhere = !here;
}

/* A row, and one more where a reason was given with it. */
static int last_rows(const struct pane *p)
{
    const struct assessment *a = app_assessment(p->app);
    if (p->last_elsewhere || !assessment_had_last(a, p->item))
        return 0;
    return 1 + (assessment_last_because(a, p->item, p->slot) != NULL);
}

/* Was it answered after one of them had signed? */
static char *later_of(const struct pane *p)
{
    long seq = answer_of(p)->seq;
    return seq ? words_later(app_assessment(p->app), seq, app_language(p->app, reader(p))) : xstrdup("");
}

static void draw_reason(struct pane *p, struct canvas *c, struct area area)
{
    const struct answer *answer = answer_of(p);
    int beside = beside_rows(p->app, p->item, p->slot), end = area.row + area.rows;
    area.rows -= beside < area.rows ? beside : area.rows;
    int row = area.row, most = last_rows(p);
    if (most > 0 && area.rows > 0) {
        char *last =
            words_last_why(app_assessment(p->app), p->item, p->slot, app_language(p->app, reader(p)));
        row += canvas_put_wrapped(c, row, area.column + 1, most < area.rows ? most : area.rows,
                                  area.columns - 2, STYLE_PLAIN, last);
        free(last);
    }
    if (hidden(p) || row >= area.row + area.rows) {
        beside_draw(p->app, c, (struct area){row, area.column, end - row, area.columns}, p->item, p->slot);
        return;
    }
    char *later = later_of(p);
    if (*later)
        canvas_put_short(c, row++, area.column + 1, area.columns - 2, STYLE_STRONG, later);
    free(later);
    area.rows -= row - area.row;
    if (hidden(p))
        return;
    if (answer->because && area.rows > 0) {
        char *text = xasprintf("Why: %s", answer->because);
        int rows = area.rows - (answer->evidence != EVIDENCE_NONE);
        row += canvas_put_wrapped(c, row, area.column + 1, rows, area.columns - 2, STYLE_PLAIN, text);
        free(text);
    }
    if (answer->evidence != EVIDENCE_NONE && area.rows > (answer->because ? 1 : 0)) {
        char *text = xasprintf("How I know: %s", words_evidence(answer->evidence));
        canvas_put_short(c, row++, area.column + 1, area.columns - 2, STYLE_PLAIN, text);
        free(text);
    }
    beside_draw(p->app, c, (struct area){row, area.column, end - row, area.columns}, p->item, p->slot);
}

/* A reason has two rows where there is room for them. */
int pane_reason_rows(const struct pane *p)
{
    const struct answer *answer = answer_of(p);
    char *later = later_of(p);
    int reason = (*later != '\0') + (answer->because ? 2 : 0) + (answer->evidence != EVIDENCE_NONE);
    free(later);
    return last_rows(p) + (hidden(p) ? 0 : reason) + beside_rows(p->app, p->item, p->slot);
}

/* What is only shown is as it was last time, on the side of whoever said it. */
static void draw_read_only(struct pane *p, struct canvas *c, struct area area)
{
    if (p->slot != TOGETHER && !question_asked_of(p->q, p->slot))
        return;
    char *last = words_last_why(app_assessment(p->app), p->item, p->slot, app_language(p->app, reader(p)));
    int used = canvas_put_wrapped(c, area.row, area.column + 1, area.rows, area.columns - 2, STYLE_QUIET,
                                  "This is only shown.");
    canvas_put_wrapped(c, area.row + used, area.column + 1, area.rows - used, area.columns - 2, STYLE_CHOSEN,
                       last);
    free(last);
}

void pane_draw(struct pane *p, struct canvas *c, struct area area, int heading, int reason, bool focused)
{
    p->answer_row = -1;
    for (size_t i = 0; i < p->options.count; i++)
        p->options.list[i].row = -1;
    enum style style = p->slot == TOGETHER ? STYLE_STRONG : app_style(p->app, p->slot);
    char *line = says(p, area.columns - 2);
    canvas_put_short(c, area.row, area.column + 1, area.columns - 2, style, line);
    int width = utf8_width(line);
    free(line);
    /* Here until the cursor is on an answer or in a text. */
    if (focused)
        canvas_cursor(c, area.row, area.column + 1);
    static const char turn[] = "now answering";
    if (focused && p->slot != TOGETHER && pane_is_asked(p) && width + (int)sizeof turn + 2 < area.columns)
        canvas_put(c, area.row, area.column + area.columns - (int)sizeof turn, STYLE_PLAIN, turn);
    int row = area.row + 1, language = app_language(p->app, reader(p));
    if (heading > 0) {
        /* However long it is, some of the answers stay in sight. */
        heading = heading > area.rows - LEAST_LIST ? area.rows - LEAST_LIST : heading;
        draw_heading(p, c, (struct area){row, area.column, heading, area.columns});
        row += heading + (area.rows >= heading + 10);
    }
    struct area rest = {row, area.column, area.row + area.rows - row, area.columns};
    if (p->slot != TOGETHER) {
        char *not_asked = words_not_asked(app_assessment(p->app), p->item, p->slot, language);
        if (*not_asked) {
            int used =
                canvas_put_wrapped(c, rest.row, area.column + 1, 3, area.columns - 2, STYLE_PLAIN, not_asked);
            rest.row += used;
            rest.rows -= used;
        }
        free(not_asked);
    }
    if (p->q->read_only || !pane_is_asked(p)) {
        (p->q->read_only ? draw_read_only : draw_reason)(p, c, rest);
        return;
    }
    struct area list = rest;
    if (list.rows - reason >= 4)
        list.rows -= reason;
    int used = p->editor ? draw_field(p, c, list, focused) : draw_options(p, c, list, focused);
    struct area below = {rest.row + used, area.column, rest.rows - used, area.columns};
    if (below.rows > reason + 1) {
        below.row++;
        below.rows--;
    }
    draw_reason(p, c, below);
}

int pane_answer_row(const struct pane *p)
{
    return p->answer_row;
}
