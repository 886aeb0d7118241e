/* The tables there are: what can be looked over, and how much of it. */
#include "screen/review_views.h"

#include "base/mem.h"

#include <stdlib.h>

/* Without putting them in order, as a listing would. */
static size_t rows_of(const struct collection *collection, const struct table *table)
{
    size_t count = 0;
    for (size_t i = 0; i < collection_count(collection); i++) {
        const struct source *source = collection_at(collection, i);
        size_t rows = table->rows(source);
        for (size_t n = 0; table->has && n < rows; n++)
            count += table->has(source, (uint32_t)n);
        count += table->has ? 0 : rows;
    }
    return count;
}

static void build(struct app *app, struct list *list, int columns)
{
    for (size_t i = 0; table_list[i]; i++) {
        char *count = browser_number(rows_of(browser_of(app)->collection, table_list[i]));
        list_add(list, STYLE_STRONG, (int)i, "%s  %s", table_list[i]->title, count);
        char *line = xasprintf("   %s", table_list[i]->help);
        list_add_wrapped(list, STYLE_PLAIN, (int)i, columns, 3, line);
        free(line);
        free(count);
    }
}

static void open_table(struct app *app, struct list *list, int target)
{
    (void)list;
    app_pop(app);
    view_review_table(app, table_list[target]);
}

struct view *view_tables_new(struct app *app)
{
    static const struct lines_kind kind = {
        .title = "What can be looked over", .build = build, .open = open_table, .enter = "Open"};
    return view_lines_new(app, &kind, NULL);
}
