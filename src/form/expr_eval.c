/* Evaluation: the stack machine, and XPath's rules for its operators.
 *
 * A slot on the stack borrows the texts of literals and of ".", so that nothing is copied that is only looked
 * at. Comparisons know dates: two of them are compared as this wall's calendar and clock show them, a date
 * and a number by the number of days that ODK's engines reckon with, to the millisecond. */
#include "form/expr.h"

#include "base/cause.h"
#include "base/mem.h"
#include "form/expr_code.h"
#include "form/moment.h"
#include "form/number.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The parser counts what each operation takes and leaves (parser_emit()), so there is always enough on the stack. A
 * checker that sees this file alone cannot know. */
/* NOLINTBEGIN(clang-analyzer-core.NullDereference,clang-analyzer-core.uninitialized.*,*UndefinedBinaryOperatorResult) */

/* ---- slots ---- */

void slot_release(struct slot *slot)
{
    if (!slot->borrowed && (slot->v.string || slot->v.items))
        value_release(&slot->v);
    *slot = (struct slot){0};
}

void slot_number(struct slot *slot, double number)
{
    slot_release(slot);
    slot->v.type = VALUE_NUMBER;
    slot->v.number = number;
}

void slot_boolean(struct slot *slot, bool boolean)
{
    slot_release(slot);
    slot->v.type = VALUE_BOOLEAN;
    slot->v.boolean = boolean;
}

void slot_date(struct slot *slot, double moment)
{
    slot_release(slot);
    slot->v.type = VALUE_DATE;
    slot->v.number = moment;
}

void slot_take(struct slot *slot, char *string)
{
    slot_release(slot);
    slot->v.string = string;
}

void slot_borrow(struct slot *slot, const char *string)
{
    slot_release(slot);
    slot->v.string = (char *)string; /* never written to, never freed */
    slot->borrowed = true;
}

const char *slot_text(struct slot *slot)
{
    struct value *v = &slot->v;
    if (v->type == VALUE_LIST)
        return v->count ? v->items[0] : "";
    if (v->type != VALUE_STRING)
        slot_take(slot, value_string(v));
    return v->string ? v->string : "";
}

/* ---- comparing ---- */

/* Is it a date, or text that is one? (A number's text never is.) */
static bool as_moment(const struct value *v, double *moment)
{
    if (v->type == VALUE_DATE) {
        *moment = v->number;
        return true;
    }
    return v->type == VALUE_STRING && v->string && v->string[0] >= '0' && v->string[0] <= '9' &&
           moment_parse(v->string, moment);
}

static bool ordered(enum op_code code, double a, double b)
{
    switch (code) {
    case OP_EQUAL:
        return a == b;
    case OP_NOT_EQUAL:
        return a != b;
    case OP_LESS:
        return a < b;
    case OP_LESS_EQUAL:
        return a <= b;
    case OP_GREATER:
        return a > b;
    default:
        return a >= b;
    }
}

/* To the millisecond, so that a day reckoned with equals that day. */
static double milliseconds(double days)
{
    return isfinite(days) ? nearbyint(days * 86400000.0) : days;
}

/* Two values of which neither is a list. */
static bool compare_single(enum op_code code, const struct value *a, const struct value *b)
{
    bool equality = code == OP_EQUAL || code == OP_NOT_EQUAL;
    if (a->type == VALUE_NUMBER && b->type == VALUE_NUMBER)
        return ordered(code, a->number, b->number);
    if (equality && (a->type == VALUE_BOOLEAN || b->type == VALUE_BOOLEAN))
        return ordered(code, value_boolean(a), value_boolean(b));
    double x, y;
    bool a_date = as_moment(a, &x), b_date = as_moment(b, &y);
    if (a_date && b_date)
        return ordered(code, milliseconds(x), milliseconds(y));
    if (equality && a->type == VALUE_STRING && b->type == VALUE_STRING) {
        bool same = strcmp(a->string ? a->string : "", b->string ? b->string : "") == 0;
        return same == (code == OP_EQUAL);
    }
    x = value_number(a);
    y = value_number(b);
    return a_date || b_date ? ordered(code, milliseconds(x), milliseconds(y)) : ordered(code, x, y);
}

/* XPath: a comparison with a list holds where it holds for one of its items; with a boolean, = and != take
 * the list as one: is there anything in it? */
static bool compare(enum op_code code, const struct value *a, const struct value *b)
{
    if (a->type != VALUE_LIST && b->type != VALUE_LIST)
        return compare_single(code, a, b);
    bool equality = code == OP_EQUAL || code == OP_NOT_EQUAL;
    if (equality && (a->type == VALUE_BOOLEAN || b->type == VALUE_BOOLEAN))
        return ordered(code, value_boolean(a), value_boolean(b));
    size_t rows = a->type == VALUE_LIST ? a->count : 1, columns = b->type == VALUE_LIST ? b->count : 1;
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            struct value x = a->type == VALUE_LIST ? (struct value){.string = a->items[i]} : *a;
            struct value y = b->type == VALUE_LIST ? (struct value){.string = b->items[j]} : *b;
            if (compare_single(code, &x, &y))
                return true;
        }
    }
    return false;
}

static double reckon(enum op_code code, const struct value *a, const struct value *b)
{
    double x, y;
    /* The days between two dates are days of the calendar, whatever summer time does to their hours. */
    if (code == OP_SUBTRACT && as_moment(a, &x) && as_moment(b, &y))
        return (milliseconds(x) - milliseconds(y)) / 86400000.0;
    x = value_number(a);
    y = value_number(b);
    switch (code) {
    case OP_MULTIPLY:
        return x * y;
    case OP_DIVIDE:
        return x / y;
    case OP_MODULO:
        return fmod(x, y);
    case OP_ADD:
        return x + y;
    default:
        return x - y;
    }
}

/* ---- the machine ---- */

struct machine {
    const struct expr *expr;
    const struct expr_env *env;
    const struct value *self; /* "." */
    int about;                /* in count-if(): the question of which `self` is one item; else -1 */
    struct slot *stack;
    size_t height;
    char **cause;
};

static struct slot *push(struct machine *m)
{
    struct slot *slot = &m->stack[m->height++];
    *slot = (struct slot){0};
    return slot;
}

static void push_borrowed(struct machine *m, const struct value *v)
{
    struct slot *slot = push(m);
    if (v) {
        slot->v = *v;
        slot->borrowed = true;
    }
}

static bool is_nothing(const struct value *v)
{
    if (v->type == VALUE_NUMBER || v->type == VALUE_DATE)
        return isnan(v->number);
    return value_is_empty(v) || (v->type == VALUE_LIST && v->items[0][0] == '\0');
}

static bool run(struct machine *m, size_t at, size_t end);

static bool count_if(struct machine *m, const struct op *op, size_t at)
{
    struct slot *list = &m->stack[m->height - 1];
    const struct value *outer_self = m->self;
    int outer_about = m->about;
    bool whole = list->v.type != VALUE_LIST;
    size_t items = whole ? 1 : list->v.count, count = 0;
    m->about = op->about;
    bool good = true;
    for (size_t i = 0; i < items && good; i++) {
        struct value item = whole ? list->v : (struct value){.string = list->v.items[i]};
        m->self = &item;
        good = run(m, at + 1, op->target);
        if (good) {
            struct slot *held = &m->stack[--m->height];
            count += value_boolean(&held->v);
            slot_release(held);
        }
    }
    m->self = outer_self;
    m->about = outer_about;
    if (good)
        slot_number(list, (double)count);
    return good;
}

/* The places are taken off the stack; what stands there comes onto it. */
static void indexed(struct machine *m, const struct op *op)
{
    int *places = xreallocarray(NULL, op->count, sizeof *places);
    m->height -= op->count;
    for (uint32_t i = 0; i < op->count; i++) {
        struct slot *slot = &m->stack[m->height + i];
        double place = trunc(value_number(&slot->v));
        places[i] = place >= 1 && place <= INT_MAX ? (int)place : 0;
        slot_release(slot);
    }
    struct slot *out = push(m);
    if (m->env->answer_at)
        m->env->answer_at(m->env->context, op->question, m->expr->repeats + op->repeats, places, op->count,
                          &out->v);
    free(places);
}

static bool call(struct machine *m, const struct op *op)
{
    struct slot out = {0};
    struct slot *args = &m->stack[m->height - op->count];
    struct call c = {
        .args = args, .count = op->count, .out = &out, .op = op, .env = m->env, .cause = m->cause};
    /* A call without an argument, where one may be left out, is about ".". */
    struct slot self = {0};
    if (op->count == 0 && op->function->most == 1 && op->function->least == 0 &&
        !(op->function->flags & FUNCTION_IN_ONCE)) {
        if (m->self)
            self.v = *m->self;
        self.borrowed = true;
        c.args = &self;
        c.count = 1;
    }
    bool good = op->function->run(&c);
    slot_release(&self);
    if (!good) {
        slot_release(&out);
        return false;
    }
    for (size_t i = 0; i < op->count; i++)
        slot_release(&args[i]);
    m->height -= op->count;
    m->stack[m->height++] = out;
    return true;
}

static bool run(struct machine *m, size_t at, size_t end)
{
    const struct op *code = m->expr->code;
    while (at < end) {
        const struct op *op = &code[at];
        struct slot *top = m->height ? &m->stack[m->height - 1] : NULL;
        size_t next = at + 1;
        switch ((enum op_code)op->code) {
        case OP_NUMBER:
            *push(m) = (struct slot){.v = {.type = VALUE_NUMBER, .number = op->number}};
            break;
        case OP_TEXT:
            slot_borrow(push(m), op->text);
            break;
        case OP_QUESTION:
            if (op->question == m->about && op->reading == READ_OWN)
                push_borrowed(m, m->self);
            else if (m->env->answer)
                m->env->answer(m->env->context, op->question, (enum reading)op->reading, &push(m)->v);
            else
                push(m);
            break;
        case OP_KEY:
            if (m->env->key)
                m->env->key(m->env->context, op->text, &push(m)->v);
            else
                push(m);
            break;
        case OP_SELF:
            push_borrowed(m, m->self);
            break;
        case OP_CALL:
            if (!call(m, op))
                return false;
            break;
        case OP_NEGATE:
            slot_number(top, -value_number(&top->v));
            break;
        case OP_MULTIPLY:
        case OP_DIVIDE:
        case OP_MODULO:
        case OP_ADD:
        case OP_SUBTRACT:
            slot_number(top - 1, reckon((enum op_code)op->code, &top[-1].v, &top->v));
            slot_release(top);
            m->height--;
            break;
        case OP_EQUAL:
        case OP_NOT_EQUAL:
        case OP_LESS:
        case OP_LESS_EQUAL:
        case OP_GREATER:
        case OP_GREATER_EQUAL:
            slot_boolean(top - 1, compare((enum op_code)op->code, &top[-1].v, &top->v));
            slot_release(top);
            m->height--;
            break;
        case OP_AND:
        case OP_OR:
            if (value_boolean(&top->v) == (op->code == OP_OR)) {
                slot_boolean(top, op->code == OP_OR);
                next = op->target;
            } else {
                slot_release(top);
                m->height--;
            }
            break;
        case OP_BOOLEAN:
            slot_boolean(top, value_boolean(&top->v));
            break;
        case OP_IF_NOT:
            if (!value_boolean(&top->v))
                next = op->target;
            slot_release(top);
            m->height--;
            break;
        case OP_JUMP:
            next = op->target;
            break;
        case OP_EITHER:
            break;
        case OP_COALESCE:
            if (!is_nothing(&top->v)) {
                next = op->target;
            } else {
                slot_release(top);
                m->height--;
            }
            break;
        case OP_ONCE:
            if (m->self && !is_nothing(m->self)) {
                push_borrowed(m, m->self);
                next = op->target;
            }
            break;
        case OP_COUNT_IF:
            if (!count_if(m, op, at))
                return false;
            next = op->target + 1;
            break;
        case OP_COUNTED:
            break;
        case OP_INDEXED:
            indexed(m, op);
            break;
        case OP_FAIL:
            return cause_set(m->cause, "%s", op->text);
        }
        at = next;
    }
    return true;
}

bool expr_eval(const struct expr *expr, const struct expr_env *env, struct value *out, char **cause)
{
    enum { FEW = 24 };
    struct slot few[FEW];
    struct machine m = {
        .expr = expr, .env = env, .self = env->self, .about = -1, .stack = few, .cause = cause};
    if (expr->depth > FEW)
        m.stack = xreallocarray(NULL, expr->depth, sizeof *m.stack);
    bool good = run(&m, 0, expr->count);
    if (good) {
        struct slot *result = &m.stack[--m.height];
        *out = result->borrowed ? value_copy(&result->v) : result->v;
    } else {
        *out = (struct value){0};
    }
    while (m.height)
        slot_release(&m.stack[--m.height]);
    if (m.stack != few)
        free(m.stack);
    return good;
}
/* NOLINTEND(clang-analyzer-core.NullDereference,clang-analyzer-core.uninitialized.*,*UndefinedBinaryOperatorResult) */
