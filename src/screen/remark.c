/* What is written about the question in front besides its answers. What is typed or picked for it comes back
 * while that question is still in front. */
#include "screen/remark.h"

#include "base/mem.h"
#include "screen/raise.h"
#include "screen/views.h"
#include "screen/write_beside.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdlib.h>

enum { MOST_KINDS = 9 };

static const char *path_of(const struct app *app)
{
    return assessment_path(app_assessment(app), app_question(app));
}

static void come_back(struct app *app)
{
    bool back = assessment_come_back(app_assessment(app), app_question(app));
    char *cause = NULL;
    json_t *intent = json_pack("{s:s, s:s, s:s, s:b}", "by", who_names[app_keyboard(app)], "event", "noted",
                               "question", path_of(app), "come_back", !back);
    if (session_do(app_session(app), intent, &cause))
        app_say(app, back ? "The mark is off." : "Marked: come back later. o shows all marks.");
    else
        app_say_cause(app, cause);
}

/* ---- entries ---- */

bool remark_not_theirs(struct app *app, int repeat)
{
    enum who of = assessment_question(app_assessment(app), repeat)->asked_of;
    if (of >= PARTIES || of == app_keyboard(app))
        return false;
    app_say(app, "This list is for %s. Tab passes the keyboard.", app_name(app, of));
    return true;
}

void remark_add(struct app *app, int repeat, int about)
{
    const struct assessment *a = app_assessment(app);
    char *cause = NULL;
    int number = assessment_next_entry(a);
    if (remark_not_theirs(app, repeat))
        return;
    if (!session_add_entry(app_session(app), app_keyboard(app), repeat, about, &cause)) {
        app_say_cause(app, cause);
        return;
    }
    const struct entry *entry = assessment_entry_numbered(a, number);
    int first = walk_entry(a, entry);
    if (about >= 0)
        app_begin_card(app, number);
    app_go(app, first >= 0 ? first : repeat);
    enum who reader = app_keyboard(app);
    app_say(app, about >= 0 ? "A new one in “%s”, about that question." : "A new one in “%s”.",
            words_question(a, repeat, reader, app_language(app, reader)));
}

static void add_another(struct app *app)
{
    const struct entry *entry = assessment_entry_of(app_assessment(app), app_question(app));
    if (entry)
        remark_add(app, entry->repeat, -1);
    else
        app_say(app, "a adds to a list. This question is in none.");
}

static void to_list(struct app *app)
{
    const struct entry *entry = assessment_entry_of(app_assessment(app), app_question(app));
    if (entry)
        app_go(app, entry->repeat);
    else
        app_say(app, "This question is in no list.");
}

/* ---- cards ---- */

/* The repeats in which something can be written about the question in front, as items: how many. */
static size_t kinds(const struct app *app, int items[MOST_KINDS])
{
    const struct assessment *a = app_assessment(app);
    const struct form *form = app_form(app);
    size_t count = 0;
    for (int i = 0; i < form->count && count < MOST_KINDS; i++) {
        const struct question *q = &form->questions[i];
        if (!q->attachable || !assessment_shown(a, i))
            continue;
        if (q->asked_of < PARTIES && q->asked_of != app_keyboard(app))
            continue;
        /* Not about themselves. */
        int at = app_question(app);
        while (at != i && assessment_entry_of(a, at))
            at = assessment_entry_of(a, at)->repeat;
        if (at != i)
            items[count++] = i;
    }
    return count;
}

bool remark_cards(struct app *app)
{
    int items[MOST_KINDS];
    return kinds(app, items) > 0;
}

static void kind_picked(struct app *app, size_t picked, void *context)
{
    int items[MOST_KINDS];
    (void)context;
    if (picked < kinds(app, items))
        remark_add(app, items[picked], app_question(app));
}

static void write_card(struct app *app)
{
    const struct assessment *a = app_assessment(app);
    int items[MOST_KINDS];
    size_t count = kinds(app, items);
    if (count == 0) {
        app_say(app, "There are no cards for this question.");
    } else if (count == 1) {
        remark_add(app, items[0], app_question(app));
    } else {
        const char *words[MOST_KINDS];
        enum who reader = app_keyboard(app);
        for (size_t i = 0; i < count; i++)
            words[i] = words_question(a, items[i], reader, app_language(app, reader));
        char *title = xasprintf("%s: what do you want to write about this?", app_name(app, reader));
        app_push(app, view_pick_new(app, title, words, count, kind_picked, NULL));
        free(title);
    }
}

int remark_next(struct app *app)
{
    const struct assessment *a = app_assessment(app);
    const struct entry *card = assessment_entry_numbered(a, app_card(app));
    int next = walk_next(a, app_question(app));
    if (card && card->about >= 0 && walk_stops(a, card->about) && walk_within(a, app_question(app), card) &&
        (next < 0 || !walk_within(a, next, card)))
        return card->about;
    return walk_on(a, app_question(app));
}

/* ---- all of them ---- */

bool remark_request(struct app *app, enum request request)
{
    switch (request) {
    case REQUEST_LIST:
        to_list(app);
        return true;
    case REQUEST_NOTE:
    case REQUEST_COME_BACK:
    case REQUEST_RAISE:
    case REQUEST_BESIDE:
    case REQUEST_ADD:
    case REQUEST_CARD:
        break;
    default:
        return false;
    }
    if (app_only_reads(app))
        return true;
    if (request == REQUEST_NOTE)
        write_beside(app, BESIDE_NOTE);
    else if (request == REQUEST_COME_BACK)
        come_back(app);
    else if (request == REQUEST_RAISE)
        raise_here(app, app_question(app));
    else if (request == REQUEST_BESIDE)
        write_menu(app);
    else if (request == REQUEST_ADD)
        add_another(app);
    else
        write_card(app);
    return true;
}
