/* alongside list: what is in the caseload. */
#include "command/command.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "caseload/caseload.h"
#include "caseload/due.h"
#include "command/locate.h"
#include "command/options.h"
#include "report/as_json.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "Usage: alongside list [--due] [--format FORMAT]\n"
    "\n"
    "Lists your assessments, the one worked on last first.\n"
    "\n"
    "  --due            reviews that are due or to come, the earliest first\n"
    "  --format FORMAT  text (a table for people) or json\n"
    "  --caseload DIR   where assessments are kept\n"
    "  --help           print this and end\n"
    "\n"
    "In the table: the reference, or the id where there is none; the form; the days of the first\n"
    "and the latest entry; how many entries; how many differences are open; who has signed, or\n"
    "what is wrong.\n";

/* ---- for people ---- */

enum { COLUMNS = 7, WIDEST = 30, GAP = 2 };

struct row {
    char *cells[COLUMNS];
};

static bool to_the_right(int column)
{
    return column == 4 || column == 5; /* numbers */
}

/* A cell: made safe, and of a width that leaves room for others; the last may be longer. */
static char *cell(const char *text, int column)
{
    char *safe = utf8_safe(text, false);
    if (column == COLUMNS - 1)
        return safe;
    char *fitted = utf8_shorten(safe, WIDEST);
    free(safe);
    return fitted;
}

static char *day_of(const char *instant)
{
    return xstrndup(instant, strnlen(instant, 10));
}

static const char *state_of(const struct caseload_entry *entry)
{
    if (entry->trouble)
        return entry->trouble;
    if (entry->exposed)
        return "not sealed: run alongside protect";
    if (entry->signed_by[PRACTITIONER] && entry->signed_by[SERVICE_USER])
        return "signed by both";
    if (entry->signed_by[PRACTITIONER] || entry->signed_by[SERVICE_USER])
        return entry->signed_by[PRACTITIONER] ? "signed by the practitioner" : "signed by the service user";
    return "";
}

static struct row row_of(const struct caseload_entry *entry)
{
    char *begun = day_of(entry->begun), *last = day_of(entry->last);
    char *entries = xasprintf("%zu", entry->entries), *live = xasprintf("%zu", entry->live);
    const char *texts[COLUMNS] = {*entry->ref ? entry->ref : entry->id,
                                  *entry->title ? entry->title : entry->form,
                                  begun,
                                  last,
                                  entries,
                                  live,
                                  state_of(entry)};
    struct row row;
    for (int c = 0; c < COLUMNS; c++)
        row.cells[c] = cell(texts[c], c);
    free(begun);
    free(last);
    free(entries);
    free(live);
    return row;
}

static void print_row(const struct row *row, const int widths[COLUMNS])
{
    int owed = 0; /* blanks, printed only where something follows */
    for (int c = 0; c < COLUMNS; c++) {
        int blanks = widths[c] - utf8_width(row->cells[c]);
        if (to_the_right(c))
            owed += blanks;
        if (*row->cells[c]) {
            printf("%*s%s", owed, "", row->cells[c]);
            owed = 0;
        }
        if (!to_the_right(c))
            owed += blanks;
        owed += GAP;
    }
    putchar('\n');
}

/* The heading stands only at a terminal: what reads a pipe wants a line for each assessment, and nothing
 * else. */
static void print_table(const struct caseload *caseload)
{
    static const char *const headings[COLUMNS] = {"Ref", "Form", "Begun", "Last", "Entries", "Differ", ""};
    bool heading = isatty(STDOUT_FILENO);
    size_t count = caseload->count + heading;
    struct row *rows = xcalloc(count, sizeof *rows);
    for (int c = 0; c < COLUMNS && heading; c++)
        rows[0].cells[c] = xstrdup(headings[c]);
    for (size_t i = 0; i < caseload->count; i++)
        rows[i + heading] = row_of(&caseload->entries[i]);
    int widths[COLUMNS] = {0};
    for (size_t r = 0; r < count; r++) {
        for (int c = 0; c < COLUMNS - 1; c++) {
            int width = utf8_width(rows[r].cells[c]);
            if (width > widths[c])
                widths[c] = width;
        }
    }
    for (size_t r = 0; r < count; r++) {
        print_row(&rows[r], widths);
        for (int c = 0; c < COLUMNS; c++)
            free(rows[r].cells[c]);
    }
    free(rows);
}

/* ---- for programs ---- */

/* A name of a file need not be UTF-8; everything in JSON is. */
static json_t *json_text(const char *text)
{
    if (utf8_valid(text, strlen(text)))
        return json_string(text);
    char *safe = utf8_safe(text, true);
    json_t *json = json_string(safe);
    free(safe);
    return json;
}

static json_t *json_entry(const struct caseload_entry *entry)
{
    json_t *o = json_object();
    json_object_set_new(o, "path", json_text(entry->path));
    json_object_set_new(o, "id", json_text(entry->id));
    json_object_set_new(o, "ref", *entry->ref ? json_text(entry->ref) : json_null());
    json_object_set_new(o, "form", json_text(entry->form));
    json_object_set_new(o, "version", json_text(entry->version));
    json_object_set_new(o, "title", json_text(entry->title));
    json_object_set_new(o, "begun", json_text(entry->begun));
    json_object_set_new(o, "last", json_text(entry->last));
    json_object_set_new(o, "entries", json_integer((json_int_t)entry->entries));
    json_object_set_new(o, "disagreements_open", json_integer((json_int_t)entry->live));
    json_t *signatures = json_array();
    for (int party = 0; party < PARTIES; party++) {
        if (entry->signed_by[party])
            json_array_append_new(signatures, json_string(who_names[party]));
    }
    json_object_set_new(o, "signed_by", signatures);
    json_object_set_new(o, "trouble", entry->trouble ? json_text(entry->trouble) : json_null());
    return o;
}

static void print_json(const struct caseload *caseload)
{
    json_t *all = json_array();
    for (size_t i = 0; i < caseload->count; i++)
        json_array_append_new(all, json_entry(&caseload->entries[i]));
    as_json_print(all, stdout);
    json_decref(all);
}

/* ---- reviews that are due ---- */

/* "overdue by 12 days", "due today", "due in 1 day" */
static char *due_words(int days)
{
    int n = days < 0 ? -days : days;
    if (n == 0)
        return xstrdup("due today");
    return xasprintf("%s %d %s", days < 0 ? "overdue by" : "due in", n, n == 1 ? "day" : "days");
}

static void print_due(const struct due *all, size_t count)
{
    int widths[2] = {0};
    for (size_t i = 0; i < count; i++) {
        char *ref = cell(*all[i].entry->ref ? all[i].entry->ref : all[i].entry->id, 0);
        char *words = due_words(all[i].day - clock_today());
        widths[0] = utf8_width(ref) > widths[0] ? utf8_width(ref) : widths[0];
        widths[1] = (int)strlen(words) > widths[1] ? (int)strlen(words) : widths[1];
        free(ref);
        free(words);
    }
    for (size_t i = 0; i < count; i++) {
        char *ref = cell(*all[i].entry->ref ? all[i].entry->ref : all[i].entry->id, 0), day[DATE_TEXT];
        char *words = due_words(all[i].day - clock_today());
        char *title = cell(*all[i].entry->title ? all[i].entry->title : all[i].entry->form, 0);
        printf("%s%*s%s  %-*s  %s", ref, widths[0] - utf8_width(ref) + GAP, "", date_format(all[i].day, day),
               widths[1], words, title);
        if (*all[i].kind)
            printf(", %s", strcmp(all[i].kind, "formal") == 0 ? "a formal review" : "a short catch-up");
        if (all[i].weeks)
            printf(", every %d %s", all[i].weeks, all[i].weeks == 1 ? "week" : "weeks");
        putchar('\n');
        free(ref);
        free(words);
        free(title);
    }
}

static void print_due_json(const struct due *all, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        char day[DATE_TEXT];
        json_t *o = json_entry(all[i].entry);
        json_object_set_new(o, "due", json_string(date_format(all[i].day, day)));
        json_object_set_new(o, "days", json_integer(all[i].day - clock_today()));
        json_object_set_new(o, "kind", *all[i].kind ? json_text(all[i].kind) : json_null());
        json_object_set_new(o, "weeks", all[i].weeks ? json_integer(all[i].weeks) : json_null());
        json_array_append_new(list, o);
    }
    as_json_print(list, stdout);
    json_decref(list);
}

static void print_reviews(const struct caseload *caseload, bool json)
{
    size_t count;
    struct due *all = caseload_due(caseload, &count);
    (json ? print_due_json : print_due)(all, count);
    if (count == 0 && caseload->count)
        locate_say("list", "No day for a review has been chosen. It is asked for when a sitting closes.");
    free(all);
}

static int list(const char *given, bool due, bool json)
{
    char *cause = NULL;
    char *folder = locate_caseload("list", given);
    struct caseload caseload = {0};
    int status = 0;
    if (!folder)
        return 2;
    if (!caseload_list(folder, &caseload, &cause)) {
        locate_say("list", cause);
        status = 2;
    } else if (due) {
        print_reviews(&caseload, json);
    } else if (json) {
        print_json(&caseload);
    } else {
        print_table(&caseload);
    }
    if (status == 0 && caseload.count == 0) {
        char *hint = xasprintf(
            "There are no assessments in %s yet. To begin one: alongside new whole-life --ref NAME", folder);
        locate_say("list", hint);
        free(hint);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        locate_say("list", "The list cannot be written.");
        status = 2;
    }
    caseload_release(&caseload);
    free(folder);
    free(cause);
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_list(int argc, char **argv)
{
    const char *caseload = NULL, *format = "text";
    bool due = false;
    const struct option_row options[] = {{"due", 0, &due, NULL},
                                         {"format", 'f', NULL, &format},
                                         {"caseload", 0, NULL, &caseload},
                                         {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options, (struct operands){0, 0, NULL, "it takes no names."}, help);
    if (status >= 0)
        return status;
    bool json = strcmp(format, "json") == 0;
    if (!json && strcmp(format, "text") != 0) {
        locate_say("list", "--format is text or json.");
        return 2;
    }
    return list(caseload, due, json);
}
