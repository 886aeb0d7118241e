/* alongside review: what two people see differently, looked over: many records at once. */
#include "command/command.h"

#include "base/mem.h"
#include "base/out.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "command/front.h"
#include "command/gathered.h"
#include "command/locate.h"
#include "command/options.h"
#include "line/review.h"
#include "report/report.h"
#include "report/review.h"
#include "review/reading.h"
#include "screen/review.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "Usage: alongside review [OPTION...] [PATH...]\n"
    "\n"
    "Looks over what two people see differently, in many records at once: what it is about, how it\n"
    "ends, who moves, what stays open. Both views stand side by side, and nobody is ranked.\n"
    "\n"
    "PATH is a caseload's folder or a record: a file, a reference or an id. Without one it is your\n"
    "caseload.\n"
    "\n";

static const char usage_options[] =
    "  --table NAME     what a row is: disagreements, or another of --list\n"
    "  --filter FILTER  some rows: 'part=home gap>=2 ended=open,parked since=2026-01 \"new lock\"'\n"
    "  --sort COLUMNS   -gap,date is by gap, the largest first, and then by date\n"
    "  --group COLUMN   rows with the same value together, in the order of the values\n"
    "  --columns LIST   these columns in this order; all for all of them\n"
    "  --figures        what these rows come to, with the formula and source of each figure\n"
    "  --flags          questions that may open a conversation\n"
    "  --list           which tables there are; with --table, its columns and their words\n"
    "  --output FILE    write to this new file instead of standard output\n"
    "  --force          let --output replace a file that is there\n"
    "  --accessible     look it over line by line, by typed words\n"
    "  --no-index       read each record anew, and keep nothing to be quicker next time\n"
    "  --caseload DIR   where assessments are kept\n"
    "  --help           print this and end\n"
    "\n"
    "The exit status is 1 where not all records are in it: one could not be read, or lies there\n"
    "twice, or Ctrl-C stopped the reading. All others are shown.\n";

static void help(void)
{
    fputs(usage, stdout);
    puts("  --format FORMAT");
    for (const struct review_format *format = review_formats; format->name; format++)
        printf("      %-12s %s\n", format->name, format->help);
    fputs(usage_options, stdout);
}

/* What is asked for. */
struct wish {
    const char *format_name, *table_name, *filter, *sort, *group, *columns, *output, *caseload;
    bool figures, flags, list, force, no_index, accessible;
    const struct review_format *format;
    const struct table *table;
};

static bool refuse(char *cause)
{
    locate_say("review", cause);
    free(cause);
    return false;
}

/* ---- what was read ---- */

/* Every one that is not counted, and why. */
static void say_broken(const struct collection *collection)
{
    struct listing *broken = listing_new(collection, &table_broken);
    for (size_t i = 0; i < listing_count(broken); i++) {
        const struct source *source = listing_source(broken, i);
        const char *why = digest_text_of(source->digest, source->digest->broken);
        /* Most reasons begin with the name of the file. */
        char *sentence = strncmp(why, source->path, strlen(source->path)) == 0
                             ? xstrdup(why)
                             : xasprintf("%s: %s", source->path, why);
        locate_say("review", sentence);
        free(sentence);
    }
    listing_free(broken);
}

/* ---- what is written ---- */

static int missed; /* rows that were not written after all */

static void say_missed(const char *path, const char *why)
{
    missed++;
    refuse(strncmp(why, path, strlen(path)) == 0 ? xstrdup(why) : xasprintf("%s: %s", path, why));
}

/* "a,b,c": all columns of a table; the caller frees it. */
static char *all_columns(const struct table *table)
{
    struct strbuf all = STRBUF_INIT;
    for (const struct column *column = table->columns; column->name; column++)
        strbuf_addf(&all, "%s%s", all.length ? "," : "", column->name);
    return strbuf_detach(&all);
}

/* The listing as it was asked for; NULL where something of it cannot be, which has been said. */
static struct listing *listing_wished(const struct wish *wish, const struct collection *collection)
{
    struct listing *listing = listing_new(collection, wish->table);
    char *cause = NULL;
    bool all = wish->columns ? strcmp(wish->columns, "all") == 0 : wish->format->all_columns;
    char *columns = all ? all_columns(wish->table) : NULL;
    if (listing_filter(listing, wish->filter, &cause) && listing_sort(listing, wish->sort, &cause) &&
        listing_group(listing, wish->group, &cause) &&
        listing_columns(listing, all ? columns : wish->columns, &cause)) {
        free(columns);
        return listing;
    }
    refuse(cause);
    free(columns);
    listing_free(listing);
    return NULL;
}

static bool put_out(const struct wish *wish, const struct review_report *report)
{
    char *cause = NULL;
    if (wish->output ? review_save(wish->format, report, wish->output, wish->force, &cause)
                     : wish->format->write(report, stdout, &cause))
        return true;
    refuse(cause);
    locate_say_force("review", wish->output, wish->force);
    return false;
}

/* Is it to be looked over by somebody who is there? Where nothing was said of how it is to be written. */
static bool is_for_people(const struct wish *wish)
{
    return !wish->format_name && !wish->figures && !wish->flags && !wish->output &&
           (wish->accessible || front_has_people());
}

static int put_out_all(const struct wish *wish, struct collection *collection, bool stopped)
{
    struct listing *listing = listing_wished(wish, collection);
    const struct review_report report = {.collection = collection,
                                         .listing = listing,
                                         .figures = wish->figures,
                                         .flags = wish->flags,
                                         .stopped = stopped,
                                         .columns = wish->output ? 0 : out_columns(STDOUT_FILENO),
                                         .missed = say_missed};
    int status = 2;
    if (listing && put_out(wish, &report))
        status = collection_broken(collection) || missed || stopped ? 1 : 0;
    if (listing && wish->table != &table_broken)
        say_broken(collection);
    if (listing && collection_count(collection) == 0)
        locate_say("review", "There are no records there.");
    listing_free(listing);
    return status;
}

static int write_down(const struct wish *wish, const struct gathered_paths *paths)
{
    struct collection *collection = collection_new();
    bool stopped = false;
    int status = 2;
    if (gathered_read(paths, "review", wish->no_index, collection, &stopped))
        status = put_out_all(wish, collection, stopped);
    collection_free(collection);
    return status;
}

/* Can what is asked for be done? What can be told before anything is read is told then. */
static bool is_sound(struct wish *wish)
{
    char *cause = NULL;
    wish->format = review_format_named(wish->format_name ? wish->format_name : "text", &cause);
    if (!wish->format)
        return refuse(cause);
    wish->table = wish->table_name ? table_named(wish->table_name, &cause) : table_list[0];
    if (!wish->table)
        return refuse(cause);
    if (wish->output && !report_may_save(wish->output, wish->force, &cause)) {
        refuse(cause);
        locate_say_force("review", wish->output, wish->force);
        return false;
    }
    struct collection *nothing = collection_new();
    struct listing *listing = listing_wished(wish, nothing);
    bool sound = listing != NULL;
    listing_free(listing);
    collection_free(nothing);
    return sound;
}

/* ---- looking over ---- */

static int look_plain(const struct wish *wish, const struct review_reading *reading, const char *columns,
                      struct collection *collection, char **cause)
{
    const struct line_review_start start = {wish->table->name, wish->filter, wish->sort, wish->group,
                                            columns};
    front_plain();
    /* At a terminal the rest comes in while they look. From a pipe what it says is the same each time. */
    gathered_wait(reading, collection, isatty(STDIN_FILENO) ? 1000 : -1);
    return line_review(collection, reading, &start, stdin, stdout, cause);
}

static int look_on_screen(const struct wish *wish, const struct gathered_paths *paths,
                          const struct review_reading *reading, const char *columns,
                          struct collection *collection, char **cause)
{
    const char *first = paths->paths[0];
    char *folder = gathered_is_folder(first) ? xstrdup(first) : path_folder(first);
    const struct review_start start = {folder,     wish->table->name, wish->filter,
                                       wish->sort, wish->group,       columns};
    int status = screen_review(collection, reading, &start, cause);
    free(folder);
    return status;
}

/* On the screen, or in line mode: also where there is no screen here. */
static int look_over(const struct wish *wish, const struct gathered_paths *paths)
{
    struct collection *collection = collection_new();
    char *cause = NULL;
    bool all = wish->columns && strcmp(wish->columns, "all") == 0;
    char *every = all ? all_columns(wish->table) : NULL;
    const char *columns = all ? every : wish->columns;
    const struct gather_options options = {.no_index = wish->no_index};
    struct review_gather *gather =
        review_gather_begin((const char *const *)paths->paths, paths->count, &options, collection, &cause);
    const struct review_reading *reading = gather ? review_gather_reading(gather) : NULL;
    int status = -1;
    if (reading && !front_is_plain(wish->accessible))
        status = look_on_screen(wish, paths, reading, columns, collection, &cause);
    if (cause)
        refuse(cause);
    cause = NULL;
    if (reading && status < 0)
        status = look_plain(wish, reading, columns, collection, &cause);
    if (cause)
        refuse(cause);
    review_gather_free(gather);
    collection_free(collection);
    free(every);
    return status < 0 ? 2 : status;
}

int command_review(int argc, char **argv)
{
    struct wish wish = {0};
    const struct option_row options[] = {{"format", 'f', NULL, &wish.format_name},
                                         {"table", 't', NULL, &wish.table_name},
                                         {"filter", 0, NULL, &wish.filter},
                                         {"sort", 0, NULL, &wish.sort},
                                         {"group", 0, NULL, &wish.group},
                                         {"columns", 0, NULL, &wish.columns},
                                         {"figures", 0, &wish.figures, NULL},
                                         {"flags", 0, &wish.flags, NULL},
                                         {"list", 0, &wish.list, NULL},
                                         {"output", 'o', NULL, &wish.output},
                                         {"force", 0, &wish.force, NULL},
                                         {"no-index", 0, &wish.no_index, NULL},
                                         {"accessible", 0, &wish.accessible, NULL},
                                         {"caseload", 0, NULL, &wish.caseload},
                                         {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options, (struct operands){0, -1, NULL, NULL}, help);
    if (status >= 0)
        return status;
    if (!is_sound(&wish))
        return 2;
    if (wish.list) {
        review_tell_tables(wish.table_name ? wish.table : NULL, stdout);
        return 0;
    }
    struct gathered_paths paths = {0};
    status = 2;
    if (gathered_find(&paths, "review", wish.caseload, argv + optind, argc - optind))
        status = is_for_people(&wish) ? look_over(&wish, &paths) : write_down(&wish, &paths);
    gathered_paths_release(&paths);
    return status;
}
