/* What a form makes of the answers: its lists, to be looked through and gone on from; and, for the overview,
 * what a section comes to, what stays in sight and which other forms may fit. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "session/score.h"
#include "session/summary.h"
#include "session/words.h"

#include <stdlib.h>

/* ---- the lists ---- */

struct build {
    struct list *list;
    int columns;
    char *title, *group; /* to be put in before the first row that is wanted; or NULL */
    bool named;          /* what is looked for is in the list's own title */
    bool any;
};

static void put_heading(struct build *b, char **heading, int indent)
{
    if (*heading)
        list_add_wrapped(b->list, STYLE_STRONG, -1, b->columns, indent, *heading);
    free(*heading);
    *heading = NULL;
}

/* Has it to do with the word: is it in the row, in the name of its group or of the list? */
static bool is_wanted(const struct build *b, const char *group, const char *text)
{
    const char *wanted = b->list->wanted;
    return !wanted || b->named || utf8_contains(text, wanted) || utf8_contains(group, wanted);
}

static void add_line(void *context, enum summary_level level, int item, const char *group, const char *text)
{
    struct build *b = context;
    bool all = !b->list->wanted;
    switch (level) {
    case SUMMARY_TITLE:
        free(b->title);
        free(b->group);
        b->group = NULL;
        b->title = xstrdup(text);
        b->named = b->list->wanted && utf8_contains(text, b->list->wanted);
        if (all && b->list->count)
            list_add(b->list, STYLE_PLAIN, -1, "%s", "");
        if (all)
            put_heading(b, &b->title, 2);
        break;
    case SUMMARY_GROUP:
        free(b->group);
        b->group = xasprintf(" %s", text);
        break;
    case SUMMARY_ROW:
        if (!is_wanted(b, group, text))
            break;
        put_heading(b, &b->title, 2);
        put_heading(b, &b->group, 2);
        char *row = xasprintf("   %s", text);
        list_add_wrapped(b->list, STYLE_PLAIN, item, b->columns, 5, row);
        free(row);
        b->any = true;
        break;
    case SUMMARY_REMARK:
        if (all)
            list_add_wrapped(b->list, STYLE_NOTICE, -1, b->columns, 2, text);
        break;
    }
}

static void build(struct app *app, struct list *list, int columns, int about)
{
    enum who reader = app_keyboard(app);
    struct build b = {.list = list, .columns = columns};
    (void)about;
    if (list->wanted)
        list_add(list, STYLE_PLAIN, -1, "What has “%s” in it. Esc shows all.", list->wanted);
    summary_tell(app_assessment(app), reader, app_language(app, reader), add_line, &b);
    if (app_form(app)->summary_count == 0)
        list_add(list, STYLE_PLAIN, -1, "This form makes no lists.");
    else if (list->wanted && !b.any)
        list_add(list, STYLE_PLAIN, -1, "Nothing.");
    free(b.title);
    free(b.group);
}

static const struct list_kind kind = {"Our plan", build, app_go, "Go there"};

struct view *view_plan_new(struct app *app)
{
    return view_list_filtered_new(app, &kind, 0);
}

/* ---- for the overview ---- */

struct rows {
    struct list *list;
    int columns;
};

static void add_sight(void *context, int item, const char *text)
{
    const struct rows *rows = context;
    (void)item;
    list_add_wrapped(rows->list, STYLE_STRONG, -1, rows->columns, 2, text);
}

void plan_add_in_sight(struct app *app, struct list *list, int columns)
{
    enum who reader = app_keyboard(app);
    struct rows rows = {list, columns};
    size_t before = list->count;
    summary_in_sight(app_assessment(app), reader, app_language(app, reader), add_sight, &rows);
    if (list->count > before)
        list_add(list, STYLE_PLAIN, -1, "%s", "");
}

static void add_offer(void *context, const char *text)
{
    const struct rows *rows = context;
    list_add_wrapped(rows->list, STYLE_STRONG, -1, rows->columns, 2, text);
}

void plan_add_offers(struct app *app, struct list *list, int columns)
{
    struct rows rows = {list, columns};
    summary_offers(app_session(app), add_offer, &rows);
}

void plan_add_score(struct app *app, struct list *list, int columns, int section)
{
    const struct assessment *a = app_assessment(app);
    const struct score *score = app_form(app)->sections[section].score;
    enum who reader = app_keyboard(app);
    int language = app_language(app, reader);
    struct score_bar bar = {"█", "░", columns >= 60 ? 10 : 5};
    if (!score || !assessment_shown(a, score->calculation) || !score_is_told(a, score->calculation))
        return;
    list_add(list, STYLE_PLAIN, -1, "  %s", words_question(a, score->calculation, reader, language));
    for (int i = 0; i < 3; i++) {
        enum who view = i < 2 ? app_party_at(app, i) : TOGETHER;
        char *words = score_words(a, score, view, reader, language, &bar);
        char *row = xasprintf("    %s: %s", view == TOGETHER ? "Agreed" : app_name(app, view), words);
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 6, row);
        free(row);
        free(words);
    }
}
