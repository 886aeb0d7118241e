/* Where we are: each part with how much is done, both people's answers on its first scale, and what is open.
 * Under the parts, the questions marked to be come back to. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "session/walk.h"
#include "session/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 11, BAR = 6 };

/* The first question of a section that both rate on a scale of few steps; NULL. */
static const struct question *scale_of(const struct app *app, int section)
{
    const struct form *form = app_form(app);
    for (int i = form->sections[section].first; i < form->count; i++) {
        const struct question *q = &form->questions[i];
        if (q->section == section && q->type == TYPE_RANGE && q->asked_of == ASKED_OF_BOTH && q->scale &&
            q->scale->step > 0 && (q->scale->max - q->scale->min) / q->scale->step < MOST_STEPS)
            return q;
    }
    return NULL;
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
static void draw_scale(const struct app *app, const struct question *q, int per, char *out)
{
    const struct assessment *a = app_assessment(app);
    int steps = steps_of(q);
    char left, right;
    initials(app, &left, &right);
    memset(out, ' ', (size_t)(steps * per));
    out[steps * per] = '\0';
    for (int i = 0; i < steps; i++)
        out[i * per] = '.';
    if (!assessment_revealed(a, q->number))
        return;
    int l = step_of(q, assessment_answer(a, q->number, app_party_at(app, 0))->value);
    int r = step_of(q, assessment_answer(a, q->number, app_party_at(app, 1))->value);
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
    for (int section = 0; section < app_form(app)->section_count; section++) {
        const struct question *q = scale_of(app, section);
        if (q && steps_of(q) > steps)
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

static void add_section(struct app *app, struct list *list, struct layout layout, int section)
{
    const struct assessment *a = app_assessment(app);
    struct walk_progress p = walk_progress(a, section);
    if (p.questions == 0)
        return; /* nothing is asked in it, as things stand */
    struct strbuf sb = STRBUF_INIT;
    bool room = layout.room;
    add_padded(&sb, words_section(a, section, app_keyboard(app), app_language(app, app_keyboard(app))),
               layout.name);
    char done[16];
    snprintf(done, sizeof done, "%d/%d", p.done, p.questions);
    strbuf_addf(&sb, "%6s ", done);
    if (room) {
        int full = p.questions ? BAR * p.done / p.questions : 0;
        strbuf_addf(&sb, "%.*s%.*s ", full, "######", BAR - full, "......");
    }
    const struct question *q = scale_of(app, section);
    char scale[MOST_STEPS * 3 + 1] = "";
    if (q && assessment_shown(a, q->number))
        draw_scale(app, q, layout.per, scale);
    if (layout.scale > 1)
        strbuf_addf(&sb, "%-*s", layout.scale, scale);
    if (p.differ)
        strbuf_addf(&sb, room ? "%d open" : "%d", p.differ);
    else if (q && assessment_standing(a, q->number) == STANDING_SAME)
        strbuf_add(&sb, room ? "same" : "=");
    list_add(list, STYLE_PLAIN, section, "%s", sb.text);
    strbuf_release(&sb);
}

/* Targets: sections first, then questions. */
static void build(struct app *app, struct list *list, int columns, int about)
{
    const struct form *form = app_form(app);
    const struct assessment *a = app_assessment(app);
    (void)about;
    char left, right;
    struct layout layout = layout_for(app, columns);
    initials(app, &left, &right);
    list_add(list, STYLE_STRONG, -1, "%-*s  Done %s%s", layout.name, "Part", layout.room ? "       " : "",
             layout.scale > 1 ? "How it is: low to high" : "");
    for (int section = 0; section < form->section_count; section++)
        add_section(app, list, layout, section);
    char *legend = xasprintf("%c = %s   %c = %s   '=' is the same answer   --- is how far apart", left,
                             app_name(app, app_party_at(app, 0)), right, app_name(app, app_party_at(app, 1)));
    list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, legend);
    free(legend);
    bool any = false;
    for (int place = 0; place < assessment_count(a); place++) {
        int q = assessment_at(a, place);
        if (!assessment_come_back(a, q))
            continue;
        if (!any)
            list_add(list, STYLE_STRONG, -1, "To come back to");
        any = true;
        list_add_wrapped(list, STYLE_PLAIN, form->section_count + q, columns, 2,
                         words_question(a, q, app_keyboard(app), app_language(app, app_keyboard(app))));
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
    int first = -1;
    for (int place = 0; place < assessment_count(a); place++) {
        int q = assessment_at(a, place);
        if (assessment_question(a, q)->section != target || !walk_stops(a, q))
            continue;
        if (first < 0)
            first = q;
        if (assessment_waits_for(a, q, PRACTITIONER) || assessment_waits_for(a, q, SERVICE_USER)) {
            app_go(app, q);
            return;
        }
    }
    app_go(app, first);
}

static const struct list_kind kind = {"Where we are", build, open_target, "Go there"};

struct view *view_overview_new(struct app *app)
{
    return view_list_new(app, &kind, 0);
}
