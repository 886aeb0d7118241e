/* Questions that may open a conversation: patterns in the rows, each asked of those it is about.
 *
 * What is asked about one case stands in the order of the cases' names, never of how much there is of it. */
#include "base/mem.h"
#include "review/figures_lines.h"

#include <stdlib.h>
#include <string.h>

/* Fewer of something are no pattern. */
enum { FEWEST = 5, FEWEST_ANSWERS = 20 };

static void add(struct flags *flags, char *question, const struct scope *scope, const struct table *table,
                const char *also)
{
    GROW(flags->flags, flags->count, flags->room);
    char *filter = filter_text_for(table, scope->filter);
    flags->flags[flags->count++] = (struct flag){
        .question = question,
        .table = table,
        .filter = xasprintf("%s%s%s", filter, *filter && *also ? " " : "", also),
    };
    free(filter);
}

static void count_one(void *to, const struct source *source, uint32_t number)
{
    (void)source;
    (void)number;
    ++*(int64_t *)to;
}

/* How many rows in the scope fit a filter; and the question, where they are at least `fewest`: one, or many,
 * of them ("%lld"). */
struct asked {
    const char *filter, *one, *many;
    int fewest;
};

static void ask(const struct scope *scope, const struct table *table, const struct asked *asked,
                struct flags *flags)
{
    char *known = filter_text_for(table, scope->filter);
    char *filter = xasprintf("%s%s%s", known, *known ? " " : "", asked->filter);
    int64_t count = 0;
    scope_each(&(struct scope){scope->collection, filter}, table, count_one, &count);
    if (count > 0 && count >= asked->fewest)
        add(flags, count == 1 ? xstrdup(asked->one) : xasprintf("%lld %s", (long long)count, asked->many),
            scope, table, asked->filter);
    free(filter);
    free(known);
}

void look_agreed(const struct scope *scope, struct flags *flags)
{
    ask(scope, &table_records,
        &(struct asked){
            "compared>=20 disagreements=0",
            "In one record the two see nothing differently. Did both feel free to say otherwise?",
            "records in which the two see nothing differently. Did both feel free to say otherwise?", 1},
        flags);
}

void look_under_a_minute(const struct scope *scope, struct flags *flags)
{
    ask(scope, &table_disagreements,
        &(struct asked){"state=resolved seconds<60", "",
                        "things were closed in less than a minute. Was there time for both to say why?",
                        FEWEST},
        flags);
}

void look_no_words(const struct scope *scope, struct flags *flags)
{
    static const struct asked both[] = {
        {"state=resolved why_s=\"\" said_s=0", "",
         "things were closed without a word of the service user's. What would they have said?", FEWEST},
        {"state=resolved why_p=\"\" said_p=0", "",
         "things were closed without a word of the practitioner's. What would they have said?", FEWEST},
    };
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        ask(scope, &table_disagreements, &both[i], flags);
}

void look_unread(const struct scope *scope, struct flags *flags)
{
    ask(scope, &table_remarks,
        &(struct asked){"kind=comment,coaching read=no",
                        "What a supervisor wrote in one place is not acknowledged. Has it been seen?",
                        "times something that a supervisor wrote is not acknowledged. Has it been seen?", 1},
        flags);
}

void look_promises(const struct scope *scope, struct flags *flags)
{
    ask(scope, &table_promises,
        &(struct asked){"by=practitioner overdue=yes",
                        "The day of one promise by a practitioner is over. What came of it?",
                        "promises by practitioners are past their day. What came of them?", 1},
        flags);
}

void look_overdue(const struct scope *scope, struct flags *flags)
{
    ask(scope, &table_disagreements,
        &(struct asked){"overdue=yes", "One thing waits, and its day is over. What has come of it?",
                        "things wait, and their day is over. What has come of them?", 1},
        flags);
}

/* ---- by case ---- */

struct of_case {
    char *key; /* what is asked for: its reference, or (where that cannot be asked for) the record's id */
    const char *name;
    const struct column *column; /* of the key */
    int64_t count[PARTIES];
};

struct cases {
    const struct table *table;
    int (*side)(const struct source *source, uint32_t number); /* whose count a row is; -1: nobody's */
    struct of_case *cases;
    size_t count, room;
    const struct source *last;
};

static void count_case(void *to, const struct source *source, uint32_t number)
{
    struct cases *c = to;
    int side = c->side(source, number);
    if (side < 0)
        return;
    if (source != c->last) {
        const struct table *table = c->table;
        struct cell cell;
        const struct column *column = &table->columns[table_column(table, "case")];
        const char *key = cell_data(column, source, number, &cell);
        if (strchr(key, '"')) {
            column = &table->columns[table_column(table, "record")];
            key = cell_data(column, source, number, &cell);
        }
        GROW(c->cases, c->count, c->room);
        c->cases[c->count++] =
            (struct of_case){.key = xstrdup(key), .name = source_case(source), .column = column};
        c->last = source;
    }
    c->cases[c->count - 1].count[side]++;
}

static int by_key(const void *one, const void *other)
{
    const char *a = ((const struct of_case *)one)->key, *b = ((const struct of_case *)other)->key;
    int order = filter_order(a, b);
    return order ? order : strcmp(a, b); /* one of several ways to write it, and always the same */
}

/* The cases with at least so many, all on one side; `ask` says so. */
static void one_sided(const struct scope *scope, struct cases *c, int fewest,
                      char *(*question)(const struct of_case *, int side), const char *filter,
                      struct flags *flags)
{
    scope_each(scope, c->table, count_case, c);
    if (c->count)
        qsort(c->cases, c->count, sizeof *c->cases, by_key);
    for (size_t i = 0, next; i < c->count; i = next) {
        struct of_case *one = &c->cases[i];
        for (next = i + 1; next < c->count && filter_same(one->key, c->cases[next].key); next++) {
            one->count[PRACTITIONER] += c->cases[next].count[PRACTITIONER];
            one->count[SERVICE_USER] += c->cases[next].count[SERVICE_USER];
        }
        int side = one->count[PRACTITIONER] ? PRACTITIONER : SERVICE_USER;
        if (one->count[!side] > 0 || one->count[side] < fewest)
            continue;
        char *term = filter_term(one->column, one->key), *also = xasprintf("%s %s", term, filter);
        add(flags, question(one, side), scope, c->table, also);
        free(also);
        free(term);
    }
    for (size_t i = 0; i < c->count; i++)
        free(c->cases[i].key);
    free(c->cases);
}

static int who_moved(const struct source *source, uint32_t number)
{
    const struct digest_disagreement *d = digest_disagreement(source->digest, number);
    if (d->state != STATE_RESOLVED)
        return -1;
    return d->outcome == OUTCOME_PRACTITIONER_MOVED   ? PRACTITIONER
           : d->outcome == OUTCOME_SERVICE_USER_MOVED ? SERVICE_USER
                                                      : -1;
}

static char *moved_question(const struct of_case *one, int side)
{
    return xasprintf(
        "%s: in all %lld things in which just one of the two moved, it was the %s. What made it so?",
        one->name, (long long)one->count[side], side == PRACTITIONER ? "practitioner" : "service user");
}

void look_one_side(const struct scope *scope, struct flags *flags)
{
    struct cases cases = {.table = &table_disagreements, .side = who_moved};
    one_sided(scope, &cases, FEWEST, moved_question, "ended=practitioner_moved,service_user_moved", flags);
}

static int who_first(const struct source *source, uint32_t number)
{
    uint8_t first = digest_pair(source->digest, number)->first;
    return first < PARTIES ? first : -1;
}

static char *first_question(const struct of_case *one, int side)
{
    return xasprintf(
        "%s: the %s answered first in all %lld questions. Would it be another talk the other way round?",
        one->name, side == PRACTITIONER ? "practitioner" : "service user", (long long)one->count[side]);
}

void look_same_first(const struct scope *scope, struct flags *flags)
{
    struct cases cases = {.table = &table_pairs, .side = who_first};
    one_sided(scope, &cases, FEWEST_ANSWERS, first_question, "first=practitioner,service_user", flags);
}
