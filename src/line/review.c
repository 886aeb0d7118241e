/* Line mode's review: a page of rows, a line typed, what it says done. The words that can be typed are one
 * table. */
#include "line/review.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/vocab.h"
#include "line/internal.h"
#include "line/review_inside.h"
#include "report/review.h"
#include "session/words.h"

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

bool look_is_word(const char *words, const char *typed, size_t length)
{
    for (const char *at = words; length && *at;) {
        size_t word = strcspn(at, ",");
        /* One letter is another one as a capital. */
        if (word == length && (word == 1 ? *at == *typed : strncasecmp(at, typed, word) == 0))
            return true;
        at += word + (at[word] == ',');
    }
    return false;
}

char *look_read(struct look *look, const char *question)
{
    char *pending = look->pending;
    look->pending = NULL;
    return pending ? pending : prompt_read(&look->p, question);
}

bool look_goes_on(struct look *look, size_t told)
{
    if (told == 0 || told % LINES_AT_ONCE)
        return true;
    char *typed = prompt_read(&look->p, "Enter for more, or s to skip the rest:");
    bool on = typed && !*typed;
    if (typed && !on && strcasecmp(typed, "s") != 0 && strcasecmp(typed, "skip") != 0)
        look->pending = typed;
    else
        free(typed);
    return on;
}

/* ---- reading ---- */

/* What has come in. The page begins with the row it began with. */
static void take(struct look *look)
{
    const struct review_reading *r = look->reading;
    bool there = look->from < listing_count(look->listing);
    struct row row = there ? listing_row(look->listing, look->from) : (struct row){0};
    if (!r || r->take(r->reader, look->collection) == 0)
        return;
    listing_refresh(look->listing);
    long at = there && look->from ? listing_find(look->listing, row) : 0;
    look->from = at > 0 ? (size_t)at : 0;
}

static void tell_reading(struct look *look)
{
    const struct review_reading *r = look->reading;
    size_t done, total;
    if (!r)
        return;
    r->progress(r->reader, &done, &total);
    if (r->running(r->reader))
        prompt_say(&look->p,
                   "Still reading: %zu of %zu records. “again” shows what has come in. “stop” ends it.", done,
                   total);
    else if (done < total)
        prompt_say(&look->p, "Reading was stopped: %zu of %zu records are in this.", done, total);
}

static void hold(void *context)
{
    const struct look *look = context;
    if (look->reading)
        look->reading->pause(look->reading->reader);
}

static void go_on(struct look *look)
{
    if (look->reading)
        look->reading->resume(look->reading->reader);
}

static void stop(struct look *look, const char *rest)
{
    (void)rest;
    const struct review_reading *r = look->reading;
    if (!r || !r->running(r->reader)) {
        prompt_say(&look->p, "Nothing is being read now.");
        return;
    }
    prompt_spare(false);
    r->stop(r->reader);
    look_page(look);
}

static void interrupted(void *look)
{
    stop(look, "");
}

/* While something is read, Ctrl-C stops that. */
static char *read_command(struct look *look)
{
    const struct review_reading *r = look->reading;
    prompt_spare(r && r->running(r->reader));
    char *typed = look_read(look, "A number, a word, ? for help, or q to leave:");
    prompt_spare(false);
    return typed;
}

/* ---- rows ---- */

/* A title that is one letter where it has to be narrow is heard as a word. */
static const char *spoken(const struct column *column)
{
    if (strcmp(column->title, "P") == 0)
        return "Practitioner";
    return strcmp(column->title, "S") == 0 ? "Service user" : column->title;
}

/* "Date: 2026-03-12. Case K-014. Part Home. …": each cell that holds something, behind its column's title. */
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
            strbuf_addf(&words, "%s%s: %s%s", words.length ? " " : "", spoken(&columns[column]), shown,
                        words_stop(shown));
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

/* "Rows 11 to 20." where there are more than a page of them. */
static char *which_rows(const struct look *look, size_t count)
{
    size_t last = look->from + ROWS_A_PAGE;
    if (count <= ROWS_A_PAGE)
        return xstrdup("");
    return xasprintf(" Rows %zu to %zu.%s", look->from + 1, last < count ? last : count,
                     last < count ? " Enter shows more." : "");
}

void look_page(struct look *look)
{
    take(look);
    const struct listing *l = look->listing;
    size_t count = listing_count(l);
    if (look->from >= count)
        look->from = 0;
    char *rows = which_rows(look, count);
    prompt_gap(&look->p);
    prompt_say(&look->p, "%s: %zu of %zu.%s%s", listing_table(l)->title, count, listing_all(l),
               listing_shows_only_marked(l) ? " Marked ones only." : "", rows);
    free(rows);
    tell_reading(look);
    if (*listing_filter_text(l))
        prompt_say(&look->p, "Filter: %s", listing_filter_text(l));
    size_t broken = collection_broken(look->collection);
    if (broken && look->from == 0 && listing_table(l) != &table_broken)
        prompt_say(&look->p, "Not read or left out: %zu. “table broken” tells why.", broken);
    for (size_t i = look->from; i < count && i < look->from + ROWS_A_PAGE; i++) {
        tell_group(look, i);
        tell_row(look, i);
    }
}

static void page_again(void *look)
{
    go_on(look);
    look_page(look);
}

static void again(struct look *look, const char *rest)
{
    (void)rest;
    look_page(look);
}

/* ---- what is to be seen ---- */

static void turn_page(struct look *look, const char *rest)
{
    (void)rest;
    size_t next = look->from + ROWS_A_PAGE;
    if (next >= listing_count(look->listing)) {
        prompt_say(&look->p, look->from ? "That was the last page." : "That is all of them.");
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

static void forget_step(struct step_back *step)
{
    listing_free(step->listing);
    free(step->filter);
}

/* Where they are is kept. `listing`: as it is, for another takes its place. */
static void keep_step(struct look *look, struct listing *listing)
{
    if (look->back_count == MOST_STEPS_BACK) {
        forget_step(&look->back[0]);
        memmove(look->back, look->back + 1, --look->back_count * sizeof *look->back);
    }
    look->back[look->back_count++] =
        (struct step_back){listing, xstrdup(listing_filter_text(look->listing)), look->from};
}

bool look_go(struct look *look, const struct table *table, const char *filter)
{
    char *cause = NULL;
    struct listing *listing = listing_new(look->collection, table);
    if (!listing_filter(listing, filter, &cause)) {
        listing_free(listing);
        return look_refused(look, cause);
    }
    keep_step(look, look->listing);
    look->listing = listing;
    look->from = 0;
    look_page(look);
    return true;
}

static void go_back(struct look *look, const char *rest)
{
    (void)rest;
    if (look->back_count == 0) {
        prompt_say(&look->p, "There is nothing to go back to.");
        return;
    }
    struct step_back *step = &look->back[--look->back_count];
    if (step->listing) {
        listing_free(look->listing);
        look->listing = step->listing;
        step->listing = NULL;
        listing_refresh(look->listing); /* more may be there by now, or others */
    } else {
        listing_filter(look->listing, step->filter, NULL);
    }
    look->from = step->from;
    forget_step(step);
    look_page(look);
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
    char *cause = NULL;
    keep_step(look, NULL);
    if (!listing_filter(look->listing, rest, &cause)) {
        forget_step(&look->back[--look->back_count]);
        look_refused(look, cause);
        return;
    }
    look->from = 0;
    look_page(look);
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
        prompt_say(&look->p, "Type mark and the number of a row.");
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
        prompt_say(&look->p, "Type save and a file. Its name ends in csv, json or txt.");
        return;
    }
    const struct review_report report = {.collection = look->collection, .listing = look->listing};
    const struct review_format *format = format_of(rest);
    char *cause = NULL;
    if (review_save(format, &report, rest, false, &cause))
        prompt_say(&look->p, "Saved as %s: %s", format->name, rest);
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
        page_again(look);
}

static void open_row(struct look *look, const char *rest)
{
    size_t number = look_number(rest, listing_count(look->listing));
    if (number)
        look_open(look, number - 1);
    else if (*rest && strspn(rest, "0123456789") == strlen(rest))
        prompt_say(&look->p, "There is no row %s.", rest);
    else
        prompt_say(&look->p, "Type the number of a row.");
}

static const struct look_word {
    const char *words, *takes, *help; /* all words for it; the first two are told */
    void (*run)(struct look *look, const char *rest);
} words[] = {
    {"n,next,more", "", "The next page. Enter alone does the same", turn_page},
    {"b,before,previous,prev", "", "The page before", turn_back},
    {"o,open,show", "NUMBER", "A row, whole. Its number alone does the same", open_row},
    {"t,table,tables", "TABLE", "Another table. Alone: which there are", choose_table},
    {"f,filter", "FILTER",
     "Show some rows, like: f part=home gap>=2. Alone: all rows. With ? at its end: what can follow", filter},
    {"s,sort", "COLUMNS", "Sort, like: s -gap,date. Alone: as usual", sort},
    {"g,group", "COLUMN", "Group by a column. Alone: no groups", group},
    {"c,columns,column", "COLUMNS",
     "Choose columns, like: c case,part. Alone: which there are. “c usual”: as at first", columns},
    {"/,find,search", "WORDS", "Find words. Alone: the next row with them", search},
    {"m,mark", "NUMBER", "Mark a row, or take the mark away", mark},
    {"M,marked", "", "Show marked rows only, or all again", only_marked},
    {"v,figures,figure", "NAME",
     "What these rows come to. With a name: more of that. With a number: the rows of that line",
     look_figures},
    {"d,define,means", "NUMBER", "What that figure or line of the figures means, and how it is worked out",
     look_definition},
    {"Q,questions,flags", "NUMBER", "Questions to talk about. With a number: the rows of that one",
     look_flags},
    {"back", "", "Back to the rows before", go_back},
    {"x,save,export", "FILE", "Save these rows to a new file: csv, json or txt", save},
    {"again,refresh", "", "This page again, with what has come in", again},
    {"stop", "", "Read no more records. Ctrl-C does the same", stop},
    {"lock", "", "Lock: hide all of it until the passphrase is typed", lock},
    {"?,help,h", "", "This list", help},
    {"q,quit,leave,exit", "", "Leave", leave},
};
enum { WORDS = sizeof words / sizeof *words };

/* "n or next: The next page." */
static void tell_word(struct look *look, const struct look_word *word)
{
    size_t first = strcspn(word->words, ","), second = 0;
    const char *other = word->words + first + (word->words[first] == ',');
    second = strcspn(other, ",");
    prompt_say(&look->p, "  %.*s%s%.*s%s%s: %s.", (int)first, word->words, second ? " or " : "", (int)second,
               other, *word->takes ? " " : "", word->takes, word->help);
}

static void help(struct look *look, const char *rest)
{
    (void)rest;
    prompt_say(&look->p, "What you can type:");
    for (size_t i = 0; i < WORDS; i++)
        tell_word(look, &words[i]);
    prompt_say(&look->p, "With the number of a row, like “comment 3”, or when the row is open:");
    look_tell_acts(look, true);
}

/* One near to what was typed: the nearest of all long words. NULL for none. */
static char *near_word(const char *typed, size_t length)
{
    struct strbuf all = STRBUF_INIT;
    const char *known[4 * WORDS + 1];
    size_t count = 0;
    for (size_t i = 0; i < WORDS; i++)
        strbuf_addf(&all, "%s%s", i ? "," : "", words[i].words);
    char *at = all.text;
    for (char *word; count < 4 * WORDS && (word = strsep(&at, ","));)
        known[count++] = word;
    known[count] = NULL;
    char *wanted = xstrndup(typed, length);
    const char *near = length > 2 ? vocab_nearest(known, wanted) : NULL;
    char *found = near ? xstrdup(near) : NULL;
    free(wanted);
    strbuf_release(&all);
    return found;
}

static void say_unknown(struct look *look, const char *typed, size_t length)
{
    char *near = near_word(typed, length);
    if (near)
        prompt_say(&look->p, "That is not a word here. Did you mean “%s”? ? tells what you can type.", near);
    else
        prompt_say(&look->p, "That is not a word here. ? tells what you can type.");
    free(near);
}

static void obey(struct look *look, const char *typed)
{
    typed += strspn(typed, " ");
    size_t length = *typed == '/' || *typed == '?' ? 1 : strcspn(typed, " ");
    const char *rest = typed + length + strspn(typed + length, " ");
    for (size_t i = 0; i < WORDS; i++) {
        if (look_is_word(words[i].words, typed, length)) {
            words[i].run(look, rest);
            return;
        }
    }
    if (!*typed)
        turn_page(look, "");
    else if (strspn(typed, "0123456789") == strlen(typed))
        open_row(look, typed);
    else if (!look_act(look, typed, length, rest))
        say_unknown(look, typed, length);
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
    look->p.closing = hold;
    look->p.interrupted = interrupted;
    look->p.context = look;
    if (look->p.lock.trouble)
        prompt_say(&look->p, "%s", look->p.lock.trouble);
    look_page(look);
    while (!look->leaving && !look->p.ended) {
        char *typed = read_command(look);
        if (typed)
            obey(look, typed);
        free(typed);
    }
    if (look->p.lock.locked)
        lock_note_left();
    prompt_release(&look->p);
}

int line_review(struct collection *collection, const struct review_reading *reading,
                const struct line_review_start *start, FILE *in, FILE *out, char **cause)
{
    struct look look = {.collection = collection, .reading = reading};
    bool begun = begin(&look, start, cause);
    if (begun) {
        look.digester = digester_new();
        run(&look, in, out);
    }
    for (size_t i = 0; i < look.back_count; i++)
        forget_step(&look.back[i]);
    digester_free(look.digester);
    listing_free(look.listing);
    free(look.sought);
    free(look.pending);
    free(look.name);
    return begun ? 0 : 2;
}
