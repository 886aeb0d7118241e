/* A listing: some rows of a table, in an order. What the browser, line mode and the formats show. */
#ifndef REVIEW_LISTING_H
#define REVIEW_LISTING_H

#include "review/filter.h"
#include "review/table.h"

struct listing;

/* All rows, in the table's own order. The collection is borrowed. */
struct listing *listing_new(const struct collection *collection, const struct table *table);
void listing_free(struct listing *listing);
const struct table *listing_table(const struct listing *listing);

/* What is to be seen of it. Each takes what was typed, says why not, and then leaves all as it was. NULL or
 * "": none. */
bool listing_filter(struct listing *listing, const char *text, char **cause);
/* "-gap,date": by gap, largest first, then by date. */
bool listing_sort(struct listing *listing, const char *text, char **cause);
/* By one column's values; within them as sorted. */
bool listing_group(struct listing *listing, const char *column, char **cause);
/* "date,case,part": these columns in this order. */
bool listing_columns(struct listing *listing, const char *text, char **cause);
/* What was given to those; "" for none. */
const char *listing_filter_text(const struct listing *listing);
const char *listing_sort_text(const struct listing *listing);
int listing_group_column(const struct listing *listing); /* -1: none */
size_t listing_column_count(const struct listing *listing);
int listing_column(const struct listing *listing, size_t i); /* of the table */

/* Marks: rows that somebody picked out, which stay marked whatever is filtered. Only marked ones can be
 * shown. */
void listing_mark(struct listing *listing, size_t i, bool marked);
bool listing_marked(const struct listing *listing, size_t i);
size_t listing_marks(const struct listing *listing);
void listing_only_marked(struct listing *listing, bool only);
bool listing_shows_only_marked(const struct listing *listing);

/* The collection has more in it, or others: look at it anew. Marks stay. */
void listing_refresh(struct listing *listing);

/* How many rows it shows, and of how many in the table. */
size_t listing_count(const struct listing *listing);
size_t listing_all(const struct listing *listing);
struct row listing_row(const struct listing *listing, size_t i);
const struct source *listing_source(const struct listing *listing, size_t i);
/* Does a group begin with this row? Its value as shown and how many rows it has; the value is good until the
 * next call. */
bool listing_begins_group(const struct listing *listing, size_t i, const char **value, size_t *count);
/* The cell of row i in the table's column. */
const char *listing_shown(const struct listing *listing, size_t i, int column, struct cell *cell);
const char *listing_data(const struct listing *listing, size_t i, int column, struct cell *cell);
/* The next row after (or before) `from` in which some shown column contains the words; -1. It goes round. */
long listing_search(const struct listing *listing, const char *words, size_t from, bool backward);
/* Where a row stands in it; -1. */
long listing_find(const struct listing *listing, struct row row);

#endif
