/* Expressions: XLSForm's, that is ODK XForms', that is XPath 1.0 with extensions.
 *
 * An expression is compiled once, when its form is loaded; names are looked up then. A compiled expression is
 * immutable and may be evaluated any number of times. */
#ifndef FORM_EXPR_H
#define FORM_EXPR_H

#include "form/value.h"

struct expr;

/* What the names in an expression mean. */
struct expr_scope {
    /* The number that stands for ${name} from now on, or -1 where there is no such question. */
    int (*resolve)(void *context, const char *name);
    /* The name most like one that is not there, or NULL. */
    const char *(*nearest)(void *context, const char *name);
    /* Bare names (`county` in a choice_filter) may stand: they are asked for with env->key. */
    bool keys_allowed;
    /* What is wrong with a call (no such function, too many arguments) is said by the evaluation that comes
     * to it, as ODK's engines do, and not here. For trying out what they would answer; a form is never
     * compiled so. */
    bool late_faults;
    void *context;
};

/* What is wrong with an expression and where: bytes [offset, offset + length) of its source. */
struct expr_fault {
    size_t offset, length;
    char *message;          /* owned: free with expr_fault_release() */
    const char *suggestion; /* what may have been meant, or NULL; owned by the scope or constant */
};
void expr_fault_release(struct expr_fault *fault);

/* Compile. NULL and *fault filled in where the source is not an expression. Nesting is bounded. Unknown
 * functions, wrong numbers of arguments and unknown names are faults here, never later. */
struct expr *expr_compile(const char *source, const struct expr_scope *scope, struct expr_fault *fault);
void expr_free(struct expr *expr);
const char *expr_source(const struct expr *expr);
/* The questions it refers to, each once, as numbered by `resolve`; the array belongs to the expression. */
const int *expr_references(const struct expr *expr, size_t *count);
/* Call `use` for each "." that stands for the answer the expression is about (not within count-if(), where it
 * is an item), with a NULL key, and for each bare name; [offset, offset + length) is its place in the source.
 */
void expr_uses(const struct expr *expr,
               void (*use)(void *context, const char *key, size_t offset, size_t length), void *context);
/* Does it ask for the time, today's date or chance, so that it may change when no answer does? */
bool expr_is_volatile(const struct expr *expr);
/* Does it read answers in entries that it names by their place (indexed-repeat)? */
bool expr_reads_across(const struct expr *expr);
/* Does it ask for chance, so that it cannot be worked out again? */
bool expr_is_random(const struct expr *expr);

/* Which of a question's answers is read. */
enum reading {
    READ_OWN,          /* ${q}: as the one sees it for whom the expression is evaluated */
    READ_PRACTITIONER, /* practitioner(${q}) */
    READ_SERVICE_USER, /* service_user(${q}) */
    READ_AGREED,       /* agreed(${q}): empty where they do not agree */
    READ_DIFFERS,      /* differs(${q}): a boolean */
    READ_GAP,          /* gap(${q}): a number, NaN where there is none */
    READ_MISSING,      /* missing(${q}): the missing code, or "" */
};

/* What an evaluation sees. */
struct expr_env {
    /* Set *out (zeroed) to what `question` is under `reading`; the evaluation releases it. */
    void (*answer)(void *context, int question, enum reading reading, struct value *out);
    /* The label of the choice `name` of `question`, for jr:choice-name(); NULL where there is none. May be
     * NULL. */
    const char *(*choice_label)(void *context, int question, const char *name);
    /* A bare name's value, for choice filters. May be NULL. */
    void (*key)(void *context, const char *name, struct value *out);
    /* The place, from 1, of the entry of `repeat` (-1: of the innermost one) that is evaluated in; 0 outside
     * of it. May be NULL. */
    int (*position)(void *context, int repeat);
    /* Set *out (zeroed) to `question` where each of these repeats stands at its place, for indexed-repeat();
     * leave it where there is no such entry. May be NULL. */
    void (*answer_at)(void *context, int question, const int *repeats, const int *places, size_t count,
                      struct value *out);
    /* "." : the answer the expression is about; NULL is the empty string. */
    const struct value *self;
    void *context;
};

/* Evaluate into *out, which the caller releases. False and a cause for the few things that go wrong only with
 * the values at hand (a pattern that is no regular expression, a date that is none where one is needed). */
bool expr_eval(const struct expr *expr, const struct expr_env *env, struct value *out, char **cause);

/* What can be told of a question's answer without having it, for the check below. */
enum expr_kind {
    KIND_UNKNOWN,
    KIND_NUMBER,
    KIND_TEXT,
    KIND_DATE,
    KIND_BOOLEAN,
    KIND_CHOICE,
    KIND_CHOICES,
    KIND_ENTRIES, /* a repeat: the list of its entries */
};

struct expr_types {
    enum expr_kind (*kind)(void *context, int question);
    /* Is `name` one of the choices of a question of KIND_CHOICE or KIND_CHOICES? *nearest: what may be meant.
     */
    bool (*has_choice)(void *context, int question, const char *name, const char **nearest);
    /* The question that "." answers, or -1 where that is not known. */
    int self;
    /* The innermost repeat that a question stands in, or -1, and a question's name. NULL where nothing
     * repeats. */
    int (*repeat)(void *context, int question);
    const char *(*name)(void *context, int question);
    /* The innermost repeat that the expression stands in, or -1, and what is made of its result. */
    int here;
    enum expr_use { USE_VALUE, USE_TRUTH } use;
    void *context;
};

/* Report, by calling `report` for each, what can never be meant: a date compared with a number, text with <,
 * a choice with a name that is not among its choices; the list of all entries' answers where one value is
 * wanted; the place of an entry outside of all. The fault is released after the call. */
void expr_check(const struct expr *expr, const struct expr_types *types,
                void (*report)(void *context, const struct expr_fault *fault), void *context);

#endif
