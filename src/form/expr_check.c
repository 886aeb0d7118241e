/* The check of types: the code is walked once, with a stack of what is known of each value instead of the
 * values.
 *
 * It speaks up only where a comparison can never be meant. What ODK's rules make of a value in the end is not
 * always known before (a calculation may yield anything), so most is KIND_UNKNOWN and is let pass. */
#include "form/expr.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "form/expr_code.h"
#include "form/expr_parse.h"
#include "form/moment.h"
#include "form/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct known {
    enum expr_kind kind;
    bool list;           /* the answers of all entries */
    bool differs;        /* differs() of them */
    int question;        /* whose own answer it is, or -1 */
    const char *literal; /* of text written out, or NULL */
    bool is_number;      /* a number written out */
    double number;
    size_t offset, length; /* where it stands */
};

struct check {
    const struct expr *expr;
    const struct expr_types *types;
    void (*report)(void *context, const struct expr_fault *fault);
    void *context;
    struct known *stack;
    size_t height;
    /* Branches that wait for the other: where they meet, and what the first one yields. */
    struct {
        size_t target;
        enum expr_kind kind;
        bool list;
    } branches[64];
    size_t branch_count;
    /* The count-if()s one is in: which question's items they go through, and of which its answers are. */
    int items_of[DEEPEST], answers_of[DEEPEST];
    int within;
};

__attribute__((format(printf, 5, 6))) static void report(struct check *c, size_t offset, size_t length,
                                                         const char *suggestion, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct expr_fault fault = {
        .offset = offset, .length = length, .message = xvasprintf(format, args), .suggestion = suggestion};
    va_end(args);
    c->report(c->context, &fault);
    expr_fault_release(&fault);
}

static struct known *push(struct check *c, enum expr_kind kind, const struct op *op)
{
    struct known *k = &c->stack[c->height++];
    *k = (struct known){.kind = kind, .question = -1, .offset = op->offset, .length = op->length};
    return k;
}

/* ---- repeats ---- */

static int repeat_of(const struct check *c, int question)
{
    return c->types->repeat ? c->types->repeat(c->types->context, question) : -1;
}

/* Does the expression stand in an entry of this repeat? */
static bool stands_in(const struct check *c, int repeat)
{
    int at = c->types->repeat ? c->types->here : -1;
    while (at >= 0 && at != repeat)
        at = repeat_of(c, at);
    return at >= 0;
}

static const char *name_of(const struct check *c, int question)
{
    return c->types->name ? c->types->name(c->types->context, question) : "?";
}

/* One value is wanted. */
static void want_single(struct check *c, const struct known *k)
{
    if (k->kind == KIND_ENTRIES)
        report(c, k->offset, k->length, NULL,
               "A repeat has no value of its own: count(${…}) is how many entries it has.");
    else if (k->list)
        report(c, k->offset, k->length, NULL,
               "These are the answers of all entries, and one is wanted here: sum(), max(), join() make one "
               "of them, indexed-repeat() picks one.");
}

/* Yes or no is wanted: of a list, is there anything in it? */
static void want_truth(struct check *c, const struct known *k)
{
    if (k->differs)
        report(c, k->offset, k->length, NULL,
               "This holds of each entry by itself: write count-if(differs(${…}), . = 'true') > 0.");
}

static void check_place(struct check *c, const struct op *op)
{
    int repeat = op->about;
    const char *function = op->function->name;
    if (repeat >= 0 && c->types->kind(c->types->context, repeat) != KIND_ENTRIES) {
        int meant = repeat_of(c, repeat);
        report(c, op->offset, op->length, meant >= 0 ? name_of(c, meant) : NULL,
               "position() takes a repeat, and \"%s\" is none.", name_of(c, repeat));
    } else if (repeat >= 0 && !stands_in(c, repeat)) {
        report(c, op->offset, op->length, NULL,
               "This does not stand in the repeat \"%s\": it has no place there.", name_of(c, repeat));
    } else if (repeat < 0 && c->types->repeat && c->types->here < 0) {
        report(c, op->offset, op->length, NULL,
               "%s() is the place of an entry in its repeat, and this does not stand in one.", function);
    }
}

static void check_indexed(struct check *c, const struct op *op)
{
    const int *repeats = c->expr->repeats + op->repeats;
    int innermost = repeat_of(c, op->question);
    for (uint32_t i = 0; i < op->count; i++)
        want_single(c, &c->stack[c->height - op->count + i]);
    c->height -= op->count;
    struct known *k = push(c, c->types->kind(c->types->context, op->question), op);
    k->question = op->question;
    if (!c->types->repeat)
        return;
    if (k->kind == KIND_ENTRIES) {
        report(c, op->offset, op->length, NULL, "indexed-repeat() takes a question, and \"%s\" is a repeat.",
               name_of(c, op->question));
        k->kind = KIND_UNKNOWN;
        return;
    }
    for (uint32_t i = 0; i < op->count; i++) {
        int at = innermost;
        while (at >= 0 && at != repeats[i])
            at = repeat_of(c, at);
        if (at < 0)
            report(c, op->offset, op->length, innermost >= 0 ? name_of(c, innermost) : NULL,
                   innermost >= 0 ? "The question \"%s\" does not stand in \"%s\"."
                                  : "The question \"%s\" stands in no repeat, and so not in \"%s\".",
                   name_of(c, op->question), name_of(c, repeats[i]));
        for (uint32_t j = 0; j < i; j++) {
            if (repeats[j] == repeats[i]) {
                report(c, op->offset, op->length, NULL, "The repeat \"%s\" stands here twice.",
                       name_of(c, repeats[i]));
                return;
            }
        }
        if (at < 0)
            return;
    }
    for (int at = innermost; at >= 0; at = repeat_of(c, at)) {
        uint32_t i = 0;
        while (i < op->count && repeats[i] != at)
            i++;
        if (i == op->count && !stands_in(c, at))
            report(c, op->offset, op->length, NULL,
                   "Which entry of \"%s\" is meant? Add it and a place in it.", name_of(c, at));
    }
}

/* ---- comparing ---- */

static bool is_text_number(const char *text)
{
    return !isnan(number_parse(text));
}

static bool is_text_date(const char *text)
{
    double moment;
    return moment_parse(text, &moment);
}

/* A choice's question with a name, or a number, written out. */
static void check_choice(struct check *c, const struct known *choice, const struct known *name)
{
    char text[NUMBER_TEXT];
    const char *literal = name->is_number ? number_text(name->number, text) : name->literal, *nearest = NULL;
    if (choice->question < 0 || (choice->kind != KIND_CHOICE && choice->kind != KIND_CHOICES) || !literal ||
        !*literal)
        return;
    if (c->types->has_choice(c->types->context, choice->question, literal, &nearest))
        return;
    char *safe = utf8_safe(literal, false);
    report(c, name->offset, name->length, nearest, "\"%s\" is not one of the choices of this question.",
           safe);
    free(safe);
}

static void check_pair(struct check *c, const struct op *op, const struct known *a, const struct known *b)
{
    bool ordering = op->code >= OP_LESS;
    if (a->kind == KIND_DATE && b->kind == KIND_NUMBER) {
        report(
            c, b->offset, b->length, NULL,
            "A date is compared with a number here, and never is one: a date is written date('2026-01-31').");
    } else if (a->kind == KIND_DATE && b->literal && *b->literal && !is_text_date(b->literal)) {
        report(c, b->offset, b->length, NULL,
               "A date is compared with this text here, which is no date (2026-01-31).");
    } else if (a->kind == KIND_NUMBER && b->literal && *b->literal && !is_text_number(b->literal)) {
        report(c, b->offset, b->length, NULL,
               "A number is compared with this text here, which is no number.");
    } else if (ordering && (a->kind == KIND_TEXT || a->kind == KIND_CHOICE || a->kind == KIND_CHOICES) &&
               b->literal && !is_text_number(b->literal) && !is_text_date(b->literal)) {
        report(c, op->offset, op->length, NULL,
               "Text has no order here: <, <=, > and >= compare numbers and dates.");
    } else if (ordering && a->kind == KIND_TEXT && !a->literal) {
        report(c, op->offset, op->length, NULL,
               "Text has no order here: <, <=, > and >= compare numbers and dates.");
    } else {
        check_choice(c, a, b);
    }
}

static void check_comparison(struct check *c, const struct op *op)
{
    struct known *b = &c->stack[c->height - 1], *a = b - 1;
    if (a->kind == KIND_ENTRIES || b->kind == KIND_ENTRIES)
        want_single(c, a->kind == KIND_ENTRIES ? a : b);
    /* Either way round, but what is wrong both ways is said once. */
    static const int order[] = {KIND_DATE, KIND_NUMBER, KIND_TEXT, KIND_CHOICES, KIND_CHOICE};
    bool swap = a->literal || a->is_number;
    for (size_t i = 0;
         i < sizeof order / sizeof *order && !a->literal && !b->literal && !a->is_number && !b->is_number;
         i++) {
        if ((int)a->kind == order[i])
            break;
        if ((int)b->kind == order[i]) {
            swap = true;
            break;
        }
    }
    check_pair(c, op, swap ? b : a, swap ? a : b);
    size_t offset = a->offset, end = b->offset + b->length;
    c->height--;
    *a = (struct known){.kind = KIND_BOOLEAN, .question = -1, .offset = offset, .length = end - offset};
}

/* A sum of dates and days may be either; all else that is reckoned is a number. */
static void check_reckoning(struct check *c, const struct op *op)
{
    struct known *b = &c->stack[c->height - 1], *a = b - 1;
    want_single(c, a);
    want_single(c, b);
    bool days =
        (op->code == OP_ADD || op->code == OP_SUBTRACT) && (a->kind != KIND_NUMBER || b->kind != KIND_NUMBER);
    size_t offset = a->offset, end = b->offset + b->length;
    c->height--;
    *a = (struct known){
        .kind = days ? KIND_UNKNOWN : KIND_NUMBER, .question = -1, .offset = offset, .length = end - offset};
}

static void check_call(struct check *c, const struct op *op)
{
    if (op->code == OP_CALL && op->count == 2 && strcmp(op->function->name, "selected") == 0)
        check_choice(c, &c->stack[c->height - 2], &c->stack[c->height - 1]);
    const struct function *f = op->code == OP_CALL ? op->function : NULL;
    if (f && f->flags & FUNCTION_PLACE)
        check_place(c, op);
    for (uint32_t i = 0; f && i < op->count; i++) {
        const struct known *k = &c->stack[c->height - op->count + i];
        if (!(f->flags & (k->kind == KIND_ENTRIES ? FUNCTION_ENTRIES : FUNCTION_LISTS)))
            want_single(c, k);
        else if (f->yields == KIND_BOOLEAN && op->count == 1)
            want_truth(c, k);
        if (strcmp(f->name, "repeat-count") == 0 && k->kind != KIND_ENTRIES && c->types->repeat)
            report(c, k->offset, k->length,
                   k->question >= 0 && repeat_of(c, k->question) >= 0 ? name_of(c, repeat_of(c, k->question))
                                                                      : NULL,
                   "repeat-count() takes a repeat: count() is for what is no repeat.");
    }
    c->height -= op->count;
    push(c, f ? f->yields : KIND_UNKNOWN, op);
}

static enum expr_kind question_kind(const struct check *c, const struct op *op)
{
    switch ((enum reading)op->reading) {
    case READ_DIFFERS:
        return KIND_BOOLEAN;
    case READ_GAP:
        return KIND_NUMBER;
    case READ_MISSING:
        return KIND_UNKNOWN; /* a word; compared with one it is never wrong */
    default:
        return c->types->kind(c->types->context, op->question);
    }
}

/* Read from outside of its repeat it is all entries' answers; within count-if() it is the one item. */
static bool is_list(const struct check *c, const struct op *op)
{
    int repeat = repeat_of(c, op->question);
    if (repeat < 0 || stands_in(c, repeat))
        return false;
    return op->reading != READ_OWN || c->within == 0 || c->items_of[c->within - 1] != op->question;
}

static void check_op(struct check *c, const struct op *op, size_t at)
{
    struct known *k;
    switch ((enum op_code)op->code) {
    case OP_NUMBER:
        k = push(c, KIND_NUMBER, op);
        k->is_number = true;
        k->number = op->number;
        break;
    case OP_TEXT:
        k = push(c,
                 is_text_number(op->text) || is_text_date(op->text) || !*op->text ? KIND_UNKNOWN : KIND_TEXT,
                 op);
        k->literal = op->text;
        break;
    case OP_QUESTION:
        k = push(c, question_kind(c, op), op);
        if (op->reading <= READ_AGREED)
            k->question = op->question;
        k->list = k->kind == KIND_ENTRIES || is_list(c, op);
        k->differs = k->list && op->reading == READ_DIFFERS;
        break;
    case OP_KEY:
        push(c, KIND_UNKNOWN, op);
        break;
    case OP_SELF: {
        /* Within count-if() it is one of what is counted. */
        int about = c->within > 0 ? c->answers_of[c->within - 1] : c->types->self;
        k = push(c, about >= 0 ? c->types->kind(c->types->context, about) : KIND_UNKNOWN, op);
        k->question = about;
        break;
    }
    case OP_CALL:
    case OP_FAIL:
        check_call(c, op);
        break;
    case OP_INDEXED:
        check_indexed(c, op);
        break;
    case OP_NEGATE:
        k = &c->stack[c->height - 1];
        want_single(c, k);
        k->list = false;
        k->length += k->offset - op->offset;
        k->offset = op->offset;
        k->kind = KIND_NUMBER;
        k->question = -1;
        k->literal = NULL;
        k->number = -k->number;
        break;
    case OP_MULTIPLY:
    case OP_DIVIDE:
    case OP_MODULO:
    case OP_ADD:
    case OP_SUBTRACT:
        check_reckoning(c, op);
        break;
    case OP_EQUAL:
    case OP_NOT_EQUAL:
    case OP_LESS:
    case OP_LESS_EQUAL:
    case OP_GREATER:
    case OP_GREATER_EQUAL:
        check_comparison(c, op);
        break;
    case OP_BOOLEAN:
        k = &c->stack[c->height - 1];
        want_truth(c, k);
        k->list = k->differs = false;
        k->kind = KIND_BOOLEAN;
        k->question = -1;
        k->literal = NULL;
        k->is_number = false;
        break;
    case OP_AND:
    case OP_OR:
    case OP_IF_NOT:
        want_truth(c, &c->stack[--c->height]);
        break;
    case OP_JUMP:
    case OP_COALESCE:
        c->height--;
        if (c->branch_count < sizeof c->branches / sizeof *c->branches) {
            c->branches[c->branch_count].target = op->target;
            c->branches[c->branch_count].list = c->stack[c->height].list;
            c->branches[c->branch_count++].kind = c->stack[c->height].kind;
        }
        break;
    case OP_ONCE:
        break;
    case OP_COUNT_IF:
        if (c->stack[c->height - 1].kind == KIND_ENTRIES)
            report(c, c->stack[c->height - 1].offset, c->stack[c->height - 1].length, NULL,
                   "count-if() goes through answers: name a question in the repeat.");
        if (c->within < DEEPEST) {
            c->items_of[c->within] = op->about;
            c->answers_of[c->within++] = c->stack[c->height - 1].question;
        }
        break;
    case OP_EITHER:
        k = &c->stack[c->height - 1];
        *k = (struct known){
            .kind = k->kind, .list = k->list, .question = -1, .offset = op->offset, .length = op->length};
        while (c->branch_count && c->branches[c->branch_count - 1].target == at + 1) {
            if (c->branches[--c->branch_count].kind != k->kind)
                k->kind = KIND_UNKNOWN;
            k->list |= c->branches[c->branch_count].list;
        }
        break;
    case OP_COUNTED:
        c->within -= c->within > 0;
        c->height -= 2;
        push(c, KIND_NUMBER, op);
        break;
    }
}

void expr_check(const struct expr *expr, const struct expr_types *types,
                void (*report_to)(void *context, const struct expr_fault *fault), void *context)
{
    struct check c = {.expr = expr, .types = types, .report = report_to, .context = context};
    c.stack = xcalloc(expr->depth + 1, sizeof *c.stack);
    for (size_t at = 0; at < expr->count; at++)
        check_op(&c, &expr->code[at], at);
    if (types->use == USE_TRUTH)
        want_truth(&c, &c.stack[0]);
    else
        want_single(&c, &c.stack[0]);
    free(c.stack);
}
