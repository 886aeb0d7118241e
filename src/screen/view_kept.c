/* What is kept: about the question in front, and (one key more) in the whole record. Each entry is first told
 * and then shown key by key, word for word. */
#include "screen/views.h"

#include "assessment/beside.h"
#include "base/mem.h"
#include "screen/write_beside.h"
#include "session/kept.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

/* Rows lead to items, or from here on to entries of the record, by their number. */
enum { EVENTS_FROM = 1 << 24, WHOLE_RECORD = -1 };

static void add_side(struct app *app, struct list *list, int columns, int question, enum who who)
{
    const struct assessment *a = app_assessment(app);
    const struct answer *answer = assessment_answer(a, question, who);
    bool seen = who == TOGETHER || assessment_revealed(a, question);
    char *words = words_answer(a, question, who, who < PARTIES ? app_language(app, who) : 0);
    char *line = xasprintf("%s: %s", assessment_name(a, who, 0),
                           !answer_given(answer) ? "no answer yet"
                           : seen                ? words
                                                 : "has answered");
    list_add_wrapped(list, who < PARTIES ? app_style(app, who) : STYLE_STRONG, -1, columns, 2, line);
    free(line);
    free(words);
    char *last = words_last_why(a, question, who, who < PARTIES ? app_language(app, who) : 0);
    if (*last) {
        line = xasprintf("  %s", last);
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 4, line);
        free(line);
    }
    free(last);
    if (!seen)
        return;
    if (answer->because) {
        line = xasprintf("  Why: %s", answer->because);
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 7, line);
        free(line);
    }
    if (answer->evidence != EVIDENCE_NONE)
        list_add(list, STYLE_PLAIN, -1, "  How I know: %s", words_evidence(answer->evidence));
}

/* What was said where both views stood last time. */
static void add_stood(struct app *app, struct list *list, int columns, int question)
{
    const struct assessment *a = app_assessment(app);
    if (!*words_stood(a, question))
        return;
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    list_add_wrapped(list, STYLE_STRONG, -1, columns, 0, words_stood(a, question));
    for (size_t i = 0; i < assessment_stood(a, question); i++) {
        char *said = words_stood_said(a, question, i, app_language(app, app_keyboard(app)));
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 2, said);
        free(said);
    }
}

/* The entries of a repeat, or those that are about the question. */
static void add_entries(struct app *app, struct list *list, int columns, int about)
{
    const struct assessment *a = app_assessment(app);
    enum who reader = app_keyboard(app);
    int language = app_language(app, reader);
    for (long number = 1; number < assessment_next_entry(a); number++) {
        const struct entry *entry = assessment_entry_numbered(a, number);
        if (!entry->in || (entry->about != about && entry->repeat != about))
            continue;
        char *title = words_entry(a, entry, reader, language);
        char *where = words_where(a, entry->first, reader, language);
        char *line = xasprintf("%s%s%s", where, *title ? ": " : "", title);
        free(where);
        list_add_wrapped(list, STYLE_PLAIN, walk_entry(a, entry), columns, 2, line);
        free(line);
        free(title);
    }
}

struct fields {
    struct list *list;
    int columns, target;
};

static void add_field(void *context, const char *key, const char *help, const char *value)
{
    const struct fields *f = context;
    char *copy = xstrdup(value), *rest = copy, *line = strsep(&rest, "\n");
    char *means = *help ? xasprintf(" (%s)", help) : xstrdup("");
    char *first = xasprintf("    %s: %s%s", key, line ? line : "", rest ? "" : means);
    list_add_wrapped(f->list, STYLE_PLAIN, f->target, f->columns, 6, first);
    free(first);
    while (rest) {
        line = strsep(&rest, "\n");
        char *more = xasprintf("      %s%s", line, rest ? "" : means);
        list_add_wrapped(f->list, STYLE_PLAIN, f->target, f->columns, 6, more);
        free(more);
    }
    free(means);
    free(copy);
}

static void add_event(struct app *app, struct list *list, int columns, const struct event *event, long sealed)
{
    struct fields fields = {list, columns, EVENTS_FROM + (int)event->seq};
    char *told = kept_told(app_assessment(app), event, app_language(app, app_keyboard(app)));
    char *line = xasprintf("%ld. %s", event->seq, told);
    list_add_wrapped(list, STYLE_STRONG, fields.target, columns, 4, line);
    kept_fields(app_session(app), event, sealed, add_field, &fields);
    free(line);
    free(told);
}

static void build_record(struct app *app, struct list *list, int columns, int about)
{
    const struct assessment *a = app_assessment(app);
    (void)about;
    long sealed = event_first_waiting(a);
    char *line = xasprintf("Everything that is kept: %zu %s. / finds a word, or an entry by its number.",
                           assessment_events(a), assessment_events(a) == 1 ? "entry" : "entries");
    list_add_wrapped(list, STYLE_STRONG, -1, columns, 0, line);
    free(line);
    for (size_t i = 0; i < assessment_events(a); i++)
        add_event(app, list, columns, assessment_event(a, i), sealed);
}

static void build_kept(struct app *app, struct list *list, int columns, int about)
{
    const struct assessment *a = app_assessment(app);
    const struct question *q = assessment_question(app_assessment(app), about);
    char *title = words_item(a, about, app_keyboard(app), 0);
    list_add_wrapped(list, STYLE_STRONG, -1, columns, 0, title);
    free(title);
    if (q->type == TYPE_REPEAT) {
        ; /* its entries are below */
    } else if (q->asked_of == TOGETHER) {
        add_side(app, list, columns, about, TOGETHER);
    } else {
        for (int side = 0; side < 2; side++)
            add_side(app, list, columns, about, app_party_at(app, side));
    }
    add_stood(app, list, columns, about);
    add_entries(app, list, columns, about);
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    list_add_wrapped(list, STYLE_STRONG, -1, columns, 0, "All that is kept about it, in order");
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        if (event_is_about(a, event, about))
            add_event(app, list, columns, event, KEPT_NO_SEALS);
    }
}

static void open_row(struct app *app, int target)
{
    const struct assessment *a = app_assessment(app);
    const struct event *event =
        target >= EVENTS_FROM ? assessment_event_numbered(a, target - EVENTS_FROM) : NULL;
    int item = event ? event_item(a, event) : target;
    if (item >= 0 && walk_stops(a, item))
        app_return(app, item);
    else
        app_say(app, "That entry is about no question.");
}

static bool on_request(struct app *app, enum request request, int target, int about)
{
    switch (request) {
    case REQUEST_KEPT:
        app_pop(app);
        if (about != WHOLE_RECORD)
            app_push(app, view_record_new(app));
        return true;
    case REQUEST_BESIDE:
        if (target > EVENTS_FROM)
            write_about_event(app, target - EVENTS_FROM);
        return true;
    default:
        return false;
    }
}

static const char *kept_label(struct app *app, enum request request)
{
    (void)app;
    return request == REQUEST_KEPT ? "All of it" : request == REQUEST_BESIDE ? "Your words" : NULL;
}

static const char *record_label(struct app *app, enum request request)
{
    (void)app;
    return request == REQUEST_KEPT ? "Back" : request == REQUEST_BESIDE ? "Your words" : NULL;
}

static const struct list_kind kept_kind = {"What is kept about this question", build_kept, open_row,
                                           "Go there"};
static const struct list_kind record_kind = {"What is kept, all of it", build_record, open_row, "Go there"};
static const struct list_more kept_more = {on_request, kept_label};
static const struct list_more record_more = {on_request, record_label};

struct view *view_kept_new(struct app *app, int question)
{
    struct view *list = view_list_new(app, &kept_kind, question);
    view_list_more(list, &kept_more);
    return list;
}

struct view *view_record_new(struct app *app)
{
    struct view *list = view_list_new(app, &record_kind, WHOLE_RECORD);
    view_list_steady(list);
    view_list_more(list, &record_more);
    view_list_go(list, EVENTS_FROM + 1);
    return list;
}
