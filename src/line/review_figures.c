/* Figures and questions in line mode: every line has a number, which opens the rows it is made of. */
#include "line/review_inside.h"

#include "base/mem.h"

#include <stdlib.h>

/* What is in view: the listing's own filter. */
static struct scope scope_of(const struct look *look)
{
    return (struct scope){look->collection, listing_filter_text(look->listing)};
}

static void tell_line(struct look *look, size_t number, const struct figure_line *line)
{
    char *words = figure_line_words(line);
    char *text = line->label && *line->label ? xasprintf("%s: %s", line->label, words) : xstrdup(words);
    prompt_item(&look->p, number, text);
    if (line->words && line->shape != SHAPE_WORDS && *line->words)
        prompt_put(&look->p, "     ", line->words);
    free(text);
    free(words);
}

/* Go through all lines of all figures; with `wanted`, from 1, only to that one: its table and a copy of its
 * filter. Which figure it is of, or NULL. */
static const struct figure_kind *each_line(struct look *look, size_t wanted, const struct table **table,
                                           char **filter)
{
    const struct scope scope = scope_of(look);
    const struct figure_kind *found = NULL;
    size_t number = 0;
    for (const struct figure_kind *kind = figure_table; kind->name && !found; kind++) {
        struct figure_lines lines = {0};
        kind->work(&scope, &lines);
        if (!wanted && lines.count)
            prompt_say(&look->p, "%s:", kind->title);
        for (size_t i = 0; i < lines.count; i++) {
            const struct figure_line *line = &lines.lines[i];
            if (++number == wanted) {
                found = kind;
                *table = line->table;
                *filter = xstrdup(line->filter ? line->filter : "");
            } else if (!wanted) {
                tell_line(look, number, line);
            }
        }
        figure_lines_release(&lines);
    }
    return found;
}

/* The number of a line that was typed: the figure it is of. NULL, which has been said. */
static const struct figure_kind *line_typed(struct look *look, const char *typed, const struct table **table,
                                            char **filter)
{
    enum { MOST = 99999 };
    size_t number = look_number(typed, MOST);
    const struct figure_kind *kind = number ? each_line(look, number, table, filter) : NULL;
    if (!kind)
        prompt_say(&look->p, "Type v or d, and the number of a line.");
    return kind;
}

void look_figures(struct look *look, const char *typed)
{
    const struct table *table = NULL;
    char *filter = NULL;
    if (!*typed) {
        each_line(look, 0, &table, &filter);
        prompt_say(&look->p, "v and a number shows its rows. d and a number tells what it means.");
    } else if (line_typed(look, typed, &table, &filter)) {
        if (table)
            look_go(look, table, filter);
        else
            prompt_say(&look->p, "That line has no rows of its own.");
    }
    free(filter);
}

void look_definition(struct look *look, const char *typed)
{
    const struct table *table = NULL;
    char *filter = NULL;
    const struct figure_kind *kind = line_typed(look, typed, &table, &filter);
    if (kind) {
        char *words = figure_definition_words(kind);
        prompt_say(&look->p, "%s", kind->title);
        prompt_say(&look->p, "%s", words);
        free(words);
    }
    free(filter);
}

void look_flags(struct look *look, const char *typed)
{
    enum { MOST = 99999 };
    const struct scope scope = scope_of(look);
    size_t wanted = look_number(typed, MOST), number = 0;
    const struct table *table = NULL;
    char *filter = NULL;
    for (const struct flag_kind *kind = flag_table; kind->name; kind++) {
        struct flags flags = {0};
        kind->look(&scope, &flags);
        for (size_t i = 0; i < flags.count; i++) {
            if (++number == wanted) {
                table = flags.flags[i].table;
                filter = xstrdup(flags.flags[i].filter ? flags.flags[i].filter : "");
            } else if (!wanted) {
                prompt_item(&look->p, number, flags.flags[i].question);
            }
        }
        flags_release(&flags);
    }
    if (table)
        look_go(look, table, filter);
    else if (wanted || !number)
        prompt_say(&look->p, wanted ? "There is no such question." : "There is nothing to ask about.");
    else
        prompt_say(&look->p, "Q and a number shows the rows of that one.");
    free(filter);
}
