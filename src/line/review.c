/* Line mode's review: a page of rows, a line typed, what it says done. The words that can be typed are one
 * table. */
#include "line/review.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "line/internal.h"
#include "line/review_inside.h"
#include "report/report.h"
#include "report/review.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool look_refused(struct look *look, char *cause)
{
    prompt_say(&look->p, "%s%s", cause ? cause : "That could not be done.", "");
    free(cause);
    return false;
}

size_t look_number(const char *typed, size_t most)
{
    size_t digits = strspn(typed, "0123456789");
    unsigned long number = digits > 0 && digits < 9 && !typed[digits] ? strtoul(typed, NULL, 10) : 0;
    return number <= most ? number : 0;
}

/* ---- rows ---- */

/* "Date 2026-03-12. Case K-014. Part Home. …": each cell that holds something, behind its column's title. */
static void tell_row(struct look *look, size_t i)
{
    const struct listing *l = look->listing;
    const struct column *columns = listing_table(l)->columns;
    struct strbuf words = STRBUF_INIT;
    for (size_t k = 0; k < listing_column_count(l); k++) {
        struct cell cell;
        int column = listing_column(l, k);
        const char *shown = listing_shown(l, i, column, &cell);
        if (*shown)
            strbuf_addf(&words, "%s%s: %s.", words.length ? " " : "", columns[column].title, shown);
    }
    if (listing_marked(l, i))
        strbuf_add(&words, " Marked.");
    prompt_item(&look->p, i + 1, words.text);
    strbuf_release(&words);
}

static void tell_group(struct look *look, size_t i)
{
    const char *value;
    size_t count;
    const struct listing *l = look->listing;
    if (listing_begins_group(l, i, &value, &count))
        prompt_say(&look->p, "%s: %s (%zu)", listing_table(l)->columns[listing_group_column(l)].title,
                   *value ? value : "nothing said", count);
}

void look_page(struct look *look)
{
    const struct listing *l = look->listing;
    size_t count = listing_count(l);
    prompt_gap(&look->p);
    prompt_say(&look->p, "%s: %zu of %zu.%s", listing_table(l)->title, count, listing_all(l),
               listing_shows_only_marked(l) ? " Marked ones only." : "");
    if (*listing_filter_text(l))
        prompt_say(&look->p, "Filter: %s", listing_filter_text(l));
    size_t broken = collection_broken(look->collection);
    if (broken)
        prompt_say(&look->p, "Not read or left out: %zu. “t broken” tells why.", broken);
    if (look->from >= count)
        look->from = 0;
    for (size_t i = look->from; i < count && i < look->from + ROWS_A_PAGE; i++) {
        tell_group(look, i);
        tell_row(look, i);
    }
}

static void page_again(void *look)
{
    look_page(look);
}

/* ---- what is to be seen ---- */

static void turn_page(struct look *look, const char *rest)
{
    (void)rest;
    size_t next = look->from + ROWS_A_PAGE;
    if (next >= listing_count(look->listing)) {
        prompt_say(&look->p, "That was the last page.");
        return;
    }
    look->from = next;
    look_page(look);
}

static void turn_back(struct look *look, const char *rest)
{
    (void)rest;
    look->from = look->from > ROWS_A_PAGE ? look->from - ROWS_A_PAGE : 0;
    look_page(look);
}

static void keep_step(struct look *look)
{
    if (look->back_count == MOST_STEPS_BACK) {
        free(look->back[0].filter);
        memmove(look->back, look->back + 1, --look->back_count * sizeof *look->back);
    }
    look->back[look->back_count++] =
        (struct step_back){listing_table(look->listing), xstrdup(listing_filter_text(look->listing))};
}

static bool show(struct look *look, const struct table *table, const char *filter)
{
    char *cause = NULL;
    struct listing *listing = listing_new(look->collection, table);
    if (!listing_filter(listing, filter, &cause)) {
        listing_free(listing);
        return look_refused(look, cause);
    }
    listing_free(look->listing);
    look->listing = listing;
    look->from = 0;
    look_page(look);
    return true;
}

bool look_go(struct look *look, const struct table *table, const char *filter)
{
    keep_step(look);
    if (show(look, table, filter))
        return true;
    free(look->back[--look->back_count].filter);
    return false;
}

static void go_back(struct look *look, const char *rest)
{
    (void)rest;
    if (look->back_count == 0) {
        prompt_say(&look->p, "There is nothing to go back to.");
        return;
    }
    struct step_back step = look->back[--look->back_count];
    show(look, step.table, step.filter);
    free(step.filter);
}

static void choose_table(struct look *look, const char *rest)
{
    char *cause = NULL;
    const struct table *table = *rest ? table_named(rest, &cause) : NULL;
    if (table)
        look_go(look, table, "");
    else if (*rest)
        look_refused(look, cause);
    for (size_t i = 0; !*rest && table_list[i]; i++)
        prompt_say(&look->p, "%s: %s", table_list[i]->name, table_list[i]->help);
}

static void tell_columns(struct look *look)
{
    for (const struct column *column = listing_table(look->listing)->columns; column->name; column++)
        prompt_say(&look->p, "%s: %s", column->name, column->help);
}

/* What takes what was typed, says why not, and then shows the page anew. */
static void change(struct look *look, bool (*way)(struct listing *, const char *, char **), const char *rest)
{
    char *cause = NULL;
    if (!way(look->listing, rest, &cause)) {
        look_refused(look, cause);
        return;
    }
    look->from = 0;
    look_page(look);
}

/* "f home?" tells what can follow. */
static void filter(struct look *look, const char *rest)
{
    size_t length = strlen(rest);
    if (length && rest[length - 1] == '?') {
        char *begun = xstrndup(rest, length - 1), *ways = filter_ways_on(listing_table(look->listing), begun);
        prompt_say(&look->p, "%s", *ways ? "What can come next:" : "Any words can come next.");
        for (char *at = ways, *line; (line = strsep(&at, "\n"));) {
            if (*line)
                prompt_put(&look->p, "  ", line);
        }
        free(ways);
        free(begun);
        return;
    }
    keep_step(look);
    size_t all = look->from;
    char *cause = NULL;
    if (listing_filter(look->listing, rest, &cause)) {
        look->from = 0;
        look_page(look);
        return;
    }
    look->from = all;
    free(look->back[--look->back_count].filter);
    look_refused(look, cause);
}

static void sort(struct look *look, const char *rest)
{
    change(look, listing_sort, rest);
}

static void group(struct look *look, const char *rest)
{
    change(look, listing_group, rest);
}

static void columns(struct look *look, const char *rest)
{
    if (!*rest)
        tell_columns(look);
    else
        change(look, listing_columns, strcmp(rest, "usual") == 0 ? "" : rest);
}

static void search(struct look *look, const char *rest)
{
    if (*rest) {
        free(look->sought);
        look->sought = xstrdup(rest);
    }
    long found = look->sought && listing_count(look->listing)
                     ? listing_search(look->listing, look->sought, look->from, false)
                     : -1;
    if (found < 0) {
        prompt_say(&look->p, look->sought ? "No row has these words." : "Type the words after the slash.");
        return;
    }
    look->from = (size_t)found;
    look_page(look);
}

static void mark(struct look *look, const char *rest)
{
    size_t number = look_number(rest, listing_count(look->listing));
    if (!number) {
        prompt_say(&look->p, "Type m and the number of a row.");
        return;
    }
    bool marked = !listing_marked(look->listing, number - 1);
    listing_mark(look->listing, number - 1, marked);
    prompt_say(&look->p,
               marked ? "Row %zu is marked. Marked: %zu." : "Row %zu is not marked now. Marked: %zu.", number,
               listing_marks(look->listing));
}

static void only_marked(struct look *look, const char *rest)
{
    (void)rest;
    listing_only_marked(look->listing, !listing_shows_only_marked(look->listing));
    look->from = 0;
    look_page(look);
}

/* ---- saving ---- */

struct written {
    const struct review_format *format;
    const struct review_report *report;
};

static bool write_report(const void *what, FILE *out, char **cause)
{
    const struct written *written = what;
    return written->format->write(written->report, out, cause);
}

/* The format that the file's name ends in; text for any other. */
static const struct review_format *format_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (const struct review_format *format = review_formats; dot && format->name; format++) {
        if (strcasecmp(dot + 1, format->name) == 0)
            return format;
    }
    return &review_formats[0];
}

static void save(struct look *look, const char *rest)
{
    if (!*rest) {
        prompt_say(&look->p, "Type x and a file. Its name ends in csv, json or txt.");
        return;
    }
    const struct review_report report = {.collection = look->collection, .listing = look->listing};
    const struct written written = {format_of(rest), &report};
    char *cause = NULL;
    if (report_save_by(write_report, &written, rest, false, &cause))
        prompt_say(&look->p, "Saved as %s: %s", written.format->name, rest);
    else
        look_refused(look, cause);
}

/* ---- what can be typed ---- */

static void help(struct look *look, const char *rest);

static void leave(struct look *look, const char *rest)
{
    (void)rest;
    look->leaving = true;
}

static void lock(struct look *look, const char *rest)
{
    (void)rest;
    prompt_lock(&look->p, false);
    if (!look->p.ended)
        look_page(look);
}

static const struct look_word {
    const char *word, *takes, *help;
    void (*run)(struct look *look, const char *rest);
} words[] = {
    {"n", "", "The next page. Enter alone does the same", turn_page},
    {"b", "", "The page before", turn_back},
    {"t", "TABLE", "Another table. t alone tells which there are", choose_table},
    {"f", "FILTER", "Show some rows, like: f part=home gap>=2. f alone shows all", filter},
    {"s", "COLUMNS", "Sort, like: s -gap,date. s alone sorts as usual", sort},
    {"g", "COLUMN", "Group by a column. g alone does not group", group},
    {"c", "COLUMNS", "Choose columns, like: c case,part. c alone tells which there are", columns},
    {"/", "WORDS", "Find words. / alone finds the next", search},
    {"m", "NUMBER", "Mark a row, or take the mark away", mark},
    {"M", "", "Show marked rows only, or all again", only_marked},
    {"v", "NUMBER", "Figures for these rows. With a number: the rows of that line", look_figures},
    {"d", "NUMBER", "What that line of the figures means, and how it is worked out", look_definition},
    {"Q", "NUMBER", "Questions to talk about. With a number: the rows of that one", look_flags},
    {"back", "", "Back to the rows before", go_back},
    {"x", "FILE", "Save these rows to a new file", save},
    {"lock", "", "Lock: hide all of it until the passphrase is typed", lock},
    {"?", "", "This list", help},
    {"q", "", "Leave", leave},
};
enum { WORDS = sizeof words / sizeof *words };

static void help(struct look *look, const char *rest)
{
    (void)rest;
    prompt_say(&look->p, "A number opens that row.");
    for (size_t i = 0; i < WORDS; i++)
        prompt_say(&look->p, "  %s%s%s: %s", words[i].word, *words[i].takes ? " " : "", words[i].takes,
                   words[i].help);
}

static void obey(struct look *look, const char *typed)
{
    typed += strspn(typed, " ");
    size_t number = look_number(typed, listing_count(look->listing));
    if (number) {
        look_open(look, number - 1);
        return;
    }
    size_t length = *typed == '/' ? 1 : strcspn(typed, " ");
    const char *rest = typed + length + strspn(typed + length, " ");
    for (size_t i = 0; i < WORDS; i++) {
        if (strlen(words[i].word) == length && strncmp(words[i].word, typed, length) == 0) {
            words[i].run(look, rest);
            return;
        }
    }
    if (!*typed)
        turn_page(look, "");
    else if (strspn(typed, "0123456789") == strlen(typed))
        prompt_say(&look->p, "There is no row %s.", typed);
    else
        prompt_say(&look->p, "That is not a word here. ? tells what you can type.");
}

/* ---- the loop ---- */

static bool begin(struct look *look, const struct line_review_start *start, char **cause)
{
    const struct table *table = start->table ? table_named(start->table, cause) : table_list[0];
    if (!table)
        return false;
    look->listing = listing_new(look->collection, table);
    return listing_filter(look->listing, start->filter, cause) &&
           listing_sort(look->listing, start->sort, cause) &&
           listing_group(look->listing, start->group, cause) &&
           listing_columns(look->listing, start->columns, cause);
}

static void run(struct look *look, FILE *in, FILE *out)
{
    prompt_init(&look->p, in, out, NULL);
    look->p.again = page_again;
    look->p.context = look;
    if (look->p.lock.trouble)
        prompt_say(&look->p, "%s", look->p.lock.trouble);
    look_page(look);
    while (!look->leaving && !look->p.ended) {
        char *typed = prompt_read(&look->p, "A number, a word, ? for help, or q to leave:");
        if (typed)
            obey(look, typed);
        free(typed);
    }
    if (look->p.lock.locked)
        lock_note_left();
    prompt_release(&look->p);
}

int line_review(struct collection *collection, const struct line_review_start *start, FILE *in, FILE *out,
                char **cause)
{
    struct look look = {.collection = collection};
    bool begun = begin(&look, start, cause);
    if (begun) {
        look.digester = digester_new();
        run(&look, in, out);
    }
    for (size_t i = 0; i < look.back_count; i++)
        free(look.back[i].filter);
    digester_free(look.digester);
    listing_free(look.listing);
    free(look.sought);
    free(look.name);
    return begun ? 0 : 2;
}
