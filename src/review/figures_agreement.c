/* The figure of agreement: before any talk, each scale by itself. */
#include "base/mem.h"
#include "review/figures_lines.h"
#include "review/scales.h"

#include <stdlib.h>

static void opens_all(struct figure_line *line, const struct scope *scope, const struct scale_table *table)
{
    char *filter = scale_filter(table);
    figure_line_opens(line, scope, &table_pairs, filter, table->n);
    line->indent = 1;
    free(filter);
}

static void add_value(struct figure_lines *lines, const struct scope *scope, const struct scale_table *table,
                      const char *label, struct figure figure)
{
    opens_all(figure_line_value(lines, label, figure, ""), scope, table);
}

static void add_table(struct figure_lines *lines, const struct scope *scope, const struct scale_table *table)
{
    struct scale_agreement agreement = scale_agreement(table);
    char *label = table->ordered ? xasprintf("Scales of %d steps: what both answered", table->steps)
                                 : xasprintf("A list of %d: %s", table->steps, table->label);
    struct figure_line *head = figure_line_add(lines, label, SHAPE_COUNT);
    opens_all(head, scope, table);
    head->indent = 0;
    free(label);

    int64_t same = 0;
    for (int i = 0; i < table->steps; i++)
        same += table->table[i * table->steps + i];
    struct figure_line *percent = figure_line_add(lines, "The same answer", SHAPE_SHARE);
    char *all = scale_filter(table), *filter = xasprintf("%s same=yes", all);
    figure_line_opens(percent, scope, &table_pairs, filter, same);
    free(filter);
    free(all);
    percent->indent = 1;
    percent->of = table->n;
    percent->figure = agreement.percent;

    if (!table->ordered && table->n < FEWEST_FOR_CHANCE)
        return; /* there are many lists, and most say no more than this */
    if (!table->ordered) {
        add_value(lines, scope, table, "Kappa", agreement.kappa[0]);
        add_value(lines, scope, table, "AC1", agreement.ac[0]);
        return;
    }
    add_value(lines, scope, table, "Kappa, linear weights", agreement.kappa[0]);
    add_value(lines, scope, table, "Kappa, quadratic weights", agreement.kappa[1]);
    add_value(lines, scope, table, "AC2, linear weights", agreement.ac[0]);
    add_value(lines, scope, table, "AC2, quadratic weights", agreement.ac[1]);
    add_value(lines, scope, table, "Alpha, ordinal", agreement.alpha[0]);
    add_value(lines, scope, table, "Alpha, interval", agreement.alpha[1]);
}

void work_agreement(const struct scope *scope, struct figure_lines *lines)
{
    struct scale_tables tables;
    scale_tables_count(scope, &tables);
    for (size_t i = 0; i < tables.count; i++)
        add_table(lines, scope, &tables.tables[i]);
    struct figure_line *others =
        figure_line_add(lines, "Answers of another kind, which are not counted here", SHAPE_COUNT);
    figure_line_opens(others, scope, &table_pairs, "scale=\"\"", tables.others);
    figure_line_hears(&lines->lines[0], scope, &table_pairs);
    scale_tables_release(&tables);
}
