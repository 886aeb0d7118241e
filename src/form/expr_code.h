/* What the parts of the expression engine share: the compiled form, and the table of functions. For
 * form/expr_*.c.
 *
 * An expression is compiled to a list of operations for a machine with a stack, in the order they are done:
 * nothing recurses over a long expression, and what is not needed (`and`, `or`, if(), coalesce(), once()) is
 * jumped over. */
#ifndef FORM_EXPR_CODE_H
#define FORM_EXPR_CODE_H

#include "form/expr.h"

#include <regex.h>
#include <stdint.h>

enum op_code {
    OP_NUMBER,   /* push .number */
    OP_TEXT,     /* push .text */
    OP_QUESTION, /* push the answer to .question under .reading */
    OP_KEY,      /* push the bare name .text */
    OP_SELF,     /* push "." */
    OP_CALL,     /* .function with the .count topmost */
    OP_NEGATE,
    OP_MULTIPLY, /* from here to OP_GREATER_EQUAL: two operands */
    OP_DIVIDE,
    OP_MODULO,
    OP_ADD,
    OP_SUBTRACT,
    OP_EQUAL, /* from here on: a comparison */
    OP_NOT_EQUAL,
    OP_LESS,
    OP_LESS_EQUAL,
    OP_GREATER,
    OP_GREATER_EQUAL,
    OP_AND,      /* if the top is false it becomes false() and .target is next; else it goes */
    OP_OR,       /* the same for true */
    OP_BOOLEAN,  /* the top becomes a boolean */
    OP_IF_NOT,   /* take the top away; if it is false .target is next */
    OP_JUMP,     /* .target is next (the end of if()'s first branch, whose value stands for the whole) */
    OP_EITHER,   /* where such branches meet; does nothing (expr_check needs to know) */
    OP_COALESCE, /* if the top is empty or NaN it goes; else .target is next */
    OP_ONCE,     /* if "." is not empty push it, and .target is next */
    OP_COUNT_IF, /* for each item of the top, as ".", do what follows up to the OP_COUNTED at .target; the top
                    becomes the number of items for which that was true */
    OP_COUNTED,
    OP_INDEXED, /* indexed-repeat(): the answer to .question where the .count repeats from .repeats on in
                   expr->repeats stand at the places that are on the stack */
    OP_FAIL,    /* say .text (see late_faults); stands for a call with .count arguments */
};

struct op {
    uint8_t code;
    uint8_t reading;         /* OP_QUESTION: enum reading */
    uint32_t offset, length; /* of the operator, call or operand in the source */
    uint32_t count;          /* OP_CALL, OP_FAIL: arguments; OP_INDEXED: repeats */
    union {
        double number;
        const char *text; /* belongs to the expression */
        int question;
        uint32_t target;
        const struct function *function;
    };
    union {
        const regex_t *pattern; /* OP_CALL of regex() with a literal pattern: that, compiled */
        int about; /* OP_CALL of jr:choice-name(): the question; of position(): the repeat, or -1 for the
                      innermost; OP_COUNT_IF: the question counted, or -1 */
        uint32_t repeats; /* OP_INDEXED */
    };
};

struct expr {
    char *source;
    struct op *code;
    size_t count, room;
    size_t depth; /* of the stack, at most */
    char **texts; /* what op.text points to */
    size_t text_count, text_room;
    regex_t **patterns;
    size_t pattern_count, pattern_room;
    int *references;
    size_t reference_count, reference_room;
    int *repeats;
    size_t repeat_count, repeat_room;
    bool is_volatile, is_random, reads_across;
};

/* One place on the stack. What is borrowed belongs to the expression, the environment or another place. */
struct slot {
    struct value v;
    bool borrowed;
};
void slot_release(struct slot *slot);
void slot_number(struct slot *slot, double number);
void slot_boolean(struct slot *slot, bool boolean);
void slot_date(struct slot *slot, double moment);
/* Takes over the string (from malloc()). */
void slot_take(struct slot *slot, char *string);
/* A literal: borrowed. */
void slot_borrow(struct slot *slot, const char *string);
/* The string value, without a copy where there is one already: the slot becomes that string, or keeps its
 * list. */
const char *slot_text(struct slot *slot);

/* A call: `args[0 .. count)`, whose slots are the function's to change; the result goes to `out` (zeroed). */
struct call {
    struct slot *args;
    size_t count;
    struct slot *out;
    const struct op *op;
    const struct expr_env *env;
    char **cause;
};

enum {
    FUNCTION_LAZY = 1,     /* the parser makes jumps of it (function->lazy says which); there is no `run` */
    FUNCTION_PARTY = 2,    /* takes exactly a ${}; the parser makes an OP_QUESTION of it */
    FUNCTION_VOLATILE = 4, /* another value another time */
    FUNCTION_IN_ONCE = 8,  /* only within once() */
    FUNCTION_NO_LITERAL = 16, /* its arguments are answers: a number or text written out is a slip */
    FUNCTION_LIST = 32,       /* its argument is what has items: a ${} or what yields one */
    FUNCTION_PLACE = 64,      /* position() and index(): `..`, a repeat or nothing */
    FUNCTION_PAIRS = 128,     /* after the first two, arguments come in pairs */
    FUNCTION_LISTS = 256,     /* makes something of each member of a list, not of the first alone */
    FUNCTION_ENTRIES = 512,   /* takes the list of a repeat's entries */
};

struct function {
    const char *name;
    int least, most; /* arguments; most -1: any number */
    enum expr_kind yields;
    unsigned flags;
    bool (*run)(struct call *call);
    int lazy; /* enum op_code of FUNCTION_LAZY; enum reading of FUNCTION_PARTY */
};
/* The names of all, in order; NULL after the last. */
const char *function_name(size_t i);
/* NULL where there is none; *nearest (may be NULL) is then what may have been meant. */
const struct function *function_find(const char *name, const char **nearest);
/* "round() takes 1 or 2 values, not 3." The caller frees it. */
char *function_count_fault(const struct function *function, size_t count);

/* Functions in other files, for the table. */
bool function_regex(struct call *call);
bool function_date(struct call *call);
bool function_today(struct call *call);
bool function_now(struct call *call);
bool function_decimal_date_time(struct call *call);
bool function_decimal_time(struct call *call);
bool function_format_date(struct call *call);

/* Compile a regular expression as ODK's engines write them (\d, \w, \s, (?:…), \uXXXX) into `into`. False and
 * a cause in words that follow "The pattern". */
bool pattern_compile(regex_t *into, const char *pattern, char **cause);
/* What format-date() cannot do with this format, or NULL. The caller frees it. */
char *format_fault(const char *format);

#endif
