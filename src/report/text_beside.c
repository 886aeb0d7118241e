/* What stands beside the answers, on paper: the timeline down the page, promises in two columns. */
#include "report/text_beside.h"

#include "assessment/beside.h"
#include "assessment/promises.h"
#include "assessment/topics.h"
#include "base/mem.h"
#include "session/beside.h"
#include "session/promised.h"
#include "session/timeline.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>

static bool is_told_there(const struct assessment *a, const struct event *event)
{
    const struct event *about = assessment_event_numbered(a, event_integer(event, "of"));
    return event->kind == EVENT_PROMISED ||
           (event->kind == EVENT_STATEMENT && about &&
            (about->kind == EVENT_HAPPENED || about->kind == EVENT_SHARED || about->kind == EVENT_PROMISED));
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
    for (const struct event *e = NULL; (e = beside_next(a, item, e));)
        print_words(page, beside_words(a, e, LANGUAGE));
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

static bool any_happened(const struct assessment *a)
{
    return assessment_next(a, EVENT_HAPPENED, NULL) || assessment_next(a, EVENT_SHARED, NULL);
}

void text_timeline(const struct page *page)
{
    if (!any_happened(page->a))
        return;
    size_t count;
    struct moment *moments = timeline_make(page->a, LANGUAGE, &count);
    page_heading(page, "What happened, and when");
    print_words(page, timeline_attendance(page->a, LANGUAGE));
    print_words(page, timeline_episodes(page->a));
    for (size_t i = 0; i < count; i++) {
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
