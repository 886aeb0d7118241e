/* Listings: the numbers of rows, in an order. What is looked at for each drawing is worked out when filter,
 * order or collection change, and not before. */
#include "review/listing.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vocab.h"
#include "form/arena.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_KEYS = 8, MOST_COLUMNS = 64 };

struct sort_key {
    const struct column *column;
    bool descending;
};

struct listing {
    const struct collection *collection;
    const struct table *table;
    struct filter *filter;
    char *filter_text, *sort_text;
    struct sort_key keys[MOST_KEYS];
    size_t key_count;
    int group; /* -1 */
    int columns[MOST_COLUMNS];
    size_t column_count;
    struct row *rows;
    size_t count, room, all;
    struct row *marks; /* in order of source and number */
    size_t mark_count, mark_room;
    bool only_marked;
    struct cell group_cell;
};

static int compare_rows(struct row one, struct row other)
{
    if (one.source != other.source)
        return one.source < other.source ? -1 : 1;
    return one.number < other.number ? -1 : one.number > other.number;
}

/* ---- marks ---- */

/* The place of the first mark that is not before the row. */
static size_t mark_place(const struct listing *l, struct row row)
{
    size_t from = 0, to = l->mark_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare_rows(l->marks[middle], row) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static bool is_marked(const struct listing *l, struct row row)
{
    size_t place = mark_place(l, row);
    return place < l->mark_count && compare_rows(l->marks[place], row) == 0;
}

void listing_mark(struct listing *l, size_t i, bool marked)
{
    struct row row = l->rows[i];
    size_t place = mark_place(l, row);
    if (is_marked(l, row) == marked)
        return;
    if (marked) {
        GROW(l->marks, l->mark_count, l->mark_room);
        memmove(l->marks + place + 1, l->marks + place, (l->mark_count++ - place) * sizeof *l->marks);
        l->marks[place] = row;
    } else {
        memmove(l->marks + place, l->marks + place + 1, (--l->mark_count - place) * sizeof *l->marks);
    }
}

bool listing_marked(const struct listing *l, size_t i)
{
    return is_marked(l, l->rows[i]);
}

size_t listing_marks(const struct listing *l)
{
    return l->mark_count;
}

void listing_only_marked(struct listing *l, bool only)
{
    l->only_marked = only;
    listing_refresh(l);
}

bool listing_shows_only_marked(const struct listing *l)
{
    return l->only_marked;
}

/* ---- order ---- */

static const struct source *source_of(const struct listing *l, struct row row)
{
    return collection_at(l->collection, row.source);
}

static int compare_by(const struct listing *l, const struct column *column, struct row one, struct row other)
{
    return column_compare(column, source_of(l, one), one.number, source_of(l, other), other.number);
}

/* What rows are sorted by is asked for once, not in each comparison: a day, a word and a number are numbers
 * (NAN where there is nothing), a text is itself. */
struct sort_value {
    double number;
    const char *text;
};

struct sorting {
    const struct listing *listing;
    struct sort_key keys[MOST_KEYS + 1]; /* the group's column before those that are sorted by */
    size_t key_count;
    struct sort_value *values; /* key_count for each row */
    struct arena texts;        /* those that a cell had in itself */
};

/* qsort() hands on nothing. */
static _Thread_local const struct sorting *sorting;

/* "2026-03-12" as 20260312, "2026-03" as 20260300: they stand to each other as the texts do. */
static double day_as_number(const char *text)
{
    double number = 0;
    int digits = 0;
    for (; *text && digits < 8; text++) {
        if (*text >= '0' && *text <= '9') {
            number = number * 10 + (*text - '0');
            digits++;
        }
    }
    for (; digits < 8; digits++)
        number *= 10;
    return number;
}

static struct sort_value sort_value_of(struct sorting *s, const struct column *column,
                                       const struct source *source, uint32_t number)
{
    struct cell cell;
    cell_fill(column, source, number, &cell);
    struct sort_value value = {NAN, ""};
    switch (column->type) {
    case COLUMN_NUMBER:
        value.number = cell.number;
        break;
    case COLUMN_WORD: {
        int place = *cell.text ? vocab_find(column->words, cell.text) : -1;
        value.number = place < 0 ? NAN : place;
        break;
    }
    case COLUMN_YES:
        value.number = *cell.text ? cell.text[0] == 'y' : NAN;
        break;
    case COLUMN_DAY:
        value.number = *cell.text ? day_as_number(cell.text) : NAN;
        break;
    case COLUMN_TEXT:
        value.text = cell.text == cell.own ? arena_strdup(&s->texts, cell.own) : cell.text;
        break;
    }
    return value;
}

/* Less than 0: `one` comes first. What is not there comes last whichever way it is sorted. */
static int compare_values(const struct sort_value *one, const struct sort_value *other, bool descending)
{
    bool nothing = isnan(one->number) && !*one->text, either = isnan(other->number) && !*other->text;
    if (nothing || either)
        return nothing - either;
    int order = isnan(one->number) ? strcasecmp(one->text, other->text)
                                   : (one->number > other->number) - (one->number < other->number);
    return descending ? -order : order;
}

static int in_order(const void *a, const void *b)
{
    size_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    for (size_t i = 0; i < sorting->key_count; i++) {
        int order =
            compare_values(&sorting->values[one * sorting->key_count + i],
                           &sorting->values[other * sorting->key_count + i], sorting->keys[i].descending);
        if (order)
            return order;
    }
    /* Else by the record's path, whichever was read first, and as they stand in the record. */
    const struct source *a_source = listing_source(sorting->listing, one),
                        *b_source = listing_source(sorting->listing, other);
    int order = a_source == b_source ? 0 : strcmp(a_source->path, b_source->path);
    return order ? order : one < other ? -1 : one > other;
}

static void sort_rows(struct listing *l)
{
    struct sorting s = {.listing = l};
    if (l->group >= 0)
        s.keys[s.key_count++] = (struct sort_key){&l->table->columns[l->group], false};
    for (size_t i = 0; i < l->key_count; i++)
        s.keys[s.key_count++] = l->keys[i];
    s.values = xreallocarray(NULL, l->count * s.key_count + 1, sizeof *s.values);
    uint32_t *order = xreallocarray(NULL, l->count, sizeof *order);
    for (size_t i = 0; i < l->count; i++) {
        order[i] = (uint32_t)i;
        for (size_t k = 0; k < s.key_count; k++)
            s.values[i * s.key_count + k] =
                sort_value_of(&s, s.keys[k].column, listing_source(l, i), l->rows[i].number);
    }
    sorting = &s;
    qsort(order, l->count, sizeof *order, in_order);
    struct row *rows = xreallocarray(NULL, l->count, sizeof *rows);
    for (size_t i = 0; i < l->count; i++)
        rows[i] = l->rows[order[i]];
    free(l->rows);
    l->rows = rows;
    l->room = l->count;
    free(order);
    free(s.values);
    arena_release(&s.texts);
}

/* The rows of one source that are to be seen. */
static void take_rows(struct listing *l, size_t i, const struct source *source)
{
    size_t rows = l->table->rows(source);
    bool asked = false, taken = true; /* what the filter asks of the record is asked once */
    for (size_t n = 0; n < rows; n++) {
        struct row row = {(uint32_t)i, (uint32_t)n};
        if (l->table->has && !l->table->has(source, row.number))
            continue;
        l->all++;
        if (!asked && l->filter)
            taken = filter_takes_source(l->filter, source);
        asked = true;
        if (!taken || (l->filter && !filter_takes_row(l->filter, source, row.number)) ||
            (l->only_marked && !is_marked(l, row)))
            continue;
        GROW(l->rows, l->count, l->room);
        l->rows[l->count++] = row;
    }
}

void listing_refresh(struct listing *l)
{
    l->count = l->all = 0;
    for (size_t i = 0; i < collection_count(l->collection); i++)
        take_rows(l, i, collection_at(l->collection, i));
    if (l->count > 1)
        sort_rows(l);
}

/* ---- what is to be seen of it ---- */

/* The next piece of a list with commas, blanks around it left out; NULL at its end. The caller frees it. */
static char *next_piece(const char **at)
{
    *at += strspn(*at, " ,");
    size_t length = strcspn(*at, ", ");
    if (length == 0)
        return NULL;
    char *piece = xstrndup(*at, length);
    *at += length;
    return piece;
}

static bool read_keys(const struct table *table, const char *text, struct sort_key *keys, size_t *count,
                      char **cause)
{
    char *piece;
    *count = 0;
    while ((piece = next_piece(&text))) {
        bool descending = piece[0] == '-';
        int column = table_column_named(table, piece + descending, cause);
        free(piece);
        if (column < 0)
            return false;
        if (*count == MOST_KEYS)
            return cause_set(cause, "that is sorted by more than %d columns", MOST_KEYS);
        keys[(*count)++] = (struct sort_key){&table->columns[column], descending};
    }
    return true;
}

bool listing_sort(struct listing *l, const char *text, char **cause)
{
    struct sort_key keys[MOST_KEYS];
    size_t count;
    const char *wanted = text && *text ? text : l->table->sort;
    if (!read_keys(l->table, wanted, keys, &count, cause))
        return false;
    memcpy(l->keys, keys, sizeof keys);
    l->key_count = count;
    char *kept = xstrdup(wanted);
    free(l->sort_text);
    l->sort_text = kept;
    listing_refresh(l);
    return true;
}

bool listing_filter(struct listing *l, const char *text, char **cause)
{
    struct filter *filter = filter_parse(l->table, text, cause);
    if (!filter)
        return false;
    char *kept = xstrdup(text ? text : "");
    filter_free(l->filter);
    free(l->filter_text);
    l->filter = filter;
    l->filter_text = kept;
    listing_refresh(l);
    return true;
}

bool listing_group(struct listing *l, const char *name, char **cause)
{
    int column = name && *name ? table_column_named(l->table, name, cause) : -1;
    if (name && *name && column < 0)
        return false;
    l->group = column;
    listing_refresh(l);
    return true;
}

bool listing_columns(struct listing *l, const char *text, char **cause)
{
    int columns[MOST_COLUMNS];
    size_t count = 0;
    char *piece;
    for (const char *at = text ? text : ""; (piece = next_piece(&at));) {
        int column = table_column_named(l->table, piece, cause);
        free(piece);
        if (column < 0)
            return false;
        bool there = false;
        for (size_t i = 0; i < count; i++)
            there = there || columns[i] == column;
        if (!there && count < MOST_COLUMNS)
            columns[count++] = column;
    }
    bool usual = count == 0;
    for (int i = 0; usual && l->table->columns[i].name; i++) {
        if (l->table->columns[i].shown)
            columns[count++] = i;
    }
    memcpy(l->columns, columns, count * sizeof *columns);
    l->column_count = count;
    return true;
}

const char *listing_filter_text(const struct listing *l)
{
    return l->filter_text;
}

const char *listing_sort_text(const struct listing *l)
{
    return l->sort_text;
}

int listing_group_column(const struct listing *l)
{
    return l->group;
}

size_t listing_column_count(const struct listing *l)
{
    return l->column_count;
}

int listing_column(const struct listing *l, size_t i)
{
    return l->columns[i];
}

/* ---- making ---- */

struct listing *listing_new(const struct collection *collection, const struct table *table)
{
    struct listing *l = xcalloc(1, sizeof *l);
    l->collection = collection;
    l->table = table;
    l->group = -1;
    l->filter_text = xstrdup("");
    listing_columns(l, NULL, NULL);
    listing_sort(l, NULL, NULL);
    return l;
}

void listing_free(struct listing *l)
{
    if (!l)
        return;
    filter_free(l->filter);
    free(l->filter_text);
    free(l->sort_text);
    free(l->rows);
    free(l->marks);
    free(l);
}

const struct table *listing_table(const struct listing *l)
{
    return l->table;
}

/* ---- rows ---- */

size_t listing_count(const struct listing *l)
{
    return l->count;
}

size_t listing_all(const struct listing *l)
{
    return l->all;
}

struct row listing_row(const struct listing *l, size_t i)
{
    return l->rows[i];
}

const struct source *listing_source(const struct listing *l, size_t i)
{
    return source_of(l, l->rows[i]);
}

const char *listing_shown(const struct listing *l, size_t i, int column, struct cell *cell)
{
    return cell_shown(&l->table->columns[column], listing_source(l, i), l->rows[i].number, cell);
}

const char *listing_data(const struct listing *l, size_t i, int column, struct cell *cell)
{
    return cell_data(&l->table->columns[column], listing_source(l, i), l->rows[i].number, cell);
}

static bool same_group(const struct listing *l, size_t one, size_t other)
{
    return compare_by(l, &l->table->columns[l->group], l->rows[one], l->rows[other]) == 0;
}

bool listing_begins_group(const struct listing *l, size_t i, const char **value, size_t *count)
{
    if (l->group < 0 || i >= l->count || (i > 0 && same_group(l, i - 1, i)))
        return false;
    /* Rows of a group stand together: its end is looked for in halves. */
    size_t from = i + 1, to = l->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (same_group(l, i, middle))
            from = middle + 1;
        else
            to = middle;
    }
    *count = from - i;
    *value = listing_shown(l, i, l->group, &((struct listing *)l)->group_cell);
    return true;
}

long listing_find(const struct listing *l, struct row row)
{
    for (size_t i = 0; i < l->count; i++) {
        if (compare_rows(l->rows[i], row) == 0)
            return (long)i;
    }
    return -1;
}

static bool row_contains(const struct listing *l, size_t i, const char *words)
{
    for (size_t k = 0; k < l->column_count; k++) {
        struct cell cell;
        if (utf8_contains(listing_shown(l, i, l->columns[k], &cell), words))
            return true;
    }
    return false;
}

long listing_search(const struct listing *l, const char *words, size_t from, bool backward)
{
    for (size_t step = 1; step <= l->count; step++) {
        size_t i = backward ? (from + l->count - step) % l->count : (from + step) % l->count;
        if (row_contains(l, i, words))
            return (long)i;
    }
    return -1;
}
