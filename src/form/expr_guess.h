/* What can be told of an expression's value when not all of the answers it reads are known.
 *
 * Every guess is safe: the true value is always among what the guess allows. So what it rules out can never
 * be, and what it lets pass may still be impossible. */
#ifndef FORM_EXPR_GUESS_H
#define FORM_EXPR_GUESS_H

#include "form/expr.h"

struct guess {
    enum {
        GUESS_ANYTHING,
        GUESS_BOOLEAN, /* true or false */
        GUESS_NUMBER,  /* from low to high; or, where it cannot be told, empty or NaN */
        GUESS_VALUE    /* this value */
    } kind;
    double low, high;
    struct value value; /* owned */
};
void guess_release(struct guess *guess);
/* Takes over the value. */
struct guess guess_value(struct value value);
struct guess guess_number(double low, double high);
/* Is it false as a boolean, whatever it turns out to be? */
bool guess_is_false(const struct guess *guess);

/* What an expression may see. Each gives a guess of the caller's own. */
struct guess_env {
    struct guess (*answer)(void *context, int question, enum reading reading);
    /* A bare name of a choice_filter. */
    struct guess (*key)(void *context, const char *name);
    /* "." */
    struct guess (*self)(void *context);
    void *context;
};

/* The caller releases the guess. */
struct guess expr_guess(const struct expr *expr, const struct guess_env *env);

#endif
