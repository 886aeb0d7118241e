/* The code of an expression is gone through as in expr_eval.c, on a stack of guesses. An operation on values
 * that are all known is done by expr_eval() itself, as a little expression of its own, so that there is one
 * place that says what = and sum() mean; here is only what can be said when one is not known. Where a jump
 * depends on such a one both ways are gone. What this machine does not know makes it say that it knows
 * nothing. */
#include "form/expr_guess.h"

#include "base/mem.h"
#include "form/expr_code.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void guess_release(struct guess *guess)
{
    value_release(&guess->value);
    *guess = (struct guess){.kind = GUESS_ANYTHING};
}

struct guess guess_value(struct value value)
{
    return (struct guess){.kind = GUESS_VALUE, .value = value};
}

struct guess guess_number(double low, double high)
{
    return (struct guess){.kind = GUESS_NUMBER, .low = low, .high = high};
}

bool guess_is_false(const struct guess *guess)
{
    if (guess->kind == GUESS_VALUE)
        return !value_boolean(&guess->value);
    return guess->kind == GUESS_NUMBER && guess->low == 0 && guess->high == 0;
}

struct machine {
    const struct expr *expr;
    const struct guess_env *env;
    struct guess *stack;
    size_t height;
};

static struct guess *push(struct machine *m, struct guess guess)
{
    m->stack[m->height] = guess;
    return &m->stack[m->height++];
}

static struct guess pop(struct machine *m)
{
    return m->stack[--m->height];
}

static void drop(struct machine *m, size_t count)
{
    while (count-- > 0)
        guess_release(&m->stack[--m->height]);
}

/* ---- what is known ---- */

static void known_answer(void *context, int question, enum reading reading, struct value *out)
{
    (void)reading;
    const struct guess *operands = context;
    *out = value_copy(&operands[question].value);
}

/* The operation on the topmost `count`, all of which are known, as expr_eval() does it. */
static struct guess work_out(struct machine *m, const struct op *op, size_t count)
{
    struct op *code = xcalloc(count + 1, sizeof *code);
    for (size_t i = 0; i < count; i++)
        code[i] = (struct op){.code = OP_QUESTION, .reading = READ_PRACTITIONER, .question = (int)i};
    code[count] = *op;
    const struct expr part = {.code = code, .count = count + 1, .depth = count + 1};
    const struct expr_env env = {.answer = known_answer, .context = &m->stack[m->height - count]};
    struct value value = {0};
    bool good = expr_eval(&part, &env, &value, NULL);
    free(code);
    return good ? guess_value(value) : (struct guess){.kind = GUESS_ANYTHING};
}

/* ---- what is not ---- */

/* As a number within bounds; false where nothing is known of it. A date is none: those have a reckoning of
 * their own. */
static bool bounds(const struct guess *guess, double *low, double *high)
{
    switch (guess->kind) {
    case GUESS_NUMBER:
        *low = guess->low;
        *high = guess->high;
        return true;
    case GUESS_BOOLEAN:
        *low = 0;
        *high = 1;
        return true;
    case GUESS_VALUE:
        if (guess->value.type != VALUE_NUMBER && guess->value.type != VALUE_BOOLEAN)
            return false;
        *low = *high = value_number(&guess->value);
        return !isnan(*low);
    default:
        return false;
    }
}

static struct guess reckoned(enum op_code code, const struct guess *a, const struct guess *b)
{
    double al, ah, bl, bh;
    if (!bounds(a, &al, &ah) || !bounds(b, &bl, &bh))
        return (struct guess){.kind = GUESS_ANYTHING};
    struct guess all = guess_number(-INFINITY, INFINITY);
    if (code == OP_ADD)
        all = guess_number(al + bl, ah + bh);
    else if (code == OP_SUBTRACT)
        all = guess_number(al - bh, ah - bl);
    else if (code == OP_MULTIPLY)
        all = guess_number(fmin(fmin(al * bl, al * bh), fmin(ah * bl, ah * bh)),
                           fmax(fmax(al * bl, al * bh), fmax(ah * bl, ah * bh)));
    if (isnan(all.low) || isnan(all.high))
        return guess_number(-INFINITY, INFINITY);
    return all;
}

/* Only numbers have bounds, and only two numbers are compared as such: "=" looks at a boolean otherwise. */
static bool never_so(enum op_code code, const struct guess *a, const struct guess *b)
{
    double al, ah, bl, bh;
    if (a->kind == GUESS_BOOLEAN || b->kind == GUESS_BOOLEAN || !bounds(a, &al, &ah) ||
        !bounds(b, &bl, &bh) || a->value.type == VALUE_BOOLEAN || b->value.type == VALUE_BOOLEAN)
        return false;
    bool one_is_there = a->kind == GUESS_VALUE || b->kind == GUESS_VALUE; /* two that are empty are equal */
    switch (code) {
    case OP_EQUAL:
        return one_is_there && (ah < bl || al > bh);
    case OP_LESS:
        return al >= bh;
    case OP_LESS_EQUAL:
        return al > bh;
    case OP_GREATER:
        return ah <= bl;
    case OP_GREATER_EQUAL:
        return ah < bl;
    default:
        return false;
    }
}

static struct guess compared(enum op_code code, const struct guess *a, const struct guess *b)
{
    return never_so(code, a, b) ? guess_value(value_of_boolean(false))
                                : (struct guess){.kind = GUESS_BOOLEAN};
}

/* sum(), min() and max() keep within bounds; of others it is known at most what kind of value they yield. */
static struct guess called(const struct op *op, const struct guess *args)
{
    const char *name = op->function->name;
    bool sum = strcmp(name, "sum") == 0, min = strcmp(name, "min") == 0, max = strcmp(name, "max") == 0;
    if ((sum || min || max) && op->count > 0) {
        double low = 0, high = 0;
        for (size_t i = 0; i < op->count; i++) {
            double l, h;
            if (!bounds(&args[i], &l, &h))
                return guess_number(-INFINITY, INFINITY);
            low = i == 0 ? l : sum ? low + l : min ? fmin(low, l) : fmax(low, l);
            high = i == 0 ? h : sum ? high + h : min ? fmin(high, h) : fmax(high, h);
        }
        return guess_number(low, high);
    }
    if (op->function->yields == KIND_BOOLEAN)
        return (struct guess){.kind = GUESS_BOOLEAN};
    if (op->function->yields == KIND_NUMBER)
        return guess_number(-INFINITY, INFINITY);
    return (struct guess){.kind = GUESS_ANYTHING};
}

/* One of the two; takes over both. */
static struct guess either(struct guess a, struct guess b)
{
    struct guess both = {.kind = GUESS_ANYTHING};
    double al, ah, bl, bh;
    if (a.kind == GUESS_VALUE && b.kind == GUESS_VALUE && value_same(&a.value, &b.value)) {
        guess_release(&b);
        return a;
    }
    bool boolean = (a.kind == GUESS_BOOLEAN || a.value.type == VALUE_BOOLEAN) &&
                   (b.kind == GUESS_BOOLEAN || b.value.type == VALUE_BOOLEAN);
    if (boolean)
        both.kind = GUESS_BOOLEAN;
    else if (a.kind != GUESS_BOOLEAN && b.kind != GUESS_BOOLEAN && a.value.type != VALUE_BOOLEAN &&
             b.value.type != VALUE_BOOLEAN && bounds(&a, &al, &ah) && bounds(&b, &bl, &bh))
        both = guess_number(fmin(al, bl), fmax(ah, bh));
    guess_release(&a);
    guess_release(&b);
    return both;
}

/* ---- the machine ---- */

static bool all_known(const struct machine *m, size_t count)
{
    for (size_t i = m->height - count; i < m->height; i++) {
        if (m->stack[i].kind != GUESS_VALUE)
            return false;
    }
    return true;
}

static void operate(struct machine *m, const struct op *op, size_t count)
{
    struct guess *operands = &m->stack[m->height - count], result;
    double low, high;
    /* What asks for the time, for chance, for "." or for a place is known only then, and so is a label. */
    bool is_call = op->code == OP_CALL;
    bool asks_nothing =
        !is_call || (!(op->function->flags & FUNCTION_VOLATILE) &&
                     (count > 0 || (op->function->most == 0 && op->function->yields == KIND_BOOLEAN)) &&
                     strcmp(op->function->name, "jr:choice-name") != 0);
    if (asks_nothing && all_known(m, count))
        result = work_out(m, op, count);
    else if (is_call)
        result = called(op, operands);
    else if (op->code == OP_BOOLEAN)
        result = guess_is_false(operands) ? guess_value(value_of_boolean(false))
                                          : (struct guess){.kind = GUESS_BOOLEAN};
    else if (op->code == OP_NEGATE)
        result =
            bounds(operands, &low, &high) ? guess_number(-high, -low) : guess_number(-INFINITY, INFINITY);
    else if (op->code >= OP_EQUAL && op->code <= OP_GREATER_EQUAL)
        result = compared((enum op_code)op->code, &operands[0], &operands[1]);
    else
        result = reckoned((enum op_code)op->code, &operands[0], &operands[1]);
    drop(m, count);
    push(m, result);
}

static bool run(struct machine *m, size_t at, size_t end);

/* `and`, `or`: what is on the top, and what follows up to the jump's target. */
static bool join(struct machine *m, const struct op *op, size_t at)
{
    struct guess left = pop(m);
    bool is_or = op->code == OP_OR, known = left.kind == GUESS_VALUE || guess_is_false(&left);
    bool truth = left.kind == GUESS_VALUE && value_boolean(&left.value);
    guess_release(&left);
    if (known && truth == is_or) {
        push(m, guess_value(value_of_boolean(is_or)));
        return true;
    }
    if (!run(m, at + 1, op->target))
        return false;
    struct guess right = pop(m);
    bool decided = right.kind == GUESS_VALUE && (known || value_boolean(&right.value) == is_or);
    struct guess result = {.kind = GUESS_BOOLEAN};
    if (decided)
        result = guess_value(value_of_boolean(value_boolean(&right.value)));
    guess_release(&right);
    push(m, result);
    return true;
}

/* if(): the first branch ends in a jump to where both meet. *next: that place. */
static bool branch(struct machine *m, const struct op *op, size_t at, size_t *next)
{
    struct guess condition = pop(m);
    size_t other = op->target, meet = m->expr->code[other - 1].target;
    bool known = condition.kind == GUESS_VALUE || guess_is_false(&condition);
    bool truth = condition.kind == GUESS_VALUE && value_boolean(&condition.value);
    guess_release(&condition);
    *next = meet;
    if (known)
        return truth ? run(m, at + 1, other - 1) : run(m, other, meet);
    if (!run(m, at + 1, other - 1))
        return false;
    struct guess first = pop(m);
    bool good = run(m, other, meet);
    if (good)
        first = either(first, pop(m));
    push(m, first);
    return good;
}

/* coalesce(): the top if there is anything in it, else what follows. */
static bool first_of(struct machine *m, const struct op *op, size_t at)
{
    struct guess first = pop(m);
    const struct value *v = &first.value;
    bool number = first.kind == GUESS_VALUE && (v->type == VALUE_NUMBER || v->type == VALUE_DATE);
    if (first.kind == GUESS_VALUE && (number ? !isnan(v->number) : !value_is_empty(v))) {
        push(m, first);
        return true;
    }
    bool good = run(m, at + 1, op->target);
    if (good && first.kind != GUESS_VALUE)
        push(m, either(first, pop(m)));
    else
        guess_release(&first); /* nothing is in it */
    return good;
}

/* False where something stands in the code that is not known here. */
static bool run(struct machine *m, size_t at, size_t end)
{
    const struct op *code = m->expr->code;
    while (at < end) {
        const struct op *op = &code[at];
        size_t next = at + 1;
        switch ((enum op_code)op->code) {
        case OP_NUMBER:
            push(m, guess_value(value_of_number(op->number)));
            break;
        case OP_TEXT:
            push(m, guess_value(value_of_string(op->text)));
            break;
        case OP_QUESTION:
            push(m, m->env->answer(m->env->context, op->question, (enum reading)op->reading));
            break;
        case OP_KEY:
            push(m, m->env->key ? m->env->key(m->env->context, op->text) : (struct guess){0});
            break;
        case OP_SELF:
            push(m, m->env->self ? m->env->self(m->env->context) : (struct guess){0});
            break;
        case OP_CALL:
            operate(m, op, op->count);
            break;
        case OP_NEGATE:
        case OP_BOOLEAN:
            operate(m, op, 1);
            break;
        case OP_MULTIPLY:
        case OP_DIVIDE:
        case OP_MODULO:
        case OP_ADD:
        case OP_SUBTRACT:
        case OP_EQUAL:
        case OP_NOT_EQUAL:
        case OP_LESS:
        case OP_LESS_EQUAL:
        case OP_GREATER:
        case OP_GREATER_EQUAL:
            operate(m, op, 2);
            break;
        case OP_AND:
        case OP_OR:
            if (!join(m, op, at))
                return false;
            next = op->target;
            break;
        case OP_IF_NOT:
            if (!branch(m, op, at, &next))
                return false;
            break;
        case OP_COALESCE:
            if (!first_of(m, op, at))
                return false;
            next = op->target;
            break;
        case OP_EITHER:
            break;
        default:
            return false;
        }
        at = next;
    }
    return true;
}

struct guess expr_guess(const struct expr *expr, const struct guess_env *env)
{
    struct machine m = {.expr = expr, .env = env};
    m.stack = xcalloc(expr->depth + 1, sizeof *m.stack);
    struct guess result = {.kind = GUESS_ANYTHING};
    if (run(&m, 0, expr->count))
        result = pop(&m);
    drop(&m, m.height);
    free(m.stack);
    return result;
}
