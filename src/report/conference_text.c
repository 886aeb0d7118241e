/* A paper for people who were not there. The service user's words come first; then both views, always in two
 * columns of the same width. */
#include "report/conference_text.h"

#include "assessment/answer.h"
#include "assessment/beside.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "report/text_beside.h"
#include "report/view_text.h"
#include "session/supervise.h"
#include "session/waiting.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- who ---- */

static void print_people(const struct page *page)
{
    const struct form *form = assessment_form(page->a);
    page_blank(page);
    for (int side = 0; side < PARTIES; side++) {
        enum who who = page->side[side];
        const char *name = assessment_name(page->a, who, LANGUAGE),
                   *label = wording(form->party_label[who], who, LANGUAGE),
                   *pronouns = assessment_pronouns(page->a, who);
        page_line(page, 0, "%s%s%s%s%s", name, *label ? ", " : "", label, *pronouns ? ", " : "", pronouns);
    }
    char *lead = supervise_lead_words(page->a);
    page_line(page, 0, "%s", lead);
    free(lead);
}

/* ---- the service user's own words ---- */

/* A text, or "other, please say": a choice's name holds no colon, so what has one has their words behind it.
 */
static bool is_words(const struct question *q, const json_t *value)
{
    if (q->type == TYPE_TEXT)
        return value != NULL;
    if (q->type != TYPE_SELECT_ONE && q->type != TYPE_SELECT_MULTIPLE && q->type != TYPE_RANK)
        return false;
    bool any = json_is_string(value) && strchr(json_string_value(value), ':');
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *word = json_string_value(json_array_get(value, i));
        any = any || (word && strchr(word, ':'));
    }
    return any;
}

/* What they wrote as an answer, or why they gave it. */
static bool has_words(const struct assessment *a, int item)
{
    const struct question *q = assessment_question(a, item);
    const struct answer *answer = assessment_answer(a, item, SERVICE_USER);
    return question_is_answered(q) && assessment_revealed(a, item) &&
           (is_words(q, answer->value) || answer->because);
}

static void print_words(const struct page *page, int item)
{
    const struct answer *answer = assessment_answer(page->a, item, SERVICE_USER);
    char *about = words_item(page->a, item, SERVICE_USER, LANGUAGE),
         *words = words_answer(page->a, item, SERVICE_USER, LANGUAGE);
    page_line(page, INDENT, "%s", about);
    char *quoted = assessment_question(page->a, item)->type == TYPE_TEXT && answer->value
                       ? xasprintf("“%s”", words)
                       : xstrdup(words);
    page_line(page, 2 * INDENT, "%s", quoted);
    if (answer->because)
        page_line(page, 2 * INDENT, "“%s”", answer->because);
    free(quoted);
    free(words);
    free(about);
}

/* What they wrote on anything, and what they told of what happened. */
static bool is_own(const struct page *page, const struct event *event)
{
    bool kind = event->kind == EVENT_STATEMENT || event->kind == EVENT_REFRAMED ||
                (event->kind == EVENT_HAPPENED && event_text(event, "text"));
    return kind && event->by == SERVICE_USER && !assessment_is_undone(page->a, event->seq) &&
           !event_waits(page->a, event);
}

static void print_own(const struct page *page)
{
    bool any = false;
    char *title = xasprintf("In %s's own words", assessment_name(page->a, SERVICE_USER, LANGUAGE));
    page_heading(page, title);
    free(title);
    for (int place = 0; place < assessment_count(page->a); place++) {
        int item = assessment_at(page->a, place);
        if (!has_words(page->a, item))
            continue;
        any = true;
        print_words(page, item);
    }
    for (size_t i = 0; i < assessment_events(page->a); i++) {
        const struct event *event = assessment_event(page->a, i);
        if (!is_own(page, event))
            continue;
        any = true;
        char *words = words_event(page->a, event, LANGUAGE);
        page_line(page, INDENT, "%s", words);
        free(words);
    }
    if (!any)
        page_line(page, INDENT, "Nothing is written down in %s's own words yet.",
                  assessment_name(page->a, SERVICE_USER, LANGUAGE));
}

/* ---- what is not settled ---- */

/* Open, waiting, left, or settled so that both views stand: where there are still two views. */
static bool has_two_views(const struct assessment *a, const struct disagreement *d)
{
    if (d->state == STATE_WITHDRAWN || (d->question >= 0 && !assessment_shown(a, d->question)))
        return false;
    if (d->state != STATE_RESOLVED)
        return true;
    return d->outcome == OUTCOME_STOPPED ||
           (d->outcome == OUTCOME_BOTH_STAND &&
            (d->question < 0 || assessment_disagreement_about(a, d->question) == d));
}

/* All that one of them has said about it, as far as it may be seen. */
static void add_said(struct cell *cell, const struct page *page, const struct disagreement *d, enum who who)
{
    bool any = d->question >= 0;
    if (d->by == who && d->because) {
        char *quoted = xasprintf("“%s”", d->because);
        cell_add(cell, INDENT, quoted);
        free(quoted);
        any = true;
    }
    for (size_t i = 0; i < d->turn_count; i++) {
        const struct event *event = assessment_event_numbered(page->a, d->turns[i]);
        const char *text = event->kind == EVENT_SAID ? event_text(event, "text") : NULL;
        if (!text || event->by != who || assessment_is_undone(page->a, event->seq) ||
            event_waits(page->a, event))
            continue;
        char *quoted = xasprintf("“%s”", text);
        cell_add(cell, INDENT, quoted);
        free(quoted);
        any = true;
    }
    if (!any)
        cell_add(cell, INDENT, "Nothing said yet");
}

static void print_difference(const struct page *page, const struct disagreement *d)
{
    char *about = words_about(page->a, d, SERVICE_USER, LANGUAGE),
         *outcome = words_outcome(page->a, d, LANGUAGE);
    struct cell cells[PARTIES];
    page_blank(page);
    page_line(page, INDENT, "%s", about);
    page_line(page, INDENT, "How it stands: %s%s", outcome, words_stop(outcome));
    cells_init(page, cells);
    for (int side = 0; side < PARTIES; side++) {
        enum who who = page->side[side];
        if (page_is_wide(page))
            cell_add(&cells[side], 0, assessment_name(page->a, who, LANGUAGE));
        if (d->question >= 0)
            cell_add_view(&cells[side], page->a, d->question, who);
        add_said(&cells[side], page, d, who);
    }
    cells_print(page, cells);
    const struct event *reply = waiting_reply(page->a, d);
    if (reply)
        page_line(page, INDENT, "%s: “%s”",
                  event_text(reply, "name") ? event_text(reply, "name") : "Supervisor",
                  event_text(reply, "text"));
    free(outcome);
    free(about);
}

static void print_differences(const struct page *page)
{
    bool any = false;
    page_heading(page, "Seen differently, and not settled");
    page_line(page, INDENT, "Both views count. Neither was left out by whoever made this paper.");
    for (size_t i = 0; i < assessment_disagreements(page->a); i++) {
        const struct disagreement *d = assessment_disagreement(page->a, i);
        if (!has_two_views(page->a, d))
            continue;
        any = true;
        print_difference(page, d);
    }
    if (!any)
        page_line(page, INDENT, "There is nothing of that kind now.");
}

/* ---- the meeting ---- */

/* Room to write, the same for each: what is asked is said on the day, and often by hand. */
static void print_asks(const struct page *page)
{
    enum { LINES = 3 };
    struct cell cells[PARTIES];
    page_heading(page, "What each asks of this meeting");
    cells_init(page, cells);
    for (int side = 0; side < PARTIES; side++) {
        struct strbuf rule = STRBUF_INIT;
        for (int i = 0; i < cells[side].columns - 1; i++)
            strbuf_addch(&rule, '_');
        if (page_is_wide(page))
            cell_add(&cells[side], 0, assessment_name(page->a, page->side[side], LANGUAGE));
        for (int i = 0; i < LINES; i++)
            cell_add(&cells[side], 0, rule.text);
        strbuf_release(&rule);
    }
    cells_print(page, cells);
}

void conference_print(const struct page *page)
{
    print_people(page);
    print_own(page);
    print_differences(page);
    page_heading(page, "Promises that are open");
    text_open_promises(page, SIZE_MAX);
    print_asks(page);
}
