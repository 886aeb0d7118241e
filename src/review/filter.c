/* Filters: terms, read once, that a row is held against. A term knows its column, and what its values are as
 * numbers where they are any, so that a row costs a comparison and no reading. */
#include "review/filter.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/vocab.h"
#include "form/number.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum relation { IS, IS_NOT, BELOW, AT_MOST, ABOVE, AT_LEAST, CONTAINS };
/* The longer first: “<=” begins like “<”. */
static const struct {
    const char *sign;
    enum relation relation;
} operators[] = {{"!=", IS_NOT}, {"<=", AT_MOST}, {">=", AT_LEAST}, {"=", IS},
                 {"<", BELOW},   {">", ABOVE},    {"~", CONTAINS}};
enum { OPERATORS = sizeof operators / sizeof *operators };

struct wanted {
    char *text;
    double number;    /* NAN: it is none */
    const char *word; /* the column's own, where it is one of its words; else NULL */
};

struct term {
    const struct column *column; /* NULL: any column of text */
    bool of_record;              /* that column is the same for all rows of a source */
    enum relation relation;
    struct wanted *values; /* any of them; none: every row has what is wanted (`any`) */
    size_t count, room;
};

struct filter {
    const struct table *table;
    struct term *terms;
    size_t count, room;
    size_t of_record; /* how many of them are about the record */
};

static void term_release(struct term *term)
{
    for (size_t k = 0; k < term->count; k++)
        free(term->values[k].text);
    free(term->values);
    *term = (struct term){0};
}

void filter_free(struct filter *filter)
{
    if (!filter)
        return;
    for (size_t i = 0; i < filter->count; i++)
        term_release(&filter->terms[i]);
    free(filter->terms);
    free(filter);
}

/* ---- reading ---- */

/* One value from `at` on: up to a blank or a comma, or what stands between double quotes. NULL where a quote
 * is not closed. */
static const char *read_value(const char *at, char **value)
{
    const char *begin = at, *end;
    if (*at == '"') {
        end = strchr(++begin, '"');
        if (!end)
            return NULL;
        *value = xstrndup(begin, (size_t)(end - begin));
        return end + 1;
    }
    end = at + strcspn(at, " \t\n,");
    *value = xstrndup(begin, (size_t)(end - begin));
    return end;
}

static void add_value(struct term *term, char *text)
{
    GROW(term->values, term->count, term->room);
    term->values[term->count++] = (struct wanted){text, number_parse(text), NULL};
}

/* Does a day, or the beginning of one, look like one? */
static bool is_day(const char *text)
{
    size_t length = strlen(text);
    static const char shape[] = "0000-00-00";
    if (length != 4 && length != 7 && length != 10)
        return false;
    for (size_t i = 0; i < length; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == '0' ? !digit : text[i] != '-')
            return false;
    }
    return true;
}

/* “practitioner moved” for “practitioner_moved”; large and small letters alike. */
static char plain(char c)
{
    if (c == ' ' || c == '-')
        return '_';
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

int filter_order(const char *one, const char *other)
{
    while (*one && plain(*one) == plain(*other)) {
        one++;
        other++;
    }
    return (unsigned char)plain(*one) - (unsigned char)plain(*other);
}

bool filter_same(const char *one, const char *other)
{
    return filter_order(one, other) == 0;
}

/* A value that no row can have is a slip: it is said, not answered with nothing. */
static bool check_value(const struct term *term, struct wanted *value, char **cause)
{
    const struct column *column = term->column;
    if (!column || term->relation == CONTAINS || !*value->text)
        return true;
    switch (column->type) {
    case COLUMN_NUMBER:
        return !isnan(value->number) ||
               cause_set(cause, "“%s” is a number: “%s” is none", column->name, value->text);
    case COLUMN_DAY:
        return is_day(value->text) ||
               cause_set(cause, "“%s” is a day: write it as 2026, 2026-01 or 2026-01-31", column->name);
    case COLUMN_YES:
        return filter_same(value->text, "yes") || filter_same(value->text, "no") ||
               cause_set(cause, "“%s” is yes or no", column->name);
    case COLUMN_WORD:
        for (const char *const *word = column->words; *word; word++) {
            if (filter_same(*word, value->text)) {
                value->word = *word;
                return true;
            }
        }
        return vocab_refuse(column->name, value->text, column->words, cause);
    case COLUMN_TEXT:
        break;
    }
    return true;
}

/* Read the relation and the values of a term about a column. NULL and a cause. */
static const char *read_term(const char *at, const struct column *column, struct term *term, char **cause)
{
    *term = (struct term){.column = column, .of_record = column_is_of_record(column), .relation = CONTAINS};
    for (int i = 0; i < OPERATORS; i++) {
        size_t length = strlen(operators[i].sign);
        if (strncmp(at, operators[i].sign, length) == 0) {
            term->relation = operators[i].relation;
            at += length;
            break;
        }
    }
    do {
        char *value;
        at = read_value(at + (term->count && *at == ','), &value);
        if (!at) {
            cause_set(cause, "a quote is not closed");
            return NULL;
        }
        add_value(term, value);
    } while (*at == ',');
    bool any = term->count == 1 && filter_same(term->values[0].text, "any");
    if (any) {
        free(term->values[0].text);
        term->count = 0;
        return at;
    }
    for (size_t i = 0; i < term->count; i++) {
        if (!check_value(term, &term->values[i], cause))
            return NULL;
    }
    if (term->count > 1 && term->relation != IS && term->relation != IS_NOT) {
        cause_set(cause, "several values can stand after = and != only");
        return NULL;
    }
    return at;
}

static struct term *add_term(struct filter *filter)
{
    GROW(filter->terms, filter->count, filter->room);
    filter->terms[filter->count] = (struct term){.relation = CONTAINS};
    return &filter->terms[filter->count++];
}

/* The column that a name in a filter means, and (since, until) the relation that comes with it. */
static const struct column *named(const struct table *table, const char *name)
{
    if (filter_same(name, "since") || filter_same(name, "until"))
        name = "date";
    int found = table_column(table, name);
    return found >= 0 ? &table->columns[found] : NULL;
}

/* A term about a column that the table has not, or has with other values, where another table takes it. NULL
 * and (as it was) the cause where none does. */
static const char *read_elsewhere(const struct table *table, const char *name, const char *at)
{
    for (size_t i = 0; table_list[i]; i++) {
        const struct column *column = table_list[i] == table ? NULL : named(table_list[i], name);
        struct term term = {0};
        const char *end = column ? read_term(at, column, &term, NULL) : NULL;
        term_release(&term);
        if (end)
            return end;
    }
    return NULL;
}

/* Does a column say how answers stand to each other? */
static bool is_of_answers(const struct table *table, const struct column *column)
{
    return table->of_answers && vocab_find(table->of_answers, column->name) >= 0;
}

/* The next term. `left` is NULL where a column that the table has not is refused. */
static const char *read_next(struct filter *filter, const char *at, size_t *left, char **cause)
{
    size_t length = strcspn(at, " \t\n\"=!<>~");
    bool signs = length > 0 && at[length] && strchr("=!<>~", at[length]);
    if (!signs) {
        char *words;
        at = read_value(at, &words);
        if (!at) {
            cause_set(cause, "a quote is not closed");
            return NULL;
        }
        bool leave = left && filter->table->of_answers; /* they are looked for in what was said about them */
        if (*words && !leave)
            add_value(add_term(filter), words);
        else
            free(words);
        if (leave)
            ++*left;
        return at + (*at == ',');
    }
    char *name = xstrndup(at, length);
    const struct column *column = named(filter->table, name);
    bool leave = left && column && is_of_answers(filter->table, column);
    const char *elsewhere = left ? read_elsewhere(filter->table, name, at + length) : NULL, *end = elsewhere;
    if (column) {
        struct term *term = add_term(filter);
        end = read_term(at + length, column, term, elsewhere ? NULL : cause);
        if (end && leave) {
            term_release(term);
            filter->count--;
            ++*left;
            free(name);
            return end;
        }
        if (end && filter_same(name, "since"))
            term->relation = AT_LEAST;
        if (end && filter_same(name, "until"))
            term->relation = AT_MOST;
        if (!end && elsewhere) {
            term_release(term);
            filter->count--;
            ++*left;
            end = elsewhere;
        }
    } else if (elsewhere) {
        ++*left;
    } else {
        table_column_named(filter->table, name, cause);
    }
    free(name);
    return end;
}

/* `kept` (or NULL): gets the text of the terms that were taken. */
static struct filter *parse(const struct table *table, const char *text, size_t *left, struct strbuf *kept,
                            char **cause)
{
    struct filter *filter = xcalloc(1, sizeof *filter);
    filter->table = table;
    const char *at = text ? text : "";
    while (*(at += strspn(at, " \t\n"))) {
        size_t count = filter->count;
        const char *end = read_next(filter, at, left, cause);
        if (!end) {
            filter_free(filter);
            return NULL;
        }
        if (kept && filter->count > count)
            strbuf_addf(kept, "%s%.*s", kept->length ? " " : "", (int)(end - at), at);
        at = end;
    }
    for (size_t i = 0; i < filter->count; i++)
        filter->of_record += filter->terms[i].of_record;
    return filter;
}

struct filter *filter_parse(const struct table *table, const char *text, char **cause)
{
    return parse(table, text, NULL, NULL, cause);
}

struct filter *filter_parse_for(const struct table *table, const char *text, size_t *left, char **cause)
{
    *left = 0;
    return parse(table, text, left, NULL, cause);
}

char *filter_text_for(const struct table *table, const char *text)
{
    struct strbuf kept = STRBUF_INIT;
    size_t left = 0;
    struct filter *filter = parse(table, text, &left, &kept, NULL);
    if (!filter)
        strbuf_clear(&kept);
    filter_free(filter);
    return strbuf_detach(&kept);
}

/* ---- holding a row against it ---- */

/* A day, or as much of it as the value has, against the value. */
static int compare_day(const char *day, const char *value)
{
    return strncmp(day, value, strlen(value));
}

static bool compares(int order, enum relation relation)
{
    switch (relation) {
    case BELOW:
        return order < 0;
    case AT_MOST:
        return order <= 0;
    case ABOVE:
        return order > 0;
    case AT_LEAST:
        return order >= 0;
    default:
        return order == 0;
    }
}

/* Does a cell fit one value, by a relation that is not “not”? A cell with nothing in it fits "" alone. */
static bool fits(const struct term *term, const struct cell *cell, const struct wanted *value)
{
    bool number = term->column->type == COLUMN_NUMBER && term->relation != CONTAINS;
    bool empty = number ? isnan(cell->number) : !*cell->text;
    if (empty || !*value->text)
        return term->relation <= IS_NOT && empty && !*value->text;
    if (term->relation == CONTAINS)
        return utf8_contains(cell->text, value->text);
    if (number)
        return compares((cell->number > value->number) - (cell->number < value->number), term->relation);
    if (term->column->type == COLUMN_DAY)
        return compares(compare_day(cell->text, value->text), term->relation);
    if (value->word && term->relation <= IS_NOT)
        return strcmp(cell->text, value->word) == 0;
    if (term->relation <= IS_NOT)
        return filter_same(cell->text, value->text) || (cell->also && filter_same(cell->also, value->text));
    return compares(strcasecmp(cell->text, value->text), term->relation);
}

/* Is a part looked for in a number's text? Then that has to be there. */
static bool wants_data(const struct term *term)
{
    return term->relation == CONTAINS && term->column->type == COLUMN_NUMBER;
}

/* The same for all of a term. The cell is as cell_fill() has it, or, where wants_data(), cell_data(). */
static bool term_fits(const struct term *term, const struct cell *cell)
{
    bool found = false;
    for (size_t i = 0; i < term->count && !found; i++)
        found = fits(term, cell, &term->values[i]);
    return found != (term->relation == IS_NOT);
}

static bool term_takes(const struct term *term, const struct source *source, uint32_t number)
{
    if (!term->column || term->count == 0)
        return true;
    struct cell cell;
    if (wants_data(term))
        cell_data(term->column, source, number, &cell);
    else
        cell_fill(term->column, source, number, &cell);
    return term_fits(term, &cell);
}

/* Words alone: in any column of text. */
static bool any_contains(const struct table *table, const struct source *source, uint32_t number,
                         const char *words)
{
    for (const struct column *column = table->columns; column->name; column++) {
        struct cell cell;
        if ((column->type == COLUMN_TEXT || column->type == COLUMN_WORD) &&
            utf8_contains(cell_data(column, source, number, &cell), words))
            return true;
    }
    return false;
}

bool filter_takes_source(const struct filter *filter, const struct source *source)
{
    for (size_t i = 0; filter->of_record > 0 && i < filter->count; i++) {
        if (filter->terms[i].of_record && !term_takes(&filter->terms[i], source, 0))
            return false;
    }
    return true;
}

bool filter_takes_row(const struct filter *filter, const struct source *source, uint32_t number)
{
    for (size_t i = 0; i < filter->count; i++) {
        const struct term *term = &filter->terms[i];
        if (term->column ? !term->of_record && !term_takes(term, source, number)
                         : !any_contains(filter->table, source, number, term->values[0].text))
            return false;
    }
    return true;
}

bool filter_takes(const struct filter *filter, const struct source *source, uint32_t number)
{
    return filter_takes_source(filter, source) && filter_takes_row(filter, source, number);
}

/* ---- many at once ---- */

struct filter_set {
    const struct table *table;
    struct term terms[FILTER_SET_MOST]; /* those of one column one after the other */
    size_t term_count;
    struct filter *filters[FILTER_SET_MOST];
    uint64_t needs[FILTER_SET_MOST]; /* of each filter: a bit for each of its terms */
    size_t count;
};

struct filter_set *filter_set_new(const struct table *table)
{
    struct filter_set *set = xcalloc(1, sizeof *set);
    set->table = table;
    return set;
}

void filter_set_free(struct filter_set *set)
{
    for (size_t i = 0; set && i < set->count; i++)
        filter_free(set->filters[i]);
    free(set);
}

static bool same_term(const struct term *one, const struct term *other)
{
    if (one->column != other->column || one->relation != other->relation || one->count != other->count)
        return false;
    for (size_t i = 0; i < one->count; i++) {
        if (strcmp(one->values[i].text, other->values[i].text) != 0)
            return false;
    }
    return true;
}

/* Where a term stands among those of the set, put there where it is new: behind others of its column, so that
 * a cell need be filled in once. The values stay the filter's. */
static size_t term_in(struct filter_set *set, const struct term *term)
{
    size_t place = set->term_count;
    for (size_t i = 0; i < set->term_count; i++) {
        if (same_term(&set->terms[i], term))
            return i;
        if (set->terms[i].column == term->column)
            place = i + 1;
    }
    memmove(set->terms + place + 1, set->terms + place, (set->term_count - place) * sizeof *set->terms);
    set->terms[place] = *term;
    set->term_count++;
    uint64_t below = place ? ~UINT64_C(0) >> (64 - place) : 0;
    for (size_t i = 0; i < set->count; i++)
        set->needs[i] = (set->needs[i] & below) | (set->needs[i] & ~below) << 1;
    return place;
}

bool filter_set_add(struct filter_set *set, const char *text, char **cause)
{
    struct filter *filter = filter_parse(set->table, text, cause);
    bool fits_in =
        filter && set->count < FILTER_SET_MOST && set->term_count + filter->count < FILTER_SET_MOST;
    for (size_t i = 0; fits_in && i < filter->count; i++)
        fits_in = filter->terms[i].column != NULL;
    if (!fits_in) {
        if (filter)
            cause_set(cause, "“%s” cannot be asked together with others", text);
        filter_free(filter);
        return false;
    }
    set->filters[set->count] = filter;
    set->needs[set->count++] = 0;
    for (size_t i = 0; i < filter->count; i++) {
        size_t place = term_in(set, &filter->terms[i]);
        set->needs[set->count - 1] |= UINT64_C(1) << place;
    }
    return true;
}

uint64_t filter_set_takes(const struct filter_set *set, const struct source *source, uint32_t number)
{
    uint64_t held = 0, taken = 0;
    const struct column *filled = NULL;
    struct cell cell;
    for (size_t i = 0; i < set->term_count; i++) {
        const struct term *term = &set->terms[i];
        bool takes;
        if (wants_data(term) || term->count == 0) {
            takes = term_takes(term, source, number);
        } else {
            if (!filled || filled != term->column)
                cell_fill(filled = term->column, source, number, &cell);
            takes = term_fits(term, &cell);
        }
        held |= (uint64_t)takes << i;
    }
    for (size_t i = 0; i < set->count; i++)
        taken |= (uint64_t)((held & set->needs[i]) == set->needs[i]) << i;
    return taken;
}

/* ---- help with typing ---- */

char *filter_ways_on(const struct table *table, const char *text)
{
    struct strbuf ways = STRBUF_INIT;
    const char *last = strrchr(text, ' ');
    last = last ? last + 1 : text;
    size_t length = strcspn(last, "=!<>~");
    if (!last[length]) {
        for (const struct column *column = table->columns; column->name; column++) {
            if (strncasecmp(column->name, last, length) == 0)
                strbuf_addf(&ways, "%s  %s\n", column->name, column->help);
        }
        return strbuf_detach(&ways);
    }
    char *name = xstrndup(last, length);
    const struct column *column = named(table, name);
    free(name);
    const char *comma = strrchr(last, ','),
               *value = comma ? comma + 1 : last + length + strspn(last + length, "=!<>~");
    for (const char *const *word = column && column->words ? column->words : NULL; word && *word; word++) {
        if (**word && strncasecmp(*word, value, strlen(value)) == 0)
            strbuf_addf(&ways, "%s\n", *word);
    }
    return strbuf_detach(&ways);
}

char *filter_term(const struct column *column, const char *value)
{
    bool quoted = !*value || strpbrk(value, " \t\n,") || *value == '"';
    /* There is no way to write a quote within quotes: what stands before it is looked for. */
    size_t length = strcspn(value, "\"");
    if (value[length])
        return xasprintf("%s~\"%.*s\"", column->name, (int)length, value);
    return xasprintf(quoted ? "%s=\"%s\"" : "%s=%s", column->name, value);
}
