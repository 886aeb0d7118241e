/* All that they see differently: what is open, what waits, what is settled; and raising by hand that one sees
 * something differently. */
#include "line/internal.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/differences.h"
#include "session/raise.h"
#include "session/walk.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

static void show(struct line *l, size_t number, const struct disagreement *d)
{
    const struct assessment *a = line_state(l);
    struct strbuf sb = STRBUF_INIT;
    char *about = words_about(a, d, l->turn, line_language(l, l->turn));
    strbuf_addf(&sb, "%s%s", about, words_stop(about));
    free(about);
    for (int side = 0; side < PARTIES && d->question >= 0; side++) {
        enum who who = line_at_side(l, side);
        if (!d->after[who].value || !assessment_revealed(a, d->question))
            continue;
        char *answer = answer_brief(a, d->question, d->after[who].value, who, line_language(l, who));
        strbuf_addf(&sb, " %s: %s%s", line_name(l, who), answer, words_stop(answer));
        free(answer);
    }
    if (d->because && d->question >= 0)
        strbuf_addf(&sb, " %s: “%s”", line_name(l, d->by), d->because);
    char *apart = difference_apart(a, d), *age = difference_age(a, d);
    strbuf_addf(&sb, " %s: %s%s%s.", words_kind(d->kind), apart, *apart ? ", " : "", age);
    free(apart);
    free(age);
    if (d->by < PARTIES)
        strbuf_addf(&sb, " Raised by %s.", line_name(l, d->by));
    char *outcome = words_outcome(a, d, line_language(l, l->turn));
    strbuf_addf(&sb, " %s%s", outcome, words_stop(outcome));
    free(outcome);
    char *unread = difference_unread(a, d, line_language(l, l->turn));
    strbuf_addf(&sb, "%s%s", *unread ? " " : "", unread);
    free(unread);
    prompt_item(&l->p, number, sb.text);
    strbuf_release(&sb);
}

void line_differences(struct line *l)
{
    const struct assessment *a = line_state(l);
    size_t all = assessment_disagreements(a), count = 0;
    const struct disagreement **list = xcalloc(all + 1, sizeof *list);
    for (int part = 0; part < DIFFERENCE_PARTS; part++) {
        size_t before = count;
        for (size_t i = 0; i < all; i++) {
            const struct disagreement *d = assessment_disagreement(a, i);
            if ((int)difference_part(d) != part)
                continue;
            if (count == before)
                prompt_say(&l->p, "%s:", difference_part_title((enum difference_part)part));
            list[count++] = d;
            show(l, count, d);
        }
    }
    int picked = count ? line_pick(l, "A number to talk about it, or Enter to go back:", (int)count) : 0;
    if (count == 0)
        prompt_say(&l->p, "There is nothing that you see differently.");
    if (picked > 0) {
        char id[sizeof list[0]->id];
        snprintf(id, sizeof id, "%s", list[picked - 1]->id);
        if (list[picked - 1]->question >= 0 && walk_stops(a, list[picked - 1]->question))
            line_go(l, list[picked - 1]->question);
        line_talk(l, id);
    }
    free(list);
}

/* ---- raising by hand ---- */

/* What kind of thing it is: the number of one, Enter for what it mostly is. -1 where they go back. */
static int ask_kind(struct line *l, enum kind kind)
{
    for (int i = 0; i < RAISE_KINDS; i++)
        prompt_item(&l->p, (size_t)i + 1, words_kind((enum kind)i));
    char *question = line_words("What kind of thing is it? Enter for “%s”:", words_kind(kind));
    int picked = line_pick(l, question, RAISE_KINDS);
    free(question);
    return picked == 0 ? (int)kind : picked - 1 < 0 ? -1 : picked - 1;
}

static void raise_option(struct line *l, const struct raise_option *option)
{
    if (*option->open) {
        prompt_say(&l->p, "You talk about this one already: say it there.");
        line_talk(l, option->open);
        return;
    }
    int kind = ask_kind(l, option->kind);
    if (kind < 0)
        return;
    bool stop;
    char *question = line_words("%s, what do you see differently? Enter for nothing:", line_name(l, l->turn));
    char *because = line_ask(l, question, "Say it in your own words.", &stop), *cause = NULL;
    free(question);
    if (because && line_done(l, raise_it(l->s, l->turn, option, (enum kind)kind, because, &cause), &cause))
        line_say_saved(l, "d shows all that you see differently.");
    free(because);
}

void line_raise(struct line *l)
{
    struct raise_option options[RAISE_MOST];
    size_t count = raise_options(line_state(l), l->at == AT_END ? -1 : l->at, options);
    for (size_t i = 0; i < count; i++)
        prompt_item(&l->p, i + 1, options[i].words);
    char *question =
        line_words("%s, what do you see differently? A number, or Enter for nothing:", line_name(l, l->turn));
    int picked = line_pick(l, question, (int)count);
    free(question);
    if (picked > 0)
        raise_option(l, &options[picked - 1]);
    raise_release(options, count);
}
