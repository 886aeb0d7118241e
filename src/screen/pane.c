/* One person's side. A question is either a list to pick from (select_one, select_multiple, acknowledge, and
 * numbers of few steps) or a field to type into (all else). */
#include "screen/pane.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "screen/editor.h"
#include "session/typed.h"
#include "session/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 11, OPTION_INDENT = 9 };

struct option {
    json_t *value;
    char *label;
    int digit; /* that picks it: 0 to 9; -1: none */
    int row;   /* where it was drawn; -1: it was not */
    bool marked;
};

struct pane {
    struct app *app;
    const struct question *q;
    enum who slot;
    struct option *options;
    size_t count;
    size_t cursor;
    size_t top; /* the first option shown */
    bool moved; /* the cursor or a mark is not as saved */
    struct editor *editor;
    int answer_row;
};

/* Who reads this side. */
static enum who reader(const struct pane *p)
{
    return p->slot == TOGETHER ? app_keyboard(p->app) : p->slot;
}

static const struct answer *answer_of(const struct pane *p)
{
    return assessment_answer(app_assessment(p->app), p->q->number, p->slot);
}

/* Is what is picked here kept from sight until both are in? */
static bool hidden(const struct pane *p)
{
    return p->slot != TOGETHER && !assessment_revealed(app_assessment(p->app), p->q->number);
}

bool pane_is_asked(const struct pane *p)
{
    if (!question_is_answered(p->q))
        return false;
    return p->slot == TOGETHER ? p->q->asked_of == TOGETHER : question_asked_of(p->q, p->slot);
}

/* ---- making
 * ------------------------------------------------------------------------------------------------- */

static void add_option(struct pane *p, json_t *value, const char *label, int digit)
{
    p->options = xreallocarray(p->options, p->count + 1, sizeof *p->options);
    p->options[p->count++] =
        (struct option){.value = value, .label = xstrdup(label), .digit = digit <= 9 ? digit : -1, .row = -1};
}

static bool few_steps(const struct question *q)
{
    const struct scale *s = q->scale;
    return (q->type == TYPE_RANGE || q->type == TYPE_INTEGER) && s && s->has_min && s->has_max &&
           s->step > 0 && (s->max - s->min) / s->step + 1 <= MOST_STEPS + 0.5;
}

static void make_options(struct pane *p)
{
    int language = app_language(p->app, reader(p));
    const struct question *q = p->q;
    if (few_steps(q)) {
        /* The highest on top, as on a ladder. The digit is the number itself, 0 standing for 10 where there
         * is no 0. */
        int steps = (int)lround((q->scale->max - q->scale->min) / q->scale->step);
        for (int i = steps; i >= 0; i--) {
            double number = q->scale->min + i * q->scale->step;
            const struct wording *label = question_label_of(q, number);
            bool whole = number == floor(number);
            int digit = !whole || number < 0                ? -1
                        : number < 10                       ? (int)number
                        : number == 10 && q->scale->min > 0 ? 0
                                                            : -1;
            add_option(p, whole ? json_integer((json_int_t)number) : json_real(number),
                       label ? wording(label, reader(p), language) : "", digit);
        }
    } else if (q->type == TYPE_ACKNOWLEDGE) {
        add_option(p, json_true(), "Yes", 1);
    } else if (q->choices && (q->type == TYPE_SELECT_ONE || q->type == TYPE_SELECT_MULTIPLE)) {
        for (size_t i = 0; i < q->choices->count; i++) {
            const struct choice *choice = &q->choices->choices[i];
            if (assessment_offers(app_assessment(p->app), q->number, reader(p), choice)) {
                int digit = p->count < 9 ? (int)p->count + 1 : p->count == 9 ? 0 : -1;
                add_option(p, json_string(choice->name), wording(choice->label, reader(p), language), digit);
            }
        }
    } else {
        p->editor = editor_new("", q->type == TYPE_TEXT && q->rows > 1, 0);
    }
}

static bool holds(const json_t *answer, const json_t *value)
{
    if (!json_is_array(answer))
        return answer && (json_equal(answer, value) ||
                          (json_is_number(answer) && json_is_number(value) &&
                           fabs(json_number_value(answer) - json_number_value(value)) < 1e-9));
    for (size_t i = 0; i < json_array_size(answer); i++) {
        if (json_equal(json_array_get(answer, i), value))
            return true;
    }
    return false;
}

/* What is saved, or else the starting answer, stands there. */
static void show_saved(struct pane *p)
{
    const struct answer *answer = answer_of(p);
    const struct proposal *together = assessment_together(app_assessment(p->app), p->q->number);
    json_t *initial = NULL;
    const json_t *value = answer->value;
    if (p->slot == TOGETHER && together->seq)
        value = together->value;
    if (!value && !answer_given(answer))
        value = initial = assessment_initial(app_assessment(p->app), p->q->number, reader(p));
    if (p->editor) {
        char *text = value ? answer_brief(p->q, value, reader(p), 0) : xstrdup("");
        editor_set(p->editor, text);
        free(text);
    }
    for (size_t i = 0; i < p->count; i++) {
        p->options[i].marked = holds(value, p->options[i].value);
        if (p->options[i].marked && p->q->type != TYPE_SELECT_MULTIPLE)
            p->cursor = i;
    }
    p->moved = initial != NULL;
    json_decref(initial);
}

struct pane *pane_new(struct app *app, int question, enum who slot)
{
    struct pane *p = xcalloc(1, sizeof *p);
    p->app = app;
    p->q = &app_form(app)->questions[question];
    p->slot = slot;
    p->answer_row = -1;
    make_options(p);
    /* Nothing is preselected: the cursor begins in the middle of a scale, at the top of a list. */
    p->cursor = few_steps(p->q) ? p->count / 2 : 0;
    show_saved(p);
    return p;
}

static void free_options(struct pane *p)
{
    for (size_t i = 0; i < p->count; i++) {
        json_decref(p->options[i].value);
        free(p->options[i].label);
    }
    free(p->options);
    p->options = NULL;
    p->count = 0;
}

void pane_free(struct pane *p)
{
    if (!p)
        return;
    free_options(p);
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
    bool keep = p->moved;
    size_t cursor = p->cursor;
    bool *marks = xcalloc(p->count, sizeof *marks);
    size_t count = p->count;
    for (size_t i = 0; i < count; i++)
        marks[i] = p->options[i].marked;
    free_options(p);
    make_options(p);
    p->cursor = cursor < p->count ? cursor : 0;
    show_saved(p);
    if (keep && count == p->count) {
        p->moved = true;
        p->cursor = cursor;
        for (size_t i = 0; i < count && p->q->type == TYPE_SELECT_MULTIPLE; i++)
            p->options[i].marked = marks[i];
    }
    free(marks);
}

/* ---- picking and typing
 * ------------------------------------------------------------------------------------- */

static void toggle(struct pane *p, size_t i)
{
    const struct choice *choice = question_choice(p->q, json_string_value(p->options[i].value));
    p->options[i].marked = !p->options[i].marked;
    p->moved = true;
    for (size_t j = 0; j < p->count && p->options[i].marked; j++) {
        const struct choice *other = question_choice(p->q, json_string_value(p->options[j].value));
        if (j != i && ((choice && choice->exclusive) || (other && other->exclusive)))
            p->options[j].marked = false;
    }
}

static void pick(struct pane *p, size_t i)
{
    p->cursor = i;
    p->moved = true;
    if (p->q->type == TYPE_SELECT_MULTIPLE)
        toggle(p, i);
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
        return editor_key(p->editor, key);
    }
    if ((key == TERM_UP || key == TERM_DOWN) && hidden(p)) {
        app_say(p->app, "Type the number of your answer. It does not show until both are in.");
        return true;
    }
    if (key == TERM_UP && p->cursor > 0) {
        p->cursor--;
        p->moved = true;
    } else if (key == TERM_DOWN && p->cursor + 1 < p->count) {
        p->cursor++;
        p->moved = true;
    } else if (key == ' ' && p->q->type == TYPE_SELECT_MULTIPLE && p->count) {
        toggle(p, p->cursor);
    } else if (key >= '0' && key <= '9') {
        for (size_t i = 0; i < p->count; i++) {
            if (p->options[i].digit == key - '0') {
                pick(p, i);
                return true;
            }
        }
        app_say(p->app, "There is no answer %c here.", key);
    } else {
        return key == TERM_UP || key == TERM_DOWN;
    }
    return true;
}

bool pane_click(struct pane *p, int row)
{
    for (size_t i = 0; i < p->count && pane_is_asked(p) && !hidden(p); i++) {
        if (p->options[i].row == row) {
            pick(p, i);
            return true;
        }
    }
    return false;
}

json_t *pane_value(struct pane *p, char **cause)
{
    if (p->editor)
        return typed_answer(p->q, editor_text(p->editor), cause);
    if (p->count == 0)
        return NULL;
    if (p->q->type != TYPE_SELECT_MULTIPLE)
        return json_incref(p->options[p->cursor].value);
    json_t *array = json_array();
    for (size_t i = 0; i < p->count; i++) {
        if (p->options[i].marked)
            json_array_append(array, p->options[i].value);
    }
    return array;
}

bool pane_unsaved(const struct pane *p)
{
    if (p->editor)
        return editor_changed(p->editor);
    if (p->count == 0 || !pane_is_asked(p))
        return false;
    const json_t *saved = answer_of(p)->value;
    if (p->q->type == TYPE_SELECT_MULTIPLE) {
        for (size_t i = 0; i < p->count; i++) {
            if (p->options[i].marked != (saved && holds(saved, p->options[i].value)))
                return true;
        }
        return false;
    }
    return p->moved && !holds(saved, p->options[p->cursor].value);
}

void pane_settled(struct pane *p)
{
    p->moved = false;
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

void pane_set_text(struct pane *p, const char *text)
{
    if (p->editor)
        editor_restore(p->editor, text);
}

/* ---- drawing
 * ------------------------------------------------------------------------------------------------ */

char *pane_says(const struct pane *p)
{
    const struct assessment *a = app_assessment(p->app);
    const struct answer *answer = answer_of(p);
    if (p->slot == TOGETHER)
        return xstrdup("Your answer together");
    const char *name = app_name(p->app, p->slot);
    if (answer->missing != MISSING_NONE)
        return xasprintf("%s: %s", name, words_missing(answer->missing));
    if (!answer->value)
        return xstrdup(name);
    if (hidden(p) || p->q->type == TYPE_TEXT || p->q->type == TYPE_SELECT_MULTIPLE ||
        p->q->type == TYPE_ACKNOWLEDGE || p->q->type == TYPE_SELECT_ONE)
        return xasprintf("%s has answered", name);
    char *brief = words_answer_brief(a, p->q->number, p->slot, app_language(p->app, p->slot));
    char *says = xasprintf("%s says %s", name, brief);
    free(brief);
    return says;
}

int pane_heading_rows(const struct pane *p, int columns)
{
    struct utf8_line *lines;
    const char *text =
        words_question(app_assessment(p->app), p->q->number, reader(p), app_language(p->app, reader(p)));
    size_t n = utf8_wrap(text, columns - 2, &lines);
    free(lines);
    return (int)n;
}

static int option_rows(const struct option *option, int columns)
{
    struct utf8_line *lines;
    size_t n = utf8_wrap(option->label, columns - OPTION_INDENT, &lines);
    free(lines);
    return (int)n;
}

static void draw_option(struct pane *p, struct canvas *c, struct option *option, int row, struct area area,
                        bool at_cursor, bool focused)
{
    bool quiet = hidden(p);
    const json_t *saved = answer_of(p)->value;
    bool multiple = p->q->type == TYPE_SELECT_MULTIPLE;
    bool chosen = !quiet && (multiple ? option->marked : saved && holds(saved, option->value));
    enum style style = chosen ? STYLE_CHOSEN : STYLE_PLAIN;
    if (p->q->type == TYPE_RANGE || p->q->type == TYPE_INTEGER) {
        char *number = number_words(json_number_value(option->value));
        canvas_putf(c, row, area.column + 2, style, "%2s", number);
        free(number);
    } else if (option->digit >= 0) {
        canvas_putf(c, row, area.column + 2, style, "%2d", option->digit == 0 ? 10 : option->digit);
    }
    const char *mark = multiple ? (chosen ? "[x]" : "[ ]") : chosen ? "(*)" : "( )";
    canvas_put(c, row, area.column + 5, style, mark);
    canvas_put_wrapped(c, row, area.column + OPTION_INDENT, option_rows(option, area.columns),
                       area.columns - OPTION_INDENT, style, option->label);
    option->row = row;
    if (chosen && !multiple)
        p->answer_row = row;
    if (at_cursor && focused && !quiet) {
        canvas_put(c, row, area.column + 1, STYLE_FOCUS, ">");
        canvas_restyle(c, row, area.column + 1, area.columns - 1, STYLE_FOCUS);
        canvas_cursor(c, row, area.column + 1);
    } else if (at_cursor && p->moved && !quiet) {
        canvas_put(c, row, area.column + 1, STYLE_PLAIN, "-");
    }
}

/* The options that fit, scrolled so that the cursor's is among them. Returns the rows used. */
static int draw_options(struct pane *p, struct canvas *c, struct area area, bool focused)
{
    if (p->cursor < p->top)
        p->top = p->cursor;
    for (;;) {
        int needed = 0;
        for (size_t i = p->top; i <= p->cursor && i < p->count; i++)
            needed += option_rows(&p->options[i], area.columns);
        if (needed <= area.rows || p->top >= p->cursor)
            break;
        p->top++;
    }
    int row = area.row;
    size_t i = p->top;
    for (; i < p->count; i++) {
        int rows = option_rows(&p->options[i], area.columns);
        if (row + rows > area.row + area.rows)
            break;
        draw_option(p, c, &p->options[i], row, area, i == p->cursor, focused);
        row += rows;
    }
    if (p->top > 0)
        canvas_put(c, area.row, area.column + area.columns - 1, STYLE_PLAIN, "▲");
    if (i < p->count)
        canvas_put(c, row - 1, area.column + area.columns - 1, STYLE_PLAIN, "▼");
    return row - area.row;
}

static int draw_field(struct pane *p, struct canvas *c, struct area area, bool focused)
{
    char *how = typed_how(p->q);
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
    if (hidden(p)) {
        if (focused)
            canvas_cursor(c, row, area.column + 1);
        return row + box - area.row;
    }
    editor_draw(p->editor, c, row, area.column + 1, box, area.columns - 2, focused);
    return row + box - area.row;
}

static void draw_reason(struct pane *p, struct canvas *c, struct area area)
{
    const struct answer *answer = answer_of(p);
    if (hidden(p) || area.rows < 1)
        return;
    int row = area.row;
    if (answer->because) {
        char *text = xasprintf("Why: %s", answer->because);
        int rows = area.rows - (answer->evidence != EVIDENCE_NONE);
        row += canvas_put_wrapped(c, row, area.column + 1, rows, area.columns - 2, STYLE_PLAIN, text);
        free(text);
    }
    if (answer->evidence != EVIDENCE_NONE && row < area.row + area.rows) {
        char *text = xasprintf("How I know: %s", words_evidence(answer->evidence));
        canvas_put_short(c, row, area.column + 1, area.columns - 2, STYLE_PLAIN, text);
        free(text);
    }
}

void pane_draw(struct pane *p, struct canvas *c, struct area area, int heading, bool focused)
{
    p->answer_row = -1;
    for (size_t i = 0; i < p->count; i++)
        p->options[i].row = -1;
    enum style style = p->slot == TOGETHER ? STYLE_STRONG : app_style(p->app, p->slot);
    char *says = pane_says(p);
    canvas_put_short(c, area.row, area.column + 1, area.columns - 2, style, says);
    int width = utf8_width(says);
    free(says);
    static const char turn[] = "now answering";
    if (focused && width + (int)sizeof turn + 2 < area.columns)
        canvas_put(c, area.row, area.column + area.columns - (int)sizeof turn, STYLE_PLAIN, turn);
    int row = area.row + 1, language = app_language(p->app, reader(p));
    if (heading > 0) {
        canvas_put_wrapped(c, row, area.column + 1, heading, area.columns - 2, STYLE_STRONG,
                           words_question(app_assessment(p->app), p->q->number, reader(p), language));
        row += heading + (area.rows >= heading + 10);
    }
    struct area rest = {row, area.column, area.row + area.rows - row, area.columns};
    if (p->slot != TOGETHER) {
        char *not_asked = words_not_asked(app_assessment(p->app), p->q->number, p->slot, language);
        if (*not_asked) {
            int used =
                canvas_put_wrapped(c, rest.row, area.column + 1, 3, area.columns - 2, STYLE_PLAIN, not_asked);
            rest.row += used;
            rest.rows -= used;
            if (focused)
                canvas_cursor(c, row, area.column + 1);
        }
        free(not_asked);
    }
    if (!pane_is_asked(p))
        return;
    if (hidden(p) && focused)
        canvas_cursor(c, area.row, area.column + 1);
    /* A reason has two rows where there is room for them. */
    const struct answer *answer = answer_of(p);
    int reserve = (answer->because ? 2 : 0) + (answer->evidence != EVIDENCE_NONE);
    struct area list = rest;
    if (list.rows - reserve >= 4)
        list.rows -= reserve;
    int used = p->editor ? draw_field(p, c, list, focused) : draw_options(p, c, list, focused);
    struct area reason = {rest.row + used, area.column, rest.rows - used, area.columns};
    if (reason.rows > reserve + 1) {
        reason.row++;
        reason.rows--;
    }
    draw_reason(p, c, reason);
}

int pane_answer_row(const struct pane *p)
{
    return p->answer_row;
}
