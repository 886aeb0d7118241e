/* Lists of words: the help (from the one table of requests), what a question means, and all that is kept
 * about it. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

/* ---- help ---- */

static void build_help(struct app *app, struct list *list, int columns, int about)
{
    static const char *const how[] = {
        "Each of you has your own side and answers for yourself. Neither can change what the other says.",
        "Where you see a thing differently, you can talk about it. Nobody is wrong. Both answers are kept.",
        "Every answer is saved as soon as you press Enter. You can stop at any moment.",
        "In a text, Enter saves, and Ctrl-N begins a new line. After Esc the letters are keys.",
    };
    (void)app;
    (void)about;
    list_add(list, STYLE_STRONG, -1, "How it works");
    for (size_t i = 0; i < sizeof how / sizeof *how; i++)
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 2, how[i]);
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    list_add(list, STYLE_STRONG, -1, "Keys");
    for (int r = REQUEST_NONE + 1; r < REQUESTS; r++) {
        const struct request_info *info = &request_table[r];
        if (!*info->keys)
            continue;
        /* By its name in the footer too, so that it can be searched for. */
        bool named = *info->label && !utf8_contains(info->help, info->label);
        char *line =
            xasprintf("%-15s %s%s%s", info->keys, named ? info->label : "", named ? ". " : "", info->help);
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 16, line);
        free(line);
    }
}

static const struct list_kind help_kind = {"Help", build_help, NULL, NULL};

struct view *view_help_new(struct app *app)
{
    return view_list_new(app, &help_kind, 0);
}

/* ---- what a question means ---- */

static void build_guidance(struct app *app, struct list *list, int columns, int about)
{
    enum who reader = app_keyboard(app);
    int language = app_language(app, reader);
    list_add_wrapped(list, STYLE_STRONG, -1, columns, 0,
                     words_question(app_assessment(app), about, reader, language));
    const struct question *q = assessment_question(app_assessment(app), about);
    const char *texts[] = {assessment_text(app_assessment(app), about, q->hint, reader, language),
                           assessment_text(app_assessment(app), about, q->guidance, reader, language)};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!*texts[i])
            continue;
        list_add(list, STYLE_PLAIN, -1, "%s", "");
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, texts[i]);
    }
}

static const struct list_kind guidance_kind = {"What this question means", build_guidance, NULL, NULL};

struct view *view_guidance_new(struct app *app, int question)
{
    return view_list_new(app, &guidance_kind, question);
}

/* ---- what is kept ---- */

static bool is_about(const struct assessment *a, const struct event *event, int question)
{
    const char *name = event_text(event, "question"), *id = event_text(event, "disagreement");
    const char *about = event->kind == EVENT_ADDED ? event_text(event, "about") : NULL;
    const struct disagreement *d = id ? assessment_disagreement_of_id(a, id) : NULL;
    if (event->kind == EVENT_UNDONE) {
        const struct event *undone = assessment_event_numbered(a, event_integer(event, "of"));
        /* What is taken back lies before it, so this ends. */
        return undone && undone->seq < event->seq && is_about(a, undone, question);
    }
    return (name && assessment_find(a, name) == question) ||
           (about && assessment_find(a, about) == question) || (d && d->question == question);
}

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

/* Word for word as it stands in the record, each event first told and then shown. */
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
    bool seen = assessment_revealed(a, about);
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    list_add_wrapped(list, STYLE_STRONG, -1, columns, 0,
                     seen ? "All that is kept about it, in order"
                          : "The rest shows when both answers are in");
    for (size_t i = 0; i < assessment_events(a) && seen; i++) {
        const struct event *event = assessment_event(a, i);
        if (!is_about(a, event, about))
            continue;
        char *told = words_event(a, event, 0);
        char *line =
            xasprintf("%ld. %s%s", event->seq, told, assessment_is_undone(a, event->seq) ? " (undone)" : "");
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 4, line);
        free(line);
        free(told);
        char *raw = json_dumps(event->body, JSON_COMPACT);
        line = xasprintf("    %s", raw);
        list_add_wrapped(list, STYLE_QUIET, -1, columns, 4, line);
        free(line);
        free(raw);
    }
}

static const struct list_kind kept_kind = {"What is kept about this question", build_kept, app_return,
                                           "Go there"};

struct view *view_kept_new(struct app *app, int question)
{
    return view_list_new(app, &kept_kind, question);
}
