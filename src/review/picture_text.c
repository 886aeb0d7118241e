/* Pictures as lines of plain characters. What is drawn uses no more characters than the fonts of bare
 * consoles have; each has one in ASCII that says the same, and screen/look puts the same ones in its place.
 *
 * A label is never cut: where it does not fit beside what is drawn, it stands above, broken into lines. */
#include "review/picture.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_BAR = 10, LEAST_TRACK = 16, AXIS = 5, LOW_CURVE = 6, TALL_CURVE = 11, TALL_FROM = 40 };

struct drawing {
    const struct picture *picture;
    int columns;
    struct picture_lines lines;
};

/* ---- lines ---- */

static void add_line(struct drawing *d, struct strbuf *sb)
{
    while (sb->length > 0 && sb->text[sb->length - 1] == ' ')
        strbuf_remove(sb, sb->length - 1, 1);
    GROW(d->lines.lines, d->lines.count, d->lines.room);
    d->lines.lines[d->lines.count++] = strbuf_detach(sb);
}

static void add_times(struct strbuf *sb, const char *mark, int times)
{
    for (int i = 0; i < times; i++)
        strbuf_add(sb, mark);
}

/* A text, and blanks after it, or before, up to so many columns. */
static void add_padded(struct strbuf *sb, const char *text, int columns, bool right)
{
    int blanks = columns - utf8_width(text);
    if (right)
        add_times(sb, " ", blanks);
    strbuf_add(sb, text);
    if (!right)
        add_times(sb, " ", blanks);
}

/* A text that is safe already, in as many lines as it takes, all but the first set in. */
static void add_wrapped(struct drawing *d, const char *text, int indent, int more)
{
    struct utf8_line *lines;
    size_t count = utf8_wrap(text, d->columns - indent - more, &lines);
    for (size_t i = 0; i < count; i++) {
        struct strbuf sb = STRBUF_INIT;
        add_times(&sb, " ", i ? indent + more : indent);
        strbuf_addn(&sb, text + lines[i].start, lines[i].length);
        add_line(d, &sb);
    }
    free(lines);
}

static void add_text(struct drawing *d, const char *text)
{
    char *safe = utf8_safe(text, false);
    add_wrapped(d, safe, 0, 0);
    free(safe);
}

/* Two texts at the two ends of a line, or of two where they do not fit on one. */
static void add_ends(struct drawing *d, const char *left, const char *right, int indent)
{
    int blanks = d->columns - indent - utf8_width(left) - utf8_width(right);
    if (blanks < 2) {
        add_wrapped(d, left, indent, 2);
        blanks = d->columns - indent - utf8_width(right);
        left = "";
    }
    if (blanks < 0) {
        add_wrapped(d, right, indent, 2);
        return;
    }
    struct strbuf sb = STRBUF_INIT;
    add_times(&sb, " ", indent);
    strbuf_add(&sb, left);
    add_times(&sb, " ", blanks);
    strbuf_add(&sb, right);
    add_line(d, &sb);
}

static int at_most(int a, int b)
{
    return a < b ? a : b;
}

static int at_least(int a, int b)
{
    return a > b ? a : b;
}

static int placed(double share, int columns)
{
    return (int)floor(share * columns + 0.5);
}

/* ---- bars ---- */

struct bar_texts {
    char *label, *count, *rate;
};

static struct bar_texts *bar_texts_of(const struct picture_bars *bars)
{
    struct bar_texts *texts = xcalloc(bars->count, sizeof *texts);
    for (size_t i = 0; i < bars->count; i++)
        texts[i] = (struct bar_texts){utf8_safe(bars->bars[i].label, false), picture_count(bars, i),
                                      picture_rate(bars, i)};
    return texts;
}

/* A share is drawn within a frame, which is all that it is of. Up to its middle it is counted, around that
 * lies its range. True where there was something to draw. */
static bool draw_share(struct strbuf *sb, const struct picture_bar *bar, int columns)
{
    struct figure share = picture_share(bar);
    if (share.none) {
        add_times(sb, " ", columns);
        return false;
    }
    int room = columns - 2, value = placed(share.value, room);
    int low = share.no_range ? value : at_most(placed(share.low, room), value);
    int high = share.no_range ? value : at_least(placed(share.high, room), value);
    strbuf_add(sb, "│");
    add_times(sb, "█", low);
    add_times(sb, "▒", value - low);
    add_times(sb, "░", high - value);
    add_times(sb, " ", room - high);
    strbuf_add(sb, "│");
    return true;
}

static bool draw_bar(struct strbuf *sb, const struct picture_bars *bars, size_t i, int columns)
{
    const struct picture_bar *bar = &bars->bars[i];
    if (bars->shares)
        return draw_share(sb, bar, columns);
    int filled = placed((double)bar->count / (double)picture_most(bars), columns);
    if (bar->count > 0)
        filled = at_least(filled, 1); /* one is not none */
    add_times(sb, "█", filled);
    add_times(sb, " ", columns - filled);
    return false;
}

static void draw_bars(struct drawing *d, const struct picture_bars *bars)
{
    struct bar_texts *texts = bar_texts_of(bars);
    int label = 0, count = 0, rate = 0;
    bool shares = false;
    for (size_t i = 0; i < bars->count; i++) {
        label = at_least(label, utf8_width(texts[i].label));
        count = at_least(count, utf8_width(texts[i].count));
        rate = at_least(rate, utf8_width(texts[i].rate));
    }
    int room = d->columns - label - 1 - 1 - count - (rate ? 2 + rate : 0);
    bool beside = room >= at_least(LEAST_BAR, d->columns / 5);
    for (size_t i = 0; i < bars->count; i++) {
        struct strbuf sb = STRBUF_INIT;
        if (beside) {
            add_padded(&sb, texts[i].label, label + 1, false);
            shares |= draw_bar(&sb, bars, i, room);
            strbuf_add(&sb, " ");
            add_padded(&sb, texts[i].count, count, true);
            strbuf_add(&sb, "  ");
            strbuf_add(&sb, texts[i].rate);
            add_line(d, &sb);
            continue;
        }
        char *numbers =
            *texts[i].rate ? xasprintf("%s  %s", texts[i].count, texts[i].rate) : xstrdup(texts[i].count);
        add_ends(d, texts[i].label, numbers, 0);
        free(numbers);
        bool drawn = draw_bar(&sb, bars, i, d->columns);
        shares |= drawn;
        if (drawn || !bars->shares)
            add_line(d, &sb);
        strbuf_release(&sb);
    }
    if (shares)
        add_wrapped(d, "█▒ as counted; ▒░ the range it may lie in", 0, 2);
    for (size_t i = 0; i < bars->count; i++) {
        free(texts[i].label);
        free(texts[i].count);
        free(texts[i].rate);
    }
    free(texts);
}

/* ---- ladders ---- */

static void draw_track(struct strbuf *sb, const struct picture_ladder *ladder,
                       const struct picture_rung *rung, enum who party, int columns)
{
    const char **cells = xcalloc((size_t)columns, sizeof *cells);
    double ends[2] = {rung->before[party], rung->after[party]};
    int at[2] = {-1, -1};
    for (int end = 0; end < 2; end++)
        if (!isnan(ends[end])) {
            double share = (ends[end] - ladder->low) / (ladder->high - ladder->low);
            at[end] = placed(fmin(fmax(share, 0), 1), columns - 1);
        }
    if (at[0] >= 0 && at[1] >= 0)
        for (int i = at_most(at[0], at[1]); i < at_least(at[0], at[1]); i++)
            cells[i] = "─";
    if (at[0] >= 0)
        cells[at[0]] = "o";
    if (at[1] >= 0)
        cells[at[1]] = "■";
    strbuf_add(sb, "│");
    for (int i = 0; i < columns; i++)
        strbuf_add(sb, cells[i] ? cells[i] : " ");
    strbuf_add(sb, "│");
    free(cells);
}

/* Both lines of a rung are drawn by the same words and with the same marks. */
static void draw_ladder(struct drawing *d)
{
    const struct picture_ladder *ladder = &d->picture->ladder;
    char *people[PARTIES];
    int name = 0, numbers = 1;
    bool moved = false;
    for (enum who party = PRACTITIONER; party <= SERVICE_USER; party++) {
        people[party] = utf8_safe(picture_person(d->picture, party), false);
        name = at_least(name, utf8_width(people[party]));
        for (size_t i = 0; i < ladder->count; i++) {
            char *text = picture_moved(&ladder->rungs[i], party, ", now ");
            numbers = at_least(numbers, utf8_width(text));
            moved |= !isnan(ladder->rungs[i].after[party]);
            free(text);
        }
    }
    int room = d->columns - 1 - name - 1 - 2 - 1 - numbers;
    bool beside = room >= LEAST_TRACK;
    int start = beside ? 1 + name + 1 : 1, track = beside ? room : d->columns - start - 2;
    for (size_t i = 0; i < ladder->count; i++) {
        add_text(d, ladder->rungs[i].label);
        for (enum who party = PRACTITIONER; party <= SERVICE_USER; party++) {
            char *text = picture_moved(&ladder->rungs[i], party, ", now ");
            struct strbuf sb = STRBUF_INIT;
            if (!beside)
                add_ends(d, people[party], text, 1);
            strbuf_add(&sb, " ");
            if (beside)
                add_padded(&sb, people[party], name + 1, false);
            draw_track(&sb, ladder, &ladder->rungs[i], party, track);
            if (beside) {
                strbuf_add(&sb, " ");
                strbuf_add(&sb, text);
            }
            add_line(d, &sb);
            free(text);
        }
    }
    char *low_number = picture_number(ladder->low), *high_number = picture_number(ladder->high);
    char *low = xasprintf("%s %s", low_number, ladder->low_label ? ladder->low_label : "");
    char *high = xasprintf("%s %s", high_number, ladder->high_label ? ladder->high_label : "");
    char *low_safe = utf8_safe(low, false), *high_safe = utf8_safe(high, false);
    for (char *end = low_safe + strlen(low_safe); end > low_safe && end[-1] == ' ';)
        *--end = '\0';
    for (char *end = high_safe + strlen(high_safe); end > high_safe && end[-1] == ' ';)
        *--end = '\0';
    int blanks = track + 2 - utf8_width(low_safe) - utf8_width(high_safe);
    if (blanks >= 1) {
        struct strbuf sb = STRBUF_INIT;
        add_times(&sb, " ", start);
        strbuf_add(&sb, low_safe);
        add_times(&sb, " ", blanks);
        strbuf_add(&sb, high_safe);
        add_line(d, &sb);
    } else {
        add_wrapped(d, low_safe, 1, 2);
        add_wrapped(d, high_safe, 1, 2);
    }
    add_wrapped(d, moved ? "o at first, ■ now" : "o the answer", 0, 0);
    free(low_number);
    free(high_number);
    free(low);
    free(high);
    free(low_safe);
    free(high_safe);
    for (enum who party = PRACTITIONER; party <= SERVICE_USER; party++)
        free(people[party]);
}

/* ---- matrices ---- */

/* How a matrix is laid out; `cell` without the blank or bracket before it. */
struct grid {
    const struct picture_matrix *matrix;
    char **heads, **labels; /* of the columns; in full */
    int head, cell, sums, label;
    bool stacked, numbered, beside;
};

static int digits(int64_t count)
{
    int n = 1;
    while (count >= 10) {
        count /= 10;
        n++;
    }
    return n;
}

static int grid_width(const struct grid *g)
{
    return (g->beside ? g->label : g->head) + 1 + g->matrix->k * (g->cell + 1) + 1 +
           (g->sums ? 1 + g->sums : 0);
}

/* From the roomiest way that fits to the narrowest; false where none does. */
static bool grid_fits(struct grid *g, int columns)
{
    const struct picture_matrix *matrix = g->matrix;
    int64_t most = 0, same, sum = picture_matrix_sum(matrix, &same);
    for (int i = 0; i < matrix->k * matrix->k; i++)
        most = matrix->counts[i] > most ? matrix->counts[i] : most;
    int counts = digits(most);
    for (int way = 0; way < 6; way++) {
        g->beside = g->numbered && way % 2 == 0;
        g->stacked = way >= 4;
        g->sums = way < 2 ? at_least(digits(sum), 3) : 0;
        g->cell = g->stacked ? counts : at_least(counts, g->head);
        if (grid_width(g) <= columns)
            return true;
    }
    return false;
}

static void draw_heads(struct drawing *d, const struct grid *g, int before)
{
    int lines = g->stacked ? g->head : 1;
    for (int line = 0; line < lines; line++) {
        struct strbuf sb = STRBUF_INIT;
        add_times(&sb, " ", before);
        strbuf_add(&sb, "│");
        for (int j = 0; j < g->matrix->k; j++) {
            const char *head = g->heads[j];
            strbuf_add(&sb, " ");
            if (!g->stacked) {
                add_padded(&sb, head, g->cell, true);
                continue;
            }
            /* One letter under the other, the last ones on the last line. */
            int skip = line - (g->head - utf8_width(head));
            size_t from = skip > 0 ? utf8_fit(head, skip) : 0, to = utf8_next(head, from);
            char *letter = xstrndup(head + from, skip < 0 ? 0 : to - from);
            add_padded(&sb, letter, g->cell, true);
            free(letter);
        }
        if (g->sums) {
            strbuf_add(&sb, " │");
            add_padded(&sb, "all", g->sums, true);
        }
        add_line(d, &sb);
    }
    struct strbuf sb = STRBUF_INIT;
    add_times(&sb, "─", grid_width(g));
    add_line(d, &sb);
}

static void add_count(struct strbuf *sb, int64_t count, int columns)
{
    char *text = count ? xasprintf("%lld", (long long)count) : xstrdup(".");
    add_padded(sb, text, columns, true);
    free(text);
}

static void draw_rows(struct drawing *d, const struct grid *g, int before)
{
    int k = g->matrix->k;
    for (int i = 0; i < k; i++) {
        struct strbuf sb = STRBUF_INIT;
        int64_t sum = 0;
        add_padded(&sb, g->beside ? g->labels[i] : g->heads[i], before, false);
        strbuf_add(&sb, "│");
        for (int j = 0; j < k; j++) {
            int64_t count = g->matrix->counts[i * k + j];
            strbuf_add(&sb, i == j ? "[" : i + 1 == j ? "]" : " ");
            add_count(&sb, count, g->cell);
            sum += count;
        }
        strbuf_add(&sb, i + 1 == k ? "]" : " ");
        if (g->sums) {
            strbuf_add(&sb, "│");
            add_count(&sb, sum, g->sums);
        }
        add_line(d, &sb);
    }
}

static void draw_sums(struct drawing *d, const struct grid *g, int before)
{
    int k = g->matrix->k;
    int64_t all, same;
    /* A sum may be wider than its column: then only the rows have theirs. */
    for (int j = 0; j < k; j++) {
        int64_t sum = 0;
        for (int i = 0; i < k; i++)
            sum += g->matrix->counts[i * k + j];
        if (digits(sum) > g->cell)
            return;
    }
    struct strbuf sb = STRBUF_INIT;
    add_times(&sb, "─", grid_width(g));
    add_line(d, &sb);
    add_padded(&sb, before >= 3 ? "all" : "", before, false);
    strbuf_add(&sb, "│");
    for (int j = 0; j < k; j++) {
        int64_t sum = 0;
        for (int i = 0; i < k; i++)
            sum += g->matrix->counts[i * k + j];
        strbuf_add(&sb, " ");
        add_count(&sb, sum, g->cell);
    }
    strbuf_add(&sb, " │");
    all = picture_matrix_sum(g->matrix, &same);
    add_count(&sb, all, g->sums);
    add_line(d, &sb);
}

/* False where it does not fit: nothing is drawn then. */
static bool draw_matrix(struct drawing *d)
{
    const struct picture_matrix *matrix = &d->picture->matrix;
    size_t k = (size_t)matrix->k;
    struct grid g = {.matrix = matrix, .numbered = !picture_labels_are_short(matrix)};
    g.heads = xcalloc(k, sizeof *g.heads);
    g.labels = xcalloc(k, sizeof *g.labels);
    for (int i = 0; i < matrix->k; i++) {
        char *safe = utf8_safe(matrix->labels[i], false);
        g.heads[i] = g.numbered ? xasprintf("%d", i + 1) : xstrdup(safe);
        g.labels[i] = xasprintf("%d %s", i + 1, safe);
        g.head = at_least(g.head, utf8_width(g.heads[i]));
        g.label = at_least(g.label, utf8_width(g.labels[i]));
        free(safe);
    }
    bool fits = grid_fits(&g, d->columns);
    if (fits) {
        char *row = xasprintf("%s ▼", picture_person(d->picture, PRACTITIONER));
        char *column = xasprintf("%s →", picture_person(d->picture, SERVICE_USER));
        char *row_safe = utf8_safe(row, false), *column_safe = utf8_safe(column, false);
        int before = g.beside ? g.label : g.head, columns = d->columns;
        d->columns = at_least(grid_width(&g), at_most(columns, PICTURE_NARROWEST));
        add_ends(d, row_safe, column_safe, 0);
        d->columns = columns;
        free(row);
        free(column);
        free(row_safe);
        free(column_safe);
        draw_heads(d, &g, before);
        draw_rows(d, &g, before);
        if (g.sums)
            draw_sums(d, &g, before);
        if (g.numbered && !g.beside)
            for (size_t i = 0; i < k; i++)
                add_wrapped(d, g.labels[i], 0, 3);
        int64_t same, sum = picture_matrix_sum(matrix, &same);
        char *text = xasprintf("[ ] the same answer: %lld of %lld", (long long)same, (long long)sum);
        add_wrapped(d, text, 0, 2);
        free(text);
    }
    for (size_t i = 0; i < k; i++) {
        free(g.heads[i]);
        free(g.labels[i]);
    }
    free(g.heads);
    free(g.labels);
    return fits;
}

/* ---- curves ---- */

struct plane {
    const struct picture_steps *steps;
    const char **cells;
    int columns, rows;
};

static int column_of(const struct plane *plane, double time)
{
    return placed(time / plane->steps->curve->followed, plane->columns - 1);
}

static void draw_curve(struct plane *plane)
{
    const struct survival *curve = plane->steps->curve;
    int row = 0, end = column_of(plane, curve->followed);
    size_t step = 0;
    for (int column = 0; column <= end; column++) {
        double survival = -1;
        for (; step < curve->count && column_of(plane, curve->steps[step].time) <= column; step++)
            survival = curve->steps[step].survival;
        int down = survival < 0 ? row : placed(1 - survival, plane->rows - 1);
        if (down == row) {
            plane->cells[row * plane->columns + column] = "─";
            continue;
        }
        plane->cells[row * plane->columns + column] = "┐";
        while (++row < down)
            plane->cells[row * plane->columns + column] = "│";
        plane->cells[row * plane->columns + column] = "└";
    }
}

/* Where somebody was last seen: on the line, or right beside where it turns. */
static void draw_last_seen(struct plane *plane)
{
    const struct picture_steps *steps = plane->steps;
    for (int64_t i = 0; i < steps->curve->n; i++) {
        if (steps->times[i].ended)
            continue;
        int at = column_of(plane, steps->times[i].time);
        for (int aside = 0; aside < 2; aside++) {
            int column = at + aside, row = 0;
            if (column >= plane->columns)
                break;
            while (row < plane->rows - 1 && (!plane->cells[row * plane->columns + column] ||
                                             *plane->cells[row * plane->columns + column] == ' '))
                row++;
            const char **cell = &plane->cells[row * plane->columns + column];
            if (*cell && (strcmp(*cell, "─") == 0 || **cell == 'x')) {
                *cell = "x";
                break;
            }
        }
    }
}

/* Numbers under their columns, each as near to it as the ones before leave room. */
static void draw_ticks(struct drawing *d, const struct plane *plane, double tick, bool people)
{
    struct strbuf sb = STRBUF_INIT;
    const struct picture_steps *steps = plane->steps;
    add_times(&sb, " ", AXIS - 1);
    for (int i = 0; i * tick <= steps->curve->followed * (1 + 1e-12); i++) {
        char *text = people ? xasprintf("%lld", (long long)picture_still_there(steps, i * tick))
                            : picture_number(i * tick);
        int width = utf8_width(text), at = AXIS + column_of(plane, i * tick) - width / 2;
        int used = utf8_width(sb.text);
        at = at_most(at, d->columns - width);
        if (at > used || (i == 0 && at >= used)) {
            add_times(&sb, " ", at - used);
            strbuf_add(&sb, text);
        }
        free(text);
    }
    add_line(d, &sb);
}

static void draw_steps(struct drawing *d)
{
    const struct picture_steps *steps = &d->picture->steps;
    struct plane plane = {.steps = steps,
                          .columns = d->columns - AXIS,
                          .rows = d->columns < TALL_FROM ? LOW_CURVE : TALL_CURVE};
    plane.cells = xcalloc((size_t)plane.columns * (size_t)plane.rows, sizeof *plane.cells);
    draw_curve(&plane);
    draw_last_seen(&plane);
    bool last_seen = steps->curve->ended < steps->curve->n;
    for (int row = 0; row < plane.rows; row++) {
        struct strbuf sb = STRBUF_INIT;
        int percent = 100 - row * 100 / (plane.rows - 1);
        bool labelled = percent % 20 == 0;
        if (labelled)
            strbuf_addf(&sb, "%3d%%┤", percent);
        else
            strbuf_add(&sb, "    │");
        for (int column = 0; column < plane.columns; column++) {
            const char *cell = plane.cells[row * plane.columns + column];
            strbuf_add(&sb, cell ? cell : " ");
        }
        add_line(d, &sb);
    }
    free(plane.cells);
    struct strbuf sb = STRBUF_INIT;
    strbuf_add(&sb, "    └");
    add_times(&sb, "─", plane.columns);
    add_line(d, &sb);
    char *most = xasprintf("%lld", (long long)steps->curve->n);
    double tick =
        picture_tick(steps->curve->followed, at_least(plane.columns / at_least(8, utf8_width(most) + 3), 1));
    free(most);
    draw_ticks(d, &plane, tick, false);
    draw_ticks(d, &plane, tick, true);
    char *text = xasprintf("First row: %s. Second row: how many are still followed.", steps->unit);
    add_text(d, text);
    free(text);
    if (last_seen)
        add_wrapped(d, "x last seen here; it still went on", 0, 2);
}

/* ---- all of it ---- */

/* What stands for each character where there is ASCII alone; screen/look has the same. */
static const struct {
    const char *character;
    char ascii;
} in_ascii[] = {
    {"─", '-'}, {"│", '|'}, {"┌", '+'}, {"┐", '+'}, {"└", '+'}, {"┘", '+'}, {"├", '+'},
    {"┤", '+'}, {"█", '#'}, {"▒", ':'}, {"░", '.'}, {"■", '#'}, {"▲", '^'}, {"▼", 'v'},
    {"→", '>'}, {"←", '<'}, {"≠", '#'}, {"⟨", '<'}, {"⟩", '>'},
};

static void to_ascii(char *line)
{
    char *to = line;
    for (const char *from = line; *from;) {
        size_t i = 0, n = sizeof in_ascii / sizeof *in_ascii;
        if (*from & 0x80)
            while (i < n && strncmp(from, in_ascii[i].character, strlen(in_ascii[i].character)) != 0)
                i++;
        else
            i = n;
        if (i < n) {
            *to++ = in_ascii[i].ascii;
            from += strlen(in_ascii[i].character);
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
}

static void draw_words(struct drawing *d)
{
    struct picture_lines told = picture_told(d->picture);
    for (size_t i = 0; i < told.count; i++)
        add_wrapped(d, told.lines[i], 0, 2);
    picture_lines_release(&told);
}

/* False where it has to be told instead. */
static bool draw(struct drawing *d)
{
    struct picture_bars bars;
    switch (d->picture->kind) {
    case PICTURE_BARS:
        draw_bars(d, &d->picture->bars);
        return true;
    case PICTURE_LADDER:
        draw_ladder(d);
        return true;
    case PICTURE_MATRIX:
        return draw_matrix(d);
    case PICTURE_STEPS:
        draw_steps(d);
        return true;
    case PICTURE_MONTHS:
        bars = picture_months_as_bars(&d->picture->months);
        draw_bars(d, &bars);
        picture_bars_release(&bars);
        return true;
    }
    return false;
}

struct picture_lines picture_text(const struct picture *picture, int columns, enum picture_marks marks)
{
    struct drawing d = {.picture = picture, .columns = columns < 4 ? 4 : columns};
    if (picture->title)
        add_text(&d, picture->title);
    bool in_words = marks == PICTURE_WORDS || columns < PICTURE_NARROWEST || *picture_why_none(picture);
    if (in_words || !draw(&d))
        draw_words(&d);
    if (picture->note)
        add_text(&d, picture->note);
    if (marks == PICTURE_ASCII)
        for (size_t i = 0; i < d.lines.count; i++)
            to_ascii(d.lines.lines[i]);
    return d.lines;
}
