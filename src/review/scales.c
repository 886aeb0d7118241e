/* Tables of what both answered. */
#include "review/scales.h"

#include "base/mem.h"

#include <stdlib.h>

static struct scale_table *table_for(struct scale_tables *tables, const struct facts_question *question)
{
    for (size_t i = 0; i < tables->count; i++) {
        struct scale_table *table = &tables->tables[i];
        if (table->steps == question->steps && table->ordered == (bool)question->ordered)
            return table;
    }
    GROW(tables->tables, tables->count, tables->room);
    struct scale_table *table = &tables->tables[tables->count++];
    size_t steps = (size_t)question->steps;
    *table = (struct scale_table){.steps = question->steps,
                                  .ordered = question->ordered,
                                  .table = xcalloc(steps * steps, sizeof *table->table)};
    return table;
}

static void count_pair(struct scale_tables *tables, const struct source *source, uint32_t number)
{
    const struct digest_pair *pair = digest_pair(source->digest, number);
    const struct facts_question *question = facts_question(source->facts, (size_t)pair->question);
    int32_t p = pair->step[PRACTITIONER], s = pair->step[SERVICE_USER];
    if (question->steps < 2 || p < 0 || s < 0) {
        tables->others++;
        return;
    }
    struct scale_table *table = table_for(tables, question);
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
    return (a->steps > b->steps) - (a->steps < b->steps);
}

void scale_tables_count(const struct scope *scope, struct scale_tables *tables)
{
    size_t left;
    struct filter *filter = filter_parse_for(&table_pairs, scope->filter, &left, NULL);
    *tables = (struct scale_tables){0};
    for (size_t i = 0; filter && i < collection_count(scope->collection); i++) {
        const struct source *source = collection_at(scope->collection, i);
        size_t rows = table_pairs.rows(source);
        for (uint32_t n = 0; n < rows; n++) {
            if (filter_takes(filter, source, n))
                count_pair(tables, source, n);
        }
    }
    filter_free(filter);
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
