/* What a form makes of the answers: its lists, to go on from; scores, what stays in sight, other forms. */
#include "line/internal.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "session/score.h"
#include "session/summary.h"
#include "session/words.h"

#include <stdlib.h>

/* ---- the lists ---- */

struct told {
    struct line *l;
    const char *wanted; /* only what has to do with this word; NULL: all */
    char *title, *group;
    bool named; /* the word is in the list's own title */
    int *items, count, room;
};

static void say_heading(struct told *t, char **heading)
{
    if (*heading)
        prompt_say(&t->l->p, "%s.", *heading);
    free(*heading);
    *heading = NULL;
}

static void tell(void *context, enum summary_level level, int item, const char *group, const char *text)
{
    struct told *t = context;
    switch (level) {
    case SUMMARY_TITLE:
        free(t->title);
        free(t->group);
        t->group = NULL;
        t->title = xstrdup(text);
        t->named = t->wanted && utf8_contains(text, t->wanted);
        if (!t->wanted)
            say_heading(t, &t->title);
        break;
    case SUMMARY_GROUP:
        free(t->group);
        t->group = xstrdup(text);
        break;
    case SUMMARY_ROW:
        if (t->wanted && !t->named && !utf8_contains(text, t->wanted) && !utf8_contains(group, t->wanted))
            break;
        say_heading(t, &t->title);
        say_heading(t, &t->group);
        GROW(t->items, t->count, t->room);
        t->items[t->count++] = item;
        prompt_item(&t->l->p, (size_t)t->count, text);
        break;
    case SUMMARY_REMARK:
        if (!t->wanted)
            prompt_say(&t->l->p, "%s", text);
        break;
    }
}

/* The number that is typed, or 0. */
static int number_in(const char *typed, int most)
{
    char *end;
    long number = strtol(typed, &end, 10);
    return *end || end == typed || number < 1 || number > most ? 0 : (int)number;
}

void line_plan(struct line *l)
{
    char *wanted = NULL;
    bool stop = session_form(l->s)->summary_count == 0;
    if (stop)
        prompt_say(&l->p, "This form makes no lists.");
    while (!stop) {
        struct told t = {.l = l, .wanted = wanted};
        summary_tell(line_state(l), l->turn, line_language(l, l->turn), tell, &t);
        if (wanted && t.count == 0)
            prompt_say(&l->p, "“%s” is in no list.", wanted);
        free(wanted);
        wanted = line_ask(l, "A number to go there, a word to find, or Enter to go back:",
                          "Type the number before a line, or a part of what you look for.", &stop);
        int number = wanted ? number_in(wanted, t.count) : 0;
        if (number)
            line_go(l, t.items[number - 1]);
        stop = stop || !wanted || number;
        free(t.title);
        free(t.group);
        free(t.items);
    }
    free(wanted);
}

/* ---- the rest ---- */

void line_show_score(struct line *l, int section)
{
    const struct assessment *a = line_state(l);
    const struct score *score = session_form(l->s)->sections[section].score;
    int language = line_language(l, l->turn);
    if (!score || !assessment_shown(a, score->calculation) || !score_is_told(a, score->calculation))
        return;
    prompt_say(&l->p, "%s:", words_question(a, score->calculation, l->turn, language));
    for (int i = 0; i < 3; i++) {
        enum who left = assessment_left(a), view = i == 0 ? left : i == 1 ? who_other(left) : TOGETHER;
        char *words = score_words(a, score, view, l->turn, language, NULL);
        prompt_say(&l->p, "  %s: %s.", view == TOGETHER ? "Agreed" : line_name(l, view), words);
        free(words);
    }
}

static void say_in_sight(void *context, int item, const char *text)
{
    struct line *l = context;
    (void)item;
    prompt_say(&l->p, "%s", text);
}

void line_show_in_sight(struct line *l)
{
    summary_in_sight(line_state(l), l->turn, line_language(l, l->turn), say_in_sight, l);
}

static void say_offer(void *context, const char *text)
{
    struct line *l = context;
    prompt_say(&l->p, "%s", text);
}

void line_show_offers(struct line *l)
{
    summary_offers(l->s, say_offer, l);
}
