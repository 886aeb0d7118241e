/* What the two files of the parser share. For form/expr_parse.c and form/expr_calls.c. */
#ifndef FORM_EXPR_PARSE_H
#define FORM_EXPR_PARSE_H

#include "form/expr_code.h"

enum { DEEPEST = 64 };

struct parser {
    struct expr *expr;
    const char *source, *at;
    const struct expr_scope *scope;
    struct expr_fault *fault;
    bool failed;
    int nesting, in_once;
    size_t depth; /* of the stack at this point of the code */
};

/* Keeps the first fault, at [at, at + length) of the source. Returns false. */
bool parser_fault(struct parser *p, const char *at, size_t length, const char *suggestion, const char *format,
                  ...) __attribute__((format(printf, 5, 6)));
/* Something stands at p->at where `wanted` was to come. */
bool parser_fault_after_operand(struct parser *p, const char *wanted);
void parser_skip_blanks(struct parser *p);

/* Add an operation that stands at [start, p->at) and changes the stack's height by `change`. The pointer is
 * good until the next one. */
struct op *parser_emit(struct parser *p, enum op_code code, const char *start, int change);
/* A jump whose target is not known yet; parser_patch() sets it to what is emitted next. */
size_t parser_emit_jump(struct parser *p, enum op_code code, const char *start, int change);
void parser_patch(struct parser *p, size_t jump);
/* Gives the string to the expression. */
const char *parser_keep(struct parser *p, char *text);
/* Notes that the expression refers to the question. */
void parser_refer(struct parser *p, int question);

/* "${name}" at p->at: past it, and the question's number, or -1 and a fault. */
int parser_reference(struct parser *p);
/* The same, and the operation that reads it. */
bool parser_question(struct parser *p, enum reading reading, const char *start);
/* An expression of operators that bind at least so strongly (0 for any). */
bool parser_operators(struct parser *p, int least);
/* "name(…)" at p->at, the name being of `length` bytes. */
bool parser_call(struct parser *p, const char *start, size_t length);

#endif
