/* Talking a disagreement over, step by step: session/talk says whose turn it is, and for what. Every turn can
 * be left out with Enter, b goes to the steps, from where any other can be gone to. Nothing is settled before
 * both have said yes; going back loses nothing.
 *
 * What is known of the disagreement is good only until the next event, so it is looked up by its id anew. */
#include "line/internal.h"

#include "base/mem.h"
#include "session/settle.h"
#include "session/talk.h"
#include "session/waiting.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

struct conversation {
    struct line *l;
    struct talk talk;
    enum talk_at told; /* the step that was told last; TALK_END: none */
    bool stop;         /* they go back */
};

static const struct disagreement *of(const struct conversation *c)
{
    return talk_about(&c->talk, line_state(c->l));
}

/* ---- showing ---- */

/* Paragraphs with a name before each. */
static void say_voice(struct line *l, const char *name, const char *voice)
{
    char *all = xstrdup(voice), *rest = all, *line;
    while ((line = strsep(&rest, "\n"))) {
        bool named = !*name || strncmp(line, name, strlen(name)) == 0;
        if (*line)
            prompt_say(&l->p, "%s%s%s", named ? "" : name, named ? "" : ": ", line);
    }
    free(all);
}

static void show_voice(const struct conversation *c, enum who who, enum talk_at at)
{
    struct line *l = c->l;
    char *voice = talk_voice(line_state(l), of(c), who, at, line_language(l, l->turn));
    say_voice(l, who == SUPERVISOR ? "" : line_name(l, who), voice);
    free(voice);
}

static void show_outcome(const struct conversation *c)
{
    struct line *l = c->l;
    char *outcome = words_outcome(line_state(l), of(c), line_language(l, l->turn));
    line_say_sentence(l, "", outcome);
    free(outcome);
}

static void show(const struct conversation *c)
{
    struct line *l = c->l;
    const struct disagreement *d = of(c);
    prompt_gap(&l->p);
    prompt_say(&l->p, "Talking about this:");
    if (d->question >= 0) {
        line_show_where(l, d->question);
        line_show_wording(l, d->question);
        line_show_answers(l, d->question);
    }
    const struct event *about = d->of ? assessment_event_numbered(line_state(l), d->of) : NULL;
    if (about) {
        char *words = words_turn(line_state(l), about, line_language(l, l->turn));
        prompt_say(&l->p, "It is about this: %s", words);
        free(words);
    }
    if (d->because)
        prompt_say(&l->p, "%s raised this: “%s”", line_name(l, d->by), d->because);
    const struct event *waited = waiting_came_back(line_state(l), d);
    if (waited && waited->kind == EVENT_PARKED) {
        char *words = waiting_came_back_words(line_state(l), d);
        prompt_say(&l->p, "%s", words);
        free(words);
    }
    show_voice(c, SUPERVISOR, TALK_WRITE);
    show_outcome(c);
}

/* Word for word, in order. */
static void show_log(const struct conversation *c)
{
    struct line *l = c->l;
    const struct disagreement *d = of(c);
    prompt_say(&l->p, "All that was said about it, by the number of the entry:");
    for (size_t i = 0; i < d->turn_count; i++) {
        const struct event *event = assessment_event_numbered(line_state(l), d->turns[i]);
        char *words = words_turn(line_state(l), event, line_language(l, l->turn));
        char *line = line_words("%.10s. %s%s", event->at, words,
                                assessment_is_undone(line_state(l), event->seq) ? " (Taken back.)" : "");
        prompt_item(&l->p, (size_t)event->seq, line);
        free(line);
        free(words);
    }
}

/* What the step is, and what helps in it. */
static void begin_step(struct conversation *c)
{
    struct line *l = c->l;
    enum talk_at at = c->talk.at;
    if (at == c->told || at >= TALK_END)
        return;
    c->told = at;
    prompt_gap(&l->p);
    if (at < TALK_STEPS)
        prompt_say(&l->p, "Step %d of %d: %s. Enter leaves a turn out, b shows all steps.", (int)at + 1,
                   TALK_STEPS, talk_title(at, false));
    else
        prompt_say(&l->p, "%s. Enter leaves it out.", talk_title(at, false));
    for (int side = 0; side < PARTIES && at < TALK_STEPS; side++)
        show_voice(c, line_at_side(l, side), at);
    if (at == TALK_HEARD)
        prompt_say(&l->p, "1 is not at all, 5 is fully. It shows when both have said it.");
}

/* ---- the steps ---- */

static void leave_out(struct conversation *c, const struct talk_turn *turn)
{
    talk_leave_out(&c->talk, turn);
}

/* The question as it is asked. The caller frees it. */
static char *prompt_of(const struct conversation *c, const struct talk_turn *turn, const char *how)
{
    char *asked = talk_prompt(line_state(c->l), turn, line_language(c->l, c->l->turn));
    char *prompt = line_words("%s %s", asked, how);
    free(asked);
    return prompt;
}

/* True where a way back was asked for: to the steps, or out. */
static bool ask_words(struct conversation *c, const struct talk_turn *turn)
{
    struct line *l = c->l;
    bool stop;
    char *cause = NULL, *prompt = prompt_of(c, turn, "Enter leaves it out:");
    char *text = line_ask(l, prompt, "Say it in your own words.", &stop);
    free(prompt);
    if (text && line_done(l, talk_say(l->s, of(c), turn, text, &cause), &cause))
        line_say_saved(l, "");
    else if (!stop)
        leave_out(c, turn);
    free(text);
    return stop;
}

/* “Right”, or “not quite” and what was missing. True where it was said; *stop: they go back. */
static bool ask_mark(struct line *l, const struct talk_turn *turn, bool *stop)
{
    char *asked = talk_prompt(line_state(l), turn, line_language(l, l->turn)), *cause = NULL;
    prompt_say(&l->p, "%s", asked);
    free(asked);
    prompt_item(&l->p, 1, "Right");
    prompt_item(&l->p, 2, "Not quite");
    char *question = line_words("%s, 1 or 2, Enter leaves it out:", line_name(l, turn->who));
    int picked = line_pick(l, question, 2);
    free(question);
    *stop = picked < 0;
    if (picked <= 0)
        return false;
    char *missing = picked == 2 ? line_ask(l, "What was missing? Enter to leave out:",
                                           "Say in your own words what was not heard.", stop)
                                : NULL;
    bool said = !*stop && line_done(l, talk_mark(l->s, turn, picked == 1, missing, &cause), &cause);
    if (said)
        line_say_saved(l, "");
    free(missing);
    return said;
}

static bool ask_reason(struct conversation *c, const struct talk_turn *turn)
{
    struct line *l = c->l;
    for (int i = 0; reason_names[i]; i++)
        prompt_item(&l->p, (size_t)i + 1, words_reason((enum reason)i));
    char *cause = NULL, *prompt = prompt_of(c, turn, "A number, Enter leaves it out:");
    int picked = line_pick(l, prompt, REASON_OTHER + 1);
    free(prompt);
    if (picked <= 0) {
        leave_out(c, turn);
        return picked < 0;
    }
    bool stop;
    char *text = line_ask(l, "In your own words? Enter to leave out:", "Say it in your own words.", &stop);
    if (!stop &&
        line_done(l, talk_say_reason(l->s, of(c), turn->who, (enum reason)(picked - 1), text, &cause),
                  &cause))
        line_say_saved(l, "");
    else
        leave_out(c, turn);
    free(text);
    return stop;
}

/* What each says is not shown, on a terminal not even as it is typed. */
static bool ask_heard(struct conversation *c, const struct talk_turn *turn)
{
    struct line *l = c->l;
    char *cause = NULL, *prompt = prompt_of(c, turn, "1 to 5 (nobody sees it as you type):");
    l->p.hidden = true;
    int heard = line_pick(l, prompt, 5);
    l->p.hidden = false;
    free(prompt);
    if (heard <= 0)
        leave_out(c, turn);
    else if (line_done(l, settle_heard(l->s, of(c), turn->who, heard, &cause), &cause))
        line_say_saved(l, "");
    return heard < 0;
}

static void show_heard(const struct conversation *c)
{
    struct line *l = c->l;
    for (int side = 0; side < PARTIES; side++) {
        enum who who = line_at_side(l, side);
        int heard = assessment_heard(line_state(l), of(c), who);
        if (heard)
            prompt_say(&l->p, "%s felt heard: %d of 5.", line_name(l, who), heard);
    }
}

/* What lies on the table: a yes, or something else. */
static bool ask_yes(struct conversation *c, const struct talk_turn *turn)
{
    struct line *l = c->l;
    char *words = words_proposal(line_state(l), of(c), line_language(l, l->turn));
    prompt_say(&l->p, "On the table: %s", words);
    free(words);
    char *prompt = prompt_of(c, turn, "y or n:"), *cause = NULL;
    int yes = line_yes(l, prompt);
    free(prompt);
    if (yes > 0)
        return !line_done(l, settle_confirm(l->s, of(c), turn->who, &cause), &cause);
    if (yes == 0) {
        prompt_say(&l->p, "Then it stays open. You can put forward something else.");
        return line_settle(l, c->talk.id);
    }
    return true;
}

/* ---- going through it ---- */

static void go(struct conversation *c, enum talk_at at)
{
    talk_go(&c->talk, at);
    c->told = TALK_END;
}

static const char learn[] = "Write what is learned from it";

/* All steps, what of them is done, and what was said; Enter goes out. */
static void steps(struct conversation *c)
{
    static const char *const done[] = {"", " (half done)", " (done)"};
    struct line *l = c->l;
    if (l->leaving || l->p.ended) {
        c->stop = true;
        return;
    }
    for (int at = 0; at < TALK_STEPS; at++) {
        char *words = line_words("%s%s", talk_title((enum talk_at)at, false),
                                 done[talk_done(line_state(l), of(c), (enum talk_at)at)]);
        prompt_item(&l->p, (size_t)at + 1, words);
        free(words);
    }
    prompt_item(&l->p, TALK_STEPS + 1, "Read all that was said");
    prompt_item(&l->p, TALK_STEPS + 2, learn);
    int picked = line_pick(l, "Where to? A number, or Enter to leave it for now:", TALK_STEPS + 2);
    if (picked <= 0)
        c->stop = true;
    else if (picked == TALK_STEPS + 2)
        line_learn(l, of(c));
    else if (picked > TALK_STEPS)
        show_log(c);
    else
        go(c, (enum talk_at)(picked - 1));
}

static bool take(struct conversation *c, const struct talk_turn *turn)
{
    bool stop = false;
    switch (turn->asks) {
    case TALK_ASKS_WORDS:
        return ask_words(c, turn);
    case TALK_ASKS_MARK:
        if (!ask_mark(c->l, turn, &stop) && !stop)
            leave_out(c, turn);
        return stop;
    case TALK_ASKS_SETTLE:
        return line_settle(c->l, c->talk.id);
    case TALK_ASKS_YES:
        return ask_yes(c, turn);
    case TALK_ASKS_REASON:
        return ask_reason(c, turn);
    case TALK_ASKS_HEARD:
        return ask_heard(c, turn);
    }
    return true;
}

static void open_talk(struct conversation *c)
{
    struct line *l = c->l;
    struct talk_turn turn;
    bool was_live = disagreement_is_live(of(c));
    while (!c->stop && !l->leaving && !l->p.ended && c->talk.at < TALK_END) {
        bool live = disagreement_is_live(of(c));
        if (was_live && !live) {
            enum outcome outcome = of(c)->outcome;
            bool waits = outcome == OUTCOME_NEEDS_INFORMATION || outcome == OUTCOME_REFERRED;
            if (outcome != OUTCOME_STOPPED && !waits)
                prompt_say(&l->p, "It is settled.");
            show_outcome(c);
        }
        was_live = live;
        if (!talk_turn(&c->talk, line_state(l), &turn)) {
            if (!talk_on(&c->talk, line_state(l)))
                steps(c);
            continue;
        }
        begin_step(c);
        if (!take(c, &turn))
            continue;
        if (disagreement_is_live(of(c)))
            steps(c);
        else
            c->stop = c->talk.at >= TALK_STEPS; /* one of them goes back: the other is not asked */
    }
    if (c->told == TALK_HEARD)
        show_heard(c);
}

/* Has one of them still to say whether they were heard? */
static bool is_heard_open(const struct conversation *c)
{
    return of(c)->outcome != OUTCOME_STOPPED && !disagreement_is_live(of(c)) &&
           talk_done(line_state(c->l), of(c), TALK_HEARD) != TALK_DONE;
}

/* What is settled may be read, and opened again; who has not said so yet may say that they were heard. */
static void settled(struct conversation *c)
{
    struct line *l = c->l;
    char *cause = NULL;
    bool reads = session_read_only(l->s);
    int picked, heard, learned;
    do {
        heard = !reads && is_heard_open(c) ? 3 : 0;
        learned = reads ? 0 : heard ? 4 : 3;
        prompt_item(&l->p, 1, "Read all that was said");
        if (!reads)
            prompt_item(&l->p, 2, "Open it again");
        if (heard)
            prompt_item(&l->p, 3, talk_title(TALK_HEARD, false));
        if (learned)
            prompt_item(&l->p, (size_t)learned, learn);
        picked = line_pick(l, "A number, or Enter to go back:", reads ? 1 : learned);
        if (picked == 1)
            show_log(c);
        else if (picked > 0 && picked == learned)
            line_learn(l, of(c));
    } while (picked > 0 && (picked == 1 || picked == learned));
    if (picked == 2 && line_done(l, settle_reopen(l->s, of(c), l->turn, &cause), &cause)) {
        line_say_saved(l, "It is open again.");
        talk_begin(&c->talk, line_state(l), of(c));
    } else if (picked > 0 && picked == heard) {
        go(c, TALK_HEARD);
    } else {
        c->stop = true;
    }
}

void line_talk(struct line *l, const char *id)
{
    struct conversation c = {.l = l, .told = TALK_END};
    talk_begin(&c.talk, line_state(l), assessment_disagreement_of_id(line_state(l), id));
    show(&c);
    if (!disagreement_is_live(of(&c)) || session_read_only(l->s))
        settled(&c);
    if (!c.stop)
        open_talk(&c);
    l->arrived = true;
    free(l->listed);
    l->listed = NULL;
}

/* ---- an answer that both give as one ---- */

bool line_say_back(struct line *l)
{
    struct talk_turn turn;
    bool stop = false;
    while (!stop && talk_together_turn(line_state(l), l->at, &turn)) {
        if (turn.asks == TALK_ASKS_MARK) {
            if (!ask_mark(l, &turn, &stop))
                stop = true;
            continue;
        }
        char *asked = talk_prompt(line_state(l), &turn, line_language(l, l->turn)), *cause = NULL;
        char *text = line_ask(l, asked, "Say it in your own words.", &stop);
        stop = !text || !line_done(l, talk_say_about(l->s, l->at, &turn, text, &cause), &cause);
        if (!stop)
            line_say_saved(l, "");
        free(text);
        free(asked);
    }
    if (stop && !l->leaving && !l->p.ended)
        prompt_say(&l->p, "Before you both say yes, one says back what they heard. It waits for that.");
    return !stop;
}
