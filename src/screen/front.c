/* What stands around the question in front: the line on top, how far they are, the last rows. */
#include "screen/front.h"

#include "assessment/beside.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

char *front_title(struct app *app)
{
    const struct assessment *a = app_assessment(app);
    int item = app_question(app), columns = canvas_columns(app_canvas(app));
    int language = app_language(app, SERVICE_USER);
    char *position = words_position(a, item, columns < BESIDE);
    int room = columns - (columns >= 72 ? 14 : 1) - utf8_width(position) - 17; /* "Saved 14:02" and blanks */
    char *where = words_where_short(a, item, SERVICE_USER, language, room);
    /* What may be shortened comes last. */
    char *title = xasprintf(
        "%s%s%s", position, *position ? "   " : "",
        *where ? where : words_section(a, assessment_question(a, item)->section, SERVICE_USER, language));
    free(where);
    free(position);
    return title;
}

void front_progress(struct app *app, struct canvas *c, int row, int columns)
{
    const struct assessment *a = app_assessment(app);
    struct walk_progress p = walk_progress_today(a);
    bool today = walk_has_today(a);
    int width = columns >= 80 ? 28 : columns / 3;
    draw_bar(c, row, 1, width, p.done, p.questions);
    canvas_putf(c, row, width + 2, STYLE_PLAIN, "%d%%%s", p.questions ? 100 * p.done / p.questions : 0,
                today ? " of today" : "");
    int live = (int)assessment_live(a), from = width + (today ? 16 : 8);
    if (assessment_come_back(a, app_question(app)))
        from += canvas_put(c, row, from, STYLE_PLAIN, "Come back later") + 2;
    if (live == 0)
        return;
    char *text = xasprintf(live == 1 ? "We see %d thing differently" : "We see %d things differently", live);
    if (utf8_width(text) > columns - from - 1) {
        free(text);
        text = xasprintf("%d differ", live);
    }
    if (utf8_width(text) <= columns - from - 1)
        canvas_put(c, row, columns - utf8_width(text) - 1, STYLE_PLAIN, text);
    free(text);
}

int front_centred(struct canvas *c, struct area area, enum style style, const char *text)
{
    struct utf8_line *lines;
    int n = *text ? (int)utf8_wrap(text, area.columns - 4, &lines) : 0;
    int used = n < area.rows ? n : area.rows;
    for (int i = 0; i < used; i++) {
        char *line =
            xstrndup(text + lines[i].start, i + 1 == used && used < n ? strlen(text) : lines[i].length);
        canvas_put_centre(c, area.row + i, area.column + 2, area.columns - 4, style, line);
        free(line);
    }
    if (n)
        free(lines);
    return used;
}

int front_entry_names(struct app *app, const struct entry *entry, char *names[PARTIES])
{
    const struct assessment *a = app_assessment(app);
    int language = app_language(app, app_keyboard(app)), count = 0;
    char *together = words_entry_by(a, entry, TOGETHER, language);
    char *words[PARTIES];
    for (int side = 0; side < PARTIES; side++)
        words[side] = words_entry_by(a, entry, app_party_at(app, side), language);
    if (*together || strcmp(words[0], words[1]) == 0) {
        if (*together || *words[0])
            names[count++] = xstrdup(*together ? together : words[0]);
    } else {
        for (int side = 0; side < PARTIES; side++) {
            if (*words[side])
                names[count++] = xasprintf("%s: %s", app_name(app, app_party_at(app, side)), words[side]);
        }
    }
    free(together);
    free(words[0]);
    free(words[1]);
    return count;
}

/* Pieces of one line, which give way to each other evenly. */
enum { MOST_PIECES = 8, BETWEEN = 3 };
struct pieces {
    char *text[MOST_PIECES];
    int count;
};

/* What the entries are called that an item stands in, or what they are about, the outermost first. `item`
 * itself gives no name: its answer is in front. */
static void add_names(struct app *app, struct pieces *pieces, const struct entry *entry, int item)
{
    const struct assessment *a = app_assessment(app);
    const struct entry *outer = assessment_entry_of(a, entry->repeat);
    if (outer)
        add_names(app, pieces, outer, item);
    if (pieces->count + PARTIES > MOST_PIECES)
        return;
    enum who reader = app_keyboard(app);
    if (entry->about >= 0) {
        char *about = words_item(a, entry->about, reader, app_language(app, reader));
        pieces->text[pieces->count++] = xasprintf("About: %s", about);
        free(about);
    } else if (words_entry_item(a, entry) != item) {
        pieces->count += front_entry_names(app, entry, pieces->text + pieces->count);
    }
}

/* The width that none may go beyond, so that all of them have room. */
static int fair_width(const struct pieces *pieces, int columns)
{
    for (int width = columns; width > 1; width--) {
        int sum = BETWEEN * (pieces->count - 1);
        for (int i = 0; i < pieces->count; i++) {
            int wanted = utf8_width(pieces->text[i]);
            sum += wanted < width ? wanted : width;
        }
        if (sum <= columns)
            return width;
    }
    return 1;
}

/* Is the entry that `item` stands in, or one around it, to be taken out? By whom; else TOGETHER. */
static enum who wanted_out_by(const struct assessment *a, int item)
{
    for (const struct entry *e = assessment_entry_of(a, item); e; e = assessment_entry_of(a, e->repeat)) {
        for (int party = 0; party < PARTIES; party++) {
            if (e->in && e->out[party])
                return (enum who)party;
        }
    }
    return TOGETHER;
}

/* What stands at the right of the rule. Returns where it begins. */
static int add_right(struct canvas *c, int row, int right, char *text)
{
    char *cut = utf8_shorten(text, right / 2);
    right -= utf8_width(cut) + 2;
    int at = right + canvas_put(c, row, right, STYLE_PLAIN, " ");
    at += canvas_put(c, row, at, STYLE_STRONG, cut);
    canvas_put(c, row, at, STYLE_PLAIN, " ");
    free(cut);
    free(text);
    return right;
}

void front_rule(struct app *app, struct canvas *c, int row, int columns)
{
    const struct assessment *a = app_assessment(app);
    int item = app_question(app), right = columns - 3, cards = words_cards(a, item);
    const struct entry *entry = assessment_entry_of(a, item);
    draw_rule(c, row, 0, columns);
    enum who out = wanted_out_by(a, item);
    if (out < PARTIES)
        right = add_right(c, row, right,
                          xasprintf(columns < BESIDE ? "%s: take out (l)" : "%s says: take it out (l)",
                                    app_name(app, out)));
    int beside = 0;
    for (const struct event *e = NULL; (e = beside_next(a, item, e));)
        beside++;
    if (beside)
        right = add_right(c, row, right, xasprintf("%d beside it (F2)", beside));
    if (cards)
        right = add_right(c, row, right, xasprintf(cards == 1 ? "%d card (F2)" : "%d cards (F2)", cards));
    struct pieces pieces = {.count = 0};
    if (entry)
        add_names(app, &pieces, entry, item);
    int at = 2, width = fair_width(&pieces, right - 6);
    for (int i = 0; i < pieces.count; i++) {
        at += canvas_put(c, row, at, STYLE_PLAIN, " ");
        at += canvas_put_short(c, row, at, width, STYLE_STRONG, pieces.text[i]);
        at += canvas_put(c, row, at, STYLE_PLAIN, " ");
        at += i + 1 < pieces.count;
        free(pieces.text[i]);
    }
}

/* Whose turn it is; the name gives way, not what stands around it. */
static void draw_keyboard(struct app *app, struct canvas *c, int row, int columns, bool letters)
{
    enum who keyboard = app_keyboard(app);
    bool left = app_side_of(app, keyboard) == 0;
    const char *before = left ? "<-- Keyboard: " : "Keyboard: ";
    const char *after = left ? " (left side)" : " (right side) -->";
    int at = 2 + canvas_put(c, row, 2, STYLE_PLAIN, before);
    at += canvas_put_short(c, row, at, columns - at - utf8_width(after) - 1, app_style(app, keyboard),
                           app_name(app, keyboard));
    at += canvas_put(c, row, at, STYLE_PLAIN, after);
    static const char again[] = "Letters are keys. Enter: write again";
    if (!letters)
        return;
    if (columns - at - 3 < (int)sizeof again) {
        canvas_fill(c, row, 0, columns, STYLE_PLAIN, " ");
        at = 0;
    }
    canvas_put(c, row, at + 2, STYLE_PLAIN, again);
    canvas_cursor(c, row, at + 2);
}

/* Leave out the last sentences where not all fit: better than half of one. */
static void whole_sentences(char *text, int columns)
{
    while (utf8_width(text) > columns) {
        char *end = NULL;
        for (char *p = strstr(text, ". "); p && p[2]; p = strstr(p + 1, ". "))
            end = p;
        if (!end)
            break;
        end[1] = '\0';
    }
}

void front_foot(struct app *app, struct canvas *c, int row, int last, int columns, char *standing,
                bool letters)
{
    if (!app_notice(app)) {
        whole_sentences(standing, columns - 4);
        canvas_put_short(c, row, 2, columns - 4, STYLE_PLAIN, standing);
    }
    if (session_read_only(app_session(app))) {
        char *text = xasprintf("To read only: %s", session_read_only(app_session(app)));
        canvas_put_short(c, last, 2, columns - 4, STYLE_PLAIN, text);
        free(text);
    } else {
        draw_keyboard(app, c, last, columns, letters);
    }
    /* Never over the footer. */
    int rows = notice_rows(app, columns);
    draw_notice(app, c, rows > last - row + 1 ? last - rows + 1 : row, columns);
}
