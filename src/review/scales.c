/* Tables of what both answered. */
#include "review/scales.h"

#include "base/mem.h"
#include "review/figures_lines.h"

#include <stdlib.h>

static struct scale_table *table_for(struct scale_tables *tables, const struct facts *facts,
                                     const struct facts_question *question)
{
    const char *name = question->ordered ? "" : facts_text(facts, question->name);
    for (size_t i = 0; i < tables->count; i++) {
        struct scale_table *table = &tables->tables[i];
        if (table->steps == question->steps && table->ordered == (bool)question->ordered &&
            filter_same(table->question, name))
            return table;
    }
    GROW(tables->tables, tables->count, tables->room);
    struct scale_table *table = &tables->tables[tables->count++];
    size_t steps = (size_t)question->steps;
    *table = (struct scale_table){.steps = question->steps,
                                  .ordered = question->ordered,
                                  .question = name,
                                  .label = *name ? facts_text(facts, question->label) : "",
                                  .from = question->ordered ? question->from : 1,
                                  .step = question->ordered ? question->step : 1,
                                  .table = xcalloc(steps * steps, sizeof *table->table)};
    return table;
}

struct counting {
    struct scale_tables *tables;
    const struct facts *facts; /* of the last pair, and its question's: pairs of one follow each other */
    int32_t question;
    size_t last;
};

static void count_pair(void *to, const struct source *source, uint32_t number)
{
    struct counting *c = to;
    const struct digest_pair *pair = digest_pair(source->digest, number);
    const struct facts_question *question = facts_question(source->facts, (size_t)pair->question);
    int32_t p = pair->step[PRACTITIONER], s = pair->step[SERVICE_USER];
    if (question->steps < 2 || p < 0 || s < 0) {
        c->tables->others++;
        return;
    }
    if (c->facts != source->facts || c->question != pair->question) {
        c->facts = source->facts;
        c->question = pair->question;
        c->last = (size_t)(table_for(c->tables, source->facts, question) - c->tables->tables);
    }
    struct scale_table *table = &c->tables->tables[c->last];
    if (table->ordered && (table->from != question->from || table->step != question->step))
        table->from = table->step = 1;
    table->table[(size_t)p * (size_t)table->steps + (size_t)s]++;
    table->n++;
}

static int in_order(const void *one, const void *other)
{
    const struct scale_table *a = one, *b = other;
    if (a->ordered != b->ordered)
        return a->ordered ? -1 : 1;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    return a->steps != b->steps ? (a->steps > b->steps) - (a->steps < b->steps)
                                : filter_order(a->question, b->question);
}

void scale_tables_count(const struct scope *scope, struct scale_tables *tables)
{
    *tables = (struct scale_tables){0};
    scope_each(scope, &table_pairs, count_pair, &(struct counting){.tables = tables});
    if (tables->count)
        qsort(tables->tables, tables->count, sizeof *tables->tables, in_order);
}

void scale_tables_release(struct scale_tables *tables)
{
    for (size_t i = 0; i < tables->count; i++)
        free(tables->tables[i].table);
    free(tables->tables);
    *tables = (struct scale_tables){0};
}

struct scale_agreement scale_agreement(const struct scale_table *t)
{
    int k = t->steps;
    struct scale_agreement agreement = {.percent = figure_guard(agreement_percent(t->table, k))};
    double *weights = xreallocarray(NULL, (size_t)k * (size_t)k, sizeof *weights);
    static const enum agreement_weights kinds[] = {WEIGHTS_LINEAR, WEIGHTS_QUADRATIC};
    static const enum alpha_metric metrics[] = {ALPHA_ORDINAL, ALPHA_INTERVAL};
    for (int i = 0; i < 2; i++) {
        agreement_weights(t->ordered ? kinds[i] : WEIGHTS_NONE, k, weights);
        agreement.kappa[i] = figure_guard(agreement_kappa(t->table, k, weights));
        agreement.ac[i] = figure_guard(agreement_ac(t->table, k, weights));
        agreement.alpha[i] =
            figure_guard(alpha_table(t->table, k, t->ordered ? metrics[i] : ALPHA_NOMINAL, NULL));
    }
    free(weights);
    return agreement;
}

char *scale_filter(const struct scale_table *table)
{
    if (table->ordered)
        return xasprintf("scale=scale steps=%d", table->steps);
    char *term = filter_term(&table_pairs.columns[table_column(&table_pairs, "question")], table->question);
    char *filter = xasprintf("scale=list steps=%d %s", table->steps, term);
    free(term);
    return filter;
}
