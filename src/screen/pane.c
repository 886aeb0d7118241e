/* One person's side. A question is either a list to pick from (select_one, select_multiple, acknowledge, and
 * numbers of few steps) or a field to type into (all else). */
#include "screen/pane.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "screen/editor.h"
#include "session/summary.h"
#include "session/typed.h"
#include "session/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 11, OPTION_INDENT = 9, LEAST_LIST = 6 };

struct option {
    json_t *value;
    char *label;
    int digit; /* that picks it: 0 to 9; -1: none */
    int row;   /* where it was drawn; -1: it was not */
    bool marked;
};

struct pane {
    struct app *app;
    int item;
    const struct question *q; /* that the item asks */
    enum who slot;
    struct option *options;
    size_t count;
    int cursor; /* -1: on none, as nothing is preselected */
    int top;    /* the first option shown */
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
    return assessment_answer(app_assessment(p->app), p->item, p->slot);
}

/* Is what is picked here kept from sight until both are in? */
static bool hidden(const struct pane *p)
{
    return p->slot != TOGETHER && !assessment_revealed(app_assessment(p->app), p->item);
}

bool pane_is_asked(const struct pane *p)
{
    if (!question_is_answered(p->q) || p->q->read_only)
        return false;
    return p->slot == TOGETHER ? p->q->asked_of == TOGETHER : question_asked_of(p->q, p->slot);
}

/* ---- making ---- */

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
                       assessment_text(app_assessment(p->app), p->item, label, reader(p), language),
                       digit);
        }
    } else if (q->type == TYPE_ACKNOWLEDGE) {
        add_option(p, json_true(), "Yes", 1);
    } else if (q->choices && (q->type == TYPE_SELECT_ONE || q->type == TYPE_SELECT_MULTIPLE)) {
        for (size_t i = 0; i < q->choices->count; i++) {
            const struct choice *choice = &q->choices->choices[i];
            if (assessment_offers(app_assessment(p->app), p->item, reader(p), choice)) {
                int digit = p->count < 9 ? (int)p->count + 1 : p->count == 9 ? 0 : -1;
                add_option(
                    p, json_string(choice->name),
                    assessment_text(app_assessment(p->app), p->item, choice->label, reader(p), language),
                    digit);
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
    const struct proposal *together = assessment_together(app_assessment(p->app), p->item);
    json_t *initial = NULL;
    const json_t *value = answer->value;
    if (p->slot == TOGETHER && together->seq)
        value = together->value;
    p->cursor = p->q->type == TYPE_SELECT_MULTIPLE || p->q->type == TYPE_ACKNOWLEDGE ? 0 : -1;
    if (!value && !answer_given(answer))
        value = initial = assessment_initial(app_assessment(p->app), p->item, reader(p));
    if (p->editor) {
        char *text =
            value ? answer_brief(app_assessment(p->app), p->item, value, reader(p), 0) : xstrdup("");
        editor_set(p->editor, text);
        free(text);
    }
    for (size_t i = 0; i < p->count; i++) {
        p->options[i].marked = holds(value, p->options[i].value);
        if (p->options[i].marked && p->q->type != TYPE_SELECT_MULTIPLE)
            p->cursor = (int)i;
    }
    p->moved = initial != NULL;
    json_decref(initial);
}

struct pane *pane_new(struct app *app, int question, enum who slot)
{
    struct pane *p = xcalloc(1, sizeof *p);
    p->app = app;
    p->item = question;
    p->q = assessment_question(app_assessment(app), question);
    p->slot = slot;
    p->answer_row = -1;
    make_options(p);
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
    int cursor = p->cursor;
    bool *marks = xcalloc(p->count, sizeof *marks);
    size_t count = p->count;
    for (size_t i = 0; i < count; i++)
        marks[i] = p->options[i].marked;
    free_options(p);
    make_options(p);
    show_saved(p);
    if (keep && count == p->count) {
        p->moved = true;
        p->cursor = cursor;
        for (size_t i = 0; i < count && p->q->type == TYPE_SELECT_MULTIPLE; i++)
            p->options[i].marked = marks[i];
    }
    free(marks);
}

/* ---- picking and typing ---- */

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
    p->cursor = (int)i;
    p->moved = true;
    if (p->q->type == TYPE_SELECT_MULTIPLE)
        toggle(p, i);
}

/* The first move goes to the middle of a scale, or the top of a list. */
static void move(struct pane *p, int by)
{
    int last = (int)p->count - 1, to = p->cursor + by;
    if (p->cursor < 0)
        to = few_steps(p->q) ? (int)p->count / 2 : 0;
    if (to < 0 || to > last)
        return;
    p->cursor = to;
    p->moved = true;
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
    if (key == TERM_UP || key == TERM_DOWN) {
        move(p, key == TERM_UP ? -1 : 1);
    } else if (key == ' ' && p->q->type == TYPE_SELECT_MULTIPLE && p->count) {
        toggle(p, (size_t)p->cursor);
    } else if (key >= '0' && key <= '9') {
        for (size_t i = 0; i < p->count; i++) {
            if (p->options[i].digit == key - '0') {
                pick(p, i);
                return true;
            }
        }
        app_say(p->app, "There is no answer %c here.", key);
    } else {
        return false;
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
    if (p->q->type != TYPE_SELECT_MULTIPLE && p->cursor < 0) {
        *cause = xstrdup("Pick an answer with its number or the arrow keys. s skips it, Right goes on.");
        return NULL;
    }
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
    /* Nothing may be read off whether what is picked is the answer already. */
    if (hidden(p))
        return p->moved;
    const json_t *saved = answer_of(p)->value;
    if (p->slot == TOGETHER && assessment_together(app_assessment(p->app), p->item)->seq)
        saved = assessment_together(app_assessment(p->app), p->item)->value;
    if (p->q->type == TYPE_SELECT_MULTIPLE) {
        for (size_t i = 0; i < p->count; i++) {
            if (p->options[i].marked != (saved && holds(saved, p->options[i].value)))
                return true;
        }
        return false;
    }
    return p->moved && p->cursor >= 0 && !holds(saved, p->options[p->cursor].value);
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

/* ---- drawing ---- */

/* What they say in the line with their name, the name being what is shortened. */
static char *says(const struct pane *p, int columns)
{
    const struct assessment *a = app_assessment(p->app);
    const struct answer *answer = answer_of(p);
    if (p->slot == TOGETHER)
        return xstrdup("Your answer together");
    char *rest;
    if (!answer_given(answer))
        rest = xstrdup("");
    else if (hidden(p))
        rest = xstrdup(" has answered");
    else if (answer->missing != MISSING_NONE)
        rest = xasprintf(": %s", words_missing(answer->missing));
    else if (p->q->type == TYPE_TEXT || p->q->type == TYPE_SELECT_MULTIPLE ||
             p->q->type == TYPE_ACKNOWLEDGE || p->q->type == TYPE_SELECT_ONE)
        rest = xstrdup(" has answered");
    else {
        char *brief = words_answer_brief(a, p->item, p->slot, app_language(p->app, p->slot));
        rest = xasprintf(" says %s", brief);
        free(brief);
    }
    char *name = utf8_shorten(app_name(p->app, p->slot), columns - utf8_width(rest));
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
    char *tags = summary_tags(app_form(p->app), p->q, reader(p), app_language(p->app, reader(p)));
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

static int option_rows(const struct option *option, int columns)
{
    int rows = rows_of(option->label, label_columns(columns));
    return rows ? rows : 1;
}

static void draw_option(struct pane *p, struct canvas *c, struct option *option, int row, int rows,
                        struct area area, bool at_cursor, bool focused)
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
    canvas_put_wrapped(c, row, area.column + OPTION_INDENT, rows, label_columns(area.columns), style,
                       option->label);
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

/* The rows of the options from `first` to `last`. */
static int rows_between(const struct pane *p, int first, int last, int columns)
{
    int rows = 0;
    for (int i = first; i <= last; i++)
        rows += option_rows(&p->options[i], columns);
    return rows;
}

/* Which option is to be on top so that the cursor's is among those shown, and no row is left empty. */
static void scroll(struct pane *p, int rows, int columns)
{
    int last = (int)p->count - 1, cursor = p->cursor < 0 ? p->top : p->cursor;
    if (cursor < p->top)
        p->top = cursor;
    while (p->top < cursor && rows_between(p, p->top, cursor, columns) > rows)
        p->top++;
    while (p->top > 0 && rows_between(p, p->top - 1, last, columns) <= rows)
        p->top--;
}

/* The options that fit. Returns the rows used. */
static int draw_options(struct pane *p, struct canvas *c, struct area area, bool focused)
{
    if (p->count == 0) /* the form's choice_filter offers none */
        return canvas_put_wrapped(c, area.row, area.column + 1, area.rows, area.columns - 2, STYLE_QUIET,
                                  "Nothing to pick from here yet. What is offered hangs on another answer.");
    scroll(p, area.rows, area.columns);
    int row = area.row, end = area.row + area.rows, i = p->top;
    for (; i < (int)p->count; i++) {
        int rows = option_rows(&p->options[i], area.columns);
        if (row + rows > end && i > p->top)
            break;
        /* One that is longer than all the room there is is cut. */
        rows = rows > end - row ? end - row : rows;
        draw_option(p, c, &p->options[i], row, rows, area, i == p->cursor, focused);
        row += rows;
    }
    if (p->top > 0)
        canvas_put(c, area.row, area.column + area.columns - 1, STYLE_PLAIN, "▲");
    if (i < (int)p->count)
        canvas_put(c, row - 1, area.column + area.columns - 1, STYLE_PLAIN, "▼");
    return row - area.row;
}

static int draw_field(struct pane *p, struct canvas *c, struct area area, bool focused)
{
    char *how = typed_how(app_assessment(p->app), p->item, reader(p), app_language(p->app, reader(p)));
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
    char *last = words_last(app_assessment(p->app), p->q->number, p->slot, app_language(p->app, reader(p)));
    if (*last)
        canvas_put_short(c, row++, area.column + 1, area.columns - 2, STYLE_PLAIN, last);
    free(last);
    area.rows -= row - area.row;
    if (answer->because && area.rows > 0) {
        char *text = xasprintf("Why: %s", answer->because);
        int rows = area.rows - (answer->evidence != EVIDENCE_NONE);
        row += canvas_put_wrapped(c, row, area.column + 1, rows, area.columns - 2, STYLE_PLAIN, text);
        free(text);
    }
    if (answer->evidence != EVIDENCE_NONE && area.rows > (answer->because ? 1 : 0)) {
        char *text = xasprintf("How I know: %s", words_evidence(answer->evidence));
        canvas_put_short(c, row, area.column + 1, area.columns - 2, STYLE_PLAIN, text);
        free(text);
    }
}

/* A reason has two rows where there is room for them. */
int pane_reason_rows(const struct pane *p)
{
    const struct answer *answer = answer_of(p);
    bool last = assessment_last(app_assessment(p->app), p->q->number, p->slot) != NULL;
    return hidden(p) ? 0 : last + (answer->because ? 2 : 0) + (answer->evidence != EVIDENCE_NONE);
}

void pane_draw(struct pane *p, struct canvas *c, struct area area, int heading, int reason, bool focused)
{
    p->answer_row = -1;
    for (size_t i = 0; i < p->count; i++)
        p->options[i].row = -1;
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
    if (!pane_is_asked(p)) {
        draw_reason(p, c, rest);
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
