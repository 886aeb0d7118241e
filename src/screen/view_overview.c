/* Where we are: each part with how much is done, both people's answers on its first scale, and what is open.
 * Under the parts, the questions marked to be come back to. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "screen/raise.h"
#include "session/promised.h"
#include "session/sitting.h"
#include "session/walk.h"
#include "session/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 11, BAR = 6 };

static bool is_scale(const struct question *q)
{
    return q->type == TYPE_RANGE && q->asked_of == ASKED_OF_BOTH && q->scale && q->scale->step > 0 &&
           (q->scale->max - q->scale->min) / q->scale->step < MOST_STEPS;
}

/* The first question that both rate on a scale of few steps, of a section outside of its repeats, as an item;
 * -1. */
static int scale_of(const struct app *app, int section)
{
    const struct form *form = app_form(app);
    const struct section *s = &form->sections[section];
    for (int i = s->first; i < s->first + s->count; i++) {
        const struct question *q = &form->questions[i];
        if (q->repeat < 0 && is_scale(q))
            return i;
    }
    return -1;
}

/* The same of an entry. */
static int scale_in(const struct app *app, const struct entry *entry)
{
    const struct form *form = app_form(app);
    const struct question *repeat = assessment_question(app_assessment(app), entry->repeat);
    for (int i = repeat->number + 1; i < repeat->end; i++) {
        if (form->questions[i].repeat == repeat->number && is_scale(&form->questions[i]))
            return assessment_item_in(app_assessment(app), entry, i);
    }
    return -1;
}

/* What stands for each of them: the first letter of the name, or L and R where those are the same. */
static void initials(const struct app *app, char *left, char *right)
{
    const char *l = app_name(app, app_party_at(app, 0)), *r = app_name(app, app_party_at(app, 1));
    bool plain = (unsigned char)*l > ' ' && (unsigned char)*l < 0x7f && (unsigned char)*r > ' ' &&
                 (unsigned char)*r < 0x7f && *l != *r;
    *left = plain ? *l : 'L';
    *right = plain ? *r : 'R';
}

static int step_of(const struct question *q, const json_t *value)
{
    return value ? (int)lround((json_number_value(value) - q->scale->min) / q->scale->step) : -1;
}

static int steps_of(const struct question *q)
{
    return (int)lround((q->scale->max - q->scale->min) / q->scale->step) + 1;
}

/* ".  .  R-----S  .", each step `per` columns wide. */
static void draw_scale(const struct app *app, int item, int per, char *out)
{
    const struct assessment *a = app_assessment(app);
    const struct question *q = assessment_question(a, item);
    int steps = steps_of(q);
    char left, right;
    initials(app, &left, &right);
    memset(out, ' ', (size_t)(steps * per));
    out[steps * per] = '\0';
    for (int i = 0; i < steps; i++)
        out[i * per] = '.';
    if (!assessment_revealed(a, item))
        return;
    int l = step_of(q, assessment_answer(a, item, app_party_at(app, 0))->value);
    int r = step_of(q, assessment_answer(a, item, app_party_at(app, 1))->value);
    for (int i = (l < r ? l : r) * per; l >= 0 && r >= 0 && i < (l < r ? r : l) * per; i++)
        out[i] = '-';
    if (l >= 0)
        out[l * per] = left;
    if (r >= 0)
        out[r * per] = l == r ? '=' : right;
}

/* How the columns are laid out: of three columns a step if that fits, else of one. */
struct layout {
    bool room;
    int name, per, scale;
};

static struct layout layout_for(const struct app *app, int columns)
{
    struct layout layout = {.room = columns >= 70, .name = columns >= 70 ? 24 : 16};
    int steps = 0;
    for (int i = 0; i < app_form(app)->count; i++) {
        const struct question *q = &app_form(app)->questions[i];
        if (is_scale(q) && steps_of(q) > steps)
            steps = steps_of(q);
    }
    int left = columns - layout.name - 7 - (layout.room ? BAR + 1 + 8 : 2);
    layout.per = steps * 3 <= left ? 3 : 1;
    layout.scale = steps * layout.per + 1;
    return layout;
}

static void add_padded(struct strbuf *sb, const char *text, int columns)
{
    char *cut = utf8_shorten(text, columns - 1);
    strbuf_addf(sb, "%s%*s", cut, columns - utf8_width(cut), "");
    free(cut);
}

/* A row: what it is, how far it is, and the two on a scale (`item`; -1: none). */
static void add_row(struct app *app, struct list *list, struct layout layout, int target, const char *name,
                    struct walk_progress p, int item)
{
    const struct assessment *a = app_assessment(app);
    struct strbuf sb = STRBUF_INIT;
    bool room = layout.room;
    add_padded(&sb, name, layout.name);
    char done[16] = "";
    if (p.questions)
        snprintf(done, sizeof done, "%d/%d", p.done, p.questions);
    strbuf_addf(&sb, "%6s ", done);
    if (room) {
        int full = p.questions ? BAR * p.done / p.questions : 0;
        int rest = p.questions ? BAR - full : 0;
        strbuf_addf(&sb, "%.*s%.*s%*s ", full, "######", rest, "......", BAR - full - rest, "");
    }
    char scale[MOST_STEPS * 3 + 1] = "";
    if (item >= 0 && assessment_shown(a, item))
        draw_scale(app, item, layout.per, scale);
    if (layout.scale > 1)
        strbuf_addf(&sb, "%-*s", layout.scale, scale);
    if (p.differ)
        strbuf_addf(&sb, room ? "%d open" : "%d", p.differ);
    else if (item >= 0 && assessment_standing(a, item) == STANDING_SAME)
        strbuf_add(&sb, room ? "same" : "=");
    list_add(list, STYLE_PLAIN, target, "%s", sb.text);
    strbuf_release(&sb);
}

/* A row for each entry of a repeat. */
static void add_entries(struct app *app, struct list *list, struct layout layout, int repeat)
{
    const struct assessment *a = app_assessment(app);
    enum who reader = app_keyboard(app);
    for (size_t i = 0; i < assessment_entries(a, repeat); i++) {
        const struct entry *entry = assessment_entry(a, repeat, i);
        char *title = words_entry(a, entry, reader, app_language(app, reader));
        char *name = xasprintf(" %zu. %s", i + 1,
                               *title ? title : words_question(a, repeat, reader, app_language(app, reader)));
        int first = walk_entry(a, entry);
        add_row(app, list, layout, app_form(app)->section_count + (first < 0 ? repeat : first), name,
                walk_entry_progress(a, entry), scale_in(app, entry));
        free(name);
        free(title);
    }
}

/* A section's first stop, or its first one that waits for somebody; -1. */
static int first_of(const struct assessment *a, int section, bool waiting)
{
    int place, to;
    for (walk_section(a, section, &place, &to); place < to; place++) {
        int q = assessment_at(a, place);
        if (walk_stops(a, q) && (!waiting || assessment_waits_for(a, q, PRACTITIONER) ||
                                 assessment_waits_for(a, q, SERVICE_USER)))
            return q;
    }
    return -1;
}

static void add_section(struct app *app, struct list *list, struct layout layout, int section)
{
    const struct assessment *a = app_assessment(app);
    struct walk_progress p = walk_progress(a, section);
    int first = first_of(a, section, false);
    if (p.questions == 0 && (first < 0 || assessment_question(a, first)->type != TYPE_REPEAT))
        return; /* nothing is asked in it, as things stand */
    enum who reader = app_keyboard(app);
    bool today = walk_has_today(a) && walk_section_today(a, section);
    char *name =
        xasprintf("%s%s", today ? "* " : "", words_section(a, section, reader, app_language(app, reader)));
    add_row(app, list, layout, section, name, p, scale_of(app, section));
    free(name);
    const struct section *s = &app_form(app)->sections[section];
    for (int i = s->first; i < s->first + s->count; i++) {
        const struct question *q = &app_form(app)->questions[i];
        if (q->type == TYPE_REPEAT && q->repeat < 0 && assessment_shown(a, i))
            add_entries(app, list, layout, i);
    }
}

/* Promises whose day is over: both see them here. */
static void add_overdue(struct app *app, struct list *list, int columns)
{
    for (int side = 0; side < PARTIES; side++) {
        char *words = promised_overdue(app_assessment(app), app_party_at(app, side),
                                       app_language(app, app_keyboard(app)));
        if (*words)
            list_add_wrapped(list, STYLE_STRONG, -1, columns, 2, words);
        free(words);
    }
}

/* Targets: sections first, then items. */
static void build(struct app *app, struct list *list, int columns, int about)
{
    const struct form *form = app_form(app);
    const struct assessment *a = app_assessment(app);
    (void)about;
    char left, right;
    struct layout layout = layout_for(app, columns);
    initials(app, &left, &right);
    if (assessment_sittings(a)) {
        char *stage = sitting_stage_words(a);
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 2, stage);
        free(stage);
    }
    plan_add_in_sight(app, list, columns);
    add_overdue(app, list, columns);
    plan_add_offers(app, list, columns); /* above the parts: below many it would not be seen */
    list_add(list, STYLE_STRONG, -1, "%-*s  Done %s%s", layout.name, "Part", layout.room ? "       " : "",
             layout.scale > 1 ? "How it is: low to high" : "");
    for (int section = 0; section < form->section_count; section++) {
        add_section(app, list, layout, section);
        plan_add_score(app, list, columns, section);
    }
    char *legend = xasprintf("%c = %s   %c = %s   '=' is the same answer   --- is how far apart", left,
                             app_name(app, app_party_at(app, 0)), right, app_name(app, app_party_at(app, 1)));
    list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, legend);
    free(legend);
    if (walk_has_today(a))
        list_add(list, STYLE_PLAIN, -1, "* = for today");
    bool any = false;
    for (int place = 0; place < assessment_count(a); place++) {
        int q = assessment_at(a, place);
        if (!assessment_come_back(a, q))
            continue;
        if (!any)
            list_add(list, STYLE_STRONG, -1, "To come back to");
        any = true;
        char *words = words_item(a, q, app_keyboard(app), app_language(app, app_keyboard(app)));
        list_add_wrapped(list, STYLE_PLAIN, form->section_count + q, columns, 2, words);
        free(words);
    }
    for (int party = 0; party < PARTIES; party++) {
        const struct signature *s = assessment_signature(a, (enum who)party);
        if (s->seq)
            list_add(list, STYLE_PLAIN, -1, "%s %s%s", app_name(app, (enum who)party),
                     s->refused ? "chose not to sign" : "has signed",
                     s->changed_since ? "; things changed after that" : "");
    }
}

/* To the section's first question that waits for somebody, or its first. */
static void open_target(struct app *app, int target)
{
    const struct form *form = app_form(app);
    const struct assessment *a = app_assessment(app);
    if (target >= form->section_count) {
        app_go(app, target - form->section_count);
        return;
    }
    int waiting = first_of(a, target, true);
    app_go(app, waiting >= 0 ? waiting : first_of(a, target, false));
}

static const struct list_kind kind = {"Where we are", build, open_target, "Go there"};

static bool on_request(struct app *app, enum request request, int target, int about)
{
    (void)target;
    (void)about;
    if (request != REQUEST_RAISE)
        return false;
    if (!app_only_reads(app))
        raise_here(app, -1);
    return true;
}

static const char *label(struct app *app, enum request request)
{
    (void)app;
    return request == REQUEST_RAISE ? "Raise" : NULL;
}

static const struct list_more more = {on_request, label};

struct view *view_overview_new(struct app *app)
{
    struct view *view = view_list_new(app, &kind, 0);
    view_list_more(view, &more);
    view_list_go(view, assessment_question(app_assessment(app), app_question(app))->section);
    return view;
}
