/* Calls in an expression: looking a function up, its arguments, and the jumps that lazy functions become. */
#include "form/expr_parse.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A fault of a call that is late where the scope says so: *late keeps the sentence for the evaluation. */
static bool call_fault(struct parser *p, char **late, const char *at, size_t length, const char *suggestion,
                       char *message)
{
    if (p->scope->late_faults) {
        if (*late)
            free(message);
        else
            *late = message;
        return true;
    }
    parser_fault(p, at, length, suggestion, "%s", message);
    free(message);
    return false;
}

static bool has_items(const struct op *op)
{
    return op->code == OP_QUESTION || op->code == OP_KEY || op->code == OP_SELF || op->code == OP_EITHER ||
           op->code == OP_FAIL;
}

/* Is the argument whose code starts at `first` of the kind that the function wants? */
static bool check_argument(struct parser *p, const struct function *f, size_t first, const char *start,
                           char **late)
{
    const struct expr *e = p->expr;
    const struct op *last = &e->code[e->count - 1];
    bool literal = e->count - first == 1 && (last->code == OP_NUMBER || last->code == OP_TEXT);
    if ((f->flags & FUNCTION_NO_LITERAL) && literal)
        return call_fault(
            p, late, start, (size_t)(p->at - start), NULL,
            xasprintf("%s() is for answers, as in %s(${name}): this is the same whatever they are.", f->name,
                      f->name));
    if ((f->flags & FUNCTION_LIST) && !has_items(last))
        return call_fault(
            p, late, start, (size_t)(p->at - start), NULL,
            xasprintf("%s() counts answers, as in %s(${name}): this is a single value.", f->name, f->name));
    return true;
}

/* The literal that the last argument is, or NULL. */
static const char *literal_argument(const struct parser *p, size_t first)
{
    const struct expr *e = p->expr;
    return e->count - first == 1 && e->code[first].code == OP_TEXT ? e->code[first].text : NULL;
}

/* jr:choice-name(value, '${q}'): the second argument is a name, in quotes or not, never a value. */
static bool parse_choice_name(struct parser *p, const struct function *f, const char *start)
{
    int question = -1;
    bool good = parser_operators(p, 0);
    parser_skip_blanks(p);
    if (good && *p->at == ',') {
        p->at++;
        parser_skip_blanks(p);
        char quote = *p->at == '\'' || *p->at == '"' ? *p->at++ : '\0';
        if (*p->at == '$') {
            question = parser_reference(p);
            if (question < 0)
                return false;
            if (!quote || *p->at == quote) {
                p->at += quote != '\0';
                parser_skip_blanks(p);
            }
        }
    }
    if (!good)
        return false;
    if (question < 0 || *p->at != ')')
        return parser_fault(p, start, (size_t)(p->at - start), NULL,
                            "%s() takes a value and a question in quotes, as in %s(${q}, '${q}').", f->name,
                            f->name);
    p->at++;
    parser_refer(p, question);
    struct op *op = parser_emit(p, OP_CALL, start, 0);
    op->function = f;
    op->count = 1;
    op->about = question;
    return true;
}

/* position(..), position(${repeat}), index(): which entry one is in. */
static bool parse_place(struct parser *p, const struct function *f, const char *start)
{
    int repeat = -1;
    bool said = strcmp(f->name, "index") == 0; /* which one: the one it stands in, or the one that is named */
    parser_skip_blanks(p);
    if (!said && *p->at == '$') {
        repeat = parser_reference(p);
        if (repeat < 0)
            return false;
        said = true;
    } else if (!said && strncmp(p->at, "..", 2) == 0) {
        p->at += 2;
        said = true;
    }
    parser_skip_blanks(p);
    if (!said || *p->at != ')')
        return parser_fault(p, start, (size_t)(p->at - start), NULL,
                            strcmp(f->name, "index") == 0
                                ? "index() takes nothing: it is the place of the entry that one is in."
                                : "position() takes two dots or a repeat, as in position(..) or "
                                  "position(${name}).");
    p->at++;
    struct op *op = parser_emit(p, OP_CALL, start, 1);
    op->function = f;
    op->about = repeat;
    return true;
}

/* indexed-repeat(${q}, ${repeat}, place, ${inner repeat}, place …) */
static bool parse_indexed(struct parser *p, const struct function *f, const char *start)
{
    enum { MOST_REPEATS = 32 }; /* a form is not nested as deep */
    int question = -1, repeats[MOST_REPEATS];
    size_t count = 0;
    bool good = true;
    parser_skip_blanks(p);
    if (*p->at == '$' && (question = parser_reference(p)) < 0)
        return false;
    parser_skip_blanks(p);
    while (question >= 0 && good && *p->at == ',' && count < MOST_REPEATS) {
        p->at++;
        parser_skip_blanks(p);
        good = *p->at == '$';
        if (!good)
            break;
        repeats[count] = parser_reference(p);
        if (repeats[count++] < 0)
            return false;
        parser_skip_blanks(p);
        good = *p->at == ',';
        if (!good)
            break;
        p->at++;
        if (!parser_operators(p, 0))
            return false;
        parser_skip_blanks(p);
    }
    if (!good || count == 0 || *p->at != ')')
        return parser_fault(p, start, (size_t)(p->at - start), NULL,
                            "%s() takes a question, a repeat and a place in it, as in %s(${name}, ${repeat}, "
                            "1).",
                            f->name, f->name);
    p->at++;
    struct expr *e = p->expr;
    uint32_t first = (uint32_t)e->repeat_count;
    e->reads_across = true;
    parser_refer(p, question);
    for (size_t i = 0; i < count; i++) {
        parser_refer(p, repeats[i]);
        GROW(e->repeats, e->repeat_count, e->repeat_room);
        e->repeats[e->repeat_count++] = repeats[i];
    }
    struct op *op = parser_emit(p, OP_INDEXED, start, 1 - (int)count);
    op->question = question;
    op->count = (uint32_t)count;
    op->repeats = first;
    return true;
}

/* agreed(${q}) and its like: the call is one reading of the question. */
static bool parse_party(struct parser *p, const struct function *f, const char *start)
{
    parser_skip_blanks(p);
    const char *reference = p->at;
    if (*p->at == '$') {
        if (!parser_question(p, (enum reading)f->lazy, start))
            return false;
        parser_skip_blanks(p);
        if (*p->at == ')') {
            p->at++;
            return true;
        }
    }
    return parser_fault(p, reference,
                        p->at > reference ? (size_t)(p->at - reference) : utf8_next(reference, 0), NULL,
                        "%s() takes exactly one question, as in %s(${name}).", f->name, f->name);
}

/* The literal patterns and formats are looked at now: a form with a broken one is refused. */
static bool check_literal(struct parser *p, const struct function *f, const char *literal, const char *start,
                          const regex_t **pattern)
{
    char *cause = NULL;
    if (f->run == function_regex) {
        struct expr *e = p->expr;
        regex_t *compiled = xmalloc(sizeof *compiled);
        if (pattern_compile(compiled, literal, &cause)) {
            GROW(e->patterns, e->pattern_count, e->pattern_room);
            e->patterns[e->pattern_count++] = compiled;
            *pattern = compiled;
        } else {
            free(compiled);
            parser_fault(p, start, (size_t)(p->at - start), NULL, "The pattern %s", cause);
        }
    } else if (f->run == function_format_date) {
        cause = format_fault(literal);
        if (cause)
            parser_fault(p, start, (size_t)(p->at - start), NULL, "%s", cause);
    }
    free(cause);
    return !p->failed;
}

/* What a lazy function emits after its argument number `index`; `jumps` are the ends to be patched. */
static void after_lazy_argument(struct parser *p, const struct function *f, size_t index, bool last,
                                size_t jumps[2], size_t first, const char *start)
{
    size_t previous = jumps[0];
    switch (f->lazy) {
    case OP_IF_NOT:
        if (index == 0) {
            jumps[0] = parser_emit_jump(p, OP_IF_NOT, start, -1);
        } else if (index == 1) {
            jumps[1] = parser_emit_jump(p, OP_JUMP, start, -1);
            parser_patch(p, jumps[0]);
        }
        break;
    case OP_COALESCE:
        if (!last) {
            /* All of them lead to the end: chain them through their targets until it is known. */
            jumps[0] = parser_emit_jump(p, OP_COALESCE, start, -1);
            p->expr->code[jumps[0]].target = (uint32_t)(index == 0 ? SIZE_MAX : previous);
        }
        break;
    case OP_COUNT_IF:
        if (index == 0) {
            const struct op *list = &p->expr->code[first];
            int about = p->expr->count - first == 1 && list->code == OP_QUESTION ? list->question : -1;
            jumps[0] = parser_emit_jump(p, OP_COUNT_IF, start, 0);
            p->expr->code[jumps[0]].about = about;
        }
        break;
    default:
        break;
    }
}

static void end_lazy(struct parser *p, const struct function *f, size_t count, const size_t jumps[2],
                     const char *start)
{
    switch (f->lazy) {
    case OP_IF_NOT:
        parser_emit(p, OP_EITHER, start, 0);
        parser_patch(p, jumps[1]);
        break;
    case OP_COALESCE: {
        parser_emit(p, OP_EITHER, start, 0);
        uint32_t at = count > 1 ? (uint32_t)jumps[0] : UINT32_MAX;
        while (at != UINT32_MAX) {
            uint32_t next = p->expr->code[at].target;
            parser_patch(p, at);
            at = next;
        }
        break;
    }
    case OP_ONCE:
        parser_emit(p, OP_EITHER, start, 0);
        parser_patch(p, jumps[0]);
        break;
    case OP_COUNT_IF:
        parser_patch(p, jumps[0]);
        parser_emit(p, OP_COUNTED, start, -1);
        break;
    default:
        break;
    }
}

static bool parse_arguments(struct parser *p, const struct function *f, const char *start, char *late)
{
    size_t count = 0, jumps[2] = {0, 0}, code_before = p->expr->count, depth_before = p->depth;
    const regex_t *pattern = NULL;
    bool lazy = f && (f->flags & FUNCTION_LAZY);
    if (lazy && f->lazy == OP_ONCE) {
        jumps[0] = parser_emit_jump(p, OP_ONCE, start, 0);
        p->in_once++;
    }
    parser_skip_blanks(p);
    bool closed = *p->at == ')';
    while (!closed) {
        parser_skip_blanks(p);
        const char *argument = p->at;
        size_t first = p->expr->count;
        if (!parser_operators(p, 0))
            goto failed;
        const char *literal = literal_argument(p, first);
        if (f && !check_argument(p, f, first, argument, &late))
            goto failed;
        if (f && literal && count == 1 && !check_literal(p, f, literal, argument, &pattern))
            goto failed;
        parser_skip_blanks(p);
        if (*p->at != ')' && *p->at != ',') {
            parser_fault_after_operand(p, "\",\" or \")\"");
            goto failed;
        }
        closed = *p->at == ')';
        if (lazy)
            after_lazy_argument(p, f, count, closed, jumps, first, start);
        count++;
        if (!closed)
            p->at++;
    }
    p->at++;
    if (lazy && f->lazy == OP_ONCE)
        p->in_once--;
    if (f && ((int)count < f->least || (f->most >= 0 && (int)count > f->most) ||
              ((f->flags & FUNCTION_PAIRS) && count % 2))) {
        if (!call_fault(p, &late, start, (size_t)(p->at - start), NULL, function_count_fault(f, count)))
            goto failed;
    }
    if (!f || late) {
        /* Whatever was emitted for the arguments is not needed: the call fails as a whole. */
        p->expr->count = code_before;
        p->depth = depth_before;
        parser_emit(p, OP_FAIL, start, 1)->text = parser_keep(p, late);
        return true;
    }
    if (lazy) {
        end_lazy(p, f, count, jumps, start);
        return true;
    }
    struct op *op = parser_emit(p, OP_CALL, start, 1 - (int)count);
    op->function = f;
    op->count = (uint32_t)count;
    op->pattern = pattern;
    p->expr->is_volatile |= (f->flags & FUNCTION_VOLATILE) != 0;
    p->expr->is_random |= (f->flags & FUNCTION_IN_ONCE) != 0;
    return true;
failed:
    free(late);
    return false;
}

bool parser_call(struct parser *p, const char *start, size_t length)
{
    const char *nearest = NULL;
    char *name = xstrndup(start, length), *late = NULL;
    const struct function *f = function_find(name, &nearest);
    bool good = true;
    if (!f) {
        char *safe = utf8_safe(name, false);
        good = call_fault(p, &late, start, length, nearest,
                          xasprintf("There is no function called %s().", safe));
        free(safe);
    } else if ((f->flags & FUNCTION_IN_ONCE) && !p->in_once) {
        good = parser_fault(p, start, length, "once(", "%s() would change each time: write once(%s()).",
                            f->name, f->name);
    }
    free(name);
    if (!good)
        return false;
    while (*p->at != '(')
        p->at++;
    if (++p->nesting > DEEPEST) {
        free(late);
        return parser_fault(p, p->at, 1, NULL, "Brackets stand within brackets here more than %d deep.",
                            DEEPEST);
    }
    p->at++;
    if (f && f->flags & FUNCTION_PARTY)
        good = parse_party(p, f, start);
    else if (f && f->flags & FUNCTION_PLACE)
        good = parse_place(p, f, start);
    else if (f && f->flags & FUNCTION_LAZY && f->lazy == OP_INDEXED)
        good = parse_indexed(p, f, start);
    else if (f && strcmp(f->name, "jr:choice-name") == 0)
        good = parse_choice_name(p, f, start);
    else
        good = parse_arguments(p, f, start, late);
    p->nesting--;
    return good;
}
