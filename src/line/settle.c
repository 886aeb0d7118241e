/* What shall we write down: a way to settle a disagreement, put forward by one of them. */
#include "line/internal.h"

#include "base/mem.h"
#include "session/settle.h"

#include <stdlib.h>

/* The new answer, for both. NULL where they leave it. */
static json_t *ask_new_answer(struct line *l, int question)
{
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
static int ask_by(struct line *l)
{
    for (int side = 0; side < PARTIES; side++)
        prompt_item(&l->p, (size_t)side + 1, line_name(l, line_at_side(l, side)));
    int picked = line_pick(l, "Who puts this forward? Enter for nobody:", PARTIES);
    return picked > 0 ? (int)line_at_side(l, picked - 1) : -1;
}

static void put_forward(struct line *l, const char *id, const struct settle_option *option)
{
    const struct disagreement *d = assessment_disagreement_of_id(line_state(l), id);
    json_t *value = NULL;
    char *words = NULL, *from = NULL, *by_when = NULL, *because = NULL, *cause = NULL;
    bool stop = false;
    int by = SERVICE_USER;
    if (option->as == SETTLE_STOPPED) {
        char *question = line_words("%s, do you choose to leave it? y or n:", line_name(l, SERVICE_USER));
        stop = line_yes(l, question) <= 0;
        free(question);
    } else {
        by = ask_by(l);
        stop = by < 0;
    }
    if (!stop && option->needs == NEEDS_ANSWER) {
        value = ask_new_answer(l, d->question);
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
    } else {
        line_done(l,
                  settle_propose(l->s, d, (enum who)by, option, value, words, from, by_when, because, &cause),
                  &cause);
    }
    free(words);
    free(from);
    free(by_when);
    free(because);
}

bool line_settle(struct line *l, const char *id)
{
    struct settle_option options[SETTLE_MOST];
    const struct disagreement *d = assessment_disagreement_of_id(line_state(l), id);
    /* As the service user has them: these are all there are. */
    size_t count = settle_options(line_state(l), d, SERVICE_USER, line_language(l, l->turn), options);
    prompt_say(&l->p, "What shall we write down?");
    for (size_t i = 0; i < count; i++)
        prompt_item(&l->p, i + 1, options[i].words);
    int picked = line_pick(l, "A number, or Enter for the other steps:", (int)count);
    if (picked > 0)
        put_forward(l, id, &options[picked - 1]);
    settle_release(options, count);
    return picked <= 0;
}
