/* All that the two see differently: what is open, what waits for something, what is settled. Enter goes to
 * the talk, F2 to every word that was said about it. */
#include "screen/views.h"

#include "assessment/answer.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "screen/raise.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

enum part { PART_OPEN, PART_WAITING, PART_SETTLED, PARTS };

static enum part part_of(const struct disagreement *d)
{
    if (disagreement_is_live(d))
        return PART_OPEN;
    return d->state == STATE_PARKED || d->state == STATE_REFERRED ? PART_WAITING : PART_SETTLED;
}

/* "today", "3 days, 2 sittings": since it was opened, or from then until it was closed. */
static char *age_words(const struct assessment *a, const struct disagreement *d)
{
    const struct event *from = assessment_event_numbered(a, d->opened),
                       *to = d->closed && part_of(d) == PART_SETTLED ? assessment_event_numbered(a, d->closed)
                                                                     : NULL;
    char opened[16], closed[16];
    int first, last = clock_today();
    snprintf(opened, sizeof opened, "%.10s", from ? from->at : "");
    if (to) {
        snprintf(closed, sizeof closed, "%.10s", to->at);
        if (!date_parse(closed, &last))
            last = clock_today();
    }
    if (!date_parse(opened, &first) || first > last)
        return xstrdup("");
    size_t sittings = 1;
    for (size_t i = 0; i < assessment_sittings(a); i++) {
        long seq = assessment_sitting(a, i)->opened;
        sittings += seq > d->opened && (!to || seq < d->closed);
    }
    if (last == first && sittings == 1)
        return xstrdup(to ? "the same day" : "today");
    return xasprintf("%d %s, %zu %s", last - first, last - first == 1 ? "day" : "days", sittings,
                     sittings == 1 ? "sitting" : "sittings");
}

static char *apart_words(const struct assessment *a, const struct disagreement *d)
{
    if (d->question < 0 || !d->after[PRACTITIONER].value || !d->after[SERVICE_USER].value)
        return xstrdup("");
    const struct question *q = assessment_question(a, d->question);
    double one, other;
    if (!answer_place(q, d->after[PRACTITIONER].value, &one) ||
        !answer_place(q, d->after[SERVICE_USER].value, &other))
        return xstrdup(""); /* not on a scale: there are no steps between them */
    double gap = answer_gap(q, d->after[PRACTITIONER].value, d->after[SERVICE_USER].value);
    return gap > 0 ? xasprintf("%g apart", gap) : xstrdup("");
}

/* Where there is room each thing has its column; else one follows the other. */
static void add_facts(struct app *app, struct list *list, int columns, int i, const struct disagreement *d)
{
    const struct assessment *a = app_assessment(app);
    char *age = age_words(a, d), *apart = apart_words(a, d);
    const char *raised = d->by < PARTIES ? app_name(app, d->by) : "";
    struct strbuf sb = STRBUF_INIT;
    if (columns >= 70)
        strbuf_addf(&sb, "   %-12s%-24s%-22s%s%s", apart, words_kind(d->kind), age, *raised ? "by " : "",
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
    list_add_wrapped(list, part_of(d) == PART_OPEN ? STYLE_STRONG : STYLE_PLAIN, i, columns, 3, line);
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
    free(topic);
    free(outcome);
}

static void build(struct app *app, struct list *list, int columns, int about)
{
    static const char *const titles[PARTS] = {"Open", "Waiting", "Settled"};
    const struct assessment *a = app_assessment(app);
    (void)about;
    size_t count = assessment_disagreements(a);
    for (int part = 0; part < PARTS; part++) {
        size_t there = 0;
        for (size_t i = 0; i < count; i++) {
            const struct disagreement *d = assessment_disagreement(a, i);
            there += d->state != STATE_WITHDRAWN && (int)part_of(d) == part;
        }
        if (!there)
            continue;
        if (list->count)
            list_add(list, STYLE_PLAIN, -1, "%s", "");
        list_add(list, STYLE_STRONG, -1, "%s: %zu", titles[part], there);
        for (size_t i = 0; i < count; i++) {
            const struct disagreement *d = assessment_disagreement(a, i);
            if (d->state != STATE_WITHDRAWN && (int)part_of(d) == part)
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
    else if (request != REQUEST_RAISE)
        return false;
    else if (!app_only_reads(app))
        raise_here(app, -1);
    return true;
}

static const char *label(enum request request)
{
    return request == REQUEST_KEPT ? "All of it" : "Raise";
}

static const struct list_kind kind = {"What we see differently", build, open_talk, "Talk"};
static const struct list_more more = {on_request, label};

struct view *view_differences_new(struct app *app)
{
    struct view *view = view_list_new(app, &kind, 0);
    view_list_more(view, &more);
    return view;
}
