/* What stands beside the answers, on paper: the timeline down the page, promises in two columns. */
#include "report/text_beside.h"

#include "assessment/beside.h"
#include "assessment/promises.h"
#include "assessment/topics.h"
#include "base/mem.h"
#include "session/beside.h"
#include "session/promised.h"
#include "session/supervise.h"
#include "session/timeline.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

static bool is_told_there(const struct assessment *a, const struct event *event)
{
    const struct event *about = assessment_event_numbered(a, event_integer(event, "of"));
    return event->kind == EVENT_PROMISED ||
           (event->kind == EVENT_STATEMENT && about &&
            (about->kind == EVENT_HAPPENED || about->kind == EVENT_SHARED || about->kind == EVENT_PROMISED ||
             about->kind == EVENT_COMMENTED || about->kind == EVENT_REFLECTED ||
             about->kind == EVENT_LESSON));
}

/* Does it stand among the turns of a disagreement, so that here it would stand twice? */
static bool is_turn(const struct assessment *a, const struct event *event)
{
    const struct event *about = assessment_event_numbered(a, event_integer(event, "of"));
    if (event->kind == EVENT_STATEMENT && about && about->kind != EVENT_STATEMENT)
        event = about;
    return (event->kind == EVENT_COMMENTED || event->kind == EVENT_REFLECTED ||
            event->kind == EVENT_LESSON) &&
           event_text(event, "disagreement");
}

/* Is it beside its question on the page? */
static bool is_by_question(const struct event *event)
{
    return (event->kind == EVENT_REFLECTED || event->kind == EVENT_LESSON) && event->by < PARTIES &&
           event_text(event, "question");
}

static void print_words(const struct page *page, char *words)
{
    if (*words)
        page_line(page, INDENT, "%s", words);
    free(words);
}

void text_about(const struct page *page, int item)
{
    const struct assessment *a = page->a;
    for (const struct event *e = NULL; (e = beside_next(a, item, e));) {
        if (!is_turn(a, e))
            print_words(page, beside_words(a, e, LANGUAGE));
    }
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_SAID_BACK, e));) {
        const char *question = event_text(e, "question");
        if (!question || assessment_find(a, question) != item)
            continue;
        print_words(page, words_event(a, e, LANGUAGE));
        for (const struct event *mark = NULL; (mark = assessment_next_about(a, e->seq, mark));) {
            if (mark->kind == EVENT_MARKED)
                print_words(page, words_event(a, mark, LANGUAGE));
        }
    }
}

/* The sittings alone stand on top already. */
static bool any_happened(const struct page *page, const struct moment *moments, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct event *event = assessment_event_numbered(page->a, moments[i].seq);
        if (event->kind != EVENT_SAT && !is_turn(page->a, event) && !is_by_question(event))
            return true;
    }
    return false;
}

void text_timeline(const struct page *page)
{
    size_t count;
    struct moment *moments = timeline_make(page->a, LANGUAGE, &count);
    bool any = any_happened(page, moments, count);
    if (any) {
        page_heading(page, "What happened, and when");
        print_words(page, timeline_attendance(page->a, LANGUAGE));
        print_words(page, timeline_episodes(page->a));
    }
    for (size_t i = 0; i < count && any; i++) {
        const struct event *event = assessment_event_numbered(page->a, moments[i].seq);
        if (is_turn(page->a, event) || is_by_question(event))
            continue;
        char *day = xasprintf("%-13s", timeline_day(moments[i].day));
        page_labelled(page, INDENT, day, moments[i].words);
        if (moments[i].later)
            page_labelled(page, INDENT, "             ", "That was written after signing.");
        if (*moments[i].standing)
            page_labelled(page, INDENT, "             ", moments[i].standing);
        free(day);
    }
    timeline_free(moments, count);
}

static void add_words(struct cell *cell, const struct assessment *a, const struct event *event)
{
    for (const struct event *e = NULL; (e = assessment_next_about(a, event->seq, e));) {
        if (e->kind != EVENT_STATEMENT && e->kind != EVENT_CAME_OF_IT)
            continue;
        char *line = xasprintf("%s: “%s”", assessment_name(a, e->by, LANGUAGE),
                               event_text(e, "text") ? event_text(e, "text") : "");
        cell_add(cell, INDENT, line);
        free(line);
    }
}

static void add_promise(struct cell *cell, const struct assessment *a, const struct promise *promise)
{
    const struct event *event = assessment_event_numbered(a, promise->seq);
    char *text = xasprintf("- %s", promise->text), *due = promised_due(promise),
         *standing = promised_standing(a, promise, LANGUAGE);
    cell_add(cell, 0, text);
    if (*due)
        cell_add(cell, INDENT, due);
    if (*standing)
        cell_add(cell, INDENT, standing);
    if (timeline_is_later(a, event))
        cell_add(cell, INDENT, "That was written after signing.");
    add_words(cell, a, event);
    free(text);
    free(due);
    free(standing);
}

void text_promises(const struct page *page)
{
    size_t count;
    struct promise *promises = assessment_promises(page->a, &count);
    struct cell cells[PARTIES];
    if (count) {
        page_heading(page, "What we will do");
        cells_init(page, cells);
        for (int side = 0; side < PARTIES; side++) {
            bool any = false;
            if (page_is_wide(page)) {
                char *name = xasprintf("%s will:", assessment_name(page->a, page->side[side], LANGUAGE));
                cell_add(&cells[side], 0, name);
                free(name);
            }
            for (size_t i = 0; i < count; i++) {
                if (promises[i].by != page->side[side])
                    continue;
                add_promise(&cells[side], page->a, &promises[i]);
                any = true;
            }
            if (!any)
                cell_add(&cells[side], 0, "Nothing yet.");
        }
        cells_print(page, cells);
    }
    free(promises);
}

static void add_open(struct cell *cell, const struct promise *promise)
{
    char *line = promise->by_when ? xasprintf("- %s (by %s)", promise->text, words_day(promise->by_when))
                                  : xasprintf("- %s", promise->text);
    cell_add(cell, 0, line);
    free(line);
}

void text_open_promises(const struct page *page, size_t most)
{
    size_t count;
    struct promise *promises = assessment_promises(page->a, &count);
    struct cell cells[PARTIES];
    cells_init(page, cells);
    for (int side = 0; side < PARTIES; side++) {
        size_t open = 0;
        if (page_is_wide(page))
            cell_add(&cells[side], 0, assessment_name(page->a, page->side[side], LANGUAGE));
        for (size_t i = 0; i < count; i++) {
            const struct promise *p = &promises[i];
            bool settled =
                p->kept[PRACTITIONER] != PROMISE_NOT_SAID && p->kept[SERVICE_USER] != PROMISE_NOT_SAID;
            if (p->by == page->side[side] && !settled && ++open <= most)
                add_open(&cells[side], p);
        }
        char *more = open > most ? xasprintf("and %zu more", open - most) : NULL;
        if (more || open == 0)
            cell_add(&cells[side], 0, more ? more : "Nothing is open.");
        free(more);
    }
    cells_print(page, cells);
    free(promises);
}

/* ---- who leads, and who signed too ---- */

void text_lead(const struct page *page)
{
    struct lead lead = supervision_lead(page->a);
    /* It is worth a line once it is not simply the practitioner. */
    if (!lead.handed_over && strcmp(lead.name, assessment_name(page->a, PRACTITIONER, LANGUAGE)) == 0)
        return;
    char *words = supervise_lead_words(page->a);
    page_line(page, 0, "%s", words);
    free(words);
}

void text_countersigned(const struct page *page)
{
    print_words(page, supervise_countersigned_words(page->a));
}

/* ---- notes, and what was said about a sitting ---- */

/* Is it told in the list of what was written beside? What is about a question stands there, but for notes. */
static bool is_beside(const struct page *page, const struct event *event)
{
    switch (event->kind) {
    case EVENT_NOTED:
        return event_text(event, "text") != NULL;
    case EVENT_STATEMENT:
        return event_item(page->a, event) < 0 && !is_told_there(page->a, event);
    case EVENT_OFFERED:
        return event_item(page->a, event) < 0;
    default:
        return false;
    }
}

/* Notes and statements, as they came. */
void text_notes(const struct page *page)
{
    bool any = false;
    for (size_t i = 0; i < assessment_events(page->a); i++) {
        const struct event *event = assessment_event(page->a, i);
        if (!is_beside(page, event) || assessment_is_undone(page->a, event->seq))
            continue;
        if (!any)
            page_heading(page, "Notes and statements");
        any = true;
        bool note = event->kind == EVENT_NOTED || event->kind == EVENT_PROMISED;
        char *words = note ? words_event(page->a, event, LANGUAGE) : beside_words(page->a, event, LANGUAGE);
        char *later = note ? words_later(page->a, event->seq, LANGUAGE) : xstrdup("");
        char *line = xasprintf("%s%s%s%s", words, *later ? " (" : "", later, *later ? ".)" : "");
        page_line(page, INDENT, "%s", line);
        free(line);
        free(later);
        free(words);
    }
}

void text_told(const struct page *page, size_t sitting, const struct topic *topic)
{
    if (topic->type == TOPIC_SEEN || !topic_revealed(page->a, sitting, topic))
        return;
    for (int party = 0; party < (topic->whose == TOPIC_EACH ? PARTIES : 1); party++) {
        const struct event *event = topic_told(page->a, sitting, topic, (enum who)party);
        if (!event || event->seq < assessment_sitting(page->a, sitting)->opened)
            continue;
        char *words = words_told(page->a, topic, event, LANGUAGE);
        const char *who = topic->whose == TOPIC_BOTH ? "" : assessment_name(page->a, event->by, LANGUAGE);
        page_line(page, 2, "%s%s%s %s", who, *who ? ": " : "", topic->label, words);
        free(words);
    }
}
