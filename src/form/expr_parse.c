/* From text to operations: a recursive descent over operator precedence that emits code as it goes.
 *
 * Recursion is per bracket or call only, and those are counted. XPath has no reserved words: `and`, `or`,
 * `div` and `mod` are operators where an operator can stand, which is also why "1div2" is one. Most of the
 * code is for what people write by mistake, since a form's author sees nothing of this but the messages. */
#include "form/expr_parse.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "form/number.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- saying what is wrong ---- */

bool parser_fault(struct parser *p, const char *at, size_t length, const char *suggestion, const char *format,
                  ...)
{
    if (!p->failed) {
        p->failed = true;
        va_list args;
        va_start(args, format);
        *p->fault = (struct expr_fault){.offset = (size_t)(at - p->source),
                                        .length = length,
                                        .message = xvasprintf(format, args),
                                        .suggestion = suggestion};
        va_end(args);
    }
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void parser_skip_blanks(struct parser *p)
{
    while (is_blank(*p->at))
        p->at++;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The length of the name at `s`: XPath's names have "-" and "." in them, a function's perhaps one ":". */
static size_t name_length(const char *s)
{
    size_t n = 0;
    if (!is_letter(*s))
        return 0;
    while (is_letter(s[n]) || is_digit(s[n]) || s[n] == '-' || s[n] == '.' ||
           (s[n] == ':' && is_letter(s[n + 1])))
        n++;
    return n;
}

/* Characters of other alphabets or keyboards that stand where XPath wants a plain one. */
static const struct slip {
    const char *wrong, *right;
    const char *why;
} operator_slips[] =
    {
        {"==", "=", "Equal is a single =."},
        {"&&", "and", "There is no &&: write the word."},
        {"||", "or", "There is no ||: write the word."},
        {"<>", "!=", "Not equal is written !=."},
        {"=<", "<=", "At most is written <=."},
        {"=>", ">=", "At least is written >=."},
        {"&", "and", "There is no &: write the word."},
        {"|", "or", "There is no |: write the word."},
        {"%", "mod", "The remainder is written mod."},
        {"/", "div", "Division is written div."},
        {"≤", "<=", "At most is written <=."},
        {"≥", ">=", "At least is written >=."},
        {"≠", "!=", "Not equal is written !=."},
        {"−", "-", "This is a long dash: minus is a plain -."},
        {"–", "-", "This is a long dash: minus is a plain -."},
        {"×", "*", "Times is written *."},
        {"÷", "div", "Division is written div."},
        {NULL, NULL, NULL},
},
  operand_slips[] = {
      {"“", "\"", "These are curly quotation marks: text stands in plain ones, \" or '."},
      {"”", "\"", "These are curly quotation marks: text stands in plain ones, \" or '."},
      {"‘", "'", "These are curly quotation marks: text stands in plain ones, \" or '."},
      {"’", "'", "These are curly quotation marks: text stands in plain ones, \" or '."},
      {"−", "-", "This is a long dash: minus is a plain -."},
      {"–", "-", "This is a long dash: minus is a plain -."},
      {"!", "not(", "Not is written not(…)."},
      {"..", NULL, "There are no paths here: a question is written ${name}."},
      {"//", NULL, "There are no paths here: a question is written ${name}."},
      {"/", NULL, "There are no paths here: a question is written ${name}."},
      {"[", NULL, "There are no conditions in square brackets here."},
      {"{", "${", "A question is written ${name}."},
      {"#", NULL, "A question is written ${name}."},
      {"@", NULL, "A question is written ${name}."},
      {NULL, NULL, NULL},
};

static const struct slip *find_slip(const struct slip *slips, const char *at)
{
    for (; slips->wrong; slips++) {
        if (strncmp(at, slips->wrong, strlen(slips->wrong)) == 0)
            return slips;
    }
    return NULL;
}

static bool slipped(struct parser *p, const struct slip *slip)
{
    return parser_fault(p, p->at, strlen(slip->wrong), slip->right, "%s", slip->why);
}

/* What stands at p->at, for a sentence; at most a name or a character. */
static char *what_stands(const struct parser *p, size_t *length)
{
    *length = name_length(p->at);
    if (!*length)
        *length = utf8_next(p->at, 0);
    if (*length > 40) {
        *length = 40;
        while (((unsigned char)p->at[*length] & 0xc0) == 0x80)
            ++*length;
    }
    char *raw = xstrndup(p->at, *length), *safe = utf8_safe(raw, false);
    free(raw);
    return safe;
}

static bool same_word(const char *at, size_t length, const char *word)
{
    return strlen(word) == length && strncasecmp(at, word, length) == 0;
}

/* Something stands where an operator, or the end, was to come. */
bool parser_fault_after_operand(struct parser *p, const char *wanted)
{
    static const char *const words[] = {"and", "or", "div", "mod"};
    const struct slip *slip = find_slip(operator_slips, p->at);
    if (slip)
        return slipped(p, slip);
    size_t length = name_length(p->at);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (same_word(p->at, length, words[i]))
            return parser_fault(p, p->at, length, words[i], "\"%s\" is written in small letters.", words[i]);
    }
    if (*p->at == '\0')
        return parser_fault(p, p->at, 0, NULL, "The expression ends too early: %s is missing.", wanted);
    if (*p->at == ')')
        return parser_fault(p, p->at, 1, NULL, "There is no \"(\" for this \")\".");
    char *what = what_stands(p, &length);
    parser_fault(p, p->at, length, NULL, "\"%s\" cannot stand here: %s is missing before it.", what, wanted);
    free(what);
    return false;
}

static bool fault_at_operand(struct parser *p)
{
    if (*p->at == '\0')
        return parser_fault(p, p->at, 0, NULL,
                            p->at == p->source ? "There is nothing here: an expression is missing."
                                               : "The expression ends too early: a value is missing.");
    const struct slip *slip = find_slip(operand_slips, p->at);
    if (!slip) {
        slip = find_slip(operator_slips, p->at);
        if (slip && strlen(slip->wrong) < 2)
            slip = NULL;
    }
    if (slip)
        return slipped(p, slip);
    size_t length;
    char *what = what_stands(p, &length);
    parser_fault(p, p->at, length, NULL, "\"%s\" cannot stand here: a value is missing before it.", what);
    free(what);
    return false;
}

/* ---- emitting ---- */

static void stack_change(struct parser *p, int change)
{
    p->depth = (size_t)((long)p->depth + change);
    if (p->depth > p->expr->depth)
        p->expr->depth = p->depth;
}

struct op *parser_emit(struct parser *p, enum op_code code, const char *start, int change)
{
    struct expr *e = p->expr;
    GROW(e->code, e->count, e->room);
    struct op *op = &e->code[e->count++];
    *op = (struct op){
        .code = (uint8_t)code, .offset = (uint32_t)(start - p->source), .length = (uint32_t)(p->at - start)};
    stack_change(p, change);
    return op;
}

/* A jump whose target is not known yet; parser_patch() sets it to what is emitted next. */
size_t parser_emit_jump(struct parser *p, enum op_code code, const char *start, int change)
{
    parser_emit(p, code, start, change);
    return p->expr->count - 1;
}

void parser_patch(struct parser *p, size_t jump)
{
    p->expr->code[jump].target = (uint32_t)p->expr->count;
}

const char *parser_keep(struct parser *p, char *text)
{
    struct expr *e = p->expr;
    GROW(e->texts, e->text_count, e->text_room);
    e->texts[e->text_count++] = text;
    return text;
}

void parser_refer(struct parser *p, int question)
{
    struct expr *e = p->expr;
    for (size_t i = 0; i < e->reference_count; i++) {
        if (e->references[i] == question)
            return;
    }
    GROW(e->references, e->reference_count, e->reference_room);
    e->references[e->reference_count++] = question;
}

/* ---- operands ---- */

/* The question of the name [start, start + length); -1 and a fault where there is none. */
static int resolve(struct parser *p, const char *start, size_t length, const char *shown, size_t shown_length)
{
    char *name = xstrndup(start, length);
    int question = p->scope->resolve ? p->scope->resolve(p->scope->context, name) : -1;
    if (question < 0) {
        char *safe = utf8_safe(name, false);
        parser_fault(p, shown, shown_length,
                     p->scope->nearest ? p->scope->nearest(p->scope->context, name) : NULL,
                     "There is no question called \"%s\".", safe);
        free(safe);
    }
    free(name);
    return question;
}

/* "${name}" at p->at: past it, and the question's number, or -1 and a fault. */
int parser_reference(struct parser *p)
{
    const char *start = p->at;
    if (start[1] != '{')
        return parser_fault(p, start, 1, NULL, "A question is written ${name}."), -1;
    const char *name = start + 2;
    size_t length = strcspn(name, "}$ \t\r\n'\"");
    if (name[length] != '}' || length == 0)
        return parser_fault(p, start, 2 + length, NULL,
                            length ? "The closing } is missing: a question is written ${name}."
                                   : "The name is missing: a question is written ${name}."),
               -1;
    p->at = name + length + 1;
    return resolve(p, name, length, start, length + 3);
}

bool parser_question(struct parser *p, enum reading reading, const char *start)
{
    int question = parser_reference(p);
    if (question < 0)
        return false;
    parser_refer(p, question);
    struct op *op = parser_emit(p, OP_QUESTION, start, 1);
    op->question = question;
    op->reading = (uint8_t)reading;
    return true;
}

static bool parse_literal(struct parser *p)
{
    const char *start = p->at, *end = strchr(start + 1, *start);
    if (!end)
        return parser_fault(p, start, 1, NULL, "This text does not end: the closing %c is missing.", *start);
    p->at = end + 1;
    const char *text = parser_keep(p, xstrndup(start + 1, (size_t)(end - start - 1)));
    parser_emit(p, OP_TEXT, start, 1)->text = text;
    return true;
}

static bool parse_number(struct parser *p)
{
    const char *start = p->at;
    while (is_digit(*p->at))
        p->at++;
    if (*p->at == '.') {
        p->at++;
        while (is_digit(*p->at))
            p->at++;
    }
    char *text = xstrndup(start, (size_t)(p->at - start));
    double number = number_parse(text);
    free(text);
    parser_emit(p, OP_NUMBER, start, 1)->number = number;
    return true;
}

static bool parse_name(struct parser *p)
{
    const char *start = p->at;
    size_t length = name_length(start);
    const char *after = start + length;
    while (is_blank(*after))
        after++;
    if (*after == '(') {
        return parser_call(p, start, length);
    }
    if (p->scope->keys_allowed) {
        p->at = start + length;
        const char *text = parser_keep(p, xstrndup(start, length));
        parser_emit(p, OP_KEY, start, 1)->text = text;
        return true;
    }
    if (same_word(start, length, "true") || same_word(start, length, "false"))
        return parser_fault(p, start, length, *start == 't' || *start == 'T' ? "true()" : "false()",
                            "Yes and no are written true() and false().");
    if (same_word(start, length, "not"))
        return parser_fault(p, start, length, "not(", "\"not\" wants brackets: not(…).");
    char *what = what_stands(p, &length), *name = xstrndup(start, length);
    bool known = p->scope->resolve && p->scope->resolve(p->scope->context, name) >= 0;
    const char *nearest = !known && p->scope->nearest ? p->scope->nearest(p->scope->context, name) : NULL;
    if (known)
        parser_fault(p, start, length, NULL, "A question is written ${%s}; text stands in quotes.", what);
    else
        parser_fault(p, start, length, nearest,
                     "\"%s\" means nothing here: a question is written ${name}, text in quotes.", what);
    free(what);
    free(name);
    return false;
}

static bool parse_operand(struct parser *p)
{
    const char *start = p->at;
    if (*start == '$')
        return parser_question(p, READ_OWN, start);
    if (*start == '\'' || *start == '"')
        return parse_literal(p);
    if (is_digit(*start) || (*start == '.' && is_digit(start[1])))
        return parse_number(p);
    if (*start == '.' && start[1] != '.' && start[1] != '/') {
        p->at++;
        parser_emit(p, OP_SELF, start, 1);
        return true;
    }
    if (*start == '(') {
        if (++p->nesting > DEEPEST)
            return parser_fault(p, start, 1, NULL, "Brackets stand within brackets here more than %d deep.",
                                DEEPEST);
        p->at++;
        if (!parser_operators(p, 0))
            return false;
        parser_skip_blanks(p);
        if (*p->at != ')')
            return parser_fault_after_operand(p, "\")\"");
        p->at++;
        p->nesting--;
        return true;
    }
    if (is_letter(*start) && !find_slip(operand_slips, start) && !find_slip(operator_slips, start))
        return parse_name(p);
    return fault_at_operand(p);
}

/* ---- operators ---- */

static const struct infix {
    const char *word;
    int binds; /* how strongly */
    enum op_code code;
} operators[] = {
    /* What begins with another stands before it. */
    {"or", 1, OP_OR},         {"and", 2, OP_AND},          {"!=", 3, OP_NOT_EQUAL}, {"=", 3, OP_EQUAL},
    {"<=", 4, OP_LESS_EQUAL}, {">=", 4, OP_GREATER_EQUAL}, {"<", 4, OP_LESS},       {">", 4, OP_GREATER},
    {"+", 5, OP_ADD},         {"-", 5, OP_SUBTRACT},       {"*", 6, OP_MULTIPLY},   {"div", 6, OP_DIVIDE},
    {"mod", 6, OP_MODULO},    {NULL, 0, OP_FAIL},
};

/* The operator at `at`, or NULL. A word ends where letters do ("1and1" has one, "1 andy" has not). */
static const struct infix *find_operator(const char *at)
{
    if (strncmp(at, "==", 2) == 0 || strncmp(at, "=<", 2) == 0 || strncmp(at, "=>", 2) == 0 ||
        strncmp(at, "<>", 2) == 0)
        return NULL;
    for (const struct infix *o = operators; o->word; o++) {
        size_t length = strlen(o->word);
        if (strncmp(at, o->word, length) == 0 && !(is_letter(o->word[0]) && is_letter(at[length])))
            return o;
    }
    return NULL;
}

static bool parse_unary(struct parser *p)
{
    parser_skip_blanks(p);
    const char *start = p->at;
    size_t signs = 0;
    while (*p->at == '-') {
        signs++;
        p->at++;
        parser_skip_blanks(p);
    }
    if (!parse_operand(p))
        return false;
    if (signs)
        parser_emit(p, OP_NEGATE, start, 0);
    if (signs && signs % 2 == 0)
        parser_emit(p, OP_NEGATE, start, 0);
    return true;
}

bool parser_operators(struct parser *p, int least)
{
    if (!parse_unary(p))
        return false;
    for (;;) {
        parser_skip_blanks(p);
        const struct infix *o = find_operator(p->at);
        if (!o || o->binds < least)
            return true;
        const char *start = p->at;
        p->at += strlen(o->word);
        size_t jump = 0;
        bool lazy = o->code == OP_AND || o->code == OP_OR;
        if (lazy)
            jump = parser_emit_jump(p, o->code, start, -1);
        if (!parser_operators(p, o->binds + 1))
            return false;
        struct op *op = parser_emit(p, lazy ? OP_BOOLEAN : o->code, start, lazy ? 0 : -1);
        op->length = (uint32_t)strlen(o->word);
        if (lazy)
            parser_patch(p, jump);
    }
}

struct expr *expr_compile(const char *source, const struct expr_scope *scope, struct expr_fault *faulty)
{
    *faulty = (struct expr_fault){0};
    struct expr *expr = xcalloc(1, sizeof *expr);
    expr->source = xstrdup(source);
    struct parser p = {
        .expr = expr, .source = expr->source, .at = expr->source, .scope = scope, .fault = faulty};
    if (strlen(source) > INT32_MAX)
        parser_fault(&p, p.source, 0, NULL, "The expression is too long.");
    else if (parser_operators(&p, 1)) {
        parser_skip_blanks(&p);
        if (*p.at)
            parser_fault_after_operand(&p, "an operator");
    }
    if (p.failed) {
        expr_free(expr);
        return NULL;
    }
    return expr;
}
