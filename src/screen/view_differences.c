/* All that the two see differently: what is open, what waits for something, what is settled. Enter goes to
 * the talk, F2 to every word that was said about it. */
#include "screen/views.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "screen/raise.h"
#include "screen/write_beside.h"
#include "session/differences.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

/* Where there is room each thing has its column; else one follows the other. */
static void add_facts(struct app *app, struct list *list, int columns, int i, const struct disagreement *d)
{
    const struct assessment *a = app_assessment(app);
    char *age = difference_age(a, d), *apart = difference_apart(a, d);
    const char *raised = d->by < PARTIES ? app_name(app, d->by) : "";
    struct strbuf sb = STRBUF_INIT;
    if (columns >= 70)
        strbuf_addf(&sb, "   %-15s %-23s %-21s %s%s", apart, words_kind(d->kind), age, *raised ? "by " : "",
                    raised);
    else
        strbuf_addf(&sb, "   %s%s%s%s%s%s%s", apart, *apart ? ". " : "", words_kind(d->kind),
                    *age ? ". " : "", age, *raised ? ". By " : "", raised);
    while (sb.length && sb.text[sb.length - 1] == ' ')
        sb.text[--sb.length] = '\0';
    list_add_wrapped(list, STYLE_PLAIN, i, columns, 3, sb.text);
    strbuf_release(&sb);
    free(age);
    free(apart);
}

static void add_answers(struct app *app, struct list *list, int columns, int i, const struct disagreement *d)
{
    const struct assessment *a = app_assessment(app);
    int language = app_language(app, app_keyboard(app));
    if (d->question < 0 || !d->after[PRACTITIONER].value || !d->after[SERVICE_USER].value)
        return;
    char *words[2];
    for (int side = 0; side < 2; side++) {
        enum who party = app_party_at(app, side);
        words[side] = answer_brief(a, d->question, d->after[party].value, party, language);
    }
    char *line = xasprintf("   %s: %s   %s: %s", app_name(app, app_party_at(app, 0)), words[0],
                           app_name(app, app_party_at(app, 1)), words[1]);
    list_add_wrapped(list, STYLE_PLAIN, i, columns, 3, line);
    free(line);
    free(words[0]);
    free(words[1]);
}

static void add(struct app *app, struct list *list, int columns, int i)
{
    const struct assessment *a = app_assessment(app);
    const struct disagreement *d = assessment_disagreement(a, (size_t)i);
    enum who reader = app_keyboard(app);
    int language = app_language(app, reader);
    char *topic = words_about(a, d, reader, language), *outcome = words_outcome(a, d, language);
    char *line = xasprintf("%s. %s", d->id + 1, topic);
    list_add_wrapped(list, difference_part(d) == DIFFERENCE_OPEN ? STYLE_STRONG : STYLE_PLAIN, i, columns, 3,
                     line);
    free(line);
    add_answers(app, list, columns, i, d);
    if (d->because && d->question >= 0) {
        line = xasprintf("   %s: “%s”", app_name(app, d->by), d->because);
        list_add_wrapped(list, STYLE_PLAIN, i, columns, 3, line);
        free(line);
    }
    add_facts(app, list, columns, i, d);
    line = xasprintf("   %s", outcome);
    list_add_wrapped(list, STYLE_PLAIN, i, columns, 3, line);
    free(line);
    char *unread = difference_unread(a, d, language);
    line = xasprintf("   %s", unread);
    if (*unread)
        list_add_wrapped(list, STYLE_PLAIN, i, columns, 3, line);
    free(line);
    free(unread);
    free(topic);
    free(outcome);
}

static void build(struct app *app, struct list *list, int columns, int about)
{
    const struct assessment *a = app_assessment(app);
    (void)about;
    size_t count = assessment_disagreements(a);
    for (int part = 0; part < DIFFERENCE_PARTS; part++) {
        size_t there = 0;
        for (size_t i = 0; i < count; i++) {
            const struct disagreement *d = assessment_disagreement(a, i);
            there += (int)difference_part(d) == part;
        }
        if (!there)
            continue;
        if (list->count)
            list_add(list, STYLE_PLAIN, -1, "%s", "");
        list_add(list, STYLE_STRONG, -1, "%s: %zu", difference_part_title((enum difference_part)part), there);
        for (size_t i = 0; i < count; i++) {
            const struct disagreement *d = assessment_disagreement(a, i);
            if ((int)difference_part(d) == part)
                add(app, list, columns, (int)i);
        }
    }
    if (!list->count)
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0,
                         "So far you see nothing differently. With r on a question you can say that you do.");
}

static void open_talk(struct app *app, int target)
{
    const struct disagreement *d = assessment_disagreement(app_assessment(app), (size_t)target);
    app_go(app, d->question);
    app_push(app, view_talk_new(app, d));
}

static bool on_request(struct app *app, enum request request, int target, int about)
{
    (void)about;
    if (request == REQUEST_KEPT && target >= 0)
        app_push(app, view_turns_new(app, assessment_disagreement(app_assessment(app), (size_t)target)));
    else if (request == REQUEST_BESIDE && target >= 0)
        write_learned(app, (size_t)target);
    else if (request != REQUEST_RAISE)
        return false;
    else if (!app_only_reads(app))
        raise_here(app, -1);
    return true;
}

static const char *label(struct app *app, enum request request)
{
    (void)app;
    return request == REQUEST_KEPT     ? "All of it"
           : request == REQUEST_RAISE  ? "Raise"
           : request == REQUEST_BESIDE ? "Learned"
                                       : NULL;
}

static const struct list_kind kind = {"What we see differently", build, open_talk, "Talk"};
static const struct list_more more = {on_request, label};

struct view *view_differences_new(struct app *app)
{
    struct view *view = view_list_new(app, &kind, 0);
    view_list_more(view, &more);
    return view;
}
