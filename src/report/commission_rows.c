/* Lines of figures made fit for people who know nobody in them: counts before rates, “too few to say” where a
 * guard holds, and no count of people below COMMISSION_FEWEST.
 *
 * A count that is left out could be worked out from its neighbours where they add up. So of a group two are
 * left out at least, which are not few together. */
#include "report/commission_make.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/without.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool commission_is_of_people(const struct table *table)
{
    return table == &table_records || table == &table_episodes || table == &table_happened;
}

/* ---- what is left out ---- */

enum shown { SHOWN, FEW, ALL_BUT_FEW, BESIDE };

static bool is_counted(const struct figure_line *line)
{
    return line->shape == SHAPE_COUNT || line->shape == SHAPE_SHARE;
}

static enum shown shown_alone(const struct figure_line *line)
{
    if (!commission_is_of_people(line->table) || line->shape == SHAPE_WORDS || WITHOUT("few people"))
        return SHOWN;
    if (line->shape == SHAPE_VALUE && line->behind >= 0 && line->figure.none == FIGURE_THERE &&
        line->behind < COMMISSION_FEWEST)
        return FEW;
    if (line->shape == SHAPE_VALUE)
        return line->figure.n < COMMISSION_FEWEST ? FEW : SHOWN;
    if (line->count < COMMISSION_FEWEST)
        return FEW;
    return line->shape == SHAPE_SHARE && line->of - line->count < COMMISSION_FEWEST ? ALL_BUT_FEW : SHOWN;
}

/* Could the counts of two lines add up to a third? Shares of the same rows can, wherever they stand; of
 * others it is known by where they stand: under each other, as parts of the same. */
static bool are_beside(const struct figure_lines *lines, size_t one, size_t other)
{
    const struct figure_line *a = &lines->lines[one], *b = &lines->lines[other];
    if (!is_counted(a) || !is_counted(b) || a->shape != b->shape || a->indent != b->indent || a->of != b->of)
        return false;
    if (a->among || b->among)
        return a->among == b->among;
    for (size_t i = one; i < other; i++) {
        const struct figure_line *between = &lines->lines[i + 1];
        if (between->shape != a->shape || between->indent != a->indent || between->table != a->table ||
            between->of != a->of)
            return false;
    }
    return a->table == b->table;
}

/* What is left out can be worked out together: all, less what is shown. So there have to be two of it at
 * least, which are not few together; and which of them is the few, and which only stands beside it, is not
 * told. */
static void hide_group(const struct figure_lines *lines, enum shown *shown, const size_t *group, size_t count)
{
    size_t hidden = 0;
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        hidden += shown[group[i]] != SHOWN;
        sum += shown[group[i]] != SHOWN ? lines->lines[group[i]].count : 0;
    }
    bool more = false;
    while (hidden && (hidden == 1 || sum < COMMISSION_FEWEST) && !WITHOUT("what is beside few")) {
        size_t smallest = SIZE_MAX;
        for (size_t i = 0; i < count; i++) {
            if (shown[group[i]] == SHOWN &&
                (smallest == SIZE_MAX || lines->lines[group[i]].count < lines->lines[smallest].count))
                smallest = group[i];
        }
        if (smallest == SIZE_MAX)
            break;
        shown[smallest] = BESIDE;
        sum += lines->lines[smallest].count;
        hidden++;
        more = true;
    }
    for (size_t i = 0; more && i < count; i++)
        shown[group[i]] = shown[group[i]] == SHOWN ? SHOWN : BESIDE;
}

static void hide_beside(const struct figure_lines *lines, enum shown *shown)
{
    size_t *group = xcalloc(lines->count + 1, sizeof *group);
    bool *seen = xcalloc(lines->count + 1, sizeof *seen);
    for (size_t from = 0; from < lines->count; from++) {
        size_t count = 0;
        for (size_t to = from; to < lines->count && !seen[from]; to++) {
            if (to == from || are_beside(lines, from, to))
                group[count++] = to;
        }
        for (size_t i = 0; i < count; i++)
            seen[group[i]] = true;
        hide_group(lines, shown, group, count);
    }
    free(group);
    free(seen);
}

/* ---- rows ---- */

/* 1204 as “1,204”. */
static void add_grouped(struct strbuf *words, int64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)number);
    for (int i = 0; i < length; i++) {
        strbuf_addch(words, digits[i]);
        int left = length - 1 - i;
        if (left && left % 3 == 0 && digits[i] != '-')
            strbuf_addch(words, ',');
    }
}

/* A share and "%" are told in hundredths; what has no unit with two digits after the point; else one at most.
 */
static void add_number(struct strbuf *words, double number, const char *unit, const struct figure *f)
{
    if (strcmp(unit, "%") == 0)
        strbuf_addf(words, "%.*f", f->no_range == FIGURE_THERE ? figure_digits(f->low, f->high) : 0,
                    number * 100);
    else if (!*unit)
        strbuf_addf(words, "%.2f", number);
    else
        strbuf_addf(words, "%.*f", number == floor(number) ? 0 : 1, number);
}

static char *count_words(const struct figure_line *line, enum shown shown)
{
    struct strbuf words = STRBUF_INIT;
    bool share = line->shape == SHAPE_SHARE;
    if (line->shape == SHAPE_WORDS)
        return strbuf_detach(&words);
    bool of_many = line->shape == SHAPE_VALUE && line->figure.n >= COMMISSION_FEWEST;
    if (shown == FEW && !of_many)
        strbuf_addf(&words, "fewer than %d", COMMISSION_FEWEST);
    else if (shown == ALL_BUT_FEW)
        strbuf_addf(&words, "all but fewer than %d", COMMISSION_FEWEST);
    else if (shown == BESIDE)
        strbuf_add(&words, "not shown");
    else if (line->shape == SHAPE_VALUE)
        strbuf_add(&words, "n ");
    if (shown == SHOWN || (shown == FEW && of_many))
        add_grouped(&words, line->shape == SHAPE_VALUE ? line->figure.n : line->count);
    if (share && (shown == SHOWN || (shown != BESIDE && line->of >= COMMISSION_FEWEST))) {
        strbuf_add(&words, " of ");
        add_grouped(&words, line->of);
    }
    return strbuf_detach(&words);
}

static bool is_too_few(enum figure_reason reason)
{
    return reason == FIGURE_UNDER_10 || reason == FIGURE_UNDER_30 || reason == FIGURE_TOO_FEW;
}

static char *value_words(const struct figure_line *line, enum shown shown)
{
    const struct figure *f = &line->figure;
    const char *unit = line->shape == SHAPE_SHARE ? "%" : line->unit;
    struct strbuf words = STRBUF_INIT;
    if (line->shape == SHAPE_COUNT || line->shape == SHAPE_WORDS)
        return strbuf_detach(&words);
    if (shown == BESIDE) {
        strbuf_add(&words, "fewer than 5, or beside one that is");
    } else if (shown != SHOWN || is_too_few(f->none)) {
        strbuf_add(&words, "too few to say");
    } else if (f->none != FIGURE_THERE) {
        strbuf_add(&words, figure_why(f->none));
    } else if (strcmp(unit, "p") == 0) {
        strbuf_addf(&words, f->value < 0.001 ? "p below 0.001" : "p %.3f", f->value);
    } else {
        add_number(&words, f->value, unit, f);
        strbuf_addf(&words, "%s%.*s", *unit ? " " : "", figure_unit_length(unit, f->value), unit);
    }
    return strbuf_detach(&words);
}

static char *range_words(const struct figure_line *line, enum shown shown)
{
    const struct figure *f = &line->figure;
    const char *unit = line->shape == SHAPE_SHARE ? "%" : line->unit;
    struct strbuf words = STRBUF_INIT;
    bool valued = line->shape == SHAPE_SHARE || line->shape == SHAPE_VALUE;
    if (valued && shown == SHOWN && f->none == FIGURE_THERE && f->no_range != FIGURE_HAS_NONE &&
        !isnan(f->low)) {
        add_number(&words, f->low, unit, f);
        if (!isnan(f->high)) {
            strbuf_add(&words, " to ");
            add_number(&words, f->high, unit, f);
        } else {
            strbuf_add(&words, " or more");
        }
    }
    return strbuf_detach(&words);
}

static char *remark_words(const struct figure_line *line, enum shown shown)
{
    struct strbuf words = STRBUF_INIT;
    if (line->words)
        strbuf_add(&words, line->words);
    if (line->shape == SHAPE_VALUE && shown == SHOWN && line->figure.none == FIGURE_THERE &&
        strcmp(line->unit, "p") != 0 && !isnan(line->lower) && !isnan(line->upper)) {
        strbuf_add(&words, words.length ? " Half of them lie from " : "half of them lie from ");
        add_number(&words, line->lower, line->unit, &line->figure);
        strbuf_add(&words, " to ");
        add_number(&words, line->upper, line->unit, &line->figure);
    }
    return strbuf_detach(&words);
}

static void add_row(struct commission_item *item, const struct figure_line *line, enum shown shown)
{
    GROW(item->rows, item->row_count, item->row_room);
    struct commission_row *row = &item->rows[item->row_count++];
    static const enum commission_shape shapes[] = {[SHAPE_COUNT] = COMMISSION_COUNT,
                                                   [SHAPE_SHARE] = COMMISSION_SHARE,
                                                   [SHAPE_VALUE] = COMMISSION_VALUE,
                                                   [SHAPE_WORDS] = COMMISSION_WORDS};
    bool valued = line->shape == SHAPE_SHARE || line->shape == SHAPE_VALUE;
    const struct figure none = figure_none(FIGURE_UNDER_10, 0, FEWEST_FOR_RATE);
    *row = (struct commission_row){
        .label = xstrdup(line->label),
        .indent = line->indent,
        .count = count_words(line, shown),
        .value = value_words(line, shown),
        .range = range_words(line, shown),
        .remark = remark_words(line, shown),
        .shape = shapes[line->shape],
        .unit = line->shape == SHAPE_SHARE ? "share" : line->unit,
        .number = shown == SHOWN && is_counted(line) ? line->count : -1,
        .of = line->shape == SHAPE_SHARE && (line->of >= COMMISSION_FEWEST || shown == SHOWN) ? line->of : -1,
        .figure = shown == SHOWN && valued ? line->figure : none,
        .fewer = shown != SHOWN,
    };
}

void commission_rows(struct commission_item *item, const struct figure_lines *lines)
{
    enum shown *shown = xcalloc(lines->count + 1, sizeof *shown);
    for (size_t i = 0; i < lines->count; i++)
        shown[i] = shown_alone(&lines->lines[i]);
    hide_beside(lines, shown);
    for (size_t i = 0; i < lines->count; i++)
        add_row(item, &lines->lines[i], shown[i]);
    free(shown);
}

/* ---- what is left out for the sake of length ---- */

static void row_release(struct commission_row *row)
{
    free(row->label);
    free(row->count);
    free(row->value);
    free(row->range);
    free(row->remark);
}

void commission_rows_release(struct commission_item *item)
{
    for (size_t i = 0; i < item->row_count; i++)
        row_release(&item->rows[i]);
    free(item->rows);
}

void commission_leave_out(struct commission_item *item, int indent)
{
    size_t kept = 0;
    for (size_t i = 0; i < item->row_count; i++) {
        if (item->rows[i].indent == indent)
            row_release(&item->rows[i]);
        else
            item->rows[kept++] = item->rows[i];
    }
    item->row_count = kept;
}

void commission_leave_out_small(struct commission_item *item)
{
    size_t kept = 0, groups = 0;
    bool out = false;
    for (size_t i = 0; i < item->row_count; i++) {
        const struct commission_row *row = &item->rows[i];
        if (!row->indent) {
            bool heads = i + 1 < item->row_count && item->rows[i + 1].indent;
            out = heads && row->shape == COMMISSION_COUNT && row->number < FEWEST_FOR_RATE;
            groups += out;
        }
        if (out)
            row_release(&item->rows[i]);
        else
            item->rows[kept++] = *row;
    }
    item->row_count = kept;
    if (!groups)
        return;
    char *text = xasprintf("%s Those with fewer than %d are not listed one by one: %zu.", item->text,
                           FEWEST_FOR_RATE, groups);
    free(item->text);
    item->text = text;
}

/* ---- as bars ---- */

void commission_bars(struct commission_item *item, int indent)
{
    struct picture_bar *bars = xcalloc(item->row_count + 1, sizeof *bars);
    size_t count = 0;
    for (size_t i = 0; i < item->row_count; i++) {
        const struct commission_row *row = &item->rows[i];
        if (row->shape == COMMISSION_SHARE && row->indent == indent && row->number >= 0 && row->of > 0) {
            bars[count] = (struct picture_bar){.label = row->label, .count = row->number, .of = row->of};
            count++;
        }
    }
    item->held[0] = bars;
    if (count < 2)
        return;
    item->drawn = item->only_rows = true;
    item->picture = (struct picture){.kind = PICTURE_BARS, .title = item->title, .bars = {bars, count, true}};
}
