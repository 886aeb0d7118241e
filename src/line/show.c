/* A question as it is told: where they are, its wording for each, the answers, how the two stand. */
#include "line/internal.h"

#include "base/mem.h"
#include "session/beside.h"
#include "session/summary.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

static enum who at_side(const struct line *l, int side)
{
    enum who left = assessment_left(line_state(l));
    return side ? who_other(left) : left;
}

/* A text of the form: once where both read the same, else by name. */
static void show_for_each(struct line *l, int item, const struct wording *w, const char *otherwise)
{
    const char *texts[PARTIES];
    for (int side = 0; side < PARTIES; side++) {
        enum who who = at_side(l, side);
        texts[side] = assessment_text(line_state(l), item, w, who, line_language(l, who));
        if (!*texts[side])
            texts[side] = otherwise;
    }
    if (strcmp(texts[0], texts[1]) == 0) {
        if (*texts[0])
            prompt_say(&l->p, "%s", texts[0]);
        return;
    }
    for (int side = 0; side < PARTIES; side++)
        prompt_say(&l->p, "%s: %s", line_name(l, at_side(l, side)), texts[side]);
}

void line_show_wording(struct line *l, int question)
{
    const struct question *q = assessment_question(session_assessment(l->s), question);
    show_for_each(l, question, q->label, q->name);
}

static void show_answer(struct line *l, int question, enum who who)
{
    const struct assessment *a = line_state(l);
    const struct answer *answer = assessment_answer(a, question, who);
    const char *name = line_name(l, who);
    if (!answer_given(answer) || !assessment_revealed(a, question))
        return;
    char *words = words_answer(a, question, who, line_language(l, who));
    prompt_say(&l->p, "%s %s: %s", name, who == TOGETHER ? "you say" : "says", words);
    if (answer->because)
        prompt_say(&l->p, "  Why: “%s”", answer->because);
    if (answer->evidence)
        prompt_say(&l->p, "  How it is known: %s", words_evidence(answer->evidence));
    char *later = answer->seq ? words_later(a, answer->seq, line_language(l, who)) : xstrdup("");
    if (*later)
        prompt_say(&l->p, "  %s.", later);
    free(later);
    free(words);
}

void line_show_answers(struct line *l, int question)
{
    const struct question *q = assessment_question(session_assessment(l->s), question);
    if (!question_is_answered(q))
        return;
    if (q->asked_of == TOGETHER) {
        if (answer_given(assessment_answer(line_state(l), question, TOGETHER)))
            show_answer(l, question, TOGETHER);
        return;
    }
    for (int side = 0; side < PARTIES; side++) {
        if (question_asked_of(q, at_side(l, side)))
            show_answer(l, question, at_side(l, side));
    }
}

void line_show_standing(struct line *l, int question)
{
    const struct assessment *a = line_state(l);
    const struct question *q = assessment_question(session_assessment(l->s), question);
    const struct proposal *p = assessment_together(a, question);
    if (q->asked_of == TOGETHER && p->seq) {
        char *value = words_value(a, question, p->value, line_language(l, l->turn));
        prompt_say(&l->p, "%s has put forward: %s", line_name(l, p->by), value);
        prompt_say(&l->p, "Press Enter to say yes or no to it.");
        free(value);
        return;
    }
    char *standing = words_standing(a, question, line_language(l, l->turn));
    if (*standing)
        prompt_say(&l->p, "%s", standing);
    free(standing);
}

static void show_notes(struct line *l)
{
    const struct assessment *a = line_state(l);
    const char *name = assessment_path(a, l->at);
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        const char *about = event_text(event, "question"), *text = event_text(event, "text");
        if (event->kind == EVENT_NOTED && about && text && strcmp(about, name) == 0 &&
            !assessment_is_undone(a, event->seq))
            prompt_say(&l->p, "Note by %s: “%s”", line_name(l, event->by), text);
    }
}

/* Once where both read the same, else by name. */
static void show_tags(struct line *l, const struct question *q)
{
    char *tags[PARTIES];
    for (int side = 0; side < PARTIES; side++) {
        enum who who = at_side(l, side);
        tags[side] = summary_tags(line_state(l), q, who, line_language(l, who));
    }
    bool same = strcmp(tags[0], tags[1]) == 0;
    for (int side = 0; side < PARTIES; side++) {
        if (*tags[side] && same && side == 0)
            prompt_say(&l->p, "[%s]", tags[side]);
        else if (*tags[side] && !same)
            prompt_say(&l->p, "%s: [%s]", line_name(l, at_side(l, side)), tags[side]);
        free(tags[side]);
    }
}

void line_show(struct line *l)
{
    const struct assessment *a = line_state(l);
    const struct question *q = line_question(l);
    char *position = words_position(a, l->at, false);
    prompt_gap(&l->p);
    const char *section = words_section(a, q->section, l->turn, line_language(l, l->turn));
    if (q->type == TYPE_NOTE)
        prompt_say(&l->p, "%s.", section);
    else
        prompt_say(&l->p, "%s. %s.", section, position);
    free(position);
    line_show_where(l, l->at);
    line_show_wording(l, l->at);
    show_for_each(l, l->at, q->hint, "");
    show_tags(l, q);
    for (int who = PRACTITIONER; who <= TOGETHER; who++) {
        char *last = words_last_why(a, l->at, (enum who)who, line_language(l, (enum who)who));
        if (*last && who == TOGETHER)
            prompt_say(&l->p, "%s", last);
        else if (*last)
            prompt_say(&l->p, "%s. %s", line_name(l, (enum who)who), last);
        free(last);
    }
    if (*words_stood(a, l->at))
        prompt_say(&l->p, "%s", words_stood(a, l->at));
    for (size_t i = 0; i < assessment_stood(a, l->at); i++) {
        char *said = words_stood_said(a, l->at, i, line_language(l, l->turn));
        prompt_say(&l->p, "%s", said);
        free(said);
    }
    if (*assessment_text(a, l->at, q->guidance, l->turn, line_language(l, l->turn)))
        prompt_say(&l->p, "g tells you more about this question.");
    if (assessment_come_back(a, l->at))
        prompt_say(&l->p, "Marked to come back to.");
    line_show_answers(l, l->at);
    line_show_standing(l, l->at);
    if (line_hides(l))
        prompt_say(&l->p,
                   "Unseen skips: s1 not sure, s2 does not apply, s3 rather not say.");
    line_show_cards(l, l->at);
    line_show_beside(l, l->at);
    show_notes(l);
    for (int side = 0; side < PARTIES && q->type != TYPE_REPEAT; side++) {
        enum who who = at_side(l, side);
        char *why = words_not_asked(a, l->at, who, line_language(l, who));
        if (*why)
            prompt_say(&l->p, "%s", why);
        free(why);
    }
    if (q->read_only)
        prompt_say(&l->p, "This is only shown.");
    if (q->type == TYPE_REPEAT)
        line_show_list(l, l->at);
}
