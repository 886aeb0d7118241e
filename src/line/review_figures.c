/* Figures and questions in line mode: every line has a number, which opens the rows it is made of. */
#include "line/review_inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

/* What is told of the figures. */
struct telling {
    const char
        *named;  /* those with this name or in whose title these words are; NULL: the first line of each */
    size_t told; /* lines, until now */
    bool over;   /* they have read enough */
};

static bool is_named(const struct figure_kind *kind, const char *named)
{
    return strcasecmp(named, "all") == 0 || strcasecmp(kind->name, named) == 0 ||
           (strlen(named) > 2 && strcasestr(kind->title, named));
}

static void tell_headline(struct look *look, const struct figure_kind *kind, const struct figure_line *line)
{
    char *words = figure_line_words(line);
    char *text = xasprintf("%s. %s. %s%s%s", kind->name, kind->title, line->label ? line->label : "",
                           line->label && *line->label ? ": " : "", words);
    prompt_put(&look->p, "  ", text);
    free(text);
    free(words);
}

static void tell_lines(struct look *look, const struct figure_kind *kind, const struct figure_lines *lines,
                       size_t number, struct telling *telling)
{
    for (size_t i = 0; i < lines->count && !telling->over; i++) {
        telling->over = !look_goes_on(look, telling->told++);
        if (!telling->over && i == 0)
            prompt_say(&look->p, "%s:", kind->title);
        if (!telling->over)
            tell_line(look, number + i + 1, &lines->lines[i]);
    }
}

static void tell_figures(struct look *look, struct telling *telling)
{
    const struct scope scope = scope_of(look);
    size_t number = 0;
    for (const struct figure_kind *kind = figure_table; kind->name && !telling->over; kind++) {
        struct figure_lines lines = {0};
        kind->work(&scope, &lines);
        if (!telling->named && lines.count && ++telling->told)
            tell_headline(look, kind, &lines.lines[0]);
        else if (telling->named && is_named(kind, telling->named))
            tell_lines(look, kind, &lines, number, telling);
        number += lines.count;
        figure_lines_release(&lines);
    }
}

/* The figure that line `wanted` (from 1, of all of them) is of: its table and a copy of its filter. NULL. */
static const struct figure_kind *find_line(struct look *look, size_t wanted, const struct table **table,
                                           char **filter)
{
    const struct scope scope = scope_of(look);
    size_t number = 0;
    const struct figure_kind *kind = figure_table;
    bool found = false;
    for (; kind->name && !found; kind += !found) {
        struct figure_lines lines = {0};
        kind->work(&scope, &lines);
        found = wanted <= number + lines.count;
        if (found) {
            const struct figure_line *line = &lines.lines[wanted - number - 1];
            *table = line->table;
            *filter = xstrdup(line->filter ? line->filter : "");
        }
        number += lines.count;
        figure_lines_release(&lines);
    }
    return found ? kind : NULL;
}

/* The number of a line that was typed: the figure it is of. NULL, which has been said. */
static const struct figure_kind *line_typed(struct look *look, const char *typed, const struct table **table,
                                            char **filter)
{
    enum { MOST = 99999 };
    size_t number = look_number(typed, MOST);
    const struct figure_kind *kind = number ? find_line(look, number, table, filter) : NULL;
    if (!kind)
        prompt_say(&look->p, "There is no such line. “figures all” tells every one with its number.");
    return kind;
}

void look_figures(struct look *look, const char *typed)
{
    const struct table *table = NULL;
    char *filter = NULL;
    if (!*typed || !strchr("0123456789", *typed)) {
        struct telling telling = {.named = *typed ? typed : NULL};
        tell_figures(look, &telling);
        if (!*typed)
            prompt_say(
                &look->p,
                "“figures moved” tells all of the one with that name. “figures all” tells every line.");
        else if (!telling.told)
            prompt_say(&look->p, "There is no figure “%s”. “figures” alone tells their names.", typed);
        else if (!telling.over)
            prompt_say(&look->p,
                       "“figures” and a number shows the rows of that line. “define” and a number tells what "
                       "it means.");
    } else if (line_typed(look, typed, &table, &filter)) {
        if (table)
            look_go(look, table, filter);
        else
            prompt_say(&look->p, "That line has no rows of its own.");
    }
    free(filter);
}

/* By a line's number, or by the figure's name. */
static const struct figure_kind *figure_typed(struct look *look, const char *typed)
{
    const struct table *table = NULL;
    char *filter = NULL;
    for (const struct figure_kind *kind = figure_table; kind->name; kind++) {
        if (strcasecmp(kind->name, typed) == 0)
            return kind;
    }
    const struct figure_kind *kind = line_typed(look, typed, &table, &filter);
    free(filter);
    return kind;
}

void look_definition(struct look *look, const char *typed)
{
    const struct figure_kind *kind = figure_typed(look, typed);
    if (!kind)
        return;
    char *words = figure_definition_words(kind);
    prompt_say(&look->p, "%s", kind->title);
    prompt_say(&look->p, "%s", words);
    free(words);
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
        prompt_say(&look->p, "“questions” and a number shows the rows of that one.");
    free(filter);
}
