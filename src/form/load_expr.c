/* Expressions: compiled and checked when all questions are there, then the graph of what reads what. What is
 * wrong with one is said at its place in the file where the text stands there as it is; where it is folded or
 * escaped, at the place where it begins. */
#include "form/load.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_FAULTS = 200 }; /* after so many, nobody needs to know more of some that take long to find */

/* What a name turned out to be that cannot be read. */
enum unreadable { UNREADABLE_NOT, UNREADABLE_SECTION, UNREADABLE_NOTE, UNREADABLE_GROUP };

struct scope {
    struct loader *l;
    enum unreadable unreadable;
    char *name; /* that one */
};

static const char *const unreadable_sentences[] = {
    NULL,
    "\"%s\" is a section, not a question: it has no answer to read.",
    "\"%s\" is a note: it has no answer to read.",
    "\"%s\" is a group: it has no answer to read.",
};

static int resolve(void *context, const char *name)
{
    struct scope *scope = context;
    struct loader *l = scope->l;
    enum unreadable unreadable = UNREADABLE_NOT;
    const struct named *found = find_name(l->names, (size_t)l->name_count, name);
    if (found) {
        enum question_type type = l->questions[found->index].type;
        if (type != TYPE_NOTE && type != TYPE_GROUP) /* a repeat is the list of its entries */
            return found->index;
        unreadable = type == TYPE_NOTE ? UNREADABLE_NOTE : UNREADABLE_GROUP;
    } else if (find_name(l->section_names, (size_t)l->section_name_count, name)) {
        unreadable = UNREADABLE_SECTION;
    }
    if (unreadable && !scope->unreadable) {
        scope->unreadable = unreadable;
        scope->name = xstrdup(name);
    }
    return -1;
}

static const char *nearest(void *context, const char *name)
{
    struct scope *scope = context;
    struct loader *l = scope->l;
    return scope->unreadable ? NULL : nearest_name(l, l->names, (size_t)l->name_count, name);
}

/* ---- where a fault is ---- */

size_t characters(const char *text, size_t bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes && text[i]; i++)
        n += ((unsigned char)text[i] & 0xc0) != 0x80;
    return n;
}

/* Say something of bytes [offset, offset + length) of an expression. */
static void say_at(struct loader *l, const struct node *node, size_t offset, size_t length,
                   const char *suggestion, const char *message)
{
    size_t column = node->column, span = node->span;
    if (offset > node->size)
        offset = node->size;
    if (length > node->size - offset)
        length = node->size - offset;
    if (node->exact) {
        column += node->quoted + characters(node->text, offset);
        span = characters(node->text + offset, length);
    }
    diags_add(l->diags, DIAG_ERROR, node->line, column, span, suggestion, "%s", message);
}

/* ---- types ---- */

static enum expr_kind kind(void *context, int number)
{
    const struct loader *l = context;
    switch (l->questions[number].type) {
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        return KIND_NUMBER;
    case TYPE_TEXT:
    case TYPE_TIME:
        return KIND_TEXT;
    case TYPE_DATE:
    case TYPE_DATE_TIME:
        return KIND_DATE;
    case TYPE_ACKNOWLEDGE:
        return KIND_BOOLEAN;
    case TYPE_SELECT_ONE:
        return KIND_CHOICE;
    case TYPE_SELECT_MULTIPLE:
        return KIND_CHOICES;
    case TYPE_REPEAT:
        return KIND_ENTRIES;
    default:
        return KIND_UNKNOWN;
    }
}

static bool has_choice(void *context, int number, const char *name, const char **meant)
{
    struct loader *l = context;
    const struct list_draft *list = l->drafts[number].list;
    *meant = NULL;
    if (!list || !list->sorted) /* faulty itself: nothing can be said */
        return true;
    if (find_name(list->sorted, list->list.count, name))
        return true;
    *meant = nearest_name(l, list->sorted, list->list.count, name);
    return false;
}

static int repeat_of(void *context, int number)
{
    const struct loader *l = context;
    return l->questions[number].repeat;
}

static const char *name_of(void *context, int number)
{
    const struct loader *l = context;
    return l->questions[number].name;
}

struct report {
    struct loader *l;
    const struct node *node;
};

static void report(void *context, const struct expr_fault *fault_found)
{
    const struct report *r = context;
    say_at(r->l, r->node, fault_found->offset, fault_found->length, fault_found->suggestion,
           fault_found->message);
}

/* ---- compiling ---- */

static const char *const expr_keys[EXPRS] = {"relevant",    "required", "constraint",   "warning",
                                             "calculation", "default",  "choice_filter"};

/* `default: want` where the choice 'want' is meant: what stands there is an expression. */
static char *bare_choice(const struct draft *draft, const struct node *node)
{
    bool bare = draft->list && draft->list->sorted && is_name(node->text, "-.") &&
                find_name(draft->list->sorted, draft->list->list.count, node->text);
    return bare ? xasprintf("'%s'", node->text) : NULL;
}

/* Where an expression stands. */
struct use {
    struct loader *l;
    const struct node *node;
    const char *key;
    const struct draft *draft; /* of the question it belongs to, or NULL */
    int self;                  /* the question that "." answers; or SELF_ANY, SELF_NONE */
    bool keys, chance;         /* may a choice's own keys, chance be in it? */
    int here;                  /* the repeat it stands in, or -1 */
    enum expr_use makes;       /* what is made of its result */
};

/* Does any choice have the key? *meant: what may be meant instead, or NULL. */
static bool has_key(const struct choice_list *list, const char *key, const char **meant)
{
    const char *words[2] = {NULL, NULL};
    *meant = NULL;
    for (size_t i = 0; i < list->count; i++) {
        for (size_t k = 0; k < list->choices[i].keys; k++) {
            words[0] = list->choices[i].key_names[k];
            if (strcmp(words[0], key) == 0)
                return true;
            if (!*meant && i == 0)
                *meant = vocab_nearest(words, key);
        }
    }
    return false;
}

/* "." stands in constraints and warnings only, and a bare name in a choice_filter is a key that some choice
 * has. */
static void check_use(void *context, const char *key, size_t offset, size_t length)
{
    const struct use *use = context;
    struct loader *l = use->l;
    const char *meant = NULL;
    char *message = NULL;
    if (!key && use->self == SELF_NONE)
        message =
            xasprintf("\".\" is the answer that a constraint is about: it cannot stand in \"%s\".", use->key);
    else if (key && strcmp(key, "name") != 0 && use->draft && use->draft->list &&
             l->diags->errors < MOST_FAULTS && !has_key(&use->draft->list->list, key, &meant))
        message = xasprintf("None of the choices has a key \"%s\".", shown(l, key));
    if (message)
        say_at(l, use->node, offset, length, meant, message);
    free(message);
}

static struct expr *compile(const struct use *use)
{
    struct loader *l = use->l;
    const struct node *node = use->node;
    struct scope scope = {.l = l};
    struct expr_scope names = {
        .resolve = resolve, .nearest = nearest, .keys_allowed = use->keys, .context = &scope};
    struct expr_fault fault_found = {0};
    struct expr *expr = expr_compile(node->text, &names, &fault_found);
    if (!expr) {
        char *message = scope.unreadable
                            ? xasprintf(unreadable_sentences[scope.unreadable], shown(l, scope.name))
                            : xstrdup(fault_found.message);
        char *choice = use->chance ? bare_choice(use->draft, node) : NULL;
        say_at(l, node, fault_found.offset, fault_found.length, choice ? choice : fault_found.suggestion,
               message);
        free(choice);
        free(message);
        free(scope.name);
        expr_fault_release(&fault_found);
        return NULL;
    }
    free(scope.name);
    if (!use->chance && expr_is_random(expr))
        say_at(l, node, 0, strlen(node->text), NULL,
               "Chance is for “default” alone: what is worked out from a record must come out the same "
               "whenever it is read.");
    expr_uses(expr, check_use, (void *)use);
    struct report context = {l, node};
    const struct expr_types types = {
        .kind = kind,
        .has_choice = has_choice,
        .repeat = repeat_of,
        .name = name_of,
        .self = use->self >= 0 ? use->self : -1,
        .here = use->here,
        .use = use->makes,
        .context = l,
    };
    expr_check(expr, &types, report, &context);
    GROW(l->out->exprs, l->out->expr_count, l->out->expr_room);
    l->out->exprs[l->out->expr_count++] = expr;
    return expr;
}

const struct expr *load_expr(struct loader *l, const struct node *node, const char *key, int self, int here)
{
    struct use use = {.l = l, .node = node, .key = key, .self = self, .here = here, .makes = USE_TRUTH};
    return compile(&use);
}

static const struct expr *never(struct loader *l)
{
    struct expr_scope none = {.resolve = resolve, .nearest = nearest};
    struct expr_fault fault_found;
    struct expr *expr = expr_compile("false()", &none, &fault_found);
    GROW(l->out->exprs, l->out->expr_count, l->out->expr_room);
    l->out->exprs[l->out->expr_count++] = expr;
    return expr;
}

static const struct expr **slot(struct question *q, int which)
{
    const struct expr **slots[EXPRS] = {&q->relevant,    &q->required, &q->constraint,   &q->warning,
                                        &q->calculation, &q->initial,  &q->choice_filter};
    return slots[which];
}

void load_exprs(struct loader *l)
{
    for (int i = 0; i < l->count; i++) {
        for (int which = 0; which < EXPRS; which++) {
            if (!l->drafts[i].exprs[which])
                continue;
            struct use use = {.l = l,
                              .node = l->drafts[i].exprs[which],
                              .key = expr_keys[which],
                              .draft = &l->drafts[i],
                              .self = which == EXPR_CONSTRAINT || which == EXPR_WARNING ? i : SELF_NONE,
                              .keys = which == EXPR_FILTER,
                              .chance = which == EXPR_INITIAL,
                              .here = l->questions[i].repeat,
                              .makes =
                                  which == EXPR_CALCULATION || which == EXPR_INITIAL ? USE_VALUE : USE_TRUTH};
            bool false_alone = which == EXPR_RELEVANT && strcmp(use.node->text, "false") == 0;
            *slot(&l->questions[i], which) = false_alone ? never(l) : compile(&use);
        }
    }
}

/* ---- texts ---- */

/* The ${name} at `open` in a text; past it. */
static const char *check_name(struct loader *l, const struct node *node, const char *open)
{
    size_t offset = (size_t)(open - node->text), length = strcspn(open + 2, "}$ \t\n'\"");
    if (open[2 + length] != '}' || length == 0) {
        say_at(l, node, offset, 2 + length, NULL,
               length ? "The closing } is missing: an answer is named ${name}."
                      : "The name is missing: an answer is named ${name}.");
        return open + 2;
    }
    char *name = arena_strndup(&l->scratch, open + 2, length);
    struct scope scope = {.l = l};
    int question = resolve(&scope, name);
    if (question < 0) {
        char *message = scope.unreadable ? xasprintf(unreadable_sentences[scope.unreadable], shown(l, name))
                                         : xasprintf("There is no question called \"%s\".", shown(l, name));
        say_at(l, node, offset, length + 3, nearest(&scope, name), message);
        free(message);
    } else if (l->questions[question].type == TYPE_REPEAT) {
        say_at(
            l, node, offset, length + 3, NULL,
            "This is a repeat: a text can name the questions in it, or a calculation of how many there are.");
    }
    free(scope.name);
    return open + length + 3;
}

void load_texts(struct loader *l)
{
    for (size_t i = 0; i < l->naming_count; i++) {
        const struct node *node = l->naming[i];
        for (const char *at = node->text; (at = strstr(at, "${"));)
            at = check_name(l, node, at);
    }
}

/* ---- the graph ---- */

static void circle(void *context, const int *members, int length)
{
    enum { MOST_NAMED = 50 };
    struct loader *l = context;
    struct strbuf way = STRBUF_INIT;
    for (int i = 0; i < length && i < MOST_NAMED; i++)
        strbuf_addf(&way, "%s → ", l->questions[members[i]].name);
    if (length > MOST_NAMED)
        strbuf_addf(&way, "(%d more) → ", length - MOST_NAMED);
    strbuf_add(&way, l->questions[members[0]].name);
    bool repeats = false;
    for (int i = 0; i < length; i++)
        repeats |= l->questions[members[i]].repeat >= 0;
    fault(l, l->drafts[members[0]].where, NULL, "This goes round in a circle: %s.%s", way.text,
          repeats ? " What is worked out in one entry cannot rest on the same in others." : "");
    strbuf_release(&way);
}

void load_depend(struct loader *l)
{
    int *start = arena_array(&l->scratch, (size_t)l->count + 1, sizeof *start);
    int *last_reader = arena_array(&l->scratch, (size_t)l->count, sizeof *last_reader); /* + 1 */
    int *reads = NULL;
    int count = 0, room = 0;
    for (int i = 0; i < l->count; i++) {
        struct question *q = &l->questions[i];
        start[i] = count;
        if (q->parent >= 0) {
            GROW(reads, count, room);
            reads[count++] = q->parent;
            last_reader[q->parent] = i + 1;
        }
        const struct expr *read_by[] = {q->relevant, q->calculation, q->choice_filter};
        for (size_t e = 0; e < sizeof read_by / sizeof *read_by; e++) {
            size_t n = 0;
            q->reads_across |= read_by[e] && expr_reads_across(read_by[e]);
            const int *references = read_by[e] ? expr_references(read_by[e], &n) : NULL;
            for (size_t k = 0; k < n; k++) {
                if (last_reader[references[k]] == i + 1)
                    continue;
                last_reader[references[k]] = i + 1;
                GROW(reads, count, room);
                reads[count++] = references[k];
            }
        }
    }
    start[l->count] = count;
    struct depend depend;
    struct reads all = {.count = l->count, .reads = reads, .start = start};
    depend_build(&all, &l->out->arena, &depend, circle, l);
    l->form->dependents = depend.dependents;
    l->form->dependent_start = depend.dependent_start;
    l->form->rank = depend.rank;
    free(reads);
}
