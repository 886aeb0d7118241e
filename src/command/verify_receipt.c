/* A code from paper held against a record.
 *
 * Quick tries come first: the copies of this record, the newest copies of the others, because somebody who
 * holds the wrong paper should hear so at once; then, with progress shown, each other line of this one. All
 * copies of all others are looked at only where that is asked for. */
#include "command/verify_receipt.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "caseload/caseload.h"
#include "command/locate.h"
#include "command/verify.h"
#include "report/receipt_file.h"
#include "report/receipt_search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_ELSEWHERE = 20 /* tries among the other records, two seconds */ };

/* ---- progress ---- */

/* On a terminal only, and only where it takes long enough to wonder. */
struct progress {
    time_t since;
    bool shown;
};

static void show_progress(void *context, size_t done, size_t of)
{
    struct progress *progress = context;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (done == 0)
        progress->since = now.tv_sec;
    time_t gone = now.tv_sec - progress->since;
    if (gone < 1 || !isatty(STDERR_FILENO))
        return;
    double left = (double)gone / (double)done * (double)(of - done);
    fprintf(stderr, "\rTrying line by line: %zu of %zu, about %.0f seconds left. Ctrl-C ends it. ", done, of,
            left + 1);
    fflush(stderr);
    progress->shown = true;
}

static void end_progress(struct progress *progress)
{
    if (progress->shown)
        fprintf(stderr, "\r%*s\r", 78, "");
    progress->shown = false;
}

/* ---- a record ---- */

static const char *entries(size_t n)
{
    return n == 1 ? "entry" : "entries";
}

/* "copy 2, made on 2026-11-21 with entry 41" or "no copy that was noted; …". The caller frees it. */
static char *what_it_is(const struct record *record, size_t lines)
{
    const struct event *event = record_event(record, lines - 1);
    if (event->kind == EVENT_COPIED)
        return xasprintf("It is the code of copy %zu, made on %.10s", receipt_copies(record, lines),
                         event->at);
    return xasprintf("It is the code of the first %zu %s, the last of them of %.10s; no copy was noted there",
                     lines, entries(lines), event->at);
}

static void tell_match(const char *path, const struct record *record, size_t lines)
{
    size_t since = record_count(record) - lines,
           later = receipt_copies(record, record_count(record)) - receipt_copies(record, lines);
    char *what = what_it_is(record, lines), *copies = NULL, *line;
    if (later)
        copies = xasprintf(" %zu newer %s made.", later, later == 1 ? "copy was" : "copies were");
    if (since)
        line = xasprintf("matches, and %zu %s added since. %s, over %zu %s.%s", since,
                         since == 1 ? "entry was" : "entries were", what, lines, entries(lines),
                         copies ? copies : "");
    else
        line = xasprintf("matches. %s, over all %zu %s.", what, lines, entries(lines));
    verify_print(path, line);
    free(line);
    free(copies);
    free(what);
}

/* Look at the copies of the other records in the caseload. Tells of the one it is found in. */
static bool found_elsewhere(const char *path, const struct record *record, struct receipt_search search,
                            const char *caseload, bool everywhere)
{
    char *folder = caseload_folder(caseload, NULL);
    struct caseload list = {NULL, 0};
    bool found = false, listed = folder && caseload_list(folder, &list, NULL);
    size_t left = MOST_ELSEWHERE;
    for (size_t i = 0; i < list.count && !found && (left || everywhere); i++) {
        const struct caseload_entry *entry = &list.entries[i];
        size_t lines = 0;
        struct record *other =
            strcmp(entry->id, record_id(record)) != 0 ? record_open(entry->path, RECORD_READ, NULL) : NULL;
        if (!other)
            continue;
        search.record = other;
        search.most = everywhere ? 0 : left;
        found = receipt_search(&search, RECEIPT_COPIES, &lines, NULL) && lines;
        size_t tried = receipt_copies(other, record_count(other)) + 1;
        left -= tried < left ? tried : left;
        if (found) {
            char *what = what_it_is(other, lines);
            char *line = xasprintf("does not match. %s, of another record: %s%s%s.", what, entry->ref,
                                   *entry->ref ? ", " : "", entry->id);
            verify_print(path, line);
            free(line);
            free(what);
        }
        record_close(other);
    }
    if (listed)
        caseload_release(&list);
    free(folder);
    return found;
}

static int not_told(const char *path, char *cause)
{
    verify_say(path, cause);
    free(cause);
    return 2;
}

int verify_receipt(const char *path, const struct record *record, const struct receipt *receipt,
                   const char *caseload, bool everywhere)
{
    struct progress progress = {0, false};
    struct receipt_search search = {record, *receipt, 0, show_progress, &progress};
    char *cause = NULL;
    size_t lines;
    bool elsewhere = false, told = receipt_search(&search, RECEIPT_COPIES, &lines, &cause);
    if (told && !lines)
        elsewhere = found_elsewhere(path, record, search, caseload, everywhere);
    if (told && !lines && !elsewhere)
        told = receipt_search(&search, RECEIPT_REST, &lines, &cause);
    end_progress(&progress);
    if (!told)
        return not_told(path, cause);
    if (lines) {
        tell_match(path, record, lines);
        return 0;
    }
    if (!elsewhere)
        verify_print(path,
                     "does not match. The code is typed as it was printed, but nothing in this record "
                     "gives it. Either the record was changed after the paper was printed, or the paper "
                     "is of another record.");
    return 1;
}

/* ---- an export ---- */

static void tell_limit(const char *path)
{
    verify_say(path,
               "this is about what the file says of its record. That the answers in it are the record's, "
               "only the record itself can show: alongside verify RECORD --receipt CODE.");
}

static bool tell_own(const char *path, const struct receipt_claim *claim, const struct receipt *made)
{
    char text[RECEIPT_TEXT];
    struct receipt own;
    bool matches = receipt_parse(claim->receipt, &own, NULL) && receipt_same(&own, made);
    receipt_format(made, text);
    char *line = matches
                     ? xasprintf("matches. Its code, %s, is the one that its record, %zu %s and head make.",
                                 text, claim->lines, entries(claim->lines))
                     : xasprintf("does not match. Its code is not the one that its record, %zu %s and head "
                                 "make, which is %s. Something of that was changed.",
                                 claim->lines, entries(claim->lines), text);
    verify_print(path, line);
    free(line);
    return matches;
}

static bool tell_paper(const char *path, const struct receipt_claim *claim, const struct receipt *made,
                       const struct receipt *paper)
{
    bool matches = receipt_same(made, paper);
    char *line = matches ? xasprintf("matches the code on the paper, over %zu %s.", claim->lines,
                                     entries(claim->lines))
                         : xstrdup("does not match the code on the paper. The paper was printed at another "
                                   "time or is of another record, or something was changed since.");
    verify_print(path, line);
    free(line);
    return matches;
}

int verify_export(const char *path, const struct receipt *paper)
{
    struct receipt_claim claim;
    struct receipt made;
    char *cause = NULL;
    if (!receipt_file_read(path, &claim, &cause)) {
        locate_say("verify", cause);
        free(cause);
        return 2;
    }
    int status;
    if (!receipt_make(&made, claim.record, claim.lines, claim.head, &cause)) {
        status = not_told(path, cause);
    } else if (!claim.receipt && !paper) {
        char text[RECEIPT_TEXT];
        cause = xasprintf("there is no receipt code in it to hold it against. It comes to %s.",
                          receipt_format(&made, text));
        status = not_told(path, cause);
    } else {
        bool own = !claim.receipt || tell_own(path, &claim, &made);
        bool on_paper = !paper || tell_paper(path, &claim, &made, paper);
        status = own && on_paper ? 0 : 1;
        tell_limit(path);
    }
    receipt_claim_release(&claim);
    return status;
}
