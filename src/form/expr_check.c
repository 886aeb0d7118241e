/* The check of types: the code is walked once, with a stack of what is known of each value instead of the
 * values.
 *
 * It speaks up only where a comparison can never be meant. What ODK's rules make of a value in the end is not
 * always known before (a calculation may yield anything), so most is KIND_UNKNOWN and is let pass. */
#include "form/expr.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "form/expr_code.h"
#include "form/moment.h"
#include "form/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct known {
    enum expr_kind kind;
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
    } branches[64];
    size_t branch_count;
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
    c->height -= op->count;
    push(c, op->code == OP_CALL ? op->function->yields : KIND_UNKNOWN, op);
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
        break;
    case OP_KEY:
    case OP_SELF:
        push(c, KIND_UNKNOWN, op);
        break;
    case OP_CALL:
    case OP_FAIL:
        check_call(c, op);
        break;
    case OP_NEGATE:
        k = &c->stack[c->height - 1];
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
        k->kind = KIND_BOOLEAN;
        k->question = -1;
        k->literal = NULL;
        k->is_number = false;
        break;
    case OP_AND:
    case OP_OR:
    case OP_IF_NOT:
        c->height--;
        break;
    case OP_JUMP:
    case OP_COALESCE:
        c->height--;
        if (c->branch_count < sizeof c->branches / sizeof *c->branches) {
            c->branches[c->branch_count].target = op->target;
            c->branches[c->branch_count++].kind = c->stack[c->height].kind;
        }
        break;
    case OP_ONCE:
    case OP_COUNT_IF:
        break;
    case OP_EITHER:
        k = &c->stack[c->height - 1];
        *k = (struct known){.kind = k->kind, .question = -1, .offset = op->offset, .length = op->length};
        while (c->branch_count && c->branches[c->branch_count - 1].target == at + 1) {
            if (c->branches[--c->branch_count].kind != k->kind)
                k->kind = KIND_UNKNOWN;
        }
        break;
    case OP_COUNTED:
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
    free(c.stack);
}
