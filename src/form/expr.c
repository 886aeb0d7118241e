/* Expressions: what is asked of a compiled one. See expr_code.h for its form. */
#include "form/expr.h"

#include "form/expr_code.h"

#include <stdlib.h>

void expr_fault_release(struct expr_fault *fault)
{
    free(fault->message);
    *fault = (struct expr_fault){0};
}

void expr_free(struct expr *expr)
{
    if (!expr)
        return;
    for (size_t i = 0; i < expr->text_count; i++)
        free(expr->texts[i]);
    for (size_t i = 0; i < expr->pattern_count; i++) {
        regfree(expr->patterns[i]);
        free(expr->patterns[i]);
    }
    free(expr->texts);
    free(expr->patterns);
    free(expr->references);
    free(expr->repeats);
    free(expr->code);
    free(expr->source);
    free(expr);
}

const char *expr_source(const struct expr *expr)
{
    return expr->source;
}

const int *expr_references(const struct expr *expr, size_t *count)
{
    *count = expr->reference_count;
    return expr->references;
}

bool expr_is_volatile(const struct expr *expr)
{
    return expr->is_volatile;
}

bool expr_reads_across(const struct expr *expr)
{
    return expr->reads_across;
}

bool expr_is_random(const struct expr *expr)
{
    return expr->is_random;
}

void expr_uses(const struct expr *expr,
               void (*use)(void *context, const char *key, size_t offset, size_t length), void *context)
{
    size_t items_until = 0; /* up to here "." is an item of count-if()'s list */
    for (size_t i = 0; i < expr->count; i++) {
        const struct op *op = &expr->code[i];
        if (op->code == OP_COUNT_IF && op->target > items_until)
            items_until = op->target;
        else if (op->code == OP_KEY)
            use(context, op->text, op->offset, op->length);
        else if (op->code == OP_SELF && i >= items_until)
            use(context, NULL, op->offset, op->length);
    }
}
