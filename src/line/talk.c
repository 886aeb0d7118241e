/* Talking a disagreement over: what each says, what has been said, and what they write down. Nothing is
 * settled before both have said yes; going back loses nothing.
 *
 * What is known of the disagreement is good only until the next event, so it is looked up by its id anew. */
#include "line/internal.h"

#include "base/mem.h"
#include "session/settle.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

struct talk {
    struct line *l;
    char id[16];
    bool stop; /* they go back */
};

static const struct disagreement *of(const struct talk *t)
{
    return assessment_disagreement_of_id(line_state(t->l), t->id);
}

static enum who at_side(const struct talk *t, int side)
{
    enum who left = assessment_left(line_state(t->l));
    return side ? who_other(left) : left;
}

static void show_said(const struct talk *t)
{
    struct line *l = t->l;
    const struct assessment *a = line_state(l);
    const struct disagreement *d = of(t);
    for (size_t i = 0; i < d->turn_count; i++) {
        const struct event *event = assessment_event_numbered(a, d->turns[i]);
        const char *text = event_text(event, "text");
        if (event->kind == EVENT_SAID && text && !assessment_is_undone(a, event->seq))
            prompt_say(&l->p, "%s said: “%s”", line_name(l, event->by), text);
    }
}

static void show(const struct talk *t)
{
    struct line *l = t->l;
    const struct disagreement *d = of(t);
    prompt_gap(&l->p);
    prompt_say(&l->p, "Talking about this:");
    if (d->question >= 0) {
        line_show_where(l, d->question);
        line_show_wording(l, d->question);
        line_show_answers(l, d->question);
    }
    if (d->because)
        prompt_say(&l->p, "%s raised this: “%s”", line_name(l, d->by), d->because);
    show_said(t);
    char *outcome = words_outcome(line_state(l), d, line_language(l, l->turn));
    line_say_sentence(l, "", outcome);
    free(outcome);
}

/* ---- saying and settling ---- */

static void say(struct talk *t, enum who who)
{
    struct line *l = t->l;
    char *cause = NULL;
    char *question = line_words("%s, what do you want to say? Enter for nothing:", line_name(l, who));
    bool stop;
    char *text = line_ask(l, question, "Say it in your own words.", &stop);
    if (text && line_done(l, settle_say(l->s, of(t), who, text, &cause), &cause))
        line_say_saved(l, "");
    free(text);
    free(question);
}

/* Each says whether they were heard. */
static void ask_heard(struct talk *t)
{
    struct line *l = t->l;
    bool stop = false;
    prompt_say(&l->p, "I was heard: 1 is not at all, 5 is fully.");
    for (int side = 0; side < PARTIES && !stop; side++) {
        enum who who = at_side(t, side);
        char *question = line_words("%s, I was heard, 1 to 5? Enter to leave out:", line_name(l, who));
        char *cause = NULL;
        int heard = line_pick(l, question, 5);
        stop = heard < 0;
        if (heard > 0 && line_done(l, settle_heard(l->s, of(t), who, heard, &cause), &cause))
            line_say_saved(l, "");
        free(question);
    }
}

static void show_settled(struct talk *t)
{
    struct line *l = t->l;
    char *outcome = words_outcome(line_state(l), of(t), line_language(l, l->turn));
    line_say_saved(l, "");
    line_say_sentence(l, "", outcome);
    free(outcome);
    ask_heard(t);
    t->stop = true;
}

/* What lies on the table: each says yes to it, or it is left. */
static void confirm(struct talk *t)
{
    struct line *l = t->l;
    char *words = words_proposal(line_state(l), of(t), line_language(l, l->turn));
    prompt_say(&l->p, "On the table: %s", words);
    free(words);
    for (int side = 0; side < PARTIES && of(t)->proposal.seq; side++) {
        enum who who = at_side(t, side);
        if (of(t)->proposal.confirmed[who])
            continue;
        char *question = line_words("%s, do you say yes to this? y or n:", line_name(l, who));
        char *cause = NULL;
        int yes = line_yes(l, question);
        free(question);
        if (yes < 0)
            t->stop = true;
        if (yes == 0)
            prompt_say(&l->p, "Then it stays open. You can put forward something else.");
        if (yes <= 0 || !line_done(l, settle_confirm(l->s, of(t), who, &cause), &cause))
            return;
    }
    if (!disagreement_is_live(of(t)))
        show_settled(t);
}

/* The new answer, for both. NULL where they leave it. */
static json_t *ask_new_answer(struct talk *t)
{
    struct line *l = t->l;
    int question = of(t)->question;
    line_list_answers(l, question, l->turn);
    char *way = line_way_to_answer(l, question, l->turn);
    char *prompt = line_words("The new answer, %s:", way);
    json_t *value = NULL;
    bool stop = false;
    while (!value && !stop) {
        char *typed = line_ask(l, prompt, "Type the answer you share.", &stop);
        if (!typed)
            break;
        value = line_read_answer(l, question, l->turn, typed);
        free(typed);
    }
    free(prompt);
    free(way);
    return value;
}

/* A day, written as the record has it; NULL where they leave it out. */
static char *ask_day(struct line *l, bool *stop)
{
    char *day = NULL;
    while (!day && !*stop) {
        char *typed = line_ask(
            l, "By when? A day like 2026-11-30 or 30/11/2026, Enter to leave out:", "Type a day.", stop);
        if (!typed)
            break;
        day = line_read_day(l, typed);
        free(typed);
    }
    return day;
}

/* Ask who puts it forward; -1 where they leave it. */
static int ask_by(struct talk *t)
{
    struct line *l = t->l;
    for (int side = 0; side < PARTIES; side++)
        prompt_item(&l->p, (size_t)side + 1, line_name(l, at_side(t, side)));
    int picked = line_pick(l, "Who puts this forward? Enter for nobody:", PARTIES);
    return picked > 0 ? (int)at_side(t, picked - 1) : -1;
}

static void put_forward(struct talk *t, const struct settle_option *option)
{
    struct line *l = t->l;
    json_t *value = NULL;
    char *words = NULL, *from = NULL, *by_when = NULL, *because = NULL, *cause = NULL;
    bool stop = false;
    int by = SERVICE_USER;
    if (option->as == SETTLE_STOPPED) {
        char *question = line_words("%s, do you choose to leave it? y or n:", line_name(l, SERVICE_USER));
        stop = line_yes(l, question) <= 0;
        free(question);
    } else {
        by = ask_by(t);
        stop = by < 0;
    }
    if (!stop && option->needs == NEEDS_ANSWER) {
        value = ask_new_answer(t);
        stop = !value;
    } else if (!stop && option->needs == NEEDS_WHAT) {
        words = line_ask(l, "What do you have to find out?", "Say what has to be known first.", &stop);
        if (words)
            from = line_ask(l, "From whom? Enter to leave out:", "Type a name.", &stop);
        if (words && !stop)
            by_when = ask_day(l, &stop);
    } else if (!stop && option->needs == NEEDS_ASKING) {
        words = line_ask(l, "What do you want to ask?", "Type the question for someone else.", &stop);
        if (words)
            from = line_ask(l, "Whom do you ask? Enter to leave out:", "Type a name.", &stop);
    }
    if (option->needs == NEEDS_WHAT || option->needs == NEEDS_ASKING)
        stop |= !words;
    if (!stop && option->as == SETTLE_AGREE)
        because = line_ask(l, "A reason to write down? Enter to leave out:",
                           "Why this answer is right for both of you, in your own words.", &stop);
    if (stop) {
        prompt_say(&l->p, "Nothing was put forward.");
        json_decref(value);
    } else if (line_done(l,
                         settle_propose(l->s, of(t), (enum who)by, option, value, words, from, by_when,
                                        because, &cause),
                         &cause)) {
        if (!disagreement_is_live(of(t)))
            show_settled(t);
        else
            confirm(t);
    }
    free(words);
    free(from);
    free(by_when);
    free(because);
}

/* One round: say something, or put something forward. */
static void choose(struct talk *t)
{
    struct line *l = t->l;
    struct settle_option options[SETTLE_MOST];
    /* As the service user has them: these are all there are. */
    size_t count = settle_options(line_state(l), of(t), SERVICE_USER, line_language(l, l->turn), options);
    prompt_say(&l->p, "What shall we write down?");
    for (size_t i = 0; i < count; i++)
        prompt_item(&l->p, i + 1, options[i].words);
    for (int side = 0; side < PARTIES; side++) {
        char *words = line_words("%s says something first", line_name(l, at_side(t, side)));
        prompt_item(&l->p, count + (size_t)side + 1, words);
        free(words);
    }
    int picked = line_pick(l, "A number, or Enter to leave it for now:", (int)count + PARTIES);
    if (picked <= 0)
        t->stop = true;
    else if ((size_t)picked > count)
        say(t, at_side(t, picked - (int)count - 1));
    else
        put_forward(t, &options[picked - 1]);
    settle_release(options, count);
}

/* What is settled may be opened again. */
static void reopen(struct talk *t)
{
    struct line *l = t->l;
    char *cause = NULL;
    if (line_yes(l, "It is settled. Open it again? y or n:") <= 0 ||
        !line_done(l, settle_reopen(l->s, of(t), l->turn, &cause), &cause))
        t->stop = true;
}

void line_talk(struct line *l, const char *id)
{
    struct talk t = {.l = l};
    snprintf(t.id, sizeof t.id, "%s", id);
    show(&t);
    if (session_read_only(l->s))
        return;
    if (!disagreement_is_live(of(&t)))
        reopen(&t);
    else if (of(&t)->proposal.seq)
        confirm(&t);
    while (!t.stop && !l->leaving && !l->p.ended && disagreement_is_live(of(&t)))
        choose(&t);
    l->arrived = true;
    free(l->listed);
    l->listed = NULL;
}
