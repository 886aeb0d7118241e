/* A milestone on paper. Both have signed it, each on their own; who has not yet can do so by hand. */
#include "report/certificate.h"

#include "assessment/happened.h"
#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/as_text.h"
#include "report/page.h"
#include "report/report.h"
#include "session/timeline.h"
#include "session/words_beside.h"

#include <stdlib.h>

enum { WORDS = 60 /* columns that the words of it take at most */ };

const struct event *certificate_milestone(const struct session *s, size_t number, char **cause)
{
    const struct event *found = NULL;
    size_t count = 0;
    for (const struct event *e = NULL; (e = assessment_next(session_assessment(s), EVENT_HAPPENED, e));) {
        const struct happened_kind *kind = happened_kind_of(e);
        if (!kind || !kind->both_sign)
            continue;
        count++;
        if (number == 0 || number == count)
            found = e;
    }
    if (!count)
        cause_set(cause,
                  "There is no milestone in this assessment yet. On the screen, T shows what happened, "
                  "and a writes a milestone down there.");
    else if (!found)
        cause_set(cause, "There is no milestone %zu: there %s %zu.", number, count == 1 ? "is" : "are",
                  count);
    return found;
}

/* Lines in the middle of the page. */
static void print_centred(const struct page *page, const char *text)
{
    char *safe = utf8_safe(text, true);
    struct utf8_line *lines;
    size_t count = utf8_wrap(safe, WORDS, &lines);
    for (size_t i = 0; i < count; i++) {
        int width = utf8_width_of(safe + lines[i].start, lines[i].length);
        fprintf(page->out, "%*s%.*s\n", lines[i].length ? (page->columns - width) / 2 : 0, "",
                (int)lines[i].length, safe + lines[i].start);
    }
    free(lines);
    free(safe);
}

static void print_rule(const struct page *page)
{
    for (int i = 0; i < page->columns; i++)
        fputs("═", page->out);
    page_blank(page);
}

static void add_signature(struct cell *cell, const struct page *page, long seq, enum who party)
{
    const struct event *event = happened_signed(page->a, seq, party);
    const char *because = event ? event_text(event, "because") : NULL;
    cell_add(cell, 0, assessment_name(page->a, party, LANGUAGE));
    if (!event) {
        cell_add(cell, 0, "Not signed yet. To sign by hand:");
        cell_add(cell, 0, "\n______________________________");
        return;
    }
    char day[DATE_TEXT];
    bool refused = json_is_true(event_value(event, "refused"));
    char *line = refused ? xasprintf("chose not to sign.%s%s%s", because ? " “" : "", because ? because : "",
                                     because ? "”" : "")
                         : xasprintf("signed: %s", event_text(event, "name"));
    cell_add(cell, 0, line);
    cell_add(cell, 0, words_day(timeline_local_day(event->at, day)));
    free(line);
}

bool certificate_write(const struct session *s, const struct event *milestone, FILE *out, char **cause)
{
    struct page page = {.s = s, .a = session_assessment(s), .out = out, .columns = AS_TEXT_COLUMNS};
    struct cell cells[PARTIES];
    page.side[0] = assessment_left(page.a);
    page.side[1] = who_other(page.side[0]);
    print_rule(&page);
    page_blank(&page);
    char *who = xasprintf("%s, with %s", assessment_name(page.a, SERVICE_USER, LANGUAGE),
                          assessment_name(page.a, PRACTITIONER, LANGUAGE));
    const char *const lines[] = {"A milestone", event_text(milestone, "text"), who,
                                 words_day(event_text(milestone, "on"))};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        print_centred(&page, lines[i] ? lines[i] : "");
        page_blank(&page);
    }
    free(who);
    page_blank(&page);
    cells_init(&page, cells);
    for (int side = 0; side < PARTIES; side++)
        add_signature(&cells[side], &page, milestone->seq, page.side[side]);
    cells_print(&page, cells);
    page_blank(&page);
    print_rule(&page);
    page_line(&page, 0, "Record %s, entry %ld", record_id(session_record(s)), milestone->seq);
    if (fflush(out) == 0 && !ferror(out))
        return true;
    return cause_errno(cause, "It cannot be written");
}

struct wanted {
    const struct session *session;
    const struct event *milestone;
};

static bool write_wanted(const void *what, FILE *out, char **cause)
{
    const struct wanted *wanted = what;
    return certificate_write(wanted->session, wanted->milestone, out, cause);
}

bool certificate_save(const struct session *s, const struct event *milestone, const char *path, bool over,
                      char **cause)
{
    struct wanted wanted = {s, milestone};
    return report_save_by(write_wanted, &wanted, path, over, cause);
}
