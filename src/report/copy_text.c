/* A person's copy, on paper. The words are for whoever keeps it: plain and short. The half page has on it
 * what is wanted between two sittings, and a line to ask for one. */
#include "report/copy_text.h"

#include "assessment/topics.h"
#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "record/receipt.h"
#include "report/as_text.h"
#include "report/conference_text.h"
#include "report/page.h"
#include "report/text_beside.h"
#include "report/tree.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

enum { SLIP_PROMISES = 3 /* of each; more does not go on half a page */ };

/* ---- what both have on top ---- */

/* Whose it is, of when, of what, and which of the copies. */
static void print_top(const struct page *page, const struct copy *copy)
{
    const struct form *form = session_form(page->s);
    const char *title = assessment_text(page->a, -1, form->title, SERVICE_USER, LANGUAGE),
               *ref = session_ref(page->s);
    char day[DATE_TEXT];
    page_line(page, 0, "Copy for %s, %s", copy->to, words_day(date_format(clock_today(), day)));
    page_line(page, 0, "%s%s%s", *title ? title : form->id, *ref ? ": " : "", ref);
    if (copy->number)
        page_line(page, 0, "Copy number %zu", copy->number);
    else
        page_line(page, 0, "This copy has no number: it could not be noted in the record.");
}

/* ---- the receipt ---- */

/* The service user's own word, of the last sitting that was closed with one; NULL. */
static const char *word_of(const struct assessment *a)
{
    const char *word = NULL;
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_CLOSED, e));)
        word = event_text(e, "word") ? event_text(e, "word") : word;
    return word;
}

static void print_code(const struct page *page, const struct copy *copy)
{
    size_t lines = tree_lines(page->s);
    page_line(page, INDENT, "%s     (%zu %s)", session_receipt(page->s), lines,
              lines == 1 ? "entry" : "entries");
    const char *word = word_of(page->a);
    const char *name = assessment_name(page->a, SERVICE_USER, LANGUAGE);
    if (word && strcmp(copy->to, name) == 0)
        page_line(page, INDENT, "Your own word: “%s”", word);
    else if (word) /* somebody else's copy */
        page_line(page, INDENT, "Closed by %s with the word: “%s”", name, word);
}

/* What the code is of, for who wants to check it: an id and a hash in full, last and out of the way. */
static void print_of(const struct page *page)
{
    page_line(page, INDENT, "Record %s", record_id(session_record(page->s)));
    page_line(page, INDENT, "%s", tree_head(page->s));
}

static void print_receipt(const struct page *page, const struct copy *copy)
{
    page_heading(page, "Your receipt");
    print_code(page, copy);
    page_blank(page);
    page_line(page, INDENT,
              "Keep this paper. The code stands for all that was in the record when it was printed, "
              "in this order.");
    page_blank(page);
    page_line(page, INDENT,
              "What it proves: nothing was changed, taken out or put in between since then. You can have it "
              "checked by anybody who has the record. They type:");
    page_line(page, 2 * INDENT, "alongside verify RECORD --receipt '%s'", session_receipt(page->s));
    page_line(page, INDENT, "If more was written after this paper, that is said, and is no fault.");
    page_blank(page);
    page_line(page, INDENT,
              "What it does not prove: who was at the keyboard, or that what two people wrote down "
              "is true.");
    page_blank(page);
    print_of(page);
}

/* ---- half a page ---- */

/* On half a page there is no room for rules. */
static void print_title(const struct page *page, const char *text)
{
    page_blank(page);
    page_line(page, 0, "%s", text);
}

/* The last day that was agreed on for meeting next, where it is not over. */
static const struct event *next_of(const struct assessment *a)
{
    const struct event *event = NULL;
    for (size_t i = assessment_sittings(a); i-- > 0 && !event;)
        event = topic_told(a, i, topic_named("next"), SERVICE_USER);
    int day;
    const char *value = event ? json_string_value(event_value(event, "value")) : NULL;
    return value && date_parse(value, &day) && day >= clock_today() ? event : NULL;
}

static void print_next(const struct page *page)
{
    const struct event *next = next_of(page->a);
    page_blank(page);
    if (!next) {
        page_line(page, 0, "We meet next: ______________________________________");
        return;
    }
    const json_t *notes = event_value(next, "notes");
    const char *hour = json_string_value(json_object_get(notes, "time")),
               *place = json_string_value(json_object_get(notes, "place"));
    page_line(page, 0, "We meet next: %s%s%s%s%s", words_day(json_string_value(event_value(next, "value"))),
              hour ? ", " : "", hour ? hour : "", place ? ", " : "", place ? place : "");
}

/* The door stays open: how to ask, and room to write. */
static void print_ask(const struct page *page)
{
    print_title(page, "Ask for a session");
    page_line(page, INDENT,
              "You can ask to meet before then. Say it to any member of staff, or write it here "
              "and show this to them. You need not say why.");
    page_line(page, INDENT, "Please make time for me. Best on: __________________________________");
    page_line(page, INDENT, "About (leave empty if you like): ___________________________________");
}

static void print_slip(const struct page *page, const struct copy *copy)
{
    print_next(page);
    print_title(page, "Who does what");
    text_open_promises(page, SLIP_PROMISES);
    print_ask(page);
    print_title(page, "Your receipt");
    print_code(page, copy);
    page_line(page, INDENT,
              "Keep this paper. The code shows if anything in the record was changed, taken out or "
              "put in between since then. It does not show who typed, or if it is true.");
    print_of(page);
}

/* ---- either ---- */

bool copy_text_write(const struct session *s, const struct copy *copy, FILE *out, char **cause)
{
    const struct assessment *a = session_assessment(s);
    struct page page = {.s = s, .a = a, .out = out, .columns = AS_TEXT_COLUMNS};
    page.side[0] = assessment_left(a);
    page.side[1] = who_other(page.side[0]);
    print_top(&page, copy);
    if (copy->as == COPY_SLIP) {
        print_slip(&page, copy);
    } else if (copy->as == COPY_CONFERENCE) {
        conference_print(&page);
        print_receipt(&page, copy);
    } else {
        page_blank(&page);
        if (!as_text_in(s, page.columns, out, cause))
            return false;
        print_receipt(&page, copy);
    }
    if (fflush(out) == 0 && !ferror(out))
        return true;
    return cause_errno(cause, "It cannot be written");
}

struct made {
    const struct session *s;
    const struct copy *copy;
};

static bool write_made(const void *what, FILE *out, char **cause)
{
    const struct made *made = what;
    return copy_text_write(made->s, made->copy, out, cause);
}

bool copy_text_save(const struct session *s, const struct copy *copy, const char *path, bool over,
                    char **cause)
{
    struct made made = {s, copy};
    return report_save_by(write_made, &made, path, over, cause);
}
