/* Pictures as SVG. Each is drawn from its top down: a function draws at `y` and says where it ended. So the
 * height is known last, and all is drawn twice: once only to know it.
 *
 * How things look stands in one table and is written as attributes: the style sheet of a picture would hold
 * for all of the page around it.
 *
 * Nobody measures letters here: a letter is taken for as wide as LETTER, which is more than most are, and
 * what could be longer is broken into lines. All is in black and greys that a printer tells apart; what has
 * to be told apart differs in form too: full and hollow marks, hatched and plain areas, thick and thin
 * frames. */
#include "report/picture_svg.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = PICTURE_SVG_WIDTH, SIZE = 13, LINE = 17, MARK = 5, BAR = 16, LEAST_BAR = 80, GAP = 10 };
static const double LETTER = 8.3, SMALL_LETTER = 7;

struct drawing {
    struct markup m;
    const struct picture *picture;
    const char *id;
};

enum align { AT_START, IN_MIDDLE, AT_END };

/* ---- texts and marks ---- */

/* By name: attributes and their values. */
static const struct look {
    const char *name, *attributes[6];
} looks[] = {
    /* texts */
    {"head", {"font-weight", "bold"}},
    {"title", {"font-weight", "bold", "font-size", "15"}},
    {"small", {"font-size", "11"}},
    {"tiny", {"font-size", "9"}},
    {"none", {"fill", "#666"}},
    {"none small", {"fill", "#666", "font-size", "10"}},
    {"same", {"font-weight", "bold"}},
    {"same small", {"font-weight", "bold", "font-size", "10"}},
    /* lines */
    {"thin", {"stroke", "#444"}},
    {"faint", {"stroke", "#ddd"}},
    {"under", {"stroke", "#fff", "stroke-width", "5"}},
    {"range", {"stroke", "#000", "stroke-width", "1.5"}},
    {"way", {"stroke", "#000", "stroke-width", "2.5"}},
    {"seen", {"stroke", "#000", "stroke-width", "1.5"}},
    {"curve", {"stroke", "#000", "stroke-width", "2.5", "fill", "none"}},
    {"hatching", {"stroke", "#888", "stroke-width", "2"}},
    /* areas */
    {"all", {"fill", "#fff", "stroke", "#888"}},
    {"bar", {"fill", "#666"}},
    {"edge", {"stroke", "#888", "stroke-width", "0.5"}},
    {"cell", {"stroke", "#aaa"}},
    {"diagonal", {"fill", "none", "stroke", "#000", "stroke-width", "2.5"}},
    {"hollow", {"fill", "#fff", "stroke", "#000", "stroke-width", "2"}},
    {"full", {"fill", "#000", "stroke", "#000", "stroke-width", "2"}},
};

static void put_look(struct drawing *d, const char *name)
{
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (strcmp(looks[i].name, name) == 0)
            for (size_t a = 0; a < 6 && looks[i].attributes[a]; a += 2)
                markup_attribute(&d->m, looks[i].attributes[a], looks[i].attributes[a + 1]);
}

static double letter_of(const char *look)
{
    static const struct {
        const char *look;
        double letter;
    } letters[] = {{"title", 10.2},     {"head", 9},         {"small", SMALL_LETTER},
                   {"none small", 6.4}, {"same small", 6.8}, {"tiny", 5.8}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strcmp(letters[i].look, look) == 0)
            return letters[i].letter;
    return LETTER;
}

/* A text on one line, squeezed where it may be wider than `room`. */
static void put_fitted(struct drawing *d, double x, double y, enum align align, const char *look,
                       const char *text, double room)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    markup_open(&d->m, "text", NULL);
    markup_number(&d->m, "x", x);
    markup_number(&d->m, "y", y);
    if (align)
        markup_attribute(&d->m, "text-anchor", anchors[align]);
    put_look(d, look);
    char *safe = utf8_safe(text, false);
    if (utf8_width(safe) * letter_of(look) > room) {
        markup_number(&d->m, "textLength", fmax(room, 1));
        markup_attribute(&d->m, "lengthAdjust", "spacingAndGlyphs");
    }
    markup_text(&d->m, safe);
    markup_close(&d->m);
    free(safe);
}

/* One of our own, or a line of put_lines(): there is room. */
static void put_text(struct drawing *d, double x, double y, enum align align, const char *look,
                     const char *text)
{
    put_fitted(d, x, y, align, look, text, INFINITY);
}

/* A text in lines of at most so many units; y is the first one's base line. The next one's. */
static double put_lines(struct drawing *d, double x, double y, double width, enum align align,
                        const char *look, const char *text)
{
    char *safe = utf8_safe(text, false);
    struct utf8_line *lines;
    size_t count = utf8_wrap(safe, (int)(width / letter_of(look)), &lines);
    for (size_t i = 0; i < count; i++) {
        char *line = xstrndup(safe + lines[i].start, lines[i].length);
        put_text(d, x, y + (double)i * LINE, align, look, line);
        free(line);
    }
    free(lines);
    free(safe);
    return y + (double)count * LINE;
}

static size_t lines_of(const char *look, const char *text, double width)
{
    char *safe = utf8_safe(text, false);
    struct utf8_line *lines;
    size_t count = utf8_wrap(safe, (int)(width / letter_of(look)), &lines);
    free(lines);
    free(safe);
    return count;
}

/* As much room as the widest of some texts takes, between two bounds. */
static double room_for(double room, const char *look, const char *text, double most)
{
    char *safe = utf8_safe(text, false);
    double wanted = utf8_width(safe) * letter_of(look) + 4;
    free(safe);
    return fmin(fmax(room, wanted), most);
}

static void put_line(struct drawing *d, double x1, double y1, double x2, double y2, const char *look)
{
    markup_void(&d->m, "line", NULL);
    markup_number(&d->m, "x1", x1);
    markup_number(&d->m, "y1", y1);
    markup_number(&d->m, "x2", x2);
    markup_number(&d->m, "y2", y2);
    put_look(d, look);
}

static void put_box(struct drawing *d, double x, double y, double width, double height, const char *look)
{
    markup_void(&d->m, "rect", NULL);
    markup_number(&d->m, "x", x);
    markup_number(&d->m, "y", y);
    markup_number(&d->m, "width", width);
    markup_number(&d->m, "height", height);
    put_look(d, look);
}

static void put_mark(struct drawing *d, double x, double y, const char *look)
{
    markup_void(&d->m, "circle", NULL);
    markup_number(&d->m, "cx", x);
    markup_number(&d->m, "cy", y);
    markup_number(&d->m, "r", MARK);
    put_look(d, look);
}

/* The hatching has an id of its own in each picture: what it is filled with is an attribute, and no style. */
static char *hatch(const struct drawing *d)
{
    return xasprintf("url(#%s-hatch)", d->id);
}

static void put_hatched(struct drawing *d, double x, double y, double width, double height)
{
    char *fill = hatch(d);
    put_box(d, x, y, width, height, "edge");
    markup_attribute(&d->m, "fill", fill);
    free(fill);
}

/* ---- bars ---- */

/* The range of a share: a line between two ends, in white beneath so that it is seen on the bar too. */
static void put_range(struct drawing *d, double low, double high, double y)
{
    static const char *const layers[] = {"under", "range"};
    for (int i = 0; i < 2; i++) {
        put_line(d, low, y, high, y, layers[i]);
        put_line(d, low, y - MARK, low, y + MARK, layers[i]);
        put_line(d, high, y - MARK, high, y + MARK, layers[i]);
    }
}

/* The bar alone, from `left` on; all of it would be `room` wide. How wide it is. */
static double put_bar(struct drawing *d, const struct picture_bars *bars, size_t i, double left,
                      double middle, double room)
{
    const struct picture_bar *bar = &bars->bars[i];
    double top = middle - BAR / 2.;
    if (!bars->shares) {
        double width = bar->count > 0 ? fmax(room * (double)bar->count / (double)picture_most(bars), 1) : 0;
        if (bar->count > 0)
            put_box(d, left, top, width, BAR, "bar");
        return width;
    }
    struct figure share = picture_share(bar);
    if (share.none)
        return 0;
    put_box(d, left, top, room, BAR, "all");
    if (share.value > 0)
        put_box(d, left, top, room * share.value, BAR, "bar");
    if (!share.no_range)
        put_range(d, left + room * share.low, left + room * share.high, middle);
    return room;
}

static double draw_bars(struct drawing *d, const struct picture_bars *bars, double y)
{
    double label = 60, counts = 0, rates = 0;
    bool ranges = false;
    for (size_t i = 0; i < bars->count; i++) {
        char *count = picture_count(bars, i), *rate = picture_rate(bars, i);
        label = room_for(label, "", bars->bars[i].label, WIDTH * 0.35);
        counts = room_for(counts, "", count, WIDTH * 0.45);
        rates = *rate ? room_for(rates, "", rate, WIDTH * 0.3) : rates;
        ranges |= bars->shares && !picture_share(&bars->bars[i]).no_range;
        free(count);
        free(rate);
    }
    double left = label + GAP, room = WIDTH - left - GAP - counts - (rates > 0 ? GAP + rates : 0);
    if (room < LEAST_BAR) { /* counts of twenty digits are squeezed instead */
        counts = fmax(counts - (LEAST_BAR - room), 1);
        room = LEAST_BAR;
    }
    for (size_t i = 0; i < bars->count; i++) {
        double height = (double)lines_of("", bars->bars[i].label, label) * LINE, middle = y + height / 2;
        put_lines(d, label, y + SIZE, label, AT_END, "", bars->bars[i].label);
        double end = left + put_bar(d, bars, i, left, middle, room), base = middle + SIZE / 2. - 2;
        char *count = picture_count(bars, i), *rate = picture_rate(bars, i);
        if (bars->shares) {
            put_fitted(d, left + room + GAP + counts, base, AT_END, "", count, counts);
            put_fitted(d, left + room + GAP + counts + GAP, base, AT_START, "", rate, rates);
        } else {
            put_text(d, end + GAP / 2., base, AT_START, "", count);
        }
        free(count);
        free(rate);
        y += height + GAP;
    }
    if (ranges) {
        put_range(d, left + 1, left + 24, y + LINE / 2.);
        put_text(d, left + 32, y + SIZE, AT_START, "small", "the range that the share may lie in");
        y += LINE + 4;
    }
    return y;
}

/* ---- ladders ---- */

static double draw_ladder(struct drawing *d, double y)
{
    const struct picture_ladder *ladder = &d->picture->ladder;
    double name = 60, numbers = 30;
    bool moved = false;
    for (enum who party = PRACTITIONER; party <= SERVICE_USER; party++) {
        name = room_for(name, "", picture_person(d->picture, party), WIDTH * 0.3);
        for (size_t i = 0; i < ladder->count; i++) {
            char *text = picture_moved(&ladder->rungs[i], party, ", now ");
            numbers = room_for(numbers, "", text, WIDTH * 0.25);
            moved |= !isnan(ladder->rungs[i].after[party]);
            free(text);
        }
    }
    double left = name + 2 * GAP, right = WIDTH - numbers - 2 * GAP;
    for (size_t i = 0; i < ladder->count; i++) {
        const struct picture_rung *rung = &ladder->rungs[i];
        y = put_lines(d, 0, y + SIZE, WIDTH, AT_START, "head", rung->label) - SIZE + 2;
        for (enum who party = PRACTITIONER; party <= SERVICE_USER; party++) {
            double height = (double)lines_of("", picture_person(d->picture, party), name) * LINE + 4;
            double middle = y + height / 2;
            put_lines(d, name, y + SIZE + 2, name, AT_END, "", picture_person(d->picture, party));
            put_line(d, left, middle, right, middle, "thin");
            put_line(d, left, middle - 4, left, middle + 4, "thin");
            put_line(d, right, middle - 4, right, middle + 4, "thin");
            double ends[2] = {rung->before[party], rung->after[party]}, at[2] = {NAN, NAN};
            for (int end = 0; end < 2; end++)
                if (!isnan(ends[end])) {
                    double share = (ends[end] - ladder->low) / (ladder->high - ladder->low);
                    at[end] = left + (right - left) * fmin(fmax(share, 0), 1);
                }
            if (!isnan(at[0]) && !isnan(at[1]))
                put_line(d, at[0], middle, at[1], middle, "way");
            if (!isnan(at[0]))
                put_mark(d, at[0], middle, "hollow");
            if (!isnan(at[1]))
                put_mark(d, at[1], middle, "full");
            char *text = picture_moved(rung, party, ", now ");
            put_fitted(d, right + 2 * GAP, middle + SIZE / 2. - 2, AT_START, "", text, numbers);
            free(text);
            y += height;
        }
        y += GAP;
    }
    char *low = picture_number(ladder->low), *high = picture_number(ladder->high);
    char *low_text = xasprintf("%s %s", low, ladder->low_label ? ladder->low_label : "");
    char *high_text = xasprintf("%s %s", high, ladder->high_label ? ladder->high_label : "");
    double half = (right - left) / 2 - GAP;
    double one = put_lines(d, left, y + SIZE / 2., half, AT_START, "small", low_text);
    double other = put_lines(d, right, y + SIZE / 2., half, AT_END, "small", high_text);
    y = fmax(one, other);
    free(low_text);
    free(high_text);
    free(low);
    free(high);
    put_mark(d, left, y + LINE / 2. - 2, "hollow");
    put_text(d, left + GAP, y + SIZE - 2, AT_START, "small", moved ? "at first" : "the answer");
    if (moved) {
        put_mark(d, left + 80, y + LINE / 2. - 2, "full");
        put_text(d, left + 80 + GAP, y + SIZE - 2, AT_START, "small", "now");
    }
    return y + LINE + 4;
}

/* ---- matrices ---- */

static double draw_matrix(struct drawing *d, double y)
{
    enum { CELL = 72, ROW = 28 };
    const struct picture_matrix *matrix = &d->picture->matrix;
    int k = matrix->k;
    bool numbered = !picture_labels_are_short(matrix);
    double label = 40;
    int64_t most = 1, same, sum = picture_matrix_sum(matrix, &same);
    for (int i = 0; i < k; i++)
        label = room_for(label, "", matrix->labels[i], WIDTH * 0.28);
    label += numbered ? 3 * LETTER : 0;
    label = room_for(label, "head", picture_person(d->picture, PRACTITIONER), WIDTH * 0.28);
    for (int i = 0; i < k * k; i++)
        most = matrix->counts[i] > most ? matrix->counts[i] : most;
    char *widest = xasprintf("%lld", (long long)most);
    double wanted = (double)strlen(widest) * LETTER + GAP, left = label + GAP;
    double cell = fmin(fmax(CELL, wanted), (WIDTH - left) / k), width = cell * k;
    bool small = wanted > cell;
    free(widest);

    put_lines(d, left + width / 2, y + SIZE, width, IN_MIDDLE, "head",
              picture_person(d->picture, SERVICE_USER));
    y += (double)lines_of("head", picture_person(d->picture, SERVICE_USER), width) * LINE;
    double heads =
        put_lines(d, label, y + SIZE, label, AT_END, "head", picture_person(d->picture, PRACTITIONER));
    for (int j = 0; j < k; j++) {
        char *head = numbered ? xasprintf("%d", j + 1) : xstrdup(matrix->labels[j]);
        put_fitted(d, left + cell * (j + 0.5), y + SIZE, IN_MIDDLE, "", head, cell - 4);
        free(head);
    }
    y = heads - SIZE + 6;
    for (int i = 0; i < k; i++) {
        char *text = numbered ? xasprintf("%d %s", i + 1, matrix->labels[i]) : xstrdup(matrix->labels[i]);
        double height = fmax(ROW, (double)lines_of("", text, label) * LINE + 8);
        double lines = (double)lines_of("", text, label) * LINE;
        put_lines(d, label, y + (height - lines) / 2 + SIZE, label, AT_END, "", text);
        free(text);
        for (int j = 0; j < k; j++) {
            int64_t count = matrix->counts[i * k + j];
            double x = left + cell * j;
            put_box(d, x, y, cell, height, "cell");
            /* The more, the greyer; never so dark that black is hard to read on it. */
            int grey = count ? 245 - (int)floor((double)count / (double)most * 75 + 0.5) : 255;
            char *fill = xasprintf("rgb(%d,%d,%d)", grey, grey, grey);
            markup_attribute(&d->m, "fill", fill);
            free(fill);
            char *number = xasprintf("%lld", (long long)count);
            const char *look = i == j ? (small ? "same small" : "same") : small ? "small" : "";
            if (count == 0)
                look = small ? "none small" : "none";
            put_fitted(d, x + cell / 2, y + height / 2 + SIZE / 2. - 2, IN_MIDDLE, look, number, cell - 8);
            free(number);
        }
        put_box(d, left + cell * i + 1.5, y + 1.5, cell - 3, height - 3, "diagonal");
        y += height;
    }
    y += GAP;
    put_box(d, left + 1.5, y + 1.5, 17, 13, "diagonal");
    char *text = xasprintf("the same answer: %lld of %lld", (long long)same, (long long)sum);
    put_text(d, left + 28, y + SIZE, AT_START, "small", text);
    free(text);
    return y + LINE + 4;
}

/* ---- curves ---- */

struct plane {
    const struct picture_steps *steps;
    double left, top, width, height;
};

static double x_of(const struct plane *plane, double time)
{
    return plane->left + plane->width * time / plane->steps->curve->followed;
}

static double y_of(const struct plane *plane, double share)
{
    return plane->top + plane->height * (1 - share);
}

static void add_point(struct strbuf *sb, double x, double y)
{
    /* Tenths of a unit, by whole numbers: a locale may have another point. */
    long long across = llround(x * 10), down = llround(y * 10);
    strbuf_addf(sb, "%s%lld.%lld,%lld.%lld", sb->length ? " " : "", across / 10, across % 10, down / 10,
                down % 10);
}

static double low_of(const struct survival_step *step)
{
    return isnan(step->low) ? step->survival : step->low;
}

static double high_of(const struct survival_step *step)
{
    return isnan(step->high) ? step->survival : step->high;
}

/* The range around the curve, from its first step on: along the upper ends, and back along the lower ones. */
static void put_band(struct drawing *d, const struct plane *plane)
{
    const struct survival *curve = plane->steps->curve;
    struct strbuf points = STRBUF_INIT;
    for (size_t i = 0; i < curve->count; i++) {
        double end = i + 1 < curve->count ? curve->steps[i + 1].time : curve->followed;
        add_point(&points, x_of(plane, curve->steps[i].time), y_of(plane, high_of(&curve->steps[i])));
        add_point(&points, x_of(plane, end), y_of(plane, high_of(&curve->steps[i])));
    }
    for (size_t i = curve->count; i-- > 0;) {
        double end = i + 1 < curve->count ? curve->steps[i + 1].time : curve->followed;
        add_point(&points, x_of(plane, end), y_of(plane, low_of(&curve->steps[i])));
        add_point(&points, x_of(plane, curve->steps[i].time), y_of(plane, low_of(&curve->steps[i])));
    }
    if (curve->count) {
        char *fill = hatch(d);
        markup_void(&d->m, "polygon", "points", points.text, "fill", fill, NULL);
        put_look(d, "edge");
        free(fill);
    }
    strbuf_release(&points);
}

static void put_curve(struct drawing *d, const struct plane *plane)
{
    const struct survival *curve = plane->steps->curve;
    struct strbuf points = STRBUF_INIT;
    double before = 1;
    add_point(&points, x_of(plane, 0), y_of(plane, 1));
    for (size_t i = 0; i < curve->count; i++) {
        add_point(&points, x_of(plane, curve->steps[i].time), y_of(plane, before));
        before = curve->steps[i].survival;
        add_point(&points, x_of(plane, curve->steps[i].time), y_of(plane, before));
    }
    add_point(&points, x_of(plane, curve->followed), y_of(plane, before));
    markup_void(&d->m, "polyline", "points", points.text, NULL);
    put_look(d, "curve");
    strbuf_release(&points);
    /* Many may have been last seen on one day: one mark on each unit tells that as well as a thousand. */
    bool marked[WIDTH + 1] = {false};
    for (int64_t i = 0; i < curve->n; i++) {
        double time = plane->steps->times[i].time, share = 1, x = x_of(plane, time);
        int unit = (int)x;
        if (plane->steps->times[i].ended || unit < 0 || unit > WIDTH || marked[unit])
            continue;
        marked[unit] = true;
        for (size_t s = 0; s < curve->count && curve->steps[s].time <= time; s++)
            share = curve->steps[s].survival;
        put_line(d, x, y_of(plane, share) - 6, x, y_of(plane, share) + 6, "seen");
    }
}

static double draw_steps(struct drawing *d, double y)
{
    enum { HEIGHT = 220, TICKS = 8 };
    const struct picture_steps *steps = &d->picture->steps;
    struct plane plane = {steps, 60, y + GAP, WIDTH - 60 - 30, HEIGHT};
    for (int percent = 0; percent <= 100; percent += 20) {
        double at = y_of(&plane, percent / 100.);
        char *text = xasprintf("%d%%", percent);
        put_line(d, plane.left, at, plane.left + plane.width, at, percent ? "faint" : "thin");
        put_text(d, plane.left - 8, at + SIZE / 2. - 2, AT_END, "small", text);
        free(text);
    }
    put_line(d, plane.left, plane.top, plane.left, plane.top + HEIGHT, "thin");
    put_band(d, &plane);
    put_curve(d, &plane);
    double bottom = plane.top + HEIGHT, tick = picture_tick(steps->curve->followed, TICKS);
    for (int i = 0; i * tick <= steps->curve->followed * (1 + 1e-12); i++) {
        double at = x_of(&plane, i * tick);
        char *time = picture_number(i * tick);
        char *there = xasprintf("%lld", (long long)picture_still_there(steps, i * tick));
        put_line(d, at, bottom, at, bottom + 5, "thin");
        put_text(d, at, bottom + 5 + SIZE, IN_MIDDLE, "small", time);
        put_text(d, at, bottom + 5 + SIZE + 2 * LINE, IN_MIDDLE, "small", there);
        free(time);
        free(there);
    }
    put_fitted(d, plane.left + plane.width / 2, bottom + 5 + SIZE + LINE - 2, IN_MIDDLE, "small", steps->unit,
               plane.width);
    put_text(d, 0, bottom + 5 + SIZE + 2 * LINE, AT_START, "small", "still");
    put_text(d, 0, bottom + 5 + SIZE + 3 * LINE - 4, AT_START, "small", "followed");
    y = bottom + 5 + SIZE + 3 * LINE + GAP;
    double x = plane.left;
    if (steps->curve->count) {
        put_hatched(d, x, y, 20, 12);
        put_text(d, x + 28, y + 11, AT_START, "small", "the range that the share may lie in");
        x += 28 + 36 * SMALL_LETTER + GAP;
    }
    if (steps->curve->ended < steps->curve->n) {
        put_line(d, x, y + 6, x + 20, y + 6, "curve");
        put_line(d, x + 10, y, x + 10, y + 12, "seen");
        put_text(d, x + 28, y + 11, AT_START, "small", "last seen here; it still went on");
    }
    return y + LINE + 4;
}

/* ---- months ---- */

/* Of "2026", "2026-01" or "2026-01 to 03": "", "1", "1-3". */
static char *months_of(const char *label)
{
    const char *first = label + 4, *last = strstr(label, " to ");
    if (*first != '-')
        return xstrdup("");
    long one = strtol(first + 1, NULL, 10);
    return last ? xasprintf("%ld-%ld", one, strtol(last + 4, NULL, 10)) : xasprintf("%ld", one);
}

/* Under the first column of each year, as many as there is room for: the last year always. */
static void put_years(struct drawing *d, const struct picture_bars *bars, double column, double y)
{
    double free_to = WIDTH + 5 * SMALL_LETTER;
    for (size_t i = bars->count; i-- > 0;) {
        const char *label = bars->bars[i].label;
        double middle = column * ((double)i + 0.5);
        if ((i > 0 && strncmp(label, bars->bars[i - 1].label, 4) == 0) || middle + 5 * SMALL_LETTER > free_to)
            continue;
        free_to = middle;
        char *year = xstrndup(label, 4);
        /* Not over either edge. */
        put_text(d, fmin(fmax(middle, 2 * SMALL_LETTER), WIDTH - 2 * SMALL_LETTER), y, IN_MIDDLE, "small",
                 year);
        free(year);
    }
}

/* As columns: what stands under each is its month, or where many are taken together, its first. */
static double draw_months(struct drawing *d, double y)
{
    enum { HEIGHT = 140 };
    struct picture_bars bars = picture_months_as_bars(&d->picture->months);
    double column = fmin(60, (double)WIDTH / (double)bars.count), top = y + LINE;
    for (size_t i = 0; i < bars.count; i++) {
        const struct picture_bar *bar = &bars.bars[i];
        double share = (double)bar->count / (double)picture_most(&bars);
        double height = bar->count > 0 ? fmax(HEIGHT * share, 1) : 0, x = column * (double)i;
        double middle = x + column / 2;
        if (height > 0)
            put_box(d, x + column * 0.15, top + HEIGHT - height, column * 0.7, height, "bar");
        char *count = picture_count(&bars, i);
        put_fitted(d, middle, top + HEIGHT - height - 4, IN_MIDDLE, "small", count, column - 1);
        free(count);
        char *months = months_of(bar->label);
        put_fitted(d, middle, top + HEIGHT + SIZE + 2, IN_MIDDLE, "tiny", months, column - 3);
        free(months);
    }
    put_years(d, &bars, column, top + HEIGHT + SIZE + LINE);
    put_line(d, 0, top + HEIGHT, column * (double)bars.count, top + HEIGHT, "thin");
    picture_bars_release(&bars);
    return top + HEIGHT + SIZE + LINE + GAP;
}

/* ---- all of it ---- */

static double draw(struct drawing *d, double y)
{
    const char *why = picture_why_none(d->picture);
    if (*why) {
        struct picture_lines told = picture_told(d->picture);
        for (size_t i = 0; i < told.count; i++)
            y = put_lines(d, 0, y + SIZE, WIDTH, AT_START, "", told.lines[i]) - SIZE;
        picture_lines_release(&told);
        return y + 4;
    }
    switch (d->picture->kind) {
    case PICTURE_BARS:
        return draw_bars(d, &d->picture->bars, y);
    case PICTURE_LADDER:
        return draw_ladder(d, y);
    case PICTURE_MATRIX:
        return draw_matrix(d, y);
    case PICTURE_STEPS:
        return draw_steps(d, y);
    case PICTURE_MONTHS:
        return draw_months(d, y);
    }
    return y;
}

static void describe(struct markup *m, const struct picture *picture, const char *title_id,
                     const char *text_id)
{
    markup_element(m, "title", picture->title ? picture->title : "Picture", "id", title_id, NULL);
    struct strbuf words = STRBUF_INIT;
    struct picture_lines told = picture_told(picture);
    for (size_t i = 0; i < told.count; i++) {
        size_t length = strlen(told.lines[i]);
        bool ended = length > 0 && told.lines[i][length - 1] == '.';
        strbuf_addf(&words, "%s%s%s", i ? " " : "", told.lines[i], ended ? "" : ".");
    }
    if (picture->note)
        strbuf_addf(&words, " %s", picture->note);
    markup_element(m, "desc", words.text, "id", text_id, NULL);
    picture_lines_release(&told);
    strbuf_release(&words);
}

static void put_hatching(struct drawing *d)
{
    char *id = xasprintf("%s-hatch", d->id);
    markup_open(&d->m, "defs", NULL);
    markup_open(&d->m, "pattern", "id", id, "width", "6", "height", "6", "patternUnits", "userSpaceOnUse",
                "patternTransform", "rotate(45)", NULL);
    put_line(d, 0, 0, 0, 6, "hatching");
    markup_close(&d->m);
    markup_close(&d->m);
    free(id);
}

/* Title and note are a part of it, so that they stay with it when it is printed or copied. */
static double draw_all(struct drawing *d)
{
    double y = 2;
    if (d->picture->kind == PICTURE_STEPS)
        put_hatching(d);
    if (d->picture->title)
        y = put_lines(d, 0, y + SIZE, WIDTH, AT_START, "title", d->picture->title) - SIZE + GAP;
    y = draw(d, y);
    if (d->picture->note)
        y = put_lines(d, 0, y + SIZE, WIDTH, AT_START, "small", d->picture->note) - SIZE;
    return y + 2;
}

void picture_svg(struct markup *m, const struct picture *picture, const char *id)
{
    struct strbuf once = STRBUF_INIT;
    struct drawing first = {.picture = picture, .id = id};
    markup_begin(&first.m, &once);
    double height = ceil(draw_all(&first));
    strbuf_release(&once);

    char *title = xasprintf("%s-title", id), *text = xasprintf("%s-text", id);
    char *labelled = xasprintf("%s %s", title, text), *box = xasprintf("0 0 %d %d", WIDTH, (int)height);
    markup_open(m, "svg", "xmlns", "http://www.w3.org/2000/svg", "role", "img", "aria-labelledby", labelled,
                "viewBox", box, "font-family", "sans-serif", NULL);
    markup_number(m, "width", WIDTH);
    markup_number(m, "height", height);
    markup_number(m, "font-size", SIZE);
    describe(m, picture, title, text);
    struct drawing d = {.m = *m, .picture = picture, .id = id};
    draw_all(&d);
    *m = d.m;
    markup_close(m);
    free(title);
    free(text);
    free(labelled);
    free(box);
}
