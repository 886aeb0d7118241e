/* Filters: what is typed to see some of the rows.
 *
 *     part=home gap>=2 ended=open,parked since=2026-01 "new lock"
 *
 * Terms stand side by side and all must hold. A term is a column's name, one of = != < <= > >= ~ (contains)
 * and a value; with = and != several values stand between commas, and `any` is every one; a word or a quoted
 * text alone is looked for in all columns of text. `since` and `until` are the day on or after, on or before.
 * Large and small letters are alike. Values with blanks stand in double quotes. */
#ifndef REVIEW_FILTER_H
#define REVIEW_FILTER_H

#include "review/table.h"

struct filter;

/* Terms about columns that the table does not have are refused, with what may have been meant. */
struct filter *filter_parse(const struct table *table, const char *text, char **cause);
/* The same for a figure, which takes from a filter what its table can tell: terms of other tables are left
 * out, and counted in *left. NULL and a cause only where the text is no filter for any table. */
struct filter *filter_parse_for(const struct table *table, const char *text, size_t *left, char **cause);
/* Those terms of such a filter as text, for filter_parse(): with a term more it opens a figure's rows. The
 * caller frees it; "" where the text is no filter for any table. */
char *filter_text_for(const struct table *table, const char *text);
void filter_free(struct filter *filter);
/* Does it let a row through? The second and third are the same in two steps, for whoever goes through many
 * rows: what it asks of the record, once for all its rows; and the rest. */
bool filter_takes_source(const struct filter *filter, const struct source *source);
bool filter_takes_row(const struct filter *filter, const struct source *source, uint32_t number);
bool filter_takes(const struct filter *filter, const struct source *source, uint32_t number);
/* Many filters over one table, held against each row at once: what several of them ask is asked once. */
enum { FILTER_SET_MOST = 64 };
struct filter_set;
struct filter_set *filter_set_new(const struct table *table);
void filter_set_free(struct filter_set *set);
/* One more, as filter_parse() takes it, but for words alone; they are numbered from 0. False and a cause,
 * also where there is no room for it. */
bool filter_set_add(struct filter_set *set, const char *text, char **cause);
/* A bit for each of them that lets the row through. */
uint64_t filter_set_takes(const struct filter_set *set, const struct source *source, uint32_t number);

/* Is it one word to a filter? Large and small letters are alike, and so are blanks, hyphens and underscores.
 */
bool filter_same(const char *one, const char *other);
/* How two words stand to each other by that: 0 where they are one. */
int filter_order(const char *one, const char *other);
/* What can follow what has been typed so far: the names of columns, or a column's words. For Tab and line
 * mode. Lines; the caller frees it; "" where nothing can be said. */
char *filter_ways_on(const struct table *table, const char *text);
/* A term that holds for just this value of a column, quoted where it has to be. The caller frees it. */
char *filter_term(const struct column *column, const char *value);

#endif
